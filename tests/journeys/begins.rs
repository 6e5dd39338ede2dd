//! Beginning a case of another pathway, from whatever is on screen.

use super::desk::Desk;

/// Begins the pathway of this title: its form is then on top.
pub fn begins(desk: &mut Desk, title: &str) {
    desk.keys("+").select(title).keys("<enter>").shows(title);
}
