//! The words of the screens themselves: titles, labels, what stands where there is nothing.

mod finding;
pub mod listed;
pub mod looks;
pub mod standing;

pub use finding::*;

use crate::domain::views::Second;

/// The program's name as headers write it.
pub const PROGRAM: &str = "dutydesk";
/// On every screen of a practice or example office.
pub const TRAINING: &str = "TRAINING";
/// The office before it has a name.
pub const NO_OFFICE: &str = "office not set up yet";
/// Nobody has said who they are.
pub const NOBODY: &str = "nobody signed in";
/// Before the name of whoever is signed in.
pub const YOU: &str = "you";
/// Before the name of whoever holds the decision.
pub const DECIDES: &str = "decides";
/// Before the name of whoever is signed in and holds it, where there is little room.
pub const YOU_DECIDE: &str = "you decide:";
/// Nobody holds the decision.
pub const NOBODY_DECIDES: &str = "nobody";

/// First pane of the dashboard.
pub const CALLS: &str = "Urgent calls";
/// Second pane.
pub const ESCALATIONS: &str = "Open escalations";
/// Third pane.
pub const OVERDUE: &str = "Overdue external actions";
/// The panes' names where one is shown at a time.
pub const TABS: [&str; 3] = ["Calls", "Escalations", "Overdue"];
/// No call at all.
pub const NO_CALLS: &str = "No urgent calls today, and none left open";
/// What to do about it, by the keys that do it.
pub fn first_steps(call: &str, people: &str, organisations: &str, staff: &str) -> String {
    format!(
        "{NO_CALLS}. {call} takes one. {people} people, {organisations} organisations and {staff} staff can be added \
         before."
    )
}
/// Nothing owed in urgent cases.
pub const NO_ESCALATIONS: &str = "No open escalations: nothing is owed on an urgent call";
/// Nothing late, nothing due.
pub const NO_OVERDUE: &str = "No overdue actions: nothing that others promised is late or due today";
/// The preview while no row is selected.
pub const NOTHING_SELECTED: &str = "What is known about the selected row stands here";
/// A filter that finds nothing.
pub const NOTHING_MATCHES: &str = "Nothing here matches what you typed after /";
/// The dashboard before anybody has said who they are.
pub const SEALED_TITLE: &str = "Nobody is signed in here";
/// What it says.
pub const SEALED: &[&str] = &[
    "If somebody is in danger now: ring 999 first. Write it down after.",
    "",
    "w  say who you are, to see the calls and what is owed",
    "c  take an urgent call at once, without signing in",
    "u  what was begun here and not saved",
];
/// A desk that shows nothing of anybody.
pub const LOCKED_TITLE: &str = "This desk is locked";
/// What it says where somebody locked it.
pub const LOCKED: &[&str] = &[
    "If somebody is in danger now: ring 999 first. Write it down after.",
    "",
    "enter  go on, if it was you who locked it",
    "w  somebody else says who they are",
    "c  take an urgent call at once, without signing in",
    "",
    "What was open is kept, and is there again for whoever locked it.",
];
/// What it says where nobody is signed in and PINs are asked for.
pub const SHUT: &[&str] = &[
    "If somebody is in danger now: ring 999 first. Write it down after.",
    "",
    "w  say who you are, to see the calls and what is owed",
    "c  take an urgent call at once, without signing in",
];
/// The rows are on their way.
pub const LOADING: &str = "Reading the record";

/// The emergency number, where it was called.
pub const EMERGENCY: &str = "999";
/// Before the decision.
pub const UNDECIDED: &str = "undecided";
/// A call in the record with blanks.
pub const INCOMPLETE: &str = "incomplete";
/// A closed case.
pub const CLOSED: &str = "closed";
/// A decided case with nothing open.
pub const DECIDED: &str = "decided";
/// Nobody rang after it.
pub const NOT_CHASED: &str = "not chased";
/// Late, and nothing keeps the person safe meanwhile.
pub const NO_CONTROL: &str = "no interim control";
/// The same in little room.
pub const NO_CONTROL_SHORT: &str = "no control";
/// The subject of a case is not known yet.
pub const SUBJECT_UNKNOWN: &str = "not known yet";
/// Whom a call is about as somebody said it, where nobody on record was taken.
pub fn in_words(said: &str) -> String {
    format!("“{said}”")
}
/// Due today and not late.
pub const DUE: &str = "due";
/// A draft by nobody's name.
pub const UNFINISHED: &str = "unfinished";

