//! Text first: letters in a text are letters, paste is never a key, names are told apart, times are asked.

use chrono::{TimeZone, Utc};

use super::{Desk, evening, parse, person};
use crate::app::apart::Asks;
use crate::app::msg::{Effect, Msg, Own};
use crate::app::picker::Picker;
use crate::app::{Layer, Notice};

fn picker(desk: &Desk) -> &Picker {
    match desk.app.top() {
        Layer::Picker(picker) => picker,
        other => panic!("a search should be on top, not {:?}", other.place()),
    }
}

#[test]
fn paste_never_is_a_key() {
    let mut desk = Desk::new();
    desk.tell(Msg::Pasted("cqd\n:".into()));
    assert!(matches!(desk.app.top(), Layer::Board(_)));
    desk.keys("c").tell(Msg::Pasted("07700\n900118".into()));
    assert_eq!(desk.text("call_back"), "07700 900118");
    assert_eq!(desk.app.layers.len(), 2);
}

#[test]
fn paste_on_a_line_of_choices_chooses_nothing() {
    let mut desk = Desk::new();
    desk.keys("c<tab><tab><tab>");
    assert_eq!(desk.form().form.focus, "awake");
    for pasted in ["y", "nu", "no\nnurse is here\n"] {
        desk.tell(Msg::Pasted(pasted.into()));
        assert_eq!((desk.text("awake"), desk.text("emergency"), desk.text("changed")), ("", "", ""));
        assert_eq!(desk.form().form.focus, "awake");
    }
    // What was answered just before stays answered.
    desk.presses("n").tell(Msg::Pasted("urse".into()));
    assert_eq!((desk.text("awake"), desk.text("emergency")), ("no", ""));
}

#[test]
fn a_call_in_which_nothing_is_typed_is_asked_about_once_before_it_goes_into_the_record() {
    let mut desk = Desk::new().signed_in();
    desk.keys("c<ctrl-s>");
    assert!(desk.appends().is_empty());
    let Some(Notice::Says(says)) = &desk.app.notice else { panic!("it is asked") };
    assert!(says.contains("Nothing was answered here yet") && says.contains("ctrl-s again"), "{says}");
    desk.keys("<ctrl-s>");
    assert_eq!(desk.appends().len(), 1);
    desk.written();
    // Whoever typed a name only is asked nothing.
    desk.keys("c<tab>WQ<ctrl-s>");
    assert_eq!(desk.appends().len(), 2);
}

#[test]
fn letters_that_are_no_choice_are_no_command_behind_the_form() {
    let mut desk = Desk::new();
    desk.keys("c<tab><tab><tab>q:/");
    assert_eq!(desk.form().form.focus, "awake");
    assert_eq!(desk.app.layers.len(), 2);
}

#[test]
fn caps_lock_changes_nothing() {
    let mut desk = Desk::new();
    desk.keys("C<tab><tab><tab>N");
    assert_eq!(desk.text("awake"), "no");
    desk.keys("<shift-tab><shift-tab><shift-tab>Wq");
    assert_eq!(desk.text("caller"), "Wq");
}

#[test]
fn similar_names_are_told_apart_before_one_is_taken() {
    let mut desk = Desk::new().signed_in();
    desk.keys("c<tab><tab>bernard<enter>");
    let apart = picker(&desk).apart.as_ref().expect("Brian could be mistaken for him");
    let names: Vec<&str> = apart.rows.iter().map(|(row, _)| row.name.as_str()).collect();
    assert_eq!(names, ["OAKES, Bernard", "OAKES, Brian"]);
    assert_eq!(desk.app.layers.len(), 3);
    // Neither enter nor letters take anybody, nor a number in the middle of typing.
    desk.keys("<enter>yn<tab>1");
    assert_eq!(desk.app.layers.len(), 3);
    // After words a number is taken once nothing follows it.
    desk.keys("1").keys("");
    assert_eq!(desk.text("about"), "OAKES, Bernard");
}

