//! Letters at a row of choices: what answers, and what is the beginning of words.

use super::Desk;

/// A coordinator at the row that asks whether somebody breathes.
fn at_awake() -> Desk {
    let mut desk = Desk::new();
    desk.keys("c<tab><tab><tab>");
    assert_eq!(desk.form().form.focus, "awake");
    desk
}

/// Letters, with so many milliseconds between each and the next.
fn typed(desk: &mut Desk, letters: &str, between: i64) {
    for (at, letter) in letters.chars().enumerate() {
        if at > 0 {
            desk.moments_pass(between);
        }
        desk.presses(&letter.to_string());
    }
}

/// What the row says of what was typed at it.
fn said_at(desk: &Desk, path: &str) -> String {
    let face = desk.app.face(desk.form());
    let mut lines = face.sections.iter().flat_map(|section| &section.lines);
    lines.find(|line| line.path == path).and_then(|line| line.remark.clone()).unwrap_or_default()
}

#[test]
fn what_the_caller_says_is_no_answer_however_its_letters_fall() {
    for (words, between) in [
        ("Ring the GP?", 0),
        // A line that brings a sentence in one bunch, or a terminal that pastes as if it were typed.
        ("nurse is here", 0),
        ("now he is grey", 0),
        ("no pain now", 0),
        ("nausea since lunch", 0),
        ("keeps falling", 0),
        ("yellow skin", 0),
        ("Ring the GP?", 250),
        ("Ring the GP?", 700),
        ("unknown", 300),
        ("now he is grey", 300),
        ("now he is grey", 700),
        ("nausea since lunch", 250),
        ("nurse is here", 250),
        ("Nurse is here", 0),
        ("yellow skin", 250),
        ("no pain now", 250),
        ("not rousable", 250),
        ("keeps falling", 250),
        ("NAUSEA", 250),
    ] {
        let mut desk = at_awake();
        typed(&mut desk, words, between);
        let answers = (desk.text("awake"), desk.text("emergency"), desk.form().form.focus.as_str());
        assert_eq!(answers, ("", "", "awake"), "{words} with {between} ms between");
        // Not a letter is lost, and the row says what became of them.
        assert_eq!(desk.text("changed"), words, "{words} with {between} ms between");
        let said = said_at(&desk, "awake");
        assert!(said.contains(words) && said.contains("nothing was chosen"), "{said}");
        assert!(desk.kept().is_some_and(|draft| draft.text.get("changed").is_some_and(|kept| kept == words)));
        // After a pause a letter answers, and nothing more is said.
        desk.keys("n");
        assert_eq!((desk.text("awake"), desk.form().form.focus.as_str()), ("no", "emergency"));
        assert_eq!(said_at(&desk, "awake"), "");
    }
}

#[test]
fn a_letter_answers_and_so_does_the_whole_word_of_it() {
    for (typed_in_one, answer) in [
        ("y", "yes"),
        ("n", "no"),
        ("no", "no"),
        ("yes", "yes"),
        ("Yes", "yes"),
        ("NO", "no"),
        ("k", "not_known"),
        ("not known", "not_known"),
    ] {
        for between in [0, 200, 700] {
            let mut desk = at_awake();
            typed(&mut desk, typed_in_one, between);
            assert_eq!(desk.text("awake"), answer, "{typed_in_one}");
            let standing = (desk.text("emergency"), desk.text("changed"), desk.form().form.focus.as_str());
            assert_eq!(standing, ("", "", "emergency"), "{typed_in_one} leaves nothing behind it");
            // What comes next is told apart from it by a pause, a tab or enter.
            desk.keys("u");
            assert_eq!((desk.text("awake"), desk.text("emergency")), (answer, "by_us"));
        }
    }
}

