//! Steps: whose act, in which states, on what, and what they make others owe.

use std::collections::BTreeMap;

use super::fields::placeholders;
use super::{Whole, answers, at, step_name};
use crate::domain::permission::ANYONE;
use crate::domain::words::pathway as words;
use crate::pathway::definition::{Each, Field, From, Kind, LATE, Means, Owing, Pathway, Step, Then};
use crate::pathway::due::{Rule, RuleProblem};
use crate::pathway::read::names::nearest;
use crate::pathway::read::step::ReadStep;

impl Whole<'_> {
    pub(super) fn step(&self, step: &Step, places: &ReadStep) {
        let what = step_name(step);
        for (key, actors) in [("roles", &step.roles), ("typed_for", &step.typed_for)] {
            for (index, actor) in actors.iter().enumerate() {
                self.actor(&at(places, &format!("{key}.{index}")), &what, actor);
            }
        }
        if !step.typed_for.is_empty() && step.meaning(Means::DecidedBy).is_none() {
            self.fault(&at(places, "typed_for"), words::typed_for_nobody(&what));
        }
        let states = &self.read.pathway.states;
        for (index, state) in step.from.iter().enumerate() {
            let known = states.iter().map(|state| state.id.as_str());
            self.known(&at(places, &format!("from.{index}")), &what, ("state", state, "this file"), known);
        }
        if let Some(to) = &step.to {
            let known = states.iter().map(|state| state.id.as_str());
            self.known(&at(places, "to"), &what, ("state", to, "this file"), known);
        }
        for (index, rows) in step.on.iter().enumerate() {
            self.opening_rows(&at(places, &format!("on.{index}")), &what, rows);
        }
        for (key, ends) in [("calls_off", &step.calls_off), ("settles", &step.settles)] {
            for (index, rows) in ends.what.iter().enumerate() {
                let path = at(places, &format!("{key}.{index}"));
                match rows.contains('.') {
                    true => self.opening_rows(&path, &what, rows),
                    false => drop(self.step_named(&path, &what, rows)),
                }
            }
            if let Some(when) = &ends.when {
                self.predicate(&at(places, &format!("{key}_when")), &what, when, &step.fields);
            }
        }
        for (index, asked) in step.asks_anew.iter().enumerate() {
            let path = at(places, &format!("asks_anew.{index}"));
            let (of, field) = asked.split_once('.').unwrap_or((asked, ""));
            if let Some(of) = self.step_named(&path, &what, of) {
                let _ = self.field_named(&path, &what, &of.fields, field);
            }
        }
        match (step.on.is_empty(), step.does.is_some()) {
            (true, true) => self.fault(&at(places, "does"), words::does_without_on(&what)),
            (false, false) => self.fault(&at(places, "on"), words::on_without_does(&what)),
            _ => {}
        }
        for (index, other) in step.not_same_as.iter().enumerate() {
            self.step_named(&at(places, &format!("not_same_as.{index}")), &what, other);
        }
        let second = [("two_people", step.two_people), ("not_same_as", !step.not_same_as.is_empty())];
        for (gate, _) in second.into_iter().filter(|(_, wanted)| step.opens && *wanted) {
            self.fault(&at(places, gate), words::second_before_case(&what, gate));
        }
        let gates = [
            ("decides", step.decides),
            ("needs", !step.needs.is_empty()),
            ("on", !step.on.is_empty()),
            second[0],
            second[1],
        ];
        for (gate, _) in gates.into_iter().filter(|(_, stands)| step.safety && *stands) {
            self.fault(&at(places, gate), words::gate_before_safety(&what, gate));
        }
        if step.safety && !step.roles.iter().any(|role| role == ANYONE) {
            self.fault(&at(places, "roles"), words::safety_is_for_anyone(&what));
        }
        for (index, gate) in step.needs.iter().enumerate() {
            self.predicate(&at(places, &format!("needs.{index}")), &what, &gate.holds, &step.fields);
        }
        if let Some(Some(when)) = &step.closes {
            self.predicate(&at(places, "closes"), &what, when, &step.fields);
        }
        for (_, when) in &step.milestones {
            if let Some(when) = when {
                self.predicate(&at(places, "milestones"), &what, when, &step.fields);
            }
        }
        if let Some(then) = &step.incomplete {
            self.then(&at(places, "incomplete"), step, then);
        }
        for (then, path) in step.then.iter().zip(&places.then) {
            self.then(path, step, then);
        }
    }

    /// Who has to be spoken with: kinds that the register of organisations knows, and what the step that settles it says.
    fn spoken_with(&self, path: &str, what: &str, then: &Then) {
        let fields = self.pathways.values().filter(|other| other.register).flat_map(|other| &other.steps);
        let kinds =
            fields.flat_map(|step| &step.fields).filter(|field| field.means == Some(Means::OrganisationType));
        let kinds: Vec<String> = kinds.filter_map(answers).flatten().collect();
        for (index, kind) in then.with.iter().enumerate() {
            let known = kinds.iter().map(String::as_str);
            let kind = (words::takes::KIND_OF_ORGANISATION, kind.as_str(), "organisation_types");
            self.known(&format!("{path}.with.{index}"), what, kind, known);
        }
        let Some((field, choices)) = &then.or_said else { return };
        let settles = self.read.pathway.step(&then.step).filter(|_| then.pathway.is_none());
        let found = settles.and_then(|step| match field.split_once('.') {
            None => step.field(field),
            Some((rows, column)) => match &step.field(rows)?.kind {
                Kind::Rows { columns, .. } => columns.iter().find(|one| one.id == column),
                _ => None,
            },
        });
        let part = format!("{path}.or_said");
        match found.and_then(answers) {
            Some(answers) => {
                for choice in choices {
                    let known = answers.iter().map(String::as_str);
                    self.known(&part, what, ("answer", choice, &format!("the field \"{field}\"")), known);
                }
            }
            None => self.fault(&part, words::said_nowhere(what, field, &then.step)),
        }
    }

    fn then(&self, path: &str, step: &Step, then: &Then) {
        let what = words::takes::owed_after(&step.id);
        let part = |key: &str| format!("{path}.{key}");
        self.actor(&part("by"), &what, &then.by);
        for word in placeholders(&then.title) {
            self.field_named(&part("title"), &what, &step.fields, word);
        }
        match &then.pathway {
            None => {
                if let Some(settles) = self.step_named(&part("step"), &what, &then.step)
                    && settles.retired
                {
                    self.fault(&part("step"), words::settled_by_retired(&what, &then.step));
                }
            }
            Some(id) => match self.pathways.get(id.as_str()) {
                None => {
                    let near = nearest(id, self.pathways.keys().copied());
                    self.fault(&part("pathway"), words::unknown(&what, "pathway", id, "pathways/", near));
                }
                Some(other) if then.on_record(&self.read.pathway).is_some() => {
                    let known = other.steps.iter().map(|step| step.id.as_str());
                    self.known(
                        &part("step"),
                        &what,
                        ("step", &then.step, &format!("pathways/{id}.toml")),
                        known,
                    );
                }
                Some(other) if other.opening().is_none_or(|opening| opening.id != then.step) => {
                    let opening = other.opening().map(|opening| opening.id.as_str());
                    self.fault(&part("step"), words::does_not_open(&what, id, &then.step, opening));
                }
                Some(_) => {}
            },
        }
        let columns = then.each.as_ref().map(|each| self.rows_of_each(path, &what, step, then, each));
        if then.once && then.pathway.is_none() {
            self.fault(&part("once"), words::once_of_what(&what));
        }
        if let Some(by) = then.eased_by {
            let reached = |step: &Step| step.milestones.iter().any(|(milestone, _)| *milestone == by);
            if !self.read.pathway.steps.iter().any(reached) {
                self.fault(&part("eased_by"), words::eased_by_nothing(&what));
            }
        }
        if let Some(same) = &then.same {
            let there = self.read.pathway.step(&then.step).filter(|_| then.pathway.is_none());
            let holds = there.is_some_and(|settles| {
                let kinds = [step, settles].map(|step| step.field(same).map(|field| field.kind.name()));
                kinds[0].is_some() && kinds[0] == kinds[1]
            });
            if !holds {
                self.fault(&part("same"), words::same_in_neither(&what, same, &then.step));
            }
        }
        self.spoken_with(path, &what, then);
        match &then.within {
            Owing::Within(rule) => self.rule(&part("within"), &what, rule, &step.fields),
            Owing::Field(field) => {
                self.time_field(&part("due"), &what, columns.unwrap_or(&step.fields), field);
            }
            Owing::Every(_) => {}
        }
        if let Some(warn) = &then.warn {
            self.rule(&part("warn"), &what, warn, &step.fields);
        }
        match &then.from {
            From::Occurred | From::Recorded => {}
            From::Step(other) => drop(self.step_named(&part("from"), &what, other)),
            From::Field(field) => match field.split_once('.') {
                None => self.time_field(&part("from"), &what, &step.fields, field),
                Some((other, field)) => {
                    if let Some(other) = self.step_named(&part("from"), &what, other) {
                        self.time_field(&part("from"), &what, &other.fields, field);
                    }
                }
            },
        }
        if let Some(when) = &then.when {
            self.predicate(&part("when"), &what, when, &step.fields);
        }
    }

    /// The columns of the table whose rows open a case each. It opens nothing here, and what is given there can be given.
    fn rows_of_each<'s>(
        &self,
        path: &str,
        what: &str,
        step: &'s Step,
        then: &Then,
        each: &Each,
    ) -> &'s [Field] {
        let part = format!("{path}.each");
        let opening = then
            .pathway
            .as_ref()
            .and_then(|id| self.pathways.get(id.as_str()))
            .and_then(|other| other.step(&then.step));
        if let (Some((field, choice)), Some(opening)) = (&each.gives, opening) {
            let taken = opening.field(field).and_then(answers).unwrap_or_default();
            let known = taken.iter().map(String::as_str);
            self.known(
                &format!("{path}.gives"),
                what,
                ("answer", choice, &format!("the field \"{field}\"")),
                known,
            );
        }
        let alike = |other: &&Then| {
            other.pathway == then.pathway && other.each.as_ref().is_some_and(|one| one.rows == each.rows)
        };
        if step.then.iter().take_while(|other| !std::ptr::eq(*other, then)).any(|other| alike(&other)) {
            self.fault(&part, words::each_twice(what, &each.rows));
        }
        match step.field(&each.rows).map(|field| (&field.kind, &field.opens)) {
            Some((Kind::Rows { columns, .. }, None)) if opening.is_some() => columns,
            _ => {
                self.fault(&part, words::each_of_what(what, &each.rows));
                &step.fields
            }
        }
    }

    fn time_field(&self, path: &str, what: &str, fields: &[Field], field: &str) {
        let Some(field) = self.field_named(path, what, fields, field) else { return };
        if !matches!(field.kind, Kind::Time { .. } | Kind::ByWhen | Kind::Date) {
            self.fault(path, words::not_a_time(what, &field.id, field.kind.name()));
        } else if field.retired {
            self.fault(path, words::dated_by_retired(what, &field.id));
        }
    }

    /// A due rule: its targets exist, its tables have a time for every choice.
    pub(super) fn rule(&self, path: &str, what: &str, rule: &Rule, fields: &[Field]) {
        let choices = |asked: &str| {
            let own = fields.iter().find(|field| field.id == asked && !field.retired);
            // A table by the risk stands in any step: where the form has no such field, the case's risk counts.
            let field = own.or_else(|| {
                let all = self.read.pathway.steps.iter().flat_map(|step| &step.fields);
                all.into_iter().find(|field| field.id == asked && field.means == Some(Means::Risk))
            })?;
            answers(field)
        };
        for problem in rule.validate(&choices, self.targets) {
            let near = match &problem {
                RuleProblem::NoSuchTarget { name, known } => nearest(name, known.iter().map(String::as_str)),
                RuleProblem::Unknown { choice, choices, .. } => {
                    nearest(choice, choices.iter().map(String::as_str))
                }
                _ => None,
            };
            self.fault(path, words::cannot_fall_due(what, &problem.to_string(), near));
        }
    }

    /// From where cases are begun: pathways that there are, and what is late.
    fn begun_from(&self, name: &str) {
        let pathway = &self.read.pathway;
        if pathway.register && !pathway.begun_from.is_empty() {
            self.fault("begun_from", words::record_begun_from(name));
        }
        let known = self.pathways.keys().copied().chain([LATE]);
        for (index, from) in pathway.begun_from.iter().enumerate() {
            let path = format!("begun_from.{index}");
            self.known(&path, name, ("pathway", from, "pathways/"), known.clone());
        }
    }

    /// What is owed while nothing else is: a step of the pathway, by somebody, in states in which a case is open.
    fn idle(&self, name: &str) {
        let pathway = &self.read.pathway;
        let Some(idle) = &pathway.idle else { return };
        let what = format!("\"idle\" of {name}");
        let _ = self.step_named("idle.step", &what, &idle.step);
        self.actor("idle.by", &what, &idle.by);
        self.rule("idle.within", &what, &idle.within, &[]);
        let open = pathway.states.iter().filter(|state| !state.closed).map(|state| state.id.as_str());
        for (index, state) in idle.states.iter().enumerate() {
            self.known(&format!("idle.in.{index}"), &what, ("state", state, "this file"), open.clone());
        }
    }

    /// Ids and keys that clash, states that cannot be.
    pub(super) fn pathway(&self) {
        let pathway = &self.read.pathway;
        let name = format!("the pathway \"{}\"", pathway.id);
        let mut keys: BTreeMap<char, &str> = BTreeMap::new();
        for (index, (step, places)) in pathway.steps.iter().zip(&self.read.steps).enumerate() {
            if pathway.steps.iter().take(index).any(|earlier| earlier.id == step.id) {
                self.fault(&at(places, "id"), words::same_id(&name, "step", &step.id));
            }
            if let Some(key) = step.key.filter(|_| !step.retired)
                && let Some(other) = keys.insert(key, &step.id)
            {
                self.fault(&at(places, "key"), words::same_key(&name, key, other, &step.id));
            }
        }
        for (index, state) in pathway.states.iter().enumerate() {
            if pathway.states.iter().take(index).any(|earlier| earlier.id == state.id) {
                self.fault(&format!("state.{index}.id"), words::same_id(&name, "state", &state.id));
            }
        }
        if let Some(subject) = &pathway.subject
            && !self.is_register(subject)
        {
            let registers = self.pathways.values().filter(|pathway| pathway.register);
            let near = nearest(subject, registers.map(|pathway| pathway.id.as_str()));
            self.fault("subject", words::unknown(&name, "register", subject, "pathways/", near));
        }
        if !pathway.owner.is_empty() {
            if pathway.register {
                self.fault("owner", words::nobody_owns_records(&name));
            }
            let known = self.roles.roles.keys().chain(self.roles.duties.keys()).map(String::as_str);
            self.known("owner", &name, (words::takes::ROLE_OR_DUTY, &pathway.owner, "roles.toml"), known);
        }
        if pathway.register && !pathway.kept_to.is_empty() {
            self.fault("kept_to", words::records_say_who_may_see(&name));
        }
        for role in &pathway.kept_to {
            let known = self.roles.roles.keys().chain(self.roles.duties.keys()).map(String::as_str);
            self.known("kept_to", &name, (words::takes::ROLE_OR_DUTY, role, "roles.toml"), known);
        }
        self.begun_from(&name);
        self.idle(&name);
        let digit = |other: &&Pathway| other.id < pathway.id && other.begin_key == pathway.begin_key;
        if let Some(key) = pathway.begin_key {
            if pathway.register {
                self.fault("begin_key", words::record_begin_key(&name));
            } else if let Some(other) = self.pathways.values().copied().find(digit) {
                self.fault("begin_key", words::same_begin_key(key, &other.id, &pathway.id));
            }
        }
        let takes = |other: &&Pathway| other.takes_actions && other.id < pathway.id;
        if let Some(other) = self.pathways.values().copied().filter(|_| pathway.takes_actions).find(takes) {
            self.fault("takes_actions", words::takes_actions_twice(&other.id));
        }
        let same = |other: &&Pathway| other.id < pathway.id && other.reference == pathway.reference;
        if let Some(other) = self.pathways.values().copied().find(same) {
            self.fault("reference", words::same_reference(&pathway.reference, &other.id));
        }
    }
}
