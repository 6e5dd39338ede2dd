//! What was drawn for a rehearsal stays as it was drawn: no correction, no new place and no end draws again, and where nobody
//! can be drawn nobody is chosen instead.

use dutydesk::domain::act::Act;
use dutydesk::domain::answer::{Answer, Named};
use dutydesk::domain::ids::CaseId;
use dutydesk::domain::permission::Viewer;
use serde_json::json;

use super::desk::Desk;
use super::recorded::{In, acts_as, on, open, put_right, record, within};
use super::rehearsal::{DUE, answered, call, monday, part, planned, words};

/// Corrects the plan as the manager who made it: these answers stand in place of what was said.
fn corrected(desk: &Desk, rehearsal: &str, said: &[(&str, Answer)]) {
    put_right(desk, "manager", (rehearsal, "plan"), said);
}

/// Something that the manager does by a key.
pub fn acts(desk: &Desk, case: CaseId, act: Act) {
    acts_as(desk, "manager", case, act);
}

fn merged(desk: &Desk, kept: CaseId, gone: CaseId) {
    let act = Act::Merge { register: "people".to_owned(), kept, gone, reason: "one woman".to_owned() };
    acts(desk, kept, act);
}

/// Whom it is about, as it was drawn.
fn who(draw: &[Option<Answer>]) -> CaseId {
    match &draw[2] {
        Some(Answer::Named(Named { id: Some(drawn), .. })) => *drawn,
        _ => panic!("somebody is drawn: {draw:?}"),
    }
}

/// All that was drawn but whom it is about.
fn but_who(draw: &[Option<Answer>]) -> Vec<&Option<Answer>> {
    draw.iter().enumerate().filter(|(at, _)| *at != 2).map(|(_, part)| part).collect()
}

fn begun(desk: &mut Desk, rehearsal: &str) {
    open(desk, rehearsal).keys("d").line("asked").keys("okafor<enter>");
    desk.line("answer").keys("She would ring us");
}

fn finished(desk: &mut Desk) {
    desk.line("shown").keys("U-1").line("agree").keys("y").line("no_gap").keys("It all stands there").saves();
}

fn text(words: &str) -> Answer {
    Answer::Text(words.to_owned())
}

/// A place beside Rowan House.
fn annexe(desk: &Desk) -> (CaseId, Answer) {
    let place = json!({ "name": "The Annexe" });
    let reference = record(desk, "manager", "locations.register", In::default(), place).expect("registered");
    let store = desk.store();
    let viewer = store.viewer_for(Some(desk.office.staff["manager"]), desk.office.now()).expect("a viewer");
    let id = store.case_by_reference(&viewer, &reference).expect("it is on record");
    (id, Answer::Named(Named { id: Some(id), words: "The Annexe".to_owned() }))
}

fn lives_in(desk: &Desk, place: CaseId, name: &str) {
    let place = json!({ "words": "The Annexe", "id": place.to_string() });
    let person = json!({ "name": name, "born": "03-Apr-1941", "location": place });
    record(desk, "manager", "people.register", In::default(), person).expect("registered");
}

/// All that was drawn.
fn draw(desk: &Desk, rehearsal: &str) -> Vec<Option<Answer>> {
    let parts = ["question", "framework", "person", "seed", "method", "counted", "population"];
    parts.map(|of| part(desk, "manager", rehearsal, of)).into()
}

#[test]
fn no_correction_of_the_plan_draws_again_whatever_it_changes() {
    let mut desk = monday();
    let rehearsal = planned(&desk, "20-Nov 12:00");
    let first = draw(&desk, &rehearsal);
    assert!(first.iter().all(Option::is_some), "planned at short notice it is drawn at once: {first:?}");
    let (elsewhere, annexe) = annexe(&desk);
    lives_in(&desk, elsewhere, "Walter Fenn");
    for (field, answer) in [
        ("headline", text("all places, again")),
        ("often", Answer::Choice("quarterly".to_owned())),
        ("place", annexe),
        ("headline", text("all places")),
    ] {
        desk.later(1);
        corrected(&desk, &rehearsal, &[(field, answer)]);
        assert_eq!(draw(&desk, &rehearsal), first, "{field}");
    }
    // Nor does a later day, that it comes up by only next month.
    let later = record(
        &desk,
        "manager",
        "rehearsal.plan",
        In::default(),
        json!({ "headline": "next month",
        "by": "18-Dec 12:00", "often": "monthly" }),
    )
    .expect("planned");
    let by = desk.case(&later).state.answers["plan.by"].clone();
    corrected(&desk, &rehearsal, &[("by", by)]);
    assert_eq!(draw(&desk, &rehearsal), first);
    // As it was drawn, it is held.
    record(&desk, "manager", "rehearsal.rehearse", on(&rehearsal, DUE), answered(&desk)).expect("rehearsed");
    assert_eq!(Some(desk.case(&rehearsal).state.answers["rehearse.seed"].clone()), first[3]);
    desk.assert_record_holds();
}

