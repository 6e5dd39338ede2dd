//! What rings for whom: a pure function of what is owed, who has seen it, and now.
//!
//! Something owed calls when it arrives, is due soon, late, long late, as its kind says in `clocks.toml`. Whoever
//! acknowledges it has peace of it, and nobody else has; it comes back to them after a while, and at once when it gets
//! worse. Nothing is kept of what rang: a program remembers which calls it has heard ([`Heard`]), so that each rings once.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};

use super::clocks::{Event, Lateness, Turns};
use super::commitment::Acknowledged;
use super::ids::{CaseId, CommitmentId};

/// Something owed, as far as the clock goes: no words, and nobody's name but of who has seen it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticking {
    /// What it is.
    pub id: CommitmentId,
    /// When its state changes.
    pub turns: Turns,
    /// What rings about it.
    pub rings: Vec<Event>,
    /// A review, which looks back: late, it is counted and no alarm.
    pub looks_back: bool,
    /// Who has seen it, and when.
    pub acknowledged: Vec<Acknowledged>,
}

/// One reason for the bell to ring.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Call {
    /// About what.
    pub id: CommitmentId,
    /// Why.
    pub event: Event,
    /// It comes back to somebody who acknowledged it then.
    pub back: Option<DateTime<Utc>>,
}

/// What calls somebody now, and when to look again.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Calls {
    /// All that calls, whether it has rung or not.
    pub calls: BTreeSet<Call>,
    /// When that changes next.
    pub again: Option<DateTime<Utc>>,
}

/// What calls whoever sits here at `now`. What they acknowledged is silent for `comes_back`, unless it got worse since.
pub fn calls(owed: &[Ticking], me: Option<CaseId>, comes_back: TimeDelta, now: DateTime<Utc>) -> Calls {
    let mut found = Calls::default();
    for one in owed {
        let state = one.turns.state(now);
        let mut again = one.turns.next(now);
        let event = reached(one, state);
        let seen = one.acknowledged.iter().rev().find(|seen| Some(seen.by) == me);
        let back = match seen {
            // It is worse than it was when they saw it, and that rings.
            Some(seen) if event > reached(one, one.turns.state(seen.at)) => None,
            Some(seen) => {
                let back = seen.at + comes_back;
                if now < back {
                    again = again.into_iter().chain([back]).min();
                    found.again = found.again.into_iter().chain(again).min();
                    continue;
                }
                Some(seen.at)
            }
            None => None,
        };
        found.again = found.again.into_iter().chain(again).min();
        found.calls.extend(event.map(|event| Call { id: one.id.clone(), event, back }));
    }
    found
}

/// The worst that has come about and that rings.
fn reached(one: &Ticking, state: Lateness) -> Option<Event> {
    let has_come = |event: &Event| match event {
        Event::Arrives => true,
        Event::DueSoon => state >= Lateness::DueSoon,
        Event::Late => state >= Lateness::Late,
        Event::LongLate => state >= Lateness::LongLate,
    };
    one.rings.iter().copied().filter(has_come).max()
}

/// How many are long late, late and due soon: counts are all that a locked desk and a terminal's title may say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Long late.
    pub long_late: usize,
    /// Late, and not long.
    pub late: usize,
    /// Due soon.
    pub due_soon: usize,
}

/// Counts them. A review that is late is no alarm.
pub fn tally(owed: &[Ticking], now: DateTime<Utc>) -> Tally {
    let mut tally = Tally::default();
    for one in owed {
        match one.turns.state(now) {
            _ if one.looks_back => {}
            Lateness::LongLate => tally.long_late += 1,
            Lateness::Late => tally.late += 1,
            Lateness::DueSoon => tally.due_soon += 1,
            Lateness::Fresh => {}
        }
    }
    tally
}

/// What somebody at a terminal has heard.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Heard {
    whose: Option<Option<CaseId>>,
    calls: BTreeSet<Call>,
}

impl Heard {
    /// Takes in what calls now and says whether the bell is to ring: once for all that is new. What calls already when
    /// somebody sits down rings for nobody, and what they recorded themselves (`own`) is no news to them.
    pub fn rings(&mut self, me: Option<CaseId>, now: &Calls, own: impl Fn(&CommitmentId) -> bool) -> bool {
        let is_new = |call: &&Call| {
            !self.calls.contains(*call)
                && !(call.event == Event::Arrives && call.back.is_none() && own(&call.id))
        };
        let rings = self.whose == Some(me) && now.calls.iter().any(|call| is_new(&call));
        self.whose = Some(me);
        self.calls.clone_from(&now.calls);
        rings
    }
}
