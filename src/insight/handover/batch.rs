//! What is put into the record when a shift is handed over, a line is answered, or what nobody took is left: the act of the
//! handover and, in the same batch, the acts by which things in their cases change hands.
//!
//! What is theirs by a duty alone becomes theirs by name when it is handed over: so it stays with whoever hands over until
//! somebody has it, whoever takes the duty meanwhile.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::domain::act::Act;
use crate::domain::commitment::Party;
use crate::domain::entry::{Batch, Method, NewEntry, Who};
use crate::domain::handover::{Answered, Handed, HandedOver};
use crate::domain::ids::{CaseId, EntryId, Seq};
use crate::domain::owning::{OfferAnswer, Owned, is_party};
use crate::domain::permission::{Action, DECISION_HOLDER, Grant, Roles, Viewer, may};
use crate::domain::rota::Rota;
use crate::domain::views::{HandoverView, Standing};
use crate::domain::words::handover as words;
use crate::pathway::edition::Edition;
use crate::pathway::improve::{self, Weakness};

/// The duty to which whatever nobody took passes, where the office has it.
const ON_CALL: &str = "on_call";

/// Who does it, under which id, and when.
#[derive(Debug, Clone, Copy)]
pub struct Doer<'a> {
    /// The id of the act of the handover; those of the cases are derived from it.
    pub id: EntryId,
    /// Whose act it is.
    pub who: Who,
    /// The same with what they may.
    pub viewer: &'a Viewer,
    /// Now.
    pub now: DateTime<Utc>,
}

impl Doer<'_> {
    fn own(&self, act: Act) -> NewEntry {
        NewEntry::of_act(self.id, None, self.who, act, self.now)
    }

    fn of_case(&self, case: CaseId, name: &str, act: Act) -> NewEntry {
        NewEntry::of_act(self.id.derived(name), Some(case), self.who, act, self.now)
    }
}

/// A shift is handed over: what is theirs by a duty becomes theirs by name, and all that is to be taken is offered where it
/// is known to whom.
pub fn handed_over(said: HandedOver, doer: Doer<'_>) -> Batch {
    let mut by_case: BTreeMap<CaseId, (Vec<Owned>, Seq)> = BTreeMap::new();
    let mut offers = Vec::new();
    for line in &said.lines {
        let Some((case, what)) = line.owned() else { continue };
        if line.by_duty {
            let known = by_case.entry(case).or_default();
            known.0.push(what.clone());
            known.1 = known.1.max(line.seq);
        }
        if let Some(to) = &said.to {
            let (to, handover) = (to.clone(), Some(doer.id));
            let act = Act::Offer { what: vec![what], to, handover, note: String::new() };
            offers.push(doer.of_case(case, &format!("offer.{}", line.key), act));
        }
    }
    let seen = by_case.iter().map(|(case, (_, seq))| (*case, *seq)).collect();
    let takes = by_case.into_iter().map(|(case, (what, _))| {
        doer.of_case(
            case,
            &format!("take.{case}"),
            Act::Take { what, reason: words::BY_NAME.to_owned(), handover: None },
        )
    });
    let mut entries = vec![doer.own(Act::HandOver(Box::new(said)))];
    entries.extend(takes);
    entries.extend(offers);
    Batch { entries, seen, ..Batch::default() }
}

/// Lines are answered. What somebody takes is theirs in the same moment.
///
/// # Errors
/// Where a line is somebody else's by now, in words.
pub fn answered(
    view: &HandoverView,
    items: &[String],
    answer: Answered,
    reason: &str,
    doer: Doer<'_>,
) -> Result<Batch, String> {
    let handover = view.handover.id;
    let said = Act::HandoverAnswer { handover, items: items.to_vec(), answer, reason: reason.to_owned() };
    let mut entries = vec![doer.own(said)];
    for handed in items.iter().filter_map(|key| view.handover.line(key)) {
        if let Some(duty) = handed.line.duty().filter(|_| answer == Answered::Taken) {
            let Some(staff) = doer.viewer.staff else { continue };
            let act = Act::HoldDuty { duty: duty.to_owned(), staff, place: None };
            let name = format!("hold.{duty}");
            entries.push(NewEntry::of_act(doer.id.derived(&name), None, doer.who, act, doer.now));
        }
        let Some((case, what)) = handed.line.owned() else { continue };
        let Some(stands) = view.standing.get(&handed.line.key) else { continue };
        if let Some(act) = passes(view, stands, what, answer, reason, doer)? {
            entries.push(doer.of_case(case, &format!("answer.{}", handed.line.key), act));
        }
    }
    Ok(Batch { entries, ..Batch::default() })
}

