//! What stands in a pack of the office itself: the provider's places, what comes round, counts of twelve months, the cover.

use std::collections::BTreeSet;

use chrono::{Datelike, Months, NaiveDate};

use super::Gathering;
use crate::domain::clean;
use crate::domain::pack::{About, PackAsked};
use crate::domain::time::display;
use crate::domain::views::Office;
use crate::domain::words::pack as words;
use crate::domain::words::reviews;
use crate::pathway::definition::{Means, Predicate};
use crate::pathway::show;
use crate::report::pack::{Cell, sums};
use crate::store::{Packed, PackedCase, ReadError};

/// Reviews that come round, at most.
const MOST_ROUNDS: u32 = 500;

impl Gathering<'_> {
    /// Cases of twelve months, under the same filter.
    pub(super) fn counts(&mut self) -> Result<(), ReadError> {
        let until = self.asked.until.unwrap_or(self.zone.day(self.now));
        // Whole months, the one in which the pack ends among them.
        let first = until.with_day(1).unwrap_or(until);
        let from = first.checked_sub_months(Months::new(11)).unwrap_or(first);
        // Of a case the year of whom it is about, which is said: the cases of this pack are others. Where the case itself was
        // disposed of nobody is left of whom it was, and whoever another case of the pack is about is somebody else.
        let about = match self.asked.about {
            About::Case(case) => match self.shows.iter().find(|(_, of)| *of == Some(case)) {
                Some((subject, _)) => {
                    self.year_of = Some(self.store.record(self.viewer, *subject)?.name);
                    About::Person(*subject)
                }
                None => About::Case(case),
            },
            about => about,
        };
        let asked = PackAsked { about, from: Some(from), until: Some(until), ..self.asked.clone() };
        let packed = self.store.packed(self.viewer, &asked)?;
        let edition = self.editions.current();
        let is_case =
            |one: &&PackedCase| edition.pathway(&one.pathway).is_some_and(|pathway| !pathway.register);
        let opened = |one: &&PackedCase| {
            let day = self.zone.day(one.opened_at);
            one.whole && from <= day && day <= until
        };
        let counted = || packed.cases.iter().filter(is_case).filter(opened);
        let kinds: Vec<(String, bool)> =
            counted().map(|one| (edition.pathway_title(&one.pathway).to_owned(), one.closed)).collect();
        self.tally.opened(
            until,
            self.year_of.as_deref(),
            counted().map(|one| self.zone.day(one.opened_at)).collect(),
        );
        self.add(words::COUNTS.id, sums::counts(&kinds));
        Ok(())
    }

    /// The places of the provider as its own record has them.
    pub(in crate::report::pack) fn profile(&mut self) -> Result<(), ReadError> {
        let places = self.store.locations(self.viewer, self.now)?;
        let register = self.editions.current().pathway("locations").cloned();
        let form = register.as_ref().and_then(|register| register.opening());
        let rows = places.rows.iter().filter(|place| !place.closed).map(|place| {
            let record = self.store.record(self.viewer, place.location.id).ok();
            let said = |means: Means| {
                let field = form.and_then(|form| form.meaning(means))?;
                let answer = record.as_ref()?.answers.get(&field.id)?;
                Some(show::words(field, answer, &self.zone))
            };
            let or_gap = |said: Option<String>| Cell::or_gap(said.unwrap_or_default(), words::NOT_ON_RECORD);
            // Another organisation is told which role answers for a place, not who holds it; who at the regulator is ours to know.
            let redact = self.asked.redact;
            let role = form.and_then(|form| form.meaning(Means::Responsible)).filter(|_| redact);
            let by_role = |said: String| role.map_or(said, |field| words::by_role(&field.label));
            let ours = |said: String| if redact { words::FOR_US.to_owned() } else { said };
            // That they named nobody is asked before who it is, and answered with why.
            let why_nobody = || {
                let form = form?;
                let Predicate::Is { step: None, field, .. } =
                    form.meaning(Means::RelationshipHolder)?.shown.as_ref()?
                else {
                    return None;
                };
                let answer = record.as_ref()?.answers.get(field)?;
                Some(show::words(form.field(field)?, answer, &self.zone))
            };
            let service = place.location.more.type_of.as_ref().map(|of| of.label.clone());
            vec![
                Cell::said(&place.location.name),
                or_gap(service),
                or_gap(said(Means::Registration)),
                or_gap(said(Means::Responsible).map(by_role)),
                or_gap(place.relationship_holder.clone().or_else(why_nobody).map(ours)),
            ]
        });
        let rows = rows.collect();
        self.add(words::PROFILE.id, rows);
        Ok(())
    }

    /// What comes round in the office, policies among it; in the governance report what nobody has begun, too.
    pub(in crate::report::pack) fn rounds(&mut self) -> Result<(), ReadError> {
        let all = self.store.reviews(self.viewer, self.now, MOST_ROUNDS)?;
        // What is kept to a few stands in no pack of whoever may not see it.
        let rows = all.iter().filter(|row| row.owed.ask.is_none()).map(|row| {
            let (what, headline) = (row.owed.commitment.what.as_str(), row.owed.headline.as_deref());
            // Many a review says itself what it is about.
            let headline = headline.filter(|headline| !what.contains(headline));
            let what = [Some(what), headline].into_iter().flatten().filter(|part| !part.is_empty());
            let what = what.collect::<Vec<_>>().join(": ");
            let held = row.held.map(|at| Cell::at(at, self.zone));
            let missed = reviews::missed(row.missed, row.left_out, row.to_sign);
            let due = row.owed.commitment.due;
            vec![
                Cell::said(&row.owed.reference),
                Cell::said(what),
                Cell::said(&row.rhythm),
                held.unwrap_or_else(|| Cell::gap(reviews::NEVER)),
                Cell { gap: due < self.now, ..Cell::at(due, self.zone) },
                Cell { gap: row.missed > 0, ..Cell::said(missed) },
                Cell::said(&row.owed.owner),
            ]
        });
        let unbegun = match self.asked.about {
            About::Governance => self.store.unbegun(self.viewer)?,
            _ => Vec::new(),
        };
        let unbegun = unbegun.iter().map(|one| {
            let none = Cell::default;
            let began = match one.ended {
                None => Cell::gap(reviews::NOBODY_BEGAN),
                Some(at) => Cell::gap(reviews::ended(&display::short(at, self.now, self.zone))),
            };
            vec![began, Cell::said(&one.what), none(), none(), none(), none(), none()]
        });
        let rows = rows.chain(unbegun).collect();
        self.add(words::ROUNDS.id, rows);
        Ok(())
    }

    /// The roles of whoever makes it.
    fn roles(&self) -> String {
        let roles = &self.editions.current().roles;
        let held: BTreeSet<&str> = self.viewer.roles.iter().map(|(role, _)| role.as_str()).collect();
        held.into_iter().map(|role| roles.title(role)).collect::<Vec<_>>().join(", ")
    }

    pub(super) fn cover(
        &self,
        office: &Office,
        about: &str,
        packed: &Packed,
    ) -> Result<Vec<(String, String)>, ReadError> {
        let day = |day: Option<NaiveDate>| day.map(display::date);
        let period = words::period(day(self.asked.from).as_deref(), day(self.asked.until).as_deref());
        let place = match self.asked.location {
            Some(place) => self.store.record(self.viewer, place)?.name,
            None => words::ALL_PLACES.to_owned(),
        };
        // Whoever it is for is told who answers for it; by name that stands in the record here.
        let by = match self.asked.redact {
            true => self.roles(),
            false => self.store.called(self.viewer)?,
        };
        let whom = self.asked.whom.as_ref().map(|whom| (words::MADE_FOR, whom.words.clone()));
        let copy = match (self.asked.redact, self.asked.about) {
            (true, _) => words::REDACTED,
            (false, About::Governance) => words::FIGURES,
            (false, _) => words::NOT_REDACTED,
        };
        let lines = [
            Some((words::OFFICE, office.name.clone())),
            Some((words::ABOUT, about.to_owned())),
            Some((words::PERIOD, period)),
            Some((words::PLACE, place)),
            Some((words::MADE_BY, if by.is_empty() { words::NOBODY.to_owned() } else { by })),
            Some((words::MADE_AT, display::weekday_stamp(self.now, self.zone))),
            whom,
            Some((words::COPY, copy.to_owned())),
            Some((words::HEAD, words::head(packed.head.0, &packed.head.1.to_string()))),
        ];
        let shown = |said: String| clean::shown(&said).into_owned();
        Ok(lines.into_iter().flatten().map(|(label, said)| (label.to_owned(), shown(said))).collect())
    }
}
