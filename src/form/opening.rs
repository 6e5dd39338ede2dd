//! Opening a form: on a new draft with what is offered from the record, or on a draft that was kept.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::typed::{self, Reading, Texts, part};
use super::{ALONE, Form, REASON, Slot, WHY_LATE};
use crate::domain::answer::{Answer, Answers, Named, Owed};
use crate::domain::case::CaseState;
use crate::domain::draft::{Begun, Draft};
use crate::domain::ids::{CaseId, CommitmentId, DraftId, EditionId, EntryId};
use crate::domain::views::{Past, Relying, SlipNumbers};
use crate::domain::words::form as words;
use crate::pathway::definition::{Field, Kind, Means, Pathway, Step};
use crate::pathway::prefill::origin::Origin;
use crate::pathway::prefill::{self, Sources};

/// Everything a new form is opened with.
pub struct Opening<'a> {
    /// The draft's id, which becomes the entry's.
    pub id: DraftId,
    /// The pathway.
    pub pathway: Arc<Pathway>,
    /// The step's id.
    pub step: &'a str,
    /// The edition it is filled in on.
    pub edition: EditionId,
    /// The case it is recorded in.
    pub case: Option<Arc<CaseState>>,
    /// The commitment it is recorded on.
    pub on: Option<CommitmentId>,
    /// Who is signed in.
    pub you: Option<Named>,
    /// Who holds the decision now.
    pub decision_holder: Option<Named>,
    /// Whom of ours one rings, the first to be rung first, each with the number.
    pub to_ring: Vec<(Named, Option<String>)>,
    /// The case's subject, by the name it is shown with.
    pub subject: Option<Named>,
    /// From where the case is begun that the step opens, where it is begun from anywhere.
    pub origin: Option<Origin>,
    /// What is owed about the record that the case is, or in the case.
    pub owed: Vec<Owed>,
    /// Who relies on the organisation that the case is about.
    pub relying: Vec<Relying>,
    /// What stands in the record about the case's subject.
    pub past: Vec<Past>,
    /// What became of the numbers of paper slips.
    pub slips: SlipNumbers,
    /// Whether whoever is signed in stands in for those whose step it is first.
    pub stands_in: Option<bool>,
    /// Now, and the office's zone.
    pub reading: Reading,
}

/// Opens a new form. `None` where the pathway has no such step.
pub fn opening(with: Opening<'_>) -> Option<Form> {
    let step = with.pathway.step(with.step)?.clone();
    let (mut text, mut taken_over) = (Texts::new(), BTreeSet::new());
    let case = with.case.as_deref();
    let origin = with.origin.as_ref();
    let on_it = case.and_then(|case| case.commitments.iter().find(|owed| Some(&owed.id) == with.on.as_ref()));
    let about = with.pathway.subject.as_deref().and_then(|register| origin?.record(register));
    let sources = Sources {
        case: case.map(|case| (case, with.pathway.as_ref())),
        origin,
        opened_at: with.reading.now,
        signed_in: with.you.as_ref(),
        decision_holder: with.decision_holder.as_ref(),
        to_ring: &with.to_ring,
        subject: with.subject.as_ref().or(about),
        commitment: on_it.or_else(|| origin?.owed()),
        owed: &with.owed,
        relying: &with.relying,
        said: None,
        past: &with.past,
        next_slip: Some(with.slips.next()),
        stands_in: with.stands_in,
    };
    // What is said of a person in a few words is no matter of an organisation's, nor the other way round; the office's own
    // matters take it over only where they say that they are begun from there.
    let other_kind = origin.and_then(|origin| origin.case.as_ref()).is_some_and(|(_, there)| {
        match &with.pathway.subject {
            Some(subject) => there.subject.as_ref().is_some_and(|there| there != subject),
            None => !with.pathway.is_begun_from(&there.id),
        }
    });
    let fits =
        |field: &&Field| field.offers.is_empty() && !(other_kind && field.means == Some(Means::Headline));
    for field in step.fields.iter().filter(|field| !field.retired).filter(fits) {
        if let Some(offered) = prefill::offer(field, sources) {
            let elsewhere = case.is_none() && origin.is_some_and(|origin| origin.case.is_some());
            let own = offered.sources.is_empty() || field.means.is_some_and(Means::is_of_the_record);
            if elsewhere && !own {
                taken_over.insert(field.id.clone());
            }
            text.extend(typed::write_in_form(&field.id, &offered.answer, with.reading.zone));
        }
        // A table that is required begins with a row; what is known of it stands there.
        if let (Kind::Rows { columns, .. }, Some(_)) = (&field.kind, &field.required) {
            let first = part(&field.id, "0");
            for column in columns {
                if let Some(offered) = prefill::offer(column, sources) {
                    text.extend(typed::write_in_form(
                        &part(&first, &column.id),
                        &offered.answer,
                        with.reading.zone,
                    ));
                }
            }
        }
    }
    let draft = Draft {
        id: with.id,
        pathway: with.pathway.id.clone(),
        step: step.id.clone(),
        edition: with.edition,
        case: with.case.as_ref().map(|case| case.id),
        seen: with.case.as_ref().map(|case| case.version),
        on: with.on,
        amends: None,
        linked: Vec::new(),
        begun: origin.and_then(begun),
        not_from: None,
        opened_at: with.reading.now,
        staff: with.you.and_then(|you| you.id),
        text,
        about: String::new(),
        call_back: String::new(),
    };
    let offered = draft.text.clone();
    let form = Form::of(draft, with.pathway, step, with.case, with.reading);
    Some(Form { offered, taken_over, slips: with.slips, ..form })
}

