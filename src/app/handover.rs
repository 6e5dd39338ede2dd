//! The handover on screen: what somebody would hand over now, and what was handed over, line by line, for whoever gives and
//! for whoever takes, live at both terminals.
//!
//! Lines are taken, refused and queried by acts that [`crate::insight::handover`] composes; what they say was shown is what
//! is kept. A line counts as read once it was selected or passed over, here, by whoever sits here.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};

use super::App;
use super::actions::OfHandover;
use super::acts::{self, After};
use super::layer::{Confirmed, Layer, step_in};
use super::load::Load;
use super::msg::{Effect, Failure, Request};
use crate::domain::answer::{Answer, Answers, YesNo};
use crate::domain::case::Level;
use crate::domain::commitment::Party;
use crate::domain::entry::Batch;
use crate::domain::handover::{Answered, Handed, HandedOver};
use crate::domain::ids::{CaseId, EntryId};
use crate::domain::permission::{Grant, Reason, Viewer};
use crate::domain::rota::Slot;
use crate::domain::views::{HandoverRow, HandoverView};
use crate::domain::words::handover as words;
use crate::form::Form;
use crate::insight::handover::{Doer, Shift, answered, governance, handed_over, left};
use crate::pathway::definition::{Field, Kind, Means, Step};
use crate::pathway::edition::Edition;

/// Hands a shift over.
const GIVE: &str = "hand_over";
/// Refuses a line.
const REFUSE: &str = "refuse_line";
/// Asks about a line.
const QUERY: &str = "query_line";
/// Reads a handover back.
const READ_BACK: &str = "read_back_handover";
/// Says how a handover was.
const HOW: &str = "how_a_handover_was";
/// The lines of these forms.
const TO: &str = "to";
const OTHERS: &str = "others";
const PLACE: &str = "place";
const NOTE: &str = "note";
const WHY: &str = "why";
const SAID: &str = "said";
const SATISFACTORY: &str = "satisfactory";
const AS_GOVERNANCE: &str = "governance";
/// So long after a shift ended it is said that nobody handed it over, and from so long after it no more.
const UNSAID: (TimeDelta, TimeDelta) = (TimeDelta::hours(1), TimeDelta::hours(13));
/// A handover is that of a slot of the rota whose end lies so near.
const NEAR_ITS_END: TimeDelta = TimeDelta::hours(2);
/// The path that keeps which line a form answers.
const LINE: &str = "+line";
/// The path that keeps which handover it is about.
const OF: &str = "+handover";

/// Which handover.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// What waits for whoever asks; where nothing does, their own that is open; where there is none, what stands there now.
    Waiting,
    /// What they would hand over now.
    Now,
    /// This one.
    Handed(EntryId),
}

/// A handover as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handing {
    /// It; of what would be handed over now, nobody has answered anything.
    pub view: HandoverView,
    /// Whether it was not handed over yet.
    pub is_now: bool,
    /// The others, newest first.
    pub all: Vec<HandoverRow>,
}

/// A handover on screen.
#[derive(Debug, Clone, PartialEq)]
pub struct HandoverLayer {
    /// Which is asked for.
    pub which: Which,
    /// The last question asked.
    pub request: Request,
    /// What was read.
    pub data: Load<Handing>,
    /// The line that is selected, by its key.
    pub selected: Option<String>,
    /// Lines that were seen here.
    pub read: BTreeSet<String>,
}

impl HandoverLayer {
    fn new(which: Which, request: Request) -> Self {
        Self { which, request, data: Load::Loading, selected: None, read: BTreeSet::new() }
    }

    /// The keys of the lines, in order.
    fn keys(&self) -> Vec<String> {
        let lines = self.data.ready().map(|handing| &handing.view.handover.lines);
        lines.into_iter().flatten().map(|handed| handed.line.key.clone()).collect()
    }

    /// The line that is selected: the one that was chosen if it is still there, otherwise the first.
    pub fn selection(&self) -> Option<&Handed> {
        let key = step_in(&self.keys(), self.selected.as_ref(), 0)?;
        self.data.ready()?.view.handover.line(&key)
    }

    /// Whether a line was read, or more than that.
    pub fn is_read(&self, handed: &Handed) -> bool {
        handed.is_done() || self.read.contains(&handed.line.key)
    }

