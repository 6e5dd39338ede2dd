//! What can be asked of measures.

use clap::{Args, ValueEnum};

use super::Looking;
use crate::domain::measure::{By, Span};

#[derive(Debug, Args)]
pub(in crate::cli) struct Measures {
    /// One measure, by its id: its periods, and its parts; without one, all of them
    #[arg(value_name = "MEASURE")]
    pub measure: Option<String>,
    /// How long a period is
    #[arg(long, value_enum, default_value_t = Spans::Month, conflicts_with = "from")]
    pub span: Spans,
    /// A day in the period ("2026-10-14", "-1m"); without one, today
    #[arg(long, value_name = "DAY", conflicts_with = "from")]
    pub on: Option<String>,
    /// The first day of a period of your own
    #[arg(long, value_name = "DAY", requires = "to")]
    pub from: Option<String>,
    /// Its last day
    #[arg(long, value_name = "DAY", requires = "from")]
    pub to: Option<String>,
    /// Only at this location, by its name or a part of it
    #[arg(long, value_name = "NAME")]
    pub location: Option<String>,
    /// Only where this kind of service is given
    #[arg(long, value_name = "ID")]
    pub service: Option<String>,
    /// Only of this theme
    #[arg(long, value_name = "ID")]
    pub theme: Option<String>,
    /// Split the period by this
    #[arg(long, value_enum, requires = "measure")]
    pub by: Option<Bys>,
    /// The records behind the number, those first that somebody has to look at
    #[arg(long, requires = "measure", conflicts_with = "by")]
    pub cases: bool,
    /// The most records that are listed
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub limit: u32,
    /// Rows that a spreadsheet opens: figures alone, without anybody's name
    #[arg(long, conflicts_with_all = ["json", "cases"])]
    pub csv: bool,
    #[command(flatten)]
    pub looking: Looking,
}

/// How long a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Spans {
    Week,
    Month,
    Quarter,
    Year,
}

impl From<Spans> for Span {
    fn from(span: Spans) -> Self {
        match span {
            Spans::Week => Span::Week,
            Spans::Month => Span::Month,
            Spans::Quarter => Span::Quarter,
            Spans::Year => Span::Year,
        }
    }
}

/// By what a figure is split.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Bys {
    Location,
    Service,
    Organisation,
    Type,
    Risk,
    Shift,
    Theme,
    Waiting,
    Age,
    Gap,
    Effect,
}

impl From<Bys> for By {
    fn from(by: Bys) -> Self {
        match by {
            Bys::Location => By::Location,
            Bys::Service => By::Service,
            Bys::Organisation => By::Organisation,
            Bys::Type => By::Type,
            Bys::Risk => By::Risk,
            Bys::Shift => By::Shift,
            Bys::Theme => By::Theme,
            Bys::Waiting => By::Waiting,
            Bys::Age => By::Age,
            Bys::Gap => By::Gap,
            Bys::Effect => By::Effect,
        }
    }
}
