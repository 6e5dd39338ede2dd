//! What the chronology calls an act.

/// What was owed is not owed here any more, but is wanted all the same.
pub const GOES_ON: &str = "Goes on in another case";

/// An act by its kind, as the chronology names it.
pub fn act(kind: &str) -> &str {
    match kind {
        "act.amend" => "Corrected or completed",
        "act.reattribute" => "Moved to the right record",
        "act.merge" => "Merged: one and the same",
        "act.unmerge" => "Merge taken back",
        "act.link" => "Linked",
        "act.unlink" => "Link taken back",
        "act.confirm_typed" => "Confirmation",
        "act.cancel" => "No longer wanted",
        "act.pass_on" => "Passed on",
        "act.take" => "Taken",
        "act.offer" => "Offered",
        "act.withdraw_offer" => "Offer taken back",
        "act.leave_to" => "Left to a duty",
        "act.enrol_key" => "SSH key enrolled",
        "act.revoke_key" => "SSH key taken back",
        "act.acknowledge" => "Seen that it is owed",
        "act.sign" => "Signed",
        "act.set_secret" => "PIN or passphrase set",
        "act.unlock" => "Unlocked after wrong PINs",
        "act.countersign" => "Second person",
        "act.hold" => "Legal hold placed",
        "act.lift_hold" => "Legal hold lifted",
        "act.dispose" => "Disposal proposed",
        "act.withhold" => "What a copy for the person holds",
        "act.give_copy" => "Copy given to the person",
        "act.disclose" => "Evidence pack made for somebody outside",
        "act.hold_duty" => "Duty passed on",
        "act.answer_offer" => "Offer answered",
        "act.take_draft" => "Unfinished form taken over",
        "act.look_beyond" => "Opened beyond what they may normally see",
        "act.beyond_seen" => "Seen by whoever watches over it",
        "act.raise_sign" => "Warning sign",
        "act.answer_sign" => "Warning sign answered",
        other => other.trim_start_matches("act."),
    }
}
