//! A checkpoint: what the record said at a moment, signed, so that whoever keeps it elsewhere sees later whether anything
//! before it was changed or cut off. And what a witness does with the next one.
//!
//! The tree is [`super::merkle`]'s; where the key and the notes are kept is left to the store.
//!
//! # For whoever writes a verifier
//! A checkpoint is a signed note (C2SP `signed-note`) with the text of a log's checkpoint (C2SP `tlog-checkpoint`), UTF-8:
//!
//! ```text
//! dutydesk/office/00112233-4455-6677-8899-aabbccddeeff
//! 2
//! oePVgR7d…44 characters of base64…
//! chain 6bb574fc…64 hexadecimal digits…
//! looks 17 0d4a…64 hexadecimal digits…
//! made 2026-11-26T11:30:00Z
//!
//! — dutydesk/office/00112233-4455-6677-8899-aabbccddeeff hYdNEq…base64…
//! ```
//!
//! - Line 1 is the origin: `dutydesk/office/` and the `id` of entry 1. It is the name of the key, too.
//! - Line 2 is how many entries it speaks of, so the `seq` of the last of them; line 3 the root of their tree
//!   ([`super::merkle`]), in base64 with padding.
//! - Lines that follow are extensions, each there at most once: `chain`, the `hash` of that last entry; `looks`, how many
//!   looks at records had been noted and the hash of the last ([`crate::store::access`]), where there were any; `made`, when
//!   it was signed, UTC by the clock of the office's machine. A verifier passes over those that it does not know.
//! - The text ends with the newline before the empty line; that newline is signed, the empty line is not.
//! - A line of a signature is `—` (U+2014), a space, the name of the key, a space, and in base64 the four bytes of the key's
//!   id and the 64 of the signature: Ed25519 (RFC 8032) over the text. The id is the beginning of SHA-256( name ‖ `0A` ‖
//!   `01` ‖ public key of 32 bytes ). Lines of other keys are passed over.
//! - A public key is written `NAME+ID+KEY`: the id as eight hexadecimal digits, KEY the base64 of `01` ‖ public key.
//!
//! What a witness is asked ([`Asked`]) is the body of an `add-checkpoint` of C2SP `tlog-witness`: a line `old N`, how many
//! entries the last checkpoint spoke of that the witness has seen; the proof that they are the beginning, a line of base64
//! for each hash; an empty line; the new checkpoint.

mod seal;

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, SecondsFormat, Utc};
use ed25519_dalek::{Signature, VerifyingKey};
use sha2::{Digest, Sha256};

use super::ids::{EntryId, Hash32, Seq};
use super::merkle;
use super::words::checkpoint as words;

pub use seal::Seal;

/// The kind of signature in a key and in its id: Ed25519.
const ED25519: u8 = 0x01;
/// The most of a note, or of what a witness is asked, that is read; no honest one comes near it.
pub const LONGEST: usize = 64 * 1024;
/// A proof over 2⁶³ entries has no more.
const LONGEST_PROOF: usize = 63;

/// What is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Whose record it is: see [`origin`].
    pub origin: String,
    /// How many entries it speaks of.
    pub size: u64,
    /// The root of their tree.
    pub root: Hash32,
    /// The hash of the last of them; `None` where the note does not say.
    pub chain: Option<Hash32>,
    /// How many looks at records had been noted, and the hash of the last.
    pub looks: Option<(Seq, Hash32)>,
    /// When it was signed, by the clock of whoever did.
    pub made: Option<DateTime<Utc>>,
}

/// The origin of an office's checkpoints, which is the name of its key as well: it says nothing about the office but the
/// id of its first entry.
pub fn origin(first: EntryId) -> String {
    format!("dutydesk/office/{first}")
}

/// Why a note is no checkpoint that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoteFault {
    /// It is not written as a checkpoint is.
    #[error("{}", words::NOT_A_NOTE)]
    Form,
    /// None of the keys that are trusted has signed it.
    #[error("{}", words::NOT_SIGNED)]
    NotSigned,
    /// A key that is trusted is named, and what stands there is not its signature of this text.
    #[error("{}", words::FALSE_SIGNATURE)]
    False,
}

/// A text that is no public key of a checkpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", words::NOT_A_KEY)]
pub struct NotAKey;

impl Checkpoint {
    /// The text that is signed.
    fn text(&self) -> String {
        let mut lines = vec![self.origin.clone(), self.size.to_string(), STANDARD.encode(self.root.0)];
        lines.extend(self.chain.map(|chain| format!("chain {chain}")));
        lines.extend(self.looks.map(|(looks, head)| format!("looks {looks} {head}")));
        lines.extend(self.made.map(|at| format!("made {}", at.to_rfc3339_opts(SecondsFormat::Secs, true))));
        lines.iter().map(|line| format!("{line}\n")).collect()
    }

