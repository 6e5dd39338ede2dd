//! Who carries out what the app asks for: which effects are read, which are written, which are the terminal's.
//!
//! The two threads that touch the disk get one kind of work each and answer with messages. What the work is, in
//! terms of the store, is handed in as a function ([`Desk`]), so that the loop can be tried without an office.

use crate::app::msg::{Effect, Own};
use crate::app::{Msg, Request};
use crate::domain::access::Look;
use crate::domain::draft::Draft;
use crate::domain::entry::Batch;
use crate::domain::ids::DraftId;
use crate::domain::pack::Making;

/// Does a reading and answers.
pub type Read = Box<dyn FnMut(Effect) -> Option<Msg> + Send>;
/// Keeps a draft, or does whatever else is done to one, and answers.
pub type Keep = Box<dyn FnMut(Writing) -> Option<Msg> + Send>;
/// Appends to the record and answers.
pub type Append = Box<dyn FnMut(Request, Batch) -> Msg + Send>;

/// Puts an evidence pack together, saying how many cases of how many are in it and asking whether to go on; answers with
/// where it lies, or `None` where it was stopped.
pub type Pack =
    Box<dyn FnMut(&Making, &mut dyn FnMut(usize, usize) -> bool) -> Result<Option<String>, String> + Send>;

/// Tries again what could not be appended.
pub type TryAgain = Box<dyn FnMut() -> Again + Send>;

/// What became of what was tried again.
#[derive(Debug, Default)]
pub struct Again {
    /// What is to be told.
    pub said: Vec<Msg>,
    /// Something still waits.
    pub waits: bool,
}

/// The office as the loop knows it: functions for each thread.
pub struct Desk {
    /// Reads, on the reading thread.
    pub read: Read,
    /// Checks and sets secrets, on the checking thread.
    pub check: Read,
    /// Keeps drafts, on the saving thread.
    pub keep: Keep,
    /// Makes evidence packs, on the packing thread.
    pub pack: Pack,
    /// Appends, on the writing thread.
    pub append: Append,
    /// Tries again, on the writing thread, what could not be appended; says what else is to be said.
    pub again: TryAgain,
}

/// Work for the saving thread, which hands on what goes into the record to the writing thread.
#[derive(Debug, Clone, PartialEq)]
pub enum Writing {
    /// Append to the record.
    Append(Request, Box<Batch>),
    /// Keep a draft as it stands.
    Keep {
        /// The draft.
        draft: Box<Draft>,
        /// Force it to the disk before answering.
        durable: bool,
    },
    /// The draft can go.
    Clear(DraftId),
    /// Others may take the draft up.
    Release(DraftId),
    /// Note who looked at whose record.
    Looks(Vec<Look>),
    /// Read a draft and hold it open. It stands with the writings, because a draft that is being kept must be
    /// kept first.
    Take(Request, DraftId),
}

/// Where an effect goes.
#[derive(Debug, Clone, PartialEq)]
pub enum Way {
    /// To the reading thread.
    Read(Effect),
    /// To the checking thread.
    Check(Effect),
    /// To the saving thread.
    Write(Writing),
    /// To the packing thread: make one, or stop where there is none.
    Pack(Option<Making>),
    /// To the loop.
    Own(Own),
}

/// Where an effect goes.
pub fn way(effect: Effect) -> Way {
    match effect {
        Effect::Append(request, batch) => Way::Write(Writing::Append(request, batch)),
        Effect::KeepDraft { draft, durable } => Way::Write(Writing::Keep { draft, durable }),
        Effect::ClearDraft(draft) => Way::Write(Writing::Clear(draft)),
        Effect::ReleaseDraft(draft) => Way::Write(Writing::Release(draft)),
        Effect::Looked(look) => Way::Write(Writing::Looks(vec![look])),
        Effect::TakeDraft(request, draft) => Way::Write(Writing::Take(request, draft)),
        Effect::MakePack(asked) => Way::Pack(Some(asked)),
        Effect::StopPack => Way::Pack(None),
        Effect::Own(own) => Way::Own(own),
        checking @ (Effect::CheckSecret { .. }
        | Effect::SetSecret(..)
        | Effect::Unlock(..)
        | Effect::EndShifts
        | Effect::NoteSigns) => Way::Check(checking),
        reading => Way::Read(reading),
    }
}
