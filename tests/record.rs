//! Every step of the urgent call is recorded once from JSON, with no more than what the refusals ask for, field by field;
//! what a form is filled with from the record is there too.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a helper of a test that cannot go on stops the test")]

mod support;

use std::process::Output;

use dutydesk::pathway::definition::{Field, Kind, Step};
use dutydesk::pathway::edition::Edition;
use serde_json::{Map, Value, json};

const YOU: &str = "Ruth Adeyemi";

/// An office of one: the Registered Manager, who also holds the decision.
struct Office {
    _dir: tempfile::TempDir,
    path: String,
}

impl Office {
    fn set_up() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let office = Self { path: dir.path().join("office").to_str().unwrap().to_owned(), _dir: dir };
        let place = ["--name", "Rowan", "--place", "Rowan House", "--service", "residential"];
        let done = office
            .run(&[&["setup"], &place[..], &["--you", YOU, "--role", "registered_manager"]].concat(), "");
        assert!(done.status.success(), "{}", stderr(&done));
        office
    }

    fn run(&self, arguments: &[&str], input: &str) -> Output {
        support::bare(&[&["--office", self.path.as_str()], arguments].concat(), input)
    }

    /// The number in `show` of what is owed in the case under these rows, or as this step.
    fn owed(&self, case: &str, rows: &str) -> Option<String> {
        let shown = self.run(&["show", case, "--json", "--as", YOU], "");
        let shown: Value = serde_json::from_slice(&shown.stdout).unwrap();
        let owed = shown["owed"].as_array().unwrap();
        let open = |one: &&Value| {
            (one["opened_in"] == rows || one["step"] == rows)
                && ["requested", "accepted", "reported"].iter().any(|is| one["progress"] == *is)
        };
        let at = owed.iter().position(|one| open(&one))?;
        Some((at + 1).to_string())
    }

    /// Records the step, answering what each refusal names until nothing is missing.
    fn record(&self, step: &Step, case: Option<&str>, on: Option<&str>) -> Value {
        let name = format!("urgent.{}", step.id);
        let mut arguments = vec!["record", &name, "--json", "-", "--typed-by", YOU];
        if step.two_people || !step.not_same_as.is_empty() {
            // Where there is one person only, what wants two is done alone, and says why.
            arguments.extend(["--alone", "There is nobody else in this office"]);
        }
        arguments.extend(case.iter().flat_map(|case| ["--case", *case]));
        arguments.extend(on.iter().flat_map(|on| ["--on", *on]));
        // A call may be saved with blanks, so nothing asks for them.
        let asked =
            step.fields.iter().filter(|field| step.incomplete.is_some() && field.required == Some(None));
        let mut answers: Map<String, Value> = asked.map(|field| (field.id.clone(), answer(field))).collect();
        for _ in 0..5 {
            let out = self.run(&arguments, &Value::Object(answers.clone()).to_string());
            if out.status.success() {
                return serde_json::from_slice(&out.stdout).unwrap();
            }
            let says = stderr(&out);
            assert_eq!(out.status.code(), Some(3), "{name}: {says}");
            let named = step.fields.iter().filter(|field| asks(&says, &field.id));
            let before = answers.len();
            answers.extend(named.map(|field| (field.id.clone(), answer(field))));
            if let (Some(rows), Some(case)) = (answers.get_mut("owed").and_then(Value::as_array_mut), case) {
                // Closing asks what becomes of what is owed, which is named by its number in `show`.
                let all =
                    ["liaise.promises", "control.controls", "decision", "liaise", "control", "look_again"];
                rows[0]["what"] = json!(all.into_iter().find_map(|what| self.owed(case, what)));
            }
            assert!(answers.len() > before, "{name} names no further field: {says}");
        }
        panic!("{name} is refused with {answers:?}")
    }
}

/// Whether a refusal names the field, or a cell of its rows.
fn asks(says: &str, field: &str) -> bool {
    let named = |line: &str| line.trim().strip_prefix(field).is_some_and(|rest| rest.starts_with([':', '.']));
    says.lines().any(named)
}

fn stderr(out: &Output) -> String {
    String::from_utf8(out.stderr.clone()).unwrap()
}

