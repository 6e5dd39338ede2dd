//! Draws the app's state; changes nothing but the [`view::View`] that is handed in.
//!
//! ```text
//!  header
//! ╭──────────────────────────────────────────╮
//! │ the screen: dashboard, case, form, list  │   and over it at most a box: a question, a few choices,
//! ╰──────────────────────────────────────────╯   the keys, a record being looked for
//!  footer
//! ```
//!
//! Nothing here works anything out that is not about looks: words of records come from the app, times from
//! [`crate::domain::time`], and all text passes [`theme::Theme::span`], which lets no control through.

pub mod banner;
pub mod board;
pub mod boxes;
pub mod canvas;
pub mod case;
pub mod eyes;
mod footer;
pub mod form;
pub mod handover;
pub mod header;
pub mod layout;
pub mod list;
mod measures;
pub mod pane;
pub mod paper;
pub mod person;
pub mod picker;
pub mod scroll;
pub mod search;
pub mod secret;
pub mod sheet;
pub mod sight;
pub mod table;
pub mod theme;
pub mod view;
pub mod welcome;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;

use crate::app::board::Sort;
use crate::app::filter::Filter;
use crate::app::footer::{Cap, KeyHint};
use crate::app::layer::Bar;
use crate::app::{self, ActionId, App, BoardLayer, CaseLayer, FormLayer, Layer, Load, Notice, Pane};
use crate::domain::look::Meaning;
use crate::domain::time::display;
use crate::domain::views::CaseView;
use crate::domain::words::app::saving as saving_words;
use crate::domain::words::{clocks as clock_words, ui as words};
use footer::{Keys, Said};
use paper::Paper;
use sight::Sight;
use theme::Theme;
use view::{Basis, Place, Placed, View};

/// Draws the app's state into an empty buffer, and answers with where things came to stand and where the terminal's
/// own cursor belongs.
pub fn draw(buffer: &mut Buffer, app: &App, view: &mut View, theme: &Theme) -> (Placed, Option<Position>) {
    view.forget();
    let Drawn { placed, cursor, .. } = draw_over(buffer, app, view, theme);
    (placed, cursor)
}

/// What came of drawing.
struct Drawn {
    placed: Placed,
    /// Where the cursor belongs.
    cursor: Option<Position>,
    /// Which rows were drawn on.
    touched: Vec<bool>,
}

/// Draws over the picture that was drawn with this view last; what has not changed since is left as it stands.
fn draw_over(buffer: &mut Buffer, app: &App, view: &mut View, theme: &Theme) -> Drawn {
    let mut paper = Paper::new(buffer, theme);
    view.placed = Placed { text_width: view.placed.text_width, ..Placed::default() };
    screen(&mut paper, app, view);
    Drawn { placed: view.placed.clone(), cursor: paper.cursor(), touched: paper.touched() }
}

