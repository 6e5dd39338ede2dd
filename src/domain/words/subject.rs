//! A copy of their record for the person who asks for it, and the list that is gone through before it leaves.

/// Heads of the list, in the order of its columns.
pub const HEADS: [&str; 9] =
    ["Passage", "Print", "Decide", "Why", "Look at", "Recorded in", "When", "What", "Words"];
/// Calls a passage by its entry and its place in that.
pub fn passage(entry: u64, place: usize) -> String {
    format!("e{entry} p{place}")
}

/// It is given as it is.
pub const GIVE: &str = "give";
/// It is given without the names and numbers of others.
pub const NAMES: &str = "names";
/// It is left out.
pub const WITHHOLD: &str = "withhold";
/// Somebody else is named.
pub const NAMES_OTHERS: &str = "names somebody else";
/// It says who else was told, or who told us, be it without a name.
pub const WHO_ELSE: &str = "says who else was told, or told us";
/// Somebody else said it.
pub const SAID_TO_US: &str = "said to us by somebody else";
/// A word that stands no more, under the label of its line where it has one.
pub fn struck(label: &str) -> String {
    if label.is_empty() { "Struck since".to_owned() } else { format!("{label} (struck since)") }
}
/// In the copy, before what has no label of its own.
pub const RECORDED: &str = "Recorded";
/// It wants a file that is not there yet.
pub const WANTS_OUT: &str = "Say where the list, or the copy, is to be put: --out FILE";
/// The copy is a page.
pub const ONLY_A_PAGE: &str = "A copy for the person is a page; --format, --redact, --from, --to, --location and --for do not go with --for-subject";
/// Not a list of ours.
pub const NOT_A_LIST: &str =
    "This is not the list that --for-subject writes: its first row has to be as it was, with every column";

/// The head of the copy.
pub const TITLE: &str = "A copy of your record";
/// What stands first in it.
pub const ABOUT: &str = "This is what is on record about you, in the order in which it happened, and what has been said and decided. It was read through by a person before it was given to you.";
/// Nothing was left out.
pub const ALL_OF_IT: &str = "Nothing was left out.";

/// How much was left out.
pub fn left_out(withheld: usize, shortened: usize) -> String {
    if withheld + shortened == 0 {
        return ALL_OF_IT.to_owned();
    }
    let out = passages(withheld, "was left out", "were left out");
    let names = passages(shortened, "is shown without names", "are shown without names");
    let said = [out, names].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let why = match withheld {
        0 => "somebody else is named there",
        _ => {
            "what is about somebody else, was said in confidence, or could do serious harm as a professional judged"
        }
    };
    format!(
        "{said}: {why}. You may ask us to look at that again, and you may complain to the Information Commissioner."
    )
}

/// So many passages; nothing is said of none.
fn passages(many: usize, one: &str, several: &str) -> Option<String> {
    match many {
        0 => None,
        1 => Some(format!("1 passage {one}")),
        many => Some(format!("{many} passages {several}")),
    }
}

/// What is to be done with the list.
pub fn listed(path: &str, open: usize, all: usize) -> String {
    format!(
        "{path}: {all} passages, {open} to decide. Fill the column Decide with give, names (without the names of others) or withhold, and Why where it is withheld; then: dutydesk pack person ... --for-subject --reviewed {path} --out COPY.html"
    )
}

/// The same for whoever made it on screen, where one line has to do.
pub fn to_go_through(path: &str, open: usize, all: usize) -> String {
    format!("{all} passages, {open} to decide: {path}. Go through it there; then make the copy from it")
}

/// Nobody has made the list yet.
pub const NO_LIST: &str =
    "No list of their passages lies in the sheets of this office: make it first, and go through it";

/// The list does not hold: what is wrong in its first row, and in how many more something is.
pub fn not_from(list: &str, why: &str) -> String {
    let mut lines = why.lines();
    let first = lines.next().unwrap_or_default();
    match lines.count() {
        0 => format!("{first} ({list})"),
        more => format!("{first}; and {more} more lines ({list})"),
    }
}

/// A line without a decision.
pub fn undecided(line: u64, passage: &str) -> String {
    format!("line {line}, passage {passage}: Decide is none of give, names, withhold")
}

/// A line withheld without a reason.
pub fn without_reason(line: u64, passage: &str) -> String {
    format!("line {line}, passage {passage}: it is withheld; say Why")
}

/// A passage that is not in the list, or not as it was read.
pub fn not_read(passage: &str) -> String {
    format!(
        "passage {passage} is not in the list, or has changed since it was made: make the list again and go through what is new"
    )
}

/// Where the copy lies.
pub fn copied(path: &str, withheld: usize) -> String {
    format!(
        "{path}: a copy for the person, {withheld} passages withheld. That it was made is in their record."
    )
}
