//! The dashboard and lists: selections by id, changed rows, welcome, stale readings.

use chrono::TimeDelta;

use super::{Desk, case, evening, person};
use crate::app::board::RowId;
use crate::app::msg::{Effect, Msg, Own};
use crate::app::{Layer, Notice, Pane, Request, Size};
use crate::domain::act::Act;
use crate::domain::answer::When;
use crate::domain::case::{Facts, Level};
use crate::domain::draft::DraftRow;
use crate::domain::entry::NewSaid;
use crate::domain::ids::DraftId;
use crate::domain::views::{Board, CallRow};

pub(super) fn call(number: u128, minutes_ago: i64, version: u64) -> CallRow {
    CallRow {
        said_of: String::new(),
        eyes: None,
        case: case(number),
        reference: format!("U-{number}"),
        subject: Some(person(number, "QUILL, Theresa", "QUILL, T.", "flat 4")),
        called: When::exact(evening() - TimeDelta::minutes(minutes_ago)),
        facts: Facts { headline: Some(format!("matter {number}")), ..Facts::default() },
        missing: 0,
        closed: false,
        next: None,
        next_rank: 0,
        version,
    }
}

#[test]
fn the_selection_stays_on_its_row_when_a_new_one_comes_above() {
    let mut desk = Desk::new();
    desk.board(vec![call(1, 10, 1), call(2, 20, 2), call(3, 30, 3)]).keys("<down>");
    assert_eq!(desk.app.board().selection(Pane::Calls), Some(RowId::Case(case(2))));
    desk.tell(Msg::ChangedElsewhere(9)).board(vec![
        call(4, 1, 9),
        call(1, 10, 1),
        call(2, 20, 8),
        call(3, 30, 3),
    ]);
    assert_eq!(desk.app.board().selection(Pane::Calls), Some(RowId::Case(case(2))));
    let changed: Vec<_> = desk.app.board().changed.iter().copied().collect();
    assert_eq!(changed, [case(2), case(4)], "the new one and the one that moved on");
}

#[test]
fn a_row_that_is_gone_leaves_the_first_selected() {
    let mut desk = Desk::new();
    desk.board(vec![call(1, 10, 1), call(2, 20, 2)]).keys("<down>").board(vec![call(1, 10, 1)]);
    assert_eq!(desk.app.board().selection(Pane::Calls), Some(RowId::Case(case(1))));
}

#[test]
fn a_stale_dashboard_is_dropped() {
    let mut desk = Desk::new();
    desk.board(vec![call(1, 10, 1)]);
    desk.tell(Msg::ChangedElsewhere(2));
    desk.tell(Msg::BoardRead(Request(1), Ok(Board::default())));
    assert_eq!(desk.app.board().calls().len(), 1);
}

#[test]
fn finding_narrows_and_esc_shows_all() {
    let mut desk = Desk::new();
    desk.board(vec![call(1, 10, 1), call(2, 20, 2)]).keys("/matter 2");
    assert_eq!(desk.app.board().calls().len(), 1);
    desk.keys("<enter>s");
    assert_eq!(desk.app.board().calls().len(), 1, "after Enter letters are keys again");
    desk.keys("<esc>");
    assert_eq!(desk.app.board().calls().len(), 2);
}

#[test]
fn an_office_that_is_not_set_up_is_welcomed_and_can_take_a_call_at_once() {
    let mut desk = Desk::new();
    let request = desk.app.board_request;
    desk.tell(Msg::BoardRead(request, Ok(Board::default())));
    assert_eq!(desk.app.top(), &Layer::Welcome);
    desk.keys("c07700 900118<tab>WQ<ctrl-s>");
    assert_eq!(desk.appended().entries.len(), 1);
    assert_eq!(desk.appended().entries[0].who.by, None);
}

#[test]
fn whoever_goes_to_practise_is_told_at_once_that_it_takes_a_moment() {
    let mut desk = Desk::new();
    let request = desk.app.board_request;
    desk.tell(Msg::BoardRead(request, Ok(Board::default()))).keys("p");
    assert!(desk.effects.contains(&Effect::Own(Own::OpenPractice)));
    let Some(Notice::Says(said)) = &desk.app.notice else { panic!("something should be said") };
    assert!(said.contains("Opening the practice office"), "{said}");
}

