//! The dashboard's state: three panes, which has the keys, what is selected in each, how it is narrowed and
//! sorted, and which rows changed while nobody looked.
//!
//! Rows are the store's read models; selections are ids, so that a new row above moves nothing.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Size;
use super::filter::Filter;
use super::layer::step_to;
use super::load::Load;
use crate::domain::case::Level;
use crate::domain::ids::{CaseId, CommitmentId};
use crate::domain::names::fold;
use crate::domain::views::{Board, CallRow, OwedRow, RecordRow};

/// Rows of a pane that are read while somebody looks at its top, where the window shows fewer.
const NEAR: u32 = 24;
/// Rows of a window that are never those of a pane: header, edges, preview and footer.
const AROUND: u16 = 6;
/// Rows that are read once somebody goes further, narrows or sorts: more than can be open in a well-run office.
const FAR: u32 = 2000;
/// Rows from the end at which more are read.
const NEAR_THE_END: usize = 10;

/// One of the three panes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Pane {
    /// Urgent calls.
    #[default]
    Calls,
    /// Open escalations.
    Escalations,
    /// Overdue external actions.
    Overdue,
}

impl Pane {
    /// All, in the order of their numbers.
    pub const ALL: [Pane; 3] = [Pane::Calls, Pane::Escalations, Pane::Overdue];

    /// The next, round the clock.
    pub fn next(self) -> Self {
        match self {
            Pane::Calls => Pane::Escalations,
            Pane::Escalations => Pane::Overdue,
            Pane::Overdue => Pane::Calls,
        }
    }
}

/// The order of a pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// As the store gives it: calls newest first, what is owed soonest first.
    #[default]
    Time,
    /// Present risk, the worst first.
    Risk,
    /// By name.
    Name,
}

impl Sort {
    /// The next order.
    pub fn next(self) -> Self {
        match self {
            Sort::Time => Sort::Risk,
            Sort::Risk => Sort::Name,
            Sort::Name => Sort::Time,
        }
    }
}

/// What a row is about: selections are ids.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowId {
    /// A case.
    Case(CaseId),
    /// Something owed.
    Owed(CommitmentId),
}

/// A row of a pane.
#[derive(Debug, Clone, Copy)]
pub enum Row<'a> {
    /// Of the call log.
    Call(&'a CallRow),
    /// Of what is owed.
    Owed(&'a OwedRow),
}

impl Row<'_> {
    fn id(self) -> RowId {
        match self {
            Row::Call(row) => RowId::Case(row.case),
            Row::Owed(row) => RowId::Owed(row.commitment.id.clone()),
        }
    }

    fn is(self, id: &RowId) -> bool {
        match (self, id) {
            (Row::Call(row), RowId::Case(case)) => row.case == *case,
            (Row::Owed(row), RowId::Owed(id)) => row.commitment.id == *id,
            _ => false,
        }
    }
}

/// The dashboard.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct BoardLayer {
    /// What was last read.
    pub data: Load<Arc<Board>>,
    /// The pane with the keys.
    pub pane: Pane,
    /// What narrows all three.
    pub filter: Filter,
    /// The order of each pane.
    pub sort: [Sort; 3],
    /// What is selected in each pane.
    pub selected: [Option<RowId>; 3],
    /// Cases whose rows changed through somebody else since a key was last pressed here.
    pub changed: BTreeSet<CaseId>,
    /// Whether more than the first rows are read.
    pub far: bool,
    /// A call that was just saved here: the selection stands on it once it is read.
    pub arriving: Option<CaseId>,
}

impl BoardLayer {
    /// The rows of the call log as they are to be shown.
    pub fn calls(&self) -> Vec<&CallRow> {
        let Some(board) = self.data.ready() else { return Vec::new() };
        let mut rows: Vec<&CallRow> = board.calls.rows.iter().filter(|row| self.shows_call(row)).collect();
        match self.sort[Pane::Calls as usize] {
            Sort::Time => {}
            Sort::Risk => rows.sort_by_key(|row| by_risk(row.facts.level.as_ref())),
            Sort::Name => rows.sort_by_key(|row| name_of(row.subject.as_ref())),
        }
        rows
    }

