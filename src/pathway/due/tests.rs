//! Due times over the nights the clocks change, Christmas, Easter and weekends.

mod change_nights;
mod hours;

use chrono::{NaiveDate, TimeDelta};
use proptest::prelude::*;

use super::*;
use crate::domain::time::display;
use crate::pathway::edition::{TargetNote, TargetNotes};

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

#[derive(serde::Deserialize)]
struct One {
    within: Rule,
}

/// Reads a rule as it stands in a definition.
fn rule(toml: &str) -> Result<Rule, String> {
    toml::from_str::<One>(&format!("within = {toml}"))
        .map(|one| one.within)
        .map_err(|wrong| wrong.message().to_owned())
}

fn targets() -> Targets {
    let text = r#"
        decision = { by = "risk", red = "5 min", amber = "15 min", green = "60 min" }
        review = "24 h"
        answer = "8 h"
        soon = "1 h"
        visit = "24 h"
    "#;
    toml::from_str(text).unwrap()
}

/// Of whom the tests expect what: `answer` of a surgery, `visit` and `soon` of a nurse.
pub(super) fn notes() -> TargetNotes {
    let note = |title: &str, of: &str| TargetNote {
        title: title.to_owned(),
        source: "Provider target".to_owned(),
        of: vec![of.to_owned()],
        review: None,
    };
    let notes = [
        ("answer", note("GP, urgent", "gp")),
        ("soon", note("Nurse, urgent", "nurse")),
        ("visit", note("Nurse", "nurse")),
    ];
    notes.map(|(name, note)| (name.to_owned(), note)).into()
}

fn due_with(
    toml: &str,
    start: &str,
    risk: Option<&str>,
    contact: Option<Contact<'_>>,
) -> Result<Due, DueProblem> {
    let (calendar, targets) = (Calendar::england(), targets());
    let choice = |field: &str| risk.filter(|_| field == "risk").map(str::to_owned);
    let inputs = Inputs {
        zone: Zone::default(),
        calendar: &calendar,
        targets: &targets,
        notes: &notes(),
        choice: &choice,
        contact,
    };
    compute(&rule(toml).unwrap(), utc(start), &inputs)
}

#[track_caller]
fn falls_due(toml: &str, start: &str, expected: &str) {
    let due = due_with(toml, start, None, None).unwrap();
    assert_eq!(display::weekday_stamp(due.at, Zone::default()), expected, "{toml} from {start}");
    assert_eq!(due.rule.due, due.at);
}

#[test]
fn hours_pass_and_days_are_read_off_the_wall_when_the_clocks_change() {
    for (toml, start, expected) in [
        // A call at 00:45 BST, promised within two hours: the second pass of 01:45.
        ("\"2 h\"", "2026-10-24T23:45:00Z", "Sun 25-Oct-2026 01:45 GMT"),
        ("\"60 min\"", "2026-10-24T23:45:00Z", "Sun 25-Oct-2026 01:45 BST"),
        // The review of a call at 14:10 BST.
        ("\"24 h\"", "2026-10-24T13:10:00Z", "Sun 25-Oct-2026 13:10 GMT"),
        ("\"1 day\"", "2026-10-24T13:10:00Z", "Sun 25-Oct-2026 14:10 GMT"),
        ("\"24 h\"", "2027-10-30T13:10:00Z", "Sun 31-Oct-2027 13:10 GMT"),
        ("\"24 h\"", "2027-03-27T14:10:00Z", "Sun 28-Mar-2027 15:10 BST"),
        ("\"1 day\"", "2027-03-27T14:10:00Z", "Sun 28-Mar-2027 14:10 BST"),
        // A wall time that comes twice is due at the first, one that is skipped at the change.
        ("\"1 day\"", "2026-10-24T00:30:00Z", "Sun 25-Oct-2026 01:30 BST"),
        ("\"1 day\"", "2027-03-27T01:30:00Z", "Sun 28-Mar-2027 02:00 BST"),
        ("\"1 week\"", "2026-10-21T14:00:00Z", "Wed 28-Oct-2026 15:00 GMT"),
        ("\"1 month\"", "2027-01-31T09:00:00Z", "Sun 28-Feb-2027 09:00 GMT"),
        ("{ wall = \"09:00\", on = \"next day\" }", "2026-10-24T19:00:00Z", "Sun 25-Oct-2026 09:00 GMT"),
    ] {
        falls_due(toml, start, expected);
    }
}

