//! `dutydesk handover`: a shift is handed over, taken line by line, read back, printed; by the same acts as on screen.

use std::path::PathBuf;

use serde_json::json;

use super::arguments::handover::{Answer, Give, Handover, Of};
use super::desk;
use super::failure::{Code, Failure};
use super::{output, record, table};
use crate::domain::act::Act;
use crate::domain::answer::YesNo;
use crate::domain::chance::Chance;
use crate::domain::clean::Clean;
use crate::domain::commitment::Party;
use crate::domain::entry::{Batch, NewEntry, Who};
use crate::domain::handover::{Answered, HandedOver, Line};
use crate::domain::ids::EntryId;
use crate::domain::permission::Viewer;
use crate::domain::time::display;
use crate::domain::views::{HandoverRow, HandoverView};
use crate::domain::words::handover as words;
use crate::insight::handover::{Doer, answered, governance, handed_over, left};
use crate::report::handover::{With, text};
use crate::runtime::{checkpointing, clock, sheets};
use crate::store::{AppendError, Drafts, Store};

pub(super) fn run(office: Option<PathBuf>, asked: &Handover) -> Result<Code, Failure> {
    match asked {
        Handover::Show { which, now, looking } => {
            let desk = desk::look(office, looking)?;
            end_shifts(office_of(&desk.store))?;
            if *now {
                return show_now(&desk, looking.json);
            }
            let id = which_of(&desk.store, &desk.viewer, which.as_deref())?;
            show(&desk, &desk.store.handover(&desk.viewer, id)?, looking.json)
        }
        Handover::List { looking } => {
            let desk = desk::look(office, looking)?;
            end_shifts(office_of(&desk.store))?;
            list(&desk, looking.json)
        }
        Handover::Give(asked) => give(office, asked),
        Handover::Answer(asked) => answer(office, asked),
        Handover::ReadBack { words: said, of } => by_somebody(office, of, |_, view, doer| {
            let act = Act::HandoverReadBack { handover: view.handover.id, words: notes(&said.join(" ")) };
            Ok(one(act, doer))
        }),
        Handover::End { unsatisfactory, governance, note, of } => {
            by_somebody(office, of, |store, view, doer| {
                let satisfactory = if unsatisfactory.is_some() { YesNo::No } else { YesNo::Yes };
                let note = notes(unsatisfactory.as_deref().or(note.as_deref()).unwrap_or_default());
                end(store, view, satisfactory, note, *governance, doer)
            })
        }
        Handover::Leave { of } => by_somebody(office, of, |store, view, doer| {
            left(view, &*store.rota(&Viewer::system(), doer.now)?, doer)
                .ok_or_else(|| Failure::usage(words::NOTHING_WAITS))
        }),
        Handover::Print { of } => print(office, of),
    }
}

fn office_of(store: &Store) -> Option<PathBuf> {
    Some(store.dir().root().to_owned())
}

/// Whoever comes first writes down that a shift has ended.
fn end_shifts(office: Option<PathBuf>) -> Result<(), Failure> {
    let mut store = desk::open(office)?;
    if store.read_only().is_none() {
        store.end_shifts(clock::now())?;
    }
    Ok(())
}

fn give(office: Option<PathBuf>, asked: &Give) -> Result<Code, Failure> {
    let (mut store, now) = (desk::open(office)?, clock::now());
    let (staff, method) = desk::doer(&store, asked.staff.as_deref())?;
    let viewer = store.viewer_for(staff, now)?;
    let to = asked.to.as_deref().map(|said| desk::staff_named(&store, said)).transpose()?;
    let drafts = Drafts::open(store.dir())?.rows(&store, &viewer)?;
    let (shift, lines) = store.handover_lines(&viewer, drafts, now)?;
    let said = HandedOver {
        from: shift.from,
        until: shift.until,
        next: shift.next,
        to: to.map(|row| Party::Staff(row.id)),
        others: line(&asked.others),
        place: line(&asked.place),
        note: notes(&asked.note),
        lines,
    };
    let who = Who { by: staff, typed_by: staff, method };
    let doer = Doer { id: EntryId(clock::SystemChance.uuid()), who, viewer: &viewer, now };
    let counted =
        words::handed_over(said.lines.len(), said.lines.iter().filter(|line| line.is_to_be_taken()).count());
    store.append(&viewer, handed_over(said, doer), now).map_err(in_words)?;
    output::lines([counted])?;
    // It is in the record: that it could not be signed is said, and is no failure of the handover.
    if let Err(why) = checkpointing::sign(&mut store, now) {
        output::complain(&why);
    }
    Ok(Code::Done)
}

fn answer(office: Option<PathBuf>, asked: &Answer) -> Result<Code, Failure> {
    let (said, reason) = match (&asked.refuse, &asked.query) {
        (Some(why), _) => (Answered::Refused, why.as_str()),
        (_, Some(what)) => (Answered::Queried, what.as_str()),
        _ if asked.take => (Answered::Taken, ""),
        _ if asked.read => (Answered::Read, ""),
        _ => return Err(Failure::usage(words::SAY_WHAT)),
    };
    by_somebody(office, &asked.of, |_, view, doer| {
        let line = |number: &usize| {
            let found = number.checked_sub(1).and_then(|at| view.handover.lines.get(at));
            found.map(|handed| handed.line.key.clone()).ok_or_else(|| Failure::usage(words::no_line(*number)))
        };
        let items: Vec<String> = asked.lines.iter().map(line).collect::<Result<_, _>>()?;
        answered(view, &items, said, &notes(reason), doer).map_err(Failure::refused)
    })
}

