//! An office with somebody in every role and every duty, which is asked by each of them to do everything.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use dutydesk::domain::access::Sought;
use dutydesk::domain::act::Act;
use dutydesk::domain::answer::{Answer, Answers, ByWhen, Evidence, Named, When, YesNo};
use dutydesk::domain::chance::{Chance, Seeded};
use dutydesk::domain::commitment::Party;
use dutydesk::domain::entry::{Batch, Method, NewEntry, NewSaid, Who};
use dutydesk::domain::handover::{Answered, HandedOver, Line, Section};
use dutydesk::domain::ids::{CaseId, DraftId, EntryId, SignId};
use dutydesk::domain::keys::PublicKey;
use dutydesk::domain::measure::Asked;
use dutydesk::domain::owning::{DUTY_DESK, OfferAnswer, Owned};
use dutydesk::domain::permission::{ANYONE, Viewer};
use dutydesk::domain::secret::SecretKind;
use dutydesk::domain::signs::SignAnswer;
use dutydesk::domain::time::Zone;
use dutydesk::pathway::check::{Context, missing};
use dutydesk::pathway::definition::{Field, Kind, Means, Step};
use dutydesk::pathway::edition::Edition;
use dutydesk::settings::measures::shipped;
use dutydesk::store::{AppendError, Founding, Limits, OfficeDir, ReadError, Store};

/// The column of a desk where nobody has said who they are.
pub const NOBODY: &str = "nobody";

pub struct Office {
    _home: tempfile::TempDir,
    store: Store,
    ids: Seeded,
    staff: BTreeMap<String, CaseId>,
    /// A case of each pathway.
    cases: BTreeMap<String, CaseId>,
    people: [CaseId; 2],
    /// A person whose record is kept to nobody by name.
    kept: CaseId,
    /// The entry in which it was opened beyond.
    opened_beyond: EntryId,
    /// Somebody who may give roles, whom no column is.
    giver: CaseId,
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_294_920, 0).expect("a time")
}

fn text(words: &str) -> Answer {
    Answer::Text(words.to_owned())
}

fn answers<const N: usize>(given: [(&str, Answer); N]) -> Answers {
    given.into_iter().map(|(field, answer)| (field.to_owned(), answer)).collect()
}

fn roles(id: &str) -> Answer {
    Answer::Choices(vec![id.to_owned()])
}

