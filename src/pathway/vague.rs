//! Words of our own that tell the next reader nothing: found while they are typed, as data (`config/vague.toml`).
//!
//! A phrase is pointed at where it stands as whole words, whatever the case, the spacing or the punctuation,
//! and the text holds nothing more concrete: no digit, none of the class's concrete words, and no more than a
//! few further words. So "office informed" is pointed at and "office informed: P. Shah to ring GP by 18:00" is
//! not. The rule is simple on purpose and keeps quiet in doubt: a remark that is wrong teaches people to
//! overlook the next.
//!
//! Which field is our own words and which quotes a caller is the definition's to say; nothing here is ever
//! asked about quoted words, and nothing here stands in the way of saving.

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;
use unicode_segmentation::UnicodeSegmentation;

use crate::domain::words::text as words;

/// The phrases that ship with the program; an office may keep its own.
pub const SHIPPED: &str = include_str!("../../config/vague.toml");

/// Whose words they are and what they are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// A summary or a next step of ours.
    Own,
    /// What somebody saw.
    Observation,
}

/// The phrases of an office, ready to be looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vague {
    own: Phrases,
    observation: Phrases,
    /// What is written where nothing was said.
    nothing: Vec<Vec<String>>,
}

/// A phrase that says nothing, and what would help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Where it stands in the text, in bytes.
    pub at: Range<usize>,
    /// What would make it useful, in the definition's words.
    pub says: String,
}

/// Why a file of phrases does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {says}")]
pub struct VagueProblem {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub says: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Phrases {
    /// The most words beside a phrase at which the text is still thought to say nothing more.
    beside: usize,
    concrete: Vec<String>,
    phrases: Vec<Phrase>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Phrase {
    words: Vec<String>,
    says: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// A set from before there was such a list takes every word for what it says.
    #[serde(default)]
    nothing: Vec<Spanned<String>>,
    own: ClassTable,
    observation: ClassTable,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClassTable {
    beside: usize,
    #[serde(default)]
    concrete: Vec<Spanned<String>>,
    phrase: Vec<PhraseTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PhraseTable {
    words: Vec<Spanned<String>>,
    says: Spanned<String>,
}

impl Vague {
    /// Reads a file of phrases; refuses an empty phrase, one written twice in its class, and a remark that is
    /// empty, naming the line.
    pub fn load(toml_text: &str) -> Result<Self, VagueProblem> {
        let problem =
            |at: usize, says: &str| VagueProblem { line: line_of(toml_text, at), says: says.to_owned() };
        let file: File = toml::from_str(toml_text)
            .map_err(|error| problem(error.span().map_or(0, |span| span.start), error.message()))?;
        let read = |table: ClassTable| -> Result<Phrases, VagueProblem> {
            let mut phrases: Vec<Phrase> = Vec::new();
            for PhraseTable { words: listed, says } in table.phrase {
                if says.get_ref().trim().is_empty() {
                    return Err(problem(says.span().start, words::VAGUE_SAYS_EMPTY));
                }
                for spanned in listed {
                    let said = plain_words(spanned.get_ref());
                    if said.is_empty() {
                        return Err(problem(spanned.span().start, words::VAGUE_PHRASE_EMPTY));
                    }
                    if phrases.iter().any(|phrase| phrase.words == said) {
                        return Err(problem(spanned.span().start, &words::vague_twice(spanned.get_ref())));
                    }
                    phrases.push(Phrase { words: said, says: says.get_ref().clone() });
                }
            }
            // Of two phrases that begin at one word, the longer says more.
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.words.len()));
            let concrete = table.concrete.iter().map(|word| word.get_ref().to_lowercase()).collect();
            Ok(Phrases { beside: table.beside, concrete, phrases })
        };
        let mut nothing = Vec::new();
        for spanned in &file.nothing {
            let said = plain_words(spanned.get_ref());
            if said.is_empty() {
                return Err(problem(spanned.span().start, words::VAGUE_PHRASE_EMPTY));
            }
            nothing.push(said);
        }
        Ok(Self { own: read(file.own)?, observation: read(file.observation)?, nothing })
    }

    /// Whether the whole of `text` says that there was nothing: "None." does, "None before the blood test" does not.
    pub fn says_nothing(&self, text: &str) -> bool {
        // Longer than any of them: no need to look.
        let longest = self.nothing.iter().map(Vec::len).max().unwrap_or(0);
        let said: Vec<String> = words_of(text).map(|(_, word)| word).take(longest + 1).collect();
        self.nothing.contains(&said)
    }

    /// The first phrase in `text` that says nothing, if there is one and nothing beside it says more.
    pub fn point_at(&self, class: Class, text: &str) -> Option<Remark> {
        let phrases = match class {
            Class::Own => &self.own,
            Class::Observation => &self.observation,
        };
        phrases.point_at(text)
    }
}

impl Phrases {
    fn point_at(&self, text: &str) -> Option<Remark> {
        // Further words than this beside even the longest phrase: no need to look.
        let longest = self.phrases.first()?.words.len();
        let words: Vec<(Range<usize>, String)> = words_of(text).take(self.beside + longest + 1).collect();
        let concrete =
            |word: &String| word.contains(|c: char| c.is_ascii_digit()) || self.concrete.contains(word);
        if words.iter().any(|(_, word)| concrete(word)) {
            return None;
        }
        for start in 0..words.len() {
            let here = &words[start..];
            let found = self.phrases.iter().find(|phrase| {
                phrase.words.len() <= here.len()
                    && phrase.words.iter().zip(here).all(|(word, (_, said))| word == said)
            });
            let Some(phrase) = found else { continue };
            let length = phrase.words.len();
            if words.len() - length > self.beside {
                return None;
            }
            return Some(Remark { at: here[0].0.start..here[length - 1].0.end, says: phrase.says.clone() });
        }
        None
    }
}

fn plain_words(text: &str) -> Vec<String> {
    words_of(text).map(|(_, word)| word).collect()
}

/// The words of a text in lower case, and where they stand.
fn words_of(text: &str) -> impl Iterator<Item = (Range<usize>, String)> + '_ {
    text.unicode_word_indices().map(|(at, word)| (at..at + word.len(), word.to_lowercase()))
}

fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|b| *b == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pointed_at(class: Class, text: &str) -> Option<String> {
        let vague = Vague::load(SHIPPED).unwrap();
        vague.point_at(class, text).map(|remark| text[remark.at].to_owned())
    }

