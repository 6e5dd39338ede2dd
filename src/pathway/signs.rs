//! Reads `warning-signs.toml`: what counts as a warning sign, with its words, times and numbers, and to whom one rises that
//! nobody answers. What follows from the rules is left to [`crate::insight::signs`].
//!
//! ```toml
//! [[level]]                       # to whom a sign stands; the first at once, each later one after its time
//! to = "decision_holder"
//!
//! [[level]]
//! to = "registered_manager"
//! after = { urgent = "4 h", serious = "1 day", notice = "7 days" }
//!
//! [[sign]]
//! id = "late_not_chased"          # kept in the record with every sign it raises; never used again
//! title = "Deadline passed, not chased"
//! means = "Somebody outside promised something, the time is over, and nobody has asked for it."
//! do = "Chase it now, and write down what holds meanwhile."
//! severity = "serious"            # urgent, serious or notice
//! pathways = ["urgent"]           # whose cases it looks at; left out: all
//! late = { outside = true, grace = "2 h", unless = ["chased"] }
//! ```
//!
//! Each sign has exactly one of these, which says what is looked for:
//!
//! | key | with |
//! |---|---|
//! | `nothing_after` | `after` (a milestone), `then` (milestones), `within` (a length, or one for `red`, `amber`, `green`) |
//! | `late` | what is owed (`step`, `rows`, `control`, `outside`, `incomplete`), `grace`, `first = true` (from the first time it was due), `unless` (`"chased"`), `unless_steps`, `unless_answered = { field = "STEP.FIELD", is = [...] }` |
//! | `undated` | what is owed, `grace` |
//! | `chased` | what is owed, `at_least` |
//! | `again` | `steps`, `at_least`, `within`, `ends` (steps) |
//! | `blank` | `fields` (`STEP.FIELD`), `within` |
//! | `unlinked` | `to` (pathways), `within`, `once` (steps) |
//! | `late_step` | `steps`, `since` (`STEP.FIELD`), `within` |
//! | `contacts` | `routes`, `within`, `spoke` (outcomes), `tolerance` |
//! | `no_answer` | `within`, `spoke` (outcomes) |
//! | `words` | `steps`, `words` |
//! | `alone` | `true` |
//! | `repeated` | `count` (`cases`, `steps`, `contacts`, `broken_promises`), `by` (`subject`, `theme`, `organisation`, `place`, `shift`), `steps`, `outcomes`, `grace`, `at_least`, `within`, `unless_changed` |
//! | `uneven` | `routes`, `at_least`, `apart` (of a hundred), `stands` |
//!
//! Lengths pass, whatever the clock on the wall does: a day is 24 hours.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use toml::de::DeTable;

use super::clocks::{by_risk, length, needed};
use super::definition::Pathway;
use super::read::document::{Document, Faults};
use super::read::nearest;
use super::read::table::Table;
use crate::domain::clocks::Of;
use crate::domain::eyes::ByRisk;
use crate::domain::permission::Roles;
use crate::domain::signs::{BySeverity, Repeated, Rise, Severity, SignRule, SignRules, Unless, Watch};
use crate::domain::words::pathway as words;

/// The file's name in a set of definitions.
pub(super) const FILE: &str = "warning-signs.toml";
/// What is compiled in, for sets of definitions that have no such file.
pub(super) const SHIPPED: &str = include_str!("../../config/warning-signs.toml");

/// The keys of which each sign has one.
const SHAPES: [&str; 14] = [
    "nothing_after",
    "late",
    "undated",
    "chased",
    "again",
    "blank",
    "unlinked",
    "late_step",
    "contacts",
    "no_answer",
    "words",
    "alone",
    "repeated",
    "uneven",
];

