//! A form being filled in: one step of an edition, a draft, where the focus stands, what is open.
//!
//! The draft's text is the only truth ([`typed`] says how each kind is written); everything shown is made from
//! it ([`slots`], [`facing`]) and so is what goes into the record ([`record`]). Keys are handed in as [`Edit`]s
//! and moves; which key means which is left to [`crate::app`], drawing to `ui`, keeping drafts to `store`.

mod choosing;
mod either;
mod facing;
mod offering;
mod opening;
mod owed_next;
mod record;
mod rows;
mod slots;
mod subject;
#[cfg(test)]
mod tests;
mod title;
mod unsaid;

pub mod face;
pub mod text_box;
pub mod typed;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};

pub use choosing::Stood;
pub use facing::Scene;
pub use opening::{Opening, opening};
pub use record::Recording;
pub use slots::{Input, Slot};

use crate::domain::answer::{Answer, Answers};
use crate::domain::case::CaseState;
use crate::domain::draft::Draft;
use crate::domain::entry::{Caution, RecordSaid};
use crate::domain::ids::CaseId;
use crate::domain::rota;
use crate::domain::time::display;
use crate::domain::views::{RecordRow, SlipNumbers, Taken};
use crate::domain::who_is::WhoIs;
use crate::domain::words::check as words;
use crate::pathway::check::{self, Context, Problem, Weight};
use crate::pathway::definition::{Field, Means, Pathway, Step};
use crate::pathway::late::{WorkingPeriods, is_late_entry};
use crate::pathway::near::Near;
use crate::pathway::predicate::{Facts, applies};
use crate::pathway::slot;
use text_box::{Changed, Clipboard, Edit, LONGEST_NAME, Lines, TextBox};
use typed::{NEW, Reading, part};

/// A form being filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// What was typed and where it belongs.
    pub draft: Draft,
    /// The pathway.
    pub pathway: Arc<Pathway>,
    /// The step, as the form's edition has it. For a correction, with the line that asks why.
    pub step: Step,
    /// The case so far; `None` where the step opens one.
    pub case: Option<Arc<CaseState>>,
    /// The path of the line that has the focus.
    pub focus: String,
    /// Whether what may wait is open.
    pub later_open: bool,
    /// Who is near the person: offered where somebody writes who was told, and pointed at where they must not be.
    pub near: Vec<Near>,
    /// Kind of service of each location: some answers are the case only at some.
    pub services: BTreeMap<CaseId, String>,
    /// The rota as it stood when the form was put on screen: whom a slot would stand beside.
    pub rota: Arc<rota::Rota>,
    /// Who was taken in the line that asks whom it is about.
    pub taken: Option<Taken>,
    /// What became of the numbers of paper slips, as of when the form was opened.
    pub slips: SlipNumbers,
    /// The organisations whoever takes is warned of, as of when the form was opened.
    pub cautions: Vec<Caution>,
    /// What kind of organisation each one that was taken is, where its record says.
    pub kinds: BTreeMap<CaseId, String>,
    /// Who is on record under the NHS number, or the name and date of birth, that a record is given here, as far as that was
    /// looked up.
    pub holders: Option<(WhoIs, Vec<RecordRow>)>,
    /// What else goes on as it is, whatever is decided here: in words.
    pub beside: Option<String>,
    /// What the record of whoever it is about says, and whose that is, once it was looked up.
    known: Option<(CaseId, RecordSaid)>,
    /// The answers that a correction begins from.
    before: Option<Answers>,
    /// What was offered from the record when it was opened: nobody's typing.
    offered: typed::Texts,
    /// Which of its offers each field holds that was offered something while the form was filled in.
    called_for: BTreeMap<String, usize>,
    /// Fields that hold what another case says, from which this one is begun: answered by whoever looks at them.
    taken_over: BTreeSet<String>,
    /// Rows opened beyond those that hold text, by the table's path.
    rows: BTreeMap<String, usize>,
    /// The text of lines that were focused, with cursor and undo.
    boxes: BTreeMap<String, TextBox>,
    /// The choice the arrow keys stand on, in the focused line.
    pointed: Option<String>,
    /// What is said at a line of what was typed while another was asked, until it is answered or edited.
    said_at: BTreeMap<String, String>,
    /// Lines that had the focus and lost it: their blanks may be pointed at.
    visited: BTreeSet<String>,
}

