//! A step recorded without a screen, as `dutydesk record` does it: through the form with its checks, and by the store.
//! What the form refuses the store has to refuse too.

use std::sync::Arc;

use dutydesk::domain::act::Act;
use dutydesk::domain::answer::{Answer, Named, When, YesNo};
use dutydesk::domain::chance::{Chance, Seeded};
use dutydesk::domain::entry::{Batch, Method, NewEntry, Said, Who};
use dutydesk::domain::ids::{CaseId, CommitmentId, DraftId, EntryId};
use dutydesk::domain::permission::Viewer;
use dutydesk::domain::views::Told;
use dutydesk::form::typed::{Reading, from_json};
use dutydesk::form::{Opening, Recording, opening};
use dutydesk::pathway::check::may_be_saved;
use dutydesk::pathway::definition::Means;
use dutydesk::store::Store;
use serde_json::Value;

use super::desk::Desk;

/// Where a step is recorded.
#[derive(Default)]
pub struct In<'a> {
    /// The case's reference; of a record its id.
    pub case: Option<&'a str>,
    /// The beginning of what is owed that it is recorded on.
    pub on: Option<&'a str>,
    /// Whom it is about, where it opens a case.
    pub about: Option<CaseId>,
}

/// In this case.
pub fn within(case: &str) -> In<'_> {
    In { case: Some(case), ..In::default() }
}

/// On what is owed in it and begins with these words.
pub fn on<'a>(case: &'a str, what: &'a str) -> In<'a> {
    In { case: Some(case), on: Some(what), ..In::default() }
}

/// About this record.
pub fn about<'a>(record: CaseId) -> In<'a> {
    In { about: Some(record), ..In::default() }
}

/// Opens the case of this reference from the list of cases.
pub fn open<'d>(desk: &'d mut Desk, reference: &str) -> &'d mut Desk {
    desk.goes_home();
    desk.keys("<f9>").select(reference).keys("<enter>")
}

/// Records the step as somebody of the staff list: the reference of its case, or all that is wrong with it.
pub fn record(desk: &Desk, who: &str, step: &str, place: In<'_>, answers: Value) -> Result<String, String> {
    let mut store = desk.store();
    let now = desk.office.now();
    let staff = desk.office.staff[who];
    let viewer = store.viewer_for(Some(staff), now).expect("a viewer");
    let editions = store.editions().expect("definitions");
    let edition = editions.current().clone();
    let (pathway, step) = step.split_once('.').expect("PATHWAY.STEP");
    let view = place.case.map(|case| {
        let id = case.parse().unwrap_or_else(|_| store.case_by_reference(&viewer, case).expect("a case"));
        store.case(&viewer, id, now).expect("a case")
    });
    let owed: Option<CommitmentId> = place.on.map(|what| {
        let state = &view.as_ref().expect("a case").state;
        let mut open = state.commitments.iter().filter(|one| one.progress.is_open());
        open.find(|one| one.what.starts_with(what)).unwrap_or_else(|| panic!("{what}: {state:?}")).id.clone()
    });
    let reading = Reading { now, zone: store.zone().expect("a zone") };
    let name = |id| store.record(&viewer, id).map_or_else(|_| String::new(), |row| row.name);
    let id = store.head().expect("a ledger") + 7_000;
    let mut form = opening(Opening {
        id: DraftId(Seeded::new(id).uuid()),
        pathway: edition.pathways[pathway].clone(),
        step,
        edition: edition.id,
        subject: view
            .as_ref()
            .and_then(|view| view.subject.as_ref())
            .map(|row| Named { id: Some(row.id), words: row.name.clone() }),
        owed: view.as_ref().map(|view| view.asked_about()).unwrap_or_default(),
        past: view.as_ref().map(|view| view.past.clone()).unwrap_or_default(),
        relying: view.as_ref().map(|view| view.relying.clone()).unwrap_or_default(),
        case: view.map(|view| Arc::new(view.state)),
        on: owed,
        you: Some(Named { id: Some(staff), words: name(staff) }),
        decision_holder: None,
        to_ring: Vec::new(),
        origin: None,
        slips: Default::default(),
        stands_in: None,
        reading,
    })
    .expect("the step is defined");
    for (field, value) in answers.as_object().expect("answers") {
        form.draft.text.extend(from_json(field, value));
    }
    if let Some(about) = place.about {
        let field = form.step.meaning(Means::Subject).expect("it asks whom it is about").id.clone();
        let named = Answer::Named(Named { id: Some(about), words: name(about) });
        form.draft.text.extend(dutydesk::form::typed::write(&field, &named, reading.zone));
    }
    form.cautions = store.cautions(&viewer).expect("the organisations one is warned of");
    know(&store, &viewer, &mut form, &edition);
    let mut problems = form.problems(reading);
    problems.retain(|problem| !problem.weight.passes());
    let said: Vec<String> = problems.iter().map(|one| format!("{}: {}", one.field, one.says)).collect();
    let fits = may_be_saved(&form.step, &problems);
    let who = Who { by: Some(staff), typed_by: Some(staff), method: Method::Asserted };
    let batch = form.batch(Recording { reading, who, edition: &edition, why_late: None });
    match store.append(&viewer, batch, now) {
        Ok(receipt) if fits => Ok(receipt.cases.first().expect("a case").1.clone()),
        Ok(_) => panic!("the store took what the form refused: {said:?}"),
        Err(error) if fits => Err(error.to_string()),
        Err(_) => Err(said.join("\n")),
    }
}

