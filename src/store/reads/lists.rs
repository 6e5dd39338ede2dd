//! Lists of cases and of a register's records, page by page.

use std::collections::BTreeMap;

use rusqlite::OptionalExtension;

use super::super::Store;
use super::super::derive::{reference, scalar_count};
use super::super::error::ReadError;
use super::super::merged;
use super::super::rows::{count, id, instant, json, literal, maybe_id};
use super::super::scope::Scope;
use super::{CaseFilter, Records, Shown, Veil};
use crate::domain::commitment::Commitment;
use crate::domain::ids::CaseId;
use crate::domain::permission::{Held, Viewer};
use crate::domain::views::{CaseCount, CaseRow, Page, RecordRow};
use crate::domain::words::show;
use crate::pathway::edition::Edition;

impl Store {
    /// Cases, newest first, after the case last seen.
    ///
    /// # Errors
    /// [`ReadError::Denied`] where the viewer may not read people's records.
    pub fn cases(
        &self,
        viewer: &Viewer,
        filter: &CaseFilter,
        after: Option<CaseId>,
        limit: u32,
    ) -> Result<Page<CaseRow>, ReadError> {
        let scope = self.scope(viewer)?.about(filter.subject);
        let mut conditions = vec!["c.register = 0".to_owned()];
        if let Some(pathway) = &filter.pathway {
            conditions.push(format!("c.pathway = {}", quoted(pathway)));
        }
        if let Some(closed) = filter.closed {
            conditions.push(format!("c.closed = {}", i64::from(closed)));
        }
        if let Some(subject) = filter.subject {
            conditions.push(format!("c.subject IN ({})", merged::listed(&self.conn, subject)?));
        }
        let all = format!("WHERE {}", conditions.join(" AND "));
        let total = match filter.subject {
            Some(_) => scalar_count(
                &self.conn,
                &format!("SELECT count(*) FROM cases c {all} AND {}", scope.on("c")),
            )?,
            None => self.counted_cases(&scope, filter)?,
        };
        if let Some(after) = after {
            conditions.push(format!(
                "(c.opened_at, c.id) < (SELECT opened_at, id FROM cases WHERE id = {})",
                literal(after)
            ));
        }
        let rows = self.cases_where(&scope, &format!("WHERE {}", conditions.join(" AND ")), limit)?;
        Ok(Page { rows, total })
    }

    fn counted_cases(&self, scope: &Scope, filter: &CaseFilter) -> Result<u64, ReadError> {
        let counts = self.counts_by_pathway(scope)?;
        let wanted =
            counts.iter().filter(|(id, _)| filter.pathway.as_ref().is_none_or(|wanted| wanted == *id));
        Ok(wanted
            .map(|(_, count)| match filter.closed {
                Some(true) => count.closed,
                Some(false) => count.open,
                None => count.open + count.closed,
            })
            .sum())
    }

    /// How many cases there are of each pathway, as far as they may be read.
    ///
    /// # Errors
    /// [`ReadError::Denied`] where the viewer may not read people's records.
    pub fn case_counts(&self, viewer: &Viewer) -> Result<BTreeMap<String, CaseCount>, ReadError> {
        self.counts_by_pathway(&self.scope(viewer)?)
    }

