//! One cell: what a spreadsheet made of it is undone, or said where it cannot be; and how an answer stands in one.
//!
//! What is left is text as a person would have typed it, and [`crate::form::typed`] reads it.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::identity::digits;
use super::naming::{Meant, Named};
use crate::domain::answer::Answer;
use crate::domain::clean;
use crate::domain::ids::CaseId;
use crate::domain::nhs::NhsNumber;
use crate::domain::time::Zone;
use crate::domain::words::cli as words;
use crate::form::typed::{self, Texts, part};
use crate::pathway::definition::{Choice, Field, Kind, Means};
use crate::pathway::nearest;

/// What a cell says, or what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// This, as it would be typed.
    Text(String),
    /// This record.
    Record(CaseId, String),
    /// A record of this register that is not there; one of a name near it may be.
    New(String, Option<String>),
    /// What is wrong, in words.
    Wrong(String),
}

/// The words of a cell, without what only its file puts round them.
pub fn words_of(raw: &str) -> &str {
    clean::uncelled(raw.trim()).trim()
}

/// A cell of a line of the form; `own` is its field, `None` for a part of one. What is odd about it is added to `odd`.
pub fn read(own: Option<&Field>, said: &str, named: &BTreeMap<String, Named>, odd: &mut Vec<String>) -> Cell {
    if said.len() > clean::MOST_BYTES {
        return Cell::Wrong(words::CELL_TOO_LONG.to_owned());
    }
    let Some(own) = own else { return Cell::Text(said.to_owned()) };
    let plain = said.replace(['\u{a0}', '\u{202f}', '\u{2007}'], " ");
    match (&own.kind, own.means) {
        (Kind::Text, Some(Means::NhsNumber)) => nhs(&plain),
        (Kind::Text, Some(Means::Phone)) => {
            if is_scientific(&plain) {
                return Cell::Wrong(words::number_as_power(said));
            }
            if has_lost_its_zero(&plain) {
                odd.push(words::lost_zero(said));
            }
            Cell::Text(said.to_owned())
        }
        (Kind::Date, _) => date(&plain),
        (Kind::Choice(choices), _) => one_of(choices, &plain),
        (Kind::Choices(choices), _) => several_of(choices, &plain),
        (Kind::Record { register, .. }, _) => match named.get(register).map(|named| named.meant(&plain)) {
            Some(Meant::One(id, name)) => Cell::Record(id, name),
            Some(Meant::Several(references)) => Cell::Wrong(words::names_several(said, &references)),
            Some(Meant::Nobody(near)) => Cell::New(register.clone(), near),
            None => Cell::Text(said.to_owned()),
        },
        (Kind::Number { .. } | Kind::YesNo { .. } | Kind::Time { .. } | Kind::ByWhen, _) => Cell::Text(plain),
        _ => Cell::Text(said.to_owned()),
    }
}

fn nhs(said: &str) -> Cell {
    if is_scientific(said) {
        return Cell::Wrong(words::number_as_power(said));
    }
    // A number that a table kept as a fraction.
    let whole = said.strip_suffix(".0").unwrap_or(said);
    match NhsNumber::read(whole) {
        Ok((number, _)) => Cell::Text(number.to_string()),
        Err(problem) => Cell::Wrong(words::bad_number(said, &problem.to_string())),
    }
}

/// "9.99E+09": what a spreadsheet shows of a number whose digits it no longer has.
fn is_scientific(said: &str) -> bool {
    let mut parts = said.split(['E', 'e']);
    let number = |text: &str| {
        !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '+' | '-'))
    };
    matches!((parts.next(), parts.next(), parts.next()), (Some(digits), Some(power), None) if number(digits) && number(power))
}

/// A telephone number of this country without the nought that it begins with.
fn has_lost_its_zero(said: &str) -> bool {
    let bare = said.chars().all(|c| c.is_ascii_digit() || c.is_whitespace());
    bare && matches!(digits(said).len(), 9 | 10) && said.trim_start().starts_with(['1', '2', '3', '7', '8'])
}

fn date(said: &str) -> Cell {
    // A day to which a spreadsheet put midnight.
    let day = said
        .split_once([' ', 'T'])
        .filter(|(_, clock)| clock.trim_matches(|c: char| matches!(c, '0' | ':' | '.')).is_empty())
        .map_or(said, |(day, _)| day);
    if day.len() == 5 && day.chars().all(|c| c.is_ascii_digit()) {
        return Cell::Wrong(words::day_as_number(said));
    }
    Cell::Text(day.to_owned())
}

/// The two days that "01/02/1950" can be, day first and month first, where it can be two.
pub fn either_way(said: &str) -> Option<(NaiveDate, NaiveDate)> {
    let day = said.split_whitespace().next()?;
    let mut parts = day.split(['/', '-', '.']).map(|part| part.parse::<u32>().ok());
    let (Some(Some(first)), Some(Some(second)), Some(Some(year)), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return None;
    };
    let year = i32::try_from(year).ok().filter(|year| *year > 999)?;
    let day_first = NaiveDate::from_ymd_opt(year, second, first)?;
    let month_first = NaiveDate::from_ymd_opt(year, first, second)?;
    (day_first != month_first).then_some((day_first, month_first))
}

