//! What is wrong with an answer and what to do about it. Each names the field by its label.

use crate::domain::answer::YesNo;

/// What to do where an answer is missing, by the kind of answer.
pub const WRITE_IT: &str = "is still blank. Write a few words.";
/// A choice is missing.
pub const CHOOSE_ONE: &str = "is still open. Choose one.";
/// A choice of several is missing.
pub const CHOOSE_SOME: &str = "is still open. Choose one or more.";
/// Yes or no is missing.
pub const YES_OR_NO: &str = "is still open. Unanswered is not \"no\".";
/// A day is missing.
pub const SAY_DAY: &str = "needs a day.";
/// A time is missing.
pub const SAY_TIME: &str = "needs a time.";
/// A promised time is missing.
pub const SAY_BY_WHEN: &str = "needs a time, or \"none given\" and why.";
/// A name is missing.
pub const NAME_ONE: &str = "needs a name.";
/// A table is empty.
pub const ADD_ROW: &str = "needs at least one line.";
/// Proof is missing.
pub const SAY_WHERE: &str = "needs a reference: where can it be seen?";
/// A decision tree was not begun.
pub const ANSWER_TREE: &str = "is still open. Answer its first question.";
/// A score was not begun.
pub const ENTER_SCORE: &str = "is still open. Enter its parts.";
/// A number is blank.
pub const SAY_NUMBER: &str = "is blank. Type a whole number; 0 is an answer.";
/// The reason of a decision is missing.
pub const SAY_WHY: &str = "say why.";
/// Added where the form cannot be saved without the reason.
pub const NO_REASON_NO_SAVING: &str = "A decision without its reason cannot be saved.";

/// A line of a checklist that was answered without where it can be seen, or without why not.
pub fn item_why(item: &str, is: YesNo) -> String {
    match is {
        YesNo::Yes => format!("\"{item}\": where can it be seen? Give a reference."),
        YesNo::No => format!("\"{item}\": say why not, or why it does not apply."),
    }
}

/// Something about a field, led by its label.
pub fn field(label: &str, says: &str) -> String {
    format!("\"{label}\": {says}")
}

/// "RED → AMBER: say why".
pub fn lowered(label: &str, before: &str, now: &str) -> String {
    field(label, &format!("{before} → {now}: say why"))
}

/// A blank that has to be filled.
pub fn blank(label: &str, says: &str) -> String {
    format!("\"{label}\" {says}")
}

/// An answer to a field the form does not have.
pub fn unknown_field(id: &str) -> String {
    format!("There is no field \"{id}\" in this form. Leave it out, or correct its name.")
}

/// Another kind of answer than the field takes.
pub fn wrong_kind(label: &str, wanted: &str) -> String {
    format!("\"{label}\" takes {wanted}. Answer it again.")
}

/// The field is not asked any more.
pub fn retired_field(label: &str) -> String {
    format!("\"{label}\" is no longer asked. Leave it out.")
}

/// Something else than the number of a slip, or than several.
pub fn no_slips(label: &str, one: bool) -> String {
    match one {
        true => format!("\"{label}\" takes the number on the slip, such as 0047."),
        false => format!("\"{label}\" takes numbers of slips, such as 0047 or 0051-0060, 0063."),
    }
}

/// A slip from which something was entered before.
pub fn slip_entered(label: &str, number: &str) -> String {
    format!(
        "\"{label}\": slip {number} is in the record already. Look at the number again; was this one entered before?"
    )
}

/// A slip that was declared void.
pub fn slip_void(label: &str, number: &str) -> String {
    format!("\"{label}\": slip {number} was declared void. Look at the number again.")
}

/// A number that no pad has.
pub fn slip_not_issued(label: &str, number: &str) -> String {
    format!("\"{label}\": no pad has a slip {number}. Look at the number again.")
}

/// Numbers that are on another pad already.
pub fn slips_issued_before(label: &str, next: &str) -> String {
    format!(
        "\"{label}\": a number is given out once, and one of these is on another pad. The next free one is {next}."
    )
}

/// Numbers that are not of the pad at hand.
pub fn slips_of_another_pad(label: &str, numbers: &str, pad: &str) -> String {
    format!("\"{label}\": {numbers} is not of this pad, which has {pad}.")
}

