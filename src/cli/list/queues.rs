//! `dutydesk list ring` and `list eyes`: whom to ring before they shut, on whom nobody has their eyes.

use serde_json::{Value, json};

use super::{Wanted, owed_json, risk, subject, subject_or_words};
use crate::cli::desk::Desk;
use crate::cli::failure::Failure;
use crate::domain::time::display;
use crate::domain::views::{EyesRow, RingRow, Shuts};
use crate::domain::words::queues as words;
use crate::domain::words::ui;

/// Whom to ring before they shut.
pub(super) fn ring(desk: &Desk, wanted: Wanted<'_>) -> Result<(), Failure> {
    let rows = desk.store.ring(&desk.viewer, desk.now)?;
    let total = rows.len() as u64;
    wanted.print(
        &words::HEADS_RING,
        rows.iter().map(|row| (ring_json(desk, row), ring_cells(desk, row))).collect(),
        total,
    )
}

fn ring_cells(desk: &Desk, row: &RingRow) -> Vec<String> {
    let owed = &row.owed;
    let is_shut = matches!(row.shuts, Shuts::Shut { .. });
    let number = row.organisation.as_ref().and_then(|one| {
        let after = one.more.out_of_hours.as_ref().filter(|_| is_shut);
        after.or(one.phone.as_ref()).or(one.more.out_of_hours.as_ref()).cloned()
    });
    let meanwhile = row.controls.iter().map(|(what, review)| {
        words::control_until(what, &display::weekday_clock(*review, desk.now, desk.zone))
    });
    let meanwhile: Vec<String> = meanwhile.collect();
    let meanwhile = match (&owed.ask, meanwhile.is_empty()) {
        (None, true) => ui::NO_CONTROL.to_owned(),
        _ => meanwhile.join("; "),
    };
    let named = owed.ask.is_none();
    let whom =
        owed.ask.as_deref().map_or_else(|| subject_or_words(owed.subject.as_ref(), &owed.said_of), ui::ask);
    vec![
        number.unwrap_or_else(|| if named { words::NO_NUMBER.to_owned() } else { String::new() }),
        if named { owed.obligor.clone() } else { String::new() },
        whom,
        owed.commitment.what.clone(),
        display::weekday_clock(owed.commitment.due, desk.now, desk.zone),
        shuts(desk, &row.shuts),
        meanwhile,
        owed.reference.clone(),
        owed.owner.clone(),
    ]
}

fn shuts(desk: &Desk, shuts: &Shuts) -> String {
    let told = |at| display::weekday_clock(at, desk.now, desk.zone);
    match shuts {
        Shuts::Closes { at, opens: Some(opens) } => words::closes_and_opens(&told(*at), &told(*opens)),
        Shuts::Closes { at, opens: None } => words::closes(&told(*at)),
        Shuts::Shut { opens: Some(opens) } => words::shut_until(&told(*opens)),
        Shuts::Shut { opens: None } => words::SHUT.to_owned(),
        Shuts::NotReadable { hours } => words::hours_not_readable(hours),
        Shuts::NotOnRecord => words::NO_HOURS.to_owned(),
    }
}

fn ring_json(desk: &Desk, row: &RingRow) -> Value {
    let controls: Vec<Value> =
        row.controls.iter().map(|(what, review)| json!({ "what": what, "review_by": review })).collect();
    json!({
        "owed": owed_json(desk, &row.owed), "organisation": row.organisation, "shuts": row.shuts, "controls": controls,
    })
}

/// Open urgent calls, by who has not been seen for longest.
pub(super) fn eyes(desk: &Desk, wanted: Wanted<'_>) -> Result<(), Failure> {
    let clocks = desk.store.clocks()?;
    let rows = desk.store.eyes(&desk.viewer)?;
    let total = rows.len() as u64;
    let row = |row: &EyesRow| {
        let eyes = &row.eyes;
        let gap = clocks.eyes_on.gap(eyes, desk.now);
        let told = |who: &str, when: Option<_>| {
            let when = when.map(|when| display::short_when(&when, desk.now, desk.zone)).unwrap_or_default();
            words::seen_by(who, &when)
        };
        let last = eyes.seen.as_ref().map(|(who, when)| told(who, Some(*when)));
        let next = eyes.next.as_ref().map(|(who, when)| told(who, *when));
        let since = eyes.seen.as_ref().map(|(_, when)| display::short_when(when, desk.now, desk.zone));
        let whom = row.ask.as_deref().map_or_else(|| subject(row.subject.as_ref()), ui::ask);
        let cells = vec![
            display::age(eyes.unseen_since(), desk.now),
            risk(row.level.as_ref()),
            whom,
            gap.map(|gap| words::gap(gap, &since.unwrap_or_default())).unwrap_or_default(),
            last.unwrap_or_else(|| words::NOBODY.to_owned()),
            next.unwrap_or_else(|| words::NOBODY.to_owned()),
            row.headline.clone().unwrap_or_default(),
            row.reference.clone(),
        ];
        let value = match &row.ask {
            None => json!({ "call": row, "gap": gap }),
            Some(ask) => json!({ "ask": ask, "unseen_since": eyes.unseen_since(), "gap": gap }),
        };
        (value, cells)
    };
    wanted.print(&words::HEADS_EYES, rows.iter().map(row).collect(), total)
}
