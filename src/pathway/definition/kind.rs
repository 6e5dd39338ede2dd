//! The kinds of answer that a field can take.
//!
//! The answers themselves are `domain::answer`; whether one fits its kind is left to `pathway::check`.

use serde::{Deserialize, Serialize};

use super::{Field, Prefill};
use crate::domain::handover::Section;
use crate::pathway::due::Every;

/// What kind of answer a field takes.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// One line.
    Text,
    /// Several lines.
    Notes,
    /// A whole number.
    Number {
        /// What is counted, as it is shown behind the number ("h", "min"); empty where nothing stands there.
        unit: String,
        /// The least it can be.
        from: Option<i64>,
        /// The most it can be.
        to: Option<i64>,
    },
    /// One of these.
    Choice(Vec<Choice>),
    /// Any of these.
    Choices(Vec<Choice>),
    /// Yes or no; unanswered is not "no".
    YesNo {
        /// For which answers "why" is asked.
        why: WhyAsked,
    },
    /// A day.
    Date,
    /// A time, past unless it says otherwise.
    Time {
        /// A bare clock time means the next one, not the last.
        future: bool,
    },
    /// A time, or "none given" and why.
    ByWhen,
    /// A record of a register: `people`, `staff`, `organisations`, `locations`.
    Record {
        /// The register's pathway id.
        register: String,
        /// It may be made on the spot from a name (and place) alone, or left as words.
        on_the_spot: bool,
    },
    /// Latest answer per item.
    Checklist {
        /// The lines.
        items: Vec<Choice>,
        /// Whether evidence can run out.
        expires: bool,
        /// For which answers a reference or a reason is asked; what does not apply counts as no.
        why: WhyAsked,
        /// It is answered bit by bit (`gathers`): a line that is left out stays as it was answered before in the case.
        gathers: bool,
    },
    /// A table; each row answers the columns.
    Rows {
        /// The columns, fields of their own.
        columns: Vec<Field>,
        /// Rows offered from what is on record (closed list of sources).
        from: Option<Prefill>,
    },
    /// A decision tree as data; the path taken is stored.
    Tree(Vec<Node>),
    /// A score from parts.
    Score(Vec<Part>),
    /// A reference, seen by, at.
    Evidence,
    /// Something owed about the record at hand: a column of rows that are offered from there (`rows_from = "owed"`).
    Owed,
}

/// For which answers of yes/no "why" is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum WhyAsked {
    /// For neither.
    #[default]
    Never,
    /// For yes.
    Yes,
    /// For no.
    No,
    /// For both.
    Always,
}

/// The choice of a column that means [`Means::Settle`](super::Means::Settle) by which something owed stays as it is.
pub const SETTLE_KEEP: &str = "keep";
/// By which it is no longer wanted.
pub const SETTLE_CANCEL: &str = "cancel";
/// By which somebody else of ours sees to it.
pub const SETTLE_PASS_ON: &str = "pass_on";

/// A choice, or a line of a checklist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its id.
    pub id: String,
    /// Its label.
    pub label: String,
    /// The key that picks it; the first free letter of the label where none is given.
    pub key: char,
    /// What it means, shown while it is chosen.
    pub help: String,
    /// No longer offered; old answers still show.
    pub retired: bool,
    /// How much it weighs, where choices are sorted and coloured by it, as levels of risk are: 1 to [`Level::HEAVIEST`](crate::domain::case::Level::HEAVIEST). Sorts, ranks and colours by it.
    pub weight: Option<u8>,
    /// Kinds of service (`service_types`) at which it can be the case; empty is any.
    pub only_at: Vec<String>,
    /// How often what is owed comes round, where the choice says so ([`Means::Recurs`](super::Means::Recurs)).
    pub every: Option<Every>,
    /// Ids of choices of the same list that it contradicts: where several can be chosen, none of those beside it.
    pub not_with: Vec<String>,
    /// From how many on it holds, where a number decides between the choices of a list: of those it reaches, the greatest.
    pub at_least: Option<u64>,
    /// Where the open case of an urgent call stands in a handover for which it was chosen, of a route: `first`, to be
    /// answered by itself, where it is about safeguarding.
    pub handover: Option<Section>,
    /// What is then said before anything else of the case, at its head and in its rows, until the field is answered anew.
    pub alarm: Option<String>,
    /// An office is expected to have one of this kind that comes round: what the opening step of a pathway with `reviews`
    /// asks.
    pub expected: bool,
}

impl Choice {
    /// A choice that says no more than its label.
    pub fn plain(id: &str, label: &str, key: char) -> Self {
        Self {
            id: id.to_owned(),
            label: label.to_owned(),
            key,
            help: String::new(),
            retired: false,
            weight: None,
            only_at: Vec::new(),
            every: None,
            not_with: Vec::new(),
            at_least: None,
            handover: None,
            alarm: None,
            expected: false,
        }
    }
}

/// A question of a decision tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Its id.
    pub id: String,
    /// The question.
    pub ask: String,
    /// The branches.
    pub branches: Vec<(Choice, Leads)>,
}

/// Where a branch of a decision tree leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leads {
    /// To another question.
    To(String),
    /// To an outcome.
    Outcome {
        /// In words.
        says: String,
        /// The choice that follows from it, of a field that follows the tree (`gives`).
        gives: Option<String>,
    },
}

/// A part of a score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its id.
    pub id: String,
    /// Its label.
    pub label: String,
    /// Least and greatest value.
    pub range: (i64, i64),
    /// By which the points follow from what was measured or seen; none where the points themselves are asked for.
    pub bands: Vec<Bands>,
    /// What was measured is hardly less than the first and hardly more than the second, in the smallest unit that can be
    /// measured: asked about, never refused.
    pub hardly: (Option<i64>, Option<i64>),
}

/// How the points of a part follow from what was measured or seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bands {
    /// They hold where this other part of the score, by its id, has this grade; `None`: wherever no others hold.
    pub given: Option<(String, String)>,
    /// What is measured falls into one of these, in rising order; empty where something is seen.
    pub measured: Vec<Band>,
    /// How many digits after the point a measurement can have.
    pub decimals: u8,
    /// What is seen is one of these; empty where something is measured.
    pub seen: Vec<Grade>,
}

/// A range of measurements that gives the same points, up to and with its end; it begins above the one before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// Its end, in the smallest unit that can be measured (tenths where one decimal is); `None`: without end.
    pub to: Option<i64>,
    /// Its points.
    pub points: i64,
}

/// Something that is seen, and its points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grade {
    /// What is chosen; its id is stored.
    pub choice: Choice,
    /// Its points.
    pub points: i64,
}
