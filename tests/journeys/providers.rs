//! Arrangements with organisations: nothing is approved before the checks, nothing starts before the agreement, an emergency
//! is the one way round, and whoever relies on a provider that is restricted is asked cover for.

use dutydesk::app::Layer;
use dutydesk::domain::commitment::{Party, Progress};
use dutydesk::domain::handover::Section;
use dutydesk::domain::permission::Viewer;
use serde_json::json;

use super::begins::opens;
use super::desk::Desk;
use super::office::{Office, at};
use super::recorded::{on, record, within};
use super::restricted;

pub(super) const CHECKS: [&str; 10] = [
    "identity",
    "registration",
    "qualifications",
    "recruitment",
    "safeguarding",
    "insurance",
    "policies",
    "staff",
    "capacity",
    "working",
];
pub(super) const CLAUSES: [&str; 10] = [
    "scope",
    "roles",
    "standards",
    "person",
    "information",
    "incidents",
    "escalation",
    "monitoring",
    "complaints",
    "ending",
];
const PARTS: [&str; 7] = ["triggers", "informed", "cover", "numbers", "nights", "suspend", "people"];

/// Begins a step that has no key of its own, from the list of steps.
pub(super) fn begun<'d>(desk: &'d mut Desk, title: &str) -> &'d mut Desk {
    desk.keys("n");
    let Layer::Choice(steps) = desk.app.top() else { panic!("the list of steps:\n{}", desk.screen()) };
    let step = steps.items.iter().find(|step| step.label == title).expect("a step of this title");
    let key = step.key.to_string();
    desk.keys(&key)
}

pub(super) fn morning() -> Desk {
    Desk::at(Office::opened("2026-11-23T09:00:00Z")).signed_in("lind")
}

/// Larkfold is proposed for nights; much hangs on it, and OAKES relies on it.
pub(super) fn proposed(desk: &mut Desk) -> &mut Desk {
    desk.keys("*a").line("provider").keys("Larkfold Staffing<enter>");
    desk.line("service").keys("Sleep-in nights").line("kind").keys("w").line("tier").keys("h");
    desk.keys("<f4>").line("relying.+").keys("<enter>");
    desk.line("relying.0.who").keys("bernard<enter>1").line("relying.0.for").keys("nights").saves();
    desk.shows("Larkfold Staffing").shows("Proposed").shows("HIGH").keys("<enter>")
}

/// The checks of these lines are in order; insurance runs out.
pub(super) fn checked<'d>(desk: &'d mut Desk, lines: &[&str]) -> &'d mut Desk {
    desk.keys("f");
    for line in lines {
        desk.line(&format!("checks.{line}")).keys("y");
        desk.line(&format!("checks.{line}.note")).keys("file E1");
        if *line == "insurance" {
            desk.line("checks.insurance.expires").keys("31-Dec-2026");
        }
    }
    desk.saves()
}

pub(super) fn planned(desk: &mut Desk) -> &mut Desk {
    desk.keys("b").line("proportion").keys("All ten, in full");
    desk.line("who").keys("varga<enter>").line("by").keys("30-Nov 12:00").saves()
}

pub(super) fn agreed(desk: &mut Desk) -> &mut Desk {
    desk.keys("g");
    for clause in CLAUSES {
        desk.line(&format!("clauses.{clause}")).keys("y");
    }
    desk.line("reference").keys("Agreement 23-Nov").line("signed").keys("23-Nov-2026");
    desk.line("review").keys("1-Nov-2027 12:00").saves()
}

pub(super) fn prepared(desk: &mut Desk) -> &mut Desk {
    begun(desk, "If they do not come");
    for part in PARTS {
        desk.line(part).keys(&format!("what holds of {part}"));
    }
    desk.line("test_by").keys("1-Dec 12:00").saves()
}

pub(super) fn approved(desk: &mut Desk) -> &mut Desk {
    desk.line("satisfied").keys("y").line("satisfied.why").keys("All of file E1");
    desk.line("why").keys("Nights are covered by people we know").saves()
}

