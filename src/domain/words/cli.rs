//! What the commands without a screen say.

use std::path::Path;

use crate::domain::act::Act;
use crate::domain::entry::Stub;

/// At the foot of `--help`.
pub const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  something that was checked does not hold (verify, pathways check, doctor)
  2  wrong usage, or input that cannot be read
  3  refused: not permitted, or problems in the answers
  4  somebody else changed it meanwhile
  5  the office cannot be opened
  6  it could not be written: disk, lock";

/// At the foot of `record --help`.
pub const RECORD_HELP: &str = "\
The answers are a JSON object by field, each as it would be typed:
  {\"call_back\": \"07700 900 118\", \"about\": \"Quill, Theresa\", \"risk\": \"amber\", \"observed_at\": \"-20m\"}
A yes or no with a reason is {\"is\": \"no\", \"why\": \"...\"}, a table a list of objects. A name must mean one record;
a new one is made with {\"words\": \"Nora Pike\", \"id\": \"new\"}. The receipt comes back as JSON.";

/// Heads of the list of calls.
pub const HEADS_CALLS: [&str; 6] = ["Case", "Called", "Risk", "Person", "Matter", "Next"];
/// Heads of the lists of what is owed.
pub const HEADS_OWED: [&str; 9] =
    ["Due", "At", "What", "Owed by", "Person", "Case", "Risk", "Seen to by", "Chased"];
/// Heads of the list of cases.
pub const HEADS_CASES: [&str; 8] = ["Case", "Kind", "Opened", "Risk", "Person", "Matter", "State", "Owed"];
/// Heads of the lists of records.
pub const HEADS_RECORDS: [&str; 7] =
    ["Name", "Born", "NHS number", "Place", "Room", "Telephone", "See first"];
/// Heads of the list of unfinished forms.
pub const HEADS_DRAFTS: [&str; 6] = ["Form", "Whose", "Open for", "Kept", "About", "Ring back"];

/// A list without rows.
pub const NOTHING_LISTED: &str = "Nothing to list";
/// A closed call.
pub const CLOSED: &str = "closed";
/// Heading.
pub const CHRONOLOGY: &str = "What happened";
/// Heading.
pub const OWED: &str = "What is owed";
/// Nothing is.
pub const NOTHING_OWED: &str = "Nothing is owed";
/// Heading.
pub const SOURCES: &str = "Four sources";
/// Heading.
pub const OTHERS: &str = "Other cases of the same person, and linked ones";
/// Heading.
pub const CASES: &str = "Cases";
/// Waits for a confirmation.
pub const TO_CONFIRM: &str = "waits for the confirmation of the one whose act it is";
/// Written past another's entry.
pub const UNSIGHTED: &str = "written without sight of what another had recorded meanwhile";
/// What was to be recorded, where the ledger refuses it.
pub const THE_STEP: &str = "The step";
/// More answers than are read.
pub const TOO_LARGE: &str = "it is larger than one megabyte";
/// Verified.
pub const ALL_HOLDS: &str = "All of it holds.";

/// How many of how many are shown.
pub fn shown_of(shown: u64, total: u64) -> String {
    format!("{shown} of {total}; --limit shows more")
}

/// Answers that ought to be there.
pub fn missing(count: u32) -> String {
    format!("{count} answers missing")
}

/// What falls due next.
pub fn next(what: &str, distance: &str) -> String {
    format!("{what} {distance}")
}

/// How often something was chased.
pub fn chased(times: u32) -> String {
    if times == 0 { String::new() } else { format!("{times}×") }
}

/// An NHS number in threes and fours.
pub fn nhs_spaced(digits: &str) -> String {
    crate::domain::nhs::NhsNumber::read(digits).map_or(digits.to_owned(), |(number, _)| number.to_string())
}

/// An NHS number with its label.
pub fn nhs(digits: &str) -> String {
    format!("NHS No. {}", nhs_spaced(digits))
}

/// A date of birth with its label.
pub fn born(date: &str) -> String {
    format!("born {date}")
}

/// What everyone must see first.
pub fn alerts(alerts: &str) -> String {
    format!("SEE FIRST: {alerts}")
}

/// The head of a case.
pub fn case_head(
    reference: &str,
    pathway: &str,
    risk: Option<&str>,
    headline: Option<&str>,
    closed: bool,
) -> String {
    let risk = risk.map(str::to_uppercase);
    let closed = closed.then(|| CLOSED.to_owned());
    let parts = [
        Some(reference.to_owned()),
        Some(pathway.to_owned()).filter(|pathway| !pathway.is_empty()),
        risk,
        headline.map(str::to_owned),
        closed,
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("  ")
}

/// A heading with a blank line before it.
pub fn heading(title: &str) -> [String; 2] {
    [String::new(), title.to_owned()]
}

/// The head of an entry.
pub fn entry_head(when: &str, title: &str, by: &str) -> String {
    if by.is_empty() { format!("{when}  {title}") } else { format!("{when}  {title}, by {by}") }
}

/// Whose act, and who typed it.
pub fn typed_by(by: &str, typed_by: &str) -> String {
    format!("{by}, typed by {typed_by}")
}

/// One answered field. Further lines stand under the first.
pub fn answer_line(label: &str, words: &str) -> String {
    format!("    {label}: {}", words.replace('\n', "\n      "))
}

/// A line under an entry.
pub fn indented(text: &str) -> String {
    format!("    {text}")
}

/// An entry that stood here and belonged to somebody else.
pub fn moved(when: &str, reason: &str) -> String {
    format!("{when}  moved to the right record: {reason}")
}

/// A move from one record to another.
pub fn from_to(from: &str, to: &str, reason: &str) -> String {
    format!("from {from} to {to}: {reason}")
}

/// Who holds a duty.
pub fn holds(duty: &str, name: &str) -> String {
    format!("{duty}: {name}")
}

/// Whether what was typed for somebody is as they said it.
pub fn confirmed(agrees: bool, note: &str) -> String {
    let is = if agrees { "as they said it" } else { "not as they said it" };
    if note.is_empty() { is.to_owned() } else { format!("{is}: {note}") }
}

/// The title of an act.
pub fn act_title(act: &Act) -> &'static str {
    match act {
        Act::Found { .. } => "Office founded",
        Act::Adopt { .. } => "Definitions brought into force",
        Act::Amend { .. } => "Corrected",
        Act::Reattribute { .. } => "Moved to the right record",
        Act::Link { .. } => "Linked",
        Act::Unlink { .. } => "Link taken back",
        Act::HoldDuty { .. } => "Duty passed on",
        Act::ConfirmTyped { .. } => "Confirmed what was typed for them",
        Act::TakeDraft { .. } => "Unfinished form taken over",
        Act::SignIn { .. } => "Signed in",
    }
}

/// An entry without words.
pub fn stub(stub: &Stub) -> String {
    match stub {
        Stub::Disposed => "Content lawfully disposed of".to_owned(),
        Stub::Unknown { kind } => format!("Recorded by a newer version of this program ({kind})"),
    }
}

/// Recorded long after it happened.
pub fn late_entry(recorded: &str, delay: &str) -> String {
    format!("late entry: recorded {recorded}, {delay} later")
}

/// A correction.
pub fn amended(reason: &str) -> String {
    format!("corrected: {reason}")
}

/// Fields that ought to be answered.
pub fn still_missing(fields: &str) -> String {
    format!("still missing: {fields}")
}

/// Something owed.
#[expect(clippy::too_many_arguments, reason = "one line of eight things, each said once")]
pub fn owed(
    number: usize,
    what: &str,
    distance: &str,
    due: &str,
    obligor: &str,
    owner: &str,
    chased: u32,
    control: bool,
) -> String {
    let control = if control { ", review of an interim control" } else { "" };
    let chased = if chased == 0 { String::new() } else { format!(", chased {chased}×") };
    format!("{number:>3}  {what}: {distance} ({due}), owed by {obligor}, seen to by {owner}{chased}{control}")
}

/// One of the four sources.
pub fn source(title: &str, at: Option<&str>, gap: &str) -> String {
    match at {
        Some(at) if gap.is_empty() => format!("  yes  {title}, {at}"),
        Some(at) => format!("  yes  {title}, {at}: {gap}"),
        None => format!("  GAP  {title}: {gap}"),
    }
}

/// Another case.
pub fn other(reference: &str, headline: Option<&str>) -> String {
    format!("  {reference}  {}", headline.unwrap_or_default())
}

/// Nobody has said who looks.
pub fn who_is_looking(staff: &[String]) -> String {
    format!(
        "who is looking? Say it with --as NAME, or set DUTYDESK_AS, or give your account's name as the code on the \
         staff list.\nOn the staff list: {}",
        staff.join("; ")
    )
}

/// Nobody has said who types.
pub fn who_is_typing(staff: &[String]) -> String {
    format!(
        "who is typing? Say it with --typed-by NAME, or set DUTYDESK_TYPED_BY, or give your account's name as the \
         code on the staff list. --as says only whose act it is.\nOn the staff list: {}",
        staff.join("; ")
    )
}

/// Not a member of staff.
pub fn not_on_staff_list(said: &str, staff: &[String]) -> String {
    format!("nobody on the staff list is called \"{said}\".\nOn the staff list: {}", staff.join("; "))
}

/// Several members of staff.
pub fn which_staff(said: &str, found: &[String]) -> String {
    format!("\"{said}\" could be: {}. Say more of the name", found.join("; "))
}

/// Several records.
pub fn which_record(said: &str, found: &[String]) -> String {
    format!("\"{said}\" could be any of these; name one by the id at the end:\n  {}", found.join("\n  "))
}

/// No case and no person.
pub fn nothing_called(said: &str) -> String {
    format!(
        "there is no case and no person called \"{said}\". Try: dutydesk list cases, dutydesk list people --find WORDS"
    )
}

/// A name that means nobody.
pub fn nobody_called(said: &str, on_the_spot: bool) -> String {
    let mend = if on_the_spot {
        format!("; for a new record: {{\"words\": \"{said}\", \"id\": \"new\"}}")
    } else {
        String::new()
    };
    format!("nobody and nothing on record is called \"{said}\"{mend}")
}

/// No such step in a pathway.
pub fn no_such_step(pathway: &str, step: &str) -> String {
    format!("the definitions in force have no step {pathway}.{step}")
}

/// A step that was not found.
pub fn unknown_step(said: &str) -> String {
    format!("\"{said}\" is not a form of this office. Name pathway and step, as in urgent.call")
}

/// A member of staff that a story speaks of.
pub fn no_such_staff(key: &str) -> String {
    format!("the example office has no member of staff with the key \"{key}\"")
}

/// A field that the step has not.
pub fn no_such_field(step: &str, fields: &str) -> String {
    format!("\"{step}\" has no such field. It has: {fields}")
}

/// Nothing owed by that number.
pub fn no_such_commitment(said: &str, count: usize) -> String {
    format!("nothing owed in this case is number {said} of {count}; dutydesk show CASE lists the numbers")
}

/// All that is wrong, by field.
pub fn problems<'a>(step: &str, problems: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let each = problems.map(|(field, says)| match field {
        "" => format!("\n  {says}"),
        field => format!("\n  {field}: {says}"),
    });
    format!("\"{step}\" was not recorded:{}", each.collect::<String>())
}

