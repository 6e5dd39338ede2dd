//! Text from people, made harmless: one type on the way in, one function on the way out.
//!
//! A name pasted from a web page can carry an escape sequence that renames the terminal, a mark that turns the
//! line round, or forty accents on one letter. [`Clean`] is what any text from outside passes before it is kept
//! (typing, paste, import, command line, configuration); [`shown`] is asked again before anything is written to
//! a terminal, a page or a log, whatever stored it. What cannot be shown safely becomes U+FFFD, so that a
//! reader sees that something was there. The same text in means the same text out, however often it passes.
//!
//! How a spreadsheet's cells are quoted is left to whoever writes the file; what a text means, to its reader.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

/// The most that one field holds, in bytes of UTF-8: some twenty closely written pages.
pub const MOST_BYTES: usize = 64 * 1024;

/// The most combining marks left on one base character. Vietnamese needs two, pointed Hebrew four.
const MOST_MARKS: usize = 4;

/// What stands where something could not be shown.
const UNSHOWABLE: char = '\u{FFFD}';

/// Text that can be kept, shown and printed: NFC, no control, direction, invisible or private characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Clean(String);

impl Clean {
    /// One line: line ends and tabs become a space.
    pub fn line(text: &str) -> Self {
        Self(cleaned(text, ' '))
    }

    /// Several lines: CRLF, CR and the Unicode line ends become `\n`, tabs a space.
    pub fn notes(text: &str) -> Self {
        Self(cleaned(text, '\n'))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, owned.
    pub fn into_string(self) -> String {
        self.0
    }
}

impl std::ops::Deref for Clean {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Clean {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Cleaned text held to [`MOST_BYTES`], which says whether some of it was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pasted {
    /// What fits, ending on a whole grapheme.
    pub text: Clean,
    /// True where more was given than a field holds: to be said to whoever pasted it.
    pub cut: bool,
}

impl Pasted {
    /// One line, as [`Clean::line`].
    pub fn line(text: &str) -> Self {
        Self::held(Clean::line(text), MOST_BYTES)
    }

    /// Several lines, as [`Clean::notes`].
    pub fn notes(text: &str) -> Self {
        Self::held(Clean::notes(text), MOST_BYTES)
    }

    /// As much of `text` as goes into `room` bytes.
    pub fn held(text: Clean, room: usize) -> Self {
        if text.len() <= room {
            return Self { text, cut: false };
        }
        let end = text
            .grapheme_indices(true)
            .map(|(at, grapheme)| at + grapheme.len())
            .take_while(|end| *end <= room)
            .last()
            .unwrap_or(0);
        let mut kept = text.into_string();
        kept.truncate(end);
        Self { text: Clean(kept), cut: true }
    }
}

/// Text as it may leave the program for a terminal, a page, a log or a title: several lines, nothing hidden.
///
/// Costs one pass and no memory where the text is harmless already, as all text that came in through [`Clean`]
/// is.
pub fn shown(text: &str) -> Cow<'_, str> {
    if is_harmless(text) { Cow::Borrowed(text) } else { Cow::Owned(cleaned(text, '\n')) }
}

/// Text as it may stand in a cell of a spreadsheet. A cell that a spreadsheet would take for a formula, or whose own
/// apostrophe it would take away, gets a leading apostrophe; [`uncelled`] takes exactly that off again. Quotes and
/// separators are left to the writer of the file.
pub fn cell(text: &str) -> Cow<'_, str> {
    let within = text.trim_start_matches('\'');
    let marked = within.len() < text.len();
    if is_formula(within) || (marked && begins_with_digit(within)) {
        Cow::Owned(format!("'{}", shown(text)))
    } else {
        shown(text)
    }
}

/// What a cell says, without the apostrophe that [`cell`], or a spreadsheet that keeps digits as text, put before it.
pub fn uncelled(cell: &str) -> &str {
    let Some(rest) = cell.strip_prefix('\'') else { return cell };
    let within = rest.trim_start_matches('\'');
    if is_formula(within) || begins_with_digit(within) { rest } else { cell }
}

fn is_formula(text: &str) -> bool {
    text.starts_with(['\t', '\r'])
        || text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

fn begins_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

fn cleaned(text: &str, line_end: char) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' | '\n' | '\u{2028}' | '\u{2029}' => kept.push(line_end),
            '\t' => kept.push(' '),
            // Terminals disagree about the width of joined emoji; apart they are all drawn alike.
            '\u{200D}' if kept.chars().next_back().is_some_and(is_emoji_part) => {}
            c if is_unshowable(c) => kept.push(UNSHOWABLE),
            c => kept.push(c),
        }
    }
    let mut marks = 0;
    kept.nfc()
        .filter(|c| {
            marks = if is_combining_mark(*c) { marks + 1 } else { 0 };
            marks <= MOST_MARKS
        })
        .collect()
}

