//! Acts that ask for a word or two are forms too: the same lines, the same draft, the same key to save.
//!
//! Their steps are made here and not in a definition, because acts are the program's own closed list. What each
//! becomes in the record is [`batch`].

use std::sync::{Arc, LazyLock};

use super::beyond::Reached;
use super::{App, You};
use crate::domain::act::Act;
use crate::domain::answer::{Answer, Answers, Named, When, YesNo};
use crate::domain::entry::{Batch, Method, NewEntry, NewSaid, Who};
use crate::domain::ids::{CaseId, DraftId, EntryId, SignId};
use crate::domain::keys::{Fingerprint, KeyRow};
use crate::domain::permission::ANYONE;
pub use crate::domain::permission::DECISION_HOLDER;
use crate::domain::words::app as words;
use crate::domain::words::keys;
use crate::form::typed::text;
use crate::form::{ALONE, Form};
use crate::pathway::definition::{Choice, Field, Kind, Means, Pathway, Step};
use crate::pathway::edition::Edition;

/// The id of the pathway whose steps are acts.
pub const ACTS: &str = "acts";
/// Moves a case to the right record.
pub const REATTRIBUTE: &str = "reattribute";
/// Reads a duplicate as the person on screen.
pub const MERGE_PEOPLE: &str = "merge_people";
/// The same of an organisation.
pub const MERGE_ORGANISATIONS: &str = "merge_organisations";
/// Takes a merge back.
pub const UNMERGE: &str = "unmerge";
/// Says that two cases were opened for the same matter.
pub const SAME_MATTER: &str = "same_matter";
/// Takes that back.
pub const OTHER_MATTER: &str = "other_matter";
/// Passes a duty of the rota to somebody.
pub const HOLD: &str = "hold_duty";
/// The line that says who.
pub const HOLDER: &str = "staff";
/// Takes over an unfinished form.
pub const TAKE: &str = "take_draft";
/// Says that something typed is not as it was said.
pub const DISAGREE: &str = "disagree";
/// Refuses what waits for a second person.
pub const REFUSE: &str = "refuse";
/// Sets up the office.
pub const SET_UP: &str = "set_up";
/// Opens a record beyond what one may normally see.
pub const BEYOND: &str = "look_beyond";
/// The line that says which record that is.
pub const WHICH: &str = "which";
/// The line that says why.
pub const WHY_BEYOND: &str = "why";

/// Enrols an SSH key, with its lines.
pub const ENROL_KEY: &str = "enrol_key";
/// Whose the key is.
pub const WHOSE: &str = "whose";
/// The key.
pub const KEY: &str = "key";
/// What it is called.
pub const LABEL: &str = "label";
/// Its last day.
pub const UNTIL: &str = "until";
/// Takes an SSH key back.
pub const REVOKE_KEY: &str = "revoke_key";

/// The line that says which duty is passed.
pub const DUTY: &str = "duty";
/// The path that keeps which draft is taken over, which record is opened or stands by itself again, or which key is
/// taken back.
const TARGET: &str = "+target";
/// The path that keeps for which words the record was found.
const SAID: &str = "+said";
/// The path that keeps whether it is a person's own record, or whose the key is.
const PERSON: &str = "+person";

/// What is to be done once an act is in the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum After {
    /// Nothing.
    Nothing,
    /// Somebody is signed in.
    Identify(CaseId),
    /// A case was moved: what is to be put right is offered once it has been read again.
    PutRight(CaseId),
    /// A call that was taken without a name is signed: whom it is about was typed as words, and is asked now.
    AsksWhom(CaseId, EntryId),
    /// A record was opened beyond what one may normally see, and is to be shown.
    LookedBeyond(Reached),
    /// A draft was taken over and is to be opened.
    OpenDraft(DraftId),
    /// Somebody has seen what is owed.
    Acknowledged,
    /// The footer says this.
    Says(String),
}