/// The least that answers a field.
fn answer(field: &Field) -> Value {
    match &field.kind {
        Kind::Text | Kind::Notes => json!("WQ saw her at the table, awake, at half past four"),
        Kind::Choice(choices) | Kind::Choices(choices) => json!(choices[0].id),
        Kind::YesNo { .. } => json!({ "is": "yes", "why": "seen and said so" }),
        Kind::Date => json!("today"),
        Kind::Time { future: true } | Kind::ByWhen => json!("+2h"),
        Kind::Time { future: false } => json!("now"),
        Kind::Record { register, .. } if register == "staff" => json!(YOU),
        Kind::Record { .. } => json!({ "words": "Elms", "id": "new" }),
        Kind::Rows { columns, .. } => {
            let is_asked = |column: &&Field| {
                column.required.is_some() && !matches!(column.kind, Kind::Record { .. } | Kind::Owed)
            };
            let asked = columns.iter().filter(is_asked);
            let row: Map<String, Value> = asked.map(|column| (column.id.clone(), answer(column))).collect();
            json!([row])
        }
        Kind::Evidence => json!({ "reference": "visit note 12", "seen_by": "WQ" }),
        other => panic!("no step of an urgent call asks for {}", other.name()),
    }
}

#[test]
fn every_step_of_an_urgent_call_is_recorded_from_the_answers_it_asks_for() {
    let office = Office::set_up();
    let edition = Edition::built_in();
    let urgent = &edition.pathways["urgent"];
    let receipt = office.record(urgent.opening().unwrap(), None, None);
    let case = receipt["cases"].as_array().unwrap().iter().find(|case| case["reference"] == "U-1").unwrap();
    let case = case["reference"].as_str().unwrap();
    // What follows a move is recorded by the program, and what it opens only after one.
    let offered = |step: &&Step| step.follows.is_none() && !step.opens;
    let mut recorded = Vec::new();
    for step in urgent.steps.iter().filter(offered) {
        let Some(rows) = step.on.first() else {
            office.record(step, Some(case), None);
            recorded.push(step.id.as_str());
            continue;
        };
        let (opener, field) = rows.split_once('.').unwrap();
        let opener = urgent.step(opener).unwrap();
        if opener.follows.is_some() {
            continue;
        }
        if office.owed(case, rows).is_none() {
            office.opens(opener, field, case);
        }
        let on = office.owed(case, rows).unwrap();
        office.record(step, Some(case), Some(&on));
        recorded.push(step.id.as_str());
    }
    let left = urgent.steps.iter().filter(offered).filter(|step| !recorded.contains(&step.id.as_str()));
    assert_eq!(left.map(|step| step.id.as_str()).collect::<Vec<_>>(), ["corrected"]);
    // Whoever reviews what they decided themselves is marked, in both forms of the case.
    let shown = office.run(&["show", case, "--json", "--as", YOU], "");
    let shown: Value = serde_json::from_slice(&shown.stdout).unwrap();
    let own =
        shown["chronology"].as_array().unwrap().iter().find(|entry| entry["own_decision"] == true).unwrap();
    let text = office.run(&["show", case, "--as", YOU], "");
    let remark = own["remarks"][0].as_str().unwrap();
    assert!(String::from_utf8_lossy(&text.stdout).contains(remark), "{remark}");
    let verified = office.run(&["verify"], "");
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));
}

impl Office {
    /// Opens something owed under the rows of this field, which the step itself may leave blank.
    fn opens(&self, step: &Step, field: &str, case: &str) {
        let mut asked = step.clone();
        for own in asked.fields.iter_mut().filter(|own| own.id == field) {
            own.required = Some(None);
        }
        let name = format!("urgent.{}", step.id);
        let arguments = ["record", &name, "--json", "-", "--typed-by", YOU, "--case", case];
        let answers: Map<String, Value> = asked
            .fields
            .iter()
            .filter(|field| field.required.is_some())
            .map(|field| (field.id.clone(), answer(field)))
            .collect();
        let out = self.run(&arguments, &Value::Object(answers).to_string());
        assert!(out.status.success(), "{name}: {}", stderr(&out));
    }
}

