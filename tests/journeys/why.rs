//! Why this time: the rule, what went into it, where it comes from and what stood before, on request and in words.

use super::desk::Desk;
use super::office::Office;
use super::whole::{CALL, decide};

/// What is said of what is selected, as one line.
fn why(desk: &mut Desk) -> String {
    desk.keys("<ctrl-w>");
    let screen = desk.screen();
    desk.keys("<esc>");
    let inside: Vec<&str> = screen.lines().map(|line| line.trim_matches(|c| "│ ".contains(c))).collect();
    inside.join(" ").split_whitespace().filter(|word| *word != "│").collect::<Vec<_>>().join(" ")
}

fn spoke(desk: &mut Desk) {
    desk.keys("l").line("who").keys("elms<enter>").line("person").keys("Dr ZZ").line("means").keys("t");
    desk.line("outcome").keys("s").line("shared").keys("Name and number").line("basis").keys("e");
    desk.line("advice").keys("Small sips").line("read_back").keys("y").line("promises.+").keys("<enter>");
}

#[test]
fn a_decision_says_its_target_the_risk_and_where_the_target_comes_from() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("okafor");
    desk.keys(CALL);
    // From the call itself, what is owed next in it, as from the row of what is owed.
    for pane in ["1", "2"] {
        desk.keys(pane);
        let said = why(&mut desk);
        for words in [
            "Decide: due Sat 21-Nov-2026 16:57 GMT",
            "15 min from Sat 21-Nov-2026 16:42 GMT; target \"decision\"; risk is amber",
            "The target: Decide what an urgent call needs. Where it comes from: Provider target; no standard sets a number",
            "Due soon from Sat 21-Nov-2026 16:52 GMT",
        ] {
            assert!(said.contains(words), "{words}: {said}");
        }
    }
}

#[test]
fn what_is_mine_says_why_its_time_and_takes_that_it_was_seen() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("okafor");
    desk.keys(CALL).keys("@").select("Decide");
    let said = why(&mut desk);
    assert!(said.contains("15 min from Sat 21-Nov-2026 16:42 GMT"), "{said}");
    desk.keys("<ctrl-k>").shows("silent for you until");
    let decision = desk.owed("U-1", "Decide").remove(0);
    assert_eq!(decision.acknowledged[0].by, desk.office.staff["duty"]);
}

#[test]
fn a_promise_says_whose_it_was_and_what_it_was_before_it_was_chased() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("okafor");
    desk.keys(CALL).keys("d");
    decide(&mut desk);
    spoke(&mut desk);
    desk.line("promises.0.what").keys("Visit").line("promises.0.by").keys("19:00").saves();
    desk.keys("<enter>").select("Visit");
    let said = why(&mut desk);
    assert!(said.contains("Visit: due Sat 21-Nov-2026 19:00 GMT"), "{said}");
    assert!(said.contains("Promised by The Elms Surgery, written down Sat 21-Nov-2026 16:42 GMT"), "{said}");
    desk.keys("<esc>").at_time("2026-11-21T19:10:00Z").keys("3h");
    desk.line("person").keys("Desk").line("outcome").keys("s").line("by").keys("20:30");
    desk.says_what_the_wait_means().saves();
    desk.keys("<enter>").select("Visit");
    let said = why(&mut desk);
    for words in [
        "Visit: due Sat 21-Nov-2026 20:30 GMT",
        "Was Sat 21-Nov-2026 19:00 GMT, until Sat 21-Nov-2026 19:10 GMT",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
}

#[test]
fn a_promise_without_a_time_says_why_and_by_which_of_our_own_times_it_is_chased() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("okafor");
    desk.keys(CALL).keys("d");
    decide(&mut desk);
    spoke(&mut desk);
    desk.line("promises.0.what").keys("Ring back").line("promises.0.by").keys("none");
    desk.line("promises.0.by.why").keys("Doctor out on a call").saves();
    desk.keys("<enter>").select("Ring back");
    let said = why(&mut desk);
    assert!(said.contains("No time was given: Doctor out on a call"), "{said}");
    assert!(said.contains("Chased by our own time: "), "{said}");
    assert!(said.contains("Chase a promise that came without a time. Where it comes from"), "{said}");
}
