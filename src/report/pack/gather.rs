//! Gathers a pack from the record, as far as whoever asks may read it.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Months, Utc};

use super::{Case, Cell, Pack, Proves, Table, by_meaning, entries, owed, proof, redact, sums, tally, trail};
use crate::domain::answer::{Answer, Answers, Named};
use crate::domain::commitment::Party;
use crate::domain::entry::Said;
use crate::domain::ids::CaseId;
use crate::domain::pack::{About, PackAsked};
use crate::domain::permission::Viewer;
use crate::domain::time::{Zone, display};
use crate::domain::views::{CaseView, Office, SignRow, Told};
use crate::domain::words::audit;
use crate::domain::words::pack as words;
use crate::domain::words::reviews as reviews_words;
use crate::pathway::definition::{AuditSteps, Kind, Means};
use crate::pathway::edition::Editions;
use crate::pathway::tags;
use crate::report::chronology::Telling;
use crate::store::{Packed, PackedCase, ReadError, Store};

/// Reviews that come round, at most.
const MOST_ROUNDS: u32 = 500;

/// The rows of each table by its id.
type Rows = BTreeMap<&'static str, Vec<Vec<Cell>>>;

/// What a pack is gathered with.
pub(super) struct Gathering<'a> {
    store: &'a Store,
    viewer: &'a Viewer,
    asked: &'a PackAsked,
    editions: &'a Editions,
    zone: Zone,
    now: DateTime<Utc>,
    rows: Rows,
    sums: sums::Sums,
    tally: tally::Tally,
    trail: trail::Trail,
    cases: Vec<Case>,
    hushed: redact::Hushed,
    /// Entries that lie outside the time, and those that do not concern whoever it is for.
    left: (usize, usize),
    of_others: usize,
    /// Cases in which nothing concerns whoever it is for.
    not_theirs: usize,
    shows: Vec<(CaseId, Option<CaseId>)>,
    proves: Vec<Proves>,
}

/// Puts a pack together. `progress` is told after each case how many of how many are gathered, and says whether to go on.
///
/// # Errors
/// [`ReadError::Denied`] where the viewer may not export, and [`ReadError::NotFound`].
pub fn gather(
    store: &Store,
    viewer: &Viewer,
    asked: &PackAsked,
    now: DateTime<Utc>,
    progress: &mut dyn FnMut(usize, usize) -> bool,
) -> Result<Option<Pack>, ReadError> {
    let packed = store.packed(viewer, asked)?;
    let (editions, office) = (store.editions()?, store.office()?);
    let mut gathering = Gathering::new(store, viewer, asked, &editions, now)?;
    for (done, case) in packed.cases.iter().enumerate() {
        if !progress(done, packed.cases.len()) {
            return Ok(None);
        }
        gathering.case(case)?;
    }
    progress(packed.cases.len(), packed.cases.len());
    gathering.counts()?;
    gathering.profile()?;
    gathering.rounds()?;
    gathering.pack(&packed, &office).map(Some)
}

impl<'a> Gathering<'a> {
    /// Nothing yet.
    pub(super) fn new(
        store: &'a Store,
        viewer: &'a Viewer,
        asked: &'a PackAsked,
        editions: &'a Editions,
        now: DateTime<Utc>,
    ) -> Result<Self, ReadError> {
        Ok(Self {
            store,
            viewer,
            asked,
            editions,
            zone: store.zone()?,
            now,
            rows: Rows::new(),
            sums: sums::Sums::default(),
            tally: tally::Tally::default(),
            trail: trail::Trail::default(),
            cases: Vec::new(),
            hushed: redact::Hushed::default(),
            left: (0, 0),
            of_others: 0,
            not_theirs: 0,
            shows: Vec::new(),
            proves: Vec::new(),
        })
    }

