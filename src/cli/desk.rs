//! The desk a command works at: which office, who looks, who types, and the clock.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};

use super::arguments::Looking;
use super::failure::Failure;
use super::output;
use crate::domain::access::{How, Look, NOBODYS};
use crate::domain::clocks::Clocks;
use crate::domain::entry::Method;
use crate::domain::ids::CaseId;
use crate::domain::names;
use crate::domain::permission::Viewer;
use crate::domain::time::{Lean, Understood, UnderstoodDate, Zone, understand_date, understand_time};
use crate::domain::views::RecordRow;
use crate::domain::words::cli as words;
use crate::pathway::nearest;
use crate::runtime::clock;
use crate::settings;
use crate::store::{Access, OfficeDir, Store};

/// An open office and who is at it.
pub(super) struct Desk {
    pub store: Store,
    pub viewer: Viewer,
    pub zone: Zone,
    pub now: DateTime<Utc>,
    /// From when what is owed counts as due soon and long late.
    pub clocks: Arc<Clocks>,
}

impl Desk {
    /// That something was refused is itself on record: what, and about whom where that is known.
    pub fn refused(&self, what: &str, about: Option<CaseId>) -> Result<(), Failure> {
        refused(&self.store, self.viewer.staff, what, about, self.now)
    }
}

/// The same before there is a desk.
pub(super) fn refused(
    store: &Store,
    staff: Option<CaseId>,
    what: &str,
    about: Option<CaseId>,
    at: DateTime<Utc>,
) -> Result<(), Failure> {
    let (subject, detail) = (about.unwrap_or(NOBODYS), Some(what.to_owned()));
    let look = Look { staff, subject, case: None, how: How::Refused, detail, at };
    Ok(Access::open(store.dir())?.record(&[look])?)
}

/// That a pathway of this id is in force; else which are.
pub(super) fn is_pathway(desk: &Desk, id: &str) -> Result<(), Failure> {
    let editions = desk.store.editions()?;
    if editions.current().pathway(id).is_some() {
        return Ok(());
    }
    let known: Vec<&str> = editions.current().pathways.keys().map(String::as_str).collect();
    Err(Failure::usage(words::no_such_pathway(id, nearest(id, known.iter().copied()), &known)))
}

/// A time as it was typed: an instant in RFC 3339, or as a person writes it.
pub(super) fn time(
    typed: &str,
    now: DateTime<Utc>,
    zone: Zone,
    lean: Lean,
) -> Result<DateTime<Utc>, Failure> {
    if let Ok(at) = DateTime::parse_from_rfc3339(typed) {
        return Ok(at.with_timezone(&Utc));
    }
    match understand_time(typed, now, zone, lean) {
        Understood::One(when) => Ok(when.at),
        _ => Err(Failure::usage(words::not_a_time(typed))),
    }
}

/// A day as it was typed: in ISO, also where it is still to come; otherwise as a person writes it who looks back, with its
/// year, counted from today, or the last one of that name.
pub(super) fn day(desk: &Desk, typed: &str) -> Result<NaiveDate, Failure> {
    if let Ok(day) = typed.parse() {
        return Ok(day);
    }
    let hint = match understand_date(typed, desk.zone.day(desk.now)) {
        UnderstoodDate::One(day) => return Ok(day),
        UnderstoodDate::Not { hint, .. } => hint,
    };
    match understand_time(typed, desk.now, desk.zone, Lean::Past) {
        Understood::One(when) => Ok(desk.zone.day(when.at)),
        _ => Err(Failure::usage(words::no_time(typed, &hint))),
    }
}

/// Which office: the one named, otherwise the one of the environment, otherwise the one under the home directory.
pub(super) fn office_dir(office: Option<PathBuf>) -> Result<OfficeDir, Failure> {
    settings::office::directory(office, None).map(at).map_err(|error| Failure::cannot_open(error.to_string()))
}

/// The office in this directory, with the place for what its disk does not take.
pub(super) fn at(directory: PathBuf) -> OfficeDir {
    let second =
        settings::office::second_place(&directory, std::env::var_os(settings::office::SECOND_VARIABLE));
    OfficeDir::at(directory).with_second_place(second)
}

