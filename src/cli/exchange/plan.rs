//! What a file would do to a register: what is new, what changes and from what, what stays as it is, and all that is
//! wrong or odd, before anything is written.
//!
//! A cell that says what is on record leaves it as it is, and so does an empty one: an import fills in and corrects, and
//! never clears. Which record a line is of is left to [`super::known`], what a cell says to [`super::cells`].

use std::collections::BTreeMap;

use super::cells::{self, Cell};
use super::columns::{Columns, Holds, Leaf};
use super::findings::Findings;
use super::identity::{Traits, digits, name_key, person};
use super::known::{Known, Match, NEW};
use super::naming::{Named, folded};
use super::sheet::{Row, Sheet};
use chrono::NaiveDate;

use crate::domain::answer::{Answer, Answers, When};
use crate::domain::chance::Chance;
use crate::domain::entry::{Batch, NewEntry, NewSaid, Who};
use crate::domain::ids::{CaseId, EntryId};
use crate::domain::names::{Identity, fold, similar};
use crate::domain::nhs::NhsNumber;
use crate::domain::time::{UnderstoodDate, Zone, display, understand_date};
use crate::domain::words::cli as words;
use crate::form::typed::{self, Reading, Texts, part};
use crate::pathway::check::{self, Context, Weight as Severity};
use crate::pathway::definition::{Field, Kind, Means, Pathway, Step};
use crate::pathway::edition::Edition;
use crate::pathway::show;

/// Records that could be mistaken for a new one are looked through up to this many of its beginning.
const MOST_CANDIDATES: usize = 200;

/// What a file is held against.
pub struct Against<'a> {
    /// The definitions in force.
    pub edition: &'a Edition,
    /// The register.
    pub register: &'a Pathway,
    /// Its columns.
    pub columns: &'a Columns<'a>,
    /// Its records.
    pub known: &'a mut Known,
    /// The records that cells can name, by register.
    pub named: &'a mut BTreeMap<String, Named>,
    /// The columns by which lines are matched, where the caller names them.
    pub by: Vec<usize>,
    /// Whether locations and organisations that are not on record are registered by their names.
    pub create: bool,
    /// Whether the office is one of made-up people.
    pub training: bool,
    /// Now, and the office's zone.
    pub reading: Reading,
    /// Whose act it is.
    pub who: Who,
}

/// What would be recorded.
#[derive(Debug, Default)]
pub struct Plan {
    /// What is to be recorded.
    pub batch: Batch,
    /// Lines that make a new record.
    pub new: usize,
    /// Changes in words, a line each.
    pub changes: Vec<String>,
    /// Lines that say what is on record.
    pub same: usize,
    /// Records that are made by name alone, by the register's title.
    pub created: Vec<(String, String)>,
}

/// A line of the file, its cells by leaf.
struct Line<'s> {
    number: u64,
    reference: &'s str,
    standing: &'s str,
    cells: BTreeMap<usize, &'s str>,
}

/// Works out what a file would do.
pub fn plan(
    sheet: &Sheet,
    mut against: Against<'_>,
    chance: &mut dyn Chance,
    findings: &mut Findings,
) -> Plan {
    let holds = against.columns.understood(&sheet.headings, findings);
    let present: Vec<usize> = holds
        .iter()
        .filter_map(|holds| match holds {
            Some(Holds::Leaf(at)) => Some(*at),
            _ => None,
        })
        .collect();
    if holds.contains(&Some(Holds::Training)) && !against.training {
        findings.wrong(1, words::MADE_UP, words::MADE_UP_HERE);
    }
    let mut making = Making {
        leaves: &against.columns.leaves,
        present,
        days: BTreeMap::new(),
        lines: BTreeMap::new(),
        new: Vec::new(),
        by_nhs: BTreeMap::new(),
        by_name: BTreeMap::new(),
        created: BTreeMap::new(),
        plan: Plan::default(),
        chance,
        findings,
    };
    // Without sense in the first row there is none in the others.
    if making.findings.any_wrong() {
        return making.plan;
    }
    making.keys(&mut against);
    for row in &sheet.rows {
        if let Some(line) = line(row, &holds, sheet.headings.len(), making.findings) {
            making.line(&line, &mut against);
        }
    }
    making.either_way(&against);
    making.told_apart(&against);
    making.plan
}

