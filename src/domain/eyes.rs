//! Eyes on: who last saw the person of an urgent call, who sees them next, and the gap where that is nobody.
//!
//! How long is too long is an office's own (`clocks.toml`). Which call is about whom, and where somebody is, is left to
//! whoever reads it from the record. Everything here is a pure function of stored times and the `now` that is handed in.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use super::answer::When;
use super::case::{Facts, Level};

/// What is known of one open urgent call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Eyes {
    /// When the call came: from then on somebody is to see the person.
    pub called: DateTime<Utc>,
    /// Who last saw them, and when.
    pub seen: Option<(String, When)>,
    /// Who sees them next and when, if anybody was named.
    pub next: Option<(String, Option<When>)>,
    /// What the present risk weighs.
    pub weight: u8,
    /// Where the person is, the choice's id; `None` where they usually are.
    pub whereabouts: Option<String>,
}

impl Eyes {
    /// As the facts of the call have it.
    pub fn of(facts: &Facts, called: DateTime<Utc>, whereabouts: Option<String>) -> Self {
        Self {
            called,
            seen: facts.seen.clone(),
            next: facts.sees_next.clone(),
            weight: facts.level.as_ref().map_or(Level::UNKNOWN, |level| level.weight),
            whereabouts,
        }
    }

    /// The same for whoever may not see whose it is: its times alone.
    #[must_use]
    pub fn stub(self) -> Self {
        let seen = self.seen.map(|(_, when)| (String::new(), when));
        let next = self.next.map(|(_, when)| (String::new(), when));
        Self { seen, next, ..self }
    }

    /// Since when nobody is known to have seen them: since they were last seen, else since the call.
    pub fn unseen_since(&self) -> DateTime<Utc> {
        self.seen.as_ref().map_or(self.called, |(_, when)| when.at)
    }
}

/// Nobody has their eyes on the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Gap {
    /// Nobody is named to see them next.
    NobodyNext,
    /// They were to be seen, or ought to have been, and were not: since then.
    NotSeenSince(When),
    /// The same of somebody whom nobody is known to have seen at all.
    NotSeenSinceTheCall,
}

/// How long is too long, by how much the risk weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ByRisk {
    /// Red: weight 7 and more.
    pub red: TimeDelta,
    /// Amber: weight 4 to 6, and a risk that nobody has judged.
    pub amber: TimeDelta,
    /// Green: below that.
    pub green: TimeDelta,
}

impl ByRisk {
    /// For a level of this weight.
    pub fn of(&self, weight: u8) -> TimeDelta {
        match weight {
            Level::RED.. => self.red,
            4..=6 => self.amber,
            _ => self.green,
        }
    }
}

/// When a gap is one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EyesOn {
    /// After the call, or since they were seen: by then somebody is named to see them next.
    pub nobody_next: ByRisk,
    /// Where somebody was named and no time: by then they have been seen again.
    pub unseen: ByRisk,
    /// How long after the time that was named they may still be seen.
    pub grace: TimeDelta,
    /// Where others have their eyes on them, or nobody needs to: ids of whereabouts.
    pub not_while: Vec<String>,
}

impl EyesOn {
    /// Whether anybody of ours is to see them where they are.
    pub fn asks(&self, eyes: &Eyes) -> bool {
        eyes.whereabouts.as_ref().is_none_or(|place| !self.not_while.contains(place))
    }

