//! The rota: who holds a duty at an instant and a place, who comes next, and where nobody is planned.
//!
//! Two things say who holds a duty: a slot of the rota (from, until) and the act by which somebody takes it
//! (`HoldDuty`). What began later counts; what is meant for the place goes before what is meant for everywhere. An act
//! lasts until a slot of its duty and place begins. Where neither says anybody, that is a gap: the next in the chain
//! stands in, and otherwise whoever took the duty last, so that a decision is never nobody's; both are marked.
//!
//! All of it is worked out from what is stored and a time that is handed in: a slot begins and ends without an entry.
//! Times are instants; reading them off the office's wall is left to [`super::time`]. Which slots and people there are
//! is read by the store.

mod ahead;
mod chain;
mod rows;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::ids::CaseId;
use super::permission::{Held, Roles};

pub use ahead::{Cover, Span};
pub use chain::{Link, Order};
pub use rows::{AHEAD, Marked, OnCall, OnCallRow, Part};

/// A duty that nobody was planned for in all this time is no longer on the rota, and nobody is told of its gaps.
pub const KEPT_FOR: TimeDelta = TimeDelta::weeks(4);

/// For so long slots that are over stay at hand: whoever plans the last week again finds all of it.
pub const AT_HAND: TimeDelta = TimeDelta::days(8);

/// A duty, and the place that a slot of it is for; `None` is everywhere.
pub type Post = (String, Option<CaseId>);

/// One stretch of the rota.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    /// The record of the register.
    pub id: CaseId,
    /// The duty's id.
    pub duty: String,
    /// Who is planned.
    pub staff: CaseId,
    /// Where; `None` is everywhere.
    pub place: Option<CaseId>,
    /// From when.
    pub from: DateTime<Utc>,
    /// Until when; at that instant it is over.
    pub until: DateTime<Utc>,
    /// The number to ring, where it is not the one on the staff list.
    pub phone: Option<String>,
}

impl Slot {
    /// Whether it is on at this instant.
    pub fn covers(&self, at: DateTime<Utc>) -> bool {
        self.from <= at && at < self.until
    }

    /// Its duty and place.
    pub fn post(&self) -> Post {
        (self.duty.clone(), self.place)
    }

    fn is_of(&self, duty: &str, place: Option<CaseId>) -> bool {
        self.duty == duty && self.place == place
    }
}

/// A duty that somebody took by an act: the last such act for its duty and place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The duty's id.
    pub duty: String,
    /// Where; `None` is everywhere.
    pub place: Option<CaseId>,
    /// Who took it.
    pub staff: CaseId,
    /// When it was recorded.
    pub since: DateTime<Utc>,
}

/// Somebody of ours whom the rota or a chain names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Person {
    /// Name for display ("OKAFOR, A.").
    pub name: String,
    /// The number on the staff list.
    pub phone: Option<String>,
    /// Their own roles.
    pub roles: Vec<Held>,
}

/// How long it is waited for one in a chain before the next is tried, and who is in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chain {
    /// Its id.
    pub id: String,
    /// What it is called ("Who is rung").
    pub title: String,
    /// Duties and roles in office hours, the first to be rung first.
    pub in_hours: Vec<String>,
    /// The same outside them.
    pub out_of_hours: Vec<String>,
    /// How long an answer is waited for: a due rule ("10 min").
    pub wait: String,
}

/// Somebody who holds a duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    /// Who.
    pub staff: CaseId,
    /// Since when.
    pub since: DateTime<Utc>,
    /// Until when the slot lasts by which they hold it; an act has no end.
    pub until: Option<DateTime<Utc>>,
    /// For which place it was said; `None` is everywhere.
    pub place: Option<CaseId>,
    /// The slot by which they hold it; `None` is an act, or a role.
    pub slot: Option<CaseId>,
    /// The number to ring.
    pub phone: Option<String>,
    /// Nobody is planned: the duty or role by which they stand in. The duty's own where they took it last.
    pub stands_in: Option<String>,
}

/// The rota of an office as of the time at which it was read, and from then on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rota {
    /// Slots that were not over then, or not for longer than [`AT_HAND`], by when they begin.
    pub slots: Vec<Slot>,
    /// Of those that were over for longer, but not than [`KEPT_FOR`]: when the last of each duty and place began.
    pub past: BTreeMap<Post, DateTime<Utc>>,
    /// Who took which duty last.
    pub taken: Vec<Taken>,
    /// Everybody who is named, and everybody with a role that a chain names.
    pub people: BTreeMap<CaseId, Person>,
    /// The names of the places that slots are for.
    pub places: BTreeMap<CaseId, String>,
    /// The office hours, from then on for some days; `None` where the office keeps none.
    pub open: Option<Vec<(DateTime<Utc>, DateTime<Utc>)>>,
    /// Who may hold which duty, and the chains.
    pub roles: Arc<Roles>,
}

impl Rota {
    /// Everybody who holds a duty, whoever began last first. Where nobody is planned, whoever stands in.
    pub fn holders(&self, duty: &str, place: Option<CaseId>, at: DateTime<Utc>) -> Vec<Holding> {
        let held = self.planned(duty, place, at);
        if !held.is_empty() || !self.keeps(duty) {
            return held;
        }
        let stand_in = self.stand_in(duty, place, at);
        if stand_in.is_empty() { self.last(duty, place, at).into_iter().collect() } else { stand_in }
    }

    /// Who holds a duty; of several, whoever began last. `None` only where nobody ever did and no chain leads on.
    pub fn holder(&self, duty: &str, place: Option<CaseId>, at: DateTime<Utc>) -> Option<Holding> {
        self.holders(duty, place, at).into_iter().next()
    }

