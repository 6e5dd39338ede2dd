//! A pack as JSON, for whoever counts or checks it: every time as an instant beside its words, every entry with its number,
//! its id and its hash. [`SCHEMA`] describes it.

use serde_json::{Map, Value, json};

use super::{Bar, Case, Cell, Chart, Entry, Pack, Table, instant};
use crate::domain::words::pack as words;

/// The JSON Schema of the value, 2020-12.
pub const SCHEMA: &str = include_str!("schema.json");

/// The value.
pub fn json(pack: &Pack) -> Value {
    json!({
        "format": words::FORMAT,
        "about": pack.about,
        "title": pack.title,
        "training": pack.training,
        "redacted": pack.redacted,
        "made_at": instant(pack.made_at),
        "head": { "entries": pack.head.0, "hash": pack.head.1.to_string() },
        "cover": lines(&pack.cover),
        "left_out": pack.left_out,
        "summary": lines(&pack.summary),
        "charts": pack.charts.iter().map(chart).collect::<Vec<_>>(),
        "tables": pack.tables.iter().map(|table| (table.words.id.to_owned(), rows(table))).collect::<Map<_, _>>(),
        "cases": pack.cases.iter().map(case).collect::<Vec<_>>(),
    })
}

fn lines(lines: &[(String, String)]) -> Vec<Value> {
    lines.iter().map(|(label, said)| json!({ "label": label, "words": said })).collect()
}

fn chart(chart: &Chart) -> Value {
    let bar = |bar: &Bar| json!({ "of": bar.label, "height": bar.height, "words": bar.words, "counted": bar.counted });
    json!({
        "chart": chart.id,
        "group": chart.group,
        "title": chart.title,
        "about": chart.about,
        "bars": chart.bars.iter().map(bar).collect::<Vec<_>>(),
    })
}

fn rows(table: &Table) -> Value {
    let row = |cells: &Vec<Cell>| -> Value {
        let columns = table.words.columns.iter().zip(cells);
        Value::Object(columns.map(|((id, _), one)| ((*id).to_owned(), cell(one))).collect())
    };
    table.rows.iter().map(row).collect()
}

/// Words alone where there is no more to be known.
fn cell(cell: &Cell) -> Value {
    let mut value = Map::from_iter([("words".to_owned(), json!(cell.words))]);
    value.extend(cell.at.map(|at| ("at".to_owned(), json!(instant(at)))));
    value.extend(cell.entry.map(|entry| ("entry".to_owned(), json!(entry))));
    value.extend(cell.gap.then(|| ("gap".to_owned(), json!(true))));
    Value::Object(value)
}

fn case(case: &Case) -> Value {
    json!({
        "case": case.reference,
        "title": case.title,
        "particulars": lines(&case.particulars),
        "entries": case.entries.iter().map(entry).collect::<Vec<_>>(),
    })
}

fn entry(entry: &Entry) -> Value {
    let struck = entry.struck.iter().map(|struck| {
        json!({
            "label": struck.label, "words": struck.words, "by": struck.by, "at": cell(&struck.at),
            "reason": struck.reason,
        })
    });
    let answers = entry
        .answers
        .iter()
        .map(|answer| json!({ "label": answer.label, "words": answer.words, "quoted": answer.quoted }));
    json!({
        "entry": entry.number,
        "id": entry.id.to_string(),
        "hash": entry.hash.to_string(),
        "kind": entry.kind,
        "title": entry.title,
        "of": entry.of,
        "occurred": cell(&entry.occurred),
        "recorded": cell(&entry.recorded),
        "later": entry.later,
        "by": entry.by,
        "answers": answers.collect::<Vec<_>>(),
        "struck": struck.collect::<Vec<_>>(),
        "remarks": entry.remarks,
    })
}
