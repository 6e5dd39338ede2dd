//! What people type for a time or a date, read tolerantly and always said back.
//!
//! "half four", "1640", "tomorrow 9", "-20m", "25 dec 14:00". A time on its own needs a direction: something
//! observed lies behind us, something promised lies ahead ([`Lean`]). What cannot be meant is refused with a
//! hint, what can be meant twice is asked. The box that it is typed into is left to `form`.

mod clock;
mod date;
mod day;
mod settle;
mod span;
#[cfg(test)]
mod tests;
mod token;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc};

pub use self::date::{UnderstoodDate, understand_date, understand_date_leaning};
pub use self::day::month_named;
use self::settle::{Meant, ZoneSaid};
use self::token::Token;
use super::display;
use super::zone::Zone;
use crate::domain::answer::{Precision, When};
use crate::domain::words::time as words;

/// More characters than any time or date needs.
const LONGEST: usize = 80;

/// Which way a time points that was typed without its day, or a date without its year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lean {
    /// Something observed, said or done: the latest such time that is not after now, give or take five minutes.
    Past,
    /// Something promised or due: the next such time.
    Future,
}

/// How a typed time was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Understood {
    /// In one way. Show it with [`in_words`].
    One(When),
    /// It was on the wall twice, the night the clocks go back: ask which.
    Which {
        /// The first pass, in summer time.
        first: When,
        /// The second pass.
        second: When,
    },
    /// It was never on the wall, the night the clocks go forward.
    Never {
        /// Why not.
        why: String,
        /// The same minute of the hour before the gap.
        before: When,
        /// The same minute of the hour after it.
        after: When,
    },
    /// A time of day that comes in a while, where something that has happened is asked for: ask whether yesterday is meant.
    Ahead {
        /// When it comes.
        comes: When,
        /// The last time that it was.
        before: When,
    },
    /// Not at all.
    Not {
        /// What to type instead.
        hint: String,
    },
}

/// Reads a time as people type it.
///
/// A day alone has precision `Day`; "unknown" has precision `Unknown` and `now` as the latest it can have been.
/// Clock times are read to the minute or, where seconds were typed, to the second.
pub fn understand_time(text: &str, now: DateTime<Utc>, zone: Zone, lean: Lean) -> Understood {
    read(text, now, zone, lean).unwrap_or_else(|hint| Understood::Not { hint })
}

fn read(text: &str, now: DateTime<Utc>, zone: Zone, lean: Lean) -> Result<Understood, String> {
    let text = tidy(text)?;
    let now = now.with_nanosecond(0).unwrap_or(now);
    let mut tokens = token::tokens(&text);
    let about = token::take_about(&mut tokens);
    let precision = if about { Precision::About } else { Precision::Exact };

    match tokens.as_slice() {
        [Token::Word("unknown" | "unsure")]
        | [Token::Word("not"), Token::Word("known" | "sure")]
        | [Token::Sign('?')]
        | [Token::Word("time"), Token::Word("unknown")]
        | [Token::Word("time"), Token::Word("not"), Token::Word("known")] => {
            return Ok(Understood::One(When { at: now, precision: Precision::Unknown }));
        }
        [Token::Word("now")] | [Token::Word("just" | "right"), Token::Word("now")] => {
            return Ok(Understood::One(When { at: now, precision }));
        }
        _ => {}
    }
    let said = settle::take_zone(&mut tokens, now, zone);
    if let Some(span) = span::span(&tokens, span::Small::Minutes) {
        return relative(&span, now, zone, precision);
    }
    let half = token::take_half(&mut tokens);
    if half.is_some() && tokens.is_empty() {
        return Err(words::HINT_PART_OF_DAY.to_owned());
    }
    let (day, clock) = split(&tokens, now, zone).ok_or_else(|| words::HINT_TIME.to_owned())?;
    let Some(clock) = clock else {
        let day = day.ok_or_else(|| words::HINT_TIME.to_owned())?;
        if half.is_some() {
            return Err(words::HINT_PART_OF_DAY.to_owned());
        }
        let at = zone.start_of_day(day.nearest(zone.day(now), lean)?);
        return Ok(Understood::One(When { at, precision: Precision::Day }));
    };
    let times = clock.in_half(half).times()?;
    let meant = Meant { now, zone, lean, said, precision };
    match day {
        None => Ok(meant.asking_if_ahead(meant.on_the_nearest_day(&times)?, &times)),
        Some(day) => meant.on_the_day(&day, &times),
    }
}

