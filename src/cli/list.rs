//! `dutydesk list`: the queues and registers as a table or as JSON.
//!
//! Pages are followed by key until the limit is reached; what may be seen is the store's question.

mod disposal;
mod handed;
mod locations;
mod office;
mod on_call;
mod options;
mod queues;
mod reviews;
mod shares;
mod signs;
mod tagged;

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Serialize;
use serde_json::{Value, json};

pub(super) use self::signs::note as note_signs;
use super::arguments::{List, What};
use super::desk::{self, Desk};
use super::failure::{Code, Failure};
use super::{output, table};
use crate::domain::case::Level;
use crate::domain::draft::DraftRow;
use crate::domain::names;
use crate::domain::owning::{Offered, Owned};
use crate::domain::time::display;
use crate::domain::views::{
    AfterOwed, CallRow, CaseRow, DoneAlone, MineRow, OwedRow, Page, Queue, RecordRow, ToCountersign,
};
use crate::domain::words::cli as words;
use crate::domain::words::owning::{self as owning_words, a_case};
use crate::domain::words::ui::{self, listed};
use crate::pathway::nearest;
use crate::report::chronology;
use crate::settings;
use crate::store::{CaseFilter, Drafts, Limits, ReadError};

/// Rows asked of the store at a time.
const AT_ONCE: u32 = 200;
/// So many rows are enough for somebody who reads them; a program takes all.
const ON_A_PAGE: u32 = 50;

pub(super) fn run(office: Option<PathBuf>, asked: &List) -> Result<Code, Failure> {
    options::taken(asked)?;
    if asked.what == What::Signs {
        signs::note(office.clone())?;
    }
    let desk = desk::look(office, &asked.looking)?;
    let json = asked.looking.json;
    let limit = asked.limit.unwrap_or(if json { u32::MAX } else { ON_A_PAGE });
    let wanted = Wanted { find: asked.find.as_deref(), limit, json };
    let listed = match asked.what {
        What::Calls => calls(&desk, wanted),
        What::Escalations => owed(&desk, Queue::Escalations, wanted),
        What::Overdue => handed::owed(&desk, Queue::Overdue, wanted, asked),
        What::Owed => handed::owed(&desk, Queue::Owed, wanted, asked),
        What::Visits => office::visits(&desk, wanted, asked),
        What::Tasks => office::tasks(&desk, wanted),
        What::Slips => office::slips(&desk, wanted),
        What::Shares => shares::shares(&desk, wanted, asked),
        What::Providers => office::providers(&desk, wanted),
        What::Mine => mine(&desk, wanted),
        What::Cases => match &asked.tag {
            Some(tag) => tagged::cases(&desk, wanted, (tag, asked)),
            None => cases(&desk, wanted, asked),
        },
        What::People => records(&desk, "people", wanted),
        What::Organisations => records(&desk, "organisations", wanted),
        What::Staff => records(&desk, "staff", wanted),
        What::Locations => locations::locations(&desk, wanted),
        What::Drafts => drafts(&desk, wanted),
        What::Ring => queues::ring(&desk, wanted),
        What::Eyes => queues::eyes(&desk, wanted),
        What::Countersign => to_countersign(&desk, wanted),
        What::Signs => signs::signs(&desk, wanted, asked),
        What::Disposal => disposal::due(&desk, wanted),
        What::Audits => reviews::audits(&desk, wanted),
        What::Reviews => reviews::reviews(&desk, wanted),
        What::Alone => done_alone(&desk, wanted),
        What::Rota => on_call::rota(&desk, asked, wanted),
        What::Oncall => on_call::now(&desk, asked, wanted),
        What::Unconfirmed => on_call::unconfirmed(&desk, wanted),
    };
    if listed.as_ref().is_err_and(|failure| failure.code == Code::Refused) {
        desk.refused(words::LIST, None)?;
    }
    listed.map(|()| Code::Done)
}

/// What is wanted of a list.
#[derive(Clone, Copy)]
struct Wanted<'a> {
    find: Option<&'a str>,
    limit: u32,
    json: bool,
}

impl Wanted<'_> {
    /// Whether a row has all the words in it.
    fn has(&self, cells: &[String]) -> bool {
        let Some(find) = self.find else { return true };
        let row = names::fold(&cells.join(" "));
        names::fold(find).split_whitespace().all(|word| row.contains(word))
    }

    /// Prints the rows, with how many there are in all.
    fn print<T: Serialize>(
        &self,
        heads: &[&str],
        rows: Vec<(T, Vec<String>)>,
        total: u64,
    ) -> Result<(), Failure> {
        let limit = usize::try_from(self.limit).unwrap_or(usize::MAX);
        let rows: Vec<_> = rows.into_iter().filter(|(_, cells)| self.has(cells)).take(limit).collect();
        if self.json {
            return output::json(&rows.iter().map(|(row, _)| row).collect::<Vec<_>>());
        }
        let shown = rows.len() as u64;
        let cells: Vec<Vec<String>> = rows.into_iter().map(|(_, cells)| cells).collect();
        let mut lines = table::lines(heads, &cells, output::width());
        if cells.is_empty() {
            lines = vec![words::NOTHING_LISTED.to_owned()];
        } else if self.find.is_none() && shown < total {
            lines.push(words::shown_of(shown, total));
        }
        output::lines(lines)
    }
}

