//! Reads definition files: the language in which an office's pathways, registers, roles, lists and targets are written.
//!
//! It turns TOML into the types of [`super::definition`] and refuses what does not hold together, naming file, line, what
//! is wrong and the mend, every fault of the set at once. What the definitions do when they are used is left to
//! `check`, `fold` and `due`. This page is for whoever adapts a file.
//!
//! # The files
//!
//! | file | what it holds |
//! |---|---|
//! | `pathways/NAME.toml` | one pathway or register each; `NAME` is its id |
//! | `roles.toml` | roles, what each may do, the duties of the rota, who is rung one after the other ([`super::roles`]) |
//! | `lists.toml` | choices that several forms share |
//! | `targets.toml` | the provider's own times, by name |
//! | `calendars/england.toml` | bank holidays ([`super::calendar`]) |
//! | `clocks.toml` | from when what is owed is due soon and long late, by its kind; what rings ([`super::clocks`]) |
//! | `vague.toml` | phrases that say nothing ([`super::vague`]) |
//! | `audit.toml` | which cases an audit draws from and looks at in any case, and what is asked of each |
//! | `tags.toml` | regulations and statements that records show something about |
//! | `retention.toml` | how long records are kept, and from when that is counted |
//! | `warning-signs.toml` | what counts as a warning sign, and to whom it rises ([`super::signs`]) |
//!
//! Ids use small letters, digits and `_`. An id of a step, a field or a choice is kept in the record for ever and is never
//! used again: `retired = true` takes it out of the forms, and old records still show on it.
//!
//! # A pathway
//!
//! ```toml
//! id = "falls"                  # the file's name
//! title = "Fall"
//! subject = "people"            # the register its cases are about; left out: the office
//! reference = "F"               # before the number that is said aloud: F12
//! urgent = true                 # stands in the urgent queues
//! escalates = true              # what is owed in its cases stands among the open escalations, as that of urgent calls
//! handover = "staffing"         # its section of a handover: first, staffing, providers, tasks, notifications, paper
//! owner = "registered_manager"  # the duty or role that sees to its cases; left out: the duty desk. A register has none
//! kept_to = ["registered_manager"]  # its cases are restricted of themselves: to these, and whoever of ours the opening step names
//! begun_from = ["urgent", "late"]  # offered first in cases of these pathways, and for what somebody outside owes that is late
//! begin_key = "4"               # the digit that begins one from anywhere, 1 to 9; only for the few that are mostly begun
//! takes_actions = true          # what is to be made better is raised here, from warning signs and handovers; one pathway
//! register = false              # true: its cases are records (people, staff, ...)
//! reviews = true                # what comes round in its cases stands on the list of reviews: held when, due when, missed
//! expected = true               # while none runs, that list says that nobody has begun it; on a choice of the opening step: of that kind
//! list = "visits"               # a list of the office on which its cases stand: visits, tasks or slips; one pathway each
//!
//! [idle]                        # owed while the case stands in one of these states and nothing else is owed in it
//! step = "close"                # the step that settles it; so does whatever makes something else owed
//! title = "Close it, or say what is waited for"
//! by = "duty_coordinator_on_duty"
//! within = "24 h"
//! in = ["open"]
//!
//! [[state]]                     # the first is where a case begins; left out: open, closed
//! id = "open"
//! title = "Open"
//!
//! [[state]]
//! id = "closed"
//! title = "Closed"
//! closed = true
//! caution = true                # whoever takes the organisation that an open case in it is about is warned, wherever
//!
//! [[group]]                     # fields that several steps share
//! id = "seen"
//! field = [{ id = "seen_by", label = "Seen by", kind = "text" }]
//! ```
//!
//! # A step
//!
//! ```toml
//! [[step]]
//! id = "decision"
//! title = "Decision"
//! verb = "decide"               # what the footer calls it; the title where it is left out
//! key = "d"                     # its key in a case: a small letter, a digit or one of - , . '
//! help = "Which way it goes and why"
//! roles = ["decision_holder"]   # whose act it may be: roles, duties, or "anyone"
//! typed_for = ["duty_coordinator"]  # who may type it for them; a field means "decided_by" and says for whom
//! opens = true                  # recording it opens a case; one step of a pathway does
//! closes = true                 # recording it closes the case; or a condition: { field = "done", is = "yes" }
//! repeat = true                 # may be recorded again
//! from = ["open"]               # states it may be recorded in; left out: any that is not closed
//! to = "closed"                 # the state it leaves the case in
//! two_people = true             # has no effect until a different person who may record it agrees
//! not_same_as = ["act"]         # so too, where whoever records it recorded one of these steps in the case
//! decides = true                # refused when the case has moved since the form was opened
//! safety = true                 # nothing stands before it, ever; it is for anyone, and never a late entry
//! needs = [{ recorded = "call", say = "There is no call yet" }]
//! milestones = ["decided"]      # or { reached = "advised", when = { field = "advice", answered = true } }
//! replaces = true               # in a register: what is left blank is no longer known (where somebody is now)
//! incomplete = { by = "duty_coordinator_on_duty", within = "30 min" }   # may be saved with blanks; then this is owed
//! ```
//!
//! `calls_off = ["restrict.relying"]` ends whatever is still owed under these rows, or as these steps: it is not wanted any
//! more; with `calls_off_when` only where that condition holds. `settles = ["plan.by"]`, with `settles_when`, ends it as done:
//! what somebody was to do is there, and nobody has to say so a second time. Both stand on what counts after corrections;
//! but what is `first`, or owed as or since a `safety` step, is called off by no correction. A step
//! that is called off and waits for a second person waits no more, and has no effect. `asks_anew = ["check.checks"]` begins a round of
//! these answers: what was answered there before is no answer any more, to no condition.
//!
//! A step is recorded *on* something owed with `on = ["liaise.promises"]`, the rows that opened it, and `does`: `accept`,
//! `report`, `confirm`, `refuse`, `supersede`, `cancel` or `skip` (not this time: of a series the next comes round). A step with `follows = "reattribute"` is recorded by the
//! program itself when the case is moved to the right record, with a row for each who had been told of the wrong person.
//!
//! # A field
//!
//! ```toml
//! [[step.field]]
//! id = "risk"
//! label = "Risk now"
//! help = "In doubt, the higher"   # the hint while it has the focus
//! kind = "choice"
//! counts = "missed_hours"         # of a number that means counted: of what, by the list `counted`; in a table a choice of the
//!                                 # same row that means counts says it instead
//! means = "risk"                  # what rules and queues know it by: `Means`, with the kinds each can stand on
//! required = true                 # or required_when = { ... }
//! shown_when = { field = "awake", is = "no" }
//! later = true                    # asked after hanging up
//! quoted = true                   # somebody else's words: kept as said
//! lint = "own"                    # ours: words that say nothing are pointed at ("own" or "observation")
//! prefill = "risk"                # offered from what is on record: `Prefill`; or a table, see below
//! offered_when = { field = "called", is = "by_us" }  # offers its prefill only once that is answered, not with the form
//! offers = [{ prefill = "caller", when = { field = "called", is = "by_caller" } }]  # the same for several: the first that
//!                                 # holds, of `opened`, `signed_in` and `caller` (as this very form says)
//! carries_down = true             # a column of a table: its answer stands for the rows below too, while they are blank or
//!                                 # say the same; each of them can be changed
//! group = "seen"                  # ties fields of one record together
//! not_same_as = "other_field"     # refused where both name the same (one doctor twice)
//! rest_of = ["needed", "covered"] # of a number: what is left of the first less the others; another number is asked about
//! only_with = "written_where"     # of a score: it is none, whatever was measured, while this field is blank
//! follows = "questions"           # a choice that the outcomes of this tree give (`gives`): offered, another asked about and marked
//! ask = [{ field = "emergency", is = "not_needed", say = "ring 999 now, or say why not" }]  # asked before it is saved so
//! card = "allergies"              # its line of the card for the emergency call handler: `CardLine`
//! sealed = true                   # shown on request only, each look noted: how to get in. Never prefilled
//! choices = [{ id = "red", label = "RED", key = "r", help = "Life may be at stake" }]
//! ```
//!
//! The choices of `means = "risk"` are levels: a `weight` on each, from 1 to 9, the worst, sorts, ranks and colours them
//! (7 and more red, 4 to 6 amber, below that green); without any, they stand in their order, the worst first. Those of
//! `means = "whereabouts"` weigh too: 9 stands before everybody in every list and on the dashboard, none is where people
//! usually are. One of `means = "alert"` is shown in the banner where it has a weight. `only_at = ["residential"]` on a
//! choice names the kinds of service (`means = "service_type"` of the place) where it can be the case; elsewhere the form
//! points at it with its `help`, and it can be saved all the same. `not_with = ["gp"]` on one of several choices names
//! those that contradict it: both together are refused. `alarm = "NOT AWAKE"` on a choice is said at the head of the case
//! and in its rows, before anything else, until a field of the same id is answered otherwise in any step. `handover = "first"` on a route puts the open case for which it
//! was chosen among what a handover answers one by one.
//!
//! A case is begun from another one, from something owed in it, or from a record (`+`). Its opening form then takes over
//! what has the same meaning there: `subject`, `place`, `risk`, `headline`, `observation`, `trigger`, `provider`; of what it
//! is begun for, `obligor` or `contacted` (who owes it) and `promise` (what); with `own = true` a field takes over nothing. What a caller said, and who was spoken with, is
//! taken over only where a field asks for it by name. A `prefill` asks for more: `"controls"`, `"due"`, `"latest"`.
//!
//! `[[step.field]]` with only `include = "seen"` stands for the fields of that group, `include = "urgent.seen"` for those
//! of the group that another pathway's file has. With `required = true` the first of them has to be answered.
//!
//! `prefill = { case = "provider" }` offers what was last answered in the case by that meaning, whatever the field means.
//! `prefill = { record = "alert" }` offers what the record of the case's subject says by that meaning, or by several
//! (`["alert", "medicines"]`); `prefill = { history = ["headline", "trigger"], of = ["urgent"] }` what their other cases say,
//! the newest first, in cases of those pathways or, without `of`, of any. Only what whoever fills the form in may read is
//! offered. Where it was taken from stays with it: in rows (`rows_from`) in the column that means `taken_from`, in notes in
//! brackets behind each line. In a step that opens a case nobody is known yet. `rows_from = "agenda"`, in a pathway without a
//! subject, offers a row for each matter of the queues: open cases with a level of risk, and whatever is late. Where the
//! subject is `organisations` it goes through what is about that organisation: cases about it or what it does for us, what it
//! owes, warning signs. Which matters they are can be said in parts, each with a condition on the case:
//!
//! ```toml
//! rows_from = { agenda = [
//!     { pressing = true },                                # the same as "agenda"
//!     { opened = ["urgent"], within = "7 days" },         # cases opened since this was recorded last, or within so long; and open ones
//!     { open = ["delay"], weight = 4 },                   # open cases whose level of risk weighs so much or more
//!     { owed = ["review"] },                              # each thing that is owed in such cases
//!     { late_by = "organisation" },                       # what others owe and have not done, counted: or "type", "age"
//!     { signs = true, when = { step = "begin", field = "kind", is = "risk" } },   # warning signs that nobody has answered
//!     { signs = true, rules = ["place_fails"] },          # those by these rules alone
//! ] }
//! ```
//!
//! `rows_from = { unresolved = "items", times = 2 }` offers those of the agenda in the field `items` that stood there the last two
//! times, too.
//!
//! | kind | with |
//! |---|---|
//! | `text`, `notes`, `date`, `evidence` | |
//! | `number` | a whole number: `unit = "h"` as it is shown behind it, `from`, `to` |
//! | `by_when` | where it means `due` or `control_review_by`, "10 working days" is counted from when the step happened |
//! | `time` | `future = true`: a bare clock time means the next one |
//! | `choice`, `choices` | `choices = [...]`, or `list = "triggers"` of `lists.toml`, or `list = "roles"`, `list = "duties"`: those of `roles.toml` |
//! | `yes_no` | `why = "yes"`, `"no"` or `"always"`: for which answer why is asked |
//! | `person`, `staff`, `contact`, `location` | `on_the_spot = true`: can be made from a name alone |
//! | `record` | `register = "..."`, `on_the_spot` |
//! | `checklist` | `items = [...]` or `list`; `expires = true` |
//! | `rows` | `columns = [...]`, fields of their own; `rows_from` |
//! | `owed` | a column of rows with `rows_from = "owed"`: each thing owed about the record, or in the case, the step is recorded on; or a field that means `carries_on` |
//! | `tree` | `nodes = [{ id, ask, branches = [{ id, label, to = "NODE" }, { id, label, outcome = "...", gives = "CHOICE" }] }]`; `gives` for a field that `follows` the tree |
//! | `score` | `parts = [{ id, label, from = 0, to = 3 }]`, or with bands: below |
//!
//! The points of a part of a score can follow from what was measured, by `bands` in rising order, each up to and with its
//! `to` and the last without end, or from what was seen, by `grades`; the form then takes the measurement and checks the
//! sum. `hardly_below` and `hardly_above` say what can hardly have been measured: it is asked about. `decimals` says how many digits a measurement has after the point. `given` names bands that hold instead where an
//! earlier part has a grade:
//!
//! ```toml
//! { id = "air", label = "Air or oxygen", grades = [{ id = "air", label = "Air", points = 0 }, { id = "oxygen", label = "Oxygen", points = 2 }] },
//! { id = "heat", label = "Temperature", decimals = 1, bands = [{ to = "35.0", points = 3 }, { points = 0 }] },
//! { id = "level", label = "Saturation", bands = [{ to = "83", points = 3 }, { points = 0 }], given = [{ part = "air", is = "oxygen", bands = [{ points = 3 }] }] },
//! ```
//!
//! # What is owed
//!
//! ```toml
//! [[step.then]]
//! step = "review"               # the step that settles it; with pathway = "governance", the step that opens that; with
//!                               # the register of whomever it is about, a step on their record ("people", "whereabouts")
//! title = "Manager's review"    # the step's own title where it is left out
//! by = "registered_manager"     # a role or duty
//! within = "24 h"               # or due = "FIELD", a time answered in this form; or every = "week"
//! from = "call.at"              # when that step happened; or "occurred" (left out), "recorded", a field, STEP.FIELD
//! warn = "4 h"                  # how long before it counts as due soon; left out: what clocks.toml says of its kind
//! eased_by = "emergency"        # once this milestone was reached since it is owed, it is owed still, but never late
//! same = "who"                  # settled only where this field of both steps has the same answer
//! with = ["gp"]                 # settled only by speaking with an organisation of one of these kinds,
//! or_said = { field = "by_route", is = ["gp"] }  # or where the step says so itself (ROWS.COLUMN for rows)
//! first = true                  # stands before everything else among the open escalations
//! latest = true                 # of a step that leaves the same owed again: no later than it was, and with whoever saw to it
//! each = "agreed"               # with pathway: a case of its own for each row of this table, due = "COLUMN" of it,
//! gives = { field = "often", is = "once" }  # with this choice answered there
//! when = { field = "risk", is = ["red", "amber"] }
//! ```
//!
//! The title may name fields of the step: `"Ring {who} again"`. Times are the language of [`super::due`]: `"2 working days"`, `{ by = "risk", red = "5 min", otherwise = "1 h" }`,
//! `{ target = "decision" }` for a line of `targets.toml`, `{ target = "chain_on_call" }` for the wait of a chain of `roles.toml`, `{ open_time = "2 h", hours = "Mon-Fri 08:00-18:30" }` for
//! time within opening hours. Without `hours` they are those of the organisation that promised (of what a step owes: of
//! the one contacted), as its record had them then (`means = "hours"`); where it had none, all time counts. A field, or each row of a table, opens something owed with
//!
//! ```toml
//! opens = { title = "{what}", chase = { target = "chase" }, owner = "duty_coordinator_on_duty", warn = "15 min" }
//! ```
//!
//! where `{what}` is the answer of that column, `chase` the time that counts where none was given, `owner` who of ours
//! sees to it, `control = true` that it is the review of an interim control, `cover = true` that somebody goes without care until it
//! is settled (it stands among the open escalations and counts as uncovered), and `ours = true` that we do it ourselves,
//! whoever the form speaks of. `latest = true` says that only the latest answer counts: recorded again, it takes the place of what
//! an earlier answer made owed (due no later than that), or ends it where it makes nothing owed. `goes_on = true`, in a step that
//! is recorded on something owed, leaves what it opens under the rows of that: what was renewed is renewed again, shuts the same
//! gates and ends with the same steps. Where the form has a field that
//! means `owner` (staff, or a choice of roles and duties), whoever is answered there sees to it instead; where it has one
//! that means `recurs`, what is owed comes round as the chosen choice says: `{ id = "weekly", label = "Every week", every =
//! "week" }`, counted from the time that was given. A choice without `every` means once.
//!
//! # Visits and slips
//!
//! A visit is what has a field that means `visit_from`; beside it `visit_until`, `visit_kind`, `provider` (whose worker was to
//! come) and, in a later step, `covered_by` and `covered_from`. A step that leads back to the first state takes the cover
//! back. A pad of slips is opened by a step with `slips_issued`; later ones say `slips_void` and `slips_blank` (the next
//! blank one), and a call is entered from a slip by a field that means `slip`. A number is given out once.
//!
//! # What becomes of what is owed elsewhere
//!
//! Where rows have `rows_from = "owed"`, a column of the kind `owed` and a choice that means `settle`, recording the step
//! also calls off (`cancel`) or passes to the staff of the column that means `owner` (`pass_on`) what each row names, by an
//! act in the case it is owed in; `keep`, or nothing, leaves it as it is. A column that means `rationale` gives each its
//! own reason. In a register they are what is owed about the record: a death, a move, an ended service ask it so. In any
//! other case they are what is owed in it, but for reviews: a step that closes it asks so, and ends nothing it asked about.
//!
//! A step that opens a case may take over what the case is begun for: a field of the kind `owed` that means `carries_on`, with
//! `prefill = "owed_here"`. What it names ends where it was owed, as gone on here, and the first promise of the step
//! stands in its place with how often it was chased and with whoever saw to it by name: that promise can never be left blank.
//! While it is filled in what it names may have been settled; the store then refuses it.
//!
//! A case that a `then` with `pathway` opens takes over the answers of the same meaning; where a field of its opening step has
//! `prefill = "latest"`, otherwise those with which the case began that opens it. What a case kept to a few (`means =
//! "restricted"`) opened is kept to the same few, later too: by the step of its pathway, with `repeat = true`, that asks it.
//! A field that means `lead` makes the case theirs whom it names.
//! A case that is opened for one row (`each`) takes over that row alone: its `promise` as headline, its `obligor` as owner, its
//! `due`. It says nothing of where it was agreed, so that whoever has to do it can be told and can confirm it.
//!
//! # Conditions
//!
//! `{ field = "route", is = "gp" }` (or `has`, or a list: any of them), `{ step = "agree", field = "agreed", is = "yes" }`,
//! `{ field = "advice", answered = true }`, `{ recorded = "decision" }`, `{ recorded = "start", since = ["plan"] }`
//! (after the last of these, where any was recorded), `{ recorded = "home", within = "30 days" }` (the
//! last one happened no longer ago than that), `{ risk = ["red", "amber"] }`,
//! `{ reached = "emergency" }` (the case has reached that milestone, on whichever edition), `{ stands_in = ["open"] }` (the case
//! stands in one of these states), `{ lowers = "risk" }` (the level
//! answered in that field of the form weighs less than the present one: saving it asks why, unless a field that means
//! `why_lower` says it), `{ owed = "liaise.promises" }`, `{ done = "thresholds.police" }` (what was owed there has been done), `{ after_now = "again" }`, `{ before_now = "again" }`, `{ all = [...] }`,
//! `{ any = [...] }`, `{ not = { ... } }`. A number, or the total of a score, is held against a bound:
//! `{ field = "missed_hours", at_least = 4 }`, `at_most`, or both; what was not answered is neither. `{ record = "early_escalation",
//! is = "yes" }` asks the record of whomever the case is about, by a meaning that a choice or yes/no of the register has: as it
//! stood when the step was recorded, and that is kept with it. `{ caution = "organisation" }` holds where the organisation
//! named in that field of the form is one that whoever takes it is warned of: by a case about it in a state with `caution`.
//! `{ words_alone = "about" }` holds where that field names somebody or something in words, and nothing on record was taken.
//! That one is warned is kept with the step, too, and so is what it was: `{ unmet = "liaise", by = "who" }` holds where something is owed under
//! that step that waits for organisations of some kind (`with`), and the one named in that field (`means = "contacted"`) is of none
//! of these kinds, or of one that is not on record. Those of `needs` carry `say`, the words that say why not.
//!
//! # Lists and targets
//!
//! ```toml
//! triggers = [{ id = "fall", label = "Fall or long lie" }, { id = "choking", label = "Choking" }]   # lists.toml
//!
//! [decision]                                                                                        # targets.toml
//! title = "Decide what an urgent call needs"
//! within = { by = "risk", red = "5 min", amber = "15 min", green = "60 min" }
//! source = "Provider target"
//! of = ["gp"]            # left out: a time of ours. Otherwise what can be expected of such an organisation
//! review = "2027-04-01"  # when somebody looks whether it is still so
//! ```
//!
//! `within = { expected_or = "2 h" }` is what can be expected of an organisation of the contact's kind, the soonest of
//! several, or the time given, whichever is earlier.

