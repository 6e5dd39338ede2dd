//! Words of the inspector's rehearsal.

/// A regulation or statement with the framework it is of and its edition.
pub fn framework(tag: &str, framework: &str, edition: &str) -> String {
    format!("{tag} ({framework}, {edition})")
}

/// A case that serves the question, with its entries.
pub fn serves(reference: &str, title: &str, opened: &str, entries: &[u64]) -> String {
    let entries: Vec<String> = entries.iter().map(u64::to_string).collect();
    format!("{reference} {title}, {opened} (entries {})", entries.join(", "))
}

/// Something that is owed and late.
pub fn late(reference: &str, what: &str, due: &str) -> String {
    format!("{reference}: {what}, due {due}, not done")
}

/// Questions that were left blank.
pub fn blank(reference: &str, blanks: usize) -> String {
    let blanks = if blanks == 1 { "1 question".to_owned() } else { format!("{blanks} questions") };
    format!("{reference}: {blanks} left blank")
}

/// More than are named.
pub fn more(more: usize) -> String {
    format!("and {more} more")
}

/// What serves the question, and what is late or blank.
pub fn records(serves: &[String], gaps: &[String]) -> String {
    let listed = |head: &str, none: &str, all: &[String]| match all {
        [] => none.to_owned(),
        all => format!("{head}\n{}", all.join("\n")),
    };
    let serves = listed("Serves the question:", "NOTHING of the last year serves the question.", serves);
    let gaps = listed("LATE OR BLANK:", "Nothing about them is late or blank.", gaps);
    format!("{serves}\n{gaps}")
}

/// How a question and a person were drawn, and what came out; the entry that drew is given by its number, with the time from
/// which on it was the first.
pub fn method((question, person): (&str, &str), (entry, from): (u64, &str), population: &str) -> String {
    format!(
        "Drawn: question \"{question}\" and {person}, by entry {entry}, the first that was recorded from {from} on: nobody knew \
         its hash before, and nobody chose it. The seed is this case, when the rehearsal is due, and that hash. For each question \
         by its id, and for each person by the id of their record, the SHA-256 of SEED:ID is written as a hexadecimal number; the \
         lowest is drawn. The list of those people, an id a line in ascending order, has the SHA-256 {population}."
    )
}

/// Nothing is drawn yet.
pub fn not_yet(from: &str) -> String {
    format!(
        "NOTHING IS DRAWN YET. The first thing that anybody records from {from} on draws the question and the person, so that \
         nobody knows them before. Open this form again then."
    )
}

/// Nobody can be drawn.
pub const NOBODY_TO_DRAW: &str = "NOBODY CAN BE DRAWN: nobody is on record there, or no question is in tags.toml. Say so with \"not this time\".";
/// The person who was drawn may not be read by whoever opened the form.
pub const NOT_READ: &str = "SOMEBODY WAS DRAWN WHOSE RECORD YOU MAY NOT READ. Whoever may read it holds this rehearsal, or says why it is left out.";

/// An answer that is not what was drawn.
pub fn not_as_drawn(label: &str) -> String {
    format!(
        "\"{label}\" is not as it was drawn. Nobody chooses it: open the form again and leave it as it stands there. If it cannot \
         be held like this, say why with \"not this time\"."
    )
}

/// A rehearsal before anything was drawn for it.
pub fn too_early(from: &str) -> String {
    format!(
        "Nothing is drawn yet: the first thing that anybody records from {from} on draws the question and the person. Open the \
         form again then."
    )
}
