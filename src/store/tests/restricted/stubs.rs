//! Where leaving a restricted record out could leave someone without care, it stands as a stub: its times, and whom to ask.

use super::*;

#[test]
fn what_is_owed_stands_as_a_stub_with_its_clock_its_owner_and_whom_to_ask() {
    let kept = Kept::restricted();
    let (closed, open) = (kept.viewer(kept.coordinator), kept.viewer(kept.named));
    let queue =
        |viewer: &Viewer| kept.office.store.owed(viewer, Queue::Escalations, now(), None, 50).unwrap();
    let (stubs, rows) = (queue(&closed), queue(&open));
    assert_eq!(stubs.total, rows.total, "nothing that is owed is left out");
    assert_eq!(stubs.rows.len(), rows.rows.len());
    let mut seen = 0;
    for (stub, row) in stubs.rows.iter().zip(&rows.rows).filter(|(_, row)| row.commitment.case == kept.call) {
        assert_eq!(stub.commitment.what, "restricted record, ask FROST, N.");
        assert_eq!((stub.commitment.due, &stub.owner), (row.commitment.due, &row.owner));
        assert_eq!((&*stub.reference, stub.subject.as_ref(), stub.risk.as_ref()), ("", None, None));
        seen += 1;
    }
    assert!(seen >= 1, "the decision on it is owed");
    let board = |viewer: &Viewer| kept.office.store.board(viewer, now(), Limits::default()).unwrap();
    assert_eq!((board(&closed).calls.rows.len(), board(&open).calls.rows.len()), (1, 2));
    assert_eq!((board(&closed).calls.total, board(&open).calls.total), (1, 2));
    assert_eq!((board(&closed).undecided, board(&open).undecided), (2, 2), "whoever decides hears of it");
    let people = |viewer: &Viewer| kept.office.store.records(viewer, "people", None, 50).unwrap().total;
    assert_eq!((people(&closed), people(&open)), (1, 2));
    let refused = kept.office.store.case(&closed, kept.call, now()).unwrap_err();
    assert_eq!(refused.to_string(), "restricted record, ask FROST, N.");
    // Whoever is granted to see all of them does, without being named.
    assert_eq!(board(&kept.office.viewer()).calls.total, 2);
}

#[test]
fn a_visit_that_nobody_comes_to_stands_as_a_stub_with_its_times_and_whose_worker_it_was() {
    let mut kept = Kept::restricted();
    let case = kept.visit();
    let by_larkfold = VisitFilter { provider: Some("larkfold".to_owned()), ..VisitFilter::default() };
    let visits = |viewer: &Viewer| kept.office.store.visits(viewer, &by_larkfold, 50).unwrap();
    let (stub, row) =
        (visits(&kept.viewer(kept.coordinator)).remove(0), visits(&kept.viewer(kept.named)).remove(0));
    assert_eq!((stub.case, stub.visit.from, stub.visit.until), (case, row.visit.from, row.visit.until));
    assert_eq!(stub.ask.as_deref(), Some("FROST, N."));
    assert_eq!((&*stub.reference, &stub.subject, &stub.visit.kind, &stub.level), ("", &None, &None, &None));
    assert!(row.ask.is_none() && row.subject.is_some() && row.visit.kind.as_deref() == Some("Medicine"));
    let uncovered =
        |viewer: &Viewer| kept.office.store.board(viewer, now(), Limits::default()).unwrap().uncovered;
    assert_eq!(uncovered(&kept.viewer(kept.coordinator)), 1, "somebody waits, whoever may see for whom");
}

/// What is owed for each of them is read by everybody, so whoever restricts the provider is offered no name either.
#[test]
fn whoever_relies_on_a_provider_stands_as_a_stub_whoever_restricts_it() {
    let mut kept = Kept::restricted();
    kept.visit();
    kept.arranged();
    let arrangement = kept.arrangement().unwrap();
    for staff in [kept.coordinator, kept.named, kept.office.manager] {
        let view = kept.office.store.case(&kept.viewer(staff), arrangement, now()).unwrap();
        let [visit, standing] = view.relying.as_slice() else { panic!("{:?}", view.relying) };
        for one in [visit, standing] {
            assert_eq!((one.who.id, &*one.who.words), (None, "restricted record, ask FROST, N."));
        }
        assert_eq!(visit.by, Some(now() + TimeDelta::hours(3)), "when somebody has to be there is said");
        assert_eq!(standing.why, "");
    }
    let providers = kept.office.store.providers(&kept.viewer(kept.coordinator), now(), 9).unwrap();
    assert_eq!(providers[0].relying, 2, "nobody is left out of the count");
    let plans = |staff| kept.office.store.plans(&kept.viewer(staff), kept.marsh, now());
    assert_eq!(plans(kept.coordinator).unwrap_err().to_string(), "restricted record, ask FROST, N.");
    assert_eq!(plans(kept.named).unwrap()[0].organisation, "Larkfold");
}

