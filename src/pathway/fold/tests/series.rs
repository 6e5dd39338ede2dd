//! What comes round keeps what it was opened with, however often its step is recorded; and of each line of a checklist
//! one day is owed, whatever was put right.

use super::*;
use crate::domain::answer::Check;
use crate::pathway::definition::{Choice, Does, Field, Kind, Means, Opens, Step};
use crate::pathway::due::Unit;

fn opens(title: &str) -> Option<Opens> {
    Some(Opens {
        title: title.into(),
        warn: None,
        chase: rule(4, Unit::Hours),
        owner: "registered_manager".into(),
        cover: false,
        control: false,
        ours: true,
        goes_on: false,
        latest: false,
        when: None,
    })
}

/// The fixtures' pathway, with rows that come round each in its own rhythm and a checklist that runs out.
fn with_rounds() -> Arc<Edition> {
    let often = ["week", "month"].map(|every| Choice { every: Some(toml_every(every)), ..choice(every) });
    let often: Vec<Choice> = often.into_iter().chain([choice("once")]).collect();
    let columns = vec![
        field("what", Kind::Text).meaning(Means::Promise),
        field("often", Kind::Choice(often)).meaning(Means::Recurs),
        field("by", Kind::ByWhen).meaning(Means::Due),
    ];
    let rows = Field { opens: opens("Round"), ..field("rows", Kind::Rows { columns, from: None }) };
    let rounds = Step { repeat: true, fields: vec![rows], ..step("rounds") };
    let on =
        |id: &str, does| Step { repeat: true, on: vec!["rounds.rows".into()], does: Some(does), ..step(id) };
    let move_it =
        Step { fields: vec![field("by", Kind::ByWhen).meaning(Means::Due)], ..on("move", Does::Supersede) };
    let lines = Kind::Checklist {
        items: ["insurance", "identity"].map(choice).into(),
        why: crate::pathway::definition::WhyAsked::No,
        expires: true,
        gathers: true,
    };
    let checks = Field { opens: opens("Renew: {line}"), ..field("lines", lines) };
    let checks = Step { repeat: true, fields: vec![checks], ..step("checks") };
    let mut urgent = pathway();
    urgent.steps.extend([rounds, on("done", Does::Confirm), on("drop", Does::Cancel), move_it, checks]);
    Arc::new(Edition { pathways: std::iter::once(Arc::new(urgent)).collect(), ..edition().as_ref().clone() })
}

fn state(ledger: &Ledger) -> CaseState {
    let (editions, zone) = (Editions::new(with_rounds()), london());
    refold(&ledger.entries, Folding { editions: &editions, zone: &zone }).unwrap()
}

fn round(what: &str, often: &str, day: &str) -> Answers {
    Answers::from([
        ("what".into(), text(what)),
        ("often".into(), Answer::Choice(often.into())),
        ("by".into(), by(&format!("2026-{day}T09:00:00Z"))),
    ])
}

fn rows(rows: Vec<Answers>) -> Answers {
    Answers::from([("rows".into(), Answer::Rows(rows))])
}

fn open<'a>(state: &'a CaseState, what: &str) -> Vec<&'a Commitment> {
    state.commitments.iter().filter(|one| one.what == what && one.progress.is_open()).collect()
}

/// The one that is owed of this name, by now.
fn one<'a>(state: &'a CaseState, what: &str) -> &'a Commitment {
    let [one] = open(state, what).try_into().unwrap_or_else(|all| panic!("{what}: {all:?}"));
    one
}

fn done(ledger: &mut Ledger, what: &str) {
    let on = one(&state(ledger), what).id.clone();
    ledger.step_on("done", Answers::new(), Some(on));
}

/// Figures weekly and insurance monthly; recorded again with one row, which stands where figures stood.
fn twice() -> (Ledger, EntryId) {
    let mut ledger = Ledger::new();
    ledger.step("call", call("green"));
    let first = vec![round("Figures", "week", "12-01"), round("Insurance", "month", "12-02")];
    let first = ledger.step("rounds", rows(first));
    ledger.step("rounds", rows(vec![round("Rota", "month", "12-03")]));
    (ledger, first)
}

#[test]
fn each_row_keeps_its_own_rhythm_when_the_step_is_recorded_again() {
    let (mut ledger, _) = twice();
    for what in ["Figures", "Insurance", "Rota"] {
        done(&mut ledger, what);
    }
    let state = state(&ledger);
    let due = |what: &str| one(&state, what).due;
    assert_eq!(due("Figures"), at("2026-12-08T09:00:00Z"));
    assert_eq!(due("Insurance"), at("2027-01-02T09:00:00Z"));
    assert_eq!(due("Rota"), at("2027-01-03T09:00:00Z"));
}

#[test]
fn a_row_that_is_corrected_changes_its_rhythm_and_one_that_is_dropped_ends() {
    let (mut ledger, first) = twice();
    done(&mut ledger, "Figures");
    ledger.amend(first, rows(vec![round("Figures", "month", "12-01"), round("Insurance", "month", "12-02")]));
    let standing = one(&state(&ledger), "Figures").due;
    assert_eq!(standing, at("2026-12-08T09:00:00Z"), "what is owed already keeps its time");
    done(&mut ledger, "Figures");
    assert_eq!(one(&state(&ledger), "Figures").due, at("2027-01-01T09:00:00Z"));

    let on = one(&state(&ledger), "Insurance").id.clone();
    ledger.step_on("drop", Answers::new(), Some(on));
    done(&mut ledger, "Rota");
    let state = state(&ledger);
    assert!(open(&state, "Insurance").is_empty());
    assert_eq!(
        one(&state, "Rota").due,
        at("2027-01-03T09:00:00Z"),
        "the other recording knows nothing of it"
    );
}

