//! `dutydesk pack`: an evidence pack as a page, as JSON, or as tables. That it left, of whom, for whom and with which
//! fingerprint is noted before any of it is written.

#[cfg(test)]
mod tests;

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use super::arguments::Looking;
use super::arguments::pack::{Form, Made, Pack as Asks, Registration};
use super::desk::{self, Desk};
use super::failure::{Code, Failure};
use super::{output, show, subject};
use crate::domain::answer::Named;
use crate::domain::clean::Clean;
use crate::domain::entry::Who;
use crate::domain::ids::{CaseId, Seq};
use crate::domain::pack::{About, PackAsked};
use crate::domain::permission::Viewer;
use crate::domain::words::cli as words;
use crate::domain::words::disposal as disposal_words;
use crate::domain::words::pack as pack_words;
use crate::domain::words::pack::registration as registration_words;
use crate::report::pack::{self, Pack};
use crate::report::registration::registration;
use crate::runtime::aside::Aside;
use crate::runtime::interrupt::Interrupt;
use crate::runtime::packs;
use crate::settings;

/// Records that are shown where a name could mean several.
const CANDIDATES: u32 = 12;

/// Finds what is named on the command line.
type Finding = fn(&Desk, &str) -> Result<About, Failure>;

pub(super) fn run(office: Option<PathBuf>, asked: &Asks) -> Result<Code, Failure> {
    let report;
    let (made, about, which): (&Made, Finding, &str) = match asked {
        Asks::Schema => {
            output::lines(pack::SCHEMA.lines())?;
            return Ok(Code::Done);
        }
        Asks::Registration(asked) => return registered(office, asked),
        Asks::Governance(asked) => {
            report = asked.made();
            (&report, |_, _| Ok(About::Governance), "")
        }
        Asks::Period(made) => (made, |_, _| Ok(About::Period), ""),
        Asks::Case(of) => (&of.made, case, &of.which),
        Asks::Person(of) => (&of.made, person, &of.which),
        Asks::Provider(of) => {
            (&of.made, |desk, which| Ok(About::Provider(outside(desk, which)?.0)), &of.which)
        }
        Asks::Scorecard(of) => {
            (&of.made, |desk, which| Ok(About::Scorecard(outside(desk, which)?.0)), &of.which)
        }
    };
    if made.format == Form::Csv && made.out.is_none() {
        return Err(Failure::usage(pack_words::WANTS_FOLDER));
    }
    if let Some(out) = made.out.as_ref().filter(|out| out.exists()) {
        return Err(Failure::usage(words::file_exists(out)));
    }
    let mut desk = desk::look(office, &Looking { staff: made.staff.clone(), json: false })?;
    // From here on Ctrl-C is heard: what is begun is finished or taken away.
    let stop = Interrupt::heard().map_err(|error| Failure::cannot_write(error.to_string()))?;
    let about = about(&desk, &Clean::line(which));
    let person = about.as_ref().ok().and_then(|about| match about {
        About::Person(person) => Some(*person),
        _ => None,
    });
    let ended = about.and_then(|about| make(&mut desk, about, made, &stop));
    if ended.as_ref().is_err_and(is_refusal) {
        desk.refused(pack_words::TITLE, person)?;
    }
    ended.map(|()| Code::Done)
}

/// Makes what is asked for, of what was found.
fn make(desk: &mut Desk, about: About, made: &Made, stop: &Interrupt) -> Result<(), Failure> {
    if made.for_subject {
        let About::Person(person) = about else { return Err(Failure::usage(disposal_words::COPY_OF_WHOM)) };
        return subject::run(desk, person, made, stop);
    }
    let asked = asked(desk, about, made)?;
    let gathered = match about {
        About::Governance => Some(governance(desk, &asked)?),
        _ => pack::gather(&desk.store, &desk.viewer, &asked, desk.now, &mut progress(stop))?,
    };
    write(desk, (&asked, &gathered.ok_or_else(stopped)?), made, stop)
}

/// Whether somebody may not. What was stopped was refused by nobody, and a refusal stays one though somebody stops it too.
fn is_refusal(failure: &Failure) -> bool {
    failure.code == Code::Refused && *failure != stopped()
}

