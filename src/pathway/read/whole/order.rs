//! The order of steps: a case can be opened, every state can be reached, and it can be closed again.

use std::collections::BTreeSet;

use super::{Whole, at};
use crate::domain::words::pathway as words;
use crate::pathway::definition::{Predicate, Step, Then};

impl Whole<'_> {
    pub(super) fn order(&self) {
        let pathway = &self.read.pathway;
        let name = format!("the pathway \"{}\"", pathway.id);
        let steps: Vec<&Step> = pathway.steps.iter().filter(|step| !step.retired).collect();
        let opening: Vec<&&Step> = steps.iter().filter(|step| step.opens).collect();
        match opening[..] {
            [_] => {}
            [] => self.fault("id", words::nothing_opens(&name)),
            [first, second, ..] => self.fault("id", words::two_open(&name, &first.id, &second.id)),
        }
        if pathway.states.iter().all(|state| !state.closed) {
            self.fault("state", words::no_closed_state(&name));
        }
        self.states_reached(&name, &steps);
        self.states_left(&name, &steps);
        self.gates_open(&name);
        self.way_out(&name);
    }

    fn states_reached(&self, name: &str, steps: &[&Step]) {
        let states = &self.read.pathway.states;
        let mut reached: BTreeSet<&str> = states.first().map(|state| state.id.as_str()).into_iter().collect();
        let open = |id: &str| states.iter().any(|state| state.id == id && !state.closed);
        loop {
            let before = reached.len();
            for step in steps {
                let can = if step.from.is_empty() {
                    step.opens || reached.iter().any(|state| open(state))
                } else {
                    step.from.iter().any(|state| reached.contains(state.as_str()))
                };
                if can {
                    reached.extend(step.to.as_deref());
                }
            }
            if reached.len() == before {
                break;
            }
        }
        for (index, state) in
            states.iter().enumerate().filter(|(_, state)| !reached.contains(state.id.as_str()))
        {
            self.fault(&format!("state.{index}"), words::state_unreachable(name, &state.id));
        }
    }

    /// From every open state there must be a way to a closed one: a case that can never be closed again stays for ever.
    fn states_left(&self, name: &str, steps: &[&Step]) {
        let states = &self.read.pathway.states;
        let closed = states.iter().filter(|state| state.closed).map(|state| state.id.as_str());
        let mut out: BTreeSet<&str> = closed.collect();
        loop {
            let before = out.len();
            for state in states.iter().filter(|state| !state.closed) {
                let here = |step: &&&Step| match step.from.is_empty() {
                    true => !step.opens,
                    false => step.from.contains(&state.id),
                };
                let leads = |step: &&Step| {
                    step.closes.is_some() || step.to.as_deref().is_some_and(|to| out.contains(to))
                };
                if steps.iter().filter(here).any(leads) {
                    out.insert(&state.id);
                }
            }
            if out.len() == before {
                break;
            }
        }
        // A case of one step is opened and closed at once.
        let at_once = |step: &&Step| step.opens && step.closes.is_some();
        if steps.iter().any(at_once) || self.read.pathway.register {
            return;
        }
        for (index, state) in states.iter().enumerate().filter(|(_, state)| !out.contains(state.id.as_str()))
        {
            self.fault(&format!("state.{index}"), words::state_never_left(name, &state.id));
        }
    }

    /// Gates that wait for one another open never: each step has to be reached from those that need nothing.
    fn gates_open(&self, name: &str) {
        let pathway = &self.read.pathway;
        let mut open: BTreeSet<&str> = BTreeSet::new();
        loop {
            let before = open.len();
            for step in &pathway.steps {
                let known = |id: &str| pathway.step(id).is_none() || open.contains(id);
                if step.needs.iter().all(|gate| can_hold(&gate.holds, &known)) {
                    open.insert(&step.id);
                }
            }
            if open.len() == before {
                break;
            }
        }
        for (step, places) in pathway.steps.iter().zip(&self.read.steps) {
            if !open.contains(step.id.as_str()) && !step.retired {
                self.fault(&at(places, "needs"), words::gates_in_a_circle(name, &step.id));
            }
        }
    }

    /// From every step that makes another owed there must be a way to one that closes, or that owes nothing more: a
    /// circle of debts that only ever leads back into itself keeps a case open for ever.
    fn way_out(&self, name: &str) {
        let pathway = &self.read.pathway;
        let mut out: BTreeSet<&str> = BTreeSet::new();
        loop {
            let before = out.len();
            for step in &pathway.steps {
                // A debt that hangs on a condition need not arise.
                let always = |then: &&Then| then.when.is_none() && then.pathway.is_none();
                let known = |then: &&Then| pathway.step(&then.step).is_some();
                let mut owed = step.then.iter().filter(always).filter(known);
                if step.closes.is_some() || owed.all(|then| out.contains(then.step.as_str())) {
                    out.insert(&step.id);
                }
            }
            if out.len() == before {
                break;
            }
        }
        for (step, places) in pathway.steps.iter().zip(&self.read.steps) {
            if !out.contains(step.id.as_str()) && !step.retired {
                self.fault(&at(places, "then"), words::no_way_out(name, &step.id));
            }
        }
    }
}

/// Whether a gate can ever hold, where only these steps can be recorded.
fn can_hold(gate: &Predicate, recorded: &impl Fn(&str) -> bool) -> bool {
    match gate {
        Predicate::Recorded { step, .. } | Predicate::Is { step: Some(step), .. } => recorded(step),
        Predicate::Answered { step: Some(step), .. } => recorded(step),
        Predicate::All(parts) => parts.iter().all(|part| can_hold(part, recorded)),
        Predicate::Any(parts) => parts.iter().any(|part| can_hold(part, recorded)),
        _ => true,
    }
}
