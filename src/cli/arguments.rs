//! What can be asked on the command line, and the words of `--help`.

pub(super) mod audit;
pub(super) mod handover;
pub(super) mod measures;
mod own;
pub(super) mod pack;
pub(super) mod sheets;
mod ssh;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub(super) use own::{Own, OwnOf};
pub(super) use sheets::{Decisions, Guide, Sbard};
pub(super) use ssh::{Enrol, Key, Revoke, Ssh, SshPlaces};

use crate::domain::access::How;
use crate::domain::words::cli as words;

/// The duty office on one screen. Without a command it opens the screen.
#[derive(Debug, Parser)]
#[command(version, after_help = words::EXIT_CODES, max_term_width = 100)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub screen: OfScreen,
    #[command(subcommand)]
    pub command: Option<Command>,
}

// What most starts are asked with: nothing, or where and how.
#[derive(Debug, Parser)]
pub(super) struct OfScreen {
    /// The office's directory; otherwise DUTYDESK_OFFICE, otherwise the one under your home directory
    #[arg(long, global = true, value_name = "DIR", env = "DUTYDESK_OFFICE")]
    pub office: Option<PathBuf>,
    /// How the screen looks: dark, light, high-contrast, mono, or a theme of the office's own
    #[arg(long, value_name = "NAME", env = "DUTYDESK_THEME")]
    pub theme: Option<String>,
}

