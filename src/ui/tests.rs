//! Screens held as drawings: an office of pretend people at three sizes and in mono, and every layer at every size.

mod lists;
mod measures;
mod office;
mod over;
mod signs;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use super::paper::Paper;
use super::sight::Sight;
use super::theme::Theme;
use super::view::View;
use crate::app::apart::{Apart, Asks};
use crate::app::board::BoardLayer;
use crate::app::layer::{Choice, ChoiceItem, Chosen, Confirm, Confirmed, Help, Message, Palette};
use crate::app::list::{ListKind, ListLayer, Rows};
use crate::app::picker::{PickFor, Picker};
use crate::app::search::SearchLayer;
use crate::app::signing::{Purpose, SecretLayer, Stage};
use crate::app::{App, Layer, Load, Notice, Pane, PersonLayer, Request};
use crate::domain::look::{Look, Looks, Meaning};
use crate::domain::names::search::query_tokens;
use crate::domain::permission::Reason;
use crate::domain::search::Results;
use crate::domain::views::{Board, Finds, Page};
use crate::form::text_box::{Lines, TextBox};
use crate::settings::themes;
use office::{app, board, case, case_without_labels, face, found, now, person, quill, similar_quill, zone};

const SIZES: [(u16, u16); 3] = [(120, 40), (80, 24), (46, 30)];

fn theme() -> Theme {
    Theme::new(themes::built_in("dark").expect("dark is built in"))
}

/// The screen as text, with the cursor's place under it.
fn screen(app: &App, width: u16, height: u16) -> String {
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
    let (_, cursor) = super::draw(&mut buffer, app, &mut View::default(), &theme());
    let cursor = cursor.unwrap_or_default();
    format!("{}\ncursor {},{}", text(&buffer), cursor.x, cursor.y)
}

fn text(buffer: &Buffer) -> String {
    let width = usize::from(buffer.area.width);
    let rows = buffer.content.chunks(width.max(1));
    let lines =
        rows.map(|row| row.iter().map(|cell| cell.symbol()).collect::<String>().trim_end().to_owned());
    lines.collect::<Vec<_>>().join("\n")
}

fn with(layer: Layer) -> App {
    let mut app = app();
    app.layers.push(layer);
    app
}

fn form_screen(width: u16, height: u16) -> String {
    let theme = theme();
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
    let mut paper = Paper::new(&mut buffer, &theme);
    draw_form(&mut paper);
    let cursor = paper.cursor();
    format!("{}\ncursor {cursor:?}", text(&buffer))
}

fn draw_form(paper: &mut Paper<'_>) {
    let theme = paper.theme;
    let sight = Sight {
        now: now(),
        zone: zone(),
        theme,
        clocks: crate::pathway::clocks::shipped(),
        ring: &|_, _| None,
        on_duty: &|_| String::new(),
        asks_whom: &|_| true,
        signed: None,
    };
    let seen = super::form::Seen {
        face: &face(),
        kept_at: Some(now()),
        unkept: false,
        saving: false,
        failure: None,
        refused: None,
        mark: "",
        focused: true,
    };
    super::form::draw(paper, paper.area(), &mut View::default(), &sight, &seen);
}

#[test]
fn the_dashboard_at_three_sizes() {
    for (width, height) in SIZES {
        insta::assert_snapshot!(format!("board_{width}x{height}"), screen(&app(), width, height));
    }
}

#[test]
fn a_case_at_three_sizes() {
    for (width, height) in SIZES {
        insta::assert_snapshot!(format!("case_{width}x{height}"), screen(&with(case()), width, height));
    }
}

#[test]
fn a_case_says_that_an_entry_is_shown_without_its_labels() {
    for (width, height) in SIZES {
        let said = "One entry is shown without its labels";
        assert!(screen(&with(case_without_labels()), width, height).contains(said), "{width}x{height}");
        assert!(!screen(&with(case()), width, height).contains("without its labels"));
    }
}

