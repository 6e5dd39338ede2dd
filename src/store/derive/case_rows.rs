//! The derived rows of one case: a pure function of its state and the editions it was filled in on.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::facts::{self, FactRows};
use super::pathway_of;
use super::record::{self, RecordCols};
use super::restriction;
use crate::domain::answer::{Precision, When};
use crate::domain::case::{CaseState, EntryMark, Level, Milestone};
use crate::domain::commitment::{Commitment, Party};
use crate::domain::entry::Warns;
use crate::domain::ids::{CaseId, EntryId};
use crate::domain::owning::{Holding, Owned};
use crate::domain::restriction::Mark;
use crate::domain::share::Share;
use crate::domain::views::{DECIDED_FROM, LOOKING_BACK};
use crate::pathway::definition::{Field, Kind, Means, Pathway};
use crate::pathway::edition::Editions;

/// Rank of what somebody does for the person, in the queue of open escalations: after every call that waits for a
/// decision, and there by when it is due.
const FOR_THE_PERSON: u8 = DECIDED_FROM;

/// Rank of what the definition says stands first.
const BEFORE_EVERY_CALL: u8 = 0;

/// All rows of a case.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct CaseRows {
    pub(super) case: CaseCols,
    pub(super) owed: BTreeMap<String, OwedCols>,
    pub(super) to_confirm: BTreeMap<EntryId, CaseId>,
    pub(super) record: Option<RecordCols>,
    pub(super) shares: Vec<Share>,
    /// Who alone may see it, where it says so itself.
    pub(super) mark: Option<Mark>,
    pub(super) counts: BTreeMap<String, i64>,
    /// What measures sum over; nothing for a record of a register.
    pub(super) facts: Option<FactRows>,
}

/// What `cases` holds of it beside its state.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct CaseCols {
    pub(super) register: bool,
    pub(super) urgent: bool,
    pub(super) undecided: bool,
    pub(super) called: When,
    pub(super) missing: i64,
    /// Entries that nobody has signed.
    pub(super) unsigned: i64,
    pub(super) location: Option<CaseId>,
    pub(super) class: Option<CaseId>,
    pub(super) owned: OwnedCols,
    /// Where it stands so that whoever takes the organisation it is about is warned.
    pub(super) warns: Option<Warns>,
    /// When something was last decided in it.
    pub(super) decided: Option<DateTime<Utc>>,
}

/// Whose something is, as the tables have it. Nothing of what is closed.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct OwnedCols {
    pub(super) owner: Option<String>,
    pub(super) offered_to: Option<String>,
    pub(super) taken_from: Option<String>,
}

impl OwnedCols {
    pub(super) fn of(owner: &Party, holding: &Holding) -> Self {
        let unasked = holding.came.as_ref().filter(|came| came.unasked);
        Self {
            owner: Some(party_key(owner)),
            offered_to: holding.offered.as_ref().map(|offered| party_key(&offered.to)),
            taken_from: unasked.and_then(|came| came.from).map(|from| from.to_string()),
        }
    }
}

/// A row of `owed`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct OwedCols {
    pub(super) commitment: Commitment,
    pub(super) urgent: bool,
    pub(super) rank: u8,
    pub(super) subject: Option<CaseId>,
    pub(super) location: Option<CaseId>,
    pub(super) class: Option<CaseId>,
}

impl CaseRows {
    /// Puts all rows of the case under an access class. It depends on other records' marks, so it is none until it is set.
    pub(super) fn classify(&mut self, class: Option<CaseId>) {
        self.case.class = class;
        self.owed.values_mut().for_each(|row| row.class = class);
        if let Some(record) = &mut self.record {
            record.class = class;
        }
        if let Some(facts) = &mut self.facts {
            facts.classify(class);
        }
    }
}

