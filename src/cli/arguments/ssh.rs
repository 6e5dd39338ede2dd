//! What can be asked of keys and of the SSH server's set-up.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::Looking;

/// Where the parts of the server lie. The office is `--office`, otherwise /var/lib/duty/office.
#[derive(Debug, Args)]
pub(in crate::cli) struct SshPlaces {
    /// The account that owns the office and that everybody connects to
    #[arg(long, value_name = "NAME", default_value = "duty")]
    pub account: String,
    /// The account that reads the map of keys
    #[arg(long, value_name = "NAME", default_value = "dutykeys")]
    pub keys_account: String,
    /// The port
    #[arg(long, value_name = "N", default_value_t = 2222)]
    pub port: u16,
    /// Configuration, host key and map
    #[arg(long, value_name = "DIR", default_value = "/etc/duty")]
    pub etc: String,
    /// Scripts
    #[arg(long, value_name = "DIR", default_value = "/usr/local/libexec/duty")]
    pub libexec: String,
    /// Units of systemd
    #[arg(long, value_name = "DIR", default_value = "/etc/systemd/system")]
    pub units: String,
    /// This program
    #[arg(long, value_name = "FILE", default_value = "/usr/local/bin/dutydesk")]
    pub program: String,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Key {
    /// Let a key in: ssh-ed25519, or the same in a security key
    Enrol(Enrol),
    /// List keys: whose, until when, and how each stands
    List(Looking),
    /// Take a key back, for good
    Revoke(Revoke),
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Enrol {
    /// The public key: a .pub file, or - for standard input
    #[arg(value_name = "FILE|-")]
    pub key: PathBuf,
    /// Whose it is, by a name on the staff list
    #[arg(long = "for", value_name = "STAFF", required_unless_present = "station")]
    pub staff: Option<String>,
    /// It is the own key of a shared workstation, which is called so
    #[arg(long, value_name = "NAME", conflicts_with_all = ["staff", "label"])]
    pub station: Option<String>,
    /// Which key it is, in a few words
    #[arg(long, value_name = "WORDS", required_unless_present = "station")]
    pub label: Option<String>,
    /// The last day on which it lets in (2027-03-31)
    #[arg(long, value_name = "DATE")]
    pub until: Option<chrono::NaiveDate>,
    /// Who enrols it
    #[arg(long, value_name = "STAFF", env = "DUTYDESK_TYPED_BY")]
    pub typed_by: Option<String>,
    /// Why it is done alone, where nobody else may agree to it
    #[arg(long, value_name = "WHY")]
    pub alone: Option<String>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Revoke {
    /// The key, as `key list` and ssh-keygen -l name it
    #[arg(value_name = "SHA256:...")]
    pub fingerprint: String,
    /// Why
    #[arg(long, value_name = "WORDS")]
    pub reason: String,
    /// Who takes it back
    #[arg(long, value_name = "STAFF", env = "DUTYDESK_TYPED_BY")]
    pub typed_by: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Ssh {
    /// Print the files of the server for review; with --into, write them
    Files {
        /// A directory that does not exist yet
        #[arg(long, value_name = "DIR")]
        into: Option<PathBuf>,
        #[command(flatten)]
        places: SshPlaces,
    },
    /// Print the map of keys that the server reads, from the office's record
    Map,
    /// Check an existing set-up and say what is wrong with it
    Check {
        /// What `sshd -T -f FILE` printed, or - for standard input; otherwise the file itself is read
        #[arg(long, value_name = "FILE|-")]
        effective: Option<PathBuf>,
        #[command(flatten)]
        places: SshPlaces,
    },
}
