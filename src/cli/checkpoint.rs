//! `dutydesk checkpoint` and `dutydesk witness`: signing how far the record has come, and keeping the last such
//! signature somewhere else, where whoever changes the record cannot reach it.
//!
//! A witness needs no office: it may be another machine, to which what `checkpoint --since` prints was carried, or a
//! memory stick at this one.

use std::fs;
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use clap::Args;

use super::desk;
use super::failure::{Code, Failure};
use super::output;
use crate::domain::checkpoint::{Asked, Checkpoint, LONGEST, PublicKey, Refusal, witnessed};
use crate::domain::permission::Viewer;
use crate::domain::words::cli as words;
use crate::runtime::clock;
use crate::store::checkpoint::Signed;

/// Stands before the first signature of a signed note.
const SIGNED: &str = "\n\n\u{2014} ";

#[derive(Debug, Args)]
pub(super) struct Make {
    /// With the proof that it goes on from this many entries: what a witness who has seen as many asks for
    #[arg(long, value_name = "ENTRIES", conflicts_with = "public_key")]
    pub since: Option<u64>,
    /// Only the public key that the office signs with: write it down where a witness is
    #[arg(long)]
    pub public_key: bool,
}

#[derive(Debug, Args)]
pub(super) struct Keep {
    /// The file in which the last checkpoint seen is kept; made with the first
    #[arg(value_name = "FILE")]
    pub kept: PathBuf,
    /// What `checkpoint --since` printed, from another machine, the first time without `--since` too (`-` is standard input);
    /// the office here where none is named
    #[arg(long, value_name = "FILE")]
    pub from: Option<PathBuf>,
    /// The public key that the office signs with; needed only for the first one from another machine, or for a new key
    #[arg(long)]
    pub key: Option<PublicKey>,
}

/// Nobody's words are in a checkpoint, so that whoever can read the files may ask.
pub(super) fn make(office: Option<PathBuf>, asked: &Make) -> Result<Code, Failure> {
    let signed = sign(office)?;
    if asked.public_key {
        output::lines([signed.key.to_string()])?;
        return Ok(Code::Done);
    }
    match asked.since {
        None => output::lines(signed.note.lines())?,
        Some(since) => {
            let size = signed.checkpoint.size;
            let proof = signed.tree.consistency(since, size);
            let proof = proof.ok_or_else(|| Failure::usage(words::no_such_beginning(since, size)))?;
            output::lines(Asked { old: since, proof, note: signed.note }.to_string().lines())?;
        }
    }
    Ok(Code::Done)
}

/// Takes a new checkpoint for the last one seen, or refuses it and says why.
pub(super) fn keep(office: Option<PathBuf>, asked: &Keep) -> Result<Code, Failure> {
    let seen = seen(&asked.kept)?;
    let (new, own) = match &asked.from {
        Some(from) => {
            let text = read(from)?;
            let new = match text.parse::<Asked>() {
                // A checkpoint alone goes on from nothing: that is all that the first one seen has to.
                Err(_) if text.contains(SIGNED) => Asked { old: 0, proof: Vec::new(), note: text },
                new => new.map_err(|error| Failure::usage(error.to_string()))?,
            };
            (new, None)
        }
        None => {
            let signed = sign(office)?;
            let old = seen.as_ref().map_or(0, |(_, seen)| seen.size);
            // A record that has become smaller proves nothing: that is said when it is looked at.
            let proof = signed.tree.consistency(old, signed.checkpoint.size).unwrap_or_default();
            (Asked { old, proof, note: signed.note }, Some(signed.key))
        }
    };
    let known = seen.as_ref().map(|(key, _)| key.clone());
    let key = asked.key.clone().or(known).or(own).ok_or_else(|| Failure::usage(words::WHOSE_KEY))?;
    let last = seen.as_ref().map(|(_, seen)| seen);
    match witnessed(last, &new, &key) {
        Ok(taken) => {
            put(&asked.kept, &format!("{key}\n\n{}", new.note))?;
            output::lines([words::witnessed(taken.size, last.map(|seen| seen.size), &asked.kept)])?;
            Ok(Code::Done)
        }
        // A proof that begins elsewhere says nothing against the record.
        Err(Refusal::AnotherProof { seen, asked }) => {
            Err(Failure::usage(Refusal::AnotherProof { seen, asked }.to_string()))
        }
        Err(refusal) => {
            output::lines([words::not_witnessed(&refusal.to_string(), &asked.kept)])?;
            Ok(Code::DoesNotHold)
        }
    }
}

fn sign(office: Option<PathBuf>) -> Result<Signed, Failure> {
    Ok(desk::open(office)?.checkpoint(&Viewer::system(), clock::now())?)
}

/// The key and the checkpoint that are kept in a file; `None` where there is no such file yet.
pub(super) fn seen(path: &Path) -> Result<Option<(PublicKey, Checkpoint)>, Failure> {
    if !path.exists() {
        return Ok(None);
    }
    let text = read(path)?;
    let parts = text.split_once("\n\n").and_then(|(key, note)| {
        let key: PublicKey = key.parse().ok()?;
        let seen = Checkpoint::read(note, std::slice::from_ref(&key)).ok()?;
        Some((key, seen))
    });
    parts.map(Some).ok_or_else(|| Failure::usage(words::not_kept_by_a_witness(path)))
}

fn read(path: &Path) -> Result<String, Failure> {
    let mut text = String::new();
    let most = LONGEST as u64;
    let read = if path == Path::new("-") {
        io::stdin().take(most).read_to_string(&mut text)
    } else {
        fs::File::open(path).and_then(|file| file.take(most).read_to_string(&mut text))
    };
    read.map_err(|error| Failure::usage(words::cannot_read_file(path, &error.to_string())))?;
    Ok(text)
}

/// Puts a text in the place of another, whole or not at all.
fn put(path: &Path, text: &str) -> Result<(), Failure> {
    let aside = path.with_extension(format!("{}.aside", std::process::id()));
    let written = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&aside);
    let written = written.and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&aside, path)
    });
    written.map_err(|error| Failure::cannot_write(words::cannot_write_file(path, &error.to_string())))
}
