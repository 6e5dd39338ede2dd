//! Beginning another case: from the case at hand or from something owed in it, about a record, or from nothing. What its
//! form takes over is left to [`crate::pathway::prefill::origin`].

use std::collections::BTreeSet;
use std::sync::Arc;

use super::begin::LOCATIONS;
use super::case::{Begin, BeginWhat, Item};
use super::layer::{Choice, ChoiceItem, Chosen, Layer, NO_KEY, Place};
use super::list::{ListLayer, ListRowId, Rows};
use super::msg::Effect;
use super::on_call::ROTA;
use super::pick::{ORGANISATIONS, PEOPLE};
use super::signing::STAFF;
use super::{ActionId, App, Part};
use crate::domain::commitment::Commitment;
use crate::domain::ids::{CaseId, CommitmentId};
use crate::domain::owning::Owned;
use crate::domain::permission::Reason;
use crate::domain::views::{CaseRow, CaseView, RecordRow};
use crate::domain::words::app as words;
use crate::domain::words::store::restricted;
use crate::form::{Opening, opening};
use crate::pathway::definition::{Does, LATE, Pathway, Step};
use crate::pathway::prefill::origin::Origin;

/// From where a case is begun: named in a choice, looked up again once it is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whence {
    /// The case on top, and what is owed in it where that is the reason.
    Case(Option<CommitmentId>),
    /// The record at hand, or whoever the case on top is about: without a case.
    Record,
    /// Nothing.
    Nothing,
    /// Nothing, though this was at hand: the kind of case is not about it, and its form says so.
    Not(Box<Whence>),
}

impl Whence {
    /// Not from this.
    fn not(&self) -> Self {
        match self {
            Whence::Nothing | Whence::Not(_) => self.clone(),
            Whence::Case(_) | Whence::Record => Whence::Not(Box::new(self.clone())),
        }
    }
}

/// What is at hand to begin from.
enum AtHand {
    /// A case that is read first, if it is not on top.
    Case(CaseId, Option<CommitmentId>),
    /// The case or record on top.
    Top(Whence),
    /// A record that may not be seen; whom to ask.
    Shut(String),
}

/// Why a pathway stands first among those that can be begun.
enum First {
    /// It is begun from what is late: this.
    Late(String),
    /// It is mostly begun from there.
    Often,
}

impl First {
    fn says(&self, title: &str) -> String {
        match self {
            First::Late(what) => words::for_what_is_late(title, what),
            First::Often => title.to_owned(),
        }
    }
}

impl App {
    /// Asks which case is to be begun from what is at hand; a case that was not read yet is read first.
    pub(super) fn begin_another(&mut self, out: &mut Vec<Effect>) {
        match self.to_begin_from() {
            AtHand::Case(case, on) => {
                let begin = Begin { what: BeginWhat::Another, on, afresh: false, also: Vec::new() };
                self.open_case(case, Some(begin), out);
            }
            AtHand::Top(whence) => self.offer_another(whence),
            AtHand::Shut(whom) => self.says(&restricted(&whom)),
        }
    }

    fn to_begin_from(&self) -> AtHand {
        match self.top() {
            Layer::Case(case) => {
                let on = case.owed.clone().filter(|_| case.part == Part::Owed);
                AtHand::Top(if self.is_register() { Whence::Record } else { Whence::Case(on) })
            }
            Layer::Person(person) => match (person.at_hand_item(), person.at_hand()) {
                (Some(Item::Owed(owed)), Some(case)) => AtHand::Case(case, Some(owed)),
                (Some(Item::Case(case)), _) => AtHand::Case(case, None),
                _ => AtHand::Top(Whence::Record),
            },
            Layer::List(list) => self.row_to_begin_from(list),
            _ => match self.row_at_hand() {
                Some((case, on)) => AtHand::Case(case, on),
                None => AtHand::Top(Whence::Nothing),
            },
        }
    }

    fn row_to_begin_from(&self, list: &ListLayer) -> AtHand {
        if let Some(row) = self.selected_mine() {
            return match (&row.ask, &row.what) {
                (Some(whom), _) => AtHand::Shut(whom.clone()),
                (None, Owned::Owed(id)) => AtHand::Case(row.case, Some(id.clone())),
                (None, Owned::Case) => AtHand::Case(row.case, None),
            };
        }
        match (list.at_hand(), list.selection()) {
            (Some((case, on)), _) => AtHand::Case(case, on),
            (None, Some(ListRowId::Record(_))) => AtHand::Top(Whence::Record),
            (None, Some(ListRowId::Case(case))) => AtHand::Case(case, None),
            _ => AtHand::Top(Whence::Nothing),
        }
    }

