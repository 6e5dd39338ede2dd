//! What stands before a step, gate by gate: each is shut, with its own words, while what it waits for is not there. That
//! it opens once that is there the walk shows, which records every step behind its gates. Before a step that keeps
//! somebody safe stands nothing, whoever is there and however the case stands.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use serde_json::json;

use super::reach::{Wanted, opens, said_here, said_in};
use super::{Walk, YOU};
use crate::domain::answer::Answers;
use crate::domain::ids::CaseId;
use crate::pathway::check::{Context, gates};
use crate::pathway::definition::{Gate, Kind, Pathway, Predicate, Step};
use crate::pathway::predicate::{self, Facts};

/// Gates that no walk by the definitions finds shut, by their step, each with the story that does.
const BY_STORY: &[(&str, &str)] =
    &[("feedback.close", "only a complaint is acknowledged, see tests/journeys/learned.rs")];

/// Somebody who may do little more than read.
const LITTLE: &str = "Wanda Quist";

impl Walk {
    /// Records the step in a case in which the gate does not hold: it has to be refused in the words of the gate.
    fn finds_shut(&mut self, pathway: &Pathway, step: &Step, gate: &Gate) -> Result<(), String> {
        let Some(opening) = pathway.opening() else { return Err("nothing opens a case of it".into()) };
        let mut wanted = said_against(&gate.holds, opening);
        let of_opening = step.on.iter().filter_map(|rows| rows.split_once('.'));
        let mut fields = of_opening.filter(|(of, _)| *of == opening.id);
        wanted.extend(
            fields.find_map(|(_, field)| Some(opens(opening, opening.field(field)?))).unwrap_or_default(),
        );
        let case = self.record(&pathway.id, opening, None, None, &wanted)?;
        for rows in &step.on {
            if self.open(case, &step.on).is_some() || self.opened(pathway, rows, case, 0).is_ok() {
                break;
            }
        }
        if let Predicate::Answered { step: Some(of), field } = &gate.holds
            && *of == opening.id
        {
            return self.is_asked_for(step, gate, case, &format!("{of}.{field}"));
        }
        self.shut(pathway, &gate.holds, case)?;
        let on = self.open(case, &step.on);
        match self.record(&pathway.id, step, Some(case), on.as_ref(), &Wanted::new()) {
            Ok(_) => Err("it was recorded all the same".to_owned()),
            Err(says) if says.contains(&gate.say) => Ok(()),
            Err(says) => Err(says),
        }
    }

    /// What the opening form always asks is missing only in a case that another pathway opened.
    fn is_asked_for(&self, step: &Step, gate: &Gate, case: CaseId, answer: &str) -> Result<(), String> {
        let mut state = self.view(case).state;
        state.answers.remove(answer).ok_or_else(|| format!("{answer} is not answered"))?;
        let shut = gates(step, Context { case: Some(&state), ..Context::blank(self.now) });
        let said = shut.iter().any(|problem| problem.says == gate.say);
        said.then_some(()).ok_or_else(|| format!("it is not asked for: {shut:?}"))
    }

    /// Makes the condition not hold.
    fn shut(&mut self, pathway: &Pathway, gate: &Predicate, case: CaseId) -> Result<(), String> {
        if !self.is_so(gate, case) {
            return Ok(());
        }
        match gate {
            Predicate::Not(part) => self.brought_about(pathway, part, case)?,
            Predicate::All(parts) => {
                let _ = parts.iter().any(|part| self.shut(pathway, part, case).is_ok());
            }
            Predicate::Any(parts) => parts.iter().try_for_each(|part| self.shut(pathway, part, case))?,
            other => return Err(format!("{other:?} holds already")),
        }
        match self.is_so(gate, case) {
            true => Err(format!("{gate:?} holds still")),
            false => Ok(()),
        }
    }

    /// Makes the condition hold: as the walk does, and by letting time pass.
    fn brought_about(&mut self, pathway: &Pathway, part: &Predicate, case: CaseId) -> Result<(), String> {
        match part {
            Predicate::Any(parts) => {
                let mut parts = parts.iter();
                let any = parts.any(|part| self.brought_about(pathway, part, case).is_ok());
                any.then_some(()).ok_or_else(|| format!("none of {part:?} can be brought about"))
            }
            Predicate::Overdue { what } => {
                self.holds(pathway, &Predicate::Owed { what: what.clone() }, case, 0)?;
                let state = self.view(case).state;
                let owed = state.commitments.iter().filter(|one| one.opened_in.as_ref() == Some(what));
                let due = owed.map(|one| one.due).max().ok_or_else(|| format!("{what} is not owed"))?;
                self.now = self.now.max(due + TimeDelta::minutes(1));
                Ok(())
            }
            Predicate::Owed { what } if !what.contains('.') => {
                let asks = |step: &&Step| !step.retired && step.then.iter().any(|then| then.step == *what);
                for step in pathway.steps.iter().filter(asks) {
                    let when = step.then.iter().filter(|then| then.step == *what);
                    let wanted =
                        when.filter_map(|then| then.when.as_ref()).map(|when| said_here(when, step)).next();
                    let _ = self.ensure(pathway, step, case, &wanted.unwrap_or_default(), 1);
                    if self.is_so(part, case) {
                        return Ok(());
                    }
                }
                Err(format!("{what} is not owed"))
            }
            other => self.holds(pathway, other, case, 0),
        }
    }

