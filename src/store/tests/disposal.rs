//! What is kept for how long, what keeps it longer, and what is left of it when it goes.

use std::fs;

use chrono::{Months, TimeDelta};

mod holds;
mod left;
mod office;

use super::second::word;
use super::*;
use crate::domain::act::Act;
use crate::domain::disposal::{Disposable, Due, KeptBy};
use crate::domain::draft::Draft;
use crate::domain::entry::{Said, Stub};
use crate::domain::words::disposal as words;

/// Nine years on: whatever was closed today is due.
fn later() -> DateTime<Utc> {
    now().checked_add_months(Months::new(9 * 12)).unwrap()
}

impl Office {
    fn appended(
        &mut self,
        staff: CaseId,
        entry: NewEntry,
        at: DateTime<Utc>,
    ) -> Result<Receipt, AppendError> {
        let viewer = self.store.viewer_for(Some(staff), at).unwrap();
        let entry = NewEntry { occurred: When::exact(at), ..entry };
        self.store.append(&viewer, one(entry), at)
    }

    fn acted(
        &mut self,
        staff: CaseId,
        case: Option<CaseId>,
        act: Act,
        at: DateTime<Utc>,
    ) -> Result<EntryId, AppendError> {
        let id = self.id();
        let who = Who { by: Some(staff), typed_by: Some(staff), method: Method::Asserted };
        self.appended(staff, NewEntry::of_act(id, case, who, act, at), at).map(|_| id)
    }

    /// A contact about the person that is at its end, with words that stand nowhere else.
    fn contact(&mut self, said: &str, finished: bool) -> CaseId {
        let id = self.id();
        let given = answers([
            ("who", Answer::Named(Named { id: None, words: "The Elms Surgery".to_owned() })),
            ("began", Answer::Choice("we".to_owned())),
            ("person", text("Dr Ash")),
            ("shared", text("What was seen")),
            ("basis", Answer::Choice("expected".to_owned())),
            ("advice", text(said)),
            ("how", Answer::Choice("telephone".to_owned())),
            ("outcome", Answer::Choice("spoke".to_owned())),
            ("purpose", Answer::Choice("advice".to_owned())),
            ("headline", text(said)),
            ("about", named(self.person, "QUILL, Theresa")),
            (
                "finished",
                Answer::YesNo { is: if finished { YesNo::Yes } else { YesNo::No }, why: String::new() },
            ),
        ]);
        let entry = step(id, Some(self.manager), "liaison.contact", None, given);
        self.appended(self.manager, entry, now()).unwrap();
        CaseId::from(id)
    }

    fn end_of_care(&mut self) {
        let id = self.id();
        let given = answers([("how", Answer::Choice("moved".to_owned()))]);
        let entry = step(id, Some(self.manager), "people.ended", Some(self.person), given);
        self.appended(self.manager, entry, now() + TimeDelta::hours(1)).unwrap();
    }

    fn due(&self, id: CaseId, at: DateTime<Utc>) -> Due {
        self.store.disposal_of(&Viewer::system(), Disposable::Case(id), at).unwrap()
    }

    /// Two people dispose of something.
    fn disposed(&mut self, second: CaseId, what: Disposable, at: DateTime<Utc>) -> Result<(), AppendError> {
        let (act, case) = self.store.disposal_of(&Viewer::system(), what, at).unwrap().act();
        let proposed = self.acted(self.manager, case, act, at)?;
        let agrees = word(self, second, proposed, YesNo::Yes);
        self.appended(second, agrees, at).map(drop)
    }

    /// Two people lift a hold.
    fn lifted(&mut self, second: CaseId, on: CaseId, hold: EntryId, note: &str, at: DateTime<Utc>) {
        let act = Act::LiftHold { hold, reason: "Settled".to_owned() };
        let lifting = self.acted(self.manager, Some(on), act, at).unwrap();
        let agrees = self.noted(second, lifting, YesNo::Yes, note);
        self.appended(second, agrees, at).unwrap();
    }

