//! What a pack in JSON proves, and to whom: the program and a verifier in plain Python, written from the documentation
//! alone, name the same places in everything that was changed, dropped, moved or cut off.
#![expect(clippy::unwrap_used, reason = "a helper of a test that cannot go on stops the test")]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use dutydesk::report::pack::{Expected, file, verify};
use serde_json::{Value, json};
use support::{bare, program, skipped};

const PYTHON: &str = "python3";
const YOU: &str = "Ruth Adeyemi";

struct Office {
    home: tempfile::TempDir,
}

impl Office {
    fn example() -> Self {
        let office = Self { home: tempfile::tempdir().unwrap() };
        let path = office.at("office");
        let made =
            bare(&["example", path.to_str().unwrap(), "--cases", "12", "--now", "2026-11-21T21:04:00Z"], "");
        assert!(made.status.success(), "{}", said(&made));
        office
    }

    fn at(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn run(&self, arguments: &[&str]) -> Output {
        bare(&[&["--office", self.at("office").to_str().unwrap()], arguments].concat(), "")
    }

    /// The bytes of a pack in JSON.
    fn pack(&self, arguments: &[&str]) -> Vec<u8> {
        let out = self.run(&[&["pack"], arguments, &["--format", "json", "--as", YOU]].concat());
        assert!(out.status.success(), "{arguments:?}: {}", said(&out));
        out.stdout
    }
}

fn said(out: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr))
}

/// The places that do not hold, as the verifier in Python prints them.
fn places(bytes: &[u8]) -> String {
    let faults = verify(bytes, &Expected::default()).faults;
    let places: BTreeSet<String> = faults.iter().map(|fault| fault.place.to_string()).collect();
    if places.is_empty() {
        return "holds".to_owned();
    }
    places.into_iter().collect::<Vec<_>>().join("; ")
}

fn python(arguments: &[&str]) -> (bool, String) {
    let verifier = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/verifier/pack.py");
    let out = program(PYTHON).arg("-B").arg(verifier).args(arguments).output().expect("python starts");
    (out.status.success(), said(&out))
}

/// Numbers that look like chance and are the same each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % most as u64).unwrap()
    }
}

/// A pack that was changed: what was done to it, what it is now, and a place that must be named.
struct Changed {
    what: String,
    bytes: Vec<u8>,
    names: Option<String>,
}

/// Bytes and lines, wherever chance has it.
fn by_chance(pack: &[u8], chance: &mut Chance) -> Changed {
    let mut bytes = pack.to_vec();
    let at = chance.below(bytes.len());
    let what = match chance.below(6) {
        0..=2 => {
            bytes[at] ^= 1 << chance.below(7);
            format!("a bit of byte {at}")
        }
        3 => {
            bytes.truncate(at);
            format!("cut off at {at}")
        }
        4 => {
            bytes.remove(at);
            format!("byte {at} gone")
        }
        _ => {
            let mut lines: Vec<&[u8]> = pack.split_inclusive(|byte| *byte == b'\n').collect();
            let at = chance.below(lines.len() - 1);
            lines.swap(at, at + 1);
            bytes = lines.concat();
            format!("lines {at} and the next changed places")
        }
    };
    Changed { what, bytes, names: None }
}

/// Another text of the same kind.
fn other(text: &str, chance: &mut Chance) -> String {
    let at = chance.below(text.chars().count().max(1));
    let change = |(n, c): (usize, char)| match c {
        _ if n != at => c,
        '0' => '1',
        '1'..='9' => '0',
        'a' => 'b',
        _ => 'a',
    };
    let changed: String = text.chars().enumerate().map(change).collect();
    if changed == text { format!("{text}a") } else { changed }
}

