//! Who holds a duty: by slot, by act, by place, over the clock changes, in a gap.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDateTime;

use super::*;
use crate::domain::permission::{DECISION_HOLDER, Duty, Role};
use crate::domain::time::Zone;

const ROWAN: u128 = 50;
const ELMS: u128 = 51;

fn who(number: u128) -> CaseId {
    CaseId(uuid::Uuid::from_u128(number))
}

/// An instant read off the wall in London.
fn wall(written: &str) -> DateTime<Utc> {
    let wall = NaiveDateTime::parse_from_str(written, "%Y-%m-%d %H:%M").unwrap();
    Zone::default().earliest(wall)
}

fn duty(title: &str, roles: &[&str]) -> Duty {
    Duty {
        title: title.to_owned(),
        roles: roles.iter().map(|role| (*role).to_owned()).collect(),
        out_of_hours: false,
    }
}

fn slot(number: u128, duty: &str, staff: u128, (from, until): (&str, &str)) -> Slot {
    Slot {
        id: who(1000 + number),
        duty: duty.to_owned(),
        staff: who(staff),
        place: None,
        from: wall(from),
        until: wall(until),
        phone: None,
    }
}

fn at(place: u128, slot: Slot) -> Slot {
    Slot { place: Some(who(place)), ..slot }
}

fn taken(duty: &str, staff: u128, since: &str) -> Taken {
    Taken { duty: duty.to_owned(), place: None, staff: who(staff), since: wall(since) }
}

/// Five people, all on-call managers but the last, who is the Registered Manager; a chain in and out of hours.
fn rota(slots: Vec<Slot>, taken: Vec<Taken>) -> Rota {
    let words = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect::<Vec<String>>();
    let roles = Roles {
        roles: BTreeMap::from(
            ["on_call_manager", "registered_manager"].map(|id| {
                (id.to_owned(), Role { title: id.to_owned(), short: id.to_owned(), may: Vec::new() })
            }),
        ),
        duties: BTreeMap::from([
            (DECISION_HOLDER.to_owned(), duty("Decision holder", &["on_call_manager", "registered_manager"])),
            ("on_call".to_owned(), duty("On call", &["on_call_manager"])),
            ("second_on_call".to_owned(), duty("Second on call", &["on_call_manager"])),
            ("desk".to_owned(), duty("Duty desk", &["on_call_manager"])),
        ]),
        chains: vec![Chain {
            id: "on_call".to_owned(),
            title: "Who is rung".to_owned(),
            in_hours: words(&[DECISION_HOLDER, "registered_manager"]),
            out_of_hours: words(&[DECISION_HOLDER, "on_call", "second_on_call", "registered_manager"]),
            wait: "10 min".to_owned(),
        }],
        ..Roles::default()
    };
    let person = |number: u128, role: &str| {
        let name = format!("{number}");
        let phone = Some(format!("07700 900{number:03}"));
        (who(number), Person { name, phone, roles: vec![(role.to_owned(), None)] })
    };
    let people = (1..=4).map(|number| person(number, "on_call_manager"));
    Rota {
        slots,
        taken,
        people: people.chain([person(5, "registered_manager")]).collect(),
        open: Some(vec![(wall("2026-11-23 08:30"), wall("2026-11-23 17:30"))]),
        roles: Arc::new(roles),
        ..Rota::default()
    }
}

fn decides(rota: &Rota, place: Option<u128>, written: &str) -> Option<(u128, Option<String>)> {
    let held = rota.holder(DECISION_HOLDER, place.map(who), wall(written))?;
    Some((held.staff.0.as_u128(), held.stands_in))
}

fn by(staff: u128) -> Option<(u128, Option<String>)> {
    Some((staff, None))
}

