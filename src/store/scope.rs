//! Which rows a viewer may read: the one place that turns whoever looks into a condition on location and access class.
//! Everything that reads rows about people asks here.
//!
//! Three answers to a row: it is shown ([`Scope::on`]); it is of a restricted record that the viewer may not see, and
//! stands as a stub where leaving it out could leave somebody without care or an owner ([`Scope::stands`]); or it is as
//! if it were not there.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;

use super::error::ReadError;
use super::merged;
use super::rows::{id, json, literal, maybe_id};
use crate::domain::ids::CaseId;
use crate::domain::permission::{Action, Grant, Held, Reason, Roles, Viewer, may};
use crate::domain::restriction::Mark;
use crate::domain::views::RecordRow;
use crate::domain::words::store as words;

/// What a viewer may read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Scope {
    at: Places,
    /// Restricted records, and the cases that are restricted themselves.
    classes: Classes,
    /// Records and cases opened beyond what the viewer may normally see.
    beyond: BTreeSet<CaseId>,
}

/// Where a viewer may read.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Places {
    /// Everywhere.
    All,
    /// What belongs to these locations, and what has no location yet: a call whose place is not known must not be
    /// hidden from everyone.
    At(BTreeSet<CaseId>),
    /// Nowhere but what was opened beyond it.
    Nowhere,
}

/// The access classes, as far as a viewer is concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Classes {
    /// All may be seen.
    All,
    /// These may; those may not, and whom to ask of each. `stubs`: whether what is left of disposed cases is shown, of which
    /// there are more with every year: they are listed in neither.
    Some { seen: BTreeSet<CaseId>, hidden: BTreeMap<CaseId, Mark>, stubs: bool },
}

/// Of rows of `restrictions`: that nothing but a stub is left.
pub(super) const IS_STUB: &str = "instr(mark, '\"gone\":true') > 0";

/// A restriction as it stands in the tables.
struct Restriction {
    id: CaseId,
    subject: Option<CaseId>,
    location: Option<CaseId>,
    mark: Mark,
}

/// What the viewer may read; the reason where that is nothing.
pub(super) fn readable(conn: &Connection, roles: &Roles, viewer: &Viewer) -> Result<Scope, ReadError> {
    granted(conn, roles, viewer, &[Grant::Read])
}

/// What counts in a viewer's measures: what they may read, where they may see measures.
pub(super) fn measurable(conn: &Connection, roles: &Roles, viewer: &Viewer) -> Result<Scope, ReadError> {
    // What was opened for an hour is read, not counted.
    let viewer = &Viewer { beyond: Vec::new(), ..viewer.clone() };
    granted(conn, roles, viewer, &[Grant::Read, Grant::Measures])
}

fn granted(conn: &Connection, roles: &Roles, viewer: &Viewer, grants: &[Grant]) -> Result<Scope, ReadError> {
    let beyond = reaches(viewer);
    let at = locations(roles, viewer, grants).or_else(|reason| match viewer.beyond.is_empty() {
        true => Err(ReadError::Denied(reason)),
        false => Ok(Places::Nowhere),
    })?;
    Ok(Scope { at, classes: classes(conn, roles, viewer, &beyond)?, beyond })
}

fn reaches(viewer: &Viewer) -> BTreeSet<CaseId> {
    viewer.beyond.iter().flat_map(|beyond| beyond.reaches.iter().copied()).collect()
}

/// What may be read of the registers of the office itself, in which nobody supported stands.
pub(super) fn office(conn: &Connection, roles: &Roles, viewer: &Viewer) -> Result<Scope, ReadError> {
    Ok(Scope { at: Places::All, ..classes_of(conn, roles, viewer)? })
}

/// The same without any place: only which restricted records are seen is asked of it.
pub(super) fn classes_of(conn: &Connection, roles: &Roles, viewer: &Viewer) -> Result<Scope, ReadError> {
    let beyond = reaches(viewer);
    Ok(Scope { at: Places::Nowhere, classes: classes(conn, roles, viewer, &beyond)?, beyond })
}

fn locations(roles: &Roles, viewer: &Viewer, grants: &[Grant]) -> Result<Places, Reason> {
    let read = |at| grants.iter().try_for_each(|grant| may(roles, viewer, &Action::Granted(*grant), at));
    let Err(reason) = read(None) else { return Ok(Places::All) };
    let mut at: BTreeSet<CaseId> = viewer.roles.iter().filter_map(|(_, at)| *at).collect();
    at.retain(|location| read(Some(*location)).is_ok());
    if at.is_empty() { Err(reason) } else { Ok(Places::At(at)) }
}

