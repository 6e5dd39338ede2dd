//! A real SSH server on loopback, set up with the files that the program prints: its accounts, its office, the keys
//! of those who come in. Dropping it ends the server and takes everything away again.
//!
//! sshd trusts only what root owns all the way up, so it stands below `/var/lib` and not in a temporary directory.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use dutydesk::domain::act::Act;
use dutydesk::domain::answer::{Answer, When};
use dutydesk::domain::chance::Chance;
use dutydesk::domain::entry::{Batch, Entry, Method, NewEntry, NewSaid, Who};
use dutydesk::domain::ids::{CaseId, EntryId};
use dutydesk::domain::keys::PublicKey;
use dutydesk::domain::permission::Viewer;
use dutydesk::domain::time::Zone;
use dutydesk::pathway::edition::Edition;
use dutydesk::runtime::clock::{SystemChance, now};
use dutydesk::store::{Drafts, Founding, OfficeDir, Store};
use rustix::process::{Pid, Signal, geteuid, kill_process};

use crate::support::{PATIENCE, Start, Terminal, program, skipped};

/// One at a time makes and removes accounts: their list is one file.
static ACCOUNTS: Mutex<()> = Mutex::new(());
static COUNT: AtomicU32 = AtomicU32::new(0);
const BEFORE: &str = "/var/lib/dutydesk-test-";
/// When the office was founded, before now.
const FOUNDED: TimeDelta = TimeDelta::days(30);

/// Whether a test must be left out: what it needs is not here, or this is not root, who alone makes accounts.
pub fn left_out(test: &str) -> bool {
    let needs = ["sshd", "ssh", "ssh-agent", "sftp", "useradd", "runuser", "su"];
    needs.iter().any(|needs| skipped(test, needs))
        || crate::support::skipped_unless(test, "it is run as root", geteuid().is_root())
}

/// A running server and its office.
pub struct Server {
    base: PathBuf,
    pub account: String,
    port: u16,
    sshd: Option<Child>,
    log: Arc<Log>,
    /// Members of staff by the letter of their name.
    pub staff: BTreeMap<&'static str, CaseId>,
}

#[derive(Default)]
struct Log {
    lines: Mutex<String>,
    changed: Condvar,
}

impl Server {
    /// An office with Priya Shah (coordinator, two keys) and Adaeze Okafor (duty manager, one); keys beside them that
    /// are over, nobody's, and in no record.
    pub fn start() -> Self {
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let own = format!("{}-{number}", std::process::id());
        let free = TcpListener::bind("127.0.0.1:0").expect("loopback is there");
        let port = free.local_addr().expect("it is bound").port();
        let mut server = Self {
            base: PathBuf::from(format!("{BEFORE}{own}")),
            account: format!("dutytest{own}"),
            port,
            sshd: None,
            log: Arc::default(),
            staff: BTreeMap::new(),
        };
        fs::create_dir(&server.base).expect("root may write below /var/lib");
        // Copied by another program: one that this one still had open for writing could not be started.
        let copied = program("cp").args([env!("CARGO_BIN_EXE_dutydesk"), &server.place("dutydesk")]).output();
        done(&copied.expect("cp is there"));
        let into = server.place("files");
        let output = server.of_ssh(&["files", "--into", &into]);
        assert!(output.status.success(), "{}", text(&output));
        let installed = {
            let _making = accounts();
            program("sh").arg(server.base.join("files/install")).output().expect("sh is there")
        };
        done(&installed);
        fs::create_dir(server.base.join("keys")).expect("there is room");
        for key in ["priya", "priya-2", "adaeze", "expired", "revoked", "stranger"] {
            server.make_key(key);
        }
        server.found();
        server.renew_map();
        drop(free);
        server.listen();
        server
    }

