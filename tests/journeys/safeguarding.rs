//! A safeguarding concern: safety before forms, who was reached at night, who disagreed, who may see it, and how it ended
//! for the person. Nothing stands before what keeps somebody safe.

use dutydesk::domain::commitment::{Party, Progress};
use dutydesk::domain::entry::Said;
use dutydesk::domain::views::CaseView;

use super::begins::{begins, opens};
use super::desk::Desk;
use super::office::{Office, at};
use super::whole::CALL;

/// Saturday night: one on call, one behind them, a lead and a manager who come on Monday.
fn saturday() -> Desk {
    let office = Office::staffed(
        "2026-11-21T19:00:00Z",
        &[
            ("coordinator", "Priya Shah", &["duty_coordinator"]),
            ("leader", "Ines Brandt", &["shift_leader"]),
            ("on_call", "Marek Lis", &["on_call_manager"]),
            ("senior", "Sena Cole", &["senior_on_call"]),
            ("lead", "Ada Finch", &["designated_lead"]),
            ("manager", "Morag Lindqvist", &["registered_manager"]),
        ],
    );
    let mut desk = Desk::at(office).signed_in("lindqvist");
    desk.keys("<ctrl-r>");
    for (duty, who, number) in [("d", "lis", "07700 900204"), ("o", "cole", "07700 900205")] {
        desk.keys("a").line("duty").keys(duty).line("who").keys(who).keys("<enter>");
        desk.line("from").keys("20:00").line("until").keys("tomorrow 08:00");
        desk.line("phone").keys(number).saves();
    }
    desk.goes_home();
    desk.at_time("2026-11-21T23:10:00Z").sign_in("shah");
    desk
}

/// A concern about somebody whose worker comes from Larkfold, begun from the call; `more` fills in the rest.
fn concern(desk: &mut Desk, more: impl FnOnce(&mut Desk)) {
    desk.keys(CALL);
    begins(desk, "Safeguarding concern");
    assert_eq!(desk.text("about"), "QUILL, Theresa");
    desk.line("safe_now").keys("n");
    desk.line("said").keys("Hannah: \"He pulled her up by the arm and she cried out\"");
    desk.line("by_whom").keys("p").line("risk").keys("r");
    desk.line("provider").keys("Larkfold Staffing<enter>");
    more(desk);
    desk.saves();
    opens(desk, "SG-1");
}

fn open(desk: &Desk, what: &str) -> bool {
    desk.owed("SG-1", what).iter().any(|one| one.progress.is_open())
}

fn times(case: &CaseView, step: &str) -> usize {
    let is = |said: &Said| matches!(said, Said::Step(said) if said.step == step);
    case.chronology.iter().filter(|told| is(&told.entry.said)).count()
}

fn made_safe(desk: &mut Desk) {
    desk.keys("f")
        .line("done")
        .keys("w<enter>")
        .line("how")
        .keys("Ines Brandt stays with her in the kitchen");
    desk.line("safe_now").keys("y").line("stood_down_by").keys("Larkfold's night desk, asked by P. Shah");
    desk.line("relief").keys("n").line("relief_kind").keys("p");
    desk.line("relief_from").keys("tomorrow 07:00").line("relief_until").keys("tomorrow 07:30").saves();
}

fn no_ambulance(desk: &mut Desk) {
    desk.keys("9").line("called").keys("n<enter>").line("injury").keys("y");
    desk.line("injury.why").keys("Red mark on the left upper arm, 4 cm").saves();
}

fn police(desk: &mut Desk) {
    desk.keys("j").line("crime").keys("y").line("crime.why").keys("Pulled by the arm, she cried out");
    desk.line("told").keys("1").line("reference").keys("CAD 2211").line("kept").keys("c<enter>");
    desk.line("questioned").keys("n").saves();
}

fn referred(desk: &mut Desk) {
    desk.keys("r").line("how").keys("e").line("who").keys("Emergency duty team<enter>");
    desk.line("person").keys("M. Ode, duty social worker").line("reference").keys("EDT-4471");
    desk.line("shared").keys("What Hannah said, the mark, that he is stood down").line("basis").keys("s");
    desk.line("said").keys("Leave it as it is, we ring on Sunday").line("urgency").keys("d");
    desk.line("by").keys("23-Nov 12:00").saves();
}

fn wishes(desk: &mut Desk) {
    desk.keys("i").line("view").keys("\"I do not want him again, and no fuss\"");
    desk.line("agrees").keys("y").line("capacity").keys("y");
    desk.line("capacity_why").keys("Said in her own words what a referral is and what comes of it").saves();
}

