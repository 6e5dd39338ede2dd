//! The answers that a line gives: what differs from what stands, what cannot be read, and the records that are made by
//! their names alone.

use std::collections::BTreeSet;

use super::super::cells::{self, Cell};
use super::super::columns::{Columns, Leaf};
use super::super::identity::name_key;
use super::line::Line;
use super::{Against, Making, heading, shown};
use crate::domain::answer::{Answer, Answers};
use crate::domain::ids::CaseId;
use crate::domain::time::{Zone, display};
use crate::domain::words::check::stays_required;
use crate::domain::words::cli as words;
use crate::form::typed::{self, Texts, part};
use crate::pathway::check::{self, Context};
use crate::pathway::definition::{Field, Kind, Means};

/// The text of a field, and what is odd about each of its columns.
type Said = (Texts, Vec<(usize, String)>);

/// What a line changes.
#[derive(Default)]
pub(super) struct Given {
    /// Answers beside those that stand.
    pub(super) answers: Answers,
    /// Fields in which nothing is to stand.
    pub(super) cleared: BTreeSet<String>,
}

impl Given {
    pub(super) fn is_empty(&self) -> bool {
        self.answers.is_empty() && self.cleared.is_empty()
    }
}

impl Making<'_> {
    /// What a line changes of what stands; `None` where one of them cannot be read, which is then a
    /// finding.
    pub(super) fn answers(
        &mut self,
        line: &Line<'_>,
        stand: &Answers,
        against: &mut Against<'_>,
    ) -> Option<Given> {
        let mut given = Given::default();
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
                    given.answers.insert(field.id.clone(), answer);
                    for (leaf, says) in odd {
                        self.findings.odd(line.number, &against.columns.leaves[leaf].heading, says);
                    }
                    self.days(field, line);
                }
                // Nothing is left of it, where something stood.
                Ok(None) if stand.contains_key(&field.id) && field.required == Some(None) => {
                    is_sound = false;
                    let says = stays_required(&field.label);
                    self.findings.wrong(line.number, &heading(against, &field.id), says);
                }
                Ok(None) if stand.contains_key(&field.id) => drop(given.cleared.insert(field.id.clone())),
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
    ) -> Option<Result<Said, ()>> {
        let columns = against.columns;
        let own: Vec<usize> =
            self.present.iter().copied().filter(|at| columns.leaves[*at].field == field).collect();
        let said = |at: &usize| line.cells.get(at).copied().unwrap_or_default();
        let emptied = |at: &usize| line.emptied.contains(at);
        if own.iter().all(|at| said(at).is_empty() && !emptied(at)) {
            return None;
        }
        let is_table = matches!(columns.fields[field].kind, Kind::Rows { .. });
        let on_record = |at: &usize| now.get(&columns.leaves[*at].path).map_or("", |text| text.trim());
        let same = |at: &usize| {
            (said(at).is_empty() && !emptied(at) && !is_table)
                || said(at).replace("\r\n", "\n") == on_record(at)
        };
        if own.iter().all(same) {
            return None;
        }
        let main = own.iter().find(|at| columns.leaves[**at].path == columns.fields[field].id);
        let main_changes = main.is_some_and(|at| !same(at));
        if let Some(main) = main.filter(|at| emptied(at)) {
            let other = own.iter().find(|at| !said(at).is_empty());
            let says = other.map(|at| words::emptied_and_said(&columns.leaves[*at].heading));
            let wrong =
                says.map(|says| self.findings.wrong(line.number, &columns.leaves[*main].heading, says));
            return Some(wrong.map_or_else(|| Ok(Said::default()), |()| Err(())));
        }
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
    pub(super) fn either_way(&mut self, against: &Against<'_>) {
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
        let problems = check::check(step, &answers, Context::blank(against.reading.now));
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
    let speaks = |at: &&usize| is_said(at) || line.emptied.contains(at);
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
        texts.retain(|path, _| !own.iter().filter(speaks).any(|at| is_of(*at, path)));
    }
    texts
}
