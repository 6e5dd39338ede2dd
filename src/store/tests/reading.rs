//! What is saved is found again: on the board, in its case, by a name or a number.

use super::*;
use crate::domain::views::Queue;

#[test]
fn a_call_is_saved_and_stands_on_the_board_of_another_program() {
    let mut office = Office::new();
    let (case, receipt) = office.taken_call();
    assert_eq!(receipt.cases, [(case, "U-1".to_owned())]);
    assert!(!receipt.repeated);
    let other = office.again();
    let board = other.board(&office.viewer(), now(), Limits::default()).unwrap();
    assert_eq!(board.calls.rows.len(), 1);
    assert_eq!(board.calls_today, 1);
    assert_eq!(board.undecided, 1);
    let row = &board.calls.rows[0];
    assert_eq!(row.reference, "U-1");
    assert_eq!(row.subject.as_ref().unwrap().short, "QUILL, T.");
    assert_eq!(row.subject.as_ref().unwrap().place.as_deref(), Some("Rowan House"));
    assert_eq!(board.escalations.total, board.escalations.rows.len() as u64);
    assert!(board.escalations.total >= 2, "the decision and the blanks are owed");
    assert_eq!(board.seq, receipt.last);
    let view = other.case(&office.viewer(), case, now()).unwrap();
    assert_eq!(view.chronology.len(), 1);
    assert!(!view.chronology[0].missing.is_empty());
    assert_eq!(view.names[&office.manager], "OKAFOR, Adaeze");
    assert_eq!(other.case_by_reference(&office.viewer(), "u1").unwrap(), case);
    assert_eq!(other.cases(&office.viewer(), &CaseFilter::default(), None, 10).unwrap().total, 1);
    let owed = other.owed(&office.viewer(), Queue::Owed, now(), None, 1).unwrap();
    assert!((owed.rows.len() as u64) < owed.total);
    office.whole();
}

#[test]
fn people_are_found_by_letters_and_number_and_told_apart() {
    let mut office = Office::new();
    office.register("people", [("name", text("Thomas Quill"))]);
    let viewer = office.viewer();
    let find = |typed: &str| office.store.find(&viewer, "people", typed, 10).unwrap().len();
    assert_eq!((find("qui"), find("quill the"), find("9990000018"), find("oak"), find("")), (2, 1, 1, 0, 2));
    let similar = office.store.similar(&viewer, office.person).unwrap();
    assert_eq!(similar[0].0.name, "QUILL, Thomas");
    assert_eq!(office.store.staff().unwrap()[0].short, "OKAFOR, A.");
}

#[test]
fn two_people_never_stand_under_one_name_in_a_list() {
    let mut office = Office::new();
    office.taken_call();
    let short = |office: &Office| {
        let board = office.store.board(&office.viewer(), now(), Limits::default()).unwrap();
        board.calls.rows[0].subject.as_ref().unwrap().short.clone()
    };
    assert_eq!(short(&office), "QUILL, T.");
    office.register("people", [("name", text("Quinn Tully"))]);
    assert_eq!(short(&office), "QUILL, T.");
    office.register("people", [("name", text("Thomas Quill"))]);
    assert_eq!(short(&office), "QUILL, Theresa", "Thomas is QUILL, T. as well");
    let born = Answer::Date(chrono::NaiveDate::from_ymd_opt(1950, 2, 10).unwrap());
    let namesake = office.register("people", [("name", text("Theresa Quill")), ("born", born)]);
    office.person = namesake;
    office.taken_call();
    let board = office.store.board(&office.viewer(), now(), Limits::default()).unwrap();
    let shown = board.calls.rows.iter().map(|row| row.subject.as_ref().unwrap().short.as_str());
    assert!(
        shown.clone().any(|short| short == "QUILL, Theresa b. 10-Feb-1950"),
        "{:?}",
        shown.collect::<Vec<_>>()
    );
}
