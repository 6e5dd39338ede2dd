//! Search over everything: what is found by which words, why, in which order, and by whom.

use super::*;
use crate::domain::answer::YesNo;
use crate::domain::search::{Found, Kind, Piece, Results, Why};

/// Names and references of what was found, kind by kind in order.
fn shown(results: &Results) -> Vec<String> {
    let name = |found: &Found| match found {
        Found::Record(row) => row.name.clone(),
        Found::Case(row) => row.reference.clone(),
    };
    results.hits().map(|hit| name(&hit.found)).collect()
}

fn quoted(why: &Why) -> String {
    let Why::Said { quote, .. } = why else { return format!("{why:?}") };
    let piece = |one: &Piece| if one.marked { format!("[{}]", one.text) } else { one.text.clone() };
    quote.iter().map(piece).collect()
}

impl Office {
    fn search(&self, typed: &str) -> Results {
        self.store.search(&self.viewer(), typed, 20).unwrap()
    }

    fn finds(&self, typed: &str) -> Vec<String> {
        shown(&self.search(typed))
    }

    /// A call about the person, in these words.
    fn called(&mut self, changed: &str) -> CaseId {
        self.called_at(changed, now())
    }

    fn called_at(&mut self, changed: &str, at: DateTime<Utc>) -> CaseId {
        let id = self.id();
        let mut call = self.call(id);
        let NewSaid::Step { answers, .. } = &mut call.what else { panic!("a call is a step") };
        let about = self.store.record(&Viewer::system(), self.person).unwrap();
        answers.insert("about".to_owned(), named(self.person, &about.name));
        answers.extend(about.location.map(|at| ("place".to_owned(), named(at, ""))));
        answers.insert("changed".to_owned(), text(changed));
        self.store.append(&self.viewer(), one(call), at).unwrap();
        CaseId::from(id)
    }

    /// As many calls about the person, in these words.
    fn called_often(&mut self, count: usize, changed: &str) {
        let mut calls = Vec::new();
        for _ in 0..count {
            let id = self.id();
            let mut call = self.call(id);
            if let NewSaid::Step { answers, .. } = &mut call.what {
                answers.insert("changed".to_owned(), text(changed));
            }
            calls.push(call);
        }
        self.store.append(&self.viewer(), Batch { entries: calls, ..Batch::default() }, now()).unwrap();
    }

    fn amend(&mut self, entry: EntryId, changed: &str) {
        let id = self.id();
        let NewSaid::Step { mut answers, .. } = self.call(id).what else { panic!("a call is a step") };
        answers.insert("changed".to_owned(), text(changed));
        let mut amend = self.call(id);
        amend.what =
            NewSaid::Act(Act::Amend { entry, answers, occurred: None, reason: "said later".to_owned() });
        self.store.append(&self.viewer(), one(amend), now()).unwrap();
    }
}

#[test]
fn a_person_is_found_however_they_are_known_and_their_cases_after_them() {
    let mut office = Office::new();
    let zoe = office.register(
        "people",
        [
            ("name", text("Zoë O’Brien-Łukasz")),
            ("born", Answer::Date(chrono::NaiveDate::from_ymd_opt(1941, 3, 14).unwrap())),
            ("nhs_number", text("999 000 0026")),
        ],
    );
    office.called("hard to rouse");
    office.person = zoe;
    office.called("fell beside the bed");
    for typed in
        ["zoe", "OBRI", "lukasz zo", "14/3/1941", "14 mar 41", "9990000026", "999 000 0026", "lukazs"]
    {
        assert_eq!(
            office.finds(typed),
            ["O'BRIEN-ŁUKASZ, Zoë".replace('\'', "’"), "U-2".to_owned()],
            "{typed}"
        );
    }
    assert_eq!(office.finds("qui"), ["QUILL, Theresa", "U-1"]);
    assert_eq!(office.search("qiull").groups[0].hits[0].why, Why::Nearly);
    let why = |typed: &str| office.search(typed).groups[0].hits[0].why.clone();
    assert_eq!(quoted(&why("quill rouse")), "hard to [rouse]");
    assert_eq!(office.search("quill").groups[1].hits[0].why, Why::About);
    assert_eq!(office.finds("quill fell"), Vec::<String>::new(), "each word must be found");
    assert_eq!(office.finds(" - "), Vec::<String>::new());
    office.whole();
}

