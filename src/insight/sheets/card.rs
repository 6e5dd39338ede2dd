//! The card for whoever takes an emergency call at the other end: its lines in the order in which they ask, each from
//! what is being typed, what the case says and what is on the person's record; what is missing says what to ask.

use super::{Found, Known, With, in_case, meaning, on_record, who};
use crate::domain::clean;
use crate::domain::sheet::{CardLine, Sheet, SheetPart};
use crate::domain::views::RecordRow;
use crate::domain::words::sheets as words;
use crate::pathway::definition::Means;

/// So many times is told what happened: the first account and what came last.
const ACCOUNTS: usize = 2;

/// Kinds of service whose own address is an office: nobody lives there, and an ambulance that goes by it goes wrong.
const WHERE_NOBODY_LIVES: [&str; 2] = ["domiciliary", "office"];

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
            } else if let Some(named) = typed_name(known, with).or_else(|| told_name(known, with)) {
                part.says("", words::unconfirmed(&named));
                part.lacks("", words::NOBODY_TAKEN);
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
    let is_lived_in = |place: &&RecordRow| {
        let kind = place.more.type_of.as_ref().map(|kind| kind.id.as_str());
        !kind.is_some_and(|kind| WHERE_NOBODY_LIVES.contains(&kind))
    };
    for place in known.places.iter().filter(is_lived_in) {
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
        if !known.places.iter().any(|place| is_lived_in(&place)) && !has_postcode(&rooms) {
            part.lacks("", words::NO_POSTCODE_ALONE);
        }
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

/// Whether a postcode stands in an address: `LK4 8QS`, with or without the blank.
fn has_postcode(address: &str) -> bool {
    let words: Vec<&str> = address.split(|c: char| !c.is_ascii_alphanumeric()).collect();
    let outward = |said: &str| {
        (2..=4).contains(&said.len())
            && said.starts_with(|c: char| c.is_ascii_alphabetic())
            && said.contains(|c: char| c.is_ascii_digit())
    };
    let inward = |said: &str| {
        said.len() == 3
            && said.starts_with(|c: char| c.is_ascii_digit())
            && said.chars().skip(1).all(|c| c.is_ascii_alphabetic())
    };
    let apart = words.windows(2).any(|two| matches!(two, [one, other] if outward(one) && inward(other)));
    let joined = |word: &&str| {
        let at = word.len().saturating_sub(3);
        word.split_at_checked(at).is_some_and(|(one, other)| outward(one) && inward(other))
    };
    apart || words.iter().any(joined)
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

/// Whom the case names in words, where nobody on record was taken.
fn told_name(known: &Known<'_>, with: &With<'_>) -> Option<String> {
    meaning(known.told, with, Means::Subject).into_iter().next().map(|found| found.words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::Zone;
    use crate::pathway::edition::{Edition, Editions};
    use chrono::DateTime;
    use serde_json::json;

    fn record(register: &str, id: u128, more: serde_json::Value) -> RecordRow {
        let mut row = json!({
            "id": uuid::Uuid::from_u128(id), "register": register, "name": "NASH, Olive", "short": "NASH, O.",
            "born": null, "nhs": null, "room": null, "location": null, "place": null, "phone": null, "alerts": [],
            "do_not_inform": false, "code": null, "answers": {},
        });
        for (name, value) in more.as_object().unwrap() {
            row[name] = value.clone();
        }
        serde_json::from_value(row).unwrap()
    }

    /// The lines of where they are, of somebody who lives at this address and is visited from an office.
    fn at_home(address: &str, service: &str) -> String {
        let round = record(
            "locations",
            1,
            json!({
                "name": "Harbour Home Care", "type_of": { "id": service, "label": service },
                "answers": {
                    "address": { "text": "Office: 4 Quay Street, LK4 8QS" },
                    "name": { "text": "Harbour Home Care" },
                },
            }),
        );
        let person = record(
            "people",
            2,
            json!({ "location": round.id, "room": address, "answers": { "room": { "text": address } } }),
        );
        let editions = Editions::new(Edition::built_in());
        let now = DateTime::from_timestamp(1_795_294_932, 0).unwrap();
        let with = With { editions: &editions, zone: Zone::default(), now, office: "", by: "" };
        let known = Known { record: Some(&person), places: &[round], ..Known::default() };
        let card = card(known, &with);
        card.parts[0].lines.iter().map(|line| format!("{}\n", line.words)).collect()
    }

    #[test]
    fn an_office_is_never_where_somebody_lives() {
        let said = at_home("17 Quay Street", "domiciliary");
        assert!(said.contains("17 Quay Street") && said.contains(words::NO_POSTCODE_ALONE), "{said}");
        assert!(!said.contains("4 Quay Street, LK4") && !said.contains("Harbour"), "{said}");
        let said = at_home("17 Quay Street, LK4 8QT", "domiciliary");
        assert!(!said.contains(words::NO_POSTCODE_ALONE), "{said}");
        // In a home the house's address is theirs.
        let said = at_home("flat 4", "residential");
        assert!(said.contains("flat 4, Harbour Home Care, Office: 4 Quay Street, LK4 8QS"), "{said}");
    }

    #[test]
    fn a_postcode_is_seen_however_it_is_written() {
        for said in ["LK4 8QS", "17 Quay Street, lk4 8qs", "LK48QS", "SW1A 1AA, London"] {
            assert!(has_postcode(said), "{said}");
        }
        for said in ["17 Quay Street", "flat 4", "", "Flat 12, 2nd floor", "ß€"] {
            assert!(!has_postcode(said), "{said}");
        }
    }
}
