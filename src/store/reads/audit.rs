//! Audits of records: the list of them, and those of one case. What stands in the case is read in [`read`], what its forms
//! are filled with in [`filled`]; the sample is drawn, and an answer proposed, by [`insight::audit`].
//!
//! Records that are kept to a few are in no sample that others read: they would learn of them. How many they are stands beside
//! it. An audit that is kept to those who may see all of them draws from those records alone, so that both together leave
//! nothing out.
//!
//! [`insight::audit`]: crate::insight::audit

mod filled;
mod read;

use chrono::{DateTime, Utc};

pub(super) use self::filled::line;
use self::read::audits;
use super::super::Store;
use super::super::error::ReadError;
use crate::domain::ids::CaseId;
use crate::domain::permission::Viewer;
use crate::domain::views::{Audit, AuditRow};
use crate::pathway::definition::AuditSteps;

impl Store {
    /// Audits as somebody may see them, the latest first: each time that a sample was asked for is one.
    ///
    /// # Errors
    /// [`ReadError::Denied`] where the viewer may not read people's records.
    pub fn audits(
        &self,
        viewer: &Viewer,
        now: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<AuditRow>, ReadError> {
        let scope = self.scope(viewer)?;
        let editions = self.editions()?;
        let mut rows = Vec::new();
        for pathway in editions.current().pathways.with(|head| head.reviews) {
            if AuditSteps::of(pathway).is_none() {
                continue;
            }
            let condition = format!("WHERE c.pathway = '{}'", pathway.id);
            for case in self.cases_where(&scope, &condition, limit)? {
                let audits = self.audits_of(viewer, case.id, now)?;
                rows.extend(audits.into_iter().map(|audit| AuditRow {
                    case: case.id,
                    reference: case.reference.clone(),
                    pathway: case.pathway.clone(),
                    headline: case.headline.clone(),
                    audit,
                }));
            }
        }
        rows.sort_by_key(|row| std::cmp::Reverse((row.audit.drawn.at, row.audit.drawn_by)));
        rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(rows)
    }

    /// The audits of one case, the latest first.
    ///
    /// # Errors
    /// [`ReadError::NotFound`], and [`ReadError::Denied`] where the viewer may not read it.
    pub fn audits_of(
        &self,
        viewer: &Viewer,
        case: CaseId,
        now: DateTime<Utc>,
    ) -> Result<Vec<Audit>, ReadError> {
        let view = self.case(viewer, case, now)?;
        let editions = self.editions()?;
        let Some(pathway) = editions.current().pathways.get(&view.state.pathway) else {
            return Ok(Vec::new());
        };
        let Some(steps) = AuditSteps::of(pathway) else { return Ok(Vec::new()) };
        let mut audits = audits(pathway, steps, editions.current(), &view.state, &view.chronology);
        audits.reverse();
        Ok(audits)
    }
}