/// Opens an office.
pub(super) fn open(office: Option<PathBuf>) -> Result<Store, Failure> {
    let dir = office_dir(office)?;
    let mut progress = output::counting(words::derived_anew);
    Ok(Store::open_saying(&dir, Box::new(clock::SystemChance), &mut *progress)?)
}

/// Opens an office for somebody who looks. Where the office has staff, it must be said who that is.
pub(super) fn look(office: Option<PathBuf>, looking: &Looking) -> Result<Desk, Failure> {
    let store = open(office)?;
    let staff = match &looking.staff {
        Some(said) => Some(staff_named(&store, said)?.id),
        None => account(&store)?,
    };
    if staff.is_none() && store.office()?.staff > 0 {
        return Err(Failure::usage(words::who_is_looking(&listed(&store)?)));
    }
    let (zone, now) = (store.zone()?, clock::now());
    let viewer = store.viewer_for(staff, now)?;
    let clocks = store.clocks()?;
    Ok(Desk { store, viewer, zone, now, clocks })
}

/// The member of staff whose code on the staff list is the operating system's account, if one has it.
pub(super) fn account(store: &Store) -> Result<Option<CaseId>, Failure> {
    let Ok(account) = std::env::var("USER").or_else(|_| std::env::var("LOGNAME")) else { return Ok(None) };
    Ok(store.staff_by_account(&account)?)
}

/// Who types: said outright, or known by the account.
pub(super) fn typist(store: &Store, said: Option<&str>) -> Result<(Option<CaseId>, Method), Failure> {
    at_the_keys(store, said, words::who_is_typing)
}

/// Who does it, where it is typed for nobody else: said outright, or known by the account.
pub(super) fn doer(store: &Store, said: Option<&str>) -> Result<(Option<CaseId>, Method), Failure> {
    at_the_keys(store, said, words::who_does_it)
}

fn at_the_keys(
    store: &Store,
    said: Option<&str>,
    asks: fn(&[String]) -> String,
) -> Result<(Option<CaseId>, Method), Failure> {
    match said {
        Some(said) => Ok((Some(staff_named(store, said)?.id), Method::Asserted)),
        None => match account(store)? {
            Some(id) => Ok((Some(id), Method::Account)),
            None if store.office()?.staff == 0 => Ok((None, Method::Asserted)),
            None => Err(Failure::usage(asks(&listed(store)?))),
        },
    }
}

/// A member of staff by name or id; the candidates where it could be several.
pub(super) fn staff_named(store: &Store, said: &str) -> Result<RecordRow, Failure> {
    let all = store.staff()?;
    let found = meant(&all, said);
    match found.as_slice() {
        [one] => Ok((*one).clone()),
        [] => Err(Failure::usage(words::not_on_staff_list(said, &listed(store)?))),
        several => Err(Failure::usage(words::which_staff(said, &names_of(several.iter().copied())))),
    }
}

/// The rows that a name can mean: those of exactly that name if there are any, otherwise those whose names begin with
/// its words.
pub(super) fn meant<'a>(rows: &'a [RecordRow], said: &str) -> Vec<&'a RecordRow> {
    if let Some(row) = rows.iter().find(|row| row.id.to_string() == said.trim()) {
        return vec![row];
    }
    let typed = words_of(said);
    if typed.is_empty() {
        return Vec::new();
    }
    let has = |row: &RecordRow, same: &dyn Fn(&str, &str) -> bool| {
        let own = words_of(&row.name);
        typed.iter().all(|word| own.iter().any(|part| same(part, word)))
    };
    let exact: Vec<&RecordRow> = rows
        .iter()
        .filter(|row| words_of(&row.name).len() == typed.len() && has(row, &|part, word| part == word))
        .collect();
    if !exact.is_empty() {
        return exact;
    }
    rows.iter().filter(|row| has(row, &|part, word| part.starts_with(word))).collect()
}

fn words_of(name: &str) -> Vec<String> {
    let folded = names::fold(name);
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn listed(store: &Store) -> Result<Vec<String>, Failure> {
    Ok(names_of(store.staff()?.iter()))
}

fn names_of<'a>(rows: impl Iterator<Item = &'a RecordRow>) -> Vec<String> {
    rows.map(|row| row.name.clone()).collect()
}
