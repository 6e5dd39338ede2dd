//! What the packing thread writes into the office's own folder for whoever asks on screen: packs in each form, the pack for
//! registration, the list for a copy of somebody's record, and the copy. A remote user names no path.

use std::fs;

use chrono::{DateTime, NaiveDateTime, Utc};

use super::super::aside::Aside;
use super::super::clock::SystemChance;
use super::super::desk::Around;
use super::super::seat::Seat;
use super::{disclose, note, note_registration, passages, written};
use crate::domain::chance::Chance;
use crate::domain::entry::{Batch, Method, NewEntry, Who};
use crate::domain::ids::{CaseId, EntryId};
use crate::domain::pack::{About, Form, Making, PackAsked};
use crate::domain::permission::Viewer;
use crate::domain::words::handover;
use crate::domain::words::pack as words;
use crate::domain::words::pack::registration as registration_words;
use crate::domain::words::subject as subject_words;
use crate::report::pack::{Pack, gather, governance};
use crate::report::registration::registration;
use crate::store::{OfficeDir, Store};

/// Says how far it has come, of how many, and answers whether to go on.
type Progress<'p> = &'p mut dyn FnMut(usize, usize) -> bool;

/// What the packing thread makes packs with. It opens the office for each, so that whoever reads meanwhile waits for
/// nothing.
pub(in crate::runtime) struct Packing {
    /// The office.
    pub(in crate::runtime) dir: OfficeDir,
    /// Who sits at the desk.
    pub(in crate::runtime) seat: Seat,
    /// Time and chance.
    pub(in crate::runtime) around: Around,
}

impl Packing {
    /// Writes what is asked for, for whoever sits at the desk, and says where it lies and what else is to be known; `None` where
    /// `progress` said to stop. It is there whole or not at all.
    ///
    /// # Errors
    /// It may not be made, cannot be noted, or the disk does not take it; in words.
    pub(in crate::runtime) fn make(
        &self,
        making: &Making,
        progress: Progress<'_>,
    ) -> Result<Option<String>, String> {
        let now = (self.around.now)();
        let store = Store::open(&self.dir, (self.around.chance)()).map_err(said)?;
        let (staff, method) = self.seat.looks_by().unzip();
        let viewer = store.viewer_for(staff, now).map_err(said)?;
        let who = Who { by: staff, typed_by: staff, method: method.unwrap_or(Method::Asserted) };
        let mut at = At { store, viewer, who, now };
        match making {
            Making::Pack(asked, form) => at.pack(&self.around, asked, *form, progress),
            Making::Passages(person) => at.passages(*person, progress),
            Making::Copy(person) => at.copy(*person, progress),
            Making::Registration(only) => at.registration(only.as_deref()).map(Some),
        }
    }
}

fn said(error: impl ToString) -> String {
    error.to_string()
}

/// An open office, and whoever makes something of it.
struct At {
    store: Store,
    viewer: Viewer,
    who: Who,
    now: DateTime<Utc>,
}

impl At {
    fn pack(
        &mut self,
        around: &Around,
        asked: &PackAsked,
        form: Form,
        progress: Progress<'_>,
    ) -> Result<Option<String>, String> {
        let Self { store, viewer, now, .. } = self;
        let gathered = match asked.about {
            About::Governance => {
                governance(store, viewer, around.measures(), asked, *now).map(Some).map_err(said)
            }
            _ => gather(store, viewer, asked, *now, progress).map_err(said),
        };
        let Some(pack) = gathered? else { return Ok(None) };
        let written = written(store, viewer, &pack, form, *now).map_err(said)?;
        let all = pack.shows.len();
        if !progress(all, all) {
            return Ok(None);
        }
        let reference = first_reference(&pack);
        let redacted = if asked.redact { "redacted" } else { "" };
        let name = self.name(["pack", asked.about.word(), &reference, redacted])?;
        let name = if written.is_folder() { name } else { format!("{name}.{}", form.word()) };
        let aside = self.aside(&name, written.is_folder(), &written.files)?;
        let Self { store, viewer, who, now } = self;
        // Nothing leaves where it cannot be noted; nothing is noted of what may not leave.
        let bytes = written.bytes();
        disclose(store, (viewer, *who), asked, &pack, (form.word(), &bytes), *now).map_err(said)?;
        note(store, viewer, asked, &pack, (form.word(), &bytes), *now)?;
        let at = words::pack_at(asked.about, &self.named(&name, aside)?);
        Ok(Some([Some(at), written.unsigned].into_iter().flatten().collect::<Vec<_>>().join(". ")))
    }

    /// The pack for registration: it shows no record of anybody, and that it was made is noted as of nobody.
    fn registration(&mut self, only: Option<&str>) -> Result<String, String> {
        let page = registration(&self.store, &self.viewer, only, None, self.now)?;
        let name = self.name(["registration", only.unwrap_or_default()])?;
        let name = format!("{name}.html");
        let files = [(String::new(), page.into_bytes())];
        let aside = self.aside(&name, false, &files)?;
        let [(_, page)] = &files;
        note_registration(&self.store, &self.viewer, page, self.now)?;
        Ok(registration_words::written_to(&self.named(&name, aside)?))
    }