    fn found(&mut self) {
        let before = now() - FOUNDED;
        let founding = Founding {
            office: "Rowan House".to_owned(),
            zone: Zone::default(),
            training: true,
            files: Edition::built_in_files(),
        };
        let store = Store::create(&self.office(), founding, Box::new(SystemChance), before);
        let mut store = store.expect("a place for an office");
        for (key, name, role) in
            [("priya", "Priya Shah", "duty_coordinator"), ("adaeze", "Adaeze Okafor", "duty_manager")]
        {
            let answers = [
                ("name".to_owned(), Answer::Text(name.to_owned())),
                ("roles".to_owned(), Answer::Choices(vec![role.to_owned()])),
            ];
            let what = NewSaid::Step {
                pathway: "staff".to_owned(),
                step: "register".to_owned(),
                on: None,
                answers: answers.into(),
                why_late: None,
                cleared: Default::default(),
            };
            self.staff.insert(key, append(&mut store, what, before));
        }
        let over = Zone::default().day(before);
        for (key, whose, until, at) in [
            ("expired", "priya", Some(over), before),
            ("revoked", "priya", None, before),
            ("priya", "priya", None, now()),
            ("priya-2", "priya", Zone::default().day(now()).succ_opt(), now()),
            ("adaeze", "adaeze", None, now()),
        ] {
            let act = self.enrolment(key, whose, until);
            append(&mut store, NewSaid::Act(act), at);
        }
        let fingerprint = self.key("revoked").fingerprint();
        let reason = "lost on a train".to_owned();
        let act = Act::RevokeKey { staff: Some(self.staff["priya"]), fingerprint, reason };
        append(&mut store, NewSaid::Act(act), now());
        drop(store);
        let owner = format!("{0}:{0}", self.account);
        done(&program("chown").args(["-R", &owner, &self.place("home")]).output().expect("it is there"));
    }

    fn enrolment(&self, key: &str, whose: &str, until: Option<NaiveDate>) -> Act {
        let staff = Some(self.staff[whose]);
        let key = self.key(key);
        Act::EnrolKey { staff, fingerprint: key.fingerprint(), key, label: "laptop".to_owned(), until }
    }

