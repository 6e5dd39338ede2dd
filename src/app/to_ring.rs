//! How many are to be rung before they shut, in one line over the dashboard: from a configured time of the day, until the
//! last of them has closed. Which they are stands in a list of its own.

use chrono::{DateTime, Utc};

use super::msg::{Effect, Failure};
use super::{ActionId, App, Key, Place, Request};
use crate::domain::time::display;
use crate::domain::words::queues as words;

/// What is known of whom to ring.
#[derive(Debug, Clone, Default)]
pub(super) struct ToRing {
    /// The last question.
    request: Request,
    /// From when on the day it is told.
    from: Option<DateTime<Utc>>,
    /// When each of them closes.
    closes: Vec<DateTime<Utc>>,
}

impl ToRing {
    /// When there is something to be asked or told anew, after `now`.
    pub(super) fn next(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.from.into_iter().chain(self.closes.iter().copied()).filter(|at| *at > now).min()
    }
}

impl App {
    /// Asks how many are to be rung.
    pub(super) fn ask_to_ring(&mut self, out: &mut Vec<Effect>) {
        self.to_ring.request = self.ask();
        out.push(Effect::ReadToRing(self.to_ring.request));
    }

    /// Forgets it: it was told to somebody else.
    pub(super) fn forget_to_ring(&mut self) {
        self.to_ring = ToRing::default();
    }

    /// Takes the answer. One that could not be read tells nothing; the list says why.
    pub(super) fn read_to_ring(
        &mut self,
        request: Request,
        answer: Result<(DateTime<Utc>, Vec<DateTime<Utc>>), Failure>,
        out: &mut Vec<Effect>,
    ) {
        if request != self.to_ring.request {
            return;
        }
        let (from, closes) = answer.map_or((None, Vec::new()), |(from, closes)| (Some(from), closes));
        (self.to_ring.from, self.to_ring.closes) = (from, closes);
        self.wake(out);
    }

    /// Asks once the time of the day has come at which it is told.
    pub(super) fn ask_to_ring_in_time(&mut self, before: DateTime<Utc>, out: &mut Vec<Effect>) {
        if self.to_ring.from.is_some_and(|from| before < from && from <= self.now) {
            self.ask_to_ring(out);
        }
    }

    /// The key of the list and the line: how many are to be rung, and before when.
    pub fn to_ring(&self) -> Option<(Option<Key>, String)> {
        let open: Vec<DateTime<Utc>> =
            self.to_ring.closes.iter().copied().filter(|at| *at > self.now).collect();
        let first = open.iter().min()?;
        let clock = display::weekday_clock(*first, self.now, self.zone);
        let at_once = open.iter().all(|at| at == first);
        let key = self.keymap.key_for(Place::Board, ActionId::RingBefore);
        Some((key, words::to_ring(open.len(), &clock, at_once)))
    }
}