/// What a file says, or what is wrong with it.
pub(super) fn rules(document: &Document, table: &DeTable<'_>, faults: &Faults) -> SignRules {
    let file = Table::file(document, table, faults);
    let levels: Vec<Rise> = file.tables("level", "level").into_iter().map(level).collect();
    if levels.is_empty() {
        file.fault("level", words::missing(FILE, "level"));
    }
    let rules: Vec<SignRule> = file.tables("sign", "sign").into_iter().filter_map(rule).collect();
    for (at, one) in rules.iter().enumerate() {
        if rules.iter().take(at).any(|other| other.id == one.id) {
            file.fault(&format!("sign.{at}.id"), words::same_id(FILE, "sign", &one.id));
        }
    }
    file.finish();
    SignRules { rules, levels }
}

/// What the file of a set says, read alone; the program's own where the set has none, or one that this program cannot read.
pub(super) fn of_set(files: &BTreeMap<String, String>) -> Option<SignRules> {
    let text = files.get(FILE)?;
    let faults = Faults::default();
    let (document, table) = Document::parse(FILE, text, &faults);
    let read = rules(&document, &table, &faults);
    faults.sorted().is_empty().then_some(read)
}

/// Those that come with the program.
pub fn shipped() -> &'static Arc<SignRules> {
    static SHIPPED_RULES: LazyLock<Arc<SignRules>> = LazyLock::new(|| {
        let files = BTreeMap::from([(FILE.to_owned(), SHIPPED.to_owned())]);
        Arc::new(of_set(&files).expect("the file in config/ holds together: tests/definitions.rs"))
    });
    &SHIPPED_RULES
}

/// Whether what the rules name is there: pathways, steps, fields, roles. Not asked of the program's own file: an office that
/// took a step out of its pathways has not touched it.
pub(super) fn check<'a>(
    rules: &SignRules,
    document: &Document,
    pathways: impl Iterator<Item = &'a Pathway> + Clone,
    roles: &Roles,
    faults: &Faults,
) {
    for (at, level) in rules.levels.iter().enumerate() {
        let known = roles.roles.keys().chain(roles.duties.keys()).map(String::as_str);
        if !known.clone().any(|one| one == level.to) {
            let trouble = words::unknown("level", "role", &level.to, "roles.toml", nearest(&level.to, known));
            faults.add(document, &format!("level.{at}.to"), trouble);
        }
    }
    let ids: Vec<&str> = pathways.clone().map(|pathway| pathway.id.as_str()).collect();
    for (at, rule) in rules.rules.iter().enumerate() {
        let what = format!("sign \"{}\"", rule.id);
        let at = format!("sign.{at}");
        let seen = pathways.clone().filter(|pathway| rule.looks_at(&pathway.id));
        let steps: Vec<&str> =
            seen.clone().flat_map(|pathway| &pathway.steps).map(|step| step.id.as_str()).collect();
        let fields: Vec<String> = seen
            .flat_map(|pathway| &pathway.steps)
            .flat_map(|step| step.fields.iter().map(|field| format!("{}.{}", step.id, field.id)))
            .collect();
        let lists: Vec<&str> = fields.iter().map(String::as_str).collect();
        let named = |kind: &str, all: &[String], known: &[&str]| {
            for name in all.iter().filter(|name| !known.contains(&name.as_str())) {
                let near = nearest(name, known.iter().copied());
                faults.add(document, &at, words::in_no_pathway(&what, kind, name, near));
            }
        };
        named("pathway", &rule.pathways, &ids);
        match &rule.watch {
            Watch::Late { of, unless, .. } => {
                named("step", &of.steps, &steps);
                named("rows", &of.rows, &lists);
                for one in unless {
                    match one {
                        Unless::Recorded(all) => named("step", all, &steps),
                        Unless::Answered(field, _) => named("field", std::slice::from_ref(field), &lists),
                        Unless::Chased => {}
                    }
                }
            }
            Watch::Undated { of, .. } | Watch::Chased { of, .. } => {
                named("step", &of.steps, &steps);
                named("rows", &of.rows, &lists);
            }
            Watch::Again { steps: all, ends, .. } => {
                named("step", all, &steps);
                named("step", ends, &steps);
            }
            Watch::Blank { fields, .. } => named("field", fields, &lists),
            Watch::Unlinked { to, once, .. } => {
                named("pathway", to, &ids);
                named("step", once, &steps);
            }
            Watch::LateStep { steps: all, since, .. } => {
                named("step", all, &steps);
                named("field", since, &lists);
            }
            Watch::Words { steps: all, .. } => named("step", all, &steps),
            Watch::Repeated(repeated) => named("step", &repeated.steps, &steps),
            Watch::NothingAfter { .. }
            | Watch::Contacts { .. }
            | Watch::NoAnswer { .. }
            | Watch::Alone
            | Watch::Uneven { .. } => {}
        }
    }
}

