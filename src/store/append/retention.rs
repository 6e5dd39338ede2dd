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
use crate::store::{allow, ledger};

impl Appending<'_> {
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
                if !case.is_some_and(|case| case.holds.contains(hold)) {
                    return Err(refused(words::NOT_HELD));
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
        let due = match (case, act) {
            (Some(case), _) => retained.of(Disposable::Case(case), true),
            (None, Act::Dispose { due, .. }) => {
                retained.of_handovers((*due).min(self.deriver.zone().day(self.now)))
            }
            _ => Ok(None),
        };
        let due = due.map_err(|error| match error {
            ReadError::Denied(reason) => AppendError::Denied(reason),
            other => AppendError::Fatal(other.to_string()),
        })?;
        let due = due.ok_or_else(|| refused(words::NOTHING_DUE))?;
        if case.is_some() {
            for other in retained.goes_with(&due)? {
                allow::sees(self.conn, &self.desk, other)?;
            }
        }
        Ok(due)
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
