//! What is shown of reviews that come round.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::OwedRow;

/// A review that comes round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReviewRow {
    /// The time that is owed next, or was missed; of a restricted record that may not be seen, a stub.
    pub owed: OwedRow,
    /// How often it comes round, in words.
    pub rhythm: String,
    /// When it was last held; `None`: never, or not to be told.
    pub held: Option<DateTime<Utc>>,
    /// How many times have passed since without anything recorded.
    pub missed: u32,
    /// How often it was left out on purpose, with a reason.
    pub left_out: u32,
    /// What was recorded is still to be signed off.
    pub to_sign: bool,
}
