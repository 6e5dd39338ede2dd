//! One page of a case that staff can speak to, decisions over all cases, what was counted over time, and what the records
//! say of a provider: each one key away, and each made of what was recorded, by whichever pathway.

use dutydesk::domain::measure::{Asked, Figure};
use dutydesk::domain::permission::Viewer;
use serde_json::json;

use super::arrangement;
use super::commissioner::{as_lead, classed, raised};
use super::desk::Desk;
use super::indicators;
use super::liaise;
use super::office::{Office, at};
use super::recorded::{about, on, open, record, within};
use super::whole::CALL;

#[test]
fn one_page_says_what_happened_and_is_owed_and_what_staff_said_beside_the_record() {
    let mut desk = liaise::promised();
    open(&mut desk, "U-1").keys("[").shows("One page: U-1").shows("QUILL, Theresa").shows("What happened");
    desk.shows("Sleepier than usual").shows("What was decided, and why").keys("<end>");
    desk.shows("Nobody was asked yet");
    // Whoever was on is asked before they look, and what they say stands beside the record.
    desk.keys("<esc>").sign_in("lindqvist");
    let asked = json!({ "who": { "words": "Priya Shah", "id": desk.office.staff["coordinator"].to_string() },
        "said": "The doctor comes at eight", "record_says": "Visit by 19:00",
        "same": { "is": "no", "why": "An hour apart" } });
    let says = record(&desk, "manager", "urgent.asked", within("U-1"), asked.clone());
    assert!(says.expect_err("what is done is asked").contains("What is done about it"));
    let mut asked = asked;
    asked["done"] = json!("Looked at together; she had the time of another visit");
    record(&desk, "manager", "urgent.asked", within("U-1"), asked).expect("it is written down");
    open(&mut desk, "U-1").keys("[").keys("<end>").shows("The doctor comes at eight").shows("Visit by 19:00");
    desk.shows("An hour apart").shows("Visit, by 19:00");
    // In little room and without colour it says the same.
    let little = desk.little_screen();
    assert!(little.contains("What staff said when asked"), "{little}");
    desk.assert_record_holds();
}

#[test]
fn decisions_say_over_all_cases_whose_they_are_who_shared_in_them_and_who_was_told() {
    let mut desk = Desk::at(Office::opened("2026-11-18T09:00:00Z")).signed_in("lindqvist");
    let quill = desk.office.people["quill"];
    record(&desk, "leader", "commissioner.raise", about(quill), raised()).expect("raised");
    let mut decides = as_lead(&desk, classed("strategic"));
    decides["view"] = json!("He wants to stay");
    decides["shared"] = json!([
        { "who": "Ken Briar, commissioner", "from": { "words": "Larkfield Council" }, "part": "agreed" },
        { "who": "Ruth Quill, sister", "part": "not_agreed", "said": "Move him now" },
    ]);
    record(&desk, "manager", "commissioner.decide", within("CE-1"), decides).expect("decided");
    desk.at_time("2026-11-18T09:30:00Z");
    let tells = json!({ "to": { "words": "Larkfield Council" }, "means": "email", "kind": "first",
        "said": "Nine broken nights; we ask for a review", "whose": null });
    let tells = match tells {
        serde_json::Value::Object(mut said) => {
            said.remove("whose");
            serde_json::Value::Object(said)
        }
        other => other,
    };
    record(&desk, "manager", "commissioner.tell", within("CE-1"), tells).expect("told");
    let parties = json!({ "parties": [{ "as": "housing", "who": { "words": "Elmfield Homes" }, "person": "Mo Reed, 01632 960501",
        "part": "Looks for another flat on the ground floor", "joins": "Weekly call on Tuesdays" }],
        "agreed_with": "Mo Reed, this morning; he knows" });
    record(&desk, "duty", "commissioner.parties", within("CE-1"), parties).expect("who takes part");

    desk.goes_home().keys("<{>").shows("Decisions").shows("Made jointly, or not agreed by all").shows("CE-1");
    desk.shows("whose: ")
        .shows("Lindqvist")
        .shows("Ken Briar, commissioner")
        .shows("Ruth Quill, sister · Did not")
        .shows("agree · Move him now");
    desk.shows("told: Larkfield Council");
    // Each line opens the case behind it, and leaving that leads back to the page.
    desk.keys("<enter>").shows("CE-1").shows("Timeline").keys("<esc>").shows("Decisions");
    // On the case itself, those about the same person; who takes part stands on its page.
    open(&mut desk, "CE-1").keys("<{>").shows("Decisions: QUILL, Theresa").keys("<esc>");
    desk.keys("[").shows("One page: CE-1").keys("<pagedown>").shows("Elmfield Homes");
    desk.shows("Looks for another").shows("flat on the ground floor");
    let joint = desk.store().decisions(
        &Viewer::system(),
        dutydesk::domain::views::DecisionFilter { about: None, joint: true },
        10,
    );
    assert_eq!(joint.expect("they can be read").len(), 1);
}

