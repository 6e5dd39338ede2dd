//! Records that are kept to a few: nothing that reads hands their names or words to whoever may not see them, nobody who
//! is owed something is lost by it, and whoever may sees all.

use chrono::TimeDelta;

use super::*;
use crate::domain::access::Sought;
use crate::domain::commitment::Party;
use crate::domain::draft::Draft;
use crate::domain::ids::{CommitmentId, DraftId, SignId};
use crate::domain::measure::{Asked, By};
use crate::domain::views::{Queue, ShareFilter, SignFilter, VisitFilter};
use crate::settings::measures::shipped;

/// What may reach nobody else: parts of the name, of the number, and of what was said.
const SECRETS: [&str; 5] = ["Marsh", "MARSH", "9990000026", "harbour wall", "01632 960 777"];

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
}

fn yes() -> Answer {
    Answer::YesNo { is: YesNo::Yes, why: String::new() }
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
        Self { office, marsh, call: CaseId::from(id), handover, coordinator, named }
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

    /// The decision that the call waits for.
    fn decision(&self) -> CommitmentId {
        CommitmentId { entry: EntryId(self.call.0), place: "then.decision".to_owned() }
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
            opened_at: now(),
            staff: Some(self.office.manager),
            text: typed.into_iter().map(|(path, text)| (path.to_owned(), text)).collect(),
            about: "MARSH, Dorothy".to_owned(),
            call_back: "01632 960 777".to_owned(),
        };
        drafts.put(&draft, true, now()).unwrap();
        drafts
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
            ("overdue", format!("{:?}", owed(Queue::Overdue))),
            ("owed", format!("{:?}", owed(Queue::Owed))),
            ("ticking", format!("{:?}", store.ticking(viewer, now()))),
            ("why", format!("{:?}", store.why(viewer, self.call, &self.decision()))),
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
            ("compared", format!("{:?}", store.compared(viewer, "people", None, 50))),
            ("nameable", format!("{:?}", store.nameable(viewer, "people", None, 50))),
            ("find", format!("{:?}", store.find(viewer, "people", "mar", 50))),
            ("find number", format!("{:?}", store.find(viewer, "people", "9990000026", 50))),
            ("find nearly", format!("{:?}", store.find_nearly(viewer, "people", "mrash", 50))),
            ("search name", format!("{:?}", store.search(viewer, "marsh", 20))),
            ("search name misspelt", format!("{:?}", store.search(viewer, "mrash", 20))),
            ("search number", format!("{:?}", store.search(viewer, "999 000 0026", 20))),
            ("search telephone", format!("{:?}", store.search(viewer, "01632 960777", 20))),
            ("search words", format!("{:?}", store.search(viewer, "seen quay", 20))),
            ("search reference", format!("{:?}", store.search(viewer, "U-2", 20))),
            ("similar", format!("{:?}", store.similar(viewer, self.marsh))),
            ("similar to another", format!("{:?}", store.similar(viewer, self.office.person))),
            ("search words", format!("{:?}", store.search(viewer, "harbour", 50))),
            ("to countersign", format!("{:?}", store.to_countersign(viewer, now()))),
            ("mine", format!("{:?}", store.mine(viewer, now(), 50))),
            ("signs", format!("{:?}", store.signs(viewer, SignFilter::default(), later, 50))),
            ("sign", format!("{:?}", store.sign(viewer, self.sign(later), later))),
            ("sign rates", format!("{:?}", store.sign_rates(viewer))),
            ("audits of a case", format!("{:?}", store.audits_of(viewer, self.call, later))),
            ("audits", format!("{:?}", store.audits(viewer, later, 50))),
            ("reviews", format!("{:?}", store.reviews(viewer, later, 50))),
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
            ("handovers", format!("{:?}", store.handovers(viewer, false))),
            ("agreed", format!("{:?}", store.agreed(viewer, 50))),
            ("latest", format!("{:?}", store.latest())),
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
        "reference",
        "sealed",
        "keys",
        "beyond",
        "overdue",
        "similar to another",
        "to confirm",
        "unconfirmed",
        "rota",
        "keys",
        "staff",
        "office",
        "similar",
        "to countersign",
        "done alone",
        "looks",
        "looked beyond",
        "keys",
        "sealed",
        // The viewer's own name, the office's own matters, and numbers.
        "called",
        "locations",
        "providers",
        "cautions",
        "reviews",
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
        "why",
        "latest",
        "agreed",
        "measures",
        "one measure",
    ];
    for (what, _) in shown.iter().filter(|(what, _)| !silent.contains(what)) {
        assert!(betrayed(&shown).iter().any(|(found, _)| found == what), "{what} shows it where it may");
    }
    kept.office.whole();
}