/// Heading of the timeline of a case.
pub const TIMELINE: &str = "Timeline";
/// Heading of what is owed.
pub const OWED: &str = "Owed";
/// Nothing is owed.
pub const NOTHING_OWED: &str = "Nothing is owed here";
/// Heading of the triangulation.
pub const FOUR_SOURCES: &str = "Four sources";
/// Heading of other open cases.
pub const OTHERS: &str = "Also open";
/// A source that is missing.
pub const GAP: &str = "gap";
/// A source that is not expected yet.
pub const NOT_YET: &str = "not yet";
/// Everything that ought to be answered is.
pub const COMPLETE: &str = "complete";

/// Before the time a form was opened.
pub const BEGAN: &str = "began";
/// Before the time of the last commit of the draft.
pub const KEPT: &str = "kept";
/// Typed, and not on the disk yet.
pub const KEEPING: &str = "keeping";
/// Finished, and not in the record yet: the disk or somebody else's writing takes its time.
pub const SAVING: &str = "being saved";
/// Could not be kept.
pub const NOT_KEPT: &str = "NOT KEPT";
/// A finished form that the record does not have yet.
pub const NOT_IN_THE_RECORD: &str = "NOT IN THE RECORD YET";
/// The same in a column of a list.
pub const NOT_YET_SHORT: &str = "not recorded";
/// So many finished forms that the record does not have yet.
pub fn not_yet(count: u64) -> String {
    format!("{count} NOT IN THE RECORD")
}
/// Before what is owed next.
pub const NEXT: &str = "next";
/// Nothing is missing.
pub const NOTHING_MISSING: &str = "nothing missing";
/// The line that adds a row.
pub const ADD_ROW: &str = "+ add a line";
/// Beside a blank of which another line can take the place.
pub const EITHER: &str = "one of the two";
/// A record made when the form is saved.
pub const NEW_RECORD: &str = "new, made when this is saved";
/// Words in the place of a record that nobody has taken.
pub const ONLY_WORDS: &str = "as typed, not looked up";
/// How a folded section is opened.
pub const ENTER_OPENS: &str = "enter opens";
/// How an open section is folded.
pub const ENTER_FOLDS: &str = "enter folds";

/// Labels of a banner.
pub const BORN: &str = "Born";
/// NHS number.
pub const NHS: &str = "NHS No.";
/// An NHS number that was never asked.
pub const NHS_UNKNOWN: &str = "not recorded";
/// A date of birth that was never asked.
pub const BORN_UNKNOWN: &str = "not recorded";
/// Next to do on a person's or case's screen.
pub const SEEN_BY: &str = "Last seen by";
/// Who goes next.
pub const SEES_NEXT: &str = "Seen next by";

/// A list that holds no row.
pub const EMPTY_LIST: &str = "Nothing here";
/// No form was left.
pub const NO_UNFINISHED: &str = "No form is unfinished";
/// Nothing was typed for whoever is signed in.
pub const NOTHING_WAITS: &str = "Nothing that was typed for you waits for your word";
/// The search for whoever is at the keyboard.
pub const WHO_IS_HERE: &str = "Who is here? Take your name";
/// The box of keys.
pub const KEYS: &str = "Keys";
/// The box of commands.
pub const COMMANDS: &str = "Commands";
/// At the end of the keys shown.
pub const IN_THE_RECORD: &str = "in the record";

/// Cases of a person.
pub const CASES: &str = "Cases";

/// By what a pane is sorted.
pub const BY_RISK: &str = "by risk";
/// The same.
pub const BY_NAME: &str = "by name";
/// The window is too small.
pub fn too_small(width: u16, height: u16) -> String {
    format!("This window is too small: at least {width} by {height}.")
}

/// What can still be done in it; `leaves` is the key that leaves the program, where one does.
pub fn too_small_keys(leaves: Option<&str>) -> String {
    let larger = "Make it larger. Nothing typed is lost.";
    leaves.map_or_else(|| larger.to_owned(), |key| format!("{larger} {key} leaves."))
}