/// Answers that cannot be read.
pub fn unreadable_answers(from: &Path, why: &str) -> String {
    format!("the answers in {} cannot be read as a JSON object: {why}", from.display())
}

/// Standard output is gone wrong.
pub fn cannot_print(why: &str) -> String {
    format!("the answer could not be printed: {why}")
}

/// What was verified.
pub fn verified(entries: u64, head: &str) -> Vec<String> {
    vec![
        format!(
            "Checked {entries} entries: numbers without gaps, each hash and the chain of them, each body against"
        ),
        "what its entry commits to, and everything derived from them against a second making.".to_owned(),
        format!("Head of the chain: {head}"),
    ]
}

/// What does not hold.
pub fn does_not_hold(what: &str) -> String {
    format!(
        "DOES NOT HOLD: {what}\nChange nothing more here. Keep a copy of the directory as it is and tell whoever keeps the backups."
    )
}

/// An entry that does not hold.
pub fn fault_entry(seq: u64, says: &str) -> String {
    format!("entry {seq}: {says}")
}

/// A derived row that does not hold.
pub fn fault_derived(table: &str, row: &str) -> String {
    format!("the derived table {table} differs from the entries at {row}")
}

/// A database file that does not hold.
pub fn fault_file(says: &str) -> String {
    format!("the file itself: {says}")
}

