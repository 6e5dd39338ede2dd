//! Where people are and what that stops, who may get in, what is the case at which kind of service, and whom an
//! organisation owes while it rings.

use dutydesk::app::{Effect, Msg};
use dutydesk::domain::access::How;
use dutydesk::domain::answer::Answer;
use dutydesk::domain::commitment::{Party, Progress};
use dutydesk::domain::permission::Viewer;
use dutydesk::store::{Access, OfficeDir};

use super::desk::Desk;
use super::office::{Office, at};
use super::whole::{CALL, decide, spoke_to_the_surgery};

/// A call about Mrs Quill is decided, and the surgery has promised a visit by seven.
fn visit_promised() -> Desk {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("shah");
    desk.keys(CALL).later(5).sign_in("okafor").keys("d");
    decide(&mut desk);
    desk.later(10).sign_in("shah").keys("l");
    spoke_to_the_surgery(&mut desk, "Visit", "19:00");
    desk
}

/// Opens the record of the only person found by these letters, with the form that says where they are.
fn whereabouts<'d>(desk: &'d mut Desk, letters: &str) -> &'d mut Desk {
    desk.keys("<f5>/").keys(letters).keys("<enter><enter>").keys("n").keys("w").shows("Where they are")
}

#[test]
fn whoever_is_in_hospital_is_not_written_down_as_at_home_and_their_home_answers_for_them_all_the_same() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("shah");
    whereabouts(&mut desk, "quill").line("where").keys("i");
    desk.line("whereabouts")
        .keys("St Mary's, ward 4")
        .line("since")
        .keys("16:00")
        .line("said_by")
        .keys("Paramedic");
    desk.saves().goes_home();
    desk.keys("c07700 900118<tab>WQ<tab>qui<enter>").shows("In hospital since 16:00, St Mary's, ward 4");
    assert!(desk.little_screen().contains("In hospital since 16:00"), "{}", desk.little_screen());
    assert_eq!(desk.text("place"), "");
    desk.keys("ynThe ward asks whether she can go home<tab>gwhat to say").saves();
    let case = desk.case("U-1");
    let home = desk.person(desk.office.people["quill"]).record.location;
    assert!(home.is_some() && case.state.location == home);
    let said = case.chronology[0].answers.as_ref().expect("a step");
    assert!(!said.contains_key("place"), "nobody said that she is at home");
    // What is put right afterwards takes none of it away.
    desk.keys("<enter>m").line("risk").keys("a").line("+reason").keys("Misheard").saves();
    assert_eq!(desk.case("U-1").state.location, home);
    desk.assert_record_holds();
}

#[test]
fn a_call_about_somebody_who_is_recorded_as_died_asks_once_whether_it_is_them() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("okafor");
    whereabouts(&mut desk, "quill").line("where").keys("d").line("since").keys("16:00");
    desk.line("said_by").keys("Dr ZZ").line("happened").keys("Died in her sleep").saves();
    desk.goes_home().keys("c07700 900118<tab>WQ<tab>qui<enter>").shows("Died since 16:00");
    desk.keys("ynHer things are to be fetched<tab>gwhat to bring<ctrl-s>").shows("recorded as died");
    assert!(desk.board().calls.rows.is_empty());
    desk.saves();
    assert_eq!(desk.board().calls.rows.len(), 1);
}

