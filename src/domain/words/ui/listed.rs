//! Words of the office's own lists.

use crate::domain::case::Visit;

/// Uncovered visits and shifts.
pub const VISITS: &str = "Uncovered visits and shifts";
/// "call not saved 12m": one that was begun so long ago and is not in the record.
pub fn call_not_saved(age: &str) -> String {
    format!("call not saved {age}")
}

/// "ring back 07700 900118"; whoever looks has to know that nobody took the number.
pub fn ring_back(number: &str) -> String {
    match number.trim() {
        "" => "no number taken".to_owned(),
        number => format!("ring back {number}"),
    }
}

/// "ring back 07700 900118 (daughter)": the number of whoever rang, never to be taken for that of whoever sees to it.
pub fn ring_back_whom(number: &str, caller: &str) -> String {
    let caller = if caller.is_empty() { "whoever rang" } else { caller };
    format!("ring back {number} ({caller})")
}

/// Tasks of the office.
pub const TASKS: &str = "Office tasks";
/// Pads of slips.
pub const SLIPS: &str = "Pads of call slips";
/// No visit is uncovered.
pub const NO_VISITS: &str = "No visit or shift is without somebody";
/// No task is to be done.
pub const NO_TASKS: &str = "The office has nothing to do";
/// No pad was ever printed.
pub const NO_SLIPS: &str = "No pad was printed yet";
/// When a visit begins.
pub const HEAD_BEGINS: &str = "from";
/// Who waits for it.
pub const HEAD_WAITS: &str = "who waits";
/// What kind of visit.
pub const HEAD_KIND: &str = "what";
/// Who comes.
pub const HEAD_COVER: &str = "who comes";
/// Whose worker was to come.
pub const HEAD_PROVIDER: &str = "whose worker";
/// How far off.
pub const HEAD_DUE_IN: &str = "due";
/// By when.
pub const HEAD_BY: &str = "by";
/// What is to be done.
pub const HEAD_WHAT: &str = "what";
/// Who sees to it.
pub const HEAD_WHOSE: &str = "whose";
/// The numbers of a pad.
pub const HEAD_SLIPS: &str = "slips";
/// Numbers that nobody can account for.
pub const HEAD_UNACCOUNTED: &str = "not entered";
/// The next blank slip.
pub const HEAD_BLANK: &str = "next blank";
/// How many were entered.
pub const HEAD_ENTERED: &str = "entered";
/// Where the pad lies.
pub const HEAD_LIES: &str = "where";
/// Nobody has been found.
pub const NOBODY_YET: &str = "nobody yet";
/// One of our own workers.
pub const OUR_OWN: &str = "our own";
/// No slip is missing.
pub const NONE: &str = "none";
/// Nobody has looked how far a pad is used.
pub const NOT_LOOKED: &str = "not looked at";
/// The pad is out of use.
pub const PUT_AWAY: &str = "put away";

/// What was shared with whom.
pub const SHARES: &str = "What was shared";
/// Nothing was shared.
pub const NOTHING_SHARED: &str = "Nothing was shared with anybody yet";
/// When somebody was told.
pub const HEAD_TOLD: &str = "told";
/// Whom it is about.
pub const HEAD_ABOUT: &str = "about";
/// Who was told.
pub const HEAD_WITH: &str = "with whom";
/// What was said.
pub const HEAD_SHARED: &str = "what was shared";
/// On which basis.
pub const HEAD_BASIS: &str = "why it may be";
/// What was decided and done in the case.
pub const HEAD_DONE: &str = "decided and done";
/// The form asks for no basis, or none was given.
pub const NO_BASIS: &str = "not asked";
/// The form asks only that somebody was told.
pub const ONLY_TOLD: &str = "told of it";

/// Who was told: what they are to the person beside their name.
pub fn with(who: Option<&str>, name: &str) -> String {
    who.map_or_else(|| name.to_owned(), |who| format!("{who}: {name}"))
}

/// The basis, with the reason where there was no agreement.
pub fn basis(label: &str, why: Option<&str>) -> String {
    why.map_or_else(|| label.to_owned(), |why| format!("{label}: {why}"))
}

/// What was decided in the case and what came of it; `decided` and `ended` as they are shown.
pub fn done(decided: Option<&str>, advice: Option<&str>, owed: u64, ended: Option<&str>) -> String {
    let decided = decided.map(|at| format!("decided {at}"));
    let owed = (owed > 0).then(|| format!("{owed} still owed"));
    let ended = ended.map(|how| format!("ended: {how}"));
    let advice = advice.map(str::to_owned);
    [ended, owed, decided, advice].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Who comes, and from where; none where nobody does.
pub fn cover(visit: &Visit) -> Option<String> {
    let who = visit.covered_by.as_ref()?;
    Some(match &visit.covered_from {
        Some(from) => format!("{who}, {}", from.words),
        None => who.clone(),
    })
}

/// How many visits have nobody, in the header.
pub fn uncovered(count: u64) -> String {
    format!("{count} uncovered")
}
/// Heading of a list of cases: what they are, and whether only those that are open.
pub fn cases_of(title: &str, open: bool) -> String {
    let title = if title.is_empty() { super::CASES } else { title };
    if open { format!("{title}, open") } else { title.to_owned() }
}

/// What a case is.
pub const HEAD_CASE_KIND: &str = "kind";
/// What is owed next.
pub const HEAD_NEXT: &str = "next";
/// How far off that is.
pub const HEAD_NEXT_DUE: &str = "due";

/// What an organisation is.
pub const HEAD_WHAT_IT_IS: &str = "what it is";
/// What was looked for, or why.
pub const HEAD_WHAT_OR_WHY: &str = "what, or why";
/// Who was with the person last.
pub const HEAD_LAST_SEEN: &str = "last seen by";
