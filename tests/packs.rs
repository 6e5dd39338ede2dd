//! Evidence packs, made by the built program as somebody makes one for an inspector: a page, a value, tables; for whoever
//! may export; noted with its fingerprint; and a copy for another organisation that names nobody else.
#![expect(clippy::unwrap_used, reason = "a helper of a test that cannot go on stops the test")]

mod support;

use serde_json::{Value, json};
use support::{Scripted, YOU, bare};

/// An office with one person on record, about whom somebody rang and a nurse promised to come.
struct Office {
    office: Scripted,
    call: String,
}

impl std::ops::Deref for Office {
    type Target = Scripted;

    fn deref(&self) -> &Scripted {
        &self.office
    }
}

impl Office {
    /// The surgery is rung about the call and promises a visit.
    fn hears_of_a_visit(&self) {
        self.records(
            "urgent.liaise",
            &["--case", &self.call],
            &json!({
                "who": "The Elms Surgery", "person": "Dr ZZ", "means": "telephone", "outcome": "spoke",
                "shared": "Heel warm and red", "basis": "expected", "advice": "Keep the heel up", "read_back": "yes",
                "promises": [{ "what": "GP visit", "by": "+1d" }],
            }),
        );
    }

    fn rung() -> Self {
        let office = Scripted::set_up();
        let pettit = json!({ "name": "Joan Pettit", "roles": ["duty_coordinator"] });
        office.records("staff.register", &[], &pettit);
        for name in ["The Elms Surgery", "District nursing, east team"] {
            office.records("organisations.register", &[], &json!({ "name": name, "type": "gp" }));
        }
        office.knows_quill(&json!({}));
        let call = office.records(
            "urgent.call",
            &[],
            &json!({
                "call_back": "07700 900118", "caller": "Winifred Quay, carer", "about": "Theresa Quill",
                "awake": "yes", "emergency": "not_needed", "risk": "amber",
                "changed": "=SUM(A1) Heel is worse, Winifred says; her daughter Ines Brandt is on 01632 960777",
                "advice_sought": "can somebody look today?", "headline": "heel worse, brother cross",
            }),
        );
        office.records(
            "urgent.decision",
            &["--case", &call],
            &json!({
                "route": "gp", "rationale": "Warm and red, no fever", "person_view": "Wants it seen to today",
                "why_999": "Not an emergency", "representative_told": "yes",
            }),
        );
        Self { office, call }
    }
}

#[test]
fn a_pack_of_a_case_says_what_show_says_in_three_forms_and_that_it_left_is_noted() {
    let office = Office::rung();
    let case = office.call.as_str();
    let shown = office.json(&["show", case, "--json"]);
    let pack = office.json(&["pack", "case", case, "--format", "json"]);

    let schema: Value = serde_json::from_str(&office.does(&["pack", "schema"])).unwrap();
    assert!(jsonschema::is_valid(&schema, &pack), "{pack:#}");
    let told = shown["chronology"].as_array().unwrap();
    let entries = pack["cases"][0]["entries"].as_array().unwrap();
    assert_eq!(told.len(), entries.len());
    for (told, entry) in told.iter().zip(entries) {
        assert_eq!(
            (&told["seq"], &told["hash"], &told["title"]),
            (&entry["entry"], &entry["hash"], &entry["title"])
        );
        for answer in told["answers"].as_array().unwrap() {
            let is_it = |one: &&Value| one["label"] == answer["label"] && one["words"] == answer["words"];
            assert!(entry["answers"].as_array().unwrap().iter().any(|one| is_it(&one)), "{answer}");
        }
    }
    let decided = &pack["tables"]["decisions"][0];
    assert_eq!(decided["why"]["words"], "Warm and red, no fever", "{decided}");
    assert_eq!(decided["person"]["words"], "Wants it seen to today", "{decided}");
    assert_eq!(decided["entry"]["entry"], entries[1]["entry"], "it leads to its entry");
    // What shows something about a regulation or statement is found by it, with the edition of its framework.
    let index = pack["tables"]["regulations"].as_array().unwrap();
    let safe = index.iter().find(|row| row["tag"]["words"].as_str().unwrap().contains("12")).unwrap();
    assert!(
        safe["of"]["words"].as_str().unwrap().contains("2014") && safe["entries"]["entry"].is_u64(),
        "{safe}"
    );
    // What is not on record says so.
    let sources = &pack["tables"]["sources"][0];
    assert_eq!(
        (&sources["advised"]["gap"], &sources["checked"]["gap"]),
        (&json!(true), &json!(true)),
        "{sources}"
    );
    assert_eq!(pack["tables"]["profile"][0]["registration"]["words"], "not on record");
    let cover = pack["cover"].to_string();
    assert!(
        cover.contains("ADEYEMI, R.") && cover.contains(pack["head"]["hash"].as_str().unwrap()),
        "{cover}"
    );

    // The page is one file that only its owner may read; the sealed way in stands in no form.
    let page_at = office.at("pack.html");
    office.says(&["pack", "case", case, "--out", page_at.to_str().unwrap()]);
    let page = std::fs::read_to_string(&page_at).unwrap();
    let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&page_at).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
    assert!(page.contains("Wants it seen to today") && page.contains("ADEYEMI"), "{page}");
    // Not the digits alone: four of them stand in some hash or other.
    assert!(!page.contains("door, 4711") && !pack.to_string().contains("door, 4711"));
    let again = office.run(&["pack", "case", case, "--out", page_at.to_str().unwrap(), "--as", YOU], "");
    assert_eq!(again.status.code(), Some(2), "nothing is written over");

    // A spreadsheet is given no formula.
    let tables = office.at("tables");
    office.says(&["pack", "case", case, "--format", "csv", "--out", tables.to_str().unwrap()]);
    let chronology = std::fs::read_to_string(tables.join("chronology.csv")).unwrap();
    assert!(chronology.contains("'=SUM(A1) Heel is worse"), "{chronology}");
    let decisions = std::fs::read_to_string(tables.join("decisions.csv")).unwrap();
    assert!(decisions.contains("Warm and red, no fever"), "{decisions}");

    // Each copy is known again by its fingerprint.
    let looks = office.says(&["looks", "--how", "export"]);
    let sha = {
        use sha2::{Digest, Sha256};
        let hex = |byte: &u8| format!("{byte:02x}");
        Sha256::digest(page.as_bytes()).iter().map(hex).collect::<String>()
    };
    assert!(looks.contains(&sha) && looks.contains("evidence pack (case, json, not redacted)"), "{looks}");
}

