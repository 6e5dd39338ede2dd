//! The office's own lists without a screen: a round that an agency hands back comes in as a file, tonight's visits by
//! provider, what the office has to do, and pads of slips.
#![expect(clippy::unwrap_used, reason = "a helper of a test that cannot go on stops the test")]

mod support;

use std::process::Output;

use serde_json::Value;
use support::{Office, cli};

const SETUP: [&str; 11] = [
    "setup",
    "--name",
    "Rowan",
    "--place",
    "Rowan House",
    "--service",
    "residential",
    "--you",
    "Ruth Adeyemi",
    "--role",
    "registered_manager",
];

fn set_up() -> Office {
    let office = Office::new();
    done(&office, &SETUP);
    let people = "name,where,born,nhs number\n\
        Theresa Quill,Rowan House,2-Mar-1941,999 000 0018\n\
        Bernard Oakes,Rowan House,1-Feb-1950,999 000 0026\n";
    let file = file(&office, "people.csv", people);
    done(&office, &["import", "people", &file, "--as", "Adeyemi"]);
    office
}

fn file(office: &Office, name: &str, rows: &str) -> String {
    let path = office.beside(name);
    std::fs::write(&path, rows).unwrap();
    path.to_str().unwrap().to_owned()
}

fn said(out: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr))
}

fn done(office: &Office, arguments: &[&str]) -> String {
    let out = cli(office, arguments);
    assert!(out.status.success(), "{arguments:?}: {}", said(&out));
    said(&out)
}

fn refused(office: &Office, arguments: &[&str]) -> String {
    let out = cli(office, arguments);
    assert!(!out.status.success(), "{arguments:?}: {}", said(&out));
    said(&out)
}

fn json(office: &Office, arguments: &[&str]) -> Vec<Value> {
    let out = cli(office, &[arguments, &["--json", "--as", "Adeyemi"]].concat());
    assert!(out.status.success(), "{}", said(&out));
    serde_json::from_slice(&out.stdout).unwrap()
}

const HEADS: &str = "What is uncovered,Who waits,Begins,Ends,Medicine at a set time?,Medicine at a set time? why,\
    Risk if nobody comes,Why uncovered,Whose worker\n";

