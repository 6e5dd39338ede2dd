//! Whether one answer is a possible answer of its kind of field. Rows are gone through by [`super`].

use std::collections::BTreeMap;

use super::Weight;
use crate::domain::answer::{Answer, Branch, ByWhen, Check, Named, YesNo};
use crate::domain::words::check as words;
use crate::pathway::definition::{Choice, Field, Kind, Leads, Node, Part, WhyAsked};
use crate::pathway::score::{NoPoints, hardly_measured, points};

/// Problems found at one field.
type Found = Vec<(Weight, String)>;

/// What a line of a checklist can be answered with.
pub const LINE_ANSWERS: [&str; 3] = ["yes", "no", "not_applicable"];

/// Adds what is wrong with the answer. Which times can be meant is gone through by [`super::times`].
/// `lacks` is the field that is blank and without which a score is none.
pub(super) fn check(field: &Field, answer: &Answer, lacks: Option<&Field>, found: &mut Found) {
    let label = field.label.as_str();
    match (&field.kind, answer) {
        (Kind::Text | Kind::Notes, Answer::Text(_))
        | (Kind::Date, Answer::Date(_))
        | (Kind::Time { .. }, Answer::Time(_))
        | (Kind::Rows { .. }, Answer::Rows(_))
        | (Kind::Owed, Answer::Owed(_))
        | (Kind::Evidence, Answer::Evidence(_)) => {}
        (Kind::Number { unit, from, to }, Answer::Number(number)) => {
            if from.is_some_and(|from| *number < from) || to.is_some_and(|to| *number > to) {
                found.push((Weight::Refused, words::number_out_of_range(label, unit, (*from, *to))));
            }
        }
        (Kind::Choice(choices), Answer::Choice(chosen)) => choice(label, choices, chosen, found),
        (Kind::Choices(choices), Answer::Choices(chosen)) => {
            for one in chosen {
                choice(label, choices, one, found);
            }
            if let Some((one, other)) = contradiction(choices, chosen) {
                found.push((Weight::Refused, words::not_together(label, &one.label, &other.label)));
            }
        }
        (Kind::YesNo { why }, Answer::YesNo { is, why: said }) => {
            if why_is_asked(*why, *is) && said.trim().is_empty() {
                found.push((Weight::Missing, words::why(label)));
            }
        }
        (Kind::ByWhen, Answer::ByWhen(ByWhen::At(_))) => {}
        (Kind::ByWhen, Answer::ByWhen(ByWhen::WorkingDays { days })) => {
            if !field.counts_days() || !(1..=ByWhen::MOST_WORKING_DAYS).contains(days) {
                found.push((Weight::Refused, words::no_working_days(label)));
            }
        }
        (Kind::ByWhen, Answer::ByWhen(ByWhen::NoneGiven { why })) => {
            if why.trim().is_empty() {
                found.push((Weight::Missing, words::why(label)));
            }
        }
        (Kind::Record { on_the_spot, .. }, Answer::Named(Named { id, words })) => {
            if id.is_none() && !on_the_spot {
                found.push((Weight::Refused, words::not_on_list(label, words)));
            }
        }
        (Kind::Checklist { items, .. }, Answer::Checklist(lines)) => checklist(field, items, lines, found),
        (Kind::Tree(nodes), Answer::Tree(path)) => tree(label, nodes, path, found),
        (Kind::Score(parts), Answer::Score { total, parts: given, values, said }) => {
            let sum = Sum { total: *total, said: *said, lacks: lacks.map(|field| field.label.as_str()) };
            score(label, parts, sum, (given, values), found);
        }
        (kind, _) => found.push((Weight::Refused, words::wrong_kind(label, wanted(kind)))),
    }
}

/// Whether nothing was said in it: blank words are no answer, and an empty list is none either.
pub(super) fn is_blank(answer: &Answer) -> bool {
    match answer {
        Answer::Text(text) => text.trim().is_empty(),
        Answer::Choice(choice) => choice.is_empty(),
        Answer::Choices(choices) => choices.is_empty(),
        Answer::Named(named) => named.id.is_none() && named.words.trim().is_empty(),
        Answer::Checklist(lines) => lines.is_empty(),
        Answer::Rows(rows) => rows.is_empty(),
        Answer::Tree(path) => path.is_empty(),
        Answer::Score { parts, total, values, said } => {
            parts.is_empty() && values.is_empty() && total.is_none() && said.is_none()
        }
        Answer::Evidence(evidence) => evidence.reference.trim().is_empty(),
        Answer::Number(_)
        | Answer::YesNo { .. }
        | Answer::Date(_)
        | Answer::Time(_)
        | Answer::ByWhen(_)
        | Answer::Owed(_) => false,
    }
}

