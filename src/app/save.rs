//! Putting a form into the record, and what its answer brings: the receipt, a disk that does not take it yet, a
//! refusal that loses nothing.

use super::acts::{self, ACTS, After};
use super::case::{Begin, BeginWhat};
use super::layer::{Bar, Message, Notice};
use super::msg::{Effect, Refusal, Request};
use super::{ActionId, App, Layer, Pending, Place};
use crate::domain::answer::When;
use crate::domain::entry::{Batch, Receipt};
use crate::domain::ids::{CaseId, DraftId};
use crate::domain::permission::{self, Action};
use crate::domain::words::app::saving;
use crate::domain::words::{app as words, secret};
use crate::form::{Form, Recording};
use crate::pathway::check::{Problem, Weight};
use crate::pathway::definition::Means;

impl App {
    /// Saves the form on top, or points at what stands in the way.
    pub(super) fn save(&mut self, out: &mut Vec<Effect>) {
        let reading = self.reading();
        if self.says_bar() {
            return;
        }
        let Layer::Form(layer) = self.top_mut() else { return };
        layer.tried = true;
        let form = layer.form.clone();
        let problems = form.problems(reading);
        if !form.can_save(&problems) {
            // What is refused stands before what is merely missing; of equals, the first on the form.
            let worst = problems.iter().map(|problem| problem.weight).max();
            if let Some(problem) = problems.iter().find(|problem| Some(problem.weight) == worst) {
                layer.form.focus_on(&problem.field, reading);
                let decider = self.decider_to_be_named(&form);
                if decider.as_ref() == Some(&problem.field) {
                    self.says(words::WHO_DECIDED);
                } else {
                    let line = form.label(&problem.field, reading);
                    self.says(&saving::not_saved(&line, &problem.says));
                }
            }
            return;
        }
        // Who is on record under what somebody is given is known a moment after it was typed.
        if layer.asked_who.is_some() && form.asks_who_that_is(reading).is_some() {
            layer.asked_who = None;
            self.ask_who_that_is(out);
            self.says(words::STILL_READING);
            return;
        }
        let unsaid = form.unsaid(&problems, reading);
        if let Some(refused) = unsaid.as_ref().filter(|one| !one.weight.passes()) {
            self.says(&refused.says);
            return;
        }
        let problems: Vec<Problem> = problems.into_iter().chain(unsaid).collect();
        if self.asks_about(&form, &problems) || self.asks_to_check(&form) {
            return;
        }
        if let Some(field) = self.decider_to_be_named(&form) {
            if let Layer::Form(layer) = self.top_mut() {
                layer.form.focus_on(&field, reading);
            }
            self.says(words::WHO_DECIDED);
            return;
        }
        let periods = &self.editions.current().clone().working_periods;
        if let Layer::Form(layer) = self.top_mut()
            && form.draft.pathway != ACTS
            && layer.form.ask_why_late(periods, reading)
        {
            self.says(words::COMES_LATE);
            return;
        }
        if form.draft.pathway == ACTS && self.makes_pack(&form, out) {
            return;
        }
        let prepared = if form.draft.pathway == ACTS {
            acts::batch(self, &form)
        } else {
            Some((form.batch(self.recording()), After::Nothing))
        };
        if prepared.is_none() && self.says_not_a_key(&form) {
            return;
        }
        if prepared.is_none() && self.asks_which_record(&form, out) {
            return;
        }
        let Some((batch, after)) = prepared else {
            self.says(words::STILL_READING);
            return;
        };
        out.push(Effect::KeepDraft { draft: Box::new(form.draft.clone()), durable: true });
        if let Layer::Form(layer) = self.top_mut() {
            layer.bar = Some(Bar::Saving);
            layer.failure = None;
            layer.refused = None;
        }
        self.saving_begins();
        self.append(batch, Pending::Form(form.draft.id, after), out);
    }

