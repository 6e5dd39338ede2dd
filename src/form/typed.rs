//! Typed text to answers and back: what every kind of field is called in plain text.
//!
//! A draft keeps text by path and nothing else, and a script hands in the same text ([`from_json`]). A field at
//! path `p` keeps:
//!
//! | kind | text |
//! |---|---|
//! | text, notes | the words at `p` |
//! | number | its digits at `p`, with its unit behind them where somebody types it |
//! | choice, choices | ids (or labels) at `p`, several with a comma between them |
//! | yes/no | `yes` or `no` at `p`, why at `p.why` |
//! | date, time | as typed at `p`; when it was typed at `p.typed`, since "-20m" counts from then; the instant at `p.exact`, where it was offered and has seconds |
//! | by when | as a time, or `none` with why at `p.why` |
//! | record | the words at `p`, the record's id or `new` at `p.id` |
//! | checklist | each answer at `p.ITEM`, with `.note` and `.expires` |
//! | rows | each cell at `p.0.COLUMN`, `p.1.COLUMN` ... |
//! | tree | each branch at `p.NODE` |
//! | score | each part at `p.PART`, as points or as measured; the total they gave at `p.said` |
//! | owed | the words at `p`, which at `p.id`, its case at `p.case` |
//! | evidence | the reference at `p`, with `.seen_by` and `.seen_at` |
//!
//! Whether the answers of a step will do is left to [`crate::pathway::check`].

mod parts;
mod write;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

pub(crate) use parts::{CHECKS, SAID, asked, row_count, wanted};
pub(crate) use write::moment;
pub use write::{from_json, write, write_in_form};

use crate::domain::answer::{Answer, Answers, ByWhen, Evidence, Named, Owed, Precision, When, YesNo};
use crate::domain::clean::Clean;
use crate::domain::ids::{CaseId, CommitmentId};
use crate::domain::nhs::NhsNumber;
use crate::domain::time::{
    Lean, Understood, UnderstoodDate, Zone, display, in_words, understand_date_leaning, understand_time,
};
use crate::domain::words::form as words;
use crate::pathway::check::{Problem, Weight};
use crate::pathway::definition::{Choice, Field, Kind, Means, Step};

/// Text by path, as a draft keeps it.
pub type Texts = BTreeMap<String, String>;

/// What the id part of a record line says where the record is to be made.
pub const NEW: &str = "new";

/// The part of a time that keeps the instant that was offered.
const EXACT: &str = "exact";

/// What says of a field that it is to be empty, where blank means that nothing is said of it: what is sealed, and the
/// cells of an import.
pub const EMPTY: &str = "-";

/// What typed text is read against.
#[derive(Debug, Clone, Copy)]
pub struct Reading {
    /// Now; the clock for text that does not say when it was typed.
    pub now: DateTime<Utc>,
    /// The office's zone.
    pub zone: Zone,
}

/// The path of a part.
pub fn part(path: &str, name: &str) -> String {
    format!("{path}.{name}")
}

/// What stands at a path, without blanks around it; empty where nothing does.
pub fn text<'a>(texts: &'a Texts, path: &str) -> &'a str {
    texts.get(path).map_or("", |text| text.trim())
}

/// Reads every field of a step that is still asked: the answers that can be read, and all that cannot.
pub fn read_step(step: &Step, texts: &Texts, reading: Reading) -> (Answers, Vec<Problem>) {
    let mut answers = Answers::new();
    let mut problems = Vec::new();
    for field in step.fields.iter().filter(|field| !field.retired) {
        match read(field, &field.id, texts, reading) {
            Ok(answer) => answers.extend(answer.map(|answer| (field.id.clone(), answer))),
            Err(found) => problems.extend(found),
        }
    }
    (answers, problems)
}