/// Which classes the viewer may see; of what was disposed of, whether any. Whoever a case names must be among those whom its subject's record names, too: a
/// case opens no record.
fn classes(
    conn: &Connection,
    roles: &Roles,
    viewer: &Viewer,
    beyond: &BTreeSet<CaseId>,
) -> Result<Classes, ReadError> {
    let mut all = conn.prepare_cached(&format!(
        "SELECT id, subject, location, mark FROM restrictions WHERE NOT {IS_STUB}"
    ))?;
    let read = all.query_map([], |row| {
        let (subject, location) = (maybe_id(row, 1)?, maybe_id(row, 2)?);
        Ok(Restriction { id: id(row, 0)?, subject, location, mark: json(row, 3)? })
    })?;
    let all = read.collect::<rusqlite::Result<Vec<_>>>()?;
    let (mut seen, mut hidden) = (BTreeSet::new(), BTreeMap::new());
    for one in &all {
        let allowed = |of: &Restriction| {
            may(roles, viewer, &Action::See(&of.mark), of.location).is_ok() || beyond.contains(&of.id)
        };
        // Whatever a record was merged with is read as one with it.
        let mut around: Vec<CaseId> = one.subject.into_iter().collect();
        for id in [Some(one.id), one.subject].into_iter().flatten() {
            around.extend(merged::above(conn, id)?);
        }
        let around = around.iter().filter_map(|id| all.iter().find(|other| other.id == *id));
        match std::iter::once(one).chain(around).find(|of| !allowed(of)) {
            None => drop(seen.insert(one.id)),
            Some(closed) => drop(hidden.insert(one.id, closed.mark.clone())),
        }
    }
    // Where it stood went with its content: whoever disposes of what belongs to one place sees all that is left anywhere.
    let mark = Mark::gone();
    let mut places = viewer.roles.iter().map(|(_, at)| *at).chain([None]);
    let stubs = places.any(|at| may(roles, viewer, &Action::See(&mark), at).is_ok());
    let any = || conn.prepare_cached(&format!("SELECT 1 FROM restrictions WHERE {IS_STUB}"))?.exists([]);
    let all_seen = hidden.is_empty() && (stubs || !any()?);
    Ok(if all_seen { Classes::All } else { Classes::Some { seen, hidden, stubs } })
}

impl Scope {
    /// Everything.
    pub(super) fn all() -> Self {
        Self { at: Places::All, classes: Classes::All, beyond: BTreeSet::new() }
    }

    /// What is read of one record or case alone: one that was opened beyond what may normally be seen is read wherever
    /// it belongs.
    pub(super) fn about(&self, ids: impl IntoIterator<Item = CaseId>) -> Self {
        let mut about = self.clone();
        if ids.into_iter().any(|id| self.beyond.contains(&id)) {
            about.at = Places::All;
        }
        about
    }

    /// The condition on the rows of a table (`cases`, `owed`, `records`) under its alias: what may be seen.
    pub(super) fn on(&self, alias: &str) -> String {
        format!("{} AND {}", self.stands(alias), self.of_class(&format!("{alias}.class"), "NULL"))
    }

    /// The same with rows of restricted records that may not be seen: each is to be made a stub ([`Scope::ask`]).
    pub(super) fn stands(&self, alias: &str) -> String {
        self.at_location(&format!("{alias}.location"), "NULL")
    }

    /// The condition on `counts`, whose location and class are empty where there is none: what may be seen.
    pub(super) fn on_counts(&self) -> String {
        format!("{} AND {}", self.stands_in_counts(), self.of_class("class", "x''"))
    }

    /// The same with what stands as a stub.
    pub(super) fn stands_in_counts(&self) -> String {
        self.at_location("location", "x''")
    }

    fn at_location(&self, column: &str, none: &str) -> String {
        match &self.at {
            Places::All => "1".to_owned(),
            Places::At(at) => among(column, none, at),
            Places::Nowhere => "0".to_owned(),
        }
    }

    fn of_class(&self, column: &str, none: &str) -> String {
        match &self.classes {
            Classes::All => "1".to_owned(),
            Classes::Some { seen, stubs: false, .. } => among(column, none, seen),
            Classes::Some { seen, hidden, stubs: true } => format!(
                "({} OR {column} IN (SELECT id FROM restrictions WHERE {IS_STUB} AND {}))",
                among(column, none, seen),
                about_none_of(hidden)
            ),
        }
    }

    /// Whether something at this location and of this class may be read.
    ///
    /// # Errors
    /// [`ReadError::NotFound`] elsewhere, and the words of the stub where the record is restricted.
    pub(super) fn holds(
        &self,
        conn: &Connection,
        location: Option<CaseId>,
        class: Option<CaseId>,
    ) -> Result<(), ReadError> {
        let elsewhere = match &self.at {
            Places::All => false,
            Places::At(at) => location.is_some_and(|location| !at.contains(&location)),
            Places::Nowhere => true,
        };
        if elsewhere {
            return Err(ReadError::NotFound);
        }
        match self.ask(conn, class)? {
            None => Ok(()),
            // Whom it was about and where it stood went with its content: of what is left nobody is told but who sees it.
            Some(_) if is_stub(conn, class, "1")? => Err(ReadError::NotFound),
            Some(whom) => Err(Reason(words::restricted(&whom)).into()),
        }
    }

