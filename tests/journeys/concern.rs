//! A concern about an organisation that helps to care for somebody: safe first, the organisation's answer by a time, what it
//! amounts to and what that opens, a complaint led by another, and whether the arrangement goes on.

use dutydesk::domain::answer::{Answer, Answers, Named, When, YesNo};
use dutydesk::domain::chance::{Chance, Seeded};
use dutydesk::domain::commitment::{Party, Progress};
use dutydesk::domain::entry::{Batch, Method, NewEntry, NewSaid, Who};
use dutydesk::domain::ids::EntryId;
use dutydesk::domain::permission::Viewer;
use dutydesk::store::{CaseFilter, OfficeDir, Store};

use super::desk::Desk;
use super::office::{Office, at};

pub fn text(words: &str) -> Answer {
    Answer::Text(words.to_owned())
}

pub fn yes_no(is: YesNo, why: &str) -> Answer {
    Answer::YesNo { is, why: why.to_owned() }
}

pub fn named(words: &str) -> Answer {
    Answer::Named(Named { id: None, words: words.to_owned() })
}

/// Somebody has recorded the opening step of a pathway at another desk.
pub fn begun(desk: &mut Desk, by: &str, pathway: &str, step: &str, answers: &[(&str, Answer)]) {
    let now = desk.office.now();
    let dir = OfficeDir::at(desk.office.path());
    let mut store = Store::open(&dir, Box::new(Seeded::new(21))).expect("the office opens");
    let id = EntryId(Seeded::new(now.timestamp().unsigned_abs()).uuid());
    let staff = Some(desk.office.staff[by]);
    let answers: Answers = answers.iter().map(|(id, answer)| ((*id).to_owned(), answer.clone())).collect();
    let entry = NewEntry {
        id,
        key: id.to_string(),
        case: None,
        subject: None,
        occurred: When::exact(now),
        reported_at: None,
        who: Who { by: staff, typed_by: staff, method: Method::Asserted },
        what: NewSaid::Step {
            pathway: pathway.to_owned(),
            step: step.to_owned(),
            on: None,
            answers,
            why_late: None,
            cleared: Default::default(),
        },
    };
    let viewer = store.viewer_for(staff, now).expect("a viewer");
    store.append(&viewer, Batch { entries: vec![entry], ..Batch::default() }, now).expect("it is recorded");
    desk.hears_of_it();
}

/// Puts these keys into the lines of the form on top, and saves it.
pub fn fill(desk: &mut Desk, lines: &[(&str, &str)]) {
    for (line, keys) in lines {
        desk.line(line).keys(keys);
    }
    desk.saves();
}

/// Opens a case by its reference, from wherever one is.
pub fn opens<'a>(desk: &'a mut Desk, reference: &str) -> &'a mut Desk {
    desk.goes_home().keys(&format!("<f9>/{reference}<enter><enter>"))
}

/// The only case of a pathway.
pub fn only(desk: &Desk, pathway: &str) -> dutydesk::domain::views::CaseRow {
    let filter = CaseFilter { pathway: Some(pathway.to_owned()), ..CaseFilter::default() };
    let page = desk.store().cases(&Viewer::system(), &filter, None, 10).expect("cases are read");
    assert_eq!(page.rows.len(), 1, "one {pathway}: {:?}", page.rows);
    page.rows[0].clone()
}

/// A Monday morning on which somebody tells of a rough hand.
fn told_of(at_risk: YesNo) -> Desk {
    let mut desk = Desk::at(Office::opened("2026-11-23T09:00:00Z")).signed_in("shah");
    let quill =
        Answer::Named(Named { id: Some(desk.office.people["quill"]), words: "Theresa Quill".to_owned() });
    let mut said = vec![
        ("provider", named("Larkfold Staffing")),
        ("about", quill),
        ("at_risk", yes_no(at_risk, "the same worker comes again at noon")),
        ("what", text("Bruise on the left wrist seen at 08:40 after their worker had been")),
        ("kinds", Answer::Choices(vec!["unsafe".to_owned(), "conduct".to_owned()])),
        ("headline", text("rough handling at the morning visit")),
    ];
    if at_risk == YesNo::Yes {
        said.push(("done", text("Our carer stays until somebody else comes")));
    }
    begun(&mut desk, "coordinator", "concern", "concern", &said);
    desk
}

