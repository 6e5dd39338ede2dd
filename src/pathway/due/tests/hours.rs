//! Time that counts only while somebody is open: hours in the rule, hours of the contact, and none at all.

use super::*;

#[test]
fn opening_time_stands_still_while_it_is_closed() {
    let open = "{ open_time = \"2 h\", hours = \"Mon-Fri 08:00-18:30; bank holidays closed\" }";
    for (start, expected) in [
        ("2026-11-20T10:00:00Z", "Fri 20-Nov-2026 12:00 GMT"),
        ("2026-11-20T17:30:00Z", "Mon 23-Nov-2026 09:00 GMT"),
        ("2026-11-20T16:30:00Z", "Fri 20-Nov-2026 18:30 GMT"),
        ("2026-11-21T21:00:00Z", "Mon 23-Nov-2026 10:00 GMT"),
        ("2026-12-24T18:00:00Z", "Tue 29-Dec-2026 09:30 GMT"),
        ("2026-10-23T17:00:00Z", "Mon 26-Oct-2026 09:30 GMT"),
    ] {
        falls_due(open, start, expected);
    }
    let night = "{ open_time = \"3 h\", hours = \"24 h\" }";
    falls_due(night, "2026-10-24T23:00:00Z", "Sun 25-Oct-2026 02:00 GMT");
}

#[test]
fn time_is_counted_in_the_hours_of_the_contact_and_without_them_as_it_passes() {
    const SURGERY: &str = "Mon-Fri 08:00-18:30; bank holidays closed";
    const NIGHTS: &str = "daily 20:00-08:00";
    const SHORT: &str = "daily 00:00-02:00";
    let from = |start: &str| display::weekday_stamp(utc(start), Zone::default());
    let theirs = |hours: &str| format!("counted in {hours}; the hours of The Elms");
    let unread =
        "the hours of The Elms were on record as \"all day\", which cannot be counted in, so all time counts";
    for (hours, start, expected, because) in [
        (
            Some("Mon 09:00-10:00"),
            "2026-11-21T21:00:00Z",
            "Mon 30-Nov-2026 10:00 GMT",
            theirs("Mon 09:00-10:00"),
        ),
        // The eve of a bank holiday.
        (
            Some(SURGERY),
            "2026-12-24T18:00:00Z",
            "Tue 29-Dec-2026 09:30 GMT",
            format!("{}; 25-Dec and 28-Dec are bank holidays", theirs(SURGERY)),
        ),
        // The night the clocks go back is open for an hour more, the night they go forward for an hour less.
        (
            Some(NIGHTS),
            "2026-10-24T23:30:00Z",
            "Sun 25-Oct-2026 01:30 GMT",
            format!("{}; the clocks go back", theirs(NIGHTS)),
        ),
        (
            Some(NIGHTS),
            "2027-03-28T00:30:00Z",
            "Sun 28-Mar-2027 03:30 BST",
            format!("{}; the clocks go forward", theirs(NIGHTS)),
        ),
        (
            Some(SHORT),
            "2026-10-24T23:00:00Z",
            "Sun 25-Oct-2026 01:00 GMT",
            format!("{}; the clocks go back", theirs(SHORT)),
        ),
        (
            Some(SHORT),
            "2027-03-28T00:00:00Z",
            "Mon 29-Mar-2027 01:00 BST",
            format!("{}; the clocks go forward", theirs(SHORT)),
        ),
        (
            Some(""),
            "2026-12-24T18:00:00Z",
            "Thu 24-Dec-2026 20:00 GMT",
            "no opening hours of The Elms were on record, so all time counts".to_owned(),
        ),
        (Some("all day"), "2026-12-24T18:00:00Z", "Thu 24-Dec-2026 20:00 GMT", unread.to_owned()),
        (
            None,
            "2026-10-24T23:45:00Z",
            "Sun 25-Oct-2026 01:45 GMT",
            "nobody with opening hours is named, so all time counts; the clocks go back".to_owned(),
        ),
    ] {
        let contact = hours.map(|hours| Contact { name: "The Elms", hours, kind: None });
        let due = due_with("{ open_time = \"2 h\" }", start, None, contact).unwrap();
        assert_eq!(display::weekday_stamp(due.at, Zone::default()), expected, "{hours:?} from {start}");
        let says = format!("2 h of opening hours from {}; {because}", from(start));
        assert_eq!(due.rule.words(&Zone::default()), says);
        let stored = serde_json::to_string(&due.rule).unwrap();
        assert_eq!(serde_json::from_str::<Resolved>(&stored).unwrap(), due.rule);
    }
}

