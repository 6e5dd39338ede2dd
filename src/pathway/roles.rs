//! Reads `roles.toml`: who there is in an office, what each may do beside recording steps, and which duties of the
//! rota there are. Who holds a role or duty now is a matter of the ledger, not of this file.
//!
//! ```toml
//! look_beyond_minutes = 60           # how long a record stays open that was opened beyond one's own; 60 where left out
//! warn_of_gaps_hours = 24            # how far ahead a gap of the rota is pointed at; 24 where left out
//!
//! [[role]]
//! id = "registered_manager"
//! title = "Registered Manager"
//! key = "r"                          # picks it where roles are chosen; the first free letter where it is left out
//! short = "manager"                  # for headers and tables; the title where it is left out
//! may = ["read", "amend", "export"]  # the grants of `domain::permission::Grant`
//!
//! [[duty]]
//! id = "decision_holder"
//! title = "Decision holder"
//! roles = ["duty_manager", "registered_manager"]   # who may hold it
//! needed = "out_of_hours"            # nobody planned within the office hours is no gap; at all hours where left out
//!
//! [[chain]]                          # who is rung one after the other; the first of the file is offered first
//! id = "on_call"
//! title = "Who is rung"
//! in_hours = ["decision_holder", "registered_manager"]             # duties and roles, the first to be rung first
//! out_of_hours = ["decision_holder", "on_call", "registered_manager"]
//! wait = "10 min"                    # without an answer the next is rung; due rules name it "chain_on_call"
//!
//! [office_hours]                     # without it the office is always open
//! hours = "Mon-Fri 08:30-17:30; bank holidays closed"
//! source = "The office's own hours"
//! ```
//!
//! Where nobody is planned for a duty, whoever comes after it in the first chain that names it stands in.

use toml::de::DeTable;

use super::calendar::WeekHours;
use super::definition::Choice;
use super::due::{Rule, Targets};
use super::read::document::{Document, Faults};
use super::read::field::Choices;
use super::read::names::nearest;
use super::read::table::Table;
use crate::domain::permission::{ANYONE, Duty, Role, Roles};
use crate::domain::rota::Chain;
use crate::domain::words::pathway as words;

/// A record opened beyond what somebody may normally see stays open for a day at most.
const MOST_MINUTES: u16 = 24 * 60;
/// When a duty is needed, where that is not always.
const OUT_OF_HOURS: &str = "out_of_hours";
/// As far ahead as gaps are listed.
const MOST_HOURS: u16 = 7 * 24;

