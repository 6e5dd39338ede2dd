//! PINs and passphrases: counted before they are looked at, the same count for everybody, kept beside the ledger.

use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::TimeDelta;

use super::*;
use crate::domain::secret::{Barred, MOST_MISSES, Secret, SecretKind, Verdict};

const PIN: &str = "481516";
const HERE: &str = "front desk";

fn with_a_pin() -> (Office, Secrets) {
    let office = Office::new();
    let mut secrets = Secrets::open(office.store.dir()).unwrap();
    secrets.put(office.manager, &Secret::from(PIN), false, &mut Seeded::new(9), now()).unwrap();
    (office, secrets)
}

/// So long after the beginning that no wait is left over.
fn later(times: i64) -> DateTime<Utc> {
    now() + TimeDelta::minutes(2 * times)
}

#[test]
fn twenty_threads_that_guess_at_once_are_looked_at_ten_times_and_not_once_more() {
    let (office, _) = with_a_pin();
    let (dir, manager) = (office.store.dir().clone(), office.manager);
    let turn = Arc::new(AtomicI64::new(0));
    let guess = |thread: i64| {
        let (dir, turn) = (dir.clone(), turn.clone());
        move || {
            let mut secrets = Secrets::open(&dir).unwrap();
            let mut found = Vec::new();
            for _ in 0..3 {
                // Nobody has to wait: only the count stands in the way. Each sits somewhere else.
                let at = later(1 + turn.fetch_add(1, Ordering::SeqCst));
                let wrong = Secret::from("000000");
                found.push(secrets.check(manager, &format!("desk {thread}"), &wrong, at).unwrap());
            }
            found
        }
    };
    let threads: Vec<_> = (0..20).map(|thread| std::thread::spawn(guess(thread))).collect();
    let found: Vec<Verdict> = threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect();
    let looked_at = found.iter().filter(|verdict| matches!(verdict, Verdict::Wrong { .. })).count();
    let refused = |verdict: &&Verdict| {
        matches!(verdict, Verdict::Wait(_)) || **verdict == Verdict::Locked(Barred::Staff(manager))
    };
    assert_eq!(looked_at + found.iter().filter(refused).count(), 60);
    assert!(u32::try_from(looked_at).unwrap() <= MOST_MISSES, "{looked_at} were looked at");
    // Whatever the threads' order was: after ten in all it is locked, for a program that begins only now as well.
    let mut again = Secrets::open(office.store.dir()).unwrap();
    let rest =
        (0..10).map(|at| again.check(manager, HERE, &Secret::from("000000"), later(1000 + at)).unwrap());
    let rest = rest.filter(|verdict| matches!(verdict, Verdict::Wrong { .. })).count();
    assert_eq!(looked_at + rest, 10);
    let right = again.check(manager, HERE, &Secret::from(PIN), later(2000)).unwrap();
    assert_eq!(right, Verdict::Locked(Barred::Staff(manager)), "the right one opens no lock");
    assert_eq!(again.barred().unwrap(), [Barred::Staff(manager)]);
}

#[test]
fn of_twenty_at_the_same_moment_only_those_before_the_first_wait_are_looked_at() {
    let (office, _) = with_a_pin();
    let (dir, manager) = (office.store.dir().clone(), office.manager);
    let threads: Vec<_> = (0..20)
        .map(|_| {
            let dir = dir.clone();
            std::thread::spawn(move || {
                let mut secrets = Secrets::open(&dir).unwrap();
                secrets.check(manager, HERE, &Secret::from("000000"), now()).unwrap()
            })
        })
        .collect();
    let found: Vec<Verdict> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
    let looked_at = found.iter().filter(|verdict| matches!(verdict, Verdict::Wrong { .. })).count();
    assert_eq!(looked_at, 3);
    assert!(found.iter().all(|verdict| matches!(verdict, Verdict::Wrong { .. } | Verdict::Wait(_))));
}

