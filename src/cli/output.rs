//! Printing: everything passes [`clean::shown`], and a reader that has gone away (`| head`) ends the command
//! quietly.

use std::io::{self, IsTerminal, Write};
use std::time::Duration;

use serde::Serialize;
use serde_json::Value;

use super::desk::Desk;
use super::failure::Failure;
use crate::domain::clean;
use crate::domain::words::cli as words;
use crate::report::rows::Writer;

/// Prints lines to standard output.
pub(super) fn lines(lines: impl IntoIterator<Item = impl AsRef<str>>) -> Result<(), Failure> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let all = lines.into_iter().try_for_each(|line| writeln!(out, "{}", clean::shown(line.as_ref())));
    finish(all.and_then(|()| out.flush()))
}

/// Prints a value as JSON.
pub(super) fn json(value: &impl Serialize) -> Result<(), Failure> {
    let mut value = serde_json::to_value(value).map_err(|error| unprintable(&error))?;
    harmless(&mut value);
    let mut out = io::BufWriter::new(io::stdout().lock());
    let written = serde_json::to_writer_pretty(&mut out, &value).map_err(io::Error::from);
    finish(written.and_then(|()| writeln!(out)).and_then(|()| out.flush()))
}

/// Prints rows for a spreadsheet, under their headings; of an office of made-up people each says so, in a column of its own.
pub(super) fn rows(desk: &Desk, heads: &[&str], rows: &[Vec<String>]) -> Result<(), Failure> {
    let training = desk.store.office()?.training;
    let marked = |of: &'static str| training.then_some(of);
    let written = Writer::new(io::BufWriter::new(io::stdout().lock())).and_then(|mut writer| {
        writer.row(heads.iter().copied().chain(marked(words::MADE_UP)))?;
        for row in rows {
            writer.row(row.iter().map(String::as_str).chain(marked(words::MADE_UP_CELL)))?;
        }
        writer.finish()?.flush()
    });
    finish(written)
}

/// Says on standard error what went wrong. Where even that fails there is nobody left to tell.
pub(super) fn complain(says: &str) {
    let _ = writeln!(io::stderr().lock(), "dutydesk: {}", clean::shown(says));
}

/// Says that another program is founding the office, and how to stop waiting.
pub(super) fn waits_for_founder(at_most: Duration) {
    complain(&words::waits_for_founder(at_most.as_secs()));
}

/// Counts along on a terminal; says nothing to a file or a pipe.
pub(super) fn counting(words: fn(u64, u64) -> String) -> Box<dyn FnMut(u64, u64)> {
    if !io::stderr().is_terminal() {
        return Box::new(|_, _| {});
    }
    Box::new(move |done, all| {
        let end = if done == all { "\n" } else { "" };
        // Progress that cannot be shown is no reason to stop.
        let _ = write!(io::stderr(), "\r{}{end}", words(done, all));
    })
}

/// Columns of the terminal that is written to; `None` for a file or a pipe, where nothing is cut.
pub(super) fn width() -> Option<usize> {
    let out = io::stdout();
    if !out.is_terminal() {
        return None;
    }
    rustix::termios::tcgetwinsize(&out).ok().map(|size| usize::from(size.ws_col)).filter(|width| *width > 0)
}

/// Nobody reads any longer: that is an end, not a failure.
fn finish(written: io::Result<()>) -> Result<(), Failure> {
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::cannot_write(words::cannot_print(&error.to_string())))
        }
        _ => Ok(()),
    }
}

fn unprintable(error: &serde_json::Error) -> Failure {
    Failure::cannot_write(words::cannot_print(&error.to_string()))
}

fn harmless(value: &mut Value) {
    match value {
        Value::String(text) => {
            if let std::borrow::Cow::Owned(cleaned) = clean::shown(text) {
                *text = cleaned;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(harmless),
        Value::Object(members) => members.values_mut().for_each(harmless),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
