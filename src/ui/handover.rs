//! A handover: sections, the most urgent first; in each the lines, with what became of them.
//!
//! ```text
//! ╭─ ► Handover from SHAH, P.   shift 20:00–08:00, 12 h ───────── 6 taken · 1 queried · 4 to answer ─╮
//! │ RED, MISSING AND SAFEGUARDING, ONE BY ONE                                                          │
//! │ RED        QUILL, T.      hard to rouse                                    taken by IQBAL, D. 07:51│
//! │                           next: ring the ward, 10:00 · 0161 496 0111                               │
//! ╰────────────────────────────────────────────────────────────────────────────────────────────────────╯
//!  read back  Ward 7 at ten. Nurse by noon.
//! ```

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::layout::top;
use super::pane::pane;
use super::paper::{Paper, columns, join};
use super::scroll::{self, Text};
use super::sight::Sight;
use super::view::{Place, View};
use crate::app::Load;
use crate::app::handover::{Handing, HandoverLayer};
use crate::domain::case::Level;
use crate::domain::handover::{Answered, Handed, Section};
use crate::domain::look::Meaning;
use crate::domain::time::display;
use crate::domain::views::HandoverView;
use crate::domain::words::handover as words;
use crate::domain::words::ui::LOADING;

/// Columns of the clock, and of it with whom a line is about.
const CLOCK: u16 = 13;
/// The same where name and matter stand beside it.
const WIDE_CLOCK: u16 = 17;
const HANG: u16 = 34;
/// Where less than this is left, whom it is about stands before the rest instead of beside it.
const ROOM_FOR_BOTH: u16 = 90;

/// What the screen shows beside the handover.
pub struct Seen<'a> {
    /// The layer.
    pub layer: &'a HandoverLayer,
    /// Titles of duties.
    pub duty: &'a dyn Fn(&str) -> String,
    /// The level of risk that is called so, where it is one.
    pub level: &'a dyn Fn(&str) -> Option<Level>,
    /// Whether whoever sits here hands it over.
    pub is_giver: bool,
    /// Whether it has the keys.
    pub focused: bool,
}

/// Draws it.
pub fn draw(paper: &mut Paper<'_>, body: Rect, view: &mut View, sight: &Sight<'_>, seen: &Seen<'_>) {
    let handing = match &seen.layer.data {
        Load::Ready(handing) => handing,
        Load::Loading => return super::waiting(paper, body, sight, LOADING),
        Load::Failed(why) => return super::waiting(paper, body, sight, why),
    };
    let handover = &handing.view.handover;
    let backs = read_back(sight, &handing.view);
    let (rest, foot) = bottom(body, u16::try_from(backs.len()).unwrap_or(1).min(body.height / 4));
    let giver = handing.view.name(handover.giver);
    let shift = words::short_shift(
        &display::clock_told(handover.from, sight.now, sight.zone),
        &display::clock_told(handover.until, sight.now, sight.zone),
        &display::length_over_change(handover.from, handover.until, sight.zone),
    );
    let title = words::screen_title((!handing.is_now).then_some(giver.as_str()), &shift);
    let counts = if handing.is_now {
        sight.line(Meaning::Value, words::to_be_taken(handover.lines.len(), handover.waiting().count()))
    } else {
        let snapshot = words::snapshot(&sight.short(handover.at), handing.view.changes());
        let meaning = if handing.view.changes() > 0 { Meaning::Soon } else { Meaning::Muted };
        join(
            sight.theme,
            " · ",
            [sight.line(Meaning::Value, words::counts(&handover.counts())), sight.line(meaning, snapshot)],
        )
    };
    // Where both do not fit beside one another, the counts have a row of their own.
    let is_wide =
        columns(&counts) + u16::try_from(title.chars().count()).unwrap_or(u16::MAX) + 12 <= rest.width;
    let beside = if is_wide { counts.clone() } else { Line::default() };
    let inside = pane(paper, rest, &title, &beside, seen.focused);
    let (head, inside) = top(inside, u16::from(!is_wide));
    if !is_wide {
        paper.put(head.x + 1, head.y, head.width.saturating_sub(1), &counts);
    }
    let rows = text(sight, handing, seen, inside.width.saturating_sub(2));
    view.scrolled(Place::List, rest, |scroll| {
        scroll::draw(paper, inside, scroll, &rows.rows, seen.focused);
    });
    for (y, line) in (foot.y..foot.bottom()).zip(&backs) {
        paper.put(foot.x + 1, y, foot.width.saturating_sub(1), line);
    }
}

fn bottom(area: Rect, height: u16) -> (Rect, Rect) {
    let (rest, foot) = top(area, area.height.saturating_sub(height));
    (rest, foot)
}

/// What was read back last, and how the handover was.
fn read_back(sight: &Sight<'_>, view: &HandoverView) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    if let Some(back) = view.handover.read_backs.last() {
        let said = words::read_back(&view.name(back.by), &sight.short(back.at), &back.words);
        lines.push(sight.spans([(Meaning::Muted, words::READ_BACK_MARK), (Meaning::Quote, &said)]));
    }
    if let Some(how) = view.handover.how.last() {
        let said = words::how_it_was(how.satisfactory, &view.name(how.by), &sight.short(how.at), &how.note);
        let meaning = if view.handover.is_unsatisfactory() { Meaning::Late } else { Meaning::Good };
        lines.push(sight.line(meaning, said));
    }
    lines
}

