//! An evidence pack: about what one is asked. What it holds is put together by [`crate::report::pack`]; what of that may be
//! read is the store's question.

use chrono::NaiveDate;

use super::answer::Named;
use super::ids::CaseId;

/// About what a pack is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// A case, with those that are tied to it and about the same subject.
    Case(CaseId),
    /// A person: their record and every case about them.
    Person(CaseId),
    /// An organisation: its record and every case about it; and what it was asked, said and promised in others.
    Provider(CaseId),
    /// Everything in a time.
    Period,
    /// How an organisation stands, on few pages: of what a pack about it holds the figures, not the chronology.
    Scorecard(CaseId),
    /// The measures of a time with their charts, and what comes round: of nobody in particular.
    Governance,
}

impl About {
    /// The case or record that it is about.
    pub fn of(self) -> Option<CaseId> {
        match self {
            About::Case(id) | About::Person(id) | About::Provider(id) | About::Scorecard(id) => Some(id),
            About::Period | About::Governance => None,
        }
    }

    /// The organisation that it is about, where it is about one.
    pub fn organisation(self) -> Option<CaseId> {
        match self {
            About::Provider(id) | About::Scorecard(id) => Some(id),
            _ => None,
        }
    }

    /// The word it is asked for by, and the beginning of its file's name.
    pub fn word(self) -> &'static str {
        match self {
            About::Case(_) => "case",
            About::Person(_) => "person",
            About::Provider(_) => "provider",
            About::Period => "period",
            About::Scorecard(_) => "scorecard",
            About::Governance => "governance",
        }
    }
}

/// What is asked of a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackAsked {
    /// About what.
    pub about: About,
    /// The first day of it, in the office's zone; what happened or was recorded before is left out, and that is said.
    pub from: Option<NaiveDate>,
    /// The last day of it.
    pub until: Option<NaiveDate>,
    /// Only what belongs to this place.
    pub location: Option<CaseId>,
    /// Without the names and numbers of third parties, and without what is for the office alone.
    pub redact: bool,
    /// Of a person: not the pack, but the list of its passages, which somebody goes through before the person is given a copy.
    pub for_subject: bool,
    /// For whom it is made: kept with the note that it left. Of a redacted copy for an organisation, only what concerns it.
    pub whom: Option<Named>,
}

impl PackAsked {
    /// All of it, for ourselves.
    pub fn whole(about: About) -> Self {
        Self { about, from: None, until: None, location: None, redact: false, for_subject: false, whom: None }
    }
}