    fn passages(&mut self, person: CaseId, progress: Progress<'_>) -> Result<Option<String>, String> {
        let read = passages::read(&self.store, &self.viewer, person, self.now, progress).map_err(said)?;
        let Some((pack, passages)) = read else { return Ok(None) };
        let list = passages::list(&passages).map_err(said)?;
        let name = format!("{}.csv", self.name([PASSAGES, &first_reference(&pack)])?);
        let asked = PackAsked::whole(About::Person(person));
        let aside = self.aside(&name, false, &[(String::new(), list.clone())])?;
        note(&self.store, &self.viewer, &asked, &pack, (Form::Csv.word(), &list), self.now)?;
        let path = self.named(&name, aside)?;
        let open = passages.iter().filter(|passage| passage.is_open()).count();
        Ok(Some(subject_words::to_go_through(&path, open, passages.len())))
    }

    /// The copy, from the list of the person that was made last and lies in the same folder, gone through.
    fn copy(&mut self, person: CaseId, progress: Progress<'_>) -> Result<Option<String>, String> {
        let reference = self.store.case(&self.viewer, person, self.now).map_err(said)?.reference;
        // Another in whose name anything stands behind the time is a spreadsheet's copy, never the one gone through.
        let is_one = |name: &str| {
            let stamp = name.strip_prefix(&format!("{PASSAGES}-{}-", reference.to_lowercase()));
            let stamp = stamp.and_then(|rest| rest.strip_suffix(".csv"));
            stamp.is_some_and(|stamp| NaiveDateTime::parse_from_str(stamp, STAMP).is_ok())
        };
        let folder = fs::read_dir(self.store.dir().sheets()).into_iter().flatten().flatten();
        let lists = folder
            .map(|item| item.path())
            .filter(|path| is_one(&path.file_name().unwrap_or_default().to_string_lossy()));
        // Their names end with when they were made.
        let list = lists.max().ok_or(subject_words::NO_LIST)?;
        let bytes = fs::read(&list).map_err(said)?;
        let made = passages::copy(&self.store, &self.viewer, person, &bytes, (self.now, progress));
        let Some(copied) =
            made.map_err(|why| subject_words::not_from(&list.display().to_string(), &why.to_string()))?
        else {
            return Ok(None);
        };
        let name = format!("{}.html", self.name(["copy", &reference.to_lowercase()])?);
        let aside = self.aside(&name, false, &[(String::new(), copied.page.clone().into_bytes())])?;
        // Nothing leaves that is not on record.
        let id = EntryId(SystemChance.uuid());
        let entry = NewEntry::of_act(id, Some(person), self.who, copied.act.clone(), self.now);
        let batch = Batch { entries: vec![entry], ..Batch::default() };
        self.store.append(&self.viewer, batch, self.now).map_err(said)?;
        let page = (Form::Html.word(), copied.page.as_bytes());
        note(&self.store, &self.viewer, &copied.asked(person), &copied.of, page, self.now)?;
        Ok(Some(subject_words::copied(&self.named(&name, aside)?, copied.withheld)))
    }

    /// A name of these parts, and of the second in which it is made.
    fn name<const N: usize>(&self, parts: [&str; N]) -> Result<String, String> {
        let zone = self.store.zone().map_err(said)?;
        let wall = zone.local(self.now).format(STAMP).to_string();
        let parts: Vec<&str> =
            parts.into_iter().chain([wall.as_str()]).filter(|part| !part.is_empty()).collect();
        Ok(parts.join("-"))
    }

    fn aside(&self, name: &str, is_folder: bool, files: &[(String, Vec<u8>)]) -> Result<Aside, String> {
        let dir = self.store.dir();
        let written = dir.make_sheets().and_then(|folder| Aside::write(&folder.join(name), is_folder, files));
        written.map_err(|error| self.cannot(&error))
    }

    /// Gives it its name, and says where it lies.
    fn named(&self, name: &str, aside: Aside) -> Result<String, String> {
        aside.named().map_err(|error| self.cannot(&error))?;
        Ok(self.store.dir().sheets().join(name).display().to_string())
    }

    fn cannot(&self, error: &std::io::Error) -> String {
        handover::cannot_print(&self.store.dir().sheets().display().to_string(), &error.to_string())
    }
}

/// How the second in which something was made stands at the end of its name.
const STAMP: &str = "%Y%m%d-%H%M%S";
/// How the names of lists begin that are gone through before somebody is given a copy of their record.
const PASSAGES: &str = "passages";

fn first_reference(pack: &Pack) -> String {
    pack.cases.first().map(|case| case.reference.to_lowercase()).unwrap_or_default()
}
