//! Words of the running program: why it cannot start.

/// No terminal, or one that does not listen.
pub const NO_TERMINAL: &str = "taking over the terminal (is this a terminal window?)";
/// A thread cannot be made.
pub const NO_THREAD: &str = "starting the program's threads";
/// Signals cannot be heard.
pub const NO_SIGNALS: &str = "listening for signals";
