//! The definition files.

use dutydesk::pathway::edition::Edition;

#[test]
fn the_definitions_that_come_with_the_program_hold() {
    let faults = Edition::read(Edition::built_in_files()).err().unwrap_or_default();
    let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
