//! A draft that tests of the threads keep.

use crate::domain::draft::Draft;
use crate::domain::ids::{DraftId, Hash32};

pub(super) fn draft(said: &str) -> Draft {
    Draft {
        id: DraftId(uuid::Uuid::from_u128(1)),
        pathway: "urgent".to_owned(),
        step: "call".to_owned(),
        edition: Hash32([0; 32]),
        case: None,
        seen: None,
        on: None,
        amends: None,
        linked: Vec::new(),
        begun: None,
        not_from: None,
        opened_at: chrono::DateTime::UNIX_EPOCH,
        staff: None,
        text: [("changed".to_owned(), said.to_owned())].into(),
        about: String::new(),
        call_back: String::new(),
    }
}