    /// Points once at what can be saved as it is but is worth a second look; what was offered and left as it was is not.
    fn asks_about(&mut self, form: &Form, problems: &[Problem]) -> bool {
        let reading = self.reading();
        let save = self.keymap.key_for(Place::Form, ActionId::Save).map(|key| key.to_string());
        let Layer::Form(layer) = self.top_mut() else { return false };
        let is_new = |problem: &&Problem| {
            problem.weight == Weight::Doubted
                && (problem.field.is_empty() || form.is_typed(&problem.field))
                && !layer.asked_about.contains(&problem.says)
        };
        let asked: Vec<&Problem> = problems.iter().filter(is_new).collect();
        let Some(first) = asked.first() else { return false };
        if !first.field.is_empty() {
            layer.form.focus_on(&first.field, reading);
        }
        layer.asked_about.extend(asked.iter().map(|problem| problem.says.clone()));
        let says = words::look_again(&first.says, save.as_deref().unwrap_or_default());
        self.says(&says);
        true
    }

    /// Points once at what was taken from another case and nobody has looked at.
    fn asks_to_check(&mut self, form: &Form) -> bool {
        let reading = self.reading();
        let save = self.keymap.key_for(Place::Form, ActionId::Save).map(|key| key.to_string());
        let Layer::Form(layer) = self.top_mut() else { return false };
        let Some((path, taken)) = form.unchecked(reading) else { return false };
        if layer.asked_about.contains(&taken) {
            return false;
        }
        layer.form.focus_on(&path, reading);
        let says = words::look_again(&taken, save.as_deref().unwrap_or_default());
        layer.asked_about.push(taken);
        self.says(&says);
        true
    }

    /// Appends, and remembers what the answer is for.
    pub(super) fn append(&mut self, batch: Batch, pending: Pending, out: &mut Vec<Effect>) {
        let request = self.ask();
        self.pending.insert(request, pending);
        self.recorded_here(batch.entries.iter().map(|entry| entry.id));
        out.push(Effect::Append(request, Box::new(batch)));
    }

    /// It is in the record.
    pub(super) fn written(&mut self, request: Request, receipt: &Receipt, out: &mut Vec<Effect>) {
        let Some(pending) = self.pending.remove(&request) else { return };
        if let Pending::Form(draft, _) = &pending
            && self.is_away(*draft)
        {
            // It says so to whoever comes back by not being there any more; a locked screen says nothing of it.
            self.take_form(*draft);
            return;
        }
        let (mut missing, mut first, reading) = (0, None, self.reading());
        let after = match pending {
            Pending::Form(draft, after) => {
                self.saving_ends();
                if let Some(form) = self.take_form(draft) {
                    self.comes_to_the_box();
                    let blank = |problem: &&Problem| problem.weight == Weight::Missing;
                    missing = form.problems(reading).iter().filter(blank).count();
                    let is_call = form.pathway.urgent && form.step.opens && form.draft.amends.is_none();
                    // Whoever has just said that somebody is not safe is shown what is owed first.
                    if form.step.opens
                        && form.owes_first(reading)
                        && form.draft.amends.is_none()
                        && self.you.is_some()
                    {
                        first = Some(CaseId::from(form.entry()));
                    }
                    if let Layer::Board(board) = self.top_mut()
                        && is_call
                    {
                        board.arriving = Some(CaseId::from(form.entry()));
                    }
                }
                after
            }
            Pending::Aside(after) => after,
        };
        let references: Vec<String> = receipt.cases.iter().map(|(_, reference)| reference.clone()).collect();
        self.notice = Some(if matches!(self.top(), Layer::Welcome) && after == After::Nothing {
            Notice::Says(words::recorded_before_set_up(&references))
        } else if receipt.waits {
            Notice::Says(words::recorded_waits(&references.join(", ")))
        } else {
            Notice::Recorded { at: When::exact(receipt.recorded_at), references, missing }
        });
        match after {
            After::Nothing => {}
            After::Identify(staff) => self.identify(staff, out),
            After::LookedBeyond(found) => self.looked_beyond(found, out),
            After::AsksWhom(case, entry) => {
                let what = BeginWhat::Whom(entry);
                self.open_case(case, Some(Begin { what, on: None, afresh: false, also: Vec::new() }), out);
            }
            After::OpenDraft(draft) => self.take_draft(draft, out),
            After::Says(words) => self.says(&words),
            After::Acknowledged => self.says_acknowledged(),
            After::PutRight(moved) => {
                if let Layer::Case(case) = self.top_mut()
                    && case.id == moved
                {
                    case.begin =
                        Some(Begin { what: BeginWhat::PutRight, on: None, afresh: false, also: Vec::new() });
                }
            }
        }
        if let Some(case) = first {
            self.open_case(case, None, out);
        }
        self.read_again(out);
    }

