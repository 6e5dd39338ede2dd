//! Every way out of the program, and every way in beside a key, tried through a real server: one line for each.

use std::fs;
use std::io::Read;
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::process::Stdio;
use std::time::Instant;

use super::server::{Server, is_there, left_out, text};
use super::support::{Office, PATIENCE, program};

/// What the account's shell answers to whatever it is asked.
const NO_COMMAND: &str = "refused: no command can be run here";
const NO_TERMINAL: &str = "refused: the duty office needs a terminal";
const NO_SHELL: &str = "refused: this account only opens the duty office, over SSH";
const NO_KEY: &str = "Permission denied (publickey)";

/// What is tried, with which key, with which options and to whom, what is asked for, the exit code, and what is said.
type Way<'w> = (&'w str, &'w str, &'w [&'w str], &'w str, &'w [&'w str], i32, &'w str);

#[test]
fn every_way_beside_the_key_and_out_of_the_program_is_refused() {
    if left_out("every_way_beside_the_key_and_out_of_the_program_is_refused") {
        return;
    }
    let server = Server::start();
    let (own, root) = (server.address(), "root@127.0.0.1".to_owned());
    let port = server.port().to_string();
    let there = format!("127.0.0.1:{port}");
    let back = format!("127.0.0.1:0:{there}");
    let touched = server.place("home/touched");
    let touch = format!("touch {touched}");
    let semicolon = format!(";{touch}");
    let substituted = format!("$({touch})");
    #[rustfmt::skip]
    let table: [Way<'_>; 17] = [
        ("an unknown key", "stranger", &[], &own, &[], 255, NO_KEY),
        ("a password", "stranger", &["-o", "PreferredAuthentications=password"], &own, &[], 255, NO_KEY),
        ("a dialogue", "stranger", &["-o", "PreferredAuthentications=keyboard-interactive"], &own, &[], 255, NO_KEY),
        ("root", "priya", &[], &root, &[], 255, NO_KEY),
        ("another account", "priya", &["-l"], "daemon", &["127.0.0.1"], 255, NO_KEY),
        ("a command", "priya", &[], &own, &["id"], 3, NO_COMMAND),
        ("a shell", "priya", &[], &own, &["/bin/sh", "-i"], 3, NO_COMMAND),
        ("a shell at a terminal", "priya", &["-tt"], &own, &["sh"], 3, NO_COMMAND),
        ("a second command", "priya", &[], &own, &[&semicolon], 3, NO_COMMAND),
        ("a command in a command", "priya", &[], &own, &[&substituted], 3, NO_COMMAND),
        ("the door itself", "priya", &[], &own, &["/usr/bin/env", "sh"], 3, NO_COMMAND),
        ("no terminal", "priya", &["-T"], &own, &[], 3, NO_TERMINAL),
        ("a subsystem", "priya", &["-s"], &own, &["sftp"], 255, "subsystem request failed"),
        ("a way in to another port (-W)", "priya", &["-W", &there], &own, &[], 255, "administratively prohibited"),
        ("a way back (-R)", "priya", &["-N", "-o", "ExitOnForwardFailure=yes", "-R", &back], &own, &[], 255,
            "remote port forwarding failed"),
        ("the screen's windows (-Y)", "priya", &["-T", "-Y"], &own, &[], 3, "X11 forwarding request failed"),
        ("a tunnel (-w)", "priya", &["-T", "-w", "any:any"], &own, &[], -1, ""),
    ];
    for (what, key, options, to, asked, code, says) in table {
        // Bounded, so that a way that is open after all fails the test and does not hold it up.
        let mut ssh = program("timeout");
        ssh.args(["60", "ssh"]).args(server.client(&[key])).args(options).arg(to).args(asked);
        ssh.env("DISPLAY", "127.0.0.1:0").stdin(Stdio::null());
        let output = ssh.output().expect("ssh is there");
        let said = text(&output);
        if code == -1 {
            // Where this machine has no tunnels of its own, the client is the first to refuse.
            let refused =
                ["Tunnel device open failed", "administratively prohibited", "Tunnel forwarding failed"];
            assert!(refused.iter().any(|refused| said.contains(refused)), "{what}: {said}");
            continue;
        }
        assert_eq!(output.status.code(), Some(code), "{what}: {said}");
        assert!(said.contains(says), "{what}: {said}");
    }
    // Files, in the old way and the new.
    let target = format!("{own}:{touched}");
    for words in [vec!["scp", "-O"], vec!["scp"], vec!["sftp", "-b", "/dev/null"]] {
        let mut command = program("timeout");
        command.arg("60").args(&words).args(["-P", &port]);
        // `-p` and a port mean something else to these two.
        command.args(server.client(&["priya"]).into_iter().filter(|word| word != "-p" && *word != port));
        if words[0] == "scp" {
            command.args(["/etc/hostname", &target])
        } else {
            command.arg(&own)
        };
        let output = command.stdin(Stdio::null()).output().expect("it is there");
        assert!(!output.status.success(), "{words:?}: {}", text(&output));
    }
    through_a_local_port(&server);
    by_hand(&server);
    assert!(!is_there(&touched), "something was run after all");
    assert!(server.processes().is_empty(), "{:?}", server.processes());
}

