//! Stories of typing.

use proptest::prelude::*;

use super::*;

const WIDE: u16 = 80;

/// Applies edits to a box, as wide as given.
fn edit(typed: &mut TextBox, width: u16, edits: &[Edit]) -> Changed {
    let mut clipboard = Clipboard::default();
    let mut changed = Changed::Nothing;
    for edit in edits {
        changed = typed.apply(edit, width, &mut clipboard);
    }
    changed
}

fn type_in(typed: &mut TextBox, text: &str) {
    for c in text.chars() {
        let edit = if c == '\n' { Edit::Newline } else { Edit::Insert(c) };
        let _ = typed.apply(&edit, WIDE, &mut Clipboard::default());
    }
}

fn shown(typed: &TextBox, width: u16) -> Vec<String> {
    typed.rows(width).into_iter().map(|row| row.text).collect()
}

#[test]
fn backspace_and_arrows_go_by_whole_characters() {
    let mut typed = TextBox::holding(Lines::One, "a👍🏽🇬🇧x\u{0332}");
    for left in ["a👍🏽🇬🇧", "a👍🏽", "a", ""] {
        let _ = edit(&mut typed, WIDE, &[Edit::Backspace]);
        assert_eq!(typed.text(), left);
    }
    assert_eq!(edit(&mut typed, WIDE, &[Edit::Backspace]), Changed::Nothing);

    let mut typed = TextBox::holding(Lines::One, "🇬🇧a");
    let _ = edit(&mut typed, WIDE, &[Edit::Move(Motion::Start), Edit::Move(Motion::Right)]);
    assert_eq!(typed.cursor(), "🇬🇧".len());
    assert_eq!(typed.cursor_at(WIDE), (0, 2));
    let _ = edit(&mut typed, WIDE, &[Edit::Move(Motion::Left), Edit::Delete]);
    assert_eq!(typed.text(), "a");
}

#[test]
fn a_pasted_family_never_leaves_half_a_character() {
    let mut typed = TextBox::new(Lines::One);
    let _ = edit(&mut typed, WIDE, &[Edit::Paste("👨\u{200d}👩\u{200d}👧".into())]);
    assert_eq!(typed.text(), "👨👩👧");
    let _ = edit(&mut typed, WIDE, &[Edit::Backspace]);
    assert_eq!(typed.text(), "👨👩");
}

#[test]
fn an_accent_typed_after_its_letter_joins_it_and_goes_with_it() {
    let mut typed = TextBox::new(Lines::One);
    type_in(&mut typed, "cafe\u{0301}");
    assert_eq!(typed.text(), "café");
    let _ = edit(&mut typed, WIDE, &[Edit::Backspace]);
    assert_eq!(typed.text(), "caf");
    let _ = edit(&mut typed, WIDE, &[Edit::Undo]);
    assert_eq!(typed.text(), "café");
    let _ = edit(&mut typed, WIDE, &[Edit::Undo]);
    assert_eq!(typed.text(), "");
    let _ = edit(&mut typed, WIDE, &[Edit::Redo]);
    assert_eq!(typed.text(), "café");
}

#[test]
fn notes_are_wrapped_at_words_and_the_cursor_is_always_in_the_box() {
    let mut typed = TextBox::holding(Lines::Many, "more drowsy than usual\n\ndrank one cup");
    assert_eq!(shown(&typed, 12), ["more drowsy ", "than usual", "", "drank one ", "cup"]);
    assert_eq!(typed.cursor_at(12), (4, 3));
    let _ = edit(&mut typed, 12, &[Edit::Move(Motion::Start), Edit::Move(Motion::End)]);
    assert_eq!(typed.cursor_at(12), (0, 11));
    let _ = edit(&mut typed, 12, &[Edit::Move(Motion::Right)]);
    assert_eq!(typed.cursor_at(12), (1, 0));
    let _ = edit(&mut typed, 12, &[Edit::Move(Motion::End), Edit::Move(Motion::Home)]);
    assert_eq!(typed.cursor_at(12), (1, 0));
}

