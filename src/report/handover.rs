//! The sheet of a handover: every line as it was shown, section by section, with what was answered and room to sign.
//!
//! One HTML file for A4 without script or anything from elsewhere, and the same as plain text. Sections in which nothing
//! stands say so. Escaping is the template's; characters that a reader's screen must not act on are taken out before.

use askama::Template;

use chrono::{DateTime, Utc};

use super::page::Head;
use crate::domain::clean;
use crate::domain::commitment::Party;
use crate::domain::handover::{Handed, Section};
use crate::domain::permission::Roles;
use crate::domain::time::{Zone, display};
use crate::domain::views::{HandoverView, Office};
use crate::domain::words::handover as words;

/// What a sheet is made with.
#[derive(Clone, Copy)]
pub struct With<'a> {
    /// The office.
    pub office: &'a Office,
    /// Titles of duties.
    pub roles: &'a Roles,
    /// The office's zone.
    pub zone: Zone,
    /// When it is printed.
    pub now: DateTime<Utc>,
    /// By whom, by name.
    pub by: &'a str,
}

/// A row of the sheet.
struct Row {
    number: String,
    clock: String,
    about: String,
    reference: String,
    what: String,
    then: String,
    phone: String,
    whose: String,
    answer: String,
    alone: bool,
    open: bool,
}

/// A section of the sheet.
struct Part {
    title: &'static str,
    rows: Vec<Row>,
}

