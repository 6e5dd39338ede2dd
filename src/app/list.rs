//! Lists: people, organisations, staff, locations, cases, unfinished calls, things to confirm. One state for all.

use std::collections::BTreeMap;

use super::filter::Filter;
use super::layer::step_in;
use super::load::Load;
use super::measures::Behind;
use super::msg::{Effect, Failure, Request};
use super::pick::PEOPLE;
use crate::domain::access::LookRow;
use crate::domain::answer::Named;
use crate::domain::commitment::Commitment;
use crate::domain::disposal::{Disposable, Due};
use crate::domain::draft::DraftRow;
use crate::domain::ids::{CaseId, CommitmentId, DraftId, EntryId, Seq, SignId};
use crate::domain::keys::KeyRow;
use crate::domain::measure::{Definition, Records};
use crate::domain::owning::Owned;
use crate::domain::rota::OnCall;
use crate::domain::views::{
    AuditRow, CaseCount, CaseRow, DoneAlone, EyesRow, Locations, Mine, MineRow, OwedRow, PadRow, Page,
    ProviderRow, RecordRow, ReviewRow, RingRow, ShareRow, SignRow, ToConfirm, ToCountersign, Unbegun,
    VisitRow,
};
pub use crate::pathway::definition::Listed;

/// Rows that are read at first, and how many more once the selection nears their end.
const ROWS: usize = 500;
/// Rows from the end at which more are read.
const NEAR_THE_END: usize = 40;

/// Which list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListKind {
    /// Records of a register (`people`, `organisations`, `staff`, `locations`).
    Records(String),
    /// Locations, with what is open at each.
    Locations,
    /// Cases: those of one pathway, of all.
    Cases(CasesOf),
    /// Forms that were begun and are not in the record.
    Drafts,
    /// Entries typed for whoever is signed in, waiting for their confirmation.
    ToConfirm,
    /// Who looked at what, or at this record alone.
    Looks(Option<CaseId>),
    /// What is offered to whoever is signed in, what is theirs, and what their duties see to.
    Mine,
    /// Entries that wait for a second person.
    ToCountersign,
    /// Entries that want two people and were recorded by one.
    DoneAlone,
    /// Promises whose organisation closes before they fall due.
    Ring,
    /// Open urgent calls, by who has not been seen for longest.
    Eyes,
    /// SSH keys, of everybody or of one member of staff.
    Keys(Option<Named>),
    /// Who is on call, now and in the days ahead.
    OnCall,
    /// Everything that was typed for somebody who has yet to confirm it.
    Unconfirmed,
    /// Cases that stand on a list of the office.
    Office(Listed),
    /// What was shared with whom, over all cases or about this person.
    Shares(Option<CaseId>),
    /// The records behind a figure.
    Measured(Box<Behind>),
    /// Warning signs that nobody has answered.
    Signs,
    /// Reviews and meetings that come round.
    Reviews,
    /// What is due for disposal.
    Disposal,
    /// Audits of records.
    Audits,
}

impl ListKind {
    /// Whether one looks for a name in it.
    pub fn is_register(&self) -> bool {
        matches!(self, ListKind::Records(_))
    }
}

/// Which cases a list holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CasesOf {
    /// Of one pathway, by its id; otherwise of all.
    pub pathway: Option<String>,
    /// Only those that are open.
    pub open: bool,
    /// What they are, for the heading; empty where they are of every kind.
    pub title: String,
}

/// The rows of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rows {
    /// Records of a register.
    Records(Page<RecordRow>),
    /// Locations.
    Locations(Locations),
    /// Cases; and how many there are of each pathway.
    Cases(Page<CaseRow>, BTreeMap<String, CaseCount>),
    /// Unfinished forms.
    Drafts(Vec<DraftRow>),
    /// To confirm.
    ToConfirm(Vec<ToConfirm>),
    /// Looks: first what was opened beyond and waits for somebody to have seen it, then all of them, newest first.
    Looks(Vec<LookRow>),
    /// What is somebody's.
    Mine(Mine),
    /// To agree to as the second person.
    ToCountersign(Vec<ToCountersign>),
    /// Done by one.
    DoneAlone(Vec<DoneAlone>),
    /// Whom to ring before they shut.
    Ring(Vec<RingRow>),
    /// Who has been seen by whom.
    Eyes(Vec<EyesRow>),
    /// SSH keys.
    Keys(Vec<KeyRow>),
    /// Who is on call.
    OnCall(OnCall),
    /// Typed for somebody who has yet to confirm it.
    Unconfirmed(Vec<ToConfirm>),
    /// Visits and shifts.
    Visits(Vec<VisitRow>),
    /// Tasks of the office.
    Tasks(Vec<OwedRow>),
    /// Pads of slips.
    Pads(Vec<PadRow>),
    /// What was shared.
    Shares(Vec<ShareRow>),
    /// Arrangements with organisations.
    Providers(Vec<ProviderRow>),
    /// The records behind a figure of a measure.
    Measured(Records, Box<Definition>),
    /// Warning signs.
    Signs(Vec<SignRow>),
    /// Reviews that come round, and what nobody has begun.
    Reviews(Vec<ReviewRow>, Vec<Unbegun>),
    /// What is due for disposal.
    Disposal(Vec<Due>),
    /// Audits of records.
    Audits(Vec<AuditRow>),
}

