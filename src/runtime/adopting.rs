//! Changed definition files come into force when somebody is here who may bring them; until then it is said that they
//! wait, and why.

use chrono::{DateTime, Utc};

use crate::app::msg::Failure;
use crate::domain::ids::CaseId;
use crate::domain::words::runtime as words;
use crate::pathway::edition::Edition;
use crate::settings::definitions;
use crate::store::{AppendError, Store};

/// Brings changed definition files into force if this member of staff may; otherwise says that they wait, or what is
/// wrong with them. The edition in force stays until then. `None` where nothing was changed.
pub fn adopt(
    store: &mut Store,
    staff: Option<CaseId>,
    now: DateTime<Utc>,
) -> Option<Result<String, Failure>> {
    let dir = store.dir().config();
    // Most offices have no files of their own, and every start comes by here: the program's are not copied to be compared.
    let built_in = || store.edition().ok().flatten().is_some_and(Edition::is_built_in);
    if definitions::own(&dir).is_ok_and(|own| own.is_empty()) && built_in() {
        return None;
    }
    let files = match definitions::files(&dir) {
        Ok(files) => files,
        Err(error) => return Some(Err(error.to_string())),
    };
    if !store.differs(&files).unwrap_or(false) {
        return None;
    }
    let adopted = match store.viewer_for(staff, now) {
        Ok(viewer) => store.adopt(&viewer, files, now),
        Err(error) => return Some(Err(error.to_string())),
    };
    Some(match adopted {
        Ok(_) => Ok(words::DEFINITIONS_ADOPTED.to_owned()),
        Err(AppendError::Denied(reason)) => Err(words::definitions_need_leave(&reason.0)),
        Err(error) => Err(words::definitions_wait(&error.to_string())),
    })
}
