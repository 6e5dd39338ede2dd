//! The entries of a case as they are hashed, for whoever proves one of them outside: header and hash always, salt and body
//! where the viewer sees all of what the body says.

use super::super::Store;
use super::super::error::ReadError;
use super::super::header::Header;
use super::super::ledger;
use super::Veil;
use crate::domain::ids::{CaseId, Hash32};
use crate::domain::permission::Viewer;

/// An entry as it is hashed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hashed {
    /// Its header, which holds no words and no names.
    pub header: Header,
    /// Its hash.
    pub hash: Hash32,
    /// What was said in it.
    pub content: Content,
}

/// What there is of the content of an entry, for a viewer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Its salt and its body, from which the commitment in the header follows.
    Whole([u8; 32], Vec<u8>),
    /// It names what this viewer may not see.
    Restricted,
    /// It was disposed of.
    Disposed,
}

impl Store {
    /// The entries of a case in the order of the ledger.
    ///
    /// # Errors
    /// [`ReadError::NotFound`], and [`ReadError::Denied`] where the viewer may not read the case.
    pub fn hashed(&self, viewer: &Viewer, case: CaseId) -> Result<Vec<Hashed>, ReadError> {
        let scope = self.scope(viewer)?;
        let state = self.state(&scope, case)?;
        let scope = scope.about(state.subject.into_iter().chain([case]));
        let stored = ledger::of_case(&self.conn, case, state.version)?;
        let mut entries: Vec<_> = stored.iter().map(|one| one.read().0).collect();
        let veil = Veil::over(&scope, &entries);
        let seen = |entry: &mut crate::domain::entry::Entry| {
            let said = entry.said.clone();
            veil.entry(entry);
            entry.said == said
        };
        let seen: Vec<bool> = entries.iter_mut().map(seen).collect();
        let hashed = stored.into_iter().zip(seen).map(|(one, seen)| Hashed {
            header: one.header,
            hash: one.hash,
            content: match one.body {
                None => Content::Disposed,
                Some(_) if !seen => Content::Restricted,
                Some((salt, body)) => Content::Whole(salt, body),
            },
        });
        Ok(hashed.collect())
    }
}
