//! Telling the stories: calls come in, and what follows each waits in a heap until its time. What is held depends
//! on what is open, never on how many calls there are.

mod begun;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use std::sync::Arc;

use chrono::{DateTime, NaiveTime, TimeDelta, Timelike, Utc};
use serde_json::Value;

use begun::{Telling, Waiting};

use super::days::Days;
use super::draws::Draws;
use super::population::Population;
use super::writing::{Asked, Desk, Writing};
use crate::cli::failure::Failure;
use crate::domain::act::Act;
use crate::domain::answer::{Answers, Owed, When, YesNo};
use crate::domain::entry::{Method, NewEntry, NewSaid, Who};
use crate::domain::ids::{CaseId, EntryId, SignId};
use crate::domain::permission::{DECISION_HOLDER, Viewer};
use crate::domain::signs::SignAnswer;
use crate::domain::words::cli as words;
use crate::pathway::definition::{Kind, Means, Pathway, Prefill, Step};
use crate::settings::example::{Hours, Matter, Shift, Shifts, Story, StoryStep};

/// The duty of the desk, which changes hands with the shift as the decision does, and the hours at which they do.
const DESK: &str = "duty_coordinator_on_duty";
pub(super) const CHANGES: [u32; 2] = [8, 20];

/// All that the telling needs.
pub(super) struct Teller<'a> {
    pub stories: &'a [Story],
    /// What follows where a story leaves off: sooner or later almost everything is done.
    pub endings: &'a [StoryStep],
    pub shifts: &'a Shifts,
    pub population: &'a Population,
    pub desk: &'a Desk<'a>,
    /// Whose steps a story tells that names no pathway.
    pub urgent: &'a Pathway,
    pub now: DateTime<Utc>,
}

/// Tells stories from the first day up to now. Answers with how many calls there were.
pub(super) fn tell(
    teller: &Teller<'_>,
    mut days: Days,
    draws: &mut Draws,
    writing: &mut Writing,
) -> Result<u64, Failure> {
    let mut heap = BinaryHeap::new();
    let mut calls = 0;
    let mut order = 0;
    let mut put = |heap: &mut BinaryHeap<_>, recorded, telling| {
        order += 1;
        heap.push(Reverse(Waiting { recorded, order, telling }));
    };
    for story in teller.stories {
        if let Some(ago) = &story.ago {
            let at = teller.now - TimeDelta::minutes(i64::from(*ago.0.start()));
            // A story of another pathway draws its own lots, so that with one more of them the calls stay as they are.
            let mut own = story.pathway.is_some().then(|| draws.apart(&story.key));
            let lots = own.as_mut().unwrap_or(&mut *draws);
            let mut telling = teller.begin(story, at, lots)?;
            let recorded = teller.recorded(&telling, lots);
            telling.lots = own;
            put(&mut heap, recorded, telling);
        }
    }
    // Somebody has the duties while what is older than the first call is told.
    let first = heap.peek().map(|Reverse(waiting)| waiting.recorded).filter(|at| *at < days.begin());
    if let Some(first) = first {
        let before = first - TimeDelta::minutes(1);
        teller.hand_over(before, &mut draws.apart("before the first call"), writing)?;
    }
    let mut change = teller.desk.zone.local(days.begin()).date();
    let mut changes = CHANGES.iter().cycle();
    let mut next_change = days.begin();
    let mut next_call = days.next(draws);
    loop {
        let next_step = heap.peek().map(|Reverse(waiting)| waiting.recorded);
        let Some(next) = [next_call, next_step].into_iter().flatten().min().filter(|at| *at <= teller.now)
        else {
            break;
        };
        if next_change <= next {
            teller.hand_over(next_change, draws, writing)?;
            let hour = *changes.next().unwrap_or(&0);
            next_change = teller
                .desk
                .zone
                .earliest(change.and_time(NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or(NaiveTime::MIN)));
            if hour == CHANGES[1] {
                change += TimeDelta::days(1);
            }
            continue;
        }
        if next_call == Some(next) {
            if let Some(story) = teller.drawn(next, draws) {
                let telling = teller.begin(story, next, draws)?;
                put(&mut heap, teller.recorded(&telling, draws), telling);
            }
            next_call = days.next(draws);
            continue;
        }
        let Some(Reverse(Waiting { recorded, mut telling, .. })) = heap.pop() else { break };
        let is_call = telling.story.pathway.is_none() && telling.step.of.is_none();
        calls += u64::from(telling.done.is_empty() && is_call);
        let mut own = telling.lots.take();
        let lots = own.as_mut().unwrap_or(&mut *draws);
        teller.step(&mut telling, recorded, lots, writing)?;
        if let Some(step) = teller.following(&mut telling, lots) {
            telling.step = step;
            let after = TimeDelta::minutes(i64::from(lots.within(&step.after.0)));
            telling.happened = teller.at_work(step, recorded + after);
            let recorded = teller.recorded(&telling, lots);
            telling.lots = own;
            put(&mut heap, recorded, telling);
        }
    }
    Ok(calls)
}

