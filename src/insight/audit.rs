//! Audits of records: which cases a sample has, what the record of a case shows of each criterion, and what the answers of a
//! person come to.
//!
//! # How a sample is drawn
//! The population is the list of references of all cases of the time. For each, the SHA-256 of `SEED:REFERENCE` in UTF-8 is
//! written as a hexadecimal number; those with the N lowest are drawn. N is the size that was asked for, or so many of a
//! hundred of the population, rounded up, where that is more. The seed is the id of the entry that asked for the sample:
//! nobody chooses it, and it cannot be known before. Seed, method, N and population are kept with the sample, so that anyone
//! can draw it again.

mod propose;
mod result;

use sha2::{Digest, Sha256};

pub use propose::{Proposed, Showing, propose};
pub use result::{Scored, comes_to, differs, told};

/// How many cases are drawn from a population.
pub fn size(population: usize, at_least: usize, percent: usize) -> usize {
    at_least.max((population * percent).div_ceil(100)).min(population)
}

/// The references that are drawn, in the order of the population.
pub fn draw<'a>(population: &'a [String], seed: &str, size: usize) -> Vec<&'a String> {
    let mut hashed: Vec<([u8; 32], usize)> = population
        .iter()
        .enumerate()
        .map(|(at, reference)| (Sha256::digest(format!("{seed}:{reference}")).into(), at))
        .collect();
    hashed.sort_unstable();
    let mut drawn: Vec<usize> = hashed.into_iter().take(size).map(|(_, at)| at).collect();
    drawn.sort_unstable();
    drawn.into_iter().filter_map(|at| population.get(at)).collect()
}

/// What tells one population from another: the SHA-256 of its members, a line each.
pub fn digest(population: &[String]) -> String {
    let digest = Sha256::digest(population.join("\n"));
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// References in little room: `U-1 to U-30, U-32`.
pub fn listed(population: &[String]) -> String {
    let mut runs: Vec<(&String, &String)> = Vec::new();
    for reference in population {
        match runs.last_mut() {
            Some((_, last)) if follows(last, reference) => *last = reference,
            _ => runs.push((reference, reference)),
        }
    }
    let run = |(first, last): &(&String, &String)| {
        if first == last { (*first).clone() } else { format!("{first} to {last}") }
    };
    runs.iter().map(run).collect::<Vec<_>>().join(", ")
}

/// The references of such a list.
pub fn read_list(listed: &str) -> Vec<String> {
    let mut all = Vec::new();
    for run in listed.split(',').map(str::trim).filter(|run| !run.is_empty()) {
        match run.split_once(" to ").and_then(|(first, last)| Some((numbered(first)?, numbered(last)?))) {
            Some(((letter, from), (_, to))) => {
                all.extend((from..=to).map(|number| format!("{letter}-{number}")));
            }
            None => all.push(run.to_owned()),
        }
    }
    all
}

/// The letters and the number of a reference.
fn numbered(reference: &str) -> Option<(&str, u64)> {
    let (letter, number) = reference.trim().rsplit_once('-')?;
    Some((letter, number.parse().ok()?))
}

fn follows(one: &str, next: &str) -> bool {
    match (numbered(one), numbered(next)) {
        (Some((letter, number)), Some((other, next))) => letter == other && next == number + 1,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn population(numbers: impl Iterator<Item = u64>) -> Vec<String> {
        numbers.map(|number| format!("U-{number}")).collect()
    }

    #[test]
    fn a_sample_is_as_large_as_was_asked_and_never_larger_than_what_there_is() {
        assert_eq!([size(68, 12, 0), size(400, 12, 10), size(401, 12, 10), size(5, 12, 10)], [12, 40, 41, 5]);
        assert_eq!(size(0, 12, 10), 0);
    }

    #[test]
    fn the_same_seed_draws_the_same_and_another_another() {
        let all = population(1..=200);
        assert_eq!(draw(&all, "one", 12), draw(&all, "one", 12));
        assert_ne!(draw(&all, "one", 12), draw(&all, "two", 12));
        assert_eq!(draw(&all, "one", 500).len(), 200);
        let more = draw(&all, "one", 20);
        assert!(
            draw(&all, "one", 12).iter().all(|one| more.contains(one)),
            "a larger sample holds the smaller"
        );
    }

    /// As an independent program in another language draws them, from the method alone (`tests/journeys/draw_again.py`).
    #[test]
    fn a_known_sample_comes_out() {
        assert_eq!(draw(&population(1..=20), "one", 5), ["U-6", "U-7", "U-11", "U-12", "U-15"]);
    }

    /// No case is drawn more readily than another: over many seeds each comes about as often.
    #[test]
    fn over_many_seeds_each_case_is_drawn_about_as_often() {
        let all = population(1..=40);
        let mut times = vec![0; all.len()];
        for seed in 0..4_000 {
            for one in draw(&all, &seed.to_string(), 10) {
                times[all.iter().position(|other| other == one).unwrap()] += 1;
            }
        }
        assert!(times.iter().all(|times| (850..=1_150).contains(times)), "{times:?}");
    }

    #[test]
    fn a_population_is_kept_in_little_room_and_read_again() {
        let all = population((1..=30).chain([32]).chain(40..=41));
        assert_eq!(listed(&all), "U-1 to U-30, U-32, U-40 to U-41");
        assert_eq!(read_list(&listed(&all)), all);
        assert_eq!(read_list(""), Vec::<String>::new());
    }
}