/// What a row is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListRowId {
    /// A record.
    Record(CaseId),
    /// A case.
    Case(CaseId),
    /// A case behind a figure, where it may stand more than once: with its place.
    Measured(CaseId, usize),
    /// Something owed.
    Owed(CommitmentId),
    /// An unfinished form.
    Draft(DraftId),
    /// An entry: to confirm, to agree to, to look at, or by which a key was enrolled.
    Entry(EntryId),
    /// A look, by its number.
    Look(Seq),
    /// A record opened beyond that waits to be seen.
    Beyond(EntryId),
    /// Something that somebody owns, by an id that follows from the case, from what is owed in it and from why it stands
    /// there.
    Owned(EntryId),
    /// A row of who is on call, by its place in the list.
    OnCall(usize),
    /// A warning sign.
    Sign(SignId),
    /// What is due for disposal.
    Due(Disposable),
    /// An audit: its case, and the entry that asked for the sample.
    Audit(CaseId, EntryId),
}

impl ListRowId {
    /// What a row of the list of what is somebody's is.
    pub fn of_mine(row: &MineRow) -> Self {
        let id = match &row.what {
            Owned::Case => EntryId(row.case.0),
            Owned::Owed(id) => id.entry.derived(&id.place),
        };
        ListRowId::Owned(id.derived(row.why()))
    }

    /// What a row of the list of looks is.
    pub fn of_look(row: &LookRow) -> Self {
        row.waits.map_or(ListRowId::Look(row.seq), ListRowId::Beyond)
    }
}

/// A list on screen.
#[derive(Debug, Clone, PartialEq)]
pub struct ListLayer {
    /// Which.
    pub kind: ListKind,
    /// What narrows it. The registers open with it: there one looks for a name.
    pub filter: Filter,
    /// What was last read.
    pub rows: Load<Rows>,
    /// The last question asked.
    pub request: Request,
    /// What is selected.
    pub selected: Option<ListRowId>,
    /// Enter was pressed before there was anything to open: the row is opened once it is there.
    pub(super) open_when_read: bool,
    /// Rows that were gone down before there were any.
    ahead: usize,
    /// The most rows that are read.
    pub reach: usize,
}

impl ListLayer {
    /// A list that is being read.
    pub fn new(kind: ListKind, request: Request) -> Self {
        let (rows, selected) = (Load::Loading, None);
        Self {
            kind,
            filter: Filter::default(),
            rows,
            request,
            selected,
            open_when_read: false,
            ahead: 0,
            reach: ROWS,
        }
    }

