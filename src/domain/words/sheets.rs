//! Words of the sheets: the card for the emergency call handler, the SBARD to read out, the guide.

use crate::domain::sheet::CardLine;

/// Opens the card: title, short, help.
pub const CARD_ACTION: [&str; 3] = [
    "Emergency card",
    "999 card",
    "What the 999 call handler asks, in their order, with how to get in; the look is noted",
];
/// The same while something is typed.
pub const CARD_TYPING: [&str; 3] =
    ["Emergency card", "999 card", "What the 999 call handler asks; what you typed stays, the look is noted"];
/// Opens the SBARD.
pub const SBARD_ACTION: [&str; 3] = [
    "SBARD to read out",
    "SBARD",
    "What to tell the professional, from what has been recorded, and what to agree",
];
/// Opens the guide.
pub const GUIDE_ACTION: [&str; 3] = [
    "Guide: whom to ring, and when",
    "guide",
    "Whom to ring and when, what is written down, who looks after it",
];
/// Prints what is on screen.
pub const PRINT: [&str; 3] =
    ["Print this sheet", "print", "Writes it as a page and as text into the office's sheets"];

/// Nobody is at hand of whom there could be a card.
pub const NOBODY_AT_HAND: &str = "Select a call, a case or a person first";
/// No case is at hand.
pub const NO_CASE_AT_HAND: &str = "Open a case first";
/// What is sealed is never printed.
pub const NOT_PRINTED: &str = "The card shows how to get in: it is read from the screen and never printed";
/// Title of the card.
pub fn card(name: Option<&str>) -> String {
    name.map_or_else(|| "Emergency card".to_owned(), |name| format!("Emergency card: {name}"))
}

/// Before everything else on it.
pub const CARD_FIRST: &str = "Ring 999 now. Answer in this order.";
/// At its end.
pub const CARD_LAST: &str = "Stay on the line. That you looked is noted.";

/// A line of the card.
pub fn line(line: CardLine) -> &'static str {
    match line {
        CardLine::Breathing => "Breathes OK",
        CardLine::Address => "Where",
        CardLine::CallBack => "Ring back",
        CardLine::Happened => "Happened",
        CardLine::Age => "Who, age",
        CardLine::GetIn => "Getting in",
        CardLine::Resuscitation => "DNACPR",
        CardLine::Allergies => "Allergies",
        CardLine::Medicines => "Medicines",
        CardLine::Communication => "Talking",
        CardLine::With => "With them",
    }
}

/// Nothing is on record for a line of the card.
pub fn gap(line: CardLine) -> &'static str {
    match line {
        CardLine::Breathing => "Not on record: ask the caller now",
        CardLine::Address => "Not on record: ask the caller, with the postcode",
        CardLine::CallBack => "Not on record: give the number you ring from",
        CardLine::Happened => "Not on record: ask the caller",
        CardLine::Age => "Not on record: ask the caller for name and age",
        CardLine::GetIn => "Not on record: ask who opens the door",
        CardLine::Resuscitation => "Not on record: ask whether there is a form, and where",
        CardLine::Allergies => "Not on record: ask; that it is blank does not mean none",
        CardLine::Medicines => "Not on record: ask the caller",
        CardLine::Communication => "Not on record: ask the caller",
        CardLine::With => "Not on record: ask who is there, and to stay",
    }
}

/// No date of birth.
pub const NO_AGE: &str = "Age not on record: ask the caller";
/// A place without its address.
pub const NO_POSTCODE: &str = "Address and postcode not on record: ask the caller";
/// An address at which nobody says how it is found.
pub const NO_POSTCODE_ALONE: &str = "Postcode not on record: ask the caller";
/// Where they live, where they are elsewhere.
pub const LIVES_AT: &str = "Lives at";
/// They are not where they live.
pub const NOT_AT_HOME: &str = "NOT AT HOME";

/// What the words say something of.
pub fn labelled(label: &str, words: &str) -> String {
    format!("{label}: {words}")
}

/// Somebody else's words, as they were said.
pub fn quoted(words: &str) -> String {
    if words.starts_with('"') { words.to_owned() } else { format!("\"{words}\"") }
}

/// Words with when that was.
pub fn at(words: &str, at: &str) -> String {
    format!("{words} ({at})")
}

/// How old somebody is, and when they were born.
pub fn age(years: i32, born: &str) -> String {
    format!("{years} years, born {born}")
}

/// Title of the SBARD.
pub fn sbard(reference: &str) -> String {
    format!("SBARD {reference}")
}

/// Before everything else on it.
pub const SBARD_FIRST: &str =
    "Read it out, top to bottom. What is not on record says so: ask, or say that you do not know.";
