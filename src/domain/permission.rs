//! Who may do what: one function, default deny. The app asks it to explain, the store asks it to refuse.
//!
//! Roles and duties are data (`config/roles.toml`, read by `pathway::roles`).

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::ids::CaseId;
use super::owning::DUTY_DESK;
use super::restriction::Mark;
use super::rota::{Chain, Rota};

/// The role that everybody has, signed in or not: a call can always be taken, 999 can always be recorded.
pub const ANYONE: &str = "anyone";

/// The duty of the rota that decides.
pub const DECISION_HOLDER: &str = "decision_holder";

/// Somebody who looks or acts, and the roles they have.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Viewer {
    /// The member of staff; `None` at a desk where nobody has said who they are.
    pub staff: Option<CaseId>,
    /// Roles held, with the location they are held for; `None` is everywhere. Those of whoever is acted for among them.
    pub roles: Vec<Held>,
    /// Those of them that are one's own.
    pub own: Vec<Held>,
    /// For whom they act, now or later.
    pub acting: Vec<Acting>,
    /// The rota: which duties (`decision_holder`) they hold follows from it, the place and the time.
    pub rota: Arc<Rota>,
    /// As of when all of this is asked.
    pub now: DateTime<Utc>,
    /// Records opened beyond what they may normally see, while that lasts.
    pub beyond: Vec<Beyond>,
    /// The program itself: fold, verify, the example office.
    pub system: bool,
}

/// A role, and the location it is held for; `None` is everywhere.
pub type Held = (String, Option<CaseId>);

/// A time in which somebody acts for another: they may then do what that person may.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acting {
    /// Who is acted for.
    pub whom: CaseId,
    /// Their name in little room ("OKAFOR, A.").
    pub name: String,
    /// From when.
    pub from: DateTime<Utc>,
    /// Until when; at that instant it is over.
    pub until: DateTime<Utc>,
    /// Their own roles. Whoever is acted for passes on nothing that they have from others.
    pub roles: Vec<Held>,
}

/// A record that somebody opened beyond what they may normally see, with a reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beyond {
    /// The record or case that the act names, and, of a case, whoever it is about.
    pub reaches: Vec<CaseId>,
    /// Until when.
    pub until: DateTime<Utc>,
}

impl Acting {
    /// Whether it lasts now.
    pub fn lasts(&self, now: DateTime<Utc>) -> bool {
        self.from <= now && now < self.until
    }
}

impl Viewer {
    /// A member of staff with their own roles, those of whom they act for now, and the duties they hold by the rota.
    pub fn of(
        staff: CaseId,
        own: Vec<Held>,
        acting: Vec<Acting>,
        rota: Arc<Rota>,
        now: DateTime<Utc>,
    ) -> Self {
        Self { staff: Some(staff), own, acting, rota, ..Self::default() }.at(now)
    }

    /// The same as it is at another time: acting for somebody, and a slot of the rota, begin and end without anything being
    /// recorded.
    #[must_use]
    pub fn at(mut self, now: DateTime<Utc>) -> Self {
        self.now = now;
        let passed_on = self.acting.iter().filter(|acting| acting.lasts(now));
        let roles = self.own.iter().chain(passed_on.flat_map(|acting| &acting.roles));
        self.roles = roles.cloned().collect();
        self
    }

    /// The same without what they have from these people: whoever acts for somebody is no second person beside them.
    #[must_use]
    pub fn apart_from(mut self, others: &[CaseId], now: DateTime<Utc>) -> Self {
        self.acting.retain(|acting| !others.contains(&acting.whom));
        self.at(now)
    }

    /// For whom they act now, by name.
    pub fn acts_for(&self, now: DateTime<Utc>) -> impl Iterator<Item = &str> {
        self.acting.iter().filter(move |acting| acting.lasts(now)).map(|acting| acting.name.as_str())
    }

    /// For whom they act now.
    pub fn acted_for(&self) -> impl Iterator<Item = CaseId> {
        self.acting.iter().filter(|acting| acting.lasts(self.now)).map(|acting| acting.whom)
    }

    /// The program itself.
    pub fn system() -> Self {
        Self { system: true, ..Self::default() }
    }

    /// Whether one of these roles or duties is held for the location. Roles are known at once and asked for first: every
    /// key at the foot of a screen asks this.
    pub fn holds_any(&self, actors: &[String], location: Option<CaseId>) -> bool {
        self.system
            || actors.iter().any(|actor| self.has(actor, location))
            || actors.iter().any(|actor| self.is_on(actor, location))
    }

