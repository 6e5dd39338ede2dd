//! Warning signs in their tables: of each case that changed, of what it is counted with, and those that are on record.
//!
//! Which there are is left to [`crate::insight::signs`]. A commit looks again at the cases that it touched and, where what
//! they add to a count is another, at the marks around it; all of it is made anew only where other rules come into force.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};

use super::write::{json as written, raw};
use crate::domain::act::Act;
use crate::domain::case::CaseState;
use crate::domain::entry::Entry;
use crate::domain::ids::{CaseId, EditionId, EntryId, Seq, SignId};
use crate::domain::signs::{Mark, Sign, SignAnswer, SignRule, Watch};
use crate::domain::time::Zone;
use crate::insight::signs::{self, Beside, Looking};
use crate::pathway::edition::Edition;
use crate::store::merged;
use crate::store::rows::{id, instant, json, maybe_id, signed};

/// Where a sign of something done by one stands in the column that tells counted signs apart.
const ALONE: &str = "alone";

/// How much of all that there is has to be made anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Anew {
    /// The signs of open cases.
    Cases,
    /// And what is counted over all cases.
    Counts,
}

impl Anew {
    /// What another edition makes necessary.
    pub(super) fn of(before: &Edition, after: &Edition) -> Self {
        let counted = |edition: &Edition| -> Vec<SignRule> {
            let counts = |rule: &&SignRule| matches!(rule.watch, Watch::Repeated(_) | Watch::Uneven { .. });
            edition.signs.rules.iter().filter(counts).cloned().collect()
        };
        let same = counted(before) == counted(after) && before.working_periods == after.working_periods;
        if same && themes(before) == themes(after) { Anew::Cases } else { Anew::Counts }
    }
}

/// What a case is counted by that its definition says: the pathways that counting rules look at.
fn themes(edition: &Edition) -> Vec<&Arc<crate::pathway::definition::Pathway>> {
    let rules = edition.signs.rules.iter();
    let counting = rules.filter(|rule| matches!(rule.watch, Watch::Repeated(_)));
    let named: BTreeSet<&String> = counting.flat_map(|rule| &rule.pathways).collect();
    named.into_iter().filter_map(|id| edition.pathway(id)).collect()
}

/// What rules look with.
#[derive(Clone, Copy)]
pub(in crate::store) struct Sight<'a> {
    pub(in crate::store) conn: &'a Connection,
    pub(in crate::store) edition: &'a Edition,
    pub(in crate::store) zone: Zone,
}

impl Beside for Sight<'_> {
    fn pathway_of(&self, case: CaseId) -> Option<String> {
        let found = self.conn.prepare_cached("SELECT pathway FROM cases WHERE id = ?1");
        found.and_then(|mut found| found.query_row([case.0.as_bytes()], |row| row.get(0))).ok()
    }

    fn words_of(&self, entry: Seq) -> String {
        let found = self.conn.prepare_cached("SELECT text FROM said WHERE seq = ?1");
        found.and_then(|mut found| found.query_row([signed(entry)], |row| row.get(0))).unwrap_or_default()
    }

    fn kept(&self, record: CaseId) -> CaseId {
        merged::kept(self.conn, record).unwrap_or(record)
    }
}

/// The marks of one rule and key that have changed: from the first of their times to the last.
type Touched = BTreeMap<(String, String), (i64, i64)>;

impl<'a> Sight<'a> {
    pub(in crate::store) fn looking<'s>(&'s self, state: &'s CaseState) -> Looking<'s> {
        Looking { state, edition: self.edition, zone: self.zone, beside: self }
    }

