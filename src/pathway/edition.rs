//! An edition: one consistent set of definition files in force, named by the hash of its files.
//!
//! Reading the files is left to [`super::read`], bringing an edition into force to the act that adopts it, and an
//! office's own copies to `settings`.
//!
//! # The id, byte for byte
//! The id is the SHA-256 of the concatenation, over all files in ascending order of their names' UTF-8 bytes, of
//!
//! 1. the file's name in UTF-8 (`pathways/urgent.toml`; forward slashes on every system),
//! 2. one byte `0x00`,
//! 3. the 32 bytes of the SHA-256 of the file's text in UTF-8, exactly as it was read.
//!
//! Nothing is normalised: a changed comment is another edition, and says so.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, LazyLock, OnceLock};

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use super::calendar::{self, Calendar};
use super::clocks;
use super::definition::{AuditRules, Listed, Pathway, Retention, Step, Tags};
use super::due::{Rule, Targets};
use super::late::WorkingPeriods;
use super::own_or::OwnOr;
use super::pathways::Pathways;
use super::read::{self, Fault};
use super::signs;
use super::vague::{self, Vague};
use crate::domain::clocks::Clocks;
use crate::domain::entry::{Said, StepSaid};
use crate::domain::ids::{EditionId, Hash32};
use crate::domain::permission::Roles;
use crate::domain::signs::{SignRule, SignRules};

/// One consistent set of definitions.
#[derive(Debug, Clone, PartialEq)]
pub struct Edition {
    /// SHA-256 over the sorted names and hashes of its files.
    pub id: EditionId,
    /// Full text by file name (`pathways/urgent.toml`, `roles.toml`, `targets.toml`, `lists.toml`, ...).
    pub files: OwnOr<BTreeMap<String, String>>,
    /// By id.
    pub pathways: Pathways,
    /// Roles and duties.
    pub roles: Roles,
    /// The provider's own times, by name.
    pub targets: Targets,
    /// What is shown beside each of them.
    pub target_notes: TargetNotes,
    /// When the working periods of a day begin; what is recorded after its own is a late entry.
    pub working_periods: WorkingPeriods,
    /// Bank holidays.
    pub calendar: Calendar,
    /// Phrases that say nothing.
    pub vague: Vague,
    /// From when what is owed counts as due soon and long late, and what rings.
    pub clocks: Arc<Clocks>,
    /// What counts as a warning sign.
    pub signs: Arc<SignRules>,
    /// How records are audited.
    pub audit: Arc<AuditRules>,
    /// Regulations and statements that records show something about.
    pub tags: OwnOr<Tags>,
    /// How long records are kept.
    pub retention: OwnOr<Retention>,
}

/// What is shown beside a time that the provider has set itself: always a provider target, never law.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetNote {
    /// What it is for.
    pub title: String,
    /// Where it comes from.
    pub source: String,
    /// Kinds of organisation of which it says what can be expected; none where it is a time of ours.
    pub of: Vec<String>,
    /// When somebody looks whether it is still so.
    pub review: Option<NaiveDate>,
}

/// Notes on the targets, by their names.
pub type TargetNotes = BTreeMap<String, TargetNote>;