/// Something that somebody of the staff list does by a key.
pub fn acts_as(desk: &Desk, who: &str, case: CaseId, act: Act) {
    let mut store = desk.store();
    let (now, staff) = (desk.office.now(), desk.office.staff[who]);
    let viewer = store.viewer_for(Some(staff), now).expect("a viewer");
    let id = EntryId(Seeded::new(store.head().expect("a ledger") + 70_000).uuid());
    let who = Who { by: Some(staff), typed_by: Some(staff), method: Method::Asserted };
    let entry = NewEntry::of_act(id, Some(case), who, act, now);
    let batch = Batch { entries: vec![entry], ..Batch::default() };
    store.append(&viewer, batch, now).expect("it can be done");
}

/// Corrects what was last recorded as this step of the case: these answers stand in place of what was said.
pub fn put_right(desk: &Desk, who: &str, of: (&str, &str), said: &[(&str, Answer)]) {
    put_right_at(desk, who, of, said, None);
}

/// So too, with when it happened.
pub fn put_right_at(
    desk: &Desk,
    who: &str,
    (reference, step): (&str, &str),
    said: &[(&str, Answer)],
    occurred: Option<When>,
) {
    let view = desk.case(reference);
    let of_step = |told: &&Told| matches!(&told.entry.said, Said::Step(said) if said.step == step);
    let told = view.chronology.iter().rfind(of_step).expect("it was recorded");
    let Said::Step(recorded) = &told.entry.said else { return };
    let mut answers = told.answers.clone().unwrap_or_else(|| recorded.answers.clone());
    answers.extend(said.iter().map(|(field, answer)| ((*field).to_owned(), answer.clone())));
    let act = Act::Amend { entry: told.entry.id, answers, occurred, reason: "put right".to_owned() };
    acts_as(desk, who, view.state.id, act);
}

/// Somebody agrees to what waits for a second person in the case.
pub fn agrees(desk: &Desk, who: &str, reference: &str) {
    let state = desk.case(reference).state;
    let entry = state.entries.iter().find(|mark| mark.awaits_second()).expect("it waits").id;
    let act = Act::Countersign { entry, agrees: YesNo::Yes, note: String::new() };
    acts_as(desk, who, state.id, act);
}

fn know(
    store: &Store,
    viewer: &Viewer,
    form: &mut dutydesk::form::Form,
    edition: &dutydesk::pathway::edition::Edition,
) {
    if let Some(about) = form.asks_record_of() {
        // Whoever may not read it takes the call all the same.
        if let Ok(row) = store.record(viewer, about) {
            form.know(about, &edition.pathways[&row.register], &row.answers);
        }
    }
}
