//! The handover sheet, the pad of slips, sheets and evidence packs, shown and printed by a real browser with the command that
//! README gives: what is on paper is what stands in the record, no slip is cut by the end of a page, and a telephone's window
//! holds every page without anything that hangs out of it.

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

use support::{Picture, json, skipped};

const BROWSER: &str = "chromium";
const READER: &str = "pdftotext";

/// Lets a browser make something of a page: `makes` are the switches that say what, and into which file.
#[expect(clippy::disallowed_methods, reason = "a browser prints what the program wrote")]
fn browser(page: &Path, home: &Path, makes: &[&str], into: &Path) {
    // Without its own sandbox, which whoever runs this as root has not, and without shared memory or a graphics card, of which
    // there may be little; its settings lie with the test.
    let out = Command::new(BROWSER)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-pdf-header-footer",
            "--hide-scrollbars",
        ])
        .arg(format!("--user-data-dir={}", home.join("browser").display()))
        .args(makes)
        .arg(page)
        .output()
        .expect("the browser starts");
    assert!(out.status.success() && into.is_file(), "{}", String::from_utf8_lossy(&out.stderr));
}

/// The pages of a sheet, as text.
#[expect(clippy::disallowed_methods, reason = "another program reads what the browser printed")]
fn printed(sheet: &Path, home: &Path) -> Vec<String> {
    // Beside the office: what lies in it is for the office alone.
    let pdf = home.join(sheet.with_extension("pdf").file_name().unwrap_or_default());
    browser(sheet, home, &[&format!("--print-to-pdf={}", pdf.display())], &pdf);
    let text = Command::new(READER).args(["-layout", &pdf.to_string_lossy(), "-"]).output();
    let text = String::from_utf8(text.expect("it can be read").stdout).expect("text");
    text.split('\u{c}').filter(|page| !page.trim().is_empty()).map(str::to_owned).collect()
}

/// A page in a wide window and in one of a telephone's width: something is written on it, with the white that text leaves; and
/// nothing hangs out at the right, where only the page's own margin is.
fn is_readable(page: &Path, home: &Path) {
    for (wide, tall) in [(1200, 1600), (500, 6000)] {
        let at = home.join("seen.png");
        let window = format!("--window-size={wide},{tall}");
        browser(page, home, &[&format!("--screenshot={}", at.display()), &window], &at);
        let seen = Picture::read(&std::fs::read(&at).expect("a picture"));
        std::fs::remove_file(&at).expect("it is there");
        assert_eq!((seen.width, seen.height), (wide, tall));
        let ink = seen.inked(0, wide);
        assert!((5..300).contains(&ink), "{}, {wide} wide: {ink} of a thousand", page.display());
        for edge in [0..8, wide - 8..wide] {
            assert!(seen.is_blank(edge.start, edge.end), "{}, {wide} wide: {edge:?}", page.display());
        }
    }
}

/// The sheets of an office whose names begin so.
fn sheets(office: &Path, begins: &str) -> Vec<PathBuf> {
    let files = std::fs::read_dir(office.join("sheets")).expect("the folder");
    let files = files.map(|file| file.expect("a file").path());
    let is_one = |file: &PathBuf| {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with(begins) && name.ends_with(".html")
    };
    files.filter(is_one).collect()
}

#[test]
fn a_browser_prints_the_handover_and_the_pad_whole() {
    let test = "a_browser_prints_the_handover_and_the_pad_whole";
    if skipped(test, BROWSER) || skipped(test, READER) {
        return;
    }
    let home = tempfile::tempdir().expect("a directory");
    let office = home.path().join("office");
    let path = office.to_str().expect("a path");
    let made = support::bare(&["example", path, "--cases", "30", "--now", "2026-11-21T21:04:00Z"], "");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let run = |arguments: &[&str]| support::bare(&[&["--office", path], arguments].concat(), "");
    for arguments in [
        ["handover", "give", "--as", "Priya Shah"].as_slice(),
        &["handover", "print", "--as", "Priya Shah"],
        &["paper", "--slips", "9", "--from", "9001", "--as", "Priya Shah"],
    ] {
        let out = run(arguments);
        assert!(out.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&out.stderr));
    }

    let [sheet] = sheets(&office, "handover").try_into().expect("one sheet");
    let parsed = scraper::Html::parse_document(&std::fs::read_to_string(&sheet).expect("it can be read"));
    assert_eq!(parsed.errors, Vec::<std::borrow::Cow<'_, str>>::new());
    let pages = printed(&sheet, home.path());
    let all = pages.join("\n");
    assert!(pages[0].contains("Handover") && pages[0].contains("SHAH, P."), "{}", pages[0]);
    let shown = json(&run(&["handover", "show", "--json", "--as", "Priya Shah"]));
    let lines = shown["lines"].as_array().or(shown["handover"]["lines"].as_array()).expect("lines").len();
    let begins = |number: usize| {
        all.lines().any(|line| line.split_whitespace().next() == Some(number.to_string().as_str()))
    };
    let lost: Vec<usize> = (1..=lines).filter(|number| !begins(*number)).collect();
    assert!(lines > 5 && lost.is_empty(), "{lost:?} of {lines}:\n{all}");
    assert!(all.contains("TRAINING"), "a practice office says so on paper, too");
    is_readable(&sheet, home.path());

    let [pad] = sheets(&office, "slips").try_into().expect("one pad");
    let pages = printed(&pad, home.path());
    for number in 9001..=9009 {
        let number = number.to_string();
        let on: Vec<&String> =
            pages.iter().filter(|page| page.lines().any(|line| line.trim() == number)).collect();
        assert_eq!(on.len(), 1, "slip {number} stands on one page: {pages:#?}");
        assert!(on[0].contains("Number to ring back") && on[0].contains("ring 999 first"), "{}", on[0]);
    }
    // Two on a page, each whole.
    let whole = pages
        .iter()
        .all(|page| page.matches("ring 999 first").count() == page.matches("Number to ring back").count());
    assert!(whole && pages.len() <= 6, "{} pages", pages.len());
}