#[test]
fn asked_taken_on_said_to_be_done_and_seen_to_be_are_four_words_in_the_pack() {
    let office = Office::rung();
    let case = office.call.clone();
    office.hears_of_a_visit();
    let kept = || {
        let pack = office.json(&["pack", "case", &case, "--format", "json"]);
        let row = &pack["tables"]["promises"][0];
        (
            row["kept"]["words"].as_str().unwrap().to_owned(),
            row["chased"]["words"].as_str().unwrap().to_owned(),
        )
    };
    let on = || {
        let shown = office.json(&["show", &case, "--json"]);
        let owed = shown["owed"].as_array().unwrap();
        (owed.iter().position(|one| one["opened_in"] == "liaise.promises").unwrap() + 1).to_string()
    };
    assert_eq!(kept(), ("open, not yet due".to_owned(), "not chased".to_owned()));
    for (step, answers, says) in [
        ("urgent.accepted", json!({ "who": "Dr ZZ" }), "taken on, not done, not yet due"),
        (
            "urgent.reported",
            json!({ "who": "Reception", "what": "The doctor has been" }),
            "said to be done, not seen to be, not yet due",
        ),
    ] {
        office.records(step, &["--case", &case, "--on", &on()], &answers);
        assert_eq!(kept().0, says, "{step}");
    }
    office.records(
        "urgent.answer",
        &["--case", &case, "--on", &on()],
        &json!({ "by": "Dr ZZ", "evidence": "Seen by WQ at the visit", "advice": "Heel pad, look again on Monday" }),
    );
    assert!(kept().0.ends_with(", in time"), "{:?}", kept());
}

/// What is shown to an inspector is no better than what the office counts for itself.
#[test]
fn what_was_chased_is_kept_late_by_the_time_first_given_in_the_pack_as_in_the_measures() {
    let office = Office::rung();
    let case = office.call.clone();
    office.records(
        "urgent.liaise",
        &["--case", &case],
        &json!({
            "spoken_at": "-50h", "who": "The Elms Surgery", "person": "Dr ZZ", "means": "telephone", "outcome": "spoke",
            "shared": "Heel warm and red", "basis": "expected", "advice": "Keep the heel up", "read_back": "yes",
            "promises": [{ "what": "GP visit", "by": "-48h" }],
        }),
    );
    let on = || {
        let shown = office.json(&["show", &case, "--json"]);
        let owed = shown["owed"].as_array().unwrap();
        let open = |one: &Value| one["what"] == "GP visit";
        (owed.iter().rposition(open).unwrap_or_else(|| panic!("{owed:#?}")) + 1).to_string()
    };
    let chased = json!({ "who": "The Elms Surgery", "person": "Reception", "outcome": "spoke", "what": "GP visit", "by": "+3h",
        "impact": "Heel sore", "no_control": "Heel is up already" });
    office.records("urgent.chase", &["--case", &case, "--on", &on()], &chased);
    let pack = || office.json(&["pack", "case", &case, "--format", "json"]);
    let kept = |pack: &Value| pack["tables"]["promises"][0]["kept"]["words"].as_str().unwrap().to_owned();
    let says = kept(&pack());
    assert!(says.contains("not yet due by the newest time; 2 d after the first"), "{says}");

    office.records(
        "urgent.answer",
        &["--case", &case, "--on", &on()],
        &json!({ "by": "Dr ZZ", "evidence": "Seen by WQ at the visit", "advice": "Heel pad" }),
    );
    let pack = pack();
    let says = kept(&pack);
    assert!(says.contains(", in time by the newest time; 2 d after the first"), "{says}");
    let summed =
        pack["summary"].as_array().unwrap().iter().find(|one| one["label"] == "Promises kept in time");
    assert_eq!(summed.unwrap()["words"], "0 of 1");
    let chart = pack["charts"].as_array().unwrap().iter().find(|one| one["chart"] == "kept").unwrap();
    let bars: Vec<_> =
        chart["bars"].as_array().unwrap().iter().map(|bar| bar["height"].as_i64().unwrap()).collect();
    assert_eq!(bars, [0, 1, 0, 0, 0, 0, 0], "kept late");
    // Two days ago may have been another month.
    let measured = office.json(&["measures", "promises_kept", "--json"]);
    let periods = measured["periods"].as_array().unwrap();
    let sum = |of: &str| periods.iter().map(|period| period["figure"][of].as_i64().unwrap()).sum::<i64>();
    assert_eq!((sum("n"), sum("of")), (0, 1), "{measured:#}");
}

/// A number of a fixed row that looks thrown, below `of`.
fn thrown(seed: &mut u64, of: u64) -> u64 {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*seed >> 33) % of
}

