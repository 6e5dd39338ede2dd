//! The boxes that stand over a screen: a question, a few choices, a message, the keys, the commands.
//!
//! ```text
//!          ╭─ Leave the program? ───────────────────╮
//!          │ What you typed is kept.                │
//!          │                                        │
//!          │  y  yes    esc  back                   │
//!          ╰────────────────────────────────────────╯
//! ```
//!
//! A box is as large as what it says and never larger than the screen. What a choice does is the app's.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::footer::key_name;
use super::pane::{middle, pane};
use super::paper::{Paper, columns};
use super::scroll::{self, Row, Text};
use super::sight::Sight;
use super::view::{Place, View};
use crate::app::filter::Filter;
use crate::app::footer::KeyHint;
use crate::app::layer::{Choice, Confirm, Message, NO_KEY};
use crate::domain::look::Meaning;
use crate::domain::words::app::saving;
use crate::domain::words::app::{NO_COMMAND, NOTHING_CALLED_THAT, TYPE_ITS_NAME};
use crate::domain::words::pack;
use crate::domain::words::ui as words;
use crate::form::text_box::TextBox;

/// The most columns that a box of text takes.
const WIDE: u16 = 72;
/// Columns of the keys in front of what they do.
const KEYS: u16 = 14;

/// A box with rows in it; answers with the room above its rows that was asked for.
pub struct Boxed<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its counts.
    pub counts: Line<'static>,
    /// Rows kept free at the top, for a line that is typed.
    pub head: u16,
    /// Columns it takes if it can.
    pub width: u16,
}

impl Boxed<'_> {
    /// The width of its text on this screen.
    pub fn text_width(&self, screen: Rect) -> u16 {
        self.width.min(screen.width).saturating_sub(4)
    }

    /// Draws the box and its rows; answers with the rows kept free.
    pub fn draw(&self, paper: &mut Paper<'_>, screen: Rect, view: &mut View, rows: &[Row]) -> Rect {
        let lines = u16::try_from(rows.len()).unwrap_or(u16::MAX).saturating_add(self.head + 2);
        let area = middle(screen, self.width, lines);
        paper.clear(area);
        paper.hide_cursor();
        let inside = pane(paper, area, self.title, &self.counts, true);
        let (head, body) = super::layout::top(inside, self.head);
        view.scrolled(Place::Box, area, |scroll| scroll::draw(paper, body, scroll, rows, true));
        head
    }
}

/// A question.
pub fn confirm(paper: &mut Paper<'_>, screen: Rect, view: &mut View, sight: &Sight<'_>, asked: &Confirm) {
    let keys = [("y", words::YES), ("esc", words::BACK)];
    text(paper, screen, view, sight, (&asked.title, &asked.words, 0, &keys));
}

/// Something to be read.
pub fn message(paper: &mut Paper<'_>, screen: Rect, view: &mut View, sight: &Sight<'_>, said: &Message) {
    if let Some(far) = said.packing {
        let columns = usize::from(WIDE.min(screen.width).saturating_sub(4));
        let said = format!("{}\n{}\n{}", said.words, gauge(far, columns), pack::gathered(far.0, far.1));
        return text(paper, screen, view, sight, (pack::TITLE, &said, 0, &[("esc", pack::STOP)]));
    }
    let keys: &[(&str, &str)] = match said.moved {
        Some(_) => &[("enter", saving::LOOK[1]), ("ctrl-s", saving::SAVE_KNOWING[1]), ("esc", words::BACK)],
        None => &[("esc", words::BACK)],
    };
    text(paper, screen, view, sight, (&said.title, &said.words, said.top, keys));
}

/// How much of it is done, as a line of blocks.
fn gauge((done, all): (usize, usize), columns: usize) -> String {
    let full = (done * columns).checked_div(all).unwrap_or(0).min(columns);
    ["█".repeat(full), "░".repeat(columns - full)].concat()
}

/// Title, words, the first row shown, keys.
type Said<'a> = (&'a str, &'a str, usize, &'a [(&'a str, &'a str)]);

fn text(
    paper: &mut Paper<'_>,
    screen: Rect,
    view: &mut View,
    sight: &Sight<'_>,
    (title, said, top, keys): Said<'_>,
) {
    let boxed = Boxed { title, counts: Line::default(), head: 0, width: WIDE };
    let mut text = Text::new(boxed.text_width(screen));
    text.say(&sight.line(Meaning::Value, said), 0, false);
    text.gap();
    let mut line = Line::default();
    for (key, what) in keys {
        line.spans.push(sight.span(Meaning::Key, format!(" {key} ")));
        line.spans.push(sight.span(Meaning::Value, format!(" {what}   ")));
    }
    text.say(&line, 0, false);
    let fits = text.rows.len().min(usize::from(screen.height.saturating_sub(2)).max(1));
    let top = top.min(text.rows.len() - fits);
    for row in [top, top + fits - 1] {
        text.rows[row].beside = true;
    }
    boxed.draw(paper, screen, view, &text.rows);
}

