//! Handovers in the ledger: nothing leaves whoever hands over before somebody has it, and what was shown stays as it was.

use super::*;
use crate::domain::commitment::Party;
use crate::domain::handover::{Answered, HandedOver, Handover, Line, Section};
use crate::domain::views::HandoverView;
use crate::domain::words::handover as words;
use crate::insight::handover::{Doer, answered, handed_over, left};

impl Office {
    /// This member of staff hands over all that stands there now.
    pub(super) fn hands_over(&mut self, giver: CaseId) -> EntryId {
        let viewer = self.store.viewer_for(Some(giver), now()).unwrap();
        let (shift, lines) = self.store.handover_lines(&viewer, Vec::new(), now()).unwrap();
        let said = HandedOver {
            from: shift.from,
            until: shift.until,
            next: shift.next,
            to: None,
            others: String::new(),
            place: "by telephone".to_owned(),
            note: String::new(),
            lines,
        };
        self.does(giver, Act::HandOver(Box::new(said))).unwrap()
    }

    /// An act of this member of staff.
    fn does(&mut self, staff: CaseId, act: Act) -> Result<EntryId, AppendError> {
        let id = self.id();
        let who = Who { by: Some(staff), typed_by: Some(staff), method: Method::Asserted };
        let viewer = self.store.viewer_for(Some(staff), now()).unwrap();
        let entry = NewEntry::of_act(id, None, who, act, now());
        self.store.append(&viewer, one(entry), now())?;
        Ok(id)
    }

    fn answers(
        &mut self,
        staff: CaseId,
        handover: EntryId,
        items: &[&str],
        answer: Answered,
        reason: &str,
    ) -> Result<EntryId, AppendError> {
        let items = items.iter().map(|key| (*key).to_owned()).collect();
        self.does(staff, Act::HandoverAnswer { handover, items, answer, reason: reason.to_owned() })
    }

    fn handed(&self, handover: EntryId) -> Handover {
        self.store.handover(&self.viewer(), handover).unwrap().handover
    }
}

/// An office with a red call, and a coordinator and another who come and go.
fn shift() -> (Office, CaseId, CaseId, EntryId) {
    let mut office = Office::new();
    let roles = |role: &str| ("roles", Answer::Choices(vec![role.to_owned()]));
    let giver = office.register("staff", [("name", text("Priya Shah")), roles("duty_coordinator")]);
    let comes = office.register("staff", [("name", text("Dan Iqbal")), roles("shift_leader")]);
    office
        .does(giver, Act::HoldDuty { duty: "duty_coordinator_on_duty".to_owned(), staff: giver, place: None })
        .unwrap();
    office.taken_call();
    let handover = office.hands_over(giver);
    (office, giver, comes, handover)
}

fn keys(handover: &Handover, which: impl Fn(&Line) -> bool) -> Vec<String> {
    let lines = handover.lines.iter().map(|handed| &handed.line);
    lines.filter(|line| which(line)).map(|line| line.key.clone()).collect()
}

fn says(refused: Result<EntryId, AppendError>) -> String {
    match refused.unwrap_err() {
        AppendError::Problems(problems) => problems[0].says.clone(),
        other => other.to_string(),
    }
}

#[test]
fn a_red_call_stands_first_and_the_desk_passes_with_a_line_of_its_own() {
    let (office, giver, _, handover) = shift();
    let handed = office.handed(handover);
    assert_eq!(handed.giver, giver);
    let first = &handed.lines[0].line;
    assert_eq!(
        (first.section, first.clock.as_str(), first.about.as_str()),
        (Section::First, "RED", "QUILL, T.")
    );
    assert!(first.is_alone() && first.is_to_be_taken());
    let desk = keys(&handed, |line| line.duty() == Some("duty_coordinator_on_duty"));
    assert_eq!(desk.len(), 1);
    // The review is the manager's: to be known, not to be taken.
    let known = keys(&handed, |line| line.section == Section::Decisions && !line.is_to_be_taken());
    assert_eq!(known.len(), 1, "the decision is not the coordinator's");
    office.whole();
}