/// The definitions that come with the program.
const BUILT_IN: &[(&str, &str)] = &[
    ("calendars/england.toml", calendar::ENGLAND),
    (clocks::FILE, clocks::SHIPPED),
    ("lists.toml", include_str!("../../config/lists.toml")),
    ("pathways/agreements.toml", include_str!("../../config/pathways/agreements.toml")),
    ("pathways/audit.toml", include_str!("../../config/pathways/audit.toml")),
    ("pathways/behaviour.toml", include_str!("../../config/pathways/behaviour.toml")),
    ("pathways/breach.toml", include_str!("../../config/pathways/breach.toml")),
    ("pathways/candour.toml", include_str!("../../config/pathways/candour.toml")),
    ("pathways/commissioner.toml", include_str!("../../config/pathways/commissioner.toml")),
    ("pathways/concern.toml", include_str!("../../config/pathways/concern.toml")),
    ("pathways/cover.toml", include_str!("../../config/pathways/cover.toml")),
    ("pathways/delay.toml", include_str!("../../config/pathways/delay.toml")),
    ("pathways/discharge.toml", include_str!("../../config/pathways/discharge.toml")),
    ("pathways/feedback.toml", include_str!("../../config/pathways/feedback.toml")),
    ("pathways/governance.toml", include_str!("../../config/pathways/governance.toml")),
    ("pathways/hindsight.toml", include_str!("../../config/pathways/hindsight.toml")),
    ("pathways/indicators.toml", include_str!("../../config/pathways/indicators.toml")),
    ("pathways/involvement.toml", include_str!("../../config/pathways/involvement.toml")),
    ("pathways/learning.toml", include_str!("../../config/pathways/learning.toml")),
    ("pathways/liaison.toml", include_str!("../../config/pathways/liaison.toml")),
    ("pathways/locations.toml", include_str!("../../config/pathways/locations.toml")),
    ("pathways/meeting.toml", include_str!("../../config/pathways/meeting.toml")),
    ("pathways/missing.toml", include_str!("../../config/pathways/missing.toml")),
    ("pathways/monitoring.toml", include_str!("../../config/pathways/monitoring.toml")),
    ("pathways/notification.toml", include_str!("../../config/pathways/notification.toml")),
    ("pathways/organisations.toml", include_str!("../../config/pathways/organisations.toml")),
    ("pathways/paper.toml", include_str!("../../config/pathways/paper.toml")),
    ("pathways/people.toml", include_str!("../../config/pathways/people.toml")),
    ("pathways/policy.toml", include_str!("../../config/pathways/policy.toml")),
    ("pathways/provider.toml", include_str!("../../config/pathways/provider.toml")),
    ("pathways/regulator.toml", include_str!("../../config/pathways/regulator.toml")),
    ("pathways/rehearsal.toml", include_str!("../../config/pathways/rehearsal.toml")),
    ("pathways/review.toml", include_str!("../../config/pathways/review.toml")),
    ("pathways/rota.toml", include_str!("../../config/pathways/rota.toml")),
    ("pathways/safeguarding.toml", include_str!("../../config/pathways/safeguarding.toml")),
    ("pathways/spot_check.toml", include_str!("../../config/pathways/spot_check.toml")),
    ("pathways/sharing.toml", include_str!("../../config/pathways/sharing.toml")),
    ("pathways/sharing_audit.toml", include_str!("../../config/pathways/sharing_audit.toml")),
    ("pathways/staff.toml", include_str!("../../config/pathways/staff.toml")),
    ("pathways/staffing.toml", include_str!("../../config/pathways/staffing.toml")),
    ("pathways/tasks.toml", include_str!("../../config/pathways/tasks.toml")),
    ("pathways/training.toml", include_str!("../../config/pathways/training.toml")),
    ("pathways/updates.toml", include_str!("../../config/pathways/updates.toml")),
    ("pathways/urgent.toml", include_str!("../../config/pathways/urgent.toml")),
    ("roles.toml", include_str!("../../config/roles.toml")),
    ("targets.toml", include_str!("../../config/targets.toml")),
    ("vague.toml", vague::SHIPPED),
    (signs::FILE, signs::SHIPPED),
    (read::audit::FILE, read::audit::SHIPPED),
    (read::tags::FILE, read::tags::SHIPPED),
    (read::retention::FILE, read::retention::SHIPPED),
];

impl Edition {
    /// Reads a set of files by name; names outside the set (see [`super::read`]) are faults too.
    ///
    /// # Errors
    /// Every fault of the set, by file and line.
    pub fn read(files: BTreeMap<String, String>) -> Result<Edition, Vec<Fault>> {
        let set = read::set(&files)?;
        Ok(Self::of((id_of(&files), OwnOr::of(Some(files), shipped)), set))
    }

