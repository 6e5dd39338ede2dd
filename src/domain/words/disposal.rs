//! Retention, legal holds, disposal, and copies for the person whose record it is.

use chrono::NaiveDate;

use crate::domain::disposal::{Due, Ground, KeptBy};
use crate::domain::time::display;
use crate::domain::words::app::Titled;

/// Nobody disposes of anything alone.
pub const NEVER_ALONE: &str = "Disposing of records always takes two people: nobody else here may agree to it. It can wait until somebody may.";
/// Nobody lifts a hold alone.
pub const NEVER_LIFTED_ALONE: &str = "Lifting a legal hold always takes two people: nobody else here may agree to it. The hold stands until somebody may.";
/// It is to be lifted already.
pub const LIFTING_WAITS: &str = "That this hold is lifted waits for a second person already";
/// A hold says what for.
pub const HELD_FOR_WHAT: &str = "Say what it is held for: which claim, inquiry or request";
/// A hold is lifted with a reason.
pub const WHY_LIFTED: &str = "Say why it is no longer needed, and who decided that";
/// There is no such hold.
pub const NOT_HELD: &str = "This hold does not stand there any more";
/// Whom it is on.
pub const HOLD_ON_WHAT: &str = "A legal hold is on a case or on a record: say which";
/// What was read is not what stands there now.
pub const MOVED_ON: &str = "What is due there has changed since it was looked at: look at the list again";
/// What was merged is held as one.
pub const HELD_AS_ONE: &str = "A legal hold stands on one of the records that are read as this one: they are taken apart once it is lifted";
/// In the place of a reference that may not be seen.
pub const NOT_SEEN: &str = "a case or record that few may see";
/// In the place of what such a one is held for.
pub const WHY_NOT_SEEN: &str = "whoever may see it knows why";
/// Nothing is left.
pub const GONE_ALREADY: &str = "Its content was disposed of already";
/// A word at a disposal would be kept for ever.
pub const NO_NOTE: &str =
    "A note to a disposal would be kept for ever: agree without one, or refuse and say why";
/// Withholding names its ground.
pub const WHY_WITHHELD: &str = "Say on which ground it is withheld, and who judged so";
/// A copy is of a person's own record.
pub const COPY_OF_WHOM: &str = "A copy is given of one person's record";
/// It is of another case.
pub const OTHER_CASE: &str = "That entry stands in another case";
/// Nothing is due.
pub const NOTHING_DUE: &str =
    "Nothing is due for disposal. What is kept for how long stands in retention.toml.";
/// They are no case either.
pub const OFFICE_OPENS_NOWHERE: &str = "These are no case: what warning signs of the office said, why forms were taken over, what lifted holds on places were for";
/// What was written for the office as a whole.
pub const OFFICE: &str = "Entries of the office";
/// They are no case.
pub const SHEETS_OPEN_NOWHERE: &str = "Handover sheets are no case: dutydesk handover show lists them";
/// Sheets of handovers.
pub const HANDOVERS: &str = "Handover sheets";
/// Lists what is due.
pub const DUE: Titled = [
    "Due for disposal",
    "",
    "What the retention rules say has been kept long enough: why, since when, what keeps it. Nothing goes by itself.",
];
/// Proposes the selected row.
pub const PROPOSE: Titled = [
    "Propose to dispose of it",
    "propose",
    "Propose that its content goes; a second person, different, agrees or refuses.",
];
/// Places a hold.
pub const LEGAL_HOLD: Titled = [
    "Place a legal hold",
    "",
    "While it stands nothing of it, nor of what is about it or stands there, is disposed of.",
];
/// Lifts one.
pub const LIFT_HOLD: Titled = [
    "Lift a legal hold",
    "",
    "The last hold that was placed on this case and does not wait for that yet ends, with a reason, once a second person agrees.",
];
/// Head of the form.
pub const HOLD_FORM: &str = "A legal hold";
/// What it does.
pub const HOLD_FORM_HELP: &str =
    "Nothing of it is disposed of, however old it is, until somebody lifts the hold.";
