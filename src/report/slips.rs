//! A pad of numbered call slips: the questions of the call form in the order of the telephone, with room to write.

use std::collections::BTreeSet;

use askama::Template;

use super::page::Head;
use crate::domain::slips::{Slips, shown};
use crate::domain::views::Office;
use crate::domain::words::report as words;
use crate::pathway::definition::{Field, Kind, Means, Step};

/// Slips on one sheet of A4.
const ON_A_SHEET: usize = 2;

/// A page of slips.
#[derive(Template)]
#[template(path = "slips.html", config = "src/report/askama.toml")]
struct Pad<'a> {
    head: Head,
    office: &'a str,
    again: Option<&'static str>,
    first: &'static str,
    first_row: [&'static str; 3],
    questions: Vec<Question<'a>>,
    foot: &'static str,
    sheets: Vec<Vec<String>>,
}

/// One question of a slip.
struct Question<'a> {
    label: &'a str,
    /// What is ticked, where it is a choice.
    boxes: Vec<&'a str>,
    /// Whether it takes more than a line.
    long: bool,
}

/// The pad as one self-contained HTML document: two slips on each sheet of A4.
///
/// `again`: these numbers were printed before, and each slip says so.
///
/// `call` is the step that a slip is entered as later; what may wait until after hanging up is left out.
///
/// # Errors
/// Where the page cannot be put together, which no content brings about.
pub fn pad(office: &Office, call: &Step, numbers: &Slips, again: bool) -> Result<String, askama::Error> {
    let numbers: Vec<String> = numbers.each().map(shown).collect();
    Pad {
        head: Head::new(&words::pad(&numbers), office.training),
        office: &office.name,
        again: again.then_some(words::PRINTED_AGAIN),
        first: words::FIRST,
        first_row: [words::RANG_AT, words::DAY, words::TAKEN_BY],
        questions: questions(call),
        foot: words::ENTER_IT,
        sheets: numbers.chunks(ON_A_SHEET).map(<[String]>::to_vec).collect(),
    }
    .render()
}

/// What is asked while somebody is on the telephone. A line that only some answers ask for stands there as well: paper
/// hides nothing.
fn questions(call: &Step) -> Vec<Question<'_>> {
    let asked = |field: &&Field| !field.later && !field.retired && field.means != Some(Means::ReportedAt);
    call.fields.iter().filter(asked).map(question).collect()
}

fn question(field: &Field) -> Question<'_> {
    let boxes = match &field.kind {
        Kind::Choice(choices) | Kind::Choices(choices) => {
            choices.iter().filter(|choice| !choice.retired).map(|choice| choice.label.as_str()).collect()
        }
        Kind::YesNo { .. } => vec![words::YES, words::NO],
        _ => Vec::new(),
    };
    let long = matches!(field.kind, Kind::Notes | Kind::Rows { .. });
    Question { label: &field.label, boxes, long }
}

/// What the file of a pad is called; one that is printed again stands beside the first.
pub fn file_name(numbers: &Slips, again: bool) -> String {
    let ends: BTreeSet<u32> = numbers.first().into_iter().chain(numbers.last()).collect();
    let again = if again { "-again" } else { "" };
    format!("slips-{}{again}.html", ends.into_iter().map(shown).collect::<Vec<_>>().join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pathway::edition::Edition;

    fn office(name: &str, training: bool) -> Office {
        Office { name: name.to_owned(), training, ..Office::default() }
    }

    #[test]
    fn a_pad_has_each_number_once_and_the_questions_in_the_order_of_the_telephone() {
        let edition = Edition::built_in();
        let call = edition.pathways["urgent"].opening().unwrap();
        let page = pad(&office("Rowan House", true), call, &Slips::run(51, 55), true).unwrap();
        for number in 51..=55 {
            let big = format!("<div class=\"number\">{}</div>", shown(number));
            assert_eq!(page.matches(&big).count(), 1, "{number}");
        }
        assert_eq!(page.matches("<section class=\"sheet\">").count(), 3);
        let asked: Vec<usize> =
            ["Number to ring back", "Who is ringing", "Awake and breathing", "What has changed", "Risk now"]
                .iter()
                .map(|label| page.find(label).unwrap_or_else(|| panic!("{label} is asked")))
                .collect();
        assert!(asked.is_sorted(), "{asked:?}");
        assert!(page.find(words::FIRST).unwrap() < asked[0], "what comes first stands first");
        assert_eq!(page.matches("TRAINING").count(), 5, "on every slip");
        assert!(!page.contains("Visit record"), "what may wait is not asked on paper");
        assert!(!page.contains("http"), "nothing is fetched");
        let real = pad(&office("Rowan House", false), call, &Slips::run(1, 2), false).unwrap();
        assert!(!real.contains("TRAINING"));
    }

    #[test]
    fn a_name_that_looks_like_a_page_stays_a_name() {
        let edition = Edition::built_in();
        let call = edition.pathways["urgent"].opening().unwrap();
        let page = pad(&office("<script>\"Rowan\" & Co", false), call, &Slips::run(1, 1), false).unwrap();
        assert!(!page.contains("<script>") && page.contains("&#60;script&#62;"), "{page}");
    }

    #[test]
    fn a_file_is_called_by_its_first_and_last_number() {
        assert_eq!(file_name(&Slips::run(51, 100), false), "slips-0051-0100.html");
        assert_eq!(file_name(&Slips::run(7, 7), true), "slips-0007-again.html");
    }
}
