//! Taking, offering, answering and leaving: what is at hand on the screen, what can be done with it and why not, and the
//! forms that ask for a word. Whether it holds is asked again of the ledger.

use super::acts::{self, After};
use super::board::Row;
use super::layer::{Choice, ChoiceItem, Chosen, Layer};
use super::list::{ListKind, ListRowId, Rows};
use super::msg::Effect;
use super::{ActionId, App, Part};
use crate::app::case::Item;
use crate::domain::act::Act;
use crate::domain::answer::{Answer, Answers};
use crate::domain::commitment::Party;
use crate::domain::entry::Batch;
use crate::domain::ids::{CaseId, EntryId, Seq};
use crate::domain::owning::{
    Holding, OfferAnswer, Offered, Owned, may_answer, may_give, may_take, may_withdraw,
};
use crate::domain::permission::Reason;
use crate::domain::views::{MineRow, OwedRow};
use crate::domain::words::owning as words;
use crate::form::Form;
use crate::form::typed::text;
use crate::pathway::definition::{Choice as Pick, Field, Kind, Step};
use crate::pathway::edition::Edition;

/// Takes what somebody else sees to, with a reason.
pub const TAKE_IT: &str = "take_it";
/// Offers to a member of staff.
pub const OFFER: &str = "offer";
/// Offers to whoever holds a role or duty.
pub const OFFER_TO_DUTY: &str = "offer_to_duty";
/// Refuses an offer.
pub const REFUSE_OFFER: &str = "refuse_offer";
/// Asks something before an offer is taken.
pub const QUERY_OFFER: &str = "query_offer";
/// Leaves to a duty.
pub const LEAVE: &str = "leave_to";

/// The lines of these forms.
const WHY: &str = "why";
const WHOM: &str = "whom";
const DUTY: &str = "duty";
const NOTE: &str = "note";
/// The path that keeps what a form is about, as JSON.
const WHAT: &str = "+what";
/// The path that keeps which offer it answers, or which refusal it names.
const ENTRY: &str = "+entry";

/// What of this can be done, in the order and with the keys in which it is offered.
pub(super) const ALL: [(char, ActionId); 8] = [
    ('y', ActionId::TakeOffer),
    ('n', ActionId::RefuseOffer),
    ('a', ActionId::QueryOffer),
    ('t', ActionId::TakeIt),
    ('o', ActionId::Offer),
    ('d', ActionId::OfferToDuty),
    ('w', ActionId::WithdrawOffer),
    ('l', ActionId::LeaveTo),
];

/// Whether an action speaks of whose something is.
pub(super) fn passes_on(action: ActionId) -> bool {
    action == ActionId::Whose || ALL.iter().any(|(_, one)| *one == action)
}

/// Something with an owner that is at hand on the screen.
#[derive(Debug, Clone)]
pub(super) struct Thing {
    case: CaseId,
    /// It, and what goes with it.
    what: Vec<Owned>,
    name: String,
    owner: Party,
    holding: Holding,
    location: Option<CaseId>,
    version: Seq,
}

impl Thing {
    fn of_owed(row: &OwedRow) -> Self {
        let owed = &row.commitment;
        Self {
            case: owed.case,
            what: vec![Owned::Owed(owed.id.clone())],
            name: owed.what.clone(),
            owner: owed.owner.clone(),
            holding: owed.holding.clone(),
            location: row.location,
            version: row.version,
        }
    }

    fn of_mine(row: &MineRow) -> Self {
        let what: Vec<Owned> = [&row.what].into_iter().chain(&row.with).cloned().collect();
        let name = match row.what {
            Owned::Case => words::case_and(&row.reference, row.with.len()),
            Owned::Owed(_) => row.words.clone(),
        };
        let (owner, holding) = (row.owner.clone(), row.holding.clone());
        Self { case: row.case, what, name, owner, holding, location: row.location, version: row.version }
    }
}

