//! Canonical JSON: one value, one sequence of bytes, for as long as the record is kept.
//!
//! It is JSON (RFC 8259) in UTF-8 with these rules, so that whoever hashes a body gets what was hashed when it was
//! written:
//!
//! - no white space between tokens; no byte order mark;
//! - the names of an object's members are sorted by the bytes of their UTF-8, and none comes twice;
//! - values are objects, arrays, strings and integers only. Integers fit a signed 64-bit number and have no leading
//!   zero, sign `+`, fraction or exponent. There is no `null`, `true`, `false` or fraction: what is not known has no
//!   member, and yes and no are words;
//! - strings, names of members included, are in Unicode normalisation form C;
//! - in strings, `"` and `\` are escaped by `\`; U+0008, U+0009, U+000A, U+000C and U+000D are `\b \t \n \f \r`;
//!   other characters below U+0020 are `\u00xx` with lower-case digits; everything else stands for itself.
//!
//! This is RFC 8785 restricted to integers and NFC strings (names of members are ASCII in practice, where its order
//! and ours agree).

use std::borrow::Cow;

use serde::Serialize;
use serde_json::Value;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::domain::words::store as words;

/// A value that has no canonical form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", words::not_canonical(.0))]
pub struct NotCanonical(pub String);

/// The canonical bytes of a value. Strings are brought to NFC; numbers with fractions, `null` and booleans are refused.
pub fn bytes(value: &impl Serialize) -> Result<Vec<u8>, NotCanonical> {
    let value = serde_json::to_value(value).map_err(|e| NotCanonical(e.to_string()))?;
    let mut out = Vec::with_capacity(512);
    write(&value, &mut out)?;
    Ok(out)
}

/// Reads bytes that are canonical, and refuses all others.
pub fn read(bytes: &[u8]) -> Result<Value, NotCanonical> {
    let value: Value = serde_json::from_slice(bytes).map_err(|e| NotCanonical(e.to_string()))?;
    let mut again = Vec::with_capacity(bytes.len());
    write(&value, &mut again)?;
    if again == bytes { Ok(value) } else { Err(NotCanonical(words::OTHER_BYTES.to_owned())) }
}

fn write(value: &Value, out: &mut Vec<u8>) -> Result<(), NotCanonical> {
    match value {
        Value::String(text) => write_string(text, out),
        Value::Number(number) => match number.as_i64() {
            Some(integer) => out.extend_from_slice(integer.to_string().as_bytes()),
            None => return Err(NotCanonical(words::the_number(&number.to_string()))),
        },
        Value::Array(items) => {
            out.push(b'[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(b',');
                }
                write(item, out)?;
            }
            out.push(b']');
        }
        Value::Object(members) => {
            let mut sorted: Vec<(Cow<'_, str>, &Value)> =
                members.iter().map(|(name, value)| (composed(name), value)).collect();
            sorted.sort_by(|a, b| a.0.cmp(&b.0));
            if let Some(twice) = sorted.windows(2).find(|pair| pair[0].0 == pair[1].0) {
                return Err(NotCanonical(format!("the member \"{}\" twice", twice[0].0)));
            }
            out.push(b'{');
            for (at, (name, value)) in sorted.iter().enumerate() {
                if at > 0 {
                    out.push(b',');
                }
                write_string(name, out);
                out.push(b':');
                write(value, out)?;
            }
            out.push(b'}');
        }
        Value::Null => return Err(NotCanonical("null".to_owned())),
        Value::Bool(_) => return Err(NotCanonical(words::TRUE_OR_FALSE.to_owned())),
    }
    Ok(())
}

/// The text in normalisation form C, which most of it is in already.
fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc(text) { text.into() } else { text.nfc().collect::<String>().into() }
}

fn write_string(text: &str, out: &mut Vec<u8>) {
    let text = composed(text);
    out.push(b'"');
    for byte in text.bytes() {
        match byte {
            b'"' => out.extend_from_slice(b"\\\""),
            b'\\' => out.extend_from_slice(b"\\\\"),
            0x08 => out.extend_from_slice(b"\\b"),
            b'\t' => out.extend_from_slice(b"\\t"),
            b'\n' => out.extend_from_slice(b"\\n"),
            0x0C => out.extend_from_slice(b"\\f"),
            b'\r' => out.extend_from_slice(b"\\r"),
            0..0x20 => out.extend_from_slice(format!("\\u{byte:04x}").as_bytes()),
            _ => out.push(byte),
        }
    }
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn members_are_sorted_and_strings_composed() {
        let value = json!({"b": [1, -20], "a": "e\u{301}\n\"\\\u{1}", "B": {}});
        let written = bytes(&value).unwrap();
        assert_eq!(
            String::from_utf8(written.clone()).unwrap(),
            r#"{"B":{},"a":"é\n\"\\\u0001","b":[1,-20]}"#
        );
        assert_eq!(bytes(&read(&written).unwrap()).unwrap(), written);
    }

    #[test]
    fn what_has_more_than_one_form_is_refused() {
        for value in [json!(null), json!(true), json!(1.5), json!({"a": {"b": [null]}}), json!(u64::MAX)] {
            assert!(bytes(&value).is_err(), "{value}");
        }
        assert!(bytes(&json!({"e\u{301}": 1, "é": 2})).is_err());
        for other in
            ["{\"b\":1,\"a\":2}", "{ }", "\"e\u{301}\"", "\"\\u0041\"", "01", "1.0", "{\"a\":1,\"a\":1}"]
        {
            assert!(read(other.as_bytes()).is_err(), "{other}");
        }
    }
}
