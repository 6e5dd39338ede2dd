//! Turning to a commissioner: raised with what was done first, put into a class that sets route and clock, answered,
//! acted on by several organisations, and closed with what came of each effect that was meant.

use dutydesk::domain::answer::{Answer, Branch};
use dutydesk::domain::commitment::{Party, Progress};
use dutydesk::domain::entry::Said;
use serde_json::{Value, json};

use super::desk::Desk;
use super::office::{Office, at};
use super::recorded::{about, on, open, record, within};

fn morning() -> Desk {
    Desk::at(Office::opened("2026-11-18T09:00:00Z")).signed_in("shah")
}

fn fill(desk: &mut Desk, lines: &[(&str, &str)]) {
    for (path, keys) in lines {
        desk.line(path).keys(keys);
    }
}

/// The answers of a first record that lacks nothing.
pub(super) fn raised() -> Value {
    json!({
        "trigger": "co_tenant", "headline": "Third week of broken nights",
        "what": "Up from midnight to four on nine of fourteen nights; shouts at the wall to flat 13",
        "impact": "He is too tired for his work and stays in his room", "light": "amber",
        "light_why": "Twice as many broken nights as in the four weeks before",
        "mitigation": "Room changed, evening walk, quiet hours agreed with the neighbour",
        "evidence": { "reference": "Night log, weeks 44 to 47" },
    })
}

/// A decision of the class to which the questions lead.
pub(super) fn classed(class: &str) -> Value {
    let way = match class {
        "funding" => json!({ "safe": "not_now", "money": "funding" }),
        "strategic" => json!({ "safe": "not_now", "money": "not_money", "ourselves": "strategic" }),
        _ => json!({ "safe": "not_now", "money": "not_money", "ourselves": "we_can", "again": "internal" }),
    };
    json!({
        "way": way, "class": class,
        "why": "Four weeks of numbers; the walks help and it is ours to go on with",
        "lead": { "words": "Morag Lindqvist" }, "effects": "stability", "whose": { "words": "Morag Lindqvist" },
        "routes": "commissioner", "commissioner": { "words": "Larkfield Council" },
    })
}

pub(super) fn as_lead(desk: &Desk, mut answers: Value) -> Value {
    let id = desk.office.staff["manager"].to_string();
    for field in ["lead", "whose"] {
        answers[field]["id"] = json!(id);
    }
    answers
}

#[test]
fn a_correction_that_names_another_lead_makes_the_case_theirs() {
    let mut desk = morning();
    let quill = desk.office.people["quill"];
    record(&desk, "leader", "commissioner.raise", about(quill), raised()).expect("it is raised");
    let mut decides = as_lead(&desk, classed("strategic"));
    decides["view"] = json!("He wants to stay, and to sleep");
    record(&desk, "manager", "commissioner.decide", within("CE-1"), decides).expect("it is decided");
    let owner = |desk: &Desk| desk.case("CE-1").state.owner;
    assert_eq!(owner(&desk), Some(Party::Staff(desk.office.staff["manager"])));
    desk.sign_in("lindqvist");
    open(&mut desk, "CE-1").keys("<tab><end>m").shows("He wants to stay, and to sleep").line("lead");
    desk.instead("lead", "").keys("varga<enter>").line("+reason").keys("Mr Varga leads it").saves();
    assert_eq!(owner(&desk), Some(Party::Staff(desk.office.staff["delegate"])));
    desk.assert_record_holds();
}

