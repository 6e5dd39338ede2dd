//! What the app is told (in the past tense) and what it asks for (in the imperative): all that passes between
//! the pure core and the world.
//!
//! Answers carry the number of the request they answer, so that one that comes too late is dropped. How an
//! effect is carried out, and on which thread, is left to `runtime`.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::beyond::Reached;
use super::handover::{Handing, Which};
use super::key::Key;
use super::list::{ListKind, Rows};
use super::measures;
use super::{Size, You};
use crate::domain::access::Look;
use crate::domain::act::Act;
use crate::domain::draft::Draft;
use crate::domain::entry::{Batch, Receipt};
use crate::domain::ids::{CaseId, CommitmentId, DraftId, EntryId, Seq};
use crate::domain::keys::{Fingerprint, Standing};
use crate::domain::measure::{Asked, By, Chart};
use crate::domain::pack::Making;
use crate::domain::search::Results;
use crate::domain::secret::{Barred, Challenge, Secret, Verdict};
use crate::domain::sheet::{Sheet, Wanted};
use crate::domain::views::{Board, CaseView, Finds, PersonView, Plan, RecordRow, Taken, Why};
use crate::domain::who_is::WhoIs;
use crate::pathway::edition::Editions;

/// The number of a request; an answer carries the number of the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Request(pub u64);

/// Why something could not be read or written, in words that are shown.
pub type Failure = String;

/// Why a record could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unread {
    /// It may not be, or is not there for whoever asks; why, in words that are shown.
    Shut {
        /// In words.
        why: Failure,
        /// Whether it was refused, which is noted.
        refused: bool,
    },
    /// The disk failed, or anything else, in words.
    Failed(Failure),
}

/// Something that happened.
#[derive(Debug, Clone)]
#[expect(clippy::large_enum_variant, reason = "each is handed over once and never kept")]
pub enum Msg {
    /// A key was pressed.
    KeyPressed(Key),
    /// Text was pasted by the terminal.
    Pasted(String),
    /// The terminal has this size now.
    Resized(Size),
    /// The screen was drawn; the box of the focused text is so many columns wide.
    Placed {
        /// Columns of the focused text's box.
        text_width: u16,
        /// Rows that a page of the list on top holds.
        page: usize,
    },
    /// It is this late now. Sent with each minute, at each wake-up asked for, and before any other message that
    /// needs the time.
    TimePassed(DateTime<Utc>),
    /// Fresh random ids for forms to come.
    IdsSupplied(Vec<Uuid>),
    /// Definitions came into force. Answers a reading of the dashboard, which is then asked for again.
    EditionAdopted(Editions),
    /// Somebody else, or we ourselves, wrote up to this entry.
    ChangedElsewhere(Seq),
    /// The dashboard was read.
    BoardRead(Request, Result<Board, Failure>),
    /// A case was read.
    CaseRead(Request, Result<CaseView, Unread>),
    /// A person's record was read.
    PersonRead(Request, Result<PersonView, Unread>),
    /// Whoever was taken in a form.
    TakenRead(Request, Result<Box<Taken>, Failure>),
    /// The record of whoever is rung in a form.
    RungRead(Request, Result<Box<RecordRow>, Failure>),
    /// Who is on record under what stands in a form of somebody.
    SameFound(Request, WhoIs, Result<Vec<RecordRow>, Failure>),
    /// What is sealed in a record was read: label and words.
    SealedRead(Request, CaseId, Result<Vec<(String, String)>, Failure>),
    /// What is planned for when an organisation does not come on whom this person relies.
    PlansRead(Request, CaseId, Result<Vec<Plan>, Failure>),
    /// A sheet was composed.
    SheetRead(Request, Result<Sheet, Failure>),
    /// The figures of all measures were read, with what each is.
    MeasuresRead(Request, Result<measures::Read, Failure>),
    /// The figures of one measure were read.
    ChartRead(Request, Result<Chart, Failure>),
    /// Records were found.
    Found(Request, Result<Finds, Failure>),
    /// Everything was searched.
    Searched(Request, Result<Results, Failure>),
    /// A handover was read.
    HandoverRead(Request, Result<Handing, Failure>),
    /// A list was read.
    ListRead(Request, Result<Rows, Failure>),
    /// It is in the record, committed.
    Written(Request, Receipt),
    /// From when on this day it is told whom to ring before they shut; and, from then on, when each of them closes.
    ToRing(Request, Result<(DateTime<Utc>, Vec<DateTime<Utc>>), Failure>),
    /// It is not in the record yet: the disk does not take it now. It was set aside and goes in by itself; why, in words.
    NotYet(Request, Failure),
    /// Something to be known that nobody asked for, good or bad.
    Told(Result<String, Failure>),
    /// How many cases of how many are in the pack that is being put together.
    Packing(usize, usize),
    /// What became of it: where it lies, or `None` where it was stopped.
    Packed(Result<Option<String>, Failure>),
    /// It is not in the record.
    WriteFailed(Request, Refusal),
    /// The draft as it stood is on the disk.
    DraftKept {
        /// Which.
        draft: DraftId,
        /// What was kept; more may have been typed since.
        text: BTreeMap<String, String>,
        /// When the commit was done.
        at: DateTime<Utc>,
    },
    /// The draft could not be kept.
    DraftNotKept {
        /// Which.
        draft: DraftId,
        /// Why.
        why: Failure,
    },
    /// An unfinished form was read from the disk.
    DraftRead(Request, Result<Draft, Failure>),
    /// The act that brings the office's own definition files into force; `None` where they are.
    DefinitionsRead(Result<Option<Act>, Failure>),
    /// The record that was asked for and may not normally be seen.
    Reached(Request, Result<Reached, Failure>),
    /// The unfinished form is held open at another terminal, which has been asked for it.
    DraftHeld(Request),
    /// How the due time of something owed came about.
    WhyRead(Request, Result<Why, Failure>),
    /// The machine's clock jumped from what it showed, forwards by so much or back.
    ClockJumped {
        /// What it would have shown.
        from: DateTime<Utc>,
        /// By how much; less than nothing where it went back.
        by: TimeDelta,
    },
    /// Who somebody is and what they may, after they signed in.
    Identified(Request, Result<You, Failure>),
    /// What the record says of the key by which somebody came in.
    KeyChecked(Result<Standing, Failure>),
    /// What is asked of whoever said who they are.
    Challenged(Request, Result<Challenge, Failure>),
    /// A PIN or passphrase was looked at.
    SecretChecked(Request, Result<Verdict, Failure>),
    /// A PIN or passphrase was set.
    SecretSet(Request, Result<(), Failure>),
    /// A person or a station may try again; in words.
    Unlocked(Result<String, Failure>),
    /// The terminal is gone or the machine asks us to end: everything is to be kept.
    HungUp,
}