    /// A second person's word with a note.
    fn noted(&mut self, second: CaseId, entry: EntryId, agrees: YesNo, note: &str) -> NewEntry {
        let act = Act::Countersign { entry, agrees, note: note.to_owned() };
        NewEntry { what: NewSaid::Act(act), ..word(self, second, entry, agrees) }
    }

    /// A form that somebody types in, in a case or in none.
    fn typed(&mut self, id: EntryId, said: &str, case: Option<CaseId>) {
        let draft = Draft {
            id: DraftId(id.0),
            pathway: "liaison".to_owned(),
            step: "again".to_owned(),
            edition: self.store.edition().unwrap().unwrap(),
            on: None,
            case,
            seen: None,
            amends: None,
            linked: Vec::new(),
            begun: None,
            not_from: None,
            opened_at: now(),
            staff: Some(self.manager),
            text: BTreeMap::from([("advice".to_owned(), said.to_owned())]),
            about: String::new(),
            call_back: String::new(),
        };
        Drafts::open(self.store.dir()).unwrap().put(&draft, true, now()).unwrap();
    }

    /// The files of the office in which these bytes stand.
    fn files_with(&self, words: &str) -> Vec<String> {
        let mut found = Vec::new();
        let mut folders = vec![self.store.dir().root().to_owned()];
        while let Some(folder) = folders.pop() {
            for item in fs::read_dir(folder).unwrap().flatten() {
                if item.path().is_dir() {
                    folders.push(item.path());
                } else if fs::read(item.path()).unwrap().windows(words.len()).any(|at| at == words.as_bytes())
                {
                    found.push(item.file_name().to_string_lossy().into_owned());
                }
            }
        }
        found
    }
}

#[test]
fn a_person_goes_with_every_case_when_two_agree_and_no_file_holds_a_word_of_it() {
    let mut office = Office::new();
    let second = office.colleague("Bea Marsh", "provider_lead");
    let other = office.register("people", [("name", text("Oswin Thackeray"))]);
    let case = office.contact("Zweizahn abscess", true);
    office.end_of_care();
    // Copies that lie about: a form that was typed and finished, a page for the printer, a file before a migration.
    let id = office.id();
    office.typed(id, "Zweizahn abscess", None);
    Drafts::open(office.store.dir()).unwrap().clear(DraftId(id.0)).unwrap();
    office.store.dir().keep_sheet("pack.html", "Zweizahn abscess of Theresa Quill").unwrap();
    let aside = office.store.dir().spool().join("ledger-before-3.db");
    fs::copy(office.store.dir().ledger(), &aside).unwrap();
    let person = office.person;
    assert!(!office.files_with("Zweizahn").is_empty() && !office.files_with("Theresa").is_empty());
    office.store.checkpoint(&Viewer::system(), now()).unwrap();

    let due = office.due(person, later());
    assert_eq!((due.cases, due.kept_by.as_slice(), due.class.as_str()), (2, &[][..], "care"));
    assert_eq!(due.since, due.from.checked_add_months(Months::new(96)).unwrap());
    let rows = office.store.due_for_disposal(&office.viewer(), later()).unwrap();
    assert_eq!(rows.iter().map(|row| row.what).collect::<Vec<_>>(), [Disposable::Case(person)]);
    office.disposed(second, Disposable::Case(person), later()).unwrap();

    for words in ["Zweizahn", "abscess", "Theresa", "QUILL", "Quill", "9990000018", "999 000 0018"] {
        assert_eq!(office.files_with(words), Vec::<String>::new(), "{words}");
    }
    assert!(!office.store.is_to_be_wiped());
    office.whole();
    office.store.rebuild(&Viewer::system()).unwrap();
    office.whole();
    // What is left says that there was something, and who agreed.
    let viewer = office.viewer();
    let view = office.store.case(&viewer, case, later()).unwrap();
    assert!(view.state.is_disposed_of() && view.state.closed);
    assert!(view.chronology.iter().all(|told| matches!(told.entry.said, Said::Stub(Stub::Disposed { .. }))));
    let view = office.store.case(&viewer, person, later()).unwrap();
    let acts: Vec<&str> = view.state.entries.iter().map(|mark| mark.kind.as_str()).collect();
    assert_eq!(acts, ["disposed", "disposed", "act.dispose", "act.countersign"]);
    // It is found by nobody and due no more, everybody else is as they were, and the next case has the next number.
    assert!(office.store.due_for_disposal(&viewer, later()).unwrap().is_empty());
    assert!(office.store.disposal_of(&viewer, Disposable::Case(person), later()).is_err());
    assert_eq!(office.store.records(&viewer, "people", None, 9).unwrap().total, 1);
    assert!(office.store.case(&viewer, other, later()).is_ok());
    office.person = other;
    let next = office.contact("Something else", true);
    assert_eq!(office.store.case_by_reference(&viewer, "RL-2").unwrap(), next);
    // Another program opens it, and proves the same.
    let again = office.again();
    assert_eq!(again.verify(&Viewer::system(), &mut |_, _| {}).unwrap().fault, None);
}

