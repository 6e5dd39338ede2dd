//! What is owed next, read from `then`, `incomplete`, `opens` and `every`. The rules themselves are the language of
//! [`crate::pathway::due`]; here they are found, and named targets are looked up.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::DeValue;

use super::names::nearest;
use super::predicate::when;
use super::table::Table;
use crate::domain::words::pathway as words;
use crate::pathway::definition::{From, Opens, Owing, Then};
use crate::pathway::due::{Every, Rule};
use crate::pathway::edition::Target;

/// The provider's targets by name.
pub(super) type Targets = BTreeMap<String, Target>;

/// A debt as read, with what the checks of the whole need to know of it.
pub(super) struct ReadThen {
    pub(super) then: Then,
    /// Where it stands in the file.
    pub(super) path: String,
}

/// One `[[step.then]]`, or the `incomplete` of a step, whose `step` may then be left out.
pub(super) fn then(table: Table<'_>, targets: &Targets, own_step: Option<&str>) -> Option<ReadThen> {
    let step = match own_step {
        Some(own) => table.text("step").unwrap_or_else(|| own.to_owned()),
        None => table.needed("step")?,
    };
    let then = Then {
        title: table.text("title").unwrap_or_default(),
        pathway: table.text("pathway"),
        by: table.needed("by").unwrap_or_default(),
        within: owing(&table, targets)?,
        from: from(&table),
        warn: rule(&table, "warn", targets),
        when: when(&table, "when"),
        step,
    };
    let path = table.path.clone();
    table.finish();
    Some(ReadThen { then, path })
}

fn owing(table: &Table<'_>, targets: &Targets) -> Option<Owing> {
    let given: Vec<_> = ["within", "due", "every"].into_iter().filter(|key| table.has(key)).collect();
    match given[..] {
        ["within"] => rule(table, "within", targets).map(Owing::Within),
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
pub(super) fn opens(field: &Table<'_>, targets: &Targets) -> Option<Opens> {
    let table = field.table("opens", "opens")?;
    let chase = rule(&table, "chase", targets);
    if !table.has("chase") {
        table.fault("", words::missing(&table.name(), "chase"));
    }
    let opens = Opens {
        title: table.needed("title").unwrap_or_default(),
        warn: rule(&table, "warn", targets),
        owner: table.needed("owner").unwrap_or_default(),
        control: table.flag("control"),
        when: when(&table, "when"),
        chase: chase?,
    };
    table.finish();
    Some(opens)
}

/// A rule, or a target by its name: `{ target = "decision" }`.
pub(super) fn rule(table: &Table<'_>, key: &'static str, targets: &Targets) -> Option<Rule> {
    let value = table.value(key)?;
    let named = value.get_ref().as_table().and_then(|rule| rule.get("target"));
    let Some(named) = named else { return parsed(table, key, value) };
    let name = named.get_ref().as_str().unwrap_or_default();
    let target = targets.get(name);
    if target.is_none() {
        let near = nearest(name, targets.keys().map(String::as_str));
        table.fault(key, words::unknown(&table.name(), "target", name, "targets.toml", near));
    }
    target.map(|target| target.within.clone())
}

/// A recurrence.
pub(super) fn every(table: &Table<'_>) -> Option<Every> {
    let value = table.value("every")?;
    parsed(table, "every", value)
}

/// For a table by a choice: the field it asks, and the choices it has a rule for.
pub(super) fn by_choice(rule: &DeValue<'_>) -> Option<(String, Vec<String>)> {
    let rule = rule.as_table()?;
    let field = rule.get("by")?.get_ref().as_str()?.to_owned();
    let choices = rule.keys().map(|key| key.get_ref().to_string()).filter(|key| key != "by").collect();
    Some((field, choices))
}

fn parsed<'a, T: FromToml>(table: &Table<'_>, key: &'static str, value: &Spanned<DeValue<'a>>) -> Option<T> {
    T::from_toml(value.clone())
        .map_err(|says| table.fault(key, words::not_a_rule(&table.name(), key, &says)))
        .ok()
}

/// What the language of due rules makes of a value.
trait FromToml: Sized {
    fn from_toml(value: Spanned<DeValue<'_>>) -> Result<Self, String>;
}

impl FromToml for Rule {
    fn from_toml(_: Spanned<DeValue<'_>>) -> Result<Self, String> {
        Ok(Rule)
    }
}

impl FromToml for Every {
    fn from_toml(_: Spanned<DeValue<'_>>) -> Result<Self, String> {
        Ok(Every)
    }
}
