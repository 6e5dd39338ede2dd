//! Words about arrangements with organisations, and about what is planned for when one does not come.

use super::app::Titled;
use crate::domain::views::Plan;

/// Lists arrangements.
pub const PROVIDERS: Titled = [
    "Providers",
    "",
    "Arrangements with organisations: how each stands and how many people rely on it; restricted ones first.",
];
/// Shows the plans of those on whom somebody relies.
pub const PLANS: Titled = [
    "If they do not come",
    "",
    "What is planned for when an organisation does not come on whom this person relies.",
];
/// No arrangement was proposed yet.
pub const NO_PROVIDERS: &str = "No arrangement with an organisation is on record";
/// Nothing says on whom they rely.
pub const RELIES_ON_NOBODY: &str = "The record names nobody on whom they rely: n, then particulars";

/// Head of the column of organisations.
pub const HEAD_PROVIDER: &str = "provider";
/// Head of the column of services.
pub const HEAD_SERVICE: &str = "service";
/// Head of the column of kinds of service.
pub const HEAD_KIND: &str = "kind";
/// Head of the column that says how much hangs on it.
pub const HEAD_TIER: &str = "risk";
/// Head of the column that says how it stands.
pub const HEAD_STATE: &str = "stands";
/// Head of the column of how many people rely on it.
pub const HEAD_RELYING: &str = "people";
/// Heads of the same list as a table.
pub const HEADS: [&str; 7] = ["Case", "Provider", "Service", "Kind", "Risk", "Stands", "People"];

/// One plan, a line each; an empty line at its end.
pub fn plan(plan: &Plan) -> Vec<String> {
    let mut head = plan.organisation.to_uppercase();
    if !plan.why.is_empty() {
        head.push_str(&format!(" ({})", plan.why));
    }
    let mut lines = vec![head];
    let numbers =
        [plan.phone.clone(), plan.out_of_hours.as_ref().map(|number| format!("out of hours {number}"))];
    let numbers: Vec<String> = numbers.into_iter().flatten().collect();
    lines.push(if numbers.is_empty() { "No number on record".to_owned() } else { numbers.join("; ") });
    match &plan.arrangement {
        Some((reference, stands)) => lines.push(format!("{reference}: {}", stands.to_lowercase())),
        None => lines.push("No arrangement on record: look for cover as for anybody".to_owned()),
    }
    if plan.arrangement.is_some() && plan.parts.is_empty() {
        lines.push("No plan was written for when they do not come".to_owned());
    }
    lines.extend(plan.parts.iter().map(|(label, words)| format!("{label}: {words}")));
    lines.push(String::new());
    lines
}
