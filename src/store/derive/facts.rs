//! The rows of facts that measures sum over, made of a case's state alone, and brought into their tables: only what
//! differs from what stood there is written. They stand in the order of time, so that a year is read in one go.
//!
//! What is made of them is left to [`crate::insight::measures`], who may read them to [`crate::store::scope`].

use rusqlite::{Connection, params};

use super::pathway_of;
use super::write::raw;
use crate::domain::answer::{Answer, Precision, When, YesNo};
use crate::domain::case::{CaseState, Milestone};
use crate::domain::commitment::{Commitment, DueRule, Progress};
use crate::domain::ids::{CaseId, CommitmentId, EntryId};
use crate::domain::measure::{CaseFact, ContactFact, Ending, Millis, Owes, PromiseFact, place};
use crate::pathway::definition::{Field, Means, Pathway};
use crate::pathway::edition::Editions;

use super::case_rows::party_key;

/// The rows of facts of one case.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct FactRows {
    case: CaseFact,
    promises: Vec<PromiseFact>,
    contacts: Vec<ContactFact>,
}

impl FactRows {
    pub(super) fn classify(&mut self, class: Option<CaseId>) {
        self.case.class = class;
        self.promises.iter_mut().for_each(|row| row.class = class);
        self.contacts.iter_mut().for_each(|row| row.class = class);
    }
}

/// The facts of a case that is no record of a register.
pub(super) fn of(
    state: &CaseState,
    editions: &Editions,
    called: When,
    location: Option<CaseId>,
) -> Option<FactRows> {
    let pathway = pathway_of(state, editions)?;
    if pathway.register {
        return None;
    }
    let reached = |milestone| state.facts.milestones.get(&milestone).copied();
    let mut vague = 0;
    let milestones = Milestone::ALL.map(|milestone| {
        let when = reached(milestone)?;
        if matches!(when.precision, Precision::Day | Precision::Unknown) {
            vague |= 1 << place(milestone);
        }
        Some(millis(when))
    });
    let first = state.entries.first().map_or(called, |mark| mark.occurred);
    let began = match &state.facts.visit {
        Some(visit) => visit.from,
        None => reached(Milestone::Called).unwrap_or(first),
    };
    let owed = |milestone| {
        let reaches = |id: &String| {
            let step = pathway.step(id);
            step.is_some_and(|step| step.milestones.iter().any(|(reached, _)| *reached == milestone))
        };
        let is_first = |one: &&Commitment| one.supersedes.is_none() && one.step.as_ref().is_some_and(reaches);
        state.commitments.iter().find(is_first).map(|one| corrected(state, one).due.timestamp_millis())
    };
    let said = Said::of(state, editions);
    let case = CaseFact {
        at: millis(began),
        case: state.id,
        pathway: state.pathway.clone(),
        subject: state.subject,
        location,
        class: None,
        risk: state.facts.risk.clone(),
        reached: milestones,
        vague,
        decide_by: owed(Milestone::Decided),
        review_by: owed(Milestone::Reviewed),
        told: state.told.iter().map(|(whom, when)| (whom.clone(), millis(*when))).collect(),
        tags: said.tags,
        routes: state.facts.routes.clone(),
        ended: said.ended,
        closed: state.closed,
        followed: said.followed,
        changed: state.facts.care_changed.map(|is| is == YesNo::Yes),
        complaint: said.complaint,
        // Ids are made in the order of time.
        again: state.duplicates.iter().any(|other| *other < state.id),
        effects: said.effects,
        same_visit: said.same_visit,
        complete: complete(state, pathway),
        themes: said.themes,
    };
    let promises = state.commitments.iter().filter_map(|one| promise(state, one, location)).collect();
    let contacts = state.contacts.iter().zip(0..).map(|(contact, place)| ContactFact {
        at: millis(contact.at),
        case: state.id,
        place,
        who: contact.with.id.map_or_else(|| contact.with.words.clone(), |id| id.to_string()),
        outcome: contact.outcome.clone(),
        location,
        class: None,
    });
    Some(FactRows { case, promises, contacts: contacts.collect() })
}

/// Whether nothing is left blank of what the step asks that opened the case; only where it may be saved with blanks.
fn complete(state: &CaseState, pathway: &Pathway) -> Option<bool> {
    let first = state.entries.first()?;
    pathway.step(&first.kind).filter(|step| step.incomplete.is_some())?;
    Some(first.missing.is_empty())
}

/// As it stands after corrections: a chase makes it another.
fn corrected<'a>(state: &'a CaseState, one: &'a Commitment) -> &'a Commitment {
    let mut last = one;
    while let Some(next) = last.superseded_by.as_ref().and_then(|id| find(state, id))
        && next.chased == last.chased
    {
        last = next;
    }
    last
}

fn find<'a>(state: &'a CaseState, id: &CommitmentId) -> Option<&'a Commitment> {
    state.commitments.iter().find(|one| one.id == *id)
}

