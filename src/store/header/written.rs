//! A header as text, as a pack carries it: the columns under their names, ids and hashes as they are printed, times in
//! milliseconds as they are stored.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Header, method, method_word, precision, precision_word};
use crate::domain::answer::When;
use crate::domain::entry::Who;
use crate::domain::ids::{CaseId, EntryId, Hash32};

/// The columns of [`Header`] in the order of their names: UUIDs with hyphens and hashes in hexadecimal, both in lower case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    body_commit: String,
    by_staff: Option<String>,
    case_id: Option<String>,
    clock_regressed: i64,
    edition: Option<String>,
    format: i64,
    id: String,
    key: String,
    kind: String,
    method: String,
    occurred_at: i64,
    offset_minutes: i32,
    on_commitment: Option<String>,
    precision: String,
    prev: String,
    program: String,
    recorded_at: i64,
    reported_at: Option<i64>,
    seq: u64,
    subject_id: Option<String>,
    typed_by: Option<String>,
}

impl From<&Header> for Written {
    fn from(header: &Header) -> Self {
        let id = |id: &Option<CaseId>| id.map(|id| id.to_string());
        Self {
            body_commit: header.body_commit.to_string(),
            by_staff: id(&header.who.by),
            case_id: id(&header.case),
            clock_regressed: i64::from(header.clock_regressed),
            edition: header.edition.map(|edition| edition.to_string()),
            format: header.format,
            id: header.id.to_string(),
            key: header.key.clone(),
            kind: header.kind.clone(),
            method: method_word(header.who.method).to_owned(),
            occurred_at: header.occurred.at.timestamp_millis(),
            offset_minutes: header.offset_minutes,
            on_commitment: header.on.as_ref().map(ToString::to_string),
            precision: precision_word(header.occurred.precision).to_owned(),
            prev: header.prev.to_string(),
            program: header.program.clone(),
            recorded_at: header.recorded_at.timestamp_millis(),
            reported_at: header.reported_at.map(|at| at.timestamp_millis()),
            seq: header.seq,
            subject_id: id(&header.subject),
            typed_by: id(&header.who.typed_by),
        }
    }
}

impl Written {
    /// The header that is written so; `None` where it is none, or is written in any other way than ours.
    pub fn read(&self) -> Option<Header> {
        let instant = DateTime::<Utc>::from_timestamp_millis;
        let read = Header {
            format: self.format,
            seq: self.seq,
            id: self.id.parse::<EntryId>().ok()?,
            key: self.key.clone(),
            kind: self.kind.clone(),
            edition: maybe(&self.edition)?,
            case: maybe(&self.case_id)?,
            subject: maybe(&self.subject_id)?,
            on: maybe(&self.on_commitment)?,
            occurred: When { at: instant(self.occurred_at)?, precision: precision(&self.precision)? },
            reported_at: match self.reported_at {
                Some(at) => Some(instant(at)?),
                None => None,
            },
            recorded_at: instant(self.recorded_at)?,
            offset_minutes: self.offset_minutes,
            clock_regressed: self.clock_regressed != 0,
            who: Who {
                by: maybe(&self.by_staff)?,
                typed_by: maybe(&self.typed_by)?,
                method: method(&self.method)?,
            },
            program: self.program.clone(),
            body_commit: self.body_commit.parse::<Hash32>().ok()?,
            prev: self.prev.parse::<Hash32>().ok()?,
        };
        (Self::from(&read) == *self).then_some(read)
    }
}

/// What may be absent, read; `None` where it is there and cannot be.
#[expect(clippy::option_option, reason = "whether it is absent and whether it can be read are two questions")]
fn maybe<T: std::str::FromStr>(text: &Option<String>) -> Option<Option<T>> {
    match text {
        None => Some(None),
        Some(text) => text.parse().ok().map(Some),
    }
}
