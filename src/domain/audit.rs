//! An audit of records: what a criterion is about, how a sample is named, and what its answers come to.
//!
//! Which cases are drawn and what is proposed for each is left to `insight::audit`, the criteria to `config/audit.toml`.

use serde::{Deserialize, Serialize};

/// What a criterion is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// Whether it was done by its time.
    Timeliness,
    /// Whether it is written down as it has to be.
    Documentation,
    /// Whether what was decided and promised came about.
    FollowThrough,
}

impl About {
    /// All, in the order in which they are shown.
    pub const ALL: [About; 3] = [About::Timeliness, About::Documentation, About::FollowThrough];
}

/// Why a case stands in a sample that was drawn at random; the ids of what is looked at in any case stand beside it.
pub const DRAWN: &str = "drawn";
/// Between several reasons why a case stands there.
pub const AND: &str = ", ";

/// How often something was met. What does not apply is counted and never credited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Share {
    /// Met.
    pub met: u64,
    /// Not met.
    pub not_met: u64,
    /// Does not apply.
    pub not_applicable: u64,
}

/// 1.96 squared, ten thousand times: 95 in a hundred.
const Z2: u64 = 38_416;

impl Share {
    /// Counts one answer of a checklist: `yes`, `no` or `not_applicable`.
    pub fn count(&mut self, answer: &str) {
        match answer {
            "yes" => self.met += 1,
            "no" => self.not_met += 1,
            _ => self.not_applicable += 1,
        }
    }

    /// Adds what another counted.
    pub fn add(&mut self, other: Share) {
        self.met += other.met;
        self.not_met += other.not_met;
        self.not_applicable += other.not_applicable;
    }

    /// To how many it applied.
    pub fn applied(&self) -> u64 {
        self.met + self.not_met
    }

    /// How many of a hundred were met of those to which it applied, to the nearest; `None` where it applied to none.
    pub fn percent(&self) -> Option<u64> {
        let of = self.applied();
        (of > 0).then(|| (200 * self.met + of) / (2 * of))
    }

    /// Between which shares of a hundred the true one lies, 95 times out of 100, if the cases were drawn at random
    /// (Wilson's interval), rounded outward.
    pub fn interval(&self) -> Option<(u64, u64)> {
        let (met, of) = (self.met, self.applied());
        if of == 0 {
            return None;
        }
        // (2k + z² ± z √(z² + 4k(n-k)/n)) / (2(n + z²)), all ten thousand times.
        let root = ((Z2 * of + 40_000 * met * (of - met)) * 10_000 / of).isqrt();
        let (middle, half) = (20_000 * met + Z2, (196 * root).div_ceil(100));
        let whole = 20_000 * of + 2 * Z2;
        let (low, high) =
            (middle.saturating_sub(half) * 100 / whole, ((middle + half) * 100).div_ceil(whole));
        Some((low, high.min(100)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_apply_is_counted_and_never_credited() {
        let mut share = Share::default();
        for answer in ["yes", "yes", "no", "not_applicable", "not_applicable"] {
            share.count(answer);
        }
        assert_eq!((share.percent(), share.applied(), share.not_applicable), (Some(67), 3, 2));
        assert_eq!(Share { not_applicable: 4, ..Share::default() }.percent(), None);
        assert_eq!(Share { not_applicable: 4, ..Share::default() }.interval(), None);
    }

    /// Against the table of a textbook: 8 of 10, 0 of 12, 12 of 12, 81 of 263.
    #[test]
    fn the_interval_is_wilsons() {
        let of = |met, not_met| Share { met, not_met, not_applicable: 0 }.interval();
        assert_eq!(of(8, 2), Some((49, 95)));
        assert_eq!(of(0, 12), Some((0, 25)));
        assert_eq!(of(12, 0), Some((75, 100)));
        assert_eq!(of(81, 182), Some((25, 37)));
    }
}
