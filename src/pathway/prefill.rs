//! What a field is offered from the record: the closed list of [`Prefill`]. An offer keeps the entries it came
//! from, and is an answer only once somebody saves it. What a new case takes over from where it is begun, without being
//! asked for it by name, is in [`origin`].

mod audit;
pub mod origin;
mod past;

pub use past::{agenda_asked, asks, named};

use chrono::{DateTime, Utc};

use self::origin::Origin;
use super::definition::{Field, Kind, Means, Pathway, Prefill, Step};
use crate::domain::answer::{Answer, Answers, ByWhen, Named, Owed, Prefilled, When, YesNo};
use crate::domain::case::{CaseState, EntryMark};
use crate::domain::commitment::{Commitment, DueRule, Party};
use crate::domain::ids::EntryId;
use crate::domain::slips::Slips;
use crate::domain::views::Past;
use crate::domain::views::Relying;
use crate::domain::words::show as words;

/// What offers are made from. Names come with it, because a case knows ids only.
#[derive(Clone, Copy)]
pub struct Sources<'a> {
    /// The case and the pathway it follows; `None` where the step opens one.
    pub case: Option<(&'a CaseState, &'a Pathway)>,
    /// From where the case is begun that the step opens, where it is begun from anywhere.
    pub origin: Option<&'a Origin>,
    /// When the form was opened.
    pub opened_at: DateTime<Utc>,
    /// Whoever is signed in.
    pub signed_in: Option<&'a Named>,
    /// Whoever holds the decision now.
    pub decision_holder: Option<&'a Named>,
    /// Whom of ours one rings, the first to be rung first, each with the number.
    pub to_ring: &'a [(Named, Option<String>)],
    /// The case's subject.
    pub subject: Option<&'a Named>,
    /// The commitment the step is recorded on, or begun for.
    pub commitment: Option<&'a Commitment>,
    /// What is owed about the record that the case is, or in the case.
    pub owed: &'a [Owed],
    /// Who relies on the organisation that the case is about.
    pub relying: &'a [Relying],
    /// What was said in the form itself, where it is offered while it is filled in.
    pub said: Option<(&'a Step, &'a Answers)>,
    /// What stands in the record about the case's subject: their own record first, then their other cases, newest first.
    pub past: &'a [Past],
    /// The first number that no pad of slips has had, where that is known.
    pub next_slip: Option<u32>,
    /// Whether whoever is signed in stands in for those whose step it is first; `None` where it is theirs alone.
    pub stands_in: Option<bool>,
}

/// How many slips a pad has unless somebody says otherwise.
pub const SLIPS_ON_A_PAD: u32 = 50;

impl<'a> Sources<'a> {
    /// Who is signed in and what time it is: all that is offered while a form is being filled in.
    pub fn of_now(signed_in: Option<&'a Named>, now: DateTime<Utc>) -> Self {
        Self {
            case: None,
            origin: None,
            opened_at: now,
            signed_in,
            decision_holder: None,
            to_ring: &[],
            subject: None,
            commitment: None,
            owed: &[],
            relying: &[],
            said: None,
            past: &[],
            next_slip: None,
            stands_in: None,
        }
    }

    /// A text that the form itself says with this meaning.
    fn said(&self, means: Means) -> Option<&'a Answer> {
        let (step, answers) = self.said?;
        answers.get(&step.meaning(means)?.id)
    }

    /// The case that offers are made from: the step's own, or the one from which a new one is begun.
    fn known(&self) -> Option<(&'a CaseState, &'a Pathway)> {
        self.case.or_else(|| self.origin?.case.as_ref().map(|(case, pathway)| (&**case, &**pathway)))
    }
}

/// What the field is offered, if it is offered anything that it can take: what it asks for, otherwise what its meaning
/// brings from where the case is begun.
pub fn offer(field: &Field, from: Sources<'_>) -> Option<Prefilled> {
    let asks = match &field.kind {
        Kind::Rows { from: rows, .. } => field.prefill.as_ref().or(rows.as_ref()),
        _ => field.prefill.as_ref(),
    };
    let carried = || if field.own { None } else { origin::carried(field, from) };
    asks.and_then(|prefill| asked_for(field, prefill, from)).or_else(carried)
}

