//! The person's banner: who it is, beyond mistaking, over every screen of one person's record.
//!
//! ```text
//!  OAKES, Bernard   Born 10-Feb-1950 (76y)   Gender male   NHS 999 000 0034   Rowan House, flat 12    latex
//!  In hospital since 21-Nov: ward 4   may be told: Anna Oakes (daughter)
//! ```
//!
//! Order and wording follow the NHS common user interface; what everybody must see first comes after who it is, then
//! where they are and who may be told. Full width, at the top, never scrolled; never drawn where several people are on
//! the screen.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::paper::{Paper, columns, cut, fold, join};
use super::sight::Sight;
use super::table::share;
use crate::domain::answer::When;
use crate::domain::entry::Caution;
use crate::domain::look::Meaning;
use crate::domain::nhs::NhsNumber;
use crate::domain::time::display;
use crate::domain::views::RecordRow;
use crate::domain::words::{show, ui as words};

/// Rows that the banner takes at this width: nothing in it is ever cut where it can be folded.
pub fn height(sight: &Sight<'_>, subject: Option<&RecordRow>, width: u16) -> u16 {
    let Some(record) = subject else { return 1 };
    u16::try_from(folded(sight, record, width.saturating_sub(2)).len()).unwrap_or(MOST).min(MOST)
}

/// Columns from which its parts stand further apart.
const WIDE: u16 = 98;
/// Columns of an alert below which it says nothing.
const LEAST_ALERT: u16 = 8;
/// Rows that it never goes over.
const MOST: u16 = 8;

/// Who it is, what everybody must see first, where they are and who must not and who may be told, each folded between its parts.
fn folded(sight: &Sight<'_>, record: &RecordRow, width: u16) -> Vec<Line<'static>> {
    let [name, born, gender, nhs, place] = parts(sight, record, width >= WIDE);
    let alerts = patches(sight, record);
    let first = record.more.whereabouts.as_ref().filter(|at| at.is_first());
    let first = first.map(|at| Line::from(sight.span(Meaning::Late, format!(" {} ", at.label))));
    let who = std::iter::once(name).chain(first).chain([born, gender, nhs]);
    let around =
        [cautions(sight, record), whereabouts(sight, record), not_told(sight, record), told(sight, record)];
    side_by_side(sight, who.chain([place]).chain(alerts).chain(around), width)
}

/// Parts beside one another, and under one another where there is no room.
pub(super) fn side_by_side(
    sight: &Sight<'_>,
    parts: impl IntoIterator<Item = Line<'static>>,
    width: u16,
) -> Vec<Line<'static>> {
    let gap = if width >= WIDE { "   " } else { "  " };
    let mut rows: Vec<Line<'static>> = Vec::new();
    for part in parts.into_iter().filter(|part| columns(part) > 0) {
        match rows.last_mut().filter(|row| columns(row) + 3 + columns(&part) <= width) {
            Some(row) => *row = join(sight.theme, gap, [std::mem::take(row), part]),
            None => rows.extend(fold(&part, width.max(1))),
        }
    }
    rows
}

/// Draws it over the whole width. `said_of`: whom it is about in words, where nobody on record was taken.
pub fn draw(
    paper: &mut Paper<'_>,
    area: Rect,
    sight: &Sight<'_>,
    subject: Option<&RecordRow>,
    said_of: &str,
) {
    let Some(record) = subject else {
        let said = sight.or_words(Line::default(), said_of);
        let unknown = sight.line(Meaning::Muted, words::SUBJECT_UNKNOWN);
        let room = area.width.saturating_sub(2);
        paper.put(area.x + 1, area.y, room, &join(sight.theme, "  ", [said, unknown]));
        return;
    };
    let room = area.width.saturating_sub(2);
    for (y, row) in (area.y..area.bottom()).zip(folded(sight, record, room)) {
        paper.put(area.x + 1, y, room, &row);
    }
}