fn one_of(choices: &[Choice], said: &str) -> Cell {
    match typed::choice(choices, said) {
        Some(choice) => Cell::Text(choice.id.clone()),
        None => Cell::Wrong(not_one_of(choices, said)),
    }
}

fn several_of(choices: &[Choice], said: &str) -> Cell {
    let mut ids = Vec::new();
    for one in said.split([';', '\n']).map(str::trim).filter(|one| !one.is_empty()) {
        let parts: Vec<&str> = match typed::choice(choices, one) {
            Some(_) => vec![one],
            None => one.split(',').map(str::trim).filter(|part| !part.is_empty()).collect(),
        };
        for part in parts {
            match typed::choice(choices, part) {
                Some(choice) => ids.push(choice.id.clone()),
                None => return Cell::Wrong(not_one_of(choices, part)),
            }
        }
    }
    Cell::Text(ids.join(", "))
}

fn not_one_of(choices: &[Choice], said: &str) -> String {
    let labels: Vec<&str> =
        choices.iter().filter(|choice| !choice.retired).map(|choice| choice.label.as_str()).collect();
    let lowered: Vec<String> = labels.iter().map(|label| label.to_lowercase()).collect();
    let near = nearest(&said.to_lowercase(), lowered.iter().map(String::as_str));
    let near = near.and_then(|near| lowered.iter().position(|label| label == near)).map(|at| labels[at]);
    words::no_choice(said, near, &labels)
}

/// How each line of an answer stands in its cell, by path.
pub fn shown(field: &Field, answer: &Answer, zone: Zone, named: &BTreeMap<String, Named>) -> Texts {
    let mut texts = typed::write(&field.id, answer, zone);
    texts.retain(|path, _| !path.ends_with(".typed"));
    face(field, &field.id, &mut texts, named);
    texts
}

fn face(field: &Field, path: &str, texts: &mut Texts, named: &BTreeMap<String, Named>) {
    let Some(said) = texts.get(path).cloned() else {
        if let Kind::Rows { columns, .. } = &field.kind {
            for row in 0..typed::row_count(path, texts) {
                for column in columns {
                    face(column, &part(&part(path, &row.to_string()), &column.id), texts, named);
                }
            }
        }
        return;
    };
    let labelled = |choices: &[Choice], id: &str| {
        let label =
            choices.iter().find(|choice| choice.id == id && !choice.retired).map(|choice| &choice.label);
        // Only a label that means this choice stands for it.
        let label = label.filter(|label| typed::choice(choices, label).is_some_and(|choice| choice.id == id));
        label.filter(|label| !label.contains([',', ';'])).map_or_else(|| id.to_owned(), Clone::clone)
    };
    let face = match &field.kind {
        Kind::Choice(choices) => labelled(choices, &said),
        Kind::Choices(choices) => {
            said.split(", ").map(|id| labelled(choices, id)).collect::<Vec<_>>().join("; ")
        }
        Kind::Record { register, .. } => {
            let id = texts.remove(&part(path, "id")).and_then(|id| id.parse::<CaseId>().ok());
            id.and_then(|id| named.get(register)?.shown(id)).unwrap_or(said)
        }
        Kind::Text if field.means == Some(Means::NhsNumber) => {
            NhsNumber::read(&said).map_or(said, |(number, _)| number.to_string())
        }
        _ => said,
    };
    texts.insert(path.to_owned(), face);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_makes_of_numbers_and_days_is_undone_or_said() {
        let wrong = |cell: Cell| match cell {
            Cell::Wrong(says) => says,
            other => panic!("{other:?}"),
        };
        assert!(wrong(nhs("9.99E+09")).contains("9.99E+09"));
        assert_eq!(nhs("9990000018.0"), Cell::Text("999 000 0018".into()));
        assert!(wrong(nhs("999000001")).contains("9 digits"));
        assert!(is_scientific("7.7009E+09") && !is_scientific("07700 900118") && !is_scientific("E"));
        assert!(has_lost_its_zero("7700900118") && has_lost_its_zero("1632 960111"));
        assert!(!has_lost_its_zero("07700 900118") && !has_lost_its_zero("+447700900118"));
        assert_eq!(date("1950-02-01 00:00:00"), Cell::Text("1950-02-01".into()));
        assert!(wrong(date("18295")).contains("18295"));
        let days = |said| either_way(said).map(|(one, other)| (one.to_string(), other.to_string()));
        assert_eq!(days("01/02/1950"), Some(("1950-02-01".into(), "1950-01-02".into())));
        for one_way in ["13/02/1950", "02/02/1950", "1950-02-01", "1 feb 1950", "01/02/50"] {
            assert_eq!(days(one_way), None, "{one_way}");
        }
    }
}
