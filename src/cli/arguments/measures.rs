//! What can be asked of measures.

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::Looking;
use crate::domain::measure::{By, Span};
use crate::domain::words::measures as words;

#[derive(Debug, Args)]
pub(in crate::cli) struct Measures {
    /// One measure, by its id: its periods, and its parts; without one, all of them
    #[arg(value_name = "MEASURE")]
    pub measure: Option<String>,
    /// How long a period is
    #[arg(long, value_parser = named(Span::ALL, words::span), default_value = "month")]
    #[arg(conflicts_with = "from")]
    pub span: Span,
    /// A day in the period ("14 oct", "2026-10-14", "-1m"); without one, today
    #[arg(long, value_name = "DAY", conflicts_with = "from")]
    pub on: Option<String>,
    /// The first day of a period of your own ("1 oct")
    #[arg(long, value_name = "DAY", requires = "to")]
    pub from: Option<String>,
    /// Its last day
    #[arg(long, value_name = "DAY", requires = "from")]
    pub to: Option<String>,
    /// Only at this location, by its name or a part of it
    #[arg(long, value_name = "NAME")]
    pub location: Option<String>,
    /// Only where this kind of service is given, by its id or its words
    #[arg(long, value_name = "KIND")]
    pub service: Option<String>,
    /// Only of this theme, by its id or its words
    #[arg(long, value_name = "THEME")]
    pub theme: Option<String>,
    /// Split the period by this
    #[arg(long, value_parser = named(By::ALL, By::name), requires = "measure")]
    pub by: Option<By>,
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

/// The one of these that has this name.
fn named<T: Copy + Send + Sync + 'static, const N: usize>(
    all: [T; N],
    name: fn(T) -> &'static str,
) -> impl TypedValueParser<Value = T> {
    let of = move |word: String| all.into_iter().find(|one| name(*one) == word).ok_or_else(|| word.clone());
    PossibleValuesParser::new(all.map(name)).try_map(of)
}
