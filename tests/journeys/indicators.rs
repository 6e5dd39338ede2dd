//! Indicators that are counted as they come round, checks of a person, the staffing of a place looked at ahead: what
//! changes before anything breaks, and what then opens a commissioner escalation.

use dutydesk::domain::clocks::Lateness;
use dutydesk::domain::commitment::{Party, Progress};
use serde_json::{Value, json};

use super::desk::Desk;
use super::office::{Office, at};
use super::recorded::{In, about, on, open, record, within};

pub(super) fn monday() -> Desk {
    Desk::at(Office::opened("2026-11-16T09:00:00Z")).signed_in("lindqvist")
}

pub(super) fn counted(missed_hours: &str) -> Value {
    json!({ "medicines_late": "0", "outings_missed": "1", "behaviour_missed": "0", "restrictive": "0",
        "missed_hours": missed_hours, "complaints": "0" })
}

pub(super) fn log(desk: &mut Desk) {
    desk.keys("+").select("Indicator log").keys("<enter>").line("about").keys("qui<enter>");
    desk.line("headline").keys("New night team").line("why").keys("Two people left in October");
    desk.line("by").keys("18-Nov 12:00").line("often").keys("w").saves();
}

#[test]
fn over_the_threshold_it_is_asked_what_is_done_and_an_escalation_is_opened_from_it() {
    let mut desk = monday();
    log(&mut desk);
    let due = |desk: &Desk| {
        let all = desk.owed("IN-1", "Count the indicators: New night team");
        all.into_iter().find(|one| one.progress.is_open()).expect("one is open")
    };
    assert_eq!(due(&desk).due, at("2026-11-18T12:00:00Z"));
    desk.at_time("2026-11-18T17:00:00Z");
    assert_eq!(desk.state(&due(&desk)), Lateness::LongLate, "a count that nobody made shows");

    open(&mut desk, "IN-1")
        .keys("d")
        .line("medicines_late")
        .keys("0")
        .line("outings_missed")
        .keys("1")
        .line("behaviour_missed")
        .keys("0");
    desk.line("restrictive").keys("0").line("missed_hours").keys("3").hides("Over the threshold");
    desk.instead("missed_hours", "6 h").shows("Over the threshold: what now").line("complaints").keys("2.5");
    desk.line("done").keys("c").line("behind").keys("Two nights without the second person");
    desk.line("in_short")
        .keys("Six hours missed at night")
        .line("action")
        .keys("Two from the bank until Friday");
    desk.keys("<ctrl-s>").shows("is not a whole number");
    desk.instead("complaints", "0").saves();
    assert_eq!(due(&desk).due, at("2026-11-25T12:00:00Z"), "it comes round by the wall");

    let (log, escalation) = (desk.case("IN-1"), desk.case("CE-1"));
    assert_eq!(log.state.links, [escalation.state.id]);
    assert_eq!(escalation.state.subject, Some(desk.office.people["quill"]));
    assert_eq!(escalation.state.facts.headline.as_deref(), Some("Six hours missed at night"));
    // What was not said there is said before anybody decides.
    desk.goes_home();
    desk.keys("<f9>")
        .select("CE-1")
        .keys("<enter>d")
        .shows("What it means for the person is not written yet");
    assert_eq!(desk.app.forms().count(), 0);
    let refused = record(&desk, "manager", "commissioner.decide", within("CE-1"), json!({}));
    let refused = refused.expect_err("it is not written yet");
    for says in ["What it means for the person", "What shows it"] {
        assert!(refused.contains(&format!("{says} is not written yet")), "{says}: {refused}");
    }
}