/// The pack for registration. What it shows of a drill is of a practice office, whose people are made up.
fn registered(office: Option<PathBuf>, asked: &Registration) -> Result<Code, Failure> {
    let desk = desk::look(office, &Looking { staff: asked.staff.clone(), json: false })?;
    asked.pathway.as_deref().map_or(Ok(()), |pathway| desk::is_pathway(&desk, pathway))?;
    let drill = asked.drill.as_deref().map(|at| drill(&desk, at)).transpose()?;
    let drill = drill.as_ref().map(|(pack, told, head)| (pack, *told, head.as_str()));
    let only = asked.pathway.as_deref();
    let page = registration(&desk.store, &desk.viewer, only, drill, desk.now).map_err(Failure::refused)?;
    let files = [(String::new(), page.into_bytes())];
    let aside = asked.out.as_ref().map(|path| {
        Aside::write(path, false, &files)
            .map_err(|error| not_written(path, &error))
            .map(|aside| (path, aside))
    });
    let aside = aside.transpose()?;
    let [(_, page)] = &files;
    packs::note_registration(&desk.store, &desk.viewer, page, desk.now).map_err(Failure::cannot_write)?;
    match aside {
        None => output::lines(String::from_utf8_lossy(page).lines())?,
        Some((path, aside)) => {
            aside.named().map_err(|error| not_written(path, &error))?;
            output::lines([registration_words::written_to(&path.display().to_string())])?;
        }
    }
    Ok(Code::Done)
}

/// All that stands in a practice office, once its record was found whole, with how far it was told as an example, and the
/// first digits of its head.
fn drill(desk: &Desk, at: &Path) -> Result<(Pack, Seq, String), Failure> {
    let store = desk::open(Some(at.to_owned()))?;
    if !store.office()?.training {
        return Err(Failure::usage(registration_words::NOT_TRAINING));
    }
    let found = store.verify(&Viewer::system(), &mut |_, _| {})?;
    if let Some(fault) = &found.fault {
        return Err(Failure::refused(words::does_not_hold(&format!("{fault:?}"))));
    }
    let asked = PackAsked::whole(About::Period);
    let pack = pack::gather(&store, &Viewer::system(), &asked, desk.now, &mut |_, _| true)?;
    let pack = pack.ok_or_else(stopped)?;
    Ok((pack, store.told_until()?, found.head.to_string().chars().take(8).collect()))
}

fn case(desk: &Desk, which: &str) -> Result<About, Failure> {
    Ok(About::Case(desk.store.case_by_reference(&desk.viewer, which)?))
}

fn person(desk: &Desk, which: &str) -> Result<About, Failure> {
    Ok(About::Person(show::person_named(desk, which)?))
}

/// An organisation outside, in whichever register such are kept.
fn outside(desk: &Desk, which: &str) -> Result<(CaseId, String), Failure> {
    let editions = desk.store.editions()?;
    let mut registers = editions.current().pathways.values();
    let register = registers.find(|one| one.is_of_organisations()).map(|one| one.id.clone());
    record(desk, &register.unwrap_or_default(), which)
}

/// The report of the office's own measures.
fn governance(desk: &Desk, asked: &PackAsked) -> Result<Pack, Failure> {
    let (own, faults) = settings::measures::own(&desk.store.dir().config());
    faults.iter().for_each(|fault| output::complain(&fault.to_string()));
    let definitions = own.as_ref().unwrap_or_else(|| settings::measures::shipped());
    Ok(pack::governance(&desk.store, &desk.viewer, definitions, asked, desk.now)?)
}

/// A record by its name or id.
fn record(desk: &Desk, register: &str, which: &str) -> Result<(CaseId, String), Failure> {
    if let Ok(id) = which.parse::<CaseId>() {
        return Ok((id, desk.store.record(&desk.viewer, id)?.name));
    }
    let found = desk.store.find(&desk.viewer, register, which, CANDIDATES)?;
    match desk::meant(&found, which).as_slice() {
        [one] => Ok((one.id, one.name.clone())),
        [] => Err(Failure::usage(words::nobody_called(which, false))),
        several => {
            let rows: Vec<_> = several.iter().map(|row| (*row).clone()).collect();
            Err(Failure::usage(words::which_record(which, &show::candidates(&rows))))
        }
    }
}

