//! The definitions that are compiled in, one pathway at a time. That they are without a fault is asked by a test over the
//! whole set, so none is looked for here.

use std::collections::BTreeMap;

use super::document::{Document, Faults};
use super::field::Lists;
use super::table::Table;
use super::{owned, step};
use crate::pathway::definition::Pathway;
use crate::pathway::pathways::Head;

/// The pathways that are compiled in, as text, with what they are read with.
#[derive(Debug)]
pub(in crate::pathway) struct Shelf {
    texts: BTreeMap<&'static str, &'static str>,
    lists: Lists,
    desk: String,
}

impl Shelf {
    pub(super) fn new(texts: BTreeMap<&'static str, &'static str>, lists: Lists, desk: &str) -> Self {
        Self { texts, lists, desk: desk.to_owned() }
    }

    /// The ids of all, in ascending order.
    pub(in crate::pathway) fn ids(&self) -> impl Iterator<Item = &'static str> {
        self.texts.keys().copied()
    }

    /// Reads what stands at the head of a pathway's file, before its first table.
    pub(in crate::pathway) fn head(&self, id: &str) -> Option<Head> {
        let text = self.texts.get(id)?;
        let head = text.find("\n[").and_then(|end| text.get(..end)).unwrap_or(text);
        let faults = Faults::default();
        let (document, table) = Document::parse(id, head, &faults);
        Some(step::head(&Table::file(&document, &table, &faults)))
    }

    /// Reads one pathway, and of other files the groups that it includes.
    pub(in crate::pathway) fn pathway(&self, id: &str) -> Option<Pathway> {
        let text = self.texts.get(id)?;
        let faults = Faults::default();
        let (document, table) = Document::parse(id, text, &faults);
        let file = Table::file(&document, &table, &faults);
        let included = text.split("include = \"").skip(1);
        let others =
            included.filter_map(|rest| rest.split('"').next()?.split_once('.')).map(|(other, _)| other);
        let mut shared: step::Shared = others
            .filter_map(|other| {
                let (document, table) = Document::parse(other, self.texts.get(other)?, &faults);
                let groups = step::groups(&Table::file(&document, &table, &faults), &self.lists);
                Some((other.to_owned(), groups))
            })
            .collect();
        shared.insert(id.to_owned(), step::groups(&file, &self.lists));
        step::pathway(file, id, &self.lists, &shared).map(|read| owned(read.pathway, &self.desk))
    }
}
