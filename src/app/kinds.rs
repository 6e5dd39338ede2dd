//! The list of cases by kind: one queue for each pathway, with how many of it are open.

use super::App;
use super::layer::{Choice, ChoiceItem, Chosen, Layer, NO_KEY};
use super::list::{CasesOf, ListKind, ListLayer, Rows};
use super::msg::Effect;
use crate::domain::words::app as words;

impl App {
    /// Asks which cases the list on top is to show.
    pub(super) fn offer_kinds(&mut self) {
        let Layer::List(list) = self.top() else { return };
        let Some(Rows::Cases(_, counts)) = list.rows.ready() else {
            self.says(words::STILL_READING);
            return;
        };
        let open: u64 = counts.values().map(|count| count.open).sum();
        let every = |key, label, open| (key, label, CasesOf { open, ..CasesOf::default() });
        let all =
            [every('0', words::every_open(open), true), every(NO_KEY, words::EVERY_CASE.to_owned(), false)];
        let pathways = self.editions.current().pathways.values();
        let mut kinds: Vec<_> = pathways
            .filter(|pathway| !pathway.register)
            .map(|pathway| (counts.get(&pathway.id).copied().unwrap_or_default(), pathway))
            .collect();
        // Where most is open one looks most often.
        kinds.sort_by_key(|(count, pathway)| (!pathway.urgent, count.open == 0, pathway.title.clone()));
        let kinds = kinds.into_iter().map(|(count, pathway)| {
            let label = words::kind_of_cases(&pathway.title, count.open, count.closed);
            let (id, title) = (Some(pathway.id.clone()), pathway.title.clone());
            // The digit that begins one of a kind: a key stays, however much is open. The others are found by their names.
            let key = pathway.begin_key.unwrap_or(NO_KEY);
            (key, label, CasesOf { pathway: id, open: count.open > 0, title })
        });
        let item = |(key, label, of)| ChoiceItem { key, label, blocked: None, does: Chosen::CasesOf(of) };
        // What is asked for whatever kinds there are stands first: the list of kinds may be longer than the screen.
        let items = all.into_iter().chain(kinds).map(item).collect();
        self.layers.push(Layer::Choice(Choice::narrowing(words::WHICH_CASES.to_owned(), items)));
    }

    /// Shows these cases in the list on top.
    pub(super) fn narrow_cases(&mut self, of: CasesOf, out: &mut Vec<Effect>) {
        let request = self.ask();
        if let Layer::List(list) = self.top_mut() {
            *list = ListLayer::new(ListKind::Cases(of), request);
            out.push(list.read());
        }
    }
}
