//! What was decided about somebody who is kept to a few, and what is counted of them: for those alone who may see them.

use super::*;

#[test]
fn what_was_decided_about_somebody_kept_to_a_few_is_read_by_them_alone() {
    let mut kept = Kept::restricted();
    let (holds, by) = (kept.office.id(), kept.office.manager);
    let duty = Act::HoldDuty { duty: "decision_holder".to_owned(), staff: kept.named, place: None };
    let who = Who { by: Some(by), typed_by: Some(by), method: Method::Asserted };
    let holds = NewEntry::of_act(holds, None, who, duty, now());
    kept.office.store.append(&kept.office.viewer(), one(holds), now()).unwrap();
    let id = kept.office.id();
    let decision = step(id, Some(kept.named), "urgent.decision", Some(kept.call), decided());
    let theirs = kept.office.store.viewer_for(Some(kept.named), now()).unwrap();
    kept.office.store.append(&theirs, one(decision), now()).unwrap();
    let read = |staff| {
        let viewer = kept.office.store.viewer_for(Some(staff), now()).unwrap();
        kept.office.store.decisions(&viewer, DecisionFilter::default(), 50).unwrap()
    };
    let theirs = read(kept.named);
    assert!(
        theirs
            .iter()
            .any(|row| row.case == kept.call && row.why.as_deref() == Some("Cold from the harbour wall"))
    );
    assert!(read(kept.coordinator).iter().all(|row| row.case != kept.call));
}

/// What somebody may not see is in none of their figures, and the screen says that there is such a thing.
#[test]
fn a_restricted_record_counts_for_those_alone_who_may_see_it() {
    let kept = Kept::restricted();
    let (measures, month) = (shipped(), Asked::month_of(now().date_naive()));
    let calls = |viewer: &Viewer| {
        let overview = kept.office.store.overview(viewer, measures, &month, now()).unwrap();
        let line = overview.lines.iter().find(|line| line.id == "calls").unwrap();
        (line.now().n, overview.without_restricted)
    };
    let manager = |staff| Viewer { roles: vec![("service_manager".to_owned(), None)], ..kept.viewer(staff) };
    assert_eq!(calls(&manager(kept.coordinator)), (1, true));
    assert_eq!(calls(&manager(kept.named)), (2, false));
    assert_eq!(calls(&kept.office.viewer()), (2, false));
    let refused = kept.office.store.overview(&kept.viewer(kept.coordinator), measures, &month, now());
    assert!(refused.unwrap_err().to_string().contains("Seeing measures is for"));
}
