//! Locking a desk and coming back to it. A locked desk shows the office's name and nothing of anybody; it can take a call.
//!
//! What was open is laid aside whole, kept as drafts, and only for whoever sat there: when somebody else signs in, its
//! forms stay theirs in the list of unfinished ones and the rest is forgotten. That nothing can be read meanwhile is the
//! desk's own doing (`runtime::seat`); this is what the screen holds.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::acts::After;
use super::board::BoardLayer;
use super::layer::{Bar, Layer, Notice};
use super::msg::Effect;
use super::{App, Load, Pending, You};
use crate::domain::ids::DraftId;
use crate::domain::permission::Grant;
use crate::domain::views::Board;
use crate::domain::words::{app as words, clocks, secret as said};

/// What was on screen when a desk was locked, and whose it was.
#[derive(Debug, Clone)]
pub(super) struct Away {
    pub(super) you: You,
    pub(super) layers: Vec<Layer>,
}

impl App {
    /// Whether nothing of anybody may stand on the screen: it was locked, or nobody is signed in where PINs are asked for.
    pub fn is_closed(&self) -> bool {
        self.layers.contains(&Layer::Locked)
    }

    /// Whether the desk was locked by somebody who can come back to it.
    pub fn is_left(&self) -> bool {
        self.away.is_some()
    }

    /// When the desk locks by itself, if no key is pressed until then.
    pub fn locks_at(&self) -> Option<DateTime<Utc>> {
        let guarded = match &self.you {
            Some(you) => you.has_secret || self.rules.everybody,
            // A call that was begun while nobody was signed in is not left standing either.
            None => self.is_closed() && self.layers.len() > 2,
        };
        guarded.then(|| self.last_key + self.rules.idle)
    }

    /// A desk that nobody touched for too long locks.
    pub(super) fn lock_where_idle(&mut self, out: &mut Vec<Effect>) {
        // A clock that was set back begins the wait anew.
        self.last_key = self.last_key.min(self.now);
        if self.locks_at().is_some_and(|at| at <= self.now) {
            self.lock(out);
        }
    }

    /// Hides everything at once, with all that is open kept.
    pub(super) fn lock(&mut self, out: &mut Vec<Effect>) {
        if self.is_closed() && self.layers.len() == 2 {
            return;
        }
        self.keep_all(out);
        let undone = self.before_you_go().filter(|_| self.ends_a_shift());
        let office = self.office().cloned().unwrap_or_default();
        let board = Board { office, sealed: true, guarded: true, ..Board::default() };
        let shut = vec![closed_board(board), Layer::Locked];
        let mut layers = std::mem::replace(&mut self.layers, shut);
        match self.you.take() {
            Some(you) => {
                // What was typed of a secret goes; whoever was about to sign in here begins anew.
                layers.retain(|layer| !matches!(layer, Layer::Secret(_)));
                self.away = Some(Away { you, layers });
            }
            None => release(layers, out),
        }
        self.clipboard.clear();
        self.ahead.clear();
        self.forget_to_ring();
        // How much, and nothing of anybody.
        self.notice = undone.map(Notice::Says);
        self.greeting = None;
        self.asked.clear();
        self.signing = None;
        self.wanting = None;
        self.pending.retain(|_, pending| !matches!(pending, Pending::Aside(After::Identify(..))));
        // First the seat, then the question: what is read from now on is read by nobody.
        self.listens_anew();
        out.push(Effect::Lock);
        self.name_terminal(clocks::PROGRAM.to_owned(), out);
        self.read_again(out);
    }

