//! What was counted of a person or a place over time, and what their records say by themselves: what a page of trends is
//! made of. What is counted is said by meaning, in any pathway.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::super::Store;
use super::super::derive::reference;
use super::super::error::ReadError;
use super::super::merged;
use super::super::rows::id;
use super::reference_of;
use super::spoken::{Spoken, titles};
use crate::domain::answer::Answer;
use crate::domain::ids::CaseId;
use crate::domain::permission::Viewer;
use crate::domain::views::{Counted, Trends, Weekly};
use crate::pathway::definition::{Field, Kind, Means, Pathway, Predicate, Step};

/// How many cases in which something was counted are looked through, the newest first.
const MOST_CASES: u32 = 100;

/// Of the cases behind a line so many are named.
const MOST_NAMED: usize = 30;

impl Store {
    /// What was counted of a person or a place, and how often which cases came and what was seen again and again in them.
    ///
    /// # Errors
    /// [`ReadError::NotFound`], and [`ReadError::Denied`] where the viewer may not read their record.
    pub fn trends(&self, viewer: &Viewer, about: CaseId, now: DateTime<Utc>) -> Result<Trends, ReadError> {
        let record = self.record(viewer, about)?;
        let scope = self.scope(viewer)?.about(Some(about));
        let editions = self.editions()?;
        let listed = merged::listed(&self.conn, about)?;
        let of = format!("(c.subject IN ({listed}) OR c.location IN ({listed}))");
        let mut weekly = self.begun(&of, &scope.on("c"), &titles(editions.current()), now)?;
        let counting: Vec<String> =
            editions.current().pathways.values().flat_map(|one| counting(one)).collect();
        // A case in which nothing was counted so far is not read, nor does it take the place of one in which something was.
        let cases: Vec<CaseId> = self
            .conn
            .prepare_cached(&format!(
                "SELECT c.id FROM cases c WHERE c.register = 0 AND {of} AND {} AND EXISTS (
                     SELECT 1 FROM case_entries ce JOIN entries e ON e.seq = ce.seq
                     WHERE ce.case_id = c.id AND e.kind IN ({}))
                 ORDER BY c.opened_at DESC, c.id DESC LIMIT {MOST_CASES}",
                scope.on("c"),
                counting.join(", "),
            ))?
            .query_map([], |row| id(row, 0))?
            .collect::<rusqlite::Result<_>>()?;
        let mut counted: BTreeMap<String, Counted> = BTreeMap::new();
        let mut seen: BTreeMap<String, Weekly> = BTreeMap::new();
        for case in cases {
            let state = self.state(&scope, case)?;
            let named = (case, reference_of(&self.conn, case)?);
            for spoken in self.spoken(&scope, &editions, &state)? {
                take(&mut counted, &spoken, &named);
                if comes_again(&spoken.step) {
                    let title = &spoken.step.title;
                    let week = seen.entry(title.clone()).or_insert_with(|| none(title));
                    add(week, spoken.occurred.at, now);
                    name(&mut week.cases, &named);
                }
            }
        }
        weekly.extend(seen.into_values());
        weekly.retain(|row| row.weeks.iter().any(|count| *count > 0));
        let mut counted: Vec<Counted> = counted.into_values().collect();
        counted.iter_mut().for_each(|row| row.points.sort_by_key(|(when, _)| when.at));
        Ok(Trends { name: record.name, counted, weekly })
    }

    /// How many cases of each pathway came in each week.
    fn begun(
        &self,
        of: &str,
        may: &str,
        pathways: &BTreeMap<String, String>,
        now: DateTime<Utc>,
    ) -> Result<Vec<Weekly>, ReadError> {
        let from = now - TimeDelta::weeks(Weekly::WEEKS as i64);
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT f.pathway, f.at, c.id, c.letter, c.number FROM case_facts f JOIN cases c ON c.id = f.case_id
             WHERE f.at >= ?1 AND f.at <= ?2 AND f.again = 0 AND {of} AND {may} ORDER BY f.at DESC, c.id DESC"
        ))?;
        let mut weekly: BTreeMap<String, Weekly> = BTreeMap::new();
        let mut rows = statement.query([from.timestamp_millis(), now.timestamp_millis()])?;
        while let Some(row) = rows.next()? {
            let (pathway, at): (String, i64) = (row.get(0)?, row.get(1)?);
            let Some(at) = DateTime::from_timestamp_millis(at) else { continue };
            let title = pathways.get(&pathway).unwrap_or(&pathway);
            let week = weekly.entry(pathway.clone()).or_insert_with(|| none(title));
            add(week, at, now);
            name(&mut week.cases, &(id(row, 2)?, reference(&row.get::<_, String>(3)?, row.get(4)?)));
        }
        Ok(weekly.into_values().collect())
    }
}

