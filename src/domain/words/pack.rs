//! Words of evidence packs; those of their tables are below.

mod charts;
pub mod proof;
pub mod registration;
mod screen;
mod tables;

use crate::domain::answer::Named;
use crate::domain::commitment::Progress;
use crate::domain::pack::About;

pub use charts::*;
pub use screen::*;
pub use tables::*;

/// A table of a pack: its id in files, its title, what it shows, what stands there where it is empty, its columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableWords {
    /// Its id.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// What it shows and by what it is made.
    pub about: &'static str,
    /// What stands in its place where there is nothing.
    pub none: &'static str,
    /// The ids and titles of its columns.
    pub columns: &'static [(&'static str, &'static str)],
}

/// The name of the form, and its number: it changes where what a program reads of it changes.
pub const FORMAT: &str = "dutydesk pack 2";

/// Heads a pack.
pub const TITLE: &str = "Evidence pack";
/// Lines of the cover.
pub const OFFICE: &str = "Office";
/// See [`OFFICE`].
pub const ABOUT: &str = "About";
/// See [`OFFICE`].
pub const PERIOD: &str = "Period";
/// See [`OFFICE`].
pub const PLACE: &str = "Place";
/// See [`OFFICE`].
pub const MADE_BY: &str = "Made by";
/// See [`OFFICE`].
pub const MADE_AT: &str = "Made at";
/// See [`OFFICE`].
pub const MADE_FOR: &str = "Made for";
/// See [`OFFICE`].
pub const HEAD: &str = "Head of the record";
/// See [`OFFICE`].
pub const COPY: &str = "Copy";
/// Nothing was left out of it.
pub const NOT_REDACTED: &str = "not redacted: names as they are on record";
/// It holds figures.
pub const FIGURES: &str = "figures, and no record of anybody: named is who answers for a place or a review";
/// Third parties are protected in it.
pub const REDACTED: &str = "redacted for another organisation";
/// No time was asked for.
pub const ALL_TIME: &str = "all that is on record";
/// No place was asked for.
pub const ALL_PLACES: &str = "every place that may be read";
/// About a time.
pub const EVERYTHING: &str = "everything in the period";
/// About the office.
pub const MEASURED: &str = "the measures of the office, and what comes round";
/// Headings.
pub const COVER: &str = "Cover";
/// See [`COVER`].
pub const SUMMARY: &str = "Summary on one page";
/// See [`COVER`].
pub const LEFT_OUT: &str = "What is not in this pack";
/// See [`COVER`].
pub const CHRONOLOGY: &str = "Chronology";
/// See [`COVER`].
pub const CONTENTS: &str = "Contents";
/// Heads of the chronology.
pub const HEADS: [&str; 5] = ["Entry", "Happened", "Recorded", "By", "What"];
/// Before what stands no more.
pub const STRUCK: &str = "Struck";
/// What is kept sealed.
pub const SEALED_OUT: &str = "How to get in, and whatever else is kept sealed.";
/// Records that are kept to a few.
pub const RESTRICTED_OUT: &str =
    "Records that are kept to a few and that whoever made this pack may not see.";
/// Of the table of cases in an organisation's own copy: what it holds of each is the office's alone.
pub const OF_CASES_OUT: &str =
    "What each case is about in the office's own words, how it ended and what it is tied to.";
/// What stands there instead.
pub const FOR_US: &str = "(for the office alone)";
/// Where a name stood.
pub const NAME_WITHHELD: &str = "[name withheld]";
/// Where a number stood.
pub const NUMBER_WITHHELD: &str = "[number withheld]";
/// Where an address of electronic mail stood.
pub const ADDRESS_WITHHELD: &str = "[address withheld]";
/// Where nothing is known.
pub const NOT_ON_RECORD: &str = "not on record";
/// A decision without a reason.
pub const NO_REASON: &str = "no reason is on record";
/// Nobody has answered a sign.
pub const NOT_ANSWERED: &str = "nobody has answered";
/// Nobody has looked back on a case.
pub const NOT_CHECKED: &str = "nobody has looked back on it";
/// A source names no note.
pub const NO_NOTE: &str = "no visit note is named";
/// A change names no proof.
pub const NO_PROOF: &str = "no amendment of a care plan is named";
/// They will not.
pub const REFUSED: &str = "refused";
/// No longer wanted.
pub const CANCELLED: &str = "no longer wanted";
/// Another promise stands in its place, elsewhere.
pub const GOES_ON: &str = "goes on in another case";
/// The program itself.
pub const PROGRAM: &str = "the program";
/// Nobody said who they were.
pub const NOBODY: &str = "nobody signed in";

