//! The columns that a register can have in a file: one for each line of its forms, under its id or its label.

use std::collections::BTreeMap;

use super::findings::Findings;
use crate::domain::names::fold;
use crate::domain::words::cli as words;
use crate::form::typed::part;
use crate::pathway::definition::{Field, Kind, Means, Pathway, Step, WhyAsked};
use crate::pathway::nearest;

/// Rows of a table that have columns of their own.
pub const MOST_ROWS: usize = 40;

/// What a column of the file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holds {
    /// Our own short reference ("P-12"), or "new".
    Reference,
    /// The title of the state it stands in.
    Standing,
    /// That it is made up.
    Training,
    /// A line of the form: the place of its [`Leaf`].
    Leaf(usize),
}

/// One line of a form as a column: a field, or a part of one.
#[derive(Debug, Clone)]
pub struct Leaf<'a> {
    /// Which field of the form it belongs to.
    pub field: usize,
    /// The path of its text, as [`crate::form::typed`] keeps it.
    pub path: String,
    /// The row of a table that it stands in, from 0.
    pub row: Option<usize>,
    /// The field or column whose own line it is; `None` for a part (why, an item's note).
    pub own: Option<&'a Field>,
    /// How it is headed in an export.
    pub heading: String,
}

/// All columns of a register.
pub struct Columns<'a> {
    /// The form that registers.
    pub opening: &'a Step,
    /// The form that changes, where the register has one.
    pub change: Option<&'a Step>,
    /// Their fields, each once.
    pub fields: Vec<&'a Field>,
    /// What can head a column.
    pub leaves: Vec<Leaf<'a>>,
    names: BTreeMap<String, Option<Holds>>,
}

/// The form by which particulars change: the one that asks most of what the register's first form asks.
fn changing<'a>(register: &'a Pathway, opening: &Step) -> Option<&'a Step> {
    let shared = |step: &Step| step.fields.iter().filter(|field| opening.field(&field.id).is_some()).count();
    let changes = register.steps.iter().filter(|step| {
        let plain = !step.opens && !step.retired && step.closes.is_none() && step.to.is_none();
        plain && step.repeat && step.on.is_empty() && step.follows.is_none() && shared(step) > 0
    });
    // Of equals the first.
    changes.rev().max_by_key(|step| shared(step))
}

impl<'a> Columns<'a> {
    /// The columns of a register, or of the step that opens a case of another pathway; `None` where nothing opens one.
    pub fn of(register: &'a Pathway) -> Option<Self> {
        let opening = register.opening()?;
        let change = if register.register { changing(register, opening) } else { None };
        let mut fields: Vec<&Field> = Vec::new();
        for field in opening.fields.iter().chain(change.iter().flat_map(|step| &step.fields)) {
            // What is sealed is typed and opened one by one: it never stands in a file.
            if !field.retired && !field.sealed && !fields.iter().any(|known| known.id == field.id) {
                fields.push(field);
            }
        }
        let mut columns = Self { opening, change, fields, leaves: Vec::new(), names: BTreeMap::new() };
        let mut labels = Vec::new();
        for at in 0..columns.fields.len() {
            let field = columns.fields[at];
            match &field.kind {
                Kind::Rows { columns: of_row, .. } => {
                    for row in 0..MOST_ROWS {
                        for column in of_row.iter().filter(|column| !column.retired) {
                            let n = row + 1;
                            let ids = format!("{} {n} {}", field.id, column.id);
                            let mut all = Vec::new();
                            for table in [&field.label, &field.id] {
                                all.extend(
                                    [&column.label, &column.id].map(|own| format!("{table} {n} {own}")),
                                );
                            }
                            let path = part(&part(&field.id, &row.to_string()), &column.id);
                            columns.leaf(at, Some(row), column, &path, &ids, &all, &mut labels);
                        }
                    }
                }
                _ => {
                    let label = [field.label.clone()];
                    columns.leaf(at, None, field, &field.id, &field.id, &label, &mut labels);
                }
            }
        }
        // An id is one of a kind; a label that several lines share heads none of them.
        for (name, holds) in labels {
            let known = columns.names.get(&name).cloned();
            let stands = match known {
                None => Some(holds),
                Some(other) if other.as_ref() == Some(&holds) => continue,
                Some(Some(Holds::Leaf(at))) if fold(&columns.leaves[at].heading) == name => continue,
                Some(_) => None,
            };
            columns.names.insert(name, stands);
        }
        for (heading, holds) in [
            (words::REFERENCE, Holds::Reference),
            ("reference", Holds::Reference),
            (words::STANDING, Holds::Standing),
            (words::MADE_UP, Holds::Training),
        ] {
            columns.names.entry(fold(heading)).or_insert(Some(holds));
        }
        columns.head();
        Some(columns)
    }