    /// The rows of a pane of commitments as they are to be shown; of the call log, none.
    pub fn owed(&self, pane: Pane) -> Vec<&OwedRow> {
        let Some(board) = self.data.ready() else { return Vec::new() };
        let page = match pane {
            Pane::Calls => return Vec::new(),
            Pane::Escalations => &board.escalations,
            Pane::Overdue => &board.overdue,
        };
        let mut rows: Vec<&OwedRow> = page.rows.iter().filter(|row| self.shows_owed(row)).collect();
        match self.sort[pane as usize] {
            Sort::Time => {}
            Sort::Risk => rows.sort_by_key(|row| by_risk(row.level.as_ref())),
            Sort::Name => rows.sort_by_key(|row| name_of(row.subject.as_ref())),
        }
        rows
    }

    /// The rows of a pane, in the order shown.
    fn rows(&self, pane: Pane) -> Vec<Row<'_>> {
        match pane {
            Pane::Calls => self.calls().into_iter().map(Row::Call).collect(),
            _ => self.owed(pane).into_iter().map(Row::Owed).collect(),
        }
    }

    /// Which of a pane's rows is selected: the one that was chosen if it is still there, otherwise the first.
    pub fn selected_at(&self, pane: Pane) -> Option<usize> {
        self.at(pane, &self.rows(pane))
    }

    fn at(&self, pane: Pane, rows: &[Row<'_>]) -> Option<usize> {
        let chosen = self.selected[pane as usize].as_ref();
        let at = chosen.and_then(|id| rows.iter().position(|row| row.is(id)));
        step_to(rows.len(), at, 0)
    }

    /// The row that is selected in a pane.
    pub fn selected_row(&self, pane: Pane) -> Option<Row<'_>> {
        let rows = self.rows(pane);
        rows.get(self.at(pane, &rows)?).copied()
    }

    /// What is selected in a pane.
    pub fn selection(&self, pane: Pane) -> Option<RowId> {
        self.selected_row(pane).map(Row::id)
    }

    /// The row that is selected in the pane with the keys.
    pub fn row_at_hand(&self) -> Option<Row<'_>> {
        self.selected_row(self.pane)
    }

    /// The case, and the commitment where one is selected, of the pane with the keys.
    pub fn at_hand(&self) -> Option<(CaseId, Option<CommitmentId>)> {
        Some(match self.row_at_hand()? {
            Row::Call(row) => (row.case, None),
            Row::Owed(row) => (row.commitment.case, Some(row.commitment.id.clone())),
        })
    }

    /// The pathway of what is owed on the selected row; `None` where the row is a call.
    pub fn pathway_at_hand(&self) -> Option<&str> {
        match self.row_at_hand()? {
            Row::Call(_) => None,
            Row::Owed(row) => Some(&row.pathway),
        }
    }

    /// The most rows that are read of each pane in a window of this size: as many as it can show, while nobody goes further.
    /// Each of them is read at every commit of anybody, and a start waits for them.
    pub fn reach(&self, size: Size) -> u32 {
        if self.far { FAR } else { NEAR.max(size.rows.saturating_sub(AROUND).into()) }
    }

    /// Reaches further where what was read is not all and somebody narrows it, sorts it or nears its end. False where
    /// not.
    pub(super) fn reach_on(&mut self) -> bool {
        let Some(board) = self.data.ready().filter(|_| !self.far) else { return false };
        let all = [
            (board.calls.rows.len(), board.calls.total),
            (board.escalations.rows.len(), board.escalations.total),
            (board.overdue.rows.len(), board.overdue.total),
        ];
        let is_cut = |pane: Pane| {
            let (read, total) = all[pane as usize];
            (read as u64) < total
        };
        let nears_the_end = |pane: Pane| {
            let rows = self.rows(pane);
            self.at(pane, &rows).unwrap_or(0) + NEAR_THE_END >= rows.len()
        };
        self.far = Pane::ALL.into_iter().any(|pane| {
            let is_sorted = self.sort[pane as usize] != Sort::Time;
            is_cut(pane) && (self.filter.typing || is_sorted || (pane == self.pane && nears_the_end(pane)))
        });
        self.far
    }

    /// Moves the selection of the pane with the keys.
    pub(super) fn step(&mut self, by: isize) {
        let rows = self.rows(self.pane);
        let to = step_to(rows.len(), self.at(self.pane, &rows), by);
        self.selected[self.pane as usize] = to.and_then(|to| rows.get(to)).map(|row| row.id());
        self.changed.clear();
    }

    /// Takes a fresh reading: selections stay on their ids, rows that moved on are marked.
    pub(super) fn refresh(&mut self, fresh: Board) {
        for pane in Pane::ALL {
            self.selected[pane as usize] = self.selection(pane);
        }
        if let Some(before) = self.data.ready().filter(|before| !before.sealed) {
            let versions = |board: &Board| {
                let calls = board.calls.rows.iter().map(|row| (row.case, row.version));
                let owed = board.escalations.rows.iter().chain(&board.overdue.rows);
                calls.chain(owed.map(|row| (row.commitment.case, row.version))).collect::<BTreeSet<_>>()
            };
            let known = versions(before);
            self.changed.extend(versions(&fresh).difference(&known).map(|(case, _)| *case));
        }
        let arrived = self.arriving.filter(|case| fresh.calls.rows.iter().any(|row| row.case == *case));
        if let Some(case) = arrived {
            self.arriving = None;
            self.pane = Pane::Calls;
            self.selected[Pane::Calls as usize] = Some(RowId::Case(case));
        }
        self.data = Load::Ready(Arc::new(fresh));
    }

    /// Somebody else sits down: nothing is selected, narrowed or sorted for them yet.
    pub(super) fn begin_anew(&mut self) {
        *self = Self { data: std::mem::take(&mut self.data), ..Self::default() };
    }

    fn shows_call(&self, row: &CallRow) -> bool {
        let facts = &row.facts;
        self.matches(
            row.subject.as_ref(),
            [
                Some(row.reference.as_str()),
                facts.headline.as_deref(),
                facts.caller.as_deref(),
                facts.level.as_ref().map(|level| level.label.as_str()),
            ],
        )
    }

    fn shows_owed(&self, row: &OwedRow) -> bool {
        self.matches(
            row.subject.as_ref(),
            [
                Some(row.reference.as_str()),
                Some(row.commitment.what.as_str()),
                Some(row.obligor.as_str()),
                row.headline.as_deref(),
            ],
        )
    }

    /// Every word of the filter stands somewhere in the row.
    fn matches(&self, subject: Option<&RecordRow>, also: [Option<&str>; 4]) -> bool {
        if self.filter.text.is_empty() {
            return true;
        }
        let of_subject = subject.into_iter().flat_map(|row| {
            [Some(row.name.as_str()), row.room.as_deref(), row.place.as_deref(), row.nhs.as_deref()]
        });
        let whole: Vec<&str> = also.into_iter().chain(of_subject).flatten().collect();
        let whole = fold(&whole.join(" "));
        fold(self.filter.text.text()).split_whitespace().all(|word| whole.contains(word))
    }
}

/// Where a risk stands among others: what nobody has judged right after what is red, as its clock counts it.
fn by_risk(level: Option<&Level>) -> (u8, bool) {
    (Level::rank(level).min(level.map_or(Level::HEAVIEST - Level::RED, |_| u8::MAX)), level.is_none())
}

fn name_of(subject: Option<&RecordRow>) -> String {
    subject.map(|row| fold(&row.name)).unwrap_or_default()
}