/// What somebody would do who knows the form and writes the file as it should be.
fn with_purpose(pack: &Value, chance: &mut Chance) -> Changed {
    let mut changed = pack.clone();
    let proved = chance.below(pack["proof"]["entries"].as_array().unwrap().len());
    let entry = format!("entry {}", pack["proof"]["entries"][proved]["entry"]);
    let shown = chance.below(pack["cases"][0]["entries"].as_array().unwrap().len());
    let of_case = format!("entry {}", pack["cases"][0]["entries"][shown]["entry"]);
    let one = &mut changed["proof"]["entries"][proved];
    let (what, names) = match chance.below(21) {
        0 => {
            let columns: Vec<String> = one["header"].as_object().unwrap().keys().cloned().collect();
            let column = &columns[chance.below(columns.len())];
            let value = &mut one["header"][column];
            *value = match value {
                Value::Number(number) => json!(number.as_i64().unwrap() + 1),
                Value::String(text) => json!(other(text, chance)),
                _ => json!(pack["proof"]["entries"][proved]["header"]["id"]),
            };
            (format!("column {column}"), entry)
        }
        1 => {
            one["body"] = json!(other(one["body"].as_str().unwrap_or_default(), chance));
            ("a body".to_owned(), entry)
        }
        2 => {
            one["salt"] = json!(other(one["salt"].as_str().unwrap_or_default(), chance));
            ("a salt".to_owned(), entry)
        }
        3 => {
            let steps = one["inclusion"].as_array_mut().unwrap();
            let at = chance.below(steps.len());
            match chance.below(3) {
                0 => steps[at] = json!(other(steps[at].as_str().unwrap(), chance)),
                1 => drop(steps.remove(at)),
                _ => steps.push(steps[at].clone()),
            }
            ("a proof".to_owned(), entry)
        }
        4 => {
            one["hash"] = json!(other(one["hash"].as_str().unwrap(), chance));
            ("a hash".to_owned(), entry)
        }
        5 => {
            changed["proof"]["entries"].as_array_mut().unwrap().remove(proved);
            ("a proved entry dropped".to_owned(), entry)
        }
        6 => {
            let members = one.as_object_mut().unwrap();
            let gone = members.remove("body").and(members.remove("salt")).is_some();
            members.insert("without".to_owned(), json!(if gone { "part" } else { "disposed" }));
            ("a body left out".to_owned(), entry)
        }
        7 => {
            changed["cases"][0]["entries"].as_array_mut().unwrap().remove(shown);
            ("a shown entry dropped".to_owned(), of_case)
        }
        8 => {
            let entries = changed["cases"][0]["entries"].as_array_mut().unwrap();
            let to = (shown + 1) % entries.len();
            entries.swap(shown, to);
            ("two shown entries changed places".to_owned(), of_case)
        }
        9 => {
            let said = &mut changed["cases"][0]["entries"][shown]["by"];
            *said = json!(other(said.as_str().unwrap(), chance));
            ("who did it".to_owned(), of_case)
        }
        10 => {
            let copy = changed["cases"][0]["entries"][shown].clone();
            changed["cases"][0]["entries"].as_array_mut().unwrap().push(copy);
            ("a shown entry twice".to_owned(), of_case)
        }
        11 => {
            let table = changed["tables"]["cases"].as_array_mut().unwrap();
            table.clear();
            ("a table emptied".to_owned(), "table cases".to_owned())
        }
        12 => {
            let title = changed["title"].as_str().unwrap().to_owned();
            changed["title"] = json!(other(&title, chance));
            ("the title".to_owned(), "the cover".to_owned())
        }
        13 => {
            let hash = changed["head"]["hash"].as_str().unwrap().to_owned();
            changed["head"]["hash"] = json!(other(&hash, chance));
            ("the head".to_owned(), "the head".to_owned())
        }
        14 => {
            let note = changed["proof"]["note"].as_str().unwrap().to_owned();
            changed["proof"]["note"] = json!(other(&note, chance));
            ("the checkpoint".to_owned(), "the checkpoint".to_owned())
        }
        15 => {
            let seal = changed["proof"]["seal"].as_str().unwrap().to_owned();
            changed["proof"]["seal"] = json!(other(&seal, chance));
            ("the seal".to_owned(), "the seal".to_owned())
        }
        16 => {
            let key = changed["proof"]["key"].as_str().unwrap().to_owned();
            changed["proof"]["key"] = json!(other(&key, chance));
            ("the key".to_owned(), "the key".to_owned())
        }
        17 => {
            // Whoever knows the list, too, cannot sign it.
            changed["cases"][0]["entries"].as_array_mut().unwrap().remove(shown);
            changed["proof"]["list"]["shown"].as_array_mut().unwrap().remove(shown);
            ("a shown entry dropped, and from the list".to_owned(), "the list".to_owned())
        }
        18 => {
            // Where a list is empty something else would be in no list of the pack.
            let tables = changed["tables"].as_object_mut().unwrap();
            let empty = tables.iter().find(|(_, rows)| rows.as_array().is_some_and(Vec::is_empty));
            let name = empty.map(|(name, _)| name.clone()).unwrap();
            tables.insert(name, json!({ "note": "We never rang back." }));
            ("an empty table in another form".to_owned(), "the file".to_owned())
        }
        19 => {
            let case = changed["cases"][0].as_object_mut().unwrap();
            case.insert("entries".to_owned(), json!("admitted"));
            ("the entries of a case in another form".to_owned(), "the file".to_owned())
        }
        _ => {
            let note = changed["proof"]["note"].as_str().unwrap().to_owned();
            let signature = note.lines().last().unwrap().to_owned();
            changed["proof"]["note"] = json!(format!("{note}{signature}\n"));
            ("one more signature".to_owned(), "the checkpoint".to_owned())
        }
    };
    Changed { what, bytes: file(&changed).unwrap(), names: Some(names) }
}

