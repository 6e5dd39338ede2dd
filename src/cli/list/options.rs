//! Options that only some lists take. One that a list does not take is refused: left out without a word, the list would be
//! read as narrowed by it.

use clap::ValueEnum;

use crate::cli::arguments::{List, What};
use crate::cli::failure::Failure;
use crate::domain::words::cli as words;

/// Refuses an option that the list does not take.
///
/// # Errors
/// A usage failure that names the option and the lists that take it.
pub(super) fn taken(asked: &List) -> Result<(), Failure> {
    use What::{Cases, Oncall, Overdue, Owed, Rota, Shares, Signs, Visits};
    // Cases that show something about a regulation are those of a time, too.
    let timed: &[What] = if asked.tag.is_some() { &[Visits, Shares, Cases] } else { &[Visits, Shares] };
    let options: [(&str, bool, &[What]); 13] = [
        ("--at", asked.at.is_some(), &[Rota, Oncall]),
        ("--organisation", asked.organisation.is_some(), &[Owed, Overdue]),
        ("--csv", asked.csv, &[Owed, Overdue]),
        ("--pathway", asked.pathway.is_some(), &[Cases]),
        ("--open", asked.open, &[Cases]),
        ("--tag", asked.tag.is_some(), &[Cases]),
        ("--provider", asked.provider.is_some(), &[Visits]),
        ("--from", asked.from.is_some(), timed),
        ("--until", asked.until.is_some(), timed),
        ("--person", asked.person.is_some(), &[Shares]),
        ("--with", asked.with.is_some(), &[Shares]),
        ("--without-agreement", asked.without_agreement, &[Shares]),
        ("--rates", asked.rates, &[Signs]),
    ];
    let strange = options.iter().find(|(_, given, lists)| *given && !lists.contains(&asked.what));
    let Some((option, _, lists)) = strange else { return Ok(()) };
    let lists: Vec<String> = lists
        .iter()
        .filter_map(ValueEnum::to_possible_value)
        .map(|list| list.get_name().to_owned())
        .collect();
    let finds = asked.what == Cases && asked.organisation.is_some();
    Err(Failure::usage(words::not_of_this_list(option, &lists, finds)))
}
