//! The one page of a case that staff can speak to: what happened, what was decided and why, what was advised, what holds and
//! is owed, who was told, and what staff said when they were asked. Of a case about an organisation, what the records say
//! of it stands there too.

use super::{Known, With, in_case, meaning, of_step, who};
use crate::domain::clean;
use crate::domain::commitment::Party;
use crate::domain::sheet::{Sheet, SheetPart};
use crate::domain::time::display;
use crate::domain::views::{CaseView, Scorecard};
use crate::domain::words::pages as words;
use crate::pathway::definition::{Kind, Means};

/// So many accounts, pieces of advice and people told stand there, the newest first.
const MOST: usize = 4;
/// What was done at once, and what it means for them.
const AFTERWARDS: [Means; 2] = [Means::ImmediateAction, Means::Impact];
/// Ways that are decided.
const WAYS: [Means; 4] = [Means::Route, Means::Decision, Means::EscalationLevel, Means::Decisions];

/// Composes the page. Nothing that is sealed is on it.
pub fn page(view: &CaseView, known: Known<'_>, scorecard: Option<&Scorecard>, with: &With<'_>) -> Sheet {
    let mut parts =
        vec![about(view, &known, with), happened(view, &known, with), decided(view, &known, with)];
    let mut lists = |title, means: &[Means], gap| {
        let mut part = SheetPart::new(title);
        let found = in_case(known.told, with, |field| field.means.is_some_and(|one| means.contains(&one)));
        for found in found.iter().take(MOST) {
            let said = found.with_time(with);
            if found.quoted { part.quotes(&found.label, said) } else { part.says(&found.label, said) }
        }
        if part.lines.is_empty() {
            part.lacks("", gap);
        }
        parts.push(part);
    };
    lists(words::ADVISED, &[Means::Advice], words::NO_ADVICE);
    parts.push(now(view, &known, with));
    parts.push(owed(view, with));
    parts.push(told(view, with));
    parts.push(staff(&known, with));
    parts.extend(scorecard.into_iter().flat_map(|card| of_organisation(card, with)));
    Sheet {
        title: words::page(&view.reference),
        first: words::PAGE_FIRST.to_owned(),
        parts,
        last: words::PAGE_LAST.to_owned(),
        subject: view.state.subject,
        case: Some(view.state.id),
        sealed: false,
    }
}

fn about(view: &CaseView, known: &Known<'_>, with: &With<'_>) -> SheetPart {
    let mut part = SheetPart::new(words::WHO);
    if let Some(record) = known.record {
        part.says(words::ABOUT, who(record, with));
    }
    if let Some(headline) = &view.state.facts.headline {
        part.says(words::MATTER, clean::shown(headline));
    }
    if let Some(level) = &view.state.facts.level {
        part.says(words::RISK, clean::shown(&level.label));
    }
    let pathway = with.editions.current().pathway(&view.state.pathway);
    let state = pathway.and_then(|pathway| pathway.states.iter().find(|one| one.id == view.state.state));
    if let Some(state) = state {
        let ended = view.state.facts.how_closed.as_deref().filter(|_| view.state.closed);
        part.says(words::STANDS, clean::shown(&words::stands(&state.title, ended)));
    }
    part
}

/// Whether a step of the case's pathway asks for one of these.
fn asks(view: &CaseView, with: &With<'_>, means: &[Means]) -> bool {
    let pathway = with.editions.current().pathway(&view.state.pathway);
    let mut steps = pathway.into_iter().flat_map(|pathway| &pathway.steps);
    steps.any(|step| means.iter().any(|one| step.meaning(*one).is_some()))
}

fn happened(view: &CaseView, known: &Known<'_>, with: &With<'_>) -> SheetPart {
    let mut part = SheetPart::new(words::HAPPENED);
    // The first account, and the last where another came after it.
    let seen = meaning(known.told, with, Means::Observation);
    for found in seen.last().into_iter().chain(seen.first().filter(|_| seen.len() > 1)) {
        part.says(&found.label, found.with_time(with));
    }
    if seen.is_empty() {
        // What was not observed is told by whoever opened the case.
        let first = known.told.iter().position(|told| of_step(told, with.editions).is_some());
        let opening = first.and_then(|at| known.told.get(at..=at)).unwrap_or_default();
        let told = in_case(opening, with, |field| {
            matches!(field.kind, Kind::Notes) && !AFTERWARDS.iter().any(|means| field.means == Some(*means))
        });
        for found in told.iter().take(MOST) {
            let said = found.with_time(with);
            if found.quoted { part.quotes(&found.label, said) } else { part.says(&found.label, said) }
        }
    }
    if part.lines.is_empty() {
        let nothing =
            if asks(view, with, &[Means::Observation]) { words::NOTHING_SEEN } else { words::NOTHING_TOLD };
        part.lacks("", nothing);
    }
    for means in AFTERWARDS {
        if let Some(found) = meaning(known.told, with, means).first() {
            part.says(&found.label, found.with_time(with));
        }
    }
    part
}

