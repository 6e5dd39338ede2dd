//! The pathway language, as it stands after reading: what a step asks, who may record it, what must hold before,
//! and what is owed next.
//!
//! Everything here is plain data that has been found to hold together; reading it from TOML is left to
//! `pathway::read`. Ids of steps, fields and choices are never reused.

use serde::{Deserialize, Serialize};

use super::due::{Every, Rule};
use crate::domain::case::Milestone;

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
    /// The states a case can stand in; the first is where it begins.
    pub states: Vec<State>,
    /// Its steps, in the order in which they are offered.
    pub steps: Vec<Step>,
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
    /// What must hold before, each with the words that say why not.
    pub needs: Vec<Gate>,
    /// A safety step: no gate stands before it, it needs no decision and is never refused for order.
    pub safety: bool,
    /// May be saved with required fields blank; what is then owed is the completion.
    pub incomplete: Option<Then>,
    /// It decides, gates or closes: refused when the case has moved since the form was opened.
    pub decides: bool,
    /// Milestones reached by recording it, each when its predicate holds.
    pub milestones: Vec<(Milestone, When)>,
    /// Its fields, in order, shared groups included.
    pub fields: Vec<Field>,
    /// What is owed next.
    pub then: Vec<Then>,
    /// No longer offered; old records still show on it.
    pub retired: bool,
}

/// A condition that may be absent: `None` always holds.
pub type When = Option<Predicate>;

/// What a step does to the commitment it is recorded on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Does {
    /// The obligor said they will.
    Accept,
    /// Somebody says it is done.
    Report,
    /// One of ours confirms it, saying by whom and on what evidence.
    Confirm,
    /// The obligor said they will not.
    Refuse,
    /// A new promise stands in its place.
    Supersede,
    /// No longer wanted.
    Cancel,
}

/// A condition with the words shown when it does not hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Gate {
    /// The condition.
    pub holds: Predicate,
    /// Why not, as shown.
    pub say: String,
}

/// One field of a form.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its id within the step.
    pub id: String,
    /// Its label.
    pub label: String,
    /// The hint shown while it has the focus.
    pub help: String,
    /// What kind of answer it takes.
    pub kind: Kind,
    /// What the answer means to rules, queues and reports.
    pub means: Option<Means>,
    /// Ties fields of one record together (who and by when of one promise).
    pub group: Option<String>,
    /// When it must be answered: `None` never, `Some(None)` always.
    pub required: Option<When>,
    /// When it is shown at all.
    pub shown: When,
    /// Asked after hanging up: folded away until opened.
    pub later: bool,
    /// Somebody else's words: kept as said, never linted, shown in italics.
    pub quoted: bool,
    /// Linted as our own words, or as an observation.
    pub lint: Option<Lint>,
    /// Offered from what is on record.
    pub prefill: Option<Prefill>,
    /// Must not be the same as this other field of the step (`not_same_as`).
    pub not_same_as: Option<String>,
    /// Recording it (or each of its rows) opens a commitment.
    pub opens: Option<Opens>,
    /// The answer recurs: a series of commitments.
    pub every: Option<Every>,
    /// No longer asked; old answers still show.
    pub retired: bool,
}

/// Which list of empty phrases our words are held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lint {
    /// Our own summary or next step.
    Own,
    /// What somebody of ours saw.
    Observation,
}

/// What kind of answer a field takes.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// One line.
    Text,
    /// Several lines.
    Notes,
    /// One of these.
    Choice(Vec<Choice>),
    /// Any of these.
    Choices(Vec<Choice>),
    /// Yes or no; unanswered is not "no".
    YesNo {
        /// For which answers "why" is asked.
        why: WhyAsked,
    },
    /// A day.
    Date,
    /// A time, past unless it says otherwise.
    Time {
        /// A bare clock time means the next one, not the last.
        future: bool,
    },
    /// A time, or "none given" and why.
    ByWhen,
    /// A record of a register: `people`, `staff`, `organisations`, `locations`.
    Record {
        /// The register's pathway id.
        register: String,
        /// It may be made on the spot from a name (and place) alone, or left as words.
        on_the_spot: bool,
    },
    /// Latest answer per item.
    Checklist {
        /// The lines.
        items: Vec<Choice>,
        /// Whether evidence can run out.
        expires: bool,
    },
    /// A table; each row answers the columns.
    Rows {
        /// The columns, fields of their own.
        columns: Vec<Field>,
        /// Rows offered from what is on record (closed list of sources).
        from: Option<Prefill>,
    },
    /// A decision tree as data; the path taken is stored.
    Tree(Vec<Node>),
    /// A score from parts.
    Score(Vec<Part>),
    /// A reference, seen by, at.
    Evidence,
}

