//! One field of a form, its kind and its choices. Whether the words it uses exist elsewhere is left to `whole`.

use std::collections::BTreeMap;

use super::agenda;
use super::audit;
use super::names::nearest;
use super::owed;
use super::predicate::{gates, when};
use super::score::part;
use super::table::Table;
use crate::domain::case::Level;
use crate::domain::words::pathway as words;
use crate::pathway::definition::{Choice, Field, Kind, Leads, Means, Node, Offer, Prefill, WhyAsked};

/// The kinds as they are written in a file.
pub(super) const KINDS: [&str; 20] = [
    "text",
    "notes",
    "number",
    "choice",
    "choices",
    "yes_no",
    "date",
    "time",
    "by_when",
    "person",
    "staff",
    "contact",
    "location",
    "record",
    "checklist",
    "rows",
    "tree",
    "score",
    "evidence",
    "owed",
];

/// The list of what numbers count.
const COUNTED: &str = "counted";

/// Shared lists of choices by name.
pub(super) type Lists = BTreeMap<String, Vec<Choice>>;

/// A field as read, with where it and its columns stand.
#[derive(Clone)]
pub(super) struct ReadField {
    pub(super) field: Field,
    pub(super) path: String,
    pub(super) columns: Vec<ReadField>,
}

impl ReadField {
    /// The same, standing with its columns at another place: where what another file has is included.
    pub(super) fn standing_at(&self, path: &str) -> Self {
        let columns = self.columns.iter().map(|column| column.standing_at(path)).collect();
        Self { field: self.field.clone(), path: path.to_owned(), columns }
    }
}

/// One `[[step.field]]`, or a column of rows.
pub(super) fn field(table: Table<'_>, lists: &Lists) -> Option<ReadField> {
    let id = table.id();
    let label = table.needed("label").unwrap_or_default();
    let (mut kind, columns) = kind(&table, lists)?;
    let means = table.one_of("means");
    if let (Some(Means::Risk), Kind::Choice(levels)) = (means, &mut kind) {
        weigh(&table, levels);
    }
    let counts = counts(&table, means, lists);
    let required = match table.flag("required") {
        true => Some(None),
        false => when(&table, "required_when").map(Some),
    };
    if table.has("required") && table.has("required_when") {
        table.fault("required_when", words::required_twice(&table.name()));
    }
    let (prefill, offers) = offers(&table);
    let field = Field {
        id: id?,
        label,
        help: table.text("help").unwrap_or_default(),
        kind,
        means,
        counts,
        group: table.text("group"),
        required,
        shown: when(&table, "shown_when"),
        asks: gates(&table, "ask"),
        later: table.flag("later"),
        quoted: table.flag("quoted"),
        lint: table.one_of("lint"),
        prefill,
        offers,
        not_same_as: table.text("not_same_as"),
        follows: table.text("follows"),
        rest_of: table.texts("rest_of"),
        only_with: table.text("only_with"),
        opens: owed::opens(&table),
        every: owed::every(&table),
        carries_down: table.flag("carries_down"),
        sealed: table.flag("sealed"),
        card: table.one_of("card"),
        retired: table.flag("retired"),
        own: table.flag("own"),
    };
    let path = table.path.clone();
    table.finish();
    Some(ReadField { field, path, columns })
}

/// What a field is offered when its form is opened, or else once other answers make it so.
fn offers(table: &Table<'_>) -> (Option<Prefill>, Vec<Offer>) {
    let read = |offer: Table<'_>| {
        let (prefill, when) = (prefill(&offer, "prefill"), when(&offer, "when"));
        for (key, is_there) in [("prefill", prefill.is_some()), ("when", when.is_some())] {
            if !is_there && !offer.has(key) {
                offer.fault(key, words::missing(&offer.name(), key));
            }
        }
        offer.finish();
        Some(Offer { prefill: prefill?, when: when? })
    };
    let own = prefill(table, "prefill");
    let offers: Vec<Offer> = table.tables("offers", "offer").into_iter().filter_map(read).collect();
    match (own, when(table, "offered_when")) {
        (Some(prefill), Some(when)) => {
            (None, std::iter::once(Offer { prefill, when }).chain(offers).collect())
        }
        (own, _) => (own, offers),
    }
}

/// What a number counts: one of the list that every pathway counts by.
fn counts(table: &Table<'_>, means: Option<Means>, lists: &Lists) -> Option<String> {
    let counts = table.text("counts")?;
    let counted = lists.get(COUNTED).map(Vec::as_slice).unwrap_or_default();
    let known = |choice: &&Choice| choice.id == counts && !choice.retired;
    if means != Some(Means::Counted) {
        table.fault("counts", words::counts_nothing(&table.name()));
    } else if !counted.iter().any(|choice| known(&choice)) {
        let near = nearest(&counts, counted.iter().map(|choice| choice.id.as_str()));
        table.fault("counts", words::unknown(&table.name(), "count", &counts, "lists.toml (counted)", near));
    }
    Some(counts)
}

