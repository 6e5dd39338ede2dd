//! From where a case is begun, and what its opening form takes over from there by meaning. What a field asks for by name
//! is left to [`super::offer`].

use std::sync::Arc;

use super::{Sources, fitting, latest};
use crate::domain::answer::{Answer, Named, Prefilled};
use crate::domain::case::{CaseState, Milestone};
use crate::domain::commitment::{Commitment, Party};
use crate::domain::draft::NotFrom;
use crate::domain::ids::{CommitmentId, EntryId};
use crate::domain::views::{CaseView, RecordRow};
use crate::domain::words::show as words;
use crate::pathway::definition::{Field, Kind, Means, Pathway};

/// From where a case is begun: another case, something owed in it, a record of a register.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Origin {
    /// The case with the pathway it follows; `None` where it is begun from a record alone.
    pub case: Option<(Arc<CaseState>, Arc<Pathway>)>,
    /// What is owed in that case and is the reason.
    pub on: Option<CommitmentId>,
    /// Its short reference.
    pub reference: Option<String>,
    /// Who decided in it.
    pub decided_by: Vec<Named>,
    /// The records that are spoken of, each with its register: whom it is about, and where they live.
    pub records: Vec<(String, Named)>,
    /// What it is called where the form says from where it was begun: reference and matter.
    pub words: String,
}

impl Origin {
    /// From a case, and from something owed in it where that is the reason; from a record of a register, where the case is
    /// one. `pathway` is the one that the case follows.
    pub fn of_case(view: &CaseView, pathway: &Arc<Pathway>, on: Option<&CommitmentId>) -> Self {
        let itself = Self::about(view, pathway);
        if pathway.register {
            return itself;
        }
        let owed = view.state.commitments.iter().find(|owed| Some(&owed.id) == on);
        let named = |id| Some(Named { id: Some(id), words: view.names.get(&id)?.clone() });
        let theirs = owed.filter(|owed| owed.obligor.is_outside());
        let matter = theirs.map(|owed| owed.what.as_str()).or(view.state.facts.headline.as_deref());
        Self {
            case: Some((Arc::new(view.state.clone()), pathway.clone())),
            on: owed.map(|owed| owed.id.clone()),
            reference: Some(view.reference.clone()).filter(|reference| !reference.is_empty()),
            decided_by: view.state.facts.decided_by.iter().filter_map(|staff| named(*staff)).collect(),
            words: words::from_where(&view.reference, matter),
            ..itself
        }
    }

    /// From whoever a case is about, or from the record that it is, without the case.
    pub fn about(view: &CaseView, pathway: &Arc<Pathway>) -> Self {
        let itself = || {
            let register = Some(pathway).filter(|pathway| pathway.register)?;
            // One that was merged away is read as the one that is kept.
            let kept = view.merged.as_ref().map(|merged| (merged.record, merged.name.clone()));
            let (id, words) = kept.or_else(|| Some((view.state.id, own_name(view, register)?)))?;
            let named = Named { id: Some(id), words: words.clone() };
            Some(Self { records: vec![(register.id.clone(), named)], words, ..Self::default() })
        };
        view.subject.as_ref().map(Self::of_record).or_else(itself).unwrap_or_default()
    }

    /// From a record of a register, and where they live.
    pub fn of_record(row: &RecordRow) -> Self {
        let named = |id, words: &str| Named { id: Some(id), words: words.to_owned() };
        let place = row.location.filter(|place| *place != row.id).zip(row.place.as_deref());
        let place = place.map(|(id, words)| (PLACES.to_owned(), named(id, words)));
        let itself = (row.register.clone(), named(row.id, &row.name));
        let records = [itself].into_iter().chain(place).collect();
        Self { records, words: row.name.clone(), ..Self::default() }
    }

    /// What somebody outside owes and is the reason. A step of our own that is due there is no promise of theirs, and what
    /// one of ours is to do goes on where it stands: neither is taken over, whatever was selected.
    pub fn owed(&self) -> Option<&Commitment> {
        let (case, _) = self.case.as_ref()?;
        case.commitments.iter().find(|owed| Some(&owed.id) == self.on.as_ref() && owed.obligor.is_outside())
    }

    /// What a form says that was not begun from here.
    pub fn not_from(self) -> Option<NotFrom> {
        let case = self.case.map(|(case, _)| case.id);
        let what = case.or_else(|| self.records.into_iter().find_map(|(_, named)| named.id))?;
        Some(NotFrom { what, words: self.words }).filter(|at_hand| !at_hand.words.is_empty())
    }

