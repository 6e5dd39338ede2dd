//! Warning signs that stand and are not on record yet: the first process that notices puts them there, with since when they
//! stand; two that notice at once make one entry of each.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use rusqlite::OptionalExtension;

use super::error::{AppendError, ReadError};
use super::rows::{instant, json};
use super::{Store, ledger};
use crate::domain::act::Act;
use crate::domain::clocks::ClockDoubt;
use crate::domain::entry::{Batch, Method, NewEntry, Who};
use crate::domain::ids::{EditionId, SignId};
use crate::domain::permission::Viewer;
use crate::domain::signs::Sign;

/// So many are put on record in one transaction: nobody who writes waits long for it.
const AT_ONCE: usize = 50;

impl Store {
    /// Puts the signs on record that stand at `now`. Answers how many there were. What another process was quicker with is
    /// left to it, and what the record does not take keeps nothing else from it. Waits while the machine's clock is in
    /// doubt: what is on record is never taken back.
    ///
    /// # Errors
    /// Where it could not be written; whoever notices next tries again.
    pub fn note_signs(&mut self, now: DateTime<Utc>) -> Result<u64, AppendError> {
        if self.doubts_clock(now)?.is_some() {
            return Ok(0);
        }
        let (mut noted, mut refused) = (0, BTreeSet::new());
        loop {
            let signs = self.unnoted(now, &refused, AT_ONCE)?;
            let Some(edition) = self.edition()? else { return Ok(noted) };
            if signs.is_empty() {
                return Ok(noted);
            }
            let batches: Vec<_> =
                signs.iter().map(|sign| (Viewer::system(), on_record(sign, edition), now)).collect();
            if self.notes(batches.clone())? {
                noted += signs.len() as u64;
                continue;
            }
            // Each by itself.
            for (sign, batch) in signs.iter().zip(batches) {
                match self.notes(vec![batch])? {
                    true => noted += 1,
                    false => drop(refused.insert(sign.id)),
                }
            }
        }
    }

    /// Whether the record took them. Somebody else may have put one of them on record with other words, between the reading
    /// and the writing.
    fn notes(&mut self, batches: Vec<(Viewer, Batch, DateTime<Utc>)>) -> Result<bool, AppendError> {
        match self.append_many(batches) {
            Ok(()) => Ok(true),
            Err(AppendError::Conflict(_) | AppendError::Problems(_)) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Why the machine's clock at `now` is in doubt by what the ledger holds: something was recorded that is still to come,
    /// or nothing for so long that the clock may have jumped ahead. A practice office lies still for as long as it likes.
    /// Anyone may know it.
    ///
    /// # Errors
    /// Where the ledger cannot be read.
    pub fn doubts_clock(&self, now: DateTime<Utc>) -> Result<Option<ClockDoubt>, ReadError> {
        let doubt = self.latest()?.and_then(|latest| ClockDoubt::of(latest, now));
        let practises =
            || self.conn.query_row("SELECT training FROM office", [], |row| row.get::<_, bool>(0)).optional();
        match doubt {
            Some(ClockDoubt::Silence(_)) if practises()? == Some(true) => Ok(None),
            doubt => Ok(doubt),
        }
    }

    /// Signs that stand at `now` and are not on record, without those that the record `refused`. What was put on record and
    /// has lost its words since is on record.
    fn unnoted(
        &self,
        now: DateTime<Utc>,
        refused: &BTreeSet<SignId>,
        limit: usize,
    ) -> Result<Vec<Sign>, ReadError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT s.body FROM signs s WHERE s.until > ?1 AND s.since <= ?1
             AND NOT EXISTS (SELECT 1 FROM signs_raised r WHERE r.id = s.id) ORDER BY s.until, s.since",
        )?;
        let mut rows = statement.query([now.timestamp_millis()])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let sign: Sign = json(row, 0)?;
            if !refused.contains(&sign.id) && ledger::by_id(&self.conn, sign.id.raised())?.is_none() {
                found.push(sign);
            }
            if found.len() == limit {
                break;
            }
        }
        Ok(found)
    }

    /// Whether a sign stands at `now` that is not on record, and when one begins or ends next after it. It names nobody.
    ///
    /// # Errors
    /// Where the ledger cannot be read.
    pub fn signs_turn(&self, now: DateTime<Utc>) -> Result<(bool, Option<DateTime<Utc>>), ReadError> {
        let waits = !self.unnoted(now, &BTreeSet::new(), 1)?.is_empty();
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

/// The act by which a sign goes on record. It happened when the sign began to stand.
fn on_record(sign: &Sign, edition: EditionId) -> Batch {
    let act = Act::RaiseSign {
        sign: sign.id,
        rule: sign.rule.clone(),
        edition,
        entries: sign.entries.clone(),
        words: sign.words.clone(),
    };
    let who = Who { by: None, typed_by: None, method: Method::System };
    let entry = NewEntry::of_act(sign.id.raised(), sign.about, who, act, sign.since);
    Batch { entries: vec![entry], ..Batch::default() }
}
