//! A list over the whole screen: records of a register, cases, unfinished forms, things to confirm or to agree to; queues
//! that have a screen of their own.
//!
//! ```text
//! ╭─ People ────────────────────────────────────────────────────────── 12 of 340 ─╮
//! │ / qui                                                                         │
//! │ name             born          NHS number     room      place                 │
//! │ QUILL, Theresa   14-Mar-1941   999 000 0018   flat 4    Rowan House           │
//! ╰───────────────────────────────────────────────────────────────────────────────╯
//! ```

mod audits;
mod disposal;
mod locations;
mod measured;
mod mine;
mod office;
mod on_call;
mod providers;
mod queues;
mod records;
mod reviews;
mod shares;
mod signs;

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::boxes::find_line;
use super::layout::top;
use super::pane::pane;
use super::paper::{Paper, fold};
use super::sight::Sight;
use super::table;
use super::table::{Column, Table};
use super::view::{Place, View};
use crate::app::Load;
use crate::app::list::{ListKind, ListLayer, Listed, Rows};
use crate::domain::access::{How, LookRow};
use crate::domain::draft::DraftRow;
use crate::domain::entry::{Entry, Said};
use crate::domain::keys::{KeyRow, Standing};
use crate::domain::look::Meaning;
use crate::domain::time::display;
use crate::domain::views::{CaseRow, DoneAlone, RecordRow, ToConfirm, ToCountersign};
use crate::domain::words::keys as key_words;
use crate::domain::words::locations as location_words;
use crate::domain::words::measures as measure_words;
use crate::domain::words::owning;
use crate::domain::words::providers as provider_words;
use crate::domain::words::rota as rota_words;
use crate::domain::words::ui::listed;
use crate::domain::words::{
    audit as audit_words, disposal as disposal_words, queues as queue_words, reviews as review_words,
    signs as sign_words, ui as words,
};