/// The rows of a case.
pub(super) fn of(state: &CaseState, editions: &Editions) -> CaseRows {
    let pathway = pathway_of(state, editions);
    let register = pathway.is_some_and(|pathway| pathway.register);
    let urgent = pathway.is_some_and(|pathway| pathway.urgent);
    let escalates = pathway.is_some_and(|pathway| pathway.urgent || pathway.escalates);
    // Of whom nothing is left stands on no list; a case stands there as what it is, a stub.
    let gone = state.is_disposed_of();
    let record = (register && !gone).then(|| record::of(state, editions));
    let location = record.as_ref().and_then(|record| record.row.location).or(state.location);
    let reached = |milestone| state.facts.milestones.get(&milestone).copied();
    // A call that needs no decision has nothing owed under a step that decides; one that waits has.
    let decides = |id: &String| {
        let step = pathway.and_then(|pathway| pathway.step(id));
        step.is_some_and(|step| step.milestones.iter().any(|(reached, _)| *reached == Milestone::Decided))
    };
    let undecided = urgent
        && reached(Milestone::Decided).is_none()
        && state.commitments.iter().any(|c| c.progress.is_open() && c.step.as_ref().is_some_and(decides));
    let called =
        reached(Milestone::Called).unwrap_or(When { at: state.opened_at, precision: Precision::Exact });
    let missing: usize = state.entries.iter().map(|mark| mark.missing.len()).sum();
    let reviews = |id: &String| {
        let step = pathway.and_then(|pathway| pathway.step(id));
        step.is_some_and(|step| step.milestones.iter().any(|(reached, _)| *reached == Milestone::Reviewed))
    };
    let worst = pathway.and_then(|pathway| worst(pathway));
    let owed: BTreeMap<String, OwedCols> = state
        .commitments
        .iter()
        .filter(|commitment| commitment.progress.is_open())
        .map(|commitment| {
            let step = commitment.step.as_ref();
            let rank = if commitment.first {
                // Somebody who is not safe this minute stands before every call that waits.
                BEFORE_EVERY_CALL
            } else if undecided && step.is_some_and(decides) {
                // The first row that a manager on call sees at night is the worst call that nobody has decided. Within
                // a rank the earliest due time goes first, which among calls of one risk is the oldest.
                // In doubt the higher: what nobody has judged stands next to the worst, and before all other risks.
                match (&state.facts.level, &worst) {
                    (None, Some(worst)) => Level::rank(Some(worst)) + 1,
                    (level, _) => Level::rank(level.as_ref()),
                }
            } else if step.is_some_and(reviews) {
                // One that is weeks late never hides what a person waits for now.
                LOOKING_BACK
            } else {
                FOR_THE_PERSON
            };
            let cols = OwedCols {
                commitment: commitment.clone(),
                urgent: escalates || commitment.cover,
                rank,
                subject: state.subject,
                location,
                class: None,
            };
            (commitment.id.to_string(), cols)
        })
        .collect();
    let to_confirm =
        state.entries.iter().filter_map(|mark| mark.to_confirm.map(|staff| (mark.id, staff))).collect();
    let case = CaseCols {
        register,
        urgent,
        undecided,
        called,
        missing: i64::try_from(missing).unwrap_or(i64::MAX),
        unsigned: i64::try_from(state.entries.iter().filter(|mark| mark.unsigned).count())
            .unwrap_or(i64::MAX),
        location,
        class: None,
        owned: state
            .holding(&Owned::Case)
            .map(|(owner, holding)| OwnedCols::of(owner, holding))
            .unwrap_or_default(),
        warns: pathway.and_then(|pathway| warns(state, pathway)),
        decided: decided(state, editions),
    };
    let mark = restriction::mark(state, editions, register);
    let counts = counts(state, &case, &owed, record.as_ref());
    let facts = if gone { None } else { facts::of(state, editions, called, location) };
    CaseRows { case, owed, to_confirm, record, shares: state.shares.clone(), mark, counts, facts }
}

/// The heaviest level of risk that a case of the pathway can be given.
fn worst(pathway: &Pathway) -> Option<Level> {
    let risks = pathway.steps.iter().filter_map(|step| step.meaning(Means::Risk));
    let levels = risks.filter_map(|field| match &field.kind {
        Kind::Choice(levels) => Some(levels),
        _ => None,
    });
    let offered = levels.flatten().filter(|level| !level.retired);
    let weighed =
        offered.filter_map(|level| Some(Level { label: level.label.clone(), weight: level.weight? }));
    weighed.max_by_key(|level| level.weight)
}

/// When the last step that says a decision happened, each by the form it was filled in on.
fn decided(state: &CaseState, editions: &Editions) -> Option<DateTime<Utc>> {
    let says = |mark: &&EntryMark| {
        let edition = mark.edition.and_then(|id| editions.get(id));
        let pathway = edition.and_then(|edition| edition.pathways.get(&state.pathway));
        let step = pathway.and_then(|pathway| pathway.step(&mark.kind)).filter(|_| mark.counts());
        let answered = |field: &Field| state.answers.contains_key(&format!("{}.{}", mark.kind, field.id));
        step.is_some_and(|step| {
            step.fields.iter().any(|field| field.means.is_some_and(Means::decides) && answered(field))
        })
    };
    state.entries.iter().filter(says).map(|mark| mark.occurred.at).max()
}

/// What an open case warns of, and since when: since the last step that led to where it stands happened.
fn warns(case: &CaseState, pathway: &Pathway) -> Option<Warns> {
    let state =
        pathway.states.iter().find(|state| state.id == case.state && state.caution && !case.closed)?;
    let leads = |kind: &str| pathway.step(kind).is_some_and(|step| step.to.as_ref() == Some(&state.id));
    let led = case.entries.iter().rev().find(|mark| mark.counts() && leads(&mark.kind));
    let since = led.map_or(When::exact(case.opened_at), |mark| mark.occurred);
    Some(Warns { state: state.title.clone(), state_id: state.id.clone(), since })
}

fn counts(
    state: &CaseState,
    case: &CaseCols,
    owed: &BTreeMap<String, OwedCols>,
    record: Option<&RecordCols>,
) -> BTreeMap<String, i64> {
    let mut counts = BTreeMap::new();
    let mut add = |what: &str, n: usize| {
        if n > 0 {
            *counts.entry(what.to_owned()).or_default() += i64::try_from(n).unwrap_or(i64::MAX);
        }
    };
    let standing = if state.closed { "closed" } else { "open" };
    match record {
        Some(_) => add(&format!("records.{}", state.pathway), 1),
        None if case.register => {}
        None => add(&format!("cases.{}.{standing}", state.pathway), 1),
    }
    if case.urgent && !state.closed {
        add("calls.open", 1);
    }
    if case.undecided {
        add("calls.undecided", 1);
    }
    add("owed", owed.len());
    add("owed.urgent", owed.values().filter(|row| row.urgent).count());
    counts
}

/// The names that a party goes by in `owed`: a role's or duty's id, or the record's.
pub(super) fn party_key(party: &Party) -> String {
    match party {
        Party::Role(role) => role.clone(),
        Party::Staff(staff) => staff.to_string(),
        Party::Outside(named) => named.id.map_or_else(|| named.words.clone(), |id| id.to_string()),
    }
}

/// The keys of `find_keys` that a case's rows hold.
pub(super) fn keys(rows: Option<&CaseRows>) -> BTreeSet<&String> {
    rows.and_then(|rows| rows.record.as_ref()).map(|record| record.keys.iter().collect()).unwrap_or_default()
}
