//! Keys as they are written in a story.

use dutydesk::app::Key;

/// Letters as they stand, names of keys in angle brackets; braces around words typed are for counting only.
pub fn parse(written: &str) -> Vec<Key> {
    let mut keys = Vec::new();
    let mut rest = written;
    while let Some(c) = rest.chars().next() {
        if let Some((name, after)) = rest.strip_prefix('<').and_then(|inner| inner.split_once('>')) {
            keys.push(name.parse().expect("the name of a key"));
            rest = after;
            continue;
        }
        if !['{', '}'].contains(&c) {
            keys.push(Key::char(c));
        }
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    keys
}

/// How many keys are pressed beyond the words typed, which stand in braces.
pub fn beyond_words(written: &str) -> usize {
    let outside: String = written.split('{').filter_map(|part| part.split('}').next_back()).collect();
    parse(&outside).len()
}
