//! Evidence packs from the screen: what can be made of what is at hand, and how far the one has come that is being made.
//! Putting it together is left to the packing thread ([`Effect::MakePack`]).

use chrono::Datelike;

use super::layer::{Choice, ChoiceItem, Chosen, Layer, Message, NO_KEY};
use super::msg::{Effect, Failure};
use super::{App, Notice};
use crate::domain::ids::CaseId;
use crate::domain::pack::{About, Form, Making, PackAsked};
use crate::domain::permission::{Grant, Reason};
use crate::domain::views::CaseView;
use crate::domain::words::pack;

/// Something that can be made: what it is called, and what is asked for.
pub(super) type Way = (&'static str, Making);

impl App {
    /// What can be made of what is on screen: of a case, a person, an organisation, the time of the measures; of the dashboard
    /// what happened in this month or the last.
    pub(super) fn may_pack(&self) -> Result<Vec<Way>, Reason> {
        self.may(Grant::Export)?;
        if self.is_packing() {
            return Err(Reason(pack::ONE_AT_A_TIME.to_owned()));
        }
        let ways = match self.under() {
            Layer::Person(person) => Some(ways(About::Person(person.id))),
            Layer::Case(case) => case.view.ready().map(|view| self.ways_of_case(view)),
            Layer::Measures(measures) => {
                let report = measures.report()?;
                let time = PackAsked { about: About::Period, ..report.clone() };
                Some(vec![page(pack::OF_MEASURES, report), page(pack::OF_THAT_TIME, time)])
            }
            Layer::Board(_) => Some(self.ways_of_months()),
            _ => None,
        };
        ways.ok_or_else(|| Reason(pack::NOTHING_AT_HAND.to_owned()))
    }

    fn ways_of_months(&self) -> Vec<Way> {
        let today = self.zone.day(self.now);
        let first = today.with_day(1).unwrap_or(today);
        let before = first.pred_opt().unwrap_or(first);
        let of = |from, until| PackAsked { from, until, ..PackAsked::whole(About::Period) };
        vec![
            page(pack::OF_THIS_MONTH, of(Some(first), Some(today))),
            page(pack::OF_LAST_MONTH, of(before.with_day(1), Some(before))),
        ]
    }

    /// Of an arrangement with an organisation also what can be made of that organisation.
    fn ways_of_case(&self, view: &CaseView) -> Vec<Way> {
        let (edition, id) = (self.editions.current(), view.state.id);
        let pathway = edition.pathway(&view.state.pathway);
        let mut all = ways(pathway.map_or(About::Case(id), |pathway| pathway.pack_of(id)));
        let register = pathway.and_then(|pathway| edition.pathway(pathway.subject.as_deref()?));
        let is_of_organisation = register.is_some_and(|register| register.is_of_organisations());
        if let Some(organisation) = view.state.subject.filter(|_| is_of_organisation) {
            all.extend(ways(About::Provider(organisation)));
        }
        all
    }

    /// Asks which, or whether otherwise: in another form, of another time, for somebody outside.
    pub(super) fn offer_packs(&mut self, ways: Vec<Way>) {
        let packs: Vec<&PackAsked> = ways.iter().filter_map(|(_, making)| asked(making)).collect();
        let only = match packs.as_slice() {
            [one] => Some((*one).clone()),
            _ => None,
        };
        let mut items: Vec<ChoiceItem> = ways
            .into_iter()
            .zip('1'..='9')
            .map(|((label, making), key)| item(key, label, Chosen::Pack(making)))
            .collect();
        items.push(item('o', pack::OTHERWISE, Chosen::PackOtherwise(only)));
        if matches!(self.under(), Layer::Board(_)) {
            items.push(item('r', pack::REGISTRATION, Chosen::Registration));
        }
        self.layers.push(Layer::Choice(Choice::of(pack::WHICH_PACK.to_owned(), items)));
    }

    /// Asks which of the packs at hand is to be made otherwise.
    pub(super) fn offer_otherwise(&mut self) {
        let Ok(ways) = self.may_pack() else { return };
        let packs = ways.into_iter().filter_map(|(label, making)| Some((label, asked(&making)?.clone())));
        let one = |((label, asked), key)| item(key, label, Chosen::PackOtherwise(Some(asked)));
        let items = packs.zip('1'..='9').map(one).collect();
        self.layers.push(Layer::Choice(Choice::of(pack::WHICH_OTHERWISE.to_owned(), items)));
    }

    /// Asks for which pathway; whoever wants to know how the office works wants one of them, not several hundred pages.
    pub(super) fn offer_registration(&mut self) {
        let edition = self.editions.current();
        let all = item(NO_KEY, pack::REGISTRATION_WHOLE, Chosen::Pack(Making::Registration(None)));
        let mut pathways: Vec<(String, String)> =
            edition.pathways.values().map(|one| (one.title.clone(), one.id.clone())).collect();
        pathways.sort_unstable();
        let one = |(title, id): (String, String)| {
            item(NO_KEY, &title, Chosen::Pack(Making::Registration(Some(id))))
        };
        let items = std::iter::once(all).chain(pathways.into_iter().map(one)).collect();
        self.layers.push(Layer::Choice(Choice::narrowing(pack::REGISTRATION_OF.to_owned(), items)));
    }

    /// Begins to put it together.
    pub(super) fn make_pack(&mut self, making: Making, out: &mut Vec<Effect>) {
        let waits = Message::new(pack::TITLE, pack::GATHERING);
        self.layers.push(Layer::Message(Message { packing: Some((0, 0)), ..waits }));
        out.push(Effect::MakePack(making));
    }

    /// Whether a pack is being put together.
    pub(super) fn is_packing(&self) -> bool {
        self.layers.iter().any(|layer| matches!(layer, Layer::Message(said) if said.packing.is_some()))
    }

    /// Whether it has the keys.
    pub(super) fn is_packing_on_top(&self) -> bool {
        matches!(self.top(), Layer::Message(said) if said.packing.is_some())
    }

    /// How far the pack has come that is being put together.
    pub(super) fn packing(&mut self, done: usize, all: usize) {
        for layer in &mut self.layers {
            if let Layer::Message(said) = layer
                && said.packing.is_some()
            {
                said.packing = Some((done, all));
            }
        }
    }

    /// It is written, was stopped, or could not be made.
    pub(super) fn packed(&mut self, answer: Result<Option<String>, Failure>) {
        self.layers.retain(|layer| !matches!(layer, Layer::Message(said) if said.packing.is_some()));
        match answer {
            Ok(said) => self.says(said.as_deref().unwrap_or(pack::STOPPED)),
            Err(why) => self.notice = Some(Notice::Failed(why)),
        }
    }
}

/// A pack as a page.
fn page(label: &'static str, asked: PackAsked) -> Way {
    (label, Making::Pack(asked, Form::Html))
}

/// What is asked of it, where it is a pack.
fn asked(making: &Making) -> Option<&PackAsked> {
    match making {
        Making::Pack(asked, _) => Some(asked),
        _ => None,
    }
}

fn item(key: char, label: &str, does: Chosen) -> ChoiceItem {
    ChoiceItem { key, label: label.to_owned(), blocked: None, does }
}

/// What can be made about something, the pack first.
fn ways(about: About) -> Vec<Way> {
    let pack = |label| page(label, PackAsked::whole(about));
    match about {
        About::Person(person) => vec![
            pack(pack::OF_PERSON),
            (pack::LIST_FOR_PERSON, Making::Passages(person)),
            (pack::COPY_FOR_PERSON, Making::Copy(person)),
        ],
        About::Provider(id) => vec![pack(pack::OF_ORGANISATION), scorecard(id)],
        About::Scorecard(id) => vec![scorecard(id)],
        About::Case(_) | About::Period => vec![pack(pack::OF_CASE)],
        About::Governance => vec![pack(pack::OF_MEASURES)],
    }
}

fn scorecard(organisation: CaseId) -> Way {
    page(pack::CARD_OF_ORGANISATION, PackAsked::whole(About::Scorecard(organisation)))
}
