//! When something is due by its own class alone: from what day its years are counted, and until when.

use chrono::{DateTime, NaiveDate, Utc};

use super::{Named, PEOPLE, Retained};
use crate::domain::case::{CaseState, Milestone};
use crate::domain::disposal::KeptBy;
use crate::pathway::definition::{Kept, KeptFrom};
use crate::store::{merged, reads};

/// The choice of the list `whereabouts` by which somebody has died.
const DIED: &str = "died";

/// When something is due, by its own class alone.
pub(super) enum Time<'c> {
    /// Since or from this day, counted from another.
    Known { class: &'c Kept, from: NaiveDate, until: NaiveDate },
    /// Never yet, for this reason.
    Unknown(KeptBy),
}

impl Retained<'_> {
    /// When a case is due by its own class.
    pub(super) fn time(&self, case: &Named) -> rusqlite::Result<Time<'_>> {
        // One that was merged ended when the record did that it is read as.
        let kept = case.register.then(|| merged::kept(self.conn, case.state.id)).transpose()?;
        if let Some(kept) = kept.filter(|kept| *kept != case.state.id)
            && let Some(kept) = self.case(kept)?.filter(|kept| !kept.state.is_disposed_of())
        {
            return self.time(&kept);
        }
        let about = case.register || case.state.subject.is_some();
        let retention = &self.editions.current().retention;
        let Some(class) = retention.class(&case.state.pathway, about) else {
            return Ok(Time::Unknown(KeptBy::NoClass(case.reference.clone())));
        };
        let person = match class.from {
            KeptFrom::EndOfCare if case.state.pathway == PEOPLE => self.case(case.state.id)?,
            KeptFrom::EndOfCare => self.subject(&case.state)?.filter(|one| one.state.pathway == PEOPLE),
            KeptFrom::Closed | KeptFrom::Recorded => None,
        };
        let ended = match &person {
            Some(person) if !person.state.is_disposed_of() => match self.end_of_care(&person.state)? {
                Some(ended) => ended,
                None => return Ok(Time::Unknown(KeptBy::InCare(person.reference.clone()))),
            },
            _ if !case.state.closed => return Ok(Time::Unknown(open(case, class))),
            _ => closed_at(&case.state),
        };
        if !case.state.closed && case.state.pathway != PEOPLE {
            return Ok(Time::Unknown(open(case, class)));
        }
        // A time that was typed wrongly makes nothing older than what was recorded in it last.
        let from = self.zone.day(ended).max(self.zone.day(last_recorded(&case.state)));
        Ok(Time::Known { class, from, until: class.until(from) })
    }

    /// The class of something that comes round and, were it at its end when it began, since when it would be due: what stands
    /// in it for longer than that goes only once its series is ended.
    pub(super) fn comes_round(&self, case: &Named) -> Option<(&Kept, NaiveDate)> {
        let about = case.register || case.state.subject.is_some();
        let class = self.editions.current().retention.class(&case.state.pathway, about)?;
        let until = class.until(self.zone.day(case.state.opened_at));
        (comes_round(&case.state) && class.from == KeptFrom::Closed).then_some((class, until))
    }

    /// When somebody died or, where that is not known, their support ended.
    fn end_of_care(&self, person: &CaseState) -> rusqlite::Result<Option<DateTime<Utc>>> {
        let record = reads::Records::new(self.conn).get(person.id)?;
        let died = record.and_then(|row| row.more.whereabouts).filter(|one| one.id == DIED);
        let ended = person.closed.then(|| closed_at(person));
        Ok(died.and_then(|one| one.since).map(|since| since.at).or(ended))
    }
}

/// Why something that is not at its end is kept.
fn open(case: &Named, class: &Kept) -> KeptBy {
    match comes_round(&case.state) && class.from == KeptFrom::Closed {
        true => KeptBy::ComesRound(case.reference.clone()),
        false => KeptBy::Open(case.reference.clone()),
    }
}

/// Whether something is owed in it again and again.
fn comes_round(case: &CaseState) -> bool {
    case.commitments.iter().any(|owed| owed.progress.is_open() && owed.every.is_some())
}

/// When a case was closed; where nothing says so, when anything was last recorded in it.
fn closed_at(case: &CaseState) -> DateTime<Utc> {
    let closed = case.facts.milestones.get(&Milestone::Closed).map(|when| when.at);
    closed.unwrap_or_else(|| last_recorded(case))
}

/// When a step was last recorded in a case.
fn last_recorded(case: &CaseState) -> DateTime<Utc> {
    let steps = case.entries.iter().filter(|mark| mark.edition.is_some());
    steps.map(|mark| mark.recorded_at).max().unwrap_or(case.opened_at)
}
