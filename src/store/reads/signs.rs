//! Warning signs as somebody may see them: those that nobody has answered, those about a case or a person, one with the
//! entries that show it, and how each rule was answered.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, params};

use super::super::Store;
use super::super::derive::{Raised, Sight, reference};
use super::super::error::ReadError;
use super::super::ledger;
use super::super::merged;
use super::super::rows::{count, id, instant, json, literal, maybe_id};
use super::super::scope::Scope;
use super::{Records, party};
use crate::domain::case::CaseState;
use crate::domain::commitment::Party;
use crate::domain::ids::{CaseId, SignId};
use crate::domain::permission::{Reason, Roles, Viewer};
use crate::domain::signs::{Severity, Sign, SignRules};
use crate::domain::views::{SignAnswered, SignEntry, SignFilter, SignRate, SignRow, SignView, SignsAtHand};
use crate::domain::words::signs as words;
use crate::insight::signs;
use crate::pathway::edition::Editions;

/// More signs than this that nobody has answered are counted and listed by nobody.
const MOST: u32 = 5_000;

/// Signs that stand at `?1` and that nobody has answered, and those on record that stand no longer; of these cases and
/// records alone, where any are named.
fn open(about: Option<&str>) -> String {
    let only = |alias: &str| about.map_or(String::new(), |ids| format!("AND {alias}.about IN ({ids})"));
    let (seen, raised) = (only("s"), only("r"));
    format!(
        "SELECT s.id, s.rule, s.about, s.since, s.until, r.at, s.body AS seen, r.body AS raised FROM signs s
            LEFT JOIN signs_raised r ON r.id = s.id
            WHERE s.until > ?1 AND s.since <= ?1 AND (r.id IS NULL OR r.answer IS NULL) {seen}
        UNION ALL
        SELECT r.id, r.rule, r.about, r.since, s.until, r.at, s.body, r.body FROM signs_raised r
            LEFT JOIN signs s ON s.id = r.id
            WHERE r.answer IS NULL AND (s.id IS NULL OR s.until <= ?1 OR s.since > ?1) {raised}"
    )
}

/// Signs that were answered.
fn answered(about: Option<&str>) -> String {
    let only = about.map_or(String::new(), |ids| format!("AND r.about IN ({ids})"));
    format!(
        "SELECT r.id, r.rule, r.about, r.since, s.until, r.at, s.body AS seen, r.body AS raised
         FROM signs_raised r LEFT JOIN signs s ON s.id = r.id WHERE r.answer IS NOT NULL AND ?1 = ?1 {only}"
    )
}

/// The condition on a sign `x` about the case or record `c`: that it may be seen. What is about no record, as calls that an
/// organisation on no list did not answer, says what its cases say: all of those may be.
fn may_be_seen(scope: &Scope) -> String {
    format!(
        "{} AND (x.about IS NOT NULL OR NOT EXISTS (
            SELECT 1 FROM json_each(coalesce(x.seen, x.raised), '$.entries') shown
            JOIN entries e ON e.id = unhex(replace(shown.value, '-', '')) JOIN cases k ON k.id = coalesce(e.case_id, e.id)
            WHERE NOT ({})))",
        scope.on("c"),
        scope.on("k")
    )
}

/// What nobody has answered first, the gravest first; no more than so many.
fn in_order(rows: &mut Vec<SignRow>, limit: u32) {
    rows.sort_by_key(|row| {
        (row.answered.is_some(), row.severity, std::cmp::Reverse(row.level), row.since, row.id)
    });
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
}

/// What rows are made with.
struct Reading<'s> {
    store: &'s Store,
    editions: &'s Editions,
    rules: &'s SignRules,
    roles: &'s Roles,
    records: Records<'s>,
    now: DateTime<Utc>,
}

