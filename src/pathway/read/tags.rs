//! Reads `tags.toml`: regulations and statements that records show something about. The file that ships says in its comments
//! how it is written.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use toml::de::DeTable;

use super::document::{Document, Faults};
use super::names::nearest;
use super::table::Table;
use crate::domain::words::pathway as words;
use crate::pathway::definition::{Framework, Pathway, Question, RecordClass, Tag, Tags};

/// The file's name in a set of definitions.
pub(in crate::pathway) const FILE: &str = "tags.toml";
/// What is compiled in, for sets of definitions that have no such file.
pub(in crate::pathway) const SHIPPED: &str = include_str!("../../../config/tags.toml");

/// What a file says.
fn tags(document: &Document, table: &DeTable<'_>, faults: &Faults) -> Tags {
    let file = Table::file(document, table, faults);
    let read = Tags {
        frameworks: file.tables("framework", "framework").into_iter().filter_map(framework).collect(),
        tags: file.tables("tag", "tag").into_iter().filter_map(tag).collect(),
        questions: file.tables("question", "question").into_iter().filter_map(question).collect(),
        classes: file.tables("record_class", "record class").into_iter().filter_map(class).collect(),
    };
    let frameworks = read.frameworks.iter().map(|one| one.id.as_str());
    for (at, one) in read.tags.iter().enumerate() {
        if read.tags.iter().take(at).any(|other| other.id == one.id) {
            file.fault(&format!("tag.{at}.id"), words::same_id(FILE, "tag", &one.id));
        }
        if !frameworks.clone().any(|known| known == one.framework) {
            let near = nearest(&one.framework, frameworks.clone());
            let what = format!("tag \"{}\"", one.id);
            file.fault(
                &format!("tag.{at}.framework"),
                words::unknown(&what, "framework", &one.framework, "this file", near),
            );
        }
    }
    let tags = read.tags.iter().map(|tag| tag.id.as_str());
    for (at, one) in read.tags.iter().enumerate() {
        let Some(under) = &one.under else { continue };
        let holds = read.get(under).is_some_and(|tag| tag.framework == one.framework && tag.under.is_none());
        if !holds {
            let near = nearest(under, tags.clone());
            let what = format!("tag \"{}\"", one.id);
            file.fault(
                &format!("tag.{at}.under"),
                words::unknown(&what, "tag", under, "this framework", near),
            );
        }
    }
    for (at, one) in read.questions.iter().enumerate() {
        if read.questions.iter().take(at).any(|other| other.id == one.id) {
            file.fault(&format!("question.{at}.id"), words::same_id(FILE, "question", &one.id));
        }
        if read.get(&one.tag).is_none() {
            let (near, what) = (nearest(&one.tag, tags.clone()), format!("question \"{}\"", one.id));
            file.fault(
                &format!("question.{at}.tag"),
                words::unknown(&what, "tag", &one.tag, "this file", near),
            );
        }
    }
    for (at, one) in read.classes.iter().enumerate() {
        if read.classes.iter().take(at).any(|other| other.id == one.id) {
            file.fault(&format!("record_class.{at}.id"), words::same_id(FILE, "record class", &one.id));
        }
    }
    file.finish();
    read
}

/// What a set of definitions says; a file that was written before there were classes of record keeps those that come with the
/// program.
pub(super) fn of_set(document: &Document, table: &DeTable<'_>, faults: &Faults) -> Tags {
    let mut read = tags(document, table, faults);
    if read.classes.is_empty() {
        read.classes.clone_from(&shipped().classes);
    }
    read
}

/// Those that come with the program.
pub(in crate::pathway) fn shipped() -> &'static Tags {
    static SHIPPED_TAGS: LazyLock<Tags> = LazyLock::new(|| {
        let faults = Faults::default();
        let (document, table) = Document::parse(FILE, SHIPPED, &faults);
        tags(&document, &table, &faults)
    });
    &SHIPPED_TAGS
}

fn framework(table: Table<'_>) -> Option<Framework> {
    let (id, title, edition) = (table.id(), table.needed("title"), table.needed("edition"));
    let (source, retired) = (table.needed("source"), table.flag("retired"));
    table.finish();
    Some(Framework { id: id?, title: title?, edition: edition?, source: source?, retired })
}

fn tag(table: Table<'_>) -> Option<Tag> {
    let (id, framework, title) = (table.id(), table.needed("framework"), table.needed("title"));
    let (on, under) = (table.texts("on"), table.text("under"));
    table.finish();
    Some(Tag { id: id?, framework: framework?, title: title?, on, under })
}

fn class(table: Table<'_>) -> Option<RecordClass> {
    let (id, title, on) = (table.id(), table.needed("title"), table.texts("on"));
    table.finish();
    Some(RecordClass { id: id?, title: title?, on })
}

fn question(table: Table<'_>) -> Option<Question> {
    let (id, tag, ask, retired) =
        (table.id(), table.needed("tag"), table.needed("ask"), table.flag("retired"));
    table.finish();
    Some(Question { id: id?, tag: tag?, ask: ask?, retired })
}

/// Whether the pathways and steps that tags are on are there. Not asked of the program's own file: an office that took a
/// step out of its pathways has not touched it.
pub(super) fn check(tags: &Tags, document: &Document, pathways: &BTreeMap<&str, &Pathway>, faults: &Faults) {
    let of_tags = tags.tags.iter().enumerate().map(|(at, tag)| ("tag", at, &tag.id, &tag.on));
    let of_classes = tags.classes.iter().enumerate().map(|(at, one)| ("record_class", at, &one.id, &one.on));
    for (table, at, id, all) in of_tags.chain(of_classes) {
        let (path, what) = (format!("{table}.{at}.on"), format!("{} \"{id}\"", table.replace('_', " ")));
        for on in all {
            let (id, step) = on.split_once('.').map_or((on.as_str(), None), |(id, step)| (id, Some(step)));
            let Some(pathway) = pathways.get(id) else {
                let near = nearest(id, pathways.keys().copied());
                faults.add(document, &path, words::unknown(&what, "pathway", id, "pathways/", near));
                continue;
            };
            if let Some(step) = step.filter(|step| pathway.step(step).is_none()) {
                let near = nearest(step, pathway.steps.iter().map(|step| step.id.as_str()));
                faults.add(document, &path, words::unknown(&what, "step", step, &pathway.id, near));
            }
        }
    }
}
