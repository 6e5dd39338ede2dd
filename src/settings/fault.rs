//! What is wrong with a settings file, where, and what stands in its place.

use std::path::{Path, PathBuf};

use crate::domain::words::settings as words;

/// Something wrong with a settings file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", words::fault(&.file.display().to_string(), *.line, .says))]
pub struct Fault {
    /// The file.
    pub file: PathBuf,
    /// The line, from 1, where one can be named.
    pub line: Option<usize>,
    /// What is wrong, with the key.
    pub says: String,
}

impl Fault {
    /// A fault at a byte of the file's text.
    pub fn at(file: &Path, text: &str, byte: Option<usize>, says: impl Into<String>) -> Self {
        let line = byte.and_then(|byte| text.get(..byte)).map(|before| before.matches('\n').count() + 1);
        Self { file: file.to_owned(), line, says: says.into() }
    }

    /// What the reader of TOML says is wrong, in one line.
    pub fn toml(file: &Path, text: &str, error: &toml::de::Error) -> Self {
        let says = error.message().lines().next().unwrap_or_default().to_owned();
        Self::at(file, text, error.span().map(|span| span.start), says)
    }
}

/// The text of a file that need not be there.
///
/// # Errors
/// It is there and cannot be read.
pub fn read(file: &Path) -> Result<Option<String>, Fault> {
    match std::fs::read_to_string(file) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => {
            Err(Fault { file: file.to_owned(), line: None, says: words::unreadable(&error.to_string()) })
        }
    }
}