pub(super) fn suspended<'d>(desk: &'d mut Desk, key: &str) -> &'d mut Desk {
    desk.keys(key).line("grounds").keys("s").line("why").keys("The family says he was handled roughly");
    desk.line("alternatives").keys("Two together: nobody else of theirs is known to us");
    desk.line("review").keys("23-Nov 12:00")
}

/// It ends, and so does all that is owed in it.
pub(super) fn ended(desk: &mut Desk) -> &mut Desk {
    desk.keys("x").line("how").keys("n").line("why").keys("The ward keeps him");
    let Some(rows) = (0..20).rev().find(|row| !desk.text(&format!("owed.{row}.what")).is_empty()) else {
        panic!("what is owed is asked about:\n{}", desk.screen())
    };
    for row in 0..=rows {
        desk.line(&format!("owed.{row}.becomes"))
            .keys("n")
            .line(&format!("owed.{row}.why"))
            .keys("It is over");
    }
    desk.saves()
}

/// Larkfold sends nobody for now: E-1 was suspended.
fn larkfold_is_suspended() -> Desk {
    let mut desk = morning();
    proposed(&mut desk);
    suspended(&mut desk, "6").saves();
    desk
}

#[test]
fn an_organisation_that_is_suspended_says_so_wherever_it_is_taken_and_covers_only_with_a_reason() {
    let mut desk = larkfold_is_suspended();
    desk.shows("Suspended since 09:00").goes_home().keys("<f6>").shows("Suspended since 09:00, E-1");
    // Another arrangement with them is named where it is decided about, because it goes on.
    proposed(desk.goes_home());
    desk.keys("5").shows("these go on as they are: E-2 Sleep-in nights").keys("<esc>").goes_home();
    super::cover::uncovered(&mut desk);
    desk.keys("<home>")
        .select("QUILL")
        .keys("<enter>a")
        .line("who")
        .keys("Bo")
        .line("organisation")
        .keys("larkf");
    desk.shows("Suspended since 09:00, E-1").keys("<enter>");
    desk.line("whole").keys("y").line("knows").keys("y").shows("Larkfold Staffing: suspended, see E-1");
    desk.keys("<ctrl-s>").shows("A decision without its reason");
    assert!(desk.case("V-1").state.state == "uncovered", "nobody is counted as covered by them");
    desk.line("despite")
        .keys("Agreed with Ms Lindqvist: Bo was in none of it, and stays with two of ours")
        .saves();
    let case = desk.case("V-1");
    assert_eq!(case.state.state, "covered");
    // Who reads it in years knows how they stood then.
    let arranged = case.chronology.iter().find(|told| !told.entry.register.cautions.is_empty());
    let then = &arranged.expect("kept with the entry").entry.register.cautions[0];
    assert_eq!((then.reference.as_str(), then.state.as_str()), ("E-1", "Suspended"));
    desk.assert_record_holds();
}

#[test]
fn the_command_line_refuses_a_suspended_organisation_as_cover_without_a_reason() {
    let mut desk = larkfold_is_suspended();
    desk.goes_home();
    super::cover::uncovered(&mut desk);
    let mut said =
        json!({ "who": "Bo", "organisation": "Larkfold Staffing", "whole": "yes", "knows": "yes" });
    let refused = record(&desk, "coordinator", "cover.arrange", within("V-1"), said.clone());
    let refused = refused.expect_err("a reason is wanted");
    assert!(refused.contains("Why them all the same"), "{refused}");
    said["despite"] = json!("Agreed with Ms Lindqvist");
    assert_eq!(record(&desk, "coordinator", "cover.arrange", within("V-1"), said), Ok("V-1".to_owned()));
}