/// One act of each kind, about nothing in particular.
pub fn acts_of_all_kinds() -> Vec<Act> {
    let (entry, case) = (EntryId(uuid::Uuid::nil()), CaseId(uuid::Uuid::nil()));
    let (reason, note) = (String::new(), String::new());
    let owed = dutydesk::domain::ids::CommitmentId { entry, place: "then.review".to_owned() };
    vec![
        Act::Found {
            office: "Rowan House".to_owned(),
            zone: "Europe/London".to_owned(),
            training: YesNo::Yes,
        },
        Act::Adopt { edition: dutydesk::domain::ids::Hash32([0; 32]), files: BTreeMap::new() },
        Act::Amend { entry, answers: Answers::new(), occurred: None, reason: reason.clone() },
        Act::Reattribute { case, from: case, to: case, reason: reason.clone() },
        Act::Link { a: case, b: case, reason: reason.clone(), duplicate: YesNo::No },
        Act::Unlink { a: case, b: case, reason: reason.clone() },
        Act::Merge { register: "people".to_owned(), kept: case, gone: case, reason: reason.clone() },
        Act::Unmerge { kept: case, gone: case, reason: reason.clone() },
        Act::Cancel { owed: owed.clone(), because: entry, reason: reason.clone(), goes_on: None },
        Act::PassOn { owed, to: case, because: entry, reason: reason.clone() },
        Act::HoldDuty { duty: "decision_holder".to_owned(), staff: case, place: None },
        Act::ConfirmTyped { entry, agrees: YesNo::Yes, note: note.clone() },
        Act::Countersign { entry, agrees: YesNo::Yes, note },
        Act::TakeDraft { draft: DraftId(entry.0), from: None, reason },
        Act::SignIn { staff: case },
        Act::LookBeyond { subject: case, reason: String::new() },
        enrolment(case, [0; 32]),
        Act::RevokeKey { staff: Some(case), fingerprint: key([0; 32]).fingerprint(), reason: String::new() },
        Act::BeyondSeen { entry, note: String::new() },
        Act::SetSecret { staff: case, what: SecretKind::Pin },
        Act::Unlock { staff: Some(case), station: None },
        Act::Sign { entry },
        Act::HandOver(Box::new(handed_over())),
        Act::HandoverAnswer {
            handover: entry,
            items: vec!["duty:decision_holder".to_owned()],
            answer: Answered::Read,
            reason: String::new(),
        },
        Act::HandoverReadBack { handover: entry, words: "As you say".to_owned() },
        Act::HandoverLeft {
            handover: entry,
            items: vec!["duty:decision_holder".to_owned()],
            duty: "decision_holder".to_owned(),
        },
        Act::HandoverEnd { handover: entry, satisfactory: YesNo::Yes, note: String::new() },
        Act::Acknowledge { what: Vec::new() },
        Act::Take { what: vec![Owned::Case], reason: String::new(), handover: None },
        offer(),
        Act::AnswerOffer { offer: entry, answer: OfferAnswer::Taken, reason: String::new() },
        Act::WithdrawOffer { offer: entry, reason: String::new() },
        left_to("decision_holder"),
        Act::RaiseSign {
            sign: SignId(entry.0),
            rule: "late_not_chased".to_owned(),
            edition: dutydesk::domain::ids::Hash32([0; 32]),
            entries: vec![entry],
            words: String::new(),
        },
        Act::AnswerSign {
            sign: SignId(entry.0),
            answer: SignAnswer::Explained,
            words: "As it was agreed".to_owned(),
            owner: None,
            by: None,
        },
        Act::Hold { reason: "A claim".to_owned() },
        Act::LiftHold { hold: entry, reason: "Settled".to_owned() },
        Act::Dispose {
            edition: dutydesk::domain::ids::Hash32([0; 32]),
            class: "care".to_owned(),
            from: NaiveDate::MIN,
            due: NaiveDate::MIN,
            seqs: vec![1],
        },
        Act::Withhold { entry, withheld: YesNo::No, ground: None, reason: "Nobody is named".to_owned() },
        Act::GiveCopy {
            copy: dutydesk::domain::ids::Hash32([0; 32]),
            list: dutydesk::domain::ids::Hash32([0; 32]),
            withheld: 0,
        },
        Act::Disclose {
            whom: Named { id: None, words: "Care Quality Commission".to_owned() },
            about: "case".to_owned(),
            form: "html".to_owned(),
            redacted: YesNo::No,
            copy: dutydesk::domain::ids::Hash32([0; 32]),
        },
        Act::Looks { looks: 1, head: dutydesk::domain::ids::Hash32([0; 32]) },
    ]
}

/// A shift with nothing in it but who decides.
fn handed_over() -> HandedOver {
    HandedOver {
        from: now() - TimeDelta::hours(12),
        until: now(),
        next: now() + TimeDelta::hours(12),
        to: None,
        others: String::new(),
        place: String::new(),
        note: String::new(),
        lines: vec![Line::new("duty:decision_holder".to_owned(), Section::OnCall)],
    }
}

/// The case is offered to whoever chairs reviews.
fn offer() -> Act {
    let to = Party::Role("chair".to_owned());
    Act::Offer { what: vec![Owned::Case], to, handover: None, note: String::new() }
}

fn left_to(duty: &str) -> Act {
    Act::LeaveTo { what: vec![Owned::Case], duty: duty.to_owned(), refused: None, reason: String::new() }
}

/// A key that is nobody's yet, made from these bytes.
fn key(point: [u8; 32]) -> PublicKey {
    let strings =
        [b"ssh-ed25519".as_slice(), &point].map(|part| [&[0, 0, 0, part.len() as u8], part].concat());
    format!("ssh-ed25519 {}", STANDARD.encode(strings.concat())).parse().expect("a key")
}

fn enrolment(staff: CaseId, point: [u8; 32]) -> Act {
    let key = key(point);
    let label = "work laptop".to_owned();
    Act::EnrolKey { staff: Some(staff), fingerprint: key.fingerprint(), key, label, until: None }
}

