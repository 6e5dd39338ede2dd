//! The rota of the example office: the week from the shift that is on, with the gaps and with what is recorded of its
//! slots, as `config/example/` has them. It is planned last, so that the calls before it are the same with or without it.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveTime, TimeDelta, Timelike, Utc};
use serde_json::Value;

use super::draws::Draws;
use super::population::Population;
use super::telling::CHANGES;
use super::writing::{Asked, Desk, Writing};
use crate::cli::failure::Failure;
use crate::domain::entry::{Method, Who};
use crate::domain::ids::CaseId;
use crate::domain::permission::Viewer;
use crate::domain::time::display;
use crate::settings::example::{ExampleOffice, Post, Slot, Turn};

const REGISTER: &str = "rota";

/// Plans the week.
pub(super) fn plan(
    office: &ExampleOffice,
    population: &Population,
    now: DateTime<Utc>,
    draws: &mut Draws,
    desk: &Desk<'_>,
    writing: &mut Writing,
) -> Result<(), Failure> {
    let Some((planner, ..)) = population.staff.get(&office.rota.by) else { return Ok(()) };
    let mut planning = Planning { population, planner: *planner, now, draws, desk, writing };
    for day in 0..office.rota.days {
        for turn in [Turn::Day, Turn::Night] {
            for post in &office.rota.post {
                let of = Slot { in_days: day, shift: turn, duty: post.duty.clone() };
                if office.rota.gap.contains(&of) {
                    continue;
                }
                let Some(slot) = planning.slot(post, day, turn)? else { continue };
                for then in office.rota.then.iter().filter(|then| then.slot == of) {
                    planning.record(&then.step, Some(slot), then.answers.clone())?;
                }
            }
        }
    }
    Ok(())
}

struct Planning<'a, 'd> {
    population: &'a Population,
    planner: CaseId,
    now: DateTime<Utc>,
    draws: &'a mut Draws,
    desk: &'a Desk<'d>,
    writing: &'a mut Writing,
}

impl Planning<'_, '_> {
    /// One slot, by the clock on the wall; `None` where the post has nobody in that shift, or the shift is over.
    fn slot(&mut self, post: &Post, day: u64, turn: Turn) -> Result<Option<CaseId>, Failure> {
        let key = match turn {
            Turn::Day => &post.day,
            Turn::Night => &post.night,
        };
        let Some((_, name, _)) = key.as_ref().and_then(|key| self.population.staff.get(key)) else {
            return Ok(None);
        };
        let zone = self.desk.zone;
        let local = zone.local(self.now);
        // Before the day shift begins it is still yesterday's night.
        let today = if local.hour() < CHANGES[0] { local.date() - TimeDelta::days(1) } else { local.date() };
        let wall = |days: u64, hour: u32| {
            let date = today.checked_add_days(Days::new(day + days)).unwrap_or(today);
            zone.earliest(date.and_time(NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or(NaiveTime::MIN)))
        };
        let (from, until) = match turn {
            Turn::Day => (wall(0, CHANGES[0]), wall(0, CHANGES[1])),
            Turn::Night => (wall(0, CHANGES[1]), wall(1, CHANGES[0])),
        };
        if until <= self.now {
            return Ok(None);
        }
        let said = [
            ("duty", post.duty.clone()),
            ("who", name.clone()),
            ("from", display::stamp(from, zone)),
            ("until", display::stamp(until, zone)),
        ];
        let said = said.into_iter().map(|(field, words)| (field.to_owned(), words)).collect();
        self.record("plan", None, said).map(Some)
    }

    fn record(
        &mut self,
        step: &str,
        case: Option<CaseId>,
        said: BTreeMap<String, String>,
    ) -> Result<CaseId, Failure> {
        let who = Who { by: Some(self.planner), typed_by: Some(self.planner), method: Method::Asserted };
        let asked = Asked {
            id: self.draws.id(),
            pathway: REGISTER,
            step,
            case,
            on: None,
            happened: self.now,
            recorded: self.now,
            who,
            viewer: Viewer::system(),
            why_late: None,
        };
        let said: BTreeMap<String, Value> =
            said.into_iter().map(|(field, words)| (field, Value::from(words))).collect();
        Ok(self.desk.record(&asked, said, self.writing)?.0)
    }
}