/// A day, a clock time, or both in either order: every token has to be used.
fn split(
    tokens: &[Token<'_>],
    now: DateTime<Utc>,
    zone: Zone,
) -> Option<(Option<day::Day>, Option<clock::Clock>)> {
    let today = zone.day(now);
    if let Some((clock, [])) = clock::clock(tokens) {
        return Some((None, Some(clock)));
    }
    if let Some((day, rest)) = day::day(tokens, today) {
        if rest.is_empty() {
            return Some((Some(day), None));
        }
        if let Some((clock, [])) = clock::clock(rest) {
            return Some((Some(day), Some(clock)));
        }
    }
    let (clock, rest) = clock::clock(tokens)?;
    match day::day(rest, today)? {
        (day, []) => Some((Some(day), Some(clock))),
        _ => None,
    }
}

/// "+1d 2h", "20 min ago": days by the wall, hours and minutes as they pass.
fn relative(
    span: &span::Span,
    now: DateTime<Utc>,
    zone: Zone,
    precision: Precision,
) -> Result<Understood, String> {
    let too_far = || words::HINT_TOO_FAR.to_owned();
    let passing = TimeDelta::minutes(span.minutes);
    if span.days == 0 && span.months == 0 {
        let at = now.checked_add_signed(passing).filter(settle::is_near).ok_or_else(too_far)?;
        return Ok(Understood::One(When { at, precision }));
    }
    let local = zone.local(now);
    let day = span.after(local.date()).ok_or_else(too_far)?;
    let settled = settle::settled(NaiveDateTime::new(day, local.time()), &ZoneSaid::Office, zone, precision)?;
    Ok(settle::later(settled, passing))
}

/// Trims, lowers and caps what was typed, so that everything after takes bounded time.
fn tidy(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err(words::HINT_EMPTY.to_owned());
    }
    if text.chars().nth(LONGEST).is_some() {
        return Err(words::HINT_TOO_LONG.to_owned());
    }
    Ok(text.to_lowercase())
}

/// Says how a time was understood, with day and zone: `today 16:40 GMT`, `yesterday about 23:50 GMT`,
/// `Fri 25-Dec-2026 14:00 GMT`. Midnight is said with the two days it lies between.
pub fn in_words(when: &When, now: DateTime<Utc>, zone: Zone) -> String {
    if when.precision == Precision::Unknown {
        return words::NOT_KNOWN.to_owned();
    }
    let day = zone.day(when.at);
    let near = near_day(day, zone.day(now));
    if when.precision == Precision::Day {
        let day = display::weekday_date(day);
        let said = near.map_or(day.clone(), |near| format!("{near}, {day}"));
        return words::day_only(&said);
    }
    let clock = display::clock_zone(when.at, zone);
    let clock = if when.precision == Precision::About { words::about(&clock) } else { clock };
    let said = format!("{} {clock}", near.map_or_else(|| display::weekday_date(day), str::to_owned));
    match day.pred_opt() {
        Some(before) if zone.local(when.at).time() == NaiveTime::MIN => {
            let between =
                words::midnight_between(&display::weekday_date(before), &display::weekday_date(day));
            format!("{said}, {between}")
        }
        _ => said,
    }
}

fn near_day(day: NaiveDate, today: NaiveDate) -> Option<&'static str> {
    match (day - today).num_days() {
        -1 => Some(words::YESTERDAY),
        0 => Some(words::TODAY),
        1 => Some(words::TOMORROW),
        _ => None,
    }
}