    /// Asks which pathway, those first that are mostly begun from there; then those that are begun otherwise, and why.
    pub(super) fn offer_another(&mut self, whence: Whence) {
        let origin = self.origin(&whence);
        let from = self.speaks_of(&whence);
        let all = self.editions.current().pathways.values();
        let may = all.filter(|pathway| self.may_begin_another(pathway, &origin).is_ok());
        let ranked = may.map(|pathway| (self.is_first(pathway, from.as_ref(), &origin), pathway));
        let mut offered: Vec<(Option<First>, &Arc<Pathway>)> =
            ranked.filter(|(first, pathway)| first.is_some() || fits(pathway, from.as_ref())).collect();
        offered.sort_by_cached_key(|(first, one)| {
            let late = matches!(first, Some(First::Late(_)));
            let often = first.is_some();
            // What is late wants its answer; then the few that are mostly begun, each always under its own digit. Whoever
            // may be harmed stands before whatever else is mostly begun from there.
            let digit = (one.begin_key.is_none(), one.begin_key);
            (!late, digit, !often, !one.escalates, !one.urgent, one.title.clone())
        });
        if offered.is_empty() {
            self.says(words::NOTHING_TO_BEGIN);
            return;
        }
        let here: BTreeSet<&str> = offered.iter().map(|(_, one)| one.id.as_str()).collect();
        let elsewhere = self.begun_otherwise(&here, &whence, &origin);
        let item = |(first, pathway): (Option<First>, &Arc<Pathway>)| ChoiceItem {
            key: pathway.begin_key.unwrap_or(NO_KEY),
            label: first.map_or_else(|| pathway.title.clone(), |first| first.says(&pathway.title)),
            blocked: None,
            does: Chosen::Another { pathway: pathway.id.clone(), whence: whence.clone() },
        };
        let mut items: Vec<ChoiceItem> = offered.into_iter().map(item).collect();
        if let (Whence::Case(_), Some((_, named))) = (&whence, origin.records.first()) {
            items.push(ChoiceItem {
                key: '0',
                label: words::another_alone(&named.words),
                blocked: None,
                does: Chosen::AnotherFrom(Whence::Record),
            });
        }
        items.extend(elsewhere);
        let title = words::which_another(&origin.words);
        self.layers.push(Layer::Choice(Choice::narrowing(title, items)));
    }

    /// Whatever is not begun from what is at hand, so that nobody looks for a name in vain: what is about somebody of another
    /// register, from nothing; what others begin, and who; what has a list of its own, and where that is.
    fn begun_otherwise(&self, here: &BTreeSet<&str>, whence: &Whence, origin: &Origin) -> Vec<ChoiceItem> {
        let all = self.editions.current().pathways.values().filter(|one| !here.contains(one.id.as_str()));
        let item = |pathway: &Arc<Pathway>| {
            let blocked = match (self.list_of(&pathway.id), pathway.register) {
                (Some(where_it_is), _) => Some(where_it_is),
                (None, true) => return None,
                (None, false) => self.may_begin_another(pathway, origin).err(),
            };
            let label = match &blocked {
                Some(_) => pathway.title.clone(),
                None => words::by_itself(&pathway.title),
            };
            let whence = if blocked.is_none() { whence.not() } else { whence.clone() };
            let does = Chosen::Another { pathway: pathway.id.clone(), whence };
            Some(ChoiceItem { key: NO_KEY, label, blocked, does })
        };
        let mut items: Vec<ChoiceItem> = all.filter_map(item).collect();
        items.sort_by_cached_key(|item| (item.blocked.is_some(), item.label.clone()));
        items
    }

    /// Where the records of a register are begun: the keys that lead there.
    fn list_of(&self, register: &str) -> Option<Reason> {
        let list = match register {
            PEOPLE => ActionId::People,
            ORGANISATIONS => ActionId::Organisations,
            STAFF => ActionId::Staff,
            LOCATIONS => ActionId::Locations,
            ROTA => ActionId::OnCall,
            _ => return None,
        };
        let list = self.keymap.key_for(Place::Board, list)?;
        let adds = self.keymap.key_for(Place::List, ActionId::Add)?;
        Some(Reason(words::in_its_list(list, adds)))
    }

    /// The kinds of case that can be begun: for the palette, by name.
    pub(super) fn kinds_to_begin(&self) -> Vec<(String, String)> {
        let nothing = Origin::default();
        let all = self.editions.current().pathways.values();
        let may = all.filter(|pathway| self.may_begin_another(pathway, &nothing).is_ok());
        may.map(|pathway| (pathway.id.clone(), pathway.title.clone())).collect()
    }

