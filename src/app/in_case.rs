//! Beginning a step in a case: by its key from wherever the case is at hand, for a person with several open, on what
//! is owed, or on the safety step that nothing stands before.

use std::sync::Arc;

use super::another::Whence;
use super::case::{Begin, BeginWhat, Item};
use super::layer::{Choice, ChoiceItem, Chosen};
use super::msg::Effect;
use super::offer::meant;
use super::{ActionId, App, Layer, Load};
use crate::domain::answer::Named;
use crate::domain::case::{CaseState, Milestone};
use crate::domain::commitment::Commitment;
use crate::domain::ids::{CaseId, CommitmentId};
use crate::domain::time::display;
use crate::domain::views::{CaseRow, CaseView, Told};
use crate::domain::words::app as words;
use crate::domain::words::store::moved_to;
use crate::pathway::definition::Step;
use crate::pathway::edition::Edition;
use crate::pathway::near::{self, Near};
use crate::pathway::prefill::origin::Origin;

impl App {
    /// Begins the step of this key in the case at hand; on the dashboard, reads the case first. False where no
    /// step has the key.
    pub(super) fn begin_by_key(&mut self, key: char, out: &mut Vec<Effect>) -> bool {
        let key = key.to_lowercase().next().unwrap_or(key);
        let Some(step) = self.step_of_key(key) else { return false };
        if let Some(why) = step.blocked {
            let named = why.0.contains(&step.title);
            self.says(&if named { why.0 } else { words::not_now(&step.title, &why.0) });
            return true;
        }
        match self.top() {
            Layer::Board(_) | Layer::List(_) => {
                if let Some((case, on)) = self.row_at_hand() {
                    let begin = Begin { what: BeginWhat::Key(key), on, afresh: false, also: Vec::new() };
                    self.open_case(case, Some(begin), out);
                }
            }
            Layer::Person(_) => self.begin_for_person(key, out),
            _ => self.begin_in_case(
                &Begin {
                    what: BeginWhat::Key(key),
                    on: self.selected_owed(),
                    afresh: false,
                    also: Vec::new(),
                },
                out,
            ),
        }
        true
    }

    /// Begins the step of this key for the person on top: on what is selected of what is owed about them, in their
    /// only open case, or in the one that is picked. With several open nothing is taken for granted.
    fn begin_for_person(&mut self, key: char, out: &mut Vec<Effect>) {
        let Layer::Person(person) = self.top() else { return };
        let what = BeginWhat::Key(key);
        if let (Some(Item::Owed(owed)), Some(case)) = (person.selected.clone(), person.at_hand()) {
            self.open_case(case, Some(Begin { what, on: Some(owed), afresh: false, also: Vec::new() }), out);
            return;
        }
        let current = self.editions.current();
        let takes = |row: &&CaseRow| {
            let pathway = current.pathways.get(&row.pathway);
            pathway.is_some_and(|pathway| pathway.steps.iter().any(|step| step.key == Some(key)))
        };
        let open: Vec<CaseRow> = person.open_cases().filter(takes).cloned().collect();
        if let [only] = open.as_slice() {
            self.open_case(only.id, Some(Begin { what, on: None, afresh: false, also: Vec::new() }), out);
            return;
        }
        let item = |(row, key): (CaseRow, char)| ChoiceItem {
            key,
            label: words::open_case(
                &row.reference,
                row.level.as_ref().map(|level| level.label.as_str()),
                row.headline.as_deref(),
            ),
            blocked: None,
            does: Chosen::BeginIn { case: row.id, what: what.clone(), also: Vec::new() },
        };
        let all: Vec<CaseId> = open.iter().map(|row| row.id).collect();
        let in_all = self.goes_into_all(&open, key).then(|| ChoiceItem {
            key: '0',
            label: if all.len() == 2 { words::IN_BOTH } else { words::IN_ALL }.to_owned(),
            blocked: None,
            does: Chosen::BeginIn { case: all[0], what: what.clone(), also: all[1..].to_vec() },
        });
        let items = open.into_iter().zip("123456789abcdefgh".chars()).map(item).chain(in_all).collect();
        let title = words::WHICH_CASE.to_owned();
        self.layers.push(Layer::Choice(Choice::of(title, items)));
    }

