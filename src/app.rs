//! The pure core: the state of the screen, what happened to it, what it asks for.
//!
//! A key press becomes a [`Key`], the keymap makes an action of it for the layer on top, [`App::update`] changes
//! the state and answers with [`Effect`]s as data; the runtime performs them and what comes of it returns as a
//! [`Msg`]. Nothing here draws, waits, reads a clock or makes an id: time comes with [`Msg::TimePassed`], ids
//! from a supply that is filled up by the runtime.

pub mod actions;
pub mod apart;
pub mod beyond;
pub mod board;
pub mod case;
mod door;
pub mod filter;
pub mod footer;
mod greeting;
pub mod handover;
pub mod key;
pub mod keymap;
pub mod layer;
pub mod list;
pub mod load;
mod lock;
pub mod msg;
pub mod offer;
pub mod on_call;
pub mod picker;
pub mod reach;
pub mod search;
pub mod sheet;
pub mod telling;
mod to_ring;

mod acts;
mod agree;
mod ahead;
mod another;
mod answering;
mod begin;
mod bell;
mod confirmed;
mod disposal;
mod in_case;
mod keys;
mod kinds;
mod matter;
pub mod measures;
mod merging;
mod near;
mod opened;
mod owed;
mod owning;
mod pack_form;
mod packing;
mod perform;
mod pick;
mod pressed;
mod providers;
mod put_right;
mod save;
pub mod signing;
mod signs;
pub mod standing;
mod subject;
#[cfg(test)]
mod tests;
mod typed_on;
mod update;

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use chrono::{DateTime, Utc};
use uuid::Uuid;

pub use self::actions::ActionId;
pub use self::board::{BoardLayer, Pane};
pub use self::case::{CaseLayer, Part, PersonLayer};
pub use self::door::Door;
pub use self::key::{Code, Key};
pub use self::keymap::Keymap;
pub use self::layer::{FormLayer, Layer, Notice, Place};
pub use self::load::Load;
pub use self::msg::{Effect, Msg, Refusal, Request};
pub use self::signing::SecretLayer;

use self::list::{ListRowId, Rows};
use crate::domain::answer::Named;
use crate::domain::draft::DraftRow;
use crate::domain::entry::{Method, Who};
use crate::domain::ids::{CaseId, DraftId};
use crate::domain::permission::Viewer;
use crate::domain::rota::Rota;
use crate::domain::secret::SignInRules;
use crate::domain::slips::Slips;
use crate::domain::time::Zone;
use crate::domain::views::{Office, SlipNumbers, ToConfirm, ToCountersign};
use crate::domain::words::form as form_words;
use crate::form::face::Face;
use crate::form::text_box::Clipboard;
use crate::form::typed::Reading;
use crate::form::{Form, Scene};
use crate::pathway::edition::Editions;

/// The terminal's size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Columns.
    pub columns: u16,
    /// Rows.
    pub rows: u16,
}

/// The arrangement that fits a size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SizeClass {
    /// Too small for anything but saying so and leaving.
    TooSmall,
    /// One pane at a time: a phone.
    Narrow,
    /// Panes above one another.
    Middle,
    /// Three panes beside one another.
    Wide,
}

impl Size {
    /// The arrangement that fits.
    pub fn class(self) -> SizeClass {
        match (self.columns, self.rows) {
            (..40, _) | (_, ..12) => SizeClass::TooSmall,
            (..80, _) => SizeClass::Narrow,
            (..120, _) => SizeClass::Middle,
            _ => SizeClass::Wide,
        }
    }
}

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct You {
    /// The member of staff.
    pub staff: CaseId,
    /// Name for the header ("P. SHAH").
    pub name: String,
    /// What they are ("coordinator").
    pub role: String,
    /// What they may.
    pub viewer: Viewer,
    /// How it is known that it is them.
    pub method: Method,
    /// Whether they have a PIN or passphrase: their name alone then signs nobody in.
    pub has_secret: bool,
}

