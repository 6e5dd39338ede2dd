//! The escalation matrix of a pathway: what is to be done and with whom, by whom, within which time, what sets it off, what is
//! recorded of it and what comes of that. A row for everything that can become owed.
//!
//! The times stand in a column for each answer where most of the pathway's times go by one (RED, AMBER, GREEN); a time that
//! goes by none stands over all of them. What may be recorded beside what is owed is left to the guide.

use std::collections::{BTreeMap, BTreeSet};

use super::condition::condition;
use super::guide::{DEEPEST, readable, rule_words};
use crate::domain::sheet::{SheetCell, SheetPart};
use crate::domain::words::matrix as words;
use crate::domain::words::sheets as guide;
use crate::pathway::definition::{Field, Kind, Opens, Owing, Pathway, Predicate, Step, Then};
use crate::pathway::due::Rule;
use crate::pathway::edition::Edition;

/// What comes of a step is named so far; each is a row of its own as well.
const NAMED: usize = 2;

/// The matrix of a pathway; `None` where nothing is ever owed in it.
pub fn matrix(edition: &Edition, pathway: &Pathway) -> Option<SheetPart> {
    let mut matrix = Matrix { edition, pathway, by: columns(edition, pathway), told: BTreeSet::new() };
    let mut rows: Vec<Row<'_>> = Vec::new();
    for step in pathway.steps.iter().filter(|step| !step.retired) {
        for then in &step.then {
            rows.push(matrix.owed(step, then, set_off(pathway, step, then.when.as_ref())));
        }
        rows.extend(step.incomplete.iter().map(|then| matrix.blanks(step, then)));
        for field in step.fields.iter().filter(|field| !field.retired) {
            rows.extend(field.opens.as_ref().map(|opens| matrix.promised(step, field, opens)));
        }
    }
    if let Some(idle) = &pathway.idle {
        let within = matrix.within(&idle.within);
        let what = one(idle.title.clone());
        let who = one(edition.roles.title(&idle.by).to_owned());
        let settled = pathway.step(&idle.step).map(|step| (pathway, step));
        rows.push(matrix.row([what, who], within, words::NOTHING_OWED.to_owned(), settled));
    }
    if rows.is_empty() {
        return None;
    }
    let mut part = SheetPart::new(&words::matrix_of(&pathway.title));
    let times = match &matrix.by {
        Some(by) => by.choices.iter().map(|(_, label)| label.clone()).collect(),
        None => vec![words::WHEN.to_owned()],
    };
    let [before, after] = [&words::BEFORE_TIMES[..], &words::AFTER_TIMES[..]]
        .map(|heads| heads.iter().map(|&head| head.to_owned()).collect::<Vec<_>>());
    part.heads = [before, times, after].concat();
    merged(rows).into_iter().for_each(|row| part.row(row));
    Some(part)
}

/// The answers that have a column each.
struct By {
    /// The field.
    field: String,
    /// Its choices that a time is set for, in the order of the form.
    choices: Vec<(String, String)>,
}

/// A row, with the pathway and the step that settle it, and the step that sets it off, always or sometimes.
struct Row<'a> {
    settled: Option<(&'a str, &'a str)>,
    by: (String, bool),
    cells: Vec<SheetCell>,
}

struct Matrix<'a> {
    edition: &'a Edition,
    pathway: &'a Pathway,
    by: Option<By>,
    /// Steps of which it was said what is recorded.
    told: BTreeSet<(&'a str, &'a str)>,
}

