//! Signs on record: two processes put one there, none is dropped, a person answers, and one that nobody answers rises.

use chrono::{DateTime, TimeDelta, Utc};
use dutydesk::domain::act::Act;
use dutydesk::domain::answer::When;
use dutydesk::domain::commitment::Party;
use dutydesk::domain::entry::{Batch, Method, NewEntry, NewSaid, Receipt, Said, Who};
use dutydesk::domain::ids::SignId;
use dutydesk::domain::permission::Viewer;
use dutydesk::domain::signs::SignAnswer;
use dutydesk::domain::views::{SignFilter, SignRow};
use dutydesk::store::AppendError;

use super::again;
use super::office::{Office, Told};

pub(super) fn told(text: &str) -> Told {
    toml::from_str(text).expect("a step")
}

/// An office with a call that nobody has followed up.
pub(super) fn waiting() -> Office {
    let mut office = Office::new();
    office.tell(&told(
        "at = 0\nstep = \"urgent.call\"\ncase = \"a\"\nsays = { about = \"Theresa Quill\", risk = \"red\" }",
    ));
    office
}

pub(super) fn the_one(office: &Office, minutes: i64) -> SignRow {
    let signs = office.signs(office.at(minutes));
    let one = signs.iter().find(|sign| sign.rule == "told_nothing_next");
    one.unwrap_or_else(|| panic!("{signs:?}")).clone()
}

pub(super) fn answer(
    office: &mut Office,
    by: &str,
    sign: &SignRow,
    minutes: i64,
    said: (SignAnswer, &str),
) -> Result<Receipt, AppendError> {
    answer_at(office, by, sign, office.at(minutes), said)
}

/// By two days later.
pub(super) fn answer_at(
    office: &mut Office,
    by: &str,
    sign: &SignRow,
    at: DateTime<Utc>,
    (answer, words): (SignAnswer, &str),
) -> Result<Receipt, AppendError> {
    let (id, staff) = (office.id(), office.record(by));
    let accepted = answer == SignAnswer::Accepted;
    let act = Act::AnswerSign {
        sign: sign.id,
        answer,
        words: words.to_owned(),
        owner: accepted.then_some(staff),
        by: accepted.then_some(at + TimeDelta::days(2)),
    };
    let entry = NewEntry {
        id,
        key: id.to_string(),
        case: sign.about,
        subject: None,
        occurred: When::exact(at),
        reported_at: None,
        who: Who { by: Some(staff), typed_by: Some(staff), method: Method::Asserted },
        what: NewSaid::Act(act),
    };
    let viewer = office.store.viewer_for(Some(staff), at).expect("somebody");
    office.store.append(&viewer, Batch { entries: vec![entry], ..Batch::default() }, at)
}

#[test]
fn two_that_notice_at_once_put_one_on_record_with_since_when_it_stands() {
    let mut office = waiting();
    assert_eq!(office.store.note_signs(office.at(14)).expect("noted"), 0, "it does not stand yet");
    let (_, turns) = office.store.signs_turn(office.at(14)).expect("read");
    assert_eq!(turns, Some(office.at(15)), "then somebody has to look again");
    let (mut one, mut other, at) = (again(&office), again(&office), office.at(20));
    let noted = std::thread::scope(|scope| {
        let both = [scope.spawn(move || one.note_signs(at)), scope.spawn(move || other.note_signs(at))];
        both.map(|thread| thread.join().expect("it ends").is_ok())
    });
    assert_eq!(noted, [true, true]);
    assert_eq!(office.store.note_signs(at).expect("noted"), 0);
    let entries = office.store.entries_after(&Viewer::system(), 0, 1000).expect("entries");
    let raised: Vec<_> =
        entries.iter().filter(|entry| matches!(&entry.said, Said::Act(Act::RaiseSign { .. }))).collect();
    assert_eq!(raised.len(), 1);
    assert_eq!((raised[0].occurred.at, raised[0].recorded_at), (office.at(15), at));
    let state = office.store.case(&Viewer::system(), office.case("a"), at).expect("the case").state;
    assert!(state.entries.iter().all(|mark| mark.kind != "act.raise_sign"), "whoever is at work goes on");
    office.is_whole();
}

