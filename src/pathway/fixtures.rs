//! A small pathway and its entries, made by hand for the tests of this folder.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::calendar::Calendar;
use super::definition::*;
use super::due::{Length, Rule, Unit};
use super::edition::{Edition, Editions};
use super::late::WorkingPeriods;
use super::own_or::OwnOr;
use super::vague::{SHIPPED, Vague};
use crate::domain::act::Act;
use crate::domain::answer::{Answer, Answers, ByWhen, Named, When, YesNo};
use crate::domain::case::Milestone;
use crate::domain::entry::{Entry, Method, RegisterThen, Said, StepSaid, Who};
use crate::domain::ids::{CaseId, CommitmentId, EntryId, Hash32};
use crate::domain::owning::DUTY_DESK;
use crate::domain::permission::Roles;
use crate::domain::time::Zone;

pub(super) fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().with_timezone(&Utc)
}

pub(super) fn london() -> Zone {
    Zone::parse("Europe/London").unwrap()
}

pub(super) fn rule(count: u32, unit: Unit) -> Rule {
    Rule::Length(Length { count, unit })
}

pub(super) fn field(id: &str, kind: Kind) -> Field {
    Field::plain(id, &id.replace('_', " "), kind)
}

impl Field {
    pub(super) fn meaning(self, means: Means) -> Self {
        Field { means: Some(means), ..self }
    }
}

pub(super) fn choice(id: &str) -> Choice {
    Choice::plain(id, &id.to_uppercase(), id.chars().next().unwrap())
}

pub(super) fn step(id: &str) -> Step {
    Step { verb: id.into(), roles: vec!["anyone".into()], ..Step::plain(id, &id.to_uppercase(), Vec::new()) }
}

pub(super) fn then(step: &str, by: &str, within: Owing) -> Then {
    Then {
        step: step.into(),
        pathway: None,
        title: String::new(),
        by: by.into(),
        within,
        from: From::Occurred,
        warn: None,
        eased_by: None,
        same: None,
        with: Vec::new(),
        or_said: None,
        latest: false,
        first: false,
        once: false,
        each: None,
        when: None,
    }
}

pub(super) fn is(field: &str, any: &[&str]) -> Predicate {
    Predicate::Is { step: None, field: field.into(), any: any.iter().map(|id| (*id).to_owned()).collect() }
}

fn hours(count: u32) -> Owing {
    Owing::Within(rule(count, Unit::Hours))
}

fn promises(id: &str, title: &str, words: Means, by: Means, control: bool) -> Field {
    let columns = vec![
        field("what", Kind::Text).meaning(words).required(),
        field("by", Kind::ByWhen).meaning(by).required(),
    ];
    let opens = Opens {
        cover: false,
        title: title.into(),
        warn: Some(rule(30, Unit::Minutes)),
        chase: rule(4, Unit::Hours),
        owner: "duty_coordinator".into(),
        control,
        ours: false,
        goes_on: false,
        latest: false,
        when: None,
    };
    Field { opens: Some(opens), ..field(id, Kind::Rows { columns, from: None }) }
}