#[test]
fn a_late_promise_goes_on_in_a_delay_that_is_recorded_from_it() {
    let office = Office::set_up();
    let record = |step: &str, more: &[&str], answers: Value| {
        let arguments = [&["record", step, "--json", "-", "--typed-by", YOU], more].concat();
        let out = office.run(&arguments, &answers.to_string());
        assert!(out.status.success(), "{step}: {}", stderr(&out));
    };
    let shown = |case: &str| -> Value {
        let shown = office.run(&["show", case, "--json", "--as", YOU], "");
        serde_json::from_slice(&shown.stdout).unwrap()
    };
    let urgent = &Edition::built_in().pathways["urgent"];
    office.record(urgent.opening().unwrap(), None, None);
    let promises = json!([{ "what": "Hoist assessment", "by": "10 working days" }]);
    record(
        "urgent.liaise",
        &["--case", "U-1"],
        json!({
            "who": { "words": "Mill Lane therapy", "id": "new" }, "person": "Jo Marsh", "means": "telephone", "outcome": "spoke",
            "shared": "Two falls", "basis": "expected", "advice": "Two carers", "read_back": "yes",
            "promises": promises,
        }),
    );
    let on = office.owed("U-1", "liaise.promises").unwrap();
    record(
        "delay.log",
        &["--from", "U-1", "--on", &on],
        json!({
            "kind": "equipment_assessment", "was_due": "now", "impact": "In bed since Monday", "risk": "amber",
            "before": "Out of bed 0 of 4 times a day", "by": "5 working days",
            "controls": [{ "what": "Two carers for every move", "review_by": "+72h" }], "controls_known": "yes",
        }),
    );
    let (before, after) = (shown("U-1"), shown("D-1"));
    let of = |view: &Value, rows: &str| -> Value {
        let owed = view["owed"].as_array().unwrap();
        owed.iter().find(|one| one["opened_in"] == rows).unwrap().clone()
    };
    let goes_on = of(&after, "log.by");
    assert_eq!(of(&before, "liaise.promises")["progress"], "superseded");
    assert_eq!(of(&before, "liaise.promises")["superseded_by"], goes_on["id"]);
    assert_eq!(goes_on["owed_by"], "Mill Lane therapy");
    assert!(goes_on["why"].to_string().contains("Counted: 5 working days from"), "{}", goes_on["why"]);
    // Neither what it means for the person nor what holds meanwhile can be left out.
    let bare =
        json!({ "kind": "other", "was_due": "now", "risk": "amber", "before": "as it was", "by": "none" });
    let arguments = ["record", "delay.log", "--json", "-", "--typed-by", YOU, "--from", "U-1"];
    let refused = office.run(&arguments, &bare.to_string());
    assert_eq!(refused.status.code(), Some(3));
    for field in ["impact", "controls", "no_control"] {
        assert!(asks(&stderr(&refused), field), "{field}: {}", stderr(&refused));
    }
    assert!(office.run(&["verify"], "").status.success());
}

#[test]
fn an_empty_answer_takes_out_what_is_on_record_and_one_that_is_left_out_leaves_it() {
    let office = Office::set_up();
    let record = |step: &str, more: &[&str], answers: Value| {
        let out = office
            .run(&[&["record", step, "--json", "-", "--typed-by", YOU], more].concat(), &answers.to_string());
        assert!(out.status.success(), "{step}: {}", stderr(&out));
    };
    let told = json!([{ "name": "Hannah Marsh", "phone": "07700 900411" }]);
    let first = json!({ "name": "Bea Oakes", "phone": "01632 960777", "room": "2", "representatives": told });
    record("people.register", &[], first);
    let change =
        |key: &str, answers: Value| record("people.change", &["--case", "P-1", "--key", key], answers);
    let shown = || {
        let shown = office.run(&["show", "P-1", "--json", "--as", YOU], "");
        serde_json::from_slice::<Value>(&shown.stdout).unwrap()
    };
    change("a change", json!({ "room": "3" }));
    assert_eq!(shown()["facts"]["record"]["phone"], json!({ "text": "01632 960777" }));
    let empties = json!({ "phone": "", "representatives": [] });
    change("another", empties.clone());
    // Handed in again under its key, it is what is on record.
    change("another", empties);
    let shown = shown();
    let left: Vec<&String> = shown["facts"]["record"].as_object().unwrap().keys().collect();
    assert_eq!(left, ["name", "room"]);
    let last = shown["chronology"].as_array().unwrap().last().unwrap()["answers"].to_string();
    assert!(last.contains("was 01632 960777, now blank"), "{last}");
    assert!(
        last.contains("was Hannah Marsh, 07700 900411, now blank") || last.contains("was Hannah Marsh"),
        "{last}"
    );

    let refused = office.run(
        &["record", "people.change", "--json", "-", "--typed-by", YOU, "--case", "P-1"],
        &json!({ "name": "" }).to_string(),
    );
    assert_eq!(refused.status.code(), Some(3));
    assert!(stderr(&refused).contains("\"Name\" is still blank"), "{}", stderr(&refused));
    assert!(office.run(&["verify"], "").status.success());
}

