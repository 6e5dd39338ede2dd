//! A person: the banner, their cases, all that is owed about them, and what stood here by mistake.
//!
//! ```text
//!  QUILL, Theresa   Born 14-Mar-1941 (85y)   NHS 999 000 0018   Rowan House, flat 4    penicillin
//! ╭─ QUILL, Theresa ──────────────────────────────────────────────────────────────────── 2 cases ─╮
//! │ Cases                                                                                         │
//! │ U-1187   21-Nov-2026   RED  hard to rouse                                                     │
//! │ Owed                                                                                          │
//! │ in 3m    decide   A. OKAFOR                                                                   │
//! │ On the record                                                                                 │
//! │ GP surgery                 The Elms Surgery                                                   │
//! ╰───────────────────────────────────────────────────────────────────────────────────────────────╯
//! ```

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::banner;
use super::case::{next, signs};
use super::layout::top;
use super::pane::pane;
use super::paper::{Paper, columns, join};
use super::scroll::{self, Text};
use super::sight::Sight;
use super::view::{Place, View};
use crate::app::case::Item;
use crate::app::{Load, PersonLayer};
use crate::domain::look::Meaning;
use crate::domain::time::display;
use crate::domain::views::{CaseRow, OwedRow, PersonView};
use crate::domain::words::{signs as sign_words, ui as words};

/// Columns of a reference or a distance and what follows it.
const HANG: u16 = 13;

/// Columns of the label of what is on the record.
const LABELS: u16 = 30;

/// Draws it.
pub fn draw(
    paper: &mut Paper<'_>,
    body: Rect,
    view: &mut View,
    sight: &Sight<'_>,
    (layer, focused): (&PersonLayer, bool),
) {
    let person = match &layer.view {
        Load::Ready(person) => person,
        Load::Loading => return super::waiting(paper, body, sight, words::LOADING),
        Load::Failed(why) => return super::waiting(paper, body, sight, why),
    };
    let (head, rest) = top(body, banner::height(sight, Some(&person.record), body.width));
    banner::draw(paper, head, sight, Some(&person.record), "");
    let counts = sight.line(Meaning::Muted, words::cases(person.cases.len()));
    let inside = pane(paper, rest, &person.record.name, &counts, focused);
    let items = layer.items();
    let selected = layer.selected.as_ref().or(items.first());
    let rows = text(sight, person, &layer.particulars, selected, inside.width.saturating_sub(2));
    view.scrolled(Place::Person, rest, |scroll| scroll::draw(paper, inside, scroll, &rows.rows, focused));
}

fn text(
    sight: &Sight<'_>,
    person: &PersonView,
    particulars: &[(String, String)],
    selected: Option<&Item>,
    width: u16,
) -> Text {
    let mut text = Text::new(width);
    if let Some(merged) = &person.merged {
        let when = sight.short(merged.at);
        let stub = words::merged_into(&merged.reference, &merged.name, &when, &merged.by, &merged.reason);
        text.say(&sight.line(Meaning::Soon, stub), 0, false);
        return text;
    }
    if !person.record.more.early_escalation.is_empty() {
        let why = person.record.more.early_escalation.join(", ");
        let line = sight.spans([
            (Meaning::Soon, words::ESCALATE_EARLY),
            (Meaning::Soon, ": "),
            (Meaning::Value, &why),
        ]);
        text.say(&line, 0, false);
        text.gap();
    }
    if !person.signs.is_empty() {
        text.say(&sight.line(Meaning::Title, sign_words::HEADING), 0, false);
        signs(&mut text, sight, &person.signs);
        text.gap();
    }
    text.say(&sight.line(Meaning::Title, words::CASES), 0, false);
    for row in &person.cases {
        case(&mut text, sight, row, selected == Some(&Item::Case(row.id)));
    }
    text.gap();
    text.say(&sight.line(Meaning::Title, words::OWED), 0, false);
    for row in &person.owed {
        owed(&mut text, sight, row, selected == Some(&Item::Owed(row.commitment.id.clone())));
    }
    if person.owed.is_empty() {
        text.say(&sight.line(Meaning::Muted, words::NOTHING_OWED), 0, false);
    }
    for merged in &person.duplicates {
        text.gap();
        let name = format!("{} {}", merged.reference, merged.name);
        let says = words::merged_here(&name, &sight.short(merged.at), &merged.by, &merged.reason);
        text.say(&sight.line(Meaning::Muted, says), 0, false);
    }
    for moved in &person.moved {
        text.gap();
        let when = sight.line(Meaning::Muted, sight.short(moved.at));
        let stub = sight.spans([
            (Meaning::Struck, moved.reference.as_str()),
            (Meaning::Muted, "  "),
            (Meaning::Muted, &words::moved(&moved.by, &moved.reason)),
        ]);
        text.hang(&when, &stub, HANG, false);
    }
    let at = selected.and_then(|item| match item {
        Item::Particular(at) => Some(*at),
        _ => None,
    });
    on_the_record(&mut text, sight, particulars, at, width);
    text
}

/// What a record says, under a heading of its own; each label stands beside its words where there is room.
pub fn on_the_record(
    text: &mut Text,
    sight: &Sight<'_>,
    particulars: &[(String, String)],
    selected: Option<usize>,
    width: u16,
) {
    if !particulars.is_empty() {
        text.gap();
        text.say(&sight.line(Meaning::Title, words::ON_THE_RECORD), 0, false);
    }
    let beside = LABELS.min(width * 2 / 5);
    for (at, (label, said)) in particulars.iter().enumerate() {
        let is_selected = selected == Some(at);
        let label = sight.line(Meaning::Muted, label);
        let fits = columns(&label) < beside;
        if !fits {
            text.say(&label, 0, is_selected);
        }
        for (line, said) in said.lines().enumerate() {
            let lead = if line == 0 && fits { label.clone() } else { Line::default() };
            text.hang(&lead, &sight.line(Meaning::Value, said), beside, is_selected);
        }
    }
}

fn case(text: &mut Text, sight: &Sight<'_>, row: &CaseRow, selected: bool) {
    let line = join(
        sight.theme,
        "  ",
        [
            sight.line(Meaning::Muted, display::date(sight.zone.day(row.opened_at))),
            sight.risk(row.level.as_ref()),
            sight.line(Meaning::Value, row.headline.as_deref().unwrap_or_default()),
            sight.line(Meaning::Muted, &row.kind),
        ],
    );
    text.hang(&sight.line(Meaning::Name, &row.reference), &line, HANG, selected);
    if let Some(next) = next(sight, row) {
        text.say(&next, HANG, selected);
    }
}

fn owed(text: &mut Text, sight: &Sight<'_>, row: &OwedRow, selected: bool) {
    let line = join(
        sight.theme,
        "  ",
        [
            sight.line(Meaning::Name, &row.commitment.what),
            sight.line(Meaning::Value, &row.obligor),
            sight.line(Meaning::Muted, &row.reference),
        ],
    );
    text.hang(&sight.short_distance(&row.commitment), &line, HANG, selected);
}
