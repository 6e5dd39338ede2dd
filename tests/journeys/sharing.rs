//! What is shared: one line where it is expected, a reason in the call and the full decision where it is not; the list over
//! all cases; agreements with their review, the audit that comes round, and a breach with its clock.

use dutydesk::domain::answer::{Answer, Named};
use dutydesk::domain::commitment::Progress;
use dutydesk::domain::permission::Viewer;
use dutydesk::domain::views::{ShareFilter, ShareRow};
use dutydesk::store::CaseFilter;
use serde_json::json;

use super::concern::{begun, fill, only, opens, text};
use super::desk::Desk;
use super::liaise::spoke;
use super::office::{Office, at};
use super::recorded::{record, within};
use super::whole::{CALL, decide};

/// A call that was decided; the coordinator is at the desk.
fn decided() -> Desk {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("okafor");
    desk.keys(CALL).keys("d");
    decide(&mut desk);
    desk.sign_in("shah");
    desk
}

fn shares(desk: &Desk, filter: &ShareFilter) -> Vec<ShareRow> {
    desk.store().shares(&Viewer::system(), filter, 100).expect("they are read")
}

fn about_quill(desk: &Desk) -> ShareFilter {
    ShareFilter { subject: Some(desk.office.people["quill"]), ..ShareFilter::default() }
}

#[test]
fn what_is_expected_is_one_line_and_what_is_not_says_why_inside_the_call() {
    let mut desk = decided();
    spoke(&mut desk, "elms<enter>");
    desk.saves();
    let none = CaseFilter { pathway: Some("sharing".to_owned()), ..CaseFilter::default() };
    let sharing =
        |desk: &Desk| desk.store().cases(&Viewer::system(), &none, None, 10).expect("read").rows.len();
    assert_eq!(sharing(&desk), 0, "expected direct care asks for no more than that");

    spoke(&mut desk, "Landlord<enter>");
    desk.line("basis").keys("s").keys("<ctrl-s>").shows("still");
    desk.line("without_consent").keys("Gas smelt in the flat; she could not be asked in time").saves();
    // The full decision is owed, about her, with the organisation, the basis and the reason already in it.
    let row = only(&desk, "sharing");
    assert_eq!(row.subject.as_ref().map(|row| row.id), Some(desk.office.people["quill"]));
    let opened = desk.case(&row.reference);
    let said = opened.chronology[0].answers.clone().expect("answers");
    assert!(matches!(&said["who"], Answer::Named(named) if named.words == "Landlord"));
    assert_eq!(said["basis"], Answer::Choice("safety".to_owned()));
    assert_eq!(said["reason"], text("Gas smelt in the flat; she could not be asked in time"));
    let owed = desk.owed(&row.reference, "Decide whether and what is shared").remove(0);
    assert_eq!(owed.due, at("2026-11-21T20:42:00Z"));
    // A second such contact in the same call is part of the same decision.
    spoke(&mut desk, "Landlord<enter>");
    desk.line("basis").keys("s").line("without_consent").keys("As before").saves();
    assert_eq!(sharing(&desk), 1);

    // All of it stands in one list, with what was decided and done beside it; of her alone from her screen.
    let listed = shares(&desk, &about_quill(&desk));
    assert_eq!(listed.len(), 3);
    let without = ShareFilter { without_agreement: true, ..about_quill(&desk) };
    assert_eq!(shares(&desk, &without).len(), 2);
    let landlord = ShareFilter { with: Some("landl".to_owned()), ..ShareFilter::default() };
    assert!(shares(&desk, &landlord).iter().all(|row| row.decided.is_some() && row.reference == "U-1"));
    desk.goes_home().keys("<").shows("What was shared").shows("The Elms Surgery").shows("Landlord");
    desk.shows("To keep somebody safe: Gas").shows("Within what the person");
    desk.keys("/gas").hides("The Elms Surgery").keys("<enter><enter>").shows("Professional liaison record");
    desk.goes_home().keys("p<").shows("Landlord");
}