/// What an answer to a write is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Pending {
    /// The form of this draft, and what is to be done then.
    Form(DraftId, acts::After),
    /// Something without a form (a sign-in, a confirmation).
    Aside(acts::After),
}

/// The state of the screen.
#[derive(Debug, Clone)]
pub struct App {
    /// The terminal.
    pub size: Size,
    /// Now, as last told.
    pub now: DateTime<Utc>,
    /// The office's zone.
    pub zone: Zone,
    /// The definitions, in force and older.
    pub editions: Editions,
    /// Who is signed in.
    pub you: Option<You>,
    /// The layers, the dashboard at the bottom, the one with the keys on top. Never empty.
    pub layers: Vec<Layer>,
    /// The footer's line about the last thing done.
    pub notice: Option<Notice>,
    /// Which key means what.
    pub keymap: Keymap,
    /// What was last copied or cut in a form; belongs to whoever is signed in.
    pub clipboard: Clipboard,
    /// How the office asks who is at the keyboard.
    pub rules: SignInRules,
    /// What was laid aside when the desk was locked.
    away: Option<lock::Away>,
    /// When a key was last pressed.
    last_key: DateTime<Utc>,
    /// Keys and pastes that came while the record on top is being read.
    ahead: Vec<ahead::Ahead>,
    /// What is typed after a form was saved.
    typed_on: Option<typed_on::TypedOn>,
    /// What is being typed from a row of choices on.
    run: Option<answering::Run>,
    /// Who said who they are, and waits for what is asked of them.
    signing: Option<(Request, CaseId, Option<String>)>,
    /// Somebody signed in and was not greeted yet.
    greets: bool,
    /// What was typed last in a search or a find line that was left, by the register it was looked for in, until somebody
    /// else sits here.
    searched: BTreeMap<String, String>,
    /// Why the last sign-in is not in the record, until whoever signed in was told.
    unwritten: Option<String>,
    /// What Enter opens while the greeting stands.
    greeting: Option<greeting::Opens>,
    /// The last numbers of requests, by what they ask.
    requests: Request,
    /// The last question about the dashboard.
    board_request: Request,
    /// Writes that were asked for and not answered.
    pending: BTreeMap<Request, Pending>,
    /// Drafts and sign-ins that were asked for.
    asked: BTreeMap<Request, Option<DraftId>>,
    /// An unfinished form that another terminal was asked for.
    wanting: Option<DraftId>,
    /// Ids for forms to come.
    supply: Vec<Uuid>,
    /// The key by which somebody came in, and when it is next asked after.
    door: Option<Door>,
    door_next: Option<DateTime<Utc>>,
    /// When something on the dashboard falls due next.
    due_next: Option<DateTime<Utc>>,
    /// What rang, what the title says, what stands under the header.
    attention: bell::Attention,
    /// Whom to ring before they shut.
    to_ring: to_ring::ToRing,
    /// Columns of the focused text's box, as last drawn.
    text_width: u16,
    /// Rows of a page, as last drawn.
    page: usize,
}

impl App {
    /// The state before anything was read. `supply` are random ids for the forms to come, at least one. Whether the office is set
    /// up, and so whether the welcome is shown, is known with the first reading of the dashboard.
    pub fn new(now: DateTime<Utc>, zone: Zone, editions: Editions, supply: Vec<Uuid>, size: Size) -> Self {
        Self::with_keys(now, zone, editions, supply, size, Keymap::default())
    }

    /// The same with an office's own keys.
    pub fn with_keys(
        now: DateTime<Utc>,
        zone: Zone,
        editions: Editions,
        supply: Vec<Uuid>,
        size: Size,
        keymap: Keymap,
    ) -> Self {
        Self {
            size,
            now,
            zone,
            editions,
            you: None,
            layers: vec![Layer::Board(BoardLayer::default())],
            notice: None,
            keymap,
            clipboard: Clipboard::default(),
            rules: SignInRules::default(),
            away: None,
            last_key: now,
            ahead: Vec::new(),
            typed_on: None,
            run: None,
            signing: None,
            greets: false,
            searched: BTreeMap::new(),
            unwritten: None,
            greeting: None,
            requests: Request::default(),
            board_request: Request::default(),
            pending: BTreeMap::new(),
            asked: BTreeMap::new(),
            wanting: None,
            supply,
            door: None,
            door_next: None,
            due_next: None,
            attention: bell::Attention::default(),
            to_ring: to_ring::ToRing::default(),
            text_width: 60,
            page: 10,
        }
    }

