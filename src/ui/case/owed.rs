//! What is owed in a case and by when, what was settled, and the person's other open cases.

use chrono::{DateTime, Utc};
use ratatui::text::Line;

use super::Seen;
use crate::app::Part;
use crate::domain::answer::When;
use crate::domain::case::Milestone;
use crate::domain::commitment::{Commitment, DueRule, Party, Progress};
use crate::domain::eyes::Eyes;
use crate::domain::ids::CommitmentId;
use crate::domain::look::Meaning;
use crate::domain::owning::{Holding, Owned, in_words};
use crate::domain::time::display;
use crate::domain::views::{CaseRow, RecordRow, SignRow};
use crate::domain::words::{clocks, owning, signs as sign_words, ui as words};
use crate::ui::eyes;
use crate::ui::paper::join;
use crate::ui::scroll::{Row, Text};
use crate::ui::sight::Sight;

/// Columns of how late it is and what follows it.
const HANG: u16 = 13;

/// The rows of what is owed at this width.
pub fn rows(sight: &Sight<'_>, seen: &Seen<'_>, width: u16) -> Vec<Row> {
    let mut text = Text::new(width);
    whose(&mut text, sight, seen);
    if let Some(line) = escalated(sight, seen) {
        text.say(&line, 0, false);
    }
    for line in eyes_on(sight, seen) {
        text.say(&line, 0, false);
    }
    signs(&mut text, sight, &seen.view.signs);
    if seen.commitments.is_empty() {
        text.say(&sight.line(Meaning::Muted, words::NOTHING_OWED), 0, false);
    }
    for owed in seen.commitments {
        let selected = seen.part == Part::Owed && seen.owed == Some(&owed.id);
        one(&mut text, sight, seen, owed, selected);
    }
    text.rows
}

/// Warning signs, those that wait for an answer first: by their words, with since when.
pub fn signs(text: &mut Text, sight: &Sight<'_>, signs: &[SignRow]) {
    for row in signs {
        let says = sign_words::on_a_line(&row.title, &row.words);
        let (meaning, after) = match &row.answered {
            Some(answered) => (
                Meaning::Muted,
                sign_words::answered(
                    answered.answer,
                    &answered.words,
                    &answered.by,
                    &sight.short(answered.at),
                ),
            ),
            None if row.stands => (Meaning::Soon, sight.short(row.since)),
            None => {
                let ended = row.ended.map(|at| sight.short(at));
                (Meaning::Soon, sign_words::no_longer_since(ended.as_deref()))
            }
        };
        let line = sight.spans([
            (meaning, "! "),
            (meaning, &says),
            (Meaning::Muted, "  "),
            (Meaning::Muted, &after),
        ]);
        text.say(&line, 0, false);
    }
}

/// Whose the case is, and how that stands. Nothing of a closed one, and of a record.
fn whose(text: &mut Text, sight: &Sight<'_>, seen: &Seen<'_>) {
    let Some((owner, holding)) = seen.view.state.holding(&Owned::Case) else { return };
    let line = sight.spans([(Meaning::Muted, owning::CASE_OWNER), (Meaning::Value, &(seen.party)(owner))]);
    text.say(&line, 0, false);
    if let Some(standing) = standing(sight, seen, (holding, None)) {
        text.say(&standing, 2, false);
    }
}

/// How it stands between its owner and others; an offer that nobody answered, of what falls due then, stands out.
fn standing(
    sight: &Sight<'_>,
    seen: &Seen<'_>,
    (holding, due): (&Holding, Option<DateTime<Utc>>),
) -> Option<Line<'static>> {
    let name = |id| seen.view.names.get(&id).cloned();
    let role = |role: &str| (seen.party)(&Party::Role(role.to_owned()));
    let said = in_words(holding, sight.now, name, role)?;
    let stands_out = sight.stands_out(holding.offered.as_ref(), due);
    let (meaning, before) =
        if stands_out { (Meaning::Late, owning::UNANSWERED) } else { (Meaning::Soon, "") };
    Some(sight.line(meaning, format!("{before}{said}")))
}

/// How far the matter was escalated, each time that was decided, the latest last.
fn escalated(sight: &Sight<'_>, seen: &Seen<'_>) -> Option<Line<'static>> {
    let levels = &seen.view.state.facts.escalated;
    let (last, before) = levels.split_last()?;
    let said = |(level, when): &(String, When)| format!("{level} {}", sight.day_or_clock(when.at));
    let before: String = before.iter().map(|one| format!("{}, ", said(one))).collect();
    Some(sight.spans([
        (Meaning::Muted, owning::ESCALATED),
        (Meaning::Muted, &before),
        (Meaning::Value, &said(last)),
    ]))
}

/// Of an open urgent call: that nobody has their eyes on the person, where that is so; who saw them and who will.
fn eyes_on(sight: &Sight<'_>, seen: &Seen<'_>) -> Vec<Line<'static>> {
    let state = &seen.view.state;
    let Some(called) = state.facts.milestones.get(&Milestone::Called).filter(|_| !state.closed) else {
        return Vec::new();
    };
    let whereabouts = seen.view.subject.as_ref().and_then(RecordRow::whereabouts);
    let gap = sight.gap_line(Some(&Eyes::of(&state.facts, called.at, whereabouts)), false);
    let gap = Some(gap).filter(|gap| gap.width() > 0);
    gap.into_iter().chain(eyes::watched(sight, &state.facts)).collect()
}

