//! Signing in: what is asked of whom, whether a PIN or passphrase is right, setting and unlocking. The same for the screen
//! and for the command line.
//!
//! It runs on a thread of its own, because a hash takes a seventh of a second and the screen waits for nothing. Whoever
//! acts leaves an act in the ledger first, and only then is anything changed beside it: no secret was ever set and nobody
//! was ever let in again without a word in the record.

use chrono::{DateTime, Utc};

use super::desk::Around;
use super::seat::Seat;
use crate::app::Msg;
use crate::app::msg::{Effect, Failure, Setting};
use crate::domain::access::{How, Look};
use crate::domain::act::Act;
use crate::domain::chance::Chance;
use crate::domain::entry::{Batch, Method, NewEntry, Who};
use crate::domain::ids::{CaseId, EntryId};
use crate::domain::permission::{Action, Grant, Reason, Viewer, may};
use crate::domain::secret::{Barred, Challenge, Secret, Verdict};
use crate::domain::words::secret as words;
use crate::store::{Access, OfficeDir, ReadError, Secrets, Store};

/// The checking thread's part.
pub(super) struct Signing {
    pub(super) dir: OfficeDir,
    pub(super) seat: Seat,
    pub(super) around: Around,
}

/// Who sets or unlocks, and when.
pub struct By {
    /// What they may.
    pub viewer: Viewer,
    /// Who, as the act says.
    pub who: Who,
    /// When.
    pub now: DateTime<Utc>,
}

impl Signing {
    pub(super) fn answer(&mut self, asked: Effect) -> Option<Msg> {
        match asked {
            Effect::EndShifts => self.end_shifts(),
            Effect::NoteSigns => self.note_signs(),
            Effect::CheckSecret { request, staff, secret } => {
                let checked = try_secret(&self.dir, &self.around.station, staff, &secret, self.now());
                if matches!(checked, Ok(Verdict::Right { .. })) {
                    self.seat.prove(staff);
                }
                Some(Msg::SecretChecked(request, checked))
            }
            Effect::SetSecret(request, setting) => Some(Msg::SecretSet(request, self.set(&setting))),
            Effect::Unlock(entry, barred) => Some(Msg::Unlocked(self.unlock(entry, &barred))),
            _ => None,
        }
    }

    /// Writes down to whom what nobody took has passed. Here, because neither the words that are being typed nor what is
    /// read may wait for a ledger that somebody else holds.
    fn end_shifts(&self) -> Option<Msg> {
        let ended = self
            .store()
            .and_then(|mut store| store.end_shifts(self.now()).map_err(|error| error.to_string()));
        match ended {
            Ok(0) => None,
            Ok(_) => Some(Msg::Told(Ok(crate::domain::words::handover::SHIFT_ENDED.to_owned()))),
            Err(why) => Some(Msg::Told(Err(why))),
        }
    }

    /// Puts the warning signs on record that stand. A ledger that can only be read keeps nobody from looking at it: whoever
    /// may write notes them.
    fn note_signs(&self) -> Option<Msg> {
        let mut store = self.store().ok().filter(|store| store.read_only().is_none())?;
        match store.note_signs(self.now()) {
            Ok(_) => None,
            // Whoever notices next tries again.
            Err(why) if why.passes() => None,
            Err(why) => Some(Msg::Told(Err(why.to_string()))),
        }
    }

    fn now(&self) -> DateTime<Utc> {
        (self.around.now)()
    }

    fn store(&self) -> Result<Store, Failure> {
        Store::open(&self.dir, (self.around.chance)()).map_err(|error| error.to_string())
    }

    fn by(&self, store: &Store, staff: CaseId, method: Method) -> Result<By, Failure> {
        let now = self.now();
        let viewer = store.viewer_for(Some(staff), now).map_err(|error| error.to_string())?;
        let who = Who { by: Some(staff), typed_by: Some(staff), method };
        Ok(By { viewer, who, now })
    }

