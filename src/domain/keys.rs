//! SSH keys: a public key as it is enrolled, what it is known by, and whether it lets somebody in.
//!
//! A key is read strictly and by ourselves, because what is read here ends in the configuration of a server: one
//! line, one of two kinds, no options. Whose a key is follows from the ledger and is left to `store`; what a server is
//! told of it to `cli`.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::ids::{CaseId, EntryId};
use super::words::keys as words;

/// The kinds of key that are accepted: Ed25519, in a file or in a security key.
const ED25519: &str = "ssh-ed25519";
const SECURITY_KEY: &str = "sk-ssh-ed25519@openssh.com";
/// The most characters that the line of such a key has, with the longest comment worth reading.
const LONGEST: usize = 1024;
/// What a security key names as its application.
const LONGEST_APPLICATION: usize = 64;
/// Bytes of an Ed25519 public key.
const POINT: usize = 32;

/// A public key: kind and base64, without a comment. Stored in that form for years.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PublicKey {
    security: bool,
    blob: Vec<u8>,
}

/// What a key is known by, as OpenSSH writes it: `SHA256:` and 43 characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Fingerprint(String);

/// Why a text is no key that is accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAKey {
    /// More than one line, or characters that no key has.
    #[error("{}", words::NOT_ONE_LINE)]
    NotOneLine,
    /// Another kind of key, or options before it.
    #[error("{}", words::NOT_OUR_KIND)]
    NotOurKind,
    /// What follows the kind is not a key of that kind.
    #[error("{}", words::DAMAGED)]
    Damaged,
}

impl FromStr for PublicKey {
    type Err = NotAKey;

    /// Reads the line of a `.pub` file. A comment at its end is left out: it names people and machines.
    fn from_str(line: &str) -> Result<Self, NotAKey> {
        let is_plain = |c: char| c == ' ' || (c.is_ascii_graphic() && c != '#');
        if line.len() > LONGEST || !line.chars().all(is_plain) {
            return Err(NotAKey::NotOneLine);
        }
        let mut words = line.split(' ').filter(|word| !word.is_empty());
        let security = match words.next() {
            Some(ED25519) => false,
            Some(SECURITY_KEY) => true,
            _ => return Err(NotAKey::NotOurKind),
        };
        let written = words.next().ok_or(NotAKey::Damaged)?;
        let blob = STANDARD.decode(written).map_err(|_| NotAKey::Damaged)?;
        let key = Self { security, blob };
        if key.is_sound() { Ok(key) } else { Err(NotAKey::Damaged) }
    }
}

impl PublicKey {
    /// Its kind, as OpenSSH names it.
    pub fn kind(&self) -> &'static str {
        if self.security { SECURITY_KEY } else { ED25519 }
    }

    /// What it is known by.
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint(format!("SHA256:{}", STANDARD_NO_PAD.encode(Sha256::digest(&self.blob))))
    }

    /// RFC 4253 6.6 and OpenSSH's PROTOCOL.u2f: the kind once more, 32 bytes, for a security key its application,
    /// and nothing after them.
    fn is_sound(&self) -> bool {
        let rest = &mut self.blob.as_slice();
        let kind = taken(rest).is_some_and(|kind| kind == self.kind().as_bytes());
        let point = taken(rest).is_some_and(|point| point.len() == POINT);
        let application = !self.security
            || taken(rest).is_some_and(|name| {
                (1..=LONGEST_APPLICATION).contains(&name.len()) && name.iter().all(u8::is_ascii_graphic)
            });
        kind && point && application && rest.is_empty()
    }
}

/// One length-prefixed string of the wire format.
fn taken<'b>(rest: &mut &'b [u8]) -> Option<&'b [u8]> {
    let (length, after) = rest.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    let (string, after) = after.split_at_checked(length)?;
    *rest = after;
    Some(string)
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind(), STANDARD.encode(&self.blob))
    }
}

impl From<PublicKey> for String {
    fn from(key: PublicKey) -> Self {
        key.to_string()
    }
}