#[test]
fn a_long_word_is_broken_and_wide_characters_count_two() {
    assert_eq!(shown(&TextBox::holding(Lines::Many, "abcdefghij kl"), 5), ["abcd", "efgh", "ij ", "kl"]);
    assert_eq!(shown(&TextBox::holding(Lines::Many, "漢字漢字"), 6), ["漢字", "漢字"]);
    assert_eq!(shown(&TextBox::holding(Lines::Many, "漢字"), 0), ["漢", "字"]);
    assert_eq!(shown(&TextBox::holding(Lines::One, "one line is never wrapped"), 5).len(), 1);
    assert_eq!(shown(&TextBox::new(Lines::Many), 10), [""]);
}

#[test]
fn up_and_down_go_by_what_is_shown_and_keep_their_column() {
    let mut typed = TextBox::holding(Lines::Many, "more drowsy than usual\nok\nand cold hands");
    let _ = edit(&mut typed, 12, &[Edit::Move(Motion::Start), Edit::Move(Motion::End)]);
    let mut seen = Vec::new();
    for _ in 0..4 {
        seen.push(typed.cursor_at(12));
        let _ = edit(&mut typed, 12, &[Edit::Move(Motion::Down)]);
    }
    assert_eq!(seen, [(0, 11), (1, 10), (2, 2), (3, 8)]);
    assert_eq!(typed.cursor_at(12), (4, 5));
    assert_eq!(edit(&mut typed, 12, &[Edit::Move(Motion::Down)]), Changed::Nothing);
    let _ = edit(
        &mut typed,
        12,
        &[Edit::Move(Motion::Up), Edit::Move(Motion::Up), Edit::Move(Motion::Up), Edit::Move(Motion::Up)],
    );
    assert_eq!(typed.cursor_at(12), (0, 11));
    assert_eq!(edit(&mut typed, 12, &[Edit::Move(Motion::Up)]), Changed::Nothing);
}

#[test]
fn in_one_line_up_down_and_enter_are_left_to_the_form() {
    let mut typed = TextBox::holding(Lines::One, "Theresa");
    for free in [
        Edit::Move(Motion::Up),
        Edit::Move(Motion::Down),
        Edit::Newline,
        Edit::Undo,
        Edit::Redo,
        Edit::Cut,
        Edit::Copy,
    ] {
        assert_eq!(edit(&mut typed, WIDE, std::slice::from_ref(&free)), Changed::Nothing, "{free:?}");
    }
    assert_eq!(typed.text(), "Theresa");
}

#[test]
fn words_are_passed_selected_and_removed() {
    let mut typed = TextBox::holding(Lines::One, "rang Dr. O'Hara, twice");
    let _ = edit(&mut typed, WIDE, &[Edit::Move(Motion::WordBack), Edit::Move(Motion::WordBack)]);
    assert_eq!(&typed.text()[typed.cursor()..], "O'Hara, twice");
    let _ = edit(&mut typed, WIDE, &[Edit::Select(Motion::WordForward)]);
    assert_eq!(typed.selected(), "O'Hara, ");
    let _ = edit(&mut typed, WIDE, &[Edit::Insert('X')]);
    assert_eq!(typed.text(), "rang Dr. Xtwice");
    let _ = edit(&mut typed, WIDE, &[Edit::Move(Motion::Finish), Edit::DeleteWord]);
    assert_eq!(typed.text(), "rang Dr. ");
    let _ = edit(&mut typed, WIDE, &[Edit::Move(Motion::Start), Edit::DeleteWordForward]);
    assert_eq!(typed.text(), "Dr. ");
    let _ = edit(&mut typed, WIDE, &[Edit::DeleteToEnd]);
    assert_eq!(typed.text(), "");
    let mut typed = TextBox::holding(Lines::One, "half past four");
    let _ = edit(&mut typed, WIDE, &[Edit::Move(Motion::WordBack), Edit::DeleteToStart]);
    assert_eq!(typed.text(), "four");
}

