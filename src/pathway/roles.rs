//! Reads `roles.toml`: who there is in an office, what each may do beside recording steps, and which duties of the
//! rota there are. Who holds a role or duty now is a matter of the ledger, not of this file.
//!
//! ```toml
//! look_beyond_minutes = 60           # how long a record stays open that was opened beyond one's own; 60 where left out
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
//! ```

use toml::de::DeTable;

use super::definition::Choice;
use super::read::document::{Document, Faults};
use super::read::field::Choices;
use super::read::names::nearest;
use super::read::table::Table;
use crate::domain::permission::{ANYONE, Duty, Role, Roles};
use crate::domain::words::pathway as words;

/// A record opened beyond what somebody may normally see stays open for a day at most.
const MOST_MINUTES: u16 = 24 * 60;

/// Roles and duties of a file that was read as TOML, and the roles as choices in the order of the file.
pub(super) fn roles(document: &Document, table: &DeTable<'_>, faults: &Faults) -> (Roles, Vec<Choice>) {
    let file = Table::file(document, table, faults);
    let mut roles = Roles::default();
    let mut choices = Choices::default();
    if let Some(minutes) = file.number("look_beyond_minutes") {
        roles.beyond = u16::try_from(minutes).ok().filter(|minutes| (1..=MOST_MINUTES).contains(minutes));
        if roles.beyond.is_none() {
            file.fault("look_beyond_minutes", words::not_within("look_beyond_minutes", 1, MOST_MINUTES));
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
            let choice = Choice {
                id: id.clone(),
                label: role.title.clone(),
                key: ' ',
                help: String::new(),
                retired: false,
                weight: None,
                only_at: Vec::new(),
                not_with: Vec::new(),
            };
            choices.add(&file, &table, choice, key);
            let taken = id == ANYONE || roles.roles.insert(id.clone(), role).is_some();
            if taken {
                table.fault("id", words::same_id(&document.file, "role", &id));
            }
        }
        table.finish();
    }
    for table in file.tables("duty", "duty") {
        let (title, holders) = (table.needed("title").unwrap_or_default(), table.texts("roles"));
        for (at, role) in holders.iter().enumerate().filter(|(_, role)| !roles.roles.contains_key(*role)) {
            let near = nearest(role, roles.roles.keys().map(String::as_str));
            table.fault(
                &format!("roles.{at}"),
                words::unknown(&table.name(), "role", role, "roles.toml", near),
            );
        }
        if let Some(id) = table.id() {
            let taken = roles.roles.contains_key(&id)
                || roles.duties.insert(id.clone(), Duty { title, roles: holders }).is_some();
            if taken {
                table.fault("id", words::same_id(&document.file, "role or duty", &id));
            }
        }
        table.finish();
    }
    if roles.roles.is_empty() {
        file.fault("role", words::missing(&document.file, "role"));
    }
    let choices = choices.keyed(&file, "role");
    file.finish();
    (roles, choices)
}