#[test]
fn enter_before_the_answer_takes_a_single_match_and_asks_among_several() {
    let mut desk = Desk::new().signed_in();
    desk.answers = false;
    desk.keys("c<tab><tab>qui<enter>");
    desk.answered("qui");
    assert_eq!(desk.text("about"), "QUILL, Theresa");

    let mut desk = Desk::new().signed_in();
    desk.answers = false;
    desk.keys("c<tab><tab>oakes<enter>");
    desk.answered("oakes");
    assert!(picker(&desk).apart.is_some(), "two match: it is asked which");
}

#[test]
fn keys_before_the_answer_act_on_the_answer_to_what_was_typed_and_never_on_an_older_list() {
    let mut desk = Desk::new().signed_in();
    desk.keys("c<tab><tab>oak");
    desk.answers = false;
    // The list still shows the two of that name; what is typed on means neither.
    desk.keys("<backspace><backspace><backspace>qui<down><enter>");
    assert_eq!(picker(&desk).rows().len(), 2);
    desk.answered("qui");
    // The arrow went to somebody who stood there and is not found any more: the only one who is, is asked about.
    let apart = picker(&desk).apart.as_ref().expect("it is asked whether it is her");
    assert_eq!((apart.asks, apart.rows[0].0.name.as_str()), (Asks::WhichHasIt, "QUILL, Theresa"));

    let mut desk = Desk::new().signed_in();
    desk.keys("c<tab><tab>oak");
    desk.answers = false;
    desk.keys("<backspace><backspace><backspace>qui<down><down><enter>");
    desk.answered("qui");
    // The arrows went to the line of somebody new, who might be her.
    let apart = picker(&desk).apart.as_ref().expect("it is asked whether it is her");
    assert_eq!((apart.asks, apart.rows[0].0.name.as_str()), (Asks::BeforeNew, "QUILL, Theresa"));
    assert_eq!(apart.rows.len(), 1, "nobody of the older list");
}

#[test]
fn an_arrow_before_the_answer_chooses_on_screen_and_never_somebody_who_was_not_there() {
    let with_others = || {
        let mut desk = Desk::new().signed_in();
        desk.people = vec![
            person(4, "OATES, Una", "OATES, U.", "flat 1"),
            person(5, "OAKHAM, Ida", "OAKHAM, I.", "flat 2"),
            person(6, "OAKENSHAW, Victor", "OAKENSHAW, V.", "flat 3"),
        ];
        desk
    };
    // Whoever the arrow went to stood there, and is still found: it is them.
    let mut desk = with_others();
    desk.keys("c<tab><tab>oa");
    desk.answers = false;
    desk.keys("k<down><down>");
    assert_eq!(picker(&desk).row().map(|row| row.name.as_str()), Some("OAKENSHAW, Victor"));
    desk.keys("<enter>").answered("oak");
    assert_eq!(desk.text("about"), "OAKENSHAW, Victor");

    // Whoever it went to is not found by what was typed: the one who is found is not taken in their place.
    let mut desk = with_others();
    desk.keys("c<tab><tab>oa");
    desk.answers = false;
    desk.keys("kh<down><down><enter>Fell asleep").answered("oakh");
    let apart = picker(&desk).apart.as_ref().expect("it is asked whether it is her");
    assert_eq!(apart.rows.iter().map(|(row, _)| row.name.as_str()).collect::<Vec<_>>(), ["OAKHAM, Ida"]);
    desk.moments_pass(1_000).keys("1").moments_pass(1_000);
    assert_eq!(desk.text("about"), "OAKHAM, Ida");
    assert_eq!(desk.text("changed").trim(), "Fell asleep", "nothing typed behind it is lost");

    // Nobody who is found now stood there when the arrow was pressed: two have it, and it is asked which.
    let mut desk = with_others();
    desk.keys("c<tab><tab>oat");
    desk.answers = false;
    desk.keys("<backspace>k<down><enter>").answered("oak");
    let names = |desk: &Desk| -> Vec<String> {
        let apart = picker(desk).apart.as_ref().expect("it is asked which");
        apart.rows.iter().map(|(row, _)| row.name.clone()).collect()
    };
    assert!(names(&desk).contains(&"OAKENSHAW, Victor".to_owned()) && names(&desk).len() == 2);

    // No list stands there yet, or the arrow waited behind an Enter: it goes to nobody either.
    for keys in ["c<tab><tab>oak<down><enter>", "c<tab><tab>oak<enter><down><enter>"] {
        let mut desk = with_others();
        desk.answers = false;
        desk.keys(keys).answered("oak");
        assert_eq!(names(&desk).len(), 2, "{keys}");
    }
}

