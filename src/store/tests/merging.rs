//! Two records of one and the same: read as one wherever anybody looks, and apart again when that was wrong.

use rusqlite::types::Value;

use super::*;
use crate::domain::views::{PersonView, Queue};
use crate::store::reads::CaseFilter;

const REASON: &str = "one birth, one room; registered twice in the night";

impl Office {
    fn merging(&mut self, kept: CaseId, gone: CaseId) -> NewEntry {
        let act = Act::Merge { register: "people".to_owned(), kept, gone, reason: REASON.to_owned() };
        self.said(act)
    }

    fn said(&mut self, act: Act) -> NewEntry {
        let id = self.id();
        NewEntry { what: NewSaid::Act(act), ..step(id, Some(self.manager), "any.any", None, Answers::new()) }
    }

    fn append_one(&mut self, entry: NewEntry) -> Result<Receipt, AppendError> {
        let viewer = self.viewer();
        self.store.append(&viewer, one(entry), now())
    }

    fn merge(&mut self, kept: CaseId, gone: CaseId) {
        let entry = self.merging(kept, gone);
        self.append_one(entry).unwrap();
    }

    fn unmerge(&mut self, kept: CaseId, gone: CaseId) {
        let entry = self.said(Act::Unmerge { kept, gone, reason: "two sisters after all".to_owned() });
        self.append_one(entry).unwrap();
    }

    fn seen(&self, person: CaseId) -> PersonView {
        self.store.person(&self.viewer(), person, now()).unwrap()
    }

    fn found(&self, typed: &str) -> Vec<CaseId> {
        let rows = self.store.find(&self.viewer(), "people", typed, 10).unwrap();
        rows.into_iter().map(|row| row.id).collect()
    }

    /// Every row of every derived table, but for what every act leaves behind: its own place and the version of its
    /// cases.
    fn rows_without_acts(&self) -> Vec<(&'static str, Vec<Value>)> {
        let mut all = Vec::new();
        for table in migrations::DERIVED_TABLES {
            if table == "case_entries" {
                continue;
            }
            let columns = if table == "cases" {
                "id, letter, number, subject, location, state, closed, undecided, owed, missing, facts,
                 json_remove(body, '$.entries', '$.version')"
            } else {
                "*"
            };
            let mut statement =
                self.store.conn.prepare(&format!("SELECT {columns} FROM {table} ORDER BY 1, 2")).unwrap();
            let width = statement.column_count();
            let rows = statement
                .query_map([], |row| {
                    (0..width).map(|at| row.get(at)).collect::<rusqlite::Result<Vec<Value>>>()
                })
                .unwrap();
            all.extend(rows.map(|row| (table, row.unwrap())));
        }
        all
    }
}

/// A second record of the person, with a call about it.
fn twice() -> (Office, CaseId, CaseId) {
    let mut office = Office::new();
    office.taken_call();
    let place = named(office.place, "Rowan House");
    let twin = office.register("people", [("name", text("Tess Quill")), ("location", place)]);
    let id = office.id();
    let mut call = office.call(id);
    call.subject = Some(twin);
    if let NewSaid::Step { answers, .. } = &mut call.what {
        answers.insert("about".to_owned(), named(twin, "QUILL, Tess"));
    }
    office.append_one(call).unwrap();
    (office, twin, CaseId::from(id))
}