    /// The gap there is at `now`.
    pub fn gap(&self, eyes: &Eyes, now: DateTime<Utc>) -> Option<Gap> {
        if !self.asks(eyes) {
            return None;
        }
        // Somebody seen before the call rang is no older news than the call.
        let last = eyes.unseen_since().max(eyes.called);
        let not_seen = match &eyes.seen {
            Some((_, when)) => Gap::NotSeenSince(*when),
            None => Gap::NotSeenSinceTheCall,
        };
        match &eyes.next {
            Some((_, Some(when))) => (now > when.at + self.grace).then_some(not_seen),
            Some((_, None)) => (now > last + self.unseen.of(eyes.weight)).then_some(not_seen),
            None => (now > last + self.nobody_next.of(eyes.weight)).then_some(Gap::NobodyNext),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(clock: &str) -> DateTime<Utc> {
        format!("2026-11-21T{clock}:00Z").parse().unwrap()
    }

    fn rules() -> EyesOn {
        let by = |red, amber, green| ByRisk {
            red: TimeDelta::minutes(red),
            amber: TimeDelta::minutes(amber),
            green: TimeDelta::minutes(green),
        };
        EyesOn {
            nobody_next: by(10, 30, 120),
            unseen: by(60, 240, 720),
            grace: TimeDelta::minutes(15),
            not_while: vec!["hospital".to_owned(), "died".to_owned()],
        }
    }

    /// A call of eight in the evening.
    fn call(seen: Option<&str>, next: Option<(&str, Option<&str>)>, weight: u8) -> Eyes {
        let when = |clock: &str| When::exact(at(clock));
        Eyes {
            called: at("20:00"),
            seen: seen.map(|clock| ("WQ".to_owned(), when(clock))),
            next: next.map(|(who, clock)| (who.to_owned(), clock.map(when))),
            weight,
            whereabouts: None,
        }
    }

    #[test]
    fn each_gap_begins_with_its_minute_and_ends_with_whoever_sees_them() {
        let since = |clock| Some(Gap::NotSeenSince(When::exact(at(clock))));
        for (says, eyes, now, gap) in [
            ("taken just now", call(None, None, 8), "20:10", None),
            ("red, nobody named", call(None, None, 8), "20:11", Some(Gap::NobodyNext)),
            ("amber has longer", call(None, None, 5), "20:30", None),
            ("and then not", call(None, None, 5), "20:31", Some(Gap::NobodyNext)),
            ("green longer still", call(None, None, 2), "22:00", None),
            ("seen again meanwhile", call(Some("20:25"), None, 8), "20:35", None),
            ("and that runs out too", call(Some("20:25"), None, 8), "20:36", Some(Gap::NobodyNext)),
            ("seen before it rang", call(Some("16:40"), None, 8), "20:10", None),
            ("seen next in good time", call(Some("19:50"), Some(("LT", Some("22:00"))), 8), "22:15", None),
            ("and was not", call(Some("19:50"), Some(("LT", Some("22:00"))), 8), "22:16", since("19:50")),
            ("named without a time", call(Some("19:50"), Some(("LT", None)), 8), "21:00", None),
            ("for too long", call(Some("19:50"), Some(("LT", None)), 8), "21:01", since("19:50")),
            (
                "never seen",
                call(None, Some(("LT", Some("21:00"))), 2),
                "21:16",
                Some(Gap::NotSeenSinceTheCall),
            ),
        ] {
            assert_eq!(rules().gap(&eyes, at(now)), gap, "{says}");
        }
    }

    #[test]
    fn in_hospital_others_see_them_and_whoever_is_missing_is_not_forgotten() {
        let there = |place: &str| Eyes { whereabouts: Some(place.to_owned()), ..call(None, None, 8) };
        assert_eq!(rules().gap(&there("hospital"), at("23:00")), None);
        assert_eq!(rules().gap(&there("died"), at("23:00")), None);
        assert_eq!(rules().gap(&there("missing"), at("23:00")), Some(Gap::NobodyNext));
    }

    #[test]
    fn a_stub_keeps_the_times_and_no_name() {
        let stub = call(Some("19:50"), Some(("LT", Some("22:00"))), 8).stub();
        assert_eq!(stub.seen, Some((String::new(), When::exact(at("19:50")))));
        assert_eq!(rules().gap(&stub, at("22:16")), Some(Gap::NotSeenSince(When::exact(at("19:50")))));
    }
}