impl Store {
    /// Signs, the gravest first, then those that have risen furthest, then the oldest. Of a restricted record that may not be
    /// seen, a stub for each that stands and that nobody has answered: how much it weighs, since when, and whom to ask.
    ///
    /// # Errors
    /// [`ReadError::Denied`] where the viewer may not read people's records.
    pub fn signs(
        &self,
        viewer: &Viewer,
        filter: SignFilter,
        now: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<SignRow>, ReadError> {
        let scope = self.scope(viewer)?;
        let mut rows = self.signs_in(&scope, filter, now, limit)?;
        if filter.about.is_none() && scope.hides_any() {
            rows.extend(self.stubs_of_signs(&scope, "", now)?);
            in_order(&mut rows, limit);
        }
        Ok(rows)
    }

    pub(super) fn signs_in(
        &self,
        scope: &Scope,
        filter: SignFilter,
        now: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<SignRow>, ReadError> {
        let about = filter.about.map(|about| {
            let own = merged::listed(&self.conn, about)?;
            Ok::<_, ReadError>(format!("SELECT id FROM cases WHERE id IN ({own}) OR subject IN ({own})"))
        });
        let about = about.transpose()?;
        let mut rows = self.signs_where(scope, &open(about.as_deref()), "", now)?;
        if filter.answered {
            rows.extend(self.signs_where(scope, &answered(about.as_deref()), "", now)?);
        }
        in_order(&mut rows, limit);
        Ok(rows)
    }

    fn signs_where(
        &self,
        scope: &Scope,
        of: &str,
        also: &str,
        now: DateTime<Utc>,
    ) -> Result<Vec<SignRow>, ReadError> {
        let rows = self.sign_rows(of, &format!("{} {also}", may_be_seen(scope)), now)?;
        Ok(rows.into_iter().map(|(row, _)| row).collect())
    }

    /// Signs that stand about restricted records that may not be seen, each a stub.
    fn stubs_of_signs(
        &self,
        scope: &Scope,
        also: &str,
        now: DateTime<Utc>,
    ) -> Result<Vec<SignRow>, ReadError> {
        let condition = format!("{} AND c.class IS NOT NULL {also}", scope.stands("c"));
        let mut stubs = Vec::new();
        for (row, class) in self.sign_rows(&open(None), &condition, now)? {
            if row.stands
                && let Some(whom) = scope.ask(&self.conn, class)?
            {
                stubs.push(row.stub(whom));
            }
        }
        Ok(stubs)
    }

    /// Signs with the class of what each is about.
    fn sign_rows(
        &self,
        of: &str,
        condition: &str,
        now: DateTime<Utc>,
    ) -> Result<Vec<(SignRow, Option<CaseId>)>, ReadError> {
        let (editions, roles, rota) = (self.editions()?, self.roles()?, self.rota_at(now)?);
        let reading = Reading {
            store: self,
            editions: &editions,
            rules: editions.signs(),
            roles: &roles,
            records: Records::with_duties(&self.conn, rota, now),
            now,
        };
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT x.id, x.rule, x.about, x.since, x.until, x.at, x.seen, x.raised, c.letter, c.number, c.register,
                c.subject, c.location, c.class
             FROM ({of}) x LEFT JOIN cases c ON c.id = x.about WHERE {condition} ORDER BY x.since DESC LIMIT {MOST}"
        ))?;
        let mut rows = statement.query([now.timestamp_millis()])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push((reading.row(row)?, maybe_id(row, 13)?));
        }
        Ok(found)
    }

    /// One sign with the entries that show it.
    ///
    /// # Errors
    /// [`ReadError::NotFound`], and [`ReadError::Denied`] where the viewer may not read people's records, or it is about a
    /// restricted one.
    pub fn sign(&self, viewer: &Viewer, sign: SignId, now: DateTime<Utc>) -> Result<SignView, ReadError> {
        let transaction = self.conn.unchecked_transaction()?;
        let scope = self.scope(viewer)?;
        let one = format!("AND x.id = {}", literal(CaseId(sign.0)));
        let mut found = self.signs_where(&scope, &open(None), &one, now)?;
        if found.is_empty() {
            found = self.signs_where(&scope, &answered(None), &one, now)?;
        }
        let Some(row) = found.pop() else {
            let stub = self.stubs_of_signs(&scope, &one, now)?.pop();
            return Err(stub.map_or(ReadError::NotFound, |stub| ReadError::Denied(Reason(stub.title))));
        };
        let records = Records::new(&self.conn);
        let (mut entries, mut hidden) = (Vec::new(), 0);
        for entry in &row.entries {
            let Some(stored) = ledger::by_id(&self.conn, *entry)? else { continue };
            let (read, _) = stored.read();
            let (location, class) = self.place_of(read.case)?;
            if scope.holds(&self.conn, location, class).is_err() {
                hidden += 1;
                continue;
            }
            let opened = read.case.is_none().then_some(CaseId(read.id.0));
            let case = read.case.or(opened);
            entries.push(SignEntry {
                entry: *entry,
                title: self.title_of_entry(&read)?,
                occurred: read.occurred.at,
                by: records.whose(&read)?,
                case,
                reference: case
                    .map(|case| super::reference_of(&self.conn, case))
                    .transpose()?
                    .unwrap_or_default(),
            });
        }
        drop(transaction);
        Ok(SignView { row, entries, hidden })
    }

    /// How each rule was answered, over everything that may be seen; rules that never raised anything among them.
    ///
    /// # Errors
    /// [`ReadError::Denied`] where the viewer may not read people's records.
    pub fn sign_rates(&self, viewer: &Viewer) -> Result<Vec<SignRate>, ReadError> {
        let scope = self.scope(viewer)?;
        let editions = self.editions()?;
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT r.rule, coalesce(r.answer, ''), count(*), max(r.seq), r.body
             FROM signs_raised r LEFT JOIN cases c ON c.id = r.about WHERE {} GROUP BY r.rule, r.answer",
            scope.on("c")
        ))?;
        let mut counted: BTreeMap<String, BTreeMap<String, u64>> = BTreeMap::new();
        let rules = editions.signs();
        let mut gone = BTreeMap::new();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let rule: String = row.get(0)?;
            if rules.get(&rule).is_none() {
                let seen_by = json::<Raised>(row, 4)?.edition;
                let was = editions.sign_rule(&rule, seen_by);
                let (title, severity) =
                    was.map_or((words::A_SIGN, Severity::Notice), |was| (was.title.as_str(), was.severity));
                gone.insert(rule.clone(), (title.to_owned(), severity));
            }
            *counted.entry(rule).or_default().entry(row.get(1)?).or_default() += count(row, 2)?;
        }
        let known = rules.rules.iter().map(|rule| (rule.id.clone(), (rule.title.clone(), rule.severity)));
        let rates = known.chain(gone).map(|(rule, (title, severity))| {
            let answers = counted.remove(&rule).unwrap_or_default();
            let of = |word: &str| answers.get(word).copied().unwrap_or_default();
            SignRate {
                rule,
                title,
                severity,
                raised: answers.values().sum(),
                accepted: of("accepted"),
                explained: of("explained"),
                false_alarms: of("false_alarm"),
                open: of(""),
            }
        });
        Ok(rates.collect())
    }

    /// What a dashboard knows of signs, those about cases on it by name.
    pub(super) fn signs_at_hand(
        &self,
        scope: &Scope,
        cases: &BTreeSet<CaseId>,
        now: DateTime<Utc>,
    ) -> Result<SignsAtHand, ReadError> {
        let Some(editions) = self.editions_now()? else { return Ok(SignsAtHand::default()) };
        let rules = editions.signs();
        let (to_note, turns_at) = self.signs_turn(now)?;
        let mut at_hand = SignsAtHand { to_note, turns_at, ..SignsAtHand::default() };
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT x.rule, x.about FROM ({}) x LEFT JOIN cases c ON c.id = x.about WHERE {} LIMIT {MOST}",
            open(None),
            may_be_seen(scope)
        ))?;
        let mut rows = statement.query([now.timestamp_millis()])?;
        let mut of_cases: BTreeMap<CaseId, Vec<(Severity, String)>> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let rule = row.get_ref(0)?.as_str().ok().and_then(|id| rules.get(id));
            at_hand.open += 1;
            at_hand.urgent += u64::from(rule.is_some_and(|rule| rule.severity == Severity::Urgent));
            if let (Some(rule), Some(case)) = (rule, maybe_id(row, 1)?.filter(|case| cases.contains(case))) {
                of_cases.entry(case).or_default().push((rule.severity, rule.title.clone()));
            }
        }
        for (case, mut titles) in of_cases {
            titles.sort();
            titles.dedup();
            at_hand.of_cases.insert(case, titles.into_iter().map(|(_, title)| title).collect());
        }
        Ok(at_hand)
    }

    /// Since when a sign that is on record stands no longer, by what its case says: `None` where nothing does.
    fn ended(&self, sign: SignId, about: Option<CaseId>) -> Result<Option<DateTime<Utc>>, ReadError> {
        let Some(about) = about else { return Ok(None) };
        let state: Option<CaseState> = self
            .conn
            .prepare_cached("SELECT body FROM cases WHERE id = ?1 AND register = 0")?
            .query_row(params![about.0.as_bytes()], |row| json(row, 0))
            .optional()?;
        let Some(state) = state else { return Ok(None) };
        let editions = self.editions()?;
        let sight = Sight { conn: &self.conn, edition: editions.current(), zone: self.zone()? };
        let all = signs::of_case(&sight.looking(&state), true);
        Ok(all.into_iter().find(|one| one.id == sign).and_then(|one| one.until))
    }
}

