//! Where the parts of a set-up lie, and the files of it: the templates of `config/ssh/` with those places in them.

use std::path::Path;

use super::super::arguments::SshPlaces;
use crate::domain::words::cli as words;

/// The places of one set-up. Each is held to a pattern, so that none needs quoting in a script or a configuration.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    pub account: String,
    pub keys_account: String,
    port: u16,
    pub etc: String,
    pub libexec: String,
    pub units: String,
    program: String,
    pub office: String,
    home: String,
}

/// One file of a set-up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Produced {
    pub name: &'static str,
    /// Where it belongs; empty for what is only run once.
    pub to: String,
    pub text: String,
    pub runs: bool,
}

/// The templates, and whether they are programs.
const TEMPLATES: [(&str, &str, bool); 8] = [
    ("sshd_config", include_str!("../../../config/ssh/sshd_config"), false),
    ("keys", include_str!("../../../config/ssh/keys"), true),
    ("enter", include_str!("../../../config/ssh/enter"), true),
    ("map", include_str!("../../../config/ssh/map"), true),
    ("install", include_str!("../../../config/ssh/install"), true),
    ("dutydesk-ssh.service", include_str!("../../../config/ssh/dutydesk-ssh.service"), false),
    ("dutydesk-map.service", include_str!("../../../config/ssh/dutydesk-map.service"), false),
    ("dutydesk-map.timer", include_str!("../../../config/ssh/dutydesk-map.timer"), false),
];

impl Layout {
    /// The places as they were given; what is wrong with one in words.
    pub fn new(office: &Path, places: &SshPlaces) -> Result<Self, String> {
        let office = path("--office", &office.to_string_lossy())?;
        let Some(home) = office.rsplit_once('/').map(|(home, _)| home).filter(|home| !home.is_empty()) else {
            return Err(words::not_a_place("--office", &office));
        };
        Ok(Self {
            account: account("--account", &places.account)?,
            keys_account: account("--keys-account", &places.keys_account)?,
            port: places.port,
            etc: path("--etc", &places.etc)?,
            libexec: path("--libexec", &places.libexec)?,
            units: path("--units", &places.units)?,
            program: path("--program", &places.program)?,
            home: home.to_owned(),
            office,
        })
    }

    /// Every file, in the order in which they are read.
    pub fn files(&self) -> Vec<Produced> {
        let produced = |(name, template, runs): (&'static str, &str, bool)| Produced {
            name,
            to: self.place(name),
            text: self.filled(template),
            runs,
        };
        TEMPLATES.into_iter().map(produced).collect()
    }

    fn place(&self, name: &str) -> String {
        match name {
            "sshd_config" => format!("{}/{name}", self.etc),
            "keys" | "enter" | "map" => format!("{}/{name}", self.libexec),
            "install" => String::new(),
            _ => format!("{}/{name}", self.units),
        }
    }

    fn filled(&self, template: &str) -> String {
        let port = self.port.to_string();
        let places = [
            ("@account@", &self.account),
            ("@keys_account@", &self.keys_account),
            ("@port@", &port),
            ("@etc@", &self.etc),
            ("@libexec@", &self.libexec),
            ("@units@", &self.units),
            ("@program@", &self.program),
            ("@office@", &self.office),
            ("@home@", &self.home),
        ];
        places.iter().fold(template.to_owned(), |text, (mark, place)| text.replace(mark, place))
    }

    /// The map of keys.
    pub fn map(&self) -> String {
        format!("{}/keys.map", self.etc)
    }
}

/// A whole path of plain characters, without a way up.
fn path(option: &str, given: &str) -> Result<String, String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    let whole = given.len() > 1 && given.starts_with('/') && !given.ends_with('/');
    let straight = given.split('/').skip(1).all(|part| !matches!(part, "" | "." | ".."));
    if whole && straight && given.chars().all(plain) {
        return Ok(given.to_owned());
    }
    Err(words::not_a_place(option, given))
}

/// The name of an account as Debian makes them.
fn account(option: &str, given: &str) -> Result<String, String> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_-".contains(c);
    let begins = given.starts_with(|c: char| c.is_ascii_lowercase());
    if begins && given.len() <= 32 && given.chars().all(plain) && given != "root" {
        return Ok(given.to_owned());
    }
    Err(words::not_an_account(option, given))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in super::super) fn places() -> SshPlaces {
        SshPlaces {
            account: "duty".to_owned(),
            keys_account: "dutykeys".to_owned(),
            port: 2222,
            etc: "/etc/duty".to_owned(),
            libexec: "/usr/local/libexec/duty".to_owned(),
            units: "/etc/systemd/system".to_owned(),
            program: "/usr/local/bin/dutydesk".to_owned(),
        }
    }

    #[test]
    fn every_mark_of_the_templates_is_filled_in() {
        let layout = Layout::new(Path::new("/var/lib/duty/office"), &places()).expect("plain places");
        for file in layout.files() {
            let marks =
                file.text.split('@').skip(1).step_by(2).filter(|mark| {
                    !mark.is_empty() && mark.chars().all(|c| c.is_ascii_lowercase() || c == '_')
                });
            assert_eq!(marks.collect::<Vec<_>>(), Vec::<&str>::new(), "{}", file.name);
        }
    }

    #[test]
    fn a_place_that_a_script_could_misread_is_refused() {
        for office in [
            "office",
            "/",
            "/office",
            "/srv/a b",
            "/srv/$(id)",
            "/srv/../etc",
            "/srv//duty",
            "/srv/o/",
            "/srv/o'",
        ] {
            assert!(Layout::new(Path::new(office), &places()).is_err(), "{office}");
        }
        for name in ["", "root", "Duty", "duty;id", "-duty", "duty\n"] {
            let places = SshPlaces { account: name.to_owned(), ..places() };
            assert!(Layout::new(Path::new("/srv/duty/office"), &places).is_err(), "{name}");
        }
    }
}
