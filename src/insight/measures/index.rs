//! What is looked up again and again among the rows: cases by id and by person, promises with what stands in their place.

use std::collections::HashMap;

use super::{Facts, Reckoning};
use crate::domain::commitment::first_given;
use crate::domain::ids::{CaseId, EntryId};
use crate::domain::measure::{Asked, CaseFact, ContactFact, Millis, Outcome, Owes, PromiseFact};

/// A row that a measure counts, by its place among those that were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Row {
    Case(usize),
    Promise(usize),
    Contact(usize),
}

/// Something promised, with everything that came to stand in its place when it was chased or put right.
#[derive(Debug, Clone)]
pub(super) struct Chain {
    /// The first of them.
    pub(super) root: usize,
    /// The last.
    pub(super) last: usize,
    /// The first time that was given; `None` where none ever was.
    pub(super) due: Option<Millis>,
    /// Whether one was given from the start.
    pub(super) timed: bool,
}

pub(super) struct Index<'a> {
    pub(super) with: Reckoning<'a>,
    pub(super) facts: &'a Facts,
    pub(super) asked: &'a Asked,
    pub(super) chains: Vec<Chain>,
    /// Cases of each person, by when they count.
    by_person: HashMap<CaseId, Vec<usize>>,
    /// Promises of each case, by their chains.
    by_promise: HashMap<CaseId, Vec<usize>>,
    /// The first contact of each case.
    by_contact: HashMap<CaseId, usize>,
    /// The case of each thing owed.
    cases_of: Vec<Option<usize>>,
    /// The case of each contact.
    contacts_of: Vec<Option<usize>>,
    /// Of each case, whether it counts and is of the theme that is asked for, and the number of its kind.
    counted: Vec<(bool, usize)>,
    /// The numbers of the kinds of case that there are.
    kinds: HashMap<&'a str, usize>,
}

/// Which kinds of case a measure counts, by their numbers: asked of every row for every measure.
pub(super) struct Kinds(Vec<bool>);