impl Office {
    /// With a member of staff for each role and each duty, and a case of each pathway.
    pub fn with_everybody(edition: &Edition) -> Self {
        let home = tempfile::tempdir().expect("room for an office");
        let founding = Founding {
            office: "Rowan House".to_owned(),
            zone: Zone::default(),
            training: true,
            files: with_a_kept_record(),
        };
        let dir = OfficeDir::at(home.path().join("office"));
        let store = Store::create(&dir, founding, Box::new(Seeded::new(1)), now()).expect("an office");
        let nobody = CaseId(uuid::Uuid::nil());
        let mut office = Self {
            _home: home,
            store,
            ids: Seeded::new(2),
            staff: BTreeMap::new(),
            cases: BTreeMap::new(),
            people: [nobody; 2],
            kept: nobody,
            opened_beyond: EntryId(nobody.0),
            giver: nobody,
        };
        for role in edition.roles.roles.keys() {
            let staff = office.opened("staff", answers([("name", text(role)), ("roles", roles(role))]));
            office.staff.insert(role.clone(), staff);
        }
        for duty in edition.roles.duties.keys() {
            // A role that may do nothing beside: what they may is by their duty.
            let said = answers([("name", text(duty)), ("roles", roles("care_worker"))]);
            let staff = office.opened("staff", said);
            office.by_system(None, NewSaid::Act(Act::HoldDuty { duty: duty.clone(), staff, place: None }));
            office.staff.insert(duty.clone(), staff);
        }
        let giver = answers([("name", text("giver")), ("roles", roles("registered_manager"))]);
        office.giver = office.opened("staff", giver);
        office.people = ["Theresa Quill", "Fred Fenn"]
            .map(|name| office.opened("people", answers([("name", text(name))])));
        office.kept = office.opened("people", answers([("name", text("Daisy Marsh"))]));
        let keep = answers([("kept", Answer::YesNo { is: YesNo::Yes, why: String::new() })]);
        office.by_system(Some(office.kept), said_as("people.keep_to", keep));
        let beyond = Act::LookBeyond { subject: office.kept, reason: "her sister rang".to_owned() };
        office.opened_beyond = EntryId(office.by_system(None, NewSaid::Act(beyond)).0);
        for pathway in edition.pathways.values() {
            let mut said = least(pathway.opening().expect("a first step"));
            if pathway.id == "rota" {
                // A slot names somebody of ours and lasts; it is still to come, so that nobody's duties change.
                let who = Named { id: Some(office.giver), words: "giver".to_owned() };
                said.insert("who".to_owned(), Answer::Named(who));
                for (field, hours) in [("from", 1), ("until", 2)] {
                    let at = When::exact(now() + chrono::TimeDelta::hours(hours));
                    said.insert(field.to_owned(), Answer::Time(at));
                }
            }
            let subject = pathway.opening().and_then(|step| step.meaning(Means::Subject));
            if let Some(field) = subject.filter(|field| said.contains_key(&field.id))
                && let Kind::Record { register, on_the_spot: false } = &field.kind
            {
                let id = match register.as_str() {
                    "people" => office.people[0],
                    "staff" => office.giver,
                    register => office.opened(register, answers([("name", text("somebody"))])),
                };
                let about = Named { id: Some(id), words: "somebody".to_owned() };
                said.insert(field.id.clone(), Answer::Named(about));
            }
            // Whoever else of ours is named is on the staff list.
            let fields = pathway.opening().into_iter().flat_map(|step| &step.fields);
            for field in fields.filter(|field| field.means != Some(Means::Subject)) {
                let ours = matches!(&field.kind, Kind::Record { register, .. } if register == "staff");
                if let Some(Answer::Named(named)) = said.get_mut(&field.id).filter(|_| ours) {
                    let other = field.not_same_as.is_some() && pathway.subject.as_deref() != Some("staff");
                    let staff = if other { office.giver } else { office.staff["registered_manager"] };
                    named.id = named.id.or(Some(staff));
                }
            }
            let case = office.opened(&pathway.id, said);
            office.cases.insert(pathway.id.clone(), case);
        }
        office
    }

    /// Whoever stands in a column.
    pub fn viewer(&self, column: &str) -> Viewer {
        self.store.viewer_for(self.staff.get(column).copied(), now()).expect("it can be read")
    }

    /// Nothing that was asked has broken the record.
    pub fn is_whole(&self) {
        let found = self.store.verify(&Viewer::system(), &mut |_, _| {}).expect("it can be verified");
        assert_eq!(found.fault, None);
    }

