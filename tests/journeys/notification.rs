//! Whether others have to be told, threshold by threshold, and that they were; and a question that a regulator asks.

use dutydesk::domain::act::Act;
use dutydesk::domain::answer::{Answer, ByWhen, When};
use dutydesk::domain::commitment::{Party, Progress};
use dutydesk::domain::permission::Viewer;
use dutydesk::domain::views::ShareFilter;

use super::concern::{begun, fill, named, opens, text};
use super::desk::Desk;
use super::office::{Office, at};
use super::recorded::acts_as;

#[test]
fn every_threshold_is_answered_with_reasons_and_each_yes_is_owed_until_it_was_sent() {
    let mut desk = Desk::at(Office::opened("2026-11-23T10:00:00Z")).signed_in("lindqvist");
    let said = [
        ("headline", text("hand in a bruise")),
        ("what", text("Bruise in the shape of a hand, seen by two")),
    ];
    begun(&mut desk, "manager", "notification", "needed", &said);
    opens(&mut desk, "N-1").keys("d");
    for (line, keys) in [
        ("regulation_16", "nNobody died<tab>"),
        ("regulation_18", "yAn allegation of abuse<tab>"),
        ("regulation_18_which", "a<enter>"),
    ] {
        desk.line(line).keys(keys);
    }
    desk.keys("<ctrl-s>").shows("still");
    fill(&mut desk, &[("notified_at", "09:55"), ("method", "o"), ("reference", "CQC-77120")]);
    desk.keys("x").shows("Nobody has decided yet who else has to be told").keys("<esc>");

    // CQC's answer is not the authority's: each has its own, with its reason.
    opens(&mut desk, "N-1").keys("h");
    for (line, keys) in [
        ("local_authority", "yCare needs, at risk, cannot protect herself<tab>"),
        ("safeguarding", "nThe same team as the authority's<tab>"),
        ("police", "yA crime is possible<tab>"),
        ("commissioner", "nNot by the contract<tab>"),
        ("insurer", "yMay lead to a claim<tab>"),
        ("professional", "nNo registered professional in it<tab>"),
        ("internal", "n"),
    ] {
        desk.line(line).keys(keys);
    }
    desk.keys("<ctrl-s>").shows("say why");
    desk.line("internal.why").keys("Provider lead is in the room").saves();
    let police = desk.owed("N-1", "Tell the police").remove(0);
    assert_eq!(police.due, at("2026-11-23T11:00:00Z"));
    assert!(
        desk.owed("N-1", "Tell the commissioner").is_empty(),
        "a no owes nothing, and stands with its reason"
    );
    opens(&mut desk, "N-1").keys("x").shows("Tell the local authority first").keys("<esc>");

    // Sent: to whom, how, when, their reference, and what they want later.
    for (what, who) in [("Tell the police", "Police"), ("Tell the local authority", "County adults team")] {
        opens(&mut desk, "N-1").select(what).keys("l");
        for (line, keys) in [
            ("who", format!("{who}<enter>").as_str()),
            ("means", "t"),
            ("shared", "What was seen, when, by whom"),
            ("basis", "g"),
            ("reference", "LOG 4411"),
        ] {
            desk.line(line).keys(keys);
        }
        if who == "Police" {
            desk.line("follow.+").keys("<enter>").line("follow.0.what").keys("Statement of our carer");
            desk.line("follow.0.ours").keys("okafor<enter>").line("follow.0.by").keys("+24h");
        }
        desk.saves();
        assert_eq!(desk.owed("N-1", what)[0].progress, Progress::Confirmed, "{}", desk.screen());
    }
    let statement = desk.owed("N-1", "Statement of our carer").remove(0);
    assert_eq!(statement.obligor, Party::Staff(desk.office.staff["duty"]));
    // The register of what was sent is the list of what was shared.
    let sent = desk.store().shares(&Viewer::system(), &ShareFilter::default(), 10).expect("read");
    assert_eq!(sent.iter().map(|row| row.share.with.words.as_str()).collect::<Vec<_>>().len(), 2);

    // Answered again, a yes of what was sent asks for nothing a second time. What is still owed is asked for anew, in
    // place of what was: otherwise a correction of the first yes would take the last word on it away with it.
    let insurer = desk.owed("N-1", "Tell the insurer").remove(0);
    acts_as(&desk, "manager", insurer.case, Act::Acknowledge { what: vec![insurer.id] });
    opens(&mut desk, "N-1").keys("h");
    for line in
        ["local_authority", "safeguarding", "police", "commissioner", "insurer", "professional", "internal"]
    {
        desk.line(line).keys(if ["safeguarding", "internal"].contains(&line) { "n" } else { "y" });
        desk.line(&format!("{line}.why")).keys("The GP has seen the bruise since");
    }
    desk.saves();
    for (what, times) in [
        ("Tell the local authority", 1),
        ("Tell the police", 1),
        ("Tell the insurer", 2),
        ("Tell the commissioner", 1),
        ("Tell the professional regulator", 1),
        ("Tell provider leadership", 0),
    ] {
        assert_eq!(desk.owed("N-1", what).len(), times, "{what}");
    }
    let seen = desk.owed("N-1", "Tell the insurer").pop().expect("owed").acknowledged;
    assert_eq!(
        seen.iter().map(|one| one.by).collect::<Vec<_>>(),
        [desk.office.staff["manager"]],
        "seen stays seen"
    );
    for what in ["Tell the commissioner", "Tell the professional regulator"] {
        opens(&mut desk, "N-1").select(what).keys("z");
        fill(&mut desk, &[("why", "Their own registrar was in the room")]);
    }

    // What came to light since is said, and the insurer is not told after all.
    opens(&mut desk, "N-1").select("Tell the insurer").keys("z");
    fill(&mut desk, &[("why", "The insurer asks for claims only")]);
    opens(&mut desk, "N-1").keys("x");
    fill(&mut desk, &[("evidence", "Copies in folder N-1")]);
    let case = desk.case("N-1");
    assert!(case.state.closed, "{}", desk.screen());
    assert!(desk.owed("N-1", "Statement of our carer")[0].progress.is_open(), "what was promised stays owed");
}

