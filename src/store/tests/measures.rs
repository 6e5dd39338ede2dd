//! Measures against a slow, obvious computation: over whatever happened, straight from the cases as they stand, without
//! the rows of facts. And who sees what of them.

mod calls;
mod lived;
mod slow;

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

use self::lived::{Lived, next};
use self::slow::Slow;

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
        for (id, to, minutes) in
            [("call_to_contact", Milestone::Contacted, 60), ("call_to_advice", Milestone::Advised, 240)]
        {
            let (lengths, met, known) = slow.lengths_of_calls(to, TimeDelta::minutes(minutes));
            let figure = of(id);
            let (median, ninetieth) = (ranked(&lengths, 1, 2), ranked(&lengths, 9, 10));
            let timed = lengths.len() as u64;
            prop_assert_eq!(figure.worth, Worth::Time { median, ninetieth, timed, target: true }, "{}", id);
            prop_assert_eq!((figure.n, figure.of), (met, known), "{}", id);
        }
        let promises = slow.promises(&["urgent", "safeguarding"]);
        let known = promises.iter().filter(|one| one.outcome.is_some()).count() as u64;
        for (id, outcome) in [("promises_kept", "kept"), ("promises_late", "late"), ("promises_never", "never")] {
            let n = promises.iter().filter(|one| one.outcome == Some(outcome)).count() as u64;
            prop_assert_eq!(share(of(id)), (n, known), "{}", id);
        }
        let urgent = slow.promises(&["urgent"]);
        let kept = urgent.iter().filter(|one| one.outcome == Some("kept")).count() as u64;
        let of_urgent = urgent.iter().filter(|one| one.outcome.is_some()).count() as u64;
        prop_assert_eq!(share(of("urgent_kept")), (kept, of_urgent));
        let mut late: Vec<i64> = promises.iter().filter_map(|one| one.late).collect();
        late.sort_unstable();
        let (median, ninetieth, timed) = (ranked(&late, 1, 2), ranked(&late, 9, 10), late.len() as u64);
        prop_assert_eq!(of("delay").worth, Worth::Time { median, ninetieth, timed, target: false });
        let timed = promises.iter().filter(|one| one.timed).count() as u64;
        prop_assert_eq!(share(of("with_a_time")), (timed, promises.len() as u64));
        let chases: u64 = promises.iter().map(|one| u64::from(one.chased)).sum();
        prop_assert_eq!((of("chases").n, of("chases").of), (chases, promises.len() as u64));
        prop_assert_eq!(share(of("delays_open")), slow.owed_by_others());
        prop_assert_eq!(share(of("repeat_calls")), (slow.repeats(|_, _| true), calls));
        prop_assert_eq!(share(of("repeat_theme")), (slow.repeats_theme(definitions), calls));
        prop_assert_eq!(share(of("same_day")), slow.same_day(zone));
        prop_assert_eq!(share(of("same_visit")), slow.same_visit());
        prop_assert_eq!(share(of("complete_calls")), slow.complete());
        prop_assert_eq!(share(of("followed")), slow.followed());
        prop_assert_eq!(share(of("care_changed")), slow.care_changed());
        prop_assert_eq!(share(of("caller_told")), slow.caller_told(|state| lived.had_it.contains(&state.id)));
        prop_assert_eq!(share(of("hospital")), slow.hospital());
        prop_assert_eq!(share(of("gaps")), slow.gaps());
        prop_assert_eq!(of("safeguarding_year").n, slow.concerns_in_a_year());
        let concerns = slow.begun("safeguarding").len() as u64;
        prop_assert_eq!(share(of("escalated_before_safeguarding")), (slow.concerns_near_calls(), concerns));
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
