//! What the screens need beside the thing they draw: now, the office's zone, and how meanings look; and the few
//! ways in which all of them say a time, a risk or a name.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use ratatui::text::{Line, Span};

use super::paper::{cut, join};
use super::theme::{self, Theme};
use crate::app::reach::Ring;
use crate::domain::bell::Tally;
use crate::domain::case::Level;
use crate::domain::clocks::{Clocks, Lateness};
use crate::domain::commitment::Commitment;
use crate::domain::eyes::{Eyes, Gap};
use crate::domain::ids::CaseId;
use crate::domain::look::Meaning;
use crate::domain::names::PersonName;
use crate::domain::owning::Offered;
use crate::domain::time::{self, Zone};
use crate::domain::views::{Contact, RecordRow};
use crate::domain::words::{clocks, queues, signs, time as time_words, ui as words};

/// Which number reaches a record, or somebody there, at this hour.
pub type Ringing<'a> = dyn for<'r> Fn(&'r RecordRow, Option<&'r Contact>) -> Option<Ring<'r>> + 'a;

/// Which duties a member of staff holds now, in words.
pub type OnDuty<'a> = dyn Fn(CaseId) -> String + 'a;
/// Whether a case of this pathway is to be about somebody, so that nobody there is somebody not known yet.
pub type Asks<'a> = dyn Fn(&str) -> bool + 'a;

/// Columns of somebody's words where there is little room: with their marks as much as a name takes.
const FEW_WORDS: u16 = 12;

/// What every drawing needs.
#[derive(Clone, Copy)]
pub struct Sight<'a> {
    /// Now, as the app has it.
    pub now: DateTime<Utc>,
    /// The office's zone.
    pub zone: Zone,
    /// How meanings look.
    pub theme: &'a Theme,
    /// From when what is owed counts as due soon and long late.
    pub clocks: &'a Clocks,
    /// The number that reaches a record, or somebody there, now.
    pub ring: &'a Ringing<'a>,
    /// The duties that a member of staff holds now.
    pub on_duty: &'a OnDuty<'a>,
    /// Whether a case of a pathway is to be about somebody.
    pub asks_whom: &'a Asks<'a>,
    /// Cases that a warning sign is about which nobody has answered.
    pub signed: Option<&'a BTreeMap<CaseId, Vec<String>>>,
}

