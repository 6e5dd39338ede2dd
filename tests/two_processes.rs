//! Two screens, and eight writers, on one office: each sees the others' commits, nobody waits for anybody for long.

mod support;

use std::collections::BTreeSet;
use std::sync::Barrier;

use dutydesk::domain::permission::Viewer;
use dutydesk::runtime::clock::SystemChance;
use dutydesk::store::{Access, Drafts, OfficeDir, Store};
use serde_json::json;
use support::{Office, Terminal, Writer, cli, cli_with_input, json};

fn store(office: &Office) -> Store {
    Store::open(&OfficeDir::at(office.path()), Box::new(SystemChance)).expect("the office opens")
}

fn holds(office: &Office) -> bool {
    store(office).verify(&Viewer::system(), &mut |_, _| {}).expect("it can be verified").fault.is_none()
}

/// A screen with somebody of this name at it.
fn signed_in(office: &Office, name: &str) -> Terminal {
    let mut terminal = Terminal::dutydesk(office, 120, 40);
    terminal.wait_for("nobody signed in");
    terminal.keys("w");
    terminal.wait_for("Who is here");
    terminal.keys(name);
    terminal.wait_until("one name", |screen| screen.contents().matches("07700 900 2").count() == 1);
    terminal.keys("<enter>");
    terminal.wait_for(&format!("you {}", name.to_uppercase()));
    // "Not you?": it greets once the dashboard was read for them. What calls already then rings for nobody.
    terminal
        .wait_until("the greeting", |screen| screen.contents().split_whitespace().any(|word| word == "you?"));
    terminal
}

#[test]
fn a_call_saved_at_one_desk_appears_at_the_other_without_a_key() {
    let office = Office::example(10);
    let mut one = signed_in(&office, "Adeyemi");
    let mut other = signed_in(&office, "Shah");
    // The second row of the calls is chosen here, and stays chosen while a newer call comes in above it.
    one.keys("1<down>");
    one.wait_until("the second row", |screen| {
        let two_above = usize::from(screen.cursor_position().0).checked_sub(2);
        let line = two_above.and_then(|at| screen.contents().lines().nth(at).map(str::to_owned));
        !screen.hide_cursor() && line.is_some_and(|line| line.contains("1 Urgent calls"))
    });
    let chosen = |terminal: &Terminal| {
        let (row, _) = terminal.cursor().expect("the cursor is on the chosen row");
        // Columns may move when a row is added; whom the row is about may not.
        terminal.row(row).split_whitespace().find(|word| word.ends_with(',')).map(str::to_owned)
    };
    let before = chosen(&one);
    assert!(before.is_some(), "{}", one.screen());
    other.keys("c");
    other.wait_for("Number to ring back");
    other.keys("0161 496 0123<tab>WQ, carer<tab>");
    let person = Writer::at(&office.path()).person_name();
    let letters: String = person.chars().take_while(|c| *c != ',').collect();
    other.keys(&letters);
    other.wait_for("1 of");
    other.keys("<enter>");
    other.wait_for_no("Find:");
    other.keys("<ctrl-s>");
    other.wait_for_no("Number to ring back");
    one.wait_until("the new call, marked as changed", |screen| {
        screen.contents().lines().any(|line| line.starts_with("│*") && line.contains(letters.as_str()))
    });
    // The frame is whole once the cursor is back on the chosen row.
    let name = before.expect("somebody is chosen");
    one.wait_until("the row that was chosen is chosen still", |screen| {
        let line = screen.contents().lines().nth(usize::from(screen.cursor_position().0)).map(str::to_owned);
        let whose = line.as_ref().and_then(|line| line.split_whitespace().find(|word| word.ends_with(',')));
        !screen.hide_cursor() && whose == Some(name.as_str())
    });
}