#[test]
fn a_safeguarding_concern_is_recorded_from_json_on_what_is_owed_and_told_with_its_labels() {
    let office = Office::set_up();
    let record = |step: &str, more: &[&str], answers: Value| {
        let asked = [&["record", step, "--json", "-", "--typed-by", YOU], more].concat();
        let out = office.run(&asked, &answers.to_string());
        assert!(out.status.success(), "{step}: {}", stderr(&out));
    };
    record("people.register", &[], json!({ "name": "Bea Oakes", "location": "Rowan House" }));
    let said = "\"He pulled me up by the arm\"";
    let concern = json!({ "about": "Oakes, Bea", "safe_now": "no", "said": said, "by_whom": "their_worker",
        "risk": "red", "provider": { "words": "Larkfold Staffing", "id": "new" } });
    record("safeguarding.concern", &[], concern);
    let case = ["--case", "SG-1"];
    let safe = json!({ "done": "stays", "how": "WQ stays with her", "safe_now": "yes" });
    record("safeguarding.safe", &case, safe);
    let refer = json!({ "how": "duty_team", "who": { "words": "Emergency duty team", "id": "new" }, "person": "M. Ode",
        "reference": "EDT-4471", "shared": "What she said", "basis": "safety", "said": "We ring on Monday",
        "urgency": "next_day", "by": "+36h" });
    record("safeguarding.refer", &case, refer);
    let on = office.owed("SG-1", "refer.by").unwrap();
    let answered =
        json!({ "decided": "enquiry", "who": "J. Reed", "said": "We make one", "evidence": "Their letter" });
    record("safeguarding.answered", &[&case[..], &["--on", &on]].concat(), answered);
    assert_eq!(office.owed("SG-1", "refer.by"), None);
    let shown = office.run(&["show", "SG-1", "--as", YOU], "");
    let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
    for words in
        ["OAKES, Bea", said, "Local authority told, or why not", "Their reference", "EDT-4471", "N-1"]
    {
        assert!(shown.contains(words), "{words}:\n{shown}");
    }

    // The other two are worked from a script in the same way.
    let home = json!({ "about": "Oakes, Bea", "hospital": { "words": "County", "id": "new" }, "ward": "4",
        "who_decides": "Hub", "expected": "+48h", "changed": "Two to stand" });
    record("discharge.planned", &[], home);
    let ready = json!({ "medicines": "ready", "equipment": "ready", "package": "ready", "plan": "ready" });
    record("discharge.ready", &["--case", "HD-1"], ready);
    let begun = json!({ "about": "Oakes, Bea", "headline": "shouts at noon", "why": "Noise", "view": "\"Too many\"",
        "health": { "is": "yes", "why": "GP in May" }, "review_by": "+700h", "often": "monthly" });
    record("behaviour.start", &[], begun);
    let restricted = json!({ "kind": "physical", "what": "Two held her arms", "why": "Hot trolley", "minutes": "one",
        "in_plan": { "is": "no", "why": "new" }, "hurt": { "is": "no", "why": "looked at" } });
    record("behaviour.restrict", &["--case", "PBS-1"], restricted);
    assert!(office.owed("PBS-1", "debrief").is_some());
    assert!(office.run(&["verify"], "").status.success());
}

#[test]
fn a_review_is_prepared_from_the_record_and_where_each_thing_was_taken_from_is_kept() {
    let office = Office::set_up();
    let record = |step: &str, more: &[&str], answers: Value| {
        let arguments = [&["record", step, "--json", "-", "--typed-by", YOU], more].concat();
        let out = office.run(&arguments, &answers.to_string());
        assert!(out.status.success(), "{step}: {}", stderr(&out));
    };
    record("people.register", &[], json!({ "name": "Bea Oakes", "communication": "Thumb up for yes" }));
    record(
        "urgent.call",
        &[],
        json!({
            "call_back": "01632 960777", "caller": "WQ, carer", "about": "Bea Oakes", "awake": "yes",
            "emergency": "not_needed", "changed": "Fell by the bath", "risk": "amber", "advice_sought": "who looks",
            "headline": "fell by the bath", "triggers": ["fall"],
        }),
    );
    record(
        "review.request",
        &[],
        json!({
            "about": "Bea Oakes", "whose": "ours", "headline": "Falls", "reason": "Two falls", "concerns": "A third",
            "outcomes": "None", "measure": "2 in 14 days", "person_knows": { "is": "yes", "why": "wants it" },
            "professionals": [{ "who": { "words": "Elms", "id": "new" }, "why": "Medicines" }],
        }),
    );
    // Nobody is invited before it is agreed, by whichever door.
    let invite = json!({
        "meets_at": "+48h", "where": "at home", "shared": "purpose and date",
        "invited": [{ "as": "professional", "who": "Elms", "how": "email", "by": "+24h" }],
    });
    let arguments = ["record", "review.invite", "--json", "-", "--typed-by", YOU, "--case", "MR-1"];
    let refused = office.run(&arguments, &invite.to_string());
    assert_eq!(refused.status.code(), Some(3));
    assert!(stderr(&refused).contains("nobody is invited before"), "{}", stderr(&refused));
    record(
        "review.prepare",
        &["--case", "MR-1"],
        json!({
            "views": "Afraid of the bath; says so", "care_plan": [{ "what": "Plan v3", "from": "Plan v3 of May" }],
            "themes": "Both in the bathroom", "medicines": "None in the evening", "summary": "Two falls at the bath",
        }),
    );
    let shown = office.run(&["show", "MR-1", "--as", YOU], "");
    let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
    for said in [
        "Thumb up for yes (P-1, New person",
        "fell by the bath; Fall or long lie",
        "U-1, Urgent communication log",
    ] {
        assert!(shown.contains(said), "{said}:\n{shown}");
    }
    assert!(office.run(&["verify"], "").status.success());
}