/// The line that asks why a record is corrected.
pub const REASON: &str = "+reason";
/// The line that asks why a record comes late.
pub const WHY_LATE: &str = "+why_late";
/// The line that asks why something that wants two people is done alone.
pub const ALONE: &str = "+alone";

impl Form {
    /// The answers as far as they can be read, and all that cannot. Whoever is made when it is saved is no record yet.
    pub fn read(&self, reading: Reading) -> (Answers, Vec<Problem>) {
        let (mut answers, problems) = self.as_recorded(reading);
        self.name_made(&mut answers, |_| None);
        (answers, problems)
    }

    /// The same with whoever is made on the spot as the record that they will be: what conditions are asked of.
    fn as_recorded(&self, reading: Reading) -> (Answers, Vec<Problem>) {
        let (mut answers, mut problems) = typed::read_step(&self.step, &self.draft.text, reading);
        self.name_made(&mut answers, |path| Some(CaseId::from(self.entry().derived(path))));
        self.leave_sealed(&mut answers);
        if self.empties() {
            answers.retain(|id, _| !self.is_sealed(id) || self.text_of(id) != typed::EMPTY);
        }
        self.drop_hidden(&mut answers, reading.now);
        problems.retain(|problem| self.shows(&problem.field, &answers, reading.now));
        (answers, problems)
    }

    /// A correction never shows what is sealed: left blank, it stays as it was.
    fn leave_sealed(&self, answers: &mut Answers) {
        let Some(case) = self.case.as_deref().filter(|_| self.draft.amends.is_some()) else { return };
        let before = self.before.as_ref().unwrap_or(&case.facts.record);
        for field in self.step.fields.iter().filter(|field| field.sealed) {
            if let Some(kept) = before.get(&field.id) {
                answers.entry(field.id.clone()).or_insert_with(|| kept.clone());
            }
        }
    }

    /// Everything wrong with the form as it stands: what cannot be read, then what the step asks.
    pub fn problems(&self, reading: Reading) -> Vec<Problem> {
        let (answers, mut problems) = self.as_recorded(reading);
        // What was stamped when the form was opened lies in no future, though the clock was set back since.
        let now = reading.now.max(self.draft.opened_at);
        let context = Context {
            case: self.case.as_deref(),
            record: self.record(),
            cautions: &self.cautions,
            kinds: Some(&self.kinds),
            states: &self.pathway.states,
            on: self.draft.on.as_ref(),
            now,
        };
        // A correction is made to what stands: no gate is asked again.
        let found = if self.draft.amends.is_some() {
            check::answers(&self.step, &answers, context)
        } else {
            check::check(&self.step, &answers, context)
        };
        let found: Vec<Problem> =
            found.into_iter().filter(|one| one.field != REASON || !self.completes(&answers, now)).collect();
        // A line that cannot be read is not missing as well.
        let unread: Vec<String> = problems.iter().map(|problem| problem.field.clone()).collect();
        problems.extend(found.into_iter().filter(|problem| !unread.contains(&problem.field)));
        problems.extend(self.out_of_place(&answers));
        problems.extend(self.two_at_once(&answers, reading));
        problems.extend(self.on_record_already(reading));
        problems.extend(check::slips(&self.step, &answers, self.case.as_deref(), &self.slips));
        self.point_at_parts(&mut problems, reading);
        problems
    }

    /// Answers that are not the case at the kind of service where the person is; each can be saved as it is.
    fn out_of_place(&self, answers: &Answers) -> Vec<Problem> {
        let place = self.step.meaning(Means::Place).and_then(|field| answers.get(&field.id));
        let named = match place {
            Some(Answer::Named(named)) => named.id,
            _ => self.case.as_deref().and_then(|case| case.location),
        };
        let service = named.and_then(|place| self.services.get(&place));
        service.map(|service| check::out_of_place(&self.step, answers, service)).unwrap_or_default()
    }

    /// Others who are planned for the duty and the place in the same hours; it can be saved as it is.
    fn two_at_once(&self, answers: &Answers, reading: Reading) -> Vec<Problem> {
        let planned = slot::after(&self.pathway, &self.step, answers, self.case.as_deref());
        let (Some(planned), Some(field)) = (planned, self.step.meaning(Means::OnDuty)) else {
            return Vec::new();
        };
        let itself = self.case.as_deref().map(|case| case.id);
        let others = self.rota.over(&planned.post(), (planned.from, planned.until), itself);
        let at = |at| display::short(at, reading.now, reading.zone);
        let says = |other: &rota::Slot| {
            words::two_at_once(&field.label, self.rota.name(other.staff), &at(other.from), &at(other.until))
        };
        let asked = |other: &rota::Slot| Problem {
            field: field.id.clone(),
            weight: Weight::Asked,
            says: says(other),
        };
        others.into_iter().map(asked).collect()
    }