/// What somebody may not see is in none of their figures, and the screen says that there is such a thing.
#[test]
fn a_restricted_record_counts_for_those_alone_who_may_see_it() {
    let kept = Kept::restricted();
    let (measures, month) = (shipped(), Asked::month_of(now().date_naive()));
    let calls = |viewer: &Viewer| {
        let overview = kept.office.store.overview(viewer, measures, &month, now()).unwrap();
        let line = overview.lines.iter().find(|line| line.id == "calls").unwrap();
        (line.now().n, overview.without_restricted)
    };
    let manager = |staff| Viewer { roles: vec![("service_manager".to_owned(), None)], ..kept.viewer(staff) };
    assert_eq!(calls(&manager(kept.coordinator)), (1, true));
    assert_eq!(calls(&manager(kept.named)), (2, false));
    assert_eq!(calls(&kept.office.viewer()), (2, false));
    let refused = kept.office.store.overview(&kept.viewer(kept.coordinator), measures, &month, now());
    assert!(refused.unwrap_err().to_string().contains("Seeing measures is for"));
}

#[test]
fn what_is_owed_stands_as_a_stub_with_its_clock_its_owner_and_whom_to_ask() {
    let kept = Kept::restricted();
    let (closed, open) = (kept.viewer(kept.coordinator), kept.viewer(kept.named));
    let queue =
        |viewer: &Viewer| kept.office.store.owed(viewer, Queue::Escalations, now(), None, 50).unwrap();
    let (stubs, rows) = (queue(&closed), queue(&open));
    assert_eq!(stubs.total, rows.total, "nothing that is owed is left out");
    assert_eq!(stubs.rows.len(), rows.rows.len());
    let mut seen = 0;
    for (stub, row) in stubs.rows.iter().zip(&rows.rows).filter(|(_, row)| row.commitment.case == kept.call) {
        assert_eq!(stub.commitment.what, "restricted record, ask FROST, N.");
        assert_eq!((stub.commitment.due, &stub.owner), (row.commitment.due, &row.owner));
        assert_eq!((&*stub.reference, stub.subject.as_ref(), stub.risk.as_ref()), ("", None, None));
        seen += 1;
    }
    assert!(seen >= 1, "the decision on it is owed");
    let board = |viewer: &Viewer| kept.office.store.board(viewer, now(), Limits::default()).unwrap();
    assert_eq!((board(&closed).calls.rows.len(), board(&open).calls.rows.len()), (1, 2));
    assert_eq!((board(&closed).calls.total, board(&open).calls.total), (1, 2));
    assert_eq!((board(&closed).undecided, board(&open).undecided), (2, 2), "whoever decides hears of it");
    let people = |viewer: &Viewer| kept.office.store.records(viewer, "people", None, 50).unwrap().total;
    assert_eq!((people(&closed), people(&open)), (1, 2));
    let refused = kept.office.store.case(&closed, kept.call, now()).unwrap_err();
    assert_eq!(refused.to_string(), "restricted record, ask FROST, N.");
    // Whoever is granted to see all of them does, without being named.
    assert_eq!(board(&kept.office.viewer()).calls.total, 2);
}

