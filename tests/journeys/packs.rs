//! Evidence packs: of what is on screen, by a key; and of every journey, whatever it recorded.

use dutydesk::app::Key;
use dutydesk::app::key::Code;
use dutydesk::domain::access::How;
use dutydesk::domain::act::Act;
use dutydesk::domain::answer::YesNo;
use dutydesk::domain::disposal::Ground;
use dutydesk::domain::entry::Said;
use dutydesk::domain::ids::CommitmentId;
use dutydesk::domain::pack::{About, PackAsked};
use dutydesk::domain::permission::Viewer;
use dutydesk::pathway::show;
use dutydesk::report::pack::{Expected, gather, html, verify};
use dutydesk::store::{Access, OfficeDir, Store};

use chrono::{DateTime, Utc};

use super::desk::Desk;
use super::drawn_once::acts;
use super::liaise::spoke;
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
    desk.goes_home().keys("1<enter>\"1").shows("Evidence pack written to");
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

/// The one file in the sheets that begins so.
fn sheet(desk: &Desk, begins: &str) -> std::path::PathBuf {
    let files = std::fs::read_dir(OfficeDir::at(desk.office.path()).sheets()).expect("the folder");
    let paths = files.map(|file| file.expect("a file").path());
    let is_it = |path: &std::path::PathBuf| {
        path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(begins))
    };
    let [one] = paths.filter(is_it).collect::<Vec<_>>().try_into().expect("one of them");
    one
}

#[test]
fn a_copy_for_the_person_is_made_on_screen_once_the_list_was_gone_through_and_stands_in_their_record() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("okafor");
    desk.keys(CALL).later(5).goes_home().keys("1<enter>p");
    desk.keys("\"").shows("Copy for themselves, from that list").keys("3").shows("make it first");
    desk.later(5).keys("\"2").shows("to decide");
    // As it was made, most lines wait for a decision: that is said, and nothing leaves.
    desk.later(5).keys("\"3").shows("Decide is none of give, names, withhold");
    // Somebody goes through it: what was said to us by somebody else is withheld, the rest given.
    let list = sheet(&desk, "passages-p-");
    let rows = std::fs::read(&list).expect("the list");
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(rows.as_slice());
    let heads = reader.headers().expect("heads").clone();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&heads).expect("heads");
    for row in reader.records() {
        let mut row: Vec<String> = row.expect("a row").iter().map(str::to_owned).collect();
        let withheld = row[8].contains("Sleepier than usual");
        let decided = if withheld { ["withhold", "said in confidence"] } else { ["give", ""] };
        row.splice(2..4, decided.map(str::to_owned));
        writer.write_record(&row).expect("a row");
    }
    std::fs::write(&list, writer.into_inner().expect("bytes")).expect("gone through");
    // What a spreadsheet puts beside it under a longer name is not taken for the last that was made.
    let name = list.file_stem().expect("a name").to_string_lossy();
    std::fs::write(list.with_file_name(format!("{name}_copy.csv")), &rows).expect("a copy of it");
    desk.later(5).keys("\"3").shows("1 passages withheld");
    let copy = std::fs::read_to_string(sheet(&desk, "copy-p-")).expect("the copy");
    assert!(copy.contains("A copy of your record") && copy.contains("1 passage was left out"), "{copy}");
    assert!(!copy.contains("Sleepier than usual"), "what was withheld stands nowhere in it");
    let subject = desk.case("U-1").subject.expect("whom it is about").id;
    let record = desk.store().case(&Viewer::system(), subject, desk.office.now()).expect("her record");
    let given = |said: &Said| matches!(said, Said::Act(Act::GiveCopy { withheld: 1, .. }));
    assert!(record.chronology.iter().any(|told| given(&told.entry.said)), "that it was given is on record");
    let log = Access::open(&OfficeDir::at(desk.office.path())).expect("the log opens");
    let looks = log.looks().expect("it can be read");
    let is_copy =
        |said: &Option<String>| said.as_deref().is_some_and(|said| said.contains("(person, html, redacted)"));
    assert!(looks.iter().any(|look| is_copy(&look.detail)), "and noted as what it is");
}

