//! An office in which stories are told, step by step at their own times.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use dutydesk::domain::act::Act;
use dutydesk::domain::answer::{Answer, Answers, Branch, ByWhen, Evidence, Named, When, YesNo};
use dutydesk::domain::chance::{Chance, Seeded};
use dutydesk::domain::entry::{Batch, Method, NewEntry, NewSaid, Who};
use dutydesk::domain::ids::{CaseId, EntryId};
use dutydesk::domain::permission::Viewer;
use dutydesk::domain::time::Zone;
use dutydesk::domain::views::{SignFilter, SignRow};
use dutydesk::form::typed::{self, Reading, Texts};
use dutydesk::pathway::check::{Context, missing};
use dutydesk::pathway::definition::{Field, Kind, Means, Step};
use dutydesk::pathway::edition::Edition;
use dutydesk::store::{Founding, OfficeDir, Store};
use serde::Deserialize;

/// A story in which the sign appears, and one in which it does not.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Story {
    pub shown: Telling,
    pub near: Telling,
}

#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
pub struct Telling {
    /// When it is looked at, in minutes after the first step.
    pub look: i64,
    pub steps: Vec<Told>,
}

#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// Minutes after the first.
    pub at: i64,
    /// `PATHWAY.STEP`.
    pub step: String,
    /// The case by a name of the story.
    #[serde(default)]
    pub case: String,
    /// The rows that opened what it is recorded on: the first that is open.
    #[serde(default)]
    pub on: String,
    /// Whose act it is.
    #[serde(default)]
    pub by: String,
    /// A case that this one is linked with.
    #[serde(default)]
    pub link: String,
    #[serde(default)]
    pub says: BTreeMap<String, toml::Value>,
}

pub struct Office {
    _home: tempfile::TempDir,
    pub store: Store,
    ids: Seeded,
    names: BTreeMap<String, CaseId>,
    cases: BTreeMap<String, CaseId>,
}

/// When stories begin: a Monday morning.
pub fn begin() -> DateTime<Utc> {
    "2026-11-02T09:00:00Z".parse().expect("a time")
}

impl Office {
    pub fn new() -> Self {
        let home = tempfile::tempdir().expect("a directory");
        let dir = OfficeDir::at(home.path().join("office"));
        let founding = Founding {
            office: "Rowan House".to_owned(),
            zone: Zone::default(),
            training: false,
            files: Edition::built_in_files(),
        };
        let store = Store::create(&dir, founding, Box::new(Seeded::new(1)), before()).expect("an office");
        let mut office =
            Self { _home: home, store, ids: Seeded::new(2), names: BTreeMap::new(), cases: BTreeMap::new() };
        let role = |role: &str| ("roles", Answer::Choices(vec![role.to_owned()]));
        for place in ["Rowan House", "Alder Court"] {
            office.register("locations", place, vec![]);
        }
        office.register("staff", "Adaeze Okafor", vec![role("registered_manager")]);
        office.register("staff", "Priya Shah", vec![role("duty_manager")]);
        office.register("staff", "Wen Quay", vec![role("duty_coordinator")]);
        for person in ["Theresa Quill", "Bernard Oakes"] {
            let place = office.named("Rowan House");
            office.register("people", person, vec![("location", place)]);
        }
        for organisation in ["The Elms Surgery", "Larkfield Council", "District nursing"] {
            office.register("organisations", organisation, vec![]);
        }
        office
    }

    fn register(&mut self, register: &str, name: &str, more: Vec<(&str, Answer)>) -> CaseId {
        let mut answers: Answers = [("name".to_owned(), Answer::Text(name.to_owned()))].into();
        answers.extend(more.into_iter().map(|(field, answer)| (field.to_owned(), answer)));
        let what = said(&format!("{register}.register"), None, answers);
        let id = self.append(None, None, None, before(), what);
        self.names.insert(name.to_owned(), id);
        id
    }

    /// A person's record that one member of staff alone may see.
    pub fn restrict(&mut self, person: &str, staff: &str) {
        let yes = Answer::YesNo { is: YesNo::Yes, why: "Family of a colleague".to_owned() };
        let row = [("staff".to_owned(), self.named(staff))].into();
        let answers = [
            ("name".to_owned(), Answer::Text(person.to_owned())),
            ("restricted".to_owned(), yes),
            ("restricted_to".to_owned(), Answer::Rows(vec![row])),
        ];
        let what = said("people.change", None, answers.into());
        self.append(Some(self.names[person]), None, None, before(), what);
    }

