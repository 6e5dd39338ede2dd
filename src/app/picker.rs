//! Looking for a record by a few letters, telling apart those with similar names before one is taken.

use super::layer::step_in;
use super::load::Load;
use super::msg::Request;
use crate::domain::ids::CaseId;
use crate::domain::names::similar::Similarity;
use crate::domain::names::{Identity, PersonName};
use crate::domain::nhs::NhsNumber;
use crate::domain::views::{Page, RecordRow};
use crate::form::text_box::{LONGEST_NAME, Lines, TextBox};

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
    /// A line of the form below that takes a name: those near the person are offered, any other is kept as typed.
    Near {
        /// The line's path.
        path: String,
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
    /// Enter was pressed before anything was found: a single match is then taken.
    pub take_when_found: bool,
    /// Whoever stands first until something is typed, where somebody is likeliest: who holds the decision now.
    pub first: Option<CaseId>,
    /// The record about to be taken, while others of its name are looked for.
    pub checking: Option<(CaseId, Request)>,
}

/// Others that could be mistaken for the record about to be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// The record about to be taken.
    pub about: CaseId,
    /// Those that could be mistaken for it, each with what is different about them.
    pub others: Vec<(RecordRow, String)>,
    /// It is marked that they must not be told.
    pub do_not_inform: bool,
}

impl Picker {
    /// A picker with what was typed so far.
    pub fn new(register: &str, purpose: PickFor, text: &str, request: Request) -> Self {
        Self {
            register: register.to_owned(),
            purpose,
            query: TextBox::holding(Lines::One, text).at_most(LONGEST_NAME),
            found: Load::Loading,
            request,
            selected: None,
            warning: None,
            take_when_found: false,
            first: None,
            checking: None,
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
        matches!(self.purpose, PickFor::Line { on_the_spot: true, .. } | PickFor::Near { .. })
            && !self.query.text().trim().is_empty()
    }

    /// After something was found: the first row, or the line that makes a new record.
    pub(super) fn settle(&mut self) {
        let ids: Vec<CaseId> = self.rows().iter().map(|row| row.id).collect();
        if self.selected.is_none_or(|id| !ids.contains(&id)) {
            let first = self.first.filter(|first| self.query.is_empty() && ids.contains(first));
            self.selected = first.or(ids.first().copied());
        }
        self.take_when_found &= ids.len() <= 1;
        self.warning = None;
    }

    /// After others of the same name were looked for. True where nobody could be mistaken for the record, so that
    /// it can be taken.
    pub(super) fn checked(
        &mut self,
        found: &[RecordRow],
        similar: impl Fn(&Identity, &Identity) -> Option<Similarity>,
    ) -> bool {
        let Some((about, _)) = self.checking.take() else { return false };
        let Some(chosen) = self.rows().iter().find(|row| row.id == about) else { return false };
        let identity = identity(chosen);
        let do_not_inform = chosen.do_not_inform;
        let mut others: Vec<(RecordRow, String)> = Vec::new();
        for row in found.iter().chain(self.rows()).filter(|row| row.id != about) {
            if let Some(similarity) = similar(&identity, &self::identity(row))
                && !others.iter().any(|(other, _)| other.id == row.id)
            {
                others.push((row.clone(), similarity.says));
            }
        }
        let clear = others.is_empty() && !do_not_inform;
        self.warning = Some(Warning { about, others, do_not_inform });
        clear
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

/// What a row tells about who somebody is.
pub(super) fn identity(row: &RecordRow) -> Identity {
    let name = PersonName::read(&row.name);
    Identity {
        family: name.family,
        given: Some(name.given).filter(|given| !given.is_empty()),
        liked: None,
        born: row.born,
        nhs: row.nhs.as_deref().and_then(|digits| NhsNumber::read(digits).ok()).map(|(number, _)| number),
        place: row.place.clone(),
        room: row.room.clone(),
    }
}
