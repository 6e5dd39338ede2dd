//! Signs of contacts with others: records that do not go together, and those who were told and never answered.

use chrono::TimeDelta;

use super::owed::{ended, first_of};
use super::{Looking, Seen};
use crate::domain::answer::{Named, Precision};
use crate::domain::case::{EntryMark, Milestone};
use crate::domain::commitment::{Commitment, Party};
use crate::domain::ids::CaseId;
use crate::domain::words::signs as words;
use crate::pathway::definition::Means;

/// Somebody was to be contacted and nobody was; a contact left neither advice nor a time; times lie the wrong way round.
pub(super) fn disagree(
    looking: &Looking<'_>,
    routes: &[String],
    within: TimeDelta,
    spoke: &[String],
    tolerance: TimeDelta,
) -> Vec<Seen> {
    let mut seen = Vec::new();
    seen.extend(not_contacted(looking, routes, within));
    seen.extend(empty_contacts(looking, within, spoke));
    seen.extend(contradictory(looking, tolerance));
    seen
}

fn not_contacted(looking: &Looking<'_>, routes: &[String], within: TimeDelta) -> Option<Seen> {
    let decided = looking.reached(Milestone::Decided)?;
    let facts = &looking.state.facts;
    if !facts.routes.iter().any(|route| routes.contains(route)) {
        return None;
    }
    let mark = looking.state.entries.iter().find(|mark| mark.reached.contains_key(&Milestone::Decided))?;
    let rung = [Milestone::Contacted, Milestone::Emergency];
    let until = match owed_contacts(looking, mark).as_slice() {
        // What was decided owes no contact by itself: any is one.
        [] => rung.into_iter().filter_map(|milestone| looking.reached(milestone)).min(),
        owed => {
            let ended: Option<Vec<_>> = owed.iter().map(|one| ended(looking, one)).collect();
            ended.and_then(|ended| ended.into_iter().max())
        }
    };
    Some(Seen {
        root: mark.id,
        place: "not_contacted".to_owned(),
        since: decided + within,
        until,
        words: words::NOT_CONTACTED.to_owned(),
        entries: vec![mark.id],
    })
}

/// The contacts that a decision owes, one for each way that leads outside: whoever is rung has to be of that way.
fn owed_contacts<'a>(looking: &Looking<'a>, decision: &EntryMark) -> Vec<&'a Commitment> {
    let pathway = looking.edition.pathway(&looking.state.pathway);
    let contacts = |one: &Commitment| {
        let step = one.step.as_ref().and_then(|step| pathway?.step(step));
        step.is_some_and(|step| step.meaning(Means::Contacted).is_some())
    };
    let owed = looking.state.commitments.iter().filter(|one| one.superseded_by.is_none());
    let of_decision = |one: &&Commitment| {
        let root = first_of(looking, one);
        root.opened_by == decision.id && contacts(root)
    };
    owed.filter(of_decision).collect()
}

/// Contacts in which somebody was spoken to, and after which there is neither advice nor anything that they promised.
fn empty_contacts<'a>(
    looking: &'a Looking<'_>,
    within: TimeDelta,
    spoke: &'a [String],
) -> impl Iterator<Item = Seen> + use<'a> {
    let state = looking.state;
    let spoken = move |mark: &&EntryMark| {
        mark.counts()
            && mark.contact.as_ref().is_some_and(|contact| answered(contact.outcome.as_deref(), spoke))
    };
    state.entries.iter().filter(spoken).filter_map(move |mark| {
        // Something of theirs that it opened or settled, or a time to look again. That somebody was to be rung is settled by
        // ringing, whatever they said.
        let outside = |one: &Commitment| matches!(one.obligor, Party::Outside(_));
        let promised = |one: &&Commitment| {
            (one.opened_by == mark.id && (outside(one) || one.opened_in.is_some()))
                || (one.settled_by == Some(mark.id) && outside(one))
        };
        if mark.reached.contains_key(&Milestone::Advised)
            || state.commitments.iter().any(|one| promised(&one))
        {
            return None;
        }
        let with = mark.contact.as_ref().map(|contact| contact.with.words.clone()).unwrap_or_default();
        let advised = state.entries.iter().filter_map(|other| other.reached.get(&Milestone::Advised));
        Some(Seen {
            root: mark.id,
            place: "no_advice".to_owned(),
            since: mark.recorded_at + within,
            until: advised.map(|when| when.at).filter(|at| *at >= mark.occurred.at).min(),
            words: words::no_advice(&with),
            entries: vec![mark.id],
        })
    })
}