impl<'a> Matrix<'a> {
    fn owed(&mut self, step: &Step, then: &Then, set_off: String) -> Row<'a> {
        let who = one(self.edition.roles.title(&then.by).to_owned());
        let within = match &then.within {
            Owing::Within(rule) => self.within(rule),
            Owing::Field(id) => self
                .over(guide::at_the_time(step.field(id).map_or(id.as_str(), |field| field.label.as_str()))),
            Owing::Every(every) => self.over(every.to_string()),
        };
        let settled = match &then.pathway {
            Some(id) => self.edition.pathway(id).map(AsRef::as_ref),
            None => Some(self.pathway),
        };
        let settled = settled.and_then(|pathway| Some((pathway, pathway.step(&then.step)?)));
        let what = match (then.title.as_str(), settled) {
            ("", Some((_, step))) => step.title.clone(),
            (title, _) => readable(title, step),
        };
        let what = one(what);
        let by = (step.title.clone(), then.when.is_some());
        Row { by, ..self.row([what, who], within, set_off, settled) }
    }

    /// What was saved with blanks: nothing else is recorded of it than what was left out.
    fn blanks(&self, step: &Step, then: &Then) -> Row<'a> {
        let within = match &then.within {
            Owing::Within(rule) => self.within(rule),
            _ => self.over(String::new()),
        };
        let mut row = vec![one(then.title.clone()), one(self.edition.roles.title(&then.by).to_owned())];
        row.extend(within);
        let after = [words::left_blank(&step.title), step.title.clone(), words::NOTHING.to_owned()];
        row.extend(after.map(one));
        Row { settled: None, by: Default::default(), cells: row }
    }

    /// What is promised in a row: whoever promised it does it, and one of ours watches.
    fn promised(&self, step: &Step, field: &Field, opens: &Opens) -> Row<'a> {
        let owner = self.edition.roles.title(&opens.owner);
        let is_ours = opens.ours || opens.control;
        let who = if is_ours { owner.to_owned() } else { words::named(owner) };
        let within = self.over(words::chased(&rule_words(self.edition, self.pathway, &opens.chase, DEEPEST)));
        let here = format!("{}.{}", step.id, field.id);
        let on: Vec<&Step> =
            self.pathway.steps.iter().filter(|one| !one.retired && one.on.contains(&here)).collect();
        let recorded = on.iter().map(|step| step.title.clone()).collect::<Vec<_>>().join(", ");
        let next = on.first().map_or_else(|| words::NOTHING.to_owned(), |step| self.next(self.pathway, step));
        let mut row = vec![one(called(field, opens, step)), one(who)];
        row.extend(within);
        row.extend([set_off(self.pathway, step, opens.when.as_ref()), recorded, next].map(one));
        Row { settled: None, by: Default::default(), cells: row }
    }

    fn row(
        &mut self,
        [what, who]: [SheetCell; 2],
        within: Vec<SheetCell>,
        set_off: String,
        settled: Option<(&'a Pathway, &'a Step)>,
    ) -> Row<'a> {
        let (recorded, next) = match settled {
            Some((pathway, step)) => {
                let is_told = self.told.contains(&(pathway.id.as_str(), step.id.as_str()));
                let next = if is_told { words::AS_ABOVE.to_owned() } else { self.next(pathway, step) };
                (self.recorded(pathway, step), next)
            }
            None => (String::new(), words::NOTHING.to_owned()),
        };
        let mut row = vec![what, who];
        row.extend(within);
        row.extend([set_off, recorded, next].map(one));
        let settled = settled.map(|(pathway, step)| (pathway.id.as_str(), step.id.as_str()));
        Row { settled, by: Default::default(), cells: row }
    }

    /// The step that settles it; what is asked there is said once.
    fn recorded(&mut self, pathway: &'a Pathway, step: &'a Step) -> String {
        let title = match pathway.id == self.pathway.id {
            true => step.title.clone(),
            false => guide::of_pathway(&step.title, &pathway.title),
        };
        if !self.told.insert((&pathway.id, &step.id)) {
            return title;
        }
        let always = step.fields.iter().filter(|field| !field.retired && field.required == Some(None));
        words::recorded(&title, &always.map(|field| field.label.clone()).collect::<Vec<_>>())
    }

    /// What comes of a step, and who sees to it.
    fn next(&self, pathway: &Pathway, step: &Step) -> String {
        let owed = step.then.iter().map(|then| (readable(&then.title, step), then.by.as_str()));
        let promised = step.fields.iter().filter(|field| !field.retired).filter_map(|field| {
            let opens = field.opens.as_ref()?;
            Some((called(field, opens, step), opens.owner.as_str()))
        });
        let all: Vec<String> =
            owed.chain(promised).map(|(what, by)| words::next(&what, self.edition.roles.title(by))).collect();
        let ends = step
            .to
            .as_deref()
            .is_some_and(|to| pathway.states.iter().any(|state| state.id == to && state.closed));
        let mut said: Vec<String> = all.iter().take(NAMED).cloned().collect();
        if all.len() > NAMED {
            said.push(words::further(all.len() - NAMED));
        }
        if ends {
            said.push(words::ENDS.to_owned());
        }
        if said.is_empty() { words::NOTHING.to_owned() } else { said.join("; ") }
    }

    /// A time, in a column for each answer where it goes by one.
    fn within(&self, rule: &Rule) -> Vec<SheetCell> {
        if let Some(by) = &self.by
            && let Some(Rule::ByChoice { field, rules, otherwise }) = table(self.edition, rule)
            && *field == by.field
        {
            let of = |id: &String| rules.get(id).or(otherwise.as_deref());
            let said = |rule: &Rule| rule_words(self.edition, self.pathway, rule, DEEPEST);
            return by.choices.iter().map(|(id, _)| one(of(id).map(said).unwrap_or_default())).collect();
        }
        self.over(rule_words(self.edition, self.pathway, rule, DEEPEST))
    }

    /// Words over all columns of times.
    fn over(&self, words: String) -> Vec<SheetCell> {
        vec![SheetCell { words, over: self.by.as_ref().map_or(1, |by| by.choices.len()) }]
    }
}

