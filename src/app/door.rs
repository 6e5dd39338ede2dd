//! The door: the SSH key by which somebody came in, asked after again and again while they are here.
//!
//! A key that is taken back or over lets nobody stay: what was typed is kept, and the program ends. What a key does
//! is known by the record alone.

use chrono::{DateTime, TimeDelta, Utc};

use super::App;
use super::msg::{Effect, Own};
use crate::domain::ids::CaseId;
use crate::domain::keys::{Fingerprint, Standing};
use crate::domain::words::keys as words;

/// The longest between two questions, where nothing is written meanwhile; a key that is taken back is out within half
/// a minute, a slow disk included.
const ASKED_EVERY: TimeDelta = TimeDelta::seconds(20);

/// The key by which somebody came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Door {
    /// The key.
    pub key: Fingerprint,
    /// Whose own it is: nobody else is here until they leave. `None` for a workstation's, at which people sign in and
    /// out.
    pub own: Option<CaseId>,
}

impl App {
    /// Somebody came in by key.
    pub fn came_in(&mut self, door: Door) {
        self.door_next = Some(self.now + ASKED_EVERY);
        self.door = Some(door);
    }

    /// Whose own key it is by which somebody came in: nobody else signs in where they sit.
    pub(super) fn key_owner(&self) -> Option<CaseId> {
        self.door.as_ref().and_then(|door| door.own)
    }

    /// Asks after the key, and says when it is to be asked after again.
    pub(super) fn ask_door(&mut self, out: &mut Vec<Effect>) {
        let Some(door) = &self.door else { return };
        out.push(Effect::CheckKey(door.key.clone()));
        self.door_next = Some(self.now + ASKED_EVERY);
        self.wake(out);
    }

    /// Asks after the key where it is time to. A clock that was set back does not put it off.
    pub(super) fn door_in_time(&mut self, out: &mut Vec<Effect>) {
        let is_due = |next: DateTime<Utc>| next <= self.now || next > self.now + ASKED_EVERY;
        if self.door_next.is_some_and(is_due) {
            self.ask_door(out);
        }
    }

    /// What the record says of the key. One that it cannot be asked about now is asked about again.
    pub(super) fn door_answered(&mut self, answer: Result<Standing, String>, out: &mut Vec<Effect>) {
        if let Some(why) = answer.ok().as_ref().and_then(words::refused) {
            self.keep_all(out);
            out.push(Effect::Own(Own::ThrowOut(why)));
        }
    }

    /// Has the program woken for whatever comes first: something due on the dashboard, or the door.
    pub(super) fn wake(&self, out: &mut Vec<Effect>) {
        let times = self.due_next.into_iter().chain(self.door_next).chain(self.attention.again);
        let times = times.chain(self.to_ring.next(self.now));
        let times = times.filter(|at| *at > self.now);
        out.extend(times.min().map(|at| Effect::Own(Own::WakeAt(at))));
    }
}
