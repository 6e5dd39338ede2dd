//! From one key to all that is measured, to one measure in its parts, to the records behind its number, to a case.

use dutydesk::app::Layer;
use dutydesk::domain::measure::Span;
use dutydesk::domain::permission::Viewer;
use dutydesk::domain::sheet::{OverAll, Wanted};
use dutydesk::report::sheets::{Printed, compose, html};
use dutydesk::settings::measures::shipped;
use serde_json::json;

use super::desk::Desk;
use super::liaise;
use super::office::Office;
use super::recorded::{about, record};
use super::whole::{CALL, decide};

/// Two calls of an afternoon: the first decided after four minutes, the second not at all.
fn afternoon() -> Desk {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("okafor");
    desk.keys(CALL).later(4).keys("d");
    decide(&mut desk);
    desk.goes_home().later(30).keys(CALL).later(60).goes_home();
    desk
}

fn asked(desk: &Desk) -> &dutydesk::app::measures::MeasuresLayer {
    let Layer::Measures(layer) = desk.app.top() else { panic!("measures are on screen") };
    layer
}

#[test]
fn one_key_leads_to_all_measures_and_enter_to_one_to_its_records_and_to_the_case() {
    let mut desk = afternoon();
    desk.keys("|").shows("Measures").shows("Nov 2026 so far").shows("everywhere");
    // Never a share without how many of how many.
    desk.shows("Call to decision").shows("4 min").shows("1 of 2").shows("Repeat calls about a person");
    desk.keys("<down><enter>").shows("half took 4 min or less").shows("1 of 2 in time").shows("By place:");
    desk.shows("no percentage");
    let little = desk.little_screen();
    assert!(little.contains("4 min") && little.contains("1 of 2"), "{little}");

    // What is counted is one key away, and so is another way to split it.
    desk.keys("d").shows("until the first decision").shows("Less is better").keys("<esc>");
    desk.keys("b").shows("By shift:").shows("weekend and bank holiday").keys("b").shows("By risk:");

    // The one that was not decided in time stands first.
    desk.keys("<enter>").shows("2 of 2");
    let screen = desk.screen();
    let line = |words: &str| screen.lines().position(|line| line.contains(words));
    assert!(line("U-2").expect("listed") < line("U-1").expect("listed"), "{screen}");
    desk.keys("<down><enter>").shows("U-1").shows("Timeline");
    assert!(desk.app.layers.iter().any(|layer| matches!(layer, Layer::Measures(_))));
    desk.keys("<esc><esc>")
        .shows("By risk:")
        .keys("<esc>")
        .shows("Call to advice")
        .keys("<esc>")
        .shows("Urgent calls");
    desk.assert_record_holds();
}

/// A call about somebody whom nobody found: the caller's words stand behind its number, too, at every size and in the list.
#[test]
fn behind_a_number_a_call_about_nobody_on_record_stands_with_the_words_of_whoever_rang() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("okafor");
    desk.keys("c07700 900118<tab>WQ, carer<tab>man in flat 9").keys("<ctrl-s>").goes_home();
    desk.keys("|<enter><enter>").shows("U-1");
    for (columns, rows) in [(120, 40), (80, 24)] {
        let shown = desk.screen_of(columns, rows);
        assert!(shown.contains("“man in flat 9”") && !shown.contains("not known yet"), "{shown}");
    }
    // By those words it is found, there and among the cases.
    desk.keys("/flat 9<enter>").shows("U-1").keys("<esc>").goes_home();
    desk.keys("<f9>/flat 9<enter>").shows("U-1").shows("“man in flat 9”");
    desk.assert_record_holds();
}

/// What working with others is for: escalation on the same day, advice that is clear, care that goes with it, actions done, fewer
/// calls again, controls that are looked at, and an end to what others owe. Each has its number, and what it means.
#[test]
fn each_outcome_of_working_with_others_has_its_number_and_what_it_means_one_key_away() {
    let mut desk = afternoon();
    desk.keys("|");
    for (title, means, better) in [
        ("Contacted the same day", "contacted", "More is better"),
        ("Calls with nothing left blank", "blank", "More is better"),
        ("Advice followed", "advice", "More is better"),
        ("Our actions done in time", "actions", "More is better"),
        ("Repeat calls about a person", "person", "Less is better"),
        ("Controls overdue for review", "control", "Less is better"),
        ("Promises kept in time", "promise", "More is better"),
        ("Owed by others and late", "owed", "Less is better"),
    ] {
        desk.keys("<home>").select(title).keys("d").shows(title).shows(better);
        let said = desk.screen().to_lowercase();
        assert!(said.contains(means), "{title}: {said}");
        desk.keys("<esc>");
    }
    // Two calls about her, and the second counts as one again; nobody was rung outside, and that is no hundred of none.
    let overview = asked(&desk).overview().expect("read");
    let figure = |id: &str| overview.lines.iter().find(|line| line.id == id).expect("a measure").now();
    let again = figure("repeat_calls");
    assert_eq!((again.n, again.of), (1, 2));
    assert_eq!(figure("same_day").of, 0);
}

