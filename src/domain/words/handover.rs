//! The words of handing over: on screen, on the sheet, on the command line, and why something is refused.

use crate::domain::answer::YesNo;
use crate::domain::handover::{Answered, Counts, Section};

/// Why an act of a handover is refused.
pub const NO_SUCH_HANDOVER: &str = "There is no such handover; look at the list of them again";
/// Nobody hands over without a name.
pub const GIVER_UNKNOWN: &str = "Say who you are first: a shift is handed over by somebody";
/// Nobody answers without a name.
pub const RECEIVER_UNKNOWN: &str = "Say who you are first: what is taken over is somebody's from then on";
/// Times that do not follow one another.
pub const NOT_A_SHIFT: &str = "The shift must begin before it ends, and the coming one must end after it";
/// Two lines under one key.
pub const LINE_TWICE: &str = "A line stands there twice; read the handover again";
/// To oneself.
pub const TO_ONESELF: &str = "A shift is not handed over to whoever hands it over";
/// Nobody takes from themselves.
pub const NOT_ONES_OWN: &str =
    "You hand this over yourself: somebody else has to take it. Until then it stays yours";
/// Nothing was named.
pub const NO_LINE: &str = "Say which line it is about";
/// A line that is not in it.
pub const NO_SUCH_LINE: &str = "This line is not in the handover; read it again";
/// Several red ones.
pub const ONE_BY_ONE: &str =
    "Red, missing and safeguarding lines are answered one by one; leave them out, or answer this one alone";
/// Refused without a reason.
pub const WHY_WANTED: &str = "Say why: whoever hands over has to know what to do about it";
/// Read, though it must be taken.
pub const HAS_TO_BE_TAKEN: &str = "Somebody has to see to this: take it, refuse it or ask about it";
/// Taken, though there is nothing to take.
pub const ONLY_TO_BE_KNOWN: &str = "There is nothing to take here: say that you have read it";
/// A read-back without words.
pub const NO_READ_BACK: &str = "Say back in your own words what you take over";
/// Unsatisfactory without a word.
pub const WHAT_WAS_MISSING: &str = "Say what was missing in this handover";
/// Not the giver's.
pub const NOT_THEIRS_TO_LEAVE: &str = "Only whoever hands over leaves what nobody has taken to somebody else";
/// A duty nobody knows.
pub const NO_SUCH_DUTY: &str = "There is no such duty in this office";

/// Somebody else was quicker.
pub fn has_it(who: &str) -> String {
    format!("{who} has it already")
}

/// The heading of a section.
pub fn section(section: Section) -> &'static str {
    match section {
        Section::First => "Red, missing and safeguarding, one by one",
        Section::Urgent => "Urgent calls that are open",
        Section::Decisions => "Decisions awaited",
        Section::Promised => "Due in the coming shift",
        Section::Late => "Late, and interim controls",
        Section::Away => "In hospital, away, coming back",
        Section::Staffing => "Visits and shifts without cover",
        Section::Providers => "Organisations that are restricted",
        Section::Tasks => "Tasks of the office",
        Section::OnCall => "On call, and duties that pass",
        Section::Unfinished => "Unfinished, and calls to ring back",
        Section::Reviews => "Reviews due",
        Section::Notifications => "Notifications to make",
        Section::Corrections => "Corrections of the shift that ends",
        Section::Paper => "Paper slips not accounted for",
        Section::Later => "Due after the coming shift",
    }
}

/// What somebody answered, as one word.
pub fn answered(answer: Answered) -> &'static str {
    match answer {
        Answered::Taken => "taken",
        Answered::Read => "read",
        Answered::Refused => "refused",
        Answered::Queried => "queried",
    }
}

/// "6 taken, 1 queried, 4 to answer".
pub fn counts(counts: &Counts) -> String {
    let parts = [
        (counts.taken, "taken"),
        (counts.read, "read"),
        (counts.refused, "refused"),
        (counts.queried, "queried"),
        (counts.open, "to answer"),
    ];
    let parts: Vec<String> =
        parts.into_iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
    if parts.is_empty() { "nothing to hand over".to_owned() } else { parts.join(" · ") }
}

