//! Whoever came in by key: asked after again and again, thrown out when it no longer stands, nobody else meanwhile.

use super::*;
use crate::app::Door;
use crate::app::msg::Own;
use crate::domain::keys::{Fingerprint, Standing, Whose};

fn door(own: Option<CaseId>) -> Door {
    let key: Fingerprint =
        "SHA256:l9IiMhulIjNgBJjYimIIJ3o1JM9BGNZDqMiZdz+WBSU".parse().expect("a fingerprint");
    Door { key, own }
}

fn by_key(own: bool) -> Desk {
    let mut desk = if own { Desk::new().signed_in() } else { Desk::new() };
    if let Some(you) = &mut desk.app.you {
        you.method = Method::Key;
    }
    desk.app.came_in(door(own.then(|| case(90))));
    desk
}

impl Desk {
    fn in_seconds(&mut self, seconds: i64) -> &mut Self {
        let now = self.app.now + TimeDelta::seconds(seconds);
        self.tell(Msg::TimePassed(now))
    }

    fn asked(&self) -> usize {
        self.effects.iter().filter(|effect| matches!(effect, Effect::CheckKey(_))).count()
    }

    fn thrown_out(&self) -> Option<&str> {
        self.effects.iter().find_map(|effect| match effect {
            Effect::Own(Own::ThrowOut(why)) => Some(why.as_str()),
            _ => None,
        })
    }
}

#[test]
fn the_key_is_asked_after_within_twenty_seconds_and_with_each_commit_and_the_program_wakes_for_it() {
    let mut desk = by_key(true);
    desk.in_seconds(19);
    assert_eq!(desk.asked(), 0);
    desk.in_seconds(1);
    assert_eq!(desk.asked(), 1);
    let wakes = desk.effects.iter().rev().find_map(|effect| match effect {
        Effect::Own(Own::WakeAt(at)) => Some(*at),
        _ => None,
    });
    assert_eq!(wakes, Some(desk.app.now + TimeDelta::seconds(20)));
    desk.in_seconds(5).tell(Msg::ChangedElsewhere(7));
    assert_eq!(desk.asked(), 2);
    // A clock that is set back does not put it off.
    desk.in_seconds(-3600);
    assert_eq!(desk.asked(), 3);
    let mut nobody = Desk::new();
    nobody.in_seconds(60).tell(Msg::ChangedElsewhere(7));
    assert_eq!(nobody.asked(), 0, "who did not come by key is not asked after");
}

#[test]
fn a_key_that_no_longer_stands_ends_the_program_and_keeps_what_was_typed() {
    for (standing, why) in [
        (Standing::Revoked, "was taken back"),
        (Standing::Left, "has left"),
        (Standing::Unknown, "is not enrolled"),
        (Standing::Expired(evening().date_naive()), "last day was 21-Nov-2026"),
    ] {
        let mut desk = by_key(true);
        desk.keys("c07700 900118");
        desk.effects.clear();
        desk.tell(Msg::KeyChecked(Ok(standing)));
        assert!(desk.thrown_out().is_some_and(|says| says.contains(why)), "{:?}", desk.thrown_out());
        assert!(desk.kept().is_some_and(|draft| draft.text["call_back"] == "07700 900118"));
    }
    let mut desk = by_key(true);
    desk.tell(Msg::KeyChecked(Ok(Standing::Stands(Whose::Staff(case(90))))));
    desk.tell(Msg::KeyChecked(Err("the disk is slow".to_owned())));
    assert_eq!(desk.thrown_out(), None);
}

#[test]
fn who_came_by_their_own_key_is_that_person_and_at_a_workstations_anybody_signs_in() {
    let mut own = by_key(true);
    assert_eq!(own.app.who().method, Method::Key);
    own.keys("w");
    assert!(matches!(own.app.top(), Layer::Board(_)), "nobody else is asked for");
    let mut station = by_key(false);
    station.keys("w");
    assert!(matches!(station.app.top(), Layer::Picker(_)));
}
