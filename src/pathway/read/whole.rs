//! Whether what was read holds together: every word that is used is defined, what a field means fits its kind, every
//! debt can fall due and be settled, every case can be opened and closed. Each fault is noted at its line.

mod fields;
mod listed;
mod order;
mod steps;

use std::collections::BTreeMap;

use super::document::Faults;
use super::names::nearest;
use super::step::{ReadPathway, ReadStep};
use crate::domain::permission::{ANYONE, Roles};
use crate::domain::signs::SignRules;
use crate::domain::words::pathway as words;
use crate::pathway::check::LINE_ANSWERS;
use crate::pathway::definition::{Choice, Field, Kind, Means, Pathway, Predicate, Step, Then};
use crate::pathway::due::Targets;

/// Checks every pathway of the set.
pub(super) fn check(
    pathways: &[ReadPathway],
    (roles, targets, signs): (&Roles, &Targets, &SignRules),
    faults: &Faults,
) {
    let by_id: BTreeMap<&str, &Pathway> =
        pathways.iter().map(|read| (read.pathway.id.as_str(), &read.pathway)).collect();
    for read in pathways {
        let whole = Whole { read, pathways: &by_id, roles, targets, signs, faults };
        whole.pathway();
        whole.listed();
        for (step, places) in read.pathway.steps.iter().zip(&read.steps) {
            whole.step(step, places);
            whole.fields_of(step, places);
            whole.chosen(step, places);
        }
        whole.order();
    }
}

/// One pathway among all that it may name.
struct Whole<'a> {
    read: &'a ReadPathway,
    pathways: &'a BTreeMap<&'a str, &'a Pathway>,
    roles: &'a Roles,
    targets: &'a Targets,
    signs: &'a SignRules,
    faults: &'a Faults,
}

