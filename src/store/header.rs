//! The header of an entry and its hash: the format in which the record is kept for years.
//!
//! # For whoever writes a verifier
//! `ledger.db` is an SQLite 3 database; its `application_id` is `0x44555459` ("DUTY"). The record is two tables:
//!
//! `entries`, one row per entry, with these columns in this order:
//!
//! | # | column | type | meaning |
//! |---|---|---|---|
//! | 1 | `format` | INTEGER | version of this header format: 1 |
//! | 2 | `seq` | INTEGER | number of the entry, from 1 without gaps |
//! | 3 | `id` | BLOB, 16 | the entry's UUID |
//! | 4 | `key` | TEXT | idempotency key, unique: a UUID as 36 lower-case characters; the id's where no other was given |
//! | 5 | `kind` | TEXT | `PATHWAY.STEP` for a step, `act.NAME` for an act |
//! | 6 | `edition` | BLOB, 32 or NULL | edition of the definitions that a step was filled in on, below |
//! | 7 | `case_id` | BLOB, 16 or NULL | the case: the id of the entry that opened it |
//! | 8 | `subject_id` | BLOB, 16 or NULL | whom the case was about when this was recorded |
//! | 9 | `on_commitment` | TEXT or NULL | the commitment a step was recorded on, `ENTRY-UUID/PLACE`; places are ids of definitions and numbers |
//! | 10 | `occurred_at` | INTEGER | when it happened: milliseconds since 1970-01-01T00:00:00Z |
//! | 11 | `precision` | TEXT | `exact`, `about`, `day`, `unknown` |
//! | 12 | `reported_at` | INTEGER or NULL | when the office was told, milliseconds |
//! | 13 | `recorded_at` | INTEGER | when it was put into the record, milliseconds |
//! | 14 | `offset_minutes` | INTEGER | what the office's wall clock was ahead of UTC at `recorded_at` |
//! | 15 | `clock_regressed` | INTEGER | 1 where `recorded_at` is before that of the entry before; order is `seq` |
//! | 16 | `by_staff` | BLOB, 16 or NULL | whose act it is |
//! | 17 | `typed_by` | BLOB, 16 or NULL | who typed it |
//! | 18 | `method` | TEXT | how that is known: `asserted`, `account`, `pin`, `key`, `system` |
//! | 19 | `program` | TEXT | name and version of the program that wrote it; behind them ` example` where it told an example office by itself |
//! | 20 | `body_commit` | BLOB, 32 | commitment to the body, below |
//! | 21 | `prev` | BLOB, 32 | `hash` of the entry before; 32 zero bytes for the first |
//! | 22 | `hash` | BLOB, 32 | the entry's hash, below |
//!
//! `bodies`, at most one row per entry: `seq`, `salt` (BLOB, 32), `body` (BLOB: UTF-8, see [`super::canonical`]).
//!
//! - `body_commit` = SHA-256( `01` ‖ salt ‖ body ).
//! - `hash` = SHA-256( `00` ‖ F1 ‖ F2 ‖ … ‖ F20 ‖ prev ), where Fn is column n: `FF FF FF FF` for NULL; otherwise
//!   the length of the value as four bytes, big-endian, and the value: an INTEGER as eight bytes, big-endian two's
//!   complement; a TEXT as its UTF-8; a BLOB as it is. `prev` stands as its 32 bytes without a length.
//! - `prev` of each entry is `hash` of the one before, and `seq` is one more.
//! - A body may be absent only where the table `disposals` names its `seq` and the entry `disposals.act`, a later one,
//!   is of the kind `act.dispose`, has `waits` `"all"`, names that `seq` in its `seqs`, and the first `act.countersign` on it
//!   agrees and is by somebody who neither did nor typed it. An `act.countersign` whose body is absent refused every `act.dispose`
//!   of the same `case_id` before it that nobody had answered. Of an act that was agreed to so, every body that it names is
//!   absent. The commitment then remains, and with it the chain. Bodies of `act.found`,
//!   `act.adopt` and `act.dispose` are never absent.
//!
//! A body is an object with `v` (its version, 1) and either `step` or `act`. A `step` holds `answers` by field id
//! ([`crate::domain::answer`] lists their forms) and, where they apply, `why_late` (a text), `source` (the name of the
//! file it was imported from), `unsighted` (`yes`, where it was written without sight of what another had recorded
//! meanwhile) and `cleared` (a list of ids of fields, in the order of their bytes, of a step in a record of a register:
//! what earlier steps said in those fields is no longer known from then on, unless an amendment of this step answers
//! them; a field that is neither in `answers` nor here stays as it was, unless its definition or that of the step says
//! otherwise). An `act` has a member `act` that names it (`kind`
//! without `act.`), and beside it the members of [`crate::domain::act::Act`] under their names; what is owed stands in them as
//! in `on_commitment`. Beside either, where a due
//! rule asks for them, stand `hours`: by the record's id, the opening hours that the register had just then of everyone
//! whom the answers name and of whoever owes what the step is recorded on; an empty text where it had none; and `kinds`:
//! what kind of organisation each of them was, the choice's id, where the register said. Beside a step, where a condition
//! of it asks for it, stands `record`: what the record of whomever the case is about said just then, by the name of the
//! meaning, each a list of ids of choices, `yes` or `no`, of every field of that meaning together; and `cautions`: each
//! organisation that whoever takes one was warned of just then, with the case that warns, the words of the state it stood
//! in, that state's id where the program kept it (`state_id`) and since when ([`crate::domain::entry::Caution`]). What is owed while nothing else is in a case stands at the place
//! `idle` of the entry after which that was so. Beside
//! either may stand by what leave it was done ([`crate::domain::leave`]): `waits`, which is `"all"` or
//! `{"part":{…}}` with answers by field id, where all of it or those parts have no effect before an entry of the kind
//! `act.countersign` by somebody else agrees to it; `alone`, a text, where it wants two people and says why it was done by
//! one; `acting_for`, a UUID, the member of staff by whose leave it was done. No member comes without a value; a program
//! that meets a member, a word or a version that it does not know treats the whole body as unknown.
//!
//! `act.link` names two cases (`a`, `b`) and why (`reason`); `duplicate` is there, and `yes`, where both were opened for one and
//! the same matter. `act.unlink` ends either. A case that is begun from another comes with the link between them in the same
//! transaction, under the id of its first entry and the word `begun`.
//!
//! Whose something is: `act.take`, `act.offer`, `act.answer_offer`, `act.withdraw_offer` and `act.leave_to`, each of the
//! case that the header names. What they speak of (`what`) is a list of `"case"`, that case itself, and `{"owed":"…"}` with
//! the id of a commitment, `ENTRY-UUID/PLACE`. A party (`to`) is `{"staff":"UUID"}` or `{"role":"ID"}`, a role's or a
//! duty's id in `roles.toml`; `duty` is such an id, too. An `answer` is `taken`, `refused` or `queried`. `offer` and
//! `refused` are the UUIDs of entries that offered and refused, `handover` that of the handover an offer is a part of, or in
//! which what is taken was given to whoever came;
//! `reason` and `note` are texts. `handover`, `refused`, `reason` and `note` are absent where there is none. The owner
//! changes with `act.take` and an answer `taken`, to `by_staff` of the header; with `act.leave_to`, to the duty; and with
//! `act.pass_on`, to its `to`. An offer stands until it is answered `taken` or `refused`, taken back, or what it is of is
//! offered anew, passes to another or comes to its end.
//!
//! `act.cancel` ends what is `owed`, because of the entry `because` of another case; with `goes_on`, the id of a commitment
//! that this entry opened, it is wanted all the same and owed there from then on. `act.acknowledge` says that whose act it
//! is has seen what is owed in the case that the header names (`what`, a list of ids of commitments), and changes nothing
//! else. `act.hold_duty` gives a duty (`duty`, its id in `roles.toml`) to a member of staff (`staff`), at a location where
//! there is `place`, everywhere where there is none, from when it was recorded. In `act.amend`, `reason` is an empty
//! text where only blanks were filled.
//!
//! An answer that names something owed (`owed`) may carry `chased`, a number, and `last_chased`: how often, and when last, it
//! had been chased by then; and `owner`, the UUID of whoever of our staff saw to it by name, where it goes on with them. A
//! `by_when` is a time (`at`), none and why (`none_given`), or `working_days`, counted by the calendar of the entry's edition
//! from when the entry happened; the day on which it was said does not count.
//!
//! A handover is `act.hand_over`, about the office as a whole: the shift that ends (`from`, `until`) and the end of the coming one
//! (`next`), whoever it is given to (`to`, a party), `others`, `place`, `note`, and `lines` as they were shown, each an object
//! ([`crate::domain::handover::Line`]) with a `key` that is the same in every handover (`case:UUID`, `owed:UUID/PLACE`,
//! `person:UUID`, `draft:UUID`, `duty:ID`, `rung:ID` or `rung:ID/UUID`, `entry:UUID`), its `section`, the words of its columns, the ids of what it is about,
//! `alone` and `taken` (`yes`, where it is answered by itself, and where somebody has to take it) and `seq`, the last entry of
//! its case when it was shown, no member where it has none. `act.handover_answer`, `act.handover_read_back`,
//! `act.handover_left` and `act.handover_end` name the handover by its entry (`handover`) and lines by their keys (`items`):
//! what was answered to them (`answer`: `taken`, `read`, `refused` or `queried`, with `reason`), how it was said back
//! (`words`), to which duty they passed that nobody had taken (`duty`; since when is when the entry happened), whether it
//! was as it should be (`satisfactory`, `yes` or `no`, with `note`). The header names no case; nothing passes to another
//! owner by these acts, but by an `act.answer_offer`, `act.take`, `act.leave_to` or `act.hold_duty` beside them. `from`,
//! `until`, `next` and a line's `due` are UTC as RFC 3339 has it, with `Z`; where a fraction of a second is known it stands
//! there in three digits, otherwise there is none. Times in answers never have one. A member that is empty or unknown is
//! left out.
//!
//! A warning sign is put on record with `act.raise_sign`, by the program and under a key that follows from the sign (`sign`, a
//! UUID): the UUID version 5 of it as the name space and the name `raised`, so that each is there once. `rule` is the id of
//! its rule in `warning-signs.toml` of the edition `edition`, `entries` the UUIDs of the entries that show it, `words` what
//! there was to see in particular, absent where there was nothing; `occurred_at` of the header is since when it stands,
//! `case_id` the case or record that it is about, NULL where it is the office's. `act.answer_sign` answers one: `answer` is
//! `accepted`, `explained` or `false_alarm`, `words` what is done about it or why nothing is; `owner`, the UUID of a member of
//! staff, and `by`, a time as RFC 3339 has it with `Z` and without a fraction, stand only where it is accepted. Neither changes
//! anything in the case that its header names: they are none of its entries. Of several answers to one sign the first counts.
//! The id of a sign is the UUID version 5 of the UUID of an entry as the name space and the name `sign.RULE.PLACE`, where the
//! place tells signs of one rule and entry apart and says nothing that a person wrote; nothing is derived from that. A rule
//! with another id is another rule: what the earlier one raised stays under its own, and is read by `edition`. A sign whose
//! `act.raise_sign` has lost its body counts as on record and is asked of nobody any more.
//!
//! The body of `act.hand_over` speaks of many people and is one body: it can be disposed of only as a whole.
//!
//! `act.hold` puts the case or record that the header names under a legal hold (`reason`); `act.lift_hold` names the entry that
//! did (`hold`) and why it ends (`reason`); with `waits` `"all"` it ends when it is agreed to, without it (as the first programs wrote
//! it) at once. `act.dispose` names in `seqs`, a list of numbers in rising order, each below its own,
//! the entries whose body and salt go; in `edition` the edition of the definitions, and in `class` the id of the class of its `retention.toml`, by which that is due, in `from` the day
//! from which its years were counted and in `due` the day since which it is, both as `YYYY-MM-DD` on the office's wall. Its header
//! names the case, or the record with all cases about it; `case_id` is NULL where it is of handover sheets, or of entries that belong
//! to no case, which the class says (its `of` is `office` alone). It stands with
//! `waits` `"all"`: nothing goes before an `act.countersign` by somebody else agrees, in the transaction of which the rows of
//! `disposals` are made, `act` being the number of the entry `act.dispose`. No text that a person wrote is in either.
//! `act.withhold` says of an entry (`entry`), with all its amendments, of the case that the header names whether it is left out
//! of a copy that is given to the person whose record it is (`withheld`, `yes` or `no`), on which ground (`ground`: `harm`, `third_party`, `confidence`,
//! `other`; absent where it is not) and who judged so (`reason`); of several the last counts. `act.give_copy` says that such a
//! copy was given of the record that the header names: the SHA-256 of its bytes, the page as it was written (`copy`), and of
//! those of the list that was gone through before, the file as it was read (`list`), in hexadecimal, and how many passages
//! were withheld, each one answer of one entry or what had stood there before a correction (`withheld`, a number).
//! `act.disclose` says that an
//! evidence pack which shows something of the case or record that the header names was made for somebody outside (`whom`, an
//! object of `words` and, where they are on record, `id`): about what (`about`: `case`, `person`, `provider`, `period`,
//! `scorecard`), in which form (`form`: `html`, `json`, `csv`), whether third parties are protected in it (`redacted`, `yes` or
//! `no`), and the SHA-256 of its bytes (`copy`). One is appended for each case of the pack.
//!
//! What follows from an entry is an entry of its own, in the same transaction and after it; its id is the UUID version 5 of
//! the first one's id as the name space and a word of ours as the name:
//!
//! - `then.PATHWAY` and `then.PATHWAY.link` after a step: the case that it opens, and the link between the two; where it opens
//!   one for each row of a table, `then.PATHWAY.ROWS.N` and `then.PATHWAY.ROWS.N.link`, with the id of the field and the number
//!   of the row, from 0;
//! - `settle.ENTRY-UUID/PLACE` after a step that says what becomes of something owed elsewhere: the `act.cancel` or
//!   `act.pass_on` of it;
//! - `on_record.ENTRY-UUID/PLACE` after a step in a record of a register: the `act.cancel` of what was owed elsewhere and is
//!   done by it;
//! - `kept.CASE` after a step that says who alone may see its case: the step that says the same in each case that this one
//!   opened;
//! - `left.CASE.DUTY` and `left.CASE.OFFER` after a step by which a member of staff has left;
//! - `put_right` after a move, and `along.CASE` for each case that moves with it;
//! - `governance`, `governance.action` and `governance.link` after a warning sign was accepted, `governance.link.CASE` for each
//!   case that shows one that is about no case; the first after a handover that was not as it should be, too;
//! - `looks` after a sign-in or a duty passed on: how far the access log had come, see [`crate::store::access`].
//!
//! An entry that was sent together with another may have an id made in the same way. What is derived from the record
//! follows from none of these: a verifier may take every id as it stands.
//!
//! An edition is SHA-256 over its files, in the order of the bytes of their names: for each its name, a byte `00` and
//! the SHA-256 of its text. The entry of the kind `act.adopt` carries them as `files`, text by name.
//!
//! The words and columns of format 1 are these and no others: whatever is added to a header comes with a new `format`,
//! and with a new `user_version` of the file, so that an older program opens it for reading only.
//!
//! ## Test vector
//! `format` 1, `seq` 1, `id` `00112233-4455-6677-8899-aabbccddeeff`, `key` that text, `kind` `act.found`, `occurred_at`
//! 1792000000000, `precision` `exact`, `recorded_at` 1792000000123, `offset_minutes` 60, `clock_regressed` 0, `method`
//! `system`, `program` `dutydesk 0.1.0`, NULL elsewhere; salt 32 bytes `07`; body
//! `{"act":{"act":"found","office":"Rowan House","training":"yes","zone":"Europe/London"},"v":1}`:
//!
//! ```text
//! body_commit fcdf26edd08cade624df1f68ff99ec17df9835e98397fc1f608ff2b547aab0aa
//! hash        6bb574fc02dec822826d9ef967c7dc59f1da4bafb00323bb600167e95ad30444
//! ```

