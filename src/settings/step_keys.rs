//! Keys of steps that the program itself uses on the dashboard or in a case: they would never begin the step there.
//!
//! The definitions know nothing of the keymap, which an office may change; whoever checks them is told all the same.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::keys::FILE;
use crate::app::key::Key;
use crate::app::keymap::Keymap;
use crate::domain::words::settings as words;
use crate::pathway::read::Fault;

/// A step whose key means something else where it would be begun.
struct Clash {
    key: char,
    step: String,
    /// The action's name and title.
    action: (&'static str, &'static str),
    /// Where the key stands in the definitions.
    file: String,
    line: usize,
    column: usize,
}

/// The steps of these definition files, by name, whose key means something else on the dashboard or in a case by this keymap. In a register the
/// steps go before the program's own keys. A file that cannot be read has faults of its own. `own` is the text of the
/// office's `keymap.toml`: where that alone took the key, the fault is there, once for all the steps that have it.
pub fn clashes(files: &BTreeMap<String, String>, keymap: &Keymap, own: &str) -> Vec<Fault> {
    let shipped = Keymap::default();
    let pathways = files.iter().filter(|(name, _)| name.starts_with("pathways/"));
    let found = pathways.flat_map(|(name, text)| in_file(name, text, keymap));
    let (mut faults, mut taken) = (Vec::new(), BTreeMap::<char, (usize, Vec<Clash>)>::new());
    for clash in found {
        let is_ours = shipped.before_steps(Key::char(clash.key)).is_some();
        match line_of(own, clash.action.0).filter(|_| !is_ours) {
            Some(line) => taken.entry(clash.key).or_insert((line, Vec::new())).1.push(clash),
            None => faults.push(of_step(clash)),
        }
    }
    faults.extend(taken.into_iter().filter_map(|(key, (line, steps))| of_keymap(key, line, &steps)));
    faults
}

/// Where a line of the office's `keymap.toml` gives this action its keys.
fn line_of(own: &str, action: &str) -> Option<usize> {
    let table = DeTable::parse(own).ok()?.into_inner();
    let (name, _) = table.iter().find(|(name, _)| name.get_ref() == action)?;
    Some(own.get(..name.span().start)?.matches('\n').count() + 1)
}

fn of_step(clash: Clash) -> Fault {
    let Clash { key, step, action, file, line, column } = clash;
    let says = words::key_of_the_program(key, &step, action.1);
    Fault { file, line, column, says, mend: words::GIVE_ANOTHER_KEY.to_owned() }
}

fn of_keymap(key: char, line: usize, steps: &[Clash]) -> Option<Fault> {
    let first = steps.first()?;
    let says = words::key_of_steps(key, first.action.0, (&first.step, &first.file), steps.len() - 1);
    let mend = words::GIVE_THE_ACTION_ANOTHER_KEY.to_owned();
    Some(Fault { file: FILE.to_owned(), line, column: 1, says, mend })
}

fn in_file(name: &str, text: &str, keymap: &Keymap) -> Vec<Clash> {
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

fn in_step(name: &str, text: &str, step: &DeTable<'_>, keymap: &Keymap) -> Option<Clash> {
    let said = |key| match step.get(key).map(Spanned::get_ref) {
        Some(DeValue::String(said)) => Some(said.to_string()),
        _ => None,
    };
    let key = said("key")?.chars().next()?;
    let action = keymap.before_steps(Key::char(key))?;
    let before = text.get(..step.get("key")?.span().start)?;
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    Some(Clash {
        key,
        step: said("id").unwrap_or_default(),
        action,
        file: name.to_owned(),
        line: before.matches('\n').count() + 1,
        column: before.get(line_start..)?.chars().count() + 1,
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
        let found = clashes(&Edition::built_in_files(), &Keymap::default(), "");
        assert_eq!(found.iter().map(ToString::to_string).collect::<Vec<_>>(), [""; 0]);
    }

    #[test]
    fn a_step_with_a_key_of_the_program_is_named_with_its_line_and_what_the_key_does() {
        let text = "id = \"feedback\"\n[[step]]\nid = \"answer\"\nkey = \"c\"\n";
        let of = |text: &str| {
            let files = BTreeMap::from([("pathways/feedback.toml".into(), text.into())]);
            clashes(&files, &Keymap::default(), "")
        };
        let [found] = <[Fault; 1]>::try_from(of(text)).unwrap();
        assert_eq!(found.line, 4);
        assert!(found.says.contains("\"c\"") && found.says.contains("\"answer\""), "{}", found.says);
        assert_eq!(of(&text.replace("[[step]]", "register = true\n[[step]]")), []);
        assert_eq!(of(&text.replace("\"c\"", "\"r\"")), []);
        assert_eq!(of(&text.replace("\"c\"", "\"s\"")).len(), 1, "it sorts on the dashboard");
    }
    #[test]
    fn a_key_that_the_offices_own_keymap_takes_from_steps_is_named_there_with_its_line_and_once() {
        let own = "find = [\"ctrl-b\"]\n\nquit = [\"z\"]\n";
        let mut keymap = Keymap::default();
        keymap.set("quit", &[Key::char('z')]).unwrap();
        let files = Edition::built_in_files();
        let [found] = <[Fault; 1]>::try_from(clashes(&files, &keymap, own)).unwrap();
        assert_eq!((found.file.as_str(), found.line), ("keymap.toml", 3));
        assert!(found.says.contains("\"quit\"") && found.says.contains("more"), "{}", found.says);
        // A step of theirs that has a key of the program's is named where it stands, whatever the keymap says beside it.
        let theirs = BTreeMap::from([(
            "pathways/feedback.toml".into(),
            "id = \"feedback\"\n[[step]]\nid = \"answer\"\nkey = \"c\"\n".into(),
        )]);
        let [found] = <[Fault; 1]>::try_from(clashes(&theirs, &keymap, own)).unwrap();
        assert_eq!((found.file.as_str(), found.line), ("pathways/feedback.toml", 4));
    }
}
