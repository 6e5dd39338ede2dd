//! What is asked of a key before it is enrolled or taken back.

use super::{Appending, refused};
use crate::domain::act::Act;
use crate::domain::words::keys as words;
use crate::store::error::AppendError;
use crate::store::reads::{enrolled, is_on_staff};

/// The most characters of what a key is called.
const LONGEST_LABEL: usize = 60;

impl Appending<'_> {
    /// A key belongs to one member of staff for ever; one that was taken back never comes again.
    pub(super) fn key(&self, act: &Act) -> Result<(), AppendError> {
        match act {
            Act::EnrolKey { staff, fingerprint, key, label, until } => {
                if key.fingerprint() != *fingerprint {
                    return Err(AppendError::Fatal(words::NOT_ITS_FINGERPRINT.to_owned()));
                }
                match enrolled(self.conn, fingerprint)? {
                    Some((_, true)) => return Err(refused(words::REVOKED_FOR_EVER)),
                    Some((_, false)) => return Err(refused(words::ENROLLED_ALREADY)),
                    None => {}
                }
                if let Some(staff) = staff
                    && !is_on_staff(self.conn, *staff)?
                {
                    return Err(refused(words::NOT_ON_STAFF_LIST));
                }
                if label.trim().is_empty() || label.chars().count() > LONGEST_LABEL {
                    return Err(refused(words::NEEDS_A_LABEL));
                }
                if until.is_some_and(|until| until < self.deriver.zone().day(self.now)) {
                    return Err(refused(words::OVER_ALREADY));
                }
            }
            Act::RevokeKey { staff, fingerprint, reason } => {
                match enrolled(self.conn, fingerprint)? {
                    Some((whose, false)) if whose == *staff => {}
                    Some((_, true)) => return Err(refused(words::REVOKED_BEFORE)),
                    _ => return Err(refused(words::NO_SUCH_KEY)),
                }
                if reason.trim().is_empty() {
                    return Err(refused(words::NEEDS_A_REASON));
                }
            }
            _ => {}
        }
        Ok(())
    }
}
