//! Opening hours in a due time: they travel with the entry that counts in them.

use super::*;
use crate::domain::answer::ByWhen;
use crate::domain::ids::CommitmentId;
use crate::domain::views::Queue;

impl Office {
    /// The manager records it, and it is in the record.
    pub(super) fn recorded<const N: usize>(
        &mut self,
        kind: &str,
        case: CaseId,
        on: Option<CommitmentId>,
        given: [(&str, Answer); N],
    ) -> EntryId {
        let id = self.id();
        let mut entry = step(id, Some(self.manager), kind, Some(case), answers(given));
        if let NewSaid::Step { on: place, .. } = &mut entry.what {
            *place = on;
        }
        let viewer = self.viewer();
        self.store.append(&viewer, one(entry), now()).unwrap();
        id
    }

    /// What is open under these words, and when it is due.
    pub(super) fn owed(&self, what: &str) -> (CommitmentId, DateTime<Utc>) {
        let page = self.store.owed(&self.viewer(), Queue::Owed, now(), None, 50).unwrap();
        let found = page.rows.into_iter().find(|row| row.commitment.what == what).unwrap();
        (found.commitment.id, found.commitment.due)
    }
}

/// A message left with a surgery, which is to do something at no time that was said.
pub(super) fn message(surgery: CaseId, what: &str) -> [(&'static str, Answer); 6] {
    let by = Answer::ByWhen(ByWhen::NoneGiven { why: "the surgery is shut".to_owned() });
    [
        ("who", named(surgery, "The Elms")),
        ("means", Answer::Choice("telephone".to_owned())),
        ("outcome", Answer::Choice("left_message".to_owned())),
        ("shared", text("Dressing wet through")),
        ("basis", Answer::Choice("expected".to_owned())),
        ("promises", Answer::Rows(vec![answers([("what", text(what)), ("by", by)])])),
    ]
}

#[test]
fn a_promise_without_a_time_is_chased_when_an_answer_can_be_expected_and_by_our_own_target_at_the_latest() {
    let mut office = Office::new();
    let ambulance = office.register(
        "organisations",
        [("name", text("Ambulance control")), ("type", Answer::Choice("emergency".to_owned()))],
    );
    let elms = office
        .register("organisations", [("name", text("The Elms")), ("type", Answer::Choice("gp".to_owned()))]);
    let (case, _) = office.taken_call();
    office.recorded("urgent.liaise", case, None, message(ambulance, "Crew on its way"));
    office.recorded("urgent.liaise", case, None, message(elms, "Visit"));
    let in_minutes = |minutes| now() + chrono::TimeDelta::minutes(minutes);
    assert_eq!(office.owed("Crew on its way").1, in_minutes(15));
    assert_eq!(office.owed("Visit").1, in_minutes(120));
    // What it was then is kept: another kind tomorrow changes nothing that was set.
    let changed = [("name", text("Ambulance control")), ("type", Answer::Choice("gp".to_owned()))];
    office.recorded("organisations.change", ambulance, None, changed);
    office.store.rebuild(&Viewer::system()).unwrap();
    assert_eq!(office.owed("Crew on its way").1, in_minutes(15));
    office.whole();
}

#[test]
fn a_promise_is_due_in_the_hours_that_the_surgery_had_then_whatever_the_register_says_later() {
    let mut office = Office::new();
    let viewer = office.viewer();
    let mut files = Edition::built_in_files();
    files.entry("targets.toml".to_owned()).and_modify(|targets| {
        *targets = targets.replace("within = { expected_or = \"2 h\" }", "within = { open_time = \"2 h\" }");
    });
    office.store.adopt(&viewer, files, now()).unwrap().unwrap();
    let hours = text("Mon-Fri 08:00-18:30; bank holidays closed");
    let elms = office.register("organisations", [("name", text("The Elms")), ("hours", hours)]);
    let (case, _) = office.taken_call();
    // A Saturday evening.
    let monday: DateTime<Utc> = "2026-11-23T10:00:00Z".parse().unwrap();
    let tonight = now() + chrono::TimeDelta::hours(2);
    let liaised = office.recorded("urgent.liaise", case, None, message(elms, "Visit"));
    assert_eq!(office.owed("Visit").1, monday);

    let changed = [("name", text("The Elms")), ("hours", text("24 h"))];
    office.recorded("organisations.change", elms, None, changed);
    office.recorded("urgent.liaise", case, None, message(elms, "Ring back"));
    assert_eq!((office.owed("Visit").1, office.owed("Ring back").1), (monday, tonight));

    let mut amended = answers(message(elms, "Visit"));
    amended.insert("shared".to_owned(), text("Dressing wet through and loose"));
    let id = office.id();
    let mut amend = step(id, Some(office.manager), "urgent.liaise", Some(case), Answers::new());
    let reason = "left out".to_owned();
    amend.what = NewSaid::Act(Act::Amend { entry: liaised, answers: amended, occurred: None, reason });
    office.store.append(&viewer, one(amend), now()).unwrap();
    assert_eq!(office.owed("Visit").1, monday);
    office.whole();

    // A chase that brings no time either counts in the hours of its own day.
    let (visit, _) = office.owed("Visit");
    let by = Answer::ByWhen(ByWhen::NoneGiven { why: "they ring back".to_owned() });
    let chase = [
        ("who", named(elms, "The Elms")),
        ("outcome", Answer::Choice("left_message".to_owned())),
        ("what", text("Visit")),
        ("by", by),
    ];
    office.recorded("urgent.chase", case, Some(visit), chase);
    assert_eq!(office.owed("Visit").1, tonight);
    office.whole();
    office.store.rebuild(&Viewer::system()).unwrap();
    office.whole();
    assert_eq!(office.owed("Visit").1, tonight);
}
