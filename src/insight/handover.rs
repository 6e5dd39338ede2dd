//! The lines of a handover, most urgent first: composed from what may be read, the instant and the coming shift.
//!
//! Every line names what it is about by a key that stays the same, so that the next handover, the sheet and the screen speak
//! of one thing. What is to be taken is what whoever hands over sees to, by name or by a duty they hold; all else is to be
//! known. Where nothing stands in a section, the section says so: that somebody looked is part of the handover.

mod batch;

pub use batch::{Doer, answered, governance, handed_over, left, left_by_the_clock};

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::answer::YesNo;
use crate::domain::case::Level;
use crate::domain::commitment::{Commitment, Party};
use crate::domain::draft::DraftRow;
use crate::domain::handover::{LATE, Line, Section};
use crate::domain::ids::CaseId;
use crate::domain::owning::DUTY_DESK;
use crate::domain::permission::{DECISION_HOLDER, Viewer};
use crate::domain::rota::Link;
use crate::domain::time::{Zone, display};
use crate::domain::views::{
    Correction, HandoverSources, LOOKING_BACK, OpenCase, OwedHere, OwedRow, RecordRow,
};
use crate::domain::words::handover as words;
use crate::domain::words::rota::ring;
use crate::domain::words::store::restricted;
use crate::domain::words::ui::in_words;
use crate::domain::words::ui::listed::ring_back_whom;
use crate::pathway::definition::{Kind, Means};
use crate::pathway::edition::Edition;
use crate::pathway::late::WorkingPeriods;

/// The shift that ends and the one that comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shift {
    /// When the shift began that ends.
    pub from: DateTime<Utc>,
    /// When it ends.
    pub until: DateTime<Utc>,
    /// When the coming one ends.
    pub next: DateTime<Utc>,
}

impl Shift {
    /// The shift that is handed over at an instant: the one it lies in, and within an hour after its start the one before.
    pub fn at(now: DateTime<Utc>, periods: &WorkingPeriods, zone: Zone) -> Self {
        let start = periods.start(now, zone);
        if now - start < LATE {
            let from = periods.start(start - TimeDelta::seconds(1), zone);
            return Self { from, until: start, next: periods.end(now, zone) };
        }
        let until = periods.end(now, zone);
        Self { from: start, until, next: periods.end(until, zone) }
    }
}

/// What the lines are composed with.
#[derive(Clone, Copy)]
pub struct With<'a> {
    /// Who hands over.
    pub viewer: &'a Viewer,
    /// The definitions in force.
    pub edition: &'a Edition,
    /// The office's zone.
    pub zone: Zone,
    /// Now.
    pub now: DateTime<Utc>,
    /// The shift that ends and the one that comes.
    pub shift: Shift,
}

/// The lines, in the order in which they are shown.
pub fn lines(sources: &HandoverSources, with: With<'_>) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    lines.extend(sources.cases.iter().filter_map(|case| with.case(case, sources)));
    lines.extend(sources.owed.iter().filter_map(|one| with.owed(one, sources)));
    lines.extend(sources.away.iter().map(|(record, seq)| with.away(record, *seq)));
    lines.extend(sources.drafts.iter().map(|draft| with.draft(draft)));
    lines.extend(with.chain(sources));
    lines.extend(with.duties(sources));
    lines.extend(sources.corrections.iter().map(|one| with.correction(one)));
    // Within a section by severity, then by when it falls due; what came first stays first.
    lines.sort_by_key(|line| (line.section, line.due.is_none(), line.due));
    let rank = |line: &Line| {
        let case = sources.cases.iter().find(|case| Some(case.case) == line.case);
        (line.section, case.map_or(Level::HEAVIEST, |case| Level::rank(case.facts.level.as_ref())))
    };
    // Only where severity leads: what falls due is in the order of the clock.
    let severity = |line: &Line| match line.section {
        Section::First | Section::Urgent | Section::Decisions => rank(line),
        section => (section, 0),
    };
    lines.sort_by_key(|line| {
        let first = (line.section == Section::First).then(|| with.first(line, sources));
        (line.section, first.map(|(standing, _)| standing), severity(line), first.and_then(|(_, due)| due))
    });
    lines
}