fn asks_larkfold(desk: &mut Desk) {
    desk.keys("l");
    for (line, keys) in [
        ("who", "Larkfold Staffing<enter>"),
        ("person", "Ms Hale, manager"),
        ("means", "t"),
        ("outcome", "s"),
        ("shared", "What was seen on the wrist and when; not who told us"),
        ("basis", "e"),
        ("said", "Looks into it today"),
        ("asked.+", "<enter>"),
        ("asked.0.what", "Written account of the visit"),
        ("asked.0.by", "14:00"),
    ] {
        desk.line(line).keys(keys);
    }
    desk.saves();
}

fn classified(desk: &mut Desk, classes: &str, others: &str) {
    desk.keys("d");
    fill(
        desk,
        &[
            ("classes", classes),
            ("why", "A bruise that was not there the evening before; second complaint of this worker"),
            ("standards", "sp<enter>"),
            ("harm", "yA bruise<tab>"),
            ("others", others),
        ],
    );
}

#[test]
fn what_is_classed_as_safeguarding_is_a_safeguarding_concern_beside_it() {
    let mut desk = told_of(YesNo::No);
    desk.sign_in("lindqvist");
    opens(&mut desk, "PC-1");
    classified(&mut desk, "s<enter>", "nNobody else yet");
    let concern = only(&desk, "safeguarding");
    assert!(desk.case("PC-1").state.links.contains(&concern.id));
    assert_eq!(concern.subject.as_ref().map(|row| row.id), Some(desk.office.people["quill"]));
}

