//! Evidence packs: of what is on screen, by a key; and of every journey, whatever it recorded.

use dutydesk::app::Key;
use dutydesk::app::key::Code;
use dutydesk::domain::access::How;
use dutydesk::domain::entry::Said;
use dutydesk::domain::ids::CommitmentId;
use dutydesk::domain::pack::{About, PackAsked};
use dutydesk::domain::permission::Viewer;
use dutydesk::pathway::show;
use dutydesk::report::pack::{gather, html};
use dutydesk::store::{Access, OfficeDir, Store};

use chrono::{DateTime, Utc};

use super::desk::Desk;
use super::office::Office;
use super::providers::{morning, proposed};
use super::whole::{CALL, decide};

/// Whatever stands in the record of a case stands in a pack of it, in the words in which it was said, with when it happened
/// and when it was recorded. Held against every journey when it ends: what a journey shows to be recorded, a pack shows.
pub fn hold_everything(store: &Store, now: DateTime<Utc>) {
    let viewer = Viewer::system();
    let asked = PackAsked::whole(About::Period);
    let pack = gather(store, &viewer, &asked, now, &mut |_, _| true).expect("a pack").expect("whole");
    let (editions, zone) = (store.editions().expect("editions"), store.zone().expect("a zone"));
    let packed = store.packed(&viewer, &asked).expect("the cases of it");
    assert_eq!(pack.cases.len(), packed.cases.len());
    for (case, packed) in packed.cases.iter().zip(&pack.cases) {
        let view = store.case(&viewer, case.id, now).expect("a case");
        assert_eq!(view.reference, packed.reference);
        let rows = |table: &str| {
            let table = pack.tables.iter().find(|one| one.words.id == table).expect("a table");
            let own = table
                .rows
                .iter()
                .filter(|row| row.iter().next().is_some_and(|cell| cell.words == view.reference));
            own.map(|row| row.iter().map(|cell| cell.words.as_str()).collect::<Vec<_>>()).collect::<Vec<_>>()
        };
        assert_eq!(rows("shares").len(), view.state.shares.len(), "{}", view.reference);
        assert_eq!(rows("signs").len(), view.signs.len(), "{}", view.reference);
        assert_eq!(rows("cases").len(), 1);
        let owed: usize =
            ["promises", "controls", "reviews", "actions"].iter().map(|table| rows(table).len()).sum();
        let here = |id: &CommitmentId| view.state.commitments.iter().any(|one| one.id == *id);
        let last = view.state.commitments.iter().filter(|one| !one.superseded_by.as_ref().is_some_and(here));
        assert_eq!(owed, last.count(), "what is or was owed in {}, each once", view.reference);
        let missing =
            view.chronology.iter().filter(|told| !told.missing.is_empty() || told.late_entry).count();
        assert!(rows("gaps").len() >= missing, "gaps of {}", view.reference);
        for told in &view.chronology {
            let number = told.entry.seq;
            let entry = packed.entries.iter().find(|entry| entry.number == number);
            let entry = entry.unwrap_or_else(|| panic!("entry {number} of {} is in no pack", case.reference));
            assert_eq!(entry.occurred.at, Some(told.occurred.at));
            assert_eq!(entry.recorded.at, Some(told.entry.recorded_at));
            let Said::Step(said) = &told.entry.said else { continue };
            let Some(step) = editions.step(said) else { continue };
            // What was said first, if only as what was struck.
            for line in show::lines(step, &said.answers, &zone) {
                let stands =
                    entry.answers.iter().any(|one| one.label == line.label && one.words == line.words);
                let struck =
                    entry.struck.iter().any(|one| one.words == line.words || one.label == line.label);
                assert!(
                    stands || struck || told.recorded_under.is_some(),
                    "{line:?} of entry {number} of {} is in no pack: {entry:#?}",
                    case.reference
                );
            }
        }
    }
    html(&pack).expect("a page");
}

fn sheets(desk: &Desk) -> Vec<String> {
    let folder = OfficeDir::at(desk.office.path()).sheets();
    let files = std::fs::read_dir(folder).into_iter().flatten().map(|file| file.expect("a file").path());
    let packs =
        files.filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("pack-")));
    packs.map(|path| std::fs::read_to_string(path).expect("a page")).collect()
}

fn exported(desk: &Desk) -> Vec<String> {
    let access = Access::open(&OfficeDir::at(desk.office.path())).expect("the list of looks");
    let looks = access.looks().expect("looks").into_iter().filter(|look| look.how == How::Export);
    looks.filter_map(|look| look.detail).collect()
}

#[test]
fn a_key_on_a_case_a_person_or_an_organisation_writes_its_pack_and_says_where() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("okafor");
    desk.keys(CALL).later(5).goes_home().keys("d");
    decide(&mut desk);
    desk.goes_home().keys("1<enter>\"").shows("Evidence pack written to");
    let [page] = sheets(&desk).try_into().expect("one page");
    for said in
        ["Evidence pack: U-1", "Decisions and why", "OKAFOR, A.", "TRAINING", "What the record does not show"]
    {
        assert!(page.contains(said), "{said}");
    }
    let noted = exported(&desk);
    assert!(
        noted.len() == 1 && noted[0].starts_with("evidence pack (case, html, not redacted), sha256"),
        "{noted:?}"
    );

    // Of the person all that is about them.
    desk.later(5).keys("p\"").shows("all that is on record about them").keys("1").shows("pack-person");
    assert!(sheets(&desk).iter().any(|page| page.contains("People") && page.contains("U-1, Urgent call")));
    // Of an organisation what it was asked, too, or how it stands on few pages.
    desk.later(5).goes_home().keys("<f6>").keys("<enter>\"").keys("1").shows("pack-provider");
    desk.later(5).keys("\"").shows("Scorecard of the organisation").keys("2").shows("pack-scorecard");
}

