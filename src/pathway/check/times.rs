//! Whether an answered time can be meant: nothing that happened is still to come, nothing is due before it was said.

use chrono::{DateTime, Datelike, TimeDelta, Utc};

use super::Weight;
use crate::domain::answer::{Answer, ByWhen, Precision, When};
use crate::domain::words::check as words;
use crate::pathway::definition::{Field, Kind, Means, Owing};
use crate::pathway::predicate::{Facts, time};

/// A clock in the office and a clock on a telephone differ.
const GRACE: TimeDelta = TimeDelta::minutes(5);

/// No time that a duty office writes down lies before this year: a slip of the keyboard.
const FIRST_YEAR: i32 = 1990;

/// Further away than anything that is said of a time; a clock that stood wrong is why it is asked and not refused.
const DECADES: TimeDelta = TimeDelta::days(20 * 366);

/// 999 may have been called in the evening of a call that came after midnight, but not a day before.
const LONGEST_BEFORE_THE_CALL: TimeDelta = TimeDelta::hours(12);

/// Adds what is wrong or odd about the answer of a field that takes a time.
pub(super) fn check(field: &Field, answer: &Answer, facts: &Facts<'_>, found: &mut Vec<(Weight, String)>) {
    let (when, due) = match (&field.kind, answer) {
        (Kind::Time { future: false }, Answer::Time(when)) => (when, false),
        (Kind::Time { future: true }, Answer::Time(when)) => (when, makes_due(field, facts)),
        (Kind::ByWhen, Answer::ByWhen(ByWhen::At(when))) => (when, true),
        _ => return,
    };
    let label = field.label.as_str();
    let away = (when.at - facts.now).abs();
    if when.at.year() < FIRST_YEAR {
        return found.push((Weight::Refused, words::never_meant(label)));
    }
    // A late entry may record a promise whose time has passed; another year is more often a slip of the finger.
    if away > DECADES {
        found.push((Weight::Doubted, words::never_meant(label)));
    } else if away > TimeDelta::days(366) {
        found.push((Weight::Asked, words::far_off(label)));
    }
    if field.kind == (Kind::Time { future: false }) && when.at > facts.now + grace(field) {
        found.push((Weight::Refused, words::in_future(label)));
    }
    if due && ends(when) < said_at(facts) - GRACE {
        found.push((Weight::Doubted, words::past(label)));
    }
    if field.means == Some(Means::EmergencyAt) && when.at < said_at(facts) - LONGEST_BEFORE_THE_CALL {
        found.push((Weight::Doubted, words::long_before_the_call(label)));
    }
}

/// What clocks and rules are counted from is not let lie ahead at all.
fn grace(field: &Field) -> TimeDelta {
    match field.means {
        Some(Means::Occurred | Means::ObservedAt | Means::ReportedAt | Means::SeenAt) => TimeDelta::zero(),
        _ => GRACE,
    }
}

/// Whether something falls due by this field. From when something holds may well have passed.
fn makes_due(field: &Field, facts: &Facts<'_>) -> bool {
    facts.step.then.iter().any(|then| matches!(&then.within, Owing::Field(id) if *id == field.id))
}

/// The latest that can be meant by it: of a day alone its end.
fn ends(when: &When) -> DateTime<Utc> {
    match when.precision {
        Precision::Day => when.at + TimeDelta::days(1),
        Precision::Unknown => DateTime::<Utc>::MAX_UTC,
        Precision::Exact | Precision::About => when.at,
    }
}

/// When it was said: as the form has it, else now. What was written down late may have fallen due meanwhile.
fn said_at(facts: &Facts<'_>) -> DateTime<Utc> {
    let around = facts.around.unwrap_or(facts.answers);
    let said = [Means::Occurred, Means::ReportedAt].into_iter().filter_map(|means| facts.step.meaning(means));
    said.filter_map(|field| time(around.get(&field.id))).min().unwrap_or(facts.now).min(facts.now)
}
