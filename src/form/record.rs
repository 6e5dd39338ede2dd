//! What a form puts into the record: its entry, the records made on the spot, the links between the cases of one
//! call. Follow-ups and due times are left to the ledger.

use chrono::TimeDelta;

use super::typed::{NEW, Reading, part, text};
use super::{ALONE, Form, Input, REASON, Slot, WHY_LATE};
use crate::domain::act::Act;
use crate::domain::answer::{Answer, Answers, Named, When, YesNo};
use crate::domain::entry::{Batch, NewEntry, NewSaid, Who};
use crate::domain::ids::{CaseId, EntryId};
use crate::domain::names::unnamed::Typed;
use crate::domain::slips::{number_of, shown};
use crate::domain::words::{form as words, show};
use crate::pathway::definition::{Kind, Means, Pathway, Step};
use crate::pathway::edition::Edition;
use crate::pathway::late::is_late_entry;

/// Everything a form is recorded with.
#[derive(Clone, Copy)]
pub struct Recording<'a> {
    /// Now, and the office's zone.
    pub reading: Reading,
    /// Who sits at the keyboard; where a form says who decided, the act is theirs.
    pub who: Who,
    /// The definitions in force, for the registers of records made on the spot.
    pub edition: &'a Edition,
    /// Why it comes late, where that was asked.
    pub why_late: Option<&'a str>,
}

impl Form {
    /// The id its entry will have.
    pub fn entry(&self) -> EntryId {
        EntryId::from(self.draft.id)
    }

    /// The case it will be recorded in.
    pub fn case_to_be(&self) -> CaseId {
        self.draft.case.unwrap_or_else(|| CaseId::from(self.entry()))
    }

    /// The entries to append, all or nothing. Saving twice gives the same entries under the same ids.
    pub fn batch(&self, with: Recording<'_>) -> Batch {
        let (mut answers, _) = self.read(with.reading);
        let reason = answers.remove(REASON);
        let why_late = match answers.remove(WHY_LATE) {
            Some(Answer::Text(why)) => Some(why),
            _ => with.why_late.map(str::to_owned).or_else(|| self.paper_is_why(&answers, with)),
        };
        let alone = match answers.remove(ALONE) {
            Some(Answer::Text(why)) => Some(why),
            _ => None,
        };
        let mut entries = self.made_on_the_spot(&mut answers, with);
        let occurred = self.time(&answers, Means::Occurred);
        let reported_at = self.time(&answers, Means::ReportedAt).map(|when| when.at);
        let at = self.occurred(&answers);
        let what = match (self.draft.amends, reason) {
            (Some(entry), reason) => {
                // Without a reason blanks were filled, and nothing was corrected.
                let reason = match reason {
                    Some(Answer::Text(reason)) => reason,
                    _ => String::new(),
                };
                NewSaid::Act(Act::Amend { entry, answers: answers.clone(), occurred, reason })
            }
            _ => NewSaid::Step {
                pathway: self.draft.pathway.clone(),
                step: self.draft.step.clone(),
                on: self.draft.on.clone(),
                answers: answers.clone(),
                why_late,
                cleared: self.cleared(&answers, with.reading.now),
            },
        };
        let is_amendment = matches!(what, NewSaid::Act(_));
        let entry = NewEntry {
            id: self.entry(),
            key: self.entry().to_string(),
            case: self.draft.case,
            subject: if self.draft.case.is_none() { self.subject(&answers) } else { None },
            occurred: if is_amendment { When::exact(with.reading.now) } else { at },
            reported_at: if is_amendment { None } else { reported_at },
            who: if is_amendment { with.who } else { self.whose(&answers, with.who) },
            what,
        };
        let also = self.draft.linked.iter().filter(|_| self.draft.case.is_some());
        let again = also.map(|other| {
            let id = self.entry().derived(&format!("also.{other}"));
            NewEntry { id, key: id.to_string(), case: Some(*other), ..entry.clone() }
        });
        let again: Vec<NewEntry> = again.collect();
        entries.push(entry);
        entries.extend(again);
        entries.extend(self.begun_from(with));
        let seen = self.draft.case.zip(self.draft.seen).into_iter().collect();
        let ties = self.draft.linked.iter().map(|other| self.tie(*other, with)).collect();
        let (opened_at, draft) = (Some(self.draft.opened_at), Some(self.draft.id));
        Batch { entries, seen, ties, opened_at, draft, alone, source: None }
    }

    /// The number of the paper slip it is entered from.
    pub(super) fn slip(&self, answers: &Answers) -> Option<u32> {
        match answers.get(&self.step.meaning(Means::Slip)?.id) {
            Some(Answer::Text(text)) => number_of(text),
            _ => None,
        }
    }