    /// Begins a case of this kind from the case or person on top, where it can be about them; from a list or the dashboard
    /// from nothing, because whoever names it looks at no row.
    pub(super) fn begin_kind(&mut self, pathway: &str, out: &mut Vec<Effect>) {
        let whence = self.whence_on_top();
        let from = self.speaks_of(&whence);
        let kind = self.editions.current().pathways.get(pathway);
        let whence = if kind.is_some_and(|kind| fits(kind, from.as_ref())) { whence } else { whence.not() };
        self.begin_pathway(pathway, &whence, out);
    }

    fn whence_on_top(&self) -> Whence {
        match self.under() {
            Layer::Case(_) if self.is_register() => Whence::Record,
            Layer::Case(_) => Whence::Case(None),
            Layer::Person(_) => Whence::Record,
            _ => Whence::Nothing,
        }
    }

    /// Opens the form that begins a case of this pathway, with what it takes over.
    pub(super) fn begin_pathway(&mut self, pathway: &str, whence: &Whence, out: &mut Vec<Effect>) {
        let origin = self.origin(whence);
        let Some(pathway) = self.editions.current().pathways.get(pathway).cloned() else { return };
        let Some(step) = pathway.opening().map(|step| step.id.clone()) else { return };
        let place = origin.case.as_ref().and_then(|(case, _)| case.location);
        let with = self.blank_opening(pathway, &step, place);
        if let Some(mut form) = opening(Opening { origin: Some(origin), ..with }) {
            if let Whence::Not(at_hand) = whence {
                form.draft.not_from = self.origin(at_hand).not_from();
            }
            form.say_whom();
            self.push_form(form, out);
        }
    }

    /// Whether the case on top is of a kind that turns into an urgent one: that is begun from it by definition.
    pub(super) fn turns_urgent(&self) -> bool {
        let Layer::Case(case) = self.under() else { return false };
        let Some(view) = case.view.ready() else { return false };
        let from_here = |of: &String| *of == view.state.pathway;
        let pathways = &self.editions.current().pathways;
        pathways.with(|head| head.urgent && head.begun_from.iter().any(from_here)).next().is_some()
    }

    /// Whether anything can be begun here at all.
    pub(super) fn may_begin_any(&self) -> Result<(), Reason> {
        let nothing = Origin::default();
        let pathways = &self.editions.current().pathways;
        // Those that a start has read already come first.
        match pathways
            .with(|head| head.urgent)
            .chain(pathways.values())
            .any(|pathway| self.may_begin_another(pathway, &nothing).is_ok())
        {
            true => Ok(()),
            false => Err(Reason(words::NOTHING_TO_BEGIN.to_owned())),
        }
    }

    /// What is said of something owed by somebody outside that is late: the key that begins what follows from it.
    /// `None` where it is not late, or nothing is begun from that, or that was begun from its case and is still open, or is
    /// its case: `own` is its pathway, `linked` are those of the open cases that it is linked with.
    pub fn late_begins(&self, owed: &Commitment, own: &str, linked: &[String]) -> Option<String> {
        let key = self.keymap.key_for(self.under().place(), ActionId::BeginAnother)?;
        if !self.is_late_outside(owed) {
            return None;
        }
        let nothing = Origin::default();
        let pathways =
            self.editions.current().pathways.with(|head| head.begun_from.iter().any(|from| from == LATE));
        let begun = pathways.filter(|pathway| pathway.id != own && !linked.contains(&pathway.id));
        let begun = begun.filter(|pathway| self.may_begin_another(pathway, &nothing).is_ok());
        let titles: Vec<&str> = begun.map(|pathway| pathway.title.as_str()).collect();
        if titles.is_empty() {
            return None;
        }
        // Until somebody has asked for it since, nobody has said what the wait means.
        let asked = owed.last_chased.is_some_and(|at| at >= owed.due);
        let chases = self.chases(owed, own).filter(|_| !asked);
        Some(match chases {
            Some((chase, verb)) => words::late_asks(chase, verb, key, &titles),
            None => words::late_begins(key, &titles),
        })
    }

    /// The key of the step that asks for something again, and its verb: a pathway may have a new date and no chase.
    fn chases(&self, owed: &Commitment, own: &str) -> Option<(char, &str)> {
        let rows = owed.opened_in.as_ref()?;
        let pathway = self.editions.current().pathway(own)?;
        let chases = |step: &&Step| step.does == Some(Does::Supersede) && step.on.contains(rows);
        let step = pathway.steps.iter().filter(|step| !step.retired).find(chases)?;
        Some((step.key?, &step.verb))
    }