#[test]
fn whoever_leads_for_a_commissioner_is_offered_as_the_lead_of_an_escalation_to_them() {
    let mut desk = Desk::at(Office::opened("2026-11-18T09:00:00Z")).signed_in("lindqvist");
    let quill = desk.office.people["quill"];
    let varga = desk.office.staff["delegate"];
    let council = json!({ "name": "Larkfield Council", "type": "commissioner", "lead": { "words": "Varga", "id": varga.to_string() } });
    let council =
        record(&desk, "manager", "organisations.register", Default::default(), council).expect("registered");
    let council = desk.case(&council).state.id;
    let pays = json!({ "name": "Theresa Quill", "commissioner": { "words": "Larkfield Council", "id": council.to_string() } });
    let of_record = quill.to_string();
    record(&desk, "manager", "people.change", within(&of_record), pays).expect("who pays");
    record(&desk, "leader", "commissioner.raise", about(quill), raised()).expect("raised");
    open(&mut desk, "CE-1").keys("d");
    let lead = desk.text("lead");
    assert!(lead.contains("Varga"), "{lead}\n{}", desk.screen());
}

#[test]
fn what_is_counted_again_and_again_stands_as_bars_with_its_numbers_beside_what_the_records_say() {
    let mut desk = indicators::monday();
    indicators::log(&mut desk);
    for (day, hours) in
        [("2026-11-18T11:00:00Z", "0"), ("2026-11-25T11:00:00Z", "3"), ("2026-12-02T11:00:00Z", "1")]
    {
        desk.at_time(day);
        record(
            &desk,
            "manager",
            "indicators.count",
            on("IN-1", "Count the indicators"),
            indicators::counted(hours),
        )
        .expect("counted");
    }
    desk.goes_home().keys(CALL).later(1);
    open(&mut desk, "IN-1").keys("<}>").shows("Trends: QUILL, Theresa").shows("Hours of support missed");
    desk.shows("▁█▃  0 3 1").shows("last 1").shows("3 before").shows("4 or more 0 of 3 times");
    desk.shows("What the records say, week by week")
        .shows("Urgent call")
        .shows("1 in the last four weeks, 0 in the four before");
    let little = desk.little_screen();
    assert!(little.contains("▁█▃  0 3 1"), "{little}");
    // From the person it is the same page. A line opens the case in which it was counted.
    desk.goes_home().keys("<f5>").select("QUILL, Theresa").keys("<enter><}>").shows("Trends: QUILL, Theresa");
    desk.keys("<enter>").shows("IN-1").shows("New night team");
}

#[test]
fn a_providers_page_counts_what_the_records_say_of_them_beside_what_comes_round() {
    let mut desk = arrangement::began();
    let larkfold = desk.case("E-1").state.subject.expect("about an organisation");
    let quill = desk.office.people["quill"];
    let visit = json!({ "kind": "meal", "provider": { "words": "Larkfold Staffing", "id": larkfold.to_string() },
        "from": "23-Nov 20:00", "until": "23-Nov 20:30", "medicines": "no", "risk": "amber", "why": "sick" });
    let said = record(&desk, "duty", "cover.uncovered", about(quill), visit);
    assert!(said.is_ok(), "{said:?}");
    let calendar =
        json!({ "streams": [{ "stream": "visits", "often": "monthly", "first": "27-Nov 12:00" }] });
    record(&desk, "manager", "provider.calendar", within("E-1"), calendar).expect("agreed");
    // A visit counts once its time has come.
    desk.at_time("2026-11-23T21:00:00Z");
    open(&mut desk, "E-1").keys("[").keys("<end>").shows("What the records say of them");
    desk.shows("Uncovered visit").shows("1, before 0").shows("Promises kept in time");
    desk.shows("Look at: Missed and late visits").shows("not yet; due");
}

