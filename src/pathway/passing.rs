//! What acts by which something passes to another owner say in words: what, to whom, and why. For chronologies, on screen
//! and without one.

use crate::domain::act::Act;
use crate::domain::entry::Said;
use crate::domain::ids::{CaseId, EntryId};
use crate::domain::owning::Owned;
use crate::domain::permission::Roles;
use crate::domain::views::{CaseView, party_name};
use crate::domain::words::owning as words;

/// What the act says; `None` for any other.
pub fn in_words(view: &CaseView, act: &Act, roles: &Roles) -> Option<String> {
    let name = |staff: CaseId| view.names.get(&staff).cloned();
    let title = |role: &str| roles.title(role).to_owned();
    Some(match act {
        Act::Take { what, reason, .. } => words::what_and_why(&things(view, what), reason),
        Act::Offer { what, to, note, .. } => {
            words::what_to_whom(&things(view, what), &party_name(to, name, title), note)
        }
        Act::LeaveTo { what, duty, refused, reason } => {
            let said = words::what_to_whom(&things(view, what), roles.title(duty), reason);
            let by = refused.and_then(|refusal| by_whom(view, refusal)).and_then(name);
            by.map_or(said.clone(), |by| words::refused_before(&said, &by))
        }
        Act::AnswerOffer { offer, reason, .. } | Act::WithdrawOffer { offer, reason } => {
            words::what_and_why(&things(view, offered(view, *offer)), reason)
        }
        _ => return None,
    })
}

/// What an offer was of, whether or not it still stands.
fn offered(view: &CaseView, offer: EntryId) -> &[Owned] {
    let entry = view.chronology.iter().find(|told| told.entry.id == offer);
    match entry.map(|told| &told.entry.said) {
        Some(Said::Act(Act::Offer { what, .. })) => what,
        _ => &[],
    }
}

fn by_whom(view: &CaseView, entry: EntryId) -> Option<CaseId> {
    view.chronology.iter().find(|told| told.entry.id == entry)?.entry.who.by
}

fn things(view: &CaseView, what: &[Owned]) -> String {
    let name = |what: &Owned| match what {
        Owned::Case => words::THE_CASE.to_owned(),
        Owned::Owed(id) => {
            let one = view.state.commitments.iter().find(|one| one.id == *id);
            one.map_or_else(String::new, |one| one.what.clone())
        }
    };
    words::list(&what.iter().map(name).collect::<Vec<_>>())
}