#[test]
fn a_regulators_question_has_its_clock_an_answer_with_evidence_and_their_word_on_it() {
    let mut desk = Desk::at(Office::opened("2026-11-23T10:00:00Z")).signed_in("lindqvist");
    let said = [
        ("who", named("CQC")),
        ("person", text("Ms Arden, inspector, 0300 000 0000")),
        ("asked", text("What action are you taking on missed visits in Rowan House?")),
        ("how", Answer::Choice("email".to_owned())),
        ("by", Answer::ByWhen(ByWhen::At(When::exact(at("2026-11-25T17:00:00Z"))))),
        ("ours", Answer::Choice("registered_manager".to_owned())),
    ];
    begun(&mut desk, "coordinator", "regulator", "received", &said);
    let owed = desk.owed("RQ-1", "Answer CQC").remove(0);
    assert_eq!(owed.due, at("2026-11-25T17:00:00Z"));
    assert_eq!(owed.obligor, Party::Role("registered_manager".to_owned()), "the answer is ours");
    opens(&mut desk, "RQ-1").shows("What action are you taking");
    // Not before it was said what we do and what shows it.
    desk.select("Answer CQC").keys("a").shows("Say first what action we take").keys("<esc>");
    opens(&mut desk, "RQ-1").keys("i");
    for (line, keys) in [
        ("what", "Each visit is confirmed from the door; missed ones ring at ten minutes"),
        ("evidence.+", "<enter>"),
        ("evidence.0.what", "Missed visits by week"),
        ("evidence.0.where", "Report of November"),
        ("actions.+", "<enter>"),
        ("actions.0.what", "Second round of door tags"),
        ("actions.0.owner", "okafor<enter>"),
        ("actions.0.by", "+96h"),
    ] {
        desk.line(line).keys(keys);
    }
    desk.saves();
    opens(&mut desk, "RQ-1").select("Answer CQC").keys("a");
    fill(
        &mut desk,
        &[
            ("said", "What we do, with the weekly figures; no names"),
            ("means", "e"),
            ("basis", "l"),
            ("copy", "Sent items, 23 November 10:40"),
        ],
    );
    assert_eq!(desk.case("RQ-1").state.state, "answered");
    assert_eq!(desk.owed("RQ-1", "Answer CQC")[0].progress, Progress::Confirmed);
    desk.keys("r");
    for (line, keys) in [
        ("who", "Ms Arden"),
        ("said", "Please send the figures for the other house too"),
        ("content", "yThe other house<tab>"),
        ("more", "+48h"),
    ] {
        desk.line(line).keys(keys);
    }
    desk.saves();
    opens(&mut desk, "RQ-1").keys("x").shows("They asked for more").keys("<esc>");
    opens(&mut desk, "RQ-1").select("Answer what else they ask").keys("a");
    fill(
        &mut desk,
        &[("said", "The other house"), ("means", "e"), ("basis", "l"), ("copy", "Sent items, 24 November")],
    );
    opens(&mut desk, "RQ-1").keys("x");
    fill(&mut desk, &[("ended", "c"), ("learned", "Figures of both houses go out together")]);
    assert!(desk.case("RQ-1").state.closed, "{}", desk.screen());
    assert!(desk.owed("RQ-1", "Second round of door tags")[0].progress.is_open());
}