    /// A reason that an answer still wants is missing in the line that asks for it, not in the answer.
    fn point_at_parts(&self, problems: &mut [Problem], reading: Reading) {
        let slots = self.slots(reading);
        let is_open = |path: &str| {
            slots.iter().any(|slot| slot.path == path && slot.required)
                && typed::text(&self.draft.text, path).is_empty()
        };
        for problem in problems.iter_mut().filter(|problem| problem.weight == Weight::Missing) {
            let why = typed::part(&problem.field, "why");
            if is_open(&why) {
                problem.field = why;
            }
        }
    }

    /// The lines as they stand.
    pub fn slots(&self, reading: Reading) -> Vec<Slot> {
        let (answers, _) = self.as_recorded(reading);
        slots::slots(self, self.facts(&answers, reading.now), reading)
    }

    /// The line with the focus; the first where it is gone (hidden by another answer).
    pub fn focused(&self, reading: Reading) -> Option<Slot> {
        let slots = self.slots(reading);
        slots.iter().find(|slot| slot.path == self.focus).or(slots.first()).cloned()
    }

    /// Moves the focus by so many lines, stopping at the ends. True where it moved.
    pub fn step_focus(&mut self, by: isize, reading: Reading) -> bool {
        let slots = self.slots(reading);
        let Some(last) = slots.len().checked_sub(1) else { return false };
        let at = slots.iter().position(|slot| slot.path == self.focus).unwrap_or(0);
        let to = at.saturating_add_signed(by).min(last);
        self.visited.insert(self.focus.clone());
        self.pointed = None;
        self.focus = slots.get(to).map(|slot| slot.path.clone()).unwrap_or_default();
        to != at
    }

    /// Puts the focus on a line, opening what is folded over it. Of what has lines of its own and none for itself (rows, a
    /// checklist) it is put on the first that is blank and required, else on the first.
    pub fn focus_on(&mut self, path: &str, reading: Reading) {
        let stands = |form: &Self| {
            let slots = form.slots(reading);
            let own = slots.iter().find(|slot| slot.path == path).or_else(|| {
                let of_it = || slots.iter().filter(|slot| is_within(&slot.path, path));
                let blank = |slot: &&Slot| slot.required && form.text_of(&slot.path).is_empty();
                of_it().find(blank).or_else(|| of_it().next())
            });
            own.map(|slot| slot.path.clone())
        };
        let mut found = stands(self);
        if found.is_none() {
            self.later_open = true;
            found = stands(self);
        }
        if let Some(found) = found {
            self.focus = found;
            self.pointed = None;
        }
    }

    /// Edits the text of the focused line. Nothing where it takes none.
    pub fn edit(&mut self, edit: &Edit, width: u16, clipboard: &mut Clipboard, reading: Reading) -> Changed {
        let Some(slot) = self.focused(reading).filter(Slot::takes_text) else { return Changed::Nothing };
        self.focus.clone_from(&slot.path);
        let mut held = if self.goes_on_behind(&slot, edit) {
            TextBox::holding(Lines::Many, &format!("{} ", self.text_of(&slot.path)))
        } else {
            self.text_box(&slot)
        };
        let changed = held.apply(edit, width, clipboard);
        if matches!(changed, Changed::Text | Changed::Cut) {
            self.said_at.remove(&slot.path);
            self.put(&slot.path, held.text());
            if matches!(slot.input, Input::Record { .. }) {
                // Other words are another person until somebody picks again.
                self.draft.text.remove(&part(&slot.path, "id"));
            }
            if matches!(slot.input, Input::Time(_) | Input::ByWhen) {
                self.put(&part(&slot.path, "typed"), &typed::moment(reading.now));
            }
        }
        self.boxes.insert(slot.path, held);
        changed
    }

