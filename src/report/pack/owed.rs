//! What is and was owed in a case: promises of others against when they were kept, with the ladder of chases; interim
//! controls and when they were looked at; reviews and own actions against their time.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::Cell;
use crate::domain::answer::YesNo;
use crate::domain::case::{EntryMark, Milestone};
use crate::domain::commitment::{Commitment, DueRule, Party, Progress, first_given};
use crate::domain::measure::{Ending, Outcome};
use crate::domain::time::display;
use crate::domain::views::party_name;
use crate::domain::words::pack as words;
use crate::pathway::due::told;
use crate::report::chronology::Telling;

/// How something owed stands to its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kept {
    InTime,
    Late,
    OpenLate,
    Open,
    /// Refused; a promise that is.
    Refused,
    /// Refused, no longer wanted, or gone on elsewhere.
    Other,
    /// A promise without a time: nothing that it could be held against.
    Untimed,
}

/// Something owed, for tables and sums.
pub(super) struct Line<'a> {
    pub owed: &'a Commitment,
    pub table: &'static str,
    /// By the time that stands now.
    pub kept: Kept,
    /// As it is counted: a promise by the time that was first given, as the measures do, however often it was chased since.
    pub counted: Kept,
    /// The time that it is counted by.
    pub due: DateTime<Utc>,
    pub who: String,
    pub said: String,
    /// The number of the entry that settled it, otherwise of the one that opened it.
    pub entry: Option<u64>,
    /// When it was settled.
    pub settled_at: Option<DateTime<Utc>>,
    opened: Option<&'a EntryMark>,
}

impl Line<'_> {
    /// Whether it is still to be done.
    pub(super) fn is_open(&self) -> bool {
        matches!(self.kept, Kept::Open | Kept::OpenLate)
    }
}

