//! A disk that is full, a directory that cannot be written, a ledger that somebody keeps: what was finished is set
//! aside, is never said to be saved before it is, and goes into the record by itself.

mod support;

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::Write;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use dutydesk::domain::permission::Viewer;
use dutydesk::runtime::clock::SystemChance;
use dutydesk::store::{OfficeDir, Spool, Store};
use support::{Office, Start, Terminal, program};

const PROGRAM: &str = env!("CARGO_BIN_EXE_dutydesk");

fn store(office: &Path) -> Store {
    Store::open(&OfficeDir::at(office), Box::new(SystemChance)).expect("the office opens")
}

fn holds(office: &Path) -> bool {
    let found = store(office).verify(&Viewer::system(), &mut |_, _| {}).expect("it can be verified");
    found.fault.is_none()
}

/// Entries of the kind that a call makes.
fn calls(office: &Path) -> usize {
    let store = store(office);
    let all = store.entries_after(&Viewer::system(), 0, u32::MAX).expect("it can be read");
    all.iter().filter(|entry| format!("{:?}", entry.said).contains("0161 496 0123")).count()
}

/// The second place of these tests, beside the office.
fn second(office: &Office) -> PathBuf {
    office.beside("second")
}

/// What waits in the second place.
fn set_aside(office: &Office, at: &Path) -> u64 {
    let place = second(office).join(at.to_str().expect("a plain name").replace('/', "%"));
    Spool::of(&OfficeDir::at(at).with_second_place(Some(place))).waiting()
}

fn start(office: &Office, words: &[&str]) -> Start {
    Start::program(words).env("DUTYDESK_OFFICE", office.path()).env("DUTYDESK_SPOOL", second(office))
}

fn sign_in(terminal: &mut Terminal) {
    terminal.wait_for("nobody signed in");
    terminal.keys("w");
    terminal.wait_for("ADEYEMI");
    terminal.keys("adeyemi<enter>");
    terminal.wait_for("you ADEYEMI");
}

/// A call with what may not be missing, typed but not saved.
fn type_call(terminal: &mut Terminal) {
    terminal.keys("c");
    terminal.wait_for("Number to ring back");
    terminal.keys("0161 496 0123<tab>WQ, carer");
    terminal.wait_for("· kept ");
}

/// The story of a disk that is full for a while, however it is made full and well again.
fn finished_while_full(terminal: &mut Terminal, make_well: impl FnOnce(&Terminal)) {
    type_call(terminal);
    terminal.keys("<ctrl-s>");
    terminal.wait_for("NOT IN THE RECORD YET");
    assert!(!terminal.screen().contains("in the record 2"), "{}", terminal.screen());
    // It stands there to be read, takes no words, and the next call can be taken meanwhile.
    terminal.wait_for("0161 496 0123");
    terminal.keys("x");
    terminal.keys("<f2>");
    terminal.wait_for_no("0161 496 0123");
    terminal.keys("0161 496 0456");
    terminal.wait_for("0161 496 0456");
    terminal.wait_until("the second call kept", |screen| {
        screen.contents().contains("· kept ") && !screen.contents().contains("NOT KEPT")
    });
    terminal.wait_for("1 NOT IN THE RECORD");
    make_well(terminal);
    terminal.wait_for_no("1 NOT IN THE RECORD");
    terminal.wait_for("0161 496 0456");
}

