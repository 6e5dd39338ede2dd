//! What only some registers know of a record: where a person is, who may be told, who is at an organisation.

use super::{Said, words};
use crate::domain::answer::{Answer, Answers, ByWhen, Precision, When, YesNo};
use crate::domain::case::CaseState;
use crate::domain::rota::Slot;
use crate::domain::views::{Contact, More, TypeOf, Whereabouts};
use crate::domain::words::show;
use crate::pathway::definition::{Field, Kind, Means};
use crate::pathway::slot;

/// What the record says.
pub(super) fn of(said: &Said<'_>) -> More {
    let type_of =
        [Means::OrganisationType, Means::ServiceType].into_iter().find_map(|means| said.choice(means));
    More {
        gender: said.choice(Means::Gender).map(|choice| choice.label.clone()),
        whereabouts: whereabouts(said),
        restricted: matches!(said.answer(Means::Restricted), Some(Answer::YesNo { is: YesNo::Yes, .. })),
        early_escalation: said
            .all(Means::EarlyEscalation)
            .filter(|(_, answer)| matches!(answer, Answer::YesNo { is: YesNo::Yes, .. }))
            .map(|(field, _)| field.label.clone())
            .collect(),
        may_be_told: rows(said, Means::Representative).filter_map(|row| may_be_told(&row)).collect(),
        must_not_be_told: Vec::new(),
        type_of: type_of.map(|choice| TypeOf { id: choice.id.clone(), label: choice.label.clone() }),
        out_of_hours: said.text(Means::OutOfHours),
        hours: said.text(Means::Hours),
        people: rows(said, Means::Contacts).filter_map(|row| contact(&row)).collect(),
        roles: Vec::new(),
        cautions: Vec::new(),
    }
}

/// Where the person is. Somebody who is simply at home, with nothing said beside it, is nowhere else.
fn whereabouts(said: &Said<'_>) -> Option<Whereabouts> {
    let choice = said.choice(Means::Whereabouts);
    let detail = said.text(Means::WhereaboutsDetail);
    // At home what was said of the ward before no longer counts.
    let weight = match (choice, &detail) {
        (Some(choice), _) => choice.weight?,
        (None, Some(_)) => 1,
        (None, None) => return None,
    };
    Some(Whereabouts {
        id: choice.map(|choice| choice.id.clone()).unwrap_or_default(),
        label: choice.map(|choice| choice.label.clone()).unwrap_or_default(),
        detail,
        since: said.answer(Means::WhereaboutsSince).and_then(when),
        until: said.answer(Means::WhereaboutsUntil).and_then(when),
        weight,
    })
}

fn when(answer: &Answer) -> Option<When> {
    match answer {
        Answer::Time(when) | Answer::ByWhen(ByWhen::At(when)) => Some(*when),
        Answer::Date(day) => {
            let at = day.and_time(chrono::NaiveTime::MIN).and_utc();
            Some(When { at, precision: Precision::Day })
        }
        _ => None,
    }
}

/// A row of a table with what its columns mean.
struct Row<'a> {
    columns: &'a [Field],
    answers: &'a Answers,
}

impl Row<'_> {
    fn answer(&self, means: Means) -> Option<&Answer> {
        self.answers.get(&self.columns.iter().find(|column| column.means == Some(means))?.id)
    }

    fn text(&self, means: Means) -> Option<String> {
        self.answer(means).and_then(words)
    }

    /// Words of the columns that mean nothing to rules, in their order.
    fn rest(&self) -> impl Iterator<Item = String> {
        let plain = self.columns.iter().filter(|column| column.means.is_none());
        plain.filter_map(|column| words(self.answers.get(&column.id)?))
    }
}

fn rows<'a>(said: &Said<'a>, means: Means) -> impl Iterator<Item = Row<'a>> {
    let tables = said.all(means).filter_map(|(field, answer)| match (&field.kind, answer) {
        (Kind::Rows { columns, .. }, Answer::Rows(rows)) => Some((columns.as_slice(), rows)),
        _ => None,
    });
    tables.flat_map(|(columns, rows)| rows.iter().map(move |answers| Row { columns, answers }))
}

/// Who may be told what; `None` for whoever must not be.
fn may_be_told(row: &Row<'_>) -> Option<String> {
    let silent = matches!(row.answer(Means::DoNotInform), Some(Answer::YesNo { is: YesNo::Yes, .. }));
    let name = row.text(Means::Name).filter(|_| !silent)?;
    let rest: Vec<String> = row.rest().collect();
    Some(if rest.is_empty() { name } else { show::who(&name, &rest.join(", ")) })
}

/// The stretch of the rota that the record is, until it is called off; `None` where it says too little to be one.
pub(super) fn slot(said: &Said<'_>, state: &CaseState) -> Option<Slot> {
    if state.closed {
        return None;
    }
    slot::slot(state.id, |means| said.answer(means))
}

/// What such a record is called: its duty, and who.
pub(super) fn named_slot(said: &Said<'_>) -> Option<String> {
    Some(show::labelled(&said.choice(Means::Duty)?.label, &said.text(Means::OnDuty)?))
}

fn contact(row: &Row<'_>) -> Option<Contact> {
    Some(Contact {
        name: row.text(Means::Name)?,
        job: row.rest().next(),
        phone: row.text(Means::Phone),
        out_of_hours: row.text(Means::OutOfHours),
    })
}