    /// Sets a secret, where whoever is here may.
    fn set(&mut self, setting: &Setting) -> Result<(), Failure> {
        let mut store = self.store()?;
        let Setting { entry, staff, old, new, chosen } = setting;
        let held = held(&self.dir, *staff)?;
        let (by, method, temporary) = match self.seat.looks_by() {
            // Whoever has just shown that it is them, and now puts their own in place of one that was given to them.
            _ if self.seat.is_proved(*staff) => (*staff, Method::Pin, false),
            Some((sits, method)) if sits == *staff => {
                if let (Some(_), Some(old)) = (&held, old) {
                    match try_secret(&self.dir, &self.around.station, *staff, old, self.now())? {
                        Verdict::Right { .. } => {}
                        other => return Err(words::verdict(&other, self.now())),
                    }
                } else if held.is_some() {
                    return Err(words::OLD_FIRST.to_owned());
                }
                (*staff, method, false)
            }
            Some((sits, method)) => (sits, method, !chosen),
            None if held.is_none() && begins(&store, *staff, self.now())? => {
                (*staff, Method::Asserted, false)
            }
            None => return Err(words::ASK_SOMEBODY.to_owned()),
        };
        let by = self.by(&store, by, method)?;
        let mut chance = (self.around.chance)();
        give(&mut store, chance.as_mut(), &by, *entry, *staff, new, temporary)?;
        if !temporary {
            self.seat.prove(*staff);
        }
        Ok(())
    }

    fn unlock(&mut self, entry: EntryId, barred: &Barred) -> Result<String, Failure> {
        let Some((sits, method)) = self.seat.looks_by() else { return Err(words::ASK_SOMEBODY.to_owned()) };
        let mut store = self.store()?;
        let by = self.by(&store, sits, method)?;
        let_in(&mut store, &by, entry, barred)?;
        Ok(words::LET_IN.to_owned())
    }
}

/// Whether a secret is somebody's; a wrong one is counted and noted in the access log.
///
/// # Errors
/// It could not be looked at, or a wrong one could not be noted.
pub fn try_secret(
    dir: &OfficeDir,
    station: &str,
    staff: CaseId,
    secret: &Secret,
    now: DateTime<Utc>,
) -> Result<Verdict, Failure> {
    let mut secrets = Secrets::open(dir).map_err(|error| error.to_string())?;
    let verdict = secrets.check(staff, station, secret, now).map_err(|error| error.to_string())?;
    if matches!(verdict, Verdict::Wrong { .. }) {
        let missed =
            Look { staff: None, subject: staff, case: None, how: How::Missed, detail: None, at: now };
        let noted = Access::open(dir)
            .map_err(|error| error.to_string())
            .and_then(|mut log| log.record(&[missed]).map_err(|error| error.to_string()));
        noted.map_err(|why| words::miss_not_noted(&why))?;
    }
    Ok(verdict)
}

/// Sets somebody's secret: the act first, then the secret.
///
/// # Errors
/// It may not be chosen, is one's own from before, or could not be recorded or kept.
pub fn give(
    store: &mut Store,
    chance: &mut dyn Chance,
    by: &By,
    entry: EntryId,
    staff: CaseId,
    secret: &Secret,
    temporary: bool,
) -> Result<(), Failure> {
    secret.may_be_chosen()?;
    let dir = store.dir().clone();
    let mut secrets = Secrets::open(&dir).map_err(|error| error.to_string())?;
    // Of somebody else's it is said to nobody: it would tell whoever guesses, and count no guess.
    let own = by.who.by == Some(staff);
    if own && secrets.is_the_same(staff, secret).unwrap_or(false) {
        return Err(words::THE_SAME.to_owned());
    }
    act(store, by, entry, Act::SetSecret { staff, what: secret.kind() })?;
    secrets.put(staff, secret, temporary, chance, by.now).map_err(|error| error.to_string())
}

/// Lets a person or a station try again: the act first, then the count.
///
/// # Errors
/// Whoever it is may not, or it could not be recorded or kept.
pub fn let_in(store: &mut Store, by: &By, entry: EntryId, barred: &Barred) -> Result<(), Failure> {
    let (staff, station) = match barred {
        Barred::Staff(staff) => (Some(*staff), None),
        Barred::Station(station) => (None, Some(station.clone())),
    };
    let dir = store.dir().clone();
    act(store, by, entry, Act::Unlock { staff, station })?;
    let mut secrets = Secrets::open(&dir).map_err(|error| error.to_string())?;
    secrets.unlock(barred).map_err(|error| error.to_string())
}