fn kind(table: &Table<'_>, lists: &Lists) -> Option<(Kind, Vec<ReadField>)> {
    let record = |register: &str| Kind::Record {
        register: register.to_owned(),
        on_the_spot: table.flag("on_the_spot"),
    };
    let word = table.needed("kind")?;
    let kind = match word.as_str() {
        "text" => Kind::Text,
        "notes" => Kind::Notes,
        "number" => number(table),
        "choice" => Kind::Choice(listed(table, "choices", lists)),
        "choices" => Kind::Choices(listed(table, "choices", lists)),
        "yes_no" => Kind::YesNo { why: table.one_of("why").unwrap_or(WhyAsked::Never) },
        "date" => Kind::Date,
        "time" => Kind::Time { future: table.flag("future") },
        "by_when" => Kind::ByWhen,
        "person" => record("people"),
        "staff" => record("staff"),
        "contact" => record("organisations"),
        "location" => record("locations"),
        "record" => record(&table.needed("register")?),
        "checklist" => Kind::Checklist {
            items: listed(table, "items", lists),
            expires: table.flag("expires"),
            why: table.one_of("why").unwrap_or(WhyAsked::Never),
            gathers: table.flag("gathers"),
        },
        "rows" => return Some(rows(table, lists)),
        "tree" => Kind::Tree(table.tables("nodes", "question").into_iter().filter_map(node).collect()),
        "score" => Kind::Score(table.tables("parts", "part").into_iter().filter_map(part).collect()),
        "evidence" => Kind::Evidence,
        "owed" => Kind::Owed,
        _ => {
            let near = nearest(&word, KINDS);
            table.fault("kind", words::not_one_of(&table.name(), "kind", &word, &KINDS, near));
            return None;
        }
    };
    let empty = match &kind {
        Kind::Tree(nodes) => nodes.is_empty().then_some("nodes"),
        Kind::Score(parts) => parts.is_empty().then_some("parts"),
        _ => None,
    };
    if let Some(key) = empty {
        table.fault(key, words::missing(&table.name(), key));
    }
    Some((kind, Vec::new()))
}

fn number(table: &Table<'_>) -> Kind {
    let (from, to) = (table.number("from"), table.number("to"));
    if from.zip(to).is_some_and(|(from, to)| from >= to) {
        table.fault("to", words::no_range(&table.name()));
    }
    Kind::Number { unit: table.text("unit").unwrap_or_default(), from, to }
}

fn rows(table: &Table<'_>, lists: &Lists) -> (Kind, Vec<ReadField>) {
    let tables = table.tables("columns", "column");
    if tables.is_empty() {
        table.fault("columns", words::missing(&table.name(), "columns"));
    }
    let read: Vec<ReadField> = tables.into_iter().filter_map(|column| field(column, lists)).collect();
    let columns = read.iter().map(|column| column.field.clone()).collect();
    (Kind::Rows { columns, from: prefill(table, "rows_from") }, read)
}

/// Where an answer is offered from: a word of the closed list, or what is read of the record by meaning.
fn prefill(table: &Table<'_>, key: &'static str) -> Option<Prefill> {
    if !table.is_table(key) {
        return agenda::whole(table, key).or_else(|| table.one_of(key));
    }
    let from = table.table(key, "source")?;
    if let Some(read) = agenda::of(&from).or_else(|| audit::of(&from)) {
        from.finish();
        return Some(read);
    }
    let kind = ["history", "case"].into_iter().find(|kind| from.has(kind)).unwrap_or("record");
    let means: Vec<Means> = from.each_one_of(kind);
    if means.is_empty() {
        from.fault("", words::no_source(&table.name()));
    }
    let read = match (kind, means.as_slice()) {
        ("history", _) => Prefill::History { means, of: from.texts("of") },
        ("case", [first, ..]) => Prefill::Case(*first),
        _ => Prefill::Record(means),
    };
    from.finish();
    Some(read)
}

/// Choices written out under `key`, or a shared list of `lists.toml` by its name.
fn listed(table: &Table<'_>, key: &'static str, lists: &Lists) -> Vec<Choice> {
    if let Some(name) = table.text("list") {
        if table.has(key) {
            table.fault(key, words::list_and_choices(&table.name(), key));
        }
        return lists.get(&name).cloned().unwrap_or_else(|| {
            let near = nearest(&name, lists.keys().map(String::as_str));
            table.fault("list", words::unknown(&table.name(), "list", &name, "lists.toml", near));
            Vec::new()
        });
    }
    let choices = choices(table, table.tables(key, "choice"), key);
    if choices.is_empty() {
        table.fault(key, words::missing(&table.name(), key));
    }
    choices
}