#[test]
fn a_death_stops_and_asks_what_becomes_of_each_thing_owed_and_opens_the_notification() {
    let mut desk = visit_promised();
    desk.later(15).keys("<esc>");
    whereabouts(&mut desk, "quill").shows("Visit · The Elms Surgery · U-1");
    desk.line("where").keys("d").line("since").keys("17:00").line("said_by").keys("Dr ZZ at the bedside");
    desk.line("happened").keys("Found not breathing at 16:55; the ambulance crew stopped at 17:00");
    // Nothing is dropped silently: the form is not saved while anything owed is not answered.
    desk.keys("<ctrl-s>").shows("still open");
    let nothing_yet = desk.owed("U-1", "Visit");
    assert!(nothing_yet[0].progress.is_open());
    let rows: Vec<String> = (0..10).map(|row| desk.text(&format!("owed.{row}.what"))).collect();
    let row = |what: &str| rows.iter().position(|said| said.starts_with(what)).expect("asked about");
    let (visit, review) = (row("Visit"), row("24-hour review"));
    for other in (0..rows.iter().filter(|said| !said.is_empty()).count()).filter(|at| *at != visit) {
        desk.line(&format!("owed.{other}.becomes")).keys("k");
    }
    desk.line(&format!("owed.{visit}.becomes")).keys("n");
    desk.line(&format!("owed.{review}.becomes")).keys("p");
    desk.line(&format!("owed.{review}.to")).keys("lind<enter>").saves();

    // The visit is no longer waited for; whoever was to review it is named; both say why in their own case.
    let stopped = desk.owed("U-1", "Visit");
    assert_eq!(stopped[0].progress, Progress::Cancelled);
    let case = desk.case("U-1");
    let review = case.state.commitments.iter().find(|one| one.step.as_deref() == Some("review"));
    let manager = desk.office.staff["manager"];
    assert_eq!(review.expect("still owed").owner, Party::Staff(manager));
    desk.shows("Died");
    let board = desk.board();
    assert!(board.overdue.rows.is_empty(), "nobody is chased for a visit any more");

    // The notification stands on the person, owed without delay by the manager.
    let notification = desk.case("N-1");
    assert_eq!(notification.state.subject, Some(desk.office.people["quill"]));
    let decide = &notification.state.commitments[0];
    assert!(decide.what.contains("without delay") && decide.progress.is_open());
    let Some(Answer::Text(what)) =
        notification.chronology[0].answers.as_ref().and_then(|all| all.get("what"))
    else {
        panic!("what happened is taken over")
    };
    assert!(what.contains("not breathing"));
    desk.goes_home().keys("1<enter>").shows("No longer wanted").shows("Visit (Where they are now: Died)");
    desk.assert_record_holds();

    // Yes or no with the reason; a yes also with when, how and the reference.
    desk.sign_in("lindqvist");
    desk.keys("<f9>/N-1<enter><enter>d").line("regulation_16").keys("y");
    desk.line("regulation_16.why").keys("Died while we gave personal care").keys("<ctrl-s>").shows("still");
    desk.line("regulation_18").keys("nNot an injury, no allegation<tab>");
    desk.line("notified_at").keys("17:10").line("method").keys("o");
    desk.line("reference").keys("none given yet, receipt kept").saves();
    assert!(!desk.case("N-1").state.commitments[0].progress.is_open());
}

#[test]
fn to_hospital_and_back_and_what_was_said_of_the_ward_goes_with_it() {
    let mut desk = visit_promised();
    desk.later(5).keys("<esc>");
    whereabouts(&mut desk, "quill");
    desk.line("where").keys("i").line("whereabouts").keys("Royal Infirmary, ward 4, 01632 960555");
    desk.line("since").keys("16:50").line("until").keys("none").line("until.why").keys("not said yet");
    desk.line("said_by").keys("Crew, call sign A12").saves();
    // What was left blank stays owed.
    assert!(desk.owed("U-1", "Visit")[0].progress.is_open());
    desk.shows("In hospital since 16:50").shows("ward 4");
    let person = desk.person(desk.office.people["quill"]);
    let at_hospital = person.record.more.whereabouts.expect("somewhere else");
    assert_eq!(
        (at_hospital.label.as_str(), at_hospital.since.map(|when| when.at)),
        ("In hospital", Some(at("2026-11-21T16:50:00Z")))
    );
    let fact = |desk: &Desk| {
        let id = desk.office.people["quill"];
        let store = desk.store();
        store.case(&Viewer::system(), id, desk.office.now()).expect("her record").state.facts.whereabouts
    };
    assert_eq!(fact(&desk).as_deref(), Some("hospital"));

    desk.later(60).keys("w").line("where").keys("h").line("since").keys("-5m");
    desk.line("said_by").keys("Ward sister").saves();
    desk.hides("In hospital since");
    assert_eq!(desk.person(desk.office.people["quill"]).record.more.whereabouts, None);
    assert_eq!(fact(&desk).as_deref(), Some("home"));
    // Both stand in the chronology of the record: who, when, and what it was before.
    desk.shows("Where they are now");
    // A call about her is taken as ever, whatever was said of where she is.
    desk.goes_home().keys(CALL).shows("U-2");
}

