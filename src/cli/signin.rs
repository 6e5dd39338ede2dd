//! `dutydesk signin`: PINs and passphrases without a screen: who has one, setting, unlocking, and the way back in when
//! everybody is locked out.
//!
//! Whoever can run this on an office owns its files: that account of the operating system is the boundary here, as with
//! every command. So a name given with `--as` is recorded as said and not shown, and no secret is asked for it; who
//! changes their own is asked for the one they have, as on screen.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::arguments::{Signin, SigninOf};
use super::desk;
use super::failure::{Code, Failure};
use super::{output, prompt};
use crate::domain::chance::Chance;
use crate::domain::entry::{Method, Who};
use crate::domain::ids::{CaseId, EntryId};
use crate::domain::permission::Viewer;
use crate::domain::secret::{Barred, Verdict};
use crate::domain::time::display;
use crate::domain::views::RecordRow;
use crate::domain::words::{cli as words, secret as said};
use crate::runtime::clock::{self, SystemChance};
use crate::runtime::signing::{self, By};
use crate::settings;
use crate::store::{Secrets, Store};

pub(super) fn run(office: Option<PathBuf>, asked: &Signin) -> Result<Code, Failure> {
    let mut store = desk::open(office)?;
    match asked {
        Signin::Status { json } => return status(&store, *json),
        Signin::Set(SigninOf { staff, by }) => set(&mut store, staff, by.as_deref())?,
        Signin::Unlock { staff, station, by } => {
            unlock(&mut store, staff.as_deref(), station.as_deref(), by.as_deref())?;
        }
        Signin::Recover { staff } => recover(&mut store, staff)?,
    }
    Ok(Code::Done)
}

/// Sets one's own, or gives somebody one that they replace at their next sign-in.
fn set(store: &mut Store, staff: &str, by: Option<&str>) -> Result<(), Failure> {
    let row = desk::staff_named(store, staff)?;
    let by = typist(store, by)?;
    let own = by.who.by == Some(row.id);
    let held = Secrets::open(store.dir())?.of(row.id)?;
    if own && held.is_some() {
        let old = prompt::secret(words::ASKS_OLD)?;
        let station = settings::office::station();
        match signing::try_secret(store.dir(), &station, row.id, &old, by.now).map_err(Failure::refused)? {
            Verdict::Right { .. } => {}
            other => return Err(Failure::refused(said::verdict(&other, by.now))),
        }
    }
    give(store, &by, row.id, !own)?;
    output::lines([if own { said::SET.to_owned() } else { said::given(&row.name) }])
}

fn give(store: &mut Store, by: &By, staff: CaseId, temporary: bool) -> Result<(), Failure> {
    let new = prompt::new_secret()?;
    let id = EntryId(SystemChance.uuid());
    signing::give(store, &mut SystemChance, by, id, staff, &new, temporary).map_err(Failure::refused)
}

fn unlock(
    store: &mut Store,
    staff: Option<&str>,
    station: Option<&str>,
    by: Option<&str>,
) -> Result<(), Failure> {
    let barred = match (staff, station) {
        (Some(staff), _) => Barred::Staff(desk::staff_named(store, staff)?.id),
        (None, Some(station)) => Barred::Station(station.to_owned()),
        (None, None) => return Err(Failure::usage(words::UNLOCK_WHAT)),
    };
    let by = typist(store, by)?;
    signing::let_in(store, &by, EntryId(SystemChance.uuid()), &barred).map_err(Failure::refused)?;
    output::lines([said::LET_IN])
}

/// Where nobody can sign in any more: whoever owns the office's files gives somebody a new secret, and unlocks that person
/// and every station. It stands in the record as the act of no member of staff.
fn recover(store: &mut Store, staff: &str) -> Result<(), Failure> {
    let row = desk::staff_named(store, staff)?;
    let who = Who { by: None, typed_by: None, method: Method::Account };
    let by = By { viewer: Viewer::system(), who, now: clock::now() };
    give(store, &by, row.id, true)?;
    for barred in Secrets::open(store.dir())?.barred()? {
        if matches!(barred, Barred::Station(_)) {
            let id = EntryId(SystemChance.uuid());
            signing::let_in(store, &by, id, &barred).map_err(Failure::refused)?;
        }
    }
    output::lines([words::recovered(&row.name)])
}

fn typist(store: &Store, said: Option<&str>) -> Result<By, Failure> {
    let (by, method) = desk::doer(store, said)?;
    let now = clock::now();
    Ok(By { viewer: store.viewer_for(by, now)?, who: Who { by, typed_by: by, method }, now })
}

/// Who has one and what is locked; never a secret, nor anything made from one.
fn status(store: &Store, as_json: bool) -> Result<Code, Failure> {
    let (staff, zone) = (store.staff()?, store.zone()?);
    let secrets = Secrets::open_if_any(store.dir())?;
    let barred = secrets.as_ref().map_or(Ok(Vec::new()), Secrets::barred)?;
    let held = |row: &RecordRow| secrets.as_ref().map_or(Ok(None), |secrets| secrets.of(row.id));
    let mut rows = Vec::new();
    for row in &staff {
        let held = held(row)?;
        rows.push((row, held, barred.contains(&Barred::Staff(row.id))));
    }
    let stations = barred.iter().filter_map(|barred| match barred {
        Barred::Station(station) => Some(station),
        Barred::Staff(_) => None,
    });
    if as_json {
        let staff: Vec<Value> = rows
            .iter()
            .map(|(row, held, locked)| {
                json!({
                    "id": row.id,
                    "name": row.name,
                    "has": held.map(|held| held.kind.word()),
                    "temporary": held.is_some_and(|held| held.temporary),
                    "since": held.map(|held| held.set_at),
                    "locked": locked,
                })
            })
            .collect();
        output::json(&json!({ "staff": staff, "locked_stations": stations.collect::<Vec<_>>() }))?;
        return Ok(Code::Done);
    }
    let line = |(row, held, locked): &(&RecordRow, Option<crate::domain::secret::Held>, bool)| {
        let since = held.map(|held| display::date(zone.day(held.set_at)));
        let kind = held.map(|held| (held.kind, held.temporary));
        words::sign_in_of(&row.name, kind, since.as_deref(), *locked)
    };
    let lines = rows.iter().map(line).chain(stations.map(|station| words::locked_station(station)));
    output::lines(lines)?;
    Ok(Code::Done)
}
