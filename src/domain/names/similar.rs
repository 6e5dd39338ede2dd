//! Who could be mistaken for whom over the telephone, and what tells them apart.
//!
//! Asked before the choice of a person is taken, of everyone found beside them. It errs to the side of asking.
//! Which people are compared is left to the caller; that a choice was confirmed, to the form.

use chrono::NaiveDate;

use super::super::words::text as words;
use super::{Identity, fold};

/// Why two people could be taken for one another. The strongest reason comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Because {
    /// One NHS number on both: perhaps one person registered twice.
    SameNumber,
    /// The names look or sound alike.
    Name,
    /// Born on the same day.
    Born,
    /// In the same room of the same place.
    Room,
}

/// Two people who could be taken for one another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Similarity {
    /// Why, strongest first.
    pub because: Vec<Because>,
    /// For the person choosing: "another QUILL here: Thomas, flat 9".
    pub says: String,
}

/// Whether `other` could be mistaken for `chosen`, and in words what is different about `other`.
///
/// Names are alike where the family names are (the same, a letter or two apart, or one sound) and the given or
/// liked names share an initial or are not known, where everyone at one place shares the family name, or where
/// the two names are changed round. Otherwise it takes the same day of birth, the same room or the same number.
pub fn similar(chosen: &Identity, other: &Identity) -> Option<Similarity> {
    let same_place = same(chosen.place.as_deref(), other.place.as_deref());
    let both_placed = chosen.place.is_some() && other.place.is_some();
    let same_room = same(chosen.room.as_deref(), other.room.as_deref()) && (same_place || !both_placed);
    let reasons = [
        (Because::SameNumber, chosen.nhs.is_some() && chosen.nhs == other.nhs),
        (Because::Name, names_alike(chosen, other, same_place)),
        (Because::Born, chosen.born.is_some() && chosen.born == other.born),
        (Because::Room, same_room),
    ];
    let because: Vec<Because> = reasons.into_iter().filter(|(_, holds)| *holds).map(|(why, _)| why).collect();
    let strongest = *because.first()?;
    let says = tell_apart(chosen, other, strongest, same_place);
    Some(Similarity { because, says })
}

fn names_alike(a: &Identity, b: &Identity, same_place: bool) -> bool {
    let (family_a, family_b) = (fold(&a.family), fold(&b.family));
    if family_a.is_empty() || family_b.is_empty() {
        return false;
    }
    let changed_round =
        same(a.given.as_deref(), Some(&b.family)) && same(Some(&a.family), b.given.as_deref());
    if changed_round || (family_a == family_b && same_place) {
        return true;
    }
    let called = |who: &Identity| -> Vec<String> {
        [&who.given, &who.liked]
            .into_iter()
            .flatten()
            .map(|name| fold(name))
            .filter(|name| !name.is_empty())
            .collect()
    };
    let (called_a, called_b) = (called(a), called(b));
    let given_alike = called_a.is_empty()
        || called_b.is_empty()
        || called_a
            .iter()
            .any(|x| called_b.iter().any(|y| x.chars().next() == y.chars().next() || alike(x, y)));
    given_alike && alike(&family_a, &family_b)
}

fn same(a: Option<&str>, b: Option<&str>) -> bool {
    match (a.map(fold), b.map(fold)) {
        (Some(a), Some(b)) => !a.is_empty() && a == b,
        _ => false,
    }
}

fn tell_apart(chosen: &Identity, other: &Identity, strongest: Because, same_place: bool) -> String {
    let family = other.family.to_uppercase();
    let same_family = fold(&chosen.family) == fold(&other.family);
    let lead = match strongest {
        Because::SameNumber => words::SIMILAR_NUMBER.to_owned(),
        Because::Name if same_family && same_place => words::similar_here(&family),
        Because::Name if same_family => words::similar_family(&family),
        Because::Name => words::similar_name(&family),
        Because::Born => words::SIMILAR_BORN.to_owned(),
        Because::Room => words::SIMILAR_ROOM.to_owned(),
    };
    let mut parts = Vec::new();
    if matches!(strongest, Because::Name) {
        // A liked name stands for the given one only where no given name is known.
        let called = |who: &Identity| who.given.clone().or_else(|| who.liked.clone());
        if let Some(given) = called(other)
            && !same(called(chosen).as_deref(), Some(&given))
        {
            parts.push(given);
        }
    } else {
        let name = [Some(family.as_str()), other.given.as_deref()].into_iter().flatten().collect::<Vec<_>>();
        parts.push(name.join(", "));
    }
    if let Some(place) = &other.place
        && !same_place
    {
        parts.push(place.clone());
    }
    if let Some(room) = &other.room
        && !(same_place && same(chosen.room.as_deref(), Some(room)))
    {
        parts.push(room.to_lowercase());
    }
    match (chosen.born, other.born) {
        (Some(own), Some(born)) if own == born && strongest != Because::Born => {
            parts.push(words::SAME_BORN.into())
        }
        (Some(own), Some(born)) if own != born => parts.push(words::born_not(&day(born), &day(own))),
        (None, Some(born)) => parts.push(words::born(&day(born))),
        _ => {}
    }
    match (chosen.nhs, other.nhs) {
        (own, Some(nhs)) if own != Some(nhs) => parts.push(words::nhs_number(&nhs.to_string())),
        _ => {}
    }
    if parts.is_empty() {
        parts.push(words::NOTHING_APART.into());
    }
    format!("{lead}: {}", parts.join(", "))
}

