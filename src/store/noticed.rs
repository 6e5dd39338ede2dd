//! Warning signs that stand and are not on record yet: the first process that notices puts them there, with since when they
//! stand; two that notice at once make one entry of each.

use chrono::{DateTime, Utc};
use rusqlite::params;

use super::Store;
use super::error::{AppendError, ReadError};
use super::rows::{instant, json};
use crate::domain::act::Act;
use crate::domain::answer::When;
use crate::domain::entry::{Batch, Method, NewEntry, NewSaid, Who};
use crate::domain::permission::Viewer;
use crate::domain::signs::Sign;

/// So many are put on record in one transaction: nobody who writes waits long for it.
const AT_ONCE: u32 = 50;

impl Store {
    /// Puts the signs on record that stand at `now`. Answers how many there were. What another process was quicker with is
    /// left to it.
    ///
    /// # Errors
    /// Where it could not be written; whoever notices next tries again.
    pub fn note_signs(&mut self, now: DateTime<Utc>) -> Result<u64, AppendError> {
        let mut noted = 0;
        loop {
            let signs = self.unnoted(now, AT_ONCE)?;
            let Some(edition) = self.edition()? else { return Ok(noted) };
            if signs.is_empty() {
                return Ok(noted);
            }
            let batches = signs.iter().map(|sign| {
                let id = sign.id.raised();
                let act = Act::RaiseSign {
                    sign: sign.id,
                    rule: sign.rule.clone(),
                    edition,
                    entries: sign.entries.clone(),
                    words: sign.words.clone(),
                };
                let entry = NewEntry {
                    id,
                    key: id.to_string(),
                    case: sign.about,
                    subject: None,
                    occurred: When::exact(sign.since),
                    reported_at: None,
                    who: Who { by: None, typed_by: None, method: Method::System },
                    what: NewSaid::Act(act),
                };
                (Viewer::system(), Batch { entries: vec![entry], ..Batch::default() }, now)
            });
            match self.append_many(batches.collect()) {
                Ok(()) => noted += signs.len() as u64,
                // Somebody else put one of them on record with other words, between the reading and the writing.
                Err(AppendError::Conflict(_) | AppendError::Problems(_)) => return Ok(noted),
                Err(error) => return Err(error),
            }
            if signs.len() < AT_ONCE as usize {
                return Ok(noted);
            }
        }
    }

    /// Signs that stand at `now` and are not on record.
    fn unnoted(&self, now: DateTime<Utc>, limit: u32) -> Result<Vec<Sign>, ReadError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT s.body FROM signs s WHERE s.until > ?1 AND s.since <= ?1
             AND NOT EXISTS (SELECT 1 FROM signs_raised r WHERE r.id = s.id) ORDER BY s.until, s.since LIMIT ?2",
        )?;
        let found = statement.query_map(params![now.timestamp_millis(), limit], |row| json(row, 0))?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }

    /// Whether a sign stands at `now` that is not on record, and when one begins or ends next after it. It names nobody.
    ///
    /// # Errors
    /// Where the ledger cannot be read.
    pub fn signs_turn(&self, now: DateTime<Utc>) -> Result<(bool, Option<DateTime<Utc>>), ReadError> {
        let waits = !self.unnoted(now, 1)?.is_empty();
        let mut turns = Vec::new();
        for sql in [
            "SELECT since FROM signs WHERE since > ?1 ORDER BY since LIMIT 1",
            "SELECT until FROM signs WHERE until > ?1 AND until < 9223372036854775807 ORDER BY until LIMIT 1",
        ] {
            let mut statement = self.conn.prepare_cached(sql)?;
            let mut rows = statement.query([now.timestamp_millis()])?;
            if let Some(row) = rows.next()? {
                turns.push(instant(row, 0)?);
            }
        }
        Ok((waits, turns.into_iter().min()))
    }
}
