//! What entries say after all amendments: the latest word counts, the first stays to be read.

use std::collections::BTreeMap;

use crate::domain::act::Act;
use crate::domain::answer::{Answers, When};
use crate::domain::entry::{Entry, RegisterThen, Said};
use crate::domain::ids::EntryId;
use crate::domain::views::Amendment;

/// A step as it stands after amendments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effective {
    /// When it happened.
    pub occurred: When,
    /// Its answers.
    pub answers: Answers,
    /// What the register had of whoever it names. What was looked up first stays: an amendment adds that of whoever it
    /// names anew.
    pub register: RegisterThen,
    /// Amendments of it, oldest first.
    pub amendments: Vec<Amendment>,
}

/// Every step among the entries of a case as it stands after the amendments among them.
pub fn effective(entries: &[Entry]) -> BTreeMap<EntryId, Effective> {
    let mut steps = BTreeMap::new();
    for entry in entries {
        match &entry.said {
            Said::Step(said) => {
                let (answers, register) = (said.answers.clone(), entry.register.clone());
                let as_said =
                    Effective { occurred: entry.occurred, answers, register, amendments: Vec::new() };
                steps.insert(entry.id, as_said);
            }
            Said::Act(Act::Amend { entry: amended, answers, occurred, reason }) => {
                if let Some(step) = steps.get_mut(amended) {
                    let before = std::mem::replace(&mut step.answers, answers.clone());
                    step.occurred = occurred.unwrap_or(step.occurred);
                    step.register.or(&entry.register);
                    step.amendments.push(Amendment {
                        entry: entry.id,
                        by: entry.who.by,
                        at: entry.recorded_at,
                        reason: reason.clone(),
                        before,
                    });
                }
            }
            Said::Act(_) | Said::Stub(_) => {}
        }
    }
    steps
}
