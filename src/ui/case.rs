//! A case: the person's banner, what happened, what is owed by when, and the four sources held against each other.
//!
//! ```text
//!  OAKES, Bernard   Born 10-Feb-1950 (76y)   NHS 999 000 0034   Rowan House, flat 12    latex
//!  RED   undecided 12m   999 20:33   rang: Ann Carer, 01632 960 201
//! ╭─ Timeline ──────────────────────────── U-1184 ─╮╭─ Owed ────────────────────────── 3 ─╮
//! │ Fri 20-Nov-2026                                ││ in 2h 48m   nurse visit             │
//! │ 18:20  Promise  District nursing: wound review ││             owner D. IQBAL          │
//! │        P. SHAH                                 │╰─────────────────────────────────────╯
//! │ 20:31  Call  wound worse, smell                │╭─ Four sources ───────────── 1 gap ──╮
//! ╰────────────────────────────────────────────────╯╰─────────────────────────────────────╯
//! ```
//!
//! Where there is little room all of it stands in one column that scrolls. What an entry says in words is handed
//! in; how it follows from the record is left to the definitions.

mod owed;
mod sources;
mod standing;
mod timeline;

pub use owed::{next, signs};

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::layout::{bottom, left, top};
use super::pane::{IN_USE, pane};
use super::paper::{Paper, join};
use super::scroll::{self, Row, Text};
use super::sight::Sight;
use super::view::{Place, View};
use super::{banner, layout};
use crate::app::Part;
use crate::app::standing::Standing;
use crate::app::telling::{Said, Source};
use crate::domain::commitment::{Commitment, Party};
use crate::domain::ids::{CommitmentId, EntryId};
use crate::domain::look::Meaning;
use crate::domain::views::{CaseView, Told};
use crate::domain::words::ui as words;

/// What the case's screen draws.
pub struct Seen<'a> {
    /// The case.
    pub view: &'a CaseView,
    /// The case's own name, where it is a record of a register or about nobody.
    pub name: Option<String>,
    /// How urgent it is, whether it is decided, whom to ring back; `None` for a record of a register.
    pub standing: Option<Standing>,
    /// What is or was owed, as it is to be listed.
    pub commitments: &'a [&'a Commitment],
    /// The words of an entry.
    pub said: &'a dyn Fn(&Told) -> Said,
    /// Who a party is.
    pub party: &'a dyn Fn(&Party) -> String,
    /// That bank holidays are not known up to when something is due, where that is so.
    pub beyond_calendar: &'a dyn Fn(&Commitment) -> Option<String>,
    /// What can be begun from something late, with its key.
    pub late_begins: &'a dyn Fn(&Commitment) -> Option<String>,
    /// The four sources.
    pub sources: &'a [Source; 4],
    /// The part with the keys.
    pub part: Part,
    /// The selected entry.
    pub entry: Option<EntryId>,
    /// Whether the selected entry is shown in full.
    pub opened: bool,
    /// What is selected of what is owed.
    pub owed: Option<&'a CommitmentId>,
    /// Which of the other cases is selected.
    pub other: Option<crate::domain::ids::CaseId>,
    /// How many answers are missing in all, and how many are required.
    pub missing: (usize, usize),
    /// How many entries are shown without labels.
    pub without_labels: usize,
    /// Whether there are four sources: a record of a register has none.
    pub has_sources: bool,
    /// Whether anything can be owed here that is to be shown.
    pub has_owed: bool,
    /// What a record of a register says, as label and words.
    pub particulars: Vec<(String, String)>,
    /// What can be expected of an organisation of its kind, a line each.
    pub expected: Vec<String>,
    /// Whether the case has the keys.
    pub focused: bool,
}

