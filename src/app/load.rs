//! Something that is read by somebody else and comes later: what is shown meanwhile is the last that was read.

use super::msg::{Failure, Request};

/// What a layer shows of something that has to be read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Load<T> {
    /// Asked for, nothing there yet.
    #[default]
    Loading,
    /// As it was last read.
    Ready(T),
    /// It could not be read; shown in its own place, the rest lives.
    Failed(Failure),
}

impl<T> Load<T> {
    /// What was read, if it was.
    pub fn ready(&self) -> Option<&T> {
        match self {
            Load::Ready(value) => Some(value),
            _ => None,
        }
    }

    /// Takes away what may no longer be seen, and says why.
    pub fn shut(&mut self, why: Failure) {
        *self = Load::Failed(why);
    }

    /// Takes an answer. A failure does not throw away what was read before.
    pub fn take(&mut self, answer: Result<T, Failure>) -> Option<Failure> {
        match (answer, &self) {
            (Ok(value), _) => {
                *self = Load::Ready(value);
                None
            }
            (Err(why), Load::Ready(_)) => Some(why),
            (Err(why), _) => {
                *self = Load::Failed(why.clone());
                Some(why)
            }
        }
    }
}

/// The last question that was asked of something typed, and the last that was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Asked {
    last: Request,
    answered: Request,
}

impl Asked {
    /// Asks another; an answer to any before it is no answer.
    pub(super) fn again(&mut self, request: Request) {
        self.last = request;
    }

    /// Whether this is the question that was asked last.
    pub(super) fn is(&self, request: Request) -> bool {
        self.last == request
    }

    /// The last was answered.
    pub(super) fn answer(&mut self) {
        self.answered = self.last;
    }

    /// Whether it was not answered yet: what is shown is of what was typed before.
    pub fn waits(&self) -> bool {
        self.answered != self.last
    }

    /// The question asked last.
    pub fn last(&self) -> Request {
        self.last
    }
}