#[test]
fn each_line_is_answered_as_it_has_to_be_and_by_somebody_else() {
    let (mut office, giver, comes, handover) = shift();
    let handed = office.handed(handover);
    let red =
        keys(&handed, |line| line.section == Section::First && line.key.starts_with("case:"))[0].clone();
    let desk = "duty:duty_coordinator_on_duty";
    assert!(
        office.answers(giver, handover, &[desk], Answered::Taken, "").unwrap_err().to_string()
            == words::NOT_ONES_OWN
    );
    let lump = office.answers(comes, handover, &[&red, desk], Answered::Taken, "");
    assert_eq!(says(lump), words::ONE_BY_ONE);
    let no_reason = office.answers(comes, handover, &[&red], Answered::Refused, " ");
    assert_eq!(says(no_reason), words::WHY_WANTED);
    let read = office.answers(comes, handover, &[&red], Answered::Read, "");
    assert_eq!(says(read), words::HAS_TO_BE_TAKEN);
    let unknown = office.answers(comes, handover, &["case:none"], Answered::Taken, "");
    assert_eq!(says(unknown), words::NO_SUCH_LINE);
    office.answers(comes, handover, &[&red], Answered::Queried, "Which ward?").unwrap();
    assert!(office.handed(handover).is_open(), "a question takes nothing");
    office.answers(comes, handover, &[&red], Answered::Taken, "").unwrap();
    office.answers(comes, handover, &[desk], Answered::Taken, "").unwrap();
    let again = office.answers(office.manager, handover, &[desk], Answered::Taken, "");
    assert_eq!(says(again), words::has_it("IQBAL, D."));
    let counts = office.handed(handover).counts();
    assert_eq!((counts.taken, counts.queried), (2, 0), "{counts:?}");
    office.whole();
}

#[test]
fn what_nobody_took_is_left_by_whoever_hands_over_or_by_the_program_and_by_nobody_else() {
    let (mut office, giver, comes, handover) = shift();
    let open: Vec<String> = office.handed(handover).waiting().map(|one| one.line.key.clone()).collect();
    let left = |items: Vec<String>| Act::HandoverLeft { handover, items, duty: "decision_holder".to_owned() };
    assert!(matches!(office.does(comes, left(open.clone())), Err(AppendError::Denied(_))));
    office.does(giver, left(open)).unwrap();
    let handed = office.handed(handover);
    assert!(!handed.is_open());
    let to_take = handed.lines.iter().filter(|one| one.line.is_to_be_taken());
    assert!(to_take.clone().count() > 0);
    assert!(to_take.into_iter().all(|one| one.left.as_ref().is_some_and(|left| left.by == Some(giver))));
    // It can still be taken: an incomplete handover locks nothing.
    office.answers(comes, handover, &["duty:duty_coordinator_on_duty"], Answered::Taken, "").unwrap();
    office.whole();
}

#[test]
fn the_lines_stay_as_they_were_shown_and_what_changed_is_said() {
    let (mut office, _, comes, handover) = shift();
    let before = office.handed(handover);
    let case = before.lines[0].line.case.unwrap();
    assert!(office.store.handover(&office.viewer(), handover).unwrap().changed.is_empty());
    let id = office.id();
    let called = answers([
        ("who", text("P. Shah")),
        ("called_at", Answer::Time(When::exact(now()))),
        ("called", Answer::Choices(vec!["ambulance".to_owned()])),
    ]);
    let entry = step(id, Some(office.manager), "urgent.emergency", Some(case), called);
    office.store.append(&office.viewer(), one(entry), now()).unwrap();
    let after = office.store.handover(&office.viewer(), handover).unwrap();
    assert_eq!(after.handover, before, "what was shown does not change");
    let changed = &after.changed[&before.lines[0].line.key];
    assert_eq!(changed.len(), 1);
    assert!(changed[0].what.contains("999"), "{changed:?}");
    let words = "Ward 7 at ten.".to_owned();
    office.does(comes, Act::HandoverReadBack { handover, words }).unwrap();
    let no = Act::HandoverEnd { handover, satisfactory: YesNo::No, note: String::new() };
    assert_eq!(says(office.does(comes, no)), words::WHAT_WAS_MISSING);
    let note = "Nobody said that the hoist is broken".to_owned();
    office.does(comes, Act::HandoverEnd { handover, satisfactory: YesNo::No, note }).unwrap();
    let rows = office.store.handovers(&office.viewer(), None).unwrap();
    assert!(rows[0].unsatisfactory && rows[0].open);
    office.whole();
}

