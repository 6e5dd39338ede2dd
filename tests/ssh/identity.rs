//! Who somebody is: whoever's key the server authenticated, by the record, and nobody else.

use dutydesk::domain::act::Act;
use dutydesk::domain::entry::{Method, Said};
use dutydesk::domain::ids::CaseId;

use super::server::{Server, left_out, text};
use super::support::PATIENCE;

/// Who signed in by key, in the order of the record.
fn signed_in(server: &Server) -> Vec<CaseId> {
    let by_key = |entry: &&dutydesk::domain::entry::Entry| entry.who.method == Method::Key;
    let staff = |entry: &dutydesk::domain::entry::Entry| match entry.said {
        Said::Act(Act::SignIn { staff }) if entry.who.by == Some(staff) => Some(staff),
        _ => None,
    };
    server.entries().iter().filter(by_key).filter_map(staff).collect()
}

#[test]
fn the_key_that_was_authenticated_says_who_came() {
    if left_out("the_key_that_was_authenticated_says_who_came") {
        return;
    }
    let server = Server::start();
    let (priya, adaeze) = (server.staff["priya"], server.staff["adaeze"]);
    // Two keys, one person.
    let first = server.terminal(&["priya"], &[], &[]);
    first.wait_for("you SHAH, P.");
    // Whoever comes by key is told what waits, as whoever signs in at the desk is.
    first.wait_for("You are SHAH, P., coordinator");
    let second = server.terminal(&["priya-2"], &[], &[]);
    second.wait_for("you SHAH, P.");
    assert_eq!(signed_in(&server), [priya, priya]);
    // One key is offered and would be taken, another is used: whose that is has come.
    let offered = server.place("keys/offered.pub");
    std::fs::copy(server.place("keys/priya.pub"), offered).expect("there is room");
    let mut third = server.terminal(&["offered.pub", "adaeze"], &[], &[]);
    third.wait_for("you OKAFOR, A.");
    let fingerprint = server.key("priya").fingerprint();
    let log = server.wait_for_log("Accepted publickey");
    let accepted = format!("Accepted key ED25519 {fingerprint} found");
    assert!(log.matches(&accepted).count() > 2, "it was offered and would have been taken:\n{log}");
    assert_eq!(signed_in(&server), [priya, priya, adaeze]);
    // Nobody else signs in where somebody is by their own key.
    third.keys("w");
    third.wait_for("You came in with your own key");
    third.wait_for("you OKAFOR, A.");
}

#[test]
fn a_key_that_lets_nobody_in_is_told_so_even_where_the_map_lags_behind() {
    if left_out("a_key_that_lets_nobody_in_is_told_so_even_where_the_map_lags_behind") {
        return;
    }
    let server = Server::start();
    let keys = ["expired", "revoked", "stranger"];
    for key in keys {
        let mut terminal = server.terminal(&[key], &[], &[]);
        terminal.wait_for("Permission denied (publickey)");
        assert_eq!(terminal.exited_within(PATIENCE).and_then(|status| status.code()), Some(255), "{key}");
    }
    server.stale_map(&keys);
    for (key, why) in [
        ("expired", "this key's last day was"),
        ("revoked", "this key was taken back"),
        ("stranger", "this key is not enrolled"),
    ] {
        let mut terminal = server.terminal(&[key], &[], &[]);
        terminal.wait_for(why);
        assert_eq!(terminal.exited_within(PATIENCE).and_then(|status| status.code()), Some(3), "{key}");
    }
    assert!(signed_in(&server).is_empty());
}

#[test]
fn a_key_that_is_taken_back_throws_out_whoever_is_in_with_it_and_keeps_their_words() {
    if left_out("a_key_that_is_taken_back_throws_out_whoever_is_in_with_it_and_keeps_their_words") {
        return;
    }
    let server = Server::start();
    let mut stays = server.terminal(&["priya-2"], &[], &[]);
    stays.wait_for("you SHAH, P.");
    let mut goes = server.terminal(&["priya"], &[], &[]);
    goes.wait_for("you SHAH, P.");
    goes.keys("c");
    goes.wait_for("Number to ring back");
    goes.keys("0161 496 0123<tab>WQ, car");
    goes.wait_for("WQ, car");
    let fingerprint = server.key("priya").fingerprint().to_string();
    let revoked = server.cli(&[
        "key",
        "revoke",
        &fingerprint,
        "--reason",
        "left in a taxi",
        "--typed-by",
        "Priya Shah",
    ]);
    assert!(revoked.status.success(), "{}", text(&revoked));
    goes.wait_for("this key was taken back");
    assert_eq!(goes.exited_within(PATIENCE).and_then(|status| status.code()), Some(3));
    assert_eq!(server.unfinished("caller"), ["WQ, car"]);
    // Her other key is as good as before, and what she had typed is there.
    stays.keys("u");
    stays.wait_for("0161 496 0123");
}

#[test]
fn whoever_leaves_the_staff_list_is_thrown_out() {
    if left_out("whoever_leaves_the_staff_list_is_thrown_out") {
        return;
    }
    let server = Server::start();
    let mut terminal = server.terminal(&["adaeze"], &[], &[]);
    terminal.wait_for("you OKAFOR, A.");
    server.leaves("adaeze");
    terminal.wait_for("has left the staff list");
    assert_eq!(terminal.exited_within(PATIENCE).and_then(|status| status.code()), Some(3));
}
