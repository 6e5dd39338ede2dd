//! What a step or a row makes owed: by whom, from when and by when.
//!
//! The rules for a due time are in `pathway::due`; what comes of them in a case is left to `pathway::fold`.

use serde::{Deserialize, Serialize};

use super::{Pathway, Step, When};
use crate::domain::case::Milestone;
use crate::pathway::due::{Every, Rule, Targets};

/// What is owed next.
#[derive(Debug, Clone, PartialEq)]
pub struct Then {
    /// The step that settles it, in this pathway or, with `pathway`, the opening step of another.
    pub step: String,
    /// Another pathway whose case the step opens.
    pub pathway: Option<String>,
    /// What is owed, in words; the step's title where none is given.
    pub title: String,
    /// Who owes it: a role or a duty.
    pub by: String,
    /// By when.
    pub within: Owing,
    /// From when the clock runs.
    pub from: From,
    /// How long before it counts as due soon.
    pub warn: Option<Rule>,
    /// The milestone after which it is still owed, but counts as none late.
    pub eased_by: Option<Milestone>,
    /// The field, of this step and of the one that settles it, whose answer has to be the same there: whom nobody
    /// reached is still to be rung, whoever else is.
    pub same: Option<String>,
    /// It is settled by speaking with an organisation of one of these kinds, or by a step that says so: whoever was to be
    /// rung is rung, not anybody. Empty where every such step settles it.
    pub with: Vec<String>,
    /// Beside `with`: the field of the step that settles it, or `FIELD.COLUMN` of its rows, and the choices that say the same.
    pub or_said: Option<(String, Vec<String>)>,
    /// It stands before everything else in the queue of open escalations, and is said in the head of its case.
    pub first: bool,
    /// It takes the place of the same that was owed before, due no later than that.
    pub latest: bool,
    /// With `pathway`: only while no case of that pathway is linked to this one.
    pub once: bool,
    /// With `pathway`: a case of its own for each row of a table.
    pub each: Option<Each>,
    /// Only when this holds.
    pub when: When,
}

impl Then {
    /// What is owed, as `PATHWAY.STEP`, where it is a step on the record of whomever the case is about: it is owed in the
    /// case, and settled once the step is recorded there.
    pub fn on_record(&self, own: &Pathway) -> Option<String> {
        let register = self.pathway.as_ref().filter(|id| own.subject.as_ref() == Some(*id))?;
        Some(format!("{register}.{}", self.step))
    }
}

/// How each row of a table opens a case of another pathway, which takes over the row and nothing else: whoever does what was
/// agreed need not be among those who may read where it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Each {
    /// The table.
    pub rows: String,
    /// A choice of the opening step there, and how it is answered.
    pub gives: Option<(String, String)>,
}

/// What is owed once nothing else is: that somebody closes the case, or says what is waited for. It ends as soon as
/// anything else is owed, or the case is closed.
#[derive(Debug, Clone, PartialEq)]
pub struct Idle {
    /// The step that settles it.
    pub step: String,
    /// What is owed, in words.
    pub title: String,
    /// Who owes it: a role or a duty.
    pub by: String,
    /// By when, counted from when nothing else was owed any more.
    pub within: Rule,
    /// In which states of the case.
    pub states: Vec<String>,
}

/// How the due time of something owed is found.
#[derive(Debug, Clone, PartialEq)]
pub enum Owing {
    /// By a rule.
    Within(Rule),
    /// At the time answered in this field of the step.
    Field(String),
    /// Again and again: one occurrence open at a time, due from its anchor.
    Every(Every),
}

/// From when a clock runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum From {
    /// When the step happened.
    Occurred,
    /// When it was put into the record.
    Recorded,
    /// When the last such step of the case happened (`call.at`).
    Step(String),
    /// The time answered in a field, of this step or (`STEP.FIELD`) an earlier one.
    Field(String),
}

/// The place in the title of what a checklist opens that stands for the label of the line that runs out.
pub const LINE: &str = "line";

/// A row, field or line of a checklist that opens a commitment: the line, by the day on which its evidence runs out.
#[derive(Debug, Clone, PartialEq)]
pub struct Opens {
    /// What is owed, in words; `{field}` stands for a column's or field's answer, `{line}` for the label of the line.
    pub title: String,
    /// How long before it counts as due soon.
    pub warn: Option<Rule>,
    /// The rule for the chase-by time where no time was given.
    pub chase: Rule,
    /// Who sees to it: a role or duty.
    pub owner: String,
    /// It is the review of an interim control.
    pub control: bool,
    /// Somebody goes without care until it is settled: it stands among the open escalations and counts as uncovered.
    pub cover: bool,
    /// It is ours to do, whoever the form speaks of, unless the row itself names somebody.
    pub ours: bool,
    /// It is owed under the rows of what the step is recorded on: what was renewed is renewed again, shuts the same gates and
    /// ends with the same steps.
    pub goes_on: bool,
    /// Only the latest answer counts: answered again, it takes the place of what an earlier answer made owed, or ends it.
    pub latest: bool,
    /// Only when this holds.
    pub when: When,
}

impl Pathway {
    /// Whether one of its due rules may count in the opening hours of a contact.
    pub fn asks_register(&self, targets: &Targets) -> bool {
        let of_then = |then: &Then| match &then.within {
            Owing::Within(rule) => rule.asks_register(targets) || asks(then.warn.as_ref(), targets),
            Owing::Field(_) | Owing::Every(_) => asks(then.warn.as_ref(), targets),
        };
        // Whether somebody of the kind was spoken with is asked of the register too.
        let speaks = |step: &Step| step.then.iter().any(|then| !then.with.is_empty());
        self.steps.iter().any(|step| {
            speaks(step)
                || step.then.iter().chain(&step.incomplete).any(of_then)
                || step
                    .fields
                    .iter()
                    .filter_map(|field| field.opens.as_ref())
                    .any(|opens| opens.chase.asks_register(targets) || asks(opens.warn.as_ref(), targets))
        })
    }
}

fn asks(rule: Option<&Rule>, targets: &Targets) -> bool {
    rule.is_some_and(|rule| rule.asks_register(targets))
}

/// What a step does to the commitment it is recorded on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Does {
    /// The obligor said they will.
    Accept,
    /// Somebody says it is done.
    Report,
    /// One of ours confirms it, saying by whom and on what evidence.
    Confirm,
    /// The obligor said they will not.
    Refuse,
    /// A new promise stands in its place.
    Supersede,
    /// No longer wanted.
    Cancel,
    /// Not this time: it is called off, and of a series the next comes round.
    Skip,
}