#[test]
fn what_corrects_an_entry_that_is_withheld_is_proposed_to_be_withheld_with_it() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("okafor");
    desk.keys(CALL).later(3).keys("<enter>m");
    desk.line("risk").keys("r").line("+reason").keys("Heard it wrong the first time").saves();
    let entry = desk.case("U-1").chronology[0].entry.id;
    desk.goes_home().keys("1<enter>p");
    let proposed = |desk: &mut Desk| {
        desk.later(5).keys("\"2").shows("to decide");
        let list = sheet(desk, "passages-p-");
        let rows = std::fs::read(&list).expect("the list");
        std::fs::remove_file(list).expect("read");
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(rows.as_slice());
        let rows = reader.records().map(|row| row.expect("a row"));
        let of = rows.map(|row| (row[2].to_owned(), row[3].to_owned(), row[8].to_owned()));
        of.collect::<Vec<_>>()
    };
    let corrected = |rows: &[(String, String, String)]| {
        let row = rows.iter().find(|row| row.2.contains("Heard it wrong"));
        row.map(|(decide, why, _)| (decide.clone(), why.clone())).expect("the correction is a passage too")
    };
    assert_eq!(corrected(&proposed(&mut desk)).0, "give", "nothing is marked yet");

    // A professional marks the call; what was said of it since is told to nobody either.
    let act = Act::Withhold {
        entry,
        withheld: YesNo::Yes,
        ground: Some(Ground::Harm),
        reason: "Dr Lowe, 20-Nov".to_owned(),
    };
    acts(&desk, desk.case("U-1").state.id, act);
    let rows = proposed(&mut desk);
    let (decide, why) = corrected(&rows);
    assert!(decide == "withhold" && why.contains("Dr Lowe"), "{rows:?}");
    let of_call = rows.iter().find(|row| row.2.contains("Sleepier than usual")).expect("what was said");
    assert_eq!((&of_call.0, &of_call.1), (&decide, &why), "as the call itself");
}

/// To whom packs of this case were disclosed, in which form and whether redacted.
fn disclosed(desk: &Desk) -> Vec<(String, String, bool)> {
    let told = desk.case("U-1").chronology.into_iter();
    let of = |said: Said| match said {
        Said::Act(Act::Disclose { whom, form, redacted, .. }) => {
            Some((whom.words, form, redacted == YesNo::Yes))
        }
        _ => None,
    };
    told.filter_map(|told| of(told.entry.said)).collect()
}

