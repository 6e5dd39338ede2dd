//! `dutydesk import`: a file of rows into a register, or into cases of a pathway that a line opens each; all or nothing,
//! with a report by line and column.
//!
//! What the file would do is worked out whole before anything is asked of the ledger ([`plan`]); a dry run goes through
//! the ledger too and takes it back.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::arguments::Import;
use super::desk;
use super::exchange::columns::{Columns, Holds};
use super::exchange::findings::{Findings, Weight};
use super::exchange::known::Known;
use super::exchange::naming::Named;
use super::exchange::plan::{Against, Plan, plan};
use super::failure::{Code, Failure};
use super::output;
use crate::domain::act::Act;
use crate::domain::answer::Answer;
use crate::domain::chance::Chance;
use crate::domain::clean::Clean;
use crate::domain::entry::{Entry, NewEntry, NewSaid, Receipt, Who};
use crate::domain::ids::{CaseId, EntryId};
use crate::domain::permission::Viewer;
use crate::domain::words::cli as words;
use crate::form::typed::Reading;
use crate::pathway::definition::{Field, Kind, Listed, Means, Pathway};
use crate::pathway::edition::Edition;
use crate::pathway::fold::effective;
use crate::pathway::nearest;
use crate::report::rows::{self, Sheet};
use crate::runtime::clock;
use crate::store::{AppendError, Store};

/// The longest name of a file that is kept with what came from it.
const LONGEST_NAME: usize = 120;
/// Changes that are told each.
const MOST_TOLD: usize = 100;

pub(super) fn run(office: Option<PathBuf>, asked: &Import) -> Result<Code, Failure> {
    let mut store = desk::open(office)?;
    let (staff, method) = desk::doer(&store, asked.staff.as_deref())?;
    let viewer = store.viewer_for(staff, clock::now())?;
    let editions = store.editions()?;
    let edition = editions.current();
    let register = fillable(edition, &asked.register)?;
    let columns =
        Columns::of(register).ok_or_else(|| Failure::refused(words::nothing_registers(&register.id)))?;
    let by = by(&columns, &asked.by)?;
    let unreadable = |why: String| Failure::usage(words::unreadable_file(&asked.file, &why));
    let sheet = rows::read(&bytes(&asked.file).map_err(unreadable)?).map_err(unreadable)?;

    let mut known = match register.register {
        true => Known::read(&store, &viewer, &register.id, &columns)?,
        false => Known::none(),
    };
    let mut named = named(&store, &viewer, &columns.fields)?;
    let reading = Reading { now: clock::now(), zone: store.zone()? };
    let against = Against {
        edition,
        register,
        columns: &columns,
        known: &mut known,
        named: &mut named,
        by,
        create: asked.create,
        training: store.office()?.training,
        reading,
        who: Who { by: staff, typed_by: staff, method },
        rota: store.rota(&viewer, reading.now).map_err(Failure::from)?,
    };
    let mut findings = Findings::default();
    let mut plan = plan(&sheet, against, &mut clock::SystemChance, &mut findings);
    let file = name_of(&asked.file);
    if findings.any_wrong() {
        return Err(Failure::refused(faults(&sheet, &findings, &file)));
    }
    leave_out_known(&store, &viewer, (edition, &file, reading.now), &mut plan)?;
    plan.batch.source = Some(file);
    plan.batch.alone.clone_from(&asked.alone);
    let batch = std::mem::take(&mut plan.batch);
    let receipt = match (batch.entries.is_empty(), asked.dry_run) {
        (true, _) => None,
        (false, true) => Some(store.rehearse(&viewer, batch, reading.now).map_err(refused)?),
        (false, false) => Some(store.append(&viewer, batch, reading.now).map_err(refused)?),
    };
    output::lines(report(&sheet, &findings, &plan, receipt.as_ref(), asked.dry_run))?;
    Ok(Code::Done)
}

/// The register of this id or title.
pub(super) fn register<'e>(edition: &'e Edition, said: &str) -> Result<&'e Pathway, Failure> {
    let lowered = said.trim().to_lowercase();
    let is_meant = |register: &&Pathway| register.id == lowered || register.title.to_lowercase() == lowered;
    let mut all = edition.registers().map(AsRef::as_ref);
    all.find(is_meant).ok_or_else(|| {
        let known: Vec<&str> = edition.registers().map(|register| register.id.as_str()).collect();
        let near = nearest(&lowered, known.iter().copied());
        Failure::usage(words::no_such_register(
            said,
            near.as_ref().map_or(known.as_slice(), std::slice::from_ref),
        ))
    })
}

/// The register of this id or title, or another pathway of which a line of a file can open a case. Pads of slips are
/// printed, never imported.
fn fillable<'e>(edition: &'e Edition, said: &str) -> Result<&'e Pathway, Failure> {
    let lowered = said.trim().to_lowercase();
    let fills = |pathway: &&Pathway| !pathway.register && pathway.list != Some(Listed::Slips);
    let mut others = edition.pathways.values().map(AsRef::as_ref).filter(fills);
    let meant = others.find(|other| other.id == lowered || other.title.to_lowercase() == lowered);
    meant.map_or_else(|| register(edition, said), Ok)
}

