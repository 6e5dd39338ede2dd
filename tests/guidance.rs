//! The requirements of the NHS guidance on handover (Common User Interface), by their numbers, and the tests that show each.
//!
//! A test that is renamed or removed is missed here; what no test shows is not claimed.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Number, what it asks, and where it is shown: file and test.
const SHOWN: [(u32, &str, &str, &str); 17] = [
    (
        12,
        "no item is ever no-one's",
        "src/store/tests/handover.rs",
        "whatever_is_answered_refused_left_or_cut_off_in_whatever_order_each_thing_has_one_owner",
    ),
    (
        20,
        "works remote and asynchronous",
        "tests/journeys/handover.rs",
        "red_lines_are_never_taken_in_a_lump_and_whoever_comes_later_finds_it_all",
    ),
    (
        22,
        "the receiver controls transfer",
        "src/store/tests/handover.rs",
        "each_line_is_answered_as_it_has_to_be_and_by_somebody_else",
    ),
    (
        27,
        "date, time, place, giver, receiver, others, satisfaction",
        "src/report/handover.rs",
        "the_sheet_says_when_where_who_and_how_it_was",
    ),
    (
        30,
        "an incomplete handover locks nothing",
        "tests/journeys/handover.rs",
        "refused_and_queried_lines_stay_with_whoever_gives_and_pass_to_whoever_is_on_call_at_the_end",
    ),
    (
        31,
        "an unsatisfactory handover can be recorded later",
        "tests/journeys/handover.rs",
        "an_unsatisfactory_handover_is_flagged_days_later_and_becomes_an_item_of_governance",
    ),
    (
        36,
        "a single task can be handed over by itself",
        "src/store/tests/owning.rs",
        "one_offers_what_is_ones_own_or_of_the_duty_one_holds_to_somebody_who_can_see_to_it",
    ),
    (
        39,
        "edits after it are flagged to the receiver",
        "src/store/tests/handover.rs",
        "the_lines_stay_as_they_were_shown_and_what_changed_is_said",
    ),
    (
        40,
        "a snapshot is kept",
        "src/store/tests/handover.rs",
        "the_lines_stay_as_they_were_shown_and_what_changed_is_said",
    ),
    (
        48,
        "the snapshot can be had again as it was",
        "tests/journeys/handover.rs",
        "the_giver_leaves_the_rest_to_whoever_is_on_call_and_the_sheet_shows_it_all",
    ),
    (
        53,
        "what is overdue is said",
        "tests/journeys/handover.rs",
        "the_night_takes_the_visit_and_the_surgery_rings_the_night",
    ),
    (
        68,
        "what is missing is visible",
        "src/report/handover.rs",
        "the_sheet_says_when_where_who_and_how_it_was",
    ),
    (
        82,
        "how many are done and left",
        "src/report/handover.rs",
        "the_sheet_says_when_where_who_and_how_it_was",
    ),
    (
        83,
        "tasks of the office that are about nobody",
        "src/store/tests/handover.rs",
        "a_task_of_the_office_stands_in_its_own_section",
    ),
    (
        87,
        "a refusal is recorded",
        "tests/journeys/handover.rs",
        "refused_and_queried_lines_stay_with_whoever_gives_and_pass_to_whoever_is_on_call_at_the_end",
    ),
    (
        104,
        "signed off by hand; nothing goes by itself",
        "src/store/tests/handover.rs",
        "what_nobody_took_is_left_by_whoever_hands_over_or_by_the_program_and_by_nobody_else",
    ),
    (
        108,
        "read back",
        "tests/journeys/handover.rs",
        "the_night_takes_the_visit_and_the_surgery_rings_the_night",
    ),
];

#[test]
fn every_requirement_that_is_claimed_is_shown_by_a_test_that_exists() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    for (number, asks, file, test) in SHOWN {
        let source = std::fs::read_to_string(root.join(Path::new(file))).expect(file);
        assert!(source.contains(&format!("fn {test}(")), "{number}, {asks}: {file} has no test {test}");
    }
    let numbers: BTreeSet<u32> = SHOWN.iter().map(|(number, ..)| *number).collect();
    assert_eq!(numbers.len(), SHOWN.len(), "each stands once");
}