    /// Reads a set that was adopted before, whatever is asked today of one that is to be.
    ///
    /// # Errors
    /// What this program cannot read in it, by file and line.
    pub fn adopted(files: BTreeMap<String, String>) -> Result<Edition, Vec<Fault>> {
        let set = read::adopted(&files)?;
        Ok(Self::of((id_of(&files), OwnOr::of(Some(files), shipped)), set))
    }

    fn of((id, files): (EditionId, OwnOr<BTreeMap<String, String>>), set: read::Set) -> Edition {
        let read::Set {
            pathways,
            roles,
            targets,
            target_notes,
            working_periods,
            calendar,
            vague,
            clocks,
            signs,
            audit,
            tags,
            retention,
        } = set;
        Edition {
            id,
            files,
            pathways,
            roles,
            targets,
            target_notes,
            working_periods,
            calendar,
            vague,
            clocks: Arc::new(clocks),
            signs: Arc::new(signs),
            audit: Arc::new(audit),
            tags,
            retention,
        }
    }

    /// The definitions that come with the program, read once.
    pub fn built_in() -> Arc<Edition> {
        Self::built_in_ref().clone()
    }

    fn built_in_ref() -> &'static Arc<Edition> {
        // That they hold together is asked by a test, not at each start.
        static EDITION: LazyLock<Arc<Edition>> = LazyLock::new(|| {
            let read = read::compiled_in(BUILT_IN)
                .map(|set| Edition::of((*BUILT_IN_ID, OwnOr::of(None, shipped)), set));
            Arc::new(read.expect("the files in config/ hold together: tests/definitions.rs"))
        });
        &EDITION
    }

    /// Reads what comes with the program in the order in which a start asks for it, for a thread that is begun before
    /// anything else: most offices have no definitions of their own, and a dashboard then waits for none.
    pub fn read_ahead() {
        LazyLock::force(&BUILT_IN_ID);
        signs::shipped();
        clocks::shipped();
        Self::built_in_ref().pathways.with(|head| head.urgent).for_each(drop);
    }

    /// Whether an id is that of [`Edition::built_in`], without reading it.
    pub fn is_built_in(id: EditionId) -> bool {
        id == *BUILT_IN_ID
    }

    /// The files of [`Edition::built_in`], which an office's own copies stand in place of.
    pub fn built_in_files() -> BTreeMap<String, String> {
        BUILT_IN.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    /// The pathway of this id.
    pub fn pathway(&self, id: &str) -> Option<&Arc<Pathway>> {
        self.pathways.get(id)
    }

    /// The roles that may add somebody to the staff list, in the definition's order. Somebody who is here always has one of
    /// them, or nobody could ever be added.
    pub fn may_add_staff(&self) -> &[String] {
        let opening = self.pathways.get("staff").and_then(|staff| staff.opening());
        opening.map_or(&[], |step| step.roles.as_slice())
    }

    /// The registers: pathways whose cases are records.
    pub fn registers(&self) -> impl Iterator<Item = &Arc<Pathway>> {
        self.pathways.with(|head| head.register)
    }

    /// The pathway whose cases stand on a list of the office.
    pub fn listed(&self, list: Listed) -> Option<&Arc<Pathway>> {
        self.pathways.with(move |head| head.list == Some(list)).next()
    }

    /// The pathway in which what is to be made better is raised and acted on, where the office has one. Where no file of it
    /// says so, and one is the office's own in place of the one that ships and does, it is of an older program: it is meant.
    pub fn takes_actions(&self) -> Option<&Arc<Pathway>> {
        let shipped = || Self::built_in_ref().pathways.with(|head| head.takes_actions).next();
        let said = self.pathways.with(|head| head.takes_actions).next();
        said.or_else(|| self.pathways.get(&shipped()?.id))
    }

    /// What can be expected of an organisation of this kind, each with its time.
    pub fn expected<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = (&'a TargetNote, &'a Rule)> {
        let of_kind = self.target_notes.iter().filter(move |(_, note)| note.of.iter().any(|of| of == kind));
        of_kind.filter_map(|(name, note)| Some((note, self.targets.get(name)?)))
    }

    /// A pathway's title, or its id where it is not defined here.
    pub fn pathway_title<'a>(&'a self, pathway: &'a str) -> &'a str {
        self.pathway(pathway).map_or(pathway, |pathway| &pathway.title)
    }

    /// Names of the files that differ between this edition and another: changed, added or gone.
    pub fn diff(&self, other: &Edition) -> Vec<String> {
        let names = self.files.keys().chain(other.files.keys());
        let mut changed: Vec<_> =
            names.filter(|name| self.files.get(*name) != other.files.get(*name)).cloned().collect();
        changed.sort();
        changed.dedup();
        changed
    }
}

