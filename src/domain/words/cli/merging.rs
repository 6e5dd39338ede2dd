//! `merge` and `unmerge`: two records of one and the same.

/// At the foot of `merge --help`.
pub const MERGE_HELP: &str = "\
KEPT and GONE are references (P-12, O-3), names or ids. From then on GONE is read as KEPT: its cases and what is owed
about it stand with KEPT, and its own record says so. Two cases (U-1184 and U-1187) of the same matter are read in one
row and both stay open. Nothing is lost; dutydesk unmerge takes it back.";

/// Not something that is merged.
pub fn no_such_record(said: &str) -> String {
    format!("there is no person and no organisation \"{said}\". Name it by its reference, as in P-12 or O-3")
}

/// Two that differ in what nobody has two of.
pub fn differ_loudly(differences: &[String]) -> String {
    format!(
        "THESE MAY BE TWO DIFFERENT PEOPLE:\n  {}\nNothing was merged. If they are one and the same all the same, say so with --sure",
        differences.join("\n  ")
    )
}

/// Two numbers.
pub fn two_numbers(kept: &str, gone: &str) -> String {
    format!("different NHS numbers: {kept} and {gone}")
}

/// Two days of birth.
pub fn two_births(kept: &str, gone: &str) -> String {
    format!("different dates of birth: {kept} and {gone}")
}

/// It is merged.
pub fn merged(gone: &str, kept: &str) -> String {
    format!("{gone} is read as {kept} from now on.")
}

/// Two cases are of one matter.
pub fn same_matter(other: &str, case: &str) -> String {
    format!(
        "{other} and {case} are of the same matter: what happened is read in one row, and both stay open."
    )
}

/// It is taken back.
pub fn unmerged(gone: &str, kept: &str) -> String {
    format!("{gone} and {kept} stand each by itself again.")
}

/// Records whose names are easily mistaken for the one that goes.
pub fn others_like_it(others: &[String]) -> String {
    format!("Easily mistaken for it, and left alone:\n  {}", others.join("\n  "))
}
