//! What is exported and imported again is what was there: whatever kinds of answers a register has, whatever people wrote.

use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, Utc};
use proptest::prelude::*;

use super::super::arguments::{Export, Import};
use super::super::failure::{Code, Failure};
use super::super::{export, import};
use crate::domain::answer::{
    Answer, Answers, Branch, ByWhen, Check, Evidence, Named, Precision, When, YesNo,
};
use crate::domain::chance::{Chance, Seeded};
use crate::domain::clean::Clean;
use crate::domain::entry::{Batch, Method, NewEntry, NewSaid, Who};
use crate::domain::ids::{CaseId, EntryId};
use crate::domain::permission::Viewer;
use crate::domain::time::Zone;
use crate::pathway::edition::Edition;
use crate::store::{AppendError, Founding, OfficeDir, Store};

/// A register that asks for every kind of answer there is.
const THINGS: &str = r#"
id = "things"
title = "Things"
register = true
reference = "X"

[[state]]
id = "there"
title = "There"

[[state]]
id = "gone"
title = "Gone"
closed = true

[[group]]
id = "all"
field = [
    { id = "name", label = "Name", kind = "text", means = "name", required = true },
    { id = "notes", label = "Notes", kind = "notes" },
    { id = "one", label = "One of them", kind = "choice", choices = [
        { id = "red", label = "Red, or so" }, { id = "blue", label = "Blue" }, { id = "green", label = "green; dark" },
    ] },
    { id = "some", label = "Some of them", kind = "choices", choices = [
        { id = "red", label = "Red, or so" }, { id = "blue", label = "Blue" }, { id = "green", label = "red" },
    ] },
    { id = "agreed", label = "Agreed", kind = "yes_no", why = "yes" },
    { id = "day", label = "Day", kind = "date" },
    { id = "moment", label = "At", kind = "time" },
    { id = "by", label = "By", kind = "by_when" },
    { id = "where", label = "Where", kind = "location" },
    { id = "proof", label = "Proof", kind = "evidence" },
    { id = "list", label = "List", kind = "checklist", expires = true, items = [
        { id = "gas", label = "Gas" }, { id = "fire", label = "Fire doors" },
    ] },
    { id = "score", label = "Score", kind = "score", parts = [
        { id = "pulse", label = "Pulse", from = 0, to = 3 }, { id = "breath", label = "Breathing", from = 0, to = 3 },
    ] },
    { id = "path", label = "Path", kind = "tree", nodes = [
        { id = "awake", ask = "Awake?", branches = [
            { id = "yes", label = "Yes", outcome = "Wait" }, { id = "no", label = "No", outcome = "999" },
        ] },
    ] },
    { id = "rows", label = "Rows", kind = "rows", columns = [
        { id = "what", label = "What", kind = "text" },
        { id = "sure", label = "Sure", kind = "yes_no" },
        { id = "when", label = "When", kind = "date" },
        { id = "place", label = "Place", kind = "location" },
    ] },
]

[[step]]
id = "register"
title = "New thing"
verb = "register"
roles = ["anyone"]
opens = true
field = [{ include = "all" }]

[[step]]
id = "change"
title = "Change"
verb = "change"
key = "e"
roles = ["anyone"]
repeat = true
decides = true
field = [{ include = "all" }]

[[step]]
id = "gone"
title = "Gone"
verb = "put away"
key = "x"
roles = ["anyone"]
closes = true
"#;

struct Office {
    home: tempfile::TempDir,
    store: Store,
    ids: Seeded,
    /// Two of them have one name.
    places: [CaseId; 3],
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_294_920, 0).unwrap()
}

fn text(words: &str) -> Answer {
    Answer::Text(words.to_owned())
}

fn at_home(office: &Path) -> OfficeDir {
    OfficeDir::at(office.to_owned())
}