/// Says how it was; as a governance item, too, where that is asked.
fn end(
    store: &Store,
    view: &HandoverView,
    satisfactory: YesNo,
    note: String,
    as_governance: bool,
    doer: Doer<'_>,
) -> Result<Batch, Failure> {
    let act = Act::HandoverEnd { handover: view.handover.id, satisfactory, note: note.clone() };
    let mut batch = one(act, doer);
    if as_governance {
        let editions = store.editions()?;
        let ended = batch.entries.first();
        let item = ended.and_then(|ended| governance(editions.current(), &note, ended));
        batch.entries.push(item.ok_or_else(|| Failure::refused(words::NO_GOVERNANCE))?);
    }
    Ok(batch)
}

/// Does something to the handover that is named, or to the newest, as whoever asks.
fn by_somebody(
    office: Option<PathBuf>,
    of: &Of,
    act: impl FnOnce(&Store, &HandoverView, Doer<'_>) -> Result<Batch, Failure>,
) -> Result<Code, Failure> {
    end_shifts(office.clone())?;
    let (mut store, now) = (desk::open(office)?, clock::now());
    let (staff, method) = desk::doer(&store, of.staff.as_deref())?;
    let viewer = store.viewer_for(staff, now)?;
    let id = which_of(&store, &viewer, of.which.as_deref())?;
    let view = store.handover(&viewer, id)?;
    let who = Who { by: staff, typed_by: staff, method };
    let doer = Doer { id: EntryId(clock::SystemChance.uuid()), who, viewer: &viewer, now };
    let batch = act(&store, &view, doer)?;
    record::answer(&store.append(&viewer, batch, now).map_err(in_words)?)
}

/// An act has no fields: what is wrong with it is said in one sentence.
fn in_words(error: AppendError) -> Failure {
    match error {
        AppendError::Problems(problems) => {
            Failure::refused(problems.into_iter().map(|problem| problem.says).collect::<Vec<_>>().join("\n"))
        }
        other => other.into(),
    }
}

fn print(office: Option<PathBuf>, of: &Of) -> Result<Code, Failure> {
    let (store, now) = (desk::open(office)?, clock::now());
    let (staff, _) = desk::doer(&store, of.staff.as_deref())?;
    let viewer = store.viewer_for(staff, now)?;
    let id = which_of(&store, &viewer, of.which.as_deref())?;
    let files = sheets::print(&store, &viewer, id, now).map_err(Failure::cannot_write)?;
    output::lines(files.map(|path| path.display().to_string()))?;
    Ok(Code::Done)
}

/// The handover of this number in the list, or of this id; the newest where none is named.
fn which_of(store: &Store, viewer: &Viewer, said: Option<&str>) -> Result<EntryId, Failure> {
    let rows = store.handovers(viewer, None)?;
    let found = match said.map(str::trim) {
        None => rows.first(),
        Some(said) => rows.iter().enumerate().find_map(|(at, row)| {
            (said == (at + 1).to_string() || said == row.id.to_string()).then_some(row)
        }),
    };
    found.map(|row| row.id).ok_or_else(|| Failure::usage(words::NO_SUCH_HANDOVER))
}

fn list(desk: &desk::Desk, as_json: bool) -> Result<Code, Failure> {
    let rows = desk.store.handovers(&desk.viewer, None)?;
    if as_json {
        output::json(&rows)?;
        return Ok(Code::Done);
    }
    let cells = |(at, row): (usize, &HandoverRow)| {
        let stands = words::stands(row.open, row.unanswered, row.unsatisfactory);
        let until = display::stamp(row.until, desk.zone);
        vec![
            (at + 1).to_string(),
            until,
            row.giver_name.clone(),
            words::counts(&row.counts),
            stands.to_owned(),
        ]
    };
    let cells: Vec<Vec<String>> = rows.iter().enumerate().map(cells).collect();
    match cells.is_empty() {
        true => output::lines([words::NOTHING_HANDED_OVER])?,
        false => output::lines(table::lines(&words::HEADS_LIST, &cells, output::width()))?,
    }
    Ok(Code::Done)
}

fn show(desk: &desk::Desk, view: &HandoverView, as_json: bool) -> Result<Code, Failure> {
    if as_json {
        let whole = json!({
            "handover": view.handover, "changed": view.changed, "counts": view.handover.counts(), "names": view.names,
        });
        output::json(&whole)?;
        return Ok(Code::Done);
    }
    let (office, roles) = (desk.store.office()?, desk.store.roles()?);
    let by = desk.store.called(&desk.viewer)?;
    let with = With { office: &office, roles: &roles, zone: desk.zone, now: desk.now, by: &by };
    output::lines(text(view, with).lines())?;
    Ok(Code::Done)
}

/// What would be handed over now, as a sheet that nobody has answered.
fn show_now(desk: &desk::Desk, as_json: bool) -> Result<Code, Failure> {
    let drafts = Drafts::open(desk.store.dir())?.rows(&desk.store, &desk.viewer)?;
    let view = desk.store.handover_now(&desk.viewer, drafts, desk.now)?;
    if as_json {
        let lines: Vec<&Line> = view.handover.lines.iter().map(|handed| &handed.line).collect();
        output::json(&lines)?;
        return Ok(Code::Done);
    }
    show(desk, &view, false)
}

fn one(act: Act, doer: Doer<'_>) -> Batch {
    let entry = NewEntry::of_act(doer.id, None, doer.who, act, doer.now);
    Batch { entries: vec![entry], ..Batch::default() }
}

fn line(text: &str) -> String {
    Clean::line(text).into_string()
}

fn notes(text: &str) -> String {
    Clean::notes(text).into_string()
}
