//! For which time and part of the office a measure is asked, and by what it is split.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::ids::CaseId;
use crate::domain::time::Zone;

/// How long a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Span {
    /// Monday to Sunday.
    Week,
    /// A calendar month.
    #[default]
    Month,
    /// Three months from January, April, July or October.
    Quarter,
    /// A calendar year.
    Year,
    /// As many days as were asked for.
    Days,
}

impl Span {
    /// Those that the calendar knows, the shortest first.
    pub const ALL: [Span; 4] = [Span::Week, Span::Month, Span::Quarter, Span::Year];
}

/// A stretch of whole days of the office's zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Period {
    /// Its first day.
    pub first: NaiveDate,
    /// The first day after it.
    pub after: NaiveDate,
}

impl Period {
    /// The period of this length in which a day lies.
    pub fn around(day: NaiveDate, span: Span) -> Self {
        let month = |month: u32| NaiveDate::from_ymd_opt(day.year(), month, 1).unwrap_or(day);
        let first = match span {
            Span::Week => day - Days::new(u64::from(day.weekday().num_days_from_monday())),
            Span::Month => month(day.month()),
            Span::Quarter => month(day.month0() / 3 * 3 + 1),
            Span::Year => month(1),
            Span::Days => day,
        };
        Self { first, after: moved(first, span, 1) }
    }

    /// The one so many periods later, or earlier where that is negative.
    #[must_use]
    pub fn moved(self, span: Span, by: i32) -> Self {
        if span == Span::Days {
            let days = (self.after - self.first) * by;
            let by_days = |day: NaiveDate| day.checked_add_signed(days).unwrap_or(day);
            return Self { first: by_days(self.first), after: by_days(self.after) };
        }
        let first = moved(self.first, span, by);
        Self { first, after: moved(first, span, 1) }
    }

    /// Its first instant and the first after it.
    pub fn instants(&self, zone: Zone) -> (DateTime<Utc>, DateTime<Utc>) {
        (zone.start_of_day(self.first), zone.start_of_day(self.after))
    }

    /// Its last day.
    pub fn last(&self) -> NaiveDate {
        self.after.pred_opt().unwrap_or(self.after)
    }
}

fn moved(day: NaiveDate, span: Span, by: i32) -> NaiveDate {
    let (months, days) = match span {
        Span::Week => (0, 7),
        Span::Days => (0, 1),
        Span::Month => (1, 0),
        Span::Quarter => (3, 0),
        Span::Year => (12, 0),
    };
    let by_months = Months::new(months * by.unsigned_abs());
    let by_days = Days::new(days * u64::from(by.unsigned_abs()));
    // Only at the ends of the calendar there is no such day.
    let there = if by < 0 {
        day.checked_sub_months(by_months).and_then(|day| day.checked_sub_days(by_days))
    } else {
        day.checked_add_months(by_months).and_then(|day| day.checked_add_days(by_days))
    };
    there.unwrap_or(day)
}

/// By what a figure is split.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// Where.
    Location,
    /// Kind of service there.
    Service,
    /// Which organisation, or who owes it.
    Organisation,
    /// What kind of organisation.
    Type,
    /// Present risk.
    Risk,
    /// Day, night or weekend.
    Shift,
    /// What it was about.
    Theme,
    /// What is waited for.
    Waiting,
    /// How long past its time.
    Age,
    /// Which gap there was in working together.
    Gap,
    /// Which effect was meant.
    Effect,
}

impl By {
    /// All of them.
    pub const ALL: [By; 11] = [
        By::Location,
        By::Service,
        By::Organisation,
        By::Type,
        By::Risk,
        By::Shift,
        By::Theme,
        By::Waiting,
        By::Age,
        By::Gap,
        By::Effect,
    ];

    /// Its name, as definitions and commands write it.
    pub fn name(self) -> &'static str {
        match self {
            By::Location => "location",
            By::Service => "service",
            By::Organisation => "organisation",
            By::Type => "type",
            By::Risk => "risk",
            By::Shift => "shift",
            By::Theme => "theme",
            By::Waiting => "waiting",
            By::Age => "age",
            By::Gap => "gap",
            By::Effect => "effect",
        }
    }
}

