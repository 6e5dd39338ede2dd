//! Every kind of due rule over both nights of this year and the next on which the clocks change: what is due, and how it
//! is shown.

use super::*;

/// The evening before each night and the morning after it, with the length of the night shift from 20:00 to 08:00.
const NIGHTS: [(&str, &str, &str); 3] = [
    ("2026-10-24T19:00:00Z", "2026-10-25T08:00:00Z", "13 h (the clocks go back)"),
    ("2027-03-27T20:00:00Z", "2027-03-28T07:00:00Z", "11 h (the clocks go forward)"),
    ("2027-10-30T19:00:00Z", "2027-10-31T08:00:00Z", "13 h (the clocks go back)"),
];

#[test]
fn every_kind_of_rule_on_each_of_the_nights() {
    let rules = [
        "\"5 min\"",
        "\"6 h\"",
        "\"24 h\"",
        "\"1 day\"",
        "\"1 week\"",
        "\"1 month\"",
        "\"1 working day\"",
        "{ working_days = 2, at = \"12:00\" }",
        "{ wall = \"01:30\", on = \"next day\" }",
        "{ wall = \"09:00\", on = \"next working day\" }",
        "{ wall = \"23:00\", on = \"same day\" }",
        "{ open_time = \"2 h\", hours = \"Mon-Fri 08:00-18:30\" }",
        "{ open_time = \"5 h\", hours = \"Sat-Sun 22:00-06:00; Mon-Fri 08:00-18:30\" }",
        "{ target = \"review\" }",
        "{ by = \"risk\", red = \"5 min\", otherwise = \"12 h\" }",
    ];
    // From 21:45 by the wall on the evening before.
    let expected = [
        [
            "Sat 24-Oct-2026 21:50 BST",
            "Sun 25-Oct-2026 02:45 GMT",
            "Sun 25-Oct-2026 20:45 GMT",
            "Sun 25-Oct-2026 21:45 GMT",
            "Sat 31-Oct-2026 21:45 GMT",
            "Tue 24-Nov-2026 21:45 GMT",
            "Mon 26-Oct-2026 23:59 GMT",
            "Tue 27-Oct-2026 12:00 GMT",
            "Sun 25-Oct-2026 01:30 BST",
            "Mon 26-Oct-2026 09:00 GMT",
            "Sat 24-Oct-2026 23:00 BST",
            "Mon 26-Oct-2026 10:00 GMT",
            "Sun 25-Oct-2026 02:00 GMT",
            "Sun 25-Oct-2026 20:45 GMT",
            "Sun 25-Oct-2026 08:45 GMT",
        ],
        [
            "Sat 27-Mar-2027 21:50 GMT",
            "Sun 28-Mar-2027 04:45 BST",
            "Sun 28-Mar-2027 22:45 BST",
            "Sun 28-Mar-2027 21:45 BST",
            "Sat 03-Apr-2027 21:45 BST",
            "Tue 27-Apr-2027 21:45 BST",
            "Tue 30-Mar-2027 23:59 BST",
            "Wed 31-Mar-2027 12:00 BST",
            "Sun 28-Mar-2027 02:00 BST",
            "Tue 30-Mar-2027 09:00 BST",
            "Sat 27-Mar-2027 23:00 GMT",
            "Mon 29-Mar-2027 10:00 BST",
            "Sun 28-Mar-2027 04:00 BST",
            "Sun 28-Mar-2027 22:45 BST",
            "Sun 28-Mar-2027 10:45 BST",
        ],
        [
            "Sat 30-Oct-2027 21:50 BST",
            "Sun 31-Oct-2027 02:45 GMT",
            "Sun 31-Oct-2027 20:45 GMT",
            "Sun 31-Oct-2027 21:45 GMT",
            "Sat 06-Nov-2027 21:45 GMT",
            "Tue 30-Nov-2027 21:45 GMT",
            "Mon 01-Nov-2027 23:59 GMT",
            "Tue 02-Nov-2027 12:00 GMT",
            "Sun 31-Oct-2027 01:30 BST",
            "Mon 01-Nov-2027 09:00 GMT",
            "Sat 30-Oct-2027 23:00 BST",
            "Mon 01-Nov-2027 10:00 GMT",
            "Sun 31-Oct-2027 02:00 GMT",
            "Sun 31-Oct-2027 20:45 GMT",
            "Sun 31-Oct-2027 08:45 GMT",
        ],
    ];
    let mut wrong = Vec::new();
    for ((evening, _, _), expected) in NIGHTS.into_iter().zip(expected) {
        let start = utc(evening) + TimeDelta::minutes(105);
        for (toml, says) in rules.into_iter().zip(expected) {
            let due = due_with(toml, &start.to_rfc3339(), None, None).unwrap();
            let found = display::weekday_stamp(due.at, Zone::default());
            if found != says {
                wrong.push(format!(
                    "{toml} from {}: {found}, not {says}",
                    display::weekday_stamp(start, Zone::default())
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_series_keeps_its_wall_time_through_each_of_the_nights() {
    for (toml, anchor, expected) in [
        ("\"day\"", "2026-10-24T00:30:00Z", ["25-Oct-2026 01:30 BST", "26-Oct-2026 01:30 GMT"]),
        ("\"day\"", "2027-03-27T01:30:00Z", ["28-Mar-2027 02:00 BST", "29-Mar-2027 01:30 BST"]),
        ("\"day\"", "2027-10-30T00:30:00Z", ["31-Oct-2027 01:30 BST", "01-Nov-2027 01:30 GMT"]),
        (
            "{ every = \"week\", on = \"sun\", at = \"09:00\" }",
            "2026-10-20T10:00:00Z",
            ["25-Oct-2026 09:00 GMT", "01-Nov-2026 09:00 GMT"],
        ),
        (
            "{ every = \"week\", on = \"sun\", at = \"09:00\" }",
            "2027-03-23T10:00:00Z",
            ["28-Mar-2027 09:00 BST", "04-Apr-2027 09:00 BST"],
        ),
    ] {
        assert_eq!(occurrences(toml, anchor, 2), expected, "{toml} from {anchor}");
    }
}

#[test]
fn shifts_ages_and_what_is_late_are_told_in_hours_that_passed() {
    for (evening, morning, shift) in NIGHTS {
        let (from, to, zone) = (utc(evening), utc(morning), Zone::default());
        assert_eq!(display::length_over_change(from, to, zone), shift);
        let hours = shift.split(' ').next().unwrap();
        assert_eq!(display::age(from, to), format!("{hours}h"));
        assert_eq!(display::distance(from, to), format!("late {hours}h"));
        assert_eq!(display::distance(to, from), format!("in {hours}h"));
        // Far from the change its hour is no matter, and within it each clock names its zone.
        assert!(display::short(from, to, zone).ends_with(zone.abbreviation(from).as_str()));
    }
}

#[test]
fn half_past_one_is_twice_in_autumn_and_not_at_all_in_spring() {
    let zone = Zone::default();
    let wall = |text: &str| chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
    for (day, first, second) in [
        ("2026-10-25", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"),
        ("2027-10-31", "2027-10-31T00:30:00Z", "2027-10-31T01:30:00Z"),
    ] {
        assert_eq!(zone.earliest(wall(&format!("{day} 01:30"))), utc(first));
        let now = utc(second) + TimeDelta::hours(6);
        assert_eq!(display::short(utc(first), now, zone), "01:30 BST");
        assert_eq!(display::short(utc(second), now, zone), "01:30 GMT");
        assert_eq!(display::age(utc(first), utc(second)), "1h 00m");
    }
    // Nothing shows 01:30 on the spring morning: a rule that names it falls due when the clocks have gone forward.
    assert_eq!(zone.earliest(wall("2027-03-28 01:30")), utc("2027-03-28T01:00:00Z"));
}
