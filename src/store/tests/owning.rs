//! Whose things are: who may take, offer, answer and leave what, that two who take the same are told, and that nothing is
//! left to somebody who has gone.

use super::*;
use crate::domain::case::CaseState;
use crate::domain::commitment::Party;
use crate::domain::owning::{Holding, OfferAnswer, Owned};
use crate::domain::permission::Reason;
use crate::domain::words::owning as words;

/// An office with a coordinator, an on-call manager and a care worker, and a call that waits for a decision.
struct Shift {
    office: Office,
    shah: CaseId,
    okafor: CaseId,
    carer: CaseId,
    case: CaseId,
}

impl Shift {
    fn new() -> Self {
        let mut office = Office::new();
        let shah = office.colleague("Priya Shah", "duty_coordinator");
        let okafor = office.colleague("Ade Okoro", "on_call_manager");
        let carer = office.colleague("Wen Quay", "care_worker");
        let (case, _) = office.taken_call();
        Self { office, shah, okafor, carer, case }
    }

    fn holds(&mut self, duty: &str, staff: CaseId) {
        let act = Act::HoldDuty { duty: duty.to_owned(), staff, place: None };
        self.does(staff, act).unwrap();
    }

    fn entry(&mut self, by: CaseId, act: Act) -> NewEntry {
        let case = (!matches!(act, Act::HoldDuty { .. })).then_some(self.case);
        NewEntry {
            case,
            what: NewSaid::Act(act),
            ..step(self.office.id(), Some(by), "any.any", None, Answers::new())
        }
    }

    fn does(&mut self, by: CaseId, act: Act) -> Result<EntryId, AppendError> {
        let entry = self.entry(by, act);
        let id = entry.id;
        self.office.append_as(by, one(entry)).map(|_| id)
    }

    fn take(&mut self, by: CaseId, reason: &str) -> Result<EntryId, AppendError> {
        self.does(by, Act::Take { what: vec![Owned::Case], reason: reason.to_owned(), handover: None })
    }

    fn offer(&mut self, by: CaseId, to: Party) -> Result<EntryId, AppendError> {
        self.does(by, Act::Offer { what: vec![Owned::Case], to, handover: None, note: String::new() })
    }

    fn answer(
        &mut self,
        by: CaseId,
        offer: EntryId,
        answer: OfferAnswer,
        reason: &str,
    ) -> Result<EntryId, AppendError> {
        self.does(by, Act::AnswerOffer { offer, answer, reason: reason.to_owned() })
    }

    fn state(&self) -> CaseState {
        self.office.store.case(&Viewer::system(), self.case, now()).unwrap().state
    }

    fn stands(&self, what: &Owned) -> (Party, Holding) {
        let state = self.state();
        let (owner, holding) = state.holding(what).unwrap();
        (owner.clone(), holding.clone())
    }

    fn owner(&self) -> Party {
        self.stands(&Owned::Case).0
    }
}

fn says<T: std::fmt::Debug>(refused: Result<T, AppendError>) -> String {
    match refused.unwrap_err() {
        AppendError::Problems(problems) => problems[0].says.clone(),
        AppendError::Denied(Reason(says)) => says,
        other => panic!("{other}"),
    }
}

fn role(id: &str) -> Party {
    Party::Role(id.to_owned())
}

#[test]
fn what_a_duty_has_is_taken_without_a_reason_and_what_a_person_has_only_with_one() {
    let mut shift = Shift::new();
    let (shah, okafor, carer) = (shift.shah, shift.okafor, shift.carer);
    assert_eq!(shift.owner(), role("duty_coordinator_on_duty"));
    let denied = says(shift.take(carer, ""));
    assert!(denied.contains("what somebody else sees to, is for"), "{denied}");
    shift.take(shah, "").unwrap();
    assert_eq!(shift.owner(), Party::Staff(shah));
    assert_eq!(says(shift.take(shah, "again")), words::YOURS_ALREADY);
    assert_eq!(says(shift.take(okafor, " ")), words::WHY_FROM_A_PERSON);
    shift.take(okafor, "she has gone to the hospital with him").unwrap();
    let (owner, holding) = shift.stands(&Owned::Case);
    let came = holding.came.unwrap();
    assert_eq!((owner, came.from, came.unasked), (Party::Staff(okafor), Some(shah), true));
    shift.office.whole();
}

