//! Starting programs: the one place in the tests that does, and what to do when one is not there.

use std::{
    io::Write,
    process::{Command, Output, Stdio},
};

use super::Office;

/// A program about to be started, with the surroundings every test wants: UTC, no backtraces, no colours forced.
#[expect(clippy::disallowed_methods, reason = "tests start the built program, and sh or tmux beside it")]
pub fn program(path: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(path);
    command.env("TZ", "UTC").env("RUST_BACKTRACE", "0").env("TERM", "xterm-256color").env("LANG", "C.UTF-8");
    command.env_remove("NO_COLOR").env_remove("DUTYDESK_OFFICE");
    command
}

/// Runs a command of the built program on an office, without a terminal.
pub fn cli(office: &Office, arguments: &[&str]) -> Output {
    cli_with_input(office, arguments, "")
}

/// The same with words on its standard input.
pub fn cli_with_input(office: &Office, arguments: &[&str], input: &str) -> Output {
    let mut command = program(env!("CARGO_BIN_EXE_dutydesk"));
    command.args(arguments).env("DUTYDESK_OFFICE", office.path());
    with_input(command, input)
}

/// A command of the built program as a script starts it, with nothing around it: what it needs stands in its arguments.
pub fn bare(arguments: &[&str], input: &str) -> Output {
    let mut command = program(env!("CARGO_BIN_EXE_dutydesk"));
    command.args(arguments).env_clear();
    with_input(command, input)
}

fn with_input(mut command: Command, input: &str) -> Output {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("cargo has built the program");
    let mut stdin = child.stdin.take().expect("it was piped");
    let input = input.to_owned();
    // A thread, so that a program that answers before it has read everything cannot block us both.
    let feed = std::thread::spawn(move || {
        // A program that does not read its input closes it; its answer is what the test looks at.
        let _closed_early = stdin.write_all(input.as_bytes());
    });
    let output = child.wait_with_output().expect("it ends by itself");
    feed.join().expect("feeding does not panic");
    output
}

/// What a command with `--json` answered.
pub fn json(output: &Output) -> serde_json::Value {
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{}: {}", output.status, String::from_utf8_lossy(&output.stderr));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error} in:\n{text}"))
}

/// Whether a test must be left out because a program it needs is not here. Says so; where a skip may not be
/// (`CI=true` or `DUTYDESK_NO_SKIP=1`), fails.
pub fn skipped(test: &str, needs: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    // Where programs for root lie is not on everybody's way.
    let folders = std::env::split_paths(&path).chain(["/usr/sbin".into()]);
    let is_here = folders.into_iter().any(|folder| folder.join(needs).is_file());
    skipped_unless(test, &format!("{needs} is installed"), is_here)
}

/// The same for anything else that a test needs, said in words.
pub fn skipped_unless(test: &str, needs: &str, is_so: bool) -> bool {
    if is_so {
        return false;
    }
    let is_set = |name: &str, value: &str| std::env::var(name).is_ok_and(|is| is == value);
    println!("skipped: {test}: runs only where {needs}");
    assert!(
        !(is_set("CI", "true") || is_set("DUTYDESK_NO_SKIP", "1")),
        "{test} may not be skipped: see to it that {needs}"
    );
    true
}
