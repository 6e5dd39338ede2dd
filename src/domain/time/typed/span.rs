//! Distances from now: "+2h", "-20m", "+1d 2h", "20 min ago", "in 2 hours"; for dates "+2d -1w +3m".

use chrono::{Days, Months, NaiveDate};

use super::clock::number_word;
use super::token::Token;

/// What `m` stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Small {
    /// In a time: minutes.
    Minutes,
    /// In a date: months.
    Months,
}

/// A signed distance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Span {
    /// Calendar months.
    pub(super) months: i64,
    /// Calendar days.
    pub(super) days: i64,
    /// Minutes as they pass.
    pub(super) minutes: i64,
}

impl Span {
    /// The day this many months and days away; the end of the month where the month is too short.
    pub(super) fn after(&self, day: NaiveDate) -> Option<NaiveDate> {
        let months = Months::new(u32::try_from(self.months.unsigned_abs()).ok()?);
        let days = Days::new(self.days.unsigned_abs());
        let day =
            if self.months < 0 { day.checked_sub_months(months) } else { day.checked_add_months(months) }?;
        let day = if self.days < 0 { day.checked_sub_days(days) } else { day.checked_add_days(days) }?;
        Some(day).filter(|day| super::settle::is_near_day(*day))
    }
}

/// Reads the whole of the tokens as a distance.
pub(super) fn span(tokens: &[Token<'_>], small: Small) -> Option<Span> {
    match tokens {
        [Token::Sign('+' | '-'), ..] => parts(tokens, 1, small),
        [Token::Word("in"), between @ .., Token::Word("time")] => parts(between, 1, small),
        [Token::Word("in"), rest @ ..] => parts(rest, 1, small),
        [rest @ .., Token::Word("ago" | "before")] => parts(rest, -1, small),
        [rest @ .., Token::Word("from"), Token::Word("now")] => parts(rest, 1, small),
        _ => None,
    }
}

fn parts(tokens: &[Token<'_>], sign: i64, small: Small) -> Option<Span> {
    use Token::{Number, Sign, Word};
    let (mut span, mut sign, mut rest) = (Span::default(), sign, tokens);
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let (count, unit, left) = match rest {
            [Sign('+'), left @ ..] => {
                (sign, rest) = (1, left);
                continue;
            }
            [Sign('-'), left @ ..] => {
                (sign, rest) = (-1, left);
                continue;
            }
            [Word("half"), Word("a" | "an"), Word("hour" | "hr"), left @ ..] => {
                span.minutes += sign * 30;
                rest = left;
                continue;
            }
            [Number(count, _), Word(unit), left @ ..] if *count <= 99_999 => (i64::from(*count), *unit, left),
            [Word("a" | "an"), Word(unit), left @ ..] => (1, *unit, left),
            [Word(count), Word(unit), left @ ..] => (i64::from(number_word(count)?), *unit, left),
            _ => return None,
        };
        let count = sign * count;
        match unit {
            "m" if small == Small::Months => span.months += count,
            "m" | "min" | "mins" | "minute" | "minutes" => span.minutes += count,
            "h" | "hr" | "hrs" | "hour" | "hours" => span.minutes += count * 60,
            "d" | "day" | "days" => span.days += count,
            "w" | "wk" | "wks" | "week" | "weeks" => span.days += count * 7,
            "month" | "months" => span.months += count,
            "y" | "yr" | "yrs" | "year" | "years" => span.months += count * 12,
            _ => return None,
        }
        rest = left;
    }
    Some(span)
}
