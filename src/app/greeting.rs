//! The first line after somebody signed in: who they are, what waits, most urgent first, and that Enter opens exactly that.

use chrono::TimeDelta;

use super::App;
use super::board::{Pane, RowId};
use super::handover::Which;
use super::key::{Code, Key};
use super::layer::Layer;
use super::list::ListKind;
use super::msg::Effect;
use crate::app::ActionId;
use crate::domain::ids::EntryId;
use crate::domain::time::display;
use crate::domain::views::{Board, LOOKING_BACK, Queue};
use crate::domain::words::owning;
use crate::domain::words::secret as words;

/// What began so long ago or less is of this shift or the one before.
const TODAY: TimeDelta = TimeDelta::hours(24);

/// What Enter opens as long as the line stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Opens {
    /// What is selected on the dashboard: it was selected for it.
    Selected(Pane, RowId),
    /// A list.
    List(ListKind),
    /// The handover that waits.
    Handover(EntryId),
}

impl App {
    /// Says it once the dashboard of whoever signed in was read.
    pub(super) fn greet(&mut self) {
        let Some(you) = self.you.clone() else { return };
        let Some(board) = self.board().data.ready().filter(|board| !board.sealed) else { return };
        let waits = self.waits(board);
        let also = words::also(board.to_confirm, board.unsigned);
        // Where it is said already, it is not said twice.
        let also = also.filter(|_| !matches!(waits, Some((_, Opens::List(ListKind::ToConfirm)))));
        let second = board.to_countersign;
        let second = (second > 0).then(|| crate::domain::words::app::waits_for_second(second));
        let named = matches!(waits, Some((_, Opens::List(ListKind::Mine))));
        let offered = (board.offered > 0 && !named).then(|| owning::offered_to_you(board.offered));
        let offered = offered
            .map(|offered| words::with_key(&offered, self.keymap.key_for(self.place(), ActionId::Mine)));
        let handed = self.handed_to_you().filter(|_| !matches!(waits, Some((_, Opens::Handover(_)))));
        let handed = handed.map(|(row, lines)| {
            let key = self.keymap.key_for(self.place(), ActionId::Handover);
            words::with_key(&crate::domain::words::handover::hands_over_to_you(&row.giver_name, lines), key)
        });
        let signs = Some(self.open_signs()).filter(|open| *open > 0).map(|open| {
            let key = self.keymap.key_for(self.place(), ActionId::Signs);
            words::with_key(&crate::domain::words::signs::wait(open), key)
        });
        let both: Vec<String> = handed.into_iter().chain(offered).chain(second).chain(signs).collect();
        let second = (!both.is_empty()).then(|| both.join(". "));
        let locks = self.keymap.key_for(self.place(), ActionId::Lock);
        let is_at_hand = matches!(self.top(), Layer::Board(_));
        let line = words::greeting(
            (&you.name, &you.role),
            waits.as_ref().map(|(what, _)| (what.as_str(), is_at_hand)),
            also.as_deref(),
            second.as_deref(),
            locks.map(|key| key.to_string()).as_deref(),
        );
        self.says(&line);
        self.greets = false;
        self.greeting = waits.map(|(_, opens)| opens).filter(|_| is_at_hand);
        if let Some(Opens::Selected(pane, row)) = self.greeting.clone() {
            let layer = self.board_mut();
            layer.pane = pane;
            layer.selected[pane as usize] = Some(row);
        }
    }

    /// What waits, most urgent first: a call that nobody has decided, what is late, what is offered to you, what somebody else
    /// typed for you or took without a name, what you left unfinished.
    fn waits(&self, board: &Board) -> Option<(String, Opens)> {
        let owed =
            |pane, id: &crate::domain::ids::CommitmentId| Opens::Selected(pane, RowId::Owed(id.clone()));
        let waiting = || board.escalations.rows.iter().filter(|row| row.is_undecided());
        // The worst of today before what has waited for days: a year that was mistyped takes nobody away from this hour.
        let of_today = || waiting().find(|row| self.now - row.commitment.started < TODAY);
        if board.undecided > 0
            && let Some(row) = of_today().or_else(|| waiting().next())
        {
            let since = display::age(row.commitment.started, self.now);
            let risk = row.level.as_ref().map_or("", |level| level.label.as_str());
            let longest = waiting().map(|row| row.commitment.started).min().unwrap_or(self.now);
            let longest = display::age(longest, self.now);
            let what = words::undecided(board.undecided, (risk, &since), &longest);
            let case = row.commitment.case;
            let is_listed = board.calls.rows.iter().any(|call| call.case == case);
            return Some(match is_listed {
                true => (what, Opens::Selected(Pane::Calls, RowId::Case(case))),
                false => (what, owed(Pane::Escalations, &row.commitment.id)),
            });
        }
        let clocks = self.editions.clocks();
        let panes = [
            (Pane::Escalations, Queue::Escalations, &board.escalations),
            (Pane::Overdue, Queue::Overdue, &board.overdue),
        ];
        for (pane, queue, page) in panes {
            let is_late = |row: &&crate::domain::views::OwedRow| {
                row.rank != LOOKING_BACK && clocks.state(&row.commitment, self.now).is_late()
            };
            let late: Vec<_> = page.rows.iter().filter(is_late).collect();
            if let Some(first) = late.first() {
                let count =
                    board.tally(queue, self.now).map_or(late.len(), |tally| tally.long_late + tally.late);
                return Some((words::late(count), owed(pane, &first.commitment.id)));
            }
        }
        if let Some((row, lines)) = self.handed_to_you() {
            let what = crate::domain::words::handover::hands_over_to_you(&row.giver_name, lines);
            return Some((what, Opens::Handover(row.id)));
        }
        if board.offered > 0 {
            return Some((owning::offered_to_you(board.offered), Opens::List(ListKind::Mine)));
        }
        if let Some(also) = words::also(board.to_confirm, board.unsigned) {
            return Some((also, Opens::List(ListKind::ToConfirm)));
        }
        let own = board.drafts.iter().filter(|row| row.staff.is_some() && self.is_you(row.staff)).count();
        (own > 0).then(|| (words::unfinished(own), Opens::List(ListKind::Drafts)))
    }

    /// The first key after the line: Enter opens what it named. True where it did.
    pub(super) fn opens_what_waits(&mut self, key: Key, out: &mut Vec<Effect>) -> bool {
        let Some(opens) = self.greeting.take().filter(|_| key.code == Code::Enter) else { return false };
        match opens {
            // Rows may have moved since; the selection follows its id.
            Opens::Selected(..) => return false,
            Opens::List(kind) => self.open_list(kind, out),
            Opens::Handover(id) => self.open_handover(Which::Handed(id), out),
        }
        true
    }
}
