//! What a form is filled with from the record of whom a case is about, and from their other cases.

use super::*;
use crate::domain::views::Past;

/// A pathway whose form asks for it, as an office's definitions may have it.
const ROUND: &str = r#"
id = "round"
title = "Round"
subject = "people"
reference = "Z"

[[step]]
id = "begin"
title = "Begin"
roles = ["anyone"]
opens = true
field = [{ id = "about", label = "About", kind = "person", means = "subject", required = true }]

[[step]]
id = "prepare"
title = "Prepare"
roles = ["anyone"]
repeat = true
field = [
    { id = "signs", label = "Signs", kind = "notes", prefill = { record = ["communication", "alert"] } },
    { id = "earlier", label = "Earlier", kind = "notes", prefill = { history = ["headline", "observation"] } },
]

[[step]]
id = "close"
title = "Close"
roles = ["registered_manager"]
closes = true
"#;

/// A step that keeps a call to the manager.
const KEEP: &str = r#"
[[step]]
id = "keep"
title = "Kept to a few"
roles = ["registered_manager"]
field = [{ id = "kept", label = "Kept to a few", kind = "yes_no", means = "restricted" }]
"#;

impl Office {
    fn with_rounds() -> Self {
        let mut office = Self::new();
        let mut files = Edition::built_in_files();
        files.insert("pathways/round.toml".to_owned(), ROUND.to_owned());
        files.entry("pathways/urgent.toml".to_owned()).and_modify(|text| text.push_str(KEEP));
        office.store.adopt(&office.viewer(), files, now()).unwrap().unwrap();
        office
    }

    fn says(&mut self, kind: &str, case: Option<CaseId>, given: Answers) -> CaseId {
        let id = self.id();
        let entry = step(id, Some(self.manager), kind, case, given);
        self.store.append(&self.viewer(), one(entry), now()).unwrap();
        case.unwrap_or(CaseId::from(id))
    }

    fn call_that(&mut self, headline: &str) -> CaseId {
        let id = self.id();
        let mut call = self.call(id);
        if let NewSaid::Step { answers, .. } = &mut call.what {
            answers.insert("headline".to_owned(), text(headline));
        }
        self.store.append(&self.viewer(), one(call), now()).unwrap();
        CaseId::from(id)
    }

    fn past_of(&self, viewer: &Viewer, case: CaseId) -> Vec<Past> {
        self.store.case(viewer, case, now()).unwrap().past
    }
}

fn told(past: &[Past]) -> Vec<(bool, &str)> {
    let of = |one: &Past| one.of_record;
    past.iter().flat_map(|one| one.answers.iter().map(move |said| (of(one), said.words.as_str()))).collect()
}

#[test]
fn a_form_is_filled_from_the_record_as_it_stands_and_from_other_cases_the_newest_first() {
    let mut office = Office::with_rounds();
    let person = named(office.person, "QUILL, Theresa");
    let name = || ("name", text("Theresa Quill"));
    let signs = |words| ("communication", text(words));
    office.says("people.change", Some(office.person), answers([name(), signs("Squeezes a hand")]));
    let sealed = ("get_in", text("Key safe 4711"));
    let said = answers([name(), signs("Thumb up for yes"), ("allergies", text("Latex")), sealed]);
    office.says("people.change", Some(office.person), said);
    office.call_that("fell in the bath");
    office.call_that("hard to rouse");
    let round = office.says("round.begin", None, answers([("about", person)]));
    let past = office.past_of(&office.viewer(), round);
    assert_eq!(
        told(&past),
        [(true, "Latex"), (true, "Thumb up for yes"), (false, "hard to rouse"), (false, "fell in the bath"),]
    );
    let head = office.store.head().unwrap();
    assert!(past[1].source.starts_with("U-2, Urgent communication log, "), "{}", past[1].source);
    assert!(past[1].source.ends_with(&format!(", entry {}", head - 1)), "{}", past[1].source);
    // Nothing is read where no form asks for it.
    let call = office.call_that("fell again");
    assert_eq!(office.past_of(&office.viewer(), call), []);
    office.whole();
}

#[test]
fn a_correction_stands_in_what_is_offered_and_a_case_that_is_kept_to_a_few_does_not() {
    let mut office = Office::with_rounds();
    let roles = Answer::Choices(vec!["duty_manager".to_owned()]);
    let other = office.register("staff", [("name", text("Nia Frost")), ("roles", roles)]);
    let person = named(office.person, "QUILL, Theresa");
    let call = office.call_that("fell in the bath");
    let entry = EntryId(call.0);
    let NewSaid::Step { mut answers, .. } = office.call(entry).what else { panic!("a call") };
    answers.insert("headline".to_owned(), text("slid off the chair"));
    let act = Act::Amend { entry, answers, occurred: None, reason: "said otherwise".to_owned() };
    let id = office.id();
    let who = Who { by: Some(office.manager), typed_by: Some(office.manager), method: Method::Asserted };
    let amends = NewEntry::of_act(id, Some(call), who, act, now());
    office.store.append(&office.viewer(), one(amends), now()).unwrap();
    let round = office.says("round.begin", None, super::answers([("about", person)]));
    let other = office.store.viewer_for(Some(other), now()).unwrap();
    assert_eq!(told(&office.past_of(&other, round)), [(false, "slid off the chair")]);
    let yes = Answer::YesNo { is: YesNo::Yes, why: String::new() };
    office.says("urgent.keep", Some(call), super::answers([("kept", yes)]));
    assert_eq!(told(&office.past_of(&other, round)), []);
    assert_eq!(told(&office.past_of(&office.viewer(), round)), [(false, "slid off the chair")]);
}