    /// Whether the role or duty is held for the location.
    pub fn holds(&self, actor: &str, location: Option<CaseId>) -> bool {
        self.has(actor, location) || self.is_on(actor, location)
    }

    /// Whether it is a role of theirs.
    fn has(&self, role: &str, location: Option<CaseId>) -> bool {
        let here = |(held, at): &Held| held == role && (at.is_none() || *at == location);
        role == ANYONE || self.roles.iter().any(here)
    }

    /// Whether it is a duty that they are on.
    fn is_on(&self, duty: &str, location: Option<CaseId>) -> bool {
        self.staff.is_some_and(|staff| self.rota.holds(staff, duty, location, self.now))
    }
}

/// Something that a person may or may not do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action<'a> {
    /// Record a step as one's own act.
    Record {
        /// Roles and duties whose act it may be.
        roles: &'a [String],
        /// The step's title, for the reason.
        step: &'a str,
    },
    /// Type a step for somebody else.
    TypeFor {
        /// Roles that may type it for them.
        typed_for: &'a [String],
        /// The step's title, for the reason.
        step: &'a str,
    },
    /// Anything that a role is granted by name in `config/roles.toml`.
    Granted(Grant),
    /// See a record that is kept to a few.
    See(&'a Mark),
}

/// Writes the grants once, for the type and for whoever goes through all of them.
macro_rules! grants {
    ($($(#[$about:meta])* $grant:ident,)*) => {
        /// What a role can be granted by name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, serde::Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Grant {
            $($(#[$about])* $grant,)*
        }

        impl Grant {
            /// All of them.
            pub const ALL: &[Grant] = &[$(Grant::$grant),*];
        }
    };
}

grants! {
    /// Read people's records and cases.
    Read,
    /// Read the office's own registers, staff and places, and nothing of anybody supported.
    ReadOffice,
    /// Amend an entry with a reason.
    Amend,
    /// Move a case to the right record, or link and unlink cases.
    Reattribute,
    /// Pass a duty of the rota to somebody.
    HoldDuty,
    /// Take over somebody else's unfinished form, and what a role or somebody else sees to.
    TakeDraft,
    /// Answer a warning sign.
    AnswerSigns,
    /// Bring changed definitions into force.
    Configure,
    /// Verify the ledger and see what `doctor` sees.
    Verify,
    /// Export what may be read.
    Export,
    /// Let a key in over SSH, or take it back.
    EnrolKey,
    /// Stand by who somebody is: give them a first PIN, replace one that was forgotten, unlock.
    Vouch,
    /// See records that are kept to a few, whoever they name.
    Restricted,
    /// Open a record that one may not normally see, with a reason. Whoever reads anywhere may too.
    LookBeyond,
    /// See who looked at whose record.
    Audit,
    /// See measures: figures over all that may be read.
    Measures,
    /// Place and lift legal holds, propose what is to be disposed of, and agree to it.
    Dispose,
}

/// The registers of the office itself: nobody supported stands in them.
pub const OFFICE_REGISTERS: [&str; 3] = ["staff", "locations", "rota"];

/// Roles and duties as the edition in force defines them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Roles {
    /// By id.
    pub roles: BTreeMap<String, Role>,
    /// By id.
    pub duties: BTreeMap<String, Duty>,
    /// Who is rung one after the other, in the order of the file.
    pub chains: Vec<Chain>,
    /// The office's own hours, as they are written in the file; without any, the office is always open.
    pub office_hours: Option<String>,
    /// How many hours ahead the office is warned that nobody is planned for a duty, where it says so.
    pub warned: Option<u16>,
    /// How long a record stays open that somebody opened beyond what they may normally see, in minutes, where the office
    /// says so.
    pub beyond: Option<u16>,
}

/// A role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// "Registered Manager".
    pub title: String,
    /// A short form for headers and tables ("manager").
    pub short: String,
    /// What it may do beside recording the steps that name it.
    pub may: Vec<Grant>,
}

/// A duty of the rota: held by one member of staff at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// "Decision holder".
    pub title: String,
    /// Roles that may hold it.
    pub roles: Vec<String>,
    /// Somebody has to have it outside the office hours alone: within them nobody planned is no gap.
    pub out_of_hours: bool,
}

impl Roles {
    /// How long a record stays open that was opened beyond what somebody may normally see, in minutes.
    pub fn beyond_minutes(&self) -> i64 {
        self.beyond.map_or(60, i64::from)
    }

