//! SSH keys at the desk: enrolled from somebody's entry in the staff list, agreed to by a second person, taken back.

use dutydesk::domain::keys::{Fingerprint, Standing, Whose};

use super::desk::Desk;
use super::office::Office;

const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILtcRg6pV/Vur2dUN8xGRtqjrR9aQGCOx1gT4EfsMxs0";
const FINGERPRINT: &str = "SHA256:l9IiMhulIjNgBJjYimIIJ3o1JM9BGNZDqMiZdz+WBSU";

fn office() -> Office {
    Office::staffed(
        "2026-11-23T09:00:00Z",
        &[
            ("manager", "Morag Lindqvist", &["registered_manager"]),
            ("delegate", "Tomas Varga", &["delegate"]),
            ("coordinator", "Priya Shah", &["duty_coordinator"]),
        ],
    )
}

fn standing(desk: &Desk) -> Standing {
    let key: Fingerprint = FINGERPRINT.parse().expect("a fingerprint");
    desk.store().standing(&key, desk.office.now()).expect("it can be asked")
}

/// From the staff list to the keys of somebody on it.
fn keys_of<'d>(desk: &'d mut Desk, name: &str) -> &'d mut Desk {
    desk.keys("<f7>").select(name).keys(":ssh keys<enter>")
}

#[test]
fn a_key_is_enrolled_from_the_staff_list_agreed_to_by_another_and_taken_back_by_whose_it_is() {
    let mut desk = Desk::at(office()).signed_in("lindqvist");
    let shah = desk.office.staff["coordinator"];
    keys_of(&mut desk, "SHAH").shows("SSH keys of SHAH, Priya").shows("No key is enrolled").keys("a");
    desk.shows("Let a key in over SSH").shows("SHAH, Priya");
    // The private half, half a line, another kind: said at the line, and nothing is recorded.
    desk.instead("key", "ssh-rsa AAAAB3NzaC1yc2E").line("label").keys("work laptop");
    desk.line("until").keys("31-Mar-2027").keys("<ctrl-s>").shows("must begin with ssh-ed25519");
    assert_eq!(standing(&desk), Standing::Unknown);
    desk.instead("key", &format!("{KEY} priya at laptop")).saves().shows("waits for a second person");
    desk.shows("work laptop").shows("31-Mar-2027");
    assert_eq!(standing(&desk), Standing::Waits);
    desk.keys("<esc><esc>").sign_in("varga").keys("<f8>").shows("SHAH").shows("SSH key").keys("y");
    desk.shows(FINGERPRINT).shows("work laptop").keys("y");
    assert_eq!(standing(&desk), Standing::Stands(Whose::Staff(shah)));
    // Who may not enrol sees her own, and takes it back when it is lost.
    desk.keys("<esc>").sign_in("shah").keys(":ssh keys<enter>").shows("lets in").shows("LINDQVIST, Morag");
    desk.keys("a")
        .shows("Enrolling and taking back SSH keys is for")
        .keys("x")
        .shows("work laptop of SHAH, Priya");
    desk.line("why").keys("Left in a taxi").saves().shows("taken back");
    assert_eq!(standing(&desk), Standing::Revoked);
    desk.keys("x").shows("was taken back already").keys("<esc><esc>");
    desk.keys("<f7>").select("SHAH").keys("<enter>").shows("SSH key taken back").shows("Left in a taxi");
}
