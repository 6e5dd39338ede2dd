//! Answers as words: what a record said, on the edition it was filled in on.
//!
//! Everything passes [`clean::shown`] on its way out. Colour and italics are left to the screen.

use std::collections::BTreeMap;

use super::definition::{Choice, Field, Kind, Means, Node, Predicate, Step};
use super::{led, score};
use crate::domain::answer::{Answer, Answers, Branch, ByWhen, Check, Precision, When, YesNo};
use crate::domain::case::Milestone;
use crate::domain::clean;
use crate::domain::nhs::NhsNumber;
use crate::domain::time::{Zone, display};
use crate::domain::words::{show as said, time};

/// One answered field, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Shown {
    /// The field's path.
    pub field: String,
    /// Its label.
    pub label: String,
    /// The answer in words; several lines for notes and rows.
    pub words: String,
    /// Somebody else's words.
    pub quoted: bool,
    /// What it means.
    pub means: Option<Means>,
}

/// The meanings that tell most of a step, most telling first.
const TELLING: [Means; 28] = [
    Means::Emergency,
    Means::Whereabouts,
    Means::Observation,
    Means::Route,
    Means::Decision,
    Means::EscalationLevel,
    Means::Advice,
    Means::Promise,
    Means::Impact,
    Means::Told,
    Means::CareChanged,
    Means::GovernanceNeeded,
    Means::Closure,
    Means::MeasureAfter,
    Means::Control,
    Means::ContactOutcome,
    Means::Rationale,
    Means::Headline,
    Means::Summary,
    Means::Due,
    Means::Contacted,
    Means::ImmediateAction,
    Means::AdviceFollowed,
    Means::PersonView,
    Means::ClosureEvidence,
    Means::NextStep,
    Means::Name,
    Means::WhereaboutsDetail,
];

/// One answer in words, of a sealed field only that it is kept (choice labels, times in the office's zone, names as they were recorded).
pub fn words(field: &Field, answer: &Answer, zone: &Zone) -> String {
    if field.sealed {
        return said::SEALED.to_owned();
    }
    let words = match answer {
        Answer::Text(text) if field.means == Some(Means::NhsNumber) => {
            NhsNumber::read(text).map_or_else(|_| text.clone(), |(number, _)| number.to_string())
        }
        Answer::Text(text) => text.trim_end().to_owned(),
        Answer::Number(number) => match &field.kind {
            Kind::Number { unit, .. } if !unit.is_empty() => format!("{number} {unit}"),
            _ => number.to_string(),
        },
        Answer::Choice(choice) => label(choices(&field.kind), choice).to_owned(),
        Answer::Choices(chosen) => {
            chosen.iter().map(|one| label(choices(&field.kind), one)).collect::<Vec<_>>().join(", ")
        }
        Answer::YesNo { is, why } => {
            let is = if *is == YesNo::Yes { said::YES } else { said::NO };
            if why.trim().is_empty() { is.to_owned() } else { said::with_why(is, why.trim()) }
        }
        Answer::Date(day) => display::date(*day),
        Answer::Time(when) | Answer::ByWhen(ByWhen::At(when)) => display::when(when, *zone),
        Answer::ByWhen(ByWhen::NoneGiven { why }) => said::none_given(why.trim()),
        Answer::ByWhen(ByWhen::WorkingDays { days }) => said::within(&time::working_days(*days)),
        Answer::Named(named) => named.words.clone(),
        Answer::Checklist(lines) => {
            lines.iter().map(|line| check_line(&field.kind, line)).collect::<Vec<_>>().join("\n")
        }
        Answer::Rows(rows) => {
            rows.iter().map(|row| row_line(field, row, zone)).collect::<Vec<_>>().join("\n")
        }
        Answer::Owed(owed) => owed.words.clone(),
        Answer::Tree(path) => tree(&field.kind, path),
        Answer::Score { total, parts, values, .. } => of_score(&field.kind, *total, parts, values),
        Answer::Evidence(evidence) => {
            let at = evidence.seen_at.map(|when| display::when(&when, *zone));
            let seen = said::seen(evidence.seen_by.trim(), at.as_deref());
            let both = [evidence.reference.trim(), &seen];
            both.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(", ")
        }
    };
    clean::shown(&words).into_owned()
}

/// The answers without those to sealed fields: all that leaves the program.
pub fn unsealed(fields: &[Field], answers: &Answers) -> Answers {
    let sealed = |id: &String| fields.iter().any(|field| field.sealed && field.id == *id);
    answers.iter().filter(|(id, _)| !sealed(id)).map(|(id, answer)| (id.clone(), answer.clone())).collect()
}