/// Delays on the seven themes that come back most, one of each: each is counted under its own, and the theme alone leads to it.
#[test]
fn each_theme_is_counted_under_its_own_and_leads_to_its_own_cases() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("okafor");
    let themes = [
        ("medicines", "Medicines"),
        ("skin", "Skin and wounds"),
        ("falls", "Falls and moving"),
        ("mental_health", "Mental health and distress"),
        ("housing", "Housing"),
        ("nutrition", "Eating and drinking"),
        ("discharge", "Hospital and discharge"),
    ];
    let mut begun = Vec::new();
    for (theme, title) in themes {
        let delay = json!({ "kind": "other", "kind_other": "An answer", "who": { "words": "Mill Lane therapy" }, "what": title,
            "was_due": "20-Nov 12:00", "impact": "Waits", "risk": "amber", "before": "Nothing yet", "by": "25-Nov 12:00",
            "headline": title, "no_control": "Daughter is there", "themes": theme });
        let quill = desk.office.people["quill"];
        begun.push(record(&desk, "leader", "delay.log", about(quill), delay).expect("logged"));
    }
    desk.later(1).goes_home().keys("|").select("External delays").keys("<enter>");
    while !desk.screen().contains("By theme:") {
        desk.keys("b");
    }
    let screen = desk.screen();
    let counted = |title: &str| {
        let is_it = |line: &&str| line.contains(&format!("│ {title} ")) && line.contains("█");
        screen.lines().find(is_it).map(str::to_owned).unwrap_or_else(|| panic!("{title}:\n{screen}"))
    };
    for (_, title) in themes {
        assert!(counted(title).split_whitespace().any(|word| word == "1"), "{}", counted(title));
    }
    for ((_, title), reference) in themes.iter().zip(&begun) {
        while asked(&desk).part() != *title {
            desk.keys("t");
        }
        desk.keys("<enter>").shows(reference).shows("1 of 1").keys("<esc>");
    }
    desk.assert_record_holds();
}

/// A concern about harm within a fortnight of a call about the same person counts as near it; one about somebody else does not,
/// nor one that came later.
#[test]
fn escalation_and_safeguarding_are_joined_where_they_are_about_one_person_and_near() {
    let mut desk = Desk::at(Office::opened("2026-11-01T16:42:00Z")).signed_in("okafor");
    let call = json!({ "call_back": "01632 960118", "caller": "W. Quist", "awake": "yes", "emergency": "not_needed",
        "changed": "Sleepier than usual", "risk": "green", "advice_sought": "A visit?" });
    for person in ["quill", "oakes_1", "oakes_2"] {
        record(&desk, "coordinator", "urgent.call", about(desk.office.people[person]), call.clone())
            .expect("taken");
    }
    let concern = |desk: &Desk, person: &str| {
        let said = json!({ "safe_now": "yes", "said": "She says he held her down", "by_whom": "family", "risk": "amber",
            "kinds": "physical", "headline": "held down", "told_by": "Ines Brandt" });
        record(desk, "leader", "safeguarding.concern", about(desk.office.people[person]), said)
            .expect("a concern");
    };
    let near = |desk: &Desk, id: &str| {
        let measures = shipped();
        let asked = dutydesk::domain::measure::Asked::month_of("2026-11-21".parse().expect("a day"));
        let measure = measures.measure(id).expect("it is shipped");
        let chart =
            desk.store().chart(&Viewer::system(), measures, &asked, (measure, None), desk.office.now());
        let figure = chart.expect("a chart").line.now();
        (figure.n, figure.of)
    };
    desk.at_time("2026-11-14T16:00:00Z");
    concern(&desk, "quill");
    assert_eq!(near(&desk, "safeguarding_after_call"), (1, 3));
    assert_eq!(near(&desk, "escalated_before_safeguarding"), (1, 1));
    // Fifteen days after the call it is near no longer.
    desk.at_time("2026-11-16T17:00:00Z");
    concern(&desk, "oakes_1");
    assert_eq!(near(&desk, "safeguarding_after_call"), (1, 3));
    assert_eq!(near(&desk, "escalated_before_safeguarding"), (1, 2));
    desk.assert_record_holds();
}

#[test]
fn period_place_and_theme_are_a_key_each_and_what_has_not_begun_is_not_shown() {
    let mut desk = afternoon();
    desk.keys("|p").shows("Q4 2026 so far").keys("pp");
    assert_eq!(asked(&desk).asked.span, Span::Week);
    desk.shows("16 Nov to 22 Nov 2026")
        .keys("<left>")
        .shows("09 Nov to 15 Nov 2026")
        .keys("<right><right><right>");
    desk.shows("16 Nov to 22 Nov 2026");
    // Nothing led to these calls that was written down.
    desk.keys("t").shows("Medicines").keys("<enter>");
    desk.shows("Urgent calls")
        .keys("<enter>")
        .shows("No record stands behind this number")
        .keys("<esc><esc>");
    desk.keys("l");
    assert!(asked(&desk).asked.location.is_some());
}

