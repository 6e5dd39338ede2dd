//! What is due for disposal, for whoever may read it: by whose class, since when, what keeps it. Reading it changes nothing.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::super::disposal::Retained;
use super::super::error::ReadError;
use super::super::{Store, allow, merged, wipe};
use crate::domain::disposal::{Disposable, Due, KeptBy};
use crate::domain::ids::CaseId;
use crate::domain::permission::Viewer;

impl Store {
    /// What is due for disposal by its own class, the longest due first, handover sheets and entries of the office before all:
    /// records of registers, and cases whose record is not due itself. What keeps something stands with it.
    ///
    /// # Errors
    /// [`ReadError::Denied`] where the viewer may not read people's records.
    pub fn due_for_disposal(&self, viewer: &Viewer, now: DateTime<Utc>) -> Result<Vec<Due>, ReadError> {
        let scope = self.scope(viewer)?;
        let editions = self.editions()?;
        let retained = Retained::new(&self.conn, &self.dir, &editions, self.zone()?, now);
        let mut over = BTreeSet::new();
        for id in retained.candidates()? {
            // One that was merged goes with the record that is kept.
            if merged::mark(&self.conn, id)?.is_none() && retained.is_over(id)? {
                over.insert(id);
            }
        }
        let mut rows = Vec::new();
        for id in &over {
            let (location, class) = allow::stands(&self.conn, *id)?;
            let goes_with_record = retained.about(*id)?.is_some_and(|about| over.contains(&about));
            if goes_with_record || scope.holds(&self.conn, location, class).is_err() {
                continue;
            }
            let due = retained.of(Disposable::Case(*id), false)?;
            rows.extend(due.map(|due| self.kept_to_a_few(&retained, viewer, due)).transpose()?);
        }
        rows.sort_by(|one, other| (one.since, &one.reference).cmp(&(other.since, &other.reference)));
        let mut all = Vec::new();
        for what in [Disposable::Handovers, Disposable::Office] {
            let due = retained.of(what, false)?;
            all.extend(due.map(|due| self.kept_to_a_few(&retained, viewer, due)).transpose()?);
        }
        all.extend(rows);
        Ok(all)
    }

    /// What stands there about one case, record, or all handover sheets, due or not; looked for through the whole record.
    ///
    /// # Errors
    /// [`ReadError::NotFound`] where there is no such case or nothing is left of it, [`ReadError::Denied`] where the viewer may
    /// not read it.
    pub fn disposal_of(
        &self,
        viewer: &Viewer,
        what: Disposable,
        now: DateTime<Utc>,
    ) -> Result<Due, ReadError> {
        let scope = self.scope(viewer)?;
        if let Disposable::Case(id) = what {
            let (location, class) = allow::stands(&self.conn, id)?;
            scope.holds(&self.conn, location, class)?;
        }
        let editions = self.editions()?;
        let retained = Retained::new(&self.conn, &self.dir, &editions, self.zone()?, now);
        let due = retained.of(what, true)?.ok_or(ReadError::NotFound)?;
        self.kept_to_a_few(&retained, viewer, due)
    }

    /// Whether traces of what was disposed of may still be left in free space of the files.
    pub fn is_to_be_wiped(&self) -> bool {
        wipe::is_due(&self.dir)
    }

    /// Overwrites what may be left in free space of the files.
    ///
    /// # Errors
    /// Where another desk reads one of them just now.
    pub fn wipe(&self) -> Result<(), ReadError> {
        wipe::finish(&self.dir, &self.conn).map_err(ReadError::Failed)
    }

    /// Of what goes with it or keeps it, a part may be kept to a few: whoever may not see that is told no more than that there
    /// is one.
    fn kept_to_a_few(
        &self,
        retained: &Retained<'_>,
        viewer: &Viewer,
        mut due: Due,
    ) -> Result<Due, ReadError> {
        let scope = self.scope(viewer)?;
        let mut hidden = false;
        for id in retained.goes_with(due.what)? {
            let (location, class) = allow::stands(&self.conn, id)?;
            hidden = hidden || scope.about([id]).holds(&self.conn, location, class).is_err();
        }
        if hidden {
            due.kept_by = vec![KeptBy::Restricted];
            (due.seqs, due.cases, due.named_elsewhere) = (Vec::new(), 1, None);
        }
        let sees = |id: CaseId| {
            let stands = allow::stands(&self.conn, id);
            stands.is_ok_and(|(at, class)| scope.about([id]).holds(&self.conn, at, class).is_ok())
        };
        Ok(due.told_to(|reference| retained.called(reference).is_some_and(sees)))
    }
}