/// The act by which a thing passes or does not, where one is wanted.
fn passes(
    view: &HandoverView,
    stands: &Standing,
    what: Owned,
    answer: Answered,
    reason: &str,
    doer: Doer<'_>,
) -> Result<Option<Act>, String> {
    if let Some((offer, to)) = &stands.offer
        && is_party(doer.viewer, to, None)
    {
        let answer = match answer {
            Answered::Taken => OfferAnswer::Taken,
            Answered::Refused => OfferAnswer::Refused,
            Answered::Queried => OfferAnswer::Queried,
            Answered::Read => return Ok(None),
        };
        return Ok(Some(Act::AnswerOffer { offer: *offer, answer, reason: reason.to_owned() }));
    }
    match &stands.owner {
        _ if answer != Answered::Taken => Ok(None),
        Party::Staff(owner) if Some(*owner) == doer.viewer.staff => Ok(None),
        // Somebody else took it without the handover: theirs it stays.
        Party::Staff(owner) if *owner != view.handover.giver => Err(words::has_it(&view.name(*owner))),
        _ => Ok(Some(Act::Take {
            what: vec![what],
            reason: words::AT_HANDOVER.to_owned(),
            handover: Some(view.handover.id),
        })),
    }
}

/// Whoever hands over leaves what nobody has taken to a duty of the rota; what they still own of it passes at once.
pub fn left(view: &HandoverView, rota: &Rota, doer: Doer<'_>) -> Option<Batch> {
    let duty = takes_what_is_left(&rota.roles);
    let may_give = may(&rota.roles, doer.viewer, &Action::Granted(Grant::HoldDuty), None).is_ok();
    // A duty that they may give to nobody stays theirs until the shift ends: then the program passes it on.
    let waits = |handed: &&Handed| may_give || handed.line.duty().is_none();
    let waiting: Vec<&Handed> = view.handover.waiting().filter(waits).collect();
    if waiting.is_empty() {
        return None;
    }
    let items = waiting.iter().map(|handed| handed.line.key.clone()).collect();
    let mut entries =
        vec![doer.own(Act::HandoverLeft { handover: view.handover.id, items, duty: duty.clone() })];
    for handed in waiting {
        entries.extend(handed.line.duty().and_then(|duty| duty_passes(view, rota, duty, doer)));
        let Some((case, what)) = handed.line.owned() else { continue };
        let Some(stands) = view.standing.get(&handed.line.key) else { continue };
        if stands.owner != Party::Staff(view.handover.giver) {
            continue;
        }
        let reason = why_left(view, handed);
        let act = Act::LeaveTo { what: vec![what], duty: duty.clone(), refused: stands.refused, reason };
        entries.push(doer.of_case(case, &format!("left.{}", handed.line.key), act));
    }
    Some(Batch { entries, ..Batch::default() })
}

/// Whoever is rung next has the duty that nobody took, where whoever handed over has it still: by a slot it passes by itself.
fn duty_passes(view: &HandoverView, rota: &Rota, duty: &str, doer: Doer<'_>) -> Option<NewEntry> {
    let giver = view.handover.giver;
    let held = rota.holder(duty, None, doer.now)?;
    if held.staff != giver || held.slot.is_some() {
        return None;
    }
    let links = rota.orders(doer.now).flat_map(|order| rota.links(order, None, doer.now));
    let mut next = links.filter_map(|link| link.holding).map(|holding| holding.staff);
    let staff = next.find(|staff| *staff != giver && rota.may_hold(*staff, duty, None))?;
    let act = Act::HoldDuty { duty: duty.to_owned(), staff, place: None };
    let id = doer.id.derived(&format!("hold.{duty}"));
    Some(NewEntry::of_act(id, None, doer.who, act, doer.now))
}

/// The same once its time is over ([`crate::domain::handover::Handover::passes_on`]), by the program: one batch, however many
/// programs notice it. It happened then, whenever it is noticed.
pub fn left_by_the_clock(view: &HandoverView, rota: &Rota, now: DateTime<Utc>) -> Option<Batch> {
    let then = view.handover.passes_on();
    if now < then {
        return None;
    }
    let viewer = Viewer::system();
    let who = Who { by: None, typed_by: None, method: Method::System };
    let doer = Doer { id: view.handover.id.derived("left"), who, viewer: &viewer, now: then };
    left(view, rota, doer)
}

/// The duty that sees to what nobody took.
fn takes_what_is_left(roles: &Roles) -> String {
    let named = [ON_CALL, DECISION_HOLDER].into_iter().find(|duty| roles.duties.contains_key(*duty));
    named.unwrap_or_else(|| roles.desk()).to_owned()
}

/// Why a thing passes to whoever is on call: who refused it and what they said, or that nobody answered.
fn why_left(view: &HandoverView, handed: &Handed) -> String {
    match handed.answer().filter(|_| handed.is_refused()) {
        Some(last) => words::refused_by(&view.name(last.by), words::answered(last.answer), &last.reason),
        None => words::NOBODY_ANSWERED.to_owned(),
    }
}

/// The item of governance that a handover becomes which was not as it should be, as `ended` said at its end; `None` where the
/// office has no such pathway.
pub fn governance(edition: &Edition, note: &str, ended: &NewEntry) -> Option<NewEntry> {
    let weakness = Weakness { headline: words::GOVERNANCE_HEADLINE, summary: note, place: None };
    improve::item(edition.takes_actions()?, ended, weakness)
}