    pub fn named(&self, name: &str) -> Answer {
        Answer::Named(Named { id: Some(self.names[name]), words: name.to_owned() })
    }

    pub fn record(&self, name: &str) -> CaseId {
        self.names[name]
    }

    pub fn case(&self, name: &str) -> CaseId {
        self.cases[name]
    }

    pub fn at(&self, minutes: i64) -> DateTime<Utc> {
        begin() + TimeDelta::minutes(minutes)
    }

    pub fn id(&mut self) -> EntryId {
        EntryId(self.ids.uuid())
    }

    pub fn signs(&self, now: DateTime<Utc>) -> Vec<SignRow> {
        self.store.signs(&Viewer::system(), SignFilter::default(), now, 500).expect("signs")
    }

    pub fn tells(&mut self, telling: &Telling) {
        telling.steps.iter().for_each(|told| self.tell(told));
    }

    pub fn tell(&mut self, told: &Told) {
        let edition = Edition::built_in();
        let (pathway, step_id) = told.step.split_once('.').expect("a step");
        let step = edition.pathways[pathway].step(step_id).unwrap_or_else(|| panic!("no step {}", told.step));
        let at = self.at(told.at);
        let case = (!step.opens).then(|| self.cases[&told.case]);
        let state = case.map(|case| self.store.case(&Viewer::system(), case, at).expect("a case").state);
        let texts: Texts =
            told.says.iter().flat_map(|(id, value)| typed::from_json(id, &json(value, at))).collect();
        let reading = Reading { now: at, zone: Zone::default() };
        let (mut answers, unread) = typed::read_step(step, &texts, reading);
        assert!(unread.is_empty(), "{}: {unread:?}", told.step);
        for field in told.says.keys().filter(|id| !answers.contains_key(*id)) {
            assert!(blank(&told.says[field]), "{} has no field {field}", told.step);
        }
        answers.values_mut().for_each(|answer| self.knows(answer));
        self.least(step, &mut answers, state.as_ref(), at, &told.says);
        let on = (!told.on.is_empty()).then(|| {
            let owed = state.iter().flat_map(|state| &state.commitments);
            let one = owed.filter(|one| one.progress.is_open()).find(|one| {
                one.opened_in.as_deref() == Some(told.on.as_str())
                    || one.step.as_deref() == Some(told.on.as_str())
            });
            one.unwrap_or_else(|| panic!("{}: nothing is owed at {}", told.step, told.on)).id.clone()
        });
        let by = self.names[if told.by.is_empty() { "Adaeze Okafor" } else { &told.by }];
        let subject = match answers.get(&subject_field(step)) {
            Some(Answer::Named(named)) => named.id,
            _ => None,
        };
        let what = said(&told.step, on, answers);
        let id = self.append(case, subject.filter(|_| step.opens), Some(by), at, what);
        if step.opens && !told.case.is_empty() {
            self.cases.insert(told.case.clone(), id);
        }
        if !told.link.is_empty() {
            let (a, b, reason) = (self.cases[&told.case], self.cases[&told.link], "one matter".to_owned());
            let act = Act::Link { a, b, reason, duplicate: YesNo::No };
            self.append(None, None, Some(by), at, NewSaid::Act(act));
        }
    }

    /// The manager does something that is no step.
    pub fn does(&mut self, act: Act, minutes: i64) {
        let (manager, at) = (self.record("Adaeze Okafor"), self.at(minutes));
        self.append(None, None, Some(manager), at, NewSaid::Act(act));
    }

    /// A record that is on its list twice.
    pub fn organisation(&mut self, name: &str) -> CaseId {
        self.register("organisations", name, vec![])
    }