#[test]
fn where_the_record_says_to_escalate_earlier_the_first_time_counts() {
    let mut desk = monday();
    log(&mut desk);
    desk.goes_home();
    let person = desk.office.people["quill"].to_string();
    let what = "Count the indicators";
    record(&desk, "leader", "indicators.count", on("IN-1", what), counted("3"))
        .expect("below every threshold");
    record(&desk, "manager", "people.change", within(&person), json!({ "forensic": "yes" })).expect("a flag");
    let says = record(&desk, "leader", "indicators.count", on("IN-1", what), counted("3")).expect_err("asks");
    assert!(says.contains("what now"), "{says}");
    let mut answers = counted("3");
    answers["done"] = json!("here, review");
    answers["behind"] = json!("One sleep-in worker ill");
    answers["action"] = json!("Covered by the bank from tonight");
    record(&desk, "leader", "indicators.count", on("IN-1", what), answers).expect("it says what is done");
    assert_eq!(desk.owed("IN-1", "Review the indicators").len(), 1);
    let look = json!({ "shows": "Hours missed twice in a month", "changes": "Two bank workers trained" });
    record(&desk, "manager", "indicators.look", within("IN-1"), look).expect("reviewed");
    record(&desk, "manager", "indicators.skip", on("IN-1", what), json!({ "why": "She is away" }))
        .expect("skipped");
    let end = json!({ "showed": "Steady for eight weeks" });
    record(&desk, "manager", "indicators.end", on("IN-1", what), end).expect("ended");
    assert!(desk.case("IN-1").state.closed);
    let again = json!({ "why": "Again", "by": "19-Nov 12:00" });
    record(&desk, "manager", "indicators.reopen", within("IN-1"), again).expect("again");
    // It comes round again, in the rhythm that it had unless somebody says otherwise.
    let mut again = counted("0");
    again["outings_missed"] = json!("0");
    record(&desk, "leader", "indicators.count", on("IN-1", what), again).expect("counted");
    let due: Vec<_> = desk.owed("IN-1", "Count the indicators: New night team");
    let due: Vec<_> = due.iter().filter(|one| one.progress.is_open()).map(|one| one.due).collect();
    assert_eq!(due, [at("2026-11-26T12:00:00Z")]);
}

#[test]
fn a_check_that_nobody_made_shows_and_incidents_are_read_together() {
    let mut desk = monday();
    desk.keys("+")
        .select("Monitoring")
        .keys("<enter>")
        .line("about")
        .keys("qui<enter>")
        .line("kind")
        .keys("e");
    desk.line("headline").keys("calm by nine, has eaten").line("usual").keys("Reads, asks for tea");
    desk.line("worse")
        .keys("Ring the on-call manager")
        .line("by")
        .keys("21:00")
        .line("often")
        .keys("d")
        .saves();
    let what = "Evening welfare check: calm by nine, has eaten";
    desk.at_time("2026-11-16T22:00:00Z");
    let check = desk.owed("MO-1", what).remove(0);
    assert_eq!((check.due, desk.state(&check)), (at("2026-11-16T21:00:00Z"), Lateness::Late));
    desk.goes_home().shows("1 late");

    let seen = |as_usual: &str, distress: &str| {
        json!({ "who": "Ines Brandt", "how": "Pacing, has not eaten", "as_usual": { "is": as_usual, "why": "No supper" },
            "distress": distress })
    };
    let says = record(&desk, "leader", "monitoring.checked", on("MO-1", what), seen("yes", "8"))
        .expect_err("distress of 8");
    assert!(says.contains("What was done"), "{says}");
    let mut worse = seen("no", "8");
    worse["done"] = json!("Sat with her; on-call manager told");
    record(&desk, "leader", "monitoring.checked", on("MO-1", what), worse).expect("it says what was done");
    assert_eq!(desk.owed("MO-1", "Look at what the check found")[0].due, at("2026-11-17T00:00:00Z"));
    assert_eq!(desk.owed("MO-1", what).last().expect("the next").due, at("2026-11-17T21:00:00Z"));
    let missed = json!({ "why": "One worker for two floors", "seen_otherwise": { "is": "no", "why": "asleep behind a shut door" } });
    record(&desk, "leader", "monitoring.missed", on("MO-1", what), missed).expect("missed");
    assert_eq!(desk.owed("MO-1", "A check was missed and nobody saw them").len(), 1);

    let incident = json!({ "before": "Asked to turn the music down", "what": "Threw a cup at the wall", "after": "Walked with Ines",
        "around": "Music from flat 13", "who": "Ines Brandt", "minutes": "12", "hurt": "no", "restrictive": "no", "happened_at": "-20m" });
    record(&desk, "leader", "monitoring.incident", within("MO-1"), incident.clone()).expect("an incident");
    let look = json!({ "incidents": "6", "before_that": "2", "pattern": "Music, after nine", "changes": "Quiet hours agreed",
        "escalates": { "is": "yes", "why": "Three times as many" }, "in_short": "Six incidents over the music" });
    record(&desk, "manager", "monitoring.look", within("MO-1"), look).expect("read together");
    assert_eq!(desk.case("CE-1").state.links, [desk.case("MO-1").state.id]);
    let end = json!({ "showed": "Quiet for four weeks", "why": "The neighbour has moved" });
    record(&desk, "manager", "monitoring.end", on("MO-1", what), end).expect("ended");
    assert!(desk.case("MO-1").state.closed);
    // Nothing stands before an incident, not even the end of the monitoring.
    record(&desk, "leader", "monitoring.incident", within("MO-1"), incident).expect("an incident");
    let again =
        json!({ "why": "It began again", "by": "17-Nov 21:00", "headline": "calm by nine, has eaten" });
    record(&desk, "manager", "monitoring.reopen", within("MO-1"), again).expect("again");
    let again = "Check: calm by nine, has eaten";
    record(&desk, "leader", "monitoring.checked", on("MO-1", again), seen("yes", "1")).expect("seen");
    assert_eq!(desk.owed("MO-1", again).last().expect("the next").due, at("2026-11-18T21:00:00Z"));
    let end = json!({ "showed": "Quiet again", "why": "Nothing since" });
    record(&desk, "manager", "monitoring.end", on("MO-1", again), end).expect("ended again");
    assert!(desk.case("MO-1").state.closed);
}

