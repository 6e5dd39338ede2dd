//! A hold holds whatever one person does meanwhile; and whom what stands there is told.

use super::*;

fn hold(reason: &str) -> Act {
    Act::Hold { reason: reason.to_owned() }
}

impl Office {
    /// What keeps a record, as somebody is told.
    fn kept_from(&self, staff: CaseId, id: CaseId) -> Vec<String> {
        let viewer = self.store.viewer_for(Some(staff), later()).unwrap();
        let due = self.store.disposal_of(&viewer, Disposable::Case(id), later()).unwrap();
        due.kept_by.iter().map(KeptBy::says).collect()
    }
}

#[test]
fn what_one_person_moves_takes_apart_or_corrects_stays_under_its_hold() {
    let mut office = Office::new();
    let (manager, quill, place) = (office.manager, office.person, office.place);
    let second = office.colleague("Bea Marsh", "provider_lead");
    let case = office.contact("Wound review", true);
    let claim = office.acted(manager, Some(quill), hold("Claim 14"), now()).unwrap();
    // To somebody else, whose support ends: all of it is due, and what was moved is held.
    let other = office.register("people", [("name", text("Oswin Thackeray"))]);
    let reason = "The other one in the room".to_owned();
    let moved = Act::Reattribute { case, from: quill, to: other, reason: reason.clone() };
    office.acted(manager, Some(case), moved, now()).unwrap();
    office.person = other;
    office.end_of_care();
    let is_held = |office: &Office, id, says: &str| {
        office
            .kept_from(manager, id)
            .iter()
            .any(|kept| kept.starts_with("legal hold on ") && kept.ends_with(says))
    };
    assert!(is_held(&office, other, "P-1: Claim 14"), "{:?}", office.kept_from(manager, other));
    assert!(refused_of(&mut office, second, Disposable::Case(other), later()).contains("Claim 14"));

    // What was merged is taken apart once the hold on it is lifted.
    let twin = office.register("people", [("name", text("Terry Quill"))]);
    let merge = Act::Merge { register: "people".to_owned(), kept: quill, gone: twin, reason: reason.clone() };
    office.acted(manager, None, merge, now()).unwrap();
    let apart = Act::Unmerge { kept: quill, gone: twin, reason };
    let refused = office.acted(manager, None, apart.clone(), now()).unwrap_err();
    assert_eq!(refused.to_string(), words::HELD_AS_ONE);
    office.lifted(second, quill, claim, "", now());
    office.acted(manager, None, apart, now()).unwrap();
    assert!(!is_held(&office, other, "Claim 14"));

    // Somebody who stood at a place that is held, and stands at another by a correction.
    let inquiry = office.acted(manager, Some(place), hold("Inquiry 7"), now()).unwrap();
    let beech = office.register("locations", [("name", text("Beech Court"))]);
    let given = answers([("name", text("Theresa Quill")), ("location", named(beech, "Beech Court"))]);
    let change = step(office.id(), Some(manager), "people.change", Some(quill), given);
    office.appended(manager, change, now()).unwrap();
    office.person = quill;
    office.end_of_care();
    assert!(is_held(&office, quill, "Inquiry 7"), "{:?}", office.kept_from(manager, quill));
    // Not somebody who never stood there.
    office.person = office.register("people", [("name", text("Olive Nash"))]);
    office.end_of_care();
    assert!(!is_held(&office, office.person, "Inquiry 7"));
    office.lifted(second, place, inquiry, "", now());
    assert!(!is_held(&office, quill, "Inquiry 7"));
    office.whole();
}
