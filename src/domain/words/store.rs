//! What the ledger says when it cannot be opened, read or written.

use std::path::Path;

use crate::domain::ids::Seq;

/// A correction names another person than the case is about.
pub const MOVE_IT_INSTEAD: &str = "Who this is about is not put right by a correction: move the case to the right record (v in the case), so that both records show it. Then correct the rest.";
/// A file that is compared with a part of a register only.
pub const COMPARED_WITH_ALL: &str = "An import compares the file with the whole register: it is for whoever may read the records of every location";
/// Records that cannot be merged.
pub const NEVER_MERGED: &str =
    "Only people and organisations are merged: staff and locations say who may do and see what";
/// Not two records of one register.
pub const NOT_TWO_RECORDS: &str = "A merge takes two different records of one register";
/// One of them is read as another already.
pub const MERGED_ALREADY: &str =
    "One of the two was merged with another record already: merge the one that is kept";
/// Two cases that are never one.
pub const NOT_TWO_CASES: &str = "Only two cases of the same kind can be of the same matter";
/// Two people.
pub const NOT_ONE_SUBJECT: &str =
    "The two cases are about different people; move the one that stands on the wrong record first";
/// Whom a form is about, whose case was moved there since it was begun.
pub fn moved_to(about: &str) -> String {
    format!("moved to {about}")
}
/// Nobody would be left who may add others.
pub fn nobody_adds_staff(roles: &[&str]) -> String {
    format!(
        "Nobody who is here could add staff or change a role any more. Give somebody else one of these roles first: {}",
        roles.join(", ")
    )
}
/// A merge that says no why.
pub const MERGE_WITHOUT_REASON: &str =
    "Say how it is known that both are one and the same: the reason stands on both records";
/// Nothing to take back.
pub const NOT_MERGED: &str = "These two records are not merged with each other";
/// A step on a record that is read as another.
pub const RECORD_WHERE_KEPT: &str =
    "This record was merged with another: record it there, or take the merge back first";
/// The outcome of a commit is not known.
pub const UNKNOWN_OUTCOME: &str = "The disk failed while saving. Your words are kept as a draft; whether they reached the record is being looked up.";
/// After a name that somebody else bears as well.
pub fn born(day: chrono::NaiveDate) -> String {
    format!(" b. {}", crate::domain::time::display::date(day))
}

/// No room.
pub const DISK_FULL: &str =
    "The disk is full: not in the record. Your words are kept. Free some space and save again.";
/// It can be neither written nor read.
pub fn disk_refuses(why: &str) -> String {
    format!("The disk refuses to be written: not in the record. Your words are kept. ({why})")
}
/// Another program held the ledger.
pub const BUSY: &str =
    "Another program has held the ledger for too long: not in the record. Your words are kept. Save again.";
/// The same while an office is founded or opened: nothing was typed yet.
pub const HELD: &str = "another program has held its files for too long. Nothing is lost: start again in a moment, and close what hangs.";
/// Nothing of that name.
pub const NOT_FOUND: &str = "There is no such record";
/// Something owed is called off or passed on only by a step that says why.
pub const FOLLOWS_FROM_A_STEP: &str =
    "What is owed is called off or passed on by a step that says why, never by itself";
/// The whole batch was asked for twice, with other words.
pub const ALREADY_OTHERWISE: &str =
    "This form is already in the record, with other words. Open the record and correct it there.";

/// No office in a directory.
pub fn no_office(path: &Path) -> String {
    format!("There is no office in {}", path.display())
}

/// An office is there already.
pub fn office_exists(path: &Path) -> String {
    format!("There is an office in {} already", path.display())
}

/// Modes that let others in.
pub fn loose_mode(path: &Path, mode: u32, wanted: u32) -> String {
    format!(
        "{} can be read or changed by others on this machine (mode {mode:04o}). Run: chmod {wanted:04o} {}",
        path.display(),
        path.display()
    )
}

/// A file system whose locks do not hold.
pub fn network_file_system(path: &Path, kind: &str) -> String {
    format!(
        "{} lies on a {kind} file system, where two programs can damage the record. Put the office on a disk of this machine",
        path.display()
    )
}

/// SQLite before the fix of the bug that loses acknowledged commits.
pub fn old_sqlite(found: &str) -> String {
    format!(
        "This program was built with SQLite {found}, which can lose saved entries. At least 3.51.3 is needed"
    )
}

/// Somebody else's file.
pub fn not_ours(path: &Path) -> String {
    format!("{} is not a file of this program", path.display())
}

/// A pragma that did not read back.
pub fn setting_refused(setting: &str, found: &str) -> String {
    format!("The ledger cannot be kept safely here: {setting} reads back as \"{found}\"")
}

/// Opening failed.
pub fn cannot_open(why: &str) -> String {
    format!("The office cannot be opened: {why}")
}

