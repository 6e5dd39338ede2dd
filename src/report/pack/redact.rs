//! A copy for another organisation: third parties are protected wherever they stand, in free text too.
//!
//! Whoever the record names beside the person and the organisation is known by name: staff, callers, family, other people; so
//! is whoever is on a register of the office and named in somebody's words ("Zena Sallow", "Mr Gill", "E. Vale"). Each part of such a name is withheld wherever it stands as a word with a capital letter, and so is whatever reads as a
//! telephone number or an address of electronic mail. What a person wrote in other words than names is theirs to read
//! before it leaves: the pack says what was withheld, not that nothing else is in it.

use std::collections::{BTreeSet, HashMap};

use super::{Cell, Pack, Table};
use crate::domain::answer::{Answer, Answers, Named};
use crate::domain::entry::Said;
use crate::domain::pack::PackAsked;
use crate::domain::views::{CaseView, RecordRow};
use crate::domain::words::pack as words;
use crate::pathway::definition::{Field, Kind, Means};
use crate::report::chronology::Telling;

use super::gather::is_of_people;

/// Fields whose words are the name of somebody.
const NAMES: [Means; 8] = [
    Means::Caller,
    Means::ToldName,
    Means::SeenBy,
    Means::SeesNext,
    Means::CoveredBy,
    Means::Dissenter,
    Means::DecidedBy,
    Means::RelationshipHolder,
];

/// What is for the office alone.
const OWN: [&str; 8] = [
    words::SIGNS.id,
    words::AUDITS.id,
    words::LEARNING.id,
    words::GAPS.id,
    words::COUNTS.id,
    words::REVIEWS.id,
    words::ROUNDS.id,
    words::INDEX.id,
];

/// Whether a table is for the office alone.
pub(super) fn is_of_office(table: &str) -> bool {
    OWN.contains(&table)
}

/// The fewest digits of a telephone number.
const PHONE: usize = 9;
/// The most that stands between two digits of one.
const BETWEEN: usize = 3;

/// Names that are withheld, and those that stay.
#[derive(Debug, Default)]
pub(super) struct Hushed {
    people: BTreeSet<String>,
    words: BTreeSet<String>,
    stays: BTreeSet<String>,
    /// The surname of whomever it is about, which somebody near them may have as well.
    surname: BTreeSet<String>,
    numbers: BTreeSet<String>,
    /// Whether it is for whoever it is about.
    theirs: bool,
}

impl Hushed {
    /// Of what is asked for.
    pub(super) fn of(asked: &PackAsked) -> Self {
        Self { theirs: asked.theirs, ..Self::default() }
    }

    /// Learns whom a case names.
    pub(super) fn hear(&mut self, with: Telling<'_>, whom: Option<&Named>) {
        let view = with.view;
        let subject = view.subject.as_ref();
        for kept in subject.iter().flat_map(|record| [Some(&record.name), record.place.as_ref()]).flatten() {
            self.stays.extend(parts(kept));
        }
        let surname = subject.and_then(|record| record.name.split_once(','));
        self.surname.extend(surname.into_iter().flat_map(|(surname, _)| parts(surname)));
        self.stays.extend(whom.into_iter().flat_map(|whom| parts(&whom.words)));
        self.numbers.extend(subject.and_then(|record| record.nhs.clone()));
        if let Some(record) = subject {
            self.of_record(with, record.answers.iter().collect::<Vec<_>>().as_slice(), &record.register);
        }
        for told in view.chronology.iter().chain(view.elsewhere.iter().map(|one| &one.told)) {
            let entry = &told.entry;
            let acting = [entry.who.by, entry.who.typed_by, entry.leave.acting_for, told.signed_by];
            let amended = told.amendments.iter().filter_map(|amendment| amendment.by);
            for id in acting.into_iter().flatten().chain(amended) {
                self.person(view.names.get(&id).map_or("", String::as_str), subject_is(view, Some(id)));
            }
            let Said::Step(said) = &entry.said else { continue };
            let Some(step) = with.editions.step(said) else { continue };
            let before = told.amendments.iter().map(|amendment| &amendment.before);
            for answers in before.chain([&said.answers]).chain(&told.answers) {
                self.answers(view, &step.fields, answers);
            }
        }
        for one in &view.state.commitments {
            if let crate::domain::commitment::Party::Outside(Named { id: None, words }) = &one.obligor {
                self.person(words, false);
            }
        }
    }

