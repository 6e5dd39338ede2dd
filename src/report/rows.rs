//! A file of rows, as spreadsheets read and write them: how its letters are written, what separates its columns, its rows as they
//! stand in it.
//!
//! What a cell means is left to whoever asks for the rows. Quotes, and line ends within them, are the CSV crate's business.

use std::borrow::Cow;
use std::io::Write;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use crate::domain::clean;
use crate::domain::words::cli as words;

/// The most that is read of a file, in bytes: some hundred thousand people with all that is known of them.
pub const MOST_BYTES: u64 = 32 * 1024 * 1024;

/// The byte order mark, by which a spreadsheet knows UTF-8.
const MARK: &str = "\u{FEFF}";
/// How workbooks begin, which hold a table as something other than text.
const WORKBOOKS: [&[u8]; 2] = [b"PK\x03\x04", b"\xD0\xCF\x11\xE0"];

/// A file of rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The first row.
    pub headings: Vec<String>,
    /// The others, without those that are all blank.
    pub rows: Vec<Row>,
    /// What is to be said of how it was read, if anything.
    pub notes: Vec<String>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The line of the file on which it begins, from 1.
    pub line: u64,
    /// What stands in each column; may be fewer or more than there are headings.
    pub cells: Vec<String>,
}

/// Reads a file.
///
/// # Errors
/// It cannot be read as rows at all; in words.
pub fn read(bytes: &[u8]) -> Result<Sheet, String> {
    let mut notes = Vec::new();
    let text = decoded(bytes, &mut notes)?;
    let (text, said, skipped) = separator_line(&text);
    let separator = said.unwrap_or_else(|| separator(text));
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let mut lines = Lines { text: text.as_bytes(), at: 0, line: 1 + skipped };
    let mut rows = Vec::new();
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(|error| error.to_string())? {
        let from = record.position().map_or(0, csv::Position::byte);
        let line = lines.of(usize::try_from(from).unwrap_or(usize::MAX));
        if record.iter().any(|cell| !cell.trim().is_empty()) {
            rows.push(Row { line, cells: record.iter().map(str::to_owned).collect() });
        }
    }
    if rows.is_empty() {
        return Err(words::EMPTY_FILE.to_owned());
    }
    let headings = rows.remove(0).cells;
    Ok(Sheet { headings, rows, notes })
}

/// The letters, whatever they were written as.
fn decoded<'b>(bytes: &'b [u8], notes: &mut Vec<String>) -> Result<Cow<'b, str>, String> {
    if WORKBOOKS.iter().any(|begins| bytes.starts_with(begins)) {
        return Err(words::WORKBOOK.to_owned());
    }
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    if marked.is_none() && bytes.contains(&0) {
        return Err(words::NOT_TEXT.to_owned());
    }
    let is_utf8 = std::str::from_utf8(bytes).is_ok();
    let encoding = marked.unwrap_or(if is_utf8 { UTF_8 } else { WINDOWS_1252 });
    let (text, used, broken) = encoding.decode(bytes);
    if broken {
        return Err(words::broken_letters(used.name()));
    }
    if used != UTF_8 {
        notes.push(words::read_as(used.name()));
    }
    Ok(text)
}

/// "sep=;", which some spreadsheets write before all else: the text after it, what it says, and how many lines it took.
fn separator_line(text: &str) -> (&str, Option<u8>, u64) {
    let rest = text.get(..4).filter(|begins| begins.eq_ignore_ascii_case("sep=")).map(|_| &text[4..]);
    match rest.and_then(|rest| Some((rest.bytes().next()?, rest.split_once('\n')?))) {
        Some((separator, (said, after))) if said.trim_end().len() == 1 => (after, Some(separator), 1),
        _ => (text, None, 0),
    }
}

/// What separates the columns: whichever of comma, semicolon and tab stands most often in the first row, outside quotes.
fn separator(text: &str) -> u8 {
    let (mut counts, mut quoted) = ([(b',', 0), (b';', 0), (b'\t', 0)], false);
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if quoted => {}
            _ => counts
                .iter_mut()
                .filter(|(separator, _)| *separator == byte)
                .for_each(|(_, count)| *count += 1),
        }
    }
    // Of equals the first.
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
    counts.iter().find(|(_, count)| *count == most).map_or(b',', |(separator, _)| *separator)
}

/// Counts the lines of a file as an editor does, forward from row to row.
struct Lines<'t> {
    text: &'t [u8],
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line on which the row begins that the reader came to at this byte: the line ends before it are not its own.
    fn of(&mut self, from: usize) -> u64 {
        while let Some(byte) = self.text.get(self.at) {
            let ends = matches!(byte, b'\n' | b'\r');
            if self.at >= from && !ends {
                break;
            }
            let pair = *byte == b'\r' && self.text.get(self.at + 1) == Some(&b'\n');
            self.line += u64::from(ends && !pair);
            self.at += 1;
        }
        self.line
    }
}

/// Writes rows so that a spreadsheet reads them as what they are: UTF-8 with its mark, and nothing it would take for a
/// formula.
pub struct Writer<W: Write>(csv::Writer<W>);