    pub(super) fn step(&mut self, by: isize) {
        let keys = self.keys();
        let at =
            |key: Option<&String>| key.and_then(|key| keys.iter().position(|one| one == key)).unwrap_or(0);
        let from = at(self.selected.as_ref());
        self.selected = step_in(&keys, self.selected.as_ref().or(keys.first()), by);
        let to = at(self.selected.as_ref());
        self.read.extend(keys.iter().take(from.max(to) + 1).skip(from.min(to)).cloned());
    }

    /// Takes what was read.
    pub(super) fn take(&mut self, answer: Result<Handing, Failure>) -> Option<Failure> {
        let was = self.data.ready().map(|handing| handing.view.handover.id);
        let failed = self.data.take(answer);
        let is = self.data.ready().map(|handing| handing.view.handover.id);
        // What was found waiting stays on screen when it is complete; what stands there now is looked at anew.
        if let Some(handing) = self.data.ready().filter(|handing| !handing.is_now) {
            self.which = Which::Handed(handing.view.handover.id);
        }
        if was != is {
            self.read.clear();
            self.selected = None;
        }
        // What stands selected is seen.
        self.read.extend(self.selection().map(|handed| handed.line.key.clone()));
        failed
    }
}

impl App {
    /// The level of risk that is called so, in whichever pathway.
    pub(crate) fn level_called(&self, label: &str) -> Option<Level> {
        let pathways = self.editions.current().pathways.values();
        let fields = pathways.flat_map(|pathway| &pathway.steps).flat_map(|step| &step.fields);
        let choices =
            fields.filter(|field| field.means == Some(Means::Risk)).filter_map(|field| match &field.kind {
                Kind::Choice(choices) => Some(choices),
                _ => None,
            });
        let called = choices.flatten().find(|choice| choice.label == label)?;
        Some(Level { label: called.label.clone(), weight: called.weight? })
    }

    /// Opens the handover that waits, or what would be handed over now.
    pub(super) fn open_handover(&mut self, which: Which, out: &mut Vec<Effect>) {
        let request = self.ask();
        self.layers.retain(|layer| !matches!(layer, Layer::Handover(_)));
        self.layers.push(Layer::Handover(HandoverLayer::new(which, request)));
        out.push(Effect::ReadHandover(request, which));
    }

    /// The handover on screen, or under the form that is filled in.
    pub(super) fn handover(&self) -> Option<&HandoverLayer> {
        self.layers.iter().rev().find_map(|layer| match layer {
            Layer::Handover(layer) => Some(layer),
            _ => None,
        })
    }

    fn handing(&self) -> Option<&Handing> {
        self.handover()?.data.ready()
    }

    /// Goes on to the next handover: what would be handed over now, then those that were, newest first.
    pub(super) fn next_handover(&mut self, out: &mut Vec<Effect>) {
        let request = self.ask();
        let Layer::Handover(layer) = self.top_mut() else { return };
        let Some(handing) = layer.data.ready() else { return };
        let ids: Vec<EntryId> = handing.all.iter().map(|row| row.id).collect();
        let at = ids.iter().position(|id| *id == handing.view.handover.id && !handing.is_now);
        let next = ids.get(at.map_or(0, |at| at + 1));
        layer.which = next.map_or(Which::Now, |id| Which::Handed(*id));
        layer.request = request;
        out.push(Effect::ReadHandover(request, layer.which));
    }

    /// Whether something of a handover can be done here and now.
    ///
    /// # Errors
    /// The reason.
    pub(super) fn may_in_handover(&self, action: OfHandover) -> Result<(), Reason> {
        let no = |says: &str| Err(Reason(says.to_owned()));
        let Some(layer) = self.handover() else { return no(words::NO_HANDOVER_HERE) };
        let Some(handing) = layer.data.ready() else { return no(crate::domain::words::app::STILL_READING) };
        if !matches!(action, OfHandover::Open | OfHandover::Next | OfHandover::Print) {
            self.may(Grant::TakeDraft)?;
        }
        let is_own = self.is_you(Some(handing.view.handover.giver));
        match action {
            OfHandover::HandOver if !handing.is_now => no(words::HANDED_OVER_ALREADY),
            OfHandover::Open => match layer.selection().and_then(|handed| handed.line.case) {
                Some(_) => Ok(()),
                None => no(words::NOTHING_TO_OPEN),
            },
            OfHandover::HandOver | OfHandover::Next => Ok(()),
            _ if handing.is_now => no(words::HAND_OVER_FIRST),
            OfHandover::Print | OfHandover::HowItWas => Ok(()),
            OfHandover::LeaveRest if !is_own => no(words::NOT_THEIRS_TO_LEAVE),
            OfHandover::LeaveRest if !handing.view.handover.is_open() => no(words::NOTHING_WAITS),
            OfHandover::LeaveRest => Ok(()),
            _ if is_own => no(words::NOT_ONES_OWN),
            OfHandover::ReadBack => Ok(()),
            OfHandover::TakeRead if self.seen(layer).is_empty() => no(words::NOTHING_READ),
            OfHandover::TakeRead => Ok(()),
            _ => match layer.selection() {
                None => no(words::NO_LINE),
                Some(handed) if handed.is_done() => {
                    let by = handed.answer().map(|last| handing.view.name(last.by)).unwrap_or_default();
                    no(&words::has_it(&by))
                }
                Some(_) => Ok(()),
            },
        }
    }

