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

    /// The same read back: what this word means of this case or record. A word that wants one has none without.
    pub fn of_word(word: &str, of: Option<CaseId>) -> Option<Self> {
        let named: fn(CaseId) -> Self = match word {
            "period" => return Some(About::Period),
            "governance" => return Some(About::Governance),
            "case" => About::Case,
            "person" => About::Person,
            "provider" => About::Provider,
            "scorecard" => About::Scorecard,
            _ => return None,
        };
        of.map(named)
    }
}

/// In which form a pack is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Form {
    /// A page for a browser and for A4.
    #[default]
    Html,
    /// A value for programs, with what proves it.
    Json,
    /// A file for each table, in a folder.
    Csv,
}

impl Form {
    /// Every form.
    pub const ALL: [Self; 3] = [Self::Html, Self::Json, Self::Csv];

    /// The word it is asked for by, and the ending of its files.
    pub fn word(self) -> &'static str {
        match self {
            Form::Html => "html",
            Form::Json => "json",
            Form::Csv => "csv",
        }
    }
}

/// What somebody at a desk asks to have written into the office's own folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Making {
    /// A pack in this form.
    Pack(PackAsked, Form),
    /// Of a person who asks for a copy of their record: the list of its passages, which somebody goes through first.
    Passages(CaseId),
    /// The copy for them, from the list as it was gone through.
    Copy(CaseId),
    /// The pack for registration, of one pathway by its id or of all.
    Registration(Option<String>),
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
    /// For whom it is made: kept with the note that it left. Of a redacted copy for an organisation, only what concerns it.
    pub whom: Option<Named>,
    /// It is for whoever it is about: redacted, their own telephone stays, as their name does.
    pub theirs: bool,
}

impl PackAsked {
    /// All of it, for ourselves.
    pub fn whole(about: About) -> Self {
        Self { about, from: None, until: None, location: None, redact: false, whom: None, theirs: false }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn what_a_pack_is_about_is_read_back_from_its_word() {
        let id = CaseId(Uuid::from_u128(7));
        for about in [
            About::Case(id),
            About::Person(id),
            About::Provider(id),
            About::Period,
            About::Scorecard(id),
            About::Governance,
        ] {
            assert_eq!(About::of_word(about.word(), about.of()), Some(about));
        }
        assert_eq!(About::of_word("case", None), None);
        assert_eq!(About::of_word("anything", Some(id)), None);
    }
}
