//! What a handover is made from, handovers as they stand, and what became of their lines since.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use rusqlite::OptionalExtension;

use super::super::error::ReadError;
use super::super::rows::{count, id, instant, json, maybe_id};
use super::super::scope::Scope;
use super::super::{Store, derive, ledger};
use super::{Records, Veil, reference_of, title_of};
use crate::domain::access::NOBODYS;
use crate::domain::act::Act;
use crate::domain::case::{CaseState, Facts};
use crate::domain::commitment::Party;
use crate::domain::draft::DraftRow;
use crate::domain::entry::{Entry, Said};
use crate::domain::handover::{Handover, Line, Section};
use crate::domain::ids::{CaseId, EntryId};
use crate::domain::permission::Viewer;
use crate::domain::views::{
    Change, Correction, HandoverRow, HandoverSources, HandoverView, OpenCase, OwedHere, RecordRow, Standing,
    Whereabouts,
};
use crate::domain::words::store as words;
use crate::insight::handover::{Shift, With, lines};
use crate::pathway::definition::Pathway;

/// The most of each kind that stand in one handover.
const MOST: u32 = 500;
/// The most handovers that are listed.
const MOST_LISTED: u32 = 100;
/// From this weight on, where somebody is belongs in a handover; and what is over, as with somebody who died, does not.
const AWAY: std::ops::Range<u8> = 3..7;

impl Store {
    /// What the viewer hands over now, as they would look at it. The unfinished forms are those that
    /// [`super::super::Drafts::rows`] shows the viewer.
    ///
    /// # Errors
    /// As [`Store::handover_lines`].
    pub fn handover_now(
        &self,
        viewer: &Viewer,
        drafts: Vec<DraftRow>,
        now: DateTime<Utc>,
    ) -> Result<HandoverView, ReadError> {
        let (shift, lines) = self.handover_lines(viewer, drafts, now)?;
        let times = (shift.from, shift.until, shift.next);
        let giver = viewer.staff.unwrap_or(NOBODYS);
        Ok(HandoverView::proposed(Handover::proposed(giver, times, lines, now), self.called(viewer)?))
    }

    /// What the viewer is called in little room; empty where they have not said who they are.
    ///
    /// # Errors
    /// Where the ledger cannot be read.
    pub fn called(&self, viewer: &Viewer) -> Result<String, ReadError> {
        let name = viewer.staff.map(|staff| Records::new(&self.conn).short(staff)).transpose()?;
        Ok(name.flatten().unwrap_or_default())
    }

    /// The same line by line, and which shift ends with it.
    ///
    /// # Errors
    /// [`ReadError::Denied`] where the viewer may not read people's records.
    pub fn handover_lines(
        &self,
        viewer: &Viewer,
        drafts: Vec<DraftRow>,
        now: DateTime<Utc>,
    ) -> Result<(Shift, Vec<Line>), ReadError> {
        let (editions, zone) = (self.editions()?, self.zone()?);
        let edition = editions.current();
        let shift = Shift::at(now, &edition.working_periods, zone);
        // Whose a form is is said as everywhere in a handover, whoever reads it and by whichever door.
        let records = Records::new(&self.conn);
        let named = |mut row: DraftRow| {
            row.whose =
                row.staff.map(|staff| records.short(staff)).transpose()?.flatten().unwrap_or_default();
            Ok(row)
        };
        let drafts = drafts.into_iter().map(named).collect::<Result<_, ReadError>>()?;
        let slips = self.unaccounted_slips(viewer)?;
        let sources = HandoverSources { drafts, slips, ..self.handover_sources(viewer, shift.from, now)? };
        Ok((shift, lines(&sources, With { viewer, edition, zone, now, shift })))
    }

    fn handover_sources(
        &self,
        viewer: &Viewer,
        since: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<HandoverSources, ReadError> {
        let transaction = self.conn.unchecked_transaction()?;
        let scope = self.scope(viewer)?;
        let records = Records::new(&self.conn);
        let rows = self.owed_rows(
            &records,
            &scope,
            &*self.roles()?,
            &format!("WHERE {} ORDER BY o.due, o.id LIMIT ?1", scope.stands("o")),
            [MOST],
        )?;
        let mut owed = Vec::new();
        for row in rows {
            let outside = match &row.commitment.obligor {
                Party::Outside(named) if row.ask.is_none() => named.id,
                _ => None,
            };
            let out_of_hours = records.of(outside)?.and_then(|record| record.more.out_of_hours);
            let (pathway, state, location) = self.placed(row.commitment.case)?;
            owed.push(OwedHere { pathway, state, row, location, out_of_hours });
        }
        let sources = HandoverSources {
            owed,
            cases: self.open_cases(&records, &scope)?,
            away: self.away(&records, &scope)?,
            corrections: self.corrections(&records, &scope, since)?,
            rota: self.rota_at(now)?,
            drafts: Vec::new(),
            slips: Vec::new(),
        };
        drop(transaction);
        Ok(sources)
    }

    /// The pathway of a case, the state it stands in, and where it belongs.
    fn placed(&self, case: CaseId) -> Result<(String, String, Option<CaseId>), ReadError> {
        let found = self
            .conn
            .prepare_cached("SELECT pathway, state, location FROM cases WHERE id = ?1")?
            .query_row([case.0.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?, maybe_id(row, 2)?)))
            .optional()?;
        Ok(found.unwrap_or_default())
    }

