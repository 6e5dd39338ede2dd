//! The preview under the panes: what is known about the selected row, in a few lines.
//!
//! Not the person's banner: several people are on this screen, and a banner over it could be read as anyone's
//! (NHS common user interface, PAB-0015).

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::Seen;
use crate::domain::answer::Precision;
use crate::domain::case::{Facts, Milestone};
use crate::domain::ids::CaseId;
use crate::domain::look::Meaning;
use crate::domain::time::display;
use crate::domain::views::{CallRow, OwedRow, RecordRow};
use crate::domain::words::ui::listed;
use crate::domain::words::ui::standing::{called_out, called_out_time_unknown};
use crate::domain::words::{clocks, signs, ui as words};
use crate::ui::banner;
use crate::ui::eyes;
use crate::ui::pane::pane;
use crate::ui::paper::{Paper, columns, fold, join};
use crate::ui::sight::Sight;

/// Columns that a line's label takes.
const LABEL: u16 = 9;

/// A line with its label.
type Labelled = (&'static str, Line<'static>);

/// Draws the preview of whatever is selected, or what would stand there.
pub fn draw(paper: &mut Paper<'_>, area: Rect, sight: &Sight<'_>, seen: &Seen<'_>) {
    let selected = seen.selected.get(seen.pane).copied().flatten();
    let signed = |case: CaseId, mut lines: Vec<Labelled>| {
        let titles = seen.board.signs.of_cases.get(&case);
        let line =
            titles.map(|titles| sight.line(Meaning::Soon, format!("{} {}", signs::MARK, titles.join("; "))));
        lines.splice(1.min(lines.len())..1.min(lines.len()), line.map(|line| (signs::LABEL, line)));
        lines
    };
    let (subject, said_of, reference, lines) = match (seen.pane, selected) {
        (0, Some(at)) => match seen.calls.get(at) {
            Some(row) => {
                let lines = signed(row.case, of_call(sight, row));
                (row.subject.as_ref(), row.said_of.as_str(), row.reference.as_str(), lines)
            }
            None => return nothing(paper, area, sight),
        },
        (pane, Some(at)) => {
            let rows = if pane == 1 { seen.escalations } else { seen.overdue };
            match rows.get(at) {
                Some(row) => (
                    row.subject.as_ref(),
                    row.said_of.as_str(),
                    row.reference.as_str(),
                    signed(row.commitment.case, of_owed(sight, row, (seen.late_begins)(row))),
                ),
                None => return nothing(paper, area, sight),
            }
        }
        (_, None) => return nothing(paper, area, sight),
    };
    let unknown = match (reference, said_of) {
        ("", _) => words::RESTRICTED.to_owned(),
        (_, "") => words::SUBJECT_UNKNOWN.to_owned(),
        (_, said) => words::in_words(said),
    };
    let title = subject.map_or(unknown.as_str(), |record| record.name.as_str());
    let (label, number) = if reference.is_empty() { Default::default() } else { words::case(reference) };
    let counts = sight.spans([(Meaning::Muted, label), (Meaning::Value, &number)]);
    let inside = pane(paper, area, title, &counts, false);
    let mut y = inside.y;
    if let Some(record) = subject {
        for line in about(sight, record, inside.width.saturating_sub(2)) {
            paper.put(inside.x + 1, y, inside.width.saturating_sub(2), &line);
            y += 1;
        }
        y += u16::from(inside.height > 6);
    }
    for (label, line) in lines {
        let room = inside.width.saturating_sub(LABEL + 2);
        for (at, part) in fold(&line, room).iter().enumerate() {
            if y >= inside.bottom() {
                return;
            }
            if at == 0 {
                paper.say(inside.x + 1, y, LABEL - 1, Meaning::Muted, label);
            }
            paper.put(inside.x + 1 + LABEL, y, room, part);
            y += 1;
        }
    }
}