/// Reading failed.
pub fn cannot_read(why: &str) -> String {
    format!("The record cannot be read: {why}")
}

/// Writing failed.
pub fn not_saved(why: &str) -> String {
    format!("Not in the record: {why}")
}

/// Opened for reading only.
pub fn read_only(why: &str) -> String {
    format!("This office is open for reading only: {why}")
}

/// A newer program made the file.
pub fn newer_schema(found: i64, known: i64) -> String {
    format!("it was written by a newer version of this program (format {found}, this one knows {known})")
}

/// An idempotency key that somebody made up.
pub const KEY_NOT_OPAQUE: &str =
    "a key must be a UUID in lower case: it is kept for ever and may say nothing";
/// A body that may not be absent.
pub const FAULT_KEPT_FOR_EVER: &str = "its words are gone, and may never be";

/// The file system does not let us write.
pub const NOT_WRITABLE: &str = "its files cannot be written by this account";

/// Cases that moved while a form was open.
pub fn conflict<'a>(moved: impl Iterator<Item = (&'a str, &'a [String])>) -> String {
    let each = moved.map(|(reference, since)| match since {
        [] => reference.to_owned(),
        since => format!("{reference}: {}", since.join("; ")),
    });
    let each: Vec<String> = each.collect();
    if each.is_empty() {
        return ALREADY_OTHERWISE.to_owned();
    }
    format!("Recorded meanwhile: {}. Look at it, then save again", each.join(". "))
}

/// All that is wrong, in one line.
pub fn problems<'a>(says: impl Iterator<Item = &'a str>) -> String {
    says.collect::<Vec<_>>().join("; ")
}

/// The chain breaks.
pub fn fault_at(seq: Seq, what: &str) -> String {
    format!("entry {seq}: {what}")
}

/// Something that was to go on here, without the promise as which it would.
pub fn goes_on_as_nothing(label: &str) -> String {
    format!("{label}: nothing is promised here as which it could go on. Fill in the promise")
}

/// Something that was to go on here, and is not known there.
pub fn no_such_owed(label: &str, what: &str) -> String {
    format!("{label}: \"{what}\" is not owed there. {EMPTY_THE_LINE}")
}

/// Something that was to go on here, and was settled while the form was filled in.
pub fn no_longer_owed(label: &str, what: &str, since: &str) -> String {
    let since = if since.is_empty() { String::new() } else { format!(": {since}") };
    format!("{label}: \"{what}\" does not stand there as it did{since}. {EMPTY_THE_LINE}")
}

const EMPTY_THE_LINE: &str = "Empty this line (Backspace), or put the form away and look at it first";

/// What was to go on here has passed to somebody else while the form was filled in.
pub const WITH_ANOTHER: &str = "somebody else sees to it by now";

/// Where it went on.
pub fn goes_on_in(reference: &str) -> String {
    if reference.is_empty() {
        return "it goes on in another case already".to_owned();
    }
    format!("it goes on in {reference} already")
}

/// Something that was to go on here, and is owed about somebody else.
pub fn owed_about_another(label: &str, what: &str) -> String {
    format!("{label}: \"{what}\" is owed about somebody else. {EMPTY_THE_LINE}")
}

/// Nothing can be recorded before definitions are in force.
pub const NO_DEFINITIONS: &str = "this office has no definitions in force";
/// A step that the definitions in force do not have.
pub const NO_SUCH_STEP: &str = "There is no such step in the definitions in force";
/// A step recorded without a case.
pub const STEP_NEEDS_CASE: &str = "This step belongs to a case: say which";
/// A step in a case of another pathway.
pub const OTHER_PATHWAY: &str = "This step belongs to another kind of case";
/// No such case.
pub const NO_SUCH_CASE: &str = "There is no such case";
/// A pack that left names whom it was for.
pub const DISCLOSED_TO_WHOM: &str = "Say for whom the pack was made: --for NAME";
/// Nothing owed of this id.
pub const NOT_OWED_HERE: &str = "Nothing of this is owed in this case any more";
/// An acknowledgement for somebody else.
pub const ONLY_FOR_ONESELF: &str = "Each says for themselves that they have seen it: sign in first";
/// No such entry.
pub const NO_SUCH_ENTRY: &str = "There is no such entry";
/// Only steps are corrected.
pub const NOT_A_STEP: &str = "Only a record that was filled in can be corrected";
/// A move from a record that it does not belong to.
pub const NOT_ITS_SUBJECT: &str = "This case does not belong to the record it is to be moved from";
/// What wants two people, in an office where nobody else may agree to it.
pub const WHY_ALONE: &str =
    "This wants a second person, and nobody else on the staff list may agree to it. Say why it is done alone";