/// The case from which another is begun, as its draft keeps it.
fn begun(origin: &Origin) -> Option<Begun> {
    let (case, _) = origin.case.as_ref()?;
    Some(Begun { case: case.id, on: origin.on.clone(), words: origin.words.clone() })
}

impl Form {
    /// Takes up a draft again, exactly as it was typed. `None` where its edition has no such step.
    pub fn resumed(
        draft: Draft,
        pathway: Arc<Pathway>,
        case: Option<Arc<CaseState>>,
        reading: Reading,
    ) -> Option<Self> {
        let mut step = pathway.step(&draft.step)?.clone();
        if draft.amends.is_some() {
            step.fields.push(reason());
        }
        if draft.text.contains_key(WHY_LATE) {
            step.fields.push(why_late());
        }
        if draft.text.contains_key(ALONE) {
            step.fields.push(why_alone());
        }
        Some(Self::of(draft, pathway, step, case, reading))
    }

    /// A form that corrects an entry: its answers as they stand, and a line that asks why.
    pub fn amending(mut self, entry: EntryId, answers: &Answers, reading: Reading) -> Self {
        self.draft.amends = Some(entry);
        self.draft.text = Texts::new();
        let sealed = |id: &String| self.step.field(id).is_some_and(|field| field.sealed);
        for (field, answer) in answers.iter().filter(|(id, _)| !sealed(id)) {
            self.draft.text.extend(typed::write_in_form(field, answer, reading.zone));
        }
        self.step.fields.push(reason());
        let offered = self.draft.text.clone();
        let before = Some(answers.clone());
        Self { offered, before, ..Self::of(self.draft, self.pathway, self.step, self.case, reading) }
    }

    /// Whether a correction only fills blanks, and so needs no reason: nothing that was said is taken back.
    pub(super) fn completes(&self, answers: &Answers, now: DateTime<Utc>) -> bool {
        let subject = self.step.meaning(Means::Subject).map(|field| &field.id);
        // The words that stood for whomever it is about stay in the record, whoever they turn out to be. Of whoever else is
        // named in words, as of who promised something, it is said why they were somebody else.
        let is_taken = |field: &String, was: &Answer, is: &Answer| match (was, is) {
            (Answer::Named(was), Answer::Named(is)) => {
                subject == Some(field) && was.id.is_none() && is.id.is_some()
            }
            _ => false,
        };
        let kept = |before: &Answers| {
            before.iter().all(|(field, was)| match answers.get(field) {
                Some(is) => is == was || is_taken(field, was, is),
                // Its line went with what was answered instead, which is asked about itself.
                None => !self.shows(field, answers, now),
            })
        };
        self.before.as_ref().is_some_and(|before| kept(before) && answers != before)
    }

