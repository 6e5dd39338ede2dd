//! Answers as the text that would have been typed, and JSON as that text.

use chrono::{DateTime, SecondsFormat, Timelike, Utc};
use serde_json::Value;

use super::{EXACT, SAID, Texts, part};
use crate::domain::answer::{Answer, Answers, ByWhen, Precision, When, YesNo};
use crate::domain::time::{Zone, display};
use crate::domain::words::time as words;

/// The text by path that reads back as this answer, whatever the kind of the field at `path`.
pub fn write(path: &str, answer: &Answer, zone: Zone) -> Texts {
    let mut texts = Texts::new();
    put(&mut texts, path, answer, zone);
    texts.retain(|_, text| !text.is_empty());
    texts
}

/// The same for a line of a form, in which a time stands without its seconds: they are kept in the part `exact`, and count
/// for as long as the time is left as it stands.
pub fn write_in_form(path: &str, answer: &Answer, zone: Zone) -> Texts {
    let mut texts = write(path, answer, zone);
    let exact: Vec<(String, When)> = times(path, answer);
    for (path, when) in exact.into_iter().filter(|(_, when)| when.at.second() != 0) {
        texts.insert(part(&path, EXACT), moment(when.at));
        texts.insert(path, to_the_minute(&when, zone));
    }
    texts
}

/// A time as it stands in a line, whose seconds are kept beside it.
pub(super) fn to_the_minute(when: &When, zone: Zone) -> String {
    let stamp = display::stamp(when.at, zone);
    match when.precision {
        Precision::About => format!("about {stamp}"),
        _ => stamp,
    }
}

/// Every time of day in an answer, by its path.
fn times(path: &str, answer: &Answer) -> Vec<(String, When)> {
    let of_day = |when: &When| matches!(when.precision, Precision::Exact | Precision::About);
    let found = match answer {
        Answer::Time(when) | Answer::ByWhen(ByWhen::At(when)) => vec![(path.to_owned(), *when)],
        Answer::Evidence(evidence) => {
            evidence.seen_at.iter().map(|when| (part(path, "seen_at"), *when)).collect()
        }
        Answer::Rows(rows) => {
            let cells = rows
                .iter()
                .enumerate()
                .flat_map(|(row, answers)| answers.iter().map(move |(column, answer)| (row, column, answer)));
            cells
                .flat_map(|(row, column, answer)| times(&part(&part(path, &row.to_string()), column), answer))
                .collect()
        }
        _ => Vec::new(),
    };
    found.into_iter().filter(|(_, when)| of_day(when)).collect()
}

