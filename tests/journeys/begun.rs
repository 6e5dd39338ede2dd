//! One case opens another: begun from a case, from what somebody outside owes and is late, about a record, or from
//! nothing. What is known stands in its form, and each shows the other.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use dutydesk::domain::act::Act;
use dutydesk::domain::entry::Said;
use dutydesk::domain::permission::Viewer;

use super::begins::begins;
use super::desk::Desk;
use super::office::Office;
use super::whole::{CALL, decide, spoke_to_the_surgery};

/// A wait for somebody outside, as an office may have it in place of the program's.
const WAIT: &str = r#"
id = "delay"
title = "Wait for others"
subject = "people"
reference = "W"
begun_from = ["late", "people"]

[[step]]
id = "begin"
title = "What we wait for"
roles = ["anyone"]
opens = true

[[step.field]]
id = "about"
label = "Person"
kind = "person"
means = "subject"
required = true

[[step.field]]
id = "place"
label = "Where"
kind = "location"
means = "place"

[[step.field]]
id = "who"
label = "Who keeps us waiting"
kind = "contact"
means = "obligor"
on_the_spot = true

[[step.field]]
id = "what"
label = "What for"
kind = "text"
means = "promise"

[[step.field]]
id = "was_due"
label = "It was due"
kind = "time"
prefill = "due"

[[step.field]]
id = "risk"
label = "Risk now"
kind = "choice"
means = "risk"
list = "risks"

[[step.field]]
id = "seen"
label = "What was seen"
kind = "notes"
means = "observation"

[[step.field]]
id = "meant"
label = "What it means for the person"
kind = "notes"
required = true

[[step]]
id = "end"
title = "It has come"
key = "x"
roles = ["anyone"]
closes = true
"#;

/// An office whose definitions have waits in them.
fn with_waits() -> Desk {
    let office = Office::opened("2026-11-21T16:42:00Z");
    let pathways = office.path().join("config").join("pathways");
    fs::create_dir_all(&pathways).expect("a directory");
    fs::write(pathways.join("delay.toml"), WAIT).expect("a file");
    for (path, mode) in [(pathways.clone(), 0o700), (pathways.join("delay.toml"), 0o600)] {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("a mode");
    }
    // The manager may configure, so that the changed definitions come into force with the sign-in.
    let mut desk = Desk::at(office).signed_in("lind");
    desk.sign_in("okafor");
    desk
}

/// A visit that the surgery promised for 20:50 and that has not come half an hour later.
fn promised_and_late() -> Desk {
    let mut desk = with_waits();
    desk.keys(CALL).keys("d");
    decide(&mut desk);
    desk.keys("l");
    spoke_to_the_surgery(&mut desk, "Visit tonight", "20:50");
    desk.at_time("2026-11-21T21:20:00Z");
    desk
}

#[test]
fn what_is_late_offers_what_follows_from_it_and_each_case_shows_the_other() {
    let mut desk = promised_and_late();
    desk.keys("3").shows("Visit tonight").shows("+ begins \"Wait for others\"");
    desk.keys("<enter>").shows("late: what does");
    // It stands first, and says why.
    desk.keys("+")
        .shows("Begin what? From U-1 · Visit tonight")
        .shows("Wait for others · \"Visit tonight\" is late");
    desk.keys("<enter>").shows("What we wait for").shows("begun from U-1 · Visit tonight");
    let of = |desk: &Desk, path: &str| desk.text(path);
    assert_eq!(of(&desk, "about"), "QUILL, Theresa");
    assert_eq!(of(&desk, "place"), "Rowan House");
    assert_eq!(of(&desk, "who"), "The Elms Surgery");
    assert_eq!(of(&desk, "what"), "Visit tonight");
    assert_eq!(of(&desk, "risk"), "amber");
    assert_eq!(of(&desk, "seen"), "Sleepier than usual, drank one cup, needs more help to stand");
    assert!(of(&desk, "was_due").contains("20:50"), "{}", of(&desk, "was_due"));
    desk.line("meant").keys("Nobody has seen her chest").saves();
    desk.shows("W-1").shows("Wait for others, open");

    let (call, wait) = (desk.case("U-1"), desk.case("W-1"));
    assert_eq!(call.state.links, [wait.state.id]);
    assert_eq!(wait.state.links, [call.state.id]);
    assert_eq!(wait.state.subject, call.state.subject);
    let linked =
        |told: &dutydesk::domain::views::Told| matches!(&told.entry.said, Said::Act(Act::Link { .. }));
    assert!(call.chronology.iter().any(linked));

    // One key goes there, and back; while it is open it is not offered again.
    desk.hides("+ begins");
    desk.keys("&").shows("W-1").shows("Urgent call, ").keys("&").shows("U-1");
    // Nor does the dashboard offer it a second time.
    desk.goes_home().keys("3").shows("Visit tonight").hides("+ begins");
}