#[test]
fn a_visit_that_nobody_comes_to_stands_as_a_stub_with_its_times_and_whose_worker_it_was() {
    let mut kept = Kept::restricted();
    let case = kept.visit();
    let by_larkfold = VisitFilter { provider: Some("larkfold".to_owned()), ..VisitFilter::default() };
    let visits = |viewer: &Viewer| kept.office.store.visits(viewer, &by_larkfold, 50).unwrap();
    let (stub, row) =
        (visits(&kept.viewer(kept.coordinator)).remove(0), visits(&kept.viewer(kept.named)).remove(0));
    assert_eq!((stub.case, stub.visit.from, stub.visit.until), (case, row.visit.from, row.visit.until));
    assert_eq!(stub.ask.as_deref(), Some("FROST, N."));
    assert_eq!((&*stub.reference, &stub.subject, &stub.visit.kind, &stub.level), ("", &None, &None, &None));
    assert!(row.ask.is_none() && row.subject.is_some() && row.visit.kind.as_deref() == Some("Medicine"));
    let uncovered =
        |viewer: &Viewer| kept.office.store.board(viewer, now(), Limits::default()).unwrap().uncovered;
    assert_eq!(uncovered(&kept.viewer(kept.coordinator)), 1, "somebody waits, whoever may see for whom");
}

/// What is owed for each of them is read by everybody, so whoever restricts the provider is offered no name either.
#[test]
fn whoever_relies_on_a_provider_stands_as_a_stub_whoever_restricts_it() {
    let mut kept = Kept::restricted();
    kept.visit();
    kept.arranged();
    let arrangement = kept.arrangement().unwrap();
    for staff in [kept.coordinator, kept.named, kept.office.manager] {
        let view = kept.office.store.case(&kept.viewer(staff), arrangement, now()).unwrap();
        let [visit, standing] = view.relying.as_slice() else { panic!("{:?}", view.relying) };
        for one in [visit, standing] {
            assert_eq!((one.who.id, &*one.who.words), (None, "restricted record, ask FROST, N."));
        }
        assert_eq!(visit.by, Some(now() + TimeDelta::hours(3)), "when somebody has to be there is said");
        assert_eq!(standing.why, "");
    }
    let providers = kept.office.store.providers(&kept.viewer(kept.coordinator), now(), 9).unwrap();
    assert_eq!(providers[0].relying, 2, "nobody is left out of the count");
    let plans = |staff| kept.office.store.plans(&kept.viewer(staff), kept.marsh, now());
    assert_eq!(plans(kept.coordinator).unwrap_err().to_string(), "restricted record, ask FROST, N.");
    assert_eq!(plans(kept.named).unwrap()[0].organisation, "Larkfold");
}

#[test]
fn a_location_counts_what_may_be_seen_and_stubs_where_somebody_waits() {
    let kept = Kept::restricted();
    let there = |staff| {
        let mut all = kept.office.store.locations(&kept.viewer(staff), now() + TimeDelta::hours(1)).unwrap();
        assert_eq!((all.rows.len(), all.open), (1, 1));
        all.rows.remove(0).now.unwrap()
    };
    let (closed, open) = (there(kept.coordinator), there(kept.named));
    // Both people live at Rowan House, and no call says where it is.
    assert_eq!((open.people, open.calls, open.undecided, open.restricted), (2, 2, 2, 0));
    assert_eq!((closed.people, closed.calls, closed.undecided, closed.restricted), (1, 1, 2, 1));
    assert_eq!(closed.late, open.late, "what is late is late, whoever may see whose it is");
    assert!(open.late >= 2);
}

#[test]
fn whoever_reads_at_one_location_is_told_no_numbers_of_another() {
    let mut kept = Kept::restricted();
    let elsewhere = kept.office.register("locations", [("name", text("Elm Court"))]);
    let viewer = Viewer {
        staff: Some(kept.coordinator),
        roles: vec![("duty_coordinator".to_owned(), Some(elsewhere))],
        ..Viewer::default()
    };
    let all = kept.office.store.locations(&viewer, now()).unwrap();
    let seen: Vec<_> = all.rows.iter().map(|row| (row.location.name.as_str(), row.now.is_some())).collect();
    assert_eq!(seen, [("Elm Court", true), ("Rowan House", false)]);
    // A call whose place nobody has named is hidden from nobody, and is under none of theirs.
    assert_eq!(all.nowhere.undecided, 2);
    // Whoever looks after the lists reads no numbers, and nobody at all no list.
    let roles = vec![("administrator".to_owned(), None)];
    let admin = Viewer { staff: Some(kept.coordinator), roles, ..Viewer::default() };
    let all = kept.office.store.locations(&admin, now()).unwrap();
    assert!(all.rows.len() == 2 && all.rows.iter().all(|row| row.now.is_none()));
    assert!(kept.office.store.locations(&Viewer::default(), now()).is_err());
}

