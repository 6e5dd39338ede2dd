//! Where actions can be done: the kinds of layer that several of them share.

use crate::app::layer::Place;

/// Everywhere; first the two on which nothing of anybody stands, then the dashboard, then the two in which something is typed.
pub(in crate::app) const EVERYWHERE: &[Place] = &[
    Place::Welcome,
    Place::Locked,
    Place::Board,
    Place::Form,
    Place::Picker,
    Place::Search,
    Place::Case,
    Place::Person,
    Place::Choice,
    Place::Confirm,
    Place::Help,
    Place::Palette,
    Place::List,
    Place::Handover,
    Place::Sheet,
    Place::Measures,
    Place::Message,
    Place::Secret,
];
/// Wherever there is something to go back to and nothing half typed to be kept.
pub(in crate::app) const WITHIN: &[Place] = EVERYWHERE.split_at(5).1;
/// Wherever there is something to hide.
pub(in crate::app) const OPEN: &[Place] = EVERYWHERE.split_at(2).1;
/// Screens on which letters are keys, not text.
pub(in crate::app) const SCREENS: &[Place] =
    &[Place::Board, Place::Case, Place::Person, Place::List, Place::Handover, Place::Measures];
/// Screens, and what is read from its first line to its last.
pub(in crate::app) const LONG: &[Place] =
    &[Place::Board, Place::Case, Place::Person, Place::List, Place::Handover, Place::Sheet, Place::Measures];
/// Screens on which something owed can be selected.
pub(in crate::app) const OWED: &[Place] = &[Place::Board, Place::Case, Place::Person, Place::List];
/// Whatever holds rows.
pub(in crate::app) const ROWS: &[Place] = &[
    Place::Board,
    Place::Case,
    Place::Person,
    Place::List,
    Place::Handover,
    Place::Sheet,
    Place::Measures,
    Place::Picker,
    Place::Search,
    Place::Choice,
    Place::Palette,
    Place::Help,
    Place::Message,
];
/// From where one sees who is on call: also while something is typed.
pub(in crate::app) const ON_CALL_FROM: &[Place] =
    &[Place::Board, Place::Case, Place::Person, Place::List, Place::Form, Place::Picker];
/// Screens on which somebody is at hand of whom there is a card.
pub(in crate::app) const CARD_FROM: &[Place] = &[Place::Board, Place::Case, Place::Person, Place::List];
/// From where the guide is a key away: also while something is typed.
pub(in crate::app) const GUIDE_FROM: &[Place] =
    &[Place::Board, Place::Case, Place::Person, Place::List, Place::Handover, Place::Form, Place::Picker];
