//! Answers as words: what a record said, on the edition it was filled in on. (Stub; signatures agreed.)

use super::definition::{Field, Means, Step};
use crate::domain::answer::{Answer, Answers};
use crate::domain::time::Zone;

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

/// One answer in words (choice labels, times in the office's zone, names as they were recorded).
pub fn words(field: &Field, answer: &Answer, zone: &Zone) -> String {
    let _ = (field, answer, zone);
    unimplemented!()
}

/// All answers of a step in the order of the form. Answers to fields the step does not know are shown by their id.
pub fn lines(step: &Step, answers: &Answers, zone: &Zone) -> Vec<Shown> {
    let _ = (step, answers, zone);
    unimplemented!()
}

/// The one or two most telling lines of a step, for a chronology: by meaning, not by label.
pub fn gist(step: &Step, answers: &Answers, zone: &Zone) -> String {
    let _ = (step, answers, zone);
    unimplemented!()
}
