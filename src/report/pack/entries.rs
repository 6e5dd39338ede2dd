//! The chronology of a case: each entry with when it happened and when it was recorded, what was said, what was struck.

use chrono::TimeDelta;

use super::{Answered, Case, Cell, Entry, Struck};
use crate::domain::clean;
use crate::domain::entry::Said;
use crate::domain::time::display;
use crate::domain::views::Told;
use crate::domain::words::pack as words;
use crate::pathway::definition::{Field, Kind, Means};
use crate::pathway::show::Shown;
use crate::report::chronology::{self, Telling};

/// From how long on something is shown as recorded later than it happened: times are told to the minute, so less than two
/// may be none.
const APART: TimeDelta = TimeDelta::minutes(2);

/// What happened in a case, as far as it is picked, and in the cases of the same matter.
pub(super) fn told(with: Telling<'_>, pick: impl Fn(&Told) -> bool) -> Case {
    let view = with.view;
    let own = view.chronology.iter().map(|told| (told, None));
    let elsewhere = view.elsewhere.iter().map(|one| (&one.told, Some(&one.reference)));
    let mut all: Vec<_> = own.chain(elsewhere).filter(|(told, _)| pick(told)).collect();
    all.sort_by_key(|(told, _)| (told.occurred.at, told.entry.seq));
    let about = view.subject.as_ref().map(|record| record.name.as_str()).unwrap_or_default();
    let kind = with.editions.current().pathway_title(&view.state.pathway);
    let title = [view.reference.as_str(), kind, about].into_iter().filter(|part| !part.is_empty());
    Case {
        reference: view.reference.clone(),
        title: shown(&title.collect::<Vec<_>>().join(", ")),
        particulars: Vec::new(),
        entries: all.into_iter().map(|(told, of)| entry(with, told, of.cloned())).collect(),
    }
}

fn entry(with: Telling<'_>, told: &Told, of: Option<String>) -> Entry {
    let entry = &told.entry;
    let step = match &entry.said {
        Said::Step(said) => with.editions.step(said),
        Said::Act(_) | Said::Stub(_) => None,
    };
    let of_others = |id: &str| step.and_then(|step| step.field(id)).is_some_and(is_of_others);
    let answers = match &entry.said {
        Said::Step(said) => {
            let answered = |line: Shown| Answered {
                label: shown(&line.label),
                of_others: of_others(&line.field),
                words: line.words,
                quoted: line.quoted,
            };
            chronology::shown(with, told, said).into_iter().map(answered).collect()
        }
        Said::Act(act) => {
            let said = chronology::act_in_words(with.editions, with.view, (entry.id, act));
            let said = Some(shown(&said)).filter(|said| !said.is_empty());
            said.map(|words| Answered { label: String::new(), words, quoted: false, of_others: false })
                .into_iter()
                .collect()
        }
        Said::Stub(_) => Vec::new(),
    };
    let struck = chronology::struck(with, told).into_iter().map(|struck| Struck {
        label: shown(&struck.label),
        words: shown(&struck.words),
        quoted: struck.quoted,
        of_others: of_others(&struck.field),
        by: struck.by.map(|by| shown(&chronology::name(with.view, by))).unwrap_or_default(),
        at: Cell::at(struck.at, with.zone),
        reason: shown(&struck.reason),
    });
    let apart = entry.recorded_at - told.occurred.at;
    Entry {
        number: entry.seq,
        id: entry.id,
        hash: entry.hash,
        kind: chronology::kind(&entry.said),
        title: shown(&chronology::title(with.editions, told)),
        of,
        occurred: Cell::when(&told.occurred, with.zone),
        recorded: Cell::at(entry.recorded_at, with.zone),
        later: (apart >= APART).then(|| words::later(&display::length(told.occurred.at, entry.recorded_at))),
        by: shown(&by(with, told)),
        answers,
        struck: struck.collect(),
        remarks: chronology::remarks(with, told).iter().map(|remark| shown(remark)).collect(),
    }
}

/// Whether a field says who else was told, or who told us.
fn is_of_others(field: &Field) -> bool {
    let names = |field: &Field| matches!(field.means, Some(Means::ToldName | Means::Caller));
    match &field.kind {
        Kind::Rows { columns, .. } => columns.iter().any(names),
        _ => names(field),
    }
}

/// Whose act it is; what nobody did is the program's.
fn by(with: Telling<'_>, told: &Told) -> String {
    let by = chronology::by(with.view, told);
    if !by.is_empty() {
        return by;
    }
    let of_program = told.entry.who.method == crate::domain::entry::Method::System;
    if of_program { words::PROGRAM } else { words::NOBODY }.to_owned()
}

fn shown(text: &str) -> String {
    clean::shown(text).into_owned()
}