    /// The record of this register that is spoken of.
    pub fn record(&self, register: &str) -> Option<&Named> {
        self.records.iter().find(|(of, _)| of == register).map(|(_, named)| named)
    }
}

/// What a field takes over by its meaning, with the entries it came from. Nothing of what says how a case was decided or
/// how it ended: that is the other case's own.
pub(super) fn carried(field: &Field, from: Sources<'_>) -> Option<Prefilled> {
    let origin = from.origin?;
    let (answer, sources) = match field.means? {
        Means::Subject => record(field, origin)?,
        Means::Place => said(field, origin).or_else(|| record(field, origin))?,
        Means::Provider => {
            owes(field, origin).or_else(|| said(field, origin)).or_else(|| record(field, origin))?
        }
        // Whoever was spoken with there is not whoever is to be spoken with here.
        Means::Obligor | Means::Contacted => owes(field, origin).or_else(|| record(field, origin))?,
        Means::Promise => {
            let owed = origin.owed()?;
            (Answer::Text(owed.what.clone()), vec![owed.opened_by])
        }
        Means::Whereabouts => ended(origin)?,
        // Where several decided, whoever looks back says whose it is.
        Means::Judged => match origin.decided_by.as_slice() {
            [whose] => (Answer::Named(whose.clone()), decided(origin)),
            _ => return None,
        },
        Means::Headline => said(field, origin).or_else(|| headline(origin))?,
        // Numbers, names and words of a caller are answers to the question they were given to; what is asked here may be
        // another, and what stands there unread would be a false record.
        Means::Risk | Means::Observation | Means::Trigger | Means::Impact => said(field, origin)?,
        _ => return None,
    };
    Some(Prefilled { answer: fitting(&field.kind, answer)?, sources })
}

type Found = (Answer, Vec<EntryId>);

/// The last answer of the same meaning in the case. A record of another register is somebody else.
fn said(field: &Field, origin: &Origin) -> Option<Found> {
    let (case, pathway) = origin.case.as_ref()?;
    let means = field.means?;
    let (answer, entry) = latest(case, pathway, means)?;
    let there = pathway.steps.iter().find_map(|step| step.meaning(means));
    let same = match (&field.kind, there.map(|there| &there.kind)) {
        (Kind::Record { register, .. }, Some(Kind::Record { register: other, .. })) => register == other,
        _ => true,
    };
    same.then(|| (answer.clone(), vec![entry]))
}

/// Whoever outside owes what the case is begun for. They stand in the register of organisations, or are words alone.
fn owes(field: &Field, origin: &Origin) -> Option<Found> {
    let owed = origin.owed()?;
    let Party::Outside(named) = &owed.obligor else { return None };
    let fits = match &field.kind {
        Kind::Record { register, .. } => register == OUTSIDE,
        _ => true,
    };
    fits.then(|| (Answer::Named(named.clone()), vec![owed.opened_by]))
}

/// The register of whoever is outside.
const OUTSIDE: &str = "organisations";
/// The register of places.
const PLACES: &str = "locations";

/// The name of a case that is itself a record.
fn own_name(view: &CaseView, register: &Pathway) -> Option<String> {
    match view.state.facts.record.get(&register.opening()?.meaning(Means::Name)?.id)? {
        Answer::Text(name) => Some(name.clone()),
        _ => None,
    }
}

/// The record that is spoken of, of the register that the field asks for.
fn record(field: &Field, origin: &Origin) -> Option<Found> {
    let Kind::Record { register, .. } = &field.kind else { return None };
    let opened_by = origin.case.as_ref().and_then(|(case, _)| case.entries.first()).map(|mark| mark.id);
    Some((Answer::Named(origin.record(register)?.clone()), opened_by.into_iter().collect()))
}

/// How the case ended, where that says where the person is now: it fits where it is one of those answers.
fn ended(origin: &Origin) -> Option<Found> {
    let (case, pathway) = origin.case.as_ref()?;
    let (answer, entry) = latest(case, pathway, Means::Closure)?;
    Some((answer.clone(), vec![entry]))
}

/// The entries in which it was decided.
fn decided(origin: &Origin) -> Vec<EntryId> {
    let entries = origin.case.iter().flat_map(|(case, _)| &case.entries);
    entries.filter(|mark| mark.reached.contains_key(&Milestone::Decided)).map(|mark| mark.id).collect()
}

/// The few words by which the case is known.
fn headline(origin: &Origin) -> Option<Found> {
    let (case, _) = origin.case.as_ref()?;
    let opened_by = case.entries.first().map(|mark| mark.id);
    Some((Answer::Text(case.facts.headline.clone()?), opened_by.into_iter().collect()))
}
