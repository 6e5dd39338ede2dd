//! Why something is due when it is, told in full: who said so or by which rule it was counted, where the rule comes from,
//! and what stood before.

use serde::Deserialize;

use super::resolved::snapshot;
use super::{Because, Resolved, explained};
use crate::domain::case::CaseState;
use crate::domain::commitment::{Commitment, DueRule};
use crate::domain::ids::CommitmentId;
use crate::domain::time::{Zone, display};
use crate::domain::views::{Why, WhyOwed};
use crate::domain::words::time as words;
use crate::pathway::edition::Editions;

/// What stood in one another's place, the newest first, beginning with this one. `name` says who a party is.
pub fn chain(state: &CaseState, id: &CommitmentId, name: impl Fn(&Commitment) -> String) -> Why {
    let mut chain: Vec<WhyOwed> = Vec::new();
    let mut next = Some(id.clone());
    while let Some(id) = next {
        let Some(owed) = state.commitments.iter().find(|one| one.id == id) else { break };
        // What stands in its own place cannot be; a record that says so is not followed for ever.
        next = owed.supersedes.clone().filter(|older| chain.iter().all(|one| one.commitment.id != *older));
        let mark = |id| state.entries.iter().find(|mark| mark.id == id);
        let opened = mark(owed.opened_by);
        chain.push(WhyOwed {
            obligor: name(owed),
            said_at: opened.map(|mark| mark.recorded_at),
            edition: opened.and_then(|mark| mark.edition),
            ended_at: owed.settled_by.and_then(mark).map(|mark| mark.recorded_at),
            commitment: owed.clone(),
        });
    }
    Why { chain }
}

/// All of it in words under what is owed and by when.
pub fn lines(why: &Why, editions: &Editions, zone: Zone) -> Vec<String> {
    let heading = why.chain.first().map(|WhyOwed { commitment: owed, .. }| {
        [words::due_at(&owed.what, &display::weekday_stamp(owed.due, zone)), String::new()]
    });
    heading.into_iter().flatten().chain(reasons(why, editions, zone)).collect()
}

/// The same without what is owed and by when: a line for each thing to be known.
pub fn reasons(why: &Why, editions: &Editions, zone: Zone) -> Vec<String> {
    let Some((now, before)) = why.chain.split_first() else { return Vec::new() };
    let owed = &now.commitment;
    let mut lines = came_about(now, zone);
    lines.extend(source(now, editions));
    if let Some(from) = owed.warn_from {
        lines.push(words::due_soon_from(&display::weekday_stamp(from, zone)));
    }
    for older in before {
        let due = display::weekday_stamp(older.commitment.due, zone);
        let until = older.ended_at.map(|at| display::weekday_stamp(at, zone));
        lines.push(words::was_due(&due, until.as_deref()));
        lines.extend(came_about(older, zone).into_iter().map(|line| words::within(&line)));
    }
    lines
}

/// How the due time of one came about.
fn came_about(one: &WhyOwed, zone: Zone) -> Vec<String> {
    let said = one.said_at.map(|at| display::weekday_stamp(at, zone));
    let rule = explained(&one.commitment.rule, zone);
    let promised = || match one.commitment.obligor.is_outside() {
        true => words::promised_by(&one.obligor, said.as_deref()),
        false => words::agreed_for(&one.obligor, said.as_deref()),
    };
    match &one.commitment.rule {
        DueRule::Promised => vec![promised()],
        DueRule::PromisedWithin(_) => {
            std::iter::once(promised()).chain(rule.map(|rule| words::counted(&rule))).collect()
        }
        DueRule::Target(_) => vec![rule.unwrap_or_else(|| words::NO_RULE_KEPT.to_owned())],
        DueRule::NoneGiven { why, .. } => std::iter::once(words::no_time_because(why))
            .chain(rule.map(|rule| words::chased_by_ours(&rule)))
            .collect(),
    }
}

/// Where the target comes from by which it was counted: as the edition says on which the entry was filled in.
fn source(one: &WhyOwed, editions: &Editions) -> Option<String> {
    let resolved = Resolved::deserialize(snapshot(&one.commitment.rule)?).ok()?;
    let edition = one.edition.and_then(|id| editions.get(id)).unwrap_or_else(|| editions.current());
    let named = resolved.because.iter().rev().find_map(|because| match because {
        Because::Target { name } => Some(name),
        _ => None,
    })?;
    let note = edition.target_notes.get(named)?;
    Some(words::target_source(&note.title, &note.source))
}

/// That bank holidays are not known up to a due time, where that is so: said beside the time itself.
pub fn beyond_calendar(rule: &DueRule) -> Option<String> {
    let covers = Resolved::deserialize(snapshot(rule)?).ok()?.calendar_covers?;
    Some(words::calendar_covers(&display::date(covers.from), &display::date(covers.until)))
}
