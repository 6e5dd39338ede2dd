//! Legal holds, disposals and copies for the person whose record it is: what is asked of each before it is written.

use super::{Appending, Place, refused};
use crate::domain::act::Act;
use crate::domain::answer::YesNo;
use crate::domain::disposal::{Disposable, Due};
use crate::domain::entry::{Entry, NewEntry, NewSaid, Said};
use crate::domain::ids::{CaseId, Seq};
use crate::domain::words::{disposal as words, store};
use crate::store::disposal::Retained;
use crate::store::error::{AppendError, ReadError};
use crate::store::{allow, ledger, merged};

impl Appending<'_> {
    /// Nothing is written into what was disposed of: it would never be due again.
    pub(super) fn nothing_gone(&mut self, entry: &NewEntry) -> Result<(), AppendError> {
        if self.desk.viewer.system {
            return Ok(());
        }
        let named = match &entry.what {
            NewSaid::Act(Act::Link { a, b, .. }) => vec![*a, *b],
            NewSaid::Act(Act::Merge { kept, gone, .. }) => vec![*kept, *gone],
            NewSaid::Act(Act::Reattribute { case, to, .. }) => vec![*case, *to],
            NewSaid::Act(Act::LookBeyond { subject, .. }) => vec![*subject],
            NewSaid::Act(
                Act::ConfirmTyped { entry, .. } | Act::Sign { entry } | Act::Amend { entry, .. },
            ) => {
                let stored = ledger::by_id(self.conn, *entry)?;
                stored.and_then(|stored| stored.header.case).into_iter().collect()
            }
            _ => Vec::new(),
        };
        for case in named.into_iter().chain(entry.case) {
            if self.deriver.case(case)?.is_some_and(|case| case.is_disposed_of()) {
                return Err(refused(words::GONE_ALREADY));
            }
        }
        Ok(())
    }

    /// Checks an act of these and says what its header is to name.
    pub(super) fn of_retention(&mut self, act: &Act, entry: &NewEntry) -> Result<Place, AppendError> {
        let case = entry.case.map(|case| self.existing(case)).transpose()?;
        let location = case.as_ref().and_then(|case| case.location);
        let mut place = Place::default();
        place.leave.acting_for = allow::act(self.conn, &self.desk, act, entry, location, self.now)?;
        if let Some(case) = &case {
            allow::sees(self.conn, &self.desk, case.id)?;
            (place.case, place.subject) = (Some(case.id), case.subject);
            if case.is_disposed_of() {
                return Err(refused(words::GONE_ALREADY));
            }
        }
        match act {
            Act::Hold { reason } => {
                case.ok_or_else(|| refused(words::HOLD_ON_WHAT))?;
                if reason.trim().is_empty() {
                    return Err(refused(words::HELD_FOR_WHAT));
                }
            }
            Act::LiftHold { hold, reason } => {
                let case = case.filter(|case| case.holds.contains(hold));
                let case = case.ok_or_else(|| refused(words::NOT_HELD))?;
                for waiting in case.entries.iter().filter(|mark| mark.awaits_second()) {
                    let said = ledger::by_id(self.conn, waiting.id)?.map(|stored| stored.read().0.said);
                    if matches!(said, Some(Said::Act(Act::LiftHold { hold: of, .. })) if of == *hold) {
                        return Err(refused(words::LIFTING_WAITS));
                    }
                }
                if reason.trim().is_empty() {
                    return Err(refused(words::WHY_LIFTED));
                }
            }
            Act::Dispose { .. } => {
                if self.desk.viewer.system {
                    return Err(refused(words::NEVER_ALONE));
                }
                let due = self.due(entry.case, act)?;
                if due.proposed.is_some() {
                    return Err(refused(words::PROPOSED));
                }
                holds(act, &due)?;
            }
            Act::Withhold { entry: of, withheld, ground, reason } => {
                let stored = ledger::by_id(self.conn, *of)?.ok_or_else(|| refused(store::NO_SUCH_ENTRY))?;
                if stored.header.case.is_none() || stored.header.case != entry.case {
                    return Err(refused(words::OTHER_CASE));
                }
                let lacks_ground = *withheld == YesNo::Yes && ground.is_none();
                if lacks_ground || reason.trim().is_empty() {
                    return Err(refused(words::WHY_WITHHELD));
                }
            }
            Act::GiveCopy { .. } if case.is_none() => return Err(refused(words::COPY_OF_WHOM)),
            _ => {}
        }
        Ok(place)
    }

    /// While a legal hold stands on any of the records that are read as one, one person takes none of them out of it.
    pub(super) fn held_as_one(&mut self, record: CaseId) -> Result<(), AppendError> {
        for part in merged::together(self.conn, merged::kept(self.conn, record)?)? {
            if !self.existing(part)?.holds.is_empty() {
                return Err(refused(words::HELD_AS_ONE));
            }
        }
        Ok(())
    }

    /// The cases that go with what an act of disposal is of.
    pub(super) fn goes_with(&self, case: CaseId) -> Result<Vec<CaseId>, AppendError> {
        let editions = self.deriver.editions().cloned();
        let editions = editions.ok_or_else(|| AppendError::Fatal(store::NO_DEFINITIONS.to_owned()))?;
        let retained = Retained::new(self.conn, self.dir, &editions, self.deriver.zone(), self.now);
        Ok(retained.goes_with(Disposable::Case(case))?)
    }

    /// A second person agrees to a disposal: everything is asked again, as it stands now.
    pub(super) fn disposal_agreed(&mut self, waiting: &Entry, word: &NewEntry) -> Result<(), AppendError> {
        let NewSaid::Act(Act::Countersign { agrees: YesNo::Yes, note, .. }) = &word.what else {
            return Ok(());
        };
        let Said::Act(act @ Act::Dispose { seqs, .. }) = &waiting.said else { return Ok(()) };
        // What is written here is never disposed of.
        if !note.trim().is_empty() {
            return Err(refused(words::NO_NOTE));
        }
        holds(act, &self.due(waiting.case, act)?)?;
        self.disposing.push((waiting.seq, seqs.clone()));
        Ok(())
    }

    fn due(&mut self, case: Option<CaseId>, act: &Act) -> Result<Due, AppendError> {
        self.flush()?;
        let editions = self.deriver.editions().cloned();
        let editions = editions.ok_or_else(|| AppendError::Fatal(store::NO_DEFINITIONS.to_owned()))?;
        let retained = Retained::new(self.conn, self.dir, &editions, self.deriver.zone(), self.now);
        let due = match case {
            Some(case) => retained.of(Disposable::Case(case), true),
            None => retained.without_case(act),
        };
        let due = due.map_err(|error| match error {
            ReadError::Denied(reason) => AppendError::Denied(reason),
            other => AppendError::Fatal(other.to_string()),
        })?;
        let due = due.ok_or_else(|| refused(words::NOTHING_DUE))?;
        if case.is_some() {
            for other in retained.goes_with(due.what)? {
                allow::sees(self.conn, &self.desk, other)?;
            }
        }
        let sees = |reference: &str| {
            let named = retained.called(reference);
            named.is_some_and(|id| allow::sees(self.conn, &self.desk, id).is_ok())
        };
        Ok(due.told_to(sees))
    }
}

/// Whether a disposal is of what is due, and of that alone, and nothing keeps it.
fn holds(act: &Act, due: &Due) -> Result<(), AppendError> {
    let Act::Dispose { edition, class, from, due: since, seqs } = act else { return Ok(()) };
    if !due.kept_by.is_empty() {
        return Err(refused(&words::is_kept(&due.kept_by)));
    }
    let named: &[Seq] = seqs;
    let is_due = (&due.edition, &due.class, &due.from, &due.since, due.seqs.as_slice());
    if (edition, class, from, since, named) != is_due {
        return Err(refused(words::MOVED_ON));
    }
    Ok(())
}