/// Draws it.
pub fn draw(
    paper: &mut Paper<'_>,
    body: Rect,
    view: &mut View,
    sight: &Sight<'_>,
    (layer, focused, says): (&ListLayer, bool, &str),
) {
    let total = match &layer.rows {
        Load::Ready(Rows::Records(page)) => words::of(page.rows.len(), page.total),
        Load::Ready(Rows::Locations(all)) => all.rows.len().to_string(),
        Load::Ready(Rows::Cases(page, _)) => words::of(page.rows.len(), page.total),
        Load::Ready(Rows::Drafts(rows)) => rows.len().to_string(),
        Load::Ready(Rows::Looks(rows)) => rows.len().to_string(),
        Load::Ready(Rows::ToConfirm(rows)) => rows.len().to_string(),
        Load::Ready(Rows::Mine(mine)) => mine::counts(mine),
        Load::Ready(Rows::ToCountersign(rows)) => rows.len().to_string(),
        Load::Ready(Rows::DoneAlone(rows)) => rows.len().to_string(),
        Load::Ready(Rows::Keys(rows)) => rows.len().to_string(),
        Load::Ready(Rows::Visits(rows)) => rows.len().to_string(),
        Load::Ready(Rows::Tasks(rows)) => rows.len().to_string(),
        Load::Ready(Rows::Pads(rows)) => rows.len().to_string(),
        Load::Ready(Rows::Shares(rows)) => rows.len().to_string(),
        Load::Ready(Rows::Providers(rows)) => rows.len().to_string(),
        Load::Ready(Rows::Measured(found, _)) => words::of(found.rows.len(), found.total),
        Load::Ready(Rows::Ring(rows)) => rows.len().to_string(),
        Load::Ready(Rows::Signs(rows)) => rows.len().to_string(),
        Load::Ready(Rows::Audits(rows)) => rows.len().to_string(),
        Load::Ready(Rows::Disposal(rows)) => rows.len().to_string(),
        Load::Ready(Rows::Reviews(rows, _)) => rows.len().to_string(),
        Load::Ready(Rows::Eyes(rows)) => rows.len().to_string(),
        Load::Ready(Rows::Unconfirmed(rows)) => rows.len().to_string(),
        Load::Ready(Rows::OnCall(listed)) => on_call::count(listed),
        Load::Loading => words::LOADING.to_owned(),
        Load::Failed(why) => why.clone(),
    };
    let title = match &layer.kind {
        ListKind::Records(register) => words::register(register),
        ListKind::Locations => location_words::LOCATIONS[0].to_owned(),
        ListKind::Cases(of) => listed::cases_of(&of.title, of.open),
        ListKind::Drafts => words::UNFINISHED_FORMS.to_owned(),
        ListKind::ToConfirm => words::WAITING_FOR_YOU.to_owned(),
        ListKind::Looks(_) => words::looks::LOOKS.to_owned(),
        ListKind::Mine => owning::MINE_HEADING.to_owned(),
        ListKind::ToCountersign => words::WAITING_FOR_SECOND.to_owned(),
        ListKind::DoneAlone => words::DONE_ALONE.to_owned(),
        ListKind::Ring => queue_words::RING_BEFORE[0].to_owned(),
        ListKind::Signs => sign_words::SIGNS[0].to_owned(),
        ListKind::Audits => audit_words::AUDITS[0].to_owned(),
        ListKind::Disposal => disposal_words::DUE[0].to_owned(),
        ListKind::Reviews => review_words::REVIEWS[0].to_owned(),
        ListKind::Eyes => queue_words::EYES_ON[0].to_owned(),
        ListKind::Keys(None) => words::SSH_KEYS.to_owned(),
        ListKind::Keys(Some(of)) => words::keys_of(&of.words),
        ListKind::OnCall => on_call::title(&layer.rows),
        ListKind::Unconfirmed => rota_words::UNCONFIRMED.to_owned(),
        ListKind::Shares(_) => listed::SHARES.to_owned(),
        ListKind::Measured(behind) => behind.title.clone(),
        ListKind::Office(Listed::Visits) => listed::VISITS.to_owned(),
        ListKind::Office(Listed::Tasks) => listed::TASKS.to_owned(),
        ListKind::Office(Listed::Slips) => listed::SLIPS.to_owned(),
        ListKind::Office(Listed::Providers) => provider_words::PROVIDERS[0].to_owned(),
    };
    let inside = pane(paper, body, &title, &sight.line(Meaning::Value, total), focused);
    let searching = layer.filter.is_open() || layer.kind.is_register();
    let (head, rest) = top(inside, u16::from(searching) * 2);
    let rest = match &layer.rows {
        Load::Ready(Rows::Locations(all)) => under(paper, rest, &locations::above(sight, all)),
        Load::Ready(Rows::Reviews(_, unbegun)) => under(paper, rest, &reviews::above(sight, unbegun)),
        _ => rest,
    };
    let ids = layer.ids();
    let selected = layer.selection().and_then(|id| ids.iter().position(|one| *one == id));
    let empty = match &layer.kind {
        _ if !layer.filter.text.is_empty() => words::NOTHING_MATCHES,
        ListKind::Locations => location_words::NO_LOCATIONS,
        ListKind::Drafts => words::NO_UNFINISHED,
        ListKind::ToConfirm => words::NOTHING_WAITS,
        ListKind::Looks(_) => words::looks::NO_LOOKS,
        ListKind::Mine => owning::NOTHING_MINE,
        ListKind::ToCountersign => words::NOTHING_FOR_SECOND,
        ListKind::DoneAlone => words::NOTHING_ALONE,
        ListKind::Keys(_) => words::NO_KEYS,
        ListKind::Shares(_) => listed::NOTHING_SHARED,
        ListKind::Measured(_) => measure_words::NO_RECORDS,
        ListKind::Office(Listed::Visits) => listed::NO_VISITS,
        ListKind::Office(Listed::Tasks) => listed::NO_TASKS,
        ListKind::Office(Listed::Slips) => listed::NO_SLIPS,
        ListKind::Office(Listed::Providers) => provider_words::NO_PROVIDERS,
        ListKind::Ring => queue_words::NOBODY_TO_RING,
        ListKind::Signs => sign_words::NOTHING,
        ListKind::Audits => audit_words::NO_AUDITS,
        ListKind::Disposal => disposal_words::NOTHING_DUE,
        ListKind::Reviews => review_words::NO_REVIEWS,
        ListKind::Eyes => queue_words::NOBODY_TO_SEE,
        ListKind::OnCall => rota_words::NOTHING_PLANNED,
        ListKind::Unconfirmed => rota_words::NOTHING_UNCONFIRMED,
        ListKind::Records(_) | ListKind::Cases(_) => words::EMPTY_LIST,
    };
    let drawing = Drawing { sight, selected, focused, empty };
    view.scrolled(Place::List, body, |scroll| match &layer.rows {
        Load::Ready(Rows::Records(page)) => {
            drawing.table(paper, rest, scroll, &records::columns(register(&layer.kind)), &page.rows)
        }
        Load::Ready(Rows::Locations(all)) => {
            drawing.table(paper, rest, scroll, &locations::columns(), &all.rows)
        }
        Load::Ready(Rows::Cases(page, _)) => drawing.table(paper, rest, scroll, &cases(), &page.rows),
        Load::Ready(Rows::Drafts(rows)) => drawing.table(paper, rest, scroll, &drafts(), rows),
        Load::Ready(Rows::Looks(rows)) => drawing.table(paper, rest, scroll, &looks(), rows),
        Load::Ready(Rows::ToConfirm(rows)) => drawing.table(paper, rest, scroll, &to_confirm(), rows),
        Load::Ready(Rows::Mine(mine)) => drawing.table(paper, rest, scroll, &mine::columns(), &mine.rows),
        Load::Ready(Rows::ToCountersign(rows)) => drawing.table(paper, rest, scroll, &second(), rows),
        Load::Ready(Rows::Audits(rows)) => drawing.table(paper, rest, scroll, &audits::columns(), rows),
        Load::Ready(Rows::Disposal(rows)) => drawing.table(paper, rest, scroll, &disposal::columns(), rows),
        Load::Ready(Rows::Reviews(rows, _)) => drawing.table(paper, rest, scroll, &reviews::columns(), rows),
        Load::Ready(Rows::Signs(rows)) => drawing.table(paper, rest, scroll, &signs::columns(), rows),
        Load::Ready(Rows::Ring(rows)) => drawing.table(paper, rest, scroll, &queues::ring(), rows),
        Load::Ready(Rows::Eyes(rows)) => drawing.table(paper, rest, scroll, &queues::eyes(), rows),
        Load::Ready(Rows::Keys(rows)) => drawing.table(paper, rest, scroll, &keys(), rows),
        Load::Ready(Rows::Visits(rows)) => drawing.table(paper, rest, scroll, &office::visits(), rows),
        Load::Ready(Rows::Tasks(rows)) => drawing.table(paper, rest, scroll, &office::tasks(), rows),
        Load::Ready(Rows::Pads(rows)) => drawing.table(paper, rest, scroll, &office::pads(), rows),
        Load::Ready(Rows::Shares(rows)) => drawing.table(paper, rest, scroll, &shares::columns(), rows),
        Load::Ready(Rows::Providers(rows)) => drawing.table(paper, rest, scroll, &providers::columns(), rows),
        Load::Ready(Rows::Measured(found, measure)) => {
            let row = |record| measured::Behind { record, measure };
            let rows: Vec<_> = found.rows.iter().map(row).collect();
            drawing.table(paper, rest, scroll, &measured::columns(), &rows)
        }
        Load::Ready(Rows::DoneAlone(rows)) => drawing.table(paper, rest, scroll, &alone(), rows),
        Load::Ready(Rows::OnCall(listed)) => {
            drawing.table(paper, rest, scroll, &on_call::columns(), &listed.rows)
        }
        Load::Ready(Rows::Unconfirmed(rows)) => {
            drawing.table(paper, rest, scroll, &on_call::unconfirmed(), rows)
        }
        Load::Loading | Load::Failed(_) => {}
    });
    if searching {
        find_line(paper, head, sight, (&layer.filter, says));
    }
}