fn level(table: Table<'_>) -> Rise {
    let to = table.needed("to").unwrap_or_default();
    let after = table.table("after", "after").map(|after| {
        let read = BySeverity {
            urgent: needed(&after, "urgent"),
            serious: needed(&after, "serious"),
            notice: needed(&after, "notice"),
        };
        after.finish();
        read
    });
    table.finish();
    Rise { to, after: after.unwrap_or_default() }
}

fn rule(table: Table<'_>) -> Option<SignRule> {
    let id = table.id();
    let said = |key| table.needed(key).unwrap_or_default();
    let (title, means, todo) = (said("title"), said("means"), said("do"));
    if !table.has("severity") {
        table.fault("", words::missing(&table.name(), "severity"));
    }
    let severity = table.one_of("severity").unwrap_or(Severity::Notice);
    let pathways = table.texts("pathways");
    let shapes: Vec<&str> = SHAPES.into_iter().filter(|shape| table.has(shape)).collect();
    if shapes.len() != 1 {
        table.fault("", words::not_one_shape(&table.name(), &SHAPES, &shapes));
    }
    let watch = shapes.first().and_then(|shape| watch(&table, shape));
    // The others are not faults of their own.
    SHAPES.into_iter().for_each(|shape| {
        let _ = table.value(shape);
    });
    table.finish();
    Some(SignRule { id: id?, title, means, todo, severity, pathways, watch: watch? })
}

fn watch(table: &Table<'_>, shape: &str) -> Option<Watch> {
    if shape == "alone" {
        return table.flag("alone").then_some(Watch::Alone);
    }
    let shape = SHAPES.into_iter().find(|one| *one == shape)?;
    let of = table.table(shape, shape)?;
    let watch = match shape {
        "nothing_after" => Watch::NothingAfter {
            after: milestone(&of, "after")?,
            then: some(&of, "then", of.each_one_of("then")),
            within: within(&of, "within"),
        },
        "late" => Watch::Late {
            of: owed(&of),
            grace: needed(&of, "grace"),
            first: of.flag("first"),
            unless: unless(&of),
        },
        "undated" => Watch::Undated { of: owed(&of), grace: needed(&of, "grace") },
        "chased" => {
            let at_least = u32::try_from(number(&of, "at_least")).unwrap_or(u32::MAX);
            Watch::Chased { of: owed(&of), at_least }
        }
        "again" => Watch::Again {
            steps: some(&of, "steps", of.texts("steps")),
            at_least: number(&of, "at_least"),
            within: needed(&of, "within"),
            ends: of.texts("ends"),
        },
        "blank" => Watch::Blank {
            fields: some(&of, "fields", of.texts("fields")),
            within: length(&of, "within").unwrap_or_default(),
        },
        "unlinked" => Watch::Unlinked {
            to: some(&of, "to", of.texts("to")),
            within: needed(&of, "within"),
            once: of.texts("once"),
        },
        "late_step" => Watch::LateStep {
            steps: some(&of, "steps", of.texts("steps")),
            since: some(&of, "since", of.texts("since")),
            within: needed(&of, "within"),
        },
        "contacts" => Watch::Contacts {
            routes: some(&of, "routes", of.texts("routes")),
            within: needed(&of, "within"),
            spoke: some(&of, "spoke", of.texts("spoke")),
            tolerance: needed(&of, "tolerance"),
        },
        "no_answer" => {
            Watch::NoAnswer { within: needed(&of, "within"), spoke: some(&of, "spoke", of.texts("spoke")) }
        }
        "words" => {
            let lower = |words: Vec<String>| words.iter().map(|word| word.to_lowercase()).collect();
            Watch::Words {
                steps: some(&of, "steps", of.texts("steps")),
                words: lower(some(&of, "words", of.texts("words"))),
            }
        }
        "repeated" => Watch::Repeated(Repeated {
            count: some(&of, "count", of.each_one_of("count")),
            by: some(&of, "by", of.each_one_of("by")),
            steps: of.texts("steps"),
            outcomes: of.texts("outcomes"),
            grace: length(&of, "grace").unwrap_or_default(),
            at_least: number(&of, "at_least"),
            within: needed(&of, "within"),
            unless_changed: of.flag("unless_changed"),
        }),
        "uneven" => Watch::Uneven {
            routes: some(&of, "routes", of.texts("routes")),
            at_least: number(&of, "at_least"),
            apart: number(&of, "apart"),
            stands: needed(&of, "stands"),
        },
        _ => return None,
    };
    of.finish();
    Some(watch)
}