#[test]
fn working_days_pass_over_christmas_and_easter() {
    for (toml, start, expected) in [
        ("\"2 working days\"", "2026-12-24T15:00:00Z", "Wed 30-Dec-2026 23:59 GMT"),
        ("{ working_days = 2, at = \"17:00\" }", "2026-12-24T15:00:00Z", "Wed 30-Dec-2026 17:00 GMT"),
        ("\"5 working days\"", "2026-12-24T15:00:00Z", "Tue 05-Jan-2027 23:59 GMT"),
        ("\"1 working day\"", "2027-03-25T15:00:00Z", "Tue 30-Mar-2027 23:59 BST"),
        ("\"10 working days\"", "2027-03-22T15:00:00Z", "Wed 07-Apr-2027 23:59 BST"),
        ("\"1 working day\"", "2026-11-21T21:00:00Z", "Mon 23-Nov-2026 23:59 GMT"),
        (
            "{ wall = \"09:00\", on = \"next working day\" }",
            "2026-12-24T23:00:00Z",
            "Tue 29-Dec-2026 09:00 GMT",
        ),
        ("{ wall = \"17:00\", on = \"same day\" }", "2026-12-24T15:00:00Z", "Thu 24-Dec-2026 17:00 GMT"),
        ("{ wall = \"17:00\", on = \"same day\" }", "2026-12-24T18:00:00Z", "Thu 24-Dec-2026 18:00 GMT"),
    ] {
        falls_due(toml, start, expected);
    }
}

#[test]
fn the_choice_taken_decides_and_a_clock_always_runs() {
    let start = "2026-11-21T21:04:00Z";
    let after = |risk| {
        let due = due_with("{ target = \"decision\" }", start, risk, None).unwrap();
        ((due.at - utc(start)).num_minutes(), due.rule.words(&Zone::default()))
    };
    let from = "from Sat 21-Nov-2026 21:04 GMT; target \"decision\"";
    assert_eq!(after(Some("amber")), (15, format!("15 min {from}; risk is amber")));
    assert_eq!(after(None), (5, format!("5 min {from}; risk is not answered: the earliest time applies")));
    assert_eq!(
        after(Some("violet")),
        (5, format!("5 min {from}; risk is violet: the earliest time applies"))
    );
    let otherwise =
        due_with("{ by = \"risk\", red = \"5 min\", otherwise = \"1 h\" }", start, Some("green"), None)
            .unwrap();
    assert_eq!(otherwise.at - utc(start), TimeDelta::hours(1));
}

#[test]
fn a_due_time_explains_itself() {
    let zone = Zone::default();
    for (toml, start, expected) in [
        (
            "\"2 working days\"",
            "2026-12-24T15:00:00Z",
            "2 working days from Thu 24-Dec-2026 15:00 GMT; 25-Dec and 28-Dec are bank holidays",
        ),
        ("\"2 h\"", "2026-10-24T23:45:00Z", "2 h from Sun 25-Oct-2026 00:45 BST; the clocks go back"),
        (
            "{ open_time = \"2 h\", hours = \"Mon-Fri 08:00-18:30; bank holidays closed\" }",
            "2027-03-26T09:00:00Z",
            "2 h of opening hours from Fri 26-Mar-2027 09:00 GMT; counted in Mon-Fri 08:00-18:30; bank holidays \
             closed; 26-Mar and 29-Mar are bank holidays",
        ),
        (
            "\"1 working day\"",
            "2032-12-31T09:00:00Z",
            "1 working day from Fri 31-Dec-2032 09:00 GMT; bank holidays are known only from 01-Jan-2024 to 31-Dec-2032",
        ),
    ] {
        let due = due_with(toml, start, None, None).unwrap();
        assert_eq!(due.rule.words(&zone), expected);
        let stored = serde_json::to_string(&due.rule).unwrap();
        assert_eq!(serde_json::from_str::<Resolved>(&stored).unwrap(), due.rule);
    }
    let skipped =
        due_with("\"2 working days\"", "2026-12-24T15:00:00Z", None, None).unwrap().rule.weekend_days;
    assert_eq!(skipped, ["2026-12-26", "2026-12-27"].map(|day| day.parse::<NaiveDate>().unwrap()));
}

