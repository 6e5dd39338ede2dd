//! Makes the looks of a form ([`Face`]) from the form as it stands.

use chrono::{DateTime, Utc};

use super::face::{Choosing, Face, Line, Section, Standing, Value};
use super::owed_next::counted;
use super::slots::{self, LATER, Slot};
use super::typed::{self, NEW, Reading, part, text};
use super::{Form, Input, title};
use crate::domain::case::{CaseState, Milestone};
use crate::domain::clean;
use crate::domain::commitment::Party;
use crate::domain::names;
use crate::domain::rota::Rota;
use crate::domain::time::{
    Lean, Understood, UnderstoodDate, Zone, display, in_words, understand_date_leaning,
};
use crate::domain::views::Taken;
use crate::domain::words::form as words;
use crate::pathway::check::{Problem, Weight};
use crate::pathway::definition::{Field, Kind, Lint, Means};
use crate::pathway::edition::Edition;
use crate::pathway::near::{self, Near};
use crate::pathway::vague::Class;

/// The register of whoever is cared for.
const PEOPLE: &str = "people";

/// What a form is seen in.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// Now.
    pub now: DateTime<Utc>,
    /// The office's zone.
    pub zone: Zone,
    /// The definitions in force: titles of roles, targets, phrases that say nothing.
    pub edition: &'a Edition,
    /// Who holds each duty.
    pub rota: &'a Rota,
    /// Blanks are pointed at too, since saving was tried.
    pub tried: bool,
}

impl Scene<'_> {
    /// What typed text is read against.
    pub fn reading(&self) -> Reading {
        Reading { now: self.now, zone: self.zone }
    }
}

impl Form {
    /// The form as it looks now.
    pub fn face(&self, scene: Scene<'_>) -> Face {
        let reading = scene.reading();
        let (answers, _) = self.as_recorded(reading);
        let facts = self.facts(&answers, scene.now);
        let slots = slots::slots(self, facts, reading);
        let problems = self.problems(reading);
        let focus = slots.iter().find(|slot| slot.path == self.focus).or(slots.first());
        let focus = focus.map(|slot| slot.path.clone()).unwrap_or_default();

        // What is folded away is owed all the same.
        let all = slots::slots(&Form { later_open: true, ..self.clone() }, facts, reading);
        let required = self.each_asked(&all);
        let missing: Vec<&Slot> =
            required.iter().copied().filter(|slot| self.is_blank_and_asked(slot)).collect();

        let focused = slots.iter().find(|slot| slot.path == focus);
        let hint = focused.map(|slot| self.hint(slot));
        let labels = slots::later_labels(self, facts);
        let mut row = None;
        let lines = slots.iter().map(|slot| {
            let seen = scene.tried || self.visited.contains(&slot.path);
            let begins = std::mem::replace(&mut row, row_of(&slot.path)) != row;
            let over = row.filter(|_| begins).and_then(|(table, row)| self.row_title(table, row));
            Line { over, ..self.line(slot, slot.path == focus, &problems, seen, &labels, scene) }
        });
        let mut sections = vec![Section { title: String::new(), lines: Vec::new() }];
        for line in lines {
            if line.path == LATER {
                sections.push(Section { title: line.label.clone(), lines: Vec::new() });
            }
            if let Some(section) = sections.last_mut() {
                section.lines.push(line);
            }
        }
        Face {
            title: self.title(),
            short_title: self.step.title.clone(),
            help: self.step.help.clone(),
            about: if self.asks_whom() { String::new() } else { self.draft.about.clone() },
            matter: self.matter(),
            ring: String::new(),
            not_told: self.not_told(),
            began: self.draft.opened_at,
            sections,
            missing: missing.len(),
            required: required.len(),
            missing_labels: missing.iter().map(|slot| whole_label(slot, &all)).collect(),
            // What cannot be saved as it stands leads to nothing yet.
            next: self
                .next(&answers, scene)
                .filter(|_| !problems.iter().any(|one| one.weight == Weight::Refused)),
            hint: hint.unwrap_or_default(),
            longest_hint: self.longest_hint(&slots),
            keys: focused.map_or("", |slot| self.keys(slot)),
            mark: self
                .reviews_own_decision()
                .then(|| words::OWN_DECISION.to_owned())
                .or_else(|| self.beside.clone()),
            problems: problems
                .iter()
                .filter(|problem| problem.field.is_empty())
                .map(|problem| problem.says.clone())
                .collect(),
            saving: self.saving(&problems, &all),
        }
    }

