//! Keys of steps that the program itself uses on the dashboard or in a case: they would never begin the step there.
//!
//! The definitions know nothing of the keymap, which an office may change; whoever checks them is told all the same.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::app::key::Key;
use crate::app::keymap::Keymap;
use crate::domain::words::settings as words;
use crate::pathway::read::Fault;

/// The steps of these definition files, by name, whose key means something else on the dashboard or in a case by this keymap. In a register the
/// steps go before the program's own keys. A file that cannot be read has faults of its own.
pub fn clashes(files: &BTreeMap<String, String>, keymap: &Keymap) -> Vec<Fault> {
    let pathways = files.iter().filter(|(name, _)| name.starts_with("pathways/"));
    pathways.flat_map(|(name, text)| in_file(name, text, keymap)).collect()
}

fn in_file(name: &str, text: &str, keymap: &Keymap) -> Vec<Fault> {
    let Ok(table) = DeTable::parse(text) else { return Vec::new() };
    let table = table.into_inner();
    let Some(DeValue::Array(steps)) = table.get("step").map(Spanned::get_ref) else { return Vec::new() };
    if is_true(&table, "register") {
        return Vec::new();
    }
    let tables = steps.iter().filter_map(|step| match step.get_ref() {
        DeValue::Table(step) if !is_true(step, "opens") && !is_true(step, "retired") => Some(step),
        _ => None,
    });
    tables.filter_map(|step| in_step(name, text, step, keymap)).collect()
}

fn in_step(name: &str, text: &str, step: &DeTable<'_>, keymap: &Keymap) -> Option<Fault> {
    let said = |key| match step.get(key).map(Spanned::get_ref) {
        Some(DeValue::String(said)) => Some(said.to_string()),
        _ => None,
    };
    let key = said("key")?.chars().next()?;
    let does = keymap.title_before_steps(Key::char(key))?;
    let before = text.get(..step.get("key")?.span().start)?;
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    Some(Fault {
        file: name.to_owned(),
        line: before.matches('\n').count() + 1,
        column: before.get(line_start..)?.chars().count() + 1,
        says: words::key_of_the_program(key, &said("id").unwrap_or_default(), does),
        mend: words::GIVE_ANOTHER_KEY.to_owned(),
    })
}

fn is_true(table: &DeTable<'_>, key: &str) -> bool {
    matches!(table.get(key).map(Spanned::get_ref), Some(DeValue::Boolean(true)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pathway::edition::Edition;

    #[test]
    fn no_step_of_the_program_has_a_key_that_means_something_else_where_steps_are_begun() {
        let found = clashes(&Edition::built_in_files(), &Keymap::default());
        assert_eq!(found.iter().map(ToString::to_string).collect::<Vec<_>>(), [""; 0]);
    }

    #[test]
    fn a_step_with_a_key_of_the_program_is_named_with_its_line_and_what_the_key_does() {
        let text = "id = \"feedback\"\n[[step]]\nid = \"answer\"\nkey = \"c\"\n";
        let of = |text: &str| {
            clashes(&BTreeMap::from([("pathways/feedback.toml".into(), text.into())]), &Keymap::default())
        };
        let [found] = <[Fault; 1]>::try_from(of(text)).unwrap();
        assert_eq!(found.line, 4);
        assert!(found.says.contains("\"c\"") && found.says.contains("\"answer\""), "{}", found.says);
        assert_eq!(of(&text.replace("[[step]]", "register = true\n[[step]]")), []);
        assert_eq!(of(&text.replace("\"c\"", "\"r\"")), []);
        assert_eq!(of(&text.replace("\"c\"", "\"s\"")).len(), 1, "it sorts on the dashboard");
    }
}