impl Whole<'_> {
    fn fault(&self, path: &str, trouble: words::Trouble) {
        self.faults.add(&self.read.document, path, trouble);
    }

    /// Notes a word that is not among those it could be.
    fn known<'b>(
        &self,
        path: &str,
        what: &str,
        (kind, word, file): (&str, &str, &str),
        known: impl Iterator<Item = &'b str> + Clone,
    ) -> bool {
        let found = known.clone().any(|one| one == word);
        if !found {
            self.fault(path, words::unknown(what, kind, word, file, nearest(word, known)));
        }
        found
    }

    /// A role or duty.
    fn actor(&self, path: &str, what: &str, actor: &str) {
        let known = self.roles.roles.keys().chain(self.roles.duties.keys()).map(String::as_str);
        self.known(path, what, ("role", actor, "roles.toml"), known.chain([ANYONE]));
    }

    fn step_named(&self, path: &str, what: &str, step: &str) -> Option<&Step> {
        let steps = &self.read.pathway.steps;
        let known = steps.iter().map(|step| step.id.as_str());
        self.known(path, what, ("step", step, "this file"), known);
        self.read.pathway.step(step)
    }

    fn field_named<'f>(&self, path: &str, what: &str, fields: &'f [Field], field: &str) -> Option<&'f Field> {
        let known = fields.iter().map(|field| field.id.as_str());
        self.known(path, what, ("field", field, "the step"), known);
        fields.iter().find(|one| one.id == field)
    }

    /// `STEP.FIELD` of rows or fields that open a commitment.
    fn opening_rows(&self, path: &str, what: &str, rows: &str) {
        let openers = self.read.pathway.steps.iter().flat_map(|step| {
            let opening = step.fields.iter().filter(|field| field.opens.is_some());
            opening.map(move |field| format!("{}.{}", step.id, field.id))
        });
        let openers: Vec<String> = openers.collect();
        if !openers.iter().any(|opener| opener == rows) {
            let near = nearest(rows, openers.iter().map(String::as_str));
            self.fault(path, words::opens_nothing(what, rows, near));
        }
    }

    /// A field of which a condition asks whom it names.
    fn names_a_record(&self, path: &str, what: &str, field: Option<Field>) {
        if let Some(field) = field
            && !matches!(field.kind, Kind::Record { .. })
        {
            self.fault(path, words::names_no_record(what, &field.id, field.kind.name()));
        }
    }

    /// A condition asked in a step. `near` are the fields of the form, or of the row and then of the form.
    fn predicate(&self, path: &str, what: &str, predicate: &Predicate, near: &[Field]) {
        let about = |step: &Option<String>, field: &str| {
            match step {
                Some(step) => {
                    let step = self.step_named(path, what, step)?;
                    self.field_named(path, what, &step.fields, field)
                }
                None => self.field_named(path, what, near, field),
            }
            .cloned()
        };
        match predicate {
            Predicate::Is { step, field, any } => {
                let Some(field) = about(step, field) else { return };
                let Some(answers) = answers(&field) else {
                    return self.fault(path, words::cannot_be_asked(what, &field.id, field.kind.name()));
                };
                for answer in any {
                    let known = answers.iter().map(String::as_str);
                    self.known(path, what, ("answer", answer, &format!("the field \"{}\"", field.id)), known);
                }
            }
            Predicate::Answered { step, field } => drop(about(step, field)),
            Predicate::AtLeast { step, field, number } | Predicate::AtMost { step, field, number } => {
                let Some(field) = about(step, field) else { return };
                match &field.kind {
                    Kind::Number { from, to, .. } => {
                        if from.is_some_and(|from| *number < from) || to.is_some_and(|to| *number > to) {
                            self.fault(path, words::out_of_its_range(what, &field.id, *number));
                        }
                    }
                    Kind::Score(_) => {}
                    kind => self.fault(path, words::not_a_number(what, &field.id, kind.name())),
                }
            }
            Predicate::Record { means, any } => self.asked_of_record(path, what, *means, any),
            Predicate::After { field } | Predicate::Before { field } => {
                if let Some(field) = about(&None, field)
                    && !matches!(field.kind, Kind::Time { .. } | Kind::ByWhen | Kind::Date)
                {
                    self.fault(path, words::not_a_time(what, &field.id, field.kind.name()));
                }
            }
            Predicate::Caution { field } | Predicate::WordsAlone { field } => {
                self.names_a_record(path, what, about(&None, field))
            }
            Predicate::Unmet { what: step, by } => {
                self.step_named(path, what, step);
                self.names_a_record(path, what, about(&None, by));
                let waits = |then: &Then| then.step == *step && !then.with.is_empty();
                let mut steps = self.read.pathway.steps.iter();
                if !steps.any(|one| one.then.iter().any(waits)) {
                    self.fault(path, words::waits_for_no_kind(what, step));
                }
            }
            Predicate::Recorded { step, since } => {
                for step in std::iter::once(step).chain(since) {
                    let _ = self.step_named(path, what, step);
                }
            }
            Predicate::Lately { step, .. } => drop(self.step_named(path, what, step)),
            Predicate::Reached(milestone) => {
                let steps = &self.read.pathway.steps;
                let reached = |step: &Step| step.milestones.iter().any(|(one, _)| one == milestone);
                if !steps.iter().any(reached) {
                    self.fault(path, words::reached_by_nothing(what));
                }
            }
            Predicate::StandsIn(any) => {
                for state in any {
                    let known = self.read.pathway.states.iter().map(|state| state.id.as_str());
                    self.known(path, what, ("state", state, "this file"), known);
                }
            }
            Predicate::Lowers { field } => {
                if let Some(field) = about(&None, field)
                    && field.means != Some(Means::Risk)
                {
                    self.fault(path, words::no_level(what, &field.id));
                }
            }
            Predicate::Risk(any) => {
                let risks = self.risks();
                for risk in any {
                    self.known(path, what, ("risk", risk, "this file"), risks.iter().map(String::as_str));
                }
            }
            Predicate::Owed { what: owed }
            | Predicate::Done { what: owed }
            | Predicate::Overdue { what: owed }
                if owed.contains('.') =>
            {
                self.opening_rows(path, what, owed);
            }
            Predicate::Owed { what: step }
            | Predicate::Done { what: step }
            | Predicate::Overdue { what: step } => {
                self.step_named(path, what, step);
            }
            Predicate::EveryLine { step, field, any, .. } => {
                let Some(field) = about(step, field) else { return };
                let Kind::Checklist { .. } = field.kind else {
                    return self.fault(path, words::has_no_lines(what, &field.id, field.kind.name()));
                };
                for answer in any {
                    let known = LINE_ANSWERS.into_iter();
                    self.known(path, what, ("answer", answer, "a checklist"), known);
                }
            }
            Predicate::All(parts) | Predicate::Any(parts) => {
                parts.iter().for_each(|part| self.predicate(path, what, part, near));
            }
            Predicate::Not(part) => self.predicate(path, what, part, near),
        }
    }

    /// What is asked of the record of whomever the case is about: a field of the register means it, and has the answers.
    fn asked_of_record(&self, path: &str, what: &str, means: Means, any: &[String]) {
        let pathway = &self.read.pathway;
        let register = pathway.speaks_of().and_then(|id| self.pathways.get(id));
        let Some(register) = register else {
            return self.fault(path, words::no_record_to_ask(what, &pathway.id));
        };
        let fields = register.steps.iter().flat_map(|step| &step.fields);
        let known: Vec<String> =
            fields.filter(|field| field.means == Some(means)).filter_map(answers).flatten().collect();
        if known.is_empty() {
            return self.fault(path, words::record_says_nothing(what, &register.id, &means.name()));
        }
        let where_known = words::takes::meaning_in_register(&means.name(), &register.id);
        for answer in any {
            self.known(path, what, ("answer", answer, &where_known), known.iter().map(String::as_str));
        }
    }

    /// The choices of every field of the pathway that means risk.
    fn risks(&self) -> Vec<String> {
        let fields = self.read.pathway.steps.iter().flat_map(|step| &step.fields);
        fields.filter(|field| field.means == Some(Means::Risk)).filter_map(answers).flatten().collect()
    }
}

/// The answers a condition can ask for; `None` where the kind has none that can be named.
fn answers(field: &Field) -> Option<Vec<String>> {
    match &field.kind {
        Kind::Choice(choices) | Kind::Choices(choices) => Some(ids(choices)),
        Kind::YesNo { .. } => Some(vec!["yes".to_owned(), "no".to_owned()]),
        _ => None,
    }
}

fn ids(choices: &[Choice]) -> Vec<String> {
    choices.iter().map(|choice| choice.id.clone()).collect()
}

/// How faults call a step.
fn step_name(step: &Step) -> String {
    format!("step \"{}\"", step.id)
}

/// Where a part of a step stands.
fn at(places: &ReadStep, part: &str) -> String {
    format!("{}.{part}", places.path)
}