/// All answers of a step in the order of the form. Answers to fields the step does not know are shown by their id.
pub fn lines(step: &Step, answers: &Answers, zone: &Zone) -> Vec<Shown> {
    let known = step.fields.iter().filter_map(|field| Some((field, answers.get(&field.id)?)));
    let mut lines: Vec<Shown> = known
        .map(|(field, answer)| Shown {
            field: field.id.clone(),
            label: field.label.clone(),
            words: beside_what_led(step, field, answers, words(field, answer, zone)),
            quoted: field.quoted,
            means: field.means,
        })
        .collect();
    for (id, answer) in answers.iter().filter(|(id, _)| step.field(id).is_none()) {
        let words = words(&unknown(id), answer, zone);
        lines.push(Shown { field: id.clone(), label: id.clone(), words, quoted: false, means: None });
    }
    lines
}

/// The one or two most telling lines of a step, for a chronology: by meaning, not by label. A step that means
/// nothing to us shows its first answers.
pub fn gist(step: &Step, answers: &Answers, zone: &Zone) -> String {
    let mut told: Vec<(usize, String)> = Vec::new();
    let mut only_times = true;
    for field in &step.fields {
        let Some(answer) = answers.get(&field.id) else { continue };
        let rank = TELLING.iter().position(|means| tells(field, *means));
        if let Some(rank) = rank.filter(|_| !says_not_called(step, field, answers)) {
            let words = match telling_rows(field, answer, TELLING[rank]) {
                Some(rows) => words(field, &Answer::Rows(rows), zone),
                None => beside_what_led(step, field, answers, words(field, answer, zone)),
            };
            // A bare "yes", or "called by us", tells nothing without its question.
            let bare = matches!(answer, Answer::YesNo { .. })
                || field.means == Some(Means::Emergency) && matches!(answer, Answer::Choice(_));
            only_times &= is_time(answer) || words.is_empty();
            told.push((rank, if bare { said::asked(&field.label, &words) } else { words }));
        }
    }
    told.sort_by_key(|(rank, _)| *rank);
    let mut gist: Vec<String> =
        told.into_iter().map(|(_, words)| words).filter(|words| !words.is_empty()).collect();
    // A time alone does not say of what: then the first answer stands before it.
    if only_times {
        let answered = step.fields.iter().filter_map(|field| {
            let answer = answers.get(&field.id).filter(|answer| gist.is_empty() || !is_time(answer))?;
            let words = words(field, answer, zone);
            // Here too a bare "no" tells nothing without its question.
            Some(if matches!(answer, Answer::YesNo { .. }) {
                said::asked(&field.label, &words)
            } else {
                words
            })
        });
        let most = if gist.is_empty() { 2 } else { 1 };
        let first: Vec<String> = answered.filter(|words| !words.is_empty()).take(most).collect();
        gist.splice(0..0, first);
    }
    gist.truncate(2);
    let contacted = step.meaning(Means::Contacted).and_then(|field| {
        Some(words(field, answers.get(&field.id)?, zone)).filter(|words| !gist.contains(words))
    });
    let lines = gist.iter().map(|words| first_line(words)).collect::<Vec<_>>().join("\n");
    contacted.map_or_else(|| lines.clone(), |who| said::labelled(&who, &lines))
}

/// Of a table that was offered filled in, the rows in which somebody has answered what it is told by: of an agenda of forty
/// lines those with a decision. `None` where the rows are all of them somebody's own.
fn telling_rows(field: &Field, answer: &Answer, means: Means) -> Option<Vec<Answers>> {
    let (Kind::Rows { columns, from: Some(_) }, Answer::Rows(rows)) = (&field.kind, answer) else {
        return None;
    };
    let column =
        columns.iter().find(|column| tells(column, means)).filter(|column| column.required != Some(None))?;
    Some(rows.iter().filter(|row| row.contains_key(&column.id)).cloned().collect())
}

/// A choice that was taken though the questions lead to another says so wherever it stands.
fn beside_what_led(step: &Step, field: &Field, answers: &Answers, words: String) -> String {
    match led::passed_over(field, &step.fields, answers) {
        Some(led) => said::other_than_led(&words, &led.label),
        None => words,
    }
}

/// Whether an answer is nothing but a time.
fn is_time(answer: &Answer) -> bool {
    matches!(answer, Answer::ByWhen(_) | Answer::Time(_) | Answer::Date(_))
}

/// Whether this is the answer that nobody of the emergency services was called, which is no news.
fn says_not_called(step: &Step, field: &Field, answers: &Answers) -> bool {
    let reached = step.milestones.iter().find(|(milestone, _)| *milestone == Milestone::Emergency);
    let nowhere = |when: &Predicate| {
        matches!(when, Predicate::Is { step: None, field: of, any }
        if *of == field.id && matches!(answers.get(of), Some(Answer::Choice(is)) if !any.contains(is)))
    };
    field.means == Some(Means::Emergency)
        && reached.is_some_and(|(_, when)| when.as_ref().is_some_and(nowhere))
}