impl<'a> Index<'a> {
    pub(super) fn new(with: Reckoning<'a>, facts: &'a Facts, asked: &'a Asked) -> Self {
        let by_case: HashMap<CaseId, usize> =
            facts.cases.iter().enumerate().map(|(at, case)| (case.case, at)).collect();
        let mut by_person: HashMap<CaseId, Vec<usize>> = HashMap::new();
        for (at, case) in facts.cases.iter().enumerate() {
            if let Some(person) = case.subject {
                by_person.entry(read_as(facts, person)).or_default().push(at);
            }
        }
        for cases in by_person.values_mut() {
            cases.sort_by_key(|at| facts.cases.get(*at).map(|case| (case.at, case.case)));
        }
        let mut by_contact: HashMap<CaseId, usize> = HashMap::new();
        for (at, contact) in facts.contacts.iter().enumerate() {
            let first = by_contact.entry(contact.case).or_insert(at);
            let when = |at: usize| facts.contacts.get(at).map(|row| (row.at, row.place));
            if when(at) < when(*first) {
                *first = at;
            }
        }
        let cases_of = facts.promises.iter().map(|row| by_case.get(&row.case).copied()).collect();
        let contacts_of = facts.contacts.iter().map(|row| by_case.get(&row.case).copied()).collect();
        let chains = chains(facts);
        let mut by_promise: HashMap<CaseId, Vec<usize>> = HashMap::new();
        for (at, chain) in chains.iter().enumerate() {
            if let Some(row) = facts.promises.get(chain.root).filter(|row| row.owes == Owes::Promise) {
                by_promise.entry(row.case).or_default().push(at);
            }
        }
        let theme = asked.theme.as_deref().map(|id| with.definitions.theme(id));
        let counts = |case: &CaseFact| {
            let named = |ids: &[String]| case.ended.as_ref().is_some_and(|ended| ids.contains(ended));
            let left_out = case.again || case.closed && named(&with.definitions.not_counted);
            // Of a theme that is none, nothing is.
            !left_out && theme.is_none_or(|theme| theme.is_some_and(|theme| theme.is_of(case)))
        };
        let mut kinds: HashMap<&str, usize> = HashMap::new();
        let mut number = |case: &'a CaseFact| {
            let next = kinds.len();
            *kinds.entry(&case.pathway).or_insert(next)
        };
        let counted = facts.cases.iter().map(|case| (counts(case), number(case))).collect();
        Self {
            with,
            facts,
            asked,
            chains,
            by_person,
            by_promise,
            by_contact,
            cases_of,
            contacts_of,
            counted,
            kinds,
        }
    }

    /// The kinds of case of these pathways; of none that is named, all.
    pub(super) fn kinds(&self, pathways: &[String]) -> Kinds {
        let mut counted = vec![pathways.is_empty(); self.kinds.len()];
        for number in pathways.iter().filter_map(|id| self.kinds.get(id.as_str())) {
            if let Some(counts) = counted.get_mut(*number) {
                *counts = true;
            }
        }
        Kinds(counted)
    }

    pub(super) fn now(&self) -> Millis {
        self.with.now.timestamp_millis()
    }

    fn place_of_case(&self, row: Row) -> Option<usize> {
        match row {
            Row::Case(at) => Some(at),
            Row::Promise(at) => self.cases_of.get(at).copied().flatten(),
            Row::Contact(at) => self.contacts_of.get(at).copied().flatten(),
        }
    }

    pub(super) fn case(&self, row: Row) -> Option<&'a CaseFact> {
        self.facts.cases.get(self.place_of_case(row)?)
    }

    pub(super) fn case_of(&self, row: Row) -> Option<CaseId> {
        match row {
            Row::Case(at) => self.facts.cases.get(at).map(|row| row.case),
            Row::Promise(at) => self.facts.promises.get(at).map(|row| row.case),
            Row::Contact(at) => self.facts.contacts.get(at).map(|row| row.case),
        }
    }

    /// Where the row belongs: to the place that is named, otherwise to that of the person.
    pub(super) fn location(&self, row: Row) -> Option<CaseId> {
        let named = match row {
            Row::Case(at) => self.facts.cases.get(at)?.location,
            Row::Promise(at) => self.facts.promises.get(at)?.location,
            Row::Contact(at) => self.facts.contacts.get(at)?.location,
        };
        let home = || {
            let person = self.case(row)?.subject?;
            self.facts.homes.get(&read_as(self.facts, person)).copied()
        };
        named.or_else(home)
    }

    /// Whether the row is of the part of the office that is asked for, and of a case that counts.
    pub(super) fn is_asked_for(&self, row: Row, kinds: &Kinds) -> bool {
        let case = self.place_of_case(row).and_then(|at| self.counted.get(at));
        if !case.is_some_and(|(counts, kind)| *counts && kinds.0.get(*kind) == Some(&true)) {
            return false;
        }
        if self.asked.location.is_none() && self.asked.service.is_none() {
            return true;
        }
        let location = self.location(row);
        let here = self.asked.location.is_none_or(|asked| location == Some(asked));
        let serves = |asked: &String| {
            let place = location.and_then(|id| self.facts.names.places.get(&id));
            place.is_some_and(|(_, service)| service.as_ref() == Some(asked))
        };
        here && self.asked.service.as_ref().is_none_or(serves)
    }

    /// The cases about the same person that count from one time to another, both among them, without this one.
    pub(super) fn others_about<'i>(
        &'i self,
        case: &'i CaseFact,
        (from, to): (Millis, Millis),
    ) -> impl Iterator<Item = &'a CaseFact> + 'i {
        let person = case.subject.map(|person| read_as(self.facts, person));
        let all =
            person.and_then(|person| self.by_person.get(&person)).map(Vec::as_slice).unwrap_or_default();
        // They stand by when they count: of somebody about whom there are hundreds only these are looked at.
        let counts = |at: &usize| self.facts.cases.get(*at).map_or(Millis::MIN, |case| case.at);
        let first = all.partition_point(|at| counts(at) < from);
        let after = all.partition_point(|at| counts(at) <= to);
        let cases =
            all.get(first..after).unwrap_or_default().iter().filter_map(|at| self.facts.cases.get(*at));
        cases.filter(move |other| other.case != case.case && !other.again)
    }

    /// Who was tried first in a case.
    pub(super) fn first_contact(&self, case: CaseId) -> Option<&'a ContactFact> {
        self.facts.contacts.get(*self.by_contact.get(&case)?)
    }

    /// What others promised in a case.
    pub(super) fn promised_in(&self, case: CaseId) -> impl Iterator<Item = &Chain> {
        let all = self.by_promise.get(&case).map(Vec::as_slice).unwrap_or_default();
        all.iter().filter_map(|at| self.chains.get(*at))
    }

    pub(super) fn promise(&self, at: usize) -> Option<&'a PromiseFact> {
        self.facts.promises.get(at)
    }

    /// When a promise was first due: by the time that was given, otherwise when it was to be asked for.
    pub(super) fn due(&self, chain: &Chain) -> Option<Millis> {
        chain.due.or_else(|| Some(self.promise(chain.root)?.due))
    }

    /// What became of it; `None` while its time has not passed, where none was given, and where it was called off in time.
    pub(super) fn outcome(&self, chain: &Chain) -> Option<Outcome> {
        let (root, last) = (self.promise(chain.root)?, self.promise(chain.last)?);
        // Our own actions without a date have the time that we have set ourselves.
        let due = match root.owes {
            Owes::Promise => chain.due?,
            Owes::Action | Owes::Control => self.due(chain)?,
        };
        let outcome = Outcome::of(due, last.ending(), self.now());
        (!matches!(outcome, Outcome::Open | Outcome::CalledOff)).then_some(outcome)
    }

    /// The record that this one is read as.
    pub(super) fn read_as(&self, record: CaseId) -> CaseId {
        read_as(self.facts, record)
    }

    /// The themes of a case, by their ids.
    pub(super) fn themes(&self, case: &CaseFact) -> Vec<&'a str> {
        let themes = self.with.definitions.themes.iter();
        themes.filter(|theme| theme.is_of(case)).map(|theme| theme.id.as_str()).collect()
    }
}

