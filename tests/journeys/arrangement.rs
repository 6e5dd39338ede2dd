//! An arrangement once it has begun: rungs of the ladder, the plan tried out, what can go wrong, the calendar of what is
//! looked at, improvements, who of ours knows what is whose, and a restriction that is lifted again.

use dutydesk::domain::commitment::{Party, Progress};
use dutydesk::domain::views::CaseView;

use super::desk::Desk;
use super::office::at;
use super::providers::{begun, morning, prepared, proposed};

/// Larkfold began tonight in an emergency: all that follows can be recorded of it.
pub(super) fn began() -> Desk {
    let mut desk = morning();
    proposed(&mut desk);
    desk.keys("0").line("reason").keys("Nobody for tonight").line("known").keys("On the register");
    desk.line("safeguards").keys("We ring at ten").line("until").keys("30-Dec 12:00").saves();
    desk
}

/// How often a step stands in its entries.
fn times(case: &CaseView, step: &str) -> usize {
    case.state.entries.iter().filter(|mark| mark.kind == step).count()
}

#[test]
fn every_rung_of_the_ladder_says_what_is_asked_and_is_looked_at_again() {
    let mut desk = began();
    let rungs = [
        ("w", "Watched more closely"),
        ("p", "Has to put something right"),
        ("n", "Gets nobody new"),
        ("s", "Safeguarding told"),
        ("c", "Steps under the contract"),
        ("e", "Ending it"),
    ];
    for (key, label) in rungs {
        desk.keys("9").keys("<ctrl-s>").shows("of 4");
        desk.line("rung").keys(key).line("standards").keys("t").line("why").keys(&format!("Why {label}"));
        desk.line("asked").keys("Ring within the hour").line("again").keys("27-Nov 12:00").saves();
        let owed = desk.owed("E-1", &format!("Look again: {label}"));
        assert_eq!((owed.len(), owed[0].due), (1, at("2026-11-27T12:00:00Z")), "{label}");
        desk.shows(label);
    }
    assert_eq!(times(&desk.case("E-1"), "rung"), 6);
    assert_eq!(desk.case("E-1").state.state, "emergency", "a rung alone restricts nothing");
    // Looked at again on its day: the next in the list takes its number.
    desk.at_time("2026-11-27T11:00:00Z").keys("d1").line("evidence").keys("Two weeks of sheets");
    desk.line("by").keys("Morag Lindqvist").line("complete").keys("y");
    desk.keys("<f4>").line("held").keys("Told within the hour, six times").saves();
    let done = desk.owed("E-1", "Look again: Watched more closely").remove(0);
    assert_eq!(done.progress, Progress::Confirmed, "{}", desk.screen());
    desk.keys("<tab><end><enter>").shows("Told within the hour, six times");
}

#[test]
fn a_restriction_is_lifted_by_somebody_else_once_it_shows_what_is_different() {
    let mut desk = began();
    desk.keys("5").line("what").keys("Nobody of theirs alone at night");
    desk.line("grounds").keys("t").line("why").keys("A fall was told to us the next day");
    desk.line("alternatives").keys("Two together: nobody else is free").line("review").keys("27-Nov 12:00");
    assert_eq!(desk.text("relying.0.who"), "OAKES, Bernard");
    desk.keys("<f4>").line("view").keys("He wants to know the name first").saves();
    assert_eq!(desk.case("E-1").state.state, "restricted");
    let cover = desk.owed("E-1", "Cover for OAKES, Bernard: nights").remove(0);
    assert_eq!(cover.progress, Progress::Requested);
    desk.shows("A fall was told to us").keys("<tab><end><enter>").shows("He wants to know the name");

    // Whoever restricted it does not lift it alone.
    desk.at_time("2026-11-25T09:00:00Z").keys("l").keys("<ctrl-s>").shows("What is different now");
    desk.line("changed")
        .keys("Two named workers, both know the line")
        .line("evidence")
        .keys("Sheet of two nights");
    desk.line("why")
        .keys("Told us twice within minutes")
        .line("watched")
        .keys("Joan asks each morning")
        .saves();
    assert_eq!(desk.case("E-1").state.state, "restricted", "{}", desk.screen());
    let mut other = desk.beside().signed_in("varga");
    other.keys("<f8>").shows("Lifted").keys("yy");
    assert_eq!(other.case("E-1").state.state, "active", "{}", other.screen());
    other.keys("*<enter>").shows("Told us twice within minutes").shows("VARGA, Tomas agreed");
}

