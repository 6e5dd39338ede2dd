//! Whose act an entry may be: the store's side of the one permission function.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension};

use super::error::AppendError;
use super::reads::viewer_of;
use super::rows::maybe_id;
use super::scope;
use crate::domain::act::Act;
use crate::domain::entry::NewEntry;
use crate::domain::ids::CaseId;
use crate::domain::permission::{Action, Grant, Reason, Roles, Viewer, may, may_for};
use crate::domain::rota::Rota;
use crate::domain::words::store as words;
use crate::pathway::definition::Step;

/// Who sits at the desk, and what the office grants.
#[derive(Debug, Clone)]
pub(super) struct Desk {
    /// Whoever says they are there; the program itself while the office has no staff on its list, so that it can be
    /// set up and a call can be taken.
    pub(super) viewer: Viewer,
    pub(super) roles: Arc<Roles>,
    /// The rota as it stands when the batch is appended.
    pub(super) rota: Arc<Rota>,
}

/// Whether the entry's step may be recorded by whose act it is, and typed by whoever typed it; and by whose leave, where
/// that is somebody's whom they act for.
pub(super) fn step(
    conn: &Connection,
    desk: &Desk,
    entry: &NewEntry,
    step: &Step,
    location: Option<CaseId>,
    now: DateTime<Utc>,
) -> Result<Option<CaseId>, AppendError> {
    if desk.viewer.system {
        return Ok(None);
    }
    honest(desk, entry)?;
    let record = Action::Record { roles: &step.roles, step: &step.title };
    if entry.who.by == desk.viewer.staff {
        return Ok(may_for(&desk.roles, &desk.viewer, &record, location, now)?);
    }
    let type_for = Action::TypeFor { typed_for: &step.typed_for, step: &step.title };
    may(&desk.roles, &desk.viewer, &type_for, location)?;
    let by = viewer_of(conn, entry.who.by, &desk.rota, now)?;
    Ok(may_for(&desk.roles, &by, &record, location, now)?)
}

/// Whether the viewer may do an act, and by whose leave.
pub(super) fn act(
    conn: &Connection,
    desk: &Desk,
    act: &Act,
    entry: &NewEntry,
    location: Option<CaseId>,
    now: DateTime<Utc>,
) -> Result<Option<CaseId>, AppendError> {
    if desk.viewer.system {
        return Ok(None);
    }
    match act {
        // Saying who one is needs no leave: how far it is believed is kept with it.
        Act::SignIn { .. } => return Ok(None),
        // How far the access log had come is the program's own to say, and that a sign stands.
        Act::Looks { .. } | Act::RaiseSign { .. } => {
            return Err(Reason(words::PROGRAMS_OWN.to_owned()).into());
        }
        // Whoever has lost their own key takes it back at once.
        Act::RevokeKey { staff: Some(staff), .. } if desk.viewer.staff == Some(*staff) => {
            return honest(desk, entry).map(|()| None);
        }
        // One's own needs no leave of anybody.
        Act::SetSecret { staff, .. } if desk.viewer.staff == Some(*staff) => {
            honest(desk, entry)?;
            return Ok(None);
        }
        Act::Unlock { staff: Some(staff), .. } if desk.viewer.staff == Some(*staff) => {
            return Err(Reason(words::NOT_ONESELF.to_owned()).into());
        }
        // Whoever reads anywhere may, with a reason that an auditor sees.
        Act::LookBeyond { .. } => {
            honest(desk, entry)?;
            let (grant, at) = may_look_beyond(desk)?;
            return granted(desk, grant, at, now);
        }
        Act::HoldDuty { duty, staff, .. } => {
            honest(desk, entry)?;
            let duty = desk.roles.duties.get(duty).ok_or_else(|| Reason(words::NO_SUCH_DUTY.to_owned()))?;
            let can_hold = Action::Record { roles: &duty.roles, step: &duty.title };
            let holder = viewer_of(conn, Some(*staff), &desk.rota, now)?;
            let leave = may_for(&desk.roles, &holder, &can_hold, location, now)?;
            // Taking a duty that one may hold needs no further leave.
            if desk.viewer.staff == Some(*staff) {
                return Ok(leave);
            }
        }
        _ => honest(desk, entry)?,
    }
    granted(desk, grant_for(act), location, now)
}

/// Whether the viewer may open a record beyond what they may normally see: by which grant, and where they have it.
pub(super) fn may_look_beyond(desk: &Desk) -> Result<(Grant, Option<CaseId>), Reason> {
    let may = |grant, at| may(&desk.roles, &desk.viewer, &Action::Granted(grant), at);
    let mut places = desk.viewer.roles.iter().map(|(_, at)| *at);
    match places.find(|at| may(Grant::Read, *at).is_ok()) {
        Some(at) => Ok((Grant::Read, at)),
        None => may(Grant::LookBeyond, None).map(|()| (Grant::LookBeyond, None)),
    }
}