    /// Learns who of those on record is named in what the pack says: a surname counts where a first name, its first letter or a
    /// way to address somebody stands beside it, because many a surname is a word as well.
    pub(super) fn recognise(&mut self, pack: &Pack, known: &[RecordRow]) {
        let mut named: HashMap<String, Vec<(&RecordRow, Vec<String>)>> = HashMap::new();
        for record in known {
            if let Some((surname, first)) = record.name.split_once(',') {
                let first: Vec<String> = parts(first).collect();
                parts(surname).for_each(|part| named.entry(part).or_default().push((record, first.clone())));
            }
        }
        let mut found: BTreeSet<&str> = BTreeSet::new();
        let mut look = |said: &str| {
            let words: Vec<&str> = words_of(said).filter(|word| !word.is_empty()).collect();
            for (at, word) in
                words.iter().enumerate().filter(|(_, word)| word.starts_with(char::is_uppercase))
            {
                let Some(records) = named.get(&own(word).to_lowercase()) else { continue };
                let beside =
                    [at.checked_sub(1), Some(at + 1)].map(|at| at.and_then(|at| words.get(at)).copied());
                for (record, first) in records {
                    let is_first = |word: &&str| {
                        let word = own(word).to_lowercase();
                        first
                            .iter()
                            .any(|first| *first == word || word.len() == 1 && first.starts_with(&word))
                    };
                    let addressed = beside[0].is_some_and(|word| words::ADDRESSES.contains(&word));
                    if addressed
                        || beside
                            .iter()
                            .flatten()
                            .filter(|word| word.starts_with(char::is_uppercase))
                            .any(is_first)
                    {
                        found.insert(&record.name);
                    }
                }
            }
        };
        let cells = pack.tables.iter().flat_map(|table| table.rows.iter().flatten());
        cells.for_each(|cell| look(&cell.words));
        for case in &pack.cases {
            look(&case.title);
            case.particulars.iter().for_each(|(_, said)| look(said));
            for entry in &case.entries {
                entry.answers.iter().for_each(|answer| look(&answer.words));
                entry.remarks.iter().for_each(|remark| look(remark));
                for struck in &entry.struck {
                    look(&struck.words);
                    look(&struck.reason);
                }
            }
        }
        for name in found {
            let stays = parts(name).all(|part| self.stays.contains(&part));
            self.person(name, stays);
        }
    }

    fn of_record(&mut self, with: Telling<'_>, answers: &[(&String, &Answer)], register: &str) {
        let Some(form) = with.editions.current().pathway(register).and_then(|one| one.opening().cloned())
        else {
            return;
        };
        let answers: Answers =
            answers.iter().map(|(id, answer)| ((*id).clone(), (*answer).clone())).collect();
        if self.theirs {
            let own = form.fields.iter().filter(|field| field.means == Some(Means::Phone));
            let own = own.filter_map(|field| match answers.get(&field.id) {
                Some(Answer::Text(number)) => Some(dialled(number)),
                _ => None,
            });
            self.numbers.extend(own);
        }
        self.answers(with.view, &form.fields, &answers);
    }

    fn answers(&mut self, view: &CaseView, fields: &[Field], answers: &Answers) {
        for field in fields {
            match (&field.kind, answers.get(&field.id)) {
                (Kind::Rows { columns, .. }, Some(Answer::Rows(rows))) => {
                    let near = field.means == Some(Means::Representative);
                    for row in rows {
                        self.answers(view, columns, row);
                        // Whoever stands near the person is named in a column of their own.
                        let first = columns.first().filter(|_| near).and_then(|column| row.get(&column.id));
                        if let Some(Answer::Text(name)) = first {
                            self.person(name, false);
                        }
                    }
                }
                (kind, Some(Answer::Named(named))) if is_of_people(kind) || named.id.is_none() => {
                    self.person(&named.words, subject_is(view, named.id));
                }
                (_, Some(Answer::Text(name))) if field.means.is_some_and(|is| NAMES.contains(&is)) => {
                    self.person(name, false);
                }
                _ => {}
            }
        }
    }