#[test]
fn nothing_is_approved_before_every_check_and_nothing_starts_before_the_agreement() {
    let mut desk = morning();
    proposed(&mut desk);
    let owed = desk.owed("E-1", "Say which checks are made, and by whom").remove(0);
    assert_eq!(owed.owner, Party::Role("registered_manager".into()));
    planned(&mut desk);
    assert_eq!(desk.case("E-1").state.state, "due_diligence");

    // Bit by bit: what is left blank stays as it was answered. A line without where it can be seen is no answer.
    desk.keys("f").line("checks.identity").keys("y").keys("<ctrl-s>");
    desk.shows("Where it can be seen").line("checks.identity.note").keys("Companies House, today").saves();
    desk.keys("y").shows("Every one of the ten checks has to be answered first");
    checked(&mut desk, &CHECKS[1..9]);
    assert_eq!(desk.owed("E-1", "Checks answered, all ten")[0].progress, Progress::Requested);
    desk.keys("y").shows("Every one of the ten checks has to be answered first");
    desk.keys("f").line("checks.working").keys("-").keys("<ctrl-s>").shows("Why not");
    desk.line("checks.working.note").keys("They never hand over to us").saves();
    let renewal = desk.owed("E-1", "Renew: Insured").remove(0);
    assert_eq!(renewal.due, at("2026-12-31T23:59:59Z"), "what runs out is owed");
    // The tenth answer is the end of what was owed: nobody has to say a second time that they are all there.
    assert_eq!(desk.owed("E-1", "Checks answered, all ten")[0].progress, Progress::Confirmed);

    // Whoever made the checks does not approve alone: it waits, and the other manager's word counts.
    approved(desk.keys("y"));
    assert_eq!(desk.case("E-1").state.state, "due_diligence", "{}", desk.screen());
    let mut other = desk.beside().signed_in("varga");
    // It wants their word, not a second approval.
    other.keys("*<enter>").shows("Being checked").keys("y");
    other.shows("\"Approved\" is recorded and waits for a second person to agree: f8").goes_home();
    other.keys("<f8>").shows("Approved").keys("yy");
    let mut desk = other;
    assert_eq!(desk.case("E-1").state.state, "approved", "{}", desk.screen());

    // Nothing starts before the agreement, nor, where much hangs on it, without a plan for when they do not come.
    begun(desk.goes_home().keys("*<enter>"), "Started").shows("There is no agreement yet");
    begun(agreed(&mut desk), "Started").shows("a plan for when they do not");
    begun(prepared(&mut desk), "Started")
        .line("day")
        .keys("24-Nov-2026")
        .line("staff_know")
        .keys("y")
        .saves();
    assert_eq!(desk.case("E-1").state.state, "active");

    // Renewed on what is owed, with the next day; the plan is one key from whoever relies on them, on a telephone too.
    desk.keys("r<enter>");
    desk.line("evidence").keys("Certificate 2027").line("until").keys("31-Dec-2027 12:00").saves();
    let renewed = desk.owed("E-1", "Renew: Insured");
    assert_eq!((renewed[0].progress, renewed[1].progress), (Progress::Confirmed, Progress::Requested));
    desk.goes_home().keys("<f5>/bernard<enter><enter>%");
    desk.shows("LARKFOLD STAFFING (nights)").shows("E-1: active").shows("what holds of triggers");
    assert!(desk.little_screen().contains("LARKFOLD STAFFING"), "{}", desk.little_screen());
    desk.keys("<down>").shows("LARKFOLD").keys("<esc>").hides("LARKFOLD STAFFING (nights)");
}

#[test]
fn what_is_written_down_anew_ends_what_was_owed_for_the_one_before() {
    let mut desk = morning();
    planned(proposed(&mut desk));
    agreed(&mut desk);
    prepared(&mut desk);
    agreed(desk.goes_home().keys("*<enter>"));
    prepared(&mut desk);
    let progress =
        |desk: &Desk, what| desk.owed("E-1", what).iter().map(|one| one.progress).collect::<Vec<_>>();
    assert_eq!(progress(&desk, "Review the agreement"), [Progress::Confirmed, Progress::Requested]);
    let tests = progress(&desk, "Test the plan for when they do not come");
    assert_eq!(tests, [Progress::Cancelled, Progress::Requested]);
    desk.assert_record_holds();
}

