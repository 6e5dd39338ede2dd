//! Words about PINs and passphrases: what is asked, why not, and who somebody is once they are signed in. None of them
//! says anything of what was typed.

use chrono::{DateTime, Utc};

use crate::domain::secret::{Barred, Verdict};

/// Less than either may be.
pub const TOO_SHORT: &str = "Six digits at least for a PIN, ten characters for a passphrase";
/// What anybody tries first.
pub const TOO_PLAIN: &str = "That is what anybody would try first: choose another";
/// The new one is the old one.
pub const THE_SAME: &str = "That is the one you have: choose another";
/// Somebody's own is only changed by whoever knows it.
pub const OLD_FIRST: &str = "The one you have now comes first";
/// Nobody is signed in who may.
pub const ASK_SOMEBODY: &str = "Somebody who may has to be signed in for this";
/// Signing in by name as somebody who has a secret.
pub const NOT_BY_NAME: &str = "A name alone is not enough: a PIN or passphrase is asked for here";
/// A person or station may try again.
pub const LET_IN: &str = "Unlocked: they can sign in again";

/// Everybody needs one, and whoever signs in has none.
pub fn needs_one(who: &str) -> String {
    format!(
        "Everybody needs a PIN or passphrase here, and you have none yet. {who}. Ask one of them to give you one, or to sign in here and press w for you"
    )
}

/// A wrong one could not be noted in the access log.
pub fn miss_not_noted(why: &str) -> String {
    format!("That was wrong, and that it was could not be noted: {why}")
}

/// What came of a try.
pub fn verdict(verdict: &Verdict, now: DateTime<Utc>) -> String {
    let wait = |until: &DateTime<Utc>| seconds((*until - now).num_milliseconds().max(0));
    match verdict {
        Verdict::Right { .. } => String::new(),
        Verdict::Wrong { left: 0, .. } => format!("Not right. {LOCKED_PERSON}"),
        Verdict::Wrong { again_at, left } if *again_at > now => {
            format!("Not right. Try again in {}; {} before this is locked", wait(again_at), tries(*left))
        }
        Verdict::Wrong { .. } => "Not right. Try again".to_owned(),
        Verdict::Wait(until) => format!("Too soon after a wrong one: try again in {}", wait(until)),
        Verdict::Locked(Barred::Staff(_)) => LOCKED_PERSON.to_owned(),
        Verdict::Locked(Barred::Station(_)) => LOCKED_STATION.to_owned(),
        Verdict::None => "They have no PIN or passphrase".to_owned(),
    }
}

const LOCKED_PERSON: &str = "Locked after too many wrong ones. Somebody else who may unlocks it (\":\" and unlock). A call can be taken all the same: F2";
const LOCKED_STATION: &str = "This desk is locked after too many wrong ones. Somebody signed in at another desk unlocks it (\":\" and unlock). A call can be taken all the same: F2";

/// Whole seconds, begun ones counted.
fn seconds(milliseconds: i64) -> String {
    match (milliseconds + 999) / 1000 {
        1 => "1 second".to_owned(),
        seconds => format!("{seconds} seconds"),
    }
}

fn tries(left: u32) -> String {
    if left == 1 { "1 try left".to_owned() } else { format!("{left} tries left") }
}

/// Heading of a refusal to somebody who has none where everybody needs one.
pub const NEEDS_ONE_TITLE: &str = "A PIN or passphrase is needed here";
/// Everybody needs one, and whoever signs in may choose it now.
pub const EVERYBODY: &str = "Everybody needs one here. Choose yours now";
/// Somebody else had given it.
pub const CHOOSE_YOUR_OWN: &str = "Right. It was given to you: now choose one that only you know";
/// Enter without a secret.
pub const NOTHING_TYPED: &str = "Type it first";
/// The new one and its repetition differ.
pub const NOT_TWICE_THE_SAME: &str = "The two were not the same: choose once more";
/// One's own was set.
pub const SET: &str = "Set. From now on your name alone signs nobody in as you";
/// What is locked.
pub const UNLOCK_TITLE: &str = "Who or what may try again?";
/// Nothing is locked.
pub const NOTHING_LOCKED: &str = "Nobody and no desk is locked after wrong PINs";
/// Only a member of staff is given one.
pub const NO_STAFF_AT_HAND: &str = "Go to the staff list and choose somebody first";
/// One's own is changed, not given.
pub const NOT_YOURSELF: &str = "That is you: change your own under \"Your PIN or passphrase\"";

