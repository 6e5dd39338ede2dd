//! Where the answers to the questions of a decision tree lead: to an outcome in words, and to the choice of another field
//! that follows from it (`follows`, `gives`).
//!
//! Nobody is bound by it. Who takes another choice is asked once, and what is recorded says that it is another.

use super::definition::{Choice, Field, Kind, Leads, Node};
use crate::domain::answer::{Answer, Answers, Branch};

/// Where the last of the branches taken leads; `None` while questions are left.
fn end<'a>(nodes: &'a [Node], path: &[Branch]) -> Option<(&'a str, Option<&'a str>)> {
    let last = path.last()?;
    let node = nodes.iter().find(|node| node.id == last.node)?;
    match node.branches.iter().find(|(choice, _)| choice.id == last.choice)? {
        (_, Leads::Outcome { says, gives }) => Some((says, gives.as_deref())),
        (_, Leads::To(_)) => None,
    }
}

/// The outcome in words; `None` while questions are left.
pub fn outcome<'a>(nodes: &'a [Node], path: &[Branch]) -> Option<&'a str> {
    end(nodes, path).map(|(says, _)| says)
}

/// The choice of a field that follows from the answers to the questions beside it; `None` for a field that follows none, while
/// questions are left, and where the outcome gives none.
pub fn choice<'a>(field: &'a Field, beside: &[Field], answers: &Answers) -> Option<&'a Choice> {
    let follows = field.follows.as_ref()?;
    let (Kind::Choice(choices), Some(tree)) = (&field.kind, beside.iter().find(|one| one.id == *follows))
    else {
        return None;
    };
    let (Kind::Tree(nodes), Some(Answer::Tree(path))) = (&tree.kind, answers.get(follows)) else {
        return None;
    };
    let (_, gives) = end(nodes, path)?;
    choices.iter().find(|choice| Some(choice.id.as_str()) == gives)
}

/// The choice that follows from the answers, where another one was taken.
pub fn passed_over<'a>(field: &'a Field, beside: &[Field], answers: &Answers) -> Option<&'a Choice> {
    let Some(Answer::Choice(taken)) = answers.get(&field.id) else { return None };
    choice(field, beside, answers).filter(|led| !taken.is_empty() && led.id != *taken)
}
