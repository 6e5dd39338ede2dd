//! What has to be on record because time passed: whatever was handed over and nobody took in time passes to
//! whoever is on call. The first process that notices writes it down; two that notice at once make one entry.

use chrono::{DateTime, Utc};

use super::Store;
use super::error::AppendError;
use crate::domain::permission::Viewer;
use crate::insight::handover::left_by_the_clock;

impl Store {
    /// Passes on what was handed over and nobody took in time, with the end of that time as since when. Answers how many did.
    ///
    /// # Errors
    /// Where it could not be written; it is then tried again by whoever notices next.
    pub fn end_shifts(&mut self, now: DateTime<Utc>) -> Result<u64, AppendError> {
        let (viewer, rota) = (Viewer::system(), self.rota_at(now)?);
        let mut ended = 0;
        for row in
            self.handovers(&viewer, Some(now))?.into_iter().filter(|row| row.open && row.passes_on <= now)
        {
            let view = self.handover(&viewer, row.id)?;
            let Some(batch) = left_by_the_clock(&view, &rota, now) else { continue };
            match self.append(&viewer, batch, now) {
                Ok(receipt) => ended += u64::from(!receipt.repeated),
                // Another process was quicker, or somebody answered in between: it is looked at anew.
                Err(AppendError::Conflict(_) | AppendError::Problems(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(ended)
    }
}
