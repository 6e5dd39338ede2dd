//! The triangulation: whether what was observed was escalated, what was advised, and whether care changed.
//!
//! Four sources, each with its time and entry or with the gap in words. What a gap is worth is left to people.

use serde::Serialize;

use crate::domain::answer::{Precision, When, YesNo};
use crate::domain::case::{CaseState, Milestone};
use crate::domain::ids::EntryId;
use crate::domain::time::{Zone, display};
use crate::domain::words::show as words;
use crate::domain::words::ui::standing;

/// One of the four sources.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Source {
    /// Its title.
    pub title: &'static str,
    /// When, where it stands in the record.
    pub at: Option<When>,
    /// The entry that shows it.
    pub entry: Option<EntryId>,
    /// What its time does not say: which of the emergency services were called, that care was looked at and not changed.
    /// Empty where there is nothing to say.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// What is missing, in words; empty where it stands in the record.
    pub gap: String,
}

impl Source {
    /// Whether it stands in the record.
    pub fn is_recorded(&self) -> bool {
        self.entry.is_some()
    }
}

/// Milestones that show each source; the earliest of them counts.
const SHOWN_BY: [&[Milestone]; 4] = [
    &[Milestone::Observed],
    &[
        Milestone::Called,
        Milestone::Emergency,
        Milestone::Police,
        Milestone::Fire,
        Milestone::DutyTeam,
        Milestone::Contacted,
    ],
    &[Milestone::Advised],
    &[Milestone::CareChanged],
];

/// The four sources of a case: observed, escalated, advised, care changed.
///
/// A review that found no change of care is a record too: that source then names the review and says so.
pub fn triangulate(state: &CaseState, zone: &Zone) -> [Source; 4] {
    let mut last: Option<(&'static str, When, String)> = None;
    [0, 1, 2, 3].map(|source| {
        let title = words::SOURCES[source];
        let found = first(state, SHOWN_BY[source]).or_else(|| {
            let settled = source == 3 && state.facts.care_changed == Some(YesNo::No);
            settled.then(|| first(state, &[Milestone::Reviewed])).flatten()
        });
        let gap = match (found, &last) {
            (Some(_), _) => String::new(),
            (None, None) => words::gap(source).to_owned(),
            (None, Some((before, at, note))) => {
                words::gap_after(before, note, &display::when(at, *zone), words::gap(source))
            }
        };
        let note = match (source, found) {
            (1, Some(_)) => called_out(state),
            (3, Some(_)) => no_change_needed(state).unwrap_or_default().to_owned(),
            _ => String::new(),
        };
        if let Some((at, _)) = found {
            // A gap is told after a time: whoever was called at one that is not known is no part of that.
            let timed = if source == 1 { called_out_at_a_time(state) } else { note.clone() };
            last = Some((title, at, timed));
        }
        Source { title, at: found.map(|(at, _)| at), entry: found.map(|(_, entry)| entry), note, gap }
    })
}

/// How many of the four stand in the record, in words.
pub fn recorded(sources: &[Source; 4]) -> String {
    words::sources_recorded(sources.iter().filter(|source| source.is_recorded()).count())
}

/// Which of the emergency services were called: a time alone would be taken for that of the ambulance, and is of none whose
/// time is not known.
fn called_out(state: &CaseState) -> String {
    let one = |(whom, when): (Milestone, When)| match when.precision {
        Precision::Unknown => standing::called_out_time_unknown(whom),
        _ => standing::called_out(whom).to_owned(),
    };
    state.facts.called_out().map(one).collect::<Vec<_>>().join(", ")
}

/// The same without whoever was called at a time that nobody said.
fn called_out_at_a_time(state: &CaseState) -> String {
    let known = state.facts.called_out().filter(|(_, when)| when.precision != Precision::Unknown);
    known.map(|(whom, _)| standing::called_out(whom)).collect::<Vec<_>>().join(", ")
}

/// Whether care was looked at and found not to need a change: what the fourth source then says.
fn no_change_needed(state: &CaseState) -> Option<&'static str> {
    (state.facts.care_changed == Some(YesNo::No)).then_some(words::NO_CHANGE_NEEDED)
}

fn first(state: &CaseState, milestones: &[Milestone]) -> Option<(When, EntryId)> {
    let reached = state.entries.iter().flat_map(|mark| mark.reached.iter().map(move |one| (mark.id, one)));
    let ours = reached.filter(|(_, (milestone, _))| milestones.contains(milestone));
    ours.map(|(entry, (_, at))| (*at, entry)).min_by_key(|(at, _)| at.at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::answer::Answers;
    use crate::pathway::fixtures::{Ledger, call, decision, editions, liaise, london, yes_no};
    use crate::pathway::fold::{Folding, refold};

    fn of(ledger: &Ledger) -> [Source; 4] {
        let (editions, zone) = (editions(), london());
        let state = refold(&ledger.entries, Folding { editions: &editions, zone: &zone }).unwrap();
        triangulate(&state, &zone)
    }

    #[test]
    fn a_gap_says_what_came_before_it() {
        let mut ledger = Ledger::new();
        ledger.step("call", call("red"));
        ledger.step("decision", decision("gp"));
        let liaised = ledger.step("liaise", liaise(Vec::new()));
        let sources = of(&ledger);
        assert_eq!(sources[2].entry, Some(liaised));
        assert_eq!(sources[3].gap, "advised 21-Nov-2026 21:20 GMT, no change of care recorded");
        assert_eq!(sources[1].note, "", "nobody was called out");
        assert_eq!(recorded(&sources), "3 of 4 recorded");
    }

    #[test]
    fn a_change_of_care_closes_it_and_so_does_a_review_that_found_none_was_needed() {
        for changed in [YesNo::Yes, YesNo::No] {
            let mut ledger = Ledger::new();
            ledger.step("call", call("red"));
            let review =
                ledger.step("review", Answers::from([("changed".into(), yes_no(changed, "no need"))]));
            let sources = of(&ledger);
            assert_eq!(sources[3].entry, Some(review));
            assert_eq!(sources[3].note.is_empty(), changed == YesNo::Yes, "it says that nothing was changed");
            assert_eq!(sources[2].gap, "escalated 21-Nov-2026 21:00 GMT, no advice recorded");
        }
    }
}
