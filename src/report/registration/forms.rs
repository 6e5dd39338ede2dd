//! Blank forms: every step of every pathway as it is asked in the definitions in force, to be filled in by hand.
//!
//! Paper hides nothing: a question that only some answers ask for stands there as well, and says for which. What is
//! filled in on one is recorded on screen later; that is left to the step itself.

use crate::domain::words::pack::registration as said;
use crate::domain::words::report::{NO, YES};
use crate::insight::sheets::condition;
use crate::pathway::definition::{Choice, Field, Grade, Kind, Leads, Node, Part, Pathway, Step};
use crate::pathway::edition::Edition;

/// The forms of a pathway.
pub(super) struct Group {
    /// Its pathway's id.
    pub pathway: String,
    /// Its number, by which it is found on paper.
    pub number: usize,
    /// Its title.
    pub title: String,
    /// Its forms, in the order in which they are offered.
    pub forms: Vec<Form>,
}

/// A blank form.
pub(super) struct Form {
    /// Where it is led to.
    pub id: String,
    /// Its number: that of its pathway and its own.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Who may record it.
    pub who: String,
    /// What it is for.
    pub help: String,
    /// What is asked, in order.
    pub blocks: Vec<Block>,
}

/// What is asked, as it is laid out.
pub(super) enum Block {
    /// Questions, each with its answer beside it.
    Questions(Vec<Question>),
    /// A table with room for several; its questions stand at the side, each answered once for each.
    Several(Question, Vec<Question>),
}

impl Block {
    /// Whether it has room for several.
    pub(super) fn is_several(&self) -> bool {
        matches!(self, Self::Several(..))
    }
}

/// One question.
#[derive(Default)]
pub(super) struct Question {
    /// What is asked.
    pub label: String,
    /// What helps to answer it, and when it is asked at all.
    pub help: Vec<String>,
    /// Whether it is always asked.
    pub always: bool,
    /// What can be ticked, each with what is asked beside it.
    pub boxes: Vec<String>,
    /// What else is written down with it.
    pub beside: Vec<&'static str>,
    /// Whether it takes more than a line.
    pub is_long: bool,
}

/// The forms of all pathways, in this order.
pub(super) fn groups(edition: &Edition, pathways: &[&Pathway]) -> Vec<Group> {
    let all = pathways.iter().map(|pathway| (pathway, super::offered(pathway).collect::<Vec<_>>()));
    let kept = all.filter(|(_, steps)| !steps.is_empty()).enumerate();
    kept.map(|(at, (pathway, steps))| {
        let number = at + 1;
        let steps = steps.into_iter().enumerate();
        let forms = steps.map(|(at, step)| form(edition, pathway, step, (number, at + 1)));
        Group { pathway: pathway.id.clone(), number, title: pathway.title.clone(), forms: forms.collect() }
    })
    .collect()
}

fn form(edition: &Edition, pathway: &Pathway, step: &Step, (of, number): (usize, usize)) -> Form {
    let mut blocks: Vec<Block> = Vec::new();
    for field in step.fields.iter().filter(|field| !field.retired) {
        if let Kind::Rows { columns, .. } = &field.kind {
            let columns = columns.iter().filter(|column| !column.retired);
            let columns = columns.map(|column| question(pathway, step, column)).collect();
            blocks.push(Block::Several(question(pathway, step, field), columns));
            continue;
        }
        let asked = questions(pathway, step, field);
        match blocks.last_mut() {
            Some(Block::Questions(questions)) => questions.extend(asked),
            _ => blocks.push(Block::Questions(asked)),
        }
    }
    Form {
        id: format!("form-{of}-{number}"),
        number: format!("{of}.{number}"),
        title: step.title.clone(),
        who: said::recorded_by(&super::actors(edition, &step.roles)),
        help: step.help.clone(),
        blocks,
    }
}

