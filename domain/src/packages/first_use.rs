//! Validity that counts from the first appointment drawn.

use chrono_tz::Tz;

use super::{Package, Pool};
use crate::calendar::{Slot, Validity, day_of};
use crate::{Instant, Refusal};

/// What happens to an appointment's draw on a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// Held.
    Drawn,
    /// Given back.
    Released,
    /// What was held is used or lost.
    Used,
    /// Used without having been held.
    DrawnAndUsed,
    /// Used by mistake: held again.
    Reopened,
    /// Used by mistake: free again.
    Undone,
}

impl Package {
    /// The first use, as far as it is known.
    pub(super) fn first_use(&self) -> Option<Instant> {
        let standing = &self.standing;
        let first = standing.begun_at.or(standing.drawn_at.first().copied());
        first.and_then(Instant::from_timestamp_millis)
    }

    /// Since when its units have been used: its first use where it is known, else its sale.
    pub(crate) fn used_since(&self) -> Instant {
        let begun = self
            .standing
            .begun_at
            .and_then(Instant::from_timestamp_millis);
        begun.unwrap_or(self.agreed_at())
    }

    /// Notes what happened to an appointment's draw, where the package's validity counts from the
    /// first of them.
    ///
    /// # Errors
    /// [`Refusal::ValidityOutOfRange`] when the calendar does not go that far.
    pub(crate) fn note_use(&mut self, what: Use, slot: Slot) -> Result<(), Refusal> {
        let Some(validity @ Validity::FromFirstUse(_)) = self.terms.validity else {
            return Ok(());
        };
        let used = |pool: &Pool| pool.balance.captured + pool.balance.forfeited > 0;
        let unused = !self.pools.iter().any(used);
        let standing = &mut self.standing;
        let millis = slot.starts_at.timestamp_millis();
        let place = standing.drawn_at.binary_search(&millis);
        match (what, place) {
            (Use::Drawn | Use::DrawnAndUsed | Use::Reopened, Ok(at) | Err(at)) => {
                standing.drawn_at.insert(at, millis);
            }
            (Use::Released, Ok(at)) => {
                standing.drawn_at.remove(at);
            }
            (Use::Released, Err(_)) | (Use::Used | Use::Undone, _) => {}
        }
        if matches!(what, Use::Used | Use::DrawnAndUsed) {
            let first = standing.drawn_at.first().copied();
            standing.begun_at = standing.begun_at.or(first);
            if let Ok(at) = standing.drawn_at.binary_search(&millis) {
                standing.drawn_at.remove(at);
            }
        }
        // A first use that is taken back was none.
        if unused && matches!(what, Use::Reopened | Use::Undone) {
            standing.begun_at = None;
        }
        if standing.end_is_set {
            return Ok(());
        }
        self.set_end(validity, slot.zone)
    }

    /// Sets the end that follows from the first use, later by what the package has rested since.
    ///
    /// # Errors
    /// [`Refusal::ValidityOutOfRange`] when the calendar does not go that far.
    pub(super) fn set_end(&mut self, validity: Validity, zone: Tz) -> Result<(), Refusal> {
        let first_used_on = self.first_use().map(|at| day_of(at, zone));
        let sold_on = day_of(self.agreed_at(), zone);
        let end = validity.end(
            sold_on,
            first_used_on,
            self.terms.conditions.grace_days,
            zone,
        )?;
        self.standing.end_at(end);
        let rest = self.standing.frozen.zip(first_used_on);
        let days = rest.map_or(0, |(rest, first)| rest.days(Some(first), zone));
        self.standing.move_end(days, zone)
    }
}
