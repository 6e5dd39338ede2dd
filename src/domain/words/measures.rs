//! Words of measures: what figures are split by, how they are said, and the screen that shows them.

use chrono::Datelike;

use super::app::Titled;
use crate::domain::measure::{Better, By, Definition, Figure, Period, Span, Sum, Target, Worth};

/// Where nobody knows where it was.
pub const NO_PLACE: &str = "place not known";
/// No kind of service is on record for the place.
pub const NO_SERVICE: &str = "kind of service not known";
/// Nobody outside was contacted.
pub const NOBODY: &str = "nobody contacted";
/// What an organisation is, is not on record.
pub const NO_TYPE: &str = "kind not known";
/// The risk was not judged.
pub const NO_RISK: &str = "risk not judged";
/// Of none of the themes.
pub const NO_THEME: &str = "no theme";
/// It was not said.
pub const NOT_SAID: &str = "not said";
/// A record that whoever looks may not see.
pub const NOT_TO_BE_SEEN: &str = "not on record here";
/// On a day that is no working day.
pub const WEEKEND: &str = "weekend and bank holiday";
/// A shift that crosses midnight.
pub const NIGHT: &str = "night";
/// One that does not.
pub const DAY: &str = "day";
/// Past its time for at most a day.
pub const UP_TO_A_DAY: &str = "late up to 1 day";
/// At most a week.
pub const UP_TO_A_WEEK: &str = "late 1 to 7 days";
/// At most four weeks.
pub const UP_TO_FOUR_WEEKS: &str = "late 1 to 4 weeks";
/// Longer.
pub const OVER_FOUR_WEEKS: &str = "late over 4 weeks";
/// Not past its time.
pub const NOT_LATE: &str = "not late";

/// A shift with its hours.
pub fn shift(title: &str, from: &str, until: &str) -> String {
    format!("{title} {from}-{until}")
}

/// A gap in working together, by its place in their order.
pub fn gap(at: usize) -> &'static str {
    ["nobody contacted", "contacted late", "no advice", "promise late or not kept", "care team not told"]
        .get(at)
        .copied()
        .unwrap_or_default()
}

/// The screen's title and what is said of it in the palette and in help.
pub const MEASURES: Titled = [
    "Measures",
    "",
    "How long it takes, what is kept, what repeats: by place, organisation, shift, risk and theme, with the records behind \
     each number",
];
/// A longer or shorter period.
pub const SPAN: Titled = ["Period", "period", "Week, month, quarter or year"];
/// The period before.
pub const EARLIER: Titled = ["Earlier", "earlier", "The period before"];
/// The period after.
pub const LATER: Titled = ["Later", "later", "The period after"];
/// Another place.
pub const PLACE: Titled = ["Place", "place", "Only at one place, the next one, or everywhere"];
/// Another kind of service.
pub const SERVICE: Titled = ["Service", "service", "Only one kind of service, the next one, or all"];
/// Another theme.
pub const THEME: Titled = ["Theme", "theme", "Only one theme, the next one, or all"];
/// By what it is split.
pub const SPLIT: Titled = [
    "Split by",
    "split",
    "By place, organisation, shift, risk, theme: whatever this measure can be split by",
];
/// What is counted.
pub const DEFINITION: Titled =
    ["What is counted", "means", "The measure's definition in words: what counts, what does not, its target"];

/// The heads of the list.
pub const HEAD_MEASURE: &str = "measure";
/// What it comes to.
pub const HEAD_VALUE: &str = "value";
/// How many of how many.
pub const HEAD_COUNT: &str = "n of N";
/// Against the period before.
pub const HEAD_CHANGE: &str = "before";
/// How a change for the worse ends.
const WORSE: &str = " worse";
/// How one for the better does.
const BETTER: &str = " better";
/// Whether what is asked holds of a record.
pub const HEAD_HOLDS: &str = "holds";
/// How long it took.
pub const HEAD_TOOK: &str = "took";
/// When a record counts.
pub const HEAD_WHEN: &str = "when";
/// The last twelve periods, or as many of them as there is room for.
pub const HEAD_TREND: &str = "trend";
/// Heads of the list on paper and for commands.
pub const HEADS: [&str; 6] = ["ID", "Measure", "Value", "n of N", "Before", "Change"];
/// Heads of the parts of a figure.
pub const HEADS_PARTS: [&str; 3] = ["Of which", "Value", "n of N"];
/// Heads of the periods of a measure.
pub const HEADS_PERIODS: [&str; 3] = ["Period", "Value", "n of N"];
/// Heads of the records behind a figure.
pub const HEADS_RECORDS: [&str; 6] = ["Case", "When", "Holds", "Took", "About", "Matter"];

