//! How what is owed stands against the clock: fresh, due soon, late, long late, by the thresholds of its kind.
//!
//! The thresholds, what rings and when it comes back are an office's own (`clocks.toml`); which file says so is left to
//! `pathway::clocks`. What rings for whom is left to [`super::bell`]. Everything here is a pure function of stored times and
//! the `now` that is handed in.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use serde::{Deserialize, Serialize};

use super::answer::YesNo;
use super::commitment::Commitment;
use super::eyes::EyesOn;

/// From here on two readings of a machine's clock do not go together: less is what setting it right over a network does.
pub const JUMP: TimeDelta = TimeDelta::minutes(2);

/// For so long an office records nothing only where its clock is wrong: every sign-in is an entry.
pub const SILENCE: TimeDelta = TimeDelta::days(14);

/// Why a machine's clock is in doubt, by when the record was last written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockDoubt {
    /// Something was recorded at a time that is still to come.
    FromTheFuture(DateTime<Utc>),
    /// Nothing was recorded since: the clock may have jumped ahead.
    Silence(DateTime<Utc>),
}

impl ClockDoubt {
    /// Whether the latest entry and a clock that says `now` go together.
    pub fn of(latest: DateTime<Utc>, now: DateTime<Utc>) -> Option<Self> {
        if latest - now >= JUMP {
            return Some(ClockDoubt::FromTheFuture(latest));
        }
        (now - latest >= SILENCE).then_some(ClockDoubt::Silence(latest))
    }
}

/// How something owed stands against the clock, the least pressing first. Computed on reading, never stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Lateness {
    /// More time than the warning asks for.
    Fresh,
    /// Within the warning time.
    DueSoon,
    /// Past its time.
    Late,
    /// Past its time for longer than its kind allows before it counts as worse.
    LongLate,
}

impl Lateness {
    /// Past its time, for however long.
    pub fn is_late(self) -> bool {
        self >= Lateness::Late
    }
}

/// What can ring the bell about something owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// It came to be owed.
    Arrives,
    /// It is due soon from now on.
    DueSoon,
    /// Its time has passed.
    Late,
    /// It is long late from now on.
    LongLate,
}

/// The thresholds of every kind, and what goes with them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clocks {
    /// The kinds in the order in which they are tried.
    pub kinds: Vec<Kind>,
    /// Whether the terminal's bell rings at all.
    pub rings: bool,
    /// Whether the terminal's title counts what waits.
    pub title: bool,
    /// After how long what somebody acknowledged comes back to them.
    pub comes_back: TimeDelta,
    /// From when on a day a promise wants a call before its organisation shuts.
    pub ring_before: RingBefore,
    /// When nobody has their eyes on the person of an urgent call.
    pub eyes_on: EyesOn,
    /// When an offer that nobody has answered stands out.
    pub offers: Offers,
    /// When an urgent call that was begun and not saved is late, and what rings about it.
    pub unfinished: Unfinished,
    /// How long before its end the calendar of bank holidays warns.
    pub calendar_warn: TimeDelta,
}

/// A kind of thing owed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kind {
    /// Its id in the file.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What is of this kind.
    pub of: Of,
    /// How long before its time it is due soon, where its definition does not say.
    pub due_soon: Option<TimeDelta>,
    /// How long after its time it is long late.
    pub long_late: Option<TimeDelta>,
    /// What rings about it, in urgent cases.
    pub rings: Vec<Event>,
    /// After how long it rings again, until somebody acknowledges it.
    pub again: Option<TimeDelta>,
}

/// What a kind asks of something owed. All that is asked has to fit; without any, everything does.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Of {
    /// Settled by one of these steps.
    pub steps: Vec<String>,
    /// Opened by one of these rows (`liaise.promises`).
    pub rows: Vec<String>,
    /// The completion of a record that was saved with blanks.
    pub incomplete: bool,
    /// The review of an interim control.
    pub control: bool,
    /// Owed by somebody outside.
    pub outside: bool,
}

impl Of {
    /// Whether something owed is of this kind.
    pub fn fits(&self, owed: &Commitment) -> bool {
        let is_one = |asked: &[String], has: Option<&String>| {
            asked.is_empty() || has.is_some_and(|has| asked.contains(has))
        };
        is_one(&self.steps, owed.step.as_ref())
            && is_one(&self.rows, owed.opened_in.as_ref())
            && (!self.incomplete || owed.id.place.split('.').next() == Some(Commitment::INCOMPLETE))
            && (!self.control || owed.control == YesNo::Yes)
            && (!self.outside || owed.obligor.is_outside())
    }
}