mod agenda;
pub mod audit;
pub(super) mod document;
pub(super) mod field;
mod lists;
pub mod meanings;
pub(super) mod names;
mod owed;
mod predicate;
pub mod retention;
mod score;
mod shelf;
mod step;
pub(super) mod table;
pub mod tags;
mod whole;

use std::collections::BTreeMap;
use std::sync::Arc;

use toml::de::DeTable;

pub use document::Fault;
use document::{Document, Faults};
use field::Lists;
pub use names::nearest;
pub(super) use shelf::Shelf;
use table::Table;

use super::calendar::{self, Calendar};
use super::clocks;
use super::definition::{AuditRules, Pathway, Retention, Tags};
use super::due::Targets;
use super::edition::TargetNotes;
use super::late::WorkingPeriods;
use super::own_or::OwnOr;
use super::pathways::Pathways;
use super::roles::{chain_waits, roles};
use super::signs;
use super::vague::{self, Vague};
use crate::domain::clocks::Clocks;
use crate::domain::permission::Roles;
use crate::domain::signs::SignRules;
use crate::domain::words::pathway as words;

/// What a set of files says, found to hold together.
pub(super) struct Set {
    pub(super) pathways: Pathways,
    pub(super) roles: Roles,
    pub(super) targets: Targets,
    pub(super) target_notes: TargetNotes,
    pub(super) working_periods: WorkingPeriods,
    pub(super) calendar: Calendar,
    pub(super) vague: Vague,
    pub(super) clocks: Clocks,
    pub(super) signs: SignRules,
    pub(super) audit: AuditRules,
    pub(super) tags: OwnOr<Tags>,
    pub(super) retention: OwnOr<Retention>,
}

