//! What can be asked of `dutydesk pack`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use crate::domain::pack;

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Pack {
    /// A case, with those that are tied to it and about the same person
    Case(Of),
    /// A person: their record and every case about them
    Person(Of),
    /// An organisation: its record, every case about it, and what it was asked and promised in others
    Provider(Of),
    /// Everything that happened or was recorded in a time
    Period(Made),
    /// How an organisation stands, on few pages: what comes round, what is counted of it, what it promised and kept
    Scorecard(Of),
    /// The governance report: every measure with its chart, its parts and the period before; what comes round
    Governance(Report),
    /// For registration, before any record exists: routes, roles, clocks and blank forms, and a drill of a practice office
    Registration(Registration),
    /// The JSON Schema of a pack in JSON
    Schema,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Registration {
    /// A file that is not there yet; otherwise the standard output
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// The part for one pathway alone, by its id ("urgent"): its routes, roles and forms
    #[arg(long, value_name = "ID")]
    pub pathway: Option<String>,
    /// The directory of a practice office in which staff have worked: who did what and when is shown
    #[arg(long, value_name = "DIR")]
    pub drill: Option<PathBuf>,
    /// Who makes it, by a name on the staff list
    #[arg(long = "as", value_name = "STAFF", env = "DUTYDESK_AS")]
    pub staff: Option<String>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Report {
    /// In which form
    #[arg(long, value_enum, default_value_t = Form::Html)]
    pub format: Form,
    /// A file that is not there yet, of csv a directory; otherwise the standard output
    #[arg(long, value_name = "PATH")]
    pub out: Option<PathBuf>,
    /// From this day on ("1 nov"); without it, the whole month in which the last day lies
    #[arg(long, value_name = "DAY")]
    pub from: Option<String>,
    /// Up to and with this day; without it, today
    #[arg(long, alias = "until", value_name = "DAY")]
    pub to: Option<String>,
    /// Only what belongs to this place
    #[arg(long, value_name = "NAME")]
    pub location: Option<String>,
    /// For whom it is made
    #[arg(long = "for", value_name = "NAME")]
    pub whom: Option<String>,
    /// Who makes it, by a name on the staff list
    #[arg(long = "as", value_name = "STAFF", env = "DUTYDESK_AS")]
    pub staff: Option<String>,
}

impl Report {
    /// What it asks of a pack.
    pub fn made(&self) -> Made {
        let Self { format, out, from, to, location, whom, staff } = self;
        let (out, from, to) = (out.clone(), from.clone(), to.clone());
        let (location, whom, staff) = (location.clone(), whom.clone(), staff.clone());
        Made {
            format: *format,
            out,
            from,
            to,
            location,
            redact: false,
            whom,
            for_subject: false,
            reviewed: None,
            staff,
        }
    }
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Of {
    /// A case's reference (U-1184); a person's or organisation's name, NHS number or id
    #[arg(value_name = "WHICH")]
    pub which: String,
    #[command(flatten)]
    pub made: Made,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Made {
    /// In which form
    #[arg(long, value_enum, default_value_t = Form::Html)]
    pub format: Form,
    /// A file that is not there yet, of csv a directory; otherwise the standard output
    #[arg(long, value_name = "PATH")]
    pub out: Option<PathBuf>,
    /// From this day on ("1 nov")
    #[arg(long, value_name = "DAY")]
    pub from: Option<String>,
    /// Up to and with this day
    #[arg(long, alias = "until", value_name = "DAY")]
    pub to: Option<String>,
    /// Only what belongs to this place
    #[arg(long, value_name = "NAME")]
    pub location: Option<String>,
    /// A copy for another organisation: names and numbers of third parties withheld; says what is left out
    #[arg(long)]
    pub redact: bool,
    /// For whom it is made: kept with the note that it left. With --redact, only what concerns this organisation
    #[arg(long = "for", value_name = "NAME")]
    pub whom: Option<String>,
    /// Of a person: for themselves. Writes the list of passages that somebody goes through first; with --reviewed, the copy
    #[arg(long)]
    pub for_subject: bool,
    /// The list, gone through
    #[arg(long, value_name = "FILE", requires = "for_subject")]
    pub reviewed: Option<PathBuf>,
    /// Who makes it, by a name on the staff list
    #[arg(long = "as", value_name = "STAFF", env = "DUTYDESK_AS")]
    pub staff: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Form {
    /// A page for a browser and for A4
    Html,
    /// A value for programs; `dutydesk pack schema` describes it
    Json,
    /// A file for each table, for a spreadsheet
    Csv,
}

impl From<Form> for pack::Form {
    fn from(form: Form) -> Self {
        match form {
            Form::Html => Self::Html,
            Form::Json => Self::Json,
            Form::Csv => Self::Csv,
        }
    }
}
