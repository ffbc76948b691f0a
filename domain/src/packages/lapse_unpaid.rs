//! Undoing what was bought and never paid for.

use super::{Package, Stage, VoidReason, void};
use crate::{Context, Decision, EntryKey, Refusal};

/// Undoes an online purchase of which nothing was paid in time. Nothing where it has more time, something
/// was paid, or the bank may still pay.
///
/// # Errors
/// Those of [`void`].
pub fn lapse_unpaid(package: &Package, context: &Context) -> Result<Option<Decision>, Refusal> {
    let standing = &package.standing;
    let unpaid = standing.stage == Stage::Pending && standing.paid_minor == 0;
    let over = standing.pay_until.filter(|until| *until <= context.now);
    let Some(until) = over.filter(|_| unpaid && standing.in_flight_minor() == 0) else {
        return Ok(None);
    };
    // No caller's key: the time that is over, and the state in which it was found.
    let found = format!("unpaid{}v{}", until.timestamp_millis(), package.version);
    let digest = found.parse().map_err(|_| Refusal::ValidityOutOfRange)?;
    let key = EntryKey::Keyed(package.id, digest);
    void(package, VoidReason::Unpaid, key, context).map(Some)
}