    /// The same at every place.
    pub(super) fn everywhere(&self) -> Self {
        Self { at: Places::All, ..self.clone() }
    }

    /// Whether what belongs to this location is read here.
    pub(super) fn reaches(&self, location: CaseId) -> bool {
        match &self.at {
            Places::All => true,
            Places::At(at) => at.contains(&location),
            Places::Nowhere => false,
        }
    }

    /// Whether any record or case is: what may be read may then name it ([`Scope::hides`]).
    pub(super) fn hides_any(&self) -> bool {
        matches!(&self.classes, Classes::Some { hidden, .. } if !hidden.is_empty())
    }

    /// Whether a record or case is itself restricted and may not be seen: what names it elsewhere must not.
    pub(super) fn hides(&self, id: CaseId) -> bool {
        matches!(&self.classes, Classes::Some { hidden, .. } if hidden.contains_key(&id))
    }

    /// Whom to ask about rows of a class that may not be seen; `None` where they may.
    pub(super) fn ask(&self, conn: &Connection, class: Option<CaseId>) -> rusqlite::Result<Option<String>> {
        let Classes::Some { seen, hidden, stubs } = &self.classes else { return Ok(None) };
        let Some(class) = class.filter(|class| !seen.contains(class)) else { return Ok(None) };
        if *stubs && is_stub(conn, Some(class), &about_none_of(hidden))? {
            return Ok(None);
        }
        whom(conn, hidden.get(&class)).map(Some)
    }
}

/// Whether nothing but a stub is left of what this class is of, and that meets a condition on its row.
fn is_stub(conn: &Connection, class: Option<CaseId>, that: &str) -> rusqlite::Result<bool> {
    let Some(class) = class else { return Ok(false) };
    let sql = format!("SELECT 1 FROM restrictions WHERE id = ?1 AND {IS_STUB} AND {that}");
    conn.prepare_cached(&sql)?.exists([class.0.as_bytes()])
}

/// The condition on rows of `restrictions` that they are about nothing that may not be seen.
fn about_none_of(hidden: &BTreeMap<CaseId, Mark>) -> String {
    let list = hidden.keys().map(|id| literal(*id)).collect::<Vec<_>>().join(", ");
    format!("(subject IS NULL OR subject NOT IN ({list}))")
}

/// The first who may see it: whoever is named, whoever works here in a role that is named or that sees all of them;
/// where nobody does, that role by its title.
fn whom(conn: &Connection, mark: Option<&Mark>) -> rusqlite::Result<String> {
    let mut named =
        conn.prepare_cached("SELECT row FROM records WHERE id = ?1 AND register = 'staff' AND closed = 0")?;
    for staff in mark.into_iter().flat_map(|mark| &mark.staff) {
        let mut found = named.query_map([staff.0.as_bytes()], |row| json::<RecordRow>(row, 0))?;
        if let Some(staff) = found.next() {
            return Ok(staff?.short);
        }
    }
    let roles = super::editions::roles(conn)?;
    let mut all: Vec<_> =
        roles.roles.iter().filter(|(_, role)| role.may.contains(&Grant::Restricted)).collect();
    // Whoever can do something about it is asked before whoever only reads.
    all.sort_by_key(|(_, role)| !role.may.contains(&Grant::Amend));
    let named = mark.into_iter().flat_map(|mark| &mark.roles);
    let asked: Vec<&String> = named.chain(all.into_iter().map(|(id, _)| id)).collect();
    let mut staff = conn.prepare_cached(
        "SELECT row, roles FROM records WHERE register = 'staff' AND closed = 0 ORDER BY sort, id",
    )?;
    let staff = staff.query_map([], |row| Ok((json(row, 0)?, json(row, 1)?)))?;
    let staff: Vec<(RecordRow, Vec<Held>)> = staff.collect::<rusqlite::Result<_>>()?;
    let holder = |role: &&String| {
        let has = |(_, held): &&(RecordRow, Vec<Held>)| held.iter().any(|(id, _)| id == *role);
        staff.iter().find(has).map(|(row, _)| row.short.clone())
    };
    let title = || asked.first().map(|id| roles.title(id).to_owned());
    let whom = asked.iter().find_map(holder).or_else(title);
    Ok(whom.unwrap_or_else(|| words::NOBODY_TO_ASK.to_owned()))
}

fn among(column: &str, none: &str, ids: &BTreeSet<CaseId>) -> String {
    let list = ids.iter().map(|id| literal(*id)).collect::<Vec<_>>().join(", ");
    let is_none = if none == "NULL" { format!("{column} IS NULL") } else { format!("{column} = {none}") };
    format!("({is_none} OR {column} IN ({list}))")
}