    /// Lines that were read here, that nobody has answered, and that may be answered together.
    fn seen(&self, layer: &HandoverLayer) -> Vec<(String, bool)> {
        let Some(handing) = layer.data.ready() else { return Vec::new() };
        let lines = handing.view.handover.lines.iter();
        let open = lines.filter(|handed| {
            handed.answers.is_empty() && !handed.line.is_alone() && layer.read.contains(&handed.line.key)
        });
        open.map(|handed| (handed.line.key.clone(), handed.line.is_to_be_taken())).collect()
    }

    /// Does something of a handover.
    pub(super) fn in_handover(&mut self, action: OfHandover, out: &mut Vec<Effect>) {
        match action {
            OfHandover::Open => self.open_line(out),
            OfHandover::Next => self.next_handover(out),
            OfHandover::Take => self.take_line(out),
            OfHandover::TakeRead => self.take_read(out),
            OfHandover::Refuse => self.handover_form(REFUSE, true, out),
            OfHandover::Query => self.handover_form(QUERY, true, out),
            OfHandover::ReadBack => self.handover_form(READ_BACK, false, out),
            OfHandover::HowItWas => self.handover_form(HOW, false, out),
            OfHandover::HandOver => self.handover_form(GIVE, false, out),
            OfHandover::LeaveRest => {
                let waiting = self.handing().map_or(0, |handing| handing.view.handover.waiting().count());
                self.confirm(words::LEAVE_TITLE, &words::leave_rest(waiting), Confirmed::LeaveRest);
            }
            OfHandover::Print => {
                if let Some(id) = self.handing().map(|handing| handing.view.handover.id) {
                    out.push(Effect::PrintHandover(id));
                }
            }
        }
    }

    fn open_line(&mut self, out: &mut Vec<Effect>) {
        let Some(line) = self.handover().and_then(HandoverLayer::selection).map(|handed| handed.line.clone())
        else {
            return;
        };
        match (line.case, line.key.starts_with("person:")) {
            (Some(person), true) => self.open_record(super::pick::PEOPLE, person, out),
            (Some(case), false) => self.open_case(case, None, out),
            _ => {}
        }
    }

    fn take_line(&mut self, out: &mut Vec<Effect>) {
        let Some(layer) = self.handover() else { return };
        let Some(handed) = layer.selection() else { return };
        let answer = if handed.line.is_to_be_taken() { Answered::Taken } else { Answered::Read };
        let key = handed.line.key.clone();
        if self.answers(&[key], answer, out)
            && let Layer::Handover(layer) = self.top_mut()
        {
            // The next that somebody has to answer comes up by itself.
            layer.step(1);
        }
    }

    fn take_read(&mut self, out: &mut Vec<Effect>) {
        let Some(layer) = self.handover() else { return };
        let seen = self.seen(layer);
        for (taken, answer) in [(true, Answered::Taken), (false, Answered::Read)] {
            let keys: Vec<String> =
                seen.iter().filter(|(_, to_take)| *to_take == taken).map(|(key, _)| key.clone()).collect();
            if !keys.is_empty() {
                self.answers(&keys, answer, out);
            }
        }
    }

    /// Answers lines. False where a line is somebody else's by now, which is said.
    fn answers(&mut self, keys: &[String], answer: Answered, out: &mut Vec<Effect>) -> bool {
        let id = EntryId(self.fresh_id());
        let viewer = self.viewer();
        let batch = match self.handing() {
            Some(handing) => answered(&handing.view, keys, answer, "", self.doer(id, &viewer)),
            None => return false,
        };
        match batch {
            Ok(batch) => {
                self.append_aside(batch, After::Nothing, out);
                true
            }
            Err(why) => {
                self.says(&why);
                false
            }
        }
    }

