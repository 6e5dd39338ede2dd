//! Rounds of an arrangement's checks: one that begins leaves nothing of the one before, no sanction that is lifted leads round
//! it, and what is left of it is owed by its own day until the last line is answered.

use dutydesk::domain::answer::{Answer, Check};
use dutydesk::domain::commitment::Progress;

use super::concern::opens;
use super::desk::Desk;
use super::providers::{
    CHECKS, agreed, approved, begun, checked, ended, morning, planned, prepared, proposed, suspended,
};
use super::recorded::put_right;

const LEFT: &str = "Answer what is left of the ten checks";
const ROUND: &str = "Checks answered, all ten";

/// Larkfold is checked and approved, and works for us; the manager who approved it sits there.
fn active() -> Desk {
    let mut desk = morning();
    planned(proposed(&mut desk));
    checked(&mut desk, &CHECKS);
    prepared(agreed(&mut desk));
    approved(desk.keys("y"));
    desk.goes_home().sign_in("varga").keys("<f8>yy").goes_home();
    let started = begun(opens(&mut desk, "E-1"), "Started");
    started.line("day").keys("24-Nov-2026").line("staff_know").keys("y").saves();
    assert_eq!(desk.case("E-1").state.state, "active", "{}", desk.screen());
    desk
}

/// Somebody else sits down, and opens the arrangement.
fn turns_to<'d>(desk: &'d mut Desk, who: &str) -> &'d mut Desk {
    desk.goes_home().sign_in(who);
    opens(desk, "E-1")
}

fn states(desk: &Desk, what: &str) -> Vec<Progress> {
    desk.owed("E-1", what).iter().map(|one| one.progress).collect()
}

#[test]
fn nothing_that_is_lifted_is_a_way_round_checks_that_began_again() {
    let mut desk = active();
    // It was active: what was suspended and has had no new round is lifted.
    suspended(&mut desk, "6").saves();
    turns_to(&mut desk, "lind").keys("l").line("changed").keys("Their manager comes along");
    desk.line("evidence").keys("Rota").line("why").keys("Nobody sent alone").line("watched").keys("We ring");
    desk.saves();
    assert_eq!(desk.case("E-1").state.state, "active", "{}", desk.screen());

    // Checked anew while suspended, and suspended once more in the middle of it: it has to be approved first.
    suspended(&mut desk, "6").saves();
    planned(&mut desk);
    assert_eq!(desk.case("E-1").state.state, "due_diligence");
    suspended(&mut desk, "6").saves();
    assert_eq!(desk.case("E-1").state.state, "suspended", "nothing stands before a suspension");
    turns_to(&mut desk, "varga").keys("l").shows("or its checks began again since");

    // Ended and opened again it begins from the start, whatever it was before.
    ended(&mut desk);
    desk.keys("4").line("reason").keys("They can come again").saves();
    assert_eq!(desk.case("E-1").state.state, "proposed", "{}", desk.screen());
    suspended(&mut desk, "6").saves();
    turns_to(&mut desk, "lind").keys("l").shows("or its checks began again since");
    planned(&mut desk);
    desk.keys("y").shows("Every one of the ten checks has to be answered first");
    desk.assert_record_holds();
}

#[test]
fn what_was_known_of_them_before_they_left_is_no_answer_when_they_start_in_an_emergency() {
    let mut desk = active();
    ended(&mut desk);
    desk.keys("4").line("reason").keys("They can come again").saves();
    desk.keys("0").line("reason").keys("Nobody for tonight").line("known").keys("On the register");
    desk.line("safeguards").keys("We ring at ten").line("until").keys("25-Nov 12:00").saves();
    begun(&mut desk, "Approved after the emergency").shows("Every one of the ten checks");
}

