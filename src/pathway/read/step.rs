//! A pathway's file and its steps. Whether it holds together is left to `whole`.

use std::collections::BTreeMap;

use super::document::Document;
use super::field::{Lists, ReadField, field};
use super::names::nearest;
use super::owed::{ReadThen, then};
use super::predicate::{gates, when};
use super::table::Table;
use crate::domain::case::Milestone;
use crate::domain::words::pathway as words;
use crate::pathway::definition::{Ends, Kind, Pathway, Predicate, State, Step, When};
use crate::pathway::pathways::Head;

/// A pathway as read, with where its parts stand.
pub(super) struct ReadPathway {
    pub(super) pathway: Pathway,
    pub(super) document: Document,
    /// Beside `pathway.steps`, one for one.
    pub(super) steps: Vec<ReadStep>,
}

/// Where a step and its parts stand in the file.
pub(super) struct ReadStep {
    pub(super) path: String,
    pub(super) fields: Vec<ReadField>,
    /// Beside `step.then`, one for one.
    pub(super) then: Vec<String>,
}

/// Groups of fields by name.
type Groups = BTreeMap<String, Vec<ReadField>>;

/// The groups of every pathway, by its id: what one has, others may take over.
pub(super) type Shared = BTreeMap<String, Groups>;

/// One file of `pathways/`.
pub(super) fn pathway(
    file: Table<'_>,
    expected: &str,
    lists: &Lists,
    shared: &Shared,
) -> Option<ReadPathway> {
    let id = file.id()?;
    if id != expected {
        file.fault("id", words::id_is_not_the_file_name(&id, expected));
    }
    file.value("group");
    let groups = Included { own: expected, shared };
    let read: Vec<_> =
        file.tables("step", "step").into_iter().filter_map(|table| step(table, groups, lists)).collect();
    if read.is_empty() {
        file.fault("step", words::missing(&file.name(), "step"));
    }
    let (steps, places) = read.into_iter().unzip();
    let Head { register, urgent, list, reviews, begun_from, takes_actions } = head(&file);
    let mut pathway = Pathway {
        title: file.needed("title").unwrap_or_default(),
        subject: file.text("subject"),
        register,
        reference: file.needed("reference").unwrap_or_default(),
        urgent,
        escalates: file.flag("escalates"),
        list,
        handover: file.one_of("handover"),
        owner: file.text("owner").unwrap_or_default(),
        kept_to: file.texts("kept_to"),
        reviews,
        expected: is_expected(&file, reviews),
        begun_from,
        idle: super::owed::idle(&file),
        begin_key: begin_key(&file),
        takes_actions,
        states: states(&file),
        steps,
        id,
    };
    close_where_states_say(&mut pathway);
    name_lines(&mut pathway);
    let document = file.document.clone();
    file.finish();
    Some(ReadPathway { pathway, document, steps: places })
}

/// Whether an office is expected to have one that comes round: only what stands on the list of reviews is.
fn is_expected(file: &Table<'_>, reviews: bool) -> bool {
    let expected = file.flag("expected");
    if expected && !reviews {
        file.fault("expected", words::missing(&file.name(), "reviews"));
    }
    expected
}

/// The digit that begins one of its cases.
fn begin_key(file: &Table<'_>) -> Option<char> {
    let text = file.text("begin_key")?;
    let mut digits = text.chars().filter(|_| text.len() == 1).filter(|digit| ('1'..='9').contains(digit));
    digits.next().or_else(|| file.wrong_kind("begin_key", words::takes::A_DIGIT))
}

/// What is known of a pathway by the head of its file.
pub(super) fn head(file: &Table<'_>) -> Head {
    Head {
        register: file.flag("register"),
        urgent: file.flag("urgent"),
        list: file.one_of("list"),
        reviews: file.flag("reviews"),
        begun_from: file.texts("begun_from"),
        takes_actions: file.flag("takes_actions"),
        // Its states stand further down.
    }
}

