//! Looking for a record: what is typed, what was found, and who could be mistaken for whom.
//!
//! ```text
//! ╭─ Find: people ───────────────────────────────────── 2 ─╮
//! │ / qui                                                  │
//! │                                                        │
//! │ QUILL, Theresa   14-Mar-1941 (85y)  999 000 0018       │
//! │                  Rowan House, flat 4                   │
//! ╰────────────────────────────────────────────────────────╯
//! ```

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::banner;
use super::boxes::{Boxed, typed};
use super::paper::{Paper, join};
use super::scroll::Text;
use super::sight::Sight;
use super::view::View;
use crate::app::Load;
use crate::app::apart::{Apart, Asks, Kept, NEW, key};
use crate::app::picker::{PickFor, Picker};
use crate::domain::look::Meaning;
use crate::domain::names::fold;
use crate::domain::time::display;
use crate::domain::views::RecordRow;
use crate::domain::words::{apart, ui as words};

/// The register whose records are also found by birthday, room and number.
const PEOPLE: &str = "people";
/// Columns before what tells records apart.
const HANG: u16 = 22;
/// Columns before what tells those apart who stand under a number.
const UNDER_NUMBER: u16 = 3;

/// Draws it over the screen.
pub fn draw(paper: &mut Paper<'_>, screen: Rect, view: &mut View, sight: &Sight<'_>, picker: &Picker) {
    let title = match picker.purpose {
        PickFor::SignIn => words::WHO_IS_HERE.to_owned(),
        PickFor::Near { .. } => words::WHO_WAS_TOLD.to_owned(),
        PickFor::Line { .. } | PickFor::Open => words::find(&picker.register),
    };
    let counts = match &picker.found {
        Load::Ready(found) => sight.line(Meaning::Muted, words::of(found.page.rows.len(), found.page.total)),
        Load::Loading => sight.line(Meaning::Muted, words::LOADING),
        Load::Failed(why) => sight.line(Meaning::Late, why),
    };
    let boxed = Boxed { title: &title, counts, head: 2, width: 88 };
    let mut text = Text::new(boxed.text_width(screen));
    match &picker.apart {
        Some(apart) => stand_apart(&mut text, sight, apart, picker),
        None => listed(&mut text, sight, picker),
    }
    let head = boxed.draw(paper, screen, view, &text.rows);
    typed(paper, head, sight, "/", &picker.query);
}

/// What was found.
fn listed(text: &mut Text, sight: &Sight<'_>, picker: &Picker) {
    let row = |text: &mut Text, record: &RecordRow| {
        rows(text, sight, record, (named(sight, record), picker.selected == Some(record.id)));
        people(text, sight, record, picker);
    };
    for record in picker.rows() {
        row(text, record);
    }
    if !picker.nearly().is_empty() {
        text.say(&sight.line(Meaning::Soon, apart::NEARLY), 0, false);
    }
    for record in picker.nearly() {
        row(text, record);
    }
    let near = matches!(picker.purpose, PickFor::Near { .. });
    let kept = if near { words::AS_TYPED } else { words::MAKE_NEW };
    if picker.offers_new() {
        let line = sight.spans([
            (Meaning::Name, picker.query.text()),
            (Meaning::Muted, "  "),
            (Meaning::Muted, kept),
        ]);
        text.say(&line, 0, picker.selected.is_none());
        if !near {
            text.say(&sight.line(Meaning::Muted, words::ESC_KEEPS), 0, false);
        }
    } else if picker.rows().is_empty() && picker.nearly().is_empty() && picker.found.ready().is_some() {
        if let Some(wrong) = picker.wrong {
            text.say(&sight.line(Meaning::Late, wrong.to_string()), 0, false);
            text.say(&sight.line(Meaning::Muted, words::ESC_KEEPS), 0, false);
            return;
        }
        let none = match picker.purpose {
            PickFor::SignIn if picker.query.is_empty() => words::TYPE_YOUR_NAME,
            _ if picker.register == PEOPLE => words::NOBODY_FOUND,
            _ => words::NOT_ON_THE_LIST,
        };
        text.say(&sight.line(Meaning::Muted, none), 0, false);
    }
}

/// What a record says of somebody, by which they are told apart.
type Fact<'a> = &'a dyn Fn(&RecordRow) -> Option<String>;

