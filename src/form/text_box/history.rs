//! The way back: what was changed, step by step. A word typed is one step, so is a run of Backspaces, a paste,
//! a line end. Moving the cursor ends a run and forgets nothing.

/// How many steps are kept: more than anyone takes back by hand.
const MOST_STEPS: usize = 500;

/// What kind of change a step is, which says what may join it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A character typed: joins the word before it.
    Typed,
    /// A character removed: joins the ones removed next to it.
    Erased,
    /// Stands alone.
    Whole,
}

/// Where the cursor and the other end of the selection stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) cursor: usize,
    pub(super) anchor: Option<usize>,
}

/// One change: `removed` gave way to `inserted` at byte `at`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    at: usize,
    removed: String,
    inserted: String,
    before: Mark,
    after: Mark,
    kind: Kind,
}

impl Step {
    /// Keeps only what differs between the two texts.
    pub(super) fn new(
        at: usize,
        removed: &str,
        inserted: &str,
        before: Mark,
        after: Mark,
        kind: Kind,
    ) -> Self {
        let same = |pair: &(char, char)| pair.0 == pair.1;
        let width = |(c, _): (char, char)| c.len_utf8();
        let head: usize = removed.chars().zip(inserted.chars()).take_while(same).map(width).sum();
        let (removed, inserted) = (&removed[head..], &inserted[head..]);
        let tail: usize = removed.chars().rev().zip(inserted.chars().rev()).take_while(same).map(width).sum();
        Self {
            at: at + head,
            removed: removed[..removed.len() - tail].to_owned(),
            inserted: inserted[..inserted.len() - tail].to_owned(),
            before,
            after,
            kind,
        }
    }

    /// Takes a following change into this one, or gives it back where it is a step of its own.
    fn join(&mut self, next: Step) -> Option<Step> {
        if self.kind != next.kind {
            return Some(next);
        }
        match self.kind {
            Kind::Typed => {
                let starts_a_word = self.inserted.ends_with(char::is_whitespace)
                    && !next.inserted.starts_with(char::is_whitespace);
                let own_end = self.at + self.inserted.len();
                if starts_a_word || next.at < self.at || next.at + next.removed.len() != own_end {
                    return Some(next);
                }
                self.inserted.truncate(next.at - self.at);
                self.inserted.push_str(&next.inserted);
            }
            Kind::Erased if !(self.inserted.is_empty() && next.inserted.is_empty()) => return Some(next),
            Kind::Erased if next.at + next.removed.len() == self.at => {
                self.at = next.at;
                self.removed.insert_str(0, &next.removed);
            }
            Kind::Erased if next.at == self.at => self.removed.push_str(&next.removed),
            Kind::Erased | Kind::Whole => return Some(next),
        }
        self.after = next.after;
        None
    }
}

/// The steps taken, and those taken back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
    /// Whether the last step may still be joined.
    running: bool,
}

impl History {
    /// Remembers a change; what had been taken back can no longer be done again.
    pub(super) fn record(&mut self, step: Step) {
        self.undone.clear();
        let step = match self.done.last_mut() {
            Some(last) if self.running => last.join(step),
            _ => Some(step),
        };
        self.done.extend(step);
        if self.done.len() > MOST_STEPS {
            self.done.remove(0);
        }
        self.running = true;
    }

    /// What is typed next is a step of its own.
    pub(super) fn end_run(&mut self) {
        self.running = false;
    }

    /// Takes the last step back; says where the cursor stood before it.
    pub(super) fn undo(&mut self, text: &mut String) -> Option<Mark> {
        let step = self.done.pop()?;
        text.replace_range(step.at..step.at + step.inserted.len(), &step.removed);
        let mark = step.before;
        self.undone.push(step);
        self.running = false;
        Some(mark)
    }

    /// Does the step last taken back again.
    pub(super) fn redo(&mut self, text: &mut String) -> Option<Mark> {
        let step = self.undone.pop()?;
        text.replace_range(step.at..step.at + step.removed.len(), &step.inserted);
        let mark = step.after;
        self.done.push(step);
        self.running = false;
        Some(mark)
    }
}
