//! Registers as files: what a spreadsheet did to ten thousand lines is said line by line and nothing is imported; what is
//! clean goes in at once, and a second time changes nothing. Duplicates are merged and come apart again.
#![expect(clippy::unwrap_used, reason = "a helper of a test that cannot go on stops the test")]

mod support;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Output;

use dutydesk::domain::access::How;
use dutydesk::store::{Access, OfficeDir};
use serde_json::Value;

const YOU: &str = "Ruth Adeyemi";

struct Office {
    dir: tempfile::TempDir,
    path: PathBuf,
}

impl Office {
    fn set_up() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let office = Self { path: dir.path().join("office"), dir };
        let place = ["--name", "Rowan", "--place", "Rowan House", "--service", "residential"];
        let done =
            office.run(&[&["setup"], &place[..], &["--you", YOU, "--role", "registered_manager"]].concat());
        assert_eq!(code(&done), 0, "{}", stderr(&done));
        office
    }

    fn run(&self, arguments: &[&str]) -> Output {
        support::program(env!("CARGO_BIN_EXE_dutydesk"))
            .args([&["--office", self.path.to_str().unwrap()], arguments].concat())
            .env_clear()
            .output()
            .unwrap()
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.dir.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn import(&self, register: &str, file: &str, more: &[&str]) -> Output {
        self.run(&[&["import", register, file, "--as", YOU], more].concat())
    }

    /// Imports what is to be taken.
    fn takes(&self, register: &str, rows: &str) {
        let file = self.file("taken.csv", rows);
        let done = self.import(register, &file, &[]);
        assert_eq!(code(&done), 0, "{}", stderr(&done));
    }

    fn list(&self, register: &str) -> Vec<Value> {
        let listed = self.run(&["list", register, "--json", "--limit", "20000", "--as", YOU]);
        serde_json::from_slice(&listed.stdout).unwrap()
    }

    fn whole(&self) {
        let verified = self.run(&["verify"]);
        assert_eq!(code(&verified), 0, "{}", stdout(&verified));
    }

    fn looks(&self) -> Vec<How> {
        let dir = OfficeDir::at(self.path.clone());
        Access::open(&dir).unwrap().looks().unwrap().into_iter().map(|look| look.how).collect()
    }
}

fn code(out: &Output) -> i32 {
    out.status.code().unwrap_or(-1)
}

fn stdout(out: &Output) -> String {
    String::from_utf8(out.stdout.clone()).unwrap()
}

fn stderr(out: &Output) -> String {
    String::from_utf8(out.stderr.clone()).unwrap()
}

/// The NHS number of the test range whose first digits are these, where there is one.
fn nhs(nth: usize) -> Option<String> {
    let stem = format!("999{nth:06}");
    let sum: usize = stem
        .bytes()
        .zip([10, 9, 8, 7, 6, 5, 4, 3, 2])
        .map(|(c, weight)| usize::from(c - b'0') * weight)
        .sum();
    let last = (11 - sum % 11) % 11;
    (last < 10).then(|| format!("{stem}{last}"))
}

/// Ten thousand people whom nobody would confuse: a name, a day and a number of their own.
fn people(count: usize) -> Vec<[String; 5]> {
    let letters = |mut n: usize| {
        let mut name = String::new();
        for _ in 0..4 {
            name.push(char::from(b'a' + u8::try_from(n % 26).unwrap()));
            n /= 26;
        }
        name
    };
    let numbers = (1..).filter_map(nhs);
    (0..count)
        .zip(numbers)
        .map(|(n, number)| {
            let born = format!("{:02}-{}-{}", n % 28 + 1, ["Jan", "May", "Oct"][n % 3], 1920 + n % 70);
            [
                format!("{}, Ann", letters(n * 7919)),
                "Rowan House".to_owned(),
                born,
                number,
                format!("Flat {n}"),
            ]
        })
        .collect()
}

fn quoted(cells: &[String]) -> String {
    cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect::<Vec<_>>().join(",")
}

