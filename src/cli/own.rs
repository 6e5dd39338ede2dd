//! `dutydesk own`: taking, offering, answering and leaving, under the same rules as on screen.

use std::path::PathBuf;

use super::arguments::{Own, OwnOf};
use super::failure::{Code, Failure};
use super::{desk, record};
use crate::domain::act::Act;
use crate::domain::case::CaseState;
use crate::domain::chance::Chance;
use crate::domain::clean::Clean;
use crate::domain::commitment::Party;
use crate::domain::entry::{Batch, NewEntry, Who};
use crate::domain::ids::EntryId;
use crate::domain::owning::{OfferAnswer, Owned};
use crate::domain::words::owning::{NOT_OFFERED, NOT_OPEN};
use crate::runtime::clock;
use crate::store::Store;

pub(super) fn run(office: Option<PathBuf>, asked: &Own) -> Result<Code, Failure> {
    let of = asked.of();
    let (mut store, now) = (desk::open(office)?, clock::now());
    let (staff, method) = desk::doer(&store, of.staff.as_deref())?;
    let viewer = store.viewer_for(staff, now)?;
    let state = record::stands(&store, &viewer, &of.case)?.case;
    let act = act(&store, asked, &state)?;
    let entry = NewEntry::of_act(
        EntryId(clock::SystemChance.uuid()),
        Some(state.id),
        Who { by: staff, typed_by: staff, method },
        act,
        now,
    );
    let seen = vec![(state.id, of.seen.unwrap_or(state.version))];
    let batch = Batch { entries: vec![entry], seen, ..Batch::default() };
    record::answer(&store.append(&viewer, batch, now)?)
}

fn act(store: &Store, asked: &Own, state: &CaseState) -> Result<Act, Failure> {
    let said =
        |words: &Option<String>| Clean::notes(words.as_deref().unwrap_or_default().trim()).into_string();
    let answer =
        |of: &OwnOf, answer, reason| Ok(Act::AnswerOffer { offer: offer(of, state)?, answer, reason });
    match asked {
        Own::Take { of, reason } => {
            Ok(Act::Take { what: what(of, state)?, reason: said(reason), handover: None })
        }
        Own::Offer { of, to, to_duty, note } => {
            let to = match (to, to_duty) {
                (Some(staff), _) => Party::Staff(desk::staff_named(store, staff)?.id),
                (None, duty) => Party::Role(duty.clone().unwrap_or_default()),
            };
            Ok(Act::Offer { what: what(of, state)?, to, handover: None, note: said(note) })
        }
        Own::Accept { of } => answer(of, OfferAnswer::Taken, String::new()),
        Own::Refuse { of, reason } => answer(of, OfferAnswer::Refused, said(&Some(reason.clone()))),
        Own::Query { of, question } => answer(of, OfferAnswer::Queried, said(&Some(question.clone()))),
        Own::Withdraw { of, reason } => {
            Ok(Act::WithdrawOffer { offer: offer(of, state)?, reason: said(reason) })
        }
        Own::Leave { of, to_duty, reason } => {
            let what = what(of, state)?;
            let holding = what.first().and_then(|what| state.holding(what)).map(|(_, holding)| holding);
            let refused = holding.and_then(|holding| holding.refused.as_ref()).map(|word| word.entry);
            Ok(Act::LeaveTo { what, duty: to_duty.clone(), refused, reason: said(reason) })
        }
    }
}

/// What is meant: what is owed under that number, or the case with all in it that has the same owner.
fn what(of: &OwnOf, state: &CaseState) -> Result<Vec<Owned>, Failure> {
    if let Some(on) = &of.on {
        return Ok(vec![Owned::Owed(record::commitment(Some(state), on)?)]);
    }
    let owner = state.holding(&Owned::Case).map(|(owner, _)| owner);
    let owner = owner.ok_or_else(|| Failure::refused(NOT_OPEN))?;
    let same = |what: &Owned| state.holding(what).is_some_and(|(other, _)| other == owner);
    Ok(state.all_owned().filter(same).collect())
}

/// The offer that stands of it.
fn offer(of: &OwnOf, state: &CaseState) -> Result<EntryId, Failure> {
    let what = match &of.on {
        Some(on) => Owned::Owed(record::commitment(Some(state), on)?),
        None => Owned::Case,
    };
    let offered = state.holding(&what).and_then(|(_, holding)| holding.offered.as_ref());
    offered.map(|offered| offered.entry).ok_or_else(|| Failure::refused(NOT_OFFERED))
}