    /// Another person in the same call: a draft of its own, with caller, number and the call's time, and nothing
    /// else. Each names the other, so that the cases are linked once both are in the record.
    pub fn sibling(&mut self, id: DraftId, reading: Reading) -> Self {
        let mut draft = Draft {
            id,
            linked: vec![CaseId::from(EntryId::from(self.draft.id))],
            begun: None,
            not_from: None,
            text: Texts::new(),
            about: String::new(),
            ..self.draft.clone()
        };
        let carried = self.step.fields.iter().filter(|field| {
            matches!(field.means, Some(Means::Caller | Means::CallBack | Means::Occurred | Means::ReportedAt))
        });
        for field in carried {
            let prefix = part(&field.id, "");
            let own = |path: &String| *path == field.id || path.starts_with(&prefix);
            let held = self.draft.text.iter().filter(|(path, _)| own(path));
            draft.text.extend(held.map(|(path, text)| (path.clone(), text.clone())));
        }
        self.draft.linked.push(CaseId::from(EntryId::from(id)));
        let mut sibling = Self::of(draft, self.pathway.clone(), self.step.clone(), None, reading);
        if let Some(about) = sibling.step.meaning(Means::Subject).map(|field| field.id.clone()) {
            sibling.focus_on(&about, reading);
        }
        sibling
    }

    fn of(
        draft: Draft,
        pathway: Arc<Pathway>,
        step: Step,
        case: Option<Arc<CaseState>>,
        reading: Reading,
    ) -> Self {
        let mut form = Self {
            draft,
            pathway,
            step,
            case,
            focus: String::new(),
            later_open: false,
            near: Vec::new(),
            services: BTreeMap::new(),
            rota: Arc::default(),
            slips: SlipNumbers::default(),
            cautions: Vec::new(),
            kinds: BTreeMap::new(),
            holders: None,
            beside: None,
            taken: None,
            known: None,
            before: None,
            offered: Texts::new(),
            called_for: BTreeMap::new(),
            taken_over: BTreeSet::new(),
            rows: BTreeMap::new(),
            boxes: BTreeMap::new(),
            pointed: None,
            said_at: BTreeMap::new(),
            visited: BTreeSet::new(),
        };
        // What is already answered is not where the hand should be.
        let slots = form.slots(reading);
        let text = |path: &str| form.draft.text.get(path).map_or("", String::as_str);
        let subject = form.step.meaning(Means::Subject).map(|field| field.id.as_str());
        // Nobody is taken yet of whom there are only words.
        let open = |slot: &&Slot| {
            let is_taken = subject != Some(&slot.path) || !text(&part(&slot.path, "id")).is_empty();
            text(&slot.path).is_empty() || !is_taken
        };
        let first = slots.iter().find(open);
        form.focus = first.or(slots.first()).map(|slot| slot.path.clone()).unwrap_or_default();
        form
    }
}

/// The line that asks why a record is corrected.
fn reason() -> Field {
    Field::plain(REASON, words::REASON, Kind::Notes).with_help(words::REASON_HELP).required()
}

/// The line that asks why a record comes late. It may be left blank: the delay is shown all the same.
pub(super) fn why_late() -> Field {
    Field::plain(WHY_LATE, words::WHY_LATE, Kind::Notes).with_help(words::WHY_LATE_HELP)
}

/// The line that asks why something that wants two people is done alone.
pub(super) fn why_alone() -> Field {
    Field::plain(ALONE, words::WHY_ALONE, Kind::Notes).with_help(words::WHY_ALONE_HELP).required()
}