#[test]
fn the_number_somebody_rings_from_finds_who_has_it_however_it_is_written() {
    let mut office = Office::new();
    let sister = answers([("name", text("Hannah Marsh")), ("phone", text("07700 900411"))]);
    office.register(
        "people",
        [("name", text("Bernard Oakes")), ("representatives", Answer::Rows(vec![sister]))],
    );
    office.register("organisations", [("name", text("The Elms Surgery")), ("phone", text("01632 960 111"))]);
    office.called("drowsy");
    for typed in ["01632 960111", "+44 1632 960 111", "(01632) 960-111", "01632960111", "0163296"] {
        assert_eq!(office.finds(typed), ["U-1", "The Elms Surgery"], "{typed}");
    }
    for typed in ["07700900411", "+447700900411", "hannah"] {
        assert_eq!(office.finds(typed), ["OAKES, Bernard"], "{typed}");
    }
    let why = &office.search("07700 900411").groups[0].hits[0].why;
    assert_eq!(quoted(why), "Hannah Marsh, [07700] [900411]");
}

#[test]
fn a_reference_finds_its_case_first_in_any_spelling() {
    let mut office = Office::new();
    office.taken_call();
    office.called("like U-1 last week");
    // Somebody of whom these letters and this number are true as well stands after it.
    office.register("people", [("name", text("Una Ulley")), ("room", text("1"))]);
    for typed in ["U-1", "u1", "U 1", " u-1 "] {
        let results = office.search(typed);
        assert_eq!(shown(&results).first().map(String::as_str), Some("U-1"), "{typed}");
        assert_eq!(results.groups[0].hits[0].why, Why::Reference);
    }
    assert_eq!(office.finds("u-1"), ["U-1", "U-2", "ULLEY, Una"]);
    assert!(office.finds("U-77").is_empty());
}

#[test]
fn words_may_stand_in_different_entries_and_the_quotation_says_which() {
    let mut office = Office::new();
    let case = office.called("Drowsy, hard to rouse; her wound smells");
    let id = office.id();
    let told = answers([
        ("called", Answer::Choices(vec!["ambulance".to_owned()])),
        ("who", text("P. Shah")),
        ("called_at", Answer::Time(When::exact(now()))),
        ("told", text("Ambulance in ten minutes, keep her awake")),
    ]);
    let rang = step(id, Some(office.manager), "urgent.emergency", Some(case), told);
    office.store.append(&office.viewer(), one(rang), now()).unwrap();
    office.called("ate her dinner");
    for typed in ["drows ambul", "AMBULANCE quill wound", "wound"] {
        assert_eq!(office.finds(typed), ["U-1"], "{typed}");
    }
    assert_eq!(
        quoted(&office.search("wound drow").groups[0].hits[0].why),
        "[Drowsy], hard to rouse; her [wound] smells"
    );
    assert_eq!(
        quoted(&office.search("ambulance").groups[0].hits[0].why),
        "[Ambulance] in ten minutes, keep her awake"
    );
    assert_eq!(office.finds("dinner ambulance"), Vec::<String>::new());
}

#[test]
fn what_was_amended_is_found_by_what_stands_now_and_by_nothing_else() {
    let mut office = Office::new();
    let case = office.called("the syringe driver alarms");
    assert_eq!(office.finds("syringe"), ["U-1"]);
    office.amend(EntryId(case.0), "the bed alarm rings");
    assert_eq!(office.finds("syringe"), Vec::<String>::new());
    assert_eq!(office.finds("bed alarm"), ["U-1"]);
    let conn = Connection::open(office.store.dir().ledger()).unwrap();
    conn.execute_batch("CREATE VIRTUAL TABLE temp.terms USING fts5vocab ('main', 'said_words', 'row')")
        .unwrap();
    let left =
        |like: &str| scalar(&conn, &format!("SELECT count(*) FROM temp.terms WHERE term LIKE '{like}'"));
    assert_eq!((left("syringe"), left("sy%"), left("alarm")), (0, 0, 1), "gone from the index at once");
    office.whole();
    office.store.rebuild(&Viewer::system()).unwrap();
    assert_eq!(office.finds("bed alarm"), ["U-1"]);
    office.whole();
}

