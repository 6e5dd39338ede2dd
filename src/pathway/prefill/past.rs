//! What a form is offered from the record of whom a case is about, and from their other cases. Where the words came from
//! stands beside them: in a column that means `taken_from`, or after them in brackets, so that it is kept with what was
//! made of it. What may be read at all is left to whoever reads the record.

use std::collections::BTreeSet;

use super::fitting;
use crate::domain::answer::{Answer, Answers, Prefilled};
use crate::domain::ids::EntryId;
use crate::domain::views::{Past, PastAnswer};
use crate::domain::words::show as words;
use crate::pathway::definition::Field;
use crate::pathway::definition::{AgendaPart, Kind, Means, Pathway, Prefill, Step};

/// The most entries of other cases that one field is offered: whoever prepares a review reads them all.
const MOST: usize = 8;

/// By which meanings any form of the pathway is filled from the record of whom its cases are about, or from their other
/// cases. Empty where nothing has to be read for it.
pub fn asks(pathway: &Pathway) -> BTreeSet<Means> {
    let fields = pathway.steps.iter().filter(|step| !step.retired).flat_map(|step| &step.fields);
    let mut asked = BTreeSet::new();
    let mut of = |field: &Field| {
        let rows = match &field.kind {
            Kind::Rows { from, .. } => from.as_ref(),
            _ => None,
        };
        asked.extend(field.prefill.iter().chain(rows).flat_map(Prefill::past));
    };
    for field in fields {
        of(field);
        if let Kind::Rows { columns, .. } = &field.kind {
            columns.iter().for_each(&mut of);
        }
    }
    asked
}

/// The pathways whose cases any form of the pathway names as those that it is filled from.
pub fn named(pathway: &Pathway) -> BTreeSet<&String> {
    let fields = pathway.steps.iter().filter(|step| !step.retired).flat_map(|step| &step.fields);
    let prefilled = fields.filter_map(|field| field.prefill.as_ref());
    let of = prefilled.filter_map(|prefill| match prefill {
        Prefill::History { of, .. } => Some(of),
        _ => None,
    });
    of.flatten().collect()
}

/// The steps of the pathway that go through the queues of the office, in the field of this name, with the parts of its agenda.
pub fn agenda_asked(pathway: &Pathway) -> Option<(Vec<&Step>, &Field, &[AgendaPart])> {
    let fields = pathway.steps.iter().filter(|step| !step.retired).flat_map(|step| {
        step.fields.iter().filter_map(move |field| match &field.kind {
            Kind::Rows { from: Some(Prefill::Agenda(parts)), .. } => Some((step, field, parts.as_slice())),
            _ => None,
        })
    });
    let all: Vec<_> = fields.collect();
    let (_, field, parts) = *all.first()?;
    let steps = all.iter().filter(|(_, other, _)| other.id == field.id).map(|(step, ..)| *step).collect();
    Some((steps, field, parts))
}

/// Answers that are meant: of a record one, of another case all of one entry.
struct Meant<'a> {
    past: &'a Past,
    answers: Vec<&'a PastAnswer>,
}

impl Meant<'_> {
    /// Its words, one line. What stands in a record is told with its label, for a record has no order of telling; a bare
    /// yes or no with its question.
    fn words(&self) -> String {
        let labelled = |one: &&PastAnswer| match (&one.answer, self.past.of_record) {
            (Answer::YesNo { .. }, _) | (_, true) => words::asked(&one.label, &one.words),
            _ => one.words.clone(),
        };
        let told: Vec<String> = self.answers.iter().map(labelled).collect();
        told.join("; ").replace('\n', "; ")
    }
}

/// What is offered, with every entry that it was taken from.
pub(super) fn offer(field: &Field, prefill: &Prefill, past: &[Past]) -> Option<Prefilled> {
    let meant = meant(prefill, past);
    match &field.kind {
        Kind::Rows { .. } => rows(field, &meant),
        Kind::Notes => {
            let line = |one: &Meant<'_>| words::taken_from(&one.words(), &one.past.source);
            let lines = meant.iter().map(line).collect::<Vec<_>>().join("\n");
            Some(Prefilled { answer: fitting(&field.kind, Answer::Text(lines))?, sources: sources(&meant) })
        }
        kind => meant.iter().find_map(|one| {
            let fits = |said: &&PastAnswer| fitting(kind, said.answer.clone());
            let words = || takes_words(kind).then(|| Answer::Text(one.words()));
            let answer = one.answers.iter().find_map(fits).or_else(words)?;
            Some(Prefilled { answer, sources: vec![one.past.entry] })
        }),
    }
}

/// What the queues of the office have for an agenda, and stood on it so many times in a row before: whoever read it has put
/// it in order.
pub(super) fn agenda(field: &Field, past: &[Past], times: usize) -> Option<Prefilled> {
    rows_of(field, past.iter().filter(|past| past.stood >= times))
}

/// A row for each of these.
pub(super) fn rows_of<'a>(field: &Field, past: impl Iterator<Item = &'a Past>) -> Option<Prefilled> {
    let all = |past| Meant { past, answers: past.answers.iter().collect() };
    rows(field, &past.map(all).collect::<Vec<_>>())
}

