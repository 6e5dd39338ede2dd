//! The SBARD of a case: situation, background, assessment, recommendation and what was decided, composed by meaning from
//! what has been recorded, to be read out to the professional on the telephone.
//!
//! D has two timers: who does what by when, and what is done if it gets no better by then. Where one of them is not agreed,
//! the sheet says so and asks.

use super::{Found, Known, With, in_case, meaning, of_step, on_record, row_means, who};
use crate::domain::answer::When;
use crate::domain::clean;
use crate::domain::commitment::{Commitment, DueRule, Party};
use crate::domain::nhs::NhsNumber;
use crate::domain::sheet::{CardLine, Sheet, SheetPart};
use crate::domain::time::display;
use crate::domain::views::CaseView;
use crate::domain::words::sheets as words;
use crate::pathway::definition::Means;
use crate::pathway::show;

/// So many accounts of what changed are read out: what came last.
const ACCOUNTS: usize = 2;
/// So many pieces of earlier advice.
const ADVICE: usize = 2;

/// Composes the sheet of a case. Nothing that is sealed is on it.
pub fn sbard(view: &CaseView, known: Known<'_>, with: &With<'_>) -> Sheet {
    let parts = vec![
        situation(view, &known, with),
        background(&known, with),
        assessment(view, &known, with),
        recommendation(view, &known, with),
        decided(view, with),
    ];
    Sheet {
        title: words::sbard(&view.reference),
        first: words::SBARD_FIRST.to_owned(),
        parts,
        last: words::READ_BACK.to_owned(),
        subject: view.state.subject,
        case: Some(view.state.id),
        sealed: false,
    }
}

fn situation(view: &CaseView, known: &Known<'_>, with: &With<'_>) -> SheetPart {
    let mut part = SheetPart::new(words::SITUATION);
    part.says("", words::we_are(with.office, with.by));
    match known.record {
        Some(record) => {
            part.says(words::ABOUT, who(record, with));
            match record.nhs.as_deref().and_then(|digits| NhsNumber::read(digits).ok()) {
                Some((number, _)) => part.says(words::NHS, number.to_string()),
                None => part.lacks(words::NHS, words::NOT_ON_RECORD),
            }
            let at = [record.room.as_deref(), record.place.as_deref()];
            let at: Vec<&str> = at.into_iter().flatten().collect();
            if !at.is_empty() {
                part.says(words::WHERE, clean::shown(&at.join(", ")));
            }
            if let Some(at) = &record.more.whereabouts {
                let detail = at.detail.as_deref().unwrap_or_default();
                part.says(words::NOW_AT, clean::shown(format!("{} {detail}", at.label).trim()));
            }
        }
        None => unconfirmed(&mut part, view, known, with),
    }
    if let Some(level) = &view.state.facts.level {
        part.says(words::RISK, clean::shown(&level.label.to_uppercase()));
    }
    let changed = meaning(known.told, with, Means::Observation);
    if changed.is_empty() {
        part.lacks(words::CHANGED, words::NOTHING_SEEN);
    }
    for found in changed.iter().take(ACCOUNTS) {
        said(&mut part, words::CHANGED, found, with);
    }
    for means in [Means::SoftSign, Means::Trigger, Means::Emergency, Means::ImmediateAction] {
        if let Some(found) = meaning(known.told, with, means).first() {
            said(&mut part, &found.label, found, with);
        }
    }
    part
}

/// Whom and where the caller said, where nobody on record was taken: as words that nobody has confirmed.
fn unconfirmed(part: &mut SheetPart, view: &CaseView, known: &Known<'_>, with: &With<'_>) {
    if view.said_of.is_empty() {
        part.lacks(words::ABOUT, words::NO_SUBJECT);
    } else {
        part.says(words::ABOUT, clean::shown(&words::unconfirmed(&view.said_of)));
        part.lacks("", words::NOT_CONFIRMED);
    }
    let places = in_case(known.told, with, |field| field.card == Some(CardLine::Address));
    match places.first() {
        Some(place) => part.says(words::NOW_AT, place.with_time(with)),
        None => part.lacks(words::NOW_AT, words::NO_PLACE),
    }
}

fn background(known: &Known<'_>, with: &With<'_>) -> SheetPart {
    let mut part = SheetPart::new(words::BACKGROUND);
    let mut line = |label: &str, gap: &str, found: Vec<Found>| {
        if found.is_empty() {
            part.lacks(label, gap);
        }
        for found in found {
            part.says(if found.label == label { label } else { &found.label }, found.words);
        }
    };
    let of_record = |line: CardLine| {
        known.record.map_or_else(Vec::new, |record| on_record(record, with, |field| field.card == Some(line)))
    };
    let usual = known.record.map(|record| on_record(record, with, |field| field.means == Some(Means::Usual)));
    line(words::USUAL, words::NO_USUAL, usual.unwrap_or_default());
    for (of, gap) in [
        (CardLine::Resuscitation, words::NOT_ON_RECORD),
        (CardLine::Allergies, words::NOT_ON_RECORD),
        (CardLine::Medicines, words::NOT_ON_RECORD),
        (CardLine::Communication, words::NOT_ON_RECORD),
    ] {
        line(words::line(of), gap, of_record(of));
    }
    scores(&mut part, known, with);
    let mut advice = meaning(known.told, with, Means::Advice);
    advice.truncate(ADVICE);
    for found in &advice {
        said(&mut part, words::ADVISED, found, with);
    }
    part
}

