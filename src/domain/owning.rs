//! Whose something is: every open case and everything owed in one has exactly one owner at each moment, a person or the
//! role on duty.
//!
//! It is taken, offered and answered, or left to a duty, each by an act of its case ([`crate::domain::act::Act`]); until
//! an offer is taken, its giver stays the owner. What the acts make of a case is left to `pathway::fold`, whether one is
//! accepted to [`crate::store`]. Who may is asked here, by the app to explain and by the store to refuse.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::case::CaseState;
use super::commitment::Party;
use super::ids::{CaseId, CommitmentId, EntryId, Seq};
use super::permission::{Action, Grant, Reason, Roles, Viewer, may_for};
use super::time::display;
use super::views::party_name;
use super::words::owning as words;

/// The duty that sees to a case whose pathway names nobody else.
pub const DUTY_DESK: &str = "duty_coordinator_on_duty";

/// What somebody owns. Stored in the bodies of acts: `"case"`, or `{"owed":"ENTRY-UUID/PLACE"}`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Owned {
    /// The case that the act belongs to: that it is followed to its end.
    Case,
    /// Something owed in that case.
    Owed(CommitmentId),
}

impl Holding {
    /// The members of staff it speaks of.
    pub fn speaks_of(&self) -> impl Iterator<Item = CaseId> {
        let came = self.came.iter().flat_map(|came| [came.by, came.from]);
        let offered = self.offered.iter().flat_map(|offered| {
            let to = match offered.to {
                Party::Staff(staff) => Some(staff),
                Party::Role(_) | Party::Outside(_) => None,
            };
            [offered.by, to, offered.queried.as_ref().and_then(|word| word.by)]
        });
        let refused = self.refused.iter().map(|word| word.by);
        came.chain(offered).chain(refused).flatten()
    }
}

/// What was answered to an offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfferAnswer {
    /// Theirs from now on.
    Taken,
    /// It stays with whoever offered it.
    Refused,
    /// Something is asked first; the offer stands.
    Queried,
}

/// How something stands between its owner and others, beside who that is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Holding {
    /// How the owner came to it; `None` while it is whose the definitions say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub came: Option<Came>,
    /// The offer that stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offered: Option<Offered>,
    /// The last refusal, until somebody takes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<Word>,
}

impl Holding {
    /// Whether nothing was ever done with it.
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }

    /// The same without anything that somebody wrote: what of it may stand on a restricted record.
    #[must_use]
    pub fn without_words(&self) -> Self {
        let mut bare = self.clone();
        bare.came.iter_mut().for_each(|came| came.reason.clear());
        bare.refused.iter_mut().for_each(|word| word.reason.clear());
        if let Some(offered) = &mut bare.offered {
            offered.note.clear();
            offered.queried.iter_mut().for_each(|word| word.reason.clear());
        }
        bare
    }
}

/// How an owner came to what they own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Came {
    /// The entry that says so.
    pub entry: EntryId,
    /// Its number.
    pub seq: Seq,
    /// When it was recorded.
    pub at: DateTime<Utc>,
    /// Whose act it was.
    pub by: Option<CaseId>,
    /// The member of staff it was taken from or left by.
    pub from: Option<CaseId>,
    /// Whether it was taken from them without their having offered it: they are told.
    pub unasked: bool,
    /// Why; empty where none was asked for.
    pub reason: String,
}

/// An offer that stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offered {
    /// The entry that offers.
    pub entry: EntryId,
    /// Who offers it.
    pub by: Option<CaseId>,
    /// To whom: a member of staff, or whoever holds a role or duty.
    pub to: Party,
    /// Since when.
    pub at: DateTime<Utc>,
    /// The handover it is a part of.
    pub handover: Option<EntryId>,
    /// What the giver says to it.
    pub note: String,
    /// What is asked before it is answered, last.
    pub queried: Option<Word>,
}

/// A refusal or a query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Word {
    /// The entry that says so.
    pub entry: EntryId,
    /// The offer that it answers.
    pub offer: EntryId,
    /// Whose word it is.
    pub by: Option<CaseId>,
    /// When.
    pub at: DateTime<Utc>,
    /// In their words.
    pub reason: String,
}

impl CaseState {
    /// The owner of something that is open, and how it stands; `None` of what is closed, settled or not here, and of a
    /// register's record itself, which nobody owns.
    pub fn holding(&self, what: &Owned) -> Option<(&Party, &Holding)> {
        match what {
            Owned::Case if self.closed => None,
            Owned::Case => Some((self.owner.as_ref()?, &self.holding)),
            Owned::Owed(id) => {
                let one = self.commitments.iter().find(|one| one.id == *id && one.progress.is_open())?;
                Some((&one.owner, &one.holding))
            }
        }
    }

