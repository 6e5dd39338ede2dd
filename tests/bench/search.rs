//! A search over the large office, from the words typed to the rows found, for kinds of words that cost differently.

use std::path::Path;
use std::time::{Duration, Instant};

use dutydesk::domain::permission::Viewer;
use dutydesk::runtime::clock::SystemChance;
use dutydesk::store::{OfficeDir, Store};
use rusqlite::Connection;

const TURNS: usize = 15;
/// As many of a kind as the screen asks for.
const LIMIT: u32 = 20;

/// Who searches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Somebody who sees all.
    All,
    /// Somebody who reads at one location alone.
    OfOneLocation,
}

/// How many entries were searched, and how long the searches of each kind took, the shortest first.
pub fn measure(office: &Path, who: Who) -> (u64, Vec<(String, Vec<Duration>)>) {
    let store = Store::open(&OfficeDir::at(office), Box::new(SystemChance)).unwrap();
    let viewer = match who {
        Who::All => Viewer::system(),
        Who::OfOneLocation => {
            let staff = store.staff().unwrap()[0].id;
            let places = store.records(&Viewer::system(), "locations", None, 1).unwrap();
            let roles = vec![("duty_coordinator".to_owned(), Some(places.rows[0].id))];
            Viewer { staff: Some(staff), roles, ..Viewer::default() }
        }
    };
    let conn = Connection::open(OfficeDir::at(office).ledger()).unwrap();
    let terms = "CREATE VIRTUAL TABLE temp.terms USING fts5vocab ('main', 'said_words', 'row')";
    conn.execute_batch(terms).unwrap();
    let term = |sql: &str| conn.query_row(sql, [], |row| row.get::<_, String>(0)).unwrap();
    let common = term("SELECT term FROM terms WHERE length(term) > 3 ORDER BY doc DESC LIMIT 1");
    let next = term("SELECT term FROM terms WHERE length(term) > 3 ORDER BY doc DESC LIMIT 1 OFFSET 1");
    let rare = term(
        "SELECT term FROM terms WHERE doc = 1 AND term GLOB '[a-z]*' ORDER BY length(term) DESC LIMIT 1",
    );
    let family = term(
        "SELECT lower(substr(row ->> 'name', 1, instr(row ->> 'name', ',') - 1)) FROM records
         WHERE register = 'people' AND instr(row ->> 'name', ',') > 6 ORDER BY sort LIMIT 1",
    );
    let number = term(
        "SELECT term FROM terms WHERE length(term) = 11 AND term GLOB '0[0-9]*' ORDER BY doc DESC LIMIT 1",
    );
    let mut letters: Vec<char> = family.chars().collect();
    letters.swap(2, 3);
    let misspelt: String = letters.into_iter().collect();
    let prefix = |length: usize| common.chars().take(length).collect::<String>();
    let took = [
        ("a rare word", rare),
        ("the most common word", common.clone()),
        ("the two most common words", format!("{common} {next}")),
        ("its first two letters", prefix(2)),
        ("its first four letters", prefix(4)),
        ("a name", family.clone()),
        ("a misspelt name", misspelt.clone()),
        ("a name and a common word", format!("{family} {common}")),
        ("a misspelt name and a common word", format!("{misspelt} {common}")),
        ("a telephone number that rings often", number.clone()),
        ("its first five digits", number.chars().take(5).collect()),
        ("a telephone number of nobody", "01632 960111".to_owned()),
    ]
    .map(|(what, typed)| {
        let once = || {
            let begun = Instant::now();
            store.search(&viewer, &typed, LIMIT).unwrap();
            begun.elapsed()
        };
        let mut took: Vec<Duration> = (0..TURNS).map(|_| once()).collect();
        took.sort_unstable();
        (what.to_owned(), took)
    });
    (store.head().unwrap(), took.into())
}
