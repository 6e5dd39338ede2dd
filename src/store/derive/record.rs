//! The derived row of a register's record: what its latest answers mean, by the editions they were given on.

use std::collections::BTreeMap;

use super::pathway_of;
use crate::domain::answer::{Answer, Answers, Named, YesNo};
use crate::domain::case::CaseState;
use crate::domain::ids::CaseId;
use crate::domain::names::search::{dialled, search_keys};
use crate::domain::names::{Identity, PersonName, fold};
use crate::domain::nhs::NhsNumber;
use crate::domain::permission::Held;
use crate::domain::views::RecordRow;
use crate::pathway::definition::{Field, Kind, Means};
use crate::pathway::edition::Editions;

/// Registers whose records are people and have names of people.
const PEOPLE: [&str; 2] = ["people", "staff"];

/// A row of `records` with its search keys.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct RecordCols {
    /// Without the place's name, which is another record's, and without the answers, which stand apart.
    pub(super) row: RecordRow,
    pub(super) answers: BTreeMap<String, Answer>,
    pub(super) roles: Vec<Held>,
    pub(super) acting: Vec<ActsFor>,
    pub(super) sort: String,
    pub(super) keys: Vec<String>,
    pub(super) closed: bool,
    pub(super) class: Option<CaseId>,
}

/// A time in which a member of staff acts for another, as it is kept: their id, from and until in milliseconds.
pub(in crate::store) type ActsFor = (CaseId, i64, i64);

/// Makes the row of a record.
pub(super) fn of(state: &CaseState, editions: &Editions) -> RecordCols {
    let answers = state.facts.record.clone();
    let meanings = meanings(state, editions);
    let find = |means: Means| {
        meanings.iter().find(|(_, m)| **m == means).and_then(|(field, _)| answers.get(field.as_str()))
    };
    let text = |means| find(means).and_then(words);
    let written = text(Means::Name).unwrap_or_default();
    let person = PEOPLE.contains(&state.pathway.as_str());
    let name = PersonName::read(&written);
    let born = match find(Means::Born) {
        Some(Answer::Date(day)) => Some(*day),
        _ => None,
    };
    let nhs = text(Means::NhsNumber).and_then(|typed| NhsNumber::read(&typed).ok()).map(|(number, _)| number);
    let room = text(Means::Room);
    let phone = text(Means::Phone);
    let identity = Identity {
        family: if person { name.family.clone() } else { written.clone() },
        given: Some(name.given.clone()).filter(|given| person && !given.is_empty()),
        liked: text(Means::LikedName),
        born,
        nhs,
        place: None,
        room: room.clone(),
    };
    let mut keys = search_keys(&identity);
    let digits: String = phone.iter().flat_map(|phone| phone.chars()).filter(char::is_ascii_digit).collect();
    let number = dialled(&digits);
    if !number.is_empty() && !keys.contains(&number) {
        keys.push(number);
    }
    let row = RecordRow {
        id: state.id,
        register: state.pathway.clone(),
        name: if person { name.with_title() } else { written.clone() },
        short: if person { name.short() } else { written.clone() },
        born,
        nhs: nhs.map(|number| number.digits()),
        room,
        location: state.location.or_else(|| place(state, editions)),
        place: None,
        phone,
        alerts: find(Means::Alert).map(lines).unwrap_or_default(),
        do_not_inform: matches!(find(Means::DoNotInform), Some(Answer::YesNo { is: YesNo::Yes, .. })),
        code: text(Means::Code),
        answers: BTreeMap::new(),
    };
    let sort = fold(&if person { name.display() } else { written });
    let (roles, acting) = (roles(state, editions), acting(state, editions));
    RecordCols { acting, row, answers, roles, sort, keys, closed: state.closed, class: None }
}

/// The opening hours of a record as they were written, empty where it has none; `None` for a record that cannot have
/// any.
pub(in crate::store) fn hours(state: &CaseState, editions: &Editions) -> Option<String> {
    let meanings = meanings(state, editions);
    let mut fields = meanings.iter().filter(|(_, means)| **means == Means::Hours).peekable();
    fields.peek()?;
    let written = fields.find_map(|(field, _)| state.facts.record.get(field).and_then(words));
    Some(written.unwrap_or_default())
}

/// What each field of the record means, by the editions it was filled in on; a later one has the last word.
fn meanings(state: &CaseState, editions: &Editions) -> BTreeMap<String, Means> {
    fields(state, editions).filter_map(|field| Some((field.id.clone(), field.means?))).collect()
}

