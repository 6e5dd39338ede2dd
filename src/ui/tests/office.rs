//! An office of pretend people at 21:04 on Saturday 21-Nov-2026, by hand: what the screens' drawings show.

mod form;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use uuid::Uuid;

use crate::app::board::BoardLayer;
use crate::app::{App, CaseLayer, Layer, Load, Request, Size, You};
use crate::domain::answer::{Answer, Named, When, YesNo};
use crate::domain::case::{CaseState, Facts, Level, Milestone};
use crate::domain::commitment::{Commitment, DueRule, Party, Progress};
use crate::domain::draft::DraftRow;
use crate::domain::entry::{Entry, Method, Said, StepSaid, Who};
use crate::domain::ids::{CaseId, CommitmentId, DraftId, EntryId, Hash32};
use crate::domain::permission::Viewer;
use crate::domain::rota::{Person, Rota, Taken};
use crate::domain::search::{Found, Group, Hit, Kind, Piece, Results, Why};
use crate::domain::time::Zone;
use crate::domain::views::{
    Amendment, Board, CallRow, CaseRow, CaseView, More, Moved, Office, OwedRow, Page, PersonView, RecordRow,
    Told,
};
use crate::pathway::edition::{Edition, Editions};

pub use form::face;

pub fn now() -> DateTime<Utc> {
    at("2026-11-21T21:04:00Z")
}

pub fn zone() -> Zone {
    Zone::parse("Europe/London").expect("a zone that exists")
}

pub fn at(time: &str) -> DateTime<Utc> {
    time.parse().expect("a time written by hand")
}

fn today(clock: &str) -> DateTime<Utc> {
    at(&format!("2026-11-21T{clock}:00Z"))
}

pub fn case_id(number: u128) -> CaseId {
    CaseId(Uuid::from_u128(number))
}

pub fn app() -> App {
    let editions = Editions::new(Edition::built_in());
    let mut app = App::new(now(), zone(), editions, Vec::new(), Size { columns: 120, rows: 40 });
    app.layers =
        vec![Layer::Board(BoardLayer { data: Load::Ready(board().into()), ..BoardLayer::default() })];
    app.you = Some(You {
        staff: case_id(90),
        name: "P. SHAH".to_owned(),
        role: "coordinator".to_owned(),
        viewer: Viewer::system(),
        method: Method::Asserted,
        has_secret: false,
    });
    app
}

pub fn quill() -> RecordRow {
    RecordRow {
        born: NaiveDate::from_ymd_opt(1941, 3, 14),
        nhs: Some("9990000018".to_owned()),
        room: Some("flat 4".to_owned()),
        alerts: vec!["DNACPR, hall".to_owned(), "penicillin".to_owned()],
        more: More {
            gender: Some("Female".to_owned()),
            may_be_told: vec!["Hannah Quill (daughter, everything)".to_owned()],
            ..More::default()
        },
        ..person_record(1, "QUILL, Theresa", "QUILL, T.")
    }
}

pub fn similar_quill() -> RecordRow {
    RecordRow {
        born: NaiveDate::from_ymd_opt(1938, 7, 2),
        nhs: Some("9990000107".to_owned()),
        room: Some("flat 9".to_owned()),
        ..person_record(2, "QUILL, Thomas", "QUILL, T.")
    }
}

