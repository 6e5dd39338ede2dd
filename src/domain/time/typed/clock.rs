//! The clock part of what was typed: "1640", "4.40pm", "half four", "ten to six", "midnight".

use chrono::NaiveTime;

use super::token::{Half, Token};
use crate::domain::words::time as words;

/// A clock time as it was typed, before anybody knows its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clock {
    /// Hour, minute, second, and what they leave open.
    At {
        /// As typed; may be impossible.
        hour: u32,
        /// As typed; may be impossible.
        minute: u32,
        /// As typed; may be impossible.
        second: u32,
        /// What is known of the half of the day.
        reading: Reading,
    },
    /// "midnight": the end of a day that is named, the nearest one otherwise.
    Midnight,
}

/// Which half of the day an hour is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// Written as 24 hours.
    Day,
    /// A clock face: either half.
    Face,
    /// "am".
    Am,
    /// "pm".
    Pm,
}

/// The clock times that can be meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Times {
    /// One.
    One(NaiveTime),
    /// The same face of the clock in both halves of the day.
    Either(NaiveTime, NaiveTime),
    /// The midnight that ends the day.
    EndOfDay,
}

impl Clock {
    /// Settles a clock face by the half of the day that was named beside it.
    pub(super) fn in_half(self, half: Option<Half>) -> Self {
        match (self, half) {
            (Clock::At { hour, minute, second, reading: Reading::Face }, Some(half)) => {
                let reading = if half == Half::Morning { Reading::Am } else { Reading::Pm };
                Clock::At { hour, minute, second, reading }
            }
            _ => self,
        }
    }

    /// The times it can mean, or why it means none.
    pub(super) fn times(self) -> Result<Times, String> {
        let Clock::At { hour, minute, second, reading } = self else {
            return Ok(Times::EndOfDay);
        };
        let at = |hour| {
            NaiveTime::from_hms_opt(hour, minute, second)
                .ok_or_else(|| words::no_such_clock(&format!("{hour:02}:{minute:02}")))
        };
        match reading {
            Reading::Am if (1..=12).contains(&hour) => at(hour % 12).map(Times::One),
            Reading::Pm if (1..=12).contains(&hour) => at(hour % 12 + 12).map(Times::One),
            Reading::Am if hour > 12 => Err(words::no_such_clock(&format!("{hour:02}:{minute:02} am"))),
            Reading::Face if (1..=12).contains(&hour) => {
                Ok(Times::Either(at(hour % 12)?, at(hour % 12 + 12)?))
            }
            _ => at(hour).map(Times::One),
        }
    }
}

/// Reads a clock time off the front and gives back what is left.
pub(super) fn clock<'t, 'a>(tokens: &'t [Token<'a>]) -> Option<(Clock, &'t [Token<'a>])> {
    use Token::{Number, Sign, Word};
    let noon = Clock::At { hour: 12, minute: 0, second: 0, reading: Reading::Day };
    match tokens {
        [Word("noon" | "midday"), rest @ ..] => Some((noon, rest)),
        [Word("midnight"), rest @ ..] => Some((Clock::Midnight, rest)),
        [Word("half"), Word("past"), rest @ ..] | [Word("half"), rest @ ..] => spoken(rest, 30),
        [Word("a"), Word("quarter"), Word(side @ ("past" | "to")), rest @ ..]
        | [Word("quarter"), Word(side @ ("past" | "to")), rest @ ..] => beside(15, side, rest),
        [
            Number(hour, digits @ (1 | 2)),
            Sign(':' | '.'),
            Number(minute, 2),
            Sign(':'),
            Number(second, 2),
            rest @ ..,
        ] => Some(read_half(*hour, *minute, *second, with_minutes(*digits), rest)),
        [Number(hour, digits @ (1 | 2)), Sign(':' | '.'), Number(minute, 2), rest @ ..]
        | [Number(hour, digits @ (1 | 2)), Word("h"), Number(minute, 2), rest @ ..]
        | [Number(hour, digits @ (1 | 2)), Number(minute, 2), rest @ ..] => {
            Some(read_half(*hour, *minute, 0, with_minutes(*digits), rest))
        }
        [Number(both, digits @ (3 | 4)), rest @ ..] => {
            let reading = if *digits == 3 { Reading::Face } else { Reading::Day };
            Some(read_half(both / 100, both % 100, 0, reading, rest))
        }
        _ => minutes_beside(tokens).or_else(|| spoken(tokens, 0)),
    }
}

/// "ten to six", "20 past 4", "twenty five minutes past three".
fn minutes_beside<'t, 'a>(tokens: &'t [Token<'a>]) -> Option<(Clock, &'t [Token<'a>])> {
    let (minutes, rest) = count(tokens)?;
    let rest = match rest {
        [Token::Word("min" | "mins" | "minute" | "minutes"), rest @ ..] => rest,
        _ => rest,
    };
    match rest {
        [Token::Word(side @ ("past" | "to")), rest @ ..] => beside(minutes, side, rest),
        _ => None,
    }
}

