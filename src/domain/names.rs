//! A person's name: read as people write it, shown as the NHS asks ("QUILL, Theresa"), folded for comparing.
//!
//! How people are searched for lives in [`search`], who could be mistaken for whom in [`similar`], what was typed of
//! somebody who is not on record in [`unnamed`]. Which names a record has is left to the register of people.

pub mod search;
pub mod similar;
pub mod unnamed;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::nhs::NhsNumber;
use super::words::apart::NAME_NOT_KNOWN;

/// A name in its parts. Parts keep the spelling that was typed; only showing changes the case.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PersonName {
    /// "Mrs", where one was typed. Never part of comparing.
    pub title: Option<String>,
    /// The family name, or the only name known.
    pub family: String,
    /// The given names, empty where none is known. May be an initial.
    pub given: String,
}

/// What is known of a person when telling them apart from others.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Identity {
    /// The family name.
    pub family: String,
    /// The given names.
    pub given: Option<String>,
    /// What they like to be called.
    pub liked: Option<String>,
    /// The day they were born.
    pub born: Option<chrono::NaiveDate>,
    /// Their NHS number.
    pub nhs: Option<NhsNumber>,
    /// The service or scheme they live in or are visited by.
    pub place: Option<String>,
    /// Their room or flat there.
    pub room: Option<String>,
}

/// Titles that are set apart when a name is read.
const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "miss",
    "ms",
    "mx",
    "master",
    "dr",
    "prof",
    "professor",
    "rev",
    "revd",
    "sir",
    "lady",
    "lord",
];

/// Small words that belong to the family name after them ("van Beek", "de la Cruz").
const PARTICLES: &[&str] = &[
    "al", "ap", "ben", "bin", "bint", "da", "das", "de", "del", "della", "den", "der", "di", "dos", "du",
    "el", "ibn", "la", "le", "ten", "ter", "van", "von", "zu",
];

impl PersonName {
    /// Reads "Theresa Quill", "QUILL, Theresa", "QUILL Theresa", "Mrs T Quill", "Quill (Mrs)". One word is a
    /// family name, since that is what a caller gives first.
    pub fn read(text: &str) -> Self {
        // That a name is not known is no name in parts.
        if text.trim() == NAME_NOT_KNOWN || text.trim() == NAME_NOT_KNOWN.to_uppercase() {
            return Self { family: text.trim().to_owned(), ..Self::default() };
        }
        let mut title = None;
        let mut take_title = |word: &str| {
            let bare = word.trim_matches(['(', ')', '.', ',']);
            let is_title = TITLES.contains(&bare.to_lowercase().as_str());
            if is_title && title.is_none() {
                title = Some(bare.to_owned());
            }
            is_title
        };
        let mut words_of = |part: &str| -> Vec<String> {
            part.split_whitespace().filter(|word| !take_title(word)).map(str::to_owned).collect()
        };
        let (family, given) = match text.split_once(',') {
            Some((family, given)) => (words_of(family), words_of(given)),
            None => split_words(words_of(text)),
        };
        // "Lord" and "Master" are family names too: a title with nothing beside it is the name.
        match (family.is_empty() && given.is_empty(), title) {
            (true, Some(only)) => Self { title: None, family: only, given: String::new() },
            (_, title) => Self { title, family: family.join(" "), given: given.join(" ") },
        }
    }

    /// "QUILL, Theresa".
    pub fn display(&self) -> String {
        family_first(&self.family, &self.given)
    }

    /// "QUILL, T."
    pub fn short(&self) -> String {
        let initial: String = self.given.chars().take(1).flat_map(char::to_uppercase).collect();
        if initial.is_empty() { self.display() } else { family_first(&self.family, &format!("{initial}.")) }
    }

    /// "QUILL, Theresa (Mrs)".
    pub fn with_title(&self) -> String {
        match &self.title {
            Some(title) => format!("{} ({title})", self.display()),
            None => self.display(),
        }
    }
}

fn family_first(family: &str, given: &str) -> String {
    match (family.trim(), given.trim()) {
        (family, "") => family.to_uppercase(),
        ("", given) => given.to_owned(),
        (family, given) => format!("{}, {given}", family.to_uppercase()),
    }
}