/// Titles of professions and ways to address somebody: no names.
pub const NOT_NAMES: [&str; 34] = [
    "The",
    "And",
    "Mr",
    "Mrs",
    "Ms",
    "Miss",
    "Dr",
    "Sir",
    "Sister",
    "Nurse",
    "Doctor",
    "Carer",
    "Daughter",
    "Son",
    "Mother",
    "Father",
    "Wife",
    "Husband",
    "Brother",
    "Friend",
    "Neighbour",
    "Family",
    "Manager",
    "Social",
    "Worker",
    "District",
    "Community",
    "Team",
    "Ambulance",
    "Police",
    "Hospital",
    "Surgery",
    "Called",
    "Not",
];

/// Ways to address somebody before a surname.
pub const ADDRESSES: [&str; 9] = ["Mr", "Mrs", "Ms", "Miss", "Dr", "Sir", "Sister", "Nurse", "Carer"];

/// The head of the record: how many entries, and the hash of the last.
pub fn head(entries: u64, hash: &str) -> String {
    format!("entry {entries}, {hash}")
}

/// Days of a pack.
pub fn period(from: Option<&str>, until: Option<&str>) -> String {
    match (from, until) {
        (Some(from), Some(until)) => format!("{from} to {until}"),
        (Some(from), None) => format!("from {from}"),
        (None, Some(until)) => format!("up to {until}"),
        (None, None) => ALL_TIME.to_owned(),
    }
}

/// How long after it happened something was recorded.
pub fn later(length: &str) -> String {
    format!("{length} later")
}

/// Done, and how it stands to its time.
pub fn done(at: &str, late: Option<&str>) -> String {
    match late {
        Some(late) => format!("{at}, {late} late"),
        None => format!("{at}, in time"),
    }
}

/// A promise that stands well to the newest time that was given, and not to the first.
pub fn by_newest(said: &str, after: &str) -> String {
    format!("{said} by the newest time; {after} after the first")
}

/// Still owed: asked for, taken on, or said to be done are three states, and none of them is done.
pub fn stands(progress: Progress, late: Option<&str>) -> String {
    let is = match progress {
        Progress::Accepted => "taken on, not done",
        Progress::Reported => "said to be done, not seen to be",
        _ => "open",
    };
    late.map_or_else(|| format!("{is}, not yet due"), |late| format!("{is}, {late} late"))
}

/// No time was given.
pub fn no_time(why: &str, chase: &str) -> String {
    format!("no time given: {why}; to be asked by {chase}")
}

/// What stood before: a rung of the ladder.
pub fn rung(due: &str, until: Option<&str>) -> String {
    match until {
        Some(until) => format!("by {due} until chased {until}"),
        None => format!("by {due}"),
    }
}

/// How often, and the ladder.
pub fn chased(times: u32, last: Option<&str>, ladder: &[String]) -> String {
    let mut said = match (times, last) {
        (0, _) => "not chased".to_owned(),
        (_, Some(last)) => format!("{times}×, last {last}"),
        (_, None) => format!("{times}×"),
    };
    for rung in ladder {
        said.push_str("\nfirst ");
        said.push_str(rung);
    }
    said
}

/// How many entries lie outside the time.
pub fn outside(entries: usize) -> String {
    format!("{entries} entries that neither happened nor were recorded in this period.")
}

/// How many entries do not concern whoever it is made for.
pub fn not_theirs(entries: usize, whom: &str) -> String {
    format!("{entries} entries that do not concern {whom}.")
}

/// Of how many entries lines are left out that are somebody else's.
pub fn parts_of_others(entries: usize, whom: &str) -> String {
    let of = if entries == 1 { "1 entry".to_owned() } else { format!("{entries} entries") };
    format!("Lines of {of} in which others than {whom} are asked, told or to do something.")
}

/// How many cases do not concern whoever it is made for.
pub fn cases_not_theirs(cases: usize, whom: &str) -> String {
    format!("{cases} cases in which nothing concerns {whom}.")
}

