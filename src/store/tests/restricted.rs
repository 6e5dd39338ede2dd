//! Records that are kept to a few: nothing that reads hands their names or words to whoever may not see them, nobody who
//! is owed something is lost by it, and whoever may sees all.

mod figures;
mod marked;
mod stubs;

use chrono::TimeDelta;

use super::*;
use crate::domain::access::Sought;
use crate::domain::commitment::Party;
use crate::domain::disposal::Disposable;
use crate::domain::draft::Draft;
use crate::domain::ids::{CommitmentId, DraftId, SignId};
use crate::domain::measure::{Asked, By};
use crate::domain::nhs::NhsNumber;
use crate::domain::pack::{About, PackAsked};
use crate::domain::views::{DecisionFilter, Queue, ShareFilter, SignFilter, TagFilter, VisitFilter};
use crate::domain::who_is::WhoIs;
use crate::report::pack::{gather, governance};
use crate::settings::measures::shipped;
use crate::store::Content;

/// What may reach nobody else: parts of the name, of the number, and of what was said.
const SECRETS: [&str; 5] = ["Marsh", "MARSH", "9990000026", "harbour wall", "01632 960 777"];

/// Their date of birth.
const BORN: &str = "1941-02-03";

/// Entries as they are hashed, their bodies as text.
fn hashed(all: Result<Vec<crate::store::Hashed>, crate::store::ReadError>) -> String {
    let body = |one: crate::store::Hashed| match one.content {
        Content::Whole(_, body) => String::from_utf8(body).unwrap(),
        Content::Restricted | Content::Disposed => String::new(),
    };
    all.into_iter().flatten().map(body).collect()
}

/// A step that keeps a person to a few, as an office's definitions may have it.
const KEEP_TO: &str = r#"
[[step]]
id = "keep_to"
title = "Kept to a few"
verb = "keep"
key = "k"
roles = ["registered_manager"]
repeat = true

[[step.field]]
id = "kept"
label = "Kept to a few"
kind = "yes_no"
means = "restricted"

[[step.field]]
id = "kept_to"
label = "To whom"
kind = "rows"
means = "restricted"
columns = [
    { id = "who", label = "Member of staff", kind = "staff" },
    { id = "roles", label = "Or role", kind = "choices", list = "roles" },
]
"#;

/// An office whose person named Marsh is kept to the manager; a call about them, one about somebody else, a form that is
/// being filled in; and a coordinator and another manager of the same place.
struct Kept {
    office: Office,
    marsh: CaseId,
    call: CaseId,
    /// In which both calls stood as they were before anything was restricted.
    handover: EntryId,
    coordinator: CaseId,
    named: CaseId,
    /// Somebody whose name is nearly theirs, once they are registered.
    like_them: Option<CaseId>,
}

/// By when everything would be due.
fn aeon() -> DateTime<Utc> {
    now() + TimeDelta::days(40_000)
}

fn yes() -> Answer {
    Answer::YesNo { is: YesNo::Yes, why: String::new() }
}

/// What was decided about Marsh, and why.
fn decided() -> Answers {
    answers([
        ("route", Answer::Choices(vec!["gp".to_owned()])),
        ("rationale", text("Cold from the harbour wall")),
        ("why_999", text("Awake and breathing")),
        ("view_not_known", text("Asleep")),
        ("representative_told", Answer::YesNo { is: YesNo::No, why: "Not before the morning".to_owned() }),
    ])
}

impl Kept {
    fn new() -> Self {
        let mut office = Office::new();
        let mut files = Edition::built_in_files();
        files.entry("pathways/people.toml".to_owned()).and_modify(|text| text.push_str(KEEP_TO));
        office.store.adopt(&office.viewer(), files, now()).unwrap().unwrap();
        let roles = |role: &str| ("roles", Answer::Choices(vec![role.to_owned()]));
        let coordinator = office.register("staff", [("name", text("Cora Dunn")), roles("duty_coordinator")]);
        let named = office.register("staff", [("name", text("Nia Frost")), roles("duty_manager")]);
        let place = self::named(office.place, "Rowan House");
        let marsh = office.register(
            "people",
            [
                ("name", text("Dorothy Marsh")),
                ("location", place),
                ("born", Answer::Date(BORN.parse().unwrap())),
                ("nhs_number", text("999 000 0026")),
                ("get_in", text("The door by the harbour wall")),
            ],
        );
        office.taken_call();
        let id = office.id();
        let said = answers([
            ("call_back", text("01632 960 777")),
            ("caller", text("W. Quay")),
            ("about", self::named(marsh, "MARSH, Dorothy")),
            ("risk", Answer::Choice("red".to_owned())),
            ("changed", text("Seen at the harbour wall")),
        ]);
        let call = step(id, Some(office.manager), "urgent.call", None, said);
        office.store.append(&office.viewer(), one(call), now()).unwrap();
        let handover = office.hands_over(office.manager);
        Self { office, marsh, call: CaseId::from(id), handover, coordinator, named, like_them: None }
    }