/// Family and given names of a name without a comma. A word in capitals among others is the family name;
/// otherwise it is the last word, with the particles before it.
fn split_words(mut words: Vec<String>) -> (Vec<String>, Vec<String>) {
    let shouted = |word: &String| {
        word.chars().filter(|c| c.is_alphabetic()).count() > 1 && !word.chars().any(char::is_lowercase)
    };
    let capitals = words.iter().filter(|word| shouted(word)).count();
    if capitals > 0 && capitals < words.len() {
        let (family, given): (Vec<_>, Vec<_>) = words.into_iter().partition(shouted);
        let only_initials = given.iter().all(|word| word.chars().filter(|c| c.is_alphabetic()).count() <= 1);
        // "THERESA J QUILL" is all capitals: its initial says nothing.
        if !only_initials || family.len() == 1 {
            return (family, given);
        }
        words = given.into_iter().chain(family).collect();
    }
    let mut from = words.len().saturating_sub(1);
    while from > 1 && PARTICLES.contains(&words[from - 1].to_lowercase().as_str()) {
        from -= 1;
    }
    let family = words.split_off(from);
    (family, words)
}

/// A name for comparing: lower case, no accents, no apostrophes, hyphens as spaces, single spaces.
/// "O’Brien-Łukasz" becomes "obrien lukasz".
pub fn fold(text: &str) -> String {
    // Every entry is folded, and nearly all of what is typed is plain.
    if text.is_ascii() {
        return folded(text.chars().map(|c| c.to_ascii_lowercase()), text.len());
    }
    folded(text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase), text.len())
}

fn folded(lowered: impl Iterator<Item = char>, room: usize) -> String {
    let mut folded = String::with_capacity(room);
    for c in lowered {
        match c {
            '\'' | '’' | '‘' | '`' | '´' | 'ʼ' => {}
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'ı' => folded.push('i'),
            // İ leaves a dot behind when it is lowered.
            '\u{307}' => {}
            c if c.is_alphanumeric() => folded.push(c),
            _ if folded.is_empty() || folded.ends_with(' ') => {}
            _ => folded.push(' '),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_however_it_was_written() {
        for (typed, shown) in [
            ("Theresa Quill", "QUILL, Theresa"),
            ("QUILL, Theresa", "QUILL, Theresa"),
            ("Quill,Theresa", "QUILL, Theresa"),
            ("QUILL Theresa", "QUILL, Theresa"),
            ("Theresa QUILL", "QUILL, Theresa"),
            ("  theresa   jane quill ", "QUILL, theresa jane"),
            ("THERESA QUILL", "QUILL, THERESA"),
            ("Mrs T Quill", "QUILL, T"),
            ("Mrs. T. QUILL", "QUILL, T."),
            ("quill", "QUILL"),
            ("Mrs Quill", "QUILL"),
            ("Anneke van den Berg", "VAN DEN BERG, Anneke"),
            ("Niamh O'Brien-Hall", "O'BRIEN-HALL, Niamh"),
            ("Di Marsh", "MARSH, Di"),
            ("Name not known yet", "NAME NOT KNOWN YET"),
            ("NAME NOT KNOWN YET", "NAME NOT KNOWN YET"),
            ("", ""),
        ] {
            assert_eq!(PersonName::read(typed).display(), shown, "{typed:?}");
        }
    }

    #[test]
    fn a_title_is_kept_apart_and_can_be_the_name() {
        let name = PersonName::read("QUILL, Theresa (Mrs)");
        assert_eq!((name.title.as_deref(), name.given.as_str()), (Some("Mrs"), "Theresa"));
        assert_eq!(name.with_title(), "QUILL, Theresa (Mrs)");
        assert_eq!(PersonName::read("Mrs T Quill").short(), "QUILL, T.");
        assert_eq!(PersonName::read("Theresa Quill").short(), "QUILL, T.");
        assert_eq!(PersonName::read("Quill").short(), "QUILL");
        assert_eq!(PersonName::read("Lord").display(), "LORD");
    }

    #[test]
    fn what_was_shown_is_read_back_the_same() {
        for typed in ["Theresa Quill", "Mrs T Quill", "Anneke van den Berg", "Quill"] {
            let shown = PersonName::read(typed).display();
            assert_eq!(PersonName::read(&shown).display(), shown);
        }
    }

    #[test]
    fn folding_forgets_case_accents_and_marks() {
        assert_eq!(fold("O’Brien-ŁUKASZ"), "obrien lukasz");
        assert_eq!(fold("  Zoë  Åström–Nuñez. "), "zoe astrom nunez");
        assert_eq!(fold("Weiß Øster Þór İnci"), "weiss oster thor inci");
        assert_eq!(fold("..."), "");
    }
}
