//! Measures against a slow, obvious computation: over whatever happened, straight from the cases as they stand, without
//! the rows of facts. And who sees what of them.

use chrono::TimeDelta;
use proptest::prelude::*;

use super::*;
use crate::domain::answer::{ByWhen, Precision};
use crate::domain::case::{CaseState, Milestone};
use crate::domain::commitment::{Commitment, DueRule, Progress};
use crate::domain::ids::CommitmentId;
use crate::domain::measure::{Asked, Definitions, Figure, Overview, Span, Worth};
use crate::domain::words::measures as words;
use crate::settings::measures::shipped;

/// What happens next in an office, so many minutes later; numbers choose among what is there.
#[derive(Debug, Clone)]
enum Next {
    Call(u8),
    Decide(usize),
    Liaise(usize, u8),
    Chase(usize, u8),
    Answer(usize),
    Refuse(usize),
    Control(usize, u8),
    Tell(usize, u8),
    Review(usize, bool),
    Close(usize, u8),
    Move(usize),
    Tie(usize, usize),
    Merge,
    AmendTime(usize, u8),
    Safeguard(u8),
}

fn next() -> impl Strategy<Value = (Next, u16)> {
    let (which, variety) = (any::<usize>, any::<u8>);
    let next = prop_oneof![
        4 => variety().prop_map(Next::Call),
        4 => which().prop_map(Next::Decide),
        5 => (which(), variety()).prop_map(|(case, how)| Next::Liaise(case, how)),
        3 => (which(), variety()).prop_map(|(owed, how)| Next::Chase(owed, how)),
        3 => which().prop_map(Next::Answer),
        1 => which().prop_map(Next::Refuse),
        1 => (which(), variety()).prop_map(|(case, how)| Next::Control(case, how)),
        2 => (which(), variety()).prop_map(|(case, whom)| Next::Tell(case, whom)),
        3 => (which(), any::<bool>()).prop_map(|(case, yes)| Next::Review(case, yes)),
        2 => (which(), variety()).prop_map(|(case, how)| Next::Close(case, how)),
        1 => which().prop_map(Next::Move),
        1 => (which(), which()).prop_map(|(a, b)| Next::Tie(a, b)),
        1 => Just(Next::Merge),
        1 => (which(), variety()).prop_map(|(entry, by)| Next::AmendTime(entry, by)),
        1 => variety().prop_map(Next::Safeguard),
    ];
    // Mostly minutes, now and then days: over the night on which the clocks go back, and into other months.
    let later = prop_oneof![30 => 0u16..50, 8 => 50u16..700, 1 => 2_000u16..20_000];
    (next, later)
}

struct Lived {
    office: Office,
    elms: CaseId,
    people: [CaseId; 2],
    merged: Option<(CaseId, CaseId)>,
    calls: Vec<CaseId>,
    cases: Vec<CaseId>,
    now: DateTime<Utc>,
}

fn yes_no(is: bool) -> Answer {
    let why = if is { String::new() } else { "it was not wanted".to_owned() };
    Answer::YesNo { is: if is { YesNo::Yes } else { YesNo::No }, why }
}

fn choice(id: &str) -> Answer {
    Answer::Choice(id.to_owned())
}

impl Lived {
    /// From the day before the clocks go back.
    fn new() -> Self {
        let mut office = Office::new();
        let elms = office.register("organisations", [("name", text("The Elms")), ("type", choice("gp"))]);
        let place = named(office.place, "Rowan House");
        let other = office.register("people", [("name", text("Olive Nash")), ("location", place)]);
        let people = [office.person, other];
        let now = now() + TimeDelta::days(1);
        let mut lived =
            Self { office, elms, people, merged: None, calls: Vec::new(), cases: Vec::new(), now };
        let staff = lived.office.manager;
        let holds = Act::HoldDuty { duty: "decision_holder".to_owned(), staff, place: None };
        assert!(lived.act(holds));
        lived
    }

    fn entry<const N: usize>(
        &mut self,
        kind: &str,
        case: Option<CaseId>,
        on: Option<CommitmentId>,
        given: [(&str, Answer); N],
    ) -> NewEntry {
        let mut entry = step(self.office.id(), Some(self.office.manager), kind, case, answers(given));
        entry.occurred = When::exact(self.now);
        if let NewSaid::Step { on: place, .. } = &mut entry.what {
            *place = on;
        }
        entry
    }