fn states(file: &Table<'_>) -> Vec<State> {
    let read = |table: Table<'_>| {
        let (id, title, closed) = (table.id(), table.needed("title"), table.flag("closed"));
        let (handover, caution) = (table.one_of("handover"), table.flag("caution"));
        table.finish();
        Some(State { id: id?, title: title?, closed, handover, caution })
    };
    let states: Vec<State> = file.tables("state", "state").into_iter().filter_map(read).collect();
    if states.is_empty() && !file.has("state") {
        let state = |id: &str, title: &str, closed| State {
            id: id.into(),
            title: title.into(),
            closed,
            handover: None,
            caution: false,
        };
        return vec![state("open", words::OPEN, false), state("closed", words::CLOSED, true)];
    }
    states
}

/// A step that always closes and names no state leaves the case in the first closed one.
fn close_where_states_say(pathway: &mut Pathway) {
    let closed = pathway.states.iter().find(|state| state.closed).map(|state| state.id.clone());
    for step in &mut pathway.steps {
        if step.closes == Some(None) && step.to.is_none() {
            step.to.clone_from(&closed);
        }
    }
}

/// Conditions on every line of a checklist learn which lines it has: those that are still asked.
fn name_lines(pathway: &mut Pathway) {
    let mut lines: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for step in &pathway.steps {
        for field in &step.fields {
            if let Kind::Checklist { items, .. } = &field.kind {
                let asked = items.iter().filter(|item| !item.retired).map(|item| item.id.clone()).collect();
                lines.insert((step.id.clone(), field.id.clone()), asked);
            }
        }
    }
    for step in &mut pathway.steps {
        let own = step.id.clone();
        let mut name = |predicate: &mut Predicate| predicate.name_lines(&own, &lines);
        step.needs.iter_mut().for_each(|gate| name(&mut gate.holds));
        let ends = step.calls_off.when.iter_mut().chain(&mut step.settles.when);
        step.closes.iter_mut().flatten().chain(ends).for_each(&mut name);
        step.milestones.iter_mut().filter_map(|(_, when)| when.as_mut()).for_each(&mut name);
        step.then
            .iter_mut()
            .chain(&mut step.incomplete)
            .filter_map(|then| then.when.as_mut())
            .for_each(&mut name);
        for field in &mut step.fields {
            let opens = field.opens.iter_mut().filter_map(|opens| opens.when.as_mut());
            let asks = field.asks.iter_mut().map(|ask| &mut ask.holds);
            field.required.iter_mut().flatten().chain(&mut field.shown).chain(opens).for_each(&mut name);
            asks.for_each(&mut name);
        }
    }
}

/// The groups that stand in a file.
pub(super) fn groups(file: &Table<'_>, lists: &Lists) -> Groups {
    let mut groups = Groups::new();
    for table in file.tables("group", "group") {
        let id = table.id();
        let fields =
            table.tables("field", "field").into_iter().filter_map(|table| field(table, lists)).collect();
        if let Some(id) = id
            && groups.insert(id.clone(), fields).is_some()
        {
            table.fault("id", words::same_id(&file.name(), "group", &id));
        }
        table.finish();
    }
    groups
}

/// What a step can include: the groups of its own file by name, those of another pathway as `PATHWAY.GROUP`.
#[derive(Clone, Copy)]
struct Included<'a> {
    own: &'a str,
    shared: &'a Shared,
}

impl Included<'_> {
    /// The fields that an `include` stands for; where they are another file's, they stand at this place of this one.
    fn fields(self, table: &Table<'_>, name: &str) -> Option<Vec<ReadField>> {
        match name.split_once('.') {
            None => self.shared.get(self.own)?.get(name).cloned(),
            Some((pathway, group)) => {
                let fields = self.shared.get(pathway)?.get(group)?;
                Some(fields.iter().map(|field| field.standing_at(&table.path)).collect())
            }
        }
    }

    /// Everything that can be included, as it would be written.
    fn names(self) -> Vec<String> {
        let named = |(pathway, groups): (&String, &Groups)| -> Vec<String> {
            let own = pathway == self.own;
            groups
                .keys()
                .map(|group| if own { group.clone() } else { format!("{pathway}.{group}") })
                .collect()
        };
        self.shared.iter().flat_map(named).collect()
    }
}