/// `-L`: the client listens, and the server opens nothing behind it.
fn through_a_local_port(server: &Server) {
    let free = TcpListener::bind("127.0.0.1:0").expect("loopback is there");
    let local = free.local_addr().expect("it is bound").port();
    drop(free);
    let forward = format!("127.0.0.1:{local}:127.0.0.1:{}", server.port());
    let mut ssh = program("ssh")
        .args(server.client(&["priya"]))
        .args(["-N", "-L", &forward, &server.address()])
        .stdin(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("ssh is there");
    let started = Instant::now();
    let mut through = loop {
        match TcpStream::connect(("127.0.0.1", local)) {
            Ok(through) => break through,
            Err(error) => assert!(started.elapsed() < PATIENCE, "the client never listens: {error}"),
        }
        std::thread::yield_now();
    };
    through.set_read_timeout(Some(PATIENCE)).expect("a time was given");
    let mut came = Vec::new();
    let read = through.read_to_end(&mut came);
    let _ended = ssh.kill();
    let output = ssh.wait_with_output().expect("it was killed");
    // The server's own banner would come back through an open way.
    assert!(came.is_empty() && read.is_ok(), "{read:?} {}", String::from_utf8_lossy(&came));
    assert!(text(&output).contains("administratively prohibited"), "{}", text(&output));
}

/// Without the server: nobody becomes the account at this machine.
fn by_hand(server: &Server) {
    for words in [vec![], vec!["-c", "id"], vec!["-"], vec!["-", "-c", "/bin/sh"]] {
        let (dash, rest): (Vec<&str>, Vec<&str>) = words.iter().partition(|word| **word == "-");
        let output = program("su").args(dash).arg(&server.account).args(rest).stdin(Stdio::null()).output();
        let output = output.expect("su is there");
        assert_eq!(output.status.code(), Some(3), "{words:?}: {}", text(&output));
        assert!(text(&output).contains(NO_SHELL), "{words:?}: {}", text(&output));
    }
}

#[test]
fn nothing_of_the_clients_surroundings_reaches_the_program() {
    if left_out("nothing_of_the_clients_surroundings_reaches_the_program") {
        return;
    }
    let server = Server::start();
    let agent = server.place("agent");
    let mut running = program("ssh-agent")
        .args(["-D", "-a", &agent])
        .stdout(Stdio::null())
        .spawn()
        .expect("it comes with ssh");
    let started = Instant::now();
    while !is_there(&agent) {
        assert!(started.elapsed() < PATIENCE, "the agent never listens");
        std::thread::yield_now();
    }
    let elsewhere = server.place("elsewhere");
    let set = format!(
        "SetEnv=LD_PRELOAD={elsewhere} LD_LIBRARY_PATH={elsewhere} EDITOR=sh PAGER=sh VISUAL=sh SHELL=/bin/sh \
         DUTYDESK_OFFICE={elsewhere} DUTYDESK_AS=Adaeze DUTYDESK_THEME=mono HOME={elsewhere} PATH={elsewhere} \
         USER=adaeze SSH_USER_AUTH={elsewhere} SSH_ORIGINAL_COMMAND=id"
    );
    let sent = ["-A", "-o", &set, "-o", "SendEnv=LANG LC_*"];
    for hostile in
        ["xterm-256color", "xterm;id", "$(touch x)", "../../etc/passwd", "a b", "\u{1b}]0;x\u{7}", "-", ""]
    {
        let around =
            [("TERM", hostile), ("SSH_AUTH_SOCK", &agent), ("LANG", "tlh_QO.UTF-8"), ("LC_ALL", "C")];
        let mut terminal = server.terminal(&["priya"], &sent, &around);
        terminal.wait_for("you SHAH, P.");
        terminal.wait_for("Rowan House");
        let environments = server.entered();
        let [environment] = environments.as_slice() else { panic!("one program: {environments:?}") };
        let wanted = if hostile == "xterm-256color" || hostile == "-" { hostile } else { "xterm" };
        let auth = environment.iter().find(|entry| entry.starts_with("SSH_USER_AUTH=/tmp/sshauth."));
        let mut plain: Vec<&String> = environment.iter().filter(|entry| Some(*entry) != auth).collect();
        plain.sort();
        let home = format!("HOME={}", server.place("home"));
        let term = format!("TERM={wanted}");
        assert_eq!(plain, [&home, "LANG=C.UTF-8", "PATH=/nonexistent", &term], "{hostile:?}");
        assert!(auth.is_some());
        assert_eq!(server.ways_to_agents(), Vec::<std::path::PathBuf>::new(), "-A opened a way");
        terminal.keys("q");
        terminal.keys("y");
        assert!(terminal.exited_within(PATIENCE).expect("it ends").success());
        server.wait_until("the session to be over", |server| server.processes().is_empty());
    }
    let _ended = running.kill();
    let _status = running.wait();
}

#[test]
fn what_no_server_wrote_says_nobody() {
    let office = Office::new();
    let made = super::support::cli(
        &office,
        &[
            "setup",
            "--name",
            "Rowan House",
            "--place",
            "Rowan House",
            "--service",
            "residential",
            "--you",
            "Priya Shah",
            "--role",
            "registered_manager",
        ],
    );
    assert!(made.status.success(), "{}", text(&made));
    let key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILtcRg6pV/Vur2dUN8xGRtqjrR9aQGCOx1gT4EfsMxs0";
    let own = format!("/tmp/sshauth.dutydesktest{}", std::process::id());
    let loose = format!("{own}L");
    let link = format!("{own}S");
    let beside = office.beside("auth");
    let write = |path: &str, mode: u32, text: &str| {
        let mut file = fs::OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(mode)
            .open(path)
            .expect("room");
        std::io::Write::write_all(&mut file, text.as_bytes()).expect("room");
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("our own");
    };
    let enter = |auth: Option<&str>| {
        let mut command = program(env!("CARGO_BIN_EXE_dutydesk"));
        command
            .env("DUTYDESK_OFFICE", office.path())
            .arg("enter")
            .stdin(Stdio::null())
            .env_remove("SSH_USER_AUTH");
        command.envs(auth.map(|auth| ("SSH_USER_AUTH", auth)));
        let output = command.output().expect("cargo has built the program");
        assert_eq!(output.status.code(), Some(3), "{auth:?}: {}", text(&output));
        text(&output)
    };
    let line = format!("publickey {key}\n");
    write(&loose, 0o644, &line);
    write(beside.to_str().expect("plain"), 0o600, &line);
    std::os::unix::fs::symlink(&beside, &link).expect("room");
    let not_said = "does not say which key was used";
    for auth in [
        None,
        Some(""),
        beside.to_str(),
        Some(&*loose),
        Some(&*link),
        Some("/tmp/sshauth./../passwd"),
        Some("/etc/passwd"),
    ] {
        assert!(enter(auth).contains(not_said), "{auth:?}");
    }
    for text in
        ["", "password\n", &format!("{line}{line}"), &format!("{line}password\n"), "publickey ssh-rsa AAAA\n"]
    {
        write(&own, 0o600, text);
        assert!(enter(Some(&own)).contains(not_said), "{text}");
    }
    write(&own, 0o600, &line);
    assert_eq!(fs::metadata(&own).expect("it is there").mode() & 0o777, 0o600);
    // So far all is well, but nobody enrolled the key.
    assert!(enter(Some(&own)).contains("this key is not enrolled"));
    for path in [own, loose, link] {
        fs::remove_file(path).expect("our own");
    }
}
