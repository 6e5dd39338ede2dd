//! What was shared: told to somebody, with what, how, when and on which basis. Found by meaning in every case.
//!
//! The list over all cases is left to the store; what is shown of a case beside each is in [`crate::domain::views`].

use serde::{Deserialize, Serialize};

use super::answer::{Named, When};
use super::ids::EntryId;

/// One thing that was told to one party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// The entry that says so.
    pub entry: EntryId,
    /// The row of its table, where it stands in one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<u32>,
    /// When they were told.
    pub at: When,
    /// Who was told: an organisation, or somebody by name.
    pub with: Named,
    /// What they are to the person (family, care team), where the form asks for that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
    /// By what means; empty where the form does not ask for it.
    pub how: String,
    /// What was said, whole; empty where the form asks only that they were told.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub what: String,
    /// What for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<String>,
    /// On which basis.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<Basis>,
    /// Why without the person's agreement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub without_consent: Option<String>,
}

/// On which basis something was shared, as its choice had it then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// The choice's id.
    pub id: String,
    /// Its words.
    pub label: String,
}