fn screen(paper: &mut Paper<'_>, app: &App, view: &mut View) {
    let area = paper.area();
    view.sits_here(app.you.as_ref().map(|you| you.staff));
    let sight = Sight {
        now: app.now,
        zone: app.zone,
        theme: paper.theme,
        clocks: app.editions.clocks(),
        ring: &|row, there| app.ring(row, there),
        on_duty: &|staff| app.duties_of(staff),
        asks_whom: &|pathway| app.is_about_somebody(pathway),
        signed: None,
    };
    if layout::too_small(area) {
        view.placed.too_small = true;
        view.forget();
        paper.clear(area);
        // However narrow it is, how large it must be is read.
        let too_small = sight.line(Meaning::Soon, words::too_small(layout::LEAST.0, layout::LEAST.1));
        let leaves = app.leaves_unseen().map(|key| key.to_string());
        let keys = sight.line(Meaning::Value, words::too_small_keys(leaves.as_deref()));
        let rows = [too_small, keys].into_iter().flat_map(|line| paper::fold(&line, area.width.max(1)));
        for (y, line) in (area.y..area.bottom()).zip(rows) {
            paper.put(area.x, y, area.width, &line);
        }
        return;
    }
    let said = notice(&sight, app);
    let mut hints = app.footer().peekable();
    let often: Vec<Cap> = std::iter::from_fn(|| hints.next_if(|cap| cap.often)).collect();
    let keys = match app.keys_count_from() {
        Some(_) => Keys::Wait,
        None => Keys::Count { often: &often, further: &mut hints },
    };
    let banners = banners(&sight, app, area);
    let page = layout::page(area, footer::further_rows(&sight, &said, &keys, area));
    let (above, body) = layout::top(page.body, u16::try_from(banners.len()).unwrap_or(0));
    paper.clear(above);
    for (y, line) in (above.y..above.bottom()).zip(&banners) {
        paper.put(above.x + 1, y, above.width.saturating_sub(2), line);
    }
    let page = layout::Page { body, ..page };
    // The screen is the topmost layer that fills it; what stands above that one are boxes over it.
    let lowest = app.layers.iter().rposition(fills_the_screen).unwrap_or(0);
    let stands = view.stands(basis(app, page.body));
    if !stands {
        head(paper, page.header, &sight, app);
        paper.clear(page.body);
    }
    for (at, layer) in app.layers.iter().enumerate().skip(lowest) {
        let on_top = at + 1 == app.layers.len();
        layer_on(paper, page.body, view, &sight, (app, layer, on_top, stands));
    }
    paper.clear(page.footer);
    footer::draw(paper, page.footer, &sight, keys, &said);
}

/// The first row of every screen.
fn head(paper: &mut Paper<'_>, area: Rect, sight: &Sight<'_>, app: &App) {
    let decides = app.decides();
    let gap = app.you.as_ref().and_then(|_| app.gap_ahead());
    let name = app.you_acting();
    let you = name.as_deref().zip(app.you.as_ref().map(|you| you.role.as_str()));
    paper.clear(area);
    header::draw(
        paper,
        area,
        sight,
        &header::Head {
            office: app.office(),
            decides: decides.as_ref(),
            you,
            not_yet: app.waiting(),
            is_shut: app.is_closed(),
            beyond: app.beyond_until(),
            for_second: app.for_second(),
            uncovered: app.uncovered(),
            tally: app.tally(),
            offered: app.offered_to_you(),
            signs: app.open_signs(),
            gap: gap.as_deref(),
        },
    );
}

/// What the dashboard is drawn from, where it is all that is drawn.
fn basis(app: &App, body: Rect) -> Option<Basis> {
    let Layer::Board(layer) = app.top() else { return None };
    let board = layer.data.ready().filter(|board| !board.sealed && board.denied.is_none())?;
    (layer.filter == Filter::default()).then(|| Basis {
        board: board.clone(),
        pane: layer.pane,
        sort: layer.sort,
        changed: layer.changed.clone(),
        now: app.now,
        zone: app.zone,
        to_ring: app.to_ring().map(|(_, line)| line),
        you: app.you.as_ref().map(|you| you.staff),
        waiting: app.waiting(),
        body,
    })
}