    /// The ids of the rows, in order.
    pub fn ids(&self) -> Vec<ListRowId> {
        match self.rows.ready() {
            None => Vec::new(),
            Some(Rows::Records(page)) => page.rows.iter().map(|row| ListRowId::Record(row.id)).collect(),
            Some(Rows::Locations(all)) => {
                all.rows.iter().map(|row| ListRowId::Record(row.location.id)).collect()
            }
            Some(Rows::Cases(page, _)) => page.rows.iter().map(|row| ListRowId::Case(row.id)).collect(),
            Some(Rows::Drafts(rows)) => rows.iter().map(|row| ListRowId::Draft(row.id)).collect(),
            Some(Rows::Looks(rows)) => rows.iter().map(ListRowId::of_look).collect(),
            Some(Rows::Mine(mine)) => mine.rows.iter().map(ListRowId::of_mine).collect(),
            Some(Rows::ToConfirm(rows) | Rows::Unconfirmed(rows)) => {
                rows.iter().map(|row| ListRowId::Entry(row.entry)).collect()
            }
            Some(Rows::OnCall(listed)) => (0..listed.rows.len()).map(ListRowId::OnCall).collect(),
            Some(Rows::ToCountersign(rows)) => {
                rows.iter().map(|row| ListRowId::Entry(row.entry.id)).collect()
            }
            Some(Rows::Ring(rows)) => {
                rows.iter().map(|row| ListRowId::Owed(row.owed.commitment.id.clone())).collect()
            }
            Some(Rows::Audits(rows)) => {
                rows.iter().map(|row| ListRowId::Audit(row.case, row.audit.drawn_by)).collect()
            }
            Some(Rows::Disposal(rows)) => rows.iter().map(|row| ListRowId::Due(row.what)).collect(),
            Some(Rows::Reviews(rows, _)) => {
                rows.iter().map(|row| ListRowId::Owed(row.owed.commitment.id.clone())).collect()
            }
            Some(Rows::Eyes(rows)) => rows.iter().map(|row| ListRowId::Case(row.case)).collect(),
            Some(Rows::Keys(rows)) => rows.iter().map(|row| ListRowId::Entry(row.entry)).collect(),
            Some(Rows::Visits(rows)) => rows.iter().map(|row| ListRowId::Case(row.case)).collect(),
            Some(Rows::Tasks(rows)) => rows.iter().map(|row| ListRowId::Case(row.commitment.case)).collect(),
            Some(Rows::Shares(rows)) => rows.iter().map(|row| ListRowId::Entry(row.id())).collect(),
            Some(Rows::Pads(rows)) => rows.iter().map(|row| ListRowId::Case(row.case)).collect(),
            Some(Rows::Providers(rows)) => rows.iter().map(|row| ListRowId::Case(row.case)).collect(),
            Some(Rows::Measured(records, _)) => {
                let rows = records.rows.iter().enumerate();
                rows.map(|(at, row)| ListRowId::Measured(row.case.id, at)).collect()
            }
            Some(Rows::Signs(rows)) => rows.iter().map(|row| ListRowId::Sign(row.id)).collect(),
            Some(Rows::DoneAlone(rows)) => rows.iter().map(|row| ListRowId::Entry(row.entry.id)).collect(),
        }
    }

    /// What is selected: what was chosen if it is still there, otherwise the first.
    pub fn selection(&self) -> Option<ListRowId> {
        step_in(&self.ids(), self.selected.as_ref(), 0)
    }

    /// The case, and what is owed, of the selected row of a queue.
    pub fn at_hand(&self) -> Option<(CaseId, Option<CommitmentId>)> {
        match (self.rows.ready()?, self.selection()?) {
            (Rows::Ring(rows), ListRowId::Owed(id)) => {
                let row = rows.iter().find(|row| row.owed.commitment.id == id)?;
                Some((row.owed.commitment.case, Some(id)))
            }
            (Rows::Reviews(rows, _), ListRowId::Owed(id)) => {
                let row = rows.iter().find(|row| row.owed.commitment.id == id)?;
                Some((row.owed.commitment.case, Some(id)))
            }
            (Rows::Audits(_), ListRowId::Audit(case, _)) => Some((case, None)),
            (Rows::Eyes(_), ListRowId::Case(case)) => Some((case, None)),
            _ => None,
        }
    }

    /// The location of the selected row, in the list of locations.
    pub(super) fn location_at_hand(&self) -> Option<CaseId> {
        match (self.rows.ready()?, self.selection()?) {
            (Rows::Locations(_), ListRowId::Record(id)) => Some(id),
            _ => None,
        }
    }

    /// The person of the selected row, and the case where the row is one.
    pub(super) fn person_at_hand(&self) -> Option<(CaseId, Option<CaseId>)> {
        let of = |subject: Option<&RecordRow>, case| Some((subject?.id, Some(case)));
        match (self.rows.ready()?, self.selection()?) {
            (Rows::Records(page), ListRowId::Record(id)) => {
                let row = page.rows.iter().find(|row| row.id == id && row.register == PEOPLE)?;
                Some((row.id, None))
            }
            (Rows::Cases(page, _), ListRowId::Case(case)) => {
                let row = page.rows.iter().find(|row| row.id == case)?;
                of(row.subject.as_ref().filter(|subject| subject.register == PEOPLE), case)
            }
            (Rows::Ring(rows), ListRowId::Owed(id)) => {
                let row = rows.iter().find(|row| row.owed.commitment.id == id)?;
                of(row.owed.subject.as_ref(), row.owed.commitment.case)
            }
            (Rows::Eyes(rows), ListRowId::Case(case)) => {
                of(rows.iter().find(|row| row.case == case)?.subject.as_ref(), case)
            }
            _ => None,
        }
    }

