//! Candour in its steps, from a risk of harm to what was learned; and where they do not want contact.

use dutydesk::domain::answer::{Answer, Named, YesNo};
use dutydesk::domain::commitment::Progress;
use dutydesk::domain::permission::Viewer;

use super::concern::{begun, fill, named, only, opens, text};
use super::desk::Desk;
use super::office::{Office, at};

/// A wrong dose left out by somebody else's nurse, and noticed in time.
fn risk_of_harm() -> Desk {
    let mut desk = Desk::at(Office::opened("2026-11-23T10:00:00Z")).signed_in("varga");
    let quill =
        Answer::Named(Named { id: Some(desk.office.people["quill"]), words: "Theresa Quill".to_owned() });
    let said = [
        ("about", quill),
        ("headline", text("double dose laid out")),
        ("what", text("Two tablets of the thinner laid out for the evening; seen before they were taken")),
        ("harm", Answer::Choice("risk".to_owned())),
        ("provider", named("Marlin Nursing")),
    ];
    begun(&mut desk, "delegate", "candour", "begun", &said);
    opens(&mut desk, "DC-1");
    desk
}

fn safe_facts_and_thresholds(desk: &mut Desk) {
    desk.keys("0");
    fill(
        desk,
        &[
            ("how", "Well, eating, no bleeding; one tablet put away"),
            ("seen_by", "WQ"),
            ("clinician", "nNothing was taken"),
        ],
    );
    desk.keys("f");
    fill(
        desk,
        &[
            ("known", "Two tablets in the evening pot at 09:40"),
            ("not_known", "Who filled it"),
            ("from", "Chart of 23 November"),
        ],
    );
    desk.keys("d");
    fill(
        desk,
        &[
            ("unintended", "yNobody meant it"),
            ("led_to", "t<enter>"),
            ("opinion", "Dr ZZ, GP, 10:20: a bleed could have followed"),
            ("met", "nNothing was taken; could have led to treatment only had it been"),
            ("others", "y"),
        ],
    );
}

#[test]
fn a_risk_of_harm_goes_through_every_step_to_what_was_learned() {
    let mut desk = risk_of_harm();
    desk.shows("double dose laid out").shows("in person: as soon as");
    let tell = desk.owed("DC-1", "Tell the person in person: as soon as reasonably practicable").remove(0);
    assert_eq!(tell.due, at("2026-11-24T23:59:00Z"), "the provider's own target, one working day");
    let closing = |desk: &mut Desk, says: &str| {
        opens(desk, "DC-1").keys("x").shows(says).keys("<esc>");
        opens(desk, "DC-1");
    };
    closing(&mut desk, "Nobody has written down yet how the person is");
    safe_facts_and_thresholds(&mut desk);
    let notification = only(&desk, "notification");
    assert!(
        desk.case("DC-1").state.links.contains(&notification.id),
        "who else has to know is asked of each"
    );
    closing(&mut desk, "The other organisation has not been asked yet");

    // The other organisation, without delay; what they promise has its clock.
    desk.keys("l");
    for (line, keys) in [
        ("who", "Marlin Nursing<enter>"),
        ("person", "Sister Vane"),
        ("means", "t"),
        ("outcome", "s"),
        ("shared", "Two tablets of the thinner in the evening pot"),
        ("basis", "e"),
        ("said", "Will look who filled it"),
        ("asked.+", "<enter>"),
        ("asked.0.what", "Who filled it"),
        ("asked.0.by", "16:00"),
    ] {
        desk.line(line).keys(keys);
    }
    desk.saves();
    desk.keys("a");
    fill(&mut desk, &[("who", "Sister Vane"), ("said", "The bank nurse, from an old chart")]);
    closing(&mut desk, "The person has not been told in person");

    // In person; where it is not, why not.
    desk.keys("t");
    for (line, keys) in [
        ("whom", "p"),
        ("name", "Theresa Quill<enter>"),
        ("how", "t"),
        ("account", "Two tablets had been laid out, we saw it in time, none was taken"),
        ("enquiries", "Why an old chart was used; she hears by Friday"),
        ("support", "Her daughter with her; an advocate offered, not wanted"),
        ("said", "\"Thank you for saying so\""),
        ("sorry", "y"),
    ] {
        desk.line(line).keys(keys);
    }
    desk.keys("<ctrl-s>").shows("still");
    desk.line("how").keys("p").saves();
    assert_eq!(desk.case("DC-1").state.state, "told");
    closing(&mut desk, "Nobody has said sorry yet");
    desk.keys("y");
    fill(&mut desk, &[("to", "Mrs Quill"), ("words", "I am sorry that this happened to you")]);
    closing(&mut desk, "The written follow-up has not gone out yet");
    desk.keys("b");
    fill(
        &mut desk,
        &[("to", "Mrs Quill"), ("how", "By hand, large print"), ("copy", "Letter of 23 November")],
    );
    closing(&mut desk, "Nobody has written down yet what we learn");
    desk.keys("i");
    for (line, keys) in [
        ("learned", "Old charts lay in the folder beside the new one"),
        ("passed_on", "Both teams, Marlin Nursing, Mrs Quill"),
        ("actions.+", "<enter>"),
        ("actions.0.what", "Old charts out of every folder"),
        ("actions.0.owner", "okafor<enter>"),
        ("actions.0.by", "+48h"),
    ] {
        desk.line(line).keys(keys);
    }
    desk.saves();
    closing(&mut desk, "Actions are still open");
    desk.keys("5");
    fill(&mut desk, &[("evidence", "Round of all folders, list of 24 November")]);
    assert_eq!(desk.owed("DC-1", "Old charts out of every folder")[0].progress, Progress::Confirmed);

    // Who decided which thresholds are met does not sign it off.
    desk.sign_in("lindqvist");
    opens(&mut desk, "DC-1").keys("x");
    fill(
        &mut desk,
        &[("ended", "t"), ("better", "Takes her tablets herself now, says she was told in time")],
    );
    assert!(desk.case("DC-1").state.closed, "{}", desk.screen());
    desk.assert_record_holds();
}