fn promise(state: &CaseState, one: &Commitment, location: Option<CaseId>) -> Option<PromiseFact> {
    let owes = match (one.control, one.obligor.is_outside(), &one.opened_in) {
        (YesNo::Yes, _, _) => Owes::Control,
        (YesNo::No, _, None) => return None,
        (YesNo::No, true, Some(_)) => Owes::Promise,
        (YesNo::No, false, Some(_)) => Owes::Action,
    };
    let happened = |entry: EntryId| {
        let mark = state.entries.iter().find(|mark| mark.id == entry);
        mark.map(|mark| millis(mark.occurred))
    };
    let how = match one.progress {
        Progress::Requested | Progress::Accepted | Progress::Reported => None,
        Progress::Confirmed => Some(Ending::Done),
        Progress::Refused => Some(Ending::Refused),
        Progress::Cancelled => Some(Ending::Cancelled),
        Progress::Superseded => Some(Ending::Superseded),
    };
    let started = one.started.timestamp_millis();
    let ended = how.map(|_| one.settled_by.and_then(happened).unwrap_or(started));
    Some(PromiseFact {
        ended: ended.unwrap_or(PromiseFact::OPEN),
        id: one.id.entry.derived(&one.id.place),
        case: state.id,
        owes,
        who: party_key(&one.obligor),
        location,
        class: None,
        since: happened(one.opened_by).unwrap_or(started),
        started,
        due: one.due.timestamp_millis(),
        timed: matches!(one.rule, DueRule::Promised | DueRule::PromisedWithin(_)),
        how,
        chased: one.chased,
        supersedes: one.supersedes.as_ref().map(|old| old.entry.derived(&old.place)),
    })
}

/// What the latest answers of these meanings say.
#[derive(Default)]
struct Said {
    tags: Vec<String>,
    ended: Option<String>,
    followed: Option<bool>,
    complaint: Option<bool>,
    same_visit: Option<bool>,
    themes: Vec<String>,
    effects: Vec<(String, i64)>,
}

impl Said {
    fn of(state: &CaseState, editions: &Editions) -> Self {
        let mut said = Self::default();
        let mut tags = Vec::new();
        // In the order of the ledger: of two steps that say the same the later counts.
        for mark in &state.entries {
            let edition = mark.edition.and_then(|id| editions.get(id));
            let pathway = edition.and_then(|edition| edition.pathways.get(&state.pathway));
            let Some(step) = pathway.and_then(|pathway| pathway.step(&mark.kind)) else { continue };
            for field in &step.fields {
                let Some(means) = field.means.filter(|means| COUNTED.contains(means)) else { continue };
                let answer = state.answers.get(&format!("{}.{}", step.id, field.id));
                said.take(means, field, answer, &mut tags);
            }
        }
        tags.sort_unstable();
        tags.dedup();
        said.tags = tags;
        said.themes.sort_unstable();
        said.themes.dedup();
        said
    }

    fn take(&mut self, means: Means, field: &Field, answer: Option<&Answer>, tags: &mut Vec<String>) {
        match (means, answer) {
            (Means::Trigger | Means::Dependency, Some(Answer::Choices(choices))) => {
                tags.extend(choices.iter().cloned());
            }
            (Means::Trigger | Means::Dependency, Some(Answer::Choice(choice))) => tags.push(choice.clone()),
            (Means::Closure, Some(Answer::Choice(choice))) => self.ended = Some(choice.clone()),
            (Means::AdviceFollowed, Some(Answer::YesNo { is, .. })) => {
                self.followed = Some(*is == YesNo::Yes);
            }
            (Means::SameVisit, Some(Answer::YesNo { is, .. })) => self.same_visit = Some(*is == YesNo::Yes),
            (Means::Theme, Some(Answer::Choices(choices))) => self.themes.extend(choices.iter().cloned()),
            (Means::Complaint, Some(Answer::YesNo { is, .. })) => self.complaint = Some(*is == YesNo::Yes),
            (Means::Effect, Some(Answer::Number(score))) => {
                self.effects.retain(|(effect, _)| *effect != field.id);
                self.effects.push((field.id.clone(), *score));
            }
            _ => {}
        }
    }
}

/// The meanings that are looked for.
const COUNTED: [Means; 8] = [
    Means::Trigger,
    Means::Dependency,
    Means::Closure,
    Means::AdviceFollowed,
    Means::Complaint,
    Means::SameVisit,
    Means::Theme,
    Means::Effect,
];

fn millis(when: When) -> Millis {
    when.at.timestamp_millis()
}

