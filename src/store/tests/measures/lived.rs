//! An office in which whatever happens in whatever order happens, and is written down.

use std::collections::BTreeSet;

use super::others::{Other, evidence, other};
use super::*;

/// What happens next in an office, so many minutes later; numbers choose among what is there.
#[derive(Debug, Clone)]
pub(super) enum Next {
    Call(u8),
    Decide(usize),
    Liaise(usize, u8),
    Chase(usize, u8),
    Answer(usize),
    Refuse(usize),
    Control(usize, u8),
    Tell(usize, u8),
    Review(usize, bool),
    Close(usize, u8),
    Move(usize),
    Tie(usize, usize),
    Merge,
    AmendTime(usize, u8),
    Safeguard(u8),
    CameOfIt(usize),
    Also(Other),
}

pub(super) fn next() -> impl Strategy<Value = (Next, u16)> {
    let (which, variety) = (any::<usize>, any::<u8>);
    let next = prop_oneof![
        4 => variety().prop_map(Next::Call),
        4 => which().prop_map(Next::Decide),
        5 => (which(), variety()).prop_map(|(case, how)| Next::Liaise(case, how)),
        3 => (which(), variety()).prop_map(|(owed, how)| Next::Chase(owed, how)),
        3 => which().prop_map(Next::Answer),
        1 => which().prop_map(Next::Refuse),
        1 => (which(), variety()).prop_map(|(case, how)| Next::Control(case, how)),
        2 => (which(), variety()).prop_map(|(case, whom)| Next::Tell(case, whom)),
        3 => (which(), any::<bool>()).prop_map(|(case, yes)| Next::Review(case, yes)),
        2 => (which(), variety()).prop_map(|(case, how)| Next::Close(case, how)),
        1 => which().prop_map(Next::Move),
        1 => (which(), which()).prop_map(|(a, b)| Next::Tie(a, b)),
        1 => Just(Next::Merge),
        1 => (which(), variety()).prop_map(|(entry, by)| Next::AmendTime(entry, by)),
        1 => variety().prop_map(Next::Safeguard),
        2 => which().prop_map(Next::CameOfIt),
        16 => other().prop_map(Next::Also),
    ];
    // Mostly minutes, now and then days: over the night on which the clocks go back, and into other months.
    let later = prop_oneof![30 => 0u16..50, 8 => 50u16..700, 1 => 2_000u16..20_000];
    (next, later)
}

pub(super) struct Lived {
    pub(super) office: Office,
    pub(super) elms: CaseId,
    pub(super) people: [CaseId; 2],
    pub(super) merged: Option<(CaseId, CaseId)>,
    pub(super) calls: Vec<CaseId>,
    /// Every case, with its pathway.
    pub(super) cases: Vec<(&'static str, CaseId)>,
    /// Of which whoever rang has said that they know what came of it.
    pub(super) had_it: BTreeSet<CaseId>,
    /// The tries to reach somebody outside, and whether they did.
    pub(super) tries: BTreeMap<EntryId, bool>,
    pub(super) now: DateTime<Utc>,
}

pub(super) fn yes_no(is: bool) -> Answer {
    let why = if is { String::new() } else { "it was not wanted".to_owned() };
    Answer::YesNo { is: if is { YesNo::Yes } else { YesNo::No }, why }
}

pub(super) fn choice(id: &str) -> Answer {
    Answer::Choice(id.to_owned())
}

/// One of so many: as often as not the latest, since most that happens is about that.
pub(super) fn picked(many: usize, which: usize) -> Option<usize> {
    let last = many.checked_sub(1)?;
    Some(if which.is_multiple_of(2) { last } else { which / 2 % many })
}

impl Lived {
    /// From the day before the clocks go back.
    pub(super) fn new() -> Self {
        let mut office = Office::new();
        let elms = office.register("organisations", [("name", text("The Elms")), ("type", choice("gp"))]);
        let place = named(office.place, "Rowan House");
        let other = office.register("people", [("name", text("Olive Nash")), ("location", place)]);
        let people = [office.person, other];
        let now = now() + TimeDelta::days(1);
        let mut lived = Self {
            office,
            elms,
            people,
            merged: None,
            calls: Vec::new(),
            cases: Vec::new(),
            had_it: BTreeSet::new(),
            tries: BTreeMap::new(),
            now,
        };
        let staff = lived.office.manager;
        let holds = Act::HoldDuty { duty: "decision_holder".to_owned(), staff, place: None };
        assert!(lived.act(holds));
        lived
    }

