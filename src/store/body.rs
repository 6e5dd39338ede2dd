//! The body of an entry: what was said, as canonical bytes with a version.
//!
//! Bodies are written once and never migrated; what an older version wrote is read upward here. What this version
//! does not know is kept and becomes a [`Stub`]: a newer version of a body, an act or an answer of a kind that came
//! later, or a member that came later in any of them.

use serde::{Deserialize, Serialize};

use super::canonical::{self, NotCanonical};
use super::header::Header;
use crate::domain::act::Act;
use crate::domain::answer::{Answers, YesNo};
use crate::domain::entry::{Said, StepSaid, Stub};

/// The version of bodies that this program writes.
const VERSION: i64 = 1;

/// A body as it is written: `v` and one of the two.
#[derive(Serialize)]
struct Written<'a> {
    v: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    act: Option<&'a Act>,
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<&'a StepBody>,
}

/// A body as it is read. A member that this program does not know makes the whole body unknown to it: half of what
/// was said is never shown as all of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    v: i64,
    #[serde(default)]
    act: Option<Act>,
    #[serde(default)]
    step: Option<StepBody>,
}

/// A step's body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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
    canonical::bytes(&Written { v: VERSION, act: None, step: Some(step) })
}

/// The bytes of an act's body.
pub(super) fn act(act: &Act) -> Result<Vec<u8>, NotCanonical> {
    canonical::bytes(&Written { v: VERSION, act: Some(act), step: None })
}

/// What an entry says, and whether it was written without sight of something newer.
pub(super) fn read(header: &Header, body: Option<&[u8]>) -> (Said, bool) {
    let Some(body) = body else { return (Said::Stub(Stub::Disposed), false) };
    known(header, body).unwrap_or_else(|| (Said::Stub(Stub::Unknown { kind: header.kind.clone() }), false))
}

fn known(header: &Header, body: &[u8]) -> Option<(Said, bool)> {
    let body: Body = serde_json::from_slice(body).ok()?;
    let (pathway, step) = header.kind.split_once('.')?;
    match (body.v, body.act, body.step) {
        (VERSION, Some(act), None) => Some((Said::Act(act), false)),
        (VERSION, None, Some(body)) if pathway != "act" => {
            let said = StepSaid {
                pathway: pathway.to_owned(),
                step: step.to_owned(),
                edition: header.edition?,
                on: header.on.clone(),
                answers: body.answers,
                why_late: body.why_late,
            };
            Some((Said::Step(said), body.unsighted == Some(YesNo::Yes)))
        }
        _ => None,
    }
}