    fn case(&mut self, one: &PackedCase) -> Result<(), ReadError> {
        let view = self.store.case(self.viewer, one.id, self.now)?;
        let with = Telling { editions: self.editions, view: &view, zone: self.zone, now: self.now };
        let organisation = match (self.asked.about, one.whole) {
            (About::Provider(organisation) | About::Scorecard(organisation), false) => {
                self.of_others += 1;
                Some(Named { id: Some(organisation), words: String::new() })
            }
            _ => self.asked.whom.clone().filter(|_| self.asked.redact),
        };
        let (mut outside, mut theirs) = (0, 0);
        let mut told = Vec::new();
        let elsewhere = view.elsewhere.iter().map(|one| &one.told);
        for one in view.chronology.iter().chain(elsewhere) {
            if !self.is_within(one) {
                outside += 1;
            } else if organisation.as_ref().is_some_and(|of| !concerns(one, of)) {
                theirs += 1;
            } else {
                told.push(one);
            }
        }
        self.left.0 += outside;
        self.left.1 += if one.whole { theirs } else { 0 };
        let mut lines = owed::lines(with);
        lines.retain(|line| organisation.as_ref().is_none_or(|of| owes(&line.owed.obligor, of)));
        // Of a case in which nothing concerns whoever it is for, not even the name stands there.
        let is_told = |of: &Named| view.state.shares.iter().any(|share| is_one(&share.with, of));
        let is_theirs =
            organisation.as_ref().is_none_or(|of| !told.is_empty() || !lines.is_empty() || is_told(of));
        if one.whole && !is_theirs && self.asked.about.of() != Some(one.id) {
            self.not_theirs += 1;
            return Ok(());
        }
        self.proves.extend(proof::proves(with, &told, one.whole));
        let picked = |one: &Told| told.iter().any(|told| told.entry.id == one.entry.id);
        let mut case = entries::told(with, picked);
        for told in &told {
            by_meaning::rows(with, told, &mut self.rows);
            if self.asked.about.organisation().is_some() {
                self.trail.add(with, told, one.whole);
            }
        }
        for line in &lines {
            owed::row(with, line, &mut self.rows);
        }
        self.tally.promised(&lines, self.now);
        self.shares(with, organisation.as_ref());
        self.hushed.hear(with, self.asked.whom.as_ref());
        // Of what was disposed of nothing is left that could be looked at or told to anybody.
        if !view.state.is_disposed_of() {
            self.shows.push(match view.state.subject {
                Some(subject) => (subject, Some(one.id)),
                None => (one.id, None),
            });
        }
        if one.whole && organisation.is_none() {
            let sources = sums::sources(with);
            self.add(words::SOURCES.id, sources.iter().map(|(_, row)| row.clone()).collect());
            let sources = sources.as_ref().map(|(sources, _)| sources);
            let signs: Vec<SignRow> = view.signs.clone();
            self.signs(&view, &signs);
            self.audits(&view)?;
            self.index(&view);
            self.add(words::GAPS.id, sums::gaps(with, (&told, &lines), sources, &signs));
            self.sums.add(with, &case, (&told, &lines), sources, &signs);
        } else if one.whole {
            self.sums.add(with, &case, (&told, &lines), None, &[]);
        }
        for entry in &case.entries {
            for struck in &entry.struck {
                let what = crate::domain::words::cli::answer(&struck.label, &struck.words);
                let cells =
                    [Cell::said(what), Cell::said(&struck.by), struck.at.clone(), Cell::said(&struck.reason)];
                let row = std::iter::once(Cell::said(&view.reference)).chain(cells);
                let row = row.chain([Cell::entry(entry.number)]).collect();
                self.rows.entry(words::CORRECTIONS.id).or_default().push(row);
            }
        }
        if one.whole {
            if self.asked.about.organisation().is_some() {
                self.score(&view)?;
            }
            self.tally.decided(&view.state);
            self.row_of_case(&view);
            // A record is called by its name, as a case is by whom it is about.
            if view.subject.is_none() && self.asked.about.of() == Some(one.id) {
                let name =
                    self.store.record(self.viewer, one.id).map(|record| record.name).unwrap_or_default();
                let parts = [case.title.as_str(), &name].into_iter().filter(|part| !part.is_empty());
                case.title = Cell::said(parts.collect::<Vec<_>>().join(", ")).words;
            }
            case.particulars = self.particulars(&view);
            self.cases.push(case);
        }
        Ok(())
    }

