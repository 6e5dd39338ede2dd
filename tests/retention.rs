//! Years later in the example office: what is due goes with two people, all that is left is still proved, a program that is killed
//! meanwhile leaves all or nothing; and a copy for the person holds nothing that was withheld.
#![expect(clippy::panic, reason = "a test fails by panicking, its helpers too")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use chrono::{DateTime, Months, Utc};
use dutydesk::domain::act::Act;
use dutydesk::domain::answer::YesNo;
use dutydesk::domain::chance::{Chance as _, Seeded};
use dutydesk::domain::disposal::{Disposable, Due, KeptBy};
use dutydesk::domain::entry::{Batch, Method, NewEntry, Who};
use dutydesk::domain::ids::{CaseId, EntryId};
use dutydesk::domain::permission::Viewer;
use dutydesk::runtime::clock;
use dutydesk::store::{OfficeDir, Store};

const NOW: &str = "2026-11-21T21:04:00Z";

#[expect(clippy::disallowed_methods, reason = "the built program is what is tried")]
fn program(office: &Path, asked: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dutydesk"));
    command.env("DUTYDESK_OFFICE", office).args(asked).stdin(Stdio::null()).output().expect("the program")
}

fn example(cases: &str) -> (tempfile::TempDir, PathBuf) {
    let home = tempfile::tempdir().expect("a directory");
    let office = home.path().join("office");
    let at = office.to_str().expect("a path");
    let made = program(&office, &["example", at, "--cases", cases, "--seed", "1", "--now", NOW]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    (home, office)
}

fn open(office: &Path) -> Store {
    Store::open(&OfficeDir::at(office), Box::new(Seeded::new(3))).expect("an office")
}

fn whole(store: &Store) {
    let found = store.verify(&Viewer::system(), &mut |_, _| {}).expect("it can be verified");
    assert_eq!(found.fault, None);
}

/// Two members of staff who may dispose of records.
fn two(store: &Store, at: DateTime<Utc>) -> [CaseId; 2] {
    let roles = store.roles().expect("roles");
    let may = |staff: &CaseId| {
        let viewer = store.viewer_for(Some(*staff), at).expect("a viewer");
        viewer.roles.iter().any(|(role, _)| {
            let may = &roles.roles[role].may;
            may.contains(&dutydesk::domain::permission::Grant::Dispose)
        })
    };
    let staff: Vec<CaseId> =
        store.staff().expect("staff").into_iter().map(|row| row.id).filter(may).collect();
    match staff.as_slice() {
        [one, other, ..] => [*one, *other],
        _ => panic!("nobody may: {staff:?}"),
    }
}

fn act(
    store: &mut Store,
    ids: &mut Seeded,
    staff: CaseId,
    case: Option<CaseId>,
    act: Act,
    at: DateTime<Utc>,
) -> EntryId {
    let id = EntryId(ids.uuid());
    let who = Who { by: Some(staff), typed_by: Some(staff), method: Method::Asserted };
    let entry = NewEntry::of_act(id, case, who, act, at);
    let viewer = store.viewer_for(Some(staff), at).expect("a viewer");
    let batch = Batch { entries: vec![entry], ..Batch::default() };
    store.append(&viewer, batch, at).unwrap_or_else(|error| panic!("{error}"));
    id
}

/// Proposed by one, agreed to by the other.
fn dispose(store: &mut Store, ids: &mut Seeded, due: &Due, at: DateTime<Utc>) {
    let [one, other] = two(store, at);
    let (disposal, case) = due.act();
    let proposed = act(store, ids, one, case, disposal, at);
    let word = Act::Countersign { entry: proposed, agrees: YesNo::Yes, note: String::new() };
    act(store, ids, other, case, word, at);
}

#[test]
fn what_is_due_in_years_goes_and_every_number_and_proof_stays() {
    let (_home, office) = example("40");
    let mut store = open(&office);
    let mut ids = Seeded::new(77);
    let now: DateTime<Utc> = NOW.parse().expect("a time");
    let at = now.checked_add_months(Months::new(25 * 12)).expect("a time");
    let system = Viewer::system();
    // Of all that was written in the last weeks nothing is due; of what was years ago one is ready, and one is held.
    let today = store.due_for_disposal(&system, now).expect("read");
    let kept: Vec<bool> = today.iter().map(|row| row.kept_by.is_empty()).collect();
    assert_eq!(kept, [true, false], "{today:#?}");
    let signed = store.checkpoint(&system, now).expect("a checkpoint");
    let due = store.due_for_disposal(&system, at).expect("read");
    let comes_round = |row: &&Due| row.kept_by.iter().any(|kept| matches!(kept, KeptBy::ComesRound(_)));
    assert!(due.iter().any(|row| comes_round(&row)), "what never ends by itself is said: {due:#?}");
    let ready: Vec<&Due> = due.iter().filter(|row| row.kept_by.is_empty()).collect();
    let kept = due.iter().filter(|row| !row.kept_by.is_empty()).count();
    assert!(ready.len() >= 3, "{due:#?}");
    // Handover sheets first: they speak of everybody.
    let mut gone = Vec::new();
    for row in ready.iter().take(4) {
        dispose(&mut store, &mut ids, row, at);
        gone.push(row.what);
        whole(&store);
    }
    let left = store.due_for_disposal(&system, at).expect("read");
    assert!(gone.iter().all(|what| left.iter().all(|row| row.what != *what)));
    assert!(left.len() + gone.len() <= due.len() + kept);
    // The record is longer by the acts alone, and holds to what was signed before.
    let added = store.head().expect("a head") - signed.checkpoint.size;
    assert_eq!(added, 2 * gone.len() as u64);
    for what in gone {
        let Disposable::Case(id) = what else { continue };
        let view = store.case(&system, id, at).expect("a stub");
        assert!(view.state.is_disposed_of() && view.state.closed);
    }
    store.rebuild(&system).expect("rebuilt");
    whole(&store);
}

/// An office of long ago, and a person who has left it, who is due today.
fn long_ago() -> (tempfile::TempDir, PathBuf, String) {
    let home = tempfile::tempdir().expect("a directory");
    let office = home.path().join("office");
    let at = office.to_str().expect("a path");
    let made =
        program(&office, &["example", at, "--cases", "20", "--seed", "1", "--now", "2005-11-21T21:04:00Z"]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let listed = program(&office, &["list", "disposal", "--json", "--as", "Adeyemi"]);
    let rows: serde_json::Value = serde_json::from_slice(&listed.stdout).expect("a list");
    let rows = rows.as_array().cloned().unwrap_or_else(|| panic!("{rows}"));
    let ready = rows.iter().find(|row| {
        let (kept, what) = (&row["kept_by"], &row["what"]["case"]);
        kept.as_array().is_some_and(Vec::is_empty) && what.is_string()
    });
    let row = ready.unwrap_or_else(|| panic!("{rows:#?}"));
    let reference = row["reference"].as_str().expect("a reference").to_owned();
    (home, office, reference)
}

fn copied(from: &Path, to: &Path) {
    use std::os::unix::fs::DirBuilderExt as _;
    std::fs::DirBuilder::new().mode(0o700).create(to).expect("a folder");
    for item in std::fs::read_dir(from).expect("a folder").flatten() {
        let (path, into) = (item.path(), to.join(item.file_name()));
        match path.is_dir() {
            true => copied(&path, &into),
            false => drop(std::fs::copy(path, into).expect("a copy")),
        }
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the built program is what is killed")]
fn a_program_that_is_killed_while_it_disposes_leaves_all_or_nothing() {
    let (home, office, reference) = long_ago();
    let proposed = program(&office, &["dispose", &reference, "--propose", "--as", "Adeyemi"]);
    assert!(proposed.status.success(), "{}", String::from_utf8_lossy(&proposed.stderr));
    // Whoever proposed it is no second person.
    let waits = |office: &Path, who: &str| -> Vec<serde_json::Value> {
        let listed = program(office, &["list", "countersign", "--json", "--as", who]);
        serde_json::from_slice(&listed.stdout).expect("a list")
    };
    assert!(waits(&office, "Adeyemi").is_empty());
    let waiting = waits(&office, "Keld");
    let entry = waiting.iter().find(|row| row["case"] == reference.as_str()).expect("it waits");
    let entry = entry["seq"].to_string();
    let system = Viewer::system();
    let now = chrono::Utc::now();
    let what = Disposable::Case(open(&office).case_by_reference(&system, &reference).expect("a case"));
    let before = open(&office).disposal_of(&system, what, now).expect("due").seqs;
    let (mut all, mut nothing) = (0, 0);
    for (round, when_marked) in [(0, false), (1, true), (2, false), (3, true)] {
        let office_now = home.path().join(format!("office-{round}"));
        copied(&office, &office_now);
        let mut child = Command::new(env!("CARGO_BIN_EXE_dutydesk"));
        child.env("DUTYDESK_OFFICE", &office_now).args(["countersign", &entry, "--as", "Keld"]);
        let mut child = child.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program");
        // Killed at once; or when all of it is written and about to be committed.
        while when_marked && !office_now.join("wipe").exists() {
            if child.try_wait().expect("a child").is_some() {
                break;
            }
            std::thread::yield_now();
        }
        let _ = child.kill();
        child.wait().expect("it ended");
        let store = open(&office_now);
        whole(&store);
        assert!(!store.is_to_be_wiped(), "whoever opens it next goes through with it");
        match store.disposal_of(&system, what, now) {
            Ok(due) => {
                assert_eq!(due.seqs, before, "nothing is gone");
                nothing += 1;
            }
            Err(_) => all += 1,
        }
    }
    assert_eq!(all + nothing, 4);
    // And unharmed it goes.
    let agreed = program(&office, &["countersign", &entry, "--as", "Keld"]);
    assert!(agreed.status.success(), "{}", String::from_utf8_lossy(&agreed.stderr));
    let store = open(&office);
    assert!(store.disposal_of(&system, what, now).is_err() && !store.is_to_be_wiped());
    whole(&store);
}

#[test]
fn what_is_left_of_a_disposal_stops_no_pack_for_somebody_outside() {
    let (home, office, reference) = long_ago();
    let succeeds = |asked: &[&str]| {
        let ended = program(&office, asked);
        assert!(ended.status.success(), "{asked:?}: {}", String::from_utf8_lossy(&ended.stderr));
        String::from_utf8_lossy(&ended.stdout).into_owned()
    };
    succeeds(&["dispose", &reference, "--propose", "--as", "Adeyemi"]);
    let waiting: Vec<serde_json::Value> =
        serde_json::from_str(&succeeds(&["list", "countersign", "--json", "--as", "Keld"])).expect("a list");
    let entry = waiting.iter().find(|row| row["case"] == reference.as_str()).expect("it waits");
    succeeds(&["countersign", &entry["seq"].to_string(), "--as", "Keld"]);

    let path = |name: &str| home.path().join(name).to_str().expect("a path").to_owned();
    let (of_all, of_it) = (path("period.html"), path("case.html"));
    let whom = ["--for", "Care Quality Commission", "--as", "Adeyemi", "--out"];
    succeeds(&[&["pack", "period"], &whom[..], &[&of_all]].concat());
    succeeds(&[&["pack", "case", &reference], &whom[..], &[&of_it]].concat());
    // What is left stands in both, and nobody looked at anything of it.
    let read = |path: &str| std::fs::read_to_string(path).expect("a pack");
    assert!(read(&of_all).contains(&reference) && read(&of_it).contains(&reference));
    let system = Viewer::system();
    let store = open(&office);
    let gone = store.case_by_reference(&system, &reference).expect("a case");
    let disclosed = |id: CaseId| {
        let view = store.case(&system, id, clock::now()).expect("a case");
        view.state.entries.iter().filter(|mark| mark.kind == "act.disclose").count()
    };
    assert_eq!(disclosed(gone), 0);
    let looks: Vec<serde_json::Value> =
        serde_json::from_str(&succeeds(&["looks", "--how", "export", "--json", "--as", "Adeyemi"]))
            .expect("looks");
    let theirs = looks.iter().filter(|look| look["detail"].to_string().contains("for somebody"));
    let noted: Vec<CaseId> =
        theirs.filter_map(|look| look["case"].as_str().or(look["record"].as_str())?.parse().ok()).collect();
    assert!(!noted.is_empty() && !noted.contains(&gone), "{looks:#?}");
    assert!(noted.iter().all(|id| disclosed(*id) == 1), "{looks:#?}");
    whole(&store);
}

#[test]
fn a_hold_whose_lifting_waits_keeps_none_placed_later_from_being_lifted() {
    let (_home, office, reference) = long_ago();
    let hold = |asked: &[&str]| program(&office, &[&["hold", &reference, "--as", "Adeyemi"], asked].concat());
    for asked in
        [["--for", "Claim 14"], ["--lift", "Settled"], ["--for", "Claim 15"], ["--lift", "Settled, too"]]
    {
        let ended = hold(&asked);
        assert!(ended.status.success(), "{asked:?}: {}", String::from_utf8_lossy(&ended.stderr));
    }
    let again = hold(&["--lift", "Settled long ago"]);
    assert!(!again.status.success());
    assert!(String::from_utf8_lossy(&again.stderr).contains("waits for a second person already"));
    let waiting = program(&office, &["list", "countersign", "--json", "--as", "Keld"]);
    let waiting: Vec<serde_json::Value> = serde_json::from_slice(&waiting.stdout).expect("a list");
    let of_it = waiting.iter().filter(|row| row["case"] == reference.as_str()).count();
    assert_eq!(of_it, 2, "{waiting:#?}");
}

#[test]
fn a_copy_for_the_person_is_made_from_a_list_that_was_gone_through_and_holds_nothing_withheld() {
    let (home, office) = example("40");
    let system = Viewer::system();
    let people = open(&office).records(&system, "people", None, 50).expect("people").rows;
    let copy = home.path().join("copy.html");
    let (list, read) = (home.path().join("list.csv"), home.path().join("read.csv"));
    let path = |path: &Path| path.to_str().expect("a path").to_owned();
    // Somebody about whom there is something to decide.
    let made = people.iter().find(|person| {
        let _ = std::fs::remove_file(&list);
        let asked = [
            "pack",
            "person",
            &person.id.to_string(),
            "--for-subject",
            "--out",
            &path(&list),
            "--as",
            "Adeyemi",
        ];
        let made = program(&office, &asked);
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        !String::from_utf8_lossy(&made.stdout).contains(" 0 to decide")
    });
    let person = made.expect("somebody").id.to_string();
    let asked = |list: &Path| {
        let (list, copy) = (path(list), path(&copy));
        let asked = [
            "pack",
            "person",
            &person,
            "--for-subject",
            "--reviewed",
            &list,
            "--out",
            &copy,
            "--as",
            "Adeyemi",
        ];
        program(&office, &asked)
    };
    let refused = asked(&list);
    assert!(!refused.status.success() && !copy.exists());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("Decide is none of give, names, withhold"));

    // Gone through: whatever somebody has to decide is withheld.
    let text = std::fs::read(&list).expect("the list");
    let mut reader = csv::Reader::from_reader(text.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(&text));
    let mut writer = csv::Writer::from_path(&read).expect("a file");
    writer.write_record(reader.headers().expect("heads")).expect("written");
    let mut secret = Vec::new();
    for row in reader.records() {
        // Whatever reads as a number a spreadsheet keeps as one, and writes as it writes numbers.
        let kept =
            |cell: &str| cell.parse::<f64>().map_or_else(|_| cell.to_owned(), |number| number.to_string());
        let mut cells: Vec<String> = row.expect("a row").iter().map(kept).collect();
        if cells[2].is_empty() {
            (cells[2], cells[3]) = ("withhold".to_owned(), "Said in confidence".to_owned());
            secret.push(cells[8].trim_start_matches('\'').to_owned());
        }
        writer.write_record(&cells).expect("written");
    }
    writer.flush().expect("written");
    let given = asked(&read);
    assert!(given.status.success(), "{}", String::from_utf8_lossy(&given.stderr));
    let page = std::fs::read_to_string(&copy).expect("the copy");
    let long = |secret: &&String| {
        secret.chars().count() > 24 && secret.chars().all(|c| c.is_ascii() && !"<>&'\"".contains(c))
    };
    let secret: Vec<&String> = secret.iter().filter(long).collect();
    assert!(!secret.is_empty());
    for words in secret {
        assert!(!page.contains(words.as_str()), "{words}");
    }
    assert!(page.contains("A copy of your record") && page.contains("passages were left out"));
    // That it was given is on record, with its fingerprint, and the record is whole.
    let store = open(&office);
    let view =
        store.case(&system, person.parse().expect("an id"), NOW.parse().expect("a time")).expect("a record");
    let kinds: Vec<&str> = view.state.entries.iter().map(|mark| mark.kind.as_str()).collect();
    assert!(kinds.contains(&"act.give_copy"), "{kinds:?}");
    whole(&store);
}