#[test]
fn whoever_has_not_said_who_they_are_is_told_the_option_that_the_command_takes() {
    let office = Office::set_up();
    let file = office.file("tonight.csv", "Name,Where\nAnn Tester,Rowan House\n");
    for asked in [&["import", "people", &file][..], &["merge", "P-1", "P-2", "--reason", "one"], &["looks"]] {
        let refused = office.run(asked);
        assert_eq!(code(&refused), 2, "{asked:?}");
        let says = stderr(&refused);
        assert!(says.contains("--as NAME") && !says.contains("--typed-by"), "{asked:?}: {says}");
    }
}

#[test]
fn a_dirty_file_of_ten_thousand_lines_is_said_line_by_line_and_none_of_it_is_imported() {
    let office = Office::set_up();
    let mut rows = people(9_990);
    rows[0][3] = "9.99E+09".to_owned();
    rows[1][2] = "31/02/1950".to_owned();
    rows[2][1] = "Rowan Hose".to_owned();
    rows[3][0] = String::new();
    rows[4][3] = "999 000 0019".to_owned();
    rows[5][3] = rows[9][3].clone();
    rows[6][2] = "18295".to_owned();
    rows[7][0] = "=HYPERLINK(\"http://x\")\u{1b}[31m, Ann".to_owned();
    rows[8][4] = "Flat 8,\r\nleft bell".to_owned();
    let mut text = String::from("\u{feff}Name;where ;BORN;NHS-Number;Room, flat or address;Telephone;;\r\n");
    for row in &rows {
        let line = quoted(row).replace("\",\"", "\";\"");
        write!(text, "{line};7700900118;;\r\n").unwrap();
    }
    for stray in [";;;;;;;\r\n", "\"Quill, Tess\";Rowan House;01/02/1950;;;;;stray\r\n"] {
        text.push_str(stray);
    }
    text.push_str("\"Quill, Tess\";Rowan House;01/02/1950;;;;;;;;further\r\n");
    let file = office.file("dirty.csv", &text);
    let before = office.list("people").len();
    for more in [&[][..], &["--dry-run"]] {
        let refused = office.import("people", &file, more);
        assert_eq!((code(&refused), stdout(&refused).as_str()), (3, ""));
        let says = stderr(&refused);
        let lines: Vec<&str> = says.lines().collect();
        // The quoted line end of line 10 is a line of its own: all that comes after it is one further down.
        let expected = [
            "dutydesk: Nothing of dirty.csv was imported: 10 things are wrong.",
            "line 2, NHS number: the spreadsheet keeps \"9.99E+09\" and has lost the digits. Format the column as text, type the number again and save",
            "line 3, Born: There is no 31 February 1950: it has 28 days",
            "line 4, Where: there is no \"Rowan Hose\" among locations; did you mean \"Rowan House\"? --create registers it by its name alone",
            "line 5: \"Name\" is still blank. Write a few words.",
            "line 6, NHS number: \"999 000 0019\": the check digit does not fit: one digit is probably mistyped",
            "line 8, Born: \"18295\" is how a spreadsheet counts days. Format the column as a date and save again",
            "line 12: the same person or thing as on line 7, as far as the file tells them apart",
            "line 9994, column H: there are words here and no heading in the first row",
            "line 9995, column K: there are words here, and only 8 headings in the first row; is a separator or a quotation mark out of place?",
            "line 9995: the same person or thing as on line 9994, as far as the file tells them apart",
            "To look at:",
            "lines 2, 3, 4, 5, 6 and 9984 more, Telephone: \"7700900118\" does not begin with 0: the spreadsheet may have lost it. It is kept as it stands",
            "lines 5, 7, 9, 10, 13 and 9979 more: \"NHS number\": numbers beginning 999 are for tests and belong to no real person",
        ];
        assert_eq!(lines[..expected.len()], expected, "{says}");
        assert!(!says.contains('\u{1b}'));
        assert!(lines.len() < 250, "it is a report, not a second file: {}", lines.len());
        assert_eq!(office.list("people").len(), before);
    }
}