#[test]
fn a_slot_begins_and_ends_by_itself_and_the_later_of_slot_and_act_counts() {
    let night = slot(1, DECISION_HOLDER, 1, ("2026-11-21 20:00", "2026-11-22 08:00"));
    let day = slot(2, DECISION_HOLDER, 2, ("2026-11-22 08:00", "2026-11-22 20:00"));
    let rota = rota(vec![night, day], vec![taken(DECISION_HOLDER, 3, "2026-11-22 02:00")]);
    let cases = [
        ("2026-11-21 20:00", by(1)),
        ("2026-11-22 01:59", by(1)),
        // Taken in the night, until the next slot begins.
        ("2026-11-22 02:00", by(3)),
        ("2026-11-22 07:59", by(3)),
        ("2026-11-22 08:00", by(2)),
        ("2026-11-22 19:59", by(2)),
    ];
    for (at, expected) in cases {
        assert_eq!(decides(&rota, None, at), expected, "{at}");
    }
    let (next, holding) = rota.next(DECISION_HOLDER, None, wall("2026-11-22 03:00")).unwrap();
    assert_eq!((next, holding.unwrap().staff), (wall("2026-11-22 08:00"), who(2)));
}

#[test]
fn without_any_slot_the_last_act_counts_for_ever_and_nobody_is_told_of_gaps() {
    let rota = rota(Vec::new(), vec![taken(DECISION_HOLDER, 3, "2026-01-05 09:00")]);
    assert_eq!(decides(&rota, Some(ROWAN), "2026-11-21 20:00"), by(3));
    assert_eq!(rota.holder("on_call", None, wall("2026-11-21 20:00")), None);
    assert!(!rota.keeps(DECISION_HOLDER));
    assert_eq!(rota.gaps(wall("2026-11-21 20:00"), wall("2026-11-28 20:00")), []);
}

#[test]
fn a_night_is_thirteen_hours_when_the_clocks_go_back_and_eleven_when_they_go_forward() {
    let nights = [
        ("2026-10-24 20:00", "2026-10-25 08:00", 13, "2026-10-25 01:30"),
        ("2027-03-27 20:00", "2027-03-28 08:00", 11, "2027-03-28 03:30"),
        ("2027-10-30 20:00", "2027-10-31 08:00", 13, "2027-10-31 01:30"),
        ("2026-11-21 20:00", "2026-11-22 08:00", 12, "2026-11-22 01:30"),
    ];
    for (from, until, hours, within) in nights {
        let night = slot(1, DECISION_HOLDER, 1, (from, until));
        assert_eq!((night.until - night.from).num_hours(), hours, "{from}");
        let until = until.replace("08:00", "20:00");
        let day = slot(2, DECISION_HOLDER, 2, (&until.replace("20:00", "08:00"), &until));
        let rota = rota(vec![night.clone(), day], Vec::new());
        assert_eq!(decides(&rota, None, within), by(1), "{within}");
        // Every minute between the two ends is covered once: no gap and nobody twice where the clock changes.
        let post = night.post();
        let spans = rota.spans(&post, night.from, wall(&until));
        assert!(spans.iter().all(|span| matches!(span.cover, Cover::Slot(_, false))), "{spans:?}");
        for minute in 0..(night.until - night.from).num_minutes() {
            let at = night.from + TimeDelta::minutes(minute);
            assert_eq!(rota.holders(DECISION_HOLDER, None, at).len(), 1, "{at}");
            assert_eq!(rota.holder(DECISION_HOLDER, None, at).unwrap().staff, who(1), "{at}");
        }
        assert_eq!(rota.holder(DECISION_HOLDER, None, night.until).unwrap().staff, who(2));
    }
}

#[test]
fn what_is_for_the_place_goes_before_what_is_for_everywhere() {
    let hours = ("2026-11-21 20:00", "2026-11-22 08:00");
    let everywhere = slot(1, DECISION_HOLDER, 1, hours);
    let rowan = at(ROWAN, slot(2, DECISION_HOLDER, 2, ("2026-11-21 19:00", "2026-11-22 08:00")));
    let both = rota(vec![rowan.clone(), everywhere], vec![taken(DECISION_HOLDER, 3, "2026-11-21 21:00")]);
    assert_eq!(decides(&both, Some(ROWAN), "2026-11-21 22:00"), by(2));
    assert_eq!(decides(&both, Some(ELMS), "2026-11-21 22:00"), by(3));
    assert_eq!(decides(&both, None, "2026-11-21 22:00"), by(3));
    assert!(!both.holds(who(3), DECISION_HOLDER, Some(who(ROWAN)), wall("2026-11-21 22:00")));
    // Where a call's place is not known, whoever has any place is there for it rather than nobody.
    let elms = at(ELMS, slot(3, DECISION_HOLDER, 4, hours));
    let apart = rota(vec![rowan, elms], Vec::new());
    let held = apart.holders(DECISION_HOLDER, None, wall("2026-11-21 22:00"));
    assert_eq!(held.iter().map(|one| one.staff).collect::<Vec<_>>(), [who(4), who(2)]);
}

