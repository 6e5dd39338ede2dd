//! The last row of every screen: what the keys do here, as many as fit, and what happened last.
//!
//! ```text
//!  c  call   enter  open   d  decide   /  find   ?  help                             in the record 21:02:12
//! ```
//!
//! A key that does nothing now keeps its place, without its cap. The key for help always has room. The most used keys
//! give way to news, and the time of the last entry gives way to them. While no key counts, because a form has just gone,
//! that is said in their place, and nothing moves. Which keys there are is the app's table.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::layout::{is_tall, top};
use super::paper::{Paper, columns, fold};
use super::sight::Sight;
use crate::app::footer::Cap;
use crate::domain::look::Meaning;
use crate::domain::words::app::saving;

/// What stands where the keys do.
pub enum Keys<'a> {
    /// The keys, most wanted first.
    Count {
        /// The most used, help among them.
        often: &'a [Cap],
        /// The others, which are asked for while there is room.
        further: &'a mut dyn Iterator<Item = Cap>,
    },
    /// That none of them counts yet.
    Wait,
}

/// What stands at the right of the keys.
pub struct Said {
    /// The words.
    pub line: Line<'static>,
    /// Whether it is news. What is no news gives way to the most used keys.
    pub is_news: bool,
}

/// The most rows that news takes beyond one: the screen's own rows matter more.
const MOST_FURTHER: u16 = 3;
/// Columns of the shortest key with the shortest title: where there are fewer, no further key is asked for.
const LEAST: u16 = 5;
/// Columns between two keys.
const GAP: u16 = 2;
/// Columns between the keys and what is said.
const BEFORE_NOTICE: u16 = 3;

/// The rows that news takes beyond the screen's own: where it is too long for a row, or for one that it shares with help
/// or with what is said while no key counts.
pub fn further_rows(sight: &Sight<'_>, said: &Said, keys: &Keys<'_>, screen: Rect) -> u16 {
    if !said.is_news {
        return 0;
    }
    let room = screen.width.saturating_sub(2);
    let help = match keys {
        Keys::Count { often, .. } => {
            often.iter().find(|cap| is_help(cap)).map_or(0, |cap| columns(&drawn(sight, cap)))
        }
        Keys::Wait => columns(&sight.line(Meaning::Muted, saving::KEYS_WAIT)),
    };
    let rows = u16::try_from(fold(&said.line, room).len()).unwrap_or(MOST_FURTHER);
    let further = match is_tall(screen) {
        true => rows.saturating_sub(1),
        false if help + BEFORE_NOTICE + columns(&said.line) <= room => 0,
        false => rows,
    };
    further.min(MOST_FURTHER)
}