#[test]
fn a_call_finished_on_a_full_disk_goes_into_the_record_when_there_is_room() {
    let office = Office::example(5);
    // A small disk of its own, where the system lets a test have one: a name space in which only this program lives.
    let small = format!(
        "umask 077 && mkdir -p '{0}' && mount -t tmpfs -o size=12m,mode=0700 small '{0}' && cp -a '{1}/.' '{0}' && exec '{PROGRAM}'",
        office.beside("small").display(),
        office.path().display(),
    );
    let may_mount = program("unshare").args(["-Urm", "mount", "-t", "tmpfs", "small", "/mnt"]).output();
    if !may_mount.is_ok_and(|output| output.status.success()) {
        println!("no disk may be mounted here: the same is told with a limit on the size of files");
        return finished_beyond_a_limit(&office);
    }
    let inside = office.beside("small");
    let words = ["unshare", "-Urm", "sh", "-c", &small];
    let mut terminal =
        Start::program(&words).env("DUTYDESK_OFFICE", &inside).env("DUTYDESK_SPOOL", second(&office)).start();
    sign_in(&mut terminal);
    let seen = PathBuf::from(format!("/proc/{}/root{}", terminal.id(), inside.display()));
    let filler = seen.join("filler");
    let mut file =
        OpenOptions::new().write(true).create_new(true).mode(0o600).open(&filler).expect("there is room");
    for size in [65536, 4096, 512, 1] {
        while file.write_all(&vec![0; size]).is_ok() {}
    }
    drop(file);
    finished_while_full(&mut terminal, |_| {
        assert_eq!(set_aside(&office, &inside), 1);
        fs::remove_file(&filler).expect("it is ours");
    });
    assert_eq!(set_aside(&office, &inside), 0);
    let copy = office.beside("copy");
    let copied = program("cp").args(["-a", "-T"]).args([&seen, &copy]).status();
    assert!(copied.expect("cp is there").success());
    assert_eq!(calls(&copy), 1);
    assert!(holds(&copy));
}

/// Files may not grow beyond 48 KiB: room for a draft, none for an entry and all that follows from it.
const LIMITED: [&str; 4] = ["sh", "-c", "ulimit -S -f 96; exec \"$0\"", PROGRAM];

/// From now on no file of the running program may grow beyond this.
fn limit(terminal: &Terminal, to: &str) {
    let limited = program("prlimit")
        .args(["--pid", &terminal.id().to_string(), &format!("--fsize={to}:unlimited")])
        .status();
    assert!(limited.is_ok_and(|status| status.success()), "a limit of our own can be changed");
}

fn finished_beyond_a_limit(office: &Office) {
    let mut terminal = start(office, &[PROGRAM]).start();
    sign_in(&mut terminal);
    limit(&terminal, "49152");
    finished_while_full(&mut terminal, |terminal| limit(terminal, "unlimited"));
    assert_eq!(calls(&office.path()), 1);
    assert!(holds(&office.path()));
}

#[test]
fn a_disk_that_takes_nothing_keeps_nobody_from_signing_in_and_reading() {
    let office = Office::example(5);
    let mut terminal = start(&office, &[PROGRAM]).start();
    terminal.wait_for("nobody signed in");
    limit(&terminal, "1");
    terminal.keys("w");
    terminal.wait_for("ADEYEMI");
    terminal.keys("adeyemi<enter>");
    terminal.wait_for("not in the record");
    terminal.wait_for("you ADEYEMI");
    terminal.keys("<f5>");
    terminal.wait_for("OAKES, Brian");
    // Who steps away comes back the same way.
    terminal.keys("<f12>");
    terminal.wait_for_no("OAKES, Brian");
    terminal.keys("<enter>");
    terminal.wait_for("OAKES, Brian");
    limit(&terminal, "unlimited");
    assert!(holds(&office.path()));
}

#[test]
fn a_call_finished_beyond_a_limit_of_the_disk_goes_into_the_record_when_it_is_lifted() {
    finished_beyond_a_limit(&Office::example(5));
}

#[test]
fn a_call_that_was_set_aside_survives_a_kill_and_is_recorded_once() {
    let office = Office::example(5);
    let path = office.path();
    let head = store(&path).head().expect("it can be read");
    let mut terminal = start(&office, &LIMITED).start();
    terminal.wait_for("nobody signed in");
    type_call(&mut terminal);
    terminal.keys("<ctrl-s>");
    terminal.wait_for("NOT IN THE RECORD YET");
    terminal.kill9();
    assert_eq!(store(&path).head().expect("it can be read"), head, "nothing is half written");
    assert!(holds(&path));
    // Two programs find it at once, and make one entry of it.
    let (mut one, other) = (start(&office, &[PROGRAM]).start(), start(&office, &[PROGRAM]).start());
    one.wait_for("nobody signed in");
    other.wait_for("nobody signed in");
    one.keys("w");
    one.wait_for("ADEYEMI");
    one.keys("adeyemi<enter>");
    one.wait_for("you ADEYEMI");
    one.wait_for("WQ, carer");
    assert!(!one.screen().contains("NOT IN THE RECORD"), "{}", one.screen());
    assert_eq!(calls(&path), 1);
    assert_eq!(Spool::of(&OfficeDir::at(&path)).waiting(), 0);
    one.keys("u");
    one.wait_for("No form is unfinished");
    assert!(holds(&path));
}