fn grant_for(act: &Act) -> Grant {
    match act {
        Act::Amend { .. } | Act::ConfirmTyped { .. } => Grant::Amend,
        Act::Reattribute { .. }
        | Act::Link { .. }
        | Act::Unlink { .. }
        | Act::Merge { .. }
        | Act::Unmerge { .. } => Grant::Reattribute,
        Act::Cancel { .. } | Act::PassOn { .. } => Grant::Amend,
        Act::HoldDuty { .. } => Grant::HoldDuty,
        // Whoever may take up what somebody else left unfinished hands over and takes over.
        Act::TakeDraft { .. }
        | Act::HandOver(_)
        | Act::HandoverAnswer { .. }
        | Act::HandoverReadBack { .. }
        | Act::HandoverLeft { .. }
        | Act::HandoverEnd { .. } => Grant::TakeDraft,
        // Asked of what it is and whose: see `domain::owning`.
        Act::Take { .. }
        | Act::Offer { .. }
        | Act::AnswerOffer { .. }
        | Act::WithdrawOffer { .. }
        | Act::LeaveTo { .. } => Grant::TakeDraft,
        Act::EnrolKey { .. } | Act::RevokeKey { .. } => Grant::EnrolKey,
        // Whoever may do a thing may agree to it: asked of the entry that waits, see [`second`].
        Act::Countersign { .. }
        | Act::Found { .. }
        | Act::Adopt { .. }
        | Act::SignIn { .. }
        | Act::Looks { .. }
        | Act::RaiseSign { .. } => Grant::Configure,
        Act::Hold { .. } | Act::LiftHold { .. } | Act::Dispose { .. } => Grant::Dispose,
        // Whoever reads and changes nothing gives no copies away.
        Act::Withhold { .. } | Act::GiveCopy { .. } => Grant::Amend,
        // Whoever may take a pack out says for whom.
        Act::Disclose { .. } => Grant::Export,
        Act::AnswerSign { .. } => Grant::AnswerSigns,
        Act::SetSecret { .. } | Act::Unlock { .. } => Grant::Vouch,
        Act::Sign { .. } | Act::Acknowledge { .. } => Grant::Read,
        Act::LookBeyond { .. } => Grant::LookBeyond,
        Act::BeyondSeen { .. } => Grant::Audit,
    }
}

/// What a second person is to agree to.
#[derive(Debug, Clone, Copy)]
pub(super) enum Asked<'a> {
    /// A step of a pathway.
    Step(&'a Step),
    /// An act.
    Act(&'a Act),
}

/// Whether somebody may agree to it, and by whose leave: whoever may do a thing may be the second who wants it done.
pub(super) fn second(
    roles: &Roles,
    viewer: &Viewer,
    asked: Asked<'_>,
    location: Option<CaseId>,
    now: DateTime<Utc>,
) -> Result<Option<CaseId>, Reason> {
    let action = match asked {
        Asked::Step(step) => Action::Record { roles: &step.roles, step: &step.title },
        Asked::Act(act) => Action::Granted(grant_for(act)),
    };
    may_for(roles, viewer, &action, location, now)
}

/// Where a case stands, and the restricted record or case that it belongs to, if any.
pub(super) fn stands(conn: &Connection, case: CaseId) -> rusqlite::Result<(Option<CaseId>, Option<CaseId>)> {
    let found = conn
        .prepare_cached("SELECT location, class FROM cases WHERE id = ?1")?
        .query_row([case.0.as_bytes()], |row| Ok((maybe_id(row, 0)?, maybe_id(row, 1)?)))
        .optional()?;
    Ok(found.unwrap_or_default())
}

/// Whether the viewer may see the case that an entry goes into: nobody writes into what is kept from them.
pub(super) fn sees(conn: &Connection, desk: &Desk, case: CaseId) -> Result<(), AppendError> {
    let (_, class) = stands(conn, case)?;
    if desk.viewer.system || class.is_none() {
        return Ok(());
    }
    match scope::classes_of(conn, &desk.roles, &desk.viewer)?.ask(conn, class)? {
        None => Ok(()),
        Some(whom) => Err(Reason(words::restricted(&whom)).into()),
    }
}

/// Whether the viewer has a grant, and by whose leave.
pub(super) fn granted(
    desk: &Desk,
    grant: Grant,
    location: Option<CaseId>,
    now: DateTime<Utc>,
) -> Result<Option<CaseId>, AppendError> {
    Ok(may_for(&desk.roles, &desk.viewer, &Action::Granted(grant), location, now)?)
}

/// Only the one whose act it is confirms what was typed for them.
pub(super) fn confirm(desk: &Desk, by: Option<CaseId>) -> Result<(), AppendError> {
    if desk.viewer.system || (by.is_some() && by == desk.viewer.staff) {
        return Ok(());
    }
    Err(Reason(words::NOT_THEIRS_TO_CONFIRM.to_owned()).into())
}

/// Whoever signs an entry that nobody had signed is signed in, and may record such a step themselves.
pub(super) fn sign(
    desk: &Desk,
    entry: &NewEntry,
    step: Option<&Step>,
    location: Option<CaseId>,
    now: DateTime<Utc>,
) -> Result<Option<CaseId>, AppendError> {
    if desk.viewer.staff.is_none() || entry.who.by != desk.viewer.staff {
        return Err(Reason(words::NOBODY_SIGNS.to_owned()).into());
    }
    honest(desk, entry)?;
    match step {
        Some(step) => {
            let record = Action::Record { roles: &step.roles, step: &step.title };
            Ok(may_for(&desk.roles, &desk.viewer, &record, location, now)?)
        }
        None => granted(desk, Grant::Read, location, now),
    }
}

/// Whoever acknowledges does so for themselves, and may read what it is about. Nobody's leave stands behind it.
pub(super) fn acknowledge(
    desk: &Desk,
    entry: &NewEntry,
    location: Option<CaseId>,
    now: DateTime<Utc>,
) -> Result<(), AppendError> {
    if desk.viewer.staff.is_none() || entry.who.by != desk.viewer.staff {
        return Err(Reason(words::ONLY_FOR_ONESELF.to_owned()).into());
    }
    honest(desk, entry)?;
    granted(desk, Grant::Read, location, now).map(drop)
}

/// An entry says truly who typed it.
pub(super) fn honest(desk: &Desk, entry: &NewEntry) -> Result<(), AppendError> {
    if desk.viewer.system || entry.who.typed_by == desk.viewer.staff {
        return Ok(());
    }
    Err(Reason(words::NOT_WHO_TYPED.to_owned()).into())
}
