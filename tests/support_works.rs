//! Tries the tests' own terminal and office on small programs, so that a failure elsewhere is the product's.

mod support;

use std::time::Duration;

use support::{Office, PATIENCE, Start, Terminal, presses, skipped};

/// `cat` in a shell that says when it is ready, or another script.
fn shell(script: &str) -> Terminal {
    Start::program(&["sh", "-c", script]).size(40, 6).start()
}

#[test]
fn what_is_typed_is_read_and_what_is_written_is_seen() {
    let mut terminal = shell("echo ready; cat");
    terminal.wait_for("ready");
    terminal.keys("two words<enter>");
    terminal.wait_until("the answer below the echo", |screen| {
        screen.contents().matches("two words").count() == 2
    });
    assert_eq!(terminal.row(0), "ready");
    assert_eq!(terminal.row(2), "two words");
    assert_eq!(terminal.cursor(), Some((3, 0)));
    assert_eq!(terminal.screen(), "ready\ntwo words\ntwo words");
    terminal.keys("<ctrl-d>");
    assert!(terminal.exited_within(PATIENCE).expect("cat ends with its input").success());
}

#[test]
fn keys_have_the_names_people_use() {
    let bytes = |keys: &str| presses(keys).concat();
    assert_eq!(bytes("c WQ<tab>é<ctrl-s>"), "c WQ\té\x13".as_bytes());
    assert_eq!(
        bytes("<f2><f10><up><ctrl-left><shift-tab><alt-x>"),
        b"\x1bOQ\x1b[21~\x1b[A\x1b[1;5D\x1b[Z\x1bx"
    );
    assert_eq!(bytes("a<lt>b < c"), b"a<b < c");
    assert_eq!(bytes("x<esc>"), b"x\x1b");
    assert!(std::panic::catch_unwind(|| presses("<esc>x")).is_err(), "they would be read as one key");
    assert!(std::panic::catch_unwind(|| presses("<any>")).is_err());
}

#[test]
fn a_paste_is_marked_as_one() {
    let mut terminal = shell("stty raw -echo; echo ready; head -c 14 | od -An -c");
    terminal.wait_for("ready");
    terminal.paste("hi");
    terminal.wait_for("[   2   0   0   ~   h   i");
}

#[test]
fn the_program_hears_of_a_new_size() {
    let mut terminal = shell("trap 'stty size' WINCH; stty size; echo ready; while read line; do :; done");
    terminal.wait_for("6 40");
    terminal.wait_for("ready");
    terminal.resize(70, 9);
    terminal.wait_for("9 70");
    assert_eq!(terminal.look(|screen| screen.size().1.get()), 70);
}

#[test]
fn a_kill_and_a_request_to_end_are_told_apart() {
    let mut terminal = shell("trap 'echo saving; exit 3' TERM; echo ready; while :; do read line; done");
    terminal.wait_for("ready");
    assert!(terminal.exited_within(Duration::ZERO).is_none());
    terminal.terminate();
    assert_eq!(terminal.exited_within(PATIENCE).and_then(|status| status.code()), Some(3));
    terminal.wait_for("saving");

    let mut terminal = shell("trap '' TERM HUP; echo ready; cat");
    terminal.wait_for("ready");
    terminal.kill9();
    assert_eq!(terminal.exited_within(PATIENCE).and_then(|status| status.code()), None);
}

#[test]
fn a_line_that_is_cut_is_heard_as_a_signal_and_types_nothing() {
    let office = Office::new();
    let heard = office.beside("heard");
    let script = "trap 'echo hung up >> \"$HEARD\"; exit 0' HUP; echo ready; while read line; do echo typed >> \"$HEARD\"; done; exit 4";
    let mut terminal = Start::program(&["sh", "-c", script]).env("HEARD", &heard).start();
    terminal.wait_for("ready");
    terminal.hang_up();
    assert!(terminal.exited_within(PATIENCE).is_some());
    assert_eq!(std::fs::read_to_string(heard).expect("it was told"), "hung up\n");
}

#[test]
fn a_line_can_be_cut_without_a_signal() {
    let script = "trap 'exit 7' HUP; echo ready; while read line; do :; done; exit 5";
    let mut terminal = Start::program(&["sh", "-c", script]).without_hangup_signal().start();
    terminal.wait_for("ready");
    terminal.hang_up();
    assert_eq!(terminal.exited_within(PATIENCE).and_then(|status| status.code()), Some(5));
}

#[test]
fn the_built_program_starts_without_a_terminal() {
    let output = support::cli(&Office::new(), &["--version"]);
    assert!(output.status.code().is_some(), "it ended by itself");
}

#[test]
fn a_program_that_is_there_skips_nothing() {
    assert!(!skipped("a_program_that_is_there_skips_nothing", "sh"));
}