fn act(store: &mut Store, by: &By, id: EntryId, act: Act) -> Result<(), Failure> {
    let entry = NewEntry::of_act(id, None, by.who, act, by.now);
    let batch = Batch { entries: vec![entry], ..Batch::default() };
    store.append(&by.viewer, batch, by.now).map(drop).map_err(|error| error.to_string())
}

fn held(dir: &OfficeDir, staff: CaseId) -> Result<Option<crate::domain::secret::Held>, Failure> {
    let secrets = Secrets::open_if_any(dir).map_err(|error| error.to_string())?;
    secrets.map_or(Ok(None), |secrets| secrets.of(staff)).map_err(|error| error.to_string())
}

/// Whether the name of the operating system's account is enough for somebody to sit down: where no secret is asked of
/// them. Where that cannot be read, it is not.
pub(super) fn by_account(store: &Store, everybody: bool, staff: CaseId) -> bool {
    !everybody && matches!(held(store.dir(), staff), Ok(None))
}

/// Whether somebody may choose their first secret with nobody to stand by them: they may vouch for others themselves, and
/// nobody who may has one yet.
pub(super) fn begins(store: &Store, staff: CaseId, now: DateTime<Utc>) -> Result<bool, Failure> {
    let begins = || -> Result<bool, ReadError> {
        let secrets =
            Secrets::open_if_any(store.dir()).map_err(|error| ReadError::Failed(error.to_string()))?;
        let holders = secrets.map_or(Ok(Vec::new()), |secrets| secrets.holders())?;
        if vouches(store, Some(staff), now)?.is_err() {
            return Ok(false);
        }
        for holder in holders {
            if vouches(store, Some(holder), now)?.is_ok() {
                return Ok(false);
            }
        }
        Ok(true)
    };
    begins().map_err(|error| error.to_string())
}

/// Whether somebody may vouch for others, and if not, who may.
pub(super) fn vouches(
    store: &Store,
    staff: Option<CaseId>,
    now: DateTime<Utc>,
) -> Result<Result<(), Reason>, ReadError> {
    let (viewer, roles) = (store.viewer_for(staff, now)?, store.roles()?);
    Ok(may(&roles, &viewer, &Action::Granted(Grant::Vouch), None))
}

/// What is asked of somebody who says who they are, at a desk where `sits` is signed in.
pub(super) fn challenge(
    store: &Store,
    everybody: bool,
    sits: Option<CaseId>,
    staff: CaseId,
    now: DateTime<Utc>,
) -> Result<Challenge, Failure> {
    if let Some(held) = held(store.dir(), staff)? {
        return Ok(Challenge::Secret(held.kind));
    }
    if !everybody {
        return Ok(Challenge::Nothing);
    }
    let says = |error: ReadError| error.to_string();
    let stands_by = match sits.filter(|sits| *sits != staff) {
        Some(sits) => vouches(store, Some(sits), now).map_err(says)?.is_ok(),
        None => false,
    };
    if stands_by || begins(store, staff, now)? {
        return Ok(Challenge::Choose);
    }
    let who = vouches(store, None, now).map_err(says)?.err().map(|reason| reason.0).unwrap_or_default();
    Ok(Challenge::Refused(words::needs_one(&who)))
}

/// How it is known that somebody is who they say, where that is enough for them to sit down.
pub(super) fn admitted(
    store: &Store,
    seat: &Seat,
    everybody: bool,
    staff: CaseId,
    now: DateTime<Utc>,
) -> Result<Method, ReadError> {
    if seat.is_proved(staff) {
        return Ok(Method::Pin);
    }
    // Whoever sits here already is asked for nothing again.
    if let Some((_, method)) = seat.looks_by().filter(|(sits, _)| *sits == staff) {
        return Ok(method);
    }
    let asked = held(store.dir(), staff).map_err(ReadError::Failed)?.is_some()
        || (everybody && !begins(store, staff, now).map_err(ReadError::Failed)?);
    if asked { Err(Reason(words::NOT_BY_NAME.to_owned()).into()) } else { Ok(Method::Asserted) }
}
