//! Words of audits of records.

use super::app::Titled;
use crate::domain::audit::{About, Share};

/// Lists audits.
pub const AUDITS: Titled = [
    "Audits",
    "",
    "Audits of records: which cases were drawn, how far they are gone through, what they come to.",
];
/// Shows what an audit comes to.
pub const AUDIT_PAGE: Titled = [
    "What it comes to",
    "result",
    "How the sample was drawn, what it comes to criterion by criterion, and its cases.",
];
/// No audit is selected.
pub const NO_AUDIT: &str = "No audit is selected";
/// None was made.
pub const NO_AUDITS: &str = "No sample was drawn yet: d in an audit draws one (_ lists them, + begins one)";

/// A criterion of cases of another kind.
pub const ANOTHER_KIND: &str = "not asked of this kind of case";
/// A criterion whose condition does not hold.
pub const NOT_SO_HERE: &str = "did not come to that here";
/// Nothing of it was owed.
pub const NOT_OWED: &str = "was not owed here";
/// Nobody promised anything.
pub const NOTHING_PROMISED: &str = "nothing was promised";
/// Nothing was late.
pub const NOTHING_LATE: &str = "nothing was late";

/// An entry: its step, when it happened, its number.
pub fn entry(step: &str, at: &str, seq: u64) -> String {
    format!("{step}, {at} (entry {seq})")
}

/// A step that is not on record.
pub fn not_recorded(step: &str) -> String {
    format!("{step}: not on record")
}

/// Something owed that was done.
pub fn done_by(what: &str, at: &str, due: &str, seq: u64) -> String {
    format!("{what}: {at}, due {due} (entry {seq})")
}

/// Something owed that nobody waits for any more, because help was on its way.
pub fn eased(what: &str) -> String {
    format!("{what}: help was called before it was due")
}

/// Something owed that was not done.
pub fn not_done(what: &str, due: &str) -> String {
    format!("{what}: not done, due {due}")
}

/// When something happened and when it was written down.
pub fn written(step: &str, at: &str, written: &str, seq: u64) -> String {
    format!("{step}: {at}, written down {written} (entry {seq})")
}

/// A promise without a time.
pub fn none_given(what: &str, why: &str) -> String {
    if why.trim().is_empty() {
        format!("{what}: no time, and no reason")
    } else {
        format!("{what}: no time, because {why}")
    }
}

/// A promise with a time.
pub fn promised(what: &str, due: &str) -> String {
    format!("{what}: by {due}")
}

/// A promise that was late.
pub fn late(what: &str, due: &str, asked: bool) -> String {
    let asked = if asked { "was asked for" } else { "nobody asked for it in time" };
    format!("{what}: due {due}, {asked}")
}

/// How a sample is drawn, as it is kept with it.
pub fn method(size: usize) -> String {
    format!("SHA-256 of SEED:REFERENCE in UTF-8 for each case of the population; the {size} lowest are drawn")
}

/// A criterion, what is proposed and what shows it.
pub fn shown(criterion: &str, answer: Option<&str>, shows: &str) -> String {
    let answer = match answer {
        Some("yes") => "met",
        Some("no") => "NOT MET",
        Some(_) => "does not apply",
        None => "to be seen",
    };
    format!("{criterion}: {answer}. {shows}")
}

/// What a criterion is about.
pub fn about(about: About) -> &'static str {
    match about {
        About::Timeliness => "In time",
        About::Documentation => "Written down",
        About::FollowThrough => "Followed through",
    }
}

/// A share: of a hundred, how many of how many, and to how many it did not apply.
pub fn share(share: Share) -> String {
    let apart = match share.not_applicable {
        0 => String::new(),
        times => format!(", {times} do not apply"),
    };
    match share.percent() {
        Some(percent) => format!("{percent} % ({} of {}{apart})", share.met, share.applied()),
        None => format!("applied to none{apart}"),
    }
}

/// The same in little room, without what did not apply.
pub fn share_short(share: Share) -> String {
    match share.percent() {
        Some(percent) => format!("{percent} % ({} of {})", share.met, share.applied()),
        None => self::share(share),
    }
}

/// The same with the interval in which the true share lies.
pub fn share_between(of: Share) -> String {
    match of.interval() {
        Some((low, high)) => format!("{}; with 95 in 100 between {low} and {high} %", share(of)),
        None => share(of),
    }
}

/// How many of a sample were gone through, and of how many cases it was drawn.
pub fn in_all(scored: usize, sample: usize, population: usize) -> String {
    format!("{scored} of {sample} cases gone through; drawn from {population}")
}

/// What the random sample comes to.
pub fn of_drawn(of: Share) -> String {
    format!("Drawn at random: {}", share(of))
}

/// What one kind of criteria comes to.
pub fn of_about(kind: About, of: Share) -> String {
    format!("{}: {}", about(kind), share(of))
}

/// Nothing that would be looked at in any case came in the time of the audit.
pub const NONE_IN_THESE_DAYS: &str = "none in these days";

/// What is looked at in any case comes to; `None` where there was none.
pub fn of_apart(title: &str, of: Option<Share>) -> String {
    format!("{title}: {}", of.map_or_else(|| NONE_IN_THESE_DAYS.to_owned(), share))
}

