//! An office on the screen: opened or founded, its files read, run until the person leaves.
//!
//! What the screen shows is left to `app` and `ui`, where an office lies to `settings`.

use std::thread;
use std::time::Duration;

use color_eyre::eyre::{Result, WrapErr};

use super::adopting::adopt;
use super::clock::{self, SystemChance};
use super::desk::ahead::Handed;
use super::desk::{self, Around};
use super::event_loop::Ended;
use super::room;
use super::run::{Start, run};
use super::signing::by_account;
use super::terminal;
pub use crate::app::Door;
use crate::app::board::BoardLayer;
use crate::app::{App, Msg, Notice, Size};
use crate::domain::entry::Method;
use crate::domain::ids::{CaseId, Seq};
use crate::domain::time::Zone;
use crate::domain::words::runtime as words;
use crate::pathway::edition::Edition;
use crate::settings::fault::Fault;
use crate::settings::{definitions, keys, measures, sign_in, themes};
use crate::store::{Founding, OfficeDir, OpenError, Store, Watch};
use crate::ui::theme::Theme;

/// Ids that the app begins with.
const IDS: usize = 32;

/// How the screen is to be.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The theme's name; mono where the terminal is to show no colour.
    pub theme: Option<String>,
    /// Who sits at the desk, where the operating system's account or an SSH key says so. The account is not enough where
    /// a PIN is asked of them.
    pub staff: Option<CaseId>,
    /// The key by which somebody came in over SSH.
    pub door: Option<Door>,
    /// Where somebody sits, for counting wrong PINs.
    pub station: String,
}

/// Opens an office, which is founded without a name where there is none yet. `progress` hears how far it has come with how
/// many entries where a newer program has to read them all, `waits` that another program is founding this office, and how long
/// it is waited for at most.
///
/// # Errors
/// Whatever makes it unsafe to use, in words.
pub fn open(
    dir: &OfficeDir,
    waits: &mut dyn FnMut(Duration),
    progress: &mut dyn FnMut(Seq, Seq),
) -> Result<Store> {
    if !dir.exists() {
        match found(dir, waits) {
            // Another program was first, a moment ago.
            Err(error) if matches!(error.downcast_ref(), Some(OpenError::Exists(_))) => {}
            founded => return founded,
        }
    }
    Store::open_saying(dir, Box::new(SystemChance), progress).wrap_err(words::NO_OFFICE)
}

/// Runs the screen of an office.
///
/// # Errors
/// The office cannot be read, or the terminal cannot be taken over. Nothing of any record is in the words.
pub fn screen(mut store: Store, options: &Options) -> Result<Ended> {
    let dir = &store.dir().clone();
    let (rules, said) = sign_in::load(&dir.config());
    let mut faults: Vec<String> = said.iter().map(Fault::to_string).collect();
    // A key was authenticated; what the environment says of the account, anybody could have it say.
    let is_enough = |staff: &CaseId| options.door.is_some() || by_account(&store, rules.everybody, *staff);
    let staff = options.staff.filter(is_enough);
    if let Some(Err(waiting)) = adopt(&mut store, staff, clock::now()) {
        faults.push(waiting);
    }
    let editions = store.editions().wrap_err(words::NO_OFFICE)?;
    if !Edition::is_built_in(editions.current_id()) {
        let own = editions.clone();
        read_ahead(move || drop(own.current().clone()));
    }
    if let Some(why) = store.read_only() {
        faults.push(why.to_owned());
    }
    let (now, zone) = (clock::now(), store.zone().unwrap_or_default());
    let method = if options.door.is_some() { Method::Key } else { Method::Account };
    let staff = staff.map(|staff| (staff, method));
    let you = staff.and_then(|(staff, method)| desk::you(&store, staff, method, now).ok());
    let size = terminal::size().unwrap_or(Size { columns: 80, rows: 24 });
    // Before anything is read of it: what is committed meanwhile is seen to.
    let (watched, head) = (dir.clone(), store.head().wrap_err(words::NO_OFFICE)?);
    let rows = BoardLayer::default().reach(size);
    let handed = Handed::reading_ahead(store, staff.map(|(staff, _)| staff), rows, now);
    let handed = handed.wrap_err(words::NO_THREAD)?;
    let (keymap, said) = keys::load(&dir.config());
    faults.extend(said.iter().map(Fault::to_string));
    let (looks, said) = themes::load(&dir.config(), theme(options));
    faults.extend(said.iter().map(Fault::to_string));
    let (measures, said) = measures::own(&dir.config());
    faults.extend(said.iter().map(Fault::to_string));
    let mut app = App::with_keys(now, zone, (*editions).clone(), clock::ids(IDS), size, keymap);
    app.rules = rules;
    app.sits_there(you);
    if let Some(door) = options.door.clone() {
        app.came_in(door);
    }
    if !faults.is_empty() {
        app.notice = Some(Notice::Failed(faults.join(" · ")));
    }
    let first = app.started();
    let around = Around { rules, station: options.station.clone(), measures, ..Around::default() };
    let desk = desk::open_with(handed, staff, &around).wrap_err(words::NO_OFFICE)?;
    let watch = move |to_loop: tokio::sync::mpsc::Sender<Msg>| {
        // A full queue has a reading of the board in it already.
        let tell = move || drop(to_loop.try_send(Msg::ChangedElsewhere(0)));
        Watch::start(&watched, head, tell).ok()
    };
    run(Start { app, first, theme: Theme::new(looks), desk, watch: Box::new(watch) })
}

/// Reads definitions while the office is opened, the terminal is made ready and the dashboard is read: they are needed for
/// its keys and for every form. Where no thread can be made, whoever needs them first reads them.
pub fn read_ahead(read: impl FnOnce() + Send + 'static) {
    let reading = || {
        room::make();
        read();
    };
    drop(thread::Builder::new().name("definitions".to_owned()).spawn(reading));
}

/// Founds an office without a name, with the program's own definitions.
///
/// # Errors
/// There is an office already, or the place is not fit for one.
fn found(dir: &OfficeDir, waits: &mut dyn FnMut(Duration)) -> Result<Store> {
    let files = definitions::files(&dir.config()).wrap_err(words::NO_DEFINITIONS)?;
    let founding = Founding { office: String::new(), zone: Zone::default(), training: false, files };
    Store::create_saying(dir, founding, Box::new(SystemChance), clock::now(), waits)
        .wrap_err(words::NO_OFFICE)
}

fn theme(options: &Options) -> &str {
    let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    match &options.theme {
        Some(name) => name,
        None if no_colour => themes::MONO,
        None => themes::USUAL,
    }
}
