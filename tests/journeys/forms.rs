//! What a form shows to whoever fills it in: on a telephone, with rows, where something cannot be read, begun from elsewhere.

use super::cover::uncovered;
use super::desk::Desk;
use super::liaise::{decided, spoke};
use super::office::Office;
use super::whole::CALL;

fn called() -> Desk {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("okafor");
    desk.keys(CALL);
    desk
}

/// Begins a case of this kind from the call on the dashboard.
fn begins<'d>(desk: &'d mut Desk, kind: &str) -> &'d mut Desk {
    desk.goes_home().keys("<home>+").select(kind).keys("<enter>")
}

/// The column in which these words begin, in the first row of a telephone's screen that has them.
fn column(screen: &str, words: &str) -> usize {
    let row = screen.lines().find(|row| row.contains(words));
    let row = row.unwrap_or_else(|| panic!("should show {words:?}:\n{screen}"));
    row.split(words).next().unwrap_or_default().chars().count()
}

#[test]
fn each_row_of_a_table_says_which_it_is_and_stands_under_that_on_a_telephone() {
    let mut desk = called();
    begins(&mut desk, "External delay").line("controls.0.what").keys("Two carers for each move");
    let screen = desk.little_screen();
    let (row, label, words) = (
        column(&screen, "Interim controls 1"),
        column(&screen, "Interim control*"),
        column(&screen, "Two carers"),
    );
    assert!(row < label && label < words, "{screen}");

    desk.line("controls.+").keys("<enter>{Hourly checks}");
    let screen = desk.little_screen();
    assert!(screen.contains("Interim controls 2") && screen.contains("Hourly checks"), "{screen}");
    // A label at the left has the same over its rows.
    desk.shows("Interim controls 1").shows("Interim controls 2");
}

#[test]
fn what_the_keys_do_and_what_is_asked_stand_on_a_telephone_both_whole() {
    let mut desk = called();
    begins(&mut desk, "External delay").line("by");
    let screen = desk.little_screen();
    for said in
        ["╰─ 1640, tomorrow 9, 10 working days, none ─", "or none given, and why: then we chase by our"]
    {
        assert!(screen.contains(said), "should show {said:?}:\n{screen}");
    }
    // The call fits whole on it, with what may wait under it.
    desk.goes_home().keys("c");
    let screen = desk.little_screen();
    assert!(screen.contains("What they want to know") && screen.contains("In a few words"), "{screen}");
}

#[test]
fn a_form_that_cannot_be_saved_says_so_where_it_says_what_comes_next() {
    let mut desk = called();
    desk.keys("c{07700 900118}<tab>{WQ, carer}<tab>{qui}<enter>yn{On the floor}<tab>a{what to do}");
    desk.shows("next Decide").line("+later").keys("<enter>").line("observed_at").keys("99:99");
    desk.shows("cannot be saved yet: Seen at: 99:99 is not").hides("next Decide");
}

#[test]
fn a_form_in_which_nothing_was_answered_is_asked_about_once_before_it_goes_into_the_record_blank() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("okafor");
    desk.keys("+").select("Safeguarding concern").keys("<enter><ctrl-s>");
    desk.shows("Nothing was answered here yet");
    assert_eq!(desk.app.forms().count(), 1, "asked before it is saved");
    // Meant so, it goes in; and one word in it is an answer.
    desk.keys("<ctrl-s>");
    assert_eq!(desk.app.forms().count(), 0);
    assert_eq!(desk.case("SG-1").reference, "SG-1");
    desk.later(10).goes_home().keys("+").select("Safeguarding concern").keys("<enter>");
    desk.line("said").keys("Bruises on both arms").keys("<ctrl-s>").hides("Nothing was answered here yet");
    assert_eq!(desk.app.forms().count(), 0);
    desk.assert_record_holds();
}

#[test]
fn the_words_of_a_call_are_no_matter_of_the_office_and_the_call_one_comes_from_is_known() {
    let mut desk = called();
    begins(&mut desk, "Office task").line("what").shows("begun from U-1").hides("taken from U-1");
    assert!(desk.text("what").is_empty(), "{}", desk.screen());
    begins(&mut desk, "Governance item");
    assert!(!desk.text("headline").is_empty(), "{}", desk.screen());

    begins(&mut desk, "Safeguarding concern").shows("QUILL, Theresa").hides("open call");
    desk.goes_home().keys("c").line("about").keys("qui<enter>").shows("1 open call: U-1");
}

