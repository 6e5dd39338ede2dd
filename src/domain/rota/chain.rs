//! Chains: who is rung one after the other, in and out of office hours, and who stands in where nobody is planned.

use chrono::{DateTime, Utc};

use super::{Chain, Holding, Rota};
use crate::domain::ids::CaseId;

/// A chain as it is rung at one time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order<'a> {
    /// The chain.
    pub chain: &'a Chain,
    /// Whether the office is open then.
    pub in_hours: bool,
    /// Duties and roles, the first to be rung first.
    pub actors: &'a [String],
}

/// One in a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The duty or role by which they are in it.
    pub actor: String,
    /// Who; nobody where the duty has no one just now.
    pub holding: Option<Holding>,
}

impl Rota {
    /// Whether the office is open; always, where it keeps no hours.
    pub fn in_hours(&self, at: DateTime<Utc>) -> bool {
        self.open.as_ref().is_none_or(|open| open.iter().any(|(from, to)| *from <= at && at < *to))
    }

    /// The chains as they are rung at a time.
    pub fn orders(&self, at: DateTime<Utc>) -> impl Iterator<Item = Order<'_>> {
        let in_hours = self.in_hours(at);
        self.roles.chains.iter().map(move |chain| {
            let actors = if in_hours { &chain.in_hours } else { &chain.out_of_hours };
            Order { chain, in_hours, actors }
        })
    }

    /// Everybody in a chain for a place, each once, and the duties of the rota in it that nobody has.
    pub fn links(&self, order: Order<'_>, place: Option<CaseId>, at: DateTime<Utc>) -> Vec<Link> {
        let mut links: Vec<Link> = Vec::new();
        for actor in order.actors {
            let held = self.by_actor(actor, place, at);
            let nobody = held.is_empty();
            let met = |links: &[Link], staff| {
                links.iter().any(|link| link.holding.as_ref().is_some_and(|held| held.staff == staff))
            };
            for holding in held {
                if !met(&links, holding.staff) {
                    links.push(Link { actor: actor.clone(), holding: Some(holding) });
                }
            }
            // Of a duty that nobody ever plans nothing is missing.
            let is_missed = || self.keeps(actor) && self.has_begun(&(actor.clone(), None), at);
            if nobody && is_missed() {
                links.push(Link { actor: actor.clone(), holding: None });
            }
        }
        links
    }

    /// Who is to be rung at a time for a place, without those who were tried already; all of them again once everybody
    /// was.
    pub fn to_ring(&self, place: Option<CaseId>, at: DateTime<Utc>, tried: &[CaseId]) -> Vec<Holding> {
        let Some(order) = self.orders(at).next() else { return Vec::new() };
        let all: Vec<Holding> =
            self.links(order, place, at).into_iter().filter_map(|link| link.holding).collect();
        let left: Vec<Holding> = all.iter().filter(|held| !tried.contains(&held.staff)).cloned().collect();
        if left.is_empty() { all } else { left }
    }

    /// Whoever comes after the duty in the first chain that names it, and may hold it.
    pub(super) fn stand_in(&self, duty: &str, place: Option<CaseId>, at: DateTime<Utc>) -> Vec<Holding> {
        let named = |order: &Order<'_>| order.actors.iter().any(|actor| actor == duty);
        let Some(order) = self.orders(at).find(named) else { return Vec::new() };
        let after = order.actors.iter().skip_while(|actor| *actor != duty).skip(1);
        for actor in after {
            let mut found = self.by_actor(actor, place, at);
            found.retain(|held| self.may_hold(held.staff, duty, place));
            if !found.is_empty() {
                found.iter_mut().for_each(|held| held.stands_in = Some(actor.clone()));
                return found;
            }
        }
        Vec::new()
    }

    /// Whoever has a duty by plan or act, or a role.
    fn by_actor(&self, actor: &str, place: Option<CaseId>, at: DateTime<Utc>) -> Vec<Holding> {
        if self.roles.duties.contains_key(actor) {
            return self.planned(actor, place, at);
        }
        let has = |staff: &CaseId| self.has_role(*staff, actor, place);
        let people = self.people.iter().filter(|(staff, _)| has(staff));
        let by_role = people.map(|(staff, person)| Holding {
            staff: *staff,
            since: at,
            until: None,
            place: None,
            slot: None,
            phone: person.phone.clone(),
            stands_in: None,
        });
        let mut found: Vec<Holding> = by_role.collect();
        found.sort_by(|one, other| self.name(one.staff).cmp(self.name(other.staff)));
        found
    }

    /// Whether somebody has a role that may hold a duty.
    pub fn may_hold(&self, staff: CaseId, duty: &str, place: Option<CaseId>) -> bool {
        let Some(duty) = self.roles.duties.get(duty) else { return false };
        duty.roles.iter().any(|role| self.has_role(staff, role, place))
    }

    /// Whether somebody has a role for a place. Where that is not known, wherever they have it.
    fn has_role(&self, staff: CaseId, role: &str, place: Option<CaseId>) -> bool {
        let person = self.people.get(&staff);
        let here = |at: &Option<CaseId>| at.is_none() || place.is_none() || *at == place;
        person.is_some_and(|person| person.roles.iter().any(|(held, at)| held == role && here(at)))
    }
}