    /// What stands over a row of a table with several columns. A row about something owed says that itself.
    fn row_title(&self, table: &str, row: usize) -> Option<String> {
        let field = self.step.field(table)?;
        let Kind::Rows { columns, .. } = &field.kind else { return None };
        let says_itself = columns.iter().any(|column| column.kind == Kind::Owed);
        (columns.len() > 1 && !says_itself).then(|| words::row(&field.label, row + 1))
    }

    /// Whether a required line is still to be answered. A line of rows that may be left out, with nothing in it, asks
    /// nothing.
    fn is_blank_and_asked(&self, slot: &Slot) -> bool {
        let mut parts = slot.path.split('.');
        let left_out = match (parts.next(), parts.next(), parts.next()) {
            (Some(field), Some(row), Some(_)) if row.parse::<usize>().is_ok() => {
                let prefix = format!("{field}.{row}.");
                let typed =
                    |(path, words): (&String, &String)| path.starts_with(&prefix) && !words.trim().is_empty();
                self.step.field(field).is_some_and(|field| field.required.is_none())
                    && !self.draft.text.iter().any(typed)
            }
            _ => false,
        };
        !left_out && (text(&self.draft.text, &slot.path).is_empty() || self.is_unchecked(&slot.path))
    }

    /// Whether a line holds what another case says, as it was offered, and nobody has been on it.
    fn is_unchecked(&self, path: &str) -> bool {
        let field = path.split('.').next().unwrap_or(path);
        self.taken_over.contains(field)
            && !self.is_typed(path)
            && !self.visited.contains(path)
            && self.focus != path
            && !text(&self.draft.text, path).is_empty()
    }

    /// The first line that has to be answered, and holds what another case says without anybody having been on it.
    pub fn unchecked(&self, reading: Reading) -> Option<(String, String)> {
        let slots = self.slots(reading);
        let first = slots.iter().find(|slot| slot.required && self.is_unchecked(&slot.path))?;
        Some((first.path.clone(), words::check_taken(&first.label, self.taken_where()?)))
    }

    /// The reference of the case from which this one is begun.
    fn taken_where(&self) -> Option<&str> {
        self.draft.begun.as_ref()?.words.split(" · ").next()
    }

    /// From where a line was taken, while it still stands as it was.
    fn taken_from(&self, path: &str) -> Option<String> {
        let stands = self.is_unchecked(path) || self.focus == path && !self.is_typed(path);
        let field = path.split('.').next().unwrap_or(path);
        let stands = stands && self.taken_over.contains(field);
        stands.then_some(())?;
        self.taken_where().map(words::taken_from)
    }

    /// What is owed that the form is recorded on, and who outside owes it.
    fn recorded_on(&self) -> Option<(&str, &str)> {
        let (on, case) = self.draft.on.as_ref().zip(self.case.as_deref())?;
        let owed = case.commitments.iter().find(|owed| owed.id == *on)?;
        let who = match &owed.obligor {
            Party::Outside(named) => named.words.as_str(),
            _ => "",
        };
        Some((&owed.what, who))
    }

    /// The step's title, with what it is recorded on.
    fn title(&self) -> String {
        let on = self.recorded_on().map(|(what, who)| title::on(&self.step.title, what, who));
        on.unwrap_or_else(|| self.step.title.clone())
    }

    /// Whether whoever fills it in also decided what it reviews. It is marked, never stopped: an office of six has
    /// nobody else.
    fn reviews_own_decision(&self) -> bool {
        let reviews = self.step.milestones.iter().any(|(reached, _)| *reached == Milestone::Reviewed);
        let decided =
            |case: &CaseState| self.draft.staff.is_some_and(|staff| case.facts.decided_by.contains(&staff));
        reviews && self.draft.amends.is_none() && self.case.as_deref().is_some_and(decided)
    }

    /// Whether the form can be saved as it stands: with nothing refused, and nothing missing unless the step may
    /// be saved incomplete.
    pub fn can_save(&self, problems: &[Problem]) -> bool {
        problems.iter().all(|problem| match problem.weight {
            Weight::Asked | Weight::Doubted => true,
            Weight::Missing => self.may_be_incomplete(),
            Weight::Refused => false,
        })
    }

    fn may_be_incomplete(&self) -> bool {
        self.step.incomplete.is_some() && self.draft.amends.is_none()
    }