    pub(super) fn entry<const N: usize>(
        &mut self,
        kind: &str,
        case: Option<CaseId>,
        on: Option<CommitmentId>,
        given: [(&str, Answer); N],
    ) -> NewEntry {
        let mut entry = step(self.office.id(), Some(self.office.manager), kind, case, answers(given));
        entry.occurred = When::exact(self.now);
        if let NewSaid::Step { on: place, .. } = &mut entry.what {
            *place = on;
        }
        entry
    }

    /// What a refusal of the rules leaves out is left out; nothing else may stop it.
    pub(super) fn send(&mut self, entry: NewEntry) -> bool {
        let viewer = self.office.store.viewer_for(Some(self.office.manager), self.now).unwrap();
        match self.office.store.append(&viewer, one(entry), self.now) {
            Ok(_) => true,
            Err(AppendError::Problems(_) | AppendError::Conflict(_) | AppendError::Denied(_)) => false,
            Err(other) => panic!("{other}"),
        }
    }

    /// A try to reach somebody outside, and whether it did.
    pub(super) fn tries(&mut self, entry: NewEntry, reached: bool) -> bool {
        let id = entry.id;
        let sent = self.send(entry);
        if sent {
            self.tries.insert(id, reached);
        }
        sent
    }

    pub(super) fn states(&self) -> Vec<CaseState> {
        self.cases.iter().map(|(_, case)| self.state(*case)).collect()
    }

    pub(super) fn state(&self, case: CaseId) -> CaseState {
        let state = "SELECT body FROM cases WHERE id = ?1";
        let row = |row: &rusqlite::Row<'_>| crate::store::rows::json(row, 0);
        self.office.store.conn.query_row(state, [case.0.as_bytes()], row).unwrap()
    }

    /// Something that fits and is owed in one of the cases of these pathways, with the pathway of its case.
    pub(super) fn owed(
        &self,
        pathways: &[&str],
        which: usize,
        fits: impl Fn(&Commitment) -> bool,
    ) -> Option<(&'static str, Commitment)> {
        let cases: Vec<_> = self.cases.iter().filter(|(pathway, _)| pathways.contains(pathway)).collect();
        let from = picked(cases.len(), which)?;
        // From one of them back, until there is such a thing.
        cases.iter().rev().cycle().skip(cases.len() - 1 - from).take(cases.len()).find_map(
            |(pathway, case)| {
                let open = self.state(*case).commitments.into_iter().filter(|one| one.progress.is_open());
                let open: Vec<Commitment> = open.filter(&fits).collect();
                Some((*pathway, open.get(picked(open.len(), which)?)?.clone()))
            },
        )
    }

    /// A promise of an urgent call or of a routine matter that is open, with the pathway of its case.
    fn promised(&self, which: usize) -> Option<(&'static str, Commitment)> {
        let promised = |one: &Commitment| one.obligor.is_outside() && one.opened_in.is_some();
        self.owed(&["urgent", "liaison"], which, promised)
    }