/// A case that is about safeguarding.
pub const SAFEGUARDING: &str = "SAFEGUARDING";
/// Nothing holds meanwhile, and nothing was named.
pub const NO_CONTROL: &str = "nothing is in place meanwhile";
/// Nobody said when somebody comes back.
pub const NO_RETURN: &str = "no return named";
/// A form about nobody yet.
pub const NOBODY_NAMED: &str = "nobody named";
/// What becomes of an unfinished form.
pub const DRAFT_STAYS: &str = "stays theirs until somebody takes it over";
/// Nobody holds a duty.
pub const NOBODY_HOLDS: &str = "nobody holds it";
/// A duty that passes with the shift.
pub const PASSES: &str = "passes to whoever takes it";

/// Where somebody is.
pub fn at(label: &str, detail: Option<&str>) -> String {
    match (label, detail.unwrap_or_default()) {
        ("", detail) => detail.to_owned(),
        (label, "") => label.to_owned(),
        (label, detail) => format!("{label}: {detail}"),
    }
}

/// Parts of a line beside one another, without the empty ones.
pub fn joined<const N: usize>(parts: [Option<String>; N]) -> String {
    let parts = parts.into_iter().flatten().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" · ")
}

/// Who sees the person next.
pub fn sees_next(who: &str, when: Option<&str>) -> String {
    match when {
        Some(when) => format!("seen next by {who}, {when}"),
        None => format!("seen next by {who}"),
    }
}

/// What is owed next in a case.
pub fn next(what: &str, at: &str) -> String {
    format!("next: {what}, {at}")
}

/// What an organisation owes.
pub fn of_whom(who: &str, what: &str) -> String {
    if who.is_empty() { what.to_owned() } else { format!("{who}: {what}") }
}

/// How often it was chased.
pub fn chased(times: u32, at: &str) -> String {
    match times {
        1 => format!("chased once, {at}"),
        times => format!("chased {times} times, last {at}"),
    }
}

/// Interim controls in force.
pub fn controls(controls: &[String]) -> String {
    format!("meanwhile: {}", controls.join(", "))
}

/// When somebody is expected back.
pub fn until(at: &str) -> String {
    format!("expected back {at}")
}

/// A form that was begun.
pub fn unfinished(step: &str) -> String {
    format!("half typed: {step}")
}

/// Who is rung.
pub fn is_rung(name: &str) -> String {
    format!("{name}, in the coming shift")
}

/// Who holds a duty.
pub fn holds(name: &str) -> String {
    format!("held by {name}")
}

/// What was put right, and why.
pub fn corrected(kind: &str, reason: &str) -> String {
    let what = super::store::act_title(kind);
    if reason.is_empty() { what } else { format!("{what}: {reason}") }
}

/// Why what was a duty's becomes somebody's by name.
pub const BY_NAME: &str = "to be handed over";
/// Why something is taken from whoever hands over.
pub const AT_HANDOVER: &str = "taken over at the handover";
/// Why something passes to whoever is on call: nobody said anything.
pub const NOBODY_ANSWERED: &str = "handed over, and nobody had answered in time";

/// Why something passes to whoever is on call: who would not have it, or asked first.
pub fn refused_by(who: &str, how: &str, why: &str) -> String {
    format!("{how} by {who} at the handover: {why}")
}

/// The heads of the columns of a sheet.
pub const HEADS: [&str; 7] =
    ["No.", "When", "Who", "What, and what holds meanwhile", "Ring", "Sees to it", "Taken by, at"];
/// A section in which nothing stands: somebody looked.
pub const NONE: &str = "None.";
/// A line that nobody has answered.
pub const NOT_ANSWERED: &str = "not answered yet";
/// To nobody by name.
pub const WHOEVER_COMES: &str = "whoever comes on duty";
/// The heading over what was said back.
pub const SAID_BACK: &str = "Read back";
/// The shift that ends.
pub const FACT_SHIFT: &str = "Shift";
/// The shift that comes.
pub const FACT_COMING: &str = "Coming shift";
/// Who hands over.
pub const FACT_GIVER: &str = "Hands over";
/// To whom.
pub const FACT_TO: &str = "To";
/// Who answered.
pub const FACT_RECEIVERS: &str = "Answered by";
/// Who else was there.
pub const FACT_OTHERS: &str = "Also there";
/// Where.
pub const FACT_PLACE: &str = "Where";
/// Anything else.
pub const FACT_NOTE: &str = "Also to be known";
/// As of when.
pub const FACT_SHOWN: &str = "As it was shown";
/// How many lines stand where.
pub const FACT_COUNTS: &str = "Lines";
/// What changed since.
pub const FACT_CHANGED: &str = "Changed since";
/// How it was.
pub const FACT_HOW: &str = "How it was";

