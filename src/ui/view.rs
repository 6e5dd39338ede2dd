//! What drawing remembers from one frame to the next, and what it tells about where things came to stand.
//!
//! The app holds what is selected by id; offsets, areas and page heights live here, because only drawing knows
//! them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use ratatui::layout::Rect;

use super::table::Laid;
use crate::app::board::{Pane, Sort};
use crate::domain::ids::CaseId;
use crate::domain::time::Zone;
use crate::domain::views::Board;

/// What drawing may change.
#[derive(Debug, Clone, Default)]
pub struct View {
    scrolls: BTreeMap<Place, Scroll>,
    /// Where the frame just drawn came to stand.
    pub placed: Placed,
    /// What the dashboard that stands was drawn from, where nothing lies over it.
    stands: Option<Basis>,
    /// Who was signed in when it was drawn last.
    you: Option<CaseId>,
}

/// All that the dashboard and the header over it are drawn from but what is selected in the pane in use.
#[derive(Debug, Clone)]
pub struct Basis {
    /// The rows and counts: the same only where they were not read anew.
    pub board: Arc<Board>,
    /// The pane in use.
    pub pane: Pane,
    /// The order of each pane.
    pub sort: [Sort; 3],
    /// Cases whose rows are marked as changed.
    pub changed: BTreeSet<CaseId>,
    /// The time that distances are counted from.
    pub now: DateTime<Utc>,
    /// The office's zone.
    pub zone: Zone,
    /// How many are to be rung before they shut, in words: it is read after the board.
    pub to_ring: Option<String>,
    /// Who is signed in; for whom they act follows from the board and the time.
    pub you: Option<CaseId>,
    /// Finished forms that the record does not have yet.
    pub waiting: u64,
    /// Where it stands.
    pub body: Rect,
}

impl PartialEq for Basis {
    fn eq(&self, other: &Self) -> bool {
        let Self { board, pane, sort, changed, now, zone, to_ring, you, waiting, body } = self;
        Arc::ptr_eq(board, &other.board)
            && (to_ring, you, waiting) == (&other.to_ring, &other.you, &other.waiting)
            && (pane, sort, changed, now, zone, body)
                == (&other.pane, &other.sort, &other.changed, &other.now, &other.zone, &other.body)
    }
}

/// Something that scrolls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// Urgent calls.
    Calls,
    /// Open escalations.
    Escalations,
    /// Overdue external actions.
    Overdue,
    /// The timeline of a case.
    Timeline,
    /// What is owed in a case.
    Owed,
    /// A form.
    Form,
    /// A list over the whole screen.
    List,
    /// A list in a box over the screen: what to pick, a command, the keys.
    Box,
    /// A person's screen.
    Person,
    /// The card, the SBARD or the guide.
    Sheet,
}

/// What a frame tells the app: how far a page goes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Placed {
    /// Rows that fit, for page up and page down, by place.
    pub pages: BTreeMap<Place, usize>,
    /// Where each place stands, for a click.
    pub areas: BTreeMap<Place, Rect>,
    /// Columns of a text's box in a form, which moving the cursor up and down needs.
    pub text_width: u16,
    /// The screen was too small to show anything: keys but quit are ignored.
    pub too_small: bool,
}

/// How far something is scrolled.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scroll {
    first: usize,
    fits: usize,
    /// The table that stands there, where one does.
    pub laid: Option<Laid>,
}

impl Scroll {
    /// Scrolls just far enough that the selected row can be seen, never past the end. Answers with the first row.
    pub fn settle(&mut self, selected: Option<usize>, fits: usize, total: usize) -> usize {
        self.fits = fits;
        if let Some(selected) = selected {
            self.first = self.first.min(selected).max((selected + 1).saturating_sub(fits.max(1)));
        }
        self.first = self.first.min(total.saturating_sub(fits));
        self.first
    }
}

impl View {
    /// What was drawn before is drawn on no more.
    pub fn forget(&mut self) {
        self.stands = None;
    }

    /// Who sits here now: whoever signs in next finds every list at its start.
    pub fn sits_here(&mut self, you: Option<CaseId>) {
        if self.you != you {
            self.scrolls.clear();
            self.you = you;
        }
    }

    /// Whether the dashboard that stands was drawn from the same. What it is drawn from now is kept; `None` where
    /// something lies over it, or narrows it.
    pub fn stands(&mut self, on: Option<Basis>) -> bool {
        let stands = on.is_some() && on == self.stands;
        self.stands = on;
        stands
    }

    /// Notes where something that is left as it stands came to stand.
    pub fn left(&mut self, place: Place, area: Rect) {
        self.scrolled(place, area, |_| ());
    }

    /// Draws something that scrolls, and notes where it stood.
    pub fn scrolled<T>(&mut self, place: Place, area: Rect, draw: impl FnOnce(&mut Scroll) -> T) -> T {
        let scroll = self.scrolls.entry(place).or_default();
        let drawn = draw(scroll);
        self.placed.pages.insert(place, scroll.fits);
        self.placed.areas.insert(place, area);
        drawn
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_scrolls_no_further_than_it_must() {
        let mut scroll = Scroll::default();
        assert_eq!(scroll.settle(Some(0), 5, 20), 0);
        assert_eq!(scroll.settle(Some(4), 5, 20), 0);
        assert_eq!(scroll.settle(Some(5), 5, 20), 1);
        assert_eq!(scroll.settle(Some(3), 5, 20), 1);
        assert_eq!(scroll.settle(Some(19), 5, 20), 15);
        assert_eq!(scroll.settle(Some(2), 5, 3), 0);
        assert_eq!(scroll.settle(None, 0, 0), 0);
    }
}
