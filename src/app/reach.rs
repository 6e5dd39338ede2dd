//! Which number reaches somebody at this hour: an organisation's or that of somebody there, in or out of hours, in the
//! form in which one writes while ringing too; and what can be expected of an organisation of its kind.

use super::case::particulars;
use super::msg::Effect;
use super::pick::PEOPLE;
use super::{App, FormLayer, Layer};
use crate::domain::answer::Answer;
use crate::domain::case::CaseState;
use crate::domain::time::display;
use crate::domain::views::{Contact, RecordRow};
use crate::domain::words::{app as words, queues};
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

    /// Reads the record of whoever is rung in the form on top, where that is not known yet: their numbers stay in view
    /// while one writes what was said.
    pub(super) fn ask_rung(&mut self, out: &mut Vec<Effect>) {
        let Layer::Form(layer) = self.top() else { return };
        let Some(rung) = layer.form.rings() else { return };
        if layer.asked_rung.is_some_and(|(_, asked)| asked == rung) {
            return;
        }
        let request = self.ask();
        if let Layer::Form(layer) = self.top_mut() {
            layer.asked_rung = Some((request, rung));
            out.push(Effect::ReadRung(request, rung));
        }
    }

    /// Whom to ring for a form, on which number at this hour, and which is the other one; empty where nobody is rung.
    pub(super) fn rings(&self, layer: &FormLayer) -> String {
        let Some(row) = layer.rung.as_ref().filter(|row| layer.form.rings() == Some(row.id)) else {
            return String::new();
        };
        let there = row.more.people.iter().find(|there| layer.form.names_in_a_line(&there.name));
        let Some(ring) = self.ring(row, there) else { return words::no_number(&row.name) };
        let hours: Option<WeekHours> = row.more.hours.as_deref().and_then(|hours| hours.parse().ok());
        let calendar = &self.editions.current().calendar;
        let at = |at| display::weekday_clock(at, self.now, self.zone);
        let state = hours.zip(ring.open).and_then(|(hours, is_open)| {
            if !is_open {
                let opens = hours.opens_after(self.now, self.zone, calendar)?;
                return Some(queues::shut_until(&at(opens)));
            }
            let closes = hours.closes_after(self.now, self.zone, calendar);
            Some(closes.map_or(words::OPEN_ALWAYS.to_owned(), |closes| words::open_until(&at(closes))))
        });
        let usual = there.and_then(|there| there.phone.as_deref()).or(row.phone.as_deref());
        let after =
            there.and_then(|there| there.out_of_hours.as_deref()).or(row.more.out_of_hours.as_deref());
        let other = if ring.out_of_hours { usual } else { after }.filter(|other| *other != ring.number);
        let whose =
            there.map_or_else(|| row.name.clone(), |there| words::somebody_at(&there.name, &row.name));
        words::rings((ring.number, ring.out_of_hours), &whose, state.as_deref(), other)
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
