//! What the record of whomever a case is about says, as conditions ask it: by meaning.
//!
//! Looked up by whoever has the record at hand (form, command line, store) and handed in; whether a condition then holds
//! is left to [`super::predicate`].

use std::collections::BTreeSet;

use super::definition::{Means, Pathway};
use crate::domain::answer::{Answer, Answers, YesNo};
use crate::domain::entry::RecordSaid;

/// What a record of this register says under the meanings that are asked, by its latest answers.
pub fn said(register: &Pathway, answers: &Answers, asked: &BTreeSet<Means>) -> RecordSaid {
    let mut said = RecordSaid::new();
    for (field, means) in register
        .steps
        .iter()
        .flat_map(|step| &step.fields)
        .filter_map(|field| Some((field, field.means.filter(|means| asked.contains(means))?)))
    {
        let ids = match answers.get(&field.id) {
            Some(Answer::Choice(id)) => vec![id.clone()],
            Some(Answer::Choices(ids)) => ids.clone(),
            Some(Answer::YesNo { is: YesNo::Yes, .. }) => vec!["yes".to_owned()],
            Some(Answer::YesNo { is: YesNo::No, .. }) => vec!["no".to_owned()],
            _ => continue,
        };
        said.entry(means.name()).or_default().extend(ids);
    }
    said
}