    fn doer<'v>(&self, id: EntryId, viewer: &'v Viewer) -> Doer<'v> {
        Doer { id, who: self.who(), viewer, now: self.now }
    }

    /// Leaves the rest to whoever is on call, after a yes.
    pub(super) fn leave_rest(&mut self, out: &mut Vec<Effect>) {
        let id = EntryId(self.fresh_id());
        let viewer = self.viewer();
        let batch =
            self.handing().and_then(|handing| left(&handing.view, self.rota(), self.doer(id, &viewer)));
        if let Some(batch) = batch {
            self.append_aside(batch, After::Says(words::LEFT.to_owned()), out);
        }
    }

    fn handover_form(&mut self, step: &str, of_line: bool, out: &mut Vec<Effect>) {
        let Some(layer) = self.handover() else { return };
        let line = layer.selection().map(|handed| handed.line.clone()).filter(|_| of_line);
        let of = layer.data.ready().filter(|handing| !handing.is_now).map(|handing| handing.view.handover.id);
        let Some(mut form) = self.begin_act(step, None) else { return };
        if let Some(line) = line {
            form.draft.about = words::line_about(&line.about, &line.what);
            form.draft.text.insert(LINE.to_owned(), line.key);
        }
        if let Some(of) = of {
            form.draft.text.insert(OF.to_owned(), of.to_string());
        }
        self.push_form(form, out);
    }

    /// What is said once one of these forms is in the record: to whom the shift was handed over, with the numbers that stood
    /// there before.
    pub(super) fn after_handing(&self, form: &Form, answers: &Answers) -> After {
        let Some(handing) = self.handing().filter(|_| form.step.id == GIVE) else { return After::Nothing };
        let to = match answers.get(TO) {
            Some(Answer::Named(named)) => named.id.map(|id| self.rota().name(id)),
            _ => None,
        };
        let handover = &handing.view.handover;
        let lines = words::to_be_taken(handover.lines.len(), handover.waiting().count());
        After::Says(words::handed_to(to, &lines))
    }

    /// What one of these forms puts into the record: of the handover below it, as it is shown there. `None` for any other
    /// form, and where that handover is no longer on screen.
    pub(super) fn handover_batch(&self, form: &Form, answers: &Answers) -> Option<Batch> {
        let said = |id: &str| match answers.get(id) {
            Some(Answer::Text(text) | Answer::Choice(text)) => text.clone(),
            _ => String::new(),
        };
        let kept = |path: &str| form.draft.text.get(path).cloned().unwrap_or_default();
        let viewer = self.viewer();
        let doer = self.doer(form.entry(), &viewer);
        let handing = self.handing()?;
        let of = handing.view.handover.id;
        let is_it = kept(OF) == of.to_string();
        let one = |act| Batch { entries: vec![acts::one(self, form.entry(), None, act)], ..Batch::default() };
        use crate::domain::act::Act;
        let batch = match form.step.id.as_str() {
            GIVE if handing.is_now => {
                let handover = &handing.view.handover;
                let to = match answers.get(TO) {
                    Some(Answer::Named(named)) => named.id.map(Party::Staff),
                    _ => None,
                };
                let lines = handover.lines.iter().map(|handed| handed.line.clone()).collect();
                let (from, until, next) = (handover.from, handover.until, handover.next);
                let (others, place, note) = (said(OTHERS), said(PLACE), said(NOTE));
                handed_over(HandedOver { from, until, next, to, others, place, note, lines }, doer)
            }
            REFUSE if is_it => {
                answered(&handing.view, &[kept(LINE)], Answered::Refused, &said(WHY), doer).ok()?
            }
            QUERY if is_it => {
                answered(&handing.view, &[kept(LINE)], Answered::Queried, &said(WHY), doer).ok()?
            }
            READ_BACK if is_it => one(Act::HandoverReadBack { handover: of, words: said(SAID) }),
            HOW if is_it => {
                let satisfactory = if said(SATISFACTORY) == "no" { YesNo::No } else { YesNo::Yes };
                let mut batch = one(Act::HandoverEnd { handover: of, satisfactory, note: said(NOTE) });
                if said(AS_GOVERNANCE) == "yes" {
                    let ended = batch.entries.first();
                    let item =
                        ended.and_then(|ended| governance(self.editions.current(), &said(NOTE), ended));
                    batch.entries.extend(item);
                }
                batch
            }
            _ => return None,
        };
        Some(Batch { draft: Some(form.draft.id), ..batch })
    }

    /// Handovers that wait for whoever is signed in: not their own, open, and to them or to whoever comes.
    pub(super) fn handed_to_you(&self) -> Option<(&HandoverRow, usize)> {
        let board = self.board().data.ready()?;
        let you = self.you.as_ref()?.staff;
        let to_you = |to: Option<CaseId>| to.is_none_or(|to| to == you);
        let row = board
            .handovers
            .iter()
            .find(|row| row.giver != you && to_you(row.to) && row.waits_at(self.now))?;
        Some((row, row.counts.open + row.counts.queried))
    }

    /// What somebody should know before they go: forms that they left half typed, and what they handed over and nobody has.
    /// It stops nobody.
    pub fn before_you_go(&self) -> Option<String> {
        let board = self.board().data.ready()?;
        let you = self.you.as_ref()?.staff;
        let drafts = board.drafts.iter().filter(|row| row.staff == Some(you)).count();
        let waiting =
            board.handovers.iter().find(|row| row.giver == you && row.open).map_or(0, |row| row.waiting);
        words::before_you_go(drafts, waiting)
    }

    /// The shift at the duty desk that ended, where somebody else has it since and whoever had it handed nothing over.
    pub(super) fn not_handed_over(&self) -> Option<&Slot> {
        let board = self.board().data.ready().filter(|board| !board.sealed)?;
        let desk = self.editions.current().roles.desk().to_owned();
        let slot = self.rota().relieved(&desk, self.now - UNSAID.1..self.now - UNSAID.0)?;
        let said = |(giver, until): &(CaseId, DateTime<Utc>)| {
            *giver == slot.staff && (*until - slot.until).abs() <= NEAR_ITS_END
        };
        (!board.handed.iter().any(said)).then_some(slot)
    }

    /// Whether a shift ends within the hour, or has ended within the last.
    pub(super) fn ends_a_shift(&self) -> bool {
        let periods = &self.editions.current().working_periods;
        let until = Shift::at(self.now, periods, self.zone).until;
        until - self.now <= TimeDelta::minutes(60)
    }

    /// Lines that nobody took in time pass to whoever is on call: whoever notices first writes it down.
    pub(super) fn end_shifts(&self, out: &mut Vec<Effect>) {
        let handovers = self.board().data.ready().map(|board| board.handovers.as_slice()).unwrap_or_default();
        if handovers.iter().any(|row| row.open && row.passes_on <= self.now) {
            out.push(Effect::EndShifts);
        }
    }
}

