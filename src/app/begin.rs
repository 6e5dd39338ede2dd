//! Beginning a form: a call from anywhere, a record of a register, a correction, an act; taking up a draft. A step in a
//! case at hand is begun in [`super::in_case`].

use std::sync::Arc;

use super::acts::{self, ACTS};
use super::case::Begin;
use super::list::ListKind;
use super::msg::Effect;
use super::{App, CaseLayer, FormLayer, Layer, Notice};
use crate::domain::act::Act;
use crate::domain::answer::{Answer, Named, Owed};
use crate::domain::case::{CaseState, EntryMark};
use crate::domain::draft::Draft;
use crate::domain::entry::Said;
use crate::domain::ids::{CaseId, CommitmentId, DraftId, EditionId, EntryId};
use crate::domain::permission::{self, Action};
use crate::domain::views::{CaseView, Past, Relying};
use crate::domain::words::app as words;
use crate::domain::words::app::saving;
use crate::domain::words::disposal;
use crate::form::{Form, Opening, opening};
use crate::pathway::definition::{Listed, Means, Pathway, Step};
use crate::pathway::prefill::origin::Origin;

/// The register of locations.
pub(super) const LOCATIONS: &str = "locations";

impl App {
    /// Opens the log of an urgent call, stamped with the present minute.
    pub(super) fn begin_call(&mut self, out: &mut Vec<Effect>) {
        let edition = self.editions.current().clone();
        let urgent = edition.pathways.with(|head| head.urgent && !head.register).next();
        let Some((pathway, step)) = urgent.and_then(|pathway| Some((pathway, pathway.opening()?))) else {
            self.says(words::NO_CALL_FORM);
            return;
        };
        if let Some(form) = self.new_form(pathway.clone(), &step.id, None, None, None) {
            self.push_form(form, out);
        }
    }

    /// Opens the form of an act.
    pub(super) fn begin_act(&mut self, step: &str, case: Option<Arc<CaseState>>) -> Option<Form> {
        let pathway = acts::pathway(self.editions.current());
        self.new_form(pathway, step, case, None, None)
    }

    /// Another person in the call on top.
    pub(super) fn begin_sibling(&mut self, out: &mut Vec<Effect>) {
        if self.says_bar() {
            return;
        }
        let id = DraftId(self.fresh_id());
        let reading = self.reading();
        let Layer::Form(layer) = self.top_mut() else { return };
        let sibling = layer.form.sibling(id, reading);
        // Everybody in the call knows everybody: whichever is saved last ties the knot.
        let family: Vec<CaseId> = layer.form.draft.linked.clone();
        let own = CaseId::from(EntryId::from(id));
        let mut sibling = sibling;
        for case in family.into_iter().filter(|case| *case != own) {
            if !sibling.draft.linked.contains(&case) {
                sibling.draft.linked.push(case);
            }
        }
        let linked = sibling.draft.linked.clone();
        let mut changed = Vec::new();
        for layer in &mut self.layers {
            if let Layer::Form(layer) = layer
                && linked.contains(&layer.form.case_to_be())
            {
                if !layer.form.draft.linked.contains(&own) {
                    layer.form.draft.linked.push(own);
                }
                changed.push(layer.form.draft.clone());
            }
        }
        out.extend(
            changed.into_iter().map(|draft| Effect::KeepDraft { draft: Box::new(draft), durable: true }),
        );
        self.push_form(sibling, out);
    }

    /// Whom the case on top is about, and its reference: at the head of its forms and in the list of unfinished ones.
    pub(super) fn about_case(&self) -> String {
        let Layer::Case(layer) = self.top() else { return String::new() };
        layer.view.ready().map(|view| self.about_view(view)).unwrap_or_default()
    }

    fn about_view(&self, view: &CaseView) -> String {
        let name = view.subject.as_ref().map(|subject| subject.name.clone());
        let name = name.or_else(|| self.own_name(&view.state));
        words::about_case(name.as_deref(), &view.reference)
    }

