//! `keymap.toml`: which key does what. The built-in table stands wherever the office's file says nothing.
//!
//! ```toml
//! call = ["c", "f2"]
//! quit = ["q"]
//! ```

use std::path::Path;

use serde::Deserialize;
use serde::de::IntoDeserializer;

use super::fault::{Fault, read};
use crate::app::key::Key;
use crate::app::keymap::Keymap;
use crate::domain::words::settings as words;

/// The file of an office's own keys, beside its definitions.
pub(super) const FILE: &str = "keymap.toml";

/// The text of that file: empty where there is none, or none that can be read.
pub fn text(office: &Path) -> String {
    read(&office.join(FILE)).ok().flatten().unwrap_or_default()
}

/// The office's keys over the built-in ones. Lines that do not hold are left out and said.
pub fn load(office: &Path) -> (Keymap, Vec<Fault>) {
    let file = office.join(FILE);
    match read(&file) {
        Ok(Some(text)) => apply(&file, &text),
        Ok(None) => (Keymap::default(), Vec::new()),
        Err(fault) => (Keymap::default(), vec![fault]),
    }
}

/// A file's lines over the built-in table. Where they make one key mean two things, none of them is taken.
fn apply(file: &Path, text: &str) -> (Keymap, Vec<Fault>) {
    let mut keymap = Keymap::default();
    let table = match toml::de::DeTable::parse(text) {
        Ok(table) => table,
        Err(error) => return (keymap, vec![Fault::toml(file, text, &error)]),
    };
    let mut faults = Vec::new();
    for (action, value) in table.into_inner() {
        let place = Some(action.span().start);
        let keys = Vec::<String>::deserialize(value.into_deserializer());
        let Ok(keys) = keys else {
            faults.push(Fault::at(file, text, place, words::not_a_list_of_keys(action.get_ref())));
            continue;
        };
        let set = keys
            .iter()
            .map(|key| key.parse())
            .collect::<Result<Vec<Key>, _>>()
            .map_err(|error| error.to_string());
        let set = set.and_then(|keys| keymap.set(action.get_ref(), &keys).map_err(|error| error.to_string()));
        if let Err(says) = set {
            faults.push(Fault::at(file, text, place, format!("{}: {says}", action.get_ref())));
        }
    }
    faults.sort_by_key(|fault| fault.line);
    let conflicts = keymap.conflicts();
    if conflicts.is_empty() {
        return (keymap, faults);
    }
    faults.extend(conflicts.iter().map(|conflict| Fault::at(file, text, None, conflict.to_string())));
    (Keymap::default(), faults)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::actions::ActionId;
    use crate::app::layer::Place;

    fn of(text: &str) -> (Keymap, Vec<Fault>) {
        apply(Path::new("keymap.toml"), text)
    }

    #[test]
    fn the_file_that_is_shipped_is_the_built_in_table() {
        let (keymap, faults) = of(include_str!("../../config/keymap.toml"));
        assert_eq!(faults, []);
        assert_eq!(keymap, Keymap::default());
    }

    #[test]
    fn an_office_gives_an_action_another_key() {
        let (keymap, faults) = of("find = [\"ctrl-b\"]\n");
        assert_eq!(faults, []);
        let key: Key = "ctrl-b".parse().expect("a key");
        assert_eq!(keymap.action(Place::Board, key), Some(ActionId::Filter));
    }

    #[test]
    fn a_mistake_is_said_with_its_line_and_the_rest_holds() {
        let (keymap, faults) = of("find = [\"ctrl-b\"]\nfly = [\"x\"]\ncall = [\"ctlr-c\"]\nquit = 7\n");
        let lines: Vec<_> = faults.iter().map(|fault| fault.line).collect();
        assert_eq!(lines, [Some(2), Some(3), Some(4)], "{faults:?}");
        assert_ne!(keymap, Keymap::default());
    }

    #[test]
    fn one_key_for_two_things_gives_the_built_in_keys() {
        let (keymap, faults) = of("find = [\"c\"]\n");
        assert_eq!(keymap, Keymap::default());
        assert!(!faults.is_empty());
    }
}