#[test]
fn a_paste_behind_an_unanswered_enter_comes_after_it_and_never_into_the_name() {
    let mut desk = Desk::new().signed_in();
    desk.answers = false;
    desk.keys("c<tab><tab>qui<enter>yn").tell(Msg::Pasted("Fell in the hall".into()));
    assert_eq!(picker(&desk).query.text(), "qui");
    desk.answered("qui");
    assert_eq!((desk.text("about"), desk.text("awake")), ("QUILL, Theresa", "yes"));
    assert_eq!(desk.text("changed"), "Fell in the hall");

    // Two have the name: the sentence takes nobody, and is kept where words are said next.
    let mut desk = Desk::new().signed_in();
    desk.answers = false;
    desk.keys("c<tab><tab>oakes<enter>").tell(Msg::Pasted("Fell in the hall".into()));
    desk.answered("oakes");
    assert_eq!(picker(&desk).query.text(), "oakes");
    desk.moments_pass(1_000).keys("1").moments_pass(1_000);
    assert_eq!(desk.text("about"), "OAKES, Bernard");
    assert_eq!(desk.text("changed").trim(), "Fell in the hall");
}

#[test]
fn what_is_typed_behind_an_unanswered_enter_comes_after_it() {
    let mut desk = Desk::new().signed_in();
    desk.answers = false;
    // Everything in one burst: who it is, taken, and the answer to the next row.
    desk.keys("c<tab><tab>qui<enter>n");
    assert_eq!(picker(&desk).query.text(), "qui");
    desk.answered("qui");
    assert_eq!((desk.text("about"), desk.text("awake")), ("QUILL, Theresa", "no"));

    // Two have the name: words behind the Enter take nobody, and are kept where words are said next.
    let mut desk = Desk::new().signed_in();
    desk.answers = false;
    desk.keys("c<tab><tab>oakes<enter>Gone grey");
    desk.answered("oakes");
    assert!(picker(&desk).apart.is_some());
    desk.moments_pass(1_000).keys("1").moments_pass(1_000);
    assert_eq!(desk.text("about"), "OAKES, Bernard");
    assert_eq!(desk.text("changed").trim(), "Gone grey");
}

#[test]
fn an_enter_whose_search_fails_takes_nobody() {
    let mut desk = Desk::new().signed_in();
    desk.keys("c<tab><tab>oak");
    desk.answers = false;
    desk.keys("<backspace><backspace><backspace>qui<enter>");
    let request = picker(&desk).asked.last();
    desk.tell(Msg::Found(request, Err("the disk does not answer".to_owned())));
    assert!(picker(&desk).rows().is_empty(), "nobody stands there who was found for other words");
    assert_eq!(desk.app.layers.len(), 3);
}

#[test]
fn a_stale_answer_is_dropped() {
    let mut desk = Desk::new().signed_in();
    desk.answers = false;
    desk.keys("c<tab><tab>q");
    let stale = picker(&desk).asked.last();
    desk.keys("u");
    let found = desk.found("people", "oak");
    desk.tell(Msg::Found(stale, Ok(found)));
    assert!(picker(&desk).rows().is_empty());
}

