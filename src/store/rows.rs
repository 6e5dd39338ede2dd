//! Values of ours to and from SQLite's.

use chrono::{DateTime, Utc};
use rusqlite::types::{FromSqlError, Type, ValueRef};
use rusqlite::{Error, Row};
use uuid::Uuid;

use super::error::{AppendError, OpenError, ReadError};
use crate::domain::ids::{CaseId, Hash32};

/// A column that holds something it cannot hold.
pub(super) fn wrong(at: usize, what: &str) -> Error {
    Error::FromSqlConversionFailure(at, Type::Null, what.to_owned().into())
}

fn blob<const N: usize>(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<[u8; N]>> {
    match row.get_ref(at)? {
        ValueRef::Null => Ok(None),
        ValueRef::Blob(bytes) => bytes.try_into().map(Some).map_err(|_| {
            Error::FromSqlConversionFailure(
                at,
                Type::Blob,
                FromSqlError::InvalidBlobSize { expected_size: N, blob_size: bytes.len() }.into(),
            )
        }),
        _ => Err(wrong(at, "not bytes")),
    }
}

/// Thirty-two bytes.
pub(super) fn bytes32(row: &Row<'_>, at: usize) -> rusqlite::Result<[u8; 32]> {
    blob(row, at)?.ok_or_else(|| wrong(at, "no bytes"))
}

/// A hash that may be absent.
pub(super) fn hash(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<Hash32>> {
    Ok(blob(row, at)?.map(Hash32))
}

/// An id that may be absent.
pub(super) fn maybe_id(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<CaseId>> {
    Ok(blob(row, at)?.map(|bytes| CaseId(Uuid::from_bytes(bytes))))
}

/// An id.
pub(super) fn id(row: &Row<'_>, at: usize) -> rusqlite::Result<CaseId> {
    maybe_id(row, at)?.ok_or_else(|| wrong(at, "no id"))
}

/// An instant from milliseconds.
pub(super) fn instant(row: &Row<'_>, at: usize) -> rusqlite::Result<DateTime<Utc>> {
    DateTime::from_timestamp_millis(row.get(at)?).ok_or_else(|| wrong(at, "no instant"))
}

/// A value kept as JSON.
pub(super) fn json<T: serde::de::DeserializeOwned>(row: &Row<'_>, at: usize) -> rusqlite::Result<T> {
    let text =
        row.get_ref(at)?.as_str().map_err(|e| Error::FromSqlConversionFailure(at, Type::Text, e.into()))?;
    serde_json::from_str(text).map_err(|e| Error::FromSqlConversionFailure(at, Type::Text, e.into()))
}

/// A number that counts something.
pub(super) fn count(row: &Row<'_>, at: usize) -> rusqlite::Result<u64> {
    u64::try_from(row.get::<_, i64>(at)?).map_err(|_| wrong(at, "less than none"))
}

/// An id as it stands in SQL text. Only hexadecimal digits come out.
pub(super) fn literal(id: CaseId) -> String {
    format!("x'{}'", id.0.simple())
}

/// An entry number as SQLite stores it.
pub(super) fn signed(seq: u64) -> i64 {
    i64::try_from(seq).unwrap_or(i64::MAX)
}

pub(super) fn failed_to_open(error: Error) -> OpenError {
    use rusqlite::ErrorCode as Code;
    OpenError::Failed(match error.sqlite_error_code() {
        Some(Code::DatabaseBusy | Code::DatabaseLocked) => crate::domain::words::store::HELD.to_owned(),
        _ => error.to_string(),
    })
}

impl From<Error> for ReadError {
    fn from(error: Error) -> Self {
        match error {
            Error::QueryReturnedNoRows => ReadError::NotFound,
            other => ReadError::Failed(other.to_string()),
        }
    }
}

impl From<Error> for AppendError {
    fn from(error: Error) -> Self {
        use rusqlite::ErrorCode as Code;
        match error.sqlite_error_code() {
            Some(Code::DiskFull) => AppendError::Full,
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => AppendError::Busy,
            Some(Code::ReadOnly) => AppendError::Disk(crate::domain::words::store::NOT_WRITABLE.to_owned()),
            Some(Code::CannotOpen | Code::FileLockingProtocolFailed | Code::PermissionDenied) => {
                AppendError::Disk(error.to_string())
            }
            Some(Code::SystemIoFailure) => AppendError::Unknown,
            _ => AppendError::Fatal(error.to_string()),
        }
    }
}

impl From<ReadError> for AppendError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Denied(reason) => AppendError::Denied(reason),
            other => AppendError::Fatal(other.to_string()),
        }
    }
}