#[test]
fn whatever_becomes_of_promises_pack_scorecard_and_measures_count_the_same_of_them_and_of_who_was_merged() {
    let office = Office::rung();
    let case = office.call.clone();
    office.records("organisations.register", &[], &json!({ "name": "Elms branch", "type": "gp" }));
    office.records(
        "provider.propose",
        &[],
        &json!({ "provider": "The Elms Surgery", "service": "Visits", "kind": "therapy", "tier": "low" }),
    );
    let mut seed = 7;
    // Due so many hours from now; hours of those that are past and of those that are to come.
    let dues: Vec<i64> = (0..14).map(|_| 2 + i64::try_from(thrown(&mut seed, 40)).unwrap()).collect();
    let due = |at: usize| if at % 5 == 4 { dues[at] } else { -dues[at] };
    for (who, which) in [("The Elms Surgery", 0..10), ("Elms branch", 10..14)] {
        let promises: Vec<Value> = which
            .map(|at| json!({ "what": format!("Visit {at:02}"), "by": format!("{:+}h", due(at)) }))
            .collect();
        office.records(
            "urgent.liaise",
            &["--case", &case],
            &json!({
                "spoken_at": "-50h", "who": who, "person": "Dr ZZ", "means": "telephone", "outcome": "spoke",
                "shared": "Heel warm and red", "basis": "expected", "advice": "Keep the heel up", "read_back": "yes",
                "promises": promises,
            }),
        );
    }
    // Kept, late, never, open, called off in time.
    let mut came = [0_i64; 5];
    for at in 0..14 {
        let on = || {
            let shown = office.json(&["show", &case, "--json"]);
            let owed = shown["owed"].as_array().unwrap();
            (owed.iter().rposition(|one| one["what"] == format!("Visit {at:02}")).unwrap() + 1).to_string()
        };
        let does = |step: &str, answers: Value| {
            office.records(step, &["--case", &case, "--on", &on()], &answers);
        };
        let who = if at < 10 { "The Elms Surgery" } else { "Elms branch" };
        let is_past = due(at) < 0;
        if thrown(&mut seed, 3) == 0 {
            does(
                "urgent.chase",
                json!({ "who": who, "person": "Reception", "outcome": "spoke", "what": format!("Visit {at:02}"),
                    "by": "+60h", "impact": "Heel sore", "no_control": "Heel is up already" }),
            );
        }
        match thrown(&mut seed, 4) {
            0 => {
                let hours = 1 + i64::try_from(thrown(&mut seed, 45)).unwrap();
                does(
                    "urgent.answer",
                    json!({ "by": "Dr ZZ", "evidence": "Seen by WQ", "done_at": format!("-{hours}h") }),
                );
                came[usize::from(-hours > due(at))] += 1;
            }
            1 if is_past => {
                does("urgent.refused", json!({ "who": "Dr ZZ", "why": "No time", "instead": "We ring 111" }));
                came[2] += 1;
            }
            2 => {
                does("urgent.cancel", json!({ "why": "She is in hospital" }));
                came[if is_past { 2 } else { 4 }] += 1;
            }
            _ => came[if is_past { 2 } else { 3 }] += 1,
        }
    }
    office.says(&["merge", "The Elms Surgery", "Elms branch", "--reason", "one surgery, two names"]);
    assert!(came.iter().all(|many| *many > 0), "each of them comes about: {came:?}");

    let pack = office.json(&["pack", "provider", "The Elms Surgery", "--format", "json"]);
    let chart = pack["charts"].as_array().unwrap().iter().find(|one| one["chart"] == "kept").unwrap();
    let bars: Vec<i64> =
        chart["bars"].as_array().unwrap().iter().map(|bar| bar["height"].as_i64().unwrap()).collect();
    let told = [bars[0], bars[1], bars[2] + bars[4], bars[3], bars[5]];
    assert_eq!(told, came, "in time, late, late and open, open, refused, other, untimed: {bars:?}");

    let card = office.json(&["pack", "scorecard", "The Elms Surgery", "--format", "json"]);
    let score = card["tables"]["score"].as_array().unwrap();
    let counted = ["Promises kept in time", "Promises kept late", "Promises not kept"].map(|what| {
        let row = score.iter().find(|row| row["what"]["words"] == what).unwrap();
        row["lately"]["words"].as_str().unwrap().parse::<i64>().unwrap()
    });
    assert_eq!(counted, came[..3], "{score:?}");

    let measured = office.json(&["measures", "promises_kept", "--json"]);
    let periods = measured["periods"].as_array().unwrap();
    let sum = |of: &str| periods.iter().map(|period| period["figure"][of].as_i64().unwrap()).sum::<i64>();
    assert_eq!((sum("n"), sum("of")), (came[0], came[..3].iter().sum()), "{measured:#}");
}

#[test]
fn the_provider_stands_on_every_pack_with_its_number_whoever_answers_and_when_policies_were_looked_at() {
    let office = Office::rung();
    let case = office.call.clone();
    let before = office.json(&["pack", "case", &case, "--format", "json"]);
    assert_eq!(before["tables"]["profile"][0]["registration"]["gap"], true, "what is not on record says so");
    let places = office.json(&["list", "locations", "--json"]);
    let place = places[0]["id"].as_str().or(places["rows"][0]["id"].as_str()).unwrap().to_owned();
    office.records(
        "locations.change",
        &["--case", &place],
        &json!({ "name": "Rowan House", "registration": "1-101643210", "manager": YOU }),
    );
    let said = json!({
        "headline": "Working with external providers", "version": "7", "lies": "Policy folder, shelf 2", "who": YOU,
        "by": "+200d", "often": "yearly",
    });
    let policy = office.records("policy.adopt", &[], &said);
    let pack = office.json(&["pack", "case", &case, "--format", "json"]);
    let profile = &pack["tables"]["profile"][0];
    assert_eq!(profile["registration"]["words"], "1-101643210");
    assert!(profile["responsible"]["words"].as_str().unwrap().contains("ADEYEMI"), "{profile}");
    let rounds = pack["tables"]["rounds"].as_array().unwrap();
    let round = rounds.iter().find(|row| row["case"]["words"] == policy.as_str());
    let round = round.unwrap_or_else(|| panic!("{rounds:?}"));
    assert!(round["what"]["words"].as_str().unwrap().contains("external providers"), "{round}");
    assert!(round["next"]["at"].is_string() && round["held"]["words"].is_string(), "{round}");
}

/// The words of what is picked from a page.
fn picked(page: &scraper::Html, what: &str) -> Vec<String> {
    let what = scraper::Selector::parse(what).unwrap();
    page.select(&what).map(|found| found.text().collect::<String>().trim().to_owned()).collect()
}

/// How many steps the definitions have that somebody can record.
fn steps_of_all_pathways() -> usize {
    let edition = dutydesk::pathway::edition::Edition::built_in();
    let steps = edition.pathways.values().flat_map(|pathway| &pathway.steps);
    steps.filter(|step| !step.retired && step.follows.is_none()).count()
}

