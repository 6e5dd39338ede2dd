//! What of a record is an organisation's own, in the copy that is made for it and where a pack about it holds a part of
//! somebody else's case.

use crate::domain::answer::{Answer, Answers, Named};
use crate::domain::commitment::Party;
use crate::domain::entry::Said;
use crate::domain::ids::{CaseId, CommitmentId};
use crate::domain::views::{CaseView, Told};
use crate::pathway::definition::{Field, Kind, Means};
use crate::pathway::edition::Editions;

/// The register of those outside.
const ORGANISATIONS: &str = "organisations";

/// An organisation that a copy is for, or of which a part of somebody else's case speaks.
pub(super) struct Whom {
    /// It, as it was asked for.
    pub named: Named,
    /// The records that are read as it, its own among them: what names one that was merged into it names it.
    pub together: Vec<CaseId>,
}

/// Whether this is whoever was named: by the record, or without one by the same words.
pub(super) fn is_one(named: &Named, of: &Whom) -> bool {
    match of.named.id {
        Some(_) => named.id.is_some_and(|id| of.together.contains(&id)),
        None => named.words.trim().to_lowercase() == of.named.words.trim().to_lowercase(),
    }
}

/// Whether it is theirs to do.
pub(super) fn owes(party: &Party, of: &Whom) -> bool {
    matches!(party, Party::Outside(named) if is_one(named, of))
}

/// Whether an entry names whoever it is for.
pub(super) fn concerns(told: &Told, of: &Whom) -> bool {
    let Said::Step(said) = &told.entry.said else { return false };
    names(told.answers.as_ref().unwrap_or(&said.answers), of)
}

/// Whether an entry speaks of whoever it is for, not to them: it names them nowhere but where it says whom something is
/// about. A concern is written in the words of whoever raised it, who is known by role, place and hour though no name stands
/// there; what they were told of it is an entry of its own.
pub(super) fn speaks_of(told: &Told, editions: &Editions, of: &Whom) -> bool {
    let Said::Step(said) = &told.entry.said else { return false };
    let Some(step) = editions.step(said) else { return false };
    let mut answers = told.answers.as_ref().unwrap_or(&said.answers).clone();
    for field in step.fields.iter().filter(|field| field.means == Some(Means::Provider)) {
        answers.remove(&field.id);
    }
    !names(&answers, of)
}

fn names(answers: &Answers, of: &Whom) -> bool {
    answers.values().any(|answer| match answer {
        Answer::Named(named) => is_one(named, of),
        Answer::Rows(rows) => rows.iter().any(|row| names(row, of)),
        _ => false,
    })
}

/// A case without the lines of entries that are somebody else's: of what was agreed with several each has its own; in a copy
/// that leaves, neither who told us. Says of how many entries that concern whoever it is for lines went.
pub(super) fn without_others(
    whole: &CaseView,
    editions: &Editions,
    of: &Whom,
    leaves: bool,
) -> (CaseView, usize) {
    let mut view = whole.clone();
    let owed: Vec<&CommitmentId> =
        whole.state.commitments.iter().filter(|one| owes(&one.obligor, of)).map(|one| &one.id).collect();
    let own = Own { of, owed: &owed, leaves };
    let elsewhere = view.elsewhere.iter_mut().map(|one| &mut one.told);
    let mut parts = 0;
    for told in view.chronology.iter_mut().chain(elsewhere).filter(|told| concerns(told, of)) {
        let Said::Step(said) = &told.entry.said else { continue };
        let Some(step) = editions.step(said) else { continue };
        parts +=
            usize::from(own.rows(&step.fields, told.answers.get_or_insert_with(|| said.answers.clone())));
        for amendment in &mut told.amendments {
            own.rows(&step.fields, &mut amendment.before);
        }
    }
    (view, parts)
}

/// Whoever it is for, and what of a case is theirs to do.
struct Own<'a> {
    of: &'a Whom,
    owed: &'a [&'a CommitmentId],
    /// It is a copy for them, not our own pack.
    leaves: bool,
}

impl Own<'_> {
    /// Leaves of all rows those that are nobody else's, of a copy for them also not who told us, because a role betrays whoever
    /// has no name, nor why they were told without anybody's agreement. Says whether any went.
    fn rows(&self, fields: &[Field], answers: &mut Answers) -> bool {
        let mut gone = false;
        for field in fields {
            if self.leaves && matches!(field.means, Some(Means::Caller | Means::WithoutConsent)) {
                gone |= answers.remove(&field.id).is_some();
            }
            if let (Kind::Rows { columns, .. }, Some(Answer::Rows(rows))) =
                (&field.kind, answers.get_mut(&field.id))
            {
                let before = rows.len();
                rows.retain(|row| names(row, self.of) || !self.is_of_another(columns, row));
                gone |= rows.len() < before;
            }
        }
        gone
    }

    /// Whether a row that does not name them says whose it is: another organisation's, one of ours', or something that they
    /// do not owe.
    fn is_of_another(&self, columns: &[Field], row: &Answers) -> bool {
        columns.iter().any(|column| match (&column.kind, row.get(&column.id)) {
            (_, None) => false,
            (_, Some(Answer::Owed(owed))) => !self.owed.contains(&&owed.id),
            (Kind::Record { register, .. }, _) if register == ORGANISATIONS => true,
            _ => column.means == Some(Means::Obligor),
        })
    }
}