#[test]
fn whatever_is_changed_in_a_pack_both_verifiers_name_alike() {
    let office = Office::example();
    let packs = [
        office.pack(&["case", "U-2"]),
        office.pack(&["case", "U-3", "--redact", "--for", "The Elms Surgery"]),
        office.pack(&["case", "U-5"]),
    ];
    let mut chance = Chance(20_261_126);
    let mut all: Vec<Changed> = Vec::new();
    for pack in &packs {
        assert_eq!(places(pack), "holds");
        let value: Value = serde_json::from_slice(pack).unwrap();
        assert_eq!(&file(&value).unwrap(), pack, "a file is written in one way");
        for _ in 0..110 {
            all.push(by_chance(pack, &mut chance));
            if !value["cases"][0]["entries"].as_array().unwrap().is_empty() {
                all.push(with_purpose(&value, &mut chance));
            }
        }
    }
    all.retain(|changed| !packs.contains(&changed.bytes));
    assert!(all.len() >= 500, "{} changes", all.len());
    let found: Vec<String> = all.iter().map(|changed| places(&changed.bytes)).collect();
    for (changed, found) in all.iter().zip(&found) {
        assert_ne!(found, "holds", "{}", changed.what);
        if let Some(name) = &changed.names {
            assert!(found.split("; ").any(|place| place == name), "{}: {found}, not {name}", changed.what);
        }
    }
    if skipped("whatever_is_changed_in_a_pack_both_verifiers_name_alike", PYTHON) {
        return;
    }
    let paths = all
        .iter()
        .chain(packs.iter().map(|_| &all[0]))
        .enumerate()
        .map(|(at, _)| office.at(&format!("{at}.json")).to_str().unwrap().to_owned());
    let paths: Vec<String> = paths.collect();
    let bytes = all.iter().map(|changed| &changed.bytes).chain(&packs);
    for (path, bytes) in paths.iter().zip(bytes) {
        fs::write(path, bytes).unwrap();
    }
    let (_, says) = python(&paths.iter().map(String::as_str).collect::<Vec<_>>());
    let says: Vec<&str> = says.lines().collect();
    assert_eq!(says.len(), paths.len(), "{says:?}");
    for ((changed, found), says) in all.iter().zip(&found).zip(&says) {
        assert_eq!(found, says, "{}", changed.what);
    }
    assert!(says.iter().skip(all.len()).all(|says| *says == "holds"), "those that nobody changed");
}

