//! Who may do what, cell by cell: every role and duty against every grant, act, step and reading, as `grid.txt` has it.
//!
//! Each cell is asked twice: of the one permission function, and of the ledger, which is really asked to do it. A role,
//! a grant, an act or a step that is added has no row or column there, and the test says so.
#![expect(clippy::panic, reason = "a test fails by panicking, its helpers too")]

mod office;

use std::collections::{BTreeMap, BTreeSet};

use dutydesk::domain::act::Act;
use dutydesk::domain::owning::DUTY_DESK;
use dutydesk::domain::permission::{Action, Grant, Roles, Viewer, may};
use dutydesk::pathway::definition::Step;
use dutydesk::pathway::edition::Edition;

use office::{NOBODY, Office};

/// Readings that the ledger is asked for, beside what is recorded.
const READINGS: [&str; 5] = ["read.board", "read.case", "read.people", "read.staff", "read.entries"];

/// The row of an act: an act that is added does not compile until it has one.
fn act_row(act: &Act) -> &'static str {
    match act {
        Act::Found { .. } => "act.found",
        Act::Adopt { .. } => "act.adopt",
        Act::Amend { .. } => "act.amend",
        Act::Reattribute { .. } => "act.reattribute",
        Act::Link { .. } => "act.link",
        Act::Unlink { .. } => "act.unlink",
        Act::Merge { .. } => "act.merge",
        Act::Unmerge { .. } => "act.unmerge",
        Act::Cancel { .. } => "act.cancel",
        Act::PassOn { .. } => "act.pass_on",
        Act::HoldDuty { .. } => "act.hold_duty",
        Act::ConfirmTyped { .. } => "act.confirm_typed",
        Act::Countersign { .. } => "act.countersign",
        Act::TakeDraft { .. } => "act.take_draft",
        Act::HandOver(_) => "act.hand_over",
        Act::HandoverAnswer { .. } => "act.handover_answer",
        Act::HandoverReadBack { .. } => "act.handover_read_back",
        Act::HandoverLeft { .. } => "act.handover_left",
        Act::HandoverEnd { .. } => "act.handover_end",
        Act::SignIn { .. } => "act.sign_in",
        Act::EnrolKey { .. } => "act.enrol_key",
        Act::RevokeKey { .. } => "act.revoke_key",
        Act::LookBeyond { .. } => "act.look_beyond",
        Act::BeyondSeen { .. } => "act.beyond_seen",
        Act::RaiseSign { .. } => "act.raise_sign",
        Act::AnswerSign { .. } => "act.answer_sign",
        Act::Looks { .. } => "act.looks",
        Act::SetSecret { .. } => "act.set_secret",
        Act::Unlock { .. } => "act.unlock",
        Act::Sign { .. } => "act.sign",
        Act::Acknowledge { .. } => "act.acknowledge",
        Act::Take { .. } => "act.take",
        Act::Offer { .. } => "act.offer",
        Act::AnswerOffer { .. } => "act.answer_offer",
        Act::WithdrawOffer { .. } => "act.withdraw_offer",
        Act::LeaveTo { .. } => "act.leave_to",
        Act::Hold { .. } => "act.hold",
        Act::LiftHold { .. } => "act.lift_hold",
        Act::Dispose { .. } => "act.dispose",
        Act::Withhold { .. } => "act.withhold",
        Act::GiveCopy { .. } => "act.give_copy",
        Act::Disclose { .. } => "act.disclose",
    }
}

/// What a grant is called where roles are given it.
fn grant_row(grant: Grant) -> String {
    let word = serde_json::to_value(grant).expect("a word");
    format!("grant.{}", word.as_str().expect("a word"))
}

/// The grid: which columns have a cross, by row.
struct Grid {
    columns: Vec<String>,
    rows: BTreeMap<String, BTreeSet<String>>,
}

