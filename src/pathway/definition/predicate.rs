//! The closed list of conditions, and where they stand.
//!
//! Whether one holds is found in `pathway::predicate`; how they are written in TOML is read in `pathway::read`.

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
    /// A step has been recorded in the case.
    Recorded {
        /// The step.
        step: String,
    },
    /// The present risk is one of these.
    Risk(Vec<String>),
    /// The case has something open that is owed under this step or row.
    Owed {
        /// A step's id, or `STEP.FIELD` of rows.
        what: String,
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
    /// All hold.
    All(Vec<Predicate>),
    /// Any holds.
    Any(Vec<Predicate>),
    /// It does not hold.
    Not(Box<Predicate>),
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