#[test]
fn setting_up_takes_four_lines_and_signs_in() {
    let mut desk = Desk::new();
    let request = desk.app.board_request;
    desk.tell(Msg::BoardRead(request, Ok(Board::default())));
    desk.keys("sRowan House<tab>Rowan House<tab>Okafor Ada<tab><right><enter><ctrl-s>");
    let acts: Vec<&str> = desk
        .appended()
        .entries
        .iter()
        .map(|entry| match &entry.what {
            NewSaid::Act(act) => act.kind(),
            NewSaid::Step { pathway, .. } => pathway.as_str(),
        })
        .collect();
    assert_eq!(acts[..4], ["act.found", "locations", "staff", "act.sign_in"]);
    desk.written();
    assert!(desk.effects.iter().any(|effect| matches!(effect, Effect::Identify(..))));
}

fn unfinished(number: u128) -> DraftRow {
    DraftRow {
        ask: None,
        id: DraftId(uuid::Uuid::from_u128(number)),
        step: "Urgent communication log".into(),
        pathway: "urgent".into(),
        whose: String::new(),
        staff: None,
        opened_at: evening(),
        kept_at: evening(),
        about: String::new(),
        call_back: "07700 900118".into(),
        call: true,
        waits: false,
        held: false,
        wanted: false,
    }
}

#[test]
fn keys_pressed_before_a_list_is_read_count_once_it_is() {
    let mut desk = Desk::new();
    desk.board(Vec::new()).keys("u<down><down><up><enter>");
    let Layer::List(list) = desk.app.top() else { panic!("a list") };
    let request = list.request;
    let asked = |desk: &Desk| {
        let taken = desk.effects.iter().find_map(|effect| match effect {
            Effect::TakeDraft(_, id) => Some(*id),
            _ => None,
        });
        taken.map(|id| id.0.as_u128())
    };
    assert_eq!(asked(&desk), None);
    let rows = vec![unfinished(7), unfinished(8), unfinished(9)];
    desk.tell(Msg::ListRead(request, Ok(crate::app::list::Rows::Drafts(rows))));
    assert_eq!(asked(&desk), Some(8));
}

#[test]
fn somebody_elses_unfinished_form_is_taken_over_with_a_reason() {
    let mut desk = Desk::new().signed_in();
    let row = DraftRow { staff: Some(case(91)), ..unfinished(7) };
    let board = Board { drafts: vec![row.clone()], ..Board::default() };
    let office = crate::domain::views::Office { name: "Rowan House".into(), ..Default::default() };
    let request = desk.app.board_request;
    desk.tell(Msg::BoardRead(request, Ok(Board { office, ..board })));
    desk.keys("u");
    let Layer::List(list) = desk.app.top() else { panic!("a list") };
    let request = list.request;
    desk.tell(Msg::ListRead(request, Ok(crate::app::list::Rows::Drafts(vec![row.clone()]))));
    desk.keys("<enter>");
    assert!(matches!(desk.app.top(), Layer::List(_)), "not opened without a reason");
    desk.keys("t");
    if matches!(desk.app.top(), Layer::List(_)) {
        // A coordinator may not: the reason is in the footer.
        assert!(desk.app.notice.is_some());
        return;
    }
    desk.keys("the line is dead and she is off shift<ctrl-s>");
    let NewSaid::Act(Act::TakeDraft { draft, from, reason }) = &desk.appended().entries[0].what else {
        panic!("an act")
    };
    assert_eq!((*draft, *from), (row.id, Some(case(91))));
    assert!(reason.starts_with("the line"));
    desk.written();
    assert!(desk.effects.iter().any(|effect| matches!(effect, Effect::TakeDraft(_, id) if *id == row.id)));
}

#[test]
fn a_word_typed_on_while_the_screen_is_too_small_does_not_end_the_program() {
    let mut desk = Desk::new();
    desk.keys("c").tell(Msg::Resized(Size { columns: 30, rows: 8 })).keys("q");
    assert!(!desk.effects.contains(&Effect::Own(Own::Quit)));
    // A find line and the list of commands are typed into as well.
    for opens in ["/", ":", "<f5>"] {
        let mut desk = Desk::new().signed_in();
        desk.board(vec![call(1, 10, 1)]).keys(opens).tell(Msg::Resized(Size { columns: 30, rows: 8 }));
        desk.keys("quill");
        assert!(!desk.effects.contains(&Effect::Own(Own::Quit)), "{opens}");
    }
}

