//! The closed list of conditions, and where they stand.
//!
//! Whether one holds is found in `pathway::predicate`; how they are written in TOML is read in `pathway::read`.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;

use super::{Field, Kind, Means, Step};
use crate::domain::case::Milestone;

/// A condition. One closed list, written as TOML tables, never expression strings.
#[derive(Debug, Clone, PartialEq)]
pub enum Predicate {
    /// A field's answer is (or contains) this choice, or yes/no. `step` absent: this step's own form.
    Is {
        /// The earlier step, or this one's form.
        step: Option<String>,
        /// The field.
        field: String,
        /// Any of these.
        any: Vec<String>,
    },
    /// A field is answered at all.
    Answered {
        /// The earlier step, or this one's form.
        step: Option<String>,
        /// The field.
        field: String,
    },
    /// A number, or the total of a score, is at least this; what was not answered is not.
    AtLeast {
        /// The earlier step, or this one's form.
        step: Option<String>,
        /// The field.
        field: String,
        /// The number.
        number: i64,
    },
    /// A number, or the total of a score, is at most this; what was not answered is not.
    AtMost {
        /// The earlier step, or this one's form.
        step: Option<String>,
        /// The field.
        field: String,
        /// The number.
        number: i64,
    },
    /// The record of whomever the case is about says one of these under any field of this meaning, as it stood when the
    /// step was recorded. A case about nobody has no such record.
    Record {
        /// The meaning, of a choice, choices or yes/no of the register.
        means: Means,
        /// Any of these.
        any: Vec<String>,
    },
    /// A step has been recorded in the case, and after the last one of each of these, where any of them was.
    Recorded {
        /// The step.
        step: String,
        /// What makes the step count no more that was recorded before it.
        since: Vec<String>,
    },
    /// A step has been recorded in the case, and the last one happened no longer ago than this.
    Lately {
        /// The step.
        step: String,
        /// How long ago at most, elapsed.
        within: TimeDelta,
    },
    /// The case has reached this milestone, on whichever edition.
    Reached(Milestone),
    /// The case stands in one of these states; of a step that moves it, asked of what follows, in that to which it moved.
    StandsIn(Vec<String>),
    /// A level that is answered in this form weighs less than the case's present one.
    Lowers {
        /// The field.
        field: String,
    },
    /// The present risk is one of these.
    Risk(Vec<String>),
    /// The case has something open that is owed under this step or row.
    Owed {
        /// A step's id, or `STEP.FIELD` of rows.
        what: String,
    },
    /// What was owed under this step or row has been done, some of it at least.
    Done {
        /// A step's id, or `STEP.FIELD` of rows.
        what: String,
    },
    /// The case has something open that is owed under this step or row and is past its time. In a step that is recorded on
    /// one of them, that one is.
    Overdue {
        /// A step's id, or `STEP.FIELD` of rows.
        what: String,
    },
    /// Every line of a checklist is answered, each with one of these.
    EveryLine {
        /// The earlier step, or this one's form.
        step: Option<String>,
        /// The field.
        field: String,
        /// Any of these.
        any: Vec<String>,
        /// The lines that are asked: put in once the whole pathway is read.
        lines: Vec<String>,
    },
    /// A time answered in this form lies after now.
    After {
        /// The field.
        field: String,
    },
    /// A time answered in this form lies at or before now.
    Before {
        /// The field.
        field: String,
    },
    /// The case has something open that is owed under this step and waits for a kind of organisation, and the one that is
    /// named in a field of this form is of none of those kinds, as far as its record said when the step was recorded.
    Unmet {
        /// A step's id.
        what: String,
        /// The field.
        by: String,
    },
    /// Whoever or whatever is named in a field of this form is named in words alone: nothing on record was taken, and
    /// nothing is made on the spot.
    WordsAlone {
        /// The field.
        field: String,
    },
    /// The organisation named in a field of this form is one that whoever takes it is warned of, as it stood when the step
    /// was recorded.
    Caution {
        /// The field.
        field: String,
    },
    /// All hold.
    All(Vec<Predicate>),
    /// Any holds.
    Any(Vec<Predicate>),
    /// It does not hold.
    Not(Box<Predicate>),
}

