//! What tells the records of a register apart when a file is held against them: names folded, numbers as digits.

use chrono::NaiveDate;

use crate::domain::answer::Answer;
use crate::domain::names::{Identity, PersonName, fold};
use crate::domain::nhs::NhsNumber;
use crate::domain::views::RecordRow;

/// Registers whose records have the names of people.
const PEOPLE: [&str; 2] = ["people", "staff"];

/// A name as it is compared within a register: however it is written, "Theresa Quill" is "QUILL, Theresa (Mrs)".
pub fn name_key(register: &str, name: &str) -> String {
    if !PEOPLE.contains(&register) {
        return fold(name);
    }
    let name = PersonName::read(name);
    if name.family.is_empty() && name.given.is_empty() {
        return String::new();
    }
    format!("{}, {}", fold(&name.family), fold(&name.given))
}

/// What tells one record apart, of a line of the file or of a record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Traits {
    /// The name, as it is compared.
    pub name: String,
    /// The day of birth.
    pub born: Option<NaiveDate>,
    /// The NHS number.
    pub nhs: Option<NhsNumber>,
    /// The digits of the telephone number.
    pub phone: String,
}

impl Traits {
    /// Those of a record; its name as it was written in this field, where that is known.
    pub fn of(register: &str, name: Option<&str>, record: &RecordRow) -> Self {
        let written = match name.and_then(|field| record.answers.get(field)) {
            Some(Answer::Text(written)) => written,
            _ => &record.name,
        };
        let nhs = record.nhs.as_deref().and_then(|digits| NhsNumber::read(digits).ok());
        Self {
            name: name_key(register, written),
            born: record.born,
            nhs: nhs.map(|(number, _)| number),
            phone: digits(record.phone.as_deref().unwrap_or_default()),
        }
    }

    /// Whether name or day of birth of a line is that of this record, or the line says neither.
    pub fn agrees(&self, line: &Self) -> bool {
        self.name == line.name
            || (self.born.is_some() && self.born == line.born)
            || (line.name.is_empty() && line.born.is_none())
    }

    /// Whether a line can be of this record: something that tells records apart is the same in both.
    pub fn can_be(&self, other: &Self) -> bool {
        self.name == other.name
            || (self.nhs.is_some() && self.nhs == other.nhs)
            || (self.born.is_some() && self.born == other.born)
            || (!self.phone.is_empty() && self.phone == other.phone)
            // Nothing was said by which it could be another.
            || (other.name.is_empty() && other.nhs.is_none() && other.born.is_none())
    }
}

/// The digits of a number, whatever stands between them.
pub fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// A person for asking who could be mistaken for whom.
pub fn person(name: &str, traits: &Traits, place: Option<String>, room: Option<String>) -> Identity {
    let name = PersonName::read(name);
    Identity {
        family: name.family,
        given: Some(name.given).filter(|given| !given.is_empty()),
        liked: None,
        born: traits.born,
        nhs: traits.nhs,
        place,
        room,
    }
}