#[test]
fn an_escalation_from_the_first_word_to_what_came_of_it() {
    let mut desk = morning();
    desk.keys("+").select("Commissioner escalation").keys("<enter>");
    fill(
        &mut desk,
        &[("about", "qui<enter>"), ("trigger", "t"), ("headline", "Third week of broken nights")],
    );
    fill(&mut desk, &[("what", "Up from midnight to four on nine of fourteen nights"), ("light", "a")]);
    fill(
        &mut desk,
        &[
            ("light_why", "Twice as many as in the four weeks before"),
            ("evidence", "Night log, weeks 44 to 47"),
        ],
    );
    // What it means for the person and what we did ourselves come before anybody outside is troubled.
    desk.keys("<ctrl-s>").shows("What it means for the person").shows("What we did about it");
    assert_eq!(desk.app.forms().count(), 1);
    fill(
        &mut desk,
        &[("impact", "Too tired for her work"), ("mitigation", "Room changed, evening walk, quiet hours")],
    );
    desk.saves();
    desk.goes_home().keys("<f9>").shows("AMBER");
    open(&mut desk, "CE-1");
    let class = desk.owed("CE-1", "Put into a class").remove(0);
    assert_eq!(
        (class.due, class.obligor),
        (at("2026-11-19T23:59:00Z"), Party::Role("registered_manager".into()))
    );

    // Nothing is closed that nobody has decided, and it is not the coordinator's to decide.
    let decides = as_lead(&desk, classed("strategic"));
    let refused = record(&desk, "leader", "commissioner.decide", within("CE-1"), decides);
    assert!(refused.expect_err("a manager's act").contains("Class and route"));
    desk.goes_home();
    desk.sign_in("lindqvist");
    open(&mut desk, "CE-1").keys("x").shows("Nobody has put it into a class yet");

    desk.keys("d").shows("Is somebody unsafe now");
    // What the questions lead to stands under the last of them, and is chosen.
    fill(&mut desk, &[("way.safe", "n"), ("way.money", "n"), ("way.ourselves", "n")]);
    desk.shows("= Emerging strategic risk: the commissioner is to know").shows("(x) Emerging strategic risk");
    fill(&mut desk, &[("why", "It comes back whatever we do"), ("lead", "lindq<enter>"), ("routes", "ch")]);
    fill(
        &mut desk,
        &[("commissioner", "Larkfield Council<enter>"), ("effects", "sh"), ("whose", "lindq<enter>")],
    );
    desk.saves();
    let case = desk.case("CE-1").state;
    assert_eq!(case.state, "decided");
    desk.shows("Class and route  Emerging strategic risk");
    let branch = |node: &str, choice: &str| Branch { node: node.into(), choice: choice.into() };
    let path =
        vec![branch("safe", "not_now"), branch("money", "not_money"), branch("ourselves", "strategic")];
    assert_eq!(case.answers["decide.way"], Answer::Tree(path), "the path is stored");
    assert_eq!(desk.owed("CE-1", "Tell the commissioner")[0].due, at("2026-11-20T23:59:00Z"));

    // Sent, acknowledged, answered: each a clock of its own.
    desk.keys("t");
    fill(&mut desk, &[("to", "Larkfield Council<enter>"), ("means", "e"), ("kind", "f")]);
    fill(
        &mut desk,
        &[("said", "What we see, what we did, what we ask"), ("asked.+", "<enter>"), ("asked.0.what", "a")],
    );
    fill(&mut desk, &[("asked.0.by", "12:00"), ("asked.+", "<enter>"), ("asked.1.what", "d")]);
    fill(&mut desk, &[("asked.1.detail", "another flat"), ("asked.1.by", "20-Nov 12:00")]);
    desk.saves();
    assert_eq!(desk.owed("CE-1", "Tell the commissioner")[0].progress, Progress::Confirmed);
    let acknowledge = desk.owed("CE-1", "Acknowledge").remove(0);
    assert_eq!(acknowledge.due, at("2026-11-18T12:00:00Z"));
    assert!(matches!(&acknowledge.obligor, Party::Outside(named) if named.words == "Larkfield Council"));
    assert_eq!(desk.owed("CE-1", "Decide: another flat")[0].due, at("2026-11-20T12:00:00Z"));
    desk.later(60).keys("a1");
    fill(&mut desk, &[("who", "Ken Briar"), ("how", "e")]);
    desk.saves();
    assert_eq!(desk.owed("CE-1", "Acknowledge")[0].progress, Progress::Confirmed);
    // Nobody answers: it is chased once more, and its time stands.
    desk.at_time("2026-11-20T12:40:00Z").keys("h");
    fill(&mut desk, &[("outcome", "n"), ("level", "s")]);
    desk.hides("What they will do").saves();
    let asked = desk.owed("CE-1", "Decide: another flat");
    let asked = asked.iter().find(|one| one.progress.is_open()).expect("it is still owed");
    assert_eq!((asked.due, asked.chased), (at("2026-11-20T12:00:00Z"), 1));
    desk.at_time("2026-11-20T13:00:00Z").keys("h");
    fill(&mut desk, &[("person", "Ken Briar's manager"), ("level", "m"), ("by", "23-Nov 12:00")]);
    desk.saves();
    desk.keys("r");
    fill(&mut desk, &[("who", "Ken Briar, contracts"), ("answer", "Flat 2 from January"), ("decided", "y")]);
    fill(
        &mut desk,
        &[("owner_there", "Head of commissioning"), ("whose", "lindq<enter>"), ("actions.+", "<enter>")],
    );
    fill(
        &mut desk,
        &[("actions.0.what", "Tenancy for flat 2"), ("actions.0.organisation", "Larkfield Homes<enter>")],
    );
    fill(&mut desk, &[("actions.0.by", "27-Nov 12:00")]);
    desk.saves();
    let action = desk.owed("CE-1", "Tenancy for flat 2").remove(0);
    assert!(matches!(&action.obligor, Party::Outside(named) if named.words == "Larkfield Homes"));

    // The light goes down with its reason; what was agreed is done with what shows it.
    desk.keys("g");
    fill(&mut desk, &[("light", "g"), ("why", "Two quiet weeks, by the night log")]);
    desk.saves();
    assert_eq!(desk.case("CE-1").state.facts.risk.as_deref(), Some("green"));
    desk.keys("y").line("evidence").keys("Tenancy signed 26-Nov").saves();

    // Every effect that was meant is asked about.
    desk.keys("x");
    fill(
        &mut desk,
        &[("ended", "s"), ("came_of_it", "Sleeps; back at work"), ("shown_by", "Night log, week 50")],
    );
    fill(&mut desk, &[("stability", "6")]);
    desk.keys("<ctrl-s>")
        .shows("from 1 to 5")
        .shows("No admission to hospital")
        .hides("Standing of the service");
    desk.instead("stability", "5").line("admission").keys("4");
    // What a commissioner may expect is marked on this one; what was not so says what was missing.
    desk.keys("<f4>");
    for (item, answer) in
        [("thresholds", "y"), ("accountable", "y"), ("evidence", "n"), ("accurate", "y"), ("steady", "y")]
    {
        desk.line(&format!("expectations.{item}")).keys(answer);
    }
    desk.keys("<ctrl-s>").shows("\"What we told them was shown\": say why not");
    assert_eq!(desk.app.forms().count(), 1, "it says what was missing");
    desk.line("expectations.evidence.note").keys("The night log went a week later").saves();
    let case = desk.case("CE-1").state;
    assert!(case.closed);
    assert_eq!(case.answers["close.stability"], Answer::Number(5));
    let Answer::Checklist(marked) = &case.answers["close.expectations"] else { panic!("{:?}", case.answers) };
    let marked: Vec<(&str, &str)> =
        marked.iter().map(|check| (check.item.as_str(), check.answer.as_str())).collect();
    assert_eq!(
        marked,
        [
            ("thresholds", "yes"),
            ("accountable", "yes"),
            ("evidence", "no"),
            ("accurate", "yes"),
            ("steady", "yes")
        ]
    );
    // How each effect came out is counted with all others.
    desk.goes_home().keys("|").select("Effects that came out better").shows("2/2");
    desk.goes_home();

    open(&mut desk, "CE-1").keys("4").line("why").keys("Awake again since Sunday").saves();
    assert_eq!(desk.case("CE-1").state.state, "decided");
    assert_eq!(desk.owed("CE-1", "Decide the class again")[0].progress, Progress::Requested);
}