/// Draws the keys, most wanted first, and the notice at the right; news that is longer than a row stands under them.
pub fn draw(paper: &mut Paper<'_>, area: Rect, sight: &Sight<'_>, keys: Keys<'_>, said: &Said) {
    let room = area.width.saturating_sub(2);
    if area.height > 2 {
        let (above, news) = top(area, 1);
        let nothing = Said { line: Line::default(), is_news: false };
        draw(paper, above, sight, keys, &nothing);
        for (y, line) in (news.top()..news.bottom()).zip(fold(&said.line, room)) {
            paper.put(news.x + 1, y, room, &line);
        }
        return;
    }
    let (caps, further) = match keys {
        Keys::Count { often, further } => (often, further),
        Keys::Wait => return waits(paper, area, sight, said),
    };
    let rows = area.height.max(1);
    // Whoever is lost finds help at the foot, however little room there is.
    let (help, caps): (Vec<&Cap>, Vec<&Cap>) = caps.iter().partition(|cap| is_help(cap));
    let help = help.first().map(|cap| drawn(sight, cap));
    let help_room = help.as_ref().map_or(0, |help| columns(help));
    let wanted = columns(&said.line);
    let keys: Vec<Line<'_>> = caps.iter().map(|cap| drawn(sight, cap)).collect();
    let often: u16 = keys.iter().map(|line| columns(line) + GAP).sum();
    let beside = rows == 1 && often + help_room + BEFORE_NOTICE + wanted <= room;
    let notice_room = match wanted {
        0 => 0,
        // On a row of its own, or beside help.
        _ if said.is_news => {
            wanted.min(room.saturating_sub(if rows > 1 { 0 } else { help_room + BEFORE_NOTICE }))
        }
        _ if beside => wanted,
        _ => 0,
    };
    let held = if notice_room > 0 { notice_room + BEFORE_NOTICE } else { 0 };
    let help_row = if help_room + held <= room { rows - 1 } else { rows.saturating_sub(2) };
    let mut ends = [room].repeat(usize::from(rows));
    if let Some(last) = ends.last_mut() {
        *last = room.saturating_sub(held);
    }
    if let Some(end) = ends.get_mut(usize::from(help_row)).filter(|_| help_room > 0) {
        *end = end.saturating_sub(help_room + GAP);
    }
    // Keys fill row after row; one that has no room is left out, and a shorter one behind it may still have some.
    let mut used = vec![0; ends.len()];
    let mut row = 0;
    for line in keys.into_iter().chain(further.map(|cap| drawn(sight, &cap))) {
        if row + 1 == ends.len() && used[row] + LEAST > ends[row] {
            break;
        }
        let wide = columns(&line);
        while row + 1 < ends.len() && used[row] + wide > ends[row] {
            row += 1;
        }
        if used[row] + wide <= ends[row] {
            let y = area.y + u16::try_from(row).unwrap_or(0);
            paper.put(area.x + 1 + used[row], y, wide, &line);
            used[row] += wide + GAP;
        }
    }
    if let (Some(help), Some(used)) = (help, used.get(usize::from(help_row))) {
        paper.put(area.x + 1 + used, area.y + help_row, help_room, &help);
    }
    let place = Rect {
        x: area.right().saturating_sub(1 + notice_room),
        y: area.bottom().saturating_sub(1),
        width: notice_room,
        height: 1,
    };
    if notice_room > 0 {
        paper.put_right(place, &said.line);
    }
}

/// Says that no key counts yet, and beside or under it what is said; what is no news gives way.
fn waits(paper: &mut Paper<'_>, area: Rect, sight: &Sight<'_>, said: &Said) {
    let room = area.width.saturating_sub(2);
    let news = columns(&said.line);
    let left = if area.height > 1 || news == 0 { room } else { room.saturating_sub(news + BEFORE_NOTICE) };
    let [with_why, bare] =
        [saving::KEYS_WAIT_WHY, saving::KEYS_WAIT].map(|says| sight.line(Meaning::Muted, says));
    let says = if columns(&with_why) <= left { with_why } else { bare };
    let fits = columns(&says) <= left;
    paper.put(area.x + 1, area.y, room, &says);
    if fits && news > 0 {
        let last = Rect { x: area.x + 1, y: area.bottom().saturating_sub(1), width: room, height: 1 };
        let width = news.min(room);
        paper.put_right(Rect { x: last.right().saturating_sub(width), width, ..last }, &said.line);
    }
}

fn is_help(cap: &Cap) -> bool {
    matches!(cap.key.as_str(), "?" | "f1")
}

fn drawn(sight: &Sight<'_>, cap: &Cap) -> Line<'static> {
    let key = format!(" {} ", key_name(&cap.key));
    let title = format!(" {}", cap.title);
    if cap.available {
        sight.spans([(Meaning::Key, &key), (Meaning::Value, &title)])
    } else {
        sight.spans([(Meaning::Muted, &key), (Meaning::Muted, &title)])
    }
}

/// A key as keyboards print it.
pub fn key_name(key: &str) -> String {
    match key.strip_prefix('f') {
        Some(number) if number.parse::<u8>().is_ok() => format!("F{number}"),
        _ => key.to_owned(),
    }
}