/// What stands under the header until it is put away, with the key that does it: folded where there is room, so that
/// nothing of it is lost on a telephone.
fn banners(sight: &Sight<'_>, app: &App, area: Rect) -> Vec<Line<'static>> {
    let key = app.keymap.key_for(app::Place::Board, ActionId::PutAway);
    let put_away = key.map(|key| clock_words::put_away(&footer::key_name(&key.to_string())));
    let width = area.width.saturating_sub(2);
    let most = if area.height >= layout::TALL { 3 } else { 1 };
    let mut lines = Vec::new();
    for said in app.banners() {
        let said = match &put_away {
            Some(put_away) => format!("{said}. {put_away}"),
            None => said,
        };
        lines.extend(paper::fold(&sight.line(Meaning::Soon, said), width));
    }
    lines.truncate(most);
    lines
}

fn fills_the_screen(layer: &Layer) -> bool {
    matches!(
        layer,
        Layer::Welcome
            | Layer::Locked
            | Layer::Board(_)
            | Layer::Case(_)
            | Layer::Person(_)
            | Layer::Form(_)
            | Layer::List(_)
            | Layer::Handover(_)
            | Layer::Sheet(_)
            | Layer::Measures(_)
            | Layer::Search(_)
    )
}

fn layer_on(
    paper: &mut Paper<'_>,
    body: Rect,
    view: &mut View,
    sight: &Sight<'_>,
    (app, layer, on_top, stands): (&App, &Layer, bool, bool),
) {
    match layer {
        Layer::Welcome => welcome::draw(paper, body, sight),
        Layer::Locked => {
            let lines = if app.is_left() { words::LOCKED } else { words::SHUT };
            welcome::page(paper, body, sight, words::LOCKED_TITLE, lines);
        }
        Layer::Secret(layer) => secret::draw(paper, body, view, sight, layer),
        Layer::Board(board) => {
            let says = app.find_line_says(layer);
            board_on(paper, body, view, sight, (app, board, &says, on_top, stands));
        }
        Layer::Case(layer) => case_on(paper, body, view, sight, (app, layer, on_top)),
        Layer::Person(layer) => person::draw(paper, body, view, sight, (layer, on_top)),
        Layer::Form(layer) => form_on(paper, body, view, sight, (app, layer, on_top)),
        Layer::List(list) => {
            let says = app.find_line_says(layer);
            list::draw(paper, body, view, sight, (list, on_top, &says));
        }
        Layer::Handover(layer) => {
            let roles = &app.editions.current().roles;
            let duty = |id: &str| roles.title(id).to_owned();
            let giver = layer.data.ready().map(|handing| handing.view.handover.giver);
            let is_giver = giver.is_some() && app.you.as_ref().map(|you| you.staff) == giver;
            let level = |label: &str| app.level_called(label);
            let seen = handover::Seen { layer, duty: &duty, level: &level, is_giver, focused: on_top };
            handover::draw(paper, body, view, sight, &seen);
        }
        Layer::Sheet(layer) => sheet::draw(paper, body, view, sight, (layer, on_top)),
        Layer::Measures(layer) => measures::draw(paper, body, view, sight, (layer, on_top)),
        Layer::Search(layer) => search::draw(paper, body, view, sight, (layer, on_top)),
        Layer::Picker(picker) => picker::draw(paper, body, view, sight, picker),
        Layer::Choice(choice) => boxes::choice(paper, body, view, sight, choice),
        Layer::Confirm(asked) => boxes::confirm(paper, body, view, sight, asked),
        Layer::Message(said) => boxes::message(paper, body, view, sight, said),
        Layer::Help(help) => boxes::help(paper, body, view, sight, &app.help(help.of), help.top),
        Layer::Palette(palette) => {
            let found: Vec<KeyHint> =
                app.commands(palette.query.text()).into_iter().map(|(_, hint)| hint).collect();
            boxes::palette(paper, body, view, sight, (&palette.query, &found, palette.selected));
        }
    }
}

fn board_on(
    paper: &mut Paper<'_>,
    body: Rect,
    view: &mut View,
    sight: &Sight<'_>,
    (app, layer, says, on_top, stands): (&App, &BoardLayer, &str, bool, bool),
) {
    let board = match &layer.data {
        Load::Ready(board) => board,
        Load::Loading => return waiting(paper, body, sight, words::LOADING),
        Load::Failed(why) => return waiting(paper, body, sight, why),
    };
    if board.sealed {
        return welcome::page(paper, body, sight, words::SEALED_TITLE, words::SEALED);
    }
    if let Some(why) = &board.denied {
        return waiting(paper, body, sight, why);
    }
    let selected = Pane::ALL.map(|pane| layer.selected_at(pane));
    let seen = board::Seen {
        board,
        calls: &layer.calls(),
        escalations: &layer.owed(Pane::Escalations),
        overdue: &layer.owed(Pane::Overdue),
        pane: layer.pane as usize,
        selected,
        sorted: layer.sort.map(|sort| match sort {
            Sort::Time => "",
            Sort::Risk => words::BY_RISK,
            Sort::Name => words::BY_NAME,
        }),
        filter: layer.filter.is_open().then_some((&layer.filter, says)),
        changed: &|case| layer.changed.contains(&case),
        late_begins: &|row| {
            let begins = || app.late_begins(&row.commitment, &row.pathway, &row.linked);
            row.ask.is_none().then(begins).flatten()
        },
        to_ring: app.to_ring().map(|(key, line)| (key.map(|key| key.to_string()).unwrap_or_default(), line)),
        no_calls: no_calls(app),
        focused: on_top,
        stands,
    };
    board::draw(paper, body, view, sight, &seen);
}

/// That there is no call, and what somebody who is new here does next.
fn no_calls(of: &App) -> String {
    let key = |action| {
        let key = of.keymap.key_for(app::Place::Board, action);
        key.map_or_else(String::new, |key| footer::key_name(&key.to_string()))
    };
    words::first_steps(
        &key(ActionId::Call),
        &key(ActionId::People),
        &key(ActionId::Organisations),
        &key(ActionId::Staff),
    )
}

fn case_on(
    paper: &mut Paper<'_>,
    body: Rect,
    view: &mut View,
    sight: &Sight<'_>,
    (app, layer, on_top): (&App, &CaseLayer, bool),
) {
    let case = match &layer.view {
        Load::Ready(case) => case,
        Load::Loading => return waiting(paper, body, sight, words::LOADING),
        Load::Failed(why) => return waiting(paper, body, sight, why),
    };
    let commitments = layer.commitments();
    let seen = case::Seen {
        view: case,
        name: app
            .own_name(&case.state)
            .map(|name| read_as(case, sight, name))
            .or_else(|| app.office_matter(&case.state)),
        standing: app.stands(case),
        commitments: &commitments,
        said: &|told| app.said(case, told),
        party: &|party| app.party(case, party),
        beyond_calendar: &|owed| app.beyond_calendar(owed),
        late_begins: &|owed| app.late_begins(owed, &case.state.pathway, &case.linked()),
        sources: &app.sources(&case.state),
        part: layer.part,
        entry: layer.entry.or(case.chronology.last().map(|told| told.entry.id)),
        opened: layer.opened,
        owed: layer.owed.as_ref().or(commitments.first().map(|owed| &owed.id)),
        other: layer.other.or(case.others.first().map(|other| other.id)),
        missing: layer.missing(&app.editions),
        without_labels: layer.without_labels(&app.editions),
        has_sources: layer.has_sources,
        has_owed: layer.has_sources || layer.owes(),
        particulars: app.particulars(&case.state),
        expected: app.expected_of(&case.state),
        focused: on_top,
    };
    case::draw(paper, body, view, sight, &seen);
}

fn form_on(
    paper: &mut Paper<'_>,
    body: Rect,
    view: &mut View,
    sight: &Sight<'_>,
    (app, layer, on_top): (&App, &FormLayer, bool),
) {
    let meanwhile = app.moved_meanwhile(layer);
    let seen = form::Seen {
        face: &app.face(layer),
        kept_at: layer.kept_at,
        unkept: layer.unkept,
        saving: layer.bar == Some(Bar::Saving),
        failure: layer.trouble(),
        refused: layer.refused.as_deref().or(meanwhile.as_deref()),
        mark: match layer.bar {
            Some(Bar::NotYet(_)) => words::NOT_IN_THE_RECORD,
            Some(Bar::Elsewhere) => words::HELD,
            _ => words::NOT_KEPT,
        },
        focused: on_top,
    };
    view.placed.text_width = form::draw(paper, body, view, sight, &seen);
}

/// A screen whose rows are not there yet, or could not be read.
fn waiting(paper: &mut Paper<'_>, body: Rect, sight: &Sight<'_>, why: &str) {
    let line = sight.line(Meaning::Muted, why);
    let area = pane::middle(body, paper::columns(&line), 1);
    paper.put(area.x, area.y, area.width, &line);
    paper.set_cursor(area.x, area.y);
}

/// What is said at the foot, and what was typed after a form had gone.
fn notice(sight: &Sight<'_>, app: &App) -> Said {
    let said = about_last(sight, app);
    let Some(letters) = app.typed_on() else { return said };
    let not_taken = sight.line(Meaning::Soon, saving_words::typed_on(letters));
    let said = if said.is_news { said.line } else { Line::default() };
    Said { line: paper::join(sight.theme, ". ", [said, not_taken]), is_news: true }
}

fn about_last(sight: &Sight<'_>, app: &App) -> Said {
    let news = |line| Said { line, is_news: true };
    match &app.notice {
        Some(Notice::Recorded { at, references, missing }) => {
            let time = display::clock_seconds(at.at, sight.zone);
            let recorded = sight.line(Meaning::Good, words::recorded(&time, references));
            if *missing == 0 {
                return news(recorded);
            }
            let missing = sight.line(Meaning::Soon, words::missing(*missing));
            news(paper::join(sight.theme, ", ", [recorded, missing]))
        }
        Some(Notice::Says(said)) => news(sight.line(Meaning::Soon, said)),
        Some(Notice::Failed(why)) => news(sight.line(Meaning::Late, why)),
        None => Said { line: last_recorded(sight, app), is_news: false },
    }
}

/// When the last entry went into the record, where somebody may see the record: a form says at its head when it was
/// kept, and an office that is not set up has nothing in it that was anybody's work.
fn last_recorded(sight: &Sight<'_>, app: &App) -> Line<'static> {
    if matches!(app.top(), Layer::Form(_) | Layer::Welcome) {
        return Line::default();
    }
    let board = app.board().data.ready().filter(|board| !board.sealed && !board.office.name.is_empty());
    board.and_then(|board| board.recorded_at).map_or_else(Line::default, |at| {
        let time = display::clock_seconds(at, sight.zone);
        sight.line(Meaning::Muted, format!("{} {time}", words::IN_THE_RECORD))
    })
}

impl View {
    /// Rows that a page of the list on top holds.
    pub fn page(&self, app: &App) -> usize {
        let place = match app.top() {
            Layer::Board(board) => match board.pane {
                Pane::Calls => Place::Calls,
                Pane::Escalations => Place::Escalations,
                Pane::Overdue => Place::Overdue,
            },
            Layer::Case(_) => Place::Timeline,
            Layer::Person(_) => Place::Person,
            Layer::Form(_) => Place::Form,
            Layer::Sheet(_) => Place::Sheet,
            Layer::Measures(layer) if layer.chart.is_some() => Place::Sheet,
            Layer::Measures(_) => Place::List,
            Layer::List(_) | Layer::Search(_) | Layer::Handover(_) | Layer::Welcome => Place::List,
            _ => Place::Box,
        };
        self.placed.pages.get(&place).copied().unwrap_or(1).max(1)
    }
}

/// The name of a register's record, with what it is read as where it was merged away.
fn read_as(case: &CaseView, sight: &Sight<'_>, name: String) -> String {
    let Some(merged) = &case.merged else { return name };
    let when = sight.short(merged.at);
    format!(
        "{name}  {}",
        words::merged_into(&merged.reference, &merged.name, &when, &merged.by, &merged.reason)
    )
}
