//! `cargo bench`: what the program costs beside the least that could do the same, as ratios of one run.
//!
//! Nothing here fails by time: how long a commit or a frame takes depends on the machine, what it costs beside a bare
//! program on the same machine much less. Both sides take turns, so that whatever disturbs one disturbs the other.
//! Offices are made by `dutydesk example` and kept below the target directory; `DUTYDESK_BENCH_CASES` sets the size
//! of the large one (20,000 cases are about 120,000 entries). `cargo bench -- commit` measures only what has that word
//! in its name: commit, key, first, idle, notice, search, measures, pack.
//!
//! A year of a large provider is 83,000 cases, about 500,000 entries: `DUTYDESK_BENCH_CASES=83000 cargo bench -- measures commit`
//! makes that office once (2 GB, the better part of an hour). The screen of measures is to open in it within 300 ms, and a
//! commit to cost no more than in the small one.
#![expect(clippy::unwrap_used, reason = "a measurement that cannot be made ends the run")]

mod bare;
mod commit;
mod line;
mod measures;
mod pack;
mod search;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use line::Line;

const PROGRAM: &str = env!("CARGO_BIN_EXE_dutydesk");
/// Cases of a month of a large provider: about 20,000 entries.
const MONTH: u32 = 3_400;
/// Keys measured, and starts.
const KEYS: usize = 60;
const STARTS: usize = 9;
const IDLE: Duration = Duration::from_secs(10);

