//! A line that opens a case: of a pathway that is no register, such as the visits that an agency hands back.
//!
//! There is no record to compare it with. What makes a line the same as one of an earlier run is the number of its visit, and
//! where it has none all that it says: its entry's id follows from that, so that a second run of the same file changes nothing.

use uuid::Uuid;

use super::answers::Given;
use super::line::Line;
use super::{Against, Making};
use crate::domain::answer::{Answer, Answers};
use crate::domain::entry::NewEntry;
use crate::domain::ids::EntryId;
use crate::domain::names::fold;
use crate::domain::words::cli as words;
use crate::pathway::definition::{Means, Step};

/// Under which all ids of imported lines are made.
const IMPORTED: EntryId = EntryId(Uuid::from_u128(0x6475_7479_6465_736b_2d69_6d70_6f72_7400));

impl Making<'_> {
    /// A line that opens a case.
    pub(super) fn begin(&mut self, line: &Line<'_>, against: &mut Against<'_>) {
        if !line.reference.is_empty() || !line.standing.is_empty() {
            let heading = if line.reference.is_empty() { words::STANDING } else { words::REFERENCE };
            self.findings.wrong(line.number, heading, words::OPENS_ONLY);
            return;
        }
        let Some(Given { answers, .. }) = self.answers(line, &Answers::new(), against) else { return };
        let step = against.columns.opening;
        if !self.holds(line, step, &answers, against) {
            return;
        }
        let reference = reference(step, &answers);
        let said = reference.clone().unwrap_or_else(|| {
            let said = serde_json::to_string(&answers).unwrap_or_default();
            format!(":{said}")
        });
        let id = IMPORTED.derived(&format!("{}.{}{said}", against.register.id, step.id));
        if let Some(earlier) = self.begun.insert(id, line.number) {
            let says = match reference {
                Some(_) => words::same_visit_twice(earlier),
                None => words::same_line_twice(earlier),
            };
            self.findings.wrong(line.number, "", says);
            return;
        }
        let entry = self.entry(&against.register.id, step, None, answers, against);
        self.plan.new += 1;
        self.plan.begun.push(id);
        self.plan.batch.entries.push(NewEntry { id, key: id.to_string(), ..entry });
    }
}

/// What tells a visit apart whatever else is said of it: its number, and whose it is.
fn reference(step: &Step, answers: &Answers) -> Option<String> {
    let said = |means| answers.get(&step.meaning(means)?.id);
    let Some(Answer::Text(number)) = said(Means::VisitReference) else { return None };
    let whose = match said(Means::Provider) {
        Some(Answer::Named(named)) => named.id.map_or_else(|| fold(&named.words), |id| id.to_string()),
        _ => String::new(),
    };
    Some(format!("#{whose}#{}", number.trim()))
}