    /// Somebody is signed in. Whoever locked the desk is back where they were; anybody else begins at the dashboard.
    pub(super) fn arrived(&mut self, you: You, out: &mut Vec<Effect>) {
        let before = self.you.take();
        let away = self.away.take();
        let is_back = away.as_ref().is_some_and(|away| away.you.staff == you.staff);
        let is_another = before.as_ref().is_some_and(|before| before.staff != you.staff);
        let asks = you.has_secret || before.as_ref().is_some_and(|before| before.has_secret);
        if is_another && asks {
            let board = vec![Layer::Board(BoardLayer::default())];
            release(std::mem::replace(&mut self.layers, board), out);
        }
        // A call that was begun at the locked desk is theirs to finish.
        let mut begun = std::mem::take(&mut self.layers);
        match away {
            Some(away) if is_back => {
                begun.retain(|layer| matches!(layer, Layer::Form(_)));
                self.layers = away.layers;
                self.layers.append(&mut begun);
                self.resume_reading(out);
            }
            away => {
                begun.retain(|layer| !matches!(layer, Layer::Locked | Layer::Secret(_)));
                self.layers = begun;
                release(away.map(|away| away.layers).unwrap_or_default(), out);
            }
        }
        if !is_back {
            self.searched.clear();
            self.board_mut().begin_anew();
        }
        self.clipboard.clear();
        self.last_key = self.now;
        self.notice = Some(match self.unwritten.take() {
            Some(why) => {
                self.greets = false;
                Notice::Failed(why)
            }
            None => {
                self.greets = !is_back;
                Notice::Says(if is_back { said::back(&you.name) } else { words::signed_in(&you.name) })
            }
        });
        self.you = Some(you);
        self.listens_anew();
        if self.may(Grant::Configure).is_ok() {
            out.push(Effect::ReadDefinitions);
        }
        self.read_again(out);
    }

    /// Whoever is known from the start, by a key or the computer's account, is greeted as if they had signed in here.
    pub fn sits_there(&mut self, you: Option<You>) {
        self.greets = you.is_some();
        self.you = you;
    }

    /// What was being looked up when the desk was locked is looked up again: its answer was given to nobody.
    fn resume_reading(&mut self, out: &mut Vec<Effect>) {
        let mut requests = self.requests;
        for layer in &mut self.layers {
            requests.0 += 1;
            match layer {
                Layer::Form(form) => {
                    if let Some(case) = form.form.draft.case.filter(|_| form.reread.is_some()) {
                        form.reread = Some(requests);
                        out.push(Effect::ReadCase(requests, case));
                    }
                }
                Layer::Picker(picker) if picker.is_looking() => {
                    let (register, text) = (picker.register.clone(), picker.query.text().to_owned());
                    picker.checking = None;
                    picker.asked.again(requests);
                    out.push(Effect::Find { request: requests, register, text });
                }
                Layer::Search(search) if search.asked.waits() => {
                    search.asked.again(requests);
                    out.push(search.ask());
                }
                _ => {}
            }
        }
        self.requests = requests;
    }

    /// A desk where nobody is signed in stays shut where PINs are asked for.
    pub(super) fn shut_where_guarded(&mut self, fresh: &Board) {
        let is_shut = self.is_closed();
        if fresh.sealed && fresh.guarded && self.you.is_none() && !is_shut {
            self.layers.insert(1, Layer::Locked);
        } else if is_shut && !fresh.guarded && self.away.is_none() && self.you.is_none() {
            // The last who had a PIN has none any more.
            self.layers.retain(|layer| *layer != Layer::Locked);
        }
    }

    /// Whether a form was laid aside when the desk was locked.
    pub(super) fn is_away(&self, draft: DraftId) -> bool {
        let layers = self.away.as_ref().map(|away| away.layers.as_slice()).unwrap_or_default();
        layers.iter().any(|layer| matches!(layer, Layer::Form(form) if form.form.draft.id == draft))
    }

    /// Something failed. What was laid aside says so at its form, and not on a locked screen.
    pub(super) fn fails(&mut self, draft: DraftId, why: String) {
        if !self.is_away(draft) {
            self.notice = Some(Notice::Failed(why));
        }
    }
}

fn closed_board(board: Board) -> Layer {
    Layer::Board(BoardLayer { data: Load::Ready(Arc::new(board)), ..BoardLayer::default() })
}

/// Forms that nobody sees here any more are given up: they stand among the unfinished, with whose they are.
fn release(layers: Vec<Layer>, out: &mut Vec<Effect>) {
    for layer in layers {
        let Layer::Form(layer) = layer else { continue };
        let id = layer.form.draft.id;
        if layer.bar == Some(Bar::Elsewhere) {
            continue;
        }
        if layer.form.is_blank() {
            out.push(Effect::ClearDraft(id));
        } else {
            out.push(Effect::KeepDraft { draft: Box::new(layer.form.draft), durable: true });
            out.push(Effect::ReleaseDraft(id));
        }
    }
}
