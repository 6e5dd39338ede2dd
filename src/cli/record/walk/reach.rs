//! What has to be on record before a step can be: found in its definition, and recorded first.

use std::collections::BTreeMap;
use std::collections::{BTreeSet, VecDeque};

use serde_json::{Value, json};

use super::Walk;
use super::answers::ASKED;
use crate::domain::answer::Answers;
use crate::domain::ids::{CaseId, CommitmentId};
use crate::pathway::definition::{Does, Field, Kind, Pathway, Predicate, Step};
use crate::pathway::predicate::{self, Facts};

/// How many steps may have to be recorded for the sake of one another.
const DEEPEST: usize = 9;

pub(super) type Wanted = BTreeMap<String, Value>;

impl Walk {
    /// Records the step in a case of its own, after whatever it needs.
    pub(super) fn reach(&mut self, pathway: &Pathway, step: &Step) -> Result<(), String> {
        if step.opens {
            return self.record(&pathway.id, step, None, None, &Wanted::new()).map(drop);
        }
        let Some(opening) = pathway.opening() else { return Err("nothing opens a case of it".into()) };
        let mut wanted = Wanted::new();
        for gate in &step.needs {
            wanted.extend(said_in(&gate.holds, &opening.id));
        }
        let of_opening = step.on.iter().filter_map(|rows| rows.split_once('.'));
        let field =
            of_opening.filter(|(of, _)| *of == opening.id).find_map(|(_, field)| opening.field(field));
        wanted.extend(field.into_iter().flat_map(|field| opens(opening, field)));
        let case = self.record(&pathway.id, opening, None, None, &wanted)?;
        self.ensure(pathway, step, case, &Wanted::new(), 0)
    }

    /// Records the step in the case with these answers, and before it whatever it needs.
    pub(super) fn ensure(
        &mut self,
        pathway: &Pathway,
        step: &Step,
        case: CaseId,
        wanted: &Wanted,
        deep: usize,
    ) -> Result<(), String> {
        if deep > DEEPEST {
            return Err(format!("{} needs too much", step.id));
        }
        let recorded = |walk: &Self| walk.view(case).state.entries.iter().any(|mark| mark.kind == step.id);
        if !step.repeat && recorded(self) {
            return Ok(());
        }
        for rows in &step.on {
            if self.open(case, &step.on).is_some() {
                break;
            }
            self.opened(pathway, rows, case, deep)?;
        }
        for gate in &step.needs {
            self.holds(pathway, &gate.holds, case, deep)?;
        }
        self.stands_in(pathway, step, case, deep)?;
        let on = self.open(case, &step.on);
        if on.is_none() && !step.on.is_empty() {
            return Err(format!("nothing is owed that {} could be recorded on", step.id));
        }
        self.record(&pathway.id, step, Some(case), on.as_ref(), wanted).map(drop)
    }

    /// What is open in the case under any of these rows.
    pub(super) fn open(&self, case: CaseId, rows: &[String]) -> Option<CommitmentId> {
        let view = self.view(case);
        let open = view.state.commitments.iter().filter(|one| one.progress.is_open());
        let mut open = open.filter(|one| one.opened_in.as_ref().is_some_and(|opened| rows.contains(opened)));
        open.next().map(|one| one.id.clone())
    }

    /// Brings the case into a state in which the step can be recorded: the shortest way through the states.
    fn stands_in(&mut self, pathway: &Pathway, step: &Step, case: CaseId, deep: usize) -> Result<(), String> {
        let now = self.view(case).state.state;
        let closed = |at: &str| pathway.states.iter().any(|state| state.closed && state.id == at);
        let recorded_in = |step: &Step, at: &str| {
            if step.from.is_empty() { !closed(at) } else { step.from.iter().any(|from| from == at) }
        };
        if step.safety || recorded_in(step, &now) {
            return Ok(());
        }
        let end = pathway.states.iter().find(|state| state.closed).map(|state| state.id.clone());
        let mut ways: VecDeque<(String, Vec<&Step>)> = VecDeque::from([(now.clone(), Vec::new())]);
        let mut seen = BTreeSet::from([now]);
        while let Some((at, way)) = ways.pop_front() {
            for next in pathway.steps.iter().filter(|next| !next.retired && !next.opens) {
                let to = if next.closes.is_some() { end.clone() } else { next.to.clone() };
                let Some(to) = to.filter(|_| recorded_in(next, &at)) else { continue };
                let way: Vec<&Step> = way.iter().copied().chain([next]).collect();
                if recorded_in(step, &to) {
                    return way.into_iter().try_for_each(|next| {
                        let wanted =
                            next.closes.iter().flatten().flat_map(|when| said_here(when, next)).collect();
                        self.ensure(pathway, next, case, &wanted, deep + 1)
                    });
                }
                if seen.insert(to.clone()) {
                    ways.push_back((to, way));
                }
            }
        }
        Err(format!("no way leads to where {} can be recorded", step.id))
    }

    /// Opens what is owed under these rows (`STEP.FIELD`).
    pub(super) fn opened(
        &mut self,
        pathway: &Pathway,
        rows: &str,
        case: CaseId,
        deep: usize,
    ) -> Result<(), String> {
        let (by, field) = rows.split_once('.').unwrap_or((rows, ""));
        let by = pathway.step(by).ok_or_else(|| format!("no step {by}"))?.clone();
        if by.opens {
            return Err(format!("{rows} is owed from the first, or not at all"));
        }
        let field = by.field(field).ok_or_else(|| format!("no field {rows}"))?;
        let wanted = opens(&by, field);
        self.ensure(pathway, &by, case, &wanted, deep + 1)
    }

