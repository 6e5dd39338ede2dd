//! A shift is handed over: item by item, at two desks at once or to somebody who comes later; what is refused stays with
//! whoever gives until the shift ends, and is then with whoever is on call. Nothing is ever nobody's.

use chrono::TimeDelta;
use dutydesk::domain::act::Act;
use dutydesk::domain::commitment::Party;
use dutydesk::domain::entry::Said;
use dutydesk::domain::handover::{Answered, Handed, Section};
use dutydesk::domain::permission::Viewer;
use dutydesk::domain::views::HandoverView;
use dutydesk::store::{OfficeDir, Store};

use super::desk::Desk;
use super::office::{Office, at};
use super::on_call::plan;
use super::whole::{CALL, decide, decide_without_saving, spoke_to_the_surgery};

/// The day's shift: one call, decided, with a visit promised for the evening. Shah has the duty desk.
fn day(visit_by: &str) -> Desk {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("lindqvist");
    desk.keys("o").line("staff").keys("shah<enter>").line("duty").keys("u").saves();
    desk.sign_in("shah").keys(CALL).later(5).sign_in("okafor").keys("d");
    decide(&mut desk);
    desk.at_time("2026-11-21T17:05:00Z").sign_in("shah").keys("l");
    spoke_to_the_surgery(&mut desk, "Visit", visit_by);
    desk
}

/// The newest handover, as it stands.
fn handed(desk: &Desk) -> HandoverView {
    let store = desk.store();
    let rows = store.handovers(&Viewer::system(), None).expect("readable");
    store.handover(&Viewer::system(), rows[0].id).expect("it was handed over")
}

fn line<'v>(view: &'v HandoverView, what: &str) -> &'v Handed {
    let found = view.handover.lines.iter().find(|handed| handed.line.what.contains(what));
    found.unwrap_or_else(|| panic!("no line {what}: {:#?}", view.handover.lines))
}

/// Who sees to the visit.
fn owner(desk: &Desk) -> Party {
    desk.owed("U-1", "Visit").remove(0).owner
}

fn whole(desk: &Desk) {
    desk.assert_record_holds();
}

/// Shah hands over at a quarter to eight, to whoever comes.
fn given(desk: &mut Desk) {
    given_by(desk, "SHAH, P.");
}

fn given_by(desk: &mut Desk, who: &str) {
    desk.at_time("2026-11-21T19:45:00Z").goes_home();
    desk.keys(">").shows("What you would hand over now").shows("shift 08:00–20:00, 12 h");
    desk.keys("g").shows("Hand over").line("place").keys("at the desk").saves();
    // With the numbers of before, and to whom.
    desk.shows(&format!("Handover from {who}")).shows("not answered yet");
    desk.shows("Handed over to whoever comes on duty: ").shows("to be taken");
}

#[test]
fn what_goes_to_safeguarding_stands_first_whatever_its_risk_and_is_answered_by_itself() {
    for (route, section, alone) in [("g", Section::Urgent, false), ("s", Section::First, true)] {
        let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("okafor");
        desk.keys(CALL).keys("d");
        decide_without_saving(&mut desk);
        // The surgery is taken out again where it is the safeguarding team that is told.
        if route != "g" {
            desk.line("route").keys("g").keys(route).keys("<enter>");
        }
        desk.saves();
        given_by(&mut desk, "OKAFOR, A.");
        let view = handed(&desk);
        let case = line(&view, "Sleepier than usual");
        assert_eq!((case.line.section, case.line.is_alone()), (section, alone), "{route}");
    }
}