/// Reads one field: its answer, `None` where it is blank, or all that cannot be read in it.
pub fn read(
    field: &Field,
    path: &str,
    texts: &Texts,
    reading: Reading,
) -> Result<Option<Answer>, Vec<Problem>> {
    let typed = text(texts, path);
    let blank = typed.is_empty();
    let one = |answer: Option<Answer>| Ok(answer);
    match &field.kind {
        Kind::Text if field.means == Some(Means::NhsNumber) && !blank => match NhsNumber::read(typed) {
            Ok((number, _)) => one(Some(Answer::Text(number.digits()))),
            Err(problem) => refused(path, &problem.to_string()),
        },
        Kind::Text => one((!blank).then(|| Answer::Text(Clean::line(typed).into_string()))),
        Kind::Notes => one((!blank).then(|| Answer::Text(Clean::notes(typed).into_string()))),
        Kind::Number { .. } if blank => one(None),
        Kind::Number { unit, .. } => match whole_number(typed, unit) {
            Some(number) => one(Some(Answer::Number(number))),
            None => refused(path, &words::not_a_number(typed, unit)),
        },
        Kind::Choice(choices) => match choice(choices, typed) {
            _ if blank => one(None),
            Some(choice) => one(Some(Answer::Choice(choice.id.clone()))),
            None => refused(path, &words::not_a_choice(typed, &labels(choices))),
        },
        Kind::Choices(choices) => {
            let mut ids = Vec::new();
            let parts: Vec<&str> = typed.split(',').map(str::trim).filter(|said| !said.is_empty()).collect();
            let mut left = parts.as_slice();
            while let [said, ..] = left {
                let Some((found, rest)) = first_choice(choices, left) else {
                    return refused(path, &words::not_a_choice(said, &labels(choices)));
                };
                ids.push(found.id.clone());
                left = rest;
            }
            // In the definition's order, whatever the order in which the keys were pressed.
            let ordered: Vec<String> =
                choices.iter().map(|choice| &choice.id).filter(|id| ids.contains(id)).cloned().collect();
            one((!ordered.is_empty()).then_some(Answer::Choices(ordered)))
        }
        Kind::YesNo { .. } => {
            let is = match typed.to_lowercase().as_str() {
                "" => return one(None),
                "yes" | "y" | "true" => YesNo::Yes,
                "no" | "n" | "false" => YesNo::No,
                _ => return refused(path, &words::not_yes_or_no(typed)),
            };
            one(Some(Answer::YesNo { is, why: text(texts, &part(path, "why")).to_owned() }))
        }
        Kind::Date if blank => one(None),
        Kind::Date => {
            let lean = if field.looks_back() { Lean::Past } else { Lean::Future };
            date(path, typed, reading, lean).map(|day| Some(Answer::Date(day)))
        }
        Kind::Time { .. } if blank => one(None),
        Kind::Time { future } => {
            let lean = if *future { Lean::Future } else { Lean::Past };
            time(path, texts, reading, lean).map(|when| Some(Answer::Time(when)))
        }
        Kind::ByWhen if blank => one(None),
        Kind::ByWhen if is_none_given(typed) => {
            let why = text(texts, &part(path, "why")).to_owned();
            one(Some(Answer::ByWhen(ByWhen::NoneGiven { why })))
        }
        Kind::ByWhen if field.counts_days() && working_days(typed).is_some() => {
            one(working_days(typed).map(|days| Answer::ByWhen(ByWhen::WorkingDays { days })))
        }
        Kind::ByWhen => {
            time(path, texts, reading, Lean::Future).map(|when| Some(Answer::ByWhen(ByWhen::At(when))))
        }
        Kind::Record { .. } if blank => one(None),
        Kind::Record { .. } => {
            let id = text(texts, &part(path, "id"));
            let id = match id {
                "" | NEW => None,
                id => match id.parse::<CaseId>() {
                    Ok(id) => Some(id),
                    Err(error) => return refused(path, &error.to_string()),
                },
            };
            one(Some(Answer::Named(Named { id, words: Clean::line(typed).into_string() })))
        }
        Kind::Evidence => {
            let seen_at_path = part(path, "seen_at");
            let seen_at = match text(texts, &seen_at_path) {
                "" => None,
                _ => Some(time(&seen_at_path, texts, reading, Lean::Past)?),
            };
            let seen_by = text(texts, &part(path, "seen_by")).to_owned();
            if blank && seen_by.is_empty() && seen_at.is_none() {
                return one(None);
            }
            one(Some(Answer::Evidence(Evidence { reference: typed.to_owned(), seen_by, seen_at })))
        }
        Kind::Owed if blank => one(None),
        Kind::Owed => {
            let id = text(texts, &part(path, "id")).parse::<CommitmentId>();
            let case = text(texts, &part(path, "case")).parse::<CaseId>();
            let (Ok(id), Ok(case)) = (id, case) else { return refused(path, words::NOT_OWED) };
            let words = Clean::line(typed).into_string();
            let chased = text(texts, &part(path, "chased")).parse().unwrap_or(0);
            let last_chased = DateTime::parse_from_rfc3339(text(texts, &part(path, "last_chased")))
                .ok()
                .map(|at| When::exact(at.with_timezone(&Utc)));
            let owner = text(texts, &part(path, "owner")).parse::<CaseId>().ok();
            one(Some(Answer::Owed(Owed { id, case, words, chased, last_chased, owner })))
        }
        Kind::Checklist { items, expires, .. } => parts::checklist(items, *expires, path, texts, reading),
        Kind::Rows { columns, .. } => parts::rows(columns, path, texts, reading),
        Kind::Tree(nodes) => one(parts::tree(nodes, path, texts)),
        Kind::Score(all) => {
            let stands = field.only_with.as_ref().is_none_or(|with| !text(texts, with).trim().is_empty());
            parts::score(all, path, texts, stands)
        }
    }
}

/// How a typed time stands: read, ambiguous, impossible or not a time. Blank is not asked.
pub fn understood(path: &str, texts: &Texts, reading: Reading, lean: Lean) -> Understood {
    if let Some(when) = as_offered(path, texts, reading.zone) {
        return Understood::One(when);
    }
    understand_time(text(texts, path), typed_at(path, texts, reading.now), reading.zone, lean)
}

