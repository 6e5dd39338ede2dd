//! A search over everything: what is typed, what was found by kind, and why, with the words marked.
//!
//! ```text
//! ╭─ Search ────────────────────────────────────────────────────── 3 found ─╮
//! │ / quill wound                                                           │
//! │                                                                         │
//! │ People                                                                  │
//! │ QUILL, Theresa        14-Mar-1941 (85y)  999 000 0018  Rowan House      │
//! │                                                                         │
//! │ Open cases                                                              │
//! │ U-1184    RED  QUILL, Theresa  21:02  hard to rouse                     │
//! │           Liaison: the wound is to be looked at on Monday               │
//! ╰─────────────────────────────────────────────────────────────────────────╯
//! ```

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::boxes::typed;
use super::layout::top;
use super::pane::pane;
use super::paper::{Paper, columns, join};
use super::scroll::{self, Text};
use super::sight::Sight;
use super::view::{Place, View};
use super::{picker, theme::Theme};
use crate::app::Load;
use crate::app::search::SearchLayer;
use crate::domain::clean::shown;
use crate::domain::look::Meaning;
use crate::domain::search::{Found, Group, Hit, Piece, Results, Why, marked};
use crate::domain::time::display;
use crate::domain::views::CaseRow;
use crate::domain::words::ui as words;

/// Columns before what is said of a case, and before why anything was found.
const HANG: u16 = 10;

/// Draws it.
pub fn draw(
    paper: &mut Paper<'_>,
    body: Rect,
    view: &mut View,
    sight: &Sight<'_>,
    (layer, focused): (&SearchLayer, bool),
) {
    let counts = match &layer.found {
        _ if layer.asked.waits() => sight.line(Meaning::Muted, words::LOADING),
        Load::Failed(why) => sight.line(Meaning::Late, why),
        Load::Ready(found) if layer.asks() => {
            let more = found.is_bounded || found.groups.iter().any(|group| group.more);
            sight.line(Meaning::Value, words::found(found.hits().count(), more))
        }
        Load::Ready(_) | Load::Loading => Line::default(),
    };
    let inside = pane(paper, body, words::SEARCH, &counts, focused);
    let (head, rest) = top(inside, 2);
    let mut text = Text::new(rest.width.saturating_sub(2));
    match &layer.found {
        Load::Ready(found) if layer.asks() => results(&mut text, sight, layer, found),
        Load::Failed(_) => {}
        Load::Ready(_) | Load::Loading => {
            text.say(&sight.line(Meaning::Muted, words::WHAT_TO_SEARCH), 0, false);
            if !layer.before.is_empty() {
                text.gap();
                text.say(&sight.line(Meaning::Value, words::brings_back(&shown(&layer.before))), 0, false);
            }
        }
    }
    view.scrolled(Place::List, body, |scroll| scroll::draw(paper, rest, scroll, &text.rows, focused));
    typed(paper, head, sight, "/", &layer.query);
}

fn results(text: &mut Text, sight: &Sight<'_>, layer: &SearchLayer, found: &Results) {
    if found.groups.is_empty() && !layer.asked.waits() {
        text.say(&sight.line(Meaning::Muted, words::NOTHING_FOUND), 0, false);
    }
    if found.is_bounded && !layer.asked.waits() {
        text.say(&sight.line(Meaning::Soon, words::BOUNDED), 0, false);
        text.gap();
    }
    for (at, group) in found.groups.iter().enumerate() {
        if at > 0 {
            text.gap();
        }
        text.say(&heading(sight, group), 0, false);
        for hit in &group.hits {
            rows(text, sight, hit, (&layer.words, layer.selected == Some(hit.id())));
        }
    }
}

fn heading(sight: &Sight<'_>, group: &Group) -> Line<'static> {
    let more = if group.more { words::AND_MORE } else { "" };
    join(
        sight.theme,
        "  ",
        [sight.line(Meaning::Title, words::kind(&group.kind)), sight.line(Meaning::Muted, more)],
    )
}

fn rows(text: &mut Text, sight: &Sight<'_>, hit: &Hit, (looked_for, selected): (&[String], bool)) {
    let named = |name: &str| Line::from(pieces(sight.theme, Meaning::Name, &marked(name, looked_for)));
    match &hit.found {
        Found::Record(row) => picker::rows(text, sight, row, (named(&row.name), selected)),
        Found::Case(row) => {
            let name = row.subject.as_ref().map(|subject| named(&subject.name));
            let name = name.unwrap_or_else(|| sight.or_words(sight.whom(None, &row.pathway), &row.said_of));
            text.hang(
                &named(&row.reference),
                &case(sight, row, name, looked_for),
                HANG.max(columns(&named(&row.reference)) + 1),
                selected,
            );
        }
    }
    match &hit.why {
        Why::Said { title, quote, .. } => {
            let mut line = sight.line(Meaning::Muted, format!("{title}: "));
            line.spans.extend(pieces(sight.theme, Meaning::Value, quote));
            text.say(&line, HANG, selected);
        }
        Why::Nearly => text.say(&sight.line(Meaning::Soon, words::NEARLY), HANG, selected),
        Why::Reference | Why::Itself | Why::About => {}
    }
}

fn case(sight: &Sight<'_>, row: &CaseRow, name: Line<'static>, looked_for: &[String]) -> Line<'static> {
    let headline = marked(row.headline.as_deref().unwrap_or_default(), looked_for);
    let stands = if row.closed { words::CLOSED.to_owned() } else { words::owed(row.owed) };
    join(
        sight.theme,
        "  ",
        [
            sight.risk(row.level.as_ref()),
            name,
            Line::from(pieces(sight.theme, Meaning::Value, &headline)),
            sight.line(Meaning::Muted, opened(sight, row)),
            sight.line(Meaning::Muted, stands),
        ],
    )
}

/// The clock today, else the day in full: what is found may be years old.
fn opened(sight: &Sight<'_>, row: &CaseRow) -> String {
    let day = sight.zone.day(row.opened_at);
    if day == sight.zone.day(sight.now) { sight.day_or_clock(row.opened_at) } else { display::date(day) }
}

/// Text of one meaning, in which what was looked for is drawn as what is typed is.
fn pieces(theme: &Theme, meaning: Meaning, pieces: &[Piece]) -> Vec<Span<'static>> {
    let plain = theme.style(meaning);
    let found = plain.add_modifier(theme.style(Meaning::Field).add_modifier);
    let style = |piece: &Piece| -> Style { if piece.marked { found } else { plain } };
    pieces.iter().map(|piece| Span::styled(shown(&piece.text).into_owned(), style(piece))).collect()
}