fn text(sight: &Sight<'_>, handing: &Handing, seen: &Seen<'_>, width: u16) -> Text {
    let mut text = Text::new(width);
    let lines = &handing.view.handover.lines;
    if lines.is_empty() {
        text.say(&sight.line(Meaning::Muted, words::NOTHING_STANDS), 0, false);
    }
    let selected = seen.layer.selection().map(|handed| handed.line.key.as_str());
    let mut nothing = Vec::new();
    for section in Section::ALL {
        let of: Vec<&Handed> = lines.iter().filter(|handed| handed.line.section == section).collect();
        if of.is_empty() {
            nothing.push(words::section(section));
            continue;
        }
        if !text.rows.is_empty() {
            text.gap();
        }
        let heading = if section == Section::First { Meaning::Late } else { Meaning::Title };
        text.say(&sight.line(heading, words::section(section).to_uppercase()), 0, false);
        for handed in of {
            let is_selected = selected == Some(handed.line.key.as_str());
            line(&mut text, sight, handing, seen, (handed, is_selected), width);
        }
    }
    // That somebody looked there is part of the handover.
    if !nothing.is_empty() && !lines.is_empty() {
        text.gap();
        text.say(&sight.line(Meaning::Muted, words::nothing_in(&nothing)), 0, false);
    }
    text
}

fn line(
    text: &mut Text,
    sight: &Sight<'_>,
    handing: &Handing,
    seen: &Seen<'_>,
    (handed, is_selected): (&Handed, bool),
    width: u16,
) {
    let line = &handed.line;
    let is_late = line.due.is_some_and(|due| due < handing.view.handover.at);
    let clock = match (seen.level)(&line.clock) {
        Some(level) => sight.risk(Some(&level)),
        // Somebody who is missing: what is owed for them has a time of its own.
        None if line.is_alone() && line.due.is_none() => {
            sight.line(Meaning::Red, format!(" {} ", line.clock))
        }
        None if is_late || line.section == Section::Late => sight.line(Meaning::Late, &line.clock),
        None => sight.line(Meaning::Value, &line.clock),
    };
    let about = sight.line(Meaning::Name, &line.about);
    let reference = sight.line(Meaning::Muted, &line.reference);
    let what = sight.line(Meaning::Value, &line.what);
    let (lead, hang, said) = if width >= ROOM_FOR_BOTH {
        let mut lead = clock.clone();
        let gap = usize::from(WIDE_CLOCK.saturating_sub(columns(&clock)).max(1));
        lead.spans.push(" ".repeat(gap).into());
        lead.spans.extend(about.spans);
        (lead, HANG, join(sight.theme, "  ", [what, reference]))
    } else {
        (clock, CLOCK, join(sight.theme, "  ", [about, what, reference]))
    };
    text.hang(&lead, &said, hang, is_selected);
    let whose = words::sees_to(&line.whose);
    let more = join(
        sight.theme,
        " · ",
        [
            sight.line(Meaning::Muted, &line.then),
            sight.line(Meaning::Muted, words::number(&line.number)),
            sight.line(Meaning::Muted, whose),
        ],
    );
    if columns(&more) > 0 {
        text.hang(&Line::default(), &more, hang, is_selected);
    }
    for change in handing.view.changed.get(&line.key).into_iter().flatten() {
        let said = words::change(&sight.short(change.at), &change.what);
        text.hang(&Line::default(), &sight.line(Meaning::Changed, said), hang, is_selected);
    }
    let became = became(sight, &handing.view, handed, seen);
    if columns(&became) > 0 && !handing.is_now {
        text.hang(&Line::default(), &became, hang, is_selected);
    }
}

/// What became of a line: what was answered, to whom it passed, or whether it was read here.
fn became(sight: &Sight<'_>, view: &HandoverView, handed: &Handed, seen: &Seen<'_>) -> Line<'static> {
    let said = handed.answer().map(|last| {
        let meaning = match last.answer {
            Answered::Taken | Answered::Read => Meaning::Good,
            Answered::Queried => Meaning::Soon,
            Answered::Refused => Meaning::Late,
        };
        let mark = if meaning == Meaning::Good { "✓ " } else { "? " };
        let mark = if last.answer == Answered::Refused { "× " } else { mark };
        let answer = words::answer(last.answer, &view.name(last.by), &sight.short(last.at), &last.reason);
        sight.line(meaning, format!("{mark}{answer}"))
    });
    let left = handed.left.as_ref().filter(|_| !handed.is_done()).map(|left| {
        sight.line(Meaning::Soon, words::left_to(&(seen.duty)(&left.duty), &sight.short(left.since)))
    });
    if said.is_none() && left.is_none() {
        let (meaning, word) = match seen.layer.is_read(handed) {
            _ if seen.is_giver => (Meaning::Muted, words::NOT_ANSWERED),
            true => (Meaning::Muted, words::READ_HERE),
            false => (Meaning::Soon, words::TO_READ),
        };
        return sight.line(meaning, word);
    }
    join(sight.theme, " · ", [said.unwrap_or_default(), left.unwrap_or_default()])
}