fn day(date: NaiveDate) -> String {
    date.format("%d-%b-%Y").to_string()
}

/// Whether two folded names are the same, nearly, or by ear: one slip in four letters or more, two in eight, or
/// one sound key with the spelling still close ("stephens", "stevens").
pub fn alike(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let (a, b) = (a.replace(' ', ""), b.replace(' ', ""));
    let slips = slips_between(&a, &b);
    let shorter = a.chars().count().min(b.chars().count());
    slips == 0
        || (slips == 1 && shorter >= 4)
        || (slips == 2 && shorter >= 8)
        || (slips <= 3 && sound_key(&a) == sound_key(&b))
}

/// Whether a folded word may be this folded name, misspelt: they are alike, and begin alike, by letter or by ear. In a
/// word of four letters or more only: of a shorter one too little is left.
pub fn misspelt(word: &str, name: &str) -> bool {
    // Most names are nothing like the word, and that is seen without counting slips.
    let (a, b) = (letters(word), letters(name));
    if word.len().abs_diff(name.len()) > 3 || word.len() < 4 || (a ^ b).count_ones() > 4 {
        return false;
    }
    let mut one = word.chars();
    let mut other = name.chars();
    let (first, second) = ((one.next(), other.next()), (one.next(), other.next()));
    let changed_round = first.0 == second.1 && first.1 == second.0;
    let begins_alike = first.0 == first.1 || changed_round;
    alike(word, name) && (begins_alike || sound_key(word) == sound_key(name))
}

/// Which letters a word has, a bit for each of a to z and one for all others.
fn letters(word: &str) -> u32 {
    let bit = |byte: u8| if byte.is_ascii_lowercase() { u32::from(byte - b'a') } else { 26 };
    word.bytes().fold(0, |all, byte| all | 1 << bit(byte))
}