    fn append(
        &mut self,
        case: Option<CaseId>,
        subject: Option<CaseId>,
        by: Option<CaseId>,
        at: DateTime<Utc>,
        what: NewSaid,
    ) -> CaseId {
        let id = self.id();
        let happened = match &what {
            NewSaid::Step { pathway, step, answers, .. } => happened(pathway, step, answers),
            NewSaid::Act(_) => None,
        };
        let entry = NewEntry {
            id,
            key: id.to_string(),
            case,
            subject,
            occurred: happened.unwrap_or(When::exact(at)),
            reported_at: None,
            who: Who { by, typed_by: by, method: Method::Asserted },
            what,
        };
        let shown = format!("{:?}", entry.what);
        let batch = Batch { entries: vec![entry], ..Batch::default() };
        self.store.append(&Viewer::system(), batch, at).unwrap_or_else(|why| panic!("{why}: {shown}"));
        CaseId::from(id)
    }

    /// Names of records stand for the records.
    fn knows(&self, answer: &mut Answer) {
        match answer {
            Answer::Named(named) if named.id.is_none() => named.id = self.names.get(&named.words).copied(),
            Answer::Rows(rows) => {
                rows.iter_mut().flat_map(|row| row.values_mut()).for_each(|a| self.knows(a))
            }
            _ => {}
        }
    }

    /// What the form asks beside, with the least that it takes; nothing in what the story leaves blank.
    fn least(
        &self,
        step: &Step,
        answers: &mut Answers,
        case: Option<&dutydesk::domain::case::CaseState>,
        at: DateTime<Utc>,
        says: &BTreeMap<String, toml::Value>,
    ) {
        let always = step.fields.iter().filter(|field| field.required == Some(None) && !field.retired);
        for field in always {
            if !says.contains_key(&field.id) && !answers.contains_key(&field.id) {
                answers.extend(self.answer(field, at).map(|answer| (field.id.clone(), answer)));
            }
        }
        for _ in 0..20 {
            let asked = missing(
                step,
                answers,
                Context { case, record: None, cautions: &[], kinds: None, states: &[], on: None, now: at },
            );
            let next = asked.iter().find_map(|id| {
                let id = id.split('.').next().unwrap_or(id);
                let field = step.field(id).filter(|field| !answers.contains_key(&field.id))?;
                (!says.contains_key(id)).then_some((field.id.clone(), self.answer(field, at)?))
            });
            match next {
                Some((id, answer)) => drop(answers.insert(id, answer)),
                None => break,
            }
        }
    }

    fn answer(&self, field: &Field, at: DateTime<Utc>) -> Option<Answer> {
        let text = |words: &str| Some(Answer::Text(words.to_owned()));
        let day = When::exact(at + TimeDelta::days(30));
        match &field.kind {
            Kind::Text | Kind::Notes => text("Two carers at 08:00 and 20:00, charts kept since 14-Oct"),
            Kind::Choice(choices) => Some(Answer::Choice(choices.first()?.id.clone())),
            Kind::Choices(choices) => Some(Answer::Choices(vec![choices.first()?.id.clone()])),
            Kind::YesNo { .. } => {
                Some(Answer::YesNo { is: YesNo::No, why: "It was not so on 14-Oct".to_owned() })
            }
            Kind::Time { future, .. } => Some(Answer::Time(if *future { day } else { When::exact(at) })),
            Kind::ByWhen => Some(Answer::ByWhen(ByWhen::At(day))),
            Kind::Date => Some(Answer::Date(at.date_naive())),
            Kind::Number { .. } => Some(Answer::Number(1)),
            Kind::Evidence => Some(Answer::Evidence(Evidence {
                reference: "Sleep chart, folder 3".to_owned(),
                seen_by: "A. Okafor".to_owned(),
                seen_at: None,
            })),
            Kind::Record { register, .. } => Some(match register.as_str() {
                "people" => self.named("Theresa Quill"),
                "staff" => self.named("Adaeze Okafor"),
                "locations" => self.named("Rowan House"),
                _ => self.named("The Elms Surgery"),
            }),
            Kind::Tree(nodes) => {
                let first = nodes.first()?;
                let choice = first.branches.first()?.0.id.clone();
                Some(Answer::Tree(vec![Branch { node: first.id.clone(), choice }]))
            }
            Kind::Rows { columns, .. } => {
                let asked = columns.iter().filter(|column| column.required.is_some());
                let cells = asked.filter_map(|column| Some((column.id.clone(), self.answer(column, at)?)));
                Some(Answer::Rows(vec![cells.collect()]))
            }
            _ => None,
        }
    }

