//! What is asked before it is done, and what is done after a yes.

use super::App;
use super::layer::{Confirm, Confirmed, Layer};
use super::msg::Effect;
use crate::domain::ids::{CaseId, DraftId, EntryId};
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
            Confirmed::LeaveRest => self.leave_rest(out),
            Confirmed::Seen(entry) => self.has_seen(entry, out),
            Confirmed::Propose(what) => self.propose(what, out),
            Confirmed::Agree(entry) => self.agree(entry, out),
            Confirmed::SameNextWeek => self.plan_next_week(out),
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
}
