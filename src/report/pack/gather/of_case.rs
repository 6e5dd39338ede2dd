//! The rows that a case makes by what it is and what follows from it: what was shared, warning signs, audits, scores, tags.
//! What its steps say stands in [`super::super::by_meaning`].

use super::Gathering;
use super::theirs::{Whom, is_one};
use crate::domain::audit::DRAWN;
use crate::domain::share::Share;
use crate::domain::time::display;
use crate::domain::views::{CaseView, SignRow, together};
use crate::domain::words::pack as words;
use crate::domain::words::{audit, cli, reviews, signs};
use crate::pathway::definition::AuditSteps;
use crate::pathway::tags;
use crate::report::chronology::Telling;
use crate::report::pack::Cell;
use crate::store::ReadError;

impl Gathering<'_> {
    pub(super) fn shares(&mut self, with: Telling<'_>, organisation: Option<&Whom>) {
        let view = with.view;
        let is_told = |share: &&Share| organisation.is_none_or(|of| is_one(&share.with, of));
        let rows = view.state.shares.iter().filter(is_told).map(|share| {
            let number = view.state.entries.iter().find(|mark| mark.id == share.entry).map(|mark| mark.seq);
            let basis = share.basis.as_ref().map(|basis| basis.label.clone()).unwrap_or_default();
            let who = [Some(share.with.words.clone()), share.who.clone()].into_iter().flatten();
            let who = who.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
            let said = |text: &Option<String>| Cell::said(text.clone().unwrap_or_default());
            vec![
                Cell::said(&view.reference),
                Cell::when(&share.at, self.zone),
                Cell::said(who),
                Cell::said(&share.how),
                Cell::said(&share.what),
                said(&share.purpose),
                match share.with.id {
                    Some(_) => Cell::or_gap(basis, words::NOT_ON_RECORD),
                    None => Cell::said(basis),
                },
                match (&share.without_consent, self.whose()) {
                    (Some(_), Some(_)) => Cell::said(words::FOR_US),
                    _ => said(&share.without_consent),
                },
                number.map(Cell::entry).unwrap_or_default(),
            ]
        });
        let rows = rows.collect();
        self.add(words::SHARES.id, rows);
    }

    pub(super) fn signs(&mut self, view: &CaseView, all: &[SignRow]) {
        let rows = all.iter().map(|sign| {
            let answered = sign.answered.as_ref().map(|answered| {
                let at = display::stamp(answered.at, self.zone);
                let what = signs::answer(answered.answer);
                Cell::said([what, &answered.words, &answered.by, &at].join("; "))
            });
            let answered = answered.unwrap_or_else(|| Cell::gap(words::NOT_ANSWERED));
            vec![
                Cell::said(&view.reference),
                Cell::said(&sign.title),
                Cell::said(&sign.words),
                Cell::at(sign.since, self.zone),
                answered,
            ]
        });
        let rows = rows.collect();
        self.add(words::SIGNS.id, rows);
    }

    pub(super) fn audits(&mut self, view: &CaseView) -> Result<(), ReadError> {
        let pathway = self.editions.current().pathway(&view.state.pathway);
        if pathway.is_none_or(|pathway| AuditSteps::of(pathway).is_none()) {
            return Ok(());
        }
        let audits = self.store.audits_of(self.viewer, view.state.id, self.now)?;
        let rules = &self.editions.current().audit;
        let mut rows = Vec::new();
        for one in &audits {
            let days = one.from.zip(one.until);
            let days = days.map(|(from, until)| audit::days(&display::date(from), &display::date(until)));
            let days = || Cell::or_gap(days.clone().unwrap_or_default(), words::NOT_ON_RECORD);
            // How many for this reason, and how many of these somebody went through.
            let counted = |why: &str| {
                let those = || one.sample.iter().filter(|case| case.why.iter().any(|id| id == why));
                (those().count(), those().filter(|case| case.answers.is_some()).count())
            };
            let how = match one.seed.is_empty() {
                true => String::new(),
                false => words::drawn(&one.method, &one.seed, one.same_again),
            };
            rows.push(vec![
                Cell::said(&view.reference),
                days(),
                Cell::said(words::sample(counted(DRAWN), Some(one.population.len()))),
                Cell::or_gap(how, words::NOT_ON_RECORD),
                Cell::said(audit::share(one.together())),
                Cell::said(one.before.map(audit::share).unwrap_or_default()),
                Cell::said(words::actions(one.actions.0, one.actions.1)),
            ]);
            rows.extend(rules.always.iter().filter(|_| !one.seed.is_empty()).map(|always| {
                let apart = one.apart.iter().find(|apart| apart.title == always.title);
                let share = apart.map(|apart| match apart.cases {
                    0 => audit::NONE_IN_THESE_DAYS.to_owned(),
                    _ => audit::share(together(&apart.lines)),
                });
                vec![
                    Cell::said(&view.reference),
                    days(),
                    Cell::said(words::sample(counted(&always.id), None)),
                    Cell::said(words::in_any_case(&always.title)),
                    Cell::said(share.unwrap_or_default()),
                    Cell::default(),
                    Cell::default(),
                ]
            }));
        }
        self.add(words::AUDITS.id, rows);
        Ok(())
    }

    /// What comes round in a case about the organisation, and what the records say of it: the same in each, so once.
    pub(super) fn score(&mut self, view: &CaseView) -> Result<(), ReadError> {
        let Some(card) = self.store.scorecard(self.viewer, view.state.id, self.now)? else { return Ok(()) };
        let (now, zone) = (self.now, self.zone);
        let rounds = card.rounds.iter().map(|(what, done, due)| {
            let done = done.map_or_else(|| Cell::gap(reviews::NEVER), |done| Cell::when(&done, zone));
            let due = due.map(|due| Cell { gap: due < now, ..Cell::at(due, zone) });
            vec![Cell::said(&view.reference), Cell::said(what), done, due.unwrap_or_default()]
        });
        self.add(words::STREAMS.id, rounds.collect());
        if !self.rows.contains_key(words::SCORE.id) {
            let count = |(what, lately, before): &(String, u64, u64)| {
                vec![Cell::said(what), Cell::said(lately.to_string()), Cell::said(before.to_string())]
            };
            self.add(words::SCORE.id, card.counts.iter().map(count).collect());
        }
        Ok(())
    }

    /// What a case shows something about, by the tags in force.
    pub(super) fn index(&mut self, view: &CaseView) {
        let edition = self.editions.current();
        let rows = tags::of_case(edition, &view.state).into_iter().map(|tagged| {
            let framework = edition.tags.get(&tagged.tag).and_then(|tag| {
                edition.tags.frameworks.iter().find(|framework| framework.id == tag.framework)
            });
            let of = framework.map(|one| [one.title.as_str(), &one.edition].join(", ")).unwrap_or_default();
            let entries = tagged.entries.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            vec![
                Cell::said(&view.reference),
                Cell::said(of),
                Cell::said(edition.tags.title(&tagged.tag)),
                Cell { entry: tagged.entries.first().copied(), ..Cell::said(entries) },
            ]
        });
        let rows = rows.collect();
        self.add(words::INDEX.id, rows);
    }

    pub(super) fn row_of_case(&mut self, view: &CaseView) {
        let state = &view.state;
        let edition = self.editions.current();
        let pathway = edition.pathway(&state.pathway);
        let stands = pathway.and_then(|pathway| pathway.states.iter().find(|one| one.id == state.state));
        let stands = stands.map_or(state.state.as_str(), |one| one.title.as_str());
        let ended = state.facts.how_closed.as_deref().filter(|_| self.whose().is_none()).unwrap_or_default();
        let stands =
            [stands, ended].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ");
        let tied = view.others.iter().filter(|row| state.links.contains(&row.id));
        let tied = tied.map(|row| format!("{} {}", row.reference, row.kind)).collect::<Vec<_>>().join("\n");
        // Who is asked to do one thing is told that thing: not what else it is about, how it ended and what follows from it.
        let ours = self.whose().is_some();
        let ours = |said: String| Cell::said(if ours { words::FOR_US.to_owned() } else { said });
        let row = vec![
            Cell::said(&view.reference),
            Cell::said(edition.pathway_title(&state.pathway)),
            Cell::said(view.subject.as_ref().map(|record| record.name.clone()).unwrap_or_default()),
            ours(state.facts.headline.clone().unwrap_or_default()),
            // When it reached us says who told us.
            if self.whose().is_some() { ours(String::new()) } else { Cell::at(state.opened_at, self.zone) },
            Cell::said(stands),
            ours(tied),
        ];
        self.add(words::CASES.id, vec![row]);
    }

    pub(super) fn particulars(&self, view: &CaseView) -> Vec<(String, String)> {
        let Some(record) = &view.subject else { return Vec::new() };
        let born = record.born.map(|born| cli::born(&display::date(born))).unwrap_or_default();
        let nhs = record.nhs.as_deref().map(cli::nhs).unwrap_or_default();
        let who = [record.name.clone(), born, nhs, record.place.clone().unwrap_or_default()];
        let who = who.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        vec![(words::ABOUT.to_owned(), who)]
    }
}
