//! The derived row of a register's record: what its latest answers mean, by the editions they were given on.

mod more;

use std::collections::BTreeMap;

use super::pathway_of;
use crate::domain::answer::{Answer, Answers, Named, YesNo};
use crate::domain::case::CaseState;
use crate::domain::ids::CaseId;
use crate::domain::names::search::{dialled, search_keys};
use crate::domain::names::{Identity, PersonName, fold};
use crate::domain::nhs::NhsNumber;
use crate::domain::permission::Held;
use crate::domain::rota::Slot;
use crate::domain::views::{RecordRow, Whereabouts};
use crate::domain::words::show::labelled as said_of;
use crate::pathway::definition::{Choice, Field, Kind, Means};
use crate::pathway::edition::Editions;

/// Registers whose records are people and have names of people.
const PEOPLE: [&str; 2] = ["people", "staff"];

/// What stands before the name in the order of a list, where everybody has to know of it first: no folded name begins
/// so.
pub(in crate::store) const BEFORE_ALL: &str = "!";

/// A row of `records` with its search keys.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct RecordCols {
    /// Without the place's name, which is another record's, and without the answers, which stand apart.
    pub(super) row: RecordRow,
    pub(super) answers: BTreeMap<String, Answer>,
    /// Label and words of what is shown on request only.
    pub(super) sealed: Vec<(String, String)>,
    pub(super) roles: Vec<Held>,
    pub(super) acting: Vec<ActsFor>,
    pub(super) sort: String,
    pub(super) keys: Vec<String>,
    /// The stretch of the rota that it is.
    pub(super) slot: Option<Slot>,
    pub(super) closed: bool,
    pub(super) class: Option<CaseId>,
}

/// A time in which a member of staff acts for another, as it is kept: their id, from and until in milliseconds.
pub(in crate::store) type ActsFor = (CaseId, i64, i64);

/// Makes the row of a record.
pub(super) fn of(state: &CaseState, editions: &Editions) -> RecordCols {
    let said = Said { fields: fields(state, editions), answers: &state.facts.record };
    let slot = more::slot(&said, state);
    // A stretch of the rota is called by its duty and by whoever is planned.
    let written = said.text(Means::Name).or_else(|| more::named_slot(&said)).unwrap_or_default();
    let person = PEOPLE.contains(&state.pathway.as_str());
    let name = PersonName::read(&written);
    let born = match said.answer(Means::Born) {
        Some(Answer::Date(day)) => Some(*day),
        _ => None,
    };
    let nhs =
        said.text(Means::NhsNumber).and_then(|typed| NhsNumber::read(&typed).ok()).map(|(number, _)| number);
    let room = said.text(Means::Room);
    let phone = said.text(Means::Phone);
    let more = more::of(&said);
    let identity = Identity {
        family: if person { name.family.clone() } else { written.clone() },
        given: Some(name.given.clone()).filter(|given| person && !given.is_empty()),
        liked: said.text(Means::LikedName),
        born,
        nhs,
        place: None,
        room: room.clone(),
    };
    let mut keys = search_keys(&identity);
    // Who rings from there is found by the number on the telephone, and by their name.
    let numbers = more.people.iter().flat_map(|one| [&one.phone, &one.out_of_hours]);
    for number in numbers.chain([&phone, &more.out_of_hours]).flatten() {
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        let number = dialled(&digits);
        if !number.is_empty() && !keys.contains(&number) {
            keys.push(number);
        }
    }
    for one in &more.people {
        for word in fold(&one.name).split_whitespace() {
            if !keys.iter().any(|key| key == word) {
                keys.push(word.to_owned());
            }
        }
    }
    let first = more.whereabouts.as_ref().is_some_and(Whereabouts::is_first) && !state.closed;
    let row = RecordRow {
        id: state.id,
        register: state.pathway.clone(),
        name: if person { name.with_title() } else { written.clone() },
        short: if person { name.short() } else { written.clone() },
        born,
        nhs: nhs.map(|number| number.digits()),
        room,
        location: location_of(state, editions),
        place: None,
        phone,
        alerts: said.all(Means::Alert).flat_map(|(field, answer)| alerts(field, answer)).collect(),
        do_not_inform: matches!(said.answer(Means::DoNotInform), Some(Answer::YesNo { is: YesNo::Yes, .. })),
        code: said.text(Means::Code),
        more,
        answers: BTreeMap::new(),
    };
    let sort = fold(&if person { name.display() } else { written });
    let sort = if first { format!("{BEFORE_ALL}{sort}") } else { sort };
    let sort = slot.as_ref().map_or(sort, |slot| slot.from.format("%Y-%m-%dT%H:%M").to_string());
    let (roles, acting) = (roles(state, editions), acting(state, editions));
    let is_sealed = |id: &String| said.fields.iter().any(|field| field.sealed && field.id == *id);
    let answers = said.answers.iter().filter(|(id, _)| !is_sealed(id));
    let answers = answers.map(|(id, answer)| (id.clone(), answer.clone())).collect();
    let sealed = said
        .fields
        .iter()
        .filter(|field| field.sealed)
        .filter_map(|field| Some((field.label.clone(), words(said.answers.get(&field.id)?)?)));
    let sealed = sealed.collect();
    RecordCols { acting, row, answers, sealed, roles, sort, keys, slot, closed: state.closed, class: None }
}

