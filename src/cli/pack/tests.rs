//! Packs of the example office: the same office makes the same pack, to the last word.

use std::path::PathBuf;

use crate::cli::arguments::Example;
use crate::cli::arguments::pack::{Form, Made};
use crate::cli::desk::{self, Desk};
use crate::cli::example;
use crate::cli::pack::{is_refusal, make};
use crate::cli::subject::run;
use crate::domain::access::How;
use crate::domain::act::Act;
use crate::domain::entry::Said;
use crate::domain::ids::CaseId;
use crate::domain::pack::{About, PackAsked};
use crate::domain::permission::Viewer;
use crate::domain::sheet::{OverAll, Wanted};
use crate::domain::slips::Slips;
use crate::domain::views::Told;
use crate::domain::words::pack::STOPPED;
use crate::report::pack::{Pack, SCHEMA, gather, html, json, prove};
use crate::report::registration::registration;
use crate::report::rows::Writer;
use crate::report::sheets::{self, Printed};
use crate::report::{slips, subject};
use crate::runtime::interrupt::Interrupt;
use crate::runtime::packs::{passages, tables};
use crate::store::{Access, CaseFilter};

const NOW: &str = "2026-11-21T21:04:00Z";

/// All of it, as a page.
const MADE: Made = Made {
    format: Form::Html,
    out: None,
    from: None,
    to: None,
    location: None,
    redact: false,
    whom: None,
    for_subject: false,
    reviewed: None,
    staff: None,
};

/// An example office at the hour at which it ends, seen by the Registered Manager.
struct Office {
    _dir: tempfile::TempDir,
    desk: Desk,
}

impl Office {
    fn example() -> Self {
        Self::told(30)
    }

    fn told(cases: u64) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let path: PathBuf = dir.path().join("office");
        let asked = Example { dir: path.clone(), cases, seed: 1, now: Some(NOW.to_owned()) };
        example::make(&asked).unwrap();
        let store = desk::open(Some(path)).unwrap();
        let now = NOW.parse().unwrap();
        let you = desk::staff_named(&store, "Ruth Adeyemi").unwrap().id;
        let (viewer, zone) = (store.viewer_for(Some(you), now).unwrap(), store.zone().unwrap());
        let clocks = store.clocks().unwrap();
        Self { _dir: dir, desk: Desk { store, viewer, zone, now, clocks } }
    }

    fn pack(&self, asked: &PackAsked) -> Pack {
        let Desk { store, viewer, now, .. } = &self.desk;
        gather(store, viewer, asked, *now, &mut |_, _| true).unwrap().unwrap()
    }

    /// The case that is about this, in its own few words.
    fn case(&self, headline: &str) -> CaseId {
        let all = self.desk.store.cases(&Viewer::system(), &CaseFilter::default(), None, 500).unwrap();
        all.rows.iter().find(|row| row.headline.as_deref() == Some(headline)).unwrap().id
    }
}

fn holds_to_its_schema(office: &mut Office, pack: &Pack) {
    let Desk { store, viewer, now, .. } = &mut office.desk;
    let signed = store.checkpoint(&Viewer::system(), *now).unwrap();
    let mut value = json(pack);
    prove((pack, &mut value), store, viewer, &signed, *now).unwrap();
    let schema = serde_json::from_str(SCHEMA).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let wrong: Vec<String> =
        validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert_eq!(wrong, Vec::<String>::new(), "{}", pack.title);
}

/// Without hashes: each follows from every definition that the office began with, this pack says something else.
fn masked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut digits = String::new();
    for c in text.chars().chain(['\n']) {
        if c.is_ascii_digit() || ('a'..='f').contains(&c) {
            digits.push(c);
            continue;
        }
        out.push_str(if digits.len() == 64 { "(hash)" } else { &digits });
        digits.clear();
        out.push(c);
    }
    out
}