/// The latest decisions, each way with its reason beside it.
fn decided(view: &CaseView, known: &Known<'_>, with: &With<'_>) -> SheetPart {
    let mut part = SheetPart::new(words::DECIDED);
    let mut left = MOST;
    for told in known.told.iter().rev() {
        let Some((step, _)) = of_step(told, with.editions) else { continue };
        let one = std::slice::from_ref(told);
        let ways: Vec<_> = WAYS.into_iter().flat_map(|means| meaning(one, with, means)).collect();
        if ways.is_empty() || left == 0 {
            continue;
        }
        left -= 1;
        let why = meaning(one, with, Means::Rationale).into_iter().map(|found| found.words);
        let said: Vec<String> = ways.iter().map(|found| found.with_time(with)).chain(why).collect();
        part.says(&step.title, said.join("\n"));
    }
    // Where nothing is to be decided, nobody has failed to.
    if part.lines.is_empty() && asks(view, with, &WAYS) {
        part.lacks("", words::NOT_DECIDED);
    }
    match meaning(known.told, with, Means::PersonView).first() {
        Some(found) => part.says(words::WANTS, found.with_time(with)),
        None => part.lacks(words::WANTS, words::VIEW_UNKNOWN),
    }
    part
}

fn now(view: &CaseView, known: &Known<'_>, with: &With<'_>) -> SheetPart {
    let mut part = SheetPart::new(words::NOW);
    for control in &view.state.facts.controls {
        part.says(words::CONTROL, clean::shown(control));
    }
    if view.state.facts.controls.is_empty() {
        part.lacks(words::CONTROL, words::NO_CONTROL);
    }
    for means in [Means::ControlAchieved, Means::NextStep] {
        if let Some(found) = meaning(known.told, with, means).first() {
            part.says(&found.label, found.with_time(with));
        }
    }
    for found in meaning(known.told, with, Means::TakesPart) {
        part.says(words::TAKES_PART, found.words);
    }
    part
}

fn owed(view: &CaseView, with: &With<'_>) -> SheetPart {
    let mut part = SheetPart::new(words::OWED);
    let mut open: Vec<_> = view.state.commitments.iter().filter(|one| one.progress.is_open()).collect();
    open.sort_by_key(|one| one.due);
    for one in open {
        let who = match &one.obligor {
            Party::Outside(named) => named.words.clone(),
            Party::Staff(id) => view.names.get(id).cloned().unwrap_or_default(),
            Party::Role(role) => with.editions.current().roles.title(role).to_owned(),
        };
        let due = display::short(one.due, with.now, with.zone);
        part.says("", clean::shown(&words::owed(&one.what, &who, &due, one.due < with.now)));
    }
    if part.lines.is_empty() {
        part.lacks("", words::NOTHING_OWED);
    }
    part
}

fn told(view: &CaseView, with: &With<'_>) -> SheetPart {
    let mut part = SheetPart::new(words::TOLD);
    for share in view.state.shares.iter().rev().take(MOST) {
        let when = display::short_when(&share.at, with.now, with.zone);
        let what = share.what.lines().next().unwrap_or_default();
        part.says(
            &words::told(&share.with.words, &when),
            clean::shown(if what.is_empty() { "-" } else { what }),
        );
    }
    if part.lines.is_empty() {
        part.lacks("", words::NOBODY_TOLD);
    }
    part
}

/// What staff said, with all that was written beside it.
fn staff(known: &Known<'_>, with: &With<'_>) -> SheetPart {
    let mut part = SheetPart::new(words::STAFF);
    for told in known.told.iter().rev() {
        let one = std::slice::from_ref(told);
        if meaning(one, with, Means::StaffSaid).is_empty() {
            continue;
        }
        // In the order of the form: who, what they said, what the record says, whether they agree.
        for found in in_case(one, with, |field| field.means != Some(Means::Occurred)) {
            if found.quoted {
                part.quotes(&found.label, found.with_time(with))
            } else {
                part.says(&found.label, found.words)
            }
        }
    }
    if part.lines.is_empty() {
        part.lacks("", words::NOBODY_ASKED);
    }
    part
}

fn of_organisation(card: &Scorecard, with: &With<'_>) -> [SheetPart; 2] {
    let mut rounds = SheetPart::new(words::ROUNDS);
    for (what, last, due) in &card.rounds {
        let last = last.map(|last| display::short_when(&last, with.now, with.zone));
        let due = due.map(|due| display::short(due, with.now, with.zone));
        rounds.says(what, words::round(last.as_deref(), due.as_deref()));
    }
    let mut counts = SheetPart::new(words::SCORECARD);
    for (what, lately, before) in &card.counts {
        counts.says(what, words::beside(*lately, *before));
    }
    counts.says(words::THEIRS, words::owed_late(card.owed.0, card.owed.1));
    [rounds, counts]
}