#[test]
fn ten_thousand_people_go_in_at_once_and_a_second_time_change_nothing() {
    let office = Office::set_up();
    let mut text = String::from("Name,Where,Born,NHS number,room\n");
    for row in people(10_000) {
        writeln!(text, "{}", quoted(&row)).unwrap();
    }
    let file = office.file("all.csv", &text);
    let dry = office.import("people", &file, &["--dry-run"]);
    assert!(
        stdout(&dry)
            .contains("This would be recorded: 0 the same, 0 changed, 10000 new. Nothing was written.")
    );
    assert_eq!(office.list("people").len(), 0);
    let done = office.import("people", &file, &[]);
    assert_eq!(code(&done), 0, "{}", stderr(&done));
    assert!(stdout(&done).contains("Imported: 0 the same, 0 changed, 10000 new."), "{}", stdout(&done));
    let again = office.import("people", &file, &[]);
    assert!(
        stdout(&again).contains("Imported: 10000 the same, 0 changed, 0 new.\nNothing to record."),
        "{}",
        stdout(&again)
    );
    assert_eq!(office.list("people").len(), 10_000);
    office.whole();
    // One of them is put right; what it was before and why it changed stand on their chart.
    let file = office.file("moved.csv", text.replace("\"Flat 17\"", "\"Flat 17, garden side\""));
    let moved = office.import("people", &file, &[]);
    let says = stdout(&moved);
    assert!(says.contains("Room, flat or address: \"Flat 17\" to \"Flat 17, garden side\""), "{says}");
    assert!(says.contains("Imported: 9999 the same, 1 changed, 0 new."), "{says}");
    let chart = stdout(&office.run(&["show", "P-18", "--as", YOU]));
    assert!(chart.contains("imported from all.csv") && chart.contains("imported from moved.csv"), "{chart}");
    assert!(chart.contains("Flat 17\n") && chart.contains("Flat 17, garden side"), "{chart}");
}

#[test]
fn which_record_a_line_is_of_is_never_guessed() {
    let office = Office::set_up();
    office.takes(
        "people",
        "Name,Born,NHS number,Room\n\"Oakes, Bea\",1/2/1950,9990000026,2\n\"Oakes, Bea\",10/2/1950,9990000034,12\nMARSH Ann,,,4\n"
            .replace("Room", "room")
            .as_str(),
    );
    let refused = |rows: &str, says: &str| {
        let file = office.file("unclear.csv", rows);
        let out = office.import("people", &file, &[]);
        assert_eq!(code(&out), 3, "{rows}\n{}", stdout(&out));
        assert!(stderr(&out).contains(says), "{rows}\n{}", stderr(&out));
    };
    refused("Name\n\"Oakes, Bea\"\n", "a date of birth is missing on one side");
    refused("Name,Born\n\"Marsh, Ann\",3/3/1930\n", "this may be P-3 MARSH, Ann");
    refused("Name,Born,NHS number\n\"Oakes, Bea\",1/2/1950,9990000018\n", "with another NHS number");
    refused(
        "Name,Born,NHS number\n\"Quill, Tess\",9/9/1940,9990000026\n",
        "neither name nor date of birth agrees",
    );
    refused("Our reference,Name\nP-1,\"Quill, Tess\"\n", "Is the file from another office?");
    refused("Our reference,Name\nP-99,\"Quill, Tess\"\n", "there is no record P99 here");
    refused(
        "Our reference,Name,NHS number\nP-1,\"Oakes, Bea\",9990000034\n",
        "the NHS number belongs to P-2",
    );
    refused("Our reference,room\nP-1,3\np 1,4\n", "and so is line 2");
    refused("Name,Born\nJo Lee,1/1/1940\n\"LEE, Jo\",1-Jan-1940\n", "the same person or thing as on line 2");
    refused("Name,Nmae\nLee Jo,x\n", "did you mean \"Name\"?");
    refused("Name,Name\nLee Jo,Lee Jo\n", "an earlier column holds the same");
    refused("Name,Standing\nLee Jo,No longer supported\n", "changed on screen");
    // Said outright, it is done: by reference, as somebody new, by the columns that are named.
    let done = |rows: &str, more: &[&str], says: &str| {
        let file = office.file("clear.csv", rows);
        let out = office.import("people", &file, more);
        assert_eq!(code(&out), 0, "{rows}\n{}", stderr(&out));
        assert!(stdout(&out).contains(says), "{rows}\n{}", stdout(&out));
    };
    done("Our reference,room\nP-1,3\n", &[], "0 the same, 1 changed, 0 new");
    done(
        "Our reference,Name,Born\nnew,\"Marsh, Ann\",3/3/1930\n",
        &[],
        "could be mistaken for P-3 MARSH, Ann",
    );
    done(
        "Name,room,Telephone\n\"Oakes, Bea\",12,01632 960 111\n",
        &["--by", "name,room"],
        "0 the same, 1 changed, 0 new",
    );
    office.whole();
}

