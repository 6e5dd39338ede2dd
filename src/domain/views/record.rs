//! A record of a register as lists and banners name it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::answer::{Answer, When};
use crate::domain::entry::Caution;
use crate::domain::ids::CaseId;

/// A person or other record as lists and banners name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordRow {
    /// The record.
    pub id: CaseId,
    /// The register's pathway id (`people`).
    pub register: String,
    /// Name as it is shown ("QUILL, Theresa").
    pub name: String,
    /// Name in little room ("QUILL, T.").
    pub short: String,
    /// Date of birth, for a person.
    pub born: Option<NaiveDate>,
    /// NHS number as ten digits, for a person.
    pub nhs: Option<String>,
    /// Room, flat or address.
    pub room: Option<String>,
    /// The location it belongs to.
    pub location: Option<CaseId>,
    /// That location's name.
    pub place: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// What everyone must see first (allergies, DNACPR).
    pub alerts: Vec<String>,
    /// Must not be told, for a contact.
    pub do_not_inform: bool,
    /// The account by which the operating system knows a member of staff.
    pub code: Option<String>,
    /// What only some registers know.
    #[serde(flatten)]
    pub more: More,
    /// Everything else that is known, latest answer by field id; never what is sealed.
    pub answers: BTreeMap<String, Answer>,
}

/// What a record says by meaning, where its register asks for it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct More {
    /// How a person's gender is recorded, in words.
    pub gender: Option<String>,
    /// Where a person is, unless that is simply at home.
    pub whereabouts: Option<Whereabouts>,
    /// Marked as meant for some only.
    pub restricted: bool,
    /// Why this person is escalated earlier than others, in words.
    pub early_escalation: Vec<String>,
    /// Whom of those near a person may be told what, in words; none of those who must not be told.
    pub may_be_told: Vec<String>,
    /// Who of them must not be told, with who they are to the person: read with the record's answers, and never stored.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub must_not_be_told: Vec<String>,
    /// What an organisation is, or which kind of service a location gives.
    pub type_of: Option<TypeOf>,
    /// The number outside opening hours.
    pub out_of_hours: Option<String>,
    /// Opening hours as they were written.
    pub hours: Option<String>,
    /// People at an organisation.
    pub people: Vec<Contact>,
    /// Titles of the roles of a member of staff, with the place where one is held there alone: read with the definitions in
    /// force, and never stored.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
    /// Why whoever takes an organisation is warned: read from the cases about it, and never stored.
    #[serde(skip)]
    pub cautions: Vec<Caution>,
}

impl RecordRow {
    /// Where a person is, the choice's id; `None` where they usually are.
    pub fn whereabouts(&self) -> Option<String> {
        let place = self.more.whereabouts.as_ref()?;
        Some(place.id.clone()).filter(|id| !id.is_empty())
    }
}

/// What an organisation is, or which kind of service a location gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypeOf {
    /// The choice's id.
    pub id: String,
    /// Its words.
    pub label: String,
}

/// Where a person is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Whereabouts {
    /// The choice's id; empty where only the detail is known.
    #[serde(default)]
    pub id: String,
    /// In hospital, missing, died; empty where only the detail is known.
    pub label: String,
    /// Hospital and ward, whose house.
    pub detail: Option<String>,
    /// Since when.
    pub since: Option<When>,
    /// Until when, as it was said.
    pub until: Option<When>,
    /// How much it wants attention; from [`Whereabouts::FIRST`] on the record stands before all others.
    pub weight: u8,
}

impl Whereabouts {
    /// What weighs this much is shown first wherever records are listed, and on the dashboard.
    pub const FIRST: u8 = 9;

    /// Whether everybody has to know before anything else.
    pub fn is_first(&self) -> bool {
        self.weight >= Self::FIRST
    }
}

/// Somebody at an organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Their name.
    pub name: String,
    /// What they do there.
    pub job: Option<String>,
    /// Their number.
    pub phone: Option<String>,
    /// Their number outside opening hours.
    pub out_of_hours: Option<String>,
}