    /// What a refusal of the rules leaves out is left out; nothing else may stop it.
    fn send(&mut self, entry: NewEntry) -> bool {
        let viewer = self.office.store.viewer_for(Some(self.office.manager), self.now).unwrap();
        match self.office.store.append(&viewer, one(entry), self.now) {
            Ok(_) => true,
            Err(AppendError::Problems(_) | AppendError::Conflict(_) | AppendError::Denied(_)) => false,
            Err(other) => panic!("{other}"),
        }
    }

    fn states(&self) -> Vec<CaseState> {
        let read = |case: &CaseId| self.office.store.case(&Viewer::system(), *case, self.now).unwrap().state;
        self.cases.iter().map(read).collect()
    }

    /// Promises that are open.
    fn promised(&self) -> Vec<Commitment> {
        let all = self.states().into_iter().flat_map(|state| state.commitments);
        all.filter(|one| one.progress.is_open() && one.obligor.is_outside() && one.opened_in.is_some())
            .collect()
    }

    fn happens(&mut self, (next, later): (Next, u16)) {
        self.now += TimeDelta::minutes(i64::from(later));
        let nth = |which: usize| self.calls.get(which % self.calls.len().max(1)).copied();
        let risk = |variety: u8| choice(["red", "amber", "green"][usize::from(variety) % 3]);
        let by = |now: DateTime<Utc>, variety: u8| match variety % 4 {
            0 => Answer::ByWhen(ByWhen::NoneGiven { why: "they could not say".to_owned() }),
            _ => Answer::ByWhen(ByWhen::At(When::exact(now + TimeDelta::minutes(i64::from(variety) + 5)))),
        };
        match next {
            Next::Call(variety) => {
                let about = named(self.people[usize::from(variety) % 2], "QUILL, Theresa");
                let tags = match variety % 3 {
                    0 => vec!["fall".to_owned()],
                    1 => vec!["wound_worse".to_owned(), "pain".to_owned()],
                    _ => vec!["choking".to_owned()],
                };
                let entry = self.entry(
                    "urgent.call",
                    None,
                    None,
                    [
                        ("call_back", text("01632 960 111")),
                        ("caller", text("W. Quay")),
                        ("about", about),
                        ("risk", risk(variety)),
                        ("triggers", Answer::Choices(tags)),
                    ],
                );
                let id = CaseId::from(entry.id);
                assert!(self.send(entry), "a call is always taken");
                self.calls.push(id);
                self.cases.push(id);
            }
            Next::Safeguard(variety) => {
                let about = named(self.people[usize::from(variety) % 2], "QUILL, Theresa");
                let entry = self.entry(
                    "safeguarding.concern",
                    None,
                    None,
                    [
                        ("about", about),
                        ("safe_now", choice("yes")),
                        ("said", text("Her purse is gone")),
                        ("risk", risk(variety)),
                    ],
                );
                let id = CaseId::from(entry.id);
                if self.send(entry) {
                    self.cases.push(id);
                }
            }
            Next::Decide(which) => {
                let Some(case) = nth(which) else { return };
                let entry = self.entry(
                    "urgent.decision",
                    Some(case),
                    None,
                    [
                        ("route", Answer::Choices(vec!["gp".to_owned()])),
                        ("rationale", text("She drinks and is awake; the surgery is open until noon")),
                        ("why_999", text("Awake, breathing normally, no fall")),
                        ("person_view", text("She wants her own doctor")),
                        ("representative_told", yes_no(false)),
                    ],
                );
                self.send(entry);
            }
            Next::Liaise(which, variety) => {
                let Some(case) = nth(which) else { return };
                let spoke = !variety.is_multiple_of(3);
                let promise = answers([("what", text("Visit")), ("by", by(self.now, variety))]);
                let mut entry = self.entry(
                    "urgent.liaise",
                    Some(case),
                    None,
                    [
                        ("who", named(self.elms, "The Elms")),
                        ("means", choice("telephone")),
                        ("outcome", choice(if spoke { "spoke" } else { "left_message" })),
                        ("shared", text("Dressing wet through")),
                        ("basis", choice("expected")),
                        ("promises", Answer::Rows(vec![promise])),
                    ],
                );
                if let NewSaid::Step { answers, .. } = &mut entry.what
                    && spoke
                {
                    answers.insert("person".to_owned(), text("Dr ZZ"));
                    answers.insert("advice".to_owned(), text("Fluids, and they come"));
                    answers.insert("read_back".to_owned(), yes_no(true));
                }
                self.send(entry);
            }
            Next::Chase(which, variety) => {
                let owed = self.promised();
                let Some(one) = owed.get(which % owed.len().max(1)).cloned() else { return };
                let entry = self.entry(
                    "urgent.chase",
                    Some(one.case),
                    Some(one.id),
                    [
                        ("who", named(self.elms, "The Elms")),
                        ("outcome", choice("left_message")),
                        ("what", text("Visit")),
                        ("by", by(self.now, variety)),
                    ],
                );
                self.send(entry);
            }
            Next::Answer(which) | Next::Refuse(which) => {
                let owed = self.promised();
                let Some(one) = owed.get(which % owed.len().max(1)).cloned() else { return };
                let (case, id) = (Some(one.case), Some(one.id));
                let entry = if matches!(next, Next::Answer(_)) {
                    let evidence = Answer::Evidence(crate::domain::answer::Evidence {
                        reference: "VR-1".to_owned(),
                        seen_by: "W. Quay".to_owned(),
                        seen_at: None,
                    });
                    self.entry("urgent.answer", case, id, [("by", text("Dr ZZ")), ("evidence", evidence)])
                } else {
                    let (why, instead) = (text("No doctor free"), text("Ring 111"));
                    self.entry(
                        "urgent.refused",
                        case,
                        id,
                        [("who", text("Dr ZZ")), ("why", why), ("instead", instead)],
                    )
                };
                self.send(entry);
            }
            Next::Control(which, variety) => {
                let Some(case) = nth(which) else { return };
                let row = answers([
                    ("what", text("Two carers")),
                    ("kind", choice("checks")),
                    ("review_by", by(self.now, variety)),
                ]);
                let entry = self.entry(
                    "urgent.control",
                    Some(case),
                    None,
                    [("controls", Answer::Rows(vec![row])), ("team_told", yes_no(true))],
                );
                self.send(entry);
            }
            Next::Tell(which, variety) => {
                let Some(case) = nth(which) else { return };
                let whom = if variety.is_multiple_of(3) { "person" } else { "care_team" };
                let row = answers([
                    ("whom", choice(whom)),
                    ("name", text("W. Quay")),
                    ("how", choice("telephone")),
                    ("when", Answer::Time(When::exact(self.now))),
                    ("said", text("They come by six")),
                ]);
                let entry = self.entry("urgent.tell", Some(case), None, [("told", Answer::Rows(vec![row]))]);
                self.send(entry);
            }
            Next::Review(which, yes) => {
                let Some(case) = nth(which) else { return };
                let entry = self.entry(
                    "urgent.review",
                    Some(case),
                    None,
                    [
                        ("followed", yes_no(yes)),
                        ("care_changed", yes_no(false)),
                        ("governance", yes_no(false)),
                        ("as_delegate", yes_no(false)),
                    ],
                );
                self.send(entry);
            }
            Next::Close(which, variety) => {
                let Some(case) = nth(which) else { return };
                let state = self.office.store.case(&Viewer::system(), case, self.now).unwrap().state;
                let open = state.commitments.iter().filter(|one| one.progress.is_open());
                let keep = |one: &Commitment| {
                    let becomes = [("becomes", choice("keep")), ("why", text("They still come"))];
                    let mut row = answers(becomes);
                    row.insert("what".to_owned(), Answer::Owed(one.named()));
                    row
                };
                let rows: Vec<Answers> = open.map(keep).collect();
                let ended = ["better", "hospital", "in_error"][usize::from(variety) % 3];
                let entry = self.entry(
                    "urgent.close",
                    Some(case),
                    None,
                    [
                        ("ended", choice(ended)),
                        ("outcome", text("Sitting up and drinking")),
                        ("owed", Answer::Rows(rows)),
                    ],
                );
                self.send(entry);
            }
            Next::Move(which) => {
                let Some(case) = nth(which) else { return };
                let Some(from) =
                    self.office.store.case(&Viewer::system(), case, self.now).unwrap().state.subject
                else {
                    return;
                };
                let to = self.people[usize::from(from == self.people[0])];
                let act = Act::Reattribute { case, from, to, reason: "the other one".to_owned() };
                self.act(act);
            }
            Next::Tie(a, b) => {
                let (Some(a), Some(b)) = (nth(a), nth(b)) else { return };
                let act = Act::Link { a, b, reason: "one matter".to_owned(), duplicate: YesNo::Yes };
                self.act(act);
            }
            Next::Merge => {
                let [kept, gone] = self.people;
                let reason = "one and the same".to_owned();
                if self.act(Act::Merge { register: "people".to_owned(), kept, gone, reason }) {
                    self.merged = Some((kept, gone));
                }
            }
            Next::AmendTime(which, by) => {
                let Some(case) = nth(which) else { return };
                let earlier = self.now - TimeDelta::minutes(i64::from(by));
                let precision = if by.is_multiple_of(5) { Precision::Day } else { Precision::Exact };
                let view = self.office.store.case(&Viewer::system(), case, self.now).unwrap();
                let Some(told) = view.chronology.first() else { return };
                let act = Act::Amend {
                    entry: told.entry.id,
                    answers: told.answers.clone().unwrap_or_default(),
                    occurred: Some(When { at: earlier, precision }),
                    reason: "misheard".to_owned(),
                };
                self.act(act);
            }
        }
    }

