//! `dutydesk ssh check` on a set-up as it was installed, and with one thing after the other made wrong.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use super::server::{Server, left_out, text};
use super::support::program;

#[test]
fn a_set_up_as_installed_holds_and_each_thing_that_is_wrong_is_named() {
    if left_out("a_set_up_as_installed_holds_and_each_thing_that_is_wrong_is_named") {
        return;
    }
    let server = Server::start();
    let check = || server.of_ssh(&["check"]);
    let output = check();
    assert!(output.status.success(), "{}", text(&output));
    // What sshd itself makes of the file is the same.
    let effective = program("/usr/sbin/sshd").args(["-T", "-f", &server.place("etc/sshd_config")]).output();
    let printed = server.place("effective");
    fs::write(&printed, effective.expect("sshd is there").stdout).expect("there is room");
    let output = server.of_ssh(&["check", "--effective", &printed]);
    assert!(output.status.success(), "{}", text(&output));

    let says = |wanted: &str| {
        let output = check();
        assert_eq!(output.status.code(), Some(1), "{}", text(&output));
        assert!(text(&output).contains(wanted), "{wanted}:\n{}", text(&output));
    };
    let mode = |path: &str, mode: u32| {
        fs::set_permissions(server.place(path), fs::Permissions::from_mode(mode)).expect("root may");
    };
    for (path, loose, sound, wanted) in [
        ("libexec/keys", 0o775, 0o755, "others than root may write"),
        ("libexec", 0o777, 0o755, "others than root may write"),
        ("libexec/enter", 0o644, 0o755, "is no program"),
        ("etc/keys.map", 0o644, 0o640, "everybody may read"),
    ] {
        mode(path, loose);
        says(wanted);
        mode(path, sound);
    }
    for (path, changed, wanted) in [
        ("etc/sshd_config", "AcceptEnv LANG\n", "must not say acceptenv"),
        ("libexec/enter", "exec sh\n", "is not what dutydesk ssh files prints"),
        ("etc/keys.map", "\n", "is not what the record says now"),
    ] {
        let before = fs::read_to_string(server.place(path)).expect("it is there");
        fs::write(server.place(path), format!("{before}{changed}")).expect("root may");
        says(wanted);
        fs::write(server.place(path), before).expect("root may");
    }
    for (change, wanted, back) in [
        (["--shell", "/bin/sh"], "the shell of", ["--shell", &server.place("libexec/enter")]),
        (["--password", "!"], "must have the password *", ["--password", "*"]),
    ] {
        let set =
            |[option, value]: [&str; 2]| program("usermod").args([option, value, &server.account]).output();
        set(change).expect("it is there");
        says(wanted);
        set(back).expect("it is there");
    }
    let output = check();
    assert!(output.status.success(), "{}", text(&output));
}