#[test]
fn another_class_than_the_questions_lead_to_is_asked_about_once_and_marked_in_the_record() {
    let mut desk = morning();
    let quill = desk.office.people["quill"];
    record(&desk, "leader", "commissioner.raise", about(quill), raised()).expect("it is raised");
    desk.sign_in("lindqvist");
    open(&mut desk, "CE-1").keys("d");
    fill(&mut desk, &[("way.safe", "n"), ("way.money", "n"), ("way.ourselves", "y"), ("way.again", "n")]);
    desk.shows("= Internal pressure: ours to settle").shows("(x) Internal pressure");
    // An answer is another after all: what was offered goes with it, and nobody has to choose.
    fill(&mut desk, &[("way.safe", "y")]);
    desk.hides("Is what is missing money").shows("= Immediate safeguarding or instability");
    desk.shows("(x) Immediate safeguarding or instability");
    fill(
        &mut desk,
        &[("class", "i"), ("why", "Nothing outside"), ("lead", "lindq<enter>"), ("effects", "sh")],
    );
    fill(&mut desk, &[("whose", "lindq<enter>")]);
    let asks = r#"the questions lead to "Immediate safeguarding or instability""#;
    desk.keys("<ctrl-s>").shows(asks);
    assert_eq!(desk.case("CE-1").state.state, "raised", "asked before it is saved");
    desk.saves();
    desk.shows("Internal pressure (the questions lead").shows("to: Immediate safeguarding or instability)");
    // The head of the case says so, too, whatever of the timeline is in sight.
    desk.shows(": Internal pressure, the questions lead to: Immediate safeguarding or instability");
    assert_eq!(desk.case("CE-1").state.answers["decide.class"], Answer::Choice("internal".to_owned()));
    desk.assert_record_holds();
}

