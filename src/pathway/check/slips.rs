//! Numbers of paper slips against what became of all others: a number is given out once, and entered once.

use super::{Problem, Weight};
use crate::domain::answer::{Answer, Answers};
use crate::domain::case::CaseState;
use crate::domain::slips::{Slips, number_of, shown};
use crate::domain::views::SlipNumbers;
use crate::domain::words::check as words;
use crate::pathway::definition::{Field, Means, Step};

/// What is wrong or odd about the slips that a step speaks of. `case` is the one it is recorded in, whose own numbers
/// are no news to it.
pub fn slips(step: &Step, given: &Answers, case: Option<&CaseState>, known: &SlipNumbers) -> Vec<Problem> {
    let mut problems = Vec::new();
    for field in step.fields.iter().filter(|field| !field.retired) {
        let Some(Answer::Text(text)) = given.get(&field.id) else { continue };
        let said = match field.means {
            Some(Means::Slip) => number_of(text).and_then(|number| of_slip(field, number, case, known)),
            Some(Means::SlipsIssued) => {
                Slips::read(text).and_then(|issued| of_issued(field, &issued, case, known))
            }
            Some(Means::SlipsVoid) => Slips::read(text).and_then(|void| of_void(field, &void, case, known)),
            Some(Means::SlipsReprinted) => {
                Slips::read(text).and_then(|again| of_another_pad(field, &again, case))
            }
            Some(Means::SlipsBlank) => number_of(text).and_then(|blank| of_blank(field, blank, case)),
            _ => None,
        };
        problems.extend(said.map(|(weight, says)| Problem { field: field.id.clone(), weight, says }));
    }
    problems
}

/// What cannot be read as slips at all.
pub(super) fn unread(field: &Field, answer: &Answer) -> Option<String> {
    let Answer::Text(text) = answer else { return None };
    let reads = match field.means {
        Some(Means::Slip | Means::SlipsBlank) => number_of(text).is_some(),
        Some(Means::SlipsIssued | Means::SlipsVoid | Means::SlipsReprinted) => Slips::read(text).is_some(),
        _ => true,
    };
    let one = matches!(field.means, Some(Means::Slip | Means::SlipsBlank));
    (!reads).then(|| words::no_slips(&field.label, one))
}

type Odd = Option<(Weight, String)>;

fn of_slip(field: &Field, number: u32, case: Option<&CaseState>, known: &SlipNumbers) -> Odd {
    if case.is_some_and(|case| case.facts.slip == Some(number)) {
        return None;
    }
    let says = match () {
        () if known.entered.has(number) => words::slip_entered(&field.label, &shown(number)),
        () if known.void.has(number) => words::slip_void(&field.label, &shown(number)),
        () if !known.issued.has(number) => words::slip_not_issued(&field.label, &shown(number)),
        () => return None,
    };
    Some((Weight::Doubted, says))
}

fn of_issued(field: &Field, issued: &Slips, case: Option<&CaseState>, known: &SlipNumbers) -> Odd {
    let own = case.and_then(|case| case.facts.pad.as_ref()).map(|pad| pad.issued.clone()).unwrap_or_default();
    let others = known.issued.without(&own);
    let next = words::slips_issued_before(&field.label, &shown(known.next()));
    others.meets(issued).then_some((Weight::Refused, next))
}

/// Numbers that the pad does not have.
fn of_another_pad(field: &Field, said: &Slips, case: Option<&CaseState>) -> Odd {
    let pad = case.and_then(|case| case.facts.pad.as_ref())?;
    let elsewhere = said.without(&pad.issued);
    let says = || words::slips_of_another_pad(&field.label, &elsewhere.to_string(), &pad.issued.to_string());
    (!elsewhere.is_empty()).then(|| (Weight::Refused, says()))
}

fn of_void(field: &Field, void: &Slips, case: Option<&CaseState>, known: &SlipNumbers) -> Odd {
    if let Some(elsewhere) = of_another_pad(field, void, case) {
        return Some(elsewhere);
    }
    let entered = void.without(&void.without(&known.entered));
    let says = || words::void_but_entered(&field.label, &entered.to_string());
    (!entered.is_empty()).then(|| (Weight::Asked, says()))
}

fn of_blank(field: &Field, blank: u32, case: Option<&CaseState>) -> Odd {
    let pad = case.and_then(|case| case.facts.pad.as_ref())?;
    // Behind the last slip: all of them are used.
    let fits = pad.issued.has(blank) || pad.issued.last() == blank.checked_sub(1);
    let says = || words::slips_of_another_pad(&field.label, &shown(blank), &pad.issued.to_string());
    (!fits).then(|| (Weight::Refused, says()))
}
