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

/// How a question and a person were drawn, and what came out.
pub fn method(question: &str, person: &str, population: &str) -> String {
    format!(
        "Drawn: question \"{question}\" and {person}. For each question by its id, and for each person by the id of their record, \
         the SHA-256 of SEED:ID is written as a hexadecimal number; the lowest is drawn. The list of those people, an id a line in \
         ascending order, has the SHA-256 {population}."
    )
}