fn one(text: &mut Text, sight: &Sight<'_>, seen: &Seen<'_>, owed: &Commitment, selected: bool) {
    if !owed.progress.is_open() {
        let all = &seen.view.state.commitments;
        let is_here = |id: &CommitmentId| all.iter().any(|one| one.id == *id);
        let how = match &owed.superseded_by {
            Some(newer) if !is_here(newer) => owning::ELSEWHERE,
            _ => settled(owed),
        };
        let line = sight.spans([(Meaning::Muted, owed.what.as_str()), (Meaning::Muted, how)]);
        text.hang(&Line::default(), &line, HANG, selected);
        return;
    }
    let obligor = format!("  {}", (seen.party)(&owed.obligor));
    let what = sight.spans([(Meaning::Name, owed.what.as_str()), (Meaning::Muted, &obligor)]);
    text.hang(&sight.short_distance(owed), &what, HANG, selected);
    let due = words::by(&display::short(owed.due, sight.now, sight.zone));
    // Whoever does it and sees to it is named once.
    let owner = if owed.owner == owed.obligor {
        Line::default()
    } else {
        sight.spans([(Meaning::Muted, words::OWNER), (Meaning::Value, &(seen.party)(&owed.owner))])
    };
    let chased = if owed.chased > 0 {
        let last = owed.last_chased.map(|at| sight.short(at));
        sight.line(Meaning::Muted, words::chased(owed.chased, last.as_deref()))
    } else {
        Line::default()
    };
    let reported = match owed.progress {
        Progress::Accepted => sight.line(Meaning::Muted, words::ACCEPTED),
        Progress::Reported => sight.line(Meaning::Soon, words::REPORTED),
        _ => Line::default(),
    };
    let below = join(sight.theme, " · ", [sight.line(Meaning::Value, due), owner, chased, reported]);
    text.say(&below, HANG, selected);
    if let Some(known) = (seen.beyond_calendar)(owed) {
        text.say(&sight.line(Meaning::Soon, known), HANG, selected);
    }
    if let Some(begins) = (seen.late_begins)(owed) {
        text.say(&sight.line(Meaning::Late, begins), HANG, selected);
    }
    for heard in &owed.acknowledged {
        let who = seen.view.names.get(&heard.by).map_or("", String::as_str);
        let line = sight.line(Meaning::Muted, clocks::seen_by(who, &sight.short(heard.at)));
        text.say(&line, HANG, selected);
    }
    if let Some(standing) = standing(sight, seen, (&owed.holding, Some(owed.due))) {
        text.say(&standing, HANG, selected);
    }
    if let DueRule::NoneGiven { why, .. } = &owed.rule {
        text.say(&sight.line(Meaning::Muted, words::none_given(why)), HANG, selected);
    }
}

/// How it ended. A step of ours is done once it is recorded; only what others owe is confirmed.
fn settled(owed: &Commitment) -> &'static str {
    match owed.progress {
        Progress::Confirmed if owed.opened_in.is_none() => words::DONE,
        Progress::Confirmed => words::CONFIRMED,
        Progress::Refused => words::REFUSED,
        Progress::Superseded => words::SUPERSEDED,
        Progress::Cancelled => words::CANCELLED,
        Progress::Requested | Progress::Accepted | Progress::Reported => "",
    }
}

/// What the record owes elsewhere; the person's other open cases and those linked to this one.
pub fn others(sight: &Sight<'_>, seen: &Seen<'_>, width: u16) -> Vec<Row> {
    let mut text = Text::new(width);
    if !seen.view.owes.is_empty() {
        text.gap();
        text.say(&sight.line(Meaning::Muted, words::OWES), 0, false);
    }
    for row in &seen.view.owes {
        let line = join(
            sight.theme,
            "  ",
            [
                sight.line(Meaning::Name, &row.commitment.what),
                sight.short_whom(row.subject.as_ref(), &row.pathway),
                sight.line(Meaning::Value, &row.reference),
                sight.line(Meaning::Muted, words::by(&sight.short(row.commitment.due))),
            ],
        );
        text.hang(&sight.short_distance(&row.commitment), &line, HANG, false);
    }
    crate::ui::person::on_the_record(&mut text, sight, &seen.particulars, None, width);
    if !seen.expected.is_empty() {
        text.gap();
        text.say(&sight.line(Meaning::Muted, words::EXPECTED), 0, false);
    }
    for line in &seen.expected {
        text.say(&sight.line(Meaning::Value, line), 2, false);
    }
    if !seen.view.others.is_empty() {
        text.gap();
        text.say(&sight.line(Meaning::Muted, words::OTHERS), 0, false);
    }
    for case in &seen.view.others {
        let selected = seen.part == Part::Others && seen.other == Some(case.id);
        let line = join(
            sight.theme,
            "  ",
            [
                sight.risk(case.level.as_ref()),
                sight.line(Meaning::Value, case.headline.as_deref().unwrap_or_default()),
                sight.short_whom(case.subject.as_ref(), &case.pathway),
                sight.line(Meaning::Muted, &case.kind),
            ],
        );
        text.hang(&sight.line(Meaning::Name, &case.reference), &line, HANG, selected);
        if let Some(next) = next(sight, case) {
            text.say(&next, HANG, selected);
        }
    }
    text.rows
}

/// What of another case is owed next, and how far off it is.
pub fn next(sight: &Sight<'_>, case: &CaseRow) -> Option<Line<'static>> {
    let next = case.next.as_ref()?;
    let what =
        sight.spans([(Meaning::Muted, words::NEXT), (Meaning::Muted, " "), (Meaning::Value, &next.what)]);
    Some(join(sight.theme, "  ", [what, sight.distance(next)]))
}