    /// The layer with the keys.
    pub fn top(&self) -> &Layer {
        self.layers.last().expect("the dashboard is never taken away")
    }

    /// The screen or form that popups stand over: what footer, help and palette speak of.
    pub fn under(&self) -> &Layer {
        let popup = |layer: &&Layer| {
            matches!(
                layer.place(),
                Place::Help
                    | Place::Palette
                    | Place::Choice
                    | Place::Confirm
                    | Place::Message
                    | Place::Secret
            )
        };
        self.layers.iter().rev().find(|layer| !popup(layer)).unwrap_or(self.top())
    }

    /// The dashboard at the bottom.
    pub fn board(&self) -> &BoardLayer {
        match self.layers.first() {
            Some(Layer::Board(board)) => board,
            _ => unreachable!("the dashboard is always the lowest layer"),
        }
    }

    /// The office, as the dashboard last read it.
    pub fn office(&self) -> Option<&Office> {
        self.board().data.ready().map(|board| &board.office)
    }

    /// How many finished forms the record does not have yet.
    pub fn waiting(&self) -> u64 {
        self.board().data.ready().map_or(0, |board| board.not_yet)
    }

    /// How many entries wait for whoever is signed in to agree to them as the second person.
    pub fn for_second(&self) -> u64 {
        self.board().data.ready().map_or(0, |board| board.to_countersign)
    }

    /// Visits for which nobody has been found and that begin within a day, or should have begun.
    pub fn uncovered(&self) -> u64 {
        self.board().data.ready().map_or(0, |board| board.uncovered)
    }

    /// The rota, as the dashboard last read it: who holds which duty now follows from it and the time.
    pub fn rota(&self) -> &Arc<Rota> {
        static NONE: LazyLock<Arc<Rota>> = LazyLock::new(Arc::default);
        self.board().data.ready().map_or(&NONE, |board| &board.rota)
    }

    /// The kind of service of each location.
    pub(crate) fn services(&self) -> &BTreeMap<CaseId, String> {
        static NONE: BTreeMap<CaseId, String> = BTreeMap::new();
        self.board().data.ready().map_or(&NONE, |board| &board.services)
    }

    /// What became of the numbers of paper slips.
    pub(crate) fn slips(&self) -> &SlipNumbers {
        static NONE: SlipNumbers =
            SlipNumbers { issued: Slips::NONE, void: Slips::NONE, entered: Slips::NONE };
        self.board().data.ready().map_or(&NONE, |board| &board.slips)
    }

    /// The form that lies open under this one, begun and not in the record yet.
    fn behind(&self, layer: &FormLayer) -> Option<&Form> {
        let below = self.layers.iter().rev().filter_map(|below| match below {
            Layer::Form(below) => Some(below.as_ref()),
            _ => None,
        });
        below.map(|below| &below.form).skip_while(|form| form.draft.id != layer.form.draft.id).nth(1)
    }

    /// A form as it looks now.
    pub fn face(&self, layer: &FormLayer) -> Face {
        let face = layer.form.face(self.scene(layer.tried));
        let behind =
            self.behind(layer).map(|other| form_words::open_behind(&other.step.title, &other.draft.about));
        let mark = [face.mark.clone(), behind].into_iter().flatten().collect::<Vec<_>>();
        let mark = (!mark.is_empty()).then(|| mark.join(" · "));
        Face { ring: self.rings(layer), mark, ..face }
    }