/// At its end.
pub const READ_BACK: &str = "Read back: \"So you will … by …, and if it is no better by … we …. Is that right?\" Take their name. Write it down.";
/// A part.
pub const SITUATION: &str = "S  Situation";
/// A part.
pub const BACKGROUND: &str = "B  Background";
/// A part.
pub const ASSESSMENT: &str = "A  Assessment";
/// A part.
pub const RECOMMENDATION: &str = "R  Recommendation";
/// A part.
pub const DECIDED: &str = "D  Decision: what is agreed";
/// A line.
pub const ABOUT: &str = "About";
/// A line.
pub const NHS: &str = "NHS number";
/// A line.
pub const WHERE: &str = "Lives at";
/// A line.
pub const NOW_AT: &str = "Is now";
/// A line.
pub const RISK: &str = "Risk now";
/// A line.
pub const CHANGED: &str = "What has changed";
/// A line.
pub const USUAL: &str = "On a good day";
/// A line.
pub const OBSERVATIONS: &str = "Observations";
/// A line.
pub const ADVISED: &str = "Advised before";
/// A line.
pub const SEEN: &str = "Last seen by";
/// A line.
pub const WE_THINK: &str = "We think";
/// A line.
pub const PERSON_SAYS: &str = "The person wants";
/// A line.
pub const WE_ASK: &str = "We ask";
/// A line.
pub const WE_WILL: &str = "We will";
/// A line.
pub const MEANWHILE: &str = "Meanwhile";
/// A line: the first timer.
pub const WHO_DOES_WHAT: &str = "Who, what, by when";
/// A line: the second timer.
pub const IF_NO_BETTER: &str = "If no better";

/// Who rings.
pub fn we_are(office: &str, by: &str) -> String {
    match (office.is_empty(), by.is_empty()) {
        (_, true) => format!("This is the duty office of {office}."),
        (true, false) => format!("This is {by}."),
        (false, false) => format!("This is {by}, duty office of {office}."),
    }
}

/// Nothing is on record.
pub const NOT_ON_RECORD: &str = "Not on record: say that you do not know";
/// Nobody is named.
pub const NO_SUBJECT: &str = "Nobody is named on this call yet";
/// Whom the caller named, where nobody on record was taken.
pub fn unconfirmed(said: &str) -> String {
    format!("{}, in the caller's words", quoted(said))
}
/// Nobody on record was taken.
pub const NOT_CONFIRMED: &str =
    "Not confirmed who this is: say so; ask for full name, date of birth and NHS number";
/// The same where somebody waits on the line: nothing is asked for that an ambulance does not need.
pub const NOBODY_TAKEN: &str = "Not confirmed who this is: say so";
/// Where they are is not known.
pub const NO_PLACE: &str = "Not written down: ask the caller where they are";
/// Nothing was seen.
pub const NOTHING_SEEN: &str = "Nothing is written down yet: say what was seen, and by whom";
/// What is usual is not known.
pub const NO_USUAL: &str = "Not on record: ask somebody who knows them well";
/// No observations.
pub const NO_OBSERVATIONS: &str = "None taken in this call: say so";
/// Nobody has seen them.
pub const NOT_SEEN: &str = "Nobody, as far as is written down: say so";
/// Nobody has decided.
pub const NOT_DECIDED: &str = "Nobody has decided yet";
/// What the person wants is not known.
pub const VIEW_UNKNOWN: &str = "Not written down: ask them, or say that they could not be asked";
/// Nothing is asked yet.
pub const NOT_ASKED: &str = "Nothing is written down: say what you want from this call";
/// Nothing is agreed.
pub const NOTHING_AGREED: &str = "Nothing agreed yet: ask who does what, and by when";
/// The second timer is missing.
pub const NO_SECOND_TIMER: &str = "Not agreed: ask by when it has to be better, and what we do if it is not";
/// What is said of the assessment.
pub const ASK_ASSESSMENT: &str = "Say which: \"I think it is …\", or \"I do not know what it is, but it is getting worse\", or \"I am worried\".";
/// What is asked for.
pub const ASK_RECOMMENDATION: &str = "Say it: \"Please see, ring or advise within …. What do we do until then? What should make us ring 999?\"";

/// By when, with the preposition.
pub fn by(due: &str) -> String {
    format!("by {due}")
}

/// The same once that is over.
pub fn by_late(due: &str) -> String {
    format!("was due by {due}, late")
}

/// No time was given.
pub fn no_time(why: &str, chase: &str) -> String {
    let why = if why.is_empty() { String::new() } else { format!(" ({why})") };
    format!("no time given{why}: we ring by {chase}")
}

/// Who does what by when.
pub fn does(who: &str, what: &str, by: &str) -> String {
    if who.is_empty() { format!("{what}, {by}") } else { format!("{who}: {what}, {by}") }
}

/// What is done if it gets no better by then.
pub fn then(what: &str, by: &str) -> String {
    format!("{what}, {by}")
}