/// Two homes of two kinds with a call each: a period, a place, a kind of service and a theme, each by its key and together.
#[test]
fn a_period_a_place_a_service_and_a_theme_narrow_the_same_number_each_alone_and_together() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("okafor");
    let homes = [("Elm Court", "residential"), ("East round", "domiciliary")];
    for ((name, service), trigger) in homes.into_iter().zip(["fall", "wound_worse"]) {
        let home = json!({ "name": name, "service_type": service });
        record(&desk, "manager", "locations.register", Default::default(), home).expect("registered");
        let home = desk.store().find(&Viewer::system(), "locations", name, 1).expect("found").remove(0);
        let call = json!({ "caller": "Carer WQ", "phone": "07700 900123", "responsive": "yes", "breathing": "yes",
            "changed": "As usual", "triggers": [trigger], "risk": "amber", "advice": "Who looks", "headline": name,
            "place": { "words": name, "id": home.id.to_string() } });
        record(&desk, "duty", "urgent.call", about(desk.office.people["quill"]), call).expect("called");
        desk.later(1);
    }
    let calls = |desk: &Desk| {
        let overview = asked(desk).overview().expect("they were read");
        overview.lines.iter().find(|line| line.id == "calls").expect("a measure").now().n
    };
    desk.keys("|");
    assert_eq!(calls(&desk), 2);
    // One kind of service after the other, and all again.
    desk.keys("s").shows("Care at home");
    assert_eq!(calls(&desk), 1);
    desk.keys("s").shows("Care home");
    assert_eq!(calls(&desk), 1);
    // Of that service the one place, of that place the theme of its call, and of another none.
    desk.keys("l").shows("East round · Care home");
    assert_eq!(calls(&desk), 0);
    desk.keys("l").shows("Elm Court · Care home");
    assert_eq!(calls(&desk), 1);
    desk.keys("t").shows("Medicines");
    assert_eq!(calls(&desk), 0);
    desk.keys("tt").shows("Elm Court · Care home · Falls");
    assert_eq!(calls(&desk), 1);
    // The week before there was none; over the year it is there. On a telephone the same is said.
    desk.keys("ppp").shows("16 Nov to 22 Nov 2026").keys("<left>");
    assert_eq!((asked(&desk).asked.span, calls(&desk)), (Span::Week, 0));
    desk.keys("<right>");
    assert_eq!(calls(&desk), 1);
    let little = desk.screen_of(46, 30);
    assert!(little.contains("16 Nov to 22 Nov 2026 so far · Elm Court"), "{little}");
    assert!(little.contains("Care home · Falls and moving"), "{little}");
    desk.keys("s");
    assert_eq!((calls(&desk), asked(&desk).asked.service.as_deref()), (1, None));
}

#[test]
fn figures_on_screen_are_read_again_within_a_minute_and_not_with_each_entry() {
    let mut desk = afternoon();
    desk.keys("|").shows("1 of 2");
    let before = asked(&desk).overview().expect("read").now;
    let mut other = desk.beside().signed_in("okafor");
    other.keys(CALL);
    desk.hears_of_it();
    assert_eq!(asked(&desk).overview().expect("read").now, before);
    desk.later(1);
    let overview = asked(&desk).overview().expect("read");
    let calls = overview.lines.iter().find(|line| line.id == "calls").expect("a measure");
    assert_eq!(calls.now().n, 3);
}

#[test]
fn whoever_may_not_see_measures_is_told_who_may() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("shah");
    desk.keys("|").shows("Seeing measures is for");
    assert!(!matches!(desk.app.top(), Layer::Measures(_)));
}

/// A promise that was not kept and a try that reached nobody: each stands by whom it was, with the case one key away, and the
/// same on paper. Who is on no list stands under the words by which they were named.
#[test]
fn patterns_of_delay_and_gaps_stand_on_one_page_and_on_paper_and_lead_to_their_cases() {
    let mut desk = liaise::promised();
    desk.keys("l")
        .line("who")
        .keys("Night nurses<enter>")
        .line("means")
        .keys("t")
        .line("outcome")
        .keys("n")
        .saves();
    desk.sign_in("lindqvist").at_time("2026-11-22T09:00:00Z").goes_home().keys(":patterns of<enter>");
    desk.shows("Patterns of delay and gaps between organisations").shows("24-Aug-2026 - 22-Nov-2026");
    desk.shows("Promises not kept, by organisation").shows("The Elms Surgery").shows("1 of 1");
    // The first line that leads somewhere is the one that one stands on.
    desk.keys("<enter>").shows("U-1").shows("Timeline").keys("<esc>").shows("Promises not kept");

    let (store, now) = (desk.store(), desk.office.now());
    let wanted = Wanted::OverAll(OverAll::Patterns);
    let sheet = compose(&store, &Viewer::system(), &wanted, shipped(), now).expect("composed");
    let (office, zone) = (store.office().expect("an office"), store.zone().expect("a zone"));
    let page = html(&sheet, Printed { office: &office, zone, now, by: "M. Lindqvist" }).expect("a page");
    for words in [
        "Calls with a gap, by gap",
        "promise late or not kept",
        "Tries that reached nobody, by organisation",
        "Night nurses",
        "before: none",
        "No warning sign was about organisations",
    ] {
        assert!(page.contains(words), "{words}:\n{page}");
    }
}
