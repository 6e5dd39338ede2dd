//! The packing thread: puts evidence packs together one after another, says how far it has come, and stops when it is told
//! to. Nothing else waits for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread;

use tokio::sync::mpsc::Sender as Answers;

use super::effects::Pack;
use crate::app::Msg;
use crate::domain::pack::Making;

/// How often at most it is said how far a pack has come.
const STEPS: usize = 100;

/// The way to the thread.
pub struct Packing {
    ask: Sender<Making>,
    stop: Arc<AtomicBool>,
}

impl Packing {
    /// Makes one, or stops the one that is being made. A thread that is gone has said so.
    pub fn perform(&self, asked: Option<Making>) {
        self.stop.store(asked.is_none(), Ordering::Release);
        if let Some(asked) = asked {
            drop(self.ask.send(asked));
        }
    }
}

/// Starts the thread. It ends when nobody asks any more.
///
/// # Errors
/// No thread can be made.
pub fn start(mut pack: Pack, answers: Answers<Msg>) -> std::io::Result<Packing> {
    let (ask, asked) = channel::<Making>();
    let stop = Arc::new(AtomicBool::new(false));
    let stopped = stop.clone();
    thread::Builder::new().name("packing".to_owned()).spawn(move || {
        for asked in asked {
            let mut said = None;
            let mut progress = |done: usize, all: usize| {
                let far = (done * STEPS).checked_div(all);
                if far != said {
                    said = far;
                    // Where nobody hears it any more, nobody wants it.
                    if answers.blocking_send(Msg::Packing(done, all)).is_err() {
                        return false;
                    }
                }
                !stopped.load(Ordering::Acquire)
            };
            let packed = pack(&asked, &mut progress);
            if answers.blocking_send(Msg::Packed(packed)).is_err() {
                return;
            }
        }
    })?;
    Ok(Packing { ask, stop })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::pack::{About, Form, PackAsked};

    #[test]
    fn a_pack_says_how_far_it_is_and_stops_when_it_is_told_to() {
        let (answers, mut inbox) = tokio::sync::mpsc::channel(1024);
        let (begun, begins) = channel();
        let make: Pack = Box::new(move |_, progress| {
            for done in 0..4 {
                if !progress(done, 4) {
                    return Ok(None);
                }
            }
            let _sent = begun.send(());
            // It goes on until it is stopped.
            while progress(4, 4) {
                thread::yield_now();
            }
            Ok(None)
        });
        let packing = start(make, answers).unwrap();
        let period = PackAsked::whole(About::Period);
        packing.perform(Some(Making::Pack(period, Form::Html)));
        begins.recv().unwrap();
        packing.perform(None);
        let mut heard = Vec::new();
        loop {
            match inbox.blocking_recv().unwrap() {
                Msg::Packing(done, _) => heard.push(done),
                Msg::Packed(answer) => break assert_eq!(answer, Ok(None)),
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(heard, [0, 1, 2, 3, 4]);
    }
}