/// A row by what its columns hold. Nothing may stand where no heading is.
fn line<'s>(
    row: &'s Row,
    holds: &[Option<Holds>],
    width: usize,
    findings: &mut Findings,
) -> Option<Line<'s>> {
    let mut line = Line { number: row.line, reference: "", standing: "", cells: BTreeMap::new() };
    for (at, raw) in row.cells.iter().enumerate() {
        let said = cells::words_of(raw);
        match holds.get(at) {
            _ if said.is_empty() => {}
            Some(Some(Holds::Reference)) => line.reference = said,
            Some(Some(Holds::Standing)) => line.standing = said,
            Some(Some(Holds::Training)) => {}
            Some(Some(Holds::Leaf(leaf))) => drop(line.cells.insert(*leaf, said)),
            Some(None) => findings.wrong(row.line, &words::column(at, ""), words::NO_HEADING),
            None => findings.wrong(row.line, &words::column(at, ""), words::beyond_the_headings(width)),
        }
    }
    (!line.cells.is_empty() || !line.reference.is_empty()).then_some(line)
}

struct Making<'p> {
    leaves: &'p [Leaf<'p>],
    /// The columns that the file has.
    present: Vec<usize>,
    /// Days that can be read two ways, by column: how many, and the first with its line.
    days: BTreeMap<usize, (usize, u64, String, NaiveDate)>,
    /// The line on which each record was met.
    lines: BTreeMap<usize, u64>,
    /// New records, each with its line and what tells it apart.
    new: Vec<(u64, Identity)>,
    /// The lines of new records, by NHS number.
    by_nhs: BTreeMap<NhsNumber, u64>,
    /// The same by name and day of birth, each with its number.
    by_name: BTreeMap<(String, Option<NaiveDate>), Vec<(Option<NhsNumber>, u64)>>,
    /// Records made by name alone, by register and folded name.
    created: BTreeMap<(String, String), (CaseId, String)>,
    plan: Plan,
    chance: &'p mut dyn Chance,
    findings: &'p mut Findings,
}