#[test]
fn a_pack_is_verified_without_its_office_and_says_by_whose_key() {
    let office = Office::example();
    let at = office.at("pack.json");
    let path = at.to_str().unwrap();
    fs::write(&at, office.pack(&["case", "U-2"])).unwrap();
    let key = said(&office.run(&["checkpoint", "--public-key"])).trim().to_owned();
    let verify = |more: &[&str]| {
        let out = bare(&[&["verify", path], more].concat(), "");
        (out.status.code().unwrap(), said(&out))
    };
    let (code, says) = verify(&[]);
    assert!(code == 0 && says.contains("HOLDS TO ITSELF") && says.contains(&key), "{says}");
    assert!(says.contains("Whether that is the office's key the pack cannot say"), "{says}");
    let (code, says) = verify(&["--key", &key]);
    assert!(code == 0 && says.contains("by the key that was to be expected"), "{says}");
    assert!(says.contains("ALL HOLDS"), "{says}");

    // A witness knows the key, and what the record said.
    let stick = office.at("stick");
    let seen = office.run(&["witness", stick.to_str().unwrap()]);
    assert!(seen.status.success(), "{}", said(&seen));
    let (code, says) = verify(&["--witness", stick.to_str().unwrap()]);
    assert!(code == 0 && says.contains("A witness saw the very same record"), "{says}");

    // Another office has another key, whatever else it has.
    let another = Office::example();
    let other = said(&another.run(&["checkpoint", "--public-key"])).trim().to_owned();
    let (code, says) = verify(&["--key", &other]);
    assert!(code == 1 && says.contains("the key: the pack is signed by another key"), "{says}");
    if !skipped("a_pack_is_verified_without_its_office_and_says_by_whose_key", PYTHON) {
        assert_eq!(python(&["--key", &key, path]), (true, "holds\n".to_owned()));
        assert_eq!(python(&["--key", &other, path]), (false, "the key\n".to_owned()));
    }

    // One word of one answer, the file as it should be: the entry is named.
    let mut value: Value = serde_json::from_slice(&fs::read(&at).unwrap()).unwrap();
    let number = value["cases"][0]["entries"][0]["entry"].clone();
    value["cases"][0]["entries"][0]["answers"][0]["words"] = json!("nobody");
    fs::write(&at, file(&value).unwrap()).unwrap();
    let (code, says) = verify(&[]);
    assert!(code == 1 && says.contains(&format!("  entry {number}: changed since it was sealed")), "{says}");
    fs::write(&at, "{}").unwrap();
    assert!(verify(&[]).1.contains("the file"), "it is no pack");
    assert_eq!(bare(&["verify", office.at("none").to_str().unwrap()], "").status.code(), Some(2));
}

/// What is in no word of a pack is in none of its proofs.
#[test]
fn what_a_pack_does_not_show_it_proves_by_the_commitment_alone() {
    let office = Office::example();
    let read = |arguments: &[&str]| -> Value { serde_json::from_slice(&office.pack(arguments)).unwrap() };
    let of = |pack: &Value, member: &str| {
        let entries = pack["proof"]["entries"].as_array().unwrap().clone();
        entries.iter().filter(|one| one.get(member).is_some()).count()
    };
    let whole = read(&["person", "Theresa Quill"]);
    let entries = whole["proof"]["entries"].as_array().unwrap().clone();
    assert!(of(&whole, "body") > 0 && of(&whole, "body") == of(&whole, "salt"));
    // How to get in is sealed: the entry that says it is proved, and says nothing.
    let record = entries.iter().find(|one| one["header"]["kind"] == "people.register").unwrap();
    assert_eq!((&record["without"], record.get("body")), (&json!("part"), None), "{record}");

    let redacted = read(&["person", "Theresa Quill", "--redact"]);
    assert_eq!((of(&redacted, "body"), of(&redacted, "salt")), (0, 0));
    assert!(of(&redacted, "without") > 0);
    let text = redacted.to_string();
    for one in entries.iter().filter_map(|one| one["salt"].as_str()) {
        assert!(!text.contains(one), "with a salt words could be tried out");
    }

    // Of somebody else's case, what an organisation was asked is proved, and no more of it.
    let provider = read(&["provider", "District nursing"]);
    let shown: BTreeSet<u64> = provider["cases"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|case| case["entries"].as_array().unwrap().iter().map(|one| one["entry"].as_u64().unwrap()))
        .collect();
    let others: Vec<&Value> = provider["proof"]["entries"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| !shown.contains(&one["entry"].as_u64().unwrap()))
        .collect();
    assert!(!others.is_empty(), "it was asked in cases about people");
    assert!(others.iter().all(|one| one["without"] == "part" && one.get("body").is_none()), "{others:?}");
}

