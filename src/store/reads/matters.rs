//! The matters that one part of an agenda brings: cases, what is owed, what others are late with, warning signs. Only what
//! the viewer may see; of a restricted record a stub where somebody waits for something.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::super::Store;
use super::super::error::ReadError;
use super::super::merged;
use super::super::rows::{id, literal};
use super::super::scope::Scope;
use super::Records;
use super::providers::chosen;
use crate::domain::case::CaseState;
use crate::domain::ids::{CaseId, EntryId};
use crate::domain::time::display;
use crate::domain::views::{CaseRow, OwedRow, SignFilter, SignRow};
use crate::domain::words::show as words;
use crate::pathway::definition::{AgendaPart, Matters, Means, Sorted};

/// So much of what is owed, or so many cases, are looked through for a part, the earliest first.
const MOST_READ: u32 = 1_000;
/// The most references that are named in a line that counts.
const MOST_NAMED: usize = 6;

/// A line of an agenda.
pub(super) struct Matter {
    /// The case of which it is the only line; `None` where a case may have several.
    pub(super) case: Option<CaseId>,
    /// The entry that it follows from.
    pub(super) entry: EntryId,
    /// The case's reference; empty where it stands for several, or may not be told.
    pub(super) reference: String,
    /// What is said of it.
    pub(super) words: String,
    /// How much its risk weighs.
    pub(super) weight: u8,
}

/// Whose matters an agenda goes through, where it stands in the case of an organisation: what is about it or it owes, and
/// nothing of anybody else's.
pub(super) struct Theirs {
    /// The organisation, under each of its records.
    organisation: BTreeSet<CaseId>,
    /// Cases about it, or about what it does for us.
    cases: BTreeSet<CaseId>,
}

impl Theirs {
    fn owed(&self) -> String {
        format!(
            "AND (o.case_id IN ({}) OR o.obligor IN ({}))",
            listed(&self.cases),
            named(&self.organisation)
        )
    }

    /// What comes round of ours stands in its own list, each with its own agenda.
    fn is_matter(row: &OwedRow) -> bool {
        row.ask.is_none() && (row.commitment.every.is_none() || row.commitment.obligor.is_outside())
    }

    fn is_about(&self, about: Option<CaseId>) -> bool {
        about.is_some_and(|about| self.cases.contains(&about) || self.organisation.contains(&about))
    }
}

fn listed(ids: &BTreeSet<CaseId>) -> String {
    ids.iter().map(|id| literal(*id)).collect::<Vec<_>>().join(", ")
}

fn named(ids: &BTreeSet<CaseId>) -> String {
    ids.iter().map(|id| format!("'{id}'")).collect::<Vec<_>>().join(", ")
}