#[test]
fn who_was_told_stands_in_the_list_with_why_they_may_be() {
    let mut desk = decided();
    desk.keys("t");
    for (line, keys) in [
        ("told.+", "<enter>"),
        ("told.0.whom", "f"),
        ("told.0.name", "Hannah Quill<enter>"),
        ("told.0.how", "t"),
        ("told.0.said", "The doctor comes this evening"),
        ("told.0.basis", "a"),
    ] {
        desk.line(line).keys(keys);
    }
    desk.saves();
    let told = shares(&desk, &about_quill(&desk)).remove(0);
    assert_eq!(told.share.who.as_deref(), Some("Family"));
    assert_eq!(told.share.with.words, "Hannah Quill");
    assert_eq!(told.share.what, "The doctor comes this evening");
    assert_eq!(told.share.basis.map(|basis| basis.id).as_deref(), Some("agreed"));
    // Corrected, the list says what stands.
    desk.keys("<enter>m").line("told.0.said").keys(", by seven").line("+reason").keys("Left out");
    desk.saves();
    assert_eq!(shares(&desk, &about_quill(&desk))[0].share.what, "The doctor comes this evening, by seven");
    desk.assert_record_holds();
}

#[test]
fn the_full_decision_asks_six_tests_the_wish_and_a_note_on_that_very_decision() {
    let mut desk = Desk::at(Office::opened("2026-11-23T10:00:00Z")).signed_in("lindqvist");
    let quill =
        Answer::Named(Named { id: Some(desk.office.people["quill"]), words: "Theresa Quill".to_owned() });
    let said = [
        ("about", quill),
        ("headline", text("diagnosis to the landlord")),
        ("purpose", text("A lock that opens from outside")),
    ];
    begun(&mut desk, "manager", "sharing", "needed", &said);
    opens(&mut desk, "IS-1").keys("l").shows("Nobody has decided yet").keys("<esc>");
    opens(&mut desk, "IS-1").keys("d");
    for (line, keys) in [
        ("outcome", "p"),
        ("what", "That she may not open; not the diagnosis"),
        ("wish", "Shakes her head at \"landlord\""),
        ("capacity", "n"),
        ("basis", "b"),
        ("relevant", "y"),
        ("necessary", "y"),
        ("accurate", "y"),
        ("timely", "y"),
        ("secure", "nTelephone only, no letter"),
        ("proportionate", "y"),
        ("why", "A fall behind a locked door would not be heard"),
        ("person_told", "y"),
    ] {
        desk.line(line).keys(keys);
    }
    // Where it is in doubt whether she can decide it: the note, best interests, and why without her agreement.
    desk.keys("<ctrl-s>").shows("still");
    desk.line("note").keys("MCA 2026-11-23, this decision");
    desk.line("best_interests").keys("Daughter, attorney with papers seen, and the social worker asked");
    desk.line("without_consent").keys("She cannot weigh the fall behind the door").saves();
    assert_eq!(desk.case("IS-1").state.state, "decided");
    assert!(shares(&desk, &about_quill(&desk)).is_empty(), "decided is not shared yet");

    opens(&mut desk, "IS-1").keys("x").shows("write down how it was").keys("<esc>");
    opens(&mut desk, "IS-1").keys("l");
    fill(
        &mut desk,
        &[("before", "n"), ("who", "Landlord<enter>"), ("means", "t"), ("shared", "That she may not open")],
    );
    let shared = shares(&desk, &about_quill(&desk)).remove(0);
    assert_eq!(shared.share.basis.map(|basis| basis.id).as_deref(), Some("best_interests"));
    assert_eq!(shared.share.without_consent.as_deref(), Some("She cannot weigh the fall behind the door"));
    opens(&mut desk, "IS-1").keys("x");
    fill(&mut desk, &[("ended", "s"), ("came_of_it", "New lock on the 25th; she likes the new key")]);
    assert!(desk.case("IS-1").state.closed);
}