/// What a search for her and a word found.
pub fn found() -> Results {
    let row = |number, reference: &str, headline: &str, closed| CaseRow {
        id: case_id(number),
        reference: reference.to_owned(),
        pathway: "urgent".to_owned(),
        subject: Some(quill()),
        said_of: String::new(),
        state: "open".to_owned(),
        closed,
        opened_at: at(if closed { "2026-10-02T08:11:00Z" } else { "2026-11-21T21:02:00Z" }),
        headline: Some(headline.to_owned()),
        risk: Some("red".to_owned()),
        level: level(if closed { "green" } else { "red" }),
        owed: 3,
        kind: if closed { "Urgent call, closed" } else { "Urgent call, undecided" }.to_owned(),
        next: None,
    };
    let piece = |text: &str, marked| Piece { text: text.to_owned(), marked };
    let said = |quote| Why::Said {
        entry: EntryId(Uuid::from_u128(9)),
        title: "Urgent communication log".to_owned(),
        quote,
    };
    let hit = |found, why| Hit { found, why };
    let surgery = RecordRow {
        register: "organisations".to_owned(),
        phone: Some("01632 960118".to_owned()),
        place: None,
        ..person_record(70, "The Elms Surgery", "The Elms Surgery")
    };
    let group = |kind, hits, more| Group { kind, hits, more };
    Results {
        is_bounded: false,
        groups: vec![
            group(
                Kind::People,
                vec![
                    hit(Found::Record(quill()), said(vec![piece("hard to ", false), piece("rouse", true)])),
                    hit(Found::Record(similar_quill()), Why::Nearly),
                ],
                false,
            ),
            group(
                Kind::Open,
                vec![hit(
                    Found::Case(row(101, "U-1187", "hard to rouse", false)),
                    said(vec![
                        piece("Drowsy since lunch and hard to ", false),
                        piece("rouse", true),
                        piece("; ate nothing, drank a little, says that her chest hurts when she…", false),
                    ]),
                )],
                true,
            ),
            group(
                Kind::Records("organisations".to_owned()),
                vec![hit(Found::Record(surgery), Why::Itself)],
                false,
            ),
            group(
                Kind::Closed,
                vec![hit(Found::Case(row(102, "U-871", "skin tear", true)), Why::About)],
                false,
            ),
        ],
    }
}

pub fn person_record(number: u128, name: &str, short: &str) -> RecordRow {
    RecordRow {
        id: case_id(number),
        register: "people".to_owned(),
        name: name.to_owned(),
        short: short.to_owned(),
        born: None,
        nhs: None,
        room: None,
        location: None,
        place: Some("Rowan House".to_owned()),
        phone: None,
        alerts: Vec::new(),
        do_not_inform: false,
        code: None,
        more: Default::default(),
        answers: BTreeMap::new(),
    }
}

fn owed(number: u128, what: &str, obligor: &str, due: DateTime<Utc>) -> Commitment {
    let entry = EntryId(Uuid::from_u128(500 + number));
    Commitment {
        id: CommitmentId { entry, place: "then.decision".to_owned() },
        case: case_id(100 + number),
        what: what.to_owned(),
        step: None,
        opened_in: None,
        obligor: Party::Outside(Named { id: None, words: obligor.to_owned() }),
        owner: Party::Role("on_call_manager".to_owned()),
        opened_by: entry,
        started: due - TimeDelta::hours(2),
        due,
        warn_from: Some(due - TimeDelta::minutes(5)),
        rule: DueRule::Promised,
        progress: Progress::Requested,
        settled_by: None,
        superseded_by: None,
        supersedes: None,
        chased: 0,
        last_chased: None,
        control: YesNo::No,
        easing: None,
        acknowledged: Vec::new(),
        same: None,
        meets: None,
        first: false,
        cover: false,
        every: None,
        holding: Default::default(),
    }
}

/// A level of the shipped definitions.
fn level(risk: &str) -> Option<Level> {
    let weight = [("red", 8), ("amber", 5), ("green", 2)].into_iter().find(|(id, _)| *id == risk)?.1;
    Some(Level { label: risk.to_uppercase(), weight })
}

type Call<'a> = (&'a str, &'a str, &'a str, &'a str, bool, Option<Commitment>);

/// A call that somebody began and holds open.
pub fn unfinished(number: u128) -> DraftRow {
    DraftRow {
        ask: None,
        id: DraftId(Uuid::from_u128(700 + number)),
        step: "Urgent communication log".to_owned(),
        pathway: "urgent".to_owned(),
        whose: String::new(),
        staff: None,
        opened_at: today("21:03"),
        kept_at: today("21:03"),
        about: String::new(),
        call_back: "07700 900118".to_owned(),
        call: true,
        waits: false,
        held: true,
        wanted: false,
    }
}

