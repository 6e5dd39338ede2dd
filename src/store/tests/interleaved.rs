//! Whatever is recorded, amended, moved, tied and adopted, in whatever order: the record is whole, the derived tables are
//! those that a rebuild makes, and nothing is written twice.

use proptest::prelude::*;

use super::hours::message;
use super::*;
use crate::domain::commitment::Party;
use crate::domain::ids::CommitmentId;
use crate::domain::owning::{OfferAnswer, Owned};
use crate::domain::views::Queue;

/// Something that is recorded next; numbers choose among what is there.
#[derive(Debug, Clone)]
enum Next {
    Call,
    Liaise(usize, u8),
    Chase(usize, u8),
    Emergency(usize, bool),
    Amend(usize, u8),
    AmendTime(usize, u8),
    Move(usize),
    Tie(usize, usize),
    Untie(usize, usize),
    Hours(u8),
    Adopt(bool),
    Merge(bool),
    Unmerge,
    Own(usize, u8, bool),
    Leaves,
}

fn next() -> impl Strategy<Value = Next> {
    let (which, variety) = (any::<usize>, any::<u8>);
    prop_oneof![
        2 => Just(Next::Call),
        4 => (which(), variety()).prop_map(|(case, variety)| Next::Liaise(case, variety)),
        3 => (which(), variety()).prop_map(|(owed, variety)| Next::Chase(owed, variety)),
        2 => (which(), any::<bool>()).prop_map(|(case, stale)| Next::Emergency(case, stale)),
        4 => (which(), variety()).prop_map(|(entry, variety)| Next::Amend(entry, variety)),
        1 => (which(), variety()).prop_map(|(entry, variety)| Next::AmendTime(entry, variety)),
        3 => which().prop_map(Next::Move),
        2 => (which(), which()).prop_map(|(a, b)| Next::Tie(a, b)),
        1 => (which(), which()).prop_map(|(a, b)| Next::Untie(a, b)),
        2 => variety().prop_map(Next::Hours),
        1 => any::<bool>().prop_map(Next::Adopt),
        2 => any::<bool>().prop_map(Next::Merge),
        2 => Just(Next::Unmerge),
        8 => (which(), variety(), any::<bool>()).prop_map(|(what, how, second)| Next::Own(what, how, second)),
        1 => Just(Next::Leaves),
    ]
}

/// An office in which things happen, and all that was sent to its ledger.
struct Lived {
    office: Office,
    elms: CaseId,
    /// Cases, each with whom it is about and the version it had at first.
    cases: Vec<(CaseId, CaseId, Seq)>,
    people: [CaseId; 2],
    /// Which of them is read as which.
    merged: Option<(CaseId, CaseId)>,
    /// Whoever takes, offers and answers beside the manager; the one after has left already.
    staff: [CaseId; 2],
    left: bool,
    /// Steps that can be amended: their id, case and kind.
    steps: Vec<(EntryId, CaseId, &'static str)>,
    sent: Vec<Batch>,
}

impl Lived {
    fn new() -> Self {
        let mut office = Office::new();
        let hours = text("Mon-Fri 08:00-18:30; bank holidays closed");
        let elms = office.register("organisations", [("name", text("The Elms")), ("hours", hours)]);
        let place = named(office.place, "Rowan House");
        let other = office.register("people", [("name", text("Olive Nash")), ("location", place)]);
        let people = [office.person, other];
        let staff = ["Priya Shah", "Ade Okoro"].map(|name| office.colleague(name, "duty_manager"));
        let (cases, steps, sent) = Default::default();
        let mut lived = Self { office, elms, cases, people, merged: None, staff, left: false, steps, sent };
        lived.happens(Next::Call);
        lived
    }

    fn entry(&mut self, kind: &str, case: Option<CaseId>, given: Answers) -> NewEntry {
        step(self.office.id(), Some(self.office.manager), kind, case, given)
    }

    fn act(&mut self, act: Act) -> NewEntry {
        NewEntry { what: NewSaid::Act(act), ..self.entry("any.any", None, Answers::new()) }
    }

    /// What a refusal of the rules leaves out is left out; nothing else may stop it.
    fn send(&mut self, batch: Batch) -> Option<Receipt> {
        let by = batch.entries.first().and_then(|entry| entry.who.by);
        let viewer = self.office.store.viewer_for(by, now()).unwrap();
        match self.office.store.append(&viewer, batch.clone(), now()) {
            Ok(receipt) => {
                self.sent.push(batch);
                Some(receipt)
            }
            Err(AppendError::Problems(_) | AppendError::Conflict(_) | AppendError::Denied(_)) => None,
            Err(other) => panic!("{other}"),
        }
    }

    fn adopt(&mut self, in_hours: bool) {
        let mut files = Edition::built_in_files();
        let within = if in_hours { "within = { open_time = \"2 h\" }" } else { "within = \"3 h\"" };
        files.entry("targets.toml".to_owned()).and_modify(|targets| {
            *targets = targets.replace("within = { expected_or = \"2 h\" }", within);
        });
        let viewer = self.office.viewer();
        self.office.store.adopt(&viewer, files, now()).unwrap();
    }

