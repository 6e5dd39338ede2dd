//! What happens in an office besides urgent calls: routine matters, delays, feedback with its actions, visits that nobody comes
//! to, escalations to commissioners, support with behaviour.

use super::lived::{Lived, choice, picked, yes_no};
use super::*;
use crate::domain::answer::{Branch, Evidence};

/// What happens next besides calls; numbers choose among what is there.
#[derive(Debug, Clone)]
pub(super) enum Other {
    Begin(&'static str, u8),
    Again(usize, u8),
    Act(usize, u8),
    Done(usize),
    MoveAction(usize, u8),
    Drop(usize),
    CameOrNot(usize, bool),
    Class(usize),
    End(usize, u8),
}

/// What is begun: each pathway with its first step.
const BEGUN: [(&str, &str); 6] = [
    ("liaison", "contact"),
    ("delay", "log"),
    ("feedback", "take"),
    ("cover", "uncovered"),
    ("commissioner", "raise"),
    ("behaviour", "start"),
];

pub(super) fn other() -> impl Strategy<Value = Other> {
    let (which, variety) = (any::<usize>, any::<u8>);
    let kinds: Vec<&'static str> = BEGUN.iter().map(|(pathway, _)| *pathway).collect();
    prop_oneof![
        6 => (prop::sample::select(kinds), variety()).prop_map(|(kind, how)| Other::Begin(kind, how)),
        3 => (which(), variety()).prop_map(|(case, how)| Other::Again(case, how)),
        3 => (which(), variety()).prop_map(|(case, by)| Other::Act(case, by)),
        3 => which().prop_map(Other::Done),
        1 => (which(), variety()).prop_map(|(owed, by)| Other::MoveAction(owed, by)),
        1 => which().prop_map(Other::Drop),
        2 => (which(), any::<bool>()).prop_map(|(case, came)| Other::CameOrNot(case, came)),
        5 => which().prop_map(Other::Class),
        5 => (which(), variety()).prop_map(|(case, how)| Other::End(case, how)),
    ]
}

pub(super) fn evidence() -> Answer {
    let (reference, seen_by) = ("VR-1".to_owned(), "W. Quay".to_owned());
    Answer::Evidence(Evidence { reference, seen_by, seen_at: None })
}

impl Lived {
    /// One of the cases of this pathway.
    fn nth(&self, pathway: &str, which: usize) -> Option<CaseId> {
        let all: Vec<CaseId> =
            self.cases.iter().filter(|(of, _)| *of == pathway).map(|(_, case)| *case).collect();
        all.get(picked(all.len(), which)?).copied()
    }

    /// One of our actions that are open.
    fn action(&self, which: usize) -> Option<Commitment> {
        let action = |one: &Commitment| one.opened_in.as_deref() == Some("look_into.actions");
        Some(self.owed(&["feedback"], which, action)?.1)
    }

    /// A time to come, or none and why.
    fn by(&self, variety: u8) -> Answer {
        Answer::ByWhen(match variety % 4 {
            0 => ByWhen::NoneGiven { why: "they could not say".to_owned() },
            _ => ByWhen::At(When::exact(self.now + TimeDelta::minutes(i64::from(variety) + 5))),
        })
    }

    fn after(&self, minutes: i64) -> Answer {
        Answer::Time(When::exact(self.now + TimeDelta::minutes(minutes)))
    }

    /// What was said when somebody was tried in a routine matter.
    fn tried(&self, variety: u8) -> Vec<(&'static str, Answer)> {
        let (how, shared, basis) = (choice("telephone"), text("Nothing about anybody"), choice("nobody"));
        let mut said = vec![("who", named(self.elms, "The Elms")), ("how", how)];
        let promise = answers([("what", text("Letter")), ("by", self.by(variety / 3))]);
        match variety % 3 {
            0 => said.push(("outcome", choice("no_answer"))),
            1 => {
                said.extend([("outcome", choice("sent")), ("shared", shared), ("basis", basis)]);
                said.push(("promises", Answer::Rows(vec![promise])));
            }
            _ => {
                said.extend([("outcome", choice("spoke")), ("shared", shared), ("basis", basis)]);
                said.extend([("person", text("Dr ZZ")), ("advice", text("It is in the post"))]);
                said.push(("promises", Answer::Rows(vec![promise])));
            }
        }
        said
    }

