//! Which looks somebody seeks, by the words that they type over the list of looks: a way of looking ("refused"), a day
//! ("21-Nov", "yesterday"), and a name, of whoever looked or of whoever was looked at.

use chrono::{DateTime, Days, Utc};

use crate::domain::access::{How, LookRow, Sought};
use crate::domain::ids::CaseId;
use crate::domain::names::fold;
use crate::domain::permission::Viewer;
use crate::domain::time::{UnderstoodDate, understand_date};
use crate::domain::words::ui as words;
use crate::store::{ReadError, Store};

/// Records that a name can mean; beyond so many it means nobody in particular.
const MOST_NAMED: u32 = 20;

/// The looks that are sought at one record or at all, as far as they may be listed: what waits to be seen first.
///
/// # Errors
/// The viewer may not audit, or the disk fails.
pub(super) fn looks(
    (store, now): (&Store, DateTime<Utc>),
    viewer: &Viewer,
    of: Option<CaseId>,
    text: &str,
    rows: u32,
) -> Result<Vec<LookRow>, ReadError> {
    let (sought, name) = read((store, now), of, text)?;
    let mut each = Vec::new();
    if name.is_empty() {
        each.push(sought.clone());
    } else {
        let people = store.find(viewer, "people", &name, MOST_NAMED).unwrap_or_default();
        let staff = store.staff()?.into_iter().filter(|row| has(&row.name, &name));
        let at = people.into_iter().filter(|row| of.is_none_or(|of| of == row.id));
        each.extend(at.map(|row| Sought { subject: Some(row.id), ..sought.clone() }));
        each.extend(staff.map(|row| Sought { staff: Some(row.id), ..sought.clone() }));
    }
    let mut found = Vec::new();
    for sought in &each {
        found.extend(store.looks(viewer, sought, None, rows)?);
    }
    found.sort_by_key(|row| std::cmp::Reverse(row.seq));
    found.dedup_by_key(|row| row.seq);
    found.truncate(usize::try_from(rows).unwrap_or(usize::MAX));
    let waiting = store.beyond_waiting(viewer)?;
    let fits = |row: &LookRow| {
        let at = of.is_none_or(|of| row.record == Some(of));
        let how = sought.how.is_none_or(|how| how == How::Beyond);
        at && how && (name.is_empty() || has(&row.staff, &name) || has(&row.subject, &name))
    };
    // Each stands in the list once: what waits stands above.
    found.retain(|row| row.waits.is_none());
    Ok(waiting.into_iter().filter(fits).chain(found).collect())
}

fn has(own: &str, typed: &str) -> bool {
    let own = fold(own);
    fold(typed).split_whitespace().all(|word| own.contains(word))
}

/// What the words say, and what is left of them as a name.
fn read(
    (store, now): (&Store, DateTime<Utc>),
    of: Option<CaseId>,
    text: &str,
) -> Result<(Sought, String), ReadError> {
    let zone = store.zone()?;
    let today = zone.day(now);
    let mut sought = Sought { subject: of, ..Sought::default() };
    let mut name = Vec::new();
    for word in text.split_whitespace() {
        let how = How::ALL.into_iter().find(|how| words::looks::how(*how) == fold(word));
        let is_day = word.contains(|c: char| c.is_ascii_digit()) || ["today", "yesterday"].contains(&word);
        match (how, is_day.then(|| understand_date(word, today))) {
            (Some(how), _) => sought.how = Some(how),
            (None, Some(UnderstoodDate::One(day))) => {
                let next = day.checked_add_days(Days::new(1)).unwrap_or(day);
                sought.since = Some(zone.start_of_day(day));
                sought.until = Some(zone.start_of_day(next));
            }
            _ => name.push(word),
        }
    }
    Ok((sought, name.join(" ")))
}