/// The last observations that were scored, with who took them and when, beside what is usual for the person.
fn scores(part: &mut SheetPart, known: &Known<'_>, with: &With<'_>) {
    let scored = known.told.iter().rev().find_map(|told| {
        let (step, answers) = of_step(told, with.editions)?;
        let score = step
            .fields
            .iter()
            .find(|field| field.means == Some(Means::Score) && answers.contains_key(&field.id))?;
        Some((told.occurred, step, answers, score))
    });
    let Some((at, step, answers, score)) = scored else {
        part.lacks(words::OBSERVATIONS, words::NO_OBSERVATIONS);
        return;
    };
    let when = step.meaning(Means::SeenAt).and_then(|field| match answers.get(&field.id)? {
        crate::domain::answer::Answer::Time(when) => Some(*when),
        _ => None,
    });
    let stamp = |when: When| display::short_when(&when, with.now, with.zone);
    let words_of = answers.get(&score.id).map(|answer| show::words(score, answer, &with.zone));
    part.says(&score.label, words::at(&words_of.unwrap_or_default(), &stamp(when.unwrap_or(at))));
    for means in [Means::SeenBy, Means::Usual] {
        let field = step.meaning(means);
        let found = field.and_then(|field| Found::of(field, answers.get(&field.id)?, None, with.zone));
        if let Some(found) = found {
            part.says(&found.label, found.words);
        }
    }
}

fn assessment(view: &CaseView, known: &Known<'_>, with: &With<'_>) -> SheetPart {
    let mut part = SheetPart::new(words::ASSESSMENT);
    let facts = &view.state.facts;
    if facts.seen.is_some() || facts.sees_next.is_some() {
        if let Some((by, at)) = &facts.seen {
            let at = display::short_when(at, with.now, with.zone);
            part.says(words::SEEN, clean::shown(&words::at(by, &at)));
        }
    } else {
        part.lacks(words::SEEN, words::NOT_SEEN);
    }
    match meaning(known.told, with, Means::Rationale).first() {
        Some(found) => said(&mut part, words::WE_THINK, found, with),
        None => part.lacks(words::WE_THINK, words::NOT_DECIDED),
    }
    match meaning(known.told, with, Means::PersonView).first() {
        Some(found) => said(&mut part, words::PERSON_SAYS, found, with),
        None => part.lacks(words::PERSON_SAYS, words::VIEW_UNKNOWN),
    }
    part.asks(words::ASK_ASSESSMENT);
    part
}

fn recommendation(view: &CaseView, known: &Known<'_>, with: &With<'_>) -> SheetPart {
    let mut part = SheetPart::new(words::RECOMMENDATION);
    for (means, label) in [(Means::AdviceSought, words::WE_ASK), (Means::NextStep, words::WE_WILL)] {
        if let Some(found) = meaning(known.told, with, means).first() {
            said(&mut part, label, found, with);
        }
    }
    if part.lines.is_empty() {
        part.lacks(words::WE_ASK, words::NOT_ASKED);
    }
    for control in &view.state.facts.controls {
        part.says(words::MEANWHILE, clean::shown(control));
    }
    part.asks(words::ASK_RECOMMENDATION);
    part
}

fn decided(view: &CaseView, with: &With<'_>) -> SheetPart {
    let mut part = SheetPart::new(words::DECIDED);
    let open = || view.state.commitments.iter().filter(|owed| owed.progress.is_open());
    let worsening = |owed: &&Commitment| {
        row_means(with.editions, &view.state.pathway, owed.opened_in.as_deref(), Means::IfNoBetter)
    };
    let mut promised = open().filter(|owed| owed.obligor.is_outside() && owed.opened_in.is_some()).peekable();
    if promised.peek().is_none() {
        part.lacks(words::WHO_DOES_WHAT, words::NOTHING_AGREED);
    }
    for owed in promised {
        let who = match &owed.obligor {
            Party::Outside(named) => named.words.clone(),
            Party::Role(_) | Party::Staff(_) => String::new(),
        };
        part.says(words::WHO_DOES_WHAT, clean::shown(&words::does(&who, &owed.what, &by(owed, with))));
    }
    let mut otherwise = open().filter(worsening).peekable();
    if otherwise.peek().is_none() {
        part.lacks(words::IF_NO_BETTER, words::NO_SECOND_TIMER);
    }
    for owed in otherwise {
        part.says(words::IF_NO_BETTER, clean::shown(&words::then(&owed.what, &by(owed, with))));
    }
    part
}

/// By when, and that no time was given where none was.
fn by(owed: &Commitment, with: &With<'_>) -> String {
    let due = display::short(owed.due, with.now, with.zone);
    let late = owed.due < with.now;
    match &owed.rule {
        DueRule::NoneGiven { why, .. } => words::no_time(why, &due),
        DueRule::Promised | DueRule::PromisedWithin(_) | DueRule::Target(_) if late => words::by_late(&due),
        DueRule::Promised | DueRule::PromisedWithin(_) | DueRule::Target(_) => words::by(&due),
    }
}

fn said(part: &mut SheetPart, label: &str, found: &Found, with: &With<'_>) {
    let said = found.with_time(with);
    if found.quoted { part.quotes(label, said) } else { part.says(label, said) }
}