    fn act(&mut self, act: Act) -> bool {
        let entry = self.entry("any.any", None, None, []);
        self.send(NewEntry { what: NewSaid::Act(act), ..entry })
    }

    fn overview(&self, definitions: &Definitions, asked: &Asked) -> Overview {
        self.office.store.overview(&Viewer::system(), definitions, asked, self.now).unwrap()
    }
}

/// The slow computation. It knows nothing of rows of facts: it looks through every case for every question.
struct Slow<'a> {
    states: &'a [CaseState],
    merged: Option<(CaseId, CaseId)>,
    now: DateTime<Utc>,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
}

const MINUTE: TimeDelta = TimeDelta::minutes(1);

impl Slow<'_> {
    fn person(&self, state: &CaseState) -> Option<CaseId> {
        state.subject.map(|id| self.merged.filter(|(_, gone)| *gone == id).map_or(id, |(kept, _)| kept))
    }

    fn at(state: &CaseState) -> DateTime<Utc> {
        let called = state.facts.milestones.get(&Milestone::Called);
        called.map_or(state.entries[0].occurred.at, |when| when.at)
    }

    /// Cases that count, whenever they began.
    fn counted(&self, pathway: &str) -> Vec<&CaseState> {
        let in_error =
            |state: &CaseState| state.closed && state.answers.get("close.ended") == Some(&choice("in_error"));
        let again = |state: &CaseState| state.duplicates.iter().any(|other| *other < state.id);
        let of = self.states.iter().filter(|state| state.pathway == pathway);
        of.filter(|state| !in_error(state) && !again(state)).collect()
    }

    fn begun(&self, pathway: &str) -> Vec<&CaseState> {
        let within = |state: &&CaseState| self.from <= Self::at(state) && Self::at(state) < self.until;
        self.counted(pathway).into_iter().filter(within).collect()
    }

    /// The first commitment of this step, as it stood after corrections.
    fn first_owed<'s>(&self, state: &'s CaseState, step: &str) -> Option<&'s Commitment> {
        let mut one = state
            .commitments
            .iter()
            .find(|one| one.step.as_deref() == Some(step) && one.supersedes.is_none())?;
        while let Some(next) = state.commitments.iter().find(|next| next.supersedes.as_ref() == Some(&one.id))
        {
            if next.chased != one.chased {
                break;
            }
            one = next;
        }
        Some(one)
    }

    /// Lengths in minutes, how many were in time, of how many that is known.
    fn times(&self, to: Milestone, step: &str) -> (Vec<i64>, u64, u64) {
        let (mut lengths, mut met, mut known) = (Vec::new(), 0, 0);
        for state in self.begun("urgent") {
            let Some(owed) = self.first_owed(state, step) else { continue };
            let called = state.facts.milestones[&Milestone::Called];
            let rough = |when: &When| matches!(when.precision, Precision::Day | Precision::Unknown);
            let reached = state.facts.milestones.get(&to);
            if rough(&called) || reached.is_some_and(rough) {
                continue;
            }
            match reached {
                Some(reached) => {
                    lengths.push((reached.at - called.at).num_milliseconds().max(0));
                    known += 1;
                    met += u64::from(reached.at - owed.due < MINUTE);
                }
                None => known += u64::from(self.now - owed.due >= MINUTE),
            }
        }
        lengths.sort_unstable();
        (lengths, met, known)
    }

    /// What became of each promise that was first due in the period: kept, late, never; `None` where it is not known.
    fn promises(&self) -> Vec<(Option<&'static str>, u32, bool)> {
        let mut found = Vec::new();
        for state in self.counted_all() {
            let of_others = |one: &&Commitment| one.obligor.is_outside() && one.opened_in.is_some();
            let control = |one: &&Commitment| one.control == YesNo::No;
            let roots = state.commitments.iter().filter(of_others).filter(control);
            for root in roots.filter(|one| one.supersedes.is_none()) {
                let mut all = vec![root];
                while let Some(next) = state
                    .commitments
                    .iter()
                    .find(|one| one.supersedes.as_ref() == Some(&all[all.len() - 1].id))
                {
                    all.push(next);
                }
                // Of those that were chased as often, the last stands: the others were put right.
                let mut standing: Vec<&Commitment> = Vec::new();
                for one in &all {
                    standing.retain(|other| other.chased != one.chased);
                    standing.push(one);
                }
                let timed =
                    |one: &&&Commitment| matches!(one.rule, DueRule::Promised | DueRule::PromisedWithin(_));
                let first = standing.iter().find(timed).map(|one| one.due);
                let at = first.unwrap_or(root.due);
                if at < self.from || at >= self.until {
                    continue;
                }
                let last = all[all.len() - 1];
                let ended = last.settled_by.and_then(|by| state.entries.iter().find(|mark| mark.id == by));
                let outcome = first.and_then(|due| match last.progress {
                    Progress::Confirmed if ended.unwrap().occurred.at - due < MINUTE => Some("kept"),
                    Progress::Confirmed => Some("late"),
                    Progress::Refused => Some("never"),
                    Progress::Cancelled => (ended.unwrap().occurred.at - due >= MINUTE).then_some("never"),
                    _ => (self.now - due >= MINUTE).then_some("never"),
                });
                found.push((outcome, last.chased, timed(&&standing[0])));
            }
        }
        found
    }

    fn counted_all(&self) -> Vec<&CaseState> {
        self.counted("urgent").into_iter().chain(self.counted("safeguarding")).collect()
    }

    fn repeats(&self) -> u64 {
        let all = self.states.iter().filter(|state| state.pathway == "urgent");
        let all: Vec<_> =
            all.filter(|state| !state.duplicates.iter().any(|other| *other < state.id)).collect();
        let before = |one: &CaseState| {
            all.iter().any(|other| {
                let order = (Self::at(other), other.id) < (Self::at(one), one.id);
                let near = Self::at(one) - Self::at(other) <= TimeDelta::days(14);
                order && near && self.person(other) == self.person(one)
            })
        };
        self.begun("urgent").into_iter().filter(|state| before(state)).count() as u64
    }

    fn near_safeguarding(&self) -> u64 {
        let concerns: Vec<_> = self.states.iter().filter(|state| state.pathway == "safeguarding").collect();
        let near = |one: &&&CaseState| {
            concerns.iter().any(|other| {
                self.person(other) == self.person(one)
                    && (Self::at(one) - Self::at(other)).abs() <= TimeDelta::days(14)
            })
        };
        self.begun("urgent").iter().filter(near).count() as u64
    }

    /// Contacts, and those that reached nobody: from the entries themselves.
    fn contacts(&self) -> (u64, u64) {
        let (mut all, mut nobody) = (0, 0);
        for state in self.counted("urgent") {
            for mark in &state.entries {
                let is_contact = mark.kind == "liaise" || mark.kind == "chase";
                if !is_contact || mark.occurred.at < self.from || mark.occurred.at >= self.until {
                    continue;
                }
                all += 1;
                let reached = mark.reached.contains_key(&Milestone::Advised);
                nobody += u64::from(!reached);
            }
        }
        (all, nobody)
    }

    /// Interim controls in force at the end, and those past their review.
    fn controls(&self) -> (u64, u64) {
        let at = self.until.min(self.now);
        if self.from > self.now {
            return (0, 0);
        }
        let (mut all, mut overdue) = (0, 0);
        for state in self.counted("urgent") {
            let when =
                |entry| state.entries.iter().find(|mark| mark.id == entry).map(|mark| mark.occurred.at);
            for one in state.commitments.iter().filter(|one| one.control == YesNo::Yes) {
                let since = when(one.opened_by).unwrap();
                let ended = one.settled_by.and_then(when);
                if since <= at && ended.is_none_or(|ended| at < ended) {
                    all += 1;
                    overdue += u64::from(at - one.due >= MINUTE);
                }
            }
        }
        (all, overdue)
    }

    fn told(&self) -> (u64, u64) {
        let cases = self.begun("urgent").into_iter();
        let decided: Vec<_> = cases
            .filter(|state| state.closed && state.facts.milestones.contains_key(&Milestone::Decided))
            .collect();
        let told = decided.iter().filter(|state| {
            let decided = state.facts.milestones[&Milestone::Decided].at;
            // The latest of several counts, which the share of each entry says too.
            state
                .shares
                .iter()
                .any(|share| share.who.as_deref() == Some("Care team") && share.at.at - decided > -MINUTE)
        });
        (decided.len() as u64, told.count() as u64)
    }
}

