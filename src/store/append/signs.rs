//! Warning signs that go on record, what is answered to them, and what follows from an answer.

use chrono::SubsecRound;

use super::{Appending, Place, refused};
use crate::domain::act::Act;
use crate::domain::answer::{Answer, Named, YesNo};
use crate::domain::entry::{NewEntry, NewSaid};
use crate::domain::ids::{CaseId, SignId};
use crate::domain::signs::SignAnswer;
use crate::domain::words::signs as words;
use crate::pathway::definition::Means;
use crate::pathway::improve::{self, Agreed, Weakness};
use crate::store::error::AppendError;
use crate::store::{allow, derive, ledger};

/// So many cases of one sign are linked with what is done about it; the sign names all.
const MOST_LINKED: usize = 12;

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

    /// What follows from an answer: a sign that was accepted is an item of the pathway that takes actions, with the action
    /// that was agreed, linked with its case, or with those that show it. Nothing where the office has no such pathway; the answer says it then. The
    /// item stands where the case does; of a restricted one it says nothing in particular, because more may read it.
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
        let Some(pathway) = edition.takes_actions() else { return Ok(Vec::new()) };
        let about = entry.case.map(|case| self.existing(case)).transpose()?;
        let stands = entry.case.map(|case| allow::stands(self.conn, case)).transpose()?;
        let (place, restricted) = stands.unwrap_or_default();
        let (title, cause, detail) = self.says(*sign)?;
        let detail = if restricted.is_some() { String::new() } else { detail };
        let summary = words::from_sign(&cause, &detail);
        let place = place.map(|place| self.named(place)).transpose()?;
        let weakness = Weakness { headline: &title, summary: &summary, place: place.as_ref() };
        let Some(item) = improve::item(pathway, entry, weakness) else { return Ok(Vec::new()) };
        let case = CaseId::from(item.id);
        let agreed = Agreed { what: said, why: &cause, who: self.named(owner)?, by: by.trunc_subsecs(0) };
        let mut following = vec![item];
        following.extend(improve::action(pathway, entry, case, agreed));
        // Of a sign about a person or organisation, whoever sees to it finds of whom by the cases that show it.
        let cases = match about {
            Some(about) if edition.pathway(&about.pathway).is_some_and(|pathway| !pathway.register) => {
                vec![(about.id, improve::LINK.to_owned())]
            }
            _ => {
                let cases = self.cases_that_show(*sign)?.into_iter();
                cases.map(|case| (case, improve::link_with(case))).collect()
            }
        };
        for (case_of, name) in cases {
            if self.existing(case_of)?.pathway != pathway.id {
                let reason = words::LINK.to_owned();
                let act = Act::Link { a: case, b: case_of, reason, duplicate: YesNo::No };
                following.push(entry.following(&name, None, NewSaid::Act(act)));
            }
        }
        Ok(following)
    }

    /// The cases in which the entries stand that show a sign, in their order, as far as whoever answers sees them: those of
    /// the registers are none.
    fn cases_that_show(&mut self, sign: SignId) -> Result<Vec<CaseId>, AppendError> {
        let raised = derive::raised_sign(self.conn, sign)?;
        let edition = self.edition()?;
        let mut cases = Vec::new();
        for entry in raised.into_iter().flat_map(|raised| raised.entries) {
            let Some(stored) = ledger::by_id(self.conn, entry)? else { continue };
            let case = stored.read().0.case.unwrap_or(CaseId(entry.0));
            let Some(state) = self.deriver.case(case)? else { continue };
            let is_case = edition.pathway(&state.pathway).is_some_and(|pathway| !pathway.register);
            let seen = allow::sees(self.conn, &self.desk, case).is_ok();
            if is_case && seen && !cases.contains(&case) && cases.len() < MOST_LINKED {
                cases.push(case);
            }
        }
        Ok(cases)
    }

    /// What a sign on record says: its title, what it means, what there was to see in particular.
    fn says(&self, sign: SignId) -> Result<(String, String, String), AppendError> {
        let raised = derive::raised_sign(self.conn, sign)?;
        let rule = derive::rule_of_sign(self.conn, sign)?;
        let known = rule.zip(raised.as_ref()).zip(self.deriver.editions());
        let rule = known.and_then(|((id, raised), editions)| editions.sign_rule(&id, raised.edition));
        let title = rule.map_or_else(|| words::A_SIGN.to_owned(), |rule| rule.title.clone());
        let means = rule.map_or_else(String::new, |rule| rule.means.clone());
        Ok((title, means, raised.map(|raised| raised.words).unwrap_or_default()))
    }

    fn named(&mut self, record: CaseId) -> Result<Named, AppendError> {
        Ok(Named { id: Some(record), words: self.name_of(record)? })
    }

    fn name_of(&mut self, record: CaseId) -> Result<String, AppendError> {
        let record = self.existing(record)?;
        let edition = self.edition()?;
        let register = edition.pathway(&record.pathway).and_then(|register| register.opening().cloned());
        let field = register.as_ref().and_then(|step| step.meaning(Means::Name));
        Ok(match field.and_then(|field| record.facts.record.get(&field.id)) {
            Some(Answer::Text(name)) => name.clone(),
            _ => String::new(),
        })
    }
}
