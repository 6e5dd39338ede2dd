//! How answers and what is made of them read.

/// Yes.
pub const YES: &str = "yes";
/// No.
pub const NO: &str = "no";
/// Not applicable.
pub const NOT_APPLICABLE: &str = "not applicable";
/// What stands in place of an answer that is shown on request only.
pub const SEALED: &str = "kept; shown only where it is asked for, and each look is noted";
/// A choice that is another than the one the questions lead to.
pub fn other_than_led(words: &str, led: &str) -> String {
    format!("{words} (the questions lead to: {led})")
}

/// A field of a record that was emptied, where what stood in it is not shown.
pub const EMPTIED: &str = "now blank";
/// A score with parts missing: never a number.
pub const INCOMPLETE: &str = "incomplete, no score";

/// A part of a score: what was measured and its points.
pub fn made_of(part: &str, value: &str, points: Option<i64>) -> String {
    match points {
        // Only the points are known.
        Some(points) if value == format!("{points}p") => format!("{part} {points}"),
        Some(points) => format!("{part} {value} = {points}"),
        None => format!("{part} {value}"),
    }
}

/// A sum and its parts.
pub fn made_of_all(sum: &str, parts: &[String]) -> String {
    format!("{sum} ({})", parts.join(", "))
}

/// An answer with its reason.
pub fn with_why(is: &str, why: &str) -> String {
    format!("{is}: {why}")
}

/// A field of a record that was emptied, with what stood in it.
pub fn emptied(before: &str) -> String {
    format!("was {before}, now blank")
}

/// No time was given.
pub fn none_given(why: &str) -> String {
    match why {
        "" => "no time given".to_owned(),
        why => format!("no time given: {why}"),
    }
}

/// When the evidence of a checklist's line runs out.
pub fn until(day: &str) -> String {
    format!("until {day}")
}

/// Who saw the proof, and when.
pub fn seen(by: &str, at: Option<&str>) -> String {
    match (by, at) {
        ("", None) => String::new(),
        ("", Some(at)) => format!("seen {at}"),
        (by, None) => format!("seen by {by}"),
        (by, Some(at)) => format!("seen by {by}, {at}"),
    }
}

/// A field's label and its answer on one line.
pub fn labelled(label: &str, words: &str) -> String {
    format!("{label}: {words}")
}

/// Words with where they were taken from.
pub fn taken_from(words: &str, source: &str) -> String {
    format!("{words} ({source})")
}

/// Where something stands in the record: whose or which case, the step, when it happened, the number of its entry.
pub fn source(reference: &str, step: &str, when: &str, seq: u64) -> String {
    format!("{reference}, {step}, {when}, entry {seq}")
}

/// A question and its answer.
pub fn asked(question: &str, answer: &str) -> String {
    if question.ends_with('?') { format!("{question} {answer}") } else { labelled(question, answer) }
}

/// The reason of a case that another one led to.
pub fn followed_from(step: &str) -> String {
    format!("opened by \"{step}\"")
}

/// How often something was recorded lately, and in the same length of time before.
pub fn counted(step: &str, lately: usize, before: usize) -> String {
    format!("{step}: {lately} in the last 4 weeks, {before} in the 4 before")
}

/// The reason of a link to a case that was begun from this one.
pub fn begun_from(pathway: &str) -> String {
    format!("\"{pathway}\" begun from it")
}

/// From which case another is begun: its reference, and what is owed or the case in a few words.
pub fn from_where(reference: &str, matter: Option<&str>) -> String {
    match matter {
        Some(matter) => format!("{reference} · {matter}"),
        None => reference.to_owned(),
    }
}

/// What a case is, and how it stands.
pub fn kind_and_state(title: &str, state: &str) -> String {
    match state {
        "" => title.to_owned(),
        state => format!("{title}, {}", state.to_lowercase()),
    }
}

/// Somebody with what they are to the person.
pub fn who(name: &str, about: &str) -> String {
    format!("{name} ({about})")
}

/// Something owed, by whom and in which case.
pub fn owed_here(what: &str, obligor: &str, reference: &str) -> String {
    format!("{what} · {obligor} · {reference}")
}

/// In how many working days something was promised.
pub fn within(days: &str) -> String {
    format!("in {days}")
}

/// What is owed, and by whom.
pub fn owed_by(what: &str, obligor: &str) -> String {
    format!("{what} · {obligor}")
}