fn call(number: u128, (clock, risk, name, headline, closed, next): Call<'_>) -> CallRow {
    let mut milestones = BTreeMap::from([(Milestone::Called, When::exact(today(clock)))]);
    if number == 1 {
        milestones.insert(Milestone::Emergency, When::exact(today("21:02")));
    } else {
        milestones.insert(Milestone::Decided, When::exact(today(clock)));
    }
    let short = format!("{}.", name.split_at(name.find(' ').unwrap_or(0) + 2).0);
    CallRow {
        said_of: String::new(),
        eyes: None,
        case: case_id(100 + number),
        reference: format!("U-{}", 1188 - number),
        subject: Some(if number == 1 { quill() } else { person_record(number, name, &short) }),
        called: When::exact(today(clock)),
        facts: Facts {
            milestones,
            risk: Some(risk.to_owned()),
            level: level(risk),
            headline: Some(headline.to_owned()),
            caller: Some("WQ, carer".to_owned()),
            call_back: Some("07700 900118".to_owned()),
            seen: (number == 1).then(|| ("WQ".to_owned(), When::exact(now()))),
            sees_next: (number == 1).then(|| ("the crew".to_owned(), None)),
            ..Facts::default()
        },
        missing: u32::from(number == 1),
        closed,
        next_rank: 4,
        next,
        version: 40,
    }
}

fn owed_row(number: u128, name: &str, short: &str, commitment: Commitment) -> OwedRow {
    let obligor = match &commitment.obligor {
        Party::Outside(named) => named.words.clone(),
        _ => String::new(),
    };
    OwedRow {
        said_of: String::new(),
        seen_by: Vec::new(),
        eyes: None,
        linked: Vec::new(),
        ask: None,
        commitment,
        pathway: "urgent".to_owned(),
        reference: format!("U-{}", 1188 - number),
        subject: Some(person_record(number, name, short)),
        rank: 4,
        obligor,
        owner: "OKAFOR, A.".to_owned(),
        owner_short: "OKAFOR, A.".to_owned(),
        risk: Some("amber".to_owned()),
        level: level("amber"),
        alarm: String::new(),
        headline: Some("wound worse, smell".to_owned()),
        controls: Vec::new(),
        phone: Some("01632 960 001".to_owned()),
        rang: None,
        offered_to: None,
        names: Default::default(),
        location: None,
        version: 41,
    }
}