#[test]
fn a_check_that_is_answered_again_stands_in_place_of_what_was_owed_for_it() {
    let mut desk = morning();
    proposed(&mut desk);
    planned(&mut desk);
    checked(&mut desk, &CHECKS);
    desk.keys("f").line("checks.insurance").keys("y").line("checks.insurance.note").keys("new certificate");
    desk.line("checks.insurance.expires").keys("31-Mar-2027").saves();
    let renewals = desk.owed("E-1", "Renew: Insured");
    assert_eq!(
        renewals.iter().map(|one| one.progress).collect::<Vec<_>>(),
        [Progress::Superseded, Progress::Requested]
    );
    assert_eq!(renewals[1].due, at("2027-03-31T22:59:59Z"));
    // Past its day it shuts the gate, whatever was answered.
    desk.at_time("2027-04-01T09:00:00Z").keys("y").shows("A check has run out: renew it first");
}

#[test]
fn an_emergency_is_the_one_way_round_and_its_end_is_owed() {
    let mut desk = morning();
    proposed(&mut desk);
    desk.keys("y").shows("\"Approved\" is recorded while it is \"Being checked\"; now it is \"Proposed\".");
    desk.keys("0").line("reason").keys("Their night worker is in hospital");
    desk.line("known").keys("Registered, rung the register at nine");
    desk.line("safeguards").keys("One of ours stays until eleven");
    desk.line("until").keys("25-Nov 12:00").saves();
    assert_eq!(desk.case("E-1").state.state, "emergency");
    let ends = desk.owed("E-1", "Emergency start ends: checks and agreement, or stop").remove(0);
    assert_eq!(ends.due, at("2026-11-25T12:00:00Z"));
    // It is no way round the checks for good.
    const REGULAR: &str = "Approved after the emergency";
    begun(&mut desk, REGULAR).shows("Every one of the ten checks");
    begun(checked(&mut desk, &CHECKS), REGULAR).shows("There is no agreement yet");
    agreed(&mut desk);
    prepared(&mut desk);
    desk.goes_home().sign_in("varga").keys("*<enter>");
    approved(begun(&mut desk, REGULAR));
    assert_eq!(desk.case("E-1").state.state, "active", "{}", desk.screen());
    let ends = desk.owed("E-1", "Emergency start ends: checks and agreement, or stop").remove(0);
    assert_eq!(ends.progress, Progress::Confirmed);
}