/// A row for each: its words in the first column that takes words, and where they came from in the one for that.
fn rows(field: &Field, meant: &[Meant<'_>]) -> Option<Prefilled> {
    let Kind::Rows { columns, .. } = &field.kind else { return None };
    let from = columns.iter().find(|column| column.means == Some(Means::TakenFrom));
    let said = columns.iter().find(|column| takes_words(&column.kind) && from != Some(*column))?;
    let row = |one: &Meant<'_>| {
        let mut row = Answers::from([(said.id.clone(), Answer::Text(one.words()))]);
        row.extend(from.map(|from| (from.id.clone(), Answer::Text(one.past.source.clone()))));
        row
    };
    let rows = Answer::Rows(meant.iter().map(row).collect());
    Some(Prefilled { answer: fitting(&field.kind, rows)?, sources: sources(meant) })
}

fn sources(taken: &[Meant<'_>]) -> Vec<EntryId> {
    let mut all: Vec<EntryId> = taken.iter().map(|one| one.past.entry).collect();
    all.dedup();
    all
}

fn takes_words(kind: &Kind) -> bool {
    matches!(kind, Kind::Text | Kind::Notes)
}

fn meant<'a>(prefill: &Prefill, past: &'a [Past]) -> Vec<Meant<'a>> {
    let (of_record, of) = match prefill {
        Prefill::History { of, .. } => (false, of.as_slice()),
        _ => (true, &[][..]),
    };
    let names: Vec<String> = prefill.past().iter().map(|means| means.name()).collect();
    let here = past.iter().filter(|one| one.of_record == of_record);
    let here = here.filter(|one| of.is_empty() || of.contains(&one.pathway));
    let by_meaning = |past: &'a Past, name: &String| -> Vec<&'a PastAnswer> {
        past.answers.iter().filter(|one| one.means == *name).collect()
    };
    if of_record {
        let of = |name: &String| {
            here.clone()
                .flat_map(|past| by_meaning(past, name).into_iter().map(move |one| (past, one)))
                .collect::<Vec<_>>()
        };
        let all = names.iter().flat_map(of);
        return all.map(|(past, one)| Meant { past, answers: vec![one] }).collect();
    }
    let all = here.map(|past| {
        let answers = names.iter().flat_map(|name| by_meaning(past, name)).collect();
        Meant { past, answers }
    });
    all.filter(|one: &Meant<'_>| !one.answers.is_empty()).take(MOST).collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::pathway::fixtures::{field, text};

    fn past(number: u128, pathway: &str, answers: &[(&str, &str, &str)]) -> Past {
        let answers = answers.iter().map(|(means, label, words)| PastAnswer {
            means: (*means).to_owned(),
            label: (*label).to_owned(),
            answer: text(words),
            words: (*words).to_owned(),
        });
        Past {
            entry: EntryId(Uuid::from_u128(number)),
            pathway: pathway.to_owned(),
            of_record: pathway == "people",
            source: format!("{pathway} {number}"),
            stood: 0,
            answers: answers.collect(),
        }
    }

    fn all() -> Vec<Past> {
        vec![
            past(
                1,
                "people",
                &[("alert", "Allergies", "latex"), ("communication", "Communication", "signs")],
            ),
            past(2, "urgent", &[("trigger", "Led to", "Fall"), ("headline", "In short", "fell again")]),
            past(3, "governance", &[("headline", "In short", "rung back late")]),
            past(4, "urgent", &[("headline", "In short", "fell")]),
        ]
    }

    fn offered(kind: Kind, prefill: Prefill) -> Option<(Answer, Vec<u128>)> {
        let field = Field { prefill: Some(prefill), ..field("f", kind) };
        let given = offer(&field, field.prefill.as_ref()?, &all())?;
        Some((given.answer, given.sources.iter().map(|entry| entry.0.as_u128()).collect()))
    }

    fn history(means: &[Means], of: &[&str]) -> Prefill {
        Prefill::History { means: means.to_vec(), of: of.iter().map(|of| (*of).to_owned()).collect() }
    }

    #[test]
    fn a_record_is_offered_by_meaning_and_says_where_it_stood() {
        let notes = offered(Kind::Notes, Prefill::Record(vec![Means::Communication, Means::Alert]));
        assert_eq!(
            notes,
            Some((text("Communication: signs (people 1)\nAllergies: latex (people 1)"), vec![1]))
        );
        let line = offered(Kind::Text, Prefill::Record(vec![Means::Communication]));
        assert_eq!(line, Some((text("signs"), vec![1])));
        assert_eq!(offered(Kind::Notes, Prefill::Record(vec![Means::Medicines])), None);
    }

    #[test]
    fn other_cases_are_offered_as_rows_each_with_its_source() {
        let from = Field { means: Some(Means::TakenFrom), ..field("from", Kind::Text) };
        let rows = Kind::Rows { columns: vec![field("what", Kind::Text), from], from: None };
        let both = [Means::Headline, Means::Trigger];
        let (answer, sources) = offered(rows, history(&both, &["urgent"])).unwrap();
        let row = |what: &str, from: &str| {
            Answers::from([("what".to_owned(), text(what)), ("from".to_owned(), text(from))])
        };
        assert_eq!(answer, Answer::Rows(vec![row("fell again; Fall", "urgent 2"), row("fell", "urgent 4")]));
        assert_eq!(sources, [2, 4]);
        let (answer, sources) = offered(Kind::Notes, history(&[Means::Headline], &[])).unwrap();
        assert_eq!(answer, text("fell again (urgent 2)\nrung back late (governance 3)\nfell (urgent 4)"));
        assert_eq!(sources, [2, 3, 4]);
    }
}
