//! One case on screen, and one person: what was read, what is selected in it.
//!
//! Steps that can be recorded in a case come from the definitions ([`super::offer`]).

use super::layer::step_in;
use super::load::Load;
use super::msg::Request;
use crate::domain::access::How;
use crate::domain::answer::Answers;
use crate::domain::case::CaseState;
use crate::domain::commitment::Commitment;
use crate::domain::entry::Said;
use crate::domain::ids::{CaseId, CommitmentId, EntryId};
use crate::domain::time::Zone;
use crate::domain::views::{CaseRow, CaseView, PersonView, Told};
use crate::pathway::edition::Editions;
use crate::pathway::predicate::{Facts, applies};
use crate::pathway::show;
use crate::pathway::triangulation::{Source, triangulate};

/// Which part of a case has the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Part {
    /// What happened, by when it happened.
    #[default]
    Chronology,
    /// What is owed.
    Owed,
    /// The four sources, and who sees the person: to be read, nothing in it can be selected.
    Sources,
    /// Other cases of the same person, and linked ones.
    Others,
}

/// One case.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseLayer {
    /// Which.
    pub id: CaseId,
    /// What was last read.
    pub view: Load<CaseView>,
    /// The last question asked about it.
    pub request: Request,
    /// The part with the keys.
    pub part: Part,
    /// The entry selected in the chronology.
    pub entry: Option<EntryId>,
    /// What is selected of what is owed.
    pub owed: Option<CommitmentId>,
    /// The other case selected.
    pub other: Option<CaseId>,
    /// Whether the selected entry is shown in full.
    pub opened: bool,
    /// A step that is to be begun as soon as the case has been read (chosen on the dashboard).
    pub begin: Option<Begin>,
    /// Whether it can have four sources: a record of a register, or an item of the office's own, has none.
    pub has_sources: bool,
    /// How it was come to, for the note of who looked.
    pub how: How,
    /// It is only passed through on the way from the dashboard to a form, and goes with it.
    pub passing: bool,
}

/// How a step to be begun is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BeginWhat {
    /// By the key its definition offers it with.
    Key(char),
    /// By its id.
    Step(String),
    /// Whichever records that 999 was called.
    Safety,
    /// Whatever a move to the right record left to be put right.
    PutRight,
    /// A case of another pathway, which is asked for.
    Another,
    /// Whom an entry is about that was signed just now.
    Whom(EntryId),
}

/// A step to be begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begin {
    /// Which.
    pub what: BeginWhat,
    /// The commitment that was selected.
    pub on: Option<CommitmentId>,
    /// Whether on a form of its own, whatever was left unfinished.
    pub afresh: bool,
    /// Other cases in which the same contact is recorded too.
    pub also: Vec<CaseId>,
}

impl CaseLayer {
    /// A case that is being read.
    pub fn new(id: CaseId, request: Request) -> Self {
        Self {
            id,
            view: Load::Loading,
            request,
            part: Part::default(),
            entry: None,
            owed: None,
            other: None,
            opened: false,
            begin: None,
            has_sources: true,
            how: How::Open,
            passing: false,
        }
    }

    /// What is open, soonest first, then what is settled.
    pub fn commitments(&self) -> Vec<&Commitment> {
        let Some(view) = self.view.ready() else { return Vec::new() };
        let mut all: Vec<&Commitment> = view.state.commitments.iter().collect();
        all.sort_by_key(|owed| (!owed.progress.is_open(), owed.due));
        all
    }

    /// How many answers are missing in the case's records, and how many are required in all.
    pub fn missing(&self, editions: &Editions) -> (usize, usize) {
        let Some(view) = self.view.ready() else { return (0, 0) };
        let missing: usize = view.chronology.iter().map(|told| told.missing.len()).sum();
        let answered =
            view.chronology.iter().map(|told| answered(told, &view.state, editions)).sum::<usize>();
        (missing, missing + answered)
    }

    /// How many of its records stand on definitions that cannot be had, so that their answers are shown without labels.
    pub fn without_labels(&self, editions: &Editions) -> usize {
        let Some(view) = self.view.ready() else { return 0 };
        view.chronology.iter().filter(|told| editions.lacks_labels(&told.entry.said)).count()
    }

    /// The four sources of the case: observed, escalated, advised, care changed.
    pub fn sources(&self, zone: Zone) -> Option<[Source; 4]> {
        Some(triangulate(&self.view.ready()?.state, &zone))
    }

    /// The entry selected in the chronology, where it is a step of a pathway.
    pub fn selected_step(&self) -> Option<&Told> {
        let chronology = &self.view.ready()?.chronology;
        let told = match self.entry {
            Some(id) => chronology.iter().find(|told| told.entry.id == id),
            None => chronology.last(),
        }?;
        matches!(told.entry.said, Said::Step(_)).then_some(told)
    }

    /// Puts the keys where they are wanted in a case that has just been read: on what is owed first of all, where
    /// anything is; otherwise on the last entry. What was chosen on the way here stays chosen.
    pub(super) fn opened(&mut self) {
        let first =
            self.commitments().first().filter(|owed| owed.progress.is_open()).map(|owed| owed.id.clone());
        if self.owed.is_none() && self.entry.is_none() && first.is_some() {
            self.part = Part::Owed;
            self.owed = first;
        }
    }

