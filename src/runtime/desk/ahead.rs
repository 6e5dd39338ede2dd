//! A store that is handed to a desk: at hand, or still reading the dashboard of whoever sits down while the rest of a start
//! is made ready.
//!
//! What was read ahead answers the first question alone, and only where nothing was committed since.

use std::io;
use std::sync::Arc;
use std::thread;

use chrono::{DateTime, TimeDelta, Utc};

use super::limits;
use crate::domain::ids::{CaseId, EditionId};
use crate::domain::views::Board;
use crate::pathway::edition::Editions;
use crate::runtime::room;
use crate::store::{OfficeDir, ReadError, Store};

/// What was read so long ago is read again.
const FRESH: TimeDelta = TimeDelta::seconds(1);

/// A store on its way to the reading thread, and what the other threads need of it.
pub struct Handed {
    pub(super) dir: OfficeDir,
    /// The edition that the screen knows.
    pub(super) edition: Option<EditionId>,
    pub(super) editions: Option<Arc<Editions>>,
    /// Waits for the store.
    pub(super) take: Box<dyn FnOnce() -> (Store, Option<Ahead>) + Send>,
}

impl Handed {
    /// A store that is at hand.
    pub fn over(store: Store) -> Self {
        let (dir, edition, editions) = known_of(&store);
        Self { dir, edition, editions, take: Box::new(move || (store, None)) }
    }

    /// A store that reads so many rows of the dashboard of whoever sits down, on a thread of its own, from now on.
    ///
    /// # Errors
    /// No thread can be made.
    pub fn reading_ahead(
        store: Store,
        staff: Option<CaseId>,
        rows: u32,
        now: DateTime<Utc>,
    ) -> io::Result<Self> {
        let (dir, edition, editions) = known_of(&store);
        let read = move || {
            room::make();
            let board =
                store.viewer_for(staff, now).and_then(|viewer| store.board(&viewer, now, limits(rows)));
            let ahead = board.ok().map(|board| Ahead { staff, rows, now, board });
            (store, ahead)
        };
        let reading = thread::Builder::new().name("dashboard".to_owned()).spawn(read)?;
        // A fault of the program there is one here.
        let take = || reading.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault));
        Ok(Self { dir, edition, editions, take: Box::new(take) })
    }
}

fn known_of(store: &Store) -> (OfficeDir, Option<EditionId>, Option<Arc<Editions>>) {
    (store.dir().clone(), store.edition().ok().flatten(), store.editions().ok())
}

/// A dashboard that was read before it was asked for.
pub(super) struct Ahead {
    staff: Option<CaseId>,
    rows: u32,
    now: DateTime<Utc>,
    board: Board,
}

impl Ahead {
    /// The dashboard, where it is what would be read now.
    pub(super) fn answers(
        self,
        store: &Store,
        (staff, rows, now): (Option<CaseId>, u32, DateTime<Utc>),
    ) -> Option<Board> {
        let same = self.staff == staff && self.rows == rows && (now - self.now).abs() < FRESH;
        let stands = |head: Result<_, ReadError>| head.is_ok_and(|head| head == self.board.seq);
        (same && stands(store.head())).then_some(self.board)
    }
}
