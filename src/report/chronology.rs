//! Entries in words: what a step or an act says in a chronology, with whatever ought to be known about it. The command line
//! and packs tell it alike; screens, which have less room, do it in `app`.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::domain::act::Act;
use crate::domain::answer::{Answers, YesNo};
use crate::domain::entry::{Entry, Said, StepSaid, Stub};
use crate::domain::ids::{CaseId, CommitmentId, EntryId};
use crate::domain::leave::Waits;
use crate::domain::time::{Zone, display};
use crate::domain::views::{Amendment, CaseView, TakenOver, Told};
use crate::domain::words::cli as words;
use crate::domain::words::disposal;
use crate::domain::words::keys;
use crate::domain::words::pack;
use crate::domain::words::ui::acting_for;
use crate::domain::words::ui::standing::taken_over;
use crate::pathway::advice;
use crate::pathway::edition::Editions;
use crate::pathway::passing;
use crate::pathway::show::{self, Shown};
use crate::pathway::struck::{self, Struck};

/// With what entries of a case are told.
#[derive(Clone, Copy)]
pub struct Telling<'a> {
    /// The definitions, each entry on those it was filled in on.
    pub editions: &'a Editions,
    /// The case.
    pub view: &'a CaseView,
    /// The office's zone.
    pub zone: Zone,
    /// Now: times of this year are told without it.
    pub now: DateTime<Utc>,
}

/// One entry: its head, then its answers a line each, then what is to be known about it.
pub fn lines(with: Telling<'_>, told: &Told) -> Vec<String> {
    let Telling { editions, view, .. } = with;
    let when = display::short_when(&told.occurred, with.now, with.zone);
    let title = title(editions, told);
    let mut lines = vec![words::entry_head(&when, &title, &by(view, told))];
    let body = match &told.entry.said {
        Said::Step(said) => shown(with, told, said)
            .into_iter()
            .map(|line| words::answer_line(&line.label, &line.words))
            .collect(),
        Said::Act(act) => {
            let said = act_in_words(editions, view, (told.entry.id, act));
            Some(words::indented(&said)).filter(|_| !said.is_empty()).into_iter().collect()
        }
        Said::Stub(_) => Vec::new(),
    };
    lines.extend(body);
    let struck = struck(with, told).into_iter().map(|struck| {
        let when = display::short(struck.at, with.now, with.zone);
        let by = struck.by.map(|by| name(view, by)).unwrap_or_default();
        words::indented(&words::struck(&struck.label, &struck.words, &when, &by, &struck.reason))
    });
    lines.extend(struck);
    lines.extend(remarks(with, told).into_iter().map(|remark| words::indented(&remark)));
    lines
}

/// The same as JSON.
pub fn json(with: Telling<'_>, told: &Told) -> Value {
    let Telling { editions, view, .. } = with;
    let entry = &told.entry;
    let answers = match &entry.said {
        Said::Step(said) => serde_json::to_value(shown(with, told, said)).unwrap_or_default(),
        Said::Act(act) => json!(act_in_words(editions, view, (told.entry.id, act))),
        Said::Stub(_) => Value::Null,
    };
    json!({
        "seq": entry.seq,
        "id": entry.id,
        "kind": kind(&entry.said),
        "title": title(editions, told),
        "occurred": told.occurred,
        "reported_at": entry.reported_at,
        "recorded_at": entry.recorded_at,
        "by": entry.who.by.map(|id| name(view, id)),
        "acting_for": entry.leave.acting_for.map(|id| name(view, id)),
        "typed_by": entry.who.typed_by.map(|id| name(view, id)),
        "method": entry.who.method,
        "answers": answers,
        "amendments": told.amendments.iter().map(|one| unsealed(editions, told, one)).collect::<Vec<_>>(),
        "struck": struck(with, told),
        "own_decision": told.own_decision,
        "missing": told.missing,
        "late_entry": told.late_entry,
        "to_confirm": told.to_confirm,
        "unsigned": told.unsigned,
        "unsighted": told.unsighted,
        "source": told.source,
        "second": told.second,
        "taken_over": told.taken_over.iter().map(|one| taken(with, one)).collect::<Vec<_>>(),
        "remarks": remarks(with, told),
        "hash": entry.hash,
    })
}

/// Who took over a form from whom, by name.
fn taken(with: Telling<'_>, one: &TakenOver) -> Value {
    let name = |staff: Option<CaseId>| staff.map(|staff| name(with.view, staff));
    json!({ "from": name(one.from), "by": name(one.by), "at": one.at, "reason": one.reason })
}

