//! What can be done to a text box, as values, and what it answers.

/// One thing done to a text box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// A character typed.
    Insert(char),
    /// A new line typed; nothing in a box of one line.
    Newline,
    /// Text pasted by the terminal.
    Paste(String),
    /// Text pasted from the person's own clipboard.
    PasteClipboard,
    /// Keeps what is selected in the clipboard.
    Copy,
    /// Keeps what is selected in the clipboard and removes it.
    Cut,
    /// Removes the character before the cursor, or what is selected.
    Backspace,
    /// Removes the character after the cursor, or what is selected.
    Delete,
    /// Removes back to the start of the word before the cursor.
    DeleteWord,
    /// Removes up to the start of the next word.
    DeleteWordForward,
    /// Removes up to the end of the row.
    DeleteToEnd,
    /// Removes back to the start of the row.
    DeleteToStart,
    /// Moves the cursor and selects nothing.
    Move(Motion),
    /// Moves the cursor, selecting on the way.
    Select(Motion),
    /// Selects everything.
    SelectAll,
    /// Takes back the last word typed, or the last other change.
    Undo,
    /// Does again what was taken back.
    Redo,
}

/// Where the cursor can be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Motion {
    /// One character back.
    Left,
    /// One character on.
    Right,
    /// To the start of this word or the one before.
    WordBack,
    /// To the start of the next word.
    WordForward,
    /// One row up, as it is shown.
    Up,
    /// One row down, as it is shown.
    Down,
    /// To the start of the row.
    Home,
    /// To the end of the row.
    End,
    /// To the start of the text.
    Start,
    /// To the end of the text.
    Finish,
}

/// What an edit did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum Changed {
    /// Nothing: at the first row, for instance, Up is free to mean the field above.
    Nothing,
    /// Cursor or selection only.
    Moved,
    /// The text.
    Text,
    /// More was given than the field holds; what did not fit was left out
    /// ([`crate::domain::words::app::saving::cut`]). Nothing that was there before is lost.
    Cut,
}

/// What was last copied or cut. Belongs to the person signed in and is cleared when they leave or lock.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Clipboard(String);

impl Clipboard {
    /// What it holds.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// Holds this from now on.
    pub fn keep(&mut self, text: &str) {
        text.clone_into(&mut self.0);
    }

    /// Forgets it.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}