    /// Reads a note that one of these keys has signed.
    ///
    /// # Errors
    /// See [`NoteFault`].
    pub fn read(note: &str, keys: &[PublicKey]) -> Result<Self, NoteFault> {
        Self::of_text(signed_text(note, keys)?).ok_or(NoteFault::Form)
    }

    fn of_text(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let origin = lines.next().filter(|line| !line.is_empty())?.to_owned();
        let size = number(lines.next()?)?;
        let root = hash(lines.next()?)?;
        let mut read = Self { origin, size, root, chain: None, looks: None, made: None };
        for line in lines {
            let (word, value) = line.split_once(' ').unwrap_or((line, ""));
            match word {
                "chain" if read.chain.is_none() => read.chain = Some(value.parse().ok()?),
                "looks" if read.looks.is_none() => {
                    let (many, head) = value.split_once(' ')?;
                    read.looks = Some((number(many)?, head.parse().ok()?));
                }
                "made" if read.made.is_none() => {
                    read.made = Some(DateTime::parse_from_rfc3339(value).ok()?.to_utc());
                }
                "chain" | "looks" | "made" | "" => return None,
                _ => {}
            }
        }
        Some(read)
    }
}

/// The text of a note that one of these keys has signed.
fn signed_text<'n>(note: &'n str, keys: &[PublicKey]) -> Result<&'n str, NoteFault> {
    let (text, signatures) = parts(note).ok_or(NoteFault::Form)?;
    let mut signed = false;
    for line in signatures.lines() {
        let (name, bytes) = signature(line).ok_or(NoteFault::Form)?;
        let (id, signature) = bytes.split_at(4);
        for key in keys.iter().filter(|key| key.name == name && key.id() == *id) {
            let Ok(signature) = Signature::from_slice(signature) else { return Err(NoteFault::False) };
            key.key.verify_strict(text.as_bytes(), &signature).map_err(|_| NoteFault::False)?;
            signed = true;
        }
    }
    if signed { Ok(text) } else { Err(NoteFault::NotSigned) }
}

/// The text of a note, with its last newline, and the lines of its signatures.
fn parts(note: &str) -> Option<(&str, &str)> {
    let is_plain = |c: char| c == '\n' || !c.is_control();
    if note.len() > LONGEST || !note.ends_with('\n') || !note.chars().all(is_plain) {
        return None;
    }
    let at = note.rfind("\n\n")?;
    let (text, signatures) = (&note[..=at], &note[at + 2..]);
    (!signatures.is_empty()).then_some((text, signatures))
}

fn signature(line: &str) -> Option<(&str, Vec<u8>)> {
    let (name, written) = line.strip_prefix("— ")?.split_once(' ')?;
    let bytes = STANDARD.decode(written).ok()?;
    (!name.is_empty() && bytes.len() > 4).then_some((name, bytes))
}

/// A number as it is written here: in digits, none of them a nought too many.
fn number(text: &str) -> Option<u64> {
    let read: u64 = text.parse().ok()?;
    (read.to_string() == text).then_some(read)
}

fn hash(text: &str) -> Option<Hash32> {
    Some(Hash32(STANDARD.decode(text).ok()?.try_into().ok()?))
}

/// What signs. Its secret is wiped from memory when it is dropped, and is never shown.
pub struct SigningKey {
    name: String,
    key: ed25519_dalek::SigningKey,
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SigningKey").field(&self.public()).finish()
    }
}

impl SigningKey {
    /// The key that follows from 32 random bytes, under an office's [`origin`].
    pub fn of(origin: &str, secret: &[u8; 32]) -> Self {
        Self { name: origin.to_owned(), key: ed25519_dalek::SigningKey::from_bytes(secret) }
    }

    /// What others check its signatures with.
    pub fn public(&self) -> PublicKey {
        PublicKey { name: self.name.clone(), key: self.key.verifying_key() }
    }

    /// The whole note: the checkpoint and the signature below it.
    pub fn note(&self, checkpoint: &Checkpoint) -> String {
        self.signed(&checkpoint.text())
    }

    fn signed(&self, text: &str) -> String {
        use ed25519_dalek::Signer;
        let signature = self.key.sign(text.as_bytes()).to_bytes();
        let written = STANDARD.encode([&self.public().id(), signature.as_slice()].concat());
        format!("{text}\n— {} {written}\n", self.name)
    }
}

/// What signatures are checked with; written as C2SP `signed-note` has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    name: String,
    key: VerifyingKey,
}

