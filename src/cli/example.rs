//! `dutydesk example`: an office full of made-up people and calls, marked TRAINING.
//!
//! The same seed and time make the same office, to the last hash. Everything goes through the same form and the
//! same ledger as a real call; only the clock is pretended. Who and what stands in `config/example/`.

mod aside;
mod audit;
mod days;
mod draws;
mod long_ago;
mod population;
mod rota;
mod telling;
mod writing;

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use chrono::TimeDelta;

use super::arguments::Example;
use super::failure::{Code, Failure};
use super::{desk, output};
use crate::domain::chance::Seeded;
use crate::domain::time::{Lean, Zone};
use crate::domain::words::cli as words;
use crate::pathway::edition::Edition;
use crate::runtime::clock;
use crate::settings::example;
use crate::store::{Founding, OfficeDir, Store};

/// People of an office: some for every call, within these bounds, so that there are regulars.
const PEOPLE: (u64, u64) = (40, 4000);
/// How long before the first call everybody is registered.
const BEFORE: TimeDelta = TimeDelta::hours(2);

pub(super) fn run(asked: &Example) -> Result<Code, Failure> {
    let (calls, entries, head) = make(asked)?;
    output::lines([words::example_made(&asked.dir, calls, entries, &head)])?;
    Ok(Code::Done)
}

/// Makes the office; answers with its calls, entries and head.
pub(super) fn make(asked: &Example) -> Result<(u64, u64, String), Failure> {
    let office = example::office();
    let zone = Zone::parse(&office.zone).map_err(|error| Failure::usage(error.to_string()))?;
    let now = match &asked.now {
        Some(typed) => desk::time(typed, clock::now(), zone, Lean::Past)?,
        None => clock::now(),
    };
    refuse_what_is_there(&asked.dir)?;
    let days = days::Days::new(asked.cases, now, zone);
    let stories = example::stories();
    // Everybody is there before the first call, and before the oldest of what is told.
    let oldest = stories.story.iter().filter_map(|story| story.ago.as_ref()).map(|ago| *ago.0.end()).max();
    let oldest = now - TimeDelta::minutes(i64::from(oldest.unwrap_or(0)));
    let begin = days.begin().min(oldest) - BEFORE;
    let founding =
        Founding { office: office.office.clone(), zone, training: true, files: Edition::built_in_files() };
    let chance = Box::new(Seeded::new(asked.seed));
    let unusable =
        |error: io::Error| Failure::usage(words::cannot_use_directory(&asked.dir, &error.to_string()));
    let aside = aside::Aside::inside(&asked.dir).map_err(unusable)?;
    let founded = long_ago::first(&office.long_ago, now).map_or(begin, |first| begin.min(first - BEFORE));
    let store = Store::create(&OfficeDir::at(aside.path()), founding, chance, founded)?.telling();
    let edition = Edition::built_in();
    let mut draws = draws::Draws::new(asked.seed);
    let mut writing = writing::Writing::new(store);
    let mut desk = writing::Desk { edition: &edition, zone, names: BTreeMap::new() };
    long_ago::tell(&office.long_ago, now, &draws, &desk, &mut writing)?;
    let people = (asked.cases / 6).clamp(PEOPLE.0, PEOPLE.1);
    let population = population::register(&office, people, begin, &mut draws, &mut desk, &mut writing)?;
    let urgent = edition.pathways.values().find(|pathway| pathway.urgent);
    let teller = telling::Teller {
        stories: &stories.story,
        endings: &stories.ending,
        shifts: &office.shifts,
        population: &population,
        desk: &desk,
        urgent: urgent.expect("the definitions that come with the program have an urgent pathway"),
        now,
    };
    let calls = telling::tell(&teller, days, &mut draws, &mut writing)?;
    rota::plan(&office, &population, now, &mut draws, &desk, &mut writing)?;
    teller.matters(&office.matter, &mut draws, &mut writing)?;
    let mut store = writing.finish()?;
    audit::audit(&mut store, now)?;
    let (entries, head) = store.health()?.head;
    drop(store);
    aside.settle().map_err(|error| {
        Failure::cannot_write(words::cannot_use_directory(&asked.dir, &error.to_string()))
    })?;
    Ok((calls, entries, head))
}

/// An example is never mixed into something that is there already.
fn refuse_what_is_there(dir: &Path) -> Result<(), Failure> {
    match aside::is_taken(dir) {
        Ok(false) => Ok(()),
        Ok(true) => Err(Failure::usage(words::not_empty(dir))),
        Err(error) => Err(Failure::usage(words::cannot_use_directory(dir, &error.to_string()))),
    }
}