    /// Brings the signs up to date of cases that have changed, whose rows are written.
    pub(super) fn settle<'c>(&self, cases: impl Iterator<Item = &'c CaseState>) -> rusqlite::Result<()> {
        let mut touched = Touched::new();
        for state in cases {
            self.case(state)?;
            self.marks(state, &mut touched)?;
        }
        touched.into_iter().try_for_each(|((rule, key), span)| self.counted(&rule, &key, Some(span)))
    }

    /// The signs of one case. None of one that is closed: nothing stands there any more.
    fn case(&self, state: &CaseState) -> rusqlite::Result<()> {
        let seen = match state.closed {
            true => Vec::new(),
            false => signs::of_case(&self.looking(state), false),
        };
        let mut seen: BTreeMap<SignId, Sign> = seen.into_iter().map(|sign| (sign.id, sign)).collect();
        let source = state.id.0.as_bytes();
        let stood: Vec<Sign> = self
            .conn
            .prepare_cached("SELECT body FROM signs WHERE source = ?1")?
            .query_map([source], |row| json(row, 0))?
            .collect::<rusqlite::Result<_>>()?;
        for sign in stood {
            match seen.get(&sign.id) {
                Some(same) if *same == sign => drop(seen.remove(&sign.id)),
                Some(_) => {}
                None => self.forget(sign.id)?,
            }
        }
        seen.values().try_for_each(|sign| self.put(sign, Some(state.id), None))
    }

    /// What one case adds to what is counted.
    fn marks(&self, state: &CaseState, touched: &mut Touched) -> rusqlite::Result<()> {
        let mut new: BTreeMap<(String, String, i64, i64), Mark> = BTreeMap::new();
        for mark in signs::marks(&self.looking(state)) {
            let at = mark.at.timestamp_millis();
            let mut place = (mark.rule.clone(), mark.key.clone(), at, 0);
            while new.contains_key(&place) {
                place.3 += 1;
            }
            new.insert(place, mark);
        }
        let case = state.id.0.as_bytes();
        let mut stood = self
            .conn
            .prepare_cached("SELECT rule, key, at, place, body FROM sign_marks WHERE case_id = ?1")?;
        let stood = stood.query_map([case], |row| {
            let place = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
            Ok((place, json::<Mark>(row, 4)?))
        })?;
        let stood: Vec<((String, String, i64, i64), Mark)> = stood.collect::<rusqlite::Result<_>>()?;
        let mut touch = |(rule, key, at, _): &(String, String, i64, i64)| {
            let span = touched.entry((rule.clone(), key.clone())).or_insert((*at, *at));
            *span = (span.0.min(*at), span.1.max(*at));
        };
        for (place, mark) in stood {
            match new.get(&place) {
                Some(same) if *same == mark => drop(new.remove(&place)),
                Some(_) => {}
                None => {
                    touch(&place);
                    let (rule, key, at, n) = place;
                    self.conn
                        .prepare_cached(
                            "DELETE FROM sign_marks WHERE rule = ?1 AND key = ?2 AND at = ?3 AND case_id = ?4
                             AND place = ?5",
                        )?
                        .execute(params![rule, key, at, case, n])?;
                }
            }
        }
        for (place, mark) in &new {
            touch(place);
            let (rule, key, at, n) = place;
            self.conn
                .prepare_cached(
                    "INSERT OR REPLACE INTO sign_marks (rule, key, at, case_id, place, body)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                )?
                .execute(params![rule, key, at, case, n, written(mark)?])?;
        }
        Ok(())
    }

    /// The signs that are counted under one key: around these times, or all of them.
    fn counted(&self, rule: &str, key: &str, span: Option<(i64, i64)>) -> rusqlite::Result<()> {
        let counted = format!("{rule} {key}");
        let defined = self.edition.signs.get(rule);
        let reach = defined.and_then(signs::reach).map(|reach| reach.num_milliseconds());
        let (marks, from, to) = match span.zip(reach) {
            None => (self.of_key(rule, key)?, i64::MIN, i64::MAX),
            Some(((lo, hi), reach)) => {
                let marks = self.around(rule, key, (lo, hi), reach)?;
                let at = |mark: Option<&Mark>| mark.map(|mark| mark.at.timestamp_millis());
                let (first, last) = (at(marks.first()).unwrap_or(lo), at(marks.last()).unwrap_or(hi));
                (marks, first.min(lo), last.max(hi))
            }
        };
        self.conn
            .prepare_cached("DELETE FROM signs WHERE counted = ?1 AND since BETWEEN ?2 AND ?3")?
            .execute(params![counted, from, to])?;
        let seen = defined.map(|rule| signs::in_window(rule, &marks, self.zone)).unwrap_or_default();
        seen.iter().try_for_each(|sign| self.put(sign, None, Some(&counted)))
    }

    fn of_key(&self, rule: &str, key: &str) -> rusqlite::Result<Vec<Mark>> {
        self.conn
            .prepare_cached(
                "SELECT body FROM sign_marks WHERE rule = ?1 AND key = ?2 ORDER BY at, case_id, place",
            )?
            .query_map([rule, key], |row| json(row, 0))?
            .collect()
    }

    /// The marks around these times, as far as each lies no further from the next than they count together.
    fn around(&self, rule: &str, key: &str, (lo, hi): (i64, i64), reach: i64) -> rusqlite::Result<Vec<Mark>> {
        let mut marks: Vec<Mark> = Vec::new();
        let mut earlier = self.conn.prepare_cached(
            "SELECT at, body FROM sign_marks WHERE rule = ?1 AND key = ?2 AND at < ?3
             ORDER BY at DESC, case_id DESC, place DESC",
        )?;
        let (mut rows, mut near) = (earlier.query(params![rule, key, lo])?, lo);
        while let Some(row) = rows.next()? {
            let at: i64 = row.get(0)?;
            if near - at > reach {
                break;
            }
            near = at;
            marks.push(json(row, 1)?);
        }
        marks.reverse();
        let mut later = self.conn.prepare_cached(
            "SELECT at, body FROM sign_marks WHERE rule = ?1 AND key = ?2 AND at >= ?3
             ORDER BY at, case_id, place",
        )?;
        let (mut rows, mut near) = (later.query(params![rule, key, lo])?, hi);
        while let Some(row) = rows.next()? {
            let at: i64 = row.get(0)?;
            if at - near > reach {
                break;
            }
            near = near.max(at);
            marks.push(json(row, 1)?);
        }
        Ok(marks)
    }

    fn put(&self, sign: &Sign, source: Option<CaseId>, counted: Option<&str>) -> rusqlite::Result<()> {
        self.conn
            .prepare_cached(
                "INSERT OR REPLACE INTO signs (id, rule, about, source, counted, since, until, body)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![
                sign.id.0.as_bytes(),
                sign.rule,
                raw(sign.about),
                raw(source),
                counted,
                sign.since.timestamp_millis(),
                sign.until.map_or(i64::MAX, |until| until.timestamp_millis()),
                written(sign)?,
            ])?;
        Ok(())
    }

    fn forget(&self, sign: SignId) -> rusqlite::Result<()> {
        self.conn.prepare_cached("DELETE FROM signs WHERE id = ?1")?.execute([sign.0.as_bytes()])?;
        Ok(())
    }

    /// Something wanted two people and was done by one.
    pub(super) fn alone(
        &self,
        entry: EntryId,
        about: Option<CaseId>,
        at: DateTime<Utc>,
        why: &str,
    ) -> rusqlite::Result<()> {
        match signs::alone(&self.edition.signs, entry, about, at, why) {
            Some(sign) => self.put(&sign, None, Some(ALONE)),
            None => Ok(()),
        }
    }

    /// All of them by the rules that are in force now.
    pub(super) fn anew(&self, anew: Anew) -> rusqlite::Result<()> {
        let counts = anew == Anew::Counts;
        self.conn.prepare_cached("DELETE FROM signs WHERE source IS NOT NULL")?.execute([])?;
        if counts {
            self.conn
                .execute_batch("DELETE FROM sign_marks; DELETE FROM signs WHERE counted IS NOT NULL;")?;
        }
        let open = if counts { "" } else { " AND closed = 0" };
        let mut cases =
            self.conn.prepare_cached(&format!("SELECT body FROM cases WHERE register = 0{open}"))?;
        let mut rows = cases.query([])?;
        let mut touched = Touched::new();
        while let Some(row) = rows.next()? {
            let state: CaseState = json(row, 0)?;
            self.case(&state)?;
            if counts {
                self.marks(&state, &mut touched)?;
            }
        }
        touched.into_keys().try_for_each(|(rule, key)| self.counted(&rule, &key, None))?;
        self.conn.prepare_cached("DELETE FROM signs WHERE counted = ?1")?.execute([ALONE])?;
        let mut alone = self.conn.prepare_cached(
            "SELECT e.id, e.case_id, e.recorded_at, a.why FROM done_alone a JOIN entries e ON e.seq = a.seq",
        )?;
        let mut rows = alone.query([])?;
        while let Some(row) = rows.next()? {
            let entry = EntryId(id(row, 0)?.0);
            let why: String = row.get(3)?;
            self.alone(entry, maybe_id(row, 1)?, instant(row, 2)?, &why)?;
        }
        Ok(())
    }
}

