//! The commands without a screen, as a script uses them: the real program on an example office of its own.
#![expect(clippy::unwrap_used, reason = "a helper of a test that cannot go on stops the test")]

mod support;

use std::path::{Path, PathBuf};
use std::process::Output;

use dutydesk::domain::chance::Seeded;
use dutydesk::domain::permission::Viewer;
use dutydesk::domain::time::Zone;
use dutydesk::pathway::edition::Edition;
use dutydesk::store::{Founding, OfficeDir, Store};
use serde_json::{Value, json};
use support::bare as run;

const NOW: &str = "2026-11-21T21:04:00Z";

struct Office {
    _dir: tempfile::TempDir,
    path: PathBuf,
}

impl Office {
    fn example(cases: &str, now: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("office");
        let made = run(&["example", path.to_str().unwrap(), "--cases", cases, "--now", now], "");
        assert_eq!(code(&made), 0, "{}", stderr(&made));
        Self { _dir: dir, path }
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.run_with(arguments, "")
    }

    fn run_with(&self, arguments: &[&str], input: &str) -> Output {
        let office = ["--office", self.path.to_str().unwrap()];
        run(&[&office, arguments].concat(), input)
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let out = self.run(&[arguments, &["--json", "--as", "Ruth Adeyemi"]].concat());
        assert_eq!(code(&out), 0, "{}", stderr(&out));
        serde_json::from_slice(&out.stdout).unwrap()
    }

    /// Records as the day's coordinator.
    fn record(&self, step: &str, more: &[&str], answers: &Value) -> Output {
        let fixed = ["record", step, "--json", "-", "--typed-by", "Priya Shah"];
        self.run_with(&[&fixed, more].concat(), &answers.to_string())
    }
}

fn code(out: &Output) -> i32 {
    out.status.code().unwrap()
}

fn stderr(out: &Output) -> String {
    String::from_utf8(out.stderr.clone()).unwrap()
}

fn stdout(out: &Output) -> String {
    String::from_utf8(out.stdout.clone()).unwrap()
}

fn call(about: &str) -> Value {
    json!({
        "call_back": "07700 900 118", "caller": "WQ, carer", "about": about, "awake": "yes",
        "emergency": "not_needed", "changed": "Dressing wet through", "risk": "amber",
        "advice_sought": "who comes today?",
    })
}

#[test]
fn an_example_verifies_and_can_be_listed_shown_and_added_to() {
    let office = Office::example("60", NOW);
    let verified = office.run(&["verify"]);
    assert_eq!(code(&verified), 0, "{}", stdout(&verified));
    assert!(stdout(&verified).contains("All of it holds"));
    assert_eq!(code(&office.run(&["doctor"])), 0);

    for what in [
        "calls",
        "escalations",
        "overdue",
        "ring",
        "eyes",
        "cases",
        "owed",
        "people",
        "organisations",
        "staff",
        "locations",
    ] {
        let listed = office.json(&["list", what]);
        assert!(!listed.as_array().unwrap().is_empty(), "{what}");
    }
    let calls = office.json(&["list", "calls", "--limit", "3"]);
    assert_eq!(calls.as_array().unwrap().len(), 3);
    let red = office.json(&["list", "calls", "--find", "hard to rouse"]);
    assert_eq!(red[0]["subject"]["name"], "QUILL, Theresa");

    let recorded = office.record("urgent.call", &["--key", "one"], &call("Brian Oakes"));
    assert_eq!(code(&recorded), 0, "{}", stderr(&recorded));
    let receipt: Value = serde_json::from_slice(&recorded.stdout).unwrap();
    assert_eq!(receipt["repeated"], false);
    let reference = receipt["cases"][0]["reference"].as_str().unwrap();
    let shown = office.json(&["show", reference]);
    assert_eq!(shown["subject"]["name"], "OAKES, Brian");
    assert_eq!(shown["sources"].as_array().unwrap().len(), 4);
    assert!(!shown["owed"].as_array().unwrap().is_empty());

    let again = office.record("urgent.call", &["--key", "one"], &call("Brian Oakes"));
    let repeated: Value = serde_json::from_slice(&again.stdout).unwrap();
    assert_eq!((&repeated["repeated"], &repeated["last"]), (&json!(true), &receipt["last"]));
    // Other words under the same key are not taken for saved.
    let mut other = call("Brian Oakes");
    other["changed"] = json!("Dressing wet through and torn");
    let refused = office.record("urgent.call", &["--key", "one"], &other);
    assert_eq!(code(&refused), 4, "{}", stdout(&refused));
    assert!(stderr(&refused).contains("already in the record, with other words"), "{}", stderr(&refused));
    assert_eq!(office.json(&["show", reference])["chronology"].as_array().unwrap().len(), 1);
    assert_eq!(code(&office.run(&["verify"])), 0);
}

#[test]
fn everything_can_be_searched_by_words_that_the_shell_hands_over_one_by_one() {
    let office = Office::example("30", NOW);
    let recorded = office.record("urgent.call", &[], &call("Brian Oakes"));
    let receipt: Value = serde_json::from_slice(&recorded.stdout).unwrap();
    let reference = receipt["cases"][0]["reference"].as_str().unwrap();
    let found = office.json(&["search", "oakes", "dressing", "through"]);
    let open = found.as_array().unwrap().iter().find(|group| group["kind"] == "open").unwrap();
    assert_eq!(open["hits"][0]["found"]["case"]["reference"], reference);
    let quote = open["hits"][0]["why"]["said"]["quote"].as_array().unwrap();
    let marked: Vec<&str> = quote
        .iter()
        .filter(|piece| piece["marked"] == true)
        .map(|piece| piece["text"].as_str().unwrap())
        .collect();
    assert_eq!(marked, ["Dressing", "through"]);
    let people = office.json(&["search", "--limit", "1", "okaes"]);
    assert_eq!((&people[0]["kind"], people[0]["hits"].as_array().unwrap().len()), (&json!("people"), 1));
    let shown = office.run(&["search", "wet", "dressing", "--as", "Ruth Adeyemi"]);
    assert!(stdout(&shown).contains("Open cases") && stdout(&shown).contains("Dressing wet through"));
    let nothing = office.run(&["search", "--as", "Ruth Adeyemi", "zzz", "\"OR\"", "*"]);
    assert_eq!((code(&nothing), stdout(&nothing).trim()), (0, "Nothing has all of these words"));
    assert_eq!(code(&office.run(&["search", "--as", "Ruth Adeyemi"])), 2);
    assert_eq!(code(&office.run(&["search", "oakes"])), 2, "nobody has said who is looking");
}

