//! What a step says was shared: what, with whom and by what means. A row that does not say by what means shares
//! nothing yet: it asks for it, or plans it.

use super::facts::{plain, when};
use super::heard::{Heard, meant_in};
use crate::domain::answer::{Answer, Answers, Named};
use crate::domain::case::CaseState;
use crate::domain::share::{Basis, Share};
use crate::pathway::definition::{Field, Kind, Means};

/// Adds what the step shared to its case: what its form says as a whole, and each row of who was told.
pub(super) fn learn(state: &mut CaseState, heard: &Heard<'_>) {
    if heard.pathway.register {
        return;
    }
    let form = Said { fields: &heard.step.fields, answers: &heard.answers };
    // Who was told in a form of its own may have been told nothing in words; an organisation that was rung was not.
    if form.words(Means::Shared).is_some() {
        state.shares.extend(form.share(heard, None));
    }
    for field in &heard.step.fields {
        let (Kind::Rows { columns, .. }, Some(Answer::Rows(rows))) =
            (&field.kind, heard.answers.get(&field.id))
        else {
            continue;
        };
        for (at, row) in rows.iter().enumerate() {
            let said = Said { fields: columns, answers: row };
            state.shares.extend(said.share(heard, u32::try_from(at).ok()));
        }
    }
}

/// A form, or a row of one.
struct Said<'a> {
    fields: &'a [Field],
    answers: &'a Answers,
}

impl Said<'_> {
    fn meant(&self, means: Means) -> Option<(&Field, &Answer)> {
        meant_in(self.fields, self.answers, means)
    }

    fn words(&self, means: Means) -> Option<String> {
        let (field, answer) = self.meant(means)?;
        Some(plain(field, answer)).filter(|words| !words.is_empty())
    }

    fn share(&self, heard: &Heard<'_>, row: Option<u32>) -> Option<Share> {
        let how = self.words(Means::Means).or_else(|| self.words(Means::ToldHow));
        // A form says that something was shared by saying what; a row of who is to be told only by how they were.
        let how = if row.is_some() { how? } else { how.unwrap_or_default() };
        let with = match self.meant(Means::Contacted) {
            Some((_, Answer::Named(named))) => named.clone(),
            _ => Named { id: None, words: self.words(Means::ToldName)? },
        };
        let basis = match self.meant(Means::Basis) {
            Some((field, answer @ Answer::Choice(id))) => {
                Some(Basis { id: id.clone(), label: plain(field, answer) })
            }
            _ => None,
        };
        Some(Share {
            entry: heard.entry.id,
            row,
            at: self.meant(Means::ToldAt).and_then(|(_, answer)| when(answer)).unwrap_or(heard.occurred),
            with,
            who: self.words(Means::Told),
            how,
            what: self.words(Means::Shared).unwrap_or_default(),
            purpose: self.words(Means::Purpose),
            basis,
            without_consent: self.words(Means::WithoutConsent),
        })
    }
}