    fn mark<const N: usize>(&mut self, given: [(&str, Answer); N]) {
        let id = self.office.id();
        let by = Some(self.office.manager);
        let entry = step(id, by, "people.keep_to", Some(self.marsh), answers(given));
        self.office.store.append(&self.office.viewer(), one(entry), now()).unwrap();
    }

    /// Kept to Nia Frost by name.
    fn restricted() -> Self {
        let mut kept = Self::new();
        kept.offered();
        let row = [("who".to_owned(), named(kept.named, "FROST, N."))].into_iter().collect();
        kept.mark([("kept", yes()), ("kept_to", Answer::Rows(vec![row]))]);
        kept
    }

    /// Nobody has looked back at their call, and that shows.
    fn sign(&self, later: DateTime<Utc>) -> SignId {
        let all = self.office.store.signs(&Viewer::system(), SignFilter::default(), later, 50).unwrap();
        all.iter().find(|sign| sign.about == Some(self.call)).unwrap().id
    }

    /// Nobody comes to them at nine; Larkfold's worker was to.
    fn visit(&mut self) -> CaseId {
        let id = self.office.id();
        let time = |hours| Answer::Time(When::exact(now() + TimeDelta::hours(hours)));
        let said = answers([
            ("kind", Answer::Choice("medicine".to_owned())),
            ("about", self::named(self.marsh, "MARSH, Dorothy")),
            ("from", time(3)),
            ("until", time(4)),
            ("medicines", Answer::YesNo { is: YesNo::No, why: String::new() }),
            ("risk", Answer::Choice("red".to_owned())),
            ("why", Answer::Choice("sick".to_owned())),
            ("provider", Answer::Named(Named { id: None, words: "Larkfold".to_owned() })),
        ]);
        let entry = step(id, Some(self.office.manager), "cover.uncovered", None, said);
        self.office.store.append(&self.office.viewer(), one(entry), now()).unwrap();
        CaseId::from(id)
    }

    /// Larkfold comes to them by an arrangement, which says so.
    fn arranged(&mut self) {
        let larkfold = self.office.register("organisations", [("name", text("Larkfold"))]);
        let row = answers([("who", named(self.marsh, "MARSH, Dorothy")), ("for", text("nights"))]);
        let said = answers([
            ("provider", named(larkfold, "Larkfold")),
            ("service", text("Nights")),
            ("kind", Answer::Choice("staffing".to_owned())),
            ("tier", Answer::Choice("high".to_owned())),
            ("relying", Answer::Rows(vec![row])),
        ]);
        let id = self.office.id();
        let entry = step(id, Some(self.office.manager), "provider.propose", None, said);
        let entry = NewEntry { subject: Some(larkfold), ..entry };
        self.office.store.append(&self.office.viewer(), one(entry), now()).unwrap();
    }

    fn arrangement(&self) -> Option<CaseId> {
        self.office.store.case_by_reference(&Viewer::system(), "E-1").ok()
    }

    /// What the call waits for: the decision, or what came after it.
    fn waits_for(&self) -> CommitmentId {
        let state = self.office.store.case(&Viewer::system(), self.call, now()).unwrap().state;
        let mut open = state.commitments.into_iter().filter(|owed| owed.progress.is_open());
        open.next().unwrap().id
    }

    /// The call was offered to the coordinator while they could see it.
    fn offered(&mut self) {
        let what = self.office.store.case(&Viewer::system(), self.call, now()).unwrap().state;
        let (what, note) = (what.all_owned().collect(), "Seen at the harbour wall".to_owned());
        let act = Act::Offer { what, to: Party::Staff(self.coordinator), handover: None, note };
        let entry = step(self.office.id(), None, "any.any", Some(self.call), Answers::new());
        let entry = NewEntry { what: NewSaid::Act(act), ..entry };
        self.office.store.append(&Viewer::system(), one(entry), now()).unwrap();
    }

