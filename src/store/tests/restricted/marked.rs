//! A restricted record from the mark on: what came before it, what moves or is merged, who writes into it, and who opens it
//! with a reason.

use super::*;

#[test]
fn an_unfinished_form_about_them_is_taken_over_only_by_whoever_may_see_it() {
    let mut kept = Kept::restricted();
    let drafts = kept.draft();
    let draft = drafts.rows(&kept.office.store, &Viewer::system()).unwrap()[0].id;
    let take = |kept: &mut Kept, by: CaseId| {
        let act =
            Act::TakeDraft { draft, from: Some(kept.office.manager), reason: "They went home".to_owned() };
        let id = kept.office.id();
        let entry =
            NewEntry { what: NewSaid::Act(act), ..step(id, Some(by), "act.act", None, Answers::new()) };
        let viewer = kept.viewer(by);
        kept.office.store.append(&viewer, one(entry), now())
    };
    let (coordinator, named) = (kept.coordinator, kept.named);
    let refused = take(&mut kept, coordinator).unwrap_err();
    assert_eq!(refused.to_string(), "restricted record, ask FROST, N.");
    take(&mut kept, named).unwrap();
}

#[test]
fn a_case_that_came_before_the_mark_is_kept_with_it_and_comes_back_when_it_is_lifted() {
    let mut kept = Kept::new();
    let viewer = kept.viewer(kept.coordinator);
    let total = |kept: &Kept| {
        let page = kept.office.store.cases(&viewer, &CaseFilter::default(), None, 50).unwrap();
        assert_eq!(page.total, page.rows.len() as u64);
        page.total
    };
    assert_eq!(total(&kept), 2);
    kept.mark([("kept", yes())]);
    assert_eq!(total(&kept), 1);
    kept.office.whole();
    kept.mark([("kept", Answer::YesNo { is: YesNo::No, why: String::new() })]);
    assert_eq!(total(&kept), 2);
    kept.office.whole();
}

#[test]
fn a_case_that_was_moved_from_a_restricted_record_names_it_no_more() {
    let mut kept = Kept::restricted();
    let id = kept.office.id();
    let reason = "It was not Dorothy Marsh".to_owned();
    let act = Act::Reattribute { case: kept.call, from: kept.marsh, to: kept.office.person, reason };
    let manager = kept.office.viewer();
    let entry =
        NewEntry { what: NewSaid::Act(act), ..step(id, manager.staff, "act.act", None, Answers::new()) };
    kept.office.store.append(&manager, one(entry), now()).unwrap();
    let view = kept.office.store.case(&kept.viewer(kept.coordinator), kept.call, now()).unwrap();
    // What somebody writes into another case in their own words (here: the disclosure that was noticed) stays theirs.
    let said = format!("{:?}{:?}{:?}", view.state, view.chronology, view.subject);
    assert_eq!(view.names[&kept.marsh], "restricted record");
    for secret in &SECRETS[..3] {
        let at = said.find(secret).map(|at| &said[at.saturating_sub(200)..at + 60]);
        assert_eq!(at, None);
    }
    let search = |typed: &str| kept.office.store.search(&kept.viewer(kept.coordinator), typed, 20).unwrap();
    let is_found = |typed: &str| search(typed).hits().any(|hit| hit.id() == kept.call);
    assert!(!is_found("marsh"), "an entry that names them is not found by their name");
    let found = search("quill harbour");
    assert_eq!(found.hits().next().map(|hit| hit.id()), Some(kept.call), "by other words it is");
    assert!(!format!("{found:?}").contains("MARSH"));
    kept.office.whole();
}

#[test]
fn nobody_writes_into_what_is_kept_from_them_but_what_keeps_somebody_safe() {
    let mut kept = Kept::restricted();
    let viewer = kept.viewer(kept.coordinator);
    let entry = |kept: &mut Kept, step: &str| {
        let id = kept.office.id();
        self::step(id, Some(kept.coordinator), step, Some(kept.call), Answers::new())
    };
    let note = entry(&mut kept, "urgent.liaise");
    let refused = kept.office.store.append(&viewer, one(note), now()).unwrap_err();
    assert_eq!(refused.to_string(), "restricted record, ask FROST, N.");
    // A call about them is taken all the same: a form that was begun before the mark came is not lost.
    let id = kept.office.id();
    let mut call = kept.office.call(id);
    call.who = Who { by: Some(kept.coordinator), typed_by: Some(kept.coordinator), method: Method::Asserted };
    call.subject = Some(kept.marsh);
    kept.office.store.append(&viewer, one(call), now()).unwrap();
    assert!(kept.office.store.case(&viewer, CaseId::from(id), now()).is_err());
}

