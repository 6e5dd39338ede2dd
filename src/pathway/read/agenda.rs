//! What a meeting or review goes through: `rows_from = "agenda"`, or `rows_from = { agenda = [...] }` with the parts of which
//! it is made, or `rows_from = { unresolved = "FIELD", times = 2 }`.

use super::predicate::{elapsed, when};
use super::table::Table;
use crate::domain::words::pathway as words;
use crate::pathway::definition::{AgendaPart, Matters, Prefill};

/// The word that stands for the agenda of whatever presses.
const AGENDA: &str = "agenda";
/// The keys that say what a part brings.
const BRINGS: [&str; 6] = ["pressing", "opened", "open", "owed", "late_by", "signs"];

/// `"agenda"`.
pub(super) fn whole(table: &Table<'_>, key: &'static str) -> Option<Prefill> {
    if !table.is_text(key, AGENDA) {
        return None;
    }
    table.value(key);
    Some(Prefill::Agenda(vec![AgendaPart::pressing()]))
}

/// The parts of an agenda, or what of one stays unresolved.
pub(super) fn of(source: &Table<'_>) -> Option<Prefill> {
    if source.has("unresolved") {
        let times =
            source.number("times").and_then(|times| usize::try_from(times).ok()).filter(|times| *times > 0);
        if times.is_none() {
            source.fault("times", words::unresolved_how_often());
        }
        return Some(Prefill::Unresolved { of: source.text("unresolved")?, times: times.unwrap_or(1) });
    }
    let parts = source.has(AGENDA).then(|| source.tables(AGENDA, "part"))?;
    Some(Prefill::Agenda(parts.into_iter().filter_map(part).collect()))
}

fn part(table: Table<'_>) -> Option<AgendaPart> {
    let said: Vec<&str> = BRINGS.into_iter().filter(|key| table.has(key)).collect();
    let (mut of, mut rules, weight) = (Vec::new(), Vec::new(), table.number("weight").unwrap_or(0));
    let matters = match said[..] {
        ["pressing"] => table.flag("pressing").then_some(Matters::Pressing),
        ["opened"] => {
            of = table.texts("opened");
            elapsed(&table).map(Matters::Opened)
        }
        ["open"] => {
            of = table.texts("open");
            Some(Matters::Open)
        }
        ["owed"] => {
            of = table.texts("owed");
            Some(Matters::Owed)
        }
        ["late_by"] => table.one_of("late_by").map(Matters::Late),
        ["signs"] => {
            rules = table.texts("rules");
            table.flag("signs").then_some(Matters::Signs)
        }
        _ => {
            for key in BRINGS {
                table.value(key);
            }
            table.fault("", words::no_part_of_agenda(&BRINGS));
            None
        }
    };
    let weight = u8::try_from(weight).unwrap_or(u8::MAX);
    let when = when(&table, "when");
    table.finish();
    Some(AgendaPart { matters: matters?, of, rules, weight, when })
}
