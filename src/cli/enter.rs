//! `dutydesk enter`: the screen for whoever an SSH server let in, as whoever's key it authenticated.
//!
//! Who that is follows from one file that sshd wrote for this session and from the record; no argument and no other
//! variable of the environment has a say. What the server is told is left to [`super::ssh`].

use std::fs::File;
use std::io::Read;
use std::path::PathBuf;

use rustix::fs::{FileType, Mode, OFlags, fstat, open};
use rustix::process::geteuid;

use super::desk;
use super::failure::{Code, Failure};
use crate::domain::act::Act;
use crate::domain::chance::Chance;
use crate::domain::entry::{Batch, Method, NewEntry, Who};
use crate::domain::ids::{CaseId, EntryId};
use crate::domain::keys::{PublicKey, Standing, Whose, authenticated};
use crate::domain::words::cli as words;
use crate::domain::words::keys;
use crate::pathway::edition::Edition;
use crate::runtime::clock;
use crate::runtime::event_loop::Ended;
use crate::runtime::office::{Door, Options, read_ahead, screen};
use crate::runtime::terminal;
use crate::store::{AppendError, Store};

/// Where sshd says which file it wrote, and how the name of such a file begins.
const VARIABLE: &str = "SSH_USER_AUTH";
const FILE: &str = "/tmp/sshauth.";
/// The most of the file that is read.
const MOST: u64 = 8192;

/// Runs the screen until the person leaves, or their key no longer lets them in.
pub(super) fn run(office: Option<PathBuf>, theme: Option<String>) -> Result<Code, Failure> {
    read_ahead(Edition::read_ahead);
    let key = exposed().as_deref().and_then(authenticated);
    let key: PublicKey = key.ok_or_else(|| Failure::refused(words::NO_AUTHENTICATED_KEY))?;
    let fingerprint = key.fingerprint();
    let mut store = desk::open(office)?;
    let standing = store.standing(&fingerprint, clock::now())?;
    if let Some(why) = keys::refused(&standing) {
        return Err(Failure::refused(words::turned_away(&why)));
    }
    let staff = match &standing {
        Standing::Stands(Whose::Staff(staff)) => Some(*staff),
        _ => None,
    };
    if let Some(staff) = staff {
        sign_in(&mut store, staff)?;
    }
    // Wrong PINs are counted for the key: whoever guesses at one terminal locks nobody else's.
    let station = match standing {
        Standing::Stands(Whose::Station(name)) => name,
        _ => fingerprint.to_string(),
    };
    let options = Options { theme, staff, station, door: Some(Door { key: fingerprint, own: staff }) };
    let ended = screen(store, &options).map_err(|error| Failure::cannot_open(format!("{error:#}")))?;
    match ended {
        // There is no practice office behind this door.
        Ended::Practice => {
            terminal::restore();
            Ok(Code::Done)
        }
        Ended::ThrownOut(why) => Err(Failure::refused(keys::thrown_out(&why))),
        _ => Ok(Code::Done),
    }
}

/// What sshd wrote of how this session was authenticated: a file of this account's own, which nobody else reads.
fn exposed() -> Option<String> {
    let named = std::env::var(VARIABLE).ok()?;
    let own = named.strip_prefix(FILE)?;
    if own.is_empty() || !own.chars().all(|c| c.is_ascii_alphanumeric()) {
        return None;
    }
    let file = open(&named, OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::CLOEXEC, Mode::empty()).ok()?;
    let found = fstat(&file).ok()?;
    let is_file = FileType::from_raw_mode(found.st_mode) == FileType::RegularFile;
    let is_ours = found.st_uid == geteuid().as_raw() && found.st_mode & 0o077 == 0;
    let mut text = String::new();
    File::from(file).take(MOST).read_to_string(&mut text).ok()?;
    (is_file && is_ours).then_some(text)
}

/// Puts on record who came in and how. A disk that does not take it keeps nobody out at night: the server has noted
/// the key too.
fn sign_in(store: &mut Store, staff: CaseId) -> Result<(), Failure> {
    let now = clock::now();
    let id = EntryId(clock::SystemChance.uuid());
    let entry = NewEntry::of_act(
        id,
        None,
        Who { by: Some(staff), typed_by: Some(staff), method: Method::Key },
        Act::SignIn { staff },
        now,
    );
    let viewer = store.viewer_for(Some(staff), now)?;
    match store.append(&viewer, Batch { entries: vec![entry], ..Batch::default() }, now) {
        Err(error) if error.passes() || matches!(error, AppendError::ReadOnly(_)) => Ok(()),
        signed => Ok(signed.map(drop)?),
    }
}