    fn said(&self, kind: &str, variety: u8) -> Answers {
        let what = ["Visit", "Ring back", "Send the letter"][usize::from(variety) % 3];
        let mut said = match kind {
            "urgent.call" => answers([
                ("call_back", text("01632 960 111")),
                ("caller", text("W. Quay")),
                ("about", named(self.people[0], "QUILL, Theresa")),
                ("risk", Answer::Choice(["red", "amber", "green"][usize::from(variety) % 3].to_owned())),
            ]),
            _ => answers(message(self.elms, what)),
        };
        if variety.is_multiple_of(2) {
            let field = if kind == "urgent.call" { "changed" } else { "shared" };
            said.insert(field.to_owned(), text("Dressing wet through and loose"));
        }
        if kind == "urgent.liaise" && variety.is_multiple_of(5) {
            said.remove("promises");
        }
        said
    }

    fn amend(&mut self, which: usize, variety: u8, occurred: Option<When>) {
        let (entry, _, kind) = self.steps[which % self.steps.len()];
        let answers = self.said(kind, variety);
        let act = self.act(Act::Amend { entry, answers, occurred, reason: "misheard".to_owned() });
        self.send(one(act));
    }

    fn happens(&mut self, next: Next) {
        let nth = |which: usize| self.cases[which % self.cases.len()];
        match next {
            Next::Call => {
                let call = self.entry("urgent.call", None, self.said("urgent.call", 1));
                let id = call.id;
                let receipt = self.send(one(call)).expect("a call is always taken");
                self.cases.push((CaseId::from(id), self.people[0], receipt.last));
                self.steps.push((id, CaseId::from(id), "urgent.call"));
            }
            Next::Liaise(which, variety) => {
                let case = nth(which).0;
                let entry = self.entry("urgent.liaise", Some(case), self.said("urgent.liaise", variety));
                let id = entry.id;
                if self.send(one(entry)).is_some() {
                    self.steps.push((id, case, "urgent.liaise"));
                }
            }
            Next::Chase(which, variety) => {
                let owed = self.promised();
                let Some((case, on)) = owed.get(which % owed.len().max(1)).cloned() else { return };
                let outcome = if variety.is_multiple_of(2) { "left_message" } else { "no_answer" };
                let given = answers([
                    ("who", named(self.elms, "The Elms")),
                    ("outcome", Answer::Choice(outcome.to_owned())),
                    ("what", text("Visit")),
                ]);
                let mut chase = self.entry("urgent.chase", Some(case), given);
                if let NewSaid::Step { on: place, .. } = &mut chase.what {
                    *place = Some(on);
                }
                self.send(one(chase));
            }
            Next::Emergency(which, stale) => {
                let (case, _, first) = nth(which);
                let given = answers([
                    ("called", Answer::Choices(vec!["ambulance".to_owned()])),
                    ("who", text("W. Quay")),
                    ("called_at", Answer::Time(When::exact(now()))),
                ]);
                let entry = self.entry("urgent.emergency", Some(case), given);
                let seen = if stale { vec![(case, first)] } else { Vec::new() };
                self.send(Batch { seen, ..one(entry) });
            }
            Next::Amend(which, variety) => self.amend(which, variety, None),
            Next::AmendTime(which, variety) => {
                let earlier = now() - chrono::TimeDelta::minutes(i64::from(variety));
                self.amend(which, variety, Some(When::exact(earlier)));
            }
            Next::Move(which) => {
                let (case, from, _) = nth(which);
                let to = self.people[usize::from(from == self.people[0])];
                let act = self.act(Act::Reattribute { case, from, to, reason: "the other one".to_owned() });
                if self.send(one(act)).is_some() {
                    let at = which % self.cases.len();
                    self.cases[at].1 = to;
                }
            }
            Next::Tie(a, b) => {
                // One call about two people: the tie comes with the second of them.
                let (a, b) = (nth(a).0, nth(b).0);
                let link = self.act(Act::Link { a, b, reason: "one call".to_owned(), duplicate: YesNo::No });
                let mut call = self.entry("urgent.call", None, self.said("urgent.call", 1));
                let id = call.id;
                call.occurred = When::exact(now());
                let mut tie = self.act(Act::Link {
                    a: CaseId::from(id),
                    b,
                    reason: "one call".to_owned(),
                    duplicate: YesNo::No,
                });
                tie.case = Some(CaseId::from(id));
                let receipt =
                    self.send(Batch { ties: vec![tie, link], ..one(call) }).expect("a call is taken");
                self.cases.push((CaseId::from(id), self.people[0], receipt.first));
                self.steps.push((id, CaseId::from(id), "urgent.call"));
            }
            Next::Untie(a, b) => {
                let act = Act::Unlink { a: nth(a).0, b: nth(b).0, reason: "two calls".to_owned() };
                let act = self.act(act);
                self.send(one(act));
            }
            Next::Hours(variety) => {
                let hours = ["24 h", "Mon-Fri 09:00-17:00", "Mon-Sun 10:00-12:00"][usize::from(variety) % 3];
                let given = answers([("name", text("The Elms")), ("hours", text(hours))]);
                let entry = self.entry("organisations.change", Some(self.elms), given);
                self.send(one(entry));
            }
            Next::Adopt(in_hours) => self.adopt(in_hours),
            Next::Merge(first) => {
                let [kept, gone] = if first { self.people } else { [self.people[1], self.people[0]] };
                let reason = "one and the same".to_owned();
                let act = self.act(Act::Merge { register: "people".to_owned(), kept, gone, reason });
                if self.send(one(act)).is_some() {
                    self.merged = Some((kept, gone));
                }
            }
            Next::Own(which, how, second) => self.own(which, how, second),
            Next::Leaves => {
                let entry = self.entry("staff.left", Some(self.staff[1]), Answers::new());
                self.left |= self.send(one(entry)).is_some();
            }
            Next::Unmerge => {
                let Some((kept, gone)) = self.merged.take() else { return };
                let act = self.act(Act::Unmerge { kept, gone, reason: "two after all".to_owned() });
                self.send(one(act)).expect("what was merged is taken back");
            }
        }
    }