/// The id of a set of files, whether they hold together or not. That of the program's own is made once.
pub fn id_of(files: &BTreeMap<String, String>) -> EditionId {
    let is_own = |(name, text): &(&str, &str)| files.get(*name).is_some_and(|given| given == text);
    if files.len() == BUILT_IN.len() && BUILT_IN.iter().all(is_own) {
        return *BUILT_IN_ID;
    }
    hashed(files.iter().map(|(name, text)| (name.as_str(), text.as_str())))
}

static BUILT_IN_ID: LazyLock<EditionId> = LazyLock::new(|| {
    let in_order: BTreeMap<_, _> = BUILT_IN.iter().copied().collect();
    hashed(in_order)
});

/// The text of the files that come with the program.
fn shipped() -> &'static BTreeMap<String, String> {
    static FILES: LazyLock<BTreeMap<String, String>> = LazyLock::new(Edition::built_in_files);
    &FILES
}

/// The hash of files that come in the order of their names.
fn hashed<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>) -> EditionId {
    let mut hash = Sha256::new();
    for (name, text) in files {
        hash.update(name.as_bytes());
        hash.update([0]);
        hash.update(Sha256::digest(text.as_bytes()));
    }
    Hash32(hash.finalize().into())
}

/// The editions of a ledger: the one in force and every older one, so that a record always shows on the edition it
/// was filled in on. Each is read when something first asks for it: years of older editions cost a start nothing, and
/// a dashboard is drawn without any. Copies share what was read.
#[derive(Debug, Clone)]
pub struct Editions {
    current: EditionId,
    all: BTreeMap<EditionId, Arc<Kept>>,
}

/// Takes the text of an edition's files from where it is kept, or says why it cannot be had.
pub type Fetch = Box<dyn Fn() -> Result<BTreeMap<String, String>, Fault> + Send + Sync>;

/// An edition as the ledger keeps it.
struct Kept {
    /// `None` where they are the program's own, which are at hand.
    fetch: Option<Fetch>,
    fetched: OnceLock<BTreeMap<String, String>>,
    /// Why they could not be had when they were first asked for.
    missed: OnceLock<[Fault; 1]>,
    read: OnceLock<Result<Arc<Edition>, Vec<Fault>>>,
    clocks: OnceLock<Arc<Clocks>>,
    signs: OnceLock<Arc<SignRules>>,
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Kept").field("read", &self.read).finish_non_exhaustive()
    }
}

impl Kept {
    fn new(fetch: Option<Fetch>, read: OnceLock<Result<Arc<Edition>, Vec<Fault>>>) -> Self {
        let (fetched, missed) = (OnceLock::new(), OnceLock::new());
        Self { fetch, fetched, missed, read, clocks: OnceLock::new(), signs: OnceLock::new() }
    }

    /// Its files. What cannot be had now is asked for again the next time.
    fn files(&self, fetch: &Fetch) -> Result<&BTreeMap<String, String>, &[Fault]> {
        if let Some(files) = self.fetched.get() {
            return Ok(files);
        }
        match fetch() {
            Ok(files) => Ok(self.fetched.get_or_init(|| files)),
            Err(why) => Err(self.missed.get_or_init(|| [why])),
        }
    }