/// The reason of what becomes of something owed, in the case it is owed in.
pub fn because_of(step: &str, headline: &str) -> String {
    match headline {
        "" => step.to_owned(),
        words => format!("{step}: {words}"),
    }
}

/// The four sources of the triangulation, in their order.
pub const SOURCES: [&str; 4] = ["Observed", "Escalated", "Advised", "Care changed"];

/// The gap where a source has nothing at all.
pub fn gap(source: usize) -> &'static str {
    ["no observation recorded", "no escalation recorded", "no advice recorded", "no change of care recorded"]
        [source]
}

/// The gap after what came before it, and whom that was to where it is known.
pub fn gap_after(before: &str, to: &str, at: &str, gap: &str) -> String {
    let to = if to.is_empty() { String::new() } else { format!(" to {to}") };
    format!("{}{to} {at}, {gap}", before.to_lowercase())
}

/// The review found that nothing had to change.
pub const NO_CHANGE_NEEDED: &str = "review found no change of care";

/// How many of the four sources stand in the record.
pub fn sources_recorded(count: usize) -> String {
    format!("{count} of 4 recorded")
}

/// A matter of a meeting: how it stands, what it is about, what is owed next and by when.
pub fn agenda(level: Option<&str>, headline: Option<&str>, owed: &str, due: &str) -> String {
    let about: Vec<&str> = level.into_iter().chain(headline).collect();
    let owed = format!("owed: {owed}, {due}");
    if about.is_empty() { owed } else { format!("{}; {owed}", about.join(": ")) }
}

/// A matter of a restricted record.
pub fn agenda_restricted(ask: &str, owed: &str, due: &str) -> String {
    format!("restricted record, ask {ask}; owed: {owed}, {due}")
}

/// A matter in which nothing is owed: what it is, and how it stands.
pub fn agenda_stands(level: Option<&str>, headline: Option<&str>, stands: &str) -> String {
    let about: Vec<&str> = level.into_iter().chain(headline).collect();
    if about.is_empty() { stands.to_owned() } else { format!("{}; {stands}", about.join(": ")) }
}

/// A warning sign that nobody has answered.
pub fn agenda_sign(title: &str, words: &str) -> String {
    format!("warning sign: {title}; {words}")
}

/// A matter that stood there before, so many times in a row.
pub fn agenda_again(matter: &str, times: usize) -> String {
    match times {
        0 => matter.to_owned(),
        1 => format!("{matter}; here last time too"),
        _ => format!("{matter}; here the last {times} times too"),
    }
}

/// What an agenda has no room for.
pub fn agenda_more(rest: usize) -> String {
    format!("and {rest} more, which stand in the queues only")
}

/// Promises that are late, counted together: what they have in common, how many, how late the oldest is, in which cases.
pub fn agenda_counted(group: &str, count: usize, oldest: &str, cases: &[&str]) -> String {
    let late = format!("{group}: {count} late, the oldest {oldest}");
    if cases.is_empty() { late } else { format!("{late} ({})", cases.join(", ")) }
}

/// Those of restricted records.
pub fn agenda_kept(ask: &str) -> String {
    format!("restricted record, ask {ask}")
}

/// How late something is, by whole days.
pub fn agenda_age(days: i64) -> &'static str {
    match days {
        ..=1 => "up to 2 days",
        2..=6 => "2 days to a week",
        7..=27 => "1 to 4 weeks",
        _ => "4 weeks and more",
    }
}

/// A role, and the place where it is held alone.
pub fn role_at(title: &str, place: Option<&str>) -> String {
    place.map_or_else(|| title.to_owned(), |place| format!("{title} ({place})"))
}

/// Why whoever takes an organisation is warned: how a case about it stands, since when, and which it is.
pub fn caution(state: &str, since: &str, reference: &str) -> String {
    format!("{state} since {since}, {reference}")
}

/// Why a case passed to its new lead: a correction named another.
pub const LEAD_CORRECTED: &str = "another lead was named in a correction";

/// What a correction is of: the form, its lines, and why, which filled blanks go without.
pub fn correction(form: &str, lines: &[String], reason: &str) -> String {
    let of = std::iter::once(form).chain(lines.iter().map(String::as_str)).collect::<Vec<_>>().join(", ");
    if reason.is_empty() { of } else { format!("{of}. {reason}") }
}

/// A line of it, and whom it names now.
pub fn correction_to(label: &str, name: &str) -> String {
    format!("{label}: {name}")
}