fn scalar(conn: &Connection, sql: &str) -> i64 {
    conn.query_row(sql, [], |row| row.get(0)).unwrap()
}

#[test]
fn a_word_put_into_the_index_or_taken_out_of_it_is_found() {
    for tampered in [
        "INSERT INTO said_words (rowid, keys) VALUES (3, 'morphine')",
        "INSERT INTO said_words (said_words, rowid, keys) VALUES ('delete', 6, 'drowsy')",
    ] {
        let mut office = Office::new();
        office.called("drowsy");
        office.whole();
        Connection::open(office.store.dir().ledger()).unwrap().execute(tampered, []).unwrap();
        let fault = office.store.verify(&Viewer::system(), &mut |_, _| {}).unwrap().fault;
        assert!(
            matches!(&fault, Some(Fault::Derived { table, .. }) if table == migrations::WORDS),
            "{fault:?}"
        );
        office.store.rebuild(&Viewer::system()).unwrap();
        office.whole();
    }
}

#[test]
fn whatever_is_typed_is_words_and_never_a_query_of_its_own() {
    let mut office = Office::new();
    office.called("drowsy OR awake, NOT \"herself\"; keys: * ( ) {x} ^start 漢字 किताब \u{1F600}");
    for typed in [
        "\"",
        "\"\"",
        "*",
        "drowsy*",
        "drowsy OR nothing",
        "NOT",
        "NEAR(drowsy awake, 5)",
        "keys: drowsy",
        "{keys}: x",
        "^start",
        "(",
        "drowsy)",
        "'; DROP TABLE said; --",
        "%",
        "_",
        "\u{0}",
        "\u{1b}[2J",
        "漢",
        "किताब",
        "\u{1F600}",
        "AND",
        "a b c d e f g h i j k",
        "-1",
        "+",
        "drowsy \u{202e}",
        "said_words",
        "keys:*",
    ] {
        office.store.search(&office.viewer(), typed, 20).unwrap_or_else(|error| panic!("{typed:?}: {error}"));
    }
    assert_eq!(office.finds("drowsy or awake"), ["U-1"]);
    assert_eq!(office.finds("drowsy OR nothing"), Vec::<String>::new(), "OR is a word like another");
    assert_eq!(office.finds("\"drowsy\" awake*"), ["U-1"]);
    assert_eq!(office.finds("漢"), Vec::<String>::new(), "one letter is no beginning");
    assert_eq!(office.finds("漢字 किता"), ["U-1"]);
}

#[test]
fn nobody_finds_what_they_may_not_read() {
    let mut office = Office::new();
    office.called("drowsy");
    let elsewhere = office.register("locations", [("name", text("Hazel Court"))]);
    let place = named(elsewhere, "Hazel Court");
    office.person = office.register("people", [("name", text("Theodora Quill")), ("location", place)]);
    office.called("drowsy too");
    let at = |place| Viewer {
        staff: Some(office.manager),
        roles: vec![("registered_manager".to_owned(), Some(place))],
        ..Viewer::default()
    };
    let finds = |place, typed: &str| shown(&office.store.search(&at(place), typed, 20).unwrap());
    assert_eq!(finds(office.place, "quill"), ["QUILL, Theresa", "U-1"]);
    assert_eq!(finds(elsewhere, "quill"), ["QUILL, Theodora", "U-2"]);
    assert_eq!(finds(elsewhere, "drowsy"), ["U-2"]);
    assert_eq!(finds(elsewhere, "qiull"), ["QUILL, Theodora", "U-2"]);
    assert_eq!(finds(elsewhere, "U-1"), Vec::<String>::new());
    assert_eq!(finds(elsewhere, "999 000 0018"), Vec::<String>::new());
    let stranger = office.store.search(&Viewer::default(), "quill", 20);
    assert!(matches!(stranger, Err(ReadError::Denied(_))));
}

