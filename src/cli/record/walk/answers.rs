//! The least that answers a step, made from its fields: what is always asked, then what each refusal names. A field that
//! is named again is answered in another way.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::{ORGANISATION, OTHER, PERSON, PLACE, YOU};
use crate::domain::answer::Owed;
use crate::pathway::definition::{Field, Kind, Leads, Means, Step};

/// How often a step is tried before it counts as refused.
const TRIES: usize = 12;

/// Wanted of a field: any answer.
pub(super) const ASKED: Value = Value::Null;

/// The answers to one step, as far as they are known.
pub(super) struct Answering<'s> {
    step: &'s Step,
    wanted: BTreeMap<String, Value>,
    owed: Vec<Owed>,
    /// Fields, and columns as `FIELD.COLUMN`, that are answered, each with how often it was named.
    asked: BTreeMap<String, usize>,
    /// The number of a slip.
    slip: String,
    tries: usize,
}

impl<'s> Answering<'s> {
    pub(super) fn new(step: &'s Step, wanted: &BTreeMap<String, Value>, owed: Vec<Owed>) -> Self {
        // What is offered from the record is answered once it is asked for.
        let always = step.fields.iter().filter(|field| {
            !field.retired && field.shown.is_none() && field.prefill.is_none() && field.required == Some(None)
        });
        let asked = always.map(|field| field.id.clone());
        let asked =
            asked.chain(wanted.iter().filter(|(_, is)| **is == ASKED).map(|(field, _)| field.clone()));
        let mut asked: BTreeMap<String, usize> = asked.map(|field| (field, 0)).collect();
        // Where nothing is asked, the first line is answered: an empty form says nothing.
        let first = step.fields.iter().find(|field| !field.retired && field.shown.is_none());
        if let (true, true, Some(first)) = (asked.is_empty(), wanted.is_empty(), first) {
            asked.insert(first.id.clone(), 0);
        }
        let wanted = wanted.iter().filter(|(_, is)| **is != ASKED);
        let wanted = wanted.map(|(field, is)| (field.clone(), is.clone())).collect();
        Self { step, wanted, owed, asked, slip: "0001".to_owned(), tries: 0 }
    }

    /// The answers.
    pub(super) fn said(&self) -> BTreeMap<String, Value> {
        let fields = self.step.fields.iter().filter(|field| !field.retired);
        let mut said: BTreeMap<String, Value> = fields
            .filter_map(|field| Some((field.id.clone(), self.answer(field, *self.asked.get(&field.id)?))))
            .collect();
        said.extend(self.wanted.clone());
        said
    }

    /// Takes in what a refusal names. False where it names nothing that could be answered otherwise.
    pub(super) fn hears(&mut self, says: &str) -> bool {
        self.tries += 1;
        if let Some((_, pad)) = says.split_once("which has ") {
            self.slip = pad.chars().take_while(char::is_ascii_digit).collect();
        }
        let lines = says.lines().filter_map(|line| line.strip_prefix("  ")?.split_once(": "));
        let named: BTreeSet<String> = lines.filter_map(|(path, _)| self.named(path)).collect();
        for path in &named {
            let field = path.split('.').next().unwrap_or_default();
            let whole = self.asked.contains_key(field);
            self.asked.entry(field.to_owned()).or_insert(0);
            if path == field && whole {
                *self.asked.entry(path.clone()).or_insert(0) += 1;
            } else if path != field {
                *self.asked.entry(path.clone()).and_modify(|times| *times += 1).or_insert(0) += 0;
            }
        }
        !named.is_empty() && self.tries < TRIES
    }

    /// A field of the step, or one of its columns, by the path in a refusal.
    fn named(&self, path: &str) -> Option<String> {
        let mut parts = path.split('.');
        let field = self.step.field(parts.next()?)?;
        let Kind::Rows { columns, .. } = &field.kind else { return Some(field.id.clone()) };
        let column = parts.nth(1).and_then(|id| columns.iter().find(|column| column.id == id));
        Some(column.map_or_else(|| field.id.clone(), |column| format!("{}.{}", field.id, column.id)))
    }

