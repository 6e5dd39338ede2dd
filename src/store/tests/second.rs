//! What wants two people: it waits, it is agreed to or refused by somebody else, or it is done alone for a reason.

use super::*;
use crate::domain::act::Act;
use crate::domain::views::Second;

/// Roles as an answer.
pub(super) fn roles(ids: &[&str]) -> Answer {
    Answer::Choices(ids.iter().map(|id| (*id).to_owned()).collect())
}

/// A second person's word.
pub(super) fn word(office: &mut Office, by: CaseId, entry: EntryId, agrees: YesNo) -> NewEntry {
    let id = office.id();
    let act = Act::Countersign { entry, agrees, note: String::new() };
    NewEntry { what: NewSaid::Act(act), ..step(id, Some(by), "act.countersign", None, Answers::new()) }
}

impl Office {
    pub(super) fn append_as(&mut self, staff: CaseId, batch: Batch) -> Result<Receipt, AppendError> {
        let viewer = self.store.viewer_for(Some(staff), now()).unwrap();
        self.store.append(&viewer, batch, now())
    }

    /// A colleague as the office has them from its beginning.
    pub(super) fn colleague(&mut self, name: &str, role: &str) -> CaseId {
        self.register("staff", [("name", text(name)), ("roles", roles(&[role]))])
    }

    /// The manager records a change of somebody's particulars.
    fn change(&mut self, by: CaseId, of: CaseId, given: Answers) -> (EntryId, Result<Receipt, AppendError>) {
        let id = self.id();
        let entry = step(id, Some(by), "staff.change", Some(of), given);
        (id, self.append_as(by, one(entry)))
    }

    pub(super) fn holds(&self, staff: CaseId) -> Vec<String> {
        let viewer = self.store.viewer_for(Some(staff), now()).unwrap();
        viewer.roles.into_iter().map(|(role, _)| role).collect()
    }

    pub(super) fn second_of(&self, case: CaseId, entry: EntryId) -> Option<Second> {
        let view = self.store.case(&self.viewer(), case, now()).unwrap();
        view.chronology.into_iter().find(|told| told.entry.id == entry).unwrap().second
    }
}

#[test]
fn a_role_is_given_when_a_second_person_agrees_and_taken_at_once() {
    let mut office = Office::new();
    let deputy = office.colleague("Bea Marsh", "service_manager");
    let coordinator = office.colleague("Priya Shah", "duty_coordinator");
    let manager = office.manager;
    let given =
        answers([("name", text("Priya Shah-Lowe")), ("roles", roles(&["duty_coordinator", "duty_manager"]))]);
    let (entry, receipt) = office.change(manager, coordinator, given);
    assert!(receipt.unwrap().waits);
    // The name counts at once, the role that was there stays, the new one waits.
    assert_eq!(office.holds(coordinator), ["duty_coordinator"]);
    assert_eq!(office.store.staff().unwrap()[2].name, "SHAH-LOWE, Priya");
    assert_eq!(office.second_of(coordinator, entry), Some(Second::Waits));
    office.whole();

    // It waits for the deputy, not for whoever recorded it, nor for whom it is about.
    let waits = |office: &Office, staff| {
        let viewer = office.store.viewer_for(Some(staff), now()).unwrap();
        office.store.to_countersign(&viewer, now()).unwrap().len()
    };
    assert_eq!([manager, deputy, coordinator].map(|staff| waits(&office, staff)), [0, 1, 0]);
    for refused in [manager, coordinator] {
        let own = word(&mut office, refused, entry, YesNo::Yes);
        assert!(matches!(office.append_as(refused, one(own)), Err(AppendError::Denied(_))));
    }
    // Nobody agrees in the deputy's name.
    let forged = word(&mut office, deputy, entry, YesNo::Yes);
    assert!(matches!(office.append_as(manager, one(forged)), Err(AppendError::Denied(_))));

    let agreed = word(&mut office, deputy, entry, YesNo::Yes);
    office.append_as(deputy, one(agreed)).unwrap();
    assert_eq!(office.holds(coordinator), ["duty_coordinator", "duty_manager"]);
    assert_eq!(waits(&office, deputy), 0);
    assert!(
        matches!(office.second_of(coordinator, entry), Some(Second::Agreed { by, .. }) if by == Some(deputy))
    );
    let again = word(&mut office, deputy, entry, YesNo::No);
    assert!(matches!(office.append_as(deputy, one(again)), Err(AppendError::Problems(_))));

    let (_, receipt) = office.change(
        manager,
        coordinator,
        answers([("name", text("Priya Shah-Lowe")), ("roles", roles(&["duty_coordinator"]))]),
    );
    assert!(!receipt.unwrap().waits);
    assert_eq!(office.holds(coordinator), ["duty_coordinator"]);
    office.whole();
}