/// Call, decide, liaise, chase, confirm, review, close: enough of an urgent call to hold the rules to.
pub(super) fn pathway() -> Pathway {
    let risks = Kind::Choice(["red", "amber", "green"].map(choice).into());
    let routes = Kind::Choices(["gp", "family", "none"].map(choice).into());
    let organisation = || Kind::Record { register: "organisations".into(), on_the_spot: true };
    let by_risk = Rule::ByChoice {
        field: "risk".into(),
        rules: BTreeMap::from([
            ("red".into(), rule(5, Unit::Minutes)),
            ("amber".into(), rule(15, Unit::Minutes)),
        ]),
        otherwise: Some(Box::new(rule(60, Unit::Minutes))),
    };
    let review_within =
        Then { from: From::Step("call.at".into()), ..then("review", "registered_manager", hours(24)) };
    let week = toml_every("week");
    let call = Step {
        opens: true,
        incomplete: Some(Then {
            title: "Complete the call".into(),
            ..then("call", "duty_coordinator", hours(1))
        }),
        milestones: vec![
            (Milestone::Called, None),
            (Milestone::Observed, Some(Predicate::Answered { step: None, field: "changed".into() })),
        ],
        fields: vec![
            field("caller", Kind::Text).meaning(Means::Caller),
            Field { quoted: true, ..field("changed", Kind::Notes).meaning(Means::Observation).required() },
            field("risk", risks).meaning(Means::Risk).required(),
            field("observed_at", Kind::Time { future: false }).meaning(Means::ObservedAt),
        ],
        then: vec![
            then("decision", "decision_holder", Owing::Within(by_risk)),
            then("review", "registered_manager", hours(24)),
        ],
        ..step("call")
    };
    let emergency = Step {
        safety: true,
        repeat: true,
        milestones: vec![(Milestone::Emergency, None)],
        ..step("emergency")
    };
    let decision = Step {
        typed_for: vec!["duty_coordinator".into()],
        decides: true,
        milestones: vec![(Milestone::Decided, None)],
        fields: vec![
            field("route", routes).meaning(Means::Route).required(),
            field("rationale", Kind::Notes).meaning(Means::Rationale).required(),
        ],
        then: vec![
            Then { when: Some(is("route", &["gp"])), ..then("liaise", "duty_coordinator", hours(1)) },
            then("weekly", "registered_manager", Owing::Every(week)),
            review_within,
        ],
        to: Some("decided".into()),
        ..step("decision")
    };
    let liaise = Step {
        repeat: true,
        needs: vec![Gate {
            holds: Predicate::Recorded { step: "decision".into(), since: Vec::new() },
            say: "Decide first".into(),
        }],
        milestones: vec![
            (Milestone::Contacted, None),
            (Milestone::Advised, Some(Predicate::Answered { step: None, field: "advice".into() })),
        ],
        fields: vec![
            field("contacted", organisation()).meaning(Means::Contacted).required(),
            field("advice", Kind::Notes).meaning(Means::Advice),
            promises("promises", "Promise", Means::Promise, Means::Due, false),
            promises("controls", "Review: {what}", Means::Control, Means::ControlReviewBy, true),
        ],
        ..step("liaise")
    };
    let chase = Step {
        on: vec!["liaise.promises".into()],
        does: Some(Does::Supersede),
        fields: vec![field("by", Kind::ByWhen).meaning(Means::Due)],
        ..step("chase")
    };
    let confirm = Step {
        on: vec!["liaise.promises".into()],
        does: Some(Does::Confirm),
        fields: vec![field("seen", Kind::Evidence).required()],
        ..step("confirm")
    };
    let review = Step {
        from: vec!["open".into(), "decided".into(), "closed".into()],
        milestones: vec![
            (Milestone::Reviewed, None),
            (Milestone::CareChanged, Some(is("changed", &["yes"]))),
        ],
        fields: vec![
            field("changed", Kind::YesNo { why: WhyAsked::No }).meaning(Means::CareChanged).required(),
            field("governance", Kind::YesNo { why: WhyAsked::Yes }).meaning(Means::GovernanceNeeded),
        ],
        then: vec![Then {
            pathway: Some("governance".into()),
            title: "Delay".into(),
            when: Some(is("governance", &["yes"])),
            ..then("item", "registered_manager", hours(72))
        }],
        ..step("review")
    };
    let weekly = Step { repeat: true, ..step("weekly") };
    let close = Step {
        closes: Some(Some(is("outcome", &["close"]))),
        to: Some("closed".into()),
        repeat: true,
        fields: vec![
            field("outcome", Kind::Choice(["close", "keep"].map(choice).into()))
                .meaning(Means::Closure)
                .required(),
        ],
        ..step("close")
    };
    Pathway {
        id: "urgent".into(),
        title: "Urgent call".into(),
        subject: Some("people".into()),
        register: false,
        reference: "U".into(),
        urgent: true,
        escalates: false,
        list: None,
        handover: None,
        owner: DUTY_DESK.into(),
        reviews: false,
        expected: false,
        kept_to: Vec::new(),
        begun_from: Vec::new(),
        idle: None,
        begin_key: None,
        takes_actions: false,
        states: [("open", false), ("decided", false), ("closed", true)]
            .map(|(id, closed)| State {
                id: id.into(),
                title: id.into(),
                closed,
                handover: None,
                caution: false,
            })
            .into(),
        steps: vec![call, emergency, decision, liaise, chase, confirm, review, weekly, close],
    }
}

pub(super) fn governance() -> Pathway {
    let item = Step {
        opens: true,
        fields: vec![
            field("headline", Kind::Text).meaning(Means::Headline),
            field("what", Kind::Notes).required(),
        ],
        ..step("item")
    };
    Pathway { id: "governance".into(), subject: None, steps: vec![item], ..pathway() }
}

pub(super) fn toml_every(text: &str) -> super::due::Every {
    use serde::Deserialize as _;
    use serde::de::value::{Error, StrDeserializer};
    super::due::Every::deserialize(StrDeserializer::<Error>::new(text)).unwrap()
}

