//! Rows of lists, as the screen asks for them: each from its own way of reading the store. What a list shows of a row is
//! left to `ui::list`.

use super::Reading;
use crate::app::list::{ListKind, Listed, Rows};
use crate::domain::permission::{Reason, Viewer};
use crate::domain::views::{CaseRow, Finds, Page, RecordRow, ShareFilter, SignFilter, VisitFilter};
use crate::domain::words::runtime as words;
use crate::runtime::narrowing::Words;
use crate::runtime::seeking;
use crate::store::{CaseFilter, ReadError};

/// The most cases that are looked through for words.
const LOOKED_THROUGH: u32 = 20_000;
/// Where fewer are found, those of nearly that name are offered as well.
const FEW: usize = 5;
/// Letters of a name without which nobody is found at a desk that is locked.
const LETTERS_OF_A_NAME: usize = 2;

impl Reading {
    /// Records by a few letters, or all of them by name. The staff list can be read before anybody signed in:
    /// otherwise nobody could say who they are. Where PINs are asked for, only whoever types their code or the beginning
    /// of a name finds it there.
    pub(super) fn find(&self, register: &str, text: &str, limit: u32) -> Result<Page<RecordRow>, ReadError> {
        let signing_in = register == "staff" && self.seat.looks().is_none();
        let guarded = signing_in && self.is_guarded();
        if guarded && text.trim().chars().count() < LETTERS_OF_A_NAME {
            return Ok(Page { rows: Vec::new(), total: 0 });
        }
        let viewer = if signing_in { Viewer::system() } else { self.viewer()? };
        if text.trim().is_empty() {
            return self.store.records(&viewer, register, None, limit);
        }
        let mut rows = self.store.find(&viewer, register, text, limit)?;
        if register == "staff" {
            // By initials or staff number, as the list has it: whoever types all of it stands first.
            let coded = |row: &RecordRow| {
                row.code.as_deref().is_some_and(|code| code.eq_ignore_ascii_case(text.trim()))
            };
            let by_code = self.store.staff()?.into_iter().filter(coded);
            rows.retain(|row| !coded(row));
            rows.splice(0..0, by_code);
        }
        if guarded {
            // A name is what one signs in by; where they are and how they are reached is nobody's business yet.
            for row in &mut rows {
                (row.phone, row.room, row.place) = (None, None, None);
                row.more.roles.clear();
                row.answers.clear();
            }
        }
        Ok(Page { total: rows.len() as u64, rows })
    }

    /// The same, and where few are found those whose names are nearly what was typed. Nobody is offered under another
    /// name who is about to sign in.
    pub(super) fn finds(&self, register: &str, text: &str, limit: u32) -> Result<Finds, ReadError> {
        let page = self.find(register, text, limit)?;
        let mut nearly = Vec::new();
        if page.rows.len() < FEW && register != "staff" {
            nearly = self.store.find_nearly(&self.viewer()?, register, text, limit)?;
            nearly.retain(|row| page.rows.iter().all(|found| found.id != row.id));
        }
        Ok(Finds { page, nearly })
    }