/// Writes lines at the top, each as often as it takes to read it whole; answers with the room that is left under them.
fn under(paper: &mut Paper<'_>, area: Rect, lines: &[Line<'_>]) -> Rect {
    let width = area.width.saturating_sub(2);
    let folded: Vec<Line<'static>> = lines.iter().flat_map(|line| fold(line, width.max(1))).collect();
    if folded.is_empty() {
        return area;
    }
    let (head, rest) = top(area, u16::try_from(folded.len() + 1).unwrap_or(u16::MAX));
    for (line, y) in folded.iter().zip(head.y..head.bottom()) {
        paper.put(head.x + 1, y, width, line);
    }
    rest
}

struct Drawing<'a> {
    sight: &'a Sight<'a>,
    selected: Option<usize>,
    focused: bool,
    empty: &'static str,
}

impl<'a> Drawing<'a> {
    fn table<Row>(
        &self,
        paper: &mut Paper<'_>,
        area: Rect,
        scroll: &mut super::view::Scroll,
        columns: &[Column<Row, Sight<'a>>],
        rows: &[Row],
    ) {
        let rows: Vec<&Row> = rows.iter().collect();
        let table = Table {
            columns,
            rows: &rows,
            sight: self.sight,
            selected: self.selected,
            focused: self.focused,
            headings: true,
            empty: self.empty,
        };
        table.draw(paper, area, scroll, |_| false);
    }
}

fn register(kind: &ListKind) -> &str {
    match kind {
        ListKind::Records(register) => register,
        _ => "",
    }
}

fn cases<'a>() -> [Column<CaseRow, Sight<'a>>; 8] {
    [
        table::column("case", 7, 9, 0, |row: &CaseRow, sight: &Sight<'_>| {
            sight.line(Meaning::Name, &row.reference)
        }),
        table::column("opened", 11, 11, 6, |row: &CaseRow, sight: &Sight<'_>| {
            sight.line(Meaning::Muted, display::date(sight.zone.day(row.opened_at)))
        }),
        table::column("risk", 5, 5, 4, |row: &CaseRow, sight: &Sight<'_>| sight.risk(row.level.as_ref())),
        Column {
            apart: true,
            narrow: Some(|row, sight| {
                sight.or_words(sight.short_whom(row.subject.as_ref(), &row.pathway), &row.said_of)
            }),
            ..table::column("about", 10, 22, 1, |row: &CaseRow, sight: &Sight<'_>| {
                // A pad of slips, the fridge: there is nobody to know.
                sight.or_words(sight.whom(row.subject.as_ref(), &row.pathway), &row.said_of)
            })
        },
        Column {
            second: true,
            ..table::column("matter", 16, 40, 2, |row: &CaseRow, sight: &Sight<'_>| {
                sight.line(Meaning::Value, row.headline.as_deref().unwrap_or_default())
            })
        },
        Column {
            second: true,
            ..table::column(listed::HEAD_CASE_KIND, 16, 30, 5, |row: &CaseRow, sight: &Sight<'_>| {
                sight.line(Meaning::Muted, &row.kind)
            })
        },
        table::column(listed::HEAD_NEXT, 16, 24, 7, |row: &CaseRow, sight: &Sight<'_>| {
            sight.line(Meaning::Value, row.next.as_ref().map_or("", |next| next.what.as_str()))
        }),
        Column {
            whole: true,
            ..table::column(listed::HEAD_NEXT_DUE, 7, 16, 3, |row: &CaseRow, sight: &Sight<'_>| {
                match &row.next {
                    Some(next) => sight.short_distance(next),
                    None if row.closed => sight.line(Meaning::Muted, words::CLOSED),
                    None => Line::default(),
                }
            })
        },
    ]
}