impl Grid {
    fn read() -> Self {
        let text = include_str!("grid.txt");
        let mut names = BTreeMap::new();
        let mut columns = Vec::new();
        let mut rows = BTreeMap::new();
        for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
            if let Some((short, name)) = line.split_once(" = ") {
                names.insert(short.trim().to_owned(), name.trim().to_owned());
                continue;
            }
            let mut cells = line.split_whitespace();
            let row = cells.next().expect("a row has a name").to_owned();
            if row == "ACTION" {
                columns = cells.map(|short| names[short].clone()).collect();
                continue;
            }
            let cells: Vec<&str> = cells.collect();
            assert_eq!(cells.len(), columns.len(), "{row}: a cell for each column");
            let crossed = cells.iter().zip(&columns).filter(|(cell, _)| match **cell {
                "x" => true,
                "." => false,
                other => panic!("{row}: {other} is no cell"),
            });
            let crossed = crossed.map(|(_, column)| column.clone()).collect();
            assert!(rows.insert(row.clone(), crossed).is_none(), "{row} stands there twice");
        }
        Self { columns, rows }
    }

    /// A row as it would have to be written.
    fn line(&self, row: &str, crossed: &BTreeSet<String>) -> String {
        let cells = self.columns.iter().map(|column| if crossed.contains(column) { "x" } else { "." });
        format!("{row:<34} {}", cells.collect::<Vec<_>>().join("  "))
    }
}

#[test]
fn the_grid_has_a_column_for_every_role_and_duty_and_a_row_for_everything_that_can_be_done() {
    let (grid, edition) = (Grid::read(), Edition::built_in());
    let roles = edition.roles.roles.keys().chain(edition.roles.duties.keys()).cloned();
    let wanted: BTreeSet<String> = roles.chain([NOBODY.to_owned()]).collect();
    assert_eq!(grid.columns.iter().cloned().collect::<BTreeSet<_>>(), wanted);
    let steps = edition.pathways.values().flat_map(|pathway| {
        pathway.steps.iter().filter(|step| !step.retired).flat_map(|step| {
            let name = format!("{}.{}", pathway.id, step.id);
            let typed = (!step.typed_for.is_empty()).then(|| format!("{name}/typed"));
            [Some(name), typed].into_iter().flatten()
        })
    });
    let acts = office::acts_of_all_kinds().iter().map(|act| act_row(act).to_owned()).collect::<Vec<_>>();
    let grants = Grant::ALL.iter().copied().map(grant_row);
    let wanted: BTreeSet<String> =
        READINGS.map(str::to_owned).into_iter().chain(grants).chain(acts).chain(steps).collect();
    assert_eq!(grid.rows.keys().cloned().collect::<BTreeSet<_>>(), wanted);
}

#[test]
fn every_cell_holds_for_the_permission_function_and_for_the_ledger() {
    let grid = Grid::read();
    let edition = Edition::built_in();
    let mut office = Office::with_everybody(&edition);
    let mut wrong = Vec::new();
    // Proving the record whole takes longer the more is in it, so that is asked first.
    let mut rows: Vec<_> = grid.rows.iter().collect();
    rows.sort_by_key(|(row, _)| *row != "grant.verify");
    for (row, crossed) in rows {
        let asked = |ask: &mut dyn FnMut(&str) -> bool| -> BTreeSet<String> {
            grid.columns.iter().filter(|column| ask(column)).cloned().collect()
        };
        let by_rule = asked(&mut |column| rule(&edition, &office.viewer(column), row));
        let by_ledger = asked(&mut |column| office.may(&edition, column, row));
        for (who, found) in [("the rule", by_rule), ("the ledger", by_ledger)] {
            if found != *crossed {
                wrong.push(format!("{who} says\n{}\n{}", grid.line(row, &found), grid.line(row, crossed)));
            }
        }
    }
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
    office.is_whole();
}