/// A picture says what it shows, and the table beside it has every number of it.
fn same_numbers(figure: scraper::ElementRef<'_>) {
    let one = |what: &str| scraper::Selector::parse(what).unwrap();
    let said = |found: scraper::ElementRef<'_>| found.text().collect::<String>().trim().to_owned();
    let Some(picture) = figure.select(&one("svg[role=img][aria-labelledby]")).next() else { return };
    let texts = ["title", "desc"].map(|what| picture.select(&one(what)).next().map(said).unwrap_or_default());
    assert!(texts.iter().all(|text| !text.is_empty()), "{}", picture.html());
    for id in picture.value().attr("aria-labelledby").unwrap().split(' ') {
        assert!(picture.select(&one(&format!("#{id}"))).next().is_some(), "{id}");
    }
    let rows: Vec<String> = figure
        .select(&one("tbody > tr"))
        .map(|row| row.select(&one("th, td")).take(2).map(said).collect::<Vec<_>>().join(" = "))
        .collect();
    let drawn: Vec<String> = picture.select(&one("text")).map(said).collect();
    assert!(!drawn.is_empty() && drawn.len() <= 2 * rows.len(), "{drawn:?}");
    for (pair, row) in drawn.chunks(2).zip(&rows) {
        let [label, number] = pair else { panic!("{drawn:?}") };
        assert!(row.starts_with(label.trim_end_matches('…')) && row.ends_with(number), "{row}: {pair:?}");
    }
}

/// A page is one whole: it parses without a fault; each table says what its columns are and each row what it is of; headings
/// go down one at a time and none is empty; what is led to is there, once; nothing comes from elsewhere.
fn holds_together(title: &str, page: &str) -> scraper::Html {
    let parsed = scraper::Html::parse_document(page);
    assert_eq!(parsed.errors, Vec::<std::borrow::Cow<'_, str>>::new(), "{title}");
    let picks = |what: &str| {
        let what = scraper::Selector::parse(what).unwrap();
        parsed.select(&what).map(|found| found.html()).collect::<Vec<_>>()
    };
    assert_eq!(picks("html[lang=en-GB] body > header > h1, html[lang=en-GB] main h1").len(), 1, "{title}");
    assert_eq!(
        picks("table").len(),
        picks("table > thead > tr:only-child > th[scope=col]:first-child").len(),
        "{title}"
    );
    assert_eq!(picks("tbody > tr").len(), picks("tbody > tr > th[scope=row]:first-child").len(), "{title}");
    let headings = scraper::Selector::parse("h1, h2, h3, h4, h5, h6").unwrap();
    let mut level = 0;
    for heading in parsed.select(&headings) {
        let own: u8 = heading.value().name()[1..].parse().unwrap();
        assert!(own <= level + 1, "{title}: {}", heading.html());
        level = own;
        assert!(!heading.text().collect::<String>().trim().is_empty(), "{title}: {}", heading.html());
    }
    // What is explained stands under a label, and a label explains something.
    assert_eq!(
        picks("dl > dd:first-child, dl > dt + dt, dl > dt:last-child"),
        Vec::<String>::new(),
        "{title}"
    );
    assert_eq!(picks("dt:empty, th:empty, dl:empty, ul:empty, ol:empty, tbody:empty"), Vec::<String>::new());
    assert_eq!(picks("script, link, img, iframe, [src], [style*=url]"), Vec::<String>::new());
    assert!(!page.contains("http"), "{title}: nothing from elsewhere");
    let with_id = scraper::Selector::parse("[id]").unwrap();
    let ids: Vec<&str> = parsed.select(&with_id).filter_map(|found| found.value().id()).collect();
    let once: std::collections::BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), once.len(), "{title}: an id stands twice");
    let links = scraper::Selector::parse("a[href]").unwrap();
    for link in parsed.select(&links) {
        let to = link.value().attr("href").unwrap().strip_prefix('#').unwrap();
        assert!(once.contains(to), "{title}: {to} is led to and not there");
    }
    parsed
}