#[test]
fn where_somebody_is_stands_under_their_name_as_soon_as_they_are_taken_in_a_call() {
    let mut desk = visit_promised();
    desk.later(5).keys("<esc>");
    whereabouts(&mut desk, "quill");
    desk.line("where").keys("i").line("whereabouts").keys("Royal Infirmary");
    desk.line("since").keys("16:50").line("until").keys("none").line("until.why").keys("not said yet");
    desk.line("said_by").keys("Crew, call sign A12").saves();
    desk.goes_home().keys("c07700 900118<tab>WQ<tab>qui<enter>");
    for (columns, rows) in [(120, 40), (80, 24), (46, 30)] {
        let screen = desk.screen_of(columns, rows);
        assert!(screen.contains("= In hospital since 16:50"), "{columns}x{rows}:\n{screen}");
    }
}

#[test]
fn somebody_missing_stands_before_everybody_until_they_are_back() {
    let mut desk = visit_promised();
    desk.keys("<esc>");
    whereabouts(&mut desk, "brian");
    desk.line("where").keys("m").line("whereabouts").keys("Last seen at the bus stop, red coat");
    desk.line("since").keys("16:00").line("said_by").keys("Shift leader");
    desk.line("happened").keys("Did not come back from the shop").saves();
    desk.goes_home().shows("MISSING").shows("since 16:00").shows("red coat");
    let store = desk.store();
    let first = store.records(&Viewer::system(), "people", None, 1).expect("people").rows;
    assert_eq!(first[0].id, desk.office.people["oakes_2"], "before QUILL and the other OAKES");
    // Looking for him stands before everything else that is open.
    let escalations = desk.board().escalations.rows;
    assert!(escalations[0].commitment.what.starts_with("Search"));
    assert_eq!(escalations[0].subject.as_ref().map(|one| one.id), Some(first[0].id));
    whereabouts(&mut desk, "brian");
    desk.line("where").keys("h").line("since").keys("-1m").line("said_by").keys("Shift leader");
    for row in 0..5 {
        desk.line(&format!("owed.{row}.becomes")).keys("n");
    }
    desk.saves();
    desk.goes_home().hides("MISSING");
}

#[test]
fn while_it_rings_one_key_shows_what_the_caller_owes() {
    let mut desk = visit_promised();
    desk.keys("<esc>");
    // Somebody at the surgery has a number of her own.
    desk.sign_in("okafor").keys("<f6>/elms<enter><enter>e<f4>").line("hours").keys("Mon-Fri 08:00-18:30");
    desk.line("out_of_hours").keys("111").line("contacts.+").keys("<enter>");
    desk.line("contacts.0.name").keys("Bea Larch").line("contacts.0.job").keys("practice nurse");
    desk.line("contacts.0.phone").keys("01632 960119").saves();
    // Saturday afternoon: they are shut, and what can be expected of a surgery stands beside what it owes.
    desk.shows("GP, urgent").shows("look again").shows("31-Jan-2027");
    desk.keys("<esc>").shows("111 out of hours").keys("<esc>").keys("<esc>");

    desk.keys("c07700 900118<tab>bea larch<f6>").shows("The Elms Surgery").shows("practice nurse");
    desk.keys("<enter>").shows("Owes").shows("Visit").shows("QUILL");
    desk.keys("<esc>").shows("Number to ring back");
    assert_eq!(desk.text("caller"), "bea larch", "what was typed stays");
    // By the number on the telephone, and from a line that takes an organisation.
    desk.keys("<ctrl-s><esc>").keys("<f6>/01632960119").shows("The Elms Surgery").keys("<esc>").keys("<esc>");
    desk.keys("1")
        .select("Sleepier")
        .keys("l")
        .line("who")
        .keys("larch")
        .shows("Bea Larch")
        .keys("<f6>")
        .shows("Owes")
        .keys("<esc>")
        .shows("Bea Larch");
    // On Monday morning the usual number is the one to ring.
    desk.goes_home();
    desk.at_time("2026-11-23T09:00:00Z").keys("<f6>").shows("01632 960118 open now");
    // Nor is it cut on a telephone.
    let little = desk.little_screen();
    assert!(little.contains("01632 960118 open now"), "{little}");
}