    fn person(&mut self, name: &str, stays: bool) {
        let found: Vec<String> = parts(name).collect();
        if stays || found.is_empty() {
            return;
        }
        self.people.insert(name.trim().to_lowercase());
        self.words.extend(found);
    }

    fn withheld(&self, word: &str) -> bool {
        let folded = word.to_lowercase();
        word.starts_with(char::is_uppercase) && self.words.contains(&folded) && !self.stays.contains(&folded)
    }

    /// Whether a word is the surname of whomever it is about.
    fn is_surname(&self, word: &str) -> bool {
        let word = own(word.trim_end_matches(|c: char| !c.is_alphabetic())).to_lowercase();
        self.surname.contains(&word)
    }

    /// Text without names, numbers and addresses of third parties.
    fn text(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                out.push('\n');
            }
            out.push_str(&without_numbers(&self.line(line), &self.numbers));
        }
        out
    }

    fn line(&self, line: &str) -> String {
        let mut out = String::new();
        let mut after_withheld = false;
        for word in line.split_inclusive(' ') {
            let (bare, space) = word.strip_suffix(' ').map_or((word, ""), |bare| (bare, " "));
            if bare.contains('@') && bare.contains('.') {
                out.push_str(words::ADDRESS_WITHHELD);
                out.push_str(space);
                after_withheld = false;
                continue;
            }
            let mut rest = bare;
            let mut said = String::new();
            while let Some(begin) = rest.find(char::is_alphabetic) {
                let (before, from) = rest.split_at(begin);
                let end =
                    from.find(|c: char| !c.is_alphabetic() && c != '\'' && c != '’').unwrap_or(from.len());
                let (name, then) = from.split_at(end);
                said.push_str(before);
                said.push_str(if self.withheld(own(name)) { words::NAME_WITHHELD } else { name });
                rest = then;
            }
            said.push_str(rest);
            // "QUILL, T." is one name, and so is "T. Quill".
            if after_withheld && is_initial(bare) {
                while out.ends_with([' ', ',']) {
                    out.pop();
                }
                out.push_str(bare.trim_start_matches(char::is_alphabetic).trim_start_matches('.'));
                out.push_str(space);
                continue;
            }
            if said.starts_with(words::NAME_WITHHELD) {
                let before = out.trim_end().rsplit(' ').next().unwrap_or_default();
                // "QUILL, Anna" is one name as well.
                let is_before = before.ends_with(',') && self.is_surname(before);
                if is_initial(before) || is_before {
                    out.truncate(out.trim_end().len() - before.len());
                }
            }
            // So is "Anna Quill", though the surname is that of whomever it is about.
            if after_withheld && out.ends_with(' ') && self.is_surname(bare) {
                let end = bare.trim_start_matches(|c: char| c.is_alphabetic());
                out.truncate(out.trim_end().len());
                out.push_str(end.trim_start_matches(['\'', '’']).trim_start_matches('s'));
                out.push_str(space);
                after_withheld = false;
                continue;
            }
            // "QUILL, Theresa" is one name.
            let only = said.trim_end_matches([',', '.', ';', ':']) == words::NAME_WITHHELD;
            if only && after_withheld {
                let end = &said[words::NAME_WITHHELD.len()..];
                while out.ends_with([' ', ',']) {
                    out.pop();
                }
                out.push_str(end);
            } else {
                out.push_str(&said);
            }
            after_withheld = only && !said.ends_with(['.', ';', ':']);
            out.push_str(space);
        }
        out
    }
}

/// Without what reads as a telephone number, but for those that are `known`: so many digits from a 0 or a + on, with no more
/// between two of them than blanks, brackets, hyphens, points or strokes.
fn without_numbers(text: &str, known: &BTreeSet<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let chars: Vec<char> = text.chars().collect();
    let mut at = 0;
    while let Some(c) = chars.get(at).copied() {
        let before = at.checked_sub(1).and_then(|before| chars.get(before));
        let begins = matches!(c, '0' | '+') && !before.is_some_and(char::is_ascii_digit);
        let run = chars.get(at..).map(number_at).filter(|_| begins).unwrap_or_default();
        let said: String = chars.iter().skip(at).take(run).collect();
        let digits = dialled(&said);
        if digits.len() < PHONE {
            out.push(c);
            at += 1;
        } else if known.contains(&digits) {
            out.push_str(&said);
            at += run;
        } else {
            let date = date_at(&said);
            match date {
                0 => out.push_str(words::NUMBER_WITHHELD),
                _ => out.extend(said.chars().take(date)),
            }
            at += if date == 0 { run } else { date };
        }
    }
    out
}