/// Title of the guide.
pub const GUIDE: &str = "Guide: whom to ring, and when";

/// Title of the guide of one pathway.
pub fn guide_of(pathway: &str) -> String {
    format!("Guide: {pathway}")
}

/// Before everything else in it.
pub const GUIDE_FIRST: &str =
    "In danger now: 999 first. Made from the forms, roles and targets in force; nobody keeps it by hand.";
/// At its end.
pub const GUIDE_LAST: &str =
    "Every hour and minute here is the provider's own target, not the law's, unless a line says so.";
/// Who is rung one after the other.
pub const CHAINS: &str = "Who is rung, one after the other";
/// In office hours.
pub const IN_HOURS: &str = "In office hours";
/// Outside of them.
pub const OUT_OF_HOURS: &str = "Out of hours";
/// No chain is defined.
pub const NO_CHAIN: &str = "No chain is set in roles.toml";
/// What can be expected of others.
pub const EXPECTED: &str = "What can be expected of others";
/// What single organisations have agreed.
pub const AGREED: &str = "What organisations have agreed with us";
/// None has.
pub const NONE_AGREED: &str =
    "Nothing on record: write it on the organisation's record, under Agreed response";
/// Whose cases these are.
pub const SEEN_TO_BY: &str = "Seen to by";
/// Whoever it is.
pub const ANYONE: &str = "anybody";
/// Opens a case.
pub const OPENS: &str = "it opens a case";
/// Two people are wanted.
pub const TWO_PEOPLE: &str = "Two people: what one records, another agrees to.";

/// The step whose form is on screen.
pub fn this_step(title: &str) -> String {
    format!("This form: {title}")
}

/// A step and the key that begins it.
pub fn keyed(key: char, title: &str) -> String {
    format!("{key}  {title}")
}

/// Who may record a step, and who may type it for them.
pub fn who_may(who: &[String], typed_for: &[String]) -> String {
    let who = who.join(", ");
    if typed_for.is_empty() {
        format!("Who: {who}.")
    } else {
        format!("Who: {who}; may be typed for them by {}.", typed_for.join(", "))
    }
}

/// What triggers a step.
pub fn triggered(by: &[String]) -> Option<String> {
    (!by.is_empty()).then(|| format!("When: {}.", by.join("; ")))
}

/// A step of another pathway.
pub fn of_pathway(step: &str, pathway: &str) -> String {
    format!("{step} ({pathway})")
}

/// On something owed.
pub fn on(what: &str) -> String {
    format!("on \"{what}\"")
}

/// What has to hold before.
pub fn stops(needs: &[&str], safety: bool) -> Option<String> {
    match (needs.is_empty(), safety) {
        (_, true) => Some("Nothing stands before it: safety first.".to_owned()),
        (false, false) => Some(format!("Not while: {}.", needs.join("; "))),
        (true, false) => None,
    }
}

/// What is recorded.
pub fn recorded(asked: &[String]) -> Option<String> {
    (!asked.is_empty()).then(|| format!("Recorded: {}.", asked.join(", ")))
}

/// Something owed.
pub fn owed(what: &str, by: &str, within: &str) -> String {
    format!("{what}, {by}, {within}")
}

/// It is owed only sometimes.
pub fn sometimes(owed: &str) -> String {
    format!("{owed} (where it applies)")
}

/// Within this time.
pub fn within(rule: &str) -> String {
    format!("within {rule}")
}

/// At a time that is answered in the form.
pub fn at_the_time(field: &str) -> String {
    format!("by the time under \"{field}\"")
}

/// The rule for everything else.
pub fn otherwise(rule: &str) -> String {
    format!("otherwise {rule}")
}

/// What follows on a step.
pub const THEN: &str = "Then";
/// How what was promised is followed up.
pub const FOLLOWED_UP: &str = "Followed up";

/// One thing that was promised.
pub fn followed(what: &str, owner: &str, chase: &str, ended: &[String]) -> String {
    let ended = if ended.is_empty() { String::new() } else { format!("; ends with {}", ended.join(", ")) };
    format!("\"{what}\" is watched by {owner}, without a time chased after {chase}{ended}")
}

/// One after the other.
pub fn in_turn(who: &[String]) -> String {
    who.join(", then ")
}

/// What can be expected, where that comes from, and when somebody looks whether it is still so.
pub fn expected(within: &str, source: &str, review: Option<&str>) -> String {
    let review = review.map(|day| format!("; look again {day}")).unwrap_or_default();
    format!("{within} ({source}{review})")
}

/// As of when a sheet was composed, and for whom.
pub fn printed(at: &str, by: &str) -> String {
    if by.is_empty() { format!("As on record {at}") } else { format!("As on record {at}, for {by}") }
}

/// Where a sheet lies.
pub fn sheet_at(path: &str) -> String {
    format!("Printed: {path}")
}
