//! `dutydesk setup`: the first-run set-up without a screen: an office, one place, your name and role.

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use serde_json::json;

use super::arguments::Setup;
use super::failure::{Code, Failure};
use super::{answers, desk, output};
use crate::domain::act::Act;
use crate::domain::answer::When;
use crate::domain::chance::Chance;
use crate::domain::entry::{Batch, Method, NewEntry, NewSaid, Receipt, Who};
use crate::domain::ids::{CaseId, EntryId};
use crate::domain::permission::{DECISION_HOLDER, Viewer};
use crate::domain::time::Zone;
use crate::domain::words::cli as words;
use crate::form::typed::{self, Reading};
use crate::pathway::definition::Means;
use crate::pathway::edition::Edition;
use crate::pathway::{check, check::Context};
use crate::runtime::clock;
use crate::store::{Founding, OfficeDir, Store};

pub(super) fn run(office: Option<PathBuf>, asked: &Setup) -> Result<Code, Failure> {
    let dir = desk::office_dir(office)?;
    let (_, receipt) = founded(&dir, asked, clock::SystemChance, clock::now())?;
    output::lines([words::set_up(dir.root(), &asked.name, receipt.last, &receipt.head)])?;
    Ok(Code::Done)
}

/// Founds the office with its first place and whoever looks after it.
pub(super) fn founded(
    dir: &OfficeDir,
    asked: &Setup,
    mut chance: impl Chance + 'static,
    now: DateTime<Utc>,
) -> Result<(Store, Receipt), Failure> {
    let zone = Zone::default();
    let edition = Edition::built_in();
    let place = [(Means::Name, &asked.place), (Means::ServiceType, &asked.service)];
    let you = [(Means::Name, &asked.you), (Means::Roles, &asked.role)];
    let may_add = edition.may_add_staff();
    if !may_add.contains(&asked.role) {
        return Err(Failure::refused(words::role_adds_nobody(&asked.role, may_add)));
    }
    let reading = Reading { now, zone };
    let mut entries = Vec::new();
    for (register, said) in [("locations", place), ("staff", you)] {
        entries.push(registered(&edition, register, said, reading, EntryId(chance.uuid()))?);
    }
    // As on the screen: the first member of staff holds the decision where their role may.
    let decides =
        edition.roles.duties.get(DECISION_HOLDER).is_some_and(|duty| duty.roles.contains(&asked.role));
    if let Some(staff) = entries.last().filter(|_| decides) {
        let hold =
            Act::HoldDuty { duty: DECISION_HOLDER.to_owned(), staff: CaseId::from(staff.id), place: None };
        let id = EntryId(chance.uuid());
        let what = NewSaid::Act(hold);
        entries.push(NewEntry { id, key: id.to_string(), what, ..staff.clone() });
    }
    // Nothing is made before every answer holds.
    let founding =
        Founding { office: asked.name.clone(), zone, training: false, files: (*edition.files).clone() };
    let mut store =
        Store::create_saying(dir, founding, Box::new(chance), now, &mut output::waits_for_founder)?;
    let receipt = store.append(&Viewer::system(), Batch { entries, ..Batch::default() }, now)?;
    Ok((store, receipt))
}

/// The entry that opens a record of a register, with the problems of its form where there are any.
fn registered(
    edition: &Edition,
    register: &str,
    said: [(Means, &String); 2],
    reading: Reading,
    id: EntryId,
) -> Result<NewEntry, Failure> {
    let step = answers::registering(edition, register)?;
    let by_field = said.map(|(means, said)| Ok((answers::asking(step, means)?.to_owned(), json!(said))));
    let said = by_field.into_iter().collect::<Result<_, Failure>>()?;
    let texts = answers::texts(step, &said).map_err(|problems| Failure::problems(&step.title, &problems))?;
    let mut read = BTreeMap::new();
    let mut problems = Vec::new();
    for field in &step.fields {
        match typed::read(field, &field.id, &texts, reading) {
            Ok(answer) => read.extend(answer.map(|answer| (field.id.clone(), answer))),
            Err(found) => problems.extend(found),
        }
    }
    if problems.is_empty() {
        problems = check::check(
            step,
            &read,
            Context {
                case: None,
                record: None,
                cautions: &[],
                kinds: None,
                states: &[],
                on: None,
                now: reading.now,
            },
        );
    }
    if !problems.is_empty() {
        return Err(Failure::problems(&step.title, &problems));
    }
    Ok(NewEntry {
        id,
        key: id.to_string(),
        case: None,
        subject: None,
        occurred: When::exact(reading.now),
        reported_at: None,
        who: Who { by: None, typed_by: None, method: Method::Asserted },
        what: NewSaid::Step {
            pathway: register.to_owned(),
            step: step.id.clone(),
            on: None,
            answers: read,
            why_late: None,
            cleared: Default::default(),
        },
    })
}