/// How many characters of this belong to a number that it begins with.
fn number_at(chars: &[char]) -> usize {
    let is_between =
        |c: &char| c.is_whitespace() || matches!(c, '(' | ')' | '-' | '\u{2010}'..='\u{2015}' | '.' | '/');
    let mut end = 1;
    loop {
        let between = chars.iter().skip(end).take_while(|c| is_between(c)).count();
        let goes_on = chars.get(end + between).is_some_and(char::is_ascii_digit);
        if !goes_on || between > BETWEEN {
            return end;
        }
        end += between + 1;
    }
}

/// How many characters a date has that this begins with, as "05/10/2026" or "05.10.26"; 0 where it begins with none.
fn date_at(said: &str) -> usize {
    let chars: Vec<char> = said.chars().collect();
    let digits = |from: usize| chars.iter().skip(from).take_while(|c| c.is_ascii_digit()).count();
    let parts = (chars.get(2), chars.get(5));
    match parts {
        (Some('/' | '.' | '-'), Some('/' | '.' | '-')) if digits(0) == 2 && digits(3) == 2 => match digits(6)
        {
            year @ (2 | 4) => 6 + year,
            _ => 0,
        },
        _ => 0,
    }
}

/// The digits of a number as they are dialled from here, however it is written.
fn dialled(number: &str) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    match digits.strip_prefix("44").filter(|_| number.trim_start().starts_with('+')) {
        Some(rest) => format!("0{}", rest.trim_start_matches('0')),
        None => digits,
    }
}

/// Whether a word is the first letter of a name, as "T." stands before or after it.
fn is_initial(word: &str) -> bool {
    let bare = word.trim_end_matches([',', ';', ':', ')']);
    let mut chars = bare.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.as_str() == "."
}

fn subject_is(view: &CaseView, id: Option<crate::domain::ids::CaseId>) -> bool {
    id.is_some() && (id == view.state.subject || id == Some(view.state.id))
}

/// The parts of a name that are withheld, folded: words of two letters and more with a capital, but no title.
fn parts(name: &str) -> impl Iterator<Item = String> + '_ {
    let is_name = |word: &&str| {
        word.starts_with(char::is_uppercase)
            && word.chars().count() >= 2
            && !words::NOT_NAMES.iter().any(|title| title.eq_ignore_ascii_case(word))
    };
    words_of(name).filter(is_name).map(str::to_lowercase)
}

/// The words of a text, without what stands between them.
fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphabetic() && c != '\'' && c != '’')
}

/// A word without the ending that says whose something is.
fn own(word: &str) -> &str {
    word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word)
}

