//! Times as the NHS common user interface writes them: `21-Nov-2026`, 24 hours, the zone named.
//!
//! Every elapsed time is computed between instants, so a clock change can neither add nor lose an hour. The
//! words around the figures are in [`words::time`](crate::domain::words::time).

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Timelike, Utc};

use super::zone::Zone;
use crate::domain::answer::{Precision, When};
use crate::domain::words::time as words;

/// Columns that [`age`] needs at most, up to a thousand days.
pub const AGE_WIDTH: usize = 6;

/// Columns that [`distance`] needs at most.
pub const DISTANCE_WIDTH: usize = AGE_WIDTH + 5;

/// Months as dates name them. Written out here, because a screen full of rows says hundreds of dates and clocks, and a
/// pattern is taken apart anew for each.
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// `21-Nov-2026`.
pub fn date(date: NaiveDate) -> String {
    format!("{}-{:04}", short_date(date), date.year())
}

/// `Sat 21-Nov-2026`.
pub fn weekday_date(date: NaiveDate) -> String {
    date.format("%a %d-%b-%Y").to_string()
}

/// `21-Nov`, for lists of days whose year is plain.
pub fn short_date(date: NaiveDate) -> String {
    let month = MONTHS.get(date.month0() as usize).copied().unwrap_or_default();
    format!("{}-{month}", two(date.day()))
}

/// `21:04`. Needs its date and zone beside it, or both plain from the place it stands in.
pub fn clock(at: DateTime<Utc>, zone: Zone) -> String {
    let wall = zone.local(at);
    let mut clock = two(wall.hour());
    clock.push(':');
    clock.push_str(&two(wall.minute()));
    clock
}

/// A number of two digits.
fn two(number: u32) -> String {
    let digit = |number: u32| char::from_digit(number % 10, 10).unwrap_or('0');
    let mut two = String::with_capacity(8);
    two.push(digit(number / 10));
    two.push(digit(number));
    two
}

/// `21:02:12`, for "kept 21:02:12".
pub fn clock_seconds(at: DateTime<Utc>, zone: Zone) -> String {
    let wall = zone.local(at);
    [wall.hour(), wall.minute(), wall.second()].map(two).join(":")
}

/// `21:04 GMT`.
pub fn clock_zone(at: DateTime<Utc>, zone: Zone) -> String {
    format!("{} {}", clock(at, zone), zone.abbreviation(at))
}

/// `21-Nov-2026 21:04 GMT`.
pub fn stamp(at: DateTime<Utc>, zone: Zone) -> String {
    format!("{} {}", date(zone.day(at)), clock_zone(at, zone))
}

/// `Sat 21-Nov-2026 21:04 GMT`.
pub fn weekday_stamp(at: DateTime<Utc>, zone: Zone) -> String {
    format!("{} {}", weekday_date(zone.day(at)), clock_zone(at, zone))
}

/// For tables: `21:04` today, `20-Nov 21:04` this year, `20-Nov-2025 21:04` otherwise; with the zone as
/// [`clock_told`] has it.
pub fn short(at: DateTime<Utc>, now: DateTime<Utc>, zone: Zone) -> String {
    let (day, today) = (zone.day(at), zone.day(now));
    let clock = clock_told(at, now, zone);
    if day == today {
        clock
    } else if day.year() == today.year() {
        format!("{} {clock}", short_date(day))
    } else {
        format!("{} {clock}", date(day))
    }
}

/// A day without its year where that is this year's: `20-Nov`, otherwise `20-Nov-2025`.
pub fn day_of_year(day: NaiveDate, today: NaiveDate) -> String {
    if day.year() == today.year() { short_date(day) } else { date(day) }
}

/// For what lies within a few days: `08:00` today, `Mon 08:00` within a week, else as [`short`]; with the zone as
/// [`clock_told`] has it.
pub fn weekday_clock(at: DateTime<Utc>, now: DateTime<Utc>, zone: Zone) -> String {
    let (day, today) = (zone.day(at), zone.day(now));
    let days = (day - today).num_days();
    if days == 0 || !(0..7).contains(&days) {
        return short(at, now, zone);
    }
    format!("{} {}", day.format("%a"), clock_told(at, now, zone))
}

