//! The layers that stand on one another: the one on top has the keys, Esc takes it away.
//!
//! Each layer owns its state. What lists share (a selection by id that survives new rows) is [`step_in`]. How a
//! layer is drawn is left to `ui`.

use super::actions::ActionId;
use super::another::Whence;
use super::board::BoardLayer;
use super::case::{BeginWhat, CaseLayer, PersonLayer};
use super::handover::HandoverLayer;
use super::list::{CasesOf, ListLayer};
use super::measures::MeasuresLayer;
use super::picker::Picker;
use super::search::SearchLayer;
use super::sheet::SheetLayer;
use super::signing::SecretLayer;
use crate::domain::answer::When;
use crate::domain::disposal::Disposable;
use crate::domain::ids::{CaseId, CommitmentId, DraftId, EntryId};
use crate::domain::names::fold;
use crate::domain::pack::{Making, PackAsked};
use crate::domain::permission::Reason;
use crate::domain::secret::Barred;
use crate::domain::views::RecordRow;
use crate::domain::who_is::WhoIs;
use crate::domain::words::app as words;
use crate::form::Form;
use crate::form::text_box::{Lines, TextBox};

/// The least columns of a text on a screen that can be read.
const NARROWEST: usize = 36;

/// One layer of the screen.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "a handful exist at a time")]
pub enum Layer {
    /// The very first screen of an office that is not set up.
    Welcome,
    /// The dashboard.
    Board(BoardLayer),
    /// One case.
    Case(CaseLayer),
    /// One person and all that is open.
    Person(PersonLayer),
    /// A form being filled in.
    Form(Box<FormLayer>),
    /// A record being looked for.
    Picker(Picker),
    /// A search over everything.
    Search(SearchLayer),
    /// A few choices, each with a key.
    Choice(Choice),
    /// A question before something is done.
    Confirm(Confirm),
    /// The keys of the layer below.
    Help(Help),
    /// All actions, by words.
    Palette(Palette),
    /// A list: people, organisations, staff, cases, unfinished calls, things to confirm.
    List(ListLayer),
    /// A handover, line by line.
    Handover(HandoverLayer),
    /// The card, the SBARD or the guide.
    Sheet(SheetLayer),
    /// Measures: all, or one.
    Measures(MeasuresLayer),
    /// Something to be read; any key takes it away.
    Message(Message),
    /// Nothing of anybody: the desk is locked, or nobody is signed in where PINs are asked for.
    Locked,
    /// A PIN or passphrase being typed.
    Secret(SecretLayer),
}

/// Which kind of layer: where keys and actions belong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// [`Layer::Welcome`].
    Welcome,
    /// [`Layer::Board`].
    Board,
    /// [`Layer::Case`].
    Case,
    /// [`Layer::Person`].
    Person,
    /// [`Layer::Form`].
    Form,
    /// [`Layer::Picker`].
    Picker,
    /// [`Layer::Search`].
    Search,
    /// [`Layer::Choice`].
    Choice,
    /// [`Layer::Confirm`].
    Confirm,
    /// [`Layer::Help`].
    Help,
    /// [`Layer::Palette`].
    Palette,
    /// [`Layer::List`].
    List,
    /// [`Layer::Handover`].
    Handover,
    /// [`Layer::Sheet`].
    Sheet,
    /// [`Layer::Measures`].
    Measures,
    /// [`Layer::Message`].
    Message,
    /// [`Layer::Locked`].
    Locked,
    /// [`Layer::Secret`].
    Secret,
}

impl Layer {
    /// Which kind it is.
    pub fn place(&self) -> Place {
        match self {
            Layer::Welcome => Place::Welcome,
            Layer::Board(_) => Place::Board,
            Layer::Case(_) => Place::Case,
            Layer::Person(_) => Place::Person,
            Layer::Form(_) => Place::Form,
            Layer::Picker(_) => Place::Picker,
            Layer::Search(_) => Place::Search,
            Layer::Choice(_) => Place::Choice,
            Layer::Confirm(_) => Place::Confirm,
            Layer::Help(_) => Place::Help,
            Layer::Palette(_) => Place::Palette,
            Layer::List(_) => Place::List,
            Layer::Handover(_) => Place::Handover,
            Layer::Sheet(_) => Place::Sheet,
            Layer::Measures(_) => Place::Measures,
            Layer::Message(_) => Place::Message,
            Layer::Locked => Place::Locked,
            Layer::Secret(_) => Place::Secret,
        }
    }
}