    /// The rows of a list that have every word of the text, and how many there are in all.
    pub(super) fn list(&self, kind: &ListKind, text: &str, rows: u32) -> Result<Rows, ReadError> {
        let viewer = self.viewer()?;
        let words = Words::of(text);
        Ok(match kind {
            ListKind::Records(register) => {
                let found = self.find(register, text, rows)?;
                let total = match words.is_empty() {
                    true => found.total,
                    false => self.store.records(&viewer, register, None, 1)?.total,
                };
                Rows::Records(Page { total, ..found })
            }
            ListKind::Locations => {
                let mut all = self.store.locations(&viewer, (self.around.now)())?;
                all.rows.retain(|row| words.are_in_location(row));
                Rows::Locations(all)
            }
            ListKind::Cases(of) => {
                let most = if words.is_empty() { rows } else { LOOKED_THROUGH };
                let (pathway, closed) = (of.pathway.clone(), of.open.then_some(false));
                let filter = CaseFilter { pathway, closed, ..CaseFilter::default() };
                let mut page = self.store.cases(&viewer, &filter, None, most)?;
                if !words.is_empty() {
                    let found_by = self.store.known_by(&viewer, self.around.measures(), &page.rows)?;
                    let beside = |row: &CaseRow| found_by.get(&row.id).map_or(&[][..], Vec::as_slice);
                    page.rows.retain(|row| words.are_in_case(row, beside(row)));
                }
                page.rows.truncate(usize::try_from(rows).unwrap_or(usize::MAX));
                Rows::Cases(page, self.store.case_counts(&viewer)?)
            }
            ListKind::Drafts if self.seat.looks().is_none() && self.is_guarded() => {
                return Err(Reason(words::SIGN_IN_FOR_DRAFTS.to_owned()).into());
            }
            ListKind::Drafts => {
                let mut drafts = self.named_drafts(&viewer)?;
                drafts.retain(|row| words.are_in_draft(row));
                Rows::Drafts(drafts)
            }
            ListKind::Looks(of) => {
                let reading = (&self.store, (self.around.now)());
                Rows::Looks(seeking::looks(reading, &viewer, *of, text, rows)?)
            }
            ListKind::ToConfirm => {
                let mut waiting = self.store.to_confirm(&viewer, (self.around.now)())?;
                waiting.retain(|row| words.are_in_waiting(row));
                Rows::ToConfirm(waiting)
            }
            ListKind::Ring => {
                let mut rows = self.store.ring(&viewer, (self.around.now)())?;
                rows.retain(|row| words.are_in_owed(&row.owed));
                Rows::Ring(rows)
            }
            ListKind::Signs => {
                let mut signs =
                    self.store.signs(&viewer, SignFilter::default(), (self.around.now)(), LOOKED_THROUGH)?;
                signs.retain(|row| words.are_in_sign(row));
                signs.truncate(usize::try_from(rows).unwrap_or(usize::MAX));
                Rows::Signs(signs)
            }
            ListKind::Reviews => {
                let mut reviews = self.store.reviews(&viewer, (self.around.now)(), LOOKED_THROUGH)?;
                reviews.retain(|row| words.are_in_task(&row.owed));
                let mut unbegun = self.store.unbegun(&viewer)?;
                unbegun.retain(|one| words.are_in_unbegun(one));
                Rows::Reviews(reviews, unbegun)
            }
            ListKind::Audits => {
                let mut audits = self.store.audits(&viewer, (self.around.now)(), rows)?;
                audits.retain(|row| words.are_in_audit(row));
                Rows::Audits(audits)
            }
            ListKind::Disposal => {
                let mut due = self.store.due_for_disposal(&viewer, (self.around.now)())?;
                due.retain(|row| words.are_in_due(row));
                Rows::Disposal(due)
            }
            ListKind::Eyes => {
                let mut rows = self.store.eyes(&viewer)?;
                rows.retain(|row| words.are_in_watched(row));
                Rows::Eyes(rows)
            }
            ListKind::Keys(of) => {
                let mut keys = self.store.keys(&viewer)?;
                keys.retain(|key| of.as_ref().is_none_or(|of| key.staff == of.id));
                keys.retain(|key| words.are_in_key(key));
                Rows::Keys(keys)
            }
            ListKind::Mine => {
                let most = if words.is_empty() { rows } else { LOOKED_THROUGH };
                let mut mine = self.store.mine(&viewer, (self.around.now)(), most)?;
                mine.rows.retain(|row| words.are_in_mine(row));
                Rows::Mine(mine)
            }
            ListKind::ToCountersign => {
                let mut waiting = self.store.to_countersign(&viewer, (self.around.now)())?;
                waiting.retain(|row| words.are_in_entry(&row.reference, &row.by, row.about.as_ref()));
                Rows::ToCountersign(waiting)
            }
            ListKind::OnCall => {
                let now = (self.around.now)();
                let mut listed = self.store.rota(&viewer, now)?.listed(now);
                listed.rows.retain(|row| words.are_on_call(row));
                Rows::OnCall(listed)
            }
            ListKind::Unconfirmed => {
                let mut waiting = self.store.unconfirmed(&viewer, (self.around.now)())?;
                waiting.retain(|row| words.are_in_waiting(row));
                Rows::Unconfirmed(waiting)
            }
            ListKind::Shares(of) => {
                let most = if words.is_empty() { rows } else { LOOKED_THROUGH };
                let filter = ShareFilter { subject: *of, ..ShareFilter::default() };
                let mut shares = self.store.shares(&viewer, &filter, most)?;
                shares.retain(|row| words.are_in_share(row));
                Rows::Shares(shares)
            }
            ListKind::Measured(behind) => {
                let (measures, most) =
                    (self.around.measures(), if words.is_empty() { rows } else { LOOKED_THROUGH });
                let measure = measures.measure(&behind.id).ok_or(ReadError::NotFound)?;
                let of = (measure, most);
                let now = (self.around.now)();
                let mut found = self.store.measured(&viewer, measures, &behind.asked, of, now)?;
                found.rows.retain(|row| words.are_in_case(&row.case, &[]));
                Rows::Measured(found, Box::new(measure.clone()))
            }
            ListKind::Office(list) => self.of_office(*list, &viewer, &words, rows)?,
            ListKind::DoneAlone => {
                let mut alone = self.store.done_alone(&viewer, LOOKED_THROUGH)?;
                alone.retain(|row| words.are_in_entry(&row.reference, &row.by, row.about.as_ref()));
                Rows::DoneAlone(alone)
            }
        })
    }

    /// A list of the office.
    fn of_office(&self, list: Listed, viewer: &Viewer, words: &Words, rows: u32) -> Result<Rows, ReadError> {
        let most = if words.is_empty() { rows } else { LOOKED_THROUGH };
        Ok(match list {
            Listed::Visits => {
                let mut visits = self.store.visits(viewer, &VisitFilter::default(), most)?;
                visits.retain(|row| words.are_in_visit(row));
                Rows::Visits(visits)
            }
            Listed::Tasks => {
                let mut tasks = self.store.tasks(viewer, most)?;
                tasks.retain(|row| words.are_in_task(row));
                Rows::Tasks(tasks)
            }
            Listed::Slips => {
                let mut pads = self.store.pads(viewer)?;
                pads.retain(|row| words.are_in_pad(row));
                Rows::Pads(pads)
            }
            Listed::Providers => {
                let mut providers = self.store.providers(viewer, (self.around.now)(), most)?;
                providers.retain(|row| words.are_in_provider(row));
                Rows::Providers(providers)
            }
        })
    }
}
