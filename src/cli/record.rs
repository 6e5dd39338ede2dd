//! `dutydesk record`: a step from a script or an import, through the same form and the same rules as on screen.

#[cfg(test)]
mod walk;

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::arguments::Record;
use super::failure::{Code, Failure};
use super::{answers, desk, output, show};
use crate::domain::answer::{Answer, Named, Owed};
use crate::domain::case::CaseState;
use crate::domain::chance::Chance;
use crate::domain::entry::{Receipt, Who};
use crate::domain::ids::{CaseId, CommitmentId, DraftId, EntryId};
use crate::domain::permission::Viewer;
use crate::domain::time::Zone;
use crate::domain::views::{CaseView, Past, RecordRow, Relying};
use crate::domain::words::cli as words;
use crate::form::typed::{self, Reading, Texts};
use crate::form::{Form, Opening, Recording, opening};
use crate::pathway::check::{self, Problem, Weight};
use crate::pathway::definition::{Kind, Means, Pathway, Step};
use crate::pathway::edition::Edition;
use crate::pathway::prefill::origin::Origin;
use crate::runtime::clock;
use crate::store::{AppendError, ReadError, Store};

/// The most that is read of a file of answers, in bytes.
const MOST: u64 = 1024 * 1024;
/// Records listed where a name could mean several.
const CANDIDATES: u32 = 12;

pub(super) fn run(office: Option<PathBuf>, asked: &Record) -> Result<Code, Failure> {
    let said = read_answers(&asked.json)?;
    let mut store = desk::open(office)?;
    answer(&recorded(&mut store, asked, &said, clock::now())?)
}

