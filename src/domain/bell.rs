//! What rings for whom: a pure function of what is owed, who has seen it, and now.
//!
//! Something owed calls when it arrives, is due soon, late, long late, as its kind says in `clocks.toml`, and again until it
//! is acknowledged where the kind says so. Whoever
//! acknowledges it has peace of it, and nobody else has; it comes back to them after a while, and at once when it gets
//! worse. Nothing is kept of what rang: a program remembers which calls it has heard ([`Heard`]), so that each rings once.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};

use super::clocks::{Clocks, Event, Lateness, Turns};
use super::commitment::{Acknowledged, Commitment};
use super::draft::DraftRow;
use super::ids::{CaseId, CommitmentId, EntryId};

/// Something owed, as far as the clock goes: no words, and nobody's name but of who has seen it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticking {
    /// What it is.
    pub id: CommitmentId,
    /// When its state changes.
    pub turns: Turns,
    /// When it came to be owed.
    pub started: DateTime<Utc>,
    /// What rings about it.
    pub rings: Vec<Event>,
    /// After how long it rings again, until somebody acknowledges it.
    pub again: Option<TimeDelta>,
    /// A review, which looks back: late, it is counted and no alarm.
    pub looks_back: bool,
    /// It stands among the open escalations.
    pub urgent: bool,
    /// Somebody outside owes it.
    pub outside: bool,
    /// Who has seen it, and when.
    pub acknowledged: Vec<Acknowledged>,
}

impl Ticking {
    /// An urgent call that was begun and not saved, under the id that what it leaves blank is owed by once it is. `None` for
    /// any other form, and while somebody types in it.
    pub fn of_call(row: &DraftRow, clocks: &Clocks) -> Option<Self> {
        (row.call && !row.waits).then(|| Self {
            id: CommitmentId { entry: EntryId(row.id.0), place: Commitment::INCOMPLETE.to_owned() },
            turns: row.turns(clocks),
            started: row.opened_at,
            rings: if clocks.rings { clocks.unfinished.rings.clone() } else { Vec::new() },
            again: None,
            looks_back: false,
            urgent: false,
            outside: false,
            acknowledged: Vec::new(),
        })
    }
}

/// One reason for the bell to ring.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Call {
    /// About what.
    pub id: CommitmentId,
    /// Why.
    pub event: Event,
    /// It comes back to somebody who acknowledged it then.
    pub back: Option<DateTime<Utc>>,
    /// How often it has rung again, unheard.
    pub again: i64,
}

/// What calls somebody now, and when to look again.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Calls {
    /// All that calls, whether it has rung or not.
    pub calls: BTreeSet<Call>,
    /// When that changes next.
    pub again: Option<DateTime<Utc>>,
}

/// What calls whoever sits here at `now`. What they acknowledged is silent for `comes_back`, unless it got worse since.
pub fn calls(owed: &[Ticking], me: Option<CaseId>, comes_back: TimeDelta, now: DateTime<Utc>) -> Calls {
    let mut found = Calls::default();
    for one in owed {
        let (call, again) = call(one, me, comes_back, now);
        found.calls.extend(call);
        found.again = [found.again, again, one.turns.next(now)].into_iter().flatten().min();
    }
    found
}

/// How one thing calls, and when it does so next beside the turns of its clock.
fn call(
    one: &Ticking,
    me: Option<CaseId>,
    comes_back: TimeDelta,
    now: DateTime<Utc>,
) -> (Option<Call>, Option<DateTime<Utc>>) {
    let Some(event) = reached(one, now) else { return (None, None) };
    let seen = one.acknowledged.iter().rev().find(|seen| Some(seen.by) == me);
    // Worse than it was when they saw it, it rings at once.
    let seen = seen.filter(|seen| reached(one, seen.at) >= Some(event));
    let from = match seen {
        Some(seen) if now < seen.at + comes_back => return (None, Some(seen.at + comes_back)),
        Some(seen) => seen.at + comes_back,
        None => one.turns.begins(event).unwrap_or(one.started),
    };
    // With help on the way nobody has to be rung for again.
    let every = one.again.filter(|every| *every > TimeDelta::zero() && one.turns.due.is_some());
    let times = every.map_or(0, |every| (now - from).num_seconds().max(0) / every.num_seconds().max(1));
    let next = every.map(|every| {
        let times = i32::try_from(times + 1).unwrap_or(i32::MAX);
        from + every * times
    });
    (Some(Call { id: one.id.clone(), event, back: seen.map(|seen| seen.at), again: times }), next)
}