/// The pathway of acts. Roles to choose from are those of the edition.
pub fn pathway(edition: &Edition) -> Arc<Pathway> {
    static PLAIN: LazyLock<[Step; 12]> = LazyLock::new(|| {
        let why = || field("why", words::WHY, "", Kind::Notes);
        let record = |register: &str| Kind::Record { register: register.to_owned(), on_the_spot: false };
        [
            step(
                REATTRIBUTE,
                words::REATTRIBUTE_FORM,
                words::REATTRIBUTE_FORM_HELP,
                vec![field("to", words::RIGHT_RECORD, "", record("people")), why()],
            ),
            merging(MERGE_PEOPLE, "people", why()),
            merging(MERGE_ORGANISATIONS, "organisations", why()),
            step(UNMERGE, words::UNMERGE_FORM, words::UNMERGE_FORM_HELP, vec![why()]),
            step(SAME_MATTER, words::SAME_MATTER_FORM, words::SAME_MATTER_FORM_HELP, vec![why()]),
            step(OTHER_MATTER, words::OTHER_MATTER_FORM, words::OTHER_MATTER_FORM_HELP, vec![why()]),
            step(TAKE, words::TAKE_FORM, "", vec![why()]),
            step(
                BEYOND,
                words::BEYOND_FORM,
                words::BEYOND_FORM_HELP,
                vec![
                    field(WHICH, words::WHICH_RECORD, words::WHICH_RECORD_HELP, Kind::Text),
                    field(WHY_BEYOND, words::WHY, "", Kind::Notes),
                ],
            ),
            step(
                DISAGREE,
                words::DISAGREE_FORM,
                "",
                vec![field("note", words::WHAT_DIFFERS, "", Kind::Notes)],
            ),
            step(
                ENROL_KEY,
                keys::ENROL_FORM,
                keys::ENROL_FORM_HELP,
                vec![
                    Field::plain(WHOSE, keys::WHOSE_KEY, record("staff")).with_help(keys::WHOSE_KEY_HELP),
                    field(KEY, keys::PUBLIC_KEY, keys::PUBLIC_KEY_HELP, Kind::Text),
                    field(LABEL, keys::KEY_LABEL, keys::KEY_LABEL_HELP, Kind::Text),
                    Field::plain(UNTIL, keys::LAST_DAY, Kind::Date).with_help(keys::LAST_DAY_HELP),
                ],
            ),
            step(REVOKE_KEY, keys::REVOKE_FORM, keys::REVOKE_FORM_HELP, vec![why()]),
            step(REFUSE, words::REFUSE_FORM, words::REFUSE_FORM_HELP, vec![why()]),
        ]
    });
    let mut steps = PLAIN.to_vec();
    steps.push(step(
        SET_UP,
        words::SET_UP_FORM,
        words::SET_UP_FORM_HELP,
        vec![
            field("office", words::OFFICE_NAME, "", Kind::Text),
            field("place", words::FIRST_PLACE, words::FIRST_PLACE_HELP, Kind::Text),
            field("name", words::YOUR_NAME, "", Kind::Text),
            field("role", words::YOUR_ROLE, words::YOUR_ROLE_HELP, Kind::Choice(first_roles(edition))),
        ],
    ));
    steps.push(hold(edition));
    steps.extend(super::owning::steps(edition));
    steps.extend(super::handover::steps(edition));
    steps.push(super::signs::step());
    steps.extend(super::disposal::steps());
    steps.extend(super::pack_form::steps());
    Arc::new(Pathway {
        owner: String::new(),
        reviews: false,
        expected: false,
        kept_to: Vec::new(),
        begun_from: Vec::new(),
        begin_key: None,
        takes_actions: false,
        id: ACTS.to_owned(),
        title: String::new(),
        subject: None,
        register: false,
        reference: String::new(),
        urgent: false,
        escalates: false,
        list: None,
        handover: None,
        idle: None,
        states: Vec::new(),
        steps,
    })
}

/// The form that names a duplicate, and how it is known to be one.
fn merging(id: &str, register: &str, why: Field) -> Step {
    let duplicate = Kind::Record { register: register.to_owned(), on_the_spot: false };
    let gone = field("gone", words::DUPLICATE, words::DUPLICATE_HELP, duplicate);
    step(id, words::MERGE_FORM, words::MERGE_FORM_HELP, vec![gone, why])
}