#[test]
fn what_cannot_be_recorded_is_refused_at_the_field_with_what_to_do() {
    let office = Office::example("30", NOW);
    let before = stdout(&office.run(&["verify"]));

    let mut answers = call("Brian Oakes");
    answers["risk"] = json!("purple");
    let wrong = office.record("urgent.call", &[], &answers);
    assert_eq!(code(&wrong), 3);
    assert!(stderr(&wrong).contains("risk: "), "{}", stderr(&wrong));

    let unknown = office.record("urgent.call", &[], &call("Nobody Such"));
    assert_eq!(code(&unknown), 3);
    assert!(stderr(&unknown).contains("\"id\": \"new\""), "{}", stderr(&unknown));

    let either = office.record("urgent.call", &[], &call("Oakes"));
    assert_eq!(code(&either), 3);
    assert!(stderr(&either).contains("01-Feb-1950") && stderr(&either).contains("10-Feb-1950"));

    let calls = office.json(&["list", "calls", "--find", "hard to rouse"]);
    let reference = calls[0]["reference"].as_str().unwrap();
    let auditor = ["record", "urgent.review", "--case", reference, "--json", "-", "--typed-by", "Noel Brand"];
    let answers = json!({ "followed": "yes", "care_changed": { "is": "no", "why": "still fits" },
        "governance": "no", "as_delegate": "no" });
    assert_eq!(code(&office.run_with(&auditor, &answers.to_string())), 3);

    assert_eq!(code(&office.record("urgent.nothing", &[], &json!({}))), 2);
    assert_eq!(code(&office.record("urgent.call", &[], &json!({ "colour": "blue" }))), 3);
    assert_eq!(code(&office.run_with(&["record", "urgent.call", "--json", "-"], "{}")), 2);
    let broken = office.run_with(&["record", "urgent.call", "--json", "-", "--typed-by", "Shah"], "{");
    assert_eq!(code(&broken), 2);
    assert_eq!(stdout(&office.run(&["verify"])), before, "nothing was written");
}

#[test]
fn a_decision_on_a_case_that_has_moved_is_refused() {
    let office = Office::example("30", NOW);
    let calls = office.json(&["list", "calls", "--find", "hard to rouse"]);
    let reference = calls[0]["reference"].as_str().unwrap().to_owned();
    let seen = office.json(&["show", &reference])["version"].to_string();
    let team = json!({ "called": "ambulance", "who": "WQ", "called_at": "now" });
    let emergency = office.record("urgent.emergency", &["--case", &reference], &team);
    assert_eq!(code(&emergency), 0, "{}", stderr(&emergency));
    let answers = json!({ "route": "emergency", "rationale": "Hard to rouse; the crew is on its way to her.",
        "why_999": "used", "view_not_known": "could not say", "representative_told": "yes", "read_back": "yes" });
    // Whoever is planned to decide at the hour at which this runs.
    let owed = office.json(&["list", "escalations"]);
    let holder = owed[0]["obligor"].as_str().unwrap().split(',').next().unwrap().to_owned();
    let holder = ["--as", &holder, "--case", &reference, "--seen", &seen];
    let stale = office.record("urgent.decision", &holder, &answers);
    assert_eq!(code(&stale), 4, "{}", stderr(&stale));
    let fresh = office.record("urgent.decision", &holder[..4], &answers);
    assert_eq!(code(&fresh), 0, "{}", stderr(&fresh));
}

#[test]
fn who_is_looking_must_be_said_and_the_office_must_be_there() {
    let office = Office::example("30", NOW);
    let unsaid = office.run(&["list", "calls"]);
    assert_eq!(code(&unsaid), 2);
    assert!(stderr(&unsaid).contains("--as"));
    assert_eq!(code(&run(&["--office", "/nowhere/at/all", "list", "calls"], "")), 5);
    assert_eq!(code(&run(&["list"], "")), 2);
    assert_eq!(code(&run(&["--help"], "")), 0);
    assert_eq!(code(&run(&["example", office.path.to_str().unwrap()], "")), 2);
}

#[test]
fn the_same_seed_and_time_make_the_same_office_over_a_clock_change() {
    let now = "2026-10-25T03:00:00Z";
    let (one, same) = (Office::example("40", now), Office::example("40", now));
    assert_eq!(stdout(&one.run(&["verify"])), stdout(&same.run(&["verify"])));
    let other = Office::example("40", NOW);
    assert_ne!(stdout(&one.run(&["verify"])), stdout(&other.run(&["verify"])));
    let passes: Vec<Value> = one.json(&["list", "cases", "--limit", "1000"]).as_array().unwrap().clone();
    for pass in ["2026-10-25T00:3", "2026-10-25T01:3"] {
        let found = passes.iter().any(|row| row["opened_at"].as_str().unwrap().starts_with(pass));
        assert!(found, "{pass}");
    }
}

#[test]
fn a_broken_definition_is_named_by_file_and_line() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("pathways")).unwrap();
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/pathways/urgent.toml");
    let broken = std::fs::read_to_string(shipped).unwrap().replacen("kind = \"notes\"", "kind = \"note\"", 1);
    let line = broken.lines().position(|line| line == "kind = \"note\"").unwrap() + 1;
    std::fs::write(dir.path().join("pathways/urgent.toml"), &broken).unwrap();
    let checked = run(&["pathways", "check", dir.path().to_str().unwrap()], "");
    assert_eq!(code(&checked), 1);
    assert!(stdout(&checked).contains(&format!("pathways/urgent.toml:{line}:")), "{}", stdout(&checked));
}

#[test]
fn a_directory_without_definitions_is_said_to_have_none_and_where_they_stand() {
    let dir = tempfile::tempdir().unwrap();
    let check = |dir: &Path| {
        let checked = run(&["pathways", "check", dir.to_str().unwrap()], "");
        (code(&checked), format!("{}{}", stdout(&checked), String::from_utf8_lossy(&checked.stderr)))
    };
    let (code, says) = check(dir.path());
    assert!(code == 2 && says.contains("there is no definition in"), "{code} {says}");
    // An office, and the folder of its pathways, name the directory between them.
    let config = dir.path().join("config");
    std::fs::create_dir_all(config.join("pathways")).unwrap();
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/pathways/feedback.toml");
    std::fs::copy(shipped, config.join("pathways/feedback.toml")).unwrap();
    for wrong in [dir.path(), &config.join("pathways")] {
        let (code, says) = check(wrong);
        assert!(code == 2 && says.contains(&format!("stand in {},", config.display())), "{code} {says}");
    }
    let inside = support::program(env!("CARGO_BIN_EXE_dutydesk"))
        .args(["pathways", "check", "."])
        .current_dir(config.join("pathways"))
        .output()
        .unwrap();
    assert_eq!(inside.status.code(), Some(2), "named as the one that somebody stands in");
    let (code, says) = check(&config);
    assert!(code == 0 && says.contains("hold together"), "{code} {says}");
}