impl Office {
    /// An office without staff.
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let mut files = Edition::built_in_files();
        files.insert("pathways/things.toml".to_owned(), THINGS.to_owned());
        let founding = Founding { office: "Rowan".to_owned(), zone: Zone::default(), training: false, files };
        let dir = at_home(&home.path().join("office"));
        let store = Store::create(&dir, founding, Box::new(Seeded::new(1)), now()).unwrap();
        let mut office = Self { home, store, ids: Seeded::new(2), places: [CaseId(uuid::Uuid::nil()); 3] };
        office.places = ["Rowan House", "Larch Court", "Larch Court"].map(|name| {
            office.register("locations", Answers::from([("name".to_owned(), text(name))])).unwrap()
        });
        office
    }

    fn register(&mut self, register: &str, answers: Answers) -> Result<CaseId, AppendError> {
        let id = EntryId(self.ids.uuid());
        let entry = NewEntry {
            id,
            key: id.to_string(),
            case: None,
            subject: None,
            occurred: When::exact(now()),
            reported_at: None,
            who: Who { by: None, typed_by: None, method: Method::Asserted },
            what: NewSaid::Step {
                pathway: register.to_owned(),
                step: "register".to_owned(),
                on: None,
                answers,
                why_late: None,
                cleared: Default::default(),
            },
        };
        let batch = Batch { entries: vec![entry], ..Batch::default() };
        self.store.append(&Viewer::system(), batch, now())?;
        Ok(CaseId::from(id))
    }

    fn path(&self) -> Option<PathBuf> {
        Some(self.home.path().join("office"))
    }

    fn export(&self, register: &str, name: &str) -> PathBuf {
        let out = self.home.path().join(name);
        let asked = Export { register: register.to_owned(), out: Some(out.clone()), staff: None };
        assert_eq!(export::run(self.path(), &asked), Ok(Code::Done));
        out
    }

    fn import(&self, register: &str, file: &Path, create: bool) -> Result<Code, Failure> {
        let asked = Import {
            register: register.to_owned(),
            file: file.to_owned(),
            dry_run: false,
            staff: None,
            by: Vec::new(),
            create,
            alone: None,
        };
        import::run(self.path(), &asked)
    }

    fn of(&self, register: &str) -> Vec<Answers> {
        let all = self.store.exported(&Viewer::system(), register, None, 100).unwrap();
        all.into_iter().map(|one| one.record.answers).collect()
    }
}

fn any_words() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[ -~]{1,30}",
        3 => any::<String>(),
        2 => "['=+@\\-\t]{1,3}[a-z0-9]{0,6}",
        1 => "[\"',;\r\n\u{a0}\u{202e}é\u{301}]{1,12}",
        1 => Just("[L-2]".to_owned()),
        1 => Just("new".to_owned()),
    ]
}

fn line() -> impl Strategy<Value = String> {
    any_words().prop_map(|words| Clean::line(words.trim()).trim().to_owned())
}

fn day() -> impl Strategy<Value = NaiveDate> {
    (0_u64..20_000).prop_map(|days| NaiveDate::from_ymd_opt(1980, 1, 1).unwrap() + chrono::Days::new(days))
}

fn when() -> impl Strategy<Value = When> {
    let precision = prop_oneof![
        Just(Precision::Exact),
        Just(Precision::About),
        Just(Precision::Day),
        Just(Precision::Unknown),
    ];
    // Through the night the clocks go back, too.
    (0_i64..200_000, precision).prop_map(|(back, precision)| {
        let at = DateTime::from_timestamp(1_792_890_000 - back, 0).unwrap();
        let day = Zone::default().start_of_day(Zone::default().day(at));
        When { at: if precision == Precision::Day { day } else { at }, precision }
    })
}