    /// Whether the ledger lets whoever stands in a column do it. What else is wrong with what they ask is no matter.
    pub fn may(&mut self, edition: &Edition, column: &str, row: &str) -> bool {
        let viewer = self.viewer(column);
        match row {
            "read.board" | "grant.read" => allowed(self.store.board(&viewer, now(), Limits::default())),
            "read.case" => allowed(self.store.case(&viewer, self.cases["urgent"], now())),
            "read.people" => {
                allowed(self.store.records(&viewer, "people", None, 5))
                    && allowed(self.store.find(&viewer, "people", "qui", 5))
                    && allowed(self.store.person(&viewer, self.people[0], now()))
            }
            "read.staff" => {
                allowed(self.store.records(&viewer, "staff", None, 5))
                    && allowed(self.store.case(&viewer, self.cases["staff"], now()))
            }
            "grant.read_office" => {
                // Whoever reads everything reads this too; the grant alone opens no more.
                allowed(self.store.records(&viewer, "locations", None, 5))
                    && allowed(self.store.locations(&viewer, now()))
                    && !allowed(self.store.records(&viewer, "people", None, 5))
            }
            "read.entries" => allowed(self.store.entries_after(&viewer, 0, 1)),
            "grant.export" => allowed(self.store.entries_after(&viewer, 0, 1)),
            "grant.verify" => allowed(self.store.verify(&viewer, &mut |_, _| {})),
            "grant.configure" => self.may(edition, column, "act.adopt"),
            "grant.amend" => self.may(edition, column, "act.amend"),
            "grant.reattribute" => self.may(edition, column, "act.reattribute"),
            "grant.hold_duty" => self.may(edition, column, "act.hold_duty"),
            "grant.take_draft" => self.may(edition, column, "act.take_draft"),
            "grant.enrol_key" => self.may(edition, column, "act.enrol_key"),
            "grant.answer_signs" => self.may(edition, column, "act.answer_sign"),
            "grant.vouch" => self.may(edition, column, "act.unlock"),
            "grant.dispose" => self.may(edition, column, "act.hold"),
            "grant.audit" => allowed(self.store.looks(&viewer, &Sought::default(), None, 1)),
            "grant.measures" => {
                let month = Asked::month_of(now().date_naive());
                allowed(self.store.overview(&viewer, shipped(), &month, now()))
            }
            "grant.restricted" => {
                // Who was let in a moment ago asks as somebody who was not.
                let viewer = Viewer { beyond: Vec::new(), ..viewer };
                allowed(self.store.record(&viewer, self.kept))
            }
            "grant.look_beyond" => {
                // Whoever reads anywhere may open a record beyond; the grant alone is for whoever does not.
                self.may(edition, column, "act.look_beyond")
                    && !allowed(self.store.board(&viewer, now(), Limits::default()))
            }
            _ if row.starts_with("act.") => self.may_act(&viewer, row),
            _ => self.may_record(edition, &viewer, row),
        }
    }

