//! What is asked of the acts of a handover before they are written.
//!
//! Whoever hands over keeps what nobody has taken: no act here takes anything from anybody. What a case's owner is
//! changes by acts in that case.

use std::collections::BTreeSet;

use super::{Appending, Place, refused};
use crate::domain::act::Act;
use crate::domain::answer::YesNo;
use crate::domain::commitment::Party;
use crate::domain::entry::NewEntry;
use crate::domain::handover::{Answered, HandedOver, Handover};
use crate::domain::ids::{CaseId, EntryId};
use crate::domain::leave::Leave;
use crate::domain::owning::Owned;
use crate::domain::permission::Reason;
use crate::domain::words::handover as words;
use crate::store::error::AppendError;
use crate::store::reads::Records;
use crate::store::{allow, derive, reads};

impl Appending<'_> {
    /// Checks an act of a handover and says what its header is to name: it is about the office as a whole.
    pub(super) fn handover(&mut self, act: &Act, entry: &NewEntry) -> Result<Place, AppendError> {
        let acting_for = allow::act(self.conn, &self.desk, act, entry, None, self.now)?;
        match act {
            Act::HandOver(said) => self.hand_over(said, entry)?,
            Act::HandoverAnswer { handover, items, answer, reason } => {
                self.answers(*handover, items, *answer, reason, entry)?;
            }
            Act::HandoverReadBack { handover, words: said } => {
                self.other_than_giver(*handover, entry)?;
                if said.trim().is_empty() {
                    return Err(refused(words::NO_READ_BACK));
                }
            }
            Act::HandoverLeft { handover, items, duty } => {
                let begun = self.begun(*handover)?;
                // Whoever hands over, or the program once the shift has ended.
                if !self.desk.viewer.system && entry.who.by != Some(begun.giver) {
                    return Err(Reason(words::NOT_THEIRS_TO_LEAVE.to_owned()).into());
                }
                if !self.desk.roles.duties.contains_key(duty) {
                    return Err(refused(words::NO_SUCH_DUTY));
                }
                self.waiting(&begun, items)?;
            }
            Act::HandoverEnd { handover, satisfactory, note } => {
                self.begun(*handover)?;
                if entry.who.by.is_none() {
                    return Err(refused(words::RECEIVER_UNKNOWN));
                }
                if *satisfactory == YesNo::No && note.trim().is_empty() {
                    return Err(refused(words::WHAT_WAS_MISSING));
                }
            }
            _ => {}
        }
        Ok(Place { leave: Leave { acting_for, ..Leave::default() }, ..Place::default() })
    }

    fn hand_over(&mut self, said: &HandedOver, entry: &NewEntry) -> Result<(), AppendError> {
        let giver = entry.who.by.ok_or_else(|| refused(words::GIVER_UNKNOWN))?;
        if said.from >= said.until || said.until >= said.next {
            return Err(refused(words::NOT_A_SHIFT));
        }
        match &said.to {
            Some(Party::Staff(to)) if *to == giver => return Err(refused(words::TO_ONESELF)),
            Some(Party::Staff(to)) if !reads::is_on_staff(self.conn, *to)? => {
                return Err(refused(crate::domain::words::store::NO_SUCH_CASE));
            }
            _ => {}
        }
        let keys: BTreeSet<&String> = said.lines.iter().map(|line| &line.key).collect();
        if keys.len() < said.lines.len() {
            return Err(refused(words::LINE_TWICE));
        }
        for case in said.lines.iter().filter_map(|line| line.case) {
            self.existing(case)?;
        }
        Ok(())
    }

    fn answers(
        &mut self,
        handover: EntryId,
        items: &[String],
        answer: Answered,
        reason: &str,
        entry: &NewEntry,
    ) -> Result<(), AppendError> {
        let begun = self.other_than_giver(handover, entry)?;
        if answer.wants_reason() && reason.trim().is_empty() {
            return Err(refused(words::WHY_WANTED));
        }
        for handed in self.waiting(&begun, items)? {
            if handed.line.is_alone() && items.len() > 1 {
                return Err(refused(words::ONE_BY_ONE));
            }
            match (answer, handed.line.is_to_be_taken()) {
                (Answered::Read, true) => return Err(refused(words::HAS_TO_BE_TAKEN)),
                (Answered::Taken, false) => return Err(refused(words::ONLY_TO_BE_KNOWN)),
                _ => {}
            }
            if let Some(case) = handed.line.case.filter(|_| answer == Answered::Taken) {
                allow::sees(self.conn, &self.desk, case)?;
            }
        }
        Ok(())
    }

    /// The lines of these keys, each of which nobody has yet.
    fn waiting<'h>(
        &self,
        begun: &'h Handover,
        items: &[String],
    ) -> Result<Vec<&'h crate::domain::handover::Handed>, AppendError> {
        if items.is_empty() {
            return Err(refused(words::NO_LINE));
        }
        let mut lines = Vec::new();
        for key in items {
            let handed = begun.line(key).ok_or_else(|| refused(words::NO_SUCH_LINE))?;
            if let Some(last) = handed.answer().filter(|_| handed.is_done()) {
                return Err(refused(&words::has_it(&self.short_name(last.by)?)));
            }
            lines.push(handed);
        }
        Ok(lines)
    }

    fn other_than_giver(&self, handover: EntryId, entry: &NewEntry) -> Result<Handover, AppendError> {
        let begun = self.begun(handover)?;
        let by = entry.who.by.ok_or_else(|| refused(words::RECEIVER_UNKNOWN))?;
        if by == begun.giver {
            return Err(Reason(words::NOT_ONES_OWN.to_owned()).into());
        }
        Ok(begun)
    }

    /// Who gave these things of a case in a handover.
    pub(super) fn giver_of(
        &self,
        handover: EntryId,
        what: &[Owned],
        case: CaseId,
    ) -> Result<CaseId, AppendError> {
        let begun = self.begun(handover)?;
        let gives = |one: &Owned| {
            begun
                .lines
                .iter()
                .any(|handed| handed.line.owned().is_some_and(|given| given == (case, one.clone())))
        };
        match what.iter().all(gives) {
            true => Ok(begun.giver),
            false => Err(refused(crate::domain::words::owning::NOT_GIVEN_THERE)),
        }
    }

    fn begun(&self, handover: EntryId) -> Result<Handover, AppendError> {
        derive::handover(self.conn, handover)?.ok_or_else(|| refused(words::NO_SUCH_HANDOVER))
    }

    fn short_name(&self, staff: CaseId) -> Result<String, AppendError> {
        Ok(Records::new(self.conn).short(staff)?.unwrap_or_default())
    }
}