#[test]
fn a_staffing_risk_stands_among_what_is_owed_before_an_hour_is_missed() {
    let mut desk = monday();
    desk.keys("+").select("Staffing forecast").keys("<enter>").line("place").keys("rowan<enter>");
    desk.line("headline").keys("Two vacancies").line("by").keys("12:00").line("often").keys("w").saves();
    open(&mut desk, "SF-1")
        .keys("d")
        .line("week_from")
        .keys("23-Nov")
        .line("needed")
        .keys("420")
        .line("ours")
        .keys("380");
    // Hours that do not add up are asked about where they stand, and with them the risk.
    desk.line("agency").keys("20").line("open").keys("0").hides("Is whoever pays told?").line("agency");
    desk.shows("Hours needed 420 h, less Covered by our own 380 h").shows("temporary staff 20 h, leaves 20.");
    desk.instead("open", "20").shows("Is whoever pays told?").keys("<ctrl-s>").shows("Risks ahead");
    desk.line("risks.0.what").keys("Nights from the 26th").line("risks.0.by").keys("26-Nov 21:00");
    desk.line("risks.0.hours").keys("20").line("risks.0.who").keys("flats 4 and 12, no sleep-in");
    desk.line("risks.0.plan").keys("Agency asked").line("risks.0.owner").keys("lindq<enter>");
    desk.line("told")
        .keys("y")
        .line("in_short")
        .keys("No sleep-in from the 26th")
        .line("what")
        .keys("Worker leaves");
    desk.line("done").keys("Recruiting; two places asked").saves();
    let risk = desk.owed("SF-1", "Staffing risk: Nights from the 26th").remove(0);
    assert_eq!(
        (risk.due, &risk.obligor),
        (at("2026-11-26T21:00:00Z"), &Party::Staff(desk.office.staff["manager"]))
    );
    assert_eq!(risk.warn_from, Some(at("2026-11-21T21:00:00Z")), "five days before");
    // It is about the place, and about nobody.
    let escalation = desk.case("CE-1").state;
    assert_eq!((escalation.subject, escalation.location.is_some()), (None, true));

    let lent = json!({ "lent": [{ "who": "Wanda Quist, sleep-in", "from": { "words": "Elm Court", "id": desk.case("SF-1").state.subject.map(|id| id.to_string()) },
        "hours": "20", "knows": "Plans of both flats", "until": "+20h" }], "without": "Two on nights there until Friday" });
    record(&desk, "duty", "staffing.redeploy", within("SF-1"), lent).expect("lent");
    let worked = json!({ "worked": { "is": "yes", "why": "Both slept" } });
    record(&desk, "duty", "staffing.lent_over", on("SF-1", "Wanda Quist"), worked).expect("looked at");
    let end = json!({ "why": "Closes" });
    let says = record(&desk, "manager", "staffing.end", on("SF-1", "Staffing forecast"), end.clone())
        .expect_err("a risk is open");
    assert!(says.contains("Risks are still open"), "{says}");
    let later = json!({ "by": "30-Nov 21:00", "why": "She stays until then" });
    record(&desk, "manager", "staffing.later", on("SF-1", "Staffing risk"), later).expect("moved");
    let held = json!({ "how": "New worker began", "evidence": { "reference": "Rota, week 49" } });
    record(&desk, "duty", "staffing.held", on("SF-1", "Staffing risk"), held).expect("held");
    record(
        &desk,
        "manager",
        "staffing.skip",
        on("SF-1", "Staffing forecast"),
        json!({ "why": "Bank holiday" }),
    )
    .expect("skipped");
    record(&desk, "manager", "staffing.end", on("SF-1", "Staffing forecast"), end).expect("nothing is open");
    let again = json!({ "why": "Opens again", "by": "23-Nov 12:00", "often": "fortnightly" });
    record(&desk, "manager", "staffing.reopen", within("SF-1"), again).expect("again");
    let skip = json!({ "why": "Nobody is lent yet" });
    record(&desk, "manager", "staffing.skip", on("SF-1", "Staffing forecast"), skip).expect("skipped");
    let next = desk.owed("SF-1", "Staffing forecast").pop().expect("the next");
    assert_eq!(next.due, at("2026-12-07T12:00:00Z"));
}

