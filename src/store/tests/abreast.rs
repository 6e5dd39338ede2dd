//! Two readings of one state at once: by another connection where it sees the same, by the same one where it does not.

use std::thread::{self, ThreadId};

use super::super::reads::abreast;
use super::*;

/// The last entry that each reading sees, and the thread that the second was made on.
fn both(conn: &Connection) -> (Seq, (Seq, ThreadId)) {
    let head = |conn: &Connection| Ok(ledger::head(conn)?.seq);
    abreast(conn, head, |conn| Ok((head(conn)?, thread::current().id()))).unwrap()
}

#[test]
fn two_readings_at_once_see_the_same_entries() {
    let mut office = Office::new();
    office.taken_call();
    let state = office.store.conn.unchecked_transaction().unwrap();
    let (here, (there, on)) = both(&state);
    assert_eq!((here, there), (office.store.head().unwrap(), here));
    assert_ne!(on, thread::current().id());
}

#[test]
fn a_commit_that_comes_between_is_in_neither_of_them() {
    let mut office = Office::new();
    let before = office.store.head().unwrap();
    let other = office.again();
    let state = other.conn.unchecked_transaction().unwrap();
    assert_eq!(ledger::head(&state).unwrap().seq, before);

    office.taken_call();
    assert_eq!(both(&state), (before, (before, thread::current().id())));
    drop(state);
    let state = other.conn.unchecked_transaction().unwrap();
    let (here, (there, _)) = both(&state);
    assert_eq!((here, there), (office.store.head().unwrap(), here));
    assert!(here > before);
}
