//! Records of a register: people by what tells them apart, organisations by how they are rung, staff by what they do here.

use super::super::banner;
use super::super::sight::Sight;
use super::super::table::{self, Column};
use crate::domain::look::Meaning;
use crate::domain::time::display;
use crate::domain::views::RecordRow;
use crate::domain::words::ui as words;
use crate::domain::words::ui::listed;

/// The columns of a register: what tells its records apart, and what they are looked up for.
pub(super) fn columns<'a>(register: &str) -> Vec<Column<RecordRow, Sight<'a>>> {
    let name = table::column("name", 12, 30, 0, |row: &RecordRow, sight: &Sight<'_>| {
        sight.line(Meaning::Name, &row.name)
    });
    let mut columns = vec![name];
    match register {
        "organisations" => columns.extend(organisations()),
        "staff" => columns.extend([phone(1), on_duty(), roles(), place(4)]),
        _ => columns.extend(people()),
    }
    columns
}

fn phone<'a>(priority: u8) -> Column<RecordRow, Sight<'a>> {
    table::column("telephone", 13, 18, priority, |row: &RecordRow, sight: &Sight<'_>| {
        sight.line(Meaning::Value, row.phone.as_deref().unwrap_or_default())
    })
}

/// Which duties somebody holds at this hour.
fn on_duty<'a>() -> Column<RecordRow, Sight<'a>> {
    Column {
        second: true,
        ..table::column(words::HEAD_ON_DUTY, 10, 34, 3, |row: &RecordRow, sight: &Sight<'_>| {
            sight.line(Meaning::Name, (sight.on_duty)(row.id))
        })
    }
}

/// What a member of staff may do here, by the titles of their roles; at one place alone with its name.
fn roles<'a>() -> Column<RecordRow, Sight<'a>> {
    Column {
        second: true,
        ..table::column(words::HEAD_ROLES, 12, 40, 2, |row: &RecordRow, sight: &Sight<'_>| {
            sight.line(Meaning::Value, row.more.roles.join(", "))
        })
    }
}

fn place<'a>(priority: u8) -> Column<RecordRow, Sight<'a>> {
    Column {
        second: true,
        ..table::column("place", 8, 26, priority, |row: &RecordRow, sight: &Sight<'_>| {
            sight.line(Meaning::Muted, row.place.as_deref().unwrap_or_default())
        })
    }
}

fn people<'a>() -> [Column<RecordRow, Sight<'a>>; 6] {
    [
        table::column("born", 11, 11, 2, |row: &RecordRow, sight: &Sight<'_>| {
            sight.line(Meaning::Value, row.born.map(display::date).unwrap_or_default())
        }),
        Column {
            second: true,
            ..table::column("NHS number", 12, 12, 4, |row: &RecordRow, sight: &Sight<'_>| {
                sight.line(Meaning::Value, row.nhs.as_deref().map(banner::grouped).unwrap_or_default())
            })
        },
        table::column("room", 6, 14, 5, |row: &RecordRow, sight: &Sight<'_>| {
            sight.line(Meaning::Value, row.room.as_deref().unwrap_or_default())
        }),
        place(6),
        phone(7),
        Column {
            second: true,
            ..table::column(words::HEAD_WHERE, 8, 30, 3, |row: &RecordRow, sight: &Sight<'_>| {
                banner::whereabouts(sight, row)
            })
        },
    ]
}

fn organisations<'a>() -> [Column<RecordRow, Sight<'a>>; 3] {
    [
        // Half a number rings nobody, and that they are shut belongs to it.
        Column {
            whole: true,
            ..table::column("ring now", 13, 27, 1, |row: &RecordRow, sight: &Sight<'_>| {
                sight.ringing(row, None)
            })
        },
        Column {
            second: true,
            ..table::column(listed::HEAD_WHAT_IT_IS, 10, 34, 2, |row: &RecordRow, sight: &Sight<'_>| {
                // What whoever takes it is warned of comes before what it is.
                if !row.more.cautions.is_empty() {
                    return banner::cautions(sight, row);
                }
                let kind = row.more.type_of.as_ref().map(|kind| kind.label.as_str());
                sight.line(Meaning::Muted, kind.unwrap_or_default())
            })
        },
        table::column("open", 12, 40, 3, |row: &RecordRow, sight: &Sight<'_>| {
            sight.line(Meaning::Muted, row.more.hours.as_deref().unwrap_or_default())
        }),
    ]
}
