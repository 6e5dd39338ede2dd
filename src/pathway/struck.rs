//! What was struck out: words that a correction or a move to the right record took the place of. They stay to be
//! read, with who struck them, when and why. How they look is left to the screen.

use chrono::{DateTime, Utc};

use super::definition::{Means, Step};
use super::show;
use crate::domain::act::Act;
use crate::domain::answer::{Answer, Answers, Named};
use crate::domain::entry::Said;
use crate::domain::ids::CaseId;
use crate::domain::time::Zone;
use crate::domain::views::{Amendment, CaseView, Told};

/// Words that stand no more.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Struck {
    /// The field's label; empty where a whole record was written under the wrong name.
    pub label: String,
    /// What was said.
    pub words: String,
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
    struck
}

/// The answers as they read now: what named the record that the case was moved from names the right one.
pub fn standing(view: &CaseView, told: &Told, answers: &Answers) -> Answers {
    let mut answers = answers.clone();
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
        words: line.words,
        by: amendment.by,
        at: amendment.at,
        reason: amendment.reason.clone(),
    };
    lines.map(struck).collect()
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
    Some(Struck {
        label: step.meaning(Means::Subject).map(|field| field.label.clone()).unwrap_or_default(),
        words: view.names.get(&from).cloned().unwrap_or_default(),
        by: act.who.by,
        at: act.recorded_at,
        reason: reason.clone(),
    })
}
