//! What was written for the office as a whole and belongs to no case nor record: all that is due goes together.
//!
//! That is why somebody took over a form of which no case came, what warning signs of the office said and what was answered to
//! them, which station was unlocked, why a second person refused a disposal of what is in no case; and, of holds on records
//! that are in no class (places), what they were for and why they were lifted. What is open stays: a sign that nobody has
//! answered, a hold that stands, and whatever speaks of something that is held.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::Retained;
use crate::domain::act::Act;
use crate::domain::answer::YesNo;
use crate::domain::disposal::{Disposable, Due, KeptBy};
use crate::domain::entry::Said;
use crate::domain::ids::{CaseId, EntryId, Seq};
use crate::domain::words::disposal as words;
use crate::store::error::ReadError;
use crate::store::ledger;
use crate::store::rows::id;

/// Entries that go together: a sign with its answers, a hold with its lifting, otherwise one by itself.
#[derive(Default)]
struct Matter {
    seqs: Vec<Seq>,
    /// When the last of them was recorded.
    last: DateTime<Utc>,
    /// It is not at its end.
    open: bool,
    /// The cases and records that it is about.
    about: BTreeSet<CaseId>,
}

impl Matter {
    fn takes(&mut self, seq: Seq, recorded_at: DateTime<Utc>) {
        self.seqs.push(seq);
        self.last = self.last.max(recorded_at);
    }
}

/// By the sign, the hold, or the one entry.
type Matters = BTreeMap<Uuid, Matter>;