    /// Makes a gate hold.
    pub(super) fn holds(
        &mut self,
        pathway: &Pathway,
        gate: &Predicate,
        case: CaseId,
        deep: usize,
    ) -> Result<(), String> {
        let state = self.view(case).state;
        let none = Answers::new();
        let plain = Step::plain("gate", "", Vec::new());
        let facts = Facts::of(&plain, &none, Some(&state), self.now);
        if predicate::holds(gate, &facts) {
            return Ok(());
        }
        let named = |id: &str| pathway.step(id).cloned().ok_or_else(|| format!("no step {id}"));
        match gate {
            Predicate::All(parts) => parts.iter().try_for_each(|part| self.holds(pathway, part, case, deep)),
            Predicate::Any(parts) => {
                let mut why = String::new();
                for part in parts {
                    match self.holds(pathway, part, case, deep) {
                        Ok(()) => return Ok(()),
                        Err(says) => why = says,
                    }
                }
                Err(why)
            }
            Predicate::Recorded { step, .. } | Predicate::Lately { step, .. } => {
                self.ensure(pathway, &named(step)?, case, &Wanted::new(), deep + 1)
            }
            Predicate::Is { step: Some(of), .. }
            | Predicate::Answered { step: Some(of), .. }
            | Predicate::EveryLine { step: Some(of), .. } => {
                let step = named(of)?;
                if step.opens {
                    return Err(format!("{of} would have to say something else"));
                }
                let wanted = said_in(gate, of).into_iter().collect();
                self.ensure(pathway, &step, case, &wanted, deep + 1)
            }
            Predicate::Owed { what } if what.contains('.') => self.opened(pathway, what, case, deep),
            Predicate::Owed { what } => {
                let asks = |step: &&Step| !step.retired && step.then.iter().any(|then| then.step == *what);
                let step = pathway.steps.iter().find(asks);
                let step = step.ok_or_else(|| format!("{what} would have to be owed"))?;
                self.ensure(pathway, step, case, &Wanted::new(), deep + 1)
            }
            Predicate::Not(part) => match part.as_ref() {
                Predicate::Owed { what } | Predicate::Overdue { what } => {
                    self.settled(pathway, what, case, deep)
                }
                Predicate::Any(parts) => {
                    let not = |part: &Predicate| Predicate::Not(Box::new(part.clone()));
                    parts.iter().try_for_each(|part| self.holds(pathway, &not(part), case, deep))
                }
                other => Err(format!("{other:?} cannot be undone")),
            },
            other => Err(format!("{other:?} cannot be brought about")),
        }
    }

    /// Settles all that is owed under this step or these rows.
    fn settled(&mut self, pathway: &Pathway, what: &str, case: CaseId, deep: usize) -> Result<(), String> {
        for _ in 0..4 {
            let view = self.view(case);
            let mut open = view.state.commitments.iter().filter(|one| one.progress.is_open());
            let of_it =
                open.any(|one| one.step.as_deref() == Some(what) || one.opened_in.as_deref() == Some(what));
            if !of_it {
                return Ok(());
            }
            let settles = |step: &&Step| step.on.iter().any(|rows| rows == what);
            let calls_off = |step: &&Step| settles(step) && step.does == Some(Does::Cancel);
            let steps = || pathway.steps.iter().filter(|step| !step.retired);
            let by = steps().find(|step| step.id == what).or_else(|| steps().find(calls_off));
            let by = by.or_else(|| steps().find(settles));
            let by = by.ok_or_else(|| format!("nothing settles {what}"))?.clone();
            self.ensure(pathway, &by, case, &Wanted::new(), deep + 1)?;
        }
        Err(format!("{what} stays owed"))
    }
}

/// What the step has to say for this field of it to open what is owed: the field itself, and whatever that asks of the
/// form, or of its row.
pub(super) fn opens(step: &Step, field: &Field) -> Wanted {
    let mut wanted = BTreeMap::from([(field.id.clone(), ASKED)]);
    for when in field.shown.iter().chain(field.opens.iter().filter_map(|opens| opens.when.as_ref())) {
        let columns = if let Kind::Rows { columns, .. } = &field.kind { columns.as_slice() } else { &[] };
        let of_row = match when {
            Predicate::Answered { step: None, field } | Predicate::Is { step: None, field, .. } => {
                Some(field)
            }
            _ => None,
        };
        match of_row.filter(|of| columns.iter().any(|column| column.id == **of)) {
            Some(of) => drop(wanted.insert(format!("{}.{of}", field.id), ASKED)),
            None => wanted.extend(said_here(when, step)),
        }
    }
    wanted
}

/// What the step's own form has to say for a condition to hold, as far as that can be said.
pub(super) fn said_here(when: &Predicate, step: &Step) -> Wanted {
    said(when, None, &|field| step.field(field))
}

/// What an earlier step has to say for it.
pub(super) fn said_in(when: &Predicate, of: &str) -> Wanted {
    said(when, Some(of), &|_| None)
}

fn said<'f>(when: &Predicate, of: Option<&str>, field_of: &dyn Fn(&str) -> Option<&'f Field>) -> Wanted {
    match when {
        Predicate::Is { step, field, any } if step.as_deref() == of => {
            let yes_no = any.iter().all(|one| one == "yes" || one == "no")
                && field_of(field).is_none_or(|field| matches!(field.kind, Kind::YesNo { .. }));
            let is = if yes_no { json!({ "is": any[0], "why": "seen and said so" }) } else { json!(any[0]) };
            BTreeMap::from([(field.clone(), is)])
        }
        Predicate::All(parts) => parts.iter().flat_map(|part| said(part, of, field_of)).collect(),
        Predicate::Any(parts) => {
            parts.iter().map(|part| said(part, of, field_of)).find(|one| !one.is_empty()).unwrap_or_default()
        }
        _ => Wanted::new(),
    }
}
