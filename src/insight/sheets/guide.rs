//! The guide and escalation matrix: whom to ring and when, what is written down, and who looks after it.
//!
//! It is made from the definitions in force every time it is asked for (pathways, roles, targets, what can be expected of
//! others), so that it cannot say anything else than what the forms do. What is at hand stands first.

use super::matrix::matrix;
use super::{With, on_record};
use crate::domain::permission::ANYONE;
use crate::domain::sheet::{Sheet, SheetPart};
use crate::domain::time::display;
use crate::domain::views::RecordRow;
use crate::domain::words::sheets as words;
use crate::pathway::definition::{Does, Field, Kind, Means, Opens, Owing, Pathway, Step, Then};
use crate::pathway::due::Rule;
use crate::pathway::edition::Edition;

/// Targets that name targets are followed so far.
pub(super) const DEEPEST: usize = 8;

/// What the guide begins with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Before {
    /// The pathway at hand.
    pub pathway: Option<String>,
    /// The step whose form is on screen.
    pub step: Option<String>,
    /// Nothing of the other pathways.
    pub only: bool,
}

/// Composes the guide. `organisations` are those whose agreed times are on record.
pub fn guide(before: &Before, organisations: &[RecordRow], with: &With<'_>) -> Sheet {
    let edition = with.editions.current();
    let at_hand = before.pathway.as_deref().and_then(|id| edition.pathway(id));
    let mut parts = Vec::new();
    if let Some(pathway) = at_hand {
        let step = before.step.as_deref().and_then(|id| pathway.step(id));
        if let Some(step) = step {
            let mut part = SheetPart::new(&words::this_step(&step.title));
            part.says("", step.help.clone());
            tell(&mut part, edition, pathway, step);
            follow(&mut part, edition, pathway, step);
            parts.push(part);
        }
        parts.extend(matrix(edition, pathway));
        parts.push(of(edition, pathway));
    }
    parts.push(chains(edition));
    if !before.only {
        // What a duty desk does most, first; registers hold no procedure.
        let mut others: Vec<&Pathway> =
            edition.pathways.values().map(AsRef::as_ref).filter(|pathway| !pathway.register).collect();
        others.retain(|pathway| at_hand.is_none_or(|at_hand| at_hand.id != pathway.id));
        others.sort_by_key(|pathway| (!pathway.urgent, pathway.title.to_lowercase()));
        parts.extend(others.iter().filter_map(|pathway| matrix(edition, pathway)));
        parts.extend(others.into_iter().map(|pathway| of(edition, pathway)));
    }
    parts.push(expected(edition));
    parts.push(agreed(organisations, with));
    Sheet {
        title: match (at_hand, before.only) {
            (Some(pathway), true) => words::guide_of(&pathway.title),
            _ => words::GUIDE.to_owned(),
        },
        first: words::GUIDE_FIRST.to_owned(),
        parts,
        last: words::GUIDE_LAST.to_owned(),
        ..Sheet::default()
    }
}

fn of(edition: &Edition, pathway: &Pathway) -> SheetPart {
    let mut part = SheetPart::new(&pathway.title);
    if !pathway.owner.is_empty() {
        part.says(words::SEEN_TO_BY, edition.roles.title(&pathway.owner).to_owned());
    }
    for step in pathway.steps.iter().filter(|step| !step.retired && step.follows.is_none()) {
        part.says(&step.title, words::who_may(&actors(edition, &step.roles), &typists(edition, step)));
        part.begun_by(step.key);
        tell(&mut part, edition, pathway, step);
    }
    part
}

/// What triggers a step, what has to hold before and what is recorded in it. What follows stands in the matrix of the pathway.
fn tell(part: &mut SheetPart, edition: &Edition, pathway: &Pathway, step: &Step) {
    let mut line = |said: Option<String>| {
        if let Some(said) = said {
            part.says("", said);
        }
    };
    line(words::triggered(&triggers(edition, pathway, step)));
    let needs: Vec<&str> = step.needs.iter().map(|gate| gate.say.as_str()).collect();
    line(words::stops(&needs, step.safety));
    let asked: Vec<String> =
        step.fields.iter().filter(|field| is_asked(field)).map(|f| f.label.clone()).collect();
    line(words::recorded(&asked));
    if step.two_people || !step.not_same_as.is_empty() {
        line(Some(words::TWO_PEOPLE.to_owned()));
    }
}