    fn read(&self) -> Result<&Arc<Edition>, &[Fault]> {
        let read = match (self.read.get(), &self.fetch) {
            (Some(read), _) => read,
            (None, None) => self.read.get_or_init(|| Ok(Edition::built_in())),
            (None, Some(fetch)) => {
                let files = self.files(fetch)?;
                self.read.get_or_init(|| Edition::adopted(files.clone()).map(Arc::new))
            }
        };
        read.as_ref().map_err(Vec::as_slice)
    }

    /// A part of it, without reading the rest, kept once it is had; the program's own where it has none.
    fn part<'k, T>(&'k self, kept: &'k OnceLock<Arc<T>>, part: &Part<T>) -> &'k Arc<T> {
        let of_set = || {
            let files = self.files(self.fetch.as_ref()?).ok()?;
            (part.of_set)(files).map(Arc::new)
        };
        match (kept.get(), self.read.get()) {
            (Some(had), _) => had,
            (None, Some(Ok(edition))) => kept.get_or_init(|| (part.of_whole)(edition)),
            (None, _) => match of_set() {
                Some(had) => kept.get_or_init(|| had),
                None => (part.shipped)(),
            },
        }
    }

    fn clocks(&self) -> &Arc<Clocks> {
        let of_whole = |edition: &Edition| edition.clocks.clone();
        self.part(&self.clocks, &Part { of_whole, of_set: clocks::of_set, shipped: clocks::shipped })
    }

    fn signs(&self) -> &Arc<SignRules> {
        let of_whole = |edition: &Edition| edition.signs.clone();
        self.part(&self.signs, &Part { of_whole, of_set: signs::of_set, shipped: signs::shipped })
    }
}

/// Where a part of an edition that stands in a file of its own is had from.
struct Part<T: 'static> {
    of_whole: fn(&Edition) -> Arc<T>,
    of_set: fn(&BTreeMap<String, String>) -> Option<T>,
    shipped: fn() -> &'static Arc<T>,
}

impl Editions {
    /// Starts with the edition in force.
    pub fn new(current: Arc<Edition>) -> Self {
        let mut editions = Self { current: current.id, all: BTreeMap::new() };
        editions.adopt(current);
        editions
    }

    /// A newer edition comes into force.
    pub fn adopt(&mut self, edition: Arc<Edition>) {
        self.current = edition.id;
        self.all.insert(self.current, Arc::new(Kept::new(None, OnceLock::from(Ok(edition)))));
    }

    /// These and a newer one that the ledger holds, which comes into force and is fetched and read when first asked for.
    /// The files of one that is [built in](Edition::is_built_in) need not be fetched.
    pub fn and_kept(earlier: Option<&Self>, id: EditionId, fetch: Option<Fetch>) -> Self {
        let mut all = earlier.map(|editions| editions.all.clone()).unwrap_or_default();
        all.insert(id, Arc::new(Kept::new(fetch, OnceLock::new())));
        Self { current: id, all }
    }

    /// Fetches the text of all that was not fetched yet. What is recorded may rest on any of them, and is not to be derived
    /// as if one that cannot be had just now said nothing.
    ///
    /// # Errors
    /// Why one of them cannot be had.
    pub fn fetch_all(&self) -> Result<(), &[Fault]> {
        self.all
            .values()
            .filter_map(|kept| Some((kept, kept.fetch.as_ref()?)))
            .try_for_each(|(kept, fetch)| kept.files(fetch).map(drop))
    }

    /// The id of the edition in force.
    pub fn current_id(&self) -> EditionId {
        self.current
    }

    /// The edition in force, as something is to be recorded on it.
    ///
    /// # Errors
    /// What this program cannot read in it: a newer program adopted it.
    pub fn in_force(&self) -> Result<&Arc<Edition>, &[Fault]> {
        self.all.get(&self.current).map_or(Err(&[][..]), |kept| kept.read())
    }

    /// The edition in force, as something is shown by it: where this program cannot read it, its own stand in, so that
    /// the record can still be looked at. [`Editions::in_force`] says why nothing can be recorded then.
    pub fn current(&self) -> &Arc<Edition> {
        self.in_force().unwrap_or_else(|_| Edition::built_in_ref())
    }

