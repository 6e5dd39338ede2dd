//! What is asked of a batch before it is in the record, and that it is there once, whole and in order.

use chrono::TimeDelta;

use super::*;

#[test]
fn saving_twice_is_one_entry_and_other_words_under_one_key_are_refused() {
    let mut office = Office::new();
    let id = office.id();
    let call = office.call(id);
    let viewer = office.viewer();
    let first = office.store.append(&viewer, one(call.clone()), now()).unwrap();
    let again = office.store.append(&viewer, one(call.clone()), now() + TimeDelta::minutes(1)).unwrap();
    assert_eq!(again, Receipt { repeated: true, ..first.clone() });
    assert_eq!(office.store.lookup(&id.to_string()).unwrap().unwrap().first, first.first);
    let mut late = call.clone();
    if let NewSaid::Step { why_late, .. } = &mut late.what {
        *why_late = Some("Nobody could be reached".to_owned());
    }
    assert!(matches!(office.store.append(&viewer, one(late), now()), Err(AppendError::Conflict(_))));
    let mut other = call;
    if let NewSaid::Step { answers, .. } = &mut other.what {
        answers.insert("changed".to_owned(), text("hard to rouse"));
    }
    assert!(matches!(office.store.append(&viewer, one(other), now()), Err(AppendError::Conflict(_))));
    assert_eq!(office.store.head().unwrap(), first.last);
}

#[test]
fn a_batch_is_in_the_record_whole_or_not_at_all() {
    let mut office = Office::new();
    let before = office.store.head().unwrap();
    let (good, bad) = (office.id(), office.id());
    let call = office.call(good);
    let nowhere = step(bad, Some(office.manager), "urgent.emergency", Some(CaseId(bad.0)), Answers::new());
    let batch = Batch { entries: vec![call, nowhere], ..Batch::default() };
    let viewer = office.viewer();
    assert!(matches!(office.store.append(&viewer, batch, now()), Err(AppendError::Problems(_))));
    assert_eq!(office.store.head().unwrap(), before);
    office.whole();
}

#[test]
fn who_may_not_decide_is_told_who_may_and_nobody_types_under_anothers_name() {
    let mut office = Office::new();
    let (case, _) = office.taken_call();
    let id = office.id();
    let decision = step(id, Some(office.manager), "urgent.decision", Some(case), Answers::new());
    let viewer = office.viewer();
    let refused = office.store.append(&viewer, one(decision.clone()), now()).unwrap_err();
    assert!(matches!(refused, AppendError::Denied(_)), "{refused}");
    let hold = NewEntry {
        what: NewSaid::Act(Act::HoldDuty {
            duty: "decision_holder".to_owned(),
            staff: office.manager,
            place: None,
        }),
        case: None,
        ..decision
    };
    office.store.append(&viewer, one(hold.clone()), now()).unwrap();
    assert!(office.viewer().holds("decision_holder", None));
    let stranger = Viewer::default();
    let other = NewEntry { id: EntryId(case.0), key: "other".to_owned(), ..hold };
    assert!(matches!(office.store.append(&stranger, one(other), now()), Err(AppendError::Denied(_))));
    assert!(matches!(office.store.board(&stranger, now(), Limits::default()), Err(ReadError::Denied(_))));
}

