//! Looking for a record by a few letters; who could be mistaken for whoever is about to be taken.

use chrono::NaiveDate;

use super::apart::{Apart, Asks, why};
use super::layer::step_in;
use super::load::{Asked, Load};
use super::msg::{Failure, Request};
use super::pick::PEOPLE;
use crate::domain::ids::CaseId;
use crate::domain::names::similar::similar;
use crate::domain::names::unnamed::{Typed, Wrong};
use crate::domain::names::{Identity, PersonName};
use crate::domain::nhs::NhsNumber;
use crate::domain::views::{Finds, RecordRow};
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
    pub found: Load<Finds>,
    /// What is wrong with digits in it that are to be somebody's.
    pub wrong: Option<Wrong>,
    /// Whether what is typed was answered: the rows that stand there may be of what was typed before.
    pub asked: Asked,
    /// The row the arrow keys stand on; `None` is the line that makes a new record, where it is offered.
    pub selected: Option<CaseId>,
    /// Somebody went to the selected row with the arrow keys: it is the one that is meant.
    pub chosen: bool,
    /// Those among whom a number says who is meant.
    pub apart: Option<Apart>,
    /// Whoever stands first until something is typed, where somebody is likeliest: who holds the decision now.
    pub first: Option<CaseId>,
    /// Who is about to be taken, while others of the name are looked for; `None` is somebody new.
    pub checking: Option<(Option<CaseId>, Request)>,
}

impl Picker {
    /// A picker with what was typed so far.
    pub fn new(register: &str, purpose: PickFor, text: &str, request: Request) -> Self {
        let mut asked = Asked::default();
        asked.again(request);
        Self {
            register: register.to_owned(),
            purpose,
            query: TextBox::holding(Lines::One, text).at_most(LONGEST_NAME),
            found: Load::Loading,
            wrong: None,
            asked,
            selected: None,
            chosen: false,
            apart: None,
            first: None,
            checking: None,
        }
    }

    /// The rows that have what was typed, as far as they were found.
    pub fn rows(&self) -> &[RecordRow] {
        self.found.ready().map_or(&[], |found| found.page.rows.as_slice())
    }

    /// The rows whose names are only nearly what was typed.
    pub fn nearly(&self) -> &[RecordRow] {
        self.found.ready().map_or(&[], |found| found.nearly.as_slice())
    }

    /// The row the arrow keys stand on.
    pub fn row(&self) -> Option<&RecordRow> {
        let id = self.selected?;
        self.rows().iter().chain(self.nearly()).find(|row| row.id == id)
    }

    /// Whether several have what was typed and nothing says which of them is meant: nobody went to one with the arrow keys,
    /// it is not the one that stands first because it is the likeliest, and no code of theirs was typed in full.
    pub(super) fn is_one_of_several(&self) -> bool {
        let offered = self.query.is_empty() && self.first.is_some() && self.selected == self.first;
        self.rows().len() > 1 && !self.chosen && !offered && self.of_code().is_none()
    }

    /// The one whose code was typed, where there is one.
    fn of_code(&self) -> Option<CaseId> {
        let typed = self.query.text().trim();
        let is_theirs =
            |row: &&RecordRow| row.code.as_deref().is_some_and(|code| code.eq_ignore_ascii_case(typed));
        let mut theirs = self.rows().iter().filter(is_theirs);
        theirs.next().filter(|_| theirs.next().is_none()).map(|row| row.id)
    }

    /// Whether a last line offers to make the record on the spot.
    pub fn offers_new(&self) -> bool {
        matches!(self.purpose, PickFor::Line { on_the_spot: true, .. } | PickFor::Near { .. })
            && !self.query.text().trim().is_empty()
            && self.wrong.is_none()
    }

    /// Whether something is still being looked for: what was typed, or others of the name of whoever is about to be taken.
    pub(super) fn is_looking(&self) -> bool {
        self.asked.waits() || self.checking.is_some()
    }

    /// What was typed was looked for. What could not be found leaves nobody there who was found for other words.
    pub(super) fn take(&mut self, answer: Result<Finds, Failure>) -> Option<Failure> {
        let failed = answer.as_ref().err().cloned();
        self.found = answer.map_or_else(Load::Failed, Load::Ready);
        self.settle();
        failed
    }

    /// Reads what is typed of somebody: digits that are nobody's number make nobody. `today` is the office's day.
    pub(super) fn read_query(&mut self, today: NaiveDate) {
        let of_people = self.register == PEOPLE && matches!(self.purpose, PickFor::Line { .. });
        self.wrong = if of_people { Typed::read(self.query.text(), today).wrong } else { None };
    }