#[test]
fn what_is_refused_never_has_effect_and_what_came_between_stays() {
    let mut office = Office::new();
    let deputy = office.colleague("Bea Marsh", "service_manager");
    let carer = office.colleague("Tom Vale", "care_worker");
    let manager = office.manager;
    let (first, _) = office.change(
        manager,
        carer,
        answers([("name", text("Tom Vale")), ("roles", roles(&["care_worker", "shift_leader"]))]),
    );
    // Another change while it waits: it says nothing of the role that is not in force.
    let (_, between) = office.change(
        manager,
        carer,
        answers([
            ("name", text("Tom Vale")),
            ("phone", text("01632 960 222")),
            ("roles", roles(&["care_worker"])),
        ]),
    );
    assert!(!between.unwrap().waits);
    let (second, _) = office.change(
        manager,
        carer,
        answers([
            ("name", text("Tom Vale")),
            ("phone", text("01632 960 222")),
            ("roles", roles(&["care_worker", "key_worker"])),
        ]),
    );
    let no = word(&mut office, deputy, second, YesNo::No);
    office.append_as(deputy, one(no)).unwrap();
    assert!(matches!(office.second_of(carer, second), Some(Second::Refused { .. })));
    let yes = word(&mut office, deputy, first, YesNo::Yes);
    office.append_as(deputy, one(yes)).unwrap();
    assert_eq!(office.holds(carer), ["care_worker", "shift_leader"]);
    assert_eq!(office.store.record(&office.viewer(), carer).unwrap().phone.as_deref(), Some("01632 960 222"));
    office.whole();
    office.store.rebuild(&Viewer::system()).unwrap();
    assert_eq!(office.holds(carer), ["care_worker", "shift_leader"]);
}

#[test]
fn a_correction_gives_no_role_and_leaves_alone_what_waits() {
    let mut office = Office::new();
    let deputy = office.colleague("Bea Marsh", "service_manager");
    let manager = office.manager;
    let id = office.id();
    let given = answers([("name", text("Priya Shah")), ("roles", roles(&["duty_coordinator"]))]);
    let new = step(id, Some(manager), "staff.register", None, given);
    assert!(office.append_as(manager, one(new)).unwrap().waits);
    let staff = CaseId::from(id);
    assert_eq!(office.holds(staff), [] as [&str; 0]);
    let amend = |office: &mut Office, given: &[&str]| {
        let act = Act::Amend {
            entry: id,
            answers: answers([("name", text("Priya Shah")), ("roles", roles(given))]),
            occurred: None,
            reason: "misheard".to_owned(),
        };
        let own = office.id();
        let entry = NewEntry {
            what: NewSaid::Act(act),
            ..step(own, Some(manager), "act.amend", Some(staff), Answers::new())
        };
        office.append_as(manager, one(entry))
    };
    assert!(matches!(amend(&mut office, &["duty_coordinator"]), Err(AppendError::Problems(_))));
    let yes = word(&mut office, deputy, id, YesNo::Yes);
    office.append_as(deputy, one(yes)).unwrap();
    assert_eq!(office.holds(staff), ["duty_coordinator"]);
    assert!(matches!(amend(&mut office, &["duty_coordinator", "chair"]), Err(AppendError::Problems(_))));
    amend(&mut office, &["duty_coordinator"]).unwrap();
    assert_eq!(office.holds(staff), ["duty_coordinator"]);
    office.whole();
}

#[test]
fn where_there_is_nobody_else_it_is_done_alone_for_a_reason_that_is_kept() {
    let mut office = Office::new();
    let manager = office.manager;
    let id = office.id();
    let given = answers([("name", text("Priya Shah")), ("roles", roles(&["duty_coordinator"]))]);
    let new = step(id, Some(manager), "staff.register", None, given);
    assert_eq!(office.append_as(manager, one(new.clone())), Err(AppendError::Alone));
    let alone = Some("I am the only manager until Monday".to_owned());
    let receipt = office.append_as(manager, Batch { alone: alone.clone(), ..one(new) }).unwrap();
    assert!(!receipt.waits);
    let staff = CaseId::from(id);
    assert_eq!(office.holds(staff), ["duty_coordinator"]);
    assert_eq!(office.second_of(staff, id), alone.map(Second::Alone));
    let listed = office.store.done_alone(&office.viewer(), 10).unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!((listed[0].title.as_str(), listed[0].by.as_str()), ("New member of staff", "OKAFOR, Adaeze"));
    assert_eq!(listed[0].why, "I am the only manager until Monday");
    office.whole();
}

/// A governance item of the manager's, with what is done about it decided.
fn item(office: &mut Office) -> CaseId {
    let manager = office.manager;
    let id = office.id();
    let raised = answers([("headline", text("GP not rung back")), ("what", text("Nobody had the list"))]);
    let raise = step(id, Some(manager), "governance.raise", None, raised);
    office.append_as(manager, one(raise)).unwrap();
    let case = CaseId::from(id);
    let id = office.id();
    let decided = answers([("cause", text("No list")), ("no_action", text("It is on the wall now"))]);
    let act = step(id, Some(manager), "governance.act", Some(case), decided);
    office.append_as(manager, one(act)).unwrap();
    case
}

