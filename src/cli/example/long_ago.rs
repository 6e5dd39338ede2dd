//! What was written years ago in the example office, before anybody who works there now: it has been kept long enough, so that
//! the list of what is due for disposal can be tried.

use chrono::{DateTime, Months, TimeDelta, Utc};

use super::draws::Draws;
use super::writing::{Asked, Desk, Writing};
use crate::cli::failure::Failure;
use crate::domain::act::Act;
use crate::domain::entry::{Method, NewEntry, Who};
use crate::domain::ids::EntryId;
use crate::domain::permission::Viewer;
use crate::settings::example::LongAgo;

/// When the oldest of it was written; `None` where there is none.
pub(super) fn first(all: &[LongAgo], now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    all.iter().filter_map(|one| written(one, now)).min()
}

fn written(one: &LongAgo, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    now.checked_sub_months(Months::new(one.years * 12))
}

/// Tells all of it, in the order of the file, and places the holds. It draws lots of its own: all else stays as it was.
pub(super) fn tell(
    all: &[LongAgo],
    now: DateTime<Utc>,
    draws: &Draws,
    desk: &Desk<'_>,
    writing: &mut Writing,
) -> Result<(), Failure> {
    let mut draws = draws.apart("long ago");
    let who = Who { by: None, typed_by: None, method: Method::System };
    for one in all {
        let opening = desk.edition.pathway(&one.pathway).and_then(|pathway| pathway.opening());
        let Some((at, opening)) = written(one, now).zip(opening) else { continue };
        let asked = Asked {
            id: draws.id(),
            pathway: &one.pathway,
            step: &opening.id,
            case: None,
            on: None,
            happened: at,
            recorded: at,
            who,
            viewer: Viewer::system(),
            why_late: None,
        };
        let (case, _) = desk.record(&asked, one.answers.clone(), writing)?;
        if let Some(reason) = &one.held_for {
            let at = at + TimeDelta::hours(1);
            let act = Act::Hold { reason: reason.clone() };
            let entry = NewEntry::of_act(EntryId(draws.id()), Some(case), who, act, at);
            writing.act(&Viewer::system(), entry, at)?;
        }
    }
    Ok(())
}