    /// After something was found: the first row that has what was typed, or the line that makes a new record. What is
    /// only nearly meant is never stood on unasked.
    pub(super) fn settle(&mut self) {
        self.asked.answer();
        let ids: Vec<CaseId> = self.rows().iter().map(|row| row.id).collect();
        // Whoever one had gone to is not what was typed since: the first that is stood on instead was gone to by nobody.
        self.chosen &= self.selected.map_or(self.offers_new(), |id| ids.contains(&id));
        if !self.chosen && self.selected.is_none_or(|id| !ids.contains(&id)) {
            let first = self.first.filter(|first| self.query.is_empty() && ids.contains(first));
            self.selected = first.or(self.of_code()).or(ids.first().copied());
        }
        self.apart = None;
    }

    /// After others of the name were looked for. True where nobody could be mistaken for whoever is about to be taken.
    pub(super) fn checked(&mut self, found: &Finds, today: NaiveDate) -> bool {
        let Some((about, _)) = self.checking.take() else { return false };
        let apart = match about {
            Some(about) => self.beside_chosen(about, found),
            None => Some(self.beside_new(found, today)),
        };
        let Some(apart) = apart else { return false };
        let beside = match apart.asks {
            Asks::BeforeNew | Asks::BeforeDigits => apart.rows.len(),
            Asks::WhichOfThem | Asks::WhichHasIt | Asks::AllTheSame => apart.rows.len().saturating_sub(1),
        };
        let clear = beside == 0 && !matches!(apart.asks, Asks::AllTheSame | Asks::BeforeDigits);
        self.apart = Some(apart).filter(|_| !clear);
        clear
    }

    /// Whoever could be mistaken for the record that was chosen, after it.
    fn beside_chosen(&self, about: CaseId, found: &Finds) -> Option<Apart> {
        let all = || self.rows().iter().chain(self.nearly());
        let chosen = all().find(|row| row.id == about)?;
        let own = identity(chosen);
        let mut rows = vec![(chosen.clone(), String::new())];
        for row in found.page.rows.iter().chain(all()) {
            if let Some(similarity) = similar(&own, &identity(row))
                && rows.iter().all(|(known, _)| known.id != row.id)
            {
                rows.push((row.clone(), why(&similarity)));
            }
        }
        // What was typed means all of these, until somebody goes to one of them.
        let mistaken = rows.len() > 1;
        for row in self.rows().iter().filter(|_| !self.chosen) {
            if rows.iter().all(|(known, _)| known.id != row.id) {
                rows.push((row.clone(), String::new()));
            }
        }
        let asks = match rows.len() {
            1 if chosen.do_not_inform => Asks::AllTheSame,
            2.. if !mistaken => Asks::WhichHasIt,
            _ => Asks::WhichOfThem,
        };
        Some(Apart::new(asks, rows))
    }

    /// Whoever on record could be meant by what was typed for somebody new: those who have it, those who nearly do, and
    /// those who could be mistaken for such a name.
    fn beside_new(&self, found: &Finds, today: NaiveDate) -> Apart {
        let typed = Typed::read(self.query.text(), today);
        let asks = if typed.has_digits_in_name() { Asks::BeforeDigits } else { Asks::BeforeNew };
        let typed = typed.identity();
        let mut rows: Vec<(RecordRow, String)> = Vec::new();
        let have_it = self.rows().iter().chain(self.nearly()).map(|row| (row, true));
        let of_the_name = found.page.rows.iter().chain(&found.nearly).map(|row| (row, false));
        for (row, has_it) in have_it.chain(of_the_name) {
            let similarity = similar(&typed, &identity(row));
            if (has_it || similarity.is_some()) && rows.iter().all(|(known, _)| known.id != row.id) {
                rows.push((row.clone(), similarity.as_ref().map(why).unwrap_or_default()));
            }
        }
        Apart::new(asks, rows)
    }

    /// Goes along the list that is on screen: where none is there yet, to nobody.
    pub(super) fn step(&mut self, by: isize) {
        if self.found == Load::Loading {
            return;
        }
        let mut ids: Vec<Option<CaseId>> =
            self.rows().iter().chain(self.nearly()).map(|row| Some(row.id)).collect();
        if self.offers_new() {
            ids.push(None);
        }
        self.selected = step_in(&ids, Some(&self.selected), by).flatten();
        (self.chosen, self.apart) = (true, None);
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