/// Reads a set of definition files by name. All faults of the set are found, sorted by file and line.
pub(super) fn set(files: &BTreeMap<String, String>) -> Result<Set, Vec<Fault>> {
    read(files, true)
}

/// Reads a set that is in force already. Whether it holds together was asked when it was adopted: a later program
/// that asks for more must still read what an earlier one accepted.
pub(super) fn adopted(files: &BTreeMap<String, String>) -> Result<Set, Vec<Fault>> {
    read(files, false)
}

/// Reads the set that is compiled in, each of its pathways when something first asks for it.
pub(super) fn compiled_in(files: &'static [(&'static str, &'static str)]) -> Result<Set, Vec<Fault>> {
    let faults = Faults::default();
    // Clocks and signs are read once however many ask, tags and retention when somebody does: see `into_set`.
    let elsewhere = [clocks::FILE, signs::FILE, tags::FILE, retention::FILE];
    let is_shared = |(name, _): &&(&str, &str)| pathway_id(name).is_none() && !elsewhere.contains(name);
    let parsed =
        files.iter().filter(is_shared).map(|(name, text)| (*name, Document::parse(name, text, &faults)));
    let parsed = parsed.collect();
    let around =
        around(&parsed, |name| files.iter().find(|(file, _)| *file == name).map(|(_, text)| *text), &faults);
    let texts = files.iter().filter_map(|(name, text)| Some((pathway_id(name)?, *text))).collect();
    let shelf = Shelf::new(texts, around.lists.clone(), around.roles.desk());
    around.into_set(Pathways::on_shelf(shelf), faults)
}

