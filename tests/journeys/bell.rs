//! The bell, the terminal's title and the head of each screen: what is late is heard and counted, each for their own
//! person, and whoever has seen it says so for themselves alone.

use chrono::TimeDelta;
use dutydesk::domain::clocks::Lateness;

use super::desk::Desk;
use super::office::{Office, at};
use super::whole::CALL;

/// The coordinator takes a call by amber at 21:00, due to be decided by 21:15; the duty manager sits at another desk.
fn called() -> (Desk, Desk) {
    let office = Office::opened("2026-11-21T21:00:00Z");
    let mut manager = Desk::number(&office, 1).signed_in("okafor");
    let mut coordinator = Desk::number(&office, 2).signed_in("shah");
    coordinator.keys(CALL);
    manager.hears_of_it();
    (coordinator, manager)
}

#[test]
fn a_call_rings_at_the_other_desk_once_and_again_until_somebody_there_has_seen_it() {
    let (mut coordinator, mut manager) = called();
    assert_eq!((coordinator.rung, manager.rung), (0, 1), "whoever took it knows of it");
    assert_eq!(manager.title, "Dutydesk: 1 undecided");
    for _ in 0..4 {
        manager.later(1);
    }
    assert_eq!(manager.rung, 1, "not each minute");
    manager.later(1);
    assert_eq!(manager.rung, 2, "after five minutes nobody there had seen it");

    // The duty manager has seen it: the bell is silent for her, and the record says so to the others.
    manager.keys("2<ctrl-k>").shows("silent for you until 21:20");
    manager.at_time("2026-11-21T21:10:00Z");
    assert_eq!(manager.rung, 2);
    coordinator.at_time("2026-11-21T21:10:00Z").keys("2").shows("seen by OKAFOR, A. 21:05");
    assert_eq!(coordinator.rung, 1, "it rings on for whoever has not seen it");
    coordinator.keys("<enter>").shows("seen by").shows("Seen that it is owed").keys("<esc>");

    // It gets worse, and that rings at once though it was seen.
    manager.at_time("2026-11-21T21:15:01Z").shows("1 late");
    assert_eq!(manager.rung, 3);
    assert_eq!(manager.title, "Dutydesk: 1 late, 1 undecided");
    manager.keys("2<ctrl-k>");
    manager.at_time("2026-11-21T21:29:59Z");
    assert_eq!(manager.rung, 3);
    manager.at_time("2026-11-21T21:30:00Z").shows("1 long late").shows("long late 15m");
    assert_eq!(manager.rung, 4);
    // Seen a last time, it is not forgotten: it comes back after a quarter of an hour.
    manager.keys("2<ctrl-k>").shows("until 21:45");
    manager.at_time("2026-11-21T21:44:00Z");
    assert_eq!(manager.rung, 4);
    manager.at_time("2026-11-21T21:45:00Z");
    assert_eq!(manager.rung, 5);

    let case = manager.case("U-1");
    let decision = case.state.commitments.iter().find(|one| one.what == "Decide").expect("it is owed");
    let seen: Vec<_> = decision.acknowledged.iter().map(|seen| (seen.by, seen.at)).collect();
    assert_eq!(seen, [(manager.office.staff["duty"], at("2026-11-21T21:30:00Z"))], "the last time of each");
    assert_eq!(manager.state(decision), Lateness::LongLate);
    assert!(decision.progress.is_open(), "whoever has seen it has not decided it");
}

#[test]
fn that_somebody_has_seen_it_makes_no_form_out_of_date() {
    let (coordinator, mut manager) = called();
    manager.keys("d");
    super::whole::decide_without_saving(&mut manager);
    let mut coordinator = coordinator;
    coordinator.keys("2<ctrl-k>").shows("silent for you");
    manager.hears_of_it().saves();
    let case = manager.case("U-1");
    assert_eq!(case.state.state, "decided");
    assert!(case.chronology.iter().all(|told| !told.unsighted), "nothing it rests on has changed");
}