#[test]
fn a_handover_that_does_not_hold_together_is_refused() {
    let (mut office, giver, _, handover) = shift();
    let mut said = HandedOver {
        from: now(),
        until: now(),
        next: now(),
        to: None,
        others: String::new(),
        place: String::new(),
        note: String::new(),
        lines: vec![],
    };
    assert_eq!(says(office.does(giver, Act::HandOver(Box::new(said.clone())))), words::NOT_A_SHIFT);
    (said.until, said.next) = (now() + chrono::TimeDelta::hours(1), now() + chrono::TimeDelta::hours(2));
    said.to = Some(Party::Staff(giver));
    assert_eq!(says(office.does(giver, Act::HandOver(Box::new(said.clone())))), words::TO_ONESELF);
    said.to = None;
    said.lines = vec![Line::new("task:1".to_owned(), Section::Tasks); 2];
    assert_eq!(says(office.does(giver, Act::HandOver(Box::new(said)))), words::LINE_TWICE);
    let nobody = Act::HandoverReadBack { handover: EntryId(giver.0), words: "Yes".to_owned() };
    assert_eq!(says(office.does(giver, nobody)), words::NO_SUCH_HANDOVER);
    assert_eq!(office.store.handovers(&office.viewer(), None).unwrap()[0].id, handover);
}

/// What a shift's work is handed over with, and by whom.
fn doer<'v>(office: &mut Office, staff: CaseId, viewer: &'v Viewer) -> Doer<'v> {
    let who = Who { by: Some(staff), typed_by: Some(staff), method: Method::Asserted };
    Doer { id: office.id(), who, viewer, now: now() }
}

impl Office {
    fn handed_view(&self, handover: EntryId) -> HandoverView {
        self.store.handover(&Viewer::system(), handover).unwrap()
    }

    /// Hands over as the program does: what is theirs by a duty becomes theirs by name.
    fn gives(&mut self, giver: CaseId, to: Option<CaseId>) -> EntryId {
        let viewer = self.store.viewer_for(Some(giver), now()).unwrap();
        let (shift, lines) = self.store.handover_lines(&viewer, Vec::new(), now()).unwrap();
        let said = HandedOver {
            from: shift.from,
            until: shift.until,
            next: shift.next,
            to: to.map(Party::Staff),
            others: String::new(),
            place: String::new(),
            note: String::new(),
            lines,
        };
        let doer = doer(self, giver, &viewer);
        self.store.append(&viewer, handed_over(said, doer), now()).unwrap();
        doer.id
    }

    /// Everything that was handed over and is open has one owner: whoever took it last, otherwise whoever gave it, or the
    /// duty it passed to.
    fn each_has_one_owner(&self, giver: CaseId, handover: EntryId) {
        let view = self.handed_view(handover);
        for handed in view.handover.lines.iter().filter(|handed| handed.line.owned().is_some()) {
            let stands = &view.standing[&handed.line.key];
            let owner = match (handed.answer().filter(|_| handed.is_done()), &handed.left) {
                (Some(last), _) => Party::Staff(last.by),
                (None, Some(left)) => Party::Role(left.duty.clone()),
                (None, None) => Party::Staff(giver),
            };
            assert_eq!(stands.owner, owner, "{:#?}", handed);
        }
    }
}

