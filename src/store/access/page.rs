//! The list of looks, newest first, page by page: by whose record, by whom, how, and between which times. There may be
//! millions, so a page is read along an index and begins where the last one ended.

use rusqlite::params_from_iter;
use rusqlite::types::Value;

use super::Access;
use crate::domain::access::{Look, Sought};
use crate::domain::ids::Seq;
use crate::store::error::ReadError;
use crate::store::rows::signed;

impl Access {
    /// Up to `max` looks that are sought, newest first, after the one last seen; each with its number. Who may ask is
    /// the store's question.
    pub(in crate::store) fn page(
        &self,
        sought: &Sought,
        after: Option<Seq>,
        max: u32,
    ) -> Result<Vec<(Seq, Look)>, ReadError> {
        let (condition, values) = condition(sought, after);
        let mut page = self.conn.prepare_cached(&format!(
            "SELECT seq, staff, subject, case_id, how, at, detail FROM looks WHERE {condition}
             ORDER BY seq DESC LIMIT {max}"
        ))?;
        let rows = page.query_map(params_from_iter(values), super::look)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

fn condition(sought: &Sought, after: Option<Seq>) -> (String, Vec<Value>) {
    let mut values = vec![Value::Integer(after.map_or(i64::MAX, signed))];
    let mut conditions = vec!["seq < ?1".to_owned()];
    let raw = |id: crate::domain::ids::CaseId| Value::Blob(id.0.as_bytes().to_vec());
    let given = [
        ("subject", sought.subject.map(raw)),
        ("staff", sought.staff.map(raw)),
        ("how", sought.how.map(|how| Value::Text(how.word().to_owned()))),
    ];
    for (column, value) in given {
        if let Some(value) = value {
            values.push(value);
            conditions.push(format!("{column} = ?{}", values.len()));
        }
    }
    // Looks are noted in the order of their times but for a clock that was set: the day gives the numbers between which
    // they lie, and within those each is asked for its time.
    let millis = |at: chrono::DateTime<chrono::Utc>| Value::Integer(at.timestamp_millis());
    if sought.since.is_some() || sought.until.is_some() {
        values.push(sought.since.map_or(Value::Integer(i64::MIN), millis));
        values.push(sought.until.map_or(Value::Integer(i64::MAX), millis));
        let (since, until) = (values.len() - 1, values.len());
        let within = format!("at >= ?{since} AND at < ?{until}");
        conditions.push(within.clone());
        conditions.push(format!("seq >= (SELECT min(seq) FROM looks WHERE {within})"));
        conditions.push(format!("seq <= (SELECT max(seq) FROM looks WHERE {within})"));
    }
    (conditions.join(" AND "), values)
}