#[test]
fn a_gap_falls_to_the_next_in_the_chain_who_may_hold_it_and_says_so() {
    let evening = slot(1, DECISION_HOLDER, 1, ("2026-11-21 14:00", "2026-11-21 20:00"));
    let on_call = slot(2, "on_call", 2, ("2026-11-21 20:00", "2026-11-21 23:00"));
    let mut rota = rota(vec![evening, on_call], vec![taken(DECISION_HOLDER, 3, "2026-11-21 09:00")]);
    assert_eq!(decides(&rota, None, "2026-11-21 19:59"), by(1));
    let stands_in = |staff, by: &str| Some((staff, Some(by.to_owned())));
    assert_eq!(decides(&rota, None, "2026-11-21 21:00"), stands_in(2, "on_call"));
    assert!(rota.holds(who(2), DECISION_HOLDER, None, wall("2026-11-21 21:00")));
    assert!(!rota.holds(who(3), DECISION_HOLDER, None, wall("2026-11-21 21:00")));
    // Nobody is on call any more either: it comes to the Registered Manager, in and out of hours.
    assert_eq!(decides(&rota, None, "2026-11-22 01:00"), stands_in(5, "registered_manager"));
    assert_eq!(decides(&rota, None, "2026-11-23 12:00"), stands_in(5, "registered_manager"));
    // And without one, to whoever took it last, however long ago: never to nobody without a word.
    rota.people.remove(&who(5));
    assert_eq!(decides(&rota, None, "2026-11-22 01:00"), stands_in(3, DECISION_HOLDER));
    let gaps = rota.gaps(wall("2026-11-21 19:00"), wall("2026-11-22 02:00"));
    let gaps: Vec<_> = gaps.iter().map(|gap| (gap.post.0.as_str(), gap.from, gap.until)).collect();
    let end = wall("2026-11-22 02:00");
    let expected = [
        // Nobody is on call before 20:00, but until then the duty did not stand on the rota.
        (DECISION_HOLDER, wall("2026-11-21 20:00"), end),
        ("on_call", wall("2026-11-21 23:00"), end),
    ];
    assert_eq!(gaps, expected);
}

#[test]
fn whoever_took_a_duty_fills_the_gap_until_the_next_slot() {
    let night = slot(1, DECISION_HOLDER, 1, ("2026-11-21 20:00", "2026-11-22 08:00"));
    let later = slot(2, DECISION_HOLDER, 2, ("2026-11-22 14:00", "2026-11-22 20:00"));
    let rota = rota(vec![night, later], vec![taken(DECISION_HOLDER, 3, "2026-11-22 07:30")]);
    assert_eq!(decides(&rota, None, "2026-11-22 11:00"), by(3));
    assert_eq!(rota.gaps(wall("2026-11-22 08:00"), wall("2026-11-22 14:00")), []);
    let ahead = rota.gaps(wall("2026-11-22 07:00"), wall("2026-11-22 20:00"));
    assert_eq!(ahead.len(), 1, "before it was taken nobody was planned: {ahead:?}");
}

#[test]
fn two_at_once_both_hold_the_duty_and_are_marked() {
    let one = slot(1, DECISION_HOLDER, 1, ("2026-11-21 20:00", "2026-11-22 08:00"));
    let other = slot(2, DECISION_HOLDER, 2, ("2026-11-21 22:00", "2026-11-22 06:00"));
    let rota = rota(vec![one.clone(), other], Vec::new());
    let at = wall("2026-11-21 23:00");
    assert_eq!(decides(&rota, None, "2026-11-21 23:00"), by(2), "who began last is named");
    assert!([1, 2].iter().all(|staff| rota.holds(who(*staff), DECISION_HOLDER, None, at)));
    assert_eq!(decides(&rota, None, "2026-11-22 07:00"), by(1));
    assert_eq!(rota.over(&one.post(), (one.from, one.until), Some(one.id)).len(), 1);
    let marked = rota.spans(&one.post(), one.from, one.until);
    assert!(marked.iter().all(|span| matches!(span.cover, Cover::Slot(_, true))), "{marked:?}");
}