#[test]
fn the_agenda_of_a_meeting_is_made_from_the_queues_and_somebody_else_signs_it_off() {
    let mut desk = monday();
    desk.keys("+").select("Meeting").keys("<enter>");
    desk.line("kind")
        .keys("r")
        .line("headline")
        .keys("all places")
        .line("attends")
        .keys("Managers of all places");
    desk.line("by").keys("10:00").line("often").keys("w").saves();
    desk.goes_home().keys(super::whole::CALL).later(70);
    open(&mut desk, "MT-1").keys("d").shows("Agenda");
    assert_eq!(desk.text("items.0.case"), "U-1");
    let matter = desk.text("items.0.matter");
    assert!(
        matter.starts_with("AMBER") && matter.contains("owed: Decide") && !matter.contains("QUILL"),
        "{matter}"
    );
    desk.line("led_by").keys("lindq<enter>").line("present").keys("A. Okafor, T. Varga");
    desk.line("items.0.said")
        .keys("Seen twice since")
        .line("items.0.decision")
        .keys("Ring the surgery again");
    desk.line("summary").keys("One call that nobody has decided").keys("<ctrl-s>").shows("Whose");
    desk.line("items.0.who").keys("okafor<enter>").line("items.0.by").keys("13:00").saves();
    let decided = desk.owed("MT-1", "Ring the surgery again").remove(0);
    assert_eq!(decided.obligor, Party::Staff(desk.office.staff["duty"]));
    let next = desk.owed("MT-1", "Weekly risk meeting: all places").pop().expect("the next");
    assert_eq!(next.due, at("2026-11-23T10:00:00Z"));
    desk.at_time("2026-11-23T12:00:00Z");
    assert_eq!(desk.state(&next), Lateness::Late, "one that nobody wrote down shows");

    // Whoever wrote it down does not sign it off alone.
    let signed = json!({ "true": "yes" });
    record(&desk, "delegate", "meeting.sign", within("MT-1"), signed).expect("somebody else may");
    assert_eq!(desk.owed("MT-1", "Sign off the record of the meeting")[0].progress, Progress::Confirmed);
    let moved = json!({ "by": "+2h", "why": "The surgery is shut" });
    record(&desk, "manager", "meeting.move", on("MT-1", "Ring the surgery"), moved).expect("moved");
    let done = json!({ "evidence": { "reference": "Liaison record of today" } });
    record(&desk, "duty", "meeting.done", on("MT-1", "Ring the surgery"), done).expect("done");
    let skip = json!({ "why": "Everybody ill", "instead": "Morag Lindqvist" });
    record(&desk, "manager", "meeting.skip", on("MT-1", "Weekly risk"), skip).expect("not held");
    record(
        &desk,
        "manager",
        "meeting.end",
        on("MT-1", "Weekly risk"),
        json!({ "why": "Merged with another" }),
    )
    .expect("ended");
    // Opened for what was decided, it does not come round, and is put away again; or it is held again.
    record(&desk, "manager", "meeting.reopen", within("MT-1"), json!({ "why": "For what was decided" }))
        .expect("again");
    let put_away = json!({ "why": "All of it is done" });
    record(&desk, "manager", "meeting.close", within("MT-1"), put_away.clone()).expect("put away");
    let held = json!({ "why": "Held again", "by": "24-Nov 10:00" });
    record(&desk, "manager", "meeting.reopen", within("MT-1"), held).expect("held again");
    let says =
        record(&desk, "manager", "meeting.close", within("MT-1"), put_away).expect_err("it comes round");
    assert!(says.contains("It still comes round"), "{says}");
    let skip = json!({ "why": "Everybody ill", "instead": "Morag Lindqvist" });
    record(&desk, "manager", "meeting.skip", on("MT-1", "Meeting: all places"), skip).expect("not held");
    let next = desk.owed("MT-1", "Meeting: all places").pop().expect("the next");
    assert_eq!(next.due, at("2026-12-01T10:00:00Z"));
}

