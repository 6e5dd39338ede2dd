//! `import` and `export`: what is wrong with a file, what it would do, what it did.

use std::path::Path;

/// At the foot of `import --help`.
pub const IMPORT_HELP: &str = "\
The first row names the columns, by their labels or ids on the form (see: dutydesk export REGISTER). An empty cell
leaves what is on record, one that says only - takes it out. A line is of the record that its reference, NHS number, or
name and date of birth says; \"new\" as the reference makes a new record all the same. Nothing is recorded unless all of
it can be. With cover (or tasks) each line opens a case instead; a line that was imported before is left as it is.";

/// The column of our own reference.
pub const REFERENCE: &str = "Our reference";
/// The column of the state that a record stands in.
pub const STANDING: &str = "Standing";
/// The column of an office of made-up people.
pub const MADE_UP: &str = "TRAINING";
/// What stands in it.
pub const MADE_UP_CELL: &str = "made-up people";
/// A part of an evidence.
pub const SEEN_BY: &str = "seen by";
/// A part of an evidence.
pub const SEEN_AT: &str = "seen at";

/// What was asked for, where it is refused.
pub const EXPORT: &str = "Exporting a register";
/// Nothing to read.
pub const EMPTY_FILE: &str = "there is nothing in it; the first row names the columns";
/// A workbook.
pub const WORKBOOK: &str =
    "this is a workbook, not a table of text. Open it in the spreadsheet and save it as \"CSV UTF-8\"";
/// No text at all.
pub const NOT_TEXT: &str = "this is not text. Save it from the spreadsheet as \"CSV UTF-8\"";
/// Larger than is read.
pub const TOO_LARGE_FILE: &str = "it is larger than 32 megabytes; import it in parts";

/// Letters that do not hold together.
pub fn broken_letters(encoding: &str) -> String {
    format!(
        "it begins as {encoding} and then is not: some of its letters are broken. Save it again as \"CSV UTF-8\""
    )
}

/// Letters that had to be guessed.
pub fn read_as(encoding: &str) -> String {
    format!(
        "Read as {encoding}. If accents or pound signs look wrong below, save the file as \"CSV UTF-8\" and try again."
    )
}

/// A file that cannot be read as rows.
pub fn unreadable_file(from: &Path, why: &str) -> String {
    format!("{} cannot be imported: {why}", from.display())
}

/// No register of that name.
pub fn no_such_register(said: &str, known: &[&str]) -> String {
    format!("\"{said}\" is no register of this office. There are: {}", known.join(", "))
}

