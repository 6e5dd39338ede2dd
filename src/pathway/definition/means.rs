//! The closed list of what an answer can mean.
//!
//! Which kinds of field may carry a meaning, and how often, is left to `pathway::read`.

use serde::{Deserialize, Serialize};

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
    /// A score of observations, taken by somebody who is trained in it (score).
    Score,
    /// Small changes that somebody who knows the person sees (choices).
    SoftSign,
    /// How somebody is on a good day, against whom changes are seen (notes).
    Usual,
    /// What is done if it gets no better by the time beside it (text).
    IfNoBetter,
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
    /// Routes decided on (choices, or one choice).
    Route,
    /// What was decided, where it is one thing or another (choice).
    Decision,
    /// Why (notes).
    Rationale,
    /// Why the risk is lower than it was (text, notes).
    WhyLower,
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
    /// On which basis it was shared (choice).
    Basis,
    /// What it was shared for (notes).
    Purpose,
    /// Why it was shared without the person's agreement (notes).
    WithoutConsent,
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
    /// The name of whoever was told (text); those on the person's record are offered.
    ToldName,
    /// How they were told (choice).
    ToldHow,
    /// When they were told (time).
    ToldAt,
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
    /// What kind of interim control it is: extra staff, more checks (choice).
    ControlKind,
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
    /// What stands in this case from now on, in place of where it was owed before (owed): the promise that the step opens
    /// takes its place.
    CarriesOn,
    /// What kind of action of others is waited for (choice).
    Dependency,
    /// The first day of the time whose records are audited (date).
    PeriodFrom,
    /// Its last day (date).
    PeriodUntil,
    /// How many cases a sample has at least (number).
    SampleSize,
    /// How many of a hundred it has, where that is more (number).
    SamplePercent,
    /// When it was to be done that is late by now (time).
    WasDue,
    /// What it means for the person (notes).
    Impact,
    /// How far a matter is escalated (choice): each that was decided stays to be read on the case.
    EscalationLevel,
    /// To whom outside the office it is taken up (choice).
    EscalatedTo,
    /// Whether interim controls kept somebody safe (yes/no).
    ControlsSafe,
    /// What was counted or seen before something was done (text).
    MeasureBefore,
    /// The same, once it was done (text).
    MeasureAfter,
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
    /// What everyone must see first (rows, text, a choice that has a `weight`, or a yes).
    Alert,
    /// Who alone may see the record or the case: its rows name members of staff and roles (rows); `yes` leaves it to those
    /// who are granted `restricted`, `no` lifts it (yes/no).
    Restricted,
    /// Must not be told (yes/no).
    DoNotInform,
    /// Representatives and next of kin (rows).
    Representative,
    /// Initials or number by which a member of staff is known; an account of the operating system may be one (text).
    Code,
    /// Roles of a member of staff everywhere (choices).
    Roles,
    /// Roles that they hold at one place each (rows with a choice and a location).
    RoleAt,
    /// For whom they act (rows with `acted_for`, `acts_from` and `acts_until`).
    ActingFor,
    /// Who is acted for (record of staff).
    ActedFor,
    /// From when somebody is acted for (time).
    ActsFrom,
    /// Until when (time).
    ActsUntil,
    /// Type of an organisation (choice).
    OrganisationType,
    /// Type of service at a location (choice).
    ServiceType,
    /// Opening hours (text in the language of `due`).
    Hours,
    /// The number that answers outside the opening hours (text).
    OutOfHours,
    /// People at an organisation, each with their own numbers (rows).
    Contacts,
    /// What an organisation has agreed to do within which time (rows).
    Agreed,
    /// How a person's gender is recorded (choice).
    Gender,
    /// Where a person is (choice). A `weight` of 7 or more is shown first everywhere.
    Whereabouts,
    /// Where exactly: hospital and ward, whose house (text).
    WhereaboutsDetail,
    /// Since when they are there (time).
    WhereaboutsSince,
    /// Until when they are expected to be there (by_when, time or date).
    WhereaboutsUntil,
    /// Why this person is escalated earlier than others (yes/no).
    EarlyEscalation,
    /// What becomes of something owed that stands in the same row: `keep`, `cancel` or `pass_on` (choice).
    Settle,
    /// Who of ours sees to it: somebody by name (record of staff), or whoever has a role or duty (choice of those). Where a
    /// form asks for both, the first that was answered counts.
    Owner,
    /// A duty of the rota (choice).
    Duty,
    /// Who is on it (record of staff).
    OnDuty,
    /// From when (time).
    SlotFrom,
    /// Until when (time).
    SlotUntil,
    /// Whom of ours one tried to reach (record of staff).
    Tried,
    /// How often what is owed comes round, by the choice's own `every`; a choice without one means once (choice).
    Recurs,
    /// When a visit or shift begins (time).
    VisitFrom,
    /// When it ends (time).
    VisitUntil,
    /// What kind of visit or shift it is (choice or choices).
    VisitKind,
    /// Whose worker was to come (record of organisations).
    Provider,
    /// Who comes instead (text). A step that leads back to the pathway's first state takes it back.
    CoveredBy,
    /// From which organisation they come (record of organisations).
    CoveredFrom,
    /// An organisation that somebody relies on (record of organisations).
    ReliedOn,
    /// For what (text). Beside a person in a table: that this person relies on the organisation at hand.
    ReliedFor,
    /// What kind of service an outside organisation gives (choice).
    ServiceGiven,
    /// How much hangs on an arrangement with an organisation (choice).
    Tier,
    /// A part of the plan for when an organisation does not come (notes, text, date or evidence).
    Contingency,
    /// The number of the paper slip from which something is entered (text).
    Slip,
    /// The numbers of the slips of a pad (text).
    SlipsIssued,
    /// Numbers that are void and will never be entered (text).
    SlipsVoid,
    /// The number of the next blank slip of a pad (text).
    SlipsBlank,
    /// Where what stands in the same row was taken from (text): filled in with what is offered from the record.
    TakenFrom,
    /// How a person communicates (notes).
    Communication,
    /// Who pays for a person's care (record of organisations).
    Commissioner,
    /// A person's medicines, and who sees to them (notes or text).
    Medicines,
    /// Who at the regulator is answerable for a location (text).
    RelationshipHolder,
    /// Who at the regulator leads for the provider, by how many locations it has (choice): each choice says from how many
    /// on it holds (`at_least`), one that follows from nothing else stands over them wherever it is chosen.
    CorporateLead,
    /// The name of that lead (text).
    CorporateLeadName,
    /// Numbers of slips of a pad whose page is printed once more (text).
    SlipsReprinted,
    /// Whether it is treated as a complaint (yes/no).
    Complaint,
    /// How an effect that was meant came out, from 1, much worse, to 5, much better (number); the field's id says which.
    Effect,
    /// Who of ours everything in the case goes through from now on: the case is theirs (staff).
    Lead,
    /// How many or how much of something there was, or is to be: `counts` says of what, by the list `counted`, so that the
    /// same is summed over every pathway. Left blank it was not counted; 0 is an answer (number).
    Counted,
    /// What the number in the same row counts, by the list `counted` (choice).
    Counts,
    /// What a matter is about, by the list of themes (choices).
    Theme,
    /// Which regulation or statement the record shows something about (choices).
    Regulation,
    /// What an escalation is meant to keep or better: each is asked about at its end (choices).
    EffectMeant,
    /// What whoever rang was told came of it (notes).
    CameOfIt,
    /// Whether somebody has what was sent or said to them (yes/no).
    Receipt,
    /// Whether somebody saw it early and said so: it goes to learning (yes/no).
    GoodCatch,
    /// Whose decision is looked back at (staff).
    Judged,
    /// Whether it was in proportion, from 1, far from it, to 5 (number).
    Proportion,
    /// Whether it came at the right time, from 1 to 5 (number).
    Timing,
    /// Whether it was of use, from 1 to 5 (number).
    Use,
    /// What we do or know now that we did not before (notes).
    Learned,
    /// Who sees it otherwise than what is done (text or an organisation).
    Dissenter,
    /// What somebody says who sees it otherwise; where it is only asked whether anybody does, yes or no and why (notes or
    /// yes/no). Beside it stands what is done meanwhile (`immediate_action`): it holds nothing up.
    Dissent,
    /// What one of ours said of a case when they were asked, before they looked at its record (notes).
    StaffSaid,
    /// What an interim control achieved, said once it has ended (notes).
    ControlAchieved,
    /// Whose decision it is, that is passed on or shared: one of ours, or whoever answers for it elsewhere (staff or text).
    DecisionOwner,
    /// Who shared in a decision, each with their part (rows or text).
    SharedIn,
    /// Who did not agree to a decision that stands in the same row, and why (text).
    Disagreed,
    /// Decisions, a row for each (rows).
    Decisions,
    /// What was decided, in the row of a table (text).
    Decided,
    /// Who outside takes part in the matter, each with their part (rows).
    TakesPart,
    /// Whether the note was written in the same visit in which it was seen (yes/no).
    SameVisit,
    /// Who of ours everything with an organisation goes through (staff).
    LeadFor,
    /// The number under which the regulator registered a place or its provider (text).
    Registration,
    /// Who is answerable for a place to the regulator (record of staff).
    Responsible,
    /// On which grounds an organisation is to do less for us, or nothing more (choices).
    Grounds,
}

impl Means {
    /// Whether it names what a new case and the one from which it is begun are about alike: whom, where, who owes what.
    /// Everything else that is taken over answers another question, and is looked at before it is saved.
    pub fn is_of_the_record(self) -> bool {
        matches!(
            self,
            Self::Subject
                | Self::Place
                | Self::Provider
                | Self::Obligor
                | Self::Contacted
                | Self::Promise
                | Self::CarriesOn
                | Self::Due
        )
    }

    /// Whether it says a decision: a way to go, a level, a decision by name, a row of decisions, whose one is.
    pub fn decides(self) -> bool {
        matches!(
            self,
            Means::Route | Means::Decision | Means::EscalationLevel | Means::Decisions | Means::DecisionOwner
        )
    }

    /// Whether it says what a member of staff may do: roles, and for whom they act.
    pub fn gives_leave(self) -> bool {
        matches!(self, Means::Roles | Means::RoleAt | Means::ActingFor)
    }
}
