//! The drowsy afternoon, from the telephone to the Registered Manager's review, closed with evidence.

use dutydesk::domain::answer::{Answer, YesNo};
use dutydesk::domain::case::Milestone;
use dutydesk::domain::commitment::{Party, Progress};
use dutydesk::domain::entry::Said;

use super::desk::Desk;
use super::keys::beyond_words;
use super::office::{Office, at};

/// A whole call for a person who is known. Words typed stand in braces.
pub const CALL: &str = "c{07700 900118}<tab>{WQ, carer}<tab>{qui}<enter>yn{Sleepier than usual, drank one cup, needs more help to stand}<tab>a{what to do, and who stays with her}<ctrl-s>";

fn afternoon() -> Desk {
    Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("shah")
}

#[test]
fn a_call_for_a_known_person_costs_at_most_twelve_keys_beyond_the_words() {
    let mut desk = afternoon();
    desk.keys(CALL);
    // Nine, as pressed: the key of the call, four that go on to a line or take her, three answers, and the one that saves.
    let words: usize = CALL.split('{').skip(1).filter_map(|part| part.split('}').next()).map(str::len).sum();
    // Signing in came before it.
    let signing_in = "wshah".len() + 1;
    assert_eq!(desk.pressed - signing_in - words, 9);
    assert_eq!(beyond_words(CALL), 9);
    desk.shows("U-1");
    let case = desk.case("U-1");
    assert_eq!(case.state.subject, Some(desk.office.people["quill"]));
    assert_eq!(case.state.facts.risk.as_deref(), Some("amber"));
    assert!(
        case.chronology[0].missing.is_empty(),
        "nothing that must be asked is missing: {:?}",
        case.chronology[0].missing
    );
    assert_eq!(desk.board().undecided, 1);
    desk.shows("QUILL").shows("Decide");
}

#[test]
fn the_whole_pathway_from_the_call_to_the_review_and_the_end() {
    let mut desk = afternoon();
    desk.keys(CALL);

    // 2. The duty manager decides.
    desk.later(5).sign_in("okafor");
    desk.keys("d");
    desk.line("route").keys("gf<enter>");
    desk.line("rationale").keys("New drowsiness with poor intake needs a doctor today");
    desk.line("why_999").keys("Rousable, breathing normally, no stroke signs");
    desk.line("person_view").keys("Wants to stay at home; said so twice");
    desk.line("representative_told").keys("y").saves();
    let case = desk.case("U-1");
    assert_eq!(case.state.facts.routes, ["gp", "family"]);
    assert_eq!(case.state.state, "decided");
    assert_eq!(desk.board().undecided, 0);

    // 3. The GP promises, with a worsening plan: two clocks.
    desk.at_time("2026-11-21T17:05:00Z").sign_in("shah").keys("l");
    desk.line("who").keys("elms<enter>");
    desk.line("person").keys("Dr ZZ, duty GP");
    desk.line("means").keys("t");
    desk.line("outcome").keys("s");
    desk.line("shared").keys("Name, number, what was seen, fluids offered");
    desk.line("basis").keys("e");
    desk.line("advice").keys("Small sips every half hour; 999 if hard to rouse");
    desk.line("read_back").keys("y");
    desk.line("promises.+").keys("<enter>");
    desk.line("promises.0.what").keys("Visit").line("promises.0.by").keys("19:00");
    desk.line("promises.+").keys("<enter>");
    desk.line("promises.1.what").keys("999 if no better").line("promises.1.by").keys("21:00").saves();
    let owed = |desk: &Desk, what: &str| {
        let case = desk.case("U-1");
        case.state
            .commitments
            .iter()
            .rfind(|one| one.what == what)
            .cloned()
            .unwrap_or_else(|| panic!("{what} is owed"))
    };
    assert_eq!(owed(&desk, "Visit").due, at("2026-11-21T19:00:00Z"));
    assert_eq!(owed(&desk, "999 if no better").due, at("2026-11-21T21:00:00Z"));
    assert!(matches!(owed(&desk, "Visit").obligor, Party::Outside(_)));

    // 4. It is late: chased, superseded, not overwritten.
    desk.at_time("2026-11-21T19:20:00Z");
    desk.shows("Visit");
    desk.keys("1h").keys("1");
    desk.line("person").keys("Dr ZZ");
    desk.line("outcome").keys("s");
    desk.line("by").keys("20:30");
    desk.line("advice").keys("Keep her sitting up").says_what_the_wait_means().saves();
    let visits: Vec<_> = {
        let case = desk.case("U-1");
        case.state.commitments.iter().filter(|one| one.what == "Visit").cloned().collect()
    };
    assert_eq!(visits.len(), 2, "both stay visible");
    assert!(matches!(visits[0].progress, Progress::Superseded), "{:?}", visits[0].progress);
    assert_eq!(visits[1].due, at("2026-11-21T20:30:00Z"));

    // 5. Told: the daughter, as a receipt; the sister must not be.
    desk.keys("1t").shows("Must not be told: Ruth Quill (sister)");
    desk.line("told.0.whom").keys("f").line("told.0.name").keys("<enter>");
    desk.shows("Hannah Quill").shows("daughter").shows("Ruth Quill").shows("do not inform");
    desk.keys("ruth<enter>").shows("must not be told").shows("the person asked for it");
    desk.keys("<backspace><backspace><backspace><backspace>daughter<enter>").hides("Ruth Quill must not");
    assert_eq!(desk.text("told.0.name"), "Hannah Quill");
    desk.line("told.0.how").keys("t").line("told.0.said").keys("GP comes by half past eight").saves();
    let case = desk.case("U-1");
    assert!(case.state.facts.milestones.contains_key(&Milestone::Told));
    let receipts = case.chronology.iter().find_map(|told| told.answers.as_ref()?.get("told"));
    let Some(Answer::Rows(rows)) = receipts else { panic!("a receipt") };
    for said in ["whom", "name", "how", "when", "said"] {
        assert!(rows[0].contains_key(said), "a receipt says {said}");
    }

    // "Requested" is not "done" until somebody of ours confirms it, by whom and on what evidence.
    desk.later(5).keys("1b").keys("1");
    desk.line("who").keys("Surgery desk").line("what").keys("The doctor has been").saves();
    assert!(owed(&desk, "Visit").progress.is_open(), "said to be done, still owed");
    desk.keys("1a").keys("1");
    desk.line("by").line("evidence").keys("WQ saw Dr ZZ leave; note in the home record").saves();
    assert!(!owed(&desk, "Visit").progress.is_open());

    // 6. The review, due 24 hours after the call.
    let review = owed(&desk, "24-hour review");
    assert_eq!(review.due, at("2026-11-22T16:42:00Z"));
    desk.at_time("2026-11-22T09:00:00Z").sign_in("lindqvist").keys("1r");
    desk.line("followed").keys("y").line("care_changed").keys("y");
    desk.line("care_evidence").keys("Care plan v7, fluids chart");
    desk.line("governance")
        .keys("y")
        .line("governance_what")
        .keys("The surgery was an hour and a half late and nobody rang us");
    assert_eq!(desk.text("as_delegate"), "no", "the Registered Manager need not say that she is none");
    desk.saves();
    let case = desk.case("U-1");
    assert_eq!(case.state.facts.care_changed, Some(YesNo::Yes));
    assert!(desk.board().office.training);
    let item = desk.case("G-1");
    assert_eq!(item.state.pathway, "governance");

    // The four sources stand side by side, without a gap.
    desk.keys("1<enter>").shows("Sleepier than usual").shows("Four sources");

    // 7. Closed; what is still owed needs a reason.
    desk.keys("x");
    desk.line("ended").keys("b").line("outcome").keys("Awake at breakfast, drank three cups; seen by WQ");
    desk.line("owed.0.becomes").keys("k");
    desk.line("owed.0.why").keys("The plan for the night is over").saves();
    assert!(desk.case("U-1").state.closed);
    desk.assert_record_holds();
}

