//! Records of the registers: found by a few letters, told apart, shown with all that is open about them.

use chrono::{DateTime, Utc};

use super::super::Store;
use super::super::error::ReadError;
use super::super::ledger;
use super::super::merged;
use super::super::rows::{count, instant, json, maybe_id};
use super::super::scope::Scope;
use super::{Records, reference_of};
use crate::domain::ids::CaseId;
use crate::domain::names::similar::{self, Similarity};
use crate::domain::names::{Identity, PersonName, fold};
use crate::domain::nhs::NhsNumber;
use crate::domain::permission::Viewer;
use crate::domain::views::{LOOKING_BACK, Merged, Moved, OwedRow, PersonView, RecordRow, SignFilter};
use crate::domain::who_is::WhoIs;
use crate::domain::words::store as words;
use crate::pathway::near::{must_not_be_told, near};

/// The register of whom NHS numbers are.
const PEOPLE: &str = "people";
/// Open and closed cases shown of one person.
const MOST_CASES: u32 = 100;
/// What is owed about one person, and stubs.
const MOST_OWED: u32 = 200;
/// Warning signs shown of one person.
const MOST_SIGNS: u32 = 50;
/// People of one NHS number who are told.
const MOST_SAME: u32 = 8;
/// The most people of one name who are looked through.
const MOST_NAMED: u32 = 100;
/// How many records are looked at when somebody could be mistaken for another.
const MOST_CANDIDATES: u32 = 400;

impl Store {
    /// A record of a register with all that is open about it.
    ///
    /// # Errors
    /// [`ReadError::NotFound`], and [`ReadError::Denied`] where the viewer may not read people's records.
    pub fn person(&self, viewer: &Viewer, id: CaseId, now: DateTime<Utc>) -> Result<PersonView, ReadError> {
        let transaction = self.conn.unchecked_transaction()?;
        let scope = self.scope(viewer)?.about([id]);
        if let Some(merged) = self.merged(id)? {
            let record = Records::new(&self.conn).as_written(id)?.ok_or(ReadError::NotFound)?;
            let record = self.readable(&scope, record)?;
            let (cases, owed, moved, duplicates, signs) = Default::default();
            return Ok(PersonView { record, cases, owed, moved, merged: Some(merged), duplicates, signs });
        }
        let record = self.readable_record(&scope, id)?;
        let own = merged::listed(&self.conn, id)?;
        let about = format!("WHERE c.register = 0 AND c.subject IN ({own})");
        let mut cases = self.cases_where(&scope, &format!("{about} AND c.closed = 0"), MOST_CASES)?;
        cases.extend(self.cases_where(&scope, &format!("{about} AND c.closed = 1"), MOST_CASES)?);
        let records = Records::new(&self.conn);
        let owed = self.owed_about(&scope, id, now)?;
        let moved = self
            .conn
            .prepare_cached(&format!(
                "SELECT m.case_id, m.at, m.reason, m.seq, c.class FROM moved m
                 LEFT JOIN cases c ON c.id = m.case_id WHERE m.subject IN ({own}) ORDER BY m.seq DESC"
            ))?
            .query_map([], |row| {
                let case = super::super::rows::id(row, 0)?;
                let stored = ledger::after(&self.conn, count(row, 3)?.saturating_sub(1), 1)?;
                let by = stored.first().map(|stored| records.whose(&stored.read().0)).transpose()?;
                // Where it went may be nobody's business here.
                let shown = scope.ask(&self.conn, maybe_id(row, 4)?)?.is_none();
                let (reference, reason) = match shown {
                    true => (reference_of(&self.conn, case)?, row.get(2)?),
                    false => (String::new(), words::RESTRICTED.to_owned()),
                };
                Ok(Moved { case, reference, at: instant(row, 1)?, by: by.unwrap_or_default(), reason })
            })?
            .collect::<rusqlite::Result<_>>()?;
        let duplicates = self.duplicates(&scope, id)?;
        drop(transaction);
        let about = SignFilter { about: Some(id), answered: false };
        let signs = self.signs_in(&scope, about, now, MOST_SIGNS)?;
        Ok(PersonView { record, cases, owed, moved, merged: None, duplicates, signs })
    }

