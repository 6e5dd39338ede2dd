//! The first day of an office, in a real terminal: from an empty directory to a decision on the dashboard, read back
//! from the record; the whole of it by keys alone, with nothing open that leads off the machine; and a field that the
//! office then adds to its own definitions, asked for without a rebuild.

mod support;

use std::os::unix::fs::PermissionsExt;

use serde_json::Value;
use support::{Office, Terminal, cli, json};

/// Starts on an empty directory and sets the office up; a Registered Manager, who holds the decision, is signed in.
fn set_up(office: &Office) -> Terminal {
    let mut terminal = Terminal::dutydesk(office, 120, 40);
    terminal.wait_for("take a real call now");
    terminal.keys("s");
    terminal.wait_for("Set up the office");
    terminal.keys("Rowan House<tab>Rowan House, main building<tab>Morag Lindqvist<tab>");
    choose(&mut terminal, "Registered Manager");
    terminal.keys("<ctrl-s>");
    terminal.wait_for("you LINDQVIST, M.");
    terminal.wait_for("decides LINDQVIST, M.");
    terminal.looks_after_saving();
    terminal
}

/// Moves to an option of the focused line by its place among all of them, and picks it.
fn choose(terminal: &mut Terminal, label: &str) {
    terminal.wait_for(&format!("( ) {label}"));
    let screen = terminal.screen();
    let labels = screen.split("( ) ").skip(1).map(|option| option.split("  ").next().unwrap_or_default());
    let place =
        labels.map(|option| option.split(" [").next().unwrap_or_default()).position(|one| one == label);
    // The first press points at the first option.
    for _ in 0..=place.expect("it is offered") {
        terminal.keys("<right>");
    }
    terminal.keys("<space>");
    terminal.wait_for(&format!("(x) {label}"));
}

/// A call for somebody new, saved.
fn take_a_call(terminal: &mut Terminal, who: &str, changed: &str) {
    terminal.keys("c");
    terminal.wait_for("Number to ring back");
    terminal.keys("07700 900118<tab>WQ, carer<tab>");
    terminal.keys(who);
    terminal.wait_for("not on the list");
    terminal.keys("<enter>");
    terminal.wait_for("new, made when this is saved");
    terminal.keys("yn");
    terminal.keys(changed);
    terminal.keys("<tab>awhat to do, and who stays<ctrl-s>");
    terminal.wait_for_no("Number to ring back");
    terminal.wait_for(changed);
    terminal.looks_after_saving();
}

/// It says that it is in the record, and keys count again.
fn in_the_record(terminal: &Terminal) {
    terminal.wait_for("in the record");
    terminal.looks_after_saving();
}

/// A way decided on for the call at hand.
fn decide(terminal: &mut Terminal) {
    terminal.wait_for("1 undecided");
    in_the_record(terminal);
    terminal.keys("d");
    terminal.wait_for("Route");
    terminal.keys("gf<enter>Needs a doctor today<tab>Rousable, breathing normally<tab>Wants to stay at home<tab>y<ctrl-s>");
    terminal.wait_for_no("Route*");
    terminal.wait_for("decided");
    terminal.wait_for_no("undecided");
}

/// The sockets that a process has open, by their numbers.
fn sockets(process: u32) -> Vec<String> {
    let open = std::fs::read_dir(format!("/proc/{process}/fd")).expect("our own child can be looked at");
    let named = open.filter_map(|file| std::fs::read_link(file.ok()?.path()).ok());
    let number = |link: std::path::PathBuf| {
        let name = link.to_string_lossy().into_owned();
        Some(name.strip_prefix("socket:[")?.strip_suffix(']')?.to_owned())
    };
    named.filter_map(number).collect()
}

/// Those of them that somebody else could be at the other end of: all but pairs without a name, which a process has made
/// for itself.
fn leading_out(process: u32) -> Vec<String> {
    let of = |kind: &str| std::fs::read_to_string(format!("/proc/{process}/net/{kind}")).expect("a list");
    let pairs = of("unix");
    let is_pair = |socket: &String| {
        let row = pairs.lines().map(|row| row.split_whitespace().collect::<Vec<_>>());
        let own = row.filter(|row| row.get(6) == Some(&socket.as_str())).collect::<Vec<_>>();
        matches!(own.as_slice(), [row] if row.len() == 7)
    };
    sockets(process).into_iter().filter(|socket| !is_pair(socket)).collect()
}