/// The title of a sheet.
pub fn title(office: &str) -> String {
    if office.is_empty() { "Handover".to_owned() } else { format!("Handover, {office}") }
}

/// From when until when, and how long that is.
pub fn shift(from: &str, until: &str, length: &str) -> String {
    format!("{from} to {until}, {length}")
}

/// How many lines changed after they were shown.
pub fn changed_since(lines: usize) -> String {
    match lines {
        1 => "1 line changed since".to_owned(),
        lines => format!("{lines} lines changed since"),
    }
}

/// Something that happened after a line was shown.
pub fn change(at: &str, what: &str) -> String {
    format!("since then {at}: {what}")
}

/// Whom it is about, and under which reference.
pub fn about(about: &str, reference: &str) -> String {
    if about.is_empty() { reference.to_owned() } else { format!("{about} {reference}") }
}

/// Who sees to it.
pub fn sees_to(whose: &str) -> String {
    if whose.is_empty() { String::new() } else { format!("seen to by {whose}") }
}

/// A number to ring.
pub fn number(phone: &str) -> String {
    if phone.is_empty() { String::new() } else { format!("ring {phone}") }
}

/// An answer, by whom and when.
pub fn answer(answer: Answered, who: &str, at: &str, reason: &str) -> String {
    let said = format!("{} by {who} {at}", answered(answer));
    if reason.is_empty() { said } else { format!("{said}: {reason}") }
}

/// To whom a line passed that nobody took.
pub fn left_to(duty: &str, since: &str) -> String {
    format!("with {} since {since}", duty.to_lowercase())
}

/// Words that were read back.
pub fn read_back(who: &str, at: &str, words: &str) -> String {
    format!("{who}, {at}: {words}")
}

/// How a handover was, in somebody's words.
pub fn how_it_was(satisfactory: YesNo, who: &str, at: &str, note: &str) -> String {
    let was = match satisfactory {
        YesNo::Yes => "as it should be",
        YesNo::No => "NOT as it should be",
    };
    let said = format!("{was}, says {who}, {at}");
    if note.is_empty() { said } else { format!("{said}: {note}") }
}

/// The foot of a sheet.
pub fn printed(at: &str, by: &str) -> String {
    let paper =
        "The record is in the program; this sheet holds people's particulars and is kept or shredded as one.";
    match by {
        "" => format!("Printed {at}. {paper}"),
        by => format!("Printed by {by} on {at}. {paper}"),
    }
}

/// Numbers of paper slips that nobody can account for.
pub fn slips_missed(numbers: &str) -> String {
    format!("not in the record: {numbers}")
}

/// The heads of the list of handovers.
pub const HEADS_LIST: [&str; 5] = ["No.", "Until", "Hands over", "Lines", "Stands"];
/// Nothing was ever handed over.
pub const NOTHING_HANDED_OVER: &str = "No shift has been handed over yet";
/// Nothing is left to leave.
pub const NOTHING_WAITS: &str = "Nothing waits any more: all of it was taken or has passed to somebody";
/// No answer was named.
pub const SAY_WHAT: &str = "Say what you answer: --take, --read, --refuse WHY or --query WHAT";
/// The office has no pathway of governance.
pub const NO_GOVERNANCE: &str =
    "This office has no pathway \"governance\"; say how it was without --governance";
/// What an item of governance about a handover is called.
pub const GOVERNANCE_HEADLINE: &str = "A handover that was not as it should be";

/// No line of this number.
pub fn no_line(number: usize) -> String {
    format!("There is no line {number}; `dutydesk handover show` numbers them")
}

/// What was handed over.
pub fn handed_over(lines: usize, to_take: usize) -> String {
    format!(
        "Handed over: {lines} lines, {to_take} of them to be taken. They stay yours until somebody has them"
    )
}

/// To whom a shift was handed over, and how much of it.
pub fn handed_to(whom: Option<&str>, lines: &str) -> String {
    format!("Handed over to {}: {lines}", whom.unwrap_or("whoever comes on duty"))
}

/// How a handover stands, in a list: whether a line waits, one that is to be taken was taken by nobody, it was not as it should
/// be.
pub fn stands(open: bool, unanswered: bool, unsatisfactory: bool) -> &'static str {
    match (open, unanswered, unsatisfactory) {
        (_, _, true) => "NOT as it should be",
        (true, ..) => "lines wait",
        (false, true, _) => "passed on untaken",
        (false, false, _) => "complete",
    }
}

