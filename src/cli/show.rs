//! `dutydesk show`: a case with banner, chronology, what is owed and the four sources; or a person.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::arguments::Show;
use super::desk::{self, Desk};
use super::failure::{Code, Failure};
use super::output;
use crate::domain::access::{How, Look};
use crate::domain::answer::{When, YesNo};
use crate::domain::clean::Clean;
use crate::domain::commitment::{Commitment, Party};
use crate::domain::entry::Said;
use crate::domain::ids::CaseId;
use crate::domain::owning::{Holding, Owned, in_words};
use crate::domain::time::{Zone, display};
use crate::domain::views::{
    CaseView, Merged, OwedRow, PersonView, RecordRow, SignRow, Whereabouts, party_name,
};
use crate::domain::words::{cli as words, clocks, signs as sign_words, tags as tag_words, ui};
use crate::pathway::due::told;
use crate::pathway::edition::Editions;
use crate::pathway::{due, show, tags, triangulation};
use crate::report::chronology::{self, Telling};
use crate::store::{Access, ReadError};

/// People found by a name are listed up to this many.
const CANDIDATES: u32 = 12;

pub(super) fn run(office: Option<PathBuf>, asked: &Show) -> Result<Code, Failure> {
    let desk = desk::look(office, &asked.looking)?;
    let which = Clean::line(&asked.which);
    match desk.store.case_by_reference(&desk.viewer, &which) {
        Ok(id) => case(&desk, id, asked.looking.json),
        Err(ReadError::NotFound) => match person_named(&desk, &which) {
            Ok(id) => noted(&desk, id, person(&desk, id, asked.looking.json)),
            Err(failure) => {
                // Nothing is said of a record that is there and not theirs, but that it was asked for is noted.
                if let Ok(id) = desk.store.beyond_reach(&desk.viewer, &which) {
                    desk.refused(words::SHOW, Some(id))?;
                }
                Err(failure)
            }
        },
        Err(error) => {
            let failure = Failure::from(error);
            if failure.code == Code::Refused {
                desk.refused(words::SHOW, None)?;
            }
            Err(failure)
        }
    }?;
    Ok(Code::Done)
}

/// A look that was refused is on record too.
fn noted(desk: &Desk, id: CaseId, shown: Result<(), Failure>) -> Result<(), Failure> {
    if shown.as_ref().is_err_and(|failure| failure.code == Code::Refused) {
        desk.refused(words::SHOW, Some(id))?;
    }
    shown
}

pub(super) fn person_named(desk: &Desk, said: &str) -> Result<CaseId, Failure> {
    if let Ok(id) = said.parse() {
        return Ok(id);
    }
    let found = desk.store.find(&desk.viewer, "people", said, CANDIDATES)?;
    match found.as_slice() {
        [one] => Ok(one.id),
        [] => Err(Failure::usage(words::nothing_called(said))),
        several => Err(Failure::usage(words::which_record(said, &candidates(several)))),
    }
}

/// Records told apart: name, birth, NHS number, place and room, then the id that names one of them.
pub(super) fn candidates(rows: &[RecordRow]) -> Vec<String> {
    rows.iter().map(|row| format!("{}  {}", identity(row), row.id)).collect()
}