#[test]
fn two_programs_that_notice_the_end_of_a_shift_write_it_down_once_as_of_when_it_ended() {
    let (mut office, giver, comes, _) = shift();
    let handover = office.gives(giver, Some(comes));
    let until = office.handed(handover).until;
    let (mut one, mut other) = (office.again(), office.again());
    assert_eq!(one.end_shifts(until - chrono::TimeDelta::seconds(1)).unwrap(), 0, "not before");
    let later = until + chrono::TimeDelta::minutes(40);
    let ended: u64 = std::thread::scope(|scope| {
        let both = [scope.spawn(move || one.end_shifts(later)), scope.spawn(move || other.end_shifts(later))];
        both.into_iter().map(|ended| ended.join().unwrap().unwrap()).sum()
    });
    // The first handover of the story is over, too.
    assert_eq!(ended, 2);
    let view = office.handed_view(handover);
    let left = view.handover.lines[0].left.clone().unwrap();
    assert_eq!((left.since, left.at, left.by), (until, later, None));
    office.each_has_one_owner(giver, handover);
    assert_eq!(office.again().end_shifts(later).unwrap(), 0);
    office.whole();
}

#[test]
fn whatever_is_answered_refused_left_or_cut_off_in_whatever_order_each_thing_has_one_owner() {
    for seed in 0..12 {
        let (mut office, giver, comes, _) = shift();
        office.taken_call();
        let third = office.manager;
        let mut chance = Seeded::new(seed);
        let handover = office.gives(giver, (seed % 2 == 0).then_some(comes));
        office.each_has_one_owner(giver, handover);
        let mut at = now();
        for _ in 0..14 {
            let draw = chance.uuid().as_u128();
            let pick = |of: usize, shift: u32| usize::try_from((draw >> shift) & 0xFFFF).unwrap() % of;
            let staff = [comes, third, giver][pick(3, 0)];
            let viewer = office.store.viewer_for(Some(staff), at).unwrap();
            let view = office.handed_view(handover);
            let line = view.handover.lines[pick(view.handover.lines.len(), 16)].line.clone();
            let doer = Doer { now: at, ..doer(&mut office, staff, &viewer) };
            let answer =
                [Answered::Taken, Answered::Refused, Answered::Queried, Answered::Taken][pick(4, 32)];
            let batch = match pick(8, 48) {
                0 => left(&view, &office.store.rota_at(now()).unwrap(), doer),
                1 => {
                    // Power is cut: whatever was not answered was not written.
                    office.store = office.again();
                    None
                }
                2 => {
                    at += chrono::TimeDelta::hours(7);
                    office.store.end_shifts(at).unwrap();
                    None
                }
                _ => answered(&view, &[line.key], answer, "because", doer).ok(),
            };
            // What is refused changes nothing.
            if let Some(batch) = batch {
                let _ = office.store.append(&viewer, batch, at);
            }
            office.each_has_one_owner(giver, handover);
        }
        office.whole();
    }
}

/// A task about nobody, as an office's definitions may have it.
const CHORES: &str = r#"
id = "chores"
title = "Task of the office"
reference = "T"
handover = "tasks"

[[step]]
id = "note"
title = "Task noted"
roles = ["anyone"]
opens = true
field = [{ id = "what", label = "What", kind = "text", means = "headline", required = true }]

[[step.then]]
step = "done"
title = "Test the fire alarm"
by = "duty_coordinator_on_duty"
within = "2 h"

[[step]]
id = "done"
title = "Done"
roles = ["anyone"]
closes = true
field = [{ id = "by", label = "By whom", kind = "text", required = true }]
"#;

#[test]
fn a_task_of_the_office_stands_in_its_own_section() {
    let (mut office, giver, comes, _) = shift();
    let mut files = Edition::built_in_files();
    files.insert("pathways/chores.toml".to_owned(), CHORES.to_owned());
    office.store.adopt(&office.viewer(), files, now()).unwrap().unwrap();
    let id = office.id();
    let entry = step(id, Some(giver), "chores.note", None, answers([("what", text("Fire alarm"))]));
    let viewer = office.store.viewer_for(Some(giver), now()).unwrap();
    office.store.append(&viewer, one(entry), now()).unwrap();
    let handover = office.gives(giver, Some(comes));
    let handed = office.handed(handover);
    let tasks: Vec<&Line> =
        handed.lines.iter().map(|one| &one.line).filter(|line| line.section == Section::Tasks).collect();
    assert_eq!(tasks.len(), 1, "{tasks:#?}");
    assert_eq!((tasks[0].what.as_str(), tasks[0].about.as_str()), ("Test the fire alarm", ""));
    assert!(tasks[0].is_to_be_taken());
    office.whole();
}