/// For which answers of yes/no "why" is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum WhyAsked {
    /// For neither.
    #[default]
    Never,
    /// For yes.
    Yes,
    /// For no.
    No,
    /// For both.
    Always,
}

/// A choice, or a line of a checklist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its id.
    pub id: String,
    /// Its label.
    pub label: String,
    /// The key that picks it; the first free letter of the label where none is given.
    pub key: char,
    /// What it means, shown while it is chosen.
    pub help: String,
    /// No longer offered; old answers still show.
    pub retired: bool,
}

/// A question of a decision tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Its id.
    pub id: String,
    /// The question.
    pub ask: String,
    /// The branches.
    pub branches: Vec<(Choice, Leads)>,
}

/// Where a branch of a decision tree leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leads {
    /// To another question.
    To(String),
    /// To an outcome, in words.
    Outcome(String),
}

/// A part of a score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its id.
    pub id: String,
    /// Its label.
    pub label: String,
    /// Least and greatest value.
    pub range: (i64, i64),
}

/// What is owed next.
#[derive(Debug, Clone, PartialEq)]
pub struct Then {
    /// The step that settles it, in this pathway or, with `pathway`, the opening step of another.
    pub step: String,
    /// Another pathway whose case the step opens.
    pub pathway: Option<String>,
    /// What is owed, in words; the step's title where none is given.
    pub title: String,
    /// Who owes it: a role or a duty.
    pub by: String,
    /// By when.
    pub within: Owing,
    /// From when the clock runs.
    pub from: From,
    /// How long before it counts as due soon.
    pub warn: Option<Rule>,
    /// Only when this holds.
    pub when: When,
}

/// How the due time of something owed is found.
#[derive(Debug, Clone, PartialEq)]
pub enum Owing {
    /// By a rule.
    Within(Rule),
    /// At the time answered in this field of the step.
    Field(String),
    /// Again and again: one occurrence open at a time, due from its anchor.
    Every(Every),
}

/// From when a clock runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum From {
    /// When the step happened.
    Occurred,
    /// When it was put into the record.
    Recorded,
    /// When the last such step of the case happened (`call.at`).
    Step(String),
    /// The time answered in a field, of this step or (`STEP.FIELD`) an earlier one.
    Field(String),
}

/// A row or field that opens a commitment.
#[derive(Debug, Clone, PartialEq)]
pub struct Opens {
    /// What is owed, in words; `{field}` stands for a column's or field's answer.
    pub title: String,
    /// How long before it counts as due soon.
    pub warn: Option<Rule>,
    /// The rule for the chase-by time where no time was given.
    pub chase: Rule,
    /// Who sees to it: a role or duty.
    pub owner: String,
    /// It is the review of an interim control.
    pub control: bool,
    /// Only when this holds.
    pub when: When,
}

/// A condition. One closed list, written as TOML tables, never expression strings.
#[derive(Debug, Clone, PartialEq)]
pub enum Predicate {
    /// A field's answer is (or contains) this choice, or yes/no. `step` absent: this step's own form.
    Is {
        /// The earlier step, or this one's form.
        step: Option<String>,
        /// The field.
        field: String,
        /// Any of these.
        any: Vec<String>,
    },
    /// A field is answered at all.
    Answered {
        /// The earlier step, or this one's form.
        step: Option<String>,
        /// The field.
        field: String,
    },
    /// A step has been recorded in the case.
    Recorded {
        /// The step.
        step: String,
    },
    /// The present risk is one of these.
    Risk(Vec<String>),
    /// The case has something open that is owed under this step or row.
    Owed {
        /// A step's id, or `STEP.FIELD` of rows.
        what: String,
    },
    /// A time answered in this form lies after now.
    After {
        /// The field.
        field: String,
    },
    /// A time answered in this form lies at or before now.
    Before {
        /// The field.
        field: String,
    },
    /// All hold.
    All(Vec<Predicate>),
    /// Any holds.
    Any(Vec<Predicate>),
    /// It does not hold.
    Not(Box<Predicate>),
}

