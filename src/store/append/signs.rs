//! Warning signs that go on record, what is answered to them, and what follows from an answer.

use std::collections::BTreeMap;

use super::{Appending, Place, refused};
use crate::domain::act::Act;
use crate::domain::answer::{Answer, Answers, ByWhen, Named, When, YesNo};
use crate::domain::entry::{NewEntry, NewSaid};
use crate::domain::ids::{CaseId, EntryId};
use crate::domain::signs::SignAnswer;
use crate::domain::words::signs as words;
use crate::pathway::definition::{Field, Kind, Means, Step};
use crate::store::error::AppendError;
use crate::store::{allow, derive};

/// The pathway in which something is done about a sign.
const GOVERNANCE: &str = "governance";

impl Appending<'_> {
    /// Checks an act about a sign and says what its header is to name: the case or record that the sign is about.
    pub(super) fn sign(&mut self, act: &Act, entry: &NewEntry) -> Result<Place, AppendError> {
        let about = entry.case.map(|case| self.existing(case)).transpose()?;
        let location = about.as_ref().and_then(|about| about.location);
        let mut place = Place::default();
        place.leave.acting_for = allow::act(self.conn, &self.desk, act, entry, location, self.now)?;
        place.case = entry.case;
        place.subject = about.as_ref().and_then(|about| about.subject);
        let Act::AnswerSign { sign, words: said, owner, by, answer } = act else { return Ok(place) };
        if let Some(about) = entry.case {
            allow::sees(self.conn, &self.desk, about)?;
        }
        let raised = derive::raised_sign(self.conn, *sign)?.ok_or_else(|| refused(words::NOT_ON_RECORD))?;
        if derive::about_of_sign(self.conn, *sign)? != entry.case {
            return Err(refused(words::NOT_ON_RECORD));
        }
        if raised.answered.is_some() {
            return Err(refused(words::ANSWERED_ALREADY));
        }
        if said.trim().is_empty() {
            return Err(refused(words::says_why(*answer)));
        }
        if *answer == SignAnswer::Accepted && (owner.is_none() || by.is_none()) {
            return Err(refused(words::WHO_AND_BY_WHEN));
        }
        owner.map(|owner| self.existing(owner)).transpose()?;
        Ok(place)
    }

    /// What follows from an answer: a sign that was accepted is an item of governance with the action that was agreed, linked
    /// with its case. Nothing where the office has no such pathway, or one that asks for more; the answer says it then.
    pub(super) fn answered_sign(
        &mut self,
        act: &Act,
        entry: &NewEntry,
    ) -> Result<Vec<NewEntry>, AppendError> {
        let Act::AnswerSign { sign, answer: SignAnswer::Accepted, words: said, owner, by } = act else {
            return Ok(Vec::new());
        };
        let (Some(owner), Some(by)) = (*owner, *by) else { return Ok(Vec::new()) };
        let edition = self.edition()?;
        let Some(pathway) = edition.pathway(GOVERNANCE) else { return Ok(Vec::new()) };
        let Some(raise) = pathway.opening() else { return Ok(Vec::new()) };
        let raised = derive::raised_sign(self.conn, *sign)?;
        let rule = derive::rule_of_sign(self.conn, *sign)?.zip(raised.as_ref());
        let rule = rule.zip(self.deriver.editions());
        let rule = rule.and_then(|((id, raised), editions)| editions.sign_rule(&id, raised.edition).cloned());
        let title = rule.as_ref().map_or_else(|| words::A_SIGN.to_owned(), |rule| rule.title.clone());
        let cause = rule.map_or_else(String::new, |rule| rule.means);
        let detail = raised.map(|raised| raised.words).unwrap_or_default();
        let answers = |step: &Step, all: &[(Means, &str)]| -> Answers {
            let said = all.iter().filter_map(|(means, words)| {
                Some((step.meaning(*means)?.id.clone(), Answer::Text((*words).to_owned())))
            });
            said.collect()
        };
        let id = entry.id.derived(GOVERNANCE);
        let item = CaseId::from(id);
        let summary = words::from_sign(&cause, &detail);
        let mut following = vec![self.of_governance(
            entry,
            id,
            None,
            (&pathway.id, &raise.id),
            answers(raise, &[(Means::Headline, &title), (Means::Summary, &summary)]),
        )];
        let actions = |step: &&Step| opening_rows(step).is_some();
        if let Some((step, (rows, columns))) =
            pathway.steps.iter().find(actions).and_then(|step| Some((step, opening_rows(step)?)))
        {
            let column = |means| columns.iter().find(|column| column.means == Some(means));
            let mut row: Answers = BTreeMap::new();
            let whose = Named { id: Some(owner), words: self.name_of(owner)? };
            let cells = [
                (Means::Promise, Answer::Text(said.clone())),
                (Means::Obligor, Answer::Named(whose)),
                (Means::Due, Answer::ByWhen(ByWhen::At(When::exact(by)))),
            ];
            row.extend(
                cells.into_iter().filter_map(|(means, answer)| Some((column(means)?.id.clone(), answer))),
            );
            let mut all = answers(step, &[(Means::Rationale, &cause)]);
            all.insert(rows.id.clone(), Answer::Rows(vec![row]));
            let id = entry.id.derived("governance.action");
            following.push(self.of_governance(entry, id, Some(item), (&pathway.id, &step.id), all));
        }
        if let Some(about) = entry.case
            && self.existing(about)?.pathway != GOVERNANCE
            && edition.pathway(&self.existing(about)?.pathway).is_some_and(|pathway| !pathway.register)
        {
            let id = entry.id.derived("governance.link");
            let reason = words::LINK.to_owned();
            let act = Act::Link { a: item, b: about, reason, duplicate: YesNo::No };
            following.push(NewEntry {
                id,
                key: id.to_string(),
                case: None,
                subject: None,
                what: NewSaid::Act(act),
                ..entry.clone()
            });
        }
        Ok(following)
    }

    fn of_governance(
        &self,
        entry: &NewEntry,
        id: EntryId,
        case: Option<CaseId>,
        (pathway, step): (&str, &str),
        answers: Answers,
    ) -> NewEntry {
        NewEntry {
            id,
            key: id.to_string(),
            case,
            subject: None,
            occurred: entry.occurred,
            reported_at: None,
            who: entry.who,
            what: NewSaid::Step {
                pathway: pathway.to_owned(),
                step: step.to_owned(),
                on: None,
                answers,
                why_late: None,
                cleared: Default::default(),
            },
        }
    }

    fn name_of(&mut self, staff: CaseId) -> Result<String, AppendError> {
        let record = self.existing(staff)?;
        let edition = self.edition()?;
        let register = edition.pathway(&record.pathway).and_then(|register| register.opening().cloned());
        let field = register.as_ref().and_then(|step| step.meaning(Means::Name));
        Ok(match field.and_then(|field| record.facts.record.get(&field.id)) {
            Some(Answer::Text(name)) => name.clone(),
            _ => String::new(),
        })
    }
}

/// The rows of a step in which what is to be done is agreed: what, by whom of ours, by when.
fn opening_rows(step: &Step) -> Option<(&Field, &[Field])> {
    step.fields.iter().find_map(|field| {
        let Kind::Rows { columns, .. } = &field.kind else { return None };
        let has = |means| columns.iter().any(|column| column.means == Some(means));
        let all = [Means::Promise, Means::Obligor, Means::Due].into_iter().all(has);
        (field.opens.is_some() && all).then_some((field, columns.as_slice()))
    })
}
