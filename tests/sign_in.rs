//! PINs and passphrases of the built program: on the command line, in twenty programs at once, and in a real terminal,
//! where a locked screen holds no byte of anybody's name.

mod support;

use std::thread;

use chrono::TimeDelta;
use dutydesk::domain::access::How;
use dutydesk::domain::secret::{Secret, Verdict};
use dutydesk::runtime::clock::{self, SystemChance};
use dutydesk::store::{Access, OfficeDir, Secrets, Store};
use support::{Office, Start, Terminal, cli, cli_with_input, json};

const PIN: &str = "481516";

/// An office with one Registered Manager and no PIN.
fn set_up() -> Office {
    let office = Office::new();
    let arguments = [
        "setup",
        "--name",
        "Rowan House",
        "--place",
        "Rowan",
        "--service",
        "residential",
        "--you",
        "Morag Lindqvist",
        "--role",
        "registered_manager",
    ];
    assert!(cli(&office, &arguments).status.success());
    office
}

fn set(office: &Office, input: &str) -> std::process::Output {
    cli_with_input(office, &["signin", "set", "lindqvist", "--as", "lindqvist"], input)
}

fn said(output: &std::process::Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[test]
fn a_pin_is_set_from_standard_input_and_changed_by_whoever_knows_it() {
    let office = set_up();
    let short = set(&office, "12345\n");
    assert_eq!(short.status.code(), Some(3), "{}", said(&short));
    assert!(set(&office, &format!("{PIN}\n")).status.success());
    let status = json(&cli(&office, &["signin", "status", "--json"]));
    assert_eq!((&status["staff"][0]["has"], &status["staff"][0]["locked"]), (&"pin".into(), &false.into()));
    let wrong = set(&office, "481517\n730512\n");
    assert_eq!(wrong.status.code(), Some(3));
    assert!(said(&wrong).contains("Not right") && !said(&wrong).contains("481517"), "{}", said(&wrong));
    assert!(set(&office, &format!("{PIN}\n730512\n")).status.success());
    let nothing = set(&office, "");
    assert_eq!(nothing.status.code(), Some(2), "{}", said(&nothing));
    // Who forgot theirs gets in again through whoever owns the files, and the record says so.
    assert!(cli_with_input(&office, &["signin", "recover", "lindqvist"], "204060\n").status.success());
    let status = json(&cli(&office, &["signin", "status", "--json"]));
    assert_eq!(status["staff"][0]["temporary"], true);
    assert!(said(&cli(&office, &["signin", "status"])).contains("to be replaced at the next sign-in"));
    assert!(cli(&office, &["verify"]).status.success());
    assert!(cli(&office, &["doctor"]).status.success());
}

#[test]
fn twenty_programs_that_guess_at_once_meet_one_count_and_every_miss_is_noted() {
    let office = set_up();
    assert!(set(&office, &format!("{PIN}\n")).status.success());
    let guesses = thread::scope(|scope| {
        let guess = |number: u32| {
            let office = &office;
            scope.spawn(move || said(&set(office, &format!("{number:06}\n730512\n"))))
        };
        let guesses: Vec<_> = (0..20).map(guess).collect();
        guesses.into_iter().map(|guess| guess.join().expect("it ends")).collect::<Vec<_>>()
    });
    let wrong = guesses.iter().filter(|said| said.contains("Not right")).count();
    let refused =
        guesses.iter().filter(|said| said.contains("Too soon") || said.contains("dutydesk: Locked")).count();
    assert_eq!(wrong + refused, 20, "{guesses:?}");
    assert!((3..=10).contains(&wrong), "{wrong} were looked at");
    let log = Access::open(&OfficeDir::at(office.path())).expect("the log opens");
    let looks = log.looks().expect("it can be read");
    assert_eq!(looks.iter().filter(|look| look.how == How::Missed && look.staff.is_none()).count(), wrong);
    assert!(cli(&office, &["verify"]).status.success());
}

/// Nine wrong ones on as many desks, each long after the one before.
fn nearly_locked(office: &Office) {
    let dir = OfficeDir::at(office.path());
    let staff = Store::open(&dir, Box::new(SystemChance)).expect("the office opens").staff().expect("staff");
    let mut secrets = Secrets::open(&dir).expect("it opens");
    for number in 0..9 {
        let at = clock::now() - TimeDelta::minutes(40 - 4 * number);
        let verdict = secrets.check(staff[0].id, &format!("desk {number}"), &Secret::from("000000"), at);
        assert!(matches!(verdict, Ok(Verdict::Wrong { .. })), "{verdict:?}");
    }
}

#[test]
fn twenty_terminals_that_guess_meet_one_lockout() {
    let office = set_up();
    assert!(set(&office, &format!("{PIN}\n")).status.success());
    nearly_locked(&office);
    let mut terminals: Vec<Terminal> = (0..20).map(|_| Terminal::dutydesk(&office, 80, 24)).collect();
    for terminal in &mut terminals {
        terminal.wait_for("This desk is locked");
        terminal.keys("wlind");
    }
    for terminal in &mut terminals {
        terminal.wait_for("LINDQVIST");
        terminal.keys("<enter>");
        terminal.wait_for("Your PIN or passphrase");
        terminal.keys("000000");
        terminal.wait_for("••••••");
    }
    // All of them at once.
    terminals.iter_mut().for_each(|terminal| terminal.keys("<enter>"));
    let looked_at = terminals.iter_mut().filter(|terminal| {
        terminal.wait_for("Locked after too many wrong ones");
        terminal.screen().contains("Not right")
    });
    assert_eq!(looked_at.count(), 1, "one guess was left, and one of them had it");
    // The right one opens no lock, and one that starts now meets the same.
    assert!(said(&set(&office, &format!("{PIN}\n730512\n"))).contains("Locked after"));
}

#[test]
fn a_locked_terminal_holds_no_byte_of_anybodys_name() {
    let office = Office::example(20);
    let first = "adeyemi";
    let given = cli_with_input(&office, &["signin", "set", first, "--as", first], &format!("{PIN}\n"));
    assert!(given.status.success(), "{}", said(&given));
    let mut names = Vec::new();
    for list in ["people", "staff"] {
        let rows = json(&cli(&office, &["list", list, "--as", "okafor", "--json", "--limit", "1000"]));
        for row in rows.as_array().expect("a list") {
            let name = row["name"].as_str().expect("everybody has a name");
            names.extend(name.split([',', ' ']).filter(|part| part.len() > 3).map(str::to_lowercase));
        }
    }
    assert!(names.len() > 20, "{names:?}");

    let mut terminal = Terminal::dutydesk(&office, 120, 40);
    terminal.wait_for("This desk is locked");
    terminal.keys("wade");
    terminal.wait_for("ADEYEMI");
    terminal.keys("<enter>");
    terminal.wait_for("Your PIN or passphrase");
    terminal.keys(PIN);
    terminal.wait_for("••••••");
    terminal.keys("<enter>");
    terminal.wait_for("You are ADEYEMI");
    terminal.keys("<enter>");
    terminal.wait_for_no("1 Urgent calls");
    for lock in ["<f12>", "<ctrl-l>"] {
        terminal.keys(lock);
        // The foot is drawn last: all of the picture is there with it.
        terminal.wait_until("all of a locked screen", |screen| {
            let shown = screen.contents();
            shown.contains("This desk is locked") && shown.contains("leave") && !shown.contains("back where")
        });
        let shown = terminal.screen().to_lowercase();
        for name in &names {
            assert!(!shown.contains(name.as_str()), "{name} stands on a locked screen:\n{shown}");
        }
        terminal.keys("<enter>");
        terminal.wait_for("of whoever locked this desk");
        assert!(!terminal.screen().contains("ADEYEMI"));
        terminal.keys(PIN);
        terminal.keys("<enter>");
        terminal.wait_for("back where you were");
    }
}

#[test]
fn the_name_of_the_operating_systems_account_is_enough_until_a_pin_is_asked() {
    let office = set_up();
    let code = ["record", "staff.change", "--case", "S-1", "--typed-by", "lindqvist", "--json", "-"];
    let coded = cli_with_input(&office, &code, r#"{ "code": "morag" }"#);
    assert!(coded.status.success(), "{}", said(&coded));
    let start = || Start::dutydesk(&office).env("USER", "morag").start();
    let terminal = start();
    terminal.wait_for("LINDQVIST");
    drop(terminal);
    assert!(set(&office, &format!("{PIN}\n")).status.success());
    let mut terminal = start();
    terminal.wait_for("This desk is locked");
    assert!(!terminal.screen().contains("LINDQVIST"), "{}", terminal.screen());
    terminal.keys("wlind");
    terminal.wait_for("LINDQVIST");
    terminal.keys("<enter>");
    terminal.wait_for("Your PIN or passphrase");
}