mod written;

use sha2::{Digest, Sha256};

use crate::domain::answer::{Precision, When};
use crate::domain::entry::{Method, Who};
use crate::domain::ids::{CaseId, CommitmentId, EditionId, EntryId, Hash32, Seq};

use chrono::{DateTime, Utc};

pub use written::Written;

/// The version of the header format that this program writes.
pub const FORMAT: i64 = 1;

/// What stands as `prev` in the first entry.
pub const BEFORE_THE_FIRST: Hash32 = Hash32([0; 32]);

/// A header as it stands in `entries`, without its hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Version of the header format.
    pub format: i64,
    /// Number of the entry.
    pub seq: Seq,
    /// The entry.
    pub id: EntryId,
    /// Idempotency key.
    pub key: String,
    /// `PATHWAY.STEP` or `act.NAME`.
    pub kind: String,
    /// The edition a step was filled in on.
    pub edition: Option<EditionId>,
    /// The case.
    pub case: Option<CaseId>,
    /// Whom the case was about.
    pub subject: Option<CaseId>,
    /// The commitment a step was recorded on.
    pub on: Option<CommitmentId>,
    /// When it happened.
    pub occurred: When,
    /// When the office was told.
    pub reported_at: Option<DateTime<Utc>>,
    /// When it was put into the record.
    pub recorded_at: DateTime<Utc>,
    /// The wall's offset then.
    pub offset_minutes: i32,
    /// Recorded at a time before that of the entry before.
    pub clock_regressed: bool,
    /// Who.
    pub who: Who,
    /// Name and version of the program that wrote it.
    pub program: String,
    /// Commitment to the body.
    pub body_commit: Hash32,
    /// Hash of the entry before.
    pub prev: Hash32,
}

