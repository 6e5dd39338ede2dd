//! Notes as others write them, notes of ours, and what a witness makes of the next one.

use super::*;
use crate::domain::merkle::Tree;

/// The key and the note with which the Go implementation of signed notes shows itself.
const KNOWN_KEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const KNOWN_NOTE: &str = "If you think cryptography is the answer to your problem,\n\
then you don't know what your problem is.\n\
\n\
— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

fn key() -> SigningKey {
    SigningKey::of("dutydesk/office/00112233-4455-6677-8899-aabbccddeeff", &[7; 32])
}

fn entry(number: u64) -> Hash32 {
    Hash32(Sha256::digest(number.to_be_bytes()).into())
}

/// The record of `many` entries, of which the third may be another.
fn tree(many: u64, third: u64) -> Tree {
    Tree::over((1..=many).map(|number| entry(if number == 3 { third } else { number })))
}

fn checkpoint(tree: &Tree) -> Checkpoint {
    Checkpoint {
        origin: key().name,
        size: tree.size(),
        root: tree.root(tree.size()).unwrap(),
        chain: Some(entry(tree.size())),
        looks: Some((17, entry(17))),
        made: Some(DateTime::from_timestamp_millis(1_792_000_000_000).unwrap()),
    }
}

fn asked(tree: &Tree, old: u64) -> Asked {
    Asked { old, proof: tree.consistency(old, tree.size()).unwrap(), note: key().note(&checkpoint(tree)) }
}

#[test]
fn a_note_that_others_wrote_is_read_and_a_changed_one_is_not() {
    let known: PublicKey = KNOWN_KEY.parse().unwrap();
    assert_eq!(known.to_string(), KNOWN_KEY);
    // Signed by that key, and no checkpoint.
    assert_eq!(Checkpoint::read(KNOWN_NOTE, std::slice::from_ref(&known)), Err(NoteFault::Form));
    let changed = KNOWN_NOTE.replace("don't", "do");
    assert_eq!(Checkpoint::read(&changed, std::slice::from_ref(&known)), Err(NoteFault::False));
    assert_eq!(Checkpoint::read(KNOWN_NOTE, &[key().public()]), Err(NoteFault::NotSigned));
}

#[test]
fn what_is_signed_comes_back_and_any_changed_byte_is_seen() {
    let (public, wanted) = (key().public(), checkpoint(&tree(5, 3)));
    let note = key().note(&wanted);
    assert_eq!(Checkpoint::read(&note, std::slice::from_ref(&public)), Ok(wanted));
    assert_eq!(public.to_string().parse(), Ok(public.clone()));
    for at in 0..note.len() {
        for bit in [0x01, 0x20] {
            let mut bytes = note.clone().into_bytes();
            bytes[at] ^= bit;
            let Ok(changed) = String::from_utf8(bytes) else { continue };
            assert!(
                Checkpoint::read(&changed, std::slice::from_ref(&public)).is_err(),
                "byte {at} changed: {changed}"
            );
        }
        if note.is_char_boundary(at) {
            assert!(Checkpoint::read(&note[..at], std::slice::from_ref(&public)).is_err(), "cut at {at}");
        }
    }
    let also = format!("{note}— somebody/else AAAAAGFueXRoaW5n\n");
    assert!(
        Checkpoint::read(&also, std::slice::from_ref(&public)).is_ok(),
        "another signature is passed over"
    );
}

#[test]
fn keys_that_are_none_are_refused() {
    let good = key().public().to_string();
    for bad in ["", "name", "name+00000000+AA==", &good.replace('+', "-"), &good[1..], &format!("{good}=")] {
        assert_eq!(bad.parse::<PublicKey>(), Err(NotAKey), "{bad}");
    }
}

#[test]
fn a_witness_takes_what_has_grown_and_nothing_else() {
    let public = key().public();
    let seen = checkpoint(&tree(5, 3));
    let takes = |seen: Option<&Checkpoint>, asked: &Asked| witnessed(seen, asked, &public);
    let (grown, rewritten) = (tree(9, 3), tree(9, 99));
    assert_eq!(takes(None, &asked(&grown, 0)), Ok(checkpoint(&grown)), "the first one is taken");
    assert_eq!(takes(Some(&seen), &asked(&grown, 5)), Ok(checkpoint(&grown)));
    assert_eq!(takes(Some(&seen), &asked(&tree(5, 3), 5)), Ok(seen.clone()), "nothing new");
    assert_eq!(
        takes(Some(&seen), &asked(&tree(4, 3), 4)),
        Err(Refusal::Smaller { seen: 5, now: 4 }),
        "the end was cut off"
    );
    assert_eq!(takes(Some(&seen), &asked(&rewritten, 5)), Err(Refusal::Rewritten { seen: 5 }));
    assert_eq!(takes(Some(&seen), &asked(&tree(5, 99), 5)), Err(Refusal::Rewritten { seen: 5 }));
    assert_eq!(takes(Some(&seen), &asked(&grown, 4)), Err(Refusal::AnotherProof { seen: 5, asked: 4 }));
    let elsewhere = SigningKey::of("dutydesk/office/another", &[7; 32]);
    let other = Checkpoint { origin: "dutydesk/office/another".to_owned(), ..checkpoint(&grown) };
    let other = Asked { note: elsewhere.note(&other), ..asked(&grown, 5) };
    assert_eq!(takes(Some(&seen), &other), Err(Refusal::Note(NoteFault::NotSigned)));
    assert_eq!(witnessed(Some(&seen), &other, &elsewhere.public()), Err(Refusal::AnotherOffice));
}

#[test]
fn what_a_witness_is_asked_comes_back_as_it_was_written() {
    for old in [0, 4, 5, 9] {
        let asked = asked(&tree(9, 3), old);
        assert_eq!(asked.to_string().parse(), Ok(asked.clone()), "{asked}");
    }
    let asked = asked(&tree(9, 3), 5).to_string();
    for bad in [asked.replace("old 5", "old 05"), asked.replace("old", "Old"), asked.replace("\n\n", "\n")] {
        assert_eq!(bad.parse::<Asked>(), Err(NoteFault::Form), "{bad}");
    }
}