    /// What the first step of each pathway has to have.
    fn beginning(&self, pathway: &str, variety: u8) -> Vec<(&'static str, Answer)> {
        let about = ("about", named(self.people[usize::from(variety) % 2], "QUILL, Theresa"));
        let risk = choice(["red", "amber", "green"][usize::from(variety) % 3]);
        let headline = ("headline", text("The hoist"));
        match pathway {
            "liaison" => {
                let mut said = self.tried(variety);
                said.extend([("began", choice("we")), ("purpose", choice("equipment")), headline]);
                said
            }
            "delay" => vec![
                about,
                ("kind", choice("therapy")),
                ("who", named(self.elms, "The Elms")),
                ("what", text("Hoist assessment")),
                ("was_due", self.after(-60)),
                ("impact", text("Stays in bed")),
                ("risk", risk),
                ("before", text("In bed all day")),
                ("by", self.by(variety)),
                ("no_control", text("Two carers are there anyway")),
            ],
            "feedback" => vec![
                ("kind", choice("complaint")),
                ("said", text("Nobody came until ten")),
                ("who", text("A daughter")),
                ("source", choice("family")),
                headline,
                ("as_complaint", yes_no(!variety.is_multiple_of(3))),
                ("as_complaint_by", text("She herself")),
                ("answer_wanted", yes_no(false)),
            ],
            "cover" => vec![
                ("kind", choice("meal")),
                about,
                ("from", self.after(i64::from(variety))),
                ("until", self.after(i64::from(variety) + 30)),
                ("medicines", yes_no(false)),
                ("risk", risk),
                ("why", choice("sick")),
            ],
            "commissioner" => vec![
                about,
                ("trigger", Answer::Choices(vec!["underfunded".to_owned()])),
                headline,
                ("what", text("One carer where two are needed")),
                ("impact", text("Stays in bed")),
                ("light", choice("amber")),
                ("light_why", text("It has lasted for a week")),
                ("mitigation", text("A second carer from next door")),
                ("evidence", evidence()),
            ],
            _ => vec![
                about,
                headline,
                ("why", text("Quiet")),
                ("view", text("Leave me be")),
                ("health", Answer::YesNo { is: YesNo::Yes, why: "Seen on Monday".to_owned() }),
                ("review_by", self.by(variety)),
                ("often", choice("once")),
            ],
        }
    }

