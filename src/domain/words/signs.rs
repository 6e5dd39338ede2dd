//! What is said of warning signs.

use chrono::TimeDelta;

use super::app::Titled;
use crate::domain::answer::YesNo;
use crate::domain::signs::{Severity, SignAnswer};

/// As a definition names it.
pub fn yes_no(is: YesNo) -> &'static str {
    match is {
        YesNo::Yes => "yes",
        YesNo::No => "no",
    }
}

/// What a call was about that nobody followed up.
pub fn nothing_since(headline: Option<&str>) -> String {
    headline.unwrap_or_default().to_owned()
}

fn days(length: TimeDelta) -> String {
    match length.num_days() {
        0 => format!("{} hours", length.num_hours()),
        1 => "a day".to_owned(),
        days => format!("{days} days"),
    }
}

/// "3 times in 21 days".
pub fn times_in_days(times: usize, within: TimeDelta) -> String {
    format!("{times} times in {}", days(within))
}

/// "3 in 14 days: Fall or long lie".
pub fn counted(times: usize, within: TimeDelta, by: &str) -> String {
    let counted = format!("{times} in {}", days(within));
    if by.is_empty() { counted } else { format!("{counted}: {by}") }
}

/// A field that says nothing.
pub fn says_nothing(label: &str) -> String {
    format!("\"{label}\" says nothing")
}

/// What was owed.
pub fn was_due(what: &str) -> String {
    what.to_owned()
}

/// What was chased, and how often.
pub fn chased(what: &str, times: u32) -> String {
    format!("{what}, chased {times} times")
}

/// Nobody outside was rung, although that was decided.
pub const NOT_CONTACTED: &str = "somebody outside was to be contacted, and no contact is on record";

/// What can lie before the call that it answers.
pub const DECIDED: &str = "the decision";
/// See [`DECIDED`].
pub const CONTACTED: &str = "the contact";
/// See [`DECIDED`].
pub const ADVISED: &str = "the advice";
/// See [`DECIDED`].
pub const REVIEWED: &str = "the review";

/// Times that contradict each other.
pub fn before_the_call(what: &str) -> String {
    format!("{what} is on record as before the call")
}

/// A contact that left nothing.
pub fn no_advice(with: &str) -> String {
    format!("spoke with {with}: no advice, and no time for what comes next")
}

/// Somebody was told.
pub fn told(with: &str) -> String {
    format!("{with} was told")
}

/// How long it went on.
pub fn since_days(within: TimeDelta) -> String {
    format!("more than {}", days(within))
}

/// The phrase that was found.
pub fn said(phrase: &str) -> String {
    format!("\"{phrase}\"")
}

/// A shift by when it begins.
pub fn shift_from(clock: &str) -> String {
    format!("shift from {clock}")
}

/// An organisation that stands on no list.
pub fn by_words(name: &str) -> String {
    format!("{name} (on no list: counted by these words)")
}

/// Two who decide apart: of so many, so many outside.
pub fn uneven(risk: &str, (most, of): (usize, usize), (least, of_those): (usize, usize)) -> String {
    format!("{risk}: {most} of {of} taken outside by one, {least} of {of_those} by another")
}

/// Before a row whose case a warning sign is about.
pub const MARK: &str = "!";

/// How many wait for an answer.
pub fn wait(open: u64) -> String {
    match open {
        1 => "1 warning sign waits for an answer".to_owned(),
        open => format!("{open} warning signs wait for an answer"),
    }
}

/// A sign that nobody has put on record.
pub const NOT_ON_RECORD: &str = "No such warning sign is on record";
/// A sign that waits for a clock to be set right.
pub const CLOCK_IN_DOUBT: &str =
    "It is not on record yet: this machine's clock does not go with the record. See dutydesk doctor";
/// A sign that somebody has answered.
pub const ANSWERED_ALREADY: &str = "Somebody has answered this warning sign meanwhile";
/// An accepted sign has an owner and a time.
pub const WHO_AND_BY_WHEN: &str = "Say who does it, and by when";
/// A sign whose rule is not known any more.
pub const A_SIGN: &str = "Warning sign";
/// Why an item of governance belongs to a case.
pub const LINK: &str = "Done about a warning sign";