/// The answers of one thing; places are numbers until the office has them.
fn answers() -> impl Strategy<Value = (Answers, Vec<(String, usize, String)>)> {
    let yes = |why: String| {
        if why.is_empty() {
            Answer::YesNo { is: YesNo::No, why }
        } else {
            Answer::YesNo { is: YesNo::Yes, why }
        }
    };
    let chosen = prop::sample::subsequence(vec!["red", "blue", "green"], 1..=3);
    let check = |item: &'static str| {
        let answer = prop::sample::select(vec!["yes", "no", "not_applicable"]);
        (answer, line(), prop::option::of(day())).prop_map(move |(answer, note, expires)| Check {
            item: item.to_owned(),
            answer: answer.to_owned(),
            note,
            expires,
        })
    };
    let row =
        (line(), prop::option::of(any::<bool>()), prop::option::of(day())).prop_map(|(what, sure, when)| {
            let sure = sure.map(|sure| if sure { YesNo::Yes } else { YesNo::No });
            let mut row = Answers::new();
            row.extend((!what.is_empty()).then(|| ("what".to_owned(), text(&what))));
            row.extend(sure.map(|is| ("sure".to_owned(), Answer::YesNo { is, why: String::new() })));
            row.extend(when.map(|day| ("when".to_owned(), Answer::Date(day))));
            row
        });
    let parts = prop::collection::btree_map(prop::sample::select(vec!["pulse", "breath"]), 0_i64..=3, 2..=2);
    let by = prop_oneof![
        when().prop_map(ByWhen::At),
        line().prop_filter("says why", |why| !why.is_empty()).prop_map(|why| ByWhen::NoneGiven { why }),
    ];
    let first = (
        line().prop_filter("has a name", |name| !name.is_empty()),
        any_words().prop_map(|words| Clean::notes(words.trim()).trim().to_owned()),
        prop::option::of(prop::sample::select(vec!["red", "blue", "green"])),
        prop::option::of(chosen),
        prop::option::of(line().prop_map(yes)),
        prop::option::of(day()),
        prop::option::of(when()),
        prop::option::of(by),
    );
    let second = (
        prop::option::of((line(), line(), prop::option::of(when()))),
        prop::option::of((check("gas"), check("fire"))),
        prop::option::of(parts),
        prop::option::of(prop::sample::select(vec!["yes", "no"])),
        prop::collection::vec(row, 0..4),
        prop::option::of((0_usize..4, line())),
    );
    (first, second).prop_map(|((name, notes, one, some, agreed, day, at, by), second)| {
        let (proof, list, score, path, mut rows, place) = second;
        let mut all = Answers::from([("name".to_owned(), text(&name))]);
        let mut put = |field: &str, answer: Option<Answer>| {
            all.extend(answer.map(|answer| (field.to_owned(), answer)));
        };
        put("notes", (!notes.is_empty()).then(|| text(&notes)));
        put("one", one.map(|one| Answer::Choice(one.to_owned())));
        put("some", some.map(|some| Answer::Choices(some.into_iter().map(str::to_owned).collect())));
        put("agreed", agreed);
        put("day", day.map(Answer::Date));
        put("moment", at.map(Answer::Time));
        put("by", by.map(Answer::ByWhen));
        put(
            "proof",
            proof.filter(|(reference, ..)| !reference.is_empty()).map(|(reference, seen_by, seen_at)| {
                Answer::Evidence(Evidence { reference, seen_by, seen_at })
            }),
        );
        put("list", list.map(|(one, other)| Answer::Checklist(vec![one, other])));
        put(
            "score",
            score.map(|parts| {
                let total = Some(parts.values().sum());
                Answer::Score {
                    total,
                    parts: parts.into_iter().map(|(id, n)| (id.to_owned(), n)).collect(),
                    values: std::collections::BTreeMap::new(),
                    said: None,
                }
            }),
        );
        put(
            "path",
            path.map(|choice| {
                Answer::Tree(vec![Branch { node: "awake".to_owned(), choice: choice.to_owned() }])
            }),
        );
        while rows.last().is_some_and(Answers::is_empty) {
            rows.pop();
        }
        let mut places = Vec::new();
        if let Some((which, words)) = place {
            places.push(("where".to_owned(), which, words.clone()));
            if !rows.is_empty() {
                places.push(("rows".to_owned(), which, words));
            }
        }
        put("rows", (!rows.is_empty()).then_some(Answer::Rows(rows)));
        (all, places)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_was_exported_is_imported_without_a_change(all in prop::collection::vec(answers(), 1..5)) {
        let mut office = Office::new();
        for (mut answers, places) in all {
            for (field, which, words) in places {
                let Some(id) = office.places.get(which).copied() else { continue };
                let named = Answer::Named(Named { id: Some(id), words: if words.is_empty() { "there".into() } else { words } });
                match answers.get_mut(&field) {
                    Some(Answer::Rows(rows)) => drop(rows[0].insert("place".to_owned(), named)),
                    _ => drop(answers.insert(field, named)),
                }
            }
            office.register("things", answers).unwrap();
        }
        let (head, before) = (office.store.head().unwrap(), office.of("things"));
        let file = office.export("things", "things.csv");
        prop_assert_eq!(office.import("things", &file, false), Ok(Code::Done));
        prop_assert_eq!(office.store.head().unwrap(), head);
        prop_assert_eq!(office.of("things"), before);
        // And written once more it is the same file.
        let again = office.export("things", "again.csv");
        prop_assert_eq!(std::fs::read(file).unwrap(), std::fs::read(again).unwrap());
    }

    #[test]
    fn people_of_any_name_are_exported_and_imported_without_a_change(
        names in prop::collection::vec((line(), line(), prop::option::of(day())), 1..6),
    ) {
        let mut office = Office::new();
        for (name, room, born) in names.into_iter().filter(|(name, ..)| !name.is_empty()) {
            let mut answers = Answers::from([("name".to_owned(), text(&name))]);
            answers.extend((!room.is_empty()).then(|| ("room".to_owned(), text(&room))));
            answers.extend(born.filter(|born| *born < now().date_naive()).map(|born| ("born".to_owned(), Answer::Date(born))));
            office.register("people", answers).unwrap();
        }
        let head = office.store.head().unwrap();
        let file = office.export("people", "people.csv");
        prop_assert_eq!(office.import("people", &file, false), Ok(Code::Done));
        prop_assert_eq!(office.store.head().unwrap(), head);
    }

    #[test]
    fn no_file_makes_it_fall_over(bytes in prop::collection::vec(any::<u8>(), 0..400), words in "[\"',;\r\nname0-9 ]{0,80}") {
        let office = Office::new();
        let head = office.store.head().unwrap();
        for (name, bytes) in [("bytes.csv", bytes), ("words.csv", words.into_bytes())] {
            let file = office.home.path().join(name);
            std::fs::write(&file, &bytes).unwrap();
            // Whatever it is, it is imported or refused with words.
            match office.import("people", &file, false) {
                Ok(code) => prop_assert_eq!(code, Code::Done),
                Err(failure) => {
                    prop_assert!(!failure.says.is_empty());
                    prop_assert_eq!(office.store.head().unwrap(), head);
                }
            }
        }
    }
}

#[test]
fn an_office_without_staff_and_without_places_takes_tonights_list_in_one_go() {
    let mut office = Office::new();
    let file = office.home.path().join("tonight.csv");
    let rows = "name,location,born,room,GP\n\
        \"Quill, Theresa\",East round,14/3/1941,7 Mill Lane,The Elms\n\
        \"Oakes, Brenda\",East round,1/2/1950,Flat 2,The Elms\n\
        \"Marsh, Ann\",rowan  house,,Room 4,\n";
    std::fs::write(&file, rows).unwrap();
    let refused = office.import("people", &file, false).unwrap_err();
    assert!(refused.says.contains("East round") && refused.says.contains("--create"), "{}", refused.says);
    assert_eq!(office.import("people", &file, true), Ok(Code::Done));
    assert_eq!(office.of("people").len(), 3);
    assert_eq!((office.of("locations").len(), office.of("organisations").len()), (4, 1));
    let head = office.store.head().unwrap();
    assert_eq!(office.import("people", &file, true), Ok(Code::Done));
    assert_eq!(office.store.head().unwrap(), head, "a second run changes nothing");
    // A field that an office adds to its definitions is a column without code.
    let mut files = std::collections::BTreeMap::clone(&office.store.editions().unwrap().current().files);
    let people = files.get_mut("pathways/people.toml").unwrap();
    *people = people.replacen(
        "id = \"particulars\"\n",
        "id = \"particulars\"\n\n[[group.field]]\nid = \"faith\"\nlabel = \"Faith\"\nkind = \"text\"\n",
        1,
    );
    office.store.adopt(&Viewer::system(), files, now()).unwrap().unwrap();
    std::fs::write(&file, "NAME,Born,Faith\n\"Theresa QUILL\",14-Mar-1941,Quaker\n").unwrap();
    assert_eq!(office.import("people", &file, false), Ok(Code::Done));
    let theresa = office.of("people").into_iter().find(|one| one["name"] == text("Theresa QUILL")).unwrap();
    assert_eq!(theresa["faith"], text("Quaker"));
    assert_eq!(theresa["room"], text("7 Mill Lane"), "what the file does not speak of stays");
    let exported = std::fs::read_to_string(office.export("people", "with_faith.csv")).unwrap();
    assert!(exported.lines().next().unwrap().contains(",Faith,"), "{exported}");
}