fn step(table: Table<'_>, groups: Included<'_>, lists: &Lists) -> Option<(Step, ReadStep)> {
    let id = table.id();
    let title = table.needed("title").unwrap_or_default();
    let fields = fields(&table, groups, lists);
    let owed: Vec<ReadThen> =
        table.tables("then", "then").into_iter().filter_map(|table| then(table, None)).collect();
    let own = id.clone().unwrap_or_default();
    let incomplete = table.table("incomplete", "incomplete");
    let incomplete = incomplete.and_then(|table| then(table, Some(&own)));
    let roles = table.texts("roles");
    if roles.is_empty() {
        table.fault("roles", words::missing(&table.name(), "roles"));
    }
    let read = ReadStep {
        path: table.path.clone(),
        then: owed.iter().map(|then| then.path.clone()).collect(),
        fields: fields.clone(),
    };
    let step = Step {
        verb: table.text("verb").unwrap_or_else(|| title.to_lowercase()),
        key: table.key(),
        help: table.text("help").unwrap_or_default(),
        roles,
        typed_for: table.texts("typed_for"),
        opens: table.flag("opens"),
        closes: closes(&table),
        repeat: table.flag("repeat"),
        from: table.texts("from"),
        to: table.text("to"),
        on: table.texts("on"),
        calls_off: ends(&table, "calls_off", "calls_off_when"),
        settles: ends(&table, "settles", "settles_when"),
        asks_anew: table.texts("asks_anew"),
        does: table.one_of("does"),
        needs: gates(&table, "needs"),
        safety: table.flag("safety"),
        incomplete: incomplete.map(|read| read.then),
        two_people: table.flag("two_people"),
        not_same_as: table.texts("not_same_as"),
        decides: table.flag("decides"),
        milestones: milestones(&table),
        fields: fields.into_iter().map(|read| read.field).collect(),
        then: owed.into_iter().map(|read| read.then).collect(),
        replaces: table.flag("replaces"),
        follows: table.one_of("follows"),
        retired: table.flag("retired"),
        id: id?,
        title,
    };
    table.finish();
    Some((step, read))
}

/// What ends with it, and where that is so.
fn ends(table: &Table<'_>, key: &'static str, condition: &'static str) -> Ends {
    Ends { what: table.texts(key), when: when(table, condition) }
}

/// Its fields in order; `[[step.field]] include = "seen"` stands for the fields of that group.
fn fields(step: &Table<'_>, groups: Included<'_>, lists: &Lists) -> Vec<ReadField> {
    let mut fields = Vec::new();
    for table in step.tables("field", "field") {
        let Some(name) = table.text("include") else {
            fields.extend(field(table, lists));
            continue;
        };
        match groups.fields(&table, &name) {
            Some(group) => {
                // Where the step asks nothing but them, the first of them has to be answered.
                let required = table.flag("required");
                let own = |(at, mut read): (usize, ReadField)| {
                    if required && at == 0 {
                        read.field.required = Some(None);
                    }
                    read
                };
                fields.extend(group.into_iter().enumerate().map(own));
            }
            None => {
                let home = if name.contains('.') { "pathways/" } else { "this file" };
                let known = groups.names();
                let near = nearest(&name, known.iter().map(String::as_str));
                table.fault("include", words::unknown(&step.name(), "group", &name, home, near));
            }
        }
        table.finish();
    }
    fields
}

/// `closes = true`, or the condition under which it closes.
fn closes(step: &Table<'_>) -> Option<When> {
    if step.value("closes")?.get_ref().is_bool() {
        return step.flag("closes").then_some(None);
    }
    when(step, "closes").map(Some)
}

/// `["called"]`, or `{ reached = "emergency", when = { .. } }` where it depends on the answers.
fn milestones(step: &Table<'_>) -> Vec<(Milestone, When)> {
    let Some(value) = step.value("milestones") else { return Vec::new() };
    let words_only =
        value.get_ref().as_array().is_some_and(|list| list.iter().all(|item| item.get_ref().is_str()));
    if words_only || value.get_ref().is_str() {
        return step.each_one_of("milestones").into_iter().map(|milestone| (milestone, None)).collect();
    }
    let read = |table: Table<'_>| {
        let (reached, when) = (table.one_of("reached"), when(&table, "when"));
        if !table.has("reached") {
            table.fault("", words::missing(&table.name(), "reached"));
        }
        table.finish();
        Some((reached?, when))
    };
    step.tables("milestones", "milestone").into_iter().filter_map(read).collect()
}
