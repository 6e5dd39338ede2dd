//! What the terminal sends, on a thread of its own, as our messages.
//!
//! `crossterm::event::read` blocks and cannot be told that the terminal is gone; that is the lifeline's to notice.
//! The channel is bounded: where the program is slower than the keys, the terminal waits and nothing is lost.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, read};
use tokio::sync::mpsc::error::SendError;
use tokio::sync::mpsc::{Receiver, Sender};

use crate::app::{Code, Key, Msg, Size};

/// Who listens now. There is one thread that reads, however many offices are visited after one another: a second
/// would take keys from the first, and one that nobody listens to would swallow the next key.
static LISTENER: Mutex<Option<Sender<Msg>>> = Mutex::new(None);
/// Rung when somebody new listens.
static CHANGED: Condvar = Condvar::new();

/// What the last listener was sent and left unheard.
static UNHEARD: Mutex<Vec<Msg>> = Mutex::new(Vec::new());

/// Sends what is read to `to` from now on, and starts reading where nobody did. What was pressed between two
/// listeners goes to the second.
///
/// # Errors
/// No thread can be made.
pub fn start(to: Sender<Msg>) -> std::io::Result<()> {
    for msg in unheard().drain(..) {
        // It all had room in a queue of this length before.
        let _ = to.try_send(msg);
    }
    let first = listener().replace(to).is_none();
    CHANGED.notify_all();
    if first {
        thread::Builder::new().name("keys".to_owned()).spawn(|| {
            while let Ok(event) = read() {
                if let Some(msg) = message(event) {
                    deliver(msg);
                }
            }
            // An error of the terminal is the end of it.
            deliver(Msg::HungUp);
        })?;
    }
    Ok(())
}

/// Takes back what a listener that ends has not heard, for the next: what was typed, and whether the line is cut.
/// Answers of the disk were meant for that one alone.
pub fn take_back(mut inbox: Receiver<Msg>) {
    inbox.close();
    while let Ok(msg) = inbox.try_recv() {
        if matches!(msg, Msg::KeyPressed(_) | Msg::Pasted(_) | Msg::HungUp) {
            unheard().push(msg);
        }
    }
}

/// Hands a message to whoever listens, and waits for the next where nobody does any more.
fn deliver(mut msg: Msg) {
    let mut held = listener();
    loop {
        // The lock is not held while the program is slower than the keys.
        let Some(to) = held.clone() else { return };
        drop(held);
        match to.blocking_send(msg) {
            Ok(()) => return,
            Err(SendError(unheard)) => msg = unheard,
        }
        held = listener();
        while held.as_ref().is_some_and(|now| now.same_channel(&to)) {
            held = CHANGED.wait(held).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

fn unheard() -> MutexGuard<'static, Vec<Msg>> {
    UNHEARD.lock().unwrap_or_else(PoisonError::into_inner)
}

fn listener() -> MutexGuard<'static, Option<Sender<Msg>>> {
    LISTENER.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What an event means to the app, if it means anything.
fn message(event: Event) -> Option<Msg> {
    match event {
        Event::Key(event) if event.kind != KeyEventKind::Release => key(event).map(Msg::KeyPressed),
        Event::Paste(text) => Some(Msg::Pasted(text)),
        Event::Resize(columns, rows) => Some(Msg::Resized(Size { columns, rows })),
        _ => None,
    }
}

/// A key as our own type. Shift is kept only where it is not already in the character.
fn key(event: KeyEvent) -> Option<Key> {
    let (code, back_tab) = match event.code {
        KeyCode::Char(c) => (Code::Char(c), false),
        KeyCode::F(number) => (Code::F(number), false),
        KeyCode::Enter => (Code::Enter, false),
        KeyCode::Esc => (Code::Esc, false),
        KeyCode::Tab => (Code::Tab, false),
        KeyCode::BackTab => (Code::Tab, true),
        KeyCode::Backspace => (Code::Backspace, false),
        KeyCode::Delete => (Code::Delete, false),
        KeyCode::Up => (Code::Up, false),
        KeyCode::Down => (Code::Down, false),
        KeyCode::Left => (Code::Left, false),
        KeyCode::Right => (Code::Right, false),
        KeyCode::Home => (Code::Home, false),
        KeyCode::End => (Code::End, false),
        KeyCode::PageUp => (Code::PageUp, false),
        KeyCode::PageDown => (Code::PageDown, false),
        _ => return None,
    };
    let shift = event.modifiers.contains(KeyModifiers::SHIFT) && !matches!(code, Code::Char(_));
    Some(Key {
        code,
        ctrl: event.modifiers.contains(KeyModifiers::CONTROL),
        alt: event.modifiers.contains(KeyModifiers::ALT),
        shift: shift || back_tab,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pressed(code: KeyCode, modifiers: KeyModifiers) -> Option<Key> {
        match message(Event::Key(KeyEvent::new(code, modifiers))) {
            Some(Msg::KeyPressed(key)) => Some(key),
            _ => None,
        }
    }

    #[test]
    fn a_capital_letter_is_a_character_and_not_a_chord() {
        assert_eq!(pressed(KeyCode::Char('C'), KeyModifiers::SHIFT), Some(Key::char('C')));
        let back = pressed(KeyCode::BackTab, KeyModifiers::SHIFT);
        assert_eq!(back, Some(Key { shift: true, ..Key::of(Code::Tab) }));
    }

    #[test]
    fn letting_go_of_a_key_does_nothing() {
        let mut event = KeyEvent::new(KeyCode::Char('c'), KeyModifiers::NONE);
        event.kind = KeyEventKind::Release;
        assert!(message(Event::Key(event)).is_none());
    }

    #[test]
    fn a_paste_is_one_message_however_long() {
        let text = "x\n".repeat(100_000);
        assert!(matches!(message(Event::Paste(text.clone())), Some(Msg::Pasted(pasted)) if pasted == text));
    }
}