#[test]
fn a_restricted_record_stands_in_an_agenda_without_its_matter() {
    let mut desk = monday();
    let person = desk.office.people["quill"];
    let raised = json!({ "trigger": "tenancy", "headline": "Notice given to flat 4", "what": "Notice by letter", "impact": "Where she lives",
        "light": "red", "light_why": "Notice", "mitigation": "Asked for time", "evidence": { "reference": "Letter" } });
    record(&desk, "coordinator", "commissioner.raise", about(person), raised).expect("raised");
    let kept = json!({ "restricted": { "is": "yes", "why": "protected address" } });
    record(&desk, "manager", "people.change", within(&person.to_string()), kept).expect("restricted");
    let begin = json!({ "kind": "daily", "headline": "call", "attends": "managers", "by": "10:00", "often": "daily" });
    record(&desk, "duty", "meeting.begin", In::default(), begin).expect("a meeting");
    desk.at_time("2026-11-16T11:30:00Z");
    let of = |who: &str| {
        let store = desk.store();
        let viewer = store.viewer_for(Some(desk.office.staff[who]), desk.office.now()).expect("a viewer");
        let id = store.case_by_reference(&viewer, "MT-1").expect("a meeting");
        let view = store.case(&viewer, id, desk.office.now()).expect("a meeting");
        view.past
            .iter()
            .map(|one| format!("{} {}", one.source, one.answers[0].words))
            .collect::<Vec<_>>()
            .join("\n")
    };
    assert!(
        of("manager").contains("RED: Notice given to flat 4; owed: Put into a class"),
        "{}",
        of("manager")
    );
    let theirs = of("duty");
    assert!(
        theirs.contains("restricted record, ask") && !theirs.contains("Notice") && !theirs.contains("CE-1"),
        "{theirs}"
    );
}