    /// The record that is kept, where this one was merged away. The one it is read as now, by the act that merged it.
    pub(super) fn merged(&self, id: CaseId) -> Result<Option<Merged>, ReadError> {
        let Some(mark) = merged::mark(&self.conn, id)? else { return Ok(None) };
        let kept = merged::kept(&self.conn, mark.kept)?;
        self.merged_with(kept, mark).map(Some)
    }

    /// The records that are read as this one, without those that may not be named to the viewer.
    pub(super) fn duplicates(&self, scope: &Scope, id: CaseId) -> Result<Vec<Merged>, ReadError> {
        let marks = merged::marks(&self.conn, id)?;
        marks
            .into_iter()
            .filter(|mark| !scope.hides(mark.gone))
            .map(|mark| self.merged_with(mark.gone, mark))
            .collect()
    }

    fn merged_with(&self, other: CaseId, mark: merged::Mark) -> Result<Merged, ReadError> {
        let records = Records::new(&self.conn);
        let name = |id: CaseId| {
            Ok::<_, ReadError>(records.as_written(id)?.map(|record| record.name).unwrap_or_default())
        };
        Ok(Merged {
            record: other,
            into: mark.kept,
            reference: reference_of(&self.conn, other)?,
            name: name(other)?,
            at: mark.at,
            by: mark.by.map(name).transpose()?.unwrap_or_default(),
            reason: mark.reason,
        })
    }

    /// What is owed about a record, in whichever case, soonest first.
    pub(super) fn owed_about(
        &self,
        scope: &Scope,
        id: CaseId,
        now: DateTime<Utc>,
    ) -> Result<Vec<OwedRow>, ReadError> {
        self.owed_rows(
            &Records::with_duties(&self.conn, self.rota_at(now)?, now),
            scope,
            &*self.roles()?,
            &format!(
                "WHERE o.subject IN ({}) AND {} ORDER BY o.due, o.id LIMIT ?1",
                merged::listed(&self.conn, id)?,
                scope.on("o")
            ),
            [MOST_OWED],
        )
    }

    /// What is owed in a case itself and ends or stays with it, soonest first: reviews look back, whether it is closed
    /// or not, and the completion of a record is no matter of the person's. Nothing of a register's record.
    pub(super) fn owed_in(
        &self,
        scope: &Scope,
        id: CaseId,
        now: DateTime<Utc>,
    ) -> Result<Vec<OwedRow>, ReadError> {
        let mut own = self.owed_rows(
            &Records::with_duties(&self.conn, self.rota_at(now)?, now),
            scope,
            &*self.roles()?,
            &format!(
                "WHERE o.case_id = ?1 AND c.register = 0 AND o.rank < {LOOKING_BACK} AND {} ORDER BY o.due, o.id",
                scope.on("o")
            ),
            [id.0.as_bytes()],
        )?;
        own.retain(|row| row.commitment.step.is_some() || row.commitment.opened_in.is_some());
        Ok(own)
    }

    /// What is sealed in a record, in the order of its form: label and words; of one that was merged away, what is sealed in
    /// the one that stands. Whoever asks notes the look first.
    ///
    /// # Errors
    /// As [`Store::record`].
    pub fn sealed(&self, viewer: &Viewer, id: CaseId) -> Result<Vec<(String, String)>, ReadError> {
        let id = merged::kept(&self.conn, id)?;
        self.readable_record(&self.scope(viewer)?, id)?;
        let sealed = self
            .conn
            .prepare_cached("SELECT sealed FROM records WHERE id = ?1")?
            .query_row([id.0.as_bytes()], |row| json(row, 0))?;
        Ok(sealed)
    }

    /// The people who may be somebody, whether they are supported now or were once, as far as the viewer may see them: whoever has
    /// the same NHS number (one, unless somebody stands there twice or a number was mistyped), and whoever has the same name and
    /// was born on the same day. Of whoever was disposed of nothing is left by which they could be known.
    ///
    /// # Errors
    /// [`ReadError::Denied`] where the viewer may not read people's records.
    pub fn same(&self, viewer: &Viewer, identity: &WhoIs) -> Result<Vec<RecordRow>, ReadError> {
        let mut found = match identity.number {
            Some(number) => self.find(viewer, PEOPLE, &number.digits(), MOST_SAME)?,
            None => Vec::new(),
        };
        found.retain(|row| identity.has_number(row));
        if let Some((name, _)) = &identity.born {
            let mut named = self.find(viewer, PEOPLE, name, MOST_NAMED)?;
            named.retain(|row| identity.has_name_and_birth(row) && found.iter().all(|one| one.id != row.id));
            found.extend(named);
        }
        Ok(found)
    }