#[test]
fn one_case_is_begun_from_another_with_what_is_known_there_and_the_receipt_names_both() {
    let office = Office::set_up();
    let record = |step: &str, more: &[&str], answers: Value| {
        office
            .run(&[&["record", step, "--json", "-", "--typed-by", YOU], more].concat(), &answers.to_string())
    };
    let person = json!({ "name": "Bea Oakes", "location": "Rowan House" });
    assert!(record("people.register", &[], person).status.success());
    let call = json!({ "call_back": "07700 900118", "caller": "WQ, carer", "about": "Oakes, Bea", "risk": "amber",
        "changed": "Skin broken on the heel" });
    let out = record("urgent.call", &[], call);
    assert!(out.status.success(), "{}", stderr(&out));

    // The person, whom the notification is about, is not said again.
    let needed = json!({ "what": "A pressure ulcer of grade 3" });
    let out = record("notification.needed", &["--from", "U-1", "--key", "told"], needed.clone());
    assert!(out.status.success(), "{}", stderr(&out));
    let receipt: Value = serde_json::from_slice(&out.stdout).unwrap();
    let named: Vec<&str> =
        receipt["cases"].as_array().unwrap().iter().map(|case| case["reference"].as_str().unwrap()).collect();
    assert!(named.contains(&"U-1") && named.contains(&"N-1"), "{named:?}");
    let again = record("notification.needed", &["--from", "U-1", "--key", "told"], needed.clone());
    let again: Value = serde_json::from_slice(&again.stdout).unwrap();
    assert_eq!((&again["first"], &again["repeated"]), (&receipt["first"], &json!(true)));
    let shown = office.run(&["show", "N-1", "--as", YOU], "");
    let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
    assert!(shown.contains("OAKES, Bea") && shown.contains("U-1"), "{shown}");

    for (step, more, says) in [
        ("urgent.tell", &["--from", "U-1"][..], "\"urgent.tell\" opens no case"),
        ("notification.needed", &["--from", "U-9"], "U-9"),
        ("notification.needed", &["--from", "U-1", "--case", "U-1"], "cannot be used with"),
        ("notification.needed", &["--from", "U-1", "--on", "9"], "9"),
        ("notification.needed", &["--on", "1"], "--case"),
    ] {
        let out = record(step, more, needed.clone());
        assert!(out.status.code() == Some(2) && stderr(&out).contains(says), "{more:?}: {}", stderr(&out));
    }
    assert!(office.run(&["verify"], "").status.success());
}

