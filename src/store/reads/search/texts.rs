//! What was typed in a case, as far as the viewer may read it, for words of which the index does not say enough.

use crate::domain::entry::{Entry, Said};
use crate::domain::ids::{CaseId, Seq};
use crate::domain::names::fold;
use crate::pathway::fold::effective;
use crate::store::derive::words_of;
use crate::store::error::ReadError;
use crate::store::reads::veil::Veil;
use crate::store::rows::count;
use crate::store::scope::Scope;
use crate::store::{Store, ledger};

/// What was typed in an entry, as far as the viewer may read it.
pub(super) struct Text {
    pub(super) seq: Seq,
    pub(super) text: String,
    pub(super) folded: String,
}

impl Store {
    /// Everything that was typed in a case, without the names of those who may not be named to the viewer.
    pub(super) fn texts(&self, scope: &Scope, case: CaseId) -> Result<Vec<Text>, ReadError> {
        if scope.hides_any() {
            return self.veiled(scope, case);
        }
        let texts = self
            .conn
            .prepare_cached(
                "SELECT s.seq, s.text FROM case_entries e JOIN said s ON s.seq = e.seq WHERE e.case_id = ?1",
            )?
            .query_map([case.0.as_bytes()], |row| {
                let text: String = row.get(1)?;
                Ok(Text { seq: count(row, 0)?, folded: fold(&text), text })
            })?
            .collect::<rusqlite::Result<_>>()?;
        Ok(texts)
    }

    fn veiled(&self, scope: &Scope, case: CaseId) -> Result<Vec<Text>, ReadError> {
        let stored = ledger::of_case(&self.conn, case, i64::MAX.unsigned_abs())?;
        let mut entries: Vec<Entry> = stored.iter().map(|stored| stored.read().0).collect();
        let veil = Veil::over(scope, &entries);
        entries.iter_mut().for_each(|entry| veil.entry(entry));
        let editions = self.editions()?;
        let stands = effective(&entries);
        let texts = entries.iter().filter_map(|entry| {
            let Said::Step(said) = &entry.said else { return None };
            let text = words_of(said, &stands.get(&entry.id)?.answers, &editions);
            Some(Text { seq: entry.seq, folded: fold(&text), text })
        });
        Ok(texts.collect())
    }
}
