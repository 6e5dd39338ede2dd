//! Looking: the panes narrowed, sorted and scrolled, while another program at the same office goes on writing.

use dutydesk::app::Layer;

use super::desk::Desk;
use super::office::Office;

const BED: &str =
    "c{07700 900333}<tab>{Ines}<tab>{oakes, be}<enter>1yn{Fell beside the bed}<tab>r{what to do}<ctrl-s>";
const CUP: &str = "c{07700 900118}<tab>{WQ}<tab>{qui}<enter>yn{Cup untouched}<tab>a{what to do}<ctrl-s>";
const WOUND: &str = "c{07700 900555}<tab>{AB}<tab>{oakes, br}<enter>1yn{Dressing soaked}<tab>g{none, for information}<ctrl-s>";

/// Three calls of three risks, ten minutes apart; the first two stand there when the second desk is opened.
fn busy() -> Desk {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("shah");
    desk.keys(CUP).later(10).keys(WOUND).later(10).keys(BED).keys("<home>");
    desk
}

/// Where a text stands on the screen, counted in rows.
fn row(desk: &mut Desk, words: &str) -> usize {
    let screen = desk.screen();
    screen
        .lines()
        .position(|line| line.contains(words))
        .unwrap_or_else(|| panic!("no {words:?} on\n{screen}"))
}

#[test]
fn a_pane_is_narrowed_by_words_of_the_row_and_shows_all_again() {
    let mut desk = busy();
    desk.keys("/oakes").shows("Dressing soaked").shows("Fell beside").hides("Cup untouched");
    desk.keys(" dressing").shows("Dressing soaked").hides("Fell beside").hides("Cup untouched");
    desk.keys("<enter><tab><enter>").shows("OAKES, Brian").shows("Timeline").keys("<esc>");
    desk.shows("Dressing soaked").hides("Cup untouched");
    desk.keys("/ nothing of the kind").shows("Nothing here matches");
    desk.keys("<esc>").shows("Cup untouched").shows("Dressing soaked").shows("Fell beside");
}

#[test]
fn cases_and_unfinished_forms_are_found_by_words_of_their_rows() {
    let mut desk = busy();
    desk.keys("<f9>").shows("3 of 3");
    desk.keys("/oakes bed").shows("1 of 3").shows("Fell beside").hides("Cup untouched");
    desk.shows("F2  call").hides("c  call");
    desk.keys("<esc>").shows("c  call").keys("<esc>").shows("Cup untouched");
    desk.keys("c{07700 900444}<tab>{EF}<esc>u").shows("07700 900444");
    desk.keys("/900555").hides("07700 900444").shows("Nothing here matches");
}

#[test]
fn esc_ends_narrowing_in_a_list_and_only_then_goes_back() {
    let mut desk = busy();
    desk.keys("<f9>/oakes bed<enter>").shows("1 of 3").hides("Cup untouched");
    desk.keys("<esc>").shows("Cases").shows("3 of 3").shows("Cup untouched");
    desk.keys("<esc>").shows("Urgent calls");
}

#[test]
fn whoever_types_a_name_in_the_list_of_people_finds_them_and_begins_nothing() {
    let mut desk = busy();
    let unfinished = desk.board().drafts.len();
    for (key, typed) in [("<f5>", "clark"), ("<f5>", "abbott"), ("<f6>", "ukw"), ("<f7>", "oakes")] {
        desk.keys(key).shows("type to find").keys(typed).shows(&format!("/ {typed}"));
        assert!(matches!(desk.app.top(), Layer::List(_)), "{typed}");
        desk.keys("<esc>").hides(&format!("/ {typed}")).keys("<esc>");
        assert!(matches!(desk.app.top(), Layer::Board(_)), "{typed}");
    }
    assert_eq!(desk.board().drafts.len(), unfinished, "no form was begun");
    // What begins no name means what it means everywhere; letters are keys again among the rows.
    desk.keys("<f5>/theresa<enter><enter>").shows("999 000 0018").keys("<esc><esc><esc>");
    desk.keys("<f5>").hides("a  add").shows(":  command").keys(":").shows("Commands").keys("<esc>");
    desk.keys("<down>").hides("type to find").shows("a  add").shows("/  find").keys("a").shows("New person");
    desk.keys("<esc><esc>");
    assert!(matches!(desk.app.top(), Layer::Board(_)));
}

#[test]
fn what_narrowed_a_pane_or_a_list_is_had_again_by_an_arrow_up() {
    let mut desk = busy();
    desk.keys("/oakes<esc>").shows("Cup untouched").keys("/").shows("↑ brings back \"oakes\"").keys("<up>");
    desk.shows("/ oakes").hides("Cup untouched").keys("<esc>").shows("Cup untouched");
    desk.keys("<f9>/oakes bed<esc><esc>").keys("<f9>/<up>").shows("1 of 3").shows("/ oakes bed");
    // It is one memory, whatever was looked for last.
    desk.keys("<esc><esc><ctrl-f>").shows("↑ brings back \"oakes bed\"").keys("<esc>");
    desk.keys("/").keys("<down>").hides("type to find").goes_home();
    // Nobody else is shown what somebody looked for.
    desk.sign_in("okafor")
        .keys("/")
        .shows("type to find")
        .hides("brings back")
        .keys("<up>")
        .hides("oakes bed");
}