fn drafts<'a>() -> [Column<DraftRow, Sight<'a>>; 6] {
    [
        Column {
            align: table::Align::Right,
            ..table::column("age", 7, 7, 0, |row: &DraftRow, sight: &Sight<'_>| {
                sight.line(Meaning::Soon, display::age(row.opened_at, sight.now))
            })
        },
        table::column("form", 10, 28, 2, |row: &DraftRow, sight: &Sight<'_>| {
            sight.line(Meaning::Value, &row.step)
        }),
        table::column("about", 10, 28, 1, |row: &DraftRow, sight: &Sight<'_>| {
            sight.line(Meaning::Name, &row.about)
        }),
        Column {
            second: true,
            ..table::column("whose", 8, 18, 3, |row: &DraftRow, sight: &Sight<'_>| {
                sight
                    .line(Meaning::Value, if row.whose.is_empty() { words::NOBODY_NAMED } else { &row.whose })
            })
        },
        Column {
            second: true,
            ..table::column("ring back", 12, 18, 4, |row: &DraftRow, sight: &Sight<'_>| {
                sight.line(Meaning::Value, &row.call_back)
            })
        },
        Column {
            second: true,
            ..table::column("kept", 8, 14, 5, |row: &DraftRow, sight: &Sight<'_>| {
                match (row.waits, row.held) {
                    (true, _) => sight.line(Meaning::Late, words::NOT_YET_SHORT),
                    (false, true) => sight.line(Meaning::Muted, words::HELD),
                    (false, false) => sight.line(Meaning::Muted, sight.short(row.kept_at)),
                }
            })
        },
    ]
}

