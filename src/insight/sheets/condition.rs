//! When something applies, as the definitions have it, in words for paper and for the guide.

use crate::domain::words::matrix as words;
use crate::domain::words::report::{NO, YES};
use crate::pathway::definition::{Field, Kind, Pathway, Predicate, Step};

/// A condition on answers in words; `None` of one that asks the record.
pub fn condition(pathway: &Pathway, step: &Step, holds: &Predicate) -> Option<String> {
    let several = |all: &[Predicate], word: &str| -> Option<String> {
        let all: Option<Vec<String>> = all.iter().map(|one| condition(pathway, step, one)).collect();
        Some(all?.join(word))
    };
    let field = |of: &Option<String>, id: &str| {
        let step = of.as_deref().map_or(Some(step), |id| pathway.step(id))?;
        let columns = step.fields.iter().filter_map(|field| match &field.kind {
            Kind::Rows { columns, .. } => columns.iter().find(|column| column.id == id),
            _ => None,
        });
        step.field(id).or_else(|| columns.into_iter().next())
    };
    match holds {
        Predicate::Is { step: of, field: id, any } => {
            let field = field(of, id)?;
            let answers: Vec<String> = any.iter().map(|id| answer(field, id)).collect();
            Some(words::is(&field.label, &answers))
        }
        Predicate::Answered { step: of, field: id } => Some(words::is_answered(&field(of, id)?.label)),
        Predicate::Not(one) => Some(words::is_not(&condition(pathway, step, one)?)),
        Predicate::Recorded { step, since } => {
            let titled = |id: &String| pathway.step(id).map(|step| step.title.clone());
            let since: Option<Vec<String>> = since.iter().map(titled).collect();
            Some(words::is_recorded(&titled(step)?, &since?))
        }
        Predicate::Reached(milestone) => Some(words::reached(*milestone).to_owned()),
        Predicate::Record { .. } => Some(words::THEIR_RECORD.to_owned()),
        Predicate::StandsIn(ids) => {
            let states = pathway.states.iter().filter(|state| ids.contains(&state.id));
            Some(words::stands(&states.map(|state| state.title.clone()).collect::<Vec<_>>()))
        }
        Predicate::All(all) => several(all, words::AND),
        Predicate::Any(all) => several(all, words::OR),
        _ => None,
    }
}

/// What an answer is called on its form.
fn answer(field: &Field, id: &str) -> String {
    let called = match &field.kind {
        Kind::Choice(choices) | Kind::Choices(choices) => {
            choices.iter().find(|choice| choice.id == id).map(|choice| choice.label.as_str())
        }
        Kind::YesNo { .. } => {
            [("yes", YES), ("no", NO)].into_iter().find(|(of, _)| *of == id).map(|(_, said)| said)
        }
        _ => None,
    };
    called.unwrap_or(id).to_owned()
}
