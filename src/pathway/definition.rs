//! The pathway language, as it stands after reading: what a step asks, who may record it, what must hold before,
//! and what is owed next.
//!
//! Everything here is plain data that has been found to hold together; reading it from TOML is left to
//! `pathway::read`. Ids of steps, fields and choices are never reused.

mod agenda;
mod audit;
mod field;
mod kind;
mod means;
mod owed;
mod predicate;
mod retention;
mod tags;

pub use agenda::{AgendaPart, Matters, Sorted};
pub use audit::{Always, AuditPart, AuditRules, AuditSteps, Criterion, Shows};
pub use field::{Field, Lint, Offer, Prefill};
pub use kind::{
    Band, Bands, Choice, Grade, Kind, Leads, Node, Part, SETTLE_CANCEL, SETTLE_KEEP, SETTLE_PASS_ON, WhyAsked,
};
pub use means::Means;
pub use owed::{Does, Each, From, Idle, LINE, Opens, Owing, Then};
pub use predicate::{Gate, Predicate, When};
pub use retention::{HANDOVERS, Kept, KeptFrom, OFFICE, Retention};
pub use tags::{Framework, Question, RecordClass, Tag, Tags};

use serde::{Deserialize, Serialize};

use crate::domain::case::Milestone;
use crate::domain::handover::Section;
use crate::domain::ids::CaseId;
use crate::domain::pack::About;

/// A pathway, or a register (`register = true`): people, staff, organisations, locations.
#[derive(Debug, Clone, PartialEq)]
pub struct Pathway {
    /// Its id, the file's name (`urgent`).
    pub id: String,
    /// "Urgent call".
    pub title: String,
    /// Which register its subject is a record of (`people`, `locations`, `organisations`); `None`: the office.
    pub subject: Option<String>,
    /// Whether its cases are records of a register.
    pub register: bool,
    /// Letter or letters before the number of a reference that can be said aloud ("U").
    pub reference: String,
    /// Whether its cases belong in the urgent queues (an urgent professional escalation, not routine liaison).
    pub urgent: bool,
    /// Whether what is owed in its cases stands among the open escalations, as that of urgent calls does.
    pub escalates: bool,
    /// On which list of the office its cases stand, where they stand on one.
    pub list: Option<Listed>,
    /// Where its open cases stand in a handover, unless their clocks and their risk say it.
    pub handover: Option<Section>,
    /// The duty or role that sees to its cases until somebody takes them; empty for a register, whose records nobody
    /// owns.
    pub owner: String,
    /// Roles and duties to whom its cases are kept of themselves, beside whoever of ours the opening step names and whoever
    /// may see all restricted records. Empty: to nobody in particular.
    pub kept_to: Vec<String>,
    /// What comes round in its cases stands on the list of reviews.
    pub reviews: bool,
    /// An office is expected to have one that comes round; where its kinds differ, those of the opening step's choices that
    /// say so are.
    pub expected: bool,
    /// From where its cases are mostly begun: ids of pathways, and [`LATE`]. In cases of those it is offered first.
    pub begun_from: Vec<String>,
    /// What is owed while a case is open in which nothing else is.
    pub idle: Option<Idle>,
    /// The digit that begins one of its cases from wherever one is, for the few that are mostly begun; they stand first
    /// where one is begun, by this digit.
    pub begin_key: Option<char>,
    /// Whether what is to be made better in how we work is raised and acted on here: a warning sign that was accepted, a
    /// handover that was not as it should be. One pathway of an office does.
    pub takes_actions: bool,
    /// The states a case can stand in; the first is where it begins.
    pub states: Vec<State>,
    /// Its steps, in the order in which they are offered.
    pub steps: Vec<Step>,
}

/// Where `begun_from` says so, a pathway is begun from something that somebody outside owes and whose time has passed.
pub const LATE: &str = "late";

impl Pathway {
    /// Whether its cases are mostly begun from there: a pathway's id, or [`LATE`].
    pub fn is_begun_from(&self, there: &str) -> bool {
        self.begun_from.iter().any(|from| from == there)
    }

    /// The register whose records it speaks of: its own, or that of its subject; `None`: the office.
    pub fn speaks_of(&self) -> Option<&str> {
        if self.register { Some(&self.id) } else { self.subject.as_deref() }
    }

    /// The step of this id.
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }

    /// Where an open case that stands in this state stands in a handover, unless its clocks and its risk say it.
    pub fn handed_over(&self, state: &str) -> Option<Section> {
        let stands = self.states.iter().find(|one| one.id == state);
        stands.and_then(|state| state.handover).or(self.handover)
    }

    /// The step that opens a case.
    pub fn opening(&self) -> Option<&Step> {
        self.steps.iter().find(|step| step.opens && !step.retired)
    }

    /// Whether it is the register of organisations outside: it asks what kind of organisation one is.
    pub fn is_of_organisations(&self) -> bool {
        self.register && self.opening().is_some_and(|form| form.meaning(Means::OrganisationType).is_some())
    }

    /// Whether it is the register of the people supported: it asks when somebody was born.
    pub fn is_of_people(&self) -> bool {
        self.register && self.opening().is_some_and(|form| form.meaning(Means::Born).is_some())
    }

    /// About what an evidence pack of one of its cases is: of a record of people or of organisations all that is about it.
    pub fn pack_of(&self, id: CaseId) -> About {
        match (self.is_of_organisations(), self.is_of_people()) {
            (true, _) => About::Provider(id),
            (_, true) => About::Person(id),
            _ => About::Case(id),
        }
    }

    /// Whether a person is observed in it, so that its sources can be held against each other.
    pub fn observes(&self) -> bool {
        let reached =
            |step: &Step| step.milestones.iter().any(|(reached, _)| *reached == Milestone::Observed);
        self.steps.iter().any(reached)
    }
}

