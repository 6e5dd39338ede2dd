//! The card for whoever takes an emergency call at the other end: its lines in the order in which they ask, each from
//! what is being typed, what the case says and what is on the person's record; what is missing says what to ask.

use super::{Found, Known, With, in_case, on_record, who};
use crate::domain::clean;
use crate::domain::sheet::{CardLine, Sheet, SheetPart};
use crate::domain::words::sheets as words;
use crate::pathway::definition::Means;

/// So many times is told what happened: the first account and what came last.
const ACCOUNTS: usize = 2;

/// Composes the card. What is sealed in the record is on it: whoever asks for it notes the look.
pub fn card(known: Known<'_>, with: &With<'_>) -> Sheet {
    let mut card = SheetPart::default();
    for line in CardLine::ALL {
        let mut part = SheetPart::default();
        fill(&mut part, line, &known, with);
        if part.lines.is_empty() {
            part.lacks("", words::gap(line));
        }
        // The first carries the line's own label; what else is known of it stands under that, each with its own.
        for (at, mut said) in part.lines.into_iter().enumerate() {
            if !said.label.is_empty() {
                said.words = words::labelled(&said.label, &said.words);
            }
            said.label = if at == 0 { words::line(line).to_owned() } else { String::new() };
            card.lines.push(said);
        }
    }
    let name = known.record.map(|record| clean::shown(&record.name).into_owned());
    Sheet {
        title: words::card(name.as_deref()),
        first: words::CARD_FIRST.to_owned(),
        parts: vec![card],
        last: words::CARD_LAST.to_owned(),
        subject: known.record.map(|record| record.id),
        case: None,
        sealed: !known.sealed.is_empty(),
    }
}

fn fill(part: &mut SheetPart, line: CardLine, known: &Known<'_>, with: &With<'_>) {
    let typed = typed(line, known, with);
    let told = in_case(known.told, with, |field| field.card == Some(line));
    let record = known.record.map(|record| on_record(record, with, |field| field.card == Some(line)));
    let record = record.unwrap_or_default();
    match line {
        CardLine::Age => {
            if let Some(record) = known.record {
                part.says("", who(record, with));
                if record.born.is_none() {
                    part.lacks("", words::NO_AGE);
                }
            } else if let Some(named) = typed_name(known, with) {
                part.says("", named);
                part.lacks("", words::NO_AGE);
            }
        }
        CardLine::Address => address(part, known, typed, told, record, with),
        CardLine::GetIn => {
            known.sealed.iter().for_each(|(_, said)| part.says("", clean::shown(said)));
            for place in known.places {
                let found = on_record(place, with, |field| field.card == Some(line));
                found.into_iter().for_each(|found| part.says("", found.words));
            }
        }
        CardLine::Happened => {
            let accounts = typed.into_iter().chain(told);
            for found in accounts.take(ACCOUNTS) {
                part.quotes("", found.with_time(with));
            }
        }
        CardLine::Breathing | CardLine::With => {
            if let Some(found) = typed.into_iter().chain(told).next() {
                part.says("", found.with_time(with));
            }
        }
        CardLine::CallBack => {
            let case = typed.into_iter().chain(told).next();
            if let Some(found) = case {
                part.says("", found.words);
            }
            for found in record {
                part.says(&found.label, found.words);
            }
        }
        CardLine::Resuscitation | CardLine::Allergies | CardLine::Medicines | CardLine::Communication => {
            for (at, found) in typed.into_iter().chain(told.into_iter().take(1)).chain(record).enumerate() {
                // Where the form is kept needs no label under what it says.
                let label = if at == 0 || line == CardLine::Resuscitation { "" } else { &found.label };
                part.says(label, found.words);
            }
        }
    }
}

/// Where they are: not where they live, where the record or the call says that they are elsewhere.
fn address(
    part: &mut SheetPart,
    known: &Known<'_>,
    typed: Vec<Found>,
    told: Vec<Found>,
    record: Vec<Found>,
    with: &With<'_>,
) {
    if let Some(at) = known.record.and_then(|record| record.more.whereabouts.as_ref()) {
        let said = [at.label.as_str(), at.detail.as_deref().unwrap_or_default()];
        let said: Vec<&str> = said.into_iter().filter(|said| !said.is_empty()).collect();
        part.says(words::NOT_AT_HOME, clean::shown(&said.join(", ")));
    }
    let home = known.record.and_then(|record| record.location);
    let (mut exact, mut said): (bool, Vec<String>) = (false, Vec::new());
    // The room before the house; a house's name only where its address does not say it.
    let (rooms, names): (Vec<Found>, Vec<Found>) = record.into_iter().partition(|found| !found.named);
    let rooms = rooms.into_iter().map(|found| found.words).collect::<Vec<_>>().join(", ");
    let called = typed.into_iter().chain(told).next().map(|found| found.words);
    let away = known.places.first().is_some_and(|place| Some(place.id) != home && called.is_some());
    for place in known.places {
        let lives = Some(place.id) == home;
        let address = on_record(place, with, |field| field.card == Some(CardLine::Address));
        let address = address.into_iter().map(|found| found.words).collect::<Vec<_>>().join(", ");
        exact |= !address.is_empty();
        let name =
            Some(clean::shown(&place.name).into_owned()).filter(|name| !address.contains(name.as_str()));
        let rooms = Some(rooms.clone()).filter(|_| lives);
        let line = [rooms, name, Some(address)].into_iter().flatten().filter(|said| !said.is_empty());
        let line = line.collect::<Vec<_>>().join(", ");
        part.says(if lives && away { words::LIVES_AT } else { "" }, line.clone());
        said.push(line);
    }
    if !rooms.is_empty() && !said.iter().any(|line| line.contains(&rooms)) {
        exact = true;
        part.says("", rooms.clone());
        said.push(rooms);
    }
    for name in called.into_iter().chain(names.into_iter().map(|found| found.words)) {
        let known = known.places.iter().any(|place| place.name == name);
        if !known && !said.iter().any(|line| line.contains(&name)) {
            part.says("", name.clone());
            said.push(name);
        }
    }
    if !part.lines.is_empty() && !exact {
        part.lacks("", words::NO_POSTCODE);
    }
}

fn typed(line: CardLine, known: &Known<'_>, with: &With<'_>) -> Vec<Found> {
    let Some((step, answers)) = known.typed else { return Vec::new() };
    let asked = step.fields.iter().filter(|field| !field.sealed && field.card == Some(line));
    asked.filter_map(|field| Found::of(field, answers.get(&field.id)?, None, with.zone)).collect()
}

/// Whom a form names of whom there is no record yet.
fn typed_name(known: &Known<'_>, with: &With<'_>) -> Option<String> {
    let (step, answers) = known.typed?;
    let field = step.meaning(Means::Subject)?;
    Found::of(field, answers.get(&field.id)?, None, with.zone).map(|found| found.words)
}
