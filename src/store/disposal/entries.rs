//! The entries that go with cases: all that have content, and what was said of forms that became one of them.

use super::Retained;
use crate::domain::act::Act;
use crate::domain::answer::YesNo;
use crate::domain::entry::Said;
use crate::domain::ids::{CaseId, EntryId, Seq};
use crate::store::ledger;
use crate::store::rows::{count, id, literal};

impl Retained<'_> {
    /// The entries of these cases that have content, but for acts of disposal; what was opened of them beyond what somebody may
    /// normally see; and why somebody took over a form that became one of them.
    pub(super) fn seqs(&self, ids: &[CaseId]) -> rusqlite::Result<Vec<Seq>> {
        let listed = ids.iter().copied().map(literal).collect::<Vec<_>>().join(", ");
        let sql = format!(
            "SELECT e.seq, e.id, e.kind FROM entries e JOIN bodies b ON b.seq = e.seq
             WHERE (e.case_id IN ({listed}) OR (e.case_id IS NULL AND e.subject_id IN ({listed}))
                    OR e.seq IN (SELECT t.seq FROM taken_forms t JOIN entries f ON f.id = t.form
                                 WHERE f.case_id IN ({listed})))
                AND e.kind NOT IN ('act.found', 'act.adopt', '{}')
             ORDER BY e.seq",
            Act::DISPOSE
        );
        let mut found = self.conn.prepare(&sql)?;
        let mut rows = found.query([])?;
        let mut seqs = Vec::new();
        while let Some(row) = rows.next()? {
            let kind: String = row.get(2)?;
            // By which a disposal was agreed to is what proves it.
            let agrees = match kind.as_str() {
                Act::COUNTERSIGN => self.of_disposal(EntryId(id(row, 1)?.0))? == Some(YesNo::Yes),
                _ => false,
            };
            if !agrees {
                seqs.push(count(row, 0)?);
            }
        }
        Ok(seqs)
    }

    /// What a second person's word says to a disposal; `None` where it is about something else.
    pub(super) fn of_disposal(&self, word: EntryId) -> rusqlite::Result<Option<YesNo>> {
        let said = ledger::by_id(self.conn, word)?.map(|stored| stored.read().0.said);
        let Some(Said::Act(Act::Countersign { entry, agrees, .. })) = said else { return Ok(None) };
        let of = ledger::by_id(self.conn, entry)?;
        Ok(of.is_some_and(|stored| stored.header.kind == Act::DISPOSE).then_some(agrees))
    }
}