/// There is nothing to put into a copy for somebody.
pub fn nothing_for(whom: &str) -> String {
    format!(
        "Nothing in it concerns {whom}, so there is no redacted copy to make for them. Made for nobody in particular it holds all of it, redacted."
    )
}

/// Somebody by role alone.
pub fn by_role(role: &str) -> String {
    format!("{role} {NAME_WITHHELD}")
}

/// What is for somebody else to do.
pub fn for_others(owed: usize, whom: &str) -> String {
    let actions = if owed == 1 { "action" } else { "actions" };
    format!(
        "{owed} open {actions} in these cases for others than {whom}: what others do stands in the copy of each, or with us."
    )
}

/// Tables that hold nothing of whoever it is made for.
pub fn none_of_theirs(titles: &[&str], whom: &str) -> String {
    format!("Nothing that concerns {whom} stands under: {}.", titles.join("; "))
}

/// Heads what an organisation has to do, in its own copy.
pub fn has_to_do(whom: &str) -> String {
    format!("What {whom} has to do")
}

/// Heads its promises in its own copy.
pub fn promised_by(whom: &str) -> String {
    format!("What {whom} promised, against when it was kept")
}

/// Of cases about others.
pub fn of_others(cases: usize) -> String {
    format!(
        "{cases} cases about somebody else: of those only what concerns this organisation stands here, without their chronology."
    )
}

/// How many names were withheld.
pub fn names_out(names: usize) -> String {
    format!(
        "Names of {names} people who are neither the person nor the organisation, and telephone numbers and addresses of electronic mail: withheld wherever they stand."
    )
}

/// Tables that are the office's own.
pub fn tables_out(titles: &[&str]) -> String {
    format!("For the office alone: {}.", titles.join("; "))
}

/// Labels of the summary.
pub const SUMMED: [&str; 12] = [
    "Cases",
    "Open",
    "Entries",
    "Recorded later than they happened",
    "Late entries",
    "Corrections",
    "Sources in the record",
    "Promises kept in time",
    "Reviews done in time",
    "Own actions done in time",
    "Warning signs not answered",
    "Gaps",
];

/// What of the sums stands in a copy for another organisation, where the sources and our own actions do or do not.
pub fn summed_for_others(sources: bool, actions: bool) -> Vec<&'static str> {
    let is_shown = |at: usize| match at {
        0..=5 | 7 => true,
        6 => sources,
        9 => actions,
        _ => false,
    };
    let shown = SUMMED.iter().enumerate().filter(|(at, _)| is_shown(*at));
    shown.map(|(_, label)| *label).collect()
}

/// A count of somebody's cases, which are not those of the pack.
pub fn of_whom(title: &str, whose: &str) -> String {
    format!("{title}: all cases about {whose}")
}

/// How many of how many, where there is anything to count.
pub fn summed(n: usize, of: usize) -> String {
    if of == 0 { "nothing to count".to_owned() } else { self::of(n, of) }
}

/// How many of how many.
pub fn of(n: usize, of: usize) -> String {
    format!("{n} of {of}")
}

/// A pack was made, for whoever reads the list of looks, of which nothing is ever taken out: whoever it was for stands there by
/// the id of their record alone, and is read by name as long as there is one.
pub fn noted(word: &str, form: &str, whom: Option<&Named>, redacted: bool, sha: &str) -> String {
    let copy = if redacted { "redacted" } else { "not redacted" };
    let whom = match whom.map(|whom| whom.id) {
        Some(Some(id)) => format!(" {FOR}{id}"),
        Some(None) => format!(" {FOR}{NOBODY_ON_RECORD}"),
        None => String::new(),
    };
    format!("evidence pack ({word}, {form}, {copy}){whom}, sha256 {sha}")
}

/// Before whomever a pack was for.
pub const FOR: &str = "for ";
/// A pack was for somebody of whom there is no record. In the case it stands who.
const NOBODY_ON_RECORD: &str = "somebody not on record";

/// A pack was made for somebody outside, for whoever reads the case.
pub fn disclosed(whom: &str, word: &str, form: &str, redacted: bool, sha: &str) -> String {
    let copy = if redacted { "redacted" } else { "not redacted" };
    format!("for {whom}: evidence pack ({word}, {form}, {copy}), sha256 {sha}")
}