/// All that is and was owed in a case, each at its last rung.
pub(super) fn lines(with: Telling<'_>) -> Vec<Line<'_>> {
    let state = &with.view.state;
    let stands = |one: &&Commitment| {
        let newer = one.superseded_by.as_ref();
        newer.is_none_or(|newer| !state.commitments.iter().any(|other| other.id == *newer))
    };
    state.commitments.iter().filter(stands).map(|owed| line(with, owed)).collect()
}

fn line<'a>(with: Telling<'a>, owed: &'a Commitment) -> Line<'a> {
    let mark = |id| with.view.state.entries.iter().find(|mark| mark.id == id);
    let settled = owed.settled_by.and_then(mark);
    let (kept, mut said) = kept(with, owed, settled);
    let opened = mark(owed.opened_by);
    let table = match &owed.obligor {
        _ if owed.control == YesNo::Yes => words::CONTROLS.id,
        Party::Outside(_) => words::PROMISES.id,
        _ if looks_back(with, owed) => words::REVIEWS.id,
        _ => words::ACTIONS.id,
    };
    let entry = settled.or(opened).map(|mark| mark.seq);
    let settled_at = settled.map(|mark| mark.occurred.at);
    let (mut counted, mut due) = (kept, owed.due);
    if table == words::PROMISES.id {
        let first = first_due(with, owed);
        due = first.unwrap_or(owed.due);
        counted = promised(owed, first, settled_at.unwrap_or(with.now), with.now);
        let is_after = matches!((kept, counted), (Kept::InTime, Kept::Late) | (Kept::Open, Kept::OpenLate));
        if is_after {
            said = words::by_newest(&said, &far(due, settled_at.unwrap_or(with.now)));
        }
    }
    Line { owed, table, kept, counted, due, who: party(with, &owed.obligor), said, entry, settled_at, opened }
}

/// The time that was first given for a promise; none where none ever was.
fn first_due(with: Telling<'_>, owed: &Commitment) -> Option<DateTime<Utc>> {
    let chain = told::chain(&with.view.state, &owed.id, |_| String::new()).chain;
    first_given(chain.iter().rev().map(|rung| {
        let is_timed = matches!(rung.commitment.rule, DueRule::Promised | DueRule::PromisedWithin(_));
        (rung.commitment.due, is_timed, rung.commitment.chased)
    }))
}

/// How a promise stands to the time that was first given. What goes on elsewhere is counted there; without a time there is
/// nothing that it could be held against.
fn promised(
    owed: &Commitment,
    first: Option<DateTime<Utc>>,
    until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Kept {
    let ending = match owed.progress {
        Progress::Superseded => return Kept::Other,
        Progress::Confirmed => Some(Ending::Done),
        Progress::Refused => Some(Ending::Refused),
        Progress::Cancelled => Some(Ending::Cancelled),
        Progress::Requested | Progress::Accepted | Progress::Reported => None,
    };
    let Some(due) = first else {
        return if ending == Some(Ending::Cancelled) { Kept::Other } else { Kept::Untimed };
    };
    let ended = ending.map(|ending| (ending, until.timestamp_millis()));
    match Outcome::of(due.timestamp_millis(), ended, now.timestamp_millis()) {
        Outcome::Kept => Kept::InTime,
        Outcome::Late => Kept::Late,
        Outcome::Never if ending == Some(Ending::Refused) => Kept::Refused,
        Outcome::Never => Kept::OpenLate,
        Outcome::Open => Kept::Open,
        Outcome::CalledOff => Kept::Other,
    }
}

/// Whether the step that settles it is one by which the case is looked back on, or it comes round.
fn looks_back(with: Telling<'_>, owed: &Commitment) -> bool {
    let step = owed.step.as_deref().map(|step| step.rsplit('.').next().unwrap_or(step));
    let pathway = with.editions.current().pathway(&with.view.state.pathway);
    let reviews = step
        .zip(pathway)
        .and_then(|(step, pathway)| pathway.step(step))
        .is_some_and(|step| step.milestones.iter().any(|(milestone, _)| *milestone == Milestone::Reviewed));
    reviews || owed.every.is_some()
}

fn kept(with: Telling<'_>, owed: &Commitment, settled: Option<&EntryMark>) -> (Kept, String) {
    let length = |to: DateTime<Utc>| far(owed.due, to);
    let when = settled.map(|mark| display::when(&mark.occurred, with.zone)).unwrap_or_default();
    match owed.progress {
        Progress::Confirmed => {
            let late = settled.filter(|mark| mark.occurred.at > owed.due && owed.eased().is_none());
            let late = late.map(|mark| length(mark.occurred.at)).filter(|late| !late.is_empty());
            let kept = if late.is_some() { Kept::Late } else { Kept::InTime };
            (kept, words::done(&when, late.as_deref()))
        }
        Progress::Refused => (Kept::Other, said_at(words::REFUSED, &when)),
        Progress::Cancelled => (Kept::Other, said_at(words::CANCELLED, &when)),
        Progress::Superseded => (Kept::Other, words::GOES_ON.to_owned()),
        Progress::Requested | Progress::Accepted | Progress::Reported => {
            let late = (with.now > owed.due && owed.eased().is_none()).then(|| length(with.now));
            let kept = if late.is_some() { Kept::OpenLate } else { Kept::Open };
            (kept, words::stands(owed.progress, late.as_deref()))
        }
    }
}

/// How long after its time: in hours and minutes, from two days on in days.
pub(super) fn far(due: DateTime<Utc>, at: DateTime<Utc>) -> String {
    if at - due < TimeDelta::days(2) { display::length(due, at) } else { display::age(due, at) }
}

fn said_at(what: &str, when: &str) -> String {
    [what, when].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// The row that it makes in its table.
pub(super) fn row(with: Telling<'_>, line: &Line<'_>, into: &mut BTreeMap<&'static str, Vec<Vec<Cell>>>) {
    let owed = line.owed;
    let case = Cell::said(&with.view.reference);
    let what = Cell::said(&owed.what);
    let due = Cell::at(owed.due, with.zone);
    let is_gap = matches!(line.kept, Kept::OpenLate);
    let kept = Cell { gap: is_gap, ..Cell::said(&line.said) };
    let entry = line.entry.map(Cell::entry).unwrap_or_default();
    let cells = match line.table {
        id if id == words::PROMISES.id => {
            let said = line.opened.map(|mark| Cell::when(&mark.occurred, with.zone)).unwrap_or_default();
            vec![
                case,
                Cell::said(&line.who),
                what,
                said,
                by_when(with, owed),
                kept,
                Cell::said(ladder(with, owed)),
                entry,
            ]
        }
        id if id == words::CONTROLS.id => {
            vec![case, what, Cell::at(owed.started, with.zone), due, kept, entry]
        }
        _ => vec![case, what, Cell::said(&line.who), due, kept, entry],
    };
    into.entry(line.table).or_default().push(cells);
}

/// The row that it makes among what an organisation has to do; none where that is done with.
pub(super) fn to_do(with: Telling<'_>, line: &Line<'_>) -> Option<Vec<Cell>> {
    if !line.is_open() {
        return None;
    }
    let said = line.opened.map(|mark| Cell::when(&mark.occurred, with.zone)).unwrap_or_default();
    let stands = Cell { gap: line.kept == Kept::OpenLate, ..Cell::said(&line.said) };
    let cells = [said, by_when(with, line.owed), stands, line.entry.map(Cell::entry).unwrap_or_default()];
    Some([&line.owed.what, &with.view.reference].into_iter().map(Cell::said).chain(cells).collect())
}

/// By when it is owed; that no time was given, and why, where that is so.
fn by_when(with: Telling<'_>, owed: &Commitment) -> Cell {
    match &owed.rule {
        DueRule::NoneGiven { why, .. } => {
            let chase = display::stamp(owed.due, with.zone);
            Cell { at: Some(owed.due), ..Cell::said(words::no_time(why.trim(), &chase)) }
        }
        _ => Cell::at(owed.due, with.zone),
    }
}

/// How often it was chased, with each time that was given before.
fn ladder(with: Telling<'_>, owed: &Commitment) -> String {
    let why = told::chain(&with.view.state, &owed.id, |_| String::new());
    let mut rungs: Vec<String> = why
        .chain
        .iter()
        .skip(1)
        .map(|rung| {
            let ended = rung.ended_at.map(|at| display::stamp(at, with.zone));
            words::rung(&display::stamp(rung.commitment.due, with.zone), ended.as_deref())
        })
        .collect();
    rungs.reverse();
    let last = owed.last_chased.map(|at| display::stamp(at, with.zone));
    words::chased(owed.chased, last.as_deref(), &rungs)
}

/// Who a party is, by name or title.
pub(super) fn party(with: Telling<'_>, party: &Party) -> String {
    let roles = &with.editions.current().roles;
    party_name(party, |id| with.view.names.get(&id).cloned(), |role| roles.title(role).to_owned())
}