#[test]
fn a_station_is_locked_by_ten_whoever_they_were_tried_for_and_another_is_not() {
    let (mut office, mut secrets) = with_a_pin();
    let roles = Answer::Choices(vec!["duty_coordinator".to_owned()]);
    let second = office.register("staff", [("name", text("Priya Shah")), ("roles", roles)]);
    secrets.put(second, &Secret::from("204060"), false, &mut Seeded::new(10), now()).unwrap();
    let mut at = 0;
    for staff in [office.manager, second].repeat(5) {
        at += 1;
        let tried = secrets.check(staff, HERE, &Secret::from("000000"), later(at)).unwrap();
        assert!(matches!(tried, Verdict::Wrong { .. }), "{tried:?}");
    }
    let barred = Barred::Station(HERE.to_owned());
    let own = secrets.check(second, HERE, &Secret::from("204060"), later(20)).unwrap();
    assert_eq!(own, Verdict::Locked(barred.clone()));
    // Elsewhere they are who they are; signing in there takes their own misses off the station, and nobody else's.
    let elsewhere = secrets.check(second, "back office", &Secret::from("204060"), later(20)).unwrap();
    assert_eq!(elsewhere, Verdict::Right { temporary: false });
    assert_eq!(secrets.barred().unwrap(), []);
    for more in 0..5 {
        let _ = secrets.check(second, HERE, &Secret::from("000000"), later(30 + more)).unwrap();
    }
    assert_eq!(Secrets::open(office.store.dir()).unwrap().barred().unwrap(), [barred.clone()]);
    secrets.unlock(&barred).unwrap();
    let again = secrets.check(second, HERE, &Secret::from("204060"), later(50)).unwrap();
    assert_eq!(again, Verdict::Right { temporary: false });
}

#[test]
fn a_clock_that_was_set_back_makes_nobody_wait_for_years() {
    let (office, mut secrets) = with_a_pin();
    for at in 0..5 {
        let _ = secrets.check(office.manager, HERE, &Secret::from("000000"), later(1000 + at)).unwrap();
    }
    let soon = secrets.check(office.manager, HERE, &Secret::from(PIN), now()).unwrap();
    assert_eq!(soon, Verdict::Wait(now() + TimeDelta::seconds(4)));
}

#[test]
fn the_files_are_their_owners_alone_and_without_the_pepper_nothing_is_right() {
    let (office, mut secrets) = with_a_pin();
    let dir = office.store.dir();
    let mode = |path: std::path::PathBuf| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(dir.secrets()), mode(dir.pepper())), (0o600, 0o400));
    assert!(dir.modes().iter().all(|(_, mode, wanted)| mode & !wanted == 0));
    let held = secrets.of(office.manager).unwrap().unwrap();
    assert_eq!((held.kind, held.temporary, held.set_at), (SecretKind::Pin, false, now()));
    std::fs::remove_file(dir.pepper()).unwrap();
    let tried = secrets.check(office.manager, HERE, &Secret::from(PIN), now());
    assert!(matches!(&tried, Err(ReadError::Failed(why)) if why.contains("pepper")), "{tried:?}");
    // Nothing was counted for what could not be looked at, and no new pepper is made over the hashes there are.
    let put = secrets.put(office.manager, &Secret::from("204060"), false, &mut Seeded::new(9), now());
    assert!(put.is_err() && !dir.pepper().exists());
    assert_eq!(secrets.barred().unwrap(), []);
}

#[test]
fn nobody_unlocks_themselves_and_only_whoever_may_gives_a_secret() {
    let (mut office, _) = with_a_pin();
    let roles = Answer::Choices(vec!["duty_coordinator".to_owned()]);
    let second = office.register("staff", [("name", text("Priya Shah")), ("roles", roles)]);
    let manager = office.manager;
    let mut tries = |by: CaseId, act: Act| {
        let entry = NewEntry { what: NewSaid::Act(act), ..office.call(EntryId(uuid::Uuid::nil())) };
        let id = office.id();
        let who = Who { by: Some(by), typed_by: Some(by), method: Method::Pin };
        let entry = NewEntry { id, key: id.to_string(), who, ..entry };
        let viewer = office.store.viewer_for(Some(by), now()).unwrap();
        office.store.append(&viewer, one(entry), now())
    };
    let unlock = |staff| Act::Unlock { staff: Some(staff), station: None };
    let set = |staff| Act::SetSecret { staff, what: SecretKind::Pin };
    for (by, act) in [(manager, unlock(manager)), (second, unlock(manager)), (second, set(manager))] {
        let refused = tries(by, act.clone());
        assert!(matches!(refused, Err(AppendError::Denied(_))), "{act:?}: {refused:?}");
    }
    for (by, act) in [(manager, unlock(second)), (manager, set(second)), (second, set(second))] {
        tries(by, act).unwrap();
    }
    office.whole();
}