    fn make_key(&self, name: &str) {
        let to = self.place(&format!("keys/{name}"));
        let made =
            program("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-C", "", "-f", &to]).output();
        done(&made.expect("it comes with ssh"));
    }

    fn listen(&mut self) {
        fs::create_dir_all("/run/sshd").expect("root may");
        let mut child = program("/usr/sbin/sshd")
            .args(["-D", "-e", "-o", "ListenAddress=127.0.0.1", "-f", &self.place("etc/sshd_config")])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("sshd is there");
        let stderr = child.stderr.take().expect("it was piped");
        let log = Arc::clone(&self.log);
        std::thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                log.now().push_str(&format!("{line}\n"));
                log.changed.notify_all();
            }
        });
        self.sshd = Some(child);
        self.wait_for_log("Server listening");
        let key = fs::read_to_string(self.place("etc/ssh_host_ed25519_key.pub")).expect("it was made");
        let known = format!("[127.0.0.1]:{} {key}", self.port);
        fs::write(self.place("known_hosts"), known).expect("there is room");
    }

    /// Waits until the server has said this; everything that it said.
    pub fn wait_for_log(&self, words: &str) -> String {
        let (log, waited) = self
            .log
            .changed
            .wait_timeout_while(self.log.now(), PATIENCE, |log| !log.contains(words))
            .expect("nobody panics with it");
        assert!(!waited.timed_out(), "sshd never says {words:?}:\n{}", *log);
        log.clone()
    }

    /// A place of this set-up.
    pub fn place(&self, below: &str) -> String {
        self.base.join(below).to_str().expect("plain names").to_owned()
    }

    /// The port on loopback.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The office.
    pub fn office(&self) -> OfficeDir {
        OfficeDir::at(self.base.join("home/office"))
    }

    /// A key of those that were made.
    pub fn key(&self, name: &str) -> PublicKey {
        let line = fs::read_to_string(self.place(&format!("keys/{name}.pub"))).expect("it was made");
        line.trim_end().parse().expect("ssh-keygen makes keys")
    }

    /// `dutydesk ssh ...` with the places of this set-up, as root.
    pub fn of_ssh(&self, words: &[&str]) -> Output {
        let places = [
            ("--account", self.account.clone()),
            ("--keys-account", format!("{}k", self.account)),
            ("--port", self.port.to_string()),
            ("--etc", self.place("etc")),
            ("--libexec", self.place("libexec")),
            ("--units", self.place("units")),
            ("--program", self.place("dutydesk")),
        ];
        let mut command = program(self.place("dutydesk"));
        command.args(["--office", &self.place("home/office"), "ssh"]).args(words);
        for (option, place) in &places {
            command.args([option, &place.as_str()]);
        }
        command.output().expect("it was copied")
    }

    /// The program without a screen, as the account that owns the office.
    pub fn cli(&self, words: &[&str]) -> Output {
        let mut command = program("runuser");
        command.args(["-u", &self.account, "--", &self.place("dutydesk"), "--office"]);
        let home = self.place("home");
        command.arg(self.place("home/office")).args(words).env("HOME", home).current_dir("/");
        command.output().expect("it is there")
    }

    /// Brings the map up to date as the timer does.
    pub fn renew_map(&self) {
        done(&program("sh").arg(self.place("libexec/map")).output().expect("sh is there"));
    }

    /// Writes a map by hand, as one that lags behind the record.
    pub fn stale_map(&self, keys: &[&str]) {
        let lines: String = keys
            .iter()
            .map(|key| self.key(key))
            .map(|key| format!("{} {key} -\n", key.fingerprint()))
            .collect();
        fs::write(self.place("etc/keys.map"), lines).expect("root may");
    }

    /// What `ssh` is told before anything else: this server, these keys in this order, nothing of the machine's own.
    pub fn client(&self, keys: &[&str]) -> Vec<String> {
        let known = format!("UserKnownHostsFile={}", self.place("known_hosts"));
        let mut words = vec!["-F".to_owned(), "none".to_owned(), "-p".to_owned(), self.port.to_string()];
        for option in ["BatchMode=yes", "IdentitiesOnly=yes", "StrictHostKeyChecking=yes", &known] {
            words.extend(["-o".to_owned(), option.to_owned()]);
        }
        words.extend(keys.iter().flat_map(|key| ["-i".to_owned(), self.place(&format!("keys/{key}"))]));
        words
    }

    /// Whom a client connects to.
    pub fn address(&self) -> String {
        format!("{}@127.0.0.1", self.account)
    }

    /// Somebody at a terminal who connects with these keys.
    pub fn terminal(&self, keys: &[&str], options: &[&str], environment: &[(&str, &str)]) -> Terminal {
        let mut words = vec!["ssh".to_owned()];
        words.extend(self.client(keys));
        words.extend(options.iter().map(|option| (*option).to_owned()));
        words.push(self.address());
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let start = Start::program(&words);
        environment.iter().fold(start, |start, (name, value)| start.env(name, value)).start()
    }

    /// All that is in the record.
    pub fn entries(&self) -> Vec<Entry> {
        let store = Store::open(&self.office(), Box::new(SystemChance)).expect("the office opens");
        store.entries_after(&Viewer::system(), 0, 10_000).expect("it can be read")
    }

    /// Somebody leaves the staff list.
    pub fn leaves(&self, staff: &str) {
        let mut store = Store::open(&self.office(), Box::new(SystemChance)).expect("the office opens");
        let what = NewSaid::Step {
            pathway: "staff".to_owned(),
            step: "left".to_owned(),
            on: None,
            answers: BTreeMap::new(),
            why_late: None,
            cleared: Default::default(),
        };
        append_in(&mut store, Some(self.staff[staff]), what, now());
    }

    /// What is typed in unfinished forms, by field.
    pub fn unfinished(&self, field: &str) -> Vec<String> {
        let store = Store::open(&self.office(), Box::new(SystemChance)).expect("the office opens");
        let drafts = Drafts::open(&self.office()).expect("they open");
        let rows = drafts.rows(&store, &Viewer::system()).expect("they can be read");
        let texts = rows.iter().filter_map(|row| drafts.get(row.id).ok()?);
        texts.filter_map(|draft| draft.text.get(field).cloned()).collect()
    }

    /// The processes of the account, with what each was started as.
    pub fn processes(&self) -> Vec<(Pid, String)> {
        let id = account_id(&self.account);
        let all = fs::read_dir("/proc").expect("it is there").filter_map(Result::ok);
        all.filter_map(|process| {
            let status = fs::read_to_string(process.path().join("status")).ok()?;
            let owner =
                status.lines().find_map(|line| line.strip_prefix("Uid:"))?.split_whitespace().next()?;
            let started = fs::read_to_string(process.path().join("cmdline")).ok()?.replace('\0', " ");
            let pid = Pid::from_raw(process.file_name().to_str()?.parse().ok()?)?;
            // One that has ended and was not waited for yet has no words.
            (owner == id && !started.is_empty()).then_some((pid, started))
        })
        .collect()
    }

    /// The running programs that somebody came in to, with their environments.
    pub fn entered(&self) -> Vec<Vec<String>> {
        let programs = self.processes().into_iter().filter(|(_, started)| started.ends_with(" enter "));
        let environment = |(pid, _): (Pid, String)| {
            let text = fs::read_to_string(format!("/proc/{}/environ", pid.as_raw_nonzero())).ok()?;
            Some(text.split('\0').filter(|entry| !entry.is_empty()).map(str::to_owned).collect())
        };
        programs.filter_map(environment).collect()
    }

    /// Ends the server's own process of each session; the server itself goes on.
    pub fn end_sessions(&self, signal: Signal) {
        self.end(signal, |started| started.starts_with("sshd"));
    }

    /// Ends the programs that people came in to.
    pub fn end_programs(&self, signal: Signal) {
        self.end(signal, |started| started.ends_with(" enter "));
    }

    fn end(&self, signal: Signal, is_meant: impl Fn(&str) -> bool) {
        let sessions = self.processes().into_iter().filter(|(_, started)| is_meant(started));
        for (pid, _) in sessions {
            // One that has just ended by itself is as good.
            let _ended = kill_process(pid, signal);
        }
    }

    /// Where sshd lets the account reach agents of clients: a directory of the account's own for each.
    pub fn ways_to_agents(&self) -> Vec<PathBuf> {
        self.own_in_tmp("ssh-")
    }

    /// What the account has in the directory for temporary files under names that begin so.
    fn own_in_tmp(&self, begins: &str) -> Vec<PathBuf> {
        let id = account_id(&self.account);
        let all = fs::read_dir("/tmp").expect("it is there").filter_map(Result::ok);
        let is_way = |entry: &fs::DirEntry| {
            let owner = entry.metadata().map(|found| found.uid().to_string());
            entry.file_name().to_string_lossy().starts_with(begins) && owner.is_ok_and(|owner| owner == id)
        };
        all.filter(is_way).map(|entry| entry.path()).collect()
    }

    /// Waits until something is so; `what` says it in the failure.
    pub fn wait_until(&self, what: &str, is_so: impl Fn(&Self) -> bool) {
        let started = Instant::now();
        while !is_so(self) {
            assert!(started.elapsed() < PATIENCE, "waited for {what}; running: {:?}", self.processes());
            std::thread::yield_now();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(mut sshd) = self.sshd.take() {
            // It may have ended by itself, which is as good.
            let _ended = sshd.kill();
            let _status = sshd.wait();
        }
        let _removing = accounts();
        for _ in 0..100 {
            let left = self.processes();
            for (pid, _) in &left {
                let _ended = kill_process(*pid, Signal::KILL);
            }
            if left.is_empty() {
                break;
            }
        }
        // What a server that is killed cannot clear away itself.
        for path in self.own_in_tmp("sshauth.") {
            let _gone = fs::remove_file(path);
        }
        for account in [self.account.clone(), format!("{}k", self.account)] {
            let _gone = program("userdel").arg(account).output();
        }
        let _gone = fs::remove_dir_all(&self.base);
    }
}