#[test]
fn the_bell_rings_once_at_each_desk_and_is_silent_only_for_whoever_has_seen_it() {
    use chrono::TimeDelta;
    use dutydesk::domain::answer::When;
    let office = Office::example(5);
    let mut one = signed_in(&office, "Adeyemi");
    let other = signed_in(&office, "Shah");
    let before = [one.heard(), other.heard()];
    assert!(
        before.iter().all(|heard| heard.title.starts_with("Dutydesk") && heard.kept.len() == 1),
        "{before:?}"
    );
    // A call that came some minutes ago: nobody has seen it, and it rings again when five are over. However loaded the
    // machine is, it is heard and seen before that.
    let mut writer = Writer::at(&office.path());
    let mut call = writer.call("Hot and shivering, not herself");
    call.entries[0].occurred = When::exact(dutydesk::runtime::clock::now() - TimeDelta::seconds(5 * 60 - 75));
    let reference = writer.save(call).expect("it is saved").cases[0].1.clone();
    one.wait_to_hear("the call", |heard| heard.bells == before[0].bells + 1);
    other.wait_to_hear("the call", |heard| heard.bells == before[1].bells + 1);
    // Whoever sits at the first desk has seen it.
    let said = cli(&office, &["acknowledge", &reference, "--as", "Adeyemi"]);
    assert!(said.status.success(), "{said:?}");
    let rings_again = || other.heard().bells == before[1].bells + 2;
    let asked = std::time::Instant::now();
    while !rings_again() && asked.elapsed() < std::time::Duration::from_secs(120) {
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    assert!(rings_again(), "it rings again, five minutes after the call: {:?}", other.heard());
    // A key and its answer later, the first desk is still silent.
    one.keys("?");
    one.wait_for("Why this time");
    assert_eq!(one.heard().bells, before[0].bells + 1, "seen here");
    for heard in [one.heard(), other.heard()] {
        let counts = heard.title.strip_prefix("Dutydesk: ").expect("something waits");
        let is_count = |part: &str| part.starts_with(|first: char| first.is_ascii_digit());
        assert!(counts.split(", ").all(is_count), "nobody's name: {counts}");
    }
    one.keys("<esc>");
    one.wait_for_no("Why this time");
    one.keys("q");
    one.wait_for("y");
    one.keys("y");
    one.exited_within(support::PATIENCE).expect("it ends");
    one.wait_to_hear("the title that was there before", |heard| {
        heard.title.is_empty() && heard.kept.is_empty()
    });
}

#[test]
fn what_is_half_typed_at_one_desk_is_listed_at_the_other_without_its_words() {
    let office = Office::example(10);
    let mut one = signed_in(&office, "Adeyemi");
    one.keys("c");
    one.wait_for("Number to ring back");
    one.keys("0161 496 0123<tab>WQ, who must not be read");
    one.wait_until("it is kept", |screen| {
        screen.contents().contains("· kept ") && !screen.contents().contains("keeping")
    });
    let mut other = signed_in(&office, "Shah");
    other.keys("u");
    other.wait_for("0161 496 0123");
    assert!(!other.screen().contains("must not be read"), "{}", other.screen());
    other.keys("<enter>");
    other.wait_for("somebody else's");
    assert!(!other.screen().contains("must not be read"), "{}", other.screen());
    // The first goes on undisturbed, and once it is left the second may have it.
    one.keys(" yet");
    one.wait_for("must not be read yet");
}

#[test]
fn eight_writers_at_once_lose_nothing_and_each_has_its_share() {
    const WRITERS: usize = 8;
    const CALLS: usize = 160;
    let office = Office::example(5);
    let head = store(&office).head().expect("it can be read");
    let path = office.path();
    let (start, left) = (Barrier::new(WRITERS), std::sync::atomic::AtomicUsize::new(CALLS));
    let saved: Vec<Vec<u64>> = std::thread::scope(|scope| {
        let writing = || {
            let mut writer = Writer::at(&path);
            start.wait();
            let mut own = Vec::new();
            // Whoever comes first takes the next call: a writer that starves takes none.
            while left.try_update_one() {
                own.push(writer.write("Dressing wet through").1.first);
            }
            own
        };
        let writers: Vec<_> = (0..WRITERS).map(|_| scope.spawn(writing)).collect();
        writers.into_iter().map(|writer| writer.join().expect("nobody is told \"busy\"")).collect()
    });
    let all: BTreeSet<u64> = saved.iter().flatten().copied().collect();
    assert_eq!(all.len(), CALLS, "each has a number of its own");
    assert!(all.iter().all(|seq| *seq > head));
    let shares: Vec<usize> = saved.iter().map(Vec::len).collect();
    assert!(shares.iter().all(|share| *share >= CALLS / WRITERS / 4), "{shares:?}");
    assert!(holds(&office));
}

/// Takes one from what is left, if anything is.
trait TakeOne {
    fn try_update_one(&self) -> bool;
}

impl TakeOne for std::sync::atomic::AtomicUsize {
    fn try_update_one(&self) -> bool {
        use std::sync::atomic::Ordering::Relaxed;
        self.fetch_update(Relaxed, Relaxed, |left| left.checked_sub(1)).is_ok()
    }
}

#[test]
fn eight_programs_record_at_once_and_none_is_told_to_wait() {
    let office = Office::example(5);
    let person = Writer::at(&office.path()).person_name();
    let answers = json!({ "call_back": "0161 496 0123", "caller": "WQ", "about": person, "risk": "amber" });
    let words = ["record", "urgent.call", "--json", "-", "--typed-by", "Priya Shah"];
    let answers = answers.to_string();
    let ran: Vec<_> = std::thread::scope(|scope| {
        let all: Vec<_> = (0..8).map(|_| scope.spawn(|| cli_with_input(&office, &words, &answers))).collect();
        all.into_iter().map(|one| one.join().expect("it ran")).collect()
    });
    let firsts: BTreeSet<String> =
        ran.iter().map(|output| support::json(output)["first"].to_string()).collect();
    assert_eq!(firsts.len(), 8);
    assert!(cli(&office, &["verify"]).status.success());
}

#[test]
fn programs_that_start_at_once_on_a_new_office_all_start() {
    const PROGRAMS: usize = 6;
    const ROUNDS: usize = 40;
    let office = Office::example(1);
    let dir = OfficeDir::at(office.path());
    let start = Barrier::new(PROGRAMS);
    for _ in 0..ROUNDS {
        std::thread::scope(|scope| {
            let open = || {
                start.wait();
                Drafts::open(&dir).expect("its drafts open");
                Access::open(&dir).expect("its access log opens");
            };
            let all: Vec<_> = (0..PROGRAMS).map(|_| scope.spawn(open)).collect();
            all.into_iter().for_each(|one| one.join().expect("it started"));
        });
        // Nobody has them open now: the next round finds a new office again. SQLite leaves its log where several
        // programs go at one moment; nothing else may be left over.
        for made in [dir.drafts(), dir.access()] {
            std::fs::remove_file(&made).expect("it was made");
            for log in ["-wal", "-shm"] {
                let mut name = made.clone().into_os_string();
                name.push(log);
                if std::path::Path::new(&name).exists() {
                    std::fs::remove_file(name).expect("it is ours");
                }
            }
        }
        let left = std::fs::read_dir(office.path()).expect("it can be listed").flatten();
        let left: Vec<_> = left.map(|item| item.file_name()).collect();
        assert!(
            left.iter().all(|name| !name.to_string_lossy().contains(".db") || name == "ledger.db"),
            "{left:?}"
        );
    }
    let words = ["list", "drafts", "--as", "Ruth Adeyemi"];
    let ran: Vec<_> = std::thread::scope(|scope| {
        let all: Vec<_> = (0..PROGRAMS).map(|_| scope.spawn(|| cli(&office, &words))).collect();
        all.into_iter().map(|one| one.join().expect("it ran")).collect()
    });
    assert!(ran.iter().all(|output| output.status.success()), "{ran:?}");
}

#[test]
fn programs_that_found_one_office_at_once_found_it_once_and_all_have_it() {
    const PROGRAMS: usize = 4;
    let office = Office::new();
    let all: Vec<Terminal> = (0..PROGRAMS).map(|_| Terminal::dutydesk(&office, 80, 24)).collect();
    for terminal in &all {
        terminal.wait_for("take a real call now");
    }
    assert_eq!(store(&office).head(), Ok(2), "founded and its definitions adopted, once");
    // What is set up at one of them stands at all.
    let mut all = all.into_iter();
    let mut first = all.next().expect("there are four");
    first.keys("s");
    first.wait_for("Set up the office");
    first.keys("Rowan House<tab>Rowan House, main building<tab>Morag Lindqvist<tab>r<ctrl-s>");
    for terminal in all {
        terminal.wait_for("Rowan House");
    }
    assert!(holds(&office));
}

#[test]
fn a_shift_is_handed_over_between_two_running_programs_and_each_sees_what_the_other_does() {
    let office = Office::example(10);
    // Whoever has the duty desk at the hour at which this runs gives it to whoever has it by the other half of the day.
    let on_call = json(&cli(&office, &["list", "oncall", "--json", "--as", "Ruth Adeyemi"]));
    let has_the_desk =
        |row: &&serde_json::Value| row["part"] == "now" && row["duty"] == "duty_coordinator_on_duty";
    let now = on_call.as_array().and_then(|rows| rows.iter().find(has_the_desk)).expect("somebody has it");
    let both = [("Iqbal", "IQBAL, D."), ("Shah", "SHAH, P.")];
    let [(giver, from), (taker, to)] = if now["who"] == both[0].1 { both } else { [both[1], both[0]] };
    let mut gives = signed_in(&office, giver);
    let mut takes = signed_in(&office, taker);
    gives.keys(">");
    gives.wait_for("What you would hand over now");
    gives.keys("g");
    gives.wait_for("Who else is there");
    gives.keys("<ctrl-s>");
    gives.wait_for(&format!("Handover from {from}"));
    // It comes to the other without a key, and opens where it waits.
    takes.keys(">");
    takes.wait_for(&format!("Handover from {from}"));
    // Whoever is missing stands first, and is to be known; the urgent call after them is taken.
    takes.keys("<enter>");
    takes.wait_for(&format!("read by {to}"));
    takes.keys("<enter>");
    takes.wait_for(&format!("taken by {to}"));
    // Whoever gives sees who has it, and goes on keeping the rest.
    gives.wait_for(&format!("taken by {to}"));
    gives.wait_for("not answered yet");
    takes.keys("v");
    takes.wait_for("What you have to know first");
    takes.keys("Which ward?<ctrl-s>");
    gives.wait_for("Which ward?");
    // Nobody takes from themselves.
    gives.looks_after_saving();
    gives.keys("<enter>");
    gives.wait_for("Until then it stays yours");
    assert!(holds(&office));
}
