//! The desk: an office as the running program works at it. Joins the screen's questions and writings to the store.
//!
//! One connection for each thread: reading, writing the record, keeping drafts. Who sits at the desk is kept here
//! between them; what they may do is asked of the ledger each time, so that a role that ends takes effect at once.

pub mod ahead;
mod lists;
mod taken;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};

use self::ahead::{Ahead, Handed};
use super::appending::Appending;
use super::clock::{self, SystemChance};
use super::effects::{Desk, Writing};
use super::packs;
use super::seat::Seat;
use super::sheets;
use super::signing::{self, Signing};
use crate::app::beyond::Reached;
use crate::app::handover::{Handing, Which};
use crate::app::msg::{Effect, Failure, Unread};
use crate::app::{Msg, You};
use crate::domain::access::Look;
use crate::domain::act::Act;
use crate::domain::bell::Ticking;
use crate::domain::chance::Chance;
use crate::domain::draft::DraftRow;
use crate::domain::entry::Method;
use crate::domain::ids::{CaseId, EditionId, EntryId};
use crate::domain::measure::{Asked, By, Chart, Definitions};
use crate::domain::permission::{ANYONE, Roles, Viewer};
use crate::domain::secret::{Barred, SignInRules};
use crate::domain::sheet::Wanted;
use crate::domain::views::{Board, HandoverRow};
use crate::domain::words::handover as handover_words;
use crate::domain::words::runtime as words;
use crate::domain::words::sheets as sheet_words;
use crate::pathway::edition::{Edition, Editions};
use crate::report::sheets::compose;
use crate::settings::{definitions, measures};
use crate::store::{Access, Drafts, Limits, OfficeDir, OpenError, ReadError, Secrets, Store};

/// Records offered while a name is typed.
const FOUND: u32 = 20;

/// What a desk takes from the world around it: the time and chance. A test winds the one and seeds the other.
#[derive(Clone)]
pub struct Around {
    /// The time now.
    pub now: Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>,
    /// A source of ids and salts for one connection.
    pub chance: Arc<dyn Fn() -> Box<dyn Chance> + Send + Sync>,
    /// What wrong PINs are counted by beside whose they were: where somebody sits.
    pub station: String,
    /// How the office asks who is at the keyboard.
    pub rules: SignInRules,
    /// What is measured, where the office says so itself.
    pub measures: Option<Arc<Definitions>>,
}

impl Around {
    /// What is measured.
    pub(super) fn measures(&self) -> &Arc<Definitions> {
        self.measures.as_ref().unwrap_or_else(|| measures::shipped())
    }
}

impl Default for Around {
    fn default() -> Self {
        Self {
            now: Arc::new(clock::now),
            chance: Arc::new(|| Box::new(SystemChance)),
            station: String::new(),
            rules: SignInRules::default(),
            measures: None,
        }
    }
}

/// Opens an office for the threads of the disk. `staff` sits there from the start, where somebody is known.
///
/// # Errors
/// Whatever makes the office unsafe to use, in words.
pub fn open_in(dir: &OfficeDir, staff: Option<(CaseId, Method)>, around: &Around) -> Result<Desk, OpenError> {
    open_with(Handed::over(Store::open(dir, (around.chance)())?), staff, around)
}

/// The same with a store that is open already and goes to the reading thread. The writing thread opens its own when
/// it has something to write.
///
/// # Errors
/// As [`open_in`].
pub fn open_with(
    handed: Handed,
    staff: Option<(CaseId, Method)>,
    around: &Around,
) -> Result<Desk, OpenError> {
    let Handed { dir, edition, editions, take } = handed;
    let seat = Seat::of(staff);
    let mut signing = Signing { dir: dir.clone(), seat: seat.clone(), around: around.clone() };
    let drafts = Arc::new(Drafts::open(&dir)?);
    let (at, for_reading, beside) = (seat.clone(), around.clone(), drafts.clone());
    let begin = move || {
        let (store, ahead) = take();
        Reading { store, ahead, drafts: beside, seat: at, edition, around: for_reading }
    };
    let (mut begin, mut reading) = (Some(begin), None);
    let mut keeping =
        Keeping { drafts: drafts.clone(), dir: dir.clone(), unnoted: Vec::new(), around: around.clone() };
    let packing = packs::making::Packing { dir: dir.clone(), seat: seat.clone(), around: around.clone() };
    let appending = Appending::new(dir, editions, drafts, seat, around.clone());
    let appending = Arc::new(Mutex::new(appending));
    let again = appending.clone();
    Ok(Desk {
        read: Box::new(move |question| {
            if let Some(begin) = begin.take() {
                reading = Some(begin());
            }
            reading.as_mut()?.answer(question)
        }),
        check: Box::new(move |asked| signing.answer(asked)),
        keep: Box::new(move |writing| keeping.carry_out(writing)),
        pack: Box::new(move |asked, progress| packing.make(asked, progress)),
        append: Box::new(move |request, batch| alone(&appending).append(request, batch)),
        again: Box::new(move || alone(&again).again()),
    })
}