#[test]
fn a_selection_is_replaced_collapsed_and_kept_to_its_box() {
    let mut typed = TextBox::holding(Lines::One, "one two");
    let _ = edit(&mut typed, WIDE, &[Edit::Select(Motion::Left), Edit::Select(Motion::Left)]);
    assert_eq!(typed.selection(), Some(5..7));
    let _ = edit(&mut typed, WIDE, &[Edit::Move(Motion::Left)]);
    assert_eq!((typed.cursor(), typed.selection()), (5, None));
    let _ = edit(&mut typed, WIDE, &[Edit::SelectAll, Edit::Backspace]);
    assert!(typed.is_empty());
    let _ = edit(&mut typed, WIDE, &[Edit::Undo]);
    assert_eq!((typed.text(), typed.selected()), ("one two", "one two"));
}

#[test]
fn the_clipboard_is_the_persons_own_and_can_be_cleared() {
    let mut clipboard = Clipboard::default();
    let mut from = TextBox::holding(Lines::Many, "first\nsecond");
    let mut to = TextBox::new(Lines::One);
    let _ = from.apply(&Edit::SelectAll, WIDE, &mut clipboard);
    assert_eq!(from.apply(&Edit::Copy, WIDE, &mut clipboard), Changed::Nothing);
    assert_eq!(to.apply(&Edit::PasteClipboard, WIDE, &mut clipboard), Changed::Text);
    assert_eq!(to.text(), "first second");
    assert_eq!(from.apply(&Edit::Cut, WIDE, &mut clipboard), Changed::Text);
    assert!(from.is_empty());
    clipboard.clear();
    assert_eq!(to.apply(&Edit::PasteClipboard, WIDE, &mut clipboard), Changed::Nothing);
}

#[test]
fn one_undo_takes_back_one_word_and_moving_forgets_nothing() {
    let mut typed = TextBox::new(Lines::Many);
    type_in(&mut typed, "drank one cup\n");
    for left in ["drank one cup", "drank one ", "drank ", ""] {
        let _ = edit(&mut typed, WIDE, &[Edit::Undo]);
        assert_eq!(typed.text(), left);
    }
    assert_eq!(edit(&mut typed, WIDE, &[Edit::Undo]), Changed::Nothing);
    let _ =
        edit(&mut typed, WIDE, &[Edit::Redo, Edit::Redo, Edit::Move(Motion::Start), Edit::Redo, Edit::Redo]);
    assert_eq!(typed.text(), "drank one cup\n");
    assert_eq!(edit(&mut typed, WIDE, &[Edit::Redo]), Changed::Nothing);

    let mut typed = TextBox::holding(Lines::One, "abcdef");
    let _ = edit(
        &mut typed,
        WIDE,
        &[Edit::Backspace, Edit::Backspace, Edit::Move(Motion::Start), Edit::Delete, Edit::Delete],
    );
    assert_eq!(typed.text(), "cd");
    let _ = edit(&mut typed, WIDE, &[Edit::Undo]);
    assert_eq!((typed.text(), typed.cursor()), ("abcd", 0));
    let _ = edit(&mut typed, WIDE, &[Edit::Undo]);
    assert_eq!((typed.text(), typed.cursor()), ("abcdef", 6));
}

#[test]
fn text_pasted_from_another_system_has_our_line_ends_and_no_commands() {
    let pasted = Edit::Paste("one\r\ntwo\rthree\tfour\u{1b}[2J".into());
    let mut notes = TextBox::new(Lines::Many);
    let _ = edit(&mut notes, WIDE, std::slice::from_ref(&pasted));
    assert_eq!(notes.text(), "one\ntwo\nthree four\u{FFFD}[2J");
    let mut line = TextBox::new(Lines::One);
    let _ = edit(&mut line, WIDE, &[pasted]);
    assert_eq!(line.text(), "one two three four\u{FFFD}[2J");
}

#[test]
fn a_pasted_megabyte_is_cut_told_and_undone_and_what_was_typed_stays() {
    let mut typed = TextBox::holding(Lines::Many, "before  after");
    let _ = edit(&mut typed, WIDE, &[Edit::Move(Motion::WordBack), Edit::Move(Motion::Left)]);
    let pasted = edit(&mut typed, WIDE, &[Edit::Paste("x".repeat(1 << 20))]);
    assert_eq!(pasted, Changed::Cut);
    assert_eq!(typed.text().len(), clean::MOST_BYTES);
    assert!(typed.text().starts_with("before x") && typed.text().ends_with("x after"));
    assert_eq!(edit(&mut typed, WIDE, &[Edit::Insert('y')]), Changed::Cut);
    let _ = edit(&mut typed, WIDE, &[Edit::Undo]);
    assert_eq!(typed.text(), "before  after");
}