#[test]
fn an_office_that_cannot_be_written_is_read_and_what_is_typed_is_kept_elsewhere() {
    let office = Office::example(5);
    let path = office.path();
    let modes = |directory: u32, file: u32| {
        for item in fs::read_dir(&path).expect("it is there").flatten() {
            let mode = if item.path().is_dir() { directory } else { file };
            fs::set_permissions(item.path(), Permissions::from_mode(mode)).expect("it is ours");
        }
        fs::set_permissions(&path, Permissions::from_mode(directory)).expect("it is ours");
    };
    modes(0o500, 0o400);
    // Whoever may write everywhere gives that up first.
    let everywhere = File::create(path.join("probe")).is_ok();
    let words: &[&str] = match everywhere {
        true => &["setpriv", "--bounding-set=-dac_override,-dac_read_search", PROGRAM],
        false => &[PROGRAM],
    };
    if everywhere {
        fs::remove_file(path.join("probe")).expect("it is ours");
    }
    // As a backup is looked at that lies on a disk which can only be read.
    for command in [&["verify"][..], &["looks", "--as", "Adeyemi"]] {
        let said = program(words[0]).args(&words[1..]).arg("--office").arg(&path).args(command).output();
        let said = said.expect("it can be started");
        assert!(said.status.success(), "{command:?}: {said:?}");
    }
    let mut terminal = start(&office, words).start();
    terminal.wait_for("cannot be written");
    type_call(&mut terminal);
    terminal.keys("<ctrl-s>");
    terminal.wait_for("NOT IN THE RECORD YET");
    assert_eq!(set_aside(&office, &path), 1);
    modes(0o700, 0o600);
    terminal.wait_for_no("NOT IN THE RECORD");
    assert_eq!(calls(&path), 1);
    assert!(holds(&path));
}

#[test]
fn a_program_that_hangs_in_the_writers_queue_holds_up_nobodys_words() {
    let office = Office::example(5);
    let mut terminal = start(&office, &[PROGRAM]).start();
    sign_in(&mut terminal);
    type_call(&mut terminal);
    let queue = File::open(office.path().join("lock")).expect("an office has a queue");
    queue.lock().expect("nobody writes now");
    terminal.keys("<ctrl-s>");
    terminal.wait_for("NOT IN THE RECORD YET");
    queue.unlock().expect("it was locked");
    terminal.wait_for_no("NOT IN THE RECORD");
    terminal.wait_for("WQ, carer");
    assert_eq!(calls(&office.path()), 1);
}

#[test]
fn a_disk_that_takes_nothing_at_all_is_said_and_the_words_stay_on_the_screen() {
    let office = Office::example(5);
    let path = office.path();
    let mut terminal = start(&office, &[PROGRAM]).start();
    sign_in(&mut terminal);
    type_call(&mut terminal);
    // Not even a draft, in its own file or set aside.
    limit(&terminal, "1");
    terminal.keys(", hard to rouse<tab><shift-tab>");
    terminal.wait_for("NOT KEPT");
    terminal.keys("<ctrl-s>");
    terminal.wait_for("on paper");
    terminal.wait_for("0161 496 0123");
    // What the program itself notes on opening may have come in meanwhile; the call did not.
    assert_eq!(calls(&path), 0);
    // Once there is room again one key is enough.
    limit(&terminal, "unlimited");
    terminal.keys("<ctrl-s>");
    terminal.wait_for_no("Number to ring back");
    assert_eq!(calls(&path), 1);
    assert!(holds(&path));
}