#[test]
fn a_duplicate_is_read_as_the_record_that_is_kept_and_leaves_a_stub() {
    let (mut office, twin, call) = twice();
    let (kept, viewer) = (office.person, office.viewer());
    let before = (office.seen(kept).cases.len(), office.seen(twin).cases.len());
    assert_eq!(before, (1, 1));
    office.merge(kept, twin);
    office.whole();

    let view = office.seen(kept);
    assert_eq!(view.cases.len(), 2);
    assert!(view.cases.iter().all(|row| row.subject.as_ref().is_some_and(|subject| subject.id == kept)));
    assert!(view.owed.iter().any(|row| row.commitment.case == call), "what is owed stands with it too");
    assert_eq!(view.duplicates.len(), 1);
    assert_eq!((view.duplicates[0].record, view.duplicates[0].name.as_str()), (twin, "QUILL, Tess"));

    let stub = office.seen(twin);
    assert_eq!((stub.cases.len(), stub.owed.len()), (0, 0));
    let merged = stub.merged.unwrap();
    assert_eq!((merged.record, merged.reference.as_str(), merged.reason.as_str()), (kept, "P-1", REASON));
    assert_eq!((merged.at, merged.by.as_str()), (now(), "OKAFOR, Adaeze"));

    // No list and no search offers it; the words of either name find the one that is kept.
    let listed = office.store.records(&viewer, "people", None, 10).unwrap();
    assert_eq!((listed.rows.len(), listed.total), (1, 1));
    assert_eq!(office.found("tess"), [kept]);
    assert_eq!(office.found("quill"), [kept]);
    let about = CaseFilter { subject: Some(kept), ..CaseFilter::default() };
    assert_eq!(office.store.cases(&viewer, &about, None, 10).unwrap().total, 2);
    let owed = office.store.owed(&viewer, Queue::Owed, now(), None, 50).unwrap();
    assert!(owed.rows.iter().all(|row| row.subject.as_ref().is_none_or(|subject| subject.id == kept)));
    assert_eq!(office.store.case(&viewer, call, now()).unwrap().state.subject, Some(kept));

    for typed in ["tess", "theresa"] {
        let found = office.store.search(&viewer, typed, 20).unwrap();
        let shown: Vec<String> = found.hits().map(|hit| format!("{:?}", hit.found)).collect();
        assert_eq!(shown.iter().filter(|one| one.starts_with("Record")).count(), 1, "{typed}: {shown:?}");
        assert_eq!(shown.iter().filter(|one| one.starts_with("Case")).count(), 2, "{typed}: {shown:?}");
    }

    // Both charts show the act.
    for record in [kept, twin] {
        let chart = office.store.case(&viewer, record, now()).unwrap();
        assert_eq!(chart.state.entries.last().unwrap().kind, "act.merge");
        assert_eq!(chart.merged.is_some(), record == twin);
        assert_eq!(chart.names[&twin], "QUILL, Tess");
    }

    // What names the duplicate all the same is read as of the one that is kept; on the stub nothing is recorded.
    let id = office.id();
    let mut late = office.call(id);
    late.subject = Some(twin);
    office.append_one(late).unwrap();
    assert_eq!(office.seen(kept).cases.len(), 3);
    let id = office.id();
    let change =
        step(id, Some(office.manager), "people.change", Some(twin), answers([("name", text("T. Quill"))]));
    let refused = office.append_one(change).unwrap_err();
    assert!(
        matches!(&refused, AppendError::Problems(found) if found[0].says.contains("merged")),
        "{refused}"
    );
    office.whole();
    office.store.rebuild(&Viewer::system()).unwrap();
    office.whole();
}

#[test]
fn a_merge_that_is_taken_back_leaves_everything_as_if_it_had_never_been() {
    let (mut office, twin, _) = twice();
    let kept = office.person;
    let before = office.rows_without_acts();
    office.merge(kept, twin);
    assert_ne!(office.rows_without_acts(), before);
    office.unmerge(kept, twin);
    assert_eq!(office.rows_without_acts(), before);
    assert_eq!((office.seen(kept).cases.len(), office.seen(twin).cases.len()), (1, 1));
    assert!(office.seen(twin).merged.is_none());
    office.whole();
}

#[test]
fn merges_of_merges_are_followed_to_the_last_and_each_is_taken_back_by_itself() {
    let (mut office, twin, _) = twice();
    let first = office.person;
    let last = office.register("people", [("name", text("Theresa Quill-Marsh"))]);
    office.merge(first, twin);
    office.merge(last, first);
    assert_eq!(office.seen(last).cases.len(), 2);
    assert_eq!(office.seen(twin).merged.unwrap().record, last);
    assert_eq!(office.seen(last).duplicates.len(), 2);
    assert_eq!(office.found("tess"), [last]);
    // Whoever was merged away is neither kept nor merged again.
    for (kept, gone) in [(twin, last), (last, twin), (first, last), (last, last)] {
        let again = office.merging(kept, gone);
        assert!(matches!(office.append_one(again), Err(AppendError::Problems(_))));
    }
    office.unmerge(first, twin);
    assert_eq!((office.seen(last).cases.len(), office.seen(twin).cases.len()), (1, 1));
    office.unmerge(last, first);
    assert_eq!(office.seen(first).cases.len(), 1);
    office.whole();
}

