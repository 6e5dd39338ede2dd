//! One office, two desks: the same unfinished form at both.

use dutydesk::app::Layer;

use super::desk::Desk;
use super::office::Office;

#[test]
fn a_form_opened_at_a_second_desk_is_given_up_at_the_first_with_every_word_and_recorded_once() {
    let office = Office::opened("2026-11-21T21:02:00Z");
    let mut first = Desk::at(office.clone()).signed_in("shah");
    first.keys("c07700 900118<tab>WQ, half a sen");
    let mut second = Desk::at(office).signed_in("shah");
    second.keys("u").shows("open elsewhere").keys("<enter>").shows("open on another screen");
    second.keys("y").shows("asked for this form");
    assert!(second.app.forms().next().is_none(), "never at both");
    // The first hears of it without a key, keeps what was typed and takes no more.
    first.later(0).shows("opened at another terminal").shows("filled in there now");
    first.keys("tence").hides("sentence");
    second.later(0);
    assert_eq!(second.text("caller"), "WQ, half a sen");
    first.keys("<ctrl-s>").shows("filled in there now");
    second.line("caller").keys("tence").saves();
    first.later(0).keys("<ctrl-s>");
    assert_eq!(first.board().calls.total, 1);
    assert_eq!(first.board().drafts.len(), 0);
    first.keys("<esc>");
    assert!(!matches!(first.app.top(), Layer::Form(_)));
    assert!(Desk::at(first.office.clone()).board().drafts.is_empty());
}

#[test]
fn a_form_whose_desk_is_gone_opens_at_the_next_without_a_question() {
    let office = Office::opened("2026-11-21T21:02:00Z");
    let mut first = Desk::at(office.clone()).signed_in("shah");
    first.keys("c07700 900118<tab>WQ");
    let mut second = first.killed_and_started_again().signed_in("shah");
    second.keys("u<enter>");
    assert_eq!(second.text("caller"), "WQ");
}
