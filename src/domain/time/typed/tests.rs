//! What people type, and how it is said back.

use proptest::prelude::*;

use super::*;

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Says how `text` was understood at `now`, in one line.
fn said(text: &str, now: &str, lean: Lean) -> String {
    let (now, zone) = (utc(now), Zone::default());
    match understand_time(text, now, zone, lean) {
        Understood::One(when) => in_words(&when, now, zone),
        Understood::Which { first, second } => {
            format!("{} or {}?", in_words(&first, now, zone), in_words(&second, now, zone))
        }
        Understood::Never { why, before, after } => {
            let (before, after) = (in_words(&before, now, zone), in_words(&after, now, zone));
            format!("{why}; {before} or {after}?")
        }
        Understood::Ahead { comes, before } => {
            format!("{} is to come; {}?", in_words(&comes, now, zone), in_words(&before, now, zone))
        }
        Understood::Not { hint } => format!("not: {hint}"),
    }
}

#[track_caller]
fn table(now: &str, lean: Lean, rows: &[(&str, &str)]) {
    for (text, expected) in rows {
        assert_eq!(said(text, now, lean), *expected, "{text:?}");
    }
}

#[test]
fn what_was_observed_lies_behind_us() {
    // Saturday evening in winter.
    table(
        "2026-11-21T21:04:12Z",
        Lean::Past,
        &[
            ("1640", "today 16:40 GMT"),
            ("16:40", "today 16:40 GMT"),
            ("16.40", "today 16:40 GMT"),
            ("at 16:40 GMT", "today 16:40 GMT"),
            ("1640hrs", "today 16:40 GMT"),
            ("16:40:30", "today 16:40 GMT"),
            ("4.40pm", "today 16:40 GMT"),
            ("4:40 p.m.", "today 16:40 GMT"),
            ("4.40", "today 16:40 GMT"),
            ("440", "today 16:40 GMT"),
            ("0440", "today 04:40 GMT"),
            ("4pm", "today 16:00 GMT"),
            ("about half four", "today about 16:30 GMT"),
            ("half four", "today 16:30 GMT"),
            ("half past 4", "today 16:30 GMT"),
            ("half ten", "today 10:30 GMT"),
            ("quarter past 9", "today 09:15 GMT"),
            ("quarter past nine pm", "today 21:15 GMT is to come; yesterday 21:15 GMT?"),
            ("ten to six", "today 17:50 GMT"),
            ("20 past 4", "today 16:20 GMT"),
            ("twenty-five minutes past three", "today 15:25 GMT"),
            ("ten to one", "today 12:50 GMT"),
            ("c. 16:40", "today about 16:40 GMT"),
            ("~1640", "today about 16:40 GMT"),
            ("4ish", "today about 16:00 GMT"),
            ("four o'clock", "today 16:00 GMT"),
            ("2107", "today 21:07 GMT"),
            ("2150", "today 21:50 GMT is to come; yesterday 21:50 GMT?"),
            ("now", "today 21:04 GMT"),
            ("just now", "today 21:04 GMT"),
            ("noon", "today 12:00 GMT"),
            ("midnight", "today 00:00 GMT, midnight between Fri 20-Nov-2026 and Sat 21-Nov-2026"),
            ("-20m", "today 20:44 GMT"),
            ("20 min ago", "today 20:44 GMT"),
            ("half an hour ago", "today 20:34 GMT"),
            ("an hour ago", "today 20:04 GMT"),
            ("2 days ago", "Thu 19-Nov-2026 21:04 GMT"),
            ("yesterday 23:50", "yesterday 23:50 GMT"),
            ("23:50 yesterday", "yesterday 23:50 GMT"),
            ("yesterday about 9", "yesterday about 21:00 GMT"),
            ("half 10 yesterday", "yesterday 22:30 GMT"),
            ("10 yesterday", "yesterday 22:00 GMT"),
            ("yesterday 09", "yesterday 09:00 GMT"),
            ("yesterday 10.30", "yesterday 10:30 GMT"),
            ("yesterday morning 9", "yesterday 09:00 GMT"),
            ("9 this morning", "today 09:00 GMT"),
            ("mon 9am", "Mon 16-Nov-2026 09:00 GMT"),
            ("sat 9pm", "today 21:00 GMT"),
            ("sat 2300", "Sat 14-Nov-2026 23:00 GMT"),
            ("25 dec 14:00", "Thu 25-Dec-2025 14:00 GMT"),
            ("4 july 1400", "Sat 04-Jul-2026 14:00 BST"),
            ("1640 UTC", "today 16:40 GMT"),
            ("unknown", "time not known"),
            ("not known", "time not known"),
            ("yesterday", "yesterday, Fri 20-Nov-2026, time not given"),
            ("19 Nov", "Thu 19-Nov-2026, time not given"),
        ],
    );
}