    /// Records a step with these answers; its case, where the rules let it in.
    fn records(
        &mut self,
        kind: &str,
        (case, on): (Option<CaseId>, Option<CommitmentId>),
        said: Vec<(&'static str, Answer)>,
    ) -> Option<CaseId> {
        let mut entry = self.entry(kind, case, on, []);
        if let NewSaid::Step { answers, .. } = &mut entry.what {
            answers.extend(said.into_iter().map(|(field, answer)| (field.to_owned(), answer)));
        }
        let id = CaseId::from(entry.id);
        let tried = matches!(kind, "liaison.contact" | "liaison.again");
        let reached = |answers: &Answers| answers.get("outcome") != Some(&choice("no_answer"));
        let sent = match &entry.what {
            NewSaid::Step { answers, .. } if tried => {
                let reached = reached(answers);
                self.tries(entry, reached)
            }
            _ => self.send(entry),
        };
        sent.then_some(case.unwrap_or(id))
    }

    pub(super) fn also(&mut self, other: Other) {
        let on = |one: &Commitment| (Some(one.case), Some(one.id.clone()));
        match other {
            Other::Begin(pathway, variety) => {
                let first = BEGUN.iter().find(|(id, _)| *id == pathway).unwrap().1;
                let said = self.beginning(pathway, variety);
                let begun = self.records(&format!("{pathway}.{first}"), (None, None), said);
                self.cases.push((pathway, begun.expect("the rules let in whatever is begun so")));
            }
            Other::Again(which, variety) => {
                let Some(case) = self.nth("liaison", which) else { return };
                let said = self.tried(variety);
                self.records("liaison.again", (Some(case), None), said);
            }
            Other::Act(which, variety) => {
                let Some(case) = self.nth("feedback", which) else { return };
                let owner = named(self.office.manager, "OKAFOR, A.");
                let action =
                    answers([("what", text("Ring ahead")), ("owner", owner), ("by", self.by(variety))]);
                let said = vec![
                    ("found", text("The round began late")),
                    ("right", choice("yes")),
                    ("actions", Answer::Rows(vec![action])),
                    ("learning", yes_no(false)),
                ];
                self.records("feedback.look_into", (Some(case), None), said);
            }
            Other::Done(which) => {
                let Some(one) = self.action(which) else { return };
                let said = vec![("by", text("A. Okafor")), ("evidence", evidence())];
                self.records("feedback.done", on(&one), said);
            }
            Other::MoveAction(which, variety) => {
                let Some(one) = self.action(which) else { return };
                let owner = named(self.office.manager, "OKAFOR, A.");
                let said = vec![("owner", owner), ("by", self.by(variety)), ("why", text("Away"))];
                self.records("feedback.move", on(&one), said);
            }
            Other::Drop(which) => {
                let Some(one) = self.action(which) else { return };
                self.records("feedback.drop", on(&one), vec![("why", text("Another round now"))]);
            }
            Other::CameOrNot(which, came) => {
                let Some(case) = self.nth("cover", which) else { return };
                let mut said = vec![("how", choice(if came { "on_time" } else { "did_not" }))];
                said.extend(came.then(|| ("shown_by", evidence())));
                self.records("cover.took_place", (Some(case), None), said);
            }
            Other::Class(which) => {
                let Some(case) = self.nth("commissioner", which) else { return };
                let taken = [
                    ("safe", "not_now"),
                    ("money", "not_money"),
                    ("ourselves", "we_can"),
                    ("again", "internal"),
                ];
                let branch = |(node, choice): (&str, &str)| Branch {
                    node: node.to_owned(),
                    choice: choice.to_owned(),
                };
                let manager = named(self.office.manager, "OKAFOR, A.");
                let said = vec![
                    ("way", Answer::Tree(taken.into_iter().map(branch).collect())),
                    ("class", choice("internal")),
                    ("why", text("We can settle it")),
                    ("lead", manager.clone()),
                    ("effects", Answer::Choices(vec!["stability".to_owned(), "confidence".to_owned()])),
                    ("view_not_known", text("Asleep")),
                    ("whose", manager),
                ];
                self.records("commissioner.decide", (Some(case), None), said);
            }
            Other::End(which, variety) => self.ends(which, variety),
        }
    }

    /// A routine matter ends, or an escalation; what is still owed stays so.
    fn ends(&mut self, which: usize, variety: u8) {
        let pathway = if variety.is_multiple_of(3) { "liaison" } else { "commissioner" };
        let Some(case) = self.nth(pathway, which) else { return };
        let keep = self.keeps(case);
        let said = if pathway == "liaison" {
            let ended = if variety.is_multiple_of(5) { "in_error" } else { "answered" };
            vec![("ended", choice(ended)), ("outcome", text("It came")), ("owed", keep)]
        } else {
            let ended = ["settled", "emergency_move", "hospital", "in_error"][usize::from(variety) % 4];
            let score = |by: u8| Answer::Number(1 + i64::from(variety / by) % 5);
            vec![
                ("ended", choice(ended)),
                ("came_of_it", text("Two carers again")),
                ("shown_by", evidence()),
                ("stability", score(2)),
                ("confidence", score(3)),
                ("owed", keep),
            ]
        };
        self.records(&format!("{pathway}.close"), (Some(case), None), said);
    }

    /// A row for everything that the case is owed: it stays so.
    pub(super) fn keeps(&self, case: CaseId) -> Answer {
        let state = self.state(case);
        let open = state.commitments.iter().filter(|one| one.progress.is_open());
        let keep = |one: &Commitment| {
            let becomes = [("becomes", choice("keep")), ("why", text("They still come"))];
            let mut row = answers(becomes);
            row.insert("what".to_owned(), Answer::Owed(one.named()));
            row
        };
        Answer::Rows(open.map(keep).collect())
    }
}
