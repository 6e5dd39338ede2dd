//! What is owed and at hand: why it is due when it is, and that one has seen it.

use super::acts::{After, one};
use super::board::Row;
use super::case::Item;
use super::msg::Effect;
use super::{ActionId, App, Layer, actions};
use crate::domain::act::Act;
use crate::domain::commitment::Commitment;
use crate::domain::entry::Batch;
use crate::domain::ids::{CommitmentId, EntryId};
use crate::domain::permission::{Grant, Reason};
use crate::domain::time::display;
use crate::domain::views::Why;
use crate::domain::words::clocks as words;
use crate::domain::words::store::restricted;
use crate::pathway::due::told;

impl App {
    /// What is owed and selected; of a call on the dashboard, what is owed next. With whom to ask, where it is of a
    /// record that may not be seen.
    pub(super) fn owed_at_hand(&self) -> Option<(&Commitment, Option<&str>)> {
        match self.under() {
            Layer::Board(board) => match board.row_at_hand()? {
                Row::Call(row) => Some((row.next.as_ref()?, None)),
                Row::Owed(row) => Some((&row.commitment, row.ask.as_deref())),
            },
            Layer::Case(case) => {
                let all = case.commitments();
                let selected = all.iter().find(|owed| case.owed.as_ref() == Some(&owed.id));
                selected.or(all.first()).map(|owed| (*owed, None))
            }
            Layer::Person(person) => {
                let Some(Item::Owed(id)) = person.at_hand_item() else { return None };
                let row = person.view.ready()?.owed.iter().find(|row| row.commitment.id == id)?;
                Some((&row.commitment, row.ask.as_deref()))
            }
            Layer::List(list) => list.owed_at_hand(),
            _ => None,
        }
    }

    /// That bank holidays are not known up to a due time, where that is so.
    pub fn beyond_calendar(&self, owed: &Commitment) -> Option<String> {
        told::beyond_calendar(&owed.rule)
    }

    /// What is asked about, if it may be.
    pub(super) fn may_ask_why(&self) -> Result<&Commitment, Reason> {
        let at_hand = self.owed_at_hand();
        let (owed, ask) = at_hand.ok_or_else(|| Reason(words::NOTHING_OWED_AT_HAND.to_owned()))?;
        ask.map_or(Ok(owed), |whom| Err(Reason(restricted(whom))))
    }

    /// What whoever is signed in may say they have seen.
    pub(super) fn may_acknowledge(&self) -> Result<&Commitment, Reason> {
        if self.you.is_none() {
            return Err(Reason(crate::domain::words::app::NOBODY_SIGNED_IN.to_owned()));
        }
        self.may(Grant::Read)?;
        let owed = self.may_ask_why()?;
        if owed.progress.is_open() { Ok(owed) } else { Err(Reason(words::SETTLED.to_owned())) }
    }

    pub(super) fn ask_why(&mut self, out: &mut Vec<Effect>) {
        let Ok(owed) = self.may_ask_why() else { return };
        let (case, id) = (owed.case, owed.id.clone());
        let request = self.ask();
        self.asked.insert(request, None);
        out.push(Effect::ReadWhy(request, case, id));
    }

    pub(super) fn show_why(&mut self, why: &Why) {
        let lines = told::lines(why, &self.editions, self.zone);
        self.show_message(actions::title(ActionId::WhyThisTime), &lines.join("\n"));
    }

    /// Puts on record that it was seen by whoever is signed in. The bell is silent about it for them alone.
    pub(super) fn acknowledge(&mut self, out: &mut Vec<Effect>) {
        let Ok(owed) = self.may_acknowledge() else { return };
        let (case, what) = (owed.case, owed.id.clone());
        let batch = self.acknowledgement(case, vec![what]);
        self.append_aside(batch, After::Acknowledged, out);
    }

    fn acknowledgement(&mut self, case: crate::domain::ids::CaseId, what: Vec<CommitmentId>) -> Batch {
        let id = EntryId(self.fresh_id());
        Batch { entries: vec![one(self, id, Some(case), Act::Acknowledge { what })], ..Batch::default() }
    }

    /// What the footer says of it.
    pub(super) fn says_acknowledged(&mut self) {
        let back = self.now + self.editions.clocks().comes_back;
        self.says(&words::acknowledged(&display::short(back, self.now, self.zone)));
    }
}