/// The time that was offered for a line, to the second, where the line still stands as it was offered.
fn as_offered(path: &str, texts: &Texts, zone: Zone) -> Option<When> {
    let at = DateTime::parse_from_rfc3339(text(texts, &part(path, EXACT))).ok()?.with_timezone(&Utc);
    let stands = |when: &When| write::to_the_minute(when, zone) == text(texts, path);
    [Precision::Exact, Precision::About].map(|precision| When { at, precision }).into_iter().find(stands)
}

/// When the text at a path was typed, as far as is known.
pub fn typed_at(path: &str, texts: &Texts, now: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text(texts, &part(path, "typed"))).map_or(now, |at| at.with_timezone(&Utc))
}

/// Whether somebody typed that no time was given.
pub fn is_none_given(text: &str) -> bool {
    ["none", "none given", "no time", "no time given", "not given"]
        .contains(&text.trim().to_lowercase().as_str())
}

/// How many working days somebody typed: "10 working days", "in 1 working day".
pub fn working_days(text: &str) -> Option<u32> {
    let text = text.trim().to_lowercase();
    let text = ["in ", "within "].iter().find_map(|word| text.strip_prefix(word)).unwrap_or(&text);
    let (days, unit) = text.trim().split_once(' ')?;
    let days = days.parse().ok().filter(|days| (1..=ByWhen::MOST_WORKING_DAYS).contains(days));
    days.filter(|_| ["working day", "working days"].contains(&unit.trim()))
}

/// The choice that was meant: by id, or by label in either case.
pub fn choice<'a>(choices: &'a [Choice], said: &str) -> Option<&'a Choice> {
    let said = said.trim();
    let by_id = choices.iter().find(|choice| choice.id == said);
    by_id.or_else(|| choices.iter().find(|choice| choice.label.to_lowercase() == said.to_lowercase()))
}

/// The choice that stands first among words taken apart at their commas, and what comes after it. A label may hold commas
/// of its own ("Emergency services, 999"): the longest that is one counts.
fn first_choice<'a, 'b>(choices: &'a [Choice], parts: &'b [&'b str]) -> Option<(&'a Choice, &'b [&'b str])> {
    (1..=parts.len()).rev().find_map(|count| {
        let (first, rest) = parts.split_at_checked(count)?;
        Some((choice(choices, &first.join(", "))?, rest))
    })
}

/// A whole number, as it is typed: blanks between thousands and the unit behind it are let pass, a fraction is not.
fn whole_number(typed: &str, unit: &str) -> Option<i64> {
    let typed = typed.to_lowercase();
    let bare = typed.strip_suffix(&unit.to_lowercase()).unwrap_or(&typed);
    let digits: String = bare.chars().filter(|c| !c.is_whitespace()).collect();
    digits.parse().ok()
}

fn labels(choices: &[Choice]) -> Vec<&str> {
    choices.iter().filter(|choice| !choice.retired).map(|choice| choice.label.as_str()).collect()
}

fn time(path: &str, texts: &Texts, reading: Reading, lean: Lean) -> Result<When, Vec<Problem>> {
    // A script hands in instants as they are stored.
    if let Ok(at) = DateTime::parse_from_rfc3339(text(texts, path)) {
        return Ok(When::exact(at.with_timezone(&Utc)));
    }
    match understood(path, texts, reading, lean) {
        Understood::One(when) => Ok(when),
        Understood::Which { first, second } => {
            let zones = [first, second].map(|when| reading.zone.abbreviation(when.at));
            refused(path, &words::which(text(texts, path), &zones[0], &zones[1]))
        }
        Understood::Never { why, .. } => refused(path, &why),
        Understood::Ahead { comes, before } => refused(path, &ahead(path, texts, reading, comes, before)),
        Understood::Not { hint } => refused(path, &hint),
    }
}

/// What is said of a time of day that is still to come. How long it is until then counts from when it was typed.
fn ahead(path: &str, texts: &Texts, reading: Reading, comes: When, before: When) -> String {
    let now = typed_at(path, texts, reading.now);
    let wait = display::length(now, comes.at);
    words::ahead(text(texts, path), &wait, &in_words(&before, now, reading.zone))
}

fn date(path: &str, typed: &str, reading: Reading, lean: Lean) -> Result<chrono::NaiveDate, Vec<Problem>> {
    let today = reading.zone.day(reading.now);
    match understand_date_leaning(typed, today, lean) {
        UnderstoodDate::One(day) => Ok(day),
        UnderstoodDate::Not { hint, .. } => refused(path, &hint),
    }
}

fn refused<T>(path: &str, says: &str) -> Result<T, Vec<Problem>> {
    Err(vec![Problem { field: path.to_owned(), weight: Weight::Refused, says: says.to_owned() }])
}