fn is_harmless(text: &str) -> bool {
    // Nearly everything that is shown is plain: no need to look at each character's kind.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n')) {
        return true;
    }
    let mut marks = 0;
    text.chars().all(|c| {
        if c.is_ascii() {
            marks = 0;
            return c == '\n' || (' '..='~').contains(&c);
        }
        marks = if is_combining_mark(c) { marks + 1 } else { 0 };
        marks <= MOST_MARKS && !matches!(c, '\u{2028}' | '\u{2029}') && !is_unshowable(c)
    })
}

/// Characters that act on a terminal or a reader instead of being seen.
fn is_unshowable(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        // C0, DEL, C1.
        c if c.is_control() => true,
        // Direction: a name must not turn the rest of the line round.
        '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => true,
        // Nothing to see: soft hyphen, joiners, fillers, invisible operators, byte order mark, annotations.
        '\u{00AD}'
        | '\u{034F}'
        | '\u{115F}'
        | '\u{1160}'
        | '\u{17B4}'
        | '\u{17B5}'
        | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200D}'
        | '\u{2060}'..='\u{2065}'
        | '\u{206A}'..='\u{206F}'
        | '\u{3164}'
        | '\u{FEFF}'
        | '\u{FFA0}'
        | '\u{FFF9}'..='\u{FFFB}'
        | '\u{1BCA0}'..='\u{1BCA3}'
        | '\u{1D173}'..='\u{1D17A}' => true,
        // Tags and further variation selectors can carry a hidden message.
        '\u{E0000}'..='\u{E0FFF}' => true,
        // Private use: every font draws something else.
        '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}' => true,
        '\u{FDD0}'..='\u{FDEF}' => true,
        c => u32::from(c) & 0xFFFE == 0xFFFE,
    }
}