    /// The least that answers a field, in the way of this number.
    fn answer(&self, field: &Field, way: usize) -> Value {
        let nth = |choices: &[crate::pathway::definition::Choice]| {
            let offered: Vec<_> = choices.iter().filter(|choice| !choice.retired).collect();
            offered[way % offered.len()].id.clone()
        };
        match &field.kind {
            Kind::Text | Kind::Notes if field.means == Some(Means::CallBack) => json!("07700 900118"),
            // Words, and where words are no answer a number of a slip: the one that the refusal names, if it names one.
            Kind::Text | Kind::Notes if !way.is_multiple_of(3) => json!(self.slip),
            Kind::Text | Kind::Notes => json!(format!("seen and said by WQ, {}", field.id)),
            Kind::Number { from, to, .. } => json!(from.or(*to).unwrap_or(1).to_string()),
            Kind::Choice(choices) | Kind::Choices(choices) => json!(nth(choices)),
            Kind::YesNo { .. } => {
                json!({ "is": if way.is_multiple_of(2) { "yes" } else { "no" }, "why": "seen and said so" })
            }
            Kind::Date => json!(if way.is_multiple_of(2) { "today" } else { "tomorrow" }),
            Kind::Time { future: true } | Kind::ByWhen => json!(format!("+{}h", 2 + way * 3)),
            Kind::Time { future: false } => json!(if way.is_multiple_of(2) { "now" } else { "+2h" }),
            Kind::Record { register, .. } => json!(match register.as_str() {
                "staff" if way.is_multiple_of(2) => YOU,
                "staff" => OTHER,
                "people" => PERSON,
                "locations" => PLACE,
                _ => ORGANISATION,
            }),
            Kind::Checklist { items, expires, .. } => {
                let line = |is: &str| {
                    let mut line = json!({ "is": is, "note": "file 4, page 2", "why": "file 4, page 2" });
                    if *expires {
                        line["expires"] = json!("tomorrow");
                    }
                    line
                };
                let lines = items.iter().filter(|item| !item.retired);
                Value::Object(lines.map(|item| (item.id.clone(), line("yes"))).collect())
            }
            Kind::Rows { columns, .. } => self.rows(field, columns),
            Kind::Tree(nodes) => {
                let mut path = Map::new();
                let mut at = nodes.first();
                while let Some(node) = at {
                    let (choice, leads) = &node.branches[0];
                    path.insert(node.id.clone(), json!(choice.id));
                    at = match leads {
                        Leads::To(next) => nodes.iter().find(|node| node.id == *next),
                        Leads::Outcome { .. } => None,
                    };
                }
                Value::Object(path)
            }
            Kind::Score(parts) => Value::Object(
                parts.iter().map(|part| (part.id.clone(), json!(part.range.0.to_string()))).collect(),
            ),
            Kind::Evidence => {
                json!({ "reference": "visit note 12", "seen_by": "WQ", "seen_at": "now" })
            }
            Kind::Owed => Value::Null,
        }
    }

    /// One row; where it is asked what becomes of what is owed, one for each, called off.
    fn rows(&self, field: &Field, columns: &[Field]) -> Value {
        let owed = columns.iter().find(|column| column.kind == Kind::Owed);
        let row = || {
            let asked = |column: &&Field| {
                let path = format!("{}.{}", field.id, column.id);
                !column.retired
                    && column.kind != Kind::Owed
                    && (self.asked.contains_key(&path)
                        || column.required == Some(None) && column.shown.is_none())
            };
            let way =
                |column: &Field| self.asked.get(&format!("{}.{}", field.id, column.id)).copied().unwrap_or(0);
            let cells = columns.iter().filter(asked);
            cells.map(|column| (column.id.clone(), self.answer(column, way(column)))).collect::<Map<_, _>>()
        };
        let Some(owed) = owed else { return json!([row()]) };
        let rows = self.owed.iter().map(|one| {
            let mut row = row();
            row.insert(owed.id.clone(), json!(one.id.to_string()));
            Value::Object(row)
        });
        Value::Array(rows.collect())
    }
}
