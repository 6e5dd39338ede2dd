//! `dutydesk pack person --for-subject`: a copy of their record for the person who asks for it. First the list of passages, which
//! somebody goes through; then, from the list, the copy. `dutydesk withhold` marks an entry before anybody asks.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::arguments::pack::{Form, Made};
use super::desk::{self, Desk};
use super::failure::{Code, Failure};
use super::pack::{progress, stopped};
use super::{output, record};
use crate::domain::act::Act;
use crate::domain::answer::YesNo;
use crate::domain::chance::Chance;
use crate::domain::clean::Clean;
use crate::domain::disposal::Ground;
use crate::domain::entry::{Batch, NewEntry, Who};
use crate::domain::ids::{CaseId, EntryId};
use crate::domain::pack::{About, PackAsked};
use crate::domain::words::cli as cli_words;
use crate::domain::words::{disposal, subject as words};
use crate::runtime::aside::Aside;
use crate::runtime::interrupt::Interrupt;
use crate::runtime::packs::passages::{self, NotCopied};
use crate::runtime::{clock, packs};

use super::arguments::Looking;

#[derive(Debug, Args)]
pub(super) struct Withhold {
    /// The case (U-1184) or record (P-12) in which it stands
    #[arg(value_name = "CASE")]
    pub case: String,
    /// The entry's number, as a pack or the list of a copy shows it
    #[arg(value_name = "ENTRY")]
    pub entry: u64,
    /// On which ground it is withheld from a copy for the person
    #[arg(long, value_enum, required_unless_present = "give")]
    pub ground: Option<OnGround>,
    /// It may stand in a copy after all
    #[arg(long, conflicts_with = "ground")]
    pub give: bool,
    /// Who judged so, and why
    #[arg(long, value_name = "WORDS")]
    pub why: String,
    /// Who records it, by a name on the staff list
    #[arg(long = "as", value_name = "STAFF", env = "DUTYDESK_AS")]
    pub staff: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum OnGround {
    /// A professional judged that it would be likely to cause serious harm to somebody
    Harm,
    /// It is about somebody else
    ThirdParty,
    /// It was said in confidence
    Confidence,
    /// Any other, said in the reason
    Other,
}

impl From<OnGround> for Ground {
    fn from(ground: OnGround) -> Self {
        match ground {
            OnGround::Harm => Ground::Harm,
            OnGround::ThirdParty => Ground::ThirdParty,
            OnGround::Confidence => Ground::Confidence,
            OnGround::Other => Ground::Other,
        }
    }
}

pub(super) fn withhold(office: Option<PathBuf>, asked: &Withhold) -> Result<Code, Failure> {
    let mut desk = desk::look(office, &Looking { staff: asked.staff.clone(), json: false })?;
    let case = desk.store.case_by_reference(&desk.viewer, &Clean::line(&asked.case))?;
    let view = desk.store.case(&desk.viewer, case, desk.now)?;
    let told = view.chronology.iter().find(|told| told.entry.seq == asked.entry);
    let entry = told.ok_or_else(|| Failure::usage(disposal::OTHER_CASE.to_owned()))?.entry.id;
    let act = Act::Withhold {
        entry,
        withheld: if asked.give { YesNo::No } else { YesNo::Yes },
        ground: asked.ground.map(Ground::from),
        reason: Clean::line(&asked.why).to_string(),
    };
    let batch = act_of(&desk, asked.staff.as_deref(), case, act)?;
    record::answer(&desk.store.append(&desk.viewer, batch, desk.now)?)
}

fn act_of(desk: &Desk, staff: Option<&str>, case: CaseId, act: Act) -> Result<Batch, Failure> {
    let (staff, method) = desk::doer(&desk.store, staff)?;
    let who = Who { by: staff, typed_by: staff, method };
    let entry = NewEntry::of_act(EntryId(clock::SystemChance.uuid()), Some(case), who, act, desk.now);
    Ok(Batch { entries: vec![entry], ..Batch::default() })
}

/// The list, or from a reviewed list the copy. It is there whole or not at all, and nothing is on record of one that was stopped.
pub(super) fn run(desk: &mut Desk, person: CaseId, made: &Made, stop: &Interrupt) -> Result<(), Failure> {
    let other = made.redact || made.from.is_some() || made.to.is_some() || made.location.is_some();
    if other || made.whom.is_some() || made.format != Form::Html {
        return Err(Failure::usage(words::ONLY_A_PAGE.to_owned()));
    }
    let out = made.out.as_ref().ok_or_else(|| Failure::usage(words::WANTS_OUT.to_owned()))?;
    let Desk { store, viewer, now, .. } = &*desk;
    let Some(reviewed) = &made.reviewed else {
        let read = passages::read(store, viewer, person, *now, &mut progress(stop))?;
        let (plain, passages) = read.ok_or_else(stopped)?;
        let list = passages::list(&passages).map_err(|error| failed(out, &error))?;
        let asked = PackAsked::whole(About::Person(person));
        let aside = aside(out, &list, stop)?;
        packs::note(store, viewer, &asked, &plain, ("csv", &list), *now).map_err(Failure::cannot_write)?;
        aside.named().map_err(|error| failed(out, &error))?;
        let open = passages.iter().filter(|passage| passage.is_open()).count();
        return output::lines([words::listed(&out.display().to_string(), open, passages.len())]);
    };
    let list = fs::read(reviewed).map_err(|error| failed(reviewed, &error))?;
    let copied = passages::copy(store, viewer, person, &list, (*now, &mut progress(stop)))?;
    let copied = copied.ok_or_else(stopped)?;
    let aside = aside(out, copied.page.as_bytes(), stop)?;
    // Nothing leaves that is not on record.
    let asked = copied.asked(person);
    let batch = act_of(desk, made.staff.as_deref(), person, copied.act)?;
    desk.store.append(&desk.viewer, batch, desk.now)?;
    let page = copied.page.as_bytes();
    packs::note(&desk.store, &desk.viewer, &asked, &copied.of, ("html", page), desk.now)
        .map_err(Failure::cannot_write)?;
    aside.named().map_err(|error| failed(out, &error))?;
    output::lines([words::copied(&out.display().to_string(), copied.withheld)])
}

impl From<NotCopied> for Failure {
    fn from(why: NotCopied) -> Self {
        match why {
            NotCopied::List(says) => Self::usage(says),
            NotCopied::Read(error) => error.into(),
            NotCopied::Page(says) => Self::refused(says),
        }
    }
}

/// Writes it under another name; the last moment at which it can be stopped.
fn aside(path: &Path, bytes: &[u8], stop: &Interrupt) -> Result<Aside, Failure> {
    let aside = Aside::write(path, false, &[(String::new(), bytes.to_vec())]);
    let aside = aside.map_err(|error| failed(path, &error))?;
    if stop.is_asked() { Err(stopped()) } else { Ok(aside) }
}

fn failed(path: &Path, error: &std::io::Error) -> Failure {
    if error.kind() == std::io::ErrorKind::AlreadyExists {
        return Failure::usage(cli_words::file_exists(path));
    }
    Failure::cannot_write(cli_words::cannot_export(&path.display().to_string(), &error.to_string()))
}
