//! What names a case or record elsewhere: entries of others that are kept, handover sheets, unfinished forms, what was set aside.

use std::collections::BTreeSet;

use super::{Retained, STAFF};
use crate::domain::ids::{CaseId, Seq};
use crate::store::rows::{count, maybe_id};
use crate::store::{Drafts, Finished, Spool};

impl Retained<'_> {
    /// How many entries with content, of other cases, name one of these or were written by one of these.
    pub(super) fn elsewhere(&self, ids: &[CaseId], own: &[Seq]) -> rusqlite::Result<usize> {
        let wanted: BTreeSet<CaseId> = ids.iter().copied().collect();
        let own: BTreeSet<Seq> = own.iter().copied().collect();
        let staff = ids.iter().filter_map(|id| self.case(*id).ok().flatten());
        let staff: BTreeSet<CaseId> =
            staff.filter(|one| one.state.pathway == STAFF).map(|one| one.state.id).collect();
        let mut all = self.conn.prepare(
            "SELECT b.seq, b.body, e.by_staff, e.typed_by FROM bodies b JOIN entries e ON e.seq = b.seq
             WHERE e.kind NOT IN ('act.found', 'act.adopt') ORDER BY b.seq",
        )?;
        let mut rows = all.query([])?;
        let mut found = 0;
        while let Some(row) = rows.next()? {
            if own.contains(&count(row, 0)?) {
                continue;
            }
            let by = [maybe_id(row, 2)?, maybe_id(row, 3)?];
            let names = by.into_iter().flatten().any(|by| staff.contains(&by))
                || ids_in(row.get_ref(1)?.as_blob().unwrap_or_default())
                    .iter()
                    .any(|name| wanted.contains(name));
            found += usize::from(names);
        }
        Ok(found)
    }

    /// How many handover sheets speak of one of these.
    pub(super) fn handovers_of(&self, ids: &[CaseId]) -> rusqlite::Result<usize> {
        if self.handed.get().is_none() {
            let mut all = self
                .conn
                .prepare("SELECT b.body FROM handovers h JOIN bodies b ON b.seq = h.seq ORDER BY h.seq")?;
            let named = |row: &rusqlite::Row<'_>| Ok(ids_in(row.get_ref(0)?.as_blob().unwrap_or_default()));
            let all = all.query_map([], named)?.collect::<rusqlite::Result<Vec<_>>>()?;
            let _ = self.handed.set(all);
        }
        let speaks = |named: &&BTreeSet<CaseId>| ids.iter().any(|id| named.contains(id));
        Ok(self.handed.get().into_iter().flatten().filter(speaks).count())
    }

    /// Whether a form about one of these is not finished. Drafts that cannot be read may be about anybody.
    pub(super) fn is_being_written(&self, ids: &[CaseId]) -> bool {
        let drafted = self.drafted.get_or_init(|| match self.dir.drafts().exists() {
            true => Drafts::open(self.dir).ok().and_then(|drafts| drafts.named().ok()),
            false => Some(BTreeSet::new()),
        });
        drafted.as_ref().is_none_or(|named| ids.iter().any(|id| named.contains(id)))
    }

    /// Whether something was set aside for one of these. What cannot be read may be about anybody.
    pub(super) fn is_set_aside(&self, ids: &[CaseId]) -> bool {
        let aside = self.aside.get_or_init(|| {
            let spool = Spool::of(self.dir);
            let waiting = spool.finished();
            let text = |finished: &Finished| serde_json::to_vec(&finished.batch).unwrap_or_default();
            let named = waiting.iter().flat_map(|finished| ids_in(&text(finished))).collect();
            (waiting.len() as u64 >= spool.waiting()).then_some(named)
        });
        aside.as_ref().is_none_or(|named| ids.iter().any(|id| named.contains(id)))
    }
}

/// The UUIDs that stand in a text.
pub(super) fn ids_in(text: &[u8]) -> BTreeSet<CaseId> {
    const LENGTH: usize = 36;
    // The first dash of one stands after eight digits: only there is looked further.
    let words = text.windows(LENGTH).filter(|word| word.get(8) == Some(&b'-') && word.get(13) == Some(&b'-'));
    words.filter_map(|word| std::str::from_utf8(word).ok()?.parse().ok()).collect()
}
