//! Which directory is the office's: the one that was named, else the environment's, else the usual place.

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use crate::domain::clean;
use crate::domain::words::settings as words;

/// The longest name of a station that is kept.
const LONGEST_STATION: usize = 60;

/// The environment's name for the office's directory.
pub const VARIABLE: &str = "DUTYDESK_OFFICE";

/// No directory can be found for the office.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", words::NO_HOME)]
pub struct NoHome;

/// The office's directory, there or not. `named` is `--office`, `environment` the value of [`VARIABLE`].
///
/// # Errors
/// Neither was given and this account has no home directory.
pub fn directory(named: Option<PathBuf>, environment: Option<std::ffi::OsString>) -> Result<PathBuf, NoHome> {
    let given = named.or_else(|| environment.filter(|value| !value.is_empty()).map(PathBuf::from));
    match given {
        Some(directory) => Ok(directory),
        None => Ok(home()?.join("office")),
    }
}

/// The directory of the practice office, beside the usual one.
///
/// # Errors
/// This account has no home directory.
pub fn practice() -> Result<PathBuf, NoHome> {
    Ok(home()?.join("practice"))
}

/// The environment's name for the second place.
pub const SECOND_VARIABLE: &str = "DUTYDESK_SPOOL";

/// Where to keep what the office's own disk does not take: the environment's, best on another disk, otherwise under
/// this account's state. Each office has a directory of its own there, named after its path.
pub fn second_place(office: &Path, environment: Option<std::ffi::OsString>) -> Option<PathBuf> {
    let given = environment.filter(|value| !value.is_empty()).map(PathBuf::from);
    let usual =
        || Some(etcetera::base_strategy::Xdg::new().ok()?.state_dir()?.join("dutydesk").join("spool"));
    let whole = std::path::absolute(office).ok()?;
    Some(given.or_else(usual)?.join(whole.to_str()?.replace('/', "%")))
}

/// The environment's name for a station.
pub const STATION_VARIABLE: &str = "DUTYDESK_STATION";

/// Where somebody sits, for counting wrong PINs: as the environment names it, otherwise the address that the line comes
/// from, otherwise this machine itself.
pub fn station() -> String {
    let named = |name: &str| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
    let from = || Some(named("SSH_CONNECTION")?.split_whitespace().next()?.to_owned());
    let station = named(STATION_VARIABLE).or_else(from).unwrap_or_else(|| words::THIS_MACHINE.to_owned());
    clean::shown(&station).chars().take(LONGEST_STATION).collect()
}

fn home() -> Result<PathBuf, NoHome> {
    let places = etcetera::base_strategy::Xdg::new().map_err(|_| NoHome)?;
    Ok(places.data_dir().join("dutydesk"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_named_comes_before_the_environment() {
        let environment = Some("/srv/env".into());
        assert_eq!(directory(Some("/srv/named".into()), environment.clone()), Ok("/srv/named".into()));
        assert_eq!(directory(None, environment), Ok("/srv/env".into()));
    }

    #[test]
    fn each_office_has_its_own_second_place() {
        let place = second_place(Path::new("/srv/rowan"), Some("/var/spool/duty".into()));
        assert_eq!(place, Some("/var/spool/duty/%srv%rowan".into()));
    }
}