#[test]
fn a_concern_is_recorded_from_the_command_line_and_what_was_shared_is_listed() {
    let office = Office::set_up();
    let record = |step: &str, more: &[&str], answers: Value| {
        let out = office
            .run(&[&["record", step, "--json", "-", "--typed-by", YOU], more].concat(), &answers.to_string());
        assert!(out.status.success(), "{step}: {}", stderr(&out));
    };
    record("people.register", &[], json!({ "name": "Bea Oakes", "location": "Rowan House" }));
    let concern = json!({ "provider": { "words": "Larkfold", "id": "new" }, "about": "Oakes, Bea", "at_risk": "no",
        "what": "Nobody came at noon", "kinds": "missed_care" });
    record("concern.concern", &[], concern);
    let told = json!({ "who": "Larkfold", "person": "Ms Hale", "means": "telephone", "outcome": "spoke",
        "shared": "That nobody came at noon", "basis": "expected", "said": "Looks into it",
        "asked": [{ "what": "Why nobody came", "by": "+4h" }] });
    record("concern.provider", &["--case", "PC-1"], told);
    let told = json!({ "told": [{ "whom": "person", "name": "Bea Oakes", "how": "in_person", "when": "now",
        "said": "That we asked them" }] });
    record("concern.told", &["--case", "PC-1"], told);
    assert!(office.owed("PC-1", "provider.asked").is_some(), "their answer has its clock");

    let shares = |more: &[&str]| -> Vec<Value> {
        let out = office.run(&[&["list", "shares", "--json", "--as", YOU], more].concat(), "");
        assert!(out.status.success(), "{}", stderr(&out));
        serde_json::from_slice(&out.stdout).unwrap()
    };
    let all = shares(&[]);
    assert_eq!(all.len(), 2);
    assert_eq!(all[1]["share"]["with"]["words"], "Larkfold");
    assert_eq!(all[1]["share"]["basis"]["id"], "expected");
    assert_eq!((&all[1]["reference"], &all[1]["subject"]["name"]), (&json!("PC-1"), &json!("OAKES, Bea")));
    assert_eq!(shares(&["--with", "larkf"]).len(), 1);
    assert_eq!(shares(&["--person", "Oakes, Bea", "--find", "asked them"]).len(), 1);
    assert!(shares(&["--without-agreement"]).is_empty());
    let shown = office.run(&["list", "shares", "--as", YOU], "");
    let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
    assert!(shown.contains("Larkfold") && shown.contains("The person: Bea Oakes"), "{shown}");
    assert!(office.run(&["verify"], "").status.success());
}

#[test]
fn what_one_organisation_owes_over_all_cases_is_listed_and_handed_over_as_rows() {
    let office = Office::set_up();
    let record = |step: &str, more: &[&str], answers: Value| {
        office
            .run(&[&["record", step, "--json", "-", "--typed-by", YOU], more].concat(), &answers.to_string())
    };
    assert!(
        record("people.register", &[], json!({ "name": "Bea Oakes", "location": "Rowan House" }))
            .status
            .success()
    );
    let council = json!({ "name": "Larkfield Council", "type": "commissioner" });
    assert!(record("organisations.register", &[], council).status.success());
    let mut raised = json!({ "about": "Oakes, Bea", "trigger": "tenancy", "headline": "Notice given", "what": "Notice by letter",
        "light": "amber", "light_why": "Notice", "impact": "Where she lives", "evidence": { "reference": "Letter of 2-Nov" } });
    let out = record("commissioner.raise", &[], raised.clone());
    assert!(
        out.status.code() == Some(3) && stderr(&out).contains("mitigation: \"What we did about it\""),
        "{}",
        stderr(&out)
    );
    raised["mitigation"] = json!("Asked the landlord for time");
    assert!(record("commissioner.raise", &[], raised).status.success());
    let actions = json!({ "agreed_with": "Ken Briar", "actions": [
        { "what": "A tenancy elsewhere", "organisation": "Larkfield Council", "by": "+2h" },
        { "what": "Boxes", "ours": YOU, "by": "+2h" },
    ] });
    let out = record("commissioner.actions", &["--case", "CE-1"], actions);
    assert!(out.status.success(), "{}", stderr(&out));
    let hours = json!({ "controls": [{ "what": "One more", "kind": "extra_staff", "staff": "one", "hours": 2.5, "review_by": "+2h" }] });
    let out = record("commissioner.control", &["--case", "CE-1"], hours);
    assert!(
        out.status.code() == Some(3)
            && stderr(&out).contains("controls.0.hours: \"2.5\" is not a whole number"),
        "{}",
        stderr(&out)
    );

    let list = |more: &[&str]| {
        let out = office.run(&[&["list", "owed", "--as", YOU], more].concat(), "");
        assert!(out.status.success(), "{}", stderr(&out));
        String::from_utf8(out.stdout).unwrap()
    };
    let theirs: Value =
        serde_json::from_str(&list(&["--organisation", "Larkfield Council", "--json"])).unwrap();
    let theirs: Vec<&str> =
        theirs.as_array().unwrap().iter().map(|row| row["commitment"]["what"].as_str().unwrap()).collect();
    assert_eq!(theirs, ["A tenancy elsewhere"]);
    let rows = list(&["--organisation", "larkfield", "--csv"]);
    assert!(rows.starts_with("\u{feff}Due,At,What,Owed by"), "{rows}");
    assert!(
        rows.contains("A tenancy elsewhere,Larkfield Council,\"OAKES, Bea\",CE-1") && !rows.contains("Boxes"),
        "{rows}"
    );
    // That it left the office is noted of whoever it is about.
    let looks = office.run(&["looks", "--as", YOU], "");
    assert!(
        String::from_utf8_lossy(&looks.stdout).contains("OAKES, Bea"),
        "{}",
        String::from_utf8_lossy(&looks.stdout)
    );
    let out = office.run(&["list", "owed", "--as", YOU, "--organisation", "Nobody"], "");
    assert!(out.status.code() == Some(2) && stderr(&out).contains("Nobody"), "{}", stderr(&out));
}