#[test]
fn a_delegate_reviews_and_the_manager_countersigns() {
    let mut desk = afternoon();
    desk.keys(CALL).later(5).sign_in("okafor").keys("d");
    decide(&mut desk);
    desk.later(60).sign_in("varga").keys("r");
    desk.line("followed")
        .keys("nThere was none<tab>")
        .line("care_changed")
        .keys("nNothing asked for a change<tab>");
    desk.line("governance").keys("n");
    assert_eq!(desk.text("as_delegate"), "yes", "and a delegate that he is one");
    desk.saves();
    let open = desk
        .case("U-1")
        .state
        .commitments
        .into_iter()
        .find(|one| one.what.contains("Countersign"))
        .expect("owed");
    assert!(open.progress.is_open());
    desk.sign_in("lindqvist").keys("y");
    desk.line("agrees").keys("y").saves();
    let settled = desk.case("U-1").state.commitments.into_iter().find(|one| one.id == open.id).expect("kept");
    assert!(!settled.progress.is_open());
}

#[test]
fn what_was_decided_by_telephone_waits_for_the_decider() {
    let mut desk = afternoon();
    desk.keys(CALL).later(5).keys("d");
    desk.line("route").keys("g<enter>");
    desk.line("rationale").keys("Needs a doctor today");
    desk.line("why_999").keys("Rousable").line("person_view").keys("Wants to stay at home");
    desk.line("representative_told").keys("y").line("+later").keys("<enter>");
    desk.line("decided_by").keys("okafor<enter>");
    desk.line("read_back").keys("y").saves();
    let case = desk.case("U-1");
    let decision = case
        .chronology
        .iter()
        .find(|told| matches!(&told.entry.said, Said::Step(said) if said.step == "decision"));
    let decision = decision.expect("a decision");
    assert_eq!(decision.entry.who.by, Some(desk.office.staff["duty"]));
    assert_eq!(decision.entry.who.typed_by, Some(desk.office.staff["coordinator"]));
    assert!(decision.to_confirm);

    desk.sign_in("okafor")
        .shows("typed for you")
        .keys("k")
        .shows("U-1")
        .keys("y")
        .shows("Is it as you said?")
        .keys("y<esc>");
    assert!(!desk.case("U-1").chronology.iter().any(|told| told.to_confirm));
}

