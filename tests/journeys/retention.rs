//! Years later: a legal hold, what is due for disposal, two people, and what is left of it.

use dutydesk::domain::disposal::Disposable;
use dutydesk::domain::entry::{Said, Stub};
use dutydesk::domain::permission::Viewer;
use serde_json::json;

use super::desk::Desk;
use super::office::Office;
use super::recorded::{In, about, record};

/// Words that stand nowhere else in the office.
const WORDS: &str = "Zweizahn abscess, seen at four";

/// Somebody who left nine years ago, and a contact about them.
fn years_later() -> Desk {
    let office = Office::staffed(
        "2026-11-23T09:00:00Z",
        &[
            ("manager", "Morag Lindqvist", &["registered_manager"]),
            ("lead", "Bea Marsh", &["provider_lead"]),
            ("coordinator", "Priya Shah", &["duty_coordinator"]),
        ],
    );
    let mut desk = Desk::at(office);
    let person = desk.office.people["oakes_1"];
    let contact = json!({
        "who": "The Elms Surgery", "began": "we", "person": "Dr Ash", "how": "telephone", "outcome": "spoke",
        "purpose": "advice", "headline": "Tooth", "shared": "What was seen", "basis": "expected", "advice": WORDS,
        "finished": "yes",
    });
    assert_eq!(record(&desk, "manager", "liaison.contact", about(person), contact), Ok("RL-1".to_owned()));
    let ended = json!({ "how": "moved" });
    let id = person.to_string();
    let place = In { case: Some(&id), ..In::default() };
    record(&desk, "manager", "people.ended", place, ended).expect("their support has ended");
    desk.at_time("2035-11-23T09:00:00Z");
    desk
}

/// Files of the office, folders within it too, in which these words stand.
fn files_with(desk: &Desk, words: &str) -> usize {
    let (mut found, mut folders) = (0, vec![desk.office.path()]);
    while let Some(folder) = folders.pop() {
        for item in std::fs::read_dir(folder).expect("a folder").flatten() {
            if item.path().is_dir() {
                folders.push(item.path());
            } else {
                let bytes = std::fs::read(item.path()).expect("a file");
                found += usize::from(bytes.windows(words.len()).any(|at| at == words.as_bytes()));
            }
        }
    }
    found
}

/// A question says this, wherever its lines break.
fn tells(desk: &mut Desk, words: &str) {
    let screen = desk.screen();
    let parts = screen.split(|c: char| c.is_whitespace() || "│╭╮╰╯─".contains(c));
    let said = parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    assert!(said.contains(words), "{words}:\n{screen}");
}

fn whole(desk: &Desk) {
    let found = desk.store().verify(&Viewer::system(), &mut |_, _| {}).expect("it can be verified");
    assert_eq!(found.fault, None);
}

