//! Which key means which action, layer by layer: the table's defaults, an office's own keys over them.
//!
//! Reading `config/keymap.toml` is left to `settings`; keys of steps are the definitions' own.

use std::collections::{BTreeMap, HashMap};

use super::actions::{ACTIONS, ActionId};
use super::key::Key;
use super::layer::Place;
use crate::domain::words::app as words;

/// Keys by action, ready to be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    keys: BTreeMap<&'static str, Vec<Key>>,
    /// As they are written, because every footer writes them.
    written: HashMap<&'static str, Vec<String>>,
    /// The same the other way round, because every key and every footer asks that way.
    actions: HashMap<(Place, Key), ActionId>,
}

/// Something wrong with an office's own keys.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeymapProblem {
    /// No action of this name.
    #[error("{}", words::no_such_action(.0))]
    NoSuchAction(String),
    /// One key for two actions of one screen.
    #[error("{}", words::two_actions(.key, .first, .second))]
    TwoActions {
        /// The key.
        key: Key,
        /// One action's name.
        first: &'static str,
        /// The other's.
        second: &'static str,
        /// On which screen.
        place: Place,
    },
}

impl Default for Keymap {
    fn default() -> Self {
        let keys = ACTIONS.iter().map(|row| {
            let keys = row.keys.iter().filter_map(|key| key.parse::<Key>().ok()).map(Key::folded);
            (row.name, keys.collect())
        });
        let mut keymap = Self { keys: keys.collect(), written: HashMap::new(), actions: HashMap::new() };
        keymap.turn_round();
        keymap
    }
}

impl Keymap {
    /// Gives an action these keys in place of its own. An empty list takes its keys away.
    ///
    /// # Errors
    /// No action of this name.
    pub fn set(&mut self, name: &str, keys: &[Key]) -> Result<(), KeymapProblem> {
        let row = ACTIONS.iter().find(|row| row.name == name);
        let row = row.ok_or_else(|| KeymapProblem::NoSuchAction(name.to_owned()))?;
        self.keys.insert(row.name, keys.iter().map(|key| key.folded()).collect());
        self.turn_round();
        Ok(())
    }

    /// Of two actions with one key on one screen, the first of the table has it.
    fn turn_round(&mut self) {
        let mut actions = HashMap::new();
        for row in ACTIONS {
            for (place, key) in
                row.places.iter().flat_map(|at| self.keys_of(row.name).iter().map(move |key| (*at, *key)))
            {
                actions.entry((place, key)).or_insert(row.id);
            }
        }
        self.actions = actions;
        let written = |keys: &Vec<Key>| keys.iter().map(ToString::to_string).collect();
        self.written = self.keys.iter().map(|(name, keys)| (*name, written(keys))).collect();
    }

    /// The action of a key on a kind of layer.
    pub fn action(&self, place: Place, key: Key) -> Option<ActionId> {
        self.actions.get(&(place, key.folded())).copied()
    }

    /// What a key does on the dashboard or in a case, where steps are begun, as the action's name and title; nothing where it
    /// is left to the steps in both.
    pub fn before_steps(&self, key: Key) -> Option<(&'static str, &'static str)> {
        let action = [Place::Board, Place::Case].into_iter().find_map(|place| self.action(place, key))?;
        let has = |name: &str| self.keys_of(name).contains(&key.folded());
        let mut rows = ACTIONS.iter().filter(|row| row.id == action);
        rows.find(|row| has(row.name)).map(|row| (row.name, row.title))
    }

    /// The keys of a row of the table, the one that is shown first.
    pub fn keys_of(&self, name: &str) -> &[Key] {
        self.keys.get(name).map_or(&[], Vec::as_slice)
    }

    /// The keys of a row of the table as they are written ("ctrl-s"), the one that is shown first.
    pub fn written(&self, name: &str) -> &[String] {
        self.written.get(name).map_or(&[], Vec::as_slice)
    }

    /// The key to name for an action on a kind of layer, if it has one there.
    pub fn key_for(&self, place: Place, action: ActionId) -> Option<Key> {
        let mut rows = super::actions::of(place).filter(|row| row.id == action);
        rows.find_map(|row| self.keys_of(row.name).first().copied())
    }

    /// Keys that mean two things on one screen.
    pub fn conflicts(&self) -> Vec<KeymapProblem> {
        let mut found = Vec::new();
        for place in ACTIONS.last().map_or(&[][..], |row| row.places) {
            let mut taken: BTreeMap<Key, &'static str> = BTreeMap::new();
            for row in super::actions::of(*place) {
                for key in self.keys_of(row.name) {
                    if let Some(first) = taken.insert(*key, row.name) {
                        let problem =
                            KeymapProblem::TwoActions { key: *key, first, second: row.name, place: *place };
                        found.push(problem);
                    }
                }
            }
        }
        found
    }
}