/// Its line.
pub const HELD_FOR: &str = "Held for";
/// Help on it.
pub const HELD_FOR_HELP: &str = "Which claim, inquiry or request: its number, and who asked for it. Name nobody: on a place it stays for years";
/// Head of the other form.
pub const LIFT_FORM: &str = "A legal hold is lifted";
/// What that does.
pub const LIFT_FORM_HELP: &str =
    "Once a second person agrees the retention rules count again. Until then the hold stands.";
/// Its line.
pub const LIFTED_WHY: &str = "Why, and who decided";
/// What a proposal is.
pub const PROPOSAL: &str = "Once a second person agrees, what was written is gone for good, here and in every file of this office; \
pages in sheets/ go with it. That there was something, when, and who agreed stays. A backup or pack that was made before still holds \
all of it: see to those, too.";

/// How many entries are gone through in a second when all that follows from the record is made anew, on a slow machine.
const ENTRIES_A_SECOND: u64 = 1000;

/// What whoever agrees to a disposal has to know: by which class, and that nobody saves meanwhile. `entries`: how many there are in
/// the record.
pub fn agreeing(by_class: &str, entries: u64) -> String {
    let seconds = entries / ENTRIES_A_SECOND + 1;
    let long = match seconds {
        1..=90 => counted(usize::try_from(seconds).unwrap_or(usize::MAX), "second", "seconds"),
        _ => format!("{} minutes", seconds / 60 + 1),
    };
    format!(
        "{by_class}\nIt is gone for good then, but for backups and packs that were made before. All that follows from the record is \
made anew: for up to {long} nobody can save, and calls are set aside until then."
    )
}
/// Head of the question.
pub fn proposal(due: &Due) -> String {
    format!("{} {} {}", due.kind, due.reference, due.name).split_whitespace().collect::<Vec<_>>().join(" ")
}
/// Head of a column.
pub const HEAD_ABOUT: &str = "about";
/// Head of a column.
pub const HEAD_REFERENCE: &str = "ref";
/// Head of a column.
pub const HEAD_SINCE: &str = "due since";
/// Head of a column.
pub const HEAD_CLASS: &str = "class, counted from";
/// Head of a column.
pub const HEAD_GOES: &str = "goes with it";
/// Head of a column.
pub const HEAD_STANDS: &str = "what keeps it";

/// Heads of the list.
pub const HEADS: [&str; 7] =
    ["Due since", "Ref", "About", "What", "Class, counted from", "Goes with it", "Stands"];
/// Nothing is left in free space.
pub const WIPED: &str = "Nothing is left of what was disposed of in free space of the files.";

/// The class, and from when it was counted.
pub fn class(due: &Due) -> String {
    format!("{}, from {}", due.class_title, display::date(due.from))
}

/// Nothing keeps it.
pub const READY: &str = "nothing keeps it: propose it";
/// A second person is awaited.
pub const PROPOSED: &str = "proposed: a second person agrees or refuses";
/// What the removal could not finish.
pub const NOT_WIPED: &str = "Its words are out of the record. Traces may be left in free space of the files while another desk reads them: they go when the last desk is closed, or with: dutydesk dispose --wipe";

fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// What keeps a record.
pub fn kept_by(kept: &KeptBy) -> String {
    match kept {
        KeptBy::NoRules => {
            "the definitions in force have no retention.toml: whoever may configure brings it into force first".to_owned()
        }
        KeptBy::NoClass(of) => format!("{of} is in no class of retention.toml: kept for ever"),
        KeptBy::Open(of) => format!("{of} is open"),
        KeptBy::ComesRound(of) => format!(
            "{of} comes round and never ends by itself: end the series and plan it anew; the old one then goes in its time"
        ),
        KeptBy::InCare(of) => format!("{of}: the person's support has not ended"),
        KeptBy::NotDue(of, until) => format!("{of} is kept until {}", display::date(*until)),
        KeptBy::Owed(of, n) => format!("{of}: {} still owed", counted(*n, "thing is", "things are")),
        KeptBy::Waits(of) => format!("{of}: something waits for a second person"),
        KeptBy::Held(of, reason) => format!("legal hold on {of}: {reason}"),
        KeptBy::Linked(of, other) => format!("{of} is linked with {other}, which is kept"),
        KeptBy::Handovers(n) => {
            format!(
                "{} of it: dispose of those first",
                counted(*n, "handover sheet speaks", "handover sheets speak")
            )
        }
        KeptBy::HandoverOpen => "a handover in which something is not taken yet".to_owned(),
        KeptBy::Draft => "a form about it is not finished".to_owned(),
        KeptBy::SetAside => "something was set aside for it that is not in the record yet".to_owned(),
        KeptBy::Needed(of, n) => {
            format!("{of}: {}", counted(*n, "entry that is kept names it", "entries that are kept name it"))
        }
        KeptBy::Restricted => "a part of it is kept to a few: whoever may see that disposes of it".to_owned(),
    }
}

/// Why a disposal is refused.
pub fn is_kept(kept: &[KeptBy]) -> String {
    let all: Vec<String> = kept.iter().map(kept_by).collect();
    format!("It is not to be disposed of: {}", all.join("; "))
}

/// Why it is due.
pub fn why(due: &Due) -> String {
    format!(
        "{}: due since {}, counted from {}",
        due.class_title,
        display::date(due.since),
        display::date(due.from)
    )
}

/// What goes with it.
pub fn goes(due: &Due) -> String {
    let entries = counted(due.seqs.len(), "entry", "entries");
    let cases = counted(due.cases, "case", "cases");
    let of = if due.cases > 1 { format!("{entries} in {cases}") } else { entries };
    match due.named_elsewhere {
        None | Some(0) => of,
        Some(n) => format!(
            "{of}; {} it, and stay as they were written",
            counted(n, "entry of a kept record names", "entries of kept records name")
        ),
    }
}

/// Where it stands.
pub fn stands(due: &Due) -> String {
    if due.proposed.is_some() && due.kept_by.is_empty() {
        return PROPOSED.to_owned();
    }
    match due.kept_by.as_slice() {
        [] => READY.to_owned(),
        kept => kept.iter().map(kept_by).collect::<Vec<_>>().join("; "),
    }
}

/// By which class, and how much.
pub fn by_class(class: &str, from: NaiveDate, due: NaiveDate, entries: usize) -> String {
    format!(
        "{class}: counted from {}, due since {}; {}",
        display::date(from),
        display::date(due),
        counted(entries, "entry", "entries")
    )
}

/// A ground in words.
pub fn ground(ground: Ground) -> &'static str {
    match ground {
        Ground::Harm => "likely to cause serious harm",
        Ground::ThirdParty => "about somebody else",
        Ground::Confidence => "said in confidence",
        Ground::Other => "other",
    }
}

/// What is withheld and why.
pub fn withheld(withheld: bool, on: Option<Ground>, reason: &str) -> String {
    match on.filter(|_| withheld) {
        Some(on) => format!("{}: {reason}", ground(on)),
        None => reason.to_owned(),
    }
}

/// Which copy was given.
pub fn given(copy: &str, withheld: u64) -> String {
    let left_out = counted(usize::try_from(withheld).unwrap_or(usize::MAX), "passage", "passages");
    format!("SHA-256 {copy}; {left_out} withheld")
}

/// An entry whose content is gone.
pub const CONTENT_GONE: &str = "Content lawfully disposed of";
/// A record whose content is gone, where its name would stand.
pub const NAME_GONE: &str = "(content disposed of)";

/// What was done.
pub fn disposed(entries: usize) -> String {
    format!(
        "Disposed of: the content of {} is gone. What is left says that there was something, and who agreed.",
        counted(entries, "entry", "entries")
    )
}