fn asked(desk: &Desk, about: About, made: &Made) -> Result<PackAsked, Failure> {
    let day = |typed: &Option<String>| typed.as_deref().map(|typed| desk::day(desk, typed)).transpose();
    let location = made.location.as_deref().map(|name| record(desk, "locations", name)).transpose()?;
    // Whoever is on record is known by the record, so that what concerns them is found.
    let whom = made.whom.as_deref().map(|name| match outside(desk, name) {
        Ok((id, words)) => Named { id: Some(id), words },
        Err(_) => Named { id: None, words: Clean::line(name).into_string() },
    });
    let (from, until) = (day(&made.from)?, day(&made.to)?);
    if from.zip(until).is_some_and(|(from, until)| until < from) {
        return Err(Failure::usage(pack_words::NO_DAYS));
    }
    let location = location.map(|(id, _)| id);
    Ok(PackAsked { from, until, location, redact: made.redact, whom, ..PackAsked::whole(about) })
}

/// Says on a terminal how far it has come; `ctrl-c` stops it, and nothing has been written by then.
pub(super) fn progress(stop: &Interrupt) -> impl FnMut(usize, usize) -> bool {
    let shown = io::stderr().is_terminal();
    let stop = stop.clone();
    move |done, all| {
        if shown && all > 1 {
            let end = if done == all { "\n" } else { "" };
            // Progress that cannot be shown is no reason to stop.
            let _ = write!(io::stderr(), "\r{}{end}", pack_words::gathered(done, all));
        }
        !stop.is_asked()
    }
}

/// Somebody stopped it.
pub(super) fn stopped() -> Failure {
    Failure::refused(pack_words::STOPPED)
}

fn write(
    desk: &mut Desk,
    (asked, pack): (&PackAsked, &Pack),
    made: &Made,
    stop: &Interrupt,
) -> Result<(), Failure> {
    let written = packs::written(&mut desk.store, &desk.viewer, pack, made.format.into(), desk.now)?;
    let (name, all) = (written.form.word(), written.bytes());
    let aside = made.out.as_ref().map(|out| Aside::write(out, written.is_folder(), &written.files));
    let aside = aside.transpose().map_err(|error| failed(made, &error))?;
    if stop.is_asked() {
        return Err(stopped());
    }
    // Nothing leaves where it cannot be noted; nothing is noted of what may not leave.
    let (staff, method) = desk::doer(&desk.store, made.staff.as_deref())?;
    let who = Who { by: staff, typed_by: staff, method };
    packs::disclose(&mut desk.store, (&desk.viewer, who), asked, pack, (name, &all), desk.now)?;
    packs::note(&desk.store, &desk.viewer, asked, pack, (name, &all), desk.now)
        .map_err(Failure::cannot_write)?;
    if let Some(why) = written.unsigned {
        output::complain(&why);
    }
    match (aside, &made.out) {
        (Some(aside), Some(path)) => {
            aside.named().map_err(|error| failed(made, &error))?;
            output::lines([pack_words::pack_at(asked.about, &path.display().to_string())])
        }
        _ => {
            let mut out = io::stdout().lock();
            match out.write_all(&all).and_then(|()| out.flush()) {
                // Nobody reads any longer: that is an end, not a failure.
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
                ended => ended.map_err(|error| failed(made, &error)),
            }
        }
    }
}

fn failed(made: &Made, error: &io::Error) -> Failure {
    match &made.out {
        Some(path) => not_written(path, error),
        None => Failure::cannot_write(words::cannot_print(&error.to_string())),
    }
}

fn not_written(path: &Path, error: &io::Error) -> Failure {
    if error.kind() == io::ErrorKind::AlreadyExists {
        return Failure::usage(words::file_exists(path));
    }
    Failure::cannot_write(words::cannot_export(&path.display().to_string(), &error.to_string()))
}
