//! What happened, by when it happened: days as headings, a time, a verb, the gist, and what is odd about it.

use chrono::NaiveDate;
use ratatui::text::Line;

use super::Seen;
use crate::app::Part;
use crate::app::telling::{Said, Struck};
use crate::domain::answer::{Precision, When};
use crate::domain::commitment::Commitment;
use crate::domain::look::Meaning;
use crate::domain::time::display;
use crate::domain::views::Told;
use crate::domain::words::ui as words;
use crate::ui::paper::join;
use crate::ui::scroll::{Row, Text};
use crate::ui::sight::Sight;

/// Columns of the time and what follows it; more where a time has to name its zone.
const HANG: u16 = 7;
const HANG_ZONE: u16 = 11;

/// The rows of the timeline at this width.
pub fn rows(sight: &Sight<'_>, seen: &Seen<'_>, width: u16) -> Vec<Row> {
    let mut text = Text::new(width);
    let mut day: Option<NaiveDate> = None;
    let hang = hang(sight, seen);
    for (told, of) in in_one_row(seen) {
        let today = sight.zone.day(told.occurred.at);
        if day != Some(today) {
            text.say(&sight.line(Meaning::Muted, display::weekday_date(today)), 0, false);
            day = Some(today);
        }
        let selected = seen.part == Part::Chronology && seen.entry == Some(told.entry.id);
        let opened = selected && seen.opened;
        let late = seen.view.state.answered_late(told.entry.id, told.occurred.at);
        let row = Entry { told, said: &(seen.said)(told), of, late, selected, opened, hang };
        row.draw(&mut text, sight);
    }
    text.rows
}

/// Its own entries and those of cases opened for the same matter, by when they happened; of the latter the reference.
fn in_one_row<'a>(seen: &'a Seen<'_>) -> Vec<(&'a Told, Option<&'a str>)> {
    let own = seen.view.chronology.iter().map(|told| (told, None));
    let elsewhere = seen.view.elsewhere.iter().map(|one| (&one.told, Some(one.reference.as_str())));
    let mut all: Vec<(&Told, Option<&str>)> = own.chain(elsewhere).collect();
    all.sort_by_key(|(told, _)| (told.occurred.at, told.entry.seq));
    all
}

/// Columns of the times: all of a chronology stand in one.
fn hang(sight: &Sight<'_>, seen: &Seen<'_>) -> u16 {
    let names_zone = |told: &Told| clock(sight, told).chars().count() > 6;
    if seen.view.chronology.iter().any(names_zone) { HANG_ZONE } else { HANG }
}

fn clock(sight: &Sight<'_>, told: &Told) -> String {
    let clock = display::clock_told(told.occurred.at, sight.now, sight.zone);
    match told.occurred.precision {
        Precision::Exact => clock,
        Precision::About => format!("~{clock}"),
        Precision::Day | Precision::Unknown => "--:--".to_owned(),
    }
}

/// One entry of the chronology.
struct Entry<'a> {
    told: &'a Told,
    said: &'a Said,
    /// The reference of the case it stands in, where that is another one.
    of: Option<&'a str>,
    /// What it answered after its time.
    late: Option<&'a Commitment>,
    selected: bool,
    opened: bool,
    hang: u16,
}

impl Entry<'_> {
    fn draw(&self, text: &mut Text, sight: &Sight<'_>) {
        let Self { told, said, selected, hang, .. } = *self;
        let lead = sight.line(Meaning::Value, clock(sight, told));
        let of = self.of.map(|of| format!("{of}  ")).unwrap_or_default();
        let line = sight.spans([
            (Meaning::Muted, of.as_str()),
            (Meaning::Verb, said.verb.as_str()),
            (Meaning::Value, "  "),
            (Meaning::Value, &said.gist),
        ]);
        text.hang(&lead, &line, hang, selected);
        let odd = oddities(sight, told, said, self.late);
        if !odd.spans.is_empty() {
            text.say(&odd, hang, selected);
        }
        if self.opened {
            for one in &said.all {
                let meaning = if one.quoted { Meaning::Quote } else { Meaning::Value };
                let line = sight.spans([
                    (Meaning::Muted, one.label.as_str()),
                    (Meaning::Muted, ": "),
                    (meaning, &one.words),
                ]);
                text.say(&line, hang + 2, selected);
            }
            text.say(&recorded(sight, told), hang + 2, selected);
        }
        for (struck, by) in &said.struck {
            // A name that the whole case was written under is struck in full where it was first said.
            if !struck.label.is_empty() || self.opened {
                text.say(&struck_line(sight, struck, by), hang, selected);
            }
        }
    }
}