/// `21:04`, and `21:04 BST` where it could be read two ways: within a day of a clock change, and where the office's
/// wall stands otherwise now. A review 24 hours after 14:10 BST falls at 13:10 GMT, and says so.
pub fn clock_told(at: DateTime<Utc>, now: DateTime<Utc>, zone: Zone) -> String {
    let day = TimeDelta::days(1);
    let around = [Some(now), at.checked_sub_signed(day), at.checked_add_signed(day)];
    let offset = zone.offset_minutes(at);
    let doubtful = around.into_iter().flatten().any(|other| zone.offset_minutes(other) != offset);
    if doubtful { clock_zone(at, zone) } else { clock(at, zone) }
}

/// A time with its precision: `21-Nov-2026 16:40 GMT`, `21-Nov-2026 about 16:40 GMT`, the day alone, or that
/// it is not known.
pub fn when(when: &When, zone: Zone) -> String {
    let day = zone.day(when.at);
    match when.precision {
        Precision::Exact => stamp(when.at, zone),
        Precision::About => format!("{} {}", date(day), words::about(&clock_zone(when.at, zone))),
        Precision::Day => words::day_only(&date(day)),
        Precision::Unknown => words::NOT_KNOWN.to_owned(),
    }
}

/// [`short`] with its precision: `about 16:40`, `20-Nov`, `time not known`.
pub fn short_when(when: &When, now: DateTime<Utc>, zone: Zone) -> String {
    match when.precision {
        Precision::Exact => short(when.at, now, zone),
        Precision::About => words::about(&short(when.at, now, zone)),
        Precision::Day if zone.day(when.at).year() == zone.day(now).year() => short_date(zone.day(when.at)),
        Precision::Day => date(zone.day(when.at)),
        Precision::Unknown => words::NOT_KNOWN.to_owned(),
    }
}

/// How long ago, for a column of tables: `2m`, `3h 10m`, from ten hours on `28h`, from two days on `5 d`. Never more
/// than [`AGE_WIDTH`] columns in a thousand days; what has not happened yet is `0m`.
pub fn age(since: DateTime<Utc>, now: DateTime<Utc>) -> String {
    compact((now - since).max(TimeDelta::zero()))
}

/// How far off a due time is: `in 3m`, `now` within the minute, `late 14m`. Late from the first second after.
pub fn distance(due: DateTime<Utc>, now: DateTime<Utc>) -> String {
    // Within the minute it is now, on either side.
    if now - due >= TimeDelta::minutes(1) {
        words::late(&compact(now - due))
    } else if due - now < TimeDelta::minutes(1) {
        words::NOW.to_owned()
    } else {
        words::ahead(&compact(due - now))
    }
}

/// Whether a time has passed, a day alone once it is over.
pub fn is_past(when: &When, now: DateTime<Utc>) -> bool {
    let over = now - when.at;
    match when.precision {
        Precision::Exact | Precision::About => over >= TimeDelta::minutes(1),
        Precision::Day => over > TimeDelta::days(1),
        Precision::Unknown => false,
    }
}

fn compact(length: TimeDelta) -> String {
    let minutes = length.num_minutes();
    match minutes {
        0..60 => format!("{minutes}m"),
        60..600 => format!("{}h {:02}m", minutes / 60, minutes % 60),
        600..2880 => format!("{}h", minutes / 60),
        _ => format!("{} d", minutes / 1440),
    }
}