#[test]
fn whoever_may_not_is_told_so_and_every_record_that_leaves_is_noted() {
    let office = Office::set_up();
    office.takes("people", "Name,Where\n\"Quill, Theresa\",Rowan House\n\"Oakes, Brenda\",Rowan House\n");
    // Roles want two people: nobody is made a manager by a file.
    let roles = "Name,Roles\n\"SHAH, Priya\",Duty coordinator\n\"QUAY, Will\",care_worker\n\"PIKE, Nora\",Administrator; auditor\n";
    let roles = office.file("roles.csv", roles);
    let refused = office.import("staff", &roles, &[]);
    assert_eq!(code(&refused), 3);
    assert!(stderr(&refused).contains("wants a second person"), "{}", stderr(&refused));
    let alone = office.import("staff", &roles, &["--alone", "the first of the staff"]);
    assert_eq!(code(&alone), 0, "{}", stderr(&alone));
    let as_staff = |who: &str, arguments: &[&str]| code(&office.run(&[arguments, &["--as", who]].concat()));
    assert_eq!(as_staff("Priya Shah", &["export", "people"]), 3, "a coordinator exports nothing");
    assert_eq!(as_staff("Will Quay", &["export", "people"]), 3);
    let refused = office.looks();
    assert!(refused.len() >= 2 && refused.iter().all(|how| *how == How::Refused), "{refused:?}");
    let people = office.file("people.csv", "Name,Born\n\"Lee, Jo\",1/1/1940\n");
    let staff = office.file("staff.csv", "Name,Roles\n\"LEE, Jo\",registered_manager\n");
    assert_eq!(as_staff("Will Quay", &["import", "people", &people]), 3, "it is compared with all there is");
    assert_eq!(as_staff("Priya Shah", &["import", "people", &people]), 0);
    assert_eq!(
        as_staff("Priya Shah", &["import", "staff", &staff, "--dry-run"]),
        3,
        "a dry run asks for leave too"
    );
    assert_eq!(as_staff("Priya Shah", &["import", "staff", &staff]), 3, "no import makes a manager");
    assert_eq!(office.list("staff").len(), 4);

    let out = office.dir.path().join("out.csv");
    let done = office.run(&["export", "people", "--out", out.to_str().unwrap(), "--as", YOU]);
    assert_eq!(code(&done), 0, "{}", stderr(&done));
    let exported = office.looks().into_iter().filter(|how| *how == How::Export);
    assert_eq!(exported.count(), 3);
    let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&out).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
    let again = office.run(&["export", "people", "--out", out.to_str().unwrap(), "--as", YOU]);
    assert_eq!(code(&again), 2, "a file that is there is not written over");
    office.whole();
}