/// What follows on a step, each thing on a line of its own, and how what is promised in it is followed up.
fn follow(part: &mut SheetPart, edition: &Edition, pathway: &Pathway, step: &Step) {
    for then in &step.then {
        part.says(words::THEN, owed(edition, pathway, step, then));
    }
    for field in &step.fields {
        if let Some(opens) = &field.opens {
            part.says(words::FOLLOWED_UP, followed(edition, pathway, step, field, opens));
        }
    }
}

/// Whether an answer is wanted as the form stands, or may be.
fn is_asked(field: &Field) -> bool {
    !field.retired && field.required.is_some()
}

/// The steps after which this one is owed.
fn triggers(edition: &Edition, pathway: &Pathway, step: &Step) -> Vec<String> {
    let mut found = Vec::new();
    if step.opens {
        found.push(words::OPENS.to_owned());
    }
    for other in edition.pathways.values() {
        let itself = |before: &Step| other.id == pathway.id && before.id == step.id;
        for before in other.steps.iter().filter(|before| !before.retired && !itself(before)) {
            let leads = |then: &&Then| match &then.pathway {
                Some(id) => *id == pathway.id && step.opens,
                None => other.id == pathway.id && then.step == step.id,
            };
            if before.then.iter().any(|then| leads(&then)) {
                found.push(match other.id == pathway.id {
                    true => before.title.clone(),
                    false => words::of_pathway(&before.title, &other.title),
                });
            }
        }
    }
    for on in &step.on {
        let field = on.split_once('.').and_then(|(step, field)| pathway.step(step)?.field(field));
        found.extend(field.map(|field| words::on(&field.label)));
    }
    found.dedup();
    found
}

fn owed(edition: &Edition, pathway: &Pathway, step: &Step, then: &Then) -> String {
    let within = match &then.within {
        Owing::Within(rule) => words::within(&rule_words(edition, pathway, rule, DEEPEST)),
        Owing::Field(id) => words::at_the_time(step.field(id).map_or(id, |field| &field.label)),
        Owing::Every(every) => every.to_string(),
    };
    let title = readable(&then.title, step);
    let owed = words::owed(&title, edition.roles.title(&then.by), &within);
    if then.when.is_some() { words::sometimes(&owed) } else { owed }
}

/// How what a row opens is chased, and by which steps it ends.
fn followed(edition: &Edition, pathway: &Pathway, step: &Step, field: &Field, opens: &Opens) -> String {
    let here = format!("{}.{}", step.id, field.id);
    let steps = pathway.steps.iter().filter(|one| !one.retired && one.on.contains(&here));
    let ended: Vec<String> = steps
        .filter(|one| !matches!(one.does, Some(Does::Accept | Does::Report)))
        .map(|one| one.title.clone())
        .collect();
    let chase = rule_words(edition, pathway, &opens.chase, DEEPEST);
    words::followed(&field.label, edition.roles.title(&opens.owner), &chase, &ended)
}

/// A title without its places: they are filled once something is recorded.
pub(super) fn readable(title: &str, step: &Step) -> String {
    let mut said = String::new();
    let mut rest = title;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((id, behind)) = after.split_once('}') else { break };
        said.push_str(before);
        said.push_str(&step.field(id).map_or_else(|| "…".to_owned(), |field| format!("({})", field.label)));
        rest = behind;
    }
    said.push_str(rest);
    said
}