/// What stands in the way of disposing of it, as the store says it when somebody tries.
fn refused_of(office: &mut Office, second: CaseId, what: Disposable, at: DateTime<Utc>) -> String {
    office.disposed(second, what, at).unwrap_err().to_string()
}

#[test]
fn nothing_goes_before_its_time_while_it_is_open_owed_held_written_about_or_needed() {
    let mut office = Office::new();
    let (manager, second) = (office.manager, office.colleague("Bea Marsh", "provider_lead"));
    let person = office.person;
    let what = Disposable::Case(person);
    let case = office.contact("Wound review", true);
    let kept =
        |office: &Office, at| office.due(person, at).kept_by.iter().map(KeptBy::says).collect::<Vec<_>>();
    // Still supported; then too early, to the day.
    assert_eq!(
        office.store.disposal_of(&Viewer::system(), what, later()).unwrap_err().to_string(),
        "There is no such record"
    );
    office.end_of_care();
    let since = office.due(person, later()).since;
    let eve = now().checked_add_months(Months::new(96)).unwrap() - TimeDelta::days(1);
    assert_eq!(kept(&office, eve), ["P-1 is kept until 21-Nov-2034", "RL-1 is kept until 21-Nov-2034"]);
    assert!(refused_of(&mut office, second, what, eve).contains("is kept until"));
    assert_eq!(kept(&office, eve + TimeDelta::days(1)), Vec::<String>::new());
    assert_eq!(since.to_string(), "2034-11-21");

    // A hold on the person, on the case or on the place holds all of it until it is lifted.
    for on in [person, case, office.place] {
        assert!(office.acted(manager, Some(on), Act::Hold { reason: " ".to_owned() }, later()).is_err());
        let hold =
            office.acted(manager, Some(on), Act::Hold { reason: "Claim 14".to_owned() }, later()).unwrap();
        let said = kept(&office, later());
        assert!(
            said.len() == 1 && said[0].starts_with("legal hold on ") && said[0].ends_with(": Claim 14"),
            "{said:?}"
        );
        assert!(refused_of(&mut office, second, what, later()).contains("Claim 14"));
        let lifted = |reason: &str| Act::LiftHold { hold, reason: reason.to_owned() };
        assert!(office.acted(manager, Some(on), lifted(""), later()).is_err());
        office.lifted(second, on, hold, "", later());
        assert!(office.acted(manager, Some(on), lifted("Settled"), later()).is_err(), "once");
    }
    // Somebody types.
    let id = office.id();
    office.typed(id, "He says", Some(case));
    assert_eq!(kept(&office, later()), ["a form about it is not finished"]);
    Drafts::open(office.store.dir()).unwrap().clear(DraftId(id.0)).unwrap();

    // A linked case that is kept keeps it; one that is due itself does not.
    let theirs = office.register("people", [("name", text("Oswin Thackeray"))]);
    let (ours, other) = (std::mem::replace(&mut office.person, theirs), office.contact("Same night", true));
    office.person = ours;
    let link = Act::Link { a: other, b: case, reason: "One visit".to_owned(), duplicate: YesNo::No };
    office.acted(manager, None, link, later()).unwrap();
    assert_eq!(kept(&office, later()), ["RL-1 is linked with RL-2, which is kept"]);
    let unlink = Act::Unlink { a: other, b: case, reason: "Another visit".to_owned() };
    office.acted(manager, None, unlink, later()).unwrap();

    // An open case, with something owed.
    let open = office.contact("Hoist", false);
    let said = kept(&office, later());
    assert!(said.iter().any(|says| says == "RL-3 is open"), "{said:?}");
    assert!(refused_of(&mut office, second, what, later()).contains("RL-3"));
    assert!(office.store.disposal_of(&Viewer::system(), Disposable::Case(open), later()).is_err());
    office.whole();
}