pub fn board() -> Board {
    let decision = owed(1, "decision", "A. OKAFOR", today("21:07"));
    let calls = vec![
        call(1, ("21:02", "red", "QUILL, Theresa", "hard to rouse", false, Some(decision.clone()))),
        call(
            2,
            (
                "20:31",
                "amber",
                "OAKES, Bernard",
                "wound worse, smell",
                false,
                Some(owed(2, "GP calls back", "The Elms", today("20:50"))),
            ),
        ),
        call(
            3,
            (
                "19:47",
                "amber",
                "FENN, Ruth",
                "refused insulin",
                false,
                Some(owed(3, "111 calls back", "NHS 111", today("21:30"))),
            ),
        ),
        call(4, ("18:12", "green", "MARSH, Dilys", "call moved to 19:00", true, None)),
        call(5, ("16:40", "green", "HALE, Ivor", "new pressure cushion", true, None)),
    ];
    let escalations = vec![
        owed_row(2, "OAKES, Bernard", "OAKES, B.", owed(2, "GP calls back", "The Elms", today("20:50"))),
        owed_row(1, "QUILL, Theresa", "QUILL, T.", decision),
        owed_row(3, "FENN, Ruth", "FENN, R.", owed(3, "111 calls back", "NHS 111", today("21:30"))),
        owed_row(
            6,
            "FENN, Ruth",
            "FENN, R.",
            owed(6, "24 h review", "Registered Manager", at("2026-11-22T19:47:00Z")),
        ),
    ];
    let chased = Commitment {
        chased: 2,
        last_chased: Some(at("2026-11-19T10:00:00Z")),
        ..owed(7, "wound review", "District nursing", at("2026-11-16T12:00:00Z"))
    };
    let mut nursing = owed_row(7, "OAKES, Bernard", "OAKES, B.", chased);
    nursing.controls = vec!["2 carers, review 22-Nov".to_owned()];
    let overdue = vec![
        nursing,
        owed_row(
            8,
            "FENN, Ruth",
            "FENN, R.",
            owed(8, "hoist", "Equipment store", at("2026-11-20T17:00:00Z")),
        ),
        owed_row(
            9,
            "MARSH, Dilys",
            "MARSH, D.",
            owed(9, "medicines review", "Dr ZZ, The Elms", today("18:00")),
        ),
        owed_row(
            10,
            "NASH, Olive",
            "NASH, O.",
            owed(10, "call about the door", "Social work duty", today("22:00")),
        ),
    ];
    Board {
        signs: Default::default(),
        ticking: Vec::new(),
        latest: None,
        not_yet: 0,
        sealed: false,
        seq: 41,
        recorded_at: Some(at("2026-11-21T21:02:12Z")),
        office: Office {
            name: "Rowan House".to_owned(),
            zone: "Europe/London".to_owned(),
            training: true,
            locations: 4,
            staff: 12,
        },
        calls: Page { total: 5, rows: calls },
        calls_today: 7,
        undecided: 1,
        escalations: Page { total: 4, rows: escalations },
        overdue: Page { total: 4, rows: overdue },
        drafts: Vec::new(),
        handovers: Vec::new(),
        handed: Vec::new(),
        rota: Arc::new(on_call()),
        to_confirm: 0,
        first: Vec::new(),
        services: BTreeMap::new(),
        slips: Default::default(),
        cautions: Vec::new(),
        uncovered: 0,
        unsigned: 0,
        guarded: false,
        barred: Vec::new(),
        denied: None,
        reader: Default::default(),
        to_countersign: 0,
        offered: 0,
    }
}

/// A. OKAFOR has taken the decision; nobody is planned for anything.
fn on_call() -> Rota {
    let (duty, staff) = ("decision_holder".to_owned(), case_id(91));
    let name = "A. OKAFOR".to_owned();
    Rota {
        taken: vec![Taken { duty, place: None, staff, since: today("20:00") }],
        people: BTreeMap::from([(staff, Person { name, ..Person::default() })]),
        ..Rota::default()
    }
}

fn told(number: u128, step: &str, occurred: DateTime<Utc>, recorded_at: DateTime<Utc>) -> Told {
    let said = "Only opens her eyes when I shout, one cup since lunch, leans to the left.";
    let said = StepSaid {
        pathway: "urgent".to_owned(),
        step: step.to_owned(),
        edition: Edition::built_in().id,
        on: None,
        answers: BTreeMap::from([("changed".to_owned(), Answer::Text(said.to_owned()))]),
        why_late: None,
        cleared: Default::default(),
    };
    let entry = Entry {
        seq: 40,
        id: EntryId(Uuid::from_u128(700 + number)),
        case: Some(case_id(101)),
        subject: Some(quill().id),
        occurred: When::exact(occurred),
        reported_at: None,
        recorded_at,
        offset_minutes: 0,
        who: Who { by: Some(case_id(90)), typed_by: Some(case_id(90)), method: Method::Asserted },
        said: Said::Step(said),
        register: Default::default(),
        leave: Default::default(),
        hash: Hash32([0; 32]),
    };
    Told {
        entry,
        occurred: When::exact(occurred),
        answers: None,
        amendments: Vec::new(),
        recorded_under: None,
        place_under: None,
        own_decision: false,
        missing: Vec::new(),
        late_entry: false,
        to_confirm: false,
        unsighted: false,
        unsigned: false,
        signed_by: None,
        source: None,
        second: None,
        taken_over: Vec::new(),
    }
}

