//! The nine series of oversight, one after the other by one table, so that none lacks what the others have: an owner, an agenda
//! made from the queues, decisions with an owner and a time, a signature by somebody else than whoever wrote it down, and
//! that it is seen as missed until it is held again.

use dutydesk::domain::commitment::{Party, Progress};
use dutydesk::domain::permission::Viewer;
use dutydesk::domain::views::ReviewRow;
use serde_json::{Value, json};

use super::desk::Desk;
use super::office::at;
use super::recorded::{In, about, agrees, on, record, within};
use super::reviews::{agenda, call, delay, monday, owed, staff};

/// One series: how it begins, how a round of it is written down and signed off, and what its agenda says.
struct Series {
    /// What is owed each time, as the list of reviews says it, from its beginning.
    title: &'static str,
    /// Begins it: the case's reference.
    begin: fn(&Desk) -> String,
    /// The step that writes a round down, and what it says apart from the agenda and what is decided.
    round: (&'static str, fn(&Desk) -> Value),
    /// Where a decision stands: the rows of the agenda, or rows of their own with this column for whose it is.
    decides: Decides,
    /// The step that signs it off, and what it asks.
    signs: (&'static str, &'static str),
    /// Which of [`matters`] are its own.
    own: &'static [usize],
    /// Whether it goes through all that presses, too.
    all: bool,
    /// A line that stands in no case.
    counted: Option<&'static str>,
    /// How often it was missed at Christmas, after it was held on 23 November.
    missed: u32,
}

enum Decides {
    Line,
    Actions(&'static str),
}

const MEETING: (&str, fn(&Desk) -> Value) = (
    "meeting.record",
    |desk| json!({ "led_by": staff(desk, "manager"), "present": "M. Lindqvist, T. Varga", "summary": "Looked at all of it" }),
);

const fn meeting(
    title: &'static str,
    begin: fn(&Desk) -> String,
    own: &'static [usize],
    missed: u32,
) -> Series {
    let signs = ("meeting.sign", "true");
    Series {
        title,
        begin,
        round: MEETING,
        decides: Decides::Line,
        signs,
        own,
        all: false,
        counted: None,
        missed,
    }
}

const SERIES: [Series; 9] = [
    meeting("Weekly review of urgent calls", |desk| begin(desk, "calls", "weekly"), &[0], 4),
    meeting("Weekly review of delays", |desk| begin(desk, "delays", "weekly"), &[1], 4),
    meeting("Monthly review of agreed actions", |desk| begin(desk, "agreed", "monthly"), &[3], 1),
    Series {
        counted: Some("Mill Lane therapy: 2 late"),
        ..meeting("Monthly analysis of delays", |desk| begin(desk, "themes", "monthly"), &[], 1)
    },
    Series {
        all: true,
        ..meeting("Weekly risk meeting", |desk| begin(desk, "risk", "weekly"), &[0, 1, 4], 4)
    },
    Series {
        title: "Look at the policy",
        begin: |desk| {
            let adopt = json!({ "headline": "Working with others", "version": "3", "lies": "Folder 2",
                "who": staff(desk, "manager"), "by": "23-Nov 10:00", "often": "half_yearly" });
            record(desk, "manager", "policy.adopt", In::default(), adopt).expect("adopted")
        },
        round: (
            "policy.yearly",
            |_| json!({ "looked_at": "Against the new guidance", "changes": { "is": "no", "why": "It says so already" } }),
        ),
        decides: Decides::Actions("who"),
        signs: ("policy.sign", "agreed"),
        own: &[5, 6],
        all: false,
        counted: None,
        missed: 0,
    },
    Series {
        title: "Look at: Complaints",
        begin: |desk| {
            let said =
                json!({ "provider": elms(desk), "service": "Visits", "kind": "nursing", "tier": "high" });
            let case = record(desk, "manager", "provider.propose", In::default(), said).expect("proposed");
            let said = json!({ "reason": "Nobody else", "known": "On the register", "safeguards": "We ring",
                "until": "30-Jan 12:00" });
            record(desk, "manager", "provider.emergency", within(&case), said).expect("started");
            let streams = json!({ "streams": [
                { "stream": "feedback", "often": "monthly", "first": "23-Nov 10:00" },
                { "stream": "visits", "often": "monthly", "first": "30-Dec 10:00" }] });
            record(desk, "manager", "provider.calendar", within(&case), streams).expect("a calendar");
            case
        },
        round: (
            "provider.monitor",
            |_| json!({ "found": "Two late, both told before", "source": { "reference": "Folder 4" }, "well": { "is": "yes" } }),
        ),
        decides: Decides::Line,
        signs: ("provider.sign", "agreed"),
        own: &[6],
        all: false,
        counted: None,
        missed: 1,
    },
    Series {
        title: "Audit what was shared",
        begin: |desk| {
            let plan = json!({ "headline": "all places", "first": "23-Nov 10:00", "often": "monthly" });
            record(desk, "manager", "sharing_audit.plan", In::default(), plan).expect("planned")
        },
        round: ("sharing_audit.audit", |_| {
            let yes = json!({ "is": "yes" });
            json!({ "period": "Since September", "looked_at": "20 of 143", "found": "All of it stands there",
                "criteria": { "what": yes, "whom": yes, "why": yes, "way": yes, "no_more": yes, "without": yes, "capacity": yes } })
        }),
        decides: Decides::Actions("owner"),
        signs: ("sharing_audit.sign", "agreed"),
        own: &[7],
        all: false,
        counted: None,
        missed: 1,
    },
    meeting("Looking back across services", |desk| begin(desk, "back", "monthly"), &[1, 2, 4, 5], 1),
];

fn begin(desk: &Desk, kind: &str, often: &str) -> String {
    let said = json!({ "kind": kind, "headline": "all places", "attends": "Managers", "by": "23-Nov 10:00", "often": often });
    record(desk, "manager", "meeting.begin", In::default(), said).expect("begun")
}

fn elms(desk: &Desk) -> Value {
    let found = desk.store().find(&Viewer::system(), "organisations", "elms", 1).expect("found").remove(0);
    json!({ "words": found.name, "id": found.id.to_string() })
}

/// What there is to go through: a call, an amber delay, a routine one, a review of several professions, an escalation to a
/// commissioner, a governance item, a concern about an organisation, a possible data breach.
fn matters(desk: &Desk) -> [String; 8] {
    let (quill, oakes) = (desk.office.people["quill"], desk.office.people["oakes_1"]);
    let plan = json!({ "headline": "Three organisations, one hoist",
        "involved": [{ "who": "Mill Lane therapy", "part": "Assessment" }], "by": "20-Nov 12:00", "often": "monthly" });
    let raised = json!({ "trigger": "tenancy", "headline": "Notice given", "what": "Notice by letter", "impact": "Where she lives",
        "light": "red", "light_why": "Notice", "mitigation": "Asked for time", "evidence": { "reference": "Letter" } });
    let item =
        json!({ "headline": "Numbers at the desk", "what": "The number of the nurse was not at hand" });
    let concern = json!({ "provider": elms(desk), "at_risk": { "is": "no" }, "kinds": ["communication"],
        "headline": "Rings back late", "what": "Rang back a day late, twice" });
    let breach = json!({ "headline": "Letter to the wrong address", "what": "A letter went to number 3" });
    [
        call(desk, "Heel red and open"),
        delay(desk, "quill", "amber"),
        delay(desk, "oakes_1", "green"),
        record(desk, "manager", "involvement.plan", about(quill), plan).expect("planned"),
        record(desk, "manager", "commissioner.raise", about(oakes), raised).expect("raised"),
        record(desk, "manager", "governance.raise", In::default(), item).expect("raised"),
        record(desk, "manager", "concern.concern", In::default(), concern).expect("raised"),
        record(desk, "manager", "breach.noticed", In::default(), breach).expect("noticed"),
    ]
}

/// A round of it is written down, with a decision about this line of its agenda.
fn hold(desk: &Desk, one: &Series, case: &str, about: (&str, &str), decided: &str) {
    let (step, says) = &one.round;
    let mut said = says(desk);
    let mut line = json!({ "matter": about.0, "case": about.1, "said": "Looked at" });
    let by = "25-Nov 12:00";
    match &one.decides {
        Decides::Line => {
            line["decision"] = decided.into();
            line["who"] = staff(desk, "duty");
            line["by"] = by.into();
        }
        Decides::Actions(whose) => {
            said["actions"] = json!([{ "what": decided, *whose: staff(desk, "duty"), "by": by }]);
        }
    }
    said["items"] = json!([line]);
    record(desk, "manager", step, on(case, one.title), said)
        .unwrap_or_else(|says| panic!("{}: {says}", one.title));
}

fn row(desk: &Desk, one: &Series, case: &str) -> ReviewRow {
    let rows = desk.store().reviews(&Viewer::system(), desk.office.now(), 50).expect("they can be read");
    let its = |row: &ReviewRow| row.owed.reference == case && row.owed.commitment.what.starts_with(one.title);
    rows.into_iter().find(its).unwrap_or_else(|| panic!("{} comes round", one.title))
}

#[test]
fn each_of_nine_series_has_an_owner_an_agenda_decisions_a_signature_and_is_seen_as_missed_until_it_is_held() {
    let mut desk = monday();
    let begun: Vec<String> = SERIES.iter().map(|one| (one.begin)(&desk)).collect();
    let matters = matters(&desk);
    desk.at_time("2026-11-23T10:00:00Z");
    for (one, case) in SERIES.iter().zip(&begun) {
        let title = one.title;
        let next = row(&desk, one, case);
        assert!(
            matches!(&next.owed.commitment.owner, Party::Role(role) if role == "registered_manager")
                || matches!(&next.owed.commitment.owner, Party::Staff(_)),
            "{title} is somebody's: {:?}",
            next.owed.commitment.owner
        );
        // What is its own stands in the agenda, and what is of another does not.
        let lines = agenda(&desk, case);
        let of = |at: usize| lines.iter().find(|line| line.starts_with(&format!("{} ", matters[at])));
        assert!(one.own.iter().all(|at| of(*at).is_some()), "{title}: {matters:?}\n{lines:#?}");
        let others = (0..matters.len()).filter(|at| !one.own.contains(at) && !one.all);
        let strays: Vec<&String> =
            others.filter_map(of).filter(|line| !line.contains("warning sign")).collect();
        assert!(strays.is_empty(), "{title}: {strays:?}");
        let counted = one.counted.map(|words| lines.iter().find(|line| line.contains(words)));
        assert!(counted.is_none_or(|line| line.is_some()), "{title}: {lines:#?}");
        // A decision is owed by one person by a time.
        let (line, reference) = match one.own.first() {
            Some(at) => (of(*at).expect("a line").as_str(), matters[*at].as_str()),
            None => (lines[0].as_str(), ""),
        };
        let decided = format!("Decided in {title}");
        hold(&desk, one, case, (line, reference), &decided);
        let decided = owed(&desk, case, &decided).remove(0);
        assert_eq!(decided.obligor, Party::Staff(desk.office.staff["duty"]), "{title}");
        assert_eq!(decided.due, at("2026-11-25T12:00:00Z"), "{title}");
        // Whoever wrote it down does not sign it off.
        let (sign, field) = one.signs;
        let signature = |desk: &Desk| owed(desk, case, "Sign off").remove(0).progress;
        assert!(row(&desk, one, case).to_sign, "{title}");
        desk.goes_home().keys("_").select(title).shows("to be signed off");
        let yes = json!({ field: "yes" });
        let waits = record(&desk, "manager", sign, within(case), yes.clone());
        assert!(waits.is_ok() && signature(&desk).is_open(), "{title}: {waits:?}");
        // While it waits it is not recorded a second time, with or without a screen: what is wanted is another's word.
        let again = record(&desk, "provider", sign, within(case), yes).expect_err("it waits");
        assert!(again.contains("waits for a second person"), "{title}: {again}");
        agrees(&desk, "provider", case);
        assert_eq!(signature(&desk), Progress::Confirmed, "{title}");
        assert!(!row(&desk, one, case).to_sign, "{title}");
    }
    // Nobody holds any of them until Christmas, and the policy until summer: each is seen as missed.
    for (one, case) in SERIES.iter().zip(&begun) {
        desk.at_time(if one.missed == 0 { "2027-06-24T10:00:00Z" } else { "2026-12-24T10:00:00Z" });
        let missed = row(&desk, one, case);
        assert_eq!(missed.missed, one.missed.max(1), "{}", one.title);
        assert_eq!(missed.held, Some(at("2026-11-23T10:00:00Z")), "{}", one.title);
        desk.goes_home().keys("_").select(one.title).shows("missed");
        // Held at last: what was late is answered, and the next is in its time.
        hold(&desk, one, case, ("Held again", ""), "Decided late");
        let next = row(&desk, one, case);
        assert_eq!((next.missed, next.held), (0, Some(desk.office.now())), "{}", one.title);
        assert!(next.owed.commitment.due > desk.office.now(), "{}", one.title);
    }
    desk.assert_record_holds();
}

/// What one look at an organisation waits for is no matter of the others, and the agenda is that organisation's alone.
#[test]
fn a_look_at_an_organisation_goes_through_what_is_about_it_and_waits_for_its_own_signature() {
    let mut desk = monday();
    let provider = &SERIES[6];
    let case = (provider.begin)(&desk);
    let matters = matters(&desk);
    desk.at_time("2026-11-23T10:00:00Z");
    // The hoist that Mill Lane owes is late, and none of the surgery's.
    let lines = agenda(&desk, &case);
    assert!(
        lines.iter().any(|line| line.starts_with(&matters[6]) && line.contains("Rings back late")),
        "{lines:?}"
    );
    assert!(!lines.iter().any(|line| line.contains("Mill Lane") || line.contains("hoist")), "{lines:?}");
    assert!(
        !lines.iter().any(|line| line.contains("Look at: ")),
        "what comes round has its own list: {lines:?}"
    );

    desk.goes_home().keys("*").select("The Elms Surgery").keys("<enter>t").shows("What is open about them");
    assert_eq!(desk.text("items.0.case"), matters[6]);
    desk.line("items.0.decision").keys("Ask them for one number that is answered");
    desk.line("items.0.who").keys("okafor<enter>").line("items.0.by").keys("25-Nov 12:00");
    desk.line("found").keys("They ring back, a day late").line("source").keys("Folder 4");
    desk.line("well").keys("n").line("well.why").keys("Twice").saves();
    assert!(owed(&desk, &case, "Ask them for one number")[0].progress.is_open());
    let rows = desk.store().reviews(&Viewer::system(), desk.office.now(), 50).expect("they can be read");
    let signs: Vec<(&str, bool)> =
        rows.iter().map(|row| (row.owed.commitment.what.as_str(), row.to_sign)).collect();
    assert!(signs.iter().any(|(what, sign)| what.starts_with("Look at: Complaints") && *sign), "{signs:?}");
    assert!(signs.iter().any(|(what, sign)| what.starts_with("Look at: Missed") && !*sign), "{signs:?}");
}

/// A concern about the care of somebody whose record is kept to a few is no line of the agenda for whoever may not see it.
#[test]
fn a_look_at_an_organisation_says_nothing_of_a_restricted_record_to_whoever_may_not_see_it() {
    let desk = monday();
    let case = (SERIES[6].begin)(&desk);
    let person = desk.office.people["oakes_2"];
    let concern = json!({ "provider": elms(&desk), "at_risk": { "is": "no" }, "kinds": ["communication"],
        "headline": "Told a neighbour", "what": "Spoke of her address in the hall" });
    let concern = record(&desk, "manager", "concern.concern", about(person), concern).expect("raised");
    let kept = json!({ "restricted": { "is": "yes", "why": "protected address" } });
    record(&desk, "manager", "people.change", within(&person.to_string()), kept).expect("restricted");
    let of = |who: &str| {
        let store = desk.store();
        let viewer = store.viewer_for(Some(desk.office.staff[who]), desk.office.now()).expect("a viewer");
        let id = store.case_by_reference(&viewer, &case).expect("an arrangement");
        let past = store.case(&viewer, id, desk.office.now()).expect("an arrangement").past;
        let lines = past.iter().map(|one| format!("{} {}", one.source, one.answers[0].words));
        lines.collect::<Vec<_>>().join("\n")
    };
    let (sees, does_not) = (of("manager"), of("duty"));
    assert!(sees.contains(&concern) && sees.contains("Told a neighbour"), "{sees}");
    assert!(does_not.contains("Emergency start ends"), "the rest stands there: {does_not}");
    assert!(
        !does_not.contains(&concern) && !does_not.contains("neighbour") && !does_not.contains("restricted"),
        "{does_not}"
    );
}
