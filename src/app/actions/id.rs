//! What can be done, by name: whatever a key may be bound to.

use super::{OfHandover, OfMeasures};
use crate::domain::sheet::OverAll;
use crate::pathway::definition::Listed;

/// Something that can be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ActionId {
    /// Opens the urgent call form.
    Call,
    /// Opens a form for another person in the same call.
    Sibling,
    /// Records that 999, police or the emergency duty team was called.
    Emergency,
    /// Opens what is selected, or takes it.
    Open,
    /// Steps back one layer; what was typed stays.
    Back,
    /// Puts the form into the record.
    Save,
    /// The next line of a form.
    NextLine,
    /// The line before.
    LineBefore,
    /// Takes a row out of a form.
    RemoveRow,
    /// Opens or folds what may wait.
    Later,
    /// One row up.
    Up,
    /// One row down.
    Down,
    /// One page up.
    PageUp,
    /// One page down.
    PageDown,
    /// The first row.
    First,
    /// The last row.
    Last,
    /// The next pane or part.
    NextPane,
    /// The first pane.
    Pane1,
    /// The second pane.
    Pane2,
    /// The third pane.
    Pane3,
    /// Narrows a list by words.
    Filter,
    /// Changes the order.
    Sort,
    /// Begins a case of any pathway, from what is at hand.
    BeginAnother,
    /// Opens a case that the one on screen is linked with.
    Linked,
    /// Every step that can be recorded in the case, under its own key.
    Record,
    /// Corrects the selected entry.
    Amend,
    /// Opens a person's own record, with where they are now.
    Particulars,
    /// Moves the case to the right record.
    Reattribute,
    /// Merges the record on screen with a duplicate, or takes a merge back.
    Merge,
    /// Says that the case on screen was opened for the same matter as another, or takes that back.
    SameMatter,
    /// Passes the decision to somebody.
    HoldDecision,
    /// Opens the person of the case.
    Person,
    /// Signs in by name.
    SignIn,
    /// Locks the desk.
    Lock,
    /// Comes back to a desk that one locked.
    ComeBack,
    /// Chooses or changes one's own PIN or passphrase.
    OwnSecret,
    /// Gives somebody else one.
    GiveSecret,
    /// Lets somebody or some desk try again after too many wrong ones.
    Unlock,
    /// Says how the due time of what is selected came about.
    WhyThisTime,
    /// Says that one has seen what is owed.
    Acknowledge,
    /// Puts away what stands under the header.
    PutAway,
    /// Has the secret that was typed looked at.
    EnterSecret,
    /// Lists unfinished calls.
    Drafts,
    /// Begins a new record in the register of the list.
    Add,
    /// Takes over somebody else's unfinished form.
    TakeDraft,
    /// Throws an unfinished form away for good.
    Discard,
    /// Lists what waits for a confirmation.
    ToConfirm,
    /// Lists what is offered to whoever is signed in, and what is theirs.
    Mine,
    /// Whose what is at hand is, and what can be done about it.
    Whose,
    /// Takes what a duty or somebody else sees to.
    TakeIt,
    /// Offers it to a member of staff.
    Offer,
    /// Offers it to whoever holds a duty or role.
    OfferToDuty,
    /// Takes what is offered.
    TakeOffer,
    /// Refuses what is offered.
    RefuseOffer,
    /// Asks something before it is taken.
    QueryOffer,
    /// Takes an offer back.
    WithdrawOffer,
    /// Leaves it to a duty.
    LeaveTo,
    /// Lists what waits for a second person.
    ToCountersign,
    /// Lists what wants two people and was done by one.
    DoneAlone,
    /// Lists whom to ring before they shut.
    RingBefore,
    /// Lists open urgent calls by who has not been seen for longest.
    EyesOn,
    /// Lists warning signs that nobody has answered.
    Signs,
    /// Answers the selected one.
    AnswerSign,
    /// Lists everything that was typed for somebody who has yet to confirm it.
    Unconfirmed,
    /// Shows who is on call, now and in the days ahead.
    OnCall,
    /// Has somebody else take the selected slot of the rota.
    Swap,
    /// Plans the last week of the rota again, a week later.
    SameNextWeek,
    /// Lists SSH keys.
    Keys,
    /// Takes an SSH key back.
    RevokeKey,
    /// Confirms what was typed, or agrees as the second person.
    Agree,
    /// Says that it is not as it was said, or refuses as the second person.
    Disagree,
    /// Lists people.
    People,
    /// Lists organisations.
    Organisations,
    /// Looks up who rings, and what they owe.
    WhoRings,
    /// Shows how to get in to a person's home.
    GetIn,
    /// Shows what is planned for when an organisation does not come on whom the person relies.
    Plans,
    /// Shows the card for the emergency call handler.
    Card,
    /// Shows the SBARD of a case.
    Sbard,
    /// Opens the one page of the case on screen.
    Page,
    /// Opens what was counted over time of whoever or wherever is on screen.
    Trends,
    /// Opens decisions over all cases.
    Decisions,
    /// Writes an evidence pack of what is at hand.
    Pack,
    /// Shows the guide.
    Guide,
    /// Prints the sheet on screen.
    PrintThis,
    /// Opens the handover.
    Handover,
    /// Something of a handover.
    OfHandover(OfHandover),
    /// Lists locations.
    Locations,
    /// Lists staff.
    Staff,
    /// Lists cases.
    Cases,
    /// Shows a list of the office: uncovered visits, tasks, slips.
    Office(Listed),
    /// Prints a pad of slips.
    PrintSlips,
    /// Lists who looked at whose record.
    Looks,
    /// Lists what was shared with whom.
    Shares,
    /// Opens the measures.
    Measures,
    /// Something of the measures.
    OfMeasures(OfMeasures),
    /// Says that it was seen that a record was opened beyond.
    Seen,
    /// Opens a record that one may not normally see, with a reason.
    LookBeyond,
    /// Copies the selected text.
    Copy,
    /// Searches everything.
    Search,
    /// All actions, by words.
    Palette,
    /// The keys of this screen.
    Help,
    /// Sets up the office.
    SetUp,
    /// Opens the practice office.
    Practise,
    /// Says yes to a question.
    Yes,
    /// Leaves the program.
    Quit,
    /// What Ctrl-C says instead of closing.
    HowToQuit,
    /// Lists reviews that come round.
    Reviews,
    /// Lists audits of records.
    Audits,
    /// Lists what is due for disposal.
    Disposal,
    /// Places a legal hold.
    LegalHold,
    /// Lifts one.
    LiftHold,
    /// Shows what the selected audit comes to.
    AuditPage,
    /// Shows a page over all cases.
    OverAll(OverAll),
}