/// Where a field's answer is offered from: the closed list of queries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Prefill {
    /// The time the form was opened.
    Opened,
    /// Whoever is signed in.
    SignedIn,
    /// Whoever holds the decision now.
    DecisionHolder,
    /// The case's present risk.
    Risk,
    /// The obligor of the commitment the step is recorded on.
    Obligor,
    /// What is owed by the commitment the step is recorded on.
    What,
    /// The case's subject.
    Subject,
    /// The caller of the case.
    Caller,
    /// Interim controls in force.
    Controls,
    /// The latest answer to the field of the same meaning in this case.
    Latest,
}

/// What an answer means. Rules, measures, queues and reports read meanings, never labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Means {
    /// When it happened (time, once a step). Where absent: when the form was opened.
    Occurred,
    /// When it was observed (time).
    ObservedAt,
    /// When the office was told (time).
    ReportedAt,
    /// What was seen or said, verbatim (notes).
    Observation,
    /// A few words that name the matter (text).
    Headline,
    /// Present risk (choice).
    Risk,
    /// What the caller wants to know (text).
    AdviceSought,
    /// What was done at once (notes).
    ImmediateAction,
    /// Who rang (text).
    Caller,
    /// The number to ring back (text).
    CallBack,
    /// The person or other subject (record).
    Subject,
    /// Where (record of locations).
    Place,
    /// 999, police or the emergency duty team called (choice, choices or yes/no).
    Emergency,
    /// When they were called (time).
    EmergencyAt,
    /// What led to the call (choices).
    Trigger,
    /// The escalation note's reference (text).
    NoteReference,
    /// The visit's reference (text).
    VisitReference,
    /// Routes decided on (choices).
    Route,
    /// Why (notes).
    Rationale,
    /// What the person wants and how they said it (notes).
    PersonView,
    /// Who decided, where it was typed for them (record of staff).
    DecidedBy,
    /// Read back (yes/no).
    ReadBack,
    /// Who was contacted (record of organisations).
    Contacted,
    /// By what means (choice).
    Means,
    /// What was shared (notes).
    Shared,
    /// What advice came back (notes).
    Advice,
    /// How the contact ended: spoke, no answer, message left (choice).
    ContactOutcome,
    /// Who owes it (record of organisations or staff, or a role as a choice).
    Obligor,
    /// What is owed (text).
    Promise,
    /// By when (by_when or time).
    Due,
    /// Who was told (record or choices).
    Told,
    /// How they were told (choice).
    ToldHow,
    /// Whether care or risk controls changed (yes/no).
    CareChanged,
    /// Where the change can be seen (evidence).
    CareEvidence,
    /// Whether advice was followed (yes/no).
    AdviceFollowed,
    /// Whether a delay or weakness needs governance action (yes/no).
    GovernanceNeeded,
    /// An interim control (text).
    Control,
    /// When it is reviewed (by_when or time).
    ControlReviewBy,
    /// Who last saw the person (text).
    SeenBy,
    /// When they were last seen (time).
    SeenAt,
    /// Who sees them next (text).
    SeesNext,
    /// When they are seen next (time).
    SeesNextAt,
    /// How it ended (choice).
    Closure,
    /// Proof that it is done (evidence or notes).
    ClosureEvidence,
    /// Our own summary (notes).
    Summary,
    /// Our own next step (notes).
    NextStep,
    /// A record's name (text).
    Name,
    /// How somebody likes to be called (text).
    LikedName,
    /// Date of birth (date).
    Born,
    /// NHS number (text).
    NhsNumber,
    /// Room, flat or address (text).
    Room,
    /// A telephone number (text).
    Phone,
    /// What everyone must see first (rows or text).
    Alert,
    /// Must not be told (yes/no).
    DoNotInform,
    /// Representatives and next of kin (rows).
    Representative,
    /// Roles of a member of staff (choices).
    Roles,
    /// Type of an organisation (choice).
    OrganisationType,
    /// Type of service at a location (choice).
    ServiceType,
    /// Opening hours (text in the language of `due`).
    Hours,
}

impl Pathway {
    /// The step of this id.
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }

    /// The step that opens a case.
    pub fn opening(&self) -> Option<&Step> {
        self.steps.iter().find(|step| step.opens && !step.retired)
    }
}

impl Step {
    /// The field of this id.
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.id == id)
    }

    /// The first field with this meaning.
    pub fn meaning(&self, means: Means) -> Option<&Field> {
        self.fields.iter().find(|field| field.means == Some(means))
    }
}
