//! The office of the journeys: a few pretended people with numbers of the test range, on a temporary directory.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use chrono::{DateTime, NaiveDate, Utc};
use dutydesk::domain::act::Act;
use dutydesk::domain::answer::{Answer, Answers, Named, When, YesNo};
use dutydesk::domain::chance::{Chance, Seeded};
use dutydesk::domain::entry::{Batch, Method, NewEntry, NewSaid, Who};
use dutydesk::domain::ids::{CaseId, EntryId};
use dutydesk::domain::permission::Viewer;
use dutydesk::domain::secret::SignInRules;
use dutydesk::domain::time::Zone;
use dutydesk::pathway::edition::Edition;
use dutydesk::store::{Founding, OfficeDir, Store};

use super::desk::Wall;

/// An instant (RFC 3339).
pub fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).expect("a time").with_timezone(&Utc)
}

/// An office with a shift leader, a coordinator, a duty manager, a delegate, a Registered Manager and a few people.
/// A copy is the same office.
#[derive(Clone)]
pub struct Office {
    home: Arc<Home>,
    pub wall: Wall,
    /// Staff by what they do.
    pub staff: BTreeMap<&'static str, CaseId>,
    /// People by a short name.
    pub people: BTreeMap<&'static str, CaseId>,
    /// How it asks who is at the keyboard.
    pub rules: SignInRules,
}

/// Where an office lies, and the time there.
struct Home {
    dir: tempfile::TempDir,
    wall: Wall,
}

/// What a journey recorded stands in a pack, whatever it was.
impl Drop for Home {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        let dir = OfficeDir::at(self.dir.path().join("office"));
        let store = Store::open(&dir, Box::new(Seeded::new(6))).expect("the office opens at the end");
        super::packs::hold_everything(&store, *self.wall.lock().expect("nobody panicked with it"));
    }
}

impl Office {
    /// Opened at this time; the duty manager holds the decision.
    pub fn opened(time: &str) -> Self {
        let office = Self::staffed(
            time,
            &[
                ("coordinator", "Priya Shah", &["duty_coordinator"]),
                ("leader", "Ines Brandt", &["shift_leader"]),
                ("duty", "Adaeze Okafor", &["duty_manager"]),
                ("manager", "Morag Lindqvist", &["registered_manager"]),
                ("delegate", "Tomas Varga", &["delegate"]),
            ],
        );
        office.holds_the_decision("duty");
        office
    }

    /// With these on its staff list, each under a key with a name and roles; nobody holds the decision.
    pub fn staffed(time: &str, list: &[(&'static str, &str, &[&str])]) -> Self {
        let now = at(time);
        let wall: Wall = Arc::new(Mutex::new(now));
        let home =
            Home { dir: tempfile::tempdir().expect("room for a temporary directory"), wall: wall.clone() };
        let dir = OfficeDir::at(home.dir.path().join("office"));
        let founding = Founding {
            office: "Rowan House".to_owned(),
            zone: Zone::default(),
            training: true,
            files: Edition::built_in_files(),
        };
        let store =
            Store::create(&dir, founding, Box::new(Seeded::new(1)), now).expect("a place for an office");
        let mut clerk = Clerk { store, ids: Seeded::new(2), now };
        let place = clerk.register("locations", [("name", text("Rowan House"))]);
        let home_of = Answer::Named(Named { id: Some(place), words: "Rowan House".to_owned() });
        let mut staff = BTreeMap::new();
        for (key, name, roles) in list {
            let roles = Answer::Choices(roles.iter().map(|role| (*role).to_owned()).collect());
            staff.insert(*key, clerk.register("staff", [("name", text(name)), ("roles", roles)]));
        }
        clerk.register(
            "organisations",
            [
                ("name", text("The Elms Surgery")),
                ("type", Answer::Choice("gp".to_owned())),
                ("phone", text("01632 960118")),
            ],
        );
        let mut people = BTreeMap::new();
        let sister: Answers = [
            ("name".to_owned(), text("Ruth Quill")),
            ("relation".to_owned(), text("sister")),
            (
                "do_not_inform".to_owned(),
                Answer::YesNo { is: YesNo::Yes, why: "the person asked for it".to_owned() },
            ),
        ]
        .into();
        let daughter: Answers = [
            ("name".to_owned(), text("Hannah Quill")),
            ("relation".to_owned(), text("daughter")),
            ("phone".to_owned(), text("07700 900411")),
        ]
        .into();
        for (key, name, born, number, room) in [
            ("quill", "Theresa Quill", (1941, 3, 2), "999 000 0018", "flat 4"),
            ("oakes_1", "Bernard Oakes", (1950, 2, 1), "999 000 0026", "flat 12"),
            ("oakes_2", "Brian Oakes", (1950, 2, 10), "999 000 0034", "flat 13"),
        ] {
            let born = NaiveDate::from_ymd_opt(born.0, born.1, born.2).expect("a day");
            let said = [
                ("name", text(name)),
                ("location", home_of.clone()),
                ("born", Answer::Date(born)),
                ("nhs_number", text(number)),
                ("room", text(room)),
                ("representatives", Answer::Rows(vec![sister.clone(), daughter.clone()])),
            ];
            people.insert(key, clerk.register("people", said));
        }
        Self { home: Arc::new(home), wall, staff, people, rules: SignInRules::default() }
    }

    /// The decision is held by whoever stands under this key.
    pub fn holds_the_decision(&self, key: &str) {
        let dir = OfficeDir::at(self.path());
        let store = Store::open(&dir, Box::new(Seeded::new(9))).expect("the office opens");
        let mut clerk = Clerk { store, ids: Seeded::new(8), now: self.now() };
        clerk.act(Act::HoldDuty { duty: "decision_holder".to_owned(), staff: self.staff[key], place: None });
    }

    /// Where it lies.
    pub fn path(&self) -> PathBuf {
        self.home.dir.path().join("office")
    }

    /// The time on the wall.
    pub fn now(&self) -> DateTime<Utc> {
        *self.wall.lock().expect("nobody panicked with it")
    }

    /// Winds the clock.
    pub fn set(&self, now: DateTime<Utc>) {
        *self.wall.lock().expect("nobody panicked with it") = now;
    }
}

fn text(words: &str) -> Answer {
    Answer::Text(words.to_owned())
}

/// Whoever fills the registers before the story begins.
struct Clerk {
    store: Store,
    ids: Seeded,
    now: DateTime<Utc>,
}

impl Clerk {
    fn register<const N: usize>(&mut self, register: &str, said: [(&str, Answer); N]) -> CaseId {
        let answers = said.into_iter().map(|(field, answer)| (field.to_owned(), answer)).collect();
        self.append(NewSaid::Step {
            pathway: register.to_owned(),
            step: "register".to_owned(),
            on: None,
            answers,
            why_late: None,
            cleared: Default::default(),
        })
    }

    fn act(&mut self, act: Act) {
        self.append(NewSaid::Act(act));
    }

    fn append(&mut self, what: NewSaid) -> CaseId {
        let id = EntryId(self.ids.uuid());
        let entry = NewEntry {
            id,
            key: id.to_string(),
            case: None,
            subject: None,
            occurred: When::exact(self.now),
            reported_at: None,
            who: Who { by: None, typed_by: None, method: Method::System },
            what,
        };
        let batch = Batch { entries: vec![entry], ..Batch::default() };
        self.store.append(&Viewer::system(), batch, self.now).expect("it can be registered");
        CaseId::from(id)
    }
}