/// What is asked of the measures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Asked {
    /// How long a period is.
    pub span: Span,
    /// The period asked for; the eleven before it are shown beside it.
    pub period: Period,
    /// Only at this location.
    pub location: Option<CaseId>,
    /// Only where this kind of service is given, the choice's id.
    pub service: Option<String>,
    /// Only of this theme, by its id.
    pub theme: Option<String>,
}

impl Asked {
    /// How many periods are shown beside one another.
    pub const PERIODS: i32 = 12;

    /// The month in which a day lies, of the whole office.
    pub fn month_of(day: NaiveDate) -> Self {
        let span = Span::Month;
        Self { span, period: Period::around(day, span), location: None, service: None, theme: None }
    }

    /// The days from one to another, the last among them, of the whole office: as the week, month, quarter or year that they
    /// are, so that the periods before are those of the calendar. Without a first day, the month in which the last lies.
    pub fn of_days(first: Option<NaiveDate>, last: NaiveDate) -> Self {
        let month = Self::month_of(last);
        let Some(first) = first else { return month };
        let period = Period { first, after: last.succ_opt().unwrap_or(last) };
        let span = Span::ALL.into_iter().find(|span| Period::around(first, *span) == period);
        Self { span: span.unwrap_or(Span::Days), period, ..month }
    }

    /// Other periods of the same days: the one in which the last of them lies.
    #[must_use]
    pub fn with_span(mut self, span: Span, today: NaiveDate) -> Self {
        self.period = Period::around(self.period.last().min(today), span);
        self.span = span;
        self
    }

    /// The twelve periods that end with the one asked for, the oldest first.
    pub fn periods(&self) -> Vec<Period> {
        let back = |by| if by == 0 { self.period } else { self.period.moved(self.span, by) };
        (1 - Self::PERIODS..=0).map(back).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn periods_are_whole_and_follow_one_another() {
        let spans = [
            (Span::Week, "2026-11-16", "2026-11-23"),
            (Span::Month, "2026-11-01", "2026-12-01"),
            (Span::Quarter, "2026-10-01", "2027-01-01"),
            (Span::Year, "2026-01-01", "2027-01-01"),
        ];
        for (span, first, after) in spans {
            let period = Period::around(day("2026-11-21"), span);
            assert_eq!(period, Period { first: day(first), after: day(after) });
            assert_eq!(period.moved(span, -1).after, period.first);
            assert_eq!(period.moved(span, -12).moved(span, 12), period);
        }
    }

    #[test]
    fn days_that_are_a_month_or_a_quarter_are_asked_for_as_such() {
        let asked = |first: &str, last: &str| Asked::of_days(Some(day(first)), day(last));
        assert_eq!(asked("2026-11-01", "2026-11-30").span, Span::Month);
        assert_eq!(asked("2026-07-01", "2026-09-30").span, Span::Quarter);
        let own = asked("2026-11-03", "2026-11-12");
        assert_eq!((own.span, own.periods()[10].first), (Span::Days, day("2026-10-24")));
        assert_eq!(Asked::of_days(None, day("2026-11-12")), Asked::month_of(day("2026-11-12")));
    }

    #[test]
    fn a_month_with_a_change_of_the_clocks_is_an_hour_longer_or_shorter() {
        let london = Zone::parse("Europe/London").expect("a zone");
        let hours = |first: &str| {
            let (from, until) = Period::around(day(first), Span::Month).instants(london);
            (until - from).num_hours()
        };
        assert_eq!((hours("2026-10-01"), hours("2027-03-01")), (31 * 24 + 1, 31 * 24 - 1));
    }

    #[test]
    fn each_way_to_split_is_named_as_it_is_written() {
        for by in By::ALL {
            assert_eq!(serde_json::to_value(by).unwrap(), by.name());
        }
    }
}
