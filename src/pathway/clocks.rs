//! Reads `clocks.toml`: from when something owed is due soon and long late by its kind, what rings, when what was
//! acknowledged comes back, and when the calendar warns. What follows from it is left to [`crate::domain::clocks`].
//!
//! ```toml
//! [[kind]]                      # tried in this order; the first that fits counts
//! id = "promise"
//! title = "Promise of others"
//! outside = true                # or step, rows, incomplete, control; without any it fits everything
//! due_soon = "15 min"           # before its time; a pathway's own warn stands before it
//! long_late = "2 h"             # after its time
//! rings = ["late"]              # arrives, due_soon, late, long_late
//! again = "5 min"               # until somebody acknowledges it; left out: once
//!
//! [bell]
//! rings = true
//! title = true
//! comes_back = "15 min"
//!
//! [ring_before]
//! weekday = "15:30"
//! friday = "14:30"
//! eve = "12:00"
//!
//! [eyes_on]                     # when nobody has their eyes on the person of an urgent call
//! nobody_next = { red = "10 min", amber = "30 min", green = "2 h" }
//! unseen = { red = "1 h", amber = "4 h", green = "12 h" }
//! grace = "15 min"
//! not_while = ["hospital"]      # ids of whereabouts (lists.toml)
//!
//! [offers]                      # may be left out
//! unanswered = "30 min"
//! before_due = "15 min"
//!
//! [unfinished]                  # may be left out: an urgent call that was begun and not saved
//! late = "5 min"                # after the last that was typed
//! long_late = "30 min"
//! rings = ["late", "long_late"]
//!
//! [calendar]
//! warn = "180 days"
//! ```
//!
//! The lengths pass, whatever the clock on the wall does: a day is 24 hours.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use chrono::{NaiveTime, TimeDelta};
use toml::de::DeTable;

use super::definition::Pathway;
use super::due::{Length, Rule, Unit};
use super::read::document::{Document, Faults};
use super::read::nearest;
use super::read::table::Table;
use crate::domain::clocks::{Clocks, Event, Kind, Of, Offers, RingBefore, Unfinished};
use crate::domain::eyes::{ByRisk, EyesOn};
use crate::domain::words::pathway as words;

/// The file's name in a set of definitions.
pub(super) const FILE: &str = "clocks.toml";
/// What is compiled in, for sets of definitions that have no such file.
pub(super) const SHIPPED: &str = include_str!("../../config/clocks.toml");

/// What a file says, or what is wrong with it.
pub(super) fn clocks(document: &Document, table: &DeTable<'_>, faults: &Faults) -> Clocks {
    let file = Table::file(document, table, faults);
    let kinds: Vec<Kind> = file.tables("kind", "kind").into_iter().filter_map(kind).collect();
    if kinds.is_empty() {
        file.fault("kind", words::missing(FILE, "kind"));
    }
    for (at, one) in kinds.iter().enumerate() {
        let place = format!("kind.{at}.id");
        if kinds.iter().take(at).any(|other| other.id == one.id) {
            file.fault(&place, words::same_id(FILE, "kind", &one.id));
        } else if let Some(all) = kinds.iter().take(at).find(|other| other.of == Of::default()) {
            file.fault(&place, words::kind_never_tried(&one.id, &all.id));
        }
    }
    let part = |key| {
        let table = file.table(key, key);
        if table.is_none() && !file.has(key) {
            file.fault("", words::missing(FILE, key));
        }
        table
    };
    let mut clocks = Clocks { kinds, ..nothing() };
    if let Some(bell) = part("bell") {
        (clocks.rings, clocks.title) = (bell.flag("rings"), bell.flag("title"));
        clocks.comes_back = needed(&bell, "comes_back");
        bell.finish();
    }
    if let Some(before) = part("ring_before") {
        clocks.ring_before = RingBefore {
            weekday: wall(&before, "weekday"),
            friday: wall(&before, "friday"),
            eve: wall(&before, "eve"),
        };
        before.finish();
    }
    if let Some(eyes) = part("eyes_on") {
        clocks.eyes_on = EyesOn {
            nobody_next: by_risk(&eyes, "nobody_next"),
            unseen: by_risk(&eyes, "unseen"),
            grace: needed(&eyes, "grace"),
            not_while: eyes.texts("not_while"),
        };
        eyes.finish();
    }
    // Offices wrote their file before there was anything to say of offers.
    if let Some(offers) = file.table("offers", "offers") {
        clocks.offers =
            Offers { unanswered: needed(&offers, "unanswered"), before_due: needed(&offers, "before_due") };
        offers.finish();
    }
    if let Some(unfinished) = file.table("unfinished", "unfinished") {
        clocks.unfinished = Unfinished {
            late: needed(&unfinished, "late"),
            long_late: needed(&unfinished, "long_late"),
            rings: unfinished.each_one_of("rings"),
        };
        unfinished.finish();
    }
    if let Some(calendar) = part("calendar") {
        clocks.calendar_warn = needed(&calendar, "warn");
        calendar.finish();
    }
    file.finish();
    clocks
}

