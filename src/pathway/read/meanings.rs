//! Which kinds of field a meaning can stand on, and how often in one step.
