//! Who was tried outside and how that ended, and who was told when: what measures of a case's contacts rest on. What was
//! said to them is left to [`super::share`].

use super::facts::when;
use super::heard::{Heard, meant_in};
use crate::domain::answer::{Answer, When, YesNo};
use crate::domain::case::{CALLER, CaseState, Contact};
use crate::pathway::definition::{Kind, Means};

/// Adds the contact that the step is about, and whoever it says was told.
pub(super) fn learn(state: &mut CaseState, heard: &Heard<'_>) {
    if heard.pathway.register {
        return;
    }
    let form = |means| meant_in(&heard.step.fields, &heard.answers, means);
    if let (Some((_, Answer::Named(with))), Some((_, Answer::Choice(outcome)))) =
        (form(Means::Contacted), form(Means::ContactOutcome))
    {
        state.contacts.push(Contact { at: heard.occurred, with: with.clone(), outcome: outcome.clone() });
    }
    let at = form(Means::ToldAt).and_then(|(_, answer)| when(answer)).unwrap_or(heard.occurred);
    if let Some((_, answer)) = form(Means::Told) {
        told(state, answer, at);
    }
    // Whoever rang was told what came of it once they have it.
    let has_it = matches!(form(Means::Receipt), Some((_, Answer::YesNo { is: YesNo::Yes, .. })));
    if has_it && form(Means::CameOfIt).is_some() {
        told(state, &Answer::Choice(CALLER.to_owned()), at);
    }
    for field in &heard.step.fields {
        let (Kind::Rows { columns, .. }, Some(Answer::Rows(rows))) =
            (&field.kind, heard.answers.get(&field.id))
        else {
            continue;
        };
        for row in rows {
            let said = |means| meant_in(columns, row, means);
            let at = said(Means::ToldAt).and_then(|(_, answer)| when(answer)).unwrap_or(heard.occurred);
            if let Some((_, answer)) = said(Means::Told) {
                told(state, answer, at);
            }
        }
    }
}

fn told(state: &mut CaseState, whom: &Answer, at: When) {
    let whom = match whom {
        Answer::Choice(whom) => std::slice::from_ref(whom),
        Answer::Choices(whom) => whom.as_slice(),
        _ => &[],
    };
    for whom in whom {
        let last = state.told.entry(whom.clone()).or_insert(at);
        *last = (*last).max(at);
    }
}