/// Brings the rows of facts of a case from what they were to what they are.
pub(super) fn write(
    conn: &Connection,
    before: Option<&FactRows>,
    after: Option<&FactRows>,
) -> rusqlite::Result<()> {
    case(conn, before.map(|rows| &rows.case), after.map(|rows| &rows.case))?;
    let promises = |rows: Option<&FactRows>| rows.map(|rows| rows.promises.clone()).unwrap_or_default();
    let (old, new) = (promises(before), promises(after));
    for gone in old.iter().filter(|row| !new.contains(row)) {
        conn.prepare_cached("DELETE FROM promise_facts WHERE ended = ?1 AND id = ?2")?
            .execute(params![gone.ended, gone.id.0.as_bytes()])?;
    }
    for row in new.iter().filter(|row| !old.contains(row)) {
        promised(conn, row)?;
    }
    let contacts = |rows: Option<&FactRows>| rows.map(|rows| rows.contacts.clone()).unwrap_or_default();
    let (old, new) = (contacts(before), contacts(after));
    for gone in old.iter().filter(|row| !new.contains(row)) {
        conn.prepare_cached("DELETE FROM contact_facts WHERE at = ?1 AND case_id = ?2 AND place = ?3")?
            .execute(params![gone.at, gone.case.0.as_bytes(), gone.place])?;
    }
    for row in new.iter().filter(|row| !old.contains(row)) {
        conn.prepare_cached(
            "INSERT INTO contact_facts (at, case_id, place, who, outcome, location, class)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            row.at,
            row.case.0.as_bytes(),
            row.place,
            row.who,
            row.outcome,
            raw(row.location),
            raw(row.class)
        ])?;
    }
    Ok(())
}

fn case(conn: &Connection, before: Option<&CaseFact>, after: Option<&CaseFact>) -> rusqlite::Result<()> {
    if before == after {
        return Ok(());
    }
    if let Some(gone) = before.filter(|gone| after.is_none_or(|row| row.at != gone.at)) {
        conn.prepare_cached("DELETE FROM case_facts WHERE at = ?1 AND case_id = ?2")?
            .execute(params![gone.at, gone.case.0.as_bytes()])?;
    }
    let Some(row) = after else { return Ok(()) };
    let yes = |is: Option<bool>| is.map(i64::from);
    let times = |pairs: &[(String, i64)]| {
        let each = pairs.iter().map(|(what, at)| format!("{what}:{at}"));
        Some(each.collect::<Vec<_>>().join(" ")).filter(|all| !all.is_empty())
    };
    let ids = |ids: &[String]| Some(ids.join(" ")).filter(|ids| !ids.is_empty());
    let at = |milestone| row.reached(milestone);
    conn.prepare_cached(
        "INSERT INTO case_facts (at, case_id, pathway, subject, location, class, risk, observed, called, emergency,
            police, fire, duty_team, decided, contacted, advised, told, care_changed, reviewed, closed, vague, decide_by,
            review_by, told_whom, tags, ended, is_closed, followed, changed, complaint, again, effects, routes, same_visit,
            complete, themes)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22,
            ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, ?35, ?36)
         ON CONFLICT (at, case_id) DO UPDATE SET
            pathway = ?3, subject = ?4, location = ?5, class = ?6, risk = ?7, observed = ?8, called = ?9,
            emergency = ?10, police = ?11, fire = ?12, duty_team = ?13, decided = ?14, contacted = ?15, advised = ?16,
            told = ?17, care_changed = ?18, reviewed = ?19, closed = ?20, vague = ?21, decide_by = ?22, review_by = ?23,
            told_whom = ?24, tags = ?25, ended = ?26, is_closed = ?27, followed = ?28, changed = ?29, complaint = ?30,
            again = ?31, effects = ?32, routes = ?33, same_visit = ?34, complete = ?35, themes = ?36",
    )?
    .execute(params![
        row.at,
        row.case.0.as_bytes(),
        row.pathway,
        raw(row.subject),
        raw(row.location),
        raw(row.class),
        row.risk,
        at(Milestone::Observed),
        at(Milestone::Called),
        at(Milestone::Emergency),
        at(Milestone::Police),
        at(Milestone::Fire),
        at(Milestone::DutyTeam),
        at(Milestone::Decided),
        at(Milestone::Contacted),
        at(Milestone::Advised),
        at(Milestone::Told),
        at(Milestone::CareChanged),
        at(Milestone::Reviewed),
        at(Milestone::Closed),
        row.vague,
        row.decide_by,
        row.review_by,
        times(&row.told),
        ids(&row.tags),
        row.ended,
        i64::from(row.closed),
        yes(row.followed),
        yes(row.changed),
        yes(row.complaint),
        i64::from(row.again),
        times(&row.effects),
        ids(&row.routes),
        yes(row.same_visit),
        yes(row.complete),
        ids(&row.themes),
    ])?;
    Ok(())
}

fn promised(conn: &Connection, row: &PromiseFact) -> rusqlite::Result<()> {
    let number = |at: Option<usize>| at.and_then(|at| i64::try_from(at).ok());
    conn.prepare_cached(
        "INSERT INTO promise_facts (ended, id, case_id, owes, who, location, class, since, started, due, timed, how,
            chased, supersedes)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
    )?
    .execute(params![
        row.ended,
        row.id.0.as_bytes(),
        row.case.0.as_bytes(),
        number(Owes::ALL.iter().position(|owes| *owes == row.owes)),
        row.who,
        raw(row.location),
        raw(row.class),
        row.since,
        row.started,
        row.due,
        i64::from(row.timed),
        row.how.and_then(|how| number(Ending::ALL.iter().position(|one| *one == how))),
        row.chased,
        row.supersedes.as_ref().map(|id| id.0.as_bytes()),
    ])?;
    Ok(())
}