#[test]
fn what_ends_unanswered_stands_until_somebody_has_answered_it() {
    let mut office = waiting();
    office.store.note_signs(office.at(20)).expect("noted");
    office.tell(&told(
        "at = 30\nstep = \"urgent.decision\"\ncase = \"a\"\nsays = { route = [\"no_contact\"] }",
    ));
    let sign = the_one(&office, 40);
    assert!(!sign.stands);
    assert_eq!(sign.ended, Some(office.at(30)));
    // One that nobody noticed while it stood is not put on record afterwards.
    let mut unnoticed = waiting();
    unnoticed.tell(&told(
        "at = 30\nstep = \"urgent.decision\"\ncase = \"a\"\nsays = { route = [\"no_contact\"] }",
    ));
    assert_eq!(unnoticed.store.note_signs(unnoticed.at(40)).expect("noted"), 0);
    let said = (SignAnswer::Explained, "The desk was with 999 on the other line");
    answer(&mut office, "Adaeze Okafor", &sign, 45, said).expect("answered");
    let open = office.signs(office.at(50));
    assert!(open.iter().all(|one| one.id != sign.id));
    let filter = SignFilter { about: sign.about, answered: true };
    let all = office.store.signs(&Viewer::system(), filter, office.at(50), 50).expect("signs");
    let one = all.iter().find(|one| one.id == sign.id).expect("it is kept");
    let answered = one.answered.as_ref().expect("with its answer");
    assert_eq!((answered.answer, answered.words.as_str()), said);
    super::stands_in_its_pack(&office, one, office.at(50));
    office.is_whole();
}

#[test]
fn who_may_answers_once_and_with_words() {
    let mut office = waiting();
    let unnoted = the_one(&office, 20);
    let said = (SignAnswer::FalseAlarm, "The clock on the wall was an hour ahead");
    let early = answer(&mut office, "Adaeze Okafor", &unnoted, 20, said);
    assert!(matches!(early, Err(AppendError::Problems(_))), "it is not on record: {early:?}");
    office.store.note_signs(office.at(20)).expect("noted");
    let sign = the_one(&office, 20);
    let refused = answer(&mut office, "Wen Quay", &sign, 21, said);
    assert!(matches!(refused, Err(AppendError::Denied(_))), "{refused:?}");
    let wordless = answer(&mut office, "Adaeze Okafor", &sign, 21, (SignAnswer::FalseAlarm, " "));
    assert!(matches!(wordless, Err(AppendError::Problems(_))), "{wordless:?}");
    answer(&mut office, "Adaeze Okafor", &sign, 22, said).expect("answered");
    let twice = answer(&mut office, "Priya Shah", &sign, 23, said);
    assert!(matches!(twice, Err(AppendError::Problems(_))), "{twice:?}");
    let rates = office.store.sign_rates(&Viewer::system()).expect("rates");
    let rate = rates.iter().find(|rate| rate.rule == "told_nothing_next").expect("the rule");
    assert_eq!((rate.raised, rate.false_alarms, rate.open), (1, 1, 0));
    let never = rates.iter().find(|rate| rate.rule == "words_that_blame").expect("every rule is listed");
    assert_eq!(never.raised, 0);
    office.is_whole();
}

#[test]
fn a_sign_that_is_accepted_is_owed_in_a_governance_item_that_is_linked_with_its_case() {
    let mut office = waiting();
    office.store.note_signs(office.at(20)).expect("noted");
    let sign = the_one(&office, 20);
    let said = (SignAnswer::Accepted, "A second telephone for the night desk");
    answer(&mut office, "Priya Shah", &sign, 25, said)
        .expect("answered by whoever may, and owed all the same");
    let now = office.at(30);
    let case = office.store.case(&Viewer::system(), office.case("a"), now).expect("the case");
    let [item] = case.state.links[..] else { panic!("{:?}", case.state.links) };
    let item = office.store.case(&Viewer::system(), item, now).expect("the item");
    assert_eq!(item.state.pathway, "governance");
    assert_eq!(item.state.facts.headline.as_deref(), Some("The office was told, and nothing followed"));
    let action = item.state.commitments.iter().find(|one| one.opened_in.is_some()).expect("the action");
    assert_eq!(action.what, said.1);
    assert_eq!(action.due, office.at(25) + TimeDelta::days(2));
    assert_eq!(action.obligor, Party::Staff(office.record("Priya Shah")));
    office.is_whole();
}

/// A call about a fall.
fn fall(at: i64, case: &str) -> Told {
    told(&format!(
        "at = {at}\nstep = \"urgent.call\"\ncase = \"{case}\"\nsays = {{ about = \"Theresa Quill\", triggers = [\"fall\"] }}"
    ))
}

