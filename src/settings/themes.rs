//! Theme files: how each meaning looks. An office's own `themes/NAME.toml` stands over the built-in one of that
//! name, and need only say what differs.

use std::path::Path;

use serde::Deserialize;
use serde::de::IntoDeserializer;

use super::fault::{Fault, read};
use crate::domain::look::{Look, Looks, Meaning};
use crate::domain::words::settings as words;

/// The theme where nothing else was asked for.
pub const USUAL: &str = "dark";
/// The theme of a terminal that is to show no colour.
pub const MONO: &str = "mono";

/// The themes that are compiled in, by name.
const BUILT_IN: [(&str, &str); 4] = [
    ("dark", include_str!("../../config/themes/dark.toml")),
    ("light", include_str!("../../config/themes/light.toml")),
    ("high-contrast", include_str!("../../config/themes/high-contrast.toml")),
    ("mono", include_str!("../../config/themes/mono.toml")),
];

/// Names of the themes that are compiled in.
pub fn names() -> impl Iterator<Item = &'static str> {
    BUILT_IN.iter().map(|(name, _)| *name)
}

/// A theme that is compiled in.
pub fn built_in(name: &str) -> Option<Looks> {
    let (_, text) = BUILT_IN.iter().find(|(known, _)| *known == name)?;
    let (looks, faults) = apply(Looks::plain(), Path::new(name), text);
    debug_assert_eq!(faults, []);
    Some(looks)
}

/// The theme of this name, the office's own lines over the built-in ones. What is wrong is left out and said.
pub fn load(office: &Path, name: &str) -> (Looks, Vec<Fault>) {
    let file = office.join("themes").join(format!("{name}.toml"));
    let known = built_in(name);
    let base = known.clone().or_else(|| built_in(USUAL)).unwrap_or_else(Looks::plain);
    match read(&file) {
        Ok(Some(text)) => apply(base, &file, &text),
        Ok(None) if known.is_some() => (base, Vec::new()),
        Ok(None) => {
            let known: Vec<&str> = names().collect();
            let says = words::no_such_theme(name, &known.join(", "));
            (base, vec![Fault { file, line: None, says }])
        }
        Err(fault) => (base, vec![fault]),
    }
}

/// Puts a file's lines over a theme, leaving out what is wrong.
fn apply(mut looks: Looks, file: &Path, text: &str) -> (Looks, Vec<Fault>) {
    let table = match toml::de::DeTable::parse(text) {
        Ok(table) => table,
        Err(error) => return (looks, vec![Fault::toml(file, text, &error)]),
    };
    let mut faults = Vec::new();
    for (key, value) in table.into_inner() {
        let place = Some(key.span().start);
        let Ok(meaning) = meaning(key.get_ref()) else {
            let known: Vec<String> =
                Meaning::ALL.iter().map(|one| format!("{one:?}").to_lowercase()).collect();
            faults.push(Fault::at(
                file,
                text,
                place,
                words::no_such_meaning(key.get_ref(), &known.join(", ")),
            ));
            continue;
        };
        match Look::deserialize(value.into_deserializer()) {
            Ok(look) => looks.set(meaning, look),
            Err(error) => {
                let says = error.message().lines().next().unwrap_or_default().to_owned();
                faults.push(Fault::at(file, text, place, format!("{}: {says}", key.get_ref())));
            }
        }
    }
    faults.sort_by_key(|fault| fault.line);
    (looks, faults)
}

fn meaning(name: &str) -> Result<Meaning, serde::de::value::Error> {
    Meaning::deserialize(name.into_deserializer())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn office(text: &str) -> tempfile::TempDir {
        let office = tempfile::tempdir().expect("a temporary directory");
        std::fs::create_dir(office.path().join("themes")).expect("a directory in it");
        std::fs::write(office.path().join("themes/dark.toml"), text).expect("a file in it");
        office
    }

    #[test]
    fn every_built_in_theme_says_how_every_meaning_looks() {
        for (name, text) in BUILT_IN {
            let (_, faults) = apply(Looks::plain(), Path::new(name), text);
            assert_eq!(faults, [], "{name}");
            assert_eq!(
                text.lines().filter(|line| line.contains(" = {")).count(),
                Meaning::ALL.len(),
                "{name}"
            );
        }
    }

    #[test]
    fn mono_names_no_colour() {
        let mono = built_in(MONO).expect("mono is built in");
        for meaning in Meaning::ALL {
            let look = mono.of(meaning);
            assert_eq!((look.ink, look.ground), (None, None), "{meaning:?}");
        }
    }

    #[test]
    fn an_offices_own_line_stands_over_the_built_in_one() {
        let office = office("late = { underline = true }\n");
        let (looks, faults) = load(office.path(), "dark");
        assert_eq!(faults, []);
        assert!(looks.of(Meaning::Late).underline && !looks.of(Meaning::Late).bold);
        assert_eq!(looks.of(Meaning::Title), built_in("dark").expect("built in").of(Meaning::Title));
    }

    #[test]
    fn a_mistake_is_said_with_its_line_and_key_and_the_rest_holds() {
        let office = office(
            "# ours\nlatte = { bold = true }\nsoon = { ink = \"mauve\" }\nlate = { underline = true }\n",
        );
        let (looks, faults) = load(office.path(), "dark");
        let said: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [Some(2), Some(3)], "{said:?}");
        assert!(
            said.iter().any(|said| said.contains("latte")) && said.iter().any(|said| said.contains("mauve"))
        );
        assert!(looks.of(Meaning::Late).underline);
        assert_eq!(looks.of(Meaning::Soon), built_in("dark").expect("built in").of(Meaning::Soon));
    }

    #[test]
    fn a_theme_that_is_not_there_gives_the_usual_one_and_names_those_there_are() {
        let office = tempfile::tempdir().expect("a temporary directory");
        let (looks, faults) = load(office.path(), "sepia");
        assert_eq!(looks, built_in(USUAL).expect("built in"));
        assert!(faults.iter().any(|fault| fault.to_string().contains("high-contrast")));
    }
}
