//! Answers: what a person said in one field of a form, as it is kept in an entry's body for years.
//!
//! The stored form is tagged (`{"choice":"red"}`), holds strings, integers, lists and objects only, and can be
//! read without the definition it was filled in on. How an answer is typed and checked is left to
//! [`crate::form`] and [`crate::pathway`].
//!
//! # As they are stored
//! Each is an object of one member. Instants are UTC to the second, days the office's; what is empty or not known has no
//! member. All forms there are, each with every member that it can have:
//!
//! ```text
//! {"text":"Dressing wet through"}
//! {"number":12}
//! {"choice":"red"}
//! {"choices":["ambulance","gp"]}
//! {"yes_no":{"is":"no","why":"She asked us not to"}}
//! {"date":"2026-11-21"}
//! {"time":{"at":"2026-11-21T21:02:12Z","precision":"about"}}
//! {"by_when":{"at":{"at":"2026-11-21T22:00:00Z","precision":"exact"}}}
//! {"by_when":{"none_given":{"why":"The surgery is shut"}}}
//! {"by_when":{"working_days":{"days":10}}}
//! {"owed":{"case":"00112233-4455-6677-8899-aabbccddeeff","id":"00112233-4455-6677-8899-aabbccddeeff/then.review","words":"Review"}}
//! {"owed":{"case":"00112233-4455-6677-8899-aabbccddeeff","chased":2,"id":"00112233-4455-6677-8899-aabbccddeeff/promises.0","last_chased":{"at":"2026-11-21T21:02:12Z","precision":"exact"},"owner":"00112233-4455-6677-8899-aabbccddeeff","words":"Visit"}}
//! {"named":{"id":"00112233-4455-6677-8899-aabbccddeeff","words":"QUILL, Theresa"}}
//! {"checklist":[{"answer":"yes","expires":"2027-01-31","item":"mar_chart","note":"Page 4"}]}
//! {"rows":[{"what":{"text":"Visit"}}]}
//! {"tree":[{"choice":"yes","node":"awake"}]}
//! {"score":{"parts":{"pulse":1},"said":1,"total":1,"values":{"pulse":"94"}}}
//! {"evidence":{"reference":"Care plan v7","seen_at":{"at":"2026-11-21T21:02:12Z","precision":"day"},"seen_by":"J. Pettit"}}
//! ```

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::ids::{CaseId, CommitmentId, EntryId};

/// The answers of one step, by field id. A field left blank has no key.
pub type Answers = BTreeMap<String, Answer>;

/// How exactly a time is known (NHS common user interface: approximate times are marked as such).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// To the minute.
    Exact,
    /// "about 16:40".
    About,
    /// The day only; the instant is that day's start in the office's zone.
    Day,
    /// Not known; the instant is the latest it can have been.
    Unknown,
}

/// When something happened or is to happen, in UTC, with how exactly that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct When {
    /// The instant.
    #[serde(with = "super::time::whole_seconds")]
    pub at: DateTime<Utc>,
    /// How exactly it is known.
    pub precision: Precision,
}

impl When {
    /// An instant known to the minute or better.
    pub fn exact(at: DateTime<Utc>) -> Self {
        Self { at, precision: Precision::Exact }
    }
}

/// By when something was promised: a time, or none given, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ByWhen {
    /// Promised by this time.
    At(When),
    /// No time was given; the reason is on record and the provider's own chase-by time applies.
    NoneGiven {
        /// Why no time was given.
        why: String,
    },
    /// Promised within so many working days of when it was said; the day on which it was said does not count.
    WorkingDays {
        /// How many, from 1.
        days: u32,
    },
}

impl ByWhen {
    /// More working days than anybody promises: about a year.
    pub const MOST_WORKING_DAYS: u32 = 260;
}

/// A person, member of staff, organisation or location named in a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// The register's record, where there is one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub id: Option<CaseId>,
    /// The words used when it was recorded ("Dr ZZ, The Elms"), kept as they were.
    pub words: String,
}

/// One answered line of a checklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// The item's id in the definition.
    pub item: String,
    /// The answer chosen for it (`yes`, `no`, `not_applicable`).
    pub answer: String,
    /// A reference or a reason.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub note: String,
    /// When the evidence runs out, if it does.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub expires: Option<NaiveDate>,
}