/// Why an append was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The case has moved since the form was opened: who recorded what meanwhile and when, each in words. Look again, then
    /// save.
    Moved(Vec<String>),
    /// It wants two people and there is nobody else: it goes through with a reason, in words that ask for one.
    Alone(Failure),
    /// The office cannot be written to now: its disk is full or can only be read, or a newer program made it. Nothing is
    /// wrong with what was to be recorded.
    Unwritten(Failure),
    /// Anything else, in words that are shown.
    Because(Failure),
}

/// Something to be done. Answers come back as [`Msg`] with the same request.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Read the dashboard, with at most this many rows in each pane.
    ReadBoard(Request, u32),
    /// Say from when on this day it is told whom to ring before they shut, and how many that is.
    ReadToRing(Request),
    /// Read a case.
    ReadCase(Request, CaseId),
    /// Read a person and all that is open.
    ReadPerson(Request, CaseId),
    /// Say who was taken in a form, and what is open about them. Nobody has opened their record.
    ReadTaken(Request, CaseId),
    /// Read the record of an organisation or of one of ours that is rung in a form, for its numbers and hours.
    ReadRung(Request, CaseId),
    /// Find who is on record under the NHS number, or the name and date of birth, that somebody is given in a form. Nobody
    /// has opened their record.
    FindSame(Request, WhoIs),
    /// Read what is sealed in a person's record; the look is noted apart.
    ReadSealed(Request, CaseId),
    /// Read what is planned for when an organisation does not come on whom this person relies.
    ReadPlans(Request, CaseId),
    /// Compose a sheet; looks that it is are noted apart.
    ReadSheet(Request, Wanted),
    /// Read the figures of all measures.
    ReadMeasures(Request, Asked),
    /// Read the figures of one measure, in its parts.
    ReadChart {
        /// The request.
        request: Request,
        /// For which time and part of the office.
        asked: Asked,
        /// Which measure.
        id: String,
        /// By what it is split.
        by: Option<By>,
    },
    /// Compose a sheet and print it; the look is noted with it.
    PrintSheet(Wanted),
    /// Put an evidence pack together, or what else is asked for, and write it into the office's sheets; that is noted with it.
    MakePack(Making),
    /// Stop putting it together: nothing of it is written then.
    StopPack,
    /// Read how the due time of something owed in a case came about.
    ReadWhy(Request, CaseId, CommitmentId),
    /// Find records of a register by a few letters of name, date of birth, room or NHS number.
    Find {
        /// The request.
        request: Request,
        /// The register's pathway id.
        register: String,
        /// What was typed.
        text: String,
    },
    /// Search over everything.
    Search {
        /// The request.
        request: Request,
        /// What was typed.
        text: String,
        /// The most that is wanted of each kind.
        of_each_kind: u32,
    },
    /// Read a list.
    ReadList {
        /// The request.
        request: Request,
        /// Which.
        kind: ListKind,
        /// What was typed to narrow it.
        text: String,
        /// The most rows that are wanted.
        rows: u32,
    },
    /// Read a handover, or what would be handed over now.
    ReadHandover(Request, Which),
    /// Write the sheet of a handover into the office's own folder.
    PrintHandover(EntryId),
    /// A shift is over: put into the record to whom what nobody took has passed.
    EndShifts,
    /// Put the warning signs on record that stand.
    NoteSigns,
    /// Append to the record, all or nothing.
    Append(Request, Box<Batch>),
    /// Keep a draft: at once and durably, or within 200 ms after the last.
    KeepDraft {
        /// The draft as it stands.
        draft: Box<Draft>,
        /// On disk before anything else is done.
        durable: bool,
    },
    /// Nothing was typed or all of it is in the record: the draft can go.
    ClearDraft(DraftId),
    /// The form was left; what was typed stays, and others may take it up.
    ReleaseDraft(DraftId),
    /// Read an unfinished form and hold it open.
    TakeDraft(Request, DraftId),
    /// Say whether the office's own definition files were changed since they came into force.
    ReadDefinitions,
    /// Note that somebody's record was looked at.
    Looked(Look),
    /// Find a record that may not normally be seen, by a case's reference, the NHS number or its id.
    Reach {
        /// The request.
        request: Request,
        /// What was typed.
        text: String,
    },
    /// Say what this member of staff may do.
    Identify(Request, CaseId),
    /// Say what the record says of the key by which somebody came in.
    CheckKey(Fingerprint),
    /// Say what is asked of this member of staff, who says that they are here.
    Challenge(Request, CaseId),
    /// Read nothing more for whoever sits here.
    Lock,
    /// Look at a PIN or passphrase.
    CheckSecret {
        /// The request.
        request: Request,
        /// Whose it is said to be.
        staff: CaseId,
        /// What was typed.
        secret: Secret,
    },
    /// Set a PIN or passphrase.
    SetSecret(Request, Setting),
    /// Let a person or a station try again, by an act of this id.
    Unlock(EntryId, Barred),
    /// Something that needs neither the disk nor an answer from it.
    Own(Own),
}

/// A PIN or passphrase to be set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The id of the act.
    pub entry: EntryId,
    /// For whom.
    pub staff: CaseId,
    /// The one they have, where they change it themselves.
    pub old: Option<Secret>,
    /// The new one.
    pub new: Secret,
    /// They chose it themselves, here and now; otherwise whoever is signed in gives it to them.
    pub chosen: bool,
}

/// What the loop or the terminal does itself.
#[derive(Debug, Clone, PartialEq)]
pub enum Own {
    /// Send [`Msg::TimePassed`] at this time; replaces the wake-up asked for before.
    WakeAt(DateTime<Utc>),
    /// Send [`Msg::IdsSupplied`].
    SupplyIds,
    /// Draw attention: something new is undecided or late.
    RingBell,
    /// The terminal's title.
    SetTitle(String),
    /// Hand text to the terminal's clipboard.
    Copy(String),
    /// Open the practice office in place of this one.
    OpenPractice,
    /// Leave the program.
    Quit,
    /// End the program because whoever came in may be here no longer; why, in words.
    ThrowOut(String),
}