fn outcome(desk: &mut Desk) {
    desk.keys("5").line("finding").keys("s").line("whose").keys("County enquiry, letter of 14-Dec");
    desk.line("met").keys("y").line("they_say").keys("\"Nobody like that has come since\"");
    desk.line("risk_left").keys("g").line("learned").keys("Nobody new goes alone the first time");
    desk.line("told").keys("Theresa and Hannah, by A. Finch in person").saves();
}

#[test]
fn a_concern_about_somebody_whom_nobody_knows_yet_is_saved_and_counts_them_as_missing() {
    let mut desk = saturday();
    concern(&mut desk, |desk| {
        desk.instead("about", "a woman at the bus stop<esc>").shows("Who it is");
    });
    assert_eq!(desk.case("SG-1").state.subject, None);
    assert!(desk.case("SG-1").chronology[0].missing.contains(&"not_known".to_owned()));
    assert!(open(&desk, "Fill in the safeguarding concern"));
}

#[test]
fn a_worker_is_accused_on_a_saturday_night_and_safety_comes_before_everything() {
    let mut desk = saturday();
    concern(&mut desk, |_| ());
    // Due by the clock of what was said: not safe, within five minutes.
    assert_eq!(desk.owed("SG-1", "NOT SAFE: see that they are")[0].due, at("2026-11-21T23:15:00Z"));
    let referral = desk.owed("SG-1", "Refer to the local authority, or say why not").remove(0);
    assert_eq!(
        (referral.due, referral.owner),
        (at("2026-11-22T00:10:00Z"), Party::Role("decision_holder".into()))
    );
    // The regulator in parallel, opened by itself and linked.
    assert!(desk.case("SG-1").state.links.contains(&desk.case("N-1").state.id));
    assert_eq!(desk.case("N-1").state.subject, Some(desk.office.people["quill"]));

    made_safe(&mut desk);
    assert_eq!(desk.owed("SG-1", "NOT SAFE: see that they are")[0].progress, Progress::Confirmed);
    // The relief is an uncovered visit of its own, on the list, linked.
    let cover = desk.case("V-1");
    assert!(desk.case("SG-1").state.links.contains(&cover.state.id));
    let visit = cover.state.facts.visit.expect("a visit");
    assert_eq!(visit.from.at, at("2026-11-22T07:00:00Z"));
    assert_eq!(visit.provider.expect("a provider").words, "Larkfold Staffing");
    no_ambulance(&mut desk);

    // The on-call manager does not answer; ten minutes later the next is rung. Both stand there.
    desk.keys("8");
    assert_eq!(desk.text("whom"), "LIS, M.");
    desk.line("outcome").keys("n").saves();
    let next = "Ring COLE, S. 07700 900205, next in the chain";
    assert_eq!(desk.owed("SG-1", next)[0].due, at("2026-11-21T23:20:00Z"));
    police(&mut desk);
    desk.at_time("2026-11-21T23:20:00Z").keys("8");
    desk.line("outcome").keys("a").line("said").keys("Takes the decision tonight").saves();
    assert_eq!(desk.owed("SG-1", next)[0].progress, Progress::Confirmed);
    assert_eq!(times(&desk.case("SG-1"), "reach"), 2);

    referred(&mut desk);
    wishes(&mut desk);
    let answer = "Answer to the safeguarding referral";
    assert_eq!(desk.owed("SG-1", answer)[0].due, at("2026-11-23T12:00:00Z"));
    assert!(matches!(desk.owed("SG-1", answer)[0].obligor, Party::Outside(_)));

    // The supplier disputes it: written down, and everything that keeps her safe goes on.
    desk.keys("y")
        .line("who")
        .keys("Larkfold Staffing<enter>")
        .line("says")
        .keys("\"He denies it, we send him\"");
    desk.line("meanwhile").keys("He does not come to anybody of ours").line("settled").keys("n");
    desk.line("settled.why").keys("Their manager rings on Monday").saves();
    let settle = "Settle it with Larkfold Staffing, who disagrees";
    assert!(open(&desk, settle));
    desk.keys("f").line("done").keys("s<enter>").line("how").keys("Ines stays all night");
    desk.line("safe_now").keys("y").saves();
    police(&mut desk);
    assert_eq!((times(&desk.case("SG-1"), "safe"), times(&desk.case("SG-1"), "police")), (2, 2));

    // Who may be told is agreed with the duty team and the police first.
    desk.sign_in("cole").keys("<ctrl-r>").select("Decision holder").keys("o");
    desk.line("staff").keys("cole<enter>").saves();
    opens(&mut desk, "SG-1");
    desk.keys("b").line("whom.+").keys("<enter>").line("whom.0.who").keys("p").line("whom.0.may").keys("p");
    desk.line("whom.0.agreed_by").keys("M. Ode, duty team").line("whom.0.what").keys("That he is stood down");
    desk.line("everybody").keys("n").line("again").keys("23-Nov 12:00").saves();
    desk.keys("t")
        .line("told.0.whom")
        .keys("v")
        .line("told.0.name")
        .keys("Larkfold<enter>")
        .line("told.0.how")
        .keys("t");
    desk.line("told.0.said").keys("He does not come until they hear from us").saves();
    assert!(open(&desk, "Ask again who may be told"));

    // Monday: the local authority has answered, the lead looks, and what it says about us is a governance item.
    desk.at_time("2026-11-23T10:00:00Z").sign_in("finch").shows("Lead's review of the concern");
    opens(&mut desk, "SG-1");
    desk.keys("a").line("decided").keys("e").line("said").keys("Enquiry, Jo Reed leads");
    desk.line("evidence").keys("Their letter").saves();
    assert_eq!(desk.owed("SG-1", answer)[0].progress, Progress::Confirmed);
    desk.keys("0").line("safe").keys("y").line("next").keys("Strategy meeting on Thursday, Finch goes");
    desk.line("governance")
        .keys("y")
        .line("governance_what")
        .keys("Nobody new is introduced before going alone")
        .saves();
    assert!(!open(&desk, "Lead's review of the concern"));
    assert!(desk.case("SG-1").state.links.contains(&desk.case("G-1").state.id));

    // The meeting leaves things to do: ours, theirs, and what the enquiry is to be given.
    desk.keys("'").line("kind").keys("s").line("held").keys("26-Nov 14:00").saves();
    assert_eq!(desk.owed("SG-1", "Attend: Strategy or planning meeting")[0].due, at("2026-11-26T14:00:00Z"));
    desk.at_time("2026-11-26T15:00:00Z").keys("g").line("kind").keys("s");
    desk.line("present.+")
        .keys("<enter>")
        .line("present.0.name")
        .keys("Jo Reed")
        .line("present.0.came")
        .keys("y");
    desk.line("person_there")
        .keys("Hannah spoke for her")
        .line("notes")
        .keys("He is not to come back; enquiry goes on");
    desk.line("dissent")
        .keys("n")
        .line("actions.+")
        .keys("<enter>")
        .line("actions.0.what")
        .keys("New plan for mornings");
    desk.line("actions.0.owner").keys("brandt<enter>").line("actions.0.by").keys("30-Nov 12:00");
    desk.line("information.+").keys("<enter>").line("information.0.what").keys("Visit records of November");
    desk.line("information.0.to").keys("Jo Reed").line("information.0.owner").keys("finch<enter>");
    desk.line("information.0.by").keys("27-Nov 12:00").saves();
    assert_eq!(desk.owed("SG-1", "Attend: Strategy or planning meeting")[0].progress, Progress::Confirmed);
    desk.keys("6")
        .line("to")
        .keys("Jo Reed")
        .line("shared")
        .keys("Visit records 1 to 21 Nov")
        .line("how")
        .keys("e");
    desk.line("basis").keys("q").line("evidence").keys("Sent 15:10").saves();
    desk.keys("h")
        .line("person")
        .keys("Ines Brandt")
        .line("by")
        .keys("2-Dec 12:00")
        .line("why")
        .keys("Away this week")
        .saves();
    assert_eq!(
        desk.owed("SG-1", "New plan for mornings").last().expect("owed").due,
        at("2026-12-02T12:00:00Z")
    );
    desk.keys("d").line("by").keys("Ines Brandt").line("evidence").keys("Care plan v9").saves();

    // Thresholds of their own, each a reasoned yes or no.
    for (key, met) in [("-", "n"), (".", "y"), (",", "n")] {
        desk.keys(key).line("met").keys(met).line("met.why").keys("Weighed with the county's lead");
        if met == "y" {
            desk.line("to").keys("County lead for positions of trust").line("told_at").keys("14:30");
            desk.line("reference").keys("none given");
        }
        desk.saves();
    }
    desk.keys("y").line("who").keys("Larkfold Staffing<enter>").line("says").keys("\"We accept it\"");
    desk.line("meanwhile")
        .keys("He stays away")
        .line("settled")
        .keys("y")
        .line("settled.why")
        .keys("In writing")
        .saves();
    assert!(!open(&desk, settle));

    outcome(&mut desk);
    // Whoever said what came of it does not sign it off alone.
    desk.sign_in("lindqvist");
    opens(&mut desk, "SG-1");
    desk.keys("x")
        .line("ended")
        .keys("s")
        .line("better")
        .keys("She opens the door again; Hannah says so too")
        .saves();
    let case = desk.case("SG-1");
    assert!(case.state.closed, "{}", desk.screen());
    assert_eq!(case.state.facts.how_closed.as_deref(), Some("Safe, nothing more needed"));
    desk.assert_record_holds();
}

