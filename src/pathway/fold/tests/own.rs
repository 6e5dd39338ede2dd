//! Whose things are: stories, and what holds of any sequence of entries.

use uuid::Uuid;

use super::*;
use crate::domain::entry::Entry;
use crate::domain::owning::{DUTY_DESK, OfferAnswer, Owned};

const SHAH: CaseId = CaseId(Uuid::from_u128(21));
const OKAFOR: CaseId = CaseId(Uuid::from_u128(22));

fn role(id: &str) -> Party {
    Party::Role(id.to_owned())
}

fn take(what: &Owned, reason: &str) -> Act {
    Act::Take { what: vec![what.clone()], reason: reason.to_owned(), handover: None }
}

fn offer(what: &Owned, to: Party) -> Act {
    Act::Offer { what: vec![what.clone()], to, handover: None, note: String::new() }
}

fn answer(offer: EntryId, answer: OfferAnswer, reason: &str) -> Act {
    Act::AnswerOffer { offer, answer, reason: reason.to_owned() }
}

fn leave(what: &Owned, refused: Option<EntryId>) -> Act {
    let duty = "decision_holder".to_owned();
    Act::LeaveTo { what: vec![what.clone()], duty, refused, reason: "end of shift".to_owned() }
}

fn owner(ledger: &Ledger, what: &Owned) -> Party {
    state(ledger).holding(what).unwrap().0.clone()
}

/// Records something that may pass ownership: of what is open, settled or not here, by somebody or by nobody.
pub(super) fn next(ledger: &mut Ledger, how: u8, which: usize, who: u8) {
    let before = state(ledger);
    let mut all =
        vec![Owned::Case, Owned::Owed(CommitmentId { entry: EntryId(Uuid::nil()), place: "x".into() })];
    all.extend(before.commitments.iter().map(|one| Owned::Owed(one.id.clone())));
    let what = &all[which % all.len()];
    let entries: Vec<EntryId> = before.entries.iter().map(|mark| mark.id).collect();
    let offers: Vec<EntryId> = all.iter().filter_map(|what| offer_of(&before, what)).collect();
    // Mostly an offer that stands, at times any entry.
    let named = offers.get(which % (offers.len() + 1)).copied().unwrap_or(entries[which % entries.len()]);
    let staff = |who: u8| CaseId(Uuid::from_u128(20 + u128::from(who)));
    let act = match how {
        0 => take(what, ""),
        1 => offer(what, Party::Staff(staff(who % 3 + 1))),
        2 => offer(what, role("decision_holder")),
        3 => answer(named, OfferAnswer::Taken, ""),
        4 => answer(named, OfferAnswer::Refused, "I am off at ten"),
        5 => answer(named, OfferAnswer::Queried, "which dressing?"),
        6 => Act::WithdrawOffer { offer: named, reason: String::new() },
        _ => leave(what, None),
    };
    match who {
        // The program's own, or somebody who never said who they were.
        3 => drop(ledger.act(act)),
        who => drop(ledger.act_by(staff(who), act)),
    }
}

fn offer_of(state: &CaseState, what: &Owned) -> Option<EntryId> {
    state.holding(what)?.1.offered.as_ref().map(|offered| offered.entry)
}

/// Everything that is open has exactly one owner of ours, and an offer of it stands at most once.
pub(super) fn has_one_owner_each(state: &CaseState) {
    assert!(state.owner.is_some(), "no register");
    for what in state.all_owned() {
        let (owner, holding) = state.holding(&what).unwrap();
        match owner {
            Party::Role(role) => assert!(!role.is_empty()),
            Party::Staff(_) => {}
            Party::Outside(_) => panic!("{what:?} is owned by somebody outside"),
        }
        if let Some(offered) = &holding.offered {
            assert!(!offered.to.is_outside());
            assert!(state.entries.iter().any(|mark| mark.id == offered.entry && mark.kind == "act.offer"));
        }
    }
    let owed = state.commitments.iter().filter(|one| one.progress.is_open()).count();
    assert_eq!(state.all_owned().count(), owed + usize::from(!state.closed));
}

