//! What an entry brings into the ledger beside itself: a step, the case of another pathway that it leads to; a move to
//! the right record, what is to be put right after it ([`moved`]).
//!
//! Everything is worked out from the entry alone, ids included, so that appending it twice is still one append.

mod kept;
pub mod moved;
mod owed;

pub use kept::kept_alike;
pub use owed::carries_on;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::definition::{Each, Field, Kind, Means, Pathway, Prefill, Step, Then};
use super::edition::Edition;
use super::fold::{facts, promise};
use super::predicate::{self, Facts};
use super::prefill;
use crate::domain::act::Act;
use crate::domain::answer::{Answer, Answers, When, YesNo};
use crate::domain::entry::{NewEntry, NewSaid, RegisterThen};
use crate::domain::ids::CaseId;
use crate::domain::words::show as words;

/// The entries that follow from recording `entry`, a step: what becomes of what is owed elsewhere, and for each pathway it leads to, that pathway's opening step
/// with what it takes over, and a link between the two cases.
///
/// Conditions see this form's answers, and what the `register` had then of whomever the case is about. A pathway that has
/// a subject takes the entry's; where the entry names none because its case has one, the caller fills it in from there.
/// `linked` are the pathways of the cases that are linked to the entry's own: one that is led to once is not opened
/// beside them.
pub fn entries(
    step: &Step,
    entry: &NewEntry,
    register: &RegisterThen,
    edition: &Edition,
    linked: &BTreeSet<String>,
    began: Option<&Began>,
    now: DateTime<Utc>,
) -> Vec<NewEntry> {
    let NewSaid::Step { pathway, answers, on, .. } = &entry.what else { return Vec::new() };
    let facts = Facts {
        step,
        answers,
        around: None,
        case: None,
        record: Some(&register.record),
        cautions: &register.cautions,
        kinds: Some(&register.kinds),
        on: on.as_ref(),
        now,
    };
    let mut following = owed::settled(step, entry, answers);
    following.extend(owed::carried_on(step, entry, &facts));
    for then in step.then.iter().filter(|then| predicate::applies(&then.when, &facts)) {
        // A step on the record of whomever the case is about is owed: somebody has to know what to write there.
        let own = edition.pathways.get(pathway);
        if own.is_some_and(|own| then.on_record(own).is_some()) {
            continue;
        }
        let Some(other) = then.pathway.as_ref().and_then(|id| edition.pathways.get(id)) else { continue };
        if then.once && linked.contains(&other.id) {
            continue;
        }
        let Some(opening) = other.step(&then.step).or_else(|| other.opening()) else { continue };
        // What is recorded of a record of a register is about that record.
        let own = entry.case.unwrap_or(CaseId::from(entry.id));
        let itself = (other.subject.as_ref() == Some(pathway)).then_some(own);
        // A place is no person: whoever the case is about goes along only where the other is about such a record too.
        let about = edition.pathways.get(pathway).and_then(|own| own.subject.as_ref());
        let alike = entry.subject.filter(|_| about.is_none() || about == other.subject.as_ref());
        let entry = &NewEntry { subject: alike.or(itself), ..entry.clone() };
        let place = format!("then.{}", other.id);
        let Some(each) = &then.each else {
            let taken = taken_over(Taking { step, answers, then, began }, opening, entry.occurred);
            let reason = words::followed_from(&step.title);
            following.extend(opened(&place, reason, entry, (other, opening), taken));
            continue;
        };
        for (at, taken) in of_rows(step, answers, each, opening).into_iter().enumerate() {
            let (place, reason) = (format!("{place}.{}.{at}", each.rows), words::followed_from(&then.title));
            following.extend(opened(&place, reason, entry, (other, opening), taken));
        }
    }
    following
}

/// How the case began from which another is opened: its first step as it stands by now.
pub struct Began {
    /// The step.
    pub step: Step,
    /// What it says, after amendments.
    pub answers: Answers,
}

/// From what the opening step of another pathway takes over.
#[derive(Clone, Copy)]
struct Taking<'a> {
    step: &'a Step,
    answers: &'a Answers,
    then: &'a Then,
    began: Option<&'a Began>,
}

fn opened(
    place: &str,
    reason: String,
    entry: &NewEntry,
    (other, opening): (&Pathway, &Step),
    taken: Answers,
) -> [NewEntry; 2] {
    let case = entry.case.unwrap_or(CaseId::from(entry.id));
    let said = NewSaid::step(&other.id, &opening.id, taken);
    let subject = entry.subject.filter(|_| other.subject.is_some());
    let new = NewEntry { subject, ..entry.following(place, None, said) };
    let act = Act::Link { a: case, b: CaseId::from(new.id), reason, duplicate: YesNo::No };
    let link = entry.following(&format!("{place}.link"), Some(case), NewSaid::Act(act));
    [new, link]
}