#[test]
fn an_export_of_one_office_is_the_list_of_the_next() {
    let dir = tempfile::tempdir().unwrap();
    let example = Office { path: dir.path().join("example"), dir };
    let made = example.path.to_str().unwrap().to_owned();
    let made = support::program(env!("CARGO_BIN_EXE_dutydesk"))
        .args(["example", &made, "--cases", "5", "--now", "2026-11-21T21:04:00Z"])
        .env_clear()
        .output()
        .unwrap();
    assert_eq!(code(&made), 0, "{}", stderr(&made));
    let office = Office::set_up();
    for register in ["locations", "organisations", "people"] {
        let rows = stdout(&example.run(&["export", register, "--as", YOU]));
        let file = office.file("made_up.csv", &rows);
        let refused = office.import(register, &file, &["--create"]);
        assert_eq!(code(&refused), 3);
        assert!(stderr(&refused).contains("made-up people of a practice office"), "{}", stderr(&refused));
        // Its references are that office's own, and so is the mark; the rest is anybody's.
        let ours = without_first(&rows, 3);
        let file = office.file("ours.csv", &ours);
        let done = office.import(register, &file, &["--create"]);
        assert_eq!(code(&done), 0, "{register}: {}", stderr(&done));
        let back = stdout(&office.run(&["export", register, "--as", YOU]));
        let sorted = |rows: &str| {
            let mut rows: Vec<String> = rows.split("\r\n").map(str::to_owned).collect();
            rows.retain(|row| !row.contains("Rowan House,Residential") && !row.is_empty());
            rows.sort();
            rows
        };
        assert_eq!(sorted(&without_first(&back, 2)), sorted(&ours), "{register}");
    }
    office.whole();
}

/// Rows without their first columns, which hold neither quotes nor separators.
fn without_first(rows: &str, columns: usize) -> String {
    let mut inside = false;
    let mut lines = vec![String::new()];
    for c in rows.trim_start_matches('\u{feff}').chars() {
        inside ^= c == '"';
        lines.last_mut().unwrap().push(c);
        if c == '\n' && !inside {
            lines.push(String::new());
        }
    }
    lines
        .iter()
        .filter(|line| !line.is_empty())
        .map(|line| line.splitn(columns + 1, ',').last().unwrap())
        .collect()
}

#[test]
fn hostile_text_comes_in_harmless_and_goes_out_as_no_formula() {
    let office = Office::set_up();
    let hostile = [
        "=cmd|' /C calc'!A0",
        "@SUM(1+1)*cmd",
        "+44 7700 900118",
        "-2+3",
        "\u{1b}]0;owned\u{7}",
        "\u{202e}live\u{202c}",
        "Zo\u{308}e\u{200b}",
        "\u{ff1d}1+1",
        "''=1",
        "a\u{0}b",
    ];
    let rows = hostile.iter().filter(|text| !text.contains('\0')).enumerate();
    let rows: String = rows
        .map(|(n, text)| format!("\"Pike{n}, Jo\",{n}/1/1950,\"{text}\"\n").replace("0/1", "10/1"))
        .collect();
    office.takes("people", &format!("Name,Born,room\n{rows}"));
    let exported = stdout(&office.run(&["export", "people", "--as", YOU]));
    assert!(exported.chars().all(|c| !c.is_control() || matches!(c, '\r' | '\n')), "{exported:?}");
    assert!(!exported.contains(['\u{202e}', '\u{200b}']));
    for cell in exported.split([',', '\n']) {
        assert!(!cell.trim_matches('"').starts_with(['=', '+', '-', '@', '\u{ff1d}']), "{cell:?}");
    }
    let file = office.file("back.csv", &exported);
    let again = office.import("people", &file, &[]);
    assert!(stdout(&again).contains("9 the same, 0 changed, 0 new"), "{}{}", stdout(&again), stderr(&again));
    let nul = office.file("nul.csv", format!("Name\n{}\n", hostile[9]));
    assert_eq!(code(&office.import("people", &nul, &[])), 2);
    let workbook = office.file("book.xlsx", b"PK\x03\x04and so on");
    let refused = office.import("people", &workbook, &[]);
    assert_eq!(code(&refused), 2);
    assert!(stderr(&refused).contains("save it as \"CSV UTF-8\""));
    assert_eq!(code(&office.import("people", "/no/such/file.csv", &[])), 2);
    assert_eq!(code(&office.import("peopel", &nul, &[])), 2);
    assert!(Path::new(&workbook).exists());
}