/// What to do about a blank.
pub(super) fn what_to_do(kind: &Kind) -> &'static str {
    match kind {
        Kind::Text | Kind::Notes => words::WRITE_IT,
        Kind::Number { .. } => words::SAY_NUMBER,
        Kind::Choice(_) => words::CHOOSE_ONE,
        Kind::Choices(_) => words::CHOOSE_SOME,
        Kind::YesNo { .. } => words::YES_OR_NO,
        Kind::Date => words::SAY_DAY,
        Kind::Time { .. } => words::SAY_TIME,
        Kind::ByWhen => words::SAY_BY_WHEN,
        Kind::Record { .. } => words::NAME_ONE,
        Kind::Checklist { .. } | Kind::Rows { .. } => words::ADD_ROW,
        Kind::Tree(_) => words::ANSWER_TREE,
        Kind::Score(_) => words::ENTER_SCORE,
        Kind::Evidence => words::SAY_WHERE,
        Kind::Owed => words::CHOOSE_ONE,
    }
}

fn wanted(kind: &Kind) -> &'static str {
    match kind {
        Kind::Text | Kind::Notes => words::WANTS_WORDS,
        Kind::Number { .. } => words::WANTS_NUMBER,
        Kind::Choice(_) => words::WANTS_CHOICE,
        Kind::Choices(_) => words::WANTS_CHOICES,
        Kind::YesNo { .. } => words::WANTS_YES_NO,
        Kind::Date => words::WANTS_DAY,
        Kind::Time { .. } => words::WANTS_TIME,
        Kind::ByWhen => words::WANTS_BY_WHEN,
        Kind::Record { .. } => words::WANTS_NAME,
        Kind::Checklist { .. } => words::WANTS_CHECKLIST,
        Kind::Rows { .. } => words::WANTS_TABLE,
        Kind::Tree(_) => words::WANTS_TREE,
        Kind::Score(_) => words::WANTS_SCORE,
        Kind::Evidence => words::WANTS_EVIDENCE,
        Kind::Owed => words::WANTS_OWED,
    }
}

fn choice(label: &str, choices: &[Choice], chosen: &str, found: &mut Found) {
    match choices.iter().find(|choice| choice.id == chosen) {
        None => found.push((Weight::Refused, words::unknown_choice(label, chosen))),
        Some(choice) if choice.retired => {
            found.push((Weight::Refused, words::retired_choice(label, &choice.label)));
        }
        Some(_) => {}
    }
}

/// The first two that were chosen and contradict each other.
fn contradiction<'a>(choices: &'a [Choice], chosen: &[String]) -> Option<(&'a Choice, &'a Choice)> {
    let mut taken = choices.iter().filter(|choice| chosen.contains(&choice.id));
    taken.find_map(|one| {
        let contradicted = |other: &&Choice| one.not_with.contains(&other.id) && chosen.contains(&other.id);
        Some((one, choices.iter().find(contradicted)?))
    })
}

/// Whether "why" is asked for this answer.
pub fn why_is_asked(why: WhyAsked, is: YesNo) -> bool {
    match why {
        WhyAsked::Never => false,
        WhyAsked::Yes => is == YesNo::Yes,
        WhyAsked::No => is == YesNo::No,
        WhyAsked::Always => true,
    }
}

fn checklist(field: &Field, items: &[Choice], lines: &[Check], found: &mut Found) {
    let label = field.label.as_str();
    for (at, line) in lines.iter().enumerate() {
        let Some(item) = items.iter().find(|item| item.id == line.item) else {
            found.push((Weight::Refused, words::unknown_item(label, &line.item)));
            continue;
        };
        if lines[..at].iter().any(|other| other.item == line.item) {
            found.push((Weight::Refused, words::item_twice(label, &item.label)));
        }
        if !LINE_ANSWERS.contains(&line.answer.as_str()) {
            found.push((Weight::Refused, words::item_answer(label, &item.label)));
        }
        let is = if line.answer == "yes" { YesNo::Yes } else { YesNo::No };
        if matches!(&field.kind, Kind::Checklist { why, .. } if why_is_asked(*why, is))
            && line.note.trim().is_empty()
        {
            found.push((Weight::Missing, words::item_why(&item.label, is)));
        }
    }
    let gathers = matches!(field.kind, Kind::Checklist { gathers: true, .. });
    if field.required.is_some() && !gathers {
        let asked: Vec<_> = items.iter().filter(|item| !item.retired).collect();
        let answered = asked.iter().filter(|item| lines.iter().any(|line| line.item == item.id)).count();
        if answered < asked.len() {
            found.push((Weight::Missing, words::items_left(label, answered, asked.len())));
        }
    }
}

