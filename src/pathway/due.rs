//! Due rules. (Stub; the real one replaces it.)

/// A due rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule;

/// A recurrence.
#[derive(Debug, Clone, PartialEq)]
pub struct Every;
