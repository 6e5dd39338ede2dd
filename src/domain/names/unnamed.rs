//! What was typed of somebody who is not on record: a name, or only a number, a birthday or a room.
//!
//! Whoever takes a call types whichever of them the caller gives. What finds nobody stays what it is: a number never
//! becomes somebody's name. Who is on record is left to the store.

use std::fmt;

use chrono::NaiveDate;

use super::super::nhs::{NhsNumber, NhsProblem};
use super::super::time::{UnderstoodDate, understand_date};
use super::super::words::{apart as words, text as text_words};
use super::search::{date_at, dialled, is_digits};
use super::{Identity, PersonName, fold};

/// Words before the number of a room.
const ROOMS: &[&str] = &["room", "flat", "apartment", "apt", "unit", "bungalow", "bed", "suite", "cottage"];
/// Words before a number or a birthday that say what it is.
const SAYING_WHAT: &[&str] = &["nhs", "number", "no", "born", "dob", "telephone", "tel", "phone"];
/// The most digits of a room's number.
const ROOM_DIGITS: usize = 3;
/// The most words that a date is typed in.
const DATE_WORDS: usize = 3;

/// What was typed, each part as what it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Typed {
    /// The words of a name, as they were typed; empty where none was.
    pub name: String,
    /// The day they were born.
    pub born: Option<NaiveDate>,
    /// Their NHS number.
    pub nhs: Option<NhsNumber>,
    /// Their room or flat.
    pub room: Option<String>,
    /// Their telephone.
    pub phone: Option<String>,
    /// Digits that are none of these as they stand.
    pub wrong: Option<Wrong>,
}

/// Digits that are nothing that somebody could be known by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// As many as an NHS number has, or nearly, and they are none.
    Nhs(NhsProblem),
    /// Too many for a room, too few for a number; no date either.
    Digits,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nhs(problem) => f.write_str(&text_words::number_not_known(&problem.to_string())),
            Self::Digits => f.write_str(text_words::DIGITS_NOT_KNOWN),
        }
    }
}

impl Typed {
    /// Reads it. `today` is the office's day: nobody is born after it.
    pub fn read(text: &str, today: NaiveDate) -> Self {
        let said = text.trim();
        let said = said.strip_prefix(words::NAME_NOT_KNOWN).unwrap_or(said);
        let words: Vec<&str> = said.trim_start_matches([',', ' ']).split_whitespace().collect();
        let mut typed = Self::default();
        let mut name: Vec<&str> = Vec::new();
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let rest = words.get(at..).unwrap_or_default();
            if let Some((born, used)) = birthday(rest, today) {
                typed.born = Some(born);
                at += used;
            } else if let Some(room) = rest.get(1).filter(|_| ROOMS.contains(&fold(word).as_str()))
                && is_room(room)
            {
                typed.room = Some(format!("{word} {room}"));
                at += 2;
            } else {
                let number = rest.iter().take_while(|word| is_digits(&bare(word))).count();
                if number > 0 {
                    typed.number(rest.get(..number).unwrap_or_default(), today);
                    at += number;
                } else {
                    name.push(word);
                    at += 1;
                }
            }
        }
        // "4b" alone is a flat; with other words it may be anything.
        if let [only] = name.as_slice()
            && is_room(only)
        {
            typed.room = Some((*only).to_owned());
            name.clear();
        }
        // "NHS number" and "born" say what came after them.
        let is_said = |word: &&str| !SAYING_WHAT.contains(&fold(word).as_str());
        let is_told = typed != Self::default();
        name.retain(|word| !is_told || is_said(word));
        typed.name = name.join(" ").trim_matches([',', ' ']).to_owned();
        typed
    }

    /// Whether its name has digits in it, as no name has: a slip of the hand, or a number run into it.
    pub fn has_digits_in_name(&self) -> bool {
        self.name.chars().any(|c| c.is_ascii_digit())
    }

    /// The name of a record that is made of it.
    pub fn name_to_be(&self) -> &str {
        if self.name.is_empty() { words::NAME_NOT_KNOWN } else { &self.name }
    }

    /// Everything of it in words, which are read back as the same; the words that were typed where they have a name in
    /// them.
    pub fn in_words(&self, typed: &str) -> String {
        match self.name.is_empty() {
            true => format!("{}, {}", words::NAME_NOT_KNOWN, self.known_by()),
            false => typed.trim().to_owned(),
        }
    }

    /// For telling them apart from those on record; somebody without a name is like nobody by name.
    pub fn identity(&self) -> Identity {
        let name = PersonName::read(&self.name);
        Identity {
            family: name.family,
            given: Some(name.given).filter(|given| !given.is_empty()),
            liked: None,
            born: self.born,
            nhs: self.nhs,
            place: None,
            room: self.room.clone(),
        }
    }

    /// What it says beside a name, in words: "NHS number 999 000 0441".
    pub fn known_by(&self) -> String {
        let born = self.born.map(|day| text_words::born(&super::super::time::display::date(day)));
        let nhs = self.nhs.map(|number| text_words::nhs_number(&number.to_string()));
        let phone = self.phone.as_deref().map(text_words::telephone);
        [born, nhs, self.room.clone(), phone].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// A run of digits, spaced as it was read out.
    fn number(&mut self, words: &[&str], today: NaiveDate) {
        let digits: String = words.iter().map(|word| bare(word)).collect();
        match digits.len() {
            ..=ROOM_DIGITS => self.room = Some(digits),
            6 | 8 if run_together(&digits, today).is_some() => self.born = run_together(&digits, today),
            10.. if dialled(&digits).starts_with('0') => self.phone = Some(words.join(" ")),
            7.. => match NhsNumber::read(&digits) {
                Ok((number, _)) => self.nhs = Some(number),
                Err(problem) => self.wrong = Some(Wrong::Nhs(problem)),
            },
            _ => self.wrong = Some(Wrong::Digits),
        }
    }
}

