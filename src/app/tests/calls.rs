//! Calls: few keys, two at once, several people, nothing lost.

use super::{Desk, answers, case, parse};
use crate::app::msg::{Effect, Msg, Refusal};
use crate::app::{Layer, Notice};
use crate::domain::act::Act;
use crate::domain::answer::{Answer, Named};
use crate::domain::entry::NewSaid;
use crate::domain::ids::{CaseId, EntryId};

/// A whole call for a person who is known. Words typed stand in braces, so that the other keys can be counted.
const WHOLE_CALL: &str = "c{07700 900118}<tab>{WQ, carer}<tab>{qui}<enter>yn{Only opens her eyes when I shout}<tab>r{who stays with her}<ctrl-s>";

#[test]
fn a_call_for_a_known_person_costs_at_most_twelve_keys_beyond_the_words() {
    let mut words = false;
    let mut beyond = String::new();
    for c in WHOLE_CALL.chars() {
        match c {
            '{' => words = true,
            '}' => words = false,
            c if !words => beyond.push(c),
            _ => {}
        }
    }
    let count = parse(&beyond).len();
    assert!(count <= 12, "{count} keys: {beyond}");

    let mut desk = Desk::new().signed_in();
    desk.keys(&WHOLE_CALL.replace(['{', '}'], ""));
    let batch = desk.appended();
    assert_eq!(batch.entries.len(), 1);
    assert_eq!(batch.entries[0].subject, Some(case(1)));
    let said = answers(batch);
    assert_eq!(said["risk"], Answer::Choice("red".into()));
    assert_eq!(said["awake"], Answer::Choice("yes".into()));
    assert_eq!(said["about"], Answer::Named(Named { id: Some(case(1)), words: "QUILL, Theresa".into() }));
    assert_eq!(
        said["place"],
        Answer::Named(Named { id: Some(case(70)), words: "Rowan House".into() }),
        "where she lives came with her"
    );
}

#[test]
fn the_receipt_takes_the_form_away_and_says_since_when_it_is_in_the_record() {
    let mut desk = Desk::new().signed_in();
    desk.keys(&WHOLE_CALL.replace(['{', '}'], ""));
    assert!(desk.form().bar.is_some());
    desk.keys("<ctrl-s>");
    assert_eq!(desk.appends().len(), 1, "saving twice asks once");
    desk.written();
    assert!(matches!(desk.app.top(), Layer::Board(_)));
    assert!(matches!(&desk.app.notice, Some(Notice::Recorded { references, .. }) if references == &["U-7"]));
}

#[test]
fn a_call_with_blanks_is_saved_as_incomplete() {
    let mut desk = Desk::new();
    desk.keys("c07700 900118<tab>WQ<ctrl-s>");
    let said = answers(desk.appended());
    assert!(said.contains_key("caller") && !said.contains_key("risk"));
    assert!(desk.form().bar.is_some());
}

#[test]
fn a_second_call_while_the_first_is_half_typed_leaves_it_untouched() {
    let mut desk = Desk::new().signed_in();
    desk.keys("c07700 900118<tab>WQ, car<f2>07700 900222<tab>family");
    assert_eq!(desk.text("call_back"), "07700 900222");
    assert_eq!(desk.text("caller"), "family");
    desk.keys("<esc>");
    assert_eq!(desk.text("caller"), "WQ, car");
    desk.keys("er");
    assert_eq!(desk.text("caller"), "WQ, carer");
}

#[test]
fn a_call_can_be_opened_from_the_middle_of_a_search() {
    let mut desk = Desk::new().signed_in();
    desk.keys("c<tab><tab>oak<f2>07700");
    assert_eq!(desk.text("call_back"), "07700");
    desk.keys("<esc><esc>");
    assert_eq!(desk.text("about"), "oak", "what was typed into the search stands in the form");
}

#[test]
fn esc_keeps_what_was_typed_and_a_blank_form_leaves_no_trace() {
    let mut desk = Desk::new();
    desk.keys("c0770<esc>");
    let draft = desk.kept().expect("kept").clone();
    assert_eq!(draft.text["call_back"], "0770");
    assert_eq!(draft.call_back, "0770", "others may see the number to ring back");
    assert!(desk.effects.contains(&Effect::ReleaseDraft(draft.id)));

    let mut desk = Desk::new();
    desk.keys("c<esc>");
    assert!(desk.effects.iter().any(|effect| matches!(effect, Effect::ClearDraft(_))));
}