    pub(super) fn happens(&mut self, (next, later): (Next, u16)) {
        self.now += TimeDelta::minutes(i64::from(later));
        let nth = |which: usize| self.calls.get(picked(self.calls.len(), which)?).copied();
        let risk = |variety: u8| choice(["red", "amber", "green"][usize::from(variety) % 3]);
        let by = |now: DateTime<Utc>, variety: u8| match variety % 4 {
            0 => Answer::ByWhen(ByWhen::NoneGiven { why: "they could not say".to_owned() }),
            _ => Answer::ByWhen(ByWhen::At(When::exact(now + TimeDelta::minutes(i64::from(variety) + 5)))),
        };
        match next {
            Next::Call(variety) => {
                let about = named(self.people[usize::from(variety) % 2], "QUILL, Theresa");
                let tags = match variety % 3 {
                    0 => vec!["fall".to_owned()],
                    1 => vec!["wound_worse".to_owned(), "pain".to_owned()],
                    _ => vec!["choking".to_owned()],
                };
                let mut entry = self.entry(
                    "urgent.call",
                    None,
                    None,
                    [
                        ("call_back", text("01632 960 111")),
                        ("caller", text("W. Quay")),
                        ("about", about),
                        ("risk", risk(variety)),
                        ("triggers", Answer::Choices(tags)),
                    ],
                );
                if let NewSaid::Step { answers, .. } = &mut entry.what {
                    // Some are written down whole, some have a note, most of those from the same visit.
                    if variety.is_multiple_of(4) {
                        answers.insert("changed".to_owned(), text("Heel red and open since this morning"));
                        answers.insert("awake".to_owned(), choice("yes"));
                        answers.insert("emergency".to_owned(), choice("not_needed"));
                        answers.insert("advice_sought".to_owned(), text("Who looks at it"));
                    }
                    if variety.is_multiple_of(5) {
                        answers.insert("note_ref".to_owned(), text("EN-1"));
                        answers.insert("note_same_visit".to_owned(), yes_no(!variety.is_multiple_of(3)));
                    }
                }
                let id = CaseId::from(entry.id);
                assert!(self.send(entry), "a call is always taken");
                self.calls.push(id);
                self.cases.push(("urgent", id));
            }
            Next::Safeguard(variety) => {
                let about = named(self.people[usize::from(variety) % 2], "QUILL, Theresa");
                let entry = self.entry(
                    "safeguarding.concern",
                    None,
                    None,
                    [
                        ("about", about),
                        ("safe_now", choice("yes")),
                        ("said", text("Her purse is gone")),
                        ("risk", risk(variety)),
                    ],
                );
                let id = CaseId::from(entry.id);
                if self.send(entry) {
                    self.cases.push(("safeguarding", id));
                }
            }
            Next::Decide(which) => {
                let Some(case) = nth(which) else { return };
                let entry = self.entry(
                    "urgent.decision",
                    Some(case),
                    None,
                    [
                        ("route", Answer::Choices(vec!["gp".to_owned()])),
                        ("rationale", text("She drinks and is awake; the surgery is open until noon")),
                        ("why_999", text("Awake, breathing normally, no fall")),
                        ("person_view", text("She wants her own doctor")),
                        ("representative_told", yes_no(false)),
                    ],
                );
                self.send(entry);
            }
            Next::Liaise(which, variety) => {
                let Some(case) = nth(which) else { return };
                let spoke = !variety.is_multiple_of(3);
                let promise = answers([("what", text("Visit")), ("by", by(self.now, variety))]);
                let mut entry = self.entry(
                    "urgent.liaise",
                    Some(case),
                    None,
                    [
                        ("who", named(self.elms, "The Elms")),
                        ("means", choice("telephone")),
                        ("outcome", choice(if spoke { "spoke" } else { "left_message" })),
                        ("shared", text("Dressing wet through")),
                        ("basis", choice("expected")),
                        ("promises", Answer::Rows(vec![promise])),
                    ],
                );
                if let NewSaid::Step { answers, .. } = &mut entry.what
                    && spoke
                {
                    answers.insert("person".to_owned(), text("Dr ZZ"));
                    answers.insert("advice".to_owned(), text("Fluids, and they come"));
                    answers.insert("read_back".to_owned(), yes_no(true));
                }
                self.tries(entry, spoke);
            }
            Next::Chase(which, variety) => {
                let Some((pathway, one)) = self.promised(which) else { return };
                let spoke = variety.is_multiple_of(3);
                let mut entry = self.entry(
                    &format!("{pathway}.chase"),
                    Some(one.case),
                    Some(one.id),
                    [
                        ("who", named(self.elms, "The Elms")),
                        ("outcome", choice(if spoke { "spoke" } else { "left_message" })),
                    ],
                );
                if let NewSaid::Step { answers, .. } = &mut entry.what
                    && spoke
                {
                    answers.insert("person".to_owned(), text("Dr ZZ"));
                    answers.insert("what".to_owned(), text("Visit"));
                    answers.insert("by".to_owned(), by(self.now, variety));
                    if one.due < self.now {
                        answers.insert("impact".to_owned(), text("She waits in bed"));
                    }
                    if one.due < self.now && pathway == "urgent" {
                        answers.insert("no_control".to_owned(), text("Two carers are there anyway"));
                    }
                }
                self.tries(entry, spoke);
            }
            Next::Answer(which) | Next::Refuse(which) => {
                let Some((pathway, one)) = self.promised(which) else { return };
                let (case, id) = (Some(one.case), Some(one.id));
                let entry = if matches!(next, Next::Answer(_)) {
                    self.entry(
                        &format!("{pathway}.answer"),
                        case,
                        id,
                        [("by", text("Dr ZZ")), ("evidence", evidence())],
                    )
                } else {
                    let (why, instead) = (text("No doctor free"), text("Ring 111"));
                    self.entry(
                        &format!("{pathway}.refused"),
                        case,
                        id,
                        [("who", text("Dr ZZ")), ("why", why), ("instead", instead)],
                    )
                };
                self.send(entry);
            }
            Next::Control(which, variety) => {
                let Some(case) = nth(which) else { return };
                let row = answers([
                    ("what", text("Two carers")),
                    ("kind", choice("checks")),
                    ("review_by", by(self.now, variety)),
                ]);
                let entry = self.entry(
                    "urgent.control",
                    Some(case),
                    None,
                    [("controls", Answer::Rows(vec![row])), ("team_told", yes_no(true))],
                );
                self.send(entry);
            }
            Next::Tell(which, variety) => {
                let Some(case) = nth(which) else { return };
                let whom = if variety.is_multiple_of(3) { "person" } else { "care_team" };
                let row = answers([
                    ("whom", choice(whom)),
                    ("name", text("W. Quay")),
                    ("how", choice("telephone")),
                    ("when", Answer::Time(When::exact(self.now))),
                    ("said", text("They come by six")),
                ]);
                let entry = self.entry("urgent.tell", Some(case), None, [("told", Answer::Rows(vec![row]))]);
                self.send(entry);
            }
            Next::CameOfIt(which) => {
                let Some(case) = nth(which) else { return };
                let entry = self.entry(
                    "urgent.came_of_it",
                    Some(case),
                    None,
                    [
                        ("to", text("W. Quay")),
                        ("line", text("The doctor came and she drinks again")),
                        ("how", choice("telephone")),
                        ("receipt", yes_no(!which.is_multiple_of(3))),
                    ],
                );
                if self.send(entry) && !which.is_multiple_of(3) {
                    self.had_it.insert(case);
                }
            }
            Next::Review(which, yes) => {
                let Some(case) = nth(which) else { return };
                // Of every other pair the care changed, with the evidence named.
                let changed = (which / 4).is_multiple_of(2);
                let mut entry = self.entry(
                    "urgent.review",
                    Some(case),
                    None,
                    [
                        ("followed", yes_no(yes)),
                        ("care_changed", yes_no(changed)),
                        ("governance", yes_no(false)),
                        ("as_delegate", yes_no(false)),
                    ],
                );
                if let NewSaid::Step { answers, .. } = &mut entry.what
                    && changed
                {
                    answers.insert("care_evidence".to_owned(), evidence());
                }
                self.send(entry);
            }
            Next::Close(which, variety) => {
                let Some(case) = nth(which) else { return };
                let owed = self.keeps(case);
                let ended = ["better", "hospital", "in_error"][usize::from(variety) % 3];
                let entry = self.entry(
                    "urgent.close",
                    Some(case),
                    None,
                    [("ended", choice(ended)), ("outcome", text("Sitting up and drinking")), ("owed", owed)],
                );
                self.send(entry);
            }
            Next::Move(which) => {
                let Some(case) = nth(which) else { return };
                let Some(from) = self.state(case).subject else { return };
                let to = self.people[usize::from(from == self.people[0])];
                let act = Act::Reattribute { case, from, to, reason: "the other one".to_owned() };
                self.act(act);
            }
            Next::Tie(a, b) => {
                let (Some(a), Some(b)) = (nth(a), nth(b)) else { return };
                let act = Act::Link { a, b, reason: "one matter".to_owned(), duplicate: YesNo::Yes };
                self.act(act);
            }
            Next::Merge => {
                let [kept, gone] = self.people;
                let reason = "one and the same".to_owned();
                if self.act(Act::Merge { register: "people".to_owned(), kept, gone, reason }) {
                    self.merged = Some((kept, gone));
                }
            }
            Next::Also(other) => self.also(other),
            Next::AmendTime(which, by) => {
                let Some(case) = nth(which) else { return };
                let earlier = self.now - TimeDelta::minutes(i64::from(by));
                let precision = if by.is_multiple_of(5) { Precision::Day } else { Precision::Exact };
                let view = self.office.store.case(&Viewer::system(), case, self.now).unwrap();
                let Some(told) = view.chronology.first() else { return };
                let act = Act::Amend {
                    entry: told.entry.id,
                    answers: told.answers.clone().unwrap_or_default(),
                    occurred: Some(When { at: earlier, precision }),
                    reason: "misheard".to_owned(),
                };
                self.act(act);
            }
        }
    }

    pub(super) fn act(&mut self, act: Act) -> bool {
        let entry = self.entry("any.any", None, None, []);
        self.send(NewEntry { what: NewSaid::Act(act), ..entry })
    }

    pub(super) fn zone(&self) -> Zone {
        self.office.store.zone().unwrap()
    }

    pub(super) fn overview(&self, definitions: &Definitions, asked: &Asked) -> Overview {
        self.office.store.overview(&Viewer::system(), definitions, asked, self.now).unwrap()
    }
}