#[test]
fn whom_to_ring_and_whom_nobody_sees_stand_as_stubs_with_their_times() {
    let mut kept = Kept::restricted();
    kept.promised();
    let (closed, open) = (kept.viewer(kept.coordinator), kept.viewer(kept.named));
    let store = &kept.office.store;
    let (stubs, rows) = (store.ring(&closed, now()).unwrap(), store.ring(&open, now()).unwrap());
    let ([stub], [row]) = (stubs.as_slice(), rows.as_slice()) else { panic!("one promise: {rows:?}") };
    assert_eq!((&stub.shuts, stub.owed.commitment.due), (&row.shuts, row.owed.commitment.due));
    assert_eq!(stub.owed.ask.as_deref(), Some("FROST, N."));
    assert!(stub.organisation.is_none() && row.organisation.is_some());
    let (stubs, rows) = (store.eyes(&closed).unwrap(), store.eyes(&open).unwrap());
    assert_eq!((stubs.len(), rows.len()), (2, 2));
    let of = |rows: &[crate::domain::views::EyesRow]| {
        rows.iter().find(|row| row.case == kept.call).unwrap().clone()
    };
    let (stub, row) = (of(&stubs), of(&rows));
    assert_eq!((stub.ask.as_deref(), row.ask.as_deref()), (Some("FROST, N."), None));
    assert_eq!(stub.eyes.unseen_since(), row.eyes.unseen_since());
    assert!(stub.subject.is_none() && stub.level.is_none() && row.level.is_some());
}

#[test]
fn an_unfinished_form_about_them_is_taken_over_only_by_whoever_may_see_it() {
    let mut kept = Kept::restricted();
    let drafts = kept.draft();
    let draft = drafts.rows(&kept.office.store, &Viewer::system()).unwrap()[0].id;
    let take = |kept: &mut Kept, by: CaseId| {
        let act =
            Act::TakeDraft { draft, from: Some(kept.office.manager), reason: "They went home".to_owned() };
        let id = kept.office.id();
        let entry =
            NewEntry { what: NewSaid::Act(act), ..step(id, Some(by), "act.act", None, Answers::new()) };
        let viewer = kept.viewer(by);
        kept.office.store.append(&viewer, one(entry), now())
    };
    let (coordinator, named) = (kept.coordinator, kept.named);
    let refused = take(&mut kept, coordinator).unwrap_err();
    assert_eq!(refused.to_string(), "restricted record, ask FROST, N.");
    take(&mut kept, named).unwrap();
}

#[test]
fn a_case_that_came_before_the_mark_is_kept_with_it_and_comes_back_when_it_is_lifted() {
    let mut kept = Kept::new();
    let viewer = kept.viewer(kept.coordinator);
    let total = |kept: &Kept| {
        let page = kept.office.store.cases(&viewer, &CaseFilter::default(), None, 50).unwrap();
        assert_eq!(page.total, page.rows.len() as u64);
        page.total
    };
    assert_eq!(total(&kept), 2);
    kept.mark([("kept", yes())]);
    assert_eq!(total(&kept), 1);
    kept.office.whole();
    kept.mark([("kept", Answer::YesNo { is: YesNo::No, why: String::new() })]);
    assert_eq!(total(&kept), 2);
    kept.office.whole();
}

