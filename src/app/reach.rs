//! Which number reaches somebody at this hour: an organisation's or that of somebody there, in or out of hours; and
//! what can be expected of an organisation of its kind.

use super::App;
use super::case::particulars;
use super::pick::PEOPLE;
use crate::domain::answer::Answer;
use crate::domain::case::CaseState;
use crate::domain::time::display;
use crate::domain::views::{Contact, RecordRow};
use crate::domain::words::app as words;
use crate::pathway::calendar::WeekHours;
use crate::pathway::definition::Means;

/// A number to ring now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ring<'r> {
    /// The number.
    pub number: &'r str,
    /// Whether they are open, where their hours are known.
    pub open: Option<bool>,
    /// Whether it is the number for the hours in which they are shut.
    pub out_of_hours: bool,
}

impl App {
    /// The number to ring now: of somebody there if one is named, else of the organisation itself. A record without
    /// hours is rung on its usual number.
    pub fn ring<'r>(&self, row: &'r RecordRow, there: Option<&'r Contact>) -> Option<Ring<'r>> {
        let hours: Option<WeekHours> = row.more.hours.as_deref().and_then(|hours| hours.parse().ok());
        let calendar = &self.editions.current().calendar;
        let open = hours.map(|hours| hours.is_open(self.now, self.zone, calendar));
        let own = there.map(|one| (one.phone.as_deref(), one.out_of_hours.as_deref()));
        let theirs = (row.phone.as_deref(), row.more.out_of_hours.as_deref());
        let (usual, after) = match own {
            // Somebody without a number of their own is reached through the organisation.
            Some((None, None)) | None => theirs,
            Some(own) => own,
        };
        let shut = open == Some(false);
        let (number, out_of_hours) = match (shut, usual, after) {
            (true, _, Some(after)) => (after, true),
            (_, Some(usual), _) => (usual, false),
            (_, None, after) => (after?, true),
        };
        Some(Ring { number, open, out_of_hours })
    }

    /// What a record of a register says, as label and words; a person's own screen shows it already.
    pub fn particulars(&self, record: &CaseState) -> Vec<(String, String)> {
        if record.pathway == PEOPLE {
            return Vec::new();
        }
        particulars(&self.editions, &record.pathway, &record.facts.record, self.zone)
    }

    /// What can be expected of an organisation, by what its record says it is, a line each: the provider's own targets,
    /// with where they come from and when somebody looks again.
    pub fn expected_of(&self, record: &CaseState) -> Vec<String> {
        let edition = self.editions.current();
        let register = edition.pathway(&record.pathway).filter(|pathway| pathway.register);
        let asked = register.and_then(|pathway| pathway.opening()?.meaning(Means::OrganisationType));
        let Some(Answer::Choice(kind)) = asked.and_then(|field| record.facts.record.get(&field.id)) else {
            return Vec::new();
        };
        let said = edition.expected(kind).map(|(note, within)| {
            let review = note.review.map(display::date);
            words::expected(&note.title, &within.to_string(), &note.source, review.as_deref())
        });
        said.collect()
    }
}