/// The lists of the office that a pathway's cases can stand on. What each shows it finds by meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Listed {
    /// Visits and shifts that somebody has to be found for: their opening step asks when they begin.
    Visits,
    /// What the office itself has to do: the opening step opens what is owed.
    Tasks,
    /// Pads of numbered paper slips: the opening step says which numbers.
    Slips,
    /// Arrangements with organisations: the opening step says of whom and which service.
    Providers,
}

/// A state of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// Its id.
    pub id: String,
    /// Its words on screen.
    pub title: String,
    /// A case in it is closed.
    pub closed: bool,
    /// Where an open case that stands in it stands in a handover; where that of its pathway does not.
    pub handover: Option<Section>,
    /// Whoever takes the organisation that an open case in it is about is warned.
    pub caution: bool,
}

/// One step: a form, whose act it is, and what follows.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Its id.
    pub id: String,
    /// "Urgent communication log".
    pub title: String,
    /// The verb on screen ("decide").
    pub verb: String,
    /// The key that is offered for it in a case, if it has one.
    pub key: Option<char>,
    /// A line of help at the head of the form.
    pub help: String,
    /// Roles and duties whose act it may be; `anyone` is everybody, signed in or not.
    pub roles: Vec<String>,
    /// Roles that may type it for them.
    pub typed_for: Vec<String>,
    /// Recording it opens a case.
    pub opens: bool,
    /// Recording it closes the case, when the predicate (if any) holds.
    pub closes: Option<When>,
    /// It may be recorded more than once in a case.
    pub repeat: bool,
    /// States from which it may be recorded; empty is any that is not closed.
    pub from: Vec<String>,
    /// State the case stands in after it.
    pub to: Option<String>,
    /// `STEP.FIELD` of the rows on whose commitments it is recorded.
    pub on: Vec<String>,
    /// What it does to the commitment it is recorded on.
    pub does: Option<Does>,
    /// What is not wanted any more with it.
    pub calls_off: Ends,
    /// What is done with it, though it is recorded on none of that.
    pub settles: Ends,
    /// `STEP.FIELD` of what it asks anew: what was answered there before is no answer any more.
    pub asks_anew: Vec<String>,
    /// What must hold before, each with the words that say why not.
    pub needs: Vec<Gate>,
    /// A safety step: no gate stands before it, it needs no decision and is never refused for order.
    pub safety: bool,
    /// May be saved with required fields blank; what is then owed is the completion.
    pub incomplete: Option<Then>,
    /// It wants two people: it has no effect until a different person who may record it agrees.
    pub two_people: bool,
    /// It wants two people where whoever records it also recorded one of these steps in the case (`not_same_as`): nobody
    /// signs off what is their own.
    pub not_same_as: Vec<String>,
    /// It decides, gates or closes: refused when the case has moved since the form was opened.
    pub decides: bool,
    /// Milestones reached by recording it, each when its predicate holds.
    pub milestones: Vec<(Milestone, When)>,
    /// Its fields, in order, shared groups included.
    pub fields: Vec<Field>,
    /// What is owed next.
    pub then: Vec<Then>,
    /// In a register: what is left blank in it is no longer known, where it was before.
    pub replaces: bool,
    /// The program records it when this was done to the case; nobody is offered it.
    pub follows: Option<Follows>,
    /// No longer offered; old records still show on it.
    pub retired: bool,
}

/// What ends with a step of all that is still owed in its case, whichever of it was opened before.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ends {
    /// `STEP.FIELD` of the rows, or ids of the steps, whose commitments end.
    pub what: Vec<String>,
    /// They end only where this holds.
    pub when: When,
}

/// An act that a step of the case's pathway follows by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Follows {
    /// The case was moved to the right record: who had been told of the wrong person stands in the step's rows.
    Reattribute,
}

impl Step {
    /// A step that nobody may record yet, that opens and closes nothing and after which nothing is owed.
    pub fn plain(id: &str, title: &str, fields: Vec<Field>) -> Self {
        Self {
            id: id.to_owned(),
            title: title.to_owned(),
            verb: String::new(),
            key: None,
            help: String::new(),
            roles: Vec::new(),
            typed_for: Vec::new(),
            opens: false,
            closes: None,
            repeat: false,
            from: Vec::new(),
            to: None,
            on: Vec::new(),
            does: None,
            calls_off: Ends::default(),
            settles: Ends::default(),
            asks_anew: Vec::new(),
            needs: Vec::new(),
            safety: false,
            incomplete: None,
            two_people: false,
            not_same_as: Vec::new(),
            decides: false,
            milestones: Vec::new(),
            fields,
            then: Vec::new(),
            replaces: false,
            follows: None,
            retired: false,
        }
    }

    /// The field of this id.
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.id == id)
    }

    /// The first field with this meaning.
    pub fn meaning(&self, means: Means) -> Option<&Field> {
        self.fields.iter().find(|field| field.means == Some(means))
    }
}