/// What of all that is owed; all that is said has to fit.
fn owed(table: &Table<'_>) -> Of {
    Of {
        steps: table.texts("step"),
        rows: table.texts("rows"),
        incomplete: table.flag("incomplete"),
        control: table.flag("control"),
        outside: table.flag("outside"),
    }
}

fn unless(table: &Table<'_>) -> Vec<Unless> {
    let mut unless = Vec::new();
    for (at, word) in table.texts("unless").iter().enumerate() {
        match word.as_str() {
            "chased" => unless.push(Unless::Chased),
            other => {
                let near = nearest(other, ["chased"]);
                let trouble = words::not_one_of(&table.name(), "unless", other, &["chased"], near);
                table.fault(&format!("unless.{at}"), trouble);
            }
        }
    }
    let steps = table.texts("unless_steps");
    if !steps.is_empty() {
        unless.push(Unless::Recorded(steps));
    }
    if let Some(answered) = table.table("unless_answered", "unless_answered") {
        let field = answered.needed("field").unwrap_or_default();
        unless.push(Unless::Answered(field, some(&answered, "is", answered.texts("is"))));
        answered.finish();
    }
    unless
}

/// A list that has to name something.
fn some<T>(table: &Table<'_>, key: &'static str, all: Vec<T>) -> Vec<T> {
    if all.is_empty() && !table.has(key) {
        table.fault("", words::missing(&table.name(), key));
    }
    all
}

/// A number of at least one.
fn number(table: &Table<'_>, key: &'static str) -> usize {
    if !table.has(key) {
        table.fault("", words::missing(&table.name(), key));
    }
    let number = table.number(key);
    if number.is_some_and(|number| number < 1) {
        table.fault(key, words::wrong_kind(&table.name(), key, words::takes::WHOLE_NUMBER_FROM_1));
    }
    number.and_then(|number| usize::try_from(number).ok()).unwrap_or(1).max(1)
}

fn milestone<T: serde::de::DeserializeOwned>(table: &Table<'_>, key: &'static str) -> Option<T> {
    if !table.has(key) {
        table.fault("", words::missing(&table.name(), key));
    }
    table.one_of(key)
}

/// A length, or one for each colour of risk.
fn within(table: &Table<'_>, key: &'static str) -> ByRisk {
    if table.is_table(key) {
        return by_risk(table, key);
    }
    let all = needed(table, key);
    ByRisk { red: all, amber: all, green: all }
}
