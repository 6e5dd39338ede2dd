//! What a pack in JSON carries so that it can be checked without the office: its `proof`.
//!
//! # For whoever writes a verifier
//! A pack is a JSON value in a file, and the file is written in one way only: UTF-8; the members of an object in the order of
//! the bytes of their names; two blanks for each level, a line for each member and item, `": "` after a name, nothing between
//! the brackets of what is empty; in strings, `"` and `\` with `\` before them, U+0008, U+0009, U+000A, U+000C and U+000D as
//! `\b \t \n \f \r`, other characters below U+0020 as `\u00xx` with lower-case digits, all others as they are; integers of 64 bits
//! and no other numbers; a newline at the end. So a file whose value is the same is the same file. *Plain* below is the same
//! value written without blanks and lines, `,` and `:` alone between.
//!
//! Its `proof` has these members. Hashes are 64 lower-case hexadecimal digits, SHA-256.
//!
//! - `note`: a checkpoint ([`crate::domain::checkpoint`]), made when the pack was; `key`: the public key that signed it.
//! - `entries`: an object for each entry of the record that the pack shows anything of, by number, each there once:
//!   - `entry`, its number; `header`, its columns 1 to 21 as [`crate::store::header`] has them, by their names (BLOBs of 16 bytes as UUIDs, of
//!     32 as hashes, NULL as `null`); `hash`, its hash, which follows from the header;
//!   - `salt` (hash) and `body` (the text of its bytes), from which `body_commit` of the header follows. Or, in place of both,
//!     `without`: why the pack holds the commitment alone. `redacted`: the copy is; then no entry has a body. `part`: its body says
//!     more than is shown: how to get in, another person, what waits for somebody's word. `restricted`: it names what whoever made
//!     the pack may not see. `disposed`: it is not kept any more;
//!   - `inclusion`: the proof that its hash is leaf `entry` - 1 of the tree of the checkpoint ([`crate::domain::merkle`]): hashes.
//! - `head`: the same proof of the pack's own `head`, which is the last entry when the pack was gathered; absent where it has none.
//! - `list`: what is in the pack, in order, so that what is missing or changed is named:
//!   - `cover`: the hash over the plain pack without `proof` and `tables`, and without the `entries` of each case;
//!   - `entries`: for each of `proof.entries` its `entry` and the hash (`sha256`) over its plain object;
//!   - `shown`: for each of the `entries` of each case, case by case, `case`, `entry` and the hash over its plain object;
//!   - `tables`: for each table the hash over its plain rows, by its id.
//! - `seal`: a seal ([`crate::domain::checkpoint::Seal`]) by the same key over the hash of the plain `list`, with the size and
//!   the root of the checkpoint.
//!
//! What is to be checked: the file is written so; the key is the one expected; checkpoint and seal are signed by it and speak
//! of its office and of each other; `list` is what was sealed, and everything in the pack is what it lists, neither more nor
//! less nor in another order; of each entry, body and salt give the commitment, the header gives the hash, the hash is
//! in the tree; and whatever a case shows of an entry (`entry`, `id`, `hash`; `kind`, but of a `stub`; `recorded.at`, to the second) is what its header says.
//!
//! # What that shows, and what not
//! That an entry with this body stood in the record, at this place and under this time of the office's clock, when the
//! checkpoint was signed, and that nothing in this copy was changed, left out or moved since it left. That the words that
//! are shown say what the body says is for a person to read: they are made from the body and vouched for by the office's
//! seal. Headers name nobody, a redacted copy's neither; their ids are the same in every pack of the office. Nothing here shows that an office put into a pack all that it has about a matter: what it left out on purpose the
//! pack's `left_out` says, and whoever may see the record asks for a pack of their own. Whoever holds the office's key could write
//! another record from the start; against that a witness keeps checkpoints ([`crate::domain::checkpoint::witnessed`]).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{Pack, Proves};
use crate::domain::act::Act;
use crate::domain::answer::{Answer, Answers};
use crate::domain::entry::{Entry, Said};
use crate::domain::ids::{CaseId, EntryId, Hash32, Seq};
use crate::domain::leave::Waits;
use crate::domain::permission::Viewer;
use crate::domain::views::Told;
use crate::domain::words::pack::proof as words;
use crate::pathway::definition::{Field, Kind, Step};
use crate::report::chronology::Telling;
use crate::store::checkpoint::{CheckpointError, Signed};
use crate::store::header::Written;
use crate::store::{Content, Store};

/// The name of the proof in a pack.
pub(super) const PROOF: &str = "proof";

