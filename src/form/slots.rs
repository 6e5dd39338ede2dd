//! Which lines a form has at the moment, in order: fields that are shown, their parts, rows, what is folded.
//!
//! A slot is where the focus can stand and where text is kept. How it looks is made from it in
//! [`super::facing`]; what its text means, in [`super::typed`].

use super::typed::{self, Reading, Texts, part, row_count, text};
use super::{Form, REASON};
use crate::domain::answer::{Answer, Answers, YesNo};
use crate::domain::time::{Lean, display};
use crate::domain::words::{audit, form as words};
use crate::pathway::check;
use crate::pathway::definition::{AuditPart, Choice, Field, Kind, Lint, Means, Prefill, When, WhyAsked};
use crate::pathway::predicate::{Facts, applies};
use crate::pathway::score;

/// The key of the one choice there is where something owed goes on from another case.
const GOES_ON: char = 'g';

/// The path of the line that opens and folds what may wait.
pub const LATER: &str = "+later";

/// One line where the focus can stand.
#[derive(Debug, Clone, PartialEq)]
pub struct Slot {
    /// Where its text is kept.
    pub path: String,
    /// Its label.
    pub label: String,
    /// Its hint.
    pub help: String,
    /// 0 for a field, 1 for a part or a column.
    pub indent: u16,
    /// What it takes.
    pub input: Input,
    /// An answer is required as the form stands.
    pub required: bool,
    /// Somebody else's words.
    pub quoted: bool,
    /// Which list of empty phrases it is held against.
    pub lint: Option<Lint>,
    /// Asked after hanging up.
    pub later: bool,
}

/// What a line takes.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// One line of text.
    Line,
    /// One line of text, for which those near the person are offered.
    Near,
    /// Several lines.
    Notes,
    /// A time, pointing to the past or the future.
    Time(Lean),
    /// A time to come, or none given.
    ByWhen,
    /// A day.
    Date(Lean),
    /// One of these, or several.
    Options {
        /// What can be chosen.
        choices: Vec<Choice>,
        /// Several at once.
        many: bool,
    },
    /// A record of a register.
    Record {
        /// The register's pathway id.
        register: String,
        /// It may be made on the spot.
        on_the_spot: bool,
    },
    /// Opens and folds what may wait.
    Fold,
    /// Adds a row to the table at this path.
    AddRow(String),
}

impl Slot {
    /// Whether letters typed here are text.
    pub fn takes_text(&self) -> bool {
        !matches!(self.input, Input::Options { .. } | Input::Fold | Input::AddRow(_))
    }
}

/// All lines of the form as it stands. Answers that cannot be read yet count as blank.
pub fn slots(form: &Form, facts: Facts<'_>, reading: Reading) -> Vec<Slot> {
    let mut at_once = Vec::new();
    let mut later = Vec::new();
    for field in form.step.fields.iter().filter(|field| !field.retired && applies(&field.shown, &facts)) {
        let into = if field.later { &mut later } else { &mut at_once };
        let mut asking = Asking { texts: &form.draft.text, form, facts, reading, later: field.later, into };
        asking.field(field, &field.id, 0);
    }
    if !later.is_empty() {
        let is_call = form.step.opens && form.pathway.urgent;
        at_once.push(Slot {
            path: LATER.to_owned(),
            label: if is_call { words::LATER } else { words::MORE }.to_owned(),
            help: if is_call { words::LATER_HELP } else { words::MORE_HELP }.to_owned(),
            input: Input::Fold,
            later: true,
            ..blank()
        });
        if form.later_open {
            at_once.append(&mut later);
        }
    }
    at_once
}

/// The labels of what may wait, folded or not.
pub fn later_labels(form: &Form, facts: Facts<'_>) -> Vec<String> {
    let shown = form.step.fields.iter().filter(|field| field.later && !field.retired);
    shown.filter(|field| applies(&field.shown, &facts)).map(|field| field.label.clone()).collect()
}

fn blank() -> Slot {
    Slot {
        path: String::new(),
        label: String::new(),
        help: String::new(),
        indent: 0,
        input: Input::Line,
        required: false,
        quoted: false,
        lint: None,
        later: false,
    }
}

struct Asking<'a> {
    texts: &'a Texts,
    form: &'a Form,
    facts: Facts<'a>,
    reading: Reading,
    later: bool,
    into: &'a mut Vec<Slot>,
}