    /// Whether a line holds what was offered, or a record that was taken, and nobody has moved in it. It is shown selected:
    /// the first letter replaces it, and whoever wants to add to it moves to its end. Notes are added to, and so are the
    /// texts of a correction; its times are replaced.
    pub(crate) fn is_replaced(&self, slot: &Slot) -> bool {
        let is_time = matches!(slot.input, Input::Time(_) | Input::ByWhen | Input::Date(_));
        let is_line = slot.takes_text() && slot.input != Input::Notes;
        let stands = self.draft.text.get(&slot.path).filter(|text| !text.is_empty());
        let offered = stands.is_some() && stands == self.offered.get(&slot.path);
        let offered = offered && (is_time || self.draft.amends.is_none());
        let is_record = matches!(slot.input, Input::Record { .. });
        let taken =
            is_record && typed::text(&self.draft.text, &part(&slot.path, "id")).parse::<CaseId>().is_ok();
        is_line && (offered || stands.is_some() && taken) && !self.boxes.contains_key(&slot.path)
    }

    /// Replaces the text of a line, as when a choice was made for it elsewhere.
    pub fn set_text(&mut self, path: &str, text: &str) {
        self.put(path, text);
        self.boxes.remove(path);
    }

    /// Learns what kind of organisation somebody is who was taken in a line.
    pub fn know_kind(&mut self, record: &RecordRow) {
        self.kinds.extend(record.more.type_of.as_ref().map(|kind| (record.id, kind.id.clone())));
    }

    /// Puts a record into a line: one that was picked, or (`None`) one that is made when the form is saved.
    pub fn pick(&mut self, path: &str, words: &str, id: Option<CaseId>) {
        self.set_text(path, words);
        let id = id.map_or(NEW.to_owned(), |id| id.to_string());
        self.put(&part(path, "id"), &id);
    }

    /// Asks once why the record comes late, where it does: after the working period in which it happened. True where
    /// the question is new, and the focus stands on it. Never of a step that keeps somebody safe, nor of an act, nor of what
    /// is entered from a paper slip: that is why.
    pub fn ask_why_late(&mut self, periods: &WorkingPeriods, reading: Reading) -> bool {
        let asked = self.step.field(WHY_LATE).is_some();
        let spared = self.step.safety || self.pathway.register || self.draft.amends.is_some();
        let (answers, _) = self.read(reading);
        let from_paper = self.slip(&answers).is_some();
        if asked
            || spared
            || from_paper
            || !is_late_entry(&self.occurred(&answers), reading.now, reading.zone, periods)
        {
            return false;
        }
        self.step.fields.push(opening::why_late());
        self.draft.text.entry(WHY_LATE.to_owned()).or_default();
        self.focus_on(WHY_LATE, reading);
        true
    }

    /// Asks why it is done alone, where it wants two people and there is nobody else who may agree to it.
    pub fn ask_why_alone(&mut self, reading: Reading) {
        if self.step.field(ALONE).is_none() {
            self.step.fields.push(opening::why_alone());
            self.draft.text.entry(ALONE.to_owned()).or_default();
        }
        self.focus_on(ALONE, reading);
    }

    /// Whether nothing was typed, chosen or emptied beside what was offered from the record.
    pub fn is_blank(&self) -> bool {
        let typed = |(path, text): &(&String, &String)| {
            let emptied =
                self.empties() && self.offered.get(*path).is_some_and(|offered| !offered.is_empty());
            (emptied || !text.trim().is_empty())
                && !path.ends_with(".typed")
                && self.offered.get(*path) != Some(*text)
        };
        !self.draft.text.iter().any(|held| typed(&held))
    }

    /// Whether emptying a field of this form says something: it changes some of what a record says.
    fn empties(&self) -> bool {
        self.pathway.register && self.case.is_some() && self.draft.amends.is_none() && !self.step.replaces
    }

    /// Whether a line holds what somebody wrote, not what was offered to them.
    pub fn is_typed(&self, path: &str) -> bool {
        self.draft.text.get(path) != self.offered.get(path)
    }

    fn is_sealed(&self, path: &str) -> bool {
        let field = path.split('.').next().and_then(|id| self.step.field(id));
        field.is_some_and(|field| field.sealed)
    }