fn identity(row: &RecordRow) -> String {
    let parts = [
        Some(row.name.clone()),
        row.born.map(|born| words::born(&display::date(born))),
        row.more.gender.clone(),
        row.nhs.as_deref().map(words::nhs),
        row.place.clone(),
        row.room.clone(),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// A look at somebody's record is itself on record.
fn looked(desk: &Desk, subject: Option<CaseId>, case: Option<CaseId>) -> Result<(), Failure> {
    let Some(subject) = subject else { return Ok(()) };
    let look = Look { staff: desk.viewer.staff, subject, case, how: How::Open, detail: None, at: desk.now };
    Ok(Access::open(desk.store.dir())?.record(&[look])?)
}

fn case(desk: &Desk, id: CaseId, as_json: bool) -> Result<(), Failure> {
    let view = desk.store.case(&desk.viewer, id, desk.now)?;
    let editions = desk.store.editions()?;
    let with = Telling { editions: &editions, view: &view, zone: desk.zone, now: desk.now };
    // A case in which nobody is observed, a meeting, an arrangement, has no such sources to be missed.
    let now = editions.current().pathways.get(&view.state.pathway);
    let sources = match now.is_none_or(|pathway| pathway.observes()) {
        true => triangulation::triangulate(&view.state, &desk.zone).to_vec(),
        false => Vec::new(),
    };
    looked(desk, view.state.subject, Some(id))?;
    let missing: usize = view.chronology.iter().map(|told| told.missing.len()).sum();
    if as_json {
        // What was sealed when it was written down stays so, whatever the definitions say by now.
        let written = view.chronology.iter().filter_map(|told| match &told.entry.said {
            Said::Step(said) => editions.step(said),
            Said::Act(_) | Said::Stub(_) => None,
        });
        let steps = now.into_iter().flat_map(|pathway| &pathway.steps).chain(written);
        let fields: Vec<_> = steps.flat_map(|step| step.fields.clone()).collect();
        let mut facts = view.state.facts.clone();
        facts.record = show::unsealed(&fields, &facts.record);
        let numbered = view.state.commitments.iter().enumerate();
        let owed =
            numbered.map(|(at, owed)| owed_json(desk, (&editions, &view), at + 1, owed)).collect::<Vec<_>>();
        return output::json(&json!({
            "reference": view.reference,
            "id": view.state.id,
            "pathway": view.state.pathway,
            "state": view.state.state,
            "closed": view.state.closed,
            "version": view.state.version,
            "owner": view.state.holding(&Owned::Case).map(|(owner, _)| party(desk, &view, owner)),
            "holding": view.state.holding(&Owned::Case).map(|(_, holding)| holding),
            "subject": view.subject,
            "facts": facts,
            "elsewhere": view.elsewhere.iter().map(|one| json!({
                "case": one.reference, "entry": chronology::json(with, &one.told),
            })).collect::<Vec<_>>(),
            "chronology": view.chronology.iter().map(|told| chronology::json(with, told)).collect::<Vec<_>>(),
            "owed": owed,
            "missing": missing,
            "sources": sources,
            "tags": tags::of_case(editions.current(), &view.state),
            "others": view.others,
            "merged": view.merged,
            "signs": view.signs,
        }));
    }
    let mut lines = banner(view.subject.as_ref(), desk.zone);
    lines.extend(view.merged.iter().map(|merged| {
        let on = display::stamp(merged.at, desk.zone);
        ui::merged_into(&merged.reference, &merged.name, &on, &merged.by, &merged.reason)
    }));
    lines.push(words::case_head(
        &view.reference,
        editions.current().pathway_title(&view.state.pathway),
        view.state.facts.level.as_ref(),
        view.state.facts.headline.as_deref(),
        view.state.closed,
    ));
    if let Some((owner, holding)) = view.state.holding(&Owned::Case) {
        lines.push(words::with(&party(desk, &view, owner)));
        lines.extend(standing(desk, &view, holding).map(|said| words::stands(&said)));
    }
    let levels = view.state.facts.escalated.iter();
    lines.extend(levels.map(|(level, when)| words::escalated(level, &display::when(when, desk.zone))));
    let tagged = tags::of_case(editions.current(), &view.state);
    if !tagged.is_empty() {
        let titles: Vec<&str> = tagged.iter().map(|one| editions.current().tags.title(&one.tag)).collect();
        lines.push(tag_words::shows(&titles));
    }
    lines.extend(words::heading(words::CHRONOLOGY));
    let own = view.chronology.iter().map(|told| (told, None));
    let elsewhere = view.elsewhere.iter().map(|one| (&one.told, Some(&one.reference)));
    let mut all: Vec<_> = own.chain(elsewhere).collect();
    all.sort_by_key(|(told, _)| (told.occurred.at, told.entry.seq));
    for (told, of) in all {
        lines.extend(of.map(|of| words::stands_in(of)));
        lines.extend(chronology::lines(with, told));
    }
    lines.extend(words::heading(words::OWED));
    let open: Vec<String> = view
        .state
        .commitments
        .iter()
        .enumerate()
        .filter(|(_, owed)| owed.progress.is_open())
        .flat_map(|(at, owed)| {
            let why = why(desk, &editions, &view, owed).into_iter().map(|line| words::why_then(&line));
            let seen = owed.acknowledged.iter().map(|seen| {
                let who = view.names.get(&seen.by).map_or("", String::as_str);
                words::why_then(&clocks::seen_by(who, &display::short(seen.at, desk.now, desk.zone)))
            });
            let stands = standing(desk, &view, &owed.holding).map(|said| words::stands(&said));
            std::iter::once(commitment(desk, &view, at + 1, owed))
                .chain(stands)
                .chain(why)
                .chain(seen)
                .collect::<Vec<_>>()
        })
        .collect();
    lines.extend(if open.is_empty() { vec![words::NOTHING_OWED.to_owned()] } else { open });
    lines.extend(signs(desk, &view.signs));
    lines.extend(sources.first().into_iter().flat_map(|_| words::heading(words::SOURCES)));
    for source in &sources {
        let at = source.at.map(|when| display::when(&when, desk.zone));
        lines.push(words::source(source.title, at.as_deref(), &source.note, &source.gap));
    }
    let facts = &view.state.facts;
    if let Some((who, when)) = &facts.seen {
        lines.push(words::seen_by(who, &display::when(when, desk.zone)));
    }
    if let Some((who, when)) = &facts.sees_next {
        lines.push(words::sees_next(who, when.map(|when| display::when(&when, desk.zone)).as_deref()));
    }
    if missing > 0 {
        lines.push(words::missing(u32::try_from(missing).unwrap_or(u32::MAX)));
    }
    if !view.others.is_empty() {
        lines.extend(words::heading(words::OTHERS));
        lines.extend(view.others.iter().map(|row| words::other(&row.reference, row.headline.as_deref())));
    }
    output::lines(lines)
}

/// Warning signs about it, each with what was answered or with whom it waits.
fn signs(desk: &Desk, signs: &[SignRow]) -> Vec<String> {
    let short = |at| display::short(at, desk.now, desk.zone);
    let heading = signs.first().into_iter().flat_map(|_| words::heading(sign_words::HEADING));
    let rows = signs.iter().flat_map(|sign| {
        let title = sign_words::on_a_line(&sign.title, &sign.words);
        let stands = match &sign.answered {
            Some(one) => sign_words::answered(one.answer, &one.words, &one.by, &short(one.at)),
            None => sign_words::waits(&short(sign.since), &sign.owner),
        };
        [words::sign(sign_words::severity(sign.severity), &title), words::why_then(&stands)]
    });
    heading.chain(rows).collect()
}

/// Who owes or sees to it, by name or title.
fn party(desk: &Desk, view: &CaseView, party: &Party) -> String {
    let title = |role: &str| {
        desk.store.roles().map_or_else(|_| role.to_owned(), |roles| roles.title(role).to_owned())
    };
    party_name(party, |id| view.names.get(&id).cloned(), title)
}

/// How something stands between its owner and others.
fn standing(desk: &Desk, view: &CaseView, holding: &Holding) -> Option<String> {
    let role = |role: &str| party(desk, view, &Party::Role(role.to_owned()));
    in_words(holding, desk.now, |id| view.names.get(&id).cloned(), role)
}

/// What is or was owed as it is stored, with what the text says of it in words.
fn owed_json(
    desk: &Desk,
    (editions, view): (&Editions, &CaseView),
    number: usize,
    owed: &Commitment,
) -> Value {
    let mut value = json!(owed);
    value["number"] = json!(number);
    value["owed_by"] = json!(party(desk, view, &owed.obligor));
    value["seen_to_by"] = json!(party(desk, view, &owed.owner));
    value["how_due"] = json!(due::explained(&owed.rule, desk.zone));
    value["why"] = json!(why(desk, editions, view, owed));
    let state = desk.clocks.state(owed, desk.now);
    value["late"] = json!(owed.progress.is_open() && state.is_late());
    if owed.progress.is_open() {
        value["state"] = json!(state);
    }
    value
}

/// Why it is due when it is, in full.
fn why(desk: &Desk, editions: &Editions, view: &CaseView, owed: &Commitment) -> Vec<String> {
    let chain = told::chain(&view.state, &owed.id, |owed| party(desk, view, &owed.obligor));
    told::reasons(&chain, editions, desk.zone)
}

fn commitment(desk: &Desk, view: &CaseView, number: usize, owed: &Commitment) -> String {
    words::owed(
        number,
        &owed.what,
        &desk.clocks.distance(owed, desk.now),
        &display::stamp(owed.due, desk.zone),
        &party(desk, view, &owed.obligor),
        &party(desk, view, &owed.owner),
        owed.chased,
        owed.control == YesNo::Yes,
    )
}

/// Where somebody is, since and until when.
fn whereabouts(at: &Whereabouts, zone: Zone) -> String {
    let time = |when: &When| display::when(when, zone);
    let (since, until) = (at.since.as_ref().map(time), at.until.as_ref().map(time));
    words::whereabouts(&at.label, at.detail.as_deref(), since.as_deref(), until.as_deref())
}

fn banner(row: Option<&RecordRow>, zone: Zone) -> Vec<String> {
    let Some(row) = row else { return Vec::new() };
    let mut lines = vec![identity(row)];
    lines.extend(row.more.whereabouts.as_ref().map(|at| whereabouts(at, zone)));
    if !row.more.must_not_be_told.is_empty() {
        lines.push(words::must_not_be_told(&row.more.must_not_be_told.join(", ")));
    }
    if !row.more.may_be_told.is_empty() {
        lines.push(words::may_be_told(&row.more.may_be_told.join(", ")));
    }
    if !row.alerts.is_empty() {
        lines.push(words::alerts(&row.alerts.join("; ")));
    }
    lines
}

fn person(desk: &Desk, id: CaseId, as_json: bool) -> Result<(), Failure> {
    let view = desk.store.person(&desk.viewer, id, desk.now)?;
    let PersonView { record, cases, owed, moved, merged, duplicates, signs: about } = view;
    looked(desk, Some(id), None)?;
    if as_json {
        return output::json(&json!({
            "record": record, "cases": cases, "owed": owed, "moved": moved, "merged": merged, "duplicates": duplicates,
            "signs": about,
        }));
    }
    let mut lines = banner(Some(&record), desk.zone);
    let on = |merged: &Merged| display::stamp(merged.at, desk.zone);
    lines.extend(merged.iter().map(|merged| {
        ui::merged_into(&merged.reference, &merged.name, &on(merged), &merged.by, &merged.reason)
    }));
    lines.extend(duplicates.iter().map(|merged| {
        ui::merged_here(
            &format!("{} {}", merged.reference, merged.name),
            &on(merged),
            &merged.by,
            &merged.reason,
        )
    }));
    if merged.is_some() {
        return output::lines(lines);
    }
    lines.extend(words::heading(words::CASES));
    lines.extend(cases.iter().map(|row| {
        words::case_head(&row.reference, "", row.level.as_ref(), row.headline.as_deref(), row.closed)
    }));
    lines.extend(words::heading(words::OWED));
    lines.extend(owed.iter().enumerate().map(|(at, row)| owed_row(desk, at + 1, row)));
    lines.extend(signs(desk, &about));
    lines.extend(moved.iter().map(|moved| words::moved(&display::stamp(moved.at, desk.zone), moved)));
    output::lines(lines)
}

fn owed_row(desk: &Desk, number: usize, row: &OwedRow) -> String {
    let owed = &row.commitment;
    words::owed(
        number,
        &owed.what,
        &desk.clocks.distance(owed, desk.now),
        &display::stamp(owed.due, desk.zone),
        &row.obligor,
        &row.owner,
        owed.chased,
        owed.control == YesNo::Yes,
    )
}
