//! What a form looks like at one moment: sections, lines with label, value and cursor, hints, counts.
//!
//! Owned plain data, made by [`super::Form::face`] and drawn by whoever draws: nothing here is worked out again
//! by the screen, and nothing here can be edited. Wrapping, scrolling and colours are left to the screen.

use chrono::{DateTime, Utc};

use crate::domain::ids::CaseId;

/// A form, ready to be drawn.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Face {
    /// The step's title ("Urgent communication log"), with what it is recorded on.
    pub title: String,
    /// The step's title alone, where there is no room for more: what it is recorded on stands in `matter` too.
    pub short_title: String,
    /// A line at the head of the form; may be empty.
    pub help: String,
    /// Whom it is about and in which case ("QUILL, Theresa · U-126"), for a step of a case that stands already.
    pub about: String,
    /// What it is about: what is owed, for a step that is recorded on it; else the case in a few words.
    pub matter: String,
    /// Whom to ring for it on which number at this hour, where somebody is rung; may be empty.
    pub ring: String,
    /// Who must not be told, where it is written who was; mostly empty.
    pub not_told: String,
    /// When the form was opened: the call's time stamp.
    pub began: DateTime<Utc>,
    /// The sections in order: what is asked at once, then what may wait.
    pub sections: Vec<Section>,
    /// How many required answers are still missing.
    pub missing: usize,
    /// How many answers are required as the form stands.
    pub required: usize,
    /// Labels of what is missing, in the order of the form.
    pub missing_labels: Vec<String>,
    /// What is owed next once it is saved ("decision within 5 min (target for red) by A. OKAFOR").
    pub next: Option<String>,
    /// What the focused line is for.
    pub hint: String,
    /// The longest of what may stand in the place of `hint` while the form is filled in: room is kept for it.
    pub longest_hint: String,
    /// Which keys do what in the focused line, or what can be typed there.
    pub keys: &'static str,
    /// What is marked about whose act it is, before it is saved and ever after.
    pub mark: Option<String>,
    /// Problems of the step as a whole (gates, order).
    pub problems: Vec<String>,
    /// What saving does now ("saves as an incomplete call, in the record"), or why it cannot.
    pub saving: String,
}

/// Lines under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its heading; empty for the first.
    pub title: String,
    /// Its lines, in order. Of a folded section only the line that opens it.
    pub lines: Vec<Line>,
}

/// One line of the form that can hold the focus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The path its text is kept under (`changed`, `promises.0.by`).
    pub path: String,
    /// Its label.
    pub label: String,
    /// 0 for a field, 1 for its parts and the columns of its rows.
    pub indent: u16,
    /// What stands over it, where a row of a table begins with it: which row that is.
    pub over: Option<String>,
    /// Whether it has the focus.
    pub focused: bool,
    /// Whether an answer is required as the form stands.
    pub required: bool,
    /// It is blank, and asked only because another line is: either is enough.
    pub either: bool,
    /// Somebody else's words: shown in italics, never linted.
    pub quoted: bool,
    /// What stands in it.
    pub value: Value,
    /// How what was typed was understood ("today 16:40 GMT").
    pub understood: Option<String>,
    /// What is wrong with it and what to do.
    pub problem: Option<String>,
    /// It is asked and not answered, in a word or two; never for a blank that was not yet reached.
    pub blank: Option<&'static str>,
    /// Something worth pointing at; saving stays possible.
    pub remark: Option<String>,
}

/// What stands in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Typed text.
    Text {
        /// The text as typed; lines end with `\n`.
        text: String,
        /// Byte offset of the cursor in the text, while the line has the focus.
        cursor: Option<usize>,
        /// Selected bytes, from and to.
        selected: Option<(usize, usize)>,
        /// Several lines.
        notes: bool,
    },
    /// A choice, or several.
    Options {
        /// What can be chosen.
        options: Vec<Choosing>,
        /// Several at once.
        many: bool,
    },
    /// A record of a register.
    Record {
        /// The words, as typed or as the record is named.
        text: String,
        /// Byte offset of the cursor while the line has the focus.
        cursor: Option<usize>,
        /// Selected bytes, from and to.
        selected: Option<(usize, usize)>,
        /// What the words stand for.
        standing: Standing,
    },
    /// The line that opens and folds a section.
    Fold {
        /// Whether it is open.
        open: bool,
        /// Labels of what is folded away.
        labels: Vec<String>,
    },
    /// The line that adds a row.
    AddRow,
}

/// One of the choices of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choosing {
    /// Its id (`red`).
    pub id: String,
    /// Its label.
    pub label: String,
    /// The key that picks it.
    pub key: char,
    /// How much it weighs, where it is a level of risk; 0 where it is none.
    pub weight: u8,
    /// Whether it is chosen.
    pub chosen: bool,
    /// Whether the arrow keys stand on it.
    pub pointed: bool,
    /// What it means.
    pub help: String,
}

/// What the words of a record line stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing yet, or words alone.
    Words,
    /// A record that was picked.
    Picked(CaseId),
    /// A record that will be made when the form is saved.
    New,
}