/// What the file of a set says, read alone: a dashboard needs it before any pathway is read. `None` where the set has
/// none, or one that this program cannot read.
pub(super) fn of_set(files: &BTreeMap<String, String>) -> Option<Clocks> {
    let text = files.get(FILE)?;
    let faults = Faults::default();
    let (document, table) = Document::parse(FILE, text, &faults);
    let read = clocks(&document, &table, &faults);
    faults.sorted().is_empty().then_some(read)
}

/// Those that come with the program.
pub fn shipped() -> &'static Arc<Clocks> {
    static SHIPPED_CLOCKS: LazyLock<Arc<Clocks>> = LazyLock::new(|| {
        let files = BTreeMap::from([(FILE.to_owned(), SHIPPED.to_owned())]);
        Arc::new(of_set(&files).expect("the file in config/ holds together: tests/definitions.rs"))
    });
    &SHIPPED_CLOCKS
}

/// Whether the steps and rows that the kinds name are those of some pathway. Not asked of the program's own file: an
/// office that took a step out of its pathways has not touched it.
pub(super) fn check<'a>(
    clocks: &Clocks,
    document: &Document,
    pathways: impl Iterator<Item = &'a Pathway> + Clone,
    faults: &Faults,
) {
    let steps: Vec<&str> =
        pathways.clone().flat_map(|pathway| &pathway.steps).map(|step| step.id.as_str()).collect();
    let rows: Vec<String> = pathways
        .flat_map(|pathway| &pathway.steps)
        .flat_map(|step| {
            let opening = step.fields.iter().filter(|field| field.opens.is_some());
            opening.map(|field| format!("{}.{}", step.id, field.id))
        })
        .collect();
    for (at, kind) in clocks.kinds.iter().enumerate() {
        let what = format!("kind \"{}\"", kind.id);
        let place = |key: &str, n: usize| format!("kind.{at}.{key}.{n}");
        for (n, step) in kind.of.steps.iter().enumerate().filter(|(_, step)| !steps.contains(&step.as_str()))
        {
            let near = nearest(step, steps.iter().copied());
            faults.add(document, &place("step", n), words::in_no_pathway(&what, "step", step, near));
        }
        for (n, named) in kind.of.rows.iter().enumerate().filter(|(_, named)| !rows.contains(named)) {
            let near = nearest(named, rows.iter().map(String::as_str));
            faults.add(document, &place("rows", n), words::in_no_pathway(&what, "rows", named, near));
        }
    }
}

fn kind(table: Table<'_>) -> Option<Kind> {
    let (id, title) = (table.id(), table.needed("title").unwrap_or_default());
    let of = Of {
        steps: table.texts("step"),
        rows: table.texts("rows"),
        incomplete: table.flag("incomplete"),
        control: table.flag("control"),
        outside: table.flag("outside"),
    };
    let (due_soon, long_late) = (length(&table, "due_soon"), length(&table, "long_late"));
    let (rings, again) = (table.each_one_of("rings"), length(&table, "again"));
    table.finish();
    Some(Kind { id: id?, title, of, due_soon, long_late, rings, again })
}

/// A length of time that passes.
pub(super) fn length(table: &Table<'_>, key: &'static str) -> Option<TimeDelta> {
    let said = table.text(key)?;
    let length = match said.parse() {
        Ok(Rule::Length(length)) => passes(length),
        _ => None,
    };
    if length.is_none() {
        table.fault(key, words::wrong_kind(&table.name(), key, words::takes::A_LENGTH));
    }
    length
}

