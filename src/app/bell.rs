//! Drawing attention: when the bell rings, what the terminal's title counts, and what stands under the header until
//! somebody has read it. What calls whom is worked out in [`crate::domain::bell`].

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::App;
use super::msg::{Effect, Own};
use crate::domain::bell::{self, Heard, Tally};
use crate::domain::clocks::JUMP;
use crate::domain::ids::{CaseId, EntryId};
use crate::domain::permission::Grant;
use crate::domain::time::display;
use crate::domain::words::clocks as words;

/// What the app remembers of bell, title and banners.
#[derive(Debug, Clone, Default)]
pub(super) struct Attention {
    heard: Heard,
    /// The dashboard of whoever sits here now was read.
    known: bool,
    /// When what calls changes next.
    pub(super) again: Option<DateTime<Utc>>,
    /// Entries that were recorded here: what they bring about is no news here.
    own: BTreeSet<EntryId>,
    title: String,
    /// What the machine's clock showed when it jumped, and by how much it went on, or back.
    jump: Option<(DateTime<Utc>, TimeDelta)>,
    /// Banners that were put away.
    put_away: BTreeSet<Banner>,
}

/// What stands under the header until it is put away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Banner {
    /// The machine's clock jumped from here by so much.
    Jumped(DateTime<Utc>, TimeDelta),
    /// The last entry was recorded then, which is still to come.
    FromTheFuture(DateTime<Utc>),
    /// Bank holidays are known until this day.
    CalendarEnds(NaiveDate),
    /// The duty desk changed hands then, and whoever had it handed nothing over.
    NotHandedOver(CaseId, DateTime<Utc>),
}

impl App {
    /// What was recorded here rings for nobody here.
    pub(super) fn recorded_here(&mut self, entries: impl Iterator<Item = EntryId>) {
        self.attention.own.extend(entries);
    }

    /// Somebody else sits here, or nobody: what calls them is not known before the dashboard was read for them.
    pub(super) fn listens_anew(&mut self) {
        (self.attention.heard, self.attention.known) = (Heard::default(), false);
    }

    /// The dashboard was read.
    pub(super) fn hears_board(&mut self, out: &mut Vec<Effect>) {
        self.attention.known = true;
        self.draw_attention(out);
    }

    /// Rings for what has come about, once, and counts in the title.
    pub(super) fn draw_attention(&mut self, out: &mut Vec<Effect>) {
        if !self.attention.known {
            return;
        }
        let Some(board) = self.board().data.ready() else { return };
        let me = self.you.as_ref().map(|you| you.staff);
        let clocks = self.editions.clocks().clone();
        let calls = bell::calls(&board.ticking, me, clocks.comes_back, self.now);
        let tally = bell::tally(&board.ticking, self.now);
        let title = words::title(tally, board.undecided, clocks.title);
        let Attention { heard, own, again, .. } = &mut self.attention;
        *again = calls.again;
        if heard.rings(me, &calls, |id| own.contains(&id.entry)) {
            out.push(Effect::Own(Own::RingBell));
        }
        self.name_terminal(title, out);
    }

    /// The title counts and names nobody.
    pub(super) fn name_terminal(&mut self, title: String, out: &mut Vec<Effect>) {
        if self.attention.title != title {
            self.attention.title.clone_from(&title);
            out.push(Effect::Own(Own::SetTitle(title)));
        }
    }

    /// How many are long late, late and due soon of all that whoever sits here may see.
    pub fn tally(&self) -> Tally {
        let board = self.board().data.ready().filter(|board| !board.sealed);
        board.map_or_else(Tally::default, |board| bell::tally(&board.ticking, self.now))
    }

    /// The machine's clock jumped from what it showed by this much. Several jumps are shown as one, and none once it
    /// was set right again.
    pub(super) fn clock_jumped(&mut self, from: DateTime<Utc>, by: TimeDelta) {
        let by = self.attention.jump.map_or(TimeDelta::zero(), |(_, before)| before) + by;
        self.attention.jump = (by.abs() >= JUMP).then_some((from, by));
    }

    /// Whether the clock was seen to jump, and nobody has set it right or put that away yet.
    pub(super) fn doubts_clock(&self) -> bool {
        self.standing().iter().any(|banner| matches!(banner, Banner::Jumped(..)))
    }

    fn standing(&self) -> Vec<Banner> {
        let board = self.board().data.ready();
        let jumped = self.attention.jump.map(|(from, by)| Banner::Jumped(from, by));
        let ahead = board.and_then(|board| board.latest).filter(|at| *at - self.now >= JUMP);
        // A clock that was seen to go back says why there is something from the future.
        let ahead = ahead.filter(|_| jumped.is_none()).map(Banner::FromTheFuture);
        let configures = board.is_some_and(|board| !board.sealed) && self.may(Grant::Configure).is_ok();
        let calendar = configures.then(|| self.calendar_ends()).flatten().map(Banner::CalendarEnds);
        let not_handed = self.not_handed_over().map(|slot| Banner::NotHandedOver(slot.staff, slot.until));
        let all = [jumped, ahead, calendar, not_handed].into_iter().flatten();
        all.filter(|banner| !self.attention.put_away.contains(banner)).collect()
    }

    /// The last day of the bank holidays that are known, where it is near enough to be told of.
    fn calendar_ends(&self) -> Option<NaiveDate> {
        let until = self.editions.current().calendar.covers_until;
        let warn = self.editions.clocks().calendar_warn;
        (until - self.zone.day(self.now) <= warn).then_some(until)
    }

    /// What stands under the header until it is put away, in words: a clock that jumped, a record from the future, bank
    /// holidays that run out, a shift that ended without a word.
    pub fn banners(&self) -> Vec<String> {
        let clock = |at| display::clock(at, self.zone);
        let said = |banner: Banner| match banner {
            Banner::Jumped(from, by) => {
                let length = display::length(from, from + by.abs());
                words::jumped(by > TimeDelta::zero(), &length, &clock(from), &clock(self.now))
            }
            Banner::FromTheFuture(at) => {
                words::from_the_future(&display::short(at, self.now, self.zone), &clock(self.now))
            }
            Banner::CalendarEnds(until) => {
                words::calendar_ends(&display::date(until), until < self.zone.day(self.now))
            }
            Banner::NotHandedOver(staff, until) => {
                words::not_handed_over(self.rota().name(staff), &display::short(until, self.now, self.zone))
            }
        };
        self.standing().into_iter().map(said).collect()
    }

    /// Puts away what stands under the header. It comes back when it says something else.
    pub(super) fn put_banners_away(&mut self) {
        let standing = self.standing();
        self.attention.put_away.extend(standing);
    }
}
