//! Roles at one place, acting for somebody for a time, and leaving.

use chrono::TimeDelta;

use super::second::{roles, word};
use super::*;
use crate::domain::views::Second;

fn hours(from_now: i64) -> Answer {
    Answer::Time(When::exact(now() + TimeDelta::hours(from_now)))
}

fn acts_for(whom: CaseId, name: &str, from: i64, until: i64) -> Answer {
    Answer::Rows(vec![answers([("whom", named(whom, name)), ("from", hours(from)), ("until", hours(until))])])
}

/// A governance item raised: the Registered Manager's, not a coordinator's.
fn raised(office: &mut Office, by: CaseId) -> NewEntry {
    let given = answers([("headline", text("GP not rung back")), ("what", text("Nobody had the list"))]);
    step(office.id(), Some(by), "governance.raise", None, given)
}

impl Office {
    /// Somebody appends at an hour counted from now.
    fn append_at(&mut self, staff: CaseId, hour: i64, entry: NewEntry) -> Result<Receipt, AppendError> {
        let at = now() + TimeDelta::hours(hour);
        let viewer = self.store.viewer_for(Some(staff), at).unwrap();
        self.store.append(&viewer, one(entry), at)
    }
}

#[test]
fn whoever_acts_for_somebody_may_what_they_may_while_it_lasts_and_it_says_for_whom() {
    let mut office = Office::new();
    let manager = office.manager;
    let coordinator = office.colleague("Priya Shah", "duty_coordinator");
    let lets = step(
        office.id(),
        Some(manager),
        "staff.acting",
        Some(coordinator),
        answers([("acting", acts_for(manager, "OKAFOR, Adaeze", 1, 9))]),
    );
    // It is hers to pass on: no second person.
    assert!(!office.append_as(manager, one(lets)).unwrap().waits);

    for (hour, may) in [(0, false), (1, true), (8, true), (9, false)] {
        let entry = raised(&mut office, coordinator);
        let case = CaseId::from(entry.id);
        let done = office.append_at(coordinator, hour, entry);
        assert_eq!(done.is_ok(), may, "at hour {hour}: {done:?}");
        if may {
            let view = office.store.case(&office.viewer(), case, now()).unwrap();
            assert_eq!(view.chronology[0].entry.leave.acting_for, Some(manager));
            assert_eq!(view.names[&manager], "OKAFOR, Adaeze");
        }
    }
    // What is her own act she does in her own name.
    let call = NewEntry {
        who: Who { by: Some(coordinator), typed_by: Some(coordinator), method: Method::Asserted },
        ..{
            let id = office.id();
            office.call(id)
        }
    };
    let case = CaseId::from(call.id);
    office.append_at(coordinator, 2, call).unwrap();
    let view = office.store.case(&office.viewer(), case, now()).unwrap();
    assert_eq!(view.chronology[0].entry.leave.acting_for, None);
    let viewer = office.store.viewer_for(Some(coordinator), now() + TimeDelta::hours(2)).unwrap();
    assert_eq!(viewer.acts_for(now() + TimeDelta::hours(2)).collect::<Vec<_>>(), ["OKAFOR, A."]);
    office.whole();
}

#[test]
fn acting_for_somebody_else_is_agreed_to_by_a_second_person_who_does_not_act_for_the_first() {
    let mut office = Office::new();
    let manager = office.manager;
    let deputy = office.colleague("Bea Marsh", "service_manager");
    let other = office.colleague("Tom Vale", "provider_lead");
    let coordinator = office.colleague("Priya Shah", "duty_coordinator");
    let lets = step(
        office.id(),
        Some(manager),
        "staff.acting",
        Some(coordinator),
        answers([("acting", acts_for(deputy, "MARSH, Bea", 0, 9))]),
    );
    let entry = lets.id;
    assert!(office.append_as(manager, one(lets)).unwrap().waits);
    assert!(office.holds(coordinator) == ["duty_coordinator"]);
    let yes = word(&mut office, other, entry, YesNo::Yes);
    office.append_as(other, one(yes)).unwrap();
    assert_eq!(office.holds(coordinator), ["duty_coordinator", "service_manager"]);
    assert!(matches!(office.second_of(coordinator, entry), Some(Second::Agreed { .. })));

    // Whoever acts for the deputy is no second person for what the deputy does.
    let gives = step(
        office.id(),
        Some(deputy),
        "staff.change",
        Some(other),
        answers([("name", text("Tom Vale")), ("roles", roles(&["provider_lead", "chair"]))]),
    );
    let given = gives.id;
    assert!(office.append_as(deputy, one(gives)).unwrap().waits, "for the manager");
    let forged = word(&mut office, coordinator, given, YesNo::Yes);
    assert!(matches!(office.append_as(coordinator, one(forged)), Err(AppendError::Denied(_))));
    let yes = word(&mut office, manager, given, YesNo::Yes);
    office.append_as(manager, one(yes)).unwrap();
    office.whole();
}

