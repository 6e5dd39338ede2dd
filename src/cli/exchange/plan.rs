//! What a file would do to a register: what is new, what changes and from what, what stays as it is, and all that is
//! wrong or odd, before anything is written.
//!
//! A cell that says what is on record leaves it as it is, and so does an empty one: an import fills in and corrects. What
//! is to be taken out is said by a word of its own ([`EMPTY`](crate::form::typed::EMPTY)). Which record a line is of is left to [`super::known`], what a cell says to [`super::cells`].

mod answers;
mod begin;
mod line;
mod slots;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use self::answers::Given;
use self::line::{Line, line, traits};
use super::cells;
use super::columns::{Columns, Holds, Leaf};
use super::findings::Findings;
use super::identity::{Traits, person};
use super::known::{Known, Match, NEW};
use super::naming::{Named, folded};
use crate::domain::answer::{Answer, Answers, When};
use crate::domain::chance::Chance;
use crate::domain::entry::{Batch, NewEntry, NewSaid, Who};
use crate::domain::ids::{CaseId, EntryId};
use crate::domain::names::{Identity, fold, similar};
use crate::domain::nhs::NhsNumber;
use crate::domain::rota::{Rota, Slot};
use crate::domain::words::cli as words;
use crate::form::typed::{Reading, Texts};
use crate::pathway::check::{self, Context, Weight as Severity};
use crate::pathway::definition::{Means, Pathway, Step};
use crate::pathway::edition::Edition;
use crate::pathway::show;
use crate::report::rows::Sheet;

/// Records that could be mistaken for a new one are looked through up to this many of its beginning.
const MOST_CANDIDATES: usize = 200;

/// What a file is held against.
pub struct Against<'a> {
    /// The definitions in force.
    pub edition: &'a Edition,
    /// The register, or another pathway of which each line opens a case.
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
    /// The rota: whom a slot would stand beside.
    pub rota: Arc<Rota>,
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
    /// Fields in which nothing stands afterwards.
    pub emptied: usize,
    /// Lines that say what is on record.
    pub same: usize,
    /// Records that are made by name alone, by the register's title.
    pub created: Vec<(String, String)>,
    /// The entries of cases that are opened: those that are in the record already are left out before it is written.
    pub begun: Vec<EntryId>,
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
        slots: Vec::new(),
        created: BTreeMap::new(),
        begun: BTreeMap::new(),
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

/// The NHS number of a line, where it has one, and which line it is.
type Numbered = (Option<NhsNumber>, u64);

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
    by_name: BTreeMap<(String, Option<NaiveDate>), Vec<Numbered>>,
    /// Stretches of the rota that lines of the file make, each with its line.
    slots: Vec<(u64, Slot)>,
    /// Records made by name alone, by register and folded name.
    created: BTreeMap<(String, String), (CaseId, String)>,
    /// The lines of cases that are opened, by the id that follows from what they say.
    begun: BTreeMap<EntryId, u64>,
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
        if !against.register.register {
            return self.begin(line, against);
        }
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
            Match::Record(at) => self.of_record(at, line, &traits, against),
            Match::New => self.make(line, traits, against),
        }
    }

    /// A line of a record that is there, if no earlier line was of it.
    fn of_record(&mut self, at: usize, line: &Line<'_>, traits: &Traits, against: &mut Against<'_>) {
        match self.lines.insert(at, line.number) {
            Some(earlier) => {
                let who = against.known.said(&[at]);
                self.findings.wrong(line.number, "", words::same_as_line(&who.join(""), earlier));
            }
            None => self.known(at, line, traits, against),
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
        for defined in &against.columns.fields {
            let say =
                |answer: &Answer| show::words(defined, answer, &against.reading.zone).replace('\n', "; ");
            let before = record.answers.get(&defined.id).map(say).unwrap_or_default();
            if let Some(answer) = given.answers.get(&defined.id) {
                told.push(words::from_to_of(&defined.label, &before, &say(answer)));
            } else if given.cleared.contains(&defined.id) {
                told.push(words::taken_out(&defined.label, &before));
            }
        }
        self.plan.emptied += given.cleared.len();
        self.plan.changes.push(words::change(line.number, &reference, &record.name, &told));
        let mut answers: Answers = record
            .answers
            .iter()
            .filter(|(field, _)| step.field(field).is_some_and(|field| !field.retired))
            .map(|(field, answer)| (field.clone(), answer.clone()))
            .collect();
        answers.extend(given.answers);
        answers.retain(|field, _| !given.cleared.contains(field));
        self.two_at_once(line, step, &answers, Some(record.id), against);
        if self.holds(line, step, &answers, against) {
            self.plan.batch.seen.push((record.id, version));
            let mut entry = self.entry(&against.register.id, step, Some(record.id), answers, against);
            if let NewSaid::Step { cleared, .. } = &mut entry.what {
                *cleared = given.cleared;
            }
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
        // What has no names is not told apart by them.
        let told_by_name = against.columns.opening.meaning(Means::Name).is_some();
        let named = of_name.iter().find(|(nhs, _)| told_by_name && !apart(nhs)).map(|(_, line)| *line);
        of_name.push((traits.nhs, line.number));
        if let Some(nhs) = traits.nhs {
            self.by_nhs.insert(nhs, line.number);
        }
        let is_said_new = folded(line.reference) == NEW;
        if let Some(earlier) = numbered.or(named.filter(|_| !is_said_new)) {
            self.findings.wrong(line.number, "", words::twice_in_file(earlier));
            return;
        }
        if let Some(says) = against.known.holder(&traits) {
            self.findings.odd(line.number, "", says);
        }
        let Some(Given { answers, .. }) = self.answers(line, &Answers::new(), against) else { return };
        let step = against.columns.opening;
        let asked = |field: &String| step.field(field).is_some();
        if let Some(other) = answers.keys().find(|field| !asked(field)) {
            let label =
                against.columns.fields.iter().find(|field| field.id == *other).map(|field| &field.label);
            self.findings.wrong(line.number, label.map_or("", String::as_str), words::NOT_OF_NEW);
            return;
        }
        if let Some(at) = self.same_slot(line, step, &answers, against) {
            return self.of_record(at, line, &traits, against);
        }
        let text = |means| match step.meaning(means).and_then(|field| answers.get(&field.id)) {
            Some(Answer::Text(text)) => Some(text.clone()),
            Some(Answer::Named(named)) => Some(named.words.clone()),
            _ => None,
        };
        let name = text(Means::Name).unwrap_or_default();
        let identity = person(&name, &traits, text(Means::Place), text(Means::Room));
        self.two_at_once(line, step, &answers, None, against);
        if self.holds(line, step, &answers, against) {
            self.plan.new += 1;
            let entry = self.entry(&against.register.id, step, None, answers, against);
            self.plan.batch.entries.push(entry);
        }
        self.new.push((line.number, identity));
    }

    /// Whether the answers of a step will do; what is wrong and what is odd are findings.
    fn holds(&mut self, line: &Line<'_>, step: &Step, answers: &Answers, against: &Against<'_>) -> bool {
        let problems = check::answers(step, answers, Context::blank(against.reading.now));
        for problem in &problems {
            // What is wrong names its line of the form itself.
            let heading = heading(against, &problem.field);
            let heading = if problem.field.contains('.') { heading.as_str() } else { "" };
            match problem.weight {
                Severity::Asked | Severity::Doubted => {
                    self.findings.odd(line.number, heading, problem.says.clone())
                }
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
                cleared: BTreeSet::new(),
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
