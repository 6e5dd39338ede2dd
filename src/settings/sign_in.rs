//! `sign-in.toml`: after how long a desk locks, and whether everybody needs a PIN or passphrase.

use std::path::Path;

use chrono::TimeDelta;
use serde::Deserialize;
use serde::de::IntoDeserializer;

use super::fault::{Fault, read};
use crate::domain::secret::SignInRules;
use crate::domain::words::settings as words;

/// The file's name in the office's directory of settings.
pub const FILE: &str = "sign-in.toml";

/// The minutes after which a desk may lock.
const MINUTES: std::ops::RangeInclusive<i64> = 1..=15;

/// The office's rules over the built-in ones. A line that does not hold is left out and said.
pub fn load(office: &Path) -> (SignInRules, Vec<Fault>) {
    let file = office.join(FILE);
    match read(&file) {
        Ok(Some(text)) => apply(&file, &text),
        Ok(None) => (SignInRules::default(), Vec::new()),
        // Who can sign in without one is not to be known by a file that cannot be read.
        Err(fault) => (SignInRules { everybody: true, ..SignInRules::default() }, vec![fault]),
    }
}

fn apply(file: &Path, text: &str) -> (SignInRules, Vec<Fault>) {
    let mut rules = SignInRules::default();
    let table = match toml::de::DeTable::parse(text) {
        Ok(table) => table,
        Err(error) => {
            return (SignInRules { everybody: true, ..rules }, vec![Fault::toml(file, text, &error)]);
        }
    };
    let mut faults = Vec::new();
    for (key, value) in table.into_inner() {
        let place = Some(key.span().start);
        let value = value.into_deserializer();
        let wrong = match key.get_ref().as_ref() {
            "idle_minutes" => {
                match i64::deserialize(value).ok().filter(|minutes| MINUTES.contains(minutes)) {
                    Some(minutes) => {
                        rules.idle = TimeDelta::minutes(minutes);
                        None
                    }
                    None => Some(words::IDLE_MINUTES.to_owned()),
                }
            }
            "everybody" => match bool::deserialize(value) {
                Ok(everybody) => {
                    rules.everybody = everybody;
                    None
                }
                Err(_) => {
                    rules.everybody = true;
                    Some(words::EVERYBODY.to_owned())
                }
            },
            other => Some(words::no_such_setting(other, "idle_minutes, everybody")),
        };
        faults.extend(wrong.map(|says| Fault::at(file, text, place, says)));
    }
    faults.sort_by_key(|fault| fault.line);
    (rules, faults)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> (SignInRules, Vec<Fault>) {
        apply(Path::new(FILE), text)
    }

    #[test]
    fn the_file_that_is_shipped_says_what_holds_without_it() {
        assert_eq!(of(include_str!("../../config/sign-in.toml")), (SignInRules::default(), Vec::new()));
    }

    #[test]
    fn an_office_locks_sooner_and_asks_everybody() {
        let (rules, faults) = of("idle_minutes = 1\neverybody = true\n");
        assert_eq!(rules, SignInRules { idle: TimeDelta::minutes(1), everybody: true });
        assert_eq!(faults, []);
    }

    #[test]
    fn a_mistake_is_said_with_its_line_and_never_lets_more_people_in() {
        let (rules, faults) = of("idle_minutes = 60\neverybody = \"yes\"\nidle = 3\n");
        assert_eq!(rules, SignInRules { everybody: true, ..SignInRules::default() });
        assert_eq!(faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [Some(1), Some(2), Some(3)]);
        let (rules, faults) = of("everybody = [");
        assert!(rules.everybody && faults.len() == 1);
    }
}