impl Log {
    fn now(&self) -> MutexGuard<'_, String> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn accounts() -> MutexGuard<'static, ()> {
    ACCOUNTS.lock().unwrap_or_else(PoisonError::into_inner)
}

fn account_id(account: &str) -> String {
    let list = fs::read_to_string("/etc/passwd").expect("it is there");
    let fields = list.lines().map(|line| line.split(':').collect::<Vec<_>>());
    fields
        .into_iter()
        .find(|fields| fields[0] == account)
        .map(|fields| fields[2].to_owned())
        .unwrap_or_default()
}

fn append(store: &mut Store, what: NewSaid, at: DateTime<Utc>) -> CaseId {
    append_in(store, None, what, at)
}

fn append_in(store: &mut Store, case: Option<CaseId>, what: NewSaid, at: DateTime<Utc>) -> CaseId {
    let id = EntryId(SystemChance.uuid());
    let entry = NewEntry {
        id,
        key: id.to_string(),
        case,
        subject: None,
        occurred: When::exact(at),
        reported_at: None,
        who: Who { by: None, typed_by: None, method: Method::System },
        what,
    };
    let batch = Batch { entries: vec![entry], ..Batch::default() };
    store.append(&Viewer::system(), batch, at).expect("it can be recorded");
    CaseId::from(id)
}

/// What a program said, on both its ways.
pub fn text(output: &Output) -> String {
    let both = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    String::from_utf8_lossy(&both).into_owned()
}

fn done(output: &Output) {
    assert!(output.status.success(), "{}", text(output));
}

/// Whether a path is there.
pub fn is_there(path: impl AsRef<Path>) -> bool {
    path.as_ref().exists()
}
