//! The rota in the record: slots planned, swapped, called off; duties that begin and end without an entry.

use chrono::TimeDelta;

use super::*;
use crate::domain::permission::DECISION_HOLDER;

const ON_CALL: &str = "on_call";

fn at(hours: i64) -> DateTime<Utc> {
    now() + TimeDelta::hours(hours)
}

fn time(hours: i64) -> Answer {
    Answer::Time(When::exact(at(hours)))
}

fn slot(duty: &str, who: CaseId, from: i64, until: i64) -> Answers {
    answers([
        ("duty", Answer::Choice(duty.to_owned())),
        ("who", named(who, "Somebody")),
        ("from", time(from)),
        ("until", time(until)),
    ])
}

impl Office {
    fn plan(&mut self, given: Answers) -> Result<CaseId, AppendError> {
        let entry = step(self.id(), Some(self.manager), "rota.plan", None, given);
        let id = CaseId::from(entry.id);
        self.append_as(self.manager, one(entry)).map(|_| id)
    }

    fn holder(&self, duty: &str, hours: i64) -> Option<(CaseId, bool)> {
        let rota = self.store.rota(&self.viewer(), at(hours)).unwrap();
        let held = rota.holder(duty, None, at(hours))?;
        Some((held.staff, held.stands_in.is_some()))
    }
}

#[test]
fn a_slot_gives_the_decision_and_takes_it_back_without_an_entry() {
    let mut office = Office::new();
    let okafor = office.colleague("Ife Mensah", "on_call_manager");
    office.plan(slot(DECISION_HOLDER, okafor, 1, 13)).unwrap();
    let (case, _) = office.taken_call();
    let head = office.store.head().unwrap();
    let decide = |office: &mut Office, hours: i64| {
        let given = answers([
            ("routes", Answer::Choices(vec!["gp".to_owned()])),
            ("rationale", text("She is worse than this morning")),
            ("told", text("the carer")),
        ]);
        let entry = step(office.id(), Some(okafor), "urgent.decision", Some(case), given);
        // The viewer is as it was when the form was opened; the record asks at its own time.
        let viewer = office.store.viewer_for(Some(okafor), at(2)).unwrap();
        office.store.rehearse(&viewer, one(entry), at(hours)).map(|_| ())
    };
    for (hours, may) in [(0, false), (1, true), (12, true), (13, false)] {
        let done = decide(&mut office, hours);
        let denied = matches!(done, Err(AppendError::Denied(_)));
        assert_eq!(!denied, may, "at hour {hours}: {done:?}");
    }
    assert_eq!(office.store.head().unwrap(), head, "nothing was written");
    let viewer = office.store.viewer_for(Some(okafor), at(2)).unwrap();
    assert!(viewer.holds(DECISION_HOLDER, None));
    assert!(!viewer.clone().at(at(13)).holds(DECISION_HOLDER, None), "the same viewer, later");
    office.whole();
}

#[test]
fn nobody_is_planned_for_what_their_roles_may_not_hold() {
    let mut office = Office::new();
    let carer = office.colleague("Carl Reed", "care_worker");
    let refused = office.plan(slot(DECISION_HOLDER, carer, 1, 13)).unwrap_err();
    let AppendError::Problems(problems) = refused else { panic!("{refused}") };
    assert_eq!(problems[0].field, "who");
    assert!(problems[0].says.contains("none of their roles may hold this duty"), "{}", problems[0].says);
    let manager = office.manager;
    let backwards = office.plan(slot(DECISION_HOLDER, manager, 13, 1)).unwrap_err();
    let AppendError::Problems(problems) = backwards else { panic!("{backwards}") };
    assert_eq!(problems[0].field, "until");
    assert!(problems[0].says.contains("not after \"From\""), "{}", problems[0].says);
}