    /// Has whoever said who they are sit down.
    pub(super) fn identify(&mut self, staff: CaseId, out: &mut Vec<Effect>) {
        let request = self.ask();
        self.asked.insert(request, None);
        out.push(Effect::Identify(request, staff));
    }

    /// It is set aside until the disk takes it; the form stays to be read, and goes when it is in the record.
    pub(super) fn not_yet(&mut self, request: Request, why: String, out: &mut Vec<Effect>) {
        let Some(Pending::Form(draft, _)) = self.pending.get(&request) else { return };
        let draft = *draft;
        if let Some(layer) = self.form_mut(draft) {
            layer.failure = None;
            layer.bar = Some(Bar::NotYet(why));
        }
        self.fails(draft, words::NOT_YET.to_owned());
        self.read_again(out);
    }

    /// Says why the form on top takes no words, where it takes none.
    pub(super) fn says_bar(&mut self) -> bool {
        let Layer::Form(layer) = self.top() else { return false };
        let Some(says) = layer.bar.as_ref().map(|bar| bar.says().to_owned()) else { return false };
        self.says(&says);
        true
    }

    /// It is not in the record; nothing that was typed is lost.
    pub(super) fn write_failed(&mut self, request: Request, refusal: Refusal, out: &mut Vec<Effect>) {
        let Some(pending) = self.pending.remove(&request) else { return };
        self.saving_ends();
        let draft = match (pending, &refusal) {
            (Pending::Form(draft, _), _) => draft,
            // Nobody is kept from looking things up at night by a disk that does not take their name.
            (Pending::Aside(After::Identify(staff)), Refusal::Unwritten(why)) => {
                self.unwritten = Some(secret::signed_in_unwritten(why));
                self.identify(staff, out);
                return;
            }
            (Pending::Aside(_), _) => {
                self.notice = Some(Notice::Failed(match refusal {
                    Refusal::Because(why) | Refusal::Alone(why) | Refusal::Unwritten(why) => why,
                    Refusal::Moved(_) => words::MOVED_ASIDE.to_owned(),
                }));
                self.read_again(out);
                return;
            }
        };
        let (reread, reading) = (self.ask(), self.reading());
        let is_away = self.is_away(draft);
        let Some(layer) = self.form_mut(draft) else { return };
        layer.bar = None;
        match refusal {
            Refusal::Because(why) | Refusal::Unwritten(why) => {
                layer.refused = Some(why.clone());
                self.fails(draft, why);
            }
            // Whoever comes back saves again, and is told then what moved.
            Refusal::Moved(_) if is_away => layer.refused = Some(words::MOVED_TITLE.to_owned()),
            Refusal::Alone(why) => {
                layer.form.ask_why_alone(reading);
                if !is_away {
                    self.says(&why);
                }
            }
            Refusal::Moved(since) => {
                layer.refused = Some(words::MOVED_TITLE.to_owned());
                let moved = layer.form.draft.case;
                if let Some(case) = moved {
                    layer.reread = Some(reread);
                    out.push(Effect::ReadCase(reread, case));
                }
                let said = Message::new(words::MOVED_TITLE, &words::moved(&since));
                self.layers.push(Layer::Message(Message { moved, ..said }));
                self.read_again(out);
            }
        }
    }