/// An amendment without what is sealed.
fn unsealed(editions: &Editions, told: &Told, amendment: &Amendment) -> Amendment {
    let step = match &told.entry.said {
        Said::Step(said) => editions.step(said),
        Said::Act(_) | Said::Stub(_) => None,
    };
    let before = step.map_or_else(Answers::new, |step| show::unsealed(&step.fields, &amendment.before));
    Amendment { before, ..amendment.clone() }
}

/// What of an entry waits for a second person, line by line.
pub fn waiting(editions: &Editions, zone: Zone, entry: &Entry) -> Vec<String> {
    let Said::Step(said) = &entry.said else { return Vec::new() };
    let answers = match &entry.leave.waits {
        Some(Waits::Part(part)) => part,
        _ => &said.answers,
    };
    let lines = editions.step(said).map(|step| show::lines(step, answers, &zone)).unwrap_or_default();
    lines.iter().map(|line| words::answer(&line.label, &line.words)).collect()
}

pub(super) fn shown(with: Telling<'_>, told: &Told, said: &StepSaid) -> Vec<Shown> {
    let Telling { editions, view, .. } = with;
    let Some(step) = editions.step(said) else { return Vec::new() };
    let answers = struck::standing(view, told, step, told.answers.as_ref().unwrap_or(&said.answers));
    let mut lines = show::lines(step, &answers, &with.zone);
    lines.extend(struck::emptied(view, told, step, &with.zone));
    lines
}

/// What was corrected in it, and the name it was written under before its case moved to the right record.
pub(super) fn struck(with: Telling<'_>, told: &Told) -> Vec<Struck> {
    let Telling { editions, view, .. } = with;
    let Said::Step(said) = &told.entry.said else { return Vec::new() };
    editions.step(said).map(|step| struck::struck(view, told, step, &with.zone)).unwrap_or_default()
}

pub(super) fn kind(said: &Said) -> String {
    match said {
        Said::Step(said) => format!("{}.{}", said.pathway, said.step),
        Said::Act(act) => act.kind().to_owned(),
        Said::Stub(Stub::Unknown { kind }) => kind.clone(),
        Said::Stub(Stub::Disposed { .. } | Stub::Restricted) => "stub".to_owned(),
    }
}

pub(super) fn title(editions: &Editions, told: &Told) -> String {
    match &told.entry.said {
        Said::Step(said) => editions.step(said).map_or(said.step.clone(), |step| step.title.clone()),
        Said::Act(act) => words::act_title(act).to_owned(),
        Said::Stub(stub) => words::stub(stub),
    }
}

pub(super) fn by(view: &CaseView, told: &Told) -> String {
    let who = told.entry.who;
    let by = who.by.or(told.signed_by).map(|id| name(view, id)).unwrap_or_default();
    let by = acting_for(&by, told.entry.leave.acting_for.map(|id| name(view, id)));
    match who.typed_by.filter(|typed_by| Some(*typed_by) != who.by) {
        Some(typed_by) => words::typed_by(&by, &name(view, typed_by)),
        None => by,
    }
}

pub(super) fn name(view: &CaseView, id: CaseId) -> String {
    view.names.get(&id).cloned().unwrap_or_else(|| id.to_string())
}

