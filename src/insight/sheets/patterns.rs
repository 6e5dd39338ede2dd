//! The page of patterns: where working with others goes wrong again and again, beside the time before; the warning signs about
//! it, and what was answered to each.

use super::With;
use crate::domain::clean;
use crate::domain::measure::{Pattern, Patterns};
use crate::domain::sheet::{Sheet, SheetPart};
use crate::domain::time::display;
use crate::domain::views::SignRow;
use crate::domain::words::{patterns as words, signs};
use crate::insight::measures::PATTERN_DAYS;

/// Composes it.
pub fn patterns(found: &Patterns, about: &[SignRow], with: &With<'_>) -> Sheet {
    let days = [found.period.first, found.period.last()].map(display::date).join(" - ");
    let mut parts: Vec<SheetPart> = found.patterns.iter().map(part).collect();
    if parts.is_empty() {
        let mut none = SheetPart::new("");
        none.lacks("", words::NO_MEASURE);
        parts.push(none);
    }
    parts.push(pointed_at(about, with));
    Sheet {
        title: words::PAGE.to_owned(),
        first: words::first(&days, PATTERN_DAYS, found.without_restricted),
        parts,
        last: words::LAST.to_owned(),
        ..Sheet::default()
    }
}

fn part(pattern: &Pattern) -> SheetPart {
    let mut part = SheetPart::new(&words::heading(&pattern.title, pattern.by));
    if pattern.rows.is_empty() {
        part.says(words::NONE, words::beside(&pattern.now, &pattern.before));
        return part;
    }
    part.says(words::ALL, words::beside(&pattern.now, &pattern.before));
    for row in &pattern.rows {
        let named: Vec<String> = row.cases.iter().map(|(_, reference)| reference.clone()).collect();
        let said = [words::beside(&row.now, &row.before), words::cases(&named, row.more)].join("\n");
        part.says(&clean::shown(&row.label), said);
        part.behind(row.cases.iter().cloned());
    }
    part
}

fn pointed_at(about: &[SignRow], with: &With<'_>) -> SheetPart {
    let mut part = SheetPart::new(words::SIGNS);
    for sign in about {
        let when = display::short(sign.since, with.now, with.zone);
        let whom = sign.subject.as_ref().map(|record| record.name.as_str()).unwrap_or_default();
        let said = words::sign(&sign.title, whom, &sign.words);
        match &sign.answered {
            Some(answered) => {
                let at = display::short(answered.at, with.now, with.zone);
                let answer = signs::answered(answered.answer, &answered.words, &answered.by, &at);
                part.says(&when, [said, answer].join("\n"));
            }
            None => part.lacks(&when, &[said.as_str(), signs::UNANSWERED].join("\n")),
        }
    }
    if part.lines.is_empty() {
        part.says("", words::NO_SIGN);
    }
    part
}