/// What cannot be before the call that it answers, and is.
fn contradictory(looking: &Looking<'_>, tolerance: TimeDelta) -> Vec<Seen> {
    // The place stands in the sign's id: it stays as it is, whatever words are shown.
    let later = [
        (Milestone::Decided, "the decision", words::DECIDED),
        (Milestone::Contacted, "the contact", words::CONTACTED),
        (Milestone::Advised, "the advice", words::ADVISED),
        (Milestone::Reviewed, "the review", words::REVIEWED),
    ];
    let Some(called) = looking.state.facts.milestones.get(&Milestone::Called) else { return Vec::new() };
    let mut seen = Vec::new();
    for (milestone, place, what) in later {
        let reached = |mark: &&EntryMark| {
            mark.reached.get(&milestone).is_some_and(|when| {
                when.precision == Precision::Exact
                    && called.precision == Precision::Exact
                    && when.at + tolerance < called.at
            })
        };
        if let Some(mark) = looking.state.entries.iter().find(reached) {
            seen.push(Seen {
                root: mark.id,
                place: format!("before_the_call.{place}"),
                since: mark.recorded_at,
                until: None,
                words: words::before_the_call(what),
                entries: vec![looking.opening(), mark.id],
            });
        }
    }
    seen
}

/// Somebody outside was told, and has not answered: no talk with them, nothing that they did, no advice since.
pub(super) fn no_answer(looking: &Looking<'_>, within: TimeDelta, spoke: &[String]) -> Vec<Seen> {
    let state = looking.state;
    let mut seen: Vec<(Option<CaseId>, Seen)> = Vec::new();
    for share in state.shares.iter().filter(|share| share.with.id.is_some()) {
        let Some(told) = state.entries.iter().find(|mark| mark.id == share.entry && mark.counts()) else {
            continue;
        };
        // Whoever they were merged with answers for them.
        let read_as = |named: &Named| named.id.map(|id| looking.beside.kept(id));
        let whom = read_as(&share.with);
        let talked = |mark: &&EntryMark| {
            mark.contact.as_ref().is_some_and(|contact| {
                read_as(&contact.with) == whom && answered(contact.outcome.as_deref(), spoke)
            })
        };
        if talked(&told) || seen.iter().any(|(with, one)| *with == whom && one.until.is_none()) {
            continue;
        }
        let since = share.at.at;
        let by_talk = state.entries.iter().filter(talked).map(|mark| mark.occurred.at);
        let advised = state.entries.iter().filter_map(|mark| mark.reached.get(&Milestone::Advised));
        let theirs = state.commitments.iter().filter(|one| match &one.obligor {
            Party::Outside(named) => read_as(named) == whom,
            _ => false,
        });
        let kept = theirs.filter(|one| one.superseded_by.is_none());
        let kept = kept.filter_map(|one| one.settled_by.and_then(|entry| looking.at(entry)));
        let answers = by_talk.chain(advised.map(|when| when.at)).chain(kept);
        let words = words::told(&share.with.words);
        let one = Seen {
            root: share.entry,
            place: format!("told.{}", share.row.unwrap_or_default()),
            since: since + within,
            until: answers.filter(|at| *at >= since).min(),
            words,
            entries: vec![share.entry],
        };
        seen.push((whom, one));
    }
    seen.into_iter().map(|(_, one)| one).collect()
}

fn answered(outcome: Option<&str>, spoke: &[String]) -> bool {
    outcome.is_some_and(|outcome| spoke.iter().any(|one| one == outcome))
}
