//! Reading the kinds that have parts: checklists, rows, decision trees, scores.

use std::collections::BTreeMap;

use super::{Reading, Texts, date, part, read, refused, text};
use crate::domain::answer::{Answer, Answers, Branch, Check};
use crate::domain::time::Lean;
use crate::domain::words::form as words;
use crate::pathway::check::Problem;
use crate::pathway::definition::{Choice, Field, Leads, Node, Part};
use crate::pathway::score::{self, NoPoints};

/// Answers of a line of a checklist, in the order in which they are offered.
pub(crate) const CHECKS: [&str; 3] = ["yes", "no", "not_applicable"];
/// The part of a score's line under which the total is kept that whoever took it gave.
pub(crate) const SAID: &str = "said";

pub(super) fn checklist(
    items: &[Choice],
    expires: bool,
    path: &str,
    texts: &Texts,
    reading: Reading,
) -> Result<Option<Answer>, Vec<Problem>> {
    let mut checks = Vec::new();
    for item in items {
        let at = part(path, &item.id);
        let said = text(texts, &at);
        if said.is_empty() {
            continue;
        }
        if !CHECKS.contains(&said) {
            return refused(&at, &words::not_a_choice(said, &CHECKS.map(words::check_label)));
        }
        let until = part(&at, "expires");
        let until = match text(texts, &until) {
            "" => None,
            _ if !expires => None,
            typed => Some(date(&until, typed, reading, Lean::Future)?),
        };
        checks.push(Check {
            item: item.id.clone(),
            answer: said.to_owned(),
            note: text(texts, &part(&at, "note")).to_owned(),
            expires: until,
        });
    }
    Ok((!checks.is_empty()).then_some(Answer::Checklist(checks)))
}

/// How many rows hold any text: the highest number that occurs, and one more.
pub(crate) fn row_count(path: &str, texts: &Texts) -> usize {
    let prefix = part(path, "");
    let held = texts.range(prefix.clone()..).take_while(|(at, _)| at.starts_with(&prefix));
    held.filter(|(_, typed)| !typed.trim().is_empty())
        .filter_map(|(at, _)| at.get(prefix.len()..)?.split('.').next()?.parse::<usize>().ok())
        .map(|row| row + 1)
        .max()
        .unwrap_or(0)
}

pub(super) fn rows(
    columns: &[Field],
    path: &str,
    texts: &Texts,
    reading: Reading,
) -> Result<Option<Answer>, Vec<Problem>> {
    let mut rows = Vec::new();
    let mut problems = Vec::new();
    for row in 0..row_count(path, texts) {
        let mut answers = Answers::new();
        for column in columns {
            match read(column, &part(&part(path, &row.to_string()), &column.id), texts, reading) {
                Ok(answer) => answers.extend(answer.map(|answer| (column.id.clone(), answer))),
                Err(found) => problems.extend(found),
            }
        }
        // A blank row in between keeps its place, so that paths and answers count alike.
        rows.push(answers);
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    while rows.last().is_some_and(Answers::is_empty) {
        rows.pop();
    }
    Ok((!rows.is_empty()).then_some(Answer::Rows(rows)))
}

/// The questions asked so far, each with the branch chosen; the last may be open.
pub(crate) fn asked<'a>(nodes: &'a [Node], path: &str, texts: &Texts) -> Vec<(&'a Node, Option<&'a Choice>)> {
    let mut asked = Vec::new();
    let mut next = nodes.first();
    while let Some(node) = next {
        if asked.len() > nodes.len() {
            break;
        }
        let said = text(texts, &part(path, &node.id));
        let branch = node.branches.iter().find(|(choice, _)| choice.id == said);
        asked.push((node, branch.map(|(choice, _)| choice)));
        next = match branch {
            Some((_, Leads::To(id))) => nodes.iter().find(|node| node.id == *id),
            _ => None,
        };
    }
    asked
}

pub(super) fn tree(nodes: &[Node], path: &str, texts: &Texts) -> Option<Answer> {
    let taken: Vec<Branch> = asked(nodes, path, texts)
        .into_iter()
        .filter_map(|(node, taken)| Some(Branch { node: node.id.clone(), choice: taken?.id.clone() }))
        .collect();
    (!taken.is_empty()).then_some(Answer::Tree(taken))
}

/// What was measured or seen, and the sum of its points: where something else has to stand first, none before it `stands`.
pub(super) fn score(
    all: &[Part],
    path: &str,
    texts: &Texts,
    stands: bool,
) -> Result<Option<Answer>, Vec<Problem>> {
    let typed = |one: &Part| {
        let typed = text(texts, &part(path, &one.id));
        let grades = score::grades(one).unwrap_or_default();
        let meant = grades.iter().find(|grade| grade.choice.label.eq_ignore_ascii_case(typed));
        (one.id.clone(), meant.map_or(typed, |grade| grade.choice.id.as_str()).to_owned())
    };
    let mut values: BTreeMap<String, String> =
        all.iter().map(typed).filter(|(_, typed)| !typed.is_empty()).collect();
    let mut parts = BTreeMap::new();
    for one in all {
        match score::points(one, &values) {
            Ok(points) => {
                parts.insert(one.id.clone(), points);
            }
            Err(NoPoints::NotOne) => return refused(&part(path, &one.id), &wanted(one)),
            Err(NoPoints::Blank | NoPoints::Waits) => {}
        }
    }
    let said_at = part(path, SAID);
    let said = match text(texts, &said_at) {
        "" => None,
        typed => match typed.parse::<i64>() {
            Ok(said) => Some(said),
            Err(_) => return refused(&said_at, words::NOT_A_TOTAL),
        },
    };
    values.retain(|id, _| all.iter().any(|one| one.id == *id && !one.bands.is_empty()));
    let total = (stands && parts.len() == all.len()).then(|| parts.values().sum());
    let blank = parts.is_empty() && values.is_empty() && said.is_none();
    Ok((!blank).then_some(Answer::Score { total, parts, values, said }))
}

/// What a part of a score takes, in words.
pub(crate) fn wanted(part: &Part) -> String {
    let (least, most) = part.range;
    match part.bands.first() {
        None => words::not_in_range(least, most),
        Some(bands) => words::measured(bands.decimals, least, most),
    }
}