/// A sign that is on record, with what was answered to it.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub(in crate::store) struct Raised {
    /// The entry by which it was.
    pub(in crate::store) entry: EntryId,
    /// The edition of the definitions by which it was seen.
    pub(in crate::store) edition: EditionId,
    /// What there was to see in particular.
    pub(in crate::store) words: String,
    /// The entries that showed it.
    pub(in crate::store) entries: Vec<EntryId>,
    /// What was answered.
    pub(in crate::store) answered: Option<Answered>,
}

/// The cases that count something with this record or one that is read as it, or told them of something: what they add to a
/// count is another once it is merged, or is so no longer.
pub(super) fn counting(conn: &Connection, record: CaseId) -> rusqlite::Result<Vec<CaseId>> {
    let mut counting = conn.prepare_cached(
        "SELECT case_id FROM sign_marks WHERE instr(coalesce(json_extract(body, '$.own'), key), ?1) > 0
         UNION SELECT case_id FROM shares WHERE instr(body, ?1) > 0",
    )?;
    let mut cases = Vec::new();
    for one in merged::together(conn, record)? {
        let found = counting.query_map([one.to_string()], |row| id(row, 0))?;
        cases.extend(found.collect::<rusqlite::Result<Vec<_>>>()?);
    }
    Ok(cases)
}

