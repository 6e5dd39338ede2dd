//! Numbers, words and signs: what a typed time is made of before it means anything.

/// One piece of what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A number and how many digits it was typed with.
    Number(u32, usize),
    /// A word in lower case.
    Word(&'a str),
    /// Anything else that is not space.
    Sign(char),
}

/// A half of the day that was named: "morning", "evening".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Half {
    /// Before noon.
    Morning,
    /// From noon on.
    Afternoon,
}

/// Words that only join others.
const JOINING: [&str; 6] = ["at", "on", "the", "of", "by", "and"];

/// Splits lower-case text. Joining words, commas and the endings of "1st" and "25th" are left out.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found: Vec<Token<'_>> = Vec::new();
    let mut rest = text;
    let mut number_just_before = false;
    while let Some(first) = rest.chars().next() {
        let kind = |c: char| {
            if c.is_ascii_digit() {
                'd'
            } else if c.is_alphabetic() || c == '\'' {
                'w'
            } else {
                's'
            }
        };
        let length = match kind(first) {
            's' => first.len_utf8(),
            same => rest.find(|c| kind(c) != same).unwrap_or(rest.len()),
        };
        let (piece, after) = rest.split_at(length);
        rest = after;
        let ends_a_number = number_just_before && matches!(piece, "st" | "nd" | "rd" | "th");
        number_just_before = kind(first) == 'd';
        match kind(first) {
            // Longer numbers than a date's eight digits mean nothing here.
            'd' => found.push(Token::Number(piece.parse().unwrap_or(u32::MAX), piece.len())),
            'w' if ends_a_number || JOINING.contains(&piece) => {}
            'w' => found.push(Token::Word(piece)),
            _ => match first {
                _ if first.is_whitespace() => {}
                ',' | '@' => {}
                '\u{2010}'..='\u{2015}' | '\u{2212}' => found.push(Token::Sign('-')),
                _ => found.push(Token::Sign(first)),
            },
        }
    }
    found
}

/// Takes "about", "c.", "~", "ish" off and says whether any was there.
pub(super) fn take_about(tokens: &mut Vec<Token<'_>>) -> bool {
    let before = match tokens.as_slice() {
        [Token::Word("c" | "ca" | "approx"), Token::Sign('.'), ..] => 2,
        [
            Token::Word("about" | "around" | "approx" | "approximately" | "roughly" | "circa" | "c" | "ca"),
            ..,
        ]
        | [Token::Sign('~' | '≈'), ..] => 1,
        _ => 0,
    };
    tokens.drain(..before);
    let after = usize::from(tokens.last() == Some(&Token::Word("ish")));
    tokens.truncate(tokens.len() - after);
    // "yesterday about 4", "tomorrow ~9"
    let inside = tokens.len();
    tokens.retain(|token| {
        !matches!(token, Token::Sign('~') | Token::Word("about" | "around" | "approx" | "roughly"))
    });
    before + after > 0 || tokens.len() < inside
}

/// Takes "morning", "this afternoon", "evening" off. "tonight" stays, as the day it also names.
pub(super) fn take_half(tokens: &mut Vec<Token<'_>>) -> Option<Half> {
    let half = tokens.iter().find_map(|token| match token {
        Token::Word("morning") => Some(Half::Morning),
        Token::Word("afternoon" | "evening" | "tonight") => Some(Half::Afternoon),
        _ => None,
    })?;
    tokens.retain(|token| !matches!(token, Token::Word("morning" | "afternoon" | "evening" | "this" | "in")));
    Some(half)
}