    /// The duty that sees to whatever names nobody else: the duty desk; where an office has none, its first duty, or its
    /// first role.
    pub fn desk(&self) -> &str {
        let named = self.duties.get_key_value(DUTY_DESK).map(|(id, _)| id);
        let first = named.or_else(|| self.duties.keys().next()).or_else(|| self.roles.keys().next());
        first.map_or(DUTY_DESK, String::as_str)
    }

    /// How many hours ahead the office is warned of a gap in the rota.
    pub fn warned_hours(&self) -> i64 {
        self.warned.map_or(24, i64::from)
    }

    /// A role's or duty's title, or the id where it is no longer defined.
    pub fn title<'a>(&'a self, actor: &'a str) -> &'a str {
        self.roles
            .get(actor)
            .map(|role| role.title.as_str())
            .or_else(|| self.duties.get(actor).map(|duty| duty.title.as_str()))
            .unwrap_or(actor)
    }

    /// The same in little room.
    pub fn short<'a>(&'a self, actor: &'a str) -> &'a str {
        self.roles.get(actor).map_or_else(|| self.title(actor), |role| role.short.as_str())
    }
}

/// Why not, in words that are shown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Reason(pub String);

/// Whether `viewer` may do `action` about something at `location`. Default deny; the reason names who may.
pub fn may(
    roles: &Roles,
    viewer: &Viewer,
    action: &Action<'_>,
    location: Option<CaseId>,
) -> Result<(), Reason> {
    if viewer.system {
        return Ok(());
    }
    match action {
        Action::TypeFor { typed_for: [], step } => Err(super::words::permission::never_typed_for(step)),
        Action::Record { roles: allowed, step } | Action::TypeFor { typed_for: allowed, step } => {
            if viewer.holds_any(allowed, location) { Ok(()) } else { Err(step_is_for(roles, step, allowed)) }
        }
        Action::See(mark) if mark.gone => {
            let over = [Grant::Audit, Grant::Verify];
            let may = |grant| may(roles, viewer, &Action::Granted(grant), location);
            if over.into_iter().any(|grant| may(grant).is_ok()) { Ok(()) } else { may(Grant::Dispose) }
        }
        Action::See(mark) => {
            let named = viewer.staff.is_some_and(|staff| mark.staff.contains(&staff));
            if named || mark.roles.iter().any(|role| viewer.holds(role, location)) {
                return Ok(());
            }
            may(roles, viewer, &Action::Granted(Grant::Restricted), location)
        }
        Action::Granted(grant) => {
            let granted =
                roles.roles.iter().any(|(id, role)| role.may.contains(grant) && viewer.holds(id, location));
            if granted {
                return Ok(());
            }
            if viewer.staff.is_none() {
                return Err(super::words::permission::say_who(*grant));
            }
            let who = roles.roles.iter().filter(|(_, role)| role.may.contains(grant)).map(|(id, _)| id);
            Err(super::words::permission::granted_to(*grant, &titles(roles, who)))
        }
    }
}

/// Why a step is not for somebody: whose act it is.
pub fn step_is_for(roles: &Roles, step: &str, allowed: &[String]) -> Reason {
    super::words::permission::step_is_for(step, &titles(roles, allowed.iter()))
}

/// Whether `viewer` may, as [`may`] says, and by whose leave: `None` is their own, otherwise the member of staff whom they
/// act for.
pub fn may_for(
    roles: &Roles,
    viewer: &Viewer,
    action: &Action<'_>,
    location: Option<CaseId>,
    now: DateTime<Utc>,
) -> Result<Option<CaseId>, Reason> {
    may(roles, viewer, action, location)?;
    let with = |held: &[Held]| Viewer { roles: held.to_vec(), ..viewer.clone() };
    if viewer.acting.is_empty() || may(roles, &with(&viewer.own), action, location).is_ok() {
        return Ok(None);
    }
    let from =
        |acting: &&Acting| acting.lasts(now) && may(roles, &with(&acting.roles), action, location).is_ok();
    Ok(viewer.acting.iter().find(from).map(|acting| acting.whom))
}

fn titles<'a>(roles: &'a Roles, ids: impl Iterator<Item = &'a String>) -> Vec<String> {
    let title = |id: &'a String| match roles.duties.get(id) {
        Some(duty) => super::words::permission::holder_of(&duty.title),
        None => roles.title(id).to_owned(),
    };
    ids.map(title).collect()
}