impl Header {
    /// The entry's hash.
    pub fn hash(&self) -> Hash32 {
        let mut fields = Fields(Sha256::new_with_prefix([0x00]));
        let seq = i64::try_from(self.seq).unwrap_or(i64::MAX);
        fields.integer(Some(self.format));
        fields.integer(Some(seq));
        fields.value(Some(self.id.0.as_bytes()));
        fields.value(Some(self.key.as_bytes()));
        fields.value(Some(self.kind.as_bytes()));
        fields.value(self.edition.as_ref().map(|edition| edition.0.as_slice()));
        fields.value(self.case.as_ref().map(|case| case.0.as_bytes().as_slice()));
        fields.value(self.subject.as_ref().map(|subject| subject.0.as_bytes().as_slice()));
        fields.value(self.on.as_ref().map(ToString::to_string).as_deref().map(str::as_bytes));
        fields.integer(Some(self.occurred.at.timestamp_millis()));
        fields.value(Some(precision_word(self.occurred.precision).as_bytes()));
        fields.integer(self.reported_at.map(|at| at.timestamp_millis()));
        fields.integer(Some(self.recorded_at.timestamp_millis()));
        fields.integer(Some(i64::from(self.offset_minutes)));
        fields.integer(Some(i64::from(self.clock_regressed)));
        fields.value(self.who.by.as_ref().map(|by| by.0.as_bytes().as_slice()));
        fields.value(self.who.typed_by.as_ref().map(|by| by.0.as_bytes().as_slice()));
        fields.value(Some(method_word(self.who.method).as_bytes()));
        fields.value(Some(self.program.as_bytes()));
        fields.value(Some(&self.body_commit.0));
        Hash32(fields.0.chain_update(self.prev.0).finalize().into())
    }
}

