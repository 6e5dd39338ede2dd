//! `dutydesk ssh check`: an existing set-up, part by part, and what is wrong with it in words.
//!
//! It reads files and the record and starts no program: what sshd itself makes of its configuration can be fed in
//! (`sshd -T -f FILE`).

use std::fs::{self, Metadata};
use std::io::Read;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use super::super::failure::{Code, Failure};
use super::super::{desk, output};
use super::config;
use super::layout::{Layout, Produced};
use crate::domain::words::cli as words;

/// The most of a file that is read.
const MOST: u64 = 1 << 20;
const ROOT: u32 = 0;

/// Says what was looked at and what does not hold.
pub(super) fn run(layout: &Layout, effective: Option<&Path>) -> Result<Code, Failure> {
    let files = layout.files();
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| matches!(file.name, "sshd_config" | "keys" | "enter" | "map")) {
        faults.extend(installed(file, file.name == "sshd_config" && effective.is_some()));
    }
    if let Some(given) = effective {
        let text = fed(given)?;
        let wanted = files.iter().find(|file| file.name == "sshd_config");
        faults.extend(wanted.map(|wanted| config::faults(&wanted.text, &text)).unwrap_or_default());
    }
    faults.extend(accounts(layout));
    faults.extend(map(layout));
    let all_holds = faults.is_empty();
    output::lines(words::checked(&layout.etc, &layout.libexec, &layout.office))?;
    output::lines(if all_holds { vec![words::ALL_HOLDS.to_owned()] } else { faults })?;
    Ok(if all_holds { Code::Done } else { Code::DoesNotHold })
}

/// A file that sshd trusts: whose it and every directory above it is, and what stands in it. `elsewhere` where what
/// it says is judged by what sshd makes of it.
fn installed(file: &Produced, elsewhere: bool) -> Vec<String> {
    let mut faults = trusted(&file.to);
    match fs::read_to_string(&file.to) {
        Err(error) => faults.push(unseen(&file.to, &error)),
        Ok(_) if elsewhere => {}
        Ok(text) if file.name == "sshd_config" => faults.extend(config::faults(&file.text, &text)),
        Ok(text) if text != file.text => faults.push(words::differs_from_ours(&file.to)),
        Ok(_) if file.runs && fs::metadata(&file.to).is_ok_and(|found| found.mode() & 0o111 != 0o111) => {
            faults.push(words::does_not_run(&file.to));
        }
        Ok(_) => {}
    }
    faults
}

/// Only root may change a file or any directory above it, wherever links lead.
fn trusted(path: &str) -> Vec<String> {
    let real = fs::canonicalize(path).unwrap_or_else(|_| path.into());
    let fault = |part: &Path| {
        let found: Metadata = fs::metadata(part).ok()?;
        let shown = part.display().to_string();
        if found.uid() != ROOT {
            return Some(words::not_roots(&shown));
        }
        (found.mode() & 0o022 != 0).then(|| words::others_may_write(&shown))
    };
    real.ancestors().filter_map(fault).collect()
}

fn fed(given: &Path) -> Result<String, Failure> {
    let mut text = String::new();
    let read = if given == Path::new("-") {
        std::io::stdin().lock().take(MOST).read_to_string(&mut text)
    } else {
        fs::File::open(given).and_then(|file| file.take(MOST).read_to_string(&mut text))
    };
    read.map_err(|error| Failure::usage(unseen(&given.display().to_string(), &error)))?;
    Ok(text)
}

/// Why a file could not be looked at: that it is not there is no matter of who looks.
fn unseen(path: &str, error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => words::not_there(path),
        _ => words::cannot_look_at(path, &error.to_string()),
    }
}

/// Both accounts, from the system's own lists.
fn accounts(layout: &Layout) -> Vec<String> {
    let mut faults = Vec::new();
    let entries = |path: &str| fs::read_to_string(path).map_err(|error| unseen(path, &error));
    let passwd = entries("/etc/passwd").unwrap_or_default();
    let shell = format!("{}/enter", layout.libexec);
    for (name, shells) in [
        (&layout.account, vec![shell.as_str()]),
        (&layout.keys_account, vec!["/usr/sbin/nologin", "/sbin/nologin", "/bin/false"]),
    ] {
        let Some(fields) = entry(&passwd, name) else {
            faults.push(words::no_account(name));
            continue;
        };
        if fields.get(2).is_some_and(|uid| *uid == "0") {
            faults.push(words::account_is_root(name));
        }
        if !fields.get(6).is_some_and(|found| shells.contains(found)) {
            faults.push(words::wrong_shell(name, shells.first().copied().unwrap_or_default()));
        }
    }
    match entries("/etc/shadow") {
        Err(why) => faults.push(why),
        Ok(shadow) => {
            let password = entry(&shadow, &layout.account).and_then(|fields| fields.get(1).copied());
            if password != Some("*") {
                faults.push(words::wrong_password(&layout.account));
            }
        }
    }
    faults
}

fn entry<'t>(text: &'t str, name: &str) -> Option<Vec<&'t str>> {
    text.lines().map(|line| line.split(':').collect::<Vec<_>>()).find(|fields| fields.first() == Some(&name))
}

/// The map: only root changes it, only the account that reads keys reads it, and it says what the record says.
fn map(layout: &Layout) -> Vec<String> {
    let path = layout.map();
    let mut faults = trusted(&path);
    match fs::metadata(&path) {
        Ok(found) if found.mode() & 0o007 != 0 => faults.push(words::others_may_read(&path)),
        _ => {}
    }
    let office = Some(layout.office.clone().into());
    let ours = desk::open(office).and_then(|store| super::map(&store)).map_err(|failure| failure.says);
    let theirs = fs::read_to_string(&path).map_err(|error| unseen(&path, &error));
    match (ours, theirs) {
        (Err(why), _) | (_, Err(why)) => faults.push(why),
        (Ok(ours), Ok(theirs)) => {
            let same = ours.iter().map(String::as_str).eq(theirs.lines());
            faults.extend((!same).then(|| words::map_is_behind(&path, &layout.libexec)));
        }
    }
    faults
}
