//! What can be asked of audits of records.

use clap::{Args, Subcommand};

use super::Looking;

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Audit {
    /// Ask for a sample and write down which cases it has; what is drawn cannot be chosen
    Draw(Draw),
    /// How a sample was drawn, whether it comes out again, what the audit comes to, and its cases
    Show(Shown),
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Draw {
    /// The audit's case (AU-1)
    #[arg(value_name = "CASE")]
    pub case: String,
    /// The first day whose records are audited
    #[arg(long, value_name = "DAY")]
    pub from: String,
    /// The last day
    #[arg(long, value_name = "DAY")]
    pub until: String,
    /// At least so many cases
    #[arg(long, value_name = "N", default_value_t = 12, value_parser = clap::value_parser!(u32).range(1..=500))]
    pub size: u32,
    /// Or so many of a hundred, where that is more
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=100))]
    pub percent: u32,
    /// Whose act it is and who types it, by a name on the staff list
    #[arg(long = "as", value_name = "STAFF", env = "DUTYDESK_AS")]
    pub staff: Option<String>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Shown {
    /// The audit's case (AU-1)
    #[arg(value_name = "CASE")]
    pub case: String,
    /// Which of its audits: 1 the latest, 2 the one before
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    pub back: u32,
    /// A page for a browser
    #[arg(long, conflicts_with = "json")]
    pub html: bool,
    #[command(flatten)]
    pub looking: Looking,
}
