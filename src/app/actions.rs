//! The one table of actions: what can be done, where, with which keys, and in which words.
//!
//! Footer, help and command palette are made from it; steps of a pathway come beside it from the definitions
//! ([`super::offer`]). Whether an action can be done now, and why not, is [`available()`]; doing it is left to
//! [`super::update`].

mod available;
mod id;
mod inside;
mod places;

pub use self::available::available;
pub(super) use self::available::concerns;
pub use self::id::ActionId;
pub use self::inside::{OfHandover, OfMeasures};
pub(super) use self::places::SCREENS;
use self::places::{CARD_FROM, EVERYWHERE, GUIDE_FROM, LONG, ON_CALL_FROM, OPEN, OWED, ROWS, WITHIN};
use super::layer::Place;
use crate::domain::sheet::OverAll;
use crate::domain::words::app as words;
use crate::domain::words::app::listed;
use crate::domain::words::app::saving;
use crate::domain::words::audit;
use crate::domain::words::clocks;
use crate::domain::words::disposal;
use crate::domain::words::handover;
use crate::domain::words::judged;
use crate::domain::words::keys;
use crate::domain::words::locations;
use crate::domain::words::measures;
use crate::domain::words::owning;
use crate::domain::words::pack;
use crate::domain::words::pages;
use crate::domain::words::patterns;
use crate::domain::words::providers;
use crate::domain::words::queues;
use crate::domain::words::reviews;
use crate::domain::words::sheets;
use crate::domain::words::signs;
use crate::domain::words::tags;
use crate::pathway::definition::Listed;

/// A row of the table.
#[derive(Debug, Clone, Copy)]
pub struct ActionRow {
    /// Which action.
    pub id: ActionId,
    /// Its name in `config/keymap.toml`.
    pub name: &'static str,
    /// Its title, in help and palette.
    pub title: &'static str,
    /// Its short title, in the footer; empty where it is not shown there.
    pub short: &'static str,
    /// A line that says what it does.
    pub help: &'static str,
    /// Where it can be done; the order of the table is the order of the footer.
    pub places: &'static [Place],
    /// Its keys unless the office says otherwise.
    pub keys: &'static [&'static str],
}

/// What the dashboard offers before anybody has said who they are.
pub(super) const WITHOUT_A_NAME: [ActionId; 5] =
    [ActionId::Call, ActionId::SignIn, ActionId::Drafts, ActionId::Help, ActionId::Quit];

/// What leads the foot of a screen, before the steps of the case at hand.
pub(super) const LEADING: [ActionId; 10] = [
    ActionId::Call,
    ActionId::Open,
    ActionId::Back,
    ActionId::Agree,
    ActionId::Disagree,
    ActionId::Swap,
    ActionId::Add,
    ActionId::SameNextWeek,
    ActionId::HoldDecision,
    ActionId::Particulars,
];
/// What is always wanted at the foot after the first of those steps.
pub(super) const FINDING: [ActionId; 4] =
    [ActionId::Filter, ActionId::Search, ActionId::Palette, ActionId::Help];

const fn row(
    id: ActionId,
    name: &'static str,
    [title, short, help]: [&'static str; 3],
    places: &'static [Place],
    keys: &'static [&'static str],
) -> ActionRow {
    ActionRow { id, name, title, short, help, places, keys }
}

