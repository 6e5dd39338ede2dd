//! What is asked before something passes to another owner, and what follows when a member of staff leaves.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Appending, Place, refused};
use crate::domain::act::Act;
use crate::domain::case::CaseState;
use crate::domain::commitment::Party;
use crate::domain::entry::{NewEntry, NewSaid};
use crate::domain::ids::{CaseId, EntryId, Seq};
use crate::domain::owning::{
    Holding, OfferAnswer, Offered, Owned, acted_for, is_party, may_answer, may_give, may_take, may_withdraw,
};
use crate::domain::permission::{Action, Grant, Reason, may, may_for};
use crate::domain::words::owning as words;
use crate::store::derive::pathway_of;
use crate::store::error::AppendError;
use crate::store::rows::id;
use crate::store::{allow, reads};

/// The register of whoever works here.
const STAFF: &str = "staff";

impl Appending<'_> {
    /// Checks an act by which something passes, and says what its header is to name.
    pub(super) fn passes(
        &mut self,
        act: &Act,
        entry: &NewEntry,
        follows: bool,
    ) -> Result<Place, AppendError> {
        let case = self.existing(entry.case.ok_or_else(|| refused(words::IN_A_CASE))?)?;
        if !follows {
            self.in_person(entry)?;
            allow::sees(self.conn, &self.desk, case.id)?;
        }
        let mut place = Place { case: Some(case.id), subject: case.subject, ..Place::default() };
        match act {
            Act::Take { what, reason, handover } => {
                let giver = handover.map(|handover| self.giver_of(handover, what, case.id)).transpose()?;
                for (owner, holding) in open(&case, what)? {
                    let leave =
                        may_take(&self.desk.roles, &self.desk.viewer, owner, case.location, self.now)?;
                    place.leave.acting_for = place.leave.acting_for.or(leave);
                    if let (Some(giver), Party::Staff(staff)) = (giver, owner)
                        && *staff != giver
                    {
                        return Err(refused(words::NOT_GIVEN_THERE));
                    }
                    self.takes(&case, entry, owner, holding, reason)?;
                }
            }
            Act::Offer { what, to, .. } => {
                let all = open(&case, what)?;
                for (owner, _) in &all {
                    place.leave.acting_for = place.leave.acting_for.or(self.gives(&case, owner)?);
                }
                for (owner, _) in all {
                    self.offers(&case, entry, owner, to)?;
                }
            }
            Act::AnswerOffer { offer, answer, reason } => {
                let offered = standing(&case, *offer)?;
                may_answer(&self.desk.roles, &self.desk.viewer, offered.1, case.location)?;
                place.leave.acting_for = self.leave_of(&offered.1.to, &case);
                match answer {
                    OfferAnswer::Taken if entry.who.by.is_none() => return Err(refused(words::NOBODY_TAKES)),
                    OfferAnswer::Refused if is_blank(reason) => return Err(refused(words::WHY_REFUSED)),
                    OfferAnswer::Queried if is_blank(reason) => return Err(refused(words::WHAT_IS_ASKED)),
                    _ => {}
                }
            }
            Act::WithdrawOffer { offer, .. } => {
                let (owner, offered) = standing(&case, *offer)?;
                if !follows {
                    may_withdraw(&self.desk.roles, &self.desk.viewer, owner, offered, case.location)?;
                }
            }
            Act::LeaveTo { what, duty, refused: by_whom, .. } => {
                let all = open(&case, what)?;
                for (owner, _) in all.iter().filter(|_| !follows) {
                    place.leave.acting_for = place.leave.acting_for.or(self.gives(&case, owner)?);
                }
                self.leaves(&all, duty, *by_whom)?;
            }
            _ => {}
        }
        Ok(place)
    }

    /// Nobody takes, offers or answers in another's name: whose it then is has to have said so.
    fn in_person(&self, entry: &NewEntry) -> Result<(), AppendError> {
        allow::honest(&self.desk, entry)?;
        let viewer = &self.desk.viewer;
        if viewer.system || (viewer.staff.is_some() && entry.who.by == viewer.staff) {
            return Ok(());
        }
        Err(Reason(words::NOBODY_TAKES.to_owned()).into())
    }

    fn takes(
        &self,
        case: &CaseState,
        entry: &NewEntry,
        owner: &Party,
        holding: &Holding,
        reason: &str,
    ) -> Result<(), AppendError> {
        let Some(by) = entry.who.by else { return Err(refused(words::NOBODY_TAKES)) };
        if *owner == Party::Staff(by) {
            return Err(refused(words::YOURS_ALREADY));
        }
        // Somebody else took it since it was last seen here.
        let seen = self.seen.get(&case.id).copied();
        let moved = |came: Seq| seen.is_some_and(|seen| seen < came && came <= self.started);
        if holding.came.as_ref().is_some_and(|came| moved(came.seq))
            && let Some(moved) = self.stale(case)?
        {
            return Err(AppendError::Conflict(vec![moved]));
        }
        match owner {
            Party::Staff(_) if is_blank(reason) => Err(refused(words::WHY_FROM_A_PERSON)),
            _ => Ok(()),
        }
    }

    fn gives(&self, case: &CaseState, owner: &Party) -> Result<Option<CaseId>, AppendError> {
        may_give(&self.desk.roles, &self.desk.viewer, owner, case.location)?;
        Ok(self.leave_of(owner, case))
    }

    /// By whose leave somebody holds the role that a party is, where that is not their own.
    fn leave_of(&self, party: &Party, case: &CaseState) -> Option<CaseId> {
        let role = match party {
            Party::Role(role) => role,
            Party::Staff(_) | Party::Outside(_) => return acted_for(&self.desk.viewer, party),
        };
        let holds = Action::Record { roles: std::slice::from_ref(role), step: "" };
        may_for(&self.desk.roles, &self.desk.viewer, &holds, case.location, self.now).ok().flatten()
    }

    /// Whether it can be offered to them at all.
    fn offers(
        &self,
        case: &CaseState,
        entry: &NewEntry,
        owner: &Party,
        to: &Party,
    ) -> Result<(), AppendError> {
        if owner == to || entry.who.by.is_some_and(|by| *to == Party::Staff(by)) {
            return Err(refused(words::NOT_TO_ONESELF));
        }
        match to {
            Party::Outside(_) => Err(refused(words::ONLY_TO_OURS)),
            Party::Role(role) => self.known(role),
            Party::Staff(staff) => {
                if !reads::is_on_staff(self.conn, *staff)? {
                    return Err(refused(words::NOT_ON_STAFF));
                }
                let theirs = reads::viewer_of(self.conn, Some(*staff), &self.desk.rota, self.now)?;
                let read = Action::Granted(Grant::Read);
                let desk = allow::Desk {
                    viewer: theirs,
                    roles: self.desk.roles.clone(),
                    rota: self.desk.rota.clone(),
                };
                let sees = may(&desk.roles, &desk.viewer, &read, case.location).is_ok()
                    || is_party(&desk.viewer, owner, case.location);
                match (sees, allow::sees(self.conn, &desk, case.id)) {
                    (true, Ok(())) => Ok(()),
                    (true, Err(error)) if !matches!(error, AppendError::Denied(_)) => Err(error),
                    _ => Err(refused(words::THEY_CANNOT_READ)),
                }
            }
        }
    }

    fn leaves(
        &self,
        all: &[(&Party, &Holding)],
        duty: &str,
        by_whom: Option<EntryId>,
    ) -> Result<(), AppendError> {
        self.known(duty)?;
        for (owner, holding) in all {
            if **owner == Party::Role(duty.to_owned()) {
                return Err(refused(words::THEIRS_ALREADY));
            }
            let refusal = holding.refused.as_ref().map(|word| word.entry);
            if by_whom.is_some() && by_whom != refusal {
                return Err(refused(words::NO_SUCH_REFUSAL));
            }
        }
        Ok(())
    }

    fn known(&self, role: &str) -> Result<(), AppendError> {
        let roles = &self.desk.roles;
        if roles.roles.contains_key(role) || roles.duties.contains_key(role) {
            return Ok(());
        }
        Err(refused(words::NO_SUCH_ROLE))
    }

    /// What follows where a member of staff has left: what they owned passes to whoever sees to such things, and nobody
    /// waits for an answer from them.
    pub(super) fn left(&mut self, entry: &NewEntry) -> Result<Vec<NewEntry>, AppendError> {
        let Some(staff) = entry.case else { return Ok(Vec::new()) };
        if !self.deriver.case(staff)?.is_some_and(|record| record.pathway == STAFF && record.closed) {
            return Ok(Vec::new());
        }
        // Cases of this very transaction that have passed are found where they stand.
        self.flush()?;
        let reason = words::HAS_LEFT.to_owned();
        let mut following = Vec::new();
        for case in self.touching(staff)? {
            let state = self.existing(case)?;
            for (duty, what) in self.owned_by(&state, staff) {
                let refused = None;
                let act = Act::LeaveTo { what, duty: duty.clone(), refused, reason: reason.clone() };
                following.push((format!("left.{case}.{duty}"), case, act));
            }
            for offer in offers_to(&state, staff) {
                let act = Act::WithdrawOffer { offer, reason: reason.clone() };
                following.push((format!("left.{case}.{offer}"), case, act));
            }
        }
        let follows =
            |(name, case, act): (String, CaseId, Act)| entry.following(&name, Some(case), NewSaid::Act(act));
        Ok(following.into_iter().map(follows).collect())
    }

    /// Cases in which somebody owns something, or is offered it.
    fn touching(&self, staff: CaseId) -> Result<Vec<CaseId>, AppendError> {
        let mut found = self.conn.prepare_cached(
            "SELECT id FROM cases WHERE owner = ?1 UNION SELECT id FROM cases WHERE offered_to = ?1
             UNION SELECT case_id FROM owed WHERE owner = ?1 UNION SELECT case_id FROM owed WHERE offered_to = ?1",
        )?;
        let found = found.query_map([staff.to_string()], |row| id(row, 0))?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }

    /// What somebody owns in a case, by the duty or role that it goes to: whoever owes a step by its definition, and
    /// otherwise whoever sees to such cases.
    fn owned_by(&self, case: &Arc<CaseState>, staff: CaseId) -> BTreeMap<String, Vec<Owned>> {
        let pathway = self.deriver.editions().and_then(|editions| pathway_of(case, editions));
        let desk = pathway.map(|pathway| pathway.owner.clone()).filter(|owner| !owner.is_empty());
        let desk = desk.unwrap_or_else(|| self.desk.roles.desk().to_owned());
        let mut owned: BTreeMap<String, Vec<Owned>> = BTreeMap::new();
        for what in case.all_owned() {
            if case.holding(&what).is_none_or(|(owner, _)| *owner != Party::Staff(staff)) {
                continue;
            }
            let obligor = match &what {
                Owned::Owed(id) => case.commitments.iter().find(|one| one.id == *id).map(|one| &one.obligor),
                Owned::Case => None,
            };
            let duty = match obligor {
                Some(Party::Role(role)) => role.clone(),
                _ => desk.clone(),
            };
            owned.entry(duty).or_default().push(what);
        }
        owned
    }
}