#[test]
fn what_was_looked_for_among_people_is_no_word_of_another_register() {
    let mut desk = busy();
    desk.keys("<f5>oakes<esc>").shows("↑ brings back \"oakes\"").keys("<esc>");
    desk.keys("<f6>").shows("type to find").hides("brings back").keys("<up>").hides("oakes").keys("<esc>");
    desk.keys("<f7>shah<esc><esc>").keys("<f5><up>").shows("/ oakes").keys("<esc><esc>");
    desk.keys("/").hides("brings back").keys("<esc><ctrl-f>").hides("brings back").keys("<esc>");
    // Nobody else is shown what somebody looked for.
    desk.sign_in("okafor").keys("<f5>").shows("type to find").hides("brings back");
}

#[test]
fn after_esc_in_a_register_another_name_can_be_typed_and_begins_nothing() {
    let mut desk = busy();
    let unfinished = desk.board().drafts.len();
    desk.keys("<f5>nobody").shows("Nothing here matches").keys("<esc>").shows("type to find");
    desk.keys("clara").shows("/ clara").keys("<esc>").shows("type to find");
    // From the rows as well: first the words go, and the line has the keys again.
    desk.keys("oakes<enter>").shows("/: types here again").keys("<esc>").shows("type to find");
    desk.keys("cup").shows("/ cup").keys("<esc><esc>");
    assert!(matches!(desk.app.top(), Layer::Board(_)));
    assert_eq!(desk.board().drafts.len(), unfinished, "no call was begun");
}

#[test]
fn the_find_line_says_how_to_get_to_the_rows_and_where_there_are_none_how_to_add_one() {
    let mut desk = busy();
    let sizes = [(120, 40), (80, 24), (46, 30)];
    desk.keys("<f5>oakes");
    for (columns, rows) in sizes {
        let screen = desk.screen_of(columns, rows);
        assert!(screen.contains("enter: to the rows") && !screen.contains("enter  open"), "{screen}");
    }
    desk.keys(" nobody").shows("Nothing here matches").shows("enter, then a: adds it");
    for (columns, rows) in sizes {
        let screen = desk.screen_of(columns, rows);
        assert!(!screen.contains("to the rows") && !screen.contains("enter  open"), "{screen}");
    }
    desk.keys("<enter>").hides("enter  open").shows("a  add").keys("<esc><esc>");
    // On the dashboard too there is nothing to open where nothing is found.
    desk.shows("enter  open").keys("/oakes").shows("enter: to the rows").keys(" nobody").hides("to the rows");
    desk.keys("<enter>").hides("enter  open").keys("<esc>").shows("enter  open");
}

#[test]
fn somebody_added_after_nobody_was_found_starts_with_the_words_that_were_typed() {
    let mut desk = busy();
    desk.keys("<f5>Marlow, Edith flat 9<enter>a").shows("New person");
    assert_eq!((desk.text("name").as_str(), desk.text("room").as_str()), ("Marlow, Edith", "flat 9"));
    // It is an offer: whoever types a name has that one.
    desk.line("name").keys("{Marlowe, Edith}");
    assert_eq!(desk.text("name"), "Marlowe, Edith");
    desk.keys("<esc><esc><esc>").keys("<f6>District nurses<enter>a").shows("New organisation");
    assert_eq!(desk.text("name"), "District nurses");
    desk.keys("<esc><esc><esc>").keys("<f5><down>a").shows("New person");
    assert_eq!(desk.text("name"), "", "nothing was looked for");
}

#[test]
fn c_behind_other_letters_takes_no_call_and_an_emergency_key_opens_no_card_of_nobody_chosen() {
    let mut desk = busy();
    let unfinished = desk.board().drafts.len();
    for open in ["<f5>", "<f6>", "<f7>", "<f9>/", "/"] {
        desk.keys(open).keys("abc").shows("/ abc").keys("<backspace><backspace><backspace>c").shows("/ c");
        assert!(!desk.app.forms().any(|_| true), "{open}");
        desk.keys("<esc>").goes_home();
    }
    assert_eq!(desk.board().drafts.len(), unfinished, "no call was begun");
    desk.keys("!");
    assert!(!matches!(desk.app.top(), Layer::Board(_)), "the card of whoever is selected");
    desk.goes_home();
    for open in ["<f5>", "/"] {
        desk.keys(open).keys("!");
        assert!(matches!(desk.app.top(), Layer::List(_) | Layer::Board(_)), "no card over {open}");
        desk.shows("type to find").keys("<esc>").goes_home();
    }
}

#[test]
fn after_a_call_is_saved_the_selection_stands_on_it_wherever_it_was_before() {
    let mut desk = busy();
    desk.keys("<end>").keys(BED).keys("<enter>").shows("U-4 ").keys("<esc>");
    desk.keys("2<down><down>").keys(WOUND).keys("<enter>").shows("U-5 ").keys("<esc>");
    // What comes in from another desk takes no selection away.
    desk.beside().signed_in("brandt").keys(CUP);
    desk.hears_of_it().keys("<enter>").shows("U-5 ");
}