#[test]
fn a_time_that_comes_soon_is_no_yesterday_unsaid() {
    table(
        "2026-11-26T04:43:00Z",
        Lean::Past,
        &[
            ("0445", "today 04:45 GMT"),
            ("0459", "today 04:59 GMT is to come; yesterday 04:59 GMT?"),
            ("4:59", "today 04:59 GMT is to come; yesterday 16:59 GMT?"),
            ("half four", "today 04:30 GMT"),
            ("1043", "today 10:43 GMT is to come; yesterday 10:43 GMT?"),
            // Said in the night of the evening before.
            ("2350", "yesterday 23:50 GMT"),
            ("1044", "yesterday 10:44 GMT"),
            ("yesterday 0459", "yesterday 04:59 GMT"),
            ("yesterday 04:59", "yesterday 04:59 GMT"),
        ],
    );
    // Of two hours that can be meant this morning's is today's, whatever comes tonight.
    table("2026-11-26T20:30:00Z", Lean::Past, &[("9", "today 09:00 GMT")]);
    table("2026-11-26T23:50:00Z", Lean::Past, &[("0010", "today 00:10 GMT")]);
    // The night the clocks go back: the first pass is over, the second is no day away.
    table(
        "2026-10-25T00:10:00Z",
        Lean::Past,
        &[("01:30", "today 01:30 BST is to come; yesterday 01:30 BST?")],
    );
    table(
        "2026-10-25T00:40:00Z",
        Lean::Past,
        &[("01:50", "today 01:50 BST is to come; yesterday 01:50 BST?")],
    );
}

#[test]
fn what_was_promised_lies_ahead() {
    table(
        "2026-11-21T21:04:12Z",
        Lean::Future,
        &[
            ("2200", "today 22:00 GMT"),
            ("2104", "today 21:04 GMT"),
            ("1640", "tomorrow 16:40 GMT"),
            ("half four", "tomorrow 04:30 GMT"),
            ("10.30pm", "today 22:30 GMT"),
            ("by 19:00", "tomorrow 19:00 GMT"),
            ("10 tonight", "today 22:00 GMT"),
            ("16", "tomorrow 16:00 GMT"),
            ("tonight 10", "today 22:00 GMT"),
            ("+2h", "today 23:04 GMT"),
            ("+1d 2h", "tomorrow 23:04 GMT"),
            ("in 2 hours", "today 23:04 GMT"),
            ("in half an hour", "today 21:34 GMT"),
            ("tomorrow 9", "tomorrow 09:00 GMT"),
            ("tomorrow 3", "tomorrow 15:00 GMT"),
            ("tomorrow 3am", "tomorrow 03:00 GMT"),
            ("mon 9am", "Mon 23-Nov-2026 09:00 GMT"),
            ("next sat 10:00", "Sat 28-Nov-2026 10:00 GMT"),
            ("sat 10:00", "Sat 28-Nov-2026 10:00 GMT"),
            ("25 dec 14:00", "Fri 25-Dec-2026 14:00 GMT"),
            ("25/12 1400", "Fri 25-Dec-2026 14:00 GMT"),
            ("25-Dec-2026 14:00", "Fri 25-Dec-2026 14:00 GMT"),
            ("2026-12-25 14:00", "Fri 25-Dec-2026 14:00 GMT"),
            ("2026-12-25T14:00Z", "Fri 25-Dec-2026 14:00 GMT"),
            ("25 dec 2026 14:00", "Fri 25-Dec-2026 14:00 GMT"),
            ("25 dec 1400", "Fri 25-Dec-2026 14:00 GMT"),
            ("25th of december 2026", "Fri 25-Dec-2026, time not given"),
            ("fri 25 dec 2pm", "Fri 25-Dec-2026 14:00 GMT"),
            ("29 feb", "Tue 29-Feb-2028, time not given"),
            ("midnight", "tomorrow 00:00 GMT, midnight between Sat 21-Nov-2026 and Sun 22-Nov-2026"),
            (
                "tomorrow midnight",
                "Mon 23-Nov-2026 00:00 GMT, midnight between Sun 22-Nov-2026 and Mon 23-Nov-2026",
            ),
        ],
    );
}