/// The whole office.
pub const EVERYWHERE: &str = "everywhere";
/// Restricted records are in no figure of whoever may not see them.
pub const WITHOUT_RESTRICTED: &str = "Restricted records that you may not see are not counted.";
/// Nothing was counted.
pub const NOTHING: &str = "none";
/// Nothing can be said.
pub const NO_VALUE: &str = "-";
/// No record stands behind a figure.
pub const NO_RECORDS: &str = "No record stands behind this number";
/// It has no parts.
pub const NOT_SPLIT: &str = "This measure is not split by anything";
/// The period is not over.
pub const SO_FAR: &str = "so far";
/// A time that is not nothing.
const UNDER_A_MINUTE: &str = "under 1 min";
/// One that is: what was asked was answered in the very contact.
const AT_ONCE: &str = "at once";
/// The same as a time that something took.
const NO_TIME: &str = "no time";

/// What is asked holds of a record, does not, or is not known.
pub fn holds(met: Option<bool>) -> &'static str {
    match met {
        Some(true) => "yes",
        Some(false) => "no",
        None => "not known yet",
    }
}

/// A length in milliseconds: "at once", "under 1 min", "6 min", "4 h 10 min", "12 d".
pub fn length(millis: i64) -> String {
    let minutes = millis / 60_000;
    match minutes {
        0 if millis > 0 => UNDER_A_MINUTE.to_owned(),
        0 => AT_ONCE.to_owned(),
        ..60 => format!("{minutes} min"),
        60..2880 if minutes % 60 == 0 => format!("{} h", minutes / 60),
        60..2880 => format!("{} h {} min", minutes / 60, minutes % 60),
        _ => format!("{} d", minutes / 1440),
    }
}

/// The longest that half of them, or nine of ten, took.
fn at_most(millis: i64) -> String {
    match length(millis) {
        said if said == UNDER_A_MINUTE => said,
        said if said == AT_ONCE => NO_TIME.to_owned(),
        said => format!("{said} or less"),
    }
}

/// A share in whole percent; what is not none never reads as none, and what is not all never as all.
fn percent(figure: &Figure, permille: i64) -> String {
    match permille {
        0 if figure.n > 0 => "under 0.1 %".to_owned(),
        1000 if figure.n < figure.of => "over 99.9 %".to_owned(),
        1..5 | 995..1000 => format!("{}.{} %", permille / 10, permille % 10),
        _ => format!("{} %", (permille + 5) / 10),
    }
}

/// A number in hundredths, with one decimal; with two where one would make nothing of it.
fn decimal(hundredths: i64) -> String {
    let tenths = (hundredths + 5) / 10;
    match hundredths {
        1..10 => format!("0.0{hundredths}"),
        _ => format!("{}.{}", tenths / 10, tenths % 10),
    }
}

/// An average: what is too little for two decimals is not nothing.
fn mean(figure: &Figure, hundredths: i64) -> String {
    if hundredths == 0 && figure.n > 0 { "under 0.01".to_owned() } else { decimal(hundredths) }
}

/// What a figure comes to, in few words. A percentage only where there are enough for it to say something; otherwise the
/// numbers themselves.
pub fn value(figure: &Figure) -> String {
    match figure.worth {
        Worth::Count => figure.n.to_string(),
        Worth::Share if figure.of == 0 => NO_VALUE.to_owned(),
        Worth::Share if figure.is_small() => format!("{}/{}", figure.n, figure.of),
        Worth::Share => figure.permille().map_or_else(String::new, |permille| percent(figure, permille)),
        Worth::Time { median, .. } => median.map_or_else(|| NO_VALUE.to_owned(), length),
        Worth::Mean { hundredths } => {
            hundredths.map_or_else(|| NO_VALUE.to_owned(), |hundredths| mean(figure, hundredths))
        }
    }
}