#[test]
fn from_the_dashboard_it_is_one_key_and_the_draft_knows_where_it_came_from_after_a_kill() {
    let mut desk = promised_and_late();
    desk.keys("3+").shows("Begin what? From U-1 · Visit tonight");
    // Nothing was begun: one is back where one was.
    desk.keys("<esc>").shows("Urgent calls");
    desk.keys("+<enter>").line("meant").keys("Nobody has seen");
    let mut again = desk.killed_and_started_again().signed_in("okafor");
    again.keys("u<enter>").shows("begun from U-1 · Visit tonight");
    assert_eq!(again.text("who"), "The Elms Surgery");
    again.line("meant").keys(" her chest").saves();
    assert_eq!(again.case("W-1").state.links, [again.case("U-1").state.id]);
}

#[test]
fn from_a_persons_record_it_is_about_them_and_from_nothing_about_nobody() {
    let mut desk = with_waits();
    desk.keys("+").shows("Begin what?").hides("From").keys("<esc>");
    desk.keys("<f5>/qui<enter>+").shows("Begin what? From QUILL").keys("<esc><esc><esc>");
    desk.keys("<f5>/qui<enter><enter>+").shows("Wait for others");
    desk.select("Wait for others").keys("<enter>");
    assert_eq!((desk.text("about"), desk.text("place")), ("QUILL, Theresa".into(), "Rowan House".into()));
    desk.line("meant").keys("Waits for a hoist").saves();
    let wait = desk.case("W-1");
    assert_eq!(wait.state.subject, Some(desk.office.people["quill"]));
    assert!(wait.state.links.is_empty());

    // With a case selected it is begun from that one, unless it is said to be about the person alone.
    desk.keys("+")
        .shows("From W-1")
        .keys("0")
        .shows("From QUILL")
        .select("Wait for others")
        .keys("<enter>")
        .line("meant")
        .keys("A second")
        .saves();
    assert!(desk.case("W-2").state.links.is_empty());
    // From an organisation's record it is about who keeps us waiting; whoever it is about is still to be said.
    desk.goes_home()
        .keys("<f6>/elms<enter><enter>+")
        .shows("Begin what? From The Elms Surgery")
        .select("Possible data");
    desk.keys("<esc>");
}

#[test]
fn a_case_of_the_office_takes_over_what_it_can_and_says_whence() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("lind");
    desk.keys(CALL).keys("+").shows("Governance item");
    desk.select("Governance item").keys("<enter>").shows("begun from U-1");
    assert_eq!(desk.text("place"), "Rowan House");
    desk.line("headline")
        .keys("<end>, and nobody rang")
        .line("what")
        .keys("Not rung back for an hour")
        .saves();
    assert_eq!(desk.case("G-1").state.links, [desk.case("U-1").state.id]);
    desk.keys("<enter>&").shows("G-1").shows("Urgent call, undecided");
}

#[test]
fn cases_are_listed_by_kind_each_a_queue_of_its_own_with_what_is_owed_next() {
    let mut desk = promised_and_late();
    desk.keys("3+<enter>").line("meant").keys("Nobody has seen her chest").saves();
    desk.goes_home()
        .keys("<f9>")
        .shows("2 of 2")
        .shows("Urgent call, decided")
        .shows("Wait for others, open");
    // By words, the kind's own among them; by its picker, with what is open of each.
    desk.keys("/wait others<enter>").shows("W-1").hides("U-1").keys("<esc>");
    desk.keys("<f9>").shows("Which cases?").shows("Wait for others  ·  1 open").select("Wait for others");
    desk.keys("<enter>").shows("Wait for others, open").shows("1 of 1").shows("W-1").hides("U-1");
    desk.keys("<f9>").select("Every kind, closed").keys("<enter>").shows("U-1").shows("W-1");
    assert!(desk.little_screen().contains("W-1"));

    // The person's own screen has both, with what is owed next in each; the place's and the surgery's screens too.
    desk.goes_home()
        .keys("<f5>/qui<enter><enter>")
        .shows("Urgent call, decided")
        .shows("Wait for others, open");
    desk.shows("next Visit tonight");
    desk.goes_home().keys("<f6>/elms<enter><enter>").shows("U-1").shows("next Visit tonight");
}