#[test]
fn who_does_not_want_contact_is_left_in_peace_and_it_is_written_down() {
    let mut desk = risk_of_harm();
    desk.keys("8");
    fill(
        &mut desk,
        &[
            ("who", "Mrs Quill"),
            ("why", "d"),
            ("tried", "Asked twice; \"I do not want to talk about it\"; can come back to it"),
            ("written", "nNot that either"),
        ],
    );
    // Neither being told, nor sorry, nor a letter is asked for any more.
    safe_facts_and_thresholds(&mut desk);
    let gates = dutydesk::pathway::edition::Edition::built_in();
    let close =
        gates.pathway("candour").and_then(|pathway| pathway.step("close")).expect("it can be closed").clone();
    let case = desk.case("DC-1").state;
    let context = dutydesk::pathway::check::Context {
        case: Some(&case),
        record: None,
        cautions: &[],
        kinds: None,
        states: &[],
        on: None,
        now: desk.office.now(),
    };
    let left: Vec<String> =
        dutydesk::pathway::check::gates(&close, context).into_iter().map(|one| one.says).collect();
    assert_eq!(
        left,
        [
            "The other organisation has not been asked yet (l)",
            "Nobody has written down yet what we learn (i)"
        ]
    );
}

#[test]
fn harm_or_a_risk_of_it_opens_candour_and_neither_does_not() {
    for (harm, opened) in [(YesNo::Yes, true), (YesNo::No, false)] {
        let mut desk = Desk::at(Office::opened("2026-11-23T10:00:00Z")).signed_in("lindqvist");
        let said = [
            ("provider", named("Larkfold Staffing")),
            ("at_risk", super::concern::yes_no(YesNo::No, "")),
            ("what", text("No call that they would be late")),
            ("kinds", Answer::Choices(vec!["communication".to_owned()])),
        ];
        begun(&mut desk, "manager", "concern", "concern", &said);
        opens(&mut desk, "PC-1").keys("d");
        let harm =
            if harm == YesNo::Yes { "yCould have gone without her insulin" } else { "nA cold cup of tea" };
        fill(
            &mut desk,
            &[
                ("classes", "o<enter>"),
                ("why", "Put right between us"),
                ("standards", "c<enter>"),
                ("harm", harm),
                ("others", "nNobody has to know of it"),
            ],
        );
        let filter =
            dutydesk::store::CaseFilter { pathway: Some("candour".to_owned()), ..Default::default() };
        let cases = desk.store().cases(&Viewer::system(), &filter, None, 10).expect("cases are read");
        assert_eq!(cases.rows.len(), usize::from(opened));
    }
}