impl Sight<'_> {
    /// Text of one meaning.
    pub fn span(&self, meaning: Meaning, text: impl AsRef<str>) -> Span<'static> {
        self.theme.span(meaning, text)
    }

    /// A line of one meaning.
    pub fn line(&self, meaning: Meaning, text: impl AsRef<str>) -> Line<'static> {
        Line::from(self.span(meaning, text))
    }

    /// A line of several.
    pub fn spans<const N: usize>(&self, parts: [(Meaning, &str); N]) -> Line<'static> {
        Line::from_iter(parts.map(|(meaning, text)| self.span(meaning, text)))
    }

    /// `RED`, in its colour and always as a word.
    pub fn risk(&self, level: Option<&Level>) -> Line<'static> {
        match level {
            Some(Level { label, weight }) => {
                let meaning = theme::of_weight(*weight);
                // Red stands on a ground of its own, which wants a column at each side.
                let pad = if meaning == Meaning::Red { " " } else { "" };
                self.line(meaning, format!("{pad}{}{pad}", label.to_uppercase()))
            }
            None => Line::default(),
        }
    }

    /// A cell of a row, behind a mark where a warning sign is about its case; the preview says which.
    pub fn marked(&self, case: CaseId, cell: Line<'static>) -> Line<'static> {
        match self.signed.is_some_and(|signed| signed.contains_key(&case)) {
            true => join(self.theme, "", [self.line(Meaning::Soon, signs::MARK), cell]),
            false => cell,
        }
    }

    /// How late something is, or how far off.
    pub fn distance(&self, commitment: &Commitment) -> Line<'static> {
        self.line(self.lateness(commitment), self.clocks.distance(commitment, self.now))
    }

    /// The same in little room: `long 3h` for `long late 3h`.
    pub fn short_distance(&self, commitment: &Commitment) -> Line<'static> {
        match self.state(commitment) {
            Lateness::LongLate => {
                let age = time::display::age(commitment.due, self.now);
                self.line(self.lateness(commitment), time_words::long_late_short(&age))
            }
            _ => self.distance(commitment),
        }
    }

    /// How something owed stands against the clock.
    pub fn state(&self, commitment: &Commitment) -> Lateness {
        self.clocks.state(commitment, self.now)
    }

    /// Whether an offer of something that falls due then is unanswered for so long that it stands out.
    pub fn stands_out(&self, offered: Option<&Offered>, due: Option<DateTime<Utc>>) -> bool {
        offered.is_some_and(|offered| self.clocks.stands_out(offered.at, due, self.now))
    }

    /// Whether its time has passed.
    pub fn is_late(&self, commitment: &Commitment) -> bool {
        self.state(commitment).is_late()
    }

    /// The look of how something stands against the clock.
    pub fn lateness(&self, commitment: &Commitment) -> Meaning {
        match self.state(commitment) {
            Lateness::LongLate | Lateness::Late => Meaning::Late,
            Lateness::DueSoon => Meaning::Soon,
            Lateness::Fresh => Meaning::Value,
        }
    }

    /// How many of these are late.
    pub fn tally<'c>(&self, owed: impl IntoIterator<Item = &'c Commitment>) -> Tally {
        owed.into_iter().map(|owed| self.state(owed)).collect()
    }

    /// How many are long late and how many late, the worse first.
    pub fn late_counts(&self, tally: Tally, between: &str) -> Line<'static> {
        self.counts_said(tally, between, clocks::long_late)
    }

    /// The same in little room.
    pub fn late_counts_in_short(&self, tally: Tally, between: &str) -> Line<'static> {
        self.counts_said(tally, between, if tally.late > 0 { clocks::long } else { clocks::long_late })
    }

    /// The same in the least: how many are long late, and only where none is, how many late.
    pub fn worst_count(&self, tally: Tally) -> Line<'static> {
        match tally.long_late {
            0 => self.late_counts(tally, ""),
            long => self.line(Meaning::Late, clocks::long_late(long)),
        }
    }

    fn counts_said(&self, tally: Tally, between: &str, long_late: fn(usize) -> String) -> Line<'static> {
        let part = |count, said: fn(usize) -> String| match count {
            0 => Line::default(),
            count => self.line(Meaning::Late, said(count)),
        };
        join(self.theme, between, [part(tally.long_late, long_late), part(tally.late, words::late)])
    }

    /// Whether anybody has their eyes on the person of a call.
    pub fn gap(&self, eyes: Option<&Eyes>) -> Option<Gap> {
        self.clocks.eyes_on.gap(eyes?, self.now)
    }

    /// The same in a word or two, before other words.
    pub fn gap_mark(&self, eyes: Option<&Eyes>) -> Line<'static> {
        let mark = |gap| self.line(gap_meaning(&gap), queues::gap_mark(gap));
        self.gap(eyes).map(mark).unwrap_or_default()
    }

    /// The same in words; nothing where somebody has.
    pub fn gap_line(&self, eyes: Option<&Eyes>, short: bool) -> Line<'static> {
        let Some(gap) = self.gap(eyes) else { return Line::default() };
        let since = match &gap {
            Gap::NotSeenSince(when) => time::display::short_when(when, self.now, self.zone),
            Gap::NobodyNext | Gap::NotSeenSinceTheCall => String::new(),
        };
        let words = if short { queues::gap_short(gap, &since) } else { queues::gap(gap, &since) };
        self.line(gap_meaning(&gap), words)
    }

    /// The clock today, else the day of the week with it (`Mon 08:00`): for what lies within a few days.
    pub fn weekday(&self, at: DateTime<Utc>) -> String {
        time::display::weekday_clock(at, self.now, self.zone)
    }

    /// A time for a table: the clock today, else the day with it.
    pub fn short(&self, at: DateTime<Utc>) -> String {
        time::display::short(at, self.now, self.zone)
    }

    /// The clock today, else the day: for what need not be known to the minute.
    pub fn day_or_clock(&self, at: DateTime<Utc>) -> String {
        let day = self.zone.day(at);
        if day == self.zone.day(self.now) {
            time::display::clock_told(at, self.now, self.zone)
        } else {
            time::display::day_of_year(day, self.zone.day(self.now))
        }
    }

    /// A name in full.
    pub fn name(&self, subject: Option<&RecordRow>) -> Line<'static> {
        match subject {
            Some(record) if is_namesake(record) => self.line(Meaning::Name, &record.short),
            Some(record) => self.line(Meaning::Name, &record.name),
            None => self.line(Meaning::Muted, words::SUBJECT_UNKNOWN),
        }
    }

    /// Whom a case of this pathway is about: of one that is about nobody there is nobody to be known.
    pub fn whom(&self, subject: Option<&RecordRow>, pathway: &str) -> Line<'static> {
        if subject.is_none() && !(self.asks_whom)(pathway) { Line::default() } else { self.name(subject) }
    }

    /// The same in little room.
    pub fn short_whom(&self, subject: Option<&RecordRow>, pathway: &str) -> Line<'static> {
        if subject.is_none() && !(self.asks_whom)(pathway) {
            Line::default()
        } else {
            self.short_name(subject)
        }
    }

    /// A name, or the words that were typed in its place where nobody on record was taken.
    pub fn or_words(&self, name: Line<'static>, said: &str) -> Line<'static> {
        if said.is_empty() { name } else { self.line(Meaning::Value, words::in_words(said)) }
    }

    /// The same in little room: somebody's words are longer than any name, and give way to the columns beside them.
    pub fn or_few_words(&self, name: Line<'static>, said: &str) -> Line<'static> {
        self.or_words(name, &cut(&Line::from(said), FEW_WORDS).to_string())
    }

    /// A name in little room; of those who share one, an initial and what tells them apart.
    pub fn short_name(&self, subject: Option<&RecordRow>) -> Line<'static> {
        let Some(record) = subject else { return self.line(Meaning::Muted, words::SUBJECT_UNKNOWN) };
        let born = record.born.filter(|_| is_namesake(record)).map(time::display::date);
        match born {
            Some(born) => {
                let name = PersonName::read(&record.name).short();
                self.spans([(Meaning::Name, name.as_str()), (Meaning::Muted, " "), (Meaning::Name, &born)])
            }
            None => self.line(Meaning::Name, &record.short),
        }
    }

    /// The number to ring now, and whether they are shut; of the organisation itself where nobody there is named.
    pub fn ringing(&self, record: &RecordRow, there: Option<&Contact>) -> Line<'static> {
        let Some(ring) = (self.ring)(record, there) else { return Line::default() };
        let hours = words::hours(ring.open, ring.out_of_hours);
        let gap = if hours.is_empty() { "" } else { " " };
        self.spans([(Meaning::Value, ring.number), (Meaning::Muted, gap), (Meaning::Muted, hours)])
    }

    /// Whole years since a day.
    pub fn age(&self, born: NaiveDate) -> u32 {
        let today = self.zone.day(self.now);
        let had_birthday = (today.month(), today.day()) >= (born.month(), born.day());
        let years = today.year() - born.year() - i32::from(!had_birthday);
        u32::try_from(years).unwrap_or(0)
    }
}

/// Whether somebody else bears the same name: then what tells them apart stands behind it.
fn is_namesake(record: &RecordRow) -> bool {
    record.short.len() > record.name.len() && record.short.starts_with(&record.name)
}

/// That nobody goes next is pressing; that nobody was there since is late.
fn gap_meaning(gap: &Gap) -> Meaning {
    if *gap == Gap::NobodyNext { Meaning::Soon } else { Meaning::Late }
}