/// A target of the provider in words: a table by its choices, as the first pathway that has them calls them.
pub fn target(edition: &Edition, rule: &Rule) -> String {
    let asks = |pathway: &&Pathway| match rule {
        Rule::ByChoice { field, .. } => pathway.steps.iter().any(|step| step.field(field).is_some()),
        _ => true,
    };
    let mut pathways: Vec<&Pathway> = edition.pathways.values().map(AsRef::as_ref).collect();
    pathways.sort_by_key(|pathway| !pathway.urgent);
    let pathway = pathways.into_iter().find(asks);
    pathway.map_or_else(|| rule.to_string(), |pathway| rule_words(edition, pathway, rule, DEEPEST))
}

/// A due rule in words, a target by what it says and a table by its choices.
pub(super) fn rule_words(edition: &Edition, pathway: &Pathway, rule: &Rule, deep: usize) -> String {
    match rule {
        Rule::Target { name } if deep > 0 => edition
            .targets
            .get(name)
            .map_or_else(|| rule.to_string(), |target| rule_words(edition, pathway, target, deep - 1)),
        Rule::ByChoice { field, rules, otherwise } if deep > 0 => {
            let choices = pathway.steps.iter().find_map(|step| match &step.field(field)?.kind {
                Kind::Choice(choices) => Some(choices),
                _ => None,
            });
            let label = |id: &str| {
                let choice = choices.and_then(|choices| choices.iter().find(|choice| choice.id == id));
                choice.map_or_else(|| id.to_owned(), |choice| choice.label.clone())
            };
            let order = |id: &str| choices.and_then(|all| all.iter().position(|choice| choice.id == id));
            let mut listed: Vec<(&String, &Rule)> = rules.iter().collect();
            listed.sort_by_key(|(id, _)| order(id));
            let mut said: Vec<String> = listed
                .into_iter()
                .map(|(id, rule)| format!("{} {}", label(id), rule_words(edition, pathway, rule, deep - 1)))
                .collect();
            said.extend(
                otherwise
                    .as_deref()
                    .map(|rule| words::otherwise(&rule_words(edition, pathway, rule, deep - 1))),
            );
            said.join(", ")
        }
        other => other.to_string(),
    }
}

/// Who is rung one after the other.
fn chains(edition: &Edition) -> SheetPart {
    let mut part = SheetPart::new(words::CHAINS);
    for chain in &edition.roles.chains {
        part.says(words::IN_HOURS, actors_in_turn(edition, &chain.in_hours));
        part.says(words::OUT_OF_HOURS, actors_in_turn(edition, &chain.out_of_hours));
    }
    if part.lines.is_empty() {
        part.lacks("", words::NO_CHAIN);
    }
    part
}

/// What can be expected of others, by what they are.
fn expected(edition: &Edition) -> SheetPart {
    let mut part = SheetPart::new(words::EXPECTED);
    for (name, note) in edition.target_notes.iter().filter(|(_, note)| !note.of.is_empty()) {
        let within = edition.targets.get(name).map(|rule| target(edition, rule)).unwrap_or_default();
        let review = note.review.map(display::date);
        part.says(&note.title, words::expected(&within, &note.source, review.as_deref()));
    }
    part
}

/// What single organisations have agreed.
fn agreed(organisations: &[RecordRow], with: &With<'_>) -> SheetPart {
    let mut part = SheetPart::new(words::AGREED);
    for record in organisations {
        for found in on_record(record, with, |field| field.means == Some(Means::Agreed)) {
            part.says(&record.name, found.words);
        }
    }
    if part.lines.is_empty() {
        part.lacks("", words::NONE_AGREED);
    }
    part
}

fn actors(edition: &Edition, actors: &[String]) -> Vec<String> {
    actors.iter().map(|actor| actor_title(edition, actor)).collect()
}

fn actors_in_turn(edition: &Edition, actors: &[String]) -> String {
    words::in_turn(&actors.iter().map(|actor| actor_title(edition, actor)).collect::<Vec<_>>())
}

fn typists(edition: &Edition, step: &Step) -> Vec<String> {
    actors(edition, &step.typed_for)
}

fn actor_title(edition: &Edition, actor: &str) -> String {
    if actor == ANYONE { words::ANYONE.to_owned() } else { edition.roles.title(actor).to_owned() }
}
