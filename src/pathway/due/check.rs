//! Whether a due rule can always fall due: checked when a definition is read, not in the night it is needed.

use super::{Rule, Targets};
use crate::domain::words::due as words;

/// What is wrong with a due rule, with its mend.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleProblem {
    /// A table by a field that is not a choice of the same step.
    #[error("{}", words::not_a_choice(.field))]
    NotAChoice {
        /// The field.
        field: String,
    },
    /// Choices for which nothing would ever fall due.
    #[error("{}", words::nothing_due(.field, .choices))]
    Missing {
        /// The field.
        field: String,
        /// The choices without a rule.
        choices: Vec<String>,
    },
    /// A rule for something that cannot be chosen.
    #[error("{}", words::no_such_choice(.choice, .field, .choices))]
    Unknown {
        /// The field.
        field: String,
        /// What was written.
        choice: String,
        /// What there is.
        choices: Vec<String>,
    },
    /// A target that does not exist.
    #[error("{}", words::no_target_in_file(.name))]
    NoSuchTarget {
        /// What was written.
        name: String,
        /// What there is, for whoever looks for the nearest.
        known: Vec<String>,
    },
    /// Targets that refer to one another.
    #[error("{}", words::targets_in_circle(.path))]
    Circle {
        /// The targets on the way.
        path: Vec<String>,
    },
}

impl Rule {
    /// Everything that is wrong with the rule, targets it leads to included. `choices` gives the choices that a
    /// field of the form offers, by the field's id; none where it is not a choice field.
    pub fn validate(
        &self,
        choices: &dyn Fn(&str) -> Option<Vec<String>>,
        targets: &Targets,
    ) -> Vec<RuleProblem> {
        let mut problems = Vec::new();
        walk(self, choices, targets, &mut Vec::new(), &mut problems);
        problems
    }
}

fn walk(
    rule: &Rule,
    choices: &dyn Fn(&str) -> Option<Vec<String>>,
    targets: &Targets,
    path: &mut Vec<String>,
    problems: &mut Vec<RuleProblem>,
) {
    match rule {
        Rule::Target { name } if path.contains(name) => {
            let path = path.iter().chain([name]).cloned().collect();
            problems.push(RuleProblem::Circle { path });
        }
        Rule::Target { name } => match targets.get(name) {
            Some(target) => {
                path.push(name.clone());
                walk(target, choices, targets, path, problems);
                path.pop();
            }
            None => problems.push(RuleProblem::NoSuchTarget {
                name: name.clone(),
                known: targets.keys().cloned().collect(),
            }),
        },
        Rule::ByChoice { field, rules, otherwise } => {
            match choices(field) {
                None => problems.push(RuleProblem::NotAChoice { field: field.clone() }),
                Some(offered) => {
                    for choice in rules.keys().filter(|choice| !offered.contains(choice)) {
                        problems.push(RuleProblem::Unknown {
                            field: field.clone(),
                            choice: choice.clone(),
                            choices: offered.clone(),
                        });
                    }
                    let missing: Vec<String> =
                        offered.into_iter().filter(|choice| !rules.contains_key(choice)).collect();
                    if otherwise.is_none() && (!missing.is_empty() || rules.is_empty()) {
                        problems.push(RuleProblem::Missing { field: field.clone(), choices: missing });
                    }
                }
            }
            for rule in rules.values().chain(otherwise.as_deref()) {
                walk(rule, choices, targets, path, problems);
            }
        }
        Rule::Expected { or } => walk(or, choices, targets, path, problems),
        Rule::Length(_) | Rule::WorkingDays { .. } | Rule::Wall { .. } | Rule::OpenTime { .. } => {}
    }
}