fn of(overview: &Overview, definitions: &Definitions, id: &str) -> Figure {
    let at = definitions.measures.iter().position(|one| one.id == id).unwrap();
    assert_eq!(overview.lines[at].id, id);
    overview.lines[at].now()
}

fn share(figure: Figure) -> (u64, u64) {
    assert_eq!(figure.worth, Worth::Share);
    (figure.n, figure.of)
}

/// The slow way to the median and the ninth of ten: the first that so many do not exceed.
fn ranked(lengths: &[i64], n: usize, of: usize) -> Option<i64> {
    let holds = |length: &&i64| lengths.iter().filter(|one| one <= length).count() * of >= lengths.len() * n;
    lengths.iter().find(holds).copied()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn measures_are_what_a_slow_and_obvious_computation_says(
        nexts in prop::collection::vec(next(), 20..60),
        span in 0..Span::ALL.len(),
        back in prop_oneof![4 => Just(0i32), 1 => 1..3i32],
    ) {
        let mut lived = Lived::new();
        nexts.into_iter().for_each(|next| lived.happens(next));
        lived.office.whole();
        let definitions = shipped();
        let zone = lived.office.store.zone().unwrap();
        let mut asked = Asked::month_of(zone.day(lived.now)).with_span(Span::ALL[span], zone.day(lived.now));
        asked.period = asked.period.moved(asked.span, -back);
        let overview = lived.overview(definitions, &asked);
        let of = |id: &str| of(&overview, definitions, id);
        let states = lived.states();
        let (from, until) = asked.period.instants(zone);
        let slow = Slow { states: &states, merged: lived.merged, now: lived.now, from, until };

        let calls = slow.begun("urgent").len() as u64;
        prop_assert_eq!(of("calls").n, calls);
        prop_assert_eq!(of("safeguarding").n, slow.begun("safeguarding").len() as u64);
        for (id, to, step) in [
            ("call_to_decision", Milestone::Decided, "decision"),
            ("call_to_review", Milestone::Reviewed, "review"),
        ] {
            let (lengths, met, known) = slow.times(to, step);
            let figure = of(id);
            let (median, ninetieth) = (ranked(&lengths, 1, 2), ranked(&lengths, 9, 10));
            let timed = lengths.len() as u64;
            prop_assert_eq!(figure.worth, Worth::Time { median, ninetieth, timed, target: true }, "{}", id);
            prop_assert_eq!((figure.n, figure.of), (met, known), "{}", id);
        }
        let promises = slow.promises();
        let known = promises.iter().filter(|(outcome, ..)| outcome.is_some()).count() as u64;
        for (id, outcome) in [("promises_kept", "kept"), ("promises_late", "late"), ("promises_never", "never")] {
            let n = promises.iter().filter(|(one, ..)| *one == Some(outcome)).count() as u64;
            prop_assert_eq!(share(of(id)), (n, known), "{}", id);
        }
        let timed = promises.iter().filter(|(.., timed)| *timed).count() as u64;
        prop_assert_eq!(share(of("with_a_time")), (timed, promises.len() as u64));
        let chases: u64 = promises.iter().map(|(_, chased, _)| u64::from(*chased)).sum();
        prop_assert_eq!((of("chases").n, of("chases").of), (chases, promises.len() as u64));
        prop_assert_eq!(share(of("repeat_calls")), (slow.repeats(), calls));
        prop_assert_eq!(share(of("safeguarding_after_call")), (slow.near_safeguarding(), calls));
        let (contacts, nobody) = slow.contacts();
        prop_assert_eq!(share(of("unanswered")), (nobody, contacts));
        let (controls, overdue) = slow.controls();
        prop_assert_eq!(share(of("controls_overdue")), (overdue, controls));
        let (decided, told) = slow.told();
        prop_assert_eq!(share(of("told")), (told, decided));

        // The records behind a figure are as many as it counts, and its parts make up the whole.
        for measure in &definitions.measures {
            let figure = of(&measure.id);
            let store = &lived.office.store;
            let found = store.measured(&Viewer::system(), definitions, &asked, (measure, u32::MAX), lived.now).unwrap();
            prop_assert_eq!(found.rows.len() as u64, found.total);
            if let Worth::Share = figure.worth {
                let met = found.rows.iter().filter(|row| row.met == Some(true)).count() as u64;
                prop_assert_eq!((met, found.total), (figure.n, figure.of + figure.unknown), "{}", measure.id);
            }
            for by in measure.by.iter().filter(|by| words::by(**by) == "place" || words::by(**by) == "shift") {
                let chart = store.chart(&Viewer::system(), definitions, &asked, (measure, Some(*by)), lived.now).unwrap();
                let n: u64 = chart.parts.iter().map(|part| part.figure.n).sum();
                prop_assert_eq!(n, figure.n, "{} by {:?}", measure.id, by);
            }
        }
    }
}

