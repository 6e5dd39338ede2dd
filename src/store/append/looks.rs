//! What appending has to do with the access log.
//!
//! What was refused, and what was opened beyond, is noted in it. And how far it has come is written into the ledger when
//! somebody signs in or a duty passes on: whoever takes looks out of the log afterwards, or removes it, would have to
//! rewrite the ledger too. That goes along with an entry that is written anyway, so that a look by itself never wakes
//! the others' screens.

use chrono::{DateTime, Utc};
use rusqlite::OptionalExtension;

use super::Appending;
use crate::domain::access::{How, Look, NOBODYS};
use crate::domain::act::Act;
use crate::domain::entry::{Batch, Method, NewEntry, NewSaid, Who};
use crate::domain::ids::{CaseId, Seq};
use crate::domain::permission::Viewer;
use crate::domain::words::store as words;
use crate::store::error::AppendError;
use crate::store::reads::title_of;
use crate::store::rows::count;
use crate::store::{Access, Store};

/// What there is to note of a batch: that it was refused, if it was, by what it began with; and what it opens beyond.
pub(super) struct ToNote {
    refused: Option<(Look, String)>,
    beyond: Vec<Look>,
}

/// What there may be to note once it is known what became of a batch.
pub(super) fn to_note(viewer: &Viewer, batch: &Batch, now: DateTime<Utc>) -> ToNote {
    let look = |subject: Option<CaseId>, case, how| Look {
        staff: viewer.staff,
        subject: subject.unwrap_or(NOBODYS),
        case,
        how,
        detail: None,
        at: now,
    };
    let opened = |entry: &NewEntry| match &entry.what {
        NewSaid::Act(Act::LookBeyond { subject, .. }) => {
            // Why is in the ledger; here stands where.
            Some(Look { detail: Some(entry.id.to_string()), ..look(Some(*subject), None, How::Beyond) })
        }
        _ => None,
    };
    let refused = batch.entries.first().map(|entry| {
        let kind = match &entry.what {
            NewSaid::Step { pathway, step, .. } => format!("{pathway}.{step}"),
            NewSaid::Act(act) => act.kind().to_owned(),
        };
        (look(entry.subject.or(entry.case), entry.case, How::Refused), kind)
    });
    ToNote { refused, beyond: batch.entries.iter().filter_map(opened).collect() }
}

impl Store {
    /// Notes it. What cannot be noted now is missing from the log; what was asked for was done or refused all the same.
    pub(super) fn note(&self, to_note: &ToNote, is_refused: bool) {
        let looks = match &to_note.refused {
            Some((look, kind)) if is_refused => {
                let (pathway, step) = kind.split_once('.').unwrap_or_default();
                let title = match pathway {
                    "act" => words::act_title(kind),
                    _ => title_of(&self.conn, pathway, step).unwrap_or_else(|_| kind.clone()),
                };
                let about = look.case.and_then(|case| self.subject_of(case)).unwrap_or(look.subject);
                vec![Look { subject: about, detail: Some(title), ..look.clone() }]
            }
            _ if is_refused => Vec::new(),
            _ => to_note.beyond.clone(),
        };
        if !looks.is_empty()
            && let Ok(mut access) = Access::open(&self.dir)
        {
            let _ = access.record(&looks);
        }
    }

    fn subject_of(&self, case: CaseId) -> Option<CaseId> {
        let found =
            self.conn.prepare_cached("SELECT subject FROM cases WHERE id = ?1").and_then(|mut found| {
                found.query_row([case.0.as_bytes()], |row| crate::store::rows::maybe_id(row, 0))
            });
        found.ok().flatten()
    }
}

impl Appending<'_> {
    /// The entry that follows the act, where there is something new to say. A log that cannot be read keeps nobody from
    /// signing in; verifying finds it.
    pub(super) fn looks(&self, act: &Act, entry: &NewEntry) -> Result<Option<NewEntry>, AppendError> {
        if !matches!(act, Act::SignIn { .. } | Act::HoldDuty { .. }) || !self.dir.access().exists() {
            return Ok(None);
        }
        let head = Access::open(self.dir).ok().and_then(|access| access.head().ok().flatten());
        let Some((looks, head)) = head else { return Ok(None) };
        let known: Option<Seq> = self
            .conn
            .prepare_cached("SELECT max(looks) FROM looks_heads HAVING max(looks) IS NOT NULL")?
            .query_row([], |row| count(row, 0))
            .optional()?;
        if known.is_some_and(|known| known >= looks) {
            return Ok(None);
        }
        let who = Who { by: None, typed_by: None, method: Method::System };
        let noted = entry.following("looks", None, NewSaid::Act(Act::Looks { looks, head }));
        Ok(Some(NewEntry { who, ..noted }))
    }
}