#[test]
fn who_is_flagged_on_the_record_is_escalated_earlier_and_what_is_kept_with_us_says_why() {
    let mut desk = morning();
    let (flagged, other) = (desk.office.people["quill"], desk.office.people["oakes_1"]);
    let record_of = flagged.to_string();
    record(&desk, "manager", "people.change", within(&record_of), json!({ "breakdown": "yes" }))
        .expect("a flag");
    record(&desk, "coordinator", "commissioner.raise", about(flagged), raised()).expect("it lacks nothing");
    record(&desk, "coordinator", "commissioner.raise", about(other), raised()).expect("it lacks nothing");
    let due = |desk: &Desk, case: &str| desk.owed(case, "Put into a class").remove(0).due;
    assert_eq!(due(&desk, "CE-1"), at("2026-11-18T13:00:00Z"), "four hours, where the record says so");
    assert_eq!(due(&desk, "CE-2"), at("2026-11-19T23:59:00Z"), "one working day for others");
    let told = desk.case("CE-1").chronology.remove(0);
    assert_eq!(told.entry.register.record["early_escalation"].iter().collect::<Vec<_>>(), ["yes"]);
    assert!(matches!(told.entry.said, Said::Step(_)));

    // Form, command and store ask alike.
    let kept = as_lead(&desk, classed("internal"));
    let says = record(&desk, "manager", "commissioner.decide", within("CE-1"), kept.clone())
        .expect_err("a reason is wanted");
    assert!(says.contains("Flagged on the record"), "{says}");
    record(&desk, "manager", "commissioner.decide", within("CE-2"), kept.clone())
        .expect("nobody flagged him");
    desk.sign_in("lindqvist");
    open(&mut desk, "CE-1").keys("d").shows("Flagged on the record").goes_home();
    open(&mut desk, "CE-2").keys("d").hides("Flagged on the record").goes_home();
    let mut kept = kept;
    kept["early"] = json!("Two quiet nights since the walk began; looked at again on Friday");
    record(&desk, "manager", "commissioner.decide", within("CE-1"), kept).expect("it says why");
    assert!(desk.owed("CE-1", "Tell the commissioner").is_empty(), "ours to settle");
    assert_eq!(desk.owed("CE-1", "Look again: is it settled?").len(), 1);

    // What the record said then stands, whatever it says now.
    record(&desk, "manager", "people.change", within(&record_of), json!({ "breakdown": "no" }))
        .expect("a flag");
    let store = desk.store();
    let viewer = store.viewer_for(Some(desk.office.staff["manager"]), desk.office.now()).expect("a viewer");
    let verified = store.verify(&viewer, &mut |_, _| {}).expect("it can be read");
    assert!(verified.fault.is_none(), "{:?}", verified.fault);
}