#[test]
fn a_pack_for_registration_shows_routes_roles_clocks_and_blank_forms_before_any_record_and_a_dated_drill() {
    let office = Office::rung();
    let before = office.says(&["pack", "registration"]);
    let parsed = scraper::Html::parse_document(&before);
    assert_eq!(parsed.errors, Vec::<std::borrow::Cow<'_, str>>::new());
    for said in [
        "Registered Manager",
        "Duty coordinator",
        "Decision holder",
        "Urgent communication log",
        "What has changed",
        "Provider target",
        "No drill is shown",
        "☐ RED",
        "☐ AMBER",
    ] {
        assert!(before.contains(said), "{said}");
    }
    assert!(!before.contains("Theresa") && !before.contains("Heel"), "no record of anybody is in it");
    // Each form that a step of any pathway has stands there once, under its number, and is led to from the contents.
    let forms: Vec<String> = picked(&parsed, ".forms h4");
    let contents = picked(&parsed, "nav ol ol a");
    assert_eq!(forms, contents);
    let steps: usize = steps_of_all_pathways();
    assert_eq!(forms.len(), steps, "{forms:#?}");
    for form in ["Urgent communication log", "Chase-up", "Action checked and closed", "Police and evidence"] {
        assert!(forms.iter().any(|title| title.ends_with(form)), "{form}: {forms:#?}");
    }

    // One pathway by itself has its own forms under the numbers of the whole, and only the roles that record in it.
    let urgent = office.says(&["pack", "registration", "--pathway", "urgent"]);
    let parsed = scraper::Html::parse_document(&urgent);
    let own: Vec<String> = picked(&parsed, ".forms h4");
    assert!(own.len() > 5 && own.len() < 40 && own.iter().all(|form| forms.contains(form)), "{own:#?}");
    assert_eq!(own, picked(&parsed, "nav ol ol a"));
    assert!(urgent.contains("This is the part for") && urgent.len() * 5 < before.len());
    let unknown = office.run(&["pack", "registration", "--pathway", "urgnt", "--as", YOU], "");
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("Did you mean \"urgent\"?"));

    // Staff practise in an office of made-up people; who did what and when is what shows it.
    let practice = office.at("practice");
    let practice = practice.to_str().unwrap();
    let made = bare(&["example", practice, "--cases", "30", "--now", "2026-11-21T21:04:00Z"], "");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let drilled = office.says(&["pack", "registration", "--drill", practice]);
    // What it was made with nobody did.
    let of_drill = |page: &str| {
        picked(
            &scraper::Html::parse_document(page),
            "[aria-labelledby=drill] tbody th, [aria-labelledby=drill] tbody td",
        )
    };
    assert!(drilled.contains("nobody has practised here") && drilled.contains("whole"));
    assert_eq!(of_drill(&drilled), Vec::<String>::new());
    let said = json!({
        "call_back": "07700 900118", "caller": "Winifred Quay, carer", "about": "Theresa Quill", "awake": "yes",
        "emergency": "not_needed", "risk": "amber", "changed": "Heel is worse", "advice_sought": "can somebody look today?",
    });
    let fixed = ["--office", practice, "record", "urgent.call", "--json", "-", "--typed-by", "Priya Shah"];
    let done = bare(&fixed, &said.to_string());
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let receipt: Value = serde_json::from_slice(&done.stdout).unwrap();
    let reference = receipt["cases"][0]["reference"].as_str().unwrap();
    let drilled = office.says(&["pack", "registration", "--drill", practice]);
    let acts = of_drill(&drilled);
    assert_eq!(acts[..3], ["SHAH, Priya", "Urgent communication log", reference], "{acts:?}");
    assert!(acts.len() == 4 && !acts[3].is_empty(), "one act, with when: {acts:?}");
    assert!(drilled.contains("1 act of practice, made-up people alone"));
    // A real office is no drill.
    let real = office.run(&["pack", "registration", "--drill", &office.path, "--as", YOU], "");
    assert_eq!(real.status.code(), Some(2), "{}", String::from_utf8_lossy(&real.stderr));
}

#[test]
fn a_pack_shows_its_figures_as_charts_with_the_same_numbers_beside_them() {
    let office = Office::rung();
    let case = office.call.clone();
    office.hears_of_a_visit();
    let pack = office.json(&["pack", "case", &case, "--format", "json"]);
    let charts = pack["charts"].as_array().unwrap();
    let ids: Vec<&str> = charts.iter().filter_map(|chart| chart["chart"].as_str()).collect();
    assert_eq!(ids, ["months", "kept", "to_decision", "delay"]);
    let months = charts[0]["bars"].as_array().unwrap();
    assert_eq!((months.len(), &months[11]["words"]), (12, &json!("1")), "twelve months, this one the last");
    let standing = |chart: &Value, of: &str| {
        let bar = chart["bars"].as_array().unwrap().iter().find(|bar| bar["of"] == of);
        bar.unwrap_or_else(|| panic!("{of}: {chart}"))["height"].as_i64()
    };
    assert_eq!(standing(&charts[1], "not done, not yet due"), Some(1));
    assert_eq!(standing(&charts[2], "under 5 minutes"), Some(1));
    assert_eq!(charts[3]["bars"][0]["of"], "The Elms Surgery");
    assert_eq!(charts[3]["bars"][0]["counted"], "0 of 1 late");

    // In a copy for another organisation nothing is compared.
    let copy =
        office.json(&["pack", "case", &case, "--redact", "--for", "The Elms Surgery", "--format", "json"]);
    let kept: Vec<&Value> = copy["charts"].as_array().unwrap().iter().map(|chart| &chart["chart"]).collect();
    assert_eq!(kept, [&json!("kept")]);
}

