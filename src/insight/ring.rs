//! Ring before they shut: whether an organisation closes before what it promised falls due, and from when on a day that
//! is said.
//!
//! Opening hours stand on the organisation's record, the times of the day in `clocks.toml`; which promises are open is left
//! to the store.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};

use crate::domain::clocks::RingBefore;
use crate::domain::time::Zone;
use crate::domain::views::Shuts;
use crate::pathway::calendar::{Calendar, WeekHours};

/// A pause up to this long (over lunch) is no closing: whoever is to be rung can be rung after it.
const PAUSE: TimeDelta = TimeDelta::hours(3);
/// What closes later than this from now closes on another day's list.
const AHEAD: TimeDelta = TimeDelta::hours(24);
/// What falls due later than this after they open again can be rung about then.
const FAR: TimeDelta = TimeDelta::hours(24);
/// Pauses that are passed over at most, so that hours without an end come to one.
const MOST_PAUSES: usize = 8;
/// Days after which a bank holiday is no longer the next day off.
const LONGEST_HOLIDAY: u64 = 10;

/// What an office's days are reckoned by.
#[derive(Debug, Clone, Copy)]
pub struct OfficeDays<'a> {
    /// Bank holidays.
    pub calendar: &'a Calendar,
    /// The office's zone.
    pub zone: Zone,
}

/// How the hours of whoever promised something due then stand to it at `now`. `None` where it wants no call before they
/// shut: they never close, or it falls due while they can be reached.
///
/// It wants one where it falls due after they close next and no more than a day after they open again, and where it is late
/// already and they close within the day. Of whoever is shut now, where it falls due while they are: what they let become late
/// while they were there waits until they are there again.
pub fn shuts(
    due: DateTime<Utc>,
    hours: Option<&str>,
    days: OfficeDays<'_>,
    now: DateTime<Utc>,
) -> Option<Shuts> {
    let Some(written) = hours.map(str::trim).filter(|hours| !hours.is_empty()) else {
        return Some(Shuts::NotOnRecord);
    };
    let Ok(hours) = written.parse::<WeekHours>() else {
        return Some(Shuts::NotReadable { hours: written.to_owned() });
    };
    let OfficeDays { calendar, zone } = days;
    let is_late = due < now;
    let opening = hours.opening(now, zone, calendar)?;
    if opening.from > now + PAUSE {
        let were_back_since =
            is_late && hours.opening(due, zone, calendar).is_none_or(|since| since.from != opening.from);
        let is_due_while_shut = due < opening.from && !were_back_since;
        return is_due_while_shut.then_some(Shuts::Shut { opens: Some(opening.from) });
    }
    let (mut closes, mut opens) = (opening.to?, None);
    for _ in 0..MOST_PAUSES {
        let Some(next) = hours.opening(closes, zone, calendar) else { break };
        opens = Some(next.from);
        if next.from - closes > PAUSE {
            break;
        }
        // Open without an end after a pause: they do not close.
        closes = next.to?;
    }
    let is_far = opens.is_some_and(|opens| due > opens + FAR);
    let falls_due_after = due > closes && !is_far;
    ((falls_due_after || is_late) && closes - now <= AHEAD).then_some(Shuts::Closes { at: closes, opens })
}

/// From when on the day of `now` the office is told whom to ring before they shut. On a day that is not worked, all day:
/// few are open then, and shut early.
pub fn told_from(before: &RingBefore, days: OfficeDays<'_>, now: DateTime<Utc>) -> DateTime<Utc> {
    let OfficeDays { calendar, zone } = days;
    let day = zone.day(now);
    if !calendar.is_working_day(day) {
        return zone.start_of_day(day);
    }
    zone.earliest(day.and_time(before.on(day, is_eve(calendar, day))))
}