/// The supplier's half of an evening on which a family says that its worker was rough: who else is on tonight.
#[test]
fn a_provider_is_suspended_and_everybody_who_relies_on_it_is_asked_cover_for() {
    let mut desk = restricted::kept();
    desk.goes_home();
    for (who, from) in [("quill<enter>", "22:30"), ("brian<enter>1", "22:00")] {
        desk.keys("va").line("kind").keys("p").line("about").keys(who);
        desk.line("from").keys(from).line("until").keys("23:00").line("medicines").keys("n");
        desk.line("risk").keys("a").line("why").keys("t");
        desk.line("provider").keys("Larkfold Staffing<enter>").saves().keys("<esc>");
    }
    proposed(&mut desk);
    let uncovered = desk.board().uncovered;
    suspended(&mut desk, "6");
    // By when each begins; a restricted record is a stub with whom to ask; then those of whom no visit is known.
    assert_eq!(desk.text("relying.0.who"), "OAKES, Brian");
    assert_eq!(desk.text("relying.1.who"), "restricted record, ask LINDQVIST, M.");
    assert_eq!(desk.text("relying.2.who"), "OAKES, Bernard");
    assert_eq!(desk.text("relying.2.for"), "nights");
    desk.saves();
    let case = desk.case("E-1");
    assert_eq!(case.state.state, "suspended");
    let cover: Vec<_> =
        case.state.commitments.iter().filter(|one| one.what.starts_with("Cover for")).collect();
    let said: Vec<_> = cover.iter().map(|one| (one.what.as_str(), one.due)).collect();
    assert_eq!(said.len(), 3, "{said:?}");
    assert!(said[0].0.starts_with("Cover for OAKES, Brian: Personal care 22:00 to 23:00, V-"), "{said:?}");
    assert_eq!((said[0].1, said[1].1), (at("2026-11-21T22:00:00Z"), at("2026-11-21T22:30:00Z")));
    assert!(said[1].0.starts_with("Cover for restricted record, ask LINDQVIST, M."), "{said:?}");
    assert_eq!(
        said[2].1,
        case.chronology.last().expect("it").entry.recorded_at + chrono::TimeDelta::hours(2)
    );

    // Whoever is at the desk sees that somebody is without: among what is open, in the count, in the list of visits.
    let board = desk.board();
    let rows = board.escalations.rows.iter().filter(|row| row.commitment.what.starts_with("Cover for"));
    // Two of them are visits that nobody comes to already: each is counted once.
    assert_eq!((rows.count(), board.uncovered), (3, uncovered + 1));
    desk.goes_home().keys("v").shows("Cover for OAKES").keys("<esc>");
    opens(&mut desk, "E-1");

    // Cover is found for one of them; it is the duty desk's, and the handover says how the provider stands.
    desk.keys("a1").line("who").keys("Wanda Quist, 07700 900355").line("until").keys("tonight");
    desk.line("knows").keys("y").line("told_person").keys("y").saves();
    let open = desk.case("E-1").state.commitments;
    let open = open.iter().filter(|one| one.what.starts_with("Cover for") && one.progress.is_open()).count();
    assert_eq!(open, 2, "{}", desk.screen());
    let store = desk.store();
    let viewer = store.viewer_for(Some(desk.office.staff["manager"]), desk.office.now()).expect("a viewer");
    let (_, lines) = store.handover_lines(&viewer, Vec::new(), desk.office.now()).expect("lines");
    let line = lines.iter().find(|line| line.section == Section::Providers && line.owed.is_none());
    let line = line.expect("the handover speaks of it");
    assert!(line.what.starts_with("Suspended"), "{}", line.what);

    // The list says it first; lifting it wants somebody else, and something that had started.
    desk.goes_home().keys("*").shows("Suspended").keys("<enter>l").shows("It had not started");
}

#[test]
fn lifting_ends_the_cover_that_is_still_owed_and_says_so() {
    let mut desk = morning();
    proposed(&mut desk);
    desk.keys("0").line("reason").keys("Nobody for tonight").line("known").keys("On the register");
    desk.line("safeguards").keys("We ring at ten").line("until").keys("25-Nov 12:00").saves();
    suspended(&mut desk, "6").saves();
    let cover = "Cover for OAKES, Bernard: nights";
    assert!(desk.owed("E-1", cover)[0].progress.is_open());
    assert_eq!(desk.board().uncovered, 1);
    let mut other = desk.beside().signed_in("varga");
    opens(&mut other, "E-1");
    other.keys("l").line("changed").keys("Their own manager comes along; seen by Ms Brandt");
    other.line("evidence").keys("Rota of tonight").line("why").keys("Nobody sent alone any more");
    other.line("watched").keys("We ring at ten and at two").saves();
    let case = other.case("E-1").state;
    let open: Vec<_> =
        case.commitments.iter().filter(|one| one.progress.is_open()).map(|one| &one.what).collect();
    assert!(
        !open.iter().any(|what| what.starts_with("Cover for") || what.contains("ooked at again")),
        "{open:?}"
    );
    assert_eq!(
        case.commitments.iter().find(|one| one.what == cover).map(|one| one.progress),
        Some(Progress::Cancelled)
    );
    assert_eq!(other.board().uncovered, 0);
}