#[test]
fn a_role_at_one_place_counts_there_alone() {
    let mut office = Office::new();
    let (manager, here) = (office.manager, office.place);
    let elsewhere = office.register("locations", [("name", text("Beech Court"))]);
    office.register("people", [("name", text("Fred Fenn")), ("location", named(elsewhere, "Beech Court"))]);
    let at =
        answers([("role", Answer::Choice("team_leader".to_owned())), ("place", named(here, "Rowan House"))]);
    let leader =
        office.register("staff", [("name", text("Ines Brandt")), ("role_at", Answer::Rows(vec![at]))]);
    let viewer = office.store.viewer_for(Some(leader), now()).unwrap();
    assert_eq!(viewer.roles, [("team_leader".to_owned(), Some(here))]);
    let people = office.store.records(&viewer, "people", None, 10).unwrap();
    assert_eq!(people.rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["QUILL, Theresa"]);
    assert_eq!(people.total, 1);

    // The same role everywhere is more: it waits. What was there stays meanwhile.
    let deputy = office.colleague("Bea Marsh", "service_manager");
    let more = step(
        office.id(),
        Some(manager),
        "staff.change",
        Some(leader),
        answers([("name", text("Ines Brandt")), ("roles", roles(&["team_leader"]))]),
    );
    let entry = more.id;
    assert!(office.append_as(manager, one(more)).unwrap().waits);
    let yes = word(&mut office, deputy, entry, YesNo::Yes);
    office.append_as(deputy, one(yes)).unwrap();
    assert!(
        office
            .store
            .viewer_for(Some(leader), now())
            .unwrap()
            .roles
            .contains(&("team_leader".to_owned(), None))
    );
    office.whole();
}

#[test]
fn whoever_leaves_loses_all_at_once_and_so_does_whoever_acts_for_them() {
    let mut office = Office::new();
    let manager = office.manager;
    let deputy = office.colleague("Bea Marsh", "service_manager");
    let coordinator = office.colleague("Priya Shah", "duty_coordinator");
    let lets = step(
        office.id(),
        Some(deputy),
        "staff.acting",
        Some(coordinator),
        answers([("acting", acts_for(deputy, "MARSH, Bea", 0, 9))]),
    );
    office.append_as(deputy, one(lets.clone())).unwrap();
    assert_eq!(office.holds(coordinator), ["duty_coordinator", "service_manager"]);
    // A line that is taken out is over at once.
    let ends = step(office.id(), Some(deputy), "staff.acting", Some(coordinator), Answers::new());
    office.append_as(deputy, one(ends)).unwrap();
    assert_eq!(office.holds(coordinator), ["duty_coordinator"]);
    let id = office.id();
    let again = NewEntry { id, key: id.to_string(), ..lets };
    office.append_as(deputy, one(again)).unwrap();
    assert_eq!(office.holds(coordinator), ["duty_coordinator", "service_manager"]);
    let left = step(office.id(), Some(manager), "staff.left", Some(deputy), Answers::new());
    office.append_as(manager, one(left)).unwrap();
    assert_eq!(office.holds(deputy), [] as [&str; 0]);
    assert_eq!(office.holds(coordinator), ["duty_coordinator"]);
    // Whoever works here again is given their roles again, by two.
    let other = office.colleague("Tom Vale", "provider_lead");
    let again = step(
        office.id(),
        Some(manager),
        "staff.again",
        Some(deputy),
        answers([("name", text("Bea Marsh")), ("roles", roles(&["service_manager"]))]),
    );
    let entry = again.id;
    assert!(office.append_as(manager, one(again)).unwrap().waits);
    assert_eq!(office.holds(deputy), [] as [&str; 0]);
    let yes = word(&mut office, other, entry, YesNo::Yes);
    office.append_as(other, one(yes)).unwrap();
    assert_eq!(office.holds(deputy), ["service_manager"]);
    let left = step(office.id(), Some(manager), "staff.left", Some(deputy), Answers::new());
    office.append_as(manager, one(left)).unwrap();

    let own = office.store.viewer_for(Some(deputy), now()).unwrap();
    assert!(office.store.board(&own, now(), Limits::default()).is_err());
    office.whole();
}

#[test]
fn whoever_types_it_for_somebody_is_not_given_to_act_for_them_without_a_second_person() {
    let mut office = Office::new();
    let (manager, deputy) = (office.manager, office.colleague("Bea Marsh", "service_manager"));
    let coordinator = office.colleague("Priya Shah", "duty_coordinator");
    // An office may let its coordinators type for others; what is another's they still do not pass on.
    let mut files = Edition::built_in_files();
    let typed = "id = \"acting\"\ntyped_for = [\"duty_coordinator\"]\n";
    let decided =
        "\n[[step.field]]\nid = \"whose\"\nlabel = \"Whose act\"\nkind = \"staff\"\nmeans = \"decided_by\"\n";
    let left = "\n[[step]]\nid = \"left\"\n";
    files.entry("pathways/staff.toml".to_owned()).and_modify(|text| {
        let with = text.replacen("id = \"acting\"\n", typed, 1);
        *text = with.replacen(left, &format!("{decided}{left}"), 1);
    });
    office.store.adopt(&office.viewer(), files, now()).unwrap().unwrap();
    let lets = step(
        office.id(),
        Some(manager),
        "staff.acting",
        Some(coordinator),
        answers([("acting", acts_for(manager, "OKAFOR, Adaeze", 0, 9))]),
    );
    let who = Who { by: Some(manager), typed_by: Some(coordinator), method: Method::Asserted };
    let (entry, typed) = (lets.id, NewEntry { who, ..lets });
    assert!(office.append_as(coordinator, one(typed)).unwrap().waits);
    assert_eq!(office.holds(coordinator), ["duty_coordinator"]);
    let yes = word(&mut office, deputy, entry, YesNo::Yes);
    office.append_as(deputy, one(yes)).unwrap();
    office.whole();
}