#[test]
fn what_cannot_be_meant_gets_a_hint() {
    table(
        "2026-11-21T21:04:12Z",
        Lean::Past,
        &[
            ("25:00", "not: 25:00 is not a time: hours go from 00 to 23 and minutes from 00 to 59"),
            ("16:75", "not: 16:75 is not a time: hours go from 00 to 23 and minutes from 00 to 59"),
            ("31 feb 9am", "not: There is no 31 February 2026: it has 28 days"),
            ("12/13 1400", "not: There is no month 13; the day comes first, then the month"),
            ("thu 25 dec 2026", "not: The day of the week does not go with the date: it is Fri 25-Dec-2026"),
            (
                "16:40 BST",
                "not: On Sat 21-Nov-2026 the clock shows GMT, not BST. Type 16:40 GMT, or leave the zone out",
            ),
            ("", "not: Nothing is typed yet"),
            ("this morning", "not: Say about what time, such as about 9am"),
            ("soon", &format!("not: {}", words::HINT_TIME)),
            ("99999 weeks ago", &format!("not: {}", words::HINT_TOO_FAR)),
        ],
    );
    assert_eq!(
        said(&"9".repeat(500), "2026-11-21T21:04:12Z", Lean::Past),
        format!("not: {}", words::HINT_TOO_LONG)
    );
}

#[test]
fn the_night_the_clocks_go_back_asks_which() {
    let morning_after = "2026-10-25T08:00:00Z";
    table(
        morning_after,
        Lean::Past,
        &[
            ("01:30", "today 01:30 BST or today 01:30 GMT?"),
            ("half one", "today 01:30 BST or today 01:30 GMT?"),
            ("01:30 BST", "today 01:30 BST"),
            ("01:30 GMT", "today 01:30 GMT"),
            ("0130 utc", "today 01:30 GMT"),
            ("00:45", "today 00:45 BST"),
            ("02:00", "today 02:00 GMT"),
        ],
    );
    // In the first pass the second has not been yet; in the second both have.
    table("2026-10-25T00:40:00Z", Lean::Past, &[("01:30", "today 01:30 BST")]);
    table("2026-10-25T00:40:00Z", Lean::Future, &[("01:30", "today 01:30 GMT"), ("+2h", "today 02:40 GMT")]);
    table("2027-10-30T20:00:00Z", Lean::Future, &[("01:30", "tomorrow 01:30 BST or tomorrow 01:30 GMT?")]);
    table("2026-10-24T00:30:00Z", Lean::Future, &[("+1d", "tomorrow 01:30 BST or tomorrow 01:30 GMT?")]);
    // 00:45 BST and two hours is the second pass of 01:45.
    table("2026-10-24T23:45:00Z", Lean::Future, &[("+2h", "today 01:45 GMT")]);
}

#[test]
fn the_night_they_go_forward_explains() {
    let skipped = "There is no 01:30 on Sun 28-Mar-2027: the clocks go forward from 01:00 GMT to 02:00 BST; \
                   today 00:30 GMT or today 02:30 BST?";
    table(
        "2027-03-28T07:00:00Z",
        Lean::Past,
        &[("01:30", skipped), ("0130 gmt", skipped), ("sun 1.30am", skipped)],
    );
    table("2027-03-28T07:00:00Z", Lean::Past, &[("00:59", "today 00:59 GMT"), ("02:00", "today 02:00 BST")]);
}

fn dated(text: &str) -> String {
    match understand_date(text, "2026-11-21".parse().unwrap()) {
        UnderstoodDate::One(date) => display::date(date),
        UnderstoodDate::Not { hint, perhaps } => {
            let perhaps: Vec<_> = perhaps.into_iter().map(display::date).collect();
            format!("{hint} [{}]", perhaps.join(" "))
        }
    }
}