impl Making<'_> {
    /// Sorts what is on record by the columns that the caller names.
    fn keys(&self, against: &mut Against<'_>) {
        if against.by.is_empty() {
            return;
        }
        for at in 0..against.known.records.len() {
            let answers = &against.known.records[at].record.answers;
            let key: Vec<String> = against
                .by
                .iter()
                .map(|leaf| {
                    let leaf = &against.columns.leaves[*leaf];
                    let field = against.columns.fields[leaf.field];
                    let shown = answers.get(&field.id).map(|answer| shown(against, leaf.field, answer));
                    fold(shown.as_ref().and_then(|texts| texts.get(&leaf.path)).map_or("", String::as_str))
                })
                .collect();
            if key.iter().all(|part| !part.is_empty()) {
                against.known.by_key.entry(key).or_default().push(at);
            }
        }
    }

    fn line(&mut self, line: &Line<'_>, against: &mut Against<'_>) {
        let Some(traits) = traits(line, against) else {
            // What would tell it apart cannot be read: nothing is guessed, and all its cells are gone through.
            let _ = self.answers(line, &Answers::new(), against);
            return;
        };
        let key = (!against.by.is_empty()).then(|| {
            let said = |leaf: &usize| fold(line.cells.get(leaf).copied().unwrap_or_default());
            against.by.iter().map(said).collect::<Vec<String>>()
        });
        if key.as_ref().is_some_and(|key| line.reference.is_empty() && key.iter().any(String::is_empty)) {
            self.findings.wrong(line.number, "", words::NOTHING_TO_MATCH_BY);
            return;
        }
        match against.known.find(line.reference, &traits, key.as_ref()) {
            Match::Unclear(says) => self.findings.wrong(line.number, "", says),
            Match::Record(at) => match self.lines.insert(at, line.number) {
                Some(earlier) => {
                    let who = against.known.said(&[at]);
                    self.findings.wrong(line.number, "", words::same_as_line(&who.join(""), earlier));
                }
                None => self.known(at, line, &traits, against),
            },
            Match::New => self.make(line, traits, against),
        }
    }

    /// A line of a record that is there.
    fn known(&mut self, at: usize, line: &Line<'_>, traits: &Traits, against: &mut Against<'_>) {
        let stands = &against.known.records[at];
        let (record, reference, version) = (stands.record.clone(), stands.reference.clone(), stands.version);
        let state = against.register.states.iter().find(|state| state.id == stands.state);
        let closed = state.is_some_and(|state| state.closed);
        if !line.standing.is_empty() && state.is_some_and(|state| fold(&state.title) != fold(line.standing)) {
            self.findings.wrong(line.number, words::STANDING, words::STANDING_ON_SCREEN);
        }
        let Some(given) = self.answers(line, &record.answers, against) else { return };
        if given.is_empty() {
            self.plan.same += 1;
            return;
        }
        let Some(step) = against.columns.change else {
            self.findings.wrong(line.number, "", words::NOTHING_CHANGES);
            return;
        };
        if !check::can_stand(step, &record_state(against, at), closed) {
            self.findings.wrong(line.number, "", words::put_away(&against.known.said(&[at]).join("")));
            return;
        }
        let own = &against.known.traits[at];
        let differs = |one: bool, what: &str| one.then(|| words::loud_change(&reference, what));
        let loud = [
            differs(
                matches!((own.nhs, traits.nhs), (Some(one), Some(other)) if one != other),
                words::THE_NUMBER,
            ),
            differs(
                matches!((own.born, traits.born), (Some(one), Some(other)) if one != other),
                words::THE_BIRTH,
            ),
        ];
        loud.into_iter().flatten().for_each(|says| self.findings.odd(line.number, "", says));
        let mut told = Vec::new();
        for (field, answer) in &given {
            let Some(defined) = against.columns.fields.iter().find(|own| own.id == *field) else { continue };
            let say =
                |answer: &Answer| show::words(defined, answer, &against.reading.zone).replace('\n', "; ");
            let before = record.answers.get(field).map(say).unwrap_or_default();
            told.push(words::from_to_of(&defined.label, &before, &say(answer)));
        }
        self.plan.changes.push(words::change(line.number, &reference, &record.name, &told));
        let mut answers: Answers = record
            .answers
            .iter()
            .filter(|(field, _)| step.field(field).is_some_and(|field| !field.retired))
            .map(|(field, answer)| (field.clone(), answer.clone()))
            .collect();
        answers.extend(given);
        if self.holds(line, step, &answers, against) {
            self.plan.batch.seen.push((record.id, version));
            let entry = self.entry(&against.register.id, step, Some(record.id), answers, against);
            self.plan.batch.entries.push(entry);
        }
    }

    /// A line of a record that is not there yet.
    fn make(&mut self, line: &Line<'_>, traits: Traits, against: &mut Against<'_>) {
        let first = against.register.states.first();
        if !line.standing.is_empty() && first.is_some_and(|state| fold(&state.title) != fold(line.standing)) {
            self.findings.wrong(line.number, words::STANDING, words::STANDING_ON_SCREEN);
        }
        let numbered = traits.nhs.and_then(|nhs| self.by_nhs.get(&nhs)).copied();
        let of_name = self.by_name.entry((traits.name.clone(), traits.born)).or_default();
        let apart = |other: &Option<NhsNumber>| matches!((traits.nhs, other), (Some(one), Some(other)) if one != *other);
        let named = of_name.iter().find(|(nhs, _)| !apart(nhs)).map(|(_, line)| *line);
        of_name.push((traits.nhs, line.number));
        if let Some(nhs) = traits.nhs {
            self.by_nhs.insert(nhs, line.number);
        }
        let is_said_new = folded(line.reference) == NEW;
        if let Some(earlier) = numbered.or(named.filter(|_| !is_said_new)) {
            self.findings.wrong(line.number, "", words::twice_in_file(earlier));
            return;
        }
        let Some(answers) = self.answers(line, &Answers::new(), against) else { return };
        let step = against.columns.opening;
        let asked = |field: &String| step.field(field).is_some();
        if let Some(other) = answers.keys().find(|field| !asked(field)) {
            let label =
                against.columns.fields.iter().find(|field| field.id == *other).map(|field| &field.label);
            self.findings.wrong(line.number, label.map_or("", String::as_str), words::NOT_OF_NEW);
            return;
        }
        let text = |means| match step.meaning(means).and_then(|field| answers.get(&field.id)) {
            Some(Answer::Text(text)) => Some(text.clone()),
            Some(Answer::Named(named)) => Some(named.words.clone()),
            _ => None,
        };
        let name = text(Means::Name).unwrap_or_default();
        let identity = person(&name, &traits, text(Means::Place), text(Means::Room));
        if self.holds(line, step, &answers, against) {
            self.plan.new += 1;
            let entry = self.entry(&against.register.id, step, None, answers, against);
            self.plan.batch.entries.push(entry);
        }
        self.new.push((line.number, identity));
    }

    /// The answers that a line gives beside those that stand; `None` where one of them cannot be read, which is then a
    /// finding.
    fn answers(&mut self, line: &Line<'_>, stand: &Answers, against: &mut Against<'_>) -> Option<Answers> {
        let mut given = Answers::new();
        let mut is_sound = true;
        for at in 0..against.columns.fields.len() {
            let field = against.columns.fields[at];
            let now = stand.get(&field.id).map(|answer| shown(against, at, answer)).unwrap_or_default();
            let Some(texts) = self.texts(at, line, &now, stand.get(&field.id), against) else { continue };
            let Ok((texts, odd)) = texts else {
                is_sound = false;
                continue;
            };
            match typed::read(field, &field.id, &texts, against.reading) {
                Ok(Some(answer)) if stand.get(&field.id) != Some(&answer) => {
                    given.insert(field.id.clone(), answer);
                    for (leaf, says) in odd {
                        self.findings.odd(line.number, &against.columns.leaves[leaf].heading, says);
                    }
                    self.days(field, line);
                }
                Ok(_) => {}
                Err(problems) => {
                    is_sound = false;
                    for problem in problems {
                        self.findings.wrong(line.number, &heading(against, &problem.field), problem.says);
                    }
                }
            }
        }
        is_sound.then_some(given)
    }

    /// The text of a field, where the line says anything else of it than stands; an error where a cell is wrong.
    fn texts(
        &mut self,
        field: usize,
        line: &Line<'_>,
        now: &Texts,
        stands: Option<&Answer>,
        against: &mut Against<'_>,
    ) -> Option<Result<(Texts, Vec<(usize, String)>), ()>> {
        let columns = against.columns;
        let own: Vec<usize> =
            self.present.iter().copied().filter(|at| columns.leaves[*at].field == field).collect();
        let said = |at: &usize| line.cells.get(at).copied().unwrap_or_default();
        if own.iter().all(|at| said(at).is_empty()) {
            return None;
        }
        let is_table = matches!(columns.fields[field].kind, Kind::Rows { .. });
        let on_record = |at: &usize| now.get(&columns.leaves[*at].path).map_or("", |text| text.trim());
        let same = |at: &usize| {
            (said(at).is_empty() && !is_table) || said(at).replace("\r\n", "\n") == on_record(at)
        };
        if own.iter().all(same) {
            return None;
        }
        let main = own.iter().find(|at| columns.leaves[**at].path == columns.fields[field].id);
        let main_changes = main.is_some_and(|at| !same(at));
        let mut texts =
            kept(columns, field, line, &own, stands.filter(|_| !main_changes), against.reading.zone);
        let mut is_sound = true;
        let mut all_odd = Vec::new();
        for at in own.iter().filter(|at| !said(at).is_empty()) {
            let leaf = &columns.leaves[*at];
            if same(at) && stands.is_some() {
                // As it stands: with the record that it names, or the second of its time.
                let written = stands
                    .map(|answer| typed::write(&columns.fields[field].id, answer, against.reading.zone));
                let parts = written.into_iter().flatten().filter(|(path, _)| {
                    *path == leaf.path
                        || [".id", ".typed"].iter().any(|end| *path == format!("{}{end}", leaf.path))
                });
                texts.extend(parts);
                continue;
            }
            let mut odd = Vec::new();
            match cells::read(leaf.own, said(at), against.named, &mut odd) {
                Cell::Text(text) => drop(texts.insert(leaf.path.clone(), text)),
                Cell::Record(id, name) => {
                    texts.insert(part(&leaf.path, "id"), id.to_string());
                    texts.insert(leaf.path.clone(), name);
                }
                Cell::New(register, near) => match self.create(&register, said(at), near.as_deref(), against)
                {
                    Ok(id) => {
                        odd.extend(near.map(|near| words::registered_beside(said(at), &near)));
                        texts.insert(part(&leaf.path, "id"), id.to_string());
                        texts.insert(leaf.path.clone(), said(at).to_owned());
                    }
                    Err(says) => {
                        is_sound = false;
                        self.findings.wrong(line.number, &leaf.heading, says);
                    }
                },
                Cell::Wrong(says) => {
                    is_sound = false;
                    self.findings.wrong(line.number, &leaf.heading, says);
                }
            }
            all_odd.extend(odd.into_iter().map(|says| (*at, says)));
        }
        Some(is_sound.then_some((texts, all_odd)).ok_or(()))
    }

    /// Counts the days that were taken over and can be read two ways.
    fn days(&mut self, field: &Field, line: &Line<'_>) {
        let of_field = |path: &String| path.split('.').next() == Some(field.id.as_str());
        for (leaf, said) in &line.cells {
            let Some(Leaf { path, own: Some(own), .. }) = self.leaves.get(*leaf) else { continue };
            if of_field(path)
                && matches!(own.kind, Kind::Date)
                && let Some((day_first, _)) = cells::either_way(said)
            {
                let first = || (0, line.number, (*said).to_owned(), day_first);
                self.days.entry(*leaf).or_insert_with(first).0 += 1;
            }
        }
    }

    /// Says of each column how many of its days can be read two ways, and which way they were read.
    fn either_way(&mut self, against: &Against<'_>) {
        for (leaf, (count, line, said, day)) in std::mem::take(&mut self.days) {
            let heading = &against.columns.leaves[leaf].heading;
            self.findings.odd(line, heading, words::either_way(&said, &display::date(day), count));
        }
    }

    /// A location or an organisation that is not on record: made by its name alone, where that was asked for.
    fn create(
        &mut self,
        register: &str,
        name: &str,
        near: Option<&str>,
        against: &mut Against<'_>,
    ) -> Result<CaseId, String> {
        let title = against.edition.pathway_title(register).to_owned();
        let key = (register.to_owned(), name_key(register, name));
        if let Some((id, _)) = self.created.get(&key) {
            return Ok(*id);
        }
        let of_people = matches!(register, "people" | "staff");
        if of_people || !against.create {
            return Err(words::not_on_record(name, &title, near, !of_people));
        }
        let step = against.edition.pathway(register).and_then(|pathway| pathway.opening());
        let named = step.and_then(|step| Some((step, step.meaning(Means::Name)?)));
        let Some((step, field)) = named else { return Err(words::not_on_record(name, &title, near, false)) };
        let answers = Answers::from([(field.id.clone(), Answer::Text(name.to_owned()))]);
        let problems = check::check(step, &answers, Context { case: None, now: against.reading.now });
        if !check::may_be_saved(step, &problems) {
            return Err(words::takes_more_than_a_name(name, &title));
        }
        let entry = self.entry(register, step, None, answers, against);
        let id = CaseId::from(entry.id);
        self.plan.batch.entries.push(entry);
        self.plan.created.push((title, name.to_owned()));
        self.created.insert(key, (id, name.to_owned()));
        Ok(id)
    }

    /// Whether the answers of a step will do; what is wrong and what is odd are findings.
    fn holds(&mut self, line: &Line<'_>, step: &Step, answers: &Answers, against: &Against<'_>) -> bool {
        let problems = check::answers(step, answers, Context { case: None, now: against.reading.now });
        for problem in &problems {
            // What is wrong names its line of the form itself.
            let heading = heading(against, &problem.field);
            let heading = if problem.field.contains('.') { heading.as_str() } else { "" };
            match problem.weight {
                Severity::Asked => self.findings.odd(line.number, heading, problem.says.clone()),
                Severity::Missing if step.incomplete.is_some() => {}
                Severity::Missing | Severity::Refused => {
                    self.findings.wrong(line.number, heading, problem.says.clone());
                }
            }
        }
        check::may_be_saved(step, &problems)
    }

    fn entry(
        &mut self,
        register: &str,
        step: &Step,
        case: Option<CaseId>,
        answers: Answers,
        against: &Against<'_>,
    ) -> NewEntry {
        let id = EntryId(self.chance.uuid());
        NewEntry {
            id,
            key: id.to_string(),
            case,
            subject: None,
            occurred: When::exact(against.reading.now),
            reported_at: None,
            who: against.who,
            what: NewSaid::Step {
                pathway: register.to_owned(),
                step: step.id.clone(),
                on: None,
                answers,
                why_late: None,
            },
        }
    }

    /// Says of each new person who could be mistaken for whom: one is enough to look.
    fn told_apart(&mut self, against: &Against<'_>) {
        if !against.known.has_born {
            return;
        }
        let beginning = |identity: &Identity| fold(&identity.family).chars().take(2).collect::<String>();
        let mut others: BTreeMap<String, Vec<(String, Identity)>> = BTreeMap::new();
        for (at, one) in against.known.records.iter().enumerate() {
            let record = &one.record;
            let identity =
                person(&record.name, &against.known.traits[at], record.place.clone(), record.room.clone());
            let said = words::record_told_apart(&one.reference, &record.name, None, None);
            others.entry(beginning(&identity)).or_default().push((said, identity));
        }
        for (line, identity) in &self.new {
            let here = others.entry(beginning(identity)).or_default();
            let alike = here.iter().rev().take(MOST_CANDIDATES);
            let mut found =
                alike.filter_map(|(said, other)| Some((said, similar::similar(identity, other)?)));
            let found = found.next();
            if let Some((said, why)) = found {
                self.findings.odd(*line, "", words::mistaken_for(said, &why.says));
            }
            here.push((words::line_of(*line), identity.clone()));
        }
    }
}