fn read(files: &BTreeMap<String, String>, whole: bool) -> Result<Set, Vec<Fault>> {
    let faults = Faults::default();
    let known: Vec<_> = files.iter().filter(|(name, _)| is_known(name, &faults)).collect();
    let unknown = faults.count();
    let parsed: Parsed<'_> =
        known.into_iter().map(|(name, text)| (name.as_str(), Document::parse(name, text, &faults))).collect();
    // What is said of a file that is half read would be said of what its author never wrote.
    if faults.count() > unknown {
        return Err(faults.sorted());
    }
    let around = around(&parsed, |name| files.get(name).map(String::as_str), &faults);

    let pathways = parsed.iter().filter_map(|(name, (document, table))| {
        Some((pathway_id(name)?, Table::file(document, table, &faults)))
    });
    let pathways: Vec<_> = pathways.collect();
    let lists = &around.lists;
    let shared = pathways.iter().map(|(id, file)| ((*id).to_owned(), step::groups(file, lists))).collect();
    let read: Vec<_> =
        pathways.into_iter().filter_map(|(id, file)| step::pathway(file, id, lists, &shared)).collect();
    if whole {
        let rules = around.signs.as_ref().unwrap_or_else(|| signs::shipped());
        whole::check(&read, (&around.roles, &around.targets.0, rules), &faults);
        let is_own = files.get(clocks::FILE).is_some_and(|text| text != clocks::SHIPPED);
        if let (Some(clocks), Some((document, _)), true) = (&around.clocks, parsed.get(clocks::FILE), is_own)
        {
            clocks::check(clocks, document, read.iter().map(|read| &read.pathway), &faults);
        }
        let is_own = files.get(signs::FILE).is_some_and(|text| text != signs::SHIPPED);
        if let (Some(signs), Some((document, _)), true) = (&around.signs, parsed.get(signs::FILE), is_own) {
            signs::check(signs, document, read.iter().map(|read| &read.pathway), &around.roles, &faults);
        }
    }
    if whole {
        let is_own = files.get(audit::FILE).is_some_and(|text| text != audit::SHIPPED);
        if let (Some(rules), Some((document, _)), true) = (&around.audit, parsed.get(audit::FILE), is_own) {
            let by_id = read.iter().map(|read| (read.pathway.id.as_str(), &read.pathway)).collect();
            audit::check(rules, document, &by_id, &faults);
        }
        let is_own = files.get(tags::FILE).is_some_and(|text| text != tags::SHIPPED);
        if let (Some(tags), Some((document, _)), true) = (&around.tags, parsed.get(tags::FILE), is_own) {
            let by_id = read.iter().map(|read| (read.pathway.id.as_str(), &read.pathway)).collect();
            tags::check(tags, document, &by_id, &faults);
        }
        let is_own = files.get(retention::FILE).is_some_and(|text| text != retention::SHIPPED);
        if let (Some(kept), Some((document, _)), true) =
            (&around.retention, parsed.get(retention::FILE), is_own)
        {
            let by_id = read.iter().map(|read| (read.pathway.id.as_str(), &read.pathway)).collect();
            retention::check(kept, document, &by_id, &faults);
        }
    }
    let desk = around.roles.desk().to_owned();
    let pathways = read.into_iter().map(|read| Arc::new(owned(read.pathway, &desk))).collect();
    around.into_set(pathways, faults)
}

