//! A sheet on screen: the card for the emergency call handler, the SBARD to read out, the guide. Which one, of whom, and
//! the line that one has come to; composing it is left to whoever reads the records ([`Effect::ReadSheet`]).

use super::layer::{Choice, ChoiceItem, Chosen, Layer};
use super::list::ListRowId;
use super::load::Load;
use super::msg::{Effect, Failure, Request};
use super::pick::PEOPLE;
use super::{ActionId, App};
use crate::domain::access::How;
use crate::domain::answer::Answer;
use crate::domain::ids::CaseId;
use crate::domain::permission::{Grant, Reason};
use crate::domain::sheet::{Sheet, Typed, Wanted};
use crate::domain::words::{pages, sheets as words};
use crate::form::Form;
use crate::pathway::definition::Means;

/// So many lines of a sheet are seen with its head, whatever the terminal.
const NEAR_ITS_HEAD: usize = 6;

/// A sheet that is being read out.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetLayer {
    /// Which.
    pub wanted: Wanted,
    /// As it was last composed.
    pub sheet: Load<Sheet>,
    /// The last question asked about it.
    pub request: Request,
    /// The line that one has come to, counted through all parts.
    pub at: usize,
}

impl SheetLayer {
    /// How many lines it has.
    fn lines(&self) -> usize {
        self.sheet.ready().map_or(0, |sheet| sheet.lines().count())
    }

    /// Takes it as it was composed. Where it is first shown one stands on the first line that leads somewhere, if that is near
    /// its head.
    pub(super) fn take(&mut self, answer: Result<Sheet, Failure>) -> Option<Failure> {
        let is_first = self.sheet.ready().is_none();
        let failed = self.sheet.take(answer);
        let leads =
            self.sheet.ready().and_then(|sheet| sheet.lines().position(|line| !line.cases.is_empty()));
        if let Some(leads) = leads.filter(|leads| is_first && *leads < NEAR_ITS_HEAD) {
            self.at = leads;
        }
        failed
    }

    /// Moves on or back.
    pub(super) fn step(&mut self, by: isize) {
        let last = self.lines().saturating_sub(1);
        self.at = self.at.saturating_add_signed(by).min(last);
    }
}

impl App {
    /// Whether a sheet can be shown, or the one on top printed.
    pub(super) fn may_show_sheet(&self, action: ActionId) -> Result<(), Reason> {
        let no = |words: &str| Err(Reason(words.to_owned()));
        match (action, self.sheet_of(action)) {
            (ActionId::PrintThis, Some(Wanted::Card { .. })) => no(words::NOT_PRINTED),
            (ActionId::Guide, _) => Ok(()),
            (ActionId::Card, None) => no(words::NOBODY_AT_HAND),
            (ActionId::Trends, None) => no(pages::NOBODY_AT_HAND),
            // What is only being typed is nobody's record.
            (ActionId::Card, Some(Wanted::Card { person: None, case: None, .. })) => Ok(()),
            (_, None) => no(words::NO_CASE_AT_HAND),
            (_, Some(_)) => self.may(Grant::Read),
        }
    }

    /// Shows a sheet, or prints the one on top.
    pub(super) fn show_sheet(&mut self, action: ActionId, out: &mut Vec<Effect>) {
        let Some(wanted) = self.sheet_of(action) else { return };
        if action == ActionId::PrintThis {
            out.push(Effect::PrintSheet(wanted));
            return;
        }
        if let Wanted::Card { person: Some(person), case, .. } = &wanted {
            self.looked(How::Sealed, *person, *case, out);
        }
        let request = self.ask();
        out.push(Effect::ReadSheet(request, wanted.clone()));
        self.layers.push(Layer::Sheet(SheetLayer { wanted, sheet: Load::Loading, request, at: 0 }));
    }

