//! The loop: one queue of messages, one state, one draw when the queue is empty. Nothing ticks.
//!
//! It wakes for a message, for the next minute (the clock on the screen), and for the time that the app asked to
//! be woken at. The screen never waits for the disk: reading and writing happen elsewhere and answer here.

use std::sync::mpsc::Sender;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Timelike, Utc};
use tokio::sync::mpsc::Receiver;
use tokio::time::timeout;

use super::clock::Pace;
use super::effects::{Way, way};
use super::packing::Packing;
use super::terminal::Screen;
use super::writing::Job;
use super::{clock, reader};
use crate::app::msg::{Effect, Own};
use crate::app::{App, Msg};
use crate::store::Watch;
use crate::ui::theme::Theme;
use crate::ui::view::{Placed, View};

/// Ids handed in at a time.
const IDS: usize = 32;

/// So long the first picture waits for the dashboard, which is a few milliseconds away: one without it would be seen by nobody,
/// and take its time from the reading. A disk that is slower is waited for with a picture that says so.
const FIRST_WITHIN: Duration = Duration::from_millis(25);

/// What the loop holds.
pub struct EventLoop {
    /// The state.
    pub app: App,
    /// How meanings look.
    pub theme: Theme,
    /// The terminal.
    pub screen: Screen,
    /// What comes in.
    pub inbox: Receiver<Msg>,
    /// Says when a picture has gone to the terminal.
    pub painted: Receiver<std::io::Result<()>>,
    /// To the reading thread.
    pub reading: Sender<Effect>,
    /// To the checking thread.
    pub checking: Sender<Effect>,
    /// To the packing thread.
    pub packing: Packing,
    /// To the writing thread.
    pub writing: Sender<Job>,
    /// Tells when the machine's clock was set.
    pub pace: Pace,
    /// Starts what tells of other programs' commits, once the first picture stands.
    pub watch: Option<Box<dyn FnOnce() -> Option<Watch>>>,
}

/// How it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// The person left.
    Quit,
    /// The person went to the practice office.
    Practice,
    /// The terminal is gone.
    HungUp,
    /// The key by which the person came in lets nobody in any more; why, in words.
    ThrownOut(String),
}

impl EventLoop {
    /// Runs until the person leaves or the terminal is gone. Keys that were pressed after those that ended it go to
    /// whoever listens next.
    pub async fn run(mut self) -> Ended {
        let mut view = View::default();
        let ended = self.turn(&mut view).await;
        if ended == Ended::Practice {
            // Whoever goes there for the first time waits until it is made; what was said of that has to be seen. A terminal
            // that cannot be drawn on is found to be gone by whoever listens next.
            let _ = self.screen.draw(&self.app, &mut view, &self.theme);
        }
        reader::take_back(self.inbox);
        ended
    }

    async fn turn(&mut self, view: &mut View) -> Ended {
        let mut placed = Placed::default();
        let mut wake_at = None;
        let (mut stale, mut resized) = (true, false);
        let mut painting = false;
        let (mut first, mut _watching) = (true, None);
        loop {
            if let Some(ended) = self.tell_time(&mut wake_at) {
                return ended;
            }
            // While a picture is under way nothing is drawn, and the next one shows all that happened since.
            if stale && !painting && !first {
                if std::mem::take(&mut resized) && self.screen.forget().is_err() {
                    return Ended::HungUp;
                }
                // A terminal that cannot be drawn on is gone.
                let Ok((fresh, stands)) = self.screen.draw(&self.app, view, &self.theme) else {
                    return Ended::HungUp;
                };
                (stale, painting) = (false, !stands);
                if let Some(watch) = self.watch.take() {
                    _watching = watch();
                }
                if fresh != placed {
                    placed = fresh;
                    let msg = Msg::Placed { text_width: placed.text_width, page: view.page(&self.app) };
                    let effects = self.app.update(msg);
                    if let Some(ended) = self.perform(effects, &mut wake_at) {
                        return ended;
                    }
                }
            }
            let asked = wake_at.into_iter().chain(self.app.locks_at());
            let asked = asked.chain(self.app.keys_count_from()).chain(self.app.number_counts_from()).min();
            let wait = until(wake(self.app.now, asked), clock::now());
            let wait = if std::mem::take(&mut first) { wait.min(FIRST_WITHIN) } else { wait };
            let mut next = tokio::select! {
                came = timeout(wait, self.inbox.recv()) => match came {
                    Ok(Some(msg)) => Some(msg),
                    Ok(None) => return Ended::HungUp,
                    Err(_) => {
                        wake_at = wake_at.filter(|at| *at > clock::now());
                        Some(Msg::TimePassed(clock::now()))
                    }
                },
                painted = self.painted.recv() => match painted {
                    Some(Ok(())) => {
                        painting = false;
                        None
                    }
                    _ => return Ended::HungUp,
                },
            };
            stale |= next.is_some();
            // A desk that was left and is come back to is locked before the key that wakes it does anything.
            if next.is_some()
                && let Some(ended) = self.tell_time(&mut wake_at)
            {
                return ended;
            }
            // Everything that waits is taken before anything is drawn: thirty keys at once are one draw.
            while let Some(msg) = next {
                let hung_up = matches!(msg, Msg::HungUp);
                resized |= matches!(msg, Msg::Resized(_));
                let effects = self.app.update(msg);
                if let Some(ended) = self.perform(effects, &mut wake_at) {
                    return ended;
                }
                if hung_up {
                    return Ended::HungUp;
                }
                next = self.inbox.try_recv().ok();
            }
        }
    }

