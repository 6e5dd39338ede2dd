//! What is kept of a sign for years: its ids, its words, what is read of it when its rule is gone, and a clock that nobody
//! trusts puts nothing on record.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use dutydesk::domain::clocks::ClockDoubt;
use dutydesk::domain::ids::SignId;
use dutydesk::domain::permission::Viewer;
use dutydesk::domain::signs::{Severity, SignAnswer};
use dutydesk::pathway::edition::Edition;
use rusqlite::Connection;

use super::answered::{answer, the_one, told, waiting};
use super::office::Office;

/// A connection of somebody who looks at the file from outside.
fn file(office: &Office) -> Connection {
    Connection::open(office.store.dir().ledger()).expect("the file")
}

/// Kinds and ids of the last entries, each with its key, the oldest first.
fn last(office: &Office, many: u32) -> Vec<(String, String)> {
    let conn = file(office);
    let mut entries = conn
        .prepare("SELECT kind, lower(hex(id)), replace(key, '-', '') FROM entries ORDER BY seq DESC LIMIT ?1")
        .expect("a statement");
    let read = entries.query_map([many], |row| {
        let (id, key): (String, String) = (row.get(1)?, row.get(2)?);
        assert_eq!(id, key);
        Ok((row.get(0)?, id))
    });
    let mut read: Vec<_> = read.expect("entries").map(|row| row.expect("a row")).collect();
    read.reverse();
    read
}

fn body(office: &Office, kind: &str) -> String {
    let body = file(office).query_row(
        "SELECT b.body FROM bodies b JOIN entries e USING (seq) WHERE e.kind = ?1 ORDER BY seq DESC",
        [kind],
        |row| row.get::<_, Vec<u8>>(0),
    );
    String::from_utf8(body.expect("a body")).expect("text")
}

#[test]
fn the_ids_of_a_sign_and_of_what_follows_from_its_answer_are_the_same_for_ever() {
    let mut office = waiting();
    office.store.note_signs(office.at(20)).expect("noted");
    let sign = the_one(&office, 20);
    let call = sign.entries[0];
    // The place is a word of the rule, not of whoever wrote.
    assert_eq!(sign.id, SignId(call.derived("sign.told_nothing_next.nothing").0));
    answer(&mut office, "Adaeze Okafor", &sign, 25, (SignAnswer::Accepted, "A second telephone"))
        .expect("answered");
    let fixed = [
        ("act.raise_sign", "3e36e9aaddc455328db807650974c349"),
        ("act.answer_sign", "fa2654c5494342d1911bfdeaafa965f3"),
        ("governance.raise", "747bb9f8e371504991fa6d718e2b9108"),
        ("governance.act", "585f99055eb95863ad4f860ff71a07e3"),
        ("act.link", "56e4c1636d7c50c3a5516353b143b365"),
    ];
    assert_eq!(last(&office, 5), fixed.map(|(kind, id)| (kind.to_owned(), id.to_owned())));
}

#[test]
fn a_time_that_contradicts_the_call_is_told_apart_by_what_it_is_and_not_by_how_it_is_said() {
    let mut office = waiting();
    office.tell(&told(
        "at = 30\nstep = \"urgent.decision\"\ncase = \"a\"\nsays = { route = [\"no_contact\"], decided_at = \"-90\" }",
    ));
    let signs = office.signs(office.at(40));
    let sign = signs.iter().find(|sign| sign.rule == "contacts_disagree").expect("it shows");
    let decided = sign.entries[1];
    let place = "sign.contacts_disagree.before_the_call.the decision";
    assert_eq!(sign.id, SignId(decided.derived(place).0));
}

#[test]
fn the_time_by_which_something_is_done_stands_without_a_fraction() {
    let mut office = waiting();
    office.store.note_signs(office.at(20)).expect("noted");
    let sign = the_one(&office, 20);
    let said = (SignAnswer::Accepted, "A second telephone");
    let late = office.at(25) + TimeDelta::milliseconds(123);
    super::answered::answer_at(&mut office, "Adaeze Okafor", &sign, late, said).expect("answered");
    let by = (office.at(25) + TimeDelta::days(2)).format("\"by\":\"%Y-%m-%dT%H:%M:%SZ\"").to_string();
    let body = body(&office, "act.answer_sign");
    assert!(body.contains(&by), "{body}");
    // What follows says the same time, so that sending it again is one answer.
    let now = office.at(30);
    let case = office.store.case(&Viewer::system(), office.case("a"), now).expect("the case");
    let item = office.store.case(&Viewer::system(), case.state.links[0], now).expect("the item");
    let action = item.state.commitments.iter().find(|one| one.opened_in.is_some()).expect("the action");
    assert_eq!(action.due, office.at(25) + TimeDelta::days(2));
    office.is_whole();
}

/// The shipped definitions without one rule.
fn without(rule: &str) -> BTreeMap<String, String> {
    let mut files = Edition::built_in_files();
    let signs = files.get_mut("warning-signs.toml").expect("the rules");
    let parts: Vec<&str> = signs.split("[[sign]]\n").collect();
    let kept = parts.iter().filter(|part| !part.starts_with(&format!("id = \"{rule}\"")));
    *signs = kept.copied().collect::<Vec<_>>().join("[[sign]]\n");
    files
}