#[test]
fn what_keeps_somebody_safe_waits_for_no_decision_and_the_rest_of_an_escalation_is_recorded_in_its_order() {
    let desk = morning();
    let person = desk.office.people["quill"];
    record(&desk, "coordinator", "commissioner.raise", about(person), raised()).expect("it lacks nothing");
    let control = json!({ "controls": [{ "what": "A third person on evenings", "kind": "extra_staff", "staff": "one, 16:00-22:00",
        "hours": "42", "review_by": "20-Nov 12:00" }] });
    record(&desk, "leader", "commissioner.control", within("CE-1"), control)
        .expect("nothing stands before it");
    let staffing = json!({ "funded": "70", "needed": "112 h", "risks": [{ "risk": "Harm to the neighbour", "hours": "42",
        "when": "one more, 16:00-22:00", "shown_by": "Risk assessment of 2-Nov, 14 incidents" }], "tried": "Routine, walks",
        "without": "Nine broken nights of fourteen", "bundle": { "reference": "Staffing rationale v2" }, "way": "icb",
        "to": { "words": "Larkfield ICB" }, "answer_by": "25-Nov 12:00" });
    let refused = record(&desk, "manager", "commissioner.staffing", within("CE-1"), staffing.clone());
    assert!(refused.expect_err("nobody has decided").contains("Raised, not decided"));
    let funding = as_lead(&desk, classed("funding"));
    record(&desk, "manager", "commissioner.decide", within("CE-1"), funding).expect("a class");
    record(&desk, "manager", "commissioner.staffing", within("CE-1"), staffing).expect("a rationale");
    assert!(
        matches!(&desk.owed("CE-1", "Decide on 112 h a week")[0].obligor, Party::Outside(to) if to.words == "Larkfield ICB")
    );
    let disagree = json!({ "who": "Ken Briar", "theirs": "One to one is enough", "ours": "Two broken doors say otherwise",
        "meanwhile": "The third person stays", "settles": "Head of commissioning", "by": "27-Nov 12:00" });
    record(&desk, "leader", "commissioner.disagree", within("CE-1"), disagree).expect("anybody may");
    let review = json!({ "stability": [{ "what": "nights", "before": "4", "now": "9", "source": "Night log" }],
        "view": "\"Too loud\"", "holds": "with_changes", "why": "It held for two years", "whose": as_lead(&desk, classed("funding"))["whose"] });
    record(&desk, "manager", "commissioner.review", within("CE-1"), review).expect("a review");
    let over = json!({ "safe": { "is": "yes", "why": "No harm since" }, "now": "ended" });
    let says =
        record(&desk, "duty", "commissioner.control_review", on("CE-1", "A third person"), over.clone());
    assert!(says.expect_err("what it achieved is asked").contains("What it achieved"));
    let mut over = over;
    over["achieved"] = json!("Nobody was hurt in four weeks; two broken doors before it");
    record(&desk, "duty", "commissioner.control_review", on("CE-1", "A third person"), over)
        .expect("looked at");
    let no = json!({ "who": "ICB panel", "why": "\"Not health\"", "instead": "Ask the authority" });
    record(&desk, "duty", "commissioner.declined", on("CE-1", "Decide on 112"), no).expect("refused");
    let settled = json!({ "how": "Two to one until March" });
    record(&desk, "manager", "commissioner.settled", on("CE-1", "Disagreement settled"), settled)
        .expect("settled");
    // The first telling is still owed: closing asks what becomes of it.
    let close = json!({ "ended": "with_us", "came_of_it": "Sleeps again", "shown_by": { "reference": "Night log" }, "stability": "4" });
    let says =
        record(&desk, "manager", "commissioner.close", within("CE-1"), close).expect_err("something is owed");
    assert!(says.contains("owed"), "{says}");
}