#[test]
fn a_governance_report_shows_what_the_measures_show_and_a_scorecard_what_an_organisation_came_to() {
    let office = Office::rung();
    let fixed = ["pack", "governance", "--format", "json"];
    let report = office.json(&fixed);
    let measures = office.json(&["measures", "--json"]);
    let all = measures["measures"].as_array().unwrap();
    let rows = report["tables"]["measures"].as_array().unwrap();
    assert_eq!(rows.len(), all.len());
    for (row, measure) in rows.iter().zip(all) {
        assert_eq!((&row["measure"]["words"], &row["says"]["words"]), (&measure["title"], &measure["says"]));
        let chart = report["charts"].as_array().unwrap().iter().find(|chart| chart["chart"] == measure["id"]);
        let chart = chart.unwrap_or_else(|| panic!("no chart of {measure}"));
        let bars = chart["bars"].as_array().unwrap();
        assert!(bars.is_empty() || bars.len() == 12, "{chart}");
        assert!(bars.is_empty() || bars[11]["words"] == row["value"]["words"], "{chart} {row}");
    }
    let calls = report["charts"].as_array().unwrap().iter().find(|chart| chart["chart"] == "calls").unwrap();
    assert_eq!(calls["bars"][11]["height"], 1);
    assert!(
        !report.to_string().contains("Quill") && !report.to_string().contains("QUILL"),
        "figures of nobody"
    );
    let named = office.json(&[&fixed[..], &["--from", "2026-01-01", "--to", "2026-03-31"]].concat());
    assert!(named["title"].as_str().unwrap().contains("Q1 2026"), "{}", named["title"]);
    let backwards = [&fixed[..], &["--from", "2026-03-01", "--to", "2026-01-31", "--as", YOU]].concat();
    let out = office.run(&backwards, "");
    assert_eq!(out.status.code(), Some(2), "{}", String::from_utf8_lossy(&out.stderr));

    let card = office.json(&["pack", "scorecard", "The Elms Surgery", "--format", "json"]);
    assert!(card["title"].as_str().unwrap().contains("The Elms Surgery"), "{}", card["title"]);
    assert_eq!((&card["cases"], &card["tables"]["streams"]), (&json!([]), &json!([])));
    let schema: Value = serde_json::from_str(&office.does(&["pack", "schema"])).unwrap();
    for pack in [&report, &named, &card] {
        assert!(jsonschema::is_valid(&schema, pack));
    }
}

#[test]
fn whoever_may_not_export_gets_no_pack_and_that_is_noted() {
    let office = Office::rung();
    let out = office.run(&["pack", "case", &office.call, "--as", "Joan Pettit"], "");
    assert_eq!(
        (out.status.code(), out.stdout.len()),
        (Some(3), 0),
        "{}",
        String::from_utf8_lossy(&out.stderr)
    );
    assert!(office.says(&["looks", "--how", "refused"]).contains("Evidence pack"));
}

/// Every byte that a pack in each form is made of.
fn everything(office: &Office, arguments: &[&str]) -> String {
    let page = office.says(&[&["pack"], arguments].concat());
    let value = office.says(&[&["pack"], arguments, &["--format", "json"]].concat());
    let folder = office.at(&format!("tables-{}", arguments.join("-").replace([' ', ','], "_")));
    let tables = ["--format", "csv", "--out", folder.to_str().unwrap()];
    office.says(&[&["pack"], arguments, &tables].concat());
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let rows: String = files.map(|file| std::fs::read_to_string(file).unwrap()).collect();
    [page, value, rows].join("\n")
}