impl PublicKey {
    /// The office's [`origin`], under which it signs.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The beginning of the hash over name and key, by which a line of a signature names it.
    fn id(&self) -> [u8; 4] {
        let hash = Sha256::new_with_prefix(&self.name)
            .chain_update([b'\n', ED25519])
            .chain_update(self.key.as_bytes())
            .finalize();
        [hash[0], hash[1], hash[2], hash[3]]
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = STANDARD.encode([&[ED25519], self.key.as_bytes().as_slice()].concat());
        write!(f, "{}+{:08x}+{key}", self.name, u32::from_be_bytes(self.id()))
    }
}

impl FromStr for PublicKey {
    type Err = NotAKey;

    fn from_str(text: &str) -> Result<Self, NotAKey> {
        // The base64 of the key may hold a `+` itself, a name never does.
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(NotAKey);
        };
        let bytes = STANDARD.decode(key).map_err(|_| NotAKey)?;
        let Some((&ED25519, bytes)) = bytes.split_first() else { return Err(NotAKey) };
        let bytes: [u8; 32] = bytes.try_into().map_err(|_| NotAKey)?;
        let key = VerifyingKey::from_bytes(&bytes).map_err(|_| NotAKey)?;
        let read = Self { name: name.to_owned(), key };
        let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_graphic());
        if is_name && format!("{:08x}", u32::from_be_bytes(read.id())) == id {
            Ok(read)
        } else {
            Err(NotAKey)
        }
    }
}

/// What a witness is asked: to take a new checkpoint for the one it saw last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// How many entries that one spoke of; none where the witness has seen none.
    pub old: u64,
    /// That they are the beginning.
    pub proof: Vec<Hash32>,
    /// The new checkpoint, signed.
    pub note: String,
}

impl fmt::Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "old {}", self.old)?;
        self.proof.iter().try_for_each(|hash| writeln!(f, "{}", STANDARD.encode(hash.0)))?;
        write!(f, "\n{}", self.note)
    }
}

impl FromStr for Asked {
    type Err = NoteFault;

    fn from_str(text: &str) -> Result<Self, NoteFault> {
        let (head, note) = text.split_once("\n\n").ok_or(NoteFault::Form)?;
        let mut lines = head.lines();
        let old = lines.next().and_then(|line| number(line.strip_prefix("old ")?));
        let old = old.ok_or(NoteFault::Form)?;
        let proof = lines.map(hash).collect::<Option<Vec<_>>>().ok_or(NoteFault::Form)?;
        if proof.len() > LONGEST_PROOF {
            return Err(NoteFault::Form);
        }
        Ok(Self { old, proof, note: note.to_owned() })
    }
}

/// Why a witness does not take a checkpoint.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is no checkpoint that counts.
    #[error(transparent)]
    Note(#[from] NoteFault),
    /// It is of another office.
    #[error("{}", words::ANOTHER_OFFICE)]
    AnotherOffice,
    /// The record has become smaller.
    #[error("{}", words::smaller(*.seen, *.now))]
    Smaller {
        /// Entries of the last one seen.
        seen: u64,
        /// Entries now.
        now: u64,
    },
    /// As many entries, and not the same ones; or the earlier ones are not the beginning of the later.
    #[error("{}", words::rewritten(*.seen))]
    Rewritten {
        /// Entries of the last one seen.
        seen: u64,
    },
    /// The proof begins elsewhere.
    #[error("{}", words::another_proof(*.seen, *.asked))]
    AnotherProof {
        /// Entries of the last one seen.
        seen: u64,
        /// Entries from which the proof goes.
        asked: u64,
    },
}

/// Takes a new checkpoint for the one that was `seen` last, where the record has only grown since; `key` is the office's.
///
/// # Errors
/// See [`Refusal`]: whoever keeps `seen` keeps it then.
pub fn witnessed(seen: Option<&Checkpoint>, asked: &Asked, key: &PublicKey) -> Result<Checkpoint, Refusal> {
    let new = Checkpoint::read(&asked.note, std::slice::from_ref(key))?;
    if new.origin != key.name || seen.is_some_and(|seen| seen.origin != new.origin) {
        return Err(Refusal::AnotherOffice);
    }
    let Some(seen) = seen else { return Ok(new) };
    if new.size < seen.size {
        return Err(Refusal::Smaller { seen: seen.size, now: new.size });
    }
    let rewritten = Refusal::Rewritten { seen: seen.size };
    if new.size == seen.size {
        return if new.root == seen.root { Ok(new) } else { Err(rewritten) };
    }
    if asked.old != seen.size {
        return Err(Refusal::AnotherProof { seen: seen.size, asked: asked.old });
    }
    if merkle::consistent(seen.size, seen.root, new.size, new.root, &asked.proof) {
        Ok(new)
    } else {
        Err(rewritten)
    }
}

#[cfg(test)]
mod tests;