/// A sheet that could not be written.
pub fn cannot_print(place: &str, why: &str) -> String {
    format!("The sheet could not be written into {place}: {why}")
}

/// What is to be done where it does not happen: who answers outside their hours.
pub fn if_not(number: &str) -> String {
    format!("if not: out of hours {number}")
}

/// Opens the handover.
pub const OPEN_HANDOVER: [&str; 3] = [
    "Handover",
    "handover",
    "What was handed over to you, line by line; where nothing was, what you would hand over now.",
];
/// Hands the shift over.
pub const GIVE: [&str; 3] = [
    "Hand over your shift",
    "hand over",
    "Keeps every line as it is shown here. It stays yours until somebody has it.",
];
/// Takes the line.
pub const TAKE_LINE: [&str; 3] = [
    "Take this line",
    "take",
    "You see to it from now on; where there is nothing to take, you have read it.",
];
/// Refuses the line.
pub const REFUSE_LINE: [&str; 3] = [
    "Refuse this line",
    "refuse, why",
    "It stays with whoever hands over, and passes to whoever is on call when its time is over.",
];
/// Asks about the line.
pub const QUERY_LINE: [&str; 3] = [
    "Ask about this line",
    "query",
    "Your question stands beside it; it stays where it is until you take it.",
];
/// Takes all that was read.
pub const TAKE_READ: [&str; 3] = [
    "Take all that you have read",
    "take all read",
    "Every line that you have come past. Red, missing and safeguarding lines are taken one by one.",
];
/// Reads it back.
pub const READ_BACK: [&str; 3] =
    ["Read back", "read back", "Say in your own words what you take over. It stands on the sheet."];
/// Says how it was.
pub const HOW_IT_WAS: [&str; 3] = [
    "How this handover was",
    "how it was",
    "Whether it was as it should be, now or any time later; what was not can become a governance item.",
];
/// Leaves the rest.
pub const LEAVE_REST: [&str; 3] = [
    "Leave the rest to whoever is on call",
    "leave to on call",
    "What nobody has taken passes at once, naming who refused it.",
];
/// Prints it.
pub const PRINT: [&str; 3] = [
    "Print the sheet",
    "print",
    "Writes the sheet, as it was shown, into the office's own folder, and says where.",
];
/// Opens what a line is about.
pub const OPEN_LINE: [&str; 3] = ["Open what the line is about", "open", "The case or the person, in full."];
/// The next handover.
pub const NEXT_HANDOVER: [&str; 3] =
    ["The next handover", "others", "What you would hand over now, then those that were, newest first."];

/// No handover is on screen.
pub const NO_HANDOVER_HERE: &str = "Open the handover first";
/// It was handed over.
pub const HANDED_OVER_ALREADY: &str = "This was handed over already; tab shows what stands there now";
/// It was not handed over yet.
pub const HAND_OVER_FIRST: &str = "It was not handed over yet";
/// A line that opens nothing.
pub const NOTHING_TO_OPEN: &str = "There is nothing behind this line";
/// Nothing was read that may be taken together.
pub const NOTHING_READ: &str =
    "Read on first: only lines you have come past are taken together, and red ones never";
/// A question before the rest is left.
pub const LEAVE_TITLE: &str = "Leave the rest?";
/// It was left.
pub const LEFT: &str = "Whoever is on call has it now";

/// What becomes of the rest.
pub fn leave_rest(waiting: usize) -> String {
    let lines = if waiting == 1 { "1 line".to_owned() } else { format!("{waiting} lines") };
    format!("{lines} that nobody has taken pass to whoever is on call, with who refused them and why.")
}

/// What a form about a line says that it is about.
pub fn line_about(about: &str, what: &str) -> String {
    joined([Some(about.to_owned()), Some(what.to_owned())])
}