/// Offers to somebody, which stand.
fn offers_to(case: &CaseState, staff: CaseId) -> Vec<EntryId> {
    let mut offers = Vec::new();
    for what in case.all_owned() {
        let offered = case.holding(&what).and_then(|(_, holding)| holding.offered.as_ref());
        // What they own themselves passes on, and with it goes whatever they offered.
        if let Some(offered) = offered.filter(|offered| offered.to == Party::Staff(staff))
            && !offers.contains(&offered.entry)
        {
            offers.push(offered.entry);
        }
    }
    offers
}

/// The owner of each, all of them open.
fn open<'c>(case: &'c CaseState, what: &[Owned]) -> Result<Vec<(&'c Party, &'c Holding)>, AppendError> {
    if what.is_empty() {
        return Err(refused(words::NOTHING_NAMED));
    }
    let found = what.iter().map(|what| {
        let says = match what {
            Owned::Case if case.owner.is_none() => words::NOBODY_OWNS_RECORDS,
            _ => words::NOT_OPEN,
        };
        case.holding(what).ok_or_else(|| refused(says))
    });
    found.collect()
}

/// An offer that still stands, and who owns what it is of.
fn standing(case: &CaseState, offer: EntryId) -> Result<(&Party, &Offered), AppendError> {
    let what = case.offered_in(offer);
    let found = what.first().and_then(|what| case.holding(what));
    let found = found.and_then(|(owner, holding)| Some((owner, holding.offered.as_ref()?)));
    found.ok_or_else(|| refused(words::NO_SUCH_OFFER))
}

fn is_blank(words: &str) -> bool {
    words.trim().is_empty()
}