/// A few choices, each with its key.
pub fn choice(paper: &mut Paper<'_>, screen: Rect, view: &mut View, sight: &Sight<'_>, asked: &Choice) {
    let head = if asked.narrowed.is_some() { 2 } else { 0 };
    let shown = asked.shown();
    let counts = match &asked.narrowed {
        Some(_) => sight.line(Meaning::Muted, shown.len().to_string()),
        None => Line::default(),
    };
    let boxed = Boxed { title: &asked.title, counts, head, width: WIDE };
    let mut text = Text::new(boxed.text_width(screen));
    if shown.is_empty() {
        text.say(&sight.line(Meaning::Muted, NOTHING_CALLED_THAT), 0, false);
    }
    let items = asked.items.iter().enumerate().filter(|(at, _)| shown.contains(at));
    for (at, item) in items {
        let key = if item.key == NO_KEY { "   ".to_owned() } else { format!(" {} ", item.key) };
        let (cap, label) = if item.blocked.is_some() {
            (Meaning::Muted, Meaning::Muted)
        } else if item.key == NO_KEY {
            (Meaning::Muted, Meaning::Value)
        } else {
            (Meaning::Key, Meaning::Value)
        };
        let selected = at == asked.selected;
        text.hang(&sight.line(cap, key), &sight.line(label, &item.label), 5, selected);
        if let Some(reason) = &item.blocked {
            text.say(&sight.line(Meaning::Soon, &reason.0), 5, selected);
        }
    }
    let head = boxed.draw(paper, screen, view, &text.rows);
    if let Some(words) = &asked.narrowed {
        let row = paper.cursor();
        typed(paper, head, sight, "/", words);
        // Until something is typed the cursor stands on the row that Enter takes.
        if words.is_empty() {
            if let Some(row) = row {
                paper.set_cursor(row.x, row.y);
            }
            paper.say(head.x + 4, head.y, head.width.saturating_sub(5), Meaning::Muted, TYPE_ITS_NAME);
        }
    }
}

/// The keys of the layer below. What does nothing now says why.
pub fn help(
    paper: &mut Paper<'_>,
    screen: Rect,
    view: &mut View,
    sight: &Sight<'_>,
    keys: &[KeyHint],
    top: usize,
) {
    let boxed = Boxed { title: words::KEYS, counts: Line::default(), head: 0, width: WIDE + 16 };
    let text = hints(&boxed, screen, sight, keys, top);
    boxed.draw(paper, screen, view, &text.rows);
}

/// All that can be done, narrowed by what is typed.
pub fn palette(
    paper: &mut Paper<'_>,
    screen: Rect,
    view: &mut View,
    sight: &Sight<'_>,
    (query, found, selected): (&TextBox, &[KeyHint], usize),
) {
    let counts = sight.line(Meaning::Muted, found.len().to_string());
    let boxed = Boxed { title: words::COMMANDS, counts, head: 2, width: WIDE + 16 };
    let mut text = hints(&boxed, screen, sight, found, selected);
    if found.is_empty() {
        text.say(&sight.line(Meaning::Muted, NO_COMMAND), 0, false);
    }
    let head = boxed.draw(paper, screen, view, &text.rows);
    typed(paper, head, sight, ":", query);
}

fn hints(boxed: &Boxed<'_>, screen: Rect, sight: &Sight<'_>, all: &[KeyHint], selected: usize) -> Text {
    let mut text = Text::new(boxed.text_width(screen));
    for (at, hint) in all.iter().enumerate() {
        hint_rows(&mut text, sight, hint, at == selected);
    }
    text
}

fn hint_rows(text: &mut Text, sight: &Sight<'_>, hint: &KeyHint, selected: bool) {
    let keys: Vec<String> = hint.keys.iter().map(|key| key_name(key)).collect();
    let lead = sight.line(Meaning::Title, keys.join(" "));
    let lead = if columns(&lead) >= KEYS { super::paper::cut(&lead, KEYS - 1).into_owned() } else { lead };
    let title = sight.spans([
        (Meaning::Name, hint.title.as_str()),
        (Meaning::Muted, "  "),
        (Meaning::Muted, &hint.help),
    ]);
    text.hang(&lead, &title, KEYS, selected);
    if let Some(reason) = &hint.blocked {
        text.say(&sight.line(Meaning::Soon, &reason.0), KEYS, selected);
    }
}

/// The find line over rows, and what it says beside what is typed, where there is room.
pub fn find_line(paper: &mut Paper<'_>, area: Rect, sight: &Sight<'_>, (filter, says): (&Filter, &str)) {
    let row = paper.cursor();
    typed(paper, area, sight, "/", &filter.text);
    if let Some(row) = row.filter(|_| !filter.typing) {
        paper.set_cursor(row.x, row.y);
    }
    let says = sight.line(Meaning::Muted, says);
    if filter.text.is_empty() {
        paper.put(area.x + 4, area.y, area.width.saturating_sub(5), &says);
    } else if columns(&sight.line(Meaning::Field, filter.text.text())) + columns(&says) + 8 <= area.width {
        paper.put(area.right() - columns(&says) - 1, area.y, columns(&says), &says);
    }
}

/// A line that is being typed, with the cursor in it.
pub fn typed(paper: &mut Paper<'_>, area: Rect, sight: &Sight<'_>, mark: &str, text: &TextBox) {
    let x = paper.say(area.x + 1, area.y, 2, Meaning::Muted, mark) + 1;
    let room = area.right().saturating_sub(x + 1);
    let (_, column) = text.cursor_at(room);
    let column = u16::try_from(column).unwrap_or(u16::MAX);
    let blank = " ".repeat(room.into());
    paper.say(x, area.y, room, Meaning::Field, blank);
    paper.put(x, area.y, room, &sight.line(Meaning::Field, text.text()));
    paper.set_cursor(x.saturating_add(column.min(room)), area.y);
}