    /// Whether the step of this key can be recorded once for several cases of one person: the same step of each, which
    /// adds to them and neither decides nor closes anything, nor speaks of one thing owed.
    fn goes_into_all(&self, open: &[CaseRow], key: char) -> bool {
        let [first, others @ ..] = open else { return false };
        let pathway = self.editions.current().pathways.get(&first.pathway);
        let step = pathway.and_then(|pathway| pathway.steps.iter().find(|step| step.key == Some(key)));
        let adds = |step: &Step| {
            step.repeat && !step.decides && step.closes.is_none() && step.to.is_none() && step.on.is_empty()
        };
        !others.is_empty() && others.iter().all(|row| row.pathway == first.pathway) && step.is_some_and(adds)
    }

    /// Records that 999 was called: in the case at hand if there is one, else in a new call.
    pub(super) fn begin_emergency(&mut self, out: &mut Vec<Effect>) {
        match self.top() {
            Layer::Board(board) => match board.at_hand() {
                Some((case, on)) => {
                    self.open_case(
                        case,
                        Some(Begin { what: BeginWhat::Safety, on, afresh: false, also: Vec::new() }),
                        out,
                    );
                }
                None => self.begin_call(out),
            },
            _ => self.begin_in_case(
                &Begin { what: BeginWhat::Safety, on: None, afresh: false, also: Vec::new() },
                out,
            ),
        }
    }

    /// Begins a step in the case on top, which has been read.
    pub(super) fn begin_in_case(&mut self, begin: &Begin, out: &mut Vec<Effect>) {
        match begin.what {
            BeginWhat::PutRight => return self.offer_put_right(),
            BeginWhat::Another => return self.offer_another(Whence::Case(begin.on.clone())),
            BeginWhat::Whom(entry) => return self.ask_whom(entry, out),
            BeginWhat::Key(_) | BeginWhat::Step(_) | BeginWhat::Safety => {}
        }
        let Layer::Case(layer) = self.top() else { return };
        let Load::Ready(view) = &layer.view else {
            self.says(words::STILL_READING);
            return;
        };
        let case = Arc::new(view.state.clone());
        let others = view.others.iter().filter(|row| begin.also.contains(&row.id));
        let others: Vec<String> = others.map(|row| row.reference.clone()).collect();
        let Some(pathway) = self.editions.current().pathways.get(&case.pathway).cloned() else { return };
        let open = |step: &&Step| !step.opens && !step.retired;
        let step = match &begin.what {
            BeginWhat::Key(key) => pathway.steps.iter().filter(open).find(|step| step.key == Some(*key)),
            // Of several that nothing stands before, the one that says that 999 was rung.
            BeginWhat::Safety => {
                let rings = |step: &&Step| {
                    step.safety && step.milestones.iter().any(|(reached, _)| *reached == Milestone::Emergency)
                };
                pathway.steps.iter().filter(open).find(rings)
            }
            BeginWhat::Step(id) => pathway.step(id),
            BeginWhat::PutRight | BeginWhat::Another | BeginWhat::Whom(_) => None,
        };
        let Some(step) = step else {
            // A case in which 999 is nobody's step: it is a call of its own.
            return self.begin_call(out);
        };
        if let Err(why) = self.may_begin(step, Some(&case)) {
            if self.may_record(step, Some(&case)).is_err() {
                self.refused(&step.title, case.subject, Some(case.id), out);
            }
            self.says(&why.0);
            return;
        }
        let on = meant(step, &case, begin.on.as_ref());
        if on.len() > 1 {
            let items = on.iter().zip("123456789abcdefgh".chars()).map(|(owed, key)| ChoiceItem {
                key,
                label: owed.what.clone(),
                blocked: None,
                does: Chosen::Begin { step: step.id.clone(), on: Some(owed.id.clone()), afresh: false },
            });
            let items = items.collect();
            self.layers.push(Layer::Choice(Choice::of(words::ON_WHICH.to_owned(), items)));
            return;
        }
        let on = on.first().map(|owed| owed.id.clone());
        if !begin.afresh && begin.also.is_empty() && self.asks_to_go_on(&pathway.id, step, on.clone()) {
            return;
        }
        let subject = self.subject_of(&case);
        let near = self.near();
        let about = words::about_cases(&self.about_case(), &others);
        let origin = self.led_from(&pathway.id, &step.id);
        if let Some(mut form) =
            self.form_from(pathway.clone(), &step.id, (Some(case.clone()), on, subject), origin)
        {
            form.near = near;
            form.beside = self.goes_on_beside(&pathway, step);
            form.draft.linked.clone_from(&begin.also);
            form.draft.about = about;
            self.push_form(form, out);
        }
    }