#[test]
fn a_screen_too_small_to_see_takes_no_key_but_leaving() {
    let mut desk = Desk::new();
    desk.tell(Msg::Resized(Size { columns: 12, rows: 4 })).keys("c");
    assert!(matches!(desk.app.top(), Layer::Board(_)));
    desk.keys("q");
    assert!(desk.effects.contains(&Effect::Own(Own::Quit)));
}

#[test]
fn a_record_is_added_from_its_list_and_other_lists_keys_are_not_spoken_of() {
    let mut desk = Desk::new().signed_in();
    desk.keys("<f5><down>");
    let short: Vec<String> = desk.app.footer().map(|hint| hint.title).collect();
    assert!(short.contains(&"add".to_owned()) && !short.contains(&"agree".to_owned()), "{short:?}");
    desk.keys("a");
    assert_eq!(desk.form().form.draft.pathway, "people");
    assert!(desk.form().form.step.opens);
    desk.keys("<esc>ua");
    assert!(matches!(desk.app.top(), Layer::List(_)), "nothing is added to what is unfinished");
    assert!(matches!(desk.app.notice, Some(Notice::Says(_))));
}

#[test]
fn a_number_worth_a_second_look_is_pointed_at_and_saved_all_the_same() {
    let mut desk = Desk::new().signed_in();
    desk.keys("<f5><down>aOAKES, Brenda");
    while desk.form().form.focus != "nhs_number" {
        desk.keys("<tab>");
    }
    desk.keys("9990000018<tab>");
    let face = desk.app.face(desk.form());
    let line = face.sections[0].lines.iter().find(|line| line.path == "nhs_number").expect("the line");
    assert!(line.remark.is_some() && line.problem.is_none(), "{line:?}");
    desk.keys("<ctrl-s>");
    assert_eq!(desk.appends().len(), 1);

    let mut desk = Desk::new().signed_in();
    desk.keys("<f5><down>aOAKES, Brenda");
    while desk.form().form.focus != "nhs_number" {
        desk.keys("<tab>");
    }
    desk.keys("9990000019<ctrl-s>");
    assert_eq!(desk.appends().len(), 0, "an impossible number is refused");
    assert_eq!(desk.form().form.focus, "nhs_number");
}

#[test]
fn a_pane_and_a_list_read_on_when_somebody_nears_the_end_of_what_was_read() {
    let mut desk = Desk::new();
    let rows: Vec<CallRow> =
        (1..=50).map(|number| call(number, i64::try_from(number).expect("small"), 1)).collect();
    let cut = Board { office: desk.app.office().cloned().expect("an office"), ..Board::default() };
    let request = desk.app.board_request;
    let calls = crate::domain::views::Page { rows, total: 312 };
    desk.tell(Msg::BoardRead(request, Ok(Board { calls, ..cut })));
    let reads = |desk: &Desk| {
        desk.effects.iter().rev().find_map(|effect| match effect {
            Effect::ReadBoard(_, rows) => Some(*rows),
            _ => None,
        })
    };
    let before = desk.effects.len();
    desk.keys("<down>");
    assert_eq!(desk.effects.len(), before, "nobody has gone far yet");
    desk.keys("<end>");
    assert!(reads(&desk).is_some_and(|rows| rows >= 312), "{:?}", reads(&desk));
}

#[test]
fn a_call_whose_risk_nobody_answered_stands_right_after_the_red_ones() {
    let judged = |number: u128, weight: Option<u8>| {
        let row = call(number, 10, 1);
        let level = weight.map(|weight| Level { label: String::new(), weight });
        CallRow { facts: Facts { level, ..row.facts.clone() }, ..row }
    };
    let mut desk = Desk::new();
    desk.board(vec![judged(1, Some(2)), judged(2, None), judged(3, Some(5)), judged(4, Some(Level::RED))]);
    desk.keys("s");
    let order: Vec<_> = desk.app.board().calls().iter().map(|row| row.case).collect();
    assert_eq!(order, [case(4), case(2), case(3), case(1)]);
}