fn record_state(against: &Against<'_>, at: usize) -> String {
    against.known.records[at].state.clone()
}

/// What stays of a field's text where the line says nothing of it: of a table, in the rows that the line keeps, and only
/// what the file has no column for.
fn kept(
    columns: &Columns<'_>,
    field: usize,
    line: &Line<'_>,
    own: &[usize],
    stands: Option<&Answer>,
    zone: Zone,
) -> Texts {
    let defined = columns.fields[field];
    let Some(stands) = stands else { return Texts::new() };
    let is_of = |leaf: usize, path: &str| {
        let leaf = &columns.leaves[leaf].path;
        path == leaf || [".id", ".typed"].iter().any(|end| path.strip_suffix(end) == Some(leaf))
    };
    let is_said = |at: &&usize| line.cells.contains_key(at);
    let mut texts = typed::write(&defined.id, stands, zone);
    if matches!(defined.kind, Kind::Rows { .. }) {
        let prefix = part(&defined.id, "");
        let covered = own.iter().filter_map(|at| columns.leaves[*at].row).max();
        let keeps = |row: usize| {
            let stays = own.iter().filter(is_said).any(|at| columns.leaves[*at].row == Some(row));
            stays || covered.is_none_or(|covered| row > covered)
        };
        let row_of = |path: &str| path.strip_prefix(&prefix)?.split('.').next()?.parse::<usize>().ok();
        texts.retain(|path, _| !own.iter().any(|at| is_of(*at, path)) && row_of(path).is_some_and(keeps));
    } else {
        texts.retain(|path, _| !own.iter().filter(is_said).any(|at| is_of(*at, path)));
    }
    texts
}