#[test]
fn a_pack_is_made_on_screen_in_another_form_of_other_days_redacted_and_for_somebody_outside() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("okafor");
    desk.keys(CALL).later(5).goes_home().keys("d");
    decide(&mut desk);
    // Whether names are withheld is asked; nobody is taken for inside or outside.
    desk.goes_home()
        .keys("1<enter>\"o")
        .shows("Names of others withheld")
        .shows("Evidence pack of this case: QUILL");
    desk.keys("<ctrl-s>").shows("Names of others withheld");
    desk.line("redact").keys("y").line("whom").keys("elms").shows("Elms").keys("<enter>");
    // Nothing concerns them yet: there is nothing to make for them, and that is said.
    desk.saves().shows("Nothing in it concerns The Elms Surgery").shows("no redacted copy");
    desk.goes_home();
    spoke(&mut desk, "elms<enter>");
    desk.saves();
    desk.later(5).goes_home().keys("1<enter>\"o");
    desk.line("redact").keys("y").line("whom").keys("elms").shows("Elms").keys("<enter>");
    // One pack goes to one: of two of them one would stand nowhere.
    desk.line("whom_else").keys("The inspector<ctrl-s>").shows("Make one for each");
    assert_eq!(disclosed(&desk), []);
    desk.instead("whom_else", "").saves().shows("Evidence pack written to").shows("redacted");
    let page = std::fs::read_to_string(sheet(&desk, "pack-case-u-1-redacted")).expect("a page");
    assert!(page.contains("What The Elms Surgery has to do"), "{page}");
    assert!(page.contains("2 entries that do not concern The Elms Surgery"), "{page}");
    assert_eq!(disclosed(&desk), [("The Elms Surgery".to_owned(), "html".to_owned(), true)]);
    desk.goes_home().keys("1<enter>").shows("Evidence pack made for somebody outside");
    desk.shows("The Elms");

    // For the regulator as it is, as a value that proves itself.
    desk.later(5).keys("\"o").line("form").keys("j").line("redact").keys("n");
    desk.line("whom_else").keys("The inspector").saves().shows(".json");
    let value = std::fs::read(sheet(&desk, "pack-case-u-1-2026")).expect("a value");
    let checked = verify(&value, &Expected::default());
    assert_eq!(checked.faults, Vec::new());
    assert_eq!(disclosed(&desk)[1], ("The inspector".to_owned(), "json".to_owned(), false));

    // Of days that do not follow each other nothing is made; of a month as tables, in a folder of their own.
    desk.later(5).goes_home().keys("\"o").shows("Which is to be made otherwise").keys("1");
    desk.line("form").keys("t").line("redact").keys("n");
    desk.instead("until", "1 oct 2026").keys("<ctrl-s>").shows("the last day lies before the first");
    desk.instead("until", "20 nov 2026").saves().shows("pack-period");
    let folder = sheet(&desk, "pack-period-");
    let chronology = std::fs::read_to_string(folder.join("chronology.csv")).expect("a table");
    assert!(!chronology.contains("Sleepier"), "what happened a day later is not in it");
    assert!(std::fs::read_dir(&folder).expect("a folder").count() > 15);
}

#[test]
fn the_pack_for_registration_of_one_pathway_is_made_from_the_dashboard() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("okafor");
    desk.goes_home().keys("\"r").shows("All of it, some 300 pages").keys("urgent call").keys("<enter>");
    desk.shows("registration-urgent");
    let page = std::fs::read_to_string(sheet(&desk, "registration-urgent")).expect("a page");
    assert!(page.contains("Urgent communication log") && page.contains("This is the part for"));
    assert!((5..40).contains(&page.matches("<h4 ").count()), "the forms of that pathway alone");
    let [noted] = exported(&desk).try_into().expect("that it was made is noted, as of nobody");
    assert!(noted.starts_with("evidence pack (registration, html, not redacted), sha256"), "{noted}");
}

#[test]
fn of_an_arrangement_with_a_provider_its_own_pack_that_of_the_provider_or_a_scorecard_is_made() {
    let mut desk = morning();
    proposed(&mut desk).later(5);
    desk.keys("\"").shows("Evidence pack of this case").shows("Scorecard of the organisation");
    desk.keys("3").shows("Provider scorecard written to").shows("pack-scorecard");
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
        .shows("Governance report written to")
        .shows("pack-governance");
    let [page] = sheets(&desk).try_into().expect("one page");
    for said in ["Governance report: Nov 2026 so far", "Call to decision", "<svg", "Urgent calls, by place"] {
        assert!(page.contains(said), "{said}");
    }
    assert!(!page.contains("QUILL"), "figures of nobody");
    // One theme alone is no report of the office.
    desk.later(5).keys("t\"").shows("all themes and services");
    let [noted] = exported(&desk).try_into().expect("the one that was made is noted, as of nobody");
    assert!(sheets(&desk).len() == 1 && noted.starts_with("evidence pack (governance, html"), "{noted}");

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
    desk.goes_home().keys("1<enter>\"1").shows("Evidence pack written to");
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
    desk.keys("1<enter>\"1").shows("stopped; nothing was written");
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
    desk.later(5).keys("\"1").shows("Evidence pack written to");
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
