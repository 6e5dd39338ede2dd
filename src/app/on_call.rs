//! Who is on duty, as the screen says it: who decides now, who comes next, where nobody is planned.

use chrono::{DateTime, TimeDelta, Utc};

use super::App;
use super::acts::{self, After};
use super::case::{Begin, BeginWhat};
use super::layer::{Confirmed, Layer};
use super::list::{ListRowId, Rows};
use super::msg::Effect;
use crate::domain::answer::{Answer, Named, When};
use crate::domain::entry::{Batch, NewEntry};
use crate::domain::ids::{CaseId, EntryId};
use crate::domain::permission::{DECISION_HOLDER, Reason};
use crate::domain::rota::{Holding, OnCallRow, Slot, Span};
use crate::domain::time::display;
use crate::domain::words::rota as rota_words;
use crate::domain::words::ui as words;
use crate::pathway::definition::{Means, Pathway, Step};

/// The register of slots.
pub const ROTA: &str = "rota";

/// Who holds the decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decides {
    /// Their name, and why it is them where they stand in; that nobody does.
    pub who: String,
    /// Nobody is planned: it is shown as something that wants attention.
    pub gap: bool,
    /// When it passes on by the rota next, and to whom.
    pub next: Option<(DateTime<Utc>, String)>,
}

impl App {
    /// Who holds the decision now, everywhere. `None` before the dashboard was read, and where nobody may be named.
    pub fn decides(&self) -> Option<Decides> {
        let board = self.board().data.ready().filter(|board| !board.sealed)?;
        let rota = &board.rota;
        let title = |actor: &str| rota.roles.short(actor).to_owned();
        let said = |holding: Option<Holding>| match holding {
            Some(held) => match &held.stands_in {
                Some(by) if by == DECISION_HOLDER => rota_words::decides_still(rota.name(held.staff)),
                Some(by) => rota_words::decides_instead(rota.name(held.staff), &title(by)),
                None => rota.name(held.staff).to_owned(),
            },
            None => words::NOBODY_DECIDES.to_owned(),
        };
        let holder = rota.holder(DECISION_HOLDER, None, self.now);
        let is_gap = holder.as_ref().is_none_or(|held| held.stands_in.is_some());
        let gap = is_gap && rota.keeps(DECISION_HOLDER);
        let next = rota.next(DECISION_HOLDER, None, self.now).map(|(at, holding)| (at, said(holding)));
        Some(Decides { who: said(holder), gap, next })
    }

    /// The duties that a member of staff holds now, everywhere, in words; empty where they hold none.
    pub fn duties_of(&self, staff: CaseId) -> String {
        let rota = self.rota();
        let held = rota.roles.duties.iter().filter(|(id, _)| rota.holds(staff, id, None, self.now));
        held.map(|(_, duty)| duty.title.as_str()).collect::<Vec<_>>().join(", ")
    }

    /// The next gap of the rota that begins within the hours of which the office wants to be warned, in words.
    pub fn gap_ahead(&self) -> Option<String> {
        let rota = self.rota();
        let within = TimeDelta::hours(rota.roles.warned_hours());
        // That nobody is planned to decide now is said where it is said who decides.
        let is_said =
            |gap: &Span| gap.post.0 == DECISION_HOLDER && gap.post.1.is_none() && gap.from <= self.now;
        let gap = rota.gaps(self.now, self.now + within).into_iter().find(|gap| !is_said(gap))?;
        let place = gap.post.1.and_then(|place| rota.places.get(&place)).map_or("", String::as_str);
        let duty = rota_words::duty_at(rota.roles.title(&gap.post.0), place);
        let at = if gap.from <= self.now {
            rota_words::NOW.to_owned()
        } else {
            display::short(gap.from, self.now, self.zone)
        };
        Some(rota_words::gap_ahead(&at, &duty))
    }

    /// The row selected in the list of who is on call.
    fn on_call_row(&self) -> Option<&OnCallRow> {
        let Layer::List(list) = self.under() else { return None };
        let (Some(Rows::OnCall(listed)), Some(ListRowId::OnCall(at))) = (list.rows.ready(), list.selection())
        else {
            return None;
        };
        listed.rows.get(at)
    }

    /// The slot selected there.
    pub(super) fn slot_at_hand(&self) -> Option<CaseId> {
        self.on_call_row()?.slot
    }