/// Heads of the box in which a secret is typed.
pub const TITLE_SIGN_IN: &str = "PIN or passphrase";
/// Of whoever locked the desk, whom a locked desk does not name.
pub const WHOEVER_LOCKED: &str = "of whoever locked this desk";
/// The secret somebody has.
pub const ASKS_KNOWN: &str = "Your PIN or passphrase";
/// The same where it is about to be changed.
pub const ASKS_OLD: &str = "The one you have now";
/// A new one.
pub const ASKS_NEW: &str = "A new one: six digits or more, or ten characters or more";
/// The new one once more.
pub const ASKS_AGAIN: &str = "The new one once more";
/// It is being looked at.
pub const CHECKING: &str = "Checking";
/// What somebody who was given one does with it.
pub const GIVES: &str =
    "You choose a first one for them, and tell only them. They replace it when they next sign in.";

/// Whoever locked the desk is back.
pub fn back(name: &str) -> String {
    format!("You are {name}, back where you were")
}

/// Somebody was given one.
pub fn given(name: &str) -> String {
    format!("Set for {name}. Tell only them; they choose their own at the next sign-in")
}

/// Who somebody is, and what waits; whether Enter opens it.
pub fn greeting(
    (name, role): (&str, &str),
    waits: Option<(&str, bool)>,
    also: Option<&str>,
    second: Option<&str>,
    locks: Option<&str>,
) -> String {
    let role = if role.is_empty() { String::new() } else { format!(", {role}") };
    let waits = match waits {
        Some((waits, true)) => format!("{waits}. Enter opens it."),
        Some((waits, false)) => format!("{waits}."),
        None => "Nothing waits for you.".to_owned(),
    };
    let also = also.map(|also| format!(" {also}: k.")).unwrap_or_default();
    let second = second.map(|second| format!(" {second}.")).unwrap_or_default();
    let not_you = locks.map(|key| format!(" Not you? {}", key.to_uppercase())).unwrap_or_default();
    format!("You are {name}{role}. {waits}{also}{second}{not_you}")
}

/// Something that waits, with the key that lists it.
pub fn with_key(what: &str, key: Option<impl std::fmt::Display>) -> String {
    key.map_or_else(|| what.to_owned(), |key| format!("{what}: {key}"))
}

/// Somebody has signed in, and the record does not take it.
pub fn signed_in_unwritten(why: &str) -> String {
    format!("You are signed in, and that is not in the record. {why}")
}

/// Calls that wait for a decision: the worst by its risk with its age, and for how long the oldest has waited.
pub fn undecided(count: u64, (risk, since): (&str, &str), longest: &str) -> String {
    let worst = if risk.is_empty() { since.to_owned() } else { format!("{risk} {since}") };
    match count {
        1 => format!("1 call waits for a decision, {worst}"),
        count if since == longest => format!("{count} calls wait for a decision, the worst {worst}"),
        count => format!("{count} calls wait for a decision, the worst {worst}, the oldest {longest}"),
    }
}

/// What is late.
pub fn late(count: usize) -> String {
    if count == 1 { "1 is late".to_owned() } else { format!("{count} are late") }
}

/// What waits for somebody's word or signature.
pub fn also(to_confirm: u64, unsigned: u64) -> Option<String> {
    let confirm = (to_confirm > 0).then(|| format!("{to_confirm} typed for you to confirm"));
    let sign = (unsigned > 0).then(|| format!("{unsigned} taken with nobody signed in, to sign"));
    let both: Vec<String> = confirm.into_iter().chain(sign).collect();
    (!both.is_empty()).then(|| both.join(", "))
}

/// Forms that somebody left.
pub fn unfinished(count: usize) -> String {
    if count == 1 {
        "1 form of yours is unfinished".to_owned()
    } else {
        format!("{count} forms of yours are unfinished")
    }
}