/// Takes out the cases that an earlier run of a file opened; what a line says otherwise by now is put right there.
fn leave_out_known(
    store: &Store,
    viewer: &Viewer,
    (edition, file, now): (&Edition, &str, DateTime<Utc>),
    plan: &mut Plan,
) -> Result<(), Failure> {
    for id in std::mem::take(&mut plan.begun) {
        if store.lookup(&id.to_string())?.is_none() {
            continue;
        }
        let Some(at) = plan.batch.entries.iter().position(|entry| entry.id == id) else { continue };
        let line = plan.batch.entries.remove(at);
        plan.new = plan.new.saturating_sub(1);
        let NewSaid::Step { pathway, step, answers, .. } = &line.what else { continue };
        let case = store.case(viewer, CaseId::from(id), now)?;
        let entries: Vec<Entry> = case.chronology.iter().map(|told| told.entry.clone()).collect();
        let stands = effective(&entries).get(&id).map(|stands| stands.answers.clone()).unwrap_or_default();
        let step = edition.pathway(pathway).and_then(|pathway| pathway.step(step));
        let said = |means| answers.get(&step?.meaning(means)?.id);
        let other: Vec<&str> = answers
            .iter()
            .filter(|(id, answer)| stands.get(*id) != Some(*answer))
            .map(|(id, _)| {
                step.and_then(|step| step.field(id)).map_or(id.as_str(), |field| field.label.as_str())
            })
            .collect();
        let Some(Answer::Text(number)) = said(Means::VisitReference).filter(|_| !other.is_empty()) else {
            plan.same += 1;
            continue;
        };
        plan.changes.push(words::put_right(number, &other));
        let answers = stands.into_iter().chain(answers.clone()).collect();
        let act = Act::Amend { entry: id, answers, occurred: None, reason: words::put_right_by(file) };
        let amends = EntryId(clock::SystemChance.uuid());
        plan.batch.entries.push(NewEntry::of_act(amends, Some(CaseId::from(id)), line.who, act, now));
    }
    Ok(())
}

/// The columns by which lines are matched.
fn by(columns: &Columns<'_>, said: &[String]) -> Result<Vec<usize>, Failure> {
    said.iter()
        .map(|one| match columns.named(one) {
            Some(Holds::Leaf(leaf)) => Ok(leaf),
            _ => Err(Failure::usage(words::cannot_match_by(one, &columns.headings_known()))),
        })
        .collect()
}

fn bytes(from: &Path) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let read = if from == Path::new("-") {
        std::io::stdin().take(rows::MOST_BYTES + 1).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(from).and_then(|file| file.take(rows::MOST_BYTES + 1).read_to_end(&mut bytes))
    };
    let size = read.map_err(|error| error.to_string())?;
    if size as u64 > rows::MOST_BYTES { Err(words::TOO_LARGE_FILE.to_owned()) } else { Ok(bytes) }
}

/// The records that the fields of a register can name, by register.
pub(super) fn named(
    store: &Store,
    viewer: &Viewer,
    fields: &[&Field],
) -> Result<BTreeMap<String, Named>, Failure> {
    fn registers(field: &Field, found: &mut BTreeSet<String>) {
        match &field.kind {
            Kind::Record { register, .. } => drop(found.insert(register.clone())),
            Kind::Rows { columns, .. } => columns.iter().for_each(|column| registers(column, found)),
            _ => {}
        }
    }
    let mut found = BTreeSet::new();
    fields.iter().for_each(|field| registers(field, &mut found));
    found.into_iter().map(|register| Ok((register.clone(), Named::read(store, viewer, &register)?))).collect()
}

/// What the file is called, without where it lies: that is nobody's business afterwards.
fn name_of(file: &Path) -> String {
    let name = file.file_name().filter(|_| file != Path::new("-"));
    let name = name.map_or_else(|| words::STANDARD_INPUT.into(), |name| name.to_string_lossy());
    Clean::line(&name).chars().take(LONGEST_NAME).collect()
}

fn refused(error: AppendError) -> Failure {
    let failure = Failure::from(error);
    Failure { says: words::refused_by_the_record(&failure.says), ..failure }
}

fn faults(sheet: &Sheet, findings: &Findings, file: &str) -> String {
    let mut lines = vec![words::cannot_be_imported(file, findings.count(Weight::Wrong))];
    lines.extend(sheet.notes.iter().cloned());
    lines.extend(findings.lines(Weight::Wrong));
    let odd = findings.lines(Weight::Odd);
    if !odd.is_empty() {
        lines.push(words::TO_LOOK_AT.to_owned());
        lines.extend(odd);
    }
    lines.join("\n")
}

fn report(
    sheet: &Sheet,
    findings: &Findings,
    plan: &Plan,
    receipt: Option<&Receipt>,
    dry: bool,
) -> Vec<String> {
    let mut lines = sheet.notes.clone();
    let mut part = |head: &str, of: Vec<String>| {
        if !of.is_empty() {
            lines.push(head.to_owned());
            lines.extend(of.into_iter().map(|line| words::indented(&line)));
        }
    };
    part(words::TO_LOOK_AT, findings.lines(Weight::Odd));
    let created = plan.created.iter().map(|(register, name)| words::created(register, name));
    part(words::CREATED_HEAD, bounded(created));
    part(words::CHANGED_HEAD, bounded(plan.changes.iter().cloned()));
    lines.extend((plan.emptied > 0).then(|| words::emptied(plan.emptied)));
    lines.push(words::imported(plan.new, plan.changes.len(), plan.same, dry));
    match receipt {
        None => lines.push(words::NOTHING_NEW.to_owned()),
        Some(receipt) if dry => lines.extend(receipt.waits.then(|| words::WAITS_FOR_SECOND.to_owned())),
        Some(receipt) => {
            lines.extend(receipt.waits.then(|| words::WAITS_FOR_SECOND.to_owned()));
            lines.push(words::in_the_record(receipt.first, receipt.last, &receipt.head));
        }
    }
    lines
}

fn bounded(all: impl ExactSizeIterator<Item = String>) -> Vec<String> {
    let rest = all.len().saturating_sub(MOST_TOLD);
    let mut lines: Vec<String> = all.take(MOST_TOLD).collect();
    if rest > 0 {
        lines.push(words::and_more(rest));
    }
    lines
}