fn passes(length: Length) -> Option<TimeDelta> {
    let count = i64::from(length.count);
    match length.unit {
        Unit::Minutes => Some(TimeDelta::minutes(count)),
        Unit::Hours => Some(TimeDelta::hours(count)),
        Unit::Days => Some(TimeDelta::days(count)),
        Unit::Weeks => Some(TimeDelta::weeks(count)),
        Unit::Months => None,
    }
}

pub(super) fn needed(table: &Table<'_>, key: &'static str) -> TimeDelta {
    if !table.has(key) {
        table.fault("", words::missing(&table.name(), key));
    }
    length(table, key).unwrap_or_default()
}

/// A length for each colour of risk.
pub(super) fn by_risk(table: &Table<'_>, key: &'static str) -> ByRisk {
    let Some(by) = table.table(key, key) else {
        if !table.has(key) {
            table.fault("", words::missing(&table.name(), key));
        }
        return ByRisk::default();
    };
    let read = ByRisk { red: needed(&by, "red"), amber: needed(&by, "amber"), green: needed(&by, "green") };
    by.finish();
    read
}

fn wall(table: &Table<'_>, key: &'static str) -> NaiveTime {
    let said = table.needed(key);
    let read = said.as_ref().and_then(|said| NaiveTime::parse_from_str(said, "%H:%M").ok());
    if said.is_some() && read.is_none() {
        table.fault(key, words::wrong_kind(&table.name(), key, words::takes::A_TIME));
    }
    read.unwrap_or_default()
}