#[test]
fn every_page_that_is_printed_holds_together_as_a_pack_does_and_has_its_head_and_stylesheet() {
    let office = Office::example();
    let Desk { store, viewer, zone, now, .. } = &office.desk;
    let (own, editions) = (store.office().unwrap(), store.editions().unwrap());
    let printed = Printed { office: &own, zone: *zone, now: *now, by: "ADEYEMI, R." };
    let case = office.case("wound on heel worse");
    let guide = |pathway: Option<&str>| Wanted::Guide {
        pathway: pathway.map(str::to_owned),
        step: None,
        only: pathway.is_some(),
    };
    let measures = crate::settings::measures::shipped();
    let sheets = [
        Wanted::Sbard { case },
        Wanted::Page { case },
        Wanted::Decisions { about: None },
        Wanted::OverAll(OverAll::Tags),
        Wanted::OverAll(OverAll::Judged),
        Wanted::OverAll(OverAll::Patterns),
        guide(None),
        guide(Some("urgent")),
    ];
    let mut pages: Vec<(String, String)> = Vec::new();
    for wanted in &sheets {
        let sheet = sheets::compose(store, viewer, wanted, measures, *now).unwrap();
        pages.push((sheet.title.clone(), sheets::html(&sheet, printed).unwrap()));
    }
    pages.push(("registration".to_owned(), registration(store, viewer, None, None, *now).unwrap()));
    let call = editions.current().pathway("urgent").unwrap().opening().unwrap();
    pages.push(("slips".to_owned(), slips::pad(&own, call, &Slips::run(1, 3), false).unwrap()));
    for (title, page) in &pages {
        holds_together(title, page);
        assert!(page.contains(crate::domain::words::ui::TRAINING), "{title}");
        // One stylesheet for all that is read; a slip has its own measures.
        let shared = page.contains(include_str!("../../report/page/page.css").trim_end());
        assert_eq!(shared, title != "slips", "{title}");
    }
}

#[test]
fn every_pathway_belongs_to_a_class_of_record() {
    let office = Office::example();
    let editions = office.desk.store.editions().unwrap();
    let edition = editions.current();
    assert_eq!(edition.tags.classes.len(), 7);
    // What is of the office alone is about no organisation outside.
    let own = ["paper", "rota", "tasks"];
    for pathway in edition.pathways.values().filter(|one| !one.register && !own.contains(&one.id.as_str())) {
        for step in &pathway.steps {
            assert!(!edition.tags.classes_of(&pathway.id, &step.id).is_empty(), "{}.{}", pathway.id, step.id);
        }
    }
    let class = |pathway, step| edition.tags.classes_of(pathway, step);
    assert_eq!((class("provider", "check"), class("provider", "suspend")), (vec![0], vec![6]));
}

/// What the packs of the example office say, as a person last read it. `DUTYDESK_GOLDEN=write cargo test --lib -- golden` writes
/// it anew into `tests/packs/`: the difference is to be looked at.
fn golden(name: &str, text: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packs").join(name);
    if std::env::var_os("DUTYDESK_GOLDEN").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    let line = kept.lines().zip(text.lines()).take_while(|(kept, now)| kept == now).count();
    let at = |text: &str| text.lines().nth(line).unwrap_or("(nothing)").to_owned();
    assert!(kept == text, "{name}, line {}:\nwas {}\nis  {}", line + 1, at(&kept), at(text));
}

/// A page without its stylesheet, which is the same for all, and where `bare` without what its charts look like: their numbers
/// stand beside them.
fn read(page: &str, bare: bool) -> String {
    let without = |text: &str, from: &str, to: &str| {
        let mut parts = text.split(from);
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |read, part| read + part.split_once(to).map_or(part, |(_, rest)| rest))
    };
    let page = without(page, "<style>", "</style>");
    masked(&if bare { without(&page, "<svg", "</svg>") } else { page })
}

/// In every form: of a whole pack its tables with every row, of a `bare` one their heads and how many lines they have.
fn all_forms(name: &str, pack: &Pack, bare: bool) {
    golden(&format!("{name}.html"), &read(&html(pack).unwrap(), bare));
    golden(&format!("{name}.json"), &masked(&serde_json::to_string_pretty(&json(pack)).unwrap()));
    let tables = tables(pack).unwrap().into_iter().map(|(name, bytes)| {
        let text = String::from_utf8(bytes).unwrap();
        let (lines, head) = (text.lines().count(), text.lines().next().unwrap_or_default());
        let rows = masked(&text.replace('\r', ""));
        if bare {
            format!("{name}.csv, {lines} lines: {head}\n")
        } else {
            format!("{name}.csv\n{}\n\n", rows.trim_end())
        }
    });
    golden(&format!("{name}.csv"), &tables.collect::<String>());
}