/// Roles, duties and chains of a file that was read as TOML, and the roles and the duties as choices in the order of the
/// file.
pub(super) fn roles(
    document: &Document,
    table: &DeTable<'_>,
    faults: &Faults,
) -> (Roles, Vec<Choice>, Vec<Choice>) {
    let file = Table::file(document, table, faults);
    let mut roles = Roles::default();
    let (mut choices, mut of_duties) = (Choices::default(), Choices::default());
    if let Some(minutes) = file.number("look_beyond_minutes") {
        roles.beyond = u16::try_from(minutes).ok().filter(|minutes| (1..=MOST_MINUTES).contains(minutes));
        if roles.beyond.is_none() {
            file.fault("look_beyond_minutes", words::not_within("look_beyond_minutes", 1, MOST_MINUTES));
        }
    }
    if let Some(hours) = file.number("warn_of_gaps_hours") {
        roles.warned = u16::try_from(hours).ok().filter(|hours| (1..=MOST_HOURS).contains(hours));
        if roles.warned.is_none() {
            file.fault("warn_of_gaps_hours", words::not_within("warn_of_gaps_hours", 1, MOST_HOURS));
        }
    }
    for table in file.tables("role", "role") {
        let key = table.key();
        let title = table.needed("title").unwrap_or_default();
        let role = Role {
            short: table.text("short").unwrap_or_else(|| title.clone()),
            may: table.each_one_of("may"),
            title,
        };
        if let Some(id) = table.id() {
            choices.add(&file, &table, Choice::plain(&id, &role.title, ' '), key);
            let taken = id == ANYONE || roles.roles.insert(id.clone(), role).is_some();
            if taken {
                table.fault("id", words::same_id(&document.file, "role", &id));
            }
        }
        table.finish();
    }
    for table in file.tables("duty", "duty") {
        let (title, holders) = (table.needed("title").unwrap_or_default(), table.texts("roles"));
        let key = table.key();
        let needed = table.text("needed");
        let out_of_hours = needed.as_deref() == Some(OUT_OF_HOURS);
        if needed.is_some() && !out_of_hours {
            table.fault("needed", words::wrong_kind(&table.name(), "needed", "\"out_of_hours\""));
        }
        for (at, role) in holders.iter().enumerate().filter(|(_, role)| !roles.roles.contains_key(*role)) {
            let near = nearest(role, roles.roles.keys().map(String::as_str));
            table.fault(
                &format!("roles.{at}"),
                words::unknown(&table.name(), "role", role, "roles.toml", near),
            );
        }
        if let Some(id) = table.id() {
            of_duties.add(&file, &table, Choice::plain(&id, &title, ' '), key);
            let taken = roles.roles.contains_key(&id)
                || roles.duties.insert(id.clone(), Duty { title, roles: holders, out_of_hours }).is_some();
            if taken {
                table.fault("id", words::same_id(&document.file, words::takes::ROLE_OR_DUTY, &id));
            }
        }
        table.finish();
    }
    chains(&file, document, &mut roles);
    for table in file.tables("office_hours", "office hours") {
        // Where they come from is shown to whoever adapts them.
        let _ = table.needed("source");
        roles.office_hours = table.needed("hours");
        let read = roles.office_hours.as_deref().map(str::parse::<WeekHours>);
        if let Some(Err(wrong)) = read {
            table.fault("hours", words::not_hours(&wrong.to_string()));
        }
        table.finish();
    }
    if roles.roles.is_empty() {
        file.fault("role", words::missing(&document.file, "role"));
    }
    let (choices, of_duties) = (choices.keyed(&file, "role"), of_duties.keyed(&file, "duty"));
    file.finish();
    (roles, choices, of_duties)
}

/// The chains of the file, whose members are roles and duties that it defines.
fn chains(file: &Table<'_>, document: &Document, roles: &mut Roles) {
    for table in file.tables("chain", "chain") {
        let members = |key: &'static str| {
            let members = table.texts(key);
            if members.is_empty() {
                table.fault(key, words::missing(&table.name(), key));
            }
            let known = || roles.roles.keys().chain(roles.duties.keys()).map(String::as_str);
            for (at, actor) in
                members.iter().enumerate().filter(|(_, actor)| !known().any(|id| id == **actor))
            {
                let near = nearest(actor, known());
                let says =
                    words::unknown(&table.name(), words::takes::ROLE_OR_DUTY, actor, "roles.toml", near);
                table.fault(&format!("{key}.{at}"), says);
            }
            members
        };
        let (in_hours, out_of_hours) = (members("in_hours"), members("out_of_hours"));
        let (title, wait) =
            (table.needed("title").unwrap_or_default(), table.needed("wait").unwrap_or_default());
        if !matches!(wait.parse(), Ok(Rule::Length(_))) && table.has("wait") {
            table.fault("wait", words::wrong_kind(&table.name(), "wait", words::takes::A_WAIT));
        }
        if let Some(id) = table.id() {
            if roles.chains.iter().any(|chain| chain.id == id) {
                table.fault("id", words::same_id(&document.file, "chain", &id));
            }
            roles.chains.push(Chain { id, title, in_hours, out_of_hours, wait });
        }
        table.finish();
    }
}

/// How long each chain waits before the next is rung, as due rules name it.
pub(super) fn chain_waits(roles: &Roles) -> Targets {
    let wait = |chain: &Chain| Some((format!("chain_{}", chain.id), chain.wait.parse().ok()?));
    roles.chains.iter().filter_map(wait).collect()
}