/// A call about somebody of each of two places, both of them decided by nobody.
fn two_places() -> (Office, [CaseId; 2]) {
    let mut office = Office::new();
    office.taken_call();
    let elms = office.register("locations", [("name", text("Elm Court"))]);
    let id = office.id();
    let mut call = office.call(id);
    if let NewSaid::Step { answers, .. } = &mut call.what {
        answers.insert("place".to_owned(), named(elms, "Elm Court"));
        answers.remove("about");
    }
    let viewer = office.viewer();
    office.store.append(&viewer, one(call), now()).unwrap();
    let rowan = office.place;
    (office, [rowan, elms])
}

#[test]
fn whoever_sees_measures_at_one_place_sees_them_of_that_place() {
    let (office, [rowan, elms]) = two_places();
    let (definitions, month) = (shipped(), Asked::month_of(now().date_naive()));
    let calls = definitions.measure("calls").unwrap();
    let counted = |viewer: &Viewer, asked: &Asked| {
        let overview = office.store.overview(viewer, definitions, asked, now()).unwrap();
        let found = office.store.measured(viewer, definitions, asked, (calls, 50), now()).unwrap();
        let figure = of(&overview, definitions, "calls");
        assert_eq!(figure.n, found.total);
        (figure.n, overview.locations.len())
    };
    let everywhere = office.viewer();
    assert_eq!(counted(&everywhere, &month), (2, 2));
    // By the place that is named, and where none is, by the person's own.
    for (place, n) in [(rowan, 1), (elms, 1)] {
        assert_eq!(counted(&everywhere, &Asked { location: Some(place), ..month.clone() }).0, n);
    }
    let leads = |role: &str, at| Viewer { roles: vec![(role.to_owned(), at)], ..office.viewer() };
    assert_eq!(
        counted(&leads("team_leader", Some(elms)), &month),
        (2, 1),
        "and the call whose place nobody named"
    );
    assert_eq!(counted(&leads("team_leader", Some(rowan)), &month), (1, 1));
    // Who reads everywhere and sees measures at one place sees those of one place.
    let both = Viewer {
        roles: vec![("key_worker".to_owned(), None), ("team_leader".to_owned(), Some(rowan))],
        ..office.viewer()
    };
    assert_eq!(counted(&both, &month), (1, 1));
    let refused = office.store.overview(&leads("key_worker", None), definitions, &month, now()).unwrap_err();
    assert!(matches!(refused, ReadError::Denied(_)), "{refused}");
    assert!(matches!(
        office.store.overview(&Viewer::default(), definitions, &month, now()),
        Err(ReadError::Denied(_))
    ));
}