#[test]
fn a_copy_for_another_organisation_names_nobody_else_in_any_byte_and_says_what_is_left_out() {
    let office = Office::rung();
    let case = office.call.clone();
    let place = office.json(&["list", "locations", "--json"])[0]["id"].as_str().unwrap().to_owned();
    let answers = json!({
        "name": "Rowan House", "manager": YOU, "cqc_named": "yes",
        "cqc_holder": "Pilar Nash, secure email only",
    });
    office.records("locations.change", &["--case", &place], &answers);
    for name in ["Hattie Fallow", "Albert Gill"] {
        office.records("people.register", &[], &json!({ "name": name, "location": "Rowan House" }));
    }
    for (who, what) in [("The Elms Surgery", "GP visit"), ("District nursing, east team", "Dressing at home")]
    {
        office.records(
            "urgent.liaise",
            &["--case", &case],
            &json!({
                "who": who, "person": "Dr Zachary Zimmer", "means": "telephone", "outcome": "spoke",
                "shared": "Heel warm and red, as Winifred Quay said; row with Hattie Fallow", "basis": "expected",
                "advice": "Keep the heel up; ring Ines if it gets worse. Mr Gill's gill net is not ours", "read_back": "yes",
                "promises": [{ "what": what, "by": "+1d" }],
            }),
        );
    }
    let secrets = [
        "Winifred",
        "WINIFRED",
        "Quay",
        "QUAY",
        "Ines",
        "Brandt",
        "960777",
        "960 777",
        "900118",
        "900 118",
        "Adeyemi",
        "ADEYEMI",
        "Ruth",
        "door, 4711",
        "Hattie",
        "Fallow",
        "Gill",
        "Pilar",
        "Nash",
    ];
    let whole = everything(&office, &["case", &case]);
    let kept: Vec<&str> = secrets.into_iter().filter(|secret| whole.contains(secret)).collect();
    assert!(kept.len() >= 9 && kept.contains(&"Pilar"), "a whole pack would betray them: {kept:?}");

    // Who answers for it, and who for the place, stands on the cover and beside the place by role, once in each form; by name
    // nowhere.
    let copied = |arguments: &[&str]| {
        let copy = everything(&office, arguments);
        assert_eq!(copy.matches("Registered Manager").count(), 6, "{copy}");
        assert_eq!(copy.matches("Registered Manager [name withheld]").count(), 3, "{copy}");
        copy
    };
    let copy = copied(&["case", &case, "--redact"]);
    let betrayed: Vec<&str> = secrets.into_iter().filter(|secret| copy.contains(secret)).collect();
    // The daughter is on no record: her name stands only in what the caller said.
    assert_eq!(betrayed, ["Ines", "Brandt"], "{copy}");
    assert!(copy.contains("QUILL, Theresa") && copy.contains("Heel is worse"), "whom it is about stays");
    assert!(copy.contains("brother cross"), "of a whole case what it is about stays too");
    for said in
        ["What is not in this pack", "Names of", "For the office alone", "redacted for another organisation"]
    {
        assert!(copy.contains(said), "{said}");
    }
    assert!(!copy.contains("Warning signs and what was answered</h2>"), "what is for the office alone");

    // Once she is on record, nobody hears of her.
    office.records(
        "people.change",
        &["--case", office.json(&["show", "Theresa Quill", "--json"])["record"]["id"].as_str().unwrap()],
        &json!({ "representatives": [{ "name": "Ines Brandt", "relation": "daughter" }] }),
    );
    let copy = copied(&["case", &case, "--redact", "--for", "The Elms Surgery"]);
    let betrayed: Vec<&str> = secrets.into_iter().filter(|secret| copy.contains(secret)).collect();
    assert_eq!(betrayed, Vec::<&str>::new(), "{copy}");
    // Of what is shared with several each has its own.
    assert!(copy.contains("GP visit") && !copy.contains("Dressing at home"), "only what is theirs");
    assert!(copy.contains("do not concern The Elms Surgery") && copy.contains("The Elms Surgery"));
    // Nor what the case is about in the office's own words.
    assert!(!copy.contains("brother cross") && copy.contains("(for the office alone)"), "{copy}");
    assert!(copy.contains("What each case is about in the office's own words"), "{copy}");
    // What they have to do leads, and says whose it is; of the whole case nothing is said that only that part would say.
    let own = ["pack", "case", &case, "--redact", "--for", "The Elms Surgery"];
    let page = scraper::Html::parse_document(&office.says(&own));
    assert_eq!(picked(&page, "main > section:first-child > h2"), ["What The Elms Surgery has to do"]);
    assert!(picked(&page, "nav li a").starts_with(&["What The Elms Surgery has to do".to_owned()]));
    let value = office.json(&[&own[..], &["--format", "json"]].concat());
    let to_do = value["tables"]["to_do"].as_array().unwrap();
    assert_eq!((to_do.len(), &to_do[0]["what"]["words"]), (1, &json!("GP visit")), "{to_do:?}");
    assert_eq!(to_do[0]["stands"]["words"], "open, not yet due");
    assert!(value["left_out"].to_string().contains("in these cases for others than The Elms Surgery"));
    let summary = value["summary"].to_string();
    for said in
        ["We owe and owed nothing", "No interim control", "is anybody observed", "Gaps", "Warning signs not"]
    {
        assert!(!copy.contains(said) && !summary.contains(said), "{said}");
    }

    // Whoever does not concern them stands in no byte of a copy over a time, not by name, birthday, number or matter.
    let other = json!({ "name": "Zena Sallow", "born": "16-Mar-1941", "nhs_number": "999 000 0026", "location": "Rowan House" });
    office.records("people.register", &[], &other);
    office.records(
        "urgent.call",
        &[],
        &json!({
            "call_back": "07700 900119", "caller": "A carer", "about": "Zena Sallow", "awake": "yes",
            "emergency": "not_needed", "risk": "amber", "changed": "Shouts at mealtimes",
            "advice_sought": "who sits with her?", "headline": "shouts at mealtimes",
        }),
    );
    let sallow = ["Sallow", "SALLOW", "Zena", "16-Mar-1941", "999 000 0026", "mealtimes"];
    let whole = everything(&office, &["period"]);
    assert!(sallow.iter().filter(|secret| whole.contains(**secret)).count() >= 4, "a whole pack has her");
    let copy = everything(&office, &["period", "--redact", "--for", "The Elms Surgery"]);
    let betrayed: Vec<&str> = sallow.into_iter().filter(|secret| copy.contains(secret)).collect();
    assert_eq!(betrayed, Vec::<&str>::new(), "{copy}");
    assert!(copy.contains("GP visit") && copy.contains("cases in which nothing concerns The Elms Surgery"));
    assert!(office.says(&["looks", "--how", "export"]).contains("redacted) for The Elms Surgery"));
    // Of what concerns somebody in nothing there is no copy to make for them, of a case as little as of a time: all that it
    // would say is that there is a record.
    for of in [&["case", case.as_str()][..], &["person", "Theresa Quill"], &["period"]] {
        let asked = [&["pack"], of, &["--redact", "--for", "Tom Zimmer, her nephew", "--as", YOU]].concat();
        let out = office.run(&asked, "");
        let why = String::from_utf8_lossy(&out.stderr);
        assert_eq!((out.status.code(), out.stdout.len()), (Some(2), 0), "{of:?}: {why}");
        assert!(
            why.contains("Nothing in it concerns Tom Zimmer, her nephew, so there is no redacted copy"),
            "{why}"
        );
    }
    assert!(!office.says(&["looks", "--how", "refused"]).contains("Evidence pack"), "nobody was refused");
    // The list of looks, which nothing is ever taken out of, holds the id of whoever it was for and no name.
    office.says(&["pack", "case", &case, "--for", "Tom Zimmer, her nephew"]);
    assert!(
        office.says(&["looks", "--how", "export"]).contains("redacted) for somebody not on record, sha256")
    );
    for file in ["access.db", "access.db-wal"] {
        let kept = std::fs::read(std::path::Path::new(&office.path).join(file)).unwrap_or_default();
        let stands = |words: &str| kept.windows(words.len()).any(|at| at == words.as_bytes());
        assert!(!stands("Elms") && !stands("Zimmer"), "{file}");
    }
}