impl TryFrom<String> for PublicKey {
    type Error = NotAKey;
    fn try_from(text: String) -> Result<Self, NotAKey> {
        text.parse()
    }
}

impl FromStr for Fingerprint {
    type Err = NotAKey;
    fn from_str(text: &str) -> Result<Self, NotAKey> {
        let hash = text.strip_prefix("SHA256:").and_then(|hash| STANDARD_NO_PAD.decode(hash).ok());
        match hash {
            Some(hash) if hash.len() == Sha256::output_size() => Ok(Self(text.to_owned())),
            _ => Err(NotAKey::Damaged),
        }
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Fingerprint> for String {
    fn from(fingerprint: Fingerprint) -> Self {
        fingerprint.0
    }
}

impl TryFrom<String> for Fingerprint {
    type Error = NotAKey;
    fn try_from(text: String) -> Result<Self, NotAKey> {
        text.parse()
    }
}

/// The key that a server authenticated, from the file that it wrote for the session (`ExposeAuthInfo`): one line for
/// each method that was passed. `None` where that was anything but one accepted key.
pub fn authenticated(file: &str) -> Option<PublicKey> {
    let mut lines = file.lines().filter(|line| !line.is_empty());
    let key = lines.next()?.strip_prefix("publickey ")?.parse().ok()?;
    lines.next().is_none().then_some(key)
}

/// Whose a key is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// A member of staff's: it signs them in.
    Staff(CaseId),
    /// A shared workstation's own, by its name: it opens the program, and who sits there is still to be said.
    Station(String),
}

/// What the ledger says of a key at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It lets in.
    Stands(Whose),
    /// It was never enrolled.
    Unknown,
    /// Its enrolment waits for a second person.
    Waits,
    /// It was taken back.
    Revoked,
    /// Its last day is over.
    Expired(NaiveDate),
    /// Whose it is has left.
    Left,
}

/// A key as it is listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeyRow {
    /// What it is known by.
    pub fingerprint: Fingerprint,
    /// The key.
    #[serde(skip)]
    pub key: PublicKey,
    /// The member of staff; `None` for the key of a workstation.
    pub staff: Option<CaseId>,
    /// Their name; empty for the key of a workstation.
    pub name: String,
    /// What it is called ("work laptop"), or the workstation's name.
    pub label: String,
    /// The last day on which it lets in, by the office's wall.
    pub until: Option<NaiveDate>,
    /// The entry that enrolled it.
    pub entry: EntryId,
    /// When it was enrolled, UTC.
    pub enrolled_at: DateTime<Utc>,
    /// By whom, by name.
    pub enrolled_by: String,
    /// The enrolment waits for a second person.
    pub waits: bool,
    /// When it was taken back, UTC.
    pub revoked_at: Option<DateTime<Utc>>,
    /// Why.
    pub reason: String,
    /// Whose it is has left.
    pub left: bool,
}