    /// A surgery that has closed promised something in the call about Marsh.
    fn promised(&mut self) {
        let hours = text("Mon-Fri 08:00-12:00");
        let elms = self.office.register(
            "organisations",
            [("name", text("The Elms")), ("hours", hours), ("out_of_hours", text("111"))],
        );
        let visit = super::hours::message(elms, "Visit at the harbour wall");
        self.office.recorded("urgent.liaise", self.call, None, visit);
    }

    /// Somebody on no list was tried about Marsh and did not answer. What the coordinator then decided the manager typed.
    fn tried(&mut self) {
        let id = self.office.id();
        let said = answers([
            ("who", Answer::Named(Named { id: None, words: "Lodge by the harbour wall".to_owned() })),
            ("means", Answer::Choice("telephone".to_owned())),
            ("outcome", Answer::Choice("no_answer".to_owned())),
        ]);
        let tried = step(id, Some(self.office.manager), "urgent.liaise", Some(self.call), said);
        self.office.store.append(&Viewer::system(), one(tried), now()).unwrap();
        let id = self.office.id();
        let entry = step(id, Some(self.coordinator), "urgent.decision", Some(self.call), decided());
        let who = Who { typed_by: Some(self.office.manager), ..entry.who };
        self.office.store.append(&Viewer::system(), one(NewEntry { who, ..entry }), now()).unwrap();
    }

    /// Somebody else whose name is nearly theirs.
    fn alike(&mut self) -> CaseId {
        let place = named(self.office.place, "Rowan House");
        self.office.register("people", [("name", text("Dorothy Marsch")), ("location", place)])
    }

    fn viewer(&self, staff: CaseId) -> Viewer {
        self.office.store.viewer_for(Some(staff), now()).unwrap()
    }

    fn draft(&mut self) -> Drafts {
        let drafts = Drafts::open(self.office.store.dir()).unwrap();
        let edition = self.office.store.edition().unwrap().unwrap();
        let typed = [("about", "MARSH, Dorothy".to_owned()), ("about.id", self.marsh.to_string())];
        let draft = Draft {
            id: DraftId(self.office.id().0),
            pathway: "urgent".to_owned(),
            step: "call".to_owned(),
            edition,
            case: None,
            seen: None,
            on: None,
            amends: None,
            linked: Vec::new(),
            begun: None,
            not_from: None,
            opened_at: now(),
            staff: Some(self.office.manager),
            text: typed.into_iter().map(|(path, text)| (path.to_owned(), text)).collect(),
            about: "MARSH, Dorothy".to_owned(),
            call_back: "01632 960 777".to_owned(),
        };
        drafts.put(&draft, true, now()).unwrap();
        drafts
    }

    /// An evidence pack, as it is put together for this viewer.
    fn pack(&self, viewer: &Viewer, about: About) -> String {
        let asked = PackAsked::whole(about);
        format!("{:?}", gather(&self.office.store, viewer, &asked, now(), &mut |_, _| true))
    }