fn none(title: &str) -> Weekly {
    Weekly { title: title.to_owned(), weeks: [0; Weekly::WEEKS], cases: Vec::new() }
}

/// Names a case once, as long as so many can be chosen from.
fn name(cases: &mut Vec<(CaseId, String)>, named: &(CaseId, String)) {
    if cases.len() < MOST_NAMED && !cases.contains(named) {
        cases.push(named.clone());
    }
}

fn add(row: &mut Weekly, at: DateTime<Utc>, now: DateTime<Utc>) {
    let ago = usize::try_from((now - at).num_weeks()).ok().filter(|_| at <= now);
    let place = ago.and_then(|ago| (Weekly::WEEKS - 1).checked_sub(ago));
    if let Some(count) = place.and_then(|place| row.weeks.get_mut(place)) {
        *count += 1;
    }
}

/// What is seen again and again and written down each time: not the call by which a case began.
fn comes_again(step: &Step) -> bool {
    step.repeat && step.on.is_empty() && step.safety && step.meaning(Means::Observation).is_some()
}

/// The steps of the pathway in which something is counted, or what is seen again and again is written down, as entries
/// are called.
fn counting(pathway: &Pathway) -> impl Iterator<Item = String> {
    let is = |field: &Field| match &field.kind {
        Kind::Rows { columns, .. } => columns.iter().any(|column| column.means == Some(Means::Counted)),
        _ => field.means == Some(Means::Counted),
    };
    let steps = pathway.steps.iter().filter(|_| !pathway.register);
    let steps = steps.filter(move |step| step.fields.iter().any(is) || comes_again(step) && !pathway.urgent);
    steps.map(|step| format!("'{}.{}'", pathway.id, step.id))
}

/// Takes in the numbers of a step.
fn take(counted: &mut BTreeMap<String, Counted>, spoken: &Spoken, named: &(CaseId, String)) {
    let mut add = |id: &str, title: &str, threshold: Option<i64>, number: i64| {
        let row = counted.entry(id.to_owned()).or_insert_with(|| Counted {
            title: title.to_owned(),
            threshold: None,
            points: Vec::new(),
            cases: Vec::new(),
        });
        title.clone_into(&mut row.title);
        row.threshold = threshold.or(row.threshold);
        row.points.push((spoken.occurred, number));
        name(&mut row.cases, named);
    };
    for field in &spoken.step.fields {
        match (&field.kind, spoken.answers.get(&field.id)) {
            (Kind::Number { .. }, Some(Answer::Number(number))) if field.means == Some(Means::Counted) => {
                let Some(id) = &field.counts else { continue };
                add(id, &field.label, threshold(&spoken.step, &field.id), *number);
            }
            (Kind::Rows { columns, .. }, Some(Answer::Rows(rows))) => {
                let meant = |means| columns.iter().find(|column| column.means == Some(means));
                let (Some(number), Some(what)) = (meant(Means::Counted), meant(Means::Counts)) else {
                    continue;
                };
                let Kind::Choice(choices) = &what.kind else { continue };
                for row in rows {
                    if let (Some(Answer::Number(number)), Some(Answer::Choice(id))) =
                        (row.get(&number.id), row.get(&what.id))
                    {
                        let label = choices.iter().find(|choice| choice.id == *id);
                        add(id, label.map_or(id.as_str(), |choice| &choice.label), None, *number);
                    }
                }
            }
            _ => {}
        }
    }
}

/// From which number on the form asks more about this field.
fn threshold(step: &Step, of: &str) -> Option<i64> {
    fn least(predicate: &Predicate, of: &str) -> Option<i64> {
        match predicate {
            Predicate::AtLeast { step: None, field, number } if field == of => Some(*number),
            // Where something else has to hold as well it is no threshold for everybody.
            Predicate::Any(parts) => parts.iter().filter_map(|part| least(part, of)).min(),
            _ => None,
        }
    }
    let asked =
        step.fields.iter().flat_map(|field| field.shown.iter().chain(field.required.iter().flatten()));
    asked.filter_map(|predicate| least(predicate, of)).min()
}