#[test]
fn a_case_that_was_moved_from_a_restricted_record_names_it_no_more() {
    let mut kept = Kept::restricted();
    let id = kept.office.id();
    let reason = "It was not Dorothy Marsh".to_owned();
    let act = Act::Reattribute { case: kept.call, from: kept.marsh, to: kept.office.person, reason };
    let manager = kept.office.viewer();
    let entry =
        NewEntry { what: NewSaid::Act(act), ..step(id, manager.staff, "act.act", None, Answers::new()) };
    kept.office.store.append(&manager, one(entry), now()).unwrap();
    let view = kept.office.store.case(&kept.viewer(kept.coordinator), kept.call, now()).unwrap();
    // What somebody writes into another case in their own words (here: the disclosure that was noticed) stays theirs.
    let said = format!("{:?}{:?}{:?}", view.state, view.chronology, view.subject);
    assert_eq!(view.names[&kept.marsh], "restricted record");
    for secret in &SECRETS[..3] {
        let at = said.find(secret).map(|at| &said[at.saturating_sub(200)..at + 60]);
        assert_eq!(at, None);
    }
    let search = |typed: &str| kept.office.store.search(&kept.viewer(kept.coordinator), typed, 20).unwrap();
    let is_found = |typed: &str| search(typed).hits().any(|hit| hit.id() == kept.call);
    assert!(!is_found("marsh"), "an entry that names them is not found by their name");
    let found = search("quill harbour");
    assert_eq!(found.hits().next().map(|hit| hit.id()), Some(kept.call), "by other words it is");
    assert!(!format!("{found:?}").contains("MARSH"));
    kept.office.whole();
}

#[test]
fn nobody_writes_into_what_is_kept_from_them_but_what_keeps_somebody_safe() {
    let mut kept = Kept::restricted();
    let viewer = kept.viewer(kept.coordinator);
    let entry = |kept: &mut Kept, step: &str| {
        let id = kept.office.id();
        self::step(id, Some(kept.coordinator), step, Some(kept.call), Answers::new())
    };
    let note = entry(&mut kept, "urgent.liaise");
    let refused = kept.office.store.append(&viewer, one(note), now()).unwrap_err();
    assert_eq!(refused.to_string(), "restricted record, ask FROST, N.");
    // A call about them is taken all the same: a form that was begun before the mark came is not lost.
    let id = kept.office.id();
    let mut call = kept.office.call(id);
    call.who = Who { by: Some(kept.coordinator), typed_by: Some(kept.coordinator), method: Method::Asserted };
    call.subject = Some(kept.marsh);
    kept.office.store.append(&viewer, one(call), now()).unwrap();
    assert!(kept.office.store.case(&viewer, CaseId::from(id), now()).is_err());
}

#[test]
fn a_restricted_record_opens_with_a_reason_and_shows_in_lists_while_it_does() {
    let mut kept = Kept::restricted();
    let coordinator = kept.viewer(kept.coordinator);
    let id = kept.office.id();
    // From the stub the case is at hand, and it opens whoever it is about.
    let act = Act::LookBeyond { subject: kept.call, reason: "Nobody named answers".to_owned() };
    let who = Some(kept.coordinator);
    let entry = NewEntry { what: NewSaid::Act(act), ..step(id, who, "act.act", None, Answers::new()) };
    kept.office.store.append(&coordinator, one(entry), now()).unwrap();
    let open = kept.viewer(kept.coordinator);
    let (marsh, call) = (kept.marsh, kept.call);
    assert_eq!(kept.office.store.person(&open, marsh, now()).unwrap().record.name, "MARSH, Dorothy");
    assert_eq!(kept.office.store.case(&open, call, now()).unwrap().reference, "U-2");
    assert_eq!(kept.office.store.find(&open, "people", "mar", 9).unwrap().len(), 1);
    let later = now() + chrono::TimeDelta::minutes(60);
    let shut = kept.office.store.viewer_for(Some(kept.coordinator), later).unwrap();
    assert!(kept.office.store.case(&shut, call, later).is_err());
    // Why somebody looked is told to nobody else who may not see whom it was about.
    let told = kept.office.store.entries_after(
        &Viewer { roles: vec![("service_manager".to_owned(), None)], ..coordinator },
        0,
        1000,
    );
    assert!(!format!("{told:?}").contains("Nobody named answers"));
    kept.office.whole();
}