/// What a record says, with the fields in which it was said.
pub(super) struct Said<'a> {
    /// By the editions they were filled in on; a later one has the last word.
    fields: Vec<&'a Field>,
    answers: &'a BTreeMap<String, Answer>,
}

impl<'a> Said<'a> {
    /// Every answer of this meaning, in the order of the form.
    fn all(&self, means: Means) -> impl Iterator<Item = (&'a Field, &'a Answer)> {
        let meant = self.fields.iter().filter(move |field| field.means == Some(means));
        meant.filter_map(|field| Some((*field, self.answers.get(&field.id)?)))
    }

    fn answer(&self, means: Means) -> Option<&'a Answer> {
        self.all(means).next().map(|(_, answer)| answer)
    }

    /// Words of this meaning, of a choice its id.
    fn text(&self, means: Means) -> Option<String> {
        self.all(means).find_map(|(_, answer)| words(answer))
    }

    /// A choice of this meaning.
    fn choice(&self, means: Means) -> Option<&'a Choice> {
        self.all(means).find_map(|(field, answer)| chosen(field, answer))
    }
}

/// The choice that an answer names.
fn chosen<'a>(field: &'a Field, answer: &Answer) -> Option<&'a Choice> {
    match (&field.kind, answer) {
        (Kind::Choice(choices), Answer::Choice(id)) => choices.iter().find(|choice| choice.id == *id),
        _ => None,
    }
}

/// The opening hours of a record as they were written, empty where it has none, and what kind of organisation it is, the
/// choice's id; `None` for a record that cannot have hours.
pub(in crate::store) fn hours_and_kind(
    state: &CaseState,
    editions: &Editions,
) -> Option<(String, Option<String>)> {
    let said = Said { fields: fields(state, editions), answers: &state.facts.record };
    let has_hours = said.fields.iter().any(|field| field.means == Some(Means::Hours));
    has_hours.then(|| (said.text(Means::Hours).unwrap_or_default(), said.text(Means::OrganisationType)))
}

/// The fields of the record that mean anything or are sealed, by the editions it was filled in on; a later one has the
/// last word.
fn fields<'e>(state: &CaseState, editions: &'e Editions) -> Vec<&'e Field> {
    let mut fields: Vec<&Field> = Vec::new();
    for mark in &state.entries {
        let edition = mark.edition.and_then(|id| editions.get(id));
        let step = edition.and_then(|e| e.pathways.get(&state.pathway)).and_then(|p| p.step(&mark.kind));
        let told = step.into_iter().flat_map(|step| &step.fields);
        for field in told.filter(|field| field.means.is_some() || field.sealed) {
            match fields.iter_mut().find(|known| known.id == field.id) {
                Some(known) => *known = field,
                None => fields.push(field),
            }
        }
    }
    fields
}

/// Where a record belongs: to the place that the fold knows, otherwise to the location that it names.
pub(in crate::store) fn location_of(state: &CaseState, editions: &Editions) -> Option<CaseId> {
    state.location.or_else(|| place(state, editions))
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

/// An answer as the lines that everyone must see first: rows each for itself, words under their label, of choices only
/// those that weigh anything, a yes as its question.
fn alerts(field: &Field, answer: &Answer) -> Vec<String> {
    match answer {
        Answer::Rows(rows) => rows
            .iter()
            .map(|row| row.values().filter_map(words).collect::<Vec<_>>().join(": "))
            .filter(|line| !line.is_empty())
            .collect(),
        Answer::Choices(choices) => choices.clone(),
        Answer::Choice(_) => {
            let weighty = chosen(field, answer).filter(|choice| choice.weight.is_some());
            weighty.map(|choice| choice.label.clone()).into_iter().collect()
        }
        Answer::YesNo { is: YesNo::Yes, .. } => vec![field.label.clone()],
        other => words(other).map(|said| said_of(&field.label, &said)).into_iter().collect(),
    }
}

/// The roles in force of a member of staff.
pub(in crate::store) fn roles(state: &CaseState, editions: &Editions) -> Vec<Held> {
    let said = Said { fields: fields(state, editions), answers: &state.facts.record };
    let given = said.all(Means::Roles).chain(said.all(Means::RoleAt));
    let mut roles: Vec<_> = given.flat_map(|(_, answer)| roles_in(answer)).collect();
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
    let asked = fields(state, editions);
    let asked = asked.iter().filter(|field| field.means == Some(Means::ActingFor));
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