#[test]
fn whoever_holds_the_duty_takes_what_it_has_whatever_else_they_may_do() {
    let mut shift = Shift::new();
    let manager = shift.office.manager;
    let act = Act::HoldDuty { duty: "duty_coordinator_on_duty".to_owned(), staff: manager, place: None };
    shift.does(manager, act).unwrap();
    shift.take(manager, "").unwrap();
    assert_eq!(shift.owner(), Party::Staff(manager));
}

#[test]
fn nobody_takes_in_another_name_and_a_desk_without_a_name_takes_nothing() {
    let mut shift = Shift::new();
    let (shah, okafor) = (shift.shah, shift.okafor);
    let act = Act::Take { what: vec![Owned::Case], reason: String::new(), handover: None };
    let forged = shift.entry(okafor, act.clone());
    let typed = NewEntry { who: Who { typed_by: Some(shah), ..forged.who }, ..forged };
    assert_eq!(says(shift.office.append_as(shah, one(typed))), words::NOBODY_TAKES);
    let nobodys = shift.entry(okafor, act);
    let nobodys = NewEntry { who: Who { by: None, typed_by: None, method: Method::Asserted }, ..nobodys };
    let asked = shift.office.store.append(&Viewer::default(), one(nobodys), now());
    assert_eq!(says(asked), words::NOBODY_TAKES);
}

#[test]
fn one_offers_what_is_ones_own_or_of_the_duty_one_holds_to_somebody_who_can_see_to_it() {
    let mut shift = Shift::new();
    let (shah, okafor, carer) = (shift.shah, shift.okafor, shift.carer);
    let theirs = says(shift.offer(shah, Party::Staff(okafor)));
    assert!(theirs.starts_with("This is with: Duty desk."), "{theirs}");
    shift.holds("duty_coordinator_on_duty", shah);
    shift.offer(shah, Party::Staff(okafor)).unwrap();
    shift.take(shah, "").unwrap();
    assert_eq!(says(shift.offer(okafor, role("decision_holder"))), words::NOT_YOURS);
    assert_eq!(says(shift.offer(shah, Party::Staff(shah))), words::NOT_TO_ONESELF);
    assert_eq!(says(shift.offer(shah, Party::Staff(carer))), words::THEY_CANNOT_READ);
    assert_eq!(says(shift.offer(shah, role("decision_holdr"))), words::NO_SUCH_ROLE);
    let outside = Party::Outside(Named { id: None, words: "The Elms".to_owned() });
    assert_eq!(says(shift.offer(shah, outside)), words::ONLY_TO_OURS);
    let leaver = shift.office.colleague("Tom Vale", "team_leader");
    shift.left(leaver);
    assert_eq!(says(shift.offer(shah, Party::Staff(leaver))), words::NOT_ON_STAFF);
    assert_eq!(shift.stands(&Owned::Case).1.offered, None);
}

#[test]
fn only_whoever_it_is_offered_to_answers_and_a_refusal_says_why() {
    let mut shift = Shift::new();
    let (shah, okafor, manager) = (shift.shah, shift.okafor, shift.office.manager);
    shift.take(shah, "").unwrap();
    let offer = shift.offer(shah, Party::Staff(okafor)).unwrap();
    assert_eq!(says(shift.answer(manager, offer, OfferAnswer::Taken, "")), words::NOT_OFFERED_TO_YOU);
    assert_eq!(says(shift.answer(okafor, offer, OfferAnswer::Refused, " ")), words::WHY_REFUSED);
    assert_eq!(says(shift.answer(okafor, offer, OfferAnswer::Queried, "")), words::WHAT_IS_ASKED);
    shift.answer(okafor, offer, OfferAnswer::Queried, "Has the surgery been rung?").unwrap();
    let refusal = shift.answer(okafor, offer, OfferAnswer::Refused, "I am in A&E with Mr Oakes").unwrap();
    assert_eq!(shift.owner(), Party::Staff(shah));
    assert_eq!(says(shift.answer(okafor, offer, OfferAnswer::Taken, "")), words::NO_SUCH_OFFER);

    // At the end of the shift it goes to the on-call role, which is told who refused it.
    let leave = |refused| Act::LeaveTo {
        what: vec![Owned::Case],
        duty: "on_call_manager".to_owned(),
        refused,
        reason: "end of shift".to_owned(),
    };
    assert_eq!(says(shift.does(shah, leave(Some(offer)))), words::NO_SUCH_REFUSAL);
    assert_eq!(says(shift.does(okafor, leave(None))), words::NOT_YOURS);
    shift.does(shah, leave(Some(refusal))).unwrap();
    let (owner, holding) = shift.stands(&Owned::Case);
    assert_eq!((owner, holding.refused.unwrap().by), (role("on_call_manager"), Some(okafor)));
    shift.office.whole();
}

