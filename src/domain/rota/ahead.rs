//! What the rota says of the time to come: stretches with somebody and without, who comes next, what covers what.

use chrono::{DateTime, Utc};

use super::{Holding, Post, Rota, Slot};
use crate::domain::ids::CaseId;

/// A stretch of time of one duty and place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The duty and place.
    pub post: Post,
    /// From when.
    pub from: DateTime<Utc>,
    /// Until when.
    pub until: DateTime<Utc>,
    /// What stands there.
    pub cover: Cover,
}

/// What stands in a stretch of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cover {
    /// A slot, and whether another of the same duty and place lies over a part of it.
    Slot(Slot, bool),
    /// Nobody is planned.
    Gap,
}

impl Rota {
    /// Every stretch of a duty and place between two times, by when it begins. A gap of a place is no gap where
    /// somebody is planned everywhere.
    pub fn spans(&self, post: &Post, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<Span> {
        let within = |slot: &&Slot| slot.duty == post.0 && slot.from < to && from < slot.until;
        let own = self.slots.iter().filter(within).filter(|slot| slot.place == post.1);
        let mut spans: Vec<Span> = own
            .map(|slot| {
                let doubled = !self.over(&slot.post(), (slot.from, slot.until), Some(slot.id)).is_empty();
                let cover = Cover::Slot(slot.clone(), doubled);
                Span { post: post.clone(), from: slot.from, until: slot.until, cover }
            })
            .collect();
        // Before its first slot a duty is not on the rota yet.
        let begins = self.first_begins(post).unwrap_or(from);
        let mut at = self.covered_from(post, from, to).max(begins);
        let covering = self.slots.iter().filter(within);
        for slot in covering.filter(|slot| slot.place.is_none() || slot.place == post.1) {
            if slot.from > at {
                spans.extend(self.gaps_of(post, at, slot.from));
            }
            at = at.max(slot.until);
        }
        if at < to {
            spans.extend(self.gaps_of(post, at, to));
        }
        spans.sort_by_key(|span| (span.from, span.until));
        spans
    }

    /// When the first slot of a duty and place began or begins, where that is at hand; `None` where it is longer ago.
    fn first_begins(&self, post: &Post) -> Option<DateTime<Utc>> {
        if self.past.contains_key(post) {
            return None;
        }
        self.slots.iter().filter(|slot| slot.post() == *post).map(|slot| slot.from).min()
    }

    /// Whether a duty and place stands on the rota by then.
    pub(super) fn has_begun(&self, post: &Post, at: DateTime<Utc>) -> bool {
        self.first_begins(post).is_none_or(|begins| begins <= at)
    }

    /// A stretch without anybody, as far as somebody has to be there.
    fn gaps_of(&self, post: &Post, from: DateTime<Utc>, until: DateTime<Utc>) -> Vec<Span> {
        let gap = |from, until| Span { post: post.clone(), from, until, cover: Cover::Gap };
        if !self.is_of_nights(&post.0) {
            return vec![gap(from, until)];
        }
        let (mut gaps, mut at) = (Vec::new(), from);
        let open = self.open.iter().flatten().filter(|(opens, shuts)| *opens < until && from < *shuts);
        for (opens, shuts) in open {
            if *opens > at {
                gaps.push(gap(at, *opens));
            }
            at = at.max(*shuts);
        }
        if at < until {
            gaps.push(gap(at, until));
        }
        gaps
    }

    /// Whether somebody has to have the duty outside the office hours alone.
    fn is_of_nights(&self, duty: &str) -> bool {
        self.roles.duties.get(duty).is_some_and(|duty| duty.out_of_hours)
    }

    /// Whether somebody has to have the duty at this time.
    pub fn is_needed(&self, duty: &str, at: DateTime<Utc>) -> bool {
        !self.is_of_nights(duty) || self.open.is_none() || !self.in_hours(at)
    }

    /// Until when whoever took the duty by an act holds it, where somebody does: the next slot takes it from them.
    fn covered_from(&self, post: &Post, from: DateTime<Utc>, to: DateTime<Utc>) -> DateTime<Utc> {
        let held = self.holder(&post.0, post.1, from);
        if held.is_none_or(|held| held.slot.is_some() || held.stands_in.is_some()) {
            return from;
        }
        let mut later = self.slots.iter().filter(|slot| slot.duty == post.0 && slot.from > from);
        later.find(|slot| slot.place.is_none() || slot.place == post.1).map_or(to, |slot| slot.from.min(to))
    }

    /// Where nobody is planned between two times, of everything that stands on the rota, soonest first.
    pub fn gaps(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<Span> {
        let spans = self.posts().flat_map(|post| self.spans(&post, from, to));
        let mut gaps: Vec<Span> = spans.filter(|span| span.cover == Cover::Gap).collect();
        gaps.sort_by(|one, other| (one.from, &one.post).cmp(&(other.from, &other.post)));
        gaps
    }

    /// Slots of the same duty and place that lie over a stretch of time, without the slot itself.
    pub fn over(
        &self,
        (duty, place): &Post,
        (from, until): (DateTime<Utc>, DateTime<Utc>),
        itself: Option<CaseId>,
    ) -> Vec<&Slot> {
        let lies = |slot: &&Slot| {
            slot.is_of(duty, *place) && slot.from < until && from < slot.until && Some(slot.id) != itself
        };
        self.slots.iter().filter(lies).collect()
    }

    /// When somebody else holds the duty next, and who; nobody is a holder who stands in or none at all.
    pub fn next(
        &self,
        duty: &str,
        place: Option<CaseId>,
        after: DateTime<Utc>,
    ) -> Option<(DateTime<Utc>, Option<Holding>)> {
        let who = |at| self.holder(duty, place, at).map(|held| (held.staff, held.stands_in));
        let now = who(after);
        let at = self.edges(after).into_iter().find(|at| who(*at) != now)?;
        Some((at, self.holder(duty, place, at)))
    }

    /// The first time after which somebody may hold a duty who does not hold it now.
    pub fn changes_after(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.edges(at).into_iter().next()
    }

    /// When slots begin and end and the office opens and shuts, after a time.
    fn edges(&self, after: DateTime<Utc>) -> Vec<DateTime<Utc>> {
        let slots = self.slots.iter().flat_map(|slot| [slot.from, slot.until]);
        let hours = self.open.iter().flatten().flat_map(|(from, to)| [*from, *to]);
        let mut edges: Vec<DateTime<Utc>> = slots.chain(hours).filter(|at| *at > after).collect();
        edges.sort_unstable();
        edges.dedup();
        edges
    }
}