    /// Adds the column of a line, and those of its parts.
    #[expect(
        clippy::too_many_arguments,
        reason = "a line of a form in all that names it; nothing else is made of these"
    )]
    fn leaf(
        &mut self,
        at: usize,
        row: Option<usize>,
        field: &'a Field,
        path: &str,
        id: &str,
        labels: &[String],
        all: &mut Vec<(String, Holds)>,
    ) {
        let mut add = |path: String, own: Option<&'a Field>, id: String, names: Vec<String>| {
            let holds = Holds::Leaf(self.leaves.len());
            self.names.insert(fold(&id), Some(holds.clone()));
            all.extend(names.iter().map(|name| (fold(name), holds.clone())));
            let heading = id;
            self.leaves.push(Leaf { field: at, path, row, own, heading });
        };
        let behind = |word: &str| labels.iter().map(|label| format!("{label} {word}")).collect::<Vec<_>>();
        let main = matches!(
            field.kind,
            Kind::Text
                | Kind::Notes
                | Kind::Number { .. }
                | Kind::Choice(_)
                | Kind::Choices(_)
                | Kind::YesNo { .. }
                | Kind::Date
                | Kind::Time { .. }
                | Kind::ByWhen
                | Kind::Record { .. }
                | Kind::Evidence
        );
        if main {
            add(path.to_owned(), Some(field), id.to_owned(), labels.to_vec());
        }
        let mut other = |name: &str, label: &str| {
            let folded = name.replace('.', " ");
            add(part(path, name), None, format!("{id} {folded}"), behind(label));
        };
        match &field.kind {
            Kind::YesNo { why } if *why != WhyAsked::Never => other("why", "why"),
            Kind::ByWhen => other("why", "why"),
            Kind::Evidence => {
                other("seen_by", words::SEEN_BY);
                other("seen_at", words::SEEN_AT);
            }
            Kind::Checklist { items, .. } => {
                for item in items.iter().filter(|item| !item.retired) {
                    other(&item.id, &item.label);
                    other(&part(&item.id, "note"), &format!("{} note", item.label));
                    other(&part(&item.id, "expires"), &format!("{} expires", item.label));
                }
            }
            Kind::Tree(nodes) => nodes.iter().for_each(|node| other(&node.id, &node.ask)),
            Kind::Score(parts) => parts.iter().for_each(|part| other(&part.id, &part.label)),
            _ => {}
        }
    }

    /// Heads each column by its label where that is one of a kind, otherwise by its id.
    fn head(&mut self) {
        for at in 0..self.leaves.len() {
            let Leaf { field, row, own, path, .. } = &self.leaves[at];
            let table = &self.fields[*field].label;
            let Some(own) = own else { continue };
            let label =
                row.map_or_else(|| own.label.clone(), |row| format!("{table} {} {}", row + 1, own.label));
            let is_its_own = self.names.get(&fold(&label)) == Some(&Some(Holds::Leaf(at)));
            if is_its_own {
                // What is asked beside it is headed like it.
                let prefix = part(path, "");
                let id = self.leaves[at].heading.clone();
                for other in at..self.leaves.len() {
                    let leaf = &self.leaves[other];
                    if other > at && !leaf.path.starts_with(&prefix) {
                        break;
                    }
                    let behind = leaf.heading.strip_prefix(&id).unwrap_or_default();
                    let heading = format!("{label}{}", behind.replace('_', " "));
                    if self.names.get(&fold(&heading)) == Some(&Some(Holds::Leaf(other))) {
                        self.leaves[other].heading = heading;
                    }
                }
            }
        }
    }

    /// What each column of a file holds; what cannot be told is a finding. A column without a heading holds nothing as
    /// long as nothing stands in it.
    pub fn understood(&self, headings: &[String], findings: &mut Findings) -> Vec<Option<Holds>> {
        let mut holds: Vec<Option<Holds>> = Vec::new();
        for (at, heading) in headings.iter().enumerate() {
            let name = fold(heading);
            let shown = words::column(at, heading.trim());
            let found = match self.names.get(&name) {
                _ if name.is_empty() => None,
                Some(Some(found)) if holds.contains(&Some(found.clone())) => {
                    findings.wrong(1, &shown, words::COLUMN_TWICE);
                    None
                }
                Some(Some(found)) => Some(found.clone()),
                Some(None) => {
                    findings.wrong(1, &shown, words::column_of_several(&self.ids_of(&name)));
                    None
                }
                None => {
                    let near = nearest(&name, self.names.keys().map(String::as_str));
                    let near =
                        near.and_then(|near| self.names.get(near)?.as_ref()).map(|near| self.heading(near));
                    findings.wrong(1, &shown, words::unknown_column(near.as_deref(), &self.headings_known()));
                    None
                }
            };
            holds.push(found);
        }
        holds
    }

    /// How a column is headed in an export.
    pub fn heading(&self, holds: &Holds) -> String {
        match holds {
            Holds::Reference => words::REFERENCE.to_owned(),
            Holds::Standing => words::STANDING.to_owned(),
            Holds::Training => words::MADE_UP.to_owned(),
            Holds::Leaf(at) => self.leaves[*at].heading.clone(),
        }
    }

    /// What a heading or id names, for who names a column by hand.
    pub fn named(&self, name: &str) -> Option<Holds> {
        self.names.get(&fold(name)).cloned().flatten()
    }

    /// The ids that a shared label stands for.
    fn ids_of(&self, name: &str) -> Vec<String> {
        let shares = |leaf: &&Leaf<'_>| leaf.own.is_some_and(|own| fold(&own.label) == name);
        self.leaves.iter().filter(shares).map(|leaf| leaf.heading.clone()).collect()
    }

    /// The headings there are, of tables those of the first row.
    pub fn headings_known(&self) -> Vec<String> {
        let first = |leaf: &&Leaf<'_>| leaf.row.unwrap_or(0) == 0 && leaf.own.is_some();
        self.leaves.iter().filter(first).map(|leaf| leaf.heading.clone()).collect()
    }

    /// The leaf whose line has this meaning.
    pub fn meaning(&self, means: Means) -> Option<usize> {
        self.leaves
            .iter()
            .position(|leaf| leaf.row.is_none() && leaf.own.is_some_and(|own| own.means == Some(means)))
    }
}