/// The proof of a pack. Members of all of these stand in the order of their names, as they are hashed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Proof {
    pub(super) entries: Vec<Value>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) head: Option<Vec<String>>,
    pub(super) key: String,
    pub(super) list: Value,
    pub(super) note: String,
    pub(super) seal: String,
}

/// An entry, proved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Proved {
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) body: Option<String>,
    pub(super) entry: Seq,
    pub(super) hash: String,
    pub(super) header: Written,
    pub(super) inclusion: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) salt: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) without: Option<String>,
}

/// What is in a pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct List {
    pub(super) cover: String,
    pub(super) entries: Vec<OfEntry>,
    pub(super) shown: Vec<Shown>,
    pub(super) tables: BTreeMap<String, String>,
}

/// An entry that is proved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OfEntry {
    pub(super) entry: Seq,
    pub(super) sha256: String,
}

/// An entry that a case shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Shown {
    pub(super) case: String,
    pub(super) entry: Seq,
    pub(super) sha256: String,
}

/// The bytes of a pack as a file.
///
/// # Errors
/// It cannot be written; nothing that a pack holds leads to that.
pub fn file(pack: &Value) -> Result<Vec<u8>, serde_json::Error> {
    let mut bytes = serde_json::to_vec_pretty(pack)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Puts the proof into a pack that is a JSON value. `signed` was made after the pack was gathered.
///
/// # Errors
/// The record cannot be read, or the seal not be signed.
pub fn prove(
    (pack, value): (&Pack, &mut Value),
    store: &mut Store,
    viewer: &Viewer,
    signed: &Signed,
    now: DateTime<Utc>,
) -> Result<(), CheckpointError> {
    let entries = entries(pack, store, viewer, signed)?;
    let list = serde_json::to_value(List::of(value, &entries)).map_err(unwritten)?;
    let seal = store.seal(&Viewer::system(), plain(&list), &signed.checkpoint, now)?;
    let head = inclusion(signed, pack.head.0);
    let (key, note) = (signed.key.to_string(), signed.note.clone());
    let proof = serde_json::to_value(Proof { entries, head, key, list, note, seal }).map_err(unwritten)?;
    if let Value::Object(members) = value {
        members.insert(PROOF.to_owned(), proof);
    }
    Ok(())
}

/// Every entry of which the pack shows anything, with what may be shown of it.
fn entries(
    pack: &Pack,
    store: &Store,
    viewer: &Viewer,
    signed: &Signed,
) -> Result<Vec<Value>, CheckpointError> {
    let mut proved: BTreeMap<Seq, Proved> = BTreeMap::new();
    for (case, entries) in &pack.proves {
        let all = entries.iter().map(|(seq, whole)| (*seq, *whole)).collect::<BTreeMap<_, _>>();
        for one in store.hashed(viewer, *case)? {
            let seq = one.header.seq;
            let Some(whole) = all.get(&seq) else { continue };
            let (content, without) = match one.content {
                Content::Disposed => (None, Some(words::DISPOSED)),
                _ if pack.redacted => (None, Some(words::REDACTED)),
                Content::Restricted => (None, Some(words::RESTRICTED)),
                Content::Whole(..) if !whole => (None, Some(words::PART)),
                Content::Whole(salt, body) => match String::from_utf8(body) {
                    Ok(body) => (Some((Hash32(salt).to_string(), body)), None),
                    Err(_) => (None, Some(words::PART)),
                },
            };
            // What another case of the pack shows whole is shown.
            if proved.get(&seq).is_some_and(|before| before.body.is_some()) {
                continue;
            }
            let (salt, body) = content.unzip();
            let (hash, header) = (one.hash.to_string(), Written::from(&one.header));
            let (inclusion, without) =
                (inclusion(signed, seq).unwrap_or_default(), without.map(str::to_owned));
            proved.insert(seq, Proved { body, entry: seq, hash, header, inclusion, salt, without });
        }
    }
    proved.values().map(serde_json::to_value).collect::<Result<_, _>>().map_err(unwritten)
}

fn inclusion(signed: &Signed, seq: Seq) -> Option<Vec<String>> {
    let proof = signed.tree.inclusion(seq, signed.checkpoint.size)?;
    Some(proof.iter().map(ToString::to_string).collect())
}

fn unwritten(error: serde_json::Error) -> CheckpointError {
    CheckpointError::Failed(error.to_string())
}

impl List {
    /// Of a pack with or without its proof, and of the entries that this proves.
    pub(super) fn of(pack: &Value, proved: &[Value]) -> Self {
        let number = |one: &Value| one["entry"].as_u64().unwrap_or_default();
        let entry = |one: &Value| OfEntry { entry: number(one), sha256: plain(one).to_string() };
        let shown = shown(pack).map(|(case, one)| Shown {
            case: case.to_owned(),
            entry: number(one),
            sha256: plain(one).to_string(),
        });
        let tables = pack["tables"].as_object().into_iter().flatten();
        Self {
            cover: plain(&cover(pack)).to_string(),
            entries: proved.iter().map(entry).collect(),
            shown: shown.collect(),
            tables: tables.map(|(id, rows)| (id.clone(), plain(rows).to_string())).collect(),
        }
    }
}

/// The entries that the cases of a pack show, each with its case.
pub(super) fn shown(pack: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let cases = pack["cases"].as_array().into_iter().flatten();
    cases.flat_map(|case| {
        let entries = case["entries"].as_array().into_iter().flatten();
        entries.map(|entry| (case["case"].as_str().unwrap_or_default(), entry))
    })
}

/// A pack without its tables, its entries and its proof.
fn cover(pack: &Value) -> Value {
    let without = |value: &Value, left_out: &[&str]| -> Value {
        let members = value.as_object().into_iter().flatten();
        let kept = members.filter(|(name, _)| !left_out.contains(&name.as_str()));
        kept.map(|(name, value)| (name.clone(), value.clone())).collect()
    };
    let mut cover = without(pack, &[PROOF, "tables", "cases"]);
    let cases = pack["cases"].as_array().into_iter().flatten();
    cover["cases"] = cases.map(|case| without(case, &["entries"])).collect();
    cover
}

/// The hash over a value written plainly.
pub(super) fn plain(value: &Value) -> Hash32 {
    Hash32(Sha256::digest(value.to_string()).into())
}

/// Whether a pack that is not redacted shows all that the body of an entry says, so that the body may stand in it. Where
/// that is not certain, it does not: the commitment then stands alone.
pub(super) fn shows_all(with: Telling<'_>, told: &Told) -> bool {
    let Entry { said, register, leave, .. } = &told.entry;
    // What was said about one person and stands with another now; whoever one was warned of; what waits for a second person.
    let more = told.recorded_under.is_some()
        || !register.cautions.is_empty()
        || matches!(leave.waits, Some(Waits::Part(_)));
    let step = |said: &Said| match said {
        Said::Step(said) => with.editions.step(said),
        Said::Act(_) | Said::Stub(_) => None,
    };
    !more
        && match said {
            Said::Step(filled) => step(said).is_some_and(|step| is_open(step, &filled.answers)),
            Said::Act(Act::Amend { entry, answers, .. }) => amended(with, *entry)
                .filter(|told| told.recorded_under.is_none())
                .and_then(|told| step(&told.entry.said))
                .is_some_and(|step| is_open(step, answers)),
            Said::Act(act) => matches!(
                act,
                Act::Cancel { .. }
                    | Act::PassOn { .. }
                    | Act::ConfirmTyped { .. }
                    | Act::Countersign { .. }
                    | Act::Take { .. }
                    | Act::Offer { .. }
                    | Act::AnswerOffer { .. }
                    | Act::WithdrawOffer { .. }
                    | Act::LeaveTo { .. }
                    | Act::Disclose { .. }
            ),
            Said::Stub(_) => false,
        }
}

fn amended<'v>(with: Telling<'v>, entry: EntryId) -> Option<&'v Told> {
    let elsewhere = with.view.elsewhere.iter().map(|one| &one.told);
    with.view.chronology.iter().chain(elsewhere).find(|told| told.entry.id == entry)
}

