//! Handover sheets whose time is over: each speaks of many people and is one body, so all that are due go together.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rusqlite::OptionalExtension;

use super::Retained;
use super::named::ids_in;
use crate::domain::act::Act;
use crate::domain::disposal::{Disposable, Due, KeptBy};
use crate::domain::entry::Said;
use crate::domain::ids::{CaseId, EntryId, Seq};
use crate::domain::words::disposal as words;
use crate::pathway::definition::HANDOVERS;
use crate::store::error::ReadError;
use crate::store::ledger;
use crate::store::rows::{count, id, instant, signed};

impl Retained<'_> {
    /// Handover sheets whose time is over, with all that was answered to them: those that were due on a day, for what was
    /// proposed on one can be agreed to on the next.
    pub(in crate::store) fn of_handovers(&self, today: NaiveDate) -> Result<Option<Due>, ReadError> {
        let retention = &self.editions.current().retention;
        let Some(class) = retention.class(HANDOVERS, false) else { return Ok(None) };
        let mut begun: BTreeMap<EntryId, (Seq, NaiveDate, bool)> = BTreeMap::new();
        let mut all = self.conn.prepare_cached(
            "SELECT h.seq, h.entry, h.until, h.open FROM handovers h JOIN bodies b ON b.seq = h.seq ORDER BY h.seq",
        )?;
        let mut rows = all.query([])?;
        while let Some(row) = rows.next()? {
            let day = self.zone.day(instant(row, 2)?);
            if class.until(day) <= today {
                let open = row.get::<_, i64>(3)? != 0;
                begun.insert(EntryId(id(row, 1)?.0), (count(row, 0)?, day, open));
            }
        }
        let Some(latest) = begun.values().map(|(_, day, _)| *day).max() else { return Ok(None) };
        let mut seqs: Vec<Seq> = begun.values().map(|(seq, ..)| *seq).collect();
        let mut answers = self.conn.prepare_cached(
            "SELECT e.id FROM entries e JOIN bodies b ON b.seq = e.seq WHERE e.kind IN
                ('act.handover_answer', 'act.handover_read_back', 'act.handover_left', 'act.handover_end')
             ORDER BY e.seq",
        )?;
        let answers = answers.query_map([], |row| id(row, 0))?.collect::<rusqlite::Result<Vec<_>>>()?;
        for answer in answers {
            let Some(stored) = ledger::by_id(self.conn, EntryId(answer.0))? else { continue };
            if let Said::Act(act) = stored.read().0.said
                && handover_of(&act).is_some_and(|handover| begun.contains_key(&handover))
            {
                seqs.push(stored.header.seq);
            }
        }
        seqs.sort_unstable();
        let mut kept_by = Vec::new();
        if !self.has_rules() {
            kept_by.push(KeptBy::NoRules);
        }
        if begun.values().any(|(_, _, open)| *open) {
            kept_by.push(KeptBy::HandoverOpen);
        }
        let mut named = BTreeSet::new();
        for (seq, ..) in begun.values() {
            named.extend(self.names_of(*seq)?);
        }
        let mut holds = BTreeSet::new();
        for named in named {
            let Some(case) = self.case(named)? else { continue };
            for (on, hold) in self.held(&case)? {
                if holds.insert(hold) {
                    kept_by.push(KeptBy::Held(on, self.reason_of(hold)?));
                }
            }
        }
        Ok(Some(Due {
            what: Disposable::Handovers,
            reference: String::new(),
            name: String::new(),
            kind: words::HANDOVERS.to_owned(),
            edition: self.editions.current_id(),
            class: class.id.clone(),
            class_title: class.title.clone(),
            from: latest,
            since: class.until(latest),
            cases: 0,
            seqs,
            kept_by,
            proposed: self.proposed_without_case(false)?,
            named_elsewhere: None,
        }))
    }

    fn names_of(&self, seq: Seq) -> rusqlite::Result<BTreeSet<CaseId>> {
        let body: Option<Vec<u8>> = self
            .conn
            .prepare_cached("SELECT body FROM bodies WHERE seq = ?1")?
            .query_row([signed(seq)], |row| row.get(0))
            .optional()?;
        Ok(ids_in(&body.unwrap_or_default()))
    }
}

fn handover_of(act: &Act) -> Option<EntryId> {
    match act {
        Act::HandoverAnswer { handover, .. }
        | Act::HandoverReadBack { handover, .. }
        | Act::HandoverLeft { handover, .. }
        | Act::HandoverEnd { handover, .. } => Some(*handover),
        _ => None,
    }
}
