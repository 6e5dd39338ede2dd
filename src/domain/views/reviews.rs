//! What is shown of reviews that come round, and of those of which none runs.

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

/// What an office is expected to have come round, and of which none runs. It is never missed: nothing is owed yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unbegun {
    /// The step that begins it, `PATHWAY.STEP`.
    pub begin: String,
    /// The title of that pathway.
    pub title: String,
    /// Which of its kinds: field and choice of the opening step; `None` where it has no kinds.
    pub kind: Option<(String, String)>,
    /// What it is called: the label of its kind, or the title of its pathway.
    pub what: String,
    /// When the last one that there was came to its end; `None`: nobody has begun one yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended: Option<DateTime<Utc>>,
}
