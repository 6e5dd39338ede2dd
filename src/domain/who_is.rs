//! By what somebody who is written down is known to be on record already. A person who comes back under a second record has two
//! halves of one history, of which the older is disposed of by itself.

use chrono::NaiveDate;

use super::names;
use super::nhs::NhsNumber;
use super::views::RecordRow;

/// What is known of somebody: enough to say that a record is theirs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WhoIs {
    /// Their NHS number.
    pub number: Option<NhsNumber>,
    /// Their name and date of birth, where both are known.
    pub born: Option<(String, NaiveDate)>,
}

impl WhoIs {
    /// Whether nothing is known by which somebody could be found.
    pub fn is_empty(&self) -> bool {
        self.number.is_none() && self.born.is_none()
    }

    /// Whether a record has this number.
    pub fn has_number(&self, row: &RecordRow) -> bool {
        self.number.is_some_and(|number| row.nhs.as_ref() == Some(&number.digits()))
    }

    /// Whether a record is of somebody of this name, its words in whichever order, who was born on that day.
    pub fn has_name_and_birth(&self, row: &RecordRow) -> bool {
        let words = |name: &str| {
            let folded = names::fold(&name.replace(',', " "));
            let mut words: Vec<String> = folded.split_whitespace().map(str::to_owned).collect();
            words.sort_unstable();
            words
        };
        self.born
            .as_ref()
            .is_some_and(|(name, born)| row.born == Some(*born) && words(name) == words(&row.name))
    }
}
