//! The lists of the office, series that are chosen, and paper slips: what each needs of a pathway.

use super::{Whole, at, step_name};
use crate::domain::words::pathway as words;
use crate::pathway::definition::{Field, Kind, Listed, Means, Step};
use crate::pathway::read::names::name;
use crate::pathway::read::step::ReadStep;

impl Whole<'_> {
    /// A list finds what it shows by meaning, so the opening step has to ask for it.
    pub(super) fn listed(&self) {
        let pathway = &self.read.pathway;
        let Some(list) = pathway.list else { return };
        let Some(opening) = pathway.opening() else { return };
        let (has, needs) = match list {
            Listed::Visits => (opening.meaning(Means::VisitFrom).is_some(), words::takes::MEANS_VISIT),
            Listed::Tasks => (opening.fields.iter().any(opens), words::takes::OPENS_OWED),
            Listed::Slips => (opening.meaning(Means::SlipsIssued).is_some(), words::takes::MEANS_SLIPS),
            Listed::Providers => (
                opening.meaning(Means::Subject).is_some() && opening.meaning(Means::Headline).is_some(),
                words::takes::MEANS_PROVIDER,
            ),
        };
        if !has {
            self.fault(
                "list",
                words::list_lacks(&format!("the pathway \"{}\"", pathway.id), &name(&list), needs),
            );
        }
        let same = self.pathways.values().find(|other| other.list == Some(list) && other.id < pathway.id);
        if let Some(other) = same {
            self.fault("list", words::same_list(&name(&list), &other.id));
        }
    }

    /// What a step chooses for what it opens; what it says of slips.
    pub(super) fn chosen(&self, step: &Step, places: &ReadStep) {
        for read in &places.fields {
            let what = format!("field \"{}\" of {}", read.field.id, step_name(step));
            let choices = match &read.field.kind {
                Kind::Choice(choices) | Kind::Choices(choices) => choices.as_slice(),
                _ => &[],
            };
            match read.field.means {
                Some(Means::Owner) => {
                    for choice in choices {
                        self.actor(&format!("{}.choices", read.path), &what, &choice.id);
                    }
                }
                Some(Means::Recurs) => {
                    if !step.fields.iter().any(opens) {
                        self.fault(&format!("{}.means", read.path), words::recurs_nothing(&what));
                    }
                    continue;
                }
                Some(Means::SlipsVoid | Means::SlipsBlank | Means::SlipsReprinted)
                    if self
                        .read
                        .pathway
                        .opening()
                        .is_none_or(|step| step.meaning(Means::SlipsIssued).is_none()) =>
                {
                    self.fault(&format!("{}.means", read.path), words::slips_of_no_pad(&what));
                }
                _ => {}
            }
            if choices.iter().any(|choice| choice.every.is_some()) {
                self.fault(&format!("{}.choices", read.path), words::comes_round_for_nothing(&what));
            }
        }
        let issues = step.meaning(Means::SlipsIssued).is_some();
        if issues && !step.opens {
            self.fault(&at(places, "opens"), words::slips_issued_later(&step_name(step)));
        }
    }
}

fn opens(field: &Field) -> bool {
    field.opens.is_some()
}
