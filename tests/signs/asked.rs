//! What has to be seen, in words: the nine early signs, what goes wrong with escalations, communication that fails. Each part of
//! each has its own two stories, and what is agreed anywhere is looked at for its date.

use std::collections::BTreeSet;

use dutydesk::domain::signs::Watch;
use dutydesk::pathway::definition::{Kind, Means};
use dutydesk::pathway::edition::Edition;

use super::answered::told;
use super::office::Office;
use super::{rule_of, stories};

/// What has to be seen, and the stories that show it.
const ASKED: [(&str, &[&str]); 21] = [
    (
        "the office was told, and no next step",
        &["told_nothing_next", "told_nothing_next.decided", "review_late"],
    ),
    (
        "records of contacts that do not agree: none, without advice or a time, times that contradict",
        &["contacts_disagree", "contacts_disagree.no_advice", "contacts_disagree.times"],
    ),
    (
        "urgent calls again and again, and nothing shows that advice changed care",
        &[
            "calls_again_for_one_thing",
            "calls_again_for_one_thing.care_changed",
            "calls_again_for_one_person",
            "calls_again_for_one_person.care_changed",
        ],
    ),
    ("agreed, and no deadline", &["action_without_date"]),
    ("told, and no response", &["told_no_answer", "told_no_answer.commissioner"]),
    (
        "reviewed again and again, and no measurable change",
        &["reviews_change_nothing", "reviews_change_nothing.changed"],
    ),
    ("awaiting response, again and again", &["awaiting_response", "still_waiting"]),
    (
        "deadline missed, no escalation",
        &["late_not_chased", "late_not_escalated", "late_not_escalated.level"],
    ),
    (
        "interim arrangement without review",
        &["control_not_reviewed", "control_not_reviewed.looked_at", "control_without_review"],
    ),
    ("escalated only when it fails already", &["escalated_too_late", "escalated_too_late.commissioner"]),
    ("thresholds that differ between managers", &["thresholds_differ"]),
    ("escalated with poor evidence", &["escalated_without_evidence"]),
    (
        "no mitigation recorded beside the risk",
        &["escalated_without_mitigation", "escalated_without_mitigation.commissioner"],
    ),
    ("staffing that drifts", &["staffing_drifts", "staffing_drifts.two_places"]),
    ("escalation apart from governance", &["apart_from_governance"]),
    ("escalation as conflict", &["words_that_blame"]),
    ("commissioners who hear too much, or the same twice", &["commissioner_many", "commissioner_twice"]),
    ("communication that fails, by organisation", &["organisation_fails", "organisation_fails.promises"]),
    ("communication that fails, by place", &["place_fails"]),
    ("communication that fails, by shift", &["shift_fails"]),
    ("done by one where two are wanted", &[]),
];

#[test]
fn whatever_has_to_be_seen_has_two_stories_for_each_of_its_parts_and_no_rule_or_story_is_beside() {
    let stories: BTreeSet<String> = stories().into_iter().map(|(name, _)| name).collect();
    let named: BTreeSet<String> =
        ASKED.iter().flat_map(|(_, stories)| *stories).map(|story| (*story).to_owned()).collect();
    assert_eq!(named, stories);
    let rules: BTreeSet<&str> = named.iter().map(|story| rule_of(story)).collect();
    let edition = Edition::built_in();
    let beside = edition.signs.rules.iter().map(|rule| rule.id.as_str()).filter(|rule| !rules.contains(rule));
    let elsewhere: Vec<&str> = super::ELSEWHERE.iter().map(|(rule, _)| *rule).collect();
    assert_eq!(beside.collect::<Vec<_>>(), elsewhere);
}

/// Rows that say what somebody does by when, and are looked at for their date otherwise or not at all, with why.
const NOT_LOOKED_AT: [(&str, &str); 2] = [
    ("hindsight.heard.agreed", "each becomes a task of the office, which has its own time"),
    ("meeting.record.unresolved", "without a time it is the provider's own"),
];

/// What others promise in a contact is chased by the provider's own target; what is agreed among us needs a date.
#[test]
fn whatever_is_agreed_with_an_owner_is_looked_at_for_its_date() {
    let edition = Edition::built_in();
    let rule = edition.signs.rules.iter().find(|rule| rule.id == "action_without_date").expect("the rule");
    let Watch::Undated { of, .. } = &rule.watch else { panic!("{:?}", rule.watch) };
    let mut left_out = Vec::new();
    for (pathway, step, field) in edition
        .pathways
        .values()
        .flat_map(|pathway| pathway.steps.iter().map(move |step| (pathway, step)))
        .flat_map(|(pathway, step)| step.fields.iter().map(move |field| (pathway, step, field)))
    {
        let Kind::Rows { columns, .. } = &field.kind else { continue };
        let means = |means| columns.iter().any(|column| column.means == Some(means));
        if field.retired || !means(Means::Promise) || !means(Means::Due) || !means(Means::Obligor) {
            continue;
        }
        let name = format!("{}.{}.{}", pathway.id, step.id, field.id);
        let rows = format!("{}.{}", step.id, field.id);
        let looked_at = rule.looks_at(&pathway.id) && of.rows.contains(&rows);
        if !looked_at && !NOT_LOOKED_AT.iter().any(|(exempt, _)| *exempt == name) {
            left_out.push(name);
        }
    }
    assert!(left_out.is_empty(), "{left_out:#?}");
}

/// Minutes of a meeting, a multidisciplinary review, a check, a learning, a policy, a safeguarding plan: all of them agree things.
#[test]
fn an_action_without_a_date_is_seen_wherever_it_was_agreed() {
    let ours = "what = \"Door tags renewed\"";
    let agreed: [(&str, &[&str], &str, &str); 7] = [
        ("spot_check.check", &[], "actions", "owner = \"Priya Shah\""),
        ("learning.note", &[], "actions", "owner = \"Priya Shah\""),
        (
            "meeting.record",
            &["meeting.begin"],
            "items",
            "matter = \"Doors\", decision = \"Door tags renewed\", who = \"Priya Shah\"",
        ),
        (
            "review.record",
            &["review.request", "review.agree"],
            "ours",
            "type = \"plan\", owner = \"Priya Shah\"",
        ),
        (
            "review.record",
            &["review.request", "review.agree"],
            "theirs",
            "type = \"assessment\", owner = \"The Elms Surgery\"",
        ),
        ("policy.review", &["policy.adopt", "policy.occasion"], "actions", "who = \"Priya Shah\""),
        ("commissioner.actions", &["commissioner.raise"], "actions", "ours = \"Priya Shah\""),
    ];
    for (step, before, field, says) in agreed {
        let on = if step == "meeting.record" { "begin.by" } else { "" };
        for (by, must) in [("{ words = \"none\", why = \"asks first\" }", true), ("\"+9000\"", false)] {
            let mut office = Office::new();
            for (at, step) in before.iter().enumerate() {
                office.tell(&told(&format!("at = {at}\nstep = \"{step}\"\ncase = \"a\"")));
            }
            let what = if step == "meeting.record" { says.to_owned() } else { format!("{ours}, {says}") };
            let row = format!("{{ {what}, by = {by} }}");
            office.tell(&told(&format!(
                "at = 10\nstep = \"{step}\"\ncase = \"a\"\non = \"{on}\"\nsays = {{ {field} = [{row}] }}"
            )));
            let signs = office.signs(office.at(1500));
            assert_eq!(
                signs.iter().any(|sign| sign.rule == "action_without_date"),
                must,
                "{step}.{field} {by}: {signs:?}"
            );
        }
    }
}