#[test]
fn an_approval_that_waits_is_agreed_to_only_while_it_stands_and_a_new_round_calls_it_off() {
    let mut desk = morning();
    planned(proposed(&mut desk));
    checked(&mut desk, &CHECKS);
    approved(desk.keys("y"));
    suspended(&mut desk, "6").saves();
    // Agreed to now it would end the suspension.
    desk.goes_home()
        .sign_in("varga")
        .keys("<f8>")
        .shows("Approved")
        .keys("yy")
        .shows("now it is \"Suspended\"");
    assert_eq!(desk.case("E-1").state.state, "suspended", "{}", desk.screen());
    planned(turns_to(&mut desk, "lind"));
    let case = desk.case("E-1").state;
    assert!(
        !case.entries.iter().any(|mark| mark.awaits_second()),
        "nobody is asked for a word on it any more"
    );
    desk.shows("called off by");
    desk.goes_home().sign_in("varga").keys("<f8>").hides("Approved").goes_home();
    // The new round is approved by itself.
    checked(opens(&mut desk, "E-1"), &CHECKS);
    approved(turns_to(&mut desk, "lind").keys("y"));
    assert_eq!(desk.case("E-1").state.state, "due_diligence", "who checked once does not approve alone");
    desk.goes_home().sign_in("varga").keys("<f8>yy");
    assert_eq!(desk.case("E-1").state.state, "approved", "{}", desk.screen());
    desk.assert_record_holds();
}

#[test]
fn a_lift_that_waits_ends_no_suspension_that_was_made_after_it() {
    let mut desk = active();
    let lifted = |desk: &mut Desk| {
        turns_to(desk, "varga").keys("l").line("changed").keys("Their manager comes along");
        desk.line("evidence").keys("Rota").line("why").keys("Nobody sent alone");
        desk.line("watched").keys("We ring").saves();
    };
    let waits = |desk: &Desk| desk.case("E-1").state.entries.iter().any(|mark| mark.awaits_second());
    suspended(turns_to(&mut desk, "varga"), "6").saves();
    lifted(&mut desk);
    assert!(waits(&desk), "whoever suspended it does not lift it alone");

    suspended(turns_to(&mut desk, "lind"), "6").saves();
    assert!(!waits(&desk), "it was of the suspension before");
    desk.goes_home().sign_in("lind").keys("<f8>").hides("Lifted").goes_home();
    assert_eq!(desk.case("E-1").state.state, "suspended", "{}", desk.screen());
    desk.assert_record_holds();
}

#[test]
fn what_is_left_of_the_checks_is_owed_by_its_first_day_however_often_some_of_it_is_answered() {
    let mut desk = active();
    let answered = |desk: &mut Desk, line: &str, key: &str| {
        opens(desk, "E-1").keys("f").line(&format!("checks.{line}")).keys(key);
        desk.line(&format!("checks.{line}.note")).keys("seen again").saves();
    };
    answered(&mut desk, "staff", "n");
    let first = desk.owed("E-1", LEFT).remove(0);
    // Twice something else is answered, days later: it is as late as it was.
    for (now, line) in [("2026-11-26T09:00:00Z", "policies"), ("2026-11-30T09:00:00Z", "working")] {
        desk.at_time(now);
        answered(&mut desk, line, "y");
        let left = desk.owed("E-1", LEFT).pop().expect("it is owed still");
        assert_eq!((left.due, left.started), (first.due, first.started));
    }
    assert_eq!(states(&desk, LEFT), [Progress::Superseded, Progress::Superseded, Progress::Requested]);
    answered(&mut desk, "staff", "y");
    assert_eq!(states(&desk, LEFT), [Progress::Superseded, Progress::Superseded, Progress::Confirmed]);
    desk.assert_record_holds();
}

#[test]
fn a_tenth_check_that_is_corrected_ends_the_round_as_if_it_had_been_answered_so() {
    let mut desk = morning();
    planned(proposed(&mut desk));
    checked(&mut desk, &CHECKS[..9]);
    desk.keys("f").line("checks.working").keys("n").line("checks.working.note").keys("asked for").saves();
    assert_eq!(states(&desk, ROUND), [Progress::Requested], "a no is not the end of it");
    assert!(desk.owed("E-1", "Approve them, or end it").is_empty());
    let line = Check {
        item: "working".to_owned(),
        answer: "yes".to_owned(),
        note: "file E1".to_owned(),
        expires: None,
    };
    put_right(&desk, "manager", ("E-1", "check"), &[("checks", Answer::Checklist(vec![line]))]);
    assert_eq!(states(&desk, ROUND), [Progress::Confirmed]);
    assert_eq!(states(&desk, "Approve them, or end it"), [Progress::Requested]);
    assert!(states(&desk, LEFT).iter().all(|one| !one.is_open()));
    desk.assert_record_holds();
}