#[test]
fn what_they_owe_comes_round_and_is_done_when_it_is_here() {
    let mut desk = morning();
    proposed(&mut desk);
    desk.keys("0").line("reason").keys("Nobody for tonight").line("known").keys("On the register");
    desk.line("safeguards").keys("We ring at ten").line("until").keys("25-Nov 12:00").saves();
    begun(&mut desk, "What they owe us").line("reports.0.what").keys("Handover after the night");
    desk.line("reports.0.often").keys("d").line("reports.0.by").keys("24-Nov 08:00").saves();
    let first = desk.owed("E-1", "Handover after the night").remove(0);
    assert!(
        matches!(&first.obligor, Party::Outside(named) if named.words == "Larkfold Staffing"),
        "{first:?}"
    );
    // They say so: it stays owed until one of ours has it.
    begun(desk.at_time("2026-11-24T08:30:00Z"), "They say it is done").line("who").keys("Their on-call");
    desk.line("what").keys("Sent at eight").saves();
    assert_eq!(desk.owed("E-1", "Handover after the night")[0].progress, Progress::Reported);
    desk.keys("d").shows("Larkfold Staffing").line("evidence").keys("Folder, page 3");
    desk.line("complete").keys("y").saves();
    let owed = desk.owed("E-1", "Handover after the night");
    assert_eq!((owed[0].progress, owed.len()), (Progress::Confirmed, 2));
    assert_eq!(owed[1].due, at("2026-11-25T08:00:00Z"));

    // Recorded again it adds to what was agreed, and each keeps its own rhythm.
    begun(&mut desk, "What they owe us").line("reports.0.what").keys("Figures of the month");
    desk.line("reports.0.often").keys("m").line("reports.0.by").keys("30-Nov 12:00").saves();
    begun(&mut desk, "Review calendar").line("streams.0.stream").keys("c");
    desk.line("streams.0.often").keys("w").line("streams.0.first").keys("1-Dec 12:00").saves();
    begun(&mut desk, "Review calendar").line("streams.0.stream").keys("i");
    desk.line("streams.0.often").keys("m").line("streams.0.first").keys("2-Dec 12:00").saves();
    let seen = json!({ "evidence": { "reference": "Folder" }, "complete": "yes" });
    let here = |desk: &Desk, what: &str| {
        record(desk, "manager", "provider.done", on("E-1", what), seen.clone()).expect("it is here");
        desk.owed("E-1", what).pop().expect("the next").due
    };
    assert_eq!(here(&desk, "Handover after the night"), at("2026-11-26T08:00:00Z"));
    assert_eq!(here(&desk, "Figures of the month"), at("2026-12-30T12:00:00Z"));

    // Each of ours says for themselves that they know what is whose.
    begun(&mut desk, "Who does what")
        .line("tasks.0.who")
        .keys("bernard<enter>1")
        .line("tasks.0.task")
        .keys("turning at two");
    desk.line("tasks.0.side").keys("t").line("tasks.0.answers").keys("w").line("plans").keys("y");
    desk.keys("<f4>").line("know.+").keys("<enter>").line("know.0.who").keys("brandt<enter>").saves();
    let knows = desk.owed("E-1", "Say that you know what is yours and what is theirs").remove(0);
    assert_eq!(knows.obligor, Party::Staff(desk.office.staff["leader"]));

    // Ending it asks of each thing owed what becomes of it, and calls nothing off by itself.
    ended(&mut desk);
    let case = desk.case("E-1");
    assert!(case.state.closed && case.state.state == "terminated", "{}", desk.screen());
    let open: Vec<_> = case.state.commitments.iter().filter(|one| one.progress.is_open()).collect();
    assert!(open.iter().all(|one| one.what.starts_with("Cover for")), "{open:?}");
    let listed = desk.store().providers(&Viewer::system(), desk.office.now(), 9).expect("a list");
    assert_eq!((listed[0].closed, listed[0].relying), (true, 1));
}
