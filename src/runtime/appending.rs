//! The writing thread's part: what goes into the record, and what waits for a disk that does not take it.
//!
//! A finished form that the ledger cannot take is set aside in the spool and tried again, until it is in the record
//! under the same key or is refused and handed back. It is never said to be saved before it is.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::checkpointing;
use super::desk::Around;
use super::effects::Again;
use super::printing;
use super::seat::Seat;
use crate::app::Msg;
use crate::app::msg::{Refusal, Request};
use crate::domain::entry::{Batch, NewEntry, Receipt};
use crate::domain::ids::{CaseId, DraftId};
use crate::domain::words::runtime as words;
use crate::pathway::edition::Editions;
use crate::store::{AppendError, Drafts, Finished, OfficeDir, Store};

/// How often a ledger that another program holds is waited for, where nothing is kept of what is to be written; the
/// store's own patience is five seconds each time.
const TRIES: usize = 6;

/// What appends, and tries again.
pub(super) struct Appending {
    /// None until something is written, after a commit of unknown outcome, and while the disk is not well.
    store: Option<Store>,
    /// What the reading thread knows of the definitions, read once for both.
    editions: Option<Arc<Editions>>,
    dir: OfficeDir,
    seat: Seat,
    around: Around,
    /// Where what is finished and not in the record waits.
    drafts: Arc<Drafts>,
    /// Who waits here for a form that was set aside.
    waiting: BTreeMap<DraftId, Request>,
    /// What else there is to say, once what was asked has been answered.
    to_tell: Vec<Msg>,
}

impl Appending {
    pub(super) fn new(
        dir: OfficeDir,
        editions: Option<Arc<Editions>>,
        drafts: Arc<Drafts>,
        seat: Seat,
        around: Around,
    ) -> Self {
        Self {
            store: None,
            editions,
            dir,
            seat,
            around,
            drafts,
            waiting: BTreeMap::new(),
            to_tell: Vec::new(),
        }
    }

    /// Appends, or sets aside what can be tried again.
    pub(super) fn append(&mut self, request: Request, batch: Batch) -> Msg {
        // What was typed while the desk was locked is nobody's yet.
        let typed = |entry: &NewEntry| entry.who.typed_by.is_some();
        let staff = self.seat.taken_by().filter(|_| batch.entries.iter().any(typed));
        let tried = match batch.draft {
            Some(_) => self.try_append(staff, batch.clone()),
            None => self.append_in_the_end(staff, &batch),
        };
        match tried {
            Ok(receipt) => Msg::Written(request, receipt),
            Err(error) if error.passes() => self.set_aside(request, staff, batch, &error),
            Err(error) => Msg::WriteFailed(request, refusal(&error)),
        }
    }

    /// Tries what was set aside once more, and says what became of it.
    pub(super) fn again(&mut self) -> Again {
        let mut said = std::mem::take(&mut self.to_tell);
        for finished in self.drafts.spool().finished() {
            let Some(draft) = finished.batch.draft else { continue };
            match self.try_append(finished.staff, finished.batch) {
                Ok(receipt) => {
                    self.drafts.spool().done(draft);
                    said.push(match self.waiting.remove(&draft) {
                        Some(request) => Msg::Written(request, receipt),
                        None => Msg::Told(Ok(words::in_the_record_now(&receipt.cases))),
                    });
                }
                // What stops one stops all.
                Err(error) if error.passes() => break,
                // Handed back only to a form that can be opened; otherwise it stays where it is.
                Err(_) if !matches!(self.drafts.get(draft), Ok(Some(_))) => {}
                Err(error) => {
                    self.drafts.spool().done(draft);
                    said.push(match self.waiting.remove(&draft) {
                        Some(request) => Msg::WriteFailed(request, refusal(&error)),
                        None => Msg::Told(Err(words::handed_back(&error.to_string()))),
                    });
                }
            }
        }
        Again { said, waits: self.drafts.spool().waiting() > 0 }
    }

