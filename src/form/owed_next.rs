//! What will be owed once a form is saved, and by when, as it is said at its foot while it is filled in.
//!
//! What is opened is the fold's, when it falls due [`due`]'s.

use super::Form;
use super::facing::Scene;
use crate::domain::answer::{Answer, Answers, ByWhen};
use crate::domain::time::display;
use crate::domain::words::form as words;
use crate::pathway::definition::{Means, Owing};
use crate::pathway::due::{self, Because, Inputs, Rule};
use crate::pathway::fold::owed_title;
use crate::pathway::predicate::applies;

impl Form {
    /// What is owed next once this is saved: the first that this step brings, with its time and who owes it.
    pub(super) fn next(&self, answers: &Answers, scene: Scene<'_>) -> Option<String> {
        if self.draft.amends.is_some() {
            return None;
        }
        let facts = self.facts(answers, scene.now);
        let owed = self.step.then.iter().filter(|then| applies(&then.when, &facts));
        // What stands before everything else once it is owed is said before everything else.
        let then = owed.min_by_key(|then| !then.first)?;
        let when = match &then.within {
            Owing::Within(rule) => self.within(rule, answers, scene)?,
            Owing::Field(field) => match answers.get(field)? {
                Answer::Time(when) | Answer::ByWhen(ByWhen::At(when)) => {
                    words::due_at(&display::short_when(when, scene.now, scene.zone))
                }
                _ => return None,
            },
            Owing::Every(_) => String::new(),
        };
        let place = self.case.as_ref().and_then(|case| case.location);
        let holder = scene.rota.holder(&then.by, place, scene.now);
        let holder = holder.as_ref().map(|holder| scene.rota.name(holder.staff));
        let by = holder.unwrap_or(scene.edition.roles.title(&then.by));
        let title = if then.title.is_empty() {
            let pathway =
                then.pathway.as_ref().map_or(Some(&self.pathway), |id| scene.edition.pathways.get(id));
            let step = pathway.and_then(|pathway| pathway.step(&then.step));
            step.map_or_else(|| then.step.clone(), |step| step.title.clone())
        } else {
            owed_title(&then.title, &self.step, answers)
        };
        Some(words::next(&title, &when, by))
    }

    /// A rule as it would count from now ("within 5 min (target for red)").
    fn within(&self, rule: &Rule, answers: &Answers, scene: Scene<'_>) -> Option<String> {
        let choice = |field: &str| match answers.get(field) {
            Some(Answer::Choice(choice)) => Some(choice.clone()),
            _ if self.step.meaning(Means::Risk).is_none_or(|risk| risk.id == field) => {
                self.case.as_deref()?.facts.risk.clone()
            }
            _ => None,
        };
        let inputs = Inputs {
            zone: scene.zone,
            calendar: &scene.edition.calendar,
            targets: &scene.edition.targets,
            notes: &scene.edition.target_notes,
            choice: &choice,
            contact: None,
        };
        let due = due::compute(rule, scene.now, &inputs).ok()?;
        // A level says itself for what the time is; "yes" says nothing away from its question.
        let is_level =
            |field: &str| self.step.field(field).is_none_or(|field| field.means == Some(Means::Risk));
        let chosen = due.rule.because.iter().find_map(|because| match because {
            Because::Choice { field, choice } if is_level(field) => Some(choice.as_str()),
            _ => None,
        });
        Some(words::within(&due.rule.rule, chosen))
    }
}

/// The end of so many working days, as they are counted from now.
pub(super) fn counted(days: u32, scene: Scene<'_>) -> Option<String> {
    let inputs = Inputs {
        zone: scene.zone,
        calendar: &scene.edition.calendar,
        targets: &scene.edition.targets,
        notes: &scene.edition.target_notes,
        choice: &|_| None,
        contact: None,
    };
    let due = due::compute(&Rule::WorkingDays { days, at: None }, scene.now, &inputs).ok()?;
    Some(words::until_end_of(&display::weekday_date(scene.zone.day(due.at)), due.rule.bank_holidays.len()))
}