/// Numbers said to be void from which something was entered.
pub fn void_but_entered(label: &str, numbers: &str) -> String {
    format!("\"{label}\": {numbers} is in the record already, so it is not void.")
}

/// What a record must have cannot be taken out of it.
pub fn stays_required(label: &str) -> String {
    format!("\"{label}\" must not be empty. Put in what is right instead.")
}

/// A field that is answered and emptied at once.
pub fn answered_and_emptied(label: &str) -> String {
    format!("\"{label}\" is answered and emptied at once. Do one of them.")
}

/// Emptying something else than a field of a record.
pub fn nothing_to_empty(step: &str) -> String {
    format!("\"{step}\" can empty only fields that it asks of a record. Leave the others out.")
}

/// A choice that does not exist.
pub fn unknown_choice(label: &str, choice: &str) -> String {
    format!("\"{label}\" has no choice \"{choice}\". Choose one that is offered.")
}

/// A choice that is not offered any more.
pub fn retired_choice(label: &str, choice: &str) -> String {
    format!("\"{label}\": \"{choice}\" is no longer offered. Choose another.")
}

/// Two choices that contradict each other.
pub fn not_together(label: &str, one: &str, other: &str) -> String {
    format!("\"{label}\": \"{one}\" and \"{other}\" contradict each other. Take one of them away.")
}

/// Why is asked and not said.
pub fn why(label: &str) -> String {
    format!("\"{label}\": say why.")
}

/// A number of working days where no clock runs by it, or too many.
pub fn no_working_days(label: &str) -> String {
    field(label, "A number of working days cannot be counted here. Say the day.")
}

/// Born after today.
pub fn born_in_future(label: &str) -> String {
    format!("\"{label}\" lies in the future. Check the year.")
}

/// Older than people become.
pub fn born_long_ago(label: &str, years: u32) -> String {
    format!("\"{label}\" makes them older than {years}. Check the year")
}

/// A number by which another record is known.
pub fn number_of_another(label: &str, whose: &[String]) -> String {
    let whose = whose.join("; ");
    format!("\"{label}\" is on record as that of {whose}. Is it the same person? Then open that record")
}

/// Somebody of that name who was born on that day is on record.
pub fn name_of_another(label: &str, whose: &[String]) -> String {
    let whose = whose.join("; ");
    format!(
        "\"{label}\" and date of birth are on record as those of {whose}. Is it the same person, come back? Then open that record"
    )
}

/// A record is made on the spot of somebody who is on record.
pub fn made_again(label: &str, whose: &[String]) -> String {
    let whose = whose.join("; ");
    format!("\"{label}\" makes a second record of {whose}. Is it the same person? Then name that record")
}

/// Something that has happened, at a time yet to come.
pub fn in_future(label: &str) -> String {
    format!("\"{label}\" lies in the future. Check the day and the time.")
}

/// A time more than a year from now.
pub fn far_off(label: &str) -> String {
    format!("\"{label}\" is more than a year away. Is the year right?")
}

/// A time decades from now.
pub fn never_meant(label: &str) -> String {
    format!("\"{label}\" is decades away. Check the year.")
}

/// Something promised or due at a time before it was said.
pub fn past(label: &str) -> String {
    format!("\"{label}\" is past. Check the day and the time.")
}

/// 999 called long before the call that it belongs to.
pub fn long_before_the_call(label: &str) -> String {
    format!("\"{label}\" is long before the call itself. Check the day and the time.")
}

/// A name that is not on the list it has to be on.
pub fn not_on_list(label: &str, words: &str) -> String {
    format!("\"{label}\": \"{words}\" is not on the list. Choose a record.")
}

/// Whoever records it is the one whose decision it was.
pub fn judges_own(label: &str) -> String {
    format!("\"{label}\" is you. Nobody looks back at a decision of their own: ask somebody else to.")
}

/// Two answers that may not be the same.
pub fn same_as(label: &str, other: &str) -> String {
    format!("\"{label}\" must not be the same as \"{other}\".")
}

/// Another choice than the questions beside it lead to.
pub fn other_than_led(label: &str, led: &str) -> String {
    format!("\"{label}\": the questions lead to \"{led}\".")
}