/// "+ 3 places".
pub fn places(others: u64) -> String {
    if others == 1 { "+ 1 place".to_owned() } else { format!("+ {others} places") }
}

/// "today 7".
pub fn today(count: u64) -> (&'static str, String) {
    ("today ", count.to_string())
}

/// The words of a caller, as theirs.
pub fn quoted(said: &str) -> String {
    format!("\"{said}\"")
}

/// "2 undecided".
pub fn undecided(count: u64) -> String {
    format!("{count} {UNDECIDED}")
}

/// "1 unfinished".
pub fn unfinished(count: usize) -> String {
    format!("{count} {UNFINISHED}")
}

/// "4 late".
pub fn late(count: usize) -> String {
    format!("{count} late")
}

/// "3 due today".
pub fn due_today(count: u64) -> String {
    format!("{count} due today")
}

/// "12 of 340".
pub fn of(here: usize, total: u64) -> String {
    format!("{here} of {total}")
}

/// "chased twice, last 19-Nov".
pub fn chased(times: u32, last: Option<&str>) -> String {
    match last {
        Some(last) => format!("chased {times}×, last {last}"),
        None => format!("chased {times}×"),
    }
}

/// Entries whose definitions cannot be had.
pub fn without_labels(entries: usize) -> String {
    let (some, their) = if entries == 1 { ("One entry is", "its") } else { ("Some entries are", "their") };
    format!(
        "{some} shown without {their} labels: the definitions that were in force then cannot be read here"
    )
}
/// "3 missing".
pub fn missing(count: usize) -> String {
    format!("{count} missing")
}

/// "3 of 12 missing".
pub fn missing_of((missing, required): (usize, usize)) -> String {
    format!("{missing} of {required} missing")
}

/// "* still missing 1 of 6": the star stands beside the labels of what is asked for.
pub fn still_missing(missing: usize, required: usize) -> (&'static str, String) {
    ("* still missing ", format!("{missing} of {required}"))
}

/// "OKAFOR, A., decision holder": who holds a duty now.
pub fn holder(name: &str, duty: &str) -> String {
    format!("{name}, {}", duty.to_lowercase())
}

/// "by 20:50".
pub fn by(time: &str) -> String {
    format!("by {time}")
}

/// "85y".
pub fn years(age: u32) -> String {
    format!("({age}y)")
}

/// "2 gaps".
pub fn gaps(count: usize) -> String {
    if count == 1 { "1 gap".to_owned() } else { format!("{count} gaps") }
}

/// "from WQ, carer".
pub fn from(caller: &str) -> String {
    format!("from {caller}")
}

/// "case U-1187".
pub fn case(reference: &str) -> (&'static str, String) {
    ("case ", reference.to_owned())
}

/// "moved to the right record: why".
pub fn moved(by: &str, reason: &str) -> String {
    let by = if by.is_empty() { String::new() } else { format!(" by {by}") };
    format!("struck, moved to the right record{by}: {reason}")
}

/// A record that is read as another: `reference` and `name` are the one that is kept.
pub fn merged_into(reference: &str, name: &str, when: &str, by: &str, reason: &str) -> String {
    let by = if by.is_empty() { String::new() } else { format!(" by {by}") };
    let when = on_or_at(when);
    format!("merged with {reference} {name} {when}{by}, because: {reason}. All that is open stands there")
}

/// A record that is read as the one on screen.
pub fn merged_here(name: &str, when: &str, by: &str, reason: &str) -> String {
    let by = if by.is_empty() { String::new() } else { format!(" by {by}") };
    format!("{name}: merged into this record {}{by}, because: {reason}", on_or_at(when))
}

/// A time that is told by the clock alone where it is today's, and by the day before.
fn on_or_at(when: &str) -> String {
    let word = if when.contains(' ') { "on" } else { "at" };
    format!("{word} {when}")
}

