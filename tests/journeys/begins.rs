//! Beginning a case of another pathway from whatever is on screen, and coming back to it.

use super::desk::Desk;

/// Begins the pathway of this title: its form is then on top.
pub fn begins(desk: &mut Desk, title: &str) {
    desk.keys("+").select(title).keys("<enter>").shows(title);
}

/// Opens the case of this reference, from wherever one is.
pub fn opens(desk: &mut Desk, reference: &str) {
    desk.goes_home().keys("<f9>").select(reference).keys("<enter>").shows(reference);
}