#[test]
fn of_two_cases_of_a_person_an_organisation_is_given_the_one_that_is_theirs_and_of_its_shared_actions_their_own()
 {
    let office = Office::rung();
    let call = office.call.as_str();
    let raised = office.records(
        "commissioner.raise",
        &["--from", call],
        &json!({
            "about": "Theresa Quill", "trigger": "tenancy", "headline": "Notice given", "what": "Notice by letter",
            "light": "amber", "light_why": "Notice", "impact": "Where she lives", "mitigation": "Asked for time",
            "evidence": { "reference": "Letter of 2-Nov" },
        }),
    );
    let (surgery, nursing) = ("The Elms Surgery", "District nursing, east team");
    office.records(
        "commissioner.actions",
        &["--case", &raised],
        &json!({ "agreed_with": "on the weekly call", "actions": [
            { "what": "Letter on her heel", "organisation": surgery, "by": "+1d" },
            { "what": "Heel boots", "organisation": nursing, "by": "+1d" },
            { "what": "Inventory of the flat", "ours": YOU, "by": "+1d" },
        ] }),
    );
    let all = ["Letter on her heel", "Heel boots", "Inventory of the flat", "weekly call", call];
    let stands = |copy: &str| all.into_iter().filter(|words| copy.contains(words)).collect::<Vec<_>>();
    assert_eq!(stands(&everything(&office, &["case", &raised])), all, "a whole pack has everything");

    // Each has what is theirs to do and where it was agreed: not what the others have to, nor that there is a call as well.
    for (whom, own) in [(surgery, "Letter on her heel"), (nursing, "Heel boots")] {
        for of in [&["case", raised.as_str()][..], &["person", "Theresa Quill"], &["period"]] {
            let copy = everything(&office, &[of, &["--redact", "--for", whom]].concat());
            let kept: Vec<&str> =
                all.into_iter().filter(|words| [own, "weekly call"].contains(words)).collect();
            assert_eq!(stands(&copy), kept, "{of:?} for {whom}");
            assert!(copy.contains(&format!("Lines of 1 entry in which others than {whom}")), "{copy}");
            assert!(!copy.contains("Heel is worse") && !copy.contains("heel worse"), "{copy}");
        }
    }

    // That a case is tied to one that is theirs makes it none of theirs.
    let out = office.run(&["pack", "case", call, "--redact", "--for", surgery, "--as", YOU], "");
    let why = String::from_utf8_lossy(&out.stderr);
    assert_eq!((out.status.code(), out.stdout.len()), (Some(2), 0), "{why}");
    assert!(why.contains("Nothing in it concerns The Elms Surgery"), "{why}");
}

#[test]
fn in_the_list_for_their_own_copy_a_persons_telephone_is_nobody_elses() {
    let office = Office::rung();
    let answers = json!({ "name": "Nora Pike", "location": "Rowan House", "phone": "07700 900144" });
    office.records("people.register", &[], &answers);
    office.records(
        "urgent.call",
        &[],
        &json!({
            "call_back": "07700 900119", "caller": "A carer", "about": "Nora Pike", "awake": "yes",
            "emergency": "not_needed", "risk": "amber", "changed": "Does not answer +44 7700 900144 since noon",
            "advice_sought": "Ring her brother on 01632 960778?", "headline": "no answer",
        }),
    );
    let list = office.at("passages.csv");
    office.says(&["pack", "person", "Nora Pike", "--for-subject", "--out", list.to_str().unwrap()]);
    let text = std::fs::read(&list).unwrap();
    let mut reader = csv::Reader::from_reader(text.strip_prefix("\u{FEFF}".as_bytes()).unwrap());
    let rows: Vec<Vec<String>> =
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    let others = |words: &str| {
        let row =
            rows.iter().find(|row| row[8].contains(words)).unwrap_or_else(|| panic!("{words}: {rows:?}"));
        row[4].contains("names somebody else")
    };
    assert!(!others("07700 900144") && !others("+44 7700 900144 since noon"), "{rows:?}");
    assert!(others("01632 960778") && others("07700 900119"), "{rows:?}");
    // In a copy for another organisation no telephone stands, theirs neither.
    let of = |more: &[&str]| everything(&office, &[&["person", "Nora Pike"], more].concat());
    assert!(of(&[]).contains("900144") && !of(&["--redact"]).contains("900144"));
}

#[test]
fn the_four_sources_stand_side_by_side_with_the_note_and_the_amendment_they_name_and_the_gaps_between() {
    let office = Office::rung();
    let case = office.call.clone();
    let sources =
        || office.json(&["pack", "case", &case, "--format", "json"])["tables"]["sources"][0].clone();
    let said = |row: &Value, of: &str| row[of]["words"].as_str().unwrap().to_owned();
    let before = sources();
    assert!(said(&before, "observed").contains("no visit note is named"), "{before}");
    for of in ["advised", "changed", "checked"] {
        assert_eq!(before[of]["gap"], true, "{of}: {before}");
    }
    office.records(
        "urgent.liaise",
        &["--case", &case],
        &json!({
            "who": "The Elms Surgery", "person": "Dr ZZ", "means": "telephone", "outcome": "spoke",
            "shared": "Heel warm and red", "basis": "expected", "advice": "Turn her every two hours", "read_back": "yes",
        }),
    );
    office.records(
        "urgent.review",
        &["--case", &case],
        &json!({
            "followed": "yes", "care_changed": "yes",
            "care_evidence": { "reference": "Care plan version 8, part 3", "seen_by": YOU },
            "governance": "no", "as_delegate": "no",
        }),
    );
    let after = sources();
    assert!(said(&after, "advised").contains("The Elms Surgery"), "{after}");
    assert!(said(&after, "changed").contains("Care plan version 8, part 3"), "{after}");
    assert!(after["changed"]["entry"].is_u64() && after["checked"]["gap"].is_null(), "{after}");
}

