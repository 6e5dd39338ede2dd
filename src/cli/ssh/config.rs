//! What an sshd configuration says against what it is to say. The same for the file and for what `sshd -T` prints.

use std::collections::BTreeMap;

use crate::domain::words::cli as words;

/// What must not stand in it at all: each brings in something from the client or from elsewhere.
const FORBIDDEN: [&str; 9] = [
    "acceptenv",
    "authorizedprincipalscommand",
    "authorizedprincipalsfile",
    "chrootdirectory",
    "include",
    "match",
    "setenv",
    "subsystem",
    "trustedusercakeys",
];
/// Of these each line adds to those before it; of any other the first counts.
const ADDING: [&str; 2] = ["allowusers", "hostkey"];

/// Directives by name in small letters, as sshd takes them: the first of a name counts.
fn directives(text: &str) -> BTreeMap<String, Vec<String>> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (name, value) = line.split_once([' ', '\t', '=']).unwrap_or((line, ""));
        let value = value.trim_matches([' ', '\t', '=']).to_owned();
        found.entry(name.to_ascii_lowercase()).or_default().push(value);
    }
    found
}

/// What is wrong with it, in words.
pub(super) fn faults(wanted: &str, found: &str) -> Vec<String> {
    let (wanted, found) = (directives(wanted), directives(found));
    let mut faults = Vec::new();
    for (name, value) in wanted.iter().filter_map(|(name, values)| Some((name, values.first()?))) {
        match found.get(name).map(Vec::as_slice) {
            None => faults.push(words::not_set(name, value)),
            Some([first, more @ ..]) if same(name, first, value) => {
                let adds = ADDING.contains(&name.as_str()) && !more.is_empty();
                faults.extend(adds.then(|| words::set_twice(name, value)));
            }
            Some([first, ..]) => faults.push(words::set_wrong(name, first, value)),
            Some([]) => {}
        }
    }
    let is_set =
        |name: &&&str| found.get(**name).is_some_and(|values| values.iter().any(|value| value != "none"));
    faults.extend(FORBIDDEN.iter().filter(is_set).map(|name| words::must_not_be_set(name)));
    faults
}

/// Paths and names as they are written; words such as "yes" however.
fn same(name: &str, found: &str, wanted: &str) -> bool {
    found == wanted || name != "allowusers" && !wanted.contains('/') && found.eq_ignore_ascii_case(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WANTED: &str =
        "# head\nPort 2222\nAllowUsers duty\nX11Forwarding no\nForceCommand /usr/libexec/enter\n";

    #[test]
    fn the_same_in_the_words_of_sshd_is_the_same() {
        let printed = "port 2222\nallowusers duty\nx11forwarding No\nforcecommand /usr/libexec/enter\n\
                       permitopen any\nchrootdirectory none\n";
        assert_eq!(faults(WANTED, printed), Vec::<String>::new());
        assert_eq!(faults(WANTED, WANTED), Vec::<String>::new());
        assert_eq!(faults(WANTED, &WANTED.replace(' ', "=")).len(), 0);
    }

    #[test]
    fn what_is_missing_changed_or_brought_in_is_named() {
        for (found, named) in [
            (WANTED.replace("X11Forwarding no\n", ""), "x11forwarding"),
            (WANTED.replace("X11Forwarding no", "X11Forwarding yes\nX11Forwarding no"), "x11forwarding"),
            (WANTED.replace("/usr/libexec/enter", "/usr/libexec/Enter"), "forcecommand"),
            (format!("{WANTED}AllowUsers root\n"), "allowusers"),
            (format!("{WANTED}AcceptEnv LANG LC_*\n"), "acceptenv"),
            (format!("{WANTED}Subsystem sftp internal-sftp\n"), "subsystem"),
            (format!("{WANTED}Include /etc/ssh/sshd_config.d/*.conf\n"), "include"),
            (format!("{WANTED}Match User x\nForceCommand none\n"), "match"),
        ] {
            let faults = faults(WANTED, &found);
            assert_eq!(faults.len(), 1, "{faults:?}");
            assert!(faults[0].contains(named), "{faults:?}");
        }
    }
}