/// Whoever is to do something about a sign that is about a person finds of whom, by the calls that show it.
#[test]
fn what_is_done_about_a_sign_of_a_person_is_linked_with_each_case_that_shows_it() {
    let mut office = Office::new();
    for (n, case) in ["a", "b", "c"].into_iter().enumerate() {
        office.tell(&fall(i64::try_from(n).expect("few") * 100, case));
    }
    office.store.note_signs(office.at(250)).expect("noted");
    let signs = office.signs(office.at(250));
    let sign = signs.iter().find(|sign| sign.rule == "calls_again_for_one_thing").expect("it shows").clone();
    assert_eq!(sign.about, Some(office.record("Theresa Quill")), "it is about no case");
    let said = (SignAnswer::Accepted, "Look at all three calls with the surgery");
    answer(&mut office, "Adaeze Okafor", &sign, 260, said).expect("answered");
    let now = office.at(270);
    let links = |case| office.store.case(&Viewer::system(), case, now).expect("a case").state.links;
    let calls = ["a", "b", "c"].map(|case| office.case(case));
    let [item] = links(calls[0])[..] else { panic!("{:?}", links(calls[0])) };
    let mut of_item = links(item);
    of_item.sort_unstable();
    let mut expected = calls.to_vec();
    expected.sort_unstable();
    assert_eq!(of_item, expected);
    office.is_whole();
}

#[test]
fn one_that_comes_again_with_new_entries_is_another() {
    let mut office = Office::new();
    let call = |at: i64| fall(at, "");
    (0..3).for_each(|n| office.tell(&call(n * 100)));
    let of = |office: &Office, minutes: i64| -> Vec<SignId> {
        let signs = office.signs(office.at(minutes));
        signs.iter().filter(|sign| sign.rule == "calls_again_for_one_thing").map(|sign| sign.id).collect()
    };
    let first = of(&office, 250);
    assert_eq!(first.len(), 1);
    office.store.note_signs(office.at(250)).expect("noted");
    let signs = office.signs(office.at(250));
    let sign = signs.iter().find(|sign| sign.id == first[0]).expect("it");
    let sign = sign.clone();
    answer(&mut office, "Adaeze Okafor", &sign, 260, (SignAnswer::Explained, "Falls clinic on 9-Nov"))
        .expect("answered");
    (3..6).for_each(|n| office.tell(&call(n * 100)));
    let then = of(&office, 600);
    assert_eq!(then.len(), 1);
    assert_ne!(then, first);
    office.is_whole();
}

#[test]
fn one_that_nobody_answers_rises_to_the_manager_and_then_to_the_provider() {
    let mut office = waiting();
    office.store.note_signs(office.at(20)).expect("noted");
    let levels: Vec<usize> =
        [21, 20 + 239, 20 + 240, 20 + 1440].into_iter().map(|at| the_one(&office, at).level).collect();
    assert_eq!(levels, [0, 0, 1, 2]);
    assert_eq!(the_one(&office, 2000).owner, "Provider leadership");
}

#[test]
fn what_was_done_by_one_where_two_are_wanted_is_a_sign() {
    let mut office = Office::new();
    let (id, at, staff) = (office.id(), office.at(5), office.record("Adaeze Okafor"));
    let mut point = [7u8; 32];
    point[0] = 9;
    let key = super::office::key(point);
    let act = Act::EnrolKey {
        staff: Some(staff),
        fingerprint: key.fingerprint(),
        key,
        label: "work laptop".to_owned(),
        until: None,
    };
    let entry = NewEntry {
        id,
        key: id.to_string(),
        case: None,
        subject: None,
        occurred: When::exact(at),
        reported_at: None,
        who: Who { by: Some(staff), typed_by: Some(staff), method: Method::Asserted },
        what: NewSaid::Act(act),
    };
    let viewer = office.store.viewer_for(Some(staff), at).expect("somebody");
    let alone = Some("nobody else is here tonight".to_owned());
    office
        .store
        .append(&viewer, Batch { entries: vec![entry], alone, ..Batch::default() }, at)
        .expect("done");
    let signs = office.signs(office.at(10));
    let one = signs.iter().find(|sign| sign.rule == "done_alone").expect("it shows");
    assert_eq!(one.words, "nobody else is here tonight");
    office.is_whole();
}

#[test]
fn a_contact_by_another_way_than_was_decided_is_none() {
    let disagree = |office: &Office| {
        let signs = office.signs(office.at(135));
        signs.iter().any(|sign| sign.rule == "contacts_disagree" && sign.stands)
    };
    let rung = |way: &str| {
        let mut office = waiting();
        office.tell(&told(
            "at = 10\nstep = \"urgent.decision\"\ncase = \"a\"\nsays = { route = [\"gp\", \"community_nursing\"] }",
        ));
        for (at, by) in [(20, "gp"), (30, way)] {
            office.tell(&told(&format!(
                "at = {at}\nstep = \"urgent.liaise\"\ncase = \"a\"\nsays = {{ who = \"The Elms Surgery\", by_route = \"{by}\", \
                 outcome = \"spoke\", advice = \"Fluids, and ring again at six\" }}"
            )));
        }
        office.is_whole();
        disagree(&office)
    };
    assert!(rung("gp"), "nobody rang the nurses");
    assert!(!rung("community_nursing"));
}
