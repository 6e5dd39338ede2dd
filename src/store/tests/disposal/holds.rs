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

#[test]
fn a_lifting_waits_for_somebody_who_sees_what_is_held_and_nobody_is_told_of_what_they_do_not_see() {
    let mut office = Office::new();
    let (manager, quill) = (office.manager, office.person);
    let lead = office.colleague("Bea Marsh", "provider_lead");
    let case = office.contact("Wound review", true);
    office.end_of_care();
    // Somebody who is kept to a few, and a contact about them that is held.
    let kept = Answer::YesNo { is: YesNo::Yes, why: "Her address".to_owned() };
    office.person = office.register("people", [("name", text("Oswin Thackeray")), ("restricted", kept)]);
    let other = office.contact("Same night", true);
    let claim = office.acted(manager, Some(other), hold("Claim 14"), now()).unwrap();
    let lift = Act::LiftHold { hold: claim, reason: "Settled".to_owned() };
    // Bea may lift holds and does not see this one: nobody would ever answer.
    let refused = office.acted(manager, Some(other), lift.clone(), now()).unwrap_err();
    assert_eq!(refused.to_string(), words::NEVER_LIFTED_ALONE);

    let link = Act::Link { a: other, b: case, reason: "One visit".to_owned(), duplicate: YesNo::No };
    office.acted(manager, None, link, later()).unwrap();
    assert_eq!(office.kept_from(manager, quill), ["RL-1 is linked with RL-2, which is kept"]);
    let told = format!("RL-1 is linked with {}, which is kept", words::NOT_SEEN);
    assert_eq!(office.kept_from(lead, quill), std::slice::from_ref(&told));
    let act = office.due(quill, later()).act().0;
    let refused = office.acted(lead, Some(quill), act, later()).unwrap_err().to_string();
    assert!(refused.contains(&told), "{refused}");

    // With somebody who sees it, it waits, and they answer.
    let colleague = office.colleague("Nia Frost", "registered_manager");
    office.lifted(colleague, other, claim, "", later());
    assert!(office.store.case(&office.viewer(), other, later()).unwrap().state.holds.is_empty());
    office.whole();
}