/// The worst that had come about by then and that rings.
fn reached(one: &Ticking, then: DateTime<Utc>) -> Option<Event> {
    let state = one.turns.state(then);
    let has_come = |event: &Event| match event {
        Event::Arrives => true,
        Event::DueSoon => state >= Lateness::DueSoon,
        Event::Late => state >= Lateness::Late,
        Event::LongLate => state >= Lateness::LongLate,
    };
    one.rings.iter().copied().filter(has_come).max()
}

/// How many are long late, late and due soon: counts are all that a locked desk and a terminal's title may say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Long late.
    pub long_late: usize,
    /// Late, and not long.
    pub late: usize,
    /// Due soon.
    pub due_soon: usize,
}

impl FromIterator<Lateness> for Tally {
    fn from_iter<T: IntoIterator<Item = Lateness>>(states: T) -> Self {
        let mut tally = Tally::default();
        for state in states {
            match state {
                Lateness::LongLate => tally.long_late += 1,
                Lateness::Late => tally.late += 1,
                Lateness::DueSoon => tally.due_soon += 1,
                Lateness::Fresh => {}
            }
        }
        tally
    }
}

/// Counts them. A review that is late is no alarm.
pub fn tally<'t>(owed: impl IntoIterator<Item = &'t Ticking>, now: DateTime<Utc>) -> Tally {
    owed.into_iter().filter(|one| !one.looks_back).map(|one| one.turns.state(now)).collect()
}

/// What somebody at a terminal has heard.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Heard {
    whose: Option<Option<CaseId>>,
    calls: BTreeSet<Call>,
}

