//! Keys written as text: `"c WQ<tab>02<f2><ctrl-s>"` is what somebody presses, one after the other.
//!
//! A character is itself, a space too; `<name>` is a key with a name, `<lt>` the character `<`. They become the
//! bytes that an xterm sends. `<esc>` can only come last: what follows it at once would be read as one key with it,
//! so a test first waits for what Escape does.

/// What the terminal sends for each press. Panics on a key nobody has, and on keys after `<esc>`.
pub fn presses(keys: &str) -> Vec<Vec<u8>> {
    let mut presses = Vec::new();
    let mut rest = keys;
    while let Some(first) = rest.chars().next() {
        let bytes = match rest.strip_prefix('<').and_then(|rest| rest.split_once('>')) {
            Some((name, after)) => {
                rest = after;
                named(name).unwrap_or_else(|| panic!("no key is called <{name}>"))
            }
            None => {
                rest = &rest[first.len_utf8()..];
                first.to_string().into_bytes()
            }
        };
        assert!(
            bytes != b"\x1b" || rest.is_empty(),
            "<esc> can only come last: wait for what it does before \"{rest}\""
        );
        presses.push(bytes);
    }
    presses
}

fn named(name: &str) -> Option<Vec<u8>> {
    if let Some((modifier, key)) = name.rsplit_once('-').filter(|(_, key)| !key.is_empty()) {
        return modified(modifier, key);
    }
    let text = match name {
        "tab" => "\t",
        "enter" => "\r",
        "esc" => "\x1b",
        "space" => " ",
        "lt" => "<",
        "gt" => ">",
        "minus" => "-",
        "backspace" => "\x7f",
        "backtab" => "\x1b[Z",
        "f1" => "\x1bOP",
        "f2" => "\x1bOQ",
        "f3" => "\x1bOR",
        "f4" => "\x1bOS",
        _ => {
            return final_letter(name)
                .map(|letter| format!("\x1b[{letter}"))
                .or_else(|| tilde(name))
                .map(String::into_bytes);
        }
    };
    Some(text.as_bytes().to_vec())
}

/// `ctrl-s`, `alt-x`, `shift-tab`, `ctrl-left`, `ctrl-shift-right`, `ctrl-enter`.
fn modified(modifier: &str, key: &str) -> Option<Vec<u8>> {
    let number = match modifier {
        "shift" => 2,
        "alt" => 3,
        "ctrl" => 5,
        "ctrl-shift" => 6,
        _ => return None,
    };
    if let Some(letter) = final_letter(key) {
        return Some(format!("\x1b[1;{number}{letter}").into_bytes());
    }
    match (modifier, key) {
        ("shift", "tab") => named("backtab"),
        ("alt", key) => {
            Some([b"\x1b", named(key).unwrap_or_else(|| key.as_bytes().to_vec()).as_slice()].concat())
        }
        ("ctrl", "space") => Some(vec![0]),
        (_, "enter") => Some(format!("\x1b[13;{number}u").into_bytes()),
        ("ctrl", key) if key.len() == 1 => Some(vec![key.as_bytes()[0].to_ascii_uppercase() & 0x1f]),
        _ => None,
    }
}

/// Keys sent as `ESC [ letter`.
fn final_letter(name: &str) -> Option<char> {
    Some(match name {
        "up" => 'A',
        "down" => 'B',
        "right" => 'C',
        "left" => 'D',
        "home" => 'H',
        "end" => 'F',
        _ => return None,
    })
}

/// Keys sent as `ESC [ number ~`.
fn tilde(name: &str) -> Option<String> {
    let number = match name {
        "insert" => 2,
        "delete" => 3,
        "pageup" => 5,
        "pagedown" => 6,
        "f5" => 15,
        "f6" => 17,
        "f7" => 18,
        "f8" => 19,
        "f9" => 20,
        "f10" => 21,
        "f11" => 23,
        "f12" => 24,
        _ => return None,
    };
    Some(format!("\x1b[{number}~"))
}
