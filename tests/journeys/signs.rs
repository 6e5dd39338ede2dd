//! Warning signs at the desk: what nobody followed up stands in the queue, on its case and its person, until it is answered.

use super::desk::Desk;
use super::office::Office;
use super::whole::CALL;

const TITLE: &str = "The office was told, and nothing followed";

/// A red call an hour ago that nobody has decided.
fn waiting() -> Desk {
    let mut desk = Desk::at(Office::opened("2026-11-25T13:40:00Z")).signed_in("shah");
    desk.goes_home().keys(CALL).goes_home();
    desk.hides(TITLE).later(60);
    desk
}

#[test]
fn a_sign_is_seen_opened_and_accepted_and_its_action_is_owed() {
    let mut desk = waiting();
    // The coordinator sees it, on the row and in the queue, and may not answer it.
    desk.keys("1").shows(TITLE).keys("^").shows(TITLE).shows("QUILL").shows("urgent");
    assert!(desk.little_screen().contains("urgent"));
    desk.keys("y").shows("Answering a warning sign is for");
    // The row itself is marked, at every width.
    desk.goes_home().shows("!QUILL");
    assert!(desk.little_screen().contains("!QUILL"), "{}", desk.little_screen());
    desk.sign_in("okafor").shows("1 warning sign waits for");
    desk.keys("^<enter>").shows("What to do").shows("What shows it").shows("Urgent communication log");
    desk.keys("y").shows("Answer to a warning sign").line("answer").keys("a");
    desk.line("words").keys("A second telephone at night");
    desk.line("owner").keys("okafor<enter>").line("by").keys("tomorrow 12:00").saves();
    desk.goes_home().keys("^").shows("No warning sign waits for an answer");
    desk.goes_home().keys("1<enter>").shows(TITLE).shows("Accepted");
    let item = desk.case("G-1");
    assert!(item.state.commitments.iter().any(|one| one.what == "A second telephone at night"));
    // How each rule was answered stands on a page: one that cries wolf is seen by it.
    desk.goes_home().keys(":how warning signs were<enter>").shows("How warning signs were answered");
    desk.shows(TITLE).shows("once: 1 accepted").shows("Nothing so far");
}

#[test]
fn what_shows_a_sign_of_a_person_is_opened_from_its_page_where_it_stands_in_no_case() {
    let mut desk = Desk::at(Office::opened("2026-11-25T13:40:00Z")).signed_in("shah");
    for _ in 0..5 {
        desk.goes_home().keys(CALL).goes_home().later(20);
    }
    desk.sign_in("okafor").keys("^").select("Many urgent calls about one").keys("<enter>");
    desk.shows("What shows it").shows("U-5");
    // Each of the five once; one key more and it is there.
    desk.keys("<enter>").shows("Which case").keys("3").shows("U-3").shows("Urgent communication log");
}
