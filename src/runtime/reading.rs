//! The reading thread, and the one that checks PINs: one question after another, and of several of a kind only the last.
//!
//! While a board is being read three more commits may ask for it; only the newest question is worth answering. An
//! answer carries its question's number, so the app drops what comes too late. What does something is no question: it
//! is done in its turn, and nothing that was asked after it is answered before it. A board that is asked for when the
//! desk is locked is read by nobody.

use std::collections::VecDeque;
use std::mem::{Discriminant, discriminant};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use tokio::sync::mpsc::Sender as Answers;

use super::effects::Read;
use super::room;
use crate::app::Msg;
use crate::app::msg::Effect;

/// Starts the thread. It ends when nobody asks any more.
///
/// # Errors
/// No thread can be made.
pub fn start(name: &str, mut read: Read, answers: Answers<Msg>) -> std::io::Result<Sender<Effect>> {
    let (ask, asked) = channel();
    thread::Builder::new().name(name.to_owned()).spawn(move || {
        room::make();
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

/// Whether it does something beside answering: who sits here, and what is counted or set.
fn does_something(effect: &Effect) -> bool {
    matches!(
        effect,
        Effect::Lock
            | Effect::Identify(..)
            | Effect::CheckSecret { .. }
            | Effect::SetSecret(..)
            | Effect::Unlock(..)
    )
}

/// The oldest kind of question that waits, in its newest form.
fn next(asked: &Receiver<Effect>, waiting: &mut VecDeque<Effect>) -> Option<Effect> {
    if waiting.is_empty() {
        waiting.push_back(asked.recv().ok()?);
    }
    for question in asked.try_iter() {
        let kind: Discriminant<Effect> = discriminant(&question);
        let since = waiting.iter().rposition(does_something).map_or(0, |at| at + 1);
        match waiting.iter_mut().skip(since).find(|other| discriminant(*other) == kind) {
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
    use crate::domain::secret::Barred;

    fn answered(questions: impl IntoIterator<Item = Effect>) -> Vec<Effect> {
        let (ask, asked) = channel();
        for question in questions {
            ask.send(question).expect("the channel is open");
        }
        drop(ask);
        let mut waiting = VecDeque::new();
        std::iter::from_fn(|| next(&asked, &mut waiting)).collect()
    }

    #[test]
    fn what_is_asked_after_the_desk_is_locked_is_never_answered_before_it() {
        let board = |number| Effect::ReadBoard(Request(number), 50);
        let locked = [board(1), board(2), Effect::Lock, board(3), board(4)];
        assert_eq!(answered(locked), [board(2), Effect::Lock, board(4)]);
        let id = |number| crate::domain::ids::EntryId(uuid::Uuid::from_u128(number));
        let unlocks = |number| Effect::Unlock(id(number), Barred::Station(number.to_string()));
        assert_eq!(answered([unlocks(1), unlocks(2)]), [unlocks(1), unlocks(2)], "each is done");
    }

    #[test]
    fn of_several_questions_of_a_kind_only_the_last_is_asked() {
        let case = Effect::ReadCase(Request(2), crate::domain::ids::CaseId(uuid::Uuid::from_u128(7)));
        let asked = [Effect::ReadBoard(Request(1), 50), case.clone(), Effect::ReadBoard(Request(3), 50)];
        assert_eq!(answered(asked), [Effect::ReadBoard(Request(3), 50), case]);
    }
}