/// All actions. Their order is the order in which footer, help and palette name them.
pub const ACTIONS: &[ActionRow] = &[
    row(
        ActionId::Call,
        "call",
        words::CALL,
        &[
            Place::Welcome,
            Place::Locked,
            Place::Board,
            Place::Case,
            Place::Person,
            Place::List,
            Place::Handover,
            Place::Sheet,
            Place::Measures,
        ],
        &["c", "f2"],
    ),
    row(ActionId::Save, "save", words::SAVE, &[Place::Form], &["ctrl-s", "f10"]),
    row(ActionId::Save, "save_while_choosing", words::SAVE_CHOOSING, &[Place::Picker], &["ctrl-s", "f10"]),
    row(ActionId::Back, "back_from_typing", words::BACK_KEEPING, &[Place::Form], &["esc"]),
    row(ActionId::Open, "look_at_what_moved", saving::LOOK, &[Place::Message], &["enter"]),
    row(ActionId::Save, "save_knowing", saving::SAVE_KNOWING, &[Place::Message], &["ctrl-s", "f10"]),
    row(
        ActionId::Call,
        "call_while_typing",
        words::CALL_TYPING,
        &[
            Place::Form,
            Place::Picker,
            Place::Search,
            Place::Palette,
            Place::Choice,
            Place::Confirm,
            Place::Help,
            Place::Message,
            Place::Secret,
        ],
        &["f2"],
    ),
    row(
        ActionId::OfHandover(OfHandover::Take),
        "take_line",
        handover::TAKE_LINE,
        &[Place::Handover],
        &["enter"],
    ),
    row(ActionId::OfHandover(OfHandover::HandOver), "hand_over", handover::GIVE, &[Place::Handover], &["g"]),
    row(
        ActionId::OfHandover(OfHandover::Refuse),
        "refuse_line",
        handover::REFUSE_LINE,
        &[Place::Handover],
        &["x"],
    ),
    row(
        ActionId::OfHandover(OfHandover::Query),
        "query_line",
        handover::QUERY_LINE,
        &[Place::Handover],
        &["v"],
    ),
    row(
        ActionId::OfHandover(OfHandover::TakeRead),
        "take_all_read",
        handover::TAKE_READ,
        &[Place::Handover],
        &["a"],
    ),
    row(
        ActionId::OfHandover(OfHandover::ReadBack),
        "read_back",
        handover::READ_BACK,
        &[Place::Handover],
        &["b"],
    ),
    row(ActionId::OfHandover(OfHandover::Print), "print_sheet", handover::PRINT, &[Place::Handover], &["p"]),
    row(ActionId::OfHandover(OfHandover::Open), "open_line", handover::OPEN_LINE, &[Place::Handover], &["o"]),
    row(
        ActionId::OfHandover(OfHandover::LeaveRest),
        "leave_the_rest",
        handover::LEAVE_REST,
        &[Place::Handover],
        &["l"],
    ),
    row(
        ActionId::OfHandover(OfHandover::HowItWas),
        "how_it_was",
        handover::HOW_IT_WAS,
        &[Place::Handover],
        &["f"],
    ),
    row(
        ActionId::OfHandover(OfHandover::Next),
        "next_handover",
        handover::NEXT_HANDOVER,
        &[Place::Handover],
        &["tab"],
    ),
    row(ActionId::Practise, "practise", words::PRACTISE, &[Place::Welcome], &["p"]),
    row(ActionId::SetUp, "set_up", words::SET_UP, &[Place::Welcome], &["s"]),
    row(ActionId::NextLine, "next_line", words::NEXT_LINE, &[Place::Form], &["tab", "down"]),
    row(ActionId::LineBefore, "line_before", words::LINE_BEFORE, &[Place::Form], &["shift-tab", "up"]),
    row(
        ActionId::Open,
        "open",
        words::OPEN,
        &[
            Place::Board,
            Place::Case,
            Place::Person,
            Place::List,
            Place::Measures,
            Place::Sheet,
            Place::Search,
            Place::Palette,
            Place::Choice,
        ],
        &["enter"],
    ),
    row(ActionId::Open, "take", words::TAKE, &[Place::Picker], &["enter"]),
    row(ActionId::ComeBack, "go_on", words::COME_BACK, &[Place::Locked], &["enter"]),
    row(ActionId::EnterSecret, "enter_secret", words::ENTER_SECRET, &[Place::Secret], &["enter"]),
    row(ActionId::Yes, "yes", words::YES_ACTION, &[Place::Confirm], &["y", "enter"]),
    row(ActionId::Back, "back", words::BACK, WITHIN, &["esc"]),
    row(ActionId::Back, "back_from_choosing", words::BACK_KEEPING, &[Place::Picker], &["esc"]),
    row(ActionId::Back, "show_all", words::SHOW_ALL, &[Place::Board, Place::Welcome], &["esc"]),
    row(ActionId::OfMeasures(OfMeasures::Span), "period", measures::SPAN, &[Place::Measures], &["p"]),
    row(ActionId::OfMeasures(OfMeasures::Split), "split_by", measures::SPLIT, &[Place::Measures], &["b"]),
    row(
        ActionId::OfMeasures(OfMeasures::Definition),
        "what_is_counted",
        measures::DEFINITION,
        &[Place::Measures],
        &["d"],
    ),
    row(
        ActionId::OfMeasures(OfMeasures::Earlier),
        "earlier",
        measures::EARLIER,
        &[Place::Measures],
        &["left"],
    ),
    row(
        ActionId::OfMeasures(OfMeasures::Later),
        "later_period",
        measures::LATER,
        &[Place::Measures],
        &["right"],
    ),
    row(ActionId::OfMeasures(OfMeasures::Place), "at_a_place", measures::PLACE, &[Place::Measures], &["l"]),
    row(ActionId::OfMeasures(OfMeasures::Theme), "of_a_theme", measures::THEME, &[Place::Measures], &["t"]),
    row(
        ActionId::OfMeasures(OfMeasures::Service),
        "of_a_service",
        measures::SERVICE,
        &[Place::Measures],
        &["s"],
    ),
    row(ActionId::Sibling, "another_person", words::SIBLING, &[Place::Form], &["f3"]),
    row(ActionId::Filter, "find", words::FIND, &[Place::Board, Place::List], &["/"]),
    row(ActionId::Search, "search", words::SEARCH, &[Place::Board, Place::List], &["ctrl-f"]),
    row(ActionId::Search, "search_here", words::SEARCH, &[Place::Case, Place::Person], &["ctrl-f", "/"]),
    row(
        ActionId::Search,
        "search_while_typing",
        words::SEARCH_TYPING,
        &[Place::Form, Place::Picker],
        &["ctrl-f"],
    ),
    row(ActionId::Palette, "command", words::COMMAND, SCREENS, &[":"]),
    row(ActionId::Later, "later", words::LATER_ACTION, &[Place::Form], &["f4"]),
    row(ActionId::Card, "emergency_card", sheets::CARD_ACTION, CARD_FROM, &["!"]),
    row(
        ActionId::Card,
        "emergency_card_while_typing",
        sheets::CARD_TYPING,
        &[Place::Form, Place::Picker],
        &["f9"],
    ),
    row(ActionId::PrintThis, "print_this", sheets::PRINT, &[Place::Sheet], &["p"]),
    row(
        ActionId::Pack,
        "evidence_pack",
        pack::PACK_ACTION,
        &[Place::Board, Place::Case, Place::Person, Place::Measures],
        &["\""],
    ),
    row(ActionId::Sbard, "sbard", sheets::SBARD_ACTION, &[Place::Case, Place::Form], &["ctrl-d"]),
    row(ActionId::Page, "one_page", pages::PAGE_ACTION, &[Place::Case], &["["]),
    row(ActionId::Trends, "trends", pages::TRENDS_ACTION, &[Place::Case, Place::Person], &["}"]),
    row(ActionId::RemoveRow, "remove_row", words::REMOVE_ROW, &[Place::Form], &["f8"]),
    row(ActionId::Emergency, "emergency", words::EMERGENCY, &[Place::Board, Place::Case], &["e"]),
    row(ActionId::Agree, "agree", words::AGREE, &[Place::List], &["y"]),
    row(ActionId::Disagree, "disagree", words::DISAGREE, &[Place::List], &["n"]),
    row(ActionId::AnswerSign, "answer_sign", signs::ANSWER, &[Place::Sheet], &["y"]),
    row(ActionId::Swap, "swap", words::SWAP, &[Place::List], &["e"]),
    row(ActionId::Add, "add", words::ADD, &[Place::List], &["a"]),
    row(ActionId::SameNextWeek, "same_next_week", words::SAME_NEXT_WEEK, &[Place::List], &["g"]),
    row(ActionId::TakeDraft, "take_over", words::TAKE_DRAFT, &[Place::List], &["t"]),
    row(ActionId::Discard, "discard", words::DISCARD, &[Place::List], &["delete"]),
    row(ActionId::Record, "record", words::RECORD, &[Place::Case], &["n"]),
    row(ActionId::Particulars, "particulars", words::PARTICULARS, &[Place::Person], &["n"]),
    row(ActionId::Plans, "plans", providers::PLANS, &[Place::Person, Place::Case], &["%"]),
    row(
        ActionId::BeginAnother,
        "begin_another",
        words::BEGIN_ANOTHER,
        &[Place::Board, Place::Case, Place::Person, Place::List],
        &["+"],
    ),
    row(ActionId::Linked, "linked_case", words::LINKED, &[Place::Case], &["&"]),
    row(ActionId::GetIn, "get_in", words::GET_IN, &[Place::Person], &["s"]),
    row(ActionId::Amend, "amend", words::AMEND, &[Place::Case], &["m"]),
    row(ActionId::Reattribute, "move_to_the_right_record", words::REATTRIBUTE, &[Place::Case], &["v"]),
    row(ActionId::Merge, "merge", words::MERGE, &[Place::Person, Place::Case], &["="]),
    row(ActionId::SameMatter, "same_matter", words::SAME_MATTER, &[Place::Case], &["#"]),
    row(ActionId::Person, "person", words::PERSON, &[Place::Board, Place::Case], &["p"]),
    row(ActionId::WhyThisTime, "why_this_time", clocks::WHY_THIS_TIME, OWED, &["ctrl-w"]),
    row(ActionId::Acknowledge, "acknowledge", clocks::ACKNOWLEDGE, OWED, &["ctrl-k"]),
    row(ActionId::PutAway, "put_away", clocks::PUT_AWAY, SCREENS, &["ctrl-x"]),
    row(ActionId::Sort, "sort", words::SORT, &[Place::Board], &["s"]),
    row(
        ActionId::Drafts,
        "unfinished",
        words::UNFINISHED,
        &[Place::Board, Place::Welcome, Place::Case, Place::Person, Place::List],
        &["u"],
    ),
    row(ActionId::ToConfirm, "to_confirm", words::TO_CONFIRM, SCREENS, &["k"]),
    row(ActionId::ToCountersign, "second_person", words::TO_COUNTERSIGN, SCREENS, &["f8"]),
    row(ActionId::Mine, "mine", owning::MINE, SCREENS, &["@"]),
    row(ActionId::Whose, "whose", owning::PASS_ON, SCREENS, &[";"]),
    row(ActionId::TakeOffer, "take_offer", owning::TAKE_OFFER, SCREENS, &[]),
    row(ActionId::RefuseOffer, "refuse_offer", owning::REFUSE_OFFER, SCREENS, &[]),
    row(ActionId::QueryOffer, "ask_first", owning::QUERY_OFFER, SCREENS, &[]),
    row(ActionId::TakeIt, "take_it", owning::TAKE, SCREENS, &[]),
    row(ActionId::Offer, "offer", owning::OFFER, SCREENS, &[]),
    row(ActionId::OfferToDuty, "offer_to_duty", owning::OFFER_DUTY, SCREENS, &[]),
    row(ActionId::WithdrawOffer, "take_offer_back", owning::WITHDRAW, SCREENS, &[]),
    row(ActionId::LeaveTo, "leave_to_duty", owning::LEAVE, SCREENS, &[]),
    row(ActionId::Keys, "ssh_keys", keys::SSH_KEYS, SCREENS, &[]),
    row(ActionId::RevokeKey, "take_back_key", keys::REVOKE_KEY, &[Place::List], &["x"]),
    row(ActionId::DoneAlone, "done_alone", words::DONE_ALONE, SCREENS, &[]),
    row(ActionId::Unconfirmed, "unconfirmed", words::UNCONFIRMED, SCREENS, &[]),
    row(ActionId::OnCall, "on_call", words::ON_CALL, ON_CALL_FROM, &["ctrl-r", "f11"]),
    row(
        ActionId::HoldDecision,
        "hold_the_decision",
        words::HOLD_DECISION,
        &[Place::Board, Place::Case],
        &["o"],
    ),
    row(ActionId::HoldDecision, "take_a_duty", words::TAKE_A_DUTY, &[Place::List], &["o"]),
    row(
        ActionId::SignIn,
        "sign_in",
        words::SIGN_IN,
        &[Place::Locked, Place::Board, Place::Case, Place::Person, Place::List, Place::Handover],
        &["w"],
    ),
    row(ActionId::Lock, "lock", words::LOCK, OPEN, &["f12", "ctrl-l"]),
    row(
        ActionId::Handover,
        "handover",
        handover::OPEN_HANDOVER,
        &[Place::Board, Place::Case, Place::Person, Place::List],
        &[">"],
    ),
    row(ActionId::People, "people", words::PEOPLE, SCREENS, &["f5"]),
    row(ActionId::Organisations, "organisations", words::ORGANISATIONS, SCREENS, &["f6"]),
    row(ActionId::WhoRings, "who_rings", words::WHO_RINGS, &[Place::Form, Place::Picker], &["f6"]),
    row(ActionId::Guide, "guide", sheets::GUIDE_ACTION, GUIDE_FROM, &["ctrl-g"]),
    row(ActionId::Locations, "locations", locations::LOCATIONS, SCREENS, &["]"]),
    row(ActionId::Staff, "staff", words::STAFF, SCREENS, &["f7"]),
    row(ActionId::Cases, "cases", words::CASES, SCREENS, &["f9"]),
    row(
        ActionId::Office(Listed::Visits),
        "visits",
        listed::VISITS,
        &[Place::Board, Place::Person, Place::List],
        &["v"],
    ),
    row(ActionId::Office(Listed::Visits), "visits_from_case", listed::VISITS, &[Place::Case], &[]),
    row(ActionId::Office(Listed::Tasks), "tasks", listed::TASKS, SCREENS, &["ctrl-t"]),
    row(ActionId::Office(Listed::Slips), "slips", listed::SLIPS, SCREENS, &["ctrl-p"]),
    row(ActionId::Office(Listed::Providers), "providers", providers::PROVIDERS, SCREENS, &["*"]),
    row(ActionId::Measures, "measures", measures::MEASURES, SCREENS, &["|"]),
    row(ActionId::PrintSlips, "print_slips", listed::PRINT_SLIPS, SCREENS, &[]),
    row(ActionId::RingBefore, "ring_before_they_shut", queues::RING_BEFORE, SCREENS, &["ctrl-n"]),
    row(ActionId::EyesOn, "eyes_on", queues::EYES_ON, SCREENS, &["ctrl-e"]),
    row(ActionId::Signs, "warning_signs", signs::SIGNS, SCREENS, &["^"]),
    row(ActionId::Reviews, "reviews", reviews::REVIEWS, SCREENS, &["_"]),
    row(ActionId::Audits, "audits", audit::AUDITS, SCREENS, &["~"]),
    row(ActionId::Disposal, "due_for_disposal", disposal::DUE, SCREENS, &[]),
    row(ActionId::LegalHold, "legal_hold", disposal::LEGAL_HOLD, &[Place::Case, Place::Person], &[]),
    row(ActionId::LiftHold, "lift_hold", disposal::LIFT_HOLD, &[Place::Case], &[]),
    row(ActionId::AuditPage, "what_it_comes_to", audit::AUDIT_PAGE, &[Place::List], &["r"]),
    row(ActionId::OverAll(OverAll::Tags), "regulations_and_statements", tags::TAGS, SCREENS, &[]),
    row(ActionId::OverAll(OverAll::Judged), "decisions_looked_back_at", judged::JUDGED, SCREENS, &[]),
    row(ActionId::OverAll(OverAll::Patterns), "patterns", patterns::PATTERNS, SCREENS, &[]),
    row(ActionId::OverAll(OverAll::Answers), "how_signs_were_answered", signs::RATES_ACTION, SCREENS, &[]),
    row(ActionId::Looks, "looks", words::LOOKS, &[Place::Board, Place::Case, Place::List], &["f10"]),
    row(ActionId::Decisions, "decisions", pages::DECISIONS_ACTION, SCREENS, &["{"]),
    row(
        ActionId::Shares,
        "what_was_shared",
        words::SHARES,
        &[Place::Board, Place::Case, Place::Person, Place::List],
        &["<"],
    ),
    row(ActionId::Looks, "looked_at", words::LOOKED_AT, &[Place::Person], &["f10"]),
    row(ActionId::Seen, "seen", words::SEEN, &[Place::List], &["s"]),
    row(ActionId::LookBeyond, "look_beyond", words::LOOK_BEYOND, SCREENS, &["ctrl-o"]),
    row(ActionId::NextPane, "next_pane", words::NEXT_PANE, &[Place::Board, Place::Case], &["tab"]),
    row(ActionId::Pane1, "pane_1", words::PANE_1, &[Place::Board], &["1"]),
    row(ActionId::Pane2, "pane_2", words::PANE_2, &[Place::Board], &["2"]),
    row(ActionId::Pane3, "pane_3", words::PANE_3, &[Place::Board], &["3"]),
    row(ActionId::Up, "up", words::UP, ROWS, &["up"]),
    row(ActionId::Down, "down", words::DOWN, ROWS, &["down"]),
    row(ActionId::PageUp, "page_up", words::PAGE_UP, ROWS, &["pageup"]),
    row(ActionId::PageDown, "page_down", words::PAGE_DOWN, ROWS, &["pagedown"]),
    row(ActionId::First, "first", words::FIRST, LONG, &["home"]),
    row(ActionId::Last, "last", words::LAST, LONG, &["end"]),
    row(ActionId::Copy, "copy", words::COPY, SCREENS, &["ctrl-y"]),
    row(ActionId::OwnSecret, "own_secret", words::OWN_SECRET, SCREENS, &["f3"]),
    row(ActionId::GiveSecret, "give_secret", words::GIVE_SECRET, SCREENS, &[]),
    row(ActionId::Unlock, "unlock", words::UNLOCK, SCREENS, &[]),
    row(ActionId::Help, "help", words::HELP, SCREENS, &["?", "f1"]),
    row(
        ActionId::Help,
        "help_while_typing",
        words::HELP_TYPING,
        &[
            Place::Welcome,
            Place::Locked,
            Place::Form,
            Place::Picker,
            Place::Search,
            Place::Palette,
            Place::Sheet,
            Place::Secret,
        ],
        &["f1"],
    ),
    row(ActionId::Quit, "quit", words::QUIT, &[Place::Board, Place::Welcome, Place::Locked], &["q"]),
    row(ActionId::HowToQuit, "how_to_quit", words::HOW_TO_QUIT, EVERYWHERE, &["ctrl-c"]),
];

/// The title of an action.
pub(super) fn title(action: ActionId) -> &'static str {
    ACTIONS.iter().find(|row| row.id == action).map_or("", |row| row.title)
}

/// The actions of a kind of layer, in the order of the table.
pub fn of(place: Place) -> impl Iterator<Item = &'static ActionRow> {
    ACTIONS.iter().filter(move |row| row.places.contains(&place))
}