impl App {
    /// What is at hand: the selected row of a list or a pane; on a case what is selected of what is owed, otherwise the case
    /// with all in it that has the same owner.
    fn thing(&self) -> Option<Thing> {
        match self.under() {
            Layer::Board(board) => match board.row_at_hand()? {
                Row::Call(_) => None,
                Row::Owed(row) => Some(Thing::of_owed(row)),
            },
            Layer::Person(person) => {
                let Some(Item::Owed(id)) = &person.selected else { return None };
                person.view.ready()?.owed.iter().find(|row| row.commitment.id == *id).map(Thing::of_owed)
            }
            Layer::List(_) => self.selected_mine().map(Thing::of_mine),
            Layer::Case(layer) => {
                let view = layer.view.ready()?;
                let state = &view.state;
                let selected = layer.owed.clone().filter(|_| layer.part == Part::Owed).map(Owned::Owed);
                let selected = selected.filter(|what| state.holding(what).is_some());
                let what = selected.unwrap_or(Owned::Case);
                let (owner, holding) = state.holding(&what)?;
                let same = |other: &Owned| {
                    *other == what
                        || what == Owned::Case && state.holding(other).is_some_and(|(one, _)| one == owner)
                };
                let all: Vec<Owned> = state.all_owned().filter(same).collect();
                let name = match &what {
                    Owned::Case => words::case_and(&view.reference, all.len().saturating_sub(1)),
                    Owned::Owed(id) => {
                        state.commitments.iter().find(|one| one.id == *id).map(|one| one.what.clone())?
                    }
                };
                Some(Thing {
                    case: state.id,
                    what: all,
                    name,
                    owner: owner.clone(),
                    holding: holding.clone(),
                    location: state.location,
                    version: state.version,
                })
            }
            _ => None,
        }
    }

    /// The row that is selected in the list of what is yours.
    pub(crate) fn selected_mine(&self) -> Option<&MineRow> {
        let Layer::List(list) = self.under() else { return None };
        let (Some(Rows::Mine(mine)), Some(selected)) = (list.rows.ready(), list.selection()) else {
            return None;
        };
        mine.rows.iter().find(|row| ListRowId::of_mine(row) == selected)
    }

    /// Whether the list on top is that of what is yours.
    pub(super) fn lists_mine(&self) -> bool {
        matches!(self.under(), Layer::List(list) if list.kind == ListKind::Mine)
    }

    /// How many things are offered to whoever is signed in.
    pub fn offered_to_you(&self) -> u64 {
        self.board().data.ready().map_or(0, |board| board.offered)
    }

    /// Whether something of this can be done with what is at hand.
    ///
    /// # Errors
    /// The reason.
    pub(super) fn may_pass(&self, action: ActionId) -> Result<(), Reason> {
        let reason = |words: &str| Reason(words.to_owned());
        if self.you.is_none() {
            return Err(reason(words::NOBODY_TAKES));
        }
        let thing = self.thing().ok_or_else(|| reason(words::NOTHING_AT_HAND))?;
        let (roles, viewer) = (&self.editions.current().roles, self.viewer());
        let offered = || thing.holding.offered.as_ref().ok_or_else(|| reason(words::NOT_OFFERED));
        match action {
            ActionId::TakeIt if self.is_theirs(&thing) => Err(reason(words::YOURS_ALREADY)),
            ActionId::TakeIt => may_take(roles, &viewer, &thing.owner, thing.location, self.now).map(drop),
            ActionId::Offer | ActionId::OfferToDuty | ActionId::LeaveTo => {
                may_give(roles, &viewer, &thing.owner, thing.location)
            }
            ActionId::TakeOffer | ActionId::RefuseOffer | ActionId::QueryOffer => {
                may_answer(roles, &viewer, offered()?, thing.location)
            }
            ActionId::WithdrawOffer => may_withdraw(roles, &viewer, &thing.owner, offered()?, thing.location),
            _ => Ok(()),
        }
    }

    fn is_theirs(&self, thing: &Thing) -> bool {
        self.you.as_ref().is_some_and(|you| thing.owner == Party::Staff(you.staff))
    }