#[test]
fn a_form_left_unfinished_says_whose_it_is_and_so_does_the_form_that_takes_it_over() {
    let mut desk = busy();
    desk.keys("<enter>t").line("told.0.whom").keys("f<esc>").sign_in("okafor");
    desk.keys("u").shows("Who was told").shows("SHAH, Priya");
    desk.keys("t")
        .shows("Take over an unfinished form")
        .shows("Who was told · OAKES, Bernard")
        .shows("SHAH, Priya");
}

#[test]
fn a_form_that_was_taken_over_says_who_began_it_who_took_it_and_why_wherever_it_is_read() {
    let mut desk = busy();
    desk.keys("c07700 900777<tab>CD, carer<esc>").goes_home();
    desk.later(3).sign_in("okafor").keys("ut").line("why").keys("Priya went home<ctrl-s>");
    desk.line("changed").keys("Hot and shivering").saves();
    let case = desk.case("U-4");
    let [taken] = case.chronology[0].taken_over.as_slice() else { panic!("once: {:?}", case.chronology) };
    let staff = &desk.office.staff;
    assert_eq!((taken.from, taken.by), (Some(staff["coordinator"]), Some(staff["duty"])));
    desk.goes_home().keys("<home><enter>");
    desk.shows("begun by SHAH, Priya").shows("Priya went home");
}

#[test]
fn a_pane_is_sorted_by_time_by_risk_and_by_name() {
    let mut desk = busy();
    let order = |desk: &mut Desk| {
        let mut of: Vec<_> =
            ["Cup unt", "Dressing", "Fell bes"].map(|words| (row(desk, words), words)).into_iter().collect();
        of.sort_unstable();
        of.into_iter().map(|(_, words)| words).collect::<Vec<_>>()
    };
    assert_eq!(order(&mut desk), ["Fell bes", "Dressing", "Cup unt"], "newest first");
    desk.keys("s").shows("by risk · 3");
    assert_eq!(order(&mut desk), ["Fell bes", "Cup unt", "Dressing"], "red, amber, green");
    assert!(desk.screen_of(46, 30).contains("by risk"), "{}", desk.screen_of(46, 30));
    desk.keys("s").shows("by name · 3").hides("by risk");
    assert_eq!(order(&mut desk), ["Fell bes", "Dressing", "Cup unt"], "Oakes, Bernard; Oakes, Brian; Quill");
}

#[test]
fn another_programs_call_comes_in_above_and_what_is_selected_stays_selected() {
    let mut desk = busy();
    let mut other = desk.beside().signed_in("okafor");
    desk.keys("<end>").shows("QUILL, Theresa");
    desk.hides("*");
    let selected = desk.app.board().selection(dutydesk::app::Pane::Calls);

    other
        .later(1)
        .keys("c07700 900777<tab>CD<tab>oakes, br<enter>1ynHot and shivering<tab>rwhat to do")
        .saves();
    desk.hears_of_it();
    desk.shows("Hot and shivering").shows("today 4 · 4 undecided");
    assert_eq!(desk.app.board().selection(dutydesk::app::Pane::Calls), selected);
    desk.shows("\"Cup untouched\"");
    let line = row(&mut desk, "Hot and shiv");
    assert!(desk.screen().lines().nth(line).is_some_and(|line| line.contains("│*")), "{}", desk.screen());

    // Its own row is marked when the other decides it, and once a key is pressed the marks are seen.
    desk.keys("<up>").hides("*").keys("<down>");
    other.keys("<home>d");
    super::whole::decide(&mut other);
    desk.hears_of_it().shows("today 4 · 3 undecided").shows("│*");
    desk.keys("<up><down>").hides("│*");
    assert_eq!(desk.app.board().selection(dutydesk::app::Pane::Calls), selected);
}

#[test]
fn a_list_longer_than_its_pane_says_how_many_and_scrolls_with_a_bar() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("shah");
    for _ in 0..30 {
        desk.keys("c07700 900118<tab>WQ<tab>qui<enter>ynCup untouched<tab>awhat to do<ctrl-s>").later(1);
    }
    desk.keys("<home>").shows("today 30 · 30 undecided").shows("█").shows("17:11").hides("│ 16:42");
    desk.keys("2").shows("2 Open escal").shows("60");
    desk.keys("1<end>").shows("│ 16:42").hides("17:11  AMBER");
    desk.keys("<f9>").shows("30 of 30").keys("<esc>");
}

#[test]
fn what_is_called_what_was_typed_stands_before_what_only_speaks_of_it() {
    let desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("lindqvist");
    for typed in ["hand", "sign", "people", "case"] {
        let titles: Vec<String> = desk.app.commands(typed).into_iter().map(|(_, hint)| hint.title).collect();
        let says = |title: &String| title.to_lowercase().contains(typed);
        let called = titles.iter().take_while(|title| says(title)).count();
        assert!(called > 0, "{typed}: {titles:?}");
        assert!(!titles[called..].iter().any(says), "{typed}: {titles:?}");
    }
}
