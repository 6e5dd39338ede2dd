//! What is owed next, read from `then`, `incomplete`, `opens` and `every`. The rules themselves are the language of
//! [`crate::pathway::due`]; here they are found, and named targets are looked up.

use serde::de::DeserializeOwned;
use toml::de::ValueDeserializer;

use super::predicate::when;
use super::table::Table;
use crate::domain::words::pathway as words;
use crate::pathway::definition::{Each, From, Idle, Opens, Owing, Then};
use crate::pathway::due::{Every, Rule};

/// A debt as read, with what the checks of the whole need to know of it.
pub(super) struct ReadThen {
    pub(super) then: Then,
    /// Where it stands in the file.
    pub(super) path: String,
}

/// One `[[step.then]]`, or the `incomplete` of a step, whose `step` may then be left out.
pub(super) fn then(table: Table<'_>, own_step: Option<&str>) -> Option<ReadThen> {
    let step = match own_step {
        Some(own) => table.text("step").unwrap_or_else(|| own.to_owned()),
        None => table.needed("step")?,
    };
    let then = Then {
        title: table.text("title").unwrap_or_default(),
        pathway: table.text("pathway"),
        by: table.needed("by").unwrap_or_default(),
        within: owing(&table)?,
        from: from(&table),
        warn: rule(&table, "warn"),
        eased_by: table.one_of("eased_by"),
        same: table.text("same"),
        with: table.texts("with"),
        or_said: or_said(&table),
        first: table.flag("first"),
        latest: table.flag("latest"),
        once: table.flag("once"),
        each: each(&table),
        when: when(&table, "when"),
        step,
    };
    let path = table.path.clone();
    table.finish();
    Some(ReadThen { then, path })
}

/// `[idle]` of a pathway.
pub(super) fn idle(file: &Table<'_>) -> Option<Idle> {
    let table = file.table("idle", "idle")?;
    let (step, title, by) = (table.needed("step"), table.needed("title"), table.needed("by"));
    let (within, states) = (rule(&table, "within"), table.texts("in"));
    if within.is_none() && !table.has("within") {
        table.fault("", words::missing(&table.name(), "within"));
    }
    if states.is_empty() {
        table.fault("", words::missing(&table.name(), "in"));
    }
    table.finish();
    Some(Idle { step: step?, title: title?, by: by?, within: within?, states })
}

/// `or_said = { field = "FIELD", is = ["CHOICE"] }`.
fn or_said(table: &Table<'_>) -> Option<(String, Vec<String>)> {
    let said = table.table("or_said", "or_said")?;
    let (field, is) = (said.needed("field"), said.texts("is"));
    said.finish();
    field.map(|field| (field, is))
}

/// `each = "ROWS"`, with `gives = { field = "FIELD", is = "CHOICE" }` of the opening step there.
fn each(table: &Table<'_>) -> Option<Each> {
    let given = table.table("gives", "gives");
    let gives = given.and_then(|given| {
        let gives = given.needed("field").zip(given.needed("is"));
        given.finish();
        gives
    });
    Some(Each { rows: table.text("each")?, gives })
}

fn owing(table: &Table<'_>) -> Option<Owing> {
    let given: Vec<_> = ["within", "due", "every"].into_iter().filter(|key| table.has(key)).collect();
    match given[..] {
        ["within"] => rule(table, "within").map(Owing::Within),
        ["due"] => table.text("due").map(Owing::Field),
        ["every"] => every(table).map(Owing::Every),
        _ => {
            for key in ["within", "due", "every"] {
                table.value(key);
            }
            table.fault("", words::one_way_to_fall_due(&table.name()));
            None
        }
    }
}

/// `occurred`, `recorded`, `STEP.at`, a field of this step, or `STEP.FIELD`.
fn from(table: &Table<'_>) -> From {
    match table.text("from").as_deref() {
        None | Some("occurred") => From::Occurred,
        Some("recorded") => From::Recorded,
        Some(text) => match text.strip_suffix(".at") {
            Some(step) => From::Step(step.to_owned()),
            None => From::Field(text.to_owned()),
        },
    }
}

/// The commitment that a field or each of its rows opens.
pub(super) fn opens(field: &Table<'_>) -> Option<Opens> {
    let table = field.table("opens", "opens")?;
    let chase = rule(&table, "chase");
    if !table.has("chase") {
        table.fault("", words::missing(&table.name(), "chase"));
    }
    let opens = Opens {
        title: table.needed("title").unwrap_or_default(),
        warn: rule(&table, "warn"),
        owner: table.needed("owner").unwrap_or_default(),
        control: table.flag("control"),
        cover: table.flag("cover"),
        ours: table.flag("ours"),
        goes_on: table.flag("goes_on"),
        latest: table.flag("latest"),
        when: when(&table, "when"),
        chase: chase?,
    };
    table.finish();
    Some(opens)
}

/// A due rule. Whether its targets and choices exist is left to `whole`.
pub(super) fn rule(table: &Table<'_>, key: &'static str) -> Option<Rule> {
    parsed(table, key)
}

/// A recurrence.
pub(super) fn every(table: &Table<'_>) -> Option<Every> {
    parsed(table, "every")
}

fn parsed<T: DeserializeOwned>(table: &Table<'_>, key: &'static str) -> Option<T> {
    let value = table.value(key)?;
    T::deserialize(ValueDeserializer::from(value.clone()))
        .map_err(|wrong| table.fault(key, words::not_a_rule(&table.name(), key, wrong.message())))
        .ok()
}