    /// The case of which the message on top says that it moved on.
    pub(super) fn has_moved(&self) -> Option<CaseId> {
        match self.top() {
            Layer::Message(said) => said.moved,
            _ => None,
        }
    }

    /// What somebody does who was told that the case moved on: looks at it over the form, saves knowing it, or goes back.
    pub(super) fn answer_moved(&mut self, action: ActionId, out: &mut Vec<Effect>) {
        let moved = self.has_moved();
        self.layers.pop();
        match (action, moved) {
            (ActionId::Open, Some(case)) => self.open_case(case, None, out),
            (ActionId::Save, _) => self.save(out),
            _ => {}
        }
    }

    /// Asks for a draft to be read and held open.
    pub(super) fn take_draft(&mut self, draft: DraftId, out: &mut Vec<Effect>) {
        let request = self.ask();
        self.asked.insert(request, Some(draft));
        out.push(Effect::TakeDraft(request, draft));
    }

    /// The line that names whose act it is, where whoever is at the keyboard may only type it for them and the line
    /// is blank.
    fn decider_to_be_named(&self, form: &Form) -> Option<String> {
        self.decider_line(form).filter(|field| form.text_of(field).trim().is_empty())
    }

    /// The same, blank or not.
    pub(super) fn decider_line(&self, form: &Form) -> Option<String> {
        let field = form.step.meaning(Means::DecidedBy)?;
        let location = form.case.as_ref().and_then(|case| case.location);
        let roles = &self.editions.current().roles;
        let record = Action::Record { roles: &form.step.roles, step: &form.step.title };
        let own = permission::may(roles, &self.viewer(), &record, location).is_ok();
        (!own && form.draft.amends.is_none()).then(|| field.id.clone())
    }

    /// Gives up the forms that another terminal asks for, with all that was typed kept before; and opens the one that
    /// was asked for here and has been given up. One form is never filled in at two terminals.
    pub(super) fn pass_drafts_on(&mut self, out: &mut Vec<Effect>) {
        let rows = self.board().data.ready().map(|board| board.drafts.clone()).unwrap_or_default();
        for row in rows {
            if row.wanted
                && let Some(layer) = self.form_mut(row.id).filter(|layer| layer.bar.is_none())
            {
                layer.bar = Some(Bar::Elsewhere);
                let draft = Box::new(layer.form.draft.clone());
                out.extend([Effect::KeepDraft { draft, durable: true }, Effect::ReleaseDraft(row.id)]);
                self.fails(row.id, words::ELSEWHERE_TITLE.to_owned());
            } else if self.wanting == Some(row.id) && !row.held {
                self.wanting = None;
                self.take_draft(row.id, out);
            }
        }
    }

    pub(super) fn form_mut(&mut self, draft: DraftId) -> Option<&mut super::FormLayer> {
        let away = self.away.iter_mut().flat_map(|away| &mut away.layers);
        self.layers.iter_mut().chain(away).find_map(|layer| match layer {
            Layer::Form(layer) if layer.form.draft.id == draft => Some(layer.as_mut()),
            _ => None,
        })
    }

    fn recording(&self) -> Recording<'_> {
        Recording {
            reading: self.reading(),
            who: self.who(),
            edition: self.editions.current(),
            why_late: None,
        }
    }

    /// Takes a form that is in the record off the screen, and a case that was only passed through with it.
    pub(super) fn take_form(&mut self, draft: DraftId) -> Option<Form> {
        let is_it = |layer: &Layer| matches!(layer, Layer::Form(layer) if layer.form.draft.id == draft);
        let layers = match &mut self.away {
            Some(away) if away.layers.iter().any(is_it) => &mut away.layers,
            _ => &mut self.layers,
        };
        let at = layers.iter().position(is_it)?;
        let taken = layers.remove(at);
        let below = at.checked_sub(1).and_then(|below| layers.get(below));
        if matches!(below, Some(Layer::Case(case)) if case.passing) && at == layers.len() {
            layers.pop();
        }
        match taken {
            Layer::Form(layer) => Some(layer.form),
            _ => None,
        }
    }
}