fn looks<'a>() -> [Column<LookRow, Sight<'a>>; 6] {
    [
        table::column("when", 5, 14, 0, |row: &LookRow, sight: &Sight<'_>| {
            sight.line(Meaning::Value, sight.short(row.at))
        }),
        table::column("who", 8, 18, 1, |row: &LookRow, sight: &Sight<'_>| {
            sight.line(Meaning::Name, &row.staff)
        }),
        table::column("how", 8, 10, 2, |row: &LookRow, sight: &Sight<'_>| {
            let (meaning, words) = match (row.how, row.waits) {
                (_, Some(_)) => (Meaning::Soon, words::looks::TO_BE_SEEN),
                (How::Refused | How::Missed | How::Beyond, None) => {
                    (Meaning::Soon, words::looks::how(row.how))
                }
                _ => (Meaning::Value, words::looks::how(row.how)),
            };
            sight.line(meaning, words)
        }),
        table::column("whose", 10, 26, 3, |row: &LookRow, sight: &Sight<'_>| {
            sight.line(Meaning::Name, &row.subject)
        }),
        Column {
            second: true,
            ..table::column("case", 7, 9, 5, |row: &LookRow, sight: &Sight<'_>| {
                sight.line(Meaning::Muted, &row.reference)
            })
        },
        Column {
            second: true,
            ..table::column(listed::HEAD_WHAT_OR_WHY, 10, 40, 4, |row: &LookRow, sight: &Sight<'_>| {
                sight.line(Meaning::Quote, &row.detail)
            })
        },
    ]
}

fn to_confirm<'a>() -> [Column<ToConfirm, Sight<'a>>; 5] {
    [
        table::column("when", 5, 14, 0, |row: &ToConfirm, sight: &Sight<'_>| {
            sight.line(Meaning::Value, display::short_when(&row.occurred, sight.now, sight.zone))
        }),
        table::column("case", 7, 9, 2, |row: &ToConfirm, sight: &Sight<'_>| {
            sight.line(Meaning::Muted, &row.reference)
        }),
        Column {
            apart: true,
            narrow: Some(|row, sight| sight.short_whom(row.subject.as_ref(), &row.said.pathway)),
            ..table::column("about", 10, 26, 1, |row: &ToConfirm, sight: &Sight<'_>| {
                sight.whom(row.subject.as_ref(), &row.said.pathway)
            })
        },
        Column {
            second: true,
            ..table::column("what", 8, 24, 3, |row: &ToConfirm, sight: &Sight<'_>| {
                sight.line(Meaning::Value, &row.title)
            })
        },
        Column {
            second: true,
            ..table::column("typed by", 8, 20, 4, |row: &ToConfirm, sight: &Sight<'_>| -> Line<'static> {
                sight.line(Meaning::Muted, &row.typed_by)
            })
        },
    ]
}