    /// Everything that the store's face hands to this viewer, as it would be printed.
    fn everything(&self, drafts: &Drafts, viewer: &Viewer) -> Vec<(&'static str, String)> {
        let store = &self.office.store;
        let all = CaseFilter::default();
        let about = CaseFilter { subject: Some(self.marsh), ..CaseFilter::default() };
        let urgent = CaseFilter { pathway: Some("urgent".to_owned()), ..CaseFilter::default() };
        let json = |rows: &dyn erased::Json| rows.json();
        let owed = |queue| store.owed(viewer, queue, now(), None, 50);
        let (measures, month) = (shipped(), Asked::month_of(now().date_naive()));
        let (calls, by) = (measures.measure("calls").unwrap(), Some(By::Location));
        let later = now() + TimeDelta::days(3);
        vec![
            ("board", format!("{:?}", store.board(viewer, now(), Limits::default()))),
            (
                "calls",
                json(&store.board(viewer, now(), Limits::default()).map(|board| board.calls.rows).ok()),
            ),
            ("escalations", format!("{:?}", owed(Queue::Escalations))),
            ("overdue", format!("{:?}", store.owed(viewer, Queue::Overdue, later, None, 50))),
            ("owed", format!("{:?}", owed(Queue::Owed))),
            ("ticking", format!("{:?}", store.ticking(viewer, now()))),
            ("why", format!("{:?}", store.why(viewer, self.call, &self.waits_for()))),
            ("ring", format!("{:?}", store.ring(viewer, now()))),
            ("eyes", format!("{:?}", store.eyes(viewer))),
            ("owed as JSON", json(&owed(Queue::Owed).ok())),
            ("cases", format!("{:?}", store.cases(viewer, &all, None, 50))),
            ("cases as JSON", json(&store.cases(viewer, &all, None, 50).ok())),
            ("case counts", format!("{:?}", store.case_counts(viewer))),
            ("cases of a pathway", format!("{:?}", store.cases(viewer, &urgent, None, 50))),
            ("place as case", format!("{:?}", store.case(viewer, self.office.place, now()))),
            ("cases about", format!("{:?}", store.cases(viewer, &about, None, 50))),
            ("case", format!("{:?}", store.case(viewer, self.call, now()))),
            ("record as case", format!("{:?}", store.case(viewer, self.marsh, now()))),
            ("person", format!("{:?}", store.person(viewer, self.marsh, now()))),
            ("record", format!("{:?}", store.record(viewer, self.marsh))),
            ("sealed", format!("{:?}", store.sealed(viewer, self.marsh))),
            ("records", format!("{:?}", store.records(viewer, "people", None, 50))),
            ("exported", format!("{:?}", store.exported(viewer, "people", None, 50))),
            ("packed", format!("{:?}", store.packed(viewer, &PackAsked::whole(About::Case(self.call))))),
            ("hashed", hashed(store.hashed(viewer, self.call))),
            ("pack of a case", self.pack(viewer, About::Case(self.call))),
            ("pack of a person", self.pack(viewer, About::Person(self.marsh))),
            ("pack of a provider", self.pack(viewer, About::Provider(self.office.place))),
            ("pack of a period", self.pack(viewer, About::Period)),
            (
                "packed person",
                format!("{:?}", store.packed(viewer, &PackAsked::whole(About::Person(self.marsh)))),
            ),
            ("pack of a scorecard", self.pack(viewer, About::Scorecard(self.office.place))),
            (
                "governance report",
                format!(
                    "{:?}",
                    governance(store, viewer, measures, &PackAsked::whole(About::Governance), now())
                ),
            ),
            ("charts of all measures", format!("{:?}", store.charts(viewer, measures, &month, now()))),
            ("packed period", format!("{:?}", store.packed(viewer, &PackAsked::whole(About::Period)))),
            (
                "known by",
                format!(
                    "{:?}",
                    store
                        .cases(viewer, &all, None, 50)
                        .and_then(|page| store.known_by(viewer, measures, &page.rows))
                ),
            ),
            ("compared", format!("{:?}", store.compared(viewer, "people", None, 50))),
            ("nameable", format!("{:?}", store.nameable(viewer, "people", None, 50))),
            ("find", format!("{:?}", store.find(viewer, "people", "mar", 50))),
            ("find number", format!("{:?}", store.find(viewer, "people", "9990000026", 50))),
            ("same", {
                let number = Some(NhsNumber::read("999 000 0026").unwrap().0);
                format!("{:?}", store.same(viewer, &WhoIs { number, born: None }))
            }),
            ("same by name and birthday", {
                let born = Some(("Dorothy Marsh".to_owned(), BORN.parse().unwrap()));
                format!("{:?}", store.same(viewer, &WhoIs { number: None, born }))
            }),
            ("find nearly", format!("{:?}", store.find_nearly(viewer, "people", "mrash", 50))),
            ("search name", format!("{:?}", store.search(viewer, "marsh", 20))),
            ("search name misspelt", format!("{:?}", store.search(viewer, "mrash", 20))),
            ("search number", format!("{:?}", store.search(viewer, "999 000 0026", 20))),
            ("search telephone", format!("{:?}", store.search(viewer, "01632 960777", 20))),
            ("search words", format!("{:?}", store.search(viewer, "seen quay", 20))),
            ("search reference", format!("{:?}", store.search(viewer, "U-2", 20))),
            ("similar", format!("{:?}", store.similar(viewer, self.marsh))),
            ("similar to another", format!("{:?}", store.similar(viewer, self.office.person))),
            ("similar to one alike", format!("{:?}", self.like_them.map(|id| store.similar(viewer, id)))),
            ("search words", format!("{:?}", store.search(viewer, "harbour", 50))),
            ("due for disposal", format!("{:?}", store.due_for_disposal(viewer, aeon()))),
            (
                "disposal of a record",
                format!("{:?}", store.disposal_of(viewer, Disposable::Case(self.marsh), aeon())),
            ),
            ("to countersign", format!("{:?}", store.to_countersign(viewer, now()))),
            ("mine", format!("{:?}", store.mine(viewer, now(), 50))),
            ("signs", format!("{:?}", store.signs(viewer, SignFilter::default(), later, 50))),
            ("sign", format!("{:?}", store.sign(viewer, self.sign(later), later))),
            ("sign rates", format!("{:?}", store.sign_rates(viewer))),
            ("audits of a case", format!("{:?}", store.audits_of(viewer, self.call, later))),
            ("audits", format!("{:?}", store.audits(viewer, later, 50))),
            ("reviews", format!("{:?}", store.reviews(viewer, later, 50))),
            ("reviews that nobody has begun", format!("{:?}", store.unbegun(viewer))),
            ("by regulation", format!("{:?}", store.tagged(viewer, &TagFilter::default()))),
            ("patterns", format!("{:?}", store.patterns(viewer, measures, later))),
            ("looked back at", format!("{:?}", store.judged(viewer, later))),
            ("done alone", format!("{:?}", store.done_alone(viewer, 50))),
            ("looks", format!("{:?}", store.looks(viewer, &Sought::default(), None, 50))),
            ("looked beyond", format!("{:?}", store.beyond_waiting(viewer))),
            ("keys", format!("{:?}", store.keys(viewer))),
            ("beyond", format!("{:?}", store.beyond_reach(viewer, "U-2"))),
            ("reference", format!("{:?}", store.case_by_reference(viewer, "U-2"))),
            ("to confirm", format!("{:?}", store.to_confirm(viewer, now()))),
            ("unconfirmed", format!("{:?}", store.unconfirmed(viewer, now()))),
            ("rota", format!("{:?}", store.rota(viewer, now()))),
            ("visits", format!("{:?}", store.visits(viewer, &VisitFilter::default(), 50))),
            ("visits as JSON", json(&store.visits(viewer, &VisitFilter::default(), 50).ok())),
            ("shares", format!("{:?}", store.shares(viewer, &ShareFilter::default(), 50))),
            ("shares as JSON", json(&store.shares(viewer, &ShareFilter::default(), 50).ok())),
            ("arrangement", format!("{:?}", self.arrangement().map(|case| store.case(viewer, case, now())))),
            ("locations", format!("{:?}", store.locations(viewer, now()))),
            ("providers", format!("{:?}", store.providers(viewer, now(), 50))),
            ("cautions", format!("{:?}", store.cautions(viewer))),
            ("plans", format!("{:?}", store.plans(viewer, self.marsh, now()))),
            ("tasks", format!("{:?}", store.tasks(viewer, 50))),
            ("pads", format!("{:?}", store.pads(viewer))),
            ("slips", format!("{:?}", store.slip_numbers(viewer))),
            ("slips unaccounted for", format!("{:?}", store.unaccounted_slips(viewer))),
            ("entries", format!("{:?}", store.entries_after(viewer, 0, 1000))),
            ("drafts", format!("{:?}", drafts.rows(store, viewer))),
            ("drafts as JSON", json(&drafts.rows(store, viewer).ok())),
            ("keys", format!("{:?}", store.keys(viewer))),
            ("staff", format!("{:?}", store.staff())),
            ("office", format!("{:?}", store.office())),
            ("handed over now", format!("{:?}", store.handover_lines(viewer, Vec::new(), now()))),
            (
                "handed over as it is looked at",
                format!("{:?}", store.handover_now(viewer, Vec::new(), now())),
            ),
            ("called", format!("{:?}", store.called(viewer))),
            ("handover", format!("{:?}", store.handover(viewer, self.handover))),
            ("handovers", format!("{:?}", store.handovers(viewer, None))),
            ("agreed", format!("{:?}", store.agreed(viewer, 50))),
            ("latest", format!("{:?}", store.latest())),
            ("decisions", format!("{:?}", store.decisions(viewer, DecisionFilter::default(), 50))),
            ("trends", format!("{:?}", store.trends(viewer, self.marsh, now()))),
            ("trends of a place", format!("{:?}", store.trends(viewer, self.office.place, now()))),
            (
                "scorecard",
                format!("{:?}", self.arrangement().map(|case| store.scorecard(viewer, case, now()))),
            ),
            ("measures", format!("{:?}", store.overview(viewer, measures, &month, now()))),
            ("one measure", format!("{:?}", store.chart(viewer, measures, &month, (calls, by), now()))),
            (
                "records behind a measure",
                format!("{:?}", store.measured(viewer, measures, &month, (calls, 50), now())),
            ),
        ]
    }
}