/// The roles as the staff list offers them: in the order and with the keys of their file.
fn roles(edition: &Edition) -> Vec<Choice> {
    let staff = edition.pathways.get("staff").and_then(|staff| staff.opening());
    match staff.and_then(|step| step.meaning(Means::Roles)).map(|field| &field.kind) {
        Some(Kind::Choice(roles) | Kind::Choices(roles)) => roles.clone(),
        _ => Vec::new(),
    }
}

/// The roles that whoever sets the office up may take, the first of the definition first: those that may add the others. An
/// office of whoever may not would stay closed to everybody else.
fn first_roles(edition: &Edition) -> Vec<Choice> {
    let all = roles(edition);
    let of = |role: &String| all.iter().find(|choice| choice.id == *role).cloned();
    edition.may_add_staff().iter().filter_map(of).collect()
}

/// The form that passes a duty of the rota. The decision is passed unless another is chosen.
fn hold(edition: &Edition) -> Step {
    let duties = keyed(edition.roles.duties.iter().map(|(id, duty)| (id, &duty.title)));
    let duty = field(DUTY, words::DUTY, "", Kind::Choice(duties));
    let staff = Kind::Record { register: "staff".to_owned(), on_the_spot: false };
    let places = Kind::Record { register: "locations".to_owned(), on_the_spot: false };
    let place = Field::plain("place", words::HOLD_PLACE, places).with_help(words::HOLD_PLACE_HELP);
    step(
        HOLD,
        words::HOLD_FORM,
        words::HOLD_FORM_HELP,
        vec![field(HOLDER, words::HOLDER, "", staff), duty, place],
    )
}

/// Choices under ids and titles, each with the first letter of its title that is free, or any other that is.
pub(super) fn keyed<'t>(all: impl Iterator<Item = (&'t String, &'t String)>) -> Vec<Choice> {
    let mut keys = Vec::new();
    let choice = |(id, title): (&String, &String)| {
        let letters = title.chars().flat_map(char::to_lowercase).filter(char::is_ascii_alphanumeric);
        let key = letters.chain('1'..='9').chain('a'..='z').find(|letter| !keys.contains(letter));
        let key = key.unwrap_or('0');
        keys.push(key);
        Choice::plain(id, title, key)
    };
    all.map(choice).collect()
}

/// Which unfinished form a form takes over.
pub fn aim(form: &mut Form, draft: DraftId) {
    form.draft.text.insert(TARGET.to_owned(), draft.to_string());
}

/// Which record a form takes apart from the one it stands on.
pub fn aim_at(form: &mut Form, record: CaseId) {
    form.draft.text.insert(TARGET.to_owned(), record.to_string());
}

/// Which warning sign a form answers.
pub(super) fn aim_at_sign(form: &mut Form, sign: SignId) {
    form.draft.text.insert(TARGET.to_owned(), sign.to_string());
}

/// The same, read back.
pub(super) fn aimed_at_sign(form: &Form) -> Option<SignId> {
    text(&form.draft.text, TARGET).parse().ok()
}

/// Which key a form takes back, and whose it is.
pub fn aim_at_key(form: &mut Form, row: &KeyRow) {
    form.draft.text.insert(TARGET.to_owned(), row.fingerprint.to_string());
    if let Some(staff) = row.staff {
        form.draft.text.insert(PERSON.to_owned(), staff.to_string());
    }
}

/// Says which record a form opens, found for these words.
pub fn reach(form: &mut Form, says: &str, found: Reached) {
    let text = &mut form.draft.text;
    text.insert(WHICH.to_owned(), says.to_owned());
    text.insert(SAID.to_owned(), says.to_owned());
    text.insert(TARGET.to_owned(), found.id.to_string());
    if found.is_person {
        text.insert(PERSON.to_owned(), found.id.to_string());
    }
}

/// Which record the form opens, as long as its words still say the same.
pub fn reached(form: &Form) -> Option<Reached> {
    let said = |path| text(&form.draft.text, path);
    let id = said(TARGET).parse().ok().filter(|_| said(WHICH) == said(SAID))?;
    Some(Reached { id, is_person: !said(PERSON).is_empty() })
}