fn calls(desk: &Desk, wanted: Wanted<'_>) -> Result<(), Failure> {
    let limits = Limits {
        calls: if wanted.find.is_some() { u32::MAX } else { wanted.limit },
        escalations: 0,
        overdue: 0,
    };
    let page = desk.store.board(&desk.viewer, desk.now, limits)?.calls;
    let cells = |row: &CallRow| {
        vec![
            row.reference.clone(),
            display::short_when(&row.called, desk.now, desk.zone),
            risk(row.facts.level.as_ref()),
            subject_or_words(row.subject.as_ref(), &row.said_of),
            row.facts.headline.clone().unwrap_or_default(),
            if row.closed { words::CLOSED.to_owned() } else { next(desk, row) },
        ]
    };
    let rows = page.rows.into_iter().map(|row| (row.clone(), cells(&row))).collect();
    wanted.print(&words::HEADS_CALLS, rows, page.total)?;
    if wanted.json {
        return Ok(());
    }
    // A call that is not in the record is nobody's row: it is said under them.
    let drafts = Drafts::open(desk.store.dir())?.rows(&desk.store, &desk.viewer)?;
    let dropped = drafts.iter().filter(|row| row.is_dropped_call(&desk.clocks, desk.now));
    let said = dropped.map(|row| {
        let age = display::age(row.opened_at, desk.now);
        let parts = [listed::call_not_saved(&age), listed::ring_back(&row.call_back), row.about.clone()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    });
    output::lines(said.collect::<Vec<_>>())
}

fn next(desk: &Desk, row: &CallRow) -> String {
    let missing = (row.missing > 0).then(|| words::missing(row.missing));
    let next = row.next.as_ref().map(|owed| words::next(&owed.what, &desk.clocks.distance(owed, desk.now)));
    [missing, next].into_iter().flatten().collect::<Vec<_>>().join("; ")
}

fn owed(desk: &Desk, queue: Queue, wanted: Wanted<'_>) -> Result<(), Failure> {
    let page = owed_page(desk, queue, wanted)?;
    let rows = page.rows.iter().map(|row| (owed_json(desk, row), owed_cells(desk, row))).collect();
    wanted.print(&words::HEADS_OWED, rows, page.total)
}

fn owed_page(desk: &Desk, queue: Queue, wanted: Wanted<'_>) -> Result<Page<OwedRow>, Failure> {
    pages(wanted, |after: Option<&OwedRow>, limit| {
        let after = after.map(|row| AfterOwed {
            rank: row.rank,
            due: row.commitment.due,
            id: row.commitment.id.clone(),
        });
        desk.store.owed(&desk.viewer, queue, desk.now, after.as_ref(), limit)
    })
}

fn owed_cells(desk: &Desk, row: &OwedRow) -> Vec<String> {
    vec![
        desk.clocks.distance(&row.commitment, desk.now),
        display::short(row.commitment.due, desk.now, desk.zone),
        row.commitment.what.clone(),
        row.obligor.clone(),
        subject_or_words(row.subject.as_ref(), &row.said_of),
        row.reference.clone(),
        risk(row.level.as_ref()),
        row.owner.clone(),
        words::chased(row.commitment.chased),
    ]
}

/// What is offered to whoever looks, and what is theirs; of a restricted record as a stub.
fn mine(desk: &Desk, wanted: Wanted<'_>) -> Result<(), Failure> {
    let limit = if wanted.find.is_some() { u32::MAX } else { wanted.limit };
    let mine = desk.store.mine(&desk.viewer, desk.now, limit)?;
    let total = mine.counts.values().sum();
    let row = |row: &MineRow| {
        let standing = row.standing(desk.now).unwrap_or_default();
        let due = row.owed.as_ref().map(|owed| owed.due);
        let stands_out = |offered: &Offered| desk.clocks.stands_out(offered.at, due, desk.now);
        let unanswered = row.holding.offered.as_ref().is_some_and(stands_out);
        let standing = if unanswered { format!("{}{standing}", owning_words::UNANSWERED) } else { standing };
        let what = match row.what {
            Owned::Case => a_case(&row.words),
            Owned::Owed(_) => row.words.clone(),
        };
        let value = json!({
            "group": row.group, "case": row.reference, "what": row.what, "with": row.with, "words": row.words,
            "about": subject(row.subject.as_ref()), "said_of": row.said_of, "due": due,
            "owner": row.owner_name, "holding": row.holding, "stands": standing, "ask": row.ask,
        });
        let cells = vec![
            row.why().to_owned(),
            row.owed.as_ref().map(|owed| desk.clocks.distance(owed, desk.now)).unwrap_or_default(),
            what,
            subject_or_words(row.subject.as_ref(), &row.said_of),
            row.reference.clone(),
            risk(row.level.as_ref()),
            row.owner_name.clone(),
            standing,
        ];
        (value, cells)
    };
    wanted.print(&words::HEADS_MINE, mine.rows.iter().map(row).collect(), total)
}

fn cases(desk: &Desk, wanted: Wanted<'_>, asked: &List) -> Result<(), Failure> {
    let editions = desk.store.editions()?;
    let edition = editions.current();
    let cases = edition.pathways.values().filter(|pathway| !pathway.register);
    if let Some(id) = asked.pathway.as_deref()
        && edition.pathway(id).is_none_or(|pathway| pathway.register)
    {
        let known: Vec<&str> = cases.map(|pathway| pathway.id.as_str()).collect();
        return Err(Failure::usage(words::no_such_pathway(id, nearest(id, known.iter().copied()), &known)));
    }
    let closed = asked.open.then_some(false);
    let filter = CaseFilter { pathway: asked.pathway.clone(), closed, ..CaseFilter::default() };
    let page = pages(wanted, |after: Option<&CaseRow>, limit| {
        desk.store.cases(&desk.viewer, &filter, after.map(|row| row.id), limit)
    })?;
    let cells = |row: &CaseRow| {
        let next = row.next.as_ref();
        let next = next.map(|next| words::next(&next.what, &desk.clocks.distance(next, desk.now)));
        vec![
            row.reference.clone(),
            row.kind.clone(),
            display::short(row.opened_at, desk.now, desk.zone),
            risk(row.level.as_ref()),
            subject_or_words(row.subject.as_ref(), &row.said_of),
            row.headline.clone().unwrap_or_default(),
            next.unwrap_or_default(),
        ]
    };
    let (own, faults) = settings::measures::own(&desk.store.dir().config());
    faults.iter().for_each(|fault| output::complain(&fault.to_string()));
    let definitions = own.as_ref().unwrap_or_else(|| settings::measures::shipped());
    // Found by more than what stands in the row.
    let found_by = match wanted.find {
        Some(_) => desk.store.known_by(&desk.viewer, definitions, &page.rows)?,
        None => BTreeMap::new(),
    };
    let is_found = |row: &CaseRow| {
        let beside = found_by.get(&row.id).into_iter().flatten().cloned();
        wanted.has(&cells(row).into_iter().chain(beside).collect::<Vec<_>>())
    };
    let rows = page.rows.into_iter().filter(|row| is_found(row));
    let rows: Vec<_> = rows.map(|row| (row.clone(), cells(&row))).collect();
    let total = if wanted.find.is_some() { rows.len() as u64 } else { page.total };
    Wanted { find: None, ..wanted }.print(&words::HEADS_CASES, rows, total)
}

fn records(desk: &Desk, register: &str, wanted: Wanted<'_>) -> Result<(), Failure> {
    let page = match wanted.find {
        Some(typed) => {
            let rows = desk.store.find(&desk.viewer, register, typed, wanted.limit)?;
            Page { total: rows.len() as u64, rows }
        }
        // The staff list is there for everyone: it is how one says who one is.
        None if register == "staff" => {
            let rows = desk.store.staff_with_roles()?;
            Page { total: rows.len() as u64, rows }
        }
        None => pages(wanted, |after: Option<&RecordRow>, limit| {
            desk.store.records(&desk.viewer, register, after.map(|row| row.id), limit)
        })?,
    };
    let cells = |row: &RecordRow| {
        vec![
            row.name.clone(),
            row.born.map(display::date).unwrap_or_default(),
            row.nhs.as_deref().map(words::nhs_spaced).unwrap_or_default(),
            row.place.clone().unwrap_or_default(),
            row.room.clone().unwrap_or_default(),
            row.phone.clone().unwrap_or_default(),
            if register == "staff" { row.more.roles.join(", ") } else { row.alerts.join(", ") },
        ]
    };
    let rows: Vec<_> = page.rows.into_iter().map(|row| (row.clone(), cells(&row))).collect();
    // What is first to be seen of a member of staff is what they may do.
    let mut heads = words::HEADS_RECORDS;
    if let (Some(last), "staff") = (heads.last_mut(), register) {
        *last = words::HEAD_ROLES;
    }
    // The store has found them already, by more than is shown.
    Wanted { find: None, ..wanted }.print(&heads, rows, page.total)
}

fn drafts(desk: &Desk, wanted: Wanted<'_>) -> Result<(), Failure> {
    let rows = Drafts::open(desk.store.dir())?.rows(&desk.store, &desk.viewer)?;
    let staff = desk.store.staff()?;
    let cells = |row: &DraftRow| {
        let whose = staff.iter().find(|one| Some(one.id) == row.staff);
        vec![
            row.step.clone(),
            whose.map(|one| one.name.clone()).unwrap_or_default(),
            display::age(row.opened_at, desk.now),
            display::short(row.kept_at, desk.now, desk.zone),
            row.about.clone(),
            row.call_back.clone(),
        ]
    };
    let total = rows.len() as u64;
    let rows = rows.into_iter().map(|row| (row.clone(), cells(&row))).collect();
    wanted.print(&words::HEADS_DRAFTS, rows, total)
}

/// What waits for whoever looks, with the number under which they agree to it.
fn to_countersign(desk: &Desk, wanted: Wanted<'_>) -> Result<(), Failure> {
    let rows = desk.store.to_countersign(&desk.viewer, desk.now)?;
    let editions = desk.store.editions()?;
    let total = rows.len() as u64;
    let row = |row: &ToCountersign| {
        let waits = chronology::waiting(&editions, desk.zone, &row.entry);
        let value = json!({
            "entry": row.entry.id, "seq": row.entry.seq, "case": row.reference, "about": subject(row.about.as_ref()),
            "what": row.title, "waits": waits, "by": row.by, "recorded_at": row.entry.recorded_at,
        });
        let cells = vec![
            row.entry.seq.to_string(),
            display::short(row.entry.recorded_at, desk.now, desk.zone),
            row.reference.clone(),
            subject(row.about.as_ref()),
            row.title.clone(),
            waits.join("; "),
            row.by.clone(),
        ];
        (value, cells)
    };
    wanted.print(&words::HEADS_COUNTERSIGN, rows.iter().map(row).collect(), total)
}

fn done_alone(desk: &Desk, wanted: Wanted<'_>) -> Result<(), Failure> {
    let rows = desk.store.done_alone(&desk.viewer, wanted.limit)?;
    let total = rows.len() as u64;
    let row = |row: &DoneAlone| {
        let value = json!({
            "entry": row.entry.id, "seq": row.entry.seq, "case": row.reference, "about": subject(row.about.as_ref()),
            "what": row.title, "by": row.by, "why": row.why, "recorded_at": row.entry.recorded_at,
        });
        let cells = vec![
            row.entry.seq.to_string(),
            display::short(row.entry.recorded_at, desk.now, desk.zone),
            subject(row.about.as_ref()),
            row.title.clone(),
            row.by.clone(),
            row.why.clone(),
        ];
        (value, cells)
    };
    wanted.print(&words::HEADS_ALONE, rows.iter().map(row).collect(), total)
}

/// A row of what is owed; of a restricted record its clock, its owner and whom to ask, and not even an id.
fn owed_json(desk: &Desk, row: &OwedRow) -> Value {
    let owed = &row.commitment;
    let mut value = match &row.ask {
        None => json!(row),
        Some(ask) => json!({ "ask": ask, "what": owed.what, "due": owed.due, "owner": row.owner }),
    };
    value["state"] = json!(desk.clocks.state(owed, desk.now));
    value
}

/// Follows the pages of a list: to the limit, or to the end where rows are still to be looked through.
fn pages<T: Clone>(
    wanted: Wanted<'_>,
    mut page: impl FnMut(Option<&T>, u32) -> Result<Page<T>, ReadError>,
) -> Result<Page<T>, Failure> {
    let most = if wanted.find.is_some() { u32::MAX } else { wanted.limit };
    let mut all = Page::default();
    loop {
        let left = most.saturating_sub(u32::try_from(all.rows.len()).unwrap_or(u32::MAX));
        if left == 0 {
            return Ok(all);
        }
        let asked = left.min(AT_ONCE);
        let next = page(all.rows.last(), asked)?;
        let is_last = next.rows.len() < usize::try_from(asked).unwrap_or(usize::MAX);
        all.total = next.total;
        all.rows.extend(next.rows);
        if is_last {
            return Ok(all);
        }
    }
}

fn subject(row: Option<&RecordRow>) -> String {
    row.map(|row| row.name.clone()).unwrap_or_default()
}

/// The name, or the words that were typed in its place where nobody on record was taken.
pub(super) fn subject_or_words(row: Option<&RecordRow>, said: &str) -> String {
    if row.is_none() && !said.is_empty() { ui::in_words(said) } else { subject(row) }
}

fn risk(level: Option<&Level>) -> String {
    level.map(|level| level.label.to_uppercase()).unwrap_or_default()
}