    /// The cases behind the line that one has come to; of a page that is about one case, that one.
    pub(super) fn behind_line(&self) -> Vec<(CaseId, String)> {
        let Layer::Sheet(layer) = self.under() else { return Vec::new() };
        let Some(sheet) = layer.sheet.ready() else { return Vec::new() };
        let line = sheet.lines().nth(layer.at).map(|line| line.cases.clone()).unwrap_or_default();
        match layer.wanted {
            // These are read out: nothing else is shown over them by a key that is soon pressed.
            Wanted::Card { .. } | Wanted::Sbard { .. } | Wanted::Guide { .. } => Vec::new(),
            _ if line.is_empty() && sheet.case.is_some() => {
                sheet.case.map(|case| (case, String::new())).into_iter().collect()
            }
            // A sign of a person or an organisation stands in no case of its own: what shows it is opened from its first line on.
            Wanted::Sign(_) if line.is_empty() => shown_by(sheet),
            _ => line,
        }
    }

    /// Opens the case behind the line; asks which, where there are several.
    pub(super) fn open_behind(&mut self, out: &mut Vec<Effect>) {
        let behind = self.behind_line();
        if let [(case, _)] = behind.as_slice() {
            return self.open_case(*case, None, out);
        }
        let item = |((case, reference), key): ((CaseId, String), char)| ChoiceItem {
            key,
            label: reference,
            blocked: None,
            does: Chosen::Open(case),
        };
        let keys = ('1'..='9').chain('a'..='z');
        let items: Vec<ChoiceItem> = behind.into_iter().zip(keys).map(item).collect();
        if !items.is_empty() {
            self.layers.push(Layer::Choice(Choice::of(pages::WHICH_CASE.to_owned(), items)));
        }
    }

    fn sheet_of(&self, action: ActionId) -> Option<Wanted> {
        match action {
            ActionId::Card => self.card_at_hand(),
            ActionId::Sbard => Some(Wanted::Sbard { case: self.case_of_sbard()? }),
            ActionId::Guide => Some(self.guide_at_hand()),
            ActionId::Page => Some(Wanted::Page { case: self.case_of_page()? }),
            ActionId::Trends => Some(Wanted::Trends { about: self.about_at_hand()? }),
            ActionId::Decisions => Some(Wanted::Decisions { about: self.about_at_hand() }),
            ActionId::AuditPage => self.audit_at_hand(),
            ActionId::OverAll(page) => Some(Wanted::OverAll(page)),
            ActionId::PrintThis => match self.under() {
                Layer::Sheet(layer) => Some(layer.wanted.clone()),
                _ => None,
            },
            _ => None,
        }
    }

    /// The page of the audit that is selected.
    fn audit_at_hand(&self) -> Option<Wanted> {
        match self.under() {
            Layer::List(list) => match list.selection()? {
                ListRowId::Audit(case, drawn_by) => Some(Wanted::Audit { case, drawn_by }),
                _ => None,
            },
            _ => None,
        }
    }

    /// The card of whoever is at hand: the person, the case, or whom the form on screen is about.
    fn card_at_hand(&self) -> Option<Wanted> {
        // Whoever is still looking for somebody has chosen nobody, and the card shows how to get in.
        if self.filter().is_some_and(|filter| filter.typing) {
            return None;
        }
        let card = |person, case, typed| Some(Wanted::Card { person, case, typed });
        match self.screen() {
            Layer::Person(person) => {
                let urgent = person.open_cases().find(|row| {
                    self.editions.current().pathway(&row.pathway).is_some_and(|pathway| pathway.urgent)
                });
                card(Some(person.id), urgent.map(|row| row.id), None)
            }
            Layer::Case(case) => {
                let state = &case.view.ready()?.state;
                if state.pathway == PEOPLE {
                    return card(Some(case.id), None, None);
                }
                self.is_told_of(state.subject, &state.pathway)?;
                card(state.subject, Some(case.id), None)
            }
            Layer::Form(layer) => {
                let form = &layer.form;
                let case = form.draft.case.filter(|_| form.case.is_some());
                let state = form.case.as_deref();
                if state.is_some_and(|state| state.pathway == PEOPLE) {
                    return card(case, None, None);
                }
                let typed = self.typed_so_far(form);
                let named = self.named_in(form, &typed).or(state.and_then(|state| state.subject));
                // Nobody's record is opened at a desk where nobody is signed in.
                let person = named.filter(|_| !self.is_closed());
                let case = state.and_then(|state| self.is_told_of(person, &state.pathway)).and(case);
                let case = case.filter(|_| !self.is_closed());
                let asks = form.step.fields.iter().any(|field| field.card.is_some());
                if person.is_none() && case.is_none() && !asks {
                    return None;
                }
                card(person, case, Some(Box::new(typed)))
            }
            Layer::List(list) => {
                let (person, case) = list.person_at_hand()?;
                card(Some(person), case, None)
            }
            Layer::Board(board) => {
                let (case, _) = board.at_hand()?;
                let subject = self.subject_at_hand();
                board.pathway_at_hand().map_or(Some(()), |pathway| self.is_told_of(subject, pathway))?;
                card(subject, Some(case), None)
            }
            _ => None,
        }
    }