    /// Opens the case that the one on top is linked with; asks which, where there are several.
    pub(super) fn open_linked(&mut self, out: &mut Vec<Effect>) {
        let linked = self.linked();
        if let [only] = linked.as_slice() {
            return self.open_case(only.id, None, out);
        }
        let item = |(row, key): (CaseRow, char)| ChoiceItem {
            key,
            label: words::linked_case(&row.reference, &row.kind, row.headline.as_deref()),
            blocked: None,
            does: Chosen::Open(row.id),
        };
        let keys = ('1'..='9').chain('a'..='z');
        let items = linked.into_iter().zip(keys).map(item).collect();
        self.layers.push(Layer::Choice(Choice::of(words::WHICH_LINKED.to_owned(), items)));
    }

    /// The cases that the one on top is linked with and that may be seen.
    pub(super) fn linked(&self) -> Vec<CaseRow> {
        let Layer::Case(case) = self.under() else { return Vec::new() };
        let Some(view) = case.view.ready() else { return Vec::new() };
        view.others.iter().filter(|row| view.state.links.contains(&row.id)).cloned().collect()
    }

    fn is_late_outside(&self, owed: &Commitment) -> bool {
        let open = owed.progress.is_open() && owed.obligor.is_outside();
        open && self.editions.clocks().state(owed, self.now).is_late()
    }

    fn may_begin_another(&self, pathway: &Pathway, origin: &Origin) -> Result<(), Reason> {
        let opening = pathway.opening().filter(|_| !pathway.register);
        let Some(step) = opening else { return Err(Reason(words::NO_CALL_FORM.to_owned())) };
        self.may_record(step, origin.case.as_ref().map(|(case, _)| &**case))
    }

    /// Why a pathway stands first here: it says that it is begun from what is late, or from here.
    fn is_first(&self, pathway: &Pathway, from: Option<&Arc<Pathway>>, origin: &Origin) -> Option<First> {
        let late = origin.owed().filter(|owed| self.is_late_outside(owed));
        if let Some(owed) = late.filter(|_| pathway.is_begun_from(LATE)) {
            return Some(First::Late(owed.what.clone()));
        }
        from.filter(|from| pathway.is_begun_from(&from.id)).map(|_| First::Often)
    }

    /// The pathway or register of what it is begun from.
    fn speaks_of(&self, whence: &Whence) -> Option<Arc<Pathway>> {
        let id = match (whence, self.under()) {
            (Whence::Nothing | Whence::Not(_), _) => return None,
            (_, Layer::Case(case)) => {
                let state = &case.view.ready()?.state;
                let pathway = self.editions.current().pathways.get(&state.pathway)?;
                match whence {
                    Whence::Record => pathway.speaks_of()?.to_owned(),
                    _ => return Some(pathway.clone()),
                }
            }
            (_, Layer::Person(person)) => person.view.ready()?.record.register.clone(),
            (_, Layer::List(list)) => selected_record(list)?.register.clone(),
            _ => return None,
        };
        self.editions.current().pathways.get(&id).cloned()
    }

    /// What is taken over from there, as it stands on the layer on top.
    fn origin(&self, whence: &Whence) -> Origin {
        let in_case = |view: &CaseView| {
            let pathway = self.editions.current().pathways.get(&view.state.pathway)?;
            Some(match whence {
                Whence::Case(on) => Origin::of_case(view, pathway, on.as_ref()),
                Whence::Record | Whence::Nothing | Whence::Not(_) => Origin::about(view, pathway),
            })
        };
        let found = match (whence, self.top()) {
            (Whence::Nothing | Whence::Not(_), _) => None,
            (_, Layer::Case(layer)) => layer.view.ready().and_then(in_case),
            (_, Layer::Person(person)) => person.view.ready().map(|view| Origin::of_record(&view.record)),
            (_, Layer::List(list)) => selected_record(list).map(Origin::of_record),
            _ => None,
        };
        found.unwrap_or_default()
    }
}

/// Whether a pathway can be about what the other is about: a case of the office goes with all, and whoever is at
/// hand is not put in the place of somebody of another register.
fn fits(pathway: &Pathway, from: Option<&Arc<Pathway>>) -> bool {
    let theirs = from.and_then(|from| from.speaks_of());
    theirs.is_none() || pathway.subject.is_none() || pathway.subject.as_deref() == theirs
}

fn selected_record(list: &ListLayer) -> Option<&RecordRow> {
    let (Some(Rows::Records(page)), Some(ListRowId::Record(id))) = (list.rows.ready(), list.selection())
    else {
        return None;
    };
    page.rows.iter().find(|row| row.id == id)
}