#[test]
fn a_row_that_is_taken_back_ends_what_is_owed_of_its_series() {
    let (mut ledger, first) = twice();
    done(&mut ledger, "Insurance");
    ledger.amend(first, rows(vec![round("Figures", "week", "12-01")]));
    let state = state(&ledger);
    assert!(open(&state, "Insurance").is_empty());
    assert_eq!((open(&state, "Figures").len(), open(&state, "Rota").len()), (1, 1));
}

#[test]
fn one_that_was_moved_comes_round_in_its_own_rhythm() {
    let (mut ledger, _) = twice();
    let on = one(&state(&ledger), "Rota").id.clone();
    ledger.step_on("move", Answers::from([("by".into(), by("2026-12-07T09:00:00Z"))]), Some(on));
    assert_eq!(one(&state(&ledger), "Rota").due, at("2026-12-07T09:00:00Z"));
    done(&mut ledger, "Rota");
    assert_eq!(one(&state(&ledger), "Rota").due, at("2027-01-03T09:00:00Z"));
}

#[test]
fn a_rhythm_that_the_next_edition_changes_stays_as_it_was_agreed() {
    let (mut ledger, _) = twice();
    let mut later = with_rounds().as_ref().clone();
    later.id = Hash32([9; 32]);
    let mut urgent = later.pathways["urgent"].as_ref().clone();
    for step in urgent.steps.iter_mut().filter(|step| step.id == "rounds") {
        let Kind::Rows { columns, .. } = &mut step.fields[0].kind else { unreachable!() };
        let Kind::Choice(often) = &mut columns[1].kind else { unreachable!() };
        often.iter_mut().for_each(|choice| choice.every = None);
    }
    later.pathways = std::iter::once(Arc::new(urgent)).collect();
    let mut editions = Editions::new(with_rounds());
    editions.adopt(Arc::new(later));
    let on = one(&state(&ledger), "Figures").id.clone();
    ledger.step_on("done", Answers::new(), Some(on));
    if let Said::Step(said) = &mut ledger.last().said {
        said.edition = Hash32([9; 32]);
    }
    let zone = london();
    let state = refold(&ledger.entries, Folding { editions: &editions, zone: &zone }).unwrap();
    assert_eq!(one(&state, "Figures").due, at("2026-12-08T09:00:00Z"));
}

#[test]
fn one_that_is_followed_in_another_case_comes_round_in_its_own_all_the_same() {
    let (mut ledger, _) = twice();
    let owed = one(&state(&ledger), "Figures").id.clone();
    let elsewhere = CommitmentId { entry: EntryId(uuid::Uuid::from_u128(9)), place: "by.0".into() };
    let because = elsewhere.entry;
    ledger.act(Act::Cancel { owed, because, reason: "delay".into(), goes_on: Some(elsewhere.clone()) });
    let state = state(&ledger);
    assert_eq!(one(&state, "Figures").due, at("2026-12-08T09:00:00Z"));
    assert_eq!(place(&state, "rows.0").superseded_by, Some(elsewhere));
}

fn line(item: &str, expires: Option<&str>) -> Check {
    let expires = expires.map(|day| day.parse().unwrap());
    Check { item: item.into(), answer: "yes".into(), note: "file".into(), expires }
}

fn lines(lines: Vec<Check>) -> Answers {
    Answers::from([("lines".into(), Answer::Checklist(lines))])
}

/// Insurance was answered twice, until January and until June.
fn checked() -> (Ledger, EntryId, EntryId) {
    let mut ledger = Ledger::new();
    ledger.step("call", call("green"));
    let first = ledger.step("checks", lines(vec![line("insurance", Some("2027-01-31"))]));
    let second = ledger.step("checks", lines(vec![line("insurance", Some("2027-06-30"))]));
    (ledger, first, second)
}

#[test]
fn an_earlier_answer_to_a_line_that_is_corrected_brings_nothing_back() {
    let (mut ledger, first, _) = checked();
    let both = vec![line("insurance", Some("2027-02-28")), line("identity", Some("2028-01-31"))];
    ledger.amend(first, lines(both));
    let state = state(&ledger);
    assert_eq!(one(&state, "Renew: INSURANCE").due, at("2027-06-30T22:59:59Z"));
    assert_eq!(one(&state, "Renew: IDENTITY").due, at("2028-01-31T23:59:59Z"));
}

#[test]
fn a_line_that_was_left_out_and_is_put_in_later_stands_in_place_of_the_answer_before() {
    let (mut ledger, first, second) = checked();
    let third = ledger.step("checks", lines(vec![line("identity", None)]));
    ledger.amend(third, lines(vec![line("insurance", Some("2027-12-31"))]));
    let after = state(&ledger);
    assert_eq!(one(&after, "Renew: INSURANCE").due, at("2027-12-31T23:59:59Z"));
    assert_eq!(after.commitments.iter().filter(|one| one.progress == Progress::Superseded).count(), 2);
    // An answer of before is still not owed, wherever it is put right.
    ledger.amend(second, lines(vec![line("insurance", None)]));
    ledger.amend(first, lines(vec![line("identity", None)]));
    assert_eq!(one(&state(&ledger), "Renew: INSURANCE").due, at("2027-12-31T23:59:59Z"));
}

#[test]
fn an_answer_to_a_line_that_is_taken_back_leaves_the_one_before_it() {
    let (mut ledger, _, second) = checked();
    ledger.amend(second, lines(vec![line("identity", None)]));
    let state = state(&ledger);
    assert_eq!(one(&state, "Renew: INSURANCE").due, at("2027-01-31T23:59:59Z"));
}