#[test]
fn what_the_screen_asks_about_is_asked_here_too_unless_it_is_meant() {
    let office = Office::set_up();
    let call = json!({
        "call_back": "07700 900118", "caller": "WQ, carer", "awake": "no", "emergency": "by_us",
        "emergency_by": "WQ", "emergency_at": "yesterday 0900", "changed": "Cannot be woken", "risk": "red",
    });
    let said = ["record", "urgent.call", "--json", "-", "--typed-by", YOU];
    let refused = office.run(&said, &call.to_string());
    assert_eq!(refused.status.code(), Some(3), "{}", stderr(&refused));
    assert!(stderr(&refused).contains("emergency_at"), "{}", stderr(&refused));
    assert!(stderr(&refused).contains("--knowing"), "{}", stderr(&refused));

    let meant = office.run(&[&said[..], &["--knowing"]].concat(), &call.to_string());
    assert!(meant.status.success(), "{}", stderr(&meant));

    // Whose number it is already, and an age that nobody reaches.
    let said = ["record", "people.register", "--json", "-", "--typed-by", YOU];
    let one = json!({ "name": "Bernard Oakes", "born": "01-Feb-1950", "nhs_number": "999 000 0026" });
    let taken = office.run(&said, &one.to_string());
    assert!(taken.status.success(), "{}", stderr(&taken));
    for (other, asks) in [
        (json!({ "name": "Sec Ond", "nhs_number": "9990000026" }), "OAKES, Bernard, born 01-Feb-1950"),
        (json!({ "name": "Sec Ond", "born": "01-Jan-1850" }), "older than 115"),
    ] {
        let refused = office.run(&said, &other.to_string());
        assert_eq!(refused.status.code(), Some(3), "{}", stderr(&refused));
        assert!(stderr(&refused).contains(asks), "{}", stderr(&refused));
        assert!(stderr(&refused).contains("--knowing"), "{}", stderr(&refused));
        let meant = office.run(&[&said[..], &["--knowing"]].concat(), &other.to_string());
        assert!(meant.status.success(), "{}", stderr(&meant));
    }

    // Whoever is made on the spot in a call, by their number, or by name and birthday.
    let said = ["record", "urgent.call", "--json", "-", "--typed-by", YOU];
    let about = |words: &str| {
        let about = json!({ "words": words, "id": "new" });
        json!({ "call_back": "07700 900118", "caller": "WQ, carer", "about": about, "awake": "yes", "risk": "amber" })
    };
    for words in ["Oakes Bernard 1.2.1950", "Third One 999 000 0026"] {
        let refused = office.run(&said, &about(words).to_string());
        assert_eq!(refused.status.code(), Some(3), "{}", stderr(&refused));
        assert!(stderr(&refused).contains("a second record of OAKES, Bernard"), "{}", stderr(&refused));
    }
    let meant =
        office.run(&[&said[..], &["--knowing"]].concat(), &about("Oakes Bernard 1.2.1950").to_string());
    assert!(meant.status.success(), "{}", stderr(&meant));
    let other = office.run(&said, &about("Oakes Bernard 2.2.1950").to_string());
    assert!(other.status.success(), "{}", stderr(&other));
}

