//! The keys at the foot of a screen and on the help page, made from the table of actions and the definitions.

use super::App;
use super::actions::{self, ActionId, ActionRow, FINDING, LEADING};
use super::filter::{begins_nothing, may_hold_rows};
use super::layer::Place;
use super::offer::{Offered, StepHere};
use crate::domain::permission::Reason;
use crate::domain::words::{app as another, disposal, owning, signs};

/// How many steps of the case at hand, or keys of the measures, stand before finding, commands and help.
const FIRST: usize = 3;

/// A key at the foot of the screen and what it does here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cap {
    /// The key as it is written ("ctrl-s").
    pub key: String,
    /// What it does, in a word or two.
    pub title: String,
    /// Whether it does it now.
    pub available: bool,
    /// Among the most used of its screen: gives way to news only.
    pub often: bool,
}

/// One key with what it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyHint {
    /// The keys, as they are written ("ctrl-s"); the first is the one to show where there is little room.
    pub keys: Vec<String>,
    /// The short title ("save"), in help the whole one.
    pub title: String,
    /// A line that says what it does.
    pub help: String,
    /// Why it cannot be done now.
    pub blocked: Option<Reason>,
}

/// Something that the palette can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// An action of the table.
    Action(ActionId),
    /// The step of the case at hand that has this key.
    Step(char),
    /// Begins a case of this pathway.
    Begin(String),
}

/// What a key at the foot does.
enum Here<'a> {
    /// An action of the table.
    Action(ActionRow),
    /// A step of the case at hand.
    Step(StepHere<'a>),
}

impl App {
    /// The keys at the foot of the screen, most wanted first; what has no room falls off the end. Whether one can be
    /// done is asked when it is taken from here, and why not is left to the help page: it is asked at every key, and most
    /// have no room.
    pub fn footer(&self) -> impl Iterator<Item = Cap> {
        let filter = self.filter().filter(|filter| filter.typing);
        // A letter is one more letter of what is looked for.
        let counts = move |key: &str| match (filter, key.chars().next()) {
            (Some(filter), Some(first)) => {
                key.chars().count() > 1 || filter.is_blank() && begins_nothing(first)
            }
            _ => true,
        };
        // The picture that stands until a dashboard was first read waits for no definitions.
        let is_first = self.top().place() == Place::Board && self.board().data.ready().is_none();
        self.keys_here().filter_map(move |(here, often)| match here {
            Here::Action(row) if row.id == ActionId::Filter && filter.is_some() => None,
            Here::Action(row) => {
                let key = self.keymap.written(row.name).iter().find(|key| counts(key))?.clone();
                let available = is_first || actions::available(self, row.id).is_ok();
                Some(Cap { key, title: row.short.to_owned(), available, often })
            }
            Here::Step(step) => {
                let key = step.key().map(String::from).filter(|key| counts(key))?;
                Some(Cap { key, title: step.verb().to_owned(), available: self.is_open(&step), often })
            }
        })
    }

