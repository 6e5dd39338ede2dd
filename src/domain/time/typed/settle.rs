//! From day and clock to an instant: which day is meant, which half of it, and which pass of the hour.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc};

use super::clock::Times;
use super::day::Day;
use super::token::Token;
use super::{Lean, Understood};
use crate::domain::answer::{Precision, When};
use crate::domain::time::display;
use crate::domain::time::zone::{Wall, Zone};
use crate::domain::words::time as words;

/// A clock in the office and a clock on a telephone differ: this far ahead is still the past.
const GRACE: TimeDelta = TimeDelta::minutes(5);

/// A time of day that is still to come within this long is asked about: whoever writes down what happened mistook a key or
/// the hour at least as often as the day.
const SOON: TimeDelta = TimeDelta::hours(6);

/// A zone typed after the time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ZoneSaid {
    /// None: the office's wall.
    Office,
    /// UTC, whatever the wall shows.
    Utc,
    /// One of the office's two names, in capitals; it answers which pass of the hour is meant.
    Named(String),
}

/// Takes a zone off the end.
pub(super) fn take_zone(tokens: &mut Vec<Token<'_>>, now: DateTime<Utc>, zone: Zone) -> ZoneSaid {
    let Some(Token::Word(last)) = tokens.last() else { return ZoneSaid::Office };
    let said = last.to_uppercase();
    let after_the_change = zone.next_change(now).map_or(now, |change| change.at);
    let found = if matches!(said.as_str(), "UTC" | "Z") {
        ZoneSaid::Utc
    } else if [now, after_the_change].iter().any(|at| zone.abbreviation(*at) == said) {
        ZoneSaid::Named(said)
    } else {
        return ZoneSaid::Office;
    };
    tokens.pop();
    found
}

/// Years that a duty office can mean. Anything else is a slip of the keyboard.
pub(super) fn is_near_day(day: NaiveDate) -> bool {
    (1850..=2200).contains(&day.year())
}

/// Whether an instant lies in such a year.
pub(super) fn is_near(at: &DateTime<Utc>) -> bool {
    is_near_day(at.date_naive())
}

/// One wall time under the zone that was said.
pub(super) fn settled(
    wall: NaiveDateTime,
    said: &ZoneSaid,
    zone: Zone,
    precision: Precision,
) -> Result<Understood, String> {
    if !is_near_day(wall.date()) {
        return Err(words::HINT_TOO_FAR.to_owned());
    }
    let when = |at| When { at, precision };
    let resolved = if *said == ZoneSaid::Utc { Wall::Once(wall.and_utc()) } else { zone.resolve(wall) };
    Ok(match (resolved, said) {
        (Wall::Once(at), ZoneSaid::Named(name)) if zone.abbreviation(at) != *name => {
            let (clock, day) = (display::clock(at, zone), display::weekday_date(zone.day(at)));
            return Err(words::other_zone(name, &clock, &day, &zone.abbreviation(at)));
        }
        (Wall::Once(at), _) => Understood::One(when(at)),
        (Wall::Twice(first, second), ZoneSaid::Named(name)) => {
            Understood::One(when(if zone.abbreviation(first) == *name { first } else { second }))
        }
        (Wall::Twice(first, second), _) => Understood::Which { first: when(first), second: when(second) },
        (Wall::Never { gap_from, gap_to }, _) => never(wall, gap_from, gap_to, zone, precision),
    })
}

fn never(
    wall: NaiveDateTime,
    gap_from: NaiveDateTime,
    gap_to: NaiveDateTime,
    zone: Zone,
    precision: Precision,
) -> Understood {
    let gap = gap_to - gap_from;
    let change = zone.earliest(gap_to);
    let clock = |wall: NaiveDateTime, at| format!("{} {}", wall.format("%H:%M"), zone.abbreviation(at));
    let why = words::skipped(
        &wall.format("%H:%M").to_string(),
        &display::weekday_date(wall.date()),
        &clock(gap_from, change - TimeDelta::seconds(1)),
        &clock(gap_to, change),
    );
    let when = |wall| When { at: zone.earliest(wall), precision };
    Understood::Never { why, before: when(wall - gap), after: when(wall + gap) }
}

/// Moves what was understood by hours and minutes as they pass.
pub(super) fn later(understood: Understood, by: TimeDelta) -> Understood {
    let moved = |when: When| When { at: when.at.checked_add_signed(by).unwrap_or(when.at), ..when };
    match understood {
        Understood::One(when) => Understood::One(moved(when)),
        Understood::Which { first, second } => {
            Understood::Which { first: moved(first), second: moved(second) }
        }
        other => other,
    }
}

/// Everything that turns a wall time into what was meant.
pub(super) struct Meant {
    pub(super) now: DateTime<Utc>,
    pub(super) zone: Zone,
    pub(super) lean: Lean,
    pub(super) said: ZoneSaid,
    pub(super) precision: Precision,
}