/// Whether a day is the last worked before a bank holiday.
pub fn is_eve(calendar: &Calendar, day: NaiveDate) -> bool {
    let after = (1..=LONGEST_HOLIDAY).filter_map(|ahead| day.checked_add_days(Days::new(ahead)));
    let mut off = after.take_while(|day| !calendar.is_working_day(*day));
    calendar.is_working_day(day) && off.any(|day| calendar.bank_holiday(day).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    const SURGERY: &str = "Mon-Fri 08:00-17:30; bank holidays closed";

    fn rule(now: &str, due: &str, hours: &str) -> String {
        let england = Calendar::england();
        let days = OfficeDays { calendar: &england, zone: Zone::default() };
        let said = |at: Option<DateTime<Utc>>| {
            at.map_or("never".to_owned(), |at| at.format("%a %d %H:%M").to_string())
        };
        match shuts(at(due), Some(hours), days, at(now)) {
            None => "-".to_owned(),
            Some(Shuts::Closes { at, opens }) => format!("closes {}, opens {}", said(Some(at)), said(opens)),
            Some(Shuts::Shut { opens }) => format!("shut, opens {}", said(opens)),
            Some(other) => format!("{other:?}"),
        }
    }

    #[test]
    fn what_falls_due_after_they_close_wants_a_call_before() {
        for (says, now, due, expected) in [
            (
                "due tonight",
                "2026-11-25T15:30:00Z",
                "2026-11-25T20:00:00Z",
                "closes Wed 25 17:30, opens Thu 26 08:00",
            ),
            (
                "due tomorrow",
                "2026-11-25T15:30:00Z",
                "2026-11-26T12:00:00Z",
                "closes Wed 25 17:30, opens Thu 26 08:00",
            ),
            ("due before they close", "2026-11-25T15:30:00Z", "2026-11-25T17:00:00Z", "-"),
            ("due as they close", "2026-11-25T15:30:00Z", "2026-11-25T17:30:00Z", "-"),
            (
                "late already",
                "2026-11-25T15:30:00Z",
                "2026-11-25T12:00:00Z",
                "closes Wed 25 17:30, opens Thu 26 08:00",
            ),
            (
                "over the weekend",
                "2026-11-27T14:30:00Z",
                "2026-11-28T12:00:00Z",
                "closes Fri 27 17:30, opens Mon 30 08:00",
            ),
            (
                "over Christmas",
                "2026-12-24T12:00:00Z",
                "2026-12-26T12:00:00Z",
                "closes Thu 24 17:30, opens Tue 29 08:00",
            ),
            ("shut, due tonight", "2026-11-25T18:00:00Z", "2026-11-25T22:00:00Z", "shut, opens Thu 26 08:00"),
            (
                "shut, late since they shut",
                "2026-11-25T22:00:00Z",
                "2026-11-25T18:00:00Z",
                "shut, opens Thu 26 08:00",
            ),
            ("shut, late while they were there", "2026-11-25T18:00:00Z", "2026-11-25T16:00:00Z", "-"),
            ("shut, late for a fortnight", "2026-11-26T00:30:00Z", "2026-11-13T10:00:00Z", "-"),
            ("shut, due when they are back", "2026-11-25T18:00:00Z", "2026-11-26T10:00:00Z", "-"),
            (
                "Saturday, due on Sunday",
                "2026-11-28T10:00:00Z",
                "2026-11-29T10:00:00Z",
                "shut, opens Mon 30 08:00",
            ),
            ("due in a week", "2026-11-25T15:30:00Z", "2026-12-02T12:00:00Z", "-"),
            // They open soon, and what falls due after the evening can be rung about today.
            (
                "before they open",
                "2026-11-25T06:00:00Z",
                "2026-11-25T20:00:00Z",
                "closes Wed 25 17:30, opens Thu 26 08:00",
            ),
        ] {
            assert_eq!(rule(now, due, SURGERY), expected, "{says}");
        }
    }

    #[test]
    fn whoever_never_closes_is_never_rung_before_they_do() {
        for hours in ["24 h", "Mon-Sun 00:00-24:00", "daily 08:00-20:00; daily 20:00-08:00"] {
            for due in ["2026-11-25T12:00:00Z", "2026-11-27T12:00:00Z"] {
                assert_eq!(rule("2026-11-25T15:30:00Z", due, hours), "-", "{hours} {due}");
            }
        }
        // Round the clock from Monday to Friday: on Friday that ends, before it not yet.
        let weekdays = "Mon-Fri 24 h";
        assert_eq!(rule("2026-11-25T15:30:00Z", "2026-11-28T12:00:00Z", weekdays), "-");
        let friday = rule("2026-11-27T14:30:00Z", "2026-11-28T12:00:00Z", weekdays);
        assert_eq!(friday, "closes Sat 28 00:00, opens Mon 30 00:00");
    }

    #[test]
    fn lunch_is_no_closing_and_a_night_service_closes_in_the_morning() {
        let lunch = "Mon-Fri 08:00-12:30, 14:00-17:30";
        let evening = "closes Wed 25 17:30, opens Thu 26 08:00";
        for now in ["2026-11-25T11:00:00Z", "2026-11-25T13:00:00Z", "2026-11-25T15:30:00Z"] {
            assert_eq!(rule(now, "2026-11-25T20:00:00Z", lunch), evening, "{now}");
            assert_eq!(rule(now, "2026-11-25T16:00:00Z", lunch), "-", "{now}");
        }
        let nights = "daily 18:30-08:00";
        assert_eq!(
            rule("2026-11-25T15:30:00Z", "2026-11-26T10:00:00Z", nights),
            "closes Thu 26 08:00, opens Thu 26 18:30"
        );
        assert_eq!(rule("2026-11-25T12:00:00Z", "2026-11-25T13:00:00Z", nights), "shut, opens Wed 25 18:30");
    }

    #[test]
    fn on_the_weekends_the_clocks_change_they_close_by_the_wall() {
        // Saturday before the clocks go back: British Summer Time in the afternoon, GMT on Monday.
        let saturday = "Mon-Fri 08:00-17:30; Sat 09:00-17:00";
        assert_eq!(
            rule("2026-10-24T14:30:00Z", "2026-10-25T12:00:00Z", saturday),
            "closes Sat 24 16:00, opens Mon 26 08:00"
        );
        // And forward, in March.
        assert_eq!(
            rule("2027-03-27T14:30:00Z", "2027-03-28T12:00:00Z", saturday),
            "closes Sat 27 17:00, opens Mon 29 07:00"
        );
    }

    #[test]
    fn hours_that_nobody_wrote_down_or_nobody_can_read_say_so() {
        let england = Calendar::england();
        let days = OfficeDays { calendar: &england, zone: Zone::default() };
        let now = at("2026-11-25T15:30:00Z");
        assert_eq!(shuts(now, None, days, now), Some(Shuts::NotOnRecord));
        assert_eq!(shuts(now, Some(" "), days, now), Some(Shuts::NotOnRecord));
        let odd = Shuts::NotReadable { hours: "nine to five".to_owned() };
        assert_eq!(shuts(now, Some("nine to five"), days, now), Some(odd));
    }

    #[test]
    fn it_is_said_from_half_past_three_earlier_on_fridays_and_on_eves_of_bank_holidays() {
        let england = Calendar::england();
        let days = OfficeDays { calendar: &england, zone: Zone::default() };
        let time = |clock: &str| chrono::NaiveTime::parse_from_str(clock, "%H:%M").unwrap();
        let before = RingBefore { weekday: time("15:30"), friday: time("14:30"), eve: time("13:00") };
        for (now, from) in [
            ("2026-11-25T09:00:00Z", "2026-11-25T15:30:00Z"),
            ("2026-11-27T09:00:00Z", "2026-11-27T14:30:00Z"),
            ("2026-12-24T09:00:00Z", "2026-12-24T13:00:00Z"),
            // The Friday before a bank holiday Monday, and Maundy Thursday, in summer time.
            ("2026-08-28T09:00:00Z", "2026-08-28T12:00:00Z"),
            ("2026-04-02T09:00:00Z", "2026-04-02T12:00:00Z"),
            ("2026-04-07T09:00:00Z", "2026-04-07T14:30:00Z"),
            // Days that are not worked: all day.
            ("2026-11-28T09:00:00Z", "2026-11-28T00:00:00Z"),
            ("2026-12-25T09:00:00Z", "2026-12-25T00:00:00Z"),
            // Both Sundays on which the clocks change.
            ("2026-10-25T12:00:00Z", "2026-10-24T23:00:00Z"),
            ("2027-03-28T12:00:00Z", "2027-03-28T00:00:00Z"),
        ] {
            assert_eq!(told_from(&before, days, at(now)), at(from), "{now}");
        }
    }
}
