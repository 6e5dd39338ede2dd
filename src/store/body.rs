//! The body of an entry: what was said, as canonical bytes with a version.
//!
//! Bodies are written once and never migrated; what an older version wrote is read upward here. What this version
//! does not know is kept and becomes a [`Stub`].

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::canonical::{self, NotCanonical};
use super::header::Header;
use crate::domain::act::Act;
use crate::domain::answer::{Answers, YesNo};
use crate::domain::entry::{Said, StepSaid, Stub};

/// The version of bodies that this program writes.
const VERSION: i64 = 1;

/// A step's body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct StepBody {
    pub(super) answers: Answers,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) why_late: Option<String>,
    /// `yes` where it was written without sight of what another had recorded meanwhile.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) unsighted: Option<YesNo>,
}

/// The bytes of a step's body.
pub(super) fn step(step: &StepBody) -> Result<Vec<u8>, NotCanonical> {
    canonical::bytes(&serde_json::json!({ "v": VERSION, "step": step }))
}

/// The bytes of an act's body.
pub(super) fn act(act: &Act) -> Result<Vec<u8>, NotCanonical> {
    canonical::bytes(&serde_json::json!({ "v": VERSION, "act": act }))
}

/// What an entry says, and whether it was written without sight of something newer.
pub(super) fn read(header: &Header, body: Option<&[u8]>) -> (Said, bool) {
    let Some(body) = body else { return (Said::Stub(Stub::Disposed), false) };
    known(header, body).unwrap_or_else(|| (Said::Stub(Stub::Unknown { kind: header.kind.clone() }), false))
}

fn known(header: &Header, body: &[u8]) -> Option<(Said, bool)> {
    let mut value: Value = serde_json::from_slice(body).ok()?;
    if value.get("v")?.as_i64()? != VERSION {
        return None;
    }
    if let Some(act) = value.get_mut("act") {
        return Some((Said::Act(serde_json::from_value(act.take()).ok()?), false));
    }
    let step: StepBody = serde_json::from_value(value.get_mut("step")?.take()).ok()?;
    let (pathway, name) = header.kind.split_once('.')?;
    let said = StepSaid {
        pathway: pathway.to_owned(),
        step: name.to_owned(),
        edition: header.edition?,
        on: header.on.clone(),
        answers: step.answers,
        why_late: step.why_late,
    };
    Some((Said::Step(said), step.unsighted == Some(YesNo::Yes)))
}
