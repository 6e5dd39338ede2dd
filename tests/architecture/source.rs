//! Reads one Rust file into what the rules ask about: the paths it names, and where its test modules stand.
//!
//! It works on tokens, so comments and strings never count, and what stands inside a macro does. It knows nothing
//! of types: a path is what is written, with `use` groups spread out and `self::` and `super::` resolved.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// A file of the crate, read.
pub struct Source {
    /// From the root of the project, e.g. `src/pathway/fold.rs`.
    pub path: String,
    pub text: String,
    pub names: Vec<Name>,
    /// Words in the order they stand, for rules about calls and attributes.
    pub words: Vec<Word>,
    /// The texts in quotation marks, each with the words before which it stands.
    pub texts: Vec<Text>,
    /// First and last line of each `#[cfg(test)] mod tests { .. }`.
    pub test_modules: Vec<(usize, usize)>,
    /// Modules declared `#[cfg(test)] mod name;`, as paths of this crate.
    pub test_files: Vec<Vec<String>>,
}

/// A path as the file names it: `["crate", "domain", "ids", "CaseId"]` or `["chrono", "Utc", "now"]`.
pub struct Name {
    pub segments: Vec<String>,
    pub line: usize,
    pub in_use: bool,
}

/// A text in quotation marks.
pub struct Text {
    pub says: String,
    pub line: usize,
    pub in_test: bool,
    /// How many words stand before it.
    pub after: usize,
}

/// An identifier or a mark with the line it stands on; groups open and close as words of their own.
pub struct Word {
    pub text: String,
    pub line: usize,
    pub in_test: bool,
}

impl Source {
    /// Reads a file; text that is not Rust is an error in words.
    pub fn read(path: &str, text: &str) -> Result<Self, String> {
        let tokens: TokenStream =
            text.parse().map_err(|error| format!("{path}: cannot be read as Rust: {error}"))?;
        let mut source = Self {
            path: path.into(),
            text: text.into(),
            names: Vec::new(),
            words: Vec::new(),
            texts: Vec::new(),
            test_modules: Vec::new(),
            test_files: Vec::new(),
        };
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        source.walk(&tokens, &module_of(path), false);
        Ok(source)
    }

    /// The top folder (or single file) of `src/` this file belongs to: `src/ui.rs` and `src/ui/table.rs` are `ui`.
    pub fn folder(&self) -> &str {
        let below = self.path.strip_prefix("src/").unwrap_or(&self.path);
        below.split('/').next().unwrap_or(below).trim_end_matches(".rs")
    }

    /// Lines that are not in a test module.
    pub fn lines_without_tests(&self) -> usize {
        let tests: usize = self.test_modules.iter().map(|(first, last)| last - first + 1).sum();
        self.text.lines().count() - tests
    }

    fn walk(&mut self, tokens: &[TokenTree], module: &[String], in_test: bool) {
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            match token {
                TokenTree::Ident(word) if word == "mod" && self.module(tokens, at, module, in_test) => {
                    at += 3
                }
                TokenTree::Ident(word) if word == "use" => {
                    self.word("use", token, in_test);
                    let end = tokens[at..]
                        .iter()
                        .position(|token| is_mark(token, ';'))
                        .map_or(tokens.len(), |n| at + n);
                    self.name_tree(&tokens[at + 1..end], &[], module, true);
                    at = end;
                }
                TokenTree::Ident(word) => {
                    self.word(&word.to_string(), token, in_test);
                    at += 1;
                    if !(continues_path(tokens, at - 1) || is_field(tokens, at - 1)) {
                        self.name_tree(&tokens[at - 1..], &[], module, false);
                    }
                }
                TokenTree::Group(group) => {
                    let (open, close) = brackets(group.delimiter());
                    self.word(open, token, in_test);
                    let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                    self.walk(&inside, module, in_test);
                    self.word(close, token, in_test);
                    at += 1;
                }
                TokenTree::Punct(mark) => {
                    self.word(&mark.as_char().to_string(), token, in_test);
                    at += 1;
                }
                TokenTree::Literal(literal) => {
                    let says = literal.to_string();
                    if says.starts_with(['"', 'r']) {
                        let after = self.words.len();
                        self.texts.push(Text { says, line: line(token), in_test, after });
                    }
                    at += 1;
                }
            }
        }
    }

    /// Takes `mod name;` or `mod name { .. }`, remembering tests; false where `mod` is something else.
    fn module(&mut self, tokens: &[TokenTree], at: usize, module: &[String], in_test: bool) -> bool {
        let Some(TokenTree::Ident(name)) = tokens.get(at + 1) else { return false };
        let inner: Vec<String> = module.iter().cloned().chain([name.to_string()]).collect();
        let tests = is_under_cfg_test(&tokens[..at]);
        match tokens.get(at + 2) {
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                if tests {
                    self.test_modules.push((line(&tokens[at]), group.span_close().end().line));
                }
                let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                self.walk(&inside, &inner, in_test || tests);
            }
            Some(token) if is_mark(token, ';') => self.test_files.extend(tests.then_some(inner)),
            _ => return false,
        }
        true
    }

    /// Takes the path (or, in a `use`, the tree of paths) that begins here.
    fn name_tree(&mut self, tokens: &[TokenTree], before: &[String], module: &[String], in_use: bool) {
        let mut segments = before.to_vec();
        let mut at = if is_double_colon(tokens, 0) { 2 } else { 0 };
        let Some(first) = tokens.get(at) else { return };
        let line = line(first);
        loop {
            match tokens.get(at) {
                Some(TokenTree::Ident(word)) => segments.push(word.to_string()),
                Some(token) if is_mark(token, '*') && in_use => segments.push("*".into()),
                Some(TokenTree::Group(group)) if in_use => {
                    let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                    for branch in inside.split(|token| is_mark(token, ',')) {
                        self.name_tree(branch, &segments, module, true);
                    }
                    return;
                }
                _ => break,
            }
            at += 1;
            if !is_double_colon(tokens, at) {
                break;
            }
            at += 2;
        }
        if in_use || segments.len() > 1 {
            self.names.push(Name { segments: resolved(segments, module), line, in_use });
        }
    }

    fn word(&mut self, text: &str, token: &TokenTree, in_test: bool) {
        self.words.push(Word { text: text.into(), line: line(token), in_test });
    }
}