/// Only the writing thread asks, so that nobody ever waits for it.
fn alone(appending: &Mutex<Appending>) -> MutexGuard<'_, Appending> {
    appending.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The reading thread's half.
struct Reading {
    store: Store,
    /// What was read before anybody asked.
    ahead: Option<Ahead>,
    drafts: Arc<Drafts>,
    seat: Seat,
    /// The edition that the screen knows.
    edition: Option<EditionId>,
    around: Around,
}

impl Reading {
    fn answer(&mut self, question: Effect) -> Option<Msg> {
        let now = (self.around.now)();
        match question {
            Effect::ReadBoard(request, rows) => {
                Some(self.new_edition().unwrap_or_else(|| Msg::BoardRead(request, said(self.board(rows)))))
            }
            Effect::ReadToRing(request) => Some(Msg::ToRing(request, said(self.to_ring(now)))),
            Effect::ReadCase(request, case) => {
                let read = self.viewer().and_then(|viewer| self.store.case(&viewer, case, now));
                Some(Msg::CaseRead(request, read.map_err(unread)))
            }
            Effect::ReadPerson(request, person) => {
                let read = self.viewer().and_then(|viewer| self.store.person(&viewer, person, now));
                Some(Msg::PersonRead(request, read.map_err(unread)))
            }
            Effect::ReadWhy(request, case, owed) => {
                let read = self.viewer().and_then(|viewer| self.store.why(&viewer, case, &owed));
                Some(Msg::WhyRead(request, said(read)))
            }
            Effect::ReadTaken(request, person) => {
                let read = self.viewer().and_then(|viewer| taken::taken(&self.store, &viewer, person, now));
                Some(Msg::TakenRead(request, said(read.map(Box::new))))
            }
            Effect::ReadRung(request, record) => {
                let read = self.viewer().and_then(|viewer| self.store.record(&viewer, record));
                Some(Msg::RungRead(request, said(read.map(Box::new))))
            }
            Effect::FindSame(request, identity) => {
                let read = self.viewer().and_then(|viewer| self.store.same(&viewer, &identity));
                Some(Msg::SameFound(request, identity, said(read)))
            }
            Effect::ReadPlans(request, person) => {
                let read = self.viewer().and_then(|viewer| self.store.plans(&viewer, person, now));
                Some(Msg::PlansRead(request, person, said(read)))
            }
            Effect::ReadSealed(request, person) => {
                let read = self.viewer().and_then(|viewer| self.store.sealed(&viewer, person));
                Some(Msg::SealedRead(request, person, said(read)))
            }
            Effect::ReadSheet(request, wanted) => {
                let read = self
                    .viewer()
                    .and_then(|viewer| compose(&self.store, &viewer, &wanted, self.around.measures(), now));
                Some(Msg::SheetRead(request, said(read)))
            }
            Effect::ReadMeasures(request, asked) => {
                let measures = self.around.measures().clone();
                let read =
                    self.viewer().and_then(|viewer| self.store.overview(&viewer, &measures, &asked, now));
                Some(Msg::MeasuresRead(request, said(read.map(|overview| (measures, overview)))))
            }
            Effect::ReadChart { request, asked, id, by } => {
                Some(Msg::ChartRead(request, said(self.chart(&asked, &id, by, now))))
            }
            Effect::PrintSheet(wanted) => Some(Msg::Told(self.print_sheet(&wanted, now))),
            Effect::Find { request, register, text } => {
                Some(Msg::Found(request, said(self.finds(&register, &text, FOUND))))
            }
            Effect::Search { request, text, of_each_kind } => {
                let found = self.viewer().and_then(|viewer| self.store.search(&viewer, &text, of_each_kind));
                Some(Msg::Searched(request, said(found)))
            }
            Effect::ReadList { request, kind, text, rows } => {
                Some(Msg::ListRead(request, said(self.list(&kind, &text, rows))))
            }
            Effect::ReadHandover(request, which) => {
                Some(Msg::HandoverRead(request, said(self.handover(which, now))))
            }
            Effect::PrintHandover(id) => Some(Msg::Told(self.print(id, now))),
            Effect::CheckKey(key) => Some(Msg::KeyChecked(said(self.store.standing(&key, now)))),
            Effect::Reach { request, text } => Some(Msg::Reached(request, said(self.reach(&text)))),
            Effect::ReadDefinitions => Some(Msg::DefinitionsRead(self.definitions())),
            Effect::Identify(request, staff) => Some(Msg::Identified(request, said(self.identify(staff)))),
            Effect::Challenge(request, staff) => {
                let everybody = self.around.rules.everybody;
                let asked = signing::challenge(&self.store, everybody, self.seat.looks(), staff, now);
                Some(Msg::Challenged(request, asked))
            }
            Effect::Lock => {
                self.seat.lock();
                None
            }
            _ => None,
        }
    }