#[test]
fn outside_care_homes_the_court_of_protection_authorises() {
    let mut desk = Desk::at(Office::opened("2026-11-21T10:00:00Z")).signed_in("lindqvist");
    desk.keys(":locations<enter><enter>e").line("service_type").keys("s").keys("<f4>");
    desk.line("nights").keys("w").hides("not at this kind").line("tenure").keys("r").keys("<tab>");
    desk.saves();
    desk.goes_home();
    desk.keys("<f5>/quill<enter><enter>ne<f4>").line("deprivation").keys("s<tab>");
    desk.shows("DoLS, standard: not at this kind of service").shows("Court of Protection authorises");
    desk.line("deprivation").keys("c<tab>").hides("not at this kind of service");
    desk.line("deprivation_by").keys("Order of 3-Mar-2026, case 1234").saves();
    // In a care home it is the other way round.
    desk.goes_home();
    desk.keys(":locations<enter><enter>e").line("service_type").keys("a").saves();
    desk.goes_home();
    desk.keys("<f5>/quill<enter><enter>ne<f4>").line("deprivation").keys("s<tab>").hides("not at this kind");
}

#[test]
fn how_to_get_in_is_shown_on_request_and_the_look_is_noted() {
    let mut desk = Desk::at(Office::opened("2026-11-21T10:00:00Z")).signed_in("lindqvist");
    desk.keys("<f5>/quill<enter><enter>ne<f4>").line("get_in").keys("Key safe left of the door, 4711");
    desk.line("allergies").keys("penicillin: rash").line("restricted").keys("y");
    desk.line("restricted.why").keys("works for us").line("forensic").keys("y").saves();
    // Nowhere but where it is asked for: not in the record's own chronology, not when it is changed again.
    desk.hides("4711").keys("<enter>").hides("4711").shows("kept; shown only where it is asked for");
    desk.keys("<esc>").shows("Allergies: penicillin: rash").shows("escalate early: Forensic history");
    let id = desk.office.people["quill"];
    let store = desk.store();
    let found = |letters: &str| store.find(&Viewer::system(), "people", letters, 9).expect("a search").len();
    assert_eq!((found("4711"), found("quill")), (0, 1));
    let person = desk.person(id).record;
    assert!(person.more.restricted, "the mark is on the record");
    assert!(!person.answers.contains_key("get_in"), "it leaves with no list and no export");
    desk.keys("s").shows("Key safe left of the door, 4711").shows("noted");
    let looks = Access::open(&OfficeDir::at(desk.office.path())).expect("the log").looks().expect("looks");
    let last = looks.last().expect("at least one");
    assert_eq!((last.how, last.subject, last.staff), (How::Sealed, id, Some(desk.office.staff["manager"])));
    // Changed without touching it, it stays as it was; a correction does not show it either.
    desk.keys("<space>").keys("ne").line("phone").keys("01632 960300").saves();
    desk.keys("m")
        .hides("4711")
        .line("phone")
        .keys("<end><backspace>1")
        .line("+reason")
        .keys("misread")
        .saves();
    desk.keys("<esc>").keys("s").shows("4711");
}

#[test]
fn how_to_get_in_is_never_shown_over_somebody_elses_record() {
    let mut desk = Desk::at(Office::opened("2026-11-21T10:00:00Z")).signed_in("lindqvist");
    desk.keys("<f5>/brian<enter><enter><esc>").keys("<f5>/quill<enter><enter>");
    // The disk is slow; meanwhile another record comes on top.
    let asked: Vec<Effect> =
        super::keys::parse("s").into_iter().flat_map(|key| desk.app.update(Msg::KeyPressed(key))).collect();
    let asked = asked.iter().find_map(|effect| match effect {
        Effect::ReadSealed(request, person) => Some((*request, *person)),
        _ => None,
    });
    let (request, person) = asked.expect("it is asked for");
    assert_eq!(person, desk.office.people["quill"]);
    desk.keys("<esc><esc>").keys("<f5>/brian<enter><enter>").shows("OAKES, Brian");
    let code = vec![("How to get in".to_owned(), "Key safe left of the door, 4711".to_owned())];
    desk.app.update(Msg::SealedRead(request, person, Ok(code)));
    desk.hides("4711");
}

