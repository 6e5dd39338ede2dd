//! What is asked before it is done, and what is done after a yes.

use super::App;
use super::acts::{self, After};
use super::layer::{Confirm, Confirmed, Layer};
use super::msg::Effect;
use crate::domain::act::Act;
use crate::domain::answer::YesNo;
use crate::domain::entry::Batch;
use crate::domain::ids::{CaseId, DraftId, EntryId};
use crate::domain::time::display;
use crate::domain::words::app as words;

impl App {
    pub(super) fn confirm(&mut self, title: &str, words: &str, yes: Confirmed) {
        let (title, words) = (title.to_owned(), words.to_owned());
        self.layers.push(Layer::Confirm(Confirm { title, words, yes }));
    }

    pub(super) fn ask_remove_row(&mut self, out: &mut Vec<Effect>) {
        if self.says_bar() {
            return;
        }
        let reading = self.reading();
        let Layer::Form(layer) = self.top_mut() else { return };
        let Some((path, row)) = layer.form.focused_row() else { return };
        let prefix = format!("{path}.{row}.");
        let holds = |(at, text): (&String, &String)| at.starts_with(&prefix) && !text.trim().is_empty();
        if layer.form.draft.text.iter().any(holds) {
            let yes = Confirmed::RemoveRow(format!("{path}.{row}"));
            self.confirm(words::REMOVE_ROW_TITLE, words::REMOVE_ROW_WORDS, yes);
        } else {
            layer.form.remove_row(&path, row, reading);
            self.kept(false, out);
        }
    }

    pub(super) fn yes(&mut self, out: &mut Vec<Effect>) {
        let Some(Layer::Confirm(confirm)) = self.layers.pop() else { return };
        match confirm.yes {
            Confirmed::Quit => self.leave(out),
            Confirmed::OpenDraft(draft) => self.take_draft(draft, out),
            Confirmed::RemoveRow(place) => {
                let reading = self.reading();
                let row = place.rsplit_once('.').and_then(|(path, row)| Some((path, row.parse().ok()?)));
                if let (Some((path, row)), Layer::Form(layer)) = (row, self.top_mut()) {
                    layer.form.remove_row(path, row, reading);
                }
                self.kept(true, out);
            }
            Confirmed::Discard(draft) => self.discard(draft, out),
            Confirmed::Agree => self.agree(out),
        }
    }

    fn discard(&mut self, draft: DraftId, out: &mut Vec<Effect>) {
        out.push(Effect::ClearDraft(draft));
        let gone = CaseId::from(EntryId::from(draft));
        for layer in &mut self.layers {
            if let Layer::Form(layer) = layer {
                layer.form.draft.linked.retain(|case| *case != gone);
            }
        }
        self.read_again(out);
    }

    /// Shows what was typed for whoever is signed in before they stand by it: nobody confirms what they did not read.
    pub(super) fn ask_to_agree(&mut self) {
        let Some(row) = self.selected_to_confirm() else { return };
        let (_, gist) = self.gist(&row.said);
        let words = words::agree_words(&gist, &row.typed_by);
        let title = self.what_was_typed().unwrap_or_default();
        self.confirm(&title, &words, Confirmed::Agree);
    }

    /// What was typed for whoever is signed in, about whom and of when: the head of what asks them about it.
    pub(super) fn what_was_typed(&self) -> Option<String> {
        let row = self.selected_to_confirm()?;
        let about = row.subject.as_ref().map(|subject| subject.name.as_str()).unwrap_or_default();
        let when = display::short_when(&row.occurred, self.now, self.zone);
        let (title, _) = self.gist(&row.said);
        Some(words::which_form(&title, about, &when))
    }

    fn agree(&mut self, out: &mut Vec<Effect>) {
        let Some((entry, case)) = self.selected_to_confirm().map(|row| (row.entry, row.case)) else { return };
        let id = EntryId(self.fresh_id());
        let act = Act::ConfirmTyped { entry, agrees: YesNo::Yes, note: String::new() };
        let batch = Batch { entries: vec![acts::one(self, id, Some(case), act)], ..Batch::default() };
        self.append_aside(batch, After::Nothing, out);
    }
}