/// A field as questions: of a checklist each line, of a tree each branching, of a score each part is one.
fn questions(pathway: &Pathway, step: &Step, field: &Field) -> Vec<Question> {
    let own = question(pathway, step, field);
    let each = |label: &str, boxes: Vec<String>| Question {
        label: [field.label.as_str(), label].join(": "),
        boxes,
        ..Question::default()
    };
    let more: Vec<Question> = match &field.kind {
        Kind::Checklist { items, expires, .. } => standing(items)
            .map(|item| {
                let boxes = [YES, NO, said::DOES_NOT_APPLY].map(str::to_owned).into();
                let beside = [Some(said::SHOWN_BY), expires.then_some(said::RUNS_OUT)];
                Question { beside: beside.into_iter().flatten().collect(), ..each(&item.label, boxes) }
            })
            .collect(),
        Kind::Tree(nodes) => nodes.iter().map(|node| each(&node.ask, branches(nodes, node))).collect(),
        Kind::Score(parts) => parts.iter().map(|part| each(&part.label, grades(part))).collect(),
        _ => Vec::new(),
    };
    std::iter::once(own).chain(more).collect()
}

fn question(pathway: &Pathway, step: &Step, field: &Field) -> Question {
    let yes_or_no = || vec![YES.to_owned(), NO.to_owned()];
    let (boxes, beside) = match &field.kind {
        Kind::Choice(choices) | Kind::Choices(choices) => {
            (standing(choices).map(|choice| choice.label.clone()).collect(), Vec::new())
        }
        Kind::YesNo { why: crate::pathway::definition::WhyAsked::Never } => (yes_or_no(), Vec::new()),
        Kind::YesNo { .. } => (yes_or_no(), vec![said::WHY]),
        Kind::ByWhen => (vec![said::NONE_GIVEN.to_owned()], vec![said::WHY]),
        Kind::Evidence => (Vec::new(), said::EVIDENCE.into()),
        _ => (Vec::new(), Vec::new()),
    };
    let of = match &field.kind {
        Kind::Choices(_) => Some(said::SEVERAL.to_owned()),
        Kind::Number { unit, .. } if !unit.is_empty() => Some(said::counted_in(unit)),
        Kind::Date => Some(said::A_DAY.to_owned()),
        Kind::Time { .. } | Kind::ByWhen => Some(said::A_TIME.to_owned()),
        _ => None,
    };
    let help = Some(field.help.clone()).filter(|help| !help.is_empty());
    Question {
        label: field.label.clone(),
        help: help.into_iter().chain(of).chain(when(pathway, step, field)).collect(),
        always: field.required == Some(None) && field.shown.is_none(),
        boxes,
        beside,
        is_long: matches!(field.kind, Kind::Notes),
    }
}

fn standing(choices: &[Choice]) -> impl Iterator<Item = &Choice> {
    choices.iter().filter(|choice| !choice.retired)
}

/// Where each branch leads: to an outcome, or to another question.
fn branches(nodes: &[Node], node: &Node) -> Vec<String> {
    let leads = |to: &Leads| match to {
        Leads::Outcome { says, .. } => says.clone(),
        Leads::To(id) => nodes.iter().find(|node| node.id == *id).map_or(id, |node| &node.ask).clone(),
    };
    node.branches.iter().map(|(choice, to)| said::leads_to(&choice.label, &leads(to))).collect()
}

/// What can be seen, with its points; nothing where something is measured or the points themselves are asked for.
fn grades(part: &Part) -> Vec<String> {
    let seen = part.bands.iter().flat_map(|bands| &bands.seen);
    let mut grades: Vec<String> =
        seen.map(|Grade { choice, points }| said::points(&choice.label, *points)).collect();
    grades.dedup();
    grades
}

/// When a question is asked, where it is not always.
fn when(pathway: &Pathway, step: &Step, field: &Field) -> Option<String> {
    let holds = field.shown.as_ref().or_else(|| field.required.as_ref()?.as_ref())?;
    let holds = condition(pathway, step, holds).unwrap_or_else(|| said::IT_APPLIES.to_owned());
    Some(if field.shown.is_some() { said::only_if(&holds) } else { said::always_if(&holds) })
}