/// Those among whom a number says who is meant, each with all that tells them apart: in bold what not all of them share.
fn stand_apart(text: &mut Text, sight: &Sight<'_>, apart: &Apart, picker: &Picker) {
    let is_of_people = picker.register == PEOPLE;
    let asked = match apart.asks {
        Asks::WhichOfThem => apart::WHICH_OF_THEM.to_owned(),
        Asks::WhichHasIt if apart.rows.len() == 1 => apart::ONE_HAS_IT.to_owned(),
        Asks::WhichHasIt if is_of_people => apart::WHICH_HAS_IT.to_owned(),
        Asks::WhichHasIt => apart::WHICH_RECORD_HAS_IT.to_owned(),
        Asks::AllTheSame => apart::MUST_NOT_BE_TOLD.to_owned(),
        Asks::BeforeNew => apart::before_new(picker.query.text().trim()),
        Asks::BeforeDigits => apart::before_digits(picker.query.text().trim(), !apart.rows.is_empty()),
    };
    text.say(&sight.line(Meaning::Late, asked), 0, false);
    let records = || apart.rows.iter().map(|(record, _)| record);
    let shared = |of: Fact<'_>| {
        apart.rows.len() > 1 && records().all(|record| of(record) == records().next().and_then(of))
    };
    let born = |record: &RecordRow| record.born.map(display::date);
    let told: [(Fact<'_>, bool); 4] = [
        (&born, shared(&born)),
        (&|record| record.room.clone(), shared(&|record| record.room.clone())),
        (&|record| record.place.clone(), shared(&|record| record.place.clone())),
        (&|record| record.nhs.as_deref().map(banner::grouped), shared(&|record| record.nhs.clone())),
    ];
    for (at, (record, why)) in apart.rows.iter().enumerate() {
        let key = super::footer::key_name(&key(at).to_string());
        let name = sight.spans([
            (Meaning::Key, key.as_str()),
            (Meaning::Muted, "  "),
            (Meaning::Name, &record.name),
        ]);
        text.say(&name, 0, false);
        let facts = told.iter().map(|(of, shared)| {
            let meaning = if *shared { Meaning::Muted } else { Meaning::Name };
            sight.line(meaning, of(record).unwrap_or_default())
        });
        let silent = if record.do_not_inform { words::DO_NOT_INFORM } else { "" };
        let kind = record.more.type_of.as_ref().map(|kind| kind.label.as_str());
        let further = [
            sight.ringing(record, None),
            sight.line(Meaning::Value, kind.unwrap_or_default()),
            sight.line(Meaning::Value, record.code.as_deref().unwrap_or_default()),
            sight.line(Meaning::Value, record.more.roles.join(", ")),
            banner::whereabouts(sight, record),
            banner::cautions(sight, record),
            sight.line(Meaning::Late, silent),
        ];
        text.say(&join(sight.theme, "  ", facts.chain(further)), UNDER_NUMBER, false);
        if !why.is_empty() {
            text.say(&sight.line(Meaning::Soon, why), UNDER_NUMBER, false);
        }
    }
    if apart.more {
        let more = if is_of_people { apart::MORE } else { apart::MORE_RECORDS };
        text.say(&sight.line(Meaning::Soon, more), 0, false);
    }
    text.gap();
    if apart.offers_new() {
        let new = apart::somebody_new(picker.query.text().trim());
        let key = super::footer::key_name(&NEW.to_string());
        text.say(
            &sight.spans([(Meaning::Key, key.as_str()), (Meaning::Muted, "  "), (Meaning::Value, &new)]),
            0,
            false,
        );
    }
    if let Some(kept) = apart.kept.as_ref().map(Kept::says).filter(|kept| !kept.is_empty()) {
        text.say(&sight.line(Meaning::Value, kept), 0, false);
    }
    let press = apart::press_a_number(apart.last(), apart.offers_new());
    text.say(&sight.line(Meaning::Muted, press), 0, false);
}

/// People at an organisation: all of them under the one that is selected, elsewhere those who were looked for by name.
fn people(text: &mut Text, sight: &Sight<'_>, record: &RecordRow, picker: &Picker) {
    let typed = fold(picker.query.text());
    let is_meant = |name: &str| {
        let name = fold(name);
        typed.split_whitespace().any(|word| name.split_whitespace().any(|part| part.starts_with(word)))
    };
    let selected = picker.selected == Some(record.id);
    for there in record.more.people.iter().filter(|there| selected || is_meant(&there.name)) {
        let line = join(
            sight.theme,
            "  ",
            [
                sight.line(Meaning::Value, &there.name),
                sight.line(Meaning::Muted, there.job.as_deref().unwrap_or_default()),
                sight.ringing(record, Some(there)),
            ],
        );
        text.say(&line, HANG, false);
    }
}

fn named(sight: &Sight<'_>, record: &RecordRow) -> Line<'static> {
    sight.line(Meaning::Name, &record.name)
}

/// A record, by its name as it is to be drawn, with everything that tells it from another of the same name.
pub(super) fn rows(
    text: &mut Text,
    sight: &Sight<'_>,
    record: &RecordRow,
    (name, selected): (Line<'static>, bool),
) {
    let born = record.born.map(|born| format!("{} {}", display::date(born), words::years(sight.age(born))));
    let nhs = record.nhs.as_deref().map(banner::grouped);
    let place: Vec<&str> = [record.place.as_deref(), record.room.as_deref()].into_iter().flatten().collect();
    let kind = record.more.type_of.as_ref().map(|kind| kind.label.as_str());
    let told = join(
        sight.theme,
        "  ",
        [
            sight.line(Meaning::Value, born.unwrap_or_default()),
            sight.line(Meaning::Value, nhs.unwrap_or_default()),
            sight.ringing(record, None),
            sight.line(Meaning::Muted, kind.unwrap_or_default()),
            sight.line(Meaning::Muted, place.join(", ")),
            banner::whereabouts(sight, record),
            banner::cautions(sight, record),
            if record.do_not_inform {
                sight.line(Meaning::Late, words::DO_NOT_INFORM)
            } else {
                Line::default()
            },
        ],
    );
    if super::paper::columns(&name) < HANG {
        text.hang(&name, &told, HANG, selected);
    } else {
        text.say(&name, 0, selected);
        text.say(&told, HANG, selected);
    }
}