    /// The last slot of a duty, everywhere, that ended in this time, where somebody else has held the duty since then.
    pub fn relieved(&self, duty: &str, ended: Range<DateTime<Utc>>) -> Option<&Slot> {
        let of_duty = |slot: &&Slot| slot.duty == duty && slot.place.is_none() && ended.contains(&slot.until);
        let last = self.slots.iter().filter(of_duty).max_by_key(|slot| slot.until)?;
        let goes_on = self.planned(duty, None, last.until).iter().any(|held| held.staff == last.staff);
        (!goes_on).then_some(last)
    }

    /// Whether this member of staff holds the duty. Of a role, which this is asked of as often, it is known at once.
    pub fn holds(&self, staff: CaseId, duty: &str, place: Option<CaseId>, at: DateTime<Utc>) -> bool {
        self.knows(duty) && self.holders(duty, place, at).iter().any(|held| held.staff == staff)
    }

    /// What is a role now is no duty, whatever it was when the slots were planned.
    fn knows(&self, duty: &str) -> bool {
        self.roles.duties.contains_key(duty)
            || !self.roles.roles.contains_key(duty)
                && (self.taken.iter().any(|taken| taken.duty == duty) || self.keeps(duty))
    }

    /// The name of somebody on it; empty for whoever is not.
    pub fn name(&self, staff: CaseId) -> &str {
        self.people.get(&staff).map_or("", |person| person.name.as_str())
    }

    /// Whether the duty stands on the rota at all, so that its gaps matter.
    pub fn keeps(&self, duty: &str) -> bool {
        let past = self.past.keys().map(|(kept, _)| kept);
        self.slots.iter().map(|slot| &slot.duty).chain(past).any(|kept| kept == duty)
    }

    /// Every duty and place that stands on it.
    pub fn posts(&self) -> impl Iterator<Item = Post> {
        let planned = self.slots.iter().map(Slot::post).chain(self.past.keys().cloned());
        planned.collect::<std::collections::BTreeSet<_>>().into_iter()
    }

    /// Whoever is planned for it or took it: those of the place, else those of everywhere. Where the place is not known
    /// and nobody is there for everywhere, those of any place.
    fn planned(&self, duty: &str, place: Option<CaseId>, at: DateTime<Utc>) -> Vec<Holding> {
        let here = place.map(|_| self.of_post(duty, place, at)).filter(|here| !here.is_empty());
        let mut held = here.unwrap_or_else(|| self.of_post(duty, None, at));
        if held.is_empty() && place.is_none() {
            let anywhere: std::collections::BTreeSet<CaseId> = self
                .slots
                .iter()
                .filter(|slot| slot.duty == duty)
                .filter_map(|slot| slot.place)
                .chain(self.taken.iter().filter(|taken| taken.duty == duty).filter_map(|taken| taken.place))
                .collect();
            held = anywhere.into_iter().flat_map(|place| self.of_post(duty, Some(place), at)).collect();
            held.sort_by_key(|one| std::cmp::Reverse(one.since));
        }
        held
    }

    /// Whoever is planned for or took exactly this duty and place.
    fn of_post(&self, duty: &str, place: Option<CaseId>, at: DateTime<Utc>) -> Vec<Holding> {
        let act = self.act(duty, place, at);
        let slots = self.slots.iter().filter(|slot| slot.is_of(duty, place) && slot.covers(at));
        // Whoever takes a duty takes it from all who were on it then.
        let mut held: Vec<Holding> = slots
            .filter(|slot| act.is_none_or(|act| act.since < slot.from))
            .map(|slot| self.by_slot(slot))
            .collect();
        held.sort_by_key(|one| std::cmp::Reverse(one.since));
        if let Some(act) = act.filter(|act| !self.has_begun_since(act, at)) {
            held.push(self.by_act(act));
        }
        held
    }

    fn act(&self, duty: &str, place: Option<CaseId>, at: DateTime<Utc>) -> Option<&Taken> {
        self.taken.iter().find(|taken| taken.duty == duty && taken.place == place && taken.since <= at)
    }

    /// Whether a slot of its duty and place began after the act: it then lasts no longer.
    fn has_begun_since(&self, act: &Taken, at: DateTime<Utc>) -> bool {
        let past = self.past.get(&(act.duty.clone(), act.place)).is_some_and(|began| act.since < *began);
        let begun =
            |slot: &&Slot| slot.is_of(&act.duty, act.place) && act.since < slot.from && slot.from <= at;
        past || self.slots.iter().any(|slot| begun(&slot))
    }

    /// Whoever took it last, however long ago, for the place or for everywhere.
    fn last(&self, duty: &str, place: Option<CaseId>, at: DateTime<Utc>) -> Option<Holding> {
        let acts = [place, None].into_iter().filter_map(|place| self.act(duty, place, at));
        let act = acts.max_by_key(|act| act.since)?;
        Some(Holding { stands_in: Some(duty.to_owned()), ..self.by_act(act) })
    }

    fn by_slot(&self, slot: &Slot) -> Holding {
        Holding {
            staff: slot.staff,
            since: slot.from,
            until: Some(slot.until),
            place: slot.place,
            slot: Some(slot.id),
            phone: slot.phone.clone().or_else(|| self.phone(slot.staff)),
            stands_in: None,
        }
    }

    fn by_act(&self, act: &Taken) -> Holding {
        Holding {
            staff: act.staff,
            since: act.since,
            until: None,
            place: act.place,
            slot: None,
            phone: self.phone(act.staff),
            stands_in: None,
        }
    }

    fn phone(&self, staff: CaseId) -> Option<String> {
        self.people.get(&staff)?.phone.clone()
    }
}
