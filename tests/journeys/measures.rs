//! From one key to all that is measured, to one measure in its parts, to the records behind its number, to a case.

use dutydesk::app::Layer;
use dutydesk::domain::measure::Span;

use super::desk::Desk;
use super::office::Office;
use super::whole::{CALL, decide};

/// Two calls of an afternoon: the first decided after four minutes, the second not at all.
fn afternoon() -> Desk {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("okafor");
    desk.keys(CALL).later(4).keys("d");
    decide(&mut desk);
    desk.goes_home().later(30).keys(CALL).later(60).goes_home();
    desk
}

fn asked(desk: &Desk) -> &dutydesk::app::measures::MeasuresLayer {
    let Layer::Measures(layer) = desk.app.top() else { panic!("measures are on screen") };
    layer
}

#[test]
fn one_key_leads_to_all_measures_and_enter_to_one_to_its_records_and_to_the_case() {
    let mut desk = afternoon();
    desk.keys("|").shows("Measures").shows("Nov 2026 so far").shows("everywhere");
    // Never a share without how many of how many.
    desk.shows("Call to decision").shows("4 min").shows("1 of 2").shows("Repeat calls about a person");
    desk.keys("<down><enter>").shows("half took 4 min or less").shows("1 of 2 in time").shows("By place:");
    desk.shows("no percentage");
    let little = desk.little_screen();
    assert!(little.contains("4 min") && little.contains("1 of 2"), "{little}");

    // What is counted is one key away, and so is another way to split it.
    desk.keys("d").shows("until the first decision").shows("Less is better").keys("<esc>");
    desk.keys("b").shows("By shift:").shows("weekend and bank holiday").keys("b").shows("By risk:");

    // The one that was not decided in time stands first.
    desk.keys("<enter>").shows("2 of 2");
    let screen = desk.screen();
    let line = |words: &str| screen.lines().position(|line| line.contains(words));
    assert!(line("U-2").expect("listed") < line("U-1").expect("listed"), "{screen}");
    desk.keys("<down><enter>").shows("U-1").shows("Timeline");
    assert!(desk.app.layers.iter().any(|layer| matches!(layer, Layer::Measures(_))));
    desk.keys("<esc><esc>")
        .shows("By risk:")
        .keys("<esc>")
        .shows("Call to advice")
        .keys("<esc>")
        .shows("Urgent calls");
    desk.assert_record_holds();
}

#[test]
fn period_place_and_theme_are_a_key_each_and_what_has_not_begun_is_not_shown() {
    let mut desk = afternoon();
    desk.keys("|p").shows("Q4 2026 so far").keys("pp");
    assert_eq!(asked(&desk).asked.span, Span::Week);
    desk.shows("16 Nov to 22 Nov 2026")
        .keys("<left>")
        .shows("09 Nov to 15 Nov 2026")
        .keys("<right><right><right>");
    desk.shows("16 Nov to 22 Nov 2026");
    // Nothing led to these calls that was written down.
    desk.keys("t").shows("Medicines").keys("<enter>");
    desk.shows("Urgent calls")
        .keys("<enter>")
        .shows("No record stands behind this number")
        .keys("<esc><esc>");
    desk.keys("l");
    assert!(asked(&desk).asked.location.is_some());
}

#[test]
fn figures_on_screen_are_read_again_within_a_minute_and_not_with_each_entry() {
    let mut desk = afternoon();
    desk.keys("|").shows("1 of 2");
    let before = asked(&desk).overview().expect("read").now;
    let mut other = desk.beside().signed_in("okafor");
    other.keys(CALL);
    desk.hears_of_it();
    assert_eq!(asked(&desk).overview().expect("read").now, before);
    desk.later(1);
    let overview = asked(&desk).overview().expect("read");
    let calls = overview.lines.iter().find(|line| line.id == "calls").expect("a measure");
    assert_eq!(calls.now().n, 3);
}

#[test]
fn whoever_may_not_see_measures_is_told_who_may() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("shah");
    desk.keys("|").shows("Seeing measures is for");
    assert!(!matches!(desk.app.top(), Layer::Measures(_)));
}