pub(super) fn edition() -> Arc<Edition> {
    Arc::new(Edition {
        id: Hash32([7; 32]),
        files: OwnOr::of(Some(BTreeMap::new()), || unreachable!("it has its own")),
        pathways: [pathway(), governance()].map(Arc::new).into_iter().collect(),
        roles: Roles::default(),
        targets: BTreeMap::new(),
        target_notes: BTreeMap::new(),
        working_periods: WorkingPeriods::default(),
        calendar: Calendar::england(),
        vague: Vague::load(SHIPPED).unwrap(),
        clocks: super::clocks::shipped().clone(),
        signs: super::signs::shipped().clone(),
        audit: super::read::audit::shipped().clone(),
        retention: OwnOr::of(Some(Retention::default()), super::read::retention::shipped),
        tags: OwnOr::of(None, super::read::tags::shipped),
    })
}

pub(super) fn editions() -> Editions {
    Editions::new(edition())
}

/// Entries of one case, as the ledger would hand them out.
pub(super) struct Ledger {
    pub entries: Vec<Entry>,
    pub now: DateTime<Utc>,
}

impl Ledger {
    pub fn new() -> Self {
        Self { entries: Vec::new(), now: at("2026-11-21T21:00:00Z") }
    }

    pub fn case(&self) -> Option<CaseId> {
        self.entries.first().map(|entry| entry.id.into())
    }

    fn add(&mut self, said: Said) -> EntryId {
        let seq = self.entries.len() as u64 + 1;
        let id = EntryId(Uuid::from_u128(0x1000 + u128::from(seq)));
        let who = Who { by: None, typed_by: None, method: Method::Asserted };
        self.entries.push(Entry {
            seq,
            id,
            case: self.case().or(Some(id.into())),
            subject: None,
            occurred: When::exact(self.now),
            reported_at: None,
            recorded_at: self.now,
            offset_minutes: 0,
            who,
            said,
            register: RegisterThen::default(),
            leave: Default::default(),
            hash: Hash32([0; 32]),
        });
        self.now += TimeDelta::minutes(10);
        id
    }

    pub fn step(&mut self, step: &str, answers: Answers) -> EntryId {
        self.step_on(step, answers, None)
    }

    pub fn step_on(&mut self, step: &str, answers: Answers, on: Option<CommitmentId>) -> EntryId {
        self.add(Said::Step(StepSaid {
            pathway: "urgent".into(),
            step: step.into(),
            edition: Hash32([7; 32]),
            on,
            answers,
            why_late: None,
            cleared: Default::default(),
        }))
    }

    pub fn act(&mut self, act: Act) -> EntryId {
        self.add(Said::Act(act))
    }

    pub fn act_by(&mut self, by: CaseId, act: Act) -> EntryId {
        let id = self.act(act);
        (self.last().who.by, self.last().who.typed_by) = (Some(by), Some(by));
        id
    }

    pub fn amend(&mut self, entry: EntryId, answers: Answers) -> EntryId {
        self.act(Act::Amend { entry, answers, occurred: None, reason: "misheard".into() })
    }

    pub fn last(&mut self) -> &mut Entry {
        self.entries.last_mut().unwrap()
    }
}

pub(super) fn text(words: &str) -> Answer {
    Answer::Text(words.into())
}

pub(super) fn call(risk: &str) -> Answers {
    Answers::from([
        ("changed".into(), text("Hard to rouse since tea")),
        ("risk".into(), Answer::Choice(risk.into())),
    ])
}

pub(super) fn decision(route: &str) -> Answers {
    Answers::from([
        ("route".into(), Answer::Choices(vec![route.into()])),
        ("rationale".into(), text("Breathing normally, rousable")),
    ])
}

pub(super) fn by(time: &str) -> Answer {
    Answer::ByWhen(ByWhen::At(When::exact(at(time))))
}

pub(super) fn row(what: &str, by: Answer) -> Answers {
    Answers::from([("what".into(), text(what)), ("by".into(), by)])
}

pub(super) fn liaise(promises: Vec<Answers>) -> Answers {
    Answers::from([
        ("contacted".into(), Answer::Named(Named { id: None, words: "Dr ZZ, The Elms".into() })),
        ("advice".into(), text("Visit this evening")),
        ("promises".into(), Answer::Rows(promises)),
    ])
}

pub(super) fn yes_no(is: YesNo, why: &str) -> Answer {
    Answer::YesNo { is, why: why.into() }
}