/// How a line stands among those that are read one by one. What follows from it is due by the time beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    /// Somebody is missing.
    Missing,
    /// Something that keeps somebody safe is late, or due within the hour.
    NotSafe,
    /// By risk, then by what is due.
    ByRisk,
}

impl With<'_> {
    /// At which time whoever hands over had what is theirs by a duty: now, or where the shift has ended, just before it did.
    /// By a planned slot the duty is the next one's from the same minute on.
    fn held_at(&self) -> DateTime<Utc> {
        self.now.min(self.shift.until - TimeDelta::seconds(1))
    }

    /// Whether whoever hands over sees to what this party sees to: by name, by a duty they hold there, or at the duty desk
    /// while nobody holds it.
    fn is_theirs(&self, owner: &Party, place: Option<CaseId>, sources: &HandoverSources) -> bool {
        match owner {
            Party::Staff(staff) => Some(*staff) == self.viewer.staff,
            Party::Role(duty) => match sources.rota.holders(duty, place, self.held_at()) {
                held if held.is_empty() => duty == DUTY_DESK,
                held => held.iter().any(|held| Some(held.staff) == self.viewer.staff),
            },
            Party::Outside(_) => false,
        }
    }

    /// Whether it is to be taken, and whether it is theirs by a duty alone.
    fn taken(
        &self,
        owner: &Party,
        place: Option<CaseId>,
        sources: &HandoverSources,
    ) -> (Option<YesNo>, bool) {
        let is_theirs = self.is_theirs(owner, place, sources);
        (is_theirs.then_some(YesNo::Yes), is_theirs && !matches!(owner, Party::Staff(_)))
    }

    /// Whether a route was chosen for the case that its pathway puts first: it is about safeguarding.
    fn is_of_first(&self, case: &OpenCase) -> bool {
        let steps = self.edition.pathways.get(&case.pathway).into_iter().flat_map(|pathway| &pathway.steps);
        let routes = steps.flat_map(|step| &step.fields).filter(|field| field.means == Some(Means::Route));
        let offered = routes.filter_map(|field| match &field.kind {
            Kind::Choice(choices) | Kind::Choices(choices) => Some(choices),
            _ => None,
        });
        let mut first = offered.flatten().filter(|choice| choice.handover == Some(Section::First));
        first.any(|choice| case.facts.routes.contains(&choice.id))
    }

    /// How a line of the first section stands among the others, and the minute by which the next of it is due: of a case that
    /// of what is owed in it first. What nobody owes comes after what somebody does.
    fn first(&self, line: &Line, sources: &HandoverSources) -> (Standing, Option<i64>) {
        let owed = |here: &&OwedHere| match &line.owed {
            Some(owed) => here.row.commitment.id == *owed,
            None => Some(here.row.commitment.case) == line.case,
        };
        let next = sources.owed.iter().filter(owed).min_by_key(|here| here.row.commitment.due);
        let due = next.map_or(i64::MAX, |here| here.row.commitment.due.timestamp());
        let keeps_safe = |here: &OwedHere| {
            let pathway = self.edition.pathways.get(&here.pathway);
            let step = here.row.commitment.step.as_deref();
            pathway.zip(step).and_then(|(pathway, step)| pathway.step(step)).is_some_and(|step| step.safety)
                && here.row.commitment.due - self.now < TimeDelta::hours(1)
        };
        let standing = match (&line.owed, next) {
            (None, None) if line.subject.is_some() && line.subject == line.case => Standing::Missing,
            (Some(_), Some(here)) if keeps_safe(here) => Standing::NotSafe,
            _ => Standing::ByRisk,
        };
        (standing, Some(due))
    }

    /// An open case: a red one or one of safeguarding first, other urgent ones after, and the rest where its pathway says.
    fn case(&self, case: &OpenCase, sources: &HandoverSources) -> Option<Line> {
        let pathway = self.edition.pathways.get(&case.pathway);
        let place = pathway.and_then(|pathway| pathway.handed_over(&case.state));
        let is_urgent = pathway.is_none_or(|pathway| pathway.urgent);
        let level = case.facts.level.as_ref();
        let is_red = level.is_some_and(|level| level.weight >= Level::RED);
        let is_safeguarding = place == Some(Section::First) || self.is_of_first(case);
        let section = match (is_red || is_safeguarding, place) {
            (true, _) => Section::First,
            // How a provider stands is to be known whatever is owed because of it.
            (false, Some(Section::Providers)) => Section::Providers,
            // What is owed in it is a line of its own; a case that owes nothing must not be forgotten either.
            (false, Some(_)) if sources.owed.iter().any(|one| one.row.commitment.case == case.case) => {
                return None;
            }
            (false, Some(place)) => place,
            (false, None) if is_urgent => Section::Urgent,
            // Others of its pathway stand there because of the state they stand in.
            (false, None) => return None,
        };
        let mut line = Line::new(format!("case:{}", case.case), section);
        (line.case, line.seq) = (Some(case.case), case.version);
        line.alone = (section == Section::First).then_some(YesNo::Yes);
        (line.taken, line.by_duty) = self.taken(case.owner.as_ref()?, case.location, sources);
        line.whose.clone_from(&case.whose);
        if let Some(whom) = &case.ask {
            line.what = restricted(whom);
            return Some(line);
        }
        line.subject = case.subject.as_ref().map(|subject| subject.id);
        line.about = about(case.subject.as_ref(), case.facts.said_of.as_deref().unwrap_or_default());
        line.reference.clone_from(&case.reference);
        let label = level.map(|level| level.label.clone());
        let safeguarding = is_safeguarding.then(|| words::SAFEGUARDING.to_owned());
        line.clock = label.or(safeguarding.clone()).unwrap_or_else(|| display::age(case.opened_at, self.now));
        let headline = case.facts.headline.clone().or(case.facts.quoted.clone());
        let headline = headline.or(pathway.map(|pathway| pathway.title.clone())).unwrap_or_default();
        let whereabouts = case.subject.as_ref().and_then(|subject| subject.more.whereabouts.as_ref());
        let whereabouts = whereabouts.map(|at| words::at(&at.label, at.detail.as_deref()));
        let stands = pathway.and_then(|pathway| pathway.states.iter().find(|state| state.id == case.state));
        let stands = stands.filter(|state| state.handover.is_some()).map(|state| state.title.clone());
        line.what =
            words::joined([stands, Some(headline), safeguarding.filter(|_| level.is_some()), whereabouts]);
        let sees = case.facts.sees_next.as_ref().map(|(who, when)| {
            words::sees_next(who, when.map(|when| display::short_when(&when, self.now, self.zone)).as_deref())
        });
        let next = sources.owed.iter().find(|one| one.row.commitment.case == case.case);
        let next = next.map(|OwedHere { row, .. }| {
            let at = display::short(row.commitment.due, self.now, self.zone);
            words::next(&row.commitment.what, &at)
        });
        let caller = case.facts.caller.as_deref().unwrap_or_default();
        let rang = case.facts.call_back.as_deref().map(|number| ring_back_whom(number, caller));
        line.then = words::joined([sees, next, self.controls(&case.facts.controls), rang]);
        Some(line)
    }

    /// Something owed, where its clock, its pathway or its owner puts it into this handover.
    fn owed(&self, here: &OwedHere, sources: &HandoverSources) -> Option<Line> {
        let (pathway, row) = (here.pathway.as_str(), &here.row);
        let one = &row.commitment;
        let place = self.edition.pathways.get(pathway).and_then(|pathway| pathway.handed_over(&here.state));
        let is_theirs = self.is_theirs(&one.owner, here.location, sources);
        let section = self.section(place, row, is_theirs)?;
        let is_red = row.level.as_ref().is_some_and(|level| level.weight >= Level::RED);
        let of_first = sources.cases.iter().any(|case| case.case == one.case && self.is_of_first(case));
        let mut line = Line::new(format!("owed:{}", one.id), section);
        line.alone = (is_red || of_first || place == Some(Section::First)).then_some(YesNo::Yes);
        (line.taken, line.by_duty) = self.taken(&one.owner, here.location, sources);
        (line.case, line.owed, line.due) = (Some(one.case), Some(one.id.clone()), Some(one.due));
        line.seq = row.version;
        line.clock = match self.is_late(one) {
            true => self.edition.clocks.distance(one, self.now),
            false => display::short(one.due, self.now, self.zone),
        };
        line.what.clone_from(&one.what);
        line.whose.clone_from(&row.owner);
        line.reference.clone_from(&row.reference);
        if row.ask.is_some() {
            return Some(line);
        }
        line.subject = row.subject.as_ref().map(|subject| subject.id);
        line.about = about(row.subject.as_ref(), &row.said_of);
        if one.obligor.is_outside() {
            line.what = words::of_whom(&row.obligor, &one.what);
        }
        let missed = sources.slips.iter().find(|pad| pad.case == one.case);
        let missed = missed.map(|pad| words::slips_missed(&pad.unaccounted.to_string()));
        // Of what is ours nobody rings themselves; the caller is said to be the caller.
        let (number, rang) = match one.obligor.is_outside() {
            true => (row.phone.clone(), None),
            false => (None, row.rang.as_ref().map(|rang| ring_back_whom(&rang.call_back, &rang.caller))),
        };
        line.then = words::joined([missed, Some(self.then(one, here)).filter(|then| !then.is_empty()), rang]);
        line.number = number.unwrap_or_default();
        Some(line)
    }

    fn section(&self, place: Option<Section>, row: &OwedRow, is_theirs: bool) -> Option<Section> {
        let one = &row.commitment;
        let in_time = one.due < self.shift.next;
        if row.is_undecided() {
            return Some(Section::Decisions);
        }
        if let Some(place) = place {
            let always = matches!(place, Section::Notifications | Section::First);
            return (in_time || always || is_theirs).then_some(place);
        }
        if row.rank == LOOKING_BACK && row.ask.is_none() {
            return in_time.then_some(Section::Reviews);
        }
        if self.is_late(one) || (one.control == YesNo::Yes && in_time) {
            return Some(Section::Late);
        }
        if in_time {
            return Some(Section::Promised);
        }
        // What is due later passes with its duty; what is somebody's by name would stay with them.
        let by_name = matches!(one.owner, Party::Staff(_)) && is_theirs;
        by_name.then_some(Section::Later)
    }

    fn is_late(&self, one: &Commitment) -> bool {
        self.edition.clocks.state(one, self.now).is_late()
    }

    /// What holds meanwhile, or what is to be done if it does not happen; that nothing is named, where nothing is.
    fn then(&self, one: &Commitment, here: &OwedHere) -> String {
        let chased =
            one.last_chased.map(|at| words::chased(one.chased, &display::short(at, self.now, self.zone)));
        if !one.obligor.is_outside() {
            return words::joined([chased]);
        }
        let controls = self.controls(&here.row.controls);
        let instead = here.out_of_hours.as_deref().map(words::if_not);
        let nothing = (controls.is_none() && instead.is_none()).then(|| words::NO_CONTROL.to_owned());
        words::joined([controls, instead, nothing, chased])
    }

    fn controls(&self, controls: &[String]) -> Option<String> {
        (!controls.is_empty()).then(|| words::controls(controls))
    }

    fn away(&self, record: &RecordRow, seq: u64) -> Line {
        let at = record.more.whereabouts.clone().unwrap_or_default();
        let section = if at.is_first() { Section::First } else { Section::Away };
        let mut line = Line::new(format!("person:{}", record.id), section);
        line.alone = at.is_first().then_some(YesNo::Yes);
        (line.subject, line.case, line.seq) = (Some(record.id), Some(record.id), seq);
        line.about.clone_from(&record.short);
        line.clock =
            at.since.map(|since| display::short_when(&since, self.now, self.zone)).unwrap_or_default();
        line.what = words::at(&at.label, at.detail.as_deref());
        line.then = match at.until {
            Some(until) => words::until(&display::short_when(&until, self.now, self.zone)),
            None => words::NO_RETURN.to_owned(),
        };
        line.number = record.phone.clone().unwrap_or_default();
        line
    }

    fn draft(&self, draft: &DraftRow) -> Line {
        let mut line = Line::new(format!("draft:{}", draft.id.0), Section::Unfinished);
        line.clock = display::short(draft.opened_at, self.now, self.zone);
        line.about =
            if draft.about.is_empty() { words::NOBODY_NAMED.to_owned() } else { draft.about.clone() };
        let step = self.edition.pathways.get(&draft.pathway).and_then(|pathway| pathway.step(&draft.step));
        let step = step.map_or(draft.step.as_str(), |step| step.title.as_str());
        line.what = words::unfinished(step);
        line.number.clone_from(&draft.call_back);
        line.whose.clone_from(&draft.whose);
        line.then = words::DRAFT_STAYS.to_owned();
        line
    }

    /// Who is rung in the coming shift, the first to be rung first, each with their number.
    fn chain(&self, sources: &HandoverSources) -> Vec<Line> {
        let at = self.shift.until.max(self.now);
        let Some(order) = sources.rota.orders(at).next() else { return Vec::new() };
        let links = sources.rota.links(order, None, at).into_iter().enumerate();
        let line = |(turn, link): (usize, Link)| {
            let who = link.holding.as_ref().map(|held| sources.rota.name(held.staff).to_owned());
            let key = match &link.holding {
                Some(held) => format!("rung:{}/{}", link.actor, held.staff),
                None => format!("rung:{}", link.actor),
            };
            let mut line = Line::new(key, Section::OnCall);
            line.clock = ring(turn + 1);
            line.about = sources.rota.roles.title(&link.actor).to_owned();
            line.what = who.map_or_else(|| words::NOBODY_HOLDS.to_owned(), |who| words::is_rung(&who));
            line.number = link.holding.and_then(|held| held.phone).unwrap_or_default();
            line
        };
        links.map(line).collect()
    }

    /// Who holds which duty. Those of whoever hands over pass with a line of their own.
    fn duties(&self, sources: &HandoverSources) -> Vec<Line> {
        let mut lines = Vec::new();
        for (id, duty) in &self.edition.roles.duties {
            let holder = sources.rota.holder(id, None, self.now);
            let mut line = Line::new(format!("duty:{id}"), Section::OnCall);
            line.about.clone_from(&duty.title);
            let passes = holder.as_ref().is_some_and(|holder| Some(holder.staff) == self.viewer.staff);
            line.taken = passes.then_some(YesNo::Yes);
            let person = holder.as_ref().and_then(|holder| sources.rota.people.get(&holder.staff));
            line.whose = person.map(|person| person.name.clone()).unwrap_or_default();
            line.number = holder.as_ref().and_then(|holder| holder.phone.clone()).unwrap_or_default();
            line.what = match person {
                Some(person) => words::holds(&person.name),
                None => words::NOBODY_HOLDS.to_owned(),
            };
            if id == DECISION_HOLDER && holder.is_none() {
                // Without anybody who decides, nothing goes on: it is never one of many.
                (line.section, line.alone) = (Section::First, Some(YesNo::Yes));
            }
            line.then = if passes { words::PASSES.to_owned() } else { String::new() };
            lines.push(line);
        }
        lines
    }

    fn correction(&self, one: &Correction) -> Line {
        let mut line = Line::new(format!("entry:{}", one.entry), Section::Corrections);
        (line.case, line.reference) = (one.case, one.reference.clone());
        line.clock = display::short(one.at, self.now, self.zone);
        line.about = one.about.as_ref().map(|record| record.short.clone()).unwrap_or_default();
        line.subject = one.about.as_ref().map(|record| record.id);
        line.what = words::corrected(&one.kind, &one.reason);
        line.whose.clone_from(&one.by);
        line
    }
}

/// Whom a line is about in little room, or the words that were typed in their place.
fn about(subject: Option<&RecordRow>, said_of: &str) -> String {
    match subject {
        Some(subject) => subject.short.clone(),
        None if said_of.is_empty() => String::new(),
        None => in_words(said_of),
    }
}

/// The people that lines are about, each once: whose records a printed sheet shows.
pub fn subjects<'l>(lines: impl Iterator<Item = &'l Line>) -> Vec<(CaseId, Option<CaseId>)> {
    let mut subjects: Vec<(CaseId, Option<CaseId>)> = Vec::new();
    for line in lines {
        if let Some(subject) = line.subject
            && !subjects.iter().any(|(known, _)| *known == subject)
        {
            subjects.push((subject, line.case));
        }
    }
    subjects
}