#[test]
fn a_concern_goes_from_what_was_seen_to_whether_the_arrangement_goes_on() {
    let mut desk = told_of(YesNo::No);
    opens(&mut desk, "PC-1").shows("rough handling").shows("Tell Larkfold Staffing and ask");
    let ask = desk.owed("PC-1", "Tell Larkfold Staffing and ask for their answer").remove(0);
    assert_eq!(ask.due, at("2026-11-23T11:00:00Z"));

    // The manager is told; the organisation answers by a time, and is chased once that has passed.
    desk.later(5).keys("8");
    fill(&mut desk, &[("whom", "okafor<enter>"), ("said", "Nobody of theirs alone with her today")]);
    asks_larkfold(&mut desk);
    let account = desk.owed("PC-1", "Written account of the visit").remove(0);
    assert!(matches!(&account.obligor, Party::Outside(named) if named.words == "Larkfold Staffing"));
    desk.at_time("2026-11-23T14:30:00Z");
    assert_eq!(desk.board().overdue.rows[0].commitment.what, "Written account of the visit");
    opens(&mut desk, "PC-1").keys("h");
    fill(&mut desk, &[("person", "Ms Hale"), ("outcome", "s"), ("by", "17:00")]);
    let chased = desk.owed("PC-1", "Written account of the visit");
    assert_eq!((chased[0].progress, chased[1].chased), (Progress::Superseded, 1));
    desk.later(60).keys("a");
    fill(
        &mut desk,
        &[
            ("who", "Ms Hale, manager"),
            ("said", "She says she held the wrist to help her up"),
            ("enough", "y"),
            ("sees", "p"),
        ],
    );
    assert_eq!(desk.owed("PC-1", "Written account of the visit")[1].progress, Progress::Confirmed);

    // Nobody decides whether it goes on before somebody has said what it amounts to.
    desk.sign_in("lindqvist");
    opens(&mut desk, "PC-1").keys("r").shows("Nobody has said yet what it amounts to").keys("<esc>");
    opens(&mut desk, "PC-1");
    classified(&mut desk, "cb<enter>", "nTold the commissioner already, G-4");

    // A complaint has somebody who leads it; harm opens candour, linked.
    let candour = only(&desk, "candour");
    let case = desk.case("PC-1");
    assert_eq!(case.state.links, [candour.id]);
    assert_eq!(candour.subject.as_ref().map(|row| row.id), Some(desk.office.people["quill"]));
    desk.shows("Agree who leads the complaint").shows(&candour.reference);
    // Said anew, it opens no second one.
    classified(&mut desk, "c<enter>", "nTold the commissioner already, G-4");
    assert_eq!(only(&desk, "candour").id, candour.id);

    desk.keys("5");
    fill(
        &mut desk,
        &[
            ("whose", "a"),
            ("lead", "Larkfold Staffing<enter>"),
            ("agreed", "Ms Hale at 15:10; Mrs Quill says her words may be passed on"),
            ("complainant", "Mrs Quill wants somebody else in the mornings"),
            ("our_part", "Our notes of the evening before, sent today"),
            ("by", "+48h"),
        ],
    );
    let answer = desk.owed("PC-1", "Outcome of the complaint").remove(0);
    assert!(matches!(&answer.obligor, Party::Outside(named) if named.words == "Larkfold Staffing"));
    desk.keys("t");
    for (line, keys) in [
        ("told.+", "<enter>"),
        ("told.0.whom", "p"),
        ("told.0.name", "Theresa Quill<enter>"),
        ("told.0.how", "p"),
        ("told.0.said", "What we know, what we asked of Larkfold, who comes tomorrow"),
    ] {
        desk.line(line).keys(keys);
    }
    desk.saves();
    desk.keys("i");
    for (line, keys) in [
        ("actions.+", "<enter>"),
        ("actions.0.what", "Moving and handling checked again"),
        ("actions.0.who", "Larkfold Staffing<enter>"),
        ("actions.0.by", "+96h"),
        ("again", "21-Dec-2026"),
    ] {
        desk.line(line).keys(keys);
    }
    desk.saves();
    // The day on which somebody looks whether it has held is owed from now on.
    let held = &desk.owed("PC-1", "Look whether it was put right and has held")[0];
    assert_eq!((held.due, held.progress.is_open()), (at("2026-12-21T23:59:59Z"), true));
    desk.keys("r");
    fill(
        &mut desk,
        &[
            ("decision", "g"),
            ("rung", "wp<enter>"),
            ("why", "First time with this worker; they answered and put it right"),
        ],
    );
    assert_eq!(desk.case("PC-1").state.state, "judged");

    // What is open keeps it open; who decided that it goes on does not sign it off alone.
    desk.sign_in("varga");
    opens(&mut desk, "PC-1").keys("x").shows("Actions are still open").keys("<esc>");
    opens(&mut desk, "PC-1").keys("y");
    fill(&mut desk, &[("evidence", "Certificate of 24 November")]);
    opens(&mut desk, "PC-1").keys("x").shows("The complaint has no outcome yet").keys("<esc>");
    opens(&mut desk, "PC-1").keys("6");
    fill(
        &mut desk,
        &[
            ("what", "Upheld in part; Ms Hale said sorry to her on the 25th"),
            ("for_person", "Another worker comes; she says she sleeps again"),
            ("content", "y"),
            ("evidence", "Their letter, our copy"),
        ],
    );
    opens(&mut desk, "PC-1").keys("x");
    fill(
        &mut desk,
        &[
            ("ended", "p"),
            ("person", "Wrist healed, mornings calm"),
            ("learned", "We ask at once who comes next, and say so to the person"),
        ],
    );
    let case = desk.case("PC-1");
    assert!(case.state.closed, "{}", desk.screen());
    // Closed, the day on which somebody looks whether it has held stays owed.
    let owed: Vec<_> = case.state.commitments.iter().filter(|one| one.progress.is_open()).collect();
    assert_eq!(
        owed.iter().map(|one| one.what.as_str()).collect::<Vec<_>>(),
        ["Look whether it was put right and has held"]
    );
    desk.assert_record_holds();
}

