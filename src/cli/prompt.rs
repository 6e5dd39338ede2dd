//! A PIN or passphrase at the keyboard, without echo, or a line of standard input. Never an argument: others on the machine
//! see those.

use std::io::{self, IsTerminal, Write};

use rustix::termios::{self, LocalModes, OptionalActions, Termios};
use zeroize::Zeroizing;

use super::failure::Failure;
use crate::domain::secret::{MOST_CHARACTERS, Secret};
use crate::domain::words::cli as words;

/// The interrupt key as a character.
const CTRL_C: u8 = 3;

/// Asks for a secret. From a file or a pipe it is the next line.
pub(super) fn secret(asks: &str) -> Result<Secret, Failure> {
    let _quiet = Quiet::begin(asks)?;
    let line = line().map_err(|error| Failure::usage(words::no_secret(&error.to_string())))?;
    let text =
        std::str::from_utf8(&line).map_err(|_| Failure::usage(words::no_secret(words::SECRET_NOT_TEXT)))?;
    let secret = Secret::from(text);
    if secret.is_empty() { Err(Failure::usage(words::no_secret(words::NOTHING_CAME))) } else { Ok(secret) }
}

/// Asks for a new one; at a keyboard twice, because nobody sees what they type.
pub(super) fn new_secret() -> Result<Secret, Failure> {
    let new = secret(words::ASKS_NEW)?;
    new.may_be_chosen().map_err(Failure::refused)?;
    if io::stdin().is_terminal() && secret(words::ASKS_AGAIN)? != new {
        return Err(Failure::refused(words::NOT_TWICE_THE_SAME));
    }
    Ok(new)
}

/// One line, byte by byte: nothing after it is taken, and nothing of it stays in a buffer of somebody else's.
fn line() -> io::Result<Zeroizing<Vec<u8>>> {
    let mut line = Zeroizing::new(Vec::with_capacity(MOST_CHARACTERS * 4 + 2));
    let mut byte = [0];
    while line.len() < MOST_CHARACTERS * 4 && rustix::io::read(io::stdin(), &mut byte)? == 1 {
        match byte[0] {
            b'\n' => break,
            b'\r' => {}
            CTRL_C => return Err(io::ErrorKind::Interrupted.into()),
            other => line.push(other),
        }
    }
    Ok(line)
}

/// A terminal that shows nothing of what is typed, as long as this lives. The interrupt key is a character meanwhile, so
/// that nobody is left with a terminal that stays silent.
struct Quiet(Option<Termios>);

impl Quiet {
    fn begin(asks: &str) -> Result<Self, Failure> {
        let input = io::stdin();
        if !input.is_terminal() {
            return Ok(Self(None));
        }
        let cannot = |error: io::Error| Failure::usage(words::no_secret(&error.to_string()));
        let before = termios::tcgetattr(&input).map_err(|error| cannot(error.into()))?;
        let mut quiet = before.clone();
        quiet.local_modes.remove(LocalModes::ECHO | LocalModes::ISIG);
        termios::tcsetattr(&input, OptionalActions::Flush, &quiet).map_err(|error| cannot(error.into()))?;
        let quiet = Self(Some(before));
        write!(io::stderr(), "{asks}: ").map_err(cannot)?;
        Ok(quiet)
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        if let Some(before) = &self.0 {
            // A terminal that is gone needs nothing given back.
            let _ = termios::tcsetattr(io::stdin(), OptionalActions::Flush, before);
            let _ = writeln!(io::stderr());
        }
    }
}
