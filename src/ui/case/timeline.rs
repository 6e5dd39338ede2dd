//! What happened, by when it happened: days as headings, a time, a verb, the gist, and what is odd about it.

use chrono::NaiveDate;
use ratatui::text::Line;

use super::Seen;
use crate::app::Part;
use crate::app::telling::Said;
use crate::domain::answer::Precision;
use crate::domain::ids::EntryId;
use crate::domain::look::Meaning;
use crate::domain::time::display;
use crate::domain::views::Told;
use crate::domain::words::ui as words;
use crate::ui::paper::join;
use crate::ui::scroll::{Row, Text};
use crate::ui::sight::Sight;

/// Columns of the time and what follows it.
const HANG: u16 = 7;

/// The rows of the timeline at this width.
pub fn rows(sight: &Sight<'_>, seen: &Seen<'_>, width: u16) -> Vec<Row> {
    let mut text = Text::new(width);
    let mut day: Option<NaiveDate> = None;
    for told in &seen.view.chronology {
        let today = sight.zone.day(told.occurred.at);
        if day != Some(today) {
            text.say(&sight.line(Meaning::Muted, display::weekday_date(today)), 0, false);
            day = Some(today);
        }
        let selected = seen.part == Part::Chronology && seen.entry == Some(told.entry.id);
        entry(&mut text, sight, told, &(seen.said)(told), selected, selected && seen.opened);
    }
    text.rows
}

fn entry(text: &mut Text, sight: &Sight<'_>, told: &Told, said: &Said, selected: bool, opened: bool) {
    let clock = match told.occurred.precision {
        Precision::Exact => display::clock(told.occurred.at, sight.zone),
        Precision::About => format!("~{}", display::clock(told.occurred.at, sight.zone)),
        Precision::Day | Precision::Unknown => "--:--".to_owned(),
    };
    let lead = sight.line(Meaning::Value, &clock);
    if let Some(moved) = &told.moved {
        text.hang(&lead, &sight.line(Meaning::Muted, words::moved(&moved.reason)), HANG, selected);
        return;
    }
    let line = sight.spans([
        (Meaning::Verb, said.verb.as_str()),
        (Meaning::Value, "  "),
        (Meaning::Value, &said.gist),
    ]);
    text.hang(&lead, &line, HANG, selected);
    let odd = oddities(sight, told, said);
    if !odd.spans.is_empty() {
        text.say(&odd, HANG, selected);
    }
    if opened {
        for one in &said.all {
            let meaning = if one.quoted { Meaning::Quote } else { Meaning::Value };
            let first = one.first.as_deref().map(words::first_recorded).unwrap_or_default();
            let line = sight.spans([
                (Meaning::Muted, one.label.as_str()),
                (Meaning::Muted, ": "),
                (meaning, &one.words),
                (Meaning::Muted, &first),
            ]);
            text.say(&line, HANG + 2, selected);
        }
        for (_, reason) in corrections(told) {
            text.say(&sight.line(Meaning::Muted, words::corrected(reason)), HANG + 2, selected);
        }
        text.say(&recorded(sight, told), HANG + 2, selected);
    }
}

/// When it was put into the record, and how long after it happened: never the same thing, whatever the form says.
fn recorded(sight: &Sight<'_>, told: &Told) -> Line<'static> {
    let at = told.entry.recorded_at;
    let after = (at - told.occurred.at).num_minutes() > 0;
    let after = if after { display::length(told.occurred.at, at) } else { String::new() };
    sight.line(Meaning::Muted, words::recorded_at(&display::stamp(at, sight.zone), &after))
}

/// Who, and whatever the next reader has to know about the record itself.
fn oddities(sight: &Sight<'_>, told: &Told, said: &Said) -> Line<'static> {
    let delay = || display::length(told.occurred.at, told.entry.recorded_at);
    let soon = |on: bool, text: String| if on { sight.line(Meaning::Soon, text) } else { Line::default() };
    join(
        sight.theme,
        " · ",
        [
            sight.line(Meaning::Muted, words::whose(&said.by, &said.typed_by)),
            soon(told.late_entry, words::late_entry(&delay())),
            soon(told.to_confirm, words::TO_CONFIRM.to_owned()),
            soon(told.unsighted, words::UNSIGHTED.to_owned()),
            soon(!told.missing.is_empty(), words::missing(told.missing.len())),
            soon(corrections(told).count() > 0, words::corrections(corrections(told).count())),
        ],
    )
}

/// The amendments that took something back. Filling a blank is no correction, and carries no reason.
fn corrections(told: &Told) -> impl Iterator<Item = &(EntryId, String)> {
    told.amendments.iter().filter(|(_, reason)| !reason.is_empty())
}
