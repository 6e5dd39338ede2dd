//! Paper slips: the pads that were given out, the numbers that were entered, and those that nobody can account for.

use rusqlite::Connection;

use super::super::Store;
use super::super::derive::reference;
use super::super::error::ReadError;
use super::super::rows::{id, instant, json};
use crate::domain::case::{Facts, Pad};
use crate::domain::permission::Viewer;
use crate::domain::slips::Slips;
use crate::domain::views::{PadRow, SlipNumbers};

impl Store {
    /// The pads, newest first, those that were put away with them; each with its numbers that nobody can account for. A
    /// number that was entered counts whoever's record it stands in; nothing else of that record is said.
    ///
    /// # Errors
    /// [`ReadError::Denied`] where the viewer may not read people's records.
    pub fn pads(&self, viewer: &Viewer) -> Result<Vec<PadRow>, ReadError> {
        let transaction = self.conn.unchecked_transaction()?;
        let scope = self.scope(viewer)?;
        let entered = entered(&self.conn)?;
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT c.id, c.letter, c.number, c.opened_at, c.headline, c.closed, c.facts FROM cases c
             WHERE c.pad = 1 AND {} ORDER BY c.opened_at DESC, c.number DESC",
            scope.on("c")
        ))?;
        let mut rows = statement.query([])?;
        let mut pads = Vec::new();
        while let Some(row) = rows.next()? {
            let Some(pad) = json::<Facts>(row, 6)?.pad else { continue };
            let written = pad.written();
            let own = pad.issued.without(&pad.issued.without(&entered));
            pads.push(PadRow {
                case: id(row, 0)?,
                reference: reference(&row.get::<_, String>(1)?, row.get(2)?),
                opened_at: instant(row, 3)?,
                headline: row.get(4)?,
                closed: row.get::<_, i64>(5)? != 0,
                unaccounted: written.without(&own),
                issued: pad.issued,
                void: pad.void,
                entered: own,
                blank: pad.blank,
            });
        }
        drop(rows);
        drop(statement);
        drop(transaction);
        Ok(pads)
    }

    /// The pads with numbers that nobody can account for: something was taken down on paper and is not in the record.
    ///
    /// # Errors
    /// As [`Store::pads`].
    pub fn unaccounted_slips(&self, viewer: &Viewer) -> Result<Vec<PadRow>, ReadError> {
        let mut pads = self.pads(viewer)?;
        pads.retain(|pad| !pad.unaccounted.is_empty());
        Ok(pads)
    }

    /// What became of all numbers, for a form that asks for one. Numbers alone say nothing of anybody.
    ///
    /// # Errors
    /// [`ReadError::Denied`] where the viewer may not read people's records.
    pub fn slip_numbers(&self, viewer: &Viewer) -> Result<SlipNumbers, ReadError> {
        self.scope(viewer)?;
        Ok(numbers(&self.conn)?)
    }
}

/// What became of all numbers.
pub(in crate::store) fn numbers(conn: &Connection) -> rusqlite::Result<SlipNumbers> {
    let mut numbers = SlipNumbers { entered: entered(conn)?, ..SlipNumbers::default() };
    let mut statement = conn.prepare_cached("SELECT facts FROM cases WHERE pad = 1")?;
    for facts in statement.query_map([], |row| json::<Facts>(row, 0))? {
        let Some(Pad { issued, void, .. }) = facts?.pad else { continue };
        numbers.issued.extend(&issued);
        numbers.void.extend(&void);
    }
    Ok(numbers)
}

fn entered(conn: &Connection) -> rusqlite::Result<Slips> {
    let mut statement = conn.prepare_cached("SELECT slip FROM cases WHERE slip IS NOT NULL ORDER BY slip")?;
    let mut entered = Slips::default();
    for number in statement.query_map([], |row| row.get::<_, u32>(0))? {
        let number = number?;
        entered.add(number, number);
    }
    Ok(entered)
}