/// What a source has for a field.
pub fn asked_for(field: &Field, prefill: &Prefill, from: Sources<'_>) -> Option<Prefilled> {
    let (answer, sources) = match prefill {
        Prefill::Opened => (Answer::Time(When::exact(from.opened_at)), Vec::new()),
        Prefill::SignedIn => (Answer::Named(from.signed_in?.clone()), Vec::new()),
        Prefill::DecisionHolder => (Answer::Named(from.decision_holder?.clone()), Vec::new()),
        Prefill::NextToRing => (Answer::Named(from.to_ring.first()?.0.clone()), Vec::new()),
        Prefill::NextToRingNumber => (Answer::Text(from.to_ring.first()?.1.clone()?), Vec::new()),
        Prefill::ThenToRing => (Answer::Named(from.to_ring.get(1)?.0.clone()), Vec::new()),
        Prefill::ThenToRingNumber => (Answer::Text(from.to_ring.get(1)?.1.clone()?), Vec::new()),
        Prefill::Risk => {
            let (case, pathway) = from.known()?;
            (
                Answer::Choice(case.facts.risk.clone()?),
                latest(case, pathway, Means::Risk).map(of).unwrap_or_default(),
            )
        }
        Prefill::Obligor => {
            let owed = from.commitment?;
            (obligor(&owed.obligor, from)?, vec![owed.opened_by])
        }
        Prefill::What => {
            let owed = from.commitment?;
            (Answer::Text(owed.what.clone()), vec![owed.opened_by])
        }
        Prefill::OwedHere => {
            let owed = from.commitment?;
            (Answer::Owed(owed.going_on()), vec![owed.opened_by])
        }
        Prefill::Due => {
            let owed = from.commitment?;
            (Answer::Time(When::exact(owed.due)), vec![owed.opened_by])
        }
        Prefill::Subject => (Answer::Named(from.subject?.clone()), opened_by(from)),
        Prefill::FromCase => {
            let origin = from.origin?;
            (Answer::Text(origin.reference.clone()?), opened_by(from))
        }
        Prefill::Caller if let Some(said) = from.said(Means::Caller) => (said.clone(), Vec::new()),
        Prefill::Caller => {
            let (case, pathway) = from.known()?;
            let sources = latest(case, pathway, Means::Caller).map(of).unwrap_or_default();
            (Answer::Text(case.facts.caller.clone()?), sources)
        }
        Prefill::Case(means) => {
            let (case, pathway) = from.case?;
            let (answer, entry) = latest(case, pathway, *means)?;
            (answer.clone(), vec![entry])
        }
        Prefill::Controls => controls(field, from.known()?.0)?,
        Prefill::NextSlips => {
            let first = from.next_slip?;
            (Answer::Text(Slips::run(first, first + SLIPS_ON_A_PAD - 1).to_string()), Vec::new())
        }
        Prefill::StandsIn => {
            let is = if from.stands_in? { YesNo::Yes } else { YesNo::No };
            (Answer::YesNo { is, why: String::new() }, Vec::new())
        }
        Prefill::Counts => {
            let (case, pathway) = from.case?;
            counts(case, pathway, from.opened_at)?
        }
        Prefill::Owed => owed(field, from.owed)?,
        Prefill::Agenda(_) => return past::agenda(field, from.past, 0),
        Prefill::Unresolved { times, .. } => return past::agenda(field, from.past, *times),
        Prefill::Relying => (relying(field, from.relying)?, opened_by(from)),
        Prefill::Audit(part) => return audit::offer(field, *part, from),
        Prefill::Record(_) | Prefill::History { .. } => return past::offer(field, prefill, from.past),
        // What is sealed is put in anew or left as it is: it is never offered.
        Prefill::Latest if field.sealed => return None,
        Prefill::Latest => {
            let (case, pathway) = from.known()?;
            if pathway.register {
                let answer = case.facts.record.get(&field.id)?.clone();
                let entry = case
                    .entries
                    .iter()
                    .rev()
                    .find(|mark| case.answers.contains_key(&format!("{}.{}", mark.kind, field.id)));
                let sources = entry.map(|mark| mark.id).into_iter().collect();
                return Some(Prefilled { answer: fitting(&field.kind, answer)?, sources });
            }
            let (answer, entry) = latest(case, pathway, field.means?)?;
            // What gives leave is offered as far as it is in force, whatever an entry says that waits for a second person.
            let answer = match field.means.is_some_and(Means::gives_leave) {
                true => case.facts.record.get(&field.id)?,
                false => answer,
            };
            (answer.clone(), vec![entry])
        }
    };
    Some(Prefilled { answer: fitting(&field.kind, answer)?, sources })
}

