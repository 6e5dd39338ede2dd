//! Words of the app: actions, reasons, questions. An action has its title, its short title for the footer
//! (empty: not shown there) and a line of help.

mod acts;
mod another;
pub mod answering;
mod beyond;
pub mod listed;
mod matter;
mod merging;
mod ringing;
pub mod saving;

pub use super::word::*;
pub use acts::*;
pub use another::*;
pub use beyond::*;
pub use matter::*;
pub use merging::*;
pub use ringing::*;

/// Title, short title, help.
pub(super) type Titled = [&'static str; 3];

/// Takes a call.
pub const CALL: Titled = [
    "Take an urgent call",
    "call",
    "Stamps the time of the call and opens its log. Typing can begin at once.",
];
/// Takes a call while something else is being typed.
pub const CALL_TYPING: Titled =
    ["Take another call", "another call", "Opens a second call; what is half typed here stays as it is."];
/// Opens the practice office.
pub const PRACTISE: Titled =
    ["Practise a call", "practise", "A practice office with pretend people. Nothing in it is real."];
/// Sets up the office.
pub const SET_UP: Titled =
    ["Set up the office", "set up", "Its name, a place, your name and role. The rest can wait."];
/// Moves on in a form.
pub const NEXT_LINE: Titled = ["Next line", "next", "Goes to the next line of the form."];
/// Moves back in a form.
pub const LINE_BEFORE: Titled = ["Line before", "", "Goes to the line before."];
/// Saves a form.
pub const SAVE: Titled = ["Save", "save", "Puts the form into the record, from any line of it."];
/// Saving while a record is being looked for.
pub const SAVE_CHOOSING: Titled = [
    "Save",
    "save",
    "Puts the form into the record and takes nobody from the list: what was typed stays as words.",
];
/// What it says.
pub const TAKE_FIRST: &str = "Take a record first (enter), or go back to the form (esc)";
/// Enter where nothing was typed and there are several.
pub const TYPE_OR_GO: &str =
    "Nobody was taken: type the beginning of the name, or go to the row with the arrow keys";
/// Opens what is selected.
pub const OPEN: Titled = ["Open", "open", "Opens what is selected."];
/// Goes from a find line in which letters stand to the rows.
pub const TO_THE_ROWS: Titled = [
    "To the rows",
    "to the rows",
    "Goes from the find line to the rows that were found, where letters are keys again.",
];
/// The practice office is opened; the first time it is made, which takes seconds.
pub const OPENS_PRACTICE: &str =
    "Opening the practice office; the first time it is made, which takes a moment";
/// Takes what is selected.
pub const TAKE: Titled =
    ["Take", "take", "Takes the record that is selected. Similar names are shown apart first."];
/// Says yes.
pub const YES_ACTION: Titled = ["Yes", "yes", "Does what was asked."];
/// Steps back.
pub const BACK: Titled = ["Back", "back", "Steps back to the screen before."];
/// Steps back out of something that is typed.
pub const BACK_KEEPING: Titled = ["Back", "back, keeps it", "Steps back. What was typed is kept."];
/// The question before leaving, with what is not done yet.
pub fn quit_with(undone: &str) -> String {
    format!("{undone}. Nothing is lost, and it stays yours until somebody has it. {QUIT_WORDS}")
}
/// Ends narrowing.
pub const SHOW_ALL: Titled = ["Show all", "", "Ends finding and shows every row again."];
/// Opens what may wait.
pub const LATER_ACTION: Titled = [
    "What can wait",
    "more lines",
    "Opens or folds the lines that can wait, or that apply only now and then.",
];
/// Another person in the same call.
pub const SIBLING: Titled = [
    "Another person, same call",
    "another person",
    "A call of its own for another person: caller, number and time are carried over, nothing else.",
];
/// Removes a row.
pub const REMOVE_ROW: Titled = ["Take this row out", "", "Takes the row with the cursor out of the form."];
/// 999 was called.
pub const EMERGENCY: Titled = [
    "999, police or emergency duty team called",
    "",
    "Records that they were called. It needs no decision. Ring first, write after.",
];
/// Takes over a draft.
pub const TAKE_DRAFT: Titled =
    ["Take over", "take over", "Takes over somebody else's unfinished form, with a reason."];
/// Discards a draft.
pub const DISCARD: Titled = ["Throw away", "", "Throws an unfinished form of your own away, after asking."];
/// Records a step.
pub const RECORD: Titled =
    ["Record in this case", "record", "Everything that can be recorded here, each under its own key."];
/// Opens a person's own record.
pub const PARTICULARS: Titled = [
    "The person's record itself",
    "record, where they are",
    "Where they are now, name, birthday, numbers, contacts and alerts: to be read, corrected and added to.",
];
/// Adds a record.
pub const ADD: Titled = [
    "Add to this list",
    "add",
    "Begins a new record in this list. Whole lists come in and go out on the machine itself: dutydesk import, dutydesk export.",
];
/// The list on screen is none of a register.
pub const NO_REGISTER: &str = "Nothing can be added to this list";
/// Heading of the steps.
pub const RECORD_TITLE: &str = "Record what?";
/// Corrects an entry.
pub const AMEND: Titled =
    ["Correct or complete", "amend", "A correction with a reason. What was there stays visible."];
/// Moves a case.
pub const REATTRIBUTE: Titled = [
    "Move to the right record",
    "move",
    "Moves the whole case to the person it belongs to, leaving a note that says so.",
];
/// Opens the person.
pub const PERSON: Titled = ["Person", "person", "The person's record and all that is open about them."];
/// Narrows.
pub const FIND: Titled = ["Find", "find", "Shows only rows with the words that are typed."];
/// Searches everything.
pub const SEARCH: Titled = [
    "Search everything",
    "search",
    "People, cases, organisations, staff, places and all that was written, by any words or numbers.",
];
/// The same while a form is open.
pub const SEARCH_TYPING: Titled =
    ["Search everything", "search", "Looks something up; what is half typed here stays as it is."];
/// Sorts.
pub const SORT: Titled = ["Sort", "sort", "By time, by risk, by name."];
/// Lists unfinished calls.
pub const UNFINISHED: Titled =
    ["Unfinished forms", "unfinished", "Forms that were begun and are not in the record."];
/// Shows who is on call.
pub const ON_CALL: Titled = [
    "Who is on call",
    "on call",
    "Whom to ring now, who is on duty, the days ahead and where nobody is planned.",
];
/// Lists what was shared with whom.
pub const SHARES: Titled = [
    "What was shared",
    "shared",
    "What was told to whom, when, how and on which basis; of the person on screen, or of all.",
];
/// Lists what waits for its decider.
pub const UNCONFIRMED: Titled =
    ["Spoken, not confirmed", "", "All that was typed for somebody who has not confirmed it since."];
/// Has somebody else take a slot.
pub const SWAP: Titled =
    ["Swap the slot", "swap", "Somebody else takes the selected slot; who was planned stays to be read."];
/// Plans a week again.
pub const SAME_NEXT_WEEK: Titled = [
    "The same next week",
    "next week",
    "Plans the last planned week again, a week later, at the same wall times.",
];
/// Says who holds a duty.
pub const HOLD_DECISION: Titled = ["Who holds the decision", "", "Says who decides or has the desk."];
/// The same on the list of who is on call.
pub const TAKE_A_DUTY: Titled =
    ["Who holds a duty", "who holds", "Says who has the selected duty from now on: you, or somebody else."];
/// Signs in.
pub const SIGN_IN: Titled =
    ["Who is here", "who", "Choose your name. What is recorded from now on is yours."];
/// Locks the desk.
pub const LOCK: Titled =
    ["Lock this desk", "", "Hides everything at once. What is open is kept, and there again for you alone."];
/// Comes back to a locked desk.
pub const COME_BACK: Titled = ["Go on", "go on", "Whoever locked this desk is back where they were."];
/// Sets one's own secret.
pub const OWN_SECRET: Titled = [
    "Your PIN or passphrase",
    "",
    "Chooses or changes it. From then on your name alone signs nobody in as you.",
];
/// Gives somebody a secret.
pub const GIVE_SECRET: Titled = [
    "Give them a PIN or passphrase",
    "",
    "A first one, or a new one for somebody who forgot theirs or is locked. They replace it at the next sign-in.",
];
/// Unlocks.
pub const UNLOCK: Titled = [
    "Unlock after wrong PINs",
    "",
    "Lets somebody else, or another desk, try again. It stands in the record.",
];
/// Sends what was typed.
pub const ENTER_SECRET: Titled =
    ["Enter it", "enter it", "Has what was typed looked at. It is shown to nobody."];
/// Lists people.
pub const PEOPLE: Titled = ["People", "", "The people supported."];
/// Lists organisations.
pub const ORGANISATIONS: Titled =
    ["Organisations", "", "Surgeries, nurses, social work and all others outside."];
/// Lists staff.
pub const STAFF: Titled = ["Staff", "", "The people of this office."];
/// Lists cases.
pub const CASES: Titled = ["Cases", "", "All cases, newest first."];
/// The next pane.
pub const NEXT_PANE: Titled = ["Next pane", "", "Goes to the next part of the screen."];
/// A pane by number.
pub const PANE_1: Titled = ["Urgent calls", "", "Goes to the urgent calls."];
/// A pane by number.
pub const PANE_2: Titled = ["Open escalations", "", "Goes to the open escalations."];
/// A pane by number.
pub const PANE_3: Titled = ["Overdue external actions", "", "Goes to what others owe us and is late."];
/// Up.
pub const UP: Titled = ["Up", "", "One row up."];
/// Down.
pub const DOWN: Titled = ["Down", "", "One row down."];
/// Page up.
pub const PAGE_UP: Titled = ["Page up", "", "One page up."];
/// Page down.
pub const PAGE_DOWN: Titled = ["Page down", "", "One page down."];
/// First row.
pub const FIRST: Titled = ["First row", "", "To the first row."];
/// Last row.
pub const LAST: Titled = ["Last row", "", "To the last row."];
/// Copies.
pub const COPY: Titled =
    ["Copy the reference", "", "Sends the case's reference to your terminal's clipboard."];
/// The command palette.
pub const COMMAND: Titled = ["Commands", "command", "All that can be done, found by words."];
/// No command has the words typed.
pub const NO_COMMAND: &str = "Nothing that can be done here is called that";
/// Help.
pub const HELP: Titled = ["Help", "help", "The keys of this screen."];
/// Help while typing.
pub const HELP_TYPING: Titled = ["Help", "help", "The keys of this screen, and what the line is for."];
/// Leaves.
pub const QUIT: Titled = ["Leave", "leave", "Leaves the program, after asking."];
/// Ctrl-C.
pub const HOW_TO_QUIT: Titled = ["How to leave", "", "Ctrl-C closes nothing here; it says how to leave."];

/// What Ctrl-C says.
pub const CTRL_C: &str = "Ctrl-C closes nothing here. Esc steps back; q on the dashboard leaves.";
/// No case is on screen.
pub const NO_CASE: &str = "No case is selected";
/// A part of a case that is only read.
pub const NOTHING_TO_OPEN: &str = "There is nothing to open here: tab goes to the next part";
/// Nothing was found that could be opened.
pub const NOTHING_FOUND_TO_OPEN: &str = "Nothing is found yet: type a name, a number or a word";
/// Nothing that can be corrected is selected.
pub const NOTHING_TO_AMEND: &str =
    "Go to an entry of the timeline that was recorded on a form: tab changes parts";
/// The case is about nobody.
pub const NO_SUBJECT: &str = "Nobody is named in this record";
/// Nobody is signed in.
pub const NOBODY_SIGNED_IN: &str = "Nobody has said who is here: w chooses your name";
/// No unfinished form is selected.
pub const NO_DRAFT: &str = "No unfinished form is selected";
/// Not a call form.
pub const NOT_A_CALL: &str = "Only a call can be about several people";
/// The cursor is in no row.
pub const NOT_IN_A_ROW: &str = "The cursor stands in no row";
/// Changed definition files were adopted.
pub const DEFINITIONS_IN_FORCE: &str = "The office's changed definitions are in force";
/// Somebody who may not decide saves a decision that names nobody.
pub const WHO_DECIDED: &str = "You may write this down for whoever decided: say here who it was";
/// Nothing is folded away.
pub const NOTHING_LATER: &str = "Everything this form asks is on screen";
/// A record comes after the shift it is about.
pub const COMES_LATE: &str = "This is from an earlier shift: say why it comes late, then save again";
/// The form is already on its way.
pub const SAVING: &str = "It is being saved";
/// A call that was taken before the office was set up.
pub fn recorded_before_set_up(references: &[String]) -> String {
    format!("In the record as {}. Once the office is set up (s) it can be worked on", references.join(", "))
}

/// Nothing of the kind is in the definitions.
pub const NO_CALL_FORM: &str = "The definitions have no form for a call";
/// A draft was left.
pub const KEPT: &str = "What was typed is kept: u lists what is unfinished";
/// The question before leaving.
pub const QUIT_TITLE: &str = "Leave Dutydesk?";
/// What leaving means.
pub const QUIT_WORDS: &str = "All that was typed is kept. Others still see what is open.";
/// The question before a row is taken out.
pub const REMOVE_ROW_TITLE: &str = "Take this row out?";
/// What that means.
pub const REMOVE_ROW_WORDS: &str = "What is typed in it is lost.";
/// The question before a draft is thrown away.
pub const DISCARD_TITLE: &str = "Throw this unfinished form away?";
/// What that means.
pub const DISCARD_WORDS: &str = "It never reached the record, and what was typed is lost.";
/// A draft is open elsewhere.
pub const HELD_TITLE: &str = "This form is open on another screen";
/// What opening it too means.
pub const HELD_WORDS: &str = "Open it here? At the other terminal it then takes no more words, and says so. What was typed there is kept.";
/// The other terminal was asked.
pub const ASKED_FOR: &str =
    "The other terminal was asked for this form: it opens here as soon as it is given up there";
/// A finished form that the disk does not take yet.
pub const WAITS: &str =
    "Finished, and not in the record yet: it goes in by itself as soon as the record can be written";
/// The footer's short word for it.
pub const NOT_YET: &str = "NOT IN THE RECORD YET";
/// The footer's words for a form that was opened at another terminal.
pub const ELSEWHERE_TITLE: &str = "opened at another terminal";
/// A form that was opened at another terminal.
pub const ELSEWHERE: &str = "This form was opened at another terminal and is filled in there now. What you typed is kept in it. Esc leaves it";
/// The question where the same form was left unfinished.
pub fn left_unfinished(step: &str) -> String {
    format!("\"{step}\" was begun here and not saved")
}

/// Goes on with it.
pub fn go_on(began: &str) -> String {
    format!("go on with the one begun at {began}")
}

/// Leaves it where it is.
pub const BEGIN_AFRESH: &str = "begin another; the first stays among the unfinished";

/// Whom a case is about, and its reference.
pub fn about_case(name: Option<&str>, reference: &str) -> String {
    name.map_or_else(|| reference.to_owned(), |name| format!("{name} · {reference}"))
}

/// Which commitment a step is about.
pub const ON_WHICH: &str = "About which of these?";
/// The commitment's line where it has to be chosen.
pub const NOTHING_OWED: &str = "Nothing is owed here that it could be about";
/// Heading of what moved.
pub const MOVED_TITLE: &str = "The case has moved on";
/// Somebody else did something about it while the key was pressed.
pub const MOVED_ASIDE: &str = "Somebody else was first: nothing was recorded. Look again";
/// Somebody else gave their word on it while it was asked about.
pub const SETTLED_MEANWHILE: &str = "It was settled meanwhile: nothing was recorded. Look at the list again";
/// What to do about it.
pub const MOVED_WORDS: &str = "Somebody recorded something in this case since the form was opened. Nothing that was typed is lost: look at the case, or save knowing it.";
/// The same with who recorded what, a line each.
pub fn moved(since: &[String]) -> String {
    let said: Vec<String> = since.iter().map(|one| format!("{one}\n")).collect();
    format!("{}\n{MOVED_WORDS}", said.concat())
}
/// Somebody else's form.
pub const NOT_YOURS: &str = "This form is somebody else's: t takes it over, with a reason";
/// The case form cannot be opened before the case is read.
pub const STILL_READING: &str = "It is still being read";
/// The step that asks for a reason to move a case.
pub const REATTRIBUTE_FORM: &str = "Move to the right record";
/// Its line of help.
pub const REATTRIBUTE_FORM_HELP: &str = "The whole case moves. The reason stands on both records: name nobody in it, and nothing of how they are.";
/// To whom it belongs.
pub const RIGHT_RECORD: &str = "Belongs to";
/// Why.
pub const WHY: &str = "Why";
/// The step that passes a duty of the rota.
pub const HOLD_FORM: &str = "Who holds the duty";
/// Which duty of the rota.
pub const DUTY: &str = "Duty";
/// Who.
pub const HOLDER: &str = "From now on";
/// What the step that passes a duty does.
pub const HOLD_FORM_HELP: &str = "At once, until somebody else takes it or a slot of the rota begins";
/// Where.
pub const HOLD_PLACE: &str = "Where";
/// How the place is left out.
pub const HOLD_PLACE_HELP: &str = "Blank: everywhere";
/// The step that takes over a draft.
pub const TAKE_FORM: &str = "Take over an unfinished form";
/// The step that sets up the office.
pub const SET_UP_FORM: &str = "Set up the office";
/// Its line of help.
pub const SET_UP_FORM_HELP: &str =
    "Four lines are enough to begin. Everything can be changed and added to later.";
/// The office's name.
pub const OFFICE_NAME: &str = "Name of the office";
/// A place.
pub const FIRST_PLACE: &str = "A place";
/// Its hint.
pub const FIRST_PLACE_HELP: &str = "A house, a scheme or a round: where the people are.";
/// Your name.
pub const YOUR_NAME: &str = "Your name";
/// Your role.
pub const YOUR_ROLE: &str = "Your role";
/// Its hint.
pub const YOUR_ROLE_HELP: &str = "One that may add the others: the staff list grows from you. You can give yourself more roles there (F7, e).";

/// The welcome of an office that is not set up, line by line.
pub const WELCOME: &[&str] = &[
    "If somebody is in danger now: ring 999 first. Write it down after.",
    "",
    "c  take a real call now; a name and a number are enough",
    "p  practise a call with pretend people",
    "s  set up the office: its name, a place, your name and role",
    "",
    "What you type is kept as you type it.",
    "ctrl-s saves · esc steps back · f1 helps",
];

/// Words that name no key.
pub fn not_a_key(text: &str) -> String {
    format!("\"{text}\" is not a key; keys are written such as c, f2, ctrl-s, shift-tab")
}

/// A keymap line for an action that does not exist.
pub fn no_such_action(name: &str) -> String {
    format!("there is no action \"{name}\"")
}

/// One key for two actions.
pub fn two_actions(key: impl std::fmt::Display, first: &str, second: &str) -> String {
    format!("the key {key} is given to both \"{first}\" and \"{second}\"")
}

/// Somebody signed in.
pub fn signed_in(name: &str) -> String {
    format!("{name} is here")
}

/// A key that means nothing here, and the one that shows those that do.
pub fn no_key(key: impl std::fmt::Display, helps: Option<impl std::fmt::Display>) -> String {
    match helps {
        Some(helps) => format!("{key} does nothing here: {helps} shows the keys"),
        None => format!("{key} does nothing here: esc steps back"),
    }
}

/// A letter that stands for none of the choices of a line.
pub fn no_choice(letter: char) -> String {
    format!("{letter} is none of these: an underlined letter chooses, or the arrows and space")
}

/// A paste where nothing can be typed.
pub const NO_PASTE: &str = "Nothing was pasted: go to a line that takes text first";
/// Enter on the last line of a form.
pub fn last_line(save: impl std::fmt::Display) -> String {
    format!("That was the last line: {save} puts it into the record")
}

/// What is worth a second look, and how it is saved as it is.
pub fn look_again(says: &str, save: &str) -> String {
    let end = if says.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{says}{end} {save} again saves it as it is.")
}

/// A step that cannot be recorded now, and why.
pub fn not_now(step: &str, why: &str) -> String {
    format!("{step}: {why}")
}

/// A step for whoever holds a duty, which somebody else does; `passes` is the key that says who holds it.
pub fn duty_is_held(
    step: &str,
    duty: &str,
    holder: Option<&str>,
    passes: Option<impl std::fmt::Display>,
) -> String {
    let passes = passes.map(|key| format!("; {key} says who is")).unwrap_or_default();
    let duty = duty.to_lowercase();
    match holder {
        Some(holder) => format!("\"{step}\" is for {holder}, {duty} now{passes}"),
        None => format!("\"{step}\" is for the {duty}: nobody is now{passes}"),
    }
}

/// A step that is recorded and waits for a second person's word; `agrees` is the key that lists what waits.
pub fn waits_for_a_word(step: &str, agrees: Option<impl std::fmt::Display>) -> String {
    let says = super::check::waits_already(step);
    match agrees {
        Some(key) => format!("{}: {key}", says.trim_end_matches('.')),
        None => says,
    }
}

/// "Decision · FENN, Ruth · 01:59": which form, about whom, and of when or whose: what somebody is asked to stand by or
/// takes over.
pub fn which_form(title: &str, about: &str, of: &str) -> String {
    [title, about, of].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// What was taken while nobody was signed in, and the question whether it was you.
pub fn sign_words(gist: &str) -> String {
    format!(
        "{gist}\n\nTaken while nobody was signed in. Was it you? Then it is signed with your name. Enter on its row shows all of it."
    )
}

/// Somebody else took it.
pub const NOT_MINE: &str = "It stays open until whoever took it signs it";

/// A letter typed on a line that is opened with Enter.
pub const ENTER_FIRST: &str = "Enter opens this line; then type";

/// From whom to whom a record moved, and why.
pub fn moved_from_to(from: &str, to: &str, reason: &str) -> String {
    format!("from {from} to {to}: {reason}")
}

/// What is no longer wanted, and why.
pub fn called_off(what: &str, why: &str) -> String {
    format!("{what} ({why})")
}

/// What somebody else sees to from now on, and why.
pub fn passed_on(what: &str, to: &str, why: &str) -> String {
    format!("{what}, to {to} ({why})")
}

/// What a move to the right record leaves to be done.
pub const PUT_RIGHT_TITLE: &str = "Moved. Now put right what was told of the wrong person";

/// Something owed in another case.
pub fn in_case(reference: &str, what: &str) -> String {
    format!("{reference}  {what}")
}

/// The person has several open cases.
pub const WHICH_CASE: &str = "Which of them is it about?";

/// The same contact concerns all of them.
pub const IN_BOTH: &str = "Both: one entry in each";
/// The same, of three and more.
pub const IN_ALL: &str = "All of them: one entry in each";

/// Whom and which cases a form is about that goes into several.
pub fn about_cases(about: &str, others: &[String]) -> String {
    others.iter().fold(about.to_owned(), |about, other| format!("{about} + {other}"))
}

/// An open case among several.
pub fn open_case(reference: &str, risk: Option<&str>, headline: Option<&str>) -> String {
    let risk = risk.map(str::to_uppercase);
    let parts = [Some(reference), risk.as_deref(), headline];
    parts.into_iter().flatten().collect::<Vec<_>>().join("  ")
}

/// What can be expected of a kind of organisation: a target of ours with its source, never law.
pub fn expected(title: &str, within: &str, source: &str, review: Option<&str>) -> String {
    let again = review.map(|day| format!("; look again {day}")).unwrap_or_default();
    format!("{title}: within {within} ({source}{again})")
}

/// Shows how to get in to a person's home.
pub const GET_IN: Titled =
    ["How to get in", "get in", "Key safe, entry phone, who holds a key. That you looked is noted."];
/// The heading over it.
pub fn get_in(name: &str) -> String {
    format!("{name}: how to get in")
}
/// Nothing of it is on the record.
pub const NO_WAY_IN: &str = "How to get in is not on the record. It is written there with n, then e.";
/// That it was shown.
pub const LOOK_NOTED: &str = "That you looked, and when, has been noted.";
/// Looks up whoever rings while a form is open.
pub const WHO_RINGS: Titled = [
    "Who rings: what they owe",
    "who rings",
    "Finds an organisation, or somebody there, by name or number, and shows what they have promised.",
];
/// Nothing is selected that could owe anything.
pub const NOBODY_SELECTED: &str = "Choose an organisation first";