/// When it was what an answer says, in a step that happened at `occurred`: where the step asks when 999 was called, the time
/// given is that of who was called out there, and without one it is not known.
pub fn said_when(step: &Step, field: &Field, answers: &Answers, occurred: When) -> When {
    let asked = step.meaning(Means::EmergencyAt).filter(|_| field.means == Some(Means::Emergency));
    let Some(asked) = asked.filter(|_| !says_not_called(step, field, answers)) else { return occurred };
    match answers.get(&asked.id) {
        Some(Answer::Time(at)) if asked.group == field.group => *at,
        _ => When { precision: Precision::Unknown, ..occurred },
    }
}

/// Whether the field, or a column of it, has this meaning.
fn tells(field: &Field, means: Means) -> bool {
    field.means == Some(means)
        || matches!(&field.kind, Kind::Rows { columns, .. } if columns.iter().any(|column| tells(column, means)))
}

fn first_line(words: &str) -> &str {
    words.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default()
}

fn choices(kind: &Kind) -> &[Choice] {
    match kind {
        Kind::Choice(choices) | Kind::Choices(choices) => choices,
        Kind::Checklist { items, .. } => items,
        _ => &[],
    }
}

/// The label of a choice, or its id where the definition does not know it.
fn label<'a>(choices: &'a [Choice], id: &'a str) -> &'a str {
    choices.iter().find(|choice| choice.id == id).map_or(id, |choice| choice.label.as_str())
}

fn check_line(kind: &Kind, line: &Check) -> String {
    let answer = match line.answer.as_str() {
        "yes" => said::YES,
        "no" => said::NO,
        "not_applicable" => said::NOT_APPLICABLE,
        other => other,
    };
    let mut words = vec![answer.to_owned()];
    words.extend(Some(line.note.trim().to_owned()).filter(|note| !note.is_empty()));
    words.extend(line.expires.map(|day| said::until(&display::date(day))));
    said::labelled(label(choices(kind), &line.item), &words.join(", "))
}

/// A row on one line, its columns in their order.
fn row_line(field: &Field, row: &Answers, zone: &Zone) -> String {
    let columns: &[Field] = match &field.kind {
        Kind::Rows { columns, .. } => columns,
        _ => &[],
    };
    // A bare "yes" in the middle of a line says nothing without its question.
    let known = columns.iter().filter_map(|column| {
        let answer = row.get(&column.id)?;
        let said = words(column, answer, zone);
        let bare = matches!(answer, Answer::YesNo { .. }) && !column.sealed;
        Some(if bare { said::asked(&column.label, &said) } else { said })
    });
    let unknown = row.iter().filter(|(id, _)| columns.iter().all(|column| column.id != **id));
    let unknown = unknown.map(|(id, answer)| words(&self::unknown(id), answer, zone));
    let said = known.chain(unknown).filter(|words| !words.is_empty());
    said.map(|words| words.lines().map(str::trim).collect::<Vec<_>>().join(" "))
        .collect::<Vec<_>>()
        .join(" · ")
}

/// The questions, each with the branch taken, and where it led.
fn tree(kind: &Kind, path: &[Branch]) -> String {
    let nodes: &[Node] = match kind {
        Kind::Tree(nodes) => nodes,
        _ => &[],
    };
    let mut lines = Vec::new();
    for branch in path {
        let node = nodes.iter().find(|node| node.id == branch.node);
        let taken = node.and_then(|node| node.branches.iter().find(|(choice, _)| choice.id == branch.choice));
        let ask = node.map_or(branch.node.as_str(), |node| node.ask.as_str());
        lines.push(format!("{ask} {}", taken.map_or(branch.choice.as_str(), |(choice, _)| &choice.label)));
    }
    lines.extend(led::outcome(nodes, path).map(str::to_owned));
    lines.join("\n")
}

/// The sum, and of what it is made where that was measured. Incomplete, it is no number.
fn of_score(
    kind: &Kind,
    total: Option<i64>,
    parts: &BTreeMap<String, i64>,
    values: &BTreeMap<String, String>,
) -> String {
    let defined: &[super::definition::Part] = match kind {
        Kind::Score(parts) => parts,
        _ => &[],
    };
    let complete = defined.iter().all(|part| parts.contains_key(&part.id));
    let sum = match total.filter(|_| complete) {
        Some(total) => total.to_string(),
        None => said::INCOMPLETE.to_owned(),
    };
    let made: Vec<String> = defined
        .iter()
        .filter_map(|part| {
            let value = values.get(&part.id)?;
            let grades = score::grades(part).unwrap_or_default();
            let seen = grades.iter().find(|grade| grade.choice.id == *value);
            let value = seen.map_or(value.as_str(), |grade| grade.choice.label.as_str());
            Some(said::made_of(&part.label, value, parts.get(&part.id).copied()))
        })
        .collect();
    if made.is_empty() { sum } else { said::made_of_all(&sum, &made) }
}

