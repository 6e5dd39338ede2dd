//! Finding a person, or a text, by a few letters or digits: what is kept to be found, and what was typed, in one form.
//!
//! A person is found where every token of the query begins some key of theirs, a text where it begins some key of
//! the text. Keeping the keys and asking for prefixes is left to the store.

use std::collections::BTreeSet;

use chrono::Datelike;

use super::{Identity, fold};
use crate::domain::time::month_named;

/// The most pieces in which a number is read out.
const LONGEST_NUMBER: usize = 6;

/// Digits of a number of which its beginning says something: of fewer, too many begin so.
const DIGITS: usize = 3;

/// Whether every token begins some key: the rule the store's index follows, and small lists apply directly.
pub fn finds(tokens: &[String], keys: &[String]) -> bool {
    tokens.iter().all(|token| keys.iter().any(|key| begins(token, key)))
}

/// Whether a token finds a key: the key begins with it, or is it where the token [`is_whole`].
pub fn begins(token: &str, key: &str) -> bool {
    if is_whole(token) { key == token } else { key.starts_with(token) }
}

/// Whether a token is asked for as it stands. Of one or two digits nobody is meant whose NHS number begins so: it is the
/// number of a room.
pub fn is_whole(token: &str) -> bool {
    token.len() < DIGITS && is_digits(token)
}

/// The keys a person is found under, folded, each once: the words of their names (and a name of several words
/// run together), place and room, the digits of the NHS number, the date of birth as 14031941, 140341, 1403,
/// 1941 and 19410314.
pub fn search_keys(who: &Identity) -> Vec<String> {
    let mut keys = Vec::new();
    let mut add = |key: String| {
        if !key.is_empty() && !keys.contains(&key) {
            keys.push(key);
        }
    };
    let words =
        [Some(&who.family), who.given.as_ref(), who.liked.as_ref(), who.place.as_ref(), who.room.as_ref()];
    for part in words.into_iter().flatten() {
        let folded = fold(part);
        folded.split(' ').for_each(|word| add(word.to_owned()));
        add(folded.replace(' ', ""));
    }
    if let Some(nhs) = who.nhs {
        add(nhs.digits());
    }
    if let Some(born) = who.born {
        let (day, month, year) = (born.day(), born.month(), born.year());
        add(format!("{day:02}{month:02}{year:04}"));
        add(format!("{day:02}{month:02}{:02}", year.rem_euclid(100)));
        add(format!("{day:02}{month:02}"));
        add(format!("{year:04}"));
        add(format!("{year:04}{month:02}{day:02}"));
    }
    keys
}

/// What was typed, as tokens that [`search_keys`] can answer: "14/3/1941", "14 Mar 1941" and "14031941" are one
/// token, so is "999 000 0018"; "flat 9" stays two.
pub fn query_tokens(typed: &str) -> Vec<String> {
    let folded = fold(typed);
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if let Some((date, used)) = date_at(&words[at..]) {
            tokens.push(date);
            at += used;
            continue;
        }
        let digits = words[at..].iter().take_while(|word| is_digits(word)).count();
        // One run of digits, spaced as it was read out.
        if digits > 0 {
            tokens.push(dialled(&words[at..at + digits].concat()));
            at += digits;
        } else {
            tokens.push(words[at].to_owned());
            at += 1;
        }
    }
    tokens
}

/// The keys under which a text is found: its words, folded; numbers and dates in it as [`query_tokens`] reads them,
/// however they are spaced.
pub fn text_keys(text: &str) -> BTreeSet<String> {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    let mut keys: BTreeSet<String> = words.iter().map(|word| (*word).to_owned()).collect();
    for at in 0..words.len() {
        if let Some((date, _)) = date_at(&words[at..]) {
            keys.insert(date);
        }
        // From each of them on: what stands before a number ("flat 4 07700 900118") is not part of it.
        let digits = words[at..].iter().take_while(|word| is_digits(word)).take(LONGEST_NUMBER).count();
        if digits > 0 {
            keys.insert(dialled(&words[at..at + digits].concat()));
        }
    }
    keys
}

