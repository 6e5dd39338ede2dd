//! Figures against rows of facts made by hand: what a median is, what a night on which the clocks change does to a time, what
//! a promise came to.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::*;
use crate::domain::case::Milestone;
use crate::domain::ids::EntryId;
use crate::domain::measure::{Ending, Owes, Span, Worth, place};
use crate::settings::measures::shipped;

fn at(time: &str) -> Millis {
    time.parse::<DateTime<Utc>>().expect("a time").timestamp_millis()
}

fn call(number: u128, called: &str, decided: Option<&str>, by: &str) -> CaseFact {
    let mut reached = [None; Milestone::ALL.len()];
    reached[place(Milestone::Called)] = Some(at(called));
    reached[place(Milestone::Decided)] = decided.map(at);
    CaseFact {
        at: at(called),
        case: CaseId(Uuid::from_u128(number)),
        pathway: "urgent".to_owned(),
        subject: Some(CaseId(Uuid::from_u128(1000))),
        location: None,
        class: None,
        risk: Some("amber".to_owned()),
        reached,
        vague: 0,
        decide_by: Some(at(by)),
        review_by: None,
        told: Vec::new(),
        tags: vec!["fall".to_owned()],
        routes: Vec::new(),
        ended: None,
        closed: false,
        followed: None,
        changed: None,
        complaint: None,
        same_visit: None,
        complete: None,
        themes: Vec::new(),
        again: false,
        effects: Vec::new(),
    }
}

fn promise(number: u128, since: &str, due: &str, ended: Option<(&str, Ending)>) -> PromiseFact {
    PromiseFact {
        ended: ended.map_or(PromiseFact::OPEN, |(when, _)| at(when)),
        id: EntryId(Uuid::from_u128(number)),
        case: CaseId(Uuid::from_u128(1)),
        owes: Owes::Promise,
        who: "The Elms".to_owned(),
        location: None,
        class: None,
        since: at(since),
        started: at(since),
        due: at(due),
        timed: true,
        how: ended.map(|(_, how)| how),
        chased: 0,
        supersedes: None,
    }
}

fn figure(facts: &Facts, id: &str, month: &str, now: &str) -> Figure {
    figure_of(facts, id, month, now, None)
}

fn figure_of(facts: &Facts, id: &str, month: &str, now: &str, theme: Option<&str>) -> Figure {
    let (definitions, calendar) = (shipped(), Calendar::england());
    let zone = Zone::parse("Europe/London").expect("a zone");
    let shifts = WorkingPeriods::default();
    let now = now.parse().expect("a time");
    let with = Reckoning { definitions, zone, calendar: &calendar, shifts: &shifts, now };
    let month = Asked::month_of(month.parse::<NaiveDate>().expect("a day"));
    let asked = Asked { theme: theme.map(str::to_owned), ..month };
    let lines = lines(with, facts, &asked);
    lines.iter().find(|line| line.id == id).expect("a measure").now()
}

#[test]
fn a_time_over_the_night_the_clocks_go_back_is_what_passed() {
    // From 00:45 BST until 01:15 GMT the wall shows half an hour; an hour and a half have passed.
    let cases = vec![call(1, "2026-10-24T23:45:00Z", Some("2026-10-25T01:15:00Z"), "2026-10-25T01:00:00Z")];
    let facts = Facts { cases, ..Facts::default() };
    let figure = figure(&facts, "call_to_decision", "2026-10-25", "2026-10-26T09:00:00Z");
    let hour_and_half = Some(90 * A_MINUTE);
    let worth = Worth::Time { median: hour_and_half, ninetieth: hour_and_half, timed: 1, target: true };
    assert_eq!((figure.worth, figure.n, figure.of), (worth, 0, 1));
}

#[test]
fn a_call_of_the_last_hour_of_a_month_counts_by_the_wall_of_the_office() {
    // 23:30 GMT on the last of June is half past midnight on the first of July.
    let cases = vec![call(1, "2026-06-30T23:30:00Z", None, "2026-06-30T23:45:00Z")];
    let facts = Facts { cases, ..Facts::default() };
    let calls = |month| figure(&facts, "calls", month, "2026-07-02T09:00:00Z").n;
    assert_eq!((calls("2026-06-15"), calls("2026-07-15")), (0, 1));
}

#[test]
fn what_is_not_decided_is_in_no_median_and_counts_against_the_target_once_its_time_has_passed() {
    let decided = |number, minutes: u32| {
        let decided = format!("2026-11-03T10:{minutes:02}:00Z");
        call(number, "2026-11-03T10:00:00Z", Some(&decided), "2026-11-03T10:15:00Z")
    };
    let mut cases: Vec<CaseFact> =
        (1..=9).map(|number| decided(number, 2 * u32::try_from(number).unwrap_or(0))).collect();
    cases.push(call(10, "2026-11-03T10:00:00Z", None, "2026-11-03T10:15:00Z"));
    let mut vague = decided(11, 1);
    vague.vague = 1 << place(Milestone::Decided);
    cases.push(vague);
    let facts = Facts { cases, ..Facts::default() };
    let before = figure(&facts, "call_to_decision", "2026-11-03", "2026-11-03T10:15:30Z");
    assert_eq!((before.n, before.of, before.unknown), (7, 9, 2));
    let after = figure(&facts, "call_to_decision", "2026-11-03", "2026-11-03T10:16:00Z");
    assert_eq!((after.n, after.of, after.unknown), (7, 10, 1));
    let minutes = |minutes: i64| Some(minutes * A_MINUTE);
    let worth = Worth::Time { median: minutes(10), ninetieth: minutes(18), timed: 9, target: true };
    assert_eq!(after.worth, worth);
}

