//! The office as files: who may open them, what a newer or a foreign one is, and definitions that change.

use std::os::unix::fs::PermissionsExt;

use super::*;

#[test]
fn changed_definitions_come_into_force_once_and_only_by_leave() {
    let mut office = Office::new();
    let mut files = Edition::built_in_files();
    files.entry("roles.toml".to_owned()).and_modify(|text| text.push_str("\n# Our own.\n"));
    assert!(office.store.differs(&files).unwrap());
    let stranger = Viewer::default();
    assert!(matches!(office.store.adopt(&stranger, files.clone(), now()), Err(AppendError::Denied(_))));
    let viewer = office.viewer();
    office.store.adopt(&viewer, files.clone(), now()).unwrap().unwrap();
    assert_eq!(office.store.adopt(&viewer, files.clone(), now()).unwrap(), None);
    assert_eq!(*office.again().editions().unwrap().current().files, files);
    let broken = BTreeMap::from([("roles.toml".to_owned(), "[[role]".to_owned())]);
    assert!(matches!(office.store.adopt(&viewer, broken, now()), Err(AppendError::Fatal(_))));
    office.whole();
}

#[test]
fn whoever_waits_for_another_to_found_an_office_finds_theirs() {
    let (elsewhere, here) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (theirs, dir) =
        (OfficeDir::at(elsewhere.path().join("office")), OfficeDir::at(here.path().join("office")));
    drop(Store::create(&theirs, founding(), Box::new(Seeded::new(3)), now()).unwrap());
    dir.create().unwrap();
    let turn = dir.queue_to_found(&mut |_| {}).unwrap().unwrap();
    std::thread::scope(|scope| {
        let (says, heard) = std::sync::mpsc::channel();
        let found = |says: std::sync::mpsc::Sender<_>| {
            let mut waits = |at_most| says.send(at_most).unwrap();
            let chance = Box::new(Seeded::new(4));
            Store::create_saying(&dir, founding(), chance, now(), &mut waits).unwrap_err()
        };
        let spawn = |says| scope.spawn(move || found(says));
        let all: Vec<_> = (0..3).map(|_| spawn(says.clone())).collect();
        // Each says at once that it waits, and for how long at most: whoever founds may hang.
        for _ in 0..3 {
            assert_eq!(heard.recv().unwrap(), std::time::Duration::from_secs(120));
        }
        // Another program's office comes to stand there, and its turn ends.
        std::fs::copy(theirs.ledger(), dir.ledger()).unwrap();
        drop(turn);
        for one in all {
            assert!(matches!(one.join().unwrap(), OpenError::Exists(_)));
        }
    });
    assert!(Store::open(&dir, Box::new(Seeded::new(5))).is_ok());
}

#[test]
fn an_office_that_others_can_read_is_refused() {
    let office = Office::new();
    let dir = office.store.dir().clone();
    std::fs::set_permissions(dir.bell(), std::fs::Permissions::from_mode(0o644)).unwrap();
    let refused = Store::open(&dir, Box::new(Seeded::new(3))).unwrap_err();
    assert!(refused.to_string().contains("chmod 0600"), "{refused}");
}

#[test]
fn a_foreign_file_is_not_opened_and_a_newer_one_only_read() {
    let mut office = Office::new();
    office.taken_call();
    let dir = office.store.dir().clone();
    let raw = Connection::open(dir.ledger()).unwrap();
    raw.pragma_update(None, "user_version", 99).unwrap();
    let mut newer = office.again();
    assert!(newer.read_only().unwrap().contains("newer"));
    assert_eq!(newer.board(&office.viewer(), now(), Limits::default()).unwrap().calls.total, 1);
    let id = office.id();
    let call = office.call(id);
    assert!(matches!(newer.append(&office.viewer(), one(call), now()), Err(AppendError::ReadOnly(_))));
    assert_eq!(newer.health().unwrap().schema, (99, migrations::newest()));
    raw.pragma_update(None, "application_id", 7).unwrap();
    let refused = Store::open(&dir, Box::new(Seeded::new(3))).unwrap_err();
    assert!(matches!(refused, OpenError::NotOurs(_)));
    assert!(matches!(
        Store::create(&dir, founding(), Box::new(Seeded::new(3)), now()),
        Err(OpenError::Exists(_))
    ));
}

#[test]
fn a_migration_copies_the_office_aside_and_keeps_every_row() {
    let mut office = Office::new();
    office.taken_call();
    let dir = office.store.dir().clone();
    let mut migrations = migrations::all();
    let ours = migrations::newest();
    migrations.push(migrations::Migration::Tables("CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT"));
    let head = office.store.head().unwrap();
    migrations::run(&mut office.store.conn, &dir, &migrations, &mut |_, _| {}).unwrap();
    assert_eq!(migrations::version(&office.store.conn).unwrap(), ours + 1);
    assert_eq!(office.store.head().unwrap(), head);
    let aside = Connection::open(dir.spool().join(format!("ledger-before-{}.db", ours + 1))).unwrap();
    assert_eq!(migrations::version(&aside).unwrap(), ours);
    migrations
        .push(migrations::Migration::Tables("CREATE TABLE half (id INTEGER); SELECT no_such_function()"));
    assert!(migrations::run(&mut office.store.conn, &dir, &migrations, &mut |_, _| {}).is_err());
    assert_eq!(migrations::version(&office.store.conn).unwrap(), ours + 1);
    office.whole();
}

#[test]
fn an_office_whose_tables_were_derived_by_an_older_program_has_them_derived_anew() {
    let mut office = Office::new();
    office.taken_call();
    let dir = office.store.dir().clone();
    let raw = Connection::open(dir.ledger()).unwrap();
    raw.execute_batch(
        "UPDATE cases SET headline = 'as it was derived once'; ALTER TABLE records DROP COLUMN roles",
    )
    .unwrap();
    raw.pragma_update(None, "user_version", 1).unwrap();
    drop(raw);
    // Whoever waits hears how far it has come.
    let (mut heard, all) = (Vec::new(), office.store.head().unwrap());
    let said = &mut |done, all| heard.push((done, all));
    office.store = Store::open_saying(&dir, Box::new(Seeded::new(4)), said).unwrap();
    assert_eq!(heard.last(), Some(&(all, all)));
    assert_eq!(migrations::version(&office.store.conn).unwrap(), migrations::newest());
    office.whole();
}
