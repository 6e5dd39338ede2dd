//! What is saved is found again: on the board, in its case, by a name or a number.

use super::proof::lived_in;
use super::*;
use crate::domain::bell::Tally;
use crate::domain::views::{LOOKING_BACK, Queue};

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
fn a_dashboard_is_drawn_without_reading_a_definition_also_of_a_call_about_nobody_on_record() {
    let mut office = Office::new();
    office.taken_call();
    let id = office.id();
    let unknown = Named { id: None, words: "the man in flat 9".to_owned() };
    let said = [("caller", text("W. Quay")), ("about", Answer::Named(unknown))];
    let unknown = step(id, Some(office.manager), "urgent.call", None, answers(said));
    office.store.append(&office.viewer(), one(unknown), now()).unwrap();
    let other = office.again();
    let board = other.board(&office.viewer(), now(), Limits::default()).unwrap();
    let said: Vec<&str> = board.calls.rows.iter().map(|row| row.said_of.as_str()).collect();
    assert!(said.contains(&"the man in flat 9") && said.contains(&""), "{said:?}");
    assert!(board.escalations.rows.iter().any(|row| row.said_of == "the man in flat 9"));
    assert!(!other.editions_now().unwrap().unwrap().is_read());
    // Whoever opens the case asks for its form.
    other.case(&office.viewer(), board.calls.rows[0].case, now()).unwrap();
    assert!(other.editions_now().unwrap().unwrap().is_read());
}

#[test]
fn of_very_many_who_are_called_so_the_first_by_name_are_found() {
    let mut office = Office::new();
    let elsewhere = office.register("locations", [("name", text("Elm Court"))]);
    let places = [named(office.place, "Rowan House"), named(elsewhere, "Elm Court")];
    let entries = (0..620).map(|number: usize| {
        // In no order.
        let name = format!("Anna Quimby{:03}", number * 7 % 620);
        let said = [("name", text(&name)), ("location", places[number % 2].clone())];
        step(EntryId(office.ids.uuid()), None, "people.register", None, answers(said))
    });
    let entries = entries.collect();
    office.store.append(&Viewer::system(), Batch { entries, ..Batch::default() }, now()).unwrap();
    let found = |viewer: &Viewer, typed: &str| -> Vec<String> {
        let rows = office.store.find(viewer, "people", typed, 3).unwrap();
        rows.into_iter().map(|row| row.name).collect()
    };
    let all = office.viewer();
    // Many, and few of the same: both are in the order of the names.
    assert_eq!(found(&all, "qui"), ["QUILL, Theresa", "QUIMBY000, Anna", "QUIMBY001, Anna"]);
    assert_eq!(found(&all, "an qui"), ["QUIMBY000, Anna", "QUIMBY001, Anna", "QUIMBY002, Anna"]);
    assert_eq!(found(&all, "quimby10"), ["QUIMBY100, Anna", "QUIMBY101, Anna", "QUIMBY102, Anna"]);
    // Whoever reads at one place finds its own alone.
    let here = office.store.find(&all, "people", "quimby", 700).unwrap();
    let ours: Vec<&str> =
        here.iter().filter(|row| row.location == Some(elsewhere)).map(|row| row.name.as_str()).collect();
    let one_place = Viewer { roles: vec![("duty_coordinator".to_owned(), Some(elsewhere))], ..all.clone() };
    assert_eq!(found(&one_place, "quimby"), ours[..3]);
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

#[test]
fn what_is_late_is_counted_in_all_that_is_open_however_few_rows_are_read() {
    let office = lived_in();
    let later = now() + chrono::TimeDelta::days(3);
    let board = |rows| {
        let limits = Limits { calls: rows, escalations: rows, overdue: rows };
        office.store.board(&office.viewer(), later, limits).unwrap()
    };
    let (all, cut) = (board(2000), board(1));
    let clocks = office.store.clocks().unwrap();
    let pressing = all.escalations.rows.iter().filter(|row| row.rank != LOOKING_BACK);
    let counted = pressing.map(|row| clocks.state(&row.commitment, later)).collect::<Tally>();
    assert!(counted.late + counted.long_late > 1, "more is late than one row: {counted:?}");
    assert_eq!(all.tally(Queue::Escalations, later), None, "the rows tell it themselves");
    let told = cut.tally(Queue::Escalations, later).expect("more is open than was read");
    assert_eq!((told.long_late, told.late), (counted.long_late, counted.late));
}