#[test]
fn the_plan_for_when_they_do_not_come_is_tried_out_and_the_day_stands_with_the_person() {
    let mut desk = began();
    prepared(&mut desk);
    let test = desk.owed("E-1", "Test the plan for when they do not come").remove(0);
    assert_eq!(test.due, at("2026-12-01T12:00:00Z"));
    begun(desk.at_time("2026-11-30T21:00:00Z"), "Plan tested").keys("<ctrl-s>").shows("What happened");
    desk.line("result").keys("Rung at ten, Joan there at ten past").line("tested").keys("30-Nov-2026");
    desk.line("test_by").keys("31-May-2027 12:00").saves();
    let tests = desk.owed("E-1", "Test the plan for when they do not come");
    assert_eq!((tests[0].progress, tests[1].due), (Progress::Confirmed, at("2027-05-31T11:00:00Z")));
    desk.shows("Rung at ten, Joan there at ten past");
    // One key from whoever relies on them: the plan, when it was tried, and how that went.
    desk.goes_home().keys("<f5>/bernard<enter><enter>%");
    desk.shows("what holds of triggers").shows("30-Nov-2026").shows("Joan there at ten past");
}

#[test]
fn nine_kinds_of_failing_are_weighed_for_all_and_for_one_person_and_looked_at_again() {
    let mut desk = began();
    let kinds = ["n", "l", "h", "e", "f", "r", "m", "d", "g"];
    desk.keys("j");
    for (row, key) in kinds.iter().enumerate() {
        if row > 0 {
            desk.line("risks.+").keys("<enter>");
        }
        desk.line(&format!("risks.{row}.which")).keys(key).line(&format!("risks.{row}.level")).keys("h");
        desk.line(&format!("risks.{row}.then")).keys(&format!("what then {row}"));
        desk.line(&format!("risks.{row}.held")).keys("Joan has the key");
    }
    desk.line("risks.0.who").keys("bernard<enter>1").line("review").keys("1-Feb 12:00").saves();
    let review = desk.owed("E-1", "Look again at the risks").remove(0);
    assert_eq!(review.due, at("2027-02-01T12:00:00Z"));
    assert_eq!(times(&desk.case("E-1"), "risks"), 1);
    desk.shows("Nobody comes").shows("OAKES, Bernard");
    // Looked at on its day, and done when somebody says what shows it.
    desk.keys("d")
        .line("by")
        .keys("Morag Lindqvist")
        .line("evidence")
        .keys("Minutes of January")
        .line("complete")
        .keys("y")
        .saves();
    assert_eq!(desk.owed("E-1", "Look again at the risks")[0].progress, Progress::Confirmed);
}

#[test]
fn nine_streams_are_looked_at_each_in_its_rhythm_and_what_was_counted_stays() {
    let mut desk = began();
    desk.keys("8");
    for (row, key) in ["d", "i", "c", "v", "t", "r", "m", "a", "p"].iter().enumerate() {
        if row > 0 {
            desk.line("streams.+").keys("<enter>");
        }
        desk.line(&format!("streams.{row}.stream")).keys(key);
        desk.line(&format!("streams.{row}.often")).keys("m");
        desk.line(&format!("streams.{row}.first")).keys("1-Dec 12:00");
    }
    desk.saves();
    let open = desk.case("E-1").state.commitments;
    let looks = open.iter().filter(|one| one.what.starts_with("Look at: ")).count();
    assert_eq!(looks, 9, "{}", desk.screen());
    let visits = "Look at: Missed and late visits, handovers that failed";
    desk.at_time("2026-12-01T09:00:00Z").keys("t").shows("Missed and late visits").select("Missed and late");
    desk.keys("<enter>").line("found").keys("Late twice on Sundays, none missed");
    desk.line("counted").keys("0 missed, 2 late, of 30").line("source").keys("Folder in the sleep-in room");
    desk.line("well").keys("n").line("well.why").keys("Sundays").saves();
    let looked = desk.owed("E-1", visits);
    assert_eq!(looked[0].progress, Progress::Confirmed);
    assert_eq!(looked[1].due, at("2027-01-01T12:00:00Z"), "it comes round");
    desk.shows("Late twice on Sundays, none missed")
        .keys("<tab><end><enter>")
        .shows("0 missed, 2 late, of 30");
}