impl<'a> Teller<'a> {
    /// The shift at a time, by the wall.
    fn shift(&self, at: DateTime<Utc>) -> &'a Shift {
        let hour = self.desk.zone.local(at).hour();
        if (CHANGES[0]..CHANGES[1]).contains(&hour) { &self.shifts.day } else { &self.shifts.night }
    }

    /// The same time, or the next morning where whoever does the step works by day only.
    fn at_work(&self, step: &StoryStep, at: DateTime<Utc>) -> DateTime<Utc> {
        let local = self.desk.zone.local(at);
        let [morning, evening] = CHANGES;
        if !self.shifts.by_day.contains(&step.by) || (morning..evening).contains(&local.hour()) {
            return at;
        }
        let day = local.date() + TimeDelta::days(i64::from(local.hour() >= evening));
        let begins = NaiveTime::from_hms_opt(morning, local.minute(), 0).unwrap_or(NaiveTime::MIN);
        self.desk.zone.earliest(day.and_time(begins))
    }

    /// A story for a call at this time, as often as its weight says.
    fn drawn(&self, at: DateTime<Utc>, draws: &mut Draws) -> Option<&'a Story> {
        let day = self.desk.zone.local(at).hour();
        let day = (CHANGES[0]..CHANGES[1]).contains(&day);
        let fitting = || {
            self.stories.iter().filter(move |story| {
                story.ago.is_none()
                    && match story.hours {
                        Hours::Any => true,
                        Hours::Day => day,
                        Hours::Night => !day,
                    }
            })
        };
        let mut lot = draws.below(fitting().map(|story| u64::from(story.weight)).sum());
        fitting().find(|story| {
            let here = lot < u64::from(story.weight);
            lot = lot.saturating_sub(u64::from(story.weight));
            here
        })
    }

    /// What comes next: the story's own next step, and where it leaves off the endings that are still wanted.
    fn following(&self, telling: &mut Telling<'a>, draws: &mut Draws) -> Option<&'a StoryStep> {
        telling.next += 1;
        let own = telling.story.step.get(telling.next).filter(|_| !telling.left_off);
        if let Some(step) = own.filter(|step| draws.happens(step.odds)) {
            return Some(step);
        }
        telling.left_off = true;
        // A story told of now stops where it stops: that is what the office looks like when it is opened.
        let wanted = |step: &&StoryStep| match telling.pathway.step(&step.step) {
            Some(defined) if !defined.on.is_empty() => telling.last_owed(defined).is_some(),
            _ => !telling.done.contains(step.step.as_str()),
        };
        let ending = self.endings.iter().find(wanted).filter(|_| telling.story.ago.is_none())?;
        draws.happens(ending.odds).then_some(ending)
    }

    fn begin(&self, story: &'a Story, at: DateTime<Utc>, draws: &mut Draws) -> Result<Telling<'a>, Failure> {
        let pathway = match &story.pathway {
            Some(id) => self.desk.edition.pathway(id).ok_or_else(|| {
                let opening = story.step.first().map_or("", |step| step.step.as_str());
                Failure::refused(words::no_such_step(id, opening))
            })?,
            None => self.urgent,
        };
        let people = &self.population.people;
        let named = story.about.as_ref().and_then(|name| people.iter().find(|known| known.name == *name));
        let about = named.or_else(|| draws.one_of(people)).expect("an example office has people");
        let vary = story
            .vary
            .iter()
            .filter_map(|(name, all)| Some((name.as_str(), draws.one_of(all)?.as_str())))
            .collect();
        Ok(Telling {
            story,
            pathway,
            lots: None,
            step: story.step.first().expect("a story has steps"),
            next: 0,
            left_off: false,
            about,
            vary,
            happened: at,
            call: EntryId(draws.id()),
            said: BTreeMap::new(),
            done: BTreeSet::new(),
            owed: Vec::new(),
            next_owed: Vec::new(),
            to_confirm: None,
        })
    }

    /// What stands open beside the calls: opened now, by whoever the office's file names.
    pub(super) fn matters(
        &self,
        matters: &[Matter],
        draws: &mut Draws,
        writing: &mut Writing,
    ) -> Result<(), Failure> {
        for matter in matters {
            let opening = self.desk.edition.pathway(&matter.pathway).and_then(|pathway| pathway.opening());
            let by = self.population.staff.get(&matter.by);
            let (Some(opening), Some((by, ..))) = (opening, by) else {
                return Err(Failure::refused(words::no_such_staff(&matter.by)));
            };
            let asked = Asked {
                id: draws.id(),
                pathway: &matter.pathway,
                step: &opening.id,
                case: None,
                on: None,
                happened: self.now,
                recorded: self.now,
                who: who(*by, *by),
                viewer: self.viewer(&matter.by, self.now),
                why_late: None,
            };
            self.desk.record(&asked, matter.answers.clone(), writing)?;
        }
        Ok(())
    }

    /// When the telling's next step is put into the record: after it happened, by as long as typing takes.
    fn recorded(&self, telling: &Telling<'_>, draws: &mut Draws) -> DateTime<Utc> {
        let late = draws.within(&telling.step.late.0);
        telling.happened
            + TimeDelta::minutes(i64::from(late))
            + TimeDelta::seconds(i64::from(draws.within(&(15..=95))))
    }

    /// The duties pass to the shift that begins.
    fn hand_over(&self, at: DateTime<Utc>, draws: &mut Draws, writing: &mut Writing) -> Result<(), Failure> {
        let shift = self.shift(at);
        let Some((desk, ..)) = self.population.staff.get(&shift.desk) else { return Ok(()) };
        for (duty, holder) in [(DECISION_HOLDER, &shift.decides), (DESK, &shift.desk)] {
            let Some((staff, ..)) = self.population.staff.get(holder) else { continue };
            let act = Act::HoldDuty { duty: duty.to_owned(), staff: *staff, place: None };
            let entry = entry(EntryId(draws.id()), None, at, who(*desk, *desk), act);
            writing.act(&self.viewer(&shift.desk, at), entry, at)?;
        }
        Ok(())
    }

    /// Somebody with their roles. Which duties they have is asked of the record when they write.
    fn viewer(&self, key: &str, at: DateTime<Utc>) -> Viewer {
        let Some((id, _, roles)) = self.population.staff.get(key) else { return Viewer::default() };
        let roles = roles.iter().map(|role| (role.clone(), None)).collect();
        Viewer::of(*id, roles, Vec::new(), Arc::default(), at)
    }

    fn step(
        &self,
        telling: &mut Telling<'a>,
        recorded: DateTime<Utc>,
        draws: &mut Draws,
        writing: &mut Writing,
    ) -> Result<(), Failure> {
        let step = telling.step;
        let shift = self.shift(recorded);
        // Only the one whose act it is can confirm it, whoever is on by then.
        let confirms = telling.to_confirm.filter(|_| step.step == "confirm").map(|(_, by)| by);
        let by_key = confirms.unwrap_or(key_of(&step.by, shift));
        let typist = step.typed_by.as_deref().map_or(by_key, |typed_by| key_of(typed_by, shift));
        let id_of = |key: &str| self.population.staff.get(key).map(|(id, ..)| *id);
        let (Some(by), Some(typed_by)) = (id_of(by_key), id_of(typist)) else {
            return Err(Failure::refused(words::no_such_staff(&step.by)));
        };
        let told = CaseId::from(telling.call);
        // Of a record of a register, or of a case that was opened by what is told; otherwise of the story's own.
        let (elsewhere, of_other) = match (&step.of, &step.within) {
            (Some(id), _) => (Some(telling.about.id), self.desk.edition.pathway(id)),
            (None, Some(id)) => {
                // A story that begins on a record goes on in what that opened.
                let on_record = telling.story.step.first().is_some_and(|first| first.of.is_some());
                let from = if on_record { telling.about.id } else { told };
                (writing.opened_by(from, id, recorded)?, self.desk.edition.pathway(id))
            }
            (None, None) => (None, None),
        };
        if let (Some(id), None) = (&step.within, elsewhere) {
            let says = words::no_such_step(id, &step.step);
            return Err(Failure::refused(words::in_story(&telling.story.key, &step.step, &says)));
        }
        let pathway = of_other.map_or(telling.pathway, |other| other);
        let defined = pathway.step(&step.step);
        let own = elsewhere.is_none();
        let owed = defined.filter(|_| own).and_then(|defined| telling.last_owed(defined));
        let opens = telling.done.is_empty() && own;
        let id = if opens { telling.call.0 } else { draws.id() };
        let case = elsewhere.or_else(|| (!opens).then_some(told));
        let on = match (owed, defined, case) {
            (Some(at), ..) => Some(telling.owed[at].1.clone()),
            // What comes round again is known to the ledger alone.
            (None, Some(defined), Some(case)) if !defined.on.is_empty() => {
                writing.comes_round(case, &defined.on, recorded)?
            }
            _ => None,
        };
        let asked = Asked {
            id,
            pathway: &pathway.id,
            step: &step.step,
            case,
            on,
            happened: telling.happened,
            recorded,
            who: who(by, typed_by),
            viewer: self.viewer(typist, recorded),
            why_late: Some(step.reason.as_str()).filter(|_| *step.late.0.end() > 0),
        };
        let mut said = self.filled(step, telling, shift);
        let asks = defined.and_then(asks_what_is_owed);
        let asks = asks.filter(|(field, _)| step.of.is_none() || said.contains_key(*field));
        if let (Some((field, column)), Some(case)) = (asks, asked.case) {
            // What a story that closes says nothing of was seen to some other way.
            let otherwise =
                || serde_json::json!({ "becomes": "cancel", "why": crate::domain::words::settings::SEEN_TO });
            let closes = step.step == "close";
            let becomes = said.remove(field).or_else(|| closes.then(otherwise));
            // To ask the ledger, all that waits has to be written first: only where there is anything to ask.
            let may_owe = !own || telling.owes() || telling.done.contains("decision");
            let owed = if may_owe { writing.asked_about(case, recorded)? } else { Vec::new() };
            let rows = of_each(&owed, column, becomes.as_ref());
            said.extend((!rows.is_empty()).then(|| (field.to_owned(), Value::Array(rows))));
        }
        telling.done.insert(&step.step);
        // What a case opened by itself knows so far, for a correction that fills in the rest.
        let known = match elsewhere.filter(|_| step.step == "amend") {
            Some(case) => writing.opening_answers(case, recorded)?,
            None => Answers::new(),
        };
        let sign = match step.step == "answer_sign" {
            true => writing.sign_about(elsewhere.unwrap_or(told), recorded)?,
            false => None,
        };
        if let Some(act) = self.act((step, sign), telling, &asked, &said, known)? {
            if matches!(act, Act::Reattribute { .. }) {
                telling.moved(EntryId(id));
            }
            let entry = entry(EntryId(id), Some(elsewhere.unwrap_or(told)), telling.happened, asked.who, act);
            return writing.act(&asked.viewer, entry, recorded);
        }
        if opens && telling.story.step.iter().any(|later| later.step == "amend") {
            telling.said.clone_from(&said);
        }
        let (_, answers) = self.desk.record(&asked, said, writing).map_err(|failure| Failure {
            says: words::in_story(&telling.story.key, &step.step, &failure.says),
            ..failure
        })?;
        if let Some(defined) = defined.filter(|_| own) {
            telling.settle_and_open(defined, &answers, (EntryId(id), recorded), owed);
            telling.lead_on(defined, &answers, recorded);
        }
        if step.typed_by.is_some() {
            telling.to_confirm = Some((EntryId(id), by_key));
        }
        Ok(())
    }

    /// The act that a step of a story stands for, where it is no step of the pathway.
    fn act(
        &self,
        (step, sign): (&StoryStep, Option<SignId>),
        telling: &Telling<'_>,
        asked: &Asked<'_>,
        said: &BTreeMap<String, Value>,
        known: Answers,
    ) -> Result<Option<Act>, Failure> {
        Ok(match step.step.as_str() {
            "amend" => {
                let elsewhere = asked.case.filter(|_| step.within.is_some());
                let mut whole = if elsewhere.is_some() { BTreeMap::new() } else { telling.said.clone() };
                whole.extend(said.clone());
                let opening = self.desk.edition.pathway(asked.pathway).and_then(|pathway| pathway.opening());
                let opening = opening.map_or("", |step| step.id.as_str());
                let call = Asked { step: opening, case: None, on: None, ..asked.clone() };
                let mut answers = known;
                answers.extend(self.desk.answers(&call, &whole)?);
                let entry = elsewhere.map_or(telling.call, |case| EntryId(case.0));
                Some(Act::Amend { entry, answers, occurred: None, reason: step.reason.clone() })
            }
            "move" => {
                let to = self.population.people.iter().find(|known| Some(&known.name) == step.to.as_ref());
                to.map(|to| Act::Reattribute {
                    case: CaseId::from(telling.call),
                    from: telling.about.id,
                    to: to.id,
                    reason: step.reason.clone(),
                })
            }
            "confirm" => telling.to_confirm.map(|(entry, _)| Act::ConfirmTyped {
                entry,
                agrees: YesNo::Yes,
                note: String::new(),
            }),
            "answer_sign" => sign.map(|sign| Act::AnswerSign {
                sign,
                answer: SignAnswer::Explained,
                words: step.reason.clone(),
                owner: None,
                by: None,
            }),
            _ => None,
        })
    }

    /// The answers with the words of this telling in them.
    fn filled(&self, step: &StoryStep, telling: &Telling<'_>, shift: &Shift) -> BTreeMap<String, Value> {
        let decider = self.population.staff.get(&shift.decides).map_or("", |(_, name, _)| name.as_str());
        let about = telling.about;
        let mut fill: BTreeMap<&str, &str> = telling.vary.clone();
        fill.extend([
            ("person", about.name.as_str()),
            ("first", about.first.as_str()),
            ("place", about.place.as_str()),
            ("decider", decider),
        ]);
        let mut answers = step.answers.clone();
        answers.values_mut().for_each(|value| put_words(value, &fill));
        let subject = telling.pathway.step(&step.step).and_then(|step| step.meaning(Means::Subject));
        let of_people = subject.filter(|_| telling.pathway.subject == self.urgent.subject);
        if let Some(said) = of_people.and_then(|field| answers.get_mut(&field.id)) {
            *said = serde_json::json!({ "words": about.name, "id": about.id.to_string() });
        }
        answers
    }
}

/// The table in which a step asks what becomes of all that is owed, and the column that names it.
fn asks_what_is_owed(step: &Step) -> Option<(&str, &str)> {
    step.fields.iter().find_map(|field| match &field.kind {
        Kind::Rows { columns, from: Some(Prefill::Owed) } => {
            Some((field.id.as_str(), columns.iter().find(|column| column.kind == Kind::Owed)?.id.as_str()))
        }
        _ => None,
    })
}

/// A row for each thing owed, each with the same answer.
fn of_each(owed: &[Owed], column: &str, becomes: Option<&Value>) -> Vec<Value> {
    let row = |one: &Owed| {
        let mut row = becomes.and_then(Value::as_object).cloned().unwrap_or_default();
        let named =
            serde_json::json!({ "words": one.words, "id": one.id.to_string(), "case": one.case.to_string() });
        row.insert(column.to_owned(), named);
        Value::Object(row)
    };
    owed.iter().map(row).collect()
}

fn key_of<'a>(said: &'a str, shift: &'a Shift) -> &'a str {
    match said {
        "desk" => &shift.desk,
        "decider" => &shift.decides,
        key => key,
    }
}

fn put_words(value: &mut Value, fill: &BTreeMap<&str, &str>) {
    match value {
        Value::String(text) if text.contains('{') => {
            for (name, words) in fill {
                *text = text.replace(&format!("{{{name}}}"), words);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| put_words(item, fill)),
        Value::Object(members) => members.values_mut().for_each(|member| put_words(member, fill)),
        _ => {}
    }
}

fn who(by: CaseId, typed_by: CaseId) -> Who {
    Who { by: Some(by), typed_by: Some(typed_by), method: Method::Asserted }
}

fn entry(id: EntryId, case: Option<CaseId>, at: DateTime<Utc>, who: Who, act: Act) -> NewEntry {
    NewEntry {
        id,
        key: id.to_string(),
        case,
        subject: None,
        occurred: When::exact(at),
        reported_at: None,
        who,
        what: NewSaid::Act(act),
    }
}