    fn viewer(&self) -> Result<Viewer, ReadError> {
        self.store.viewer_for(self.seat.looks(), (self.around.now)())
    }

    /// One measure, in its parts.
    fn chart(&self, asked: &Asked, id: &str, by: Option<By>, now: DateTime<Utc>) -> Result<Chart, ReadError> {
        let measures = self.around.measures();
        let measure = measures.measure(id).ok_or(ReadError::NotFound)?;
        self.store.chart(&self.viewer()?, measures, asked, (measure, by), now)
    }

    /// From when on the day of `now` it is told whom to ring before they shut; from then on, when each of them closes.
    fn to_ring(&self, now: DateTime<Utc>) -> Result<(DateTime<Utc>, Vec<DateTime<Utc>>), ReadError> {
        let from = self.store.ring_from(now)?;
        let rows = if now < from { Vec::new() } else { self.store.ring(&self.viewer()?, now)? };
        Ok((from, rows.iter().filter_map(|row| row.shuts.closes()).collect()))
    }

    /// Whether secrets are asked for here. Where that cannot be read, they are: nobody is let in by a file that fails.
    fn is_guarded(&self) -> bool {
        let secrets = || Secrets::open_if_any(self.store.dir()).ok()?.map_or(Some(false), any);
        self.around.rules.everybody || secrets().unwrap_or(true)
    }

    /// What is locked, for whoever may unlock it.
    fn barred(&self) -> Result<Vec<(Barred, String)>, ReadError> {
        let Ok(Some(secrets)) = Secrets::open_if_any(self.store.dir()) else { return Ok(Vec::new()) };
        let barred = secrets.barred()?;
        if barred.is_empty()
            || signing::vouches(&self.store, self.seat.looks(), (self.around.now)())?.is_err()
        {
            return Ok(Vec::new());
        }
        let staff = self.store.staff()?;
        let name = |id: CaseId| staff.iter().find(|row| row.id == id).map(|row| row.name.clone());
        let labelled = |barred: Barred| {
            let label = match &barred {
                Barred::Staff(id) => name(*id).unwrap_or_else(|| id.to_string()),
                Barred::Station(station) => words::station(station),
            };
            (barred, label)
        };
        Ok(barred.into_iter().map(labelled).collect())
    }

    fn board(&mut self, rows: u32) -> Result<Board, ReadError> {
        let (viewer, now) = (self.viewer()?, (self.around.now)());
        let ahead = self.ahead.take();
        let ahead = ahead.and_then(|ahead| ahead.answers(&self.store, (viewer.staff, rows, now)));
        match ahead.map_or_else(|| self.store.board(&viewer, now, limits(rows)), Ok) {
            Ok(board) => {
                let not_yet = self.drafts.spool().waiting();
                let (drafts, barred) = (self.named_drafts(&viewer)?, self.barred()?);
                let mut ticking = board.ticking;
                ticking.extend(self.dropped(&drafts)?);
                Ok(Board { drafts, not_yet, guarded: self.is_guarded(), barred, ticking, ..board })
            }
            // Whoever may not read the record still has their own work here: the office, and what waits for them.
            Err(ReadError::Denied(why)) if viewer.staff.is_some() => Ok(Board {
                office: self.store.office()?,
                drafts: self.drafts.rows(&self.store, &viewer)?,
                rota: self.store.rota(&viewer, now)?,
                not_yet: self.drafts.spool().waiting(),
                to_countersign: self.store.to_countersign(&viewer, now)?.len() as u64,
                denied: Some(why.0),
                guarded: self.is_guarded(),
                barred: self.barred()?,
                reader: viewer,
                ..Board::default()
            }),
            // Whoever comes first sees which office this is, and nothing of anybody.
            Err(ReadError::Denied(_)) if self.seat.looks().is_none() => {
                let guarded = self.is_guarded();
                // How much waits is nobody's secret, and whoever hears the bell looks.
                let (mut ticking, undecided) = self.store.ticking(&Viewer::system(), now)?;
                ticking.extend(self.dropped(&self.drafts.rows(&self.store, &Viewer::system())?)?);
                let latest = self.store.latest()?;
                let office = self.store.office()?;
                let sealed = Board { office, sealed: true, guarded, ..Board::default() };
                Ok(Board { ticking, undecided, latest, ..sealed })
            }
            Err(error) => Err(error),
        }
    }