/// What was answered to a sign.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub(in crate::store) struct Answered {
    pub(in crate::store) entry: EntryId,
    pub(in crate::store) answer: SignAnswer,
    pub(in crate::store) words: String,
    pub(in crate::store) by: Option<CaseId>,
    pub(in crate::store) at: DateTime<Utc>,
}

/// Puts a sign on record, or what was answered to one.
pub(super) fn apply(conn: &Connection, entry: &Entry, act: &Act) -> rusqlite::Result<()> {
    match act {
        Act::RaiseSign { sign, rule, edition, entries, words } => {
            let (edition, entries, words) = (*edition, entries.clone(), words.clone());
            let raised = Raised { entry: entry.id, edition, words, entries, answered: None };
            conn.prepare_cached(
                "INSERT OR IGNORE INTO signs_raised (id, seq, rule, about, since, at, body)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                sign.0.as_bytes(),
                signed(entry.seq),
                rule,
                raw(entry.case),
                entry.occurred.at.timestamp_millis(),
                entry.recorded_at.timestamp_millis(),
                written(&raised)?,
            ])?;
        }
        Act::AnswerSign { sign, answer, words, .. } => {
            let Some(raised) = raised(conn, *sign)?.filter(|raised| raised.answered.is_none()) else {
                return Ok(());
            };
            let answered = Answered {
                entry: entry.id,
                answer: *answer,
                words: words.clone(),
                by: entry.who.by,
                at: entry.recorded_at,
            };
            conn.prepare_cached("UPDATE signs_raised SET answer = ?2, body = ?3 WHERE id = ?1")?.execute(
                params![
                    sign.0.as_bytes(),
                    answer.word(),
                    written(&Raised { answered: Some(answered), ..raised })?
                ],
            )?;
        }
        _ => {}
    }
    Ok(())
}

/// A sign that is on record.
pub(in crate::store) fn raised(conn: &Connection, sign: SignId) -> rusqlite::Result<Option<Raised>> {
    conn.prepare_cached("SELECT body FROM signs_raised WHERE id = ?1")?
        .query_row([sign.0.as_bytes()], |row| json(row, 0))
        .optional()
}

/// The rule by which a sign was put on record.
pub(in crate::store) fn rule_of(conn: &Connection, sign: SignId) -> rusqlite::Result<Option<String>> {
    conn.prepare_cached("SELECT rule FROM signs_raised WHERE id = ?1")?
        .query_row([sign.0.as_bytes()], |row| row.get(0))
        .optional()
}

/// The case or record that a sign on record is about.
pub(in crate::store) fn about_of(conn: &Connection, sign: SignId) -> rusqlite::Result<Option<CaseId>> {
    let about = conn
        .prepare_cached("SELECT about FROM signs_raised WHERE id = ?1")?
        .query_row([sign.0.as_bytes()], |row| maybe_id(row, 0))
        .optional()?;
    Ok(about.flatten())
}