/// An item of a checklist that does not exist.
pub fn unknown_item(label: &str, item: &str) -> String {
    format!("\"{label}\" has no line \"{item}\".")
}

/// An item answered twice.
pub fn item_twice(label: &str, item: &str) -> String {
    format!("\"{label}\": \"{item}\" is answered twice. Keep one.")
}

/// An answer that a line of a checklist does not take.
pub fn item_answer(label: &str, item: &str) -> String {
    format!("\"{label}\": \"{item}\" takes yes, no or not applicable.")
}

/// Lines of a checklist still to answer.
pub fn items_left(label: &str, answered: usize, all: usize) -> String {
    format!("\"{label}\": {answered} of {all} lines answered.")
}

/// A path that the decision tree does not have.
pub fn no_such_path(label: &str) -> String {
    format!("\"{label}\": these answers do not follow from one another. Answer the questions again.")
}

/// A decision tree left half way.
pub fn path_goes_on(label: &str, ask: &str) -> String {
    format!("\"{label}\" goes on: {ask}")
}

/// A part of a score out of its range.
pub fn out_of_range(label: &str, part: &str, least: i64, greatest: i64) -> String {
    format!("\"{label}\": \"{part}\" is a whole number from {least} to {greatest}.")
}

/// A number that cannot be.
pub fn number_out_of_range(label: &str, unit: &str, range: (Option<i64>, Option<i64>)) -> String {
    let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
    match range {
        (Some(least), Some(most)) => format!("\"{label}\" is a whole number from {least} to {most}{unit}."),
        (Some(least), None) => format!("\"{label}\" is at least {least}{unit}."),
        (None, Some(most)) => format!("\"{label}\" is at most {most}{unit}."),
        (None, None) => format!("\"{label}\" is a whole number."),
    }
}

/// A part that the score does not have.
pub fn unknown_part(label: &str, part: &str) -> String {
    format!("\"{label}\" has no part \"{part}\".")
}

/// A number that is not what others leave of a whole.
pub fn other_rest(label: &str, whole: &str, less: &[String], rest: i64) -> String {
    format!("\"{label}\": {whole}, less {}, leaves {rest}.", less.join(" and "))
}

/// A number with what is counted, as it stands in a sentence.
pub fn counted(label: &str, number: i64, unit: &str) -> String {
    format!("{label} {number} {unit}").trim_end().to_owned()
}

/// A form in which nothing at all was answered.
pub const NOTHING_ANSWERED: &str = "Nothing was answered here yet: it would go into the record blank.";

/// A change of a record that changes nothing.
pub const NOTHING_CHANGED: &str = "Nothing was changed here: there is nothing to record.";

/// Something that nobody has measured of anybody.
pub fn hardly_measured(label: &str, part: &str, value: &str) -> String {
    format!(
        "\"{label}\": \"{part}\" can hardly be {value}. Is it in the right line, with its point in the right place?"
    )
}

/// A score that wants something beside its parts.
pub fn no_score_without(label: &str, lacks: &str) -> String {
    format!("\"{label}\" is no score while \"{lacks}\" is blank.")
}

/// A score with parts still to enter.
pub fn score_incomplete(label: &str, parts: &[&str]) -> String {
    format!("\"{label}\" is incomplete and is no score yet. Still to enter: {}.", parts.join(", "))
}

/// Points that are not what was measured makes.
pub fn other_points(label: &str, part: &str, value: &str, points: i64) -> String {
    format!("\"{label}\": \"{part}\" of {value} makes {points} by the table.")
}

/// Something measured that makes no points.
pub fn no_points(label: &str, part: &str, value: &str) -> String {
    format!("\"{label}\": \"{part}\" cannot be {value}. Ask again what was measured.")
}

/// A total that whoever took the score gave, which the parts do not make.
pub fn other_total(label: &str, said: i64, sum: i64) -> String {
    format!(
        "\"{label}\": they gave {said}, and by the table the parts make {sum}. Ask them which value is another; where they \
         cannot be asked, leave the total they gave blank and say so in the note."
    )
}

/// A total that its parts do not make.
pub fn wrong_total(label: &str) -> String {
    format!("\"{label}\": the total is not the sum of its parts.")
}