    /// What was taken down on paper and comes late comes late for that reason.
    fn paper_is_why(&self, answers: &Answers, with: Recording<'_>) -> Option<String> {
        let number = self.slip(answers)?;
        let periods = &with.edition.working_periods;
        let late = is_late_entry(&self.occurred(answers), with.reading.now, with.reading.zone, periods);
        late.then(|| words::from_slip(&shown(number)))
    }

    /// When it happened: as the form says; for a call, when the office was told, where that was not the minute in
    /// which the form was opened; otherwise that minute.
    pub(super) fn occurred(&self, answers: &Answers) -> When {
        let opened = self.draft.opened_at;
        let told = self.time(answers, Means::ReportedAt);
        let told = told.filter(|told| (told.at - opened).abs() >= TimeDelta::minutes(1));
        self.time(answers, Means::Occurred).or(told).unwrap_or(When::exact(opened))
    }

    /// The act that ties this case to another of the same call, the same from either side; or to another case of the
    /// person in which the same contact is recorded, each time.
    fn tie(&self, other: CaseId, with: Recording<'_>) -> NewEntry {
        let own = self.case_to_be();
        let (a, b) = (own.min(other), own.max(other));
        let (id, reason) = match self.draft.case {
            None => (EntryId(a.0).derived(&format!("link.{b}")), words::ONE_CALL.to_owned()),
            Some(_) => (self.entry().derived(&format!("link.{other}")), words::one_contact(&self.step.title)),
        };
        tied(id, (a, b), reason, with)
    }

    /// The act that ties the case that is opened to the one from which it was begun: each shows the other.
    fn begun_from(&self, with: Recording<'_>) -> Option<NewEntry> {
        let begun = self.draft.begun.as_ref().filter(|_| self.draft.case.is_none())?;
        let id = self.entry().derived("begun");
        let (a, b) = (begun.case, self.case_to_be());
        let reason = show::begun_from(&self.pathway.title);
        Some(tied(id, (a, b), reason, with))
    }

    /// Whose act it is: the decider's where the form names one, typed by whoever is at the keyboard.
    fn whose(&self, answers: &Answers, who: Who) -> Who {
        let decider = self.step.meaning(Means::DecidedBy).and_then(|field| match answers.get(&field.id) {
            Some(Answer::Named(named)) => named.id,
            _ => None,
        });
        Who { by: decider.or(who.by), ..who }
    }

    fn subject(&self, answers: &Answers) -> Option<CaseId> {
        self.pathway.subject.as_ref()?;
        let field = self.step.meaning(Means::Subject)?;
        match answers.get(&field.id) {
            Some(Answer::Named(named)) => named.id,
            _ => None,
        }
    }

    fn time(&self, answers: &Answers, means: Means) -> Option<When> {
        match answers.get(&self.step.meaning(means)?.id) {
            Some(Answer::Time(when)) => Some(*when),
            _ => None,
        }
    }

    /// The lines that name a record which is to be made, each with its register.
    pub(super) fn naming_new(&self, reading: Reading) -> Vec<(String, String)> {
        let lines = self.slots(reading).into_iter().chain(self.folded(reading));
        let makes = lines.filter_map(|slot| match slot {
            Slot { path, input: Input::Record { register, on_the_spot: true }, .. } => Some((path, register)),
            _ => None,
        });
        makes.filter(|(path, _)| text(&self.draft.text, &part(path, "id")) == NEW).collect()
    }

    /// Offers what somebody looked for in a register, and did not find, to the form that adds to it: a name to the name, and
    /// of a person also a birthday, a number or a room. Nobody has typed it here.
    pub fn offer_looked_for(&mut self, words: &str, reading: Reading) {
        let mut known = Answers::new();
        let mut name = words.trim().to_owned();
        if self.step.meaning(Means::NhsNumber).is_some() {
            let typed = Typed::read(words, reading.zone.day(reading.now));
            known = known_by(&self.step, &typed);
            name = typed.name;
        }
        if let Some(field) = self.step.meaning(Means::Name).filter(|_| !name.is_empty()) {
            known.insert(field.id.clone(), Answer::Text(name));
        }
        for (path, answer) in &known {
            self.offer(path, answer, reading.zone);
        }
    }

