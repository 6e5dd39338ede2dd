//! Whose things are: offered at one desk, taken, refused or asked about at another, both screens by themselves; taken from
//! somebody with a reason; and nothing left to somebody who has gone.

use dutydesk::domain::commitment::Party;
use dutydesk::domain::owning::{Holding, Owned};

use super::desk::Desk;
use super::office::Office;

impl Desk {
    /// Whose the case is, and how that stands.
    fn holding(&self, reference: &str) -> (Party, Holding) {
        let state = self.case(reference).state;
        let (owner, holding) = state.holding(&Owned::Case).expect("an open case has an owner");
        (owner.clone(), holding.clone())
    }

    fn is_of(&self, key: &str) {
        assert_eq!(self.holding("U-1").0, Party::Staff(self.office.staff[key]));
    }

    /// Offers what is at hand to somebody whose name begins so.
    fn offers_to(&mut self, name: &str, note: &str) -> &mut Self {
        self.keys(";o").keys(name).keys("<enter>").keys(note).saves()
    }
}

/// The coordinator's desk, at a call that they have taken on, and the duty manager's beside it.
fn two_desks() -> (Desk, Desk) {
    let mut shah = Desk::at(Office::opened("2026-11-21T21:02:00Z")).signed_in("shah");
    shah.keys("c07700 900118<tab>WQ<tab>qui").shows("QUILL").keys("<enter>").saves();
    let okafor = shah.beside().signed_in("okaf");
    shah.keys("<enter>").shows("this case is with Duty desk");
    shah.keys(";ct").shows("this case is with SHAH, Priya");
    shah.is_of("coordinator");
    (shah, okafor)
}

#[test]
fn what_is_offered_stays_with_the_giver_until_the_other_takes_it_and_both_screens_say_so() {
    let (mut shah, mut okafor) = two_desks();
    shah.offers_to("okaf", "the surgery rings back by ten").shows("offered to OKAFOR, Adaeze");
    shah.is_of("coordinator");
    // The other desk hears of it without a key.
    okafor.later(12).shows("2 offered to you: @ lists what is yours");
    okafor.keys("@").shows("2 offered · 0 yours");
    okafor.shows("from SHAH, P. 12m ago: the surgery rings back by ten");
    okafor.keys("y").shows("It is yours").shows("0 offered · 2 yours").hides("2 offered");
    okafor.is_of("duty");
    shah.later(0).shows("this case is with OKAFOR, Adaeze").hides("offered to OKAFOR");
    // What each did stands in the chronology, in words.
    shah.shows("Offered  the case and Fill in the call to OKAFOR,").shows("Offer taken");
}

#[test]
fn what_is_asked_and_refused_is_read_by_the_giver_and_goes_to_the_duty_with_the_name_of_who_refused() {
    let (mut shah, mut okafor) = two_desks();
    shah.offers_to("okaf", "");
    okafor.later(3).keys("@;a").shows("Ask before you take it").keys("Has the family been told?").saves();
    shah.later(0).shows("asks: Has the family been told?").shows("offered to OKAFOR");
    // A refusal says why.
    okafor.keys("n<ctrl-s>").shows("Refuse what is offered").keys("I am in A&E with Mr Oakes").saves();
    shah.later(0).shows("refused by OKAFOR, Adaeze: I am in A&E with");
    shah.is_of("coordinator");
    okafor.shows("0 offered · 0 yours · 1 of your duties");
    shah.keys("@").shows("refused by OKAFOR, A.: I am in A&E");
    shah.select("the case")
        .keys(";l")
        .shows("Leave it to a duty")
        .keys("d")
        .line("why")
        .keys("end of my shift")
        .saves();
    let (owner, holding) = shah.holding("U-1");
    assert_eq!(owner, Party::Role("decision_holder".to_owned()));
    assert_eq!(holding.refused.and_then(|word| word.by), Some(shah.office.staff["duty"]));
    shah.hides("refused by").keys("<esc>").shows("refused by OKAFOR, Adaeze");
    // Whoever holds that duty finds it among what is with it.
    okafor.later(0).shows("refused by OKAFOR, A.").shows("duty");
}

