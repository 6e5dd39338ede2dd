//! Somebody who is here may always add others to the staff list: the last of them neither leaves nor loses the role.
//!
//! Without that an office stays closed to everybody who comes, for ever. Whoever sets it up is offered only roles that may;
//! this holds it for all that comes after, from whichever form, correction or script.

use super::{Appending, refused};
use crate::domain::act::Act;
use crate::domain::entry::{NewEntry, NewSaid};
use crate::domain::permission::Held;
use crate::domain::words::store as words;
use crate::store::error::AppendError;
use crate::store::rows::json;

/// The register of whoever works here.
const STAFF: &str = "staff";

impl Appending<'_> {
    /// Whether an entry may change who may add staff.
    pub(super) fn is_of_staff(&mut self, entry: &NewEntry) -> Result<bool, AppendError> {
        let case = match &entry.what {
            NewSaid::Step { pathway, .. } => return Ok(pathway == STAFF),
            NewSaid::Act(Act::Amend { .. } | Act::Countersign { .. }) => entry.case,
            NewSaid::Act(_) => None,
        };
        let Some(case) = case else { return Ok(false) };
        Ok(self.deriver.case(case)?.is_some_and(|record| record.pathway == STAFF))
    }

    /// Whether somebody on the staff list may add others, as the tables stand.
    pub(super) fn staff_list_is_kept(&mut self) -> Result<bool, AppendError> {
        let edition = self.edition()?;
        let may = edition.may_add_staff();
        let mut here =
            self.conn.prepare_cached("SELECT roles FROM records WHERE register = 'staff' AND closed = 0")?;
        let roles = here.query_map([], |row| json::<Vec<Held>>(row, 0))?;
        for held in roles {
            if held?.iter().any(|(role, place)| place.is_none() && may.contains(role)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Refuses what took the last of them away.
    pub(super) fn keeps_staff_list(&mut self) -> Result<(), AppendError> {
        self.flush()?;
        if self.staff_list_is_kept()? {
            return Ok(());
        }
        let edition = self.edition()?;
        let titles: Vec<&str> =
            edition.may_add_staff().iter().map(|role| edition.roles.title(role)).collect();
        Err(refused(&words::nobody_adds_staff(&titles)))
    }
}