/// A field that the definition does not know, so that nothing recorded is ever hidden.
fn unknown(id: &str) -> Field {
    Field::plain(id, id, Kind::Text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::answer::{ByWhen, Evidence, Named, Precision, When};
    use crate::pathway::definition::Part;
    use crate::pathway::fixtures::{at, by, call, choice, field, liaise, london, pathway, row, text, yes_no};

    fn shown(kind: Kind, answer: Answer) -> String {
        words(&field("f", kind), &answer, &london())
    }

    #[test]
    fn answers_read_as_they_were_meant() {
        let choices = || vec![choice("gp"), choice("family")];
        let chosen = Answer::Choices(vec!["gp".into(), "gone".into()]);
        assert_eq!(shown(Kind::Choices(choices()), chosen), "GP, gone");
        let kind = Kind::YesNo { why: super::super::definition::WhyAsked::Always };
        assert_eq!(shown(kind, yes_no(YesNo::No, "asleep")), "no: asleep");
        // The first and the second half past one of the night the clocks go back.
        assert_eq!(shown(Kind::ByWhen, by("2026-10-25T00:30:00Z")), "25-Oct-2026 01:30 BST");
        assert_eq!(shown(Kind::ByWhen, by("2026-10-25T01:30:00Z")), "25-Oct-2026 01:30 GMT");
        let none = Answer::ByWhen(ByWhen::NoneGiven { why: "surgery shut".into() });
        assert_eq!(shown(Kind::ByWhen, none), "no time given: surgery shut");
        let when = When { at: at("2026-11-21T16:40:00Z"), precision: Precision::About };
        assert_eq!(shown(Kind::Time { future: false }, Answer::Time(when)), "21-Nov-2026 about 16:40 GMT");
        let seen = Evidence { reference: "care plan v7".into(), seen_by: "WQ".into(), seen_at: None };
        assert_eq!(shown(Kind::Evidence, Answer::Evidence(seen)), "care plan v7, seen by WQ");
        let named = Answer::Named(Named { id: None, words: "Dr ZZ\u{1b}[31m".into() });
        let kind = Kind::Record { register: "organisations".into(), on_the_spot: true };
        assert!(!shown(kind, named).contains('\u{1b}'));
    }

    #[test]
    fn an_incomplete_score_is_never_a_number() {
        let part = |id: &str| Part {
            id: id.into(),
            label: id.into(),
            range: (0, 3),
            bands: Vec::new(),
            hardly: (None, None),
        };
        let kind = Kind::Score(vec![part("breathing"), part("pulse")]);
        let parts = BTreeMap::from([("breathing".to_owned(), 2)]);
        let words =
            shown(kind.clone(), Answer::Score { total: Some(2), parts, values: BTreeMap::new(), said: None });
        assert!(!words.contains(|c: char| c.is_ascii_digit()));
        let parts = BTreeMap::from([("breathing".to_owned(), 2), ("pulse".to_owned(), 0)]);
        assert_eq!(
            shown(kind, Answer::Score { total: Some(2), parts, values: BTreeMap::new(), said: None }),
            "2"
        );
    }

    #[test]
    fn a_step_shows_all_it_was_told_even_what_its_form_does_not_know() {
        let pathway = pathway();
        let mut answers = call("red");
        answers.insert("older".into(), text("kept"));
        let lines = lines(pathway.step("call").unwrap(), &answers, &london());
        let lines: Vec<_> =
            lines.iter().map(|line| (line.field.as_str(), line.words.as_str(), line.quoted)).collect();
        assert_eq!(
            lines,
            [("changed", "Hard to rouse since tea", true), ("risk", "RED", false), ("older", "kept", false)]
        );
    }

    #[test]
    fn the_gist_goes_by_meaning() {
        let pathway = pathway();
        let answers = liaise(vec![row("Visit", by("2026-11-21T23:00:00Z"))]);
        assert_eq!(
            gist(pathway.step("liaise").unwrap(), &answers, &london()),
            "Dr ZZ, The Elms: Visit this evening\nVisit · 21-Nov-2026 23:00 GMT"
        );
    }

    #[test]
    fn that_somebody_is_missing_is_told_before_how_it_came() {
        let fields = vec![
            field("where", Kind::Choice(vec![choice("missing")])).meaning(Means::Whereabouts),
            field("happened", Kind::Notes).meaning(Means::Summary),
        ];
        let answers = BTreeMap::from([
            ("where".to_owned(), Answer::Choice("missing".into())),
            ("happened".to_owned(), text("Did not come back")),
        ]);
        let step = Step::plain("whereabouts", "Where they are now", fields);
        assert_eq!(gist(&step, &answers, &london()), "MISSING\nDid not come back");
    }
}