    /// Calls that were begun and not saved, as far as the clock goes.
    fn dropped(&self, drafts: &[DraftRow]) -> Result<Vec<Ticking>, ReadError> {
        let clocks = self.store.clocks()?;
        Ok(drafts.iter().filter_map(|row| Ticking::of_call(row, &clocks)).collect())
    }

    /// Unfinished forms with the names of those whose they are: anyone may see the staff list; what is typed in a form stays
    /// whoever's it is.
    fn named_drafts(&self, viewer: &Viewer) -> Result<Vec<DraftRow>, ReadError> {
        let mut drafts = self.drafts.rows(&self.store, viewer)?;
        for row in &mut drafts {
            let whose = row.staff.and_then(|staff| self.store.record(&Viewer::system(), staff).ok());
            row.whose = whose.map(|record| record.name).unwrap_or_default();
        }
        Ok(drafts)
    }

    /// A handover, or what would be handed over now.
    fn handover(&self, which: Which, now: DateTime<Utc>) -> Result<Handing, ReadError> {
        let viewer = self.viewer()?;
        let all = self.store.handovers(&viewer, None)?;
        let own = |row: &&HandoverRow| Some(row.giver) == viewer.staff;
        let id = match which {
            Which::Handed(id) => Some(id),
            Which::Now => None,
            Which::Waiting => {
                let waits = all.iter().filter(|row| row.waits_at(now)).find(|row| !own(row));
                waits.or(all.iter().find(|row| row.open)).map(|row| row.id)
            }
        };
        if let Some(id) = id {
            return Ok(Handing { view: self.store.handover(&viewer, id)?, is_now: false, all });
        }
        let drafts = self.drafts.rows(&self.store, &viewer)?;
        let view = self.store.handover_now(&viewer, drafts, now)?;
        Ok(Handing { view, is_now: true, all })
    }

    /// Writes a sheet, and says where.
    fn print(&self, id: EntryId, now: DateTime<Utc>) -> Result<String, Failure> {
        let viewer = self.viewer().map_err(|error| error.to_string())?;
        let [page, _] = sheets::print(&self.store, &viewer, id, now)?;
        Ok(handover_words::sheet_at(&page.display().to_string()))
    }

    /// Writes the sheet that is on screen, and says where.
    fn print_sheet(&self, wanted: &Wanted, now: DateTime<Utc>) -> Result<String, Failure> {
        let viewer = self.viewer().map_err(|error| error.to_string())?;
        let [page, _] = sheets::print_sheet(&self.store, &viewer, wanted, self.around.measures(), now)?;
        Ok(sheet_words::sheet_at(&page.display().to_string()))
    }

    /// A record that may not normally be seen, found by what names it alone.
    fn reach(&self, text: &str) -> Result<Reached, ReadError> {
        let id = self.store.beyond_reach(&self.viewer()?, text)?;
        let is_person =
            self.store.record(&Viewer::system(), id).is_ok_and(|record| record.register == "people");
        Ok(Reached { id, is_person })
    }

    fn identify(&mut self, staff: CaseId) -> Result<You, ReadError> {
        let now = (self.around.now)();
        let method = signing::admitted(&self.store, &self.seat, self.around.rules.everybody, staff, now)?;
        let you = you(&self.store, staff, method, now)?;
        self.seat.take(staff, method);
        Ok(you)
    }

    /// The act that brings the office's own files into force, where they differ from what is and hold together.
    fn definitions(&self) -> Result<Option<Act>, Failure> {
        let waits = |why: String| words::definitions_wait(&why);
        let files =
            definitions::files(&self.store.dir().config()).map_err(|error| waits(error.to_string()))?;
        let act = self.store.adoption(files.clone()).map_err(|error| error.to_string())?;
        match act.as_ref().map(|_| Edition::read(files)) {
            Some(Err(faults)) => {
                Err(waits(faults.iter().map(ToString::to_string).collect::<Vec<_>>().join(" · ")))
            }
            _ => Ok(act),
        }
    }

