//! A case on screen: steps from the definitions with their reasons, corrections, deciding by telephone.

use chrono::TimeDelta;
use uuid::Uuid;

use super::{Desk, answers, case, evening, person};
use crate::app::msg::{Effect, Msg};
use crate::app::{App, Layer, Load, Notice};
use crate::domain::act::Act;
use crate::domain::answer::{Answer, Answers, Named, When};
use crate::domain::entry::{Entry, Method, NewSaid, Said, StepSaid, Who};
use crate::domain::ids::{CaseId, EntryId, Hash32};
use crate::domain::views::{CaseView, Told};
use crate::domain::words::app as words;
use crate::form::typed::part;
use crate::pathway::definition::Means;
use crate::pathway::fold::{Folding, refold};

/// A call half an hour ago, with its risk and little else.
fn entry(app: &App) -> Entry {
    let answers = Answers::from([
        ("caller".to_owned(), Answer::Text("WQ".into())),
        ("call_back".to_owned(), Answer::Text("07700 900118".into())),
        ("about".to_owned(), Answer::Named(Named { id: Some(case(1)), words: "QUILL, Theresa".into() })),
        ("risk".to_owned(), Answer::Choice("red".into())),
    ]);
    let at = evening() - TimeDelta::minutes(30);
    Entry {
        seq: 5,
        id: EntryId(Uuid::from_u128(500)),
        case: None,
        subject: Some(case(1)),
        occurred: When::exact(at),
        reported_at: None,
        recorded_at: at,
        offset_minutes: 0,
        who: Who { by: Some(case(90)), typed_by: Some(case(90)), method: Method::Asserted },
        said: Said::Step(StepSaid {
            pathway: "urgent".into(),
            step: "call".into(),
            edition: app.editions.current().id,
            on: None,
            answers,
            why_late: None,
            cleared: Default::default(),
        }),
        register: Default::default(),
        leave: Default::default(),
        hash: Hash32([0; 32]),
    }
}

fn view(app: &App) -> CaseView {
    let entry = entry(app);
    let folding = Folding { editions: &app.editions, zone: &app.zone };
    let state = refold(std::slice::from_ref(&entry), folding).expect("a case");
    let told = Told {
        occurred: entry.occurred,
        answers: None,
        amendments: Vec::new(),
        recorded_under: None,
        place_under: None,
        own_decision: false,
        missing: Vec::new(),
        late_entry: false,
        to_confirm: false,
        unsighted: false,
        unsigned: false,
        signed_by: None,
        source: None,
        second: None,
        taken_over: Vec::new(),
        entry,
    };
    CaseView {
        said_of: String::new(),
        signs: Vec::new(),
        merged: None,
        past: Vec::new(),
        elsewhere: Vec::new(),
        duplicates: Vec::new(),
        reference: "U-5".into(),
        state,
        subject: Some(person(1, "QUILL, Theresa", "QUILL, T.", "flat 4")),
        chronology: vec![told],
        owes: Vec::new(),
        about: Vec::new(),
        own: Vec::new(),
        relying: Vec::new(),
        others: Vec::new(),
        names: Default::default(),
    }
}

/// The case on screen, read.
fn opened() -> Desk {
    let mut desk = Desk::new().signed_in();
    let id = CaseId(Uuid::from_u128(500));
    let mut out = Vec::new();
    desk.app.open_case(id, None, &mut out);
    read(&mut desk);
    desk
}

fn read(desk: &mut Desk) {
    let Layer::Case(layer) = desk.app.top() else { panic!("a case") };
    let (request, view) = (layer.request, view(&desk.app));
    desk.tell(Msg::CaseRead(request, Ok(view)));
}

#[test]
fn steps_come_from_the_definitions_with_key_verb_and_reason() {
    let desk = opened();
    let offered = desk.app.offered();
    let decide = offered.iter().find(|step| step.key == Some('d')).expect("decide");
    assert!(!decide.verb.is_empty());
    assert!(offered.iter().any(|step| step.blocked.as_ref().is_some_and(|why| !why.0.is_empty())));
}

#[test]
fn the_help_of_a_case_names_its_steps() {
    let mut desk = opened();
    desk.keys("?");
    let Layer::Help(help) = desk.app.top() else { panic!("help") };
    assert!(desk.app.help(help.of).iter().any(|hint| hint.keys == ["d"]));
}

#[test]
fn a_step_that_cannot_be_begun_says_why_and_opens_nothing() {
    let mut desk = opened();
    let offered = desk.app.offered();
    let blocked = offered.iter().find(|step| step.blocked.is_some() && step.key == Some('h')).expect("chase");
    let why = blocked.blocked.clone().expect("a reason");
    desk.keys("h");
    let Some(Notice::Says(says)) = &desk.app.notice else { panic!("it should say why") };
    assert!(says.contains(&why.0) && says.contains(&blocked.title), "{says}");
    assert!(matches!(desk.app.top(), Layer::Case(_)));
}