    pub(super) fn add(&mut self, table: &'static str, rows: Vec<Vec<Cell>>) {
        self.rows.entry(table).or_default().extend(rows);
    }

    /// Whether it happened or was recorded in the time.
    fn is_within(&self, told: &Told) -> bool {
        let days = [told.occurred.at, told.entry.recorded_at].map(|at| self.zone.day(at));
        let after = |from| days.iter().any(|day| *day >= from);
        let before = |until| days.iter().any(|day| *day <= until);
        self.asked.from.is_none_or(after) && self.asked.until.is_none_or(before)
    }

    fn shares(&mut self, with: Telling<'_>, organisation: Option<&Named>) {
        let view = with.view;
        let is_told =
            |share: &&crate::domain::share::Share| organisation.is_none_or(|of| is_one(&share.with, of));
        let rows = view.state.shares.iter().filter(is_told).map(|share| {
            let number = view.state.entries.iter().find(|mark| mark.id == share.entry).map(|mark| mark.seq);
            let basis = share.basis.as_ref().map(|basis| basis.label.clone()).unwrap_or_default();
            let who = [Some(share.with.words.clone()), share.who.clone()].into_iter().flatten();
            let who = who.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
            let said = |text: &Option<String>| Cell::said(text.clone().unwrap_or_default());
            vec![
                Cell::said(&view.reference),
                Cell::when(&share.at, self.zone),
                Cell::said(who),
                Cell::said(&share.how),
                Cell::said(&share.what),
                said(&share.purpose),
                Cell::said(basis),
                said(&share.without_consent),
                number.map(Cell::entry).unwrap_or_default(),
            ]
        });
        let rows = rows.collect();
        self.add(words::SHARES.id, rows);
    }

    fn signs(&mut self, view: &CaseView, signs: &[SignRow]) {
        let rows = signs.iter().map(|sign| {
            let answered = sign.answered.as_ref().map(|answered| {
                let at = display::stamp(answered.at, self.zone);
                let what = crate::domain::words::signs::answer(answered.answer);
                Cell::said([what, &answered.words, &answered.by, &at].join("; "))
            });
            let answered = answered.unwrap_or_else(|| Cell::gap(words::NOT_ANSWERED));
            vec![
                Cell::said(&view.reference),
                Cell::said(&sign.title),
                Cell::said(&sign.words),
                Cell::at(sign.since, self.zone),
                answered,
            ]
        });
        let rows = rows.collect();
        self.add(words::SIGNS.id, rows);
    }

    fn audits(&mut self, view: &CaseView) -> Result<(), ReadError> {
        let pathway = self.editions.current().pathway(&view.state.pathway);
        if pathway.is_none_or(|pathway| AuditSteps::of(pathway).is_none()) {
            return Ok(());
        }
        let audits = self.store.audits_of(self.viewer, view.state.id, self.now)?;
        let rows = audits.iter().map(|one| {
            let days = one.from.zip(one.until);
            let days = days.map(|(from, until)| audit::days(&display::date(from), &display::date(until)));
            vec![
                Cell::said(&view.reference),
                Cell::or_gap(days.unwrap_or_default(), words::NOT_ON_RECORD),
                Cell::said(words::sample(one.sample.len(), one.population.len())),
                Cell::or_gap(
                    match one.seed.is_empty() {
                        true => String::new(),
                        false => words::drawn(&one.method, &one.seed, one.same_again),
                    },
                    words::NOT_ON_RECORD,
                ),
                Cell::said(audit::share(one.together())),
                Cell::said(one.before.map(audit::share).unwrap_or_default()),
                Cell::said(words::actions(one.actions.0, one.actions.1)),
            ]
        });
        let rows = rows.collect();
        self.add(words::AUDITS.id, rows);
        Ok(())
    }