#[test]
fn what_is_not_a_rule_is_refused_with_its_mend() {
    for (toml, mend) in [
        ("\"2 workdays\"", "say `2 working days`"),
        ("\"3 business days\"", "say `3 working days`"),
        ("\"5 m\"", "say `5 min` or `5 months`"),
        ("\"soon\"", "say `5 min`, `2 h`, `3 days`"),
        ("\"0 min\"", "from 1 to 9999"),
        ("5", "say `5 min` or `5 h`"),
        ("{ wall = \"9am\", on = \"next day\" }", "write it as 09:00"),
        ("{ wall = \"09:00\" }", "`wall` needs `on`"),
        ("{ working_days = 0 }", "from 1 to 9999"),
        ("{ open_time = \"2 days\" }", "say `2 h`"),
        ("{ open_time = \"2 h\", hours = \"nine to five\" }", "does not read as opening hours"),
        ("{ target = \"decision\", at = \"09:00\" }", "`at` does not belong"),
        ("{ within = \"2 h\" }", "needs one of `by`"),
        ("{ by = \"risk\", red = \"5 mins of time\" }", "red: \"5 mins of time\" is not a time"),
        ("true", "a due rule such as"),
    ] {
        let said = rule(toml).unwrap_err();
        assert!(said.contains(mend), "{toml}: {said}");
    }
}

#[test]
fn a_mistake_is_found_on_its_line() {
    let text = "# targets\ndecision = \"5 min\"\nreview = { by = \"risk\", red = \"2 workdays\" }\n";
    let wrong = toml::from_str::<Targets>(text).unwrap_err();
    let line = text[..wrong.span().unwrap().start].lines().count();
    assert_eq!(
        (line, wrong.message()),
        (3, "red: \"2 workdays\" is not a time to be due in; say `2 working days`")
    );
}

#[test]
fn a_rule_must_be_able_to_fall_due() {
    let choices =
        |field: &str| (field == "risk").then(|| ["red", "amber", "green"].map(str::to_owned).to_vec());
    let problems = |toml: &str, targets: &Targets| {
        rule(toml)
            .unwrap()
            .validate(&choices, targets)
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("; ")
    };
    assert_eq!(problems("{ target = \"decision\" }", &targets()), "");
    assert_eq!(problems("{ by = \"risk\", red = \"5 min\", otherwise = \"1 h\" }", &targets()), "");
    assert_eq!(
        problems("{ by = \"risk\", red = \"5 min\", rod = \"1 h\" }", &targets()),
        "\"rod\" is not a choice of risk; its choices are red, amber, green; nothing falls due where risk is amber, \
         green; give each a time or add `otherwise`"
    );
    assert_eq!(
        problems("{ by = \"mood\", red = \"5 min\" }", &targets()),
        "\"mood\" is not a choice field here"
    );
    assert_eq!(
        problems("{ target = \"decisoin\" }", &targets()),
        "there is no target \"decisoin\" in targets.toml"
    );
    let circle: Targets = toml::from_str("a = { target = \"b\" }\nb = { target = \"a\" }").unwrap();
    assert_eq!(problems("{ target = \"a\" }", &circle), "targets refer to one another in a circle: a, b, a");
}

#[derive(serde::Deserialize)]
struct Series {
    every: Every,
}

fn occurrences(toml: &str, anchor: &str, how_many: usize) -> Vec<String> {
    let every = toml::from_str::<Series>(&format!("every = {toml}")).unwrap().every;
    let (anchor, zone) = (utc(anchor), Zone::default());
    let mut previous = anchor;
    let mut next = || {
        previous = every.next_after(anchor, previous, zone)?;
        Some(display::stamp(previous, zone))
    };
    (0..how_many).map_while(|_| next()).collect()
}