/// Anything as JSON, whatever it is.
mod erased {
    pub(super) trait Json {
        fn json(&self) -> String;
    }
    impl<T: serde::Serialize> Json for T {
        fn json(&self) -> String {
            serde_json::to_string(self).unwrap()
        }
    }
}

fn betrayed(said: &[(&'static str, String)]) -> Vec<(&'static str, &'static str)> {
    let found = |(what, text): &(&'static str, String)| {
        SECRETS
            .iter()
            .filter(|secret| text.contains(**secret))
            .map(|secret| (*what, *secret))
            .collect::<Vec<_>>()
    };
    said.iter().flat_map(found).collect()
}

/// What is read for a viewer is read here: a new way of reading belongs into the walk before it is let in.
#[test]
fn the_walk_leaves_out_no_way_of_reading() {
    let reads = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store/reads");
    let walk = include_str!("restricted.rs");
    let mut seen = 0;
    for file in
        std::fs::read_dir(reads).unwrap().map(|file| file.unwrap().path()).filter(|path| path.is_file())
    {
        let source = std::fs::read_to_string(&file).unwrap();
        for rest in source.split("\n    pub fn ").skip(1) {
            let (name, rest) = rest.split_once('(').unwrap();
            let takes = rest.split_once(')').unwrap().0;
            if takes.contains("Viewer") {
                assert!(walk.contains(&format!("store.{name}(")), "{name} of {}", file.display());
                seen += 1;
            }
        }
    }
    assert!(seen >= 15, "{seen} ways of reading were found");
}

#[test]
fn no_reading_betrays_a_restricted_record_and_each_would_if_it_were_none() {
    let mut kept = Kept::restricted();
    kept.promised();
    let drafts = kept.draft();
    kept.tried();
    kept.like_them = Some(kept.alike());
    kept.visit();
    kept.arranged();
    let coordinator = kept.viewer(kept.coordinator);
    assert_eq!(betrayed(&kept.everything(&drafts, &coordinator)), []);
    // An exporting manager, and nobody at all, see no more.
    let manager = Viewer { roles: vec![("service_manager".to_owned(), None)], ..coordinator.clone() };
    assert_eq!(betrayed(&kept.everything(&drafts, &manager)), []);
    assert_eq!(betrayed(&kept.everything(&drafts, &Viewer::default())), []);
    // The same walk betrays it everywhere once the mark is lifted: it would have shown.
    kept.mark([("kept", Answer::YesNo { is: YesNo::No, why: String::new() })]);
    let shown = kept.everything(&drafts, &manager);
    // Nothing of theirs waits there or was looked at, or they are no auditor.
    let silent = [
        // They are still supported: only what is closed is due.
        "due for disposal",
        "disposal of a record",
        "reference",
        "keys",
        "beyond",
        "similar to another",
        "rota",
        "staff",
        "office",
        "similar",
        "to countersign",
        "done alone",
        "looks",
        "looked beyond",
        // The viewer's own name, the office's own matters, and numbers.
        "called",
        "locations",
        "providers",
        "cautions",
        "reviews",
        "reviews that nobody has begun",
        "looked back at",
        "audits",
        "audits of a case",
        "plans",
        "tasks",
        "pads",
        "slips",
        "case counts",
        "sign rates",
        "slips unaccounted for",
        "handovers",
        "ticking",
        "latest",
        "agreed",
        "measures",
        "one measure",
        "trends of a place",
        "scorecard",
        // Ids and references.
        "packed",
        "packed person",
        "packed period",
        "pack of a provider",
        "pack of a scorecard",
    ];
    let silent_without_need: Vec<_> =
        betrayed(&shown).into_iter().filter(|(what, _)| silent.contains(what)).collect();
    assert_eq!(silent_without_need, [], "the story shows them where it may");
    for (what, _) in shown.iter().filter(|(what, _)| !silent.contains(what)) {
        assert!(betrayed(&shown).iter().any(|(found, _)| found == what), "{what} shows it where it may");
    }
    kept.office.whole();
}