#[test]
fn what_is_held_stays_until_two_lift_the_hold_and_goes_when_two_dispose_of_it() {
    let mut desk = years_later().signed_in("lindqvist");
    desk.goes_home()
        .keys("<f9><f9>")
        .select("Every kind, closed")
        .keys("<enter>")
        .select("RL-1")
        .keys("<enter>");
    desk.shows(WORDS).keys(":place a legal<enter>").shows("Name nobody");
    desk.line("why").keys("Claim 14").saves();
    // It stands on the list with what keeps it, and cannot be proposed.
    desk.goes_home().keys(":due for disposal<enter>").select("OAKES").shows("legal hold on RL-1: Claim 14");
    desk.keys("y").shows("legal hold on RL-1").goes_home();
    open_closed(&mut desk);
    desk.keys(":lift a legal<enter>")
        .shows("Until then the hold stands")
        .line("why")
        .keys("Settled out of court")
        .saves();
    assert_eq!(desk.case("RL-1").state.holds.len(), 1, "nobody lifts it alone");
    desk.goes_home()
        .sign_in("marsh")
        .keys("<f8>")
        .select("a legal hold lifted")
        .keys("y")
        .shows("Settled out of court")
        .keys("y");
    assert_eq!(desk.case("RL-1").state.holds.len(), 0);

    // The tables of a pack lie in a folder among the pages for the printer, and go as those do.
    desk.goes_home().sign_in("lindqvist");
    open_closed(&mut desk);
    desk.keys("\"o").line("form").keys("t").line("redact").keys("n").saves().shows("pack-case-rl-1");
    // So do the tables of one that a killed program left half written; a folder that is no pack's stays.
    let sheets = desk.office.path().join("sheets");
    let [half, own] = [".pack-case-rl-1-20351123-085900.4711", "own"].map(|name| sheets.join(name));
    for folder in [&half, &own] {
        std::fs::create_dir(folder).expect("a folder");
    }
    std::fs::write(half.join("chronology.csv"), WORDS).expect("a table");

    // One proposes: it says what goes, and what that does not reach.
    desk.goes_home().keys(":due for disposal<enter>").select("OAKES");
    desk.shows("nothing keeps it").keys("y");
    tells(&mut desk, "is gone for good");
    tells(&mut desk, "A backup or pack that was made before still holds all of it");
    desk.keys("y").shows("a second person agrees or refuses");
    assert!(files_with(&desk, WORDS) > 0);
    desk.goes_home().sign_in("marsh").keys("<f8>").select("a proposed disposal").keys("y");
    tells(&mut desk, "Adult social care record: counted from 23-Nov-2026, due since 23-Nov-2034");
    tells(&mut desk, "for up to 1 second nobody can save");
    // Enter on its row shows all of it, the class by its title there too.
    desk.keys("<esc><enter>").shows("Adult social care record: counted from").hides("care: counted");
    desk.goes_home().keys("<f8>").select("a proposed disposal").keys("yy");
    for words in [WORDS, "Bernard", "Claim 14", "out of court"] {
        assert_eq!(files_with(&desk, words), 0, "{words}");
    }
    assert!(!half.exists() && own.exists());
    whole(&desk);

    // What is left: a stub for whoever oversees it, nothing for anybody else.
    desk.goes_home();
    open_closed(&mut desk);
    desk.shows("RL-1").shows("(content disposed of)").shows("Content lawfully disposed of").hides("Zweizahn");
    let left = desk.case("RL-1");
    assert!(left.chronology.iter().all(|told| matches!(told.entry.said, Said::Stub(Stub::Disposed { .. }))));
    let person = Disposable::Case(desk.office.people["oakes_1"]);
    assert!(desk.store().disposal_of(&Viewer::system(), person, desk.office.now()).is_err());
    desk.goes_home()
        .sign_in("shah")
        .keys("<f9><f9>")
        .select("Every kind, closed")
        .keys("<enter>")
        .hides("RL-1");
    desk.goes_home().keys("<f5>").hides("Bernard").shows("Brian");
    desk.goes_home().sign_in("lindqvist").keys(":due for disposal<enter>").hides("OAKES, Bernard");
}

/// The case from the list of those that are closed.
fn open_closed(desk: &mut Desk) {
    desk.keys("<f9><f9>").select("Every kind, closed").keys("<enter>").select("RL-1").keys("<enter>");
}

#[test]
fn a_refused_proposal_says_why_and_nothing_goes() {
    let mut desk = years_later().signed_in("lindqvist");
    desk.keys(":due for disposal<enter>")
        .select("OAKES")
        .keys("yy")
        .shows("a second person agrees or refuses");
    desk.goes_home().sign_in("marsh").keys("<f8>").select("a proposed disposal").keys("n");
    desk.line("why").keys("A claim is announced").saves();
    assert!(files_with(&desk, WORDS) > 0);
    desk.goes_home()
        .sign_in("lindqvist")
        .keys(":due for disposal<enter>")
        .select("OAKES")
        .shows("nothing keeps it");
    open_closed(&mut desk);
    desk.shows(WORDS);
    whole(&desk);
}

#[test]
fn of_several_holds_each_is_lifted_in_its_turn_and_none_twice() {
    let mut desk = years_later().signed_in("lindqvist");
    for claim in ["Claim 14", "Claim 15"] {
        desk.goes_home();
        open_closed(&mut desk);
        desk.keys(":place a legal<enter>").line("why").keys(claim).saves();
    }
    for why in ["Fifteen is settled", "Fourteen is settled"] {
        desk.goes_home();
        open_closed(&mut desk);
        desk.keys(":lift a legal<enter>").line("why").keys(why).saves();
    }
    desk.goes_home();
    open_closed(&mut desk);
    desk.keys(":lift a legal<enter>").shows("waits for a second person already");
    assert_eq!(desk.case("RL-1").state.holds.len(), 2);
    desk.keys("<esc>").goes_home().sign_in("marsh");
    for left in [1, 0] {
        desk.keys("<f8>").select("a legal hold lifted").keys("yy");
        assert_eq!(desk.case("RL-1").state.holds.len(), left);
        desk.goes_home();
    }
}