    fn saving(&self, problems: &[Problem], slots: &[Slot]) -> String {
        let refused = problems.iter().find(|problem| problem.weight == Weight::Refused);
        match refused {
            Some(problem) => {
                let line = slots.iter().find(|slot| slot.path == problem.field);
                words::cannot_save(line.map_or("", |slot| &slot.label), &problem.says)
            }
            None if problems.iter().all(|problem| problem.weight.passes()) => words::SAVES.to_owned(),
            None if self.may_be_incomplete() => words::SAVES_INCOMPLETE.to_owned(),
            None => words::SAVES_WHEN_ANSWERED.to_owned(),
        }
    }

    /// Which keys do what in a line, or what can be typed there.
    fn keys(&self, slot: &Slot) -> &'static str {
        match slot.input {
            Input::Line | Input::Near | Input::Record { .. } if self.is_replaced(slot) => {
                words::KEYS_REPLACES
            }
            _ => keys(slot),
        }
    }

    fn hint(&self, slot: &Slot) -> String {
        match &slot.input {
            Input::Options { choices, .. } => {
                let at = self.pointed.as_deref().unwrap_or(text(&self.draft.text, &slot.path));
                let meant = choices.iter().find(|choice| choice.id == at && !choice.help.is_empty());
                meant.map_or_else(|| slot.help.clone(), |choice| choice.help.clone())
            }
            Input::Record { register, .. } if slot.help.is_empty() && register == PEOPLE => {
                words::HINT_PERSON.to_owned()
            }
            Input::Record { on_the_spot: true, .. } if slot.help.is_empty() => {
                words::HINT_RECORD_NEW.to_owned()
            }
            Input::Record { .. } if slot.help.is_empty() => words::HINT_RECORD.to_owned(),
            _ => slot.help.clone(),
        }
    }

    /// The longest of all that is said of these lines, and of what is chosen in them.
    fn longest_hint(&self, slots: &[Slot]) -> String {
        let of_choices = slots.iter().flat_map(|slot| match &slot.input {
            Input::Options { choices, .. } => choices.as_slice(),
            _ => &[],
        });
        let said = slots.iter().map(|slot| &slot.help).chain(of_choices.map(|choice| &choice.help));
        // A line of which nothing is said shows what the whole form is for.
        let is_bare = |slot: &Slot| slot.help.is_empty() && !matches!(slot.input, Input::Record { .. });
        let of_step = slots.iter().any(is_bare).then_some(&self.step.help);
        said.chain(of_step).max_by_key(|help| help.chars().count()).cloned().unwrap_or_default()
    }

    /// What the form is about: what is owed, else the case in a few words.
    fn matter(&self) -> String {
        let Some(case) = self.case.as_deref().filter(|_| self.draft.case.is_some()) else {
            let begun = self.draft.begun.as_ref().map(|begun| words::begun_from(&begun.words));
            return begun
                .or_else(|| Some(words::not_begun_from(&self.draft.not_from.as_ref()?.words)))
                .unwrap_or_default();
        };
        // An organisation that the case is about is named already.
        let of = |who| if who == self.draft.about { "" } else { who };
        let on = self.recorded_on().map(|(what, who)| words::owed_by(what, of(who)));
        on.or_else(|| case.facts.headline.clone()).unwrap_or_default()
    }

    fn line(
        &self,
        slot: &Slot,
        focused: bool,
        problems: &[Problem],
        seen: bool,
        later: &[String],
        scene: Scene<'_>,
    ) -> Line {
        let here = problems.iter().find(|problem| problem.field == slot.path && !problem.weight.passes());
        let asked = problems.iter().find(|problem| problem.field == slot.path && problem.weight.passes());
        let asked = asked.filter(|_| seen || !focused).map(|problem| problem.says.clone());
        let blank = text(&self.draft.text, &slot.path).is_empty();
        // A time is said back while it is typed; so is that it cannot be read.
        let is_time = matches!(slot.input, Input::Time(_) | Input::ByWhen | Input::Date(_));
        let unread =
            here.filter(|problem| is_time && focused && !seen && !blank && problem.weight == Weight::Refused);
        // A blank is pointed at once it was passed; half a word being typed is not wrong yet.
        let shown = here.filter(|problem| seen || (!blank && !focused && problem.weight == Weight::Refused));
        let (missing, wrong) = match shown {
            Some(problem) if problem.weight == Weight::Missing && blank => (Some(asked_for(slot)), None),
            Some(problem) => (None, Some(problem.says.clone())),
            None => (None, None),
        };
        Line {
            path: slot.path.clone(),
            label: slot.label.clone(),
            indent: slot.indent,
            over: None,
            focused,
            required: slot.required,
            either: blank && self.is_either(slot),
            quoted: slot.quoted,
            value: self.value(slot, focused, later),
            understood: if blank { None } else { self.understood(slot, scene) }
                .or_else(|| self.taken_at(&slot.path).map(|taken| who(taken, scene))),
            problem: wrong,
            blank: missing,
            remark: self
                .said_at
                .get(&slot.path)
                .cloned()
                .or_else(|| self.remark(slot, scene))
                .or_else(|| self.open_calls(slot, scene))
                .or_else(|| self.taken_from(&slot.path))
                .or(asked)
                .or(unread.map(|problem| problem.says.clone())),
        }
    }

    fn value(&self, slot: &Slot, focused: bool, later: &[String]) -> Value {
        let held = self.text_box(slot);
        let cursor = focused.then(|| held.cursor());
        let typed = held.text().to_owned();
        let selected = held.selection().filter(|_| focused).map(|range| (range.start, range.end));
        match &slot.input {
            Input::Options { choices, many } => {
                let options = choices.iter().map(|choice| Choosing {
                    id: choice.id.clone(),
                    label: choice.label.clone(),
                    key: choice.key,
                    weight: choice.weight.unwrap_or(0),
                    chosen: self.has_chosen(&slot.path, &choice.id),
                    pointed: focused && self.pointed.as_deref() == Some(choice.id.as_str()),
                    help: choice.help.clone(),
                });
                Value::Options { options: options.collect(), many: *many }
            }
            Input::Record { .. } => {
                let standing = match text(&self.draft.text, &part(&slot.path, "id")) {
                    NEW => Standing::New,
                    id => id.parse().map_or(Standing::Words, Standing::Picked),
                };
                Value::Record { text: typed, cursor, selected, standing }
            }
            Input::Fold => Value::Fold { open: self.later_open, labels: later.to_vec() },
            Input::AddRow(_) => Value::AddRow,
            Input::Line | Input::Near | Input::Notes | Input::Time(_) | Input::ByWhen | Input::Date(_) => {
                Value::Text { text: typed, cursor, selected, notes: slot.input == Input::Notes }
            }
        }
    }

    /// How typed text was understood, in words.
    fn understood(&self, slot: &Slot, scene: Scene<'_>) -> Option<String> {
        let reading = scene.reading();
        let time = |lean| match typed::understood(&slot.path, &self.draft.text, reading, lean) {
            Understood::One(when) => {
                let said = in_words(&when, reading.now, reading.zone);
                let past = lean == Lean::Future && display::is_past(&when, reading.now);
                Some(if past { words::past(&said) } else { said })
            }
            _ => None,
        };
        match slot.input {
            Input::Time(lean) => time(lean),
            Input::ByWhen if typed::is_none_given(text(&self.draft.text, &slot.path)) => {
                Some(words::NONE_GIVEN.to_owned())
            }
            Input::ByWhen => match typed::working_days(text(&self.draft.text, &slot.path)) {
                Some(days) => counted(days, scene),
                None => time(Lean::Future),
            },
            Input::Date(lean) => {
                let typed = text(&self.draft.text, &slot.path);
                match understand_date_leaning(typed, reading.zone.day(reading.now), lean) {
                    UnderstoodDate::One(day) => Some(display::date(day)),
                    UnderstoodDate::Not { .. } => None,
                }
            }
            Input::Options { .. } => self.leads_to(slot),
            _ => None,
        }
    }

    /// A phrase of ours that says nothing to the next reader. Never for somebody else's words.
    fn remark(&self, slot: &Slot, scene: Scene<'_>) -> Option<String> {
        if let Some(warning) = self.must_not_be_told(slot) {
            return Some(warning);
        }
        let class = match slot.lint? {
            Lint::Own => Class::Own,
            Lint::Observation => Class::Observation,
        };
        scene.edition.vague.point_at(class, text(&self.draft.text, &slot.path)).map(|remark| remark.says)
    }

    /// The calls that are open already about whoever was taken: what is new may belong there.
    fn open_calls(&self, slot: &Slot, scene: Scene<'_>) -> Option<String> {
        let taken = self.taken_at(&slot.path)?;
        // Whoever begins another case from a call knows of that one.
        let from = self.draft.begun.as_ref().map(|begun| begun.case);
        let calls: Vec<String> = taken
            .calls
            .iter()
            .filter(|call| Some(call.case.id) != from)
            .map(|call| {
                let risk = call.case.level.as_ref().map(|level| level.label.to_uppercase());
                let called = display::short(call.called, scene.now, scene.zone);
                words::open_call(
                    &call.case.reference,
                    risk.as_deref().unwrap_or_default(),
                    &called,
                    call.rung.is_some(),
                )
            })
            .collect();
        (!calls.is_empty()).then(|| words::open_calls(&calls, taken.others))
    }

    /// Everybody who must not be told, in a form that writes who was.
    fn not_told(&self) -> String {
        let names = |field: &Field| field.means == Some(Means::ToldName);
        let tells = self.step.fields.iter().any(|field| match &field.kind {
            Kind::Rows { columns, .. } => columns.iter().any(names),
            _ => names(field),
        });
        match near::must_not_be_told(&self.near).as_slice() {
            silent if tells && !silent.is_empty() => words::not_to_be_told(&silent.join(", ")),
            _ => String::new(),
        }
    }

    /// The name of somebody who must not be told, where it is written who was.
    fn must_not_be_told(&self, slot: &Slot) -> Option<String> {
        if slot.input != Input::Near {
            return None;
        }
        let typed = names::fold(text(&self.draft.text, &slot.path));
        // One of the same family who may be told is not warned of.
        let may = |one: &Near| one.do_not_inform.is_none() && names::fold(&one.name) == typed;
        if self.near.iter().any(may) {
            return None;
        }
        let said: Vec<&str> = typed.split_whitespace().filter(|word| word.chars().count() > 1).collect();
        let mut silent = self.near.iter().filter_map(|one| Some((&one.name, one.do_not_inform.as_ref()?)));
        let meant = silent.find(|(name, _)| {
            let name = names::fold(name);
            let of_name = |word: &&str| name.split_whitespace().any(|part| part == *word);
            said.iter().any(of_name)
        });
        meant.map(|(name, why)| words::must_not_be_told(name, why))
    }
}