/// The same, where the definitions that one of its entries was filled in on cannot be had.
pub fn case_without_labels() -> Layer {
    let Layer::Case(mut layer) = case() else { panic!("a case") };
    if let Load::Ready(view) = &mut layer.view
        && let Said::Step(said) = &mut view.chronology[0].entry.said
    {
        said.edition = Hash32([7; 32]);
    }
    Layer::Case(layer)
}

pub fn case() -> Layer {
    let call = call(1, ("21:02", "red", "QUILL, Theresa", "hard to rouse", false, None));
    let mut corrected = told(2, "liaise", today("21:10"), today("21:10"));
    corrected.answers = Some([("advice".to_owned(), Answer::Text("sit her up".to_owned()))].into());
    corrected.amendments = vec![Amendment {
        entry: EntryId(Uuid::from_u128(7)),
        by: Some(case_id(90)),
        at: now(),
        reason: "heard it wrong".to_owned(),
        before: [("advice".to_owned(), Answer::Text("lay her flat".to_owned()))].into(),
    }];
    let mut late = told(3, "call", today("19:40"), at("2026-11-22T07:55:00Z"));
    late.late_entry = true;
    late.to_confirm = true;
    let view = CaseView {
        said_of: String::new(),
        signs: Vec::new(),
        merged: None,
        past: Vec::new(),
        elsewhere: Vec::new(),
        duplicates: Vec::new(),
        reference: "U-1187".to_owned(),
        state: CaseState {
            shares: Vec::new(),
            contacts: Vec::new(),
            told: BTreeMap::new(),
            id: call.case,
            pathway: "urgent".to_owned(),
            subject: Some(quill().id),
            location: None,
            state: "open".to_owned(),
            closed: false,
            opened_at: now(),
            version: 40,
            facts: call.facts,
            answers: BTreeMap::new(),
            entries: Vec::new(),
            commitments: vec![
                owed(1, "decision", "A. OKAFOR", today("21:07")),
                owed(2, "GP calls back", "The Elms", today("20:50")),
                Commitment {
                    progress: Progress::Superseded,
                    ..owed(3, "nurse visit", "District nursing", today("20:00"))
                },
            ],
            holds: Vec::new(),
            links: Vec::new(),
            duplicates: Vec::new(),
            spoken_with: Default::default(),
            owner: Some(Party::Role("duty_coordinator_on_duty".to_owned())),
            holding: Default::default(),
        },
        subject: Some(quill()),
        chronology: vec![late, told(1, "call", today("21:02"), today("21:02")), corrected],
        owes: Vec::new(),
        about: Vec::new(),
        own: Vec::new(),
        relying: Vec::new(),
        others: vec![case_row()],
        names: BTreeMap::from([(case_id(90), "P. SHAH".to_owned())]),
    };
    let mut layer = CaseLayer::new(call.case, Request(1));
    layer.view = Load::Ready(view);
    Layer::Case(layer)
}

fn case_row() -> CaseRow {
    CaseRow {
        id: case_id(150),
        reference: "U-1150".to_owned(),
        pathway: "urgent".to_owned(),
        subject: Some(quill()),
        said_of: String::new(),
        state: "open".to_owned(),
        closed: false,
        opened_at: today("13:05"),
        headline: Some("fall, no injury seen".to_owned()),
        risk: Some("red".to_owned()),
        level: level("red"),
        owed: 2,
        kind: "Urgent call, decided".to_owned(),
        next: None,
    }
}

pub fn person() -> PersonView {
    PersonView {
        signs: Vec::new(),
        merged: None,
        duplicates: Vec::new(),
        record: quill(),
        cases: vec![case_row()],
        owed: vec![owed_row(
            1,
            "QUILL, Theresa",
            "QUILL, T.",
            owed(1, "decision", "A. OKAFOR", today("21:07")),
        )],
        moved: vec![Moved {
            case: case_id(9),
            reference: "U-1102".to_owned(),
            at: now(),
            by: "SHAH, Priya".to_owned(),
            reason: "it was QUILL, Thomas".to_owned(),
        }],
    }
}