fn tree(label: &str, nodes: &[Node], path: &[Branch], found: &mut Found) {
    let mut here = nodes.first();
    for branch in path {
        let taken = here.filter(|node| node.id == branch.node).and_then(|node| {
            node.branches.iter().find(|(choice, _)| choice.id == branch.choice && !choice.retired)
        });
        here = match taken {
            Some((_, Leads::To(next))) => nodes.iter().find(|node| node.id == *next),
            Some((_, Leads::Outcome { .. })) => None,
            None => {
                found.push((Weight::Refused, words::no_such_path(label)));
                return;
            }
        };
    }
    if let Some(node) = here {
        found.push((Weight::Missing, words::path_goes_on(label, &node.ask)));
    }
}

/// What is said of the sum of a score.
struct Sum<'a> {
    total: Option<i64>,
    /// That whoever took it gave.
    said: Option<i64>,
    /// The label of what it wants beside its parts, where that is blank.
    lacks: Option<&'a str>,
}

/// The parts of a score of which something was typed that can hardly have been measured, with what is said of it.
pub(super) fn hardly(field: &Field, answer: &Answer) -> Vec<(String, String)> {
    let (Kind::Score(parts), Answer::Score { values, .. }) = (&field.kind, answer) else { return Vec::new() };
    let odd = parts.iter().filter_map(|part| {
        let value = values.get(&part.id).filter(|value| hardly_measured(part, value))?;
        Some((part.id.clone(), words::hardly_measured(&field.label, &part.label, value)))
    });
    odd.collect()
}

fn score(
    label: &str,
    parts: &[Part],
    Sum { total, said, lacks }: Sum<'_>,
    (given, values): (&BTreeMap<String, i64>, &BTreeMap<String, String>),
    found: &mut Found,
) {
    // What was measured stands as evidence: the points are what the bands make of it, nothing else.
    for part in parts.iter().filter(|part| values.contains_key(&part.id)) {
        let value = values.get(&part.id).map_or("", String::as_str);
        match (points(part, values), given.get(&part.id)) {
            (Ok(points), given) if given != Some(&points) => {
                found.push((Weight::Refused, words::other_points(label, &part.label, value, points)));
            }
            (Err(NoPoints::NotOne), _) | (Err(NoPoints::Waits), Some(_)) => {
                found.push((Weight::Refused, words::no_points(label, &part.label, value)));
            }
            _ => {}
        }
    }
    for id in values.keys().filter(|id| !parts.iter().any(|part| part.id == **id)) {
        found.push((Weight::Refused, words::unknown_part(label, id)));
    }
    for (id, value) in given {
        match parts.iter().find(|part| part.id == *id) {
            None => found.push((Weight::Refused, words::unknown_part(label, id))),
            Some(part) if !(part.range.0..=part.range.1).contains(value) => {
                let says = words::out_of_range(label, &part.label, part.range.0, part.range.1);
                found.push((Weight::Refused, says));
            }
            Some(_) => {}
        }
    }
    let left: Vec<&str> =
        parts.iter().filter(|part| !given.contains_key(&part.id)).map(|part| part.label.as_str()).collect();
    let sum = given.values().try_fold(0_i64, |sum, value| sum.checked_add(*value));
    match total {
        Some(_) if !left.is_empty() || total != sum || lacks.is_some() => {
            found.push((Weight::Refused, words::wrong_total(label)));
        }
        None if lacks.is_some() => {}
        None if left.is_empty() => found.push((Weight::Refused, words::wrong_total(label))),
        _ => {}
    }
    if let (Some(said), Some(sum), true) = (said, sum, left.is_empty())
        && said != sum
    {
        found.push((Weight::Refused, words::other_total(label, said, sum)));
    }
    if !left.is_empty() {
        found.push((Weight::Missing, words::score_incomplete(label, &left)));
    } else if let Some(lacks) = lacks {
        found.push((Weight::Missing, words::no_score_without(label, lacks)));
    }
}
