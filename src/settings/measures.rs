//! `measures.toml`: what is counted, and what is shown of it. An office's own takes the place of the one that comes with
//! the program, as a whole; one that does not hold together is said, and the program's own stands meanwhile.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use chrono::TimeDelta;
use serde::Deserialize;

use super::fault::{Fault, read};
use crate::domain::case::Milestone;
use crate::domain::measure::{Better, By, Definition, Definitions, Group, Over, Sum, Target, Test, Theme};
use crate::domain::words::settings as words;
use crate::pathway::due::Rule;

/// The file's name in the office's directory of settings.
pub const FILE: &str = "measures.toml";
const SHIPPED: &str = include_str!("../../config/measures.toml");

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    unanswered: Vec<String>,
    care_team: Vec<String>,
    not_counted: Vec<String>,
    nobody_outside: Vec<String>,
    contact_within: toml::Spanned<String>,
    #[serde(default)]
    theme: Vec<Theme>,
    group: Vec<Group>,
    measure: Vec<toml::Spanned<One>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct One {
    id: String,
    group: String,
    title: String,
    says: String,
    #[serde(default)]
    over: Over,
    #[serde(default)]
    cases: Vec<String>,
    #[serde(default)]
    of: Vec<Test>,
    met: Option<Test>,
    from: Option<Milestone>,
    to: Option<Milestone>,
    within: Option<String>,
    sum: Option<OtherSum>,
    #[serde(default)]
    better: Better,
    #[serde(default)]
    by: Vec<By>,
    #[serde(default)]
    pattern: Vec<By>,
    #[serde(default)]
    days: u16,
    #[serde(default)]
    near: Vec<String>,
    #[serde(default)]
    ended: Vec<String>,
    months: Option<u32>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum OtherSum {
    Lateness,
    Chases,
}

/// The measures that come with the program, read when they are first asked for: a dashboard needs none.
pub fn shipped() -> &'static Arc<Definitions> {
    static SHIPPED_MEASURES: LazyLock<Arc<Definitions>> = LazyLock::new(|| {
        let (definitions, faults) = of(Path::new(FILE), SHIPPED);
        debug_assert_eq!(faults, []);
        Arc::new(definitions.unwrap_or_default())
    });
    &SHIPPED_MEASURES
}

/// The measures of the office's own file, where it has one that can be read, with what is wrong with it. Where there are
/// none, those of the program hold.
pub fn own(office: &Path) -> (Option<Arc<Definitions>>, Vec<Fault>) {
    let file = office.join(FILE);
    match read(&file) {
        Ok(Some(text)) => {
            let (definitions, faults) = of(&file, &text);
            (definitions.map(Arc::new), faults)
        }
        Ok(None) => (None, Vec::new()),
        Err(fault) => (None, vec![fault]),
    }
}

fn of(file: &Path, text: &str) -> (Option<Definitions>, Vec<Fault>) {
    let written: Written = match toml::from_str(text) {
        Ok(written) => written,
        Err(error) => return (None, vec![Fault::toml(file, text, &error)]),
    };
    let mut faults = Vec::new();
    let mut fault = |at: usize, says: String| faults.push(Fault::at(file, text, Some(at), says));
    let contact_within = length(written.contact_within.get_ref()).unwrap_or_else(|| {
        fault(written.contact_within.span().start, words::not_a_length("contact_within"));
        TimeDelta::hours(1)
    });
    let (mut measures, mut ids) = (Vec::new(), BTreeSet::new());
    for one in written.measure {
        let at = one.span().start;
        let one = one.into_inner();
        let known = written.group.iter().any(|group| group.id == one.group);
        if !known {
            fault(at, words::no_such_group(&one.id, &one.group));
        } else if !ids.insert(one.id.clone()) {
            fault(at, words::measure_twice(&one.id));
        } else {
            match definition(one) {
                Ok(definition) => measures.push(definition),
                Err(says) => fault(at, says),
            }
        }
    }
    let definitions = Definitions {
        groups: written.group,
        measures,
        themes: written.theme,
        unanswered: written.unanswered,
        care_team: written.care_team,
        not_counted: written.not_counted,
        nobody_outside: written.nobody_outside,
        contact_within,
    };
    // What holds together stands; what does not is left out and said.
    (Some(definitions), faults)
}