struct Fields(Sha256);

impl Fields {
    fn value(&mut self, value: Option<&[u8]>) {
        let length = value.map_or(u32::MAX, |v| u32::try_from(v.len()).unwrap_or(u32::MAX - 1));
        self.0.update(length.to_be_bytes());
        self.0.update(value.unwrap_or_default());
    }

    fn integer(&mut self, value: Option<i64>) {
        self.value(value.map(i64::to_be_bytes).as_ref().map(<[u8; 8]>::as_slice));
    }
}

/// The commitment to a body.
pub fn commit(salt: &[u8; 32], body: &[u8]) -> Hash32 {
    Hash32(Sha256::new_with_prefix([0x01]).chain_update(salt).chain_update(body).finalize().into())
}

/// How a precision is stored.
pub(super) fn precision_word(precision: Precision) -> &'static str {
    match precision {
        Precision::Exact => "exact",
        Precision::About => "about",
        Precision::Day => "day",
        Precision::Unknown => "unknown",
    }
}

/// Reads [`precision_word`].
pub(super) fn precision(word: &str) -> Option<Precision> {
    [Precision::Exact, Precision::About, Precision::Day, Precision::Unknown]
        .into_iter()
        .find(|p| precision_word(*p) == word)
}

/// How a method is stored.
pub(super) fn method_word(method: Method) -> &'static str {
    match method {
        Method::Asserted => "asserted",
        Method::Account => "account",
        Method::Pin => "pin",
        Method::Key => "key",
        Method::System => "system",
    }
}