/// Puts the answers on record as of this time.
pub(super) fn recorded(
    store: &mut Store,
    asked: &Record,
    said: &BTreeMap<String, Value>,
    now: DateTime<Utc>,
) -> Result<Receipt, Failure> {
    let id = match &asked.key {
        Some(key) => EntryId(uuid::Uuid::NAMESPACE_OID).derived(key),
        None => EntryId(clock::SystemChance.uuid()),
    };
    // What was recorded under this key is read again as it was read then: "+2h" meant two hours from that minute.
    let earlier = store.lookup(&id.to_string())?;
    let now = earlier.as_ref().map_or(now, |receipt| receipt.recorded_at);
    let (typed_by, method) = desk::typist(store, asked.typed_by.as_deref())?;
    let by = asked.by.as_deref().map(|said| desk::staff_named(store, said)).transpose()?;
    let viewer = store.viewer_for(typed_by, now)?;

    let editions = store.editions()?;
    let edition = editions.current();
    let (pathway, step) = asked
        .step
        .split_once('.')
        .and_then(|(pathway, step)| Some((edition.pathway(pathway)?, step)))
        .filter(|(pathway, step)| pathway.step(step).is_some())
        .ok_or_else(|| Failure::usage(words::unknown_step(&asked.step)))?;
    let stands = asked.case.as_deref().map(|case| view(store, &viewer, case, now).map(Stands::of));
    let stands = stands.transpose()?;
    let begun = asked.from.as_deref().map(|from| view(store, &viewer, from, now)).transpose()?;
    let origin = origin(asked, edition, pathway, begun.as_ref())?;
    let begun_from = begun.map(Stands::of);
    let about = stands.as_ref().or(begun_from.as_ref());
    let case_of = about.map(|about| about.case.clone());
    let on = asked.on.as_deref().map(|on| commitment(case_of.as_deref(), on)).transpose()?;
    let past = about.map(|about| about.past.clone()).unwrap_or_default();
    let relying = about.map(|about| about.relying.clone()).unwrap_or_default();
    let about = about.map(|about| about.owed.clone()).unwrap_or_default();
    let case = stands.map(|stands| stands.case);
    let reading = Reading { now, zone: store.zone()? };
    let subject = match case.as_ref().and_then(|case| case.subject) {
        Some(id) => Some(named(&store.record(&viewer, id)?)),
        None => None,
    };
    let you = match typed_by {
        Some(id) => store.staff()?.iter().find(|row| row.id == id).map(named),
        None => None,
    };
    let mut form = opening(Opening {
        id: DraftId(id.0),
        pathway: Arc::clone(pathway),
        step,
        edition: edition.id,
        case,
        on: on.filter(|_| origin.is_none()),
        you,
        // Who decided is said by whoever records, never assumed.
        decision_holder: None,
        to_ring: Vec::new(),
        subject,
        origin,
        owed: about.clone(),
        relying,
        past,
        slips: store.slip_numbers(&viewer).unwrap_or_default(),
        stands_in: None,
        reading,
    })
    .ok_or_else(|| Failure::usage(words::unknown_step(&asked.step)))?;
    form.cautions = store.cautions(&viewer).unwrap_or_default();
    if let Some(seen) = asked.seen {
        form.draft.seen = Some(seen);
    }
    let texts = answers::texts(&form.step, said).map_err(|problems| refuse(&form.step, &problems))?;
    put(&mut form.draft.text, texts);
    name_owed(&mut form, case_of.as_deref(), &about);
    say_who_decided(&mut form, by.as_ref().filter(|row| Some(row.id) != typed_by));
    let mut problems = look_up(store, &viewer, &mut form)?;
    if let Some(about) = form.asks_record_of() {
        match store.record(&viewer, about) {
            Ok(row) => {
                if let Some(register) = edition.pathway(&row.register) {
                    form.know(about, register, &row.answers);
                }
            }
            // A call about somebody whose record is kept to a few is taken all the same, as on the screen.
            Err(ReadError::Denied(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    if let Some(identity) = form.asks_who_that_is(reading) {
        let same = store.same(&viewer, &identity).unwrap_or_default();
        form.holders = Some((identity, same));
    }
    let mut again = Vec::new();
    for (path, given) in form.makes(reading) {
        let same = store.same(&viewer, &given).unwrap_or_default();
        again.extend(form.makes_again(path, &same, reading));
    }
    let who = Who { by: by.map(|row| row.id).or(typed_by), typed_by, method };
    let mut batch = form.batch(Recording { reading, who, edition, why_late: None });
    batch.alone.clone_from(&asked.alone);
    if let Some(receipt) = earlier {
        let same = store.says_the_same(&batch, said.keys().map(String::as_str))?;
        return if same { Ok(receipt) } else { Err(AppendError::Conflict(Vec::new()).into()) };
    }
    let mut found = form.problems(reading);
    // What is handed in says something, even where it says again what stands there.
    let unsaid = form.unsaid(&found, reading).filter(|one| one.weight.passes() || said.is_empty());
    found.extend(unsaid);
    let (passing, wrong): (Vec<_>, Vec<_>) = found.into_iter().partition(|one| one.weight.passes());
    problems.extend(wrong);
    if !check::may_be_saved(&form.step, &problems) {
        problems.extend(which_are_owed(&form, case_of.as_deref(), &about, &problems));
        answers::say_how(&form.step, &mut problems);
        return Err(refuse(&form.step, &problems));
    }
    again.extend(passing);
    asks(&form.step, again, asked, said)?;
    let mut receipt = store.append(&viewer, batch, now)?;
    // The step's own case first, before those that it opened.
    let own = form.case_to_be();
    receipt.cases.sort_by_key(|(case, _)| *case != own);
    Ok(receipt)
}

pub(super) fn answer(receipt: &Receipt) -> Result<Code, Failure> {
    let cases: Vec<Value> =
        receipt.cases.iter().map(|(id, reference)| json!({ "id": id, "reference": reference })).collect();
    output::json(&json!({
        "first": receipt.first,
        "last": receipt.last,
        "head": receipt.head,
        "recorded_at": receipt.recorded_at,
        "cases": cases,
        "repeated": receipt.repeated,
        "waits": receipt.waits,
    }))?;
    Ok(Code::Done)
}

fn read_answers(from: &Path) -> Result<BTreeMap<String, Value>, Failure> {
    let unreadable = |why: String| Failure::usage(words::unreadable_answers(from, &why));
    let mut text = String::new();
    let read = if from == Path::new("-") {
        std::io::stdin().take(MOST + 1).read_to_string(&mut text)
    } else {
        std::fs::File::open(from).and_then(|file| file.take(MOST + 1).read_to_string(&mut text))
    };
    let size = read.map_err(|error| unreadable(error.to_string()))?;
    if size as u64 > MOST {
        return Err(unreadable(words::TOO_LARGE.to_owned()));
    }
    serde_json::from_str(&text).map_err(|error| unreadable(error.to_string()))
}

/// A case as it stands.
pub(super) struct Stands {
    pub(super) case: Arc<CaseState>,
    /// What is owed about it where it is a record of a register, otherwise in it.
    pub(super) owed: Vec<Owed>,
    /// What stands in the record about its subject.
    past: Vec<Past>,
    /// Who relies on the organisation it is about.
    relying: Vec<Relying>,
}

impl Stands {
    fn of(view: CaseView) -> Self {
        let owed = view.asked_about();
        Self { case: Arc::new(view.state), owed, past: view.past, relying: view.relying }
    }
}

/// From where the case is begun that the step opens, where it is said.
fn origin(
    asked: &Record,
    edition: &Edition,
    pathway: &Pathway,
    begun: Option<&CaseView>,
) -> Result<Option<Origin>, Failure> {
    let Some(view) = begun else { return Ok(None) };
    let step = asked.step.split_once('.').and_then(|(_, step)| pathway.step(step));
    if step.is_none_or(|step| !step.opens) {
        return Err(Failure::usage(words::opens_nothing(&asked.step)));
    }
    let on = asked.on.as_deref().map(|on| commitment(Some(&view.state), on)).transpose()?;
    let followed = edition.pathway(&view.state.pathway);
    Ok(followed.map(|followed| Origin::of_case(view, followed, on.as_ref())))
}

/// The case of a reference or an id.
pub(super) fn stands(store: &Store, viewer: &Viewer, reference: &str) -> Result<Stands, Failure> {
    view(store, viewer, reference, clock::now()).map(Stands::of)
}

/// All that is known of a case.
fn view(store: &Store, viewer: &Viewer, reference: &str, now: DateTime<Utc>) -> Result<CaseView, Failure> {
    let id = match reference.parse::<CaseId>() {
        Ok(id) => id,
        Err(_) => store.case_by_reference(viewer, reference).map_err(|error| match error {
            ReadError::NotFound => Failure::usage(words::nothing_called(reference)),
            error => error.into(),
        })?,
    };
    Ok(store.case(viewer, id, now)?)
}

/// What is owed, by its number in `show` or by its id.
pub(super) fn commitment(case: Option<&CaseState>, on: &str) -> Result<CommitmentId, Failure> {
    let all = case.map(|case| case.commitments.as_slice()).unwrap_or_default();
    let by_number = on.parse::<usize>().ok().and_then(|number| all.get(number.checked_sub(1)?));
    let by_id = || on.parse::<CommitmentId>().ok().and_then(|id| all.iter().find(|owed| owed.id == id));
    by_number
        .or_else(by_id)
        .map(|owed| owed.id.clone())
        .ok_or_else(|| Failure::usage(words::no_such_commitment(on, all.len())))
}

/// What was handed in stands in place of what was offered, with all its parts.
fn put(text: &mut Texts, handed_in: Texts) {
    let fields: Vec<String> =
        handed_in.keys().filter_map(|path| path.split('.').next()).map(str::to_owned).collect();
    text.retain(|path, _| path.split('.').next().is_none_or(|field| !fields.iter().any(|own| own == field)));
    text.extend(handed_in);
}

/// Where something is wrong with the lines that name what is owed: all that is, by the number and the id that name it.
fn which_are_owed(
    form: &Form,
    case: Option<&CaseState>,
    about: &[Owed],
    problems: &[Problem],
) -> Option<Problem> {
    let names_owed = |kind: &Kind| matches!(kind, Kind::Rows { columns, .. } if columns.iter().any(|one| one.kind == Kind::Owed));
    let field = form.step.fields.iter().find(|field| names_owed(&field.kind))?;
    problems.iter().find(|one| one.field.split('.').next() == Some(&field.id))?;
    let number = |at: usize, owed: &Owed| match form.pathway.register {
        true => Some(at + 1),
        false => case?.commitments.iter().position(|one| one.id == owed.id).map(|at| at + 1),
    };
    let lines = about.iter().enumerate().filter_map(|(at, owed)| {
        Some(words::owed_by_number(number(at, owed)?, &owed.words, &owed.id.to_string()))
    });
    let says = words::which_are_owed(&lines.collect::<Vec<_>>());
    Some(Problem { field: field.id.clone(), weight: Weight::Refused, says })
}

/// What is owed about a record, or in the case, is named by its number in `show`, or by its id.
fn name_owed(form: &mut Form, case: Option<&CaseState>, about: &[Owed]) {
    let of_case = |number: usize| {
        let one = case?.commitments.get(number.checked_sub(1)?)?;
        about.iter().find(|owed| owed.id == one.id)
    };
    let columns = form.step.fields.iter().filter_map(|field| match &field.kind {
        Kind::Rows { columns, .. } => {
            Some((field.id.clone(), columns.iter().find(|column| column.kind == Kind::Owed)?.id.clone()))
        }
        _ => None,
    });
    for (field, column) in columns.collect::<Vec<_>>() {
        for row in 0..typed::row_count(&field, &form.draft.text) {
            let path = typed::part(&typed::part(&field, &row.to_string()), &column);
            let said = typed::text(&form.draft.text, &path).to_owned();
            let by_number = said.parse::<usize>().ok();
            let by_number = by_number.and_then(|number| match form.pathway.register {
                true => about.get(number.checked_sub(1)?),
                false => of_case(number),
            });
            if let Some(owed) = by_number.or_else(|| about.iter().find(|owed| owed.id.to_string() == said)) {
                form.draft.text.extend(typed::write(&path, &Answer::Owed(owed.clone()), Zone::default()));
            }
        }
    }
}

/// Where a step asks who decided and it is somebody else's act, it is theirs.
fn say_who_decided(form: &mut Form, by: Option<&RecordRow>) {
    let Some(field) = form.step.meaning(Means::DecidedBy).map(|field| field.id.clone()) else { return };
    if let (Some(row), None) = (by, form.draft.text.get(&field)) {
        form.draft.text.insert(typed::part(&field, "id"), row.id.to_string());
        form.draft.text.insert(field, row.name.clone());
    }
}

/// Finds the records that are named. A problem for each name that means nobody, or several, with the candidates.
fn look_up(store: &Store, viewer: &Viewer, form: &mut Form) -> Result<Vec<Problem>, Failure> {
    let mut problems = Vec::new();
    for naming in answers::namings(&form.step, &form.draft.text) {
        let found = match naming.register.as_str() {
            "staff" => store.staff()?,
            register => store.find(viewer, register, &naming.words, CANDIDATES)?,
        };
        let meant = match desk::meant(&found, &naming.words) {
            // Found by a room, a date of birth or a number, where no name has the words.
            meant if meant.is_empty() && naming.register != "staff" => found.iter().collect(),
            meant => meant,
        };
        let says = match meant.as_slice() {
            [one] => {
                form.draft.text.insert(typed::part(&naming.path, "id"), one.id.to_string());
                form.draft.text.insert(naming.path.clone(), one.name.clone());
                form.know_kind(one);
                continue;
            }
            [] => words::nobody_called(&naming.words, naming.on_the_spot),
            several => {
                let rows: Vec<RecordRow> = several.iter().map(|row| (*row).clone()).collect();
                words::which_record(&naming.words, &show::candidates(&rows))
            }
        };
        problems.push(Problem { field: naming.path, weight: Weight::Refused, says });
    }
    Ok(problems)
}

/// What the screen asks about before it saves it as it is, of what was handed in.
fn asks(
    step: &Step,
    passing: Vec<Problem>,
    asked: &Record,
    said: &BTreeMap<String, Value>,
) -> Result<(), Failure> {
    let handed_in = |problem: &Problem| {
        problem.field.is_empty() || said.keys().any(|id| problem.field.split('.').next() == Some(id))
    };
    let doubted = passing.into_iter().filter(|one| one.weight == Weight::Doubted && handed_in(one));
    let doubted: Vec<Problem> =
        doubted.map(|one| Problem { says: words::meant_so(&one.says), ..one }).collect();
    if asked.knowing || doubted.is_empty() { Ok(()) } else { Err(refuse(step, &doubted)) }
}

fn refuse(step: &Step, problems: &[Problem]) -> Failure {
    Failure::problems(&step.title, problems)
}

fn named(row: &RecordRow) -> Named {
    Named { id: Some(row.id), words: row.name.clone() }
}
