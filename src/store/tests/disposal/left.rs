//! What is left of a disposal, and what is written about somebody of whom nothing else is left.

use super::*;

#[test]
fn whoever_disposes_of_what_belongs_to_a_place_sees_what_is_left_of_it() {
    let mut office = Office::new();
    let (place, person) = (office.place, office.person);
    let at = |role: &str| {
        let row = [("role", Answer::Choice(role.to_owned())), ("place", named(place, "Rowan House"))];
        ("role_at", Answer::Rows(vec![answers(row)]))
    };
    let one = office.register("staff", [("name", text("Ines Brandt")), at("registered_manager")]);
    let other = office.register("staff", [("name", text("Nia Frost")), at("registered_manager")]);
    let coordinator = office.register("staff", [("name", text("Cora Dunn")), at("duty_coordinator")]);
    let case = office.contact("Wound review", true);
    office.end_of_care();
    office.manager = one;
    office.disposed(other, Disposable::Case(person), later()).unwrap();
    let seen = |staff| {
        let viewer = office.store.viewer_for(Some(staff), later()).unwrap();
        office.store.case(&viewer, case, later()).map(|view| view.state.is_disposed_of())
    };
    assert!(matches!((seen(one), seen(other)), (Ok(true), Ok(true))));
    assert!(matches!(seen(coordinator), Err(ReadError::NotFound)));
    office.whole();
}

#[test]
fn a_call_about_somebody_of_whom_nothing_is_left_stands_before_everybody() {
    let mut office = Office::new();
    let second = office.colleague("Bea Marsh", "provider_lead");
    let coordinator = office.colleague("Priya Shah", "duty_coordinator");
    let (person, case) = (office.person, office.contact("Wound review", true));
    office.end_of_care();
    office.disposed(second, Disposable::Case(person), later()).unwrap();
    // Her chart was open on a desk when the telephone rang.
    let id = office.id();
    let who = Who { by: Some(coordinator), typed_by: Some(coordinator), method: Method::Asserted };
    let call = NewEntry { who, ..office.call(id) };
    office.appended(coordinator, call, later()).unwrap();
    let board = |office: &Office| {
        let viewer = office.store.viewer_for(Some(coordinator), later()).unwrap();
        let listed = office.store.cases(&viewer, &CaseFilter::default(), None, 9).unwrap();
        assert!(office.store.case(&viewer, CaseId::from(id), later()).is_ok());
        // What went with her is left to whoever oversees it.
        for gone in [person, case] {
            assert!(matches!(office.store.case(&viewer, gone, later()), Err(ReadError::NotFound)));
        }
        listed.rows.iter().map(|row| row.id).collect::<Vec<_>>()
    };
    assert_eq!(board(&office), [CaseId::from(id)]);
    office.whole();
    office.store.rebuild(&Viewer::system()).unwrap();
    assert_eq!(board(&office), [CaseId::from(id)]);
}