#[test]
fn the_night_takes_the_visit_and_the_surgery_rings_the_night() {
    let mut desk = day("20:10");
    let shah = desk.office.staff["coordinator"];
    given(&mut desk);
    assert_eq!(owner(&desk), Party::Staff(shah), "theirs by name until somebody has it");
    desk.goes_home().sign_in("brandt").shows("SHAH, P. hands over to you");
    desk.keys(">").shows("DUE IN THE COMING SHIFT").select("Visit").keys("<enter>");
    desk.select("Duty desk").keys("<enter>").keys("b");
    desk.line("said").keys("The Elms visit by ten past eight, or 999 if hard to rouse").saves();
    desk.shows("read back");
    let view = handed(&desk);
    let brandt = desk.office.staff["leader"];
    assert_eq!(owner(&desk), Party::Staff(brandt));
    assert_eq!(
        line(&view, "Visit").answer().map(|last| (last.by, last.answer)),
        Some((brandt, Answered::Taken))
    );
    assert_eq!(
        view.handover.read_backs[0].words,
        "The Elms visit by ten past eight, or 999 if hard to rouse"
    );
    // It was given to whoever came: nobody is told that it was taken from them.
    let came = desk.owed("U-1", "Visit").remove(0).holding.came.expect("it passed");
    assert_eq!((came.from, came.unasked), (Some(shah), false));
    desk.goes_home().sign_in("shah").keys("@").hides("taken").keys("<esc>").sign_in("brandt");
    // The surgery rings back late: the promise is found, and it is the night's.
    desk.at_time("2026-11-21T20:20:00Z").goes_home().keys("<f6>/elms<enter><enter>");
    desk.shows("late 10m").shows("Visit").keys("<esc><esc>").goes_home();
    desk.keys("2/elms<enter>").shows("BRANDT, I.");
    // The day writes down late what came at twenty to eight: it slots in where it happened, and the snapshot is as it was.
    desk.goes_home().keys("<esc>").at_time("2026-11-22T07:55:00Z").sign_in("shah").keys("1l");
    spoke_to_the_surgery(&mut desk, "Prescription", "09:00");
    let after = handed(&desk);
    assert_eq!(line(&after, "Visit").line, line(&view, "Visit").line);
    assert!(after.changed.contains_key(&line(&after, "Visit").line.key), "what came later is said");
    desk.goes_home().keys("><tab>").shows("changed since");
    whole(&desk);
}

#[test]
fn refused_and_queried_lines_stay_with_whoever_gives_and_pass_to_whoever_is_on_call_at_the_end() {
    let mut desk = day("21:30");
    let shah = desk.office.staff["coordinator"];
    given(&mut desk);
    desk.goes_home()
        .sign_in("brandt")
        .keys(">")
        .select("Visit")
        .keys("x")
        .line("why")
        .keys("They are closed until Monday")
        .saves();
    desk.shows("refused by BRANDT, I.");
    let call = handed(&desk)
        .handover
        .lines
        .iter()
        .position(|one| one.line.key.starts_with("case:"))
        .expect("a call");
    assert!(call < 3);
    desk.keys("<home>").select("U-1").keys("v").line("why").keys("Who chases on Sunday?").saves();
    assert_eq!(owner(&desk), Party::Staff(shah), "a refusal takes nothing from anybody");
    // The giver sees both at once, without a key.
    let mut other = desk.beside().signed_in("shah");
    other.keys(">").shows("They are closed until Monday").shows("Who chases on Sunday?");
    // Going home says so, and stops nobody.
    other.goes_home().keys("q").shows("have not been taken").keys("<esc>");
    // The shift ends: whoever notices first writes it down, as of eight.
    desk.goes_home().at_time("2026-11-21T20:30:00Z");
    other.hears_of_it();
    let view = handed(&desk);
    let visit = line(&view, "Visit");
    let left = visit.left.as_ref().expect("it passed on");
    assert_eq!(
        (left.since, left.at, left.by),
        (at("2026-11-21T20:00:00Z"), at("2026-11-21T20:30:00Z"), None)
    );
    assert_eq!(owner(&desk), Party::Role("on_call".to_owned()), "the role, not a person who may be away");
    let case = desk.case("U-1");
    let says = case.chronology.iter().filter_map(|told| match &told.entry.said {
        Said::Act(Act::LeaveTo { reason, .. }) => Some(reason.clone()),
        _ => None,
    });
    let says: Vec<String> = says.collect();
    assert!(
        says.iter().any(|one| one.contains("refused by BRANDT, I.") && one.contains("closed until Monday")),
        "{says:?}"
    );
    assert!(says.iter().any(|one| one.contains("queried by BRANDT, I.")), "{says:?}");
    // It never locks anything: the case goes on, and the lines can still be taken.
    desk.goes_home().sign_in("okafor").keys("1<enter>").shows("Sleepier than usual").keys("<esc>");
    desk.goes_home()
        .sign_in("brandt")
        .keys(">")
        .shows("Handover from SHAH, P.")
        .select("Visit")
        .keys("<enter>");
    assert_eq!(owner(&desk), Party::Staff(desk.office.staff["leader"]));
    whole(&desk);
}