/// Before anything was read.
fn nothing() -> Clocks {
    let midnight = NaiveTime::MIN;
    Clocks {
        kinds: Vec::new(),
        rings: false,
        title: false,
        comes_back: TimeDelta::zero(),
        ring_before: RingBefore { weekday: midnight, friday: midnight, eve: midnight },
        eyes_on: EyesOn::default(),
        offers: Offers { unanswered: TimeDelta::minutes(30), before_due: TimeDelta::minutes(15) },
        unfinished: Unfinished {
            late: TimeDelta::minutes(5),
            long_late: TimeDelta::minutes(30),
            rings: vec![Event::Late, Event::LongLate],
        },
        calendar_warn: TimeDelta::zero(),
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};

    use super::*;
    use crate::domain::answer::{Named, When, YesNo};
    use crate::domain::case::Milestone;
    use crate::domain::clocks::Lateness::{self, DueSoon, Fresh, Late, LongLate};
    use crate::domain::commitment::{Commitment, DueRule, Easing, Party, Progress};
    use crate::domain::ids::{CaseId, CommitmentId, EntryId};

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    /// Owed by 21:00.
    fn owed() -> Commitment {
        let id = uuid::Uuid::from_u128(7);
        Commitment {
            id: CommitmentId { entry: EntryId(id), place: "then.other".into() },
            case: CaseId(id),
            what: "Something".into(),
            step: None,
            opened_in: None,
            obligor: Party::Role("on_duty".into()),
            owner: Party::Role("on_duty".into()),
            opened_by: EntryId(id),
            started: at("2026-11-21T20:00:00Z"),
            due: at("2026-11-21T21:00:00Z"),
            warn_from: None,
            rule: DueRule::Promised,
            progress: Progress::Requested,
            settled_by: None,
            superseded_by: None,
            supersedes: None,
            chased: 0,
            last_chased: None,
            control: YesNo::No,
            easing: None,
            acknowledged: Vec::new(),
            holding: Default::default(),
            same: None,
            meets: None,
            first: false,
            cover: false,
            every: None,
        }
    }

    fn outside() -> Party {
        Party::Outside(Named { id: None, words: "The Elms Surgery".into() })
    }

    #[test]
    fn each_kind_of_thing_owed_has_its_own_thresholds() {
        let step = |id: &str| Commitment { step: Some(id.to_owned()), ..owed() };
        let rows = |rows: &str| Commitment { opened_in: Some(rows.to_owned()), ..owed() };
        let incomplete = CommitmentId { place: Commitment::INCOMPLETE.to_owned(), ..owed().id };
        let clocks = shipped();
        for (kind, one, states) in [
            ("decision", step("decision"), "20:54 F, 20:55 S, 21:00 S, 21:01 L, 21:14 L, 21:15 LL"),
            ("complete_call", Commitment { id: incomplete, ..owed() }, "20:50 S, 21:01 L, 23:00 LL"),
            (
                "control",
                Commitment { control: YesNo::Yes, ..rows("tell.controls") },
                "19:59 F, 20:00 S, 21:01 L",
            ),
            ("ring_back", step("liaise"), "20:54 F, 20:55 S, 21:29 L, 21:30 LL"),
            ("review", step("review"), "16:59 F, 17:00 S, 21:01 L"),
            (
                "promise",
                Commitment { obligor: outside(), ..rows("liaise.promises") },
                "20:44 F, 20:45 S, 22:59 L, 23:00 LL",
            ),
            ("action", rows("act.actions"), "00:00 S, 23:59 L"),
            ("task", rows("set.by"), "19:59 F, 20:00 S, 21:01 L"),
            ("other", step("prove"), "20:44 F, 20:45 S, 21:01 L"),
            // What is owed by somebody outside is a promise, whatever form it stood in.
            ("promise", Commitment { obligor: outside(), ..owed() }, "20:44 F"),
        ] {
            assert_eq!(clocks.kind(&one).map(|kind| kind.id.as_str()), Some(kind));
            for said in states.split(", ") {
                let (clock, state) = said.split_once(' ').unwrap();
                let expected = match state {
                    "F" => Fresh,
                    "S" => DueSoon,
                    "L" => Late,
                    _ => LongLate,
                };
                assert_eq!(
                    clocks.state(&one, at(&format!("2026-11-21T{clock}:00Z"))),
                    expected,
                    "{kind} at {clock}"
                );
            }
        }
    }

    #[test]
    fn late_begins_with_the_second_after_and_the_next_turn_is_named() {
        let (clocks, one) = (shipped(), owed());
        assert_eq!(clocks.state(&one, at("2026-11-21T21:00:00Z")), DueSoon);
        assert_eq!(clocks.state(&one, at("2026-11-21T21:00:01Z")), Late);
        let mut now = at("2026-11-21T20:00:00Z");
        let mut seen = vec![(now, clocks.state(&one, now))];
        while let Some(next) = clocks.turns(&one).next(now) {
            now = next;
            seen.push((now, clocks.state(&one, now)));
        }
        let expected: Vec<(DateTime<Utc>, Lateness)> =
            [("20:00:00", Fresh), ("20:45:00", DueSoon), ("21:00:01", Late)]
                .map(|(clock, state)| (at(&format!("2026-11-21T{clock}Z")), state))
                .into_iter()
                .chain([(at("2026-11-22T01:00:00Z"), LongLate)])
                .collect();
        assert_eq!(seen, expected, "each turn changes the state, and none is passed over");
    }

    #[test]
    fn a_warning_in_a_definition_stands_before_the_file() {
        let one = Commitment { warn_from: Some(at("2026-11-21T20:58:00Z")), ..owed() };
        assert_eq!(shipped().state(&one, at("2026-11-21T20:57:00Z")), Fresh);
        assert_eq!(shipped().state(&one, at("2026-11-21T20:58:00Z")), DueSoon);
    }

    #[test]
    fn what_is_eased_wants_somebody_and_is_never_late() {
        let since =
            Easing { by: Milestone::Emergency, since: 1, at: Some(When::exact(at("2026-11-21T20:50:00Z"))) };
        let one = Commitment { step: Some("decision".into()), easing: Some(since), ..owed() };
        assert_eq!(shipped().state(&one, at("2026-11-23T21:00:00Z")), DueSoon);
        assert_eq!(shipped().distance(&one, at("2026-11-21T21:10:00Z")), "999 gone 20m");
        let waits = Commitment { easing: Some(Easing { at: None, ..since }), ..one };
        assert_eq!(shipped().distance(&waits, at("2026-11-21T21:10:00Z")), "late 10m");
        assert_eq!(shipped().distance(&waits, at("2026-11-22T00:10:00Z")), "long late 3h 10m");
    }

    #[test]
    fn fridays_and_the_eves_of_bank_holidays_shut_earlier() {
        let before = shipped().ring_before;
        let on = |day: &str, is_eve| before.on(day.parse().unwrap(), is_eve).format("%H:%M").to_string();
        assert_eq!(on("2026-11-25", false), "15:30");
        assert_eq!(on("2026-11-27", false), "14:30");
        assert_eq!(on("2026-12-24", true), "12:00");
    }
}
