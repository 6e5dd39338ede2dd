//! `dutydesk export`: a register as a file of rows that a spreadsheet opens and `import` reads back without a change.
//!
//! Every record that leaves the office this way is noted as looked at before the first of them is written.

use std::io::{self, BufWriter, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use super::arguments::Export;
use super::exchange::cells;
use super::exchange::columns::{Columns, Holds};
use super::failure::{Code, Failure};
use super::{desk, import, output};
use crate::cli::arguments::Looking;
use crate::domain::access::{How, Look};
use crate::domain::answer::Answer;
use crate::domain::ids::CaseId;
use crate::domain::words::cli as words;
use crate::form::typed::Texts;
use crate::pathway::definition::Kind;
use crate::report::rows::Writer;
use crate::store::{Access, InFull, ReadError};

/// Records read at a time.
const AT_ONCE: u32 = 500;

pub(super) fn run(office: Option<PathBuf>, asked: &Export) -> Result<Code, Failure> {
    let desk = desk::look(office, &Looking { staff: asked.staff.clone(), json: false })?;
    let editions = desk.store.editions()?;
    let register = import::register(editions.current(), &asked.register)?;
    let columns =
        Columns::of(register).ok_or_else(|| Failure::refused(words::nothing_registers(&register.id)))?;
    if let Err(ReadError::Denied(reason)) = desk.store.exported(&desk.viewer, &register.id, None, 1) {
        desk.refused(words::EXPORT, None)?;
        return Err(ReadError::Denied(reason).into());
    }
    let named = import::named(&desk.store, &desk.viewer, &columns.fields)?;
    let mut page = |after| desk.store.exported(&desk.viewer, &register.id, after, AT_ONCE);

    // A table has as many columns as the record with most rows of it needs.
    let mut most = vec![1; columns.fields.len()];
    let mut looks = Vec::new();
    each(&mut page, |one| {
        for (most, field) in most.iter_mut().zip(&columns.fields) {
            if let Some(Answer::Rows(rows)) = one.record.answers.get(&field.id) {
                *most = rows.len().max(*most);
            }
        }
        let (staff, at) = (desk.viewer.staff, desk.now);
        looks.push(Look { staff, subject: one.record.id, case: None, how: How::Export, detail: None, at });
        Ok(())
    })?;
    let leaves: Vec<usize> = (0..columns.leaves.len())
        .filter(|at| {
            let leaf = &columns.leaves[*at];
            let table = matches!(columns.fields[leaf.field].kind, Kind::Rows { .. });
            !table || leaf.row.is_some_and(|row| row < most[leaf.field])
        })
        .collect();

    // Nothing is left behind where it cannot be noted, and no file is begun where one stands.
    let out = open(asked.out.as_deref())?;
    Access::open(desk.store.dir())?.record(&looks)?;
    let training = desk.store.office()?.training;
    let failed = |error: io::Error| failed(asked.out.as_deref(), &error);
    let mut writer = Writer::new(BufWriter::new(out)).map_err(failed)?;
    let fixed = [Holds::Reference, Holds::Standing].into_iter().chain(training.then_some(Holds::Training));
    let headings: Vec<String> =
        fixed.chain(leaves.iter().map(|at| Holds::Leaf(*at))).map(|holds| columns.heading(&holds)).collect();
    let mut written = writer.row(headings.iter().map(String::as_str));
    let mut count = 0;
    each(&mut page, |one| {
        let state = register.states.iter().find(|state| state.id == one.state);
        let standing = state.map_or(one.state.as_str(), |state| state.title.as_str());
        let mut texts = Texts::new();
        for field in &columns.fields {
            if let Some(answer) = one.record.answers.get(&field.id) {
                texts.extend(cells::shown(field, answer, desk.zone, &named));
            }
        }
        let fixed =
            [one.reference.as_str(), standing].into_iter().chain(training.then_some(words::MADE_UP_CELL));
        let cell = |at: &usize| texts.get(&columns.leaves[*at].path).map_or("", String::as_str);
        if written.is_ok() {
            written = writer.row(fixed.chain(leaves.iter().map(cell)));
            count += 1;
        }
        Ok(())
    })?;
    let ended = written.and_then(|()| writer.finish()).and_then(|mut out| out.flush());
    match ended {
        // Nobody reads any longer: that is an end, not a failure.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
        ended => ended.map_err(failed)?,
    }
    if let Some(path) = &asked.out {
        output::lines([words::exported(count, path)])?;
    }
    Ok(Code::Done)
}

/// Goes through all records, page by page.
fn each(
    page: &mut dyn FnMut(Option<CaseId>) -> Result<Vec<InFull>, ReadError>,
    mut one: impl FnMut(&InFull) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut after = None;
    loop {
        let rows = page(after)?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = Some(last.record.id);
        rows.iter().try_for_each(&mut one)?;
    }
}

/// Where it goes: a new file that only its owner may read, or the standard output.
fn open(out: Option<&Path>) -> Result<Box<dyn Write>, Failure> {
    let Some(path) = out else { return Ok(Box::new(io::stdout().lock())) };
    let opened = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    match opened {
        Ok(file) => Ok(Box::new(file)),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            Err(Failure::usage(words::file_exists(path)))
        }
        Err(error) => Err(failed(out, &error)),
    }
}

fn failed(out: Option<&Path>, error: &io::Error) -> Failure {
    match out {
        Some(path) => {
            Failure::cannot_write(words::cannot_export(&path.display().to_string(), &error.to_string()))
        }
        None => Failure::cannot_write(words::cannot_print(&error.to_string())),
    }
}