    /// Somebody takes, offers, answers, takes back or leaves something of a case, whether or not it is theirs.
    fn own(&mut self, which: usize, how: u8, second: bool) {
        let case = self.cases[which % self.cases.len()].0;
        let state = self.office.store.case(&Viewer::system(), case, now()).unwrap().state;
        let all: Vec<Owned> = state.all_owned().collect();
        let Some(what) = all.get(usize::from(how) % all.len().max(1)).cloned() else { return };
        let stands = state.holding(&what).and_then(|(_, holding)| holding.offered.as_ref());
        let offer = stands.map_or(state.entries[0].id, |offered| offered.entry);
        let [one_of_us, other] = if second { self.staff } else { [self.staff[1], self.staff[0]] };
        let reason = if how.is_multiple_of(3) { "it was agreed" } else { "" }.to_owned();
        let (to, duty) = (Party::Staff(other), "decision_holder".to_owned());
        let act = match how % 7 {
            0 => Act::Take { what: all, reason, handover: None },
            1 => Act::Take { what: vec![what], reason, handover: None },
            2 => Act::Offer { what: vec![what], to, handover: None, note: reason },
            3 => Act::AnswerOffer { offer, answer: OfferAnswer::Taken, reason },
            4 => Act::AnswerOffer { offer, answer: OfferAnswer::Refused, reason },
            5 => Act::WithdrawOffer { offer, reason },
            _ => Act::LeaveTo { what: vec![what], duty, refused: None, reason },
        };
        let entry = self.act(act);
        let who = Who { by: Some(one_of_us), typed_by: Some(one_of_us), method: Method::Asserted };
        self.send(one(NewEntry { case: Some(case), who, ..entry }));
    }

    /// Nothing that is open is without an owner, or is owned by somebody who has left; the tables say the same.
    fn is_owned(&self) {
        for (case, ..) in &self.cases {
            let state = self.office.store.case(&Viewer::system(), *case, now()).unwrap().state;
            for what in state.all_owned() {
                let (owner, holding) = state.holding(&what).unwrap();
                let gone = Party::Staff(self.staff[1]);
                assert!(!owner.is_outside());
                assert!(!self.left || *owner != gone, "{what:?} of somebody who has left");
                assert!(!self.left || holding.offered.as_ref().is_none_or(|offered| offered.to != gone));
            }
        }
    }

    /// Promises that are open, with their cases.
    fn promised(&self) -> Vec<(CaseId, CommitmentId)> {
        let page = self.office.store.owed(&self.office.viewer(), Queue::Owed, now(), None, 200).unwrap();
        let owed = page.rows.into_iter().map(|row| row.commitment);
        owed.filter(|owed| owed.obligor.is_outside()).map(|owed| (owed.case, owed.id)).collect()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_in_whatever_order_is_derived_as_a_rebuild_derives_it_and_written_once(
        nexts in prop::collection::vec(next(), 4..32),
    ) {
        let mut lived = Lived::new();
        nexts.into_iter().for_each(|next| lived.happens(next));
        lived.office.whole();
        lived.is_owned();
        let head = lived.office.store.head().unwrap();
        for batch in std::mem::take(&mut lived.sent) {
            let by = batch.entries.first().and_then(|entry| entry.who.by);
            let viewer = lived.office.store.viewer_for(by, now()).unwrap();
            let again = lived.office.store.append(&viewer, batch, now()).unwrap();
            prop_assert!(again.repeated);
        }
        prop_assert_eq!(lived.office.store.head().unwrap(), head);
        lived.office.store.rebuild(&Viewer::system()).unwrap();
        lived.office.whole();
    }
}