    /// Tells the app the time where it has gone on.
    fn tell_time(&mut self, wake_at: &mut Option<DateTime<Utc>>) -> Option<Ended> {
        if let Some((from, by)) = self.pace.jumped() {
            let effects = self.app.update(Msg::ClockJumped { from, by });
            if let Some(ended) = self.perform(effects, wake_at) {
                return Some(ended);
            }
        }
        let now = clock::now();
        // The clock may have been set back as well. Around a save it is told to the moment.
        let told =
            if self.app.counts_moments() { TimeDelta::milliseconds(20) } else { TimeDelta::seconds(1) };
        if (now - self.app.now).abs() < told {
            return None;
        }
        let effects = self.app.update(Msg::TimePassed(now));
        self.perform(effects, wake_at)
    }

    fn perform(&mut self, effects: Vec<Effect>, wake_at: &mut Option<DateTime<Utc>>) -> Option<Ended> {
        for effect in effects {
            match way(effect) {
                // A thread that is gone has said so; the screen lives on.
                Way::Read(question) => drop(self.reading.send(question)),
                Way::Check(asked) => drop(self.checking.send(asked)),
                Way::Pack(asked) => self.packing.perform(asked),
                Way::Write(writing) => drop(self.writing.send(Job::Write(writing))),
                Way::Own(Own::WakeAt(at)) => *wake_at = Some(at),
                Way::Own(Own::SupplyIds) => {
                    let more = self.app.update(Msg::IdsSupplied(clock::ids(IDS)));
                    if let Some(ended) = self.perform(more, wake_at) {
                        return Some(ended);
                    }
                }
                Way::Own(Own::Quit) => return Some(Ended::Quit),
                Way::Own(Own::ThrowOut(why)) => return Some(Ended::ThrownOut(why)),
                Way::Own(Own::OpenPractice) => return Some(Ended::Practice),
                Way::Own(Own::RingBell) => drop(self.screen.bell()),
                Way::Own(Own::SetTitle(title)) => drop(self.screen.title(&title)),
                Way::Own(Own::Copy(text)) => drop(self.screen.copy(&text)),
            }
        }
        None
    }
}

/// When to wake at the latest: at the next full minute, or before it where the app asked for it.
fn wake(now: DateTime<Utc>, asked: Option<DateTime<Utc>>) -> DateTime<Utc> {
    let minute = now + TimeDelta::seconds(60 - i64::from(now.second()))
        - TimeDelta::nanoseconds(i64::from(now.nanosecond()));
    asked.filter(|at| *at > now).map_or(minute, |at| at.min(minute))
}

/// How long until then; a clock that was set back never makes it long.
fn until(at: DateTime<Utc>, now: DateTime<Utc>) -> Duration {
    (at - now).to_std().unwrap_or_default().clamp(Duration::from_millis(1), Duration::from_secs(60))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(time: &str) -> DateTime<Utc> {
        time.parse().expect("a time written by hand")
    }

    #[test]
    fn it_wakes_with_the_minute_or_the_next_deadline() {
        let now = at("2026-11-21T21:04:12.500Z");
        assert_eq!(wake(now, None), at("2026-11-21T21:05:00Z"));
        assert_eq!(wake(now, Some(at("2026-11-21T21:04:30Z"))), at("2026-11-21T21:04:30Z"));
        assert_eq!(wake(now, Some(at("2026-11-21T22:00:00Z"))), at("2026-11-21T21:05:00Z"));
        assert_eq!(wake(now, Some(at("2026-11-21T21:00:00Z"))), at("2026-11-21T21:05:00Z"));
    }

    #[test]
    fn a_clock_that_jumps_neither_spins_nor_sleeps_for_ever() {
        let now = at("2026-11-21T21:04:00Z");
        assert_eq!(until(at("2026-11-21T20:00:00Z"), now), Duration::from_millis(1));
        assert_eq!(until(at("2027-11-21T20:00:00Z"), now), Duration::from_secs(60));
    }
}
