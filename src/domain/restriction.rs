//! The mark that keeps a record to a few: who may see it, as its latest answers say.
//!
//! Whether somebody is among them is asked of [`super::permission::may`]; which fields carry the mark is a matter of the
//! definitions (`means = "restricted"`); how it keeps rows from being read is left to the store's scope.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::answer::{Answer, YesNo};
use super::ids::CaseId;

/// Who may see a restricted record beside those who are granted to see all of them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Mark {
    /// Members of staff by name.
    pub staff: BTreeSet<CaseId>,
    /// Roles and duties, at the record's location.
    pub roles: BTreeSet<String>,
    /// Nothing is left of it but that it was there: whoever disposes of records, verifies or audits sees that, and nobody else.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub gone: bool,
}

impl Mark {
    /// The mark of what was disposed of. Whom it was kept to went with its content.
    pub fn gone() -> Self {
        Self { gone: true, ..Self::default() }
    }

    /// The mark that answers of this meaning make together. `None` where nothing restricts: none is answered, the tables
    /// are empty, or one of them says "no".
    pub fn of<'a>(answers: impl Iterator<Item = &'a Answer>) -> Option<Self> {
        let mut mark = Self::default();
        let mut restricts = false;
        for answer in answers {
            match answer {
                Answer::YesNo { is: YesNo::No, .. } => return None,
                Answer::YesNo { is: YesNo::Yes, .. } => restricts = true,
                other => restricts |= mark.add(other),
            }
        }
        restricts.then_some(mark)
    }

    /// Takes in whoever an answer names; whether it names anybody.
    fn add(&mut self, answer: &Answer) -> bool {
        match answer {
            Answer::Named(named) => {
                self.staff.extend(named.id);
                true
            }
            Answer::Choice(role) => self.roles.insert(role.clone()),
            Answer::Choices(roles) => {
                self.roles.extend(roles.iter().cloned());
                !roles.is_empty()
            }
            Answer::Rows(rows) => {
                for cell in rows.iter().flat_map(|row| row.values()) {
                    self.add(cell);
                }
                !rows.is_empty()
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::answer::Named;

    #[test]
    fn rows_name_staff_and_roles_and_no_lifts_the_mark() {
        let ada = CaseId(uuid::Uuid::from_u128(7));
        let row = |answer: Answer| [("who".to_owned(), answer)].into_iter().collect();
        let rows = Answer::Rows(vec![
            row(Answer::Named(Named { id: Some(ada), words: "OKAFOR, A.".to_owned() })),
            row(Answer::Choices(vec!["registered_manager".to_owned()])),
        ]);
        let said = |is| Answer::YesNo { is, why: String::new() };
        let mark = Mark::of([&rows].into_iter()).unwrap();
        assert_eq!((mark.staff, mark.roles), ([ada].into(), ["registered_manager".to_owned()].into()));
        assert_eq!(Mark::of([&rows, &said(YesNo::No)].into_iter()), None);
        assert_eq!(Mark::of([&said(YesNo::Yes)].into_iter()), Some(Mark::default()));
        assert_eq!(Mark::of([&Answer::Rows(Vec::new())].into_iter()), None);
    }
}