    /// Open cases that stand in a handover for themselves.
    fn open_cases(&self, records: &Records<'_>, scope: &Scope) -> Result<Vec<OpenCase>, ReadError> {
        let editions = self.editions()?;
        let says = |pathway: &&Arc<Pathway>| {
            pathway.handover.is_some() || pathway.states.iter().any(|state| state.handover.is_some())
        };
        let named = editions.current().pathways.values().filter(says);
        let named: Vec<String> = named.map(|pathway| super::lists::quoted(&pathway.id)).collect();
        let named = if named.is_empty() { "''".to_owned() } else { named.join(", ") };
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT c.id, c.pathway, c.letter, c.number, c.subject, c.facts, c.opened_at, c.version, c.class, c.body, c.location
             FROM cases c WHERE c.register = 0 AND c.closed = 0 AND (c.urgent = 1 OR c.pathway IN ({named}))
                AND {} ORDER BY c.opened_at DESC, c.id DESC LIMIT {MOST}",
            scope.stands("c")
        ))?;
        let (veil, roles) = (Veil::new(scope), self.roles()?);
        let mut rows = statement.query([])?;
        let mut cases = Vec::new();
        while let Some(row) = rows.next()? {
            let ask = scope.ask(&self.conn, maybe_id(row, 8)?)?;
            let shown = ask.is_none();
            let mut facts: Facts = if shown { json(row, 5)? } else { Facts::default() };
            veil.facts(&mut facts);
            let reference = super::reference(&row.get::<_, String>(2)?, row.get(3)?);
            let (state, location): (CaseState, _) = (json(row, 9)?, maybe_id(row, 10)?);
            let stands = state.state.clone();
            let whose = state
                .owner
                .as_ref()
                .map(|owner| super::party(records, owner, location, |role| roles.title(role).to_owned()));
            cases.push(OpenCase {
                whose: whose.transpose()?.unwrap_or_default(),
                location,
                owner: state.owner,
                case: id(row, 0)?,
                pathway: row.get(1)?,
                state: stands,
                reference: if shown { reference } else { String::new() },
                subject: if shown { records.of(maybe_id(row, 4)?)? } else { None },
                facts,
                opened_at: instant(row, 6)?,
                version: if shown { count(row, 7)? } else { 0 },
                ask,
            });
        }
        Ok(cases)
    }

    /// People who are not at home.
    fn away(&self, records: &Records<'_>, scope: &Scope) -> Result<Vec<(RecordRow, u64)>, ReadError> {
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT r.row, c.version FROM records r JOIN cases c ON c.id = r.id
             WHERE r.register = 'people' AND r.closed = 0 AND r.row LIKE '%\"whereabouts\":{{%' AND {} AND {}
             ORDER BY r.sort, r.id",
            scope.on("r"),
            super::super::merged::STANDS
        ))?;
        let rows = statement.query_map([], |row| Ok((json::<RecordRow>(row, 0)?, count(row, 1)?)))?;
        let mut away = Vec::new();
        for row in rows {
            let (record, seq) = row?;
            let belongs = |at: &Whereabouts| AWAY.contains(&at.weight) || at.is_first();
            if record.more.whereabouts.as_ref().is_some_and(belongs) {
                away.push((records.placed(record)?, seq));
            }
        }
        away.truncate(MOST as usize);
        Ok(away)
    }

    /// What was corrected, moved or merged since the shift began, oldest first.
    fn corrections(
        &self,
        records: &Records<'_>,
        scope: &Scope,
        since: DateTime<Utc>,
    ) -> Result<Vec<Correction>, ReadError> {
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT e.id, c.subject FROM entries e JOIN cases c ON c.id = e.case_id
             WHERE e.recorded_at >= ?1 AND e.kind IN ('act.amend', 'act.reattribute', 'act.merge', 'act.unmerge')
                AND {} ORDER BY e.seq DESC LIMIT {MOST}",
            scope.on("c")
        ))?;
        let found: Vec<(CaseId, Option<CaseId>)> = statement
            .query_map([since.timestamp_millis()], |row| Ok((id(row, 0)?, maybe_id(row, 1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        let mut corrections = Vec::new();
        for (entry, subject) in found.into_iter().rev() {
            let Some(stored) = ledger::by_id(&self.conn, EntryId(entry.0))? else { continue };
            let mut entry = stored.read().0;
            Veil::over(scope, std::slice::from_ref(&entry)).entry(&mut entry);
            let subject = subject.or(entry.case.filter(|_| is_merge(&entry)));
            corrections.push(Correction {
                entry: entry.id,
                seq: entry.seq,
                at: entry.recorded_at,
                kind: stored.header.kind.clone(),
                by: records.whose(&entry)?,
                reason: reason(&entry),
                case: entry.case,
                reference: entry.case.map_or(Ok(String::new()), |case| reference_of(&self.conn, case))?,
                about: records.of(subject)?,
            });
        }
        Ok(corrections)
    }

    /// A handover as it stands, with what became of its lines since they were shown.
    ///
    /// # Errors
    /// [`ReadError::NotFound`], and [`ReadError::Denied`] where the viewer may not read people's records.
    pub fn handover(&self, viewer: &Viewer, id: EntryId) -> Result<HandoverView, ReadError> {
        let transaction = self.conn.unchecked_transaction()?;
        let scope = self.scope(viewer)?;
        let mut handover = derive::handover(&self.conn, id)?.ok_or(ReadError::NotFound)?;
        self.veil_handover(&scope, &mut handover)?;
        let records = Records::new(&self.conn);
        let (mut changed, mut standing) = (BTreeMap::new(), BTreeMap::new());
        for handed in &handover.lines {
            let Some(state) = self.state_of(&handed.line)? else { continue };
            let changes = self.changes(&state, &handed.line)?;
            if !changes.is_empty() {
                changed.insert(handed.line.key.clone(), changes);
            }
            let owned = handed.line.owned();
            if let Some((owner, holding)) = owned.as_ref().and_then(|(_, what)| state.holding(what)) {
                let offer = holding.offered.as_ref().map(|offered| (offered.entry, offered.to.clone()));
                let refused = holding.refused.as_ref().map(|word| word.entry);
                let stands = Standing { owner: owner.clone(), offer, refused };
                standing.insert(handed.line.key.clone(), stands);
            }
        }
        let mut names = BTreeMap::new();
        let answered = handover.lines.iter().flat_map(|handed| {
            let left = handed.left.as_ref().and_then(|left| left.by);
            handed.answers.iter().map(|answer| answer.by).chain(left)
        });
        let said =
            handover.read_backs.iter().map(|back| back.by).chain(handover.how.iter().map(|how| how.by));
        let to = match &handover.to {
            Some(Party::Staff(to)) => Some(*to),
            _ => None,
        };
        for staff in answered.chain(said).chain(to).chain([handover.giver]) {
            let name = records.short(staff)?.unwrap_or_default();
            names.insert(staff, name);
        }
        drop(transaction);
        Ok(HandoverView { handover, changed, standing, names })
    }

    /// Handovers, newest first: all of them, or those on which something still waits and those whose shift ended after a time.
    ///
    /// # Errors
    /// [`ReadError::Denied`] where the viewer may not read people's records.
    pub fn handovers(
        &self,
        viewer: &Viewer,
        since: Option<DateTime<Utc>>,
    ) -> Result<Vec<HandoverRow>, ReadError> {
        let scope = self.scope(viewer)?;
        let records = Records::new(&self.conn);
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT body FROM handovers WHERE open = 1 OR until > ?1 ORDER BY seq DESC LIMIT {MOST_LISTED}"
        ))?;
        let since = since.map_or(i64::MIN, |since| since.timestamp_millis());
        let found: Vec<Handover> =
            statement.query_map([since], |row| json(row, 0))?.collect::<rusqlite::Result<_>>()?;
        let mut rows = Vec::new();
        for mut handover in found {
            self.veil_handover(&scope, &mut handover)?;
            rows.push(HandoverRow {
                id: handover.id,
                giver: handover.giver,
                giver_name: records.short(handover.giver)?.unwrap_or_default(),
                to: match &handover.to {
                    Some(Party::Staff(to)) => Some(*to),
                    _ => None,
                },
                at: handover.at,
                until: handover.until,
                passes_on: handover.passes_on(),
                counts: handover.counts(),
                waiting: handover.waiting().count(),
                open: handover.is_open(),
                unanswered: handover.is_unanswered(),
                unsatisfactory: handover.is_unsatisfactory(),
            });
        }
        Ok(rows)
    }

    /// Who handed over a shift that ended, or ends, after this time, and when that is. Anyone may know it.
    pub(super) fn handed_since(
        &self,
        since: DateTime<Utc>,
    ) -> Result<Vec<(CaseId, DateTime<Utc>)>, ReadError> {
        let mut statement =
            self.conn.prepare_cached("SELECT giver, until FROM handovers WHERE until > ?1")?;
        let rows =
            statement.query_map([since.timestamp_millis()], |row| Ok((id(row, 0)?, instant(row, 1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Leaves out of a handover what is of other places, and makes stubs of what is restricted.
    fn veil_handover(&self, scope: &Scope, handover: &mut Handover) -> Result<(), ReadError> {
        let mut kept = Vec::new();
        for mut handed in std::mem::take(&mut handover.lines) {
            let shown = handed.line.reference.clone();
            if self.veil_line(scope, &mut handed.line)? {
                if handed.line.reference != shown {
                    for answer in handed.answers.iter_mut().filter(|answer| !answer.reason.is_empty()) {
                        words::RESTRICTED.clone_into(&mut answer.reason);
                    }
                }
                kept.push(handed);
            }
        }
        handover.lines = kept;
        Ok(())
    }

    /// Whether a line may stand there at all. Where it is of a restricted record, its clock and whom to ask are left of it.
    pub(super) fn veil_line(&self, scope: &Scope, line: &mut Line) -> Result<bool, ReadError> {
        for about in [line.case, line.subject].into_iter().flatten() {
            let found = self
                .conn
                .prepare_cached("SELECT location, class FROM cases WHERE id = ?1")?
                .query_row([about.0.as_bytes()], |row| Ok((maybe_id(row, 0)?, maybe_id(row, 1)?)))
                .optional()?;
            let Some((location, class)) = found else { continue };
            if let Some(whom) = scope.ask(&self.conn, class)? {
                let known = std::mem::replace(line, Line::new(String::new(), Section::Later));
                *line = Line {
                    what: words::restricted(&whom),
                    alone: known.alone,
                    clock: if known.due.is_some() { known.clock } else { String::new() },
                    whose: known.whose,
                    owed: known.owed,
                    case: known.case,
                    due: known.due,
                    taken: known.taken,
                    ..Line::new(known.key, known.section)
                };
                // To be known and not to be seen: it is nobody's loss.
                return Ok(line.is_to_be_taken() || line.due.is_some());
            }
            match scope.about([about]).holds(&self.conn, location, class) {
                Ok(()) => {}
                Err(ReadError::NotFound) => return Ok(false),
                Err(error) => return Err(error),
            }
        }
        Ok(true)
    }

    fn state_of(&self, line: &Line) -> Result<Option<CaseState>, ReadError> {
        let Some(case) = line.case else { return Ok(None) };
        let state = self
            .conn
            .prepare_cached("SELECT body FROM cases WHERE id = ?1")?
            .query_row([case.0.as_bytes()], |row| json(row, 0))
            .optional()?;
        Ok(state)
    }

    /// What was recorded in the case of a line after the line was shown. That it was offered or taken is no news.
    fn changes(&self, state: &CaseState, line: &Line) -> Result<Vec<Change>, ReadError> {
        // Of what the viewer may not see nothing is told, and of some lines nothing is followed.
        if line.seq == 0 {
            return Ok(Vec::new());
        }
        let later = state.entries.iter().filter(|mark| mark.seq > line.seq && !passes_on(&mark.kind));
        let mut changes = Vec::new();
        for mark in later {
            let what = title_of(&self.conn, &state.pathway, &mark.kind)?;
            changes.push(Change { at: mark.recorded_at, what });
        }
        Ok(changes)
    }
}

/// Acts by which work changes hands.
fn passes_on(kind: &str) -> bool {
    matches!(
        kind,
        "act.take"
            | "act.offer"
            | "act.answer_offer"
            | "act.withdraw_offer"
            | "act.leave_to"
            | "act.acknowledge"
    )
}

fn is_merge(entry: &Entry) -> bool {
    matches!(entry.said, Said::Act(Act::Merge { .. } | Act::Unmerge { .. }))
}

fn reason(entry: &Entry) -> String {
    match &entry.said {
        Said::Act(
            Act::Amend { reason, .. }
            | Act::Reattribute { reason, .. }
            | Act::Merge { reason, .. }
            | Act::Unmerge { reason, .. },
        ) => reason.clone(),
        _ => String::new(),
    }
}
