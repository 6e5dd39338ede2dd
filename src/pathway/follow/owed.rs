//! What becomes of what is owed elsewhere, where a step's rows say so: it is called off or passed on, each by an act in
//! the case it is owed in.

use crate::domain::act::Act;
use crate::domain::answer::{Answer, Answers, Named, Owed};
use crate::domain::entry::{NewEntry, NewSaid};
use crate::domain::ids::{CaseId, CommitmentId, EntryId};
use crate::domain::words::show as words;
use crate::pathway::definition::{Field, Kind, Means, SETTLE_CANCEL, SETTLE_PASS_ON, Step};
use crate::pathway::fold::{facts, promise};
use crate::pathway::predicate::Facts;

/// One act for each thing owed that is not to stay as it is, in the order of the rows.
pub(super) fn settled(step: &Step, entry: &NewEntry, answers: &Answers) -> Vec<NewEntry> {
    let said = |means| {
        let field = step.meaning(means)?;
        Some(facts::plain(field, answers.get(&field.id)?))
    };
    let why = said(Means::Whereabouts).unwrap_or_default();
    let mut acts = Vec::new();
    for field in &step.fields {
        let (Kind::Rows { columns, .. }, Some(Answer::Rows(rows))) = (&field.kind, answers.get(&field.id))
        else {
            continue;
        };
        for row in rows {
            let Some((owed, act)) = becomes(columns, row, entry.id, (step, &why)) else { continue };
            acts.push(settles(owed, act, entry));
        }
    }
    acts
}

/// The act by which what is followed in another case from now on ends where it was owed.
pub(super) fn carried_on(step: &Step, entry: &NewEntry, facts: &Facts<'_>) -> Option<NewEntry> {
    let (_, owed, place) = carries_on(step, facts)?;
    let act = Act::Cancel {
        owed: owed.id.clone(),
        because: entry.id,
        reason: step.title.clone(),
        goes_on: Some(CommitmentId { entry: entry.id, place: place? }),
    };
    Some(settles(owed, act, entry))
}

/// What was owed elsewhere and goes on in the case that the step opens: the field that says so, what it was, and the place
/// of the promise as which it goes on, where one is made.
pub fn carries_on<'a>(step: &'a Step, facts: &Facts<'a>) -> Option<(&'a Field, &'a Owed, Option<String>)> {
    let field = step.meaning(Means::CarriesOn)?;
    match facts.answers.get(&field.id)? {
        Answer::Owed(owed) => Some((field, owed, promise::first(step, facts))),
        _ => None,
    }
}

fn settles(owed: &Owed, act: Act, entry: &NewEntry) -> NewEntry {
    entry.following(&format!("settle.{}", owed.id), Some(owed.case), NewSaid::Act(act))
}

/// What a row says of what is owed; `None` where it stays as it is.
fn becomes<'a>(
    columns: &[Field],
    row: &'a Answers,
    because: EntryId,
    (step, why): (&Step, &str),
) -> Option<(&'a Owed, Act)> {
    let owed = columns.iter().find_map(|column| match row.get(&column.id) {
        Some(Answer::Owed(owed)) => Some(owed),
        _ => None,
    })?;
    let meant = |means| row.get(&columns.iter().find(|column| column.means == Some(means))?.id);
    let Some(Answer::Choice(settle)) = meant(Means::Settle) else { return None };
    // The reason of its own that the row gives, else what the whole step says.
    let own = match meant(Means::Rationale) {
        Some(Answer::Text(text)) => text.trim(),
        _ => "",
    };
    let reason = words::because_of(&step.title, if own.is_empty() { why } else { own });
    let id: CommitmentId = owed.id.clone();
    let act = match (settle.as_str(), meant(Means::Owner)) {
        (SETTLE_CANCEL, _) => Act::Cancel { owed: id, because, reason, goes_on: None },
        (SETTLE_PASS_ON, Some(Answer::Named(Named { id: Some(to), .. }))) => {
            let to: CaseId = *to;
            Act::PassOn { owed: id, to, because, reason }
        }
        _ => return None,
    };
    Some((owed, act))
}