/// How long an urgent call may lie unfinished.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfinished {
    /// So long after the last that was typed it is late.
    pub late: TimeDelta,
    /// So long after it, it is long late.
    pub long_late: TimeDelta,
    /// What rings about it.
    pub rings: Vec<Event>,
}

/// When an offer that nobody has answered stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offers {
    /// So long after it was made.
    pub unanswered: TimeDelta,
    /// So long before what is offered falls due; where it was made later than that, after half of the time that was left.
    pub before_due: TimeDelta,
}

impl Offers {
    /// From when on an offer stands out that was made at `at`: before what is offered is late, wherever there is time.
    pub fn from(&self, at: DateTime<Utc>, due: Option<DateTime<Utc>>) -> DateTime<Utc> {
        let waited = at + self.unanswered;
        let by_due = due.filter(|due| *due > at).map(|due| (due - self.before_due).max(at + (due - at) / 2));
        by_due.map_or(waited, |by_due| by_due.min(waited))
    }
}

/// From when on a day a promise that falls due after its organisation has shut wants a call; wall times of the office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RingBefore {
    /// Monday to Thursday.
    pub weekday: NaiveTime,
    /// On Fridays.
    pub friday: NaiveTime,
    /// On the last working day before a bank holiday.
    pub eve: NaiveTime,
}

impl RingBefore {
    /// The time on a day. Of a Friday that is also an eve, the earlier.
    pub fn on(&self, day: NaiveDate, is_eve: bool) -> NaiveTime {
        let usual = if day.weekday() == Weekday::Fri { self.friday } else { self.weekday };
        if is_eve { usual.min(self.eve) } else { usual }
    }
}

/// The instants at which the state of something owed changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turns {
    /// Due soon from here on.
    pub due_soon: Option<DateTime<Utc>>,
    /// The due time: late once it has passed. `None` of what is eased, which is owed still and never late.
    pub due: Option<DateTime<Utc>>,
    /// Long late from here on.
    pub long_late: Option<DateTime<Utc>>,
}

impl Turns {
    /// How it stands at `now`.
    pub fn state(&self, now: DateTime<Utc>) -> Lateness {
        let reached = |at: Option<DateTime<Utc>>| at.is_some_and(|at| now >= at);
        if self.due.is_some_and(|due| now > due) {
            if reached(self.long_late) { Lateness::LongLate } else { Lateness::Late }
        } else if reached(self.due_soon) {
            Lateness::DueSoon
        } else {
            Lateness::Fresh
        }
    }

    /// From when on something that rings has come about; `None` of what is there from the beginning.
    pub fn begins(&self, event: Event) -> Option<DateTime<Utc>> {
        match event {
            Event::Arrives => None,
            Event::DueSoon => self.due_soon,
            Event::Late => self.due,
            Event::LongLate => self.long_late,
        }
    }

    /// When it changes next after `now`. Late begins with the second after the due time.
    pub fn next(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let late = self.due.map(|due| due + TimeDelta::seconds(1));
        [self.due_soon, late, self.long_late].into_iter().flatten().filter(|at| *at > now).min()
    }
}

impl Clocks {
    /// The kind of something owed; `None` where the file has none that fits.
    pub fn kind(&self, owed: &Commitment) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.of.fits(owed))
    }

    /// When it changes its state. A warning that its definition gave stands before the kind's.
    pub fn turns(&self, owed: &Commitment) -> Turns {
        let kind = self.kind(owed);
        let by_kind = kind.and_then(|kind| owed.due.checked_sub_signed(kind.due_soon?));
        let due_soon = owed.warn_from.or(by_kind);
        if owed.eased().is_some() {
            // Past its time it wants somebody still.
            let past = owed.due + TimeDelta::seconds(1);
            return Turns {
                due_soon: Some(due_soon.map_or(past, |from| from.min(past))),
                due: None,
                long_late: None,
            };
        }
        let long_late = kind.and_then(|kind| owed.due.checked_add_signed(kind.long_late?));
        Turns { due_soon, due: Some(owed.due), long_late }
    }

    /// Whether an offer stands out at `now`: made at `at`, of something that falls due then, if it does.
    pub fn stands_out(&self, at: DateTime<Utc>, due: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
        now >= self.offers.from(at, due)
    }

    /// How something owed stands at `now`. What has been eased still wants somebody, and is never late.
    pub fn state(&self, owed: &Commitment, now: DateTime<Utc>) -> Lateness {
        self.turns(owed).state(now)
    }

    /// How far off or how late it is, in words: `in 3m`, `late 14m`, `long late 3h 10m`; past its time but eased,
    /// `999 gone 8m`.
    pub fn distance(&self, owed: &Commitment, now: DateTime<Utc>) -> String {
        owed.distance(now, self.state(owed, now))
    }
}