#[test]
fn it_takes_two_who_may_and_what_has_moved_since_is_looked_at_again() {
    let mut office = Office::new();
    let (manager, case) = (office.manager, office.contact("Wound review", true));
    office.end_of_care();
    let what = Disposable::Case(office.person);
    let person = office.person;
    let (act, at) = (office.due(person, later()).act().0, later());
    // Nobody else may: it waits, whatever reason is given.
    let id = office.id();
    let who = Who { by: Some(manager), typed_by: Some(manager), method: Method::Asserted };
    let entry = NewEntry::of_act(id, Some(person), who, act.clone(), at);
    let alone = Batch { alone: Some("I am alone".to_owned()), ..one(entry) };
    let viewer = office.store.viewer_for(Some(manager), at).unwrap();
    assert_eq!(office.store.append(&viewer, alone, at).unwrap_err().to_string(), words::NEVER_ALONE);

    let second = office.colleague("Bea Marsh", "provider_lead");
    let coordinator = office.colleague("Priya Shah", "duty_coordinator");
    assert!(matches!(office.acted(coordinator, Some(person), act.clone(), at), Err(AppendError::Denied(_))));
    // Entries that are left out, or are another's, are refused.
    let Act::Dispose { edition, class, from, due, seqs } = act.clone() else { panic!("a disposal") };
    for seqs in [seqs[1..].to_vec(), Vec::new(), [seqs.clone(), vec![1]].concat()] {
        let act = Act::Dispose { edition, class: class.clone(), from, due, seqs };
        assert!(
            office
                .acted(manager, Some(person), act, at)
                .unwrap_err()
                .to_string()
                .contains("look at the list again")
        );
    }
    let proposed = office.acted(manager, Some(person), act.clone(), at).unwrap();
    assert_eq!(office.due(person, at).proposed, Some(proposed));
    assert!(office.acted(second, Some(person), act.clone(), at).is_err(), "proposed already");
    let own = word(&mut office, manager, proposed, YesNo::Yes);
    assert!(matches!(office.appended(manager, own, at), Err(AppendError::Denied(_))));
    let noted = office.noted(second, proposed, YesNo::Yes, "Mrs Quill");
    assert!(office.appended(second, noted, at).unwrap_err().to_string().contains("kept for ever"));
    // Held meanwhile: the second person's word does nothing.
    let hold = office.acted(manager, Some(case), Act::Hold { reason: "Claim 14".to_owned() }, at).unwrap();
    let agrees = word(&mut office, second, proposed, YesNo::Yes);
    assert!(office.appended(second, agrees, at).unwrap_err().to_string().contains("Claim 14"));
    office.lifted(second, case, hold, "", at);
    // And what was proposed no longer is all that there is: refused, and proposed anew.
    let agrees = word(&mut office, second, proposed, YesNo::Yes);
    assert!(office.appended(second, agrees, at).unwrap_err().to_string().contains("look at the list again"));
    let refuses = word(&mut office, second, proposed, YesNo::No);
    office.appended(second, refuses, at).unwrap();
    assert!(!office.files_with("Wound review").is_empty());
    office.disposed(second, what, at).unwrap();
    assert_eq!(office.files_with("Wound review"), Vec::<String>::new());
    assert_eq!(office.files_with("Claim 14"), Vec::<String>::new(), "what it was held for goes with it");
    office.whole();
}

