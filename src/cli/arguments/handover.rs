//! What can be asked of `dutydesk handover`.

use clap::{Args, Subcommand};

use super::Looking;

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Handover {
    /// Show a handover line by line, as it was shown, with what was answered since; the newest unless another is named
    Show {
        /// Its number in `handover list`
        #[arg(value_name = "HANDOVER")]
        which: Option<String>,
        /// What you would hand over now
        #[arg(long, conflicts_with = "which")]
        now: bool,
        #[command(flatten)]
        looking: Looking,
    },
    /// List handovers, newest first
    List {
        #[command(flatten)]
        looking: Looking,
    },
    /// Hand over your shift: what stands there now is kept as it is shown, and stays yours until somebody has it
    Give(Give),
    /// Take lines, say that you have read them, refuse them or ask about them
    Answer(Answer),
    /// Say back in your own words what you take over
    ReadBack {
        /// Your words
        #[arg(required = true, value_name = "WORDS")]
        words: Vec<String>,
        #[command(flatten)]
        of: Of,
    },
    /// Say how a handover was, at its end or any time later
    End {
        /// What was missing; left out, it was as it should be
        #[arg(long, value_name = "WHAT")]
        unsatisfactory: Option<String>,
        /// Open a governance item about it
        #[arg(long, requires = "unsatisfactory")]
        governance: bool,
        /// Anything else that is to be known
        #[arg(long, value_name = "WORDS", conflicts_with = "unsatisfactory")]
        note: Option<String>,
        #[command(flatten)]
        of: Of,
    },
    /// Leave what nobody has taken to whoever is on call, and go
    Leave {
        #[command(flatten)]
        of: Of,
    },
    /// Write the sheet into the office's `sheets/`, to be printed
    Print {
        #[command(flatten)]
        of: Of,
    },
}

/// Which handover, and who does it.
#[derive(Debug, Args)]
pub(in crate::cli) struct Of {
    /// Its number in `handover list`; otherwise the newest
    #[arg(long = "handover", value_name = "HANDOVER")]
    pub which: Option<String>,
    /// Who does it, by a name on the staff list
    #[arg(long = "as", value_name = "STAFF", env = "DUTYDESK_AS")]
    pub staff: Option<String>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Give {
    /// To whom, by a name on the staff list; otherwise to whoever comes
    #[arg(long, value_name = "STAFF")]
    pub to: Option<String>,
    /// Who else is there
    #[arg(long, value_name = "NAMES", default_value = "")]
    pub others: String,
    /// Where, or by what means
    #[arg(long, value_name = "WORDS", default_value = "")]
    pub place: String,
    /// Anything else that is to be known
    #[arg(long, value_name = "WORDS", default_value = "")]
    pub note: String,
    /// Who hands over, by a name on the staff list
    #[arg(long = "as", value_name = "STAFF", env = "DUTYDESK_AS")]
    pub staff: Option<String>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Answer {
    /// The lines, by their numbers in `handover show`. Red, missing and safeguarding lines are answered one by one
    #[arg(required = true, value_name = "LINE")]
    pub lines: Vec<usize>,
    /// You see to them from now on
    #[arg(long, group = "answer")]
    pub take: bool,
    /// You know of them
    #[arg(long, group = "answer")]
    pub read: bool,
    /// You do not take them, and why
    #[arg(long, group = "answer", value_name = "WHY")]
    pub refuse: Option<String>,
    /// You ask something first
    #[arg(long, group = "answer", value_name = "WHAT")]
    pub query: Option<String>,
    #[command(flatten)]
    pub of: Of,
}
