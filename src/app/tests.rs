//! Stories told in keys, on the definitions that come with the program.
//!
//! `keys("c WQ<tab>07700 900118<tab>")` presses what stands there, letter by letter; names of keys stand in angle
//! brackets. [`Desk`] answers effects as the runtime would, from plain lists.

mod answering;
mod calls;
mod cases;
mod door;
mod lists;
mod search;
mod table;
mod typing;

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::key::Key;
use super::layer::Layer;
use super::msg::{Effect, Msg};
use super::{App, FormLayer, Method, Size, You};
use crate::domain::draft::Draft;
use crate::domain::entry::{Batch, NewSaid, Receipt};
use crate::domain::ids::CaseId;
use crate::domain::permission::Viewer;
use crate::domain::time::Zone;
use crate::domain::views::{Board, CallRow, Finds, Office, Page, RecordRow};
use crate::pathway::edition::{Edition, Editions};

/// Sat 21-Nov-2026 21:02 GMT.
pub(super) fn evening() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_294_932, 0).expect("a time")
}

pub(super) fn case(number: u128) -> CaseId {
    CaseId(Uuid::from_u128(number))
}

/// A desk with a screen and no disk: effects are kept, searches and writes are answered.
pub(super) struct Desk {
    pub app: App,
    /// Every effect so far.
    pub effects: Vec<Effect>,
    /// The register of people that searches look through.
    pub people: Vec<RecordRow>,
    /// Whether searches are answered at once.
    pub answers: bool,
}

impl Desk {
    pub fn new() -> Self {
        let ids = (1..200).map(|at| Uuid::from_u128(0xD0_0000 + at)).collect();
        let zone = Zone::parse("Europe/London").expect("a zone");
        let size = Size { columns: 120, rows: 40 };
        let app = App::new(evening(), zone, Editions::new(Edition::built_in()), ids, size);
        let people = vec![
            person(1, "QUILL, Theresa", "QUILL, T.", "flat 4"),
            person(2, "OAKES, Bernard", "OAKES, B.", "flat 12"),
            person(3, "OAKES, Brian", "OAKES, B.", "flat 13"),
        ];
        let mut desk = Self { app, effects: Vec::new(), people, answers: true };
        let started = desk.app.started();
        desk.perform(started);
        desk.board(Vec::new());
        desk
    }

    /// A coordinator says who is here.
    pub fn signed_in(mut self) -> Self {
        let roles = vec![("duty_coordinator".to_owned(), None)];
        let viewer = Viewer::of(case(90), roles, Vec::new(), Default::default(), self.app.now);
        self.app.you = Some(You {
            staff: case(90),
            name: "P. SHAH".into(),
            role: "coordinator".into(),
            viewer,
            method: Method::Asserted,
            has_secret: false,
        });
        self
    }

    /// Presses keys as they are written.
    pub fn keys(&mut self, written: &str) -> &mut Self {
        // Whoever presses keys has looked at the screen since the last ones.
        if self.app.counts_moments() {
            self.moments_pass(1000).moments_pass(-1000);
        }
        self.presses(written)
    }

    /// The same without having looked: no time has passed since the last ones.
    pub fn presses(&mut self, written: &str) -> &mut Self {
        for key in parse(written) {
            let effects = self.app.update(Msg::KeyPressed(key));
            self.perform(effects);
        }
        self
    }

    /// Goes down a form to a line.
    pub fn goes_to(&mut self, path: &str) -> &mut Self {
        while self.form().form.focus != path {
            let before = self.form().form.focus.clone();
            let key = if before == "+later" { "<enter>" } else { "<tab>" };
            self.keys(key);
            assert_ne!(self.form().form.focus, before, "{path} is a line of the form");
        }
        self
    }

    pub fn tell(&mut self, msg: Msg) -> &mut Self {
        let effects = self.app.update(msg);
        self.perform(effects);
        self
    }

    pub fn moments_pass(&mut self, milliseconds: i64) -> &mut Self {
        let now = self.app.now + TimeDelta::milliseconds(milliseconds);
        self.tell(Msg::TimePassed(now))
    }

    pub fn later(&mut self, minutes: i64) -> &mut Self {
        let now = self.app.now + TimeDelta::minutes(minutes);
        self.tell(Msg::TimePassed(now))
    }

