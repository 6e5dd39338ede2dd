//! Words of the pack for registration.

/// Heads it.
pub const REGISTRATION: &str = "Pack for registration";
/// What it is.
pub const REGISTRATION_FIRST: &str = "How this service takes, decides, passes on, chases and reviews from its first day: made from the definitions in force, so that it cannot say anything else than what the forms do. No record of anybody is in it.";
/// Headings.
pub const ROLES: &str = "Roles";
/// See [`ROLES`].
pub const DUTIES: &str = "Duties of the rota";
/// See [`ROLES`].
pub const CLOCKS: &str = "Clocks: the provider's own targets";
/// See [`ROLES`].
pub const MATRIX: &str = "Routes and escalation: whom to ring, what is recorded, what follows";
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
/// See [`ROLE_HEADS`].
pub const FORM_HEADS: [&str; 2] = ["Asked", "Answer"];
/// See [`ROLE_HEADS`].
pub const DRILL_HEADS: [&str; 4] = ["Who", "Did what", "From", "Until"];
/// Where no drill is shown.
pub const NO_DRILL: &str = "No drill is shown: let staff work through calls in a practice office, and say with --drill where it lies.";
/// A drill is shown from a practice office alone.
pub const NOT_TRAINING: &str = "--drill wants a practice office: this one holds real records";
/// Whoever a step is for may be anybody.
pub const ANYBODY: &str = "Anybody";
/// Must be answered.
pub const ALWAYS: &str = "always asked";
/// Beside the head of the definitions.
pub const DEFINITIONS: &str = "Definitions in force";

/// A drill: how many cases and entries, and whether its record is whole.
pub fn drill(office: &str, cases: usize, entries: usize, head: &str) -> String {
    format!(
        "{office}: {cases} cases, {entries} entries, made-up people alone. Its record was checked and is whole; head {head}."
    )
}