#[test]
fn a_swap_keeps_who_was_planned_and_a_slot_called_off_leaves_a_gap() {
    let mut office = Office::new();
    let first = office.colleague("Ife Mensah", "on_call_manager");
    let second = office.colleague("Noor Haddad", "on_call_manager");
    let planned = office.plan(slot(DECISION_HOLDER, first, 1, 13)).unwrap();
    office.plan(slot(ON_CALL, second, 0, 13)).unwrap();
    assert_eq!(office.holder(DECISION_HOLDER, 2), Some((first, false)));

    let why = answers([
        ("who", named(second, "HADDAD, Noor")),
        ("agreed_with", text("Ife and the manager")),
        ("why", text("Her child is ill")),
    ]);
    let swap = step(office.id(), Some(second), "rota.swap", Some(planned), why);
    office.append_as(second, one(swap)).unwrap();
    assert_eq!(office.holder(DECISION_HOLDER, 2), Some((second, false)));
    let view = office.store.case(&office.viewer(), planned, at(2)).unwrap();
    assert_eq!(view.chronology.len(), 2, "who was planned stays to be read");

    let why = answers([("why", text("The service is shut"))]);
    let off = step(office.id(), Some(office.manager), "rota.cancel", Some(planned), why);
    office.append_as(office.manager, one(off)).unwrap();
    // It stood alone on the rota: nobody is told of gaps in a duty that was never planned but once and called off.
    assert_eq!(office.holder(DECISION_HOLDER, 2), None);
    let again = office.plan(slot(DECISION_HOLDER, first, 5, 9)).unwrap();
    assert_eq!(office.holder(DECISION_HOLDER, 2), Some((second, true)), "on call stands in");
    assert_eq!(office.holder(DECISION_HOLDER, 5), Some((first, false)));
    let record = office.store.record(&office.viewer(), again).unwrap();
    assert_eq!(record.name, "Decision holder: Somebody");
    office.whole();
    office.store.rebuild(&Viewer::system()).unwrap();
    assert_eq!(office.holder(DECISION_HOLDER, 5), Some((first, false)));
}

#[test]
fn whoever_has_left_is_on_no_duty() {
    let mut office = Office::new();
    let leaver = office.colleague("Ife Mensah", "on_call_manager");
    office.plan(slot(DECISION_HOLDER, leaver, 0, 13)).unwrap();
    assert_eq!(office.holder(DECISION_HOLDER, 2), Some((leaver, false)));
    let left = step(office.id(), Some(office.manager), "staff.left", Some(leaver), Answers::new());
    office.append_as(office.manager, one(left)).unwrap();
    assert_eq!(office.holder(DECISION_HOLDER, 2), None);
}

#[test]
fn a_duty_can_be_taken_for_one_place_alone() {
    let mut office = Office::new();
    let (manager, place) = (office.manager, office.place);
    let hold =
        |place| NewSaid::Act(Act::HoldDuty { duty: DECISION_HOLDER.to_owned(), staff: manager, place });
    for (place, holds) in [(Some(place), [true, false]), (None, [true, true])] {
        let entry = NewEntry {
            what: hold(place),
            ..step(office.id(), Some(manager), "act.act", None, Answers::new())
        };
        office.append_as(manager, one(entry)).unwrap();
        let elsewhere = CaseId(uuid::Uuid::from_u128(9));
        let here = [office.place, elsewhere].map(|at| office.viewer().holds(DECISION_HOLDER, Some(at)));
        assert_eq!(here, holds);
    }
    office.whole();
}

#[test]
fn a_rota_that_another_desk_changed_is_read_again_within_the_same_minute() {
    let mut office = Office::new();
    let [first, second] = [("Ife Mensah", "on_call_manager"), ("Ona Vale", "on_call_manager")]
        .map(|(name, role)| office.colleague(name, role));
    let other = Store::open(office.store.dir(), Box::new(Seeded::new(5))).unwrap();
    let holder = || {
        let rota = other.rota(&Viewer::system(), at(2)).unwrap();
        rota.holder(DECISION_HOLDER, None, at(2)).map(|held| held.staff)
    };
    let before = holder();
    assert_eq!(holder(), before, "nothing changed");
    office.plan(slot(DECISION_HOLDER, first, 1, 13)).unwrap();
    assert_eq!(holder(), Some(first));
    let take = Act::HoldDuty { duty: DECISION_HOLDER.to_owned(), staff: second, place: None };
    let entry = NewEntry {
        what: NewSaid::Act(take),
        ..step(office.id(), Some(office.manager), "act.act", None, Answers::new())
    };
    office.append_as(office.manager, one(entry)).unwrap();
    let seen = other.rota(&Viewer::system(), at(2)).unwrap();
    assert_eq!(seen.taken.iter().map(|taken| taken.staff).collect::<Vec<_>>(), [second]);
}