    /// What comes round in a case about the organisation, and what the records say of it: the same in each, so once.
    fn score(&mut self, view: &CaseView) -> Result<(), ReadError> {
        let Some(card) = self.store.scorecard(self.viewer, view.state.id, self.now)? else { return Ok(()) };
        let (now, zone) = (self.now, self.zone);
        let rounds = card.rounds.iter().map(|(what, done, due)| {
            let done = done.map_or_else(|| Cell::gap(reviews_words::NEVER), |done| Cell::when(&done, zone));
            let due = due.map(|due| Cell { gap: due < now, ..Cell::at(due, zone) });
            vec![Cell::said(&view.reference), Cell::said(what), done, due.unwrap_or_default()]
        });
        self.add(words::STREAMS.id, rounds.collect());
        if !self.rows.contains_key(words::SCORE.id) {
            let count = |(what, lately, before): &(String, u64, u64)| {
                vec![Cell::said(what), Cell::said(lately.to_string()), Cell::said(before.to_string())]
            };
            self.add(words::SCORE.id, card.counts.iter().map(count).collect());
        }
        Ok(())
    }

    /// What a case shows something about, by the tags in force.
    fn index(&mut self, view: &CaseView) {
        let edition = self.editions.current();
        let rows = tags::of_case(edition, &view.state).into_iter().map(|tagged| {
            let framework = edition.tags.get(&tagged.tag).and_then(|tag| {
                edition.tags.frameworks.iter().find(|framework| framework.id == tag.framework)
            });
            let of = framework.map(|one| [one.title.as_str(), &one.edition].join(", ")).unwrap_or_default();
            let entries = tagged.entries.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            vec![
                Cell::said(&view.reference),
                Cell::said(of),
                Cell::said(edition.tags.title(&tagged.tag)),
                Cell { entry: tagged.entries.first().copied(), ..Cell::said(entries) },
            ]
        });
        let rows = rows.collect();
        self.add(words::INDEX.id, rows);
    }

    fn row_of_case(&mut self, view: &CaseView) {
        let state = &view.state;
        let edition = self.editions.current();
        let pathway = edition.pathway(&state.pathway);
        let stands = pathway.and_then(|pathway| pathway.states.iter().find(|one| one.id == state.state));
        let stands = stands.map_or(state.state.as_str(), |one| one.title.as_str());
        let ended = state.facts.how_closed.as_deref().unwrap_or_default();
        let stands =
            [stands, ended].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ");
        let tied = view.others.iter().filter(|row| state.links.contains(&row.id));
        let tied = tied.map(|row| format!("{} {}", row.reference, row.kind)).collect::<Vec<_>>().join("\n");
        let row = vec![
            Cell::said(&view.reference),
            Cell::said(edition.pathway_title(&state.pathway)),
            Cell::said(view.subject.as_ref().map(|record| record.name.clone()).unwrap_or_default()),
            Cell::said(state.facts.headline.clone().unwrap_or_default()),
            Cell::at(state.opened_at, self.zone),
            Cell::said(stands),
            Cell::said(tied),
        ];
        self.add(words::CASES.id, vec![row]);
    }

    fn particulars(&self, view: &CaseView) -> Vec<(String, String)> {
        let Some(record) = &view.subject else { return Vec::new() };
        use crate::domain::words::cli;
        let born = record.born.map(|born| cli::born(&display::date(born))).unwrap_or_default();
        let nhs = record.nhs.as_deref().map(cli::nhs).unwrap_or_default();
        let who = [record.name.clone(), born, nhs, record.place.clone().unwrap_or_default()];
        let who = who.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        vec![(words::ABOUT.to_owned(), who)]
    }