#[test]
fn every_kind_of_outside_body_is_ready_to_choose() {
    let desk = Desk::at(Office::opened("2026-11-21T10:00:00Z"));
    let organisations = desk.app.editions.current().pathway("organisations").expect("a register").clone();
    let means = dutydesk::pathway::definition::Means::OrganisationType;
    let field = organisations.opening().and_then(|step| step.meaning(means)).expect("asked").clone();
    let dutydesk::pathway::definition::Kind::Choice(types) = field.kind else { panic!("one of them") };
    let said: Vec<String> =
        types.iter().map(|one| format!("{} {}", one.label, one.help).to_lowercase()).collect();
    for body in [
        "gp surgery",
        "social work",
        "district",
        "pharmacy",
        "housing",
        "safeguarding",
        "mental health",
        "111",
        "999",
        "commissioner",
        "family",
        "healthwatch",
        "scrutiny",
        "complaints advocacy",
        "voluntary",
        "shared lives",
        "imha",
        "imca",
        "member of parliament",
        "school",
        "police",
        "fire",
        "medical committee",
        "coroner",
        "environmental health",
        "public guardian",
        "integrated care board",
        "cqc",
    ] {
        assert!(said.iter().any(|one| one.contains(body)), "{body} can be chosen");
    }
}

#[test]
fn who_does_what_and_who_may_be_told_stand_on_the_record() {
    let mut desk = Desk::at(Office::opened("2026-11-21T10:00:00Z")).signed_in("lindqvist");
    desk.keys("<f5>/quill<enter><enter>")
        .shows("must not be told Ruth Quill (sister)")
        .shows("may be told Hannah Quill (daughter)")
        .hides("may be told Ruth");
    desk.keys("ne<f4>").line("shares.+").keys("<enter>").line("shares.0.what").keys("Medicines ordered");
    desk.line("shares.0.side")
        .keys("u")
        .line("shares.0.who")
        .keys("key worker")
        .line("shares.0.part")
        .keys("d");
    desk.line("relies_on.+").keys("<enter>").line("relies_on.0.who").keys("elms<enter>").saves();
    desk.keys("<enter>").shows("Medicines ordered · Us · key worker · Does it").shows("The Elms Surgery");
}

#[test]
fn who_at_cqc_is_ours_is_kept_for_each_location() {
    let mut desk = Desk::at(Office::opened("2026-11-21T10:00:00Z")).signed_in("lindqvist");
    desk.keys(":locations<enter>").shows("Rowan House").keys("<enter>e<f4>");
    desk.line("corporate_lead").keys("2").line("corporate_lead_name").keys("named in the letter of May");
    // A no says why: none was named is an answer, a blank is none.
    desk.line("cqc_named").keys("n").keys("<ctrl-s>").shows("still");
    desk.line("cqc_named.why").keys("asked for in October, no answer yet").saves();
    desk.keys("<enter>").shows("asked for in October").shows("Inspector, 2 to 3 locations");
    desk.keys("e<f4>").line("cqc_named").keys("y");
    desk.line("cqc_holder").keys("Inspector, east team, by secure email").saves();
    desk.shows("Inspector, east team");
}