/// Nothing waits for a second person there.
pub const NOTHING_WAITS_THERE: &str = "That entry does not wait for a second person";
/// One's own entry.
pub const NOT_YOUR_OWN: &str = "Nobody agrees to their own: this wants a different person";
/// Agreeing for somebody else.
pub const AGREE_YOURSELF: &str = "Whoever agrees does so at the keyboard, signed in under their own name";
/// A correction of what waits.
pub const WAITS_FOR_SECOND: &str = "This waits for a second person, who is to agree to what they read: have it refused and record it again instead of correcting it";
/// A role given by a correction.
pub const NO_ROLE_BY_CORRECTION: &str =
    "A correction gives nobody a role: record a change of particulars, which a second person agrees to";
/// An act that nobody does.
pub const PROGRAMS_OWN: &str = "The program itself records this";
/// No such duty.
pub const NO_SUCH_DUTY: &str = "There is no such duty in the definitions in force";
/// Somebody is planned for a duty that none of their roles may hold.
pub fn may_not_be_planned(who: &str, why: &str) -> String {
    format!("\"{who}\": none of their roles may hold this duty. {why}")
}

/// Confirming somebody else's act.
pub const NOT_THEIRS_TO_CONFIRM: &str = "Only the one whose act it is can confirm what was typed for them";
/// Unlocking oneself.
pub const NOT_ONESELF: &str = "Nobody unlocks themselves: ask somebody else who may";
/// Signing while nobody is signed in, or for another.
pub const NOBODY_SIGNS: &str = "Only whoever took it signs it, in their own name";
/// An entry that somebody stands by already.
pub const NOTHING_TO_SIGN: &str = "This entry is signed already";
/// Typing under another's name.
pub const NOT_WHO_TYPED: &str = "An entry says who typed it, and that is whoever is signed in";
/// The pepper is not where it was.
pub const NO_PEPPER: &str = "PINs and passphrases cannot be checked: the office's file \"pepper\" is missing or changed. Put it back from where it was copied, or give everybody a new one (dutydesk signin recover)";
/// A hash cannot be made.
pub const NO_HASH: &str =
    "A PIN or passphrase cannot be checked on this machine now: there is too little memory for it";
/// What stands in place of a record that is kept to a few.
pub const RESTRICTED: &str = "restricted record";
/// A record that is kept to a few: whom to ask, and nothing more.
pub fn restricted(whom: &str) -> String {
    format!("{RESTRICTED}, ask {whom}")
}
/// A visit by which somebody relies on an organisation: what, from when until when, in which case.
pub fn relies_by_visit(kind: Option<&str>, from: &str, until: Option<&str>, reference: &str) -> String {
    let mut words = kind.unwrap_or("visit").to_owned();
    words.push_str(&format!(" {from}"));
    if let Some(until) = until {
        words.push_str(&format!(" to {until}"));
    }
    if !reference.is_empty() {
        words.push_str(&format!(", {reference}"));
    }
    words
}
/// A visit that names nobody.
pub const NOBODY_NAMED: &str = "nobody named";
/// Whom to ask where the office's definitions let nobody see restricted records.
pub const NOBODY_TO_ASK: &str = "whoever manages the service";
/// Nobody has said who they are.
pub const NOBODY_SIGNED_IN: &str = "Say who you are to see people's records";

/// What was recorded, and when, by the wall.
pub fn recorded_at(
    by: Option<&str>,
    title: &str,
    at: chrono::DateTime<chrono::Utc>,
    zone: crate::domain::time::Zone,
) -> String {
    let by = by.map(|by| format!("{by}: ")).unwrap_or_default();
    format!("{by}{title}, {}", zone.local(at).format("%H:%M"))
}

/// What an act is called where something moved meanwhile.
pub fn act_title(kind: &str) -> String {
    match kind {
        "act.amend" => "a correction",
        "act.reattribute" => "moved to the right record",
        "act.link" => "linked to another case",
        "act.unlink" => "a link undone",
        "act.enrol_key" => "an SSH key enrolled",
        "act.revoke_key" => "an SSH key taken back",
        "act.look_beyond" => "opened beyond what they may normally see",
        "act.beyond_seen" => "seen that a record was opened beyond",
        "act.acknowledge" => "seen that it is owed",
        "act.hold_duty" => "a duty passed on",
        "act.take_draft" => "an unfinished form taken over",
        "act.adopt" => "definitions brought into force",
        "act.found" => "the office set up",
        "act.sign_in" => "a sign-in",
        "act.confirm_typed" => "confirmed by whose act it is",
        "act.cancel" => "something owed called off",
        "act.pass_on" => "something owed passed on",
        "act.take" => "taken by somebody",
        "act.offer" => "offered to somebody",
        "act.answer_offer" => "an offer answered",
        "act.withdraw_offer" => "an offer taken back",
        "act.leave_to" => "left to a duty",
        "act.sign" => "signed by whoever took it",
        "act.set_secret" => "a PIN or passphrase set",
        "act.unlock" => "let try again after wrong PINs",
        "act.countersign" => "a second person's word",
        "act.hand_over" => "a shift handed over",
        "act.handover_answer" => "an answer to a handover",
        "act.handover_read_back" => "a handover read back",
        "act.handover_left" => "what nobody had taken passed on",
        "act.handover_end" => "how a handover was",
        "act.hold" => "a legal hold placed",
        "act.lift_hold" => "a legal hold lifted",
        "act.dispose" => "a proposed disposal",
        "act.withhold" => "what a copy for the person holds",
        "act.give_copy" => "a copy given to the person",
        "act.disclose" => "an evidence pack made for somebody outside",
        "act.merge" => "read as one and the same",
        "act.unmerge" => "a merge taken back",
        "act.raise_sign" => "a warning sign put on record",
        "act.answer_sign" => "a warning sign answered",
        other => other,
    }
    .to_owned()
}