    /// Moves the selection of the part with the keys. Entries begin at the last, which is what is read first.
    pub(super) fn step(&mut self, by: isize) {
        let Some(view) = self.view.ready() else { return };
        match self.part {
            Part::Chronology => {
                let ids: Vec<EntryId> = view.chronology.iter().map(|told| told.entry.id).collect();
                let current = self.entry.or(ids.last().copied());
                self.entry = step_in(&ids, current.as_ref(), by);
            }
            Part::Owed => {
                let ids: Vec<CommitmentId> = self.commitments().iter().map(|owed| owed.id.clone()).collect();
                self.owed = step_in(&ids, self.owed.as_ref().or(ids.first()), by);
            }
            Part::Others => {
                let ids: Vec<CaseId> = view.others.iter().map(|row| row.id).collect();
                self.other = step_in(&ids, self.other.as_ref().or(ids.first()), by);
            }
            Part::Sources => {}
        }
    }

    /// Whether anything is or was owed in it, or by it elsewhere.
    pub fn owes(&self) -> bool {
        let owes = |view: &CaseView| !view.state.commitments.is_empty() || !view.owes.is_empty();
        self.view.ready().is_some_and(owes)
    }

    /// The next part that holds anything, what is owed before what happened.
    pub(super) fn next_part(&mut self) {
        let has_others = self.view.ready().is_some_and(|view| !view.others.is_empty());
        let order = [
            (Part::Owed, self.has_sources || self.owes()),
            (Part::Chronology, true),
            (Part::Sources, self.has_sources),
            (Part::Others, has_others),
        ];
        let at = order.iter().position(|(part, _)| *part == self.part).unwrap_or_default();
        let next = order.iter().cycle().skip(at + 1).find(|(_, holds)| *holds);
        self.part = next.map_or(Part::Chronology, |(part, _)| *part);
        self.step(0);
    }
}

/// What a record of a register says, as label and words, in the order of the form it would be filled in on today;
/// nothing that is sealed.
pub(super) fn particulars(
    editions: &Editions,
    register: &str,
    answers: &Answers,
    zone: Zone,
) -> Vec<(String, String)> {
    let register = editions.current().pathway(register).filter(|pathway| pathway.register);
    let Some(form) = register.and_then(|register| register.opening()) else { return Vec::new() };
    let mut answers = show::unsealed(&form.fields, answers);
    answers.retain(|id, _| form.field(id).is_some());
    show::lines(form, &answers, &zone).into_iter().map(|line| (line.label, line.words)).collect()
}

/// How many required answers one entry gives, on the edition it was filled in on.
fn answered(told: &Told, case: &CaseState, editions: &Editions) -> usize {
    let Said::Step(said) = &told.entry.said else { return 0 };
    let edition = editions.get(said.edition).unwrap_or(editions.current());
    let step = edition.pathways.get(&said.pathway).and_then(|pathway| pathway.step(&said.step));
    let Some(step) = step else { return 0 };
    let answers = told.answers.as_ref().unwrap_or(&said.answers);
    let facts = Facts {
        step,
        answers,
        around: None,
        case: Some(case),
        record: Some(&told.entry.register.record),
        cautions: &told.entry.register.cautions,
        kinds: Some(&told.entry.register.kinds),
        on: said.on.as_ref(),
        now: told.entry.recorded_at,
    };
    let required = step.fields.iter().filter(|field| {
        field.required.as_ref().is_some_and(|when| applies(when, &facts)) && applies(&field.shown, &facts)
    });
    required.filter(|field| answers.contains_key(&field.id)).count()
}

/// What is selected on a person's screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// A case.
    Case(CaseId),
    /// Something owed.
    Owed(CommitmentId),
    /// A line of what is on the record, by its place.
    Particular(usize),
}

/// One person and all that is open.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonLayer {
    /// The record.
    pub id: CaseId,
    /// What was last read.
    pub view: Load<PersonView>,
    /// The last question asked about them.
    pub request: Request,
    /// What is selected.
    pub selected: Option<Item>,
    /// What the record says, as label and words, in the order of its form; nothing that is sealed.
    pub particulars: Vec<(String, String)>,
    /// How they were come to, for the note of who looked.
    pub how: How,
}

impl PersonLayer {
    /// A person who is being read.
    pub fn new(id: CaseId, request: Request) -> Self {
        Self { id, view: Load::Loading, request, selected: None, particulars: Vec::new(), how: How::Open }
    }

    /// Everything that can be selected: cases first, then what is owed, then what is on the record.
    pub fn items(&self) -> Vec<Item> {
        let Some(view) = self.view.ready() else { return Vec::new() };
        let cases = view.cases.iter().map(|row| Item::Case(row.id));
        let owed = view.owed.iter().map(|row| Item::Owed(row.commitment.id.clone()));
        cases.chain(owed).chain((0..self.particulars.len()).map(Item::Particular)).collect()
    }

    /// Takes what the record says, by the form it would be filled in on today.
    pub(super) fn tell(&mut self, editions: &Editions, zone: Zone) {
        let Some(record) = self.view.ready().map(|view| &view.record) else { return };
        self.particulars = particulars(editions, &record.register, &record.answers, zone);
    }

    pub(super) fn step(&mut self, by: isize) {
        let items = self.items();
        self.selected = step_in(&items, self.selected.as_ref().or(items.first()), by);
    }

    /// Their open cases.
    pub fn open_cases(&self) -> impl Iterator<Item = &CaseRow> {
        self.view.ready().into_iter().flat_map(|view| &view.cases).filter(|row| !row.closed)
    }

    /// What is selected.
    pub(super) fn at_hand_item(&self) -> Option<Item> {
        step_in(&self.items(), self.selected.as_ref(), 0)
    }

    /// The case of what is selected.
    pub fn at_hand(&self) -> Option<CaseId> {
        match self.at_hand_item()? {
            Item::Case(id) => Some(id),
            Item::Owed(id) => {
                let view = self.view.ready()?;
                view.owed.iter().find(|row| row.commitment.id == id).map(|row| row.commitment.case)
            }
            Item::Particular(_) => None,
        }
    }
}