#[test]
fn a_duty_that_nobody_took_over_is_with_whoever_is_rung_next_once_the_shift_has_ended() {
    let mut desk = day("21:30");
    let holder = |desk: &Desk| {
        let rota = desk.store().rota(&Viewer::system(), desk.office.now()).expect("a rota");
        rota.holder("duty_coordinator_on_duty", None, desk.office.now()).expect("somebody").staff
    };
    let (shah, okafor) = (desk.office.staff["coordinator"], desk.office.staff["duty"]);
    given(&mut desk);
    desk.goes_home().sign_in("brandt").keys(">").select("Duty desk").keys("x");
    desk.line("why").keys("I am alone on the floor").saves();
    assert_eq!(holder(&desk), shah, "a refusal gives it to nobody");
    desk.goes_home().at_time("2026-11-21T20:01:00Z");
    assert_eq!(holder(&desk), okafor, "the first who is rung and may hold it");
    desk.keys(">").shows("Handover from SHAH, P.").shows("I am alone on the floor");
    whole(&desk);

    // Whoever leaves the rest earlier leaves the duty with it.
    let mut desk = day("21:30");
    given(&mut desk);
    desk.keys("ly");
    assert!(line(&handed(&desk), "Visit").left.is_some());
    assert_eq!(holder(&desk), okafor);
    whole(&desk);
}

#[test]
fn what_is_handed_over_after_the_shift_ended_waits_an_hour_for_whoever_has_come() {
    let mut desk = day("22:30");
    let shah = desk.office.staff["coordinator"];
    desk.at_time("2026-11-21T20:36:00Z").goes_home().keys(">").shows("shift 08:00–20:00, 12 h");
    desk.keys("g").shows("Hand over").saves().shows("Handover from SHAH, P.");
    // It had ended before it was handed over: nobody could have taken it by then.
    desk.goes_home().at_time("2026-11-21T21:30:00Z").sign_in("brandt").shows("SHAH, P. hands over to you");
    assert!(handed(&desk).handover.is_open());
    assert_eq!(owner(&desk), Party::Staff(shah));
    desk.keys(">")
        .shows("Handover from SHAH, P.")
        .select("Visit")
        .keys("<enter>")
        .shows("taken by BRANDT, I.");
    // What nobody has taken an hour after is with whoever is on call, since then.
    desk.goes_home().at_time("2026-11-21T21:36:00Z");
    let view = handed(&desk);
    let left = line(&view, "Sleepier").left.as_ref().expect("nobody took it");
    assert_eq!((left.since, left.by), (at("2026-11-21T21:36:00Z"), None));
    assert_eq!(owner(&desk), Party::Staff(desk.office.staff["leader"]), "what was taken stays theirs");
    // Whoever comes within an hour of that is still told of it.
    desk.at_time("2026-11-21T22:20:00Z").sign_in("okafor").shows("SHAH, P. hands over to you");
    whole(&desk);
}

/// Shah has the desk by the rota until eight, Brandt from then on; one call was decided.
fn planned() -> Desk {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("lindqvist");
    desk.keys("<ctrl-r>");
    plan(&mut desk, "u", "shah", ("16:45", "20:00"), "07700 900201");
    plan(&mut desk, "u", "brandt", ("20:00", "tomorrow 08:00"), "07700 900202");
    desk.goes_home().sign_in("shah").keys(CALL).later(5).sign_in("okafor").keys("d");
    decide(&mut desk);
    desk.goes_home();
    desk
}

