//! Gaps in working together on one urgent call: what was to follow and did not, or took too long.

use super::A_MINUTE;
use super::index::Index;
use crate::domain::case::Milestone;
use crate::domain::measure::{CaseFact, Outcome};

/// A gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// Decided on somebody outside, and nobody was contacted.
    NoContact,
    /// Contacted later than the office has set itself.
    LateContact,
    /// Contacted, and no advice is on record.
    NoAdvice,
    /// A promise that was kept late, or not at all.
    PromiseBroken,
    /// Advised and closed, and the care team was not told.
    NotTold,
}

impl Gap {
    /// All of them, in the order of a call.
    pub(super) const ALL: [Gap; 5] =
        [Gap::NoContact, Gap::LateContact, Gap::NoAdvice, Gap::PromiseBroken, Gap::NotTold];
}

/// The gaps in a case, as of now.
pub(super) fn of(index: &Index<'_>, case: &CaseFact) -> Vec<Gap> {
    Gap::ALL.into_iter().filter(|gap| is(index, case, *gap)).collect()
}

fn is(index: &Index<'_>, case: &CaseFact, gap: Gap) -> bool {
    let definitions = index.with.definitions;
    let within = definitions.contact_within.num_milliseconds();
    let is_over = |since: i64| index.now() - since - within >= A_MINUTE;
    let (decided, contacted) = (case.reached(Milestone::Decided), case.reached(Milestone::Contacted));
    let advised = case.reached(Milestone::Advised).is_some();
    match gap {
        Gap::NoContact => {
            let outside = case.routes.iter().any(|route| !definitions.nobody_outside.contains(route));
            outside && contacted.is_none() && decided.is_some_and(|decided| case.closed || is_over(decided))
        }
        Gap::LateContact => {
            let known = !case.is_vague(Milestone::Decided) && !case.is_vague(Milestone::Contacted);
            let late = |(decided, contacted): (i64, i64)| contacted - decided - within >= A_MINUTE;
            known && decided.zip(contacted).is_some_and(late)
        }
        Gap::NoAdvice => !advised && contacted.is_some_and(|contacted| case.closed || is_over(contacted)),
        Gap::PromiseBroken => {
            let mut promised = index.promised_in(case.case);
            promised.any(|chain| matches!(index.outcome(chain), Some(Outcome::Late | Outcome::Never)))
        }
        Gap::NotTold => advised && case.closed && !care_team_told(index, case),
    }
}

/// Whether whoever rang was told once it was decided.
pub(super) fn care_team_told(index: &Index<'_>, case: &CaseFact) -> bool {
    let Some(decided) = case.reached(Milestone::Decided) else { return false };
    let told = |(whom, at): &(String, i64)| {
        index.with.definitions.care_team.contains(whom) && *at - decided > -A_MINUTE
    };
    case.told.iter().any(told)
}