    /// The record is whole, and what is derived is what would be derived anew.
    pub fn is_whole(&self) {
        let found = self.store.verify(&Viewer::system(), &mut |_, _| {}).expect("it can be verified");
        assert_eq!(found.fault, None);
    }

    /// How the database answers what is asked of it with each commit and each look at the clock.
    pub fn plans(&self) -> Vec<(String, String)> {
        let conn = rusqlite::Connection::open(self.store.dir().ledger()).expect("the file");
        let asked = [
            "SELECT body FROM signs WHERE source = x'00'",
            "SELECT rule, key, at, place, body FROM sign_marks WHERE case_id = x'00'",
            "SELECT at, body FROM sign_marks WHERE rule = 'r' AND key = 'k' AND at >= 1 ORDER BY at, case_id, place",
            "DELETE FROM signs WHERE counted = 'r k' AND since BETWEEN 1 AND 2",
            "SELECT s.body FROM signs s WHERE s.until > 1 AND s.since <= 1
             AND NOT EXISTS (SELECT 1 FROM signs_raised r WHERE r.id = s.id) ORDER BY s.until, s.since LIMIT 1",
            "SELECT since FROM signs WHERE since > 1 ORDER BY since LIMIT 1",
            "SELECT until FROM signs WHERE until > 1 AND until < 9223372036854775807 ORDER BY until LIMIT 1",
        ];
        let plan = |sql: &str| {
            let mut statement = conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).expect("a statement");
            let lines = statement.query_map([], |row| row.get::<_, String>(3)).expect("a plan");
            lines.map(|line| line.expect("a line") + "\n").collect::<String>()
        };
        asked.iter().map(|sql| ((*sql).to_owned(), plan(sql))).collect()
    }
}

fn before() -> DateTime<Utc> {
    begin() - TimeDelta::days(100)
}

fn subject_field(step: &Step) -> String {
    step.meaning(Means::Subject).map(|field| field.id.clone()).unwrap_or_default()
}

fn happened(pathway: &str, step: &str, answers: &Answers) -> Option<When> {
    let edition = Edition::built_in();
    let field = edition.pathways.get(pathway)?.step(step)?.meaning(Means::Occurred)?;
    match answers.get(&field.id)? {
        Answer::Time(when) => Some(*when),
        _ => None,
    }
}

fn said(kind: &str, on: Option<dutydesk::domain::ids::CommitmentId>, answers: Answers) -> NewSaid {
    let (pathway, step) = kind.split_once('.').expect("a step");
    NewSaid::Step {
        pathway: pathway.to_owned(),
        step: step.to_owned(),
        on,
        answers,
        why_late: None,
        cleared: Default::default(),
    }
}

fn blank(value: &toml::Value) -> bool {
    value.as_str().is_some_and(str::is_empty)
}

/// A value of a story as the form takes it. "+90" and "-90" are minutes after and before the step.
fn json(value: &toml::Value, at: DateTime<Utc>) -> serde_json::Value {
    match value {
        toml::Value::String(text) => {
            let minutes = text.strip_prefix('+').or(text.starts_with('-').then_some(text.as_str()));
            match minutes.and_then(|minutes| minutes.parse::<i64>().ok()) {
                Some(minutes) => {
                    let time = at + TimeDelta::minutes(minutes);
                    serde_json::Value::String(time.format("%d-%b-%Y %H:%M").to_string())
                }
                None => serde_json::Value::String(text.clone()),
            }
        }
        toml::Value::Integer(number) => (*number).into(),
        toml::Value::Boolean(is) => (*is).into(),
        toml::Value::Array(all) => all.iter().map(|one| json(one, at)).collect(),
        toml::Value::Table(table) => {
            let parts = table.iter().map(|(key, value)| (key.clone(), json(value, at)));
            serde_json::Value::Object(parts.collect())
        }
        other => panic!("{other} stands in no story"),
    }
}

/// A key as a machine makes one.
pub fn key(point: [u8; 32]) -> dutydesk::domain::keys::PublicKey {
    use base64::Engine;
    let mut blob = Vec::new();
    for part in [b"ssh-ed25519".as_slice(), &point] {
        blob.extend(u32::try_from(part.len()).expect("short").to_be_bytes());
        blob.extend(part);
    }
    let line = format!("ssh-ed25519 {}", base64::engine::general_purpose::STANDARD.encode(blob));
    line.parse().expect("a key")
}
