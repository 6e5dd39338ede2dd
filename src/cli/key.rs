//! `dutydesk key`: SSH keys enrolled, listed and taken back, under the rules of the record.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::arguments::{Enrol, Key, Looking, Revoke};
use super::failure::{Code, Failure};
use super::{desk, output, table};
use crate::domain::act::Act;
use crate::domain::chance::Chance;
use crate::domain::clean::Clean;
use crate::domain::entry::{Batch, NewEntry, Receipt, Who};
use crate::domain::ids::EntryId;
use crate::domain::keys::{Fingerprint, KeyRow, PublicKey, Standing};
use crate::domain::permission::Viewer;
use crate::domain::time::display;
use crate::domain::words::cli as words;
use crate::domain::words::keys;
use crate::runtime::clock;
use crate::store::Store;

/// The most of a file that is read: a key is far shorter.
const MOST: u64 = 4096;

pub(super) fn run(office: Option<PathBuf>, command: &Key) -> Result<Code, Failure> {
    match command {
        Key::Enrol(asked) => enrol(office, asked),
        Key::List(looking) => list(office, looking),
        Key::Revoke(asked) => revoke(office, asked),
    }
}

fn enrol(office: Option<PathBuf>, asked: &Enrol) -> Result<Code, Failure> {
    let mut store = desk::open(office)?;
    let key = read(&asked.key)?;
    let staff = asked.staff.as_deref().map(|said| desk::staff_named(&store, said)).transpose()?;
    let label = asked.station.as_ref().or(asked.label.as_ref());
    let fingerprint = key.fingerprint();
    let act = Act::EnrolKey {
        staff: staff.map(|row| row.id),
        fingerprint: fingerprint.clone(),
        key,
        label: label.map(|label| Clean::line(label).into_string()).unwrap_or_default(),
        until: asked.until,
    };
    let receipt = append(
        &mut store,
        asked.typed_by.as_deref(),
        asked.alone.as_deref().map(|why| Clean::notes(why).into_string()),
        act,
    )?;
    let waits = store.standing(&fingerprint, clock::now())? == Standing::Waits;
    output::lines([words::key_enrolled(&fingerprint.to_string(), &receipt.head, waits)])?;
    Ok(Code::Done)
}

fn revoke(office: Option<PathBuf>, asked: &Revoke) -> Result<Code, Failure> {
    let mut store = desk::open(office)?;
    let fingerprint: Fingerprint = asked
        .fingerprint
        .parse()
        .map_err(|_| Failure::usage(words::not_a_fingerprint(&asked.fingerprint)))?;
    let all = store.keys(&Viewer::system())?;
    let row = all.iter().find(|row| row.fingerprint == fingerprint);
    let row = row.ok_or_else(|| Failure::usage(words::no_such_key(&asked.fingerprint)))?;
    let reason = Clean::notes(&asked.reason).into_string();
    let act = Act::RevokeKey { staff: row.staff, fingerprint, reason };
    let receipt = append(&mut store, asked.typed_by.as_deref(), None, act)?;
    output::lines([words::key_revoked(&asked.fingerprint, &receipt.head)])?;
    Ok(Code::Done)
}

fn list(office: Option<PathBuf>, looking: &Looking) -> Result<Code, Failure> {
    let desk = desk::look(office, looking)?;
    let rows = desk.store.keys(&desk.viewer)?;
    if looking.json {
        output::json(&rows)?;
        return Ok(Code::Done);
    }
    let today = desk.zone.day(desk.now);
    let cells = |row: &KeyRow| {
        let whose = if row.staff.is_none() { words::STATION.to_owned() } else { row.name.clone() };
        vec![
            whose,
            row.label.clone(),
            row.until.map_or_else(|| words::NO_LAST_DAY.to_owned(), display::date),
            keys::stands(&row.standing(today)).to_owned(),
            display::date(desk.zone.day(row.enrolled_at)),
            row.fingerprint.to_string(),
        ]
    };
    output::lines(table::lines(
        &words::HEADS_KEYS,
        &rows.iter().map(cells).collect::<Vec<_>>(),
        output::width(),
    ))?;
    Ok(Code::Done)
}

/// The first line of a file, which may end with its line end and no more.
fn read(from: &Path) -> Result<PublicKey, Failure> {
    let mut text = String::new();
    let read = if from == Path::new("-") {
        std::io::stdin().lock().take(MOST).read_to_string(&mut text)
    } else {
        File::open(from).and_then(|file| file.take(MOST).read_to_string(&mut text))
    };
    let failed = |why: &dyn std::fmt::Display| Failure::usage(words::unreadable_key(from, &why.to_string()));
    read.map_err(|error| failed(&error))?;
    let line = text.strip_suffix('\n').map_or(text.as_str(), |line| line.strip_suffix('\r').unwrap_or(line));
    line.parse().map_err(|error| failed(&error))
}

fn append(
    store: &mut Store,
    typed_by: Option<&str>,
    alone: Option<String>,
    act: Act,
) -> Result<Receipt, Failure> {
    let (staff, method) = desk::typist(store, typed_by)?;
    let (id, now) = (EntryId(clock::SystemChance.uuid()), clock::now());
    let entry = NewEntry::of_act(id, None, Who { by: staff, typed_by: staff, method }, act, now);
    let viewer = store.viewer_for(staff, now)?;
    Ok(store.append(&viewer, Batch { entries: vec![entry], alone, ..Batch::default() }, now)?)
}
