//! By what leave an entry stands: at once, when a second person agrees, or alone for a reason; and for whom somebody
//! acted who had no such leave of their own.
//!
//! What wants a second person, and who that may be, is left to [`crate::store`] when an entry is written. What was
//! decided then is kept beside the entry's words and never worked out again: a later change of roles or definitions
//! makes nothing wait that did not, and lets nothing through that did.

use serde::{Deserialize, Serialize};

use super::answer::{Answer, Answers};
use super::ids::CaseId;

/// How an entry came to be allowed, beside the leave of whose act it is. Nothing of it for most entries.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Leave {
    /// What of it has no effect until a different person agrees.
    pub waits: Option<Waits>,
    /// It wants two people and there was nobody else who may: why it was done all the same.
    pub alone: Option<String>,
    /// Whose leave it was done by, where that was not one's own: the member of staff who is acted for.
    pub acting_for: Option<CaseId>,
}

/// What waits for a second person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Waits {
    /// All of it: it has no effect, and stands in the chronology.
    All,
    /// These parts of its answers, by field id (the roles that it adds); the rest counts at once.
    Part(Answers),
}

impl Waits {
    /// The answers that count at once: of a list or a table, the lines that do not wait.
    pub fn leaves(&self, answers: &Answers) -> Answers {
        let Waits::Part(parts) = self else { return Answers::new() };
        let left = |(id, answer): (&String, &Answer)| match parts.get(id) {
            Some(part) => Some((id.clone(), without(answer, part)?)),
            None => Some((id.clone(), answer.clone())),
        };
        answers.iter().filter_map(left).collect()
    }

    /// What comes to count when a second person agrees, of what the entry says by then: a correction may have taken
    /// some of it back.
    pub fn grants(&self, answers: &Answers) -> Answers {
        let Waits::Part(parts) = self else { return answers.clone() };
        let both = |(id, part): (&String, &Answer)| Some((id.clone(), common(answers.get(id)?, part)?));
        parts.iter().filter_map(both).collect()
    }
}

/// What stands, with what is added to it.
pub fn added(stands: Option<&Answer>, part: &Answer) -> Answer {
    match (stands, part) {
        (Some(Answer::Choices(stands)), Answer::Choices(part)) => Answer::Choices(joined(stands, part)),
        (Some(Answer::Rows(stands)), Answer::Rows(part)) => Answer::Rows(joined(stands, part)),
        (_, part) => part.clone(),
    }
}

fn joined<T: PartialEq + Clone>(stands: &[T], part: &[T]) -> Vec<T> {
    let new = part.iter().filter(|one| !stands.contains(one));
    stands.iter().chain(new).cloned().collect()
}

fn without(answer: &Answer, part: &Answer) -> Option<Answer> {
    match (answer, part) {
        (Answer::Choices(all), Answer::Choices(part)) => {
            Some(Answer::Choices(all.iter().filter(|one| !part.contains(one)).cloned().collect()))
        }
        (Answer::Rows(all), Answer::Rows(part)) => {
            Some(Answer::Rows(all.iter().filter(|one| !part.contains(one)).cloned().collect()))
        }
        (answer, part) => (answer != part).then(|| answer.clone()),
    }
}

fn common(answer: &Answer, part: &Answer) -> Option<Answer> {
    match (answer, part) {
        (Answer::Choices(all), Answer::Choices(part)) => {
            Some(Answer::Choices(part.iter().filter(|one| all.contains(one)).cloned().collect()))
        }
        (Answer::Rows(all), Answer::Rows(part)) => {
            Some(Answer::Rows(part.iter().filter(|one| all.contains(one)).cloned().collect()))
        }
        (answer, part) => (answer == part).then(|| part.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roles(ids: &[&str]) -> Answer {
        Answer::Choices(ids.iter().map(|id| (*id).to_owned()).collect())
    }

    fn of(answer: Answer) -> Answers {
        Answers::from([("roles".to_owned(), answer), ("name".to_owned(), Answer::Text("SHAH".to_owned()))])
    }

    #[test]
    fn what_waits_is_left_out_and_added_to_what_stands_by_then() {
        let waits = Waits::Part(Answers::from([("roles".to_owned(), roles(&["lead"]))]));
        assert_eq!(waits.leaves(&of(roles(&["carer", "lead"]))), of(roles(&["carer"])));

        let granted = waits.grants(&of(roles(&["carer", "lead"])));
        assert_eq!(granted, Answers::from([("roles".to_owned(), roles(&["lead"]))]));
        assert_eq!(added(Some(&roles(&["chair"])), &granted["roles"]), roles(&["chair", "lead"]));
        // A correction took it back before anybody agreed.
        assert_eq!(waits.grants(&of(roles(&["carer"])))["roles"], roles(&[]));
    }

    #[test]
    fn of_an_entry_that_waits_as_a_whole_nothing_counts() {
        let answers = of(roles(&["carer"]));
        assert!(Waits::All.leaves(&answers).is_empty());
        assert_eq!(Waits::All.grants(&answers), answers);
    }
}