#[test]
fn an_agreement_to_share_is_reviewed_and_the_audit_comes_round_with_findings_and_actions() {
    let mut desk = Desk::at(Office::opened("2026-11-23T10:00:00Z")).signed_in("lindqvist");
    desk.keys("<f6>").shows("The Elms Surgery").keys("<esc>");
    let elms = desk.store().find(&Viewer::system(), "organisations", "elms", 5).expect("found").remove(0);
    let evidence = Answer::Evidence(dutydesk::domain::answer::Evidence {
        reference: "Contracts, folder 3".to_owned(),
        seen_by: "M. Lindqvist".to_owned(),
        seen_at: None,
    });
    let by = |time: &str| {
        Answer::ByWhen(dutydesk::domain::answer::ByWhen::At(dutydesk::domain::answer::When::exact(at(time))))
    };
    let said = [
        ("with", Answer::Named(Named { id: Some(elms.id), words: elms.name.clone() })),
        ("kind", Answer::Choice("agreement".to_owned())),
        ("headline", text("shared care record")),
        ("what", text("Medicines, allergies, visits; nothing of money")),
        ("whom", text("Doctors and nurses there")),
        ("purpose", text("Direct care")),
        ("ways", Answer::Choices(vec!["telephone".to_owned(), "online".to_owned()])),
        ("reference", evidence),
        ("signed", Answer::Date(chrono::NaiveDate::from_ymd_opt(2025, 12, 1).expect("a day"))),
        ("review", by("2026-12-01T12:00:00Z")),
    ];
    begun(&mut desk, "manager", "agreements", "agreement", &said);
    let owed = desk.owed("IA-1", "Review the agreement: shared care record").remove(0);
    assert_eq!(owed.due, at("2026-12-01T12:00:00Z"));
    opens(&mut desk, "IA-1").keys("r");
    fill(&mut desk, &[("holds", "y"), ("used", "41 times, all for visits"), ("by", "30-Nov-2027 12:00")]);
    let reviews = desk.owed("IA-1", "Review the agreement: shared care record");
    assert_eq!((reviews[0].progress, reviews[1].due), (Progress::Superseded, at("2027-11-30T12:00:00Z")));

    let said = [
        ("headline", text("what was shared, every three months")),
        ("first", by("2026-11-30T12:00:00Z")),
        ("often", Answer::Choice("quarterly".to_owned())),
    ];
    desk.later(5);
    begun(&mut desk, "manager", "sharing_audit", "plan", &said);
    opens(&mut desk, "AS-1").keys("a");
    for (line, keys) in [
        ("period", "1 September to 23 November"),
        ("looked_at", "20 of 143, every seventh"),
        ("criteria.what", "y"),
        ("criteria.whom", "y"),
        ("criteria.why", "n"),
        ("criteria.way", "y"),
        ("criteria.no_more", "y"),
        ("criteria.without", "y"),
        ("criteria.capacity", "-"),
        ("found", "Two rows without a basis, both at night"),
        ("actions.+", "<enter>"),
        ("actions.0.what", "Night staff shown the line"),
        ("actions.0.owner", "okafor<enter>"),
        ("actions.0.by", "+96h"),
    ] {
        desk.line(line).keys(keys);
    }
    desk.saves();
    let audits = desk.owed("AS-1", "Audit what was shared");
    assert_eq!((audits[0].progress, audits[1].due), (Progress::Confirmed, at("2027-02-28T12:00:00Z")));
    assert!(desk.owed("AS-1", "Night staff shown the line")[0].progress.is_open());
    // Whoever looked does not sign it off alone without saying why; the list of reviews says that it waits, and that the next
    // was missed.
    let says = record(&desk, "manager", "sharing_audit.sign", within("AS-1"), json!({ "agreed": "yes" }));
    assert!(says.is_err_and(|says| says.contains("wants a second person")));
    assert!(desk.owed("AS-1", "Sign off the audit of sharing")[0].progress.is_open());
    desk.goes_home().keys("_").select("Audit what was shared").shows("to be signed off");
    desk.at_time("2027-03-02T09:00:00Z").goes_home().keys("_").shows("missed");
}

#[test]
fn a_breach_says_who_assessed_it_and_a_decision_not_to_report_is_kept_with_its_reason() {
    let mut desk = Desk::at(Office::opened("2026-11-23T10:00:00Z")).signed_in("lindqvist");
    let said = [
        ("headline", text("list left at the bus stop")),
        ("what", text("Round of Friday, three first names")),
    ];
    begun(&mut desk, "manager", "breach", "noticed", &said);
    let owed =
        desk.owed("B-1", "Assess the possible data breach: ICO within 72 hours, where feasible").remove(0);
    assert_eq!(owed.due, at("2026-11-26T10:00:00Z"));
    opens(&mut desk, "B-1").keys("a");
    for (line, keys) in [
        ("kind", "l"),
        ("went", "First names and times, no addresses"),
        ("risk", "nNobody can be told by it<tab>"),
        ("reported", "n"),
        ("person_told", "nNo risk to them"),
        ("stopped", "Fetched back within the hour, still in its envelope"),
    ] {
        desk.line(line).keys(keys);
    }
    desk.keys("<ctrl-s>").shows("say why");
    desk.line("reported.why").keys("A risk to anybody is unlikely").saves();
    let said = desk.case("B-1").chronology[1].answers.clone().expect("answers");
    let manager = desk.office.staff["manager"];
    assert!(matches!(&said["assessed_by"], Answer::Named(named) if named.id == Some(manager)));
    opens(&mut desk, "B-1").keys("<tab>").select("Data breach assessed").keys("<enter>");
    desk.shows("Reported to the ICO?: no: A risk to anybody is");
}