    /// Opens a record for each line that names a new one, and puts its id into the answers.
    fn made_on_the_spot(&self, answers: &mut Answers, with: Recording<'_>) -> Vec<NewEntry> {
        let place = self.place(answers);
        let mut made: Vec<NewEntry> = Vec::new();
        for (path, register) in self.naming_new(with.reading) {
            let name = text(&self.draft.text, &path);
            let Some(pathway) = with.edition.pathways.get(&register) else { continue };
            let Some(step) = pathway.opening() else { continue };
            let id = self.entry().derived(&path);
            if made.iter().any(|entry| entry.id == id) {
                continue;
            }
            let typed = Typed::read(name, with.reading.zone.day(with.reading.now));
            let is_person = step.meaning(Means::NhsNumber).is_some();
            let words = if is_person { typed.name_to_be() } else { name }.to_owned();
            let mut known = first_answers(pathway, &words, place.as_ref());
            if is_person {
                known.extend(known_by(step, &typed));
            }
            let named = Named { id: Some(CaseId::from(id)), words };
            put(answers, &path, Answer::Named(named));
            made.push(NewEntry {
                id,
                key: id.to_string(),
                case: None,
                subject: None,
                occurred: When::exact(self.draft.opened_at),
                reported_at: None,
                who: with.who,
                what: NewSaid::Step {
                    pathway: register,
                    step: step.id.clone(),
                    on: None,
                    answers: known,
                    why_late: None,
                    cleared: Default::default(),
                },
            });
        }
        made
    }

    /// Gives the answer of each line that names a new record the id that it has by this.
    pub(super) fn name_made(&self, answers: &mut Answers, id: impl Fn(&str) -> Option<CaseId>) {
        for (kept, _) in self.draft.text.iter().filter(|(_, text)| text.as_str() == NEW) {
            let Some(path) = kept.strip_suffix(".id") else { continue };
            if let Some(Answer::Named(named)) = at(answers, path) {
                named.id = id(path);
            }
        }
    }

    /// The lines that are folded away; what was typed there before counts all the same.
    fn folded(&self, reading: Reading) -> Vec<Slot> {
        if self.later_open {
            return Vec::new();
        }
        Form { later_open: true, ..self.clone() }.slots(reading)
    }

    fn place(&self, answers: &Answers) -> Option<Named> {
        match answers.get(&self.step.meaning(Means::Place)?.id) {
            Some(Answer::Named(named)) => Some(named.clone()),
            _ => None,
        }
    }
}

/// What was said of somebody beside the name, or without one: a number is no name.
fn known_by(step: &Step, typed: &Typed) -> Answers {
    let text = |said: String| Answer::Text(said);
    [
        (Means::NhsNumber, typed.nhs.map(|number| text(number.to_string()))),
        (Means::Born, typed.born.map(Answer::Date)),
        (Means::Room, typed.room.clone().map(text)),
        (Means::Phone, typed.phone.clone().map(text)),
    ]
    .into_iter()
    .filter_map(|(means, answer)| Some((step.meaning(means)?.id.clone(), answer?)))
    .collect()
}

/// What is known of a record that is made from a name and a place.
fn first_answers(register: &Pathway, name: &str, place: Option<&Named>) -> Answers {
    let Some(step) = register.opening() else { return Answers::new() };
    let mut answers = Answers::new();
    if let Some(field) = step.meaning(Means::Name) {
        answers.insert(field.id.clone(), Answer::Text(name.to_owned()));
    }
    if let (Some(field), Some(place)) = (step.meaning(Means::Place), place) {
        let answer = match field.kind {
            Kind::Record { .. } => Answer::Named(place.clone()),
            _ => Answer::Text(place.words.clone()),
        };
        answers.insert(field.id.clone(), answer);
    }
    answers
}

/// Puts an answer at a path: a field, or a cell of a row.
fn put(answers: &mut Answers, path: &str, answer: Answer) {
    let mut parts = path.splitn(3, '.');
    match (parts.next(), parts.next().and_then(|row| row.parse::<usize>().ok()), parts.next()) {
        (Some(field), None, None) => {
            answers.insert(field.to_owned(), answer);
        }
        (Some(field), Some(row), Some(column)) => {
            if let Some(Answer::Rows(rows)) = answers.get_mut(field)
                && let Some(row) = rows.get_mut(row)
            {
                row.insert(column.to_owned(), answer);
            }
        }
        _ => {}
    }
}

/// The answer that stands at a path, where one does.
fn at<'a>(answers: &'a mut Answers, path: &str) -> Option<&'a mut Answer> {
    let mut parts = path.splitn(3, '.');
    let (field, row, column) = (parts.next()?, parts.next(), parts.next());
    match (answers.get_mut(field)?, row, column) {
        (answer, None, None) => Some(answer),
        (Answer::Rows(rows), Some(row), Some(column)) => {
            rows.get_mut(row.parse::<usize>().ok()?)?.get_mut(column)
        }
        _ => None,
    }
}

/// The act that ties two cases, each of which shows the other from then on.
fn tied(id: EntryId, (a, b): (CaseId, CaseId), reason: String, with: Recording<'_>) -> NewEntry {
    NewEntry {
        id,
        key: id.to_string(),
        case: Some(a),
        subject: None,
        occurred: When::exact(with.reading.now),
        reported_at: None,
        who: with.who,
        what: NewSaid::Act(Act::Link { a, b, reason, duplicate: YesNo::No }),
    }
}