#[test]
fn of_the_steps_of_a_case_those_that_can_be_recorded_stand_first() {
    let mut desk = called();
    desk.goes_home().keys("<home><enter>n");
    let screen = desk.screen();
    let row = |words: &str| screen.lines().position(|row| row.contains(words)).expect(words);
    assert!(row("Chase-up") > row("Staff asked about the case"), "{screen}");
    assert!(row("Nothing is owed here that it could be about") > row("Who was told"), "{screen}");
    // Its key is the same however the case stands.
    desk.keys("t").shows("Who was told");
}

#[test]
fn what_the_case_says_of_an_organisation_stands_where_it_is_rung() {
    let mut desk = called();
    begins(&mut desk, "Concern about a provider").line("provider").keys("Larkfold Staffing<enter>");
    desk.line("at_risk").keys("n").line("what").keys("Two visits missed").line("kinds").keys("m").saves();
    desk.goes_home().keys("<f9>").select("PC-1").keys("<enter>l");
    assert_eq!(desk.text("who"), "Larkfold Staffing", "{}", desk.screen());
}

#[test]
fn a_visit_does_not_end_before_it_begins() {
    let mut desk = Desk::at(Office::opened("2026-11-21T17:30:00Z")).signed_in("shah");
    uncovered(&mut desk);
    desk.keys("a").line("kind").keys("m").line("from").keys("21:30").line("until").keys("21:00");
    desk.keys("<ctrl-s>").shows("This is not after \"Begins\"");
}

#[test]
fn what_is_written_behind_offered_notes_stands_apart_from_them() {
    let mut desk = called();
    let change = |desk: &mut Desk| {
        desk.goes_home().keys("<f5>/qui<enter><enter>").shows("QUILL").keys("ne");
        desk.line("+later").keys("<enter>").line("usual");
    };
    change(&mut desk);
    desk.keys("Talks, finishes her tea.").saves();
    change(&mut desk);
    desk.keys("Sleeps at two");
    assert_eq!(desk.text("usual"), "Talks, finishes her tea. Sleeps at two");
    desk.saves();
    // Whoever ends a word or a sentence does it where it stands; and what one has typed oneself is never parted.
    change(&mut desk);
    desk.keys(", mostly").line("culture").line("usual").keys("!");
    assert_eq!(desk.text("usual"), "Talks, finishes her tea. Sleeps at two, mostly!");
}

#[test]
fn of_two_lines_of_which_one_is_wanted_only_one_counts_as_missing_and_the_other_says_so() {
    let mut desk = called();
    begins(&mut desk, "External delay").line("impact").keys("Waits in bed").line("no_control");
    let missing = |desk: &mut Desk| {
        let screen = desk.screen();
        let row = screen.lines().find(|row| row.contains("still missing")).map(str::to_owned);
        row.unwrap_or_else(|| panic!("something is missing:\n{screen}"))
    };
    desk.shows("Or none, because*").shows("one of the two");
    assert!(!missing(&mut desk).contains("Or none, because"), "{}", desk.screen());
    assert!(desk.little_screen().contains("one of the two"), "{}", desk.little_screen());
    desk.keys("She is seen every hour as it is").hides("one of the two");
    assert!(!missing(&mut desk).contains("Interim control"), "{}", desk.screen());
}

#[test]
fn on_a_telephone_the_title_of_a_form_is_whole_and_under_it_stands_all_of_what_it_is_about() {
    let mut desk = decided();
    spoke(&mut desk, "elms<enter>");
    desk.line("promises.+").keys("<enter>").line("promises.0.what").keys("Visit before the surgery shuts");
    desk.line("promises.0.by").keys("19:00").saves();
    desk.goes_home().keys("3").select("Visit before").keys("h");
    desk.shows("Chase-up: Visit before the surgery shuts, The Elms Surgery");
    let screen = desk.little_screen();
    assert!(screen.contains("► Chase-up ─"), "{screen}");
    let words = screen.replace(['│', '\n'], " ");
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("U-1 · Visit before the surgery shuts, The Elms Surgery"), "{screen}");
}

#[test]
fn what_comes_next_as_a_case_of_another_kind_is_called_by_its_name() {
    let mut desk = called();
    begins(&mut desk, "Safeguarding concern").instead("said", "\"She pushed me\"");
    desk.line("safe_now").keys("y").line("by_whom").keys("w").saves();
    desk.goes_home().sign_in("lind").keys("<f9>").select("SG-1").keys("<enter>n");
    desk.select("Lead's review").keys("<enter>");
    desk.line("safe").keys("y").line("next").keys("See her tomorrow").line("governance").keys("n");
    desk.line("harm").keys("y").line("harm.why").keys("Our carer held her arm");
    desk.shows("next Candour begun within 30 min");
}
