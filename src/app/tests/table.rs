//! The table of actions: every key in footer or help, no two meanings, a reason where something cannot be done.

use super::Desk;
use crate::app::actions::{ACTIONS, ActionId, available};
use crate::app::keymap::{Keymap, KeymapProblem};
use crate::app::{Key, Layer, Place};

#[test]
fn every_key_of_every_action_parses_and_stands_in_the_help_of_its_screens() {
    let desk = Desk::new();
    for row in ACTIONS {
        for key in row.keys {
            key.parse::<Key>().unwrap_or_else(|error| panic!("{}: {error}", row.name));
        }
        // One without a key is found by its words.
        if row.keys.is_empty() {
            let found = desk.app.commands(row.title).iter().any(|(_, hint)| hint.title == row.title);
            assert!(found || !row.places.contains(&Place::Board), "{}", row.name);
            continue;
        }
        for place in row.places {
            let help = desk.app.help(*place);
            assert!(help.iter().any(|hint| hint.title == row.title), "{} in {place:?}", row.name);
        }
    }
}

#[test]
fn no_key_means_two_things_on_one_screen() {
    assert_eq!(Keymap::default().conflicts(), []);
}

#[test]
fn the_chief_steps_of_a_call_have_keys_that_nothing_else_takes() {
    let desk = Desk::new();
    let urgent = &desk.app.editions.current().pathways["urgent"];
    for id in ["d", "l", "h", "t", "r", "x"] {
        let key = id.chars().next().expect("a letter");
        assert!(urgent.steps.iter().any(|step| step.key == Some(key)), "{key}");
        for place in [Place::Board, Place::Case] {
            assert_eq!(desk.app.keymap.action(place, Key::char(key)), None, "{key} on {place:?}");
        }
    }
}

#[test]
fn an_office_can_give_an_action_its_own_key_and_hears_of_a_clash() {
    let mut keymap = Keymap::default();
    keymap.set("sort", &["g".parse().expect("a key")]).expect("an action");
    assert_eq!(keymap.action(Place::Board, Key::char('g')), Some(ActionId::Sort));
    assert_eq!(keymap.action(Place::Board, Key::char('s')), None);
    assert!(matches!(keymap.set("sorted", &[]), Err(KeymapProblem::NoSuchAction(_))));
    keymap.set("sort", &["c".parse().expect("a key")]).expect("an action");
    assert!(matches!(keymap.conflicts().as_slice(), [KeymapProblem::TwoActions { .. }]));
}

#[test]
fn what_cannot_be_done_says_why() {
    let mut desk = Desk::new();
    let why = available(&desk.app, ActionId::HoldDecision).expect_err("nobody is signed in");
    assert!(!why.0.is_empty());
    desk.keys("o");
    assert!(matches!(desk.app.top(), Layer::Board(_)));
    assert!(desk.app.notice.is_some(), "the key says why it did nothing");
    let mut footer = desk.app.footer();
    assert!(footer.any(|cap| cap.key == "c"));
}

#[test]
fn the_palette_finds_actions_by_words() {
    let mut desk = Desk::new();
    desk.keys(":unfinished<enter>");
    assert!(matches!(desk.app.top(), Layer::List(_)));
    let found = desk.app.commands("");
    assert!(found.len() > 3);
}

#[test]
fn keys_are_written_as_they_are_read() {
    for text in ["c", "f2", "ctrl-s", "shift-tab", "esc", "?", ":", "space", "alt-x", "ctrl-left"] {
        let key: Key = text.parse().expect("a key");
        assert_eq!(key.to_string(), text);
    }
    assert!("ctrl-".parse::<Key>().is_err());
    assert!("f99".parse::<Key>().is_err());
    assert!("nothing".parse::<Key>().is_err());
}