    fn is_so(&self, condition: &Predicate, case: CaseId) -> bool {
        let (state, none, plain) =
            (self.view(case).state, Answers::new(), Step::plain("gate", "", Vec::new()));
        predicate::holds(condition, &Facts::of(&plain, &none, Some(&state), self.now))
    }
}

/// What the opening step says for the condition not to hold.
fn said_against(gate: &Predicate, opening: &Step) -> Wanted {
    let is_opening = |step: &Option<String>| step.as_ref() == Some(&opening.id);
    match gate {
        Predicate::Not(part) => match part.as_ref() {
            Predicate::Owed { what } => makes_owed(opening, what),
            part => said_in(part, &opening.id),
        },
        Predicate::All(parts) | Predicate::Any(parts) => {
            parts.iter().flat_map(|part| said_against(part, opening)).collect()
        }
        Predicate::Is { step, field, any } if is_opening(step) => {
            let Some(Kind::Choice(choices)) = opening.field(field).map(|field| &field.kind) else {
                return Wanted::new();
            };
            let other = choices.iter().find(|choice| !choice.retired && !any.contains(&choice.id));
            other.map(|other| (field.clone(), json!(other.id))).into_iter().collect()
        }
        _ => Wanted::new(),
    }
}

/// What the opening step says for this to be owed, where it is what makes it owed.
fn makes_owed(opening: &Step, what: &str) -> Wanted {
    match what.split_once('.') {
        Some((of, field)) => {
            let field = opening.field(field).filter(|_| of == opening.id);
            field.map(|field| opens(opening, field)).unwrap_or_default()
        }
        None => {
            let mut then = opening.then.iter().filter(|then| then.step == what);
            let when = then.find_map(|then| then.when.as_ref());
            when.map(|when| said_here(when, opening)).unwrap_or_default()
        }
    }
}

#[test]
fn every_gate_is_shut_with_its_own_words_while_what_it_waits_for_is_not_there() {
    let mut walk = Walk::begun();
    let pathways: Vec<_> = walk.edition.pathways.values().cloned().collect();
    let (mut seen, mut unseen) = (0, BTreeMap::new());
    for pathway in &pathways {
        for step in pathway.steps.iter().filter(|step| !step.retired) {
            for gate in &step.needs {
                match walk.finds_shut(pathway, step, gate) {
                    Ok(()) => seen += 1,
                    Err(why) => drop(unseen.insert((format!("{}.{}", pathway.id, step.id), &gate.say), why)),
                }
            }
        }
    }
    let steps: Vec<&str> = unseen.keys().map(|(step, _)| step.as_str()).collect();
    let by_story: Vec<&str> = BY_STORY.iter().map(|(step, _)| *step).collect();
    assert_eq!(steps, by_story, "{seen} were found shut, and of these it has to be shown:\n{unseen:#?}");
    assert!(seen > 100, "{seen}");
}

#[test]
fn nothing_stands_before_a_safety_step_in_an_open_case_or_a_closed_one_whoever_is_there() {
    let mut walk = Walk::begun();
    let pathways: Vec<_> = walk.edition.pathways.values().cloned().collect();
    let mut safe = BTreeSet::new();
    let staff = walk.edition.pathway("staff").unwrap().opening().unwrap().clone();
    let said =
        Wanted::from([("name".to_owned(), json!(LITTLE)), ("roles".to_owned(), json!(["key_worker"]))]);
    walk.record("staff", &staff, None, None, &said).unwrap();
    for pathway in &pathways {
        for step in pathway.steps.iter().filter(|step| step.safety && !step.retired && !step.opens) {
            let name = format!("{}.{}", pathway.id, step.id);
            let opening = pathway.opening().unwrap();
            let case = walk.record(&pathway.id, opening, None, None, &Wanted::new()).unwrap();
            // Whoever may do little else; what is kept to a few is written down by one of them.
            walk.typist = if pathway.kept_to.is_empty() { LITTLE } else { YOU };
            let at_once = walk.record(&pathway.id, step, Some(case), None, &Wanted::new());
            assert!(at_once.is_ok(), "{name}: {at_once:?}");
            walk.typist = YOU;
            let closes = pathway.steps.iter().find(|step| step.closes.is_some() && !step.retired).unwrap();
            let wanted = closes.closes.iter().flatten().flat_map(|when| said_here(when, closes)).collect();
            walk.ensure(pathway, closes, case, &wanted, 0).unwrap();
            assert!(walk.view(case).state.closed, "{name}");
            walk.typist = if pathway.kept_to.is_empty() { LITTLE } else { YOU };
            let after = walk.record(&pathway.id, step, Some(case), None, &Wanted::new());
            assert!(after.is_ok(), "{name}, once it is closed: {after:?}");
            walk.typist = YOU;
            safe.insert(name);
        }
    }
    assert!(safe.len() >= 18, "{safe:?}");
}