/// The record that this one is read as.
fn read_as(facts: &Facts, record: CaseId) -> CaseId {
    let mut kept = record;
    // Each merge leads on to another record; a circle cannot be recorded, and would end here.
    for _ in 0..facts.merged.len() {
        match facts.merged.get(&kept) {
            Some(next) => kept = *next,
            None => break,
        }
    }
    kept
}

fn chains(facts: &Facts) -> Vec<Chain> {
    let follows: HashMap<EntryId, usize> =
        facts.promises.iter().enumerate().filter_map(|(at, row)| Some((row.supersedes?, at))).collect();
    let roots = facts.promises.iter().enumerate().filter(|(_, row)| row.supersedes.is_none());
    roots
        .map(|(root, first)| {
            let mut chain = Chain { root, last: root, due: None, timed: first.timed };
            let (mut row, mut rungs) = (first, Vec::new());
            // What stands in a place is newer than what stood there: there are no more than all of them.
            for _ in 0..facts.promises.len() {
                let next = follows.get(&row.id).and_then(|at| Some((*at, facts.promises.get(*at)?)));
                // Put right, it is the same promise; chased, a new one in its place.
                let stands = next.is_none_or(|(_, next)| next.chased > row.chased);
                rungs.push((row.due, row.timed, row.chased));
                if stands && row.chased == first.chased {
                    chain.timed = row.timed;
                }
                let Some((at, next)) = next else { break };
                (chain.last, row) = (at, next);
            }
            chain.due = first_given(rungs);
            chain
        })
        .collect()
}
