//! The page of a warning sign: what it says, what to do, how it stands, the entries that show it, what was answered.

use chrono::{DateTime, Utc};

use crate::domain::sheet::{Sheet, SheetPart};
use crate::domain::time::{Zone, display};
use crate::domain::views::SignView;
use crate::domain::words::signs as words;

/// Composes it.
pub fn sign(view: &SignView, now: DateTime<Utc>, zone: Zone) -> Sheet {
    let row = &view.row;
    let short = |at| display::short(at, now, zone);
    let mut what = SheetPart::new(words::PART_WHAT);
    what.says("", &*row.means);
    if !row.words.is_empty() {
        what.says("", &*row.words);
    }
    let mut todo = SheetPart::new(words::PART_DO);
    todo.asks(&row.todo);
    let mut stands = SheetPart::new(words::PART_STANDS);
    let name = row.subject.as_ref().map_or(words::OFFICE, |record| &record.name);
    let about = [name, row.reference.as_str()].into_iter().filter(|part| !part.is_empty());
    stands.says(words::ABOUT, about.collect::<Vec<_>>().join(", "));
    stands.says(words::WEIGHS, words::severity(row.severity));
    stands.says(words::SINCE, short(row.since));
    if !row.stands {
        stands.says("", words::no_longer_since(row.ended.map(short).as_deref()));
    }
    if let Some(raised) = row.raised {
        stands.says(words::ON_RECORD, short(raised));
    }
    let mut shown = SheetPart::new(words::PART_SHOWN);
    for entry in &view.entries {
        let said =
            [entry.title.as_str(), &entry.by, &entry.reference].into_iter().filter(|part| !part.is_empty());
        shown.says(&short(entry.occurred), said.collect::<Vec<_>>().join(" · "));
        shown.behind(entry.case.map(|case| (case, entry.reference.clone())));
    }
    if view.hidden > 0 {
        shown.says("", words::hidden(view.hidden));
    }
    let mut answer = SheetPart::new(words::PART_ANSWER);
    match &row.answered {
        Some(answered) => {
            let said = words::answered(answered.answer, &answered.words, &answered.by, &short(answered.at));
            answer.says("", said);
        }
        None => {
            answer.lacks("", words::UNANSWERED);
            stands.says(words::STANDS_TO, &*row.owner);
        }
    }
    Sheet {
        title: row.title.clone(),
        parts: vec![what, todo, stands, shown, answer],
        subject: row.subject.as_ref().filter(|record| record.register == "people").map(|record| record.id),
        case: row.case,
        ..Sheet::default()
    }
}
