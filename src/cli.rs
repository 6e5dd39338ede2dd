//! Commands without a screen, for scripts, imports and screen readers.
//!
//! Each command is a file beside this one; what it prints goes through [`output`], what it refuses is a
//! [`Failure`]. Rules are asked of the same functions as the screen asks: nothing is decided here.
//!
//! # Exit codes
//! | code | meaning |
//! |---|---|
//! | 0 | done |
//! | 1 | something that was checked does not hold (`verify`, `witness`, `backup`, `pathways check`, `ssh check`, `doctor`) |
//! | 2 | wrong usage, or input that cannot be read |
//! | 3 | refused: not permitted, problems in the answers, or a key that lets nobody in |
//! | 4 | somebody else changed it meanwhile |
//! | 5 | the office cannot be opened |
//! | 6 | it could not be written: disk, lock |

mod acknowledge;
mod answer_sign;
mod answers;
mod arguments;
mod audit;
mod backup;
mod checkpoint;
mod countersign;
mod definitions;
mod desk;
mod dispose;
mod doctor;
mod enter;
mod example;
pub(crate) mod exchange;
mod export;
mod failure;
mod handover;
mod import;
mod key;
mod list;
mod looks;
mod measures;
mod merge;
mod output;
mod own;
mod pack;
mod paper;
mod prompt;
mod record;
mod screen;
mod search;
mod setup;
mod sheets;
mod show;
mod signin;
mod ssh;
mod subject;
mod table;
mod verify;

use std::process::ExitCode;

use arguments::{Arguments, Command, OfScreen};
use failure::{Code, Failure};

/// Runs the command line; without a command, the screen.
pub fn main() -> ExitCode {
    let arguments = match Arguments::read() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are printed here as well; a closed pipe is no reason to complain.
            let _ = error.print();
            return Code::from_usage(&error).into();
        }
    };
    match run(arguments) {
        Ok(code) => code.into(),
        Err(failure) => {
            output::complain(&failure.says);
            failure.code.into()
        }
    }
}

fn run(arguments: Arguments) -> Result<Code, Failure> {
    let OfScreen { office, theme } = arguments.screen;
    match arguments.command {
        None => screen::run(office, theme),
        Some(Command::List(asked)) => list::run(office, &asked),
        Some(Command::Search(asked)) => search::run(office, &asked),
        Some(Command::Show(asked)) => show::run(office, &asked),
        Some(Command::Card(asked)) => sheets::card(office, &asked),
        Some(Command::Sbard(asked)) => sheets::sbard(office, &asked),
        Some(Command::Guide(asked)) => sheets::guide(office, &asked),
        Some(Command::Page(asked)) => sheets::page(office, &asked),
        Some(Command::Trends(asked)) => sheets::trends(office, &asked),
        Some(Command::Decisions(asked)) => sheets::decisions(office, &asked),
        Some(Command::Overview(asked)) => sheets::over_all(office, &asked),
        Some(Command::Looks(asked)) => looks::run(office, &asked),
        Some(Command::LookBeyond(asked)) => looks::beyond(office, &asked),
        Some(Command::Measures(asked)) => measures::run(office, &asked),
        Some(Command::Audit(asked)) => audit::run(office, &asked),
        Some(Command::Record(asked)) => record::run(office, &asked),
        Some(Command::Import(asked)) => import::run(office, &asked),
        Some(Command::Export(asked)) => export::run(office, &asked),
        Some(Command::Pack { command }) => pack::run(office, &command),
        Some(Command::Paper(asked)) => paper::run(office, &asked),
        Some(Command::Merge(asked)) => merge::run(office, &asked),
        Some(Command::Unmerge(asked)) => merge::undo(office, &asked),
        Some(Command::Acknowledge(asked)) => acknowledge::run(office, &asked),
        Some(Command::AnswerSign(asked)) => answer_sign::run(office, &asked),
        Some(Command::Countersign(asked)) => countersign::run(office, &asked),
        Some(Command::Withhold(asked)) => subject::withhold(office, &asked),
        Some(Command::Dispose(asked)) => dispose::run(office, &asked),
        Some(Command::Hold(asked)) => dispose::hold(office, &asked),
        Some(Command::Handover { command }) => handover::run(office, &command),
        Some(Command::Own { command }) => own::run(office, &command),
        Some(Command::Verify(asked)) => verify::run(office, &asked),
        Some(Command::Checkpoint(asked)) => checkpoint::make(office, &asked),
        Some(Command::Witness(asked)) => checkpoint::keep(office, &asked),
        Some(Command::Backup(asked)) => backup::run(office, &asked),
        Some(Command::Doctor) => doctor::run(office),
        Some(Command::Pathways { command }) => definitions::run(office, &command),
        Some(Command::Example(asked)) => example::run(&asked),
        Some(Command::Setup(asked)) => setup::run(office, &asked),
        Some(Command::Key { command }) => key::run(office, &command),
        Some(Command::Ssh { command }) => ssh::run(office, &command),
        Some(Command::Enter) => enter::run(office, theme),
        Some(Command::Signin { command }) => signin::run(office, &command),
    }
}