#[test]
fn golden_packs_say_the_same_again_the_tables_of_a_case_with_every_row() {
    let office = Office::told(4);
    let Desk { store, viewer, now, .. } = &office.desk;
    let found = |register: &str, name: &str| store.find(viewer, register, name, 1).unwrap().remove(0);
    let case = About::Case(office.case("wound on heel worse"));
    let (person, larkfold) = (found("people", "brian oakes").id, found("organisations", "larkfold").id);
    all_forms("case", &office.pack(&PackAsked::whole(case)), false);
    all_forms("person", &office.pack(&PackAsked::whole(About::Person(person))), true);
    all_forms("provider", &office.pack(&PackAsked::whole(About::Provider(larkfold))), true);
    all_forms("scorecard", &office.pack(&PackAsked::whole(About::Scorecard(larkfold))), true);
    let (day, place) = (chrono::NaiveDate::from_ymd_opt(2026, 11, 16), found("locations", "rowan").id);
    let asked = PackAsked { from: day, until: day, location: Some(place), ..PackAsked::whole(About::Period) };
    all_forms("period", &office.pack(&asked), true);
    let nursing = found("organisations", "district nursing");
    let whom = crate::domain::answer::Named { id: Some(nursing.id), words: nursing.name };
    let asked = PackAsked { redact: true, whom: Some(whom), ..PackAsked::whole(case) };
    all_forms("redacted", &office.pack(&asked), true);
    let asked = PackAsked::whole(About::Governance);
    let governance = super::governance(&office.desk, &asked).unwrap();
    all_forms("governance", &governance, true);
    let page = registration(store, viewer, Some("urgent"), None, *now).unwrap();
    golden("registration.html", &read(&page, true));

    // For the person themselves, as somebody would go through it who gives all that names nobody else.
    let (of, passages) = passages::read(store, viewer, person, *now, &mut |_, _| true).unwrap().unwrap();
    let decided = |passage: &subject::Passage| match passage.is_open() {
        true => subject::Decided::Names,
        false => subject::Decided::Give,
    };
    let decided: Vec<_> = passages.iter().map(decided).collect();
    let page = subject::copy(&of, ("Larkfield", "OAKES, Brian", "21-Nov-2026"), &passages, &decided).unwrap();
    golden("subject.html", &read(&page, true));
}

#[test]
fn who_may_not_is_told_so_though_it_was_stopped_too_and_what_was_stopped_was_refused_by_nobody() {
    let mut office = Office::told(4);
    let case = About::Case(office.case("wound on heel worse"));
    let ends = |office: &mut Office, stop: &Interrupt| {
        let failure = make(&mut office.desk, case, &MADE, stop).unwrap_err();
        (is_refusal(&failure), failure.says)
    };
    assert_eq!(ends(&mut office, &Interrupt::asked()), (false, STOPPED.to_owned()));
    let nobody = office.desk.store.viewer_for(None, office.desk.now).unwrap();
    office.desk.viewer = nobody;
    let refused = ends(&mut office, &Interrupt::default());
    assert!(refused.0 && !refused.1.contains(STOPPED), "{refused:?}");
    assert_eq!(ends(&mut office, &Interrupt::asked()), refused);
}