#[test]
fn an_offer_to_a_duty_is_answered_by_whoever_holds_it() {
    let mut shift = Shift::new();
    let (shah, okafor, manager) = (shift.shah, shift.okafor, shift.office.manager);
    shift.take(shah, "").unwrap();
    let offer = shift.offer(shah, role("decision_holder")).unwrap();
    let denied = says(shift.answer(okafor, offer, OfferAnswer::Taken, ""));
    assert!(denied.starts_with("This is offered to: Decision holder."), "{denied}");
    shift.holds("decision_holder", okafor);
    shift.answer(okafor, offer, OfferAnswer::Taken, "").unwrap();
    assert_eq!(shift.owner(), Party::Staff(okafor));
    let offer = shift.offer(okafor, Party::Staff(manager)).unwrap();
    let withdraw = Act::WithdrawOffer { offer, reason: "sorted".to_owned() };
    assert_eq!(says(shift.does(shah, withdraw.clone())), words::NOT_YOURS);
    shift.does(okafor, withdraw).unwrap();
    assert_eq!(says(shift.answer(manager, offer, OfferAnswer::Taken, "")), words::NO_SUCH_OFFER);
}

#[test]
fn two_who_take_the_same_at_once_are_told_and_one_has_it() {
    let mut shift = Shift::new();
    let (shah, okafor) = (shift.shah, shift.okafor);
    let seen = vec![(shift.case, shift.state().version)];
    let takes = |shift: &mut Shift, by, reason: &str| {
        let entry =
            shift.entry(by, Act::Take { what: vec![Owned::Case], reason: reason.to_owned(), handover: None });
        shift.office.append_as(by, Batch { seen: seen.clone(), ..one(entry) })
    };
    takes(&mut shift, shah, "").unwrap();
    assert!(
        matches!(takes(&mut shift, okafor, "both of us saw it"), Err(AppendError::Conflict(moved)) if moved[0].since[0].contains("taken by somebody"))
    );
    assert_eq!(shift.owner(), Party::Staff(shah));
    // Something else that moved in the case meanwhile keeps nobody from taking it.
    let seen = vec![(shift.case, shift.state().version)];
    let offer = shift.offer(shah, role("decision_holder")).unwrap();
    let entry = shift.entry(
        okafor,
        Act::Take { what: vec![Owned::Case], reason: "on my way there".to_owned(), handover: None },
    );
    shift.office.append_as(okafor, Batch { seen, ..one(entry) }).unwrap();
    assert_eq!(says(shift.answer(shah, offer, OfferAnswer::Taken, "")), words::NO_SUCH_OFFER);
}

#[test]
fn what_is_closed_settled_or_a_record_is_taken_by_nobody() {
    let mut shift = Shift::new();
    let shah = shift.shah;
    let owed = shift.state().commitments[0].clone();
    let nothing = Act::Take { what: Vec::new(), reason: String::new(), handover: None };
    assert_eq!(says(shift.does(shah, nothing)), words::NOTHING_NAMED);
    let (call, person) = (shift.case, shift.office.person);
    shift.case = person;
    assert_eq!(says(shift.take(shah, "")), words::NOBODY_OWNS_RECORDS);
    let elsewhere = Act::Take { what: vec![Owned::Owed(owed.id)], reason: String::new(), handover: None };
    assert_eq!(says(shift.does(shah, elsewhere)), words::NOT_OPEN);
    shift.case = call;
    let entry =
        shift.entry(shah, Act::Take { what: vec![Owned::Case], reason: String::new(), handover: None });
    let without_case = NewEntry { case: None, ..entry };
    assert_eq!(says(shift.office.append_as(shah, one(without_case))), words::IN_A_CASE);
}

