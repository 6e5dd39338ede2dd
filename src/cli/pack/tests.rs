//! Packs of the example office: the same office makes the same pack, to the last word.

use std::path::PathBuf;

use super::tables;
use crate::cli::arguments::Example;
use crate::cli::desk::{self, Desk};
use crate::cli::example;
use crate::domain::ids::CaseId;
use crate::domain::pack::{About, PackAsked};
use crate::domain::permission::Viewer;
use crate::report::pack::{Pack, SCHEMA, gather, html, json, prove};
use crate::store::CaseFilter;

const NOW: &str = "2026-11-21T21:04:00Z";

/// An example office at the hour at which it ends, seen by the Registered Manager.
struct Office {
    _dir: tempfile::TempDir,
    desk: Desk,
}

impl Office {
    fn example() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let path: PathBuf = dir.path().join("office");
        let asked = Example { dir: path.clone(), cases: 30, seed: 1, now: Some(NOW.to_owned()) };
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

#[test]
fn the_example_office_makes_the_same_pack_again_to_the_last_word() {
    let office = Office::example();
    let pack = office.pack(&PackAsked::whole(About::Case(office.case("wound on heel worse"))));
    insta::assert_snapshot!("delay_json", serde_json::to_string_pretty(&json(&pack)).unwrap());
    insta::assert_snapshot!("delay_html", html(&pack).unwrap());
}

#[test]
fn every_form_of_every_pack_holds_together() {
    let mut office = Office::example();
    let all = office.desk.store.cases(&office.desk.viewer, &CaseFilter::default(), None, 500).unwrap();
    let person = all.rows.iter().find_map(|row| Some(row.subject.as_ref()?.id)).unwrap();
    let organisation = office.desk.store.find(&office.desk.viewer, "organisations", "district", 1).unwrap();
    let mut abouts: Vec<About> = all.rows.iter().map(|row| About::Case(row.id)).collect();
    abouts.extend([About::Person(person), About::Provider(organisation[0].id), About::Period]);
    for about in abouts {
        for redact in [false, true] {
            let pack = office.pack(&PackAsked { redact, ..PackAsked::whole(about) });
            holds_to_its_schema(&mut office, &pack);
            let page = html(&pack).unwrap();
            let parsed = scraper::Html::parse_document(&page);
            assert_eq!(parsed.errors, Vec::<std::borrow::Cow<'_, str>>::new(), "{}", pack.title);
            // Each table says what its columns are, each row what it is of; what is led to is there, once.
            let picks = |what: &str| {
                let what = scraper::Selector::parse(what).unwrap();
                parsed.select(&what).map(|found| found.html()).collect::<Vec<_>>()
            };
            assert_eq!(picks("html[lang=en-GB] h1").len(), 1);
            assert_eq!(
                picks("table").len(),
                picks("table > thead > tr:only-child > th[scope=col]:first-child").len()
            );
            assert_eq!(picks("tbody > tr").len(), picks("tbody > tr > th[scope=row]:first-child").len());
            assert_eq!(picks("script, link, img, iframe, [src], [style*=url]"), Vec::<String>::new());
            assert!(!page.contains("http"), "nothing from elsewhere");
            let with_id = scraper::Selector::parse("[id]").unwrap();
            let ids: Vec<&str> = parsed.select(&with_id).filter_map(|found| found.value().id()).collect();
            let once: std::collections::BTreeSet<&str> = ids.iter().copied().collect();
            assert_eq!(ids.len(), once.len(), "an id stands twice");
            let links = scraper::Selector::parse("a[href]").unwrap();
            for link in parsed.select(&links) {
                let to = link.value().attr("href").unwrap().strip_prefix('#').unwrap();
                assert!(once.contains(to), "{to} is led to and not there");
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