#[test]
fn a_place_that_is_put_right_before_the_draw_counts_and_one_after_it_does_not() {
    let mut desk = monday();
    let (place, annexe) = annexe(&desk);
    lives_in(&desk, place, "Walter Fenn");
    let rehearsal = planned(&desk, "11-Dec 12:00");
    corrected(&desk, &rehearsal, &[("place", annexe)]);
    desk.at_time("2026-12-04T12:30:00Z");
    assert_eq!(part(&desk, "manager", &rehearsal, "seed"), None, "nobody has written anything since");
    call(&desk, "quill");
    assert_eq!(part(&desk, "manager", &rehearsal, "counted"), Some(Answer::Number(1)));
    let first = draw(&desk, &rehearsal);
    let viewer = Viewer::system();
    let quill = desk.store().case(&viewer, desk.office.people["quill"], desk.office.now()).expect("a record");
    let rowan = quill.state.location.expect("a place");
    let rowan = Answer::Named(Named { id: Some(rowan), words: "Rowan House".to_owned() });
    corrected(&desk, &rehearsal, &[("place", rowan)]);
    assert_eq!(draw(&desk, &rehearsal), first);
    desk.assert_record_holds();
}

/// Whoever was drawn leaves while somebody fills in the form, and somebody else moves: the draw stands, and so does the answer.
#[test]
fn whoever_is_drawn_and_leaves_while_the_form_is_filled_in_stays_drawn() {
    let mut desk = monday();
    call(&desk, "quill");
    let (elsewhere, _) = annexe(&desk);
    let rehearsal = planned(&desk, "20-Nov 12:00");
    let first = draw(&desk, &rehearsal);
    let drawn = who(&first);
    begun(&mut desk, &rehearsal);
    record(&desk, "manager", "people.ended", within(&drawn.to_string()), json!({ "how": "died" }))
        .expect("died");
    let other = *desk.office.people.values().find(|person| **person != drawn).expect("another");
    let place = json!({ "location": { "words": "The Annexe", "id": elsewhere.to_string() } });
    record(&desk, "manager", "people.change", within(&other.to_string()), place).expect("moved");
    assert_eq!(draw(&desk, &rehearsal), first, "as it was drawn");
    finished(&mut desk);
    let kept = desk.case(&rehearsal).state.answers;
    let Answer::Named(about) = &kept["rehearse.about"] else { panic!("{kept:?}") };
    assert_eq!(about.id, Some(drawn));
    let said = ["seed", "counted", "listed"].map(|part| Some(kept[&format!("rehearse.{part}")].clone()));
    assert_eq!(said, [first[3].clone(), first[5].clone(), first[6].clone()], "as it was drawn");
    // Whom the next is about is drawn among those who are still there.
    desk.at_time("2026-12-15T12:30:00Z");
    call(&desk, "quill");
    let Some(Answer::Number(counted)) = part(&desk, "manager", &rehearsal, "counted") else {
        panic!("it is drawn")
    };
    let Some(Answer::Number(before)) = first[5] else { panic!("{first:?}") };
    assert_eq!(counted, before - 1);
    desk.assert_record_holds();
}

/// Two records turn out to be of one person while the form is filled in: the one that is kept stands for the other, and the draw
/// stands. So it does when they are two after all, and when two others are merged.
#[test]
fn a_merge_between_draw_and_answer_draws_nobody_else() {
    let mut desk = monday();
    call(&desk, "quill");
    let rehearsal = planned(&desk, "20-Nov 12:00");
    let first = draw(&desk, &rehearsal);
    let drawn = who(&first);
    let mut others = desk.office.people.values().copied().filter(|person| *person != drawn);
    let (kept, third) = (others.next().expect("another"), others.next().expect("a third"));
    begun(&mut desk, &rehearsal);
    merged(&desk, kept, drawn);
    let after = draw(&desk, &rehearsal);
    assert_eq!(who(&after), kept, "they are read as the record that is kept");
    assert_eq!(but_who(&after), but_who(&first));
    // The form names the record as it was drawn.
    finished(&mut desk);
    let said = desk.case(&rehearsal).state.answers;
    let Answer::Named(about) = &said["rehearse.about"] else { panic!("{said:?}") };
    assert_eq!((about.id, &said["rehearse.seed"]), (Some(drawn), first[3].as_ref().expect("a seed")));
    desk.goes_home();

    // The next is drawn among those who stand by then; two of those who are merged afterwards change nothing.
    desk.at_time("2026-12-15T12:30:00Z");
    call(&desk, "quill");
    let next = draw(&desk, &rehearsal);
    let number = |draw: &[Option<Answer>]| match draw[5] {
        Some(Answer::Number(people)) => people,
        _ => panic!("{draw:?}"),
    };
    assert_eq!(number(&next), number(&first) - 1);
    begun(&mut desk, &rehearsal);
    merged(&desk, kept, third);
    let reason = "two after all".to_owned();
    acts(&desk, kept, Act::Unmerge { kept, gone: drawn, reason });
    assert_eq!(but_who(&draw(&desk, &rehearsal)), but_who(&next));
    finished(&mut desk);
    desk.assert_record_holds();
}

