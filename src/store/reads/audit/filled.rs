//! What the forms of an audit are filled with: the sample that was asked for, with all that anyone needs to draw it again,
//! and of each case of it what its record shows and what follows from that.

use chrono::{DateTime, Utc};
use rusqlite::params;

use super::read::audits;
use crate::domain::answer::{Answer, Answers, Check};
use crate::domain::audit::{AND, DRAWN};
use crate::domain::case::CaseState;
use crate::domain::ids::EntryId;
use crate::domain::views::{Audit, Past, PastAnswer, Sampled, Told};
use crate::domain::words::audit as words;
use crate::insight::audit as insight;
use crate::pathway::definition::{Always, AuditPart, AuditRules, AuditSteps};
use crate::pathway::predicate::{Facts, applies};
use crate::store::Store;
use crate::store::derive::reference;
use crate::store::error::ReadError;
use crate::store::rows::{json, literal};
use crate::store::scope::Scope;

/// Which records are meant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kept {
    /// Those that are kept to nobody.
    ToNobody,
    /// Those that are kept to a few, as far as the viewer is among them.
    ToAFew,
    /// All that are kept to a few, to be counted and no more.
    Counted,
}

impl Store {
    /// What the forms of an audit are filled with; empty where the case is none.
    pub(in crate::store::reads) fn audited(
        &self,
        scope: &Scope,
        state: &CaseState,
        chronology: &[Told],
        now: DateTime<Utc>,
    ) -> Result<Vec<Past>, ReadError> {
        let editions = self.editions()?;
        let edition = editions.current();
        let Some(pathway) = edition.pathways.get(&state.pathway) else { return Ok(Vec::new()) };
        let Some(steps) = AuditSteps::of(pathway) else { return self.rehearsed(scope, state, pathway, now) };
        let all = audits(pathway, steps, edition, state, chronology);
        let Some(audit) = all.last() else { return Ok(Vec::new()) };
        if audit.seed.is_empty() {
            return self.to_draw(scope, state, (steps, &edition.audit), audit, now);
        }
        let said = insight::told(audit, all.len().checked_sub(2).and_then(|at| all.get(at)));
        let mut past = vec![line(audit.drawn_by, String::new(), AuditPart::Result, Answer::Text(said))];
        for sampled in audit.sample.iter().filter(|one| one.answers.is_none()) {
            past.extend(self.proposed(scope, sampled, &edition.audit, now)?);
        }
        Ok(past)
    }

