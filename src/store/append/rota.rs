//! What is asked of a stretch of the rota before it is written: whoever is planned may hold the duty.

use super::Appending;
use crate::domain::answer::Answers;
use crate::domain::case::CaseState;
use crate::domain::permission::{Action, may};
use crate::domain::words::store as words;
use crate::pathway::check::{Problem, Weight};
use crate::pathway::definition::{Means, Pathway, Step};
use crate::pathway::slot;
use crate::store::error::AppendError;
use crate::store::reads;

impl Appending<'_> {
    /// Whether whoever a step plans for a duty has a role that may hold it, where the slot is for.
    pub(super) fn may_be_planned(
        &self,
        pathway: &Pathway,
        step: &Step,
        answers: &Answers,
        case: Option<&CaseState>,
    ) -> Result<(), AppendError> {
        let (Some(slot), Some(field)) =
            (slot::after(pathway, step, answers, case), step.meaning(Means::OnDuty))
        else {
            return Ok(());
        };
        let says = match self.desk.roles.duties.get(&slot.duty) {
            None => words::NO_SUCH_DUTY.to_owned(),
            Some(duty) => {
                let planned = reads::viewer_of(self.conn, Some(slot.staff), &self.desk.rota, self.now)?;
                let holds = Action::Record { roles: &duty.roles, step: &duty.title };
                match may(&self.desk.roles, &planned, &holds, slot.place) {
                    Ok(()) => return Ok(()),
                    Err(why) => words::may_not_be_planned(&field.label, &why.0),
                }
            }
        };
        Err(AppendError::Problems(vec![Problem { field: field.id.clone(), weight: Weight::Refused, says }]))
    }
}
