//! Two threads for the disk: one keeps drafts as they are typed, the other appends to the record. Neither touches
//! the terminal, because one that does not drain must not keep anything from the disk; and they are two, because a
//! ledger that another program holds must not keep the next words from being kept.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Instant;

use tokio::sync::mpsc::Sender as Answers;

use super::effects::{Append, Keep, Writing};
use super::keeping::{Due, Waiting};
use crate::app::{Msg, Request};
use crate::domain::entry::Batch;

/// What the saving thread is asked.
#[derive(Debug)]
pub enum Job {
    /// Something to be written.
    Write(Writing),
    /// Keep everything durably and say so, once what is on its way into the record is there too or refused: the
    /// program is about to end.
    KeepAll(Sender<()>),
}

/// What the writing thread is asked.
enum Entry {
    Append(Request, Box<Batch>),
    /// Say so once all before it is done.
    Done(Sender<()>),
}

/// Starts both threads. They keep whatever is unkept and end when nobody asks any more.
///
/// # Errors
/// No thread can be made.
pub fn start(keep: Keep, append: Append, answers: Answers<Msg>) -> std::io::Result<Sender<Job>> {
    let (record, to_record) = channel();
    let to_loop = answers.clone();
    thread::Builder::new().name("writing".to_owned()).spawn(move || write(&to_record, append, &to_loop))?;
    let (ask, asked) = channel();
    let saver = Saver { keep, record, answers, waiting: Waiting::default() };
    thread::Builder::new().name(SAVING.to_owned()).spawn(move || saver.run(&asked))?;
    Ok(ask)
}

/// The name of the saving thread.
const SAVING: &str = "saving";

/// Whether this is the saving thread: it cannot wait for itself.
pub fn is_saving() -> bool {
    thread::current().name() == Some(SAVING)
}

fn write(asked: &Receiver<Entry>, mut append: Append, answers: &Answers<Msg>) {
    for entry in asked {
        match entry {
            // A loop that is gone is told by the record.
            Entry::Append(request, batch) => drop(answers.blocking_send(append(request, *batch))),
            // Whoever asked may be gone already.
            Entry::Done(done) => drop(done.send(())),
        }
    }
}

struct Saver {
    keep: Keep,
    record: Sender<Entry>,
    answers: Answers<Msg>,
    waiting: Waiting,
}

impl Saver {
    fn run(mut self, asked: &Receiver<Job>) {
        loop {
            let job = match self.waiting.wake_at() {
                None => asked.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(at) => asked.recv_timeout(at.saturating_duration_since(Instant::now())),
            };
            match job {
                Ok(Job::Write(writing)) => self.take(writing),
                Ok(Job::KeepAll(kept)) => {
                    self.keep_all();
                    // A writing thread that is gone has nothing under way: `kept` is dropped, which says as much.
                    let _ = self.record.send(Entry::Done(kept));
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return self.keep_all(),
            }
            let due = self.waiting.due(Instant::now());
            self.keep(due);
        }
    }

    fn take(&mut self, writing: Writing) {
        match writing {
            Writing::Keep { draft, durable: false } => self.waiting.typed(*draft, Instant::now()),
            Writing::Keep { draft, durable: true } => {
                self.waiting.forget(draft.id);
                self.perform(Writing::Keep { draft, durable: true });
            }
            Writing::Clear(draft) => {
                self.waiting.forget(draft);
                self.perform(Writing::Clear(draft));
            }
            // Before anything that others may see, what was typed is on the disk.
            Writing::Append(request, batch) => {
                self.keep_all();
                let _ = self.record.send(Entry::Append(request, batch));
            }
            other => {
                self.keep_all();
                self.perform(other);
            }
        }
    }

    fn keep_all(&mut self) {
        let due = self.waiting.all();
        self.keep(due);
    }

    fn keep(&mut self, due: Vec<Due>) {
        for Due { draft, durable } in due {
            self.perform(Writing::Keep { draft: Box::new(draft), durable });
        }
    }

    /// Writes and answers. Where the loop does not listen, the answer is dropped rather than waited for: what is on
    /// the disk is what counts.
    fn perform(&mut self, writing: Writing) {
        if let Some(answer) = (self.keep)(writing) {
            let must_arrive = !matches!(answer, Msg::DraftKept { .. });
            if must_arrive {
                let _ = self.answers.blocking_send(answer);
            } else {
                let _ = self.answers.try_send(answer);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::fixtures::draft;

    #[test]
    fn what_was_typed_last_is_on_the_disk_before_the_program_ends() {
        let (wrote, written) = channel();
        let (answers, _kept_open) = tokio::sync::mpsc::channel(1);
        let keep: Keep = Box::new(move |writing| {
            wrote.send(writing).expect("the test listens");
            None
        });
        let append: Append = Box::new(|_, _| unreachable!("nothing is saved"));
        let ask = start(keep, append, answers).expect("a thread");
        for said in ["she is har", "she is hard to rouse"] {
            ask.send(Job::Write(Writing::Keep { draft: Box::new(draft(said)), durable: false }))
                .expect("it listens");
        }
        let (kept, answer) = channel();
        ask.send(Job::KeepAll(kept)).expect("it listens");
        answer.recv().expect("it says when all is kept");
        drop(ask);
        let last = written.iter().last();
        let wanted = Writing::Keep { draft: Box::new(draft("she is hard to rouse")), durable: true };
        assert_eq!(last, Some(wanted));
    }
}
