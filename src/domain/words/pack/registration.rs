//! Words of the pack for registration.

/// The word it is asked for by.
pub const WORD: &str = "registration";

/// Where it lies.
pub fn written_to(path: &str) -> String {
    format!("{REGISTRATION} written to {path}")
}

/// Heads it.
pub const REGISTRATION: &str = "Pack for registration";
/// Its head: whose it is, and of one pathway which.
pub fn headed(office: &str, pathway: Option<&str>) -> String {
    match pathway {
        Some(pathway) => format!("{REGISTRATION}: {office}, {pathway}"),
        None => format!("{REGISTRATION}: {office}"),
    }
}

/// It is a part.
pub fn of_one(pathway: &str) -> String {
    format!(
        "This is the part for \"{pathway}\": its routes, the roles that record in it and its forms. Duties and clocks are those of the whole service; the other pathways stand in the whole pack, under the same numbers."
    )
}

/// What it is.
pub const REGISTRATION_FIRST: &str = "How this service takes, decides, passes on, chases and reviews from its first day: made from the definitions in force, so that it cannot say anything else than what the forms do. No record of anybody is in it.";
/// Headings.
pub const ROLES: &str = "Roles";
/// See [`ROLES`].
pub const DUTIES: &str = "Duties of the rota";
/// See [`ROLES`].
pub const CLOCKS: &str = "Clocks: the provider's own targets";
/// See [`ROLES`].
pub const MATRIX: &str = "Routes and escalation: who does what by when, what is recorded, what follows";
/// See [`ROLES`].
pub const FORMS: &str = "Blank forms";
/// See [`ROLES`].
pub const DRILL: &str = "Drill in a training office";
/// Columns.
pub const ROLE_HEADS: [&str; 3] = ["Role", "Records in", "Steps"];
/// See [`ROLE_HEADS`].
pub const DUTY_HEADS: [&str; 2] = ["Duty", "May be held by"];
/// See [`ROLE_HEADS`].
pub const CLOCK_HEADS: [&str; 4] = ["For what", "Within", "Where it comes from", "Looked at again"];
/// Heads of a table with room for several.
pub const SEVERAL_HEADS: [&str; 4] = ["Asked of each", "First", "Second", "Third"];
/// See [`ROLE_HEADS`].
pub const FORM_HEADS: [&str; 2] = ["Asked", "Answer"];
/// See [`ROLE_HEADS`].
pub const DRILL_HEADS: [&str; 4] = ["Who", "Did what", "In which case", "When"];
/// Where no drill is shown.
pub const NO_DRILL: &str = "No drill is shown: let staff work through calls in a practice office, and say with --drill where it lies.";
/// A drill is shown from a practice office alone.
pub const NOT_TRAINING: &str = "--drill wants a practice office: this one holds real records";
/// Whoever a step is for may be anybody.
pub const ANYBODY: &str = "Anybody";
/// Must be answered.
pub const ALWAYS: &str = "always asked";
/// What stands before the forms.
pub const FORMS_ABOUT: &str = "Every form of every pathway, as it is asked on screen. What is written on one is recorded on screen as soon as there is one, with the time at which it happened.";
/// What is written at the head of each form.
pub const FORM_HEAD: [&str; 3] = ["About whom or what", "When it happened", "Filled in by"];
/// What helps to answer a question.
pub const SEVERAL: &str = "Several can be ticked.";
/// See [`SEVERAL`].
pub const A_DAY: &str = "A day.";
/// See [`SEVERAL`].
pub const A_TIME: &str = "A time with its day.";
/// What can be ticked.
pub const DOES_NOT_APPLY: &str = "Does not apply";
/// See [`DOES_NOT_APPLY`].
pub const NONE_GIVEN: &str = "No time given";
/// What is written beside an answer.
pub const WHY: &str = "Why";
/// See [`WHY`].
pub const SHOWN_BY: &str = "Shown by, or why not";
/// See [`WHY`].
pub const RUNS_OUT: &str = "Runs out on";
/// Parts of what shows something.
pub const EVIDENCE: [&str; 3] = ["Where it lies", "Seen by", "On"];
/// A condition that only the record knows.
pub const IT_APPLIES: &str = "it applies";

/// Who may record a form.
pub fn recorded_by(who: &[String]) -> String {
    if who.is_empty() { String::new() } else { format!("Recorded by: {}", who.join(", ")) }
}

/// What a number counts.
pub fn counted_in(unit: &str) -> String {
    format!("A number ({unit}).")
}

/// Where a branch of a decision tree leads.
pub fn leads_to(branch: &str, to: &str) -> String {
    format!("{branch} → {to}")
}

/// What is seen, with its points.
pub fn points(seen: &str, points: i64) -> String {
    format!("{seen} ({points})")
}

/// When a question is asked at all.
pub fn only_if(holds: &str) -> String {
    format!("Only if {holds}.")
}

/// When a question must be answered.
pub fn always_if(holds: &str) -> String {
    format!("Always asked if {holds}.")
}

/// How many forms a pathway has.
pub fn forms_of(forms: usize) -> String {
    if forms == 1 { "1 form".to_owned() } else { format!("{forms} forms") }
}

/// Beside the head of the definitions.
pub const DEFINITIONS: &str = "Definitions in force";

/// A drill: how much was done, of one pathway in that alone, and that its record is whole.
pub fn drill(office: &str, acts: usize, head: &str, only: Option<&str>) -> String {
    let of = only.map(|only| format!(" of \"{only}\"")).unwrap_or_default();
    let practised = match acts {
        0 => format!("nobody has practised{of} here; what an example office comes with does not count"),
        1 => format!("1 act of practice{of}, made-up people alone"),
        acts => format!("{acts} acts of practice{of}, made-up people alone"),
    };
    format!("{office}: {practised}. Its record was checked and is whole; head {head}.")
}
