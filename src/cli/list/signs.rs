//! `list signs`: warning signs that nobody has answered, or how each rule was answered so far.

use super::{Wanted, subject};
use crate::cli::arguments::List;
use crate::cli::desk::{self, Desk};
use crate::cli::failure::Failure;
use crate::domain::time::display;
use crate::domain::views::{SignFilter, SignRate, SignRow};
use crate::domain::words::signs as words;
use crate::runtime::clock;

/// Puts on record what stands, where this office can be written: whoever looks is among those who notice.
pub(in crate::cli) fn note(office: Option<std::path::PathBuf>) -> Result<(), Failure> {
    let mut store = desk::open(office)?;
    if store.read_only().is_none() {
        store.note_signs(clock::now())?;
    }
    Ok(())
}

/// The queue, the gravest first.
pub(super) fn signs(desk: &Desk, wanted: Wanted<'_>, asked: &List) -> Result<(), Failure> {
    if asked.rates {
        return rates(desk, wanted);
    }
    let most = if wanted.find.is_some() { u32::MAX } else { wanted.limit };
    let rows = desk.store.signs(&desk.viewer, SignFilter::default(), desk.now, most)?;
    let total = rows.len() as u64;
    let cells = |row: &SignRow| {
        let ended = row.ended.map(|at| display::short(at, desk.now, desk.zone));
        let particular = match row.stands {
            true => row.words.clone(),
            false => words::no_longer_since(ended.as_deref()),
        };
        vec![
            words::severity(row.severity).to_owned(),
            row.title.clone(),
            display::age(row.since, desk.now),
            match &row.subject {
                None if row.ask.is_some() => String::new(),
                None => words::OFFICE.to_owned(),
                named => subject(named.as_ref()),
            },
            row.reference.clone(),
            particular,
            row.owner.clone(),
            row.id.to_string(),
        ]
    };
    let rows = rows.into_iter().map(|row| {
        let cells = cells(&row);
        (row, cells)
    });
    wanted.print(&words::HEADS, rows.collect(), total)
}

/// How each rule was answered: one that cries wolf is seen by it.
fn rates(desk: &Desk, wanted: Wanted<'_>) -> Result<(), Failure> {
    let rates = desk.store.sign_rates(&desk.viewer)?;
    let total = rates.len() as u64;
    let cells = |rate: &SignRate| {
        let numbers = [rate.raised, rate.accepted, rate.explained, rate.false_alarms, rate.open];
        std::iter::once(rate.title.clone()).chain(numbers.map(|number| number.to_string())).collect()
    };
    let rows = rates.into_iter().map(|rate| {
        let cells: Vec<String> = cells(&rate);
        (rate, cells)
    });
    wanted.print(&words::RATES, rows.collect(), total)
}
