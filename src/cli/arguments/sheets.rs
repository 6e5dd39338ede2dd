//! What can be asked of `card`, `sbard`, `guide`, `page`, `trends` and `decisions`.

use clap::{Args, ValueEnum};

use super::{Looking, Show};

#[derive(Debug, Args)]
pub(in crate::cli) struct Sbard {
    #[command(flatten)]
    pub show: Show,
    #[command(flatten)]
    pub paper: Paper,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Decisions {
    /// Only about this person or place: a name, a birthday, an NHS number
    #[arg(long, value_name = "NAME")]
    pub about: Option<String>,
    #[command(flatten)]
    pub looking: Looking,
    #[command(flatten)]
    pub paper: Paper,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Guide {
    /// Only this pathway, by its file's name: urgent, cover, feedback
    #[arg(value_name = "PATHWAY")]
    pub pathway: Option<String>,
    #[command(flatten)]
    pub looking: Looking,
    #[command(flatten)]
    pub paper: Paper,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Paper {
    /// A page for A4 instead of text
    #[arg(long, conflicts_with = "json")]
    pub html: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct AskedPage {
    /// Which page
    pub which: Which,
    #[command(flatten)]
    pub looking: Looking,
    #[command(flatten)]
    pub paper: Paper,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Which {
    /// Which cases of the last three months show something about each regulation and statement, and of which none does
    Tags,
    /// How decisions that were looked back at were judged, and how far those who took them differ
    Judged,
    /// Where working with others goes wrong again and again in the last three months: gaps and delays by organisation, place
    /// and shift, beside the three before, and what was done about it
    Patterns,
    /// How often each rule for warning signs was right: how many stood, and how those were answered
    Answers,
}