/// "column C", with its heading.
pub fn column(at: usize, heading: &str) -> String {
    let (mut letters, mut rest) = (String::new(), at);
    loop {
        letters.insert(0, char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        if rest < 26 {
            break;
        }
        rest = rest / 26 - 1;
    }
    if heading.is_empty() { format!("column {letters}") } else { format!("column {letters} ({heading})") }
}

/// A heading that two columns have.
pub const COLUMN_TWICE: &str = "an earlier column holds the same; leave one of them out";
/// Something stands under no heading.
pub const NO_HEADING: &str = "there are words here and no heading in the first row";

/// Something stands further right than the headings go.
pub fn beyond_the_headings(width: usize) -> String {
    format!(
        "there are words here, and only {width} headings in the first row; is a separator or a quotation mark out of place?"
    )
}

/// A heading that several lines of the form share.
pub fn column_of_several(ids: &[String]) -> String {
    format!("this can be any of: {}. Head the column with one of these", ids.join("; "))
}

/// A heading that means nothing.
pub fn unknown_column(near: Option<&str>, known: &[String]) -> String {
    match near {
        Some(near) => format!("there is no such column; did you mean \"{near}\"?"),
        None => {
            format!("there is no such column; leave it out, or head it with one of: {}", known.join("; "))
        }
    }
}

/// A column by which lines are to be matched.
pub fn cannot_match_by(said: &str, known: &[String]) -> String {
    format!("--by {said}: there is no such column. There are: {}", known.join("; "))
}

/// One finding, with the lines on which it was found.
pub fn finding(lines: &[u64], more: usize, column: &str, says: &str) -> String {
    let listed = lines.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let at = match (lines, more) {
        ([0], _) => String::new(),
        ([_], 0) => format!("line {listed}"),
        (_, 0) => format!("lines {listed}"),
        _ => format!("lines {listed} and {more} more"),
    };
    let place =
        [at.as_str(), column].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    if place.is_empty() { says.to_owned() } else { format!("{place}: {says}") }
}

/// What is not said each.
pub fn and_more(count: usize) -> String {
    format!("... and {count} more")
}

/// More than a field holds.
pub const CELL_TOO_LONG: &str = "this is longer than twenty pages; is a quotation mark left open?";

/// A number that a spreadsheet has rounded.
pub fn number_as_power(said: &str) -> String {
    format!(
        "the spreadsheet keeps \"{said}\" and has lost the digits. Format the column as text, type the number again and save"
    )
}

/// A telephone number without its nought.
pub fn lost_zero(said: &str) -> String {
    format!("\"{said}\" does not begin with 0: the spreadsheet may have lost it. It is kept as it stands")
}

/// A number that cannot be.
pub fn bad_number(said: &str, why: &str) -> String {
    format!("\"{said}\": {why}")
}

/// A day that a spreadsheet keeps as a count.
pub fn day_as_number(said: &str) -> String {
    format!("\"{said}\" is how a spreadsheet counts days. Format the column as a date and save again")
}

/// Days that can be read two ways.
pub fn either_way(said: &str, read: &str, count: usize) -> String {
    let others = match count {
        1 => String::new(),
        2 => "; one other in this column likewise".to_owned(),
        _ => format!("; {} others in this column likewise", count - 1),
    };
    format!("\"{said}\" is read day first, as {read}{others}")
}

/// None of the choices.
pub fn no_choice(said: &str, near: Option<&str>, labels: &[&str]) -> String {
    match near {
        Some(near) => format!("\"{said}\" is none of the choices; did you mean \"{near}\"?"),
        None => format!("\"{said}\" is none of the choices: {}", labels.join("; ")),
    }
}

/// A name that several records have.
pub fn names_several(said: &str, references: &[String]) -> String {
    format!("\"{said}\" is the name of several: {}. Write the reference instead", references.join(", "))
}

/// A name that is registered although there is one near it.
pub fn registered_beside(name: &str, near: &str) -> String {
    format!("\"{name}\" is registered beside \"{near}\": make sure that it is another")
}

/// A name that is not there.
pub fn not_on_record(name: &str, register: &str, near: Option<&str>, can_create: bool) -> String {
    let near = near.map(|near| format!("; did you mean \"{near}\"?")).unwrap_or_default();
    let joint = if near.is_empty() { ";" } else { "" };
    let mend =
        if can_create { format!("{joint} --create registers it by its name alone") } else { String::new() };
    format!("there is no \"{name}\" among {}{near}{mend}", register.to_lowercase())
}

/// A register whose form asks for more.
pub fn takes_more_than_a_name(name: &str, register: &str) -> String {
    format!(
        "\"{name}\" cannot be registered by its name alone: the form of {} asks for more",
        register.to_lowercase()
    )
}

/// A record in words.
pub fn record_told_apart(reference: &str, name: &str, born: Option<&str>, nhs: Option<&str>) -> String {
    let born = born.map(|born| format!(", born {born}")).unwrap_or_default();
    let nhs = nhs.map(|nhs| format!(", NHS {nhs}")).unwrap_or_default();
    format!("{reference} {name}{born}{nhs}")
}

/// Several records that a line can be of.
pub fn could_be(found: &[String]) -> String {
    format!("this could be {}: write its reference, or \"new\", under \"{REFERENCE}\"", found.join("; or "))
}

/// A record that a line may be of, where a day of birth is missing.
pub fn may_be(found: &[String]) -> String {
    format!(
        "this may be {}, and a date of birth is missing on one side: add it, or write the reference, or \"new\", under \"{REFERENCE}\"",
        found.join("; or ")
    )
}

/// One name and birth, two numbers.
pub fn other_number(found: &[String]) -> String {
    format!(
        "the same name and date of birth as {}, with another NHS number: write its reference, or \"new\", under \"{REFERENCE}\"",
        found.join("; or ")
    )
}

/// No such reference.
pub fn no_such_reference(reference: &str) -> String {
    format!("there is no record {reference} here; leave \"{REFERENCE}\" empty for somebody new")
}

/// A reference of somebody else.
pub fn reference_of_another(found: &[String]) -> String {
    format!(
        "by its reference this is {}, and neither name, date of birth nor number agrees. Is the file from another office? \
         If the name has changed, change it on screen first",
        found.join("; ")
    )
}

/// Somebody new with a number that is on record.
pub fn new_with_number_of(found: &[String]) -> String {
    format!("the NHS number is on record as that of {}: look whether it is the same person", found.join("; "))
}

/// A number of somebody else.
pub fn number_of_another(found: &[String]) -> String {
    format!(
        "the NHS number belongs to {}, and neither name nor date of birth agrees: write its reference if it is the same \
         person, otherwise put the number right",
        found.join("; ")
    )
}

/// Two lines of one record.
pub fn same_as_line(who: &str, line: u64) -> String {
    format!("this is {who}, and so is line {line}")
}

/// Two lines of somebody new.
pub fn twice_in_file(line: u64) -> String {
    format!("the same person or thing as on line {line}, as far as the file tells them apart")
}

/// A line that opens a case names none that is there.
pub const OPENS_ONLY: &str =
    "each line opens a case here; what is there is changed on screen. Leave this column out";

/// Two lines of a file that say the same.
pub fn same_line_twice(line: u64) -> String {
    format!("it says the same as line {line}, to the last cell; one of them is too many")
}

/// Two lines of one visit.
pub fn same_visit_twice(line: u64) -> String {
    format!("it has the number of the visit in line {line}; one of them is too many")
}

/// What was put right by a line that has the number of a visit on record.
pub fn put_right(number: &str, labels: &[&str]) -> String {
    format!("visit {number}: put right is {}", labels.join(", "))
}

/// Why it was.
pub fn put_right_by(file: &str) -> String {
    format!("The list was handed back again ({file})")
}

/// A line that gives nothing to match by.
pub const NOTHING_TO_MATCH_BY: &str =
    "nothing stands in the columns of --by, so it cannot be told whose line this is";
/// A file of a practice office.
pub const MADE_UP_HERE: &str =
    "these are the made-up people of a practice office; they do not belong in this one";
/// States change by steps.
pub const STANDING_ON_SCREEN: &str =
    "where a record stands is changed on screen, with its own form: leave this as it is, or empty";
/// Nothing changes a record.
pub const NOTHING_CHANGES: &str = "the definitions have no form that changes a record of this register";
/// Asked of a change only.
pub const NOT_OF_NEW: &str = "this is not asked of a new record: import it once without, then again with it";
/// The NHS number.
pub const THE_NUMBER: &str = "NHS number";
/// The date of birth.
pub const THE_BIRTH: &str = "date of birth";

/// A closed record.
pub fn put_away(who: &str) -> String {
    format!("{who} is put away: take the record up again on screen first, then import")
}

/// A change of what tells people apart.
pub fn loud_change(reference: &str, what: &str) -> String {
    format!("CHANGES THE {} of {reference}: make sure that it is the same person", what.to_uppercase())
}

/// Somebody who could be mistaken for somebody new.
pub fn mistaken_for(said: &str, why: &str) -> String {
    format!("could be mistaken for {said}: {why}")
}

/// A line of the file.
pub fn line_of(line: u64) -> String {
    format!("line {line}")
}

/// What a field was and what it becomes.
pub fn from_to_of(label: &str, before: &str, after: &str) -> String {
    match before {
        "" => format!("{label}: \"{after}\""),
        before => format!("{label}: \"{before}\" to \"{after}\""),
    }
}

/// One field that is emptied.
pub fn taken_out(label: &str, before: &str) -> String {
    format!("{label}: \"{before}\" is taken out")
}

/// How many fields are emptied, and by which word.
pub fn emptied(count: usize) -> String {
    let things = if count == 1 { "1 field is" } else { &format!("{count} fields are") };
    format!("{things} emptied: a cell that says only - takes out what is on record. An empty cell leaves it.")
}

/// A field that is emptied by one cell and said something of by another.
pub fn emptied_and_said(other: &str) -> String {
    format!("it is to be emptied, and \"{other}\" says something of it. Leave one of them blank")
}

/// One record that changes.
pub fn change(line: u64, reference: &str, name: &str, told: &[String]) -> String {
    format!("line {line}, {reference} {name}: {}", told.join("; "))
}

/// What heads the faults.
pub fn cannot_be_imported(file: &str, count: usize) -> String {
    let things = if count == 1 { "1 thing is wrong" } else { &format!("{count} things are wrong") };
    format!("Nothing of {file} was imported: {things}.")
}

/// What heads what is odd.
pub const TO_LOOK_AT: &str = "To look at:";
/// What heads the changes.
pub const CHANGED_HEAD: &str = "Changed:";

/// What was made by its name alone.
pub fn created(register: &str, name: &str) -> String {
    format!("{}: \"{name}\", by its name alone", register.to_lowercase())
}

/// What heads what was made.
pub const CREATED_HEAD: &str = "Registered besides:";

/// What an import did, or would do.
pub fn imported(new: usize, changed: usize, same: usize, dry: bool) -> String {
    let counts = format!("{same} the same, {changed} changed, {new} new");
    if dry {
        format!("This would be recorded: {counts}. Nothing was written.")
    } else {
        format!("Imported: {counts}.")
    }
}

/// Where it stands in the record.
pub fn in_the_record(first: u64, last: u64, head: &str) -> String {
    format!("In the record as entries {first} to {last}, {head}.")
}

/// Roles wait for a second person.
pub const WAITS_FOR_SECOND: &str = "What wants two people waits for the second: dutydesk list countersign shows it. It has no effect before.";
/// Nothing was to be written.
pub const NOTHING_NEW: &str = "Nothing to record.";
/// The ledger refuses what it was asked, although the file seemed fit.
pub fn refused_by_the_record(why: &str) -> String {
    format!("The record does not take it, and nothing was imported: {why}")
}

/// What came over the standard input has no name.
pub const STANDARD_INPUT: &str = "standard input";

/// A file that is there already.
pub fn file_exists(path: &Path) -> String {
    format!("{} is there already; name another file", path.display())
}

/// A file that cannot be written.
pub fn cannot_export(path: &str, why: &str) -> String {
    format!("{path} could not be written: {why}")
}

/// What was exported.
pub fn exported(count: usize, path: &Path) -> String {
    format!(
        "{count} records written to {}. Whoever holds this file holds their particulars: that you took them is on record.",
        path.display()
    )
}