    /// The thresholds of the edition in force, without reading the rest of it. Where it has none, or this program cannot
    /// read them, the program's own.
    pub fn clocks(&self) -> &Arc<Clocks> {
        self.all.get(&self.current).map_or_else(|| clocks::shipped(), |kept| kept.clocks())
    }

    /// What counts as a warning sign by the edition in force, without reading the rest of it.
    pub fn signs(&self) -> &Arc<SignRules> {
        self.all.get(&self.current).map_or_else(|| signs::shipped(), |kept| kept.signs())
    }

    /// The rule of a sign that was seen by an edition: as it is in force, else, where it was taken away or has another id
    /// by now, as it was then.
    pub fn sign_rule(&self, rule: &str, seen_by: EditionId) -> Option<&SignRule> {
        self.signs().get(rule).or_else(|| self.all.get(&seen_by)?.signs().get(rule))
    }

    /// The edition of this id, in force or not; `None` where the ledger has none or this program cannot read it.
    pub fn get(&self, id: EditionId) -> Option<&Arc<Edition>> {
        self.all.get(&id)?.read().ok()
    }

    /// Whether an entry's answers can be shown without their labels alone, because the edition that it was filled in on cannot
    /// be had: it could not be fetched, or this program cannot read it.
    pub fn lacks_labels(&self, said: &Said) -> bool {
        matches!(said, Said::Step(said) if self.get(said.edition).is_none())
    }

    /// What a class of what is kept is called in the edition that a disposal rests on; its id where that cannot be had.
    pub fn kept_as<'a>(&'a self, edition: EditionId, class: &'a str) -> &'a str {
        let kept = self.get(edition).unwrap_or_else(|| self.current()).retention.get(class);
        kept.map_or(class, |kept| &kept.title)
    }

    /// Whether anything has asked for the edition in force since it was known.
    #[cfg(test)]
    pub(crate) fn is_read(&self) -> bool {
        self.all.get(&self.current).is_some_and(|kept| kept.read.get().is_some())
    }

    /// The step as the edition has it on which it was filled in.
    pub fn step(&self, said: &StepSaid) -> Option<&Step> {
        self.get(said.edition)?.pathways.get(&said.pathway)?.step(&said.step)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_newer_program_adopted_is_not_recorded_on_and_does_not_stop_a_look() {
        let mut editions = Editions::new(Edition::built_in());
        let files = BTreeMap::from([("pathways/urgent.toml".to_owned(), "of = \"tomorrow\"".to_owned())]);
        let id = id_of(&files);
        editions = Editions::and_kept(Some(&editions), id, Some(Box::new(move || Ok(files.clone()))));
        assert!(editions.in_force().is_err_and(|faults| !faults.is_empty()));
        assert!(editions.get(id).is_none());
        assert_eq!(editions.current().id, Edition::built_in().id);
        assert!(editions.get(Edition::built_in().id).is_some());
    }

    #[test]
    fn what_could_not_be_fetched_is_said_and_fetched_the_next_time() {
        let built_in = Edition::built_in();
        let files = BTreeMap::from([("lists.toml".to_owned(), String::new())]);
        let id = id_of(&files);
        let tried = std::sync::atomic::AtomicUsize::new(0);
        let fault = || Fault {
            file: "entry 1".to_owned(),
            line: 1,
            column: 1,
            says: "gone".to_owned(),
            mend: String::new(),
        };
        let fetch: Fetch = Box::new(move || match tried.fetch_add(1, std::sync::atomic::Ordering::Relaxed) {
            0 => Err(fault()),
            _ => Ok(files.clone()),
        });
        let mut editions = Editions::and_kept(None, id, Some(fetch));
        editions.adopt(built_in);
        assert!(editions.fetch_all().is_err_and(|faults| faults.iter().any(|fault| fault.says == "gone")));
        assert!(editions.fetch_all().is_ok());
    }
}