#[test]
fn other_words_are_another_person_until_somebody_picks_again() {
    let mut desk = Desk::new().signed_in();
    desk.people.push(person(4, "QUINN, Ada", "QUINN, A.", "flat 1"));
    desk.keys("c<tab><tab>quill<enter>");
    assert_ne!(desk.text("about.id"), "");
    // A record that was taken goes as one: no letter makes another of it.
    desk.keys("<shift-tab>qu<esc>");
    assert_eq!(desk.text("about"), "qu");
    assert_eq!(desk.text("about.id"), "");
    desk.keys("<backspace><backspace>quill<enter>").keys("<shift-tab><backspace><esc>");
    assert_eq!((desk.text("about"), desk.text("about.id")), ("", ""));
}

#[test]
fn half_past_one_in_the_night_the_clocks_go_back_is_asked_about() {
    let mut desk = Desk::new();
    let night = Utc.with_ymd_and_hms(2026, 10, 25, 3, 0, 0).single().expect("a time");
    desk.tell(Msg::TimePassed(night)).keys("c<tab><tab><tab>nc<shift-tab>0130<tab>");
    let Layer::Choice(choice) = desk.app.top() else { panic!("it asks which") };
    assert_eq!(choice.items.len(), 2);
    desk.keys("1");
    assert_eq!(desk.text("emergency_at"), "0130 BST");
    let face = desk.app.face(desk.form());
    let lines = face.sections.iter().flat_map(|section| &section.lines);
    let line = lines.clone().find(|line| line.path == "emergency_at").expect("the line");
    assert!(line.understood.as_ref().is_some_and(|words| words.contains("BST")), "{line:?}");
    assert_eq!(line.problem, None);
}

#[test]
fn a_time_counts_from_when_it_was_typed() {
    let mut desk = Desk::new();
    desk.keys("c<tab><tab><tab>nc<shift-tab>-20m<tab>");
    let shown = |desk: &Desk| {
        let face = desk.app.face(desk.form());
        let mut lines = face.sections.into_iter().flat_map(|section| section.lines);
        lines.find(|line| line.path == "emergency_at").and_then(|line| line.understood)
    };
    let at_first = shown(&desk);
    assert!(at_first.is_some());
    desk.later(25);
    assert_eq!(shown(&desk), at_first);
    assert_eq!(desk.form().form.draft.opened_at, evening());
}

#[test]
fn our_own_empty_phrase_is_pointed_at_and_a_callers_never() {
    let mut desk = Desk::new();
    desk.keys("c<tab><tab><tab>ynoffice informed<tab>");
    let face = desk.app.face(desk.form());
    assert!(face.sections.iter().flat_map(|section| &section.lines).all(|line| line.remark.is_none()));
    let own =
        desk.form().form.step.fields.iter().find(|field| field.lint.is_some()).map(|field| field.id.clone());
    let own = own.expect("a field of our own words");
    desk.keys("<f4>");
    for _ in 0..40 {
        if desk.form().form.focus == own {
            break;
        }
        desk.keys("<tab>");
    }
    desk.keys("office informed");
    let face = desk.app.face(desk.form());
    let mut lines = face.sections.iter().flat_map(|section| &section.lines);
    assert!(lines.any(|line| line.path == own && line.remark.is_some()));
}

#[test]
fn the_form_says_what_is_missing_and_what_is_owed_next() {
    let mut desk = Desk::new();
    desk.keys("c07700 900118<tab>WQ<tab><tab>ynwords<tab>r");
    let face = desk.app.face(desk.form());
    assert_eq!(face.missing, 2, "{:?}", face.missing_labels);
    assert_eq!(face.missing_labels[0], "About");
    let next = face.next.expect("a decision is owed");
    assert!(next.contains("5 min") && next.contains("red"), "{next}");
    // Nobody waits for a decision who is not awake: 999 is said first.
    let mut desk = Desk::new();
    desk.keys("c07700 900118<tab>WQ<tab><tab>ny");
    let next = desk.app.face(desk.form()).next.expect("999 is owed");
    assert!(next.contains("Ring 999"), "{next}");
}

