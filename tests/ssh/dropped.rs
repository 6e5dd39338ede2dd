//! Fifty people whose line goes, in every way in which it can: what was shown as kept is there, and nothing runs on.

use rustix::process::Signal;

use super::server::{Server, left_out};

/// People at once, and how often.
const AT_ONCE: usize = 10;
const ROUNDS: usize = 5;

#[test]
fn fifty_lines_that_go_leave_every_kept_word_and_no_program_behind() {
    if left_out("fifty_lines_that_go_leave_every_kept_word_and_no_program_behind") {
        return;
    }
    let server = Server::start();
    for round in 0..ROUNDS {
        let mut typed = Vec::new();
        let mut terminals: Vec<_> = (0..AT_ONCE)
            .map(|number| {
                let mut terminal = server.terminal(&["priya"], &[], &[]);
                terminal.wait_for("you SHAH, P.");
                let said = format!("WQ, carer {round}.{number}");
                terminal.keys("c");
                terminal.wait_for("Number to ring back");
                terminal.keys(&format!("0161 496 0123<tab>{said}"));
                terminal.wait_for(&said);
                terminal.wait_until("the form to be kept", |screen| {
                    let shown = screen.contents();
                    shown.contains("· kept ") && !shown.contains("keeping")
                });
                typed.push(said);
                terminal
            })
            .collect();
        assert_eq!(server.entered().len(), AT_ONCE);
        match round {
            // The window is closed.
            0 => terminals.iter_mut().for_each(|terminal| terminal.hang_up()),
            // The laptop dies.
            1 => terminals.iter_mut().for_each(|terminal| terminal.kill9()),
            // The server's own part of each session dies.
            2 => server.end_sessions(Signal::KILL),
            3 => server.end_sessions(Signal::TERM),
            // The machine asks the programs to end.
            _ => server.end_programs(Signal::HUP),
        }
        server.wait_until("no program to run on", |server| server.entered().is_empty());
        let kept = server.unfinished("caller");
        for said in &typed {
            assert!(kept.contains(said), "round {round}: {said} is not among {kept:?}");
        }
    }
    assert_eq!(server.unfinished("caller").len(), AT_ONCE * ROUNDS);
}
