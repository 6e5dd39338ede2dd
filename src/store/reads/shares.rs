//! What was shared with whom over all cases, the newest first, with what was decided and done beside it.

use chrono::{DateTime, Utc};

use super::super::Store;
use super::super::derive::reference;
use super::super::error::ReadError;
use super::super::merged;
use super::super::rows::{count, id, json, maybe_id};
use super::{Records, Veil};
use crate::domain::case::{Facts, Milestone};
use crate::domain::names::fold;
use crate::domain::permission::Viewer;
use crate::domain::share::Share;
use crate::domain::views::{ShareFilter, ShareRow};

impl Store {
    /// What was shared, the newest first; with a person, all that was shared about them. Of restricted records only what
    /// the viewer may read: nobody is left without care by a row that is not there.
    ///
    /// # Errors
    /// [`ReadError::Denied`] where the viewer may not read people's records.
    pub fn shares(
        &self,
        viewer: &Viewer,
        filter: &ShareFilter,
        limit: u32,
    ) -> Result<Vec<ShareRow>, ReadError> {
        let scope = self.scope(viewer)?.about(filter.subject);
        let transaction = self.conn.unchecked_transaction()?;
        let millis = |at: &DateTime<Utc>| at.timestamp_millis();
        let mut conditions = vec![scope.on("c")];
        conditions.extend(filter.from.as_ref().map(|from| format!("s.at >= {}", millis(from))));
        conditions.extend(filter.until.as_ref().map(|until| format!("s.at < {}", millis(until))));
        if let Some(subject) = filter.subject {
            conditions.push(format!("c.subject IN ({})", merged::listed(&self.conn, subject)?));
        }
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT c.id, c.letter, c.number, c.pathway, c.subject, c.location, c.headline, c.closed, c.owed, c.facts,
                s.body
             FROM shares s JOIN cases c ON c.id = s.case_id WHERE {}
             ORDER BY s.at DESC, s.case_id DESC, s.place DESC",
            conditions.join(" AND ")
        ))?;
        let records = Records::new(&self.conn);
        let veil = Veil::new(&scope);
        let wanted = filter.with.as_deref().map(fold);
        let most = usize::try_from(limit).unwrap_or(usize::MAX);
        let mut rows = statement.query([])?;
        let mut shares = Vec::new();
        while shares.len() < most
            && let Some(row) = rows.next()?
        {
            let mut share: Share = json(row, 10)?;
            veil.named(&mut share.with);
            let is_with = wanted.as_ref().is_none_or(|wanted| {
                let name = fold(&share.with.words);
                wanted.split_whitespace().all(|word| name.contains(word))
            });
            if !is_with || filter.without_agreement && share.without_consent.is_none() {
                continue;
            }
            let mut facts: Facts = json(row, 9)?;
            veil.facts(&mut facts);
            shares.push(ShareRow {
                case: id(row, 0)?,
                reference: reference(&row.get::<_, String>(1)?, row.get(2)?),
                pathway: row.get(3)?,
                subject: records.of(maybe_id(row, 4)?)?,
                place: records.of(maybe_id(row, 5)?)?.map(|place| place.name),
                headline: row.get(6)?,
                closed: row.get::<_, i64>(7)? != 0,
                owed: count(row, 8)?,
                decided: facts.milestones.get(&Milestone::Decided).copied(),
                advice: facts.advice,
                ended: facts.how_closed,
                share,
            });
        }
        drop(rows);
        drop(statement);
        drop(transaction);
        Ok(shares)
    }
}