#[test]
fn ctrl_c_closes_nothing_and_says_how_to_leave() {
    let mut desk = Desk::new();
    desk.keys("c0770<ctrl-c>");
    assert!(matches!(desk.app.notice, Some(Notice::Says(_))));
    assert_eq!(desk.text("call_back"), "0770");
    desk.keys("<esc><ctrl-c>");
    assert!(!desk.effects.contains(&Effect::Own(Own::Quit)));
    desk.keys("q");
    assert!(!desk.effects.contains(&Effect::Own(Own::Quit)), "asked first");
    desk.keys("y");
    assert!(desk.effects.contains(&Effect::Own(Own::Quit)));
}

#[test]
fn a_key_that_means_nothing_says_so_and_names_the_one_that_helps() {
    let says = |desk: &Desk| match &desk.app.notice {
        Some(Notice::Says(says)) => says.clone(),
        other => panic!("something should be said, not {other:?}"),
    };
    let mut desk = Desk::new();
    desk.keys("<f4>");
    assert!(says(&desk).contains("f4") && says(&desk).contains('?'), "{}", says(&desk));
    desk.keys("c<tab><tab><tab>");
    desk.keys("q");
    assert!(says(&desk).starts_with('q'), "{}", says(&desk));
    desk.tell(Msg::Pasted("yes".into()));
    assert_eq!(says(&desk), crate::domain::words::app::NO_PASTE);
}

#[test]
fn enter_on_the_last_line_says_how_to_save() {
    let mut desk = Desk::new().signed_in();
    desk.keys("o<tab><tab><enter>");
    assert_eq!(
        desk.app.notice,
        Some(Notice::Says(crate::domain::words::app::last_line("ctrl-s"))),
        "no line comes after it"
    );
}

#[test]
fn an_offered_time_gives_way_to_the_first_letter_typed_over_it() {
    let mut desk = Desk::new();
    desk.keys("c<f4>");
    while desk.form().form.focus != "reported_at" {
        desk.keys("<tab>");
    }
    assert!(!desk.text("reported_at").is_empty(), "the time of the call is offered");
    desk.keys("2055");
    assert_eq!(desk.text("reported_at"), "2055");

    let mut desk = Desk::new();
    desk.keys("c<f4>");
    while desk.form().form.focus != "reported_at" {
        desk.keys("<tab>");
    }
    let offered = desk.text("reported_at").to_owned();
    desk.keys("<home> ");
    assert_eq!(desk.text("reported_at"), format!(" {offered}"), "whoever moved into it changes it");
}

#[test]
fn a_first_person_is_offered_the_roles_that_may_add_others_each_with_the_key_of_its_file() {
    let mut desk = Desk::new();
    desk.app.layers.push(Layer::Welcome);
    desk.keys("s<tab><tab><tab>");
    assert_eq!(desk.form().form.focus, "role");
    let face = desk.app.face(desk.form());
    let line = face.sections[0].lines.iter().find(|line| line.focused).expect("a line");
    let crate::form::face::Value::Options { options, .. } = &line.value else { panic!("choices") };
    let offered: Vec<&str> = options.iter().map(|one| one.label.as_str()).collect();
    assert_eq!(
        offered,
        ["Registered Manager", "Provider leadership", "Administrator", "Service manager"],
        "in the order of the step that adds somebody, so that no office is closed by whoever opened it"
    );
    // A key of another role takes none.
    desk.keys("g").keys("c");
    assert_eq!(desk.text("role"), "");
    desk.keys("r");
    assert_eq!(desk.text("role"), "registered_manager");
}