/// One branch taken in a decision tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Branch {
    /// The question's id.
    pub node: String,
    /// The branch chosen.
    pub choice: String,
}

/// Something that is owed, as it stood when it was written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Owed {
    /// Which.
    pub id: CommitmentId,
    /// The case it is owed in.
    pub case: CaseId,
    /// What is owed, by whom and by when, in words.
    pub words: String,
    /// How often it had been chased by then.
    #[serde(default, skip_serializing_if = "never")]
    pub chased: u32,
    /// When it had last been chased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_chased: Option<When>,
    /// Who of our staff saw to it by name, where it goes on with them in another case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<CaseId>,
}

fn never(times: &u32) -> bool {
    *times == 0
}

/// Where the proof can be seen: a care plan's version, a letter, a photograph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// The reference, in the words of whoever keeps it.
    pub reference: String,
    /// Who saw it.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub seen_by: String,
    /// When it was seen.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub seen_at: Option<When>,
}

/// What was said in one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Answer {
    /// One line, or several for notes.
    Text(String),
    /// A whole number, in the unit that the field says.
    Number(i64),
    /// One choice's id.
    Choice(String),
    /// Several choices' ids, in the definition's order.
    Choices(Vec<String>),
    /// Yes or no with, where asked, why. Unanswered is not "no": it has no answer at all.
    YesNo {
        /// `yes` or `no`.
        is: YesNo,
        /// Why, where it was said.
        #[serde(skip_serializing_if = "String::is_empty", default)]
        why: String,
    },
    /// A day.
    Date(NaiveDate),
    /// A time.
    Time(When),
    /// A promised time, or none given and why.
    ByWhen(ByWhen),
    /// A person, member of staff, contact or location.
    Named(Named),
    /// Latest answer per line of a checklist.
    Checklist(Vec<Check>),
    /// Rows of a table, each with its own answers.
    Rows(Vec<Answers>),
    /// The path taken through a decision tree.
    Tree(Vec<Branch>),
    /// A score and its parts. A score with a part missing is incomplete: `total` is absent.
    Score {
        /// The sum, where every part is there.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        total: Option<i64>,
        /// Each part's points by its id.
        parts: BTreeMap<String, i64>,
        /// What was measured or seen of each, as it was typed, where points follow from that. The evidence of them.
        #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
        values: BTreeMap<String, String>,
        /// The total that whoever took it gave.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        said: Option<i64>,
    },
    /// Where the proof can be seen.
    Evidence(Evidence),
    /// Something that is owed, about which the rest of the row says what is done.
    Owed(Owed),
}

/// Yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum YesNo {
    /// Yes.
    Yes,
    /// No.
    No,
}

/// An answer offered from what is already on record, with where it came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prefilled {
    /// The answer.
    pub answer: Answer,
    /// The entries it was taken from.
    pub sources: Vec<EntryId>,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::mem::discriminant;

    use super::*;

    #[test]
    fn every_form_is_documented_as_it_is_stored() {
        let documented = include_str!("answer.rs").lines().filter_map(|line| line.strip_prefix("//! {"));
        let forms: Vec<Answer> = documented
            .map(|rest| {
                let line = format!("{{{rest}");
                let answer: Answer = serde_json::from_str(&line).unwrap();
                assert_eq!(serde_json::to_value(&answer).unwrap().to_string(), line);
                answer
            })
            .collect();
        let kinds: Vec<_> = forms.iter().map(discriminant).collect();
        assert_eq!(
            kinds.iter().collect::<std::collections::HashSet<_>>().len(),
            15,
            "a new form belongs there too"
        );
        let text = forms.iter().map(|form| serde_json::to_string(form).unwrap()).collect::<String>();
        let members: BTreeSet<&str> = [
            "why",
            "id",
            "note",
            "expires",
            "total",
            "seen_by",
            "seen_at",
            "values",
            "said",
            "days",
            "chased",
            "last_chased",
        ]
        .into_iter()
        .collect();
        assert!(members.iter().all(|member| text.contains(&format!("\"{member}\":"))), "{text}");
    }
}
