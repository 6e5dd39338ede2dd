//! Fields: ids, meanings and their kinds, groups, conditions, and the commitments they open.

use std::collections::BTreeMap;

use super::{Whole, step_name};
use crate::domain::words::pathway as words;
use crate::pathway::definition::{
    AgendaPart, Choice, Field, Kind, LINE, Leads, Means, Node, Part, Prefill, SETTLE_CANCEL, SETTLE_KEEP,
    SETTLE_PASS_ON, Step,
};
use crate::pathway::read::field::ReadField;
use crate::pathway::read::names::nearest;
use crate::pathway::read::step::ReadStep;
use crate::pathway::score;

fn has_agenda(field: &Field) -> bool {
    matches!(&field.kind, Kind::Rows { from: Some(Prefill::Agenda(_)), .. })
}

/// The register of whoever is outside.
const OUTSIDE: &str = "organisations";

/// Words that `from = "..."` gives a meaning of its own.
const RESERVED: [&str; 3] = ["at", "occurred", "recorded"];

impl Whole<'_> {
    pub(super) fn fields_of(&self, step: &Step, places: &ReadStep) {
        self.together(&step_name(step), &places.fields, &[]);
        self.carries_on(step, places);
        for read in places.fields.iter().flat_map(|read| std::iter::once(read).chain(&read.columns)) {
            self.read_of_the_record(step, read);
        }
        let goes_on = |read: &&ReadField| read.field.opens.as_ref().is_some_and(|opens| opens.goes_on);
        for read in places.fields.iter().filter(|_| step.on.is_empty()).filter(goes_on) {
            let what = format!("field \"{}\" of {}", read.field.id, step_name(step));
            self.fault(&format!("{}.opens.goes_on", read.path), words::goes_on_without_on(&what));
        }
        for read in places.fields.iter().filter(|read| read.field.carries_down) {
            self.fault(&format!("{}.carries_down", read.path), words::carries_nothing(&read.field.id));
        }
        for read in places.fields.iter().filter(|read| RESERVED.contains(&read.field.id.as_str())) {
            self.fault(&format!("{}.id", read.path), words::reserved(&read.field.id));
        }
    }

    /// The fields of one form, or the columns of one table within the form `around`.
    fn together(&self, owner: &str, fields: &[ReadField], around: &[Field]) {
        let mut near: Vec<Field> = fields.iter().map(|read| read.field.clone()).collect();
        near.extend(around.iter().cloned());
        for (at, read) in fields.iter().enumerate() {
            let what = format!("field \"{}\" of {owner}", read.field.id);
            if fields.iter().take(at).any(|earlier| earlier.field.id == read.field.id) {
                self.fault(&format!("{}.id", read.path), words::same_id(owner, "field", &read.field.id));
            }
            self.field(&what, read, &near);
            self.together(&what, &read.columns, &near);
        }
        self.meanings(owner, fields);
        self.groups(owner, fields);
    }

    fn field(&self, what: &str, read: &ReadField, near: &[Field]) {
        let ReadField { field, path, .. } = read;
        let part = |key: &str| format!("{path}.{key}");
        if let Some(means) = field.means
            && !means.kinds().contains(&field.kind.name())
        {
            let trouble = words::wrong_meaning(what, &means.name(), field.kind.name(), means.kinds());
            self.fault(&part("means"), trouble);
        }
        let says_of_what = |other: &Field| other.means == Some(Means::Counts);
        if field.means == Some(Means::Counted) && field.counts.is_none() && !near.iter().any(says_of_what) {
            self.fault(&part("means"), words::counts_unsaid(what));
        }
        if let Some(Some(when)) = &field.required {
            self.predicate(&part("required_when"), what, when, near);
        }
        for (index, offer) in field.offers.iter().enumerate() {
            self.predicate(&part(&format!("offers.{index}.when")), what, &offer.when, near);
        }
        if let Some(when) = &field.shown {
            self.predicate(&part("shown_when"), what, when, near);
        }
        for (index, ask) in field.asks.iter().enumerate() {
            self.predicate(&part(&format!("ask.{index}")), what, &ask.holds, near);
        }
        if let Some(other) = &field.not_same_as {
            self.field_named(&part("not_same_as"), what, near, other);
        }
        for (index, other) in field.rest_of.iter().enumerate() {
            let numbers = near.iter().filter(|other| matches!(other.kind, Kind::Number { .. }));
            let ids = numbers.map(|other| other.id.as_str());
            self.known(&part(&format!("rest_of.{index}")), what, ("number", other, "the step"), ids);
        }
        if let Some(other) = &field.only_with {
            self.field_named(&part("only_with"), what, near, other);
        }
        if let Some(tree) = &field.follows {
            self.follows(&part("follows"), what, field, (near, tree));
        }
        if field.retired && field.required.is_some() {
            self.fault(&part("retired"), words::retired_but_required(what));
        }
        if let Some(opens) = &field.opens {
            self.actor(&part("opens.owner"), what, &opens.owner);
            self.rule(&part("opens.chase"), what, &opens.chase, near);
            if let Some(warn) = &opens.warn {
                self.rule(&part("opens.warn"), what, warn, near);
            }
            let columns: Vec<Field> = read.columns.iter().map(|column| column.field.clone()).collect();
            let inner: Vec<Field> = columns.iter().chain(near).cloned().collect();
            if let Some(when) = &opens.when {
                self.predicate(&part("opens.when"), what, when, &inner);
            }
            let is_line = |word: &str| word == LINE && matches!(field.kind, Kind::Checklist { .. });
            for word in placeholders(&opens.title).filter(|word| !is_line(word)) {
                self.field_named(&part("opens.title"), what, &inner, word);
            }
            let several = matches!(field.kind, Kind::Rows { .. } | Kind::Checklist { .. });
            for (key, _) in
                [("goes_on", opens.goes_on), ("latest", opens.latest)].iter().filter(|one| one.1 && several)
            {
                self.fault(&part(&format!("opens.{key}")), words::opens_several(what, key));
            }
            let dated = |field: &Field| matches!(field.means, Some(Means::Due | Means::ControlReviewBy));
            if matches!(field.kind, Kind::Checklist { expires: false, .. }) {
                self.fault(&part("opens"), words::nothing_runs_out(what));
            }
            if matches!(field.kind, Kind::Rows { .. }) && !columns.iter().any(dated) {
                self.fault(&part("opens"), words::nothing_says_by_when(what));
            }
        }
        match &field.kind {
            Kind::Record { register, .. } if !self.is_register(register) => {
                let registers = self.pathways.values().filter(|pathway| pathway.register);
                let near = nearest(register, registers.map(|pathway| pathway.id.as_str()));
                self.fault(&part("kind"), words::unknown(what, "register", register, "pathways/", near));
            }
            Kind::Score(parts) => self.score(&part("parts"), what, parts),
            Kind::Tree(nodes) => self.tree(&part("nodes"), what, nodes),
            Kind::Choice(choices) if field.means == Some(Means::Settle) => {
                const KNOWN: [&str; 3] = [SETTLE_KEEP, SETTLE_CANCEL, SETTLE_PASS_ON];
                if let Some(other) = choices.iter().find(|choice| !KNOWN.contains(&choice.id.as_str())) {
                    self.fault(&part("choices"), words::settles_otherwise(what, &other.id, &KNOWN));
                }
            }
            Kind::Rows { columns, from } => {
                let owed = columns.iter().any(|column| column.kind == Kind::Owed);
                let settles = columns.iter().any(|column| column.means == Some(Means::Settle));
                if owed != settles || owed != (*from == Some(Prefill::Owed)) {
                    self.fault(&part("columns"), words::owed_without_settle(what));
                }
            }
            _ => {}
        }
    }

    /// The queues of the office belong to no person's case: others would read there of everybody. That of an organisation goes
    /// through what is about it.
    fn agenda(&self, step: &Step, (path, what): (&str, &str), columns: &[Field], parts: &[AgendaPart]) {
        let words = |column: &Field| column.kind == Kind::Text && column.means != Some(Means::TakenFrom);
        let of_somebody = self.read.pathway.subject.as_deref().is_some_and(|register| register != OUTSIDE);
        if step.opens || of_somebody || !columns.iter().any(words) {
            self.fault(path, words::no_place_for_agenda(what));
        }
        for part in parts {
            for rule in &part.rules {
                let known = self.signs.rules.iter().map(|rule| rule.id.as_str());
                self.known(path, what, ("warning sign", rule, "warning-signs.toml"), known);
            }
            for pathway in &part.of {
                let known = self.pathways.keys().copied();
                self.known(path, what, ("pathway", pathway, "pathways/"), known);
            }
            // The form is blank when its agenda is made: only the case can be asked.
            if let Some(when) = &part.when {
                self.predicate(path, what, when, &[]);
            }
        }
    }

    /// What is followed in a case from now on goes on as a promise of the step that opens it.
    pub(super) fn carries_on(&self, step: &Step, places: &ReadStep) {
        let Some(at) = step.fields.iter().position(|field| field.kind == Kind::Owed) else { return };
        let said = step.meaning(Means::CarriesOn).is_some();
        let promises = |field: &&Field| {
            field.opens.as_ref().is_some_and(|opens| !opens.control)
                && !matches!(field.kind, Kind::Checklist { .. })
        };
        let promise = step.fields.iter().find(promises);
        let path = |at: usize| places.fields.get(at).map(|read| read.path.as_str()).unwrap_or_default();
        match promise.filter(|_| said && step.opens) {
            None => self.fault(&format!("{}.kind", path(at)), words::carries_on_nothing(&step_name(step))),
            // Left blank, what was owed would be owed nowhere.
            Some(promise) if may_be_blank(promise) => {
                let at = step.fields.iter().position(|field| field.id == promise.id).unwrap_or(at);
                let what = format!("field \"{}\" of {}", promise.id, step_name(step));
                self.fault(&format!("{}.id", path(at)), words::carries_on_without_promise(&what));
            }
            Some(_) => {}
        }
    }

    /// What is read of somebody's record: it has to be known whose, and where it was taken from has to be kept.
    fn read_of_the_record(&self, step: &Step, read: &ReadField) {
        let what = format!("field \"{}\" of {}", read.field.id, step_name(step));
        let columns = match &read.field.kind {
            Kind::Rows { columns, .. } => columns.as_slice(),
            _ => &[],
        };
        let (key, prefill) = match (&read.field.prefill, &read.field.kind) {
            (Some(prefill), _) => ("prefill", prefill),
            (None, Kind::Rows { from: Some(from), .. }) => ("rows_from", from),
            _ => return,
        };
        let path = format!("{}.{key}", read.path);
        match prefill {
            Prefill::Agenda(parts) => return self.agenda(step, (&path, &what), columns, parts),
            Prefill::Unresolved { of, .. } => {
                let agendas =
                    step.fields.iter().filter(|field| has_agenda(field)).map(|field| field.id.as_str());
                self.known(&path, &what, ("agenda", of, "the step"), agendas);
                return self.agenda(step, (&path, &what), columns, &[]);
            }
            Prefill::Case(means) => {
                let says = |step: &Step| step.meaning(*means).is_some();
                if !self.read.pathway.steps.iter().any(says) {
                    self.fault(&path, words::said_by_nothing(&what, &means.name()));
                }
            }
            _ => {}
        }
        if prefill.past().is_empty() {
            return;
        }
        if step.opens || self.read.pathway.subject.is_none() {
            self.fault(&path, words::nobody_to_read_of(&what));
        }
        let keeps = |column: &&Field| column.means == Some(Means::TakenFrom);
        let words = |column: &&Field| matches!(column.kind, Kind::Text | Kind::Notes) && !keeps(column);
        if matches!(read.field.kind, Kind::Rows { .. })
            && (!columns.iter().any(|column| keeps(&column)) || !columns.iter().any(|column| words(&column)))
        {
            self.fault(&path, words::no_room_for_source(&what));
        }
        if let Prefill::History { of, .. } = prefill {
            let known = self.pathways.keys().copied();
            for pathway in of {
                self.known(&path, &what, ("pathway", pathway, "pathways/"), known.clone());
            }
        }
    }

    pub(super) fn is_register(&self, id: &str) -> bool {
        self.pathways.get(id).is_some_and(|pathway| pathway.register)
    }

    /// What bands depend on is an earlier part of the same score, and one of its grades.
    fn score(&self, path: &str, what: &str, parts: &[Part]) {
        for (at, one) in parts.iter().enumerate() {
            let earlier = parts.iter().take(at);
            if earlier.clone().any(|earlier| earlier.id == one.id) {
                self.fault(&format!("{path}.{at}.id"), words::same_id(what, "part", &one.id));
            }
            let given = one.bands.iter().filter_map(|bands| bands.given.as_ref());
            for (index, (on, is)) in given.enumerate() {
                let place = |key: &str| format!("{path}.{at}.given.{index}.{key}");
                let known = earlier.clone().map(|part| part.id.as_str());
                if !self.known(&place("part"), what, ("earlier part", on, "the score"), known) {
                    continue;
                }
                let grades = earlier.clone().find(|part| part.id == *on).and_then(score::grades);
                let ids = grades.unwrap_or_default().iter().map(|grade| grade.choice.id.as_str());
                self.known(&place("is"), what, ("grade", is, on), ids);
            }
        }
    }

    /// A field follows a tree beside it, whose outcomes give choices of its own.
    fn follows(&self, path: &str, what: &str, field: &Field, (near, tree): (&[Field], &str)) {
        let trees = near.iter().filter(|other| matches!(other.kind, Kind::Tree(_)));
        let ids = trees.clone().map(|other| other.id.as_str());
        if !self.known(path, what, ("tree", tree, "the step"), ids) {
            return;
        }
        let choices: &[Choice] = match &field.kind {
            Kind::Choice(choices) => choices,
            _ => &[],
        };
        let nodes = trees.filter(|other| other.id == tree).find_map(|other| match &other.kind {
            Kind::Tree(nodes) => Some(nodes),
            _ => None,
        });
        for (_, leads) in nodes.into_iter().flatten().flat_map(|node| &node.branches) {
            let Leads::Outcome { gives: Some(gives), .. } = leads else { continue };
            let standing = choices.iter().filter(|choice| !choice.retired);
            self.known(path, what, ("choice", gives, &field.id), standing.map(|choice| choice.id.as_str()));
        }
    }

    fn tree(&self, path: &str, what: &str, nodes: &[Node]) {
        for (at, node) in nodes.iter().enumerate() {
            if nodes.iter().take(at).any(|earlier| earlier.id == node.id) {
                self.fault(&format!("{path}.{at}.id"), words::same_id(what, "question", &node.id));
            }
            for (branch, (_, leads)) in node.branches.iter().enumerate() {
                let Leads::To(to) = leads else { continue };
                let path = format!("{path}.{at}.branches.{branch}.to");
                let known = nodes.iter().map(|node| node.id.as_str());
                // Only onward, so that every path through the tree comes to an end.
                if self.known(&path, what, ("question", to, "the tree"), known)
                    && !nodes.iter().skip(at + 1).any(|later| later.id == *to)
                {
                    self.fault(&path, words::tree_leads_back(what, to));
                }
            }
        }
    }

    fn meanings(&self, owner: &str, fields: &[ReadField]) {
        let mut seen: BTreeMap<(Means, Option<&str>, Option<&str>), &str> = BTreeMap::new();
        for read in fields.iter().filter(|read| !read.field.retired) {
            let Some(means) = read.field.means.filter(|means| !means.gathered()) else { continue };
            let group = if means.once() { None } else { read.field.group.as_deref() };
            // Scores of years are held beside one another: they have one scale for good.
            let scored = matches!(means, Means::Proportion | Means::Timing | Means::Use);
            let scale = matches!(read.field.kind, Kind::Number { from: Some(1), to: Some(5), .. });
            if scored && !scale {
                self.fault(
                    &format!("{}.to", read.path),
                    words::not_from_one_to_five(&read.field.id, &means.name()),
                );
            }
            // Somebody by name and a role, or one of ours and an organisation, may both be asked for: the first that was
            // answered counts.
            let either = matches!(means, Means::Owner | Means::Obligor);
            let kind = either.then(|| read.field.kind.name());
            if let Some(first) = seen.insert((means, group, kind), &read.field.id) {
                let trouble = words::meaning_twice(owner, &means.name(), first, &read.field.id);
                self.fault(&format!("{}.means", read.path), trouble);
            }
        }
    }

    /// A group ties fields of one record together: one alone ties nothing, and who and by when need each other.
    fn groups(&self, owner: &str, fields: &[ReadField]) {
        let mut groups: BTreeMap<&str, Vec<&ReadField>> = BTreeMap::new();
        for read in fields.iter().filter(|read| !read.field.retired) {
            if let Some(group) = &read.field.group {
                groups.entry(group).or_default().push(read);
            }
        }
        for (group, members) in groups {
            let Some(first) = members.first() else { continue };
            let path = format!("{}.group", first.path);
            if members.len() == 1 {
                self.fault(&path, words::group_of_one(owner, group));
            }
            let has = |means| members.iter().any(|read| read.field.means == Some(means));
            if has(Means::Promise) != has(Means::Due) {
                self.fault(&path, words::group_incomplete(owner, group));
            }
        }
    }
}

/// Whether the field can be left blank, or open nothing though it is not.
fn may_be_blank(field: &Field) -> bool {
    let opens_always = field.opens.as_ref().is_some_and(|opens| opens.when.is_none());
    !(field.required == Some(None) && field.shown.is_none() && opens_always)
}

/// The words in braces of a title (`{what}`).
pub(super) fn placeholders(title: &str) -> impl Iterator<Item = &str> {
    title.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(word, _)| word)
}
