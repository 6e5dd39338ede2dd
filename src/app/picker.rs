//! Looking for a record by a few letters, telling apart those with similar names before one is taken.

use super::layer::step_in;
use super::load::Load;
use super::msg::Request;
use crate::domain::ids::CaseId;
use crate::domain::views::{Page, RecordRow};
use crate::form::text_box::{Lines, TextBox};

/// What a record is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PickFor {
    /// A line of the form below.
    Line {
        /// The line's path.
        path: String,
        /// It may be made on the spot, or left as words.
        on_the_spot: bool,
    },
    /// Who is at the keyboard.
    SignIn,
    /// A screen of its own.
    Open,
}

/// A record being looked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Picker {
    /// The register's pathway id.
    pub register: String,
    /// What for.
    pub purpose: PickFor,
    /// What is typed.
    pub query: TextBox,
    /// What was found.
    pub found: Load<Page<RecordRow>>,
    /// The last question asked.
    pub request: Request,
    /// The row the arrow keys stand on; `None` is the line that makes a new record, where it is offered.
    pub selected: Option<CaseId>,
    /// The record that was about to be taken and those that could be mistaken for it: shown apart, with what
    /// tells them apart, and taken with a second Enter.
    pub warning: Option<Warning>,
}

/// Others that could be mistaken for the record about to be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// The record about to be taken.
    pub about: CaseId,
    /// Those that could be mistaken for it.
    pub others: Vec<RecordRow>,
}

impl Picker {
    /// A picker with what was typed so far.
    pub fn new(register: &str, purpose: PickFor, text: &str, request: Request) -> Self {
        Self {
            register: register.to_owned(),
            purpose,
            query: TextBox::holding(Lines::One, text),
            found: Load::Loading,
            request,
            selected: None,
            warning: None,
        }
    }

    /// The rows found so far.
    pub fn rows(&self) -> &[RecordRow] {
        self.found.ready().map_or(&[], |page| page.rows.as_slice())
    }

    /// The row the arrow keys stand on.
    pub fn row(&self) -> Option<&RecordRow> {
        let id = self.selected?;
        self.rows().iter().find(|row| row.id == id)
    }

    /// Whether a last line offers to make the record on the spot.
    pub fn offers_new(&self) -> bool {
        matches!(self.purpose, PickFor::Line { on_the_spot: true, .. })
            && !self.query.text().trim().is_empty()
    }

    pub(super) fn step(&mut self, by: isize) {
        let mut ids: Vec<Option<CaseId>> = self.rows().iter().map(|row| Some(row.id)).collect();
        if self.offers_new() {
            ids.push(None);
        }
        self.selected = step_in(&ids, Some(&self.selected), by).flatten();
        self.warning = None;
    }
}