/// When it was put into the record, and how long after it happened: never the same thing, whatever the form says.
fn recorded(sight: &Sight<'_>, told: &Told) -> Line<'static> {
    let at = told.entry.recorded_at;
    let after = (at - told.occurred.at).num_minutes() > 0;
    let after = if after { display::length(told.occurred.at, at) } else { String::new() };
    sight.line(Meaning::Muted, words::recorded_at(&display::stamp(at, sight.zone), &after))
}

fn newer_advice(sight: &Sight<'_>, when: &When) -> Line<'static> {
    sight.line(Meaning::Soon, words::newer_advice(&display::short_when(when, sight.now, sight.zone)))
}

/// What stands no more: the words with a line through them, and in words who struck them, when and why.
fn struck_line(sight: &Sight<'_>, struck: &Struck, by: &str) -> Line<'static> {
    let label = if struck.label.is_empty() { String::new() } else { format!("{}: ", struck.label) };
    let why = words::struck(&sight.short(struck.at), by, &struck.reason);
    sight.spans([
        (Meaning::Muted, label.as_str()),
        (Meaning::Struck, &struck.words),
        (Meaning::Muted, "  "),
        (Meaning::Soon, &why),
    ])
}

/// Who, and whatever the next reader has to know about the record itself.
fn oddities(sight: &Sight<'_>, told: &Told, said: &Said, late: Option<&Commitment>) -> Line<'static> {
    let delay = || display::length(told.occurred.at, told.entry.recorded_at);
    let soon = |on: bool, text: String| if on { sight.line(Meaning::Soon, text) } else { Line::default() };
    // Filling a blank is no correction, and carries no reason.
    let corrections = told.amendments.iter().filter(|one| !one.reason.is_empty()).count();
    let under = said.struck.iter().find(|(struck, _)| struck.label.is_empty());
    let under = under.map(|(struck, _)| {
        sight.spans([
            (Meaning::Soon, words::STRUCK),
            (Meaning::Value, " "),
            (Meaning::Struck, struck.words.as_str()),
        ])
    });
    let under = under.unwrap_or_default();
    join(
        sight.theme,
        " · ",
        [
            sight.line(Meaning::Muted, words::whose(&said.by, &said.typed_by)),
            soon(told.late_entry, words::late_entry(&sight.short(told.entry.recorded_at), &delay())),
            soon(told.to_confirm, words::TO_CONFIRM.to_owned()),
            soon(told.unsigned, words::UNSIGNED.to_owned()),
            soon(told.unsighted, words::UNSIGHTED.to_owned()),
            told.source
                .as_deref()
                .map(|file| sight.line(Meaning::Muted, words::imported_from(file)))
                .unwrap_or_default(),
            soon(!said.taken_over.is_empty(), said.taken_over.join(" · ")),
            soon(told.second.is_some(), said.second.clone()),
            soon(!told.missing.is_empty(), words::missing(told.missing.len())),
            late.map(|owed| {
                let by = display::length(owed.due, told.occurred.at);
                sight.line(Meaning::Soon, words::answered_late(&owed.what, &by))
            })
            .unwrap_or_default(),
            said.newer_advice.map(|when| newer_advice(sight, &when)).unwrap_or_default(),
            soon(told.own_decision, words::OWN_DECISION.to_owned()),
            soon(corrections > 0, words::corrections(corrections)),
            under,
        ],
    )
}