#[test]
fn a_location_counts_what_may_be_seen_and_stubs_where_somebody_waits() {
    let kept = Kept::restricted();
    let there = |staff| {
        let mut all = kept.office.store.locations(&kept.viewer(staff), now() + TimeDelta::hours(1)).unwrap();
        assert_eq!((all.rows.len(), all.open), (1, 1));
        all.rows.remove(0).now.unwrap()
    };
    let (closed, open) = (there(kept.coordinator), there(kept.named));
    // Both people live at Rowan House, and no call says where it is.
    assert_eq!((open.people, open.calls, open.undecided, open.restricted), (2, 2, 2, 0));
    assert_eq!((closed.people, closed.calls, closed.undecided, closed.restricted), (1, 1, 2, 1));
    assert_eq!(closed.late, open.late, "what is late is late, whoever may see whose it is");
    assert!(open.late >= 2);
}

#[test]
fn whoever_reads_at_one_location_is_told_no_numbers_of_another() {
    let mut kept = Kept::restricted();
    let id = kept.office.id();
    let mut nowhere = kept.office.call(id);
    if let NewSaid::Step { answers, .. } = &mut nowhere.what {
        answers.remove("about");
    }
    let everybody = kept.office.viewer();
    kept.office.store.append(&everybody, one(nowhere), now()).unwrap();
    let elsewhere = kept.office.register("locations", [("name", text("Elm Court"))]);
    let viewer = Viewer {
        staff: Some(kept.coordinator),
        roles: vec![("duty_coordinator".to_owned(), Some(elsewhere))],
        ..Viewer::default()
    };
    let all = kept.office.store.locations(&viewer, now()).unwrap();
    let seen: Vec<_> = all.rows.iter().map(|row| (row.location.name.as_str(), row.now.is_some())).collect();
    assert_eq!(seen, [("Elm Court", true), ("Rowan House", false)]);
    // A call about nobody known, whose place nobody has named, is hidden from nobody, and is under none of theirs. Those about
    // people of another place are there, though they do not say so.
    assert_eq!(all.nowhere.undecided, 1);
    // Whoever looks after the lists reads no numbers, and nobody at all no list.
    let roles = vec![("administrator".to_owned(), None)];
    let admin = Viewer { staff: Some(kept.coordinator), roles, ..Viewer::default() };
    let all = kept.office.store.locations(&admin, now()).unwrap();
    assert!(all.rows.len() == 2 && all.rows.iter().all(|row| row.now.is_none()));
    assert!(kept.office.store.locations(&Viewer::default(), now()).is_err());
}

#[test]
fn whom_to_ring_and_whom_nobody_sees_stand_as_stubs_with_their_times() {
    let mut kept = Kept::restricted();
    kept.promised();
    let (closed, open) = (kept.viewer(kept.coordinator), kept.viewer(kept.named));
    let store = &kept.office.store;
    let (stubs, rows) = (store.ring(&closed, now()).unwrap(), store.ring(&open, now()).unwrap());
    let ([stub], [row]) = (stubs.as_slice(), rows.as_slice()) else { panic!("one promise: {rows:?}") };
    assert_eq!((&stub.shuts, stub.owed.commitment.due), (&row.shuts, row.owed.commitment.due));
    assert_eq!(stub.owed.ask.as_deref(), Some("FROST, N."));
    assert!(stub.organisation.is_none() && row.organisation.is_some());
    let (stubs, rows) = (store.eyes(&closed).unwrap(), store.eyes(&open).unwrap());
    assert_eq!((stubs.len(), rows.len()), (2, 2));
    let of = |rows: &[crate::domain::views::EyesRow]| {
        rows.iter().find(|row| row.case == kept.call).unwrap().clone()
    };
    let (stub, row) = (of(&stubs), of(&rows));
    assert_eq!((stub.ask.as_deref(), row.ask.as_deref()), (Some("FROST, N."), None));
    assert_eq!(stub.eyes.unseen_since(), row.eyes.unseen_since());
    assert!(stub.subject.is_none() && stub.level.is_none() && row.level.is_some());
}

#[test]
fn a_warning_sign_about_a_restricted_record_stands_as_a_stub_that_says_whom_to_ask() {
    let kept = Kept::restricted();
    let (closed, open) = (kept.viewer(kept.coordinator), kept.viewer(kept.named));
    let later = now() + TimeDelta::days(3);
    let about = |viewer: &Viewer| {
        let signs = kept.office.store.signs(viewer, SignFilter::default(), later, 50).unwrap();
        signs.into_iter().filter(|sign| sign.about == Some(kept.call)).collect::<Vec<_>>()
    };
    let (stubs, rows) = (about(&closed), about(&open));
    assert!(!rows.is_empty());
    assert_eq!(stubs.len(), rows.iter().filter(|row| row.stands).count(), "none that stands is left out");
    for (stub, row) in stubs.iter().zip(&rows) {
        assert_eq!(
            (stub.title.as_str(), stub.ask.as_deref()),
            ("restricted record, ask FROST, N.", Some("FROST, N."))
        );
        assert_eq!(
            (stub.id, stub.severity, stub.since, &stub.owner),
            (row.id, row.severity, row.since, &row.owner)
        );
        assert_eq!((&*stub.rule, &*stub.means, &*stub.words, &stub.subject), ("", "", "", &None));
        assert!(row.ask.is_none() && row.title != stub.title);
        let refused = kept.office.store.sign(&closed, stub.id, later).unwrap_err();
        assert_eq!(refused.to_string(), stub.title);
    }
    // A person's own page and a meeting's agenda say nothing of it.
    let filter = SignFilter { about: Some(kept.call), answered: false };
    assert_eq!(kept.office.store.signs(&closed, filter, later, 50).unwrap(), []);
}