#[test]
fn a_word_of_every_entry_finds_the_latest_and_what_is_open() {
    let mut office = Office::new();
    let first = office.called("unsettled at night");
    let viewer = office.viewer();
    let mut last = first;
    for at in 0..40 {
        last = office.called(&format!("unsettled again, night {at}"));
    }
    let results = office.store.search(&viewer, "unsettled", 20).unwrap();
    let [group] = results.groups.as_slice() else { panic!("{results:?}") };
    assert_eq!((group.kind.clone(), group.hits.len(), group.more), (Kind::Open, 20, true));
    assert!(results.hits().any(|hit| hit.id() == last));
    let all = office.store.search(&viewer, "unsettled night", 1000).unwrap();
    assert!(all.hits().any(|hit| hit.id() == first) && !all.groups[0].more);
    assert_eq!(office.finds("unsettled 39"), ["U-41"]);
}

#[test]
fn whoever_has_exactly_that_name_is_found_however_many_others_begin_so() {
    let mut office = Office::new();
    for at in 0..320 {
        office.register("people", [("name", text(&format!("Leesmith{at:03} Ann")))]);
    }
    office.register("people", [("name", text("Zachary Lee"))]);
    let results = office.search("lee");
    let [people] = results.groups.as_slice() else { panic!("{results:?}") };
    assert_eq!((people.kind.clone(), people.hits.len(), people.more), (Kind::People, 20, true));
    assert_eq!(shown(&results)[..2], ["LEE, Zachary", "ANN, Leesmith000"], "and before them");
    assert_eq!(office.finds("lee zach"), ["LEE, Zachary"]);
}

#[test]
fn a_kind_that_is_full_says_so_and_nothing_else_is_left_out_for_it() {
    let mut office = Office::new();
    for at in 0..8 {
        let at = chrono::TimeDelta::minutes(at);
        office.called_at("unsettled", now() + at);
    }
    let viewer = office.viewer();
    let few = office.store.search(&viewer, "quill", 3).unwrap();
    let kinds: Vec<_> =
        few.groups.iter().map(|group| (group.kind.clone(), group.hits.len(), group.more)).collect();
    assert_eq!(kinds, [(Kind::People, 1, false), (Kind::Open, 3, true)]);
    assert_eq!(shown(&few), ["QUILL, Theresa", "U-8", "U-7", "U-6"], "the latest of her cases");
    assert!(!few.is_bounded, "all of it was looked at");
    let all = office.store.search(&viewer, "quill", 8).unwrap();
    assert_eq!((all.groups[1].hits.len(), all.groups[1].more), (8, false));
}

#[test]
fn what_was_not_all_looked_at_is_said_and_never_because_of_what_is_restricted() {
    let mut office = Office::new();
    let first = office.called("unsettled, her purse is gone");
    office.called_often(620, "unsettled at night");
    let results = office.search("unsettled");
    assert_eq!((results.groups[0].hits.len(), results.groups[0].more), (20, true));
    assert!(!results.is_bounded, "that there are more is said of the only kind there is");
    // However old it is: the rarer word finds it, and the other is read in it.
    let purse = office.search("unsettled purse");
    assert_eq!((shown(&purse), purse.is_bounded), (vec!["U-1".to_owned()], false));
    assert_eq!(purse.groups[0].hits[0].id(), first);
    // Neither of two is rare, and they never stand together.
    office.called_often(620, "drowsy all day");
    let neither = office.search("unsettled drowsy");
    assert!(neither.groups.is_empty() && neither.is_bounded, "{neither:?}");

    // Of a record that is kept from somebody nothing is said, not even that it is too much to be looked at.
    let id = office.id();
    let yes = Answer::YesNo { is: YesNo::Yes, why: "a protected address".to_owned() };
    let mark = answers([("name", text("Theresa Quill")), ("restricted", yes)]);
    let mark = step(id, Some(office.manager), "people.change", Some(office.person), mark);
    office.store.append(&Viewer::system(), one(mark), now()).unwrap();
    let coordinator = Viewer {
        staff: Some(office.place),
        roles: vec![("duty_coordinator".to_owned(), None)],
        ..Viewer::default()
    };
    for typed in ["unsettled", "unsettled drowsy", "quill", "999 000 0018"] {
        assert!(!office.search(typed).groups.is_empty() || office.search(typed).is_bounded, "{typed}");
        let seen = office.store.search(&coordinator, typed, 20).unwrap();
        assert_eq!(seen, Results::default(), "{typed}");
    }
}