/// The forms.
pub(super) fn steps(_: &Edition) -> Vec<Step> {
    let plain = |id: &str, [label, help]: [&str; 2], kind| Field::plain(id, label, kind).with_help(help);
    let staff = Kind::Record { register: "staff".to_owned(), on_the_spot: false };
    let why = |label: &str| acts::field(WHY, label, "", Kind::Notes);
    vec![
        acts::step(
            GIVE,
            words::GIVE_FORM,
            words::GIVE_FORM_HELP,
            vec![
                plain(TO, words::TO_WHOM, staff),
                plain(OTHERS, words::WHO_ELSE, Kind::Text),
                plain(PLACE, words::WHERE, Kind::Text),
                plain(NOTE, words::ANYTHING_ELSE, Kind::Notes),
            ],
        ),
        acts::step(REFUSE, words::REFUSE_FORM, words::REFUSE_FORM_HELP, vec![why(words::WHY_NOT)]),
        acts::step(QUERY, words::QUERY_FORM, words::QUERY_FORM_HELP, vec![why(words::WHAT_IS_ASKED)]),
        acts::step(
            READ_BACK,
            words::READ_BACK_FORM,
            words::READ_BACK_FORM_HELP,
            vec![acts::field(SAID, words::IN_YOUR_WORDS, "", Kind::Notes)],
        ),
        acts::step(
            HOW,
            words::HOW_FORM,
            words::HOW_FORM_HELP,
            vec![
                acts::field(SATISFACTORY, words::WAS_SATISFACTORY, "", Kind::Choice(acts::yes_or_no())),
                plain(NOTE, words::WHAT_MISSED, Kind::Notes),
                plain(AS_GOVERNANCE, words::AS_GOVERNANCE, Kind::Choice(acts::yes_or_no())),
            ],
        ),
    ]
}