    #[test]
    fn a_summary_that_says_nothing_is_pointed_at_with_what_would_help() {
        let vague = Vague::load(SHIPPED).unwrap();
        let remark = vague.point_at(Class::Own, "Office informed.").unwrap();
        assert_eq!(
            remark,
            Remark { at: 0..15, says: "says nothing to the next reader: who does what, by when?".into() }
        );
        for (text, phrase) in [
            ("rang, OFFICE  INFORMED, staff went home", "OFFICE  INFORMED"),
            ("Will chase", "Will chase"),
            ("continue to monitor", "continue to monitor"),
            ("Awaiting response from surgery", "Awaiting response"),
            ("All ok. No concerns.", "All ok"),
            ("on-call aware", "on-call aware"),
        ] {
            assert_eq!(pointed_at(Class::Own, text).as_deref(), Some(phrase), "{text}");
        }
    }

    #[test]
    fn a_phrase_with_who_and_when_is_left_alone() {
        for text in [
            "office informed: P. Shah to ring GP by 18:00",
            "will chase tomorrow",
            "monitor: fluids every hour, ring 111 if under half a cup",
            "Office informed, Priya Shah rings the surgery when it opens and tells the daughter what they say",
            "Dr ZZ visits by 19:00; 999 if hard to rouse",
            "monitored bed arranged",
            "the monitor's screen",
            "",
        ] {
            assert_eq!(pointed_at(Class::Own, text), None, "{text}");
        }
    }

    #[test]
    fn none_is_an_answer_that_says_nothing_and_whatever_stands_beside_it_says_something() {
        let vague = Vague::load(SHIPPED).unwrap();
        for text in ["none", "None.", " NO  advice ", "n/a", "Nothing yet"] {
            assert!(vague.says_nothing(text), "{text}");
        }
        for text in [
            "",
            "None before the blood test",
            "No fluids by mouth",
            "Nothing by mouth",
            "nothing new, carry on",
        ] {
            assert!(!vague.says_nothing(text), "{text}");
        }
        let (before, rest) = SHIPPED.split_once("nothing = [").unwrap();
        let older = format!("{before}{}", rest.split_once("]\n").unwrap().1);
        assert!(!Vague::load(&older).unwrap().says_nothing("none"), "an older set takes every word as it is");
    }

    #[test]
    fn a_vague_observation_is_asked_what_was_seen() {
        for (text, phrase) in [
            ("seems off", "seems off"),
            ("Just not herself today", "not herself"),
            ("Settled.", "Settled"),
            ("had a fall", "had a fall"),
        ] {
            let vague = Vague::load(SHIPPED).unwrap();
            let remark = vague.point_at(Class::Observation, text).unwrap();
            assert_eq!(&text[remark.at], phrase);
        }
        assert!(
            Vague::load(SHIPPED)
                .unwrap()
                .point_at(Class::Observation, "seems off")
                .unwrap()
                .says
                .starts_with("what did you see?")
        );
        for text in [
            "sleepier than usual, drank one cup, needs two hands to stand",
            "not herself: slurring, left arm weak, drooling from the left side",
            "unwell, temperature 38.4",
            "office informed",
        ] {
            assert_eq!(pointed_at(Class::Observation, text), None, "{text}");
        }
    }

    #[test]
    fn a_file_that_does_not_hold_is_refused_with_its_line() {
        let file = |own: &str| {
            format!("[own]\nbeside = 3\n[[own.phrase]]\n{own}\n[observation]\nbeside = 3\nphrase = []\n")
        };
        let refused = |own: &str| Vague::load(&file(own)).unwrap_err().to_string();
        assert_eq!(refused("words = [\n\"ok\",\n\"OK!\"]\nsays = \"x\""), "line 6: “OK!” stands here twice");
        assert_eq!(refused("words = [\"...\"]\nsays = \"x\""), "line 4: a phrase needs at least one word");
        assert_eq!(refused("words = [\"ok\"]\nsays = \" \""), "line 5: a remark needs words that help");
        assert!(
            refused("words = [\"ok\"]\nsays = \"x\"\nsay = 1").starts_with("line 6: unknown field `say`")
        );
        assert!(refused("words = [\"ok\"").starts_with("line "));
        assert!(Vague::load("").is_err());
        assert!(Vague::load(&file("words = [\"ok\"]\nsays = \"x\"")).is_ok());
    }
}