#[test]
fn a_series_keeps_to_its_anchor() {
    assert_eq!(
        occurrences("\"month\"", "2027-01-31T09:00:00Z", 4),
        ["28-Feb-2027 09:00 GMT", "31-Mar-2027 09:00 BST", "30-Apr-2027 09:00 BST", "31-May-2027 09:00 BST"]
    );
    assert_eq!(
        occurrences("{ every = \"month\", on = 31, at = \"17:00\" }", "2026-11-05T10:00:00Z", 2),
        ["30-Nov-2026 17:00 GMT", "31-Dec-2026 17:00 GMT"]
    );
    assert_eq!(
        occurrences("{ every = \"2 weeks\", on = \"mon\", at = \"09:00\" }", "2026-10-14T10:00:00Z", 2),
        ["19-Oct-2026 09:00 BST", "02-Nov-2026 09:00 GMT"]
    );
    assert_eq!(
        occurrences("\"day\"", "2027-03-27T01:30:00Z", 2),
        ["28-Mar-2027 02:00 BST", "29-Mar-2027 01:30 BST"]
    );
    assert_eq!(occurrences("\"year\"", "2028-02-29T09:00:00Z", 4).last().unwrap(), "29-Feb-2032 09:00 GMT");
    // Done two and a half weeks late, the next is still the next of the series.
    let weekly = toml::from_str::<Series>("every = \"week\"").unwrap().every;
    let next = weekly.next_after(utc("2026-11-02T09:00:00Z"), utc("2026-11-19T14:00:00Z"), Zone::default());
    assert_eq!(next, Some(utc("2026-11-23T09:00:00Z")));
    assert_eq!(weekly.to_string(), "every week");
    for wrong in ["\"fortnight\"", "{ every = \"week\", on = 3 }", "{ every = \"month\", on = 32 }", "7"] {
        assert!(toml::from_str::<Series>(&format!("every = {wrong}")).is_err(), "{wrong}");
    }
}

proptest! {
    #[test]
    fn nothing_is_due_before_it_starts(
        count in 1u32..2000, which in 0usize..6, start in 1_600_000_000i64..2_500_000_000,
    ) {
        let start = DateTime::from_timestamp(start, 0).unwrap();
        let toml = match which {
            0 => format!("\"{count} min\""),
            1 => format!("\"{count} h\""),
            2 => format!("\"{count} days\""),
            3 => format!("\"{count} working days\""),
            4 => format!("\"{count} months\""),
            _ => format!("{{ open_time = \"{count} min\", hours = \"Mon-Fri 18:30-08:00; Sat-Sun 24 h\" }}"),
        };
        let calendar = Calendar::england();
        let inputs = Inputs {
            zone: Zone::default(), calendar: &calendar, targets: &Targets::new(), notes: &notes(), choice: &|_| None, contact: None,
        };
        let due = compute(&rule(&toml).unwrap(), start, &inputs).unwrap();
        prop_assert!(due.at >= start);
        if which < 2 {
            prop_assert_eq!((due.at - start).num_minutes(), i64::from(count) * if which == 0 { 1 } else { 60 });
        }
        if which == 3 {
            let day = Zone::default().day(due.at);
            prop_assert!(calendar.is_working_day(day));
            let first = Zone::default().day(start);
            let worked = first.iter_days().skip(1).take_while(|d| *d <= day).filter(|d| calendar.is_working_day(*d));
            prop_assert_eq!(worked.count(), count as usize);
        }
    }

    #[test]
    fn a_series_moves_on(anchor in 1_600_000_000i64..2_500_000_000, later in 0i64..200_000_000, which in 0usize..4, count in 1u32..9) {
        let period = [Period::Day, Period::Week, Period::Month, Period::Year][which];
        let every = Every { count, period, on: None, at: None };
        let anchor = DateTime::from_timestamp(anchor, 0).unwrap();
        let previous = anchor + TimeDelta::seconds(later);
        let next = every.next_after(anchor, previous, Zone::default()).unwrap();
        prop_assert!(next > previous);
        // Asked again just before it, the answer is the same: no occurrence is passed over.
        prop_assert_eq!(every.next_after(anchor, next - TimeDelta::seconds(1), Zone::default()), Some(next));
    }
}