#[test]
fn a_record_that_is_merged_with_a_restricted_one_betrays_neither_and_is_itself_again_after() {
    for restricted_stands in [true, false] {
        let mut kept = Kept::restricted();
        let drafts = kept.draft();
        let (marsh, quill) = (kept.marsh, kept.office.person);
        let (stands, gone) = if restricted_stands { (marsh, quill) } else { (quill, marsh) };
        let (closed, open) = (kept.viewer(kept.coordinator), kept.viewer(kept.named));
        let send = |kept: &mut Kept, act: Act, by: CaseId| {
            let id = kept.office.id();
            let entry = step(id, Some(by), "any.any", None, Answers::new());
            let batch = one(NewEntry { what: NewSaid::Act(act), ..entry });
            let viewer = kept.viewer(by);
            kept.office.store.append(&viewer, batch, now())
        };
        let register = "people".to_owned();
        let merge =
            Act::Merge { register, kept: stands, gone, reason: "Marsh at the harbour wall".to_owned() };
        // Whoever may not see one of them does not merge it.
        let coordinator = kept.coordinator;
        assert!(matches!(send(&mut kept, merge.clone(), coordinator), Err(AppendError::Denied(_))));
        let named = kept.named;
        send(&mut kept, merge, named).unwrap();
        kept.office.whole();
        assert_eq!(betrayed(&kept.everything(&drafts, &closed)), []);
        let other = format!("{:?}", kept.office.store.person(&closed, quill, now()));
        assert!(SECRETS.iter().all(|secret| !other.contains(secret)), "{other}");
        let cases = kept.office.store.person(&open, stands, now()).unwrap().cases;
        assert_eq!(cases.len(), 2, "whoever may see both sees them as one");
        kept.office.store.rebuild(&Viewer::system()).unwrap();
        kept.office.whole();
        let apart = Act::Unmerge { kept: stands, gone, reason: "two after all".to_owned() };
        send(&mut kept, apart, named).unwrap();
        kept.office.whole();
        let seen = kept.office.store.person(&closed, quill, now()).unwrap();
        assert_eq!((seen.cases.len(), seen.merged.is_none()), (1, true));
        assert_eq!(betrayed(&kept.everything(&drafts, &closed)), []);
    }
}

/// A step of the same record that wants two people.
const BY_TWO: &str = r#"
[[step]]
id = "by_two"
title = "Settled by two"
verb = "settle"
key = "2"
roles = ["registered_manager", "duty_manager"]
repeat = true
two_people = true

[[step.field]]
id = "settled"
label = "What was settled"
kind = "text"
"#;

#[test]
fn nobody_gives_their_word_on_what_is_kept_from_them() {
    let mut kept = Kept::restricted();
    let mut files = Edition::built_in_files();
    let with = |text: &mut String| text.push_str(&format!("{KEEP_TO}{BY_TWO}"));
    files.entry("pathways/people.toml".to_owned()).and_modify(with);
    kept.office.store.adopt(&kept.office.viewer(), files, now()).unwrap().unwrap();
    let (manager, named) = (kept.office.manager, kept.named);
    let outside = kept.office.colleague("Tom Vale", "duty_manager");
    let waiting = kept.office.id();
    let said = answers([("settled", text("She is rung at work only"))]);
    let settled = step(waiting, Some(manager), "people.by_two", Some(kept.marsh), said);
    assert!(kept.office.append_as(manager, one(settled)).unwrap().waits);
    let word = |kept: &mut Kept, by| {
        let own = super::second::word(&mut kept.office, by, waiting, YesNo::Yes);
        kept.office.append_as(by, one(own))
    };
    let refused = word(&mut kept, outside);
    assert!(matches!(&refused, Err(AppendError::Denied(_))), "{refused:?}");
    word(&mut kept, named).unwrap();
    kept.office.whole();
}
