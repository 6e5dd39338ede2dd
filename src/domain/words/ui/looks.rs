//! Words of the list of looks, and of what was opened beyond what one may normally see.

use crate::domain::access::How;

/// The list of looks.
pub const LOOKS: &str = "Who looked at what";
/// Nobody has looked at anything that is sought.
pub const NO_LOOKS: &str = "Nothing of the kind was noted";
/// How a record was looked at: one word, which also narrows the list.
pub fn how(how: How) -> &'static str {
    match how {
        How::Open => "opened",
        How::Search => "found",
        How::Print => "printed",
        How::Export => "exported",
        How::Refused => "refused",
        How::Beyond => "beyond",
        How::Missed => "missed",
        How::Sealed => "got in",
    }
}
/// A record that was opened beyond and has not been seen yet.
pub const TO_BE_SEEN: &str = "to be seen";
/// The same where there is no room to say until when.
pub const NOT_YOURS: &str = "NOT YOURS";
/// Something is open beyond what one may normally see, until then.
pub fn beyond_until(clock: &str) -> String {
    format!("{NOT_YOURS} until {clock}")
}
