//! `dutydesk card`, `sbard`, `guide`, `page`, `trends` and `decisions`: the sheets that the screen shows, on standard output, as text, page or JSON.

use std::path::PathBuf;

use super::arguments::sheets::{AskedPage, Which};
use super::arguments::{Decisions, Guide, Sbard, Show};
use super::desk::{self, Desk};
use super::failure::{Code, Failure};
use super::{list, output, show};
use crate::domain::access::{How, Look};
use crate::domain::clean::Clean;
use crate::domain::ids::CaseId;
use crate::domain::sheet::{OverAll, Sheet, Wanted};
use crate::domain::words::cli as words;
use crate::report::sheets::{Printed, compose, html, text};
use crate::settings;
use crate::store::{Access, ReadError};

/// The card of a case or a person. It shows what is kept sealed: the look is noted before anything is shown.
pub(super) fn card(office: Option<PathBuf>, asked: &Show) -> Result<Code, Failure> {
    let desk = desk::look(office, &asked.looking)?;
    let which = Clean::line(&asked.which);
    let (case, person) = match desk.store.case_by_reference(&desk.viewer, &which) {
        Ok(case) => {
            let state = desk.store.case(&desk.viewer, case, desk.now)?.state;
            match state.subject {
                None if !is_call(&desk, &state.pathway)? => (None, Some(case)),
                subject => (Some(case), subject),
            }
        }
        Err(ReadError::NotFound) => (None, Some(show::person_named(&desk, &which)?)),
        Err(error) => return Err(refused(&desk, error)?),
    };
    if let Some(person) = person {
        noted(&desk, person, case, How::Sealed)?;
    }
    let wanted = Wanted::Card { person, case, typed: None };
    given(&desk, &wanted, false, asked.looking.json)
}

/// The SBARD of a case.
pub(super) fn sbard(office: Option<PathBuf>, asked: &Sbard) -> Result<Code, Failure> {
    let desk = desk::look(office, &asked.show.looking)?;
    let case = match desk.store.case_by_reference(&desk.viewer, &Clean::line(&asked.show.which)) {
        Ok(case) => case,
        Err(error) => return Err(refused(&desk, error)?),
    };
    let state = desk.store.case(&desk.viewer, case, desk.now)?.state;
    match state.subject {
        Some(subject) => {
            noted(&desk, subject, Some(case), if asked.paper.html { How::Print } else { How::Open })?;
        }
        None if is_call(&desk, &state.pathway)? => {}
        None => return Err(Failure::usage(words::NO_SBARD)),
    }
    given(&desk, &Wanted::Sbard { case }, asked.paper.html, asked.show.looking.json)
}

/// Whether cases of the pathway are urgent calls, which have something to be told before anybody knows whom they are about.
fn is_call(desk: &Desk, pathway: &str) -> Result<bool, Failure> {
    Ok(desk.store.editions()?.current().pathway(pathway).is_some_and(|pathway| pathway.urgent))
}

/// The one page of a case.
pub(super) fn page(office: Option<PathBuf>, asked: &Sbard) -> Result<Code, Failure> {
    let desk = desk::look(office, &asked.show.looking)?;
    let case = match desk.store.case_by_reference(&desk.viewer, &Clean::line(&asked.show.which)) {
        Ok(case) => case,
        Err(error) => return Err(refused(&desk, error)?),
    };
    if let Some(subject) = desk.store.case(&desk.viewer, case, desk.now)?.state.subject {
        noted(&desk, subject, Some(case), if asked.paper.html { How::Print } else { How::Open })?;
    }
    given(&desk, &Wanted::Page { case }, asked.paper.html, asked.show.looking.json)
}

/// What was counted of a person or a place over time.
pub(super) fn trends(office: Option<PathBuf>, asked: &Sbard) -> Result<Code, Failure> {
    let desk = desk::look(office, &asked.show.looking)?;
    let about = about(&desk, &asked.show.which)?;
    noted(&desk, about, None, if asked.paper.html { How::Print } else { How::Open })?;
    given(&desk, &Wanted::Trends { about }, asked.paper.html, asked.show.looking.json)
}

