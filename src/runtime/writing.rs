//! Two threads for the disk: one keeps drafts as they are typed, the other appends to the record. Neither touches
//! the terminal, because one that does not drain must not keep anything from the disk; and they are two, because a
//! ledger that another program holds must not keep the next words from being kept.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use tokio::sync::mpsc::Sender as Answers;

use super::effects::{Again, Append, Keep, TryAgain, Writing};
use super::keeping::{Due, Waiting};
use crate::app::{Msg, Request};
use crate::domain::access::Look;
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

/// How long after a try what the ledger did not take is tried again.
const AGAIN: Duration = Duration::from_secs(3);

/// The longest that a look at a record is not yet noted; looks within that time are one commit.
const NOTED_WITHIN: Duration = Duration::from_secs(1);

/// What the writing thread does.
pub struct Recorder {
    /// Appends.
    pub append: Append,
    /// Tries again what could not be appended.
    pub again: TryAgain,
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
pub fn start(keep: Keep, recorder: Recorder, answers: Answers<Msg>) -> std::io::Result<Sender<Job>> {
    let (record, to_record) = channel();
    let to_loop = answers.clone();
    thread::Builder::new().name("writing".to_owned()).spawn(move || write(&to_record, recorder, &to_loop))?;
    let (ask, asked) = channel();
    let saver =
        Saver { keep, record, answers, waiting: Waiting::default(), looks: Vec::new(), note_at: None };
    thread::Builder::new().name(SAVING.to_owned()).spawn(move || saver.run(&asked))?;
    Ok(ask)
}

/// The name of the saving thread.
const SAVING: &str = "saving";

/// Whether this is the saving thread: it cannot wait for itself.
pub fn is_saving() -> bool {
    thread::current().name() == Some(SAVING)
}

fn write(asked: &Receiver<Entry>, mut recorder: Recorder, answers: &Answers<Msg>) {
    loop {
        // A loop that is gone is told by the record.
        let Again { said, waits } = (recorder.again)();
        said.into_iter().for_each(|msg| drop(answers.blocking_send(msg)));
        let next = match waits {
            true => asked.recv_timeout(AGAIN),
            false => asked.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        match next {
            Ok(Entry::Append(request, batch)) => {
                drop(answers.blocking_send((recorder.append)(request, *batch)));
            }
            // Whoever asked may be gone already.
            Ok(Entry::Done(done)) => drop(done.send(())),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

struct Saver {
    keep: Keep,
    record: Sender<Entry>,
    answers: Answers<Msg>,
    waiting: Waiting,
    /// Looks at records, noted together.
    looks: Vec<Look>,
    /// When they are to be noted.
    note_at: Option<Instant>,
}

impl Saver {
    fn run(mut self, asked: &Receiver<Job>) {
        loop {
            let job = match self.waiting.wake_at().into_iter().chain(self.note_at).min() {
                None => asked.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(at) => asked.recv_timeout(at.saturating_duration_since(Instant::now())),
            };
            match job {
                Ok(Job::Write(writing)) => self.take(writing),
                Ok(Job::KeepAll(kept)) => {
                    self.end();
                    // A writing thread that is gone has nothing under way: `kept` is dropped, which says as much.
                    let _ = self.record.send(Entry::Done(kept));
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return self.end(),
            }
            let due = self.waiting.due(Instant::now());
            self.keep(due);
            if self.note_at.is_some_and(|at| at <= Instant::now()) {
                self.note();
            }
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
            Writing::Looks(looks) => {
                self.looks.extend(looks);
                self.note_at.get_or_insert(Instant::now() + NOTED_WITHIN);
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

    /// Everything that is not on the disk yet.
    fn end(&mut self) {
        self.keep_all();
        self.note();
    }

    fn note(&mut self) {
        self.note_at = None;
        let looks = std::mem::take(&mut self.looks);
        if !looks.is_empty() {
            self.perform(Writing::Looks(looks));
        }
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
        let recorder = Recorder { append, again: Box::new(Again::default) };
        let ask = start(keep, recorder, answers).expect("a thread");
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