fn one(words: String) -> SheetCell {
    SheetCell { words, over: 1 }
}

/// The rows, those that differ in nothing but what sets them off as one.
fn merged(rows: Vec<Row<'_>>) -> Vec<Vec<SheetCell>> {
    let mut merged: Vec<Row<'_>> = Vec::new();
    for row in rows {
        let of = row.cells.len().saturating_sub(words::AFTER_TIMES.len());
        let is_same = |other: &&mut Row<'_>| {
            row.settled.is_some()
                && other.settled == row.settled
                && other.cells.get(..of) == row.cells.get(..of)
        };
        match merged.iter_mut().find(is_same).and_then(|other| other.cells.get_mut(of)) {
            Some(cell) => cell.words = words::or_else(&cell.words, &row.by.0, row.by.1),
            None => merged.push(row),
        }
    }
    merged.into_iter().map(|row| row.cells).collect()
}

/// What rows make owed: by its own words where it has any, otherwise by what is asked for.
fn called(field: &Field, opens: &Opens, step: &Step) -> String {
    let has_words = opens.title.split('{').enumerate().any(|(at, part)| {
        let own = if at == 0 { part } else { part.split_once('}').map_or("", |(_, own)| own) };
        own.chars().any(char::is_alphabetic)
    });
    let title = opens.title.replace("{line}", &field.label);
    let columns = match &field.kind {
        Kind::Rows { columns, .. } => columns.as_slice(),
        _ => &[],
    };
    let named = columns.iter().fold(title, |title, column| {
        title.replace(&format!("{{{}}}", column.id), &format!("({})", column.label))
    });
    if has_words { readable(&named, step) } else { field.label.clone() }
}

/// The step, and when what follows it is not always owed.
fn set_off(pathway: &Pathway, step: &Step, when: Option<&Predicate>) -> String {
    let holds =
        when.map(|when| condition(pathway, step, when).unwrap_or_else(|| words::SOMETIMES.to_owned()));
    words::set_off(&step.title, holds.as_deref())
}

/// The table behind a rule, through the targets that it names.
fn table<'a>(edition: &'a Edition, rule: &'a Rule) -> Option<&'a Rule> {
    let mut rule = rule;
    for _ in 0..DEEPEST {
        match rule {
            Rule::Target { name } => rule = edition.targets.get(name)?,
            Rule::ByChoice { .. } => return Some(rule),
            _ => return None,
        }
    }
    None
}

/// By which answers most of the pathway's times go, where any do.
fn columns(edition: &Edition, pathway: &Pathway) -> Option<By> {
    let mut found: BTreeMap<&str, (usize, BTreeSet<&str>)> = BTreeMap::new();
    let steps = pathway.steps.iter().filter(|step| !step.retired);
    for then in steps.flat_map(|step| step.then.iter().chain(&step.incomplete)) {
        let Owing::Within(rule) = &then.within else { continue };
        if let Some(Rule::ByChoice { field, rules, .. }) = table(edition, rule) {
            let of = found.entry(field).or_default();
            of.0 += 1;
            of.1.extend(rules.keys().map(String::as_str));
        }
    }
    let (field, (_, set)) = found.into_iter().max_by_key(|(_, (often, _))| *often)?;
    let choices = pathway.steps.iter().find_map(|step| match &step.field(field)?.kind {
        Kind::Choice(choices) => Some(choices),
        _ => None,
    })?;
    let choices: Vec<(String, String)> = choices
        .iter()
        .filter(|choice| set.contains(choice.id.as_str()))
        .map(|choice| (choice.id.clone(), choice.label.clone()))
        .collect();
    (!choices.is_empty()).then(|| By { field: field.to_owned(), choices })
}