/// The fields of the steps that were recorded, as the editions had them that they were filled in on.
fn fields<'e>(state: &'e CaseState, editions: &'e Editions) -> impl Iterator<Item = &'e Field> {
    let steps = state.entries.iter().filter_map(|mark| {
        let edition = editions.get(mark.edition?)?;
        edition.pathways.get(&state.pathway)?.step(&mark.kind)
    });
    steps.flat_map(|step| &step.fields)
}

/// The location that a record names, where the fold knows none.
fn place(state: &CaseState, editions: &Editions) -> Option<CaseId> {
    let pathway = pathway_of(state, editions)?;
    pathway.steps.iter().flat_map(|step| &step.fields).find_map(|field| {
        let asks = matches!(&field.kind, Kind::Record { register, .. } if register == "locations");
        match state.facts.record.get(&field.id) {
            Some(Answer::Named(named)) if asks => named.id,
            _ => None,
        }
    })
}

fn words(answer: &Answer) -> Option<String> {
    match answer {
        Answer::Text(text) | Answer::Choice(text) => Some(text.trim().to_owned()),
        Answer::Named(named) => Some(named.words.clone()),
        _ => None,
    }
    .filter(|text| !text.is_empty())
}

/// An answer as the lines that everyone must see first.
fn lines(answer: &Answer) -> Vec<String> {
    match answer {
        Answer::Rows(rows) => rows
            .iter()
            .map(|row| row.values().filter_map(words).collect::<Vec<_>>().join(": "))
            .filter(|line| !line.is_empty())
            .collect(),
        Answer::Choices(choices) => choices.clone(),
        other => words(other).into_iter().collect(),
    }
}

/// The roles in force of a member of staff.
pub(in crate::store) fn roles(state: &CaseState, editions: &Editions) -> Vec<Held> {
    let meanings = meanings(state, editions);
    let fields = meanings.iter().filter(|(_, means)| matches!(means, Means::Roles | Means::RoleAt));
    let mut roles: Vec<_> =
        fields.filter_map(|(field, _)| state.facts.record.get(field)).flat_map(roles_in).collect();
    roles.sort();
    roles.dedup();
    roles
}

/// The roles that an answer gives: everywhere, or, in a table, at the location that stands beside each.
pub(in crate::store) fn roles_in(answer: &Answer) -> Vec<Held> {
    match answer {
        Answer::Choice(role) => vec![(role.clone(), None)],
        Answer::Choices(roles) => roles.iter().map(|role| (role.clone(), None)).collect(),
        Answer::Rows(rows) => rows
            .iter()
            .flat_map(|row| {
                let at = row.values().find_map(|answer| match answer {
                    Answer::Named(named) => named.id,
                    _ => None,
                });
                row.values()
                    .filter(|answer| matches!(answer, Answer::Choice(_) | Answer::Choices(_)))
                    .flat_map(roles_in)
                    .map(move |(role, _)| (role, at))
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// For whom a member of staff acts, and when. Nobody acts for themselves.
pub(in crate::store) fn acting(state: &CaseState, editions: &Editions) -> Vec<ActsFor> {
    let asked = fields(state, editions).filter(|field| field.means == Some(Means::ActingFor));
    let mut acting: Vec<ActsFor> = asked
        .flat_map(|field| acting_in(field, state.facts.record.get(&field.id)))
        .filter(|(whom, ..)| *whom != state.id)
        .collect();
    acting.sort_unstable();
    acting.dedup();
    acting
}

/// For whom an answer lets somebody act. A row without its times lets them do nothing.
pub(in crate::store) fn acting_in(field: &Field, answer: Option<&Answer>) -> Vec<ActsFor> {
    let (Kind::Rows { columns, .. }, Some(Answer::Rows(rows))) = (&field.kind, answer) else {
        return Vec::new();
    };
    let meant = |row: &Answers, means| {
        let column = columns.iter().find(|column| column.means == Some(means))?;
        row.get(&column.id).cloned()
    };
    let time = |row: &Answers, means| match meant(row, means)? {
        Answer::Time(when) => Some(when.at.timestamp_millis()),
        _ => None,
    };
    let read = |row: &Answers| {
        let Some(Answer::Named(Named { id: Some(whom), .. })) = meant(row, Means::ActedFor) else {
            return None;
        };
        Some((whom, time(row, Means::ActsFrom)?, time(row, Means::ActsUntil)?))
    };
    rows.iter().filter_map(read).collect()
}