#[test]
fn what_is_typed_on_after_a_save_is_no_key_until_there_was_a_pause_and_that_is_said() {
    let mut desk = Desk::new().signed_in();
    desk.keys("c07700 900118<tab>WQ<ctrl-s>").written();
    let press = |desk: &mut Desk, after: i64, key: &str| {
        desk.moments_pass(after);
        for key in parse(key) {
            desk.tell(Msg::KeyPressed(key));
        }
    };
    // "wc " goes on without a pause: nobody signs in, no call is begun, the receipt stays to be read.
    press(&mut desk, 120, "w");
    press(&mut desk, 300, "c");
    press(&mut desk, 700, " ");
    press(&mut desk, 100, "<ctrl-s>");
    press(&mut desk, 100, "<enter>");
    assert!(matches!(desk.app.top(), Layer::Board(_)));
    assert_eq!(desk.app.typed_on(), Some("wc [ctrl-s][enter]"));
    assert!(desk.app.keys_count_from().is_some());
    assert!(matches!(desk.app.notice, Some(Notice::Recorded { .. })));
    // After a pause the same key is a key, and what was said of the others goes.
    desk.moments_pass(900);
    assert_eq!(desk.app.keys_count_from(), None);
    press(&mut desk, 0, "c");
    assert!(matches!(desk.app.top(), Layer::Form(_)));
    assert_eq!(desk.app.typed_on(), None);
}

#[test]
fn whoever_has_seen_that_it_was_saved_presses_the_next_key_at_once() {
    let mut desk = Desk::new().signed_in();
    desk.keys("c07700 900118<tab>WQ<ctrl-s>").written();
    desk.moments_pass(450);
    for key in parse("c") {
        desk.tell(Msg::KeyPressed(key));
    }
    assert!(matches!(desk.app.top(), Layer::Form(_)));
}

#[test]
fn what_is_too_long_for_a_line_is_said_and_never_cut_in_silence() {
    let mut desk = Desk::new().signed_in();
    desk.keys("c07700 900118, at work,").tell(Msg::Pasted("x".repeat(1 << 20)));
    let typed = desk.text("call_back");
    assert!(typed.starts_with("07700 900118, at work,xxx"), "{typed}");
    assert_eq!(typed.len(), 2_000);
    let said = |desk: &Desk| match &desk.app.notice {
        Some(Notice::Says(said)) => said.clone(),
        other => panic!("something should be said, not {other:?}"),
    };
    let cut = "the first 1978 of 1048576 characters were kept, 1046598 were left out";
    assert!(said(&desk).contains(cut), "{}", said(&desk));
    // Blanks at the end of what was kept are kept, and counted.
    desk.keys("<tab>WQ ").tell(Msg::Pasted(format!("{}{}", "x".repeat(1_990), " ".repeat(50))));
    assert_eq!(desk.text("caller").chars().count(), 2_000);
    assert!(
        said(&desk).contains("the first 1997 of 2040 characters were kept, 43 were left out"),
        "{}",
        said(&desk)
    );
    desk.keys("<shift-tab>");
    // A name is held to the length of a name; so is one that is looked for.
    desk.keys("<tab><tab>").tell(Msg::Pasted("Oakes-".repeat(400)));
    let about = |desk: &Desk| desk.app.forms().map(|form| form.text_of("about").len()).sum::<usize>();
    assert_eq!(about(&desk), 240);
    assert!(said(&desk).contains("240 of 2400 characters"), "{}", said(&desk));
    desk.keys("x");
    assert!(said(&desk).contains("full"), "{}", said(&desk));
    assert_eq!(about(&desk), 240);
    // Notes take what is longer; a find line says it too.
    desk.keys("<esc><esc>/").tell(Msg::Pasted("x".repeat(3_000)));
    assert!(said(&desk).contains("the first 2000 of 3000 characters"), "{}", said(&desk));
}