#[test]
fn nothing_stands_before_what_keeps_somebody_safe() {
    let mut desk = saturday();
    concern(&mut desk, |_| ());
    // Whoever is there, in any order, with a disagreement open and nobody's leave.
    desk.sign_in("brandt");
    opens(&mut desk, "SG-1");
    desk.keys("y").line("who").keys("Larkfold<enter>").line("says").keys("\"Nonsense\"");
    desk.line("meanwhile")
        .keys("All of it")
        .line("settled")
        .keys("n")
        .line("settled.why")
        .keys("Not yet")
        .saves();
    referred(&mut desk);
    police(&mut desk);
    no_ambulance(&mut desk);
    made_safe(&mut desk);
    for what in [
        "NOT SAFE: see that they are",
        "Police: told, or not a crime and why",
        "Medical help: got, or not needed and why",
    ] {
        assert!(!open(&desk, what), "{what}");
    }
    // The key for 999 leads to medical help, not to whatever safety step comes first.
    desk.keys("e").shows("Medical help").keys("<esc>");
}

#[test]
fn nobody_is_told_before_it_is_agreed_and_nothing_is_closed_half_done() {
    let mut desk = saturday();
    concern(&mut desk, |_| ());
    desk.keys("t").shows("Nobody has said yet who may be told");
    desk.sign_in("lindqvist");
    opens(&mut desk, "SG-1");
    desk.keys("x").shows("Nobody has said whether it was referred");
    referred(&mut desk);
    desk.keys("x").shows("The local authority has not answered");
    desk.keys("a").line("decided").keys("n").line("said").keys("Not within their duty");
    desk.line("evidence").keys("Their letter").saves();
    assert!(open(&desk, "Look again: there is no enquiry"));
    desk.keys("x").shows("Nobody has written down what the person wants");
    wishes(&mut desk);
    desk.keys("x").shows("Nobody has said what came of it");
    desk.keys("l")
        .line("aim")
        .keys("That she is not alone with anybody new")
        .line("actions.+")
        .keys("<enter>");
    desk.line("actions.0.what").keys("Two for a week").line("actions.0.owner").keys("brandt<enter>");
    desk.line("actions.0.by").keys("23-Nov 12:00").saves();
    outcome(&mut desk);
    desk.keys("x").shows("Actions of the plan are still open");
    desk.keys("z").line("why").keys("He has left Larkfold, agreed with Jo Reed").saves();
    desk.keys("x").shows("DBS, RIDDOR or position of trust");
}