impl Reading<'_> {
    fn row(&self, row: &Row<'_>) -> Result<SignRow, ReadError> {
        let sign = SignId(id(row, 0)?.0);
        let rule_id: String = row.get(1)?;
        let about = maybe_id(row, 2)?;
        let since = instant(row, 3)?;
        let until: Option<i64> = row.get(4)?;
        let at: Option<i64> = row.get(5)?;
        let raised_at = at.and_then(DateTime::from_timestamp_millis);
        let seen = row.get_ref(6)?.as_str().is_ok().then(|| json::<Sign>(row, 6)).transpose()?;
        let raised = row.get_ref(7)?.as_str().is_ok().then(|| json::<Raised>(row, 7)).transpose()?;
        let rule = match &raised {
            Some(raised) => self.editions.sign_rule(&rule_id, raised.edition),
            None => self.rules.get(&rule_id),
        };
        let ended = until.and_then(DateTime::from_timestamp_millis).filter(|until| *until <= self.now);
        let stands =
            until.is_some() && ended.is_none() && seen.as_ref().is_some_and(|seen| seen.since <= self.now);
        let ended = match (stands, ended) {
            (true, _) => None,
            (false, Some(ended)) => Some(ended),
            (false, None) => self.store.ended(sign, about)?,
        };
        let severity = rule.map_or(Severity::Notice, |rule| rule.severity);
        let open_for = raised_at.map_or_else(chrono::TimeDelta::zero, |at| self.now - at);
        let level = self.rules.level(severity, open_for);
        let location = maybe_id(row, 12)?;
        let owner = match self.rules.levels.get(level) {
            Some(rise) => {
                let to = Party::Role(rise.to.clone());
                party(&self.records, &to, location, |role| self.roles.title(role).to_owned())?
            }
            None => String::new(),
        };
        let is_case = row.get::<_, Option<i64>>(10)? == Some(0);
        let subject = if is_case { maybe_id(row, 11)? } else { about };
        let (words, entries) = match (&seen, &raised) {
            (Some(seen), _) if stands => (seen.words.clone(), seen.entries.clone()),
            (_, Some(raised)) => (raised.words.clone(), raised.entries.clone()),
            (Some(seen), None) => (seen.words.clone(), seen.entries.clone()),
            (None, None) => Default::default(),
        };
        let answered = raised.and_then(|raised| raised.answered).map(|answered| {
            let by = answered.by.map(|by| self.records.short(by)).transpose()?.flatten();
            Ok::<_, ReadError>(SignAnswered {
                answer: answered.answer,
                words: answered.words,
                by: by.unwrap_or_default(),
                at: answered.at,
            })
        });
        Ok(SignRow {
            id: sign,
            title: rule.map_or_else(|| words::A_SIGN.to_owned(), |rule| rule.title.clone()),
            means: rule.map(|rule| rule.means.clone()).unwrap_or_default(),
            todo: rule.map(|rule| rule.todo.clone()).unwrap_or_default(),
            rule: rule_id,
            severity,
            words,
            about,
            case: about.filter(|_| is_case),
            reference: match is_case {
                true => reference(&row.get::<_, String>(8)?, row.get(9)?),
                false => String::new(),
            },
            subject: self.records.of(subject)?,
            since,
            stands,
            ended,
            raised: raised_at,
            level,
            owner,
            entries,
            answered: answered.transpose()?,
            ask: None,
        })
    }
}
