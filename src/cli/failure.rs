//! How a command ends: the exit codes, and what is said where it did not do what was asked.

use std::process::ExitCode;

use crate::domain::words::cli as words;
use crate::pathway::check::{Problem, Weight};
use crate::report::pack::NotGathered;
use crate::store::checkpoint::CheckpointError;
use crate::store::{AppendError, OpenError, ReadError};

/// The exit codes, documented in [`super`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Code {
    Done = 0,
    DoesNotHold = 1,
    Usage = 2,
    Refused = 3,
    Moved = 4,
    CannotOpen = 5,
    CannotWrite = 6,
}

impl Code {
    /// Help and version are asked for, everything else the parser complains about is wrong usage.
    pub fn from_usage(error: &clap::Error) -> Self {
        if error.use_stderr() { Self::Usage } else { Self::Done }
    }
}

impl From<Code> for ExitCode {
    fn from(code: Code) -> Self {
        ExitCode::from(code as u8)
    }
}

/// Why a command did not do what was asked, in words for a coordinator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Failure {
    pub code: Code,
    pub says: String,
    /// Nothing is wrong but that lines are blank which have to be answered: somebody is to answer them.
    pub only_blank: bool,
}

impl Failure {
    pub fn of(code: Code, says: impl Into<String>) -> Self {
        Self { code, says: says.into(), only_blank: false }
    }

    pub fn usage(says: impl Into<String>) -> Self {
        Self::of(Code::Usage, says)
    }

    pub fn refused(says: impl Into<String>) -> Self {
        Self::of(Code::Refused, says)
    }

    /// The answers of a step do not hold: each problem at its field.
    pub fn problems(step: &str, problems: &[Problem]) -> Self {
        Self::of_problems(Some(step), problems)
    }

    fn of_problems(step: Option<&str>, problems: &[Problem]) -> Self {
        let each = problems.iter().map(|problem| (problem.field.as_str(), problem.says.as_str()));
        let stops: Vec<&Problem> = problems.iter().filter(|problem| !problem.weight.passes()).collect();
        let only_blank = !stops.is_empty() && stops.iter().all(|problem| problem.weight == Weight::Missing);
        Self { only_blank, ..Self::refused(words::problems(step, each)) }
    }

    pub fn cannot_write(says: impl Into<String>) -> Self {
        Self::of(Code::CannotWrite, says)
    }

    pub fn cannot_open(says: impl Into<String>) -> Self {
        Self::of(Code::CannotOpen, says)
    }
}

impl From<OpenError> for Failure {
    fn from(error: OpenError) -> Self {
        let code = match error {
            OpenError::Exists(_) => Code::Usage,
            _ => Code::CannotOpen,
        };
        Self::of(code, error.to_string())
    }
}

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Self {
        let code = match error {
            ReadError::Denied(_) => Code::Refused,
            ReadError::NotFound => Code::Usage,
            ReadError::Failed(_) => Code::CannotOpen,
        };
        Self::of(code, error.to_string())
    }
}

impl From<NotGathered> for Failure {
    fn from(error: NotGathered) -> Self {
        match error {
            NotGathered::Read(error) => error.into(),
            NotGathered::NothingFor(_) => Self::usage(error.to_string()),
        }
    }
}

impl From<CheckpointError> for Failure {
    fn from(error: CheckpointError) -> Self {
        match error {
            CheckpointError::Read(error) => error.into(),
            CheckpointError::Differs(says) => Self::of(Code::DoesNotHold, words::does_not_hold(&says)),
            CheckpointError::Failed(says) => Self::cannot_write(says),
        }
    }
}

impl From<AppendError> for Failure {
    fn from(error: AppendError) -> Self {
        if let AppendError::Problems(problems) = &error {
            return Self::of_problems(None, problems);
        }
        if matches!(error, AppendError::Alone) {
            return Self::refused(words::why_alone(&error.to_string()));
        }
        let code = match &error {
            AppendError::Conflict(_) => Code::Moved,
            AppendError::Denied(_) | AppendError::Problems(_) | AppendError::Alone => Code::Refused,
            AppendError::Unknown
            | AppendError::Full
            | AppendError::ReadOnly(_)
            | AppendError::Busy
            | AppendError::Disk(_)
            | AppendError::Fatal(_) => Code::CannotWrite,
        };
        Self::of(code, error.to_string())
    }
}
