//! The desk of the example office: makes entries of what was typed, as the form does, and appends many at a time.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::Value;
use uuid::Uuid;

use crate::cli::answers;
use crate::cli::failure::Failure;
use crate::domain::answer::{Answers, Owed};
use crate::domain::case::CaseState;
use crate::domain::draft::Draft;
use crate::domain::entry::{Batch, NewEntry, Who};
use crate::domain::ids::{CaseId, CommitmentId, DraftId, SignId};
use crate::domain::permission::Viewer;
use crate::domain::time::Zone;
use crate::domain::views::{CaseView, SignFilter};
use crate::domain::words::cli as words;
use crate::form::typed::{self, Reading};
use crate::form::{Form, Recording};
use crate::pathway::definition::{Does, Prefill};
use crate::pathway::edition::Edition;
use crate::pathway::prefill::{self, Sources};
use crate::store::Store;

/// Entries in one commit.
const TOGETHER: usize = 400;

/// One step as it is recorded.
#[derive(Clone)]
pub(super) struct Asked<'a> {
    pub id: Uuid,
    pub pathway: &'a str,
    pub step: &'a str,
    pub case: Option<CaseId>,
    pub on: Option<CommitmentId>,
    pub happened: DateTime<Utc>,
    pub recorded: DateTime<Utc>,
    pub who: Who,
    pub viewer: Viewer,
    pub why_late: Option<&'a str>,
}

/// What the desk knows: the forms, and the records by register and name.
pub(super) struct Desk<'a> {
    pub edition: &'a Edition,
    pub zone: Zone,
    pub names: BTreeMap<(String, String), CaseId>,
}

impl Desk<'_> {
    /// Fills in the form and hands it to the ledger's queue; answers with the case and with what the form says.
    pub fn record(
        &self,
        asked: &Asked<'_>,
        said: BTreeMap<String, Value>,
        writing: &mut Writing,
    ) -> Result<(CaseId, Answers), Failure> {
        let (mut form, reading) = self.filled(asked, &said)?;
        self.stands_in_its_case(&mut form, asked, writing)?;
        let (answers, unread) = form.read(reading);
        if !unread.is_empty() {
            return Err(Failure::problems(&form.step.title, &unread));
        }
        let recording =
            Recording { reading, who: asked.who, edition: self.edition, why_late: asked.why_late };
        let batch = Batch { draft: None, ..form.batch(recording) };
        writing.put(&asked.viewer, batch, asked.recorded)?;
        Ok((form.case_to_be(), answers))
    }

    /// The answers that the form gives, for a correction of them.
    pub fn answers(&self, asked: &Asked<'_>, said: &BTreeMap<String, Value>) -> Result<Answers, Failure> {
        let (form, reading) = self.filled(asked, said)?;
        Ok(form.read(reading).0)
    }

    /// What earlier steps and the record of whomever the case is about say decides which lines a form asks. A call asks
    /// only by its own answers, but where something late is chased in it, and a record by none: of them nothing is read
    /// again, so that thousands are told quickly.
    fn stands_in_its_case(
        &self,
        form: &mut Form,
        asked: &Asked<'_>,
        writing: &mut Writing,
    ) -> Result<(), Failure> {
        let chases = form.step.does == Some(Does::Supersede);
        let reads = !form.pathway.register && (!form.pathway.urgent || chases);
        let Some(case) = asked.case.filter(|_| reads) else { return Ok(()) };
        let view = writing.view(case, asked.recorded)?;
        // What is drawn no story can say before.
        let from = Sources { past: &view.past, ..Sources::of_now(None, asked.recorded) };
        let drawn = form.step.fields.iter().filter(|field| matches!(field.prefill, Some(Prefill::Audit(_))));
        for field in drawn {
            if let Some(offered) = prefill::offer(field, from) {
                form.draft.text.extend(typed::write_in_form(&field.id, &offered.answer, self.zone));
            }
        }
        form.case = Some(Arc::new(view.state));
        if let Some(about) = form.asks_record_of() {
            let record = writing.stands(about, asked.recorded)?;
            if let Some(register) = self.edition.pathway(&record.pathway) {
                form.know(about, register, &record.facts.record);
            }
        }
        Ok(())
    }

    fn filled(&self, asked: &Asked<'_>, said: &BTreeMap<String, Value>) -> Result<(Form, Reading), Failure> {
        let no_step = || Failure::refused(words::no_such_step(asked.pathway, asked.step));
        let pathway = self.edition.pathway(asked.pathway).ok_or_else(no_step)?;
        let step = pathway.step(asked.step).ok_or_else(no_step)?;
        let mut text =
            answers::texts(step, said).map_err(|problems| Failure::problems(&step.title, &problems))?;
        for naming in answers::namings(step, &text) {
            if let Some(id) = self.names.get(&(naming.register, naming.words)) {
                text.insert(typed::part(&naming.path, "id"), id.to_string());
            }
        }
        let reading = Reading { now: asked.happened, zone: self.zone };
        let draft = Draft {
            id: DraftId(asked.id),
            pathway: asked.pathway.to_owned(),
            step: asked.step.to_owned(),
            edition: self.edition.id,
            case: asked.case,
            seen: None,
            on: asked.on.clone(),
            amends: None,
            linked: Vec::new(),
            begun: None,
            not_from: None,
            opened_at: asked.happened,
            staff: asked.who.typed_by,
            text,
            about: String::new(),
            call_back: String::new(),
        };
        let form = Form::resumed(draft, Arc::clone(pathway), None, reading).ok_or_else(no_step)?;
        Ok((form, reading))
    }
}

