//! Signs of escalations: too late, apart from our own governance, in words that blame.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Looking, Seen};
use crate::domain::answer::{Answer, ByWhen};
use crate::domain::words::signs as words;

/// A step came long after what it answers, or has not come.
pub(super) fn late_step(
    looking: &Looking<'_>,
    steps: &[String],
    since: &[String],
    within: TimeDelta,
) -> Vec<Seen> {
    let time = |field: &String| match looking.said(field)? {
        Answer::Time(when) => Some(when.at),
        Answer::ByWhen(ByWhen::At(when)) => Some(when.at),
        _ => None,
    };
    let Some(from): Option<DateTime<Utc>> = since.iter().find_map(time) else { return Vec::new() };
    let done = looking.steps(steps).min_by_key(|mark| mark.occurred.at);
    let late = from + within;
    // Once it was late it stays to be looked at: that it was done then is what the sign is about.
    let until = done.map(|mark| mark.occurred.at).filter(|at| *at <= late);
    // What was late before it was written down is seen when it is.
    let opened = looking.state.opened_at;
    vec![Seen {
        root: looking.opening(),
        place: "late_step".to_owned(),
        since: late.max(opened),
        until,
        words: words::since_days(within),
        entries: std::iter::once(looking.opening()).chain(done.map(|mark| mark.id)).collect(),
    }]
}

/// A case stands by itself that was to be linked with one of another pathway.
pub(super) fn unlinked(
    looking: &Looking<'_>,
    to: &[String],
    within: TimeDelta,
    once: &[String],
) -> Vec<Seen> {
    let begun = match once.is_empty() {
        true => looking.state.entries.first(),
        false => looking.steps(once).next(),
    };
    let Some(mark) = begun else { return Vec::new() };
    let is_one = |pathway: &String| to.contains(pathway);
    let linked =
        looking.state.links.iter().any(|case| looking.beside.pathway_of(*case).is_some_and(|of| is_one(&of)));
    let links = looking.state.entries.iter().filter(|mark| mark.kind == LINK);
    let linked_at = links.map(|mark| mark.recorded_at).next_back();
    vec![Seen {
        root: mark.id,
        place: "unlinked".to_owned(),
        since: mark.occurred.at + within,
        until: linked.then(|| linked_at.unwrap_or(looking.state.opened_at)),
        words: String::new(),
        entries: vec![mark.id],
    }]
}

/// The kind of the act that links two cases.
const LINK: &str = "act.link";

/// Words that say whose fault it is.
pub(super) fn blames(looking: &Looking<'_>, steps: &[String], phrases: &[String]) -> Vec<Seen> {
    let mut seen = Vec::new();
    for mark in looking.steps(steps) {
        let said = looking.beside.words_of(mark.seq).to_lowercase();
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(phrase) = phrases.iter().find(|phrase| said.contains(phrase.as_str())) {
            seen.push(Seen {
                root: mark.id,
                place: "words".to_owned(),
                since: mark.recorded_at,
                until: None,
                words: words::said(phrase),
                entries: vec![mark.id],
            });
        }
    }
    seen
}