/// The fewest letters to add, drop, change, or change round with the next one (restricted Damerau-Levenshtein).
fn slips_between(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let changed = above[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = changed.min(above[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(before[j - 2] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut above, row);
    }
    above[b.len()]
}

/// How a folded family name sounds to an English ear, roughly: consonants only, those that sound alike written
/// alike, silent ones left out; a leading vowel is `a`. In the order of the table: longer spellings first.
fn sound_key(name: &str) -> String {
    const SPELLINGS: &[(&str, &str)] = &[
        ("mac", "mk"),
        ("sch", "sh"),
        ("ough", "f"),
        ("ph", "f"),
        ("gh", ""),
        ("ck", "k"),
        ("ce", "se"),
        ("ci", "si"),
        ("cy", "sy"),
        ("ch", "sh"),
        ("kn", "n"),
        ("wr", "r"),
        ("mps", "ms"),
        ("x", "ks"),
        ("c", "k"),
        ("q", "k"),
        ("z", "s"),
        ("v", "f"),
        ("dge", "j"),
    ];
    let mut key = String::new();
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        let (sound, used) = SPELLINGS
            .iter()
            .find(|(spelling, _)| rest.starts_with(spelling))
            .map_or((&rest[..first.len_utf8()], first.len_utf8()), |(spelling, sound)| {
                (*sound, spelling.len())
            });
        for c in sound.chars() {
            let vowel = matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h' | 'w');
            match (vowel, key.is_empty()) {
                (true, true) if matches!(c, 'h' | 'w') => key.push(c),
                (true, true) => key.push('a'),
                (true, false) => {}
                (false, _) if key.ends_with(c) => {}
                (false, _) => key.push(c),
            }
        }
        rest = &rest[used..];
    }
    key
}

#[cfg(test)]
mod tests {
    use super::super::super::nhs::NhsNumber;
    use super::*;

    #[test]
    fn a_misspelt_word_is_told_from_another_name() {
        for (word, name) in [
            ("qiull", "quill"),
            ("quil", "quill"),
            ("okafro", "okafor"),
            ("uqill", "quill"),
            ("stevens", "stephens"),
            ("filips", "philips"),
            ("lindkvist", "lindqvist"),
        ] {
            assert!(misspelt(word, name), "{word} {name}");
        }
        for (word, name) in [("wound", "lound"), ("oak", "oaks"), ("drowsy", "drew"), ("bed", "ben")] {
            assert!(!misspelt(word, name), "{word} {name}");
        }
    }

    fn person(family: &str, given: &str, born: &str, place: &str, room: &str) -> Identity {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Identity {
            family: family.into(),
            given: some(given),
            born: born.parse().ok(),
            place: some(place),
            room: some(room),
            ..Identity::default()
        }
    }

    fn says(chosen: &Identity, other: &Identity) -> String {
        similar(chosen, other).map(|similarity| similarity.says).unwrap_or_default()
    }

    #[test]
    fn scenario_3_two_men_of_one_name_in_one_scheme_are_told_apart_before_the_choice() {
        let number = |text| Some(NhsNumber::read(text).unwrap().0);
        let first = Identity {
            nhs: number("999 000 0026"),
            ..person("Oakes", "B", "1950-02-01", "Larch Court", "Flat 2")
        };
        let second = Identity {
            nhs: number("999 000 0034"),
            ..person("OAKES", "B.", "1950-02-10", "Larch Court", "Flat 12")
        };
        assert_eq!(similar(&first, &second).unwrap().because, [Because::Name]);
        assert_eq!(
            says(&first, &second),
            "another OAKES here: flat 12, born 10-Feb-1950, not 01-Feb-1950, NHS number 999 000 0034"
        );
        assert_eq!(
            says(&second, &first),
            "another OAKES here: flat 2, born 01-Feb-1950, not 10-Feb-1950, NHS number 999 000 0026"
        );
    }

    #[test]
    fn the_words_name_what_is_different() {
        let theresa = person("Quill", "Theresa", "", "The Elms", "Flat 7");
        assert_eq!(
            says(&theresa, &person("Quill", "Thomas", "", "The Elms", "Flat 9")),
            "another QUILL here: Thomas, flat 9"
        );
        assert_eq!(
            says(&theresa, &person("Quill", "Theresa", "", "Larch Court", "")),
            "another QUILL: Larch Court"
        );
        assert_eq!(says(&theresa, &person("Quilley", "Tom", "", "", "")), "a similar name, QUILLEY: Tom");
        assert_eq!(
            says(&theresa, &person("Quill", "Theresa", "", "The Elms", "Flat 7")),
            "another QUILL here: nothing on record tells them apart"
        );
    }

    #[test]
    fn names_that_sound_or_look_alike_are_asked_about() {
        for (one, two) in [
            ("Clark", "Clarke"),
            ("Smith", "Smyth"),
            ("Stephens", "Stevens"),
            ("Reid", "Read"),
            ("Thompson", "Thomson"),
            ("MacDonald", "McDonald"),
            ("Phillips", "Filips"),
            ("O'Brien", "OBrien"),
            ("Müller", "Muller"),
            ("Wright", "Right"),
            ("Ahmed", "Ahmad"),
            ("Zoltan-Fekete", "Zoltan Fekete"),
        ] {
            let (a, b) = (person(one, "Ann", "", "", ""), person(two, "Alice", "", "", ""));
            assert!(similar(&a, &b).is_some(), "{one} {two}");
            assert!(similar(&b, &a).is_some(), "{two} {one}");
        }
    }

    #[test]
    fn a_name_changed_round_or_half_known_is_asked_about() {
        let james = person("James", "Thomas", "", "", "");
        assert!(similar(&james, &person("Thomas", "James", "", "", "")).is_some());
        assert!(similar(&james, &person("James", "", "", "", "")).is_some());
        let liked = Identity { liked: Some("Tom".into()), ..person("James", "Albert", "", "", "") };
        assert!(similar(&james, &liked).is_some());
    }

    #[test]
    fn people_who_share_a_day_a_room_or_a_number_are_asked_about() {
        let ann = person("Marsh", "Ann", "1941-03-14", "The Elms", "Room 4");
        let twin_day = person("Okafor", "Ben", "1941-03-14", "Larch Court", "Room 4");
        assert_eq!(similar(&ann, &twin_day).unwrap().because, [Because::Born]);
        assert_eq!(says(&ann, &twin_day), "same date of birth: OKAFOR, Ben, Larch Court, room 4");
        let shares = person("Okafor", "Ben", "1950-01-02", "The Elms", "room 4");
        assert_eq!(says(&ann, &shares), "same room: OKAFOR, Ben, born 02-Jan-1950, not 14-Mar-1941");
        let nhs = Some(NhsNumber::read("999 000 0018").unwrap().0);
        let a = Identity { nhs, ..ann };
        let b = Identity { nhs, ..person("Marsh-Lee", "Nan", "", "", "") };
        assert!(
            says(&a, &b)
                .starts_with("the same NHS number, perhaps one person registered twice: MARSH-LEE, Nan")
        );
    }

    #[test]
    fn people_whom_nobody_would_confuse_are_left_alone() {
        let ann = person("Marsh", "Ann", "1941-03-14", "The Elms", "Room 4");
        for other in [
            person("Okafor", "Ann", "1950-01-02", "The Elms", "Room 5"),
            person("Marsh", "Ben", "1950-01-02", "Larch Court", "Room 4"),
            person("Lee", "Ann", "", "", ""),
            person("Moss", "Ann", "", "", ""),
            person("", "", "", "", ""),
        ] {
            assert_eq!(similar(&ann, &other), None);
        }
    }
}