impl Asking<'_> {
    fn is_required(&self, required: &Option<When>) -> bool {
        required.as_ref().is_some_and(|when| applies(when, &self.facts))
    }

    fn field(&mut self, field: &Field, path: &str, indent: u16) {
        let slot = |input: Input, required: bool| Slot {
            path: path.to_owned(),
            label: field.label.clone(),
            help: field.help.clone(),
            indent,
            input,
            required,
            quoted: field.quoted,
            lint: if field.quoted { None } else { field.lint },
            later: self.later,
        };
        let needless = path == REASON && self.form.completes(self.facts.answers, self.facts.now);
        let required = self.is_required(&field.required) && !needless;
        let offered = |choices: &[Choice]| {
            let chosen = text(self.texts, path);
            let keeps = |choice: &&Choice| !choice.retired || chosen.split(", ").any(|id| id == choice.id);
            choices.iter().filter(keeps).cloned().collect::<Vec<_>>()
        };
        let part_slot = |name: &str, label: &str, input: Input, required: bool| Slot {
            path: part(path, name),
            label: label.to_owned(),
            help: String::new(),
            indent: indent + 1,
            input,
            required,
            quoted: false,
            lint: None,
            later: self.later,
        };
        match &field.kind {
            Kind::Text if field.means == Some(Means::ToldName) => self.into.push(slot(Input::Near, required)),
            Kind::Text => self.into.push(slot(Input::Line, required)),
            Kind::Notes => self.into.push(slot(Input::Notes, required)),
            Kind::Number { unit, from, to } => {
                let help = words::number_hint(&field.help, unit, (*from, *to));
                self.into.push(Slot { help, ..slot(Input::Line, required) });
            }
            Kind::Choice(choices) => {
                let input = Input::Options { choices: offered(choices), many: false };
                self.into.push(slot(input, required));
            }
            Kind::Choices(choices) => {
                let input = Input::Options { choices: offered(choices), many: true };
                self.into.push(slot(input, required));
            }
            Kind::YesNo { why } => {
                let choices =
                    vec![Choice::plain("yes", words::YES, 'y'), Choice::plain("no", words::NO, 'n')];
                let said = text(self.texts, path);
                let asked = if said == "no" { words::WHY_NOT } else { words::WHY };
                let why_slot = part_slot("why", asked, Input::Line, false);
                let asks = match why {
                    WhyAsked::Never => false,
                    WhyAsked::Yes => said == "yes",
                    WhyAsked::No => said == "no",
                    WhyAsked::Always => !said.is_empty(),
                };
                self.into.push(slot(Input::Options { choices, many: false }, required));
                if asks {
                    self.into.push(Slot { required: true, ..why_slot });
                }
            }
            Kind::Date => {
                let lean = if field.looks_back() { Lean::Past } else { Lean::Future };
                self.into.push(slot(Input::Date(lean), required));
            }
            Kind::Time { future } => {
                let lean = if *future { Lean::Future } else { Lean::Past };
                self.into.push(slot(Input::Time(lean), required));
            }
            Kind::ByWhen => {
                let why = part_slot("why", words::WHY_NO_TIME, Input::Line, true);
                let asks = typed::is_none_given(text(self.texts, path));
                self.into.push(slot(Input::ByWhen, required));
                if asks {
                    self.into.push(why);
                }
            }
            Kind::Record { register, on_the_spot } => {
                let input = Input::Record { register: register.clone(), on_the_spot: *on_the_spot };
                self.into.push(slot(input, required));
            }
            Kind::Evidence => {
                let parts = [
                    part_slot("seen_by", words::SEEN_BY, Input::Line, false),
                    part_slot("seen_at", words::SEEN_AT, Input::Time(Lean::Past), false),
                ];
                let begun = !text(self.texts, path).is_empty();
                self.into.push(slot(Input::Line, required));
                if begun {
                    self.into.extend(parts);
                }
            }
            Kind::Checklist { items, expires, why, gathers } => {
                // Of lines that are answered bit by bit any one will do.
                let begun = items.iter().any(|item| !text(self.texts, &part(path, &item.id)).is_empty());
                let required = required && !(*gathers && begun);
                let asked =
                    |item: &&Choice| !item.retired && !self.is_asked_elsewhere(field, &part(path, &item.id));
                let asked: Vec<&Choice> = items.iter().filter(asked).collect();
                for item in asked {
                    let at = part(path, &item.id);
                    let said = text(self.texts, &at).to_owned();
                    let choices = typed::CHECKS
                        .iter()
                        .zip(['y', 'n', '-'])
                        .map(|(id, key)| Choice::plain(id, words::check_label(id), key))
                        .collect();
                    let before = if *gathers { self.answered_before(&field.id, &item.id) } else { None };
                    self.into.push(Slot {
                        help: before.unwrap_or_else(|| item.help.clone()),
                        ..part_slot(&item.id, &item.label, Input::Options { choices, many: false }, required)
                    });
                    let sub = |name: &str, label: &str, input: Input, required: bool| Slot {
                        path: part(&at, name),
                        label: label.to_owned(),
                        indent: indent + 2,
                        ..part_slot(name, label, input, required)
                    };
                    let is = if said == "yes" { YesNo::Yes } else { YesNo::No };
                    if !said.is_empty() {
                        let asked = check::why_is_asked(*why, is);
                        let label = match (asked, is) {
                            (false, _) => words::NOTE,
                            (true, YesNo::Yes) => words::WHERE_SEEN,
                            (true, YesNo::No) => words::WHY_NOT,
                        };
                        self.into.push(sub("note", label, Input::Line, asked));
                    }
                    if *expires && said == "yes" {
                        self.into.push(sub("expires", words::EXPIRES, Input::Date(Lean::Future), false));
                    }
                }
            }
            Kind::Tree(nodes) => {
                for (at, (node, _)) in typed::asked(nodes, path, self.texts).into_iter().enumerate() {
                    let choices = node.branches.iter().map(|(choice, _)| choice.clone()).collect();
                    let input = Input::Options { choices, many: false };
                    let indent = indent + u16::from(at > 0);
                    self.into
                        .push(Slot { indent, ..part_slot(&node.id, &node.ask, input, required && at == 0) });
                }
            }
            Kind::Score(all) => {
                for one in all {
                    let grades = score::grades(one).map(|grades| {
                        let choices = grades.iter().map(|grade| grade.choice.clone()).collect();
                        Input::Options { choices, many: false }
                    });
                    let help = if grades.is_some() { String::new() } else { typed::wanted(one) };
                    let input = grades.unwrap_or(Input::Line);
                    self.into.push(Slot { help, ..part_slot(&one.id, &one.label, input, required) });
                }
                if all.iter().any(|one| !one.bands.is_empty()) {
                    let help = words::SAID_TOTAL_HELP.to_owned();
                    let slot = part_slot(typed::SAID, words::SAID_TOTAL, Input::Line, false);
                    self.into.push(Slot { help, ..slot });
                }
            }
            // It is there or it is not: emptied, it stays owed where it was.
            Kind::Owed if field.means == Some(Means::CarriesOn) => {
                let owed = text(self.texts, path);
                let choices = vec![Choice::plain(owed, owed, GOES_ON)];
                self.into.push(slot(Input::Options { choices, many: false }, required));
            }
            // In rows it stands over the line that says what becomes of it.
            Kind::Owed => {}
            Kind::Rows { columns, from } => {
                let offers_all = *from == Some(Prefill::Owed);
                self.rows(field, columns, path, required && !offers_all, indent);
                if offers_all {
                    self.into.pop_if(|slot| matches!(slot.input, Input::AddRow(_)));
                }
            }
        }
    }

    /// Whether a criterion of an audit is none of the case at hand: nobody is asked to read past it.
    fn is_asked_elsewhere(&self, field: &Field, line: &str) -> bool {
        field.prefill == Some(Prefill::Audit(AuditPart::Proposed))
            && text(self.texts, &part(line, "note")) == audit::ANOTHER_KIND
    }

    /// How a line of a checklist was answered before in the case, in words.
    fn answered_before(&self, field: &str, item: &str) -> Option<String> {
        let answered = self.form.case.as_ref()?.answers.get(&format!("{}.{field}", self.form.step.id))?;
        let Answer::Checklist(lines) = answered else { return None };
        let line = lines.iter().find(|line| line.item == item)?;
        let until = line.expires.map(display::date);
        Some(words::answered_before(words::check_label(&line.answer), line.note.trim(), until.as_deref()))
    }

    fn rows(&mut self, field: &Field, columns: &[Field], path: &str, required: bool, indent: u16) {
        let offered = self.form.rows.get(path).copied().unwrap_or(0).max(usize::from(required));
        let around = self.facts;
        for row in 0..row_count(path, self.texts).max(offered) {
            let of_row = part(path, &row.to_string());
            // Cell by cell: a time that is half typed hides no other line of its row, nor its own.
            let read = |column: &Field| {
                let cell = typed::read(column, &part(&of_row, &column.id), self.texts, self.reading);
                Some((column.id.clone(), cell.ok()??))
            };
            let held: Answers = columns.iter().filter_map(read).collect();
            let facts = around.within(&held);
            let owed = columns.iter().find(|column| column.kind == Kind::Owed);
            let owed = owed.map(|column| text(self.texts, &part(&of_row, &column.id)));
            for column in columns.iter().filter(|column| !column.retired && applies(&column.shown, &facts)) {
                let at = part(&of_row, &column.id);
                let mut asking = Asking {
                    texts: self.texts,
                    form: self.form,
                    facts,
                    reading: self.reading,
                    later: self.later,
                    into: self.into,
                };
                let before = asking.into.len();
                asking.field(column, &at, indent + 1);
                let owed = owed.filter(|_| column.means == Some(Means::Settle));
                if let (Some(owed), Some(slot)) = (owed, asking.into.get_mut(before)) {
                    slot.label = owed.to_owned();
                }
            }
        }
        self.into.push(Slot {
            path: part(path, "+"),
            label: field.label.clone(),
            help: field.help.clone(),
            indent,
            input: Input::AddRow(path.to_owned()),
            later: self.later,
            ..blank()
        });
    }
}