    /// What can be done with what is at hand, each under its key; what cannot says why.
    pub(super) fn offer_passing(&mut self) {
        let Some(thing) = self.thing() else { return };
        let (mine, offered) = (self.is_theirs(&thing), thing.holding.offered.is_some());
        let speaks = |(_, action): &(char, ActionId)| match action {
            ActionId::TakeIt => !mine,
            ActionId::Offer | ActionId::OfferToDuty | ActionId::LeaveTo => true,
            _ => offered,
        };
        let items = ALL.into_iter().filter(speaks).map(|(key, action)| ChoiceItem {
            key,
            label: super::actions::title(action).to_owned(),
            blocked: self.may_pass(action).err(),
            does: Chosen::Run(action),
        });
        // What can be done stands first.
        let (can, cannot): (Vec<_>, Vec<_>) = items.partition(|item| item.blocked.is_none());
        let whole = self.is_about_one().then(|| ChoiceItem {
            key: 'c',
            label: words::WHOLE_CASE.to_owned(),
            blocked: None,
            does: Chosen::WholeCase,
        });
        let items = can.into_iter().chain(whole).chain(cannot).collect();
        self.layers.push(Layer::Choice(Choice::of(thing.name, items)));
    }

    /// Whether one thing owed is selected in a case that can be taken or offered as a whole.
    fn is_about_one(&self) -> bool {
        let Layer::Case(layer) = self.under() else { return false };
        let case = layer.view.ready().and_then(|view| view.state.holding(&Owned::Case));
        layer.part == Part::Owed && layer.owed.is_some() && case.is_some()
    }

    /// The same of the whole case below, whatever is selected in it.
    pub(super) fn offer_passing_of_case(&mut self) {
        if let Layer::Case(layer) = self.top_mut() {
            layer.part = Part::Chronology;
        }
        self.offer_passing();
    }

    /// Does it, or asks for the word that it needs.
    pub(super) fn pass(&mut self, action: ActionId, out: &mut Vec<Effect>) {
        let Some(thing) = self.thing() else { return };
        let offer = thing.holding.offered.as_ref().map(|offered: &Offered| offered.entry);
        let what = thing.what.clone();
        let (no_reason, taken) = (String::new(), OfferAnswer::Taken);
        match (action, offer) {
            (ActionId::TakeIt, _) if matches!(thing.owner, Party::Staff(_)) => {
                self.passing_form(TAKE_IT, &thing, None, out);
            }
            (ActionId::TakeIt, _) => {
                self.passes(&thing, Act::Take { what, reason: no_reason, handover: None }, words::TAKEN, out);
            }
            (ActionId::TakeOffer, Some(offer)) => {
                let act = Act::AnswerOffer { offer, answer: taken, reason: no_reason };
                self.passes(&thing, act, words::TAKEN, out);
            }
            (ActionId::WithdrawOffer, Some(offer)) => {
                let act = Act::WithdrawOffer { offer, reason: no_reason };
                self.passes(&thing, act, words::WITHDRAWN, out);
            }
            (ActionId::RefuseOffer, Some(_)) => self.passing_form(REFUSE_OFFER, &thing, offer, out),
            (ActionId::QueryOffer, Some(_)) => self.passing_form(QUERY_OFFER, &thing, offer, out),
            (ActionId::Offer, _) => self.passing_form(OFFER, &thing, None, out),
            (ActionId::OfferToDuty, _) => self.passing_form(OFFER_TO_DUTY, &thing, None, out),
            (ActionId::LeaveTo, _) => {
                let refusal = thing.holding.refused.as_ref().map(|word| word.entry);
                self.passing_form(LEAVE, &thing, refusal, out);
            }
            _ => {}
        }
    }

    fn passes(&mut self, thing: &Thing, act: Act, says: &'static str, out: &mut Vec<Effect>) {
        let id = EntryId(self.fresh_id());
        let entry = acts::one(self, id, Some(thing.case), act);
        let seen = vec![(thing.case, thing.version)];
        self.append_aside(
            Batch { entries: vec![entry], seen, ..Batch::default() },
            After::Says(says.to_owned()),
            out,
        );
    }

