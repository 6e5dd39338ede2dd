//! What is learnt of a case by meaning. Labels are never read.

use super::heard::Heard;
use crate::domain::answer::{Answer, When, YesNo};
use crate::domain::case::{Alarm, CaseState, Facts, Level, Visit};
use crate::domain::entry::PlaceThen;
use crate::domain::slips::{self, Slips};
use crate::pathway::definition::{Field, Kind, Means};

/// Longest headline, in characters.
const HEADLINE: usize = 60;
/// Longest advice in a list, in characters.
const ADVICE: usize = 120;
/// Longest quotation of a caller in a preview, in characters.
const QUOTED: usize = 200;

/// Takes what the step's answers mean into the facts of its case.
///
/// Risk and advice count from when the step happened, so that a late entry about the afternoon does not
/// overrule the evening. For the rest the last word in the ledger counts.
pub(super) fn learn(state: &mut CaseState, heard: &Heard<'_>) {
    let said = |means| heard.meant(means).next();
    let words =
        |means| said(means).map(|(field, answer)| plain(field, answer)).filter(|words| !words.is_empty());
    let facts = &mut state.facts;

    if let Some((field, Answer::Choice(risk))) = said(Means::Risk)
        && facts.risk_at.is_none_or(|since| since.at <= heard.occurred.at)
    {
        facts.risk = Some(risk.clone());
        facts.level = level(field, risk);
        facts.risk_at = Some(heard.occurred);
    }
    if let Some(headline) = words(Means::Headline) {
        facts.headline = Some(headline);
    } else if facts.headline.is_none() {
        facts.headline = words(Means::Observation).map(|seen| headline(&seen));
    }
    if let Some((field, answer)) = said(Means::Observation).filter(|(field, _)| field.quoted) {
        facts.quoted = Some(shortened(&plain(field, answer), QUOTED)).filter(|words| !words.is_empty());
    }
    match said(Means::Route) {
        Some((_, Answer::Choices(routes))) => facts.routes.clone_from(routes),
        Some((_, Answer::Choice(route))) => facts.routes = vec![route.clone()],
        _ => {}
    }
    facts.caller = words(Means::Caller).or(facts.caller.take());
    facts.call_back = words(Means::CallBack).or(facts.call_back.take());

    if let Some((_, Answer::Named(named))) = said(Means::Subject) {
        let words = Some(named.words.trim()).filter(|words| named.id.is_none() && !words.is_empty());
        facts.said_of = words.map(str::to_owned);
    }

    if let Some(by) = words(Means::SeenBy) {
        let at = said(Means::SeenAt).and_then(|(_, answer)| when(answer)).unwrap_or(heard.occurred);
        if facts.seen.as_ref().is_none_or(|(_, since)| since.at <= at.at) {
            // Whoever was to see the person next has been, by then.
            facts.sees_next.take_if(|(_, next)| next.is_some_and(|next| next.at <= at.at));
            facts.seen = Some((by, at));
        }
    }
    if let Some(by) = words(Means::SeesNext) {
        let at = said(Means::SeesNextAt).and_then(|(_, answer)| when(answer));
        facts.sees_next = Some((by, at));
    }
    if let Some(advice) = words(Means::Advice)
        && facts.advised_at.is_none_or(|since| since.at <= heard.occurred.at)
    {
        facts.advice = Some(shortened(&advice, ADVICE));
        facts.advised_at = Some(heard.occurred);
        facts.advised_by = said(Means::Contacted).and_then(|(_, answer)| match answer {
            Answer::Named(named) => Some(named.clone()),
            _ => None,
        });
    }
    if let Some((_, Answer::Named(named))) = said(Means::Tried) {
        let new = named.id.filter(|staff| !facts.tried.contains(staff));
        facts.tried.extend(new);
    }
    if let Some((_, Answer::YesNo { is, .. })) = said(Means::CareChanged) {
        // "Yes" counts once the evidence was named, where the step asks for any.
        let asked = heard.step.meaning(Means::CareEvidence).is_some();
        if *is == YesNo::No || !asked || said(Means::CareEvidence).is_some() {
            facts.care_changed = Some(*is);
        }
    }
    if let Some(level) = words(Means::EscalationLevel) {
        facts.escalated.push((level, heard.occurred));
        facts.escalated.sort_by_key(|(_, when)| when.at);
    }
    alarms(facts, heard);
    visit(facts, heard);
    paper(facts, heard);
    if let Some((_, Answer::Named(place))) = said(Means::Place) {
        state.location = place.id.or(state.location);
    }
    // As it was when it was recorded, whatever the step says since.
    state.location = state.location.or(heard.entry.register.place.and_then(PlaceThen::at));
    if let Some((_, Answer::Choice(whereabouts))) = said(Means::Whereabouts) {
        facts.whereabouts = Some(whereabouts.clone());
    }
    if heard.pathway.register {
        // What gives somebody leave is taken away by leaving it out; so is what a step says anew as a whole.
        let goes = |field: &&Field| {
            field.means.is_some_and(Means::gives_leave)
                || heard.step.replaces && !field.retired && !field.sealed
        };
        for field in heard.step.fields.iter().filter(goes) {
            facts.record.remove(&field.id);
        }
        for id in heard.cleared() {
            facts.record.remove(id);
            match heard.step.field(id).and_then(|field| field.means) {
                Some(Means::Place) => state.location = None,
                Some(Means::Whereabouts) => facts.whereabouts = None,
                _ => {}
            }
        }
        facts.record.extend(heard.answers.iter().map(|(id, answer)| (id.clone(), answer.clone())));
    }
}