#[test]
fn dates_of_birth() {
    for text in [
        "14 3 41",
        "14/03/1941",
        "14/3/41",
        "14-Mar-1941",
        "14 march 1941",
        "14.03.1941",
        "1941-03-14",
        "140341",
        "14031941",
        "14th of March 1941",
        "march 14 1941",
        "14 mar 41",
        "fri 14 mar 1941",
    ] {
        assert_eq!(dated(text), "14-Mar-1941", "{text:?}");
    }
    for (text, expected) in [
        ("21 11 26", "21-Nov-2026"),
        ("22 11 26", "22-Nov-1926"),
        ("29 2 28", "29-Feb-1928"),
        ("+2d", "23-Nov-2026"),
        ("+2d -1w +3m", "16-Feb-2027"),
        ("today", "21-Nov-2026"),
        ("04/13/1941", "There is no month 13; the day comes first, then the month [13-Apr-1941]"),
        ("29/02/1941", "There is no 29 February 1941: it has 28 days [28-Feb-1941 01-Mar-1941]"),
        ("42/02/1941", "There is no 42 February 1941: it has 28 days []"),
        ("14 march", "Type the year too, such as 14 mar 1941 []"),
        ("14/03/2041", "14-Mar-2041 is still to come []"),
        (
            "mon 14 mar 1941",
            "The day of the week does not go with the date: it is Fri 14-Mar-1941 [14-Mar-1941]",
        ),
        ("gibberish", "Type a date such as 14/03/1941, 14 mar 1941 or 14 3 41 []"),
    ] {
        assert_eq!(dated(text), expected, "{text:?}");
    }
    let ahead = |text| understand_date_leaning(text, "2026-11-21".parse().unwrap(), Lean::Future);
    assert_eq!(ahead("1/2/27"), UnderstoodDate::One("2027-02-01".parse().unwrap()));
    assert_eq!(ahead("1 feb"), UnderstoodDate::One("2027-02-01".parse().unwrap()));
}

/// Texts made of the pieces that mean something, where slips hide.
fn plausible() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[0-9]{1,6}",
        proptest::sample::select(vec![
            ":", ".", "/", "-", "+", "~", "am", "pm", "half", "quarter", "past", "to", "in", "ago", "mon",
            "next", "dec", "feb", "tomorrow", "midnight", "bst", "gmt", "utc", "h", "m", "d", "w", "an",
            "hour", "twelve", "morning", "tonight", "one", "from", "now", "time", "c",
        ])
        .prop_map(str::to_owned),
    ];
    proptest::collection::vec(piece, 1..7).prop_map(|pieces| pieces.join(" "))
}

proptest! {
    #[test]
    fn anything_can_be_typed(text in prop_oneof![".*", plausible()], seconds in 0i64..4_000_000_000, future: bool) {
        let (now, zone) = (DateTime::from_timestamp(seconds, 0).unwrap(), Zone::default());
        let lean = if future { Lean::Future } else { Lean::Past };
        for text in [&text, &text.replace(' ', "")] {
            match understand_time(text, now, zone, lean) {
                Understood::One(when) => prop_assert!(!in_words(&when, now, zone).is_empty()),
                Understood::Which { first, second } => prop_assert!(first.at < second.at),
                Understood::Never { before, after, .. } => prop_assert!(before.at < after.at),
                Understood::Ahead { comes, before } => {
                    prop_assert!(before.at < now && now < comes.at && zone.day(before.at) != zone.day(now));
                }
                Understood::Not { hint } => prop_assert!(!hint.is_empty()),
            }
            if let UnderstoodDate::Not { perhaps, .. } = understand_date_leaning(text, zone.day(now), lean) {
                prop_assert!(perhaps.len() <= 2);
            }
        }
    }

    #[test]
    fn a_stamp_that_is_shown_can_be_typed_back(minutes in 0i64..70_000_000, now in 1_600_000_000i64..4_000_000_000) {
        let (at, zone) = (DateTime::from_timestamp(minutes * 60, 0).unwrap(), Zone::default());
        let now = DateTime::from_timestamp(now, 0).unwrap();
        for text in [display::stamp(at, zone), display::weekday_stamp(at, zone)] {
            prop_assert_eq!(understand_time(&text, now, zone, Lean::Past), Understood::One(When::exact(at)));
        }
    }

    #[test]
    fn a_bare_time_leans_as_it_is_told(hour in 0u32..24, minute in 0u32..60, now in 0i64..4_000_000_000) {
        let (now, zone) = (DateTime::from_timestamp(now, 0).unwrap(), Zone::default());
        let text = format!("{hour:02}:{minute:02}");
        if let Understood::One(when) = understand_time(&text, now, zone, Lean::Past) {
            prop_assert!(when.at <= now + TimeDelta::minutes(5) && now - when.at < TimeDelta::hours(26));
        }
        if let Understood::One(when) = understand_time(&text, now, zone, Lean::Future) {
            prop_assert!(when.at > now - TimeDelta::minutes(1) && when.at - now < TimeDelta::hours(26));
        }
    }
}