#[test]
fn two_cases_of_one_matter_are_read_in_one_row_and_taken_apart_again() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("lind");
    desk.keys(CALL).later(20);
    desk.keys("c{07700 900222}<tab>{Hannah Quill, daughter}<tab>{qui}<enter>yn{Asleep since noon}<tab>a{is a doctor coming}<ctrl-s>");
    desk.select("Asleep since noon").keys("<enter>").hides("drank one cup");
    desk.keys("#").shows("The same matter as U-1").keys("1").shows("The same matter as another case");
    desk.line("why").keys("The carer and the daughter rang about the same afternoon").saves();
    // Either is read with what happened in the other; nothing of what is owed has moved.
    desk.shows("U-1  Urgent communication log").shows("drank one cup");
    let (first, second) = (desk.case("U-1"), desk.case("U-2"));
    assert_eq!(first.state.duplicates, [second.state.id]);
    assert_eq!((first.elsewhere.len(), second.elsewhere.len()), (1, 1));
    assert!(!first.state.closed && first.state.commitments.iter().any(|one| one.progress.is_open()));
    desk.keys("&").shows("U-2  Urgent communication log").keys("<esc>");

    desk.keys("#").shows("Take back: U-1").select("Take back").keys("<enter>");
    desk.line("why").keys("The daughter rang about the evening").saves();
    desk.hides("drank one cup");
    assert!(desk.case("U-1").state.links.is_empty() && desk.case("U-2").elsewhere.is_empty());

    // People at the desk may not, and are told so.
    desk.sign_in("shah").select("Asleep since noon").keys("<enter>#").hides("The same matter as U-1");
}

/// A carer's own number is no ward's, and who was spoken with is not who is to be: only what is certain goes along.
#[test]
fn what_a_caller_said_is_no_answer_to_another_question() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("okafor");
    desk.keys(CALL).keys("d");
    decide(&mut desk);
    desk.keys("l");
    spoke_to_the_surgery(&mut desk, "Visit tonight", "20:50");
    for (title, blank) in [
        ("Home from hospital", &["hospital", "ward", "wants"][..]),
        ("Feedback", &["who", "reach"][..]),
        ("Regulator's question", &["who", "person", "asked"][..]),
    ] {
        begins(&mut desk, title);
        for line in blank {
            assert_eq!(desk.text(line), "", "{title}: {line}");
        }
        desk.keys("<esc>");
    }
    // Nor is what is wrong with a person what an organisation does for us.
    desk.keys("+").select("Provider arrangement").keys("<enter>");
    assert_eq!(desk.text("service"), "");
    desk.keys("<esc>");
    begins(&mut desk, "Safeguarding concern");
    assert_eq!(desk.text("about"), "QUILL, Theresa");
}

/// What stands in the form because another case says so is no answer to what is asked here, until somebody has looked at it.
#[test]
fn what_another_case_says_is_marked_and_asked_about_before_it_is_saved() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("okafor");
    desk.keys(CALL);
    begins(&mut desk, "Safeguarding concern");
    desk.shows("taken from U-1: check").shows("still missing 4 of 5");
    // Whoever comes past it has looked at it.
    desk.instead("said", "\"She pushed me\"").line("safe_now").keys("y").line("by_whom").keys("w");
    desk.shows("nothing missing").keys("<esc>");

    begins(&mut desk, "Notification");
    desk.keys("Found on the floor").keys("<ctrl-s>").shows("\"In a few words\" was taken from U-1: check it");
    assert!(desk.store().case_by_reference(&Viewer::system(), "N-1").is_err());
    desk.shows("next Decide and send the notification").saves();
    assert!(desk.store().case_by_reference(&Viewer::system(), "N-1").is_ok());
}

#[test]
fn the_few_that_are_mostly_begun_stand_first_under_one_digit_wherever_one_is_and_typing_finds_the_others() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("lind");
    let first = |desk: &mut Desk| {
        desk.shows(" 1   Safeguarding concern").shows(" 2   Urgent call").shows(" 3   Routine liaison");
    };
    desk.keys("+");
    first(&mut desk);
    desk.keys("<esc>").keys(CALL).keys("+");
    first(&mut desk);
    // Typing its name narrows them, and is no key: "a" begins nothing.
    desk.keys("safeg").shows("Safeguarding concern").hides("Urgent call  ").hides("Routine liaison");
    desk.keys("xx").shows("Nothing here is called that").keys("<enter>").shows("Nothing here is called that");
    desk.keys("<backspace><backspace><enter>").shows("Safe this minute?").shows("begun from U-1");
    desk.keys("<esc>").keys("+2").shows("Urgent communication log");
}

