//! Why somebody may not do something.

use crate::domain::permission::{Grant, Reason};

/// A step that is somebody else's act.
pub fn step_is_for(step: &str, who: &[String]) -> Reason {
    if who.is_empty() {
        return Reason(format!("\"{step}\" is not open to anyone in this office's definitions"));
    }
    Reason(format!("\"{step}\" is for: {}", who.join(", ")))
}

/// A step that is everybody's own act.
pub fn never_typed_for(step: &str) -> Reason {
    Reason(format!("\"{step}\" is not typed for somebody else: whoever it is by records it themselves"))
}

/// A duty that somebody holds at the moment, by its title.
pub fn holder_of(duty: &str) -> String {
    format!("the {} of the moment", duty.to_lowercase())
}

fn what(grant: Grant) -> &'static str {
    match grant {
        Grant::Read => "Reading records",
        Grant::ReadOffice => "Reading the lists of staff and places",
        Grant::Amend => "Correcting an entry",
        Grant::Reattribute => "Moving or linking cases, and merging records,",
        Grant::HoldDuty => "Passing on a duty",
        Grant::TakeDraft => "Taking over an unfinished form, a shift, or what somebody else sees to,",
        Grant::AnswerSigns => "Answering a warning sign",
        Grant::Configure => "Changing how the office works",
        Grant::Verify => "Verifying the ledger",
        Grant::Export => "Exporting records",
        Grant::EnrolKey => "Enrolling and taking back SSH keys",
        Grant::Vouch => "Giving a PIN or unlocking",
        Grant::Restricted => "Seeing restricted records",
        Grant::LookBeyond => "Opening a record beyond your own",
        Grant::Audit => "The list of who looked at what",
        Grant::Dispose => "Placing a legal hold, and disposing of records,",
        Grant::Measures => "Seeing measures",
    }
}

/// The same where nobody has said who they are: which roles have it is no help to them.
pub fn say_who(grant: Grant) -> Reason {
    Reason(format!("{} is for staff: say who you are first", what(grant)))
}

/// Something that a role is granted by name.
pub fn granted_to(grant: Grant, who: &[String]) -> Reason {
    let what = what(grant);
    if who.is_empty() {
        return Reason(format!("{what} is not open to anyone in this office's definitions"));
    }
    Reason(format!("{what} is for: {}", who.join(", ")))
}