    /// Whether a case has something to be told on the telephone: one about somebody, and an urgent call whoever it is
    /// about. The number to ring back and what happened are known before anybody knows who it is.
    fn is_told_of(&self, subject: Option<CaseId>, pathway: &str) -> Option<()> {
        let urgent = || self.editions.current().pathway(pathway).is_some_and(|pathway| pathway.urgent);
        (subject.is_some() || urgent()).then_some(())
    }

    /// The screen that what is being looked for stands over.
    fn screen(&self) -> &Layer {
        let above = |layer: &&Layer| !matches!(layer, Layer::Picker(_));
        match self.under() {
            Layer::Picker(_) => self.layers.iter().rev().find(above).unwrap_or(self.top()),
            under => under,
        }
    }

    fn typed_so_far(&self, form: &Form) -> Typed {
        let (answers, _) = form.read(self.reading());
        let draft = &form.draft;
        let (pathway, step) = (draft.pathway.clone(), draft.step.clone());
        Typed { pathway, step, edition: draft.edition, answers }
    }

    /// Whom the form names as the one it is about.
    fn named_in(&self, form: &Form, typed: &Typed) -> Option<CaseId> {
        let field = form.step.meaning(Means::Subject)?;
        match typed.answers.get(&field.id)? {
            Answer::Named(named) => named.id,
            _ => None,
        }
    }

    fn case_of_sbard(&self) -> Option<CaseId> {
        match self.under() {
            Layer::Case(case) => {
                let state = &case.view.ready()?.state;
                let pathway = self.editions.current().pathway(&state.pathway)?;
                self.is_told_of(state.subject, &state.pathway)
                    .filter(|()| !pathway.register)
                    .map(|()| case.id)
            }
            Layer::Form(layer) => {
                let state = layer.form.case.as_deref().filter(|_| !layer.form.pathway.register)?;
                self.is_told_of(state.subject, &state.pathway).map(|()| state.id)
            }
            _ => None,
        }
    }

    /// The case on screen, where it is one and not a record of a register.
    fn case_of_page(&self) -> Option<CaseId> {
        let Layer::Case(case) = self.under() else { return None };
        let pathway = self.editions.current().pathway(&case.view.ready()?.state.pathway)?;
        (!pathway.register).then_some(case.id)
    }

    /// The person or place on screen, or whom or where the case on screen is about.
    fn about_at_hand(&self) -> Option<CaseId> {
        match self.under() {
            Layer::Person(person) => Some(person.id),
            Layer::Case(case) => {
                let state = &case.view.ready()?.state;
                let pathway = self.editions.current().pathway(&state.pathway)?;
                if pathway.register { Some(case.id) } else { state.subject.or(state.location) }
            }
            _ => None,
        }
    }

    /// The guide, beginning with what is at hand.
    fn guide_at_hand(&self) -> Wanted {
        let guide = |pathway: Option<String>, step| Wanted::Guide { pathway, step, only: false };
        match self.screen() {
            Layer::Form(layer) => {
                let draft = &layer.form.draft;
                guide(Some(draft.pathway.clone()), Some(draft.step.clone()))
            }
            Layer::Case(case) => guide(case.view.ready().map(|view| view.state.pathway.clone()), None),
            _ => guide(None, None),
        }
    }
}

/// All cases that the lines of a sheet lead to, each once, in their order.
fn shown_by(sheet: &Sheet) -> Vec<(CaseId, String)> {
    let mut cases: Vec<(CaseId, String)> = Vec::new();
    for (case, reference) in sheet.lines().flat_map(|line| &line.cases) {
        if !cases.iter().any(|(known, _)| known == case) {
            cases.push((*case, reference.clone()));
        }
    }
    cases
}