    /// The dashboard was read with these calls on it.
    pub fn board(&mut self, calls: Vec<CallRow>) -> &mut Self {
        let office = Office { name: "Rowan House".into(), ..Office::default() };
        let total = calls.len() as u64;
        let board = Board { office, calls: Page { rows: calls, total }, ..Board::default() };
        let request = self.app.board_request;
        self.tell(Msg::BoardRead(request, Ok(board)))
    }

    /// The last batch that was asked to be appended.
    pub fn appended(&self) -> &Batch {
        self.appends().last().copied().expect("something was appended")
    }

    pub fn appends(&self) -> Vec<&Batch> {
        self.effects
            .iter()
            .filter_map(|effect| match effect {
                Effect::Append(_, batch) => Some(batch.as_ref()),
                _ => None,
            })
            .collect()
    }

    /// The last draft that was asked to be kept.
    pub fn kept(&self) -> Option<&Draft> {
        self.effects.iter().rev().find_map(|effect| match effect {
            Effect::KeepDraft { draft, .. } => Some(draft.as_ref()),
            _ => None,
        })
    }

    /// The last write was done.
    pub fn written(&mut self) -> &mut Self {
        let asked = self.effects.iter().rev().find_map(|effect| match effect {
            Effect::Append(request, batch) => Some((*request, batch.entries.clone())),
            _ => None,
        });
        let (request, entries) = asked.expect("something was appended");
        let cases = entries.iter().map(|entry| (entry.case.unwrap_or(entry.id.into()), "U-7".to_owned()));
        let receipt = Receipt {
            first: 1,
            last: 1,
            head: "0".repeat(8),
            recorded_at: self.app.now,
            cases: cases.collect(),
            repeated: false,
            waits: false,
        };
        self.tell(Msg::Written(request, receipt))
    }

    pub fn form(&self) -> &FormLayer {
        match self.app.top() {
            Layer::Form(layer) => layer,
            other => panic!("a form should be on top, not {:?}", other.place()),
        }
    }

    /// What a line of the form on top holds.
    pub fn text(&self, path: &str) -> &str {
        self.form().form.draft.text.get(path).map_or("", String::as_str)
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            self.effects.push(effect.clone());
            match effect {
                Effect::Find { request, register, text } if self.answers => {
                    let found = self.found(&register, &text);
                    self.tell(Msg::Found(request, Ok(found)));
                }
                Effect::FindSame(request, identity) if self.answers => {
                    self.tell(Msg::SameFound(request, identity, Ok(Vec::new())));
                }
                _ => {}
            }
        }
    }

    /// The search that waits is answered with whoever has these words, and those after it at once.
    pub fn answered(&mut self, text: &str) -> &mut Self {
        let Layer::Picker(picker) = self.app.top() else { panic!("a search should be on top") };
        let request = picker.asked.last();
        let found = self.found(&picker.register, text);
        self.answers = true;
        self.tell(Msg::Found(request, Ok(found)))
    }

    pub fn found(&self, register: &str, text: &str) -> Finds {
        let word = text.to_lowercase();
        let of = self.people.iter().filter(|row| row.register == register);
        let rows: Vec<_> = of.filter(|row| row.name.to_lowercase().contains(&word)).cloned().collect();
        Finds { page: Page { total: rows.len() as u64, rows }, nearly: Vec::new() }
    }
}

pub(super) fn person(number: u128, name: &str, short: &str, room: &str) -> RecordRow {
    RecordRow {
        id: case(number),
        register: "people".into(),
        name: name.into(),
        short: short.into(),
        born: None,
        nhs: None,
        room: Some(room.into()),
        location: Some(case(70)),
        place: Some("Rowan House".into()),
        phone: None,
        alerts: Vec::new(),
        do_not_inform: false,
        code: None,
        more: Default::default(),
        answers: Default::default(),
    }
}

/// Letters as they stand, names of keys in angle brackets.
pub(super) fn parse(written: &str) -> Vec<Key> {
    let mut keys = Vec::new();
    let mut rest = written;
    while let Some(c) = rest.chars().next() {
        if let Some((name, after)) = rest.strip_prefix('<').and_then(|inner| inner.split_once('>')) {
            keys.push(name.parse().expect("the name of a key"));
            rest = after;
        } else {
            keys.push(Key::char(c));
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
        }
    }
    keys
}

/// The answers of the last entry of a batch that is a step.
pub(super) fn answers(batch: &Batch) -> &crate::domain::answer::Answers {
    let said = batch.entries.iter().rev().find_map(|entry| match &entry.what {
        NewSaid::Step { answers, .. } => Some(answers),
        NewSaid::Act(_) => None,
    });
    said.expect("a step")
}