/// The sheet.
#[derive(Template)]
#[template(path = "handover.html", config = "src/report/askama.toml")]
struct Sheet {
    head: Head,
    facts: Vec<(&'static str, String)>,
    parts: Vec<Part>,
    heads: [&'static str; 7],
    none: &'static str,
    said_back: &'static str,
    read_backs: Vec<String>,
    foot: String,
}

/// The sheet as one HTML file.
///
/// # Errors
/// Where it cannot be put together, in words.
pub fn html(view: &HandoverView, with: With<'_>) -> Result<String, String> {
    sheet(view, with).render().map_err(|error| error.to_string())
}

/// The sheet as plain text.
pub fn text(view: &HandoverView, with: With<'_>) -> String {
    let sheet = sheet(view, with);
    let mut lines = Vec::new();
    lines.extend(sheet.head.training.map(str::to_owned));
    lines.push(sheet.head.title.clone());
    lines.extend(sheet.facts.iter().map(|(label, said)| format!("{label}: {said}")));
    for part in &sheet.parts {
        lines.extend([String::new(), part.title.to_uppercase()]);
        if part.rows.is_empty() {
            lines.push(format!("  {}", sheet.none));
        }
        for row in &part.rows {
            let about = match row.reference.as_str() {
                "" => row.about.clone(),
                reference => words::about(&row.about, reference),
            };
            let first = [&row.clock, &about, &row.what].into_iter().filter(|cell| !cell.is_empty());
            let first: Vec<&str> = first.map(String::as_str).collect();
            lines.push(format!("{:>3}  {}", row.number, first.join("   ")));
            let whose = words::sees_to(&row.whose);
            let phone = words::number(&row.phone);
            let more = [&row.then, &phone, &whose].into_iter().filter(|cell| !cell.is_empty());
            let more: Vec<&str> = more.map(String::as_str).collect();
            if !more.is_empty() {
                lines.push(format!("     {}", more.join(" · ")));
            }
            let answer = if row.open { words::NOT_ANSWERED } else { &row.answer };
            lines.push(format!("     {answer}"));
        }
    }
    lines.extend([String::new(), sheet.said_back.to_uppercase()]);
    if sheet.read_backs.is_empty() {
        lines.push(format!("  {}", sheet.none));
    }
    lines.extend(sheet.read_backs.iter().cloned());
    lines.extend([String::new(), sheet.foot.clone(), String::new()]);
    lines.join("\n")
}

fn sheet(view: &HandoverView, with: With<'_>) -> Sheet {
    let handover = &view.handover;
    let shown = |text: &str| clean::shown(text).into_owned();
    let stamp = |at| display::weekday_stamp(at, with.zone);
    let to = match &handover.to {
        Some(Party::Staff(to)) => view.name(*to),
        Some(Party::Role(duty)) => with.roles.title(duty).to_owned(),
        Some(Party::Outside(named)) => named.words.clone(),
        None => words::WHOEVER_COMES.to_owned(),
    };
    let receivers: Vec<String> = handover.receivers().into_iter().map(|staff| view.name(staff)).collect();
    let mut facts = vec![
        (
            words::FACT_SHIFT,
            words::shift(
                &stamp(handover.from),
                &stamp(handover.until),
                &display::length_over_change(handover.from, handover.until, with.zone),
            ),
        ),
        (
            words::FACT_COMING,
            words::shift(
                &stamp(handover.until),
                &stamp(handover.next),
                &display::length_over_change(handover.until, handover.next, with.zone),
            ),
        ),
        (words::FACT_GIVER, view.name(handover.giver)),
        (words::FACT_TO, to),
        (words::FACT_SHOWN, stamp(handover.at)),
    ];
    let said = [
        (words::FACT_RECEIVERS, receivers.join(", ")),
        (words::FACT_OTHERS, handover.others.clone()),
        (words::FACT_PLACE, handover.place.clone()),
        (words::FACT_NOTE, handover.note.clone()),
    ];
    facts.extend(said.into_iter().filter(|(_, said)| !said.is_empty()));
    facts.push((words::FACT_COUNTS, words::counts(&handover.counts())));
    facts.extend((view.changes() > 0).then(|| (words::FACT_CHANGED, words::changed_since(view.changes()))));
    for how in &handover.how {
        let was = words::how_it_was(how.satisfactory, &view.name(how.by), &stamp(how.at), &how.note);
        facts.push((words::FACT_HOW, was));
    }
    let mut number = 0;
    let parts = Section::ALL.map(|section| {
        let of = handover.lines.iter().filter(|handed| handed.line.section == section);
        let rows = of.map(|handed| {
            number += 1;
            row(view, handed, number, with)
        });
        Part { title: words::section(section), rows: rows.collect() }
    });
    let clean_facts = facts.into_iter().map(|(label, said)| (label, shown(&said)));
    let backs = handover.read_backs.iter();
    let backs = backs.map(|back| shown(&words::read_back(&view.name(back.by), &stamp(back.at), &back.words)));
    Sheet {
        head: Head::new(&words::title(&with.office.name), with.office.training),
        facts: clean_facts.collect(),
        parts: parts.into(),
        heads: words::HEADS,
        none: words::NONE,
        said_back: words::SAID_BACK,
        read_backs: backs.collect(),
        foot: words::printed(&stamp(with.now), with.by),
    }
}

fn row(view: &HandoverView, handed: &Handed, number: usize, with: With<'_>) -> Row {
    let line = &handed.line;
    let shown = |text: &str| clean::shown(text).into_owned();
    let changes: Vec<String> = view
        .changed
        .get(&line.key)
        .into_iter()
        .flatten()
        .map(|change| words::change(&display::short(change.at, with.now, with.zone), &change.what))
        .collect();
    let then = [line.then.clone()].into_iter().chain(changes).filter(|part| !part.is_empty());
    Row {
        number: number.to_string(),
        clock: shown(&line.clock),
        about: shown(&line.about),
        reference: shown(&line.reference),
        what: shown(&line.what),
        then: shown(&then.collect::<Vec<_>>().join(" · ")),
        phone: shown(&line.number),
        whose: shown(&line.whose),
        answer: shown(&answer(view, handed, with)),
        alone: line.is_alone(),
        open: handed.answers.is_empty() && handed.left.is_none(),
    }
}

/// What became of a line, in words: the answer that stands, and to whom it passed where nobody took it. Empty where nothing
/// was said: on paper that is where somebody signs.
pub fn answer(view: &HandoverView, handed: &Handed, with: With<'_>) -> String {
    let at = |at| display::short(at, with.now, with.zone);
    let said = handed
        .answer()
        .map(|last| words::answer(last.answer, &view.name(last.by), &at(last.at), &last.reason));
    let left = handed
        .left
        .as_ref()
        .filter(|_| !handed.is_done())
        .map(|left| words::left_to(with.roles.title(&left.duty), &at(left.since)));
    words::joined([said, left])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::answer::YesNo;
    use crate::domain::handover::{Answered, Handover, HowItWas, Line, LineAnswer, ReadBack};
    use crate::domain::ids::{CaseId, EntryId};
    use std::collections::BTreeMap;

    fn id(number: u128) -> CaseId {
        CaseId(uuid::Uuid::from_u128(number))
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    /// A night handed over in the morning: one line taken, one not; names and words that are not harmless.
    fn view() -> HandoverView {
        let line = |key: &str, what: &str| Line {
            about: "O'NEILL <b>".to_owned(),
            what: what.to_owned(),
            ..Line::new(key.to_owned(), Section::Promised)
        };
        let lines = vec![line("owed:1", "Visit & dressing\u{1b}[31m"), line("owed:2", "Hoist")];
        let times = (at("2026-10-24T19:00:00Z"), at("2026-10-25T08:00:00Z"), at("2026-10-25T20:00:00Z"));
        let mut handover = Handover::proposed(id(1), times, lines, at("2026-10-25T07:45:00Z"));
        let taken = at("2026-10-25T07:51:00Z");
        let answer = LineAnswer { by: id(2), at: taken, answer: Answered::Taken, reason: String::new() };
        handover.lines[0].answers.push(answer);
        (handover.place, handover.others) = ("by telephone".to_owned(), "Ines Brandt".to_owned());
        handover.read_backs.push(ReadBack { by: id(2), at: taken, words: "Nurse by noon".to_owned() });
        handover.how.push(HowItWas {
            entry: EntryId(id(9).0),
            by: id(2),
            at: taken,
            satisfactory: YesNo::No,
            note: "no word of the hoist".to_owned(),
        });
        let names = [(id(1), "SHAH, P.".to_owned()), (id(2), "IQBAL, D.".to_owned())].into();
        HandoverView { handover, changed: BTreeMap::new(), standing: BTreeMap::new(), names }
    }

    fn both() -> (String, String) {
        let office = Office { name: "Rowan House".to_owned(), training: true, ..Office::default() };
        let roles = Roles::default();
        let now = at("2026-10-25T08:10:00Z");
        let with = With { office: &office, roles: &roles, zone: Zone::default(), now, by: "IQBAL, D." };
        (html(&view(), with).unwrap(), text(&view(), with))
    }

    #[test]
    fn the_sheet_says_when_where_who_and_how_it_was() {
        let (page, plain) = both();
        for said in [
            "TRAINING",
            "SHAH, P.",
            "IQBAL, D.",
            "Ines Brandt",
            "by telephone",
            "13 h (the clocks go back)",
            "1 taken",
            "1 to answer",
            "NOT as it should be",
            "no word of the hoist",
            "Nurse by noon",
        ] {
            assert!(page.contains(said) && plain.contains(said), "{said}\n{plain}");
        }
        // Each section stands there, also where nothing does: that somebody looked is to be seen.
        for section in Section::ALL {
            assert!(page.contains(words::section(section)), "{section:?}");
        }
        assert!(plain.matches(words::NONE).count() >= Section::ALL.len() - 1);
        assert!(plain.contains(words::NOT_ANSWERED), "the second line");
    }

    #[test]
    fn what_people_wrote_is_words_on_the_sheet_and_never_markup_or_a_control() {
        let (page, plain) = both();
        assert!(!page.contains("<b>") && !page.contains("O'NEILL <"), "escaped");
        assert!(page.contains("Visit &#38; dressing") || page.contains("Visit &amp; dressing"), "{page}");
        for said in [page, plain] {
            assert!(!said.contains('\u{1b}'), "no control reaches a reader's screen");
            assert!(!said.contains("<script") && !said.contains("http"), "nothing from elsewhere");
        }
    }
}