impl Meant {
    /// A clock time without a day: the nearest in the leaning direction.
    pub(super) fn on_the_nearest_day(&self, times: &Times) -> Result<Understood, String> {
        let today = self.wall_now().date();
        let days = [today.checked_sub_days(Days::new(1)), Some(today), today.checked_add_days(Days::new(1))];
        let walls = days.into_iter().flatten().flat_map(|day| walls(day, times)).collect::<Vec<_>>();
        self.nearest(&walls).ok_or_else(|| words::HINT_TIME.to_owned())?
    }

    /// What was understood of a clock time alone, unless it points to another day while the same time is nearer ahead.
    pub(super) fn asking_if_ahead(&self, understood: Understood, times: &Times) -> Understood {
        let Understood::One(before) = understood else { return understood };
        let today = self.wall_now().date();
        if self.lean == Lean::Future || self.zone.day(before.at) == self.zone.day(self.now) {
            return understood;
        }
        let days = [Some(today), today.checked_add_days(Days::new(1))];
        let ahead = Self { lean: Lean::Future, said: self.said.clone(), ..*self };
        let walls = days.into_iter().flatten().flat_map(|day| walls(day, times)).collect::<Vec<_>>();
        match ahead.nearest(&walls) {
            Some(Ok(Understood::One(comes) | Understood::Which { first: comes, .. })) => {
                let wait = comes.at - self.now;
                let is_meant = wait <= SOON && wait < self.now - before.at;
                if is_meant { Understood::Ahead { comes, before } } else { understood }
            }
            Some(Ok(skipped @ Understood::Never { .. })) => skipped,
            _ => understood,
        }
    }

    /// A clock time on a day that was named.
    pub(super) fn on_the_day(&self, day: &Day, times: &Times) -> Result<Understood, String> {
        let today = self.wall_now().date();
        let days = day.candidates(today, self.lean)?;
        let mut walls = days.iter().flat_map(|day| walls(*day, times)).collect::<Vec<_>>();
        if let ([day], Times::Either(..), Lean::Future) = (days.as_slice(), times, self.lean)
            && *day > today
        {
            // "tomorrow 3": nobody promises a visit for three in the night without saying so.
            walls.retain(|wall| (7..19).contains(&wall.time().hour()));
        }
        if let [wall] = walls.as_slice() {
            return settled(*wall, &self.said, self.zone, self.precision);
        }
        let far = if self.lean == Lean::Past { walls.first() } else { walls.last() };
        let otherwise = far.copied();
        match (self.nearest(&walls), otherwise) {
            (Some(found), _) => found,
            (None, Some(wall)) => settled(wall, &self.said, self.zone, self.precision),
            (None, None) => Err(words::HINT_TIME.to_owned()),
        }
    }

    /// The wall that the typed times are on.
    fn wall_now(&self) -> NaiveDateTime {
        if self.said == ZoneSaid::Utc { self.now.naive_utc() } else { self.zone.local(self.now) }
    }

    /// The one of them that is nearest to now in the leaning direction. Of an hour that comes twice, a pass on
    /// the other side of now is not meant.
    fn nearest(&self, walls: &[NaiveDateTime]) -> Option<Result<Understood, String>> {
        let fits = |at: DateTime<Utc>| match self.lean {
            Lean::Past => at <= self.now + GRACE,
            Lean::Future => at >= self.now - TimeDelta::seconds(i64::from(self.now.second())),
        };
        let mut best: Option<(DateTime<Utc>, Result<Understood, String>)> = None;
        for wall in walls {
            let (at, understood) = match settled(*wall, &self.said, self.zone, self.precision) {
                Ok(Understood::Which { first, second }) => match (fits(first.at), fits(second.at)) {
                    (true, true) => (first.at, Ok(Understood::Which { first, second })),
                    (true, false) => (first.at, Ok(Understood::One(first))),
                    (false, true) => (second.at, Ok(Understood::One(second))),
                    (false, false) => continue,
                },
                Ok(Understood::One(when)) => (when.at, Ok(Understood::One(when))),
                other => (self.zone.earliest(*wall), other),
            };
            let nearer = best.as_ref().is_none_or(|(found, _)| match self.lean {
                Lean::Past => at > *found,
                Lean::Future => at < *found,
            });
            if fits(at) && nearer {
                best = Some((at, understood));
            }
        }
        best.map(|(_, understood)| understood)
    }
}

/// The wall times that a day and a clock can mean, in order.
fn walls(day: NaiveDate, times: &Times) -> Vec<NaiveDateTime> {
    match times {
        Times::One(time) => vec![day.and_time(*time)],
        Times::Either(one, other) => vec![day.and_time(*one), day.and_time(*other)],
        Times::EndOfDay => day.succ_opt().map(|next| next.and_time(NaiveTime::MIN)).into_iter().collect(),
    }
}