/// Draws it.
pub fn draw(paper: &mut Paper<'_>, body: Rect, view: &mut View, sight: &Sight<'_>, seen: &Seen<'_>) {
    let (head, rest) = top(body, banner::height(sight, seen.view.subject.as_ref(), body.width));
    match &seen.name {
        // A record that is read as another says so in place of anybody's banner.
        Some(name) if seen.view.subject.is_none() || seen.view.merged.is_some() => {
            paper.say(head.x + 1, head.y, head.width.saturating_sub(2), Meaning::Name, name);
        }
        _ => banner::draw(paper, head, sight, seen.view.subject.as_ref(), &seen.view.said_of),
    }
    let rest = first_of_all(paper, rest, sight, seen);
    let rest = without_labels(paper, rest, sight, seen);
    let rest = standing::draw(paper, rest, sight, seen);
    if rest.width >= layout::WIDE && rest.height >= 14 {
        beside(paper, rest, view, sight, seen);
    } else {
        one_column(paper, rest, view, sight, seen);
    }
}

/// What stands before everything else, in a line of its own under the banner: whoever opens the case sees it whatever is
/// scrolled to.
fn first_of_all(paper: &mut Paper<'_>, area: Rect, sight: &Sight<'_>, seen: &Seen<'_>) -> Rect {
    let first = seen.commitments.iter().find(|owed| owed.first && owed.progress.is_open());
    let Some(first) = first else { return area };
    let (head, rest) = top(area, 1);
    let said = sight.line(Meaning::Late, format!(" {} ", first.what));
    let line = join(sight.theme, " ", [said, sight.distance(first)]);
    paper.put(head.x + 1, head.y, head.width.saturating_sub(2), &line);
    rest
}

/// That some of it cannot be shown as it was filled in.
fn without_labels(paper: &mut Paper<'_>, area: Rect, sight: &Sight<'_>, seen: &Seen<'_>) -> Rect {
    if seen.without_labels == 0 {
        return area;
    }
    let (head, rest) = top(area, 1);
    let line = sight.line(Meaning::Soon, words::without_labels(seen.without_labels));
    paper.put(head.x + 1, head.y, head.width.saturating_sub(2), &line);
    rest
}

fn beside(paper: &mut Paper<'_>, area: Rect, view: &mut View, sight: &Sight<'_>, seen: &Seen<'_>) {
    let told = seen.view.others.is_empty() && seen.expected.is_empty() && seen.particulars.is_empty();
    let alone = !seen.has_owed && !seen.has_sources && told;
    let (timeline_area, right) = left(area, if alone { area.width } else { area.width * 55 / 100 });
    let timeline_focused = seen.focused && seen.part == Part::Chronology;
    let (named, closed) = reference(seen);
    let named = sight.spans([(Meaning::Value, named), (Meaning::Muted, &closed)]);
    let inside = pane(paper, timeline_area, words::TIMELINE, &named, timeline_focused);
    let rows = timeline::rows(sight, seen, inside.width.saturating_sub(2));
    view.scrolled(Place::Timeline, timeline_area, |scroll| {
        scroll::draw(paper, inside, scroll, &rows, timeline_focused);
    });
    if alone {
        return;
    }
    let sources_height = if seen.has_sources { sources::height(seen).min(right.height / 2) } else { 0 };
    let (owed_area, sources_area) = bottom(right, sources_height);
    let owed_focused = seen.focused && seen.part == Part::Owed;
    let inside = pane(paper, owed_area, words::OWED, &owed_counts(sight, seen), owed_focused);
    let mut rows = owed::rows(sight, seen, inside.width.saturating_sub(2));
    rows.extend(owed::others(sight, seen, inside.width.saturating_sub(2)));
    view.scrolled(Place::Owed, owed_area, |scroll| {
        scroll::draw(paper, inside, scroll, &rows, seen.focused && seen.part != Part::Chronology);
    });
    if !seen.has_sources {
        return;
    }
    let sources_focused = seen.focused && seen.part == Part::Sources;
    let inside =
        pane(paper, sources_area, words::FOUR_SOURCES, &sources::counts(sight, seen), sources_focused);
    let rows = sources::rows(sight, seen, inside.width.saturating_sub(2));
    let mut still = super::view::Scroll::default();
    scroll::draw(paper, inside, &mut still, &rows, false);
    if sources_focused {
        paper.set_cursor(inside.x, inside.y);
    }
}