/// How far verifying has come.
pub fn progress(done: u64, all: u64) -> String {
    format!("{done} of {all} entries")
}

/// Versions.
pub fn versions(program: &str, sqlite: &str, source_id: &str) -> String {
    format!("dutydesk {program}, SQLite {sqlite} ({source_id})")
}

/// The schema of the ledger.
pub fn schema((found, known): (i64, i64)) -> String {
    format!("ledger format {found}, this program knows {known}")
}

/// The chain's head.
pub fn head(seq: u64, hash: &str) -> String {
    format!("entries {seq}, head {hash}")
}

/// A file with its mode.
pub fn file(path: &Path, mode: u32, wanted: u32) -> String {
    let mark = if mode & !wanted == 0 { "" } else { "  OPEN TO OTHERS" };
    format!("{mode:04o}  {}{mark}", path.display())
}

/// A setting or a count.
pub fn pair(name: &str, value: &str) -> String {
    format!("{name} = {value}")
}

/// Free space.
pub fn room(megabytes: u64) -> String {
    format!("free on the disk: {megabytes} MB")
}

/// The edition in force, and whether another waits.
pub fn definitions(in_force: &str, waiting: bool) -> String {
    let waits = if waiting { "; changed files wait to be brought into force" } else { "" };
    format!("definitions in force: {in_force}{waits}")
}