/// A form on screen.
#[derive(Debug, Clone, PartialEq)]
pub struct FormLayer {
    /// The form.
    pub form: Form,
    /// When what was typed was last on the disk, as the store said.
    pub kept_at: Option<chrono::DateTime<chrono::Utc>>,
    /// Typed since it was last kept.
    pub unkept: bool,
    /// Why it takes no words just now.
    pub bar: Option<Bar>,
    /// Why what was typed could not be kept.
    pub failure: Option<String>,
    /// Why it is not in the record, though what was typed is kept.
    pub refused: Option<String>,
    /// The problems of blanks are shown too: saving was tried.
    pub tried: bool,
    /// What was pointed at when saving was tried, though it can be saved as it is.
    pub asked_about: Vec<String>,
    /// The question whether its case has moved.
    pub reread: Option<super::Request>,
    /// Asked who was taken in it.
    pub asked_taken: Option<super::Request>,
    /// Asked for the record of whoever it is about, and whose that is.
    pub asked: Option<(super::Request, CaseId)>,
    /// Asked who is on record under what stands in it of somebody, and what that is.
    pub asked_who: Option<(super::Request, WhoIs)>,
    /// Asked for the record of whoever is rung, and whose that is.
    pub asked_rung: Option<(super::Request, CaseId)>,
    /// Whoever is rung, with numbers and hours.
    pub rung: Option<RecordRow>,
}

/// Why a form on screen takes no words just now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bar {
    /// It is being put into the record.
    Saving,
    /// It is finished, and the disk does not take it yet; why, in words.
    NotYet(String),
    /// It was opened at another terminal and is filled in there.
    Elsewhere,
}

impl Bar {
    /// What is said to whoever types all the same.
    pub fn says(&self) -> &str {
        match self {
            Bar::Saving => words::SAVING,
            Bar::NotYet(why) => why,
            Bar::Elsewhere => words::ELSEWHERE,
        }
    }
}

impl FormLayer {
    /// What stands in the way, in words: why it could not be kept or saved, or why it takes no words.
    pub fn trouble(&self) -> Option<&str> {
        let bar = self.bar.as_ref().filter(|bar| **bar != Bar::Saving);
        self.failure.as_deref().or(bar.map(Bar::says))
    }
}

/// A popup of choices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The question.
    pub title: String,
    /// What can be chosen.
    pub items: Vec<ChoiceItem>,
    /// The one the arrow keys stand on, by its place among all.
    pub selected: usize,
    /// Somebody went to it with the arrow keys: it is the one that is meant.
    pub chosen: bool,
    /// What is typed to narrow them by their words; `None` where they are few and each has a key.
    pub narrowed: Option<TextBox>,
}

impl Choice {
    /// A few choices, each taken by its key.
    pub fn of(title: String, items: Vec<ChoiceItem>) -> Self {
        Self { title, items, selected: 0, chosen: false, narrowed: None }
    }

    /// Many, narrowed by what is typed.
    pub fn narrowing(title: String, items: Vec<ChoiceItem>) -> Self {
        Self { narrowed: Some(TextBox::new(Lines::One)), ..Self::of(title, items) }
    }

    /// The places of those that match what is typed.
    pub fn shown(&self) -> Vec<usize> {
        let typed = self.narrowed.as_ref().map(|typed| fold(typed.text())).unwrap_or_default();
        let matches = |item: &ChoiceItem| {
            let said = fold(&item.label);
            typed.split_whitespace().all(|word| said.contains(word))
        };
        (0..self.items.len()).filter(|at| self.items.get(*at).is_some_and(matches)).collect()
    }

    /// After something was typed: stands on the one whose whole name it is, otherwise on the first that has it.
    pub(super) fn settle(&mut self) {
        self.selected = self.of_name().or(self.shown().first().copied()).unwrap_or_default();
        self.chosen = false;
    }

    /// Whether several have what was typed and nothing says which of them is meant.
    pub(super) fn is_one_of_several(&self) -> bool {
        let typed = self.narrowed.as_ref().is_some_and(|typed| !typed.text().trim().is_empty());
        typed && !self.chosen && self.of_name().is_none() && self.shown().len() > 1
    }

    /// The one whose whole name was typed.
    fn of_name(&self) -> Option<usize> {
        let typed = fold(self.narrowed.as_ref()?.text().trim());
        self.items.iter().position(|item| fold(&item.label) == typed)
    }

    /// The place of the one that a key takes.
    pub(super) fn by_key(&self, key: char) -> Option<usize> {
        let takes =
            |at: &usize| self.items.get(*at).is_some_and(|item| item.key.to_lowercase().next() == Some(key));
        self.shown().into_iter().find(takes)
    }

    /// So many further or back among those shown.
    pub(super) fn step(&mut self, by: isize) {
        if let Some(at) = step_in(&self.shown(), Some(&self.selected), by) {
            self.selected = at;
            self.chosen = true;
        }
    }
}

/// The key of a choice that is found by its words alone.
pub const NO_KEY: char = ' ';

/// One choice of a popup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoiceItem {
    /// The key that takes it, or [`NO_KEY`].
    pub key: char,
    /// Its words.
    pub label: String,
    /// Why it cannot be taken now.
    pub blocked: Option<Reason>,
    /// What it does.
    pub does: Chosen,
}