#[test]
fn a_stale_reading_of_a_case_is_dropped() {
    let mut desk = Desk::new();
    let mut out = Vec::new();
    desk.app.open_case(CaseId(Uuid::from_u128(500)), None, &mut out);
    let view = view(&desk.app);
    desk.tell(Msg::CaseRead(crate::app::Request(0), Ok(view)));
    let Layer::Case(layer) = desk.app.top() else { panic!("a case") };
    assert_eq!(layer.view, Load::Loading);
}

#[test]
fn a_decision_typed_for_the_decider_is_theirs_and_typed_by_whoever_sits_here() {
    let mut desk = opened();
    desk.keys("nd");
    let form = desk.form().form.clone();
    assert_eq!(form.draft.case, Some(CaseId(Uuid::from_u128(500))));
    assert_eq!(form.draft.seen, Some(5));
    let by = form.step.meaning(Means::DecidedBy).expect("who decided").id.clone();
    let mut form = form;
    form.pick(&by, "A. OKAFOR", Some(case(91)));
    assert_ne!(form.draft.text[&part(&by, "id")], "");
    let with = crate::form::Recording {
        reading: desk.app.reading(),
        who: desk.app.who(),
        edition: desk.app.editions.current(),
        why_late: None,
    };
    let batch = form.batch(with);
    let last = batch.entries.last().expect("the decision");
    assert_eq!(last.who.by, Some(case(91)));
    assert_eq!(last.who.typed_by, Some(case(90)));
    assert_eq!(batch.seen, [(CaseId(Uuid::from_u128(500)), 5)]);
    assert!(answers(&batch).contains_key(&by));
}

#[test]
fn a_correction_holds_what_was_there_and_asks_why() {
    let mut desk = opened();
    let roles = &mut desk.app.you.as_mut().expect("somebody").viewer.roles;
    roles.push(("registered_manager".to_owned(), None));
    desk.keys("m");
    assert_eq!(desk.text("caller"), "WQ");
    desk.keys("<esc>");
    assert!(desk.effects.iter().any(|effect| matches!(effect, Effect::ClearDraft(_))), "nothing was changed");

    desk.keys("m");
    let mut form = desk.form().form.clone();
    form.set_text("caller", "W. QUARTEY");
    form.set_text(crate::form::REASON, "misheard");
    let with = crate::form::Recording {
        reading: desk.app.reading(),
        who: desk.app.who(),
        edition: desk.app.editions.current(),
        why_late: None,
    };
    let batch = form.batch(with);
    let NewSaid::Act(Act::Amend { entry, answers, reason, .. }) = &batch.entries[0].what else {
        panic!("an amendment")
    };
    assert_eq!(*entry, EntryId(Uuid::from_u128(500)));
    assert_eq!(answers["caller"], Answer::Text("W. QUARTEY".into()));
    assert_eq!(answers["risk"], Answer::Choice("red".into()));
    assert_eq!(reason, "misheard");
}

#[test]
fn four_sources_and_what_is_missing_stand_beside_the_chronology() {
    let desk = opened();
    let Layer::Case(layer) = desk.app.top() else { panic!("a case") };
    assert_eq!(layer.sources(desk.app.zone).map(|sources| sources.len()), Some(4));
    let (missing, required) = layer.missing(&desk.app.editions);
    assert!(missing <= required);
}

#[test]
fn a_form_says_whom_it_is_about_and_one_left_unfinished_is_offered_before_another_is_begun() {
    let mut desk = opened();
    desk.keys("l");
    let face = desk.app.face(desk.form());
    assert_eq!(face.about, "QUILL, Theresa · U-5");
    let first = desk.form().form.draft.id;
    desk.keys("<tab>Dr ZZ<esc>");
    assert!(matches!(desk.app.top(), Layer::Case(_)));

    desk.keys("l");
    let Layer::Choice(choice) = desk.app.top() else { panic!("it should ask") };
    assert_eq!(choice.items.len(), 2);
    desk.keys("1");
    assert!(desk.effects.iter().any(|effect| matches!(effect, Effect::TakeDraft(_, id) if *id == first)));

    desk.keys("l2");
    assert_ne!(desk.form().form.draft.id, first);
    assert!(desk.form().form.is_blank());
}

#[test]
fn saving_goes_to_the_first_line_that_is_missing() {
    let mut desk = opened();
    desk.keys("l<tab><tab><tab><ctrl-s>");
    let slots = desk.form().form.slots(desk.app.reading());
    assert_eq!(Some(&desk.form().form.focus), slots.first().map(|slot| &slot.path));
}

#[test]
fn what_whoever_holds_the_decision_may_do_says_who_that_is() {
    let mut desk = opened();
    desk.app.you.as_mut().expect("somebody").viewer.own.clear();
    desk.keys("d");
    let Some(Notice::Says(says)) = &desk.app.notice else { panic!("it should say why") };
    assert!(says.contains("nobody is now"), "{says}");
}