#[test]
fn a_form_at_three_sizes() {
    for (width, height) in SIZES {
        insta::assert_snapshot!(format!("form_{width}x{height}"), form_screen(width, height));
    }
}

/// A search for these words that found this.
fn search(typed: &str, found: Results) -> Layer {
    let mut layer = SearchLayer::new();
    layer.query = TextBox::holding(Lines::One, typed);
    layer.words = query_tokens(typed);
    layer.selected = found.hits().next().map(|hit| hit.id());
    layer.found = Load::Ready(found);
    Layer::Search(layer)
}

#[test]
fn a_search_at_three_sizes() {
    for (width, height) in SIZES {
        let searched = with(search("quill rouse", found()));
        insta::assert_snapshot!(format!("search_{width}x{height}"), screen(&searched, width, height));
    }
}

#[test]
fn a_search_says_what_to_do_before_anything_is_typed_and_where_nothing_is_found() {
    let (before, nothing) = (search("", Results::default()), search("zzz", Results::default()));
    insta::assert_snapshot!("search_before_46x30", screen(&with(before), 46, 30));
    insta::assert_snapshot!("search_nothing_80x24", screen(&with(nothing), 80, 24));
}

#[test]
fn the_welcome_at_three_sizes() {
    for (width, height) in SIZES {
        insta::assert_snapshot!(
            format!("welcome_{width}x{height}"),
            screen(&with(Layer::Welcome), width, height)
        );
    }
}

/// The dashboard as the mono theme draws it.
fn mono(width: u16, height: u16) -> Buffer {
    let theme = Theme::new(themes::built_in("mono").expect("mono is built in"));
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
    super::draw(&mut buffer, &app(), &mut View::default(), &theme);
    buffer
}

#[test]
fn the_dashboard_in_mono_says_in_weight_what_others_say_in_colour() {
    let buffer = &mono(80, 24);
    insta::assert_snapshot!("board_mono_80x24", format!("{}\n\n{}", text(buffer), weights(buffer)));
}

