//! What is said on screen about making a pack: what can be made, the form that asks how, and that it is being made.

use crate::domain::pack::{About, Form};

/// Opens the pack of what is at hand: title, short, help.
pub const PACK_ACTION: [&str; 3] = [
    "Evidence pack",
    "",
    "Writes an evidence pack of this case, person, organisation or month, a scorecard, of measures the governance report, into the office's sheets: as a page, or otherwise, and for whom; of a person also the copy for themselves",
];
/// Nothing is at hand.
pub const NOTHING_AT_HAND: &str = "An evidence pack is made of a case, a person or an organisation, from the measures or the dashboard of a time: open one";
/// Figures of a part of the office.
pub const NOT_OF_A_PART: &str =
    "The governance report is of all themes and services: take those off first, a place may stay";

/// Asks which, where there are several.
pub const WHICH_PACK: &str = "What is to be made?";
/// What can be made of what is at hand.
pub const OF_CASE: &str = "Evidence pack of this case";
/// See [`OF_CASE`].
pub const OF_PERSON: &str = "Evidence pack: all that is on record about them";
/// See [`OF_CASE`].
pub const OF_ORGANISATION: &str = "Evidence pack of the organisation";
/// See [`OF_CASE`].
pub const CARD_OF_ORGANISATION: &str = "Scorecard of the organisation, on few pages";
/// See [`OF_CASE`].
pub const LIST_FOR_PERSON: &str = "List for a copy that they ask for themselves, to be gone through first";
/// See [`OF_CASE`].
pub const COPY_FOR_PERSON: &str = "Copy for themselves, from that list once it is gone through";
/// See [`OF_CASE`].
pub const OF_MEASURES: &str = "Governance report";
/// See [`OF_CASE`].
pub const OF_THAT_TIME: &str = "Evidence pack of that time";
/// See [`OF_CASE`].
pub const OF_THIS_MONTH: &str = "Evidence pack of this month";
/// See [`OF_CASE`].
pub const OF_LAST_MONTH: &str = "Evidence pack of last month";

/// None of these as it stands.
pub const OTHERWISE: &str = "Otherwise: of other days, as JSON or tables, redacted, for somebody outside";
/// Asks which of several is to be made otherwise.
pub const WHICH_OTHERWISE: &str = "Which is to be made otherwise?";
/// The pack for registration.
pub const REGISTRATION: &str = "Pack for registration: routes, roles, clocks and blank forms";
/// Asks of which pathway.
pub const REGISTRATION_OF: &str = "The pack for registration, of what?";
/// Of all.
pub const REGISTRATION_WHOLE: &str = "All of it, some 300 pages when printed";

/// The form that asks how a pack is made.
pub const PACK_FORM: &str = "Evidence pack";
/// The same of figures alone.
pub const REPORT_FORM: &str = "Governance report";
/// See [`PACK_FORM`].
pub const PACK_FORM_HELP: &str = "It is written into the office's sheets when this is saved. Of whom it left, for whom, and by which fingerprint it is known again is noted first.";
/// See [`PACK_FORM`].
pub const IN_WHICH_FORM: &str = "In which form";
/// See [`PACK_FORM`].
pub const IN_WHICH_FORM_HELP: &str =
    "A page is read and printed; JSON carries the proof by which it is checked elsewhere.";
/// See [`PACK_FORM`].
pub const REDACT: &str = "Names of others withheld";
/// See [`PACK_FORM`].
pub const REDACT_HELP: &str = "Yes for another organisation: then it holds only what concerns them, where they are named below. A copy for the regulator is not redacted.";
/// See [`PACK_FORM`].
pub const FOR_WHOM: &str = "For which organisation";
/// See [`PACK_FORM`].
pub const FOR_WHOM_HELP: &str =
    "Stands from then on in the chronology of each case it shows. Blank: for ourselves.";
/// See [`PACK_FORM`].
pub const FOR_WHOM_ELSE: &str = "Or for whom else";
/// See [`PACK_FORM`].
pub const FOR_WHOM_ELSE_HELP: &str =
    "Somebody outside of whom there is no record: an inspector, a solicitor.";
/// See [`PACK_FORM`].
pub const FIRST_DAY: &str = "From";
/// See [`PACK_FORM`].
pub const LAST_DAY: &str = "Up to and with";
/// See [`PACK_FORM`].
pub const DAYS_HELP: &str = "A day. Blank: all that is on record.";
/// See [`PACK_FORM`].
pub const PLACE_HELP: &str = "Only what belongs to this place. Blank: every place.";
/// The last day lies before the first.
pub const LAST_BEFORE_FIRST: &str = "Not made: the last day lies before the first";
/// A pack of one recipient names two.
pub const FOR_ONE: &str = "Not made: a pack is for one recipient. Make one for each";

/// A form as a choice, with its key.
pub fn written_as(form: Form) -> (&'static str, char) {
    match form {
        Form::Html => ("page", 'p'),
        Form::Json => ("JSON, with its proof", 'j'),
        Form::Csv => ("tables for a spreadsheet", 't'),
    }
}

/// Heads the form: what is made, and of whom or what.
pub fn otherwise(about: About, name: &str) -> String {
    let what = match about {
        About::Case(_) => OF_CASE,
        About::Person(_) => OF_PERSON,
        About::Provider(_) => OF_ORGANISATION,
        About::Scorecard(_) => CARD_OF_ORGANISATION,
        About::Period => OF_DAYS,
        About::Governance => OF_MEASURES,
    };
    if name.is_empty() { what.to_owned() } else { format!("{what}: {name}") }
}

/// Of a time, whichever it is.
pub const OF_DAYS: &str = "Evidence pack of these days";

/// It is being put together.
pub const GATHERING: &str = "Putting the evidence pack together. A call can be taken meanwhile (F2).";
/// Stops it.
pub const STOP: &str = "stop";
/// A key while it is being made.
pub const ESC_STOPS: &str = "The evidence pack is being put together: Esc stops it, F2 takes a call";
/// One is being made.
pub const ONE_AT_A_TIME: &str = "An evidence pack is being put together already";