/// Good enough to tell a joined emoji from a joiner hidden in a word.
fn is_emoji_part(c: char) -> bool {
    matches!(c, '\u{1F000}'..='\u{1FAFF}' | '\u{2190}'..='\u{2BFF}' | '\u{FE0F}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What has been used against terminals, readers and spreadsheets.
    const HOSTILE: &[(&str, &str)] = &[
        ("sets the clipboard (OSC 52)", "\u{1b}]52;c;cm0gLXJm\u{7}"),
        ("renames the window (OSC 0)", "\u{1b}]0;owned\u{1b}\\"),
        ("a link that lies (OSC 8)", "\u{1b}]8;;http://x\u{1b}\\GP\u{1b}]8;;\u{1b}\\"),
        ("asks the terminal to answer (DCS)", "\u{1b}P$q\"p\u{1b}\\"),
        ("clears the screen (CSI)", "\u{1b}[2J\u{1b}[H"),
        ("the same in one byte (C1)", "\u{9b}2J\u{9d}0;x\u{9c}\u{90}\u{85}"),
        ("turns the line round", "QUILL \u{202e}8100 000 999\u{202c}"),
        ("isolates", "\u{2066}a\u{2069}\u{200e}\u{200f}\u{061c}"),
        ("hides in a name", "QU\u{200b}IL\u{200d}L\u{feff}\u{00ad}"),
        ("hides a message in tags", "ok\u{e0041}\u{e0042}\u{e0101}"),
        ("private and none", "\u{e000}\u{f8ff}\u{fdd0}\u{ffff}\u{10ffff}"),
        ("rings, backspaces, deletes", "\u{7}\u{8}\u{7f}\u{0}"),
    ];

    #[test]
    fn nothing_hostile_gets_in_or_out_and_a_reader_sees_that_something_was_there() {
        for (what, text) in HOSTILE {
            for out in
                [Clean::line(text).into_string(), Clean::notes(text).into_string(), shown(text).into_owned()]
            {
                assert!(!out.chars().any(is_unshowable), "{what}: {out:?}");
                assert!(out.contains('\u{FFFD}'), "{what} left no trace: {out:?}");
            }
        }
        assert_eq!(Clean::line("\u{1b}[2Jhelp").as_str(), "\u{FFFD}[2Jhelp");
    }

    #[test]
    fn an_ordinary_note_stays_as_it_was_typed() {
        let note = "Zoë said: “I’m not right” – 37.9 °C, café at 16:40\nNguyễn, Łukasz, O’Brien, £5, 👍🏽, 🇬🇧";
        assert_eq!(Clean::notes(note).as_str(), note);
        assert!(matches!(shown(note), Cow::Borrowed(_)));
    }

    #[test]
    fn line_ends_of_every_system_become_one_kind() {
        assert_eq!(Clean::notes("a\r\nb\rc\nd\u{2028}e\tf").as_str(), "a\nb\nc\nd\ne f");
        assert_eq!(Clean::line("a\r\nb\rc\nd\te").as_str(), "a b c d e");
    }

    #[test]
    fn one_name_typed_two_ways_is_kept_one_way() {
        assert_eq!(Clean::line("Zoe\u{0308}"), Clean::line("Zoë"));
    }

    #[test]
    fn a_joined_family_becomes_its_members() {
        assert_eq!(Clean::line("👨\u{200d}👩\u{200d}👧").as_str(), "👨👩👧");
    }

    #[test]
    fn marks_piled_on_a_letter_are_held_to_four() {
        let piled = format!("z{}algo", "\u{0335}\u{0336}\u{0337}".repeat(20));
        let kept = Clean::line(&piled);
        assert_eq!(kept.chars().filter(|c| is_combining_mark(*c)).count(), 4);
        assert!(kept.ends_with("algo"));
        assert_eq!(shown(&piled), kept.as_str());
    }

    #[test]
    fn a_pasted_megabyte_is_cut_at_a_whole_character_and_says_so() {
        let pasted = Pasted::line(&"é🇬🇧".repeat(100_000));
        assert!(pasted.cut);
        assert!(pasted.text.len() <= MOST_BYTES && pasted.text.len() > MOST_BYTES - 10);
        assert!(pasted.text.ends_with('é') || pasted.text.ends_with("🇬🇧"));
        assert!(!Pasted::notes("two\nlines").cut);
    }

    #[test]
    fn a_spreadsheet_is_given_no_formula() {
        assert_eq!(cell("=HYPERLINK(\"http://x\")"), "'=HYPERLINK(\"http://x\")");
        for start in ["+44 20", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1"] {
            assert!(cell(start).starts_with('\''), "{start:?}");
        }
        assert_eq!(cell("QUILL, Theresa"), "QUILL, Theresa");
        for (text, written) in [("'=1", "''=1"), ("'07700", "''07700"), ("'tis", "'tis"), ("07700", "07700")]
        {
            assert_eq!((cell(text).as_ref(), uncelled(written)), (written, text));
        }
        // As a spreadsheet marks digits that are to stay text.
        assert_eq!(uncelled("'07700 900118"), "07700 900118");
    }

    fn any_text() -> impl Strategy<Value = String> {
        let c = prop_oneof![
            any::<char>(),
            proptest::char::range('\u{0300}', '\u{036f}'),
            proptest::char::range('\u{2000}', '\u{206f}'),
            proptest::char::range('\u{0}', '\u{ff}'),
            Just('\u{1100}'),
            Just('\u{1161}'),
            Just('\u{09C7}'),
            Just('\u{09BE}'),
            Just('👩'),
        ];
        proptest::collection::vec(c, 0..60).prop_map(|chars| chars.into_iter().collect())
    }

    proptest! {
        #[test]
        fn cleaning_twice_is_cleaning_once(text in any_text()) {
            for once in [Clean::line(&text), Clean::notes(&text)] {
                prop_assert_eq!(&Clean::notes(&once), &once);
                prop_assert!(matches!(shown(&once), Cow::Borrowed(_)));
                prop_assert!(is_harmless(&once));
            }
            prop_assert!(!Clean::line(&text).contains('\n'));
            let kept = Clean::notes(&text);
            let once = cell(&kept);
            prop_assert_eq!(uncelled(&once), kept.as_str());
            prop_assert!(!is_formula(&once));
        }
    }
}