    /// Forms that are open in a case which somebody has moved to another record, or are taken up in it since, say so at their
    /// head: what is typed in them was meant for somebody else.
    pub(super) fn forms_move(&mut self, view: &CaseView) {
        let about = self.about_view(view);
        for layer in &mut self.layers {
            let Layer::Form(form) = layer else { continue };
            let is_moved = form
                .form
                .case
                .as_ref()
                .is_some_and(|case| case.id == view.state.id && case.subject != view.state.subject);
            let seen = form.form.draft.seen;
            let moved_since = |mark: &EntryMark| mark.kind == Act::REATTRIBUTE && Some(mark.seq) > seen;
            let taken_up = form.form.case.is_none() && form.reread.is_some();
            let is_meant_for_another = taken_up && view.state.entries.iter().any(moved_since);
            if form.form.draft.case != Some(view.state.id) || !(is_moved || is_meant_for_another) {
                continue;
            }
            let meant = std::mem::replace(&mut form.form.draft.about, about.clone());
            if is_meant_for_another {
                form.refused = Some(saving::meant_for(&meant, &about));
            }
        }
    }

    /// The name of a case that is itself a record of a register; of one of which nothing is left, that this is so.
    pub(crate) fn own_name(&self, case: &CaseState) -> Option<String> {
        if case.is_disposed_of() {
            return Some(disposal::NAME_GONE.to_owned());
        }
        let opening =
            self.editions.current().pathways.get(&case.pathway).filter(|one| one.register)?.opening()?;
        match case.facts.record.get(&opening.meaning(Means::Name)?.id)? {
            Answer::Text(name) => Some(name.clone()),
            _ => None,
        }
    }

    /// Whether a case of this pathway is to be about somebody: nobody there is somebody who is not known yet.
    pub(crate) fn is_about_somebody(&self, pathway: &str) -> bool {
        let pathway = self.editions.current().pathway(pathway);
        let opening = pathway.and_then(|pathway| pathway.opening());
        opening.and_then(|step| step.meaning(Means::Subject)).is_some_and(|field| field.required.is_some())
    }

    /// What a case is that is about no record at all: the title of its pathway.
    pub(crate) fn office_matter(&self, case: &CaseState) -> Option<String> {
        let pathway = self.editions.current().pathways.get(&case.pathway)?;
        let is_open_to_know = pathway.opening()?.meaning(Means::Subject).is_some();
        (case.subject.is_none() && !is_open_to_know).then(|| pathway.title.clone())
    }

    /// The pathway of the list on screen, and the step that opens a case of it.
    pub(super) fn opening_of_list(&self) -> Option<(Arc<Pathway>, Step)> {
        let Layer::List(list) = self.under() else { return None };
        match &list.kind {
            ListKind::Records(register) => opening_step(self.editions.current().pathways.get(register)?),
            ListKind::Locations => opening_step(self.editions.current().pathways.get(LOCATIONS)?),
            ListKind::OnCall => opening_step(self.editions.current().pathways.get(super::on_call::ROTA)?),
            ListKind::Office(listed) => self.opening_on(*listed),
            ListKind::Cases(of) => opening_step(self.editions.current().pathways.get(of.pathway.as_ref()?)?),
            _ => None,
        }
    }

    /// The pathway whose cases stand on a list of the office, and the step that opens one.
    pub(super) fn opening_on(&self, list: Listed) -> Option<(Arc<Pathway>, Step)> {
        opening_step(self.editions.current().listed(list)?)
    }

    /// Begins a new case: a record of a register, a visit, a task. What was looked for in the register need not be typed
    /// again.
    pub(super) fn begin_opening(&mut self, opening: Option<(Arc<Pathway>, Step)>, out: &mut Vec<Effect>) {
        let Some((pathway, step)) = opening else { return };
        let looked_for =
            self.filter().filter(|_| pathway.register).map(|filter| filter.text.text().to_owned());
        if let Some(mut form) = self.new_form(pathway, &step.id, None, None, None) {
            form.offer_looked_for(&looked_for.unwrap_or_default(), self.reading());
            self.push_form(form, out);
        }
    }

