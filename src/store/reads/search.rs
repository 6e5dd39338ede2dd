//! Search over everything: records by their keys, cases by their subject, and both by the words of their entries.
//!
//! A case is found where every word typed begins a key of its record or a word in one of its entries; they may stand
//! in different entries. The rarest word says which cases come into question ([`word`]), the others are asked of those
//! ([`gather`]). However common the words are, only so many rows are read: of a word that stands in every entry the
//! latest are looked at, and all that is open.

mod gather;
mod texts;
mod word;

use std::collections::BTreeMap;

use self::gather::{Because, Gathered};
pub(super) use self::word::AFTER_NUMBERS;
use super::super::Store;
use super::super::error::ReadError;
use super::super::merged::Merges;
use super::super::rows::{id, literal, signed};
use super::super::scope::Scope;
use super::{Records, title_of};
use crate::domain::ids::{CaseId, EntryId, Seq};
use crate::domain::names::search::query_tokens;
use crate::domain::permission::Viewer;
use crate::domain::search::{Found, Group, Hit, Kind, Results, Why, quote};
use crate::domain::views::CaseRow;

/// More words than this in a search say no more.
const MOST_WORDS: usize = 8;
/// Fewer people than this, and names that are nearly what was typed are offered as well.
const FEW: usize = 5;

impl Store {
    /// What was meant by a few words: people by name, birthday, NHS number or telephone; cases by reference, person or
    /// the words of their entries; organisations, staff and places. At most `limit` of each kind.
    ///
    /// # Errors
    /// [`ReadError::Denied`] where the viewer may not read people's records.
    pub fn search(&self, viewer: &Viewer, typed: &str, limit: u32) -> Result<Results, ReadError> {
        let transaction = self.conn.unchecked_transaction()?;
        let scope = self.scope(viewer)?;
        let mut tokens = query_tokens(typed);
        tokens.dedup();
        tokens.truncate(MOST_WORDS);
        let most = usize::try_from(limit).unwrap_or(usize::MAX);
        let merges = Merges::read(&self.conn)?;
        let mut words = self.words(&scope, &tokens)?;
        let mut found = self.gather(&scope, &merges, &words, most)?;
        if found.kinds.get(&Kind::People).is_none_or(|people| people.len() < FEW)
            && self.add_nearly(&scope, &mut words)?
        {
            found = self.gather(&scope, &merges, &words, most)?;
        }
        for case in self.by_reference(typed)? {
            let case = merges.kept(case);
            if let Some(candidate) = self.candidate(&scope, &merges, case)? {
                let kind = found.kinds.entry(candidate.kind()).or_default();
                kind.retain(|(other, _)| other.id != case);
                kind.insert(0, (candidate, Because::Reference));
            }
        }
        let mut results = self.results(&scope, found, most)?;
        // Whoever types the number of a case means that case, whatever else these letters begin.
        let is_meant =
            |group: &Group| group.hits.first().is_some_and(|hit| matches!(hit.why, Why::Reference));
        results.groups.sort_by_key(|group| !is_meant(group));
        drop(transaction);
        Ok(results)
    }

    /// The rows of what was found, with the reason of each.
    fn results(&self, scope: &Scope, found: Gathered, most: usize) -> Result<Results, ReadError> {
        let records = Records::new(&self.conn);
        let mut groups = Vec::new();
        for (kind, mut shown) in found.kinds {
            let more = shown.len() > most;
            shown.truncate(most);
            let ids = shown.iter().map(|(candidate, _)| candidate.id);
            let mut cases = match kind {
                Kind::Open | Kind::Closed => self.case_rows(scope, ids)?,
                Kind::People | Kind::Records(_) => BTreeMap::new(),
            };
            let mut hits = Vec::new();
            for (candidate, because) in shown {
                let found = match kind {
                    Kind::People | Kind::Records(_) => records.get(candidate.id)?.map(Found::Record),
                    Kind::Open | Kind::Closed => cases.remove(&candidate.id).map(Found::Case),
                };
                let why = match because {
                    Because::Reference => Why::Reference,
                    Because::Whole | Because::Record if candidate.is_record() => Why::Itself,
                    Because::Whole | Because::Record => Why::About,
                    Because::Nearly => Why::Nearly,
                    Because::Said { seq, words } => self.quoted(scope, candidate.id, seq, &words)?,
                };
                hits.extend(found.map(|found| Hit { found, why }));
            }
            groups.push(Group { kind, hits, more });
        }
        groups.retain(|group| !group.hits.is_empty());
        // Where each kind has more already, that is said of it.
        let is_bounded = found.is_bounded && (groups.is_empty() || groups.iter().any(|group| !group.more));
        Ok(Results { groups, is_bounded })
    }

    fn case_rows(
        &self,
        scope: &Scope,
        ids: impl Iterator<Item = CaseId>,
    ) -> Result<BTreeMap<CaseId, CaseRow>, ReadError> {
        let list: Vec<String> = ids.map(literal).collect();
        let rows = self.cases_where(scope, &format!("WHERE c.id IN ({})", list.join(", ")), u32::MAX)?;
        Ok(rows.into_iter().map(|row| (row.id, row)).collect())
    }

    /// What an entry says of what was looked for.
    fn quoted(&self, scope: &Scope, case: CaseId, seq: Seq, words: &[String]) -> Result<Why, ReadError> {
        let (entry, kind) = self
            .conn
            .prepare_cached("SELECT id, kind FROM entries WHERE seq = ?1")?
            .query_row([signed(seq)], |row| Ok((EntryId(id(row, 0)?.0), row.get::<_, String>(1)?)))?;
        let text = self.texts(scope, case)?.into_iter().find(|one| one.seq == seq);
        let text = text.map(|one| one.text).unwrap_or_default();
        let (pathway, step) = kind.split_once('.').unwrap_or(("", &kind));
        Ok(Why::Said { entry, title: title_of(&self.conn, pathway, step)?, quote: quote(&text, words) })
    }
}