#[test]
fn what_leaves_for_somebody_outside_stands_in_each_case_with_who_to_whom_when_of_what_and_the_fingerprint() {
    let office = Office::rung();
    let case = office.call.clone();
    let told = |case: &str| {
        let shown = office.json(&["show", case, "--json"]);
        let all = shown["chronology"].as_array().unwrap().clone();
        all.into_iter().filter(|entry| entry["kind"] == "act.disclose").collect::<Vec<_>>()
    };
    // For ourselves: a look, and nothing in the case.
    office.json(&["pack", "person", "Quill", "--format", "json"]);
    assert_eq!(told(&case), Vec::<Value>::new());

    let at = office.at("regulator.html");
    let out = ["--for", "Care Quality Commission", "--out", at.to_str().unwrap()];
    office.says(&[&["pack", "person", "Quill"], &out[..]].concat());
    let page = std::fs::read_to_string(&at).unwrap();
    assert!(page.contains("Winifred Quay") && page.contains("07700 900118"), "a regulator's copy is whole");
    let sha = {
        use sha2::{Digest, Sha256};
        let hex = |byte: &u8| format!("{byte:02x}");
        Sha256::digest(page.as_bytes()).iter().map(hex).collect::<String>()
    };
    let record =
        office.json(&["show", "Theresa Quill", "--json"])["record"]["id"].as_str().unwrap().to_owned();
    let [entry] = told(&case).try_into().unwrap();
    let said = entry.to_string();
    for words in ["Care Quality Commission", "person, html, not redacted", &sha, "ADEYEMI"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(entry["recorded"].is_string() || entry["recorded_at"].is_string(), "{said}");
    // It stands in her own record as well, and in every later pack.
    let later = office.json(&["pack", "person", "Quill", "--format", "json"]);
    let of: Vec<&str> = later["cases"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["entries"].to_string().contains(&sha))
        .filter_map(|one| one["case"].as_str())
        .collect();
    assert!(of.len() == 2 && of.contains(&case.as_str()), "{of:?} of {record}");
    assert_eq!(office.run(&["verify"], "").status.code(), Some(0), "the record holds with it");
}

#[test]
fn a_pack_of_a_time_or_of_an_organisation_holds_what_belongs_there_and_says_what_does_not() {
    let office = Office::rung();
    let case = office.call.clone();
    office.hears_of_a_visit();
    let today = office.json(&["pack", "period", "--format", "json"]);
    assert_eq!(today["cases"][0]["case"], case.as_str());
    assert_eq!(today["tables"]["counts"][0]["opened"]["words"], "1");
    let before = office.json(&["pack", "period", "--to", "2020-01-01", "--format", "json"]);
    assert_eq!((&before["cases"], &before["tables"]["counts"]), (&json!([]), &json!([])));
    let person = office.json(&["pack", "person", "Quill", "--format", "json"]);
    let cases: Vec<&str> =
        person["cases"].as_array().unwrap().iter().filter_map(|one| one["case"].as_str()).collect();
    assert!(cases.len() == 2 && cases.contains(&case.as_str()), "the record and the call: {cases:?}");

    // The surgery has its own record; of the call only what it was asked, said and promised.
    let provider = office.json(&["pack", "provider", "The Elms Surgery", "--format", "json"]);
    assert_eq!(provider["cases"].as_array().map(Vec::len), Some(1), "{provider:#}");
    assert_eq!(provider["tables"]["promises"][0]["what"]["words"], "GP visit");
    assert_eq!(provider["tables"]["contacts"][0]["advice"]["words"], "Keep the heel up");
    assert_eq!(
        provider["tables"]["decisions"].as_array().map(Vec::len),
        Some(0),
        "what was decided about her is hers"
    );
    assert!(
        provider["left_out"].to_string().contains("1 cases about somebody else"),
        "{}",
        provider["left_out"]
    );
    assert!(!provider.to_string().contains("Heel is worse"), "nor what her carer saw");

    // Its trail stands in seven classes of record, and where there is nothing that is said.
    let trail = provider["tables"]["trail"].as_array().unwrap();
    let classes: Vec<&str> = trail.iter().filter_map(|row| row["class"]["words"].as_str()).collect();
    let mut once = classes.clone();
    once.dedup();
    let seven = [
        "Due diligence",
        "Contracts",
        "Care planning",
        "Correspondence",
        "Incidents",
        "Review",
        "Decisions to suspend",
    ];
    assert_eq!(
        once.iter().filter(|class| seven.iter().any(|one| class.starts_with(one))).count(),
        7,
        "{once:?}"
    );
    let of = |begins: &str| {
        trail.iter().find(|row| row["class"]["words"].as_str().unwrap().starts_with(begins)).unwrap()
    };
    assert_eq!(of("Contracts")["case"], json!({ "words": "nothing is on record", "gap": true }));
    let rung = of("Correspondence");
    assert_eq!((&rung["case"]["words"], &rung["what"]["words"]), (&json!(case), &json!("")), "{rung}");
    assert!(rung["entry"]["entry"].is_u64(), "{rung}");

    let schema: Value = serde_json::from_str(&office.does(&["pack", "schema"])).unwrap();
    for pack in [&today, &before, &person, &provider] {
        assert!(jsonschema::is_valid(&schema, pack));
    }
}

#[test]
fn a_copy_for_the_organisation_that_a_concern_is_about_has_what_it_was_told_and_nothing_of_who_told_us() {
    let office = Office::rung();
    let case = office.records(
        "concern.concern",
        &[],
        &json!({
            "provider": "The Elms Surgery", "about": "Theresa Quill", "at_risk": { "is": "yes", "why": "Down for tonight again" },
            "done": "Somebody else comes", "what": "Bruise seen on the wrist at 07:40", "kinds": "missed_care",
            "who_says": "Winifred Quay, shift leader",
        }),
    );
    let told = json!({
        "who": "The Elms Surgery", "person": "Dr ZZ", "means": "telephone", "outcome": "spoke",
        "shared": "What was seen and when", "basis": "expected", "said": "Looks into it",
        "asked": [{ "what": "Who was there", "by": "+4h" }],
    });
    office.records("concern.provider", &["--case", &case], &told);
    let ours = ["shift leader", "07:40", "Down for tonight", "Somebody else comes"];
    let whole = everything(&office, &["case", &case]);
    assert!(ours.iter().all(|said| whole.contains(said)), "our own pack has all of it");

    let copy = everything(&office, &["case", &case, "--redact", "--for", "The Elms Surgery"]);
    let betrayed: Vec<&str> = ours.into_iter().filter(|said| copy.contains(said)).collect();
    assert_eq!(betrayed, Vec::<&str>::new(), "{copy}");
    assert!(copy.contains("What was seen and when") && copy.contains("Who was there"), "{copy}");

    // Who rang about somebody is not told to whoever is asked for help either, role included.
    let rang = json!({
        "call_back": "07700 900119", "caller": "Nora Vane, night porter", "about": "Theresa Quill", "awake": "yes",
        "emergency": "not_needed", "risk": "amber", "changed": "Asks for The Elms Surgery",
        "advice_sought": "can somebody look?",
    });
    let call = office.records("urgent.call", &[], &rang);
    let told = json!({
        "who": "The Elms Surgery", "person": "Dr ZZ", "means": "telephone", "outcome": "spoke",
        "shared": "She asks for them", "basis": "expected", "advice": "A visit", "read_back": "yes",
    });
    office.records("urgent.liaise", &["--case", &call], &told);
    let copy = everything(&office, &["case", &call, "--redact", "--for", "The Elms Surgery"]);
    assert!(!copy.contains("night porter") && copy.contains("She asks for them"), "{copy}");
}