/// How a field's answer stands in its cells.
fn shown(against: &Against<'_>, field: usize, answer: &Answer) -> Texts {
    cells::shown(against.columns.fields[field], answer, against.reading.zone, against.named)
}

/// The heading of the column at a path of a form's text; the path where there is none.
fn heading(against: &Against<'_>, path: &str) -> String {
    let leaf = against.columns.leaves.iter().find(|leaf| leaf.path == path);
    let field = against.columns.fields.iter().find(|field| field.id == path);
    leaf.map(|leaf| leaf.heading.clone())
        .or_else(|| field.map(|field| field.label.clone()))
        .unwrap_or_else(|| path.to_owned())
}

/// What tells a line apart; `None` where its day of birth or its NHS number cannot be read.
fn traits(line: &Line<'_>, against: &Against<'_>) -> Option<Traits> {
    let said = |means| {
        let leaf = against.columns.meaning(means)?;
        let own = against.columns.leaves[leaf].own;
        let text = line.cells.get(&leaf)?;
        Some(cells::read(own, text, against.named, &mut Vec::new()))
    };
    let text = |means| match said(means) {
        None => Some(None),
        Some(Cell::Text(text)) => Some(Some(text)),
        Some(_) => None,
    };
    let today = against.reading.zone.day(against.reading.now);
    let born = match text(Means::Born)?.map(|said| understand_date(&said, today)) {
        None => None,
        Some(UnderstoodDate::One(day)) => Some(day),
        Some(UnderstoodDate::Not { .. }) => return None,
    };
    let nhs = match text(Means::NhsNumber)?.map(|said| NhsNumber::read(&said)) {
        None => None,
        Some(Ok((number, _))) => Some(number),
        Some(Err(_)) => return None,
    };
    Some(Traits {
        name: name_key(&against.register.id, &text(Means::Name)?.unwrap_or_default()),
        born,
        nhs,
        phone: digits(&text(Means::Phone).flatten().unwrap_or_default()),
    })
}