#[test]
fn notes_of_the_same_visit_and_calls_without_blanks_are_counted_and_delays_by_what_is_waited_for() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("okafor");
    let call = |note: &str, theme: &str| {
        json!({ "call_back": "01632 960118", "caller": "W. Quist", "awake": "yes", "emergency": "not_needed",
            "changed": "Sleepier than usual since lunch, half a cup to drink", "risk": "green", "advice_sought": "A visit today?",
            "note_ref": "EN-1", "note_same_visit": note, "triggers": theme })
    };
    let quill = desk.office.people["quill"];
    record(&desk, "coordinator", "urgent.call", about(quill), call("yes", "fall")).expect("taken");
    record(&desk, "coordinator", "urgent.call", about(quill), call("no", "fluids_low")).expect("taken");
    let delay = json!({ "kind": "equipment_assessment", "who": { "words": "Mill Lane therapy" }, "what": "Hoist", "was_due": "20-Nov 12:00",
        "impact": "In bed since Monday", "risk": "amber", "before": "Out of bed 0 of 4", "by": "25-Nov 12:00",
        "no_control": "Daughter is there", "themes": "nutrition" });
    record(&desk, "leader", "delay.log", about(quill), delay).expect("logged");
    let routine = json!({ "who": { "words": "Mill Pharmacy" }, "began": "we", "purpose": "advice", "headline": "Blister packs",
        "how": "telephone", "outcome": "no_answer" });
    record(&desk, "coordinator", "liaison.contact", about(quill), routine).expect("tried");
    desk.later(1);
    let figure = |desk: &Desk, id: &str| -> Figure {
        let measures = dutydesk::settings::measures::shipped();
        let now = desk.office.now();
        let asked = Asked::month_of("2026-11-21".parse().expect("a day"));
        let measure = measures.measure(id).expect("it is shipped");
        let chart =
            desk.store().chart(&Viewer::system(), measures, &asked, (measure, None), now).expect("a chart");
        chart.line.now()
    };
    let (same, complete) = (figure(&desk, "same_visit"), figure(&desk, "complete_calls"));
    assert_eq!((same.n, same.of), (1, 2));
    // "No" without why is a blank, and counts as one.
    assert_eq!((complete.n, complete.of), (1, 2));
    assert_eq!(figure(&desk, "delays_begun").of, 1);
    // A routine matter counts among its own, and is no urgent call.
    let (routine, unanswered) = (figure(&desk, "liaison"), figure(&desk, "liaison_unanswered"));
    assert_eq!((routine.of, figure(&desk, "calls").of), (1, 2));
    assert_eq!((unanswered.n, unanswered.of), (1, 1));
    // The theme that was chosen counts as much as what led to a call: what was waited for is one, what was chosen another.
    let measures = dutydesk::settings::measures::shipped();
    let asked = Asked::month_of("2026-11-21".parse().expect("a day"));
    let by = |by| {
        let measure = measures.measure("delays_begun").expect("it is shipped");
        let chart = desk.store().chart(
            &Viewer::system(),
            measures,
            &asked,
            (measure, Some(by)),
            at("2026-11-21T16:43:00Z"),
        );
        chart.expect("a chart").parts.into_iter().map(|part| part.label).collect::<Vec<_>>()
    };
    let themes = by(dutydesk::domain::measure::By::Theme);
    assert!(themes.contains(&"Eating and drinking".to_owned()), "{themes:?}");
    let waiting = by(dutydesk::domain::measure::By::Waiting);
    assert!(waiting.iter().any(|one| one.contains("quipment")), "{waiting:?}");
}