/// Everything in one pane with one scroll. What is owed stands first: on a telephone it is what is looked for.
fn one_column(paper: &mut Paper<'_>, area: Rect, view: &mut View, sight: &Sight<'_>, seen: &Seen<'_>) {
    let (named, closed) = reference(seen);
    let title = format!("{named}{closed}");
    let inside = pane(paper, area, &title, &parts(sight, seen, &title, area.width), seen.focused);
    let width = inside.width.saturating_sub(2);
    let mut rows = Vec::new();
    // Over the first thing owed its heading is seen as well.
    let first_owed = seen.part == Part::Owed && seen.owed == seen.commitments.first().map(|owed| &owed.id);
    let heading = |title: &str, part: Part| {
        let mut text = Text::new(width);
        let line = match seen.focused && seen.part == part {
            true => sight.spans([(Meaning::Focus, IN_USE), (Meaning::Focus, " "), (Meaning::Focus, title)]),
            false => sight.line(Meaning::Title, title),
        };
        text.say(&line, 0, part == Part::Sources && seen.part == part);
        let beside = part == Part::Owed && first_owed;
        text.rows.into_iter().map(move |row| Row { beside, ..row })
    };
    if seen.has_owed {
        rows.extend(heading(words::OWED, Part::Owed));
        rows.extend(owed::rows(sight, seen, width));
        rows.push(Row::default());
        rows.extend(heading(words::TIMELINE, Part::Chronology));
    }
    rows.extend(timeline::rows(sight, seen, width));
    if seen.has_sources {
        rows.push(Row::default());
        rows.extend(heading(words::FOUR_SOURCES, Part::Sources));
        let beside = seen.part == Part::Sources;
        rows.extend(sources::rows(sight, seen, width).into_iter().map(|row| Row { beside, ..row }));
    }
    rows.extend(owed::others(sight, seen, width));
    view.scrolled(Place::Timeline, area, |scroll| {
        scroll::draw(paper, inside, scroll, &rows, seen.focused);
    });
}

/// The parts of one column, with what stands in them and the one that has the keys; only the counts of what is owed
/// where there is little room.
fn parts(sight: &Sight<'_>, seen: &Seen<'_>, title: &str, width: u16) -> Line<'static> {
    let part = |title: &str, part: Part, count: Line<'static>| {
        let meaning = if seen.part == part { Meaning::Focus } else { Meaning::Muted };
        super::paper::join(sight.theme, " ", [sight.line(meaning, title), count])
    };
    let entries = sight.line(Meaning::Value, seen.view.chronology.len().to_string());
    let owed = || part(words::OWED, Part::Owed, owed_counts(sight, seen));
    let sources = || part(words::FOUR_SOURCES, Part::Sources, sources::counts(sight, seen));
    let shown = [
        if seen.has_owed { owed() } else { Line::default() },
        part(words::TIMELINE, Part::Chronology, entries),
        if seen.has_sources { sources() } else { Line::default() },
    ];
    let all = super::paper::join(sight.theme, " · ", shown);
    let room = width.saturating_sub(u16::try_from(title.len()).unwrap_or(u16::MAX)).saturating_sub(10);
    if super::paper::columns(&all) <= room { all } else { owed_counts(sight, seen) }
}

/// The case's reference, and that it is closed where it is.
fn reference<'s>(seen: &'s Seen<'_>) -> (&'s str, String) {
    let closed = if seen.view.state.closed { format!(" {}", words::CLOSED) } else { String::new() };
    (&seen.view.reference, closed)
}

fn owed_counts(sight: &Sight<'_>, seen: &Seen<'_>) -> Line<'static> {
    let open: Vec<_> = seen.commitments.iter().filter(|owed| owed.progress.is_open()).collect();
    let count = sight.line(Meaning::Value, open.len().to_string());
    let late = sight.late_counts(sight.tally(open.iter().map(|owed| **owed)), " · ");
    super::paper::join(sight.theme, " · ", [count, late])
}