    fn may_act(&mut self, viewer: &Viewer, row: &str) -> bool {
        let urgent = self.cases["urgent"];
        let reason = "because".to_owned();
        let note = String::new();
        let entry = EntryId(urgent.0);
        let act = match row {
            "act.found" => acts_of_all_kinds().remove(0),
            // Definitions that cannot be read are refused after it was asked who brings them.
            "act.adopt" => Act::Adopt {
                edition: dutydesk::domain::ids::Hash32([0; 32]),
                files: [("roles.toml".to_owned(), "[[role]".to_owned())].into(),
            },
            "act.amend" => Act::Amend { entry, answers: Answers::new(), occurred: None, reason },
            "act.reattribute" => {
                let state = self.store.case(&Viewer::system(), urgent, now()).expect("a case").state;
                let from = state.subject.expect("the call is about somebody");
                let to = self.people[usize::from(from == self.people[0])];
                Act::Reattribute { case: urgent, from, to, reason }
            }
            "act.link" => Act::Link { a: urgent, b: self.cases["governance"], reason, duplicate: YesNo::No },
            "act.unlink" => Act::Unlink { a: urgent, b: self.cases["governance"], reason },
            "act.cancel" | "act.pass_on" => {
                let all = acts_of_all_kinds();
                all.into_iter().find(|act| act.kind() == row).expect("one of them")
            }
            // Whether they are merged already is asked after whose leave it takes.
            "act.merge" => {
                let [kept, gone] = self.people;
                // Without a reason it is refused after that, and nothing is merged.
                Act::Merge { register: "people".to_owned(), kept, gone, reason: String::new() }
            }
            "act.unmerge" => Act::Unmerge { kept: self.people[0], gone: self.people[1], reason },
            "act.hold_duty" => Act::HoldDuty {
                duty: "decision_holder".to_owned(),
                staff: self.staff["registered_manager"],
                place: None,
            },
            "act.confirm_typed" => Act::ConfirmTyped { entry, agrees: YesNo::Yes, note },
            "act.countersign" => Act::Countersign { entry: self.role_given(), agrees: YesNo::No, note },
            "act.take_draft" => Act::TakeDraft { draft: DraftId(self.ids.uuid()), from: None, reason },
            "act.set_secret" => Act::SetSecret { staff: self.giver, what: SecretKind::Pin },
            "act.unlock" => Act::Unlock { staff: Some(self.giver), station: None },
            "act.sign" => Act::Sign { entry },
            // Of nothing: what is owed is asked after whose leave it takes.
            "act.acknowledge" => Act::Acknowledge { what: Vec::new() },
            "act.raise_sign" | "act.answer_sign" => {
                let all = acts_of_all_kinds().into_iter();
                all.rev().find(|act| act.kind() == row).expect("one of them")
            }
            "act.looks" => acts_of_all_kinds().pop().expect("the last"),
            "act.look_beyond" => Act::LookBeyond { subject: self.kept, reason },
            "act.beyond_seen" => Act::BeyondSeen { entry: self.opened_beyond, note },
            "act.enrol_key" => enrolment(self.giver, self.ids.bytes32()),
            "act.revoke_key" => {
                let point = self.ids.bytes32();
                self.by_system(None, NewSaid::Act(enrolment(self.giver, point)));
                Act::RevokeKey { staff: Some(self.giver), fingerprint: key(point).fingerprint(), reason }
            }
            "act.hand_over" => Act::HandOver(Box::new(handed_over())),
            // Somebody else's, which each of them might take over.
            "act.handover_answer" | "act.handover_read_back" | "act.handover_end" => {
                let handover = self.handed_over_by(self.giver);
                let all = acts_of_all_kinds().into_iter();
                let mut act = all.rev().find(|act| act.kind() == row).expect("one of them");
                if let Act::HandoverAnswer { handover: of, .. }
                | Act::HandoverReadBack { handover: of, .. }
                | Act::HandoverEnd { handover: of, .. } = &mut act
                {
                    *of = handover;
                }
                act
            }
            // One's own: nobody leaves what another hands over.
            "act.handover_left" => {
                let giver = viewer.staff.unwrap_or(self.giver);
                let handover = self.handed_over_by(giver);
                let items = vec!["duty:decision_holder".to_owned()];
                Act::HandoverLeft { handover, items, duty: "decision_holder".to_owned() }
            }
            "act.take" => Act::Take { what: vec![Owned::Case], reason, handover: None },
            "act.offer" => offer(),
            "act.answer_offer" | "act.withdraw_offer" => {
                self.by_system(Some(urgent), NewSaid::Act(offer()));
                let case = self.store.case(&Viewer::system(), urgent, now()).expect("a case");
                let offered = case.state.holding.offered.expect("it was offered just now");
                let (offer, answer) = (offered.entry, OfferAnswer::Taken);
                match row {
                    "act.answer_offer" => Act::AnswerOffer { offer, answer, reason },
                    _ => Act::WithdrawOffer { offer, reason },
                }
            }
            "act.leave_to" => left_to("decision_holder"),
            "act.hold" | "act.lift_hold" | "act.dispose" | "act.withhold" | "act.give_copy"
            | "act.disclose" => {
                let mut all = acts_of_all_kinds().into_iter();
                all.find(|act| act.kind() == row).expect("one of them")
            }
            "act.sign_in" => Act::SignIn { staff: self.staff["care_worker"] },
            other => panic!("{other} is asked by nobody"),
        };
        let passes = ["act.take", "act.offer", "act.answer_offer", "act.withdraw_offer", "act.leave_to"];
        let case = passes.contains(&row).then_some(urgent);
        let asks = self.entry(viewer.staff, viewer.staff, case, NewSaid::Act(act));
        let asked = self.store.append(viewer, Batch { entries: vec![asks], ..Batch::default() }, now());
        self.hold_as_before();
        if case.is_some() && asked.is_ok() {
            self.left_to_the_desk(urgent);
        }
        is_allowed(asked)
    }

