//! What the commands without a screen say.

mod checking;
mod chronology;
mod exchanging;
mod listing;
mod making;
mod merging;
mod office;
mod recording;
mod showing;
mod signing;
mod ssh;

pub use checking::*;
pub use chronology::*;
pub use exchanging::*;
pub use listing::*;
pub use making::*;
pub use merging::*;
pub use office::*;
pub use recording::*;
pub use showing::*;
pub use signing::*;
pub use ssh::*;

/// At the foot of `--help`.
pub const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  something that was checked does not hold (verify, witness, pathways check, ssh check, doctor)
  2  wrong usage, or input that cannot be read
  3  refused: not permitted, problems in the answers, or a key that lets nobody in
  4  somebody else changed it meanwhile
  5  the office cannot be opened
  6  it could not be written: disk, lock";

/// Standard output is gone wrong.
pub fn cannot_print(why: &str) -> String {
    format!("the answer could not be printed: {why}")
}