impl<W: Write> Writer<W> {
    /// Begins a file.
    ///
    /// # Errors
    /// It cannot be written to.
    pub fn new(mut out: W) -> std::io::Result<Self> {
        out.write_all(MARK.as_bytes())?;
        Ok(Self(csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out)))
    }

    /// Writes a row.
    ///
    /// # Errors
    /// It cannot be written to.
    pub fn row<'c>(&mut self, cells: impl IntoIterator<Item = &'c str>) -> std::io::Result<()> {
        let cells = cells.into_iter().map(clean::cell).map(Cow::into_owned);
        self.0.write_record(cells).map_err(failed)
    }

    /// Ends the file.
    ///
    /// # Errors
    /// It cannot be written to.
    pub fn finish(mut self) -> std::io::Result<W> {
        self.0.flush()?;
        self.0.into_inner().map_err(|error| std::io::Error::other(error.to_string()))
    }
}

fn failed(error: csv::Error) -> std::io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => std::io::Error::other(format!("{other:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(sheet: &Sheet) -> Vec<(u64, Vec<&str>)> {
        sheet.rows.iter().map(|row| (row.line, row.cells.iter().map(String::as_str).collect())).collect()
    }

    #[test]
    fn a_row_is_named_by_the_line_on_which_an_editor_shows_it() {
        for end in ["\n", "\r\n", "\r"] {
            let text = "Name,Room\nQuill,\"Flat 7,\nleft bell\"\n\n,\n\"Oakes\",2\n".replace('\n', end);
            let sheet = read(text.as_bytes()).unwrap();
            assert_eq!(sheet.headings, ["Name", "Room"]);
            let within = format!("Flat 7,{end}left bell");
            assert_eq!(lines(&sheet), [(2, vec!["Quill", &within]), (6, vec!["Oakes", "2"])], "{end:?}");
        }
    }

    #[test]
    fn the_separator_is_found_and_the_one_that_is_said_is_believed() {
        for (text, cells) in [
            ("Name;Room\nQuill, Tess;7\n", vec!["Quill, Tess", "7"]),
            ("Name\tRoom\nQuill, Tess\t7\n", vec!["Quill, Tess", "7"]),
            ("\"Name; or so\",Room\nQuill,7\n", vec!["Quill", "7"]),
            ("sep=;\r\nName;Room\r\nQuill;7\r\n", vec!["Quill", "7"]),
            ("Name\nQuill\n", vec!["Quill"]),
        ] {
            let sheet = read(text.as_bytes()).unwrap();
            let line = 2 + u64::from(text.starts_with("sep"));
            assert_eq!(lines(&sheet), [(line, cells)], "{text:?}");
        }
    }

    #[test]
    fn letters_are_read_however_a_spreadsheet_writes_them_and_said_where_that_was_guessed() {
        let text = "Name,Room\nZoë Müller,“7”\n";
        let utf_16 = |little: bool| -> Vec<u8> {
            let bytes = |unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() };
            std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(bytes).collect()
        };
        let (windows, _, _) = WINDOWS_1252.encode(text);
        let marked = format!("\u{FEFF}{text}");
        for (bytes, said) in [
            (text.as_bytes().to_vec(), ""),
            (marked.into_bytes(), ""),
            (utf_16(true), "UTF-16LE"),
            (utf_16(false), "UTF-16BE"),
            (windows.into_owned(), "windows-1252"),
        ] {
            let sheet = read(&bytes).unwrap();
            assert_eq!(lines(&sheet), [(2, vec!["Zoë Müller", "“7”"])]);
            assert!(
                sheet.notes.iter().all(|note| note.contains(said))
                    && sheet.notes.is_empty() == said.is_empty()
            );
        }
        assert!(read(b"PK\x03\x04rest").unwrap_err().contains("workbook"));
        assert!(read(b"Name\0Room").unwrap_err().contains("text"));
        assert!(
            read("\u{FEFF}Name".as_bytes().iter().copied().chain([0xFF]).collect::<Vec<_>>().as_slice())
                .is_err()
        );
        for nothing in ["", "\n\n", ",,\n ,\n"] {
            assert_eq!(read(nothing.as_bytes()).unwrap_err(), words::EMPTY_FILE);
        }
    }

    #[test]
    fn what_is_written_is_read_again_and_is_no_formula_on_the_way() {
        let cells = ["=1+1", "'=1", "plain", "two\nlines \"quoted\", so", "+44 7700 900118", "-", "", "'12"];
        let mut out = Writer::new(Vec::new()).unwrap();
        out.row(["a", "b", "c", "d", "e", "f", "g", "h"]).unwrap();
        out.row(cells).unwrap();
        let bytes = out.finish().unwrap();
        let sheet = read(&bytes).unwrap();
        let row = &sheet.rows[0];
        assert!(row.cells.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@'])));
        assert_eq!(row.cells.iter().map(|cell| clean::uncelled(cell)).collect::<Vec<_>>(), cells);
    }
}