/// Whether nothing in the answers is sealed or of a field that the form does not have.
fn is_open(step: &Step, answers: &Answers) -> bool {
    are_open(&step.fields, answers)
}

fn are_open(fields: &[Field], answers: &Answers) -> bool {
    answers.iter().all(|(id, answer)| {
        let field = fields.iter().find(|field| field.id == *id);
        field.is_some_and(|field| {
            !field.sealed
                && match (&field.kind, answer) {
                    (Kind::Rows { columns, .. }, Answer::Rows(rows)) => {
                        rows.iter().all(|row| are_open(columns, row))
                    }
                    _ => true,
                }
        })
    })
}

/// What a pack proves of the cases it is made of: by case, the numbers of entries, and whether all they say is shown.
pub(super) fn proves(with: Telling<'_>, told: &[&Told], whole: bool) -> Vec<Proves> {
    let mut proves: BTreeMap<CaseId, BTreeSet<(Seq, bool)>> = BTreeMap::new();
    for one in told {
        let elsewhere = with.view.elsewhere.iter().find(|other| other.told.entry.id == one.entry.id);
        let case = elsewhere.map_or(with.view.state.id, |other| other.case);
        proves.entry(case).or_default().insert((one.entry.seq, whole && shows_all(with, one)));
    }
    proves.into_iter().collect()
}