#[test]
fn a_hold_on_a_record_that_was_merged_holds_and_a_second_persons_note_goes_with_the_person() {
    let mut office = Office::new();
    let (manager, second) = (office.manager, office.colleague("Bea Marsh", "provider_lead"));
    let kept = office.person;
    let gone = office.register("people", [("name", text("Terry Quill"))]);
    // A contact about the record that is a duplicate, held there; then both become one.
    office.person = gone;
    let case = office.contact("Wound review", true);
    let hold = office.acted(manager, Some(gone), Act::Hold { reason: "Claim 14".to_owned() }, now()).unwrap();
    let reason = "The same woman".to_owned();
    office
        .acted(manager, None, Act::Merge { register: "people".to_owned(), kept, gone, reason }, now())
        .unwrap();
    office.person = kept;
    office.end_of_care();
    let held = office.due(case, later()).kept_by;
    assert!(held.iter().any(|kept| kept.says().ends_with("Claim 14")), "{held:?}");
    office.lifted(second, gone, hold, "", later());

    // One case goes first; what a second person writes later is no word of that disposal.
    office.disposed(second, Disposable::Case(case), later()).unwrap();
    let due = office.due(kept, later());
    let proposed = office.acted(manager, Some(kept), due.act().0, later()).unwrap();
    let refuses = office.noted(second, proposed, YesNo::No, "Her son Tom rang");
    office.appended(second, refuses, later()).unwrap();
    assert!(!office.files_with("Her son Tom rang").is_empty());
    office.disposed(second, Disposable::Case(kept), later()).unwrap();
    assert_eq!(office.files_with("Her son Tom rang"), Vec::<String>::new());
    // What was refused stays refused, though the word that refused it has gone with the person.
    let viewer = office.store.viewer_for(Some(second), later()).unwrap();
    assert!(office.store.to_countersign(&viewer, later()).unwrap().is_empty());
    let view = office.store.case(&viewer, kept, later()).unwrap();
    let mark = view.state.entries.iter().find(|mark| mark.id == proposed).unwrap();
    assert!(!mark.counts() && !mark.awaits_second());
    assert_eq!(office.files_with("Terry"), Vec::<String>::new());
    // Nothing is written into what is gone.
    let hold = Act::Hold { reason: "Claim 15".to_owned() };
    assert_eq!(
        office.acted(manager, Some(case), hold, later()).unwrap_err().to_string(),
        words::GONE_ALREADY
    );
    office.whole();
}

