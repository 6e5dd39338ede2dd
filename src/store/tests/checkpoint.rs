//! What was signed of the record, held against what somebody with the files in hand made of it since.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use rusqlite::config::DbConfig;

use super::*;
use crate::domain::checkpoint::{Asked, Refusal, witnessed};
use crate::domain::merkle;
use crate::store::checkpoint::{CheckpointError, Signed};

fn signed(office: &mut Office) -> Signed {
    office.store.checkpoint(&Viewer::system(), now()).unwrap()
}

fn fault(office: &Office) -> Option<String> {
    office.store.verify(&Viewer::system(), &mut |_, _| {}).unwrap().fault.map(|fault| fault.to_string())
}

/// What a guard of the file itself would refuse, done all the same.
fn by_force(office: &Office, sql: &str) {
    let conn = Connection::open(office.store.dir().ledger()).unwrap();
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false).unwrap();
    conn.pragma_update(None, "foreign_keys", false).unwrap();
    conn.execute_batch(sql).unwrap();
}

/// Cuts the last call off, with all that follows from it, as an older copy of the file would be.
fn cut_off(office: &mut Office, since: Seq) {
    by_force(
        office,
        &format!("DELETE FROM bodies WHERE seq > {since}; DELETE FROM entries WHERE seq > {since};"),
    );
    office.store.rebuild(&Viewer::system()).unwrap();
}

#[test]
fn a_checkpoint_is_signed_kept_and_proves_each_entry() {
    let mut office = Office::new();
    office.taken_call();
    let first = signed(&mut office);
    assert_eq!(first.checkpoint.size, office.store.head().unwrap());
    assert_eq!(fs::read_to_string(&first.path).unwrap(), first.note);
    assert_eq!(signed(&mut office), first, "nothing was recorded since");
    for entry in office.store.entries_after(&office.viewer(), 0, 100).unwrap() {
        let (size, root) = (first.checkpoint.size, first.checkpoint.root);
        let proof = first.tree.inclusion(entry.seq, size).unwrap();
        assert!(merkle::included(entry.hash, entry.seq, size, &proof, root), "{}", entry.seq);
    }
    let mode = |path: std::path::PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let dir = office.store.dir();
    assert_eq!((mode(dir.checkpoint_key()), mode(dir.checkpoints())), (0o400, 0o700));
    assert_eq!(mode(first.path.clone()), 0o600);

    office.taken_call();
    let second = signed(&mut office);
    let proof = second.tree.consistency(first.checkpoint.size, second.checkpoint.size).unwrap();
    let asked = Asked { old: first.checkpoint.size, proof, note: second.note };
    assert_eq!(witnessed(Some(&first.checkpoint), &asked, &first.key), Ok(second.checkpoint));
    let found = office.store.verify(&Viewer::system(), &mut |_, _| {}).unwrap();
    assert_eq!((found.checkpoints, found.fault), (2, None));
}

#[test]
fn nobody_without_leave_signs() {
    let mut office = Office::new();
    let refused = office.store.checkpoint(&Viewer::default(), now());
    assert!(matches!(refused, Err(CheckpointError::Read(ReadError::Denied(_)))), "{refused:?}");
    assert!(!office.store.dir().checkpoint_key().exists());
}

#[test]
fn a_record_that_holds_to_itself_and_was_cut_off_is_found() {
    let mut office = Office::new();
    office.taken_call();
    let before = signed(&mut office);
    office.taken_call();
    let after = signed(&mut office);
    cut_off(&mut office, before.checkpoint.size);
    let says = fault(&office).unwrap();
    let (size, left) = (after.checkpoint.size, before.checkpoint.size);
    assert!(says.contains(&format!("{size} entries and there are {left}")), "{says}");
    let refused = office.store.checkpoint(&Viewer::system(), now());
    assert!(matches!(refused, Err(CheckpointError::Differs(_))), "{refused:?}");
    // Not even who takes the note away gets past whoever saw it.
    fs::remove_file(&after.path).unwrap();
    let again = signed(&mut office);
    let asked = Asked { old: size, proof: Vec::new(), note: again.note };
    let seen = Some(&after.checkpoint);
    assert_eq!(witnessed(seen, &asked, &again.key), Err(Refusal::Smaller { seen: size, now: left }));
}

#[test]
fn a_record_that_was_written_anew_is_found() {
    let mut office = Office::new();
    office.taken_call();
    let before = signed(&mut office);
    let size = before.checkpoint.size;
    // All of the last call is cut off, and another written in its place, with a chain that holds.
    cut_off(&mut office, size - 1);
    office.taken_call();
    let says = fault(&office).unwrap();
    assert!(says.contains(&format!("its first {size} entries are not those")), "{says}");
    fs::remove_file(&before.path).unwrap();
    let again = signed(&mut office);
    let proof = again.tree.consistency(size, again.checkpoint.size).unwrap();
    let asked = Asked { old: size, proof, note: again.note };
    assert_eq!(
        witnessed(Some(&before.checkpoint), &asked, &before.key),
        Err(Refusal::Rewritten { seen: size })
    );
}

#[test]
fn a_note_that_was_changed_is_found_and_an_earlier_key_still_counts() {
    let mut office = Office::new();
    office.taken_call();
    let first = signed(&mut office);
    // The key is lost and another is made: what the first one signed still counts.
    fs::remove_file(office.store.dir().checkpoint_key()).unwrap();
    office.taken_call();
    let second = signed(&mut office);
    assert_ne!(second.key, first.key);
    assert_eq!(fault(&office), None);
    let changed = first.note.replace("\nchain ", "\nchaim ");
    fs::write(&first.path, changed).unwrap();
    let says = fault(&office).unwrap();
    let name = first.path.file_name().unwrap().to_str().unwrap().to_owned();
    assert!(says.contains(&name) && says.contains("is false"), "{says}");
}
