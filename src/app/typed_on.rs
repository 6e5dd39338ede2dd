//! Letters that are still typed after a form was saved: they were meant for it, and must not become keys of the screen
//! that came in its place.
//!
//! Who goes on typing presses the next letter at once; who has seen that it was saved, and means another key, needs a
//! moment to see it. So a letter within a moment of the form's going is not taken, nor is what follows it before a pause;
//! and that is said: in the place of the keys until they count again, and then of what was not taken. On a poor line
//! nothing is lost by it: whoever waits for the screen presses the key later still.

use chrono::{DateTime, TimeDelta, Utc};

use super::key::{Code, Key};
use super::layer::{Bar, Layer, Place};
use super::msg::Effect;
use super::{ActionId, App};
use crate::domain::words::app::saving;

/// Nobody has seen so soon that the form is gone.
pub(super) const A_MOMENT: TimeDelta = TimeDelta::milliseconds(400);
/// Whoever types no letter for so long has stopped.
const A_PAUSE: TimeDelta = TimeDelta::milliseconds(800);
/// The most characters that are said back.
const MOST: usize = 24;

/// What is typed on after a form was saved.
#[derive(Debug, Clone)]
pub(super) struct TypedOn {
    /// Until then a letter is not a key.
    until: DateTime<Utc>,
    /// What was pressed so far: letters as typed, other keys by their names.
    pressed: String,
}

impl App {
    /// What was pressed after the form had been saved and was not taken.
    pub fn typed_on(&self) -> Option<&str> {
        self.typed_on.as_ref().map(|on| on.pressed.as_str()).filter(|pressed| !pressed.is_empty())
    }

    /// When keys count again, while they do not: said on the screen in the place of the keys until then.
    pub fn keys_count_from(&self) -> Option<DateTime<Utc>> {
        let on = self.typed_on.as_ref().filter(|_| !self.is_saving() && !self.takes_text())?;
        // A clock that was set back leaves nobody with dead keys.
        (self.now < on.until && on.until - self.now <= A_PAUSE).then_some(on.until)
    }

    /// Whether fractions of a second matter now: a form is being saved or has just gone, letters choose, or somebody types
    /// on where it is asked who is meant.
    pub fn counts_moments(&self) -> bool {
        self.types_into_the_box()
            || self.letters_choose()
            || self.typed_on.as_ref().is_some_and(|on| on.until > DateTime::<Utc>::MIN_UTC)
    }

    /// A form is being saved: from now on letters may be meant for what is no longer there.
    pub(super) fn saving_begins(&mut self) {
        self.typed_on = Some(TypedOn { until: self.now + A_MOMENT, pressed: String::new() });
    }

    /// It has gone, or a message stands over it.
    pub(super) fn saving_ends(&mut self) {
        let until = self.now + A_MOMENT;
        if let Some(on) = &mut self.typed_on {
            on.until = on.until.max(until);
        }
    }

    /// Time passed: after the moment every key is a key again, and what was not taken stays to be read.
    pub(super) fn moment_passes(&mut self, out: &mut Vec<Effect>) {
        self.stops_typing(out);
        self.run_passes();
        let saving = self.is_saving();
        if let Some(on) = self.typed_on.as_mut().filter(|on| !saving && self.now >= on.until) {
            on.until = DateTime::<Utc>::MIN_UTC;
            if on.pressed.is_empty() {
                self.typed_on = None;
            }
        }
    }

    /// Whether this key was meant for the form that has just been saved; it is then said, and does nothing.
    pub(super) fn was_meant_for_the_form(&mut self, key: Key) -> bool {
        let saves_again = self.keymap.action(Place::Form, key) == Some(ActionId::Save);
        let types = key.typed().is_some() || key.code == Code::Enter;
        let (counts, saving) = (self.keys_count_from().is_none(), self.is_saving());
        let Some(on) = &mut self.typed_on else { return false };
        if (counts && !saving) || !(types || saves_again) {
            if !saving {
                self.typed_on = None;
            }
            return false;
        }
        if types {
            on.until = self.now + A_PAUSE;
        }
        if on.pressed.chars().count() < MOST {
            match key.typed() {
                Some(letter) => on.pressed.push(letter),
                None if types || !saving => on.pressed.push_str(&saving::key_pressed(&key.to_string())),
                None => {}
            }
        }
        // A form that is being saved says so itself.
        !saving
    }

    fn is_saving(&self) -> bool {
        matches!(self.top(), Layer::Form(layer) if layer.bar == Some(Bar::Saving))
    }

    /// Whether letters are text on the layer on top: there they harm nobody, and are seen.
    fn takes_text(&self) -> bool {
        match self.top() {
            Layer::Form(_) | Layer::Picker(_) | Layer::Search(_) | Layer::Palette(_) | Layer::Secret(_) => {
                true
            }
            _ => self.filter().is_some_and(|filter| filter.typing),
        }
    }
}
