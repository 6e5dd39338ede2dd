//! Reads `retention.toml`: how long records are kept. The file that ships says in its comments how it is written.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use toml::de::DeTable;

use super::document::{Document, Faults};
use super::names::nearest;
use super::table::Table;
use crate::domain::words::pathway as words;
use crate::pathway::definition::{HANDOVERS, Kept, OFFICE, Pathway, Retention};

/// The file's name in a set of definitions.
pub(in crate::pathway) const FILE: &str = "retention.toml";
/// What is compiled in, for sets of definitions that have no such file.
pub(in crate::pathway) const SHIPPED: &str = include_str!("../../../config/retention.toml");

/// No record is kept for longer than so many years by a class: what is to be kept for ever is in none.
const LONGEST: u16 = 100;

/// What a file says.
pub(super) fn retention(document: &Document, table: &DeTable<'_>, faults: &Faults) -> Retention {
    let file = Table::file(document, table, faults);
    let read = Retention { classes: file.tables("class", "class").into_iter().filter_map(class).collect() };
    for (at, one) in read.classes.iter().enumerate() {
        let earlier = || read.classes.iter().take(at);
        if earlier().any(|other| other.id == one.id) {
            file.fault(&format!("class.{at}.id"), words::same_id(FILE, "class", &one.id));
        }
        // A later class that an earlier one leaves nothing to is never used, and somebody believes that it is.
        for of in &one.of {
            let takes_all = |other: &&Kept| other.of.contains(of) && (!other.nobody || one.nobody);
            if let Some(other) = earlier().find(takes_all) {
                file.fault(&format!("class.{at}.of"), words::kept_twice(of, &other.id, &one.id));
            }
        }
    }
    file.finish();
    read
}

/// Those that come with the program.
pub(in crate::pathway) fn shipped() -> &'static Retention {
    static SHIPPED_CLASSES: LazyLock<Retention> = LazyLock::new(|| {
        let faults = Faults::default();
        let (document, table) = Document::parse(FILE, SHIPPED, &faults);
        retention(&document, &table, &faults)
    });
    &SHIPPED_CLASSES
}

fn class(table: Table<'_>) -> Option<Kept> {
    let (id, title, of) = (table.id(), table.needed("title"), table.texts("of"));
    let (from, nobody, source) = (table.one_of("from"), table.flag("nobody"), table.needed("source"));
    for key in ["of", "years", "from"] {
        if !table.has(key) {
            table.fault("", words::missing(&table.name(), key));
        }
    }
    let years = table.number("years").and_then(|years| {
        let read = u16::try_from(years).ok().filter(|years| (1..=LONGEST).contains(years));
        if read.is_none() {
            table.fault("years", words::not_within("years", 1, LONGEST));
        }
        read
    });
    table.finish();
    Some(Kept { id: id?, title: title?, of, years: years?, from: from?, nobody, source: source? })
}

/// Whether the pathways are there that classes are of. Not asked of the program's own file: an office that took a pathway out
/// has not touched it.
pub(super) fn check(
    retention: &Retention,
    document: &Document,
    pathways: &BTreeMap<&str, &Pathway>,
    faults: &Faults,
) {
    for (at, class) in retention.classes.iter().enumerate() {
        let path = format!("class.{at}.of");
        // By its class alone a disposal says that it is of these.
        if class.of.iter().any(|of| of == OFFICE) && !class.is_office() {
            faults.add(document, &path, words::office_alone(&class.id));
        }
        // Nobody could say which of the two was meant.
        if class.is_office() && pathways.contains_key(OFFICE) {
            faults.add(document, &path, words::office_is_a_pathway(&class.id));
        }
        for of in class.of.iter().filter(|of| *of != HANDOVERS && *of != OFFICE) {
            if !pathways.contains_key(of.as_str()) {
                let near = nearest(of, pathways.keys().copied().chain([HANDOVERS, OFFICE]));
                let what = format!("class \"{}\"", class.id);
                faults.add(document, &path, words::unknown(&what, "pathway", of, "pathways/", near));
            }
        }
    }
}
