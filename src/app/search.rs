//! Search over everything, from any screen and over any form: what is typed, what was found, what is selected.
//!
//! Standing among what was found is no look at anybody's record; opening one is, as one that was searched to.

use super::filter::ANYWHERE;
use super::layer::{Layer, step_in};
use super::load::{Asked, Load};
use super::msg::{Effect, Failure};
use super::{App, Part};
use crate::domain::access::How;
use crate::domain::ids::CaseId;
use crate::domain::names::search::query_tokens;
use crate::domain::search::{Found, Hit, Results, Why};
use crate::domain::words::app as words;
use crate::form::text_box::{Lines, TextBox};

/// At most so many of each kind are shown: whoever wants to see further types a word more.
const OF_EACH_KIND: u32 = 20;

/// A search on screen.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchLayer {
    /// What is typed.
    pub query: TextBox,
    /// What was found for what was typed then.
    pub found: Load<Results>,
    /// Whether what is typed was answered.
    pub asked: Asked,
    /// What is selected.
    pub selected: Option<CaseId>,
    /// The words that were looked for in what was found, to be marked in it.
    pub words: Vec<String>,
    /// What was typed in the search before this one; empty where there was none.
    pub before: String,
    /// Enter was pressed before anything was found: what is selected is then opened.
    pub(super) open_when_found: bool,
}

impl SearchLayer {
    /// A search in which nothing is typed yet.
    pub fn new() -> Self {
        Self {
            query: TextBox::new(Lines::One),
            found: Load::Ready(Results::default()),
            asked: Asked::default(),
            selected: None,
            words: Vec::new(),
            before: String::new(),
            open_when_found: false,
        }
    }

    /// Whether anything was typed that can be looked for.
    pub fn asks(&self) -> bool {
        !query_tokens(self.query.text()).is_empty()
    }

    /// The question for what is typed.
    pub(super) fn ask(&self) -> Effect {
        Effect::Search {
            request: self.asked.last(),
            text: self.query.text().to_owned(),
            of_each_kind: OF_EACH_KIND,
        }
    }

    /// Takes what was found. Whether what is selected is to be opened.
    pub(super) fn take(&mut self, answer: Result<Results, Failure>) -> (Option<Failure>, bool) {
        self.asked.answer();
        // What may no longer be read, or by whoever sits here now, does not stay.
        let failed = answer.as_ref().err().cloned();
        self.found = answer.map_or_else(Load::Failed, Load::Ready);
        self.words = query_tokens(self.query.text());
        self.selected = step_in(&self.ids(), self.selected.as_ref(), 0);
        let opens = std::mem::take(&mut self.open_when_found);
        (failed, opens && self.selected.is_some())
    }

    pub(super) fn step(&mut self, by: isize) {
        self.selected = step_in(&self.ids(), self.selected.as_ref(), by);
    }

    fn ids(&self) -> Vec<CaseId> {
        self.found.ready().into_iter().flat_map(Results::hits).map(Hit::id).collect()
    }

    fn hit(&self) -> Option<&Hit> {
        self.found.ready()?.hits().find(|hit| Some(hit.id()) == self.selected)
    }
}

impl Default for SearchLayer {
    fn default() -> Self {
        Self::new()
    }
}

impl App {
    /// Opens the search over whatever is on screen.
    pub(super) fn open_search(&mut self) {
        let before = self.searched.get(ANYWHERE).cloned().unwrap_or_default();
        self.layers.push(Layer::Search(SearchLayer { before, ..SearchLayer::new() }));
    }

    /// The arrow up where nothing is typed brings back what was typed in the search before. Whether it did.
    pub(super) fn brings_back(&mut self, out: &mut Vec<Effect>) -> bool {
        let Layer::Search(search) = self.top_mut() else { return false };
        if !search.query.is_empty() || search.before.is_empty() {
            return false;
        }
        let before = search.before.clone();
        let _ = search.query.set_text(&before);
        self.search_again(out);
        true
    }

    /// Looks again after the words were changed. Where nothing is left to look for, nothing is found.
    pub(super) fn search_again(&mut self, out: &mut Vec<Effect>) {
        let request = self.ask();
        let Layer::Search(search) = self.top_mut() else { return };
        search.asked.again(request);
        search.open_when_found = false;
        if search.asks() {
            // What stands there stays until the answer comes, so that nothing flickers.
            search.selected = None;
            out.push(search.ask());
        } else {
            search.asked.answer();
            search.found = Load::Ready(Results::default());
            search.selected = None;
        }
    }

    /// Enter in the search: opens what is selected, where a word says why it was found the entry with it.
    pub(super) fn open_found(&mut self, out: &mut Vec<Effect>) {
        let Layer::Search(search) = self.top_mut() else { return };
        let Some(hit) = search.hit().cloned() else {
            search.open_when_found = search.asked.waits();
            if !search.asked.waits() {
                self.says(words::NOTHING_FOUND_TO_OPEN);
            }
            return;
        };
        // Whoever comes back from what was found looks for the next: its first letter replaces these words.
        search.query = std::mem::take(&mut search.query).all_selected();
        match &hit.found {
            Found::Record(row) => self.open_record(&row.register, row.id, out),
            Found::Case(row) => self.open_case(row.id, None, out),
        }
        match (self.top_mut(), &hit.why) {
            (Layer::Person(person), _) => person.how = How::Search,
            (Layer::Case(case), why) => {
                case.how = How::Search;
                if let Why::Said { entry, .. } = why {
                    (case.part, case.entry, case.opened) = (Part::Chronology, Some(*entry), true);
                }
            }
            _ => {}
        }
    }
}
