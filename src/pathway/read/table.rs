//! A table of a definition file, asked key by key. What is missing or of the wrong kind is noted with its line and
//! reading goes on; keys nobody asked for are noted at the end. What the keys mean is left to the readers.

use std::cell::RefCell;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::document::{Document, Faults, within};
use super::names;
use crate::domain::words::pathway::{self as words, Trouble};

/// A table with its place in the file.
pub(in crate::pathway) struct Table<'a> {
    pub(in crate::pathway) document: &'a Document,
    pub(in crate::pathway) faults: &'a Faults,
    /// Where it stands (`step.3`).
    pub(in crate::pathway) path: String,
    table: &'a DeTable<'a>,
    what: &'static str,
    of: String,
    /// More than once where it was asked for so.
    asked: RefCell<Vec<&'static str>>,
}

impl<'a> Table<'a> {
    /// A whole file.
    pub(in crate::pathway) fn file(
        document: &'a Document,
        table: &'a DeTable<'a>,
        faults: &'a Faults,
    ) -> Self {
        Self {
            document,
            faults,
            path: String::new(),
            table,
            what: "file",
            of: String::new(),
            asked: RefCell::default(),
        }
    }

    fn part(&self, path: String, table: &'a DeTable<'a>, what: &'static str) -> Self {
        let of = if self.path.is_empty() { String::new() } else { self.name() };
        Self {
            document: self.document,
            faults: self.faults,
            path,
            table,
            what,
            of,
            asked: RefCell::default(),
        }
    }

    /// How faults call it: `field "by" of step "liaise"`.
    pub(in crate::pathway) fn name(&self) -> String {
        let id = self.table.get("id").and_then(|id| id.get_ref().as_str());
        let own = id.map_or_else(|| self.what.to_owned(), |id| format!("{} \"{id}\"", self.what));
        if self.of.is_empty() { own } else { format!("{own} of {}", self.of) }
    }

    /// Notes a fault at one of its keys.
    pub(in crate::pathway) fn fault(&self, key: &str, trouble: Trouble) {
        self.faults.add(self.document, &within(&self.path, key), trouble);
    }

    /// Whether the key is there. Does not count as asking for it.
    pub(in crate::pathway) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Its keys, in alphabetical order, for tables whose keys are the file's own words.
    pub(in crate::pathway) fn keys(&self) -> Vec<String> {
        self.table.keys().map(|key| key.get_ref().to_string()).collect()
    }

    /// The value of a key.
    pub(in crate::pathway) fn value(&self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.asked.borrow_mut().push(key);
        self.table.get(key)
    }

    pub(super) fn wrong_kind<T>(&self, key: &str, wanted: &str) -> Option<T> {
        self.fault(key, words::wrong_kind(&self.name(), key, wanted));
        None
    }

    /// Text.
    pub(in crate::pathway) fn text(&self, key: &'static str) -> Option<String> {
        let value = self.value(key)?;
        match value.get_ref().as_str() {
            Some(text) => Some(text.to_owned()),
            None => self.wrong_kind(key, words::takes::TEXT),
        }
    }

    /// Text that must be there and say something.
    pub(in crate::pathway) fn needed(&self, key: &'static str) -> Option<String> {
        let text = self.text(key);
        let blank = text.as_ref().is_some_and(|text| text.trim().is_empty());
        if blank || (text.is_none() && !self.has(key)) {
            self.fault(key, words::missing(&self.name(), key));
        }
        text
    }

    /// An id: small letters, digits and `_`, beginning with a letter (but for choices: "999" is one); it is kept in
    /// the record for ever.
    pub(in crate::pathway) fn id(&self) -> Option<String> {
        let id = self.needed("id")?;
        let number = self.what == "choice" && id.starts_with(|letter: char| letter.is_ascii_digit());
        let well_made = is_id(&id) || (number && is_id(&format!("n{id}")));
        if !well_made && !id.trim().is_empty() {
            self.fault("id", words::not_an_id(&id));
        }
        Some(id)
    }

    /// True or false; false where it is absent.
    pub(in crate::pathway) fn flag(&self, key: &'static str) -> bool {
        let Some(value) = self.value(key) else { return false };
        value
            .get_ref()
            .as_bool()
            .or_else(|| self.wrong_kind(key, words::takes::TRUE_OR_FALSE))
            .unwrap_or(false)
    }

    /// A whole number.
    pub(in crate::pathway) fn number(&self, key: &'static str) -> Option<i64> {
        let number = self.value(key)?.get_ref().as_integer();
        let number = number.and_then(|number| i64::from_str_radix(number.as_str(), number.radix()).ok());
        number.or_else(|| self.wrong_kind(key, words::takes::WHOLE_NUMBER))
    }