#[test]
fn a_rule_says_whether_it_asks_for_the_hours_of_a_contact() {
    let targets: Targets = toml::from_str("chase = { open_time = \"2 h\" }").unwrap();
    for (toml, asks) in [
        ("{ open_time = \"2 h\" }", true),
        ("{ open_time = \"2 h\", hours = \"24 h\" }", false),
        ("{ target = \"chase\" }", true),
        ("{ by = \"risk\", red = \"5 min\", otherwise = { open_time = \"2 h\" } }", true),
        ("{ by = \"risk\", red = \"5 min\", otherwise = \"2 h\" }", false),
        ("{ expected_or = \"2 h\" }", true),
        ("\"2 working days\"", false),
    ] {
        assert_eq!(rule(toml).unwrap().asks_register(&targets), asks, "{toml}");
    }
}

#[test]
fn what_is_expected_of_its_kind_makes_it_due_sooner_and_never_later() {
    let toml = "{ expected_or = \"2 h\" }";
    for (kind, expected, because) in [
        (
            Some("nurse"),
            "Fri 20-Nov-2026 11:00 GMT",
            "1 h from",
            Some("what is expected of them: Nurse, urgent"),
        ),
        (Some("gp"), "Fri 20-Nov-2026 12:00 GMT", "2 h from", None),
        (Some("council"), "Fri 20-Nov-2026 12:00 GMT", "2 h from", None),
        (None, "Fri 20-Nov-2026 12:00 GMT", "2 h from", None),
    ]
    .map(|(kind, expected, rule, because)| (kind, expected, (rule, because)))
    {
        let contact = Some(Contact { name: "The Elms", hours: "", kind });
        let due = due_with(toml, "2026-11-20T10:00:00Z", None, contact).unwrap();
        assert_eq!(display::weekday_stamp(due.at, Zone::default()), expected, "{kind:?}");
        let words = due.rule.words(&Zone::default());
        assert!(words.starts_with(because.0), "{words}");
        assert_eq!(words.contains("expected"), because.1.is_some(), "{words}");
        assert!(because.1.is_none_or(|because| words.contains(because)), "{words}");
        let stored = serde_json::to_string(&due.rule).unwrap();
        assert_eq!(serde_json::from_str::<Resolved>(&stored).unwrap(), due.rule);
    }
    let nobody = due_with(toml, "2026-11-20T10:00:00Z", None, None).unwrap();
    assert_eq!(nobody.rule.rule, "2 h");
}

#[test]
fn a_warning_counts_back_in_the_hours_of_its_rule() {
    const SURGERY: &str = "Mon-Fri 08:00-18:30; bank holidays closed";
    const NIGHTS: &str = "daily 20:00-08:00";
    let theirs = "{ open_time = \"2 h\" }";
    let own = "{ open_time = \"2 h\", hours = \"Mon-Fri 09:00-17:00\" }";
    for (toml, hours, due, expected) in [
        // Monday morning: the warning begins on Friday afternoon and not in the middle of the night before.
        (theirs, SURGERY, "2026-11-23T09:00:00Z", "Fri 20-Nov-2026 17:30 GMT"),
        (theirs, SURGERY, "2026-11-23T12:00:00Z", "Mon 23-Nov-2026 10:00 GMT"),
        // Due while it is closed: what counts is the time it was open before.
        (theirs, SURGERY, "2026-11-22T12:00:00Z", "Fri 20-Nov-2026 16:30 GMT"),
        // Over Christmas and its bank holidays.
        (theirs, SURGERY, "2026-12-29T08:30:00Z", "Thu 24-Dec-2026 17:00 GMT"),
        (own, SURGERY, "2026-11-23T10:00:00Z", "Fri 20-Nov-2026 16:00 GMT"),
        // The night the clocks go back holds an hour more.
        (theirs, NIGHTS, "2026-10-25T02:30:00Z", "Sun 25-Oct-2026 01:30 BST"),
        // No hours on record: all time counts.
        (theirs, "", "2026-11-23T09:00:00Z", "Mon 23-Nov-2026 07:00 GMT"),
        ("\"1 working day\"", "", "2026-11-23T09:00:00Z", "Fri 20-Nov-2026 09:00 GMT"),
        ("\"15 min\"", "", "2026-11-23T09:00:00Z", "Mon 23-Nov-2026 08:45 GMT"),
        // Nothing is chosen: the shortest of the warnings.
        ("{ target = \"decision\" }", "", "2026-11-23T09:00:00Z", "Mon 23-Nov-2026 08:55 GMT"),
    ] {
        let (calendar, targets) = (Calendar::england(), targets());
        let contact = Some(Contact { name: "The Elms", hours, kind: None });
        let inputs = Inputs {
            zone: Zone::default(),
            calendar: &calendar,
            targets: &targets,
            notes: &notes(),
            choice: &|_| None,
            contact,
        };
        let at = ahead_of(utc(due), &rule(toml).unwrap(), &inputs).unwrap();
        assert_eq!(display::weekday_stamp(at, Zone::default()), expected, "{toml} in {hours} before {due}");
    }
}