#[test]
fn a_call_with_blanks_rises_until_it_is_completed_and_that_is_no_correction() {
    let mut desk = afternoon();
    desk.keys("c07700 900118<tab>WQ<ctrl-s>");
    let case = desk.case("U-1");
    assert!(!case.chronology[0].missing.is_empty());
    desk.shows("Fill in");
    desk.later(10).keys("<enter>m");
    desk.line("about").keys("qui<enter>");
    desk.line("awake").keys("y").line("emergency").keys("n");
    desk.line("changed").keys("Sleepier than usual").line("risk").keys("a");
    desk.line("advice_sought").keys("what to do").saves();
    let case = desk.case("U-1");
    assert!(case.chronology[0].missing.is_empty());
    assert_eq!(case.state.subject, Some(desk.office.people["quill"]), "it stands on the person's record");
    let fill = case.state.commitments.iter().find(|one| one.what == "Fill in the call").expect("kept");
    assert!(!fill.progress.is_open());
    desk.hides("corrected");
}

#[test]
fn that_999_was_called_carries_the_time_it_was_called() {
    let mut desk = afternoon();
    desk.keys("c07700 900118<tab>WQ<tab>qui<enter>nu");
    desk.line("emergency_by").keys("WQ").line("emergency_at").keys("16:39");
    desk.line("changed").keys("Only opens her eyes when I shout").line("risk").keys("r");
    desk.line("advice_sought").keys("none, for information").saves();
    let milestones = desk.case("U-1").state.facts.milestones;
    assert_eq!(milestones[&Milestone::Emergency].at, at("2026-11-21T16:39:00Z"));
    assert_eq!(milestones[&Milestone::Called].at, at("2026-11-21T16:42:00Z"));
    // Anyone may record it, at once, and nothing stands before it.
    desk.keys("e");
    desk.line("called").keys("p<enter>").saves();
    let told = desk.case("U-1");
    let police = told.chronology.iter().filter_map(|told| told.answers.as_ref()?.get("called")).next();
    assert_eq!(police, Some(&Answer::Choices(vec!["police".to_owned()])));
}

/// A word with the surgery, which promises one thing.
pub fn spoke_to_the_surgery(desk: &mut Desk, what: &str, by: &str) {
    desk.line("who").keys("elms<enter>").line("person").keys("Dr ZZ, duty GP");
    desk.line("means").keys("t").line("outcome").keys("s");
    desk.line("shared").keys("Name, number, what was seen").line("basis").keys("e");
    desk.line("advice").keys("Small sips; 999 if hard to rouse").line("read_back").keys("y");
    desk.line("promises.+").keys("<enter>");
    desk.line("promises.0.what").keys(what).line("promises.0.by").keys(by).saves();
}

/// A decision with all that must be said.
pub fn decide(desk: &mut Desk) {
    decide_without_saving(desk);
    desk.saves();
}

/// The form of a decision, filled in and not saved.
pub fn decide_without_saving(desk: &mut Desk) {
    desk.line("route").keys("g<enter>");
    desk.line("rationale").keys("Needs a doctor today");
    desk.line("why_999")
        .keys("Rousable, breathing normally")
        .line("person_view")
        .keys("Wants to stay at home");
    desk.line("representative_told").keys("y");
}

#[test]
fn every_step_stands_one_key_away_on_dashboard_and_case() {
    use dutydesk::app::{Key, Place};
    let mut desk = afternoon();
    desk.keys(CALL);
    for pathway in desk.app.editions.current().pathways.values().filter(|pathway| !pathway.register) {
        for step in pathway.steps.iter().filter(|step| !step.opens && !step.retired && step.follows.is_none())
        {
            // A pathway of many steps gives keys to those that somebody needs at once; the others stand in the list (n).
            let Some(key) = step.key else { continue };
            for place in [Place::Board, Place::Case] {
                let own = desk.app.keymap.action(place, Key::char(key));
                assert_eq!(own, None, "{key} of {}.{} is the program's own there", pathway.id, step.id);
            }
        }
    }
}

#[test]
fn on_eighty_columns_it_is_said_who_sits_there_whatever_is_late() {
    let mut desk = afternoon();
    desk.keys(CALL).at_time("2026-11-21T22:30:00Z");
    let screen = desk.screen_of(80, 24);
    let header = screen.lines().next().expect("a header");
    for said in ["TRAINING", "long late", "decides OKAFOR, A.", "you SHAH, P.", "22:30"] {
        assert!(header.contains(said), "{said}: {header}");
    }
}

#[test]
fn another_person_of_the_same_call_is_a_key_away_and_the_first_form_is_said_to_stand_open_behind() {
    let mut desk = afternoon();
    desk.keys("c07700 900118<tab>WQ<tab>qui<enter>");
    let screen = desk.screen_of(120, 40);
    assert!(screen.contains("F3  another person"), "{screen}");
    desk.keys("<f3>").shows("Still open behind this: Urgent communication log, QUILL, Theresa");
    desk.keys("<esc><esc>").hides("Still open behind this");
}