impl Predicate {
    /// The earlier steps that it asks of, each with the field where one is asked.
    pub fn asks(&self) -> Vec<(String, Option<String>)> {
        match self {
            Predicate::Is { step, field, .. }
            | Predicate::Answered { step, field }
            | Predicate::AtLeast { step, field, .. }
            | Predicate::AtMost { step, field, .. }
            | Predicate::EveryLine { step, field, .. } => {
                step.iter().map(|step| (step.clone(), Some(field.clone()))).collect()
            }
            Predicate::Recorded { step, since } => {
                std::iter::once(step).chain(since).map(|step| (step.clone(), None)).collect()
            }
            Predicate::Lately { step, .. } => vec![(step.clone(), None)],
            Predicate::Owed { what } | Predicate::Done { what } | Predicate::Overdue { what } => {
                match what.split_once('.') {
                    Some((step, field)) => vec![(step.to_owned(), Some(field.to_owned()))],
                    None => vec![(what.clone(), None)],
                }
            }
            Predicate::Unmet { what, .. } => vec![(what.clone(), None)],
            Predicate::All(parts) | Predicate::Any(parts) => parts.iter().flat_map(Predicate::asks).collect(),
            Predicate::Not(part) => part.asks(),
            Predicate::Record { .. }
            | Predicate::Risk(_)
            | Predicate::Reached(_)
            | Predicate::StandsIn(_)
            | Predicate::Lowers { .. }
            | Predicate::After { .. }
            | Predicate::Before { .. }
            | Predicate::WordsAlone { .. }
            | Predicate::Caution { .. } => Vec::new(),
        }
    }

    /// Puts into every [`Predicate::EveryLine`] of it which lines there are; `lines` are those of each checklist by step and
    /// field, `own` the step in which it is asked.
    pub fn name_lines(&mut self, own: &str, lines: &BTreeMap<(String, String), Vec<String>>) {
        match self {
            Predicate::EveryLine { step, field, lines: named, .. } => {
                let of = (step.clone().unwrap_or_else(|| own.to_owned()), field.clone());
                named.clone_from(lines.get(&of).unwrap_or(&Vec::new()));
            }
            Predicate::All(parts) | Predicate::Any(parts) => {
                parts.iter_mut().for_each(|part| part.name_lines(own, lines));
            }
            Predicate::Not(part) => part.name_lines(own, lines),
            _ => {}
        }
    }
}

/// A condition that may be absent: `None` always holds.
pub type When = Option<Predicate>;

/// A condition with the words shown when it does not hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Gate {
    /// The condition.
    pub holds: Predicate,
    /// Why not, as shown.
    pub say: String,
}

impl Predicate {
    /// Adds the meanings that it asks of the record of whomever the case is about.
    fn asked_of_record(&self, asked: &mut BTreeSet<Means>) {
        match self {
            Predicate::Record { means, .. } => drop(asked.insert(*means)),
            Predicate::All(parts) | Predicate::Any(parts) => {
                parts.iter().for_each(|part| part.asked_of_record(asked));
            }
            Predicate::Not(part) => part.asked_of_record(asked),
            _ => {}
        }
    }
}

impl Predicate {
    /// Whether it asks of which organisations one is warned.
    fn asks_cautions(&self) -> bool {
        match self {
            Predicate::Caution { .. } => true,
            Predicate::All(parts) | Predicate::Any(parts) => parts.iter().any(Predicate::asks_cautions),
            Predicate::Not(part) => part.asks_cautions(),
            _ => false,
        }
    }
}

impl Step {
    /// Whether a line of it is asked only where one is warned of an organisation. Only then is that looked up, and kept
    /// with what is recorded.
    pub fn asks_cautions(&self) -> bool {
        let asks = |when: &Predicate| when.asks_cautions();
        let asked = |field: &'_ Field| field.asks.iter().any(|ask| asks(&ask.holds));
        let lines = self.fields.iter().flat_map(|field| field.required.iter().flatten().chain(&field.shown));
        lines.into_iter().any(asks)
            || self.fields.iter().any(asked)
            || self.then.iter().filter_map(|then| then.when.as_ref()).any(asks)
    }

    /// The meanings that any condition of the step asks of the record of whomever the case is about. Only they are
    /// looked up, and kept with what is recorded.
    pub fn asked_of_record(&self) -> BTreeSet<Means> {
        let closes = self.closes.iter().flatten().chain(&self.calls_off.when).chain(&self.settles.when);
        let reached = self.milestones.iter().filter_map(|(_, when)| when.as_ref());
        let owed = self.then.iter().chain(&self.incomplete).filter_map(|then| then.when.as_ref());
        let gates = self.needs.iter().map(|gate| &gate.holds);
        let mut asked = BTreeSet::new();
        for condition in closes.chain(reached).chain(owed).chain(gates) {
            condition.asked_of_record(&mut asked);
        }
        asked_by(&self.fields, &mut asked);
        asked
    }
}

fn asked_by(fields: &[Field], asked: &mut BTreeSet<Means>) {
    for field in fields {
        let required = field.required.iter().flatten();
        let opens = field.opens.as_ref().and_then(|opens| opens.when.as_ref());
        let asks = field.asks.iter().map(|ask| &ask.holds);
        for condition in required.chain(&field.shown).chain(opens).chain(asks) {
            condition.asked_of_record(asked);
        }
        if let Kind::Rows { columns, .. } = &field.kind {
            asked_by(columns, asked);
        }
    }
}