    /// One key of the keyboard: a small letter, a digit, or a mark that every keyboard has without shift.
    pub(in crate::pathway) fn key(&self) -> Option<char> {
        let text = self.text("key")?;
        let mut letters = text.chars();
        match (letters.next(), letters.next()) {
            (Some(key), None)
                if key.is_ascii_lowercase()
                    || key.is_ascii_digit()
                    || matches!(key, '-' | ',' | '.' | '\'') =>
            {
                Some(key)
            }
            _ => self.wrong_kind("key", words::takes::ONE_KEY),
        }
    }

    /// A list of texts; one text stands for a list of one.
    pub(in crate::pathway) fn texts(&self, key: &'static str) -> Vec<String> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let texts = match value.get_ref() {
            DeValue::String(text) => Some(vec![text.to_string()]),
            DeValue::Array(array) => {
                array.iter().map(|text| text.get_ref().as_str().map(str::to_owned)).collect()
            }
            _ => None,
        };
        texts.or_else(|| self.wrong_kind(key, words::takes::TEXTS)).unwrap_or_default()
    }

    /// A word of a closed list.
    pub(in crate::pathway) fn one_of<T: DeserializeOwned>(&self, key: &'static str) -> Option<T> {
        let word = self.text(key)?;
        let found = names::named(&word);
        if found.is_none() {
            self.fault(
                key,
                words::not_one_of(&self.name(), key, &word, names::names::<T>(), near::<T>(&word)),
            );
        }
        found
    }

    /// Words of a closed list.
    pub(in crate::pathway) fn each_one_of<T: DeserializeOwned>(&self, key: &'static str) -> Vec<T> {
        let words = self.texts(key);
        let read = |(at, word): (usize, &String)| {
            let found = names::named(word);
            if found.is_none() {
                let at = format!("{key}.{at}");
                let trouble =
                    words::not_one_of(&self.name(), key, word, names::names::<T>(), near::<T>(word));
                self.fault(&at, trouble);
            }
            found
        };
        words.iter().enumerate().filter_map(read).collect()
    }

    /// Whether the key says this word. Does not count as asking for it.
    pub(in crate::pathway) fn is_text(&self, key: &str, word: &str) -> bool {
        self.table.get(key).is_some_and(|value| value.get_ref().as_str() == Some(word))
    }

    /// Whether a table stands under the key. Does not count as asking for it.
    pub(in crate::pathway) fn is_table(&self, key: &str) -> bool {
        self.table.get(key).is_some_and(|value| value.get_ref().is_table())
    }

    /// A table.
    pub(in crate::pathway) fn table(&self, key: &'static str, what: &'static str) -> Option<Table<'a>> {
        let value = self.value(key)?;
        match value.get_ref().as_table() {
            Some(table) => Some(self.part(within(&self.path, key), table, what)),
            None => self.wrong_kind(key, words::takes::A_TABLE),
        }
    }

    /// A list of tables; one table stands for a list of one.
    pub(in crate::pathway) fn tables(&self, key: &'static str, what: &'static str) -> Vec<Table<'a>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        self.tables_in(key, value, what)
    }

    /// As [`Table::tables`], for a table whose keys are the file's own words.
    pub(in crate::pathway) fn tables_named(&self, key: &str, what: &'static str) -> Vec<Table<'a>> {
        let Some(value) = self.table.get(key) else { return Vec::new() };
        self.tables_in(key, value, what)
    }

    fn tables_in(&self, key: &str, value: &'a Spanned<DeValue<'a>>, what: &'static str) -> Vec<Table<'a>> {
        let path = within(&self.path, key);
        let parts: Option<Vec<_>> = match value.get_ref() {
            DeValue::Table(table) => Some(vec![self.part(path, table, what)]),
            DeValue::Array(array) => array
                .iter()
                .enumerate()
                .map(|(at, value)| Some(self.part(within(&path, at), value.get_ref().as_table()?, what)))
                .collect(),
            _ => None,
        };
        parts.or_else(|| self.wrong_kind(key, words::takes::TABLES)).unwrap_or_default()
    }

    /// Notes the keys that nobody asked for.
    pub(in crate::pathway) fn finish(self) {
        let asked = self.asked.borrow();
        for key in self.table.keys().filter(|key| !asked.contains(&key.get_ref().as_ref())) {
            let near = names::nearest(key.get_ref(), asked.iter().copied());
            self.fault(key.get_ref(), words::unknown_key(&self.name(), key.get_ref(), near));
        }
    }
}

fn near<T: DeserializeOwned>(word: &str) -> Option<&'static str> {
    names::nearest(word, names::names::<T>().iter().copied())
}

fn is_id(id: &str) -> bool {
    id.starts_with(|letter: char| letter.is_ascii_lowercase())
        && id.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_')
}