/// The step is not offered any more.
pub fn retired_step(step: &str) -> String {
    format!("\"{step}\" is no longer recorded.")
}

/// The step needs a case.
pub fn needs_case(step: &str) -> String {
    format!("\"{step}\" is recorded in a case. Open the case first.")
}

/// The step was recorded before and is recorded once.
pub fn already_recorded(step: &str) -> String {
    format!("\"{step}\" is already recorded. Correct that record instead.")
}

/// It is recorded, and somebody else is to agree.
pub fn waits_already(step: &str) -> String {
    format!("\"{step}\" is recorded and waits for a second person to agree.")
}

/// The case is closed.
pub fn case_closed(step: &str) -> String {
    format!("This case is closed: \"{step}\" cannot be recorded in it.")
}

/// The case stands in another state than the few in which the step is recorded.
pub fn wrong_state(step: &str, wanted: &[String], state: &str) -> String {
    let wanted: Vec<String> = wanted.iter().map(|wanted| format!("\"{wanted}\"")).collect();
    format!("\"{step}\" is recorded while it is {}; now it is \"{state}\".", wanted.join(" or "))
}

/// Another step has moved the case since the one that waits was recorded.
pub fn moved_since(step: &str, later: &str) -> String {
    format!(
        "\"{later}\" was recorded after \"{step}\": have this refused, and record it again if it is still meant."
    )
}

/// A stretch of time that ends before it begins.
pub fn ends_before(until: &str, from: &str) -> String {
    field(until, &format!("This is not after \"{from}\". Say when it ends; for a night, with the day after."))
}

/// Somebody else is on the same duty for a part of the time: it can be saved as it is.
pub fn two_at_once(who: &str, name: &str, from: &str, until: &str) -> String {
    field(
        who,
        &format!(
            "{name} is planned for this from {from} to {until} as well. Two at once is possible: is it meant?"
        ),
    )
}

/// The step is recorded on something owed, and nothing was named.
pub fn needs_owed(step: &str) -> String {
    format!("\"{step}\" is recorded on something owed. Choose which.")
}

/// What it was to be recorded on is not in this case, or not of the right kind.
pub fn not_owed_here(step: &str) -> String {
    format!("\"{step}\" cannot be recorded on that. Choose something that is owed in this case.")
}

/// What it was to be recorded on has been settled meanwhile.
pub fn no_longer_owed(what: &str) -> String {
    format!("\"{what}\" is no longer owed: somebody has recorded on it meanwhile. Look at the case again.")
}

/// Whoever takes this organisation is warned.
pub fn caution(name: &str, state: &str, reference: &str) -> String {
    format!("{name}: {}, see {reference}", state.to_lowercase())
}

/// An answer that is not the case at this kind of service; its help says what is.
pub fn out_of_place(choice: &str, help: &str) -> String {
    let says = format!("{choice}: not at this kind of service");
    if help.is_empty() { says } else { format!("{says}. {help}") }
}

// What a field takes, where it holds something else.

/// Text.
pub const WANTS_WORDS: &str = "words";
/// A number.
pub const WANTS_NUMBER: &str = "a whole number";
/// One of several.
pub const WANTS_CHOICE: &str = "one choice";
/// Some of several.
pub const WANTS_CHOICES: &str = "choices";
/// Yes or no.
pub const WANTS_YES_NO: &str = "yes or no";
/// A date.
pub const WANTS_DAY: &str = "a day";
/// A time.
pub const WANTS_TIME: &str = "a time";
/// By when something is due.
pub const WANTS_BY_WHEN: &str = "a time, or \"none given\" and why";
/// A record.
pub const WANTS_NAME: &str = "a name";
/// Lines that are ticked.
pub const WANTS_CHECKLIST: &str = "a checklist";
/// Rows.
pub const WANTS_TABLE: &str = "a table";
/// A decision tree.
pub const WANTS_TREE: &str = "the path of a decision";
/// Points.
pub const WANTS_SCORE: &str = "a score";
/// Where it can be seen.
pub const WANTS_EVIDENCE: &str = "a reference to proof";
/// Something owed.
pub const WANTS_OWED: &str = "something that is owed";