    /// Keeps what was finished until the disk is well. Where not even that can be done, it is on the screen and no
    /// more, and that is said.
    fn set_aside(&mut self, request: Request, staff: Option<CaseId>, batch: Batch, why: &AppendError) -> Msg {
        let Some(draft) = batch.draft else {
            return Msg::WriteFailed(request, refusal(why));
        };
        match self.drafts.spool().set_aside(draft, &Finished { staff, at: (self.around.now)(), batch }) {
            Ok(()) => {
                self.waiting.insert(draft, request);
                Msg::NotYet(request, words::not_in_the_record_yet(&why.to_string()))
            }
            Err(error) => {
                Msg::WriteFailed(request, Refusal::Because(words::not_set_aside(&error.to_string())))
            }
        }
    }

    /// Tries again while another program holds the ledger: nobody is asked to press the key a second time for what
    /// passes by itself.
    fn append_in_the_end(&mut self, staff: Option<CaseId>, batch: &Batch) -> Result<Receipt, AppendError> {
        for _ in 1..TRIES {
            match self.try_append(staff, batch.clone()) {
                Err(AppendError::Busy) => {}
                done => return done,
            }
        }
        self.try_append(staff, batch.clone())
    }

    /// Appends once. After an error of the disk the connection is given up, because such an error is not to be tried
    /// again on it; a fresh one is asked whether a commit of unknown outcome is there after all.
    fn try_append(&mut self, staff: Option<CaseId>, batch: Batch) -> Result<Receipt, AppendError> {
        let key = batch.entries.last().map(|entry| entry.key.clone());
        let tried = self.append_once(staff, batch);
        if tried.as_ref().is_err_and(|error| error.passes() && *error != AppendError::Busy) {
            self.store = None;
        }
        match (tried, key) {
            (Err(AppendError::Unknown), Some(key)) => {
                let found = self.store().ok().and_then(|store| store.lookup(&key).ok()?);
                found.ok_or(AppendError::Disk(words::DISK_FAILED.to_owned()))
            }
            (tried, _) => tried,
        }
    }

    fn append_once(&mut self, staff: Option<CaseId>, batch: Batch) -> Result<Receipt, AppendError> {
        let now = (self.around.now)();
        let store = self.store()?;
        let viewer = store.viewer_for(staff, now).map_err(|error| AppendError::Disk(error.to_string()))?;
        let given_out = store.editions().map(|editions| printing::pads(&batch, editions.current()));
        let printed = given_out.is_ok_and(|pads| !pads.is_empty()).then(|| batch.clone());
        let is_handed_over = checkpointing::is_due(&batch);
        let receipt = store.append(&viewer, batch, now)?;
        let unsigned = is_handed_over.then(|| checkpointing::sign(store, now).err()).flatten();
        if let Some(batch) = printed.filter(|_| !receipt.repeated) {
            let told = printing::after(store, &batch);
            self.to_tell.extend(told);
        }
        self.to_tell.extend(unsigned.map(|why| Msg::Told(Err(why))));
        Ok(receipt)
    }

    fn store(&mut self) -> Result<&mut Store, AppendError> {
        if self.store.is_none() {
            let opened = Store::open(&self.dir, (self.around.chance)());
            let store = opened.map_err(|error| AppendError::Disk(error.to_string()))?;
            store.know(self.editions.clone());
            self.store = Some(store);
        }
        self.store.as_mut().ok_or(AppendError::Unknown)
    }
}

fn refusal(error: &AppendError) -> Refusal {
    match error {
        AppendError::Conflict(moved) if !moved.is_empty() => {
            Refusal::Moved(moved.iter().flat_map(|moved| moved.since.iter().cloned()).collect())
        }
        error @ AppendError::Alone => Refusal::Alone(error.to_string()),
        error if error.passes() || matches!(error, AppendError::ReadOnly(_)) => {
            Refusal::Unwritten(error.to_string())
        }
        error => Refusal::Because(error.to_string()),
    }
}