#[test]
fn a_copy_for_a_person_that_is_stopped_is_not_there_and_nothing_is_noted_of_it() {
    let mut office = Office::told(4);
    let home = tempfile::tempdir().unwrap();
    let person =
        office.desk.store.find(&office.desk.viewer, "people", "brian oakes", 1).unwrap().remove(0).id;
    let (list, copy) = (home.path().join("list.csv"), home.path().join("copy.html"));
    let made = |out: &PathBuf, reviewed: Option<&PathBuf>| Made {
        out: Some(out.clone()),
        for_subject: true,
        reviewed: reviewed.cloned(),
        staff: Some("Ruth Adeyemi".to_owned()),
        ..MADE
    };
    // How many exports are noted, and whether it is on record that a copy was given.
    let noted = |office: &Office| {
        let looks = Access::open(office.desk.store.dir()).unwrap().looks().unwrap();
        let view = office.desk.store.case(&Viewer::system(), person, office.desk.now).unwrap();
        let given = |told: &Told| matches!(told.entry.said, Said::Act(Act::GiveCopy { .. }));
        let exports = looks.iter().filter(|look| look.how == How::Export).count();
        (exports, view.chronology.iter().any(given))
    };
    let stopped = |office: &mut Office, made: &Made| {
        let failure = run(&mut office.desk, person, made, &Interrupt::asked()).unwrap_err();
        assert_eq!(failure.says, STOPPED);
    };
    let lies = || std::fs::read_dir(home.path()).unwrap().count();
    stopped(&mut office, &made(&list, None));
    assert_eq!((lies(), noted(&office)), (0, (0, false)));

    run(&mut office.desk, person, &made(&list, None), &Interrupt::default()).unwrap();
    let (exports, given) = noted(&office);
    assert!(exports > 0 && !given);
    let Desk { store, viewer, now, .. } = &office.desk;
    let (_, all) = passages::read(store, viewer, person, *now, &mut |_, _| true).unwrap().unwrap();
    let mut writer = Writer::new(Vec::new()).unwrap();
    writer.row(crate::domain::words::subject::HEADS).unwrap();
    for passage in &all {
        let mut row = passage.row();
        if row[2].is_empty() {
            "names".clone_into(&mut row[2]);
        }
        writer.row(row.iter().map(String::as_str)).unwrap();
    }
    std::fs::write(&list, writer.finish().unwrap()).unwrap();
    stopped(&mut office, &made(&copy, Some(&list)));
    assert_eq!((lies(), noted(&office)), (1, (exports, false)), "the list alone");
    run(&mut office.desk, person, &made(&copy, Some(&list)), &Interrupt::default()).unwrap();
    assert!(copy.exists() && noted(&office).1);

    // It says how far it has come as one, though it reads everything twice.
    let Desk { store, viewer, now, .. } = &office.desk;
    let mut told = Vec::new();
    passages::read(store, viewer, person, *now, &mut |done, all| {
        told.push((done, all));
        true
    })
    .unwrap();
    assert!(told.is_sorted() && told.iter().all(|(done, all)| done <= all), "{told:?}");
    assert!(told.last().is_some_and(|(done, all)| done == all), "{told:?}");
}

#[test]
fn every_form_of_every_pack_holds_together() {
    let mut office = Office::example();
    let all = office.desk.store.cases(&office.desk.viewer, &CaseFilter::default(), None, 500).unwrap();
    let person = all.rows.iter().find_map(|row| Some(row.subject.as_ref()?.id)).unwrap();
    let organisation = office.desk.store.find(&office.desk.viewer, "organisations", "district", 1).unwrap();
    let mut abouts: Vec<About> = all.rows.iter().map(|row| About::Case(row.id)).collect();
    let outside = organisation[0].id;
    abouts.extend([
        About::Person(person),
        About::Provider(outside),
        About::Scorecard(outside),
        About::Period,
    ]);
    abouts.push(About::Governance);
    for about in abouts {
        for redact in [false, true] {
            let asked = PackAsked { redact, ..PackAsked::whole(about) };
            let pack = match about {
                About::Governance if redact => continue,
                About::Governance => super::governance(&office.desk, &asked).unwrap(),
                _ => office.pack(&asked),
            };
            holds_to_its_schema(&mut office, &pack);
            let page = html(&pack).unwrap();
            let parsed = holds_together(&pack.title, &page);
            let figures = scraper::Selector::parse("figure").unwrap();
            assert_eq!(parsed.select(&figures).count(), pack.charts.len());
            for figure in parsed.select(&figures) {
                assert!(figure.html().contains("<figcaption"), "{}", figure.html());
                same_numbers(figure);
            }
            for table in &pack.tables {
                let columns = table.words.columns.len();
                assert!(table.rows.iter().all(|row| row.len() == columns), "{}", table.words.id);
            }
            for (name, bytes) in tables(&pack).unwrap() {
                let text = String::from_utf8(bytes).unwrap();
                let formula = |cell: &str| cell.trim_start_matches('"').starts_with(['=', '+', '@']);
                assert!(!text.lines().any(|line| line.split(',').any(formula)), "{name} of {}", pack.title);
            }
        }
    }
}