/// A telephone number as it is dialled from here: "44 7700 900118", "0044 (0)7700 900118" and "07700 900118" are one.
/// Other digits stay as they are.
pub fn dialled(digits: &str) -> String {
    let abroad = digits.strip_prefix("0044").or_else(|| digits.strip_prefix("44"));
    let national = abroad.map(|rest| rest.strip_prefix('0').unwrap_or(rest));
    match national.filter(|rest| matches!(rest.len(), 9 | 10)) {
        Some(rest) => format!("0{rest}"),
        None => digits.to_owned(),
    }
}

/// A day and month, with or without a year, at the start of `words`, and how many words it took.
pub(super) fn date_at(words: &[&str]) -> Option<(String, usize)> {
    let number = |word: &&str, most: u32| {
        (is_digits(word) && word.len() <= 2)
            .then(|| word.parse::<u32>().ok())
            .flatten()
            .filter(|n| (1..=most).contains(n))
    };
    let day = number(words.first()?, 31)?;
    let month_word = words.get(1)?;
    let year = words.get(2).filter(|word| is_digits(word) && matches!(word.len(), 2 | 4));
    let month = match (month_named(month_word), year) {
        (Some(month), _) => month,
        // Two numbers alone may be anything; with a year they are a date.
        (None, Some(_)) => number(month_word, 12)?,
        (None, None) => return None,
    };
    let used = 2 + usize::from(year.is_some());
    Some((format!("{day:02}{month:02}{}", year.unwrap_or(&"")), used))
}

pub(super) fn is_digits(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::super::super::nhs::NhsNumber;
    use super::*;

    fn theresa() -> Identity {
        Identity {
            family: "O’Quill-Marsh".into(),
            given: Some("Theresa Jane".into()),
            liked: Some("Tess".into()),
            born: chrono::NaiveDate::from_ymd_opt(1941, 3, 14),
            nhs: Some(NhsNumber::read("999 000 0018").unwrap().0),
            place: Some("The Elms".into()),
            room: Some("Flat 9".into()),
        }
    }

    #[test]
    fn a_few_letters_or_digits_find_her_whichever_are_known() {
        let keys = search_keys(&theresa());
        for typed in [
            "oqui",
            "O'Quill",
            "marsh",
            "oquill-m",
            "oquillmarsh",
            "tess",
            "THERESA",
            "the jan",
            "flat 9",
            "flat9",
            "elms 9",
            "14/3/1941",
            "14-Mar-1941",
            "14 march 1941",
            "14.03.41",
            "14 mar",
            "14031941",
            "1403",
            "1941",
            "1941-03-14",
            "999 000 0018",
            "9990000018",
            "999 000",
            "999-000-0018",
            "oquill 1941",
        ] {
            assert!(finds(&query_tokens(typed), &keys), "{typed:?} {:?} {keys:?}", query_tokens(typed));
        }
        for typed in ["oquilt", "15/3/1941", "flat 8", "999 000 0026", "oquill 1950", "99", "14"] {
            assert!(!finds(&query_tokens(typed), &keys), "{typed:?}");
        }
    }

    #[test]
    fn a_query_is_cut_where_people_would() {
        assert_eq!(query_tokens("quill 14/3/41"), ["quill", "140341"]);
        assert_eq!(query_tokens("Flat 9"), ["flat", "9"]);
        assert_eq!(query_tokens("999 000 0018"), ["9990000018"]);
        assert_eq!(query_tokens("14 mars"), ["14", "mars"]);
        assert!(query_tokens(" - ").is_empty());
    }

    #[test]
    fn a_text_is_found_by_its_words_and_by_numbers_and_dates_however_they_are_spaced() {
        let keys: Vec<String> =
            text_keys("Zoë O’Brien, flat 4, 07700 900-118 since 14/3/1941").into_iter().collect();
        for typed in [
            "zoe",
            "OBRI",
            "flat 4",
            "07700900118",
            "+44 7700 900118",
            "0044 (0)7700 900118",
            "900118",
            "14 mar 1941",
        ] {
            assert!(finds(&query_tokens(typed), &keys), "{typed:?} {:?} {keys:?}", query_tokens(typed));
        }
        assert!(!finds(&query_tokens("07700900119"), &keys));
        assert_eq!(dialled("441632960118"), "01632960118");
        assert_eq!(dialled("4490000018"), "4490000018", "an NHS number is no number abroad");
    }
}
