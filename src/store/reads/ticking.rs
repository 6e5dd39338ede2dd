//! Everything owed as far as the clock goes: what every header counts and every bell rings about. It names nobody
//! supported, so that a restricted record is counted like any other.

use chrono::{DateTime, Utc};

use super::super::Store;
use super::super::error::ReadError;
use super::super::rows::json;
use super::super::scope::Scope;
use crate::domain::bell::Ticking;
use crate::domain::commitment::Commitment;
use crate::domain::permission::Viewer;
use crate::domain::views::{AHEAD, LOOKING_BACK};

/// More than this can be late in no office that is worth a bell; the newest are among them.
const MOST: u32 = 5_000;

impl Store {
    /// What is owed and late, or will be within [`AHEAD`], and how many calls wait for a decision.
    ///
    /// # Errors
    /// [`ReadError::Denied`] where the viewer may not read people's records.
    pub fn ticking(&self, viewer: &Viewer, now: DateTime<Utc>) -> Result<(Vec<Ticking>, u64), ReadError> {
        let scope = self.scope(viewer)?;
        Ok((self.ticking_in(&scope, now)?, self.counted_owed(&scope, "calls.undecided")?))
    }

    pub(super) fn ticking_in(&self, scope: &Scope, now: DateTime<Utc>) -> Result<Vec<Ticking>, ReadError> {
        let clocks = self.clocks()?;
        let until = now.checked_add_signed(AHEAD).unwrap_or(now).timestamp_millis();
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT o.body, o.urgent, o.rank, o.outside FROM owed o WHERE o.due <= ?1 AND {}
             ORDER BY o.due DESC LIMIT {MOST}",
            scope.stands("o")
        ))?;
        let mut rows = statement.query([until])?;
        let mut ticking = Vec::new();
        while let Some(row) = rows.next()? {
            let owed: Commitment = json(row, 0)?;
            let (is_urgent, rank): (bool, u8) = (row.get::<_, i64>(1)? != 0, row.get(2)?);
            let outside = row.get::<_, i64>(3)? != 0;
            let kind = clocks.kind(&owed).filter(|_| is_urgent && clocks.rings);
            ticking.push(Ticking {
                turns: clocks.turns(&owed),
                started: owed.started,
                rings: kind.map(|kind| kind.rings.clone()).unwrap_or_default(),
                again: kind.and_then(|kind| kind.again),
                looks_back: rank == LOOKING_BACK,
                urgent: is_urgent,
                outside,
                acknowledged: owed.acknowledged,
                id: owed.id,
            });
        }
        Ok(ticking)
    }
}