fn nothing(paper: &mut Paper<'_>, area: Rect, sight: &Sight<'_>) {
    let inside = pane(paper, area, "", &Line::default(), false);
    let said = sight.line(Meaning::Muted, words::NOTHING_SELECTED);
    for (y, line) in (inside.top()..inside.bottom()).zip(fold(&said, inside.width.saturating_sub(2))) {
        paper.put(inside.x + 1, y, inside.width.saturating_sub(2), &line);
    }
}

/// Age, room and place, and what everyone must see first: in a row of its own where it would be cut.
fn about(sight: &Sight<'_>, record: &RecordRow, width: u16) -> Vec<Line<'static>> {
    let born = record.born.map(|born| {
        sight.spans([
            (Meaning::Muted, "born "),
            (Meaning::Value, &display::date(born)),
            (Meaning::Muted, &format!(" {}", words::years(sight.age(born)))),
        ])
    });
    let place: Vec<&str> = [record.place.as_deref(), record.room.as_deref()].into_iter().flatten().collect();
    let place = sight.line(Meaning::Muted, place.join(", "));
    let who = || born.iter().chain([&place]).cloned();
    let whereabouts = banner::whereabouts(sight, record);
    let gap = "   ";
    let all = who().chain([banner::alerts(sight, record), whereabouts.clone()]);
    let all = join(sight.theme, gap, all);
    if columns(&all) <= width {
        return vec![all];
    }
    let who = join(sight.theme, gap, who().chain([whereabouts]));
    let alerts = banner::alerts_within(sight, record, width);
    [who, alerts].into_iter().filter(|line| columns(line) > 0).collect()
}

fn of_call(sight: &Sight<'_>, row: &CallRow) -> Vec<Labelled> {
    let facts = &row.facts;
    let mut lines = alarm(sight, if row.closed { String::new() } else { facts.alarm() });
    lines.push(("call", call(sight, facts, row)));
    lines.extend(facts.quoted.as_deref().map(|said| ("", sight.line(Meaning::Quote, words::quoted(said)))));
    lines.extend(trail(sight, facts).map(|line| ("so far", line)));
    lines.extend(advice(sight, facts).map(|line| ("advice", line)));
    if let Some(next) = &row.next {
        let due = format!(" {}", words::by(&sight.short(next.due)));
        let line = sight.spans([(sight.lateness(next), next.what.as_str()), (Meaning::Muted, &due)]);
        lines.push(("owed", line));
    }
    if row.missing > 0 && !row.closed {
        let count = usize::try_from(row.missing).unwrap_or(usize::MAX);
        lines.push(("record", sight.line(Meaning::Soon, words::missing(count))));
    }
    let gap = sight.gap_line(row.eyes.as_ref(), false);
    lines.extend((gap.width() > 0).then_some(("eyes on", gap)));
    lines.extend(eyes::watched(sight, facts).map(|line| ("with", line)));
    if !facts.controls.is_empty() {
        lines.push(("control", sight.line(Meaning::Value, facts.controls.join("; "))));
    }
    lines
}

fn of_owed(sight: &Sight<'_>, row: &OwedRow, begins: Option<String>) -> Vec<Labelled> {
    let commitment = &row.commitment;
    let what = join(
        sight.theme,
        "  ",
        [
            sight.line(Meaning::Verb, &commitment.what),
            sight.distance(commitment),
            sight.line(Meaning::Muted, display::stamp(commitment.due, sight.zone)),
        ],
    );
    let stands = row.standing(sight.now).map(|said| ("stands", sight.line(Meaning::Soon, said)));
    if row.ask.is_some() {
        let owner = sight.spans([(Meaning::Muted, "owner "), (Meaning::Value, &row.owner)]);
        return vec![("owed", what), ("by", owner), ("", sight.line(Meaning::Muted, words::OPENED_BEYOND))];
    }
    let who = join(
        sight.theme,
        " · ",
        [
            sight.line(Meaning::Value, &row.obligor),
            sight.line(Meaning::Value, row.phone.as_deref().unwrap_or_default()),
            sight.spans([(Meaning::Muted, "owner "), (Meaning::Value, &row.owner)]),
        ],
    );
    let matter = join(
        sight.theme,
        " ",
        [
            sight.risk(row.level.as_ref()),
            sight.line(Meaning::Value, row.headline.as_deref().unwrap_or_default()),
        ],
    );
    let mut lines = alarm(sight, row.alarm.clone());
    lines.extend([("owed", what), ("by", who), ("matter", matter)]);
    let rang = row.rang.as_ref().map(|rang| listed::ring_back_whom(&rang.call_back, &rang.caller));
    lines.extend(rang.map(|rang| ("caller", sight.line(Meaning::Value, rang))));
    lines.extend(begins.map(|begins| ("", sight.line(Meaning::Late, begins))));
    lines.extend(stands);
    if commitment.chased > 0 {
        let last = commitment.last_chased.map(|at| sight.short(at));
        lines.push(("chased", sight.line(Meaning::Muted, words::chased(commitment.chased, last.as_deref()))));
    }
    if !row.controls.is_empty() {
        lines.push(("control", sight.line(Meaning::Value, row.controls.join("; "))));
    }
    if !row.seen_by.is_empty() {
        let seen = row.seen_by.iter().map(|(who, at)| clocks::seen_by(who, &sight.short(*at)));
        lines.push(("heard", sight.line(Meaning::Muted, seen.collect::<Vec<_>>().join(" · "))));
    }
    lines
}

/// What has to be seen before anything else, where there is anything.
fn alarm(sight: &Sight<'_>, says: String) -> Vec<Labelled> {
    if says.is_empty() { Vec::new() } else { vec![("", sight.line(Meaning::Late, says))] }
}

fn call(sight: &Sight<'_>, facts: &Facts, row: &CallRow) -> Line<'static> {
    let caller = facts.caller.as_deref().map(words::from).unwrap_or_default();
    join(
        sight.theme,
        "  ",
        [
            sight.line(Meaning::Value, display::short_when(&row.called, sight.now, sight.zone)),
            sight.risk(facts.level.as_ref()),
            sight.line(Meaning::Verb, facts.headline.as_deref().unwrap_or_default()),
            sight.line(Meaning::Muted, caller),
            sight.line(Meaning::Value, facts.call_back.as_deref().unwrap_or_default()),
        ],
    )
}

/// What has been reached so far, with its times.
fn trail(sight: &Sight<'_>, facts: &Facts) -> Option<Line<'static>> {
    let reached = Milestone::ALL.into_iter().filter_map(|milestone| {
        let when = facts.milestones.get(&milestone)?;
        let (word, look) = match milestone {
            Milestone::Observed | Milestone::Called => return None,
            Milestone::Emergency | Milestone::Police | Milestone::Fire | Milestone::DutyTeam => {
                if when.precision == Precision::Unknown {
                    return Some(sight.line(Meaning::Late, called_out_time_unknown(milestone)));
                }
                (called_out(milestone), Meaning::Late)
            }
            Milestone::Decided => ("decided", Meaning::Value),
            Milestone::Contacted => ("contacted", Meaning::Value),
            Milestone::Advised => ("advised", Meaning::Value),
            Milestone::Told => ("told", Meaning::Value),
            Milestone::CareChanged => ("care changed", Meaning::Value),
            Milestone::Reviewed => ("reviewed", Meaning::Value),
            Milestone::Closed => ("closed", Meaning::Muted),
        };
        let time = format!(" {}", display::short_when(when, sight.now, sight.zone));
        Some(sight.spans([(look, word), (Meaning::Muted, &time)]))
    });
    let reached: Vec<Line<'static>> = reached.collect();
    (!reached.is_empty()).then(|| join(sight.theme, " · ", reached))
}

fn advice(sight: &Sight<'_>, facts: &Facts) -> Option<Line<'static>> {
    let advice = facts.advice.as_deref()?;
    let by = facts.advised_by.as_ref().map(|named| format!("{}: ", named.words)).unwrap_or_default();
    Some(sight.spans([(Meaning::Name, &by), (Meaning::Quote, &format!("\"{advice}\""))]))
}
