//! The sheets on standard output: the card for the emergency call handler, the SBARD, the guide; as text, as a page, as
//! JSON. What was looked at stands in the access log.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a helper of a test that cannot go on stops the test")]

mod support;

use serde_json::{Value, json};
use support::{Scripted, YOU};

/// An office with one person on record, who was rung about.
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
    fn rung() -> Self {
        let office = Scripted::set_up();
        office.knows_quill(&json!({ "allergies": "Penicillin" }));
        let call = office.records(
            "urgent.call",
            &[],
            &json!({
                "call_back": "07700 900118", "caller": "WQ, carer", "about": "Theresa Quill", "awake": "no",
                "emergency": "by_caller", "changed": "Hard to rouse since tea", "risk": "red",
                "advice_sought": "who stays until the crew comes?",
            }),
        );
        office.records(
            "urgent.decision",
            &["--case", &call],
            &json!({
                "route": "emergency", "rationale": "Cannot be roused", "why_999": "Cannot be roused",
                "view_not_known": "Cannot say", "representative_told": "yes",
            }),
        );
        Self { office, call }
    }

    /// What a command says, as JSON.
    fn json(&self, arguments: &[&str]) -> Value {
        self.office.json(&[arguments, &["--json"]].concat())
    }

    /// How many looks of this kind stand in the access log.
    fn looks(&self, how: &str) -> usize {
        self.json(&["looks", "--how", how]).as_array().unwrap().len()
    }
}

/// What nobody observed but somebody told is no blank in the record.
#[test]
fn the_one_page_of_a_concern_says_what_whoever_raised_it_wrote() {
    let office = Office::rung();
    let what = "Bruise on the left wrist seen at 07:40 by WQ; nobody knows since when";
    let raised = office.records(
        "concern.concern",
        &[],
        &json!({ "provider": { "words": "Larkfold", "id": "new" }, "about": "Theresa Quill", "at_risk": "no", "what": what, "kinds": "missed_care" }),
    );
    let page = office.json(&["page", &raised]).to_string();
    assert!(page.contains("What happened") && page.contains(what), "{page}");
    assert!(!page.contains("Nobody has written down"), "{page}");
    // Of a call it is what was observed, as before.
    let page = office.json(&["page", &office.call]).to_string();
    assert!(page.contains("Hard to rouse since tea"), "{page}");
}

/// Each of these words after the one before it.
fn in_order(text: &str, words: &[&str]) {
    let mut rest = text;
    for word in words {
        let at = rest.find(word).unwrap_or_else(|| panic!("{word:?} in its order:\n{text}"));
        rest = &rest[at + word.len()..];
    }
}

#[test]
fn the_card_reads_in_the_call_handlers_order_from_a_case_or_a_person_and_the_look_is_noted() {
    let office = Office::rung();
    let card = office.says(&["card", &office.call]);
    in_order(&card, &["Breathes", "Rowan House", "07700 900118", "Hard to rouse since tea", "4711"]);
    assert!(card.contains("Penicillin"), "{card}");
    let person = office.says(&["card", "Quill"]);
    assert!(person.contains("4711") && !person.contains("Hard to rouse"), "{person}");
    let sheet = office.json(&["card", &office.call]);
    assert_eq!(sheet["sealed"], true, "{sheet}");
    // How to get in stands nowhere else, and each look at it is on record.
    assert!(!office.says(&["show", &office.call]).contains("4711"));
    assert_eq!(office.looks("sealed"), 3);
    let nobody = office.run(&["card", "U-99", "--as", YOU], "");
    assert_eq!(nobody.status.code(), Some(2), "{}", String::from_utf8_lossy(&nobody.stdout));
}

