//! Words of closed lists: which there are, and which was meant. The list of names of an enum is asked of serde, so
//! that a new name need not be written down a second time.

use serde::de::value::{Error, StrDeserializer};
use serde::de::{DeserializeOwned, Deserializer, Error as _, IntoDeserializer, Visitor};

/// The value of this name, if there is one.
pub(in crate::pathway) fn named<T: DeserializeOwned>(name: &str) -> Option<T> {
    let name: StrDeserializer<'_, Error> = name.into_deserializer();
    T::deserialize(name).ok()
}

/// All names that a closed list has, as they are written in a file.
pub(in crate::pathway) fn names<T: DeserializeOwned>() -> &'static [&'static str] {
    let mut found: &'static [&'static str] = &[];
    let asked = T::deserialize(Names(&mut found));
    debug_assert!(asked.is_err(), "asking for the names gives no value");
    found
}

/// The name a value has in a file.
pub(in crate::pathway) fn name<T: serde::Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

struct Names<'a>(&'a mut &'static [&'static str]);

impl<'de> Deserializer<'de> for Names<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(Error::custom("not a list of names"))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Error> {
        *self.0 = variants;
        Err(Error::custom("only the names were asked for"))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

/// The known word nearest to a mistyped one, where one is near enough to be meant.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let reach = match word.chars().count() {
        0..=2 => 0,
        3..=4 => 1,
        5..=8 => 2,
        _ => 3,
    };
    known
        .into_iter()
        .map(|known| (distance(word, known), known))
        .filter(|(distance, _)| *distance <= reach)
        .min()
        .map(|(_, known)| known)
}

/// Changes of one letter (put in, left out, exchanged, swapped with its neighbour) between two words.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let exchange = usize::from(a[i - 1] != b[j - 1]);
            let mut least = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + exchange);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(before[j - 2] + 1);
            }
            row.push(least);
        }
        before = last;
        last = row;
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pathway::definition::{Does, Means};

    #[test]
    fn names_come_from_the_type_itself() {
        assert_eq!(names::<Does>(), ["accept", "report", "confirm", "refuse", "supersede", "cancel", "skip"]);
        assert!(names::<Means>().contains(&"organisation_type"));
        assert_eq!(named::<Does>("refuse"), Some(Does::Refuse));
        assert_eq!(named::<Does>("refuze"), None);
        assert_eq!(name(&Does::Refuse), "refuse");
    }

    #[test]
    fn the_word_that_was_meant_is_found_and_a_far_one_is_not() {
        assert_eq!(nearest("duty_manger", ["duty_manager", "care_worker"]), Some("duty_manager"));
        assert_eq!(nearest("duyt", ["duty", "care"]), Some("duty"));
        assert_eq!(nearest("gardener", ["duty_manager", "care_worker"]), None);
        assert_eq!(nearest("x", ["y"]), None);
    }
}
