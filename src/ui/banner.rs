//! The person's banner: who it is, beyond mistaking, over every screen of one person's record.
//!
//! ```text
//!  OAKES, Bernard   Born 10-Feb-1950 (76y)   NHS 999 000 0034   Rowan House, flat 12    latex
//! ```
//!
//! Order and wording follow the NHS common user interface; never drawn where several people are on the screen.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::paper::{Paper, columns, join};
use super::sight::Sight;
use crate::domain::look::Meaning;
use crate::domain::nhs::NhsNumber;
use crate::domain::time::display;
use crate::domain::views::RecordRow;
use crate::domain::words::ui as words;

/// Rows that the banner takes at this width: nothing in it is ever cut where it can be folded.
pub fn height(sight: &Sight<'_>, subject: Option<&RecordRow>, width: u16) -> u16 {
    match subject {
        None => 1,
        Some(_) if width >= WIDE => 1,
        Some(record) => {
            u16::try_from(folded(sight, record, width.saturating_sub(2)).len()).unwrap_or(MOST).min(MOST)
        }
    }
}

/// Columns from which it stands in one row.
const WIDE: u16 = 100;
/// Rows that it never goes over.
const MOST: u16 = 5;

/// Name and alerts, then what tells the person from others, each folded between its parts.
fn folded(sight: &Sight<'_>, record: &RecordRow, width: u16) -> Vec<Line<'static>> {
    let [name, born, nhs, place] = parts(sight, record);
    let alerts =
        record.alerts.iter().map(|alert| Line::from(sight.span(Meaning::Alert, format!(" {alert} "))));
    let mut rows = side_by_side(sight, std::iter::once(name).chain(alerts), width);
    rows.extend(side_by_side(sight, [born, nhs, place], width));
    rows
}

/// Parts beside one another, and under one another where there is no room.
fn side_by_side(
    sight: &Sight<'_>,
    parts: impl IntoIterator<Item = Line<'static>>,
    width: u16,
) -> Vec<Line<'static>> {
    let mut rows: Vec<Line<'static>> = Vec::new();
    for part in parts.into_iter().filter(|part| columns(part) > 0) {
        match rows.last_mut().filter(|row| columns(row) + 2 + columns(&part) <= width) {
            Some(row) => *row = join(sight.theme, "  ", [std::mem::take(row), part]),
            None => rows.push(part),
        }
    }
    rows
}

/// Draws it over the whole width.
pub fn draw(paper: &mut Paper<'_>, area: Rect, sight: &Sight<'_>, subject: Option<&RecordRow>) {
    let Some(record) = subject else {
        paper.say(area.x + 1, area.y, area.width, Meaning::Muted, words::SUBJECT_UNKNOWN);
        return;
    };
    let room = area.width.saturating_sub(2);
    if area.width < WIDE {
        for (y, row) in (area.y..area.bottom()).zip(folded(sight, record, room)) {
            paper.put(area.x + 1, y, room, &row);
        }
        return;
    }
    let [name, born, nhs, place] = parts(sight, record);
    let alerts = alerts(sight, record);
    let kept = columns(&alerts);
    let line = join(sight.theme, "   ", [name, born, nhs, place]);
    let end = paper.put(area.x + 1, area.y, room.saturating_sub(kept + 3), &line);
    paper.put(end + 3, area.y, kept, &alerts);
}

fn parts(sight: &Sight<'_>, record: &RecordRow) -> [Line<'static>; 4] {
    let name = sight.line(Meaning::Name, &record.name);
    if record.register != "people" {
        let phone = sight.line(Meaning::Value, record.phone.as_deref().unwrap_or_default());
        let place = sight.line(Meaning::Muted, record.place.as_deref().unwrap_or_default());
        return [name, phone, Line::default(), place];
    }
    let born = match record.born {
        Some(born) => sight.spans([
            (Meaning::Muted, words::BORN),
            (Meaning::Value, " "),
            (Meaning::Name, &display::date(born)),
            (Meaning::Muted, &format!(" {}", words::years(sight.age(born)))),
        ]),
        None => sight.spans([
            (Meaning::Muted, words::BORN),
            (Meaning::Muted, " "),
            (Meaning::Muted, words::BORN_UNKNOWN),
        ]),
    };
    let number = record.nhs.as_deref().map(grouped);
    let nhs = match &number {
        Some(number) => {
            sight.spans([(Meaning::Muted, words::NHS), (Meaning::Value, " "), (Meaning::Value, number)])
        }
        None => sight.spans([
            (Meaning::Muted, words::NHS),
            (Meaning::Muted, " "),
            (Meaning::Muted, words::NHS_UNKNOWN),
        ]),
    };
    let place: Vec<&str> = [record.place.as_deref(), record.room.as_deref()].into_iter().flatten().collect();
    [name, born, nhs, sight.line(Meaning::Muted, place.join(", "))]
}

/// What everyone must see first, each on its own patch.
pub fn alerts(sight: &Sight<'_>, record: &RecordRow) -> Line<'static> {
    let mut spans = Vec::new();
    for alert in &record.alerts {
        if !spans.is_empty() {
            spans.push(sight.span(Meaning::Value, " "));
        }
        spans.push(sight.span(Meaning::Alert, format!(" {alert} ")));
    }
    Line::from(spans)
}

/// An NHS number as it is read aloud, 3 3 4; what is not one stands as it was kept.
pub fn grouped(digits: &str) -> String {
    NhsNumber::read(digits).map_or_else(|_| digits.to_owned(), |(number, _)| number.to_string())
}
