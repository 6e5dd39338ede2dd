//! Notices what other processes commit.

use super::dir::OfficeDir;
use super::error::OpenError;

/// Watches the bell until dropped.
pub struct Watch {}

impl Watch {
    /// Calls `on_change` after each commit of any process, this one included, from a thread of its own.
    pub fn start(dir: &OfficeDir, on_change: impl FnMut() + Send + 'static) -> Result<Self, OpenError> {
        unimplemented!()
    }
}
