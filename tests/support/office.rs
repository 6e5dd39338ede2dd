//! A directory for an office that is removed after the test.

use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// An office of one test. The directory itself does not exist until the program makes it.
pub struct Office {
    around: TempDir,
}

impl Office {
    /// A place where there is no office yet.
    pub fn new() -> Self {
        Self { around: tempfile::tempdir().expect("the system has room for a temporary directory") }
    }

    /// The example office with this many cases; the same for the same numbers.
    pub fn example(cases: u32) -> Self {
        let office = Self::new();
        let path = office.path();
        let path = path.to_str().expect("temporary directories have plain names");
        let output = super::cli(&office, &["example", path, "--cases", &cases.to_string(), "--seed", "1"]);
        assert!(output.status.success(), "dutydesk example: {}", String::from_utf8_lossy(&output.stderr));
        office
    }

    /// The office's directory, for `--office`.
    pub fn path(&self) -> PathBuf {
        self.around.path().join("office")
    }

    /// A place beside the office that goes with it.
    pub fn beside(&self, name: impl AsRef<Path>) -> PathBuf {
        self.around.path().join(name)
    }
}