/// How many of how many, always beside it.
pub fn counted(figure: &Figure) -> String {
    let unknown = if figure.unknown > 0 { format!(", {} not known", figure.unknown) } else { String::new() };
    match figure.worth {
        Worth::Count => String::new(),
        _ if figure.of + figure.unknown == 0 => NOTHING.to_owned(),
        Worth::Share => format!("{} of {}{unknown}", figure.n, figure.of),
        Worth::Time { target: true, .. } => format!("{} of {} in time{unknown}", figure.n, figure.of),
        Worth::Time { timed, .. } => format!("{timed} timed{unknown}"),
        Worth::Mean { .. } => format!("{} in {}", figure.n, figure.of),
    }
}

/// The same in little room: what is not known is left to where one measure is looked at.
pub fn counted_short(figure: &Figure) -> String {
    match figure.worth {
        Worth::Count => String::new(),
        _ if figure.of == 0 => NOTHING.to_owned(),
        Worth::Time { target: false, timed, .. } => format!("{timed} timed"),
        Worth::Share | Worth::Time { .. } => format!("{} of {}", figure.n, figure.of),
        Worth::Mean { .. } => format!("{} in {}", figure.n, figure.of),
    }
}

/// All of a figure, in a sentence.
pub fn in_full(figure: &Figure) -> String {
    match figure.worth {
        Worth::Time { median: Some(median), ninetieth: Some(ninetieth), timed, .. } => {
            let times =
                format!("half took {}, 9 in 10 took {} ({timed} timed)", at_most(median), at_most(ninetieth));
            let in_time = match figure.worth {
                Worth::Time { target: true, .. } => format!("; {}{}", counted(figure), share(figure)),
                _ => String::new(),
            };
            format!("{times}{in_time}")
        }
        Worth::Count => figure.n.to_string(),
        Worth::Share if figure.of == 0 => NOTHING.to_owned(),
        Worth::Share => format!("{}{}", counted(figure), share(figure)),
        Worth::Time { .. } if figure.of + figure.unknown == 0 => NOTHING.to_owned(),
        Worth::Time { .. } => format!("{NO_VALUE} ({})", counted(figure)),
        Worth::Mean { .. } => format!("{} ({})", value(figure), counted(figure)),
    }
}

/// " (67 %)", or why there is none.
fn share(figure: &Figure) -> String {
    match figure.permille() {
        Some(_) if figure.is_small() => format!(" (fewer than {}: no percentage)", Figure::FEW),
        Some(permille) => format!(" ({})", percent(figure, permille)),
        None => String::new(),
    }
}

/// How a figure stands against the period before: an arrow, by how much, and whether that is better. Nothing where either
/// has too few rows, or where a count is of a period that is not over (`is_whole`).
pub fn change(now: &Figure, before: &Figure, better: Better, is_whole: bool) -> String {
    let too_few = |figure: &Figure| matches!(figure.worth, Worth::Share) && figure.is_small();
    let goes_on = matches!(now.worth, Worth::Count) && !is_whole;
    if too_few(now) || too_few(before) || goes_on {
        return String::new();
    }
    let (Some(here), Some(there)) = (now.height(), before.height()) else { return String::new() };
    let by = here - there;
    let least = match now.worth {
        Worth::Count => 1,
        Worth::Share | Worth::Mean { .. } => 5,
        Worth::Time { .. } => 60,
    };
    // What is too little to be shown is no change.
    if by.abs() < least {
        return "=".to_owned();
    }
    let size = match now.worth {
        Worth::Count => by.abs().to_string(),
        Worth::Share => match (by.abs() + 5) / 10 {
            1 => "1 pt".to_owned(),
            points => format!("{points} pts"),
        },
        Worth::Time { .. } => length(by.abs() * 1000),
        Worth::Mean { .. } => decimal(by.abs()),
    };
    let judged = match (better, by > 0) {
        (Better::Neither, _) => "",
        (Better::More, true) | (Better::Less, false) => BETTER,
        _ => WORSE,
    };
    format!("{} {size}{judged}", if by > 0 { "▲" } else { "▼" })
}

/// Whether a change is one for the worse.
pub fn is_worse(change: &str) -> bool {
    change.ends_with(WORSE)
}

/// Whether a change is one for the better.
pub fn is_better(change: &str) -> bool {
    change.ends_with(BETTER)
}

