//! The page of how warning signs were answered, rule by rule: one that cries wolf is seen by it, and so is one that nobody
//! answers. Those that most were called false alarms stand first.

use crate::domain::sheet::{Sheet, SheetPart};
use crate::domain::views::SignRate;
use crate::domain::words::signs as words;

/// So many answers a rule has before anything is said of it; fewer say nothing.
const LEAST: u64 = 5;

/// Composes it.
pub fn rates(all: &[SignRate]) -> Sheet {
    let mut doubtful = SheetPart::new(words::PART_DOUBTFUL);
    let mut raised = SheetPart::new(words::PART_RAISED);
    let mut silent = SheetPart::new(words::PART_SILENT);
    let (mut once, never): (Vec<&SignRate>, Vec<&SignRate>) = all.iter().partition(|rate| rate.raised > 0);
    once.sort_by_key(|rate| (std::cmp::Reverse(of_hundred(rate)), std::cmp::Reverse(rate.raised)));
    for rate in once {
        let numbers = words::how_answered(
            (rate.raised, rate.open),
            [rate.accepted, rate.explained, rate.false_alarms],
            (answered(rate) >= LEAST).then(|| of_hundred(rate)),
        );
        // More false alarms than not: the rule is looked at, not whoever answers it.
        match answered(rate) >= LEAST && of_hundred(rate) > 50 {
            true => doubtful.lacks(&rate.title, &numbers),
            false => raised.says(&rate.title, numbers),
        }
    }
    if !never.is_empty() {
        let titles: Vec<&str> = never.iter().map(|rate| rate.title.as_str()).collect();
        silent.says("", titles.join("\n"));
    }
    if doubtful.lines.is_empty() && raised.lines.is_empty() {
        raised.says("", words::NONE_RAISED);
    }
    Sheet {
        title: words::PAGE_OF_ANSWERS.to_owned(),
        first: words::FIRST_OF_ANSWERS.to_owned(),
        parts: [doubtful, raised, silent].into_iter().filter(|part| !part.lines.is_empty()).collect(),
        last: words::LAST_OF_ANSWERS.to_owned(),
        ..Sheet::default()
    }
}

fn answered(rate: &SignRate) -> u64 {
    rate.accepted + rate.explained + rate.false_alarms
}

/// Of a hundred answers, so many said that it was a false alarm.
fn of_hundred(rate: &SignRate) -> u64 {
    (rate.false_alarms * 100).checked_div(answered(rate)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sheet::LineKind;
    use crate::domain::signs::Severity;

    fn rate(title: &str, [accepted, explained, false_alarms, open]: [u64; 4]) -> SignRate {
        SignRate {
            rule: title.to_lowercase(),
            title: title.to_owned(),
            severity: Severity::Serious,
            raised: accepted + explained + false_alarms + open,
            accepted,
            explained,
            false_alarms,
            open,
        }
    }

    #[test]
    fn a_rule_that_cries_wolf_stands_first_and_one_with_few_answers_is_not_judged() {
        let all = [
            rate("Right", [8, 1, 1, 0]),
            rate("Wolf", [1, 1, 4, 2]),
            rate("Few", [0, 0, 4, 0]),
            rate("Never", [0, 0, 0, 0]),
        ];
        let page = rates(&all);
        let parts: Vec<(&str, Vec<&str>)> = page
            .parts
            .iter()
            .map(|part| (part.title.as_str(), part.lines.iter().map(|line| line.label.as_str()).collect()))
            .collect();
        assert_eq!(
            parts,
            [
                (words::PART_DOUBTFUL, vec!["Wolf"]),
                (words::PART_RAISED, vec!["Few", "Right"]),
                (words::PART_SILENT, vec![""])
            ]
        );
        let wolf = &page.parts[0].lines[0];
        assert_eq!(wolf.kind, LineKind::Gap);
        assert_eq!(
            wolf.words,
            "8 times: 1 accepted, 1 explained, 4 false alarms (66 % of the answers), 2 not answered"
        );
        assert_eq!(page.parts[1].lines[0].words, "4 times: 4 false alarms");
        assert_eq!(page.parts[2].lines[0].words, "Never");
    }
}
