//! Records of one register by a few letters or digits: those that have what was typed, and those whose names are nearly it.
//!
//! Whoever has exactly that name, room or number stands first. How words are compared is left to
//! [`crate::domain::names::search`]; a search over everything, to [`super::search`].

use std::collections::BTreeSet;

use rusqlite::{params, params_from_iter};

use super::super::Store;
use super::super::error::ReadError;
use super::super::merged;
use super::super::rows::json;
use super::super::scope::Scope;
use super::Records;
use super::search::AFTER_NUMBERS;
use crate::domain::names::search::{is_whole, query_tokens};
use crate::domain::names::similar::misspelt;
use crate::domain::permission::Viewer;
use crate::domain::views::RecordRow;

/// More words than this in a search say no more.
const MOST_TOKENS: usize = 6;
/// From so many records of which a name begins with what was typed, they are looked through in the order of their names until
/// there are enough; fewer are found first and put in order then.
const SORTED: u32 = 500;

impl Store {
    /// Records found by a few letters of name, date of birth, room, telephone or NHS number: those that have just what
    /// was typed first, then by name. One or two digits are a whole number: nobody is found by how a longer one begins.
    ///
    /// # Errors
    /// [`ReadError::Denied`] where the viewer may not read people's records.
    pub fn find(
        &self,
        viewer: &Viewer,
        register: &str,
        typed: &str,
        limit: u32,
    ) -> Result<Vec<RecordRow>, ReadError> {
        let tokens = tokens(typed);
        if tokens.is_empty() {
            return Ok(self.records(viewer, register, None, limit)?.rows);
        }
        let scope = self.scope_of_register(viewer, register)?;
        let keyed = |at: usize, token: &str| match is_whole(token) {
            true => format!("key = ?{at}"),
            false => format!("key >= ?{at} AND key < ?{at} || char(1114111)"),
        };
        // The first narrows most: it leads, the others are asked of what it found.
        let (leading, others) =
            tokens.split_first().map_or(("", [].as_slice()), |(one, all)| (one.as_str(), all));
        let led = format!("register = ?1 AND {}", keyed(2, leading));
        let count = format!("SELECT count(*) FROM (SELECT 1 FROM find_keys WHERE {led} LIMIT {SORTED})");
        let matches: u32 =
            self.conn.prepare_cached(&count)?.query_row(params![register, leading], |row| row.get(0))?;
        let of_record = "EXISTS (SELECT 1 FROM find_keys k WHERE k.record = r.id AND";
        let is_few = matches < SORTED;
        let mut sql = match is_few {
            true => format!(
                "SELECT r.row FROM records r WHERE {} AND r.id IN (SELECT record FROM find_keys WHERE {led})",
                scope.on("r")
            ),
            false => format!(
                "SELECT r.row FROM records r INDEXED BY records_sort WHERE r.register = ?1 AND {} AND {of_record} {})",
                scope.on("r"),
                keyed(2, leading)
            ),
        };
        for (at, token) in others.iter().enumerate() {
            sql.push_str(&format!(" AND {of_record} {})", keyed(at + 3, token)));
        }
        // Of very many that begin so, those with just that name stand together in the order of names anyhow.
        let exactly = tokens.iter().enumerate().filter(|(_, token)| is_few && !is_whole(token));
        let exactly: String = exactly.map(|(at, _)| format!(" + {of_record} k.key = ?{})", at + 2)).collect();
        let order = if exactly.is_empty() { String::new() } else { format!("0{exactly} DESC, ") };
        // Found under a name that was merged away, it is the record that is kept.
        sql.push_str(&format!(" ORDER BY {order}r.sort, r.id LIMIT {}", limit.saturating_mul(2)));
        let values = std::iter::once(register.to_owned()).chain(tokens);
        self.found_by(&scope, &sql, values.collect(), limit)
    }

    /// Records whose names are nearly what was typed, written or heard otherwise, and that have all the rest of it. None
    /// of those that have it as it stands.
    ///
    /// # Errors
    /// As [`Store::find`].
    pub fn find_nearly(
        &self,
        viewer: &Viewer,
        register: &str,
        typed: &str,
        limit: u32,
    ) -> Result<Vec<RecordRow>, ReadError> {
        let tokens = tokens(typed);
        let scope = self.scope_of_register(viewer, register)?;
        let mut meant: Vec<BTreeSet<String>> = vec![BTreeSet::new(); tokens.len()];
        let mut all = self
            .conn
            .prepare_cached("SELECT DISTINCT key FROM find_keys WHERE register = ?1 AND key >= ?2")?;
        let mut keys = all.query([register, AFTER_NUMBERS])?;
        while let Some(row) = keys.next()? {
            let key = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
            for (token, meant) in tokens.iter().zip(&mut meant) {
                if !key.starts_with(token.as_str()) && misspelt(token, key) {
                    meant.insert(key.to_owned());
                }
            }
        }
        if meant.iter().all(BTreeSet::is_empty) {
            return Ok(Vec::new());
        }
        let mut values = vec![register.to_owned()];
        let mut value = |text: &str| {
            values.push(text.to_owned());
            format!("?{}", values.len())
        };
        let mut wanted = String::new();
        let (mut nearly, mut exactly) = (Vec::new(), Vec::new());
        for (token, meant) in tokens.iter().zip(&meant) {
            let typed = value(token);
            let begins = match is_whole(token) {
                true => format!("k.key = {typed}"),
                false => format!("k.key >= {typed} AND k.key < {typed} || char(1114111)"),
            };
            let places: Vec<String> = meant.iter().map(|key| value(key)).collect();
            let of_record = "SELECT 1 FROM find_keys k WHERE k.record = r.id AND";
            wanted.push_str(&format!(
                " AND EXISTS ({of_record} (({begins}) OR k.key IN ({})))",
                places.join(", ")
            ));
            exactly.push(format!("EXISTS ({of_record} {begins})"));
            nearly.extend(places);
        }
        let sql = format!(
            "SELECT r.row FROM records r WHERE {} AND r.id IN
                (SELECT record FROM find_keys WHERE register = ?1 AND key IN ({})){wanted} AND NOT ({})
             ORDER BY r.sort, r.id LIMIT {}",
            scope.on("r"),
            nearly.join(", "),
            exactly.join(" AND "),
            limit.saturating_mul(2)
        );
        self.found_by(&scope, &sql, values, limit)
    }

    /// The records that a question finds, each as the one that is kept, without those that may not be read.
    fn found_by(
        &self,
        scope: &Scope,
        sql: &str,
        values: Vec<String>,
        limit: u32,
    ) -> Result<Vec<RecordRow>, ReadError> {
        let mut statement = self.conn.prepare_cached(sql)?;
        let records = Records::new(&self.conn);
        let mut found: Vec<RecordRow> = Vec::new();
        for row in statement.query_map(params_from_iter(values), |row| json::<RecordRow>(row, 0))? {
            let row = row?;
            let kept = merged::kept(&self.conn, row.id)?;
            let row = if kept == row.id { Some(records.placed(row)?) } else { records.get(kept)? };
            let Some(row) = row.filter(|row| !found.iter().any(|one| one.id == row.id)) else { continue };
            if scope.holds(&self.conn, row.location, self.record_class(row.id)?).is_ok() {
                found.push(row);
            }
        }
        found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        self.with_cautions(self.with_roles(&records, found)?)
    }
}

/// What was typed, the longest first.
fn tokens(typed: &str) -> Vec<String> {
    let mut tokens = query_tokens(typed);
    tokens.sort_by_key(|token| std::cmp::Reverse(token.len()));
    tokens.truncate(MOST_TOKENS);
    tokens
}