/// Reads [`method_word`].
pub(super) fn method(word: &str) -> Option<Method> {
    [Method::Asserted, Method::Account, Method::Pin, Method::Key, Method::System]
        .into_iter()
        .find(|m| method_word(*m) == word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::act::Act;
    use crate::domain::answer::YesNo;

    fn vector() -> (Header, Hash32, Vec<u8>) {
        let act = Act::Found {
            office: "Rowan House".to_owned(),
            zone: "Europe/London".to_owned(),
            training: YesNo::Yes,
        };
        let body = super::super::body::act(&act, &Default::default(), &Default::default()).unwrap();
        let body_commit = commit(&[7; 32], &body);
        let id: EntryId = "00112233-4455-6677-8899-aabbccddeeff".parse().unwrap();
        let at = |ms| DateTime::from_timestamp_millis(ms).unwrap();
        let header = Header {
            format: FORMAT,
            seq: 1,
            id,
            key: id.to_string(),
            kind: act.kind().to_owned(),
            edition: None,
            case: None,
            subject: None,
            on: None,
            occurred: When::exact(at(1_792_000_000_000)),
            reported_at: None,
            recorded_at: at(1_792_000_000_123),
            offset_minutes: 60,
            clock_regressed: false,
            who: Who { by: None, typed_by: None, method: Method::System },
            program: "dutydesk 0.1.0".to_owned(),
            body_commit,
            prev: BEFORE_THE_FIRST,
        };
        (header, body_commit, body)
    }

    #[test]
    fn the_published_vector_holds() {
        let (header, body_commit, body) = vector();
        assert_eq!(
            String::from_utf8(body).unwrap(),
            r#"{"act":{"act":"found","office":"Rowan House","training":"yes","zone":"Europe/London"},"v":1}"#
        );
        let published = include_str!("header.rs");
        assert!(published.contains(&format!("//! body_commit {body_commit}")), "{body_commit}");
        assert!(published.contains(&format!("//! hash        {}", header.hash())), "{}", header.hash());
    }

    /// Only what the table above says, with none of this module's code.
    #[test]
    fn the_vector_follows_from_the_documented_bytes_alone() {
        let sha = |parts: &[&[u8]]| -> [u8; 32] { Sha256::digest(parts.concat()).into() };
        let value = |bytes: &[u8]| [&u32::try_from(bytes.len()).unwrap().to_be_bytes(), bytes].concat();
        let integer = |n: i64| value(&n.to_be_bytes());
        let null = || vec![0xFF; 4];
        let body: &[u8] =
            br#"{"act":{"act":"found","office":"Rowan House","training":"yes","zone":"Europe/London"},"v":1}"#;
        let body_commit = sha(&[&[1], &[7; 32], body]);
        let id = 0x0011_2233_4455_6677_8899_aabb_ccdd_eeff_u128.to_be_bytes();
        let fields = [
            integer(1),
            integer(1),
            value(&id),
            value(b"00112233-4455-6677-8899-aabbccddeeff"),
            value(b"act.found"),
            null(),
            null(),
            null(),
            null(),
            integer(1_792_000_000_000),
            value(b"exact"),
            null(),
            integer(1_792_000_000_123),
            integer(60),
            integer(0),
            null(),
            null(),
            value(b"system"),
            value(b"dutydesk 0.1.0"),
            value(&body_commit),
        ];
        let hash = sha(&[&[0], &fields.concat(), &[0; 32]]);
        let (header, commitment, _) = vector();
        assert_eq!((Hash32(body_commit), Hash32(hash)), (commitment, header.hash()));
    }

    #[test]
    fn absent_and_empty_are_not_the_same_header() {
        let (header, ..) = vector();
        let other = Header { key: String::new(), ..header.clone() };
        assert_ne!(header.hash(), other.hash());
        let moved = Header { case: header.subject, subject: Some(CaseId(header.id.0)), ..header.clone() };
        let back = Header { case: Some(CaseId(header.id.0)), subject: None, ..header };
        assert_ne!(moved.hash(), back.hash());
    }
}
