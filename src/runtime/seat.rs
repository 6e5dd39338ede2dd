//! Who sits at the desk, known to all threads of the disk: who said they are there, whether the desk is locked, and who
//! has just shown that it is them.
//!
//! A locked desk reads nothing, whatever the screen asks; what was sent to the record before it was locked still goes in
//! as theirs.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::domain::entry::Method;
use crate::domain::ids::CaseId;

/// The seat at the desk.
#[derive(Debug, Clone, Default)]
pub(super) struct Seat(Arc<Mutex<Sits>>);

#[derive(Debug, Default)]
struct Sits {
    staff: Option<(CaseId, Method)>,
    locked: bool,
    /// Whose PIN or passphrase was right just now; whoever they are, they may sit down once.
    proved: Option<CaseId>,
}

impl Seat {
    /// A seat that is taken from the start, where somebody is known.
    pub(super) fn of(staff: Option<(CaseId, Method)>) -> Self {
        Self(Arc::new(Mutex::new(Sits { staff, ..Sits::default() })))
    }

    fn sits(&self) -> MutexGuard<'_, Sits> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whoever sits here and looks: nobody while the desk is locked.
    pub(super) fn looks(&self) -> Option<CaseId> {
        self.looks_by().map(|(staff, _)| staff)
    }

    /// The same, with how it is known that it is them.
    pub(super) fn looks_by(&self) -> Option<(CaseId, Method)> {
        let sits = self.sits();
        sits.staff.filter(|_| !sits.locked)
    }

    /// Whoever sat down last, locked or not.
    pub(super) fn taken_by(&self) -> Option<CaseId> {
        self.sits().staff.map(|(staff, _)| staff)
    }

    /// Somebody sits down; what they had shown is used up.
    pub(super) fn take(&self, staff: CaseId, method: Method) {
        *self.sits() = Sits { staff: Some((staff, method)), ..Sits::default() };
    }

    /// Nobody looks until somebody sits down again.
    pub(super) fn lock(&self) {
        let mut sits = self.sits();
        (sits.locked, sits.proved) = (true, None);
    }

    /// Somebody's secret was right.
    pub(super) fn prove(&self, staff: CaseId) {
        self.sits().proved = Some(staff);
    }

    /// Whether they have just shown that it is them.
    pub(super) fn is_proved(&self, staff: CaseId) -> bool {
        self.sits().proved == Some(staff)
    }
}