/// Entries on their way into the ledger.
pub(super) struct Writing {
    store: Store,
    waiting: Vec<(Viewer, Batch, DateTime<Utc>)>,
}

impl Writing {
    /// Into this ledger.
    pub fn new(store: Store) -> Self {
        Self { store, waiting: Vec::with_capacity(TOGETHER) }
    }

    /// Hands one act to the queue.
    pub fn act(&mut self, viewer: &Viewer, entry: NewEntry, recorded: DateTime<Utc>) -> Result<(), Failure> {
        self.put(viewer, Batch { entries: vec![entry], ..Batch::default() }, recorded)
    }

    fn put(&mut self, viewer: &Viewer, batch: Batch, recorded: DateTime<Utc>) -> Result<(), Failure> {
        self.waiting.push((viewer.clone(), batch, recorded));
        if self.waiting.len() < TOGETHER { Ok(()) } else { self.flush() }
    }

    /// What a step recorded in this case asks about, as it stands with everything that waits.
    pub fn asked_about(&mut self, case: CaseId, at: DateTime<Utc>) -> Result<Vec<Owed>, Failure> {
        self.flush()?;
        Ok(self.store.case(&Viewer::system(), case, at)?.asked_about())
    }

    /// What is open of these rows (`STEP.FIELD`), with everything that waits.
    pub fn comes_round(
        &mut self,
        case: CaseId,
        rows: &[String],
        at: DateTime<Utc>,
    ) -> Result<Option<CommitmentId>, Failure> {
        let open = self.stands(case, at)?.commitments.into_iter().filter(|one| one.progress.is_open());
        let mut open = open.filter(|one| one.opened_in.as_ref().is_some_and(|opened| rows.contains(opened)));
        Ok(open.next_back().map(|one| one.id))
    }

    /// The last case of this pathway that this one opened, or that those it opened did.
    pub fn opened_by(
        &mut self,
        case: CaseId,
        pathway: &str,
        at: DateTime<Utc>,
    ) -> Result<Option<CaseId>, Failure> {
        let (mut seen, mut ask) = (BTreeSet::from([case]), VecDeque::from([case]));
        while let Some(next) = ask.pop_front() {
            let state = self.stands(next, at)?;
            if state.pathway == pathway && next != case {
                return Ok(Some(next));
            }
            ask.extend(state.links.into_iter().rev().filter(|link| seen.insert(*link)));
        }
        Ok(None)
    }

    /// What the step that opened a case says.
    pub fn opening_answers(&mut self, case: CaseId, at: DateTime<Utc>) -> Result<Answers, Failure> {
        let state = self.stands(case, at)?;
        let opening = state.entries.first().map(|entry| format!("{}.", entry.kind)).unwrap_or_default();
        let of_it = |(path, answer): (String, _)| Some((path.strip_prefix(&opening)?.to_owned(), answer));
        Ok(state.answers.into_iter().filter_map(of_it).collect())
    }

    /// How a case stands with everything that waits.
    fn stands(&mut self, case: CaseId, at: DateTime<Utc>) -> Result<CaseState, Failure> {
        Ok(self.view(case, at)?.state)
    }

    /// The same with what its forms are filled with.
    fn view(&mut self, case: CaseId, at: DateTime<Utc>) -> Result<CaseView, Failure> {
        self.flush()?;
        Ok(self.store.case(&Viewer::system(), case, at)?)
    }

    /// Puts on record which warning signs stand, and answers with the first about this case that nobody has answered.
    pub fn sign_about(&mut self, case: CaseId, at: DateTime<Utc>) -> Result<Option<SignId>, Failure> {
        self.flush()?;
        self.store.note_signs(at)?;
        let filter = SignFilter { about: Some(case), ..SignFilter::default() };
        let signs = self.store.signs(&Viewer::system(), filter, at, u32::MAX)?;
        let waits = signs.into_iter().find(|sign| sign.raised.is_some());
        Ok(waits.map(|sign| sign.id))
    }

    /// Appends what waits.
    pub fn flush(&mut self) -> Result<(), Failure> {
        let waiting = std::mem::take(&mut self.waiting);
        Ok(self.store.append_many(waiting)?)
    }

    /// The ledger, with everything in it.
    pub fn finish(mut self) -> Result<Store, Failure> {
        self.flush()?;
        Ok(self.store)
    }
}