/// A figure where there is next to no room.
pub fn tiny(figure: &Figure) -> String {
    match figure.worth {
        Worth::Share if figure.of > 0 && !figure.is_small() => {
            figure.permille().map(|permille| tiny_percent(figure, permille)).unwrap_or_default()
        }
        Worth::Time { median: Some(millis), .. } => match millis / 60_000 {
            0 if millis > 0 => "<1m".to_owned(),
            minutes @ ..600 => format!("{minutes}m"),
            minutes @ 600..2880 => format!("{}h", minutes / 60),
            minutes => format!("{}d", minutes / 1440),
        },
        _ => value(figure),
    }
}

fn tiny_percent(figure: &Figure, permille: i64) -> String {
    match permille {
        ..5 if figure.n > 0 => "<1%".to_owned(),
        995.. if figure.n < figure.of => ">99%".to_owned(),
        _ => format!("{}%", (permille + 5) / 10),
    }
}

/// The periods that are listed.
pub fn periods(span: Span) -> String {
    format!("By {}:", self::span(span))
}

/// A period in words.
pub fn period(period: &Period, span: Span) -> String {
    let first = period.first;
    match span {
        Span::Month => first.format("%b %Y").to_string(),
        Span::Quarter => format!("Q{} {}", first.month0() / 3 + 1, first.year()),
        Span::Year => first.year().to_string(),
        Span::Week | Span::Days => {
            format!("{} to {}", first.format("%d %b"), period.last().format("%d %b %Y"))
        }
    }
}

/// The same in little room.
pub fn short_period(period: &Period, span: Span) -> String {
    let first = period.first;
    match span {
        Span::Month => first.format("%b").to_string(),
        Span::Quarter => format!("Q{}", first.month0() / 3 + 1),
        Span::Year => first.format("%y").to_string(),
        Span::Week | Span::Days => first.format("%d/%m").to_string(),
    }
}

/// What a span is called.
pub fn span(span: Span) -> &'static str {
    match span {
        Span::Week => "week",
        Span::Month => "month",
        Span::Quarter => "quarter",
        Span::Year => "year",
        Span::Days => "days",
    }
}

/// By what something is split.
pub fn by(by: By) -> &'static str {
    match by {
        By::Location => "place",
        By::Service => "kind of service",
        By::Organisation => "organisation",
        By::Type => "kind of organisation",
        By::Risk => "risk",
        By::Shift => "shift",
        By::Theme => "theme",
        By::Waiting => "what is waited for",
        By::Age => "how late",
        By::Gap => "gap",
        By::Effect => "effect",
    }
}

/// Everything that a measure's definition says.
pub fn definition(measure: &Definition) -> Vec<String> {
    let mut lines = vec![measure.says.clone()];
    match measure.sum {
        Sum::Time { within: Target::Within(within), .. } => lines.push(format!(
            "Target: within {}. A provider target, never law.",
            length(within.num_milliseconds())
        )),
        Sum::Time { within: Target::Owed, .. } => {
            lines.push("Target: by when it was owed in each case. A provider target, never law.".to_owned());
        }
        _ => {}
    }
    lines.push(
        match measure.better {
            Better::More => "More is better.",
            Better::Less => "Less is better.",
            Better::Neither => "Neither more nor less is better by itself.",
        }
        .to_owned(),
    );
    let parts: Vec<&str> = measure.by.iter().map(|one| by(*one)).collect();
    if !parts.is_empty() {
        lines.push(format!("Can be split by {}.", parts.join(", ")));
    }
    lines.push(format!(
        "Below {} no percentage is shown, only the numbers. Counted are the records that you may read. A case that \
         names no place counts where the person is supported today.",
        Figure::FEW
    ));
    lines
}

/// A measure and what it was asked for.
pub fn heading(title: &str, asked: &str) -> String {
    format!("{title} · {asked}")
}

/// What parts are of.
pub fn split(by: By) -> String {
    format!("By {}:", self::by(by))
}

/// Whether what is asked holds of a record; of what only counts, nothing.
pub fn holds_of(measure: &Definition, met: Option<bool>) -> &'static str {
    match measure.sum {
        Sum::Count | Sum::Lateness | Sum::Chases | Sum::Time { within: Target::None, .. } => "",
        Sum::Share(_) | Sum::Time { .. } => holds(met),
    }
}

/// What a record comes to by itself.
pub fn worth(measure: &Definition, worth: Option<i64>) -> String {
    match (measure.sum, worth) {
        (Sum::Chases, Some(times)) => times.to_string(),
        (_, Some(millis)) => length(millis),
        (_, None) => String::new(),
    }
}