#[test]
fn a_copy_of_a_box_has_a_cursor_of_its_own() {
    let mut typed = TextBox::holding(Lines::One, "abc");
    let kept = typed.clone();
    let _ = edit(&mut typed, WIDE, &[Edit::Move(Motion::Left)]);
    assert_eq!((typed.cursor(), kept.cursor()), (2, 3));
    assert_ne!(typed, kept);
    fn can_be_sent<T: Send + Sync>(_: &T) {}
    can_be_sent(&kept);
}

fn any_edit() -> impl Strategy<Value = Edit> {
    let c = prop_oneof![
        proptest::char::range(' ', '~'),
        Just('\u{0301}'),
        Just('é'),
        Just('漢'),
        Just('🇬'),
        Just('👍'),
        Just('🏽'),
        Just('\u{200d}'),
        Just('\u{1161}'),
        Just('\u{1100}'),
        Just('\u{202e}'),
    ];
    let fixed = [
        Edit::Newline,
        Edit::Backspace,
        Edit::Delete,
        Edit::DeleteWord,
        Edit::DeleteWordForward,
        Edit::DeleteToEnd,
        Edit::DeleteToStart,
        Edit::Move(Motion::Left),
        Edit::Move(Motion::Right),
        Edit::Move(Motion::WordBack),
        Edit::Move(Motion::WordForward),
        Edit::Move(Motion::Up),
        Edit::Move(Motion::Down),
        Edit::Move(Motion::Home),
        Edit::Move(Motion::End),
        Edit::Move(Motion::Start),
        Edit::Move(Motion::Finish),
        Edit::Select(Motion::Left),
        Edit::Select(Motion::Right),
        Edit::Select(Motion::WordBack),
        Edit::Select(Motion::Up),
        Edit::Select(Motion::Down),
        Edit::Select(Motion::End),
        Edit::SelectAll,
        Edit::Cut,
        Edit::Copy,
        Edit::PasteClipboard,
        Edit::Undo,
        Edit::Redo,
    ];
    prop_oneof![
        3 => c.clone().prop_map(Edit::Insert),
        1 => proptest::collection::vec(c, 0..12).prop_map(|chars| Edit::Paste(chars.into_iter().collect())),
        3 => proptest::sample::select(fixed.to_vec()),
    ]
}

proptest! {
    #[test]
    fn whatever_is_typed_the_text_is_clean_the_cursor_whole_and_the_way_back_complete(
        edits in proptest::collection::vec(any_edit(), 0..60),
        width in 0u16..14,
        many in any::<bool>(),
    ) {
        let mut typed = TextBox::new(if many { Lines::Many } else { Lines::One });
        let mut clipboard = Clipboard::default();
        for edit in &edits {
            let before = typed.text().to_owned();
            let changed = typed.apply(edit, width, &mut clipboard);
            prop_assert!(typed.text() == before || changed == Changed::Text);
            let cleaned = Clean::notes(typed.text());
            prop_assert_eq!(cleaned.as_str(), typed.text());
            prop_assert_eq!(boundary_from(typed.text(), typed.cursor()), typed.cursor());
            let rows = typed.rows(width);
            let (row, column) = typed.cursor_at(width);
            prop_assert!(row < rows.len());
            if many {
                prop_assert!(column < usize::from(width.max(1)));
                let joined: Vec<&str> = rows.iter().map(|row| &typed.text()[row.at.clone()]).collect();
                prop_assert_eq!(joined.concat(), typed.text().replace('\n', ""));
            }
        }
        while typed.apply(&Edit::Redo, width, &mut clipboard) != Changed::Nothing {}
        let newest = typed.text().to_owned();
        while typed.apply(&Edit::Undo, width, &mut clipboard) != Changed::Nothing {}
        prop_assert_eq!(typed.text(), "");
        while typed.apply(&Edit::Redo, width, &mut clipboard) != Changed::Nothing {}
        prop_assert_eq!(typed.text(), newest);
    }
}
