//! When a draft goes to the disk: 200 ms after the last key, and durably at least every two seconds while typing.
//!
//! Pure: time is handed in. The thread that keeps is [`super::writing`].

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use crate::domain::draft::Draft;
use crate::domain::ids::DraftId;

/// Quiet after which a draft is kept.
const QUIET: Duration = Duration::from_millis(200);
/// The longest that what was typed may be missing after a power cut.
const DURABLE_WITHIN: Duration = Duration::from_secs(2);

/// Drafts that are not yet on the disk, or not yet durably.
#[derive(Debug, Default)]
pub struct Waiting(BTreeMap<DraftId, Dirty>);

#[derive(Debug)]
struct Dirty {
    draft: Draft,
    /// Typed since it was last kept at all.
    unkept: bool,
    quiet_at: Instant,
    durable_at: Instant,
}

/// One draft to be kept now.
#[derive(Debug, PartialEq, Eq)]
pub struct Due {
    /// The draft as it stands.
    pub draft: Draft,
    /// To be forced to the disk.
    pub durable: bool,
}

impl Waiting {
    /// Something was typed.
    pub fn typed(&mut self, draft: Draft, now: Instant) {
        let durable_at = self.0.get(&draft.id).map_or(now + DURABLE_WITHIN, |dirty| dirty.durable_at);
        let quiet_at = now + QUIET;
        self.0.insert(draft.id, Dirty { draft, unkept: true, quiet_at, durable_at });
    }

    /// The draft is in the record, or was thrown away.
    pub fn forget(&mut self, draft: DraftId) {
        self.0.remove(&draft);
    }

    /// When to look again.
    pub fn wake_at(&self) -> Option<Instant> {
        self.0.values().map(Dirty::due_at).min()
    }

    /// What is to be kept now.
    pub fn due(&mut self, now: Instant) -> Vec<Due> {
        let mut due = Vec::new();
        self.0.retain(|_, dirty| {
            if dirty.durable_at <= now {
                due.push(Due { draft: dirty.draft.clone(), durable: true });
                return false;
            }
            if dirty.unkept && dirty.quiet_at <= now {
                dirty.unkept = false;
                due.push(Due { draft: dirty.draft.clone(), durable: false });
            }
            true
        });
        due
    }

    /// Everything, at once and durably: the program is about to end.
    pub fn all(&mut self) -> Vec<Due> {
        std::mem::take(&mut self.0)
            .into_values()
            .map(|dirty| Due { draft: dirty.draft, durable: true })
            .collect()
    }
}

impl Dirty {
    fn due_at(&self) -> Instant {
        if self.unkept { self.quiet_at.min(self.durable_at) } else { self.durable_at }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::fixtures::draft;

    #[test]
    fn what_is_typed_is_kept_when_the_keys_rest_and_made_durable_within_two_seconds() {
        let start = Instant::now();
        let at = |millis| start + Duration::from_millis(millis);
        let mut waiting = Waiting::default();
        waiting.typed(draft("drow"), at(0));
        assert_eq!(waiting.due(at(100)), []);
        waiting.typed(draft("drowsy"), at(150));
        assert_eq!(waiting.due(at(300)), []);
        assert_eq!(waiting.due(at(350)), [Due { draft: draft("drowsy"), durable: false }]);
        assert_eq!(waiting.wake_at(), Some(at(2000)));
        assert_eq!(waiting.due(at(2000)), [Due { draft: draft("drowsy"), durable: true }]);
        assert_eq!(waiting.wake_at(), None);
    }

    #[test]
    fn someone_who_never_rests_is_made_durable_all_the_same() {
        let start = Instant::now();
        let mut waiting = Waiting::default();
        let kept = (0..=40).flat_map(|step| {
            let now = start + Duration::from_millis(step * 100);
            waiting.typed(draft("drowsy"), now);
            waiting.due(now)
        });
        assert!(kept.filter(|due| due.durable).count() >= 1);
    }

    #[test]
    fn at_the_end_everything_is_kept_durably() {
        let mut waiting = Waiting::default();
        waiting.typed(draft("half a sen"), Instant::now());
        assert_eq!(waiting.all(), [Due { draft: draft("half a sen"), durable: true }]);
        assert_eq!(waiting.wake_at(), None);
    }
}