/// Decisions over all cases, or about one person or place.
pub(super) fn decisions(office: Option<PathBuf>, asked: &Decisions) -> Result<Code, Failure> {
    let desk = desk::look(office, &asked.looking)?;
    let about = asked.about.as_deref().map(|which| about(&desk, which)).transpose()?;
    if let Some(about) = about {
        noted(&desk, about, None, if asked.paper.html { How::Print } else { How::Open })?;
    }
    given(&desk, &Wanted::Decisions { about }, asked.paper.html, asked.looking.json)
}

/// A place by its name, otherwise a person.
fn about(desk: &Desk, which: &str) -> Result<CaseId, Failure> {
    let which = Clean::line(which);
    let places = desk.store.locations(&desk.viewer, desk.now)?;
    let named = places.rows.iter().find(|row| row.location.name.eq_ignore_ascii_case(&which));
    match named {
        Some(row) => Ok(row.location.id),
        None => show::person_named(desk, &which),
    }
}

/// The guide, of one pathway or all.
pub(super) fn guide(office: Option<PathBuf>, asked: &Guide) -> Result<Code, Failure> {
    let desk = desk::look(office, &asked.looking)?;
    asked.pathway.as_deref().map_or(Ok(()), |pathway| desk::is_pathway(&desk, pathway))?;
    let wanted = Wanted::Guide { pathway: asked.pathway.clone(), step: None, only: asked.pathway.is_some() };
    given(&desk, &wanted, asked.paper.html, asked.looking.json)
}

/// A page over all cases.
pub(super) fn over_all(office: Option<PathBuf>, asked: &AskedPage) -> Result<Code, Failure> {
    // Whoever looks at how signs were answered is among those who notice one.
    if matches!(asked.which, Which::Answers) {
        list::note_signs(office.clone())?;
    }
    let desk = desk::look(office, &asked.looking)?;
    let page = match asked.which {
        Which::Tags => OverAll::Tags,
        Which::Judged => OverAll::Judged,
        Which::Patterns => OverAll::Patterns,
        Which::Answers => OverAll::Answers,
    };
    given(&desk, &Wanted::OverAll(page), asked.paper.html, asked.looking.json)
}

pub(super) fn given(desk: &Desk, wanted: &Wanted, as_page: bool, as_json: bool) -> Result<Code, Failure> {
    let (own, faults) = settings::measures::own(&desk.store.dir().config());
    let measures = own.as_ref().unwrap_or_else(|| settings::measures::shipped());
    if matches!(wanted, Wanted::OverAll(OverAll::Patterns)) {
        faults.iter().for_each(|fault| output::complain(&fault.to_string()));
    }
    let sheet: Sheet = compose(&desk.store, &desk.viewer, wanted, measures, desk.now)?;
    if as_json {
        output::json(&sheet)?;
        return Ok(Code::Done);
    }
    let (office, by) = (desk.store.office()?, desk.store.called(&desk.viewer)?);
    let with = Printed { office: &office, zone: desk.zone, now: desk.now, by: &by };
    let said = if as_page { html(&sheet, with).map_err(Failure::refused)? } else { text(&sheet, with) };
    output::lines(said.lines())?;
    Ok(Code::Done)
}

fn noted(desk: &Desk, subject: CaseId, case: Option<CaseId>, how: How) -> Result<(), Failure> {
    let look = Look { staff: desk.viewer.staff, subject, case, how, detail: None, at: desk.now };
    Ok(Access::open(desk.store.dir())?.record(&[look])?)
}

/// A look that was refused is on record too.
fn refused(desk: &Desk, error: ReadError) -> Result<Failure, Failure> {
    let failure = Failure::from(error);
    if failure.code == Code::Refused {
        desk.refused(words::SHOW, None)?;
    }
    Ok(failure)
}
