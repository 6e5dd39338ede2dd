//! The body of an entry: what was said, as canonical bytes with a version.
//!
//! Bodies are written once and never migrated; what an older version wrote is read upward here. What this version
//! does not know is kept and becomes a [`Stub`]: a newer version of a body, an act or an answer of a kind that came
//! later, or a member that came later in any of them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::canonical::{self, NotCanonical};
use super::header::Header;
use crate::domain::act::Act;
use crate::domain::answer::{Answers, YesNo};
use crate::domain::entry::{Caution, PlaceThen, RecordSaid, RegisterThen, Said, StepSaid, Stub};
use crate::domain::ids::CaseId;
use crate::domain::leave::{Leave, Waits};

/// The version of bodies that this program writes.
const VERSION: i64 = 1;

/// A body as it is written: `v`, one of the two, and what was looked up for it.
#[derive(Serialize)]
struct Written<'a> {
    v: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    act: Option<&'a Act>,
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<&'a StepBody<'a>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    hours: &'a BTreeMap<CaseId, String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    kinds: &'a BTreeMap<CaseId, String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    record: &'a RecordSaid,
    #[serde(skip_serializing_if = "<[Caution]>::is_empty")]
    cautions: &'a [Caution],
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<PlaceThen>,
    #[serde(skip_serializing_if = "Option::is_none")]
    waits: Option<&'a Waits>,
    #[serde(skip_serializing_if = "Option::is_none")]
    alone: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    acting_for: Option<CaseId>,
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
    step: Option<StepBody<'static>>,
    #[serde(default)]
    hours: BTreeMap<CaseId, String>,
    #[serde(default)]
    kinds: BTreeMap<CaseId, String>,
    #[serde(default)]
    record: RecordSaid,
    #[serde(default)]
    cautions: Vec<Caution>,
    #[serde(default)]
    place: Option<PlaceThen>,
    #[serde(default)]
    waits: Option<Waits>,
    #[serde(default)]
    alone: Option<String>,
    #[serde(default)]
    acting_for: Option<CaseId>,
}

/// A step's body: borrowed to be written, its own when it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StepBody<'a> {
    pub(super) answers: Cow<'a, Answers>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) why_late: Option<Cow<'a, str>>,
    /// `yes` where it was written without sight of what another had recorded meanwhile.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) unsighted: Option<YesNo>,
    /// The file it was imported from, where nobody typed it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) source: Option<Cow<'a, str>>,
    /// Fields of a record that it emptied, in the order of their ids.
    #[serde(skip_serializing_if = "BTreeSet::is_empty", default)]
    pub(super) cleared: Cow<'a, BTreeSet<String>>,
}

/// The bytes of a step's body.
pub(super) fn step(
    step: &StepBody<'_>,
    register: &RegisterThen,
    leave: &Leave,
) -> Result<Vec<u8>, NotCanonical> {
    canonical::bytes(&written(None, Some(step), register, leave))
}

/// The bytes of an act's body.
pub(super) fn act(act: &Act, register: &RegisterThen, leave: &Leave) -> Result<Vec<u8>, NotCanonical> {
    canonical::bytes(&written(Some(act), None, register, leave))
}

fn written<'a>(
    act: Option<&'a Act>,
    step: Option<&'a StepBody<'a>>,
    register: &'a RegisterThen,
    leave: &'a Leave,
) -> Written<'a> {
    let Leave { waits, alone, acting_for } = leave;
    Written {
        v: VERSION,
        act,
        step,
        hours: &register.hours,
        kinds: &register.kinds,
        record: &register.record,
        cautions: &register.cautions,
        place: register.place,
        waits: waits.as_ref(),
        alone: alone.as_deref(),
        acting_for: *acting_for,
    }
}

/// What a body holds.
pub(super) struct Read {
    pub(super) said: Said,
    pub(super) register: RegisterThen,
    pub(super) leave: Leave,
    /// Whether it was written without sight of something newer.
    pub(super) unsighted: bool,
    /// The file it was imported from.
    pub(super) source: Option<String>,
}

impl Read {
    fn stub(stub: Stub) -> Self {
        let (register, leave) = (RegisterThen::default(), Leave::default());
        Self { said: Said::Stub(stub), register, leave, unsighted: false, source: None }
    }
}

/// What an entry says.
pub(super) fn read(header: &Header, body: Option<&[u8]>) -> Read {
    let Some(body) = body else {
        return Read::stub(Stub::Disposed { kind: header.kind.clone(), edition: header.edition });
    };
    known(header, body).unwrap_or_else(|| Read::stub(Stub::Unknown { kind: header.kind.clone() }))
}

fn known(header: &Header, body: &[u8]) -> Option<Read> {
    let body: Body = serde_json::from_slice(body).ok()?;
    let (pathway, step) = header.kind.split_once('.')?;
    let register = RegisterThen {
        hours: body.hours,
        kinds: body.kinds,
        record: body.record,
        cautions: body.cautions,
        place: body.place,
    };
    let leave = Leave { waits: body.waits, alone: body.alone, acting_for: body.acting_for };
    match (body.v, body.act, body.step) {
        (VERSION, Some(act), None) => {
            Some(Read { said: Said::Act(act), register, leave, unsighted: false, source: None })
        }
        (VERSION, None, Some(body)) if pathway != "act" => {
            let said = StepSaid {
                pathway: pathway.to_owned(),
                step: step.to_owned(),
                edition: header.edition?,
                on: header.on.clone(),
                answers: body.answers.into_owned(),
                why_late: body.why_late.map(Cow::into_owned),
                cleared: body.cleared.into_owned(),
            };
            let unsighted = body.unsighted == Some(YesNo::Yes);
            let source = body.source.map(Cow::into_owned);
            Some(Read { said: Said::Step(said), register, leave, unsighted, source })
        }
        _ => None,
    }
}