#[test]
fn why_it_is_not_referred_is_written_down_and_looked_at_again() {
    let mut desk = saturday();
    concern(&mut desk, |_| ());
    desk.keys("r").line("how").keys("n").line("why_not").keys("She slipped; three people saw it");
    desk.line("not_by")
        .keys("lis<enter>")
        .line("would_change")
        .keys("If she says otherwise when he is away")
        .saves();
    let again = desk.owed("SG-1", "Look again: it was not referred").remove(0);
    assert_eq!(again.owner, Party::Role("designated_lead".into()));
    assert!(!open(&desk, "Refer to the local authority, or say why not"));
    desk.at_time("2026-11-23T09:00:00Z").sign_in("finch");
    opens(&mut desk, "SG-1");
    desk.keys("0").line("safe").keys("y").line("not_referred").keys("n");
    desk.line("not_referred.why").keys("One person cannot weigh that alone").line("next").keys("Refer today");
    desk.line("governance").keys("n").saves();
    assert!(open(&desk, "Refer to the local authority after all"));
    referred(&mut desk);
    assert!(!open(&desk, "Refer to the local authority after all"));
}

#[test]
fn it_can_be_kept_to_a_few_from_its_first_form_on_with_what_it_opens() {
    let mut desk = saturday();
    concern(&mut desk, |desk| {
        desk.line("+later").keys("<enter>").instead("headline", "rough handling said by daughter");
        desk.line("kept")
            .keys("y")
            .line("kept_to.+")
            .keys("<enter>")
            .line("kept_to.0.who")
            .keys("shah<enter>");
        desk.line("kept_to.+").keys("<enter>").line("kept_to.1.role").keys("o");
    });
    // Its clocks stand among the open escalations, where whoever is on looks first.
    desk.goes_home().shows("NOT SAFE: see").keys("<f9>").shows("rough handling").keys("<esc>");
    let mut other = desk.beside().signed_in("brandt");
    other
        .shows("restricted")
        .hides("Refer to the local")
        .keys("<f9>")
        .shows("U-1")
        .hides("SG-1")
        .hides("N-1");
    // The manager lifts it: one no opens both the case again.
    let mut manager = Desk::number(&desk.office, 1).signed_in("lindqvist");
    opens(&mut manager, "SG-1");
    manager.keys("7").line("kept").keys("n").saves();
    other.hears_of_it().shows("SG-1");
}

