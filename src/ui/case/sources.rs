//! The four sources held against each other: was it observed, escalated, advised, and did care change? A source
//! that should be there by now and is not is a gap; before that it is not yet.

use ratatui::text::Line;

use super::Seen;
use crate::app::telling::Source;
use crate::domain::case::Milestone;
use crate::domain::look::Meaning;
use crate::domain::time::display;
use crate::domain::words::ui as words;
use crate::ui::paper::join;
use crate::ui::scroll::{Row, Text};
use crate::ui::sight::Sight;

/// Rows that the pane takes with its border.
pub fn height(seen: &Seen<'_>) -> u16 {
    let facts = &seen.view.state.facts;
    7 + u16::from(facts.seen.is_some())
        + u16::from(facts.sees_next.is_some())
        + u16::from(!facts.controls.is_empty())
}

/// How many gaps there are.
pub fn counts(sight: &Sight<'_>, seen: &Seen<'_>) -> Line<'static> {
    let gaps = seen.sources.iter().filter(|source| is_gap(seen, source)).count();
    if gaps == 0 { Line::default() } else { sight.line(Meaning::Late, words::gaps(gaps)) }
}

/// What is missing at the review, or when the case is closed, is missing for good; before that it is not yet.
fn is_gap(seen: &Seen<'_>, source: &Source) -> bool {
    let state = &seen.view.state;
    let ought = state.closed || state.facts.milestones.contains_key(&Milestone::Reviewed);
    ought && !source.is_recorded()
}

/// The rows at this width.
pub fn rows(sight: &Sight<'_>, seen: &Seen<'_>, width: u16) -> Vec<Row> {
    let mut text = Text::new(width);
    for source in seen.sources {
        let line = match &source.at {
            Some(when) => join(
                sight.theme,
                "  ",
                [
                    sight.line(Meaning::Good, display::short_when(when, sight.now, sight.zone)),
                    sight.line(Meaning::Value, &source.note),
                ],
            ),
            None if is_gap(seen, source) => sight.spans([
                (Meaning::Late, words::GAP),
                (Meaning::Value, "  "),
                (Meaning::Muted, &source.gap),
            ]),
            None => sight.line(Meaning::Muted, words::NOT_YET),
        };
        text.hang(&sight.line(Meaning::Muted, source.title), &line, 15, false);
    }
    let record = if seen.missing.0 == 0 {
        sight.line(Meaning::Good, words::COMPLETE)
    } else {
        sight.line(Meaning::Soon, words::missing_of(seen.missing))
    };
    text.hang(&sight.line(Meaning::Muted, words::RECORD), &record, 15, false);
    let facts = &seen.view.state.facts;
    if let Some((who, when)) = &facts.seen {
        let when = display::short_when(when, sight.now, sight.zone);
        let line =
            join(sight.theme, " ", [sight.line(Meaning::Value, who), sight.line(Meaning::Muted, when)]);
        text.hang(&sight.line(Meaning::Muted, words::SEEN_BY), &line, 15, false);
    }
    if let Some((who, when)) = &facts.sees_next {
        let when = when.map(|when| display::short_when(&when, sight.now, sight.zone)).unwrap_or_default();
        let line =
            join(sight.theme, " ", [sight.line(Meaning::Value, who), sight.line(Meaning::Muted, when)]);
        text.hang(&sight.line(Meaning::Muted, words::SEES_NEXT), &line, 15, false);
    }
    if !facts.controls.is_empty() {
        text.hang(
            &sight.line(Meaning::Muted, words::CONTROLS),
            &sight.line(Meaning::Value, facts.controls.join("; ")),
            15,
            false,
        );
    }
    text.rows
}