#[test]
fn what_was_theirs_by_a_slot_that_ended_is_still_theirs_to_hand_over() {
    let mut desk = planned();
    desk.at_time("2026-11-21T20:20:00Z").sign_in("shah").keys(">").shows("shift 08:00–20:00, 12 h");
    desk.keys("g").saves().shows("Handover from SHAH, P.");
    assert!(handed(&desk).handover.is_open(), "{:#?}", handed(&desk).handover.counts());
    desk.goes_home().sign_in("brandt").shows("SHAH, P. hands over to you").keys(">");
    desk.shows("Handover from SHAH, P.").select("Sleepier").keys("<enter>").shows("taken by BRANDT, I.");
    whole(&desk);
}

#[test]
fn whoever_comes_a_little_late_still_finds_what_was_handed_over_in_time() {
    let mut desk = planned();
    desk.at_time("2026-11-21T19:50:00Z").sign_in("shah").keys(">g").saves().goes_home();
    desk.at_time("2026-11-21T20:05:00Z");
    let view = handed(&desk);
    assert!(line(&view, "Sleepier").left.is_some(), "it is with whoever is on call since the shift ended");
    desk.sign_in("brandt").shows("SHAH, P. hands over to you").keys(">").shows("Handover from SHAH, P.");
    desk.select("Sleepier").keys("<enter>").shows("taken by BRANDT, I.");
    let case = desk.case("U-1").state;
    assert_eq!(case.owner, Some(Party::Staff(desk.office.staff["leader"])));
    // Once it is long over, what stands there now is what is shown.
    desk.goes_home().at_time("2026-11-21T21:30:00Z").keys(">").shows("What you would hand over now");
    whole(&desk);
}

#[test]
fn who_is_rung_in_the_coming_shift_stands_in_the_handover_one_after_the_other_with_their_numbers() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("lindqvist");
    desk.keys("<ctrl-r>");
    plan(&mut desk, "d", "okafor", ("20:00", "tomorrow 08:00"), "07700 900204");
    plan(&mut desk, "o", "varga", ("20:00", "tomorrow 08:00"), "07700 900301");
    desk.goes_home().at_time("2026-11-21T19:45:00Z").keys("><end>");
    desk.shows("ring 1").shows("07700 900204").shows("ring 2").shows("07700 900301").shows("ring 3");
    let little = desk.little_screen();
    assert!(little.contains("ring 2") && little.contains("07700 900301"), "{little}");
    desk.keys("g").saves();
    let view = handed(&desk);
    let rungs = view.handover.lines.iter().filter(|one| one.line.key.starts_with("rung:"));
    let rungs: Vec<_> = rungs.map(|one| (one.line.clock.as_str(), one.line.number.as_str())).collect();
    assert_eq!(rungs, [("ring 1", "07700 900204"), ("ring 2", "07700 900301"), ("ring 3", "")]);
    desk.keys("p").shows("sheets/");
    let sheets = desk.office.path().join("sheets");
    let mut printed = std::fs::read_dir(sheets).expect("a sheet").map(|file| file.expect("a file").path());
    let text = printed.find(|path| path.extension().is_some_and(|kind| kind == "txt"));
    let text = std::fs::read_to_string(text.expect("as text")).expect("readable");
    assert!(text.contains("ring 1") && text.contains("ring 2") && text.contains("07700 900301"), "{text}");
}

#[test]
fn who_has_nobody_the_offices_own_tasks_and_missed_slips_are_handed_over_and_taken_like_all_else() {
    let mut desk = Desk::at(Office::opened("2026-11-21T17:30:00Z")).signed_in("lindqvist");
    desk.keys("o").line("staff").keys("shah<enter>").line("duty").keys("u").saves();
    desk.sign_in("shah");
    super::cover::uncovered(&mut desk).goes_home();
    super::tasks::set(&mut desk, "Fridge temperature", "22:00", "o");
    super::paper::print(&mut desk, "On-call car");
    // Of a pad whose third slip is the next blank one nobody has entered the first two.
    desk.goes_home().keys("<ctrl-p><enter>d").line("blank").keys("3").saves();
    given(&mut desk);
    let view = handed(&desk);
    for (what, section) in [
        ("Arrange cover", Section::Staffing),
        ("Fridge temperature", Section::Tasks),
        ("Look at the pad", Section::Paper),
    ] {
        assert_eq!(line(&view, what).line.section, section, "{what}");
    }
    assert_eq!(line(&view, "Look at the pad").line.then, "not in the record: 0001-0002");
    desk.goes_home().sign_in("brandt").keys(">");
    desk.shows("VISITS AND SHIFTS WITHOUT COVER")
        .shows("TASKS OF THE OFFICE")
        .shows("PAPER SLIPS NOT ACCOUNTED FOR");
    let leader = Party::Staff(desk.office.staff["leader"]);
    for (what, case) in [("Arrange cover", "V-1"), ("Fridge temperature", "OT-1")] {
        desk.select(what).keys("<enter>");
        assert_eq!(desk.owed(case, what).remove(0).owner, leader, "{what}");
    }
    whole(&desk);
}