/// A derived row that differs.
pub fn fault_in(table: &str, row: &str) -> String {
    format!("the table \"{table}\" does not say what the entries say, at {row}; it can be rebuilt")
}

/// Who opened a record beyond cannot be the one who has seen it for the auditor.
pub const NOT_THEIR_OWN_BEYOND: &str =
    "You opened it yourself: somebody else who may see the list of looks has to say that they have seen it";
/// Looks that the ledger knows of are not in the access log.
pub fn fault_looks_gone(known: Seq, found: Option<Seq>) -> String {
    match found {
        None => format!("the access log is gone; the ledger knows of {known} looks in it"),
        Some(found) => format!("the access log holds {found} looks; the ledger knows of {known}"),
    }
}

/// A look that is not as it was noted.
pub fn fault_look(seq: Seq) -> String {
    format!("look {seq} of the access log is not what was noted, or one before it is missing")
}
/// A number is missing or comes twice.
pub const FAULT_GAP: &str = "is missing, or out of its order";
/// A header format that this program does not know.
pub const FAULT_FORMAT: &str = "has a format that this program does not know";
/// It does not follow on the one before.
pub const FAULT_CHAIN: &str = "does not follow on the entry before it";
/// The header was changed.
pub const FAULT_HEADER: &str = "its header is not what was recorded";
/// The body was changed.
pub const FAULT_BODY: &str = "its words are not what was recorded";
/// The body is gone without an act that disposed of it.
pub const FAULT_NO_BODY: &str = "its words are gone, and no act of disposal says why";
/// The body is not canonical.
pub const FAULT_FORM: &str = "its words are not in the form in which they are kept";
/// An edition whose files are not those it is named after.
pub const FAULT_DEFINITIONS: &str = "its definitions are not those it names";
/// The header names another act.
pub const FAULT_KIND: &str = "its header and its words are of different kinds";
/// A body without an entry.
pub const FAULT_ORPHAN: &str = "there are words that belong to no entry";
/// A disposal that was agreed to and left words behind.
pub const FAULT_NOT_CARRIED_OUT: &str = "two people agreed that its words go, and they are still there";
/// A disposal that disposed of nothing.
pub const FAULT_DISPOSAL: &str = "a disposal is noted that no act made";

/// A linked case of another person, of which nothing more is said here.
pub const OTHER_PERSON: &str = "about somebody else";

/// A value without canonical form.
pub fn not_canonical(what: &str) -> String {
    format!("a body holds {what}, which has no canonical form")
}
/// Bytes that are not as they would be written.
pub const OTHER_BYTES: &str = "bytes in another form";
/// A value that a body never holds.
pub const TRUE_OR_FALSE: &str = "true or false";
/// A number with a fraction, or too large.
pub fn the_number(number: &str) -> String {
    format!("the number {number}")
}
/// An entry of a case before anything was defined.
pub fn before_definitions(seq: Seq) -> String {
    format!("entry {seq} comes before any definitions")
}
/// An entry that adopts another edition than it says.
pub fn another_edition(seq: Seq) -> String {
    format!("entry {seq}: another edition")
}
/// An entry that ought to bring definitions into force.
pub fn adopts_nothing(seq: Seq) -> String {
    format!("entry {seq} adopts no definitions")
}

/// Where definitions stand that an entry brought into force.
pub fn adopting_entry(seq: Seq) -> String {
    format!("entry {seq} of the record")
}
/// What to do where definitions cannot be had from the record.
pub const NOT_FETCHED: &str = "Try again; if it says so again, `dutydesk doctor` and `dutydesk verify` say what is wrong with the office's files.";

/// Rows that became cases of their own are changed in a correction.
pub const ROWS_ARE_CASES: &str = "Each of these became a task of its own when it was recorded. Leave them as they are: change the task itself, or record the step again for what is new.";
