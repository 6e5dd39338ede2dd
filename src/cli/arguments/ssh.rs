//! What can be asked of the SSH server's set-up.

use clap::Args;

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