pub(super) fn act_in_words(editions: &Editions, view: &CaseView, (own, act): (EntryId, &Act)) -> String {
    let name = |id| name(view, id);
    let what = |owed: &CommitmentId| {
        let one = view.state.commitments.iter().find(|one| one.id == *owed);
        one.map_or("", |one| one.what.as_str())
    };
    match act {
        Act::Amend { entry, reason, .. } => struck::correction(editions, view, own, *entry, reason),
        Act::TakeDraft { reason, .. } => reason.clone(),
        Act::Reattribute { from, to, reason, .. } => words::from_to(&name(*from), &name(*to), reason),
        Act::Link { reason, .. } | Act::Unlink { reason, .. } => reason.clone(),
        Act::Cancel { owed, reason, .. } => words::called_off(what(owed), reason),
        Act::PassOn { owed, to, reason, .. } => words::passed_on(what(owed), &name(*to), reason),
        Act::HoldDuty { duty, staff, place } => words::holds(duty, &name(*staff), place.map(name).as_deref()),
        Act::ConfirmTyped { agrees, note, .. } => words::confirmed(*agrees == YesNo::Yes, note),
        Act::Merge { kept, gone, reason, .. } | Act::Unmerge { kept, gone, reason } => {
            words::merged_with(&name(*gone), &name(*kept), reason)
        }
        Act::Countersign { note, .. } => note.clone(),
        Act::SignIn { staff } => name(*staff),
        Act::EnrolKey { label, fingerprint, until, .. } => {
            keys::enrolled(label, &fingerprint.to_string(), *until)
        }
        Act::RevokeKey { fingerprint, reason, .. } => keys::revoked(&fingerprint.to_string(), reason),
        Act::SetSecret { staff, what } => words::secret_of(&name(*staff), *what),
        Act::Unlock { staff, station } => staff.map(name).or_else(|| station.clone()).unwrap_or_default(),
        Act::Sign { .. } => String::new(),
        Act::Acknowledge { what: seen } => seen.iter().map(what).collect::<Vec<_>>().join("; "),
        Act::LookBeyond { subject, reason } => words::of(&name(*subject), reason),
        Act::BeyondSeen { note, .. } => note.clone(),
        // They belong to no case: `dutydesk handover show` tells them.
        Act::HandOver(_)
        | Act::HandoverAnswer { .. }
        | Act::HandoverReadBack { .. }
        | Act::HandoverLeft { .. }
        | Act::HandoverEnd { .. } => String::new(),
        Act::RaiseSign { words, .. } | Act::AnswerSign { words, .. } => words.clone(),
        Act::Looks { looks, .. } => looks.to_string(),
        Act::Found { office, .. } => office.clone(),
        Act::Adopt { edition, .. } => edition.to_string(),
        Act::Hold { reason } | Act::LiftHold { reason, .. } => reason.clone(),
        Act::Dispose { edition, class, from, due, seqs } => {
            disposal::by_class(editions.kept_as(*edition, class), *from, *due, seqs.len())
        }
        Act::Withhold { withheld, ground, reason, .. } => {
            disposal::withheld(*withheld == YesNo::Yes, *ground, reason)
        }
        Act::GiveCopy { copy, withheld, .. } => disposal::given(&copy.to_string(), *withheld),
        Act::Disclose { whom, about, form, redacted, copy } => {
            pack::disclosed(&whom.words, about, form, *redacted == YesNo::Yes, &copy.to_string())
        }
        Act::Take { .. }
        | Act::Offer { .. }
        | Act::AnswerOffer { .. }
        | Act::WithdrawOffer { .. }
        | Act::LeaveTo { .. } => passing::in_words(view, act, &editions.current().roles).unwrap_or_default(),
    }
}

/// What is missing in an entry, by the labels of its form; a field that its edition does not have any more by its id.
pub(super) fn missing<'a>(editions: &'a Editions, told: &'a Told) -> Vec<&'a str> {
    let step = match &told.entry.said {
        Said::Step(said) => editions.step(said),
        _ => None,
    };
    let label = |path: &'a String| {
        let field = path.split('.').next().and_then(|id| step?.field(id));
        field.map_or(path.as_str(), |field| field.label.as_str())
    };
    told.missing.iter().map(label).collect()
}

pub(super) fn remarks(with: Telling<'_>, told: &Told) -> Vec<String> {
    let Telling { editions, view, .. } = with;
    let recorded = display::short(told.entry.recorded_at, with.now, with.zone);
    let delay = display::length(told.occurred.at, told.entry.recorded_at);
    let mut remarks = Vec::new();
    if editions.lacks_labels(&told.entry.said) {
        remarks.push(words::WITHOUT_LABELS.to_owned());
    }
    if told.late_entry {
        remarks.push(words::late_entry(&recorded, &delay));
    }
    if let Said::Step(StepSaid { why_late: Some(why), .. }) = &told.entry.said {
        remarks.push(words::why_late(why));
    }
    if let Some(owed) = view.state.answered_late(told.entry.id, told.occurred.at) {
        remarks.push(words::answered_late(&owed.what, &display::length(owed.due, told.occurred.at)));
    }
    if let Some(when) = advice::newer(view, told, editions) {
        remarks.push(words::newer_advice(&display::short_when(&when, with.now, with.zone)));
    }
    if told.own_decision {
        remarks.push(words::OWN_DECISION.to_owned());
    }
    if !told.missing.is_empty() {
        remarks.push(words::still_missing(&missing(editions, told).join(", ")));
    }
    if told.to_confirm {
        remarks.push(words::TO_CONFIRM.to_owned());
    }
    if told.unsigned {
        remarks.push(words::UNSIGNED.to_owned());
    }
    if told.unsighted {
        remarks.push(words::UNSIGHTED.to_owned());
    }
    remarks.extend(told.taken_over.iter().map(|one| {
        let name = |staff: Option<CaseId>| staff.map(|staff| name(view, staff)).unwrap_or_default();
        let when = display::short(one.at, with.now, with.zone);
        taken_over(&name(one.from), &name(one.by), &when, &one.reason)
    }));
    remarks.extend(told.source.as_deref().map(words::imported_from));
    if let Some(second) = &told.second {
        let (by, at) = second.word().unzip();
        let who = by.flatten().map(|by| name(view, by)).unwrap_or_default();
        let when = at.map(|at| display::short(at, with.now, with.zone)).unwrap_or_default();
        remarks.push(words::second(second, &who, &when));
    }
    remarks
}
