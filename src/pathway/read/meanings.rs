//! Which kinds of field a meaning can stand on, and how often in one step. Rules, measures and queues rely on both,
//! so a definition that breaks them is refused.

use super::names::name;
use crate::pathway::definition::{Kind, Means};

impl Means {
    /// The meaning as it is written in a file.
    pub fn name(self) -> String {
        name(&self)
    }

    /// The kinds of field it can stand on, as they are written in a file. For records: of these registers.
    pub fn kinds(self) -> &'static [&'static str] {
        match self {
            Means::Occurred
            | Means::ObservedAt
            | Means::ReportedAt
            | Means::EmergencyAt
            | Means::SeenAt
            | Means::ToldAt
            | Means::SeesNextAt
            | Means::WhereaboutsSince
            | Means::ActsFrom
            | Means::ActsUntil
            | Means::SlotFrom
            | Means::SlotUntil
            | Means::VisitFrom
            | Means::VisitUntil
            | Means::WasDue => &["time"],
            Means::Observation
            | Means::ImmediateAction
            | Means::Rationale
            | Means::PersonView
            | Means::Shared
            | Means::Purpose
            | Means::WithoutConsent
            | Means::Advice
            | Means::Impact
            | Means::Summary
            | Means::NextStep
            | Means::Usual
            | Means::Communication
            | Means::CameOfIt
            | Means::Learned
            | Means::StaffSaid
            | Means::ControlAchieved
            | Means::Medicines => &["notes", "text"],
            Means::Dissent => &["notes", "text", "yes_no"],
            Means::Dissenter => &["text", "contact"],
            Means::Counted | Means::SampleSize | Means::SamplePercent => &["number"],
            Means::Headline
            | Means::AdviceSought
            | Means::Caller
            | Means::CallBack
            | Means::NoteReference
            | Means::VisitReference
            | Means::Promise
            | Means::IfNoBetter
            | Means::Control
            | Means::SeenBy
            | Means::SeesNext
            | Means::ToldName
            | Means::Name
            | Means::LikedName
            | Means::NhsNumber
            | Means::Room
            | Means::Code
            | Means::Phone
            | Means::OutOfHours
            | Means::WhereaboutsDetail
            | Means::Hours
            | Means::CoveredBy
            | Means::ReliedFor
            | Means::MeasureBefore
            | Means::MeasureAfter
            | Means::Slip
            | Means::SlipsIssued
            | Means::SlipsVoid
            | Means::SlipsReprinted
            | Means::SlipsBlank
            | Means::TakenFrom
            | Means::Disagreed
            | Means::Decided
            | Means::RelationshipHolder
            | Means::Registration
            | Means::CorporateLeadName => &["text"],
            Means::Risk
            | Means::Means
            | Means::ContactOutcome
            | Means::ToldHow
            | Means::Basis
            | Means::Decision
            | Means::Closure
            | Means::ControlKind
            | Means::Dependency
            | Means::EscalationLevel
            | Means::EscalatedTo
            | Means::OrganisationType
            | Means::ServiceType
            | Means::Gender
            | Means::Whereabouts
            | Means::Settle
            | Means::Duty
            | Means::ServiceGiven
            | Means::Tier
            | Means::Counts
            | Means::Recurs
            | Means::CorporateLead => &["choice"],
            Means::Trigger
            | Means::SoftSign
            | Means::Roles
            | Means::Theme
            | Means::Regulation
            | Means::Grounds
            | Means::EffectMeant => &["choices"],
            Means::Route => &["choices", "choice"],
            Means::Subject => &["person", "staff", "contact", "location", "record"],
            Means::Score => &["score"],
            Means::Effect | Means::Proportion | Means::Timing | Means::Use => &["number"],
            Means::Place => &["location"],
            Means::Emergency => &["choice", "choices", "yes_no"],
            Means::DecidedBy
            | Means::ActedFor
            | Means::OnDuty
            | Means::Tried
            | Means::Lead
            | Means::Judged
            | Means::LeadFor
            | Means::Responsible => &["staff"],
            Means::DecisionOwner => &["staff", "text"],
            Means::SharedIn => &["rows", "text"],
            Means::Owner => &["staff", "choice"],
            Means::VisitKind => &["choice", "choices"],
            Means::ReadBack
            | Means::CareChanged
            | Means::AdviceFollowed
            | Means::ControlsSafe
            | Means::Complaint
            | Means::GovernanceNeeded
            | Means::Receipt
            | Means::GoodCatch
            | Means::SameVisit
            | Means::DoNotInform
            | Means::EarlyEscalation => &["yes_no"],
            Means::Contacted
            | Means::Commissioner
            | Means::Provider
            | Means::CoveredFrom
            | Means::ReliedOn => &["contact"],
            Means::Obligor => &["contact", "staff", "choice"],
            Means::Due | Means::ControlReviewBy => &["by_when", "time"],
            Means::Told => &["choice", "choices", "person", "staff", "contact"],
            Means::CareEvidence => &["evidence"],
            Means::CarriesOn => &["owed"],
            Means::ClosureEvidence => &["evidence", "notes"],
            Means::Born | Means::PeriodFrom | Means::PeriodUntil => &["date"],
            Means::Alert => &["rows", "text", "choice", "yes_no"],
            Means::Restricted => &["rows", "yes_no", "choices", "staff"],
            Means::Representative
            | Means::Agreed
            | Means::Contacts
            | Means::RoleAt
            | Means::ActingFor
            | Means::Decisions
            | Means::TakesPart => &["rows"],
            Means::WhyLower => &["text", "notes"],
            Means::Contingency => &["notes", "text", "date", "evidence"],
            Means::WhereaboutsUntil => &["by_when", "time", "date"],
        }
    }

    /// Whether every field of it counts, however many stand in a step: all are read together.
    pub fn gathered(self) -> bool {
        matches!(
            self,
            Means::Alert
                | Means::Contingency
                | Means::Counted
                | Means::EarlyEscalation
                | Means::Effect
                | Means::Restricted
                | Means::Score
        )
    }

    /// Whether it can stand only once in a step (or among the columns of one table). The others may stand once in
    /// each group of fields.
    pub fn once(self) -> bool {
        !matches!(
            self,
            Means::Observation
                | Means::ImmediateAction
                | Means::Emergency
                | Means::Advice
                | Means::Obligor
                | Means::Promise
                | Means::IfNoBetter
                | Means::Due
                | Means::Told
                | Means::ToldName
                | Means::ToldHow
                | Means::ToldAt
                | Means::Control
                | Means::ControlKind
                | Means::ControlReviewBy
                | Means::ClosureEvidence
                | Means::NextStep
                | Means::Phone
                | Means::OutOfHours
                | Means::Alert
                | Means::Representative
        )
    }
}

impl Kind {
    /// The kind as it is written in a file.
    pub fn name(&self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::Notes => "notes",
            Kind::Number { .. } => "number",
            Kind::Choice(_) => "choice",
            Kind::Choices(_) => "choices",
            Kind::YesNo { .. } => "yes_no",
            Kind::Date => "date",
            Kind::Time { .. } => "time",
            Kind::ByWhen => "by_when",
            Kind::Record { register, .. } => match register.as_str() {
                "people" => "person",
                "staff" => "staff",
                "organisations" => "contact",
                "locations" => "location",
                _ => "record",
            },
            Kind::Checklist { .. } => "checklist",
            Kind::Rows { .. } => "rows",
            Kind::Tree(_) => "tree",
            Kind::Score(_) => "score",
            Kind::Evidence => "evidence",
            Kind::Owed => "owed",
        }
    }
}