impl Shift {
    fn left(&mut self, staff: CaseId) {
        let manager = self.office.manager;
        let entry = step(self.office.id(), Some(manager), "staff.left", Some(staff), Answers::new());
        self.office.append_as(manager, one(entry)).unwrap();
    }
}

#[test]
fn what_somebody_had_who_leaves_goes_to_the_duties_and_nobody_waits_for_their_answer() {
    let mut shift = Shift::new();
    let (shah, okafor, manager) = (shift.shah, shift.okafor, shift.office.manager);
    let all: Vec<Owned> = shift.state().all_owned().collect();
    shift.does(okafor, Act::Take { what: all.clone(), reason: String::new(), handover: None }).unwrap();
    let second = {
        let (second, _) = shift.office.taken_call();
        std::mem::replace(&mut shift.case, second)
    };
    shift.take(shah, "").unwrap();
    let offer = shift.offer(shah, Party::Staff(okafor)).unwrap();
    let before = shift.office.store.head().unwrap();
    shift.left(okafor);
    assert!(shift.state().offered_in(offer).is_empty());
    assert_eq!(shift.owner(), Party::Staff(shah));
    shift.case = second;
    for what in &all {
        let (owner, holding) = shift.stands(what);
        let Party::Role(duty) = owner else { panic!("{what:?} is nobody's who is here") };
        assert_eq!(holding.came.unwrap().by, Some(manager));
        let state = shift.state();
        let owed = state.commitments.iter().find(|one| *what == Owned::Owed(one.id.clone()));
        match owed.map(|one| &one.obligor) {
            Some(Party::Role(role)) => assert_eq!(duty, *role, "back to whoever owes it"),
            _ => assert_eq!(duty, "duty_coordinator_on_duty"),
        }
    }
    assert!(shift.office.store.head().unwrap() > before + 2);
    shift.office.whole();
}

#[test]
fn what_was_done_is_stored_in_few_words_that_are_read_back() {
    let mut shift = Shift::new();
    let (shah, okafor) = (shift.shah, shift.okafor);
    shift.take(shah, "").unwrap();
    let owed = shift.state().commitments[0].id.clone();
    let what = vec![Owned::Case, Owned::Owed(owed.clone())];
    let acts = [
        (
            Act::Take { what: what.clone(), reason: String::new(), handover: None },
            format!(r#"{{"act":"take","what":["case",{{"owed":"{owed}"}}]}}"#),
        ),
        (
            Act::Offer {
                what: vec![Owned::Case],
                to: Party::Staff(okafor),
                handover: None,
                note: "by ten".into(),
            },
            format!(r#"{{"act":"offer","note":"by ten","to":{{"staff":"{okafor}"}},"what":["case"]}}"#),
        ),
        (
            Act::AnswerOffer { offer: owed.entry, answer: OfferAnswer::Refused, reason: "no".into() },
            format!(r#"{{"act":"answer_offer","answer":"refused","offer":"{}","reason":"no"}}"#, owed.entry),
        ),
        (
            Act::WithdrawOffer { offer: owed.entry, reason: String::new() },
            format!(r#"{{"act":"withdraw_offer","offer":"{}"}}"#, owed.entry),
        ),
        (
            Act::LeaveTo {
                what: vec![Owned::Case],
                duty: "decision_holder".into(),
                refused: Some(owed.entry),
                reason: String::new(),
            },
            format!(
                r#"{{"act":"leave_to","duty":"decision_holder","refused":"{}","what":["case"]}}"#,
                owed.entry
            ),
        ),
    ];
    for (act, stored) in acts {
        let bytes =
            String::from_utf8(body::act(&act, &Default::default(), &Default::default()).unwrap()).unwrap();
        assert_eq!(bytes, format!(r#"{{"act":{stored},"v":1}}"#));
        assert_eq!(serde_json::from_str::<Act>(&stored).unwrap(), act);
    }
}