/// Which cells stand out: reverse, underlined, bold, dim, italic.
fn weights(buffer: &Buffer) -> String {
    let marks = [
        (Modifier::REVERSED, "r"),
        (Modifier::UNDERLINED, "u"),
        (Modifier::BOLD, "b"),
        (Modifier::DIM, "d"),
        (Modifier::ITALIC, "i"),
    ];
    let mark =
        |modifier: Modifier| marks.iter().find(|(one, _)| modifier.contains(*one)).map_or(" ", |(_, m)| m);
    let rows = buffer.content.chunks(usize::from(buffer.area.width).max(1));
    let lines = rows.map(|row| row.iter().map(|cell| mark(cell.modifier)).collect::<String>());
    lines.map(|line| line.trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

#[test]
fn an_office_without_a_call_says_so_in_each_pane() {
    let app = with_board(|board| {
        *board = Board { office: board.office.clone(), ..Board::default() };
    });
    for (width, height) in SIZES {
        insta::assert_snapshot!(format!("empty_{width}x{height}"), screen(&app, width, height));
    }
}

#[test]
fn before_anybody_signs_in_the_cursor_stands_on_the_first_key() {
    let app = with_board(|board| {
        *board = Board { office: board.office.clone(), sealed: true, ..Board::default() };
    });
    insta::assert_snapshot!("sealed_80x24", screen(&app, 80, 24));
}

/// The office as it stands once somebody pressed the key that locks.
fn locked() -> App {
    let mut app = app();
    app.update(crate::app::Msg::KeyPressed("f12".parse().expect("a key")));
    app
}

#[test]
fn a_locked_screen_at_three_sizes() {
    for (width, height) in SIZES {
        insta::assert_snapshot!(format!("locked_{width}x{height}"), screen(&locked(), width, height));
    }
}

#[test]
fn a_pin_is_asked_for_at_three_sizes_and_shown_as_dots() {
    let name = Some("SHAH, P.".to_owned());
    let mut asked = SecretLayer::new(quill().id, name, Purpose::SignIn, Stage::Known);
    "481516".chars().for_each(|c| asked.typed.push(c));
    for (width, height) in SIZES {
        let mut app = locked();
        app.layers.push(Layer::Secret(asked.clone()));
        let said = screen(&app, width, height);
        assert!(!said.contains("481516"), "{said}");
        insta::assert_snapshot!(format!("sign_in_{width}x{height}"), said);
    }
}

#[test]
fn no_dashboard_cuts_a_clock() {
    for width in 46..=200 {
        for pane in Pane::ALL {
            let mut app = app();
            if let Some(Layer::Board(layer)) = app.layers.first_mut() {
                layer.pane = pane;
            }
            let said = screen(&app, width, 40);
            for cut in ["late…", "late 1…", "by 2…", "in 3…", "undecided…", "undecided 2…"] {
                assert!(!said.contains(cut), "{cut} at {width}:\n{said}");
            }
            if pane == Pane::Escalations {
                assert!(said.contains("late 14m"), "at {width}:\n{said}");
            }
        }
    }
}

#[test]
fn what_is_said_at_the_foot_gives_way_to_the_next_key() {
    let mut app = app();
    app.notice = Some(Notice::Says("OKAFOR, A. is here".to_owned()));
    for (width, height) in SIZES {
        let said = screen(&app, width, height);
        assert!(said.contains("OKAFOR, A. is here") && said.contains("help"), "{said}");
    }
    app.update(crate::app::Msg::KeyPressed("down".parse().expect("a key")));
    assert!(!screen(&app, 120, 40).contains("is here"));
    app.notice = Some(Notice::Failed("the disk is full".to_owned()));
    app.update(crate::app::Msg::KeyPressed("up".parse().expect("a key")));
    assert!(
        screen(&app, 120, 40).contains("the disk is full"),
        "what failed stays until there is other news"
    );
}

#[test]
fn what_is_said_at_the_foot_is_read_whole_at_every_size() {
    let mut app = app();
    let said = "Registered Manager's review: Nobody has decided yet; there is nothing to review";
    app.notice = Some(Notice::Says(said.to_owned()));
    for (width, height) in SIZES {
        let screen = screen(&app, width, height);
        let foot: Vec<&str> = screen.lines().skip(usize::from(height) - 5).collect();
        let foot = foot.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(foot.contains(said), "{width}x{height}: {foot}");
    }
}

fn with_board(change: impl FnOnce(&mut Board)) -> App {
    let mut app = app();
    let mut rows = board();
    change(&mut rows);
    if let Some(Layer::Board(layer)) = app.layers.first_mut() {
        layer.data = Load::Ready(rows.into());
    }
    app
}

#[test]
fn before_there_is_an_office_the_header_names_nobody() {
    let mut app = with_board(|board| *board = Board::default());
    app.you = None;
    app.layers.push(Layer::Welcome);
    let said = screen(&app, 80, 24);
    assert!(said.contains("office not set up yet") && said.contains("21:04 GMT"), "{said}");
    assert!(!said.contains("nobody") && !said.contains("in the record"), "{said}");
}

#[test]
fn boxes_stand_over_the_screen() {
    for (name, layer) in boxes() {
        insta::assert_snapshot!(format!("box_{name}"), screen(&with(layer), 80, 24));
    }
}

#[test]
fn in_mono_the_selection_and_what_is_late_stand_out_without_any_colour() {
    let buffer = &mono(120, 40);
    for cell in &buffer.content {
        assert_eq!((cell.fg, cell.bg), Default::default(), "mono names no colour");
    }
    let said = text(buffer);
    let row = said.lines().position(|line| line.contains("│ 21:02")).expect("the call stands in its pane");
    let place = Rect::new(3, u16::try_from(row).expect("a small screen"), 1, 1);
    assert!(
        buffer[(place.x, place.y)].modifier.contains(Modifier::REVERSED),
        "the selection is a reverse bar"
    );
    assert!(said.contains("late 14m") && said.contains("RED"), "what is late and red says so in words");
}

#[test]
fn training_stands_on_every_screen_of_a_training_office() {
    for layer in every_layer() {
        for (width, height) in SIZES {
            assert!(screen(&with(layer.clone()), width, height).contains("TRAINING"));
        }
    }
}

#[test]
fn who_decides_and_who_is_signed_in_stand_at_the_head_before_what_is_uncovered() {
    let mut app = app();
    let data = Load::Ready(Board { uncovered: 12, ..board() }.into());
    app.layers = vec![Layer::Board(BoardLayer { data, ..BoardLayer::default() })];
    for width in [80, 84, 88] {
        let drawn = screen(&app, width, 24);
        let head = drawn.lines().next().expect("a head");
        for said in ["TRAINING", "decides A. OKAFOR", "you P. SHAH", "21-Nov 21:04"] {
            assert!(head.contains(said), "{said} at {width}: {head}");
        }
    }
}

#[test]
fn no_size_ends_the_program_on_any_layer() {
    let theme = theme();
    let layers: Vec<App> = every_layer().into_iter().map(with).chain([app()]).collect();
    for width in [1, 2, 5, 12, 39, 40, 46, 59, 60, 80, 99, 100, 120, 200] {
        for height in [1, 2, 3, 11, 12, 13, 18, 20, 24, 26, 40, 60] {
            for app in &layers {
                let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
                super::draw(&mut buffer, app, &mut View::default(), &theme);
            }
            let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
            draw_form(&mut Paper::new(&mut buffer, &theme));
        }
    }
}

#[test]
fn the_call_form_opens_with_one_key_and_shows_its_cursor() {
    let mut app = app();
    app.update(crate::app::Msg::IdsSupplied((1..9).map(uuid::Uuid::from_u128).collect()));
    app.update(crate::app::Msg::KeyPressed("f2".parse().expect("a key")));
    for (width, height) in SIZES {
        insta::assert_snapshot!(format!("call_{width}x{height}"), screen(&app, width, height));
    }
}

#[test]
fn a_window_too_small_says_so_and_nothing_else() {
    let said = screen(&app(), 39, 11);
    assert!(said.contains("too small"));
    assert!(!said.contains("QUILL"));
    // What one needs to know is said in full, however narrow it is.
    let narrow = screen(&app(), 30, 11);
    let narrow = narrow.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        narrow.contains("too small: at least 40 by 12. Make it larger. Nothing typed is lost. q leaves."),
        "{narrow}"
    );
}

#[test]
fn a_hostile_name_reaches_no_cell() {
    let app = with_board(|board| {
        for call in &mut board.calls.rows {
            call.facts.headline = Some("a\u{1b}]0;x\u{7}b\u{202e}c\u{9b}31m".to_owned());
        }
    });
    let said = screen(&app, 120, 40);
    assert!(!said.contains(['\u{1b}', '\u{7}', '\u{202e}', '\u{9b}']));
}

#[test]
fn a_row_that_changed_is_marked_until_a_key_is_pressed() {
    let mut app = app();
    let changed = board().calls.rows.get(1).map(|row| row.case).expect("there are several calls");
    if let Some(Layer::Board(layer)) = app.layers.first_mut() {
        layer.changed.insert(changed);
    }
    assert!(screen(&app, 120, 40).contains("│*20:31"));
}

#[test]
fn a_theme_gives_what_it_is_asked_for() {
    let mut looks = Looks::plain();
    looks.set(Meaning::Late, Look { bold: true, ..Look::default() });
    let theme = Theme::new(looks);
    assert!(theme.style(Meaning::Late).add_modifier.contains(Modifier::BOLD));
    assert!(!theme.style(Meaning::Soon).add_modifier.contains(Modifier::BOLD));
}

#[test]
fn the_locations_at_three_sizes() {
    let mut list = ListLayer::new(ListKind::Locations, Request(1));
    list.rows = Load::Ready(Rows::Locations(lists::locations()));
    for (width, height) in SIZES {
        let seen = with(Layer::List(list.clone()));
        insta::assert_snapshot!(format!("locations_{width}x{height}"), screen(&seen, width, height));
    }
}

#[test]
fn who_is_on_call_at_three_sizes() {
    let mut list = ListLayer::new(ListKind::OnCall, Request(1));
    list.rows = Load::Ready(Rows::OnCall(lists::on_call()));
    for (width, height) in SIZES {
        let seen = with(Layer::List(list.clone()));
        insta::assert_snapshot!(format!("on_call_{width}x{height}"), screen(&seen, width, height));
    }
}

fn every_layer() -> Vec<Layer> {
    let mut all = vec![Layer::Welcome, Layer::Locked, case(), person_layer()];
    all.extend([Pane::Escalations, Pane::Overdue].map(|pane| {
        let mut app = app();
        match app.layers.remove(0) {
            Layer::Board(mut layer) => {
                layer.pane = pane;
                layer.filter.typing = pane == Pane::Overdue;
                Layer::Board(layer)
            }
            other => other,
        }
    }));
    let mut list = ListLayer::new(ListKind::Records("people".to_owned()), Request(1));
    list.rows = Load::Ready(Rows::Records(Page { rows: vec![quill(), similar_quill()], total: 340 }));
    list.filter.typing = true;
    all.push(Layer::List(list));
    all.push(Layer::List(ListLayer::new(ListKind::Drafts, Request(2))));
    all.extend([search("quill rouse", found()), search("", Results::default())]);
    all.extend(boxes().into_iter().map(|(_, layer)| layer));
    all
}

fn person_layer() -> Layer {
    let mut layer = PersonLayer::new(quill().id, Request(1));
    layer.view = Load::Ready(person());
    Layer::Person(layer)
}

fn secret(mut layer: SecretLayer, change: impl FnOnce(&mut SecretLayer)) -> Layer {
    change(&mut layer);
    Layer::Secret(layer)
}

fn boxes() -> Vec<(&'static str, Layer)> {
    let purpose = PickFor::Line { path: "about".to_owned(), on_the_spot: true };
    let mut picker = Picker::new("people", purpose, "qui", Request(1));
    let page = Page { rows: vec![quill(), similar_quill()], total: 2 };
    picker.found = Load::Ready(Finds { page, nearly: Vec::new() });
    picker.selected = Some(quill().id);
    let mut warned = picker.clone();
    let of_the_name = vec![(quill(), String::new()), (similar_quill(), String::new())];
    warned.apart = Some(Apart::new(Asks::WhichOfThem, of_the_name));
    let item = |key, label: &str, blocked: Option<&str>| ChoiceItem {
        key,
        label: label.to_owned(),
        blocked: blocked.map(|why| Reason(why.to_owned())),
        does: Chosen::Open(quill().id),
    };
    vec![
        ("picker", Layer::Picker(picker)),
        ("warned", Layer::Picker(warned)),
        (
            "choice",
            Layer::Choice(Choice {
                title: "Which 01:30?".to_owned(),
                items: vec![
                    item('1', "the first, BST", None),
                    item('2', "the second, GMT", Some("it is not 01:30 GMT yet")),
                ],
                selected: 0,
                chosen: false,
                narrowed: None,
            }),
        ),
        (
            "confirm",
            Layer::Confirm(Confirm {
                title: "Leave the program?".to_owned(),
                words: "What you typed is kept. Others see that a call is unfinished.".to_owned(),
                yes: Confirmed::Quit,
            }),
        ),
        ("message", Layer::Message(Message::new("Not saved", "The disk is full."))),
        (
            "secret_returning",
            secret(SecretLayer::new(quill().id, None, Purpose::SignIn, Stage::Known), |layer| {
                layer.says =
                    Some("Not right. Try again in 4 seconds; 5 tries left before this is locked".to_owned());
            }),
        ),
        (
            "secret_given",
            Layer::Secret(SecretLayer::new(
                quill().id,
                Some("BRANDT, Ines".to_owned()),
                Purpose::Give,
                Stage::New,
            )),
        ),
        (
            "secret_checking",
            secret(
                SecretLayer::new(quill().id, Some("SHAH, P.".to_owned()), Purpose::SignIn, Stage::Known),
                |layer| layer.checking = Some(Request(7)),
            ),
        ),
        ("help", Layer::Help(Help { of: crate::app::Place::Board, top: 0 })),
        ("palette", Layer::Palette(Palette::default())),
    ]
}

/// The dashboard's rows about two people who share a name, and about one whose long allergy stands before DNACPR.
fn namesakes(pane: Pane) -> App {
    let mut app = app();
    let born = |day| chrono::NaiveDate::from_ymd_opt(1950, 2, day);
    let named = |day: u32| crate::domain::views::RecordRow {
        born: born(day),
        short: format!("OAKES, Bernard b. {day:02}-Feb-1950"),
        alerts: vec![
            "Allergies: penicillin, twice in hospital for it, carries two pens; latex; nuts: rash".to_owned(),
            "DNACPR".to_owned(),
        ],
        ..office::person_record(40 + u128::from(day), "OAKES, Bernard", "OAKES, B.")
    };
    let Some(Layer::Board(layer)) = app.layers.first_mut() else { panic!("a dashboard") };
    let mut rows = board();
    rows.calls.rows[0].subject = Some(named(1));
    rows.calls.rows[1].subject = Some(named(10));
    rows.escalations.rows[0].subject = Some(named(1));
    rows.escalations.rows[1].subject = Some(named(10));
    layer.data = Load::Ready(rows.into());
    layer.pane = pane;
    app
}

#[test]
fn two_people_of_one_name_are_told_apart_in_every_pane_at_every_size() {
    for pane in [Pane::Calls, Pane::Escalations] {
        for (width, height) in SIZES {
            let screen = screen(&namesakes(pane), width, height);
            for born in ["01-Feb-1950", "10-Feb-1950"] {
                assert!(screen.contains(born), "{born} in {pane:?} at {width}x{height}:\n{screen}");
            }
            // Nor does a name take the place of where the call stands.
            let stands = pane != Pane::Calls || screen.contains("undecided 2m");
            assert!(stands, "at {width}x{height}:\n{screen}");
        }
    }
}

#[test]
fn the_name_of_a_pane_stands_however_much_is_counted_in_it() {
    let mut app = app();
    let mut rows = board();
    (rows.calls_today, rows.undecided) = (120, 34);
    rows.drafts = (1..=12).map(office::unfinished).collect();
    let Some(Layer::Board(layer)) = app.layers.first_mut() else { panic!("a dashboard") };
    layer.data = Load::Ready(rows.into());
    let screen = screen(&app, 46, 30);
    assert!(screen.contains("► 1 Calls"), "{screen}");
    assert!(screen.contains("12 unfinished") && screen.contains("34 undecided"), "{screen}");
}

#[test]
fn what_everybody_must_see_first_is_never_cut_behind_a_long_allergy() {
    for pane in [Pane::Calls, Pane::Escalations] {
        for (width, height) in SIZES {
            let screen = screen(&namesakes(pane), width, height);
            assert!(screen.contains("DNACPR"), "{pane:?} at {width}x{height}:\n{screen}");
            assert!(screen.contains("penicillin"), "{pane:?} at {width}x{height}:\n{screen}");
        }
    }
}

#[test]
fn what_is_longer_than_its_room_is_cut_in_the_middle_where_its_end_tells_it_apart() {
    let name = ratatui::text::Line::from("FEATHERSTONEHAUGH, Alexandra");
    let cut = super::paper::cut_middle(&name, 20).to_string();
    assert_eq!(cut, "FEATHERSTO…Alexandra");
    assert_eq!(super::paper::cut_middle(&name, 28).to_string(), name.to_string());
    // The eighteenth is not the eighth: a date stays whole.
    let dated = ratatui::text::Line::from("FIELDING, A. 18-Jun-1936");
    assert_eq!(super::paper::cut_middle(&dated, 21).to_string(), "FIELDING,…18-Jun-1936");
}