#[test]
fn what_a_person_has_is_taken_only_with_a_reason_and_they_are_told() {
    let (mut shah, mut okafor) = two_desks();
    okafor.later(5).keys("<enter>").shows("this case is with SHAH, Priya").keys(";ct");
    okafor.shows("They are told that you have it").keys("<ctrl-s>").shows("still blank");
    shah.is_of("coordinator");
    okafor.keys("she is on her way to the hospital").saves();
    okafor.is_of("duty");
    shah.later(2).shows("taken from SHAH, Priya by OKAFOR, Adaeze");
    shah.keys("@").shows("taken").shows("by OKAFOR, A. 2m ago: she is on her way to the hospital");
    // It is told for a day.
    shah.later(25 * 60).shows("Nothing is offered to you, and nothing is yours");
}

#[test]
fn of_two_who_take_the_same_at_once_one_has_it_and_the_other_is_told() {
    let mut shah = Desk::at(Office::opened("2026-11-21T21:02:00Z")).signed_in("shah");
    shah.keys("c07700 900118<tab>WQ<tab>qui").shows("QUILL").keys("<enter>").saves();
    let mut brandt = shah.beside().signed_in("brand");
    for desk in [&mut shah, &mut brandt] {
        desk.keys("<enter>").shows("this case is with Duty desk");
    }
    shah.keys(";ct").shows("this case is with SHAH, Priya");
    brandt.keys(";ct").shows("Somebody else was first: nothing was recorded");
    // What it looked like is read again.
    brandt.shows("this case is with SHAH, Priya");
    shah.is_of("coordinator");
}

#[test]
fn an_offer_that_nobody_answered_by_its_time_stands_out_and_can_be_taken_back() {
    let (mut shah, mut okafor) = two_desks();
    okafor.keys("<enter>").shows("Decide");
    okafor.keys(";o").keys("shah<enter>").saves();
    okafor.shows("offered to SHAH, Priya").hides("nobody has answered");
    // Seen while there is still time: half of what was left until the decision was due.
    let decision = okafor.owed("U-1", "Decide").remove(0);
    let left = decision.due - okafor.office.now();
    okafor.later(left.num_minutes() / 2 + 1).shows("nobody has answered: offered to SHAH,");
    assert!(!okafor.state(&decision).is_late(), "before it is late");
    okafor.goes_home().keys("2").shows("no answer, SHAH").keys("<enter>");
    let gone = left.num_minutes() / 2 + 1;
    okafor.later(90 - gone).shows("nobody has answered: offered to SHAH,").shows("1h 30m ago");
    shah.later(0).keys("@").shows("nobody has answered: from OKAFOR, A. 1h 30m ago");
    okafor.keys(";w").shows("Taken back").hides("offered to SHAH");
    shah.later(0).shows("0 offered · 2 yours");
}

#[test]
fn whoever_signs_in_is_told_what_is_offered_to_them() {
    let (mut shah, okafor) = two_desks();
    drop(okafor);
    shah.offers_to("varga", "");
    let mut varga = Desk::number(&shah.office, 1).signed_in("varga");
    varga.shows("2 offered to you: @");
}

#[test]
fn what_somebody_had_who_leaves_goes_back_to_the_duties() {
    let (shah, okafor) = two_desks();
    drop(okafor);
    let mut manager = Desk::number(&shah.office, 2).signed_in("lind");
    manager.keys("<f7>").select("SHAH").keys("<enter>").shows("Priya Shah").keys("x").saves();
    let (owner, holding) = manager.holding("U-1");
    assert_eq!(owner, Party::Role("duty_coordinator_on_duty".to_owned()));
    assert_eq!(holding.came.and_then(|came| came.from), Some(manager.office.staff["coordinator"]));
    manager.goes_home().keys("<enter>").shows("this case is with Duty desk").shows("Left to a duty");
}

#[test]
fn whoever_may_not_take_it_is_told_why_and_a_telephone_shows_whose_it_is() {
    let (mut shah, _okafor) = two_desks();
    let office = Office::staffed(
        "2026-11-21T21:02:00Z",
        &[("coordinator", "Priya Shah", &["duty_coordinator"]), ("auditor", "Olu Adeyemi", &["auditor"])],
    );
    let mut other = Desk::at(office).signed_in("shah");
    other.keys("c07700 900118<tab>WQ<tab>qui").shows("QUILL").keys("<enter>").saves();
    let mut auditor = other.beside().signed_in("adey");
    auditor.keys("<enter>").shows("this case is with Duty desk").keys(";t");
    auditor.shows("what somebody else sees to, is for");
    // Below who must not be told and who may be.
    let screen = shah.screen_of(46, 34);
    assert!(screen.contains("this case is with SHAH, Priya"), "{screen}");
    shah.keys("@");
    let telephone = shah.little_screen();
    assert!(telephone.contains("yours") && telephone.contains("QUILL, T."), "{telephone}");
}