/// Takes out of a pack what another organisation is not to have, and says so in it.
pub(super) fn redact(pack: &mut Pack, hushed: &Hushed) {
    let is_own = |table: &&Table| is_of_office(table.words.id);
    let titles: Vec<&str> = pack.tables.iter().filter(is_own).map(|table| table.words.title).collect();
    pack.left_out.push(words::names_out(hushed.people.len()));
    pack.left_out.push(words::tables_out(&titles));
    pack.tables.retain(|table| !is_of_office(table.words.id));
    // Nor are the sums of what is not there.
    let has = |id: &str| pack.tables.iter().any(|table| table.words.id == id);
    let summed = words::summed_for_others(has(words::SOURCES.id), has(words::ACTIONS.id));
    pack.summary.retain(|(label, _)| summed.contains(&label.as_str()));
    // Of the charts only what was promised against what was kept: the others compare, or count what is the office's.
    pack.charts.retain(|chart| chart.id == words::KEPT_CHART.id);
    let kept: BTreeSet<&str> =
        [words::OFFICE, words::MADE_BY, words::MADE_FOR, words::HEAD, words::PLACE].into();
    for (label, said) in pack.cover.iter_mut().filter(|(label, _)| !kept.contains(label.as_str())) {
        let _ = label;
        *said = hushed.text(said);
    }
    pack.title = hushed.text(&pack.title);
    let text = |said: &mut String| *said = hushed.text(said);
    let cell = |cell: &mut Cell| {
        if cell.at.is_none() && cell.entry.is_none() {
            cell.words = hushed.text(&cell.words);
        }
    };
    for table in pack.tables.iter_mut().filter(|table| table.words.id != words::PROFILE.id) {
        table.rows.iter_mut().flatten().for_each(cell);
    }
    for case in &mut pack.cases {
        text(&mut case.title);
        case.particulars.iter_mut().for_each(|(_, said)| text(said));
        for entry in &mut case.entries {
            text(&mut entry.title);
            text(&mut entry.by);
            entry.answers.iter_mut().for_each(|answer| text(&mut answer.words));
            entry.remarks.iter_mut().for_each(text);
            for struck in &mut entry.struck {
                text(&mut struck.words);
                text(&mut struck.by);
                text(&mut struck.reason);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telephone_number_goes_however_it_is_written_and_other_numbers_stay() {
        let known = BTreeSet::from(["03001234567".to_owned()]);
        let gone = words::NUMBER_WITHHELD;
        for number in [
            "07700 900118",
            "07700-900118",
            "07700.900118",
            "07700/900118",
            "07700  900118",
            "07700\u{a0}900118",
            "+44 (0)7700 900118",
            "+44-7700-900118",
            "01632 960 111",
            "07700\u{2013}900118",
        ] {
            for (before, after) in
                [("", ""), ("ring ", ", she says"), ("room 3 ", "."), ("14:30 ", ""), ("tel", "")]
            {
                let text = format!("{before}{number}{after}");
                assert_eq!(without_numbers(&text, &known), format!("{before}{gone}{after}"), "{text}");
            }
        }
        assert_eq!(without_numbers("(07700) 900118", &known), format!("({gone}"));
        assert_eq!(without_numbers("on 05/10/2026 07700 900118", &known), format!("on 05/10/2026 {gone}"));
        for stays in [
            "0300 123 4567",
            "999 123 4567",
            "05/10/2026 0930",
            "05.10.2026 09.30",
            "08-Oct-2026 07:15 GMT",
            "2026-10-08 07:15",
            "0.5 mg at 08:00, 10 ml at 20:00",
            "B-00012",
        ] {
            assert_eq!(without_numbers(stays, &known), stays);
        }
    }

    #[test]
    fn a_name_goes_with_the_first_letter_that_stands_before_or_after_it_and_a_sentence_stays_whole() {
        let mut hushed = Hushed::default();
        hushed.person("ADEYEMI, Ruth", false);
        for (said, stays) in [
            ("ADEYEMI, R.", "[name withheld]"),
            ("told ADEYEMI, R., who rang", "told [name withheld], who rang"),
            ("ADEYEMI, Ruth; typed by ADEYEMI, R.", "[name withheld]; typed by [name withheld]"),
            ("R. Adeyemi rang", "[name withheld] rang"),
            ("seen by R. Adeyemi, RN", "seen by [name withheld], RN"),
            ("Ruth Adeyemi's note", "[name withheld] note"),
            ("Adeyemi, I think, rang", "[name withheld], I think, rang"),
            ("Vitamin B. given", "Vitamin B. given"),
        ] {
            assert_eq!(hushed.text(said), stays, "{said}");
        }
    }

    #[test]
    fn a_surname_that_is_also_that_of_whomever_it_is_about_goes_with_the_first_name_of_somebody_else() {
        let mut hushed = Hushed::default();
        hushed.person("Anna Quill", false);
        hushed.stays.extend(parts("QUILL, Theresa"));
        hushed.surname.extend(parts("QUILL"));
        for (said, stays) in [
            ("Anna Quill, daughter", "[name withheld], daughter"),
            ("Anna Quill's key", "[name withheld] key"),
            ("told Anna. Quill slept", "told [name withheld]. Quill slept"),
            (
                "QUILL, Theresa; her daughter Anna Quill rang",
                "QUILL, Theresa; her daughter [name withheld] rang",
            ),
            ("from QUILL, Anna to QUILL, Theresa", "from [name withheld] to QUILL, Theresa"),
            ("Theresa Quill rang Anna", "Theresa Quill rang [name withheld]"),
        ] {
            assert_eq!(hushed.text(said), stays, "{said}");
        }
    }
}
