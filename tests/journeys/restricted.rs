//! A record that is kept to a few: another desk sees that somebody is owed something and whom to ask; it opens with a
//! reason, for a while; whoever watches over it sees who looked, and what was refused.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use dutydesk::domain::access::How;
use dutydesk::domain::answer::{Answer, Named, When, YesNo};
use dutydesk::domain::chance::{Chance, Seeded};
use dutydesk::domain::entry::{Batch, Method, NewEntry, NewSaid, Who};
use dutydesk::domain::ids::EntryId;
use dutydesk::domain::permission::Viewer;
use dutydesk::pathway::edition::Edition;
use dutydesk::store::{Access, OfficeDir, Store};

use super::desk::Desk;
use super::office::Office;

/// A step that keeps a person to a few, as an office's definitions may have it.
const KEEP_TO: &str = r#"
[[step]]
id = "keep_to"
title = "Kept to a few"
verb = "keep to a few"
key = "k"
roles = ["registered_manager"]
repeat = true

[[step.field]]
id = "kept"
label = "Kept to a few"
kind = "yes_no"
means = "restricted"

[[step.field]]
id = "kept_to"
label = "To whom"
kind = "rows"
means = "restricted"
columns = [{ id = "who", label = "Member of staff", kind = "staff" }]
"#;

/// The Registered Manager's desk in an office in which QUILL is kept to them, with a call about her that waits for a
/// decision.
pub fn kept() -> Desk {
    let office = Office::opened("2026-11-21T21:02:00Z");
    let mut store =
        Store::open(&OfficeDir::at(office.path()), Box::new(Seeded::new(9))).expect("the office opens");
    let people = &Edition::built_in_files()["pathways/people.toml"];
    let pathways = office.path().join("config").join("pathways");
    fs::create_dir_all(&pathways).expect("a directory");
    fs::write(pathways.join("people.toml"), format!("{people}{KEEP_TO}")).expect("a file");
    for (path, mode) in [(pathways.clone(), 0o700), (pathways.join("people.toml"), 0o600)] {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("a mode");
    }
    // The manager may configure, so that the changed definitions come into force with the sign-in.
    let mut desk = Desk::at(office).signed_in("lind");
    desk.keys("c07700 900118<tab>WQ<tab>qui").shows("QUILL").keys("<enter>").saves();
    let office = desk.office.clone();
    let id = EntryId(Seeded::new(10).uuid());
    let manager = office.staff["manager"];
    let named = Answer::Named(Named { id: Some(manager), words: "LINDQVIST, M.".to_owned() });
    let kept = Answer::YesNo { is: YesNo::Yes, why: String::new() };
    let rows = Answer::Rows(vec![[("who".to_owned(), named)].into()]);
    let entry = NewEntry {
        id,
        key: id.to_string(),
        case: Some(office.people["quill"]),
        subject: None,
        occurred: When::exact(office.now()),
        reported_at: None,
        who: Who { by: Some(manager), typed_by: Some(manager), method: Method::Asserted },
        what: NewSaid::Step {
            pathway: "people".to_owned(),
            step: "keep_to".to_owned(),
            on: None,
            answers: [("kept".to_owned(), kept), ("kept_to".to_owned(), rows)].into(),
            why_late: None,
            cleared: Default::default(),
        },
    };
    let batch = Batch { entries: vec![entry], ..Batch::default() };
    store.append(&Viewer::system(), batch, office.now()).expect("it is recorded");
    desk.hears_of_it();
    desk
}

fn noted(office: &Office) -> Vec<(How, Option<String>)> {
    let log = Access::open(&OfficeDir::at(office.path())).expect("the log opens");
    let looks = log.looks().expect("it can be read");
    looks.into_iter().map(|look| (look.how, look.detail)).collect()
}

#[test]
fn another_desk_sees_a_stub_and_opens_it_with_a_reason_for_an_hour() {
    let mut manager = kept();
    manager.shows("QUILL, T.").shows("1 undecided");
    let mut desk = manager.beside().signed_in("shah");
    desk.shows("restricted  ask LINDQVIST, M.").hides("QUILL").hides("U-1");
    desk.keys("<f5>").shows("OAKES").hides("QUILL").keys("/qui").hides("QUILL").keys("<esc><esc>");
    desk.keys("<f9>").hides("U-1").keys("<esc>");
    // Opened from the second pane it says whom to ask, and nothing more.
    desk.keys("2").shows("restricted record, ask LINDQVIST, M.").shows("owner OKAFOR").keys("<enter>");
    desk.shows("restricted record, ask LINDQVIST, M.").hides("QUILL").hides("U-1");
    let before = noted(&desk.office);
    assert_eq!(before.last(), Some(&(How::Refused, Some("Open".to_owned()))));
    desk.later(1);
    assert_eq!(noted(&desk.office), before, "read again it is no second refusal");
    desk.keys("<ctrl-o>").shows("restricted record").keys("She rings and nobody named answers").saves();
    desk.shows("QUILL, Theresa").shows("NOT YOURS until 22:03");
    desk.keys("<esc>").shows("QUILL, T.").keys("<enter>").shows("QUILL, Theresa");
    desk.later(59).shows("QUILL").later(1).hides("QUILL").hides("NOT YOURS");
    desk.shows("restricted record, ask");
    // Whoever watches over it sees it first, until they say that they have.
    manager.hears_of_it().keys("<f10>");
    manager.shows("to be seen").shows("SHAH, P.").shows("nobody named answers").shows("refused");
    manager.keys("s").shows("Have you seen this?").keys("y").hides("to be seen").shows("beyond");
    manager.keys("/refused").hides("beyond").shows("refused").keys("<enter><esc><esc>");
    // The person's own screen says who looked at her.
    manager.keys("<enter>p").shows("QUILL, Theresa").keys("<f10>").shows("SHAH, P.").keys("<enter>");
    manager.shows("QUILL, Theresa");
}

#[test]
fn who_looked_is_shown_to_whoever_may_audit_and_refused_to_others_with_a_note() {
    let mut desk = Desk::at(Office::opened("2026-11-21T21:02:00Z")).signed_in("shah");
    desk.keys("c07700 900118<tab>WQ<tab>qui<enter>").saves();
    desk.keys("<f10>").shows("is for: ").hides("Who looked at what");
    let last = noted(&desk.office).pop().expect("it was noted");
    assert_eq!(last, (How::Refused, Some("Who looked at what".to_owned())));
    let mut manager = desk.beside().signed_in("lind");
    let before = noted(&manager.office).len();
    manager.keys("<f10>").shows("Who looked at what").shows("refused").shows("found").shows("QUILL, Theresa");
    assert_eq!(noted(&manager.office).len(), before, "looking at the list is no look at a record");
    manager.select("found").keys("<enter>").shows("QUILL, Theresa");
    assert_eq!(noted(&manager.office).len(), before + 1, "opening a record from it is");
}

#[test]
fn a_record_is_opened_by_a_number_that_is_said_and_by_nothing_less() {
    let mut desk = kept().beside().signed_in("shah");
    // The call that waits is theirs and stands selected: the form means that one, until another is named.
    desk.keys("<ctrl-o>").instead("which", "Quill").line("why").keys("Told to look").keys("<ctrl-s>");
    desk.shows("There is no such record");
    desk.instead("which", "999 000 0018").saves().shows("QUILL, Theresa").shows("NOT YOURS");
}
