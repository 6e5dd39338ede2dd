//! What can be asked of `card`, `sbard`, `guide`, `page`, `trends` and `decisions`.

use clap::Args;

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
