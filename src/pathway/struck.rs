//! What was struck out: words that a correction or a move to the right record took the place of, and those that a
//! change of a record emptied. They stay to be read, with who struck them, when and why. How they look is left to the
//! screen.

use chrono::{DateTime, Utc};

use super::definition::{Field, Means, Step};
use super::edition::Editions;
use super::show;
use crate::domain::act::Act;
use crate::domain::answer::{Answer, Answers, Named};
use crate::domain::entry::Said;
use crate::domain::ids::{CaseId, EntryId};
use crate::domain::time::Zone;
use crate::domain::views::{Amendment, CaseView, Told};
use crate::domain::words::show as words;

/// Words that stand no more.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Struck {
    /// The field's label; empty where a whole record was written under the wrong name.
    pub label: String,
    /// The field's id; empty where the step asks for no such thing.
    pub field: String,
    /// What was said.
    pub words: String,
    /// Somebody else's words.
    pub quoted: bool,
    /// Who struck it.
    pub by: Option<CaseId>,
    /// When that was put into the record.
    pub at: DateTime<Utc>,
    /// Why.
    pub reason: String,
}

/// Everything struck from an entry, oldest first. A blank that was filled strikes nothing.
pub fn struck(view: &CaseView, told: &Told, step: &Step, zone: &Zone) -> Vec<Struck> {
    let now = told.answers.as_ref();
    let mut struck = Vec::new();
    for (at, amendment) in told.amendments.iter().enumerate() {
        let after = told.amendments.get(at + 1).map(|next| &next.before).or(now);
        struck.extend(after.into_iter().flat_map(|after| corrected(step, amendment, after, zone)));
    }
    struck.extend(moved(view, told, step));
    struck.extend(place_of_other(view, told, step));
    struck
}

/// What a correction is of, in words: the form, the lines of it that were written anew, with whom they named from then on, and
/// why.
pub fn correction(editions: &Editions, view: &CaseView, own: EntryId, of: EntryId, reason: &str) -> String {
    let mut all = view.chronology.iter().chain(view.elsewhere.iter().map(|one| &one.told));
    let told = all.find(|told| told.entry.id == of);
    let step = told.and_then(|told| match &told.entry.said {
        Said::Step(said) => editions.step(said),
        Said::Act(_) | Said::Stub(_) => None,
    });
    let Some((told, step)) = told.zip(step) else { return reason.to_owned() };
    let at = told.amendments.iter().position(|amendment| amendment.entry == own);
    let before = at.and_then(|at| told.amendments.get(at)).map(|amendment| &amendment.before);
    let after =
        at.and_then(|at| told.amendments.get(at + 1)).map(|next| &next.before).or(told.answers.as_ref());
    let (Some(before), Some(after)) = (before, after) else {
        return words::correction(&step.title, &[], reason);
    };
    let anew = step.fields.iter().filter(|field| before.get(&field.id) != after.get(&field.id));
    let lines = anew.map(|field| match after.get(&field.id) {
        Some(Answer::Named(named)) if !field.sealed => words::correction_to(&field.label, &named.words),
        _ => field.label.clone(),
    });
    words::correction(&step.title, &lines.collect::<Vec<_>>(), reason)
}

/// The fields that a change of a record emptied, in the order of the form: each with what stood in it before.
pub fn emptied(view: &CaseView, told: &Told, step: &Step, zone: &Zone) -> Vec<show::Shown> {
    let Said::Step(said) = &told.entry.said else { return Vec::new() };
    let answers = told.answers.as_ref().unwrap_or(&said.answers);
    let emptied = |field: &&Field| said.cleared.contains(&field.id) && !answers.contains_key(&field.id);
    let shown = |field: &Field| {
        let before = stood(view, told, &field.id).map(|answer| show::words(field, answer, zone));
        show::Shown {
            field: field.id.clone(),
            label: field.label.clone(),
            words: match before.filter(|_| !field.sealed) {
                Some(before) => words::emptied(&before.replace('\n', "; ")),
                None => words::EMPTIED.to_owned(),
            },
            quoted: false,
            means: None,
        }
    };
    step.fields.iter().filter(emptied).map(shown).collect()
}

