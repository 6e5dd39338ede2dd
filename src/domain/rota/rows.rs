//! The rota as screens and commands list it: whom to ring now, who is on duty now, and the days ahead with their gaps.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use super::{Cover, Holding, Post, Rota, Slot, Span};
use crate::domain::ids::CaseId;
use crate::domain::time::Zone;
use crate::domain::words::rota as words;

/// How far ahead the rota is listed.
pub const AHEAD: TimeDelta = TimeDelta::days(7);

/// What is listed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct OnCall {
    /// Whether the office is open, which decides who is rung; `None` where it keeps no hours or has no chain.
    pub in_hours: Option<bool>,
    /// The rows.
    pub rows: Vec<OnCallRow>,
}

/// Which part of the list a row stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Whom to ring now, the first to be rung first.
    Ring,
    /// Who is on duty now.
    Now,
    /// What begins within a day.
    Day,
    /// What begins within a week.
    Week,
}

/// What wants attention in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Marked {
    /// Nothing.
    Nothing,
    /// Nobody is planned; whoever stands in is named.
    Gap,
    /// Another slot of the duty and place lies over it.
    TwoAtOnce,
}

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OnCallRow {
    /// Which part it stands in.
    pub part: Part,
    /// Its place among those who are rung, from 1; 0 in the other parts.
    pub turn: usize,
    /// The duty's or role's id.
    pub duty: String,
    /// Its title.
    pub title: String,
    /// The location; `None` is everywhere.
    pub place: Option<CaseId>,
    /// The location's name; empty for everywhere.
    pub place_name: String,
    /// Who, by name; empty where nobody is.
    pub who: String,
    /// Who.
    pub staff: Option<CaseId>,
    /// The number to ring.
    pub phone: Option<String>,
    /// From when.
    pub from: Option<DateTime<Utc>>,
    /// Until when; an act has no end, and a role neither.
    pub until: Option<DateTime<Utc>>,
    /// The slot it is.
    pub slot: Option<CaseId>,
    /// What wants attention.
    pub marked: Marked,
}

impl Rota {
    /// The list as of a time.
    pub fn listed(&self, now: DateTime<Utc>) -> OnCall {
        let mut rows = Vec::new();
        for order in self.orders(now).take(1) {
            for (at, link) in self.links(order, None, now).into_iter().enumerate() {
                let row = self.row(Part::Ring, &(link.actor, None), link.holding);
                rows.push(OnCallRow { turn: at + 1, ..row });
            }
        }
        let mut posts: Vec<Post> = self.posts().collect();
        for taken in &self.taken {
            let post = (taken.duty.clone(), taken.place);
            if !posts.contains(&post) {
                posts.push(post);
            }
        }
        for post in &posts {
            let mut held = self.holders(&post.0, post.1, now);
            let is_missed = self.is_needed(&post.0, now) && self.has_begun(post, now);
            if !is_missed {
                held.retain(|one| one.stands_in.is_none());
            }
            let several = held.len() > 1 && held.iter().all(|one| one.stands_in.is_none());
            if held.is_empty() && is_missed {
                rows.push(self.row(Part::Now, post, None));
            }
            for holding in held {
                let row = self.row(Part::Now, post, Some(holding));
                let marked = if several { Marked::TwoAtOnce } else { row.marked };
                rows.push(OnCallRow { marked, ..row });
            }
        }
        let mut ahead: Vec<Span> =
            self.posts().flat_map(|post| self.spans(&post, now, now + AHEAD)).collect();
        ahead.retain(|span| span.from > now);
        ahead.sort_by(|one, other| (one.from, &one.post).cmp(&(other.from, &other.post)));
        rows.extend(ahead.into_iter().map(|span| self.span(span, now)));
        let in_hours = (self.open.is_some() && !self.roles.chains.is_empty()).then(|| self.in_hours(now));
        OnCall { in_hours, rows }
    }

    fn row(&self, part: Part, (duty, place): &Post, holding: Option<Holding>) -> OnCallRow {
        let title = self.roles.title(duty).to_owned();
        let gap = part == Part::Now || self.roles.duties.contains_key(duty);
        let empty = OnCallRow {
            part,
            turn: 0,
            duty: duty.clone(),
            title,
            place: *place,
            place_name: place.and_then(|place| self.places.get(&place).cloned()).unwrap_or_default(),
            who: String::new(),
            staff: None,
            phone: None,
            from: None,
            until: None,
            slot: None,
            marked: if gap { Marked::Gap } else { Marked::Nothing },
        };
        let Some(held) = holding else { return empty };
        // Somebody who is in the chain by a role has it at any hour.
        let by_role = held.until.is_none() && !self.roles.duties.contains_key(duty);
        OnCallRow {
            who: match &held.stands_in {
                Some(by) if by != duty => words::stands_in(self.name(held.staff), self.roles.short(by)),
                _ => self.name(held.staff).to_owned(),
            },
            staff: Some(held.staff),
            phone: held.phone,
            from: Some(held.since).filter(|_| !by_role && held.stands_in.is_none()),
            until: held.until.filter(|_| held.stands_in.is_none()),
            slot: held.slot.filter(|_| held.stands_in.is_none()),
            marked: if held.stands_in.is_some() { Marked::Gap } else { Marked::Nothing },
            ..empty
        }
    }

    fn span(&self, span: Span, now: DateTime<Utc>) -> OnCallRow {
        let part = if span.from < now + TimeDelta::days(1) { Part::Day } else { Part::Week };
        let (holding, marked) = match &span.cover {
            Cover::Slot(slot, doubled) => {
                (Some(self.by_slot(slot)), if *doubled { Marked::TwoAtOnce } else { Marked::Nothing })
            }
            // Who would stand in then, as it is planned now.
            Cover::Gap => (self.holder(&span.post.0, span.post.1, span.from), Marked::Gap),
        };
        let row = self.row(part, &span.post, holding);
        OnCallRow { from: Some(span.from), until: Some(span.until), marked, ..row }
    }

    /// The last week that is planned, a week later, at the same times on the wall: slots without ids of their own. What
    /// is planned already is left out.
    pub fn next_week(&self, zone: Zone) -> Vec<Slot> {
        let Some(last) = self.slots.iter().map(|slot| slot.from).max() else { return Vec::new() };
        let since = last - TimeDelta::days(7);
        let later = |at: DateTime<Utc>| {
            zone.local(at).checked_add_days(chrono::Days::new(7)).map_or(at, |wall| zone.earliest(wall))
        };
        let again = self.slots.iter().filter(|slot| slot.from > since).map(|slot| Slot {
            id: slot.id,
            from: later(slot.from),
            until: later(slot.until),
            ..slot.clone()
        });
        let stands = |one: &Slot| {
            self.slots.iter().any(|slot| {
                (slot.from, slot.staff) == (one.from, one.staff) && slot.is_of(&one.duty, one.place)
            })
        };
        again.filter(|slot| !stands(slot)).collect()
    }
}