#[test]
fn an_office_is_set_up_without_a_screen() {
    let dir = tempfile::tempdir().unwrap();
    let office = dir.path().join("office");
    let set_up_as = |service: &str, role: &str| {
        run(
            &[
                "--office",
                office.to_str().unwrap(),
                "setup",
                "--name",
                "Rowan",
                "--place",
                "Rowan House",
                "--service",
                service,
                "--you",
                "Ruth Adeyemi",
                "--role",
                role,
            ],
            "",
        )
    };
    let set_up = |service: &str| set_up_as(service, "registered_manager");
    assert_eq!(code(&set_up("castle")), 3);
    assert!(!office.exists(), "a refused set-up leaves nothing behind");
    // A role that may not add anybody would close the office for ever.
    let carer = set_up_as("residential", "care_worker");
    assert_eq!(code(&carer), 3);
    assert!(stderr(&carer).contains("Choose one of registered_manager"), "{}", stderr(&carer));
    assert!(!office.exists());
    let done = set_up("residential");
    assert_eq!(code(&done), 0, "{}", stderr(&done));
    let listed = run(&["--office", office.to_str().unwrap(), "list", "staff", "--as", "Adeyemi"], "");
    assert!(stdout(&listed).contains("ADEYEMI, Ruth"), "{}", stderr(&listed));
    assert_eq!(code(&set_up("residential")), 2);
}

