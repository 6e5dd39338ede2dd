//! What can be asked of `dutydesk own`: who sees to a case, or to something owed in it.

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Own {
    /// See to it from now on
    Take {
        #[command(flatten)]
        of: OwnOf,
        /// Why, where somebody else sees to it: they are told
        #[arg(long, value_name = "WHY")]
        reason: Option<String>,
    },
    /// Offer it to somebody, or to whoever holds a duty; it stays yours until they accept
    Offer {
        #[command(flatten)]
        of: OwnOf,
        /// To whom, by a name on the staff list
        #[arg(long, value_name = "STAFF", required_unless_present = "to_duty", conflicts_with = "to_duty")]
        to: Option<String>,
        /// To which duty or role: decision_holder, registered_manager, ...
        #[arg(long, value_name = "DUTY")]
        to_duty: Option<String>,
        /// What they should know
        #[arg(long, value_name = "WORDS")]
        note: Option<String>,
    },
    /// Take what is offered to you
    Accept {
        #[command(flatten)]
        of: OwnOf,
    },
    /// Refuse what is offered to you: it stays with whoever offered it
    Refuse {
        #[command(flatten)]
        of: OwnOf,
        /// Why
        #[arg(long, value_name = "WHY")]
        reason: String,
    },
    /// Ask something before you take it; the offer stands
    Query {
        #[command(flatten)]
        of: OwnOf,
        /// What you need to know
        #[arg(long, value_name = "WORDS")]
        question: String,
    },
    /// Take an offer back
    Withdraw {
        #[command(flatten)]
        of: OwnOf,
        /// Why
        #[arg(long, value_name = "WHY")]
        reason: Option<String>,
    },
    /// Leave it to whoever holds a duty
    Leave {
        #[command(flatten)]
        of: OwnOf,
        /// Which duty or role
        #[arg(long, value_name = "DUTY")]
        to_duty: String,
        /// Why
        #[arg(long, value_name = "WHY")]
        reason: Option<String>,
    },
}

impl Own {
    /// What it is about, and who does it.
    pub(in crate::cli) fn of(&self) -> &OwnOf {
        match self {
            Own::Take { of, .. }
            | Own::Offer { of, .. }
            | Own::Accept { of }
            | Own::Refuse { of, .. }
            | Own::Query { of, .. }
            | Own::Withdraw { of, .. }
            | Own::Leave { of, .. } => of,
        }
    }
}

/// What is taken, offered or left.
#[derive(Debug, Args)]
pub(in crate::cli) struct OwnOf {
    /// The case (U-1184): it, and what is owed in it under the same owner
    #[arg(value_name = "CASE")]
    pub case: String,
    /// Only this of what is owed in it: its number in `show`, or its id
    #[arg(long, value_name = "N|COMMITMENT")]
    pub on: Option<String>,
    /// The version of the case that you have seen (in `show --json`): refused where somebody else took it since
    #[arg(long, value_name = "N")]
    pub seen: Option<u64>,
    /// Who does it, by a name on the staff list
    #[arg(long = "as", value_name = "STAFF", env = "DUTYDESK_AS")]
    pub staff: Option<String>,
}
