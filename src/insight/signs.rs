//! Warning signs as the rules see them in one case, and in what is counted over cases.
//!
//! Every function here is pure: what is stored in, signs with the times between which they stand out. Nothing asks what
//! time it is. What has to be looked up beside a case (the pathway of one that is linked with it, the words of an entry) is
//! handed in by whoever reads the record. Keeping signs up to date is left to `store::derive`, showing them to `store::reads`
//! and the screens.

mod contacts;
mod counted;
mod escalated;
mod moments;
mod owed;
mod windows;

use chrono::{DateTime, Utc};

use crate::domain::answer::Answer;
use crate::domain::case::{CaseState, EntryMark, Milestone};
use crate::domain::ids::{CaseId, EntryId, Seq, SignId};
use crate::domain::signs::{Mark, Sign, SignRule, SignRules, Watch};
use crate::domain::time::Zone;
use crate::pathway::edition::Edition;

pub use windows::{reach, seen as in_window};

/// What is looked up beside a case.
pub trait Beside {
    /// The pathway of another case.
    fn pathway_of(&self, case: CaseId) -> Option<String>;
    /// The words of an entry, in whatever letters.
    fn words_of(&self, entry: Seq) -> String;
    /// The record that one is read as since it was merged.
    fn kept(&self, record: CaseId) -> CaseId;
}

/// A case under the rules of an edition.
pub struct Looking<'a> {
    /// The case.
    pub state: &'a CaseState,
    /// The edition whose rules count: the one in force.
    pub edition: &'a Edition,
    /// The office's zone.
    pub zone: Zone,
    /// What is looked up.
    pub beside: &'a dyn Beside,
}

/// The signs that a case shows by itself, now, before or some day. With `all`, those that were ended before they began, too.
pub fn of_case(looking: &Looking<'_>, all: bool) -> Vec<Sign> {
    let ended = looking.closed_at();
    let mut signs = Vec::new();
    for rule in looking.rules() {
        let found = match &rule.watch {
            Watch::NothingAfter { after, then, within } => {
                moments::nothing_after(looking, *after, then, within)
            }
            Watch::Late { of, grace, first, unless } => owed::late(looking, of, *grace, *first, unless),
            Watch::Undated { of, grace } => owed::undated(looking, of, *grace),
            Watch::Chased { of, at_least } => owed::chased(looking, of, *at_least),
            Watch::Again { steps, at_least, within, ends } => {
                moments::again(looking, steps, *at_least, *within, ends)
            }
            Watch::Blank { fields, within } => moments::blank(looking, fields, *within),
            Watch::Unlinked { to, within, once } => escalated::unlinked(looking, to, *within, once),
            Watch::LateStep { steps, since, within } => escalated::late_step(looking, steps, since, *within),
            Watch::Contacts { routes, within, spoke, tolerance } => {
                contacts::disagree(looking, routes, *within, spoke, *tolerance)
            }
            Watch::NoAnswer { within, spoke } => contacts::no_answer(looking, *within, spoke),
            Watch::Words { steps, words } => escalated::blames(looking, steps, words),
            Watch::Alone | Watch::Repeated(_) | Watch::Uneven { .. } => Vec::new(),
        };
        signs.extend(found.into_iter().map(|seen| Sign {
            id: id(rule, seen.root, &seen.place),
            rule: rule.id.clone(),
            about: Some(looking.state.id),
            since: seen.since,
            until: [seen.until, ended].into_iter().flatten().min(),
            words: seen.words,
            entries: seen.entries,
        }));
    }
    signs.retain(|sign| all || sign.stands());
    signs
}

/// What a case adds to what is counted over cases.
pub fn marks(looking: &Looking<'_>) -> Vec<Mark> {
    let mut marks = Vec::new();
    for rule in looking.rules() {
        match &rule.watch {
            Watch::Repeated(repeated) => marks.extend(counted::marks(looking, rule, repeated)),
            Watch::Uneven { routes, .. } => marks.extend(windows::decision(looking, rule, routes)),
            _ => {}
        }
    }
    marks
}

/// The sign of something that wanted two people and was done by one; none where no rule looks for it.
pub fn alone(
    rules: &SignRules,
    entry: EntryId,
    about: Option<CaseId>,
    at: DateTime<Utc>,
    why: &str,
) -> Option<Sign> {
    let rule = rules.rules.iter().find(|rule| rule.watch == Watch::Alone)?;
    Some(Sign {
        id: id(rule, entry, "alone"),
        rule: rule.id.clone(),
        about,
        since: at,
        until: None,
        words: why.to_owned(),
        entries: vec![entry],
    })
}

/// The id of a sign: the same wherever it is worked out.
fn id(rule: &SignRule, root: EntryId, place: &str) -> SignId {
    SignId(root.derived(&format!("sign.{}.{place}", rule.id)).0)
}

/// What a rule has seen.
struct Seen {
    /// The entry that it begins with, and where in it: what tells this sign from others of the rule.
    root: EntryId,
    place: String,
    since: DateTime<Utc>,
    until: Option<DateTime<Utc>>,
    words: String,
    entries: Vec<EntryId>,
}

impl<'a> Looking<'a> {
    /// The rules that look at the case.
    fn rules(&self) -> impl Iterator<Item = &'a SignRule> + use<'a> {
        let (pathway, edition) = (self.state.pathway.as_str(), self.edition);
        edition.signs.rules.iter().filter(move |rule| rule.looks_at(pathway))
    }

    /// When the case was closed, where it is.
    fn closed_at(&self) -> Option<DateTime<Utc>> {
        let last = || self.state.entries.last().map(|mark| mark.recorded_at);
        self.state.closed.then(|| self.reached(Milestone::Closed).or_else(last)).flatten()
    }

    /// When a milestone was first reached.
    fn reached(&self, milestone: Milestone) -> Option<DateTime<Utc>> {
        self.state.facts.milestones.get(&milestone).map(|when| when.at)
    }

    /// The steps of these ids that count, in the order of the ledger.
    fn steps<'s>(&'s self, steps: &'s [String]) -> impl Iterator<Item = &'a EntryMark> + use<'s, 'a> {
        let marks = self.state.entries.iter();
        marks.filter(move |mark| mark.edition.is_some() && mark.counts() && steps.contains(&mark.kind))
    }

    /// When an entry happened.
    fn at(&self, entry: EntryId) -> Option<DateTime<Utc>> {
        self.state.entries.iter().find(|mark| mark.id == entry).map(|mark| mark.occurred.at)
    }

    /// The latest answer to `STEP.FIELD`.
    fn said(&self, field: &str) -> Option<&'a Answer> {
        self.state.answers.get(field)
    }

    /// The first entry of the case.
    fn opening(&self) -> EntryId {
        EntryId(self.state.id.0)
    }
}