/// What a choice of a popup does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chosen {
    /// Goes back to what is below, as it stands.
    Nothing,
    /// Puts this text into a line of the form below (which of two 01:30).
    Text {
        /// The line's path.
        path: String,
        /// The text.
        text: String,
    },
    /// Begins a step in the case below.
    Begin {
        /// The step's id.
        step: String,
        /// The commitment it is recorded on.
        on: Option<CommitmentId>,
        /// Whether on a form of its own, whatever was left unfinished.
        afresh: bool,
    },
    /// Begins a case of this pathway.
    Another {
        /// The pathway's id.
        pathway: String,
        /// From where.
        whence: Whence,
    },
    /// Asks for the pathway again, begun from somewhere else.
    AnotherFrom(Whence),
    /// Ties the case below with another of the same matter, or takes them apart.
    Matter {
        /// The other case.
        other: CaseId,
        /// Whether they are tied.
        ties: bool,
    },
    /// Narrows the list of cases below.
    CasesOf(CasesOf),
    /// Goes on with an unfinished form.
    GoOn(DraftId),
    /// Begins a step in another case.
    BeginIn {
        /// The case.
        case: CaseId,
        /// Which step.
        what: BeginWhat,
        /// Other cases in which the same contact is recorded too.
        also: Vec<CaseId>,
    },
    /// Opens a case.
    Open(CaseId),
    /// Lets a person or a station try again after too many wrong PINs.
    Unlock(Barred),
    /// Does an action.
    Run(ActionId),
    /// Makes an evidence pack, or what is asked for in its place.
    Pack(Making),
    /// Asks in which form, of which time and for whom this pack is made; of which one first, where several can be.
    PackOtherwise(Option<PackAsked>),
    /// Asks of which pathway the pack for registration is made.
    Registration,
    /// Asks about the whole case below instead of what is selected in it.
    WholeCase,
    /// Names another duplicate of the record below.
    MergeAnother,
    /// Lets a record that is read as the one below stand by itself again.
    TakeApart(CaseId),
}

/// A question before something is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirm {
    /// The question.
    pub title: String,
    /// What happens, in words.
    pub words: String,
    /// What is done on yes.
    pub yes: Confirmed,
}

/// What is done when a question is answered with yes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Confirmed {
    /// Leave the program.
    Quit,
    /// Open a draft that another terminal holds open too.
    OpenDraft(DraftId),
    /// Take a row out of the form below.
    RemoveRow(String),
    /// Leave what nobody has taken of the handover below to whoever is on call.
    LeaveRest,
    /// Throw away an unfinished form for good.
    Discard(DraftId),
    /// This entry, which was shown, is as whoever is signed in said it, or agreed to.
    Agree(EntryId),
    /// This is proposed for disposal, which was shown.
    Propose(Disposable),
    /// A record that was opened beyond has been seen by whoever watches over it.
    Seen(EntryId),
    /// The last week of the rota is planned again, a week later.
    SameNextWeek,
}

/// The keys of the layer below.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Help {
    /// Of which kind of layer.
    pub of: Place,
    /// First line shown.
    pub top: usize,
}

/// All actions, by words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Palette {
    /// What is typed.
    pub query: TextBox,
    /// The one the arrow keys stand on.
    pub selected: usize,
}

impl Default for Palette {
    fn default() -> Self {
        Self { query: TextBox::new(Lines::One), selected: 0 }
    }
}

/// Something to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its heading.
    pub title: String,
    /// Its words; lines end with `\n`.
    pub words: String,
    /// First line shown, where it is longer than the screen.
    pub top: usize,
    /// The case that moved while the form under it was filled in: it can be looked at from here, and the form saved
    /// knowing it.
    pub moved: Option<CaseId>,
    /// A pack that is being put together: how many cases of how many are in it.
    pub packing: Option<(usize, usize)>,
}

impl Message {
    /// Something to be read from its first line.
    pub fn new(title: &str, words: &str) -> Self {
        Self { title: title.to_owned(), words: words.to_owned(), top: 0, moved: None, packing: None }
    }

    /// So many lines further or back. How they are folded is the screen's: where the end is, it knows.
    pub(super) fn scroll(&mut self, by: isize) {
        let most = self.words.lines().map(|line| 1 + line.len() / NARROWEST).sum();
        self.top = self.top.saturating_add_signed(by).min(most);
    }
}

/// A line of the footer about the last thing done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// It is in the record: since when, and as what ("U-1184").
    Recorded {
        /// When.
        at: When,
        /// Short references of the cases touched.
        references: Vec<String>,
        /// How many answers are still missing in it.
        missing: usize,
    },
    /// Why a key did nothing, or what else is to be known.
    Says(String),
    /// Something failed.
    Failed(String),
}

/// Moves a selection by id through rows: a row that is gone is replaced by the first.
pub fn step_in<T: PartialEq + Clone>(rows: &[T], selected: Option<&T>, by: isize) -> Option<T> {
    let at = selected.and_then(|id| rows.iter().position(|row| row == id));
    rows.get(step_to(rows.len(), at, by)?).cloned()
}

/// The same, of so many rows by their places.
pub fn step_to(rows: usize, at: Option<usize>, by: isize) -> Option<usize> {
    let last = rows.checked_sub(1)?;
    Some(match at {
        Some(at) => at.saturating_add_signed(by).min(last),
        None if by == isize::MAX => last,
        None => 0,
    })
}
