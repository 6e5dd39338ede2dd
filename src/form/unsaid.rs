//! A form in which nobody has said anything: asked about before it goes into the record blank, refused where it would change
//! nothing of what a record says.

use super::Form;
use super::typed::Reading;
use crate::domain::answer::Answers;
use crate::domain::words::check as words;
use crate::pathway::check::{Problem, Weight};

impl Form {
    /// That nothing was said here, where it could be saved all the same; `problems` are those of the form as it stands. What
    /// was offered and left as it was is nobody's answer.
    pub fn unsaid(&self, problems: &[Problem], reading: Reading) -> Option<Problem> {
        let offered = |path: &String| self.offered.get(path).map_or("", String::as_str);
        let mut paths = self.draft.text.keys().chain(self.offered.keys());
        if self.draft.amends.is_some() || paths.any(|path| self.text_of(path) != offered(path).trim()) {
            return None;
        }
        let (answers, _) = self.as_recorded(reading);
        // What moves a record from one state to another says that, whatever it asks.
        let only_says = self.empties() && self.step.to.is_none() && self.step.closes.is_none();
        let record = self.case.as_deref().map(|case| &case.facts.record).filter(|_| only_says);
        let stands = |record: &Answers| answers.iter().all(|(id, answer)| record.get(id) == Some(answer));
        let (weight, says) = match () {
            () if record.is_some_and(stands) && self.cleared(&answers, reading.now).is_empty() => {
                (Weight::Refused, words::NOTHING_CHANGED)
            }
            () if problems.iter().any(|one| one.weight == Weight::Missing) => {
                (Weight::Doubted, words::NOTHING_ANSWERED)
            }
            () => return None,
        };
        Some(Problem { field: String::new(), weight, says: says.to_owned() })
    }
}