fn beside<'t, 'a>(minutes: u32, side: &str, tokens: &'t [Token<'a>]) -> Option<(Clock, &'t [Token<'a>])> {
    if side == "past" {
        return spoken(tokens, minutes);
    }
    let (clock, rest) = spoken(tokens, 60u32.checked_sub(minutes)? % 60)?;
    let Clock::At { hour, minute, second, reading } = clock else { return Some((clock, rest)) };
    let hour = match (hour, reading) {
        _ if minute == 0 => hour,
        (1, Reading::Face | Reading::Am | Reading::Pm) => 12,
        (0, _) => 23,
        // "ten to twelve pm" is before noon.
        (12, Reading::Am) => {
            return Some((Clock::At { hour: 11, minute, second, reading: Reading::Pm }, rest));
        }
        (12, Reading::Pm) => {
            return Some((Clock::At { hour: 11, minute, second, reading: Reading::Am }, rest));
        }
        _ => hour - 1,
    };
    Some((Clock::At { hour, minute, second, reading }, rest))
}

/// An hour in figures or words, at minutes that are already known: "four", "9", "half 4", "four thirty".
fn spoken<'t, 'a>(tokens: &'t [Token<'a>], minute: u32) -> Option<(Clock, &'t [Token<'a>])> {
    match tokens {
        [Token::Number(hour, digits @ (1 | 2)), rest @ ..] => {
            Some(read_half(*hour, minute, 0, alone(*hour, *digits), rest))
        }
        [Token::Word(word), rest @ ..] => {
            let hour = number_word(word).filter(|hour| (1..=12).contains(hour))?;
            match count(rest) {
                Some((more, rest)) if minute == 0 && more >= 10 => {
                    Some(read_half(hour, more, 0, Reading::Face, rest))
                }
                _ => Some(read_half(hour, minute, 0, Reading::Face, rest)),
            }
        }
        _ => None,
    }
}

/// With minutes beside it, an hour of one digit is a clock face ("4.40"), one of two a 24-hour clock ("09:00").
fn with_minutes(digits: usize) -> Reading {
    if digits == 1 { Reading::Face } else { Reading::Day }
}

/// On its own, "9" and "10" are clock faces; "09" is a 24-hour clock. What is beyond twelve settles itself.
fn alone(hour: u32, digits: usize) -> Reading {
    if digits == 1 || hour >= 10 { Reading::Face } else { Reading::Day }
}

/// "am", "p.m.", "o'clock", "hrs" after the figures.
fn read_half<'t, 'a>(
    hour: u32,
    minute: u32,
    second: u32,
    otherwise: Reading,
    tokens: &'t [Token<'a>],
) -> (Clock, &'t [Token<'a>]) {
    use Token::{Sign, Word};
    let (reading, rest) = match tokens {
        [Word("o'clock" | "oclock" | "h" | "hrs" | "hours"), rest @ ..] => (otherwise, rest),
        [Word("o"), Word("clock"), rest @ ..] => (otherwise, rest),
        [Word("am"), rest @ ..] => (Reading::Am, rest),
        [Word("pm"), rest @ ..] => (Reading::Pm, rest),
        [Word(half @ ("a" | "p")), Sign('.'), Word("m"), Sign('.'), rest @ ..]
        | [Word(half @ ("a" | "p")), Sign('.'), Word("m"), rest @ ..] => {
            (if *half == "a" { Reading::Am } else { Reading::Pm }, rest)
        }
        rest => (otherwise, rest),
    };
    (Clock::At { hour, minute, second, reading }, rest)
}

/// A number of minutes in figures or words.
fn count<'t, 'a>(tokens: &'t [Token<'a>]) -> Option<(u32, &'t [Token<'a>])> {
    match tokens {
        [Token::Number(minutes @ 0..=59, 1 | 2), rest @ ..] => Some((*minutes, rest)),
        [Token::Word(tens @ ("twenty" | "thirty" | "forty" | "fifty")), rest @ ..] => {
            let tens = number_word(tens)?;
            let (dash, after) = match rest {
                [Token::Sign('-'), after @ ..] => (true, after),
                _ => (false, rest),
            };
            match after {
                [Token::Word(unit), left @ ..] if number_word(unit).is_some_and(|unit| unit < 10) => {
                    Some((tens + number_word(unit)?, left))
                }
                _ if dash => None,
                _ => Some((tens, rest)),
            }
        }
        [Token::Word(word), rest @ ..] => Some((number_word(word)?, rest)),
        _ => None,
    }
}

/// Numbers as people say them about a clock.
pub(super) fn number_word(word: &str) -> Option<u32> {
    const WORDS: [&str; 12] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    match word {
        "fifteen" => Some(15),
        "twenty" => Some(20),
        "thirty" => Some(30),
        "forty" => Some(40),
        "fifty" => Some(50),
        _ => (1..).zip(WORDS).find(|(_, name)| *name == word).map(|(number, _)| number),
    }
}
