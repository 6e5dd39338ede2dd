//! `dutydesk merge` and `unmerge`: two records of one and the same are read as one, and stand apart again.

use std::path::PathBuf;

use super::arguments::{Merge, Unmerge};
use super::failure::{Code, Failure};
use super::{desk, output, show};
use crate::domain::act::Act;
use crate::domain::answer::YesNo;
use crate::domain::chance::Chance;
use crate::domain::clean::Clean;
use crate::domain::entry::{Batch, NewEntry, Who};
use crate::domain::ids::{CaseId, EntryId};
use crate::domain::nhs::NhsNumber;
use crate::domain::permission::Viewer;
use crate::domain::time::display;
use crate::domain::views::RecordRow;
use crate::domain::words::cli as words;
use crate::runtime::clock;
use crate::store::{ReadError, Store};

/// Records that a name can mean.
const CANDIDATES: u32 = 12;
/// The registers whose records are looked for by name.
const REGISTERS: [&str; 2] = ["people", "organisations"];

pub(super) fn run(office: Option<PathBuf>, asked: &Merge) -> Result<Code, Failure> {
    let mut at = At::open(office, asked.staff.as_deref())?;
    if let Some((a, b)) = at.two_cases(&asked.kept, &asked.gone)? {
        let reason = Clean::notes(asked.reason.trim()).into_string();
        at.append(Act::Link { a, b, reason, duplicate: YesNo::Yes }, a)?;
        output::lines([words::same_matter(&asked.gone, &asked.kept)])?;
        return Ok(Code::Done);
    }
    let (kept, gone) = (at.record(&asked.kept)?, at.record(&asked.gone)?);
    let differences = differences(&kept, &gone);
    if !differences.is_empty() && !asked.sure {
        return Err(Failure::refused(words::differ_loudly(&differences)));
    }
    let like_it = at.store.similar(&at.viewer, gone.id)?;
    let reason = Clean::notes(asked.reason.trim()).into_string();
    at.append(Act::Merge { register: kept.register.clone(), kept: kept.id, gone: gone.id, reason }, kept.id)?;
    let mut lines = vec![words::merged(&gone.name, &kept.name)];
    let others: Vec<RecordRow> =
        like_it.into_iter().map(|(row, _)| row).filter(|row| row.id != kept.id).collect();
    if !others.is_empty() {
        lines.push(words::others_like_it(&show::candidates(&others)));
    }
    output::lines(lines)?;
    Ok(Code::Done)
}

pub(super) fn undo(office: Option<PathBuf>, asked: &Unmerge) -> Result<Code, Failure> {
    let mut at = At::open(office, asked.staff.as_deref())?;
    if let Some((a, b)) = at.two_cases(&asked.kept, &asked.gone)? {
        let reason = Clean::notes(asked.reason.trim()).into_string();
        at.append(Act::Unlink { a, b, reason }, a)?;
        output::lines([words::unmerged(&asked.gone, &asked.kept)])?;
        return Ok(Code::Done);
    }
    let kept = at.record(&asked.kept)?;
    let gone = at.read_as(&kept, &asked.gone)?;
    let reason = Clean::notes(asked.reason.trim()).into_string();
    at.append(Act::Unmerge { kept: kept.id, gone: gone.id, reason }, kept.id)?;
    output::lines([words::unmerged(&gone.name, &kept.name)])?;
    Ok(Code::Done)
}

/// Several records that a name can mean.
fn which(said: &str, several: &[&RecordRow]) -> Failure {
    let rows: Vec<RecordRow> = several.iter().map(|row| (*row).clone()).collect();
    Failure::usage(words::which_record(said, &show::candidates(&rows)))
}

/// What two records differ in of which nobody has two.
fn differences(kept: &RecordRow, gone: &RecordRow) -> Vec<String> {
    let spaced =
        |digits: &String| NhsNumber::read(digits).map_or(digits.clone(), |(number, _)| number.to_string());
    let numbers = kept.nhs.as_ref().zip(gone.nhs.as_ref()).filter(|(one, other)| one != other);
    let births = kept.born.zip(gone.born).filter(|(one, other)| one != other);
    let numbers = numbers.map(|(one, other)| words::two_numbers(&spaced(one), &spaced(other)));
    let births = births.map(|(one, other)| words::two_births(&display::date(one), &display::date(other)));
    numbers.into_iter().chain(births).collect()
}

/// An office and who is at it.
struct At {
    store: Store,
    viewer: Viewer,
    who: Who,
}

impl At {
    fn open(office: Option<PathBuf>, staff: Option<&str>) -> Result<Self, Failure> {
        let store = desk::open(office)?;
        let (staff, method) = desk::doer(&store, staff)?;
        let viewer = store.viewer_for(staff, clock::now())?;
        Ok(Self { store, viewer, who: Who { by: staff, typed_by: staff, method } })
    }

    /// A record by reference, id or name, under its own name whatever it is read as.
    fn record(&self, said: &str) -> Result<RecordRow, Failure> {
        let said = Clean::line(said);
        let id = match said.parse::<CaseId>() {
            Ok(id) => id,
            Err(_) => match self.store.case_by_reference(&self.viewer, &said) {
                Ok(id) => id,
                Err(ReadError::NotFound) => self.named(&said)?,
                Err(error) => return Err(error.into()),
            },
        };
        match self.store.person(&self.viewer, id, clock::now()) {
            Ok(view) => Ok(view.record),
            Err(ReadError::NotFound) => Err(Failure::usage(words::no_such_record(&said))),
            Err(error) => Err(error.into()),
        }
    }

    /// One of the records that are read as this one, by its own name; otherwise as any other. A name alone would find the
    /// record that is kept.
    fn read_as(&self, kept: &RecordRow, said: &str) -> Result<RecordRow, Failure> {
        let name = Clean::line(said);
        let view = self.store.person(&self.viewer, kept.id, clock::now())?;
        let gone = view.duplicates.iter().map(|gone| self.record(&gone.record.to_string()));
        let gone = gone.collect::<Result<Vec<RecordRow>, Failure>>()?;
        match desk::meant(&gone, &name).as_slice() {
            [one] => Ok((*one).clone()),
            [] => self.record(said),
            several => Err(which(&name, several)),
        }
    }

    /// Two cases, where both references are those of cases and not of records.
    fn two_cases(&self, one: &str, other: &str) -> Result<Option<(CaseId, CaseId)>, Failure> {
        let editions = self.store.editions()?;
        let case = |said: &str| {
            let id = self.store.case_by_reference(&self.viewer, &Clean::line(said)).ok()?;
            let view = self.store.case(&self.viewer, id, clock::now()).ok()?;
            let register = editions.current().pathway(&view.state.pathway)?.register;
            (!register).then_some(id)
        };
        Ok(case(one).zip(case(other)))
    }

    fn named(&self, said: &str) -> Result<CaseId, Failure> {
        let mut found = Vec::new();
        for register in REGISTERS {
            found.extend(self.store.find(&self.viewer, register, said, CANDIDATES)?);
        }
        match desk::meant(&found, said).as_slice() {
            [one] => Ok(one.id),
            [] => Err(Failure::usage(words::no_such_record(said))),
            several => Err(which(said, several)),
        }
    }

    fn append(&mut self, act: Act, case: CaseId) -> Result<(), Failure> {
        let (now, id) = (clock::now(), EntryId(clock::SystemChance.uuid()));
        let entry = NewEntry::of_act(id, Some(case), self.who, act, now);
        self.store.append(&self.viewer, Batch { entries: vec![entry], ..Batch::default() }, now)?;
        Ok(())
    }
}
