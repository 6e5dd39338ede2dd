//! The measures of a large office: a year of months at once, one of them in its parts, the records behind it.

use std::path::Path;
use std::time::{Duration, Instant};

use dutydesk::domain::measure::{Asked, Span};
use dutydesk::domain::permission::Viewer;
use dutydesk::runtime::clock::{self, SystemChance};
use dutydesk::settings::measures::shipped;
use dutydesk::store::{OfficeDir, Store};

const TURNS: usize = 9;
/// As many records as the screen asks for at first.
const LIMIT: u32 = 500;

/// How many entries there are, and how long each reading took, the shortest first. The first reads all that a screen of
/// measures shows; the office's last twelve months, quarters or years are what it has.
pub fn measure(office: &Path) -> (u64, Vec<(&'static str, Vec<Duration>)>) {
    let store = Store::open(&OfficeDir::at(office), Box::new(SystemChance)).unwrap();
    let (viewer, definitions, now) = (Viewer::system(), shipped(), clock::now());
    let zone = store.zone().unwrap();
    let months = Asked::month_of(zone.day(now));
    let years = months.clone().with_span(Span::Year, zone.day(now));
    let decision = definitions.measure("call_to_decision").unwrap();
    let overview = |asked: &Asked| drop(store.overview(&viewer, definitions, asked, now).unwrap());
    let took = |once: &dyn Fn()| {
        let turn = || {
            let begun = Instant::now();
            once();
            begun.elapsed()
        };
        let mut took: Vec<Duration> = (0..TURNS).map(|_| turn()).collect();
        took.sort_unstable();
        took
    };
    let by = decision.by.first().copied();
    let rows = vec![
        ("measures, twelve months", took(&|| overview(&months))),
        ("measures, twelve years", took(&|| overview(&years))),
        (
            "one measure in its parts",
            took(&|| drop(store.chart(&viewer, definitions, &years, (decision, by), now).unwrap())),
        ),
        (
            "the records behind it",
            took(&|| drop(store.measured(&viewer, definitions, &years, (decision, LIMIT), now).unwrap())),
        ),
    ];
    (store.head().unwrap(), rows)
}