/// Whom an entry is about: of an act, and of a step of a case that is about nobody, there may be nobody to be known.
fn of_entry(sight: &Sight<'_>, about: Option<&RecordRow>, entry: &Entry) -> Line<'static> {
    match (about, &entry.said) {
        (Some(_), _) => sight.name(about),
        (None, Said::Step(said)) => sight.whom(None, &said.pathway),
        (None, Said::Act(_) | Said::Stub(_)) => Line::default(),
    }
}

fn second<'a>() -> [Column<ToCountersign, Sight<'a>>; 5] {
    [
        table::column("when", 5, 14, 0, |row: &ToCountersign, sight: &Sight<'_>| {
            sight.line(Meaning::Value, sight.short(row.entry.recorded_at))
        }),
        table::column("case", 7, 9, 4, |row: &ToCountersign, sight: &Sight<'_>| {
            sight.line(Meaning::Muted, &row.reference)
        }),
        table::column("about", 10, 26, 1, |row: &ToCountersign, sight: &Sight<'_>| {
            of_entry(sight, row.about.as_ref(), &row.entry)
        }),
        Column {
            second: true,
            ..table::column("what", 8, 30, 2, |row: &ToCountersign, sight: &Sight<'_>| {
                sight.line(Meaning::Value, &row.title)
            })
        },
        Column {
            second: true,
            ..table::column("by", 8, 20, 3, |row: &ToCountersign, sight: &Sight<'_>| {
                sight.line(Meaning::Muted, &row.by)
            })
        },
    ]
}

fn alone<'a>() -> [Column<DoneAlone, Sight<'a>>; 5] {
    [
        table::column("when", 5, 14, 0, |row: &DoneAlone, sight: &Sight<'_>| {
            sight.line(Meaning::Value, sight.short(row.entry.recorded_at))
        }),
        table::column("about", 10, 26, 1, |row: &DoneAlone, sight: &Sight<'_>| {
            of_entry(sight, row.about.as_ref(), &row.entry)
        }),
        table::column("what", 8, 24, 3, |row: &DoneAlone, sight: &Sight<'_>| {
            sight.line(Meaning::Value, &row.title)
        }),
        Column {
            second: true,
            ..table::column("by", 8, 20, 4, |row: &DoneAlone, sight: &Sight<'_>| {
                sight.line(Meaning::Muted, &row.by)
            })
        },
        Column {
            second: true,
            ..table::column("why alone", 10, 60, 2, |row: &DoneAlone, sight: &Sight<'_>| {
                sight.line(Meaning::Soon, &row.why)
            })
        },
    ]
}

fn keys<'a>() -> [Column<KeyRow, Sight<'a>>; 6] {
    [
        table::column("whose", 10, 24, 0, |row: &KeyRow, sight: &Sight<'_>| {
            let whose = if row.staff.is_some() { row.name.as_str() } else { words::WORKSTATION };
            sight.line(Meaning::Name, whose)
        }),
        table::column("key", 8, 24, 1, |row: &KeyRow, sight: &Sight<'_>| {
            sight.line(Meaning::Value, &row.label)
        }),
        table::column("stands", 8, 25, 2, |row: &KeyRow, sight: &Sight<'_>| {
            let standing = row.standing(sight.zone.day(sight.now));
            let meaning = match standing {
                Standing::Stands(_) => Meaning::Value,
                Standing::Waits => Meaning::Soon,
                _ => Meaning::Muted,
            };
            sight.line(meaning, key_words::stands(&standing))
        }),
        Column {
            second: true,
            ..table::column("until", 11, 11, 3, |row: &KeyRow, sight: &Sight<'_>| {
                sight.line(Meaning::Value, row.until.map(display::date).unwrap_or_default())
            })
        },
        Column {
            second: true,
            ..table::column("enrolled by", 8, 20, 5, |row: &KeyRow, sight: &Sight<'_>| {
                sight.line(Meaning::Muted, &row.enrolled_by)
            })
        },
        Column {
            second: true,
            ..table::column("fingerprint", 14, 50, 4, |row: &KeyRow, sight: &Sight<'_>| {
                sight.line(Meaning::Muted, row.fingerprint.to_string())
            })
        },
    ]
}