/// What everyone must see first, each on its own patch.
pub fn alerts(sight: &Sight<'_>, record: &RecordRow) -> Line<'static> {
    join(sight.theme, " ", patches(sight, record))
}

/// The same in one row of so many columns: a long one is cut, and pushes no other out.
pub fn alerts_within(sight: &Sight<'_>, record: &RecordRow, width: u16) -> Line<'static> {
    let patches: Vec<Line<'static>> = patches(sight, record).collect();
    let wanted: Vec<u16> = patches.iter().map(columns).collect();
    let least: Vec<u16> = wanted.iter().map(|wanted| (*wanted).min(LEAST_ALERT)).collect();
    let gaps = u16::try_from(patches.len().saturating_sub(1)).unwrap_or(u16::MAX);
    let widths = share(&least, &wanted, width.saturating_sub(gaps));
    let cut = patches.iter().zip(widths).map(|(patch, width)| cut(patch, width).into_owned());
    join(sight.theme, " ", cut)
}

fn patches(sight: &Sight<'_>, record: &RecordRow) -> impl Iterator<Item = Line<'static>> {
    record.alerts.iter().map(|alert| Line::from(sight.span(Meaning::Alert, format!(" {alert} "))))
}

/// Where the person is, since and until when, where that is not simply at home.
pub fn whereabouts(sight: &Sight<'_>, record: &RecordRow) -> Line<'static> {
    let Some(at) = &record.more.whereabouts else { return Line::default() };
    let label = if at.is_first() { Meaning::Late } else { Meaning::Soon };
    let time = |when: &When| display::short_when(when, sight.now, sight.zone);
    let since = at.since.as_ref().map(|when| format!("{} {}", words::SINCE, time(when)));
    let until = at.until.as_ref().map(|when| format!("{} {}", words::UNTIL, time(when)));
    join(
        sight.theme,
        " ",
        [
            sight.line(label, &at.label),
            sight.line(Meaning::Muted, since.unwrap_or_default()),
            sight.line(Meaning::Value, at.detail.as_deref().unwrap_or_default()),
            sight.line(Meaning::Muted, until.unwrap_or_default()),
        ],
    )
}

/// Why whoever takes this organisation is warned.
pub fn cautions(sight: &Sight<'_>, record: &RecordRow) -> Line<'static> {
    let said = |caution: &Caution| {
        let since = display::short_when(&caution.since, sight.now, sight.zone);
        sight.line(Meaning::Late, show::caution(&caution.state, &since, &caution.reference))
    };
    join(sight.theme, "  ", record.more.cautions.iter().map(said))
}

/// Who must not be told, where anybody is marked so: before those who may be.
fn not_told(sight: &Sight<'_>, record: &RecordRow) -> Line<'static> {
    match record.more.must_not_be_told.as_slice() {
        [] => Line::default(),
        who => sight.spans([
            (Meaning::Late, words::MUST_NOT_BE_TOLD),
            (Meaning::Value, " "),
            (Meaning::Value, &who.join(", ")),
        ]),
    }
}

/// Who may be told, where anybody is on the record.
fn told(sight: &Sight<'_>, record: &RecordRow) -> Line<'static> {
    if record.more.may_be_told.is_empty() {
        return Line::default();
    }
    let who = record.more.may_be_told.join(", ");
    sight.spans([(Meaning::Muted, words::MAY_BE_TOLD), (Meaning::Value, " "), (Meaning::Value, &who)])
}

fn parts(sight: &Sight<'_>, record: &RecordRow, is_wide: bool) -> [Line<'static>; 5] {
    let name = sight.line(Meaning::Name, &record.name);
    if record.register != "people" {
        let phone = sight.line(Meaning::Value, record.phone.as_deref().unwrap_or_default());
        let place = sight.line(Meaning::Muted, record.place.as_deref().unwrap_or_default());
        return [name, phone, Line::default(), Line::default(), place];
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
    let gender = record.more.gender.as_deref();
    // "Female" says by itself what it is; a gap does not.
    let label = if is_wide || gender.is_none() { words::GENDER } else { "" };
    let known = if gender.is_some() { Meaning::Value } else { Meaning::Muted };
    let gap = if label.is_empty() { "" } else { " " };
    let gender = sight.spans([
        (Meaning::Muted, label),
        (Meaning::Value, gap),
        (known, gender.unwrap_or(words::BORN_UNKNOWN)),
    ]);
    [name, born, gender, nhs, sight.line(Meaning::Muted, place.join(", "))]
}

/// An NHS number as it is read aloud, 3 3 4; what is not one stands as it was kept.
pub fn grouped(digits: &str) -> String {
    NhsNumber::read(digits).map_or_else(|_| digits.to_owned(), |(number, _)| number.to_string())
}