fn of((_, entry): (&Answer, EntryId)) -> Vec<EntryId> {
    vec![entry]
}

/// The last answer of the case with this meaning, and the entry it stands in. A text too long for the case to keep
/// is not offered.
fn latest<'a>(case: &'a CaseState, pathway: &Pathway, means: Means) -> Option<(&'a Answer, EntryId)> {
    case.entries.iter().rev().filter(|mark| mark.edition.is_some()).find_map(|mark| {
        let field = pathway.step(&mark.kind)?.meaning(means)?;
        let answer = case.answers.get(&format!("{}.{}", mark.kind, field.id))?;
        let kept = !matches!(answer, Answer::Text(text) if text.is_empty());
        kept.then_some((answer, mark.id))
    })
}

fn obligor(party: &Party, from: Sources<'_>) -> Option<Answer> {
    match party {
        Party::Outside(named) => Some(Answer::Named(named.clone())),
        Party::Role(role) => Some(Answer::Choice(role.clone())),
        Party::Staff(id) => {
            let known = [from.signed_in, from.decision_holder];
            let named = known.into_iter().flatten().find(|named| named.id == Some(*id))?;
            Some(Answer::Named(named.clone()))
        }
    }
}

/// A row for each interim control in force: its words, and when it was to be reviewed.
fn controls(field: &Field, case: &CaseState) -> Option<(Answer, Vec<EntryId>)> {
    let in_force: Vec<&Commitment> =
        case.commitments.iter().filter(|one| one.control == YesNo::Yes && one.progress.is_open()).collect();
    let Kind::Rows { columns, .. } = &field.kind else {
        return Some((Answer::Text(case.facts.controls.join("; ")), sources(&in_force)));
    };
    let column = |means| columns.iter().find(|column| column.means == Some(means));
    let words = column(Means::Control)?;
    let rows: Vec<Answers> = in_force
        .iter()
        .map(|control| {
            let mut row = Answers::from([(words.id.clone(), Answer::Text(control.what.clone()))]);
            if let Some(by) = column(Means::ControlReviewBy).filter(|_| control.rule == DueRule::Promised) {
                let when = When::exact(control.due);
                let answer = match by.kind {
                    Kind::ByWhen => Answer::ByWhen(ByWhen::At(when)),
                    _ => Answer::Time(when),
                };
                row.insert(by.id.clone(), answer);
            }
            row
        })
        .collect();
    Some((Answer::Rows(rows), sources(&in_force)))
}

/// A line for each step of observations with how often it was recorded, in the four weeks before now and in the four
/// before those, by when it happened; none where nothing was.
fn counts(case: &CaseState, pathway: &Pathway, now: DateTime<Utc>) -> Option<(Answer, Vec<EntryId>)> {
    const WEEKS: i64 = 4;
    let observes = |step: &&Step| step.repeat && !step.retired && step.meaning(Means::Observation).is_some();
    let (mut lines, mut sources) = (Vec::new(), Vec::new());
    for step in pathway.steps.iter().filter(observes) {
        let marks = case
            .entries
            .iter()
            .filter(|mark| mark.edition.is_some() && mark.kind == step.id && mark.counts());
        let ago = |mark: &&EntryMark| (now - mark.occurred.at).num_weeks() / WEEKS;
        let (lately, before): (Vec<_>, Vec<_>) =
            marks.filter(|mark| ago(mark) < 2).partition(|mark| ago(mark) == 0);
        if lately.is_empty() && before.is_empty() {
            continue;
        }
        lines.push(words::counted(&step.title, lately.len(), before.len()));
        sources.extend(lately.iter().chain(&before).map(|mark| mark.id));
    }
    (!lines.is_empty()).then(|| (Answer::Text(lines.join("\n")), sources))
}

