//! Sheets composed from what has been recorded, by meaning: the card for the emergency call handler, the SBARD for the
//! professional, and the guide, which comes from the definitions alone; the pages of warning signs and of audits; the one page
//! of a case, decisions over all cases, what was counted over time.
//!
//! Nothing is composed that is not on record: a line for which there is nothing says so, and what to ask. Reading the
//! records and noting that somebody looked is left to whoever asks for a sheet.

mod audit;
mod card;
mod condition;
mod guide;
mod judged;
mod matrix;
mod over;
mod page;
mod patterns;
mod rates;
mod sbard;
mod sign;
mod tags;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Datelike, Utc};

use crate::domain::answer::{Answer, Answers, When};
use crate::domain::clean;
use crate::domain::entry::Said;
use crate::domain::time::{Zone, display};
use crate::domain::views::{RecordRow, Told};
use crate::domain::words::sheets as words;
use crate::pathway::definition::{Field, Kind, Means, Step};
use crate::pathway::edition::Editions;
use crate::pathway::show;

pub use audit::audit;
pub use card::card;
pub use condition::condition;
pub use guide::{Before, guide, target};
pub use judged::judged;
pub use over::{decisions, trends};
pub use page::page;
pub use patterns::patterns;
pub use rates::rates;
pub use sbard::sbard;
pub use sign::sign;
pub use tags::{TAGS_OF_DAYS, tags};

/// With what a sheet is composed.
#[derive(Clone, Copy)]
pub struct With<'a> {
    /// The definitions, each record on those it was filled in on.
    pub editions: &'a Editions,
    /// The office's zone.
    pub zone: Zone,
    /// Now.
    pub now: DateTime<Utc>,
    /// The office's name.
    pub office: &'a str,
    /// Who reads it out, by name; empty where nobody said who they are.
    pub by: &'a str,
}

/// What is known of a person and a case.
#[derive(Clone, Copy, Default)]
pub struct Known<'a> {
    /// The person, where they have a record.
    pub record: Option<&'a RecordRow>,
    /// Where they are or live, what the case says first.
    pub places: &'a [RecordRow],
    /// What is sealed in the record, as label and words.
    pub sealed: &'a [(String, String)],
    /// The chronology of the case.
    pub told: &'a [Told],
    /// A form that is being filled in, with its answers so far.
    pub typed: Option<(&'a Step, &'a Answers)>,
}

/// Something that was said, ready to be shown.
struct Found {
    label: String,
    words: String,
    at: Option<When>,
    quoted: bool,
    /// It names a place or a person, and is no more than their name.
    named: bool,
}

impl Found {
    fn of(field: &Field, answer: &Answer, at: Option<When>, zone: Zone) -> Option<Self> {
        let words = show::words(field, answer, &zone);
        let named = matches!(answer, Answer::Named(_));
        let found = Self { label: field.label.clone(), words, at, quoted: field.quoted, named };
        Some(found).filter(|found| !found.words.trim().is_empty())
    }

    /// The words, with when that was.
    fn with_time(&self, with: &With<'_>) -> String {
        let said = if self.quoted { words::quoted(&self.words) } else { self.words.clone() };
        match &self.at {
            Some(at) => words::at(&said, &display::short_when(at, with.now, with.zone)),
            None => said,
        }
    }
}

/// What the steps of a case answered in the fields that are picked, the newest first.
fn in_case(told: &[Told], with: &With<'_>, pick: impl Fn(&Field) -> bool) -> Vec<Found> {
    let mut found = Vec::new();
    for told in told.iter().rev() {
        let Some((step, answers)) = of_step(told, with.editions) else { continue };
        let answered = step.fields.iter().filter(|field| !field.sealed && pick(field));
        found.extend(answered.filter_map(|field| {
            let at = show::said_when(step, field, answers, told.occurred);
            Found::of(field, answers.get(&field.id)?, Some(at), with.zone)
        }));
    }
    found
}

/// The same by meaning.
fn meaning(told: &[Told], with: &With<'_>, means: Means) -> Vec<Found> {
    in_case(told, with, |field| field.means == Some(means))
}

/// The step of an entry, as it was filled in, and its answers as they stand.
fn of_step<'a>(told: &'a Told, editions: &'a Editions) -> Option<(&'a Step, &'a Answers)> {
    let Said::Step(said) = &told.entry.said else { return None };
    Some((editions.step(said)?, told.answers.as_ref().unwrap_or(&said.answers)))
}

/// What a record of a register says in the fields that are picked, in the order of its form.
fn on_record(record: &RecordRow, with: &With<'_>, pick: impl Fn(&Field) -> bool) -> Vec<Found> {
    let register = with.editions.current().pathway(&record.register);
    let Some(form) = register.and_then(|register| register.opening()) else { return Vec::new() };
    let asked = form.fields.iter().filter(|field| !field.sealed && pick(field));
    asked.filter_map(|field| Found::of(field, record.answers.get(&field.id)?, None, with.zone)).collect()
}

/// Whether a column of the rows that a commitment was opened in has this meaning.
fn row_means(editions: &Editions, pathway: &str, opened_in: Option<&str>, means: Means) -> bool {
    let step = opened_in.and_then(|opened_in| opened_in.split_once('.'));
    let field = step.and_then(|(step, field)| editions.current().pathway(pathway)?.step(step)?.field(field));
    field.is_some_and(|field| match &field.kind {
        Kind::Rows { columns, .. } => columns.iter().any(|column| column.means == Some(means)),
        _ => field.means == Some(means),
    })
}

/// Name, age, date of birth and NHS number, as far as they are known.
fn who(record: &RecordRow, with: &With<'_>) -> String {
    let born = record.born.map(|born| {
        let today = with.zone.day(with.now);
        let had_birthday = (today.month(), today.day()) >= (born.month(), born.day());
        words::age(today.year() - born.year() - i32::from(!had_birthday), &display::date(born))
    });
    let parts = [Some(record.name.clone()), born, record.more.gender.clone()];
    clean::shown(&parts.into_iter().flatten().collect::<Vec<_>>().join(", ")).into_owned()
}
