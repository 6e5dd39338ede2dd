//! Saying that one has seen what is owed: only for oneself, only what one may see, only what is owed there.

use super::*;
use crate::domain::ids::CommitmentId;

/// A call, and what of it is owed first.
fn called(office: &mut Office) -> (CaseId, CommitmentId) {
    let (call, _) = office.taken_call();
    let state = office.store.case(&Viewer::system(), call, now()).unwrap().state;
    let owed = state.commitments.iter().find(|one| one.progress.is_open()).unwrap().id.clone();
    (call, owed)
}

/// What becomes of somebody saying so, whoever types it.
fn says(
    office: &mut Office,
    (by, typed_by): (Option<CaseId>, Option<CaseId>),
    case: Option<CaseId>,
    what: Vec<CommitmentId>,
) -> Result<Receipt, AppendError> {
    let viewer = office.store.viewer_for(typed_by, now()).unwrap();
    let who = Who { by, typed_by, method: Method::Asserted };
    let entry = NewEntry::of_act(office.id(), case, who, Act::Acknowledge { what }, now());
    office.store.append(&viewer, one(entry), now())
}

#[test]
fn each_says_it_for_themselves_of_what_is_owed_there_and_may_be_seen() {
    let mut office = Office::new();
    let (call, owed) = called(&mut office);
    let coordinator = office.colleague("Priya Shah", "duty_coordinator");
    let clerk = office.colleague("Noel Brand", "administrator");
    let (me, manager) = (Some(coordinator), Some(office.manager));
    let all = vec![owed.clone()];
    for (who, case, what, why) in [
        ((None, None), Some(call), all.clone(), "Each says for themselves"),
        ((manager, me), Some(call), all.clone(), "Each says for themselves"),
        ((Some(clerk), Some(clerk)), Some(call), all.clone(), "Reading records is for"),
        ((me, me), None, all.clone(), "There is no such"),
        ((me, me), Some(call), Vec::new(), "owed"),
        ((me, me), Some(office.person), all.clone(), "owed"),
        (
            (me, me),
            Some(call),
            vec![owed.clone(), CommitmentId { place: "then.nothing".to_owned(), ..owed.clone() }],
            "owed",
        ),
    ] {
        let refused = says(&mut office, who, case, what).unwrap_err();
        assert!(format!("{refused} {refused:?}").contains(why), "{why}: {refused:?}");
    }
    says(&mut office, (me, me), Some(call), all.clone()).unwrap();
    let state = office.store.case(&Viewer::system(), call, now()).unwrap().state;
    let seen = &state.commitments.iter().find(|one| one.id == owed).unwrap().acknowledged;
    assert_eq!(seen.iter().map(|one| one.by).collect::<Vec<_>>(), [coordinator]);
    office.whole();
}
