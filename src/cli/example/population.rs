//! Who there is in the example office: locations, staff, organisations, people, each as the form of its register
//! would have put it into the record.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;

use super::draws::Draws;
use super::writing::{Asked, Desk, Writing};
use crate::cli::answers::{asking, registering};
use crate::cli::failure::Failure;
use crate::domain::entry::{Method, Who};
use crate::domain::ids::CaseId;
use crate::domain::nhs::NhsNumber;
use crate::domain::permission::Viewer;
use crate::pathway::definition::{Means, Step};
use crate::settings::example::ExampleOffice;

/// One of the people, as stories speak of them.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub id: CaseId,
    pub name: String,
    pub first: String,
    pub place: String,
}

/// Everybody and everything with a record.
pub(super) struct Population {
    pub people: Vec<Known>,
    /// Staff by key: the record, the name, the roles.
    pub staff: BTreeMap<String, (CaseId, String, Vec<String>)>,
}

/// Registers everybody, a few seconds apart, from `begin` on. Whoever has a key draws lots of their own: one more of them
/// changes nothing else.
pub(super) fn register(
    office: &ExampleOffice,
    people: u64,
    begin: DateTime<Utc>,
    draws: &mut Draws,
    desk: &mut Desk<'_>,
    writing: &mut Writing,
) -> Result<Population, Failure> {
    let mut at = begin;
    let edition = desk.edition;
    let mut put = |register: &str, answers: &BTreeMap<String, Value>, draws: &mut Draws| {
        at += TimeDelta::seconds(1);
        let opening = registering(edition, register)?;
        let name = text(answers, asking(opening, Means::Name)?);
        let asked = Asked {
            id: draws.id(),
            pathway: register,
            step: &opening.id,
            case: None,
            on: None,
            happened: at,
            recorded: at,
            who: Who { by: None, typed_by: None, method: Method::System },
            viewer: Viewer::system(),
            why_late: None,
        };
        let (case, _) = desk.record(&asked, answers.clone(), writing)?;
        desk.names.insert((register.to_owned(), name.clone()), case);
        Ok::<_, Failure>((case, name))
    };
    for organisation in &office.organisation {
        put("organisations", &organisation.answers, &mut draws.apart(&organisation.key))?;
    }
    let mut staff = BTreeMap::new();
    for worker in &office.staff {
        let (id, name) = put("staff", &worker.answers, &mut draws.apart(&worker.key))?;
        let roles = text(&worker.answers, asking(registering(edition, "staff")?, Means::Roles)?)
            .split(',')
            .map(|role| role.trim().to_owned())
            .collect();
        staff.insert(worker.key.clone(), (id, name, roles));
    }
    let mut places = BTreeMap::new();
    for place in &office.location {
        let (_, name) = put("locations", &place.answers, &mut draws.apart(&place.key))?;
        places.insert(place.key.as_str(), (name, place.rooms.as_str()));
    }
    let form = registering(edition, "people")?;
    let (place_asked, number_asked) = (asking(form, Means::Place)?, asking(form, Means::NhsNumber)?);
    let mut numbers = numbers();
    let mut all = Vec::new();
    for person in 0..people {
        let fixed = usize::try_from(person).ok().and_then(|place| office.person.get(place));
        let (mut answers, place) = match fixed {
            Some(person) => (person.answers.clone(), person.at.clone()),
            None => drawn(office, form, draws)?,
        };
        let place = places.get(place.as_str()).map(|(name, _)| name.clone()).unwrap_or_default();
        answers.insert(place_asked.to_owned(), Value::from(place.clone()));
        if let Some(number) = numbers.next() {
            answers.insert(number_asked.to_owned(), Value::from(number));
        }
        let (id, name) = put("people", &answers, draws)?;
        let first = name.split_whitespace().next().unwrap_or_default().to_owned();
        all.push(Known { id, name, first, place });
    }
    Ok(Population { people: all, staff })
}

fn drawn(
    office: &ExampleOffice,
    form: &Step,
    draws: &mut Draws,
) -> Result<(BTreeMap<String, Value>, String), Failure> {
    let mut name = |from: &[String]| draws.one_of(from).cloned().unwrap_or_default();
    let (given, family) = (name(&office.names.given), name(&office.names.family));
    let born = format!(
        "{:02}-{}-{}",
        draws.within(&(1..=28)),
        draws.one_of(&["Jan", "Mar", "Apr", "Jun", "Aug", "Sep", "Nov"]).unwrap_or(&"May"),
        draws.within(&(1928..=1958))
    );
    let (at, rooms) = draws
        .one_of(&office.location)
        .map(|place| (place.key.clone(), place.rooms.clone()))
        .unwrap_or_default();
    let room = format!("{rooms} {}", draws.within(&(1..=48)));
    let said = [(Means::Name, format!("{given} {family}")), (Means::Born, born), (Means::Room, room)];
    let by_field = said.into_iter().map(|(means, said)| Ok((asking(form, means)?.to_owned(), said.into())));
    Ok((by_field.collect::<Result<_, Failure>>()?, at))
}

/// Every number of the test range that can exist, in order.
fn numbers() -> impl Iterator<Item = String> {
    (1..1_000_000u32).filter_map(|stem| {
        (0..10).find_map(|last| {
            NhsNumber::read(&format!("999{stem:06}{last}")).ok().map(|(number, _)| number.to_string())
        })
    })
}

fn text(answers: &BTreeMap<String, Value>, field: &str) -> String {
    answers.get(field).and_then(Value::as_str).unwrap_or_default().to_owned()
}