/// The length of a shift or a wait in full: `13 h`, `12 h 30 min`, `45 min`.
pub fn length(from: DateTime<Utc>, to: DateTime<Utc>) -> String {
    let minutes = (to - from).num_minutes().max(0);
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// [`length`], saying so where the clocks change in between (NHS common user interface, D+Tc-0048):
/// `13 h (the clocks go back)`.
pub fn length_over_change(from: DateTime<Utc>, to: DateTime<Utc>, zone: Zone) -> String {
    match zone.change_between(from, to) {
        Some(change) => format!("{} ({})", length(from, to), words::clocks(change.is_forward())),
        None => length(from, to),
    }
}

/// What a screen says of a clock change within the next `ahead`: `The clocks go back on Sun 25-Oct-2026: 02:00
/// BST becomes 01:00 GMT`.
pub fn change_ahead(now: DateTime<Utc>, ahead: TimeDelta, zone: Zone) -> Option<String> {
    let change = zone.next_change(now).filter(|change| change.at - now <= ahead)?;
    let (before, after) = (change.at - TimeDelta::minutes(1), change.at);
    let wall_before = zone.local(before) + TimeDelta::minutes(1);
    let from = format!("{} {}", wall_before.format("%H:%M"), zone.abbreviation(before));
    Some(words::change_on(
        change.is_forward(),
        &weekday_date(zone.day(change.at)),
        &from,
        &clock_zone(after, zone),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn times_are_written_as_the_field_writes_them() {
        let (zone, at) = (Zone::default(), utc("2026-11-21T21:04:12Z"));
        assert_eq!(stamp(at, zone), "21-Nov-2026 21:04 GMT");
        assert_eq!(weekday_stamp(utc("2026-07-04T08:00:00Z"), zone), "Sat 04-Jul-2026 09:00 BST");
        assert_eq!(clock_seconds(at, zone), "21:04:12");
        assert_eq!(short(at, utc("2026-11-21T23:00:00Z"), zone), "21:04");
        assert_eq!(short(at, utc("2026-11-22T00:00:00Z"), zone), "21-Nov 21:04");
        assert_eq!(short(at, utc("2027-01-01T00:00:00Z"), zone), "21-Nov-2026 21:04");
        let with = |precision| when(&When { at, precision }, zone);
        assert_eq!(with(Precision::About), "21-Nov-2026 about 21:04 GMT");
        assert_eq!(with(Precision::Day), "21-Nov-2026, time not given");
        assert_eq!(with(Precision::Unknown), "time not known");
    }

    #[test]
    fn the_two_passes_of_one_hour_are_told_apart() {
        let (zone, now) = (Zone::default(), utc("2026-10-25T08:00:00Z"));
        assert_eq!(short(utc("2026-10-25T00:30:00Z"), now, zone), "01:30 BST");
        assert_eq!(short(utc("2026-10-25T01:30:00Z"), now, zone), "01:30 GMT");
        assert_eq!(short(utc("2026-10-25T02:30:00Z"), now, zone), "02:30 GMT");
    }

    #[test]
    fn a_time_that_could_be_read_two_ways_names_its_zone() {
        let (zone, call) = (Zone::default(), utc("2026-10-24T13:10:00Z"));
        assert_eq!(short(call, call, zone), "14:10 BST");
        assert_eq!(short(utc("2026-10-25T13:10:00Z"), call, zone), "25-Oct 13:10 GMT");
        let november = utc("2026-11-21T21:00:00Z");
        assert_eq!(short(utc("2026-09-14T15:40:00Z"), november, zone), "14-Sep 16:40 BST");
        assert_eq!(short(utc("2026-11-14T15:40:00Z"), november, zone), "14-Nov 15:40");
        assert_eq!(short(utc("2026-07-04T15:40:00Z"), utc("2026-07-04T16:00:00Z"), zone), "16:40");
    }

    #[test]
    fn a_night_shift_is_as_long_as_it_is() {
        let zone = Zone::default();
        for (from, to, says) in [
            ("2026-10-24T19:00:00Z", "2026-10-25T08:00:00Z", "13 h (the clocks go back)"),
            ("2027-03-27T20:00:00Z", "2027-03-28T07:00:00Z", "11 h (the clocks go forward)"),
            ("2027-10-30T19:00:00Z", "2027-10-31T08:00:00Z", "13 h (the clocks go back)"),
            ("2026-11-21T20:00:00Z", "2026-11-22T08:00:00Z", "12 h"),
        ] {
            assert_eq!(length_over_change(utc(from), utc(to), zone), says);
        }
        assert_eq!(
            change_ahead(utc("2026-10-24T19:00:00Z"), TimeDelta::hours(24), zone).unwrap(),
            "The clocks go back on Sun 25-Oct-2026: 02:00 BST becomes 01:00 GMT"
        );
        assert_eq!(change_ahead(utc("2026-10-23T19:00:00Z"), TimeDelta::hours(24), zone), None);
    }

    #[test]
    fn ages_and_distances_keep_their_width() {
        let now = utc("2026-11-21T21:00:00Z");
        for (minutes, says) in
            [(0, "0m"), (2, "2m"), (190, "3h 10m"), (599, "9h 59m"), (2879, "47h"), (7300, "5 d")]
        {
            let since = now - TimeDelta::minutes(minutes);
            assert_eq!(age(since, now), says);
            assert!(age(since, now).len() <= AGE_WIDTH && distance(since, now).len() <= DISTANCE_WIDTH);
        }
        assert_eq!(age(now + TimeDelta::hours(1), now), "0m");
        assert_eq!(distance(now - TimeDelta::minutes(14), now), "late 14m");
        assert_eq!(distance(now - TimeDelta::seconds(1), now), "now");
        assert_eq!(distance(now, now), "now");
        assert_eq!(distance(now + TimeDelta::minutes(3), now), "in 3m");
    }
}