#[test]
fn a_shift_that_nobody_handed_over_is_said_to_whoever_has_the_desk_next() {
    let planned = || {
        let mut desk = Desk::at(Office::opened("2026-11-21T12:00:00Z")).signed_in("lindqvist");
        desk.keys("<ctrl-r>");
        plan(&mut desk, "u", "shah", ("12:30", "20:00"), "");
        plan(&mut desk, "u", "okafor", ("20:00", "tomorrow 08:00"), "");
        desk.goes_home();
        desk
    };
    let mut desk = planned();
    desk.sign_in("shah").keys(CALL).at_time("2026-11-21T20:59:00Z").sign_in("okafor");
    desk.hides("Nobody handed over");
    desk.at_time("2026-11-21T21:01:00Z")
        .shows("Nobody handed over the duty desk's shift that ended 20:00 (SHAH, P.)");
    desk.keys("<ctrl-x>").hides("Nobody handed over");

    // A word at the end of the shift is enough, whatever becomes of its lines.
    let mut desk = planned();
    desk.sign_in("shah").keys(CALL);
    given(&mut desk);
    desk.at_time("2026-11-21T21:01:00Z").sign_in("okafor").hides("Nobody handed over");
}

#[test]
fn the_giver_leaves_the_rest_to_whoever_is_on_call_and_the_sheet_shows_it_all() {
    let mut desk = day("21:30");
    given(&mut desk);
    desk.keys("l").shows("pass to whoever is on call").keys("y").shows("Whoever is on call has it now");
    assert_eq!(owner(&desk), Party::Role("on_call".to_owned()));
    assert!(!handed(&desk).handover.is_open());
    desk.keys("p").shows("The sheet lies in");
    let sheets = OfficeDir::at(desk.office.path()).sheets();
    let mut files: Vec<_> =
        std::fs::read_dir(sheets).expect("sheets").map(|file| file.expect("a file").path()).collect();
    files.sort();
    let page = std::fs::read_to_string(&files[0]).expect("a page");
    for part in [
        "<html lang=\"en-GB\">",
        "TRAINING",
        "<th scope=\"col\">",
        "QUILL, T.",
        "The Elms Surgery: Visit",
        "None.",
    ] {
        assert!(page.contains(part), "{part} on\n{page}");
    }
    assert!(!page.contains("<script"));
    let plain = std::fs::read_to_string(&files[1]).expect("a text");
    assert!(plain.contains("Where: at the desk") && plain.contains("with on call since"), "{plain}");
    // Printing is a look at everybody on it.
    let sought = dutydesk::domain::access::Sought {
        how: Some(dutydesk::domain::access::How::Print),
        ..Default::default()
    };
    let looks = desk.store().looks(&Viewer::system(), &sought, None, 10).expect("noted");
    assert_eq!(looks.iter().map(|look| look.subject.as_str()).collect::<Vec<_>>(), ["QUILL, Theresa"]);
    whole(&desk);
}