/// Programs that it has started and that still run.
fn started(process: u32) -> String {
    let tasks = std::fs::read_dir(format!("/proc/{process}/task")).expect("our own child can be looked at");
    let children = tasks.filter_map(|task| std::fs::read_to_string(task.ok()?.path().join("children")).ok());
    children.collect::<String>().trim().to_owned()
}

#[test]
fn the_whole_of_a_day_goes_by_keys_alone_and_nothing_is_open_that_leads_off_the_machine() {
    // What is looked for is found where it is.
    let at = tempfile::tempdir().expect("a directory");
    let (_near, _far) = std::os::unix::net::UnixStream::pair().expect("a pair");
    let harmless = leading_out(std::process::id());
    let _named = std::os::unix::net::UnixListener::bind(at.path().join("named")).expect("a named one");
    let _port = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let _sent = std::net::UdpSocket::bind("127.0.0.1:0").expect("another");
    assert_eq!((harmless.len(), leading_out(std::process::id()).len()), (0, 3));

    let office = Office::new();
    let mut terminal = set_up(&office);
    let looked = std::cell::Cell::new(0);
    let shut = |terminal: &Terminal, when: &str| {
        assert_eq!(leading_out(terminal.id()), Vec::<String>::new(), "{when}");
        assert_eq!(started(terminal.id()), "", "{when}: no other program is started");
        looked.set(looked.get() + sockets(terminal.id()).len());
    };
    shut(&terminal, "set up");
    take_a_call(&mut terminal, "Theresa Quill", "Sleepier than usual");
    shut(&terminal, "a call taken");
    decide(&mut terminal);
    in_the_record(&terminal);
    shut(&terminal, "decided");

    // The surgery is rung and promises a visit.
    terminal.keys("l");
    terminal.wait_for("Organisation");
    terminal.keys("Elms Surgery");
    terminal.wait_for("not on the list");
    terminal.keys("<enter>");
    terminal.wait_for("new, made when this is saved");
    terminal.keys("gDr ZZ<tab>ts");
    terminal.wait_for("What we told them");
    terminal.keys("Name and what was seen<tab>eSmall sips; 999 if hard to rouse<tab>y<enter>");
    terminal.wait_for("What");
    terminal.keys("Visit<tab>+2h<ctrl-s>");
    terminal.wait_for_no("Who there");
    terminal.wait_for("Visit");
    in_the_record(&terminal);
    shut(&terminal, "the surgery rung");

    // The Registered Manager looks back on it.
    terminal.keys("1r");
    terminal.wait_for("Advice followed?");
    terminal.keys("yn");
    terminal.wait_for("Why not");
    terminal.keys("Nothing new is needed<tab>n<ctrl-s>");
    terminal.wait_for_no("Advice followed?");
    in_the_record(&terminal);
    shut(&terminal, "reviewed");

    // All of it is put together for an inspector, and read back from the record.
    terminal.keys("<enter>");
    terminal.wait_for("Timeline");
    terminal.keys("\"");
    terminal.wait_for("What is to be made?");
    terminal.keys("1");
    terminal.wait_for("Evidence pack written to");
    shut(&terminal, "a pack made");
    assert!(looked.get() > 0, "there was something to look at each time");
    let shown = json(&cli(&office, &["show", "U-1", "--json", "--as", "Morag Lindqvist"]));
    let chronology = shown["chronology"].as_array().expect("a list");
    let kinds: Vec<&str> = chronology.iter().filter_map(|entry| entry["kind"].as_str()).collect();
    assert_eq!(kinds, ["urgent.call", "urgent.decision", "urgent.liaise", "urgent.review"]);
    assert!(shown["owed"].to_string().contains("Visit"), "{}", shown["owed"]);
    assert!(cli(&office, &["verify"]).status.success());
}

fn listed(office: &Office, list: &str) -> Value {
    json(&cli(office, &["list", list, "--json", "--as", "Morag Lindqvist"]))
}