#[test]
fn a_person_asks_for_their_record_and_the_list_to_go_through_is_made_on_screen_and_noted() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("okafor");
    desk.keys(CALL).later(5).goes_home().keys("1<enter>p\"");
    desk.shows("List for a copy that they ask for themselves").keys("2").shows("passages").shows("to decide");
    assert_eq!(sheets(&desk), Vec::<String>::new(), "no pack of her is made");
    let files = std::fs::read_dir(OfficeDir::at(desk.office.path()).sheets()).expect("the folder");
    let lists: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    let [list] = lists.as_slice() else { panic!("{lists:?}") };
    let name = list.file_name().expect("a name").to_string_lossy();
    assert!(name.starts_with("passages-p-") && name.ends_with(".csv"), "{name}");
    let list = std::fs::read_to_string(list).expect("a list");
    assert!(list.contains("said to us by somebody else") && list.contains("Sleepier than usual"), "{list}");
    let noted = exported(&desk);
    assert!(noted.iter().all(|noted| noted.contains("(person, csv, not redacted)")), "{noted:?}");
    assert!(!noted.is_empty());
}

#[test]
fn of_an_arrangement_with_a_provider_its_own_pack_that_of_the_provider_or_a_scorecard_is_made() {
    let mut desk = morning();
    proposed(&mut desk).later(5);
    desk.keys("\"").shows("Evidence pack of this case").shows("Scorecard of the organisation");
    desk.keys("3").shows("pack-scorecard");
    desk.later(5).keys("\"1").shows("pack-case");
}

#[test]
fn the_same_key_on_the_measures_writes_the_governance_report_of_their_period_and_place() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("okafor");
    desk.keys(CALL).later(5).goes_home();
    desk.keys("|\"")
        .shows("Governance report")
        .shows("Evidence pack of that time")
        .keys("1")
        .shows("pack-governance");
    let [page] = sheets(&desk).try_into().expect("one page");
    for said in ["Governance report: Nov 2026 so far", "Call to decision", "<svg", "Urgent calls, by place"] {
        assert!(page.contains(said), "{said}");
    }
    assert!(!page.contains("QUILL"), "figures of nobody");
    // One theme alone is no report of the office.
    desk.later(5).keys("t\"").shows("all themes and services");
    assert_eq!((sheets(&desk).len(), exported(&desk)), (1, Vec::new()));

    // What happened in a month is made from the dashboard, whichever way the command is found.
    desk.later(5).goes_home().keys(":evidence pack<enter>").shows("Evidence pack of last month").keys("1");
    desk.shows("pack-period");
    assert!(sheets(&desk).iter().any(|page| page.contains("QUILL") && page.contains("01-Nov-2026")));
    desk.later(5).keys("\"2").shows("pack-period");
    assert!(sheets(&desk).iter().any(|page| page.contains("31-Oct-2026") && !page.contains("QUILL")));
}

#[test]
fn whoever_may_not_export_is_told_who_may() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("shah");
    desk.keys(CALL).keys("<enter>\"").shows("Duty manager");
    assert_eq!((sheets(&desk), exported(&desk)), (Vec::new(), Vec::new()));
}

#[test]
fn what_was_corrected_and_what_was_written_late_stand_in_the_pack_with_their_reasons() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("okafor");
    desk.keys(CALL).later(3).keys("<enter>m");
    desk.line("risk").keys("r").line("+reason").keys("Heard it wrong the first time").saves();
    desk.goes_home().keys("1<enter>\"").shows("Evidence pack written to");
    let [page] = sheets(&desk).try_into().expect("one page");
    let (_, struck) = page.split_once("<s>").expect("something is struck");
    assert!(struck.starts_with("AMBER</s>") && struck.contains("Heard it wrong the first time"), "{struck}");
    let (_, corrections) = page.split_once("<h2 id=\"corrections\">").expect("a table of them");
    assert!(corrections.contains("AMBER") && corrections.contains("OKAFOR"), "{corrections}");
}

#[test]
fn a_pack_says_how_far_it_is_and_esc_leaves_nothing_of_it() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("okafor");
    desk.keys(CALL).later(5).goes_home();
    desk.while_packing = vec![Key::of(Code::Esc)];
    desk.keys("1<enter>\"").shows("stopped; nothing was written");
    assert_eq!(
        (sheets(&desk), exported(&desk)),
        (Vec::new(), Vec::new()),
        "nothing is written and nothing noted"
    );
    let gauge = desk.gauges.remove(0);
    for said in ["Evidence pack", "0 of ", "cases gathered", "░░░░", "esc", "stop"] {
        assert!(gauge.contains(said), "{said}:\n{gauge}");
    }
    assert_eq!(desk.gauges, Vec::<String>::new(), "it went no further");

    // Any other key leaves it be; once it is done it says where it is.
    desk.while_packing = vec![Key::of(Code::Char('x'))];
    desk.later(5).keys("\"").shows("Evidence pack written to");
    assert_eq!((sheets(&desk).len(), exported(&desk).len()), (1, 1));
    assert!(
        desk.gauges.iter().any(|gauge| gauge.contains("Esc stops it, F2 takes a call")),
        "{:?}",
        desk.gauges
    );
    assert!(desk.gauges.last().is_some_and(|gauge| gauge.contains("████")), "{:?}", desk.gauges.last());
    // What leaves an office is signed.
    let notes = OfficeDir::at(desk.office.path()).checkpoints();
    assert_eq!(std::fs::read_dir(notes).expect("checkpoints").count(), 2, "the one that left, and the key");
}