/// Records that are kept to a few since are drawn still: the answer stands, and whoever may not read them reads the stub.
#[test]
fn a_restriction_between_draw_and_answer_draws_nobody_else() {
    let mut desk = monday();
    call(&desk, "quill");
    let rehearsal = planned(&desk, "20-Nov 12:00");
    let first = draw(&desk, &rehearsal);
    let drawn = who(&first);
    let name = match &first[2] {
        Some(Answer::Named(named)) => named.words.clone(),
        _ => panic!("{first:?}"),
    };
    begun(&mut desk, &rehearsal);
    let kept = json!({ "restricted": { "is": "yes", "why": "Her daughter works here" } });
    let other = *desk.office.people.values().find(|person| **person != drawn).expect("another");
    for person in [other, drawn] {
        record(&desk, "manager", "people.change", within(&person.to_string()), kept.clone()).expect("kept");
    }
    assert_eq!(draw(&desk, &rehearsal), first, "the manager may read them");
    assert_eq!(part(&desk, "duty", &rehearsal, "person"), None);
    let Some(Answer::Text(told)) = part(&desk, "duty", &rehearsal, "records") else { panic!("it is said") };
    assert!(told.contains("WHOSE RECORD YOU MAY NOT READ"), "{told}");
    finished(&mut desk);
    let said = |who: &str| {
        let viewer =
            desk.store().viewer_for(Some(desk.office.staff[who]), desk.office.now()).expect("a viewer");
        let id = desk.case(&rehearsal).state.id;
        format!("{:?}", desk.store().case(&viewer, id, desk.office.now()).expect("a case").state.answers)
    };
    assert!(said("manager").contains(&name), "{}", said("manager"));
    assert!(!said("duty").contains(&name), "{}", said("duty"));
    // Whoever was kept to a few when the next is drawn is not among those.
    desk.at_time("2026-12-15T12:30:00Z");
    call(&desk, "quill");
    let next = draw(&desk, &rehearsal);
    assert!(who(&next) != drawn && who(&next) != other, "{next:?}");
    desk.assert_record_holds();
}

#[test]
fn one_that_is_ended_keeps_what_had_been_drawn() {
    let desk = monday();
    let rehearsal = planned(&desk, "20-Nov 12:00");
    let seed = words(&desk, &rehearsal, "seed");
    let mut why = json!({ "why": "Somebody easier next time", "seed": seed.replace("RH-1", "RH-2") });
    let says =
        record(&desk, "manager", "rehearsal.end", on(&rehearsal, DUE), why.clone()).expect_err("made up");
    assert!(says.contains("\"Seed\" is not as it was drawn"), "{says}");
    why.as_object_mut().expect("answers").remove("seed");
    record(&desk, "manager", "rehearsal.end", on(&rehearsal, DUE), why).expect("ended");
    let kept = desk.case(&rehearsal).state.answers;
    assert_eq!(kept["end.seed"], text(&seed));
    let told = format!("{:?}", desk.case(&rehearsal).chronology);
    assert!(told.contains("Drawn: question"), "{told}");
    desk.assert_record_holds();
}

/// Where nobody lives, nobody is drawn: a person, a question and a seed of somebody's own are all refused.
#[test]
fn where_nobody_can_be_drawn_nobody_is_chosen() {
    let desk = monday();
    let (_, annexe) = annexe(&desk);
    let rehearsal = planned(&desk, "11-Dec 12:00");
    corrected(&desk, &rehearsal, &[("place", annexe), ("by", soon(&desk))]);
    let told = words(&desk, &rehearsal, "records");
    assert!(told.starts_with("NOBODY CAN BE DRAWN"), "{told}");
    let mut own = answered(&desk);
    own["question"] = json!("Who was rung last, and why?");
    own["framework"] = json!("Caring");
    own["about"] = json!({ "words": "QUILL", "id": desk.office.people["quill"].to_string() });
    let says = record(&desk, "manager", "rehearsal.rehearse", on(&rehearsal, DUE), own).expect_err("chosen");
    assert!(says.contains("NOBODY CAN BE DRAWN"), "{says}");
    let mut why = json!({ "why": "Nobody lives there yet", "seed": "RH-1 of my own" });
    let says =
        record(&desk, "manager", "rehearsal.skip", on(&rehearsal, DUE), why.clone()).expect_err("made up");
    assert!(says.contains("\"Seed\" speaks of a draw"), "{says}");
    why.as_object_mut().expect("answers").remove("seed");
    record(&desk, "manager", "rehearsal.skip", on(&rehearsal, DUE), why).expect("left out");
    assert!(!desk.case(&rehearsal).state.answers.contains_key("skip.seed"));
    desk.assert_record_holds();
}

/// A time this week, as a form reads it.
fn soon(desk: &Desk) -> Answer {
    let other = planned(desk, "20-Nov 12:00");
    desk.case(&other).state.answers["plan.by"].clone()
}