#[test]
fn all_parts_of_a_case_are_reached_with_tab() {
    let mut desk = opened();
    let mut parts = Vec::new();
    for _ in 0..4 {
        let Layer::Case(layer) = desk.app.top() else { panic!("a case") };
        parts.push(layer.part);
        desk.keys("<tab>");
    }
    use crate::app::Part::{Chronology, Owed, Sources};
    assert_eq!(parts, [Owed, Chronology, Sources, Owed], "what is owed has the keys first");
}

#[test]
fn what_is_owed_is_opened_by_the_step_that_settles_it() {
    let mut desk = opened();
    let Layer::Case(layer) = desk.app.top() else { panic!("a case") };
    let owed = layer.owed.clone().expect("what is owed is selected as soon as the case was read");
    let step = layer.commitments().into_iter().find(|one| one.id == owed).and_then(|one| one.step.clone());
    desk.keys("<enter>");
    match (desk.app.top(), step) {
        (Layer::Form(form), Some(step)) => assert_eq!(form.form.step.id, step),
        (Layer::Choice(choice), None) => assert!(!choice.items.is_empty()),
        (other, step) => panic!("{step:?} opened {other:?}"),
    }
}

#[test]
fn another_person_is_offered_where_a_form_asks_whom_it_is_about_and_nowhere_else() {
    let mut desk = opened();
    desk.keys("t");
    let offered = |desk: &Desk| desk.app.footer().any(|hint| hint.title == words::SIBLING[1]);
    assert!(!offered(&desk), "who was told is about the case that it stands in");
    desk.keys("<f2>");
    assert!(offered(&desk), "a call can be about several");
}

#[test]
fn words_typed_where_a_line_is_opened_open_nothing() {
    let mut desk = opened();
    desk.keys("t");
    while desk.form().form.focus != "told.+" {
        desk.keys("<tab>");
    }
    desk.keys("She ");
    assert_eq!(desk.form().form.focus, "told.+");
    assert!(!desk.form().form.draft.text.contains_key("told.1.whom"));
}

/// The dashboard with a call on it: what is pressed there opens its case, which is not read yet.
fn pressed_on_the_dashboard(keys: &str) -> Desk {
    let mut desk = Desk::new().signed_in();
    desk.board(vec![super::lists::call(500, 30, 1)]).keys(keys);
    desk
}

#[test]
fn what_is_typed_while_a_case_is_read_counts_once_it_is_there() {
    let mut desk = pressed_on_the_dashboard("lDr Cole");
    read(&mut desk);
    let Layer::Picker(picker) = desk.app.top() else { panic!("it asks with whom") };
    assert_eq!(picker.query.text(), "Dr Cole", "no letter of it became a command");

    let mut desk = pressed_on_the_dashboard("+4");
    read(&mut desk);
    assert_eq!(desk.form().form.pathway.id, "delay");

    let mut desk = pressed_on_the_dashboard("<enter>l");
    read(&mut desk);
    assert_eq!(desk.form().form.step.id, "liaise");
}

#[test]
fn what_steps_back_or_takes_a_call_waits_for_no_disk() {
    let mut desk = pressed_on_the_dashboard("ld<esc>");
    assert!(matches!(desk.app.top(), Layer::Board(_)));
    desk.keys("<enter><f2>");
    assert_eq!(desk.form().form.step.id, "call");
    let desk = pressed_on_the_dashboard("<enter>c");
    assert_eq!(desk.form().form.step.id, "call");
}

#[test]
fn what_was_typed_for_a_case_that_cannot_be_read_becomes_no_command() {
    let mut desk = pressed_on_the_dashboard("lc");
    let Layer::Case(layer) = desk.app.top() else { panic!("its case is being read") };
    assert_eq!(layer.view, Load::Loading);
    let request = layer.request;
    desk.tell(Msg::CaseRead(request, Err(crate::app::msg::Unread::Failed("the disk".into()))));
    assert!(matches!(desk.app.top(), Layer::Case(_)));
    assert!(matches!(desk.app.notice, Some(Notice::Failed(_))));
}

#[test]
fn what_goes_on_from_elsewhere_is_shown_as_chosen_whatever_its_words() {
    let mut desk = Desk::new();
    desk.keys("c");
    let Layer::Form(layer) = desk.app.top_mut() else { panic!("a form should be on top") };
    layer.form.set_text("carries_on", "Visit, and bloods, by 19:00");
    assert!(layer.form.has_chosen("carries_on", "Visit, and bloods, by 19:00"));
    assert!(!layer.form.has_chosen("carries_on", "by 18:00"));
    layer.form.set_text("others_called", "police, fire");
    assert!(layer.form.has_chosen("others_called", "fire"));
}
