//! One recorded step with the definition it was filled in on.

use std::borrow::Cow;
use std::sync::Arc;

use super::{Effective, Folding};
use crate::domain::answer::{Answer, Answers, When};
use crate::domain::case::CaseState;
use crate::domain::entry::{Entry, RegisterThen, Said, StepSaid};
use crate::domain::leave::Waits;
use crate::domain::time::Zone;
use crate::pathway::definition::{Field, Kind, Means, Pathway, Step};
use crate::pathway::edition::Edition;
use crate::pathway::predicate::Facts;

/// A step of a case, with the words that count.
pub(super) struct Heard<'a> {
    pub entry: &'a Entry,
    pub said: &'a StepSaid,
    pub answers: Cow<'a, Answers>,
    pub occurred: When,
    pub register: &'a RegisterThen,
    pub edition: &'a Arc<Edition>,
    pub pathway: &'a Pathway,
    pub step: &'a Step,
    pub zone: Zone,
}

impl<'a> Heard<'a> {
    /// The step as far as it counts when it is recorded, as amended where `effective` is given. `None` for an act, where
    /// its definition is not known, and where all of it waits for a second person.
    pub fn new(entry: &'a Entry, effective: Option<&'a Effective>, with: Folding<'a>) -> Option<Self> {
        let heard = Self::whole(entry, effective, with)?;
        match &entry.leave.waits {
            None => Some(heard),
            Some(Waits::All) => None,
            Some(waits) => Some(Self { answers: Cow::Owned(waits.leaves(&heard.answers)), ..heard }),
        }
    }

    /// The step with all that it says, whether or not any of it waits for a second person.
    pub fn whole(entry: &'a Entry, effective: Option<&'a Effective>, with: Folding<'a>) -> Option<Self> {
        let Said::Step(said) = &entry.said else { return None };
        let edition = with.editions.get(said.edition)?;
        let pathway = edition.pathways.get(&said.pathway)?;
        let (answers, occurred, register) = match effective {
            Some(effective) => (&effective.answers, effective.occurred, &effective.register),
            None => (&said.answers, entry.occurred, &entry.register),
        };
        let step = pathway.step(&said.step)?;
        let answers = Cow::Borrowed(answers);
        Some(Self { entry, said, answers, occurred, register, edition, pathway, step, zone: *with.zone })
    }

    /// What conditions of the step are held against, at the time it was recorded.
    pub fn facts<'b>(&'b self, case: Option<&'b CaseState>) -> Facts<'b> {
        Facts {
            step: self.step,
            answers: &self.answers,
            around: None,
            case,
            record: Some(&self.register.record),
            cautions: &self.register.cautions,
            kinds: Some(&self.register.kinds),
            on: self.said.on.as_ref(),
            now: self.entry.recorded_at,
        }
    }

    /// The kinds of the organisations that it spoke with, or tried to.
    pub fn spoken_with(&self) -> impl Iterator<Item = &String> + use<'_, 'a> {
        let named = self.meant(Means::Contacted).filter_map(|(_, answer)| match answer {
            Answer::Named(named) => named.id,
            _ => None,
        });
        named.filter_map(|id| self.register.kinds.get(&id))
    }

    /// The fields of a record that it empties. What an amendment has put into one of them since stands.
    pub fn cleared(&self) -> impl Iterator<Item = &String> {
        let answered = |id: &&String| self.answers.contains_key(*id);
        self.said.cleared.iter().filter(move |id| !answered(id))
    }

    /// The answers with this meaning, in the order of the form, those within rows included.
    pub fn meant(&self, means: Means) -> impl Iterator<Item = (&'a Field, &Answer)> + use<'_, 'a> {
        let mut found = Vec::new();
        for field in &self.step.fields {
            let is_meant = |field: &Field| field.means == Some(means);
            let columns: &[Field] = match &field.kind {
                Kind::Rows { columns, .. } if columns.iter().any(is_meant) => columns,
                _ => &[],
            };
            // It is asked for each meaning there is: of fields without it no answer is looked up.
            if !is_meant(field) && columns.is_empty() {
                continue;
            }
            let Some(answer) = self.answers.get(&field.id) else { continue };
            if is_meant(field) {
                found.push((field, answer));
            }
            if let Answer::Rows(rows) = answer {
                for row in rows {
                    found.extend(meant_in(columns, row, means));
                }
            }
        }
        found.into_iter()
    }
}

/// The first answer among these fields with this meaning.
pub(super) fn meant_in<'f, 'a>(
    fields: impl IntoIterator<Item = &'f Field>,
    answers: &'a Answers,
    means: Means,
) -> Option<(&'f Field, &'a Answer)> {
    let mut with_meaning = fields.into_iter().filter(|field| field.means == Some(means));
    with_meaning.find_map(|field| Some((field, answers.get(&field.id)?)))
}