#[test]
fn duplicates_are_merged_with_a_reason_and_come_apart_again() {
    let office = Office::set_up();
    office.takes(
        "people",
        "Name,Born,NHS number\n\"Quill, Theresa\",14/3/1941,9990000018\n\"Quill, Tess\",,\n\"Quill, Thomas\",3/4/1939,9990000026\n",
    );
    let apart = office.run(&["merge", "P-1", "P-3", "--reason", "looks like her", "--as", YOU]);
    assert_eq!(code(&apart), 3);
    let says = stderr(&apart);
    assert!(
        says.contains("TWO DIFFERENT PEOPLE") && says.contains("999 000 0018 and 999 000 0026"),
        "{says}"
    );
    assert!(says.contains("14-Mar-1941 and 03-Apr-1939"), "{says}");
    let merged = office.run(&["merge", "P-1", "quill tess", "--reason", "one birth, two calls", "--as", YOU]);
    assert_eq!(code(&merged), 0, "{}", stderr(&merged));
    assert_eq!(office.list("people").len(), 2);
    let stub = stdout(&office.run(&["show", "P-2", "--as", YOU]));
    assert!(
        stub.contains("merged with P-1 QUILL, Theresa on ") && stub.contains("because: one birth, two calls"),
        "{stub}"
    );
    let again = office.run(&["merge", "P-1", "P-2", "--reason", "again", "--as", YOU]);
    assert_eq!(code(&again), 3);
    // Two that are none: said of what was asked for, not of a form.
    let none = office.run(&["unmerge", "P-1", "P-3", "--reason", "never were one", "--as", YOU]);
    assert_eq!(code(&none), 3);
    assert!(
        stderr(&none).contains("Nothing was recorded:\n  These two records are not merged"),
        "{}",
        stderr(&none)
    );
    let back = office.run(&["unmerge", "P-1", "quill tess", "--reason", "two sisters", "--as", YOU]);
    assert_eq!(code(&back), 0, "{}", stderr(&back));
    assert_eq!(office.list("people").len(), 3);
    assert_eq!(code(&office.run(&["merge", "P-1", "nobody", "--reason", "x", "--as", YOU])), 2);
    office.whole();
}

#[test]
fn a_rota_comes_in_from_a_spreadsheet_and_two_at_once_and_gaps_are_said() {
    let office = Office::set_up();
    let staff = "Name,Roles,Telephone\n\"Varga, Tomas\",delegate,07700 900301\nReed Carl,care_worker,\n";
    let done =
        office.import("staff", &office.file("staff.csv", staff), &["--alone", "nobody else is here yet"]);
    assert_eq!(code(&done), 0, "{}", stderr(&done));
    let head = "Duty,Who,From,Until,Number to ring\n";
    // Somebody whose roles may not hold the duty, and a slot that ends before it begins.
    let carer = format!("{head}Decision holder,Reed Carl,tomorrow 20:00,tomorrow 23:00,\n");
    let done = office.import("rota", &office.file("carer.csv", carer), &[]);
    assert_eq!(code(&done), 3);
    assert!(stderr(&done).contains("none of their roles may hold this duty"), "{}", stderr(&done));
    let backwards = format!("{head}Decision holder,\"Varga, Tomas\",tomorrow 20:00,tomorrow 08:00,\n");
    let done = office.import("rota", &office.file("backwards.csv", backwards), &[]);
    assert_eq!(code(&done), 3);
    assert!(stderr(&done).contains("This is not after \"From\""), "{}", stderr(&done));

    let rows = format!(
        "{head}Decision holder,\"Varga, Tomas\",tomorrow 08:00,tomorrow 20:00,07700 900399\n\
         Decision holder,Ruth Adeyemi,tomorrow 18:00,tomorrow 22:00,\n"
    );
    let file = office.file("rota.csv", rows);
    let done = office.import("rota", &file, &[]);
    assert_eq!(code(&done), 0, "{}", stderr(&done));
    assert!(stdout(&done).contains("Two at once is possible"), "{}", stdout(&done));
    let again = office.import("rota", &file, &[]);
    assert!(stdout(&again).contains("0 new"), "a second time changes nothing: {}", stdout(&again));

    let rota = office.list("rota");
    let planned: Vec<_> = rota.iter().filter(|row| row["part"] == "day" || row["part"] == "week").collect();
    let marked = |mark: &str| planned.iter().filter(|row| row["marked"] == mark).count();
    assert_eq!(marked("two_at_once"), 2, "{rota:?}");
    assert!(marked("gap") >= 1, "nobody is planned after: {rota:?}");
    let listed = office.run(&["list", "oncall", "--at", "tomorrow 09:00", "--json", "--as", YOU]);
    let listed: Vec<Value> = serde_json::from_slice(&listed.stdout).unwrap();
    let first = &listed[0];
    assert_eq!((&first["turn"], &first["who"]), (&1.into(), &"VARGA, T.".into()), "{listed:?}");
    assert_eq!(
        first["phone"], "07700 900399",
        "the number of the slot goes before the one on the staff list"
    );
    let unconfirmed = office.run(&["list", "unconfirmed", "--json", "--as", YOU]);
    assert_eq!(stdout(&unconfirmed).trim(), "[]");
    let doctor = office.run(&["doctor"]);
    assert_eq!(code(&doctor), 0, "a gap is no fault of the office's files: {}", stdout(&doctor));
    office.whole();
}