/// A gap of fields.
pub fn missing(step: &str, fields: &str) -> String {
    format!("{step}: not answered: {fields}")
}

/// A gap of a source.
pub fn source(title: &str, gap: &str) -> String {
    format!("{title}: {gap}")
}

/// A promise or action that is open and late.
pub fn late(what: &str, who: &str, by: &str) -> String {
    format!("{what} ({who}): open, {by} late")
}

/// A sign that nobody answered.
pub fn unanswered(sign: &str) -> String {
    format!("Warning sign not answered: {sign}")
}

/// A late entry.
pub fn late_entry(step: &str, by: &str) -> String {
    format!("{step}: written {by} after it happened, beyond the working period")
}

/// Days, population and sample of an audit.
pub fn sample((many, through): (usize, usize), of: Option<usize>) -> String {
    let many = of.map_or_else(|| many.to_string(), |of| format!("{many} of {of}"));
    format!("{many}, {through} gone through")
}

/// What is looked at besides a sample, whatever was drawn.
pub fn in_any_case(title: &str) -> String {
    format!("{title}: looked at in any case, not in the share of those drawn")
}

/// How a sample was drawn.
pub fn drawn(method: &str, seed: &str, again: Option<bool>) -> String {
    let again = match again {
        Some(true) => "; drawn again, the same cases come out",
        Some(false) => "; DRAWN AGAIN, OTHER CASES COME OUT",
        None => "",
    };
    format!("{method}, seed {seed}{again}")
}

/// Open actions of all.
pub fn actions(open: u64, all: u64) -> String {
    format!("{} of {all} done", all - open.min(all))
}

/// What was written, and where it lies.
pub fn pack_at(about: About, path: &str) -> String {
    let what = match about {
        About::Scorecard(_) => SCORECARD,
        About::Governance => GOVERNANCE,
        About::Case(_) | About::Person(_) | About::Provider(_) | About::Period => TITLE,
    };
    format!("{what} written to {path}")
}

/// The foot of each pack.
pub const FOOT: &str = "Made by Dutydesk from the record as it stood. Times are the office's own clock; a correction is struck and stays to be read. Provider targets are not law.";

/// The pack is written, and the office could not be signed with it.
pub fn not_signed(why: &str) -> String {
    format!("The evidence pack is written, but the record could NOT be signed with it: {why}")
}
/// Stops a command: the form of a table wants a folder.
pub const WANTS_FOLDER: &str = "csv writes a file for each table: say with --out into which new directory";
/// Gathering was stopped.
pub const STOPPED: &str = "stopped; nothing was written";

/// How far gathering has come.
pub fn gathered(done: usize, all: usize) -> String {
    format!("{done} of {all} cases gathered")
}

/// Columns of the chronology as a table.
pub const CHRONOLOGY_COLUMNS: [&str; 10] =
    ["Case", "Entry", "Title", "Happened", "Recorded", "Later", "By", "Asked", "Said", "Stands"];
/// It stands as it was said.
pub const STANDS: &str = "stands";
/// What ought to be known about an entry.
pub const REMARK: &str = "remark";

/// What it is called.
pub const GOVERNANCE: &str = "Governance report";

/// Heads a governance report.
pub fn governance(period: &str) -> String {
    format!("{GOVERNANCE}: {period}")
}

/// What is shown of its parts.
pub const PARTS: &str = "The period of this report in its parts.";

/// A measure in its parts.
pub fn split(title: &str, by: &str) -> String {
    format!("{title}, by {by}")
}

/// Heads a provider scorecard, in place of [`TITLE`].
pub const SCORECARD: &str = "Provider scorecard";
/// What a scorecard leaves out.
pub const NO_CHRONOLOGY: &str =
    "The chronology and what single records say: they stand in the evidence pack of this organisation.";
/// Nothing of a class of record is there.
pub const NONE_OF_CLASS: &str = "nothing is on record";
/// What belongs to no class of record.
pub const NO_CLASS: &str = "Other";

/// Entries that belong to no class of record.
pub fn of_no_class(entries: usize) -> String {
    match entries {
        1 => "1 entry belongs to none of these classes; it stands in the chronology".to_owned(),
        _ => format!("{entries} entries belong to none of these classes; they stand in the chronology"),
    }
}
/// The last day lies before the first.
pub const NO_DAYS: &str = "--to lies before --from: the first day comes first";