#[test]
fn a_hold_is_lifted_by_two_and_what_one_lifted_before_stays_lifted() {
    let mut office = Office::new();
    let (manager, person) = (office.manager, office.person);
    let holds =
        |office: &Office| office.store.case(&office.viewer(), person, now()).unwrap().state.holds.len();
    let place = |office: &mut Office| {
        office.acted(manager, Some(person), Act::Hold { reason: "Claim 14".to_owned() }, now()).unwrap()
    };
    let hold = place(&mut office);
    let lift = |hold| Act::LiftHold { hold, reason: "Settled".to_owned() };
    // Alone nobody lifts it, whatever reason is given.
    let id = office.id();
    let who = Who { by: Some(manager), typed_by: Some(manager), method: Method::Asserted };
    let entry = NewEntry::of_act(id, Some(person), who, lift(hold), now());
    let alone = Batch { alone: Some("I am alone".to_owned()), ..one(entry) };
    let refused = office.store.append(&office.viewer(), alone, now()).unwrap_err();
    assert_eq!(refused.to_string(), words::NEVER_LIFTED_ALONE);

    let second = office.colleague("Bea Marsh", "provider_lead");
    let lifting = office.acted(manager, Some(person), lift(hold), now()).unwrap();
    assert_eq!(holds(&office), 1, "it stands until somebody agrees");
    let again = office.acted(second, Some(person), lift(hold), now()).unwrap_err();
    assert!(again.to_string().contains(words::LIFTING_WAITS), "{again}");
    let own = word(&mut office, manager, lifting, YesNo::Yes);
    assert!(office.appended(manager, own, now()).is_err());
    let refuses = office.noted(second, lifting, YesNo::No, "The claim goes on");
    office.appended(second, refuses, now()).unwrap();
    assert_eq!(holds(&office), 1);
    office.lifted(second, person, hold, "", now());
    assert_eq!(holds(&office), 0);

    // As the first programs wrote it: nothing waits, and it is lifted at once.
    let hold = place(&mut office);
    let id = office.id();
    let entry = NewEntry::of_act(id, Some(person), who, lift(hold), now());
    office.store.append(&Viewer::system(), one(entry), now()).unwrap();
    assert_eq!(holds(&office), 0);
    office.store.rebuild(&Viewer::system()).unwrap();
    assert_eq!(holds(&office), 0);
    office.whole();
}

#[test]
fn what_is_left_of_a_case_is_seen_by_whoever_oversees_disposal_and_by_nobody_else() {
    let mut office = Office::new();
    let second = office.colleague("Bea Marsh", "provider_lead");
    let coordinator = office.colleague("Priya Shah", "duty_coordinator");
    let (manager, person) = (office.manager, office.person);
    let case = office.contact("Zweizahn abscess", true);
    // Kept by somebody else's record, a case goes by itself where its own class says so.
    office.end_of_care();
    let hold = Act::Hold { reason: "Claim 14".to_owned() };
    let later = later();
    office.disposed(second, Disposable::Case(case), later).unwrap();
    let seen = |office: &Office, staff: CaseId| {
        let viewer = office.store.viewer_for(Some(staff), later).unwrap();
        let filter = CaseFilter::default();
        let listed = office.store.cases(&viewer, &filter, None, 9).unwrap();
        let chart = office.store.person(&viewer, person, later).unwrap();
        let found = office.store.case(&viewer, case, later);
        let named = office.store.case_by_reference(&viewer, "RL-1");
        (listed.total, listed.rows.len(), chart.cases.len(), found.is_ok(), named.is_ok())
    };
    for overseer in [manager, second] {
        assert_eq!(seen(&office, overseer), (1, 1, 1, true, true));
    }
    assert_eq!(seen(&office, coordinator), (0, 0, 0, false, false));
    let viewer = office.store.viewer_for(Some(coordinator), later).unwrap();
    // It is not said that there is something which others may see.
    assert!(matches!(office.store.case(&viewer, case, later), Err(ReadError::NotFound)));
    assert!(office.store.due_for_disposal(&viewer, later).unwrap().iter().all(|due| due.kept_by.is_empty()));
    let other = office.contact("Something else", true);
    let look = Act::LookBeyond { subject: case, reason: "Her son asks".to_owned() };
    let link = Act::Link { a: other, b: case, reason: "Same tooth".to_owned(), duplicate: YesNo::No };
    for (on, act) in [(Some(case), hold), (None, look), (None, link)] {
        assert_eq!(office.acted(manager, on, act, later).unwrap_err().to_string(), words::GONE_ALREADY);
    }
    office.whole();
}