fn close(office: &mut Office, by: CaseId, case: CaseId) -> NewEntry {
    let id = office.id();
    let given = answers([
        ("better", text("Rung back within the hour")),
        ("ended", Answer::Choice("improved".to_owned())),
    ]);
    step(id, Some(by), "governance.close", Some(case), given)
}

#[test]
fn nobody_signs_off_their_own_closure_and_another_closes_at_once() {
    let mut office = Office::new();
    let deputy = office.colleague("Bea Marsh", "delegate");
    let (manager, case) = (office.manager, item(&mut office));
    let closing = close(&mut office, manager, case);
    assert!(office.append_as(manager, one(closing.clone())).unwrap().waits);
    let state = |office: &Office| office.store.case(&office.viewer(), case, now()).unwrap().state;
    assert_eq!((state(&office).closed, state(&office).state.as_str()), (false, "under_way"));
    // It is not recorded twice while it waits.
    let again = close(&mut office, deputy, case);
    let refused = office.append_as(deputy, one(again)).unwrap_err().to_string();
    assert!(refused.contains("waits for a second person"), "{refused}");
    office.whole();

    let yes = word(&mut office, deputy, closing.id, YesNo::Yes);
    office.append_as(deputy, one(yes)).unwrap();
    assert_eq!((state(&office).closed, state(&office).state.as_str()), (true, "closed"));
    assert_eq!(state(&office).facts.how_closed.as_deref(), Some("Better, and it shows"));
    office.whole();

    // Another who did neither closes at once.
    let other = item(&mut office);
    let closing = close(&mut office, deputy, other);
    assert!(!office.append_as(deputy, one(closing)).unwrap().waits);
    assert!(office.store.case(&office.viewer(), other, now()).unwrap().state.closed);
    office.whole();
}

#[test]
fn a_closure_that_waits_is_not_agreed_to_once_something_else_was_decided_after_it() {
    let mut office = Office::new();
    let deputy = office.colleague("Bea Marsh", "delegate");
    let (manager, case) = (office.manager, item(&mut office));
    let closing = close(&mut office, manager, case);
    office.append_as(manager, one(closing.clone())).unwrap();
    // It stands where it stood, and yet it is another matter now.
    let id = office.id();
    let decided =
        answers([("cause", text("The list was old")), ("no_action", text("A new one hangs there"))]);
    let act = step(id, Some(deputy), "governance.act", Some(case), decided);
    office.append_as(deputy, one(act)).unwrap();

    let yes = word(&mut office, deputy, closing.id, YesNo::Yes);
    let refused = office.append_as(deputy, one(yes)).unwrap_err().to_string();
    assert!(refused.contains("was recorded after"), "{refused}");
    assert!(!office.store.case(&office.viewer(), case, now()).unwrap().state.closed);
    // Refused, it is recorded again, and then agreed to.
    let no = word(&mut office, deputy, closing.id, YesNo::No);
    office.append_as(deputy, one(no)).unwrap();
    let again = close(&mut office, manager, case);
    office.append_as(manager, one(again.clone())).unwrap();
    let yes = word(&mut office, deputy, again.id, YesNo::Yes);
    office.append_as(deputy, one(yes)).unwrap();
    assert!(office.store.case(&office.viewer(), case, now()).unwrap().state.closed);
    office.whole();
}

#[test]
fn a_closure_that_was_refused_can_be_recorded_again_and_a_correction_of_an_agreed_one_keeps_it_closed() {
    let mut office = Office::new();
    let deputy = office.colleague("Bea Marsh", "delegate");
    let (manager, case) = (office.manager, item(&mut office));
    let first = close(&mut office, manager, case);
    office.append_as(manager, one(first.clone())).unwrap();
    let no = word(&mut office, deputy, first.id, YesNo::No);
    office.append_as(deputy, one(no)).unwrap();
    let second = close(&mut office, manager, case);
    assert!(office.append_as(manager, one(second.clone())).unwrap().waits);
    let yes = word(&mut office, deputy, second.id, YesNo::Yes);
    office.append_as(deputy, one(yes)).unwrap();
    let id = office.id();
    let act = Act::Amend {
        entry: second.id,
        answers: answers([
            ("better", text("Rung back within two hours")),
            ("ended", Answer::Choice("no_change".to_owned())),
        ]),
        occurred: None,
        reason: "misread".to_owned(),
    };
    let amend = NewEntry {
        what: NewSaid::Act(act),
        ..step(id, Some(manager), "act.amend", Some(case), Answers::new())
    };
    office.append_as(manager, one(amend)).unwrap();
    let state = office.store.case(&office.viewer(), case, now()).unwrap().state;
    assert!(state.closed);
    assert_eq!(state.facts.how_closed.as_deref(), Some("Done, no difference yet"));
    office.whole();
}