#[test]
fn a_handover_reads_who_is_missing_and_who_is_not_safe_before_all_that_can_wait() {
    let mut desk = saturday();
    concern(&mut desk, |_| {});
    desk.goes_home().keys("<f5>/oakes, br<enter><enter>").shows("OAKES, Brian").keys("nw");
    desk.line("where").keys("m").line("whereabouts").keys("Garden, blue coat").line("since").keys("22:50");
    desk.line("said_by").keys("IB, leader").line("happened").keys("Door stood open").saves();
    desk.goes_home().keys(">");
    let screen = desk.screen();
    let place = |words: &str| screen.find(words).unwrap_or_else(|| panic!("{words}:\n{screen}"));
    let order = [
        place("RED, MISSING AND SAFEGUARDING"),
        place("Garden, blue coat"),
        place("NOT SAFE: see that they are"),
        place("What the person wants"),
    ];
    assert!(order.is_sorted(), "{screen}");
}

#[test]
fn whoever_rang_is_never_taken_for_one_of_ours_and_who_is_not_safe_stands_before_a_courtesy() {
    let mut desk = saturday();
    concern(&mut desk, |_| {});
    let rows = desk.board().escalations.rows;
    let ours: Vec<_> = rows.iter().filter(|row| !row.commitment.obligor.is_outside()).collect();
    assert!(ours.len() > 3);
    for row in &ours {
        assert_ne!(row.phone.as_deref(), Some("07700 900118"), "{}: {}", row.obligor, row.commitment.what);
    }
    let decides =
        ours.iter().find(|row| row.obligor.contains("LIS")).expect("the manager on call owes something");
    assert_eq!(decides.phone.as_deref(), Some("07700 900204"), "their own number");
    let rang = decides.rang.as_ref().expect("somebody rang");
    assert_eq!((rang.call_back.as_str(), rang.caller.as_str()), ("07700 900118", "WQ, carer"));
    assert!(rows[0].commitment.what.starts_with("NOT SAFE"));

    desk.goes_home().keys("2").select("Decide");
    let screen = desk.screen_of(120, 40);
    assert!(screen.contains("LIS, M. · 07700 900204"), "{screen}");
    assert!(screen.contains("ring back 07700 900118 (WQ, carer)"), "{screen}");
    // On the sheet of a handover it is the same, line by line.
    let sheet = desk.goes_home().keys(">").screen_of(80, 200);
    assert!(!sheet.contains("ring 07700 900118"), "{sheet}");
    assert!(sheet.contains("ring back 07700 900118 (WQ, carer)"), "{sheet}");

    // Not made safe by what was done: that stands first as well.
    desk.goes_home();
    desk.keys("<f9>/SG-1<enter><enter>f").line("done").keys("s<enter>");
    desk.line("how")
        .keys("Ines stays; he stands at the door")
        .line("safe_now")
        .keys("nHe has not left")
        .saves();
    assert_eq!(desk.board().escalations.rows[0].commitment.what, "Still to be made safe");

    // Whoever rings our own is not offered themselves.
    desk.goes_home().sign_in("lis").keys("<f9>/SG-1<enter><enter>8");
    assert_eq!(desk.text("whom"), "COLE, S.");
}