fn main() {
    if std::env::args().nth(1).as_deref() == Some(bare::WORD) {
        return bare::run();
    }
    let asked: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let wanted = |name: &str| asked.is_empty() || asked.iter().any(|word| word == name);
    let small = office(200);
    let large =
        office(std::env::var("DUTYDESK_BENCH_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(20_000));
    println!("{:<42}{:>12}{:>12}{:>8}{:>8}", "what (median)", "ours", "bare", "ratio", "aim");
    if wanted("commit") {
        let (ours, bare) = commit::measure(&small);
        row("commit of one full entry", ours, bare, 1.3);
        let (ours, bare) = commit::measure(&large);
        row("the same in the large office", ours, bare, 1.3);
    }
    if wanted("pack") {
        packed();
    }
    for (name, measure, office) in [
        ("key", keys as fn(&Path), &small),
        ("first", starts, &large),
        ("idle", idle, &small),
        ("notice", notice, &small),
        ("search", search, &large),
        ("measures", measured, &large),
    ] {
        if wanted(name) {
            measure(office);
        }
    }
}

/// An evidence pack asked for to all its bytes there: the page, and the JSON with its proof.
fn packed() {
    for (what, took, aim) in [
        ("pack of a long case", pack::of_a_long_case(&office(200)), 1),
        ("pack of a month of a large provider", pack::of_a_month(&office(MONTH)), 10),
    ] {
        println!("{:<42}{:>12}", format!("{what}, entries"), took.entries);
        let mut sum = Duration::ZERO;
        for (part, took) in took.parts {
            println!("{:<42}{:>9.0} ms", format!("  {part}"), took.as_secs_f64() * 1000.0);
            // Whoever checks it is somebody else.
            sum += if part == "verified" { Duration::ZERO } else { took };
        }
        let met = if sum.as_secs_f64() <= f64::from(aim) { "met" } else { "not met" };
        println!(
            "{:<42}{:>9.0} ms{:>12}{:>8}{:>6} s  {met}",
            "  page and JSON together",
            sum.as_secs_f64() * 1000.0,
            "",
            "",
            aim
        );
    }
}

/// The example office of this many cases, made on the first run.
fn office(cases: u32) -> PathBuf {
    let kept =
        Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("office-{cases}-{}", env!("CARGO_PKG_VERSION")));
    if !kept.join("ledger.db").exists() {
        let mut making = line::program(PROGRAM);
        making.arg("example").arg(&kept).args(["--cases", &cases.to_string(), "--seed", "1"]);
        assert!(making.status().unwrap().success(), "dutydesk example");
        commit::let_in(&kept);
    }
    // One that was made by an earlier build is brought up to date before either side takes a copy of it.
    drop(commit::Writer::open(&dutydesk::store::OfficeDir::at(&kept)));
    kept
}

fn ours(office: &Path) -> Line {
    Line::start(&[PROGRAM.as_ref(), "--office".as_ref(), office.as_os_str()])
}

fn bare() -> Line {
    Line::start(&[std::env::current_exe().unwrap().as_os_str(), bare::WORD.as_ref()])
}

/// Key press to the last byte of what it changes on the screen.
fn keys(office: &Path) {
    let mut sides = [ours(office), bare()];
    for line in &mut sides {
        line.settle();
    }
    let mut took = [Vec::new(), Vec::new()];
    for n in 0..KEYS {
        let key: &[u8] = if n % 2 == 0 { b"\x1b[B" } else { b"\x1b[A" };
        for (line, took) in sides.iter_mut().zip(&mut took) {
            let pressed = Instant::now();
            line.send(key);
            took.extend(line.settle().map(|(_, last)| last - pressed));
        }
    }
    let [ours, bare] = took.map(median);
    row("key press to stable screen", ours, bare, 1.5);
}

/// Start to the last byte of the first full screen.
fn starts(office: &Path) {
    let mut took = [Vec::new(), Vec::new()];
    for _ in 0..STARTS {
        for (side, took) in took.iter_mut().enumerate() {
            let started = Instant::now();
            let mut line = if side == 0 { ours(office) } else { bare() };
            took.extend(line.settle().map(|(_, last)| last - started));
        }
    }
    let [ours, bare] = took.map(median);
    row("first dashboard of the large office", ours, bare, 4.0);
}

/// Bytes and processor time while nothing happens. The clock's minute may pass once.
fn idle(office: &Path) {
    let mut line = ours(office);
    line.settle();
    let before = line.processor();
    let bytes = line.listen(IDLE);
    let used = line.processor() - before;
    let share = 100.0 * used.as_secs_f64() / IDLE.as_secs_f64();
    println!("{:<42}{:>11.3}%{:>12}{:>8}{:>8}", "processor while idle, 10 s", share, "", "", "0.1%");
    println!("{:<42}{:>12}{:>12}{:>8}{:>8}", "bytes to the terminal meanwhile", bytes, "", "", "minute");
}

/// Another process's commit to the change on the screen. The other side is the commit itself.
fn notice(office: &Path) {
    let copy = tempfile::tempdir().unwrap();
    let dir = commit::copied(office, copy.path());
    let mut line = ours(dir.root());
    line.settle();
    let mut writer = commit::Writer::open(&dir);
    let (mut seen, mut wrote) = (Vec::new(), Vec::new());
    for _ in 0..KEYS / 3 {
        wrote.push(writer.append());
        let done = Instant::now();
        seen.extend(line.settle().map(|(_, last)| last.saturating_duration_since(done)));
    }
    println!(
        "{:<42}{:>9.2} ms{:>12}{:>8}{:>8}",
        "another's commit to the change on screen",
        median(seen).as_secs_f64() * 1000.0,
        "",
        "",
        "100 ms"
    );
}

/// Measures asked for to figures there: all of them over twelve periods, one in its parts, the records behind it.
fn measured(office: &Path) {
    let (entries, took) = measures::measure(office);
    for (what, took) in took {
        let millis = median(took).as_secs_f64() * 1000.0;
        let met = if millis <= 300.0 { "met" } else { "not met" };
        println!("{what:<42}{millis:>9.1} ms{:>12}{:>8}{:>8}  {met}", "", "", "300 ms");
    }
    println!("{:<42}{entries:>12}", "entries measured");
}

/// Words typed to rows found, by what is looked for: the median, and the least, which is what it costs where nothing else
/// is done on the machine.
fn search(office: &Path) {
    for (who, of) in [(search::Who::All, ""), (search::Who::OfOneLocation, ", at one location alone")] {
        let (entries, took) = search::measure(office, who);
        for (what, took) in took {
            let ms = |took: Option<&Duration>| took.map_or(0.0, |took| took.as_secs_f64() * 1000.0);
            let (median, least) = (ms(took.get(took.len() / 2)), ms(took.first()));
            let what = format!("search at {entries} entries{of}: {what}");
            println!("{what:<92}{median:>9.2} ms{least:>9.2} ms least{:>8}", "50 ms");
        }
    }
}

fn median(mut took: Vec<Duration>) -> Duration {
    took.sort_unstable();
    took.get(took.len() / 2).copied().unwrap_or_default()
}

fn row(what: &str, ours: Duration, bare: Duration, aim: f64) {
    let ms = |took: Duration| took.as_secs_f64() * 1000.0;
    let ratio = ms(ours) / ms(bare);
    let met = if ratio <= aim { "met" } else { "not met" };
    println!("{what:<42}{:>9.2} ms{:>9.2} ms{ratio:>8.2}{aim:>8.1}  {met}", ms(ours), ms(bare));
}
