//! Gathers a pack from the record, as far as whoever asks may read it.

mod of_case;
mod of_office;
mod theirs;

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use thiserror::Error;

use super::{Case, Cell, Pack, Proves, Table, by_meaning, entries, owed, proof, redact, sums, tally, trail};
use crate::domain::answer::Named;
use crate::domain::ids::CaseId;
use crate::domain::pack::{About, PackAsked};
use crate::domain::permission::Viewer;
use crate::domain::time::Zone;
use crate::domain::views::{Office, SignRow, Told};
use crate::domain::words::cli;
use crate::domain::words::pack as words;
use crate::pathway::definition::Kind;
use crate::pathway::edition::Editions;
use crate::report::chronology::Telling;
use crate::store::{Packed, PackedCase, ReadError, Store};
use theirs::{Whom, concerns, is_one, owes, speaks_of};

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
    /// Cases in which nothing concerns whoever it is for, and what somebody else owes in the others.
    not_theirs: usize,
    /// Entries of which lines are left out because they are somebody else's.
    parts: usize,
    for_others: usize,
    /// Whether anything concerns whoever it is for.
    concerns: bool,
    /// Whose cases are counted over twelve months, by name, where those are not the cases of the pack.
    year_of: Option<String>,
    shows: Vec<(CaseId, Option<CaseId>)>,
    proves: Vec<Proves>,
    /// The organisations that it is about or for, each with all that are read as it.
    together: BTreeMap<CaseId, Vec<CaseId>>,
}

/// Why there is no pack.
#[derive(Debug, Error)]
pub enum NotGathered {
    /// It may not be read, or cannot be.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// It was to be redacted for somebody, and nothing in it concerns them: all that would be left is that there is a record.
    #[error("{}", words::nothing_for(.0))]
    NothingFor(String),
}

