//! What holds of every case, whatever was recorded in it and in whatever order.

use std::collections::BTreeSet;

use proptest::prelude::*;
use uuid::Uuid;

use super::*;

/// Something that may be recorded next.
#[derive(Debug, Clone)]
enum Next {
    Step(&'static str, u8),
    On(&'static str, usize, u8),
    Amend(usize, u8),
    AmendTime(usize, u8),
    Move(u8),
    Tie(u8),
    Untie(u8),
    Own(u8, usize, u8),
}

fn next() -> impl Strategy<Value = Next> {
    let step = prop::sample::select(vec![
        "call",
        "emergency",
        "decision",
        "liaise",
        "review",
        "weekly",
        "weekly",
        "close",
    ]);
    prop_oneof![
        5 => (step, any::<u8>()).prop_map(|(step, variety)| Next::Step(step, variety)),
        3 => (prop::sample::select(vec!["chase", "confirm"]), any::<usize>(), any::<u8>())
            .prop_map(|(step, which, variety)| Next::On(step, which, variety)),
        2 => (any::<usize>(), any::<u8>()).prop_map(|(which, variety)| Next::Amend(which, variety)),
        1 => (any::<usize>(), any::<u8>()).prop_map(|(which, variety)| Next::AmendTime(which, variety)),
        1 => any::<u8>().prop_map(Next::Move),
        1 => (0..4_u8).prop_map(Next::Tie),
        1 => (0..4_u8).prop_map(Next::Untie),
        4 => (0..8_u8, any::<usize>(), 1..4_u8).prop_map(|(how, which, who)| Next::Own(how, which, who)),
    ]
}

fn answers(step: &str, variety: u8) -> Answers {
    let pick = |of: &[&str]| of[usize::from(variety) % of.len()].to_owned();
    let time = by(&format!("2026-11-2{}T{:02}:00:00Z", 1 + variety % 8, variety % 24));
    match step {
        "call" if variety.is_multiple_of(4) => Answers::new(),
        "call" => call(&pick(&["red", "amber", "green"])),
        "decision" => decision(&pick(&["gp", "family", "none"])),
        "liaise" => {
            let mut said = liaise((0..variety % 3).map(|_| row("Visit", time.clone())).collect());
            if variety.is_multiple_of(5) {
                said.insert("controls".into(), Answer::Rows(vec![row("two carers", time)]));
            }
            said
        }
        "chase" if variety.is_multiple_of(2) => Answers::new(),
        "chase" => Answers::from([("by".into(), time)]),
        "review" => Answers::from([("changed".into(), yes_no(YesNo::Yes, ""))]),
        "close" => Answers::from([("outcome".into(), Answer::Choice(pick(&["close", "keep"])))]),
        _ => Answers::new(),
    }
}

/// The entries of a case in which these things were recorded, steps out of order included.
fn ledger(nexts: &[Next], amending: bool) -> Ledger {
    let mut ledger = Ledger::new();
    ledger.step("call", call("amber"));
    for next in nexts {
        let steps: Vec<(EntryId, String)> = ledger
            .entries
            .iter()
            .filter_map(|entry| match &entry.said {
                Said::Step(said) => Some((entry.id, said.step.clone())),
                _ => None,
            })
            .collect();
        match next {
            Next::Step(step, variety) => {
                ledger.step(step, answers(step, *variety));
            }
            Next::On(step, which, variety) => {
                let state = state(&ledger);
                let on = &state.commitments[which % state.commitments.len()];
                ledger.step_on(step, answers(step, *variety), Some(on.id.clone()));
            }
            Next::Amend(which, variety) if amending => {
                let (id, step) = &steps[which % steps.len()];
                ledger.amend(*id, answers(step, *variety));
            }
            Next::AmendTime(which, variety) if amending => {
                let (id, step) = &steps[which % steps.len()];
                let occurred =
                    When::exact(at("2026-11-21T20:00:00Z") - TimeDelta::minutes(i64::from(*variety)));
                let answers = answers(step, *variety);
                ledger.act(Act::Amend {
                    entry: *id,
                    answers,
                    occurred: Some(occurred),
                    reason: "late".into(),
                });
            }
            Next::Move(to) if amending => {
                let (case, from) = (CaseId(Uuid::from_u128(0x1001)), CaseId(Uuid::from_u128(1)));
                let to = CaseId(Uuid::from_u128(u128::from(*to)));
                ledger.act(Act::Reattribute { case, from, to, reason: "another person".into() });
            }
            Next::Tie(other) if amending => {
                let (a, b) = (CaseId(Uuid::from_u128(0x1001)), CaseId(Uuid::from_u128(u128::from(*other))));
                ledger.act(Act::Link { a, b, reason: "one call".into(), duplicate: YesNo::No });
            }
            Next::Untie(other) if amending => {
                let (a, b) = (CaseId(Uuid::from_u128(u128::from(*other))), CaseId(Uuid::from_u128(0x1001)));
                ledger.act(Act::Unlink { a, b, reason: "two calls".into() });
            }
            Next::Own(how, which, who) => own::next(&mut ledger, *how, *which, *who),
            Next::Amend(..) | Next::AmendTime(..) | Next::Move(_) | Next::Tie(_) | Next::Untie(_) => {}
        }
    }
    ledger
}

fn holds_together(state: &CaseState) {
    let ids: BTreeSet<_> = state.commitments.iter().map(|one| &one.id).collect();
    assert_eq!(ids.len(), state.commitments.len(), "ids are unique");
    for one in &state.commitments {
        if !one.progress.is_open() {
            assert!(one.settled_by.is_some(), "{:?} names what settled it", one.id);
            assert_eq!(one.holding.offered, None, "nobody is asked to take what is settled");
        }
        assert_eq!(one.progress == Progress::Superseded, one.superseded_by.is_some());
        if let Some(new) = &one.superseded_by {
            let new = state.commitments.iter().find(|other| other.id == *new).unwrap();
            assert_eq!(new.supersedes.as_ref(), Some(&one.id));
        }
        assert!(!one.what.is_empty());
    }
    let series = |one: &&Commitment| one.step.as_deref() == Some("decision") && one.progress.is_open();
    assert!(state.commitments.iter().filter(series).count() <= 1, "a step done once is owed once");
    assert_eq!(state.closed, state.facts.milestones.contains_key(&Milestone::Closed));
    own::has_one_owner_each(state);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_by_one_is_the_same_as_all_at_once(nexts in prop::collection::vec(next(), 0..14)) {
        let ledger = ledger(&nexts, false);
        let (editions, zone) = (editions(), london());
        let with = Folding { editions: &editions, zone: &zone };
        let one_by_one = ledger.entries.iter().fold(None, |state, entry| fold(state, entry, with));
        prop_assert_eq!(one_by_one, refold(&ledger.entries, with));
    }

    /// As the ledger derives it: entry by entry, anew from the beginning where one needs it; and as it stands when it is
    /// all folded again years later, when other definitions are in force.
    #[test]
    fn appended_is_the_same_as_folded_again_under_later_definitions(
        nexts in prop::collection::vec(next(), 0..14),
    ) {
        let ledger = ledger(&nexts, true);
        let (now, zone) = (editions(), london());
        let later = without_definitions();
        let with = Folding { editions: &now, zone: &zone };
        let mut appended = None;
        for (at, entry) in ledger.entries.iter().enumerate() {
            appended = match needs_refold(entry) {
                true => refold(&ledger.entries[..=at], with),
                false => fold(appended, entry, with),
            };
        }
        prop_assert_eq!(appended, refold(&ledger.entries, Folding { editions: &later, zone: &zone }));
    }

    #[test]
    fn entries_add_to_what_was_owed_and_never_rename_it(nexts in prop::collection::vec(next(), 0..14)) {
        let ledger = ledger(&nexts, true);
        let (editions, zone) = (editions(), london());
        let with = Folding { editions: &editions, zone: &zone };
        let (mut before, mut last) = (Vec::new(), None);
        for count in 1..=ledger.entries.len() {
            let state = refold(&ledger.entries[..count], with).unwrap();
            prop_assert_eq!(&state, &refold(&ledger.entries[..count], with).unwrap());
            holds_together(&state);
            own::passed_as_the_entry_says(last.as_ref(), &state, &ledger.entries[count - 1]);
            let ids: Vec<_> = state.commitments.iter().map(|one| one.id.clone()).collect();
            prop_assert!(ids.starts_with(&before));
            before = ids;
            last = Some(state);
        }
    }

    #[test]
    fn a_state_survives_being_stored(nexts in prop::collection::vec(next(), 0..10)) {
        let state = state(&ledger(&nexts, true));
        let stored = serde_json::to_string(&state).unwrap();
        prop_assert_eq!(serde_json::from_str::<CaseState>(&stored).unwrap(), state);
    }
}