    /// A shift that this member of staff has handed over.
    fn handed_over_by(&mut self, giver: CaseId) -> EntryId {
        let act = NewSaid::Act(Act::HandOver(Box::new(handed_over())));
        let entry = self.entry(Some(giver), Some(giver), None, act);
        let id = entry.id;
        let batch = Batch { entries: vec![entry], ..Batch::default() };
        self.store.append(&Viewer::system(), batch, now()).expect("the program may do all");
        id
    }

    /// The case is whose it was at first again.
    fn left_to_the_desk(&mut self, case: CaseId) {
        let owner = self.store.case(&Viewer::system(), case, now()).expect("a case").state.owner;
        if owner != Some(Party::Role(DUTY_DESK.to_owned())) {
            self.by_system(Some(case), NewSaid::Act(left_to(DUTY_DESK)));
        }
    }

    /// A role that waits for a second person.
    fn role_given(&mut self) -> EntryId {
        let said = answers([("name", text("Tom Vale")), ("roles", roles("chair"))]);
        let what = said_as("staff.change", said);
        let given = self.entry(Some(self.giver), Some(self.giver), Some(self.cases["staff"]), what);
        let id = given.id;
        let viewer = self.store.viewer_for(Some(self.giver), now()).expect("it can be read");
        let batch = Batch { entries: vec![given], ..Batch::default() };
        assert!(self.store.append(&viewer, batch, now()).expect("a role can be given").waits);
        id
    }

    /// The duties go back to whom the columns say.
    fn hold_as_before(&mut self) {
        for duty in self.store.roles().expect("roles").duties.keys() {
            let staff = self.staff[duty];
            self.by_system(None, NewSaid::Act(Act::HoldDuty { duty: duty.clone(), staff, place: None }));
        }
    }

    fn may_record(&mut self, edition: &Edition, viewer: &Viewer, row: &str) -> bool {
        let name = row.strip_suffix("/typed").unwrap_or(row);
        let (pathway, step) = name.split_once('.').expect("a step");
        let step = edition.pathways[pathway].step(step).expect("a step");
        let by = if name == row { viewer.staff } else { self.somebody_else(step, viewer.staff) };
        let case = (!step.opens).then(|| self.cases[pathway]);
        let asks = self.entry(by, viewer.staff, case, said_as(name, Answers::new()));
        is_allowed(self.store.append(viewer, Batch { entries: vec![asks], ..Batch::default() }, now()))
    }

    /// Somebody whose act the step may be, other than whoever types.
    fn somebody_else(&self, step: &Step, typist: Option<CaseId>) -> Option<CaseId> {
        let may = |(column, _): &(&String, &CaseId)| {
            step.roles.iter().any(|role| role == *column || role == ANYONE)
        };
        let mut others = self.staff.iter().filter(may).map(|(_, staff)| *staff);
        others.find(|staff| Some(*staff) != typist)
    }

    fn entry(
        &mut self,
        by: Option<CaseId>,
        typed_by: Option<CaseId>,
        case: Option<CaseId>,
        what: NewSaid,
    ) -> NewEntry {
        let id = EntryId(self.ids.uuid());
        let who = Who { by, typed_by, method: Method::Asserted };
        NewEntry {
            id,
            key: id.to_string(),
            case,
            subject: None,
            occurred: When::exact(now()),
            reported_at: None,
            who,
            what,
        }
    }

    fn opened(&mut self, pathway: &str, said: Answers) -> CaseId {
        let opening = Edition::built_in().pathways[pathway].opening().expect("a first step").id.clone();
        self.by_system(None, said_as(&format!("{pathway}.{opening}"), said))
    }

    fn by_system(&mut self, case: Option<CaseId>, what: NewSaid) -> CaseId {
        let subject = matches!(&what, NewSaid::Step { pathway, .. } if pathway == "urgent");
        let mut entry = self.entry(None, None, case, what);
        entry.subject = subject.then(|| self.people[0]);
        let id = CaseId::from(entry.id);
        let batch = Batch { entries: vec![entry], ..Batch::default() };
        self.store.append(&Viewer::system(), batch, now()).expect("the program may do all");
        id
    }
}

