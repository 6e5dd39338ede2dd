//! The records that a cell can name: by reference, or by a name that only one of them has.

use std::collections::BTreeMap;

use super::identity::name_key;
use crate::domain::ids::CaseId;
use crate::domain::permission::Viewer;
use crate::pathway::nearest;
use crate::store::{ReadError, Store};

/// Records read at a time.
const AT_ONCE: u32 = 500;

/// The records of one register as cells name them.
#[derive(Debug, Default)]
pub struct Named {
    register: String,
    by_reference: BTreeMap<String, CaseId>,
    by_name: BTreeMap<String, Vec<CaseId>>,
    shown: BTreeMap<CaseId, (String, String)>,
}

/// What a cell names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meant {
    /// This record, by its name.
    One(CaseId, String),
    /// Any of these, by their references.
    Several(Vec<String>),
    /// None; perhaps the one of this name.
    Nobody(Option<String>),
}

impl Named {
    /// Reads the names of a register.
    pub fn read(store: &Store, viewer: &Viewer, register: &str) -> Result<Self, ReadError> {
        let mut named = Self { register: register.to_owned(), ..Self::default() };
        let mut after = None;
        loop {
            let page = store.nameable(viewer, register, after, AT_ONCE)?;
            let Some(last) = page.last() else { return Ok(named) };
            after = Some(last.record.id);
            for one in page {
                named.add(one.record.id, &one.reference, &one.record.name);
            }
        }
    }

    /// Adds a record. One that is not on record yet has no reference.
    pub fn add(&mut self, id: CaseId, reference: &str, name: &str) {
        if !reference.is_empty() {
            self.by_reference.insert(folded(reference), id);
        }
        self.by_name.entry(name_key(&self.register, name)).or_default().push(id);
        self.shown.insert(id, (reference.to_owned(), name.to_owned()));
    }

    /// Who or what a cell names: "L-2", "Rowan House", or, where several have the name, "Rowan House [L-2]".
    pub fn meant(&self, said: &str) -> Meant {
        let said = said.trim();
        let within = said.rsplit_once('[').and_then(|(_, rest)| rest.strip_suffix(']'));
        let by_reference =
            within.into_iter().chain([said]).find_map(|said| self.by_reference.get(&folded(said)));
        if let Some(id) = by_reference {
            return Meant::One(*id, self.name(*id));
        }
        match self.by_name.get(&name_key(&self.register, said)).map(Vec::as_slice) {
            Some([one]) => Meant::One(*one, self.name(*one)),
            Some(several) => Meant::Several(several.iter().map(|id| self.reference(*id)).collect()),
            None => {
                let known = self.by_name.keys().map(String::as_str);
                let near =
                    nearest(&name_key(&self.register, said), known).and_then(|near| self.by_name.get(near));
                Meant::Nobody(near.and_then(|near| near.first()).map(|id| self.name(*id)))
            }
        }
    }

    /// How a cell names a record, so that it is known again; `None` where there is no such record.
    pub fn shown(&self, id: CaseId) -> Option<String> {
        let (reference, name) = self.shown.get(&id)?;
        let alone = self.by_name.get(&name_key(&self.register, name)).is_some_and(|all| all.len() == 1);
        Some(if alone { name.clone() } else { format!("{name} [{reference}]") })
    }

    fn name(&self, id: CaseId) -> String {
        self.shown.get(&id).map(|(_, name)| name.clone()).unwrap_or_default()
    }

    fn reference(&self, id: CaseId) -> String {
        self.shown.get(&id).map(|(reference, _)| reference.clone()).unwrap_or_default()
    }
}

/// A reference as it is compared: "p 12" is "P-12".
pub fn folded(reference: &str) -> String {
    reference.trim().to_uppercase().replace(['-', ' ', '\u{a0}'], "")
}
