//! Parts of an edition that most of a day asks nothing of: an office's own, or the program's own, which is read when
//! something first asks for it. A start waits for none.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// One part. Copies share what was read.
pub struct OwnOr<T: 'static> {
    own: Option<Arc<T>>,
    shipped: fn() -> &'static T,
}

impl<T> OwnOr<T> {
    /// The office's own where it has one, otherwise what `shipped` reads.
    pub(super) fn of(own: Option<T>, shipped: fn() -> &'static T) -> Self {
        Self { own: own.map(Arc::new), shipped }
    }
}

impl<T> Deref for OwnOr<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.own.as_deref().unwrap_or_else(|| (self.shipped)())
    }
}

impl<T> Clone for OwnOr<T> {
    fn clone(&self) -> Self {
        Self { own: self.own.clone(), shipped: self.shipped }
    }
}

impl<T: PartialEq> PartialEq for OwnOr<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: fmt::Debug> fmt::Debug for OwnOr<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