    fn passing_form(&mut self, step: &str, thing: &Thing, entry: Option<EntryId>, out: &mut Vec<Effect>) {
        let Some(mut form) = self.begin_act(step, None) else { return };
        let Ok(what) = serde_json::to_string(&thing.what) else { return };
        form.draft.case = Some(thing.case);
        form.draft.seen = Some(thing.version);
        form.draft.about.clone_from(&thing.name);
        form.draft.text.insert(WHAT.to_owned(), what);
        if let Some(entry) = entry {
            form.draft.text.insert(ENTRY.to_owned(), entry.to_string());
        }
        self.push_form(form, out);
    }
}

/// The forms.
pub(super) fn steps(edition: &Edition) -> Vec<Step> {
    let why = |label: &str, help: &str| acts::field(WHY, label, help, Kind::Notes);
    let note = || Field::plain(NOTE, words::NOTE, Kind::Notes).with_help(words::NOTE_HELP);
    let staff = Kind::Record { register: "staff".to_owned(), on_the_spot: false };
    let duty = || acts::field(DUTY, words::TO_DUTY, "", Kind::Choice(duties(edition)));
    let whom = acts::field(WHOM, words::TO_WHOM, words::TO_WHOM_HELP, staff);
    vec![
        acts::step(TAKE_IT, words::TAKE_FORM, words::TAKE_FORM_HELP, vec![why(words::REASON, "")]),
        acts::step(OFFER, words::OFFER_FORM, words::OFFER_FORM_HELP, vec![whom, note()]),
        acts::step(OFFER_TO_DUTY, words::OFFER_FORM, words::OFFER_FORM_HELP, vec![duty(), note()]),
        acts::step(REFUSE_OFFER, words::REFUSE_FORM, words::REFUSE_FORM_HELP, vec![why(words::REASON, "")]),
        acts::step(QUERY_OFFER, words::QUERY_FORM, words::QUERY_FORM_HELP, vec![why(words::QUESTION, "")]),
        acts::step(LEAVE, words::LEAVE_FORM, words::LEAVE_FORM_HELP, vec![duty(), why(words::REASON, "")]),
    ]
}

/// Duties and then roles, each under its first free letter.
fn duties(edition: &Edition) -> Vec<Pick> {
    let roles = &edition.roles;
    let duties = roles.duties.iter().map(|(id, duty)| (id, &duty.title));
    let all = duties.chain(roles.roles.iter().map(|(id, role)| (id, &role.title)));
    acts::keyed(all)
}

/// What one of these forms puts into the record; `None` for any other form, and where what it needs is not there.
pub(super) fn act(form: &Form, answers: &Answers) -> Option<Act> {
    let said = |id: &str| match answers.get(id) {
        Some(Answer::Text(text) | Answer::Choice(text)) => text.clone(),
        _ => String::new(),
    };
    let what: Vec<Owned> = serde_json::from_str(text(&form.draft.text, WHAT)).ok()?;
    let entry = || text(&form.draft.text, ENTRY).parse().ok();
    let reason = said(WHY);
    let offered = |to| Act::Offer { what: what.clone(), to, handover: None, note: said(NOTE) };
    Some(match form.step.id.as_str() {
        TAKE_IT => Act::Take { what, reason, handover: None },
        OFFER => match answers.get(WHOM) {
            Some(Answer::Named(named)) => offered(Party::Staff(named.id?)),
            _ => return None,
        },
        OFFER_TO_DUTY => offered(Party::Role(said(DUTY))),
        REFUSE_OFFER => Act::AnswerOffer { offer: entry()?, answer: OfferAnswer::Refused, reason },
        QUERY_OFFER => Act::AnswerOffer { offer: entry()?, answer: OfferAnswer::Queried, reason },
        LEAVE => Act::LeaveTo { what, duty: said(DUTY), refused: entry(), reason },
        _ => return None,
    })
}