#[test]
fn the_sbard_is_read_out_in_its_five_parts_as_text_page_and_json() {
    let office = Office::rung();
    let text = office.says(&["sbard", &office.call]);
    let parts = ["Situation", "Background", "Assessment", "Recommendation", "Decision"];
    in_order(&text.to_lowercase(), &parts.map(str::to_lowercase).each_ref().map(String::as_str));
    assert!(text.contains("Hard to rouse since tea") && text.contains("QUILL, Theresa"), "{text}");
    let page = office.says(&["sbard", &office.call, "--html"]);
    assert!(page.starts_with("<!doctype html>") || page.starts_with("<!DOCTYPE html>"), "{page}");
    assert!(page.contains("Hard to rouse since tea") && page.trim_end().ends_with("</html>"), "{page}");
    let sheet = office.json(&["sbard", &office.call]);
    assert_eq!(sheet["parts"].as_array().unwrap().len(), 5, "{sheet}");
    assert_eq!(sheet["sealed"], false);
    assert!(![&text, &page].iter().any(|one| one.contains("4711")), "how to get in stands in none");
    // What is made to be printed is noted as printed.
    assert_eq!(office.looks("print"), 1);
    let of_a_person = office.run(&["sbard", "Quill", "--as", YOU], "");
    assert!(!of_a_person.status.success(), "an SBARD is of a case");
}

#[test]
fn the_guide_is_of_one_pathway_or_of_all_and_says_which_there_are() {
    let office = Office::rung();
    let all = office.says(&["guide"]);
    let urgent = office.says(&["guide", "urgent"]);
    assert!(all.contains("Urgent call") && all.contains("Duty of candour"), "{all}");
    assert!(urgent.contains("Urgent call") && !urgent.contains("Duty of candour"), "{urgent}");
    assert!(all.len() > 5 * urgent.len());
    let page = office.says(&["guide", "urgent", "--html"]);
    assert!(page.contains("<html") && page.contains("Urgent call") && !page.contains("Duty of candour"));
    for page in [page, office.says(&["guide", "--html"]), office.says(&["sbard", &office.call, "--html"])] {
        assert_eq!(scraper::Html::parse_document(&page).errors, Vec::<std::borrow::Cow<'_, str>>::new());
    }
    let sheet = office.json(&["guide", "urgent"]);
    let lines = sheet["parts"].as_array().unwrap().iter();
    assert!(lines.map(|part| part["lines"].as_array().unwrap().len()).sum::<usize>() > 5, "{sheet}");
    // Its matrix is a table: who rings whom within which time, for each risk; and on paper nothing is pressed.
    let matrix = sheet["parts"].as_array().unwrap().iter().find(|part| part["heads"].is_array()).unwrap();
    assert_eq!(matrix["title"], "Escalation matrix: Urgent call");
    let heads: Vec<&str> =
        matrix["heads"].as_array().unwrap().iter().map(|head| head.as_str().unwrap()).collect();
    assert_eq!(heads[..5], ["What, and with whom", "Who", "RED", "AMBER", "GREEN"]);
    let row = matrix["lines"].as_array().unwrap().iter().find(|row| row["label"] == "Ring the GP").unwrap();
    let cells: Vec<&str> =
        row["cells"].as_array().unwrap().iter().map(|cell| cell["words"].as_str().unwrap()).collect();
    assert_eq!(cells[1..6], ["Duty desk", "10 min", "30 min", "2 h", "Decision. Route: GP"]);
    assert!(cells[6].starts_with("Professional liaison record: Organisation"), "{cells:?}");
    assert!(cells[7].contains("again (Duty desk)"), "{cells:?}");
    let page = office.says(&["guide", "urgent", "--html"]);
    assert!(page.contains("<th scope=\"col\">RED</th>") && page.contains("<td colspan=\"3\">24 h</td>"));
    assert!(page.contains("<dt>Decision</dt>") || page.contains(">Decision</dt>"), "no key on paper");
    let unknown = office.run(&["guide", "urgnt", "--as", YOU], "");
    assert_eq!(unknown.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("urgent"), "the nearest is named");
}