    /// Definitions that came into force since the screen last heard of them.
    fn new_edition(&mut self) -> Option<Msg> {
        let edition = self.store.edition().ok()?;
        if edition == self.edition {
            return None;
        }
        let editions = self.store.editions().ok()?;
        self.edition = edition;
        Some(Msg::EditionAdopted(Editions::clone(&editions)))
    }
}

fn limits(rows: u32) -> Limits {
    Limits { calls: rows, escalations: rows, overdue: rows }
}

/// Who somebody is for the header, and what they may.
///
/// # Errors
/// They are not on the staff list, or it cannot be read.
pub fn you(store: &Store, staff: CaseId, method: Method, now: DateTime<Utc>) -> Result<You, ReadError> {
    let row = store.one_of_staff(staff)?.ok_or(ReadError::NotFound)?;
    let viewer = store.viewer_for(Some(staff), now)?;
    let role = role(&*store.roles()?, &viewer);
    let secrets = Secrets::open_if_any(store.dir()).map_err(|error| ReadError::Failed(error.to_string()))?;
    let has_secret = secrets.map_or(Ok(None), |secrets| secrets.of(staff))?.is_some();
    Ok(You { staff, name: row.short, role, viewer, method, has_secret })
}

fn role(roles: &Roles, viewer: &Viewer) -> String {
    let held = viewer.own.iter().map(|(id, _)| id).filter(|id| *id != ANYONE);
    let titles: Vec<&str> =
        held.filter_map(|id| roles.roles.get(id)).map(|role| role.short.as_str()).take(1).collect();
    titles.join(", ")
}

/// The saving thread's part.
struct Keeping {
    drafts: Arc<Drafts>,
    dir: OfficeDir,
    /// Looks at records that could not be noted yet.
    unnoted: Vec<Look>,
    around: Around,
}

impl Keeping {
    fn carry_out(&mut self, writing: Writing) -> Option<Msg> {
        match writing {
            // The writing thread's.
            Writing::Append(..) => None,
            Writing::Keep { draft, durable } => {
                self.drafts.hold(draft.id);
                let kept = self.drafts.put(&draft, durable, (self.around.now)());
                Some(match kept {
                    Ok(()) => Msg::DraftKept { draft: draft.id, text: draft.text, at: (self.around.now)() },
                    Err(why) => Msg::DraftNotKept { draft: draft.id, why: words::not_kept(&why.to_string()) },
                })
            }
            Writing::Clear(draft) => {
                // What could not be cleared shows as unfinished, which is the safe side.
                let _ = self.drafts.clear(draft);
                None
            }
            Writing::Release(draft) => {
                self.drafts.release(draft);
                None
            }
            Writing::Looks(looks) => self.note(looks),
            Writing::Take(request, draft) => {
                if !self.drafts.hold(draft) {
                    self.drafts.ask_for(draft);
                    return Some(Msg::DraftHeld(request));
                }
                let read = self.drafts.get(draft).map_err(|error| error.to_string());
                Some(Msg::DraftRead(request, read.and_then(|found| found.ok_or(words::NO_DRAFT.to_owned()))))
            }
        }
    }
}

impl Keeping {
    /// Notes who looked at whose record. What cannot be noted now is noted with the next look.
    fn note(&mut self, looks: Vec<Look>) -> Option<Msg> {
        self.unnoted.extend(looks);
        let noted = Access::open(&self.dir)
            .map_err(|error| error.to_string())
            .and_then(|mut log| log.record(&self.unnoted).map_err(|error| error.to_string()));
        match noted {
            Ok(()) => {
                self.unnoted.clear();
                None
            }
            Err(why) => Some(Msg::Told(Err(words::look_not_noted(&why)))),
        }
    }
}

fn any(secrets: Secrets) -> Option<bool> {
    secrets.holders().ok().map(|holders| !holders.is_empty())
}

/// What may not be seen is told apart from a disk that fails: the one takes away what is on screen, the other does not.
fn unread(error: ReadError) -> Unread {
    match error {
        ReadError::Denied(reason) => Unread::Shut { why: reason.0, refused: true },
        ReadError::NotFound => Unread::Shut { why: error.to_string(), refused: false },
        ReadError::Failed(_) => Unread::Failed(error.to_string()),
    }
}

fn said<T>(read: Result<T, ReadError>) -> Result<T, Failure> {
    read.map_err(|error| error.to_string())
}
