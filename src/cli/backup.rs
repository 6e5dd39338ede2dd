//! `dutydesk backup`: a copy of the office while others work in it, verified before it is called one.

use std::path::PathBuf;

use clap::Args;

use super::desk;
use super::failure::{Code, Failure};
use super::output;
use crate::domain::permission::Viewer;
use crate::domain::words::backup as words;
use crate::domain::words::cli::progress;
use crate::runtime::clock;
use crate::store::backup::BackupError;

#[derive(Debug, Args)]
pub(super) struct Backup {
    /// A directory that is not there yet, or an empty one; best on another disk, and encrypted
    #[arg(value_name = "DIR")]
    pub to: PathBuf,
}

/// Nobody's words are shown, so that whoever can read the files may ask.
pub(super) fn run(office: Option<PathBuf>, asked: &Backup) -> Result<Code, Failure> {
    let mut store = desk::open(office)?;
    let around = (Box::new(clock::SystemChance) as _, clock::now());
    let copied = store.backup(&Viewer::system(), &asked.to, around, &mut *output::counting(progress));
    let copied = match copied {
        Ok(copied) => copied,
        Err(error @ BackupError::DoesNotHold(_)) => {
            output::lines([error.to_string()])?;
            return Ok(Code::DoesNotHold);
        }
        Err(error @ (BackupError::NotEmpty(_) | BackupError::Inside)) => {
            return Err(Failure::usage(error.to_string()));
        }
        Err(BackupError::Open(error)) => return Err(error.into()),
        Err(BackupError::Read(error)) => return Err(error.into()),
        Err(error @ BackupError::Disk(..)) => return Err(Failure::cannot_write(error.to_string())),
    };
    let mut lines = vec![words::made(&asked.to, copied.found.entries, &copied.found.head.to_string())];
    match copied.signed {
        Ok((signed, beside)) => lines.push(words::signed(&beside, signed.checkpoint.size)),
        Err(why) => output::complain(&words::not_signed(&why)),
    }
    lines.push(words::use_it(&asked.to));
    output::lines(lines)?;
    Ok(Code::Done)
}