/// What the form of an act puts into the record, and what follows. `None` where what it needs is not there.
pub fn batch(app: &App, form: &Form) -> Option<(Batch, After)> {
    let (answers, _) = form.read(app.reading());
    if let Some(batch) = app.handover_batch(form, &answers) {
        return Some((batch, app.after_handing(form, &answers)));
    }
    let said = |id: &str| match answers.get(id) {
        Some(Answer::Text(text) | Answer::Choice(text)) => text.clone(),
        _ => String::new(),
    };
    let named = |id: &str| match answers.get(id) {
        Some(Answer::Named(named)) => named.id,
        _ => None,
    };
    let case = form.draft.case;
    let (act, after) = match form.step.id.as_str() {
        REATTRIBUTE => {
            let from = form.case.as_ref()?.subject?;
            let act = Act::Reattribute { case: case?, from, to: named("to")?, reason: said("why") };
            (act, After::PutRight(case?))
        }
        MERGE_PEOPLE | MERGE_ORGANISATIONS => {
            let register = if form.step.id == MERGE_PEOPLE { "people" } else { "organisations" };
            let (register, reason) = (register.to_owned(), said("why"));
            (Act::Merge { register, kept: case?, gone: named("gone")?, reason }, After::Nothing)
        }
        UNMERGE => {
            let gone: CaseId = text(&form.draft.text, TARGET).parse().ok()?;
            (Act::Unmerge { kept: case?, gone, reason: said("why") }, After::Nothing)
        }
        SAME_MATTER | OTHER_MATTER => {
            let (a, b): (CaseId, CaseId) = (case?, text(&form.draft.text, TARGET).parse().ok()?);
            let reason = said("why");
            let act = match form.step.id.as_str() {
                SAME_MATTER => Act::Link { a, b, reason, duplicate: YesNo::Yes },
                _ => Act::Unlink { a, b, reason },
            };
            (act, After::Nothing)
        }
        HOLD => {
            let (duty, staff, place) = (said(DUTY), named(HOLDER)?, named("place"));
            (Act::HoldDuty { duty, staff, place }, After::Nothing)
        }
        TAKE => {
            let draft: DraftId = text(&form.draft.text, TARGET).parse().ok()?;
            let row = app.board().data.ready()?.drafts.iter().find(|row| row.id == draft);
            let from = row.and_then(|row| row.staff);
            (Act::TakeDraft { draft, from, reason: said("why") }, After::OpenDraft(draft))
        }
        BEYOND => {
            let found = reached(form)?;
            (Act::LookBeyond { subject: found.id, reason: said(WHY_BEYOND) }, After::LookedBeyond(found))
        }
        super::disposal::LEGAL_HOLD | super::disposal::LIFT_HOLD => {
            (super::disposal::of_form(form, case, said("why"))?, After::Nothing)
        }
        ENROL_KEY => (super::keys::enrolment(&answers)?, After::Nothing),
        REVOKE_KEY => {
            let fingerprint: Fingerprint = text(&form.draft.text, TARGET).parse().ok()?;
            let staff = text(&form.draft.text, PERSON).parse().ok();
            (Act::RevokeKey { staff, fingerprint, reason: said("why") }, After::Nothing)
        }
        DISAGREE => {
            let entry = form.draft.amends?;
            (Act::ConfirmTyped { entry, agrees: YesNo::No, note: said("note") }, After::Nothing)
        }
        REFUSE => {
            let entry = form.draft.amends?;
            (Act::Countersign { entry, agrees: YesNo::No, note: said("why") }, After::Nothing)
        }
        SET_UP => return set_up(app, form, &said),
        super::signs::ANSWER_SIGN => (super::signs::act(form, &answers)?, After::Nothing),
        _ => (super::owning::act(form, &answers)?, After::Nothing),
    };
    let entry =
        one(app, form.entry(), case.filter(|_| ![HOLD, TAKE, BEYOND].contains(&form.step.id.as_str())), act);
    let (draft, alone) = (Some(form.draft.id), Some(said(ALONE)).filter(|why| !why.is_empty()));
    let seen = case.zip(form.draft.seen).into_iter().collect();
    Some((Batch { entries: vec![entry], seen, draft, alone, ..Batch::default() }, after))
}

