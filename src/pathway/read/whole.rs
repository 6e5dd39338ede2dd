//! Whether what was read holds together.

use super::document::Faults;
use super::step::ReadPathway;
use crate::domain::permission::Roles;

/// Checks every pathway of the set.
pub(super) fn check(pathways: &[ReadPathway], roles: &Roles, faults: &Faults) {
    let _ = (pathways, roles, faults);
}