impl Heard {
    /// Takes in what calls now and says whether the bell is to ring: once for all that is new. What calls already when
    /// somebody sits down rings for nobody, and what they recorded themselves (`own`) is no news to them.
    pub fn rings(&mut self, me: Option<CaseId>, now: &Calls, own: impl Fn(&CommitmentId) -> bool) -> bool {
        let is_new = |call: &&Call| {
            let is_own = call.event == Event::Arrives && call.again == 0 && own(&call.id);
            !self.calls.contains(*call) && !is_own
        };
        let rings = self.whose == Some(me) && now.calls.iter().any(|call| is_new(&call));
        self.whose = Some(me);
        self.calls.clone_from(&now.calls);
        rings
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    const COMES_BACK: TimeDelta = TimeDelta::minutes(15);

    fn at(clock: &str) -> DateTime<Utc> {
        format!("2026-11-21T{clock}Z").parse().unwrap()
    }

    fn staff(number: u128) -> CaseId {
        CaseId(uuid::Uuid::from_u128(number))
    }

    /// Called at 21:00, due at 21:15, long late from 21:30.
    fn decision() -> Ticking {
        let (due, long) = (at("21:15:00"), at("21:30:00"));
        Ticking {
            id: CommitmentId { entry: EntryId(uuid::Uuid::from_u128(9)), place: "then.decision".into() },
            turns: Turns { due_soon: Some(at("21:10:00")), due: Some(due), long_late: Some(long) },
            started: at("21:00:00"),
            rings: vec![Event::Arrives, Event::Late, Event::LongLate],
            again: None,
            looks_back: false,
            urgent: true,
            outside: false,
            acknowledged: Vec::new(),
        }
    }

    /// At which clock times a program that looks whenever it is told to rings from 21:00 on for an hour.
    fn rung(one: &Ticking, me: CaseId, acknowledged: &[&str]) -> Vec<String> {
        let (mut heard, mut rung, mut now) = (Heard::default(), Vec::new(), at("20:59:00"));
        heard.rings(Some(me), &calls(&[], Some(me), COMES_BACK, now), |_| false);
        now = at("21:00:00");
        while now < at("22:00:00") {
            let mut owed = one.clone();
            let seen = acknowledged.iter().map(|clock| at(clock)).filter(|seen| *seen <= now);
            owed.acknowledged.extend(seen.map(|at| Acknowledged { by: staff(1), at }));
            let found = calls(&[owed], Some(me), COMES_BACK, now);
            if heard.rings(Some(me), &found, |_| false) {
                rung.push(now.format("%H:%M:%S").to_string());
            }
            let news = acknowledged.iter().map(|clock| at(clock)).filter(|seen| *seen > now);
            let Some(next) = found.again.into_iter().chain(news).min() else { break };
            assert!(next > now, "it never looks again at once");
            now = next;
        }
        rung
    }

    #[test]
    fn each_event_rings_once_and_none_between() {
        assert_eq!(rung(&decision(), staff(1), &[]), ["21:00:00", "21:15:01", "21:30:00"]);
        let quiet = Ticking { rings: Vec::new(), ..decision() };
        assert!(rung(&quiet, staff(1), &[]).is_empty());
    }

    #[test]
    fn what_is_acknowledged_is_silent_for_one_person_comes_back_and_rings_at_once_when_it_gets_worse() {
        let again = Ticking { again: Some(TimeDelta::minutes(5)), ..decision() };
        let alone =
            ["21:00:00", "21:05:00", "21:10:00", "21:15:00", "21:15:01", "21:20:00", "21:25:00", "21:30:00"];
        let others: Vec<_> = rung(&again, staff(2), &["21:02:00"]).into_iter().take(8).collect();
        assert_eq!(others, alone, "another person hears all of it");
        let mine = rung(&again, staff(1), &["21:02:00", "21:16:00"]);
        assert_eq!(mine[..4], ["21:00:00", "21:15:01", "21:30:00", "21:35:00"], "worse at 21:15 and 21:30");
        let late = rung(&decision(), staff(1), &["21:31:00"]);
        assert_eq!(
            late,
            ["21:00:00", "21:15:01", "21:30:00", "21:46:00"],
            "and back after a quarter of an hour"
        );
    }

    #[test]
    fn with_help_on_the_way_it_rings_once() {
        let eased = Ticking {
            turns: Turns { due_soon: Some(at("21:10:00")), due: None, long_late: None },
            again: Some(TimeDelta::minutes(5)),
            ..decision()
        };
        assert_eq!(rung(&eased, staff(1), &[]), ["21:00:00"]);
    }

    #[test]
    fn whoever_sits_down_hears_nothing_that_called_before_and_nothing_of_their_own() {
        let mut heard = Heard::default();
        let found = calls(&[decision()], Some(staff(1)), COMES_BACK, at("21:20:00"));
        assert!(!heard.rings(Some(staff(1)), &found, |_| false), "it called before");
        assert!(!heard.rings(Some(staff(2)), &found, |_| false), "somebody else sits down");
        let mut heard = Heard::default();
        let nothing = calls(&[], Some(staff(1)), COMES_BACK, at("21:00:00"));
        heard.rings(Some(staff(1)), &nothing, |_| true);
        let own = calls(&[decision()], Some(staff(1)), COMES_BACK, at("21:00:00"));
        assert!(!heard.rings(Some(staff(1)), &own, |_| true), "they took the call themselves");
        let late = calls(&[decision()], Some(staff(1)), COMES_BACK, at("21:16:00"));
        assert!(heard.rings(Some(staff(1)), &late, |_| true), "that it is late is news");
    }

    #[test]
    fn a_clock_that_is_set_back_rings_for_nothing_twice_at_once_and_never_fails() {
        let again = Ticking { again: Some(TimeDelta::minutes(5)), ..decision() };
        let found = calls(&[again], Some(staff(1)), COMES_BACK, at("18:00:00"));
        assert_eq!(
            found.calls.iter().map(|call| (call.event, call.again)).collect::<Vec<_>>(),
            [(Event::Arrives, 0)]
        );
    }

    #[test]
    fn a_late_review_is_no_alarm() {
        let review = Ticking { looks_back: true, ..decision() };
        let all = [decision(), review];
        assert_eq!(tally(&all, at("21:40:00")), Tally { long_late: 1, ..Tally::default() });
        assert_eq!(tally(&all, at("21:20:00")), Tally { late: 1, ..Tally::default() });
        assert_eq!(tally(&all, at("21:12:00")), Tally { due_soon: 1, ..Tally::default() });
    }
}
