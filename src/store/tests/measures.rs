//! Measures against a slow, obvious computation: over whatever happened, straight from the cases as they stand, without
//! the rows of facts. And who sees what of them.

mod all;
mod calls;
mod lived;
mod others;
mod slow;

use std::collections::BTreeSet;

use chrono::TimeDelta;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{TestCaseError, TestRunner};

use super::*;
use crate::domain::answer::{ByWhen, Precision};
use crate::domain::case::{CaseState, Milestone};
use crate::domain::commitment::{Commitment, DueRule, Progress};
use crate::domain::ids::CommitmentId;
use crate::domain::measure::{Asked, Definitions, Figure, Overview, Span, Worth};
use crate::domain::words::measures as words;
use crate::settings::measures::shipped;

use self::lived::{Lived, next};
use self::slow::Slow;

fn of(overview: &Overview, definitions: &Definitions, id: &str) -> Figure {
    let at = definitions.measures.iter().position(|one| one.id == id).unwrap();
    assert_eq!(overview.lines[at].id, id);
    overview.lines[at].now()
}

/// What an office lived through, as the measures say it and as the slow computation does: each of them the same, none left out,
/// and those that say something at all.
fn compared(lived: &Lived, asked: &Asked) -> Result<Vec<&'static str>, TestCaseError> {
    let definitions = shipped();
    let overview = lived.overview(definitions, asked);
    let states = lived.states();
    let (from, until) = asked.period.instants(lived.zone());
    let Lived { merged, had_it, tries, now, .. } = lived;
    let slow =
        Slow { states: &states, merged: *merged, had_it, tries, zone: lived.zone(), now: *now, from, until };
    let all = slow.all(definitions);
    let ids: BTreeSet<&str> = definitions.measures.iter().map(|one| one.id.as_str()).collect();
    prop_assert_eq!(ids, all.keys().copied().collect(), "every measure is checked");
    for (id, sought) in &all {
        let figure = of(&overview, definitions, id);
        prop_assert!(sought.is(figure), "{}: {:?} is not {:?}", id, figure, sought);
    }
    Ok(all.into_iter().filter(|(_, sought)| sought.says_something()).map(|(id, _)| id).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn measures_are_what_a_slow_and_obvious_computation_says(
        nexts in prop::collection::vec(next(), 30..80),
        span in 0..Span::ALL.len(),
        back in prop_oneof![4 => Just(0i32), 1 => 1..3i32],
    ) {
        let mut lived = Lived::new();
        nexts.into_iter().for_each(|next| lived.happens(next));
        lived.office.whole();
        let (definitions, zone) = (shipped(), lived.zone());
        let mut asked = Asked::month_of(zone.day(lived.now)).with_span(Span::ALL[span], zone.day(lived.now));
        asked.period = asked.period.moved(asked.span, -back);
        compared(&lived, &asked)?;
        let overview = lived.overview(definitions, &asked);
        let of = |id: &str| of(&overview, definitions, id);

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

/// Offices are lived through until each measure has said something: what is nought on both sides is no comparison.
#[test]
fn whatever_is_measured_is_reached_and_compared() {
    let mut runner = TestRunner::deterministic();
    let mut silent: BTreeSet<&str> = shipped().measures.iter().map(|one| one.id.as_str()).collect();
    for _ in 0..24 {
        let mut lived = Lived::new();
        (0..100).for_each(|_| lived.happens(next().new_tree(&mut runner).unwrap().current()));
        let today = lived.zone().day(lived.now);
        let year = Asked::month_of(today).with_span(Span::Year, today);
        for id in compared(&lived, &year).unwrap() {
            silent.remove(id);
        }
        if silent.is_empty() {
            return;
        }
    }
    panic!("nothing was ever measured by {silent:?}");
}

/// A call about somebody of each of two places, and one of which neither who nor where is known; none is decided.
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
    let id = office.id();
    let mut nowhere = office.call(id);
    if let NewSaid::Step { answers, .. } = &mut nowhere.what {
        answers.remove("about");
    }
    office.store.append(&viewer, one(nowhere), now()).unwrap();
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
    assert_eq!(counted(&everywhere, &month), (3, 2));
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
    assert_eq!(counted(&leads("team_leader", Some(rowan)), &month), (2, 1));
    // Who reads everywhere and sees measures at one place sees those of one place.
    let both = Viewer {
        roles: vec![("key_worker".to_owned(), None), ("team_leader".to_owned(), Some(rowan))],
        ..office.viewer()
    };
    assert_eq!(counted(&both, &month), (2, 1));
    let refused = office.store.overview(&leads("key_worker", None), definitions, &month, now()).unwrap_err();
    assert!(matches!(refused, ReadError::Denied(_)), "{refused}");
    assert!(matches!(
        office.store.overview(&Viewer::default(), definitions, &month, now()),
        Err(ReadError::Denied(_))
    ));
}
