//! Search from anywhere: what is asked while words are typed, which answers count, what Enter opens and as what look.

use super::{Desk, case, evening, person};
use crate::app::msg::{Effect, Msg};
use crate::app::search::SearchLayer;
use crate::app::{Layer, Load, Part, Request};
use crate::domain::access::How;
use crate::domain::ids::EntryId;
use crate::domain::search::{Found, Group, Hit, Kind, Results, Why};
use crate::domain::views::{CaseRow, PersonView};

fn call(number: u128) -> Hit {
    let row = CaseRow {
        id: case(number),
        reference: format!("U-{number}"),
        pathway: "urgent".to_owned(),
        subject: None,
        said_of: String::new(),
        state: "open".to_owned(),
        closed: false,
        opened_at: evening(),
        headline: None,
        risk: None,
        level: None,
        owed: 0,
        kind: String::new(),
        next: None,
    };
    let why = Why::Said { entry: EntryId(case(number).0), title: String::new(), quote: Vec::new() };
    Hit { found: Found::Case(row), why }
}

fn quill() -> Hit {
    Hit { found: Found::Record(person(1, "QUILL, Theresa", "QUILL, T.", "flat 4")), why: Why::Itself }
}

fn results(people: Vec<Hit>, open: Vec<Hit>) -> Results {
    let group = |kind, hits| Group { kind, hits, more: false };
    let mut groups = vec![group(Kind::People, people), group(Kind::Open, open)];
    groups.retain(|group| !group.hits.is_empty());
    Results { groups, is_bounded: false }
}

impl Desk {
    /// The questions that searches asked, with their numbers.
    fn searches(&self) -> Vec<(Request, &str)> {
        let search = |effect: &'_ Effect| matches!(effect, Effect::Search { .. });
        let asked = self.effects.iter().filter(|effect| search(effect));
        asked
            .filter_map(|effect| match effect {
                Effect::Search { request, text, .. } => Some((*request, text.as_str())),
                _ => None,
            })
            .collect()
    }

    fn last_search(&self) -> Request {
        self.searches().last().expect("something was looked for").0
    }

    fn comes(&mut self, found: Results) -> &mut Self {
        let request = self.last_search();
        self.tell(Msg::Searched(request, Ok(found)))
    }

    fn search(&self) -> &SearchLayer {
        let Layer::Search(search) = self.app.top() else { panic!("a search is on top") };
        search
    }
}

#[test]
fn each_letter_asks_and_only_the_last_answer_counts() {
    let mut desk = Desk::new().signed_in();
    desk.keys("<ctrl-f>qu");
    let asked = desk.searches();
    assert_eq!(asked.iter().map(|(_, text)| *text).collect::<Vec<_>>(), ["q", "qu"]);
    let first = asked[0].0;
    desk.tell(Msg::Searched(first, Ok(results(Vec::new(), vec![call(7)]))));
    assert_eq!(desk.search().found, Load::Ready(Results::default()), "it comes too late");
    assert!(desk.search().asked.waits());
    desk.comes(results(vec![quill()], vec![call(8)]));
    assert!(!desk.search().asked.waits());
    assert_eq!(desk.search().selected, Some(case(1)));
    desk.keys("<down>").tell(Msg::ChangedElsewhere(9)).comes(results(vec![quill()], vec![call(9), call(8)]));
    assert_eq!(desk.search().selected, Some(case(8)), "it stays on its row");
    desk.keys("<backspace><backspace>");
    assert_eq!(desk.search().found, Load::Ready(Results::default()));
    desk.keys("<backspace>");
    assert!(matches!(desk.app.top(), Layer::Board(_)), "with nothing left to take away it steps back");
}

#[test]
fn enter_before_the_answer_opens_the_first_once_it_is_there() {
    let mut desk = Desk::new().signed_in();
    desk.keys("<ctrl-f>rouse<enter>").comes(results(Vec::new(), vec![call(7)]));
    let Layer::Case(layer) = desk.app.top() else { panic!("a case is on top") };
    assert_eq!((layer.id, layer.part, layer.entry), (case(7), Part::Chronology, Some(EntryId(case(7).0))));
    desk.keys("<esc>");
    assert_eq!(desk.search().query.text(), "rouse", "what was found is there to go back to");
    desk.keys("x").comes(Results::default()).keys("<enter>");
    desk.tell(Msg::ChangedElsewhere(3)).comes(results(Vec::new(), vec![call(7)]));
    assert!(matches!(desk.app.top(), Layer::Search(_)), "nothing was there to open, and nothing opens later");
}

