//! What a search over everything finds, and why: records, cases, and the words of entries that were meant.
//!
//! Which rows those are is left to the store; how the words are compared, to [`super::names::search`].

use serde::Serialize;

use super::ids::{CaseId, EntryId};
use super::names::search::{begins, text_keys};
use super::views::{CaseRow, RecordRow};

/// Characters of an answer that are quoted where a word stands in it.
const QUOTED: usize = 100;
/// Of those, the most that stand before the word.
const BEFORE: usize = 40;
/// Where something was left out.
const CUT: &str = "…";

/// What was found, people first, then open cases, then the rest; in each the likeliest, then the latest, first.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Results {
    /// What was found, by kind; a kind of which nothing was found is not there.
    pub groups: Vec<Group>,
    /// The words stand in so much that not all of it was looked at: what was found is the latest, and there may be more.
    pub is_bounded: bool,
}

/// What was found of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// Which kind.
    pub kind: Kind,
    /// What was found.
    pub hits: Vec<Hit>,
    /// There is more than was asked for.
    pub more: bool,
}

/// What kind of thing was found. Their order is the order in which they are shown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// People supported.
    People,
    /// Cases that are open.
    Open,
    /// Records of another register, by the register's id.
    Records(String),
    /// Cases that are closed.
    Closed,
}

/// One thing that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hit {
    /// What.
    pub found: Found,
    /// Why.
    pub why: Why,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(clippy::large_enum_variant, reason = "a page of a search holds a few dozen")]
pub enum Found {
    /// A record of a register.
    Record(RecordRow),
    /// A case.
    Case(CaseRow),
}

/// Why it was found: the best of the reasons there are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Its short reference was typed.
    Reference,
    /// Its own name, number, birthday or place.
    Itself,
    /// The person or other record that the case is about.
    About,
    /// A name that is written or sounds nearly like what was typed.
    Nearly,
    /// Words in one of its entries.
    Said {
        /// The entry.
        entry: EntryId,
        /// The title of its step.
        title: String,
        /// The answer, as far as it says why, with the words marked.
        quote: Vec<Piece>,
    },
}

/// A piece of a quotation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// What it says.
    pub text: String,
    /// It is what was looked for.
    pub marked: bool,
}

impl Hit {
    /// The record or case.
    pub fn id(&self) -> CaseId {
        match &self.found {
            Found::Record(row) => row.id,
            Found::Case(row) => row.id,
        }
    }
}

impl Results {
    /// Everything that was found, in order.
    pub fn hits(&self) -> impl Iterator<Item = &Hit> {
        self.groups.iter().flat_map(|group| &group.hits)
    }
}

/// A text with the words that were looked for ([`super::names::search::query_tokens`]) marked: those that one of them begins, and the pieces
/// of a number.
pub fn marked(text: &str, words: &[String]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut add = |text: &str, marked: bool| match pieces.last_mut() {
        Some(last) if last.marked == marked => last.text.push_str(text),
        _ if text.is_empty() => {}
        _ => pieces.push(Piece { text: text.to_owned(), marked }),
    };
    for word in text.split_inclusive(|c: char| !belongs(c)) {
        let bare = word.trim_end_matches(|c: char| !belongs(c));
        add(bare, is_meant(bare, words));
        add(&word[bare.len()..], false);
    }
    pieces
}

/// The line of a text that has most of the words in it, cut around the first of them, with all of them marked.
pub fn quote(text: &str, words: &[String]) -> Vec<Piece> {
    let hits = |line: &&str| marked(line, words).iter().filter(|piece| piece.marked).count();
    // Of several as good the first: it stands first in the form.
    let line = text.lines().rev().max_by_key(hits).unwrap_or_default();
    let first: usize =
        marked(line, words).iter().take_while(|piece| !piece.marked).map(|p| p.text.chars().count()).sum();
    let length = line.chars().count();
    let from = if length <= QUOTED { 0 } else { first.saturating_sub(BEFORE).min(length - QUOTED) };
    let mut part: String = line.chars().skip(from).take(QUOTED).collect();
    // Not in the middle of a word.
    if from > 0 {
        let word = part.find(' ').filter(|at| *at < BEFORE).map_or(0, |at| at + 1);
        part.replace_range(..word, CUT);
    }
    if from + QUOTED < length {
        part.push_str(CUT);
    }
    marked(&part, words)
}

/// Whether a character belongs to a word as it is folded: an apostrophe inside a name does.
fn belongs(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\'' | '’' | '‘') || unicode_normalization::char::is_combining_mark(c)
}

fn is_meant(word: &str, tokens: &[String]) -> bool {
    let is_number = word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_digit());
    text_keys(word).iter().any(|key| {
        tokens.iter().any(|token| {
            let alone = token.chars().count() == 1;
            let begins = if alone { key == token } else { begins(token, key) };
            begins || (is_number && token.len() > key.len() && token.contains(key.as_str()))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::names::search::query_tokens;
    use super::*;

    fn shown(pieces: &[Piece]) -> String {
        pieces.iter().map(|p| if p.marked { format!("[{}]", p.text) } else { p.text.clone() }).collect()
    }

    #[test]
    fn the_words_looked_for_are_marked_in_the_line_that_says_why() {
        let text = "W. Quay\nDrowsy since the morning, ate nothing\nrang 07700 900118 and 07700 900119";
        assert_eq!(
            shown(&quote(text, &query_tokens("ate drows"))),
            "[Drowsy] since the morning, [ate] nothing"
        );
        assert_eq!(
            shown(&quote(text, &query_tokens("+44 7700 900118"))),
            "rang [07700] [900118] and [07700] 900119"
        );
        assert_eq!(shown(&quote("Zoë O’Brien", &query_tokens("obri ZOE"))), "[Zoë] [O’Brien]");
        assert_eq!(shown(&marked("", &query_tokens("quill"))), "");
        assert_eq!(shown(&marked("T. Quill to tea", &query_tokens("t"))), "[T]. Quill to tea");
    }

    #[test]
    fn a_long_answer_is_cut_around_the_word() {
        let text = format!("{}the wound smells{}", "and so on ".repeat(20), " and so forth".repeat(20));
        let quoted = shown(&quote(&text, &query_tokens("wound")));
        assert!(
            quoted.starts_with('…') && quoted.ends_with('…') && quoted.contains("the [wound] smells"),
            "{quoted}"
        );
        assert!(quoted.chars().count() < QUOTED + 10);
    }
}