/// What it came to the time before.
pub fn last_time(of: Share) -> String {
    format!("Last time: {}", share(of))
}

/// Heads of the list of audits.
pub const HEADS: [&str; 7] = ["Drawn", "Days", "What", "Gone through", "Met", "Last time", "Case"];
/// Head of the column of the days that are audited.
pub const HEAD_DAYS: &str = "days";
/// Head of the column of what it is.
pub const HEAD_WHAT: &str = "what";
/// Head of the column of how far it is.
pub const HEAD_SCORED: &str = "done";
/// Head of the column of what it comes to.
pub const HEAD_MET: &str = "met";
/// Head of the column of what it came to the time before.
pub const HEAD_BEFORE: &str = "last time";
/// No case was answered yet.
pub const NOT_YET: &str = "not yet";
/// The sample is still to be written down.
pub const NO_SAMPLE: &str = "no sample yet";

/// The page of an audit.
pub const PAGE: &str = "Audit of records";
/// Part: for which days, drawn how.
pub const PART_DRAWN: &str = "How it was drawn";
/// Part: what the random sample comes to.
pub const PART_RANDOM: &str = "Drawn at random";
/// Part: the cases.
pub const PART_CASES: &str = "Cases";
/// Which days.
pub const DAYS: &str = "Days";
/// How many.
pub const COUNTED: &str = "Cases of the time";
/// The seed.
pub const SEED: &str = "Seed";
/// The method.
pub const METHOD: &str = "Method";
/// From which cases.
pub const POPULATION: &str = "Drawn from";
/// Drawn again.
pub const AGAIN: &str = "Drawn again";
/// The same cases come out.
pub const SAME: &str = "the same cases come out";
/// Other cases come out.
pub const NOT_SAME: &str = "OTHER CASES COME OUT: the sample is not as it was drawn";
/// All criteria together.
pub const ALL_TOGETHER: &str = "All together";
/// The time before.
pub const BEFORE: &str = "Last time";
/// What is done about it.
pub const ACTIONS: &str = "Actions";
/// Who reads it learns what is not in it.
pub const LEFT_OUT: &str = "Records that are kept to a few stand in an audit of their own, which is kept to those who may see all of them.";
/// Restricted records that are not in it.
pub const RESTRICTED: &str = "Restricted";

/// How many restricted records of the kind that is drawn from are not in a sample.
pub fn restricted(count: usize) -> String {
    match count {
        0 => "No restricted record came in this time".to_owned(),
        count => format!("{count} restricted, not in this sample"),
    }
}

/// The same of what is looked at in any case.
pub fn restricted_of(title: &str, count: usize) -> String {
    format!("{title}: {count} restricted, not here")
}

/// Another seed than the entry that asked for the sample.
pub fn other_seed(kept: &str, seed: &str) -> String {
    format!("the seed is \"{kept}\", and the entry that asked for it is {seed}")
}

/// Cases that do not come out.
pub fn put_in(cases: &[String]) -> String {
    format!("put in, and not drawn: {}", cases.join(", "))
}

/// Cases that come out and are not there.
pub fn left_out(cases: &[String]) -> String {
    format!("drawn, and left out: {}", cases.join(", "))
}

/// A sample that does not come out again.
pub fn not_as_drawn(reference: &str, differs: &[String]) -> String {
    format!("{reference}: the sample is not as it was drawn: {}", differs.join("; "))
}
/// Nothing was answered yet.
pub const NOTHING_ANSWERED: &str = "No case was gone through yet";

/// How many actions are open, of how many.
pub fn actions(open: u64, all: u64) -> String {
    format!("{open} open of {all}")
}

/// The days that are audited.
pub fn days(from: &str, until: &str) -> String {
    format!("{from} to {until}")
}

/// Why a case stands in a sample.
pub fn why(id: &str, title: Option<&str>) -> String {
    match (id, title) {
        (crate::domain::audit::DRAWN, _) => "drawn at random".to_owned(),
        (_, Some(title)) => title.to_lowercase(),
        (id, None) => id.to_owned(),
    }
}

/// A case of a sample: what was not met.
pub fn case_line(why: &str, not_met: Option<&[String]>) -> String {
    match not_met {
        None => format!("{why}; not gone through yet"),
        Some([]) => format!("{why}; all met that applies"),
        Some(not_met) => format!("{why}; not met: {}", not_met.join("; ")),
    }
}

/// So many of so many.
pub fn of(done: usize, all: usize) -> String {
    format!("{done} of {all}")
}

/// A share of a hundred.
pub fn percent(percent: u64) -> String {
    format!("{percent} %")
}

/// The case that is named is no audit.
pub fn no_audit(reference: &str) -> String {
    format!("{reference} is no audit of records")
}

/// The case has no such audit.
pub fn no_sample_in(reference: &str) -> String {
    format!("{reference} has no audit that far back; \"audit draw\" draws a sample")
}

/// A sample was written down.
pub fn was_drawn(reference: &str, sample: usize, population: usize) -> String {
    format!("{reference}: {sample} cases, drawn from {population} or looked at in any case")
}
