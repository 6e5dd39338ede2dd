//! `dutydesk doctor`: how an office stands: versions, files and their modes, settings as they read back, room on the
//! disk, definitions in force and waiting.

use std::path::PathBuf;

use chrono::TimeDelta;

use super::desk;
use super::failure::{Code, Failure};
use super::output;
use crate::domain::clocks::ClockDoubt;
use crate::domain::ids::Seq;
use crate::domain::permission::Viewer;
use crate::domain::rota::Span;
use crate::domain::time::display;
use crate::domain::words::cli as words;
use crate::domain::words::rota as rota_words;
use crate::pathway::edition::Edition;
use crate::runtime::clock;
use crate::settings;
use crate::store::{Health, OfficeDir, Spool, Store};

pub(super) fn run(office: Option<PathBuf>) -> Result<Code, Failure> {
    let store = desk::open(office)?;
    let health = store.health()?;
    let mut lines = vec![
        words::versions(env!("CARGO_PKG_VERSION"), &health.sqlite, &health.source_id),
        words::schema(health.schema),
        words::head(health.head.0, &health.head.1),
    ];
    lines.extend(health.files.iter().map(|(path, mode, wanted)| words::file(path, *mode, *wanted)));
    lines.extend(health.settings.iter().map(|(name, value)| words::pair(name, value)));
    lines.extend(health.counts.iter().map(|(table, rows)| words::pair(table, &rows.to_string())));
    lines.push(store.last_checkpoint().map_or(words::NEVER_SIGNED.to_owned(), |size| {
        words::signed(&store.dir().checkpoint_key(), size, health.head.0.saturating_sub(size))
    }));
    lines.push(backed_up(&store, health.head.0)?);
    lines.push(room(store.dir())?);
    let (definitions, faulty) = definitions(&store)?;
    lines.push(definitions);
    let waiting = Spool::of(store.dir()).waiting();
    if waiting > 0 {
        lines.push(words::waiting(waiting));
    }
    if let Some(why) = &health.read_only {
        lines.push(words::read_only(why));
    }
    let mut faults = loose(&health);
    lines.extend(gaps(&store)?);
    faults.extend(clocks(&store)?);
    faults.extend(faulty);
    lines.extend(faults.iter().cloned());
    output::lines(lines)?;
    Ok(if faults.is_empty() && health.read_only.is_none() && waiting == 0 {
        Code::Done
    } else {
        Code::DoesNotHold
    })
}

/// When a copy was last made, and how much was recorded since.
fn backed_up(store: &Store, entries: Seq) -> Result<String, Failure> {
    let Some(last) = store.last_backup() else { return Ok(words::NEVER_BACKED_UP.to_owned()) };
    let (made, since) = (display::stamp(last.made, store.zone()?), entries.saturating_sub(last.entries));
    Ok(words::backed_up(&made, since, &last.to))
}

fn loose(health: &Health) -> Vec<String> {
    let loose = health.files.iter().filter(|(_, mode, wanted)| mode & !wanted != 0);
    loose.map(|(path, _, wanted)| words::close_file(path, *wanted)).collect()
}

/// A clock that is in doubt, and bank holidays that run out.
fn clocks(store: &Store) -> Result<Vec<String>, Failure> {
    let (now, zone) = (clock::now(), store.zone()?);
    let doubt = store.doubts_clock(now)?.map(|doubt| match doubt {
        ClockDoubt::FromTheFuture(at) => {
            words::from_the_future(&display::short(at, now, zone), &display::clock(now, zone))
        }
        ClockDoubt::Silence(at) => {
            words::long_silence(&display::date(zone.day(at)), &display::date(zone.day(now)))
        }
    });
    let until = store.editions()?.current().calendar.covers_until;
    let ends = until - zone.day(now) <= store.clocks()?.calendar_warn;
    let ends = ends.then(|| words::calendar_ends(&display::date(until), until < zone.day(now)));
    Ok(doubt.into_iter().chain(ends).collect())
}

fn room(dir: &OfficeDir) -> Result<String, Failure> {
    let found = rustix::fs::statvfs(dir.root()).map_err(|error| Failure::cannot_open(error.to_string()))?;
    Ok(words::room(found.f_bavail.saturating_mul(found.f_frsize) / (1024 * 1024)))
}

/// Where nobody is planned within the hours of which the office wants to be warned; nothing where it has no rota.
fn gaps(store: &Store) -> Result<Vec<String>, Failure> {
    let (now, zone) = (clock::now(), store.zone()?);
    let rota = store.rota(&Viewer::system(), now)?;
    let until = now + TimeDelta::hours(rota.roles.warned_hours());
    let at = |at| display::short(at, now, zone);
    let said = |gap: Span| {
        let place = gap.post.1.and_then(|place| rota.places.get(&place)).map_or("", String::as_str);
        let duty = rota_words::duty_at(rota.roles.title(&gap.post.0), place);
        let stands_in = rota.holder(&gap.post.0, gap.post.1, gap.from);
        let stands_in = stands_in.as_ref().map(|held| rota.name(held.staff));
        rota_words::gap_in_full(&duty, &at(gap.from), &at(gap.until), stands_in)
    };
    Ok(rota.gaps(now, until).into_iter().map(said).collect())
}

/// Which definitions are in force, and what is wrong with files that wait: those never come into force as they stand.
fn definitions(store: &Store) -> Result<(String, Vec<String>), Failure> {
    let in_force = store.edition()?.map(|edition| edition.to_string()).unwrap_or_default();
    let files = settings::definitions::files(&store.dir().config())
        .map_err(|error| Failure::cannot_open(error.to_string()))?;
    let waiting = store.differs(&files)?;
    let faults = Edition::read(files).err().filter(|_| waiting).unwrap_or_default();
    let dir = store.dir().config();
    let faults = faults.iter().map(|fault| super::definitions::located(&dir, fault)).collect();
    Ok((words::definitions(&in_force, waiting), faults))
}