/// What has to be known of whoever was taken: that it is them, where they live, what everybody must see first.
fn who(taken: &Taken, scene: Scene<'_>) -> String {
    let record = &taken.record;
    let born = record.born.map_or(words::BORN_NOT_KNOWN.to_owned(), |born| {
        let today = scene.zone.day(scene.now);
        words::born(&display::date(born), today.years_since(born).unwrap_or_default())
    });
    // In hospital, missing, died: before anything else that is said of them.
    let whereabouts = record.more.whereabouts.as_ref().map(|at| {
        let since = at.since.as_ref().map(|when| display::short_when(when, scene.now, scene.zone));
        words::whereabouts(&at.label, since.as_deref(), at.detail.as_deref())
    });
    let parts = [whereabouts, Some(born), record.room.clone(), record.place.clone()].into_iter().flatten();
    let parts = parts.chain(record.alerts.iter().cloned()).map(|part| clean::shown(&part).into_owned());
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// The row in which a line stands: the path of its table, and the row's number from 0.
fn row_of(path: &str) -> Option<(&str, usize)> {
    let (table, rest) = path.split_once('.')?;
    let (row, _) = rest.split_once('.')?;
    Some((table, row.parse().ok()?))
}

/// The label of a line away from the form: that of a part says whose part it is.
fn whole_label(slot: &Slot, all: &[Slot]) -> String {
    let whole = slot.path.rsplit_once('.').and_then(|(whole, _)| all.iter().find(|one| one.path == whole));
    whole.map_or_else(|| slot.label.clone(), |whole| words::part_of(&whole.label, &slot.label))
}

/// What a blank is told, beside the line it stands in.
fn asked_for(slot: &Slot) -> &'static str {
    match slot.input {
        Input::Options { .. } => words::STILL_OPEN,
        _ => words::STILL_BLANK,
    }
}

/// Which keys do what in a line, or what can be typed there.
fn keys(slot: &Slot) -> &'static str {
    match &slot.input {
        Input::Line => words::KEYS_LINE,
        Input::Notes => words::KEYS_NOTES,
        Input::Time(Lean::Past) => words::KEYS_TIME,
        Input::Time(Lean::Future) => words::KEYS_TIME_AHEAD,
        Input::ByWhen => words::HINT_BY_WHEN,
        Input::Date(_) => words::HINT_DATE,
        Input::Options { many: true, .. } => words::KEYS_CHOICES,
        Input::Options { many: false, .. } => words::KEYS_CHOICE,
        Input::Record { .. } | Input::Near => words::KEYS_RECORD,
        Input::Fold => words::KEYS_FOLD,
        Input::AddRow(_) => words::KEYS_ADD_ROW,
    }
}