    /// The duty selected there, where it is one.
    pub(super) fn duty_at_hand(&self) -> Option<String> {
        let row = self.on_call_row()?;
        self.rota().roles.duties.contains_key(&row.duty).then(|| row.duty.clone())
    }

    fn rota_pathway(&self) -> Option<&Pathway> {
        self.editions.current().pathways.get(ROTA).map(|rota| &**rota)
    }

    /// Whether the selected slot can be swapped by whoever is signed in.
    pub(super) fn may_swap(&self) -> Result<(), Reason> {
        if self.slot_at_hand().is_none() {
            return Err(Reason(rota_words::NO_SLOT.to_owned()));
        }
        let no_swap = || Reason(rota_words::NO_SWAP.to_owned());
        let swap = self.rota_pathway().and_then(swap).ok_or_else(no_swap)?;
        self.may_record(swap, None)
    }

    /// Whether whoever is signed in may plan.
    pub(super) fn may_plan(&self) -> Result<(), Reason> {
        let plan = self.rota_pathway().and_then(Pathway::opening);
        plan.map_or(Ok(()), |step| self.may_record(step, None))
    }

    pub(super) fn begin_swap(&mut self, out: &mut Vec<Effect>) {
        let Some(slot) = self.slot_at_hand() else { return };
        let Some(swap) = self.rota_pathway().and_then(swap) else { return };
        let what = BeginWhat::Step(swap.id.clone());
        self.open_case(slot, Some(Begin { what, on: None, afresh: false, also: Vec::new() }), out);
    }

    /// Says what would be planned again before it is.
    pub(super) fn ask_next_week(&mut self) {
        let again = self.rota().next_week(self.zone);
        let (Some(first), Some(last)) =
            (again.iter().map(|slot| slot.from).min(), again.iter().map(|slot| slot.until).max())
        else {
            self.says(rota_words::NOTHING_TO_REPEAT);
            return;
        };
        let [first, last] = [first, last].map(|at| display::weekday_stamp(at, self.zone));
        let words = rota_words::next_week(again.len(), &first, &last);
        self.confirm(rota_words::NEXT_WEEK_TITLE, &words, Confirmed::SameNextWeek);
    }

    /// Plans it.
    pub(super) fn plan_next_week(&mut self, out: &mut Vec<Effect>) {
        let again = self.rota().next_week(self.zone);
        let entries: Vec<NewEntry> = again.iter().filter_map(|slot| self.planned(slot)).collect();
        if entries.is_empty() {
            self.says(rota_words::NOTHING_TO_REPEAT);
            return;
        }
        let batch = Batch { entries, ..Batch::default() };
        self.append_aside(batch, After::Says(rota_words::PLANNED_AGAIN.to_owned()), out);
    }

    /// A slot as the step that plans it.
    fn planned(&mut self, slot: &Slot) -> Option<NewEntry> {
        let id = EntryId(self.fresh_id());
        let rota = self.rota();
        let named = |id, words: &str| Answer::Named(Named { id: Some(id), words: words.to_owned() });
        let place = slot.place.map(|place| named(place, rota.places.get(&place).map_or("", String::as_str)));
        let meant = [
            (Means::Duty, Some(Answer::Choice(slot.duty.clone()))),
            (Means::OnDuty, Some(named(slot.staff, rota.name(slot.staff)))),
            (Means::Place, place),
            (Means::SlotFrom, Some(Answer::Time(When::exact(slot.from)))),
            (Means::SlotUntil, Some(Answer::Time(When::exact(slot.until)))),
            (Means::Phone, slot.phone.clone().map(Answer::Text)),
        ];
        acts::record(self, self.editions.current(), id, ROTA, |step| {
            let answered = |(means, answer): &(Means, Option<Answer>)| {
                Some((step.meaning(*means)?.id.clone(), answer.clone()?))
            };
            Some(meant.iter().filter_map(answered).collect())
        })
    }
}

/// The step by which somebody else takes a slot: it says who is on duty and leaves the duty as it is.
fn swap(rota: &Pathway) -> Option<&Step> {
    let swaps = |step: &&Step| {
        !step.opens && step.meaning(Means::OnDuty).is_some() && step.meaning(Means::Duty).is_none()
    };
    rota.steps.iter().find(swaps)
}