    /// Opens a correction of the entry selected in the case on top, on the form it was filled in on.
    pub(super) fn begin_amendment(&mut self, out: &mut Vec<Effect>) {
        let Layer::Case(layer) = self.top() else { return };
        let (Some(view), Some(told)) = (layer.view.ready(), layer.selected_step()) else { return };
        let Said::Step(said) = &told.entry.said else { return };
        let answers = told.answers.clone().unwrap_or_else(|| said.answers.clone());
        let (entry, edition, step) = (told.entry.id, said.edition, said.step.clone());
        let case = Arc::new(view.state.clone());
        let Some(pathway) = self.pathway_of(&said.pathway, edition) else { return };
        let (reading, about) = (self.reading(), self.about_case());
        if let Some(form) = self.new_form(pathway, &step, Some(case), None, None) {
            let mut form = form.amending(entry, &answers, reading);
            form.draft.about = about;
            form.draft.edition = edition;
            self.push_form(form, out);
        }
    }

    /// Shows a form on top; it is kept from the first moment.
    pub(super) fn push_form(&mut self, mut form: Form, out: &mut Vec<Effect>) {
        self.notice = None;
        form.services.clone_from(self.services());
        form.rota.clone_from(self.rota());
        form.slips.clone_from(self.slips());
        if let Some(field) = self.decider_line(&form) {
            form.asks_who_decided(&field);
        }
        form.cautions = self.board().data.ready().map_or(Vec::new(), |board| board.cautions.clone());
        if !form.is_blank() {
            out.push(Effect::KeepDraft { draft: Box::new(form.draft.clone()), durable: false });
        }
        self.layers.push(Layer::Form(Box::new(FormLayer {
            form,
            kept_at: None,
            unkept: false,
            bar: None,
            failure: None,
            refused: None,
            tried: false,
            asked_about: Vec::new(),
            reread: None,
            asked: None,
            asked_taken: None,
            asked_who: None,
            asked_rung: None,
            rung: None,
        })));
        self.ask_record(out);
        self.ask_taken(out);
        self.ask_who_that_is(out);
        self.ask_rung(out);
    }

    /// Takes up a draft that was read from the disk; its case is read after it.
    pub(super) fn resume(&mut self, draft: Draft, out: &mut Vec<Effect>) {
        let Some(pathway) = self.pathway_of(&draft.pathway, draft.edition) else {
            self.says(words::NO_CALL_FORM);
            return;
        };
        let case = draft.case;
        let Some(form) = Form::resumed(draft, pathway, None, self.reading()) else {
            self.says(words::NO_CALL_FORM);
            return;
        };
        self.push_form(form, out);
        if let Some(case) = case {
            let request = self.ask();
            if let Layer::Form(layer) = self.top_mut() {
                layer.reread = Some(request);
            }
            out.push(Effect::ReadCase(request, case));
        }
    }

    /// Opens a case on top, and begins a step in it once it has been read.
    pub(super) fn open_case(&mut self, case: CaseId, begin: Option<Begin>, out: &mut Vec<Effect>) {
        let request = self.ask();
        let passing = begin.is_some();
        self.layers.push(Layer::Case(CaseLayer { begin, passing, ..CaseLayer::new(case, request) }));
        out.push(Effect::ReadCase(request, case));
    }

    /// Says something in the footer.
    pub(super) fn says(&mut self, words: &str) {
        self.notice = Some(Notice::Says(words.to_owned()));
    }

    pub(super) fn pathway_of(&self, id: &str, edition: EditionId) -> Option<Arc<Pathway>> {
        if id == ACTS {
            return Some(acts::pathway(self.editions.current()));
        }
        let edition = self.editions.get(edition).unwrap_or(self.editions.current());
        edition.pathways.get(id).cloned()
    }

    pub(super) fn new_form(
        &mut self,
        pathway: Arc<Pathway>,
        step: &str,
        case: Option<Arc<CaseState>>,
        on: Option<CommitmentId>,
        subject: Option<Named>,
    ) -> Option<Form> {
        self.form_from(pathway, step, (case, on, subject), None)
    }