fn definition(one: One) -> Result<Definition, String> {
    let sum = match (one.met, one.from.zip(one.to), one.sum) {
        (Some(test), None, None) => Sum::Share(test),
        (None, Some((from, to)), None) => {
            Sum::Time { from, to, within: target(&one.id, one.within.as_deref())? }
        }
        (None, None, Some(OtherSum::Lateness)) => Sum::Lateness,
        (None, None, Some(OtherSum::Chases)) => Sum::Chases,
        (None, None, None) => Sum::Count,
        _ => return Err(words::measure_of_two(&one.id)),
    };
    let asked = one.of.iter().chain(one.met.as_ref());
    if let Some(test) = asked.clone().find(|test| !fits(one.over, **test)) {
        return Err(words::measure_cannot_ask(&one.id, &format!("{test:?}")));
    }
    if matches!(sum, Sum::Time { .. }) && one.over != Over::Cases
        || matches!(sum, Sum::Lateness | Sum::Chases) && !matches!(one.over, Over::Promises | Over::Actions)
    {
        return Err(words::measure_cannot_ask(&one.id, "sum"));
    }
    if let Some(by) = one.pattern.iter().find(|by| !one.by.contains(by)) {
        return Err(words::pattern_is_not_split(&one.id, &format!("{by:?}").to_lowercase()));
    }
    Ok(Definition {
        id: one.id,
        group: one.group,
        title: one.title,
        says: one.says,
        over: one.over,
        cases: one.cases,
        of: one.of,
        sum,
        better: one.better,
        by: one.by,
        pattern: one.pattern,
        days: i64::from(one.days),
        near: one.near,
        ended: one.ended,
        months: one.months.filter(|months| (1..=60).contains(months)),
    })
}

fn target(id: &str, within: Option<&str>) -> Result<Target, String> {
    match within {
        None => Ok(Target::None),
        Some("owed") => Ok(Target::Owed),
        Some(said) => length(said).map(Target::Within).ok_or_else(|| words::not_a_length(id)),
    }
}

fn length(said: &str) -> Option<TimeDelta> {
    match said.parse() {
        Ok(Rule::Length(length)) => Some(length.unit.elapsed()? * i32::try_from(length.count).ok()?),
        _ => None,
    }
}

/// Whether such a thing can be asked of such rows.
fn fits(over: Over, test: Test) -> bool {
    let of_promises = matches!(test, Test::Timed | Test::Known | Test::Kept | Test::Late | Test::Never);
    match over {
        Over::Promises | Over::Actions => of_promises,
        Over::PromisesOpen | Over::ControlsOpen => matches!(test, Test::Overdue | Test::Timed),
        Over::Contacts => test == Test::Unanswered,
        Over::Effects => test == Test::Better,
        Over::Cases => !of_promises && !matches!(test, Test::Overdue | Test::Unanswered | Test::Better),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pathway::edition::Edition;

    fn broken(from: &str, to: &str) -> (Definitions, Vec<Fault>) {
        let text = SHIPPED.replacen(from, to, 1);
        assert_ne!(text, SHIPPED, "{from}");
        let (definitions, faults) = of(Path::new(FILE), &text);
        (definitions.unwrap_or_default(), faults)
    }

    #[test]
    fn what_is_shipped_holds_together_and_names_what_there_is() {
        let all = shipped();
        assert!(all.measures.len() > 30);
        let edition = Edition::built_in();
        let lists = edition.files["lists.toml"].clone()
            + &edition.files["pathways/urgent.toml"]
            + &edition.files["pathways/cover.toml"]
            + &edition.files["pathways/commissioner.toml"];
        let choices = all.themes.iter().flat_map(|theme| &theme.choices);
        let ends = all.measures.iter().flat_map(|one| &one.ended);
        let named = [&all.unanswered, &all.care_team, &all.not_counted, &all.nobody_outside];
        for id in choices.chain(ends).chain(named.into_iter().flatten()) {
            assert!(lists.contains(&format!("id = \"{id}\"")), "{id}");
        }
        let pathways = all.measures.iter().flat_map(|one| one.cases.iter().chain(&one.near));
        pathways.for_each(|id| assert!(edition.pathway(id).is_some(), "{id}"));
        for group in &all.groups {
            assert!(all.measures.iter().any(|one| one.group == group.id), "{}", group.id);
        }
    }

    #[test]
    fn a_mistake_is_said_with_its_line_and_costs_only_its_own_measure() {
        let all = shipped().measures.len();
        for (from, to) in [
            ("group = \"calls\"\ntitle = \"Call to", "group = \"colds\"\ntitle = \"Call to"),
            ("to = \"contacted\"\nwithin = \"60 min\"", "to = \"contacted\"\nwithin = \"soon\""),
            ("met = \"kept\"", "met = \"repeated\""),
            ("met = \"kept\"", "met = \"kept\"\nsum = \"chases\""),
            ("id = \"same_day\"", "id = \"calls\""),
            ("pattern = [\"gap\"", "pattern = [\"age\", \"gap\""),
        ] {
            let (definitions, faults) = broken(from, to);
            assert_eq!(definitions.measures.len(), all - 1, "{to}");
            assert!(faults.len() == 1 && faults[0].line.is_some(), "{faults:?}");
        }
        let (_, faults) = broken("met = \"kept\"", "met = \"punctual\"");
        assert!(faults.len() == 1 && faults[0].line.is_some(), "{faults:?}");
    }
}