impl Arguments {
    /// What was asked. The tree of all commands is made only where one is named, or something is wrong with the line:
    /// whoever opens the screen waits for it.
    pub(super) fn read() -> Result<Self, clap::Error> {
        OfScreen::try_parse().map(|screen| Self { screen, command: None }).or_else(|_| Self::try_parse())
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List calls, what is owed, people and other records
    List(List),
    /// Find people, cases, organisations, staff, places and all that was written, by any words or numbers
    Search(Search),
    /// Show a case (U-1184) or a person in full
    Show(Show),
    /// The card for the emergency call handler, in their order, with how to get in; the look is noted
    Card(Show),
    /// What to tell the professional about a case, from what has been recorded, and what to agree
    Sbard(Sbard),
    /// Whom to ring and when, what is written down, who looks after it
    Guide(Guide),
    /// One page of a case that staff can speak to: what happened, was decided, advised, is owed, and what staff said
    Page(Sbard),
    /// What was counted of a person or a place over time, and what the records say week by week
    Trends(Sbard),
    /// Decisions over all cases: whose they are, who shared in them, who was told
    Decisions(Decisions),
    /// A page over all cases: what is on record of each regulation and statement, how decisions were judged afterwards
    Overview(sheets::AskedPage),
    /// List who looked at whose record, how and when, newest first
    Looks(Looks),
    /// Open a record that you may not normally see, for a while and with a reason
    LookBeyond(LookBeyond),
    /// What is measured: how long it takes, what is kept, what repeats; each figure with how many of how many
    Measures(measures::Measures),
    /// Audits of records: draw a sample that anyone can draw again, and see what one comes to
    #[command(subcommand)]
    Audit(audit::Audit),
    /// Record a step, with the same rules as the form on screen
    #[command(after_help = words::RECORD_HELP)]
    Record(Record),
    /// Take the rows of a file into a register: people, organisations, locations, staff. All or nothing
    #[command(after_help = words::IMPORT_HELP)]
    Import(Import),
    /// Write a register to a file of rows, for a spreadsheet, a correction, another office
    Export(Export),
    /// An evidence pack: what was asked, said, done and checked, as a page, as JSON or as tables; that it left is noted
    Pack {
        #[command(subcommand)]
        command: pack::Pack,
    },
    /// Print a pad of numbered call slips, for the car park and the power cut; its numbers are given out once
    Paper(Paper),
    /// Say that two records are of one and the same, or two cases of the same matter
    #[command(after_help = words::MERGE_HELP)]
    Merge(Merge),
    /// Take a merge back
    Unmerge(Unmerge),
    /// Say that you have seen what is owed in a case: the bell is silent about it for you alone
    Acknowledge(super::acknowledge::Acknowledge),
    /// Answer a warning sign: accept it with an action, explain it, or call it a false alarm
    AnswerSign(super::answer_sign::AnswerSign),
    /// Agree, as the second person, to an entry that wants two; or refuse it with a reason
    Countersign(super::countersign::Countersign),
    /// What of the record is due to go and what keeps it; propose that it goes, which a second person agrees to
    Dispose(super::dispose::Dispose),
    /// Mark an entry that is not to stand in a copy for the person, or that may after all
    Withhold(super::subject::Withhold),
    /// Put a case, a person or a place under a legal hold, or lift it: nothing of it is disposed of meanwhile
    Hold(super::dispose::Hold),
    /// Hand over a shift, take it over line by line, print its sheet
    Handover {
        #[command(subcommand)]
        command: handover::Handover,
    },
    /// Who sees to a case or to something owed in it: take, offer, accept, refuse, ask, leave
    Own {
        #[command(subcommand)]
        command: Own,
    },
    /// Check that nothing in the record was changed, lost or put in; or, with a file, in an evidence pack (JSON)
    Verify(super::verify::Verify),
    /// Sign how far the record has come, and print it: for whoever keeps it elsewhere
    Checkpoint(super::checkpoint::Make),
    /// Keep the last checkpoint elsewhere: takes a new one only where the record has grown and nothing before was changed
    Witness(super::checkpoint::Keep),
    /// Copy the office while others work in it, and verify the copy: it is an office of its own
    Backup(super::backup::Backup),
    /// Say how this office stands: versions, files, settings, room, definitions
    Doctor,
    /// The definitions of forms and steps
    Pathways {
        #[command(subcommand)]
        command: Pathways,
    },
    /// Make an office full of made-up people and calls, to practise in
    Example(Example),
    /// Set up an office: its name, one place, your name and role
    Setup(Setup),
    /// The SSH keys that let people in
    Key {
        #[command(subcommand)]
        command: Key,
    },
    /// The SSH server through which people come in
    Ssh {
        #[command(subcommand)]
        command: Ssh,
    },
    /// Open the screen for whoever the SSH server let in; run by it, not by hand
    Enter,
    /// PINs and passphrases: who has one, set, unlock, and the way back in. Secrets are asked for, or read from standard
    /// input; never an argument
    Signin {
        #[command(subcommand)]
        command: Signin,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum Signin {
    /// Who has a PIN or passphrase, and what is locked after too many wrong ones
    Status {
        /// A JSON value instead of words
        #[arg(long)]
        json: bool,
    },
    /// Set your own, or give somebody one that they replace when they next sign in
    Set(SigninOf),
    /// Let somebody, or a desk, try again after too many wrong ones
    Unlock {
        /// Whom, by a name on the staff list
        #[arg(value_name = "STAFF", required_unless_present = "station", conflicts_with = "station")]
        staff: Option<String>,
        /// A desk, as `signin status` names it
        #[arg(long, value_name = "NAME")]
        station: Option<String>,
        /// Who unlocks, by a name on the staff list
        #[arg(long = "as", value_name = "STAFF", env = "DUTYDESK_AS")]
        by: Option<String>,
    },
    /// Nobody can sign in any more: as the owner of the office's files, give somebody a new one and unlock every desk
    Recover {
        /// Whom, by a name on the staff list
        #[arg(value_name = "STAFF")]
        staff: String,
    },
}

/// Whose secret, and who sets it.
#[derive(Debug, Args)]
pub(super) struct SigninOf {
    /// Whose, by a name on the staff list
    #[arg(value_name = "STAFF")]
    pub staff: String,
    /// Who sets it, by a name on the staff list
    #[arg(long = "as", value_name = "STAFF", env = "DUTYDESK_AS")]
    pub by: Option<String>,
}

/// Who is looking.
#[derive(Debug, Args)]
pub(super) struct Looking {
    /// Who is looking, by a name on the staff list
    #[arg(long = "as", value_name = "STAFF", env = "DUTYDESK_AS")]
    pub staff: Option<String>,
    /// A JSON value instead of words
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(super) struct List {
    /// What to list
    pub what: What,
    #[command(flatten)]
    pub looking: Looking,
    /// At most this many rows; without it, 50, and with --json all of them
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub limit: Option<u32>,
    /// Only rows that have these words in them; cases also by place, month ("oct 2026"), theme, organisation and how they
    /// ended; for people and other records a few letters of the name, the date
    /// of birth, the room or the NHS number
    #[arg(long, value_name = "WORDS")]
    pub find: Option<String>,
    /// As of this time, as it is typed on screen ("tomorrow 20:00"): of rota and oncall alone
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    /// Of owed and overdue: only what this organisation owes, of every case; of a restricted record nothing
    #[arg(long, value_name = "NAME")]
    pub organisation: Option<String>,
    /// Of owed and overdue: rows that a spreadsheet opens, to hand over; whoever is spoken of is noted as exported
    #[arg(long, conflicts_with = "json")]
    pub csv: bool,
    /// Of cases: only those of this pathway, by its id (urgent)
    #[arg(long, value_name = "ID")]
    pub pathway: Option<String>,
    /// Of cases: only those that are open
    #[arg(long)]
    pub open: bool,
    /// Of cases: only those that show something about this regulation or statement, by its id in config/tags.toml (reg_12)
    #[arg(long, value_name = "ID", conflicts_with_all = ["pathway", "open"])]
    pub tag: Option<String>,
    /// Of visits: only those of a provider whose worker was to come, or who covers
    #[arg(long, value_name = "NAME")]
    pub provider: Option<String>,
    /// Of visits: only those that begin at this time or later, closed ones too ("20:00", "21-Nov 20:00"). Of shares:
    /// only what was told then or later
    #[arg(long, value_name = "TIME")]
    pub from: Option<String>,
    /// Of visits: only those that begin before this time, closed ones too. Of shares: only what was told before it
    #[arg(long, value_name = "TIME")]
    pub until: Option<String>,
    /// Of shares: only what was shared about this person: a name, an NHS number or an id
    #[arg(long, value_name = "PERSON")]
    pub person: Option<String>,
    /// Of shares: only what this organisation or somebody of this name was told
    #[arg(long, value_name = "NAME")]
    pub with: Option<String>,
    /// Of shares: only what was shared without the person's agreement
    #[arg(long)]
    pub without_agreement: bool,
    /// Of signs: how often each was raised and what was answered
    #[arg(long)]
    pub rates: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum What {
    /// The urgent call log
    Calls,
    /// What is open in urgent calls, soonest due first
    Escalations,
    /// What others promised and is late or due today
    Overdue,
    /// Cases of every kind, newest first
    Cases,
    /// Everything that is owed
    Owed,
    /// Visits and shifts that nobody comes to, the next first
    Visits,
    /// What the office itself has to do
    Tasks,
    /// Pads of paper slips, and the slips that nobody can account for
    Slips,
    /// What was shared: with whom, when, how and on which basis, and what was decided and done in its case; newest first
    Shares,
    /// Arrangements with organisations: how each stands, and how many people rely on it
    Providers,
    /// What is offered to you, what you see to, and what the duties you hold see to
    Mine,
    /// People supported
    People,
    /// Organisations and professionals
    Organisations,
    /// The staff list
    Staff,
    /// Homes, schemes and rounds: the service, who at CQC is ours, what is open, undecided and late there now
    Locations,
    /// Unfinished forms
    Drafts,
    /// Promises whose organisation closes before they fall due: the number to ring first
    Ring,
    /// Open urgent calls: who last saw the person, who sees them next, and where that is nobody
    Eyes,
    /// What has no effect before you, as a second person, agree to it
    Countersign,
    /// What wants two people and was done by one, with the reason
    Alone,
    /// The rota of the week ahead: who is on which duty, and where nobody is planned
    Rota,
    /// Whom to ring and who is on duty, the first to be rung first
    Oncall,
    /// What was typed for somebody who has yet to confirm it
    Unconfirmed,
    /// Warning signs that nobody has answered, the gravest first
    Signs,
    /// What is due for disposal: why, since when, what keeps it. Nothing goes by itself
    Disposal,
    /// Audits of records: days, how far they are gone through, what they come to
    Audits,
    /// Reviews and meetings that come round: when each was last held, when it is due, what was missed
    Reviews,
}

#[derive(Debug, Args)]
pub(super) struct Search {
    /// What to look for: each word, or its beginning, must be found
    #[arg(required = true, value_name = "WORDS")]
    pub words: Vec<String>,
    #[command(flatten)]
    pub looking: Looking,
    /// At most this many of each kind
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub limit: u32,
}

#[derive(Debug, Args)]
pub(super) struct Show {
    /// A case's reference (U-1184), or a person's name, NHS number or id
    #[arg(value_name = "CASE|PERSON")]
    pub which: String,
    #[command(flatten)]
    pub looking: Looking,
}

#[derive(Debug, Args)]
pub(super) struct Looks {
    #[command(flatten)]
    pub looking: Looking,
    /// At the record of this person: a name, an NHS number or an id
    #[arg(long, value_name = "PERSON")]
    pub person: Option<String>,
    /// By this member of staff
    #[arg(long = "staff", value_name = "STAFF")]
    pub by: Option<String>,
    /// Only in this way: open, search, print, export, refused, beyond, missed
    #[arg(long, value_name = "HOW", value_parser = super::looks::how)]
    pub how: Option<How>,
    /// From this day on
    #[arg(long, value_name = "DAY")]
    pub since: Option<String>,
    /// Up to this day
    #[arg(long, value_name = "DAY")]
    pub until: Option<String>,
    /// Only what was opened beyond and nobody has said that they have seen it
    #[arg(long, conflicts_with_all = ["person", "by", "how", "since", "until"])]
    pub waiting: bool,
    /// At most this many rows
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub limit: u32,
}

#[derive(Debug, Args)]
pub(super) struct LookBeyond {
    /// A case's reference (U-1184), or a person's whole NHS number or id
    #[arg(value_name = "CASE|PERSON")]
    pub which: String,
    /// Why; it stands on the auditor's list
    #[arg(long, value_name = "WORDS")]
    pub reason: String,
    /// Who looks, by a name on the staff list
    #[arg(long = "as", value_name = "STAFF", env = "DUTYDESK_AS")]
    pub staff: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Record {
    /// The form: pathway and step, as in urgent.call
    #[arg(value_name = "PATHWAY.STEP")]
    pub step: String,
    /// The case it belongs to (U-1184)
    #[arg(long, value_name = "REF", group = "where")]
    pub case: Option<String>,
    /// The case or record from which a new one is begun: what is known there is offered, and both cases are linked
    #[arg(long, value_name = "REF", group = "where")]
    pub from: Option<String>,
    /// What it is about of all that is owed in the case: its number in `show`, or its id
    #[arg(long, value_name = "N|COMMITMENT", requires = "where")]
    pub on: Option<String>,
    /// The answers: a file with a JSON object, or - for standard input
    #[arg(long, value_name = "FILE|-")]
    pub json: PathBuf,
    /// Whose act it is, by a name on the staff list; never who typed it
    #[arg(long = "as", value_name = "STAFF")]
    pub by: Option<String>,
    /// Who typed it
    #[arg(long, value_name = "STAFF", env = "DUTYDESK_TYPED_BY")]
    pub typed_by: Option<String>,
    /// The version of the case that you have seen (in `show --json`): a decision is refused where it has moved since
    #[arg(long, value_name = "N", requires = "case")]
    pub seen: Option<u64>,
    /// A word of your own: recording twice under one key makes one entry
    #[arg(long, value_name = "KEY")]
    pub key: Option<String>,
    /// Why it is done alone, where it wants two people and nobody else may agree to it
    #[arg(long, value_name = "WHY")]
    pub alone: Option<String>,
    /// It is meant as it stands, where the screen would ask about it before it saves
    #[arg(long)]
    pub knowing: bool,
}

#[derive(Debug, Args)]
pub(super) struct Import {
    /// The register: people, organisations, locations, staff; or cover (uncovered visits), tasks, where each line opens a case
    pub register: String,
    /// The file, or - for standard input
    #[arg(value_name = "FILE|-")]
    pub file: PathBuf,
    /// Say precisely what it would do, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Who imports, by a name on the staff list
    #[arg(long = "as", value_name = "STAFF", env = "DUTYDESK_AS")]
    pub staff: Option<String>,
    /// Match lines to records by these columns instead of NHS number, name and date of birth
    #[arg(long, value_name = "COLUMN", value_delimiter = ',', num_args = 1..)]
    pub by: Vec<String>,
    /// Register locations and organisations that the file names and that are not on record, by their names alone
    #[arg(long)]
    pub create: bool,
    /// Why it is done alone, where it gives roles and nobody else may agree to them
    #[arg(long, value_name = "WHY")]
    pub alone: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Paper {
    /// How many slips
    #[arg(long, value_name = "N", default_value_t = crate::pathway::prefill::SLIPS_ON_A_PAD, value_parser = clap::value_parser!(u32).range(1..=500))]
    pub slips: u32,
    /// The first number, where it is not to be the next that is free
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=999_999))]
    pub from: Option<u32>,
    /// Numbers of one pad that are printed once more, marked as printed again
    #[arg(long, value_name = "NUMBERS", conflicts_with_all = ["from", "place"])]
    pub again: Option<String>,
    /// Why they are printed again, and what became of the old page
    #[arg(long, value_name = "WORDS", default_value = "")]
    pub why: String,
    /// Where the pad will lie: grab bag, on-call car
    #[arg(long = "where", value_name = "WORDS", default_value = "the desk")]
    pub place: String,
    /// A file that is not there yet; otherwise in the office's own folder
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Who prints it, by a name on the staff list
    #[arg(long = "as", value_name = "STAFF", env = "DUTYDESK_AS")]
    pub staff: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Export {
    /// The register: people, organisations, locations, staff
    pub register: String,
    /// A file that is not there yet; otherwise the standard output
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Who exports, by a name on the staff list
    #[arg(long = "as", value_name = "STAFF", env = "DUTYDESK_AS")]
    pub staff: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Merge {
    /// The record that stands
    pub kept: String,
    /// The record that is read as the other from now on
    pub gone: String,
    /// How it is known that both are one and the same
    #[arg(long)]
    pub reason: String,
    /// They are one and the same although NHS number or date of birth differ
    #[arg(long)]
    pub sure: bool,
    /// Who merges, by a name on the staff list
    #[arg(long = "as", value_name = "STAFF", env = "DUTYDESK_AS")]
    pub staff: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Unmerge {
    /// The record that was kept
    pub kept: String,
    /// The record that is to stand by itself again
    pub gone: String,
    /// Why
    #[arg(long)]
    pub reason: String,
    /// Who takes it back, by a name on the staff list
    #[arg(long = "as", value_name = "STAFF", env = "DUTYDESK_AS")]
    pub staff: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Pathways {
    /// Read the definitions and name each fault by file, line and mend
    Check {
        /// A directory of definitions; otherwise the office's own, otherwise those of the program
        dir: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
pub(super) struct Example {
    /// A directory that does not exist yet, or is empty
    pub dir: PathBuf,
    /// How many calls
    #[arg(long, value_name = "N", default_value_t = 240, value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    pub cases: u64,
    /// The same seed and time make the same office
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// The time to pretend it is (2026-10-25T09:00:00Z); otherwise the clock's
    #[arg(long, value_name = "TIME")]
    pub now: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Setup {
    /// What the office is called
    #[arg(long, value_name = "OFFICE")]
    pub name: String,
    /// Its first home, scheme or round
    #[arg(long, value_name = "NAME")]
    pub place: String,
    /// The type of service there: domiciliary, supported_living, residential
    #[arg(long, value_name = "TYPE")]
    pub service: String,
    /// Your name
    #[arg(long, value_name = "NAME")]
    pub you: String,
    /// Your role: registered_manager, duty_coordinator, ...
    #[arg(long, value_name = "ROLE")]
    pub role: String,
}