/// Files by name, as TOML.
type Parsed<'t> = BTreeMap<&'t str, (Document, DeTable<'t>)>;

/// What stands around the pathways of a set: what they are read with, and what needs no pathway to be read.
struct Around {
    roles: Roles,
    lists: Lists,
    targets: (Targets, TargetNotes, WorkingPeriods),
    calendar: Option<Calendar>,
    vague: Option<Vague>,
    clocks: Option<Clocks>,
    signs: Option<SignRules>,
    audit: Option<AuditRules>,
    tags: Option<Tags>,
    retention: Option<Retention>,
}

fn around<'t>(parsed: &Parsed<'_>, text: impl Fn(&str) -> Option<&'t str>, faults: &Faults) -> Around {
    let (roles, of_roles, of_duties) = match parsed.get("roles.toml") {
        Some((document, table)) => roles(document, table, faults),
        None => {
            faults.add(&Document::absent("roles.toml"), "", words::missing_file("roles.toml"));
            Default::default()
        }
    };
    let lists = parsed.get("lists.toml").map(|(document, table)| lists::lists(document, table, faults));
    let mut lists = lists.unwrap_or_default();
    lists.entry(lists::ROLES.to_owned()).or_insert(of_roles);
    lists.entry(lists::DUTIES.to_owned()).or_insert(of_duties);
    let audit = parsed.get(audit::FILE).map(|(document, table)| audit::rules(document, table, faults));
    let asked = audit::lines(audit.as_ref().unwrap_or_else(|| audit::shipped()));
    lists.entry(audit::CRITERIA.to_owned()).or_insert(asked);
    let targets = parsed.get("targets.toml").map(|(document, table)| lists::targets(document, table, faults));
    let mut targets = targets.unwrap_or_default();
    targets.0.extend(chain_waits(&roles));
    let calendar = text("calendars/england.toml").unwrap_or(calendar::ENGLAND);
    let calendar = whole_file("calendars/england.toml", calendar, faults, |text| {
        Calendar::parse(text).map_err(|problem| (problem.line, problem.what))
    });
    let vague = text("vague.toml").unwrap_or(vague::SHIPPED);
    let vague = whole_file("vague.toml", vague, faults, |text| {
        Vague::load(text).map_err(|problem| (problem.line, problem.says))
    });
    let clocks = parsed.get(clocks::FILE).map(|(document, table)| clocks::clocks(document, table, faults));
    let signs = parsed.get(signs::FILE).map(|(document, table)| signs::rules(document, table, faults));
    let tags = parsed.get(tags::FILE).map(|(document, table)| tags::of_set(document, table, faults));
    let retention =
        parsed.get(retention::FILE).map(|(document, table)| retention::retention(document, table, faults));
    Around { roles, lists, targets, calendar, vague, clocks, signs, audit, tags, retention }
}