    /// The sample that was asked for, with all that anyone needs to draw it again.
    fn to_draw(
        &self,
        scope: &Scope,
        state: &CaseState,
        (steps, rules): (AuditSteps<'_>, &AuditRules),
        audit: &Audit,
        now: DateTime<Utc>,
    ) -> Result<Vec<Past>, ReadError> {
        let (Some(from), Some(until)) = (audit.from, audit.until) else { return Ok(Vec::new()) };
        let zone = self.zone()?;
        let end = zone.start_of_day(until.succ_opt().unwrap_or(until)).timestamp_millis();
        let between = (zone.start_of_day(from).timestamp_millis(), end);
        let class: Option<Vec<u8>> = self
            .conn
            .prepare_cached("SELECT class FROM cases WHERE id = ?1")?
            .query_row([state.id.0.as_bytes()], |row| row.get(0))?;
        let kept = if class.is_some() { Kept::ToAFew } else { Kept::ToNobody };
        let of: Vec<(String, CaseState)> = self.of_time(scope, state, &rules.of, between, kept)?;
        let population: Vec<String> = of.into_iter().map(|(reference, _)| reference).collect();
        let size = insight::size(population.len(), audit.wanted.0, audit.wanted.1);
        let seed = audit.drawn_by.to_string();
        let mut sample: Vec<(String, Vec<&str>)> = insight::draw(&population, &seed, size)
            .into_iter()
            .map(|one| (one.clone(), vec![DRAWN]))
            .collect();
        let blank = Answers::new();
        let is_one = |always: &Always, case: &CaseState| {
            applies(&always.when, &Facts::of(steps.sample, &blank, Some(case), now))
        };
        for always in &rules.always {
            for (reference, other) in self.of_time(scope, state, &always.of, between, kept)? {
                if !is_one(always, &other) {
                    continue;
                }
                match sample.iter_mut().find(|(known, _)| *known == reference) {
                    Some((_, why)) => why.push(&always.id),
                    None => sample.push((reference, vec![&always.id])),
                }
            }
        }
        let mut apart = Vec::new();
        if kept == Kept::ToNobody {
            apart.push(words::restricted(
                self.of_time(scope, state, &rules.of, between, Kept::Counted)?.len(),
            ));
            for always in &rules.always {
                let hidden = self.of_time(scope, state, &always.of, between, Kept::Counted)?;
                let counted = hidden.iter().filter(|(_, other)| is_one(always, other)).count();
                apart.extend((counted > 0).then(|| words::restricted_of(&always.title, counted)));
            }
        }
        let text = |part, text| line(audit.drawn_by, String::new(), part, Answer::Text(text));
        let counted = i64::try_from(population.len()).unwrap_or(i64::MAX);
        let mut past = vec![
            text(AuditPart::Seed, seed),
            text(AuditPart::Method, words::method(size)),
            text(AuditPart::Population, insight::listed(&population)),
            line(audit.drawn_by, String::new(), AuditPart::Counted, Answer::Number(counted)),
            text(AuditPart::Restricted, apart.join("\n")),
        ];
        past.extend(sample.into_iter().map(|(reference, why)| {
            line(audit.drawn_by, reference, AuditPart::Sample, Answer::Text(why.join(AND)))
        }));
        Ok(past)
    }

    /// Cases of these pathways that came between two times (milliseconds), by their references, in their order; at the place
    /// of the audit, where it is about one.
    fn of_time(
        &self,
        scope: &Scope,
        state: &CaseState,
        pathways: &[String],
        (from, until): (i64, i64),
        kept: Kept,
    ) -> Result<Vec<(String, CaseState)>, ReadError> {
        let class = match kept {
            Kept::ToNobody => format!("c.class IS NULL AND {}", scope.on("c")),
            Kept::ToAFew => format!("c.class IS NOT NULL AND {}", scope.on("c")),
            Kept::Counted => format!("c.class IS NOT NULL AND {}", scope.stands("c")),
        };
        let place = state.location.map_or(String::new(), |id| format!("AND c.location = {}", literal(id)));
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT c.letter, c.number, c.body FROM cases c
             WHERE c.pathway IN ('{}') AND c.register = 0 AND c.called_at >= ?1 AND c.called_at < ?2
                AND {class} {place} ORDER BY c.letter, c.number",
            pathways.join("', '"),
        ))?;
        let mut rows = statement.query(params![from, until])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let case: CaseState = json(row, 2)?;
            // Of what was disposed of there is nothing to look at.
            if !case.is_disposed_of() {
                found.push((reference(&row.get::<_, String>(0)?, row.get(1)?), case));
            }
        }
        Ok(found)
    }

    /// What the record of a case of the sample shows, and what it proposes. Nothing where it may not be read.
    fn proposed(
        &self,
        scope: &Scope,
        sampled: &Sampled,
        rules: &AuditRules,
        now: DateTime<Utc>,
    ) -> Result<Vec<Past>, ReadError> {
        let editions = self.editions()?;
        let ids = self.by_reference(&sampled.reference)?;
        let found: Vec<CaseState> = ids.into_iter().filter_map(|id| self.state(scope, id).ok()).collect();
        let [state] = found.as_slice() else { return Ok(Vec::new()) };
        let edition = editions.current();
        let (Some(pathway), zone) = (edition.pathways.get(&state.pathway), self.zone()?) else {
            return Ok(Vec::new());
        };
        let periods = &edition.working_periods;
        let with = insight::Showing { state, pathway, periods, zone, now };
        let asked = rules.criteria.iter().filter(|criterion| !criterion.retired);
        let (mut shown, mut checks) = (Vec::new(), Vec::new());
        for criterion in asked {
            let proposed = insight::propose(criterion, with);
            if criterion.of.contains(&pathway.id) {
                shown.push(words::shown(&criterion.title, proposed.answer, &proposed.shows));
            }
            // Why not, as far as the record says it; what is met needs no reason.
            let note = if proposed.answer == Some("yes") { String::new() } else { proposed.shows };
            checks.extend(proposed.answer.map(|answer| Check {
                item: proposed.id,
                answer: answer.to_owned(),
                note,
                expires: None,
            }));
        }
        let entry = state.entries.first().map(|mark| mark.id);
        let part = |part, answer| entry.map(|entry| line(entry, sampled.reference.clone(), part, answer));
        let shown = part(AuditPart::Shown, Answer::Text(shown.join("\n")));
        Ok(shown.into_iter().chain(part(AuditPart::Proposed, Answer::Checklist(checks))).collect())
    }
}

pub(in crate::store::reads) fn line(entry: EntryId, source: String, part: AuditPart, answer: Answer) -> Past {
    let words = match &answer {
        Answer::Text(text) => text.clone(),
        _ => String::new(),
    };
    Past {
        entry,
        pathway: String::new(),
        of_record: false,
        source,
        stood: 0,
        answers: vec![PastAnswer { means: part.name().to_owned(), label: String::new(), answer, words }],
    }
}