/// The answers of the opening step: those of the same meaning, where a field asks for the latest else those with which the
/// case began; its first notes get the reason, its headline the first words of it.
fn taken_over(from: Taking<'_>, opening: &Step, occurred: When) -> Answers {
    let Taking { step, answers, then, began } = from;
    let at_first = |field: &Field| {
        let began = began.filter(|_| field.prefill == Some(Prefill::Latest))?;
        began.answers.get(&began.step.meaning(field.means?)?.id).cloned()
    };
    let meant = |means| {
        let fields = step.fields.iter().filter(move |field| field.means == Some(means));
        fields.filter_map(|field| answers.get(&field.id))
    };
    let meaning = |means| meant(means).next();
    let mut taken = Answers::new();
    for field in opening.fields.iter().filter(|field| !field.retired) {
        let fits = |answer: Answer| prefill::fitting(&field.kind, answer);
        let answer = match field.means {
            Some(Means::Occurred) => {
                fits(meaning(Means::Occurred).cloned().unwrap_or(Answer::Time(occurred)))
            }
            // A number of one pathway counts nothing in another.
            Some(Means::Counted) => None,
            // What several fields say together is taken over by each that can: who alone may see it.
            Some(means) if means.gathered() => meant(means).cloned().find_map(fits),
            Some(means) => meaning(means).cloned().or_else(|| at_first(field)).and_then(fits),
            None => None,
        };
        if let Some(answer) = answer {
            taken.insert(field.id.clone(), answer);
        }
    }
    let notes = |field: &&Field| field.kind == Kind::Notes && !field.retired && !field.later;
    let reason = reason(&meaning);
    // Said once: where a field of the same meaning has taken the reason already, no other repeats it.
    let told = opening.fields.iter().filter(notes).any(|field| taken.contains_key(&field.id));
    if let (false, Some(field), Some(reason)) = (told, opening.fields.iter().find(notes), &reason) {
        taken.insert(field.id.clone(), Answer::Text(reason.clone()));
    }
    let headline = opening.meaning(Means::Headline).filter(|field| field.kind == Kind::Text);
    let words = reason
        .map(|reason| facts::headline(&reason))
        .unwrap_or_else(|| promise::named(&then.title, step, answers));
    if let Some(field) = headline.filter(|_| !words.is_empty()) {
        taken.entry(field.id.clone()).or_insert(Answer::Text(words));
    }
    taken
}

/// The answers of the opening step for each row of a table: what is to be done, by whom and by when, and nothing of what stands
/// around it.
fn of_rows(step: &Step, answers: &Answers, each: &Each, opening: &Step) -> Vec<Answers> {
    let columns = match step.field(&each.rows).map(|field| &field.kind) {
        Some(Kind::Rows { columns, .. }) => columns.as_slice(),
        _ => return Vec::new(),
    };
    let Some(Answer::Rows(rows)) = answers.get(&each.rows) else { return Vec::new() };
    let of_row = |row: &Answers| {
        let mut taken: Answers = opening
            .fields
            .iter()
            .filter(|field| !field.retired)
            .filter_map(|field| {
                let means = match field.means? {
                    Means::Headline => Means::Promise,
                    Means::Owner => Means::Obligor,
                    Means::Due => Means::Due,
                    _ => return None,
                };
                let column = columns.iter().find(|column| column.means == Some(means))?;
                let answer = prefill::fitting(&field.kind, row.get(&column.id)?.clone())?;
                Some((field.id.clone(), answer))
            })
            .collect();
        let gives = each.gives.iter();
        taken.extend(gives.map(|(field, choice)| (field.clone(), Answer::Choice(choice.clone()))));
        taken
    };
    rows.iter().map(of_row).collect()
}

/// Why the step led there, as it was said.
fn reason<'a>(meaning: &impl Fn(Means) -> Option<&'a Answer>) -> Option<String> {
    let asked = [Means::GovernanceNeeded, Means::GoodCatch].into_iter().map(|means| match meaning(means) {
        Some(Answer::YesNo { why, .. }) => Some(why),
        _ => None,
    });
    let texts = [Means::Summary, Means::Rationale].into_iter().map(|means| match meaning(means) {
        Some(Answer::Text(text)) => Some(text),
        _ => None,
    });
    let mut said = asked.chain(texts).flatten().map(|words| words.trim());
    said.find(|words| !words.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::entry::{Method, Who};
    use crate::domain::ids::EntryId;
    use crate::pathway::fixtures::{at, edition, yes_no};

    fn review(governance: YesNo) -> NewEntry {
        let answers = Answers::from([
            ("changed".into(), yes_no(YesNo::Yes, "")),
            ("governance".into(), yes_no(governance, "advice came two hours late")),
        ]);
        NewEntry {
            id: EntryId(Uuid::from_u128(7)),
            key: "7".into(),
            case: Some(CaseId(Uuid::from_u128(1))),
            subject: Some(CaseId(Uuid::from_u128(2))),
            occurred: When::exact(at("2026-11-22T09:00:00Z")),
            reported_at: None,
            who: Who { by: None, typed_by: None, method: Method::Asserted },
            what: NewSaid::Step {
                pathway: "urgent".into(),
                step: "review".into(),
                on: None,
                answers,
                why_late: None,
                cleared: Default::default(),
            },
        }
    }

    fn following(governance: YesNo) -> Vec<NewEntry> {
        let edition = edition();
        let step = edition.pathways["urgent"].step("review").unwrap();
        let (register, linked) = (RegisterThen::default(), BTreeSet::new());
        entries(step, &review(governance), &register, &edition, &linked, None, at("2026-11-22T09:01:00Z"))
    }

    #[test]
    fn a_review_that_says_so_opens_a_governance_item_and_links_it() {
        let [item, link] = following(YesNo::Yes).try_into().unwrap();
        assert_eq!((item.case, item.subject), (None, None));
        let NewSaid::Step { pathway, step, answers, .. } = &item.what else { unreachable!() };
        assert_eq!((pathway.as_str(), step.as_str()), ("governance", "item"));
        assert_eq!(answers["what"], Answer::Text("advice came two hours late".into()));
        assert_eq!(answers["headline"], Answer::Text("advice came two hours late".into()));
        let opened = CaseId::from(item.id);
        assert!(matches!(&link.what, NewSaid::Act(Act::Link { b, .. }) if *b == opened));
    }

    #[test]
    fn what_follows_is_the_same_however_often_it_is_worked_out() {
        assert_eq!(following(YesNo::Yes), following(YesNo::Yes));
        assert!(following(YesNo::No).is_empty());
    }
}