/// Puts a pack together. `progress` is told after each case how many of how many are gathered, and says whether to go on.
///
/// # Errors
/// As [`NotGathered`] says: [`ReadError::Denied`] where the viewer may not export, and [`ReadError::NotFound`].
pub fn gather(
    store: &Store,
    viewer: &Viewer,
    asked: &PackAsked,
    now: DateTime<Utc>,
    progress: &mut dyn FnMut(usize, usize) -> bool,
) -> Result<Option<Pack>, NotGathered> {
    let packed = store.packed(viewer, asked)?;
    let (editions, office) = (store.editions()?, store.office()?);
    let mut gathering = Gathering::new(store, viewer, asked, &editions, now)?;
    gathering.together = packed.together.clone();
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
    if let Some(whom) = gathering.whose().filter(|_| !gathering.concerns) {
        return Err(NotGathered::NothingFor(whom.words.clone()));
    }
    Ok(Some(gathering.pack(&packed, &office)?))
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
            hushed: redact::Hushed::of(asked),
            left: (0, 0),
            of_others: 0,
            not_theirs: 0,
            parts: 0,
            for_others: 0,
            concerns: false,
            year_of: None,
            shows: Vec::new(),
            proves: Vec::new(),
            together: BTreeMap::new(),
        })
    }

    fn case(&mut self, one: &PackedCase) -> Result<(), ReadError> {
        let whole = self.store.case(self.viewer, one.id, self.now)?;
        let organisation = match (self.asked.about, one.whole) {
            (About::Provider(organisation) | About::Scorecard(organisation), false) => {
                self.of_others += 1;
                Some(self.whom(Named { id: Some(organisation), words: String::new() }))
            }
            _ => self.whose().cloned().map(|named| self.whom(named)),
        };
        let leaves = self.whose().is_some();
        let (view, parts) = match &organisation {
            Some(of) => {
                let (view, parts) = theirs::without_others(&whole, self.editions, of, leaves);
                (Cow::Owned(view), parts)
            }
            None => (Cow::Borrowed(&whole), 0),
        };
        let telling = |view| Telling { editions: self.editions, view, zone: self.zone, now: self.now };
        let with = telling(&view);
        let (mut outside, mut theirs) = (0, 0);
        let mut told = Vec::new();
        let elsewhere = view.elsewhere.iter().map(|one| &one.told);
        for one in view.chronology.iter().chain(elsewhere) {
            if !self.is_within(one) {
                outside += 1;
            } else if organisation
                .as_ref()
                .is_some_and(|of| !concerns(one, of) || leaves && speaks_of(one, self.editions, of))
            {
                theirs += 1;
            } else {
                told.push(one);
            }
        }
        self.left.0 += outside;
        self.left.1 += if one.whole { theirs } else { 0 };
        let (lines, others): (Vec<_>, Vec<_>) = owed::lines(with)
            .into_iter()
            .partition(|line| organisation.as_ref().is_none_or(|of| owes(&line.owed.obligor, of)));
        // Of a case in which nothing concerns whoever it is for, not even the name stands there.
        let is_told = |of: &Whom| view.state.shares.iter().any(|share| is_one(&share.with, of));
        let is_theirs =
            organisation.as_ref().is_none_or(|of| !told.is_empty() || !lines.is_empty() || is_told(of));
        let is_of_them = |of: &Whom| of.together.contains(&one.id);
        // A case that is asked for by itself is not given because another that it is tied to is theirs.
        let counts = !matches!(self.asked.about, About::Case(_)) || self.asked.about.of() == Some(one.id);
        self.concerns |= counts && (is_theirs || leaves && organisation.as_ref().is_some_and(is_of_them));
        if one.whole && !is_theirs && self.asked.about.of() != Some(one.id) {
            self.not_theirs += 1;
            return Ok(());
        }
        // Whoever is named in a line that is left out is withheld in the others, too.
        self.hushed.hear(telling(&whole), self.asked.whom.as_ref());
        if self.whose().is_some() {
            self.parts += parts;
            self.for_others += others.iter().filter(|line| line.is_open()).count();
            self.add(words::TO_DO.id, lines.iter().filter_map(|line| owed::to_do(with, line)).collect());
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
                let what = cli::answer(&struck.label, &struck.words);
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
                let parts = [view.reference.as_str(), &name].into_iter().filter(|part| !part.is_empty());
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

    /// The organisation whose own copy it is.
    fn whose(&self) -> Option<&Named> {
        self.asked.whom.as_ref().filter(|_| self.asked.redact)
    }

    /// Somebody named, with the records that are read as theirs.
    fn whom(&self, named: Named) -> Whom {
        let alone = named.id.into_iter().collect();
        let together = named.id.and_then(|id| self.together.get(&id)).cloned().unwrap_or(alone);
        Whom { named, together }
    }

    /// Whether it happened or was recorded in the time.
    fn is_within(&self, told: &Told) -> bool {
        let days = [told.occurred.at, told.entry.recorded_at].map(|at| self.zone.day(at));
        let after = |from| days.iter().any(|day| *day >= from);
        let before = |until| days.iter().any(|day| *day <= until);
        self.asked.from.is_none_or(after) && self.asked.until.is_none_or(before)
    }

    /// The tables in their order, and the titles of those that an organisation's own copy goes without because nothing in them
    /// would be its own: that nothing stands there would be said of the whole case. What it has to do leads that copy.
    fn tables(&mut self) -> (Vec<Table>, Vec<&'static str>) {
        let own = self.whose().map(|whom| whom.words.clone());
        let mut tables: Vec<Table> = words::tables(self.asked.about)
            .into_iter()
            .map(|words| Table::new(words, self.rows.remove(words.id).unwrap_or_default()))
            .collect();
        let counts = tables.iter_mut().find(|table| table.words.id == words::COUNTS.id);
        if let Some((table, whose)) = counts.zip(self.year_of.as_deref()) {
            table.title = words::of_whom(words::COUNTS.title, whose);
        }
        let Some(own) = own else { return (tables, Vec::new()) };
        let is_empty = |table: &Table| table.rows.is_empty() && !redact::is_of_office(table.words.id);
        let empty = tables.iter().filter(|table| is_empty(table)).map(|table| table.words.title).collect();
        tables.retain(|table| !is_empty(table));
        for table in tables.iter_mut().filter(|table| table.words.id == words::PROMISES.id) {
            table.title = words::promised_by(&own);
        }
        let mut rows = self.rows.remove(words::TO_DO.id).unwrap_or_default();
        // The first due first.
        rows.sort_by_key(|row| row.get(words::TO_DO_DUE).and_then(|due| due.at));
        let to_do = Table { title: words::has_to_do(&own), ..Table::new(&words::TO_DO, rows) };
        tables.insert(0, to_do);
        (tables, empty)
    }

    pub(super) fn pack(mut self, packed: &Packed, office: &Office) -> Result<Pack, ReadError> {
        if self.asked.about.organisation().is_some() {
            let rows = std::mem::take(&mut self.trail).rows(self.editions.current());
            self.add(words::TRAIL.id, rows);
        }
        let gaps = self.rows.get(words::GAPS.id).map_or(0, Vec::len);
        let (tables, empty) = self.tables();
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
            charts: std::mem::take(&mut self.tally).charts(self.asked.about.organisation().is_none()),
            tables,
            cases: std::mem::take(&mut self.cases),
            shows: std::mem::take(&mut self.shows),
            proves: std::mem::take(&mut self.proves),
        };
        let about = match self.asked.about {
            About::Period => words::EVERYTHING.to_owned(),
            About::Governance => words::MEASURED.to_owned(),
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
        if let Some(whom) = self.whose() {
            let said = [
                (self.left.1, words::not_theirs as fn(_, &_) -> _),
                (self.parts, words::parts_of_others),
                (self.for_others, words::for_others),
            ];
            let said = said.into_iter().filter(|(many, _)| *many > 0);
            pack.left_out.extend(said.map(|(many, says)| says(many, &whom.words)));
            pack.left_out.extend((!empty.is_empty()).then(|| words::none_of_theirs(&empty, &whom.words)));
            pack.left_out.extend((!pack.cases.is_empty()).then(|| words::OF_CASES_OUT.to_owned()));
        }
        if let Some(whom) = self.asked.whom.as_ref().filter(|_| self.not_theirs > 0) {
            pack.left_out.push(words::cases_not_theirs(self.not_theirs, &whom.words));
        }
        if self.asked.redact {
            self.hushed.recognise(&pack, &self.store.known_names(&REGISTERS_OF_PEOPLE)?);
            redact::redact(&mut pack, &self.hushed);
        }
        Ok(pack)
    }
}

/// The registers of whoever is somebody: people supported, and staff.
const REGISTERS_OF_PEOPLE: [&str; 2] = ["people", "staff"];

/// Whether a field is about somebody: a person or a member of staff.
pub(super) fn is_of_people(kind: &Kind) -> bool {
    matches!(kind, Kind::Record { register, .. } if REGISTERS_OF_PEOPLE.contains(&register.as_str()))
}