#[test]
fn a_browser_shows_and_prints_the_governance_report_the_pack_for_registration_and_the_escalation_matrix() {
    let test = "a_browser_shows_and_prints_the_governance_report_the_pack_for_registration_and_the_escalation_matrix";
    if skipped(test, BROWSER) || skipped(test, READER) {
        return;
    }
    let home = tempfile::tempdir().expect("a directory");
    let office = home.path().join("office");
    let path = office.to_str().expect("a path");
    let made = support::bare(&["example", path, "--cases", "30", "--now", "2026-11-21T21:04:00Z"], "");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let page = |name: &str, arguments: &[&str]| {
        let out = support::bare(&[&["--office", path], arguments, &["--as", "Ruth Adeyemi"]].concat(), "");
        assert!(out.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&out.stderr));
        let text = String::from_utf8(out.stdout).expect("text");
        let parsed = scraper::Html::parse_document(&text);
        assert_eq!(parsed.errors, Vec::<std::borrow::Cow<'_, str>>::new(), "{name}");
        let at = home.path().join(name);
        std::fs::write(&at, text).expect("written");
        at
    };
    let days = ["--from", "2026-11-01", "--to", "2026-11-30"];
    let report = page("governance.html", &[&["pack", "governance"], &days[..]].concat());
    let pages = printed(&report, home.path());
    assert!(
        pages[0].contains("TRAINING") && pages[0].contains("Governance report: Nov 2026"),
        "{}",
        pages[0]
    );
    // The words of a chart are text on paper too, and the table with the same numbers stands beside them.
    let chart = pages.iter().find(|page| page.contains("Call to decision, by place")).expect("a chart");
    assert!(chart.matches("Rowan House").count() >= 2, "{chart}");
    is_readable(&report, home.path());

    let registration = page("registration.html", &["pack", "registration"]);
    is_readable(&registration, home.path());
    let pages = printed(&registration, home.path());
    let all = pages.join("\n");
    for said in ["Pack for registration", "Duty coordinator", "Blank forms", "No drill is shown"] {
        assert!(all.contains(said), "{said}");
    }
    let matrix = page("matrix.html", &["guide", "urgent", "--html"]);
    is_readable(&matrix, home.path());
    let pages = printed(&matrix, home.path());
    assert!(pages.join("\n").contains("Urgent call"), "{}", pages[0]);
    // What is read out on the telephone, or spoken to before an inspector, is one page.
    for of in ["sbard", "page"] {
        let sheet = page(&format!("{of}.html"), &[of, "U-12", "--html"]);
        is_readable(&sheet, home.path());
        let pages = printed(&sheet, home.path());
        assert_eq!(pages.len(), 1, "{of}: {pages:#?}");
        assert!(pages[0].contains("U-12") && pages[0].contains("TRAINING"), "{}", pages[0]);
    }
}

#[test]
fn a_browser_prints_a_pack_whole_with_every_heading_row_and_correction() {
    let test = "a_browser_prints_a_pack_whole_with_every_heading_row_and_correction";
    if skipped(test, BROWSER) || skipped(test, READER) {
        return;
    }
    let home = tempfile::tempdir().expect("a directory");
    let office = home.path().join("office");
    let path = office.to_str().expect("a path");
    let made = support::bare(&["example", path, "--cases", "30", "--now", "2026-11-21T21:04:00Z"], "");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let page = home.path().join("pack.html");
    let fixed = ["--office", path, "pack", "period", "--as", "Ruth Adeyemi"];
    let run = |arguments: &[&str]| {
        let out = support::bare(&[&fixed, arguments].concat(), "");
        assert!(out.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&out.stderr));
        out
    };
    run(&["--out", page.to_str().expect("a path")]);
    is_readable(&page, home.path());
    let pack = json(&run(&["--format", "json"]));
    let pages = printed(&page, home.path());
    let all = pages.join("\n");
    // However lines are folded on paper.
    let bare = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let paper = bare(&all);
    assert!(
        pages.len() > 5 && pages[0].contains("TRAINING") && pages[0].contains("Evidence pack"),
        "{}",
        pages[0]
    );
    for heading in ["Decisions and why", "Promises of others", "What the record does not show", "Chronology"]
    {
        assert!(paper.contains(&bare(heading)), "{heading}");
    }
    let numbered = |number: u64| all.split_whitespace().any(|word| word == number.to_string());
    let (mut entries, mut struck) = (0, 0);
    for case in pack["cases"].as_array().expect("cases") {
        assert!(paper.contains(&bare(case["title"].as_str().expect("a title"))), "{}", case["title"]);
        for entry in case["entries"].as_array().expect("entries") {
            entries += 1;
            assert!(numbered(entry["entry"].as_u64().expect("a number")), "{entry}");
            struck += entry["struck"].as_array().expect("a list").len();
        }
    }
    assert!(entries > 100 && struck > 0, "{entries} entries, {struck} struck");
    assert!(paper.matches("Struck").count() >= struck, "what is struck stays to be read on paper");
}