    /// The same, with what it takes over from another case.
    pub(super) fn form_from(
        &mut self,
        pathway: Arc<Pathway>,
        step: &str,
        (case, on, subject): (Option<Arc<CaseState>>, Option<CommitmentId>, Option<Named>),
        origin: Option<Origin>,
    ) -> Option<Form> {
        let place = case.as_ref().and_then(|case| case.location);
        let tried = case.as_ref().map_or(Vec::new(), |case| case.facts.tried.clone());
        let with = Opening { case, on, subject, origin, ..self.blank_opening(pathway, step, place) };
        let to_ring = self.to_ring_but(place, &tried);
        opening(Opening { to_ring, ..with })
    }

    /// What every form is opened with, for a place, before it is said in which case or from where.
    pub(super) fn blank_opening<'a>(
        &mut self,
        pathway: Arc<Pathway>,
        step: &'a str,
        place: Option<CaseId>,
    ) -> Opening<'a> {
        let holder = self.rota().holder(acts::DECISION_HOLDER, place, self.now);
        let decision_holder = holder.map(|holder| self.named_staff(holder.staff));
        let stands_in = pathway.step(step).and_then(|step| self.stands_in(step, place));
        Opening {
            id: DraftId(self.fresh_id()),
            pathway,
            step,
            edition: self.editions.current().id,
            case: None,
            on: None,
            you: self.you_named(),
            decision_holder,
            to_ring: self.to_ring_but(place, &[]),
            subject: None,
            origin: None,
            owed: self.owed_about(),
            relying: self.relying(),
            past: self.past(),
            slips: self.slips().clone(),
            stands_in,
            reading: self.reading(),
        }
    }

    /// Whether whoever is signed in may take a step only in the place of those who are named first as whose it is. `None`
    /// where they may not, or where it is theirs alone.
    fn stands_in(&self, step: &Step, place: Option<CaseId>) -> Option<bool> {
        let (roles, viewer) = (&self.editions.current().roles, self.viewer());
        let may = |whose: &[String]| {
            let record = Action::Record { roles: whose, step: &step.title };
            permission::may(roles, &viewer, &record, place).is_ok()
        };
        let (first, others) = step.roles.split_first().filter(|(_, others)| !others.is_empty())?;
        if may(std::slice::from_ref(first)) { Some(false) } else { may(others).then_some(true) }
    }

    /// Whom of ours one rings for a place, but those who were tried and whoever rings.
    fn to_ring_but(&self, place: Option<CaseId>, tried: &[CaseId]) -> Vec<(Named, Option<String>)> {
        let you = self.viewer().staff;
        let not: Vec<CaseId> = tried.iter().copied().chain(you).collect();
        let mut to_ring = self.rota().to_ring(place, self.now, &not);
        // Once everybody was tried it is all of them again.
        to_ring.retain(|one| Some(one.staff) != you);
        to_ring.into_iter().map(|one| (self.named_staff(one.staff), one.phone)).collect()
    }

    fn named_staff(&self, staff: CaseId) -> Named {
        Named { id: Some(staff), words: self.rota().name(staff).to_owned() }
    }
}

fn opening_step(pathway: &Arc<Pathway>) -> Option<(Arc<Pathway>, Step)> {
    Some((pathway.clone(), pathway.opening()?.clone()))
}

impl App {
    /// What is owed about the record on top, or in the case on top, as a form asks what becomes of it.
    fn owed_about(&self) -> Vec<Owed> {
        let Layer::Case(layer) = self.top() else { return Vec::new() };
        layer.view.ready().map(CaseView::asked_about).unwrap_or_default()
    }

    /// Who relies on the organisation that the case on top is about.
    fn relying(&self) -> Vec<Relying> {
        let Layer::Case(layer) = self.top() else { return Vec::new() };
        layer.view.ready().map(|view| view.relying.clone()).unwrap_or_default()
    }

    /// What stands in the record about whom the case on top is about.
    fn past(&self) -> Vec<Past> {
        let Layer::Case(layer) = self.top() else { return Vec::new() };
        layer.view.ready().map(|view| view.past.clone()).unwrap_or_default()
    }
}