#[test]
fn the_chain_differs_in_and_out_of_hours_and_leaves_out_who_was_tried() {
    let slots = ["2026-11-21 20:00", "2026-11-24 20:00"];
    let slots = vec![
        slot(1, DECISION_HOLDER, 1, (slots[0], slots[1])),
        slot(2, "on_call", 2, (slots[0], slots[1])),
        slot(3, "second_on_call", 1, (slots[0], slots[1])),
    ];
    let mut rota = rota(slots, Vec::new());
    rota.slots[1].phone = Some("01632 960 002".to_owned());
    let ring = |written, tried: &[u128]| {
        let tried: Vec<CaseId> = tried.iter().map(|one| who(*one)).collect();
        let found = rota.to_ring(None, wall(written), &tried);
        found.into_iter().map(|one| (one.staff.0.as_u128(), one.phone.unwrap())).collect::<Vec<_>>()
    };
    let (first, on_call, manager) =
        ((1, "07700 900001".to_owned()), (2, "01632 960 002".to_owned()), (5, "07700 900005".to_owned()));
    assert_eq!(ring("2026-11-23 12:00", &[]), [first.clone(), manager.clone()], "in hours");
    assert_eq!(ring("2026-11-21 23:10", &[]), [first.clone(), on_call.clone(), manager.clone()]);
    assert_eq!(ring("2026-11-21 23:20", &[1]), [on_call.clone(), manager.clone()]);
    assert_eq!(ring("2026-11-21 23:50", &[1, 2, 5]), [first, on_call, manager], "and all over again");
}

#[test]
fn a_duty_that_is_needed_out_of_hours_alone_has_no_gap_while_the_office_is_open() {
    let night = slot(1, "on_call", 1, ("2026-11-22 20:00", "2026-11-23 08:00"));
    let mut rota = rota(vec![night], Vec::new());
    let mut roles = Roles::clone(&rota.roles);
    roles.duties.get_mut("on_call").unwrap().out_of_hours = true;
    rota.roles = Arc::new(roles);
    let gaps = rota.gaps(wall("2026-11-23 07:00"), wall("2026-11-23 20:00"));
    let gaps: Vec<_> = gaps.iter().map(|gap| (gap.from, gap.until)).collect();
    let expected = [
        (wall("2026-11-23 08:00"), wall("2026-11-23 08:30")),
        (wall("2026-11-23 17:30"), wall("2026-11-23 20:00")),
    ];
    assert_eq!(gaps, expected);
}

#[test]
fn the_same_next_week_keeps_the_times_on_the_wall_across_a_clock_change() {
    let zone = Zone::default();
    let slots = vec![
        slot(1, DECISION_HOLDER, 1, ("2026-10-17 20:00", "2026-10-18 08:00")),
        slot(2, DECISION_HOLDER, 2, ("2026-10-18 20:00", "2026-10-19 08:00")),
        slot(3, DECISION_HOLDER, 3, ("2026-10-24 20:00", "2026-10-25 08:00")),
    ];
    let rota = rota(slots, Vec::new());
    let again = rota.next_week(zone);
    let said: Vec<_> = again.iter().map(|slot| (slot.staff, slot.from, slot.until)).collect();
    // Those of the last week that is planned, and the first of them only where it is not there already.
    let expected = [
        (who(2), wall("2026-10-25 20:00"), wall("2026-10-26 08:00")),
        (who(3), wall("2026-10-31 20:00"), wall("2026-11-01 08:00")),
    ];
    assert_eq!(said, expected);
    assert_eq!((rota.slots[2].until - rota.slots[2].from).num_hours(), 13);
    assert_eq!((again[1].until - again[1].from).num_hours(), 12);
}