    /// The pathway of what is owed on the selected row of a queue; `None` where the row is a call.
    pub fn pathway_at_hand(&self) -> Option<&str> {
        match (self.rows.ready()?, self.selection()?) {
            (Rows::Ring(rows), ListRowId::Owed(id)) => {
                let row = rows.iter().find(|row| row.owed.commitment.id == id);
                row.map(|row| row.owed.pathway.as_str())
            }
            (Rows::Reviews(rows, _), ListRowId::Owed(id)) => {
                let row = rows.iter().find(|row| row.owed.commitment.id == id);
                row.map(|row| row.owed.pathway.as_str())
            }
            (Rows::Audits(rows), ListRowId::Audit(case, _)) => {
                rows.iter().find(|row| row.case == case).map(|row| row.pathway.as_str())
            }
            _ => None,
        }
    }

    /// What is owed and selected, in a list that has such rows; with whom to ask, where it may not be seen.
    pub fn owed_at_hand(&self) -> Option<(&Commitment, Option<&str>)> {
        match (self.rows.ready()?, self.selection()?) {
            (Rows::Ring(rows), ListRowId::Owed(id)) => {
                let row = &rows.iter().find(|row| row.owed.commitment.id == id)?.owed;
                Some((&row.commitment, row.ask.as_deref()))
            }
            (Rows::Reviews(rows, _), ListRowId::Owed(id)) => {
                let row = &rows.iter().find(|row| row.owed.commitment.id == id)?.owed;
                Some((&row.commitment, row.ask.as_deref()))
            }
            (Rows::Tasks(rows), ListRowId::Case(case)) => {
                let row = rows.iter().find(|row| row.commitment.case == case)?;
                Some((&row.commitment, row.ask.as_deref()))
            }
            (Rows::Mine(mine), selected) => {
                let row = mine.rows.iter().find(|row| ListRowId::of_mine(row) == selected)?;
                Some((row.owed.as_ref()?, row.ask.as_deref()))
            }
            _ => None,
        }
    }

    /// Reads it as far as it reaches.
    pub fn read(&self) -> Effect {
        let text = self.filter.text.text().to_owned();
        let rows = u32::try_from(self.reach).unwrap_or(u32::MAX);
        Effect::ReadList { request: self.request, kind: self.kind.clone(), text, rows }
    }

    pub(super) fn step(&mut self, by: isize) {
        if self.rows == Load::Loading {
            self.ahead = self.ahead.saturating_add_signed(by);
        }
        self.selected = step_in(&self.ids(), self.selection().as_ref(), by);
    }

    /// Takes the rows. What was pressed before they were there counts now; whether one of them is to be opened.
    pub(super) fn take(
        &mut self,
        answer: Result<Rows, Failure>,
        you: Option<CaseId>,
    ) -> (Option<Failure>, bool) {
        let is_first = self.rows.ready().is_none();
        self.selected = self.selection();
        let failed = self.rows.take(answer);
        // Of unfinished forms one mostly goes on with the one that one left last.
        if let (true, Some(Rows::Drafts(rows)), Some(you)) = (is_first, self.rows.ready(), you) {
            let own = rows.iter().filter(|row| row.staff == Some(you)).max_by_key(|row| row.opened_at);
            self.selected = own.map(|row| ListRowId::Draft(row.id)).or(self.selected.take());
        }
        let ahead = std::mem::take(&mut self.ahead);
        if ahead > 0 {
            self.step(isize::try_from(ahead).unwrap_or(isize::MAX));
        }
        let opens = std::mem::take(&mut self.open_when_read);
        (failed, opens && self.rows.ready().is_some())
    }

    /// Reaches further where the selection nears the end of what was read and there may be more. False where not.
    pub(super) fn reach_on(&mut self) -> bool {
        let ids = self.ids();
        let at = self.selection().and_then(|id| ids.iter().position(|one| *one == id)).unwrap_or(0);
        let nears_the_end = ids.len() >= self.reach && at + NEAR_THE_END >= ids.len();
        if nears_the_end {
            self.reach += ROWS;
        }
        nears_the_end
    }
}