/// Without words there is no answer.
pub fn says_why(answer: SignAnswer) -> &'static str {
    match answer {
        SignAnswer::Accepted => "Say what is done about it",
        SignAnswer::Explained => "Say why nothing is to be done",
        SignAnswer::FalseAlarm => "Say why it is not so",
    }
}

/// What an item of governance says that comes from a sign.
pub fn from_sign(means: &str, detail: &str) -> String {
    if detail.is_empty() { means.to_owned() } else { format!("{means} {detail}") }
}

/// The queue of warning signs, as an action.
pub const SIGNS: [&str; 3] = [
    "Warning signs",
    "",
    "What the rules see in the records, until somebody has answered it, the gravest first",
];
/// Answering one, as an action.
pub const ANSWER: [&str; 3] =
    ["Answer the sign", "answer", "Accept it with an action, explain it, or say that it is a false alarm"];
/// No sign is selected.
pub const NO_SIGN: &str = "Select a warning sign first";
/// The program has not put it on record yet.
pub const NOT_YET_ON_RECORD: &str = "It is being put on record; try again in a moment";
/// Nothing in the queue.
pub const NOTHING: &str = "No warning sign waits for an answer";
/// The form.
pub const ANSWER_FORM: &str = "Answer to a warning sign";
/// See [`ANSWER_FORM`].
pub const ANSWER_FORM_HELP: &str = "It stays on record with its answer";
/// Its first line.
pub const ANSWER_LABEL: &str = "Answer";
/// See [`ANSWER_LABEL`].
pub const ANSWER_HELP: &str =
    "Accepted: something is done. Explained: it is so, and there is a reason. False alarm: it is not so";
/// See [`ANSWER_LABEL`].
pub const ACCEPTED: &str = "Accepted, with an action";
/// See [`ANSWER_LABEL`].
pub const EXPLAINED: &str = "Explained";
/// See [`ANSWER_LABEL`].
pub const FALSE_ALARM: &str = "False alarm";
/// Its second line.
pub const WORDS_LABEL: &str = "In words";
/// See [`WORDS_LABEL`].
pub const WORDS_HELP: &str = "What is done about it; or why nothing is, or why it is not so";
/// Who does it.
pub const OWNER_LABEL: &str = "Who does it";
/// See [`OWNER_LABEL`].
pub const OWNER_HELP: &str = "One of ours, a few letters";
/// By when.
pub const BY_LABEL: &str = "By";
/// See [`BY_LABEL`].
pub const BY_HELP: &str = "It is owed by then, in a governance item that is linked with the case";

/// How much a sign weighs, in a word.
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Urgent => "urgent",
        Severity::Serious => "serious",
        Severity::Notice => "to know",
    }
}

/// An answer, in words.
pub fn answer(answer: SignAnswer) -> &'static str {
    match answer {
        SignAnswer::Accepted => ACCEPTED,
        SignAnswer::Explained => EXPLAINED,
        SignAnswer::FalseAlarm => FALSE_ALARM,
    }
}

/// How many wait, at the head of each screen.
pub fn open(open: u64) -> String {
    if open == 1 { "1 sign".to_owned() } else { format!("{open} signs") }
}

/// The same in little room, by the mark of their list: "3 ^".
pub fn open_short(open: u64) -> String {
    format!("{open} ^")
}

/// The office's own, where a sign is about nobody.
pub const OFFICE: &str = "the office";
/// That it is so no longer.
pub const NO_LONGER: &str = "no longer so";

/// Since when it is so no longer.
pub fn no_longer_since(when: Option<&str>) -> String {
    when.map_or_else(|| NO_LONGER.to_owned(), |when| format!("{NO_LONGER} since {when}"))
}

/// A sign on one line of a case or a person.
pub fn on_a_line(title: &str, words: &str) -> String {
    if words.is_empty() { title.to_owned() } else { format!("{title}: {words}") }
}

/// Since when a sign waits, and with whom.
pub fn waits(since: &str, owner: &str) -> String {
    format!("since {since}, with {owner}: {}", UNANSWERED.to_lowercase())
}