    fn counts_by_pathway(&self, scope: &Scope) -> Result<BTreeMap<String, CaseCount>, ReadError> {
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT what, sum(n) FROM counts WHERE what >= 'cases.' AND what < 'cases/' AND {} GROUP BY what",
            scope.on_counts()
        ))?;
        let mut rows = statement.query([])?;
        let mut counts: BTreeMap<String, CaseCount> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let what: String = row.get(0)?;
            let (pathway, standing) = what["cases.".len()..].rsplit_once('.').unwrap_or_default();
            let of = counts.entry(pathway.to_owned()).or_default();
            match standing {
                "closed" => of.closed += count(row, 1)?,
                _ => of.open += count(row, 1)?,
            }
        }
        Ok(counts)
    }

    /// Cases under a condition, newest first, as far as they may be read.
    pub(super) fn cases_where(
        &self,
        scope: &Scope,
        condition: &str,
        limit: u32,
    ) -> Result<Vec<CaseRow>, ReadError> {
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT c.id, c.letter, c.number, c.pathway, c.subject, c.state, c.closed, c.opened_at, c.headline, c.risk,
                c.owed, c.facts
             FROM cases c {condition} AND {} ORDER BY c.opened_at DESC, c.id DESC LIMIT ?1",
            scope.on("c")
        ))?;
        let records = Records::new(&self.conn);
        let editions = self.editions()?;
        let veil = Veil::new(scope);
        let mut rows = statement.query([limit])?;
        let mut cases = Vec::new();
        while let Some(row) = rows.next()? {
            let case = id(row, 0)?;
            let (pathway, state): (String, String) = (row.get(3)?, row.get(5)?);
            let mut next = self.next_owed(case)?;
            next.iter_mut().for_each(|next| veil.commitment(next));
            let subject = records.of(maybe_id(row, 4)?)?;
            let shown: Shown = json(row, 11)?;
            cases.push(CaseRow {
                id: case,
                reference: reference(&row.get::<_, String>(1)?, row.get(2)?),
                kind: kind(editions.current(), &pathway, &state),
                next: next.map(Box::new),
                pathway,
                said_of: shown.said_of.filter(|_| subject.is_none()).unwrap_or_default(),
                subject,
                state,
                closed: row.get::<_, i64>(6)? != 0,
                opened_at: instant(row, 7)?,
                headline: row.get(8)?,
                risk: row.get(9)?,
                level: shown.level,
                owed: row.get(10)?,
            });
        }
        Ok(cases)
    }

    /// What of a case is owed next.
    fn next_owed(&self, case: CaseId) -> rusqlite::Result<Option<Commitment>> {
        self.conn
            .prepare_cached("SELECT body FROM owed WHERE case_id = ?1 ORDER BY due, id LIMIT 1")?
            .query_row([case.0.as_bytes()], |row| json(row, 0))
            .optional()
    }

    /// Records of a register by name, after the record last seen.
    ///
    /// # Errors
    /// [`ReadError::Denied`] where the viewer may not read people's records.
    pub fn records(
        &self,
        viewer: &Viewer,
        register: &str,
        after: Option<CaseId>,
        limit: u32,
    ) -> Result<Page<RecordRow>, ReadError> {
        let scope = self.scope_of_register(viewer, register)?;
        let (sort, last) = self.place_in_list(after)?;
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT r.row FROM records r WHERE r.register = ?1 AND (r.sort, r.id) > (?2, ?3) AND {} AND {}
             ORDER BY r.sort, r.id LIMIT ?4",
            scope.on("r"),
            merged::STANDS
        ))?;
        let records = Records::new(&self.conn);
        let rows = statement
            .query_map(rusqlite::params![register, sort, last, limit], |row| json(row, 0))?
            .map(|row| records.placed(row?))
            .collect::<rusqlite::Result<Vec<_>>>()?;
        let rows = self.with_cautions(self.with_roles(&records, rows)?)?;
        let counted = self.counted(&scope, &format!("records.{register}"))?;
        Ok(Page { rows, total: counted.saturating_sub(self.merged_away(&scope, register)?) })
    }

    /// The same with the titles of the roles of whoever of them works here.
    pub(super) fn with_roles(
        &self,
        records: &Records<'_>,
        mut rows: Vec<RecordRow>,
    ) -> Result<Vec<RecordRow>, ReadError> {
        let roles = self.roles()?;
        let mut held = self.conn.prepare_cached("SELECT roles FROM records WHERE id = ?1")?;
        for row in rows.iter_mut().filter(|row| row.register == "staff") {
            let held: Vec<Held> = held.query_row([row.id.0.as_bytes()], |row| json(row, 0))?;
            for (role, at) in held {
                let place = at.map(|at| records.short(at)).transpose()?.flatten();
                row.more.roles.push(show::role_at(roles.title(&role), place.as_deref()));
            }
        }
        Ok(rows)
    }

    /// Where the record last seen stands in its register.
    pub(super) fn place_in_list(&self, after: Option<CaseId>) -> Result<(String, Vec<u8>), ReadError> {
        let Some(after) = after else { return Ok(Default::default()) };
        let found = self
            .conn
            .prepare_cached("SELECT sort, id FROM records WHERE id = ?1")?
            .query_row([after.0.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        Ok(found.unwrap_or_default())
    }

    /// How many records of a register are read as another. They are few, and counted with the rest where all are kept.
    fn merged_away(&self, scope: &Scope, register: &str) -> Result<u64, ReadError> {
        let sql = format!(
            "SELECT count(*) FROM merged m JOIN records r ON r.id = m.gone WHERE r.register = ?1 AND {}",
            scope.on("r")
        );
        Ok(self.conn.prepare_cached(&sql)?.query_row([register], |row| count(row, 0))?)
    }

    /// The same with the titles of everybody's roles.
    ///
    /// # Errors
    /// Where the ledger cannot be read.
    pub fn staff_with_roles(&self) -> Result<Vec<RecordRow>, ReadError> {
        self.with_roles(&Records::new(&self.conn), self.staff()?)
    }

    /// Whom the operating system knows by this account, of those who have not left. Every start asks it, mostly of nobody:
    /// only rows that hold those letters are read.
    ///
    /// # Errors
    /// Where the ledger cannot be read.
    pub fn staff_by_account(&self, account: &str) -> Result<Option<CaseId>, ReadError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT row FROM records WHERE register = 'staff' AND closed = 0 AND instr(row, ?1) > 0 ORDER BY sort, id",
        )?;
        let written = serde_json::to_string(account).map_err(|error| ReadError::Failed(error.to_string()))?;
        for row in statement.query_map([written], |row| json::<RecordRow>(row, 0))? {
            let row = row?;
            if row.code.as_deref() == Some(account) {
                return Ok(Some(row.id));
            }
        }
        Ok(None)
    }

    /// Somebody of the staff list, without their answers; nobody who has left.
    ///
    /// # Errors
    /// Where the ledger cannot be read.
    pub fn one_of_staff(&self, id: CaseId) -> Result<Option<RecordRow>, ReadError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT row FROM records WHERE id = ?1 AND register = 'staff' AND closed = 0")?;
        Ok(statement.query_row([id.0.as_bytes()], |row| json(row, 0)).optional()?)
    }

    /// The staff list, by name, without those who have left. Anyone may see it: it is how one says who one is.
    ///
    /// # Errors
    /// Where the ledger cannot be read.
    pub fn staff(&self) -> Result<Vec<RecordRow>, ReadError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT row, answers FROM records WHERE register = 'staff' AND closed = 0 ORDER BY sort, id",
        )?;
        // With their answers: the code by which an account is known is one of them.
        let read = |row: &rusqlite::Row<'_>| Ok(RecordRow { answers: json(row, 1)?, ..json(row, 0)? });
        let records = Records::new(&self.conn);
        let rows = statement.query_map([], read)?.map(|row| records.placed(row?));
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

/// What a case is, and the state it stands in, as its pathway calls them today.
fn kind(edition: &Edition, pathway: &str, state: &str) -> String {
    let Some(pathway) = edition.pathway(pathway) else { return pathway.to_owned() };
    let state = pathway.states.iter().find(|one| one.id == state);
    show::kind_and_state(&pathway.title, state.map_or("", |state| state.title.as_str()))
}

/// A text as it stands in SQL.
pub(super) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