#[test]
fn opening_what_was_found_is_a_look_and_standing_there_is_none() {
    let mut desk = Desk::new().signed_in();
    desk.keys("<ctrl-f>qui").comes(results(vec![quill()], Vec::new()));
    let looks = |desk: &Desk| {
        let look = |effect: &Effect| match effect {
            Effect::Looked(look) => Some((look.subject, look.how)),
            _ => None,
        };
        desk.effects.iter().filter_map(look).collect::<Vec<_>>()
    };
    assert_eq!(looks(&desk), []);
    desk.keys("<enter>");
    let Layer::Person(layer) = desk.app.top() else { panic!("a person is on top") };
    let request = layer.request;
    let record = person(1, "QUILL, Theresa", "QUILL, T.", "flat 4");
    let (cases, owed, moved, duplicates) = Default::default();
    let view = PersonView { record, cases, owed, moved, merged: None, duplicates, signs: Vec::new() };
    desk.tell(Msg::PersonRead(request, Ok(view)));
    assert_eq!(looks(&desk), [(case(1), How::Search)]);
}

#[test]
fn a_search_stands_over_a_form_and_leaves_it_as_it_was() {
    let mut desk = Desk::new().signed_in();
    desk.keys("c07700 900118<tab>WQ");
    let before = desk.app.forms().next().expect("a form").draft.text.clone();
    desk.keys("<ctrl-f>quill").comes(results(vec![quill()], Vec::new())).keys("<esc>");
    assert!(matches!(desk.app.top(), Layer::Form(_)));
    assert_eq!(desk.app.forms().next().expect("a form").draft.text, before);
}

#[test]
fn what_was_typed_in_a_search_that_was_left_is_brought_back_by_the_arrow_up() {
    let mut desk = Desk::new().signed_in();
    desk.keys("<ctrl-f>quill wound<esc><ctrl-f><up>");
    assert_eq!(desk.search().query.text(), "quill wound");
    assert_eq!(desk.searches().last().map(|(_, text)| *text), Some("quill wound"));
    // Where something is typed, or found, the arrow goes up as everywhere.
    desk.comes(results(vec![quill()], vec![call(2)])).keys("<down><up>");
    assert_eq!(desk.search().selected, Some(case(1)));
}

#[test]
fn what_may_be_read_no_longer_does_not_stay_on_the_screen() {
    let mut desk = Desk::new().signed_in();
    desk.keys("<ctrl-f>qui").comes(results(vec![quill()], Vec::new())).tell(Msg::ChangedElsewhere(4));
    let request = desk.last_search();
    desk.tell(Msg::Searched(request, Err("not for you".to_owned())));
    assert_eq!(desk.search().found, Load::Failed("not for you".to_owned()));
    assert!(desk.app.notice.is_some());
}

#[test]
fn who_may_not_read_is_told_so() {
    let mut desk = Desk::new();
    desk.keys("<ctrl-f>");
    assert!(matches!(desk.app.top(), Layer::Board(_)));
    assert!(desk.app.notice.is_some(), "the key says why it did nothing");
}
#[test]
fn whoever_comes_back_from_what_was_found_begins_another_search_with_the_first_letter() {
    let mut desk = Desk::new().signed_in();
    desk.keys("<ctrl-f>quill").comes(results(vec![quill()], Vec::new())).keys("<enter>");
    desk.keys("<esc>").keys("m");
    assert_eq!(desk.search().query.text(), "m", "what was looked for before is replaced");
    desk.keys("arsh").comes(results(vec![quill()], Vec::new())).keys("<enter><esc><end>x");
    assert_eq!(desk.search().query.text(), "marshx", "whoever moves to its end adds to it");
}

#[test]
fn a_find_line_taken_up_again_begins_anew_with_the_first_letter() {
    let mut desk = Desk::new().signed_in();
    desk.keys("/marsh<enter>/");
    assert_eq!(desk.app.board().filter.text.text(), "marsh", "it goes on narrowing until a letter is typed");
    desk.keys("okafor");
    assert_eq!(desk.app.board().filter.text.text(), "okafor");
    desk.keys("<enter>/<end> ann");
    assert_eq!(desk.app.board().filter.text.text(), "okafor ann");
}