impl Store {
    /// Whose matters an agenda of these parts in this case goes through; `None`: the whole office's.
    pub(super) fn theirs(
        &self,
        scope: &Scope,
        state: &CaseState,
        parts: &[AgendaPart],
    ) -> Result<Option<Theirs>, ReadError> {
        let Some(subject) = state.subject else { return Ok(None) };
        let subject = merged::kept(&self.conn, subject)?;
        let organisation = merged::together(&self.conn, subject)?.into_iter().collect();
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT c.id FROM cases c WHERE c.subject IN ({}) AND c.register = 0 AND {}",
            listed(&organisation),
            scope.on("c")
        ))?;
        let own = statement.query_map([], |row| id(row, 0))?;
        let mut cases = own.collect::<rusqlite::Result<BTreeSet<CaseId>>>()?;
        let of = parts.iter().flat_map(|part| &part.of).collect();
        let about = self.about_provider(scope, &*self.editions()?, &of, subject)?;
        cases.extend(about.into_iter().map(|state| state.id));
        Ok(Some(Theirs { organisation, cases }))
    }

    /// What a part brings, for an agenda that stands in this case and was last gone through then.
    pub(super) fn matters(
        &self,
        scope: &Scope,
        (state, theirs): (&CaseState, Option<&Theirs>),
        part: &AgendaPart,
        last: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Result<Vec<Matter>, ReadError> {
        let of = match part.of.is_empty() {
            true => String::new(),
            false => format!("AND c.pathway IN ('{}')", part.of.join("', '")),
        };
        let here = (state, theirs);
        let heavy = |weight: Option<u8>| weight.unwrap_or(0) >= part.weight;
        let owed = |rows: Vec<OwedRow>, once: bool| {
            let heavy = rows.into_iter().filter(|row| heavy(row.level.as_ref().map(|level| level.weight)));
            heavy.map(|row| self.owed_matter(&row, once, now)).collect::<Result<Vec<_>, _>>()
        };
        match part.matters {
            Matters::Pressing => {
                let mut rows = self.owed_here(scope, here, &of, now)?;
                rows.retain(|row| row.commitment.due <= now || row.level.is_some());
                owed(rows, true)
            }
            Matters::Owed => owed(self.owed_here(scope, here, &of, now)?, false),
            Matters::Opened(within) => {
                let since = last.unwrap_or(now).min(now - within).timestamp_millis();
                let asked = format!("{of} AND (c.opened_at > {since} OR c.closed = 0)");
                self.cases_here(scope, here, &asked, now, heavy)
            }
            Matters::Open => self.cases_here(scope, here, &format!("{of} AND c.closed = 0"), now, heavy),
            Matters::Late(sorted) => {
                let mut rows = self.owed_here(scope, here, &format!("{of} AND o.outside = 1"), now)?;
                rows.retain(|row| row.commitment.due <= now);
                self.late_together(scope, &rows, sorted, now)
            }
            Matters::Signs => {
                let signs = self.signs_in(scope, SignFilter::default(), now, MOST_READ)?;
                let sign = |row: &SignRow| {
                    Some(Matter {
                        case: None,
                        entry: *row.entries.first()?,
                        reference: row.reference.clone(),
                        words: words::agenda_sign(&row.title, &row.words),
                        weight: 0,
                    })
                };
                let wanted = |row: &&SignRow| {
                    let of_them = theirs.is_none_or(|theirs| theirs.is_about(row.about));
                    of_them && (part.rules.is_empty() || part.rules.contains(&row.rule))
                };
                Ok(signs.iter().filter(wanted).filter_map(sign).collect())
            }
        }
    }

    fn owed_here(
        &self,
        scope: &Scope,
        (state, theirs): (&CaseState, Option<&Theirs>),
        of: &str,
        now: DateTime<Utc>,
    ) -> Result<Vec<OwedRow>, ReadError> {
        let mut rows = self.owed_rows(
            &Records::with_duties(&self.conn, self.rota_at(now)?, now),
            scope,
            &*self.roles()?,
            &format!(
                "WHERE {} {of} {} ORDER BY o.due, o.id LIMIT ?1",
                scope.stands("o"),
                theirs.map(Theirs::owed).unwrap_or_default()
            ),
            [MOST_READ],
        )?;
        let is_here = |row: &OwedRow| state.location.is_none() || row.location == state.location;
        rows.retain(|row| match theirs {
            None => row.commitment.case != state.id && is_here(row),
            Some(_) => Theirs::is_matter(row) && is_here(row),
        });
        Ok(rows)
    }

    fn owed_matter(&self, row: &OwedRow, once: bool, now: DateTime<Utc>) -> Result<Matter, ReadError> {
        let (level, headline) = (row.level.as_ref(), row.headline.as_deref());
        let due = display::short(row.commitment.due, now, self.zone()?);
        let what = &row.commitment.what;
        Ok(Matter {
            // What stands as a stub is nobody's to put together with something else.
            case: (once && row.ask.is_none()).then_some(row.commitment.case),
            entry: row.commitment.opened_by,
            reference: row.reference.clone(),
            words: match &row.ask {
                Some(ask) => words::agenda_restricted(ask, what, &due),
                None => words::agenda(level.map(|level| level.label.as_str()), headline, what, &due),
            },
            weight: level.map_or(0, |level| level.weight),
        })
    }

    fn cases_here(
        &self,
        scope: &Scope,
        (state, theirs): (&CaseState, Option<&Theirs>),
        asked: &str,
        now: DateTime<Utc>,
        heavy: impl Fn(Option<u8>) -> bool,
    ) -> Result<Vec<Matter>, ReadError> {
        let place = state.location.map_or(String::new(), |id| format!("AND c.location = {}", literal(id)));
        let theirs =
            theirs.map_or(String::new(), |theirs| format!("AND c.id IN ({})", listed(&theirs.cases)));
        let condition = format!("WHERE c.register = 0 {asked} {place} {theirs}");
        let zone = self.zone()?;
        let mut matters = Vec::new();
        for row in self.cases_where(scope, &condition, MOST_READ)? {
            let CaseRow { level, headline, next, .. } = &row;
            if row.id == state.id || !heavy(level.as_ref().map(|level| level.weight)) {
                continue;
            }
            let opened = self.state(scope, row.id)?.entries.first().map(|mark| mark.id);
            let Some(entry) = next.as_ref().map(|next| next.opened_by).or(opened) else { continue };
            let (label, headline) = (level.as_ref().map(|level| level.label.as_str()), headline.as_deref());
            let words = match next {
                Some(next) => {
                    words::agenda(label, headline, &next.what, &display::short(next.due, now, zone))
                }
                None => words::agenda_stands(label, headline, &row.kind),
            };
            let weight = level.as_ref().map_or(0, |level| level.weight);
            matters.push(Matter { case: Some(row.id), entry, reference: row.reference, words, weight });
        }
        // What is open of old comes before what is new.
        matters.reverse();
        Ok(matters)
    }

    /// Late promises counted together: those with the most first.
    fn late_together(
        &self,
        scope: &Scope,
        rows: &[OwedRow],
        sorted: Sorted,
        now: DateTime<Utc>,
    ) -> Result<Vec<Matter>, ReadError> {
        let mut groups: BTreeMap<String, Vec<&OwedRow>> = BTreeMap::new();
        for row in rows {
            let group = match (&row.ask, sorted) {
                (_, Sorted::Age) => words::agenda_age((now - row.commitment.due).num_days()).to_owned(),
                (Some(ask), _) => words::agenda_kept(ask),
                (None, Sorted::Organisation) => row.obligor.clone(),
                (None, Sorted::Type) => self.waited_for(scope, row)?,
            };
            groups.entry(group).or_default().push(row);
        }
        let matter = |(group, rows): (String, Vec<&OwedRow>)| {
            let oldest = rows.iter().min_by_key(|row| row.commitment.due)?;
            let age = display::age(oldest.commitment.due, now);
            let mut named: Vec<&str> = rows.iter().map(|row| row.reference.as_str()).collect();
            named.retain(|reference| !reference.is_empty());
            named.dedup();
            named.truncate(MOST_NAMED);
            Some((
                rows.len(),
                Matter {
                    case: None,
                    entry: oldest.commitment.opened_by,
                    reference: String::new(),
                    words: words::agenda_counted(&group, rows.len(), &age, &named),
                    weight: 0,
                },
            ))
        };
        let mut matters: Vec<(usize, Matter)> = groups.into_iter().filter_map(matter).collect();
        matters.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        Ok(matters.into_iter().map(|(_, matter)| matter).collect())
    }

    /// What kind of action is waited for, in the words of the case; what it is where the case does not say.
    fn waited_for(&self, scope: &Scope, row: &OwedRow) -> Result<String, ReadError> {
        let editions = self.editions()?;
        let Some(pathway) = editions.current().pathways.get(&row.pathway) else { return Ok(String::new()) };
        let state = self.state(scope, row.commitment.case)?;
        let kind = chosen(pathway, &state, Means::Dependency).map(|level| level.label);
        Ok(kind.unwrap_or_else(|| pathway.title.clone()))
    }
}
