//! What is counted by organisation: two records of one count as one once they are merged, and one that stands on no list is
//! counted by its words.

use dutydesk::domain::act::Act;
use dutydesk::domain::ids::CaseId;
use dutydesk::domain::permission::Viewer;
use dutydesk::domain::views::{SignFilter, SignRow};

use super::answered::told;
use super::office::Office;

const RULE: &str = "organisation_fails";

/// Nobody answers at these, one after the other, an hour apart, in a call about Theresa Quill.
fn unanswered(office: &mut Office, whom: &[&str]) {
    let call = "at = 0\nstep = \"urgent.call\"\ncase = \"a\"\nsays = { about = \"Theresa Quill\", place = \"Rowan House\" }";
    office.tell(&told(call));
    for (who, at) in whom.iter().zip((60..).step_by(60)) {
        let tried = format!(
            "step = \"urgent.liaise\"\ncase = \"a\"\nsays = {{ who = \"{who}\", outcome = \"no_answer\" }}"
        );
        office.tell(&told(&format!("at = {at}\n{tried}")));
    }
}

fn failing(office: &Office, minutes: i64) -> Vec<SignRow> {
    office.signs(office.at(minutes)).into_iter().filter(|sign| sign.rule == RULE && sign.stands).collect()
}

fn merge(office: &mut Office, kept: CaseId, gone: CaseId, minutes: i64) {
    let reason = "one team, written down twice".to_owned();
    office.does(Act::Merge { register: "organisations".to_owned(), kept, gone, reason }, minutes);
}

#[test]
fn two_records_of_one_organisation_are_counted_as_one_once_they_are_merged_and_apart_again_after() {
    let mut office = Office::new();
    let kept = office.record("District nursing");
    let gone = office.organisation("District nurses, Rowan");
    let (one, two) = ("District nursing", "District nurses, Rowan");
    unanswered(&mut office, &[two, two, two, one, one]);
    assert_eq!(failing(&office, 400), [], "three of one and two of the other");

    merge(&mut office, kept, gone, 410);
    let signs = failing(&office, 420);
    let [sign] = signs.as_slice() else { panic!("one sign: {signs:?}") };
    assert_eq!(sign.about, Some(kept));
    assert_eq!(sign.subject.as_ref().map(|record| record.name.as_str()), Some(one));
    assert!(sign.words.starts_with("5 in 30 days"), "{}", sign.words);
    office.is_whole();

    let reason = "two teams after all".to_owned();
    office.does(Act::Unmerge { kept, gone, reason }, 430);
    assert_eq!(failing(&office, 440), []);
    office.is_whole();
}

#[test]
fn a_sign_that_is_on_record_stays_the_same_one_when_its_organisation_is_merged() {
    let mut office = Office::new();
    let gone = office.organisation("District nurses, Rowan");
    unanswered(&mut office, &["District nurses, Rowan"; 5]);
    office.store.note_signs(office.at(400)).expect("noted");
    let before = failing(&office, 400).remove(0);
    let kept = office.record("District nursing");
    merge(&mut office, kept, gone, 410);
    let after = failing(&office, 420);
    assert_eq!(after.iter().map(|sign| sign.id).collect::<Vec<_>>(), [before.id], "it is not raised twice");
    office.is_whole();
}

#[test]
fn who_was_told_under_one_record_has_answered_under_the_one_it_was_merged_with() {
    let mut office = Office::new();
    let (kept, gone) = (office.record("District nursing"), office.organisation("District nurses, Rowan"));
    unanswered(&mut office, &[]);
    let steps = [
        "at = 60\nstep = \"urgent.liaise\"\nsays = { who = \"District nursing\", outcome = \"spoke\", advice = \"Fluids\", promises = [{ what = \"Visit\", by = \"+9000\" }] }",
        "at = 120\nstep = \"urgent.liaise\"\nsays = { who = \"District nurses, Rowan\", outcome = \"left_message\", shared = \"She is worse\" }",
        "at = 180\nstep = \"urgent.chase\"\non = \"liaise.promises\"\nsays = { who = \"District nursing\", outcome = \"spoke\", advice = \"\" }",
    ];
    for step in steps {
        office.tell(&told(&format!("case = \"a\"\n{step}")));
    }
    let days = 60 * 24 * 6;
    let waits = |office: &Office| {
        let signs = office.signs(office.at(days));
        signs.iter().filter(|sign| sign.rule == "told_no_answer" && sign.stands).count()
    };
    let before = waits(&office);
    merge(&mut office, kept, gone, 190);
    assert_eq!((before, waits(&office)), (1, 0));
    office.is_whole();
}

#[test]
fn an_organisation_on_no_list_is_counted_by_its_words_however_they_are_written() {
    let mut office = Office::new();
    unanswered(
        &mut office,
        &["Night nurses", "night  nurses", "NIGHT NURSES", "Night nurses", "Night Nurses"],
    );
    let signs = failing(&office, 400);
    let [sign] = signs.as_slice() else { panic!("one sign: {signs:?}") };
    assert_eq!(sign.words, "5 in 30 days: Night Nurses (on no list: counted by these words)");
    assert_eq!((sign.about, &sign.subject), (None, &None));
    // Other words are another.
    let mut office = Office::new();
    unanswered(&mut office, &["Night nurses", "Night nurses", "Night nurses", "Night nurses", "Day nurses"]);
    assert_eq!(failing(&office, 400), []);
    office.is_whole();
}

#[test]
fn what_is_counted_by_words_is_seen_only_by_whoever_may_see_all_that_it_counts() {
    let mut office = Office::new();
    office.restrict("Theresa Quill", "Adaeze Okafor");
    unanswered(&mut office, &["Night nurses"; 5]);
    let seen = |office: &Office, by: &str| {
        let viewer = office.store.viewer_for(Some(office.record(by)), office.at(400)).expect("somebody");
        let signs = office.store.signs(&viewer, SignFilter::default(), office.at(400), 50).expect("signs");
        signs.iter().filter(|sign| sign.rule == RULE).count()
    };
    assert_eq!((seen(&office, "Adaeze Okafor"), seen(&office, "Priya Shah")), (1, 0));
    assert_eq!(
        office
            .store
            .signs(&Viewer::system(), SignFilter::default(), office.at(400), 50)
            .expect("signs")
            .iter()
            .filter(|sign| sign.rule == RULE)
            .count(),
        1
    );
}
