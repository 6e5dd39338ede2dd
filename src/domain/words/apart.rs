//! Words about people who are easily mistaken: the box in which they stand apart, and what it does not take.

/// People who could be mistaken for one another.
pub const WHICH_OF_THEM: &str = "Names that are easily mistaken. Who is meant?";
/// Several people have what was typed.
pub const WHICH_HAS_IT: &str = "Several people have what was typed. Who is meant?";
/// One alone has what was typed, and it is not the one that the arrow keys had gone to.
pub const ONE_HAS_IT: &str = "What was typed is not of the one you went to, but of this one. Is it meant?";
/// Several records of another list have what was typed.
pub const WHICH_RECORD_HAS_IT: &str = "Several on the list have what was typed. Which is meant?";
/// A contact that must not be told.
pub const MUST_NOT_BE_TOLD: &str = "Marked: do not inform. Take this contact all the same?";
/// Somebody about to be made whose name comes near others.
pub fn before_new(name: &str) -> String {
    format!("Before “{name}” is put down as somebody new: is it one of these?")
}
/// The same of a name with digits in it.
pub fn before_digits(name: &str, are_like_it: bool) -> String {
    let like_it = if are_like_it { " is it one of these, or" } else { " is it" };
    format!("“{name}” has digits in it, as no name has:{like_it} mistyped? Esc, and put it right.")
}
/// There are more than have a number.
pub const MORE: &str = "More come near than stand here. Esc, then type a room, a birthday or an NHS number.";
/// The same of what has no birthday.
pub const MORE_RECORDS: &str = "More have it than stand here. Esc, then type more of the name.";
/// Whoever was typed and is none of those on record.
pub fn somebody_new(name: &str) -> String {
    format!("none of these: {name}, somebody new")
}
/// Names that are only nearly what was typed, below those that are.
pub const NEARLY: &str = "written or heard nearly like it:";

/// How one of them is taken, by the first and the last number.
pub fn press_a_number(last: Option<char>, offers_new: bool) -> String {
    let numbers = match last {
        None => String::new(),
        Some('1') => "Press 1 to take it. ".to_owned(),
        Some('2') => "Press 1 or 2. ".to_owned(),
        Some(last) => format!("Press 1 to {last}. "),
    };
    let new = if offers_new { "0 makes the new one. " } else { "" };
    format!("{numbers}{new}Esc goes back. Enter and letters take nobody.")
}

/// What was pressed in the box and took nobody.
pub fn not_taken(pressed: &str, last: Option<char>) -> String {
    let pressed = if pressed.is_empty() { String::new() } else { format!(" (typed: “{pressed}”)") };
    let press = match last {
        None => "0".to_owned(),
        Some('1') => "1".to_owned(),
        Some('2') => "1 or 2".to_owned(),
        Some(last) => format!("1 to {last}"),
    };
    format!("Nobody was taken{pressed}. Look who is meant; then press {press}, or esc")
}

/// A number was pressed after words; `None` is somebody new.
pub fn taken_unless_typed_on(name: Option<&str>) -> String {
    format!("In a moment: {}, unless you type on", name.unwrap_or("somebody new"))
}

/// Words that were typed in the box, and the line of the form that keeps them.
pub fn kept_under(words: &str, label: &str) -> String {
    format!("Kept under “{label}”, as typed: “{words}”")
}

/// Said at the line that keeps them, once somebody was taken.
pub fn typed_at_the_box(words: &str) -> String {
    format!("“{words}” was typed while it was asked who is meant: look whether it belongs here")
}

/// Somebody of whom only a number, a birthday or a room was typed.
pub const NAME_NOT_KNOWN: &str = "Name not known yet";