fn put(texts: &mut Texts, path: &str, answer: &Answer, zone: Zone) {
    let mut keep = |path: String, text: String| {
        texts.insert(path, text);
    };
    match answer {
        Answer::Text(text) | Answer::Choice(text) => keep(path.to_owned(), text.clone()),
        Answer::Number(number) => keep(path.to_owned(), number.to_string()),
        Answer::Choices(ids) => keep(path.to_owned(), ids.join(", ")),
        Answer::YesNo { is, why } => {
            keep(path.to_owned(), if *is == YesNo::Yes { "yes" } else { "no" }.to_owned());
            keep(part(path, "why"), why.clone());
        }
        Answer::Date(day) => keep(path.to_owned(), display::date(*day)),
        Answer::Time(when) | Answer::ByWhen(ByWhen::At(when)) => time(texts, path, when, zone),
        Answer::ByWhen(ByWhen::NoneGiven { why }) => {
            keep(path.to_owned(), "none".to_owned());
            keep(part(path, "why"), why.clone());
        }
        Answer::ByWhen(ByWhen::WorkingDays { days }) => keep(path.to_owned(), words::working_days(*days)),
        Answer::Named(named) => {
            keep(path.to_owned(), named.words.clone());
            keep(part(path, "id"), named.id.map(|id| id.to_string()).unwrap_or_default());
        }
        Answer::Checklist(checks) => {
            for check in checks {
                let at = part(path, &check.item);
                keep(at.clone(), check.answer.clone());
                keep(part(&at, "note"), check.note.clone());
                keep(part(&at, "expires"), check.expires.map(display::date).unwrap_or_default());
            }
        }
        Answer::Rows(rows) => {
            for (row, answers) in rows.iter().enumerate() {
                put_all(texts, &part(path, &row.to_string()), answers, zone);
            }
        }
        Answer::Tree(branches) => {
            for branch in branches {
                keep(part(path, &branch.node), branch.choice.clone());
            }
        }
        Answer::Score { parts, values, said, .. } => {
            for (id, points) in parts.iter().filter(|(id, _)| !values.contains_key(*id)) {
                keep(part(path, id), points.to_string());
            }
            for (id, value) in values {
                keep(part(path, id), value.clone());
            }
            if let Some(said) = said {
                keep(part(path, SAID), said.to_string());
            }
        }
        Answer::Owed(owed) => {
            keep(path.to_owned(), owed.words.clone());
            keep(part(path, "id"), owed.id.to_string());
            keep(part(path, "case"), owed.case.to_string());
            if owed.chased > 0 {
                keep(part(path, "chased"), owed.chased.to_string());
            }
            keep(part(path, "last_chased"), owed.last_chased.map(|when| moment(when.at)).unwrap_or_default());
            keep(part(path, "owner"), owed.owner.map(|id| id.to_string()).unwrap_or_default());
        }
        Answer::Evidence(evidence) => {
            keep(path.to_owned(), evidence.reference.clone());
            keep(part(path, "seen_by"), evidence.seen_by.clone());
            if let Some(when) = &evidence.seen_at {
                time(texts, &part(path, "seen_at"), when, zone);
            }
        }
    }
}

fn put_all(texts: &mut Texts, path: &str, answers: &Answers, zone: Zone) {
    for (column, answer) in answers {
        put(texts, &part(path, column), answer, zone);
    }
}

/// A time as it can be typed: with its day and zone, so that it reads back as the same instant whenever.
fn time(texts: &mut Texts, path: &str, when: &When, zone: Zone) {
    let stamp = if when.at.second() == 0 {
        display::stamp(when.at, zone)
    } else {
        let (day, clock) = (display::date(zone.day(when.at)), display::clock_seconds(when.at, zone));
        format!("{day} {clock} {}", zone.abbreviation(when.at))
    };
    let typed = match when.precision {
        Precision::Exact => stamp,
        Precision::About => format!("about {stamp}"),
        Precision::Day => display::date(zone.day(when.at)),
        Precision::Unknown => "unknown".to_owned(),
    };
    texts.insert(path.to_owned(), typed);
    texts.insert(part(path, "typed"), moment(when.at));
}

/// An instant as the `typed` part keeps it.
pub(crate) fn moment(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// The text by path that a JSON value stands for: `true` is "yes", `{"is": ..}`, `{"words": ..}` and
/// `{"reference": ..}` are the field itself, other names are its parts, a list of objects is rows, any other
/// list is joined with commas.
pub fn from_json(path: &str, value: &Value) -> Texts {
    let mut texts = Texts::new();
    flatten(&mut texts, path, value);
    texts
}

fn flatten(texts: &mut Texts, path: &str, value: &Value) {
    let said = match value {
        Value::Null => return,
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.iter().any(Value::is_object) => {
            for (row, item) in items.iter().enumerate() {
                flatten(texts, &part(path, &row.to_string()), item);
            }
            return;
        }
        Value::Array(items) => {
            let words: Vec<String> = items
                .iter()
                .map(|item| item.as_str().map_or_else(|| item.to_string(), str::to_owned))
                .collect();
            words.join(", ")
        }
        Value::Object(parts) => {
            for (name, value) in parts {
                let own = matches!(name.as_str(), "is" | "words" | "reference" | "at");
                flatten(texts, &if own { path.to_owned() } else { part(path, name) }, value);
            }
            return;
        }
    };
    texts.insert(path.to_owned(), said);
}