#[test]
fn a_sign_whose_rule_was_taken_away_is_read_as_it_was_and_still_waits_for_an_answer() {
    let mut office = waiting();
    office.store.note_signs(office.at(20)).expect("noted");
    let before = the_one(&office, 25);
    let manager = office.record("Adaeze Okafor");
    let viewer = office.store.viewer_for(Some(manager), office.at(30)).expect("somebody");
    let adopted = office.store.adopt(&viewer, without("told_nothing_next"), office.at(30)).expect("adopted");
    assert!(adopted.is_some());
    let after = the_one(&office, 40);
    assert!(!after.stands, "no rule sees it any more");
    assert_eq!((&after.title, &after.means, after.severity), (&before.title, &before.means, before.severity));
    assert_eq!(after.severity, Severity::Urgent);
    let rates = office.store.sign_rates(&Viewer::system()).expect("rates");
    let rate = rates.iter().find(|rate| rate.rule == "told_nothing_next").expect("the rule");
    assert_eq!((&rate.title, rate.raised, rate.open), (&before.title, 1, 1));
    answer(&mut office, "Adaeze Okafor", &after, 45, (SignAnswer::Accepted, "A second telephone"))
        .expect("answered");
    let case = office.store.case(&Viewer::system(), office.case("a"), office.at(50)).expect("the case");
    let item = office.store.case(&Viewer::system(), case.state.links[0], office.at(50)).expect("the item");
    assert_eq!(item.state.facts.headline, Some(before.title));
    office.is_whole();
}

#[test]
fn what_was_on_record_and_has_lost_its_words_is_not_put_there_again() {
    let mut office = waiting();
    assert_eq!(office.store.note_signs(office.at(20)).expect("noted"), 1);
    // As it is once its body is disposed of: the entry is there and says nothing.
    file(&office).execute("DELETE FROM signs_raised", []).expect("forgotten");
    assert_eq!(office.store.note_signs(office.at(21)).expect("looked"), 0);
    let (waits, _) = office.store.signs_turn(office.at(21)).expect("read");
    assert!(!waits, "nobody is asked to look again");
}

#[test]
fn a_clock_that_is_far_ahead_puts_nothing_on_record_before_somebody_has_recorded_by_it() {
    let mut office = waiting();
    let (year, fortnight) = (60 * 24 * 365, 60 * 24 * 14);
    let called = office.at(0);
    assert_eq!(office.store.doubts_clock(office.at(fortnight - 1)).expect("read"), None);
    let doubt = office.store.doubts_clock(office.at(year)).expect("read");
    assert_eq!(doubt, Some(ClockDoubt::Silence(called)));
    assert!(!office.signs(office.at(year)).is_empty(), "they show all the same");
    assert_eq!(office.store.note_signs(office.at(year)).expect("looked"), 0);
    // Somebody is there and writes something down.
    let call = "step = \"urgent.call\"\ncase = \"b\"\nsays = { about = \"Bernard Oakes\", risk = \"green\" }";
    office.tell(&told(&format!("at = {year}\n{call}")));
    assert!(office.store.note_signs(office.at(year + 1)).expect("noted") > 0);
    // The clock is set right: what is on record is still to come, and nothing more goes there meanwhile.
    let doubt = office.store.doubts_clock(office.at(90)).expect("read");
    assert!(matches!(doubt, Some(ClockDoubt::FromTheFuture(at)) if at == office.at(year + 1)), "{doubt:?}");
    office.tell(&told(&format!("at = 90\n{call}").replace("\"b\"", "\"c\"")));
    assert_eq!(office.store.note_signs(office.at(90)).expect("looked"), 0);
    office.is_whole();
}

#[test]
fn what_is_done_about_a_sign_stands_where_its_case_does_and_says_nothing_of_a_restricted_one() {
    let summary = |restricted: bool| {
        let mut office = Office::new();
        if restricted {
            office.restrict("Theresa Quill", "Adaeze Okafor");
        }
        office.tell(&told(
            "at = 0\nstep = \"urgent.call\"\ncase = \"a\"\nsays = { about = \"Theresa Quill\", risk = \"red\", place = \"Rowan House\" }",
        ));
        office.store.note_signs(office.at(20)).expect("noted");
        let sign = the_one(&office, 20);
        assert!(!sign.words.is_empty(), "the sign says what the call was about");
        answer(&mut office, "Adaeze Okafor", &sign, 25, (SignAnswer::Accepted, "A second telephone"))
            .expect("answered");
        let now = office.at(30);
        let case = office.store.case(&Viewer::system(), office.case("a"), now).expect("the case");
        let item = office.store.case(&Viewer::system(), case.state.links[0], now).expect("the item");
        assert_eq!(item.state.location, Some(office.record("Rowan House")));
        office.is_whole();
        let said = body(&office, "governance.raise");
        assert!(said.contains(&sign.means), "{said}");
        said.contains(&sign.words)
    };
    assert!(summary(false));
    assert!(!summary(true));
}