/// An owner changes by the acts that say so and by nothing else, and only of what they name and what was open.
pub(super) fn passed_as_the_entry_says(before: Option<&CaseState>, after: &CaseState, entry: &Entry) {
    let Some(before) = before else { return };
    let Said::Act(act) = &entry.said else { return stayed(before, after, &[]) };
    let by = entry.who.by.map(Party::Staff);
    let (named, to) = match act {
        Act::Take { what, .. } => (what.clone(), by),
        Act::AnswerOffer { offer, answer: OfferAnswer::Taken, .. } => (before.offered_in(*offer), by),
        Act::LeaveTo { what, duty, .. } => (what.clone(), Some(Party::Role(duty.clone()))),
        _ => (Vec::new(), None),
    };
    let named: Vec<Owned> = named.into_iter().filter(|what| before.holding(what).is_some()).collect();
    match to {
        Some(to) => {
            for what in &named {
                let (owner, holding) = after.holding(what).unwrap();
                assert_eq!((owner, &holding.offered), (&to, &None));
                assert_eq!(holding.came.as_ref().unwrap().entry, entry.id);
            }
            stayed(before, after, &named);
        }
        None => stayed(before, after, &[]),
    }
}

/// Everything but this is whose it was, also what stands in the place of something.
fn stayed(before: &CaseState, after: &CaseState, but: &[Owned]) {
    for what in before.all_owned().filter(|what| !but.contains(what)) {
        let mut now = what.clone();
        while let Owned::Owed(id) = &now
            && let Some(newer) =
                after.commitments.iter().find(|one| one.id == *id).unwrap().superseded_by.clone()
        {
            now = Owned::Owed(newer);
        }
        if let Some((owner, _)) = after.holding(&now) {
            assert_eq!(owner, before.holding(&what).unwrap().0, "{what:?}");
        }
    }
}

/// A call that was decided and about which a surgery has promised a visit; what stands for the visit.
fn visit() -> (Ledger, Owned) {
    let (ledger, liaised) = promised();
    (ledger, Owned::Owed(CommitmentId { entry: liaised, place: "promises.0".into() }))
}

#[test]
fn a_case_is_whose_its_pathway_says_until_somebody_takes_it() {
    let mut ledger = Ledger::new();
    ledger.step("call", call("red"));
    assert_eq!(owner(&ledger, &Owned::Case), role(DUTY_DESK));
    let taken = ledger.act_by(SHAH, take(&Owned::Case, ""));
    let state = state(&ledger);
    let (owner, holding) = state.holding(&Owned::Case).unwrap();
    assert_eq!(*owner, Party::Staff(SHAH));
    let came = holding.came.as_ref().unwrap();
    assert_eq!((came.entry, came.from, came.unasked), (taken, None, false));
}

#[test]
fn nothing_leaves_the_giver_before_somebody_has_it() {
    let (mut ledger, visit) = visit();
    ledger.act_by(SHAH, take(&visit, ""));
    let offered = ledger.act_by(SHAH, offer(&visit, Party::Staff(OKAFOR)));
    assert_eq!(owner(&ledger, &visit), Party::Staff(SHAH));
    ledger.act_by(OKAFOR, answer(offered, OfferAnswer::Queried, "which nurse?"));
    assert_eq!(owner(&ledger, &visit), Party::Staff(SHAH));
    ledger.act_by(OKAFOR, answer(offered, OfferAnswer::Taken, ""));
    let state = state(&ledger);
    let (owner, holding) = state.holding(&visit).unwrap();
    assert_eq!((owner, &holding.offered), (&Party::Staff(OKAFOR), &None));
    assert!(!holding.came.as_ref().unwrap().unasked, "they had offered it");
}

#[test]
fn what_is_refused_stays_with_the_giver_and_passes_to_the_duty_naming_who_refused() {
    let (mut ledger, visit) = visit();
    ledger.act_by(SHAH, take(&visit, ""));
    let offered = ledger.act_by(SHAH, offer(&visit, Party::Staff(OKAFOR)));
    let refusal = ledger.act_by(OKAFOR, answer(offered, OfferAnswer::Refused, "I am off at ten"));
    let stays = state(&ledger);
    let (owner, holding) = stays.holding(&visit).unwrap();
    assert_eq!((owner, &holding.offered), (&Party::Staff(SHAH), &None));
    assert_eq!(holding.refused.as_ref().unwrap().by, Some(OKAFOR));
    // An answer to what no longer stands changes nothing.
    ledger.act_by(OKAFOR, answer(offered, OfferAnswer::Taken, ""));
    assert_eq!(self::owner(&ledger, &visit), Party::Staff(SHAH));

    ledger.act_by(SHAH, leave(&visit, Some(refusal)));
    let passed = state(&ledger);
    let (owner, holding) = passed.holding(&visit).unwrap();
    assert_eq!(*owner, role("decision_holder"));
    assert_eq!(
        holding.refused.as_ref().map(|word| (word.by, word.reason.as_str())),
        Some((Some(OKAFOR), "I am off at ten"))
    );
    // Whoever takes it next starts afresh.
    ledger.act_by(OKAFOR, take(&visit, ""));
    assert_eq!(state(&ledger).holding(&visit).unwrap().1.refused, None);
}