#[test]
fn of_several_that_have_what_was_typed_none_is_begun_before_one_is_meant() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("lind");
    desk.keys(CALL).keys("+concern").shows("Safeguarding concern").shows("Concern about a provider");
    desk.keys("<enter>").shows("Several are called that: type more of the name").hides("Safe this minute?");
    // More of the name, or going to it, says which.
    desk.keys(" prov<enter>").shows("begun from U-1").shows("About which organisation").keys("<esc>");
    desk.keys("+concern<down><up><enter>").shows("Safe this minute?").keys("<esc>");
    // Its whole name means it, though others have it too.
    desk.keys("+urgent call<enter>").shows("Urgent communication log").keys("<esc>");
}

#[test]
fn what_is_not_begun_from_here_is_found_by_its_name_and_says_where_or_by_whom() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("lind");
    // A check of a home is about nobody in the call: it is begun by itself.
    desk.keys(CALL).keys("+spot").shows("Spot check · by itself, not from here");
    desk.keys("<enter>").hides("begun from U-1").shows("Spot check").shows("by itself, not from U-1");
    assert_eq!(desk.text("place"), "");
    assert!(desk.screen_of(46, 30).contains("by itself, not from U-1"), "{}", desk.screen_of(46, 30));
    desk.keys("<esc>").keys("<enter>:begin spot<enter>").hides("begun from U-1").shows("Spot check");
    desk.shows("by itself, not from U-1").keys("<esc>");
    // Taken up again, it says so still.
    desk.goes_home()
        .keys(CALL)
        .keys("<enter>+spot<enter>")
        .line("found")
        .keys("Cold in the hall")
        .keys("<esc>");
    let mut desk = desk.killed_and_started_again().signed_in("lind");
    desk.keys("u")
        .select("Spot check")
        .keys("<enter>")
        .shows("Cold in the hall")
        .shows("by itself, not from U-2");
    desk.keys("<esc>");
    // Where nothing was at hand there is nothing that it is not from.
    desk.goes_home().keys(":begin spot<enter>").shows("Spot check").hides("by itself").keys("<esc>");
    // What has a list of its own says where that is.
    desk.keys("+people").shows("In a list of its own: f5, then a").keys("<enter>").shows("f5, then a");
    // What others begin says who.
    desk.sign_in("shah").keys("+meeting").shows("Meeting or review").shows("is for");
    desk.keys("<enter>").shows("is for").hides("Begin what?");
}

#[test]
fn what_the_program_records_once_a_case_was_moved_is_offered_to_nobody() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("lind");
    desk.keys(CALL).keys("<enter>n").shows("Record what?");
    for _ in 0..9 {
        desk.hides("To be put right after the move").keys("<pagedown>");
    }
}

#[test]
fn a_kind_of_cases_keeps_its_key_however_much_is_open() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("lind");
    let key_of = |desk: &mut Desk, title: &str| {
        desk.goes_home().keys("<f9><f9>").shows("Which cases?").select(title);
        // A letter or digit by itself before the title: what shows of the list beside it has none.
        let key = |line: &str| {
            let before = line.split_once(title)?.0.strip_suffix("   ")?;
            let mut last = before.chars().rev();
            last.next().filter(|c| c.is_ascii_alphanumeric() && last.next() == Some(' '))
        };
        desk.screen().lines().find_map(key).expect("it is listed with its key")
    };
    let kinds = ["Safeguarding concern", "Urgent call", "Routine liaison"];
    let before: Vec<char> = kinds.iter().map(|kind| key_of(&mut desk, kind)).collect();
    assert_eq!(before, ['1', '2', '3'], "the digits that begin one");
    desk.goes_home().keys(CALL).keys("+").select("Governance item").keys("<enter>");
    desk.line("headline").keys("Nobody rang").line("what").keys("Not rung back for an hour").saves();
    let after: Vec<char> = kinds.iter().map(|kind| key_of(&mut desk, kind)).collect();
    assert_eq!(after, before);
    desk.goes_home().keys("<f9><f9>2").shows("Urgent call, open").shows("U-1").hides("G-1");
    // Letters find the others by their names, as where a case is begun.
    desk.goes_home().keys("<f9><f9>gov").hides("Routine liaison");
    desk.keys("ernance item<enter>").shows("Governance item, open").shows("G-1").hides("U-1");
}

#[test]
fn the_menu_of_all_commands_and_a_queue_of_one_kind_begin_a_case_too() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("lind");
    desk.keys(CALL).keys(":safegu").shows("Begin: Safeguarding concern");
    // Whoever names it on the dashboard looks at no row: it is about nobody yet.
    desk.keys("<enter>").shows("Safe this minute?").hides("begun from");
    assert_eq!(desk.text("about"), "");
    desk.keys("<esc>").keys("<enter>").keys(":safegu<enter>");
    desk.shows("begun from U-1");
    desk.goes_home().keys("<f9><f9>").select("Routine liaison").keys("<enter>").keys("a");
    desk.shows("Liaison record");
}