/// An entry whose words were removed, or that a newer program wrote.
pub const NO_WORDS: &str = "(no words left to show)";
/// Whether the record is complete.
pub const RECORD: &str = "Record";
/// What keeps the person safe meanwhile.
pub const CONTROLS: &str = "Meanwhile";
/// Before the name of the owner.
pub const OWNER: &str = "owner ";
/// Somebody outside said that they will do it.
pub const ACCEPTED: &str = "taken on";
/// Somebody says it is done; nobody has confirmed it.
pub const REPORTED: &str = "said to be done, not confirmed";
/// After a step that was due: it was recorded.
pub const DONE: &str = "  done";
/// After what was owed: how it ended.
pub const CONFIRMED: &str = "  done, confirmed";
/// The obligor said no.
pub const REFUSED: &str = "  refused";
/// A new time stands in its place.
pub const SUPERSEDED: &str = "  a newer one stands";
/// No longer wanted.
pub const CANCELLED: &str = "  no longer wanted";
/// Typed for somebody who has not confirmed it.
pub const TO_CONFIRM: &str = "to be confirmed";
/// Recorded while nobody was signed in.
pub const UNSIGNED: &str = "taken with nobody signed in, not yet signed";
/// Written while somebody else wrote too.
pub const UNSIGHTED: &str = "written without sight of a newer entry";

/// The file that an entry came from.
pub fn imported_from(file: &str) -> String {
    format!("imported from {file}")
}

/// "P. SHAH for A. OKAFOR": whose act it is, and by whose leave.
pub fn acting_for(by: &str, whom: Option<String>) -> String {
    whom.map_or_else(|| by.to_owned(), |whom| format!("{by} for {whom}"))
}

/// "late entry, recorded 07:55 (+12 h 15 min)".
pub fn late_entry(recorded: &str, delay: &str) -> String {
    format!("late entry, recorded {recorded} (+{delay})")
}

/// "corrected once".
pub fn corrections(count: usize) -> String {
    if count == 1 { "corrected once".to_owned() } else { format!("corrected {count} times") }
}

/// "struck 21-Nov 16:45 by P. Shah: heard it wrong". The word stands beside the line through what was said, because
/// not every terminal draws the line.
pub fn struck(when: &str, by: &str, reason: &str) -> String {
    let by = if by.is_empty() { String::new() } else { format!(" by {by}") };
    if reason.is_empty() { format!("struck {when}{by}") } else { format!("struck {when}{by}: {reason}") }
}

/// "no time given: doctor out on call; we chase by then".
pub fn none_given(why: &str) -> String {
    format!("no time given: {why}; we chase by then")
}

/// "recorded 21-Nov-2026 16:42 GMT, 4 min after"; `after` is empty where it was recorded as it happened.
pub fn recorded_at(at: &str, after: &str) -> String {
    if after.is_empty() { format!("recorded {at}") } else { format!("recorded {at}, {after} after") }
}

/// "OKAFOR, Adaeze, typed by SHAH, Priya"; `typed_by` is empty where it was the same person.
pub fn whose(by: &str, typed_by: &str) -> String {
    match (by, typed_by) {
        (by, "") => by.to_owned(),
        ("", typed_by) => format!("typed by {typed_by}"),
        (by, typed_by) => format!("{by}, typed by {typed_by}"),
    }
}

/// "Visit 1 h 20 min late".
pub fn answered_late(what: &str, by: &str) -> String {
    format!("{what}: {by} late")
}

/// "newer advice 20:20": what was advised here is no longer the last word.
pub fn newer_advice(when: &str) -> String {
    format!("newer advice {when}")
}

/// What an organisation owes, on its own record.
pub const OWES: &str = "Owes";

/// Before a name under which an entry was written.
pub const STRUCK: &str = "struck";
/// Where an entry stands that wants two people.
pub fn second(second: &Second, who: &str, when: &str) -> String {
    match second {
        Second::Waits => "waits for a second person".to_owned(),
        Second::Agreed { .. } => format!("{who} agreed, {when}"),
        Second::Refused { note, .. } if note.is_empty() => format!("refused by {who}, {when}: no effect"),
        Second::Refused { note, .. } => format!("refused by {who}, {when}: {note}"),
        Second::CalledOff { .. } => format!("called off by {who}, {when}: no effect"),
        Second::Alone(why) => format!("done alone: {why}"),
    }
}

/// A review of the reviewer's own decision.
pub const OWN_DECISION: &str = "reviewer also decided";