/// A row for each thing owed; what becomes of it is for whoever fills the form in.
fn owed(field: &Field, owed: &[Owed]) -> Option<(Answer, Vec<EntryId>)> {
    let Kind::Rows { columns, .. } = &field.kind else { return None };
    let column = columns.iter().find(|column| column.kind == Kind::Owed)?;
    let row = |one: &Owed| Answers::from([(column.id.clone(), Answer::Owed(one.clone()))]);
    Some((Answer::Rows(owed.iter().map(row).collect()), owed.iter().map(|one| one.id.entry).collect()))
}

/// A row for each who relies; who covers is for whoever fills the form in.
fn relying(field: &Field, relying: &[Relying]) -> Option<Answer> {
    let Kind::Rows { columns, .. } = &field.kind else { return None };
    let meant = |means| columns.iter().find(|column| column.means == Some(means));
    let who = columns.iter().find(|column| is_person(&column.kind))?;
    let row = |one: &Relying| {
        let mut row = Answers::from([(who.id.clone(), Answer::Named(one.who.clone()))]);
        if let Some(column) = meant(Means::ReliedFor).filter(|_| !one.why.is_empty()) {
            row.insert(column.id.clone(), Answer::Text(one.why.clone()));
        }
        if let (Some(column), Some(by)) = (meant(Means::Due), one.by) {
            let by = Answer::ByWhen(ByWhen::At(When::exact(by)));
            row.extend(fitting(&column.kind, by).map(|by| (column.id.clone(), by)));
        }
        row
    };
    Some(Answer::Rows(relying.iter().map(row).collect()))
}

fn is_person(kind: &Kind) -> bool {
    matches!(kind, Kind::Record { register, .. } if register == "people")
}

/// The entry that opened the case.
fn opened_by(from: Sources<'_>) -> Vec<EntryId> {
    let first = from.known().and_then(|(case, _)| case.entries.first()).map(|mark| mark.id);
    first.into_iter().collect()
}

fn sources(commitments: &[&Commitment]) -> Vec<EntryId> {
    let mut sources: Vec<EntryId> = commitments.iter().map(|one| one.opened_by).collect();
    sources.dedup();
    sources
}

