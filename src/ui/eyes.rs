//! Who has their eyes on the person of a call, in a line: who last saw them, and who sees them next.

use ratatui::text::Line;

use super::paper::join;
use super::sight::Sight;
use crate::domain::case::Facts;
use crate::domain::look::Meaning;
use crate::domain::time::display;

/// Who last saw the person and who sees them next, as far as it is known.
pub fn watched(sight: &Sight<'_>, facts: &Facts) -> Option<Line<'static>> {
    let seen = facts.seen.as_ref().map(|(who, when)| {
        sight.spans([
            (Meaning::Muted, "seen by "),
            (Meaning::Value, who),
            (Meaning::Muted, &format!(" {}", display::short_when(when, sight.now, sight.zone))),
        ])
    });
    let next = facts.sees_next.as_ref().map(|(who, when)| {
        let at = when
            .map(|when| format!(" {}", display::short_when(&when, sight.now, sight.zone)))
            .unwrap_or_default();
        sight.spans([(Meaning::Muted, "next "), (Meaning::Value, who), (Meaning::Muted, &at)])
    });
    let both: Vec<Line<'static>> = seen.into_iter().chain(next).collect();
    (!both.is_empty()).then(|| join(sight.theme, " · ", both))
}