#[test]
fn only_two_records_of_people_or_organisations_are_merged_with_a_reason_and_by_leave() {
    let (mut office, twin, _) = twice();
    let (kept, place, manager) = (office.person, office.place, office.manager);
    let refused = |office: &mut Office, register: &str, kept, gone, reason: &str| {
        let act = Act::Merge { register: register.to_owned(), kept, gone, reason: reason.to_owned() };
        let entry = office.said(act);
        matches!(office.append_one(entry), Err(AppendError::Problems(_)))
    };
    assert!(refused(&mut office, "people", kept, place, REASON));
    assert!(refused(&mut office, "locations", place, place, REASON));
    assert!(refused(&mut office, "staff", manager, manager, REASON));
    assert!(refused(&mut office, "people", kept, twin, "  "));
    let act = Act::Unmerge { kept, gone: twin, reason: REASON.to_owned() };
    let entry = office.said(act);
    assert!(matches!(office.append_one(entry), Err(AppendError::Problems(_))));
    // A care worker may not.
    let roles = Answer::Choices(vec!["care_worker".to_owned()]);
    let carer = office.register("staff", [("name", text("W. Quay")), ("roles", roles)]);
    let mut entry = office.merging(kept, twin);
    entry.who = Who { by: Some(carer), typed_by: Some(carer), method: Method::Asserted };
    let viewer = office.store.viewer_for(Some(carer), now()).unwrap();
    assert!(matches!(office.store.append(&viewer, one(entry), now()), Err(AppendError::Denied(_))));
    // Whoever did not see what was recorded since is told, and nothing is merged.
    let seen = office.store.case(&office.viewer(), twin, now()).unwrap().state.version;
    let id = office.id();
    let change =
        step(id, Some(manager), "people.change", Some(twin), answers([("name", text("Tess M. Quill"))]));
    office.append_one(change).unwrap();
    let batch = Batch { seen: vec![(twin, seen)], ..one(office.merging(kept, twin)) };
    assert!(matches!(office.store.append(&office.viewer(), batch, now()), Err(AppendError::Conflict(_))));
    assert!(office.seen(twin).merged.is_none());
}

#[test]
fn a_case_of_the_duplicate_is_moved_like_any_other_of_the_person() {
    let (mut office, twin, call) = twice();
    let kept = office.person;
    office.merge(kept, twin);
    let other = office.register("people", [("name", text("Olive Nash"))]);
    let act = Act::Reattribute { case: call, from: kept, to: other, reason: "not her at all".to_owned() };
    let entry = office.said(act);
    office.append_one(entry).unwrap();
    assert_eq!((office.seen(kept).cases.len(), office.seen(other).cases.len()), (1, 1));
    assert_eq!(office.seen(kept).moved.len(), 1);
    let act = Act::Reattribute { case: call, from: other, to: twin, reason: "hers after all".to_owned() };
    let entry = office.said(act);
    office.append_one(entry).unwrap();
    assert_eq!(office.seen(kept).cases.len(), 2);
    office.whole();
}

#[test]
fn what_a_merged_organisation_promised_is_asked_of_the_one_that_is_kept() {
    let mut office = Office::new();
    let elms =
        office.register("organisations", [("name", text("The Elms")), ("phone", text("01632 960 001"))]);
    let again = office.register("organisations", [("name", text("Elms Surgery"))]);
    let (call, _) = office.taken_call();
    let id = office.id();
    let given = answers(super::hours::message(again, "Ring back"));
    let liaise = step(id, Some(office.manager), "urgent.liaise", Some(call), given);
    office.append_one(liaise).unwrap();
    let act = Act::Merge {
        register: "organisations".to_owned(),
        kept: elms,
        gone: again,
        reason: "one surgery, two spellings".to_owned(),
    };
    let entry = office.said(act);
    office.append_one(entry).unwrap();
    let view = office.store.case(&office.viewer(), elms, now()).unwrap();
    assert!(!view.owes.is_empty());
    let promised = view.owes.iter().find(|row| row.commitment.obligor.is_outside()).unwrap();
    assert_eq!(promised.phone.as_deref(), Some("01632 960 001"));
    office.whole();
}