/// The names of a JSON object's fields, in the order of the alphabet.
fn fields(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn the_fields_of_a_list_stay_what_scripts_know_them_by() {
    let office = Office::example("60", NOW);
    let of = |what: &str| office.json(&["list", what, "--limit", "1"])[0].clone();
    let call = "called case closed facts missing next next_rank reference said_of subject version";
    assert_eq!(fields(&of("calls")).join(" "), call);
    let owed = "commitment controls headline level obligor owner pathway phone rank reference risk said_of state subject version";
    for what in ["escalations", "overdue", "owed"] {
        let row = of(what);
        // Where somebody has to see it first, it says what.
        let told: Vec<&str> = fields(&row).into_iter().filter(|field| *field != "alarm").collect();
        assert_eq!(told.join(" "), owed, "{what}");
    }
    let case =
        "closed headline id kind level next opened_at owed pathway reference risk said_of state subject";
    assert_eq!(fields(&of("cases")).join(" "), case);
    let record = "alerts answers born code do_not_inform early_escalation gender hours id location may_be_told name nhs out_of_hours people phone place register restricted room short type_of whereabouts";
    let staff = record.replace("restricted room", "restricted roles room");
    assert_eq!(fields(&of("staff")).join(" "), staff);
    for what in ["people", "organisations"] {
        assert_eq!(fields(&of(what)).join(" "), record, "{what}");
    }
    let location = "alerts answers born closed code do_not_inform early_escalation gender hours id location may_be_told name nhs now out_of_hours people phone place register relationship_holder restricted room short type_of whereabouts";
    assert_eq!(fields(&of("locations")).join(" "), location);
    let now = &office.json(&["list", "locations"])[0]["now"];
    assert_eq!(fields(now).join(" "), "calls late people restricted undecided");
    assert!(office.json(&["list", "drafts"]).as_array().unwrap().is_empty());
}

#[test]
fn what_is_sealed_is_in_no_json_even_where_the_definitions_no_longer_know_it() {
    let office = Office::example("5", NOW);
    let said = json!({ "name": "Winifred Larch", "get_in": "Key safe left of the door, 4711" });
    let recorded = office.record("people.register", &[], &said);
    assert_eq!(code(&recorded), 0, "{}", stderr(&recorded));
    let recorded: Value = serde_json::from_slice(&recorded.stdout).unwrap();
    let reference = recorded["cases"][0]["reference"].as_str().unwrap();
    let is_silent = || {
        let shown = office.json(&["show", reference]).to_string();
        assert!(shown.contains("LARCH") && !shown.contains("door, 4711"), "{shown}");
    };
    is_silent();
    // The office asks for it in another line from now on.
    let mut files = Edition::built_in_files();
    let other = |text: &mut String| *text = text.replace("id = \"get_in\"", "id = \"way_in\"");
    files.entry("pathways/people.toml".to_owned()).and_modify(other);
    let mut store = Store::open(&OfficeDir::at(&office.path), Box::new(Seeded::new(5))).unwrap();
    store.adopt(&Viewer::system(), files, NOW.parse().unwrap()).unwrap().unwrap();
    is_silent();
}

#[test]
fn a_case_says_as_json_what_it_says_as_text() {
    let office = Office::example("60", NOW);
    let cases = office.json(&["list", "cases", "--limit", "400"]);
    let references = cases.as_array().unwrap().iter().map(|row| row["reference"].as_str().unwrap());
    let (mut late, mut struck) = (0, 0);
    for reference in references {
        let shown = office.json(&["show", reference]);
        let telling =
            |entry: &&Value| entry["late_entry"] == true || !entry["struck"].as_array().unwrap().is_empty();
        let chronology = shown["chronology"].as_array().unwrap();
        if !chronology.iter().any(|entry| telling(&entry)) {
            continue;
        }
        let text = stdout(&office.run(&["show", reference, "--as", "Ruth Adeyemi"]));
        for entry in chronology {
            for remark in entry["remarks"].as_array().unwrap() {
                assert!(text.contains(remark.as_str().unwrap()), "{reference}: {remark}\n{text}");
            }
            for line in entry["struck"].as_array().unwrap() {
                let words = line["words"].as_str().unwrap().lines().next().unwrap_or_default();
                assert!(text.contains(words), "{reference}: {line}\n{text}");
                assert!(text.contains(line["reason"].as_str().unwrap()), "{reference}: {line}\n{text}");
                struck += 1;
            }
            late += usize::from(entry["late_entry"] == true);
        }
        let open =
            |one: &&Value| ["requested", "accepted", "reported"].iter().any(|is| one["progress"] == *is);
        for owed in shown["owed"].as_array().unwrap().iter().filter(|one| open(one)) {
            for said in ["what", "owed_by", "how_due"] {
                assert!(
                    text.contains(owed[said].as_str().unwrap_or_default()),
                    "{reference}: {owed}\n{text}"
                );
            }
        }
    }
    assert!(late > 0 && struck > 0, "the example has {late} late entries and {struck} struck lines");
}

#[test]
fn a_review_that_found_no_change_of_care_is_not_read_out_as_one() {
    let office = Office::example("60", NOW);
    let calls = office.json(&["list", "calls", "--limit", "100"]);
    let looked_at = |row: &&Value| row["facts"]["care_changed"] == "no";
    let unchanged = calls.as_array().unwrap().iter().find(looked_at).expect("such a review");
    let text =
        stdout(&office.run(&["show", unchanged["reference"].as_str().unwrap(), "--as", "Ruth Adeyemi"]));
    let said = text.lines().find(|line| line.contains("Care changed,")).expect("the fourth source");
    assert!(said.ends_with(": review found no change of care"), "{said}");
}

#[test]
fn where_a_record_was_moved_away_only_its_stub_is_shown() {
    let office = Office::example("60", NOW);
    let person = office.json(&["show", "Bernard Oakes"]);
    let stub = &person["moved"][0];
    assert_eq!(fields(stub), ["at", "by", "case", "reason", "reference"]);
    let reference = stub["reference"].as_str().unwrap();
    let there = |row: &Value| row["reference"] == reference;
    assert!(!person["cases"].as_array().unwrap().iter().any(there));

    let moved = office.json(&["show", reference]);
    let text = stdout(&office.run(&["show", "Bernard Oakes", "--as", "Ruth Adeyemi"]));
    assert!(text.contains(&format!("{reference} struck, moved to the right record by ")), "{text}");
    for clinical in ["headline", "quoted", "advice"] {
        let Some(words) = moved["facts"][clinical].as_str() else { continue };
        assert!(!text.contains(words) && !person.to_string().contains(words), "{clinical}: {words}\n{text}");
    }
    // It stands with the person it was about all along.
    let right = office.json(&["show", moved["subject"]["id"].as_str().unwrap()]);
    assert_eq!(right["record"]["name"], "OAKES, Brian");
    assert!(right["cases"].as_array().unwrap().iter().any(there));
}

#[test]
fn a_sample_is_drawn_and_shown_without_a_screen_and_reviews_are_listed_with_what_was_missed() {
    let office = Office::example("60", NOW);
    // The example's own audit is under way: another is planned.
    let planned =
        json!({ "headline": "calls of November", "who": "Emeka Vale", "by": "+30d", "often": "monthly" });
    let said = office.run_with(
        &["record", "audit.plan", "--json", "-", "--as", "Ruth Adeyemi", "--typed-by", "Ruth Adeyemi"],
        &planned.to_string(),
    );
    assert_eq!(code(&said), 0, "{}", stderr(&said));
    let audits = office.json(&["list", "cases", "--pathway", "audit", "--open"]);
    let is_new = |one: &&Value| one["headline"] == "calls of November";
    let reference = audits.as_array().unwrap().iter().find(is_new).unwrap()["reference"].as_str().unwrap();
    let who = ["--as", "Ruth Adeyemi"];
    let days = ["--from", "2026-11-01", "--until", "2026-11-20"];
    let drawn = office.run(&[&["audit", "draw", reference], &days[..], &["--size", "6"], &who].concat());
    assert_eq!(code(&drawn), 0, "{}", stderr(&drawn));
    let again = office.run(&[&["audit", "draw", reference], &days[..], &who].concat());
    assert_eq!(code(&again), 3, "one at a time: {}", stderr(&again));

    let shown = office.json(&["audit", "show", reference]);
    assert_eq!(shown["same_again"], true);
    let sample = shown["sample"].as_array().unwrap();
    let at_random = sample.iter().filter(|one| one["why"].as_array().unwrap().contains(&json!("drawn")));
    assert_eq!(at_random.count(), 6);
    assert!(shown["population"].as_array().unwrap().len() > 6);
    let page = stdout(&office.run(&[&["audit", "show", reference], &who[..]].concat()));
    for says in ["the same cases come out", "SHA-256 of SEED:REFERENCE", "01-Nov-2026 to 20-Nov-2026"] {
        assert!(page.contains(says), "{says}: {page}");
    }
    let listed = office.json(&["list", "audits"]);
    let own = listed.as_array().unwrap().iter().find(|row| row["reference"] == reference).unwrap();
    assert_eq!(own["audit"]["sample"], shown["sample"]);
    let other = office.run(&[&["audit", "draw", "U-1"], &days[..], &who].concat());
    assert!(stderr(&other).contains("U-1 is no audit of records"), "{}", stderr(&other));

    let reviews = office.json(&["list", "reviews"]);
    let calls = reviews.as_array().unwrap().iter().find(|row| {
        row["owed"]["commitment"]["what"]
            .as_str()
            .unwrap_or_default()
            .starts_with("Weekly review of urgent calls")
    });
    let calls = calls.unwrap();
    assert!(calls["held"].is_string() && calls["missed"].is_u64(), "{calls}");
    assert_eq!(calls["rhythm"], "every week");

    // The daily call of the flu weeks was ended: none runs, and that is said, here and in the governance report.
    let daily = "Daily management call";
    let came_round = |row: &&Value| row["came_round"]["what"] == daily;
    let row = reviews.as_array().unwrap().iter().find(came_round).unwrap_or_else(|| panic!("{reviews}"));
    assert_eq!(row["came_round"]["begin"], "meeting.begin");
    assert!(row["came_round"]["ended"].is_string(), "{row}");
    // What nobody has begun is a row of another key, and has no end.
    let partners = |row: &&Value| row["nobody_began"]["what"] == "Review call with partners";
    let row = reviews.as_array().unwrap().iter().find(partners).unwrap_or_else(|| panic!("{reviews}"));
    assert!(row["nobody_began"]["ended"].is_null(), "{row}");
    let page = stdout(&office.run(&["list", "reviews", "--as", "Ruth Adeyemi"]));
    let line = page.lines().find(|line| line.contains(daily)).unwrap_or_else(|| panic!("{page}"));
    assert!(line.contains("ended 1") && !line.contains("missed"), "{line}");
    assert!(page.contains("meeting.begin"), "{page}");
    let report = office.run(&["pack", "governance", "--format", "json", "--as", "Ruth Adeyemi"]);
    let report: Value = serde_json::from_slice(&report.stdout).unwrap();
    let rounds = report["tables"]["rounds"].as_array().unwrap();
    let row = rounds.iter().find(|row| row["what"]["words"] == daily).unwrap_or_else(|| panic!("{rounds:?}"));
    assert!(row["case"]["words"].as_str().unwrap().starts_with("ended "), "{row}");
}

#[test]
fn an_option_of_another_list_is_refused_and_narrows_nothing_in_silence() {
    let office = Office::example("5", NOW);
    for (words, says) in [
        (&["list", "cases", "--organisation", "Elms"][..], "list owed, list overdue. Cases that name"),
        (&["list", "calls", "--open"], "--open is an option of: list cases"),
        (&["list", "owed", "--from", "20:00"], "list visits, list shares"),
        (&["list", "staff", "--rates"], "list signs"),
    ] {
        let out = office.run(&[words, &["--as", "Ruth Adeyemi"]].concat());
        assert_eq!(code(&out), 2, "{words:?}: {}", stderr(&out));
        assert!(stderr(&out).contains(says) && out.stdout.is_empty(), "{words:?}: {}", stderr(&out));
    }
}

#[test]
fn cases_are_found_by_person_theme_location_month_organisation_and_outcome() {
    let office = Office::example("60", NOW);
    let found = |words: &str| {
        let rows = office.json(&["list", "cases", "--find", words]);
        let all = rows.as_array().unwrap().iter();
        all.map(|row| row["reference"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    // Of a person's case the place is theirs.
    let at_place = found("elm court");
    let calls = at_place.iter().filter(|reference| reference.starts_with("U-")).count();
    assert!(calls > 0, "{at_place:?}");
    let falls = found("elm court falls");
    assert!(!falls.is_empty() && falls.len() < at_place.len(), "{falls:?} of {at_place:?}");
    assert!(falls.iter().all(|reference| at_place.contains(reference)));
    let all = found("");
    for (way, words) in [
        ("person", "theresa quill"),
        ("theme", "falls"),
        ("month", "November 2026"),
        ("month", "nov 2026"),
        ("organisation", "district nursing, east team"),
        ("outcome", "better, and it shows"),
    ] {
        let some = found(words);
        assert!(!some.is_empty() && some.len() < all.len(), "{way}: {words}: {some:?}");
    }
}

#[test]
fn who_looked_is_listed_for_whoever_may_and_what_was_refused_is_noted() {
    let office = Office::example("30", NOW);
    let calls = office.json(&["list", "calls", "--limit", "1"]);
    let reference = calls[0]["reference"].as_str().unwrap();
    let before = office.json(&["looks"]).as_array().unwrap().len();
    office.json(&["show", reference]);
    let looks = office.json(&["looks"]);
    assert_eq!(looks.as_array().unwrap().len(), before + 1, "listing is no look");
    assert_eq!((&looks[0]["how"], &looks[0]["reference"]), (&json!("open"), &json!(reference)));
    let whose = looks[0]["subject"].as_str().unwrap();
    let refused = office.run(&["looks", "--as", "Priya Shah"]);
    assert_eq!(code(&refused), 3, "{}", stdout(&refused));
    let noted = office.json(&["looks", "--how", "refused", "--staff", "Priya Shah", "--since", "today"]);
    assert_eq!(noted.as_array().unwrap().len(), 1);
    assert_eq!(noted[0]["detail"], "Who looked at what");
    let of_one = office.json(&["looks", "--person", looks[0]["record"].as_str().unwrap()]);
    assert_eq!(of_one[0]["subject"], whose);
    let text = stdout(&office.run(&["looks", "--as", "Ruth Adeyemi"]));
    assert!(text.contains(whose) && text.contains("refused"), "{text}");
    assert_eq!(code(&office.run(&["looks", "--how", "peeped", "--as", "Ruth Adeyemi"])), 2);
    // Whoever may read nothing finds nothing, and that they asked is noted as on screen.
    let nobody = json!({ "name": "Ivy Newcome", "roles": ["administrator"] });
    let fixed = ["record", "staff.register", "--json", "-", "--typed-by", "Ruth Adeyemi"];
    let alone = ["--alone", "Nobody else may"];
    let made = office.run_with(&[&fixed[..], &alone].concat(), &nobody.to_string());
    assert_eq!(code(&made), 0, "{}", stderr(&made));
    assert_eq!(code(&office.run(&["search", "flint", "--as", "Ivy Newcome"])), 3);
    let noted = office.json(&["looks", "--how", "refused", "--staff", "Ivy Newcome"]);
    assert_eq!(noted[0]["detail"], "Search everything");
    // What may be seen anyway needs no reason, and is not told apart from what is not there.
    for which in [reference, "U-99999"] {
        let open = office.run(&["look-beyond", which, "--reason", "To see", "--as", "Priya Shah"]);
        assert_eq!((code(&open), stdout(&open)), (2, String::new()));
    }
    assert_eq!(office.json(&["looks", "--waiting"]), json!([]));
}

#[test]
fn each_way_of_failing_has_the_exit_code_of_the_readme() {
    let office = Office::example("30", NOW);
    let readme = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let codes = |line: &str| line.strip_prefix("| ")?.split_once(' ')?.0.parse::<i32>().ok();
    assert_eq!(readme.lines().filter_map(codes).collect::<Vec<_>>(), [0, 1, 2, 3, 4, 5, 6]);

    let empty = tempfile::tempdir().unwrap();
    let broken = empty.path().join("pathways");
    std::fs::create_dir(&broken).unwrap();
    std::fs::write(broken.join("urgent.toml"), "id = \"urgent\"\n").unwrap();
    assert_eq!(code(&run(&["pathways", "check", empty.path().to_str().unwrap()], "")), 1);
    assert_eq!(code(&office.run(&["show", "U-99999", "--as", "Ruth Adeyemi"])), 2);
    assert_eq!(code(&office.record("urgent.call", &[], &json!({ "risk": "purple" }))), 3);
    assert_eq!(code(&run(&["--office", empty.path().to_str().unwrap(), "verify"], "")), 5);
}

#[test]
fn an_example_that_was_killed_halfway_is_no_office_and_is_made_by_the_next_run() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("office");
    let path = path.to_str().unwrap();
    let mut half = support::program(env!("CARGO_BIN_EXE_dutydesk"))
        .args(["example", path, "--cases", "100000", "--now", NOW])
        .spawn()
        .unwrap();
    let begun = Path::new(path).join(".half-made/office/ledger.db");
    let patience = std::time::Instant::now() + support::PATIENCE;
    while !begun.exists() && std::time::Instant::now() < patience {
        std::thread::yield_now();
    }
    assert!(begun.exists(), "it was begun");
    half.kill().unwrap();
    half.wait().unwrap();
    assert_eq!(code(&run(&["--office", path, "verify"], "")), 5, "half an office is none");
    let made = run(&["example", path, "--cases", "5", "--now", NOW], "");
    assert!(made.status.success(), "{}", stderr(&made));
    assert_eq!(code(&run(&["--office", path, "verify"], "")), 0);
    assert!(!Path::new(path).join(".half-made").exists(), "nothing of it is left behind");
}

#[test]
fn a_role_is_given_agreed_to_and_done_alone_by_commands() {
    let office = Office::example("5", NOW);
    let gives = |who: &str, more: &[&str], answers: &Value| {
        let fixed = ["record", "staff.register", "--json", "-", "--typed-by", who];
        office.run_with(&[&fixed, more].concat(), &answers.to_string())
    };
    // Once the service manager and the provider's lead have left, nobody else in this office may give roles.
    let staff = office.json(&["list", "staff"]);
    let of = |name: &str| staff.as_array().unwrap().iter().find(|row| row["name"] == name).unwrap();
    for gone in ["WAIN, Carys", "KELD, Tobias"] {
        let gone = of(gone)["id"].as_str().unwrap();
        let left = ["record", "staff.left", "--case", gone, "--json", "-", "--typed-by", "Ruth Adeyemi"];
        let left = office.run_with(&left, "{}");
        assert_eq!(code(&left), 0, "{}", stderr(&left));
    }
    let deputy = json!({ "name": "Marsh, Bea", "roles": ["service_manager"] });
    let refused = gives("Ruth Adeyemi", &[], &deputy);
    assert_eq!(code(&refused), 3, "{}", stderr(&refused));
    assert!(stderr(&refused).contains("--alone"), "{}", stderr(&refused));
    let alone = gives("Ruth Adeyemi", &["--alone", "Her first day"], &deputy);
    assert_eq!(code(&alone), 0, "{}", stderr(&alone));
    let listed = office.json(&["list", "alone"]);
    assert_eq!((&listed[0]["about"], &listed[0]["why"]), (&json!("MARSH, Bea"), &json!("Her first day")));

    // Now somebody else may.
    let at_one_place =
        json!({ "name": "Vale, Tom", "role_at": [{ "role": "team_leader", "place": "Elm Court" }] });
    let waits = gives("Ruth Adeyemi", &[], &at_one_place);
    assert_eq!(serde_json::from_slice::<Value>(&waits.stdout).unwrap()["waits"], true);
    let waiting = office.run(&["list", "countersign", "--json", "--as", "Bea Marsh"]);
    let waiting: Value = serde_json::from_slice(&waiting.stdout).unwrap();
    assert_eq!(waiting[0]["waits"], json!(["Roles at one place: Team leader · Elm Court"]));
    let entry = waiting[0]["seq"].to_string();
    assert_eq!(code(&office.run(&["countersign", &entry, "--as", "Ruth Adeyemi"])), 2, "not her own");
    let agreed = office.run(&["countersign", &entry, "--as", "Bea Marsh"]);
    assert_eq!(code(&agreed), 0, "{}", stderr(&agreed));
    assert!(stdout(&office.run(&["list", "countersign", "--as", "Bea Marsh"])).contains("Nothing to list"));
    let people = office.run(&["list", "people", "--json", "--as", "Tom Vale"]);
    let people: Value = serde_json::from_slice(&people.stdout).unwrap();
    let places = people.as_array().unwrap().iter().map(|row| row["place"].as_str().unwrap_or_default());
    assert!(places.clone().count() > 0 && places.clone().all(|place| place == "Elm Court"));
    assert_eq!(code(&office.run(&["verify"])), 0);
}

#[test]
fn what_is_offered_is_listed_answered_and_shown_and_what_may_not_be_is_refused() {
    let office = Office::example("10", NOW);
    let call = json!({ "call_back": "01632 960 123", "caller": "MK, shift leader", "risk": "amber" });
    let taken = office.record("urgent.call", &[], &call);
    assert_eq!(code(&taken), 0, "{}", stderr(&taken));
    let receipt: Value = serde_json::from_slice(&taken.stdout).unwrap();
    let case = receipt["cases"][0]["reference"].as_str().unwrap().to_owned();
    let own = |more: &[&str]| office.run(&[&["own", more[0], &case], &more[1..]].concat());
    assert_eq!(code(&own(&["take", "--as", "Priya Shah"])), 0);
    // From a person only with a reason; a desk that saw it before is told that it is taken.
    let stale = own(&["take", "--reason", "on my way", "--seen", "1", "--as", "Adaeze Okafor"]);
    assert_eq!(code(&stale), 4, "{}", stderr(&stale));
    let why = own(&["take", "--as", "Adaeze Okafor"]);
    assert_eq!(code(&why), 3);
    assert!(stderr(&why).contains("Say why you take it"), "{}", stderr(&why));
    let offered = own(&["offer", "--to", "Okafor", "--note", "rings back at ten", "--as", "Priya Shah"]);
    assert_eq!(code(&offered), 0, "{}", stderr(&offered));
    let mine = office.run(&["list", "mine", "--json", "--as", "Adaeze Okafor"]);
    let mine: Value = serde_json::from_slice(&mine.stdout).unwrap();
    assert_eq!((mine[0]["group"].as_str(), mine[0]["case"].as_str()), (Some("offered"), Some(case.as_str())));
    assert!(mine[0]["stands"].as_str().unwrap().contains("rings back at ten"));
    assert_eq!(code(&own(&["accept", "--as", "Dale Iqbal"])), 3, "only whoever it is offered to");
    let refused = own(&["refuse", "--reason", "in A&E with Mr Oakes", "--as", "Adaeze Okafor"]);
    assert_eq!(code(&refused), 0, "{}", stderr(&refused));
    let shown = stdout(&office.run(&["show", &case, "--as", "Priya Shah"]));
    assert!(
        shown.contains("with SHAH, Priya\n     refused by OKAFOR, Adaeze: in A&E with Mr Oakes"),
        "{shown}"
    );
    let left =
        own(&["leave", "--to-duty", "decision_holder", "--reason", "end of shift", "--as", "Priya Shah"]);
    assert_eq!(code(&left), 0, "{}", stderr(&left));
    let shown = stdout(&office.run(&["show", &case, "--as", "Priya Shah"]));
    assert!(
        shown.contains("with Decision holder") && shown.contains("OKAFOR, Adaeze had refused it"),
        "{shown}"
    );
    assert_eq!(code(&office.run(&["verify"])), 0);
}

#[test]
fn doctor_names_a_definition_that_does_not_hold_together() {
    let office = Office::example("2", NOW);
    let urgent = office.path.join("config/pathways/urgent.toml");
    let sound = std::fs::read_to_string("config/pathways/urgent.toml").expect("it comes with the program");
    std::fs::create_dir_all(urgent.parent().unwrap()).unwrap();
    std::fs::write(&urgent, sound.replacen("subject = \"people\"", "subject = \"peeple\"", 1)).unwrap();
    let doctor = office.run(&["doctor"]);
    assert_eq!(code(&doctor), 1, "{}", stdout(&doctor));
    let said = stdout(&doctor);
    assert!(said.contains("urgent.toml:") && said.contains("peeple"), "{said}");
}

#[test]
fn doctor_says_that_the_clock_was_set_back_and_that_bank_holidays_run_out() {
    // Entries that lie years ahead of the machine's clock.
    let office = Office::example("2", "2055-03-01T10:00:00Z");
    let doctor = office.run(&["doctor"]);
    assert_eq!(code(&doctor), 1, "{}", stdout(&doctor));
    let said = stdout(&doctor);
    assert!(
        said.contains("An entry was recorded at") && said.contains("this machine's clock says"),
        "{said}"
    );

    // A clock that is far ahead of the last entry, in an office that is no practice.
    let home = tempfile::tempdir().unwrap();
    let dir = OfficeDir::at(home.path().join("office"));
    let files = Edition::built_in_files();
    let founding = Founding { office: "Rowan House".into(), zone: Zone::default(), training: false, files };
    let long_ago = "2026-01-05T10:00:00Z".parse().unwrap();
    drop(Store::create(&dir, founding, Box::new(Seeded::new(3)), long_ago).unwrap());
    let office = Office { path: dir.root().to_owned(), _dir: home };
    let said = stdout(&office.run(&["doctor"]));
    assert!(
        said.contains("Nothing was recorded since 05-Jan-2026") || said.contains("since 5-Jan-2026"),
        "{said}"
    );

    // Whatever the year: somebody who wants to be told a century ahead is told.
    let office = Office::example("2", NOW);
    let mut files = Edition::built_in_files();
    let told = |text: &mut String| *text = text.replace("warn = \"180 days\"", "warn = \"500 weeks\"");
    files.entry("clocks.toml".to_owned()).and_modify(told);
    let mut store = Store::open(&OfficeDir::at(&office.path), Box::new(Seeded::new(3))).unwrap();
    store.adopt(&Viewer::system(), files, NOW.parse().unwrap()).unwrap().unwrap();
    let doctor = office.run(&["doctor"]);
    assert_eq!(code(&doctor), 1, "{}", stdout(&doctor));
    let said = stdout(&doctor);
    assert!(said.contains("Bank holidays") && said.contains("calendars/england.toml"), "{said}");
}

#[test]
fn acknowledging_names_who_what_and_where_or_is_refused() {
    let office = Office::example("5", NOW);
    let recorded = office.record("urgent.call", &["--key", "one"], &call("Brian Oakes"));
    let receipt: Value = serde_json::from_slice(&recorded.stdout).unwrap();
    let case = receipt["cases"][0]["reference"].as_str().unwrap();
    for (arguments, exit, says) in [
        (vec!["acknowledge", case], 2, "who are you?"),
        (vec!["acknowledge", "U-999", "--as", "Priya Shah"], 2, "no such"),
        (vec!["acknowledge", case, "--on", "99", "--as", "Priya Shah"], 2, "number 99"),
    ] {
        let out = office.run(&arguments);
        assert_eq!(code(&out), exit, "{arguments:?}: {}", stderr(&out));
        assert!(stderr(&out).contains(says), "{arguments:?}: {}", stderr(&out));
    }
    assert_eq!(code(&office.run(&["acknowledge", case, "--as", "Priya Shah"])), 0);
    let shown = office.json(&["show", case]).to_string();
    assert!(shown.contains("acknowledge"), "{shown}");
}

#[test]
fn measures_are_printed_with_how_many_of_how_many_and_lead_to_their_records() {
    let office = Office::example("60", NOW);
    let listed = office.run(&["measures", "--as", "Adaeze Okafor"]);
    assert_eq!(code(&listed), 0, "{}", stderr(&listed));
    let words = stdout(&listed);
    for said in ["call_to_decision", "Call to decision", "n of N", "so far"] {
        assert!(words.contains(said), "{said}: {words}");
    }
    let mine = |arguments: &[&str]| {
        let out = office.run(&[arguments, &["--as", "Adaeze Okafor", "--json"]].concat());
        assert_eq!(code(&out), 0, "{}", stderr(&out));
        serde_json::from_slice::<Value>(&out.stdout).unwrap()
    };
    // A share is never without its numbers, and the records are as many as it counts.
    let all = mine(&["measures", "--span", "year", "--on", "2026-11-21"]);
    let measures = all["measures"].as_array().unwrap();
    let calls = measures.iter().find(|one| one["id"] == "calls").unwrap();
    let counted = calls["figure"]["n"].as_u64().unwrap();
    assert!(counted >= 20 && measures.iter().all(|one| one["figure"]["of"].is_u64()), "{calls}");
    let behind =
        mine(&["measures", "calls", "--span", "year", "--on", "2026-11-21", "--cases", "--limit", "5"]);
    assert_eq!((behind["total"].as_u64(), behind["records"].as_array().unwrap().len()), (Some(counted), 5));
    // Its parts make up the whole, at one place as well.
    let by = mine(&["measures", "calls", "--from", "2026-01-01", "--to", "2026-12-31", "--by", "location"]);
    let parts = by["parts"].as_array().unwrap();
    assert_eq!(parts.iter().filter_map(|part| part["figure"]["n"].as_u64()).sum::<u64>(), counted);
    // A day is typed as it is for a pack.
    let october = ["measures", "calls", "--from", "1oct", "--to", "31 oct", "--by", "location"];
    let october = mine(&october)["asked"].clone();
    assert_eq!((&october["period"]["first"], &october["span"]), (&json!("2026-10-01"), &json!("month")));
    let place = parts[0]["of"].as_str().unwrap();
    let there =
        mine(&["measures", "calls", "--from", "2026-01-01", "--to", "2026-12-31", "--location", place]);
    assert_eq!(there["parts"][0]["figure"], parts[0]["figure"]);
    // Of a kind of service, by its id or its words, and of a place, a theme and a service together: as many as stand behind it.
    let year = ["measures", "calls", "--from", "2026-01-01", "--to", "2026-12-31"];
    let counted_of = |more: &[&str]| {
        let of = mine(&[&year, more].concat());
        let figure = of["periods"].as_array().and_then(|periods| periods.last()?["figure"]["n"].as_u64());
        let behind = mine(&[&year, more, &["--cases", "--limit", "5000"]].concat());
        assert_eq!(behind["total"].as_u64(), figure, "{more:?}");
        figure.unwrap()
    };
    let by = mine(&[&year[..], &["--by", "service"]].concat());
    let services = by["parts"].as_array().unwrap();
    assert!(services.len() > 1, "{services:?}");
    let of_service = |part: &Value| counted_of(&["--service", part["of"].as_str().unwrap()]);
    assert_eq!(services.iter().map(of_service).sum::<u64>(), counted);
    assert_eq!(counted_of(&["--service", "residential"]), counted_of(&["--service", "Care home"]));
    let place = ["--location", "Rowan"];
    let (there, falls) = (counted_of(&place), counted_of(&["--theme", "falls"]));
    let together = counted_of(&["--location", "Rowan", "--theme", "falls", "--service", "residential"]);
    assert!(
        together > 0 && together <= falls && falls < counted && there < counted,
        "{together} {falls} {there}"
    );
    assert_eq!(counted_of(&["--location", "Rowan", "--service", "domiciliary"]), 0);
    let heading = office.run(
        &[
            &["measures", "--as", "Adaeze Okafor"][..],
            &place,
            &["--service", "residential", "--theme", "falls"],
        ]
        .concat(),
    );
    let heading = stdout(&heading);
    assert!(
        heading.lines().next().unwrap().ends_with("Rowan House · Care home · Falls and moving"),
        "{heading}"
    );
    // For a spreadsheet; nobody's name is in it, and each row says that it is of made-up people.
    let sheet = office.run(&["measures", "--csv", "--as", "Adaeze Okafor"]);
    assert!(
        stdout(&sheet)
            .trim_start_matches("\u{feff}")
            .starts_with("ID,Measure,Value,n of N,Before,Change,TRAINING\r\n"),
        "{}",
        stdout(&sheet)
    );
    assert!(stdout(&sheet).lines().skip(1).all(|row| row.ends_with(",made-up people")), "{}", stdout(&sheet));
}

#[test]
fn a_measure_that_is_none_and_whoever_may_not_see_them_are_answered_in_words() {
    let office = Office::example("20", NOW);
    for (arguments, says) in [
        (&["measures", "call_to_decison"][..], "do you mean call_to_decision?"),
        (&["measures", "calls", "--by", "gap"], "calls cannot be split by gap"),
        (&["measures", "--from", "2026-02-03", "--to", "2026-02-01"], "--to is a day after --from"),
        (&["measures", "--from", "teatime", "--to", "2026-02-01"], "teatime"),
        (&["measures", "--theme", "weather"], "there is no theme"),
        (
            &["measures", "--service", "hotel"],
            "there is no kind of service \"hotel\"; there are: domiciliary,",
        ),
        (&["measures", "--location", "Nowhere"], "there is no one location \"Nowhere\""),
    ] {
        let out = office.run(&[arguments, &["--as", "Adaeze Okafor"]].concat());
        assert_eq!(code(&out), 2, "{arguments:?}");
        assert!(stderr(&out).contains(says), "{arguments:?}: {}", stderr(&out));
    }
    let refused = office.run(&["measures", "--as", "Priya Shah"]);
    assert_eq!(code(&refused), 3);
    assert!(stderr(&refused).contains("Seeing measures is for"), "{}", stderr(&refused));
    // A file of the office's own that does not hold together is said, and costs no more than itself.
    let own = office.path.join("config/measures.toml");
    std::fs::create_dir_all(own.parent().unwrap()).unwrap();
    std::fs::write(&own, "unanswered = 1\n").unwrap();
    for (path, mode) in [(own.parent().unwrap(), 0o700), (&*own, 0o600)] {
        std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(mode)).unwrap();
    }
    let out = office.run(&["measures", "--as", "Adaeze Okafor"]);
    assert_eq!(code(&out), 0, "{}", stderr(&out));
    assert!(stderr(&out).contains("measures.toml") && stdout(&out).contains("Call to decision"));
}

#[test]
fn an_example_office_is_well_run_with_a_few_things_late_whatever_the_hour() {
    for now in [NOW, "2026-11-23T09:10:00Z", "2026-12-28T03:30:00Z"] {
        let office = Office::example("60", now);
        let owed = office.json(&["list", "owed", "--limit", "2000"]);
        let owed = owed.as_array().unwrap();
        // Whether it is late is told by the office's own clock, not by that of whoever runs this.
        let late: Vec<&str> = owed
            .iter()
            .filter(|row| row["commitment"]["due"].as_str().unwrap() < now)
            .map(|row| row["commitment"]["what"].as_str().unwrap())
            .collect();
        // Among them one round of a review that nobody held.
        assert!((5..=11).contains(&late.len()) && owed.len() > 60, "{now}: {late:#?}");
        for told in [
            "wound review",
            "Hoist assessment",
            "Answer to the safeguarding referral",
            "Weekly review of delays: all places",
        ] {
            assert!(late.contains(&told), "{now}: {told} in {late:#?}");
        }
        // Of each pathway that cases are opened in, something is open to look at.
        let open = office.json(&["list", "cases", "--open", "--limit", "2000"]);
        let open: std::collections::BTreeSet<&str> =
            open.as_array().unwrap().iter().map(|row| row["pathway"].as_str().unwrap()).collect();
        let told = [
            "agreements",
            "audit",
            "behaviour",
            "breach",
            "candour",
            "commissioner",
            "concern",
            "delay",
            "discharge",
            "feedback",
            "governance",
            "indicators",
            "involvement",
            "learning",
            "liaison",
            "meeting",
            "monitoring",
            "notification",
            "policy",
            "provider",
            "regulator",
            "review",
            "safeguarding",
            "sharing",
            "sharing_audit",
            "spot_check",
            "staffing",
            "training",
            "updates",
            "urgent",
        ];
        let none: Vec<&str> = told.into_iter().filter(|pathway| !open.contains(pathway)).collect();
        assert!(none.is_empty(), "{now}: nothing is open of {none:?}");
    }
}

#[test]
fn signs_are_listed_answered_once_and_counted_by_rule() {
    let office = Office::example("60", NOW);
    let signs = office.json(&["list", "signs"]);
    let rows = signs.as_array().unwrap();
    let first = &rows[0];
    let id = first["id"].as_str().unwrap();
    assert!(!first["title"].as_str().unwrap().is_empty() && first["raised"].is_string(), "{first}");
    let told = stdout(&office.run(&["list", "signs", "--limit", "1", "--as", "Ruth Adeyemi"]));
    assert!(told.contains(id) && told.contains(first["title"].as_str().unwrap()), "{told}");
    // It stands where its case is shown, too.
    let case = rows.iter().find(|row| row["reference"].as_str().is_some_and(|of| !of.is_empty())).unwrap();
    let reference = case["reference"].as_str().unwrap();
    let shown = stdout(&office.run(&["show", reference, "--as", "Ruth Adeyemi"]));
    assert!(shown.contains("Warning signs") && shown.contains(case["title"].as_str().unwrap()), "{shown}");
    let shown = office.json(&["show", reference]);
    assert!(shown["signs"].as_array().unwrap().iter().any(|sign| sign["id"] == case["id"]), "{shown}");
    let answer = |who: &str, more: &[&str]| office.run(&[&["answer-sign"], more, &["--as", who]].concat());
    let words = ["--words", "The clock on the wall was an hour ahead"];
    for (who, more, exit, says) in [
        ("Ruth Adeyemi", vec!["nonsense", "false-alarm", words[0], words[1]], 2, "nonsense"),
        ("Ruth Adeyemi", vec![id, "accept", words[0], words[1]], 2, "--owner"),
        ("Ruth Adeyemi", vec![id, "explain", "--words", " "], 3, "Say why nothing is to be done"),
        ("Priya Shah", vec![id, "false-alarm", words[0], words[1]], 3, "Answering a warning sign is for"),
    ] {
        let out = answer(who, &more);
        assert_eq!(code(&out), exit, "{more:?}: {}", stderr(&out));
        assert!(stderr(&out).contains(says), "{more:?}: {}", stderr(&out));
    }
    // As much of the id as no other begins with is enough; as much as several begin with is not.
    let ids: Vec<&str> = rows.iter().filter_map(|row| row["id"].as_str()).collect();
    let beginning = |length: usize| ids.iter().filter(|other| other.starts_with(&id[..length])).count();
    let enough = (1..id.len()).find(|length| beginning(*length) == 1).unwrap();
    let several = answer("Ruth Adeyemi", &["", "false-alarm", words[0], words[1]]);
    assert!(code(&several) == 2 && stderr(&several).contains("is no warning sign"), "{}", stderr(&several));
    if enough > 1 {
        let several = answer("Ruth Adeyemi", &[&id[..enough - 1], "false-alarm", words[0], words[1]]);
        assert!(
            code(&several) == 2 && stderr(&several).contains("Several warning signs"),
            "{}",
            stderr(&several)
        );
    }
    let given = answer("Ruth Adeyemi", &[&id[..enough], "false-alarm", words[0], words[1]]);
    assert_eq!(code(&given), 0, "{}", stderr(&given));
    let again = answer("Ruth Adeyemi", &[id, "explain", words[0], words[1]]);
    assert!(code(&again) != 0 && stderr(&again).contains("has answered"), "{}", stderr(&again));
    let left = office.json(&["list", "signs"]);
    assert!(left.as_array().unwrap().iter().all(|row| row["id"] != id));
    let rates = office.json(&["list", "signs", "--rates"]);
    let rate = rates.as_array().unwrap().iter().find(|rate| rate["rule"] == first["rule"]).unwrap();
    assert_eq!(rate["false_alarms"], 1, "{rate}");
    // A program takes all there is; somebody who reads, a page.
    let all = office.json(&["list", "owed"]).as_array().unwrap().len();
    assert!(all > 50, "{all}");
    assert_eq!(office.json(&["list", "owed", "--limit", "7"]).as_array().unwrap().len(), 7);
}