/// One act as an entry of its own.
pub fn one(app: &App, id: EntryId, case: Option<CaseId>, act: Act) -> NewEntry {
    NewEntry {
        id,
        key: id.to_string(),
        case,
        subject: None,
        occurred: When::exact(app.now),
        reported_at: None,
        who: app.who(),
        what: NewSaid::Act(act),
    }
}

/// The office, a place, the first member of staff, who is then signed in and holds the decision if their role may.
fn set_up(app: &App, form: &Form, said: &dyn Fn(&str) -> String) -> Option<(Batch, After)> {
    let edition = app.editions.current();
    let root = form.entry();
    let place = record(app, edition, root.derived("place"), "locations", |step| {
        vec![(step.meaning(Means::Name)?.id.clone(), Answer::Text(said("place")))].into()
    })?;
    let at = Named { id: Some(CaseId::from(place.id)), words: said("place") };
    let staff = record(app, edition, root.derived("staff"), "staff", |step| {
        let mut answers = vec![
            (step.meaning(Means::Name)?.id.clone(), Answer::Text(said("name"))),
            (step.meaning(Means::Roles)?.id.clone(), Answer::Choices(vec![said("role")])),
        ];
        if let Some(field) = step.meaning(Means::Place) {
            answers.push((field.id.clone(), Answer::Named(at.clone())));
        }
        answers.into()
    })?;
    let you = CaseId::from(staff.id);
    let found = Act::Found { office: said("office"), zone: app.zone.name().to_owned(), training: YesNo::No };
    let who = Who { by: Some(you), typed_by: Some(you), method: Method::Asserted };
    let mut entries = vec![one(app, root, None, found), place, staff];
    let sign_in = one(app, root.derived("sign_in"), None, Act::SignIn { staff: you });
    entries.push(NewEntry { who, ..sign_in });
    let may_decide = |duty: &crate::domain::permission::Duty| duty.roles.contains(&said("role"));
    if edition.roles.duties.get(DECISION_HOLDER).is_some_and(may_decide) {
        let hold = Act::HoldDuty { duty: DECISION_HOLDER.to_owned(), staff: you, place: None };
        entries.push(NewEntry { who, ..one(app, root.derived("hold"), None, hold) });
    }
    Some((Batch { entries, draft: Some(form.draft.id), ..Batch::default() }, After::Identify(you)))
}

/// A first entry in a register.
pub(super) fn record(
    app: &App,
    edition: &Edition,
    id: EntryId,
    register: &str,
    answers: impl Fn(&Step) -> Option<Vec<(String, Answer)>>,
) -> Option<NewEntry> {
    let pathway = edition.pathways.get(register)?;
    let step = pathway.opening()?;
    let answers: Answers = answers(step)?.into_iter().collect();
    Some(NewEntry {
        id,
        key: id.to_string(),
        case: None,
        subject: None,
        occurred: When::exact(app.now),
        reported_at: None,
        who: app.who(),
        what: NewSaid::Step {
            pathway: register.to_owned(),
            step: step.id.clone(),
            on: None,
            answers,
            why_late: None,
            cleared: Default::default(),
        },
    })
}

impl App {
    /// Whether somebody is signed in as this member of staff.
    pub(super) fn is_you(&self, staff: Option<CaseId>) -> bool {
        staff == self.you.as_ref().map(|you: &You| you.staff)
    }
}

pub(super) fn step(id: &str, title: &str, help: &str, fields: Vec<Field>) -> Step {
    Step {
        help: help.to_owned(),
        roles: vec![ANYONE.to_owned()],
        opens: true,
        repeat: true,
        safety: true,
        ..Step::plain(id, title, fields)
    }
}

pub(super) fn field(id: &str, label: &str, help: &str, kind: Kind) -> Field {
    Field::plain(id, label, kind).with_help(help).required()
}

/// Yes and no, to choose from.
pub(super) fn yes_or_no() -> Vec<Choice> {
    vec![
        Choice::plain("yes", crate::domain::words::show::YES, 'y'),
        Choice::plain("no", crate::domain::words::show::NO, 'n'),
    ]
}