    /// A record of a register as lists and banners name it, with all its answers.
    ///
    /// # Errors
    /// [`ReadError::NotFound`], and [`ReadError::Denied`] where the viewer may not read people's records.
    pub fn record(&self, viewer: &Viewer, id: CaseId) -> Result<RecordRow, ReadError> {
        self.readable_record(&self.scope(viewer)?.about([id]), id)
    }

    fn readable_record(&self, scope: &Scope, id: CaseId) -> Result<RecordRow, ReadError> {
        let record = Records::new(&self.conn).get(id)?.ok_or(ReadError::NotFound)?;
        self.readable(scope, record)
    }

    fn readable(&self, scope: &Scope, record: RecordRow) -> Result<RecordRow, ReadError> {
        scope.holds(&self.conn, record.location, self.record_class(record.id)?)?;
        self.with_answers(record)
    }

    pub(super) fn record_class(&self, record: CaseId) -> rusqlite::Result<Option<CaseId>> {
        self.conn
            .prepare_cached("SELECT class FROM records WHERE id = ?1")?
            .query_row([record.0.as_bytes()], |row| maybe_id(row, 0))
    }

    /// The record with all its answers, and who by them must not be told, for whoever may see the case or the record it stands in.
    pub(super) fn with_answers(&self, record: RecordRow) -> Result<RecordRow, ReadError> {
        let answers = self
            .conn
            .prepare_cached("SELECT answers FROM records WHERE id = ?1")?
            .query_row([record.id.0.as_bytes()], |row| json(row, 0))?;
        let mut record = RecordRow { answers, ..record };
        let editions = self.editions()?;
        if let Some(register) = editions.current().pathway(&record.register) {
            record.more.must_not_be_told = must_not_be_told(&near(register, &record.answers));
        }
        Ok(record)
    }

    /// People who could be mistaken for this one, with the reasons.
    ///
    /// # Errors
    /// [`ReadError::NotFound`], and [`ReadError::Denied`] where the viewer may not read people's records.
    pub fn similar(
        &self,
        viewer: &Viewer,
        person: CaseId,
    ) -> Result<Vec<(RecordRow, Similarity)>, ReadError> {
        let scope = self.scope(viewer)?;
        let chosen = self.readable_record(&scope.about([person]), person)?;
        let identity = identity_of(&chosen);
        let beginning: String = fold(&identity.family).chars().take(2).collect();
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT DISTINCT r.row FROM records r WHERE r.register = ?1 AND r.id <> ?2 AND {} AND {} AND (
                r.id IN (SELECT record FROM find_keys WHERE register = ?1 AND key >= ?3 AND key < ?3 || char(1114111))
                OR r.id IN (SELECT other.record FROM find_keys mine JOIN find_keys other
                    ON other.register = ?1 AND other.key = mine.key WHERE mine.record = ?2 AND mine.key GLOB '[0-9]*'))
             LIMIT ?4",
            merged::STANDS,
            scope.on("r")
        ))?;
        let records = Records::new(&self.conn);
        let candidates = statement
            .query_map(
                rusqlite::params![chosen.register, chosen.id.0.as_bytes(), beginning, MOST_CANDIDATES],
                |row| json::<RecordRow>(row, 0),
            )?
            .map(|row| records.placed(row?));
        let mut found = Vec::new();
        for candidate in candidates {
            let candidate = candidate?;
            if let Some(why) = similar::similar(&identity, &identity_of(&candidate)) {
                found.push((candidate, why));
            }
        }
        Ok(found)
    }
}

/// What is known of a person for telling them apart.
fn identity_of(record: &RecordRow) -> Identity {
    let name = PersonName::read(&record.name);
    Identity {
        family: name.family,
        given: Some(name.given).filter(|given| !given.is_empty()),
        liked: None,
        born: record.born,
        nhs: record.nhs.as_deref().and_then(|digits| NhsNumber::read(digits).ok()).map(|(number, _)| number),
        place: record.place.clone(),
        room: record.room.clone(),
    }
}