    /// The case below the record on top that owes this step of it: its form takes over what is known there.
    fn led_from(&self, register: &str, step: &str) -> Option<Origin> {
        let below = self.layers.len().checked_sub(2).and_then(|below| self.layers.get(below))?;
        let Layer::Case(layer) = below else { return None };
        let view = layer.view.ready()?;
        let wanted = format!("{register}.{step}");
        let owes = |owed: &Commitment| owed.progress.is_open() && owed.step.as_ref() == Some(&wanted);
        view.state.commitments.iter().any(owes).then_some(())?;
        let pathway = self.editions.current().pathways.get(&view.state.pathway)?;
        Some(Origin::of_case(view, pathway, None))
    }

    /// Where the same step of the case on top was left unfinished by the same person: asks whether to go on with it.
    /// True where it asks.
    fn asks_to_go_on(&mut self, pathway: &str, step: &Step, on: Option<CommitmentId>) -> bool {
        let about = self.about_case();
        let drafts = self.board().data.ready().map_or(&[][..], |board| board.drafts.as_slice());
        let left = drafts.iter().filter(|row| {
            let is_about = row.about == about || row.about == moved_to(&about);
            row.pathway == pathway && row.step == step.title && is_about && self.is_you(row.staff)
        });
        let left = left.filter(|row| !row.held).max_by_key(|row| row.kept_at);
        let Some((draft, began)) = left.map(|row| (row.id, display::clock(row.opened_at, self.zone))) else {
            return false;
        };
        let item = |key: char, label: String, does: Chosen| ChoiceItem { key, label, blocked: None, does };
        let items = vec![
            item('1', words::go_on(&began), Chosen::GoOn(draft)),
            item(
                '2',
                words::BEGIN_AFRESH.to_owned(),
                Chosen::Begin { step: step.id.clone(), on, afresh: true },
            ),
        ];
        let title = words::left_unfinished(&step.title);
        self.layers.push(Layer::Choice(Choice::of(title, items)));
        true
    }

    /// Opens what is selected of what is owed: the step that settles it, the blanks of the entry that it asks to fill,
    /// or a popup of what can be recorded on it.
    pub(super) fn open_owed(&mut self, out: &mut Vec<Effect>) {
        let Layer::Case(layer) = self.top() else { return };
        let owed = layer.commitments().into_iter().find(|one| Some(&one.id) == layer.owed.as_ref());
        let Some(owed) = owed.filter(|owed| owed.progress.is_open()).cloned() else {
            return self.perform(ActionId::Record, out);
        };
        if let Some((_, step)) = owed.step.as_deref().and_then(|step| step.split_once('.'))
            && let Some(record) = layer.view.ready().and_then(|view| view.state.subject)
        {
            let what = BeginWhat::Step(step.to_owned());
            self.open_case(record, Some(Begin { what, on: None, afresh: false, also: Vec::new() }), out);
            return;
        }
        let asks_to_fill = layer.view.ready().is_some_and(|view| {
            let missing = |told: &Told| told.entry.id == owed.opened_by && !told.missing.is_empty();
            owed.opened_in.is_none() && view.chronology.iter().any(missing)
        });
        let offered = self.offered();
        if let Some(key) =
            offered.iter().find(|step| Some(&step.step) == owed.step.as_ref()).and_then(|step| step.key)
        {
            self.begin_by_key(key, out);
            return;
        }
        if asks_to_fill {
            if let Layer::Case(layer) = self.top_mut() {
                layer.entry = Some(owed.opened_by);
            }
            return self.perform(ActionId::Amend, out);
        }
        let items = self.steps_on(&owed);
        if items.is_empty() {
            return self.perform(ActionId::Record, out);
        }
        self.layers.push(Layer::Choice(Choice::of(owed.what, items)));
    }

    fn selected_owed(&self) -> Option<CommitmentId> {
        match self.top() {
            Layer::Case(layer) => layer.owed.clone(),
            _ => None,
        }
    }

    fn subject_of(&self, case: &CaseState) -> Option<Named> {
        let Layer::Case(layer) = self.top() else { return None };
        let row = layer.view.ready()?.subject.as_ref()?;
        Some(Named { id: case.subject, words: row.name.clone() })
    }

    /// Who is near the person whose case is on top.
    fn near(&self) -> Vec<Near> {
        let Layer::Case(layer) = self.top() else { return Vec::new() };
        layer.view.ready().map(|view| near(self.editions.current(), view)).unwrap_or_default()
    }
}

/// Who is near the person of a case.
pub(super) fn near(edition: &Edition, view: &CaseView) -> Vec<Near> {
    let Some(subject) = &view.subject else { return Vec::new() };
    edition
        .pathway(&subject.register)
        .map(|register| near::near(register, &subject.answers))
        .unwrap_or_default()
}