#[test]
fn what_says_nothing_is_asked_about_or_refused_and_what_an_answer_has_not_is_named() {
    let office = Office::set_up();
    let said = |step: &str, more: &[&str], answers: &Value| {
        let fixed = ["record", step, "--json", "-", "--typed-by", YOU];
        office.run(&[&fixed, more].concat(), &answers.to_string())
    };
    // Nothing at all: asked about where a form may be left incomplete.
    let blank = json!({});
    for step in ["urgent.call", "safeguarding.concern"] {
        let refused = said(step, &[], &blank);
        assert_eq!(refused.status.code(), Some(3), "{step}: {}", stderr(&refused));
        assert!(stderr(&refused).contains("Nothing was answered here yet"), "{}", stderr(&refused));
        assert!(said(step, &["--knowing"], &blank).status.success(), "{step}");
    }
    // A change that changes nothing is none.
    let person = said("people.register", &[], &json!({ "name": "Theresa Quill" }));
    assert!(person.status.success(), "{}", stderr(&person));
    let person: Value = serde_json::from_slice(&person.stdout).expect("a receipt");
    let record = person["cases"][0]["id"].as_str().expect("her record").to_owned();
    let refused = said("people.change", &["--case", &record, "--knowing"], &blank);
    assert_eq!(refused.status.code(), Some(3), "{}", stderr(&refused));
    assert!(stderr(&refused).contains("Nothing was changed here"), "{}", stderr(&refused));

    let call = json!({ "call_back": "07700 900118", "caller": "WQ, carer", "awake": "yes", "risk": "amber" });
    assert!(said("urgent.call", &["--key", "a-call-of-today"], &call).status.success());
    let news2 = json!({ "scale": "one", "news2": { "given": "5", "pulse": "900" } });
    let refused = said("urgent.observations", &["--case", "U-2"], &news2);
    assert!(stderr(&refused).contains("news2.given: \"NEWS2\" has no such part"), "{}", stderr(&refused));
    let news2 = json!({ "scale": "one", "news2": { "pulse": "900" } });
    let refused = said("urgent.observations", &["--case", "U-2"], &news2);
    assert_eq!(refused.status.code(), Some(3), "{}", stderr(&refused));
    assert!(stderr(&refused).contains("can hardly be 900"), "{}", stderr(&refused));
    assert!(!stderr(&refused).contains(".."), "{}", stderr(&refused));
    assert!(said("urgent.observations", &["--case", "U-2", "--knowing"], &news2).status.success());

    // How a time that nobody gave is handed in stands in what is refused.
    let promised = json!({ "who": { "words": "Dr ZZ", "id": "new" }, "means": "telephone", "outcome": "spoke", "promises": [{ "what": "Visit", "by": "none, on leave" }] });
    let refused = said("urgent.liaise", &["--case", "U-2"], &promised);
    let accepted = r#"{"is": "none", "why": "..."}"#;
    assert!(stderr(&refused).contains(accepted), "{}", stderr(&refused));
}

#[test]
fn what_is_still_owed_where_a_call_is_closed_is_named_by_number_and_id() {
    let office = Office::set_up();
    let person = json!({ "name": "Theresa Quill" });
    let said = ["record", "people.register", "--json", "-", "--typed-by", YOU];
    assert!(office.run(&said, &person.to_string()).status.success());
    let call = json!({
        "call_back": "07700 900118", "caller": "WQ, carer", "about": "Quill", "awake": "yes",
        "emergency": "not_needed", "changed": "Hot and shivering", "risk": "amber", "advice_sought": "What to do",
    });
    let said = ["record", "urgent.call", "--json", "-", "--typed-by", YOU];
    assert!(office.run(&said, &call.to_string()).status.success());
    let decided = json!({
        "route": "gp", "why_999": "Awake", "rationale": "Warm, drinking", "view_not_known": "Asleep",
        "representative_told": { "is": "no", "why": "It is late" },
    });
    let said = ["record", "urgent.decision", "--case", "U-1", "--json", "-", "--typed-by", YOU];
    let out = office.run(&said, &decided.to_string());
    assert!(out.status.success(), "{}", stderr(&out));

    let said = ["record", "urgent.close", "--case", "U-1", "--json", "-", "--typed-by", YOU];
    let mut close = json!({ "ended": "better", "outcome": "Drinking and cool to the touch at the round" });
    let refused = office.run(&said, &close.to_string());
    assert_eq!(refused.status.code(), Some(3), "{}", stderr(&refused));
    let says = stderr(&refused);
    let line = says.lines().find(|line| line.contains("Ring the GP")).unwrap_or_else(|| panic!("{says}"));
    // The number that stands there, and the id, both name it.
    let number = line.split_whitespace().next().expect("a number");
    let id = line.split_once('(').and_then(|(_, id)| id.split_once(')')).expect("an id").0;
    for what in [number, id] {
        close["owed"] = json!([{ "what": what, "becomes": "keep" }]);
        let says = stderr(&office.run(&said, &close.to_string()));
        assert!(says.contains("owed.0.why") && !says.contains("owed.0.what"), "{says}");
    }
    close["owed"] = json!([{ "what": id, "becomes": "keep", "why": "The surgery opens at eight" }]);
    let out = office.run(&said, &close.to_string());
    assert!(out.status.success(), "{}", stderr(&out));
}