/// For reading only.
pub fn read_only(why: &str) -> String {
    format!("READ ONLY: {why}")
}

/// A file that others can read.
pub fn close_file(path: &Path, wanted: u32) -> String {
    format!("run: chmod {wanted:04o} {}", path.display())
}

/// Not a directory.
pub fn no_directory(dir: &Path) -> String {
    format!("{} is not a directory", dir.display())
}

/// A directory that cannot be used.
pub fn cannot_use_directory(dir: &Path, why: &str) -> String {
    format!("{} cannot be used: {why}", dir.display())
}

/// Something is there already.
pub fn not_empty(dir: &Path) -> String {
    format!("{} is not empty; name a directory that does not exist yet", dir.display())
}

/// Definitions that hold.
pub fn definitions_hold(pathways: usize, edition: &str) -> String {
    format!("{pathways} pathways hold together. Edition {edition}")
}

/// The example is made.
pub fn example_made(dir: &Path, calls: u64, entries: u64, head: &str) -> String {
    format!(
        "TRAINING office in {}: {calls} calls, {entries} entries, head {head}\nOpen it: dutydesk --office {}",
        dir.display(),
        dir.display()
    )
}

/// A step of a story that went wrong.
pub fn in_story(story: &str, step: &str, says: &str) -> String {
    format!("story \"{story}\", step \"{step}\": {says}")
}

/// Not a time.
pub fn not_a_time(typed: &str) -> String {
    format!("\"{typed}\" is not a time; write it as 2026-10-25T09:00:00Z")
}

/// The office is set up.
pub fn set_up(dir: &Path, office: &str, entries: u64, head: &str) -> String {
    format!(
        "{office} is set up in {}: {entries} entries, head {head}\nOpen it: dutydesk --office {}",
        dir.display(),
        dir.display()
    )
}