#[test]
fn a_promise_that_was_chased_is_one_and_counts_by_its_first_time_wherever_it_went_on() {
    let first = promise(
        1,
        "2026-11-03T10:00:00Z",
        "2026-11-03T12:00:00Z",
        Some(("2026-11-03T13:00:00Z", Ending::Superseded)),
    );
    let done = Some(("2026-11-03T15:00:00Z", Ending::Done));
    let chased = PromiseFact {
        supersedes: Some(first.id),
        chased: 1,
        // It goes on in another case.
        case: CaseId(Uuid::from_u128(2)),
        ..promise(2, "2026-11-03T13:00:00Z", "2026-11-03T16:00:00Z", done)
    };
    let cases = vec![
        call(1, "2026-11-03T10:00:00Z", None, "2026-11-03T10:15:00Z"),
        call(2, "2026-11-03T13:00:00Z", None, "2026-11-03T13:15:00Z"),
    ];
    let mut facts = Facts { cases, promises: vec![first, chased], ..Facts::default() };
    let of = |facts: &Facts, id| {
        let figure = figure(facts, id, "2026-11-03", "2026-11-04T09:00:00Z");
        (figure.n, figure.of)
    };
    assert_eq!(of(&facts, "promises_late"), (1, 1), "by the second time it would have been kept");
    assert_eq!((of(&facts, "promises_kept"), of(&facts, "chases")), ((0, 1), (1, 1)));
    // Where whoever looks may not see where it went on, they know that its time passed.
    facts.promises.pop();
    assert_eq!(of(&facts, "promises_never"), (1, 1));
}

#[test]
fn a_call_logged_in_error_or_opened_twice_is_not_counted_and_nobody_is_two_people() {
    let one = call(1, "2026-11-03T10:00:00Z", None, "2026-11-03T10:15:00Z");
    let again = CaseFact { again: true, ..call(2, "2026-11-03T10:05:00Z", None, "2026-11-03T10:20:00Z") };
    let error = CaseFact {
        closed: true,
        ended: Some("in_error".to_owned()),
        ..call(3, "2026-11-03T11:00:00Z", None, "2026-11-03T11:15:00Z")
    };
    let merged = CaseId(Uuid::from_u128(2000));
    let other =
        CaseFact { subject: Some(merged), ..call(4, "2026-11-10T10:00:00Z", None, "2026-11-10T10:15:00Z") };
    let mut facts = Facts { cases: vec![one, again, error, other], ..Facts::default() };
    let of = |facts: &Facts, id| {
        let figure = figure(facts, id, "2026-11-03", "2026-11-20T09:00:00Z");
        (figure.n, figure.of)
    };
    assert_eq!((of(&facts, "calls").0, of(&facts, "repeat_calls")), (2, (0, 2)));
    facts.merged.insert(merged, CaseId(Uuid::from_u128(1000)));
    assert_eq!((of(&facts, "repeat_calls"), of(&facts, "repeat_theme")), ((1, 2), (1, 2)));
}

#[test]
fn twelve_months_end_with_the_period() {
    let concern = |number, when: &str| CaseFact {
        pathway: "safeguarding".to_owned(),
        ..call(number, when, None, when)
    };
    let cases = vec![
        concern(1, "2025-11-30T10:00:00Z"),
        concern(2, "2025-12-01T10:00:00Z"),
        concern(3, "2026-11-20T10:00:00Z"),
    ];
    let facts = Facts { cases, ..Facts::default() };
    let n = |id| figure(&facts, id, "2026-11-15", "2026-11-21T09:00:00Z").n;
    assert_eq!((n("safeguarding"), n("safeguarding_year")), (1, 2));
    let asked = Asked::month_of("2026-11-15".parse().expect("a day"));
    assert_eq!(asked.periods().len(), 12);
    assert_eq!(
        asked.with_span(Span::Quarter, "2026-11-21".parse().expect("a day")).period.first.to_string(),
        "2026-10-01"
    );
}

/// What somebody has said that a case is about counts like what led to it: split by theme and asked for one theme it is the same.
#[test]
fn a_theme_that_somebody_chose_is_asked_for_like_one_that_led_to_the_call() {
    let chosen = CaseFact {
        tags: Vec::new(),
        themes: vec!["communication".to_owned()],
        ..call(1, "2026-11-03T10:00:00Z", None, "2026-11-03T10:15:00Z")
    };
    let fell = call(2, "2026-11-03T10:00:00Z", None, "2026-11-03T10:15:00Z");
    let facts = Facts { cases: vec![chosen, fell], ..Facts::default() };
    let of = |theme: &str| figure_of(&facts, "calls", "2026-11-03", "2026-11-04T09:00:00Z", Some(theme)).n;
    assert_eq!((of("communication"), of("falls"), of("skin"), of("weather")), (1, 1, 0, 0));
}
