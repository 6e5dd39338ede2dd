//! Conditions: TOML tables read into [`Predicate`]. Whether the steps and fields they name exist is left to `whole`.

use chrono::TimeDelta;

use super::owed::rule;
use super::table::Table;
use crate::domain::words::pathway as words;
use crate::pathway::definition::{Gate, Predicate, When};
use crate::pathway::due::{Length, Rule};

/// The condition under a key, if there is one.
pub(super) fn when(table: &Table<'_>, key: &'static str) -> When {
    let condition = table.table(key, "condition")?;
    let read = predicate(&condition);
    condition.finish();
    read
}

/// Conditions with words, under a key: the gates of a step that say why not, what a field asks about an answer.
pub(super) fn gates(owner: &Table<'_>, key: &'static str) -> Vec<Gate> {
    let read = |table: Table<'_>| {
        let say = table.needed("say").unwrap_or_default();
        let holds = predicate(&table);
        table.finish();
        Some(Gate { holds: holds?, say })
    };
    owner.tables(key, "condition").into_iter().filter_map(read).collect()
}

/// One condition. Every kind is told by a key of its own.
fn predicate(table: &Table<'_>) -> Option<Predicate> {
    let several = |key| -> Vec<Predicate> {
        let read = |part: Table<'_>| {
            let read = predicate(&part);
            part.finish();
            read
        };
        table.tables(key, "condition").into_iter().filter_map(read).collect()
    };
    if table.has("field") {
        return about_field(table);
    }
    let kinds = [
        "record",
        "recorded",
        "reached",
        "stands_in",
        "lowers",
        "risk",
        "owed",
        "done",
        "overdue",
        "after_now",
        "before_now",
        "caution",
        "words_alone",
        "unmet",
        "all",
        "any",
        "not",
    ];
    let read = match kinds.into_iter().find(|kind| table.has(kind)) {
        Some("record") => about_record(table),
        Some("recorded") => {
            let step = table.text("recorded")?;
            match table.has("within") {
                false => Some(Predicate::Recorded { step, since: table.texts("since") }),
                true => Some(Predicate::Lately { step, within: elapsed(table)? }),
            }
        }
        Some("reached") => Some(Predicate::Reached(table.one_of("reached")?)),
        Some("stands_in") => Some(Predicate::StandsIn(table.texts("stands_in"))),
        Some("lowers") => Some(Predicate::Lowers { field: table.text("lowers")? }),
        Some("risk") => Some(Predicate::Risk(table.texts("risk"))),
        Some("owed") => Some(Predicate::Owed { what: table.text("owed")? }),
        Some("done") => Some(Predicate::Done { what: table.text("done")? }),
        Some("overdue") => Some(Predicate::Overdue { what: table.text("overdue")? }),
        Some("after_now") => Some(Predicate::After { field: table.text("after_now")? }),
        Some("before_now") => Some(Predicate::Before { field: table.text("before_now")? }),
        Some("unmet") => Some(Predicate::Unmet { what: table.text("unmet")?, by: table.needed("by")? }),
        Some("caution") => Some(Predicate::Caution { field: table.text("caution")? }),
        Some("words_alone") => Some(Predicate::WordsAlone { field: table.text("words_alone")? }),
        Some("all") => Some(Predicate::All(several("all"))),
        Some("any") => Some(Predicate::Any(several("any"))),
        Some("not") => several("not").pop().map(|part| Predicate::Not(Box::new(part))),
        _ => None,
    };
    if read.is_none() {
        table.value("step");
        table.fault("", words::not_a_condition(&table.name()));
    }
    read
}

/// `within`, where time that passes is meant: not working days, nor months that differ in length.
pub(super) fn elapsed(table: &Table<'_>) -> Option<TimeDelta> {
    let length = match rule(table, "within")? {
        Rule::Length(Length { count, unit }) => {
            unit.elapsed().map(|one| one * i32::try_from(count).unwrap_or(1))
        }
        _ => None,
    };
    if length.is_none() {
        table.fault("within", words::not_elapsed(&table.name()));
    }
    length
}

fn about_record(table: &Table<'_>) -> Option<Predicate> {
    let (means, any) = (table.one_of("record"), table.texts("is"));
    if any.is_empty() {
        table.fault("record", words::nothing_asked_of_record());
    }
    Some(Predicate::Record { means: means?, any }).filter(|_| table.has("is"))
}

fn about_field(table: &Table<'_>) -> Option<Predicate> {
    let (step, field) = (table.text("step"), table.text("field")?);
    if table.has("answered") {
        let answered = table.flag("answered");
        let predicate = Predicate::Answered { step, field };
        return Some(if answered { predicate } else { Predicate::Not(Box::new(predicate)) });
    }
    if table.has("every_line") {
        let any = table.texts("every_line");
        return Some(Predicate::EveryLine { step, field, any, lines: Vec::new() });
    }
    if table.has("at_least") || table.has("at_most") {
        return between(table, step, field);
    }
    let any = table.texts(if table.has("has") { "has" } else { "is" });
    if any.is_empty() {
        table.fault("field", words::nothing_asked_of_field(&field));
        return None;
    }
    Some(Predicate::Is { step, field, any })
}

/// A number held against one bound, or both.
fn between(table: &Table<'_>, step: Option<String>, field: String) -> Option<Predicate> {
    let least = table.number("at_least").map(|number| {
        let (step, field) = (step.clone(), field.clone());
        Predicate::AtLeast { step, field, number }
    });
    let most = table.number("at_most").map(|number| Predicate::AtMost { step, field, number });
    match (least, most) {
        (Some(least), Some(most)) => Some(Predicate::All(vec![least, most])),
        (least, most) => least.or(most),
    }
}
