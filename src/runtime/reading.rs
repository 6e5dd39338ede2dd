//! The reading thread, and the one that checks PINs: one question after another, and of several of a kind only the last.
//!
//! While a board is being read three more commits may ask for it; only the newest question is worth answering. An
//! answer carries its question's number, so the app drops what comes too late.

use std::collections::VecDeque;
use std::mem::{Discriminant, discriminant};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use tokio::sync::mpsc::Sender as Answers;

use super::effects::Read;
use crate::app::Msg;
use crate::app::msg::Effect;

/// Starts the thread. It ends when nobody asks any more.
///
/// # Errors
/// No thread can be made.
pub fn start(name: &str, mut read: Read, answers: Answers<Msg>) -> std::io::Result<Sender<Effect>> {
    let (ask, asked) = channel();
    thread::Builder::new().name(name.to_owned()).spawn(move || {
        let mut waiting = VecDeque::new();
        while let Some(question) = next(&asked, &mut waiting) {
            if let Some(answer) = read(question)
                && answers.blocking_send(answer).is_err()
            {
                return;
            }
        }
    })?;
    Ok(ask)
}

/// The oldest kind of question that waits, in its newest form.
fn next(asked: &Receiver<Effect>, waiting: &mut VecDeque<Effect>) -> Option<Effect> {
    if waiting.is_empty() {
        waiting.push_back(asked.recv().ok()?);
    }
    for question in asked.try_iter() {
        let kind: Discriminant<Effect> = discriminant(&question);
        match waiting.iter_mut().find(|other| discriminant(*other) == kind) {
            Some(older) => *older = question,
            None => waiting.push_back(question),
        }
    }
    waiting.pop_front()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Request;

    #[test]
    fn of_several_questions_of_a_kind_only_the_last_is_asked() {
        let (ask, asked) = channel();
        let case = Effect::ReadCase(Request(2), crate::domain::ids::CaseId(uuid::Uuid::from_u128(7)));
        for question in [Effect::ReadBoard(Request(1), 50), case.clone(), Effect::ReadBoard(Request(3), 50)] {
            ask.send(question).expect("the channel is open");
        }
        drop(ask);
        let mut waiting = VecDeque::new();
        let answered: Vec<Effect> = std::iter::from_fn(|| next(&asked, &mut waiting)).collect();
        assert_eq!(answered, [Effect::ReadBoard(Request(3), 50), case]);
    }
}