/// What has to be seen before anything else: of each field that has such a choice, as of when it was last answered.
fn alarms(facts: &mut Facts, heard: &Heard<'_>) {
    for (id, answer) in heard.answers.iter() {
        let (Some(Kind::Choice(choices)), Answer::Choice(chosen)) =
            (heard.step.field(id).map(|field| &field.kind), answer)
        else {
            continue;
        };
        if choices.iter().all(|choice| choice.alarm.is_none()) {
            continue;
        }
        let is_newer =
            facts.alarms.iter().all(|alarm| alarm.field != *id || alarm.at.at <= heard.occurred.at);
        if is_newer {
            let chosen = choices.iter().find(|choice| choice.id == *chosen);
            let says = chosen.and_then(|choice| choice.alarm.clone()).unwrap_or_default();
            facts.alarms.retain(|alarm| alarm.field != *id);
            facts.alarms.push(Alarm { field: id.clone(), says, at: heard.occurred });
        }
    }
}

/// What a step says of the visit. A step that leads back to where a case of the pathway begins takes back who covers it.
fn visit(facts: &mut Facts, heard: &Heard<'_>) {
    let said = |means| heard.meant(means).next();
    let time = |means| said(means).and_then(|(_, answer)| when(answer));
    let words =
        |means| said(means).map(|(field, answer)| plain(field, answer)).filter(|words| !words.is_empty());
    let named = |means| match said(means) {
        Some((_, Answer::Named(named))) if !named.words.trim().is_empty() => Some(named.clone()),
        _ => None,
    };
    if let Some(from) = time(Means::VisitFrom) {
        let fresh =
            || Visit { from, until: None, kind: None, provider: None, covered_by: None, covered_from: None };
        facts.visit.get_or_insert_with(fresh).from = from;
    }
    let Some(visit) = &mut facts.visit else { return };
    visit.until = time(Means::VisitUntil).or(visit.until);
    visit.kind = words(Means::VisitKind).or(visit.kind.take());
    visit.provider = named(Means::Provider).or(visit.provider.take());
    let back = heard.step.to.as_ref() == heard.pathway.states.first().map(|state| &state.id);
    if back || heard.step.meaning(Means::CoveredBy).is_some() {
        visit.covered_by = words(Means::CoveredBy);
        visit.covered_from = named(Means::CoveredFrom);
    }
}

/// What a step says of paper slips: from which it is entered, or which a pad has and what became of them.
fn paper(facts: &mut Facts, heard: &Heard<'_>) {
    let text = |means| match heard.meant(means).next() {
        Some((_, Answer::Text(text))) => Some(text.as_str()),
        _ => None,
    };
    facts.slip = text(Means::Slip).and_then(slips::number_of).or(facts.slip);
    if let Some(issued) = text(Means::SlipsIssued).and_then(Slips::read) {
        facts.pad.get_or_insert_default().issued = issued;
    }
    let Some(pad) = &mut facts.pad else { return };
    if let Some(void) = text(Means::SlipsVoid).and_then(Slips::read) {
        pad.void.extend(&void);
    }
    pad.blank = text(Means::SlipsBlank).and_then(slips::number_of).or(pad.blank);
}

/// The level of risk that a choice stands for.
fn level(field: &Field, risk: &str) -> Option<Level> {
    let Kind::Choice(levels) = &field.kind else { return None };
    let choice = levels.iter().find(|choice| choice.id == risk)?;
    Some(Level { label: choice.label.clone(), weight: choice.weight? })
}

/// Interim controls in force: those whose review is still owed.
pub(super) fn controls(state: &mut CaseState) {
    state.facts.controls = state
        .commitments
        .iter()
        .filter(|one| one.control == YesNo::Yes && one.progress.is_open())
        .map(|one| one.what.clone())
        .collect();
}

/// An answer's words without times: text, names, and choices by their labels.
pub(in crate::pathway) fn plain(field: &Field, answer: &Answer) -> String {
    let label = |id: &String| match &field.kind {
        Kind::Choice(choices) | Kind::Choices(choices) => choices
            .iter()
            .find(|choice| choice.id == *id)
            .map_or_else(|| id.clone(), |choice| choice.label.clone()),
        _ => id.clone(),
    };
    match answer {
        Answer::Text(text) => text.trim().to_owned(),
        Answer::Named(named) => named.words.trim().to_owned(),
        Answer::Number(number) => number.to_string(),
        Answer::Choice(choice) => label(choice),
        Answer::Choices(choices) => choices.iter().map(label).collect::<Vec<_>>().join(", "),
        Answer::Evidence(evidence) => evidence.reference.trim().to_owned(),
        _ => String::new(),
    }
}

/// The time that an answer is.
pub(super) fn when(answer: &Answer) -> Option<When> {
    match answer {
        Answer::Time(when) => Some(*when),
        _ => None,
    }
}

/// The first words of a text, to name a matter by.
pub(in crate::pathway) fn headline(text: &str) -> String {
    shortened(text, HEADLINE)
}

/// The first line of a text, cut at the end of a word.
fn shortened(text: &str, longest: usize) -> String {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    if line.chars().count() <= longest {
        return line.to_owned();
    }
    let cut: String = line.chars().take(longest).collect();
    let whole = cut.rsplit_once(char::is_whitespace).map_or(cut.as_str(), |(words, _)| words);
    format!("{}…", whole.trim_end_matches([',', ';', ':', ' ']))
}