#[test]
fn the_provider_sees_above_its_locations_what_is_open_at_each_and_who_at_cqc_answers_for_it() {
    let mut desk = Desk::at(Office::opened("2026-11-21T19:00:00Z")).signed_in("lindqvist");
    desk.keys("]").shows("Rowan House").shows("nothing open").shows("3 people").shows("none named");
    desk.shows("CQC's lead for 1 location: One location: none");
    for place in ["Elm Court", "Larch Round"] {
        desk.keys("a").line("name").keys(place).line("service_type").keys("s").saves();
    }
    desk.goes_home().keys("]").shows("CQC's lead for 3 locations: Inspector, 2 to 3 locations (none named)");
    desk.shows("Supported living").shows("0 people");
    // The holder and the lead are named on the location's own record.
    desk.select("Rowan House").keys("<enter>e<f4>").line("cqc_named").keys("y");
    desk.line("cqc_holder").keys("M. Reyes, by secure email").line("corporate_lead").keys("2");
    desk.line("corporate_lead_name").keys("J. Adomako").saves();
    desk.goes_home().keys("]").shows("M. Reyes").shows("(J. Adomako)");

    // A call about somebody who lives there counts there, before anybody says where it is.
    desk.goes_home().keys(CALL).goes_home().keys("]").select("Rowan House").shows("1 undecided, 1 open call");
    desk.later(20).goes_home().keys("]").shows("1 late, 1 undecided, 1 open call");
    desk.select("Rowan House").keys("<enter>").shows("U-1").keys("<esc>");
    assert!(desk.little_screen().contains("1 late, 1 undecided"), "{}", desk.little_screen());
    // How it goes there, month by month, is one key away: of that location alone, and then of the next.
    desk.goes_home().keys("]").select("Rowan House").keys("|");
    desk.shows("so far · Rowan House").shows("trend").keys("<esc><home>").select("Elm Court").keys("|");
    desk.shows("so far · Elm Court").keys("<esc>").shows("CQC's lead for");
    // Market Oversight stands over what the number says.
    desk.keys("<home>").select("Elm Court").keys("<enter>e<f4>").line("corporate_lead").keys("m").saves();
    desk.goes_home().keys("]").shows("CQC's lead for 3 locations: Market Oversight");
    desk.select("Larch Round").keys("<enter>x").line("why").keys("Handed back").saves();
    desk.goes_home().keys("]").shows("CQC's lead for 2 locations").shows("closed");
    desk.keys("/reyes<enter>").shows("Rowan House").hides("Elm Court");
}

#[test]
fn a_field_that_is_emptied_on_the_form_is_blank_on_the_record_and_its_chronology_says_what_it_was() {
    let mut desk = Desk::at(Office::opened("2026-11-21T10:00:00Z")).signed_in("lindqvist");
    desk.keys("<f5>/quill<enter><enter>ne<f4>").line("phone").keys("01632 960777");
    desk.line("gender").keys("f").line("get_in").keys("Key safe, 4711").line("alerts.+").keys("<enter>");
    desk.line("alerts.0.alert").keys("Swallowing").saves();
    let quill = desk.office.people["quill"];
    let record = desk.person(quill).record;
    assert_eq!(record.phone.as_deref(), Some("01632 960777"));
    assert_eq!(record.alerts.len(), 1);

    // Nothing but emptied: kept as a draft all the same, and still emptied after a kill.
    desk.later(1).keys("e<f4>").instead("phone", "").line("gender").keys("<backspace>");
    desk.line("alerts.0.alert").keys("<f8>y").line("get_in").keys("-");
    let mut desk = desk.killed_and_started_again().signed_in("lindqvist");
    desk.keys("u").shows("Change of particulars").keys("<enter>").saves();
    let record = desk.person(quill).record;
    assert_eq!((record.phone, record.alerts.len()), (None, 0));
    let case = desk.store().case(&Viewer::system(), quill, desk.office.now()).expect("her record");
    let left: Vec<&String> = case.state.facts.record.keys().collect();
    assert_eq!(left, ["born", "location", "name", "nhs_number", "representatives", "room"]);

    desk.goes_home().keys("<f5>/quill<enter><enter>n<enter>");
    desk.shows("was 01632 960777, now blank")
        .shows("was Female, now blank")
        .shows("was Swallowing, now blank");
    desk.shows("How to get in").hides("4711");
    desk.assert_record_holds();
}

#[test]
fn what_a_record_must_have_is_not_emptied_and_what_another_answer_hides_goes_with_it() {
    let mut desk = Desk::at(Office::opened("2026-11-21T10:00:00Z")).signed_in("lindqvist");
    desk.keys("<f5>/quill<enter><enter>ne<f4>").line("resuscitation").keys("d");
    desk.line("resuscitation_kept").keys("Red folder, hall").saves();
    desk.later(1).keys("e<f4>").instead("name", "").keys("<ctrl-s>").shows("is still blank");
    desk.line("name").keys("Theresa Quill").line("resuscitation").keys("n").saves();
    let quill = desk.office.people["quill"];
    let case = desk.store().case(&Viewer::system(), quill, desk.office.now()).expect("her record");
    let record = &case.state.facts.record;
    assert_eq!(record.get("resuscitation"), Some(&Answer::Choice("none".to_owned())));
    assert!(!record.contains_key("resuscitation_kept"), "there is no form to be kept anywhere");
}