#[test]
fn a_round_that_is_handed_back_comes_in_whole_or_not_at_all_and_only_once() {
    let office = set_up();
    let good = format!(
        "{HEADS}Medicine,Theresa Quill,21-Nov-2030 21:00,21-Nov-2030 21:30,yes,insulin by 21:15,RED,Sick,Larkfold\n\
         Meal or drink,Bernard Oakes,21-Nov-2030 18:00,21-Nov-2030 18:30,no,,AMBER,Sick,Larkfold\n"
    );
    let bad = good.replace("Bernard Oakes", "Bernd Oakes").replace("AMBER", "ORANGE");
    let bad = file(&office, "bad.csv", &bad);
    let wrong = refused(&office, &["import", "cover", &bad, "--create", "--as", "Adeyemi"]);
    assert!(wrong.contains("line 3") && wrong.contains("Who waits"), "{wrong}");
    assert!(wrong.contains("Risk if nobody comes"), "{wrong}");
    assert!(json(&office, &["list", "visits"]).is_empty(), "nothing of it went in");

    let good = file(&office, "round.csv", &good);
    let dry = done(&office, &["import", "cover", &good, "--create", "--dry-run", "--as", "Adeyemi"]);
    assert!(dry.contains("0 the same, 0 changed, 2 new"), "{dry}");
    assert!(json(&office, &["list", "visits"]).is_empty(), "a dry run writes nothing");
    let told = done(&office, &["import", "cover", &good, "--create", "--as", "Adeyemi"]);
    assert!(told.contains("2 new") && told.contains("Larkfold"), "{told}");
    let again = done(&office, &["import", "cover", &good, "--create", "--as", "Adeyemi"]);
    assert!(again.contains("2 the same, 0 changed, 0 new") && again.contains("Nothing to record"), "{again}");
    let twice = format!(
        "{}{}",
        std::fs::read_to_string(&good).unwrap(),
        "Meal or drink,Bernard Oakes,21-Nov-2030 18:00,21-Nov-2030 18:30,no,,AMBER,Sick,Larkfold\n"
    );
    let twice = file(&office, "twice.csv", &twice);
    assert!(refused(&office, &["import", "cover", &twice, "--as", "Adeyemi"]).contains("same as line 3"));

    // The next to begin stands first; each is owed, and each says from which file it came.
    let visits = json(&office, &["list", "visits"]);
    let names: Vec<&str> = visits.iter().map(|row| row["subject"]["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["OAKES, Bernard", "QUILL, Theresa"]);
    assert_eq!(visits[0]["visit"]["from"]["at"], "2030-11-21T18:00:00Z");
    let owed = done(&office, &["list", "owed", "--as", "Adeyemi"]);
    assert_eq!(owed.matches("Arrange cover").count(), 2, "{owed}");
    let shown = done(&office, &["show", "V-1", "--as", "Adeyemi"]);
    assert!(shown.contains("round.csv"), "{shown}");
    let by = |provider: &str| json(&office, &["list", "visits", "--provider", provider]).len();
    assert_eq!((by("larkfold"), by("somebody else")), (2, 0));
    let late = ["list", "visits", "--from", "21-Nov-2030 20:00", "--until", "22-Nov-2030 08:00"];
    assert_eq!(json(&office, &late)[0]["subject"]["name"], "QUILL, Theresa");
    assert!(
        refused(&office, &["list", "visits", "--from", "teatime", "--as", "Adeyemi"]).contains("teatime")
    );
    done(&office, &["verify"]);
}

#[test]
fn tasks_come_in_as_rows_and_stand_by_when_they_are_due() {
    let office = set_up();
    let rows = "What,Who,By when,How often\n\
        Fire alarm test,,25-Nov-2030 10:00,Every week\n\
        Call the landlord,Ruth Adeyemi,20-Nov-2030 12:00,Once\n";
    let rows = file(&office, "tasks.csv", rows);
    done(&office, &["import", "tasks", &rows, "--as", "Adeyemi"]);
    let tasks = json(&office, &["list", "tasks"]);
    let what: Vec<&str> = tasks.iter().map(|row| row["commitment"]["what"].as_str().unwrap()).collect();
    assert_eq!(what, ["Call the landlord", "Fire alarm test"]);
    assert!(done(&office, &["list", "tasks", "--as", "Adeyemi"]).contains("ADEYEMI"));
    assert!(refused(&office, &["import", "paper", &rows, "--as", "Adeyemi"]).contains("no register"));
}

#[test]
fn a_pad_is_printed_into_the_office_or_a_file_and_no_number_twice() {
    let office = set_up();
    let told = done(&office, &["paper", "--slips", "10", "--where", "On-call car", "--as", "Adeyemi"]);
    assert!(told.contains("0001-0010") && told.contains("sheets/slips-0001-0010.html"), "{told}");
    let page = office.path().join("sheets/slips-0001-0010.html");
    assert!(std::fs::read_to_string(page).unwrap().contains(">0010<"));
    let out = office.beside("pad.html");
    let out = out.to_str().unwrap();
    done(&office, &["paper", "--slips", "5", "--out", out, "--as", "Adeyemi"]);
    assert!(std::fs::read_to_string(out).unwrap().contains(">0011<"), "the next that are free");
    // A file that stands is not written over, and no number is lost by trying.
    assert!(refused(&office, &["paper", "--out", out, "--as", "Adeyemi"]).contains("pad.html"));
    let other = office.beside("other.html");
    let wrong =
        refused(&office, &["paper", "--from", "8", "--out", other.to_str().unwrap(), "--as", "Adeyemi"]);
    assert!(wrong.contains("a number is given out once") && wrong.contains("0016"), "{wrong}");
    assert!(!other.exists(), "no page without its numbers");

    let record = |step: &str, case: &str, said: &str| {
        let answers = file(&office, "said.json", said);
        done(
            &office,
            &["record", step, "--case", case, "--json", &answers, "--as", "Adeyemi", "--typed-by", "Adeyemi"],
        )
    };
    record("paper.look", "PAD-1", r#"{"blank":"4"}"#);
    record("paper.void", "PAD-1", r#"{"numbers":"2","what":"spoilt","why":"Rain"}"#);
    let slips = json(&office, &["list", "slips"]);
    let pad = slips.iter().find(|row| row["reference"] == "PAD-1").unwrap();
    assert_eq!((&pad["unaccounted"], &pad["void"]), (&"0001, 0003".into(), &"0002".into()));
    assert!(done(&office, &["list", "slips", "--as", "Adeyemi"]).contains("0001, 0003"));
    done(&office, &["verify"]);
}

#[test]
fn a_visit_that_has_a_number_is_put_right_by_a_round_that_is_handed_back_again() {
    let office = set_up();
    let heads = HEADS.replace("Whose worker", "Whose worker,Number of the visit");
    let line = |from: &str, number: &str| {
        format!(
            "Meal or drink,Bernard Oakes,21-Nov-2030 {from},21-Nov-2030 19:30,no,,AMBER,Sick,Larkfold,{number}\n"
        )
    };
    let import = |name: &str, text: &str| {
        let round = file(&office, name, &format!("{heads}{text}"));
        done(&office, &["import", "cover", &round, "--create", "--as", "Adeyemi"])
    };
    let first = import("round.csv", &line("18:00", "4711"));
    assert!(first.contains("1 new"), "{first}");
    let later = line("18:45", "4711");
    let told = import("again.csv", &later);
    assert!(told.contains("1 changed, 0 new") && told.contains("visit 4711: put right is Begins"), "{told}");
    let told = import("again.csv", &later);
    assert!(told.contains("1 the same, 0 changed, 0 new"), "{told}");
    let visits = json(&office, &["list", "visits"]);
    assert_eq!(visits.len(), 1, "{visits:?}");
    assert_eq!(visits[0]["visit"]["from"]["at"], "2030-11-21T18:45:00Z");
    let shown = done(&office, &["show", "V-1", "--as", "Adeyemi"]);
    assert!(shown.contains("handed back again (again.csv)"), "{shown}");
    // Another number is another visit; the same one twice in one file is a slip.
    assert!(import("more.csv", &line("18:45", "4712")).contains("1 new"));
    let twice = file(&office, "twice.csv", &format!("{heads}{later}{}", line("19:00", "4711")));
    let wrong = refused(&office, &["import", "cover", &twice, "--create", "--as", "Adeyemi"]);
    assert!(wrong.contains("the number of the visit in line 2"), "{wrong}");
    assert!(cli(&office, &["verify"]).status.success());
}