    /// Cases of twelve months, under the same filter.
    fn counts(&mut self) -> Result<(), ReadError> {
        let until = self.asked.until.unwrap_or(self.zone.day(self.now));
        // Whole months, the one in which the pack ends among them.
        let first = until.with_day(1).unwrap_or(until);
        let from = first.checked_sub_months(Months::new(11)).unwrap_or(first);
        // Of a case the year of whom it is about.
        let about = match (self.asked.about, self.shows.first()) {
            (About::Case(_), Some((subject, _))) => About::Person(*subject),
            (about, _) => about,
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
        self.tally.opened(until, counted().map(|one| self.zone.day(one.opened_at)).collect());
        self.add(words::COUNTS.id, sums::counts(&kinds));
        Ok(())
    }

    /// The places of the provider as its own record has them.
    pub(super) fn profile(&mut self) -> Result<(), ReadError> {
        let places = self.store.locations(self.viewer, self.now)?;
        let register = self.editions.current().pathway("locations").cloned();
        let form = register.as_ref().and_then(|register| register.opening());
        let rows = places.rows.iter().filter(|place| !place.closed).map(|place| {
            let record = self.store.record(self.viewer, place.location.id).ok();
            let said = |means: Means| {
                let field = form.and_then(|form| form.meaning(means))?;
                let answer = record.as_ref()?.answers.get(&field.id)?;
                Some(crate::pathway::show::words(field, answer, &self.zone))
            };
            let or_gap = |said: Option<String>| Cell::or_gap(said.unwrap_or_default(), words::NOT_ON_RECORD);
            let service = place.location.more.type_of.as_ref().map(|of| of.label.clone());
            vec![
                Cell::said(&place.location.name),
                or_gap(service),
                or_gap(said(Means::Registration)),
                or_gap(said(Means::Responsible)),
                or_gap(place.relationship_holder.clone()),
            ]
        });
        let rows = rows.collect();
        self.add(words::PROFILE.id, rows);
        Ok(())
    }

    /// What comes round in the office, policies among it.
    pub(super) fn rounds(&mut self) -> Result<(), ReadError> {
        let reviews = self.store.reviews(self.viewer, self.now, MOST_ROUNDS)?;
        // What is kept to a few stands in no pack of whoever may not see it.
        let rows = reviews.iter().filter(|row| row.owed.ask.is_none()).map(|row| {
            let what = [row.owed.commitment.what.as_str(), row.owed.headline.as_deref().unwrap_or_default()];
            let what = what.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ");
            let held = row.held.map(|at| Cell::at(at, self.zone));
            let missed = reviews_words::missed(row.missed, row.left_out, row.to_sign);
            let due = row.owed.commitment.due;
            vec![
                Cell::said(&row.owed.reference),
                Cell::said(what),
                Cell::said(&row.rhythm),
                held.unwrap_or_else(|| Cell::gap(reviews_words::NEVER)),
                Cell { gap: due < self.now, ..Cell::at(due, self.zone) },
                Cell { gap: row.missed > 0, ..Cell::said(missed) },
                Cell::said(&row.owed.owner),
            ]
        });
        let rows = rows.collect();
        self.add(words::ROUNDS.id, rows);
        Ok(())
    }

    pub(super) fn pack(mut self, packed: &Packed, office: &Office) -> Result<Pack, ReadError> {
        if self.asked.about.organisation().is_some() {
            let rows = std::mem::take(&mut self.trail).rows(self.editions.current());
            self.add(words::TRAIL.id, rows);
        }
        let gaps = self.rows.get(words::GAPS.id).map_or(0, Vec::len);
        let tables = words::tables(self.asked.about)
            .iter()
            .map(|table| Table { words: table, rows: self.rows.remove(table.id).unwrap_or_default() });
        let mut pack = Pack {
            about: self.asked.about.word(),
            title: String::new(),
            training: office.training,
            made_at: self.now,
            head: packed.head,
            redacted: self.asked.redact,
            cover: Vec::new(),
            left_out: Vec::new(),
            summary: self.sums.summary(gaps),
            charts: std::mem::take(&mut self.tally).charts(),
            tables: tables.collect(),
            cases: std::mem::take(&mut self.cases),
            shows: std::mem::take(&mut self.shows),
            proves: std::mem::take(&mut self.proves),
        };
        let about = match self.asked.about {
            About::Period | About::Governance => words::EVERYTHING.to_owned(),
            _ => pack.cases.first().map(|case| case.title.clone()).unwrap_or_default(),
        };
        let is_scorecard = matches!(self.asked.about, About::Scorecard(_));
        pack.title = [if is_scorecard { words::SCORECARD } else { words::TITLE }, &about].join(": ");
        pack.cover = self.cover(office, &about, packed)?;
        pack.left_out.push(words::SEALED_OUT.to_owned());
        pack.left_out.extend(packed.without_restricted.then(|| words::RESTRICTED_OUT.to_owned()));
        pack.left_out.extend((self.left.0 > 0).then(|| words::outside(self.left.0)));
        if is_scorecard {
            pack.cases.clear();
            // What entries say stands in the pack of the organisation, not here.
            pack.proves.clear();
            pack.left_out.push(words::NO_CHRONOLOGY.to_owned());
        }
        pack.left_out.extend((self.of_others > 0).then(|| words::of_others(self.of_others)));
        if let Some(whom) = self.asked.whom.as_ref().filter(|_| self.asked.redact && self.left.1 > 0) {
            pack.left_out.push(words::not_theirs(self.left.1, &whom.words));
        }
        if let Some(whom) = self.asked.whom.as_ref().filter(|_| self.not_theirs > 0) {
            pack.left_out.push(words::cases_not_theirs(self.not_theirs, &whom.words));
        }
        if self.asked.redact {
            redact::redact(&mut pack, &self.hushed);
        }
        Ok(pack)
    }

    fn cover(
        &self,
        office: &Office,
        about: &str,
        packed: &Packed,
    ) -> Result<Vec<(String, String)>, ReadError> {
        let day = |day: Option<chrono::NaiveDate>| day.map(display::date);
        let period = words::period(day(self.asked.from).as_deref(), day(self.asked.until).as_deref());
        let place = match self.asked.location {
            Some(place) => self.store.record(self.viewer, place)?.name,
            None => words::ALL_PLACES.to_owned(),
        };
        let by = self.store.called(self.viewer)?;
        let whom = self.asked.whom.as_ref().map(|whom| (words::MADE_FOR, whom.words.clone()));
        let lines = [
            Some((words::OFFICE, office.name.clone())),
            Some((words::ABOUT, about.to_owned())),
            Some((words::PERIOD, period)),
            Some((words::PLACE, place)),
            Some((words::MADE_BY, if by.is_empty() { words::NOBODY.to_owned() } else { by })),
            Some((words::MADE_AT, display::weekday_stamp(self.now, self.zone))),
            whom,
            Some((
                words::COPY,
                if self.asked.redact { words::REDACTED } else { words::NOT_REDACTED }.to_owned(),
            )),
            Some((words::HEAD, words::head(packed.head.0, &packed.head.1.to_string()))),
        ];
        let shown = |said: String| crate::domain::clean::shown(&said).into_owned();
        Ok(lines.into_iter().flatten().map(|(label, said)| (label.to_owned(), shown(said))).collect())
    }
}

/// Whether this is whoever was named: by the record, or without one by the same words.
fn is_one(named: &Named, of: &Named) -> bool {
    match of.id {
        Some(id) => named.id == Some(id),
        None => named.words.trim().to_lowercase() == of.words.trim().to_lowercase(),
    }
}

fn owes(party: &Party, of: &Named) -> bool {
    matches!(party, Party::Outside(named) if is_one(named, of))
}

/// Whether an entry names whoever it is for.
fn concerns(told: &Told, of: &Named) -> bool {
    let Said::Step(said) = &told.entry.said else { return false };
    names(told.answers.as_ref().unwrap_or(&said.answers), of)
}

fn names(answers: &Answers, of: &Named) -> bool {
    answers.values().any(|answer| match answer {
        Answer::Named(named) => is_one(named, of),
        Answer::Rows(rows) => rows.iter().any(|row| names(row, of)),
        _ => false,
    })
}

/// Whether a field is about somebody: a person or a member of staff.
pub(super) fn is_of_people(kind: &Kind) -> bool {
    matches!(kind, Kind::Record { register, .. } if register == "people" || register == "staff")
}