/// The answer as this kind of field takes it, or none where it cannot.
pub(super) fn fitting(kind: &Kind, answer: Answer) -> Option<Answer> {
    match (kind, answer) {
        (Kind::Text | Kind::Notes, Answer::Text(text)) => {
            (!text.trim().is_empty()).then_some(Answer::Text(text))
        }
        (Kind::Text | Kind::Notes, Answer::Named(named)) => Some(Answer::Text(named.words)),
        (Kind::Record { on_the_spot, .. }, Answer::Named(named)) => {
            (*on_the_spot || named.id.is_some()).then_some(Answer::Named(named))
        }
        (Kind::Record { on_the_spot: true, .. }, Answer::Text(words)) => {
            Some(Answer::Named(Named { id: None, words }))
        }
        (Kind::Choice(choices), Answer::Choice(id)) => {
            choices.iter().any(|choice| choice.id == id && !choice.retired).then_some(Answer::Choice(id))
        }
        (Kind::Choices(choices), Answer::Choices(mut ids)) => {
            ids.retain(|id| choices.iter().any(|choice| choice.id == *id && !choice.retired));
            (!ids.is_empty()).then_some(Answer::Choices(ids))
        }
        (Kind::Number { .. }, answer @ Answer::Number(_)) => Some(answer),
        (Kind::Rows { .. }, Answer::Rows(rows)) => (!rows.is_empty()).then_some(Answer::Rows(rows)),
        (Kind::Time { .. }, Answer::ByWhen(ByWhen::At(when))) => Some(Answer::Time(when)),
        (Kind::ByWhen, Answer::Time(when)) => Some(Answer::ByWhen(ByWhen::At(when))),
        (Kind::YesNo { .. }, answer @ Answer::YesNo { .. })
        | (Kind::Date, answer @ Answer::Date(_))
        | (Kind::Time { .. }, answer @ Answer::Time(_))
        | (Kind::ByWhen, answer @ Answer::ByWhen(_))
        | (Kind::Checklist { .. }, answer @ Answer::Checklist(_))
        | (Kind::Evidence, answer @ Answer::Evidence(_))
        | (Kind::Owed, answer @ Answer::Owed(_)) => Some(answer),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pathway::fixtures::{
        Ledger, at, by, call, choice, decision, editions, field, liaise, london, pathway, row, text,
    };
    use crate::pathway::fold::{Folding, refold};

    #[test]
    fn offers_come_from_the_record_and_name_where_they_were_found() {
        let mut ledger = Ledger::new();
        let mut said = call("red");
        said.insert("caller".into(), text("WQ, care worker"));
        let called = ledger.step("call", said);
        ledger.step("decision", decision("gp"));
        let mut said = liaise(vec![row("Visit", by("2026-11-21T23:00:00Z"))]);
        said.insert("controls".into(), Answer::Rows(vec![row("two carers", by("2026-11-24T21:00:00Z"))]));
        let liaised = ledger.step("liaise", said);
        let (editions, zone, pathway) = (editions(), london(), pathway());
        let state = refold(&ledger.entries, Folding { editions: &editions, zone: &zone }).unwrap();
        let visit = state.commitments.iter().find(|one| one.what == "Visit").unwrap();
        let shah = Named { id: Some(state.id), words: "P. SHAH".into() };
        let from = Sources {
            case: Some((&state, &pathway)),
            origin: None,
            opened_at: at("2026-11-21T21:30:00Z"),
            signed_in: Some(&shah),
            decision_holder: None,
            to_ring: &[],
            subject: None,
            commitment: Some(visit),
            owed: &[],
            relying: &[],
            said: None,
            past: &[],
            next_slip: Some(51),
            stands_in: Some(true),
        };
        let offered = |prefill, kind: Kind, means| {
            let field = Field { prefill: Some(prefill), means, ..field("f", kind) };
            offer(&field, from).map(|offer| (offer.answer, offer.sources))
        };
        let staff = || Kind::Record { register: "staff".into(), on_the_spot: false };
        let risks = Kind::Choice(vec![choice("red"), choice("green")]);

        let time = Answer::Time(When::exact(from.opened_at));
        assert_eq!(offered(Prefill::Opened, Kind::Time { future: false }, None), Some((time, vec![])));
        assert_eq!(offered(Prefill::SignedIn, staff(), None), Some((Answer::Named(shah.clone()), vec![])));
        assert_eq!(offered(Prefill::DecisionHolder, staff(), None), None);
        let red = Answer::Choice("red".into());
        assert_eq!(offered(Prefill::Risk, risks, None), Some((red, vec![called])));
        assert_eq!(offered(Prefill::What, Kind::Text, None), Some((text("Visit"), vec![liaised])));
        let pad = offered(Prefill::NextSlips, Kind::Text, None);
        assert_eq!(pad, Some((text("0051-0100"), vec![])));
        let due = Answer::Time(When::exact(at("2026-11-21T23:00:00Z")));
        assert_eq!(offered(Prefill::Due, Kind::Time { future: false }, None), Some((due, vec![liaised])));
        let doctor = offered(Prefill::Obligor, Kind::Text, None);
        assert_eq!(doctor, Some((text("Dr ZZ, The Elms"), vec![liaised])));
        let caller = offered(Prefill::Caller, Kind::Text, None);
        assert_eq!(caller, Some((text("WQ, care worker"), vec![called])));
        let latest = offered(Prefill::Latest, Kind::Notes, Some(Means::Advice));
        assert_eq!(latest, Some((text("Visit this evening"), vec![liaised])));
        let controls = pathway.step("liaise").unwrap().field("controls").unwrap();
        let (rows, sources) = offered(Prefill::Controls, controls.kind.clone(), None).unwrap();
        assert_eq!(rows, Answer::Rows(vec![row("two carers", by("2026-11-24T21:00:00Z"))]));
        assert_eq!(sources, [liaised]);
    }
}