#[test]
fn from_an_empty_directory_to_a_decision_on_the_dashboard() {
    let office = Office::new();
    let mut terminal = set_up(&office);
    take_a_call(&mut terminal, "Theresa Quill", "Sleepier than usual");
    terminal.wait_for("1 undecided");
    let calls = listed(&office, "calls");
    assert_eq!(calls[0]["reference"], "U-1");
    assert_eq!(calls[0]["facts"]["risk"], "amber");
    assert_eq!(calls[0]["facts"]["call_back"], "07700 900118");
    assert_eq!(calls[0]["subject"]["name"], "QUILL, Theresa");
    let is_the_decision = |row: &Value| row["commitment"]["step"] == "decision";
    assert!(listed(&office, "escalations").as_array().expect("rows").iter().any(is_the_decision));

    terminal.looks_after_saving();
    decide(&mut terminal);
    let calls = listed(&office, "calls");
    assert_eq!(calls[0]["facts"]["routes"], serde_json::json!(["gp", "family"]));
    assert!(!listed(&office, "escalations").as_array().expect("rows").iter().any(is_the_decision));
    assert!(cli(&office, &["verify"]).status.success());

    terminal.looks_after_saving();
    terminal.keys("q");
    terminal.wait_for("y");
    terminal.keys("y");
    assert!(terminal.exited_within(support::PATIENCE).expect("it ends").success());
}

/// The office's own copies of the urgent pathway, with one more question, and of the lists, with one more trigger.
fn add_a_question(office: &Office) {
    let text = include_str!("../config/pathways/urgent.toml");
    let question = "[[step.field]]\nid = \"blanket\"\nlabel = \"Blanket given?\"\nkind = \"yes_no\"\nrequired = true\n\n";
    let before = "[[step.field]]\nid = \"headline\"";
    let (head, tail) = text.split_once(before).expect("the call has a headline");
    let folder = office.path().join("config/pathways");
    let lists = include_str!("../config/lists.toml");
    let trigger = "triggers = [\n    { id = \"lift\", label = \"Lift out of order\", key = \"1\" },\n";
    let (file, own_lists) = (folder.join("urgent.toml"), office.path().join("config/lists.toml"));
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(&file, format!("{head}{question}{before}{tail}")).expect("a file");
    std::fs::write(&own_lists, lists.replacen("triggers = [\n", trigger, 1)).expect("a file");
    // As the office's own folders are: nobody else on the machine reads or changes them.
    for (path, mode) in
        [(office.path().join("config"), 0o700), (folder, 0o700), (file, 0o600), (own_lists, 0o600)]
    {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("our own file");
    }
}

#[test]
fn a_question_that_the_office_adds_is_asked_and_old_records_stay_on_their_form() {
    let office = Office::new();
    let mut terminal = set_up(&office);
    take_a_call(&mut terminal, "Theresa Quill", "Sleepier than usual");
    terminal.kill9();

    add_a_question(&office);
    let mut terminal = Terminal::dutydesk(&office, 120, 40);
    terminal.wait_for("Changed definitions wait");
    terminal.keys("w");
    terminal.wait_for("LINDQVIST");
    terminal.keys("lind<enter>");
    terminal.wait_for("changed definitions are in force");

    // The call of before is complete on the form it was filled in on.
    terminal.keys("<enter>");
    terminal.wait_for("Timeline");
    terminal.wait_for("complete");
    terminal.keys("<tab><enter>");
    terminal.wait_for("What they want to know: what to do, and who stays");
    assert!(!terminal.screen().contains("Blanket"), "{}", terminal.screen());
    // Its form is the old one too.
    terminal.keys("m");
    terminal.wait_for("Why it is corrected");
    assert!(!terminal.screen().contains("Blanket"), "{}", terminal.screen());
    terminal.keys("<esc>");
    terminal.wait_for("Timeline");
    terminal.keys("<esc>");

    // The next call is asked.
    terminal.wait_for("Urgent calls");
    terminal.keys("c");
    terminal.wait_for("Blanket given?");
    terminal.keys("<f4>");
    terminal.wait_for("Lift out of order");
    terminal.keys("<esc>");
    terminal.wait_for("Urgent calls");
    take_a_call(&mut terminal, "Maud Fenn", "Up and about");
    let calls = listed(&office, "calls");
    let missing = |reference: &str| {
        let rows = calls.as_array().expect("rows");
        let row = rows.iter().find(|row| row["reference"] == reference).expect("the call");
        row["missing"].as_u64().expect("a number")
    };
    assert_eq!((missing("U-1"), missing("U-2")), (0, 1));
    assert!(cli(&office, &["verify"]).status.success());
}