impl Around {
    fn into_set(self, pathways: Pathways, faults: Faults) -> Result<Set, Vec<Fault>> {
        let Around { roles, lists: _, targets, calendar, vague, clocks, signs, audit, tags, retention } =
            self;
        let faults = faults.sorted();
        let (true, Some(calendar), Some(vague)) = (faults.is_empty(), calendar, vague) else {
            return Err(faults);
        };
        let (targets, target_notes, working_periods) = targets;
        // A set that was adopted before there was such a file goes by the program's own.
        let clocks = clocks.unwrap_or_else(|| clocks::shipped().as_ref().clone());
        let signs = signs.unwrap_or_else(|| signs::shipped().as_ref().clone());
        let audit = audit.unwrap_or_else(|| audit::shipped().as_ref().clone());
        let tags = OwnOr::of(tags, tags::shipped);
        let retention = OwnOr::of(retention, retention::shipped);
        Ok(Set {
            pathways,
            roles,
            targets,
            target_notes,
            working_periods,
            calendar,
            vague,
            clocks,
            signs,
            audit,
            tags,
            retention,
        })
    }
}

/// A case that no duty or role is named for is seen to by the duty desk.
fn owned(mut pathway: Pathway, desk: &str) -> Pathway {
    if pathway.owner.is_empty() && !pathway.register {
        desk.clone_into(&mut pathway.owner);
    }
    pathway
}