/// What the permission function says.
fn rule(edition: &Edition, viewer: &Viewer, row: &str) -> bool {
    let roles = &edition.roles;
    let granted = |grant| may(roles, viewer, &Action::Granted(grant), None).is_ok();
    if let Some(grant) = Grant::ALL.iter().copied().find(|grant| grant_row(*grant) == row) {
        return granted(grant);
    }
    match row {
        "read.board" | "read.case" | "read.people" => granted(Grant::Read),
        "read.staff" => granted(Grant::Read) || granted(Grant::ReadOffice),
        "read.entries" => granted(Grant::Read) && granted(Grant::Export),
        "act.amend" => granted(Grant::Amend),
        "act.reattribute" | "act.link" | "act.unlink" | "act.merge" | "act.unmerge" => {
            granted(Grant::Reattribute)
        }
        "act.hold_duty" => granted(Grant::HoldDuty),
        // Whoever may take up what another left unfinished takes over a shift.
        "act.take_draft"
        | "act.hand_over"
        | "act.handover_answer"
        | "act.handover_read_back"
        | "act.handover_end"
        | "act.handover_left" => granted(Grant::TakeDraft),
        "act.found" | "act.adopt" => granted(Grant::Configure),
        "act.hold" | "act.lift_hold" | "act.dispose" => granted(Grant::Dispose),
        "act.withhold" | "act.give_copy" => granted(Grant::Amend),
        "act.disclose" => granted(Grant::Export),
        "act.answer_sign" => granted(Grant::AnswerSigns),
        // The program's own, and what only follows from a step.
        "act.looks" | "act.raise_sign" | "act.cancel" | "act.pass_on" => false,
        // Whoever reads anywhere may, with a reason that whoever audits sees.
        "act.look_beyond" => granted(Grant::LookBeyond) || granted(Grant::Read),
        // One's own key is taken back without leave: asked of somebody else's.
        "act.enrol_key" | "act.revoke_key" => granted(Grant::EnrolKey),
        "act.beyond_seen" => granted(Grant::Audit),
        // For somebody else: one's own needs no leave.
        "act.set_secret" | "act.unlock" => granted(Grant::Vouch),
        // Whoever is signed in, and may take a call.
        "act.sign" => viewer.staff.is_some() && records(roles, viewer, step(edition, "urgent.call")),
        // For oneself alone.
        "act.acknowledge" => viewer.staff.is_some() && granted(Grant::Read),
        // Only the one whose act it is, whatever their role: nobody here.
        "act.confirm_typed" => false,
        // Whoever may give a role may agree to one that is given.
        "act.countersign" => records(roles, viewer, step(edition, "staff.change")),
        "act.sign_in" => true,
        // The case is with the duty desk: whoever holds that, or may take over what others do.
        "act.take" => granted(Grant::TakeDraft) || viewer.holds(DUTY_DESK, None),
        // Only what is theirs.
        "act.offer" | "act.withdraw_offer" | "act.leave_to" => viewer.holds(DUTY_DESK, None),
        // It is offered to whoever chairs reviews.
        "act.answer_offer" => viewer.holds("chair", None),
        _ => match row.strip_suffix("/typed") {
            Some(row) => {
                let step = step(edition, row);
                let action = Action::TypeFor { typed_for: &step.typed_for, step: &step.title };
                may(roles, viewer, &action, None).is_ok()
            }
            None => records(roles, viewer, step(edition, row)),
        },
    }
}

fn records(roles: &Roles, viewer: &Viewer, step: &Step) -> bool {
    may(roles, viewer, &Action::Record { roles: &step.roles, step: &step.title }, None).is_ok()
}

fn step<'e>(edition: &'e Edition, row: &str) -> &'e Step {
    let (pathway, step) = row.split_once('.').unwrap_or_else(|| panic!("{row} is no step"));
    edition.pathways[pathway].step(step).unwrap_or_else(|| panic!("{row} is no step"))
}
