//! How the question and the person of an inspector's rehearsal are drawn: nobody chooses them, and nobody knows them before.
//!
//! # How they are drawn
//! A rehearsal comes up when it counts as due soon; where its definition says nothing of that, when it is due. The first entry
//! of the whole record that is put into it from then on draws, whatever it is about. Where the entry that made the rehearsal
//! come round is later than that (one that was late, or planned at short notice), that entry draws itself. The hash of an entry
//! covers 32 bytes of chance ([`crate::store::header`]): whoever records it cannot choose it, and there is one such entry, so
//! nobody draws twice. Opening a form, today or tomorrow, draws nothing. One that was drawn stays so: a correction or a new date
//! keeps the day, the entry and the place by which it was drawn, and one that is ended says what had been drawn.
//!
//! The seed is `REFERENCE DUE HASH`: the case, when this rehearsal is due (UTC, to the second), the hash of that entry. For each
//! question by its id, and for each person by the id of their record, the SHA-256 of `SEED:ID` in UTF-8 is written as a
//! hexadecimal number; the lowest is drawn. The questions are those of the definitions in force at that entry. The people are
//! those who, at that entry, had a record of their own that was kept to nobody and were supported at the place of the rehearsal.
//!
//! # What changes afterwards
//! Nothing of the draw: who had a record, who was supported where, what was merged and what was kept to a few are read as they
//! stood at that entry, and so are the definitions and the place. A form that was filled in before may be saved after. What is
//! shown of whom it is about is as of today:
//!
//! - Whoever leaves or moves stays drawn: it is answered from their record, or said why it is left out.
//! - Whose record was merged into another since is drawn still, and the one that is kept stands for it: an answer that names
//!   either is as it was drawn. A merge that is taken back changes nothing either.
//! - Whose record is kept to a few since is drawn still. Whoever may read it holds the rehearsal, or leaves it out; to everybody
//!   else the name gives way to the words of the stub, also in what was recorded before. That they are among the references of
//!   the people tells nobody more than that they had been on record. Another draw in their place would tell more: that of those
//!   who were there somebody is there no longer, and who that is by the next record of the list.
//! - What was disposed of has no words left that would say who it was: it is among the people no more, and where it had been
//!   drawn, somebody else is, under the same seed; the number of people and the SHA-256 of their list then differ, too.
//!
//! # How somebody checks it
//! Seed, the number of that entry, how many people, who they are by the references of their records (`P-1 to P-30`), the SHA-256
//! of the list of their ids and what was drawn stand in the rehearsal; all but the people also in the step that leaves one out. That the entry is the first is seen by its header and that of the one before it
//! (`recorded_at`), its hash in the record, which `dutydesk verify` goes through, or in any pack that shows it; both are kept
//! when the words are gone. A few lines of another language then draw the same (`tests/journeys/drawn_again.py`). What differs
//! from the draw the store refuses; what is put right afterwards is an amendment with its reason, beside what stood before.

use chrono::{DateTime, SecondsFormat, Utc};

use super::audit::draw;
use crate::domain::ids::Hash32;

/// By what is drawn for the rehearsal of this case that is due then, and that this entry draws.
pub fn seed(reference: &str, due: DateTime<Utc>, drawing: Hash32) -> String {
    format!("{reference} {} {drawing}", instant(due))
}

/// An instant as it stands in a seed.
pub fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// The one of these that is drawn; of none, none.
pub fn drawn<'a>(ids: &'a [String], seed: &str) -> Option<&'a String> {
    draw(ids, seed, 1).first().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As an independent program draws it (`printf %s "SEED:ID" | sha256sum`, for each of them).
    #[test]
    fn a_known_one_is_drawn_whatever_the_order_of_the_list() {
        let due = DateTime::from_timestamp(1_795_176_000, 0).unwrap();
        let seed = seed("RH-1", due, Hash32([0xab; 32]));
        assert_eq!(seed, format!("RH-1 2026-11-20T12:00:00Z {}", "ab".repeat(32)));
        let ids = |all: [&str; 3]| all.map(str::to_owned);
        let once = drawn(&ids(["called", "harm", "voice"]), &seed).cloned();
        assert_eq!(once.as_deref(), Some("called"));
        assert_eq!(drawn(&ids(["voice", "called", "harm"]), &seed).cloned(), once);
        assert_eq!(drawn(&[], &seed), None);
    }
}