#[test]
fn kept_is_said_only_by_the_store() {
    let mut desk = Desk::new();
    desk.keys("c0770");
    assert!(desk.form().unkept);
    assert_eq!(desk.form().kept_at, None);
    let draft = desk.form().form.draft.id;
    let (at, text) = (desk.app.now, desk.form().form.draft.text.clone());
    desk.keys("0");
    desk.tell(Msg::DraftKept { draft, text, at });
    assert_eq!(desk.form().kept_at, Some(at));
    assert!(desk.form().unkept, "one more key was pressed meanwhile");
    let text = desk.form().form.draft.text.clone();
    desk.tell(Msg::DraftKept { draft, text, at });
    assert!(!desk.form().unkept);
}

#[test]
fn hanging_up_keeps_every_open_form_durably() {
    let mut desk = Desk::new();
    desk.keys("c0770<f2>0800");
    desk.effects.clear();
    desk.tell(Msg::HungUp);
    let durable =
        desk.effects.iter().filter(|effect| matches!(effect, Effect::KeepDraft { durable: true, .. }));
    assert_eq!(durable.count(), 2);
}

#[test]
fn a_person_who_is_not_known_is_made_on_the_spot_under_an_id_that_follows_from_the_draft() {
    let mut desk = Desk::new().signed_in();
    desk.keys("c07700 900118<tab>WQ<tab>Nash Olive<enter>");
    desk.keys("<ctrl-s>");
    let batch = desk.appended();
    assert_eq!(batch.entries.len(), 2);
    let (record, call) = (&batch.entries[0], &batch.entries[1]);
    assert_eq!(record.id, call.id.derived("about"));
    assert_eq!(call.subject, Some(CaseId::from(record.id)));
    assert!(matches!(&record.what, NewSaid::Step { pathway, .. } if pathway == "people"));
}

#[test]
fn several_people_in_one_call_share_caller_and_time_and_nothing_else() {
    let mut desk = Desk::new().signed_in();
    desk.keys("c07700 900118<tab>WQ<tab>qui<enter>ynwords about one<tab>r");
    desk.later(3).keys("<f3>");
    let second = desk.form().form.draft.clone();
    assert_eq!(second.text.get("caller").map(String::as_str), Some("WQ"));
    assert_eq!(second.text.get("call_back").map(String::as_str), Some("07700 900118"));
    assert!(!second.text.contains_key("changed"));
    assert!(!second.text.contains_key("about"));
    assert_eq!(second.opened_at, super::evening(), "the call's time, not the second form's");
    assert_eq!(desk.form().form.focus, "about");

    desk.keys("oakes, br<enter>1<ctrl-s>").written();
    assert_eq!(desk.appends().len(), 1, "the first is not in the record yet");
    desk.keys("<ctrl-s>").written();
    let link = desk.appended();
    let [entry] = link.ties.as_slice() else { panic!("the first call brings the tie, all or nothing") };
    let NewSaid::Act(Act::Link { a, b, .. }) = &entry.what else { panic!("a link") };
    let second = CaseId::from(EntryId::from(second.id));
    assert!(*a == second || *b == second);
}

#[test]
fn a_case_that_moved_is_shown_and_nothing_typed_is_lost() {
    let mut desk = Desk::new();
    desk.keys("c07700 900118<tab>WQ<ctrl-s>");
    let request = desk.effects.iter().rev().find_map(|effect| match effect {
        Effect::Append(request, _) => Some(*request),
        _ => None,
    });
    desk.tell(Msg::WriteFailed(
        request.expect("asked"),
        Refusal::Moved(vec!["LIS, M.: Decision, 05:05".to_owned()]),
    ));
    // Who did what meanwhile stands in the box, and saving again is no key of it.
    assert!(
        matches!(desk.app.top(), Layer::Message(said) if said.words.starts_with("LIS, M.: Decision, 05:05"))
    );
    // A second press of the same burst is no answer to it.
    for key in parse("<ctrl-s>") {
        desk.tell(Msg::KeyPressed(key));
    }
    assert_eq!(desk.appends().len(), 1);
    assert!(matches!(desk.app.top(), Layer::Message(_)));
    desk.keys("<esc>");
    assert_eq!(desk.text("caller"), "WQ");
    assert!(desk.form().bar.is_none(), "it can be saved again");
}