/// A date with its year at the beginning of these words, and how many of them it took.
fn birthday(words: &[&str], today: NaiveDate) -> Option<(NaiveDate, usize)> {
    (1..=words.len().min(DATE_WORDS)).rev().find_map(|used| {
        let text = words.get(..used)?.join(" ");
        let folded = fold(&text);
        let parts: Vec<&str> = folded.split(' ').collect();
        let is_iso = parts.len() == 3 && parts.first().is_some_and(|year| is_digits(year) && year.len() == 4);
        let (_, taken) = date_at(&parts).or(is_iso.then(|| (String::new(), 3)))?;
        match understand_date(&text, today) {
            UnderstoodDate::One(day) if taken == parts.len() && taken == 3 => Some((day, used)),
            _ => None,
        }
    })
}

/// "14031941" and "140341".
fn run_together(digits: &str, today: NaiveDate) -> Option<NaiveDate> {
    let (day, rest) = digits.split_at_checked(2)?;
    let (month, year) = rest.split_at_checked(2)?;
    match understand_date(&format!("{day}/{month}/{year}"), today) {
        UnderstoodDate::One(day) => Some(day),
        UnderstoodDate::Not { .. } => None,
    }
}

/// Digits of a word without what stands between them.
fn bare(word: &str) -> String {
    word.chars().filter(|c| !matches!(c, '-' | '.' | ',' | '+' | '(' | ')')).collect()
}

/// "9" and "4b".
fn is_room(word: &str) -> bool {
    let word = fold(word);
    let letters = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = word.len() - letters.len();
    (1..=ROOM_DIGITS).contains(&digits) && letters.chars().count() <= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Typed {
        Typed::read(text, NaiveDate::from_ymd_opt(2026, 11, 21).unwrap())
    }

    #[test]
    fn a_number_a_birthday_and_a_room_are_no_name() {
        for text in ["999 000 0441", "9990000441", "999-000-0441"] {
            let typed = read(text);
            assert_eq!(typed.nhs.map(|number| number.to_string()).as_deref(), Some("999 000 0441"), "{text}");
            assert_eq!((typed.name.as_str(), typed.name_to_be()), ("", "Name not known yet"));
            let words = typed.in_words(text);
            assert_eq!(words, "Name not known yet, NHS number 999 000 0441");
            assert_eq!(read(&words), typed, "the words are read back as the same");
        }
        for text in
            ["14/3/1941", "14-Mar-1941", "14 March 1941", "14.03.41", "14031941", "140341", "1941-03-14"]
        {
            let typed = read(text);
            assert_eq!(
                (typed.born, typed.name.as_str()),
                (NaiveDate::from_ymd_opt(1941, 3, 14), ""),
                "{text}"
            );
        }
        for (text, room) in [("flat 9", "flat 9"), ("Room 12b", "Room 12b"), ("4", "4"), ("4b", "4b")] {
            let typed = read(text);
            assert_eq!((typed.room.as_deref(), typed.name.as_str()), (Some(room), ""), "{text}");
            assert_eq!(read(&typed.in_words(text)), typed);
        }
        assert_eq!(read("07700 900441").phone.as_deref(), Some("07700 900441"));
    }

    #[test]
    fn what_is_said_beside_a_name_is_kept_beside_it() {
        let typed = read("Maud Fenn 14/3/41 flat 2");
        assert_eq!((typed.name.as_str(), typed.room.as_deref()), ("Maud Fenn", Some("flat 2")));
        assert_eq!(typed.born, NaiveDate::from_ymd_opt(1941, 3, 14));
        assert_eq!(typed.known_by(), "born 14-Mar-1941, flat 2");
        for name in ["Maud Fenn", "FENN, Maud (Mrs)", "Flat", "Anneke van den Berg", "O'Brien-Hall"] {
            assert_eq!(read(name), Typed { name: name.to_owned(), ..Typed::default() });
        }
    }

    #[test]
    fn digits_that_are_nothing_are_said_to_be_wrong() {
        assert_eq!(read("999 000 0442").wrong, Some(Wrong::Nhs(NhsProblem::CheckDigit)));
        assert_eq!(read("999 000 044").wrong, Some(Wrong::Nhs(NhsProblem::Digits(9))));
        assert_eq!(read("quill 1941").wrong, Some(Wrong::Digits));
        assert!(read("999 000 0442").wrong.unwrap().to_string().contains("check digit"));
    }
}