/// What was answered, by whom.
pub fn answered(what: SignAnswer, words: &str, by: &str, when: &str) -> String {
    format!("{}, {by} {when}: {words}", answer(what))
}

/// The heading before signs on a case or a person's screen.
pub const HEADING: &str = "Warning signs";
/// The label before them in a preview.
pub const LABEL: &str = "sign";

/// Parts of a sign's page.
pub const PART_WHAT: &str = "What it says";
/// See [`PART_WHAT`].
pub const PART_DO: &str = "What to do";
/// See [`PART_WHAT`].
pub const PART_SHOWN: &str = "What shows it";
/// See [`PART_WHAT`].
pub const PART_STANDS: &str = "How it stands";
/// See [`PART_WHAT`].
pub const PART_ANSWER: &str = "Answer";
/// Labels of its lines.
pub const ABOUT: &str = "About";
/// See [`ABOUT`].
pub const SINCE: &str = "Since";
/// See [`ABOUT`].
pub const WEIGHS: &str = "Weighs";
/// See [`ABOUT`].
pub const STANDS_TO: &str = "With";
/// See [`ABOUT`].
pub const ON_RECORD: &str = "On record";
/// Nobody has answered it.
pub const UNANSWERED: &str = "Nobody has answered it yet";

/// Entries that may not be seen.
pub fn hidden(count: usize) -> String {
    if count == 1 {
        "and one that you may not see".to_owned()
    } else {
        format!("and {count} that you may not see")
    }
}

/// Shows how warning signs were answered.
pub const RATES_ACTION: Titled = [
    "How warning signs were answered",
    "signs answered",
    "Rule by rule: how often it was right, explained or a false alarm, and how many nobody has answered.",
];
/// The page of it.
pub const PAGE_OF_ANSWERS: &str = "How warning signs were answered";
/// What it is of.
pub const FIRST_OF_ANSWERS: &str = "Over all warning signs on record, as far as you may read them";
/// At its end.
pub const LAST_OF_ANSWERS: &str = "A rule that is mostly a false alarm is looked at in warning-signs.toml: its threshold, its window. It is never switched off by leaving it unanswered.";
/// Part: rules that most answers call false alarms.
pub const PART_DOUBTFUL: &str = "More false alarms than not: look at the rule";
/// Part: the other rules that pointed at something.
pub const PART_RAISED: &str = "How they were answered";
/// Part: rules that never pointed at anything.
pub const PART_SILENT: &str = "Nothing so far";
/// No rule ever did.
pub const NONE_RAISED: &str = "No warning sign has been put on record";

/// "8 times: 1 accepted, 1 explained, 4 false alarms (66 % of the answers), 2 not answered"; what there was none of is left out.
pub fn how_answered(
    (raised, open): (u64, u64),
    [accepted, explained, false_alarms]: [u64; 3],
    of_hundred: Option<u64>,
) -> String {
    let times = if raised == 1 { "once".to_owned() } else { format!("{raised} times") };
    let share = of_hundred.map_or(String::new(), |share| format!(" ({share} % of the answers)"));
    let alarms = if false_alarms == 1 { "false alarm" } else { "false alarms" };
    let answers = [
        (accepted, format!("{accepted} accepted")),
        (explained, format!("{explained} explained")),
        (false_alarms, format!("{false_alarms} {alarms}{share}")),
        (open, format!("{open} not answered")),
    ];
    let said: Vec<String> = answers.into_iter().filter(|(many, _)| *many > 0).map(|(_, said)| said).collect();
    format!("{times}: {}", said.join(", "))
}

/// How a rule was answered, in a line of a command.
pub const RATES: [&str; 6] = ["Sign", "Raised", "Accepted", "Explained", "False alarm", "Open"];

/// Heads of the list of signs.
pub const HEADS: [&str; 8] = ["Weighs", "Sign", "Since", "About", "Case", "In particular", "With", "Id"];

/// The beginning of several ids.
pub fn several_signs(said: &str) -> String {
    format!("Several warning signs begin with \"{said}\": type more of the id; `list signs` has them")
}

/// Not an id of one.
pub fn no_such_sign(said: &str) -> String {
    format!("\"{said}\" is no warning sign; `list signs` has their ids")
}