/// The answer to a question.
pub const YES: &str = "yes";
/// One step back.
pub const BACK: &str = "back";
/// A contact that must not be told.
pub const DO_NOT_INFORM: &str = "do not inform";
/// Whose a form is that was begun before anybody said who they are.
pub const NOBODY_NAMED: &str = "nobody named";
/// A draft that a running program holds open.
pub const HELD: &str = "open elsewhere";
/// Of a restricted record that may not be seen, whom it is about.
pub const RESTRICTED: &str = "restricted";
/// Of the same, what is owed.
pub fn ask(whom: &str) -> String {
    format!("ask {whom}")
}
/// How such a record is opened all the same.
pub const OPENED_BEYOND: &str = "Command \"Open a record that is not yours\" (ctrl-o) opens it for a while, with a reason that is looked at afterwards.";
/// Forms that are not in the record yet.
pub const UNFINISHED_FORMS: &str = "Unfinished";
/// Entries typed for whoever is signed in.
pub const WAITING_FOR_YOU: &str = "Typed for you, to confirm";
/// Entries that have no effect until a second person agrees.
pub const WAITING_FOR_SECOND: &str = "For a second person: agree or not";
/// Entries that want two people and were recorded by one.
pub const DONE_ALONE: &str = "Done alone";
/// No entry waits for a second person.
pub const NOTHING_FOR_SECOND: &str = "Nothing waits for you to agree to it as the second person";
/// Nothing was done alone.
pub const NOTHING_ALONE: &str = "Nothing that wants two people was done by one";
/// Entries for a second person, in the header.
pub fn for_second(count: u64) -> String {
    format!("{count} to agree")
}

/// Those near the person are chosen from.
pub const WHO_WAS_TOLD: &str = "Who was told: family and representatives";
/// "Find: people".
pub fn find(register: &str) -> String {
    format!("Find: {register}")
}

/// "People".
pub fn register(id: &str) -> String {
    let mut letters = id.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// "2 cases".
pub fn cases(count: usize) -> String {
    if count == 1 { "1 case".to_owned() } else { format!("{count} cases") }
}

/// "3 owed".
pub fn owed(count: u32) -> String {
    format!("{count} owed")
}

/// "in the record 21:02:12 as U-1184".
pub fn recorded(time: &str, references: &[String]) -> String {
    let mut said = format!("{IN_THE_RECORD} {time}");
    if !references.is_empty() {
        said.push_str(" as ");
        said.push_str(&references.join(", "));
    }
    said
}

/// The first screen's title.
pub const WELCOME_TITLE: &str = "Welcome";

/// Whether they can be reached on their usual number now, and which number it is.
pub fn hours(open: Option<bool>, out_of_hours: bool) -> &'static str {
    match (open, out_of_hours) {
        (Some(true), _) => "open now",
        (Some(false), true) => "out of hours",
        (Some(false), false) => "shut now",
        (None, true) => "out of hours",
        (None, false) => "",
    }
}
/// Over what can be expected of an organisation of its kind.
pub const EXPECTED: &str = "Expected response (provider targets)";
/// Before those who must not be told.
pub const MUST_NOT_BE_TOLD: &str = "must not be told";
/// Before those who may be told.
pub const MAY_BE_TOLD: &str = "may be told";
/// Gender, where it is not recorded.
pub const GENDER: &str = "Gender";
/// Before why somebody is escalated earlier than others.
pub const ESCALATE_EARLY: &str = "escalate early";
/// Before a time.
pub const SINCE: &str = "since";
/// Before the time it is expected to end.
pub const UNTIL: &str = "until";
/// Headings of lists of registers.
pub const HEAD_WHERE: &str = "where they are";
/// Which duties a member of staff holds at this hour.
pub const HEAD_ON_DUTY: &str = "on duty now";
/// What a member of staff may do.
pub const HEAD_ROLES: &str = "roles";
/// How many more there are that have no room.
pub fn and_more(left: usize) -> String {
    format!("and {left} more")
}
/// Over what a person's record says.
pub const ON_THE_RECORD: &str = "On the record";
/// The list of SSH keys.
pub const SSH_KEYS: &str = "SSH keys";
/// A list of keys without any.
pub const NO_KEYS: &str = "No key is enrolled. a enrols one";
/// The key of a shared workstation.
pub const WORKSTATION: &str = "workstation";

/// The list of somebody's SSH keys.
pub fn keys_of(name: &str) -> String {
    if name.is_empty() { SSH_KEYS.to_owned() } else { format!("SSH keys of {name}") }
}