#[test]
fn what_keeps_somebody_safe_waits_for_nobody_and_for_no_agreement() {
    let mut desk = told_of(YesNo::Yes);
    let owed = desk.owed("PC-1", "Make them safe").remove(0);
    assert_eq!(owed.due, at("2026-11-23T09:15:00Z"));
    // They see it otherwise, and nobody has decided anything yet: it is written down, and she is made safe all the same.
    opens(&mut desk, "PC-1").keys("9");
    fill(
        &mut desk,
        &[
            ("who", "Ms Hale, Larkfold"),
            ("what", "Nothing happened, she bruises easily"),
            ("ours", "A bruise in the shape of a hand, seen by two of us"),
            ("meanwhile", "Their worker does not come; ours does"),
        ],
    );
    assert!(desk.owed("PC-1", "Settle the disagreement, or take it further up")[0].progress.is_open());
    desk.keys("0");
    fill(
        &mut desk,
        &[("done", "pwo<enter>"), ("how", "Seen at 09:10; worker sent home, ours stays until two")],
    );
    assert_eq!(desk.owed("PC-1", "Make them safe")[0].progress, Progress::Confirmed);
    // Taken further up, it stays owed until it is settled.
    desk.sign_in("lindqvist");
    opens(&mut desk, "PC-1").keys("7");
    fill(&mut desk, &[("how", "f"), ("what", "To their director, rings back today")]);
    let further = desk.owed("PC-1", "Settle the disagreement: taken further up");
    assert!(further[0].progress.is_open());
    // Even closed, nothing stands before what keeps somebody safe; and a concern is not closed before she is.
    desk.keys("7");
    fill(&mut desk, &[("how", "s"), ("what", "Each keeps their view; ours comes from now on")]);
    assert_eq!(
        desk.owed("PC-1", "Settle the disagreement: taken further up")[0].progress,
        Progress::Confirmed
    );
}

#[test]
fn a_concern_about_whom_somebody_is_not_yet_safe_is_not_closed() {
    let mut desk = told_of(YesNo::Yes);
    desk.sign_in("lindqvist");
    opens(&mut desk, "PC-1").keys("x").shows("Nobody has written down yet that they are safe");
    assert!(!desk.case("PC-1").state.closed);
}

#[test]
fn a_serious_incident_opens_the_notification_and_a_restriction_asks_who_cares_instead() {
    let mut desk = told_of(YesNo::No);
    desk.sign_in("lindqvist");
    opens(&mut desk, "PC-1");
    classified(&mut desk, "in<enter>", "y");
    let notification = only(&desk, "notification");
    assert_eq!(notification.subject.as_ref().map(|row| row.id), Some(desk.office.people["quill"]));
    assert!(desk.case("PC-1").state.links.contains(&notification.id));
    desk.keys("r");
    for (line, keys) in
        [("decision", "s"), ("rung", "nc<enter>"), ("why", "Two of us saw the hand in the bruise")]
    {
        desk.line(line).keys(keys);
    }
    desk.keys("<ctrl-s>").shows("still");
    fill(
        &mut desk,
        &[
            ("grounds", "u<enter>"),
            ("instead", "Quill, Oakes: our own from noon, Marlin from tomorrow"),
            ("again", "+168h"),
        ],
    );
    let again = desk.owed("PC-1", "Look again whether the arrangement goes on");
    assert!(again[0].progress.is_open());
    opens(&mut desk, "PC-1").shows("Suspended");
}

#[test]
fn a_concern_about_a_provider_is_begun_from_its_own_arrangement_and_each_shows_the_other() {
    let mut desk = super::providers::morning();
    super::providers::proposed(&mut desk);
    let own = desk.case("E-1").state;
    desk.keys("+").select("Concern about a provider").keys("<enter>");
    assert_eq!(desk.text("provider"), "Larkfold Staffing");
    assert_eq!(desk.text("about"), "", "nobody is named before somebody is");
    fill(&mut desk, &[("at_risk", "n"), ("what", "Nobody came on Sunday night"), ("kinds", "p<enter>")]);
    assert_eq!(desk.case("PC-1").state.links, [own.id]);
    opens(&mut desk, "E-1").shows("PC-1");
}

#[test]
fn a_concern_is_begun_from_a_call_and_each_shows_the_other() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("shah");
    desk.keys(super::whole::CALL).keys("+").select("Concern about a provider").keys("<enter>");
    assert_eq!(desk.text("about"), "QUILL, Theresa");
    fill(
        &mut desk,
        &[
            ("provider", "Larkfold Staffing<enter>"),
            ("at_risk", "n"),
            ("what", "Their worker left at noon without a word of how she was"),
            ("kinds", "p<enter>"),
        ],
    );
    assert_eq!(desk.case("PC-1").state.links, [desk.case("U-1").state.id]);
    assert_eq!(desk.case("U-1").state.links, [desk.case("PC-1").state.id]);
    opens(&mut desk, "U-1").shows("PC-1");
}
