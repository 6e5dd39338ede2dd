//! What the steps of a case say, found by meaning: decisions, contacts, what changed, what was learned. A pathway that an
//! office writes tomorrow stands in these tables by what its fields mean.

use std::collections::BTreeMap;

use super::Cell;
use crate::domain::answer::{Answer, Answers, YesNo};
use crate::domain::case::Milestone;
use crate::domain::entry::Said;
use crate::domain::handover::Section;
use crate::domain::time::Zone;
use crate::domain::views::Told;
use crate::domain::words::pack as words;
use crate::pathway::definition::{Field, Kind, Means, Step};
use crate::pathway::{show, struck};
use crate::report::chronology::{self, Telling};

const DECIDED: [Means; 4] = [Means::Route, Means::Decision, Means::EscalationLevel, Means::EscalatedTo];
const WHY: [Means; 2] = [Means::Rationale, Means::WithoutConsent];
const CHANGED: [Means; 13] = [
    Means::Impact,
    Means::MeasureBefore,
    Means::MeasureAfter,
    Means::CareChanged,
    Means::CareEvidence,
    Means::AdviceFollowed,
    Means::ControlsSafe,
    Means::Effect,
    Means::EffectMeant,
    Means::Closure,
    Means::ClosureEvidence,
    Means::CameOfIt,
    Means::Whereabouts,
];
/// A theme alone says nothing that was learned, so it stands first.
const LEARNED: [Means; 4] = [Means::Theme, Means::Learned, Means::GoodCatch, Means::GovernanceNeeded];

/// A step as it was filled in, with its answers as they stand.
pub(super) struct Stepped<'a> {
    step: &'a Step,
    answers: Answers,
    zone: Zone,
}

impl<'a> Stepped<'a> {
    pub(super) fn of(with: Telling<'a>, told: &Told) -> Option<Self> {
        let Said::Step(said) = &told.entry.said else { return None };
        let step = with.editions.step(said)?;
        let answers = struck::standing(with.view, told, step, told.answers.as_ref().unwrap_or(&said.answers));
        Some(Self { step, answers, zone: with.zone })
    }

    /// What was answered in every field and column of this meaning, each with its label.
    fn labelled(&self, means: &[Means]) -> Vec<(&'a str, String)> {
        let mut said = Vec::new();
        for field in self.step.fields.iter().filter(|field| !field.sealed) {
            let Some(answer) = self.answers.get(&field.id) else { continue };
            // That there was nothing to learn is said in the review; it is not learned.
            if field.means == Some(Means::GovernanceNeeded)
                && matches!(answer, Answer::YesNo { is: YesNo::No, .. })
            {
                continue;
            }
            if field.means.is_some_and(|is| means.contains(&is)) {
                said.push((field.label.as_str(), show::words(field, answer, &self.zone)));
            } else if let (Kind::Rows { columns, .. }, Answer::Rows(rows)) = (&field.kind, answer) {
                said.extend(rows.iter().flat_map(|row| self.of_row(columns, row, means)));
            }
        }
        said.retain(|(_, words)| !words.trim().is_empty());
        said
    }

    fn of_row(&self, columns: &'a [Field], row: &Answers, means: &[Means]) -> Vec<(&'a str, String)> {
        let is_one = |column: &&Field| column.means.is_some_and(|is| means.contains(&is)) && !column.sealed;
        let said = |column: &'a Field| {
            Some((column.label.as_str(), show::words(column, row.get(&column.id)?, &self.zone)))
        };
        columns.iter().filter(is_one).filter_map(said).collect()
    }

    /// The same as one text: bare where there is one answer, otherwise a line for each under its label.
    pub(super) fn said(&self, means: &[Means]) -> String {
        let said = self.labelled(means);
        match said.as_slice() {
            [(_, words)] => words.clone(),
            several => several.iter().map(|(label, words)| line(label, words)).collect::<Vec<_>>().join("\n"),
        }
    }

    fn lines(&self, means: &[Means]) -> String {
        self.labelled(means).iter().map(|(label, words)| line(label, words)).collect::<Vec<_>>().join("\n")
    }

    fn asks(&self, means: &[Means]) -> bool {
        self.step.fields.iter().any(|field| field.means.is_some_and(|is| means.contains(&is)))
    }
}

fn line(label: &str, words: &str) -> String {
    crate::domain::words::cli::answer(label, words)
}

/// The rows that an entry makes, by table.
pub(super) fn rows(with: Telling<'_>, told: &Told, into: &mut BTreeMap<&'static str, Vec<Vec<Cell>>>) {
    let Some(stepped) = Stepped::of(with, told) else { return };
    let case = || Cell::said(&with.view.reference);
    let when = || Cell::when(&told.occurred, with.zone);
    let title = || Cell::said(&stepped.step.title);
    let number = || Cell::entry(told.entry.seq);
    let mut add = |table: &'static str, row: Vec<Cell>| into.entry(table).or_default().push(row);

    let mut decided = stepped.said(&DECIDED);
    let why = stepped.said(&WHY);
    // A review stands among the reviews and an ending among what changed: each is a decision only where it says one.
    let looks_back =
        |(reached, _): &(Milestone, _)| matches!(reached, Milestone::Reviewed | Milestone::Closed);
    let decides = stepped.step.decides && !stepped.step.milestones.iter().any(looks_back);
    if decides && decided.is_empty() {
        decided = show::gist(stepped.step, &stepped.answers, &with.zone);
    }
    if !decided.is_empty() || !why.is_empty() {
        let why =
            if why.is_empty() && stepped.asks(&WHY) { Cell::gap(words::NO_REASON) } else { Cell::said(why) };
        let by = match stepped.said(&[Means::DecidedBy]) {
            by if by.is_empty() => chronology::by(with.view, told),
            by => by,
        };
        let person = stepped.said(&[Means::PersonView]);
        let otherwise = stepped.lines(&[Means::Dissenter, Means::Dissent]);
        let cells = [Cell::said(decided), why, Cell::said(by), Cell::said(person), Cell::said(otherwise)];
        add(
            words::DECISIONS.id,
            [case(), when(), title()].into_iter().chain(cells).chain([number()]).collect(),
        );
    }
    let with_whom = stepped.said(&[Means::Contacted]);
    let advice = stepped.said(&[Means::Advice]);
    if !with_whom.is_empty() || !advice.is_empty() {
        let how = stepped.said(&[Means::Means]);
        let ended = stepped.said(&[Means::ContactOutcome]);
        let cells = [with_whom, how, ended, advice].map(Cell::said);
        add(words::CONTACTS.id, [case(), when()].into_iter().chain(cells).chain([number()]).collect());
    }
    let kept = with.editions.current().pathway(&with.view.state.pathway);
    if kept.is_some_and(|pathway| pathway.handover == Some(Section::Notifications)) {
        let what = show::gist(stepped.step, &stepped.answers, &with.zone);
        let cells = [what, chronology::by(with.view, told)].map(Cell::said);
        add(
            words::NOTIFICATIONS.id,
            [case(), when(), title()].into_iter().chain(cells).chain([number()]).collect(),
        );
    }
    let is_only_marked = stepped.labelled(&LEARNED[1..]).is_empty();
    for (table, means) in [(words::OUTCOMES.id, &CHANGED[..]), (words::LEARNING.id, &LEARNED[..])] {
        let what = stepped.lines(means);
        let says_nothing = what.is_empty() || table == words::LEARNING.id && is_only_marked;
        if !says_nothing {
            add(table, vec![case(), when(), title(), Cell::said(what), number()]);
        }
    }
}
