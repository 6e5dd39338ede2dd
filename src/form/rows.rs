//! Rows of a table in a form: another one is opened, the one with the focus is taken out.

use super::Form;
use super::typed::{self, Reading, part};
use crate::pathway::definition::Kind;

impl Form {
    /// The same cell of the rows below, as far as one answer stands for them: they are blank, or say what this one says
    /// until now. Where the row above says that as well, this one is the exception and changes alone.
    pub(super) fn carried_to(&self, path: &str) -> Vec<String> {
        let mut parts = path.splitn(3, '.');
        let (Some(table), Some(row), Some(cell)) = (parts.next(), parts.next(), parts.next()) else {
            return Vec::new();
        };
        let column = cell.split('.').next().unwrap_or(cell);
        let carries = match self.step.field(table).map(|field| &field.kind) {
            Some(Kind::Rows { columns, .. }) => {
                columns.iter().any(|one| one.id == column && one.carries_down)
            }
            _ => false,
        };
        let Some(row) = row.parse::<usize>().ok().filter(|_| carries) else { return Vec::new() };
        let at = |row: usize| part(&part(table, &row.to_string()), cell);
        let now = self.text_of(path);
        let is_exception = row > 0 && !now.is_empty() && self.text_of(&at(row - 1)) == now;
        if is_exception {
            return Vec::new();
        }
        let below = (row + 1..typed::row_count(table, &self.draft.text)).map(at);
        below.take_while(|below| [now, ""].contains(&self.text_of(below))).collect()
    }

    /// Opens another row of the table at this path and puts the focus into it.
    pub fn add_row(&mut self, path: &str, reading: Reading) {
        let row = typed::row_count(path, &self.draft.text).max(self.rows.get(path).copied().unwrap_or(0));
        self.rows.insert(path.to_owned(), row + 1);
        let first = part(&part(path, &row.to_string()), "");
        if let Some(slot) = self.slots(reading).into_iter().find(|slot| slot.path.starts_with(&first)) {
            self.focus = slot.path;
            self.pointed = None;
        }
    }

    /// The row that the focus stands in: the table's path and the row's number.
    pub fn focused_row(&self) -> Option<(String, usize)> {
        let parts: Vec<&str> = self.focus.split('.').collect();
        let at = parts.iter().position(|part| part.parse::<usize>().is_ok())?;
        Some((parts.get(..at)?.join("."), parts.get(at)?.parse().ok()?))
    }

    /// Takes a row out; those after it move up.
    pub fn remove_row(&mut self, path: &str, row: usize, reading: Reading) {
        let last = typed::row_count(path, &self.draft.text);
        let of = |row: usize| part(&part(path, &row.to_string()), "");
        self.draft.text.retain(|at, _| !at.starts_with(&of(row)));
        if self.empties() {
            self.draft.text.entry(path.to_owned()).or_default();
        }
        for next in row + 1..last {
            let moved: Vec<String> =
                self.draft.text.keys().filter(|at| at.starts_with(&of(next))).cloned().collect();
            for at in moved {
                if let Some(text) = self.draft.text.remove(&at) {
                    self.draft.text.insert(at.replacen(&of(next), &of(next - 1), 1), text);
                }
            }
        }
        if let Some(offered) = self.rows.get_mut(path) {
            *offered = offered.saturating_sub(1);
        }
        self.boxes.retain(|at, _| !at.starts_with(&part(path, "")));
        self.focus = self
            .slots(reading)
            .into_iter()
            .find(|slot| slot.path.starts_with(path))
            .map_or_else(|| self.focus.clone(), |slot| slot.path);
    }
}
