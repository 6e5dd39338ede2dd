//! The NHS number: read as people type it, refused in words they understand, shown `999 000 0018`.
//!
//! Source of the rules: NHS Data Dictionary (ten digits, check digit modulo 11) and the NHS common user
//! interface (NUM-0001 to 0018: shown 3 3 4 on one line). The number is optional and never the only thing that
//! identifies a person. Whether it belongs to this person is left to whoever asks them.

use std::fmt;

use nhs_number::NHSNumber;
use serde::{Deserialize, Serialize};

use super::words::text as words;

/// A number whose ten digits fit together. Kept and written as ten digits without spaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct NhsNumber(NHSNumber);

/// What is wrong with what was typed. Its words are [`fmt::Display`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NhsProblem {
    /// Nothing was typed.
    Empty,
    /// Something that is no digit.
    NotADigit(char),
    /// Another count of digits than ten.
    Digits(usize),
    /// The last digit does not fit the nine before it.
    CheckDigit,
    /// No last digit fits the first nine.
    NoSuchNumber,
}

/// What is odd about a number that can stand all the same. Its words are [`fmt::Display`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Warning {
    /// Begins 999: kept for tests, never given to anyone.
    TestRange,
    /// One digit ten times. Some of these pass the check.
    Repeated,
}

impl NhsNumber {
    /// Reads what was typed or pasted: spaces, hyphens and dots between the digits do not matter.
    pub fn read(text: &str) -> Result<(Self, Option<Warning>), NhsProblem> {
        let mut digits = Vec::with_capacity(10);
        for c in text.chars().filter(|c| !is_separator(*c)) {
            let digit = c.to_digit(10).ok_or(NhsProblem::NotADigit(c))?;
            digits.push(i8::try_from(digit).expect("a decimal digit is below ten"));
        }
        let digits: [i8; 10] = digits.try_into().map_err(|digits: Vec<i8>| match digits.len() {
            0 => NhsProblem::Empty,
            count => NhsProblem::Digits(count),
        })?;
        let number = NHSNumber::new(digits);
        // The crate's own reading accepts a check digit that does not fit.
        if !number.validate_check_digit() {
            let fits_any = number.calculate_check_digit() <= 9;
            return Err(if fits_any { NhsProblem::CheckDigit } else { NhsProblem::NoSuchNumber });
        }
        let warning = if digits.iter().all(|digit| *digit == digits[0]) {
            Some(Warning::Repeated)
        } else if digits.starts_with(&[9, 9, 9]) {
            Some(Warning::TestRange)
        } else {
            None
        };
        Ok((Self(number), warning))
    }

    /// The ten digits without spaces, as they are kept and searched.
    pub fn digits(&self) -> String {
        self.0.digits.iter().map(ToString::to_string).collect()
    }

    /// Whether `typed` is this number but for one wrong digit or two neighbours changed round.
    ///
    /// For a number that was refused: the check digit catches every such slip, so two numbers that are both
    /// right never stand this close, but the one that was meant may already be on record.
    pub fn one_slip_from(&self, typed: &str) -> bool {
        let typed: Vec<char> = typed.chars().filter(|c| !is_separator(*c)).collect();
        let own: Vec<char> = self.digits().chars().collect();
        if typed.len() != own.len() {
            return false;
        }
        let differing: Vec<usize> = (0..own.len()).filter(|at| own[*at] != typed[*at]).collect();
        match differing.as_slice() {
            [_] => true,
            [first, second] => {
                first + 1 == *second && own[*first] == typed[*second] && own[*second] == typed[*first]
            }
            _ => false,
        }
    }
}

fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '.' | '\u{2010}'..='\u{2015}')
}

impl fmt::Display for NhsNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.digits();
        write!(f, "{} {} {}", &digits[..3], &digits[3..6], &digits[6..])
    }
}

impl fmt::Display for NhsProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str(words::NHS_EMPTY),
            Self::NotADigit(c) => f.write_str(&words::nhs_not_a_digit(*c)),
            Self::Digits(count) => f.write_str(&words::nhs_digits(*count)),
            Self::CheckDigit => f.write_str(words::NHS_CHECK_DIGIT),
            Self::NoSuchNumber => f.write_str(words::NHS_NO_SUCH_NUMBER),
        }
    }
}

impl std::error::Error for NhsProblem {}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TestRange => words::NHS_TEST_RANGE,
            Self::Repeated => words::NHS_REPEATED,
        })
    }
}

impl TryFrom<String> for NhsNumber {
    type Error = NhsProblem;
    fn try_from(text: String) -> Result<Self, NhsProblem> {
        Self::read(&text).map(|(number, _)| number)
    }
}

impl From<NhsNumber> for String {
    fn from(number: NhsNumber) -> Self {
        number.digits()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_the_test_range_are_read_however_they_are_spaced() {
        for typed in ["999 000 0018", "9990000018", " 999-000-0018 ", "999\u{a0}000\u{2013}0018"] {
            let (number, warning) = NhsNumber::read(typed).unwrap();
            assert_eq!(number.to_string(), "999 000 0018");
            assert_eq!(warning, Some(Warning::TestRange));
        }
        for end in ["0018", "0026", "0034", "0042", "0050", "0107", "0212"] {
            assert!(NhsNumber::read(&format!("999 000 {end}")).is_ok(), "{end}");
        }
        assert_eq!(NhsNumber::read("943 476 5919").unwrap().1, None);
    }

    #[test]
    fn no_last_digit_mends_an_impossible_stem() {
        for stem in ["999000000", "999000014", "999000028", "999123456"] {
            for last in 0..=9 {
                assert_eq!(NhsNumber::read(&format!("{stem}{last}")), Err(NhsProblem::NoSuchNumber));
            }
        }
    }

    #[test]
    fn each_slip_is_named_in_words() {
        let said = |typed| NhsNumber::read(typed).unwrap_err().to_string();
        assert_eq!(said("999 000 001"), "9 digits: an NHS number has 10");
        assert_eq!(said("9"), "1 digit: an NHS number has 10");
        assert_eq!(said("999 000 0019"), "the check digit does not fit: one digit is probably mistyped");
        assert_eq!(said("999 O00 0018"), "“O” is not a digit: an NHS number is 10 digits");
        assert_eq!(said(" - "), "no number yet: an NHS number has 10 digits");
        assert!(said("9990000001").starts_with("no NHS number begins"));
    }

    #[test]
    fn ten_nines_pass_the_check_and_are_doubted() {
        assert_eq!(NhsNumber::read("999 999 9999").unwrap().1, Some(Warning::Repeated));
        assert_eq!(NhsNumber::read("1111111111").unwrap().1, Some(Warning::Repeated));
    }

    #[test]
    fn a_refused_number_finds_the_one_that_was_meant() {
        let (meant, _) = NhsNumber::read("999 000 0018").unwrap();
        for typed in ["999 000 0081", "999 000 0019", "989 000 0018", "9900900018"] {
            assert_eq!(meant.one_slip_from(typed), typed != "9900900018", "{typed}");
        }
        assert!(!meant.one_slip_from("999 000 0018"));
        assert!(!meant.one_slip_from("999 000 0026"));
        assert!(!meant.one_slip_from("999"));
    }

    #[test]
    fn it_is_kept_as_ten_digits_and_never_read_back_wrong() {
        let (number, _) = NhsNumber::read("999 000 0026").unwrap();
        assert_eq!(serde_json::to_string(&number).unwrap(), "\"9990000026\"");
        assert!(serde_json::from_str::<NhsNumber>("\"9990000027\"").is_err());
    }
}