/// The module a file is: `src/pathway/fold.rs` is `["pathway", "fold"]`; `lib.rs` and `main.rs` are the root.
pub fn module_of(path: &str) -> Vec<String> {
    let below = path.strip_prefix("src/").unwrap_or(path).trim_end_matches(".rs");
    if matches!(below, "lib" | "main") { Vec::new() } else { below.split('/').map(str::to_owned).collect() }
}

/// Turns `self::` and `super::` at the head into `crate::`.
fn resolved(segments: Vec<String>, module: &[String]) -> Vec<String> {
    let heads = segments.iter().take_while(|segment| matches!(segment.as_str(), "self" | "super")).count();
    if heads == 0 {
        return segments;
    }
    let up = segments[..heads].iter().filter(|segment| *segment == "super").count();
    let base = &module[..module.len().saturating_sub(up)];
    ["crate"]
        .into_iter()
        .map(str::to_owned)
        .chain(base.iter().cloned())
        .chain(segments[heads..].to_vec())
        .collect()
}

fn line(token: &TokenTree) -> usize {
    token.span().start().line
}

fn is_mark(token: &TokenTree, mark: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == mark)
}

fn is_double_colon(tokens: &[TokenTree], at: usize) -> bool {
    matches!(tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == ':' && punct.spacing() == Spacing::Joint)
        && tokens.get(at + 1).is_some_and(|token| is_mark(token, ':'))
}

/// Whether the word here is a later segment of a path that began before it.
fn continues_path(tokens: &[TokenTree], at: usize) -> bool {
    at >= 3 && is_double_colon(tokens, at - 2) && matches!(tokens[at - 3], TokenTree::Ident(_))
}

/// Whether the word here is a field or method: it stands after a single dot.
fn is_field(tokens: &[TokenTree], at: usize) -> bool {
    at >= 1 && is_mark(&tokens[at - 1], '.') && !(at >= 2 && is_mark(&tokens[at - 2], '.'))
}

/// Whether the attributes right before an item hold `#[cfg(test)]`.
fn is_under_cfg_test(before: &[TokenTree]) -> bool {
    let mut rest = before;
    while let [head @ .., last] = rest {
        match last {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket => {
                let attribute: String = group.stream().to_string().split_whitespace().collect();
                if attribute == "cfg(test)" {
                    return true;
                }
            }
            token if is_mark(token, '#') => {}
            TokenTree::Ident(word) if word == "pub" => {}
            TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis => {}
            _ => return false,
        }
        rest = head;
    }
    false
}

fn brackets(delimiter: Delimiter) -> (&'static str, &'static str) {
    match delimiter {
        Delimiter::Parenthesis => ("(", ")"),
        Delimiter::Brace => ("{", "}"),
        Delimiter::Bracket => ("[", "]"),
        Delimiter::None => ("", ""),
    }
}
