//! `list shares`: what was shared with whom, over all cases or about one person.

use super::office::time;
use super::{Wanted, subject};
use crate::cli::arguments::List;
use crate::cli::desk::Desk;
use crate::cli::failure::Failure;
use crate::cli::show;
use crate::domain::time::{Lean, display};
use crate::domain::views::{ShareFilter, ShareRow};
use crate::domain::words::cli as words;
use crate::domain::words::ui::listed;

/// What was shared, the newest first.
pub(super) fn shares(desk: &Desk, wanted: Wanted<'_>, asked: &List) -> Result<(), Failure> {
    let filter = ShareFilter {
        subject: asked.person.as_deref().map(|said| show::person_named(desk, said)).transpose()?,
        with: asked.with.clone(),
        from: time(desk, asked.from.as_deref(), Lean::Past)?,
        until: time(desk, asked.until.as_deref(), Lean::Past)?,
        without_agreement: asked.without_agreement,
    };
    // What is looked through for words is not cut off before.
    let most = if wanted.find.is_some() { u32::MAX } else { wanted.limit };
    let rows = desk.store.shares(&desk.viewer, &filter, most)?;
    let cells = |row: &ShareRow| {
        let share = &row.share;
        let why = share.without_consent.as_deref();
        let decided = row.decided.map(|at| display::short_when(&at, desk.now, desk.zone));
        vec![
            display::short_when(&share.at, desk.now, desk.zone),
            subject(row.subject.as_ref()),
            listed::with(share.who.as_deref(), &share.with.words),
            share.how.clone(),
            if share.what.is_empty() { listed::ONLY_TOLD.to_owned() } else { share.what.clone() },
            match &share.basis {
                Some(basis) => listed::basis(&basis.label, why),
                None => listed::NO_BASIS.to_owned(),
            },
            row.reference.clone(),
            listed::done(decided.as_deref(), row.advice.as_deref(), row.owed, row.ended.as_deref()),
        ]
    };
    let total = rows.len() as u64;
    wanted.print(
        &words::HEADS_SHARES,
        rows.into_iter().map(|row| (row.clone(), cells(&row))).collect(),
        total,
    )
}
