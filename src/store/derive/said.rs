//! The words of entries, to be searched: one row for each step in which something was typed, and the index over them.
//!
//! The rows hold the words as they stand after amendments, the index their keys ([`text_keys`]), folded by the same
//! function as what is looked for; SQLite's tokenizer only cuts at the blanks between them. The index keeps no text
//! of its own, so that whoever takes words out of it must say which they were: the row remembers.

use rusqlite::{Connection, OptionalExtension, params};

use crate::domain::answer::{Answer, Answers, ByWhen};
use crate::domain::entry::{Entry, Said, StepSaid};
use crate::domain::ids::Seq;
use crate::domain::names::search::text_keys;
use crate::pathway::edition::Editions;
use crate::pathway::fold::effective;
use crate::store::rows::signed;

/// Adds the words of an entry that nothing has amended yet.
pub(super) fn add(conn: &Connection, entry: &Entry, editions: &Editions) -> rusqlite::Result<()> {
    let Said::Step(said) = &entry.said else { return Ok(()) };
    put(conn, entry.seq, &words(said, &said.answers, editions))
}

/// Brings the words of a case's entries to what they are after the last of them: only what changed is written.
pub(super) fn refresh(conn: &Connection, entries: &[Entry], editions: &Editions) -> rusqlite::Result<()> {
    let stands = effective(entries);
    for entry in entries {
        let text = match (&entry.said, stands.get(&entry.id)) {
            (Said::Step(said), Some(stands)) => words(said, &stands.answers, editions),
            _ => String::new(),
        };
        let stood = conn
            .prepare_cached("SELECT text FROM said WHERE seq = ?1")?
            .query_row([signed(entry.seq)], |row| row.get::<_, String>(0))
            .optional()?
            .unwrap_or_default();
        if text != stood {
            take(conn, entry.seq, &stood)?;
            put(conn, entry.seq, &text)?;
        }
    }
    Ok(())
}

fn put(conn: &Connection, seq: Seq, text: &str) -> rusqlite::Result<()> {
    if text.is_empty() {
        return Ok(());
    }
    conn.prepare_cached("INSERT INTO said (seq, text) VALUES (?1, ?2)")?
        .execute(params![signed(seq), text])?;
    conn.prepare_cached("INSERT INTO said_words (rowid, keys) VALUES (?1, ?2)")?
        .execute(params![signed(seq), keys(text)])?;
    Ok(())
}

fn take(conn: &Connection, seq: Seq, text: &str) -> rusqlite::Result<()> {
    if text.is_empty() {
        return Ok(());
    }
    conn.prepare_cached("DELETE FROM said WHERE seq = ?1")?.execute([signed(seq)])?;
    conn.prepare_cached("INSERT INTO said_words (said_words, rowid, keys) VALUES ('delete', ?1, ?2)")?
        .execute(params![signed(seq), keys(text)])?;
    Ok(())
}

fn keys(text: &str) -> String {
    text_keys(text).into_iter().collect::<Vec<_>>().join(" ")
}

/// Everything that was typed into a step, a line for each answer, in the order of its form.
pub(in crate::store) fn words(said: &StepSaid, answers: &Answers, editions: &Editions) -> String {
    let fields = editions.step(said).into_iter().flat_map(|step| &step.fields);
    // What is shown on request only is found by nobody.
    let fields = fields.filter(|field| !field.sealed);
    let mut lines: Vec<String> = fields.filter_map(|field| answers.get(&field.id)).flat_map(typed).collect();
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

/// The words that were typed for an answer, a row of a table as one line. What was chosen, ticked or counted are none.
fn typed(answer: &Answer) -> Vec<String> {
    let one = |text: &str| vec![text.trim().to_owned()];
    match answer {
        Answer::Text(text) => text.lines().map(|line| line.trim().to_owned()).collect(),
        Answer::YesNo { why, .. } | Answer::ByWhen(ByWhen::NoneGiven { why }) => one(why),
        Answer::Named(named) => one(&named.words),
        Answer::Checklist(checks) => checks.iter().map(|check| check.note.clone()).collect(),
        Answer::Rows(rows) => rows.iter().map(row).collect(),
        Answer::Evidence(evidence) => vec![evidence.reference.clone(), evidence.seen_by.clone()],
        Answer::Number(_)
        | Answer::Choice(_)
        | Answer::Choices(_)
        | Answer::Date(_)
        | Answer::Time(_)
        | Answer::ByWhen(ByWhen::At(_) | ByWhen::WorkingDays { .. })
        | Answer::Tree(_)
        | Answer::Owed(_)
        | Answer::Score { .. } => Vec::new(),
    }
}

fn row(cells: &Answers) -> String {
    let mut cells: Vec<String> = cells.values().flat_map(typed).collect();
    cells.retain(|cell| !cell.is_empty());
    cells.join(", ")
}