#[test]
fn a_decision_on_a_case_that_moved_is_refused_and_an_addition_is_marked() {
    let mut office = Office::new();
    let (case, receipt) = office.taken_call();
    let emergency = |office: &mut Office| {
        let given = answers([
            ("called", Answer::Choices(vec!["ambulance".to_owned()])),
            ("who", text("W. Quay")),
            ("called_at", Answer::Time(When::exact(now()))),
        ]);
        step(office.id(), Some(office.manager), "urgent.emergency", Some(case), given)
    };
    let viewer = office.viewer();
    let first = emergency(&mut office);
    office.store.append(&viewer, one(first), now()).unwrap();
    let second = emergency(&mut office);
    let batch = Batch { seen: vec![(case, receipt.last)], ..one(second) };
    office.store.append(&viewer, batch, now()).unwrap();
    let view = office.store.case(&viewer, case, now()).unwrap();
    assert_eq!(view.chronology.iter().map(|told| told.unsighted).collect::<Vec<_>>(), [false, false, true]);
    let moved = NewEntry {
        what: NewSaid::Act(Act::Reattribute {
            case,
            from: office.person,
            to: office.place,
            reason: "another person".to_owned(),
        }),
        ..emergency(&mut office)
    };
    let stale = Batch { seen: vec![(case, receipt.last)], ..one(moved.clone()) };
    match office.store.append(&viewer, stale, now()) {
        Err(AppendError::Conflict(moved)) => assert_eq!(moved[0].since.len(), 2),
        other => panic!("{other:?}"),
    }
    office.store.append(&viewer, one(moved), now()).unwrap();
    let person = office.store.person(&viewer, office.person, now()).unwrap();
    assert!(person.cases.is_empty() && person.owed.is_empty());
    assert_eq!(person.moved[0].case, case);
    office.whole();
}

#[test]
fn a_clock_that_went_back_refuses_nothing_and_is_noted() {
    let mut office = Office::new();
    let id = office.id();
    let call = office.call(id);
    let viewer = office.viewer();
    let receipt = office.store.append(&viewer, one(call), now() - TimeDelta::hours(1)).unwrap();
    let stored = ledger::by_id(&office.store.conn, id).unwrap().unwrap();
    assert!(stored.header.clock_regressed);
    assert_eq!(stored.header.seq, receipt.last);
    office.whole();
}

#[test]
fn two_programs_writing_in_turn_make_one_chain() {
    let mut office = Office::new();
    let mut other = office.again();
    let viewer = office.viewer();
    for _ in 0..3 {
        office.taken_call();
        let id = office.id();
        let call = office.call(id);
        other.append(&viewer, one(call), now()).unwrap();
    }
    assert_eq!(office.store.board(&viewer, now(), Limits::default()).unwrap().calls.total, 6);
    office.whole();
}

#[test]
fn a_death_calls_off_nothing_in_a_case_that_was_moved_to_somebody_else_meanwhile() {
    let mut office = Office::new();
    let (case, _) = office.taken_call();
    let (viewer, manager, person) = (office.viewer(), office.manager, office.person);
    let other = office.register("people", [("name", text("Bernard Oakes"))]);
    // The form asks what becomes of it.
    let owed = office.store.person(&viewer, person, now()).unwrap().owed.remove(0).named();
    let moved = |office: &mut Office, from, to| {
        let act = Act::Reattribute { case, from, to, reason: "the caller meant somebody else".to_owned() };
        let own = step(office.id(), Some(manager), "act.reattribute", Some(case), Answers::new());
        office.store.append(&viewer, one(NewEntry { what: NewSaid::Act(act), ..own }), now()).unwrap();
    };
    let died = |office: &mut Office| {
        let row =
            answers([("what", Answer::Owed(owed.clone())), ("becomes", Answer::Choice("cancel".to_owned()))]);
        let said = answers([
            ("where", Answer::Choice("died".to_owned())),
            ("since", Answer::Time(When::exact(now()))),
            ("said_by", text("Dr ZZ at the bedside")),
            ("happened", text("Found not breathing")),
            ("owed", Answer::Rows(vec![row])),
        ]);
        let died = step(office.id(), Some(manager), "people.whereabouts", Some(person), said);
        office.store.append(&viewer, one(died), now()).unwrap();
    };
    let is_open = |office: &Office| {
        let state = office.store.case(&viewer, case, now()).unwrap().state;
        state.commitments.iter().find(|one| one.id == owed.id).unwrap().progress.is_open()
    };
    moved(&mut office, person, other);
    died(&mut office);
    assert!(is_open(&office), "whoever it is about now is alive");
    moved(&mut office, other, person);
    died(&mut office);
    assert!(!is_open(&office));
    office.whole();
}
