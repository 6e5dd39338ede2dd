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

/// Between the parts of a key.
const BETWEEN: &str = "|";

/// Before the words of an organisation that is on no list.
const BY_WORDS: &str = "~";

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
            for Key { key, own, about, said } in keys(looking, repeated, &counted) {
                marks.push(Mark {
                    rule: rule.id.clone(),
                    own: (own != key).then(|| own.join(BETWEEN)),
                    key: key.join(BETWEEN),
                    at: counted.at,
                    entry: counted.entry,
                    about,
                    words: said.join(", "),
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

/// Under what something is counted, part by part.
#[derive(Clone, Default)]
struct Key {
    /// With what it is counted together.
    key: Vec<String>,
    /// The same by the records as they were named, whatever they were merged with since: a sign keeps its id by it.
    own: Vec<String>,
    about: Option<CaseId>,
    said: Vec<String>,
}

impl Key {
    fn new(key: String, about: Option<CaseId>, said: String) -> Self {
        Self { own: vec![key.clone()], key: vec![key], about, said: vec![said] }
    }

    /// Counted by this and by another part beside it.
    fn and(&self, part: &Self) -> Self {
        let mut both = self.clone();
        both.key.extend(part.key.iter().cloned());
        both.own.extend(part.own.iter().cloned());
        both.said.extend(part.said.iter().filter(|said| !said.is_empty()).cloned());
        Self { about: self.about.or(part.about), ..both }
    }
}

/// Under which keys it is counted: none where it has not all that it is counted by.
fn keys(looking: &Looking<'_>, repeated: &Repeated, counted: &Counted<'_>) -> Vec<Key> {
    let mut keys = vec![Key::default()];
    for by in &repeated.by {
        let parts: Vec<Key> = match by {
            By::Subject => {
                let subject = looking.state.subject.map(|subject| looking.beside.kept(subject));
                subject.into_iter().map(|id| Key::new(id.to_string(), Some(id), String::new())).collect()
            }
            By::Theme => themes(looking).into_iter().map(|(id, label)| Key::new(id, None, label)).collect(),
            By::Organisation => {
                counted.with.and_then(|with| organisation(looking, with)).into_iter().collect()
            }
            By::Place => {
                let place = looking.state.location.into_iter();
                place.map(|id| Key::new(id.to_string(), Some(id), String::new())).collect()
            }
            By::Shift => {
                let begins = looking.edition.working_periods.start(counted.at, looking.zone);
                let clock = display::clock(begins, looking.zone);
                vec![Key::new(clock.clone(), None, words::shift_from(&clock))]
            }
        };
        keys = keys.iter().flat_map(|key| parts.iter().map(|part| key.and(part))).collect();
    }
    keys
}

/// An organisation: by the record that it is read as; one that is named by words alone by those, however they are written.
fn organisation(looking: &Looking<'_>, with: &Named) -> Option<Key> {
    let Some(id) = with.id else {
        let name = with.words.split_whitespace().collect::<Vec<_>>().join(" ");
        let key = || Key::new(format!("{BY_WORDS}{}", name.to_lowercase()), None, words::by_words(&name));
        return (!name.is_empty()).then(key);
    };
    let kept = looking.beside.kept(id);
    let named = Key::new(kept.to_string(), Some(kept), with.words.clone());
    Some(Key { own: vec![id.to_string()], ..named })
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