#[test]
fn a_locked_desk_counts_and_rings_and_names_nobody() {
    let (mut coordinator, mut manager) = called();
    manager.keys("<f12>");
    let before = manager.rung;
    manager.later(0);
    assert_eq!(manager.rung, before, "that it was locked is no event");
    assert_eq!(manager.title, "Dutydesk: 1 undecided");
    manager.at_time("2026-11-21T21:15:01Z");
    assert_eq!(manager.rung, before + 1, "late");
    assert_eq!(manager.title, "Dutydesk: 1 late, 1 undecided");
    assert!(!manager.screen().contains("QUILL"), "{}", manager.screen());
    // Whoever signs in is not rung at for what called before.
    let before = manager.rung;
    manager.sign_in("brandt");
    manager.later(0);
    assert_eq!(manager.rung, before);
    coordinator.later(0);
    assert_eq!(coordinator.title, "Dutydesk: 1 late, 1 undecided");
}

#[test]
fn the_head_of_every_screen_counts_what_presses_most_at_every_size() {
    let (mut coordinator, _) = called();
    coordinator.keys(CALL.replace("{qui}<enter>", "{999 000 0026}<enter>1").as_str());
    coordinator.at_time("2026-11-21T21:12:00Z");
    let head = |screen: String| screen.lines().take(2).collect::<Vec<_>>().join(" ");
    assert!(head(coordinator.screen()).contains("2 due soon"), "{}", coordinator.screen());
    coordinator.at_time("2026-11-21T21:20:00Z");
    assert!(head(coordinator.screen()).contains("2 late"), "{}", coordinator.screen());
    coordinator.keys("<f5>");
    assert!(head(coordinator.screen()).contains("2 late"), "{}", coordinator.screen());
    coordinator.keys("<esc>").at_time("2026-11-21T21:40:00Z");
    let little = head(coordinator.little_screen());
    assert!(
        little.contains("2 long late") && little.contains("TRAINING") && little.contains("21:40"),
        "{little}"
    );

    // One that is late by then is not left out behind those that are long late, nor is the zone or who sits there.
    let (mut coordinator, _) = called();
    coordinator.at_time("2026-11-21T21:30:00Z").keys(CALL).at_time("2026-11-21T21:50:00Z");
    for (columns, rows) in [(46, 30), (80, 24), (120, 40)] {
        let said = head(coordinator.screen_of(columns, rows));
        for words in ["1 long", "1 late", "21:50 GMT", "you SHAH", "OKAFOR"] {
            assert!(said.contains(words), "{words} at {columns}: {said}");
        }
    }
}

#[test]
fn over_a_clock_change_the_bell_rings_by_the_time_that_passes_and_once_for_each_thing() {
    // 01:50 BST, ten minutes before the clocks go back, and 00:50 GMT, ten minutes before they go on.
    for (taken, until) in [("2026-10-25T00:50:00Z", "01:06 GMT"), ("2027-03-28T00:50:00Z", "02:06")] {
        let office = Office::opened(taken);
        let mut manager = Desk::number(&office, 1).signed_in("okafor");
        let mut coordinator = Desk::number(&office, 2).signed_in("shah");
        coordinator.keys(CALL);
        manager.hears_of_it();
        assert_eq!(manager.rung, 1);
        manager.later(1).keys("2<ctrl-k>").shows(&format!("silent for you until {until}"));
        // The clock on the wall has moved: nothing rings because of it.
        manager.later(13);
        assert_eq!(manager.rung, 1, "13 minutes passed, whatever the wall says");
        // A quarter of an hour after the call it is late, and that rings once.
        let late = at(taken) + TimeDelta::minutes(15) + TimeDelta::seconds(1);
        manager.at_time(&late.to_rfc3339()).shows("1 late");
        assert_eq!(manager.rung, 2);
        manager.keys("2<ctrl-k>").later(10);
        assert_eq!(manager.rung, 2, "it was seen");
        coordinator.at_time(&(late + TimeDelta::minutes(14)).to_rfc3339()).shows("1 late").hides("long late");
        coordinator.later(1).shows("1 long late");
    }
}