#[test]
fn red_lines_are_never_taken_in_a_lump_and_whoever_comes_later_finds_it_all() {
    let mut desk = day("21:30");
    desk.goes_home().keys("c07700 900118<tab>WQ<tab>oakes, ber<enter>1<tab><tab>hot and grey");
    desk.line("risk").keys("r").saves();
    given(&mut desk);
    // Much later, at another terminal, with the giver long gone.
    let mut later = desk.beside();
    later
        .at_time("2026-11-21T19:58:00Z")
        .goes_home()
        .sign_in("brandt")
        .keys(">")
        .shows("RED, MISSING AND SAFEGUARDING");
    later.keys("<end>").keys("a");
    let view = handed(&later);
    for handed in &view.handover.lines {
        assert_eq!(handed.is_done(), !handed.line.is_alone(), "{:#?}", handed.line);
    }
    let red = view.handover.lines.iter().filter(|one| one.line.section == Section::First).count();
    assert!(red >= 1);
    later.keys("<home><enter>");
    assert!(handed(&later).handover.lines[0].is_done());
    // Nobody takes it from them by taking it again; the giver sees who has it.
    desk.hears_of_it().keys("<home>").shows("taken by BRANDT, I.");
    whole(&desk);
}

#[test]
fn an_unsatisfactory_handover_is_flagged_days_later_and_becomes_an_item_of_governance() {
    let mut desk = day("21:30");
    given(&mut desk);
    desk.at_time("2026-11-23T09:00:00Z")
        .goes_home()
        .sign_in("okafor")
        .keys("><tab>")
        .shows("Handover from SHAH, P.")
        .keys("f");
    desk.line("satisfactory").keys("n").line("note").keys("Nobody said that the hoist is broken");
    desk.line("governance").keys("y").saves();
    let view = handed(&desk);
    assert!(view.handover.is_unsatisfactory());
    desk.shows("NOT as it should be");
    let store: Store = desk.store();
    let filter = dutydesk::store::CaseFilter { pathway: Some("governance".to_owned()), ..Default::default() };
    let cases = store.cases(&Viewer::system(), &filter, None, 5).expect("readable");
    assert_eq!(cases.rows[0].headline.as_deref(), Some("A handover that was not as it should be"));
    whole(&desk);
}

#[test]
fn a_half_typed_form_stops_a_silent_end_of_the_shift() {
    let mut desk = day("21:30");
    desk.at_time("2026-11-21T19:50:00Z").goes_home().keys("c0161 496 0123<tab>WQ, half a sen<esc>");
    desk.keys(">").shows("UNFINISHED").shows("half typed: Urgent communication log").shows("0161 496 0123");
    desk.goes_home().keys("q").shows("1 form of yours is half typed").keys("<esc>");
    desk.keys("<f12>").shows("1 form of yours is half typed").hides("0161 496 0123");
}

/// A night from eight to eight, by the wall, handed over at its end.
fn night(evening: &str, morning: &str) -> HandoverView {
    let mut desk = Desk::at(Office::opened(evening)).signed_in("lindqvist");
    desk.keys("o").line("staff").keys("shah<enter>").line("duty").keys("u").saves();
    desk.sign_in("shah").keys(CALL).later(5).sign_in("okafor").keys("d");
    decide(&mut desk);
    desk.at_time(morning).sign_in("shah").goes_home().keys(">").keys("g").saves();
    let view = handed(&desk);
    let hours = (view.handover.until - view.handover.from).num_hours();
    desk.shows(&format!("{hours} h"));
    let sheet = dutydesk::report::handover::text(
        &view,
        dutydesk::report::handover::With {
            office: &desk.store().office().expect("an office"),
            roles: &desk.store().roles().expect("roles"),
            zone: desk.store().zone().expect("a zone"),
            now: desk.office.now(),
            by: "",
        },
    );
    assert!(sheet.contains(&format!(", {hours} h (the clocks go")), "{sheet}");
    view
}

#[test]
fn the_night_the_clocks_go_back_is_handed_over_as_thirteen_hours() {
    let view = night("2026-10-24T20:10:00Z", "2026-10-25T07:50:00Z");
    assert_eq!(view.handover.until - view.handover.from, TimeDelta::hours(13));
    assert_eq!(view.handover.until, at("2026-10-25T08:00:00Z"));
}

#[test]
fn the_night_the_clocks_go_forward_is_handed_over_as_eleven_hours() {
    let view = night("2027-03-27T20:10:00Z", "2027-03-28T06:50:00Z");
    assert_eq!(view.handover.until - view.handover.from, TimeDelta::hours(11));
    assert_eq!(view.handover.until, at("2027-03-28T07:00:00Z"));
}
