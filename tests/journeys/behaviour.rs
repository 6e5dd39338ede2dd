//! Positive behaviour support: what is agreed, what is seen, who advises, and whether it gets better.

use super::begins::{begins, opens};
use super::desk::Desk;
use super::office::{Office, at};

fn begun() -> Desk {
    let mut desk = Desk::at(Office::opened("2026-10-05T10:00:00Z")).signed_in("lindqvist");
    begins(&mut desk, "Positive behaviour support");
    desk.line("about").keys("qui<enter>").line("headline").keys("shouts at mealtimes");
    desk.line("why").keys("Ends the noise; on quiet days she eats").line("view").keys("\"Too many of them\"");
    desk.line("health").keys("y").line("health.why").keys("Teeth and ears looked at in September");
    desk.line("review_by").keys("2-Nov 10:00").line("often").keys("m").saves();
    opens(&mut desk, "PBS-1");
    desk
}

fn agreed(desk: &mut Desk) {
    desk.keys("a")
        .line("strategies.+")
        .keys("<enter>")
        .line("strategies.0.what")
        .keys("Eats first, in the small room");
    desk.line("strategies.0.when").keys("a").line("strategies.0.agreed_by").keys("Theresa, Dr Ash");
    desk.line("strategies.0.by").keys("26-Oct 10:00").line("with_person").keys("She chose the room").saves();
}

fn seen(desk: &mut Desk, restricted: &str) {
    desk.keys("0").line("kind").keys("d<enter>").line("before").keys("Six at the table, the trolley came in");
    desk.line("what")
        .keys("Shouted for four minutes, hands over her ears")
        .line("after")
        .keys("To the small room, ate all");
    desk.line("strategy")
        .keys("y")
        .line("helped")
        .keys("y")
        .line("harm")
        .keys("n")
        .line("restricted")
        .keys(restricted)
        .saves();
}

fn review(desk: &mut Desk, trend: &str) {
    desk.keys("y").line("trend").keys(trend).line("person_says").keys("\"Better in there\"");
    desk.line("better")
        .keys("Eats with two others on Sundays")
        .line("present")
        .keys("Dr Ash, Hannah, Ines; nobody disagreed");
    desk.line("restrictions")
        .keys("y")
        .line("restrictions.why")
        .keys("None left")
        .line("next")
        .keys("Sunday table of four");
}

#[test]
fn what_is_agreed_is_followed_counted_reviewed_and_changed_where_the_plan_says_so() {
    let mut desk = begun();
    // Nothing can change that was never agreed.
    desk.keys("g").shows("No strategy has been agreed yet");
    agreed(&mut desk);
    assert_eq!(
        desk.owed("PBS-1", "Look at the strategy: Eats first, in the small room")[0].due,
        at("2026-10-26T10:00:00Z")
    );
    for day in ["06", "09", "20", "28", "30"] {
        desk.at_time(&format!("2026-10-{day}T12:00:00Z"));
        seen(&mut desk, "n");
    }
    // Whoever advises is told how often, counted from the case.
    desk.at_time("2026-10-30T14:00:00Z")
        .keys("l")
        .line("who")
        .keys("PBS team<enter>")
        .line("person")
        .keys("Dr Ash");
    assert_eq!(desk.text("counts"), "Behaviour observed: 5 in the last 4 weeks, 0 in the 4 before");
    desk.line("shared").keys("Five times, all at noon").line("advice").keys("Ear defenders at hand");
    desk.line("promises.+").keys("<enter>").line("promises.0.what").keys("Watches a meal");
    desk.line("promises.0.by").keys("4-Nov 12:00").saves();

    // The strategy is looked at and stays, with a date of its own.
    desk.keys("f").line("helps").keys("y").line("helps.why").keys("She eats").line("stays").keys("s");
    desk.line("again").keys("30-Nov 10:00").saves();
    assert_eq!(desk.owed("PBS-1", "Look at a strategy again")[0].due, at("2026-11-30T10:00:00Z"));

    // The review comes round; one that says it gets worse makes a change owed.
    desk.at_time("2026-11-02T10:00:00Z");
    review(&mut desk, "m");
    desk.saves();
    let reviews = desk.owed("PBS-1", "PBS review");
    assert_eq!((reviews.len(), reviews[1].due), (2, at("2026-12-02T10:00:00Z")));
    let change = "It is no better: change the strategy, or say why not";
    assert!(desk.owed("PBS-1", change)[0].progress.is_open());
    desk.keys("g").line("why").keys("Noon is too loud, Dr Ash").line("strategies.+").keys("<enter>");
    desk.line("strategies.0.what").keys("Eats at half past eleven").line("strategies.0.when").keys("a");
    desk.line("strategies.0.agreed_by").keys("Theresa").line("strategies.0.by").keys("1-Dec 10:00");
    desk.line("care_changed")
        .keys("y")
        .line("care_evidence")
        .keys("PBS plan v3, page 2")
        .line("staff_told")
        .keys("y")
        .saves();
    assert!(!desk.owed("PBS-1", change)[0].progress.is_open());

    // Four weeks on the counts stand against those of before.
    desk.at_time("2026-12-02T10:00:00Z");
    review(&mut desk, "l");
    assert_eq!(desk.text("counts"), "Behaviour observed: 0 in the last 4 weeks, 4 in the 4 before");
    desk.saves();
    desk.keys("x").shows("A specialist still owes something");
    desk.keys("b").line("by").line("evidence").keys("Her letter of 4 Nov").saves();
    desk.keys("x").shows("Strategies or reviews are still to be looked at");
    for _ in 0..3 {
        desk.keys("z").keys("1").line("why").keys("In the care plan from now on, Dr Ash agrees").saves();
    }
    desk.keys("x").line("ended").keys("b").line("better").keys("Four times in October, none since").saves();
    assert!(desk.case("PBS-1").state.closed, "{}", desk.screen());
}

#[test]
fn nothing_stands_before_saying_that_somebody_was_restricted_and_it_is_talked_over() {
    let mut desk = begun();
    desk.sign_in("shah");
    opens(&mut desk, "PBS-1");
    seen(&mut desk, "y");
    assert!(desk.owed("PBS-1", "Write down how they were restricted")[0].progress.is_open());
    desk.keys("r")
        .line("kind")
        .keys("h<enter>")
        .line("what")
        .keys("Two held her forearms, she breathed and shouted");
    desk.line("why")
        .keys("She ran at the hot trolley")
        .line("minutes")
        .keys("under one")
        .line("in_plan")
        .keys("n");
    desk.line("in_plan.why").keys("Nobody had thought of the trolley").line("hurt").keys("n");
    desk.line("hurt.why").keys("Arms and wrists looked at, no mark").saves();
    assert!(!desk.owed("PBS-1", "Write down how they were restricted")[0].progress.is_open());
    let told = desk.owed("PBS-1", "Restricted outside their plan: what has to be told?");
    assert_eq!(told[0].due - told[0].started, chrono::TimeDelta::hours(4));
    desk.sign_in("lindqvist");
    opens(&mut desk, "PBS-1");
    desk.keys("x").shows("Nobody has held a review yet");
    desk.keys("d")
        .line("person_says")
        .keys("\"It was hot\"")
        .line("staff_say")
        .keys("The trolley is the trouble");
    desk.line("needless").keys("Trolley comes when she has eaten").line("safeguarding").keys("n");
    desk.line("safeguarding.why").keys("Seconds, to keep her from a burn; no mark").saves();
    assert!(!desk.owed("PBS-1", "Talk it over: restrictive practice")[0].progress.is_open());
}