#[test]
fn rows_are_answered_as_fast_as_anybody_can() {
    let mut desk = at_awake();
    typed(&mut desk, "yn", 40);
    assert_eq!((desk.text("awake"), desk.text("emergency")), ("yes", "not_needed"));
    // A capital behind a small letter begins a sentence in the line that stands there.
    typed(&mut desk, "Fell in the hall", 90);
    assert_eq!((desk.text("awake"), desk.text("emergency")), ("yes", "not_needed"));
    assert_eq!(desk.text("changed"), "Fell in the hall");

    // So does a small one where no word begins with the answers before it, however fast.
    for between in [0, 60, 200, 350] {
        let mut desk = at_awake();
        typed(&mut desk, "ynfell in the hall", between);
        assert_eq!((desk.text("awake"), desk.text("emergency")), ("yes", "not_needed"), "{between}");
        assert_eq!(desk.text("changed"), "fell in the hall", "{between}");
        let mut desk = at_awake();
        desk.goes_to("risk");
        typed(&mut desk, "rnone, for information", between);
        assert_eq!((desk.text("risk"), desk.text("advice_sought")), ("red", "none, for information"));
    }
    // One answer before a text stands where all comes in one bunch.
    let mut desk = at_awake();
    desk.goes_to("risk");
    typed(&mut desk, "awhat to do", 0);
    assert_eq!((desk.text("risk"), desk.text("advice_sought")), ("amber", "what to do"));

    // Otherwise a small one begins it after a moment.
    let mut desk = at_awake();
    typed(&mut desk, "yn", 40);
    desk.moments_pass(450);
    typed(&mut desk, "fell in the hall", 90);
    assert_eq!((desk.text("awake"), desk.text("emergency")), ("yes", "not_needed"));
    assert_eq!(desk.text("changed"), "fell in the hall");
}

#[test]
fn an_answer_that_stood_stands_again_and_what_it_called_for_goes() {
    let mut desk = at_awake();
    desk.keys("y").keys("u");
    assert_ne!(desk.text("emergency_at"), "", "the time of the call is offered");
    desk.keys("<shift-tab><shift-tab><shift-tab><shift-tab>");
    assert_eq!(desk.form().form.focus, "awake");
    typed(&mut desk, "nurse", 200);
    assert_eq!((desk.text("awake"), desk.text("emergency")), ("yes", "by_us"));
    assert_eq!(desk.text("changed"), "nurse");

    let mut desk = at_awake();
    desk.keys("y").keys("");
    typed(&mut desk, "urgent", 200);
    assert_eq!((desk.text("emergency"), desk.text("emergency_at")), ("", ""));
    assert_eq!(desk.form().form.focus, "emergency");
}

#[test]
fn a_slow_line_that_brings_everything_at_once_takes_no_answer_back() {
    let mut desk = at_awake();
    typed(&mut desk, "ynfell in the hall", 0);
    assert_eq!((desk.text("awake"), desk.text("emergency")), ("yes", "not_needed"));
    assert_eq!(desk.text("changed"), "fell in the hall");
    // Words that no row takes for answers are words all the same.
    let mut desk = at_awake();
    typed(&mut desk, "Ring the GP?", 0);
    assert_eq!((desk.text("awake"), desk.text("changed")), ("", "Ring the GP?"));
}

#[test]
fn several_of_a_row_are_chosen_in_one_go() {
    let mut desk = at_awake();
    desk.goes_to("others_called");
    typed(&mut desk, "pf", 40);
    assert_eq!(desk.text("others_called"), "police, fire");
    desk.keys("<backspace>");
    typed(&mut desk, "police", 100);
    assert_eq!(desk.text("others_called"), "police");
    desk.keys("<backspace>");
    typed(&mut desk, "please hurry", 100);
    assert_eq!(desk.text("others_called"), "");
}

#[test]
fn words_typed_on_after_a_pause_stand_behind_the_first() {
    let mut desk = at_awake();
    typed(&mut desk, "ring the", 100);
    desk.moments_pass(2000);
    typed(&mut desk, "nurse", 100);
    assert_eq!((desk.text("awake"), desk.text("changed")), ("", "ring the nurse"));
    // A letter of theirs is taken back as anywhere.
    desk.presses("<backspace>");
    assert_eq!(desk.text("changed"), "ring the nurs");
}
