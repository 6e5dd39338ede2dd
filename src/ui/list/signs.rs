//! The columns of the queue of warning signs: how much it weighs, its words, whom it concerns, its age, with whom it stands.

use ratatui::text::Line;

use crate::domain::look::Meaning;
use crate::domain::signs::Severity;
use crate::domain::time::display;
use crate::domain::views::SignRow;
use crate::domain::words::signs as words;
use crate::ui::sight::Sight;
use crate::ui::table::{Align, Column, column};

/// The queue. Urgent ones are told by the word, not by colour alone.
pub(super) fn columns<'a>() -> [Column<SignRow, Sight<'a>>; 7] {
    [
        Column {
            whole: true,
            ..column("weighs", 7, 8, 3, |row: &SignRow, sight: &Sight<'_>| {
                let meaning = match row.severity {
                    Severity::Urgent => Meaning::Late,
                    Severity::Serious => Meaning::Soon,
                    Severity::Notice => Meaning::Muted,
                };
                sight.line(meaning, words::severity(row.severity))
            })
        },
        column("sign", 29, 52, 0, |row: &SignRow, sight: &Sight<'_>| {
            let meaning = if row.stands { Meaning::Name } else { Meaning::Muted };
            sight.line(meaning, &row.title)
        }),
        Column {
            align: Align::Right,
            whole: true,
            ..column("since", 6, 9, 1, |row: &SignRow, sight: &Sight<'_>| {
                sight.line(Meaning::Value, display::age(row.since, sight.now))
            })
        },
        Column {
            second: true,
            // Whose sign it is comes before what is in it: two of one name are told apart by their birthday.
            apart: true,
            narrow: Some(|row, sight| about(row, sight, true)),
            ..column("about", 9, 26, 2, |row: &SignRow, sight: &Sight<'_>| about(row, sight, false))
        },
        Column {
            second: true,
            ..column("in particular", 12, 48, 5, |row: &SignRow, sight: &Sight<'_>| {
                let ended = row.ended.map(|at| sight.short(at));
                match row.stands {
                    true => sight.line(Meaning::Value, &row.words),
                    false => sight.line(Meaning::Muted, words::no_longer_since(ended.as_deref())),
                }
            })
        },
        Column {
            second: true,
            ..column("with", 8, 22, 4, |row: &SignRow, sight: &Sight<'_>| match &row.answered {
                Some(answered) => sight.line(Meaning::Muted, words::answer(answered.answer)),
                None => {
                    let meaning = if row.level > 0 { Meaning::Soon } else { Meaning::Value };
                    sight.line(meaning, &row.owner)
                }
            })
        },
        Column {
            second: true,
            ..column("case", 6, 8, 6, |row: &SignRow, sight: &Sight<'_>| {
                sight.line(Meaning::Muted, &row.reference)
            })
        },
    ]
}

fn about(row: &SignRow, sight: &Sight<'_>, short: bool) -> Line<'static> {
    match &row.subject {
        // A stub says in its title whom to ask.
        None if row.ask.is_some() => Line::default(),
        None => sight.line(Meaning::Muted, words::OFFICE),
        subject if short => sight.short_name(subject.as_ref()),
        subject => sight.name(subject.as_ref()),
    }
}
