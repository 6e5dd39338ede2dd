//! Words of the line that says where a case stands.

use crate::domain::case::Milestone;

/// Whoever was called out, as rows and heads call them; nothing for any other moment of a case.
pub fn called_out(milestone: Milestone) -> &'static str {
    match milestone {
        Milestone::Emergency => super::EMERGENCY,
        Milestone::Police => "police",
        Milestone::Fire => "fire",
        Milestone::DutyTeam => "duty team",
        _ => "",
    }
}

/// The same where nobody has said when: `999 called`.
pub fn called_out_some_time(milestone: Milestone) -> String {
    format!("{} called", called_out(milestone))
}

/// The same in full: `999 called, time not known`.
pub fn called_out_time_unknown(milestone: Milestone) -> String {
    format!("{}, {}", called_out_some_time(milestone), crate::domain::words::time::NOT_KNOWN)
}

/// Before who rang.
pub const RANG: &str = "rang:";
/// A decision that was typed for somebody who has not confirmed it.
pub const NOT_CONFIRMED: &str = "not confirmed by them yet";

/// "Ann Carer, 01632 960 201"; what is not known is left out.
pub fn who_rang(caller: &str, call_back: &str) -> String {
    let parts = [caller, call_back].into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(", ")
}

/// "16:47 by OKAFOR, Adaeze: GP, 111"; what is not known is left out.
pub fn decided_by(time: &str, by: &str, routes: &str) -> String {
    let by = if by.is_empty() { String::new() } else { format!(" by {by}") };
    let routes = if routes.is_empty() { String::new() } else { format!(": {routes}") };
    format!("{time}{by}{routes}")
}

/// Another way was decided on than the one to which the questions lead.
pub fn questions_lead_to(led: &str) -> String {
    format!("the questions lead to: {led}")
}

/// Through whose hands an unfinished form went before it was saved.
pub fn taken_over(from: &str, by: &str, when: &str, reason: &str) -> String {
    let from = if from.is_empty() { "somebody who was not signed in" } else { from };
    format!("begun by {from}, taken over {when} by {by}: {reason}")
}