/// What the entries before this one had last said in a field of the record.
fn stood<'v>(view: &'v CaseView, told: &Told, field: &str) -> Option<&'v Answer> {
    let earlier = view.chronology.iter().filter(|one| one.entry.seq < told.entry.seq);
    let said = earlier.filter_map(|one| match &one.entry.said {
        Said::Step(said) => Some((one.entry.seq, one.answers.as_ref().unwrap_or(&said.answers).get(field)?)),
        Said::Act(_) | Said::Stub(_) => None,
    });
    said.max_by_key(|(seq, _)| *seq).map(|(_, answer)| answer)
}

/// The answers as they read now: what named the record that the case was moved from names the right one, and where that
/// one lives says nothing of where the right one is.
pub fn standing(view: &CaseView, told: &Told, step: &Step, answers: &Answers) -> Answers {
    let mut answers = answers.clone();
    if let Some((field, _)) = others_place(view, told, step) {
        answers.remove(&field.id);
    }
    let (Some(from), Some(to)) = (told.recorded_under, view.state.subject) else { return answers };
    for answer in answers.values_mut() {
        if let Answer::Named(named) = answer
            && named.id == Some(from)
        {
            let words = view.names.get(&to).cloned().unwrap_or_default();
            *named = Named { id: Some(to), words };
        }
    }
    answers
}

fn corrected(step: &Step, amendment: &Amendment, after: &Answers, zone: &Zone) -> Vec<Struck> {
    let mut gone = amendment.before.clone();
    gone.retain(|field, answer| after.get(field) != Some(answer));
    let lines = show::lines(step, &gone, zone).into_iter();
    let struck = |line: show::Shown| Struck {
        label: line.label,
        field: line.field,
        words: line.words,
        quoted: line.quoted,
        by: amendment.by,
        at: amendment.at,
        reason: amendment.reason.clone(),
    };
    lines.map(struck).collect()
}

/// The place that came with the record that the case was moved from, where the right one does not live there as well.
fn others_place<'v>(view: &'v CaseView, told: &'v Told, step: &'v Step) -> Option<(&'v Field, &'v str)> {
    let place = told.place_under?;
    if view.subject.as_ref().and_then(|subject| subject.location) == Some(place) {
        return None;
    }
    let Said::Step(said) = &told.entry.said else { return None };
    let field = step.meaning(Means::Place)?;
    match told.answers.as_ref().unwrap_or(&said.answers).get(&field.id)? {
        Answer::Named(named) if named.id == Some(place) => Some((field, &named.words)),
        _ => None,
    }
}

fn place_of_other(view: &CaseView, told: &Told, step: &Step) -> Option<Struck> {
    let (field, words) = others_place(view, told, step)?;
    Some(Struck {
        label: field.label.clone(),
        field: field.id.clone(),
        words: words.to_owned(),
        ..moved(view, told, step)?
    })
}

/// The name under which the entry was written, once its case belongs to somebody else.
fn moved(view: &CaseView, told: &Told, step: &Step) -> Option<Struck> {
    let from = told.recorded_under?;
    let act = view.chronology.iter().rev().find_map(|other| match &other.entry.said {
        Said::Act(Act::Reattribute { from: left, reason, .. })
            if *left == from && other.entry.seq > told.entry.seq =>
        {
            Some((&other.entry, reason))
        }
        _ => None,
    });
    let (act, reason) = act?;
    let field = step.meaning(Means::Subject);
    Some(Struck {
        label: field.map(|field| field.label.clone()).unwrap_or_default(),
        field: field.map(|field| field.id.clone()).unwrap_or_default(),
        quoted: false,
        words: view.names.get(&from).cloned().unwrap_or_default(),
        by: act.who.by,
        at: act.recorded_at,
        reason: reason.clone(),
    })
}