/// The id of the pathway whose file this is; `None` where it is another file.
fn pathway_id(name: &str) -> Option<&str> {
    name.strip_prefix("pathways/")?.strip_suffix(".toml")
}

/// A file with a reader of its own.
fn whole_file<T>(
    name: &str,
    text: &str,
    faults: &Faults,
    read: impl Fn(&str) -> Result<T, (usize, String)>,
) -> Option<T> {
    read(text).map_err(|(line, says)| faults.add_at_line(name, line, words::whole_file(&says))).ok()
}

/// Whether a file of this name belongs to a set of definitions.
fn is_known(name: &str, faults: &Faults) -> bool {
    const SINGLE: [&str; 9] = [
        "roles.toml",
        "lists.toml",
        "targets.toml",
        "vague.toml",
        clocks::FILE,
        signs::FILE,
        audit::FILE,
        tags::FILE,
        retention::FILE,
    ];
    let in_folder = ["pathways/", "calendars/"].into_iter().any(|folder| {
        let inner = name.strip_prefix(folder).and_then(|file| file.strip_suffix(".toml"));
        inner.is_some_and(|stem| !stem.is_empty() && !stem.contains('/'))
    });
    let known = in_folder || SINGLE.contains(&name);
    if !known {
        let near = names::nearest(name, SINGLE);
        faults.add(&Document::absent(name), "", words::unknown_file(near));
    }
    known
}