    /// What the keys do here, most wanted first, each with whether it is among the most used.
    fn keys_here(&self) -> Box<dyn Iterator<Item = (Here<'_>, bool)> + '_> {
        let place = self.top().place();
        let board = self.board().data.ready();
        // Until it was read, what can be done is what anybody can.
        let sealed = board.is_none_or(|board| board.sealed) && place == Place::Board;
        let rows = actions::of(place)
            .filter(|row| actions::concerns(self, row.id))
            .filter(|row| row.id != ActionId::Open || may_hold_rows(self.top()))
            .map(|row| self.worded(row))
            .filter(move |row| {
                !row.short.is_empty() && (!sealed || actions::WITHOUT_A_NAME.contains(&row.id))
            });
        if !actions::SCREENS.contains(&place) || place == Place::Handover {
            return Box::new(rows.map(|row| (Here::Action(row), true)));
        }
        let turns_urgent = self.turns_urgent();
        let leads =
            |row: &ActionRow| LEADING.contains(&row.id) || turns_urgent && row.id == ActionId::BeginAnother;
        let (leading, others): (Vec<_>, Vec<_>) = rows.partition(leads);
        let (finding, others): (Vec<_>, Vec<_>) =
            others.into_iter().partition(|row| FINDING.contains(&row.id));
        let mut steps: Vec<StepHere<'_>> = self.steps_by_key().collect();
        steps.sort_by_key(|step| step.rank);
        let further = steps.split_off(steps.len().min(FIRST));
        let (mut measuring, others): (Vec<_>, Vec<_>) =
            others.into_iter().partition(|row| matches!(row.id, ActionId::OfMeasures(_)));
        let less = measuring.split_off(measuring.len().min(FIRST));
        let actions = |rows: Vec<ActionRow>| rows.into_iter().map(Here::Action);
        let often = actions(leading)
            .chain(steps.into_iter().map(Here::Step))
            .chain(actions(measuring))
            .chain(actions(finding));
        let seldom = further.into_iter().map(Here::Step).chain(actions(less)).chain(actions(others));
        Box::new(often.map(|here| (here, true)).chain(seldom.map(|here| (here, false))))
    }

    /// Every key of a kind of layer, for the help page.
    pub fn help(&self, of: Place) -> Vec<KeyHint> {
        let concerned = actions::of(of).filter(|row| actions::concerns(self, row.id));
        let rows = concerned.map(|row| self.worded(row)).filter_map(|row| self.hint(&row, row.title));
        let steps = (self.under().place() == of).then(|| self.offered_by_key());
        rows.chain(steps.into_iter().flatten().map(step_hint)).collect()
    }

    /// An action in the words of the list on top: yes and no to an offer are to take it and to refuse it.
    fn worded(&self, row: &ActionRow) -> ActionRow {
        let words = match row.id {
            ActionId::Open if self.filter().is_some_and(|filter| filter.typing && !filter.is_blank()) => {
                another::TO_THE_ROWS
            }
            ActionId::Agree if self.lists_signs() => signs::ANSWER,
            ActionId::Agree if self.lists_what_is_due() => disposal::PROPOSE,
            ActionId::Agree if self.lists_mine() => owning::TAKE_OFFER,
            ActionId::Disagree if self.lists_mine() => owning::REFUSE_OFFER,
            ActionId::BeginAnother if self.turns_urgent() => another::MAKE_URGENT,
            _ => [row.title, row.short, row.help],
        };
        let [title, short, help] = words;
        ActionRow { title, short, help, ..*row }
    }

    fn hint(&self, row: &ActionRow, title: &str) -> Option<KeyHint> {
        let keys = self.keymap.written(row.name).to_vec();
        // An action without a key is still found in the palette.
        (!keys.is_empty()).then(|| KeyHint {
            keys,
            title: title.to_owned(),
            help: row.help.to_owned(),
            blocked: actions::available(self, row.id).err(),
        })
    }

    /// Everything for the palette that matches the words typed, each once: first what has them in its title, of these the
    /// steps of the case at hand before the actions.
    pub fn commands(&self, words: &str) -> Vec<(Command, KeyHint)> {
        let words = crate::domain::names::fold(words);
        let below = self.layers.iter().rev().map(super::Layer::place).find(|place| *place != Place::Palette);
        let steps = self.offered_by_key().filter_map(|step| {
            let key = step.key?;
            let (verb, title) = (step.verb.clone(), step.title.clone());
            Some((Command::Step(key), KeyHint { title, help: verb, ..step_hint(step) }))
        });
        let rows = below
            .into_iter()
            .flat_map(actions::of)
            .filter(|row| actions::concerns(self, row.id))
            .map(|row| self.worded(row));
        let actions = rows.map(|row| {
            let hint = KeyHint {
                keys: self.keymap.written(row.name).to_vec(),
                title: row.title.to_owned(),
                help: row.help.to_owned(),
                blocked: actions::available(self, row.id).err(),
            };
            (Command::Action(row.id), hint)
        });
        // Kinds of case are found by name alone: there are many.
        let kinds = if words.is_empty() { Vec::new() } else { self.kinds_to_begin() };
        let kinds = kinds.into_iter().map(|(pathway, title)| {
            let hint = KeyHint {
                keys: Vec::new(),
                title: another::begin_kind(&title),
                help: String::new(),
                blocked: None,
            };
            (Command::Begin(pathway), hint)
        });
        let mut found: Vec<(Command, KeyHint)> = Vec::new();
        let has_all = |said: &str| {
            let said = crate::domain::names::fold(said);
            words.split_whitespace().all(|word| said.contains(word))
        };
        for (command, hint) in steps.chain(actions).chain(kinds) {
            let matches = has_all(&format!("{} {}", hint.title, hint.help));
            if matches && !found.iter().any(|(other, _)| *other == command) {
                found.push((command, hint));
            }
        }
        // Whoever types a title means it, and not what only speaks of it.
        found.sort_by_key(|(_, hint)| !has_all(&hint.title));
        found
    }
}

fn step_hint(step: Offered) -> KeyHint {
    KeyHint {
        keys: step.key.map(|key| key.to_string()).into_iter().collect(),
        title: step.verb,
        help: step.title,
        blocked: step.blocked,
    }
}
