//! What a case adds to what is counted over cases, and under which key.

use chrono::{DateTime, Utc};

use super::Looking;
use crate::domain::answer::{Answer, Named, YesNo};
use crate::domain::case::{Contacted, EntryMark, Milestone};
use crate::domain::commitment::Party;
use crate::domain::ids::{CaseId, EntryId};
use crate::domain::signs::{By, Count, Mark, Repeated, SignRule};
use crate::domain::time::display;
use crate::domain::words::signs as words;
use crate::pathway::definition::{Kind, Means};

/// Any outcome of a contact.
const ANY: &str = "*";

/// Something that counts, before it is known under which keys.
struct Counted<'a> {
    at: DateTime<Utc>,
    entry: EntryId,
    with: Option<&'a Named>,
    breaks: bool,
}

/// The marks of a case for one rule.
pub(super) fn marks(looking: &Looking<'_>, rule: &SignRule, repeated: &Repeated) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    for count in &repeated.count {
        for counted in counted(looking, repeated, *count) {
            for (key, about, words) in keys(looking, repeated, &counted) {
                marks.push(Mark {
                    rule: rule.id.clone(),
                    key,
                    at: counted.at,
                    entry: counted.entry,
                    about,
                    words,
                    breaks: counted.breaks,
                    whose: None,
                    outside: false,
                });
            }
        }
    }
    marks
}

fn counted<'a>(looking: &Looking<'a>, repeated: &Repeated, count: Count) -> Vec<Counted<'a>> {
    let state = looking.state;
    let breaks = repeated.unless_changed && changed(looking);
    match count {
        Count::Cases => {
            let at = looking.reached(Milestone::Called).unwrap_or(state.opened_at);
            vec![Counted { at, entry: looking.opening(), with: None, breaks }]
        }
        Count::Steps => {
            let marks = looking.steps(&repeated.steps);
            let one = |mark: &EntryMark| Counted { at: mark.occurred.at, entry: mark.id, with: None, breaks };
            marks.map(one).collect()
        }
        Count::Contacts => {
            let is_one = |outcome: Option<&String>| {
                repeated.outcomes.iter().any(|one| one == ANY || Some(one) == outcome)
            };
            let contacts = state.entries.iter().filter(|mark| mark.counts());
            let contacts = contacts.filter_map(|mark| Some((mark, mark.contact.as_ref()?)));
            let contacts = contacts.filter(|(_, contact)| is_one(contact.outcome.as_ref()));
            let one = |(mark, contact): (&'a EntryMark, &'a Contacted)| Counted {
                at: mark.occurred.at,
                entry: mark.id,
                with: Some(&contact.with),
                breaks: false,
            };
            contacts.map(one).collect()
        }
        Count::BrokenPromises => {
            let mut broken = Vec::new();
            for one in &state.commitments {
                let Party::Outside(with) = &one.obligor else { continue };
                let late = one.due + repeated.grace;
                let ended = (!one.progress.is_open()).then(|| {
                    let by = one.settled_by.and_then(|entry| looking.at(entry));
                    by.or_else(|| state.entries.last().map(|mark| mark.recorded_at))
                });
                let closed = looking.closed_at();
                let in_time = ended.flatten().into_iter().chain(closed).any(|at| at <= late);
                if !in_time && one.eased().is_none() {
                    broken.push(Counted { at: late, entry: one.opened_by, with: Some(with), breaks: false });
                }
            }
            broken
        }
    }
}

/// Whether care, or what is measured, is another for it.
fn changed(looking: &Looking<'_>) -> bool {
    let measure = |means| {
        let pathway = looking.edition.pathway(&looking.state.pathway)?;
        let mut said = pathway.steps.iter().filter_map(|step| {
            let field = step.meaning(means)?;
            looking.said(&format!("{}.{}", step.id, field.id))
        });
        said.next_back()
    };
    let (before, after) = (measure(Means::MeasureBefore), measure(Means::MeasureAfter));
    looking.state.facts.care_changed == Some(YesNo::Yes) || after.is_some_and(|after| Some(after) != before)
}

/// Under which keys it is counted: none where it has not all that it is counted by.
fn keys(
    looking: &Looking<'_>,
    repeated: &Repeated,
    counted: &Counted<'_>,
) -> Vec<(String, Option<CaseId>, String)> {
    let mut keys: Vec<(Vec<String>, Option<CaseId>, Vec<String>)> = vec![(Vec::new(), None, Vec::new())];
    for by in &repeated.by {
        let parts: Vec<(String, Option<CaseId>, String)> = match by {
            By::Subject => {
                let subject = looking.state.subject.map(|subject| looking.beside.kept(subject));
                subject.into_iter().map(|id| (id.to_string(), Some(id), String::new())).collect()
            }
            By::Theme => themes(looking).into_iter().map(|(id, label)| (id, None, label)).collect(),
            By::Organisation => {
                let with = counted.with.and_then(|with| Some((with.id?, with)));
                with.into_iter().map(|(id, with)| (id.to_string(), Some(id), with.words.clone())).collect()
            }
            By::Place => looking
                .state
                .location
                .into_iter()
                .map(|id| (id.to_string(), Some(id), String::new()))
                .collect(),
            By::Shift => {
                let begins = looking.edition.working_periods.start(counted.at, looking.zone);
                let clock = display::clock(begins, looking.zone);
                vec![(clock.clone(), None, words::shift_from(&clock))]
            }
        };
        let with = |(key, about, said): &(Vec<String>, Option<CaseId>, Vec<String>)| {
            let (key, about, said) = (key.clone(), *about, said.clone());
            parts.clone().into_iter().map(move |(part, record, label)| {
                let (mut key, mut said) = (key.clone(), said.clone());
                key.push(part);
                said.extend(Some(label).filter(|label| !label.is_empty()));
                (key, about.or(record), said)
            })
        };
        keys = keys.iter().flat_map(with).collect();
    }
    keys.into_iter().map(|(key, about, said)| (key.join("|"), about, said.join(", "))).collect()
}

/// What led to the case, by the choices' ids with their words.
fn themes(looking: &Looking<'_>) -> Vec<(String, String)> {
    let Some(pathway) = looking.edition.pathway(&looking.state.pathway) else { return Vec::new() };
    let fields = pathway.steps.iter().filter_map(|step| Some((step, step.meaning(Means::Trigger)?)));
    let mut themes = Vec::new();
    for (step, field) in fields {
        let Some(Answer::Choices(chosen)) = looking.said(&format!("{}.{}", step.id, field.id)) else {
            continue;
        };
        let (Kind::Choices(choices) | Kind::Choice(choices)) = &field.kind else { continue };
        let label =
            |id: &String| choices.iter().find(|choice| choice.id == *id).map(|choice| choice.label.clone());
        themes.extend(chosen.iter().map(|id| (id.clone(), label(id).unwrap_or_else(|| id.clone()))));
    }
    themes
}
