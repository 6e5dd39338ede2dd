//! Time as a duty office lives it: one zone of the office, two clock changes a year, times typed in a hurry.
//!
//! Instants are UTC and are stored to the second; the wall clock exists only on the way in ([`typed`]) and on
//! the way out ([`display`]). Nobody here reads the clock: `now` is handed in. What falls due when is left to
//! `pathway::due`.

pub mod display;
pub mod typed;
pub mod zone;

pub use typed::{
    Lean, Understood, UnderstoodDate, in_words, month_named, understand_date, understand_date_leaning,
    understand_time,
};
pub use zone::{ClockChange, UnknownZone, Wall, Zone};

/// Serde form of an instant as whole seconds in RFC 3339 with `Z`.
pub mod whole_seconds {
    use chrono::{DateTime, SecondsFormat, Utc};
    use serde::{Deserialize, Deserializer, Serializer};

    /// Writes `2026-11-21T21:02:12Z`.
    pub fn serialize<S: Serializer>(at: &DateTime<Utc>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&at.to_rfc3339_opts(SecondsFormat::Secs, true))
    }

    /// Reads any RFC 3339 instant.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DateTime<Utc>, D::Error> {
        let text = String::deserialize(deserializer)?;
        DateTime::parse_from_rfc3339(&text).map(|at| at.with_timezone(&Utc)).map_err(serde::de::Error::custom)
    }
}

/// The same of an instant that may be absent.
pub mod maybe_whole_seconds {
    use chrono::{DateTime, Utc};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    struct Whole(#[serde(with = "super::whole_seconds")] DateTime<Utc>);

    /// Writes `2026-11-21T21:02:12Z`, or that there is none.
    pub fn serialize<S: Serializer>(at: &Option<DateTime<Utc>>, serializer: S) -> Result<S::Ok, S::Error> {
        at.map(Whole).serialize(serializer)
    }

    /// Reads any RFC 3339 instant.
    pub fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<DateTime<Utc>>, D::Error> {
        Ok(Option::<Whole>::deserialize(deserializer)?.map(|Whole(at)| at))
    }
}