#[test]
fn an_nhs_number_of_somebody_else_and_an_age_nobody_reaches_are_asked_about_and_can_be_meant() {
    let mut desk = Desk::at(Office::opened("2026-11-21T10:00:00Z")).signed_in("lindqvist");
    desk.keys("<f5><down>aSec Ond<tab>rowan<enter>").line("born").keys("1/1/1850");
    desk.keys("<ctrl-s>").shows("makes them older than 115");
    assert!(matches!(desk.app.top(), dutydesk::app::Layer::Form(_)), "not saved yet");
    desk.saves();
    // The other is named with what tells them apart, beside the line too.
    let mut desk = Desk::at(Office::opened("2026-11-21T10:00:00Z")).signed_in("lindqvist");
    desk.keys("<f5><down>aSec Ond<tab>rowan<enter>").line("nhs_number").keys("9990000026");
    desk.keys("<ctrl-s>").shows("OAKES, Bernard, born 01-Feb-1950, 999 000 0026");
    assert!(matches!(desk.app.top(), dutydesk::app::Layer::Form(_)), "not saved yet");
    desk.saves();
    let number = desk.office.people["oakes_1"];
    let store = desk.store();
    let row = store.record(&Viewer::system(), number).expect("his record");
    let both = store.find(&Viewer::system(), "people", "9990000026", 9).expect("they are found");
    assert_eq!((both.len(), row.nhs.as_deref()), (2, Some("9990000026")));

    // Whoever is corrected keeps their own number without a question, and is asked about another's.
    desk.later(1).goes_home().keys("<f5>/quill<enter><enter>ne").line("phone").keys("01632 960777").saves();
    desk.later(1).keys("e").instead("nhs_number", "9990000034");
    desk.keys("<ctrl-s>").shows("OAKES, Brian, born 10-Feb-1950");
}

#[test]
fn whoever_comes_back_under_a_second_record_is_asked_about_though_their_support_has_ended() {
    let mut desk = Desk::at(Office::opened("2026-11-21T10:00:00Z")).signed_in("lindqvist");
    let quill = desk.office.people["quill"];
    let ended = super::recorded::record(
        &desk,
        "manager",
        "people.ended",
        super::recorded::In { case: Some(&quill.to_string()), ..Default::default() },
        serde_json::json!({ "how": "moved" }),
    );
    ended.expect("her support has ended");
    let record = desk.store().case(&Viewer::system(), quill, desk.office.now()).expect("her record");
    assert!(record.state.closed, "she is supported no longer");
    // Under no number, her name written the other way round.
    desk.later(1)
        .goes_home()
        .keys("<f5><down>aquill, theresa<tab>rowan<enter>")
        .line("born")
        .keys("2/3/1941");
    desk.keys("<ctrl-s>").shows("QUILL, Theresa, born 02-Mar-1941, 999 000 0018").shows("come back");
    assert!(matches!(desk.app.top(), dutydesk::app::Layer::Form(_)), "not saved yet");
    // Of another day nobody is taken for her, until it is put right: then she is asked about at that line.
    desk.instead("born", "3/3/1941").saves();
    desk.later(1).goes_home().keys("<f5>/quill<enter><down><enter>").shows("Born 03-Mar-1941");
    desk.keys("ne").instead("born", "2/3/1941");
    desk.keys("<ctrl-s>").shows("QUILL, Theresa, born 02-Mar-1941, 999 000 0018").shows("come back");
    desk.keys("<esc>").goes_home();
    // Nor is she made a second time in a call without a question.
    desk.keys("c").line("about").keys("theresa quill 2/3/1941<down><enter>");
    desk.shows("is put down as somebody new: is it one of these?").shows("QUILL, Theresa");
}