#[test]
fn a_restricted_record_opens_with_a_reason_and_shows_in_lists_while_it_does() {
    let mut kept = Kept::restricted();
    let coordinator = kept.viewer(kept.coordinator);
    let id = kept.office.id();
    // From the stub the case is at hand, and it opens whoever it is about.
    let act = Act::LookBeyond { subject: kept.call, reason: "Nobody named answers".to_owned() };
    let who = Some(kept.coordinator);
    let entry = NewEntry { what: NewSaid::Act(act), ..step(id, who, "act.act", None, Answers::new()) };
    kept.office.store.append(&coordinator, one(entry), now()).unwrap();
    let open = kept.viewer(kept.coordinator);
    let (marsh, call) = (kept.marsh, kept.call);
    assert_eq!(kept.office.store.person(&open, marsh, now()).unwrap().record.name, "MARSH, Dorothy");
    assert_eq!(kept.office.store.case(&open, call, now()).unwrap().reference, "U-2");
    assert_eq!(kept.office.store.find(&open, "people", "mar", 9).unwrap().len(), 1);
    let later = now() + chrono::TimeDelta::minutes(60);
    let shut = kept.office.store.viewer_for(Some(kept.coordinator), later).unwrap();
    assert!(kept.office.store.case(&shut, call, later).is_err());
    // Why somebody looked is told to nobody else who may not see whom it was about.
    let told = kept.office.store.entries_after(
        &Viewer { roles: vec![("service_manager".to_owned(), None)], ..coordinator },
        0,
        1000,
    );
    assert!(!format!("{told:?}").contains("Nobody named answers"));
    kept.office.whole();
}

#[test]
fn a_record_that_is_merged_with_a_restricted_one_betrays_neither_and_is_itself_again_after() {
    for restricted_stands in [true, false] {
        let mut kept = Kept::restricted();
        let drafts = kept.draft();
        let (marsh, quill) = (kept.marsh, kept.office.person);
        let (stands, gone) = if restricted_stands { (marsh, quill) } else { (quill, marsh) };
        let (closed, open) = (kept.viewer(kept.coordinator), kept.viewer(kept.named));
        let send = |kept: &mut Kept, act: Act, by: CaseId| {
            let id = kept.office.id();
            let entry = step(id, Some(by), "any.any", None, Answers::new());
            let batch = one(NewEntry { what: NewSaid::Act(act), ..entry });
            let viewer = kept.viewer(by);
            kept.office.store.append(&viewer, batch, now())
        };
        let register = "people".to_owned();
        let merge =
            Act::Merge { register, kept: stands, gone, reason: "Marsh at the harbour wall".to_owned() };
        // Whoever may not see one of them does not merge it.
        let coordinator = kept.coordinator;
        assert!(matches!(send(&mut kept, merge.clone(), coordinator), Err(AppendError::Denied(_))));
        let named = kept.named;
        send(&mut kept, merge, named).unwrap();
        kept.office.whole();
        assert_eq!(betrayed(&kept.everything(&drafts, &closed)), []);
        let other = format!("{:?}", kept.office.store.person(&closed, quill, now()));
        assert!(SECRETS.iter().all(|secret| !other.contains(secret)), "{other}");
        let cases = kept.office.store.person(&open, stands, now()).unwrap().cases;
        assert_eq!(cases.len(), 2, "whoever may see both sees them as one");
        kept.office.store.rebuild(&Viewer::system()).unwrap();
        kept.office.whole();
        let apart = Act::Unmerge { kept: stands, gone, reason: "two after all".to_owned() };
        send(&mut kept, apart, named).unwrap();
        kept.office.whole();
        let seen = kept.office.store.person(&closed, quill, now()).unwrap();
        assert_eq!((seen.cases.len(), seen.merged.is_none()), (1, true));
        assert_eq!(betrayed(&kept.everything(&drafts, &closed)), []);
    }
}

/// A step of the same record that wants two people.
const BY_TWO: &str = r#"
[[step]]
id = "by_two"
title = "Settled by two"
verb = "settle"
key = "2"
roles = ["registered_manager", "duty_manager"]
repeat = true
two_people = true

[[step.field]]
id = "settled"
label = "What was settled"
kind = "text"
"#;

#[test]
fn nobody_gives_their_word_on_what_is_kept_from_them() {
    let mut kept = Kept::restricted();
    let mut files = Edition::built_in_files();
    let with = |text: &mut String| text.push_str(&format!("{KEEP_TO}{BY_TWO}"));
    files.entry("pathways/people.toml".to_owned()).and_modify(with);
    kept.office.store.adopt(&kept.office.viewer(), files, now()).unwrap().unwrap();
    let (manager, named) = (kept.office.manager, kept.named);
    let outside = kept.office.colleague("Tom Vale", "duty_manager");
    let waiting = kept.office.id();
    let said = answers([("settled", text("She is rung at work only"))]);
    let settled = step(waiting, Some(manager), "people.by_two", Some(kept.marsh), said);
    assert!(kept.office.append_as(manager, one(settled)).unwrap().waits);
    let word = |kept: &mut Kept, by| {
        let own = super::second::word(&mut kept.office, by, waiting, YesNo::Yes);
        kept.office.append_as(by, one(own))
    };
    let refused = word(&mut kept, outside);
    assert!(matches!(&refused, Err(AppendError::Denied(_))), "{refused:?}");
    word(&mut kept, named).unwrap();
    kept.office.whole();
}