    /// Everything here that has an owner: the case while it is open, then what is owed in it.
    pub fn all_owned(&self) -> impl Iterator<Item = Owned> {
        let case = (self.owner.is_some() && !self.closed).then_some(Owned::Case);
        let open = self.commitments.iter().filter(|one| one.progress.is_open());
        case.into_iter().chain(open.map(|one| Owned::Owed(one.id.clone())))
    }

    /// What an offer is of, as far as it still stands.
    pub fn offered_in(&self, offer: EntryId) -> Vec<Owned> {
        let stands = |what: &Owned| {
            self.holding(what).is_some_and(|(_, holding)| {
                holding.offered.as_ref().is_some_and(|offered| offered.entry == offer)
            })
        };
        self.all_owned().filter(stands).collect()
    }
}

/// Whether the viewer is a party: that member of staff, or somebody who holds the role or duty there.
pub fn is_party(viewer: &Viewer, party: &Party, location: Option<CaseId>) -> bool {
    match party {
        Party::Staff(staff) => viewer.staff == Some(*staff),
        Party::Role(role) => viewer.staff.is_some() && viewer.holds(role, location),
        Party::Outside(_) => false,
    }
}

/// The member of staff that the party is, where the viewer acts for them now.
pub fn acted_for(viewer: &Viewer, party: &Party) -> Option<CaseId> {
    match party {
        Party::Staff(staff) => viewer.acted_for().find(|whom| whom == staff),
        Party::Role(_) | Party::Outside(_) => None,
    }
}

/// Whether the viewer may take what this party owns: whoever holds the role may, and whoever may take over an unfinished
/// form may take over what another role or another person sees to. By whose leave, as [`may_for`] says.
pub fn may_take(
    roles: &Roles,
    viewer: &Viewer,
    owner: &Party,
    location: Option<CaseId>,
    now: DateTime<Utc>,
) -> Result<Option<CaseId>, Reason> {
    if is_party(viewer, owner, location) {
        return Ok(None);
    }
    if viewer.staff.is_none() && !viewer.system {
        return Err(Reason(words::NOBODY_TAKES.to_owned()));
    }
    may_for(roles, viewer, &Action::Granted(Grant::TakeDraft), location, now)
}

/// Whether the viewer may offer, or leave to a duty, what this party owns: only what is theirs.
pub fn may_give(
    roles: &Roles,
    viewer: &Viewer,
    owner: &Party,
    location: Option<CaseId>,
) -> Result<(), Reason> {
    if viewer.system || is_party(viewer, owner, location) {
        return Ok(());
    }
    match owner {
        Party::Role(role) => Err(words::not_yours_but_of(roles.title(role))),
        Party::Staff(_) | Party::Outside(_) => Err(Reason(words::NOT_YOURS.to_owned())),
    }
}

/// Whether the viewer may answer an offer: whoever it was made to, and whoever acts for them while they are away.
pub fn may_answer(
    roles: &Roles,
    viewer: &Viewer,
    offered: &Offered,
    location: Option<CaseId>,
) -> Result<(), Reason> {
    let acts_for_them = acted_for(viewer, &offered.to).is_some();
    if viewer.system || is_party(viewer, &offered.to, location) || acts_for_them {
        return Ok(());
    }
    match &offered.to {
        Party::Role(role) => Err(words::offered_to_role(roles.title(role))),
        Party::Staff(_) | Party::Outside(_) => Err(Reason(words::NOT_OFFERED_TO_YOU.to_owned())),
    }
}

/// Whether the viewer may take an offer back: whoever made it, and whoever the thing is.
pub fn may_withdraw(
    roles: &Roles,
    viewer: &Viewer,
    owner: &Party,
    offered: &Offered,
    location: Option<CaseId>,
) -> Result<(), Reason> {
    if viewer.staff.is_some() && viewer.staff == offered.by {
        return Ok(());
    }
    may_give(roles, viewer, owner, location)
}

/// How something stands, in words: to whom it is offered and since when, what was asked, who refused it and why, from whom
/// it was taken. `None` where there is nothing to say.
pub fn in_words(
    holding: &Holding,
    now: DateTime<Utc>,
    staff: impl Fn(CaseId) -> Option<String>,
    role: impl Fn(&str) -> String,
) -> Option<String> {
    let name = |id: Option<CaseId>| id.and_then(&staff).unwrap_or_default();
    let offered = holding.offered.as_ref().map(|offered| {
        let to = party_name(&offered.to, &staff, &role);
        let said = words::offered_since(&to, &display::age(offered.at, now), &offered.note);
        match &offered.queried {
            Some(word) => words::and_asked(&said, &name(word.by), &word.reason),
            None => said,
        }
    });
    let refused = holding.refused.as_ref().map(|word| words::refused_by(&name(word.by), &word.reason));
    let taken = holding.came.as_ref().filter(|came| came.unasked).map(|came| {
        words::taken_from(&name(came.from), &name(came.by), &display::age(came.at, now), &came.reason)
    });
    let said: Vec<String> = [offered, refused, taken].into_iter().flatten().collect();
    (!said.is_empty()).then(|| said.join("; "))
}