/// A pack that was made once, and what was done to copies of it: whoever writes a third verifier begins here.
#[test]
fn the_published_pack_holds_and_what_was_changed_in_it_is_named() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/verifier");
    let pack = fs::read(folder.join("pack.json")).unwrap();
    assert_eq!(places(&pack), "holds");
    let value: Value = serde_json::from_slice(&pack).unwrap();
    let changes = fs::read_to_string(folder.join("changes.json")).unwrap();
    let changes: Vec<Value> = serde_json::from_str(&changes).unwrap();
    let home = tempfile::tempdir().unwrap();
    let mut paths = Vec::new();
    for change in &changes {
        let mut changed = value.clone();
        *changed.pointer_mut(change["at"].as_str().unwrap()).unwrap() = change["to"].clone();
        let bytes = file(&changed).unwrap();
        assert_eq!(places(&bytes), change["places"], "{}", change["at"]);
        paths.push(home.path().join(format!("{}.json", paths.len())));
        fs::write(paths.last().unwrap(), bytes).unwrap();
    }
    if !skipped("the_published_pack_holds_and_what_was_changed_in_it_is_named", PYTHON) {
        let (_, says) = python(&paths.iter().map(|path| path.to_str().unwrap()).collect::<Vec<_>>());
        for (says, change) in says.lines().zip(&changes) {
            assert_eq!(says, change["places"], "{}", change["at"]);
        }
        assert_eq!(says.lines().count(), changes.len());
    }
}

/// Takes each header of a pack, writes a value of it in another form that comes to the same bytes, and prints whether it is
/// taken for the header all the same.
const IN_ANOTHER_FORM: &str = r#"
import json, sys
sys.path.insert(0, sys.argv[1])
import pack
proved = json.load(open(sys.argv[2]))["proof"]["entries"]
forms = {
    "id": [str.upper, lambda text: text.replace("-", ""), lambda text: "{%s}" % text, lambda text: "urn:uuid:" + text],
    "body_commit": [str.upper, lambda text: " " + text],
    "clock_regressed": [bool],
    "offset_minutes": [lambda number: number.to_bytes(8, "big", signed=True).decode()],
    "precision": [lambda text: int.from_bytes(text.encode().rjust(8), "big")],
}
for one in proved:
    pack.check_entry(one, lambda *_: None)
    for column, changes in forms.items():
        for change in changes:
            other = {**one, "header": {**one["header"], column: change(one["header"][column])}}
            if other["header"][column] != one["header"][column] or change is bool:
                try:
                    pack.check_entry(other, lambda *_: None)
                    print("taken", column)
                except pack.WRONG:
                    print("refused", column)
"#;

#[test]
fn the_verifier_in_python_takes_a_header_in_one_form_and_says_what_it_cannot_read_in_a_line() {
    if skipped(
        "the_verifier_in_python_takes_a_header_in_one_form_and_says_what_it_cannot_read_in_a_line",
        PYTHON,
    ) {
        return;
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/verifier");
    let mut command = program(PYTHON);
    let out = command.arg("-B").args(["-c", IN_ANOTHER_FORM]).arg(&folder).arg(folder.join("pack.json"));
    let out = said(&out.output().expect("python starts"));
    let refused = out.lines().filter(|line| line.starts_with("refused ")).count();
    assert!(refused > 10 && out.lines().count() == refused, "{out}");

    let (ended, says) = python(&["--help"]);
    assert!(
        ended && says.contains("usage:") && says.contains("nothing but Python's standard library"),
        "{says}"
    );
    for wrong in [&["none.json"][..], &["--key"], &[], &["."]] {
        let (ended, says) = python(wrong);
        assert!(!ended && says.contains("usage:") && !says.contains("Traceback"), "{wrong:?}: {says}");
    }
}