    /// The fields of a record that were emptied here, or hidden by another answer: what the record has in them is known
    /// no longer. A field that was never offered or touched is left as it is, and so is what must not be empty; what is
    /// sealed is never shown, and says so itself ([`typed::EMPTY`]).
    fn cleared(&self, answers: &Answers, now: DateTime<Utc>) -> BTreeSet<String> {
        let Some(case) = self.case.as_deref().filter(|_| self.empties()) else { return BTreeSet::new() };
        let facts = self.facts(answers, now);
        let stands = |field: &&Field| {
            !field.retired && case.facts.record.contains_key(&field.id) && !answers.contains_key(&field.id)
        };
        let is_touched = |field: &&Field| {
            let within = part(&field.id, "");
            match field.sealed {
                true => self.text_of(&field.id) == typed::EMPTY,
                false => self.draft.text.keys().any(|path| *path == field.id || path.starts_with(&within)),
            }
        };
        let may_be_empty =
            |field: &&Field| !field.required.as_ref().is_some_and(|when| applies(when, &facts));
        let fields = self.step.fields.iter().filter(stands).filter(is_touched).filter(may_be_empty);
        fields.map(|field| field.id.clone()).collect()
    }

    /// The text of a line.
    pub fn text_of(&self, path: &str) -> &str {
        typed::text(&self.draft.text, path)
    }

    /// The text of a line of this meaning.
    pub fn meaning(&self, means: Means) -> Option<&str> {
        let field = self.step.meaning(means)?;
        Some(typed::text(&self.draft.text, &field.id)).filter(|text| !text.is_empty())
    }

    /// Keeps text at a path, and where its column carries down in the rows below it; what others may see of an unfinished
    /// form goes with it.
    fn put(&mut self, path: &str, text: &str) {
        for below in self.carried_to(path) {
            self.hold(&below, text);
        }
        self.hold(path, text);
        self.say_whom();
    }

    fn hold(&mut self, path: &str, text: &str) {
        if text.is_empty() && self.empties() && !self.is_sealed(path) && self.draft.text.contains_key(path) {
            // That it was emptied is said too, and kept with the draft.
            self.draft.text.insert(path.to_owned(), String::new());
        } else if text.is_empty() {
            self.draft.text.remove(path);
        } else {
            self.draft.text.insert(path.to_owned(), text.to_owned());
        }
    }

    /// Says whom the draft is about, as far as the form does: what others see of it while it is unfinished.
    pub fn say_whom(&mut self) {
        if self.asks_whom() {
            self.draft.about = self.meaning(Means::Subject).unwrap_or_default().to_owned();
        }
        self.draft.call_back = self.meaning(Means::CallBack).unwrap_or_default().to_owned();
    }

    /// Whether the form itself asks whom it is about. Of all others that was said when they were opened.
    fn asks_whom(&self) -> bool {
        self.draft.case.is_none() && self.step.meaning(Means::Subject).is_some()
    }

    fn text_box(&self, slot: &Slot) -> TextBox {
        let text = self.draft.text.get(&slot.path).map_or("", String::as_str);
        let lines = if slot.input == Input::Notes { Lines::Many } else { Lines::One };
        let held = match self.boxes.get(&slot.path) {
            Some(held) if held.text() == text => held.clone(),
            _ if matches!(slot.input, Input::Record { .. } | Input::Near) => {
                TextBox::holding(lines, text).at_most(LONGEST_NAME)
            }
            _ => TextBox::holding(lines, text),
        };
        if self.is_replaced(slot) { held.all_selected() } else { held }
    }

    fn facts<'a>(&'a self, answers: &'a Answers, now: DateTime<Utc>) -> Facts<'a> {
        Facts {
            step: &self.step,
            answers,
            around: None,
            case: self.case.as_deref(),
            record: self.record(),
            cautions: &self.cautions,
            kinds: Some(&self.kinds),
            on: self.draft.on.as_ref(),
            now,
        }
    }

    /// What was typed into a line that another answer has hidden stays in the draft but is not an answer.
    fn drop_hidden(&self, answers: &mut Answers, now: DateTime<Utc>) {
        loop {
            let hidden: Vec<String> =
                answers.keys().filter(|id| !self.shows(id, answers, now)).cloned().collect();
            if hidden.is_empty() {
                return;
            }
            answers.retain(|id, _| !hidden.contains(id));
        }
    }

    fn shows(&self, path: &str, answers: &Answers, now: DateTime<Utc>) -> bool {
        let id = path.split('.').next().unwrap_or(path);
        let field = self.step.field(id);
        field.is_none_or(|field| applies(&field.shown, &self.facts(answers, now)))
    }
}

/// Whether a line stands under the field or row at this path.
fn is_within(line: &str, path: &str) -> bool {
    line.strip_prefix(path).is_some_and(|rest| rest.starts_with('.'))
}