/// A list of choices, each with a key: the one it asks for, else the first free letter of its label.
pub(super) fn choices(owner: &Table<'_>, tables: Vec<Table<'_>>, key: &str) -> Vec<Choice> {
    let mut read = Choices::default();
    let ids: Vec<String> = tables.iter().filter_map(|table| table.text("id")).collect();
    for table in tables {
        let (id, label, asked) = (table.id(), table.needed("label"), table.key());
        let retired = table.flag("retired");
        let help = table.text("help").unwrap_or_default();
        let weight = weight(&table);
        let only_at = table.texts("only_at");
        let every = owed::every(&table);
        let handover = table.one_of("handover");
        let not_with = table.texts("not_with");
        let alarm = table.text("alarm");
        let expected = table.flag("expected");
        let at_least = table.number("at_least").and_then(|said| u64::try_from(said).ok());
        if let Some(other) = not_with.iter().find(|other| !ids.contains(other) || Some(*other) == id.as_ref())
        {
            let near = nearest(other, ids.iter().filter(|one| Some(*one) != id.as_ref()).map(String::as_str));
            let what = table.name();
            table.fault("not_with", words::unknown(&what, "choice", other, &owner.name(), near));
        }
        if let (Some(id), Some(label)) = (id, label) {
            if read.0.iter().any(|(choice, _)| choice.id == id) {
                table.fault("id", words::same_id(&owner.name(), "choice", &id));
            }
            let choice = Choice {
                id,
                label,
                key: ' ',
                help,
                retired,
                weight,
                only_at,
                every,
                not_with,
                at_least,
                handover,
                alarm,
                expected,
            };
            read.add(owner, &table, choice, asked);
        }
        table.finish();
    }
    read.keyed(owner, key)
}

/// How much a level of risk weighs.
fn weight(table: &Table<'_>) -> Option<u8> {
    let said = table.number("weight")?;
    let weight = u8::try_from(said).ok().filter(|weight| (1..=Level::HEAVIEST).contains(weight));
    if weight.is_none() {
        table.fault("weight", words::no_weight(&table.name(), Level::HEAVIEST));
    }
    weight
}

/// Levels of risk that say nothing of their weight stand in their order, the worst first.
fn weigh(table: &Table<'_>, levels: &mut [Choice]) {
    if levels.iter().all(|level| level.weight.is_none()) {
        let last = levels.len().saturating_sub(1).max(1);
        for (at, level) in levels.iter_mut().enumerate() {
            // Three levels weigh 8, 5 and 2: each the middle of its colour.
            level.weight = Some(u8::try_from(8 - 6 * at / last).unwrap_or(1));
        }
    } else if let Some(level) = levels.iter().find(|level| level.weight.is_none()) {
        let key = if table.has("list") { "list" } else { "choices" };
        table.fault(key, words::weighs_nothing(&table.name(), &level.id));
    }
}

/// Choices as they are read, each with the key it asks for.
#[derive(Default)]
pub(in crate::pathway) struct Choices(Vec<(Choice, Option<char>)>);

impl Choices {
    /// Adds the choice that was read from the table, and the key it asks for.
    pub(in crate::pathway) fn add(
        &mut self,
        owner: &Table<'_>,
        table: &Table<'_>,
        choice: Choice,
        asked: Option<char>,
    ) {
        if let (Some(key), false) = (asked, choice.retired)
            && let Some((other, _)) =
                self.0.iter().find(|(other, asked)| !other.retired && *asked == Some(key))
        {
            table.fault("key", words::same_key(&owner.name(), key, &other.id, &choice.id));
        }
        self.0.push((choice, asked));
    }

    /// The choices, each with its key.
    pub(in crate::pathway) fn keyed(mut self, owner: &Table<'_>, key: &str) -> Vec<Choice> {
        let offered = self.0.iter().filter(|(choice, _)| !choice.retired);
        let mut taken: Vec<char> = offered.filter_map(|(_, asked)| *asked).collect();
        for (choice, asked) in &mut self.0 {
            let free = |key: &char| !taken.contains(key);
            let letters =
                choice.label.chars().flat_map(char::to_lowercase).filter(char::is_ascii_alphanumeric);
            choice.key = match *asked {
                Some(key) => key,
                None if choice.retired => ' ',
                None => match letters.chain('a'..='z').chain('1'..='9').find(free) {
                    Some(key) => {
                        taken.push(key);
                        key
                    }
                    None => {
                        owner.fault(key, words::too_many_choices(&owner.name()));
                        ' '
                    }
                },
            };
        }
        self.0.into_iter().map(|(choice, _)| choice).collect()
    }
}

fn node(table: Table<'_>) -> Option<Node> {
    let (id, ask) = (table.id(), table.needed("ask").unwrap_or_default());
    let branches = table.tables("branches", "branch");
    let leads: Vec<Option<Leads>> = branches.iter().map(leads).collect();
    let choices = choices(&table, branches, "branches");
    if choices.is_empty() {
        table.fault("branches", words::missing(&table.name(), "branches"));
    }
    table.finish();
    let branches =
        choices.into_iter().zip(leads).filter_map(|(choice, leads)| Some((choice, leads?))).collect();
    Some(Node { id: id?, ask, branches })
}

fn leads(branch: &Table<'_>) -> Option<Leads> {
    match (branch.text("to"), branch.text("outcome")) {
        (Some(to), None) => Some(Leads::To(to)),
        (None, Some(says)) => Some(Leads::Outcome { says, gives: branch.text("gives") }),
        _ => {
            branch.fault("", words::branch_leads_one_way(&branch.name()));
            None
        }
    }
}