#[test]
fn an_improvement_is_theirs_by_a_day_and_done_when_one_of_ours_has_seen_that_it_held() {
    let mut desk = began();
    desk.keys("i").keys("<ctrl-s>").shows("What has to be better");
    desk.line("because").keys("We know who comes before they are at the door");
    desk.line("actions.0.what").keys("List of who comes, by noon").line("actions.0.whose").keys("t");
    desk.line("actions.0.by").keys("26-Nov 12:00").line("again").keys("31-Dec-2026").saves();
    // The day of the review is owed from the first, before anybody says that it is done.
    let review = desk.owed("E-1", "Look whether it was done and has held").remove(0);
    assert_eq!((review.due, review.progress), (at("2026-12-31T23:59:59Z"), Progress::Requested));
    let action = desk.owed("E-1", "List of who comes, by noon").remove(0);
    assert!(
        matches!(&action.obligor, Party::Outside(named) if named.words == "Larkfold Staffing"),
        "{action:?}"
    );
    assert_eq!((action.due, action.progress), (at("2026-11-26T12:00:00Z"), Progress::Requested));
    desk.shows("List of who comes, by noon").shows("by 31-Dec 23:59");
    // Late with them, then said to be done, then seen to be.
    desk.at_time("2026-11-27T09:00:00Z").shows("late");
    begun(&mut desk, "They say it is done").line("who").keys("Ms Hale");
    desk.line("what").keys("From today").saves();
    assert_eq!(desk.owed("E-1", "List of who comes, by noon")[0].progress, Progress::Reported);
    desk.keys("d").line("evidence").keys("Lists of a week").line("complete").keys("y");
    desk.keys("<f4>").line("held").keys("Every day of the week").line("again").keys("31-Dec-2026").saves();
    // Whether it goes on holding is owed on that day.
    assert_eq!(desk.owed("E-1", "Look whether it has held")[0].due, at("2026-12-31T23:59:59Z"));
    assert_eq!(desk.owed("E-1", "List of who comes, by noon")[0].progress, Progress::Confirmed);
    desk.keys("<tab><end><enter>").shows("Every day of the week");
    // Looked at on its day: it has not held, and what is asked of them now is owed.
    desk.at_time("2026-12-31T10:00:00Z").goes_home().keys("*").select("Larkfold").keys("<enter>");
    begun(&mut desk, "Whether it has held")
        .line("held")
        .keys("nNobody rang before two of five nights")
        .saves();
    let looks =
        desk.case("E-1").state.commitments.into_iter().filter(|one| one.what.starts_with("Look whether it"));
    assert!(looks.map(|one| one.progress).all(|progress| progress == Progress::Confirmed));
    assert_eq!(
        desk.owed("E-1", "It has not held: what is asked of them now")[0].progress,
        Progress::Requested
    );
}

#[test]
fn whoever_works_beside_them_says_for_themselves_that_they_know() {
    let mut desk = began();
    begun(&mut desk, "Who does what").line("tasks.0.who").keys("bernard<enter>1");
    desk.line("tasks.0.task").keys("turning at two").line("tasks.0.side").keys("t");
    desk.line("tasks.0.answers").keys("w").line("plans").keys("y");
    desk.keys("<f4>").line("know.+").keys("<enter>").line("know.0.who").keys("brandt<enter>").saves();
    let knows = "Say that you know what is yours and what is theirs";
    let owed = desk.owed("E-1", knows).remove(0);
    assert_eq!(owed.obligor, Party::Staff(desk.office.staff["leader"]));

    // It is asked of the one who has to know, in words of their own.
    desk.goes_home().sign_in("brandt").keys("*<enter>7").keys("<ctrl-s>").shows("In my own words");
    desk.line("understood").keys("They turn him at two; I ring the desk when nobody is there by ten past");
    desk.keys("<f4>").line("unclear").keys("Who has the key on Sundays").saves();
    let said = desk.owed("E-1", knows).remove(0);
    assert_eq!(said.progress, Progress::Confirmed);
    let case = desk.case("E-1");
    let told = case.chronology.last().expect("it is told");
    assert_eq!(told.entry.who.by, Some(desk.office.staff["leader"]));
    desk.shows("Who has the key on Sundays");
}
