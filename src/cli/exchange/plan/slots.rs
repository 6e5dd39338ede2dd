//! Stretches of the rota among the lines of a file: which is on record already, and which stand beside one another.

use super::line::Line;
use super::{Against, Making};
use crate::domain::answer::Answers;
use crate::domain::ids::CaseId;
use crate::domain::rota::Slot;
use crate::domain::time::display;
use crate::domain::words::check;
use crate::domain::words::cli as words;
use crate::pathway::definition::{Means, Step};
use crate::pathway::slot;

impl Making<'_> {
    /// The record of which a line is, where it plans the same person for the same duty and place from the same time.
    pub(super) fn same_slot(
        &self,
        line: &Line<'_>,
        step: &Step,
        answers: &Answers,
        against: &Against<'_>,
    ) -> Option<usize> {
        // A reference or NEW has said already what it is.
        let planned = of(step, answers, CaseId(uuid::Uuid::nil())).filter(|_| line.reference.is_empty())?;
        let same = |slot: &Slot| {
            (slot.staff, slot.from) == (planned.staff, planned.from) && slot.post() == planned.post()
        };
        against.known.records.iter().position(|stands| {
            let is_open = against.register.states.first().is_some_and(|first| first.id == stands.state);
            let recorded = of(step, &stands.record.answers, stands.record.id);
            is_open && recorded.is_some_and(|slot| same(&slot))
        })
    }

    /// Notes where two people are planned at once, by the record or by an earlier line.
    pub(super) fn two_at_once(
        &mut self,
        line: &Line<'_>,
        step: &Step,
        answers: &Answers,
        itself: Option<CaseId>,
        against: &Against<'_>,
    ) {
        let id = itself.unwrap_or(CaseId(uuid::Uuid::nil()));
        let (Some(planned), Some(field)) = (of(step, answers, id), step.meaning(Means::OnDuty)) else {
            return;
        };
        let (now, zone) = (against.reading.now, against.reading.zone);
        let at = |at| display::short(at, now, zone);
        let recorded = against.rota.over(&planned.post(), (planned.from, planned.until), itself);
        for other in recorded {
            let name = against.rota.name(other.staff);
            let says = check::two_at_once(&field.label, name, &at(other.from), &at(other.until));
            self.findings.odd(line.number, "", says);
        }
        let lies_over = |other: &Slot| {
            other.post() == planned.post() && other.from < planned.until && planned.from < other.until
        };
        for (earlier, other) in self.slots.iter().filter(|(_, other)| lies_over(other)) {
            let says = check::two_at_once(
                &field.label,
                &words::line_of(*earlier),
                &at(other.from),
                &at(other.until),
            );
            self.findings.odd(line.number, "", says);
        }
        self.slots.push((line.number, planned));
    }
}

fn of(step: &Step, answers: &Answers, id: CaseId) -> Option<Slot> {
    slot::slot(id, |means| answers.get(&step.meaning(means)?.id))
}