#[test]
fn a_newer_offer_takes_the_place_of_the_one_before() {
    let (mut ledger, visit) = visit();
    ledger.act_by(SHAH, take(&visit, ""));
    let first = ledger.act_by(SHAH, offer(&visit, Party::Staff(OKAFOR)));
    let second = ledger.act_by(SHAH, offer(&visit, role("decision_holder")));
    let stands = state(&ledger);
    assert_eq!((stands.offered_in(first), stands.offered_in(second)), (Vec::new(), vec![visit.clone()]));
    ledger.act_by(OKAFOR, answer(first, OfferAnswer::Taken, ""));
    assert_eq!(owner(&ledger, &visit), Party::Staff(SHAH));
    ledger.act_by(SHAH, Act::WithdrawOffer { offer: second, reason: String::new() });
    assert!(state(&ledger).offered_in(second).is_empty());
}

#[test]
fn a_chase_and_a_corrected_time_keep_the_owner_and_the_offer() {
    let (mut ledger, visit) = visit();
    ledger.act_by(SHAH, take(&visit, ""));
    let offered = ledger.act_by(SHAH, offer(&visit, Party::Staff(OKAFOR)));
    let Owned::Owed(on) = &visit else { unreachable!() };
    let liaised = on.entry;
    let chased = ledger.step_on("chase", Answers::new(), Some(on.clone()));
    let newer = Owned::Owed(CommitmentId { entry: chased, place: "on".into() });
    assert_eq!(state(&ledger).offered_in(offered), std::slice::from_ref(&newer));
    ledger.act_by(OKAFOR, answer(offered, OfferAnswer::Taken, ""));
    assert_eq!(owner(&ledger, &newer), Party::Staff(OKAFOR));

    // The other promise is corrected while it is offered.
    let letter = Owned::Owed(CommitmentId { entry: liaised, place: "promises.1".into() });
    ledger.act_by(SHAH, take(&letter, ""));
    let offered = ledger.act_by(SHAH, offer(&letter, Party::Staff(OKAFOR)));
    let rows =
        vec![row("Visit", by("2026-11-21T23:00:00Z")), row("Send the letter", by("2026-11-22T12:00:00Z"))];
    let amended = ledger.amend(liaised, liaise(rows));
    let letter = Owned::Owed(CommitmentId { entry: amended, place: "promises.1".into() });
    assert_eq!(owner(&ledger, &letter), Party::Staff(SHAH));
    assert_eq!(state(&ledger).offered_in(offered), [letter]);
}

#[test]
fn what_is_closed_or_settled_is_offered_to_nobody_and_keeps_its_last_owner() {
    let mut ledger = Ledger::new();
    ledger.step("call", call("red"));
    ledger.act_by(SHAH, take(&Owned::Case, ""));
    let offered = ledger.act_by(SHAH, offer(&Owned::Case, Party::Staff(OKAFOR)));
    ledger.step("close", Answers::from([("outcome".into(), Answer::Choice("close".into()))]));
    let closed = state(&ledger);
    assert_eq!(closed.holding(&Owned::Case), None);
    assert!(closed.offered_in(offered).is_empty());
    assert_eq!(closed.owner, Some(Party::Staff(SHAH)));
    ledger.act_by(OKAFOR, answer(offered, OfferAnswer::Taken, ""));
    assert_eq!(state(&ledger).owner, Some(Party::Staff(SHAH)));
}

#[test]
fn a_case_of_which_nothing_is_left_is_at_its_end_and_has_an_owner_all_the_same() {
    let mut ledger = Ledger::new();
    ledger.step("call", call("red"));
    ledger.last().said = Said::Stub(Stub::Disposed { kind: "urgent.call".to_owned(), edition: None });
    let gone = state(&ledger);
    assert!(gone.closed && gone.is_disposed_of());
    assert_eq!((gone.owner.clone(), gone.holding(&Owned::Case)), (Some(role(DUTY_DESK)), None));
    // Whatever is recorded in it later is read as it was said.
    ledger.step("decision", decision("gp"));
    assert!(!state(&ledger).is_disposed_of() && !state(&ledger).closed);
}