impl Retained<'_> {
    /// What was due on a day of what was written for the office: what was proposed on one can be agreed to on the next.
    pub(in crate::store) fn of_office(&self, today: NaiveDate) -> Result<Option<Due>, ReadError> {
        let Some(class) = self.editions.current().retention.office() else { return Ok(None) };
        let mut seqs = BTreeSet::new();
        let mut latest = None;
        for matter in self.own()?.into_values().chain(self.of_lifted_holds()?.into_values()) {
            let day = self.zone.day(matter.last);
            if matter.open || class.until(day) > today || self.is_any_held(&matter.about)? {
                continue;
            }
            latest = latest.max(Some(day));
            seqs.extend(matter.seqs);
        }
        let Some(latest) = latest else { return Ok(None) };
        let mut kept_by = Vec::new();
        if !self.has_rules() {
            kept_by.push(KeptBy::NoRules);
        }
        // A word that refused a disposal says in its body which: of one that is gone it is known only that it came before.
        if self.proposed_without_case(false)?.is_some() {
            kept_by.push(KeptBy::Waits(words::HANDOVERS.to_owned()));
        }
        Ok(Some(Due {
            what: Disposable::Office,
            reference: String::new(),
            name: String::new(),
            kind: words::OFFICE.to_owned(),
            edition: self.editions.current_id(),
            class: class.id.clone(),
            class_title: class.title.clone(),
            from: latest,
            since: class.until(latest),
            cases: 0,
            seqs: seqs.into_iter().collect(),
            kept_by,
            proposed: self.proposed_without_case(true)?,
            named_elsewhere: None,
        }))
    }

    /// What stands there about an act of disposal that names no case, as of the day since which it says that it is due.
    pub(in crate::store) fn without_case(&self, act: &Act) -> Result<Option<Due>, ReadError> {
        let Act::Dispose { due, .. } = act else { return Ok(None) };
        let day = (*due).min(self.zone.day(self.now));
        if self.is_of_office(act) { self.of_office(day) } else { self.of_handovers(day) }
    }

    /// The proposal that waits for a second person: to dispose of what was written for the office, or of handover sheets.
    pub(super) fn proposed_without_case(&self, office: bool) -> rusqlite::Result<Option<EntryId>> {
        let mut waiting = self.conn.prepare_cached(
            "SELECT c.entry FROM to_countersign c JOIN entries e ON e.seq = c.seq
             WHERE e.kind = 'act.dispose' AND e.case_id IS NULL ORDER BY c.seq",
        )?;
        for waiting in waiting.query_map([], |row| id(row, 0))? {
            let waiting = EntryId(waiting?.0);
            let said = ledger::by_id(self.conn, waiting)?.map(|stored| stored.read().0.said);
            if matches!(said, Some(Said::Act(act)) if self.is_of_office(&act) == office) {
                return Ok(Some(waiting));
            }
        }
        Ok(None)
    }

    fn is_of_office(&self, act: &Act) -> bool {
        let Act::Dispose { edition, class, .. } = act else { return false };
        let edition = self.editions.get(*edition);
        edition.and_then(|edition| edition.retention.get(class)).is_some_and(|class| class.is_office())
    }

    fn is_any_held(&self, about: &BTreeSet<CaseId>) -> rusqlite::Result<bool> {
        for about in about {
            if let Some(case) = self.case(*about)?
                && !self.held(&case)?.is_empty()
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// What stands in no case and in no record and has words that somebody wrote.
    fn own(&self) -> rusqlite::Result<Matters> {
        let mut matters = Matters::new();
        let mut own = self.conn.prepare_cached(
            "SELECT e.id FROM entries e JOIN bodies b ON b.seq = e.seq
             WHERE e.case_id IS NULL AND e.subject_id IS NULL AND e.kind IN
                ('act.take_draft', 'act.raise_sign', 'act.answer_sign', 'act.unlock', 'act.countersign')
             ORDER BY e.seq",
        )?;
        for own in own.query_map([], |row| id(row, 0))? {
            let Some(stored) = ledger::by_id(self.conn, EntryId(own?.0))? else { continue };
            let (entry, _) = stored.read();
            let Said::Act(act) = &entry.said else { continue };
            let matter = match act {
                // Where a case came of the form, it goes with that.
                Act::TakeDraft { draft, .. } if !self.became(EntryId(draft.0))? => entry.id.0,
                Act::Unlock { station: Some(_), .. } => entry.id.0,
                Act::RaiseSign { sign, .. } | Act::AnswerSign { sign, .. } => sign.0,
                Act::Countersign { agrees: YesNo::No, .. } if self.of_disposal(entry.id)?.is_some() => {
                    entry.id.0
                }
                _ => continue,
            };
            let matter = matters.entry(matter).or_default();
            matter.takes(entry.seq, entry.recorded_at);
            match act {
                Act::RaiseSign { entries, .. } => {
                    matter.open = true;
                    for shows in entries {
                        let shows = ledger::by_id(self.conn, *shows)?;
                        matter.about.extend(shows.and_then(|stored| stored.header.case));
                    }
                }
                Act::AnswerSign { .. } => matter.open = false,
                _ => {}
            }
        }
        Ok(matters)
    }

    /// Whether an entry of a case came of this form.
    fn became(&self, form: EntryId) -> rusqlite::Result<bool> {
        Ok(ledger::by_id(self.conn, form)?.is_some_and(|stored| stored.header.case.is_some()))
    }

    /// What was said of holds on what is in no class and so never goes itself.
    fn of_lifted_holds(&self) -> rusqlite::Result<Matters> {
        let mut matters = Matters::new();
        let mut held = self.conn.prepare_cached(
            "SELECT DISTINCT case_id FROM entries WHERE kind = 'act.hold' AND case_id IS NOT NULL ORDER BY case_id",
        )?;
        let held = held.query_map([], |row| id(row, 0))?.collect::<rusqlite::Result<Vec<_>>>()?;
        for held in held {
            let Some(case) = self.case(held)? else { continue };
            let about = case.register || case.state.subject.is_some();
            if self.editions.current().retention.class(&case.state.pathway, about).is_some() {
                continue;
            }
            for mark in case.state.entries.iter().filter(|mark| mark.edition.is_none()) {
                let Some(stored) = ledger::by_id(self.conn, mark.id)? else { continue };
                let hold = match stored.read().0.said {
                    Said::Act(Act::Hold { .. }) => mark.id,
                    Said::Act(Act::LiftHold { hold, .. }) => hold,
                    _ => continue,
                };
                let matter = matters.entry(hold.0).or_default();
                matter.takes(mark.seq, mark.recorded_at);
                matter.open |= case.state.holds.contains(&hold) || mark.awaits_second();
                matter.about.insert(held);
                if let Some((word, _)) = mark.second
                    && let Some(word) = ledger::by_id(self.conn, word)?
                {
                    matter.takes(word.header.seq, word.header.recorded_at);
                }
            }
        }
        Ok(matters)
    }
}
