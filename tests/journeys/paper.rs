//! Paper: a pad of numbered slips is printed, two calls are entered from it, one slip is void, and one is missed.

use dutydesk::domain::answer::Answer;
use dutydesk::domain::entry::Said;
use dutydesk::domain::permission::Viewer;
use dutydesk::domain::views::PadRow;

use super::desk::Desk;
use super::office::{Office, at};

const CALL: &str =
    "c{07700 900118}<tab>{WQ, carer}<tab>{qui}<enter>yn{Power cut; lift stopped}<tab>a{what to do}";

fn night() -> Desk {
    Desk::at(Office::opened("2026-11-21T18:00:00Z")).signed_in("shah")
}

/// Prints a pad from the list of commands.
pub fn print(desk: &mut Desk, place: &str) {
    desk.keys(":print a pad<enter>").line("where").keys(place).saves();
}

fn pads(desk: &Desk) -> Vec<PadRow> {
    desk.store().pads(&Viewer::system()).expect("pads are read")
}

#[test]
fn a_page_that_was_spoilt_is_printed_again_with_the_same_numbers_marked_and_on_record() {
    let mut desk = night();
    print(&mut desk, "On-call car");
    desk.keys("<ctrl-p><enter>g").line("numbers").keys("0049-0060").line("why").keys("Wet, thrown away");
    desk.keys("<ctrl-s>").shows("0051-0060");
    desk.instead("numbers", "0049-0050").saves().shows("slips-0049-0050-again.html");
    let sheet = desk.office.path().join("sheets/slips-0049-0050-again.html");
    let page = std::fs::read_to_string(sheet).expect("the page lies beside the first");
    assert!(page.contains("0049") && !page.contains("0048") && page.matches("PRINTED AGAIN").count() == 2);
    desk.shows("Slips printed again").shows("Wet, thrown away");
    // The numbers are those of the pad still: given out once, and the next pad goes on behind them.
    assert_eq!(pads(&desk)[0].issued.to_string(), "0001-0050");
    desk.goes_home();
    print(&mut desk, "Grab bag");
    desk.shows("slips-0051-0100.html");
}

#[test]
fn a_pad_is_printed_entered_and_accounted_for() {
    let mut desk = night();
    print(&mut desk, "On-call car");
    desk.shows("slips-0001-0050.html");
    let sheet = desk.office.path().join("sheets/slips-0001-0050.html");
    let page = std::fs::read_to_string(sheet).expect("the page lies in the office's folder");
    assert!(page.contains("0047") && page.contains("TRAINING") && page.contains("999"));
    desk.keys("<ctrl-p>").shows("0001-0050").shows("On-call car").shows("not looked at").keys("<esc>");
    let look = desk.owed("PAD-1", "Look at the pad: which slip is the next blank one?").remove(0);
    assert_eq!(look.due, at("2026-11-23T09:00:00Z"), "on Monday at nine");

    // The morning after: entered from paper with its true times; why it comes late is the paper itself.
    desk.at_time("2026-11-22T08:30:00Z").keys(CALL);
    desk.line("+later").keys("<enter>").instead("reported_at", "21-Nov-2026 22:40");
    desk.line("slip").keys("0001").saves();
    let case = desk.case("U-1");
    let told = &case.chronology[0];
    assert_eq!(told.occurred.at, at("2026-11-21T22:40:00Z"));
    assert_eq!(told.entry.recorded_at, at("2026-11-22T08:30:00Z"));
    assert!(told.late_entry);
    let Said::Step(said) = &told.entry.said else { panic!("a step") };
    assert_eq!(said.why_late.as_deref(), Some("From slip 0001"));
    assert_eq!(said.answers.get("slip"), Some(&Answer::Text("0001".into())));
    assert_eq!(case.state.facts.slip, Some(1));

    // A number that was entered, that no pad has, or that is void is pointed at, and can be saved all the same.
    desk.keys(CALL).line("+later").keys("<enter>").line("slip").keys("1").line("note_ref");
    desk.shows("slip 0001 is in the record already");
    desk.instead("slip", "51").line("note_ref").shows("no pad has a slip 0051");
    desk.instead("slip", "forty").line("note_ref").shows("takes the number on the slip");
    desk.instead("slip", "3").line("note_ref").hides("no pad has").hides("takes the number").saves();

    // One is spoilt. The next blank one is the fifth, so that the fourth is missed.
    desk.keys("<ctrl-p><enter>z").line("numbers").keys("2").line("what").keys("s");
    desk.line("why").keys("Fell into a puddle, nothing on it").saves();
    assert!(pads(&desk)[0].unaccounted.is_empty(), "nobody has looked yet");
    desk.keys("d").line("blank").keys("5").saves();
    let pad = pads(&desk).remove(0);
    assert_eq!((pad.entered.to_string(), pad.void.to_string()), ("0001, 0003".into(), "0002".into()));
    assert_eq!(pad.unaccounted.to_string(), "0004");
    assert_eq!(desk.store().unaccounted_slips(&Viewer::system()).expect("a list").len(), 1);
    desk.goes_home().keys("<ctrl-p>").shows("0004").shows("0005");
}

#[test]
fn a_number_is_given_out_once() {
    let mut desk = night();
    let mut other = desk.beside().signed_in("brandt");
    // Both open the form before either saves: both are offered the same numbers.
    desk.keys(":print a pad<enter>");
    other.keys(":print a pad<enter>");
    assert_eq!((desk.text("numbers"), other.text("numbers")), ("0001-0050".into(), "0001-0050".into()));
    desk.line("where").keys("Desk").saves();
    other.line("where").keys("Car").keys("<ctrl-s>").shows("a number is given out once").shows("0051");
    other.instead("numbers", "51-60").saves();
    let issued: Vec<String> = pads(&desk).iter().map(|pad| pad.issued.to_string()).collect();
    assert_eq!(issued, ["0051-0060", "0001-0050"]);
    assert!(desk.office.path().join("sheets/slips-0051-0060.html").exists());

    // Put away: what was left blank is destroyed, so that nothing is missed.
    desk.hears_of_it().keys("<ctrl-p>").select("0051-0060").keys("<enter>x");
    desk.line("blank").keys("70").line("kept").keys("Office safe").keys("<ctrl-s>").shows("not of this pad");
    desk.instead("blank", "51").line("destroyed").keys("51-60").saves();
    let pads = pads(&desk);
    assert!(pads[0].closed && pads[0].unaccounted.is_empty());
}