/// Where, what service and what theme a figure is of.
pub fn part_of_office(place: Option<&str>, service: Option<&str>, theme: Option<&str>) -> String {
    let parts: Vec<&str> = [place, service, theme].into_iter().flatten().collect();
    if parts.is_empty() { EVERYWHERE.to_owned() } else { parts.join(" · ") }
}

/// The period asked for, with what is not over.
pub fn title(period: &str, so_far: bool) -> String {
    if so_far { format!("{period} {SO_FAR}") } else { period.to_owned() }
}

/// A measure that is none.
pub fn no_such_measure(id: &str, near: Option<&str>, known: &[&str]) -> String {
    let meant = near.map_or_else(|| ".".to_owned(), |near| format!("; do you mean {near}?"));
    format!("there is no measure \"{id}\"{meant} There are: {}", known.join(", "))
}

/// It cannot be split so.
pub fn not_split_by(id: &str, by: &str, known: &[&str]) -> String {
    if known.is_empty() {
        return format!("{id} is not split by anything");
    }
    format!("{id} cannot be split by {by}; by {} it can", known.join(", "))
}

/// No such theme, kind of service or place.
pub fn no_such_part(what: &str, said: &str, known: &[&str]) -> String {
    format!("there is no {what} \"{said}\"; there are: {}", known.join(", "))
}

/// A period that ends before it begins.
pub const NO_DAYS: &str = "--to is a day after --from; both are whole days, and --to is the last of them";
/// Of a total, what is shown.
pub fn shown_of(shown: usize, total: u64) -> String {
    format!("{shown} of {total}; --limit shows more")
}

/// What a service named on the command line is.
pub const KIND_OF_SERVICE: &str = "kind of service";

#[cfg(test)]
mod tests {
    use super::*;

    fn share(n: u64, of: u64) -> Figure {
        Figure { n, of, unknown: 0, worth: Worth::Share }
    }

    fn mean(n: u64, of: u64) -> Figure {
        let hundredths = i64::try_from(n * 100 / of).ok();
        Figure { n, of, unknown: 0, worth: Worth::Mean { hundredths } }
    }

    #[test]
    fn what_is_little_never_reads_as_nothing_and_what_is_nearly_all_never_as_all() {
        let said = [(0, 300), (1, 300), (1, 5000), (149, 300), (299, 300), (4999, 5000), (300, 300)]
            .map(|(n, of)| (value(&share(n, of)), tiny(&share(n, of))));
        let said = said.each_ref().map(|(value, tiny)| (value.as_str(), tiny.as_str()));
        assert_eq!(
            said,
            [
                ("0 %", "0%"),
                ("0.3 %", "<1%"),
                ("under 0.1 %", "<1%"),
                ("50 %", "50%"),
                ("99.7 %", ">99%"),
                ("over 99.9 %", ">99%"),
                ("100 %", "100%"),
            ]
        );
        let said = [(0, 50), (2, 50), (1, 500), (5, 50), (73, 50)].map(|(n, of)| value(&mean(n, of)));
        assert_eq!(said, ["0.0", "0.04", "under 0.01", "0.1", "1.5"]);
        assert_eq!([0, 20_000, 60_000].map(length), ["at once", "under 1 min", "1 min"]);
        let (median, ninetieth) = (Some(20_000), Some(240_000));
        let worth = Worth::Time { median, ninetieth, timed: 12, target: false };
        let quick = Figure { n: 12, of: 12, unknown: 0, worth };
        assert_eq!(in_full(&quick), "half took under 1 min, 9 in 10 took 4 min or less (12 timed)");
        assert_eq!(tiny(&quick), "<1m");
        // Of a time without a target stands how many were timed; what was answered in the very contact took no time.
        let worth = Worth::Time { median: Some(0), ninetieth: Some(259_200_000), timed: 3, target: false };
        let at_once = Figure { n: 3, of: 3, unknown: 0, worth };
        assert_eq!((value(&at_once).as_str(), counted_short(&at_once).as_str()), ("at once", "3 timed"));
        let none = Figure {
            n: 0,
            of: 0,
            unknown: 0,
            worth: Worth::Time { median: None, ninetieth: None, timed: 0, target: false },
        };
        assert_eq!(in_full(&none), NOTHING);
        assert_eq!(in_full(&at_once), "half took no time, 9 in 10 took 3 d or less (3 timed)");
    }
}