    pub(crate) fn scene(&self, tried: bool) -> Scene<'_> {
        Scene { now: self.now, zone: self.zone, edition: self.editions.current(), rota: self.rota(), tried }
    }

    pub(crate) fn reading(&self) -> Reading {
        Reading { now: self.now, zone: self.zone }
    }

    /// Who sits here and what they may: as the dashboard last read it, because roles end and duties are passed on while
    /// people sit.
    pub(crate) fn viewer(&self) -> Viewer {
        let Some(you) = &self.you else { return Viewer::default() };
        let board = self.board().data.ready();
        if let Some(board) = board.filter(|board| board.reader.staff == Some(you.staff)) {
            return board.reader.clone().at(self.now);
        }
        let mut viewer = you.viewer.clone().at(self.now);
        if self.board().data.ready().is_some_and(|board| !board.sealed) {
            viewer.rota = self.rota().clone();
        }
        viewer
    }

    /// Whoever is signed in by name, and for whom they act now: "P. SHAH for A. OKAFOR".
    pub fn you_acting(&self) -> Option<String> {
        let you = self.you.as_ref()?;
        let viewer = self.viewer();
        let whom: Vec<&str> = viewer.acts_for(self.now).collect();
        let whom = (!whom.is_empty()).then(|| whom.join(", "));
        Some(crate::domain::words::ui::acting_for(&you.name, whom))
    }

    pub(crate) fn who(&self) -> Who {
        let staff = self.you.as_ref().map(|you| you.staff);
        let method = self.you.as_ref().map_or(Method::Asserted, |you| you.method);
        Who { by: staff, typed_by: staff, method }
    }

    pub(crate) fn you_named(&self) -> Option<Named> {
        self.you.as_ref().map(|you| Named { id: Some(you.staff), words: you.name.clone() })
    }

    /// The unfinished forms that are open here, lowest first.
    pub fn forms(&self) -> impl Iterator<Item = &Form> {
        self.layers.iter().filter_map(|layer| match layer {
            Layer::Form(form) => Some(&form.form),
            _ => None,
        })
    }

    /// The unfinished form selected in the list on top.
    pub(crate) fn selected_draft(&self) -> Option<&DraftRow> {
        let Layer::List(list) = self.under() else { return None };
        let (Some(Rows::Drafts(rows)), Some(ListRowId::Draft(id))) = (list.rows.ready(), list.selection())
        else {
            return None;
        };
        rows.iter().find(|row| row.id == id)
    }

    /// The entry to confirm selected in the list on top.
    pub(crate) fn selected_to_confirm(&self) -> Option<&ToConfirm> {
        let Layer::List(list) = self.under() else { return None };
        let (Some(Rows::ToConfirm(rows)), Some(ListRowId::Entry(id))) = (list.rows.ready(), list.selection())
        else {
            return None;
        };
        rows.iter().find(|row| row.entry == id)
    }

    /// The entry that waits for a second person, selected in the list on top.
    pub(crate) fn selected_to_countersign(&self) -> Option<&ToCountersign> {
        let Layer::List(list) = self.under() else { return None };
        let (Some(Rows::ToCountersign(rows)), Some(ListRowId::Entry(id))) =
            (list.rows.ready(), list.selection())
        else {
            return None;
        };
        rows.iter().find(|row| row.entry.id == id)
    }

    fn top_mut(&mut self) -> &mut Layer {
        self.layers.last_mut().expect("the dashboard is never taken away")
    }

    fn board_mut(&mut self) -> &mut BoardLayer {
        match self.layers.first_mut() {
            Some(Layer::Board(board)) => board,
            _ => unreachable!("the dashboard is always the lowest layer"),
        }
    }

    fn ask(&mut self) -> Request {
        self.requests.0 += 1;
        self.requests
    }

    /// The next id of the supply. Where it has run out before the runtime filled it, one that follows from the
    /// last, so that a call can always be taken.
    fn fresh_id(&mut self) -> Uuid {
        if self.supply.len() > 1 {
            return self.supply.pop().expect("longer than one");
        }
        let seed = self.supply.pop().unwrap_or_default();
        self.requests.0 += 1;
        let next = Uuid::new_v5(&seed, &self.requests.0.to_be_bytes());
        self.supply.push(seed);
        next
    }
}