impl KeyRow {
    /// What the key does on a day of the office's wall.
    pub fn standing(&self, today: NaiveDate) -> Standing {
        match (self.staff, self.until) {
            _ if self.revoked_at.is_some() => Standing::Revoked,
            _ if self.waits => Standing::Waits,
            (_, Some(until)) if until < today => Standing::Expired(until),
            _ if self.left => Standing::Left,
            (Some(staff), _) => Standing::Stands(Whose::Staff(staff)),
            (None, _) => Standing::Stands(Whose::Station(self.label.clone())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made with `ssh-keygen -t ed25519` and thrown away.
    const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILtcRg6pV/Vur2dUN8xGRtqjrR9aQGCOx1gT4EfsMxs0";

    fn blob(parts: &[&[u8]]) -> String {
        let strings = parts.iter().flat_map(|part| {
            let length = u32::try_from(part.len()).expect("short").to_be_bytes();
            [&length[..], part].concat()
        });
        STANDARD.encode(strings.collect::<Vec<u8>>())
    }

    #[test]
    fn a_key_is_kept_without_its_comment_and_known_by_its_fingerprint() {
        let key: PublicKey = format!("{KEY} priya@laptop").parse().expect("a key");
        assert_eq!(key.to_string(), KEY);
        assert_eq!(key.fingerprint().to_string(), "SHA256:l9IiMhulIjNgBJjYimIIJ3o1JM9BGNZDqMiZdz+WBSU");
        assert_eq!(key.fingerprint().to_string().parse(), Ok(key.fingerprint()));
        let stored = serde_json::to_string(&key).expect("text");
        assert_eq!(serde_json::from_str::<PublicKey>(&stored).expect("the same"), key);
    }

    #[test]
    fn a_security_key_has_its_application_behind_it() {
        let point = [7; POINT];
        let sound = blob(&[SECURITY_KEY.as_bytes(), &point, b"ssh:"]);
        assert_eq!(
            format!("{SECURITY_KEY} {sound}").parse::<PublicKey>().map(|key| key.kind()),
            Ok(SECURITY_KEY)
        );
        for parts in [
            vec![SECURITY_KEY.as_bytes(), &point],
            vec![SECURITY_KEY.as_bytes(), &point, b""],
            vec![SECURITY_KEY.as_bytes(), &point, b"ssh:", b"more"],
            vec![ED25519.as_bytes(), &point, b"ssh:"],
        ] {
            let key = format!("{SECURITY_KEY} {}", blob(&parts));
            assert_eq!(key.parse::<PublicKey>(), Err(NotAKey::Damaged), "{key}");
        }
    }

    #[test]
    fn nothing_but_one_plain_key_is_read() {
        let point = [7; POINT];
        let of = |kind: &str, parts: &[&[u8]]| format!("{kind} {}", blob(parts));
        for (line, why) in [
            (String::new(), NotAKey::NotOurKind),
            (format!("restrict {KEY}"), NotAKey::NotOurKind),
            (format!("command=\"id\" {KEY}"), NotAKey::NotOurKind),
            (format!("{KEY}\n"), NotAKey::NotOneLine),
            (format!("{KEY}\n{KEY}"), NotAKey::NotOneLine),
            (format!("{KEY} a\rb"), NotAKey::NotOneLine),
            (format!("# {KEY}"), NotAKey::NotOneLine),
            (format!("{KEY} # mine"), NotAKey::NotOneLine),
            (format!("{KEY} \u{202e}"), NotAKey::NotOneLine),
            (format!("{KEY} {}", "x".repeat(LONGEST)), NotAKey::NotOneLine),
            (of("ssh-rsa", &[b"ssh-rsa", &point]), NotAKey::NotOurKind),
            (of("ecdsa-sha2-nistp256", &[b"ecdsa-sha2-nistp256", &point]), NotAKey::NotOurKind),
            (ED25519.to_owned(), NotAKey::Damaged),
            (format!("{ED25519} AAAA!"), NotAKey::Damaged),
            (KEY.trim_end_matches(char::is_alphanumeric).to_owned(), NotAKey::Damaged),
            (of(ED25519, &[b"ssh-rsa", &point]), NotAKey::Damaged),
            (of(ED25519, &[ED25519.as_bytes(), &point[1..]]), NotAKey::Damaged),
            (of(ED25519, &[ED25519.as_bytes(), &point, b"more"]), NotAKey::Damaged),
        ] {
            assert_eq!(line.parse::<PublicKey>(), Err(why), "{line}");
        }
    }

    #[test]
    fn only_one_key_that_the_server_authenticated_says_who_came() {
        let key: PublicKey = KEY.parse().expect("a key");
        assert_eq!(authenticated(&format!("publickey {KEY}\n")), Some(key));
        for file in [
            String::new(),
            "password\n".to_owned(),
            format!("hostbased {KEY}\n"),
            format!("publickey {KEY}\npublickey {KEY}\n"),
            format!("password\npublickey {KEY}\n"),
            format!("publickey {KEY}\nkeyboard-interactive\n"),
        ] {
            assert_eq!(authenticated(&file), None, "{file}");
        }
    }
}