#[test]
fn a_cell_that_says_so_takes_out_what_is_on_record_and_an_empty_one_leaves_it() {
    let office = Office::set_up();
    office.takes(
        "people",
        "Name,Born,room,Telephone,Family and representatives 1 Name,Family and representatives 1 Telephone\n\
         \"Oakes, Bea\",1-Feb-1950,2,01632 960777,Hannah Marsh,07700 900411\n\
         \"Marsh, Ann\",3-Mar-1930,4,-,,\n",
    );
    let kept = |reference: &str| {
        let shown = office.run(&["show", reference, "--json", "--as", YOU]);
        let shown: Value = serde_json::from_slice(&shown.stdout).unwrap();
        shown["facts"]["record"].as_object().unwrap().keys().cloned().collect::<Vec<_>>()
    };
    assert_eq!(kept("P-2"), ["born", "name", "room"], "of somebody new it is a blank");
    let rows = "Our reference,Name,room,Telephone,Family and representatives 1 Name,Family and representatives 1 Telephone\n\
                P-1,\"Oakes, Bea\",,-,-,\nP-2,\"Marsh, Ann\",,-,,\n";
    let file = office.file("leavers.csv", rows);
    let dry = stdout(&office.import("people", &file, &["--dry-run"]));
    assert!(dry.contains("Telephone: \"01632 960777\" is taken out"), "{dry}");
    assert!(
        dry.contains("2 fields are emptied: a cell that says only - takes out what is on record."),
        "{dry}"
    );
    assert!(dry.contains("1 the same, 1 changed, 0 new"), "{dry}");
    assert_eq!(kept("P-1").len(), 5, "a dry run writes nothing");
    assert_eq!(code(&office.import("people", &file, &[])), 0);
    assert_eq!(kept("P-1"), ["born", "name", "room"]);
    let again = stdout(&office.import("people", &file, &[]));
    assert!(again.contains("Imported: 2 the same, 0 changed, 0 new.\nNothing to record."), "{again}");
    let chart = stdout(&office.run(&["show", "P-1", "--as", YOU]));
    assert!(chart.contains("Telephone: was 01632 960777, now blank"), "{chart}");

    let required = office.file("nameless.csv", "Our reference,Name\nP-1,-\n");
    let refused = office.import("people", &required, &[]);
    assert_eq!(code(&refused), 3);
    assert!(stderr(&refused).contains("\"Name\" must not be empty"), "{}", stderr(&refused));
    office.whole();
}