/// What somebody should know before they go.
pub fn before_you_go(drafts: usize, waiting: usize) -> Option<String> {
    let forms = match drafts {
        0 => None,
        1 => Some("1 form of yours is half typed".to_owned()),
        n => Some(format!("{n} forms of yours are half typed")),
    };
    let lines = match waiting {
        0 => None,
        1 => Some("1 line that you hand over has not been taken".to_owned()),
        n => Some(format!("{n} lines that you hand over have not been taken")),
    };
    let parts: Vec<String> = forms.into_iter().chain(lines).collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// What whoever signs in is told.
pub fn hands_over_to_you(who: &str, lines: usize) -> String {
    let lines = if lines == 1 { "1 line".to_owned() } else { format!("{lines} lines") };
    format!("{who} hands over to you: {lines}")
}

/// The form by which a shift is handed over.
pub const GIVE_FORM: &str = "Hand over";
/// Its line of help.
pub const GIVE_FORM_HELP: &str = "Every line stays yours until somebody has it. All of these may stay blank.";
/// To whom.
pub const TO_WHOM: [&str; 2] = ["To whom", "Whoever comes on duty; left blank, to whoever comes"];
/// Who else.
pub const WHO_ELSE: [&str; 2] = ["Who else is there", "Names, as you would say them"];
/// Where.
pub const WHERE: [&str; 2] = ["Where, or how", "At the desk, by telephone, left to be read"];
/// Anything else.
pub const ANYTHING_ELSE: [&str; 2] =
    ["Anything else", "What stands in no record and has to be known all the same"];
/// The form that refuses a line.
pub const REFUSE_FORM: &str = "Refuse a line";
/// Its line of help.
pub const REFUSE_FORM_HELP: &str = "It stays with whoever hands over until the shift ends, or an hour where it has; then whoever is on call has it.";
/// Why it is refused.
pub const WHY_NOT: &str = "Why you do not take it";
/// The form that asks about a line.
pub const QUERY_FORM: &str = "Ask about a line";
/// Its line of help.
pub const QUERY_FORM_HELP: &str =
    "Whoever hands over sees it at once. The line stays theirs until you take it.";
/// What is asked.
pub const WHAT_IS_ASKED: &str = "What you have to know first";
/// The form that reads back.
pub const READ_BACK_FORM: &str = "Read back";
/// Its line of help.
pub const READ_BACK_FORM_HELP: &str =
    "What you take over, as you understood it: whoever hands over hears what was missed.";
/// The words.
pub const IN_YOUR_WORDS: &str = "In your own words";
/// The form that says how it was.
pub const HOW_FORM: &str = "How this handover was";
/// Its line of help.
pub const HOW_FORM_HELP: &str = "It can be said at any time later, too, and by anybody who was there.";
/// Whether it was as it should be.
pub const WAS_SATISFACTORY: &str = "As it should be?";
/// What was missing.
pub const WHAT_MISSED: [&str; 2] = ["What was missing", "Needed where it was not as it should be"];
/// As governance.
pub const AS_GOVERNANCE: [&str; 2] = ["A governance item, too?", "Opens one with these words"];

/// The title of the screen.
pub fn screen_title(giver: Option<&str>, shift: &str) -> String {
    match giver {
        Some(giver) => format!("Handover from {giver}   shift {shift}"),
        None => format!("What you would hand over now   shift {shift}"),
    }
}

/// From when until when in little room, and how long that is.
pub fn short_shift(from: &str, until: &str, length: &str) -> String {
    format!("{from}–{until}, {length}")
}

/// When the lines were shown, and what changed since.
pub fn snapshot(at: &str, changed: usize) -> String {
    match changed {
        0 => format!("as shown {at}"),
        n => format!("as shown {at} · {n} changed since"),
    }
}

/// Nothing is in a handover at all.
pub const NOTHING_STANDS: &str = "Nothing stands open.";

/// Sections in which nothing stands, on one line.
pub fn nothing_in(sections: &[&str]) -> String {
    format!("Nothing: {}", sections.join(" · "))
}

/// A line that was read here and not answered.
pub const READ_HERE: &str = "read";
/// A line that was not read here.
pub const TO_READ: &str = "to read";
/// The words before what was read back.
pub const READ_BACK_MARK: &str = "read back ";

/// Where a sheet was written.
pub fn sheet_at(path: &str) -> String {
    format!("The sheet lies in {path}, as a page to print and as text")
}

/// How many lines there are, and how many somebody has to take.
pub fn to_be_taken(lines: usize, waiting: usize) -> String {
    match lines {
        1 => format!("1 line, {waiting} to be taken"),
        lines => format!("{lines} lines, {waiting} to be taken"),
    }
}

/// What is told when a shift has ended with lines that nobody took.
pub const SHIFT_ENDED: &str = "A shift has ended: what nobody had taken of it is with whoever is on call";