/// The definitions as they come, with a step that keeps a record to a few.
fn with_a_kept_record() -> BTreeMap<String, String> {
    let mut files = Edition::built_in_files();
    let step = r#"
        [[step]]
        id = "keep_to"
        title = "Kept to a few"
        roles = ["registered_manager"]
        repeat = true
        field = [{ id = "kept", label = "Kept to a few", kind = "yes_no", means = "restricted" }]
    "#;
    files.entry("pathways/people.toml".to_owned()).and_modify(|text| text.push_str(step));
    files
}

/// The least that a step can be recorded with.
fn least(step: &Step) -> Answers {
    let asks_whom = |field: &Field| field.required.is_some() && field.means == Some(Means::Subject);
    let always = |field: &&Field| field.required == Some(None) || asks_whom(field);
    let must = step.fields.iter().filter(always).filter(|field| !field.retired);
    let mut said: Answers = must.filter_map(|field| Some((field.id.clone(), answer(field)?))).collect();
    // And what it asks for because of what was said, or was not: one after the other, as each may ask for more.
    loop {
        let missing = missing(
            step,
            &said,
            Context {
                case: None,
                record: None,
                cautions: &[],
                kinds: None,
                states: &[],
                on: None,
                now: now(),
            },
        );
        let asked = missing.iter().find_map(|missing| {
            let field = step.field(missing).filter(|field| !said.contains_key(&field.id))?;
            Some((field.id.clone(), answer(field)?))
        });
        match asked {
            Some((field, answer)) => drop(said.insert(field, answer)),
            None => break,
        }
    }
    for field in step.fields.iter().filter(|field| field.means == Some(Means::Roles)) {
        said.insert(field.id.clone(), roles("care_worker"));
    }
    said
}

/// The least that answers a field; of a table, one line.
fn answer(field: &Field) -> Option<Answer> {
    match &field.kind {
        Kind::Text if field.means == Some(Means::SlipsIssued) => Some(text("0001-0002")),
        Kind::ByWhen => Some(Answer::ByWhen(ByWhen::At(When::exact(now())))),
        Kind::Text | Kind::Notes => Some(text("as it was")),
        Kind::Choice(choices) => Some(Answer::Choice(choices.first()?.id.clone())),
        Kind::Choices(choices) => Some(Answer::Choices(vec![choices.first()?.id.clone()])),
        Kind::YesNo { .. } => Some(Answer::YesNo { is: YesNo::No, why: "it was not so".to_owned() }),
        Kind::Time { .. } => Some(Answer::Time(When::exact(now()))),
        Kind::Record { .. } => {
            let words = if field.not_same_as.is_some() { "somebody else" } else { "somebody" };
            Some(Answer::Named(Named { id: None, words: words.to_owned() }))
        }
        Kind::Date => Some(Answer::Date(now().date_naive())),
        Kind::Number { .. } => Some(Answer::Number(1)),
        Kind::Evidence => Some(Answer::Evidence(Evidence {
            reference: "as it was".to_owned(),
            seen_by: String::new(),
            seen_at: None,
        })),
        Kind::Rows { columns, .. } => {
            let asked = columns.iter().filter(|column| column.required.is_some());
            let cells = asked.filter_map(|column| Some((column.id.clone(), answer(column)?)));
            Some(Answer::Rows(vec![cells.collect()]))
        }
        _ => None,
    }
}

fn said_as(name: &str, answers: Answers) -> NewSaid {
    let (pathway, step) = name.split_once('.').expect("a step");
    NewSaid::Step {
        pathway: pathway.to_owned(),
        step: step.to_owned(),
        on: None,
        answers,
        why_late: None,
        cleared: Default::default(),
    }
}

fn is_allowed<T>(asked: Result<T, AppendError>) -> bool {
    !matches!(asked, Err(AppendError::Denied(_)))
}

fn allowed<T>(read: Result<T, ReadError>) -> bool {
    match read {
        Ok(_) => true,
        Err(ReadError::Denied(_)) => false,
        Err(error) => panic!("{error}"),
    }
}
