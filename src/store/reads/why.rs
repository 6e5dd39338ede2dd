//! How the due time of something owed came about, with what stood before it in its case.

use super::super::Store;
use super::super::error::ReadError;
use super::{Records, Veil, party};
use crate::domain::commitment::Commitment;
use crate::domain::ids::{CaseId, CommitmentId};
use crate::domain::permission::Viewer;
use crate::domain::views::Why;
use crate::pathway::due::told;

impl Store {
    /// How the due time of something owed in a case came about, and what stood in its place before.
    ///
    /// # Errors
    /// [`ReadError::NotFound`], and [`ReadError::Denied`] where the viewer may not read the case.
    pub fn why(&self, viewer: &Viewer, case: CaseId, owed: &CommitmentId) -> Result<Why, ReadError> {
        let scope = self.scope(viewer)?;
        let mut state = self.state(&scope, case)?;
        let scope = scope.about(state.subject.into_iter().chain([case]));
        Veil::new(&scope).state(&mut state);
        let (records, roles) = (Records::new(&self.conn), self.roles()?);
        let name = |owed: &Commitment| {
            party(&records, &owed.obligor, state.location, |role| roles.title(role).to_owned())
                .unwrap_or_default()
        };
        let why = told::chain(&state, owed, name);
        if why.chain.is_empty() { Err(ReadError::NotFound) } else { Ok(why) }
    }
}
